#include "render/xlsx/sheet_writer.h"

#include "render/xlsx/dashboard_writer.h"
#include "render/xlsx/input_rules.h"
#include "render/xlsx/table_writer.h"

#define A4 9
#define MARGIN_INCHES 0.6

static bool check (lxw_error code, const char *what, GError **error)
{
    return code == LXW_NO_ERROR || bp_fail (error, BP_ERROR_RENDER, "the workbook's library refused %s: %s", what, lxw_strerror (code));
}

static bool write_cell (lxw_worksheet *page, lxw_row_t row, lxw_col_t column, const BpXlsxCell *cell, lxw_format *format, GError **error)
{
    lxw_error code = LXW_NO_ERROR;

    switch ((BpXlsxCellKind)cell->kind)
    {
    case BP_XLSX_CELL_TEXT:
        code = worksheet_write_string (page, row, column, cell->text, format);
        break;
    case BP_XLSX_CELL_NUMBER:
        code = worksheet_write_number (page, row, column, cell->number, format);
        break;
    case BP_XLSX_CELL_LINK:
    {
        g_autofree char *target = g_strdup_printf ("internal:'%s'!A1", cell->text);
        code = worksheet_write_url_opt (page, row, column, target, format, cell->text, NULL);
        break;
    }
    case BP_XLSX_CELL_INPUT:
        code = worksheet_write_blank (page, row, column, format);
        break;
    }
    return check (code, "a cell", error);
}

static lxw_format *header_format (const BpXlsxSheet *sheet, int column, const BpXlsxStyles *styles)
{
    return sheet->columns[column].is_right ? styles->header_right : styles->header;
}

static bool add_table (lxw_worksheet *page, const BpXlsxSheet *sheet, const BpXlsxStyles *styles, bool is_working, GError **error)
{
    g_autofree const char **headers = g_new (const char *, (gsize)sheet->column_count);
    g_autofree bool *is_right = g_new (bool, (gsize)sheet->column_count);
    lxw_row_t header_row = (lxw_row_t)bp_xlsx_sheet_header_row (sheet);
    lxw_row_t last_row = header_row + bp_xlsx_sheet_row_count (sheet);
    const BpXlsxTable table = { .name = sheet->table_name,
                                .header_row = (int)header_row,
                                .row_count = bp_xlsx_sheet_row_count (sheet),
                                .column_count = sheet->column_count,
                                .headers = headers,
                                .is_right = is_right,
                                .has_filters = is_working };

    for (int i = 0; i < sheet->column_count; i++)
    {
        headers[i] = sheet->columns[i].header;
        is_right[i] = sheet->columns[i].is_right;
    }
    if (!bp_xlsx_table_add (page, &table, styles, error))
        return false;
    worksheet_repeat_rows (page, header_row, header_row);
    if (is_working)
        worksheet_freeze_panes (page, header_row + 1, 0);
    /* Refs such as 4.10 are text on purpose. */
    g_autofree char *range = g_strdup_printf ("A%u:XFD%u", (guint)header_row + 2, (guint)last_row + 1);
    return check (worksheet_ignore_errors (page, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range), "a range", error);
}

static void set_up_page (lxw_worksheet *page, const BpXlsxSheet *sheet)
{
    worksheet_set_paper (page, A4);
    worksheet_fit_to_pages (page, 1, 0);
    worksheet_set_margins (page, MARGIN_INCHES, MARGIN_INCHES, MARGIN_INCHES, MARGIN_INCHES);
    if (sheet->is_landscape)
        worksheet_set_landscape (page);
    /* Whole columns, so that rows added below are printed too. */
    if (sheet->printed_count > 0)
        worksheet_print_area (page, 0, 0, LXW_ROW_MAX - 1, (lxw_col_t)(sheet->printed_count - 1));
}

static bool set_row (lxw_worksheet *page, const BpXlsxSheet *sheet, guint row, GError **error)
{
    return check (worksheet_set_row (page, row, g_array_index (sheet->heights_pt, double, row), NULL), "a row", error);
}

static bool write_line (lxw_worksheet *page, const BpXlsxSheet *sheet, guint row, const BpXlsxStyles *styles, GError **error)
{
    bool is_cover = sheet->table_name == NULL && sheet->dashboard == NULL;
    lxw_format *line_format = is_cover ? styles->wrapped_line : styles->line;
    lxw_format *title_format = is_cover ? styles->cover_title : styles->title;

    return check (worksheet_write_string (page, row, 0, g_ptr_array_index (sheet->lines, row), row == 0 ? title_format : line_format),
                  "a line", error);
}

/* From the header down, each row whole: what is streamed cannot be gone back to. */
static bool write_rows (lxw_worksheet *page, const BpXlsxSheet *sheet, BpXlsxStyles *styles, GError **error)
{
    guint header_row = (guint)bp_xlsx_sheet_header_row (sheet);
    const BpXlsxCell *cell = &g_array_index (sheet->cells, BpXlsxCell, 0);

    if (!set_row (page, sheet, header_row, error))
        return false;
    for (int i = 0; i < sheet->column_count; i++)
        if (!check (worksheet_write_string (page, header_row, (lxw_col_t)i, sheet->columns[i].header, header_format (sheet, i, styles)),
                    "a header", error))
            return false;
    for (guint row = header_row + 1; row < sheet->heights_pt->len; row++)
    {
        if (!set_row (page, sheet, row, error))
            return false;
        for (int i = 0; i < sheet->column_count; i++, cell++)
            if (!write_cell (page, row, (lxw_col_t)i, cell, bp_xlsx_styles_get (styles, cell), error))
                return false;
    }
    return true;
}

/* The library says only that there is no sheet. */
static bool fail_sheet (lxw_workbook *workbook, const char *name, GError **error)
{
    if (workbook_validate_sheet_name (workbook, name) == LXW_NO_ERROR)
        return bp_fail (error, BP_ERROR_IO,
                        "%s: the workbook's temporary parts cannot be made there; free some space, or make it writable if it is read-only, "
                        "then run again",
                        workbook->options.tmpdir);
    return bp_fail (error, BP_ERROR_RENDER, "the workbook's library refused the sheet name \"%s\"", name);
}

bool bp_xlsx_sheet_write (lxw_workbook *workbook, const BpXlsxSheet *sheet, BpXlsxStyles *styles, bool is_working, GError **error)
{
    bool has_table = sheet->table_name != NULL;

    workbook->options.constant_memory = has_table;
    lxw_worksheet *page = workbook_add_worksheet (workbook, sheet->name);
    if (page == NULL)
        return fail_sheet (workbook, sheet->name, error);
    set_up_page (page, sheet);
    for (int i = 0; i < sheet->column_count; i++)
        worksheet_set_column (page, (lxw_col_t)i, (lxw_col_t)i, sheet->columns[i].width_chars, NULL);
    for (guint i = 0; i < sheet->lines->len; i++)
        if (!set_row (page, sheet, i, error) || !write_line (page, sheet, i, styles, error))
            return false;
    if (has_table)
        return add_table (page, sheet, styles, is_working, error) && bp_xlsx_add_input_rules (page, sheet, error)
               && write_rows (page, sheet, styles, error);
    for (guint i = sheet->lines->len; i < sheet->heights_pt->len; i++)
        if (!set_row (page, sheet, i, error))
            return false;
    return sheet->dashboard == NULL || bp_xlsx_dashboard_write (page, sheet, styles, error);
}
