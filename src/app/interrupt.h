#ifndef BP_APP_INTERRUPT_H
#define BP_APP_INTERRUPT_H

#include "base/error.h"

/* From now on SIGINT, SIGTERM and SIGHUP are only noted, so that a run can stop between two steps; the same signal a second time ends the
 * program at once. */
void bp_interrupt_watch (void);
/* Fails with BP_ERROR_INTERRUPTED if one has come. */
bool bp_interrupt_check (GError **error);

#endif
