#include "pack/dashboard.h"
#include "render/xlsx/dashboard_plan.h"

#include "base/atomic_file.h"
#include "render/renderer.h"
#include "render/theme.h"

#include <string.h>
#include <zip.h>

/* ---- a pack ---- */

static const BpSheetColumn columns[]
    = { { "Ref", BP_SHEET_TEXT, 8 },       { "Lead's [own] name", BP_SHEET_TEXT, 30 }, { "Status", BP_SHEET_TEXT, 14 },
        { "Due date", BP_SHEET_DATE, 16 }, { "Days late", BP_SHEET_COUNT, 8 },         { "Value", BP_SHEET_NUMBER, 8 } };
static BpTallyColumn tally_columns[3];

static void add_row (BpPack *pack, BpSheet *sheet, const char *lead, const char *status, BpDate due, int late)
{
    BpValue *cells = bp_sheet_add_row (pack, sheet);

    cells[0] = bp_value_text (bp_pack_format (pack, "%u", bp_sheet_row_count (sheet)));
    cells[1] = bp_value_text (lead);
    cells[2] = bp_value_text (status);
    cells[3] = due != BP_DATE_NONE ? bp_value_date (due, BP_DATE_LONG) : bp_value_shorthand ("[z]");
    cells[4] = late > 0 ? bp_value_count (late) : bp_value_shorthand ("[z]");
    cells[5] = bp_value_percent (10.0 * bp_sheet_row_count (sheet), 1);
}

static BpTally *add_leads (BpPack *pack, const BpSheet *sheet, const char *const *leads)
{
    memset (tally_columns, 0, sizeof tally_columns);
    tally_columns[0].title = "Actions";
    tally_columns[1] = (BpTallyColumn){ .title = "Late", .alarm_word = "late" };
    bp_row_tests_add (&tally_columns[1].tests, (BpRowTest){ .kind = BP_ROW_TEST_ABOVE, .column = "Days late", .number = 0 });
    tally_columns[2] = (BpTallyColumn){ .title = "On track", .mark = { .word = "On track", .letter = "G", .tone = BP_TONE_GREEN } };
    bp_row_tests_add (&tally_columns[2].tests, (BpRowTest){ .kind = BP_ROW_TEST_EQUALS, .column = "Status", .text = "On track" });
    BpTally *tally = bp_dashboard_add_tally (pack, "Counts_by_lead", "By lead", "Lead", sheet, tally_columns, 3);
    for (int i = 0; leads[i] != NULL; i++)
    {
        BpTallyRow *row = bp_tally_add_row (pack, tally, leads[i]);
        bp_row_tests_add (&row->tests, (BpRowTest){ .kind = BP_ROW_TEST_EQUALS, .column = columns[1].title, .text = leads[i] });
        row->counts[0].figure = bp_pack_format (pack, "lead.%d", i);
    }
    bp_tally_add_row (pack, tally, "All")->is_total = true;
    return tally;
}

static const char *const leads[] = { "Ann", "* = \"all\"?", "12", NULL };

static BpPack *make_pack (void)
{
    BpPack *pack = bp_pack_new ();

    pack->forum_name = "Group";
    pack->title = "=Group";
    pack->marking = "OFFICIAL";
    pack->as_of = bp_date_new (2025, 7, 31);
    pack->is_working = true;
    BpSheet *sheet = bp_pack_add_sheet (pack, "Actions", "Actions", "Every action", columns, G_N_ELEMENTS (columns));
    sheet->columns[1].title = columns[1].title; /* straight apostrophe */
    add_row (pack, sheet, "Ann", "On track", bp_date_new (2025, 6, 30), 31);
    add_row (pack, sheet, "ANN", "on track", bp_date_new (2025, 7, 31), 0);
    add_row (pack, sheet, "Ann", "Complete", BP_DATE_NONE, 0);
    add_row (pack, sheet, leads[1], "On track", bp_date_new (2025, 8, 1), 2);
    add_row (pack, sheet, "12", "Complete", bp_date_new (2026, 1, 1), 0);
    BpDashboard *dashboard = bp_pack_add_dashboard (pack, "Dashboard", "Counts");
    BpTally *tally = add_leads (pack, sheet, leads);
    bp_dashboard_count (pack->dashboard);
    BpGraph *bars = bp_dashboard_add_graph (pack, BP_GRAPH_BARS, "=HYPERLINK(\"x\")", "Bars of 3 leads: 3, 1, 1.");
    bars->tally = tally;
    bars->category_title = "Lead";
    bars->value_title = "Actions (number)";
    BpGraph *lines = bp_dashboard_add_graph (pack, BP_GRAPH_LINES, "Progress", "A line of 2 values: 10% to 20%.");
    lines->table = sheet;
    lines->day_column = "Due date";
    lines->category_title = "Month";
    lines->value_title = "Per cent";
    lines->series[0] = (BpGraphSeries){ .name = "Value", .column = "Value", .row_count = 2 };
    lines->series_count = 1;
    g_ptr_array_add (dashboard->notes, (gpointer)bp_pack_text (pack, "Counts are formulas."));
    return pack;
}

static const BpXlsxSheet *find_dashboard (const BpXlsxPlan *plan)
{
    const BpXlsxSheet *sheet = g_ptr_array_index (plan->sheets, 2);

    g_assert_cmpstr (sheet->name, ==, "Dashboard");
    return sheet;
}

static BpXlsxPlan *plan_of (const BpPack *pack, BpFigureLog *figures)
{
    g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GError) error = NULL;
    BpXlsxPlan *plan = bp_xlsx_plan_new (pack, figures, warnings, &error);

    g_assert_no_error (error);
    return plan;
}

/* ---- counts ---- */

static void assert_counts (const BpTally *tally, guint row, int all, int late, int on_track)
{
    const BpTallyRow *counted = g_ptr_array_index (tally->rows, row);

    g_assert_cmpfloat (counted->counts[0].number, ==, all);
    g_assert_cmpfloat (counted->counts[1].number, ==, late);
    g_assert_cmpfloat (counted->counts[2].number, ==, on_track);
}

static void rows_are_counted_by_what_stands_in_their_cells (void)
{
    g_autoptr (BpPack) pack = make_pack ();
    const BpTally *tally = g_ptr_array_index (pack->dashboard->tallies, 0);

    assert_counts (tally, 0, 3, 1, 2); /* case does not matter */
    assert_counts (tally, 1, 1, 1, 1); /* an asterisk is an asterisk */
    assert_counts (tally, 2, 1, 0, 0);
    assert_counts (tally, 3, 5, 2, 3);
    g_assert_cmpstr (((BpTallyRow *)g_ptr_array_index (tally->rows, 1))->counts[0].figure, ==, "lead.1");
}

static int count_days (BpPack *pack, BpDate first, BpDate last)
{
    const BpSheet *sheet = g_ptr_array_index (pack->sheets, 0);
    BpTally *tally = bp_dashboard_add_tally (pack, "Counts_by_day", "By day", "Days", sheet, tally_columns, 1);
    BpTallyRow *row = bp_tally_add_row (pack, tally, "These");

    bp_row_tests_add (&row->tests, (BpRowTest){ .kind = BP_ROW_TEST_FROM_DAY, .column = "Due date", .date = first });
    bp_row_tests_add (&row->tests, (BpRowTest){ .kind = BP_ROW_TEST_TO_DAY, .column = "Due date", .date = last });
    bp_dashboard_count (pack->dashboard);
    return (int)row->counts[0].number;
}

static void both_ends_of_a_term_count_and_what_is_no_day_does_not (void)
{
    g_autoptr (BpPack) pack = make_pack ();

    g_assert_cmpint (count_days (pack, bp_date_new (2025, 6, 30), bp_date_new (2025, 8, 1)), ==, 3);
    g_assert_cmpint (count_days (pack, bp_date_new (2025, 7, 1), bp_date_new (2025, 7, 31)), ==, 1);
    g_assert_cmpint (count_days (pack, bp_date_new (2020, 1, 1), bp_date_new (2030, 1, 1)), ==, 4);
}

/* ---- formulas ---- */

static const BpXlsxGridCell *find_cell (const BpXlsxSheet *sheet, const char *label, int column)
{
    const GArray *cells = sheet->dashboard->cells;
    int row = -1;

    for (guint i = 0; i < cells->len; i++)
    {
        const BpXlsxGridCell *cell = &g_array_index (cells, BpXlsxGridCell, i);
        if (cell->role == BP_XLSX_GRID_LABEL && strcmp (cell->text, label) == 0)
            row = cell->row;
        if (cell->row == row && cell->column == column)
            return cell;
    }
    g_error ("no cell %d of %s", column, label);
}

static void counts_are_formulas_that_name_table_and_columns (void)
{
    g_autoptr (BpPack) pack = make_pack ();
    g_autoptr (BpXlsxPlan) plan = plan_of (pack, NULL);
    const BpXlsxSheet *sheet = find_dashboard (plan);
    const BpXlsxGridCell *cell = find_cell (sheet, "Ann", 3);
    g_autofree char *expected
        = g_strdup_printf ("=COUNTIFS(Actions_table[Lead''s '[own'] name],$A%d,Actions_table[Status],\"On track\")", cell->row + 1);

    g_assert_cmpstr (cell->formula, ==, expected);
    g_assert_cmpfloat (cell->number, ==, 2.0);
    g_assert_cmpstr (find_cell (sheet, "All", 1)->formula, ==, "=ROWS(Actions_table[Ref])");
    g_assert_cmpstr (find_cell (sheet, "All", 2)->formula, ==, "=COUNTIFS(Actions_table[Days late],\">\"&0)");
}

static void a_text_that_countifs_would_misread_is_compared_letter_by_letter (void)
{
    g_autoptr (BpPack) pack = make_pack ();
    g_autoptr (BpXlsxPlan) plan = plan_of (pack, NULL);
    const BpXlsxGridCell *cell = find_cell (find_dashboard (plan), leads[1], 2);
    g_autofree char *expected = g_strdup_printf ("=SUMPRODUCT(1*(Actions_table[Lead''s '[own'] name]=$A%d)*ISNUMBER(Actions_table[Days "
                                                 "late])*(Actions_table[Days late]>0))",
                                                 cell->row + 1);

    g_assert_cmpstr (cell->formula, ==, expected);
    g_assert_true (g_str_has_prefix (find_cell (find_dashboard (plan), "12", 1)->formula, "=SUMPRODUCT("));
}

static void counts_are_logged_with_their_place (void)
{
    g_autoptr (BpPack) pack = make_pack ();
    g_autoptr (BpFigureLog) figures = bp_figure_log_new ();
    g_autoptr (BpXlsxPlan) plan = plan_of (pack, figures);
    g_autofree char *place = g_strdup_printf ("Dashboard!B%d", find_cell (find_dashboard (plan), "Ann", 1)->row + 1);
    const BpFigureEntry *entry = bp_figure_log_get (figures, 0);

    g_assert_cmpuint (bp_figure_log_length (figures), ==, 3);
    g_assert_cmpstr (entry->key, ==, "lead.0");
    g_assert_cmpstr (entry->text, ==, "3");
    g_assert_cmpstr (entry->place, ==, place);
}

/* ---- colours, charts, pages ---- */

static void colours_ask_for_a_word_or_add_one (void)
{
    g_autoptr (BpPack) pack = make_pack ();
    g_autoptr (BpXlsxPlan) plan = plan_of (pack, NULL);
    const GArray *rules = find_dashboard (plan)->dashboard->rules;

    g_assert_cmpuint (rules->len, ==, 2);
    const BpXlsxGridRule *word = &g_array_index (rules, BpXlsxGridRule, 0), *alarm = &g_array_index (rules, BpXlsxGridRule, 1);
    g_assert_cmpstr (word->word, ==, "On track");
    g_assert_cmpstr (alarm->suffix, ==, " late");
    g_assert_cmpint (alarm->last_row - alarm->first_row, ==, 3);
}

static void charts_point_at_the_cells_of_their_tables (void)
{
    g_autoptr (BpPack) pack = make_pack ();
    g_autoptr (BpXlsxPlan) plan = plan_of (pack, NULL);
    const BpXlsxSheet *sheet = find_dashboard (plan), *actions = g_ptr_array_index (plan->sheets, 4);
    const BpXlsxChart *bars = &g_array_index (sheet->dashboard->charts, BpXlsxChart, 0);
    const BpXlsxChart *lines = &g_array_index (sheet->dashboard->charts, BpXlsxChart, 1);

    g_assert_cmpint (bars->series[0].first_row, ==, find_cell (sheet, "Ann", 1)->row);
    g_assert_cmpint (bars->series[0].last_row, ==, find_cell (sheet, "12", 1)->row);
    g_assert_cmpstr (lines->series[0].sheet, ==, "Actions");
    g_assert_cmpint (lines->series[0].first_row, ==, bp_xlsx_sheet_header_row (actions) + 1);
    g_assert_cmpint (lines->series[0].column, ==, 5);
    g_assert_cmpint (lines->category_column, ==, 3);
    /* the axis holds every day */
    g_assert_cmpfloat (lines->first_day, <=, bp_date_new (2025, 6, 30) + 25569);
    g_assert_cmpfloat (lines->first_day + lines->step_days * lines->step_count, >=, bp_date_new (2025, 7, 31) + 25569);
}

static void each_tally_is_a_table_below_a_line_that_names_it (void)
{
    g_autoptr (BpPack) pack = make_pack ();
    g_autoptr (BpXlsxPlan) plan = plan_of (pack, NULL);
    const BpXlsxSheet *sheet = find_dashboard (plan);
    const BpXlsxGridTable *table = &g_array_index (sheet->dashboard->tables, BpXlsxGridTable, 0);

    g_assert_cmpuint (sheet->dashboard->tables->len, ==, 1);
    g_assert_cmpstr (table->name, ==, "Counts_by_lead");
    g_assert_cmpint (table->column_count, ==, 4);
    g_assert_cmpint (table->header_row, ==, find_cell (sheet, "Ann", 0)->row - 1);
    g_assert_cmpint (table->last_row, ==, find_cell (sheet, "All", 0)->row);
    for (guint i = 0; i < sheet->dashboard->cells->len; i++)
    {
        const BpXlsxGridCell *cell = &g_array_index (sheet->dashboard->cells, BpXlsxGridCell, i);
        if (cell->row == table->header_row - 1)
            g_assert_cmpstr (cell->text, ==, "Table 1a: By lead");
    }
}

static void every_row_has_a_height_and_charts_lie_within_theirs (void)
{
    g_autoptr (BpPack) pack = make_pack ();
    g_autoptr (BpXlsxPlan) plan = plan_of (pack, NULL);
    const BpXlsxSheet *sheet = find_dashboard (plan);
    const BpXlsxChart *lines = &g_array_index (sheet->dashboard->charts, BpXlsxChart, 1);
    const GArray *cells = sheet->dashboard->cells;

    for (guint i = 0; i < cells->len; i++)
        g_assert_cmpint (g_array_index (cells, BpXlsxGridCell, i).row, <, (int)sheet->heights_pt->len);
    for (guint i = 0; i < sheet->heights_pt->len; i++)
        g_assert_cmpfloat (g_array_index (sheet->heights_pt, double, i), <=, 409.0);
    g_assert_cmpfloat (lines->height_pt, <, g_array_index (sheet->heights_pt, double, lines->row));
}

static char *dup_rendered (const BpPack *pack, const char *path)
{
    g_autoptr (GError) error = NULL;
    BpSettings *settings = bp_settings_new ("config/theme.ini");
    g_autoptr (BpTheme) theme = bp_theme_new (settings, &error);
    const BpRenderOptions options = { .created_at = 1753920000, .producer = "boardpack test" };
    g_autoptr (GString) hex = g_string_new (NULL);
    char *contents = NULL;
    gsize length = 0;

    bp_settings_free (settings);
    g_assert_no_error (error);
    bp_xlsx_render (pack, theme, &options, path, NULL, NULL, &error);
    g_assert_no_error (error);
    g_file_get_contents (path, &contents, &length, &error);
    g_assert_no_error (error);
    char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)contents, length);
    g_free (contents);
    return sum;
}

static void assert_title_is_text (const char *path)
{
    char part[8192] = "";
    zip_t *archive = zip_open (path, ZIP_RDONLY, NULL);
    zip_file_t *file = archive != NULL ? zip_fopen (archive, "xl/charts/chart1.xml", 0) : NULL;

    g_assert_nonnull (file);
    g_assert_cmpint (zip_fread (file, part, sizeof part - 1), >, 0);
    zip_fclose (file);
    zip_discard (archive);
    g_assert_nonnull (strstr (part, "<a:t>HYPERLINK"));
    g_assert_null (strstr (part, "<c:f>HYPERLINK"));
}

static void same_pack_gives_the_same_file_and_no_title_is_a_formula (void)
{
    g_autoptr (BpPack) pack = make_pack ();
    g_autofree char *folder = g_dir_make_tmp ("boardpack-dashboard-XXXXXX", NULL);
    g_autofree char *path = g_build_filename (folder, "pack.xlsx", NULL);
    g_autofree char *first = dup_rendered (pack, path);
    g_autofree char *second = dup_rendered (pack, path);

    g_assert_cmpstr (first, ==, second);
    assert_title_is_text (path);
    bp_folder_remove (folder, NULL);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/render/dashboard/rows_are_counted_by_what_stands_in_their_cells", rows_are_counted_by_what_stands_in_their_cells);
    g_test_add_func ("/render/dashboard/both_ends_of_a_term_count", both_ends_of_a_term_count_and_what_is_no_day_does_not);
    g_test_add_func ("/render/dashboard/counts_are_formulas", counts_are_formulas_that_name_table_and_columns);
    g_test_add_func ("/render/dashboard/odd_texts_are_compared_letter_by_letter",
                     a_text_that_countifs_would_misread_is_compared_letter_by_letter);
    g_test_add_func ("/render/dashboard/counts_are_logged_with_their_place", counts_are_logged_with_their_place);
    g_test_add_func ("/render/dashboard/colours_ask_for_a_word_or_add_one", colours_ask_for_a_word_or_add_one);
    g_test_add_func ("/render/dashboard/charts_point_at_the_cells_of_their_tables", charts_point_at_the_cells_of_their_tables);
    g_test_add_func ("/render/dashboard/each_tally_is_a_table", each_tally_is_a_table_below_a_line_that_names_it);
    g_test_add_func ("/render/dashboard/charts_lie_within_their_rows", every_row_has_a_height_and_charts_lie_within_theirs);
    g_test_add_func ("/render/dashboard/same_pack_gives_the_same_file", same_pack_gives_the_same_file_and_no_title_is_a_formula);
    return g_test_run ();
}
