#include "domain/lead_return.h"
#include "domain/stored_rows.h"

static void free_pointer (gpointer pointer)
{
    g_free (pointer);
}

static void clear_line (gpointer pointer)
{
    g_free (((BpReturnLine *)pointer)->text);
}

BpLeadReturn *bp_lead_return_new (const char *file)
{
    BpLeadReturn *back = g_new0 (BpLeadReturn, 1);
    back->strings = g_string_chunk_new (4096);
    back->owned = g_ptr_array_new_with_free_func (free_pointer);
    back->file = g_string_chunk_insert (back->strings, file);
    back->as_of = BP_DATE_NONE;
    back->front = g_array_new (FALSE, FALSE, sizeof (BpReturnLine));
    g_array_set_clear_func (back->front, clear_line);
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
    g_array_unref (back->front);
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

static void drop_rows (BpTable *table, const char *id)
{
    for (guint i = table->records->len; i > 0; i--)
        if (bp_record_is_of_return (&g_array_index (table->records, BpRecord, i - 1), table->def->id, id))
            g_array_remove_index (table->records, i - 1);
}

void bp_lead_return_apply (const BpLeadReturn *back, const BpTableSet *rows, BpTableSet *data)
{
    for (int sheet = 0; sheet < BP_UPDATE_SHEET_COUNT; sheet++)
    {
        const BpTableId table = bp_update_sheet_get ((BpUpdateSheetId)sheet)->table;
        const int width = bp_table_set_width (data, table);
        g_autofree char *name = bp_lead_return_dup_file_name (table, back->id);
        g_autofree char *file = g_strconcat ("data/", name, NULL);
        drop_rows (&data->tables[table], back->id);
        for (guint i = 0; i < rows->tables[table].records->len; i++)
        {
            const BpRecord *from = &g_array_index (rows->tables[table].records, BpRecord, i);
            BpRecord *to = bp_table_set_add (data, table);
            for (int j = 0; j < width; j++)
                to->cells[j] = bp_table_set_take_text (data, from->cells[j], -1);
            to->file = bp_table_set_take_text (data, file, -1);
            to->row = (int)i + 2;
        }
    }
    g_autoptr (BpFindingList) unread = bp_finding_list_new (); /* they are made when the files are read */
    bp_table_set_admit (data, unread);
}
