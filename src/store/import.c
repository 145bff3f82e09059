#include "store/store_state.h"

#include "store/finding_rows.h"
#include "store/table_difference.h"

#define DEED "import"

/* One import under way: what it would change, table by table, and what it is to be kept with. */
typedef struct
{
    BpStore *store;
    const BpTableSet *set;
    const BpFindingList *findings;
    BpFindingList *removals; /* ROW_REMOVED, found by the comparison */
    const BpImportStamp *stamp;
    BpTableDifference differences[BP_TABLE_COUNT];
    BpImportCounts counts;
    gint64 last_import; /* 0: none */
} Import;

static bool find_differences (Import *import, GError **error)
{
    for (int i = 0; i < BP_TABLE_COUNT; i++)
    {
        BpTableDifference *difference = &import->differences[i];
        if (!bp_table_difference_find (&import->store->database, &import->set->tables[i], import->set->fields, import->removals, difference,
                                       error))
            return false;
        import->counts.added += (int)difference->added->len;
        import->counts.changed += (int)difference->changed->len;
        import->counts.removed += (int)difference->removed->len;
        import->counts.unchanged += difference->unchanged;
    }
    return true;
}

static bool has_same_findings (Import *import, bool *same_out, GError **error)
{
    g_autoptr (BpFindingList) last = bp_finding_list_new ();
    if (!bp_finding_rows_load (&import->store->database, BP_IMPORT_FINDINGS, import->last_import, last, error))
        return false;
    *same_out = bp_finding_rows_are_same (last, import->findings);
    return true;
}

static guint count_level (const Import *import, BpLevel level)
{
    return bp_finding_list_count (import->findings, level) + bp_finding_list_count (import->removals, level);
}

static bool insert_import (Import *import, GError **error)
{
    BpDatabase *database = &import->store->database;
    g_autoptr (sqlite3_stmt) statement = bp_database_prepare (
        database,
        "INSERT INTO imports (imported_at, imported_on, program_version, added, changed, removed, unchanged, errors, checks, notes)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        DEED, error);
    if (statement == NULL)
        return false;
    g_autofree char *day = bp_date_dup_text (import->stamp->imported_on, BP_DATE_ISO);
    const char *version = import->stamp->program_version;
    sqlite3_bind_int64 (statement, 1, import->stamp->imported_at);
    sqlite3_bind_text (statement, 2, day, -1, SQLITE_STATIC);
    sqlite3_bind_text (statement, 3, version != NULL ? version : "", -1, SQLITE_STATIC);
    const int counts[] = { import->counts.added,
                           import->counts.changed,
                           import->counts.removed,
                           import->counts.unchanged,
                           (int)count_level (import, BP_LEVEL_ERROR),
                           (int)count_level (import, BP_LEVEL_CHECK),
                           (int)count_level (import, BP_LEVEL_NOTE) };
    for (int i = 0; i < (int)G_N_ELEMENTS (counts); i++)
        sqlite3_bind_int (statement, 4 + i, counts[i]);
    if (!bp_database_execute (database, statement, DEED, error))
        return false;
    import->counts.import_id = sqlite3_last_insert_rowid (database->handle);
    return true;
}

static bool insert_findings (Import *import, GError **error)
{
    const BpFindingList *const lists[] = { import->findings, import->removals, NULL };
    return bp_finding_rows_insert (&import->store->database, BP_IMPORT_FINDINGS, import->counts.import_id, lists, error);
}

/* The counts of every table. Counts that are there already and right are left alone, so that importing the same files again writes nothing.
 */
static bool write_loads (Import *import, gint64 import_id, GError **error)
{
    BpDatabase *database = &import->store->database;
    g_autoptr (sqlite3_stmt) statement = bp_database_prepare (
        database,
        "INSERT INTO import_loads (import_id, \"table\", files, seen, loaded) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE"
        " SET files = excluded.files, seen = excluded.seen, loaded = excluded.loaded"
        " WHERE (files, seen, loaded) IS NOT (excluded.files, excluded.seen, excluded.loaded)",
        DEED, error);
    if (statement == NULL)
        return false;
    sqlite3_bind_int64 (statement, 1, import_id);
    for (int i = 0; i < BP_TABLE_COUNT; i++)
    {
        const BpTable *table = &import->set->tables[i];
        sqlite3_bind_text (statement, 2, table->def->name, -1, SQLITE_STATIC);
        sqlite3_bind_int (statement, 3, table->file_count);
        sqlite3_bind_int (statement, 4, table->row_count);
        sqlite3_bind_int (statement, 5, (int)table->records->len);
        if (!bp_database_execute (database, statement, DEED, error))
            return false;
    }
    return true;
}

static bool apply (Import *import, GError **error)
{
    if (!insert_import (import, error))
        return false;
    for (int i = 0; i < BP_TABLE_COUNT; i++)
        if (!bp_table_difference_apply (&import->store->database, &import->differences[i], import->counts.import_id, error))
            return false;
    return insert_findings (import, error) && write_loads (import, import->counts.import_id, error);
}

/* No import: rows that stand elsewhere now are told so in place, because their new place is where to mend them. */
static bool refresh (Import *import, GError **error)
{
    import->counts.import_id = import->last_import;
    for (int i = 0; i < BP_TABLE_COUNT; i++)
        if (!bp_table_difference_move (&import->store->database, &import->differences[i], error))
            return false;
    return write_loads (import, import->last_import, error);
}

static bool import_in_transaction (Import *import, GError **error)
{
    if (!bp_store_find_import (import->store, BP_DATE_NONE, &import->last_import, error) || !find_differences (import, error))
        return false;
    bool is_same = import->last_import != 0;
    for (int i = 0; i < BP_TABLE_COUNT && is_same; i++)
        is_same = bp_table_difference_is_empty (&import->differences[i]);
    if (is_same && !has_same_findings (import, &is_same, error))
        return false;
    return (is_same ? refresh (import, error) : apply (import, error)) && bp_database_run (&import->store->database, "COMMIT", DEED, error);
}

bool bp_store_import (BpStore *store, const BpTableSet *set, BpFindingList *findings, const BpImportStamp *stamp,
                      BpImportCounts *counts_out, GError **error)
{
    g_autoptr (BpFindingList) removals = bp_finding_list_new ();
    Import import = { .store = store, .set = set, .findings = findings, .removals = removals, .stamp = stamp };
    if (!bp_database_run (&store->database, "BEGIN IMMEDIATE", DEED, error))
        return false;
    bool is_done = import_in_transaction (&import, error);
    for (int i = 0; i < BP_TABLE_COUNT; i++)
        bp_table_difference_clear (&import.differences[i]);
    if (!is_done)
    {
        bp_database_roll_back (&store->database);
        return false;
    }
    bp_finding_list_append_all (findings, removals);
    if (counts_out != NULL)
        *counts_out = import.counts;
    return true;
}
