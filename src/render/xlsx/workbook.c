#include "base/atomic_file.h"
#include "render/renderer.h"
#include "render/xlsx/dashboard_plan.h"
#include "render/xlsx/dashboard_writer.h"
#include "render/xlsx/input_rules.h"
#include "render/xlsx/package.h"
#include "render/xlsx/sheet_names.h"
#include "render/xlsx/sheet_plan.h"
#include "render/xlsx/styles.h"
#include "render/xlsx/table_writer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define A4 9
#define MARGIN_INCHES 0.6
/* Of Excel's properties: longer texts are refused. */
#define MAX_PROPERTY_CHARS 255

static bool check (lxw_error code, const char *what, GError **error)
{
    if (code == LXW_NO_ERROR)
        return true;
    return bp_fail (error, BP_ERROR_RENDER, "the workbook's library refused %s: %s", what, lxw_strerror (code));
}

static bool write_cell (lxw_worksheet *page, lxw_row_t row, lxw_col_t column, const BpXlsxCell *cell, lxw_format *format, GError **error)
{
    lxw_error code = LXW_NO_ERROR;

    switch (cell->kind)
    {
    case BP_XLSX_CELL_TEXT:
        code = worksheet_write_string (page, row, column, cell->text, format);
        break;
    case BP_XLSX_CELL_NUMBER:
        code = worksheet_write_number (page, row, column, cell->number, format);
        break;
    case BP_XLSX_CELL_LINK:
    {
        g_autofree char *target = g_strdup_printf ("internal:'%s'!A1", cell->link);
        code = worksheet_write_url_opt (page, row, column, target, format, cell->text, NULL);
        break;
    }
    case BP_XLSX_CELL_INPUT:
        code = worksheet_write_blank (page, row, column, format);
        break;
    }
    return check (code, "a cell", error);
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

static bool write_sheet (lxw_workbook *workbook, const BpXlsxSheet *sheet, BpXlsxStyles *styles, bool is_working, GError **error)
{
    lxw_worksheet *page = workbook_add_worksheet (workbook, sheet->name);
    guint first_row = sheet->lines->len + 1;

    if (page == NULL)
        return bp_fail (error, BP_ERROR_RENDER, "the workbook's library refused the sheet name \"%s\"", sheet->name);
    set_up_page (page, sheet);
    for (guint i = 0; i < sheet->heights_pt->len; i++)
        if (!check (worksheet_set_row (page, i, g_array_index (sheet->heights_pt, double, i), NULL), "a row", error))
            return false;
    for (int i = 0; i < sheet->column_count; i++)
        worksheet_set_column (page, (lxw_col_t)i, (lxw_col_t)i, sheet->columns[i].width_chars, NULL);
    bool is_cover = sheet->table_name == NULL && sheet->dashboard == NULL;
    lxw_format *line_format = is_cover ? styles->wrapped_line : styles->line;
    lxw_format *title_format = is_cover ? styles->cover_title : styles->title;
    for (guint i = 0; i < sheet->lines->len; i++)
        if (!check (worksheet_write_string (page, i, 0, g_ptr_array_index (sheet->lines, i), i == 0 ? title_format : line_format), "a line",
                    error))
            return false;
    if (sheet->dashboard != NULL)
        return bp_xlsx_dashboard_write (page, sheet, styles, error);
    if (is_cover)
        return true;
    if (!add_table (page, sheet, styles, is_working, error) || !bp_xlsx_add_input_rules (page, sheet, error))
        return false;
    for (guint i = 0; i < sheet->cells->len; i++)
    {
        const BpXlsxCell *cell = &g_array_index (sheet->cells, BpXlsxCell, i);
        lxw_col_t column = (lxw_col_t)(i % (guint)sheet->column_count);
        if (!write_cell (page, first_row + i / (guint)sheet->column_count, column, cell, bp_xlsx_styles_get (styles, cell), error))
            return false;
    }
    return true;
}

/* Properties are attributes of the file: one line, fit for XML, of limited length. */
static char *dup_property (const char *text)
{
    g_autofree char *fit = bp_xlsx_dup_cell_text (text != NULL ? text : "", NULL);

    g_strdelimit (fit, "\n", ' ');
    return g_utf8_substring (fit, 0, MIN (g_utf8_strlen (fit, -1), MAX_PROPERTY_CHARS));
}

static bool set_properties (lxw_workbook *workbook, const BpPack *pack, const BpRenderOptions *options, GError **error)
{
    g_autofree char *title = dup_property (pack->title != NULL ? pack->title : pack->cover_title);
    g_autofree char *subject = dup_property (pack->cover_subtitle != NULL ? pack->cover_subtitle : pack->programme_name);
    g_autofree char *author = dup_property (pack->organisation);
    g_autofree char *as_of = bp_date_dup_text (pack->as_of, BP_DATE_LONG);
    g_autofree char *words = g_strdup_printf ("board pack, %s, %s, %s", pack->forum_name != NULL ? pack->forum_name : "forum",
                                              pack->period_text != NULL ? pack->period_text : "reporting period", as_of);
    g_autofree char *keywords = dup_property (words);
    g_autofree char *marking = dup_property (pack->marking);
    lxw_doc_properties properties = { .title = title,
                                      .subject = subject,
                                      .author = author,
                                      .company = author,
                                      .keywords = keywords,
                                      .comments = marking,
                                      .status = pack->is_draft ? "Draft" : "",
                                      /* 0 would mean the clock. */
                                      .created = (time_t)MAX (options->created_at, 1) };

    if (!check (workbook_set_properties (workbook, &properties), "the properties", error))
        return false;
    const char *kind = pack->cover_lines != NULL ? "Update sheet" : pack->is_working ? "Working copy" : "Published";
    if (!check (workbook_set_custom_property_string (workbook, "Kind of workbook", kind), "the kind of workbook", error))
        return false;
    return *marking == '\0' || check (workbook_set_custom_property_string (workbook, "Classification", marking), "the marking", error);
}

static bool fill_workbook (lxw_workbook *workbook, const BpXlsxPlan *plan, BpXlsxStyles *styles, const BpPack *pack,
                           const BpRenderOptions *options, GError **error)
{
    if (!set_properties (workbook, pack, options, error))
        return false;
    for (guint i = 0; i < plan->sheets->len; i++)
        if (!write_sheet (workbook, g_ptr_array_index (plan->sheets, i), styles, pack->is_working, error))
            return false;
    return true;
}

/* Writes the planned workbook to path. The library's temporary parts go beside it: where there is room for the file there is for them, and
 * where there is none the verification finds out. */
static bool write_workbook (const char *path, const BpXlsxPlan *plan, const BpPack *pack, const BpTheme *theme,
                            const BpRenderOptions *options, GError **error)
{
    g_autofree char *folder = g_path_get_dirname (path);
    lxw_workbook_options library_options = { .tmpdir = folder };
    lxw_workbook *workbook = workbook_new_opt (path, &library_options);
    g_auto (BpXlsxStyles) styles = { 0 };

    if (workbook == NULL)
        return bp_fail (error, BP_ERROR_RENDER, "%s: the workbook's library would not start", path);
    bp_xlsx_styles_init (&styles, workbook, theme, pack->dashboard != NULL);
    if (!fill_workbook (workbook, plan, &styles, pack, options, error))
    {
        lxw_workbook_free (workbook);
        return false;
    }
    lxw_error code = workbook_close (workbook);
    if (code != LXW_NO_ERROR)
        return bp_fail (error, BP_ERROR_IO,
                        "%s: the workbook cannot be written; free some space on its disk, then run again (the library says: %s)", path,
                        lxw_strerror (code));
    return true;
}

static bool verify_workbook (const char *path, const BpXlsxPlan *plan, GError **error)
{
    g_autofree BpXlsxSheetProof *proofs = g_new0 (BpXlsxSheetProof, plan->sheets->len);

    for (guint i = 0; i < plan->sheets->len; i++)
    {
        const BpXlsxSheet *sheet = g_ptr_array_index (plan->sheets, i);
        proofs[i].row_count = sheet->heights_pt->len;
        proofs[i].table_count = sheet->dashboard != NULL ? sheet->dashboard->tables->len : sheet->table_name != NULL;
    }
    return bp_xlsx_package_verify (path, proofs, plan->sheets->len, error);
}

static bool sync_file (const char *path, GError **error)
{
    int file = g_open (path, O_RDONLY | O_CLOEXEC, 0);
    bool is_synced = file >= 0 && fsync (file) == 0;
    int reason = errno;

    if (file >= 0)
        close (file);
    return is_synced || bp_file_fail (error, path, "cannot be brought to the disk", reason);
}

bool bp_xlsx_render (const BpPack *pack, const BpTheme *theme, const BpRenderOptions *options, const char *path, BpFigureLog *figures,
                     BpRenderReport *report, GError **error)
{
    g_autoptr (GPtrArray) unheard = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (BpXlsxPlan) plan = bp_xlsx_plan_new (pack, figures, report != NULL ? report->warnings : unheard, error);
    /* Whole or not at all: the name appears when the file has been read back. */
    g_autofree char *partial = g_strconcat (path, ".partial", NULL);

    if (plan == NULL)
    {
        g_prefix_error (error, "%s: ", path);
        return false;
    }
    if (!write_workbook (partial, plan, pack, theme, options, error) || !bp_xlsx_package_add_heading_styles (partial, error)
        || !verify_workbook (partial, plan, error) || !sync_file (partial, error))
    {
        g_unlink (partial);
        return false;
    }
    if (g_rename (partial, path) != 0)
    {
        int reason = errno;
        g_unlink (partial);
        return bp_file_fail (error, path, "cannot be written", reason);
    }
    return true;
}
