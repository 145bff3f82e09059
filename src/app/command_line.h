#ifndef BP_APP_COMMAND_LINE_H
#define BP_APP_COMMAND_LINE_H

/* The whole program: finds the command, reads its options, runs it, prints what went wrong. Returns the exit code. */
int bp_command_line_run (int argc, char **argv);

#endif
