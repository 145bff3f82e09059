#include "render/xlsx/cell.h"
#include "render/xlsx/text_measure.h"

#include <math.h>
#include <string.h>

static void figures_are_stored_as_numbers_and_shown_as_in_print (void)
{
    const BpMark mark = { .word = "On track" };
    const struct
    {
        BpValue value;
        BpSheetColumnType type;
        const char *text;
        BpXlsxCellKind kind;
        double number;
        const char *format;
    } rows[] = {
        { bp_value_count (1234), BP_SHEET_COUNT, "1,234", BP_XLSX_CELL_NUMBER, 1234, "#,##0" },
        { bp_value_count (0), BP_SHEET_COUNT, "0", BP_XLSX_CELL_NUMBER, 0, "#,##0" },
        { bp_value_number (38, 0, "weeks"), BP_SHEET_NUMBER, "38 weeks", BP_XLSX_CELL_NUMBER, 38, "#,##0\" weeks\"" },
        { bp_value_number (12.345, 1, NULL), BP_SHEET_NUMBER, "12.3", BP_XLSX_CELL_NUMBER, 12.345, "#,##0.0" },
        { bp_value_percent (67.21, 0), BP_SHEET_PERCENT, "67%", BP_XLSX_CELL_NUMBER, 0.6721, "0%" },
        { bp_value_percent (9.252, 2), BP_SHEET_PERCENT, "9.25%", BP_XLSX_CELL_NUMBER, 0.09252, "0.00%" },
        /* never 100% unless n = d: 0.9906 would show as 99% anyway, 0.996 would not */
        { bp_value_percent_of (105, 106, 0), BP_SHEET_PERCENT, "99%", BP_XLSX_CELL_NUMBER, 105.0 / 106.0, "0%" },
        { bp_value_percent_of (499, 501, 0), BP_SHEET_PERCENT, "99%", BP_XLSX_CELL_NUMBER, 0.99, "0%" },
        { bp_value_percent_of (1, 500, 0), BP_SHEET_PERCENT, "1%", BP_XLSX_CELL_NUMBER, 0.01, "0%" },
        { bp_value_percent_of (7, 7, 0), BP_SHEET_PERCENT, "100%", BP_XLSX_CELL_NUMBER, 1.0, "0%" },
        { bp_value_of (26, 69), BP_SHEET_TEXT, "26 of 69", BP_XLSX_CELL_TEXT, 0, NULL },
        { bp_value_of (26, 69), BP_SHEET_COUNT, "26 of 69", BP_XLSX_CELL_NUMBER, 26, "#,##0\" of 69\"" },
        { bp_value_date (bp_date_new (2025, 7, 31), BP_DATE_LONG), BP_SHEET_DATE, "31 July 2025", BP_XLSX_CELL_NUMBER, 45869,
          "d mmmm yyyy" },
        { bp_value_date (bp_date_new (2025, 7, 31), BP_DATE_MEDIUM), BP_SHEET_DATE, "31 July 2025", BP_XLSX_CELL_NUMBER, 45869,
          "d mmmm yyyy" },
        { bp_value_date (bp_date_new (2025, 7, 31), BP_DATE_MONTH), BP_SHEET_DATE, "July 2025", BP_XLSX_CELL_NUMBER, 45869, "mmmm yyyy" },
        { bp_value_date (bp_date_new (1900, 1, 1), BP_DATE_LONG), BP_SHEET_DATE, "1 January 1900", BP_XLSX_CELL_TEXT, 0, NULL },
        { bp_value_date (BP_DATE_NONE, BP_DATE_LONG), BP_SHEET_DATE, "[z]", BP_XLSX_CELL_TEXT, 0, NULL },
        { bp_value_status (mark), BP_SHEET_TEXT, "On track", BP_XLSX_CELL_TEXT, 0, NULL },
        { bp_value_shorthand ("[x]"), BP_SHEET_NUMBER, "[x]", BP_XLSX_CELL_TEXT, 0, NULL },
        { bp_value_yes_no (true), BP_SHEET_TEXT, "Yes", BP_XLSX_CELL_TEXT, 0, NULL },
        { bp_value_none (), BP_SHEET_COUNT, "[z]", BP_XLSX_CELL_TEXT, 0, NULL },
        { bp_value_text (" \u00A0"), BP_SHEET_TEXT, "[z]", BP_XLSX_CELL_TEXT, 0, NULL },
        { bp_value_text ("=1+2"), BP_SHEET_TEXT, "=1+2", BP_XLSX_CELL_TEXT, 0, NULL },
        { bp_value_text ("4.10"), BP_SHEET_TEXT, "4.10", BP_XLSX_CELL_TEXT, 0, NULL },
        { { .kind = BP_VALUE_POINTS, .number = 12.0 },
          BP_SHEET_NUMBER,
          "+12 points",
          BP_XLSX_CELL_NUMBER,
          12,
          "\"+\"#,##0\" points\";\"\u2212\"#,##0\" points\"" },
        { { .kind = BP_VALUE_POINTS, .number = -0.4, .decimals = 1 },
          BP_SHEET_NUMBER,
          "\u22120.4 points",
          BP_XLSX_CELL_NUMBER,
          -0.4,
          "#,##0.0\" points\";\"\u2212\"#,##0.0\" points\"" },
        { { .kind = BP_VALUE_MONEY, .number = 1250000.0 }, BP_SHEET_NUMBER, "£1,250,000", BP_XLSX_CELL_NUMBER, 1250000, "\"£\"#,##0" },
        /* a unit with quotes cannot break out of the format's literal */
        { bp_value_number (3, 0, "\"x\";[Red]"), BP_SHEET_NUMBER, "3 \"x\";[Red]", BP_XLSX_CELL_NUMBER, 3, "#,##0\" x;[Red]\"" },
    };
    g_auto (BpXlsxCellPool) pool = { 0 };

    bp_xlsx_cell_pool_init (&pool);
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
        g_autoptr (GError) error = NULL;
        g_autofree char *shown = NULL;
        BpXlsxCell cell;
        g_assert_true (bp_xlsx_cell_init (&cell, &rows[i].value, rows[i].type, &pool, &shown, NULL, &error));
        g_assert_no_error (error);
        g_assert_cmpint (cell.kind, ==, rows[i].kind);
        if (rows[i].kind != BP_XLSX_CELL_NUMBER)
        {
            g_assert_null (shown);
            g_assert_cmpstr (cell.text, ==, rows[i].text);
            continue;
        }
        g_assert_cmpstr (shown, ==, rows[i].text);
        g_assert_cmpfloat_with_epsilon (cell.number, rows[i].number, 1e-12);
        g_assert_cmpstr (g_ptr_array_index (pool.formats, cell.format), ==, rows[i].format);
    }
}

static void figures_that_are_no_number_are_refused (void)
{
    const double bad[] = { NAN, INFINITY, -INFINITY };
    g_auto (BpXlsxCellPool) pool = { 0 };

    bp_xlsx_cell_pool_init (&pool);
    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
        g_autoptr (GError) error = NULL;
        g_autofree char *shown = NULL;
        BpValue value = bp_value_number (bad[i], 1, NULL);
        BpXlsxCell cell;
        g_assert_false (bp_xlsx_cell_init (&cell, &value, BP_SHEET_NUMBER, &pool, &shown, NULL, &error));
        g_assert_error (error, BP_ERROR, BP_ERROR_RENDER);
    }
}

static void text_that_no_workbook_can_hold_is_replaced_in_sight (void)
{
    const struct
    {
        const char *from, *to;
        guint replaced;
    } rows[] = {
        { "plain £ – ’ é ł", "plain £ – ’ é ł", 0 },
        { "two\r\nlines\rand\ttab", "two\nlines\nand tab", 0 },
        { "bell\x07 and \x1b[31m", "bell\uFFFD and \uFFFD[31m", 2 },
        { "\x7f", "\uFFFD", 1 },
        { "\xc2\x85", "\uFFFD", 1 }, /* C1 control */
        { "bad \xff byte", "bad \uFFFD byte", 1 },
        { "cut \xc3(", "cut \uFFFD(", 1 },                 /* a lead byte must not swallow the bracket */
        { "\xed\xa0\x80", "\uFFFD\uFFFD\uFFFD", 3 },       /* lone surrogate */
        { "\xc0\xaf", "\uFFFD\uFFFD", 2 },                 /* overlong */
        { "\xef\xbf\xbe\xef\xbf\xbf", "\uFFFD\uFFFD", 2 }, /* U+FFFE, U+FFFF */
        { "end \xe2\x82", "end \uFFFD\uFFFD", 2 },         /* broken off */
        { "emoji \U0001F600", "emoji \U0001F600", 0 },
        { "_x0041_ typed", "_x005F_x0041_ typed", 0 },
        { "snake_x_case _x004_", "snake_x_case _x004_", 0 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
        BpXlsxTextChange change;
        g_autofree char *text = bp_xlsx_dup_cell_text (rows[i].from, &change);
        g_assert_cmpstr (text, ==, rows[i].to);
        g_assert_cmpuint (change.replaced, ==, rows[i].replaced);
        g_assert_false (change.is_cut);
        g_assert_true (g_utf8_validate (text, -1, NULL));
    }
}

static glong utf16_units (const char *text)
{
    glong units = 0;
    g_autofree gunichar2 *unused = g_utf8_to_utf16 (text, -1, NULL, &units, NULL);

    return units;
}

static void long_text_is_cut_at_the_limit_of_a_cell (void)
{
    const char *const letters[] = { "a", "é", "\U0001F600" };

    for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
        for (int over = -1; over <= 1; over++)
        {
            int units_each = i == 2 ? 2 : 1;
            int count = (BP_XLSX_TEXT_LIMIT + over) / units_each + (i == 2 && over == 1 ? 1 : 0);
            g_autoptr (GString) text = g_string_new (NULL);
            for (int j = 0; j < count; j++)
                g_string_append (text, letters[i]);
            BpXlsxTextChange change;
            g_autofree char *cut = bp_xlsx_dup_cell_text (text->str, &change);
            g_assert_cmpint (utf16_units (cut), <=, BP_XLSX_TEXT_LIMIT);
            g_assert_cmpint (change.is_cut, ==, count * units_each > BP_XLSX_TEXT_LIMIT);
            g_assert_cmpint (g_str_has_suffix (cut, "…"), ==, change.is_cut);
        }
}

static void measured_lines_grow_as_the_column_narrows (void)
{
    const char *text = "Recruit, train and keep the people that the plan needs, and say so to the board";

    g_assert_cmpint (bp_xlsx_line_count ("", 100, false), ==, 1);
    g_assert_cmpint (bp_xlsx_line_count ("one\ntwo", 100, false), ==, 2);
    g_assert_cmpint (bp_xlsx_line_count (text, 10000, false), ==, 1);
    /* a word wider than the column is broken, not lost */
    g_assert_cmpint (bp_xlsx_line_count ("mmmmmmmmmm", 51, false), ==, 3);
    int before = 1;
    for (double width = 500; width > 60; width -= 7)
    {
        int lines = bp_xlsx_line_count (text, width, false);
        g_assert_cmpint (lines, >=, before);
        g_assert_cmpint (lines, >=, (int)ceil (bp_xlsx_text_width_pt (text, 12, false) / width));
        before = lines;
    }
    g_assert_cmpfloat (bp_xlsx_text_width_pt ("Mean", 12, true), >, bp_xlsx_text_width_pt ("Mean", 12, false));
}

static void the_widest_word_counts_wherever_it_stands (void)
{
    static const char *const texts[] = { "Denominator (d)", "a Denominator", "a\nDenominator\nb", "Denominator", "x  Denominator " };

    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
        double width = bp_xlsx_text_width_pt ("Denominator", 12, true);
        g_assert_cmpfloat_with_epsilon (bp_xlsx_widest_word_pt (texts[i], true, 0.0), width, 1e-9);
        g_assert_cmpfloat_with_epsilon (bp_xlsx_widest_word_pt (texts[i], true, width - 0.01), width, 1e-9);
        g_assert_cmpfloat (bp_xlsx_widest_word_pt (texts[i], true, 500.0), ==, 500.0);
    }
    g_assert_cmpfloat (bp_xlsx_widest_word_pt ("", true, 0.0), ==, 0.0);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/render/xlsx/cell/figures_are_stored_as_numbers_and_shown_as_in_print",
                     figures_are_stored_as_numbers_and_shown_as_in_print);
    g_test_add_func ("/render/xlsx/cell/figures_that_are_no_number_are_refused", figures_that_are_no_number_are_refused);
    g_test_add_func ("/render/xlsx/cell/text_that_no_workbook_can_hold_is_replaced_in_sight",
                     text_that_no_workbook_can_hold_is_replaced_in_sight);
    g_test_add_func ("/render/xlsx/cell/long_text_is_cut_at_the_limit_of_a_cell", long_text_is_cut_at_the_limit_of_a_cell);
    g_test_add_func ("/render/xlsx/cell/measured_lines_grow_as_the_column_narrows", measured_lines_grow_as_the_column_narrows);
    g_test_add_func ("/render/xlsx/measure/the_widest_word_counts_wherever_it_stands", the_widest_word_counts_wherever_it_stands);
    return g_test_run ();
}
