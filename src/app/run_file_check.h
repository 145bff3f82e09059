#ifndef BP_APP_RUN_FILE_CHECK_H
#define BP_APP_RUN_FILE_CHECK_H

#include "base/error.h"

#include <jansson.h>

/* The files of a run's folder against its manifest. Names are relative to the folder. */
typedef struct
{
    guint named;                          /* files that the manifest names */
    GPtrArray *missing, *changed, *extra; /* of char * */
} BpRunFileCheck;

/* Compares every file that the manifest names by its sum, and looks for those that it does not name, and for
 * empty folders. What is no ordinary file counts as
 * changed; links are not followed. Fails if the folder cannot be read. */
bool bp_run_file_check (BpRunFileCheck *check, const json_t *manifest, const char *folder, GError **error);
void bp_run_file_check_clear (BpRunFileCheck *check);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BpRunFileCheck, bp_run_file_check_clear)
/* Whether a name out of a manifest stays in the folder that it is relative to. */
bool bp_run_file_is_inside (const char *name);

#endif
