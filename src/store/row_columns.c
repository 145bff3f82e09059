#include "store/row_columns.h"

#include "store/database.h"

const char *const bp_row_columns_own[]
    = { "row_id", "source_file", "source_sheet", "source_row", "key_inferred", "known_from_import", "known_to_import", NULL };

int bp_row_columns_width (const BpTableDef *table, const BpFieldSet *fields)
{
    return bp_table_column_count (table) + (fields != NULL ? bp_field_set_count (fields, table->id) : 0);
}

const char *bp_row_columns_name (const BpTableDef *table, const BpFieldSet *fields, int cell)
{
    int contract_count = bp_table_column_count (table);
    return cell < contract_count ? table->columns[cell].name : bp_field_set_get (fields, table->id, cell - contract_count)->column;
}

bool bp_row_columns_has_key (const BpTableDef *table)
{
    for (int i = 0; table->columns[i].name != NULL; i++)
        if (table->columns[i].is_key)
            return true;
    return false;
}

int *bp_row_columns_dup_key (const BpTableDef *table, const BpFieldSet *fields)
{
    bool has_key = bp_row_columns_has_key (table);
    int width = bp_row_columns_width (table, fields), contract_count = bp_table_column_count (table), count = 0;
    int *cells = g_new (int, (gsize)width + 1);
    for (int i = 0; i < width; i++)
        if (!has_key || (i < contract_count && table->columns[i].is_key))
            cells[count++] = i;
    cells[count] = -1;
    return cells;
}

void bp_row_columns_append (GString *sql, const BpTableDef *table, const BpFieldSet *fields)
{
    int width = bp_row_columns_width (table, fields);
    for (int i = 0; i < width; i++)
    {
        g_string_append (sql, i > 0 ? ", " : "");
        bp_database_append_name (sql, bp_row_columns_name (table, fields, i));
    }
}
