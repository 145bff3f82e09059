#include "demo_pack.h"
#include "page_frame_rules.h"
#include "plan_checks.h"

#include "render/pdf/timeline_grid.h"

#include <math.h>
#include <string.h>

/* ---- columns and rows ---- */

static void test_months_while_they_fit_else_quarters_else_years (void)
{
    static const struct
    {
        int first_year, first_month, last_year, last_month, months_each, count;
    } rows[] = { { 2025, 1, 2025, 1, 1, 1 },    { 2024, 11, 2026, 10, 1, 24 }, { 2024, 11, 2026, 11, 3, 9 },
                 { 2024, 12, 2029, 12, 3, 21 }, { 2024, 1, 2035, 1, 12, 12 },  { 1900, 1, 2199, 12, 240, 15 } };
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
        const BpTimeScale scale = bp_time_scale_new (bp_date_new (rows[i].first_year, rows[i].first_month, 1),
                                                     bp_date_month_end (rows[i].last_year, rows[i].last_month));
        g_assert_cmpint (scale.months_each, ==, rows[i].months_each);
        g_assert_cmpint (scale.count, ==, rows[i].count);
        int year, month;
        bp_time_scale_get_month (&scale, 0, &year, &month);
        g_assert_cmpint ((month - 1) % MIN (scale.months_each, 12), ==, 0);
    }
}

static void test_a_day_ends_at_its_part_of_the_month (void)
{
    const BpTimeScale scale = bp_time_scale_new (bp_date_new (2025, 1, 1), bp_date_new (2025, 12, 31));
    g_assert_cmpfloat_with_epsilon (bp_time_scale_get_place (&scale, bp_date_new (2025, 7, 31)), 7.0, 1e-9);
    g_assert_cmpfloat_with_epsilon (bp_time_scale_get_place (&scale, bp_date_new (2025, 4, 15)), 3.5, 1e-9);
    g_assert_cmpint (bp_time_scale_get_column (&scale, bp_date_new (2025, 7, 31)), ==, 6);
}

static BpTimelineMark mark_at (int year, int month, int from_month)
{
    return (BpTimelineMark){ .ref = "1.1",
                             .mark = *demo_mark (1),
                             .is_open = true,
                             .date = year == 0 ? BP_DATE_NONE : bp_date_new (year, month, 20),
                             .original = from_month == 0 ? BP_DATE_NONE : bp_date_new (year, from_month, 20) };
}

/* No two marks in a cell, and none on the way of one that moved. */
static void test_marks_and_ways_do_not_meet (void)
{
    const BpDate repeats[] = { bp_date_new (2025, 11, 3), bp_date_new (2025, 12, 15) };
    BpTimelineMark marks[] = { mark_at (2025, 6, 0), mark_at (2025, 9, 3), mark_at (2025, 6, 0), mark_at (2025, 2, 10),
                               mark_at (2025, 9, 0), mark_at (0, 0, 0),    mark_at (0, 0, 0),    mark_at (2025, 11, 11) };
    marks[4].repeats = repeats;
    marks[4].repeat_count = 2;
    const BpTimelineLane lane = { "Lane", marks, (int)G_N_ELEMENTS (marks) };
    const BpTimeScale scale = bp_time_scale_new (bp_date_new (2025, 1, 1), bp_date_new (2025, 12, 31));
    BpLanePlan *plan = bp_lane_plan_new (&lane, &scale, 6);
    int taken[6][13] = { 0 };
    for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
        const BpPlacedMark *placed = &plan->marks[i];
        const int column = placed->column < 0 ? 12 : placed->column, from = placed->from < 0 ? column : placed->from;
        g_assert_cmpint (placed->row, >=, 0);
        for (int c = MIN (column, from); c <= MAX (column, from); c++)
            g_assert_cmpint (taken[placed->row][c]++, ==, 0);
        for (int r = 0; placed->has_repeats && r < marks[i].repeat_count; r++)
            g_assert_cmpint (taken[placed->row][bp_time_scale_get_column (&scale, marks[i].repeats[r])]++, ==, 0);
    }
    g_assert_true (plan->marks[4].has_repeats);
    g_assert_cmpint (plan->marks[7].from, ==, -1); /* it moved within a month: nothing to draw */
    g_assert_cmpint (plan->first, ==, 1);
    g_assert_cmpint (plan->last, ==, 10);
    g_assert_false (plan->has_hidden);
    bp_lane_plan_free (plan);
}

static void test_a_lane_has_so_many_rows_and_counts_the_rest (void)
{
    g_autofree BpTimelineMark *marks = g_new0 (BpTimelineMark, 60);
    for (int i = 0; i < 60; i++)
        marks[i] = i < 43 ? mark_at (2025, 5, 0) : i < 50 ? mark_at (0, 0, 0) : mark_at (2025, 7, 2);
    const BpTimelineLane lane = { "Lane", marks, 60 };
    const BpTimeScale scale = bp_time_scale_new (bp_date_new (2025, 1, 1), bp_date_new (2025, 12, 31));
    BpLanePlan *plan = bp_lane_plan_new (&lane, &scale, 6);
    int shown[13] = { 0 };
    for (int i = 0; i < 60; i++)
        if (plan->marks[i].row >= 0)
            shown[plan->marks[i].column < 0 ? 12 : plan->marks[i].column]++;
    g_assert_cmpint (plan->row_count, ==, 6);
    g_assert_cmpint (plan->hidden[4], ==, 37);
    g_assert_cmpint (plan->hidden[12], ==, 1);
    g_assert_cmpint (plan->hidden[6] + shown[6], ==, 10);
    g_assert_cmpint (shown[6], ==, 6); /* without their ways, which May bars */
    bp_lane_plan_free (plan);
}

/* A dot for a date to come never takes the place of a mark. */
static void test_a_full_lane_drops_repeats_before_marks (void)
{
    const BpDate repeats[] = { bp_date_new (2025, 11, 3) };
    BpTimelineMark marks[4];
    for (int i = 0; i < 4; i++)
        marks[i] = mark_at (2025, i < 2 ? 6 : 11, 0);
    marks[0].repeats = marks[1].repeats = repeats;
    marks[0].repeat_count = marks[1].repeat_count = 1;
    const BpTimelineLane lane = { "Lane", marks, 4 };
    const BpTimeScale scale = bp_time_scale_new (bp_date_new (2025, 1, 1), bp_date_new (2025, 12, 31));
    BpLanePlan *narrow = bp_lane_plan_new (&lane, &scale, 2), *wide = bp_lane_plan_new (&lane, &scale, 4);
    g_assert_false (narrow->has_hidden);
    g_assert_false (narrow->marks[0].has_repeats);
    g_assert_true (wide->marks[0].has_repeats && wide->marks[1].has_repeats);
    bp_lane_plan_free (narrow);
    bp_lane_plan_free (wide);
}

/* ---- pages ---- */

/* What holds on every page, and the rules of page breaking. */
static void check_pages (const BpPagePlan *plan)
{
    g_autofree char *broken = page_rules_find_broken (plan);
    g_assert_cmpstr (broken, ==, NULL);
    plan_check_pages (plan);
}

typedef struct
{
    BpPack *pack;
    BpTimeline timeline;
    BpTimelineGroup groups[40];
} Sample;

/* So many areas of so many lanes; every lane has marks in the same months. */
static void sample_init (Sample *sample, int groups, int lanes, const BpTimelineMark *marks, int mark_count)
{
    *sample = (Sample){ .pack = demo_pack_start () };
    BpPack *pack = sample->pack;
    for (int g = 0; g < groups; g++)
    {
        BpTimelineLane *row = bp_pack_alloc (pack, sizeof (BpTimelineLane) * (gsize)lanes);
        for (int l = 0; l < lanes; l++)
        {
            BpTimelineMark *copy = bp_pack_alloc (pack, sizeof (BpTimelineMark) * (gsize)mark_count);
            memcpy (copy, marks, sizeof (BpTimelineMark) * (gsize)mark_count);
            row[l] = (BpTimelineLane){ bp_pack_format (pack, "%d.%d Lane", g + 1, l + 1), copy, mark_count };
        }
        sample->groups[g] = (BpTimelineGroup){ bp_pack_format (pack, "%d Area of the plan", g + 1), row, lanes };
    }
    sample->timeline = (BpTimeline){ .first = bp_date_new (2024, 11, 1),
                                     .last = bp_date_new (2026, 9, 30),
                                     .today = bp_date_new (2025, 7, 31),
                                     .groups = sample->groups,
                                     .group_count = groups,
                                     .caption = "One mark for each action." };
    BpNode *section = bp_pack_add_section (pack, pack->sections, "timeline", "Timeline");
    section->as.section.starts_page = true;
    BpNode *node = bp_pack_add_chart (pack, section, BP_CHART_TIMELINE, NULL, NULL, "Many actions by month of their approved date.");
    node->as.chart.timeline = &sample->timeline;
    node->as.chart.series = bp_pack_alloc (pack, sizeof (BpChartSeries));
    double *count = bp_pack_alloc (pack, sizeof (double));
    *count = mark_count;
    node->as.chart.series[0] = (BpChartSeries){ .name = "On track", .values = count, .mark = *demo_mark (1) };
    node->as.chart.series_count = node->as.chart.category_count = 1;
}

static int count_texts (const BpPagePlan *plan, int page, const char *text)
{
    int count = 0;
    const BpPlanPage *of = bp_page_plan_get_page (plan, page);
    for (guint i = 0; i < of->boxes->len; i++)
    {
        const BpBox *box = &g_array_index (of->boxes, BpBox, i);
        count += box->kind == BP_BOX_TEXT && g_str_equal (box->text, text) ? 1 : 0;
    }
    return count;
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
    g_error ("page %d: no “%s”", page + 1, text);
}

/* Every text of a drawing, and every shape but plain lines and grounds, belongs to the figure of its page. */
static void check_figures (const BpPagePlan *plan)
{
    int before = -1;
    for (guint p = 0; p < plan->pages->len; p++)
    {
        const BpPlanPage *page = bp_page_plan_get_page (plan, (int)p);
        int figure = -1;
        for (guint i = 0; i < page->boxes->len; i++)
        {
            const int element = g_array_index (page->boxes, BpBox, i).element;
            if (element < 0 || g_array_index (plan->elements, BpElement, (guint)element).role != BP_ROLE_FIGURE)
                continue;
            g_assert_true (figure < 0 || figure == element);
            figure = element;
        }
        g_assert_cmpint (figure, >, before);
        before = figure;
        const BpElement *element = &g_array_index (plan->elements, BpElement, (guint)figure);
        g_assert_cmpint (element->page, ==, (int)p);
        g_assert_cmpint (g_utf8_strlen (element->alternative, -1), >=, 20);
        g_assert_cmpint (g_utf8_strlen (element->alternative, -1), <=, 250);
        g_assert_cmpfloat (element->left, >=, 47.9);
        g_assert_cmpfloat (element->right, <=, page->width_pt - 47.9);
    }
}

static void test_header_repeats_and_areas_stay_whole (void)
{
    const BpTimelineMark marks[] = { mark_at (2025, 4, 0), mark_at (2025, 9, 6), mark_at (2025, 9, 0), mark_at (0, 0, 0) };
    Sample sample;
    sample_init (&sample, 24, 4, marks, 4);
    PlanFixture fixture;
    plan_fixture_init (&fixture, sample.pack);
    check_pages (fixture.plan);
    plan_check_structure (fixture.plan);
    check_figures (fixture.plan);
    g_assert_cmpuint (fixture.plan->pages->len, >, 3);
    int areas = 0;
    for (int page = 0; page < (int)fixture.plan->pages->len; page++)
    {
        g_assert_cmpint (count_texts (fixture.plan, page, "31 July 2025"), ==, 1);
        g_assert_cmpint (count_texts (fixture.plan, page, "No date"), ==, 1);
        g_assert_cmpint (count_texts (fixture.plan, page, "2025"), ==, 1);
        g_assert_cmpint (count_texts (fixture.plan, page, "Original date to approved date"), ==, page == 0 ? 1 : 0);
        g_autofree char *text = plan_dup_page_text (fixture.plan, page);
        for (int g = 1; g <= 24; g++)
        {
            g_autofree char *area = g_strdup_printf ("%d Area of the plan", g), *last = g_strdup_printf ("%d.4 Lane", g);
            const int is_here = count_texts (fixture.plan, page, area);
            areas += is_here;
            g_assert_cmpint (count_texts (fixture.plan, page, last), ==, is_here);
        }
        g_assert_null (strstr (text, "Area of the plan (continued)"));
    }
    g_assert_cmpint (areas, ==, 24);
    plan_fixture_clear (&fixture);
    bp_pack_free (sample.pack);
}

/* An area higher than a page goes on over the next, under its name. */
static void test_area_higher_than_a_page_is_named_again (void)
{
    const BpTimelineMark marks[] = { mark_at (2025, 4, 0), mark_at (2025, 4, 0), mark_at (2025, 4, 0) };
    Sample sample;
    sample_init (&sample, 2, 40, marks, 3);
    PlanFixture fixture;
    plan_fixture_init (&fixture, sample.pack);
    check_pages (fixture.plan);
    check_figures (fixture.plan);
    int named_again = 0, lanes = 0;
    for (int page = 0; page < (int)fixture.plan->pages->len; page++)
    {
        g_autofree char *text = plan_dup_page_text (fixture.plan, page);
        named_again += strstr (text, "Area of the plan (continued)") != NULL ? 1 : 0;
        for (int l = 1; l <= 40; l++)
        {
            g_autofree char *first = g_strdup_printf ("1.%d Lane", l), *second = g_strdup_printf ("2.%d Lane", l);
            lanes += count_texts (fixture.plan, page, first) + count_texts (fixture.plan, page, second);
        }
    }
    g_assert_cmpint (named_again, >=, 2);
    g_assert_cmpint (lanes, ==, 80);
    plan_fixture_clear (&fixture);
    bp_pack_free (sample.pack);
}

/* The line of today stands at the end of its day, and reaches from its date to the last row. */
static void test_today_stands_at_its_day (void)
{
    const BpTimelineMark marks[] = { mark_at (2025, 4, 0), mark_at (2025, 9, 0) };
    Sample sample;
    sample_init (&sample, 2, 3, marks, 2);
    PlanFixture fixture;
    plan_fixture_init (&fixture, sample.pack);
    const BpPlanPage *page = bp_page_plan_get_page (fixture.plan, 0);
    const BpBox *date = find_text (fixture.plan, 0, "31 July 2025"), *last = find_text (fixture.plan, 0, "2.3 Lane");
    const double column = (499.28 - 106.0 - 4.0) / 23.0, x = 48.0 + 106.0 + 9.0 * column;
    bool is_found = false;
    for (guint i = 0; i < page->boxes->len; i++)
    {
        const BpBox *box = &g_array_index (page->boxes, BpBox, i);
        if (box->kind != BP_BOX_LINE || fabs (box->weight - 1.5) > 0.01 || box->height <= 0.0)
            continue;
        is_found = true;
        g_assert_cmpfloat_with_epsilon (box->x, x, 0.1);
        g_assert_cmpfloat (box->y, <, date->y + 8.0);
        g_assert_cmpfloat (box->y + box->height, >, last->y);
    }
    g_assert_true (is_found);
    g_assert_cmpfloat (date->x, <, x);
    g_assert_cmpfloat (date->x + date->width, >, x);
    g_assert_cmpint (count_texts (fixture.plan, 0, "No date"), ==, 0); /* no column where all have one */
    plan_fixture_clear (&fixture);
    bp_pack_free (sample.pack);
}

/* Wherever today is, its date stands on no year. */
static void test_todays_date_is_clear_of_the_years (void)
{
    const BpTimelineMark marks[] = { mark_at (2025, 4, 0), mark_at (2025, 9, 0) };
    static const int lasts[] = { 2026, 2029, 2045 };
    for (gsize i = 0; i < G_N_ELEMENTS (lasts); i++)
        for (int month = 0; month < 22; month++)
        {
            Sample sample;
            sample_init (&sample, 1, 1, marks, 2);
            sample.timeline.today = bp_date_add_months (bp_date_new (2024, 12, 31), month);
            sample.timeline.last = bp_date_new (lasts[i], 9, 30);
            PlanFixture fixture;
            plan_fixture_init (&fixture, sample.pack);
            check_pages (fixture.plan);
            g_autofree char *date = bp_date_dup_text (sample.timeline.today, BP_DATE_LONG);
            g_assert_cmpint (count_texts (fixture.plan, 0, date), ==, 1);
            g_assert_cmpint (count_texts (fixture.plan, 0, "Quarter"), ==, lasts[i] == 2029 ? 1 : 0);
            g_assert_cmpint (count_texts (fixture.plan, 0, "Year"), ==, lasts[i] == 2045 ? 1 : 0);
            plan_fixture_clear (&fixture);
            bp_pack_free (sample.pack);
        }
}

static void test_crowded_months_say_how_many_more (void)
{
    g_autofree BpTimelineMark *marks = g_new0 (BpTimelineMark, 3000);
    for (int i = 0; i < 3000; i++)
        marks[i] = i % 5 == 4 ? mark_at (0, 0, 0) : mark_at (2025, 6 + i % 5, 0);
    Sample sample;
    sample_init (&sample, 2, 5, marks, 3000);
    PlanFixture fixture;
    plan_fixture_init (&fixture, sample.pack);
    check_pages (fixture.plan);
    int more = 0;
    for (int page = 0; page < (int)fixture.plan->pages->len; page++)
        more += count_texts (fixture.plan, page, "+594");
    g_assert_cmpint (more, ==, 2 * 5 * 5); /* in four months and without a date */
    g_autofree char *text = plan_dup_page_text (fixture.plan, (int)fixture.plan->pages->len - 1);
    g_assert_nonnull (strstr (text, "says how many more"));
    plan_fixture_clear (&fixture);
    bp_pack_free (sample.pack);
}

static void test_odd_names_and_refs_stay_in_their_place (void)
{
    BpTimelineMark marks[] = { mark_at (2025, 4, 0), mark_at (0, 0, 0), mark_at (0, 0, 0) };
    marks[1].ref = "A-very-long-plan-name 4.2.11.12.13*";
    Sample sample;
    sample_init (&sample, 2, 2, marks, 3);
    sample.groups[0].name = "An area whose name does not end, and goes on, and on, and on, and on, and on, and on, past the page’s edge";
    sample.groups[0].lanes[0].name
        = "Donaudampfschifffahrtsgesellschaftskapitänsmütze and a lane whose name takes many more lines than its marks";
    sample.groups[0].lanes[1].name = "";
    PlanFixture fixture;
    plan_fixture_init (&fixture, sample.pack);
    check_pages (fixture.plan);
    check_figures (fixture.plan);
    plan_fixture_clear (&fixture);
    bp_pack_free (sample.pack);
}

/* Nothing could be drawn: the table stands in its place. */
static void test_no_date_at_all_leaves_the_table (void)
{
    const BpTimelineMark marks[] = { mark_at (0, 0, 0) };
    const BpTableColumn columns[] = { { .title = "Month", .is_row_header = true }, { .title = "Still open" } };
    Sample sample;
    sample_init (&sample, 1, 1, marks, 1);
    BpNode *section = g_ptr_array_index (sample.pack->sections, 0);
    BpChart *chart = &((BpNode *)g_ptr_array_index (section->as.section.children, 0))->as.chart;
    chart->table = bp_pack_new_table (sample.pack, BP_TABLE_FULL, "Actions by month", columns, 2);
    BpTableRow *row = bp_pack_add_row (sample.pack, chart->table, BP_ROW_PLAIN, NULL);
    bp_cell_add_text (sample.pack, &row->cells[0], BP_LINE_STRONG, "No date");
    bp_cell_add_text (sample.pack, &row->cells[1], BP_LINE_MAIN, "1.1");
    PlanFixture fixture;
    plan_fixture_init (&fixture, sample.pack);
    g_assert_cmpint (count_texts (fixture.plan, 0, "Still open"), ==, 1);
    g_assert_cmpint (count_texts (fixture.plan, 0, "31 July 2025"), ==, 0);
    plan_fixture_clear (&fixture);
    bp_pack_free (sample.pack);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/render/timeline/" #name, test_##name)
    ADD (months_while_they_fit_else_quarters_else_years);
    ADD (a_day_ends_at_its_part_of_the_month);
    ADD (marks_and_ways_do_not_meet);
    ADD (a_lane_has_so_many_rows_and_counts_the_rest);
    ADD (a_full_lane_drops_repeats_before_marks);
    ADD (header_repeats_and_areas_stay_whole);
    ADD (area_higher_than_a_page_is_named_again);
    ADD (today_stands_at_its_day);
    ADD (todays_date_is_clear_of_the_years);
    ADD (crowded_months_say_how_many_more);
    ADD (odd_names_and_refs_stay_in_their_place);
    ADD (no_date_at_all_leaves_the_table);
    return g_test_run ();
}
