#ifndef BP_RENDER_XLSX_TABLE_WRITER_H
#define BP_RENDER_XLSX_TABLE_WRITER_H

#include "base/error.h"
#include "render/xlsx/styles.h"

/* A table as a spreadsheet program knows it, by its name: from column A, its header in header_row (from 0), its rows directly below. */
typedef struct
{
    const char *name;
    int header_row;
    guint row_count; /* without the header */
    int column_count;
    const char *const *headers;
    const bool *is_right;
    bool has_filters;
} BpXlsxTable;

/* Marks the cells up as a table and writes its header, but on a streamed sheet, whose rows the caller writes in order; without a style, so
 * that no fill lies behind words. The other cells are written by the caller. */
bool bp_xlsx_table_add (lxw_worksheet *page, const BpXlsxTable *table, const BpXlsxStyles *styles, GError **error);

#endif
