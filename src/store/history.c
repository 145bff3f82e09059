#include "store/store_state.h"

#include "store/row_columns.h"

#define DEED "read the history"

static void clear_entry (gpointer entry)
{
    g_free ((gpointer)((BpImportEntry *)entry)->program_version);
}

static void clear_version (gpointer version)
{
    g_free (((BpRowVersion *)version)->record.cells);
}

static BpDate column_date (sqlite3_stmt *row, int column)
{
    BpDate date;
    return bp_date_parse_iso (bp_database_column_text (row, column), &date) ? date : BP_DATE_NONE;
}

GArray *bp_store_list_imports (BpStore *store, GError **error)
{
    BpDatabase *database = &store->database;
    g_autoptr (sqlite3_stmt) rows = bp_database_prepare (
        database,
        "SELECT import_id, imported_at, imported_on, program_version, added, changed, removed, unchanged, errors, checks, notes"
        " FROM imports ORDER BY import_id DESC",
        DEED, error);
    if (rows == NULL)
        return NULL;
    g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (BpImportEntry));
    g_array_set_clear_func (entries, clear_entry);
    for (;;)
    {
        bool has_row;
        if (!bp_database_step (database, rows, &has_row, DEED, error))
            return NULL;
        if (!has_row)
            return g_steal_pointer (&entries);
        BpImportEntry entry = { .id = sqlite3_column_int64 (rows, 0),
                                .imported_at = sqlite3_column_int64 (rows, 1),
                                .imported_on = column_date (rows, 2),
                                .program_version = g_strdup (bp_database_column_text (rows, 3)),
                                .counts = { .added = sqlite3_column_int (rows, 4),
                                            .changed = sqlite3_column_int (rows, 5),
                                            .removed = sqlite3_column_int (rows, 6),
                                            .unchanged = sqlite3_column_int (rows, 7),
                                            .import_id = sqlite3_column_int64 (rows, 0) },
                                .errors = sqlite3_column_int (rows, 8),
                                .checks = sqlite3_column_int (rows, 9),
                                .notes = sqlite3_column_int (rows, 10) };
        g_array_append_val (entries, entry);
    }
}

/* Binds the prefix to the key columns in turn. Fails if there are more values than columns. */
static sqlite3_stmt *prepare_versions (BpStore *store, const BpTableDef *table, const char *const *key_prefix, GError **error)
{
    g_autoptr (GString) sql = g_string_new ("SELECT " BP_ROW_SOURCE_COLUMNS ", known_from_import, known_to_import"
                                            ", (SELECT imported_on FROM imports WHERE import_id = known_from_import)"
                                            ", (SELECT imported_on FROM imports WHERE import_id = known_to_import), ");
    bp_row_columns_append (sql, table, store->fields);
    g_string_append (sql, " FROM ");
    bp_database_append_name (sql, table->name);
    g_autofree int *key = bp_row_columns_dup_key (table, store->fields);
    int count = 0;
    for (; key_prefix != NULL && key_prefix[count] != NULL; count++)
    {
        if (key[count] < 0)
        {
            bp_fail (error, BP_ERROR_STORE, "the key of the table %s has %d columns, not more; leave out \"%s\"", table->name, count,
                     key_prefix[count]);
            return NULL;
        }
        g_string_append (sql, count == 0 ? " WHERE " : " AND ");
        bp_database_append_name (sql, bp_row_columns_name (table, store->fields, key[count]));
        g_string_append (sql, " = ?");
    }
    g_string_append (sql, " ORDER BY known_from_import, row_id");
    sqlite3_stmt *rows = bp_database_prepare (&store->database, sql->str, DEED, error);
    for (int i = 0; rows != NULL && i < count; i++)
        sqlite3_bind_text (rows, i + 1, key_prefix[i], -1, SQLITE_TRANSIENT);
    return rows;
}

static const char *keep_text (GStringChunk *strings, const unsigned char *text)
{
    return text != NULL ? g_string_chunk_insert (strings, (const char *)text) : NULL;
}

static BpRowVersion read_version (sqlite3_stmt *row, int width, GStringChunk *strings)
{
    BpRowVersion version = { .known_from_import = sqlite3_column_int64 (row, 4),
                             .known_to_import = sqlite3_column_int64 (row, 5),
                             .known_from = column_date (row, 6),
                             .known_to = column_date (row, 7),
                             .record = { .file = keep_text (strings, sqlite3_column_text (row, 0)),
                                         .sheet = keep_text (strings, sqlite3_column_text (row, 1)),
                                         .row = sqlite3_column_int (row, 2),
                                         .is_key_inferred = sqlite3_column_int (row, 3) != 0 } };
    version.record.cells = g_new (const char *, (gsize)width + 1);
    for (int i = 0; i < width; i++)
        version.record.cells[i] = g_string_chunk_insert (strings, bp_database_column_text (row, 8 + i));
    version.record.cells[width] = NULL;
    return version;
}

GArray *bp_store_list_versions (BpStore *store, BpTableId table, const char *const *key_prefix, GStringChunk *strings, GError **error)
{
    const BpTableDef *def = bp_table_get (table);
    g_autoptr (sqlite3_stmt) rows = prepare_versions (store, def, key_prefix, error);
    if (rows == NULL)
        return NULL;
    g_autoptr (GArray) versions = g_array_new (FALSE, FALSE, sizeof (BpRowVersion));
    g_array_set_clear_func (versions, clear_version);
    int width = bp_row_columns_width (def, store->fields);
    for (;;)
    {
        bool has_row;
        if (!bp_database_step (&store->database, rows, &has_row, DEED, error))
            return NULL;
        if (!has_row)
            return g_steal_pointer (&versions);
        BpRowVersion version = read_version (rows, width, strings);
        g_array_append_val (versions, version);
    }
}
