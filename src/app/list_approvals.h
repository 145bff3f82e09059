#ifndef BP_APP_LIST_APPROVALS_H
#define BP_APP_LIST_APPROVALS_H

#include "app/options.h"
#include "store/approvals.h"

#include <jansson.h>

/* `list approvals`: who approved which packs (run: of that run, by its id or as latest; NULL: of all; --forum), oldest first. */
bool bp_list_approvals (const BpOptions *options, const char *run, GError **error);
json_t *bp_approval_to_json (const BpApproval *approval);

#endif
