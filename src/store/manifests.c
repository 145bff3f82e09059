#include "store/store_state.h"

#define DEED "keep the manifest's sum"

bool bp_store_add_manifest (BpStore *store, const char *run, const char *sha256, const BpImportStamp *stamp, GError **error)
{
    BpDatabase *database = &store->database;
    if (!bp_database_run (database, "PRAGMA synchronous = FULL", DEED,
                          error)) /* the run will be there after a power cut; so must this be */
        return false;
    g_autoptr (sqlite3_stmt) statement = bp_database_prepare (
        database, "INSERT INTO manifests (run, sha256, recorded_at, recorded_on, program_version) VALUES (?, ?, ?, ?, ?)", DEED, error);
    if (statement == NULL)
        return false;
    g_autofree char *day = bp_date_dup_text (stamp->imported_on, BP_DATE_ISO);
    sqlite3_bind_text (statement, 1, run, -1, SQLITE_STATIC);
    sqlite3_bind_text (statement, 2, sha256, -1, SQLITE_STATIC);
    sqlite3_bind_int64 (statement, 3, stamp->imported_at);
    sqlite3_bind_text (statement, 4, day, -1, SQLITE_STATIC);
    sqlite3_bind_text (statement, 5, stamp->program_version, -1, SQLITE_STATIC);
    return bp_database_execute (database, statement, DEED, error);
}

/* The newest entry of a run: sum and day. NULL on failure; else a statement at its row, if *has_row_out. */
static sqlite3_stmt *find_newest (BpDatabase *database, const char *run, bool *has_row_out, GError **error)
{
    g_autoptr (sqlite3_stmt) rows
        = bp_database_prepare (database, "SELECT sha256, recorded_on FROM manifests WHERE run = ? ORDER BY manifest_id DESC LIMIT 1",
                               "read the manifests' sums", error);
    if (rows == NULL)
        return NULL;
    sqlite3_bind_text (rows, 1, run, -1, SQLITE_TRANSIENT);
    return bp_database_step (database, rows, has_row_out, "read the manifests' sums", error) ? g_steal_pointer (&rows) : NULL;
}

bool bp_store_find_manifest (BpStore *store, const char *run, char **sha256_out, GError **error)
{
    bool has_row;
    g_autoptr (sqlite3_stmt) rows = find_newest (&store->database, run, &has_row, error);
    if (rows == NULL)
        return false;
    *sha256_out = has_row ? g_strdup (bp_database_column_text (rows, 0)) : NULL;
    return true;
}

bool bp_store_find_last_run (BpStore *store, BpDate as_of, int *number_out, GError **error)
{
    BpDatabase *database = &store->database;
    g_autofree char *day = bp_date_dup_text (as_of, BP_DATE_ISO);
    g_autofree char *start = g_strconcat (day, "-", NULL);
    g_autoptr (sqlite3_stmt) rows
        = bp_database_prepare (database,
                               "SELECT max(CAST(substr(run, length(?1) + 1) AS INTEGER)) FROM (SELECT run FROM manifests UNION ALL"
                               " SELECT run FROM approvals UNION ALL SELECT run FROM sends) WHERE substr(run, 1, length(?1)) = ?1",
                               "read the runs", error);
    if (rows == NULL)
        return false;
    sqlite3_bind_text (rows, 1, start, -1, SQLITE_STATIC);
    bool has_row;
    if (!bp_database_step (database, rows, &has_row, "read the runs", error))
        return false;
    *number_out = has_row ? (int)CLAMP (sqlite3_column_int64 (rows, 0), 0, G_MAXINT - 1) : 0;
    return true;
}

bool bp_store_find_manifest_day (BpStore *store, const char *run, BpDate *recorded_on_out, GError **error)
{
    bool has_row;
    g_autoptr (sqlite3_stmt) rows = find_newest (&store->database, run, &has_row, error);
    if (rows == NULL)
        return false;
    *recorded_on_out = has_row ? bp_database_column_date (rows, 1) : BP_DATE_NONE;
    return true;
}
