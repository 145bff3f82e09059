#include "support/table_builder.c"

#include "support/pack_builder_fixture.h"

#include <math.h>

static const char KPIS[] = "kpi|title|unit|polarity|period_kind|target_period|target|baseline_period|baseline|people|rebase";

/* Months from January 2023 on; "-" leaves one out, "|" before a value is a break in the series. */
static void add_months (PackFixture *fixture, const char *values)
{
    g_auto (GStrv) words = g_strsplit (values, " ", -1);
    for (int i = 0; words[i] != NULL; i++)
    {
        bool is_break = *words[i] == '|';
        g_autofree char *row = g_strdup_printf ("K|%d-%02d|%s|%s|%s", 2023 + i / 12, i % 12 + 1, words[i] + is_break,
                                                is_break ? "break" : "", is_break ? "Counted anew" : "");
        if (*words[i] != '-')
            table_builder_add (fixture->set, BP_TABLE_KPI_VALUES, "kpi|period|value|flag|note", row, NULL);
    }
}

static void init (PackFixture *fixture, const char *kpi)
{
    pack_fixture_init (fixture);
    table_builder_add_plan (fixture->set);
    table_builder_add (fixture->set, BP_TABLE_KPIS, KPIS, kpi, NULL);
    pack_fixture_add_section (fixture, "details", "kpi-details", NULL);
    pack_fixture_add_section (fixture, "scorecard", "kpi-scorecard", NULL);
}

static const BpChart *chart_of (PackFixture *fixture)
{
    const BpSection *section = pack_fixture_section (pack_fixture_build (fixture, "2026-12-31"), "details");
    return &pack_fixture_node (section, BP_NODE_CHART, 0)->as.chart;
}

/* One line a thing, as the text dump has it, but short. Caller frees. */
static char *dup_plot (const BpChart *chart)
{
    static const char letters[] = { '-', 'u', 'i', 'c', 'n' };
    GString *text = g_string_new (NULL);
    for (int i = 0; i < chart->reference_count; i++)
        g_string_append_printf (text, "%s %d-%d\n", chart->references[i].label != NULL ? chart->references[i].label : "(line)",
                                chart->references[i].first, chart->references[i].last);
    for (int i = 0; i < chart->event_count; i++)
        g_string_append_printf (text, "%s before %d\n", chart->events[i].text, chart->events[i].category);
    for (int i = 0; i < chart->remark_count; i++)
        g_string_append_printf (text, "%s at %d\n", chart->remarks[i].text, chart->remarks[i].category);
    for (int c = 0; chart->series[0].meanings != NULL && c < chart->category_count; c++)
        g_string_append_c (text, letters[chart->series[0].meanings[c]]);
    return g_string_free (text, FALSE);
}

static void assert_plot (const BpChart *chart, const char *expected)
{
    g_autofree char *plot = dup_plot (chart);
    g_assert_cmpstr (plot, ==, expected);
}

#define YEAR "50 52 50 52 50 52 50 52 50 52 50 52"

static void limits_come_with_twelve_values_and_not_before (void)
{
    PackFixture fixture;
    init (&fixture, "K|Wait|weeks|lower|month|2026-07|26|2023-01|50||");
    add_months (&fixture, "50 52 50 52 50 52 50");
    const BpChart *chart = chart_of (&fixture);
    assert_plot (chart, "Target 26, Jul 2026 0-6\nBaseline 50, January 2023 at 0\n");
    g_assert_nonnull (strstr (chart->source, "Too few values yet to tell the usual ups and downs: 7 of the 12 needed."));
    g_assert_cmpint (chart->variation, ==, BP_VARIATION_NONE);
    g_assert_null (chart->variation_word);
    g_assert_null (chart->assurance_word);
    pack_fixture_clear (&fixture);

    init (&fixture, "K|Wait|weeks|lower|month|2026-07|26|2023-01|50||");
    add_months (&fixture, "50 52 50");
    g_assert_null (strstr (chart_of (&fixture)->source, "Too few values"));
    pack_fixture_clear (&fixture);

    init (&fixture, "K|Wait|weeks|lower|month|2026-07|26|2023-01|50||");
    add_months (&fixture, YEAR " 60 50 50 50 50 50 50 50");
    chart = chart_of (&fixture);
    assert_plot (chart, "Target 26, Jul 2026 0-19\nUpper limit 56.3 0-19\nMean 51.0 0-19\nLower limit 45.7 0-19\n"
                        "Limits set on these 12 months before 12\n"
                        "Above the limit: January 2024 at 12\nSeven in a row below the mean at 16\n"
                        "uuuuuuuuuuuuciiiiiii");
    g_assert_cmpint (chart->variation, ==, BP_VARIATION_IMPROVING_LOW);
    g_assert_cmpstr (chart->variation_word, ==, "better, the latest values are low by more than chance");
    g_assert_cmpstr (chart->assurance_word, ==, "the limits of Jan 2023 to Dec 2023 do not reach the target of 26");
    g_assert_true (chart->is_axis_free);
    g_assert_cmpstr (
        chart->alternative, ==,
        "Wait was 50 weeks in January 2023 and in August 2024; target 26 weeks; special cause: above the limit in January 2024 "
        "and seven in a row below the mean.");
    g_assert_nonnull (strstr (chart->source, "Limits: mean ± 2.66 × average moving range, set on January 2023 to December 2023."));
    g_assert_nonnull (strstr (chart->source, "The table has the last 12 periods; all 20 values are in the workbook."));
    g_assert_cmpint (chart->table->as.table.column_count, ==, 13);
    const BpSection *scorecard = pack_fixture_section (fixture.pack, "scorecard");
    pack_fixture_assert_cell (pack_fixture_node (scorecard, BP_NODE_TABLE, 0), "K", 4,
                              "Same / 0 weeks\u2020 / Special cause: / improvement");
    pack_fixture_clear (&fixture);
}

static void breaks_and_new_limits_are_marked (void)
{
    PackFixture fixture;
    init (&fixture, "K|Share|percent|higher|month||||||2024-01");
    add_months (&fixture, YEAR " " YEAR " |60 61");
    const BpChart *chart = chart_of (&fixture);
    /* what ends before the right edge has no words there */
    assert_plot (chart, "(line) 0-11\n(line) 0-11\n(line) 0-11\n(line) 12-23\n(line) 12-23\n(line) 12-23\n"
                        "Series break before 24\nNew limits from January 2024 before 12\n"
                        "uuuuuuuuuuuuuuuuuuuuuuuu--");
    g_assert_null (chart->variation_word);
    g_assert_nonnull (strstr (chart->source, "Series break, January 2025: Counted anew."));
    g_assert_nonnull (strstr (chart->alternative, "series break in January 2025"));
    pack_fixture_clear (&fixture);
}

/* Limits are not cut at 0 or 100, but where no value can lie they have no line. */
static void limits_where_no_value_can_lie_have_no_line (void)
{
    PackFixture fixture;
    init (&fixture, "K|Share|percent|higher|month||||||");
    add_months (&fixture, "90 99 90 99 90 99 90 99 90 99 90 99");
    const BpChart *chart = chart_of (&fixture);
    assert_plot (chart, "Mean 94.5% 0-11\nLower limit 70.6% 0-11\nuuuuuuuuuuuu");
    g_assert_nonnull (strstr (chart->source, "The upper limit lies over 100 per cent and has no line."));
    const BpSheet *sheet = pack_fixture_sheet (fixture.pack, "KPIs");
    static const struct
    {
        const char *title, *text;
    } cells[] = { { "Variation of the latest value", "Usual variation" },
                  { "Target against the limits", "[z]" },
                  { "Mean", "94.5" },
                  { "Lower limit", "70.6" },
                  { "Upper limit", "118.4" },
                  { "Limits set on", "January 2023 to December 2023" } };
    for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    {
        g_autofree char *text = pack_fixture_dup_sheet_cell (sheet, 0, cells[i].title);
        g_assert_cmpstr (text, ==, cells[i].text);
    }
    pack_fixture_clear (&fixture);

    init (&fixture, "K|Backlog|count|lower|month||||||");
    add_months (&fixture, "1 9 1 9 1 9 1 9 1 9 1 9 99");
    chart = chart_of (&fixture);
    g_assert_nonnull (strstr (chart->source, "The lower limit lies under 0 and has no line."));
    g_autofree char *cause = pack_fixture_dup_sheet_cell (pack_fixture_sheet (fixture.pack, "KPI_Values"), 12, "Special cause");
    g_assert_cmpstr (cause, ==, "Above the limit");
    pack_fixture_clear (&fixture);
}

/* The trajectory goes on behind the latest value; a benchmark has its year. */
static void periods_ahead_are_those_of_the_trajectory (void)
{
    PackFixture fixture;
    init (&fixture, "K|Share|percent|higher|term|Summer 2025|75||||");
    table_builder_add (fixture.set, BP_TABLE_KPI_VALUES, "kpi|period|value|series|geography", "K|Autumn 2023|40||", "K|Spring 2024|45||",
                       "K|Summer 2024|50|projected|", "K|Autumn 2024|55|projected|", "K|Spring 2024|60||England", NULL);
    const BpChart *chart = chart_of (&fixture);
    assert_plot (chart, "Target 75%, Summer 2025 0-3\nEngland 60%, Spring 2024 0-3\n");
    g_assert_cmpint (chart->category_count, ==, 4);
    g_assert_cmpstr (chart->categories[3], ==, "Autumn");
    g_assert_cmpstr (chart->category_groups[3], ==, "2024");
    g_assert_cmpstr (chart->axis_unit, ==, "%");
    g_assert_cmpint (chart->series_count, ==, 2);
    g_assert_true (chart->series[1].is_dashed);
    g_assert_true (isnan (chart->series[1].values[1]));
    g_assert_cmpfloat (chart->series[1].values[3], ==, 55.0);
    g_assert_true (isnan (chart->series[0].values[3]));
    g_assert_null (chart->series[0].value_notes[3]);
    g_assert_null (chart->category_positions); /* terms are of unequal length, but follow on each other */
    pack_fixture_clear (&fixture);
}

static void a_breakdown_is_drawn_whole_or_not_at_all (void)
{
    for (int parts = 2; parts <= 4; parts++)
    {
        PackFixture fixture;
        init (&fixture, "K|Share|percent|higher|quarter||||||");
        for (int quarter = 1; quarter <= 2; quarter++)
        {
            g_autofree char *total = g_strdup_printf ("K|Q%d 2024/25|50||", quarter);
            table_builder_add (fixture.set, BP_TABLE_KPI_VALUES, "kpi|period|value|breakdown|category", total, NULL);
            for (int part = 0; part < parts; part++)
            {
                g_autofree char *row = g_strdup_printf ("K|Q%d 2024/25|%d|Phase|Phase %c", quarter, 40 + part, 'A' + part);
                table_builder_add (fixture.set, BP_TABLE_KPI_VALUES, "kpi|period|value|breakdown|category", row, NULL);
            }
        }
        const BpChart *chart = chart_of (&fixture);
        g_assert_cmpint (chart->series_count, ==, parts <= 3 ? 1 + parts : 1);
        if (parts <= 3)
            g_assert_cmpstr (chart->series[1].name, ==, "Phase A");
        pack_fixture_clear (&fixture);
    }
}

/* A hidden value is a gap: no line, limit, remark or alternative text knows its number. */
static void hidden_values_are_gaps_for_limits_too (void)
{
    for (int audience = BP_AUDIENCE_INTERNAL; audience <= BP_AUDIENCE_PUBLIC; audience++)
    {
        PackFixture fixture;
        init (&fixture, "K|Pupils|count|lower|month|||||yes|");
        fixture.forum.audience = (BpAudience)audience;
        add_months (&fixture, "3 50 52 50 52 50 52 50 52 50 52 50 52 50 3 50");
        const BpChart *chart = chart_of (&fixture);
        bool hides = audience != BP_AUDIENCE_INTERNAL;
        if (hides)
        {
            assert_plot (chart, "Upper limit 56.3 0-15\nMean 51.0 0-15\nLower limit 45.7 0-15\nLimits set on these 12 months before 13\n"
                                "-uuuuuuuuuuuuu-u");
            g_assert_cmpstr (chart->series[0].value_notes[0], ==, "[c]");
            g_assert_cmpstr (chart->alternative, ==,
                             "Pupils was 50 in February 2023 and in April 2024; usual variation throughout; 2 values are hidden.");
        }
        else
            g_assert_cmpstr (chart->alternative, ==,
                             "Pupils rose from 3 to 50 between January 2023 and April 2024; special cause: below the limit in January "
                             "2023, thirteen in a row above the mean and below the limit in March 2024.");
        g_autofree char *cause = pack_fixture_dup_sheet_cell (pack_fixture_sheet (fixture.pack, "KPI_Values"), 14, "Special cause");
        g_assert_cmpstr (cause, ==, hides ? "[c]" : "Below the limit");
        pack_fixture_clear (&fixture);
    }
}

static void alternatives_have_twenty_to_250_characters (void)
{
    PackFixture fixture;
    init (&fixture,
          "K|A very long title of a measure that nobody has shortened although the contract would have it at most at forty characters, "
          "and that goes on|weeks|lower|month|2026-07|26|2023-01|50||");
    add_months (&fixture, YEAR " 60 - |52 - 52 -9 52 - 60");
    table_builder_add (fixture.set, BP_TABLE_KPI_VALUES, "kpi|period|value|geography", "K|2024-01|50|A place with a very long name indeed",
                       "K|2024-01|50|Another place with a very long name", NULL);
    const BpChart *chart = chart_of (&fixture);
    g_assert_cmpint (g_utf8_strlen (chart->alternative, -1), <=, 250);
    g_assert_cmpint (g_utf8_strlen (chart->alternative, -1), >=, 20);
    g_assert_true (g_str_has_suffix (chart->alternative, "."));
    pack_fixture_clear (&fixture);
}

/* Three years of months are drawn; limits are those of the whole series. */
static void old_points_leave_the_chart_and_not_the_limits (void)
{
    PackFixture fixture;
    init (&fixture, "K|Wait|weeks|lower|month||||||");
    add_months (&fixture, YEAR " 50 - 50 52 50 52 50 52 50 52 50 52 " YEAR " 10 12 10 12 10 12");
    const BpChart *chart = chart_of (&fixture);
    /* the table begins later than the gap in the chart */
    g_assert_nonnull (strstr (chart->source, "[x] not available."));
    g_assert_cmpint (chart->category_count, ==, 36);
    g_assert_cmpstr (chart->categories[0], ==, "Jul");
    g_assert_cmpstr (chart->references[1].label, ==, "Mean 51.0");
    g_assert_cmpint (chart->references[1].first, ==, 0);
    g_assert_cmpint (chart->event_count, ==, 1);
    g_assert_cmpint (chart->events[0].category, ==, 6);
    g_assert_cmpstr (chart->remarks[0].text, ==, "Six below the limit");
    pack_fixture_clear (&fixture);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/run_chart/limits", limits_come_with_twelve_values_and_not_before);
    g_test_add_func ("/run_chart/breaks", breaks_and_new_limits_are_marked);
    g_test_add_func ("/run_chart/impossible_limits", limits_where_no_value_can_lie_have_no_line);
    g_test_add_func ("/run_chart/ahead", periods_ahead_are_those_of_the_trajectory);
    g_test_add_func ("/run_chart/breakdown", a_breakdown_is_drawn_whole_or_not_at_all);
    g_test_add_func ("/run_chart/hidden", hidden_values_are_gaps_for_limits_too);
    g_test_add_func ("/run_chart/alternative", alternatives_have_twenty_to_250_characters);
    g_test_add_func ("/run_chart/window", old_points_leave_the_chart_and_not_the_limits);
    return g_test_run ();
}
