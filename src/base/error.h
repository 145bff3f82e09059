#ifndef BP_BASE_ERROR_H
#define BP_BASE_ERROR_H

#include <glib.h>
#include <stdbool.h>

/* One error domain for each layer: a run that failed. Something wrong in the data is a finding, never a GError. */
#define BP_ERROR (bp_error_quark ())
GQuark bp_error_quark (void);

typedef enum
{
    BP_ERROR_FAILED,       /* anything else: exit 1 */
    BP_ERROR_USAGE,        /* an argument of the command line: exit 2 */
    BP_ERROR_IO,           /* a file that cannot be read or written */
    BP_ERROR_CONFIG,       /* an INI file: the message names file and line */
    BP_ERROR_DATA,         /* a data file that cannot be read as a table at all */
    BP_ERROR_STORE,        /* the database */
    BP_ERROR_RENDER,       /* a pack that cannot be written */
    BP_ERROR_DELIVERY,     /* a message that cannot be made or sent */
    BP_ERROR_NO_PROGRAMME, /* no programme here: exit 10 */
    BP_ERROR_LOCKED,       /* another run holds the lock: exit 11 */
    BP_ERROR_INTERRUPTED   /* exit 130 */
} BpErrorCode;

/* Sets *error to BP_ERROR/code with a printf message, and returns false, so that callers can `return bp_fail (...)`. */
bool bp_fail (GError **error, BpErrorCode code, const char *format, ...) G_GNUC_PRINTF (3, 4);

#ifdef __clang_analyzer__
/* Static analysis sees one file at a time, and would go on after `return bp_fail (...)` as if it could be true. */
#define bp_fail(...) ((void)bp_fail (__VA_ARGS__), false)
#endif

#endif
