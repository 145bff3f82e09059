#ifndef BP_APP_RUN_FOLDER_H
#define BP_APP_RUN_FOLDER_H

#include "base/error.h"

#include <jansson.h>

/* Finished runs on the disk: output/<as-of>/<run>/. */

/* Names the newest run that has packs, where a run is read. */
#define BP_RUN_LATEST "latest"

/* The folders of all runs under the output folder, newest as-of date first, then the highest number: elements char *. None if it cannot be
 * read. Free with g_ptr_array_unref. */
GPtrArray *bp_run_folders_list (const char *output);
/* The folder of a run that is named by its id ("2025-07-31-1") or as "latest"; NULL, with an error that says what there is, if there is
 * none. Caller frees. */
char *bp_run_folder_find (const char *output, const char *run, GError **error);
/* The id of a run that is named by its id or as "latest"; one that does not stand there (any more) is taken as it is, *is_there_out tells.
 * NULL, with an error, if latest leads nowhere. Caller frees. */
char *bp_run_folder_find_id (const char *output, const char *run, bool *is_there_out, GError **error);
/* The id of the run whose folder that is, or is a link to; caller frees. */
char *bp_run_folder_dup_id (const char *folder);
/* Its manifest.json; NULL if it has none that can be read. With text_out: its bytes too. Caller frees. */
json_t *bp_run_folder_load_manifest (const char *folder, char **text_out, GError **error);
/* A text of an object; "" if there is none. Borrowed. */
const char *bp_manifest_text (const json_t *object, const char *key);

#endif
