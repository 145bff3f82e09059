#include "support/table_builder.c"

#include "support/pack_builder_fixture.h"

#include <math.h>

static void add_kpis (PackFixture *fixture)
{
    table_builder_add_plan (fixture->set);
    table_builder_add (
        fixture->set, BP_TABLE_KPIS,
        "kpi|valid_from|title|short|area|unit|polarity|period_kind|baseline_period|baseline|target_period|target|headline|definition",
        "K1|2022-01-01|Reviews on time|On time|SIP:1|percent|higher|quarter|Q4 2022/23|52|Q4 2025/26|80|yes|Reviews done in time.",
        "K2|2022-01-01|Weeks to wait|Wait|SIP:1|weeks|lower|month|July 2023|50|July 2026|26|yes|",
        "K3|2022-01-01|Trainers|Trainers|SIP:2|count|higher|term||||||",
        "K4|2022-01-01|Exclusions|Exclusions|SIP:2|rate|lower|term|Spring 2023|1.0|Spring 2026|0.8||", NULL);
    table_builder_add (fixture->set, BP_TABLE_KPI_VALUES, "kpi|period|geography|value|numerator|denominator|published",
                       "K1|Q3 2024/25||[x]|||", "K1|Q4 2024/25|||115|184|2025-04-20", "K1|Q1 2025/26|||118|184|2025-07-20",
                       "K1|Q1 2025/26|London|62|||", "K2|June 2025||39|||2025-07-10", "K2|July 2025||38|||2025-07-31",
                       "K4|Spring 2025||1.2|||2025-05-01", NULL);
}

static void the_scorecard_prints_value_share_period_and_movement (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    add_kpis (&fixture);
    pack_fixture_add_section (&fixture, "scorecard", "kpi-scorecard", NULL);
    const BpSection *section = pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "scorecard");
    const BpNode *table = pack_fixture_node (section, BP_NODE_TABLE, 0);
    g_assert_cmpstr (section->headline, ==, "Two of three comparable measures have improved");
    g_assert_cmpstr (section->subtitle, ==, "Each is compared with its own baseline. One is worse and one has nothing to compare.");
    pack_fixture_assert_cell (table, "K1", 0, "On time / Higher is better");
    pack_fixture_assert_cell (table, "K1", 1, "52% / Q4 2022/23");
    pack_fixture_assert_cell (table, "K1", 2, "64% / 118 of 184 / Q1 2025/26");
    pack_fixture_assert_cell (table, "K1", 3, "80% / Q4 2025/26 / London 62%, Q1 2025/26");
    pack_fixture_assert_cell (table, "K1", 4, "Improved / +12 points\u2020");
    pack_fixture_assert_cell (table, "K2", 2, "38 weeks / July 2025");
    pack_fixture_assert_cell (table, "K2", 4, "Improved / \u221212 weeks");
    pack_fixture_assert_cell (table, "K3", 1, "[x] / not given");
    pack_fixture_assert_cell (table, "K3", 2, "[x] / no value yet");
    pack_fixture_assert_cell (table, "K3", 3, "[x] / not set");
    pack_fixture_assert_cell (table, "K3", 4, "No value");
    pack_fixture_assert_cell (table, "K3", 5, "No value yet");
    pack_fixture_assert_cell (table, "K4", 4, "Worse / +0.2");
    g_assert_nonnull (strstr (table->as.table.footnote, "[x] not available"));
    g_assert_null (strstr (table->as.table.footnote, "[c]"));
    pack_fixture_clear (&fixture);
}

/* One row of four has no column for its benchmark; where at least a third have one, the column stands. */
static void benchmarks_have_a_column_where_a_third_of_the_rows_have_one (void)
{
    static const struct
    {
        const char *option;
        int columns;
        const char *target;
    } cases[] = { { "kpis = K1|K2|K4|K3", 6, "80% / Q4 2025/26 / London 62%, Q1 2025/26" }, { "kpis = K1|K2", 7, "80% / Q4 2025/26" } };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        PackFixture fixture;
        pack_fixture_init (&fixture);
        add_kpis (&fixture);
        pack_fixture_add_section (&fixture, "scorecard", "kpi-scorecard", cases[i].option, NULL);
        const BpSection *section = pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "scorecard");
        const BpNode *table = pack_fixture_node (section, BP_NODE_TABLE, 0);
        g_assert_cmpint (table->as.table.column_count, ==, cases[i].columns);
        pack_fixture_assert_cell (table, "K1", 3, cases[i].target);
        pack_fixture_clear (&fixture);
    }
}

static void a_run_chart_has_every_period_and_a_gap_where_none_was_supplied (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    add_kpis (&fixture);
    table_builder_add (fixture.set, BP_TABLE_KPI_VALUES, "kpi|period|value", "K2|April 2025|41", NULL);
    pack_fixture_add_section (&fixture, "details", "kpi-details", "kpis = K2|K3", NULL);
    const BpSection *section = pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "details");
    const BpChart *chart = &pack_fixture_node (section, BP_NODE_CHART, 0)->as.chart;
    g_assert_cmpstr (chart->title, ==, "Wait: better, down 12 weeks to 38, target 26");
    g_assert_cmpint (chart->category_count, ==, 4);
    g_assert_cmpstr (chart->categories[0], ==, "Apr");
    g_assert_cmpstr (chart->category_groups[0], ==, "2025");
    g_assert_null (chart->category_positions); /* months that follow on each other: at equal steps */
    g_assert_true (isnan (chart->series[0].values[1]));
    g_assert_cmpstr (chart->series[0].value_notes[1], ==, "[x]");
    g_assert_cmpfloat (chart->series[0].values[3], ==, 38.0);
    g_assert_cmpint (chart->reference_count, ==, 1);
    g_assert_cmpint (chart->references[0].kind, ==, BP_REFERENCE_TARGET);
    g_assert_cmpfloat (chart->references[0].value, ==, 26.0);
    g_assert_cmpstr (chart->references[0].label, ==, "Target 26, Jul 2026");
    g_assert_false (chart->has_limits);
    g_assert_null (chart->series[0].meanings);
    g_assert_null (chart->variation_word);
    g_assert_cmpstr (chart->alternative, ==,
                     "Wait fell from 41 weeks to 38 weeks between April 2025 and July 2025; target 26 weeks; no value for May 2025.");
    pack_fixture_assert_cell (chart->table, "K2", 2, "[x]");
    /* K3 has no figure: a line in the table of those. */
    pack_fixture_assert_cell (pack_fixture_node (section, BP_NODE_TABLE, 0), "K3", 3, "No definition given / No source given");
    pack_fixture_clear (&fixture);
}

static void coverage_names_its_gaps (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    add_kpis (&fixture);
    table_builder_add (fixture.set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", "SIP|1.1.1|1.1|A|Complete",
                       "SIP|1.1.2|1.1|B|May 2026", NULL);
    table_builder_add (fixture.set, BP_TABLE_RECOMMENDATIONS, "ref|text|short|areas|actions|kpis",
                       "1a|First|Answered and tested|SIP:1.1||K1", "1b|Second|Not tested||SIP:1.1.1|", "2a|Third|Not answered|||K4", NULL);
    pack_fixture_add_section (&fixture, "coverage", "coverage", NULL);
    const BpSection *section = pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "coverage");
    const BpNode *table = pack_fixture_node (section, BP_NODE_TABLE, 0);
    g_assert_cmpstr (section->headline, ==, "One finding has no action, one no measure");
    pack_fixture_assert_cell (table, "1a", 0, "1a Answered and tested");
    pack_fixture_assert_cell (table, "1a", 1, "1.1");
    pack_fixture_assert_cell (table, "1a", 2, "1 of 2");
    pack_fixture_assert_cell (table, "1a", 3, "tested by measure 1");
    pack_fixture_assert_cell (table, "1a", 5, "–");
    pack_fixture_assert_cell (table, "1b", 1, "1.1.1");
    pack_fixture_assert_cell (table, "1b", 2, "1 of 1");
    pack_fixture_assert_cell (table, "1b", 5, "No measure");
    pack_fixture_assert_cell (table, "2a", 1, "None");
    pack_fixture_assert_cell (table, "2a", 2, "0");
    pack_fixture_assert_cell (table, "2a", 5, "No action");
    g_assert_cmpint (pack_fixture_row (table, "2a")->kind, ==, BP_ROW_HIGHLIGHT);
    g_assert_cmpint (pack_fixture_row (table, "1a")->kind, ==, BP_ROW_PLAIN);
    pack_fixture_clear (&fixture);
}

/* Those that share their actions are named together, once. */
static void coverage_names_findings_that_share_actions_together (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    add_kpis (&fixture);
    table_builder_add (fixture.set, BP_TABLE_ACTIONS, "plan|ref|area|action", "SIP|1.1.1|1.1|A", "SIP|1.1.2|1.1|B", NULL);
    table_builder_add (fixture.set, BP_TABLE_RECOMMENDATIONS, "ref|text|short|areas|actions|kpis", "1a|First|First|SIP:1.1||K1",
                       "1b|Second|Second|SIP:1.1||", "1c|Third|Third|SIP:1.1||", NULL);
    pack_fixture_add_section (&fixture, "coverage", "coverage", NULL);
    const BpSection *section = pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "coverage");
    const BpNode *also = g_ptr_array_index (section->children, section->children->len - 1);
    g_assert_nonnull (strstr (also->as.paragraph.text, "1a, 1b and 1c share the 2 actions of 1.1."));
    g_auto (GStrv) parts = g_strsplit (also->as.paragraph.text, " share ", -1);
    g_assert_cmpuint (g_strv_length (parts), ==, 2);
    pack_fixture_clear (&fixture);
}

/* A census value at the level of a target set for a financial year: nobody knows which census must reach it. */
static void a_target_of_no_certain_period_is_never_met (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add_plan (fixture.set);
    table_builder_add (fixture.set, BP_TABLE_KPIS, "kpi|title|area|unit|polarity|period_kind|baseline_period|baseline|target_period|target",
                       "U|Uncertain|SIP:1|percent|higher|census|Census 2022-01|28|2027/28|32",
                       "M|Met|SIP:1|percent|higher|census|Census 2022-01|28|Census 2026-01|32", NULL);
    table_builder_add (fixture.set, BP_TABLE_KPI_VALUES, "kpi|period|value", "U|Census 2023-01|30", "U|Census 2024-01|32",
                       "M|Census 2023-01|30", "M|Census 2024-01|32", NULL);
    pack_fixture_add_section (&fixture, "scorecard", "kpi-scorecard", NULL);
    pack_fixture_add_section (&fixture, "details", "kpi-details", "kpis = U", NULL);
    pack_fixture_add_section (&fixture, "all", "kpi-details", NULL);
    const BpPack *pack = pack_fixture_build (&fixture, "2025-07-31");
    const BpNode *table = pack_fixture_node (pack_fixture_section (pack, "scorecard"), BP_NODE_TABLE, 0);
    pack_fixture_assert_cell (table, "U", 3, "32% / for 2027/28: period not certain");
    pack_fixture_assert_cell (table, "M", 3, "32% / January 2026, met");
    const BpNode *chart = pack_fixture_node (pack_fixture_section (pack, "details"), BP_NODE_CHART, 0);
    g_assert_cmpstr (chart->as.chart.title, ==,
                     "Uncertain: better, up 4 points to 32% (stale). Target 32%, for 2027/28: period not certain");
    g_assert_null (pack_fixture_section (pack, "details")->headline);
    g_assert_cmpstr (pack_fixture_section (pack, "all")->headline, ==, "One of two measures is known to have met its target");
    pack_fixture_clear (&fixture);
}

/* 575,963 plans of a country are no benchmark of one place's 3,100; its rate is. */
static void a_number_of_another_place_is_no_benchmark (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add_plan (fixture.set);
    table_builder_add (fixture.set, BP_TABLE_KPIS, "kpi|title|area|unit|polarity|period_kind", "N|Number|SIP:1|count|higher|quarter",
                       "R|Rate|SIP:1|rate|higher|quarter", NULL);
    table_builder_add (fixture.set, BP_TABLE_KPI_VALUES, "kpi|period|geography|value", "N|Q4 2024/25||3100", "N|Q4 2024/25|England|575963",
                       "R|Q4 2024/25||5.3", "R|Q4 2024/25|England|5.6", NULL);
    pack_fixture_add_section (&fixture, "scorecard", "kpi-scorecard", NULL);
    const BpNode *table
        = pack_fixture_node (pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "scorecard"), BP_NODE_TABLE, 0);
    pack_fixture_assert_cell (table, "N", 4, "[x]");
    pack_fixture_assert_cell (table, "R", 4, "England 5.6, Q4 2024/25");
    pack_fixture_clear (&fixture);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(test) g_test_add_func ("/pack/measure_sections/" #test, test)
    ADD (the_scorecard_prints_value_share_period_and_movement);
    ADD (benchmarks_have_a_column_where_a_third_of_the_rows_have_one);
    ADD (a_run_chart_has_every_period_and_a_gap_where_none_was_supplied);
    ADD (coverage_names_its_gaps);
    ADD (coverage_names_findings_that_share_actions_together);
    ADD (a_target_of_no_certain_period_is_never_met);
    ADD (a_number_of_another_place_is_no_benchmark);
    return g_test_run ();
}
