#ifndef BP_APP_COMMAND_TABLE_H
#define BP_APP_COMMAND_TABLE_H

#include "app/exit_code.h"
#include "app/options.h"

/* One command of the program. Help texts come from here: nothing is written twice. */
typedef struct
{
    const char *name;      /* NULL ends the table */
    const char *arguments; /* as in the usage line: "[TABLE [KEY…]]"; "" for none */
    int max_arguments;     /* -1: any number */
    BpOptionSet options;
    const char *summary;     /* one line */
    const char *description; /* paragraphs for --help */
    /* Returns the exit code; with an error set, the code comes from the error. arguments is NULL-ended. */
    BpExitCode (*run) (const BpOptions *options, const char *const *arguments, GError **error);
} BpCommand;

extern const BpCommand bp_command_table[];
/* NULL if there is none. */
const BpCommand *bp_command_find (const char *name);
/* Commands that a later version brings, NULL-ended. */
extern const char *const bp_command_later[];

BpExitCode bp_cmd_init (const BpOptions *options, const char *const *arguments, GError **error);
BpExitCode bp_cmd_import (const BpOptions *options, const char *const *arguments, GError **error);
BpExitCode bp_cmd_check (const BpOptions *options, const char *const *arguments, GError **error);
BpExitCode bp_cmd_build (const BpOptions *options, const char *const *arguments, GError **error);
BpExitCode bp_cmd_run (const BpOptions *options, const char *const *arguments, GError **error);
BpExitCode bp_cmd_approve (const BpOptions *options, const char *const *arguments, GError **error);
BpExitCode bp_cmd_collect (const BpOptions *options, const char *const *arguments, GError **error);
BpExitCode bp_cmd_send (const BpOptions *options, const char *const *arguments, GError **error);
BpExitCode bp_cmd_list (const BpOptions *options, const char *const *arguments, GError **error);
BpExitCode bp_cmd_due (const BpOptions *options, const char *const *arguments, GError **error);
BpExitCode bp_cmd_notify (const BpOptions *options, const char *const *arguments, GError **error);
BpExitCode bp_cmd_verify (const BpOptions *options, const char *const *arguments, GError **error);
BpExitCode bp_cmd_history (const BpOptions *options, const char *const *arguments, GError **error);

#endif
