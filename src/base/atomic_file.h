#ifndef BP_BASE_ATOMIC_FILE_H
#define BP_BASE_ATOMIC_FILE_H

#include "base/error.h"

/* Writes contents to path.partial, flushes, syncs, closes (all checked) and renames: the old file or the new, never half. */
bool bp_atomic_file_write (const char *path, const void *contents, gsize length, GError **error);
/* The same, for its owner and group alone (0640): mail, and what else is about persons. */
bool bp_atomic_file_write_private (const char *path, const void *contents, gsize length, GError **error);
/* The same for contents that come bit by bit: opened at path.partial, appended to, and renamed by commit. */
typedef struct BpAtomicFile BpAtomicFile;
BpAtomicFile *bp_atomic_file_open (const char *path, GError **error);
/* False if this or an earlier write failed; commit then says why. */
bool bp_atomic_file_append (BpAtomicFile *file, const void *bytes, gsize length);
/* Flushes, syncs and closes, so that commit has but to rename. Call once. */
bool bp_atomic_file_finish (BpAtomicFile *file, GError **error);
/* Finishes, if that was not done, and renames. If that or any write failed, nothing is left and the error names path. Call once. */
bool bp_atomic_file_commit (BpAtomicFile *file, GError **error);
/* Removes what was not committed. */
void bp_atomic_file_free (BpAtomicFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpAtomicFile, bp_atomic_file_free)

/* SHA-256 of a regular file as 64 hex digits; caller frees. */
char *bp_file_dup_sha256 (const char *path, GError **error);
/* Reads a whole regular file; refuses directories, devices and more than max_bytes with a message that names the path. NUL-ended. */
bool bp_file_read (const char *path, gsize max_bytes, char **contents_out, gsize *length_out, GError **error);
/* Fails with "path: what: reason; advice", for a file or folder that the system refused with code (an errno). Returns false. */
bool bp_file_fail (GError **error, const char *path, const char *what, int code);
/* Whether nothing at all has that name. A link to nowhere, or a name in a folder that may not be looked into, is something: reading it says
 * what is wrong with it. */
bool bp_file_is_missing (const char *path);
/* All of the bytes, in as many writes as it takes; false with errno. */
bool bp_file_write_all (int descriptor, const char *bytes, gsize length);
/* fsync of a folder, so that a rename in it lasts. */
bool bp_folder_sync (const char *path, GError **error);
/* Deletes a folder and all in it; never follows symbolic links. */
bool bp_folder_remove (const char *path, GError **error);

#endif
