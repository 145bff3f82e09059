#include "domain/table.h"

int bp_table_column_count (const BpTableDef *table)
{
    int count = 0;
    while (table->columns[count].name != NULL)
        count++;
    return count;
}

int bp_table_find_column (const BpTableDef *table, const char *name)
{
    for (int i = 0; name != NULL && table->columns[i].name != NULL; i++)
        if (g_ascii_strcasecmp (table->columns[i].name, name) == 0)
            return i;
    return -1;
}

int bp_field_set_count (const BpFieldSet *set, BpTableId table)
{
    int count = 0;
    for (guint i = 0; set != NULL && i < set->count; i++)
        count += set->fields[i].table == table;
    return count;
}

const BpLocalField *bp_field_set_get (const BpFieldSet *set, BpTableId table, int index)
{
    int left = index;
    for (guint i = 0; set != NULL && i < set->count; i++)
        if (set->fields[i].table == table && left-- == 0)
            return &set->fields[i];
    g_assert_not_reached ();
}

/* A record's cells are one block of its own: strings belong to the set, the block to the record. */
static void clear_record (gpointer record)
{
    g_clear_pointer (&((BpRecord *)record)->cells, g_free);
}

BpTableSet *bp_table_set_new (const BpFieldSet *fields)
{
    BpTableSet *set = g_new0 (BpTableSet, 1);
    set->fields = fields;
    set->strings = g_string_chunk_new (64 * 1024);
    for (int i = 0; i < BP_TABLE_COUNT; i++)
    {
        set->tables[i].def = bp_table_get ((BpTableId)i);
        set->tables[i].records = g_array_new (FALSE, TRUE, sizeof (BpRecord));
        g_array_set_clear_func (set->tables[i].records, clear_record);
    }
    return set;
}

void bp_table_set_free (BpTableSet *set)
{
    if (set == NULL)
        return;
    for (int i = 0; i < BP_TABLE_COUNT; i++)
        g_array_unref (set->tables[i].records);
    g_string_chunk_free (set->strings);
    g_free (set);
}

int bp_table_set_width (const BpTableSet *set, BpTableId table)
{
    return bp_table_column_count (bp_table_get (table)) + bp_field_set_count (set->fields, table);
}

BpRecord *bp_table_set_add (BpTableSet *set, BpTableId table)
{
    int width = bp_table_set_width (set, table);
    BpRecord record = { .cells = g_new (const char *, (gsize)width) };
    for (int i = 0; i < width; i++)
        record.cells[i] = "";
    GArray *records = set->tables[table].records;
    g_array_append_val (records, record);
    return &g_array_index (records, BpRecord, records->len - 1);
}

const char *bp_table_set_take_text (BpTableSet *set, const char *text, gssize length)
{
    if (text == NULL || length == 0 || (length < 0 && *text == '\0'))
        return "";
    return g_string_chunk_insert_len (set->strings, text, length);
}
