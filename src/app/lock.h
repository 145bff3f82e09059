#ifndef BP_APP_LOCK_H
#define BP_APP_LOCK_H

#include "app/programme_folder.h"

/* One import, build or sending at a time in a programme, and in a store, which may be that of several programmes' folders: a flock on
 * output/.lock and on .boardpack.sqlite.lock beside the store, which the system lets go when the process ends, however it ends. */
typedef struct BpLock BpLock;

/* Makes the folders if need be. Fails with BP_ERROR_LOCKED, naming the process, if another run holds it. */
BpLock *bp_lock_take (const BpProgrammeFolder *folder, GError **error);
void bp_lock_release (BpLock *lock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpLock, bp_lock_release)

#endif
