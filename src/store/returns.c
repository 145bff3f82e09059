#include "store/store_state.h"

#include "store/finding_rows.h"

#define DEED "keep the return"
#define COLUMNS "return_id, import_id, imported_at, imported_on, sheet, lead, as_of, base, file, updates, kpi_values, narrative"

void bp_return_entry_free (BpReturnEntry *entry)
{
    if (entry == NULL)
        return;
    g_free (entry->sheet);
    g_free (entry->lead);
    g_free (entry->file);
    bp_finding_list_free (entry->findings);
    g_free (entry);
}

/* The next return of the statement with its findings; NULL with no error set: there is none left. */
static BpReturnEntry *read_next (BpDatabase *database, sqlite3_stmt *rows, GError **error)
{
    bool has_row;
    if (!bp_database_step (database, rows, &has_row, DEED, error) || !has_row)
        return NULL;
    g_autoptr (BpReturnEntry) entry = g_new (BpReturnEntry, 1);
    *entry = (BpReturnEntry){ .import_id = sqlite3_column_int64 (rows, 1),
                              .imported_at = sqlite3_column_int64 (rows, 2),
                              .imported_on = bp_database_column_date (rows, 3),
                              .sheet = g_strdup (bp_database_column_text (rows, 4)),
                              .lead = g_strdup (bp_database_column_text (rows, 5)),
                              .as_of = bp_database_column_date (rows, 6),
                              .base = sqlite3_column_int64 (rows, 7),
                              .file = g_strdup (bp_database_column_text (rows, 8)),
                              .updates = sqlite3_column_int (rows, 9),
                              .kpi_values = sqlite3_column_int (rows, 10),
                              .narrative = sqlite3_column_int (rows, 11),
                              .findings = bp_finding_list_new () };
    if (!bp_finding_rows_load (database, BP_RETURN_FINDINGS, sqlite3_column_int64 (rows, 0), entry->findings, error))
        return NULL;
    return g_steal_pointer (&entry);
}

/* ---- in ---- */

static bool is_same (const BpReturnEntry *before, const BpReturnEntry *now)
{
    return g_str_equal (before->file, now->file) && before->updates == now->updates && before->kpi_values == now->kpi_values
           && before->narrative == now->narrative && bp_finding_rows_are_same (before->findings, now->findings);
}

static bool is_kept (BpDatabase *database, const BpReturnEntry *entry, bool *is_kept_out, GError **error)
{
    g_autoptr (GError) why = NULL;
    g_autoptr (sqlite3_stmt) rows
        = bp_database_prepare (database, "SELECT " COLUMNS " FROM returns WHERE sheet = ? ORDER BY return_id DESC LIMIT 1", DEED, error);
    if (rows == NULL)
        return false;
    sqlite3_bind_text (rows, 1, entry->sheet, -1, SQLITE_STATIC);
    g_autoptr (BpReturnEntry) last = read_next (database, rows, &why);
    *is_kept_out = last != NULL && is_same (last, entry);
    if (why == NULL)
        return true;
    g_propagate_error (error, g_steal_pointer (&why));
    return false;
}

static bool insert (BpDatabase *database, const BpReturnEntry *entry, GError **error)
{
    g_autoptr (sqlite3_stmt) statement
        = bp_database_prepare (database, "INSERT INTO returns (" COLUMNS ") VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", DEED, error);
    if (statement == NULL)
        return false;
    g_autofree char *day = bp_date_dup_text (entry->imported_on, BP_DATE_ISO), *as_of = bp_date_dup_text (entry->as_of, BP_DATE_ISO);
    sqlite3_bind_int64 (statement, 1, entry->import_id);
    sqlite3_bind_int64 (statement, 2, entry->imported_at);
    sqlite3_bind_text (statement, 3, day, -1, SQLITE_STATIC);
    sqlite3_bind_text (statement, 4, entry->sheet, -1, SQLITE_STATIC);
    sqlite3_bind_text (statement, 5, entry->lead, -1, SQLITE_STATIC);
    sqlite3_bind_text (statement, 6, as_of, -1, SQLITE_STATIC);
    sqlite3_bind_int64 (statement, 7, entry->base);
    sqlite3_bind_text (statement, 8, entry->file, -1, SQLITE_STATIC);
    sqlite3_bind_int (statement, 9, entry->updates);
    sqlite3_bind_int (statement, 10, entry->kpi_values);
    sqlite3_bind_int (statement, 11, entry->narrative);
    const BpFindingList *const lists[] = { entry->findings, NULL };
    return bp_database_execute (database, statement, DEED, error)
           && bp_finding_rows_insert (database, BP_RETURN_FINDINGS, sqlite3_last_insert_rowid (database->handle), lists, error);
}

bool bp_store_add_return (BpStore *store, const BpReturnEntry *entry, GError **error)
{
    BpDatabase *database = &store->database;
    bool is_there = false;
    if (!bp_database_run (database, "BEGIN IMMEDIATE", DEED, error))
        return false;
    bool is_done = is_kept (database, entry, &is_there, error) && (is_there || insert (database, entry, error))
                   && bp_database_run (database, "COMMIT", DEED, error);
    if (!is_done)
        bp_database_roll_back (database);
    return is_done;
}

/* ---- out ---- */

GPtrArray *bp_store_list_returns (BpStore *store, BpDate as_of, GError **error)
{
    g_autoptr (GError) why = NULL;
    g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)bp_return_entry_free);
    g_autofree char *day = bp_date_dup_text (as_of, BP_DATE_ISO);
    g_autoptr (sqlite3_stmt) rows = bp_database_prepare (
        &store->database, "SELECT " COLUMNS " FROM returns WHERE as_of = ? ORDER BY return_id DESC", "read the returns", error);
    if (rows == NULL)
        return NULL;
    sqlite3_bind_text (rows, 1, day, -1, SQLITE_STATIC);
    for (BpReturnEntry *entry = read_next (&store->database, rows, &why); entry != NULL; entry = read_next (&store->database, rows, &why))
        g_ptr_array_add (entries, entry);
    if (why == NULL)
        return g_steal_pointer (&entries);
    g_propagate_error (error, g_steal_pointer (&why));
    return NULL;
}
