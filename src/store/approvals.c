#include "store/approvals.h"

#include "store/file_rows.h"
#include "store/store_state.h"

#include <string.h>

#define DEED "keep the approval"
#define READ_DEED "read the approvals"
#define COLUMNS                                                                                                                            \
    "approval_id, run, forum, as_of, version, approved_by, role, account, prepared_by, note, approved_at, approved_on, manifest_sha256,"   \
    " withdrawn_at, withdrawn_on, withdrawn_by, withdrawal_note"

void bp_approval_free (BpApproval *approval)
{
    if (approval == NULL)
        return;
    g_free (approval->run);
    g_free (approval->forum);
    g_free (approval->approved_by);
    g_free (approval->role);
    g_free (approval->account);
    g_free (approval->prepared_by);
    g_free (approval->note);
    g_free (approval->manifest_sha256);
    g_clear_pointer (&approval->files, g_ptr_array_unref);
    g_free (approval->withdrawn_by);
    g_free (approval->withdrawal_note);
    g_free (approval);
}

const BpPackFile *bp_approval_find_file (const BpApproval *approval, const char *path)
{
    for (guint i = 0; i < approval->files->len; i++)
        if (strcmp (((const BpPackFile *)approval->files->pdata[i])->path, path) == 0)
            return approval->files->pdata[i];
    return NULL;
}

bool bp_approval_has_hash (const BpApproval *approval, const char *sha256)
{
    for (guint i = 0; i < approval->files->len; i++)
        if (strcmp (((const BpPackFile *)approval->files->pdata[i])->sha256, sha256) == 0)
            return true;
    return false;
}

/* ---- out ---- */

static char *dup_column (sqlite3_stmt *row, int column)
{
    return g_strdup (bp_database_column_text (row, column));
}

static BpApproval *new_from_row (sqlite3_stmt *row)
{
    BpApproval *approval = g_new (BpApproval, 1);
    *approval = (BpApproval){ .id = sqlite3_column_int64 (row, 0),
                              .run = dup_column (row, 1),
                              .forum = dup_column (row, 2),
                              .as_of = bp_database_column_date (row, 3),
                              .version = sqlite3_column_int (row, 4),
                              .approved_by = dup_column (row, 5),
                              .role = dup_column (row, 6),
                              .account = dup_column (row, 7),
                              .prepared_by = dup_column (row, 8),
                              .note = dup_column (row, 9),
                              .approved_at = sqlite3_column_int64 (row, 10),
                              .approved_on = bp_database_column_date (row, 11),
                              .manifest_sha256 = dup_column (row, 12),
                              .is_withdrawn = sqlite3_column_type (row, 13) != SQLITE_NULL,
                              .withdrawn_at = sqlite3_column_int64 (row, 13),
                              .withdrawn_on = bp_database_column_date (row, 14),
                              .withdrawn_by = dup_column (row, 15),
                              .withdrawal_note = dup_column (row, 16) };
    return approval;
}

/* All rows of the statement; NULL on failure. */
static GPtrArray *read_all (BpDatabase *database, sqlite3_stmt *rows, GError **error)
{
    g_autoptr (GPtrArray) approvals = g_ptr_array_new_with_free_func ((GDestroyNotify)bp_approval_free);
    for (;;)
    {
        bool has_row;
        if (!bp_database_step (database, rows, &has_row, READ_DEED, error))
            return NULL;
        if (!has_row)
            return g_steal_pointer (&approvals);
        BpApproval *approval = new_from_row (rows);
        g_ptr_array_add (approvals, approval);
        approval->files = bp_file_rows_load (database, BP_APPROVAL_FILES, approval->id, error);
        if (approval->files == NULL)
            return NULL;
    }
}

/* The first row of the statement, or none. */
static bool read_first (BpDatabase *database, sqlite3_stmt *rows, BpApproval **approval_out, GError **error)
{
    g_autoptr (GPtrArray) approvals = read_all (database, rows, error);
    if (approvals == NULL)
        return false;
    *approval_out = approvals->len > 0 ? g_ptr_array_steal_index (approvals, 0) : NULL;
    return true;
}

/* One reading of a row and its files, whatever others write meanwhile. */
static bool begin_reading (BpStore *store, GError **error)
{
    return bp_database_run (&store->database, "BEGIN", READ_DEED, error);
}

GPtrArray *bp_approvals_list (BpStore *store, const char *run, GError **error)
{
    g_autoptr (sqlite3_stmt) rows = bp_database_prepare (
        &store->database, "SELECT " COLUMNS " FROM approvals WHERE ?1 IS NULL OR run = ?1 ORDER BY approval_id DESC", READ_DEED, error);
    if (rows == NULL || !begin_reading (store, error))
        return NULL;
    if (run != NULL)
        bp_database_bind_text (rows, 1, run);
    GPtrArray *approvals = read_all (&store->database, rows, error);
    bp_database_roll_back (&store->database);
    return approvals;
}

static bool find_of_run (BpDatabase *database, const char *run, const char *forum, BpApproval **approval_out, GError **error)
{
    g_autoptr (sqlite3_stmt) rows = bp_database_prepare (
        database, "SELECT " COLUMNS " FROM approvals WHERE run = ? AND forum = ? AND withdrawn_at IS NULL", READ_DEED, error);
    if (rows == NULL)
        return false;
    bp_database_bind_text (rows, 1, run);
    bp_database_bind_text (rows, 2, forum);
    return read_first (database, rows, approval_out, error);
}

bool bp_approvals_find_newest_now (BpStore *store, BpDate as_of, const char *forum, BpApproval **approval_out, GError **error)
{
    BpDatabase *database = &store->database;
    g_autoptr (sqlite3_stmt) rows = bp_database_prepare (
        database, "SELECT " COLUMNS " FROM approvals WHERE as_of = ? AND forum = ? AND withdrawn_at IS NULL ORDER BY version DESC LIMIT 1",
        READ_DEED, error);
    if (rows == NULL)
        return false;
    bp_database_bind_date (rows, 1, as_of);
    bp_database_bind_text (rows, 2, forum);
    return read_first (database, rows, approval_out, error);
}

bool bp_approvals_find (BpStore *store, const char *run, const char *forum, BpApproval **approval_out, GError **error)
{
    if (!begin_reading (store, error))
        return false;
    bool is_read = find_of_run (&store->database, run, forum, approval_out, error);
    bp_database_roll_back (&store->database);
    return is_read;
}

bool bp_approvals_find_newest (BpStore *store, BpDate as_of, const char *forum, BpApproval **approval_out, GError **error)
{
    if (!begin_reading (store, error))
        return false;
    bool is_read = bp_approvals_find_newest_now (store, as_of, forum, approval_out, error);
    bp_database_roll_back (&store->database);
    return is_read;
}

/* ---- in ---- */

static bool check_new (BpStore *store, const BpApproval *approval, GError **error)
{
    g_autoptr (BpApproval) same = NULL, newest = NULL;
    if (!find_of_run (&store->database, approval->run, approval->forum, &same, error)
        || !bp_approvals_find_newest_now (store, approval->as_of, approval->forum, &newest, error))
        return false;
    if (same != NULL)
        return bp_fail (error, BP_ERROR_FAILED, "the pack of %s in %s is approved already, by %s", approval->forum, approval->run,
                        same->approved_by);
    if (newest != NULL && newest->version >= approval->version)
        return bp_fail (error, BP_ERROR_FAILED,
                        "version %d of the pack of %s for that day is approved already, in %s by %s; a pack that replaces it is version "
                        "%d: build it with --correction \"what changed\", or withdraw that approval if nothing was sent",
                        newest->version, approval->forum, newest->run, newest->approved_by, newest->version + 1);
    return true;
}

static bool insert (BpDatabase *database, const BpApproval *approval, GError **error)
{
    g_autoptr (sqlite3_stmt) statement = bp_database_prepare (
        database, "INSERT INTO approvals (" COLUMNS ") VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL, NULL)", DEED,
        error);
    if (statement == NULL)
        return false;
    bp_database_bind_text (statement, 1, approval->run);
    bp_database_bind_text (statement, 2, approval->forum);
    bp_database_bind_date (statement, 3, approval->as_of);
    sqlite3_bind_int (statement, 4, approval->version);
    bp_database_bind_text (statement, 5, approval->approved_by);
    bp_database_bind_text (statement, 6, approval->role);
    bp_database_bind_text (statement, 7, approval->account);
    bp_database_bind_text (statement, 8, approval->prepared_by);
    bp_database_bind_text (statement, 9, approval->note);
    sqlite3_bind_int64 (statement, 10, approval->approved_at);
    bp_database_bind_date (statement, 11, approval->approved_on);
    bp_database_bind_text (statement, 12, approval->manifest_sha256);
    return bp_database_execute (database, statement, DEED, error)
           && bp_file_rows_replace (database, BP_APPROVAL_FILES, sqlite3_last_insert_rowid (database->handle), approval->files, error);
}

bool bp_approvals_add (BpStore *store, const GPtrArray *approvals, GError **error)
{
    BpDatabase *database = &store->database;
    if (!bp_database_begin_durable (database, DEED, error))
        return false;
    bool is_done = true;
    for (guint i = 0; is_done && i < approvals->len; i++)
        is_done = check_new (store, approvals->pdata[i], error) && insert (database, approvals->pdata[i], error);
    return bp_database_end (database, is_done, DEED, error);
}

/* ---- withdrawn ---- */

static bool check_unsent (BpDatabase *database, const char *run, const char *forum, GError **error)
{
    bool has_row;
    g_autoptr (sqlite3_stmt) rows = bp_database_prepare (database,
                                                         "SELECT count(*) FROM sends WHERE run = ? AND forum = ? AND kind <> 'test'"
                                                         " AND state IN ('intent', 'accepted', 'doubtful', 'told')",
                                                         READ_DEED, error);
    if (rows == NULL)
        return false;
    bp_database_bind_text (rows, 1, run);
    bp_database_bind_text (rows, 2, forum);
    if (!bp_database_step (database, rows, &has_row, READ_DEED, error))
        return false;
    const int count = sqlite3_column_int (rows, 0);
    return count == 0
           || bp_fail (error, BP_ERROR_FAILED,
                       "the pack of %s in %s has gone, or may have gone, to %d recipient%s, so its approval stands; "
                       "correct it instead: build it with --correction \"what changed\"",
                       forum, run, count, count == 1 ? "" : "s");
}

static bool withdraw_one (BpDatabase *database, const BpApproval *approval, const BpWithdrawal *withdrawal, GError **error)
{
    if (!check_unsent (database, approval->run, approval->forum, error))
        return false;
    g_autoptr (sqlite3_stmt) statement = bp_database_prepare (
        database, "UPDATE approvals SET withdrawn_at = ?, withdrawn_on = ?, withdrawn_by = ?, withdrawal_note = ? WHERE approval_id = ?",
        DEED, error);
    if (statement == NULL)
        return false;
    sqlite3_bind_int64 (statement, 1, withdrawal->at);
    bp_database_bind_date (statement, 2, withdrawal->on);
    bp_database_bind_text (statement, 3, withdrawal->by);
    bp_database_bind_text (statement, 4, withdrawal->note);
    sqlite3_bind_int64 (statement, 5, approval->id);
    return bp_database_execute (database, statement, DEED, error);
}

static GPtrArray *list_in_force (BpDatabase *database, const char *run, GError **error)
{
    g_autoptr (sqlite3_stmt) rows = bp_database_prepare (
        database, "SELECT " COLUMNS " FROM approvals WHERE run = ? AND withdrawn_at IS NULL ORDER BY approval_id", READ_DEED, error);
    if (rows == NULL)
        return NULL;
    bp_database_bind_text (rows, 1, run);
    return read_all (database, rows, error);
}

static bool withdraw_chosen (BpDatabase *database, const char *run, const char *const *forums, const BpWithdrawal *withdrawal,
                             int *count_out, GError **error)
{
    g_autoptr (GPtrArray) approvals = list_in_force (database, run, error);
    g_autoptr (GPtrArray) missing = g_ptr_array_new ();
    for (int i = 0; forums != NULL && forums[i] != NULL; i++)
        g_ptr_array_add (missing, (gpointer)forums[i]);
    *count_out = 0;
    for (guint i = 0; approvals != NULL && i < approvals->len; i++)
    {
        const BpApproval *approval = approvals->pdata[i];
        guint at;
        if (forums != NULL && !g_ptr_array_find_with_equal_func (missing, approval->forum, g_str_equal, &at))
            continue;
        if (!withdraw_one (database, approval, withdrawal, error))
            return false;
        if (forums != NULL)
            g_ptr_array_remove_index (missing, at);
        ++*count_out;
    }
    if (approvals == NULL)
        return false;
    if (missing->len > 0)
        return bp_fail (error, BP_ERROR_FAILED, "no approval of the pack of %s in %s is in force", (const char *)missing->pdata[0], run);
    return *count_out > 0 || bp_fail (error, BP_ERROR_FAILED, "no approval of a pack in %s is in force", run);
}

bool bp_approvals_withdraw (BpStore *store, const char *run, const char *const *forums, const BpWithdrawal *withdrawal, int *count_out,
                            GError **error)
{
    BpDatabase *database = &store->database;
    return bp_database_begin_durable (database, DEED, error)
           && bp_database_end (database, withdraw_chosen (database, run, forums, withdrawal, count_out, error), DEED, error);
}
