#include "chart_pack.h"
#include "plan_checks.h"
#include "render/pdf/chart_labels.h"
#include "render/pdf/layout_parts.h"

#include <string.h>

/* The last figure of a plan: of the chart that a test makes. */
static int find_figure (const BpPagePlan *plan)
{
    int found = -1;
    for (guint i = 0; i < plan->elements->len; i++)
        found = g_array_index (plan->elements, BpElement, i).role == BP_ROLE_FIGURE ? (int)i : found;
    return found;
}

static const BpBox *find_text (const BpPagePlan *plan, int page, const char *text)
{
    const BpPlanPage *of = bp_page_plan_get_page (plan, page);
    for (guint i = 0; i < of->boxes->len; i++)
    {
        const BpBox *box = &g_array_index (of->boxes, BpBox, i);
        if (box->kind == BP_BOX_TEXT && g_str_equal (box->text, text))
            return box;
    }
    return NULL;
}

/* A page with one plain chart. */
static BpChart *start_one (BpPack **pack_out, int count, const double *values)
{
    *pack_out = demo_pack_start ();
    BpNode *section = chart_section (*pack_out, "one", "One chart");
    return chart_add_plain (*pack_out, section, "The message", count, values, 0);
}

static void test_every_chart_keeps_the_page_rules (void)
{
    g_autoptr (BpPack) pack = chart_pack_new ();
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    plan_check_pages (fixture.plan);
    plan_check_structure (fixture.plan);
    g_assert_cmpuint (fixture.report.warnings->len, ==, 0); /* every character has a glyph */
    plan_fixture_clear (&fixture);
}

/* Each box of a figure lies in the area that it is said to cover. */
static void test_figure_covers_what_it_draws (void)
{
    g_autoptr (BpPack) pack = chart_pack_new ();
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    int figures = 0;
    for (guint page = 0; page < fixture.plan->pages->len; page++)
    {
        const BpPlanPage *of = bp_page_plan_get_page (fixture.plan, (int)page);
        for (guint i = 0; i < of->boxes->len; i++)
        {
            const BpBox *box = &g_array_index (of->boxes, BpBox, i);
            const BpElement *element = box->element < 0 ? NULL : bp_page_plan_get_element (fixture.plan, box->element);
            if (element == NULL || element->role != BP_ROLE_FIGURE)
                continue;
            double top, bottom;
            bp_box_get_extent (box, &top, &bottom);
            g_assert_cmpint (element->page, ==, (int)page);
            g_assert_true (top >= element->top - 0.01 && bottom <= element->bottom + 0.01);
            g_assert_true (MIN (box->x, box->x + box->width) >= element->left - 0.01 && box->x + box->width <= element->right + 0.01);
            g_assert_nonnull (element->alternative);
            figures++;
        }
    }
    g_assert_cmpint (figures, >, 500);
    plan_fixture_clear (&fixture);
}

static void test_two_charts_go_to_a_page (void)
{
    g_autoptr (BpPack) pack = chart_pack_new ();
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    g_assert_nonnull (find_text (fixture.plan, 0, "Amended plans are quicker, but 9 points below trajectory"));
    g_assert_nonnull (find_text (fixture.plan, 0, "Waits for an assessment are falling, and not by chance"));
    plan_fixture_clear (&fixture);
}

/* The plot is as high as its page allows: never so low that it says nothing, and heading, plot, numbers and source stay together. */
static void test_chart_stays_whole (void)
{
    static const double values[] = { 1, 2, 3, 4 };
    for (int lines = 0; lines < 45; lines += 3)
    {
        g_autoptr (BpPack) pack = demo_pack_start ();
        BpNode *section = chart_section (pack, "one", "One");
        for (int i = 0; i < lines; i++)
            bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_BODY, "One line.");
        BpChart *chart = chart_add_plain (pack, section, "The message", 4, values, 0);
        chart->source = "The source";
        PlanFixture fixture;
        plan_fixture_init (&fixture, pack);
        plan_check_pages (fixture.plan);
        const BpElement *figure = bp_page_plan_get_element (fixture.plan, find_figure (fixture.plan));
        g_assert_cmpfloat (figure->bottom - figure->top, >=, 100.0);
        const BpBox *message = find_text (fixture.plan, figure->page, "The message"),
                    *source = find_text (fixture.plan, figure->page, "The source");
        g_assert_nonnull (message);
        g_assert_nonnull (source);
        g_assert_true (message->y < figure->top && source->y > figure->bottom);
        plan_fixture_clear (&fixture);
    }
}

/* No line of a series goes past a missing value or a break; one of what was planned does. */
static void test_gap_is_a_gap (void)
{
    static const double values[] = { 5, 6, NAN, 7, 8, 9 }, plan[] = { 5, NAN, NAN, NAN, NAN, 10 };
    BpPack *made = NULL;
    BpChart *chart = start_one (&made, 6, values);
    g_autoptr (BpPack) pack = made;
    chart_add_series (pack, chart, "Trajectory", true, plan);
    chart_add_event (pack, chart, 4, "Series break", true);
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    const int figure = find_figure (fixture.plan);
    const BpPlanPage *page = bp_page_plan_get_page (fixture.plan, 0);
    const BpBox *note = find_text (fixture.plan, 0, "[x]");
    g_assert_nonnull (note);
    const double gap_x = note->x + note->width / 2.0;
    double break_x = NAN;
    for (guint i = 0; i < page->boxes->len; i++)
    {
        const BpBox *box = &g_array_index (page->boxes, BpBox, i);
        if (box->element == figure && box->kind == BP_BOX_LINE && box->width == 0.0 && box->height > 50.0)
            break_x = box->x;
    }
    g_assert_true (break_x > gap_x);
    int thick = 0, thin = 0;
    for (guint i = 0; i < page->boxes->len; i++)
    {
        const BpBox *box = &g_array_index (page->boxes, BpBox, i);
        if (box->element != figure || box->kind != BP_BOX_PATH || box->is_closed)
            continue;
        const double from = box->x + box->points[0], to = box->x + box->points[2 * (box->point_count - 1)];
        if (box->weight < 2.0f)
        {
            thin++;
            g_assert_true (from < gap_x && to > break_x);
            continue;
        }
        thick++;
        g_assert_false (from < gap_x && to > gap_x);
        g_assert_false (from < break_x && to > break_x);
    }
    g_assert_cmpint (thin, ==, 1);
    g_assert_cmpint (thick, ==, 2); /* before the gap, after the break; between them a point alone */
    plan_fixture_clear (&fixture);
}

static int count_dots (const BpPagePlan *plan)
{
    const BpPlanPage *page = bp_page_plan_get_page (plan, 0);
    const int figure = find_figure (plan);
    int dots = 0;
    for (guint i = 0; i < page->boxes->len; i++)
        dots += g_array_index (page->boxes, BpBox, i).element == figure && g_array_index (page->boxes, BpBox, i).kind == BP_BOX_ELLIPSE ? 1
                                                                                                                                        : 0;
    return dots;
}

static void test_every_value_has_its_point (void)
{
    static const int counts[] = { 3, 12, 120 };
    for (gsize k = 0; k < G_N_ELEMENTS (counts); k++)
    {
        double values[120];
        for (int i = 0; i < counts[k]; i++)
            values[i] = 40.0 + i % 7;
        BpPack *made = NULL;
        start_one (&made, counts[k], values);
        g_autoptr (BpPack) pack = made;
        PlanFixture fixture;
        plan_fixture_init (&fixture, pack);
        plan_check_pages (fixture.plan);
        g_assert_cmpint (count_dots (fixture.plan), ==, counts[k]);
        g_autofree char *last = g_strdup_printf ("Westbrook %d", 40 + (counts[k] - 1) % 7);
        g_assert_nonnull (find_text (fixture.plan, 0, last));
        plan_fixture_clear (&fixture);
    }
}

/* One or two values are a table and a sentence with what the level lines would say; the third makes a line. */
static void test_few_values_are_a_table_alone (void)
{
    static const double values[] = { 40, NAN, 50, 45 };
    static const struct
    {
        int count;
        const char *said;
    } rows[] = { { 1, "One value: too few for a chart. Target 60." },
                 { 2, "One value: too few for a chart. Target 60." },
                 { 3, "Two values: too few for a chart. Target 60." },
                 { 4, NULL } };
    for (gsize k = 0; k < G_N_ELEMENTS (rows); k++)
    {
        BpPack *made = NULL;
        BpChart *chart = start_one (&made, rows[k].count, values);
        g_autoptr (BpPack) pack = made;
        chart_add_level (pack, chart, BP_REFERENCE_TARGET, 60, "Target 60");
        PlanFixture fixture;
        plan_fixture_init (&fixture, pack);
        plan_check_pages (fixture.plan);
        plan_check_structure (fixture.plan);
        g_assert_cmpint (find_figure (fixture.plan) >= 0, ==, rows[k].said == NULL);
        g_assert_nonnull (find_text (fixture.plan, 0, "40"));
        if (rows[k].said != NULL)
            g_assert_nonnull (find_text (fixture.plan, 0, rows[k].said));
        else
            g_assert_cmpint (count_dots (fixture.plan), ==, 3);
        plan_fixture_clear (&fixture);
    }
}

/* The heights of points and lines are true to the numbers of the axis. */
static void test_points_stand_at_their_values (void)
{
    static const double values[] = { 20, 40, 30 };
    BpPack *made = NULL;
    BpChart *chart = start_one (&made, 3, values);
    g_autoptr (BpPack) pack = made;
    chart->is_axis_free = false;
    chart_add_level (pack, chart, BP_REFERENCE_TARGET, 30, "Target 30");
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    const BpBox *nought = find_text (fixture.plan, 0, "0"), *forty = find_text (fixture.plan, 0, "40");
    g_assert_nonnull (nought);
    g_assert_nonnull (forty);
    const double unit = (nought->y - forty->y) / 40.0;
    const BpPlanPage *page = bp_page_plan_get_page (fixture.plan, 0);
    int points = 0, targets = 0;
    for (guint i = 0; i < page->boxes->len; i++)
    {
        const BpBox *box = &g_array_index (page->boxes, BpBox, i);
        if (box->element != find_figure (fixture.plan))
            continue;
        if (box->kind == BP_BOX_ELLIPSE && points < 3)
        {
            g_assert_cmpfloat_with_epsilon (box->y + box->height / 2.0, nought->y - 3.465 - unit * values[points], 0.01);
            points++;
        }
        if (box->kind == BP_BOX_LINE && box->dash_on == 6.0f)
        {
            g_assert_cmpfloat_with_epsilon (box->y, nought->y - 3.465 - unit * 30.0, 0.01);
            targets++;
        }
    }
    g_assert_cmpint (points, ==, 3);
    g_assert_cmpint (targets, ==, 1);
    plan_fixture_clear (&fixture);
}

static void test_unequal_gaps_are_drawn_unequal (void)
{
    static const double values[] = { 1, 2, 3 };
    static double positions[] = { 2020, 2021, 2024 };
    BpPack *made = NULL;
    BpChart *chart = start_one (&made, 3, values);
    g_autoptr (BpPack) pack = made;
    chart->category_positions = positions;
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    const BpPlanPage *page = bp_page_plan_get_page (fixture.plan, 0);
    double x[3] = { 0 };
    int points = 0;
    for (guint i = 0; i < page->boxes->len; i++)
    {
        const BpBox *box = &g_array_index (page->boxes, BpBox, i);
        if (box->element == find_figure (fixture.plan) && box->kind == BP_BOX_ELLIPSE && points < 3)
            x[points++] = box->x;
    }
    g_assert_cmpint (points, ==, 3);
    g_assert_cmpfloat_with_epsilon ((x[2] - x[1]) / (x[1] - x[0]), 3.0, 0.001);
    plan_fixture_clear (&fixture);
}

/* Nothing is said of an axis that starts at nought, as it must wherever a line does not have to rise above it. */
static void test_axis_above_nought_is_said (void)
{
    static const double values[] = { 40, 50, 45 };
    for (int is_free = 0; is_free < 2; is_free++)
    {
        BpPack *made = NULL;
        BpChart *chart = start_one (&made, 3, values);
        g_autoptr (BpPack) pack = made;
        chart->subtitle = "Weeks of waiting";
        chart->is_axis_free = is_free != 0;
        g_autofree char *subtitle = bp_layout_run_chart_dup_subtitle (chart);
        PlanFixture fixture;
        plan_fixture_init (&fixture, pack);
        g_assert_nonnull (find_text (fixture.plan, 0, subtitle));
        g_assert_cmpint (g_str_has_prefix (subtitle, "Weeks of waiting; axis starts at "), ==, is_free != 0);
        g_assert_true (is_free != 0 || find_text (fixture.plan, 0, "0") != NULL);
        plan_fixture_clear (&fixture);
    }
}

static void test_chart_without_a_value_says_so (void)
{
    static const double values[] = { NAN, NAN };
    for (int hidden = 0; hidden < 2; hidden++)
    {
        BpPack *made = NULL;
        BpChart *chart = start_one (&made, 2, values);
        g_autoptr (BpPack) pack = made;
        const char *notes[] = { hidden != 0 ? "[c]" : "[x]", hidden != 0 ? "[c]" : "[x]" };
        chart->series[0].value_notes = notes;
        PlanFixture fixture;
        plan_fixture_init (&fixture, pack);
        plan_check_pages (fixture.plan);
        const BpPlanPage *page = bp_page_plan_get_page (fixture.plan, 0);
        int drawn = 0; /* the box and its sentence: no axes */
        for (guint i = 0; i < page->boxes->len; i++)
            drawn += g_array_index (page->boxes, BpBox, i).element == find_figure (fixture.plan) ? 1 : 0;
        g_assert_cmpint (drawn, ==, 2);
        g_assert_nonnull (
            find_text (fixture.plan, 0, hidden != 0 ? "All values are hidden, since they count few people." : "No value yet."));
        plan_fixture_clear (&fixture);
    }
}

static void test_key_names_the_marks_that_occur (void)
{
    g_autoptr (BpPack) pack = demo_pack_start ();
    BpNode *section = chart_section (pack, "one", "One");
    chart_add_limits (pack, section);
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    static const char *const wanted[] = { "Usual variation",
                                          "Special cause: improvement",
                                          "Special cause: concern",
                                          "Variation: Special cause: improvement, low",
                                          "Assurance: Will consistently miss the target",
                                          "Upper limit 58.9",
                                          "Above the limit: October 2024",
                                          "Limits set on these 12 months",
                                          "Jul 2025: 38" };
    for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
        g_assert_nonnull (find_text (fixture.plan, 0, wanted[i]));
    g_assert_null (find_text (fixture.plan, 0, "Special cause: neither better nor worse"));
    plan_fixture_clear (&fixture);
}

/* A thin line that leads to words ends short of them, and runs into no others. */
static void check_thin_lines (const BpPagePlan *plan, int run)
{
    const BpPlanPage *page = bp_page_plan_get_page (plan, 0);
    const int figure = find_figure (plan);
    for (guint i = 0; i < page->boxes->len; i++)
    {
        const BpBox *line = &g_array_index (page->boxes, BpBox, i);
        if (line->kind != BP_BOX_LINE || line->element != figure || line->weight != 0.75f || line->dash_on > 0.0f || line->height == 0.0)
            continue;
        const BpChartStroke stroke = { line->x, line->y, line->x + line->width, line->y + line->height, false };
        for (guint j = 0; j < page->boxes->len; j++)
        {
            const BpBox *text = &g_array_index (page->boxes, BpBox, j);
            const BpChartRect ink = { text->x - 1.0, text->y - 8.2, text->x + text->width + 1.0, text->y + 1.0 };
            if (text->kind == BP_BOX_TEXT && text->element == figure && bp_chart_stroke_meets (&stroke, &ink))
                g_error ("chart %d: a thin line runs into \"%s\"", run, text->text);
        }
    }
}

/* Whatever stands where: no two words overlap, none leaves the page, none lies on a line of the series. */
static void test_words_keep_clear_of_lines (void)
{
    g_autoptr (GRand) rand = g_rand_new_with_seed (2);
    for (int run = 0; run < 60; run++)
    {
        double values[24];
        const int count = g_rand_int_range (rand, 3, 25);
        for (int i = 0; i < count; i++)
            values[i] = g_rand_int_range (rand, 0, 8) == 0 ? NAN : g_rand_double_range (rand, -20, 90);
        BpPack *made = NULL;
        BpChart *chart = start_one (&made, count, values);
        g_autoptr (BpPack) pack = made;
        for (int i = 0; i < 5; i++)
        {
            chart_add_remark (pack, chart, g_rand_int_range (rand, 0, count), i % 2 == 0 ? "Baseline 21%, Q4 2022/23" : "Above the limit",
                              i < 3);
            chart_add_level (pack, chart, (BpReferenceKind)(i % 4), g_rand_double_range (rand, -20, 90), "England 54% (2024)");
        }
        chart_add_event (pack, chart, g_rand_int_range (rand, 0, count), "Series break", true);
        PlanFixture fixture;
        plan_fixture_init (&fixture, pack);
        plan_check_pages (fixture.plan);
        const BpPlanPage *page = bp_page_plan_get_page (fixture.plan, 0);
        for (guint i = 0; i < page->boxes->len; i++)
        {
            const BpBox *path = &g_array_index (page->boxes, BpBox, i);
            for (guint j = 0; path->kind == BP_BOX_PATH && path->weight > 1.0f && j < page->boxes->len; j++)
            {
                const BpBox *text = &g_array_index (page->boxes, BpBox, j);
                if (text->kind != BP_BOX_TEXT || text->element != path->element)
                    continue;
                const BpChartRect ink = { text->x, text->y - 7.2, text->x + text->width, text->y };
                for (int k = 0; k + 1 < path->point_count; k++)
                {
                    const double *at = path->points + 2 * k;
                    const BpChartStroke stroke = { path->x + at[0], path->y + at[1], path->x + at[2], path->y + at[3], false };
                    if (bp_chart_stroke_meets (&stroke, &ink))
                        g_error ("chart %d: \"%s\" lies on a line", run, text->text);
                }
            }
        }
        check_thin_lines (fixture.plan, run);
        plan_fixture_clear (&fixture);
    }
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/render/run_chart/every_chart_keeps_the_page_rules", test_every_chart_keeps_the_page_rules);
    g_test_add_func ("/render/run_chart/figure_covers_what_it_draws", test_figure_covers_what_it_draws);
    g_test_add_func ("/render/run_chart/two_charts_go_to_a_page", test_two_charts_go_to_a_page);
    g_test_add_func ("/render/run_chart/chart_stays_whole", test_chart_stays_whole);
    g_test_add_func ("/render/run_chart/gap_is_a_gap", test_gap_is_a_gap);
    g_test_add_func ("/render/run_chart/every_value_has_its_point", test_every_value_has_its_point);
    g_test_add_func ("/render/run_chart/few_values_are_a_table_alone", test_few_values_are_a_table_alone);
    g_test_add_func ("/render/run_chart/points_stand_at_their_values", test_points_stand_at_their_values);
    g_test_add_func ("/render/run_chart/unequal_gaps_are_drawn_unequal", test_unequal_gaps_are_drawn_unequal);
    g_test_add_func ("/render/run_chart/axis_above_nought_is_said", test_axis_above_nought_is_said);
    g_test_add_func ("/render/run_chart/chart_without_a_value_says_so", test_chart_without_a_value_says_so);
    g_test_add_func ("/render/run_chart/key_names_the_marks_that_occur", test_key_names_the_marks_that_occur);
    g_test_add_func ("/render/run_chart/words_keep_clear_of_lines", test_words_keep_clear_of_lines);
    return g_test_run ();
}
