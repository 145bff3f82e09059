#include "store/finding_rows.h"

#include <string.h>

#define INSERT_DEED "keep the findings"
#define LOAD_DEED "read the store"

static const struct
{
    const char *table, *owner;
} places[] = {
    [BP_IMPORT_FINDINGS] = { "import_findings", "import_id" },
    [BP_RETURN_FINDINGS] = { "return_findings", "return_id" },
};

/* ---- in ---- */

static bool insert (BpDatabase *database, sqlite3_stmt *statement, int position, const BpFinding *finding, GError **error)
{
    const char *const texts[] = { bp_finding_kind_get (finding->code)->id,
                                  bp_level_name (finding->level),
                                  finding->source.file,
                                  finding->source.sheet,
                                  finding->source.column,
                                  finding->value,
                                  finding->text,
                                  finding->advice };
    sqlite3_bind_int (statement, 2, position);
    for (int i = 0; i < (int)G_N_ELEMENTS (texts); i++)
        sqlite3_bind_text (statement, 3 + i, texts[i], -1, SQLITE_STATIC);
    sqlite3_bind_int (statement, 11, finding->quarantined);
    sqlite3_bind_int (statement, 12, finding->source.row);
    return bp_database_execute (database, statement, INSERT_DEED, error);
}

bool bp_finding_rows_insert (BpDatabase *database, BpFindingOwner owner, gint64 owner_id, const BpFindingList *const *lists, GError **error)
{
    g_autofree char *sql
        = g_strdup_printf ("INSERT INTO %s (%s, position, code, level, file, sheet, \"column\", value, text, advice, quarantined, \"row\")"
                           " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                           places[owner].table, places[owner].owner);
    g_autoptr (sqlite3_stmt) statement = bp_database_prepare (database, sql, INSERT_DEED, error);
    if (statement == NULL)
        return false;
    sqlite3_bind_int64 (statement, 1, owner_id);
    int position = 0;
    for (; *lists != NULL; lists++)
        for (guint i = 0; i < bp_finding_list_length (*lists); i++)
            if (!insert (database, statement, position++, bp_finding_list_get (*lists, i), error))
                return false;
    return true;
}

/* ---- out ---- */

static bool level_from_name (const char *name, BpLevel *level_out)
{
    for (int level = BP_LEVEL_NOTE; level <= BP_LEVEL_ERROR; level++)
        if (strcmp (bp_level_name ((BpLevel)level), name) == 0)
        {
            *level_out = (BpLevel)level;
            return true;
        }
    return false;
}

/* The finding of a row; its strings last until the next step. */
static bool read_finding (BpDatabase *database, sqlite3_stmt *row, BpFinding *finding, GError **error)
{
    const char *id = bp_database_column_text (row, 0);
    const BpFindingKind *kind = bp_finding_kind_find (id);
    if (kind == NULL || !level_from_name (bp_database_column_text (row, 1), &finding->level))
        return bp_fail (error, BP_ERROR_STORE,
                        "%s: holds a finding %s that this boardpack does not know; use the newer boardpack that wrote it", database->path,
                        id);
    finding->code = kind->code;
    finding->quarantined = sqlite3_column_int (row, 2) != 0;
    finding->source = (BpSource){ .file = (const char *)sqlite3_column_text (row, 3),
                                  .sheet = (const char *)sqlite3_column_text (row, 4),
                                  .row = sqlite3_column_int (row, 5),
                                  .column = (const char *)sqlite3_column_text (row, 6) };
    finding->value = (const char *)sqlite3_column_text (row, 7);
    finding->text = bp_database_column_text (row, 8);
    finding->advice = bp_database_column_text (row, 9);
    return true;
}

bool bp_finding_rows_load (BpDatabase *database, BpFindingOwner owner, gint64 owner_id, BpFindingList *findings_out, GError **error)
{
    g_autofree char *sql = g_strdup_printf ("SELECT code, level, quarantined, file, sheet, \"row\", \"column\", value, text, advice"
                                            " FROM %s WHERE %s = ? ORDER BY position",
                                            places[owner].table, places[owner].owner);
    g_autoptr (sqlite3_stmt) rows = bp_database_prepare (database, sql, LOAD_DEED, error);
    if (rows == NULL)
        return false;
    sqlite3_bind_int64 (rows, 1, owner_id);
    for (;;)
    {
        bool has_row;
        BpFinding finding;
        if (!bp_database_step (database, rows, &has_row, LOAD_DEED, error))
            return false;
        if (!has_row)
            return true;
        if (!read_finding (database, rows, &finding, error))
            return false;
        bp_finding_list_append (findings_out, &finding);
    }
}

/* ---- held against each other ---- */

/* A finding as one line, so that two lists can be compared whatever their order. */
static char *dup_finding_line (const BpFinding *finding)
{
    return g_strdup_printf ("%d\x1f%d\x1f%d\x1f%s\x1f%s\x1f%d\x1f%s\x1f%d%s\x1f%s\x1f%s", (int)finding->code, (int)finding->level,
                            finding->quarantined, finding->source.file != NULL ? finding->source.file : "",
                            finding->source.sheet != NULL ? finding->source.sheet : "", finding->source.row,
                            finding->source.column != NULL ? finding->source.column : "", finding->value != NULL,
                            finding->value != NULL ? finding->value : "", finding->text, finding->advice);
}

static gint compare_lines (gconstpointer left, gconstpointer right)
{
    return g_strcmp0 (*(const char *const *)left, *(const char *const *)right);
}

/* Without the removals, which an import finds once only. */
static GPtrArray *list_finding_lines (const BpFindingList *findings)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
    for (guint i = 0; i < bp_finding_list_length (findings); i++)
        if (bp_finding_list_get (findings, i)->code != BP_FINDING_ROW_REMOVED)
            g_ptr_array_add (lines, dup_finding_line (bp_finding_list_get (findings, i)));
    g_ptr_array_sort (lines, compare_lines);
    return lines;
}

bool bp_finding_rows_are_same (const BpFindingList *before, const BpFindingList *now)
{
    g_autoptr (GPtrArray) left = list_finding_lines (before), right = list_finding_lines (now);
    bool is_same = left->len == right->len;
    for (guint i = 0; i < left->len && is_same; i++)
        is_same = g_str_equal (left->pdata[i], right->pdata[i]);
    return is_same;
}
