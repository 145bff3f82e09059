#include "render/xlsx/sheet_names.h"

#include "base/text.h"

#include <string.h>

#define MAX_NAME_LENGTH 31
#define MAX_TITLE_LENGTH 255
#define MAX_COLUMNS 16384
/* Rows of a sheet, less the lines above a table. */
#define MAX_ROWS (1048576 - 1000)

static bool is_sheet_name (const char *name)
{
    size_t length = strlen (name);

    if (length == 0 || length > MAX_NAME_LENGTH)
        return false;
    for (const char *at = name; *at != '\0'; at++)
        if (!g_ascii_isalnum (*at) && *at != '_')
            return false;
    return true;
}

static bool check_name (const char *name, GHashTable *names, GError **error)
{
    g_autofree char *folded = g_ascii_strdown (name, -1);

    if (!is_sheet_name (name))
        return bp_fail (error, BP_ERROR_RENDER, "sheet name \"%s\": use 1 to %d letters, digits and underscores", name, MAX_NAME_LENGTH);
    if (g_hash_table_contains (names, folded))
        return bp_fail (error, BP_ERROR_RENDER, "sheet name \"%s\" is taken: every sheet needs a name of its own", name);
    g_hash_table_add (names, g_steal_pointer (&folded));
    return true;
}

static bool check_columns (const BpSheet *sheet, GError **error)
{
    g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

    if (sheet->column_count < 1 || sheet->column_count > MAX_COLUMNS)
        return bp_fail (error, BP_ERROR_RENDER, "sheet %s: %d columns; a table has 1 to %d", sheet->name, sheet->column_count, MAX_COLUMNS);
    if (bp_sheet_row_count (sheet) > MAX_ROWS)
        return bp_fail (error, BP_ERROR_RENDER, "sheet %s: %u rows; a sheet holds %d", sheet->name, bp_sheet_row_count (sheet), MAX_ROWS);
    for (int i = 0; i < sheet->column_count; i++)
    {
        const char *title = sheet->columns[i].title;
        if (title == NULL || bp_text_is_blank (title))
            return bp_fail (error, BP_ERROR_RENDER, "sheet %s: column %d has no title", sheet->name, i + 1);
        if (!g_utf8_validate (title, -1, NULL) || g_utf8_strlen (title, -1) > MAX_TITLE_LENGTH)
            return bp_fail (error, BP_ERROR_RENDER, "sheet %s: the title of column %d is over %d characters, or no UTF-8", sheet->name,
                            i + 1, MAX_TITLE_LENGTH);
        if (!g_hash_table_add (titles, g_utf8_casefold (title, -1)))
            return bp_fail (error, BP_ERROR_RENDER, "sheet %s: two columns are called \"%s\"", sheet->name, title);
    }
    return true;
}

bool bp_xlsx_check_sheets (const BpPack *pack, GError **error)
{
    g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    /* "History" is kept by Excel for itself. */
    const char *const fixed[] = { BP_XLSX_COVER, BP_XLSX_CONTENTS, BP_XLSX_NOTES, BP_XLSX_DASHBOARD, "History" };

    for (gsize i = 0; i < G_N_ELEMENTS (fixed); i++)
        g_hash_table_add (names, g_ascii_strdown (fixed[i], -1));
    for (guint i = 0; i < pack->sheets->len; i++)
    {
        const BpSheet *sheet = g_ptr_array_index (pack->sheets, i);
        if (!check_name (sheet->name, names, error) || !check_columns (sheet, error))
            return false;
    }
    return true;
}

char *bp_xlsx_dup_table_name (const char *sheet_name)
{
    /* A table's name may not begin with a digit. */
    return g_strconcat (g_ascii_isdigit (sheet_name[0]) ? "_" : "", sheet_name, "_table", NULL);
}
