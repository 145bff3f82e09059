#ifndef BP_APP_EXIT_CODE_H
#define BP_APP_EXIT_CODE_H

#include "base/error.h"

/* What the program ends with (docs/operations.md). Stable: schedulers depend on them. */
typedef enum
{
    BP_EXIT_WELL = 0, /* findings may have been printed */
    BP_EXIT_FAILED = 1,
    BP_EXIT_USAGE = 2,
    BP_EXIT_QUARANTINED = 3, /* built, but rows were quarantined */
    BP_EXIT_FINDINGS = 4,    /* `check` or --strict met findings of level error */
    BP_EXIT_SENT_PARTLY = 5, /* some messages were accepted, or may have been, and some were not */
    BP_EXIT_NO_PROGRAMME = 10,
    BP_EXIT_LOCKED = 11,
    BP_EXIT_INTERRUPTED = 130
} BpExitCode;

/* The one place that turns an error into an exit code. */
BpExitCode bp_exit_code_of_error (const GError *error);

#endif
