#ifndef BP_APP_LOCK_H
#define BP_APP_LOCK_H

#include "base/error.h"

/* One import or build at a time in a programme: a flock on output/.lock, which the system lets go when the process ends, however it ends.
 */
typedef struct BpLock BpLock;

/* Makes the folder if need be. Fails with BP_ERROR_LOCKED, naming the process, if another run holds it. */
BpLock *bp_lock_take (const char *output_folder, GError **error);
void bp_lock_release (BpLock *lock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpLock, bp_lock_release)

#endif
