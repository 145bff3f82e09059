#ifndef BP_APP_STORE_JSON_H
#define BP_APP_STORE_JSON_H

#include <glib.h>
#include <jansson.h>

/* What the store keeps with approvals and messages alike, as JSON has it. */

/* "2025-07-31T09:15:00Z", seconds since 1970 in UTC; caller frees. */
char *bp_instant_dup_text (gint64 seconds);
/* Elements BpPackFile: [{"path": …, "sha256": …}]. */
json_t *bp_pack_files_to_json (const GPtrArray *files);

#endif
