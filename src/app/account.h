#ifndef BP_APP_ACCOUNT_H
#define BP_APP_ACCOUNT_H

/* The user who runs the program, as the system calls it (by number, if it has no name): the environment has no say. UTF-8; caller frees. */
char *bp_account_dup_name (void);

#endif
