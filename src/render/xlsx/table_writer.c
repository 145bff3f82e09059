#include "render/xlsx/table_writer.h"

bool bp_xlsx_table_add (lxw_worksheet *page, const BpXlsxTable *table, const BpXlsxStyles *styles, GError **error)
{
    g_autofree lxw_table_column *columns = g_new0 (lxw_table_column, (gsize)table->column_count);
    g_autofree lxw_table_column **list = g_new0 (lxw_table_column *, (gsize)table->column_count + 1);
    lxw_row_t header_row = (lxw_row_t)table->header_row;
    lxw_table_options options = { .name = (char *)table->name,
                                  .no_autofilter = table->has_filters ? LXW_FALSE : LXW_TRUE,
                                  .no_banded_rows = LXW_TRUE,
                                  .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
                                  .style_type_number = 0, /* no style */
                                  .columns = list };

    for (int i = 0; i < table->column_count; i++)
    {
        columns[i].header = (char *)table->headers[i];
        columns[i].header_format = table->is_right[i] ? styles->header_right : styles->header;
        list[i] = &columns[i];
    }
    /* The library has no tables on sheets that it streams, although all that a table needs of the rows is its header. So the sheet is not
     * streamed while the table is made; the header written here is then lost. */
    guint8 is_streamed = page->optimize;
    page->optimize = LXW_FALSE;
    lxw_error code
        = worksheet_add_table (page, header_row, 0, header_row + table->row_count, (lxw_col_t)(table->column_count - 1), &options);
    page->optimize = is_streamed;
    return code == LXW_NO_ERROR
           || bp_fail (error, BP_ERROR_RENDER, "the workbook's library refused the table \"%s\": %s", table->name, lxw_strerror (code));
}
