#include "demo_pack.h"
#include "plan_checks.h"

#include <string.h>

/* What must not be read as one stands apart; what belongs together stands level. */

static const BpBox *find_text (const BpPagePlan *plan, const char *text)
{
    const BpPlanPage *page = bp_page_plan_get_page (plan, 0);
    for (guint i = 0; i < page->boxes->len; i++)
    {
        const BpBox *box = &g_array_index (page->boxes, BpBox, i);
        if (box->kind == BP_BOX_TEXT && g_str_equal (box->text, text))
            return box;
    }
    g_error ("\"%s\" is not on the page", text);
}

/* Shapes that are drawn as a line alone, as high as a line inside a part of a status bar. */
static int count_lines_inside (const BpPagePlan *plan)
{
    const BpPlanPage *page = bp_page_plan_get_page (plan, 0);
    int count = 0;
    for (guint i = 0; i < page->boxes->len; i++)
    {
        const BpBox *box = &g_array_index (page->boxes, BpBox, i);
        count += box->kind == BP_BOX_RECTANGLE && !box->is_filled && box->height > 12.0 && box->height < 22.0;
    }
    return count;
}

static bool has_text_in_bar (const BpPagePlan *plan, const char *text)
{
    const BpPlanPage *page = bp_page_plan_get_page (plan, 0);
    double top = 0.0;
    for (guint i = 0; i < page->boxes->len; i++)
    {
        const BpBox *box = &g_array_index (page->boxes, BpBox, i);
        if (box->kind == BP_BOX_RECTANGLE && box->is_filled && box->height > 12.0)
            top = box->y;
        if (box->kind == BP_BOX_TEXT && top > 0.0 && box->y < top + 22.0 && g_str_equal (box->text, text))
            return true;
    }
    return false;
}

/* Neighbours of one tone are told apart in grey: by their letters, or by a line where there are none; a part between them does that as
 * well. */
static void test_neighbours_of_one_tone_stand_apart (void)
{
    const struct
    {
        double counts[3];
        const char *second; /* the label of the second part; NULL: without letters */
        int lines;
    } cases[] = { { { 24, 2, 40 }, NULL, 1 }, { { 24, 2, 40 }, "P", 0 },    { { 800, 1, 4 }, "P", 0 }, { { 24, 24, 24 }, NULL, 1 },
                  { { 24, 0, 40 }, NULL, 0 }, { { 24, 24, 4 }, "P 24", 0 }, { { 0, 2, 40 }, NULL, 0 } };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autoptr (BpPack) pack = demo_pack_start ();
        BpNode *section = bp_pack_add_section (pack, pack->sections, "one", "One");
        BpNode *node = bp_pack_add_chart (pack, section, BP_CHART_STATUS_BAR, "Status of the actions", NULL, "How many there are.");
        static const char *const categories[] = { "All actions" };
        BpChart *chart = &node->as.chart;
        chart->categories = categories;
        chart->category_count = 1;
        chart->series_count = 3;
        chart->series = bp_pack_alloc (pack, sizeof (BpChartSeries) * 3);
        static const BpMark marks[] = { { .word = "Complete", .letter = "C", .tone = BP_TONE_COMPLETE, .shape = BP_SHAPE_DIAMOND },
                                        { .word = "As planned", .letter = "P", .tone = BP_TONE_COMPLETE, .shape = BP_SHAPE_PENTAGON },
                                        { .word = "On track", .letter = "G", .tone = BP_TONE_GREEN, .shape = BP_SHAPE_CIRCLE } };
        for (int j = 0; j < 3; j++)
        {
            chart->series[j].name = marks[j].word;
            chart->series[j].mark = marks[j];
            if (cases[i].second == NULL)
                chart->series[j].mark.letter = NULL;
            chart->series[j].values = bp_pack_alloc (pack, sizeof (double));
            chart->series[j].values[0] = cases[i].counts[j];
        }
        PlanFixture fixture;
        plan_fixture_init (&fixture, pack);
        plan_check_pages (fixture.plan);
        g_assert_cmpint (count_lines_inside (fixture.plan), ==, cases[i].lines);
        g_assert_true (cases[i].second == NULL || has_text_in_bar (fixture.plan, cases[i].second));
        plan_fixture_clear (&fixture);
    }
}

static void test_figures_stand_clear_of_the_words_after_them (void)
{
    g_autoptr (BpPack) pack = demo_pack_start ();
    BpNode *section = bp_pack_add_section (pack, pack->sections, "one", "One");
    BpTableColumn columns[8] = { { "Measure", BP_ALIGN_LEFT, 1, 0, true } };
    for (int i = 1; i < 8; i++)
        columns[i] = (BpTableColumn){ bp_pack_format (pack, "No. %d", i), i < 4 ? BP_ALIGN_RIGHT : BP_ALIGN_LEFT, 0, 50, false };
    BpNode *table = bp_pack_add_table (pack, section, BP_TABLE_FULL, "Measures", columns, 8);
    BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, NULL);
    for (int i = 0; i < 8; i++)
        bp_cell_add_text (pack, &row->cells[i], BP_LINE_MAIN, bp_pack_format (pack, "[%c]", 'a' + i));
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    plan_check_pages (fixture.plan);
    const BpBox *figure = find_text (fixture.plan, "[d]"), *word = find_text (fixture.plan, "[e]");
    g_assert_cmpfloat (word->x - figure->x - figure->width, >=, 13.9);
    plan_fixture_clear (&fixture);
}

/* Rows of texts, each a word longer than the one above: where a last word does not fit, it stands alone in its line, as the words of a cell
 * fill their lines. */
static void test_cells_fill_their_lines (void)
{
    g_autoptr (BpPack) pack = demo_pack_start ();
    BpNode *section = bp_pack_add_section (pack, pack->sections, "one", "One");
    const BpTableColumn columns[] = { { "Ref", BP_ALIGN_LEFT, 0, 46, true }, { "Update", BP_ALIGN_LEFT, 1, 0, false } };
    BpNode *table = bp_pack_add_table (pack, section, BP_TABLE_FULL, "Updates", columns, 2);
    g_autoptr (GString) text = g_string_new (NULL);
    for (int i = 0; i < 16; i++)
    {
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, NULL);
        g_string_append (text, "partners ");
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_STRONG, bp_pack_format (pack, "1.%d", i));
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, bp_pack_format (pack, "%sSeptember.", text->str));
    }
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    plan_check_pages (fixture.plan);
    g_assert_nonnull (find_text (fixture.plan, "September."));
    plan_fixture_clear (&fixture);
}

/* A column that was given more than its cells take leaves it to the text beside it. */
static void test_text_has_the_air_of_fixed_columns (void)
{
    g_autoptr (BpPack) pack = demo_pack_start ();
    BpNode *section = bp_pack_add_section (pack, pack->sections, "one", "One");
    const BpTableColumn columns[]
        = { { "Ref", BP_ALIGN_LEFT, 0, 46, true }, { "Due date", BP_ALIGN_LEFT, 0, 200, false }, { "Update", BP_ALIGN_LEFT, 1, 0, false } };
    BpNode *table = bp_pack_add_table (pack, section, BP_TABLE_FULL, "Updates", columns, 3);
    for (int i = 0; i < 4; i++)
    {
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, NULL);
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_STRONG, bp_pack_format (pack, "1.%d", i));
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, "On-going");
        bp_cell_add_text (pack, &row->cells[2], BP_LINE_MAIN,
                          "The partners have met and have agreed who does what until the end of September, and what it will cost.");
    }
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    plan_check_pages (fixture.plan);
    g_assert_cmpfloat (find_text (fixture.plan, "Update")->x - find_text (fixture.plan, "Due date")->x, <, 80.0);
    plan_fixture_clear (&fixture);
}

/* A glossary in columns: a term of two lines moves down what stands below it, in its own column alone. */
static void test_definitions_fill_columns_alone (void)
{
    g_autoptr (BpPack) pack = demo_pack_start ();
    BpNode *section = bp_pack_add_section (pack, pack->sections, "one", "One");
    BpNode *list = bp_pack_add_list (pack, section, BP_LIST_DEFINITIONS);
    static const char *const terms[] = { "AET", "AP", "CAMHS", "DfE", "EHC plan", "ICB", "KPI", "LA" };
    for (gsize i = 0; i < G_N_ELEMENTS (terms); i++)
        bp_pack_add_entry (pack, list, terms[i],
                           i == 1 ? "Child and adolescent mental health services of the borough and beyond" : "Autism Education Trust");
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    plan_check_pages (fixture.plan);
    for (gsize i = 0; i < 4; i++)
    {
        const BpBox *left = find_text (fixture.plan, terms[i]), *right = find_text (fixture.plan, terms[i + 4]);
        g_assert_cmpfloat (right->x, >, left->x + 100.0);
        if (i < 2)
            g_assert_cmpfloat_with_epsilon (left->y, right->y, 0.01);
        else
            g_assert_cmpfloat (left->y, >, right->y + 5.0);
    }
    g_assert_cmpfloat (find_text (fixture.plan, "CAMHS")->y - find_text (fixture.plan, "AP")->y, >,
                       find_text (fixture.plan, "AP")->y - find_text (fixture.plan, "AET")->y + 5.0);
    plan_fixture_clear (&fixture);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/render/apart/neighbours_of_one_tone_stand_apart", test_neighbours_of_one_tone_stand_apart);
    g_test_add_func ("/render/apart/figures_stand_clear_of_the_words_after_them", test_figures_stand_clear_of_the_words_after_them);
    g_test_add_func ("/render/apart/cells_fill_their_lines", test_cells_fill_their_lines);
    g_test_add_func ("/render/apart/text_has_the_air_of_fixed_columns", test_text_has_the_air_of_fixed_columns);
    g_test_add_func ("/render/apart/definitions_fill_columns_alone", test_definitions_fill_columns_alone);
    return g_test_run ();
}
