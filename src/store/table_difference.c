#include "store/table_difference.h"

#include "base/text.h"
#include "store/row_columns.h"
#include "store/row_index.h"

#include <string.h>

#define DEED "import"
#define SHOWN_CHARACTERS 120

/* A row of the store that no record of the set has the key of. */
typedef struct
{
    gint64 row_id;
    char *file, *sheet; /* sheet may be NULL */
    int row;
    char *shown; /* its key, for the finding */
} GoneRow;

/* One table being compared. */
typedef struct
{
    const BpTable *table;
    int width;
    int *key;
    BpRowIndex index;
    const char **cells; /* of the row of the store that is looked at */
    GArray *gone;       /* of GoneRow */
} Comparison;

static void clear_gone (gpointer gone)
{
    g_free (((GoneRow *)gone)->file);
    g_free (((GoneRow *)gone)->sheet);
    g_free (((GoneRow *)gone)->shown);
}

static void comparison_init (Comparison *comparison, const BpTable *table, const BpFieldSet *fields)
{
    comparison->table = table;
    comparison->width = bp_row_columns_width (table->def, fields);
    comparison->key = bp_row_columns_dup_key (table->def, fields);
    comparison->cells = g_new0 (const char *, (gsize)comparison->width + 1);
    comparison->gone = g_array_new (FALSE, FALSE, sizeof (GoneRow));
    g_array_set_clear_func (comparison->gone, clear_gone);
    bp_row_index_init (&comparison->index, table->records, comparison->key);
}

static void comparison_clear (Comparison *comparison)
{
    bp_row_index_clear (&comparison->index);
    g_array_unref (comparison->gone);
    g_free (comparison->cells);
    g_free (comparison->key);
}

static const BpRecord *record_at (const Comparison *comparison, guint record)
{
    return &g_array_index (comparison->table->records, BpRecord, record);
}

static sqlite3_stmt *prepare_current (BpDatabase *database, const BpTableDef *table, const BpFieldSet *fields, GError **error)
{
    g_autoptr (GString) sql = g_string_new ("SELECT row_id, " BP_ROW_SOURCE_COLUMNS ", ");
    bp_row_columns_append (sql, table, fields);
    g_string_append (sql, " FROM ");
    bp_database_append_name (sql, table->name);
    g_string_append (sql, " WHERE known_to_import IS NULL");
    return bp_database_prepare (database, sql->str, DEED, error);
}

static bool has_same_cells (const Comparison *comparison, const BpRecord *record)
{
    for (int i = 0; i < comparison->width; i++)
        if (strcmp (record->cells[i], comparison->cells[i]) != 0)
            return false;
    return true;
}

/* A row that came from no file (in tests) has a blank one. */
static const char *file_of (const BpRecord *record)
{
    return record->file != NULL ? record->file : "";
}

static bool has_same_source (const BpRecord *record, sqlite3_stmt *row)
{
    return strcmp (bp_database_column_text (row, 1), file_of (record)) == 0
           && g_strcmp0 ((const char *)sqlite3_column_text (row, 2), record->sheet) == 0 && sqlite3_column_int (row, 3) == record->row
           && (sqlite3_column_int (row, 4) != 0) == record->is_key_inferred;
}

/* The key as a finding shows it: "SIP 1.1.2"; of a table without key the whole row. */
static char *dup_shown_key (const Comparison *comparison)
{
    g_autoptr (GString) text = g_string_new (NULL);
    for (const int *cell = comparison->key; *cell >= 0; cell++)
        if (comparison->cells[*cell][0] != '\0')
            g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", comparison->cells[*cell]);
    g_autofree char *collapsed = bp_text_dup_collapsed (text->str);
    return bp_text_dup_shortened (collapsed, SHOWN_CHARACTERS);
}

static void add_gone (Comparison *comparison, sqlite3_stmt *row)
{
    GoneRow gone = { .row_id = sqlite3_column_int64 (row, 0),
                     .file = g_strdup (bp_database_column_text (row, 1)),
                     .sheet = g_strdup ((const char *)sqlite3_column_text (row, 2)),
                     .row = sqlite3_column_int (row, 3),
                     .shown = dup_shown_key (comparison) };
    g_array_append_val (comparison->gone, gone);
}

static void compare_row (Comparison *comparison, sqlite3_stmt *row, BpTableDifference *difference)
{
    for (int i = 0; i < comparison->width; i++)
        comparison->cells[i] = bp_database_column_text (row, 1 + BP_ROW_SOURCE_COUNT + i);
    BpRowMatch match = { .row_id = sqlite3_column_int64 (row, 0) };
    if (!bp_row_index_take (&comparison->index, comparison->cells, &match.record))
    {
        add_gone (comparison, row);
        return;
    }
    const BpRecord *record = record_at (comparison, match.record);
    if (!has_same_cells (comparison, record))
    {
        g_array_append_val (difference->changed, match);
        return;
    }
    difference->unchanged++;
    if (!has_same_source (record, row))
        g_array_append_val (difference->moved, match);
}

static guint place_hash (gconstpointer place)
{
    const BpRecord *record = place;
    return g_str_hash (file_of (record)) ^ ((guint)record->row * 2654435761u);
}

static gboolean place_equal (gconstpointer a, gconstpointer b)
{
    const BpRecord *left = a, *right = b;
    return left->row == right->row && strcmp (file_of (left), file_of (right)) == 0 && g_strcmp0 (left->sheet, right->sheet) == 0;
}

/* A table without key knows a row by all its cells, so an edited row looks like one gone and another come. Where both stand in the same
 * place it is an edit. */
static void pair_edited (Comparison *comparison, BpTableDifference *difference)
{
    g_autoptr (GHashTable) come = g_hash_table_new (place_hash, place_equal);
    for (guint i = 0; i < comparison->table->records->len; i++)
        if (!comparison->index.is_taken[i])
            g_hash_table_insert (come, (gpointer)record_at (comparison, i), GUINT_TO_POINTER (i));
    for (guint i = comparison->gone->len; i-- > 0;)
    {
        const GoneRow *gone = &g_array_index (comparison->gone, GoneRow, i);
        const BpRecord place = { .file = gone->file, .sheet = gone->sheet, .row = gone->row };
        gpointer record;
        if (!g_hash_table_lookup_extended (come, &place, NULL, &record))
            continue;
        BpRowMatch match = { gone->row_id, GPOINTER_TO_UINT (record) };
        g_array_append_val (difference->changed, match);
        comparison->index.is_taken[match.record] = true;
        g_hash_table_remove (come, &place);
        g_array_remove_index (comparison->gone, i);
    }
}

static void name_gone (const Comparison *comparison, BpFindingList *findings, BpTableDifference *difference)
{
    for (guint i = 0; i < comparison->gone->len; i++)
    {
        const GoneRow *gone = &g_array_index (comparison->gone, GoneRow, i);
        BpSource source = { .file = gone->file, .sheet = gone->sheet, .row = gone->row };
        bp_finding_list_add (
            findings, BP_FINDING_ROW_REMOVED, source, gone->shown,
            "This row of the table %s was imported before and is no longer there, or was quarantined now. It was marked as removed.",
            comparison->table->def->name);
        g_array_append_val (difference->removed, gone->row_id);
    }
}

static bool compare_table (BpDatabase *database, Comparison *comparison, BpFindingList *findings, BpTableDifference *difference,
                           GError **error)
{
    bool has_key = bp_row_columns_has_key (comparison->table->def);
    guint first, second;
    if (has_key && bp_row_index_find_double (&comparison->index, &first, &second))
        return bp_fail (error, BP_ERROR_STORE, "%s, line %d, and %s, line %d: have the same key; correct one of them",
                        file_of (record_at (comparison, first)), record_at (comparison, first)->row,
                        file_of (record_at (comparison, second)), record_at (comparison, second)->row);
    g_autoptr (sqlite3_stmt) rows = prepare_current (database, comparison->table->def, difference->fields, error);
    bool has_row = rows != NULL;
    while (has_row)
    {
        if (!bp_database_step (database, rows, &has_row, DEED, error))
            return false;
        if (has_row)
            compare_row (comparison, rows, difference);
    }
    if (rows == NULL)
        return false;
    if (!has_key)
        pair_edited (comparison, difference);
    name_gone (comparison, findings, difference);
    for (guint i = 0; i < comparison->table->records->len; i++)
        if (!comparison->index.is_taken[i])
            g_array_append_val (difference->added, i);
    return true;
}

bool bp_table_difference_find (BpDatabase *database, const BpTable *table, const BpFieldSet *fields, BpFindingList *findings,
                               BpTableDifference *difference_out, GError **error)
{
    *difference_out = (BpTableDifference){ .table = table,
                                           .fields = fields,
                                           .added = g_array_new (FALSE, FALSE, sizeof (guint)),
                                           .changed = g_array_new (FALSE, FALSE, sizeof (BpRowMatch)),
                                           .moved = g_array_new (FALSE, FALSE, sizeof (BpRowMatch)),
                                           .removed = g_array_new (FALSE, FALSE, sizeof (gint64)) };
    Comparison comparison;
    comparison_init (&comparison, table, fields);
    bool is_found = compare_table (database, &comparison, findings, difference_out, error);
    comparison_clear (&comparison);
    return is_found;
}

void bp_table_difference_clear (BpTableDifference *difference)
{
    g_clear_pointer (&difference->added, g_array_unref);
    g_clear_pointer (&difference->changed, g_array_unref);
    g_clear_pointer (&difference->moved, g_array_unref);
    g_clear_pointer (&difference->removed, g_array_unref);
}

bool bp_table_difference_is_empty (const BpTableDifference *difference)
{
    return difference->added->len == 0 && difference->changed->len == 0 && difference->removed->len == 0;
}

static bool close_version (BpDatabase *database, sqlite3_stmt *statement, gint64 row_id, gint64 import_id, GError **error)
{
    sqlite3_bind_int64 (statement, 1, row_id);
    sqlite3_bind_int64 (statement, 2, import_id);
    return bp_database_execute (database, statement, DEED, error);
}

/* Marks the old versions of changed rows and the removed rows as known up to this import. */
static bool close_versions (BpDatabase *database, const BpTableDifference *difference, gint64 import_id, GError **error)
{
    if (difference->changed->len == 0 && difference->removed->len == 0)
        return true;
    g_autoptr (GString) sql = g_string_new ("UPDATE ");
    bp_database_append_name (sql, difference->table->def->name);
    g_string_append (sql, " SET known_to_import = ?2 WHERE row_id = ?1");
    g_autoptr (sqlite3_stmt) statement = bp_database_prepare (database, sql->str, DEED, error);
    if (statement == NULL)
        return false;
    for (guint i = 0; i < difference->changed->len; i++)
        if (!close_version (database, statement, g_array_index (difference->changed, BpRowMatch, i).row_id, import_id, error))
            return false;
    for (guint i = 0; i < difference->removed->len; i++)
        if (!close_version (database, statement, g_array_index (difference->removed, gint64, i), import_id, error))
            return false;
    return true;
}

static sqlite3_stmt *prepare_insert (BpDatabase *database, const BpTableDifference *difference, GError **error)
{
    const BpTableDef *table = difference->table->def;
    g_autoptr (GString) sql = g_string_new ("INSERT INTO ");
    bp_database_append_name (sql, table->name);
    g_string_append (sql, " (" BP_ROW_SOURCE_COLUMNS ", known_from_import, ");
    bp_row_columns_append (sql, table, difference->fields);
    g_string_append (sql, ") VALUES (?, ?, ?, ?, ?");
    for (int i = bp_row_columns_width (table, difference->fields); i > 0; i--)
        g_string_append (sql, ", ?");
    g_string_append (sql, ")");
    return bp_database_prepare (database, sql->str, DEED, error);
}

/* Binds from the first parameter on, in the order of BP_ROW_SOURCE_COLUMNS. */
static void bind_source (sqlite3_stmt *statement, const BpRecord *record)
{
    sqlite3_bind_text (statement, 1, file_of (record), -1, SQLITE_STATIC);
    sqlite3_bind_text (statement, 2, record->sheet, -1, SQLITE_STATIC);
    sqlite3_bind_int (statement, 3, record->row);
    sqlite3_bind_int (statement, 4, record->is_key_inferred);
}

/* One prepared statement for a table, with what does not vary bound once. */
typedef struct
{
    BpDatabase *database;
    sqlite3_stmt *statement;
    const BpTableDifference *difference;
    int width;
} RowInsert;

static bool insert_row (const RowInsert *insert, guint index, GError **error)
{
    const BpRecord *record = &g_array_index (insert->difference->table->records, BpRecord, index);
    bind_source (insert->statement, record);
    for (int i = 0; i < insert->width; i++)
        sqlite3_bind_text (insert->statement, BP_ROW_SOURCE_COUNT + 2 + i, record->cells[i], -1, SQLITE_STATIC);
    return bp_database_execute (insert->database, insert->statement, DEED, error);
}

static bool insert_rows (BpDatabase *database, const BpTableDifference *difference, gint64 import_id, GError **error)
{
    if (difference->changed->len == 0 && difference->added->len == 0)
        return true;
    g_autoptr (sqlite3_stmt) statement = prepare_insert (database, difference, error);
    if (statement == NULL)
        return false;
    sqlite3_bind_int64 (statement, BP_ROW_SOURCE_COUNT + 1, import_id);
    RowInsert insert = { database, statement, difference, bp_row_columns_width (difference->table->def, difference->fields) };
    for (guint i = 0; i < difference->changed->len; i++)
        if (!insert_row (&insert, g_array_index (difference->changed, BpRowMatch, i).record, error))
            return false;
    for (guint i = 0; i < difference->added->len; i++)
        if (!insert_row (&insert, g_array_index (difference->added, guint, i), error))
            return false;
    return true;
}

bool bp_table_difference_move (BpDatabase *database, const BpTableDifference *difference, GError **error)
{
    if (difference->moved->len == 0)
        return true;
    g_autoptr (GString) sql = g_string_new ("UPDATE ");
    bp_database_append_name (sql, difference->table->def->name);
    g_string_append (sql, " SET (" BP_ROW_SOURCE_COLUMNS ") = (?1, ?2, ?3, ?4) WHERE row_id = ?5");
    g_autoptr (sqlite3_stmt) statement = bp_database_prepare (database, sql->str, DEED, error);
    if (statement == NULL)
        return false;
    for (guint i = 0; i < difference->moved->len; i++)
    {
        const BpRowMatch *match = &g_array_index (difference->moved, BpRowMatch, i);
        bind_source (statement, &g_array_index (difference->table->records, BpRecord, match->record));
        sqlite3_bind_int64 (statement, 5, match->row_id);
        if (!bp_database_execute (database, statement, DEED, error))
            return false;
    }
    return true;
}

bool bp_table_difference_apply (BpDatabase *database, const BpTableDifference *difference, gint64 import_id, GError **error)
{
    return close_versions (database, difference, import_id, error) && bp_table_difference_move (database, difference, error)
           && insert_rows (database, difference, import_id, error);
}
