#ifndef BP_STORE_STORE_STATE_H
#define BP_STORE_STORE_STATE_H

#include "store/database.h"
#include "store/schema.h"
#include "store/store.h"

struct BpStore
{
    BpDatabase database;
    const BpFieldSet *fields; /* borrowed; may be NULL */
};

/* bp_store_open with another list of schema versions, so that migrations can be tested. */
BpStore *bp_store_open_versions (const char *path, const BpFieldSet *fields, const BpSchemaVersion *versions, GError **error);
/* A copy in memory that can only be read; the file is left as it is. */
BpStore *bp_store_open_copy_versions (const char *path, const BpFieldSet *fields, const BpSchemaVersion *versions, GError **error);
/* The newest import made on or before the day (BP_DATE_NONE: at all); 0 if there is none. */
bool bp_store_find_import (BpStore *store, BpDate day, gint64 *import_id_out, GError **error);
struct BpApproval;
/* bp_approvals_find_newest in the transaction that is open. */
bool bp_approvals_find_newest_now (BpStore *store, BpDate as_of, const char *forum, struct BpApproval **approval_out, GError **error);

#endif
