#ifndef BP_APP_VERSION_CHANGES_H
#define BP_APP_VERSION_CHANGES_H

#include "app/finished_run.h"

/* What the approved versions of a pack say that they changed, each for itself: somebody who has version 1 and gets version 3 is to hear of
 * both. */
typedef struct BpVersionChanges BpVersionChanges;

/* Of the forum's pack in run, and of the versions of its day that were approved before it. Each is read from the manifest of its own run;
 * one that is not there any more, or is not what the program wrote, has no text, and gap_out (caller frees; NULL: none) says so. NULL on
 * failure of the store. */
BpVersionChanges *bp_version_changes_load (const BpFinishedRun *run, BpStore *store, const char *forum, int version, char **gap_out,
                                           GError **error);
void bp_version_changes_free (BpVersionChanges *changes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpVersionChanges, bp_version_changes_free)
/* For whoever knows that version (0: none), oldest first: the text alone if there is one, else "Version 2: …", "Version 3: …". Free with
 * g_strfreev. */
char **bp_version_changes_dup_since (const BpVersionChanges *changes, int version);

#endif
