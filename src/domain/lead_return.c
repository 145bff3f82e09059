#include "domain/lead_return.h"

static void free_pointer (gpointer pointer)
{
    g_free (pointer);
}

BpLeadReturn *bp_lead_return_new (const char *file)
{
    BpLeadReturn *back = g_new0 (BpLeadReturn, 1);
    back->strings = g_string_chunk_new (4096);
    back->owned = g_ptr_array_new_with_free_func (free_pointer);
    back->file = g_string_chunk_insert (back->strings, file);
    back->as_of = BP_DATE_NONE;
    for (int i = 0; i < BP_UPDATE_SHEET_COUNT; i++)
    {
        g_assert (bp_update_sheet_get ((BpUpdateSheetId)i)->column_count <= BP_RETURN_MAX_COLUMNS);
        back->sheets[i].rows = g_array_new (FALSE, FALSE, sizeof (BpReturnRow));
    }
    return back;
}

void bp_lead_return_free (BpLeadReturn *back)
{
    if (back == NULL)
        return;
    for (int i = 0; i < BP_UPDATE_SHEET_COUNT; i++)
        g_array_unref (back->sheets[i].rows);
    g_ptr_array_unref (back->owned);
    g_string_chunk_free (back->strings);
    g_free (back);
}

BpReturnRow *bp_lead_return_add_row (BpLeadReturn *back, BpUpdateSheetId sheet, int row)
{
    const int count = bp_update_sheet_get (sheet)->column_count;
    GArray *rows = back->sheets[sheet].rows;
    BpReturnRow added = { .row = row, .cells = g_new (const char *, (gsize)count) };
    g_ptr_array_add (back->owned, added.cells);
    for (int i = 0; i < count; i++)
        added.cells[i] = "";
    g_array_append_val (rows, added);
    return &g_array_index (rows, BpReturnRow, rows->len - 1);
}

char *bp_lead_return_dup_file_name (BpTableId table, const char *id)
{
    return g_strdup_printf ("%s-return-%s.csv", bp_table_get (table)->name, id);
}
