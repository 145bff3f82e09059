#include "render/xlsx/dashboard_writer.h"

#include "render/xlsx/native_chart.h"
#include "render/xlsx/table_writer.h"

/* WCAG 2.2, for text. */
#define LEAST_CONTRAST 4.5

static bool check (lxw_error code, const char *what, GError **error)
{
    return code == LXW_NO_ERROR
           || bp_fail (error, BP_ERROR_RENDER, "the workbook's library refused %s of the dashboard: %s", what, lxw_strerror (code));
}

/* Its header cells follow each other in the plan, from the first column. */
static bool add_table (lxw_worksheet *page, const BpXlsxDashboard *dashboard, const BpXlsxGridTable *table, const BpXlsxStyles *styles,
                       GError **error)
{
    g_autofree const char **headers = g_new0 (const char *, (gsize)table->column_count);
    g_autofree bool *is_right = g_new0 (bool, (gsize)table->column_count);
    const BpXlsxTable marked = { .name = table->name,
                                 .header_row = table->header_row,
                                 .row_count = (guint)(table->last_row - table->header_row),
                                 .column_count = table->column_count,
                                 .headers = headers,
                                 .is_right = is_right };

    for (guint i = 0; i < dashboard->cells->len; i++)
    {
        const BpXlsxGridCell *cell = &g_array_index (dashboard->cells, BpXlsxGridCell, i);
        if (cell->role != BP_XLSX_GRID_HEADER || cell->row != table->header_row)
            continue;
        headers[cell->column] = cell->text;
        is_right[cell->column] = cell->is_right;
    }
    return bp_xlsx_table_add (page, &marked, styles, error);
}

static lxw_format *format_of (const BpXlsxStyles *styles, const BpXlsxGridCell *cell)
{
    switch (cell->role)
    {
    case BP_XLSX_GRID_HEADING:
        return styles->heading;
    case BP_XLSX_GRID_HEADER:
        return cell->is_right ? styles->header_right : styles->header;
    case BP_XLSX_GRID_LABEL:
        return cell->is_total ? styles->total : styles->text;
    case BP_XLSX_GRID_COUNT:
        return cell->is_total ? styles->total_count : styles->count;
    case BP_XLSX_GRID_NOTE:
        return styles->line;
    }
    g_assert_not_reached ();
}

static bool write_cell (lxw_worksheet *page, const BpXlsxGridCell *cell, const BpXlsxStyles *styles, GError **error)
{
    lxw_row_t row = (lxw_row_t)cell->row;
    lxw_col_t column = (lxw_col_t)cell->column;
    lxw_format *format = format_of (styles, cell);

    if (cell->formula != NULL)
        return check (worksheet_write_formula_num (page, row, column, cell->formula, format, cell->number), "a formula", error);
    return check (worksheet_write_string (page, row, column, cell->text, format), "a cell", error);
}

/* A colour is never without its word: the rule asks for the word, or the number is shown with it. */
static lxw_format *new_rule_format (const BpXlsxStyles *styles, const BpXlsxGridRule *rule)
{
    lxw_format *format = workbook_add_format (styles->workbook);
    BpColour fill = styles->theme->tones[rule->tone];

    format_set_bold (format);
    if (rule->suffix != NULL)
    {
        g_autofree char *number = g_strdup_printf ("#,##0\"%s\"" BP_XLSX_NUMBER_INDENT, rule->suffix);
        format_set_num_format (format, number);
        if (bp_colour_contrast (fill, styles->theme->colours[BP_COLOUR_WHITE]) >= LEAST_CONTRAST)
            format_set_font_color (format, bp_xlsx_colour (fill));
        return format;
    }
    BpColour text = bp_theme_text_on (styles->theme, fill);
    if (bp_colour_contrast (fill, text) < LEAST_CONTRAST)
        return format;
    format_set_bg_color (format, bp_xlsx_colour (fill));
    format_set_font_color (format, bp_xlsx_colour (text));
    return format;
}

static char *dup_quoted (const char *text)
{
    g_auto (GStrv) parts = g_strsplit (text, "\"", -1);
    g_autofree char *doubled = g_strjoinv ("\"\"", parts);

    return g_strdup_printf ("\"%s\"", doubled);
}

static bool write_rule (lxw_worksheet *page, const BpXlsxGridRule *rule, const BpXlsxStyles *styles, GError **error)
{
    g_autofree char *word = rule->word != NULL ? dup_quoted (rule->word) : NULL;
    lxw_conditional_format condition
        = { .type = LXW_CONDITIONAL_TYPE_CELL,
            .criteria = word != NULL ? LXW_CONDITIONAL_CRITERIA_EQUAL_TO : LXW_CONDITIONAL_CRITERIA_GREATER_THAN,
            .value = 0.0,
            .value_string = word,
            .format = new_rule_format (styles, rule) };

    return check (worksheet_conditional_format_range (page, (lxw_row_t)rule->first_row, (lxw_col_t)rule->first_column,
                                                      (lxw_row_t)rule->last_row, (lxw_col_t)rule->last_column, &condition),
                  "a conditional format", error);
}

static bool write_breaks (lxw_worksheet *page, const GArray *breaks, GError **error)
{
    g_autofree lxw_row_t *rows = g_new0 (lxw_row_t, breaks->len + 1); /* ended by nought */

    for (guint i = 0; i < breaks->len; i++)
        rows[i] = (lxw_row_t)g_array_index (breaks, int, i);
    return breaks->len == 0 || check (worksheet_set_h_pagebreaks (page, rows), "the page breaks", error);
}

bool bp_xlsx_dashboard_write (lxw_worksheet *page, const BpXlsxSheet *sheet, BpXlsxStyles *styles, GError **error)
{
    const BpXlsxDashboard *dashboard = sheet->dashboard;

    for (guint i = 0; i < dashboard->tables->len; i++)
        if (!add_table (page, dashboard, &g_array_index (dashboard->tables, BpXlsxGridTable, i), styles, error))
            return false;
    for (guint i = 0; i < dashboard->cells->len; i++)
        if (!write_cell (page, &g_array_index (dashboard->cells, BpXlsxGridCell, i), styles, error))
            return false;
    for (guint i = 0; i < dashboard->rules->len; i++)
        if (!write_rule (page, &g_array_index (dashboard->rules, BpXlsxGridRule, i), styles, error))
            return false;
    for (guint i = 0; i < dashboard->charts->len; i++)
        if (!bp_xlsx_native_chart_add (page, sheet, &g_array_index (dashboard->charts, BpXlsxChart, i), styles, error))
            return false;
    return write_breaks (page, dashboard->breaks, error);
}
