#ifndef BP_APP_PRIVATE_FOLDER_H
#define BP_APP_PRIVATE_FOLDER_H

#include "base/error.h"

/* A temporary folder (0700) that does not outlive the program, however that ends: a child of it waits for the end, and removes it. */
typedef struct BpPrivateFolder BpPrivateFolder;

/* pattern: "boardpack-verify-XXXXXX". To be made before any thread. */
BpPrivateFolder *bp_private_folder_make (const char *pattern, GError **error);
const char *bp_private_folder_path (const BpPrivateFolder *folder);
/* Removes it, with all that is in it; says so if that cannot be done. */
void bp_private_folder_free (BpPrivateFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpPrivateFolder, bp_private_folder_free)

#endif
