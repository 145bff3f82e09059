#ifndef BP_APP_INTERRUPT_H
#define BP_APP_INTERRUPT_H

#include "base/error.h"

/* From now on a file that grows beyond a limit of the system (ulimit -f) is a write that fails with EFBIG and is told like any other, not
 * the silent end of the program. */
void bp_interrupt_keep_writing (void);
/* From now on SIGINT, SIGTERM and SIGHUP are only noted, so that a run can stop between two steps; the same signal a second time ends the
 * program at once. */
void bp_interrupt_watch (void);
/* Fails with BP_ERROR_INTERRUPTED if one has come. */
bool bp_interrupt_check (GError **error);

#endif
