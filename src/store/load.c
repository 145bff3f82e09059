#include "store/store_state.h"

#include "base/source.h"
#include "store/finding_rows.h"
#include "store/row_columns.h"

#include <string.h>

#define DEED "read the store"

static bool load_counts (BpStore *store, gint64 import_id, BpTableSet *set, GError **error)
{
    BpDatabase *database = &store->database;
    g_autoptr (sqlite3_stmt) rows
        = bp_database_prepare (database, "SELECT \"table\", files, seen FROM import_loads WHERE import_id = ?", DEED, error);
    if (rows == NULL)
        return false;
    sqlite3_bind_int64 (rows, 1, import_id);
    for (;;)
    {
        bool has_row;
        if (!bp_database_step (database, rows, &has_row, DEED, error))
            return false;
        if (!has_row)
            return true;
        const BpTableDef *table = bp_table_find (bp_database_column_text (rows, 0));
        if (table == NULL)
            continue; /* a table of another version of the contract */
        set->tables[table->id].file_count = sqlite3_column_int (rows, 1);
        set->tables[table->id].row_count = sqlite3_column_int (rows, 2);
    }
}

static sqlite3_stmt *prepare_rows (BpDatabase *database, const BpTableDef *table, const BpFieldSet *fields, GError **error)
{
    g_autoptr (GString) sql = g_string_new ("SELECT " BP_ROW_SOURCE_COLUMNS ", ");
    bp_row_columns_append (sql, table, fields);
    g_string_append (sql, " FROM ");
    bp_database_append_name (sql, table->name);
    g_string_append (sql, " WHERE known_from_import <= ?1 AND (known_to_import IS NULL OR known_to_import > ?1)");
    return bp_database_prepare (database, sql->str, DEED, error);
}

/* The set's one copy of a file's or sheet's name, so that equal names are equal pointers; NULL stays NULL. */
static const char *keep_name (BpTableSet *set, const unsigned char *name, const char *last)
{
    if (name == NULL)
        return NULL;
    return last != NULL && strcmp (last, (const char *)name) == 0 ? last : g_string_chunk_insert_const (set->strings, (const char *)name);
}

static void add_row (BpTableSet *set, BpTableId table, int width, sqlite3_stmt *row)
{
    const GArray *records = set->tables[table].records;
    const char *last_file = NULL, *last_sheet = NULL;
    if (records->len > 0)
    {
        last_file = g_array_index (records, BpRecord, records->len - 1).file;
        last_sheet = g_array_index (records, BpRecord, records->len - 1).sheet;
    }
    BpRecord *record = bp_table_set_add (set, table);
    record->file = keep_name (set, sqlite3_column_text (row, 0), last_file);
    record->sheet = keep_name (set, sqlite3_column_text (row, 1), last_sheet);
    record->row = sqlite3_column_int (row, 2);
    record->is_key_inferred = sqlite3_column_int (row, 3) != 0;
    for (int i = 0; i < width; i++)
    {
        const char *text = bp_database_column_text (row, BP_ROW_SOURCE_COUNT + i);
        record->cells[i] = bp_table_set_take_text (set, text, sqlite3_column_bytes (row, BP_ROW_SOURCE_COUNT + i));
    }
}

static gint compare_places (gconstpointer left, gconstpointer right)
{
    const BpRecord *a = left, *b = right;
    int order = a->file == b->file ? 0 : bp_source_compare_files (a->file, b->file);
    if (order == 0 && a->sheet != b->sheet)
        order = g_strcmp0 (a->sheet, b->sheet);
    return order != 0 ? order : (a->row > b->row) - (a->row < b->row);
}

/* Into the order of files and rows. Rows are stored in the order in which they came, so that most tables are in order already. */
static void sort_records (GArray *records)
{
    for (guint i = 1; i < records->len; i++)
        if (compare_places (&g_array_index (records, BpRecord, i - 1), &g_array_index (records, BpRecord, i)) > 0)
        {
            g_array_sort (records, compare_places);
            return;
        }
}

static bool load_table (BpStore *store, gint64 import_id, BpTableSet *set, BpTableId table, GError **error)
{
    BpDatabase *database = &store->database;
    g_autoptr (sqlite3_stmt) rows = prepare_rows (database, bp_table_get (table), set->fields, error);
    if (rows == NULL)
        return false;
    sqlite3_bind_int64 (rows, 1, import_id);
    int width = bp_table_set_width (set, table);
    for (;;)
    {
        bool has_row;
        if (!bp_database_step (database, rows, &has_row, DEED, error))
            return false;
        if (!has_row)
            break;
        add_row (set, table, width, rows);
    }
    sort_records (set->tables[table].records);
    return true;
}

static bool fail_without_import (BpStore *store, BpDate known, GError **error)
{
    if (known == BP_DATE_NONE)
        return bp_fail (error, BP_ERROR_STORE, "%s: nothing has been imported yet; run `boardpack import` first", store->database.path);
    g_autofree char *day = bp_date_dup_text (known, BP_DATE_LONG);
    return bp_fail (error, BP_ERROR_STORE, "%s: nothing had been imported by %s; name a later day, see `boardpack history`",
                    store->database.path, day);
}

static bool load_rows (BpStore *store, gint64 import_id, BpTableSet *set, GError **error)
{
    for (int i = 0; i < BP_TABLE_COUNT; i++)
        if (!load_table (store, import_id, set, (BpTableId)i, error))
            return false;
    return true;
}

static bool load_whole_import (BpStore *store, gint64 import_id, BpTableSet *set, BpFindingList *findings, GError **error)
{
    return load_rows (store, import_id, set, error) && load_counts (store, import_id, set, error)
           && bp_finding_rows_load (&store->database, BP_IMPORT_FINDINGS, import_id, findings, error);
}

static bool load_in_transaction (BpStore *store, BpDate known, BpTableSet *set, BpFindingList *findings, GError **error)
{
    gint64 import_id;
    if (!bp_store_find_import (store, known, &import_id, error))
        return false;
    if (import_id == 0)
        return fail_without_import (store, known, error);
    return load_whole_import (store, import_id, set, findings, error);
}

bool bp_store_load (BpStore *store, BpDate known, BpTableSet *set_out, BpFindingList *findings_out, GError **error)
{
    /* one view of all tables, whatever another program writes meanwhile */
    if (!bp_database_run (&store->database, "BEGIN", DEED, error))
        return false;
    bool is_loaded = load_in_transaction (store, known, set_out, findings_out, error);
    bp_database_roll_back (&store->database);
    (void)sqlite3_db_release_memory (store->database.handle); /* what follows needs room, not the pages that were read */
    return is_loaded;
}

bool bp_store_load_import (BpStore *store, gint64 import_id, BpTableSet *set_out, BpFindingList *findings_out, GError **error)
{
    if (!bp_database_run (&store->database, "BEGIN", DEED, error))
        return false;
    bool is_loaded = findings_out != NULL ? load_whole_import (store, import_id, set_out, findings_out, error)
                                          : load_rows (store, import_id, set_out, error);
    bp_database_roll_back (&store->database);
    return is_loaded;
}
