#ifndef BP_APP_LIST_APPROVALS_H
#define BP_APP_LIST_APPROVALS_H

#include "app/options.h"
#include "store/approvals.h"

#include <jansson.h>

/* `list approvals`: who approved which packs (run: of that run, by its id or as latest; NULL: of all; --forum), oldest first. */
bool bp_list_approvals (const BpOptions *options, const char *run, GError **error);
/* "2025-07-31T09:15:00Z", seconds since 1970 in UTC; caller frees. */
char *bp_instant_dup_text (gint64 seconds);
json_t *bp_approval_to_json (const BpApproval *approval);
/* Elements BpPackFile: [{"path": …, "sha256": …}]. */
json_t *bp_pack_files_to_json (const GPtrArray *files);

#endif
