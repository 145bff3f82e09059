#ifndef BP_TESTS_RENDER_CHART_PACK_H
#define BP_TESTS_RENDER_CHART_PACK_H

#include "demo_pack.h"

/* Charts of every kind and oddity, two to a page, in invented figures: what the drawing of run charts is tested and looked at with. */

#define CHART_PACK_GAP NAN

static inline void chart_set_values (BpPack *pack, BpChart *chart, const char *name, int count, const double *values)
{
    chart->category_count = count;
    chart->series_count = 1;
    chart->series = bp_pack_alloc (pack, sizeof (BpChartSeries) * 4);
    chart->series[0].name = name;
    chart->series[0].values = bp_pack_alloc (pack, sizeof (double) * (gsize)MAX (count, 1));
    const char **notes = bp_pack_alloc (pack, sizeof (char *) * (gsize)MAX (count, 1));
    for (int i = 0; i < count; i++)
    {
        chart->series[0].values[i] = values[i];
        notes[i] = isfinite (values[i]) ? NULL : "[x]";
    }
    chart->series[0].value_notes = notes;
}

static inline void chart_add_series (BpPack *pack, BpChart *chart, const char *name, bool is_dashed, const double *values)
{
    BpChartSeries *series = &chart->series[chart->series_count++];
    series->name = name;
    series->is_dashed = is_dashed;
    series->values = bp_pack_alloc (pack, sizeof (double) * (gsize)chart->category_count);
    for (int i = 0; i < chart->category_count; i++)
        series->values[i] = values[i];
}

/* Quarters of financial years, from Q4 2022/23. */
static inline void chart_set_quarters (BpPack *pack, BpChart *chart)
{
    const char **labels = bp_pack_alloc (pack, sizeof (char *) * (gsize)chart->category_count),
               **groups = bp_pack_alloc (pack, sizeof (char *) * (gsize)chart->category_count);
    for (int i = 0; i < chart->category_count; i++)
    {
        const int year = 2022 + (i + 3) / 4;
        labels[i] = bp_pack_format (pack, "Q%d", (i + 3) % 4 + 1);
        groups[i] = bp_pack_format (pack, "%d/%02d", year, (year + 1) % 100);
    }
    chart->categories = labels;
    chart->category_groups = groups;
}

/* Months, from August 2023. */
static inline void chart_set_months (BpPack *pack, BpChart *chart)
{
    const char **labels = bp_pack_alloc (pack, sizeof (char *) * (gsize)chart->category_count),
               **groups = bp_pack_alloc (pack, sizeof (char *) * (gsize)chart->category_count);
    for (int i = 0; i < chart->category_count; i++)
    {
        labels[i] = bp_month_short_name ((i + 7) % 12 + 1);
        groups[i] = bp_pack_format (pack, "%d", 2023 + (i + 7) / 12);
    }
    chart->categories = labels;
    chart->category_groups = groups;
}

static inline void chart_set_labels (BpPack *pack, BpChart *chart, const char *format)
{
    const char **labels = bp_pack_alloc (pack, sizeof (char *) * (gsize)MAX (chart->category_count, 1));
    for (int i = 0; i < chart->category_count; i++)
    {
        g_autofree char *number = g_strdup_printf ("%d", i + 1);
        g_auto (GStrv) halves = g_strsplit (format, "#", 2);
        labels[i] = bp_pack_format (pack, "%s%s%s", halves[0], halves[1] != NULL ? number : "", halves[1] != NULL ? halves[1] : "");
    }
    chart->categories = labels;
}

static inline void chart_add_reference (BpPack *pack, BpChart *chart, BpReferenceKind kind, double value, const char *label, int first,
                                        int last)
{
    if (chart->references == NULL)
        chart->references = bp_pack_alloc (pack, sizeof (BpChartReference) * 16);
    chart->references[chart->reference_count++] = (BpChartReference){ kind, value, label, first, last };
}

static inline void chart_add_level (BpPack *pack, BpChart *chart, BpReferenceKind kind, double value, const char *label)
{
    chart_add_reference (pack, chart, kind, value, label, 0, chart->category_count - 1);
}

static inline void chart_add_event (BpPack *pack, BpChart *chart, int category, const char *text, bool is_break)
{
    if (chart->events == NULL)
        chart->events = bp_pack_alloc (pack, sizeof (BpChartEvent) * 8);
    chart->events[chart->event_count++] = (BpChartEvent){ category, text, is_break };
}

static inline void chart_add_remark (BpPack *pack, BpChart *chart, int category, const char *text, bool is_quiet)
{
    if (chart->remarks == NULL)
        chart->remarks = bp_pack_alloc (pack, sizeof (BpChartRemark) * 8);
    chart->remarks[chart->remark_count++] = (BpChartRemark){ category, text, is_quiet };
}

/* One letter for each category: u, i, c, n or a dot for none. */
static inline void chart_set_meanings (BpPack *pack, BpChart *chart, const char *letters)
{
    BpPointMeaning *meanings = bp_pack_alloc (pack, sizeof (BpPointMeaning) * (gsize)chart->category_count);
    for (int i = 0; i < chart->category_count && letters[i] != '\0'; i++)
        meanings[i] = letters[i] == 'u'   ? BP_POINT_USUAL
                      : letters[i] == 'i' ? BP_POINT_IMPROVEMENT
                      : letters[i] == 'c' ? BP_POINT_CONCERN
                      : letters[i] == 'n' ? BP_POINT_NEUTRAL
                                          : BP_POINT_PLAIN;
    chart->series[0].meanings = meanings;
}

/* The last twelve values in a panel table. */
static inline void chart_add_table (BpPack *pack, BpChart *chart, const char *name, int decimals)
{
    const int count = MIN (chart->category_count, 12), from = chart->category_count - count;
    BpTableColumn columns[13] = { { .title = "Period", .width_share = 1.0, .is_row_header = true } };
    for (int i = 0; i < count; i++)
        columns[i + 1]
            = (BpTableColumn){ .title = chart->category_groups != NULL
                                            ? bp_pack_format (pack, "%s %s", chart->categories[from + i], chart->category_groups[from + i])
                                            : chart->categories[from + i],
                               .align = BP_ALIGN_RIGHT,
                               .width_pt = count > 8 ? 34.0 : 50.0 };
    chart->table = bp_pack_new_table (pack, BP_TABLE_PANEL, "Values", columns, count + 1);
    BpTableRow *row = bp_pack_add_row (pack, chart->table, BP_ROW_PLAIN, NULL);
    bp_cell_add_text (pack, &row->cells[0], BP_LINE_MAIN, name);
    for (int i = 0; i < count; i++)
    {
        const double value = chart->series[0].values[from + i];
        bp_cell_add (pack, &row->cells[i + 1], i + 1 == count ? BP_LINE_STRONG : BP_LINE_MAIN,
                     isfinite (value) ? bp_value_number (value, decimals, NULL) : bp_value_shorthand ("[x]"));
    }
}

static inline BpChart *chart_start (BpPack *pack, BpNode *section, const char *title, const char *subtitle)
{
    BpChart *chart = &bp_pack_add_chart (pack, section, BP_CHART_RUN, title, subtitle, "What the data does, in words.")->as.chart;
    chart->source = "Source: case management system, 31 July 2025; all figures invented.";
    return chart;
}

static inline BpNode *chart_section (BpPack *pack, const char *id, const char *name)
{
    BpNode *section = bp_pack_add_section (pack, pack->sections, id, name);
    section->as.section.starts_page = true;
    return section;
}

/* ---- the two charts of an ordinary page ---- */

static inline BpChart *chart_add_run (BpPack *pack, BpNode *section)
{
    static const double values[] = { 21, 24, 22, 27, 31, 30, 35, NAN, 41, 46, NAN, NAN, NAN, NAN },
                        plan[] = { NAN, 24, NAN, NAN, NAN, 40, NAN, NAN, NAN, 55, NAN, NAN, NAN, 75 };
    BpChart *chart = chart_start (pack, section, "Amended plans are quicker, but 9 points below trajectory",
                                  "Per cent of final amended plans issued within eight weeks, Westbrook, by quarter of the financial year");
    chart_set_values (pack, chart, "Westbrook", 14, values);
    const char **notes = bp_pack_alloc (pack, sizeof (char *) * 14);
    notes[7] = "[x]";
    chart->series[0].value_notes = notes;
    chart_set_quarters (pack, chart);
    chart_add_series (pack, chart, "Trajectory", true, plan);
    chart_add_level (pack, chart, BP_REFERENCE_TARGET, 75, "Target 75%, July 2026");
    chart_add_level (pack, chart, BP_REFERENCE_BENCHMARK, 62, "London 62% (2024)");
    chart_add_level (pack, chart, BP_REFERENCE_BENCHMARK, 54, "England 54% (2024)");
    chart_add_remark (pack, chart, 0, "Baseline 21%, Q4 2022/23", true);
    chart->axis_unit = "%";
    chart_add_table (pack, chart, "Per cent", 0);
    return chart;
}

static inline BpChart *chart_add_limits (BpPack *pack, BpNode *section)
{
    static const double values[] = { 50, 53, 49, 52, 47, 51, 54, 50, 48, 52, 50, 49, 51, 48, 61, 49, 46, 45, 44, 46, 43, 41, 39, 38 };
    BpChart *chart = chart_start (pack, section, "Waits for an assessment are falling, and not by chance",
                                  "Median weeks from referral to assessment, by month; axis starts at 20");
    chart_set_values (pack, chart, "Westbrook", 24, values);
    chart_set_months (pack, chart);
    chart_set_meanings (pack, chart, "uuuuuuuuuuuuuuciiiiiiiii");
    chart_add_level (pack, chart, BP_REFERENCE_LIMIT, 58.9, "Upper limit 58.9");
    chart_add_level (pack, chart, BP_REFERENCE_MEAN, 50.4, "Mean 50.4");
    chart_add_level (pack, chart, BP_REFERENCE_LIMIT, 42.0, "Lower limit 42.0");
    chart_add_level (pack, chart, BP_REFERENCE_TARGET, 26, "Target 26, July 2026");
    chart_add_event (pack, chart, 12, "Limits set on these 12 months", false);
    chart_add_remark (pack, chart, 14, "Above the limit: October 2024", false);
    chart_add_remark (pack, chart, 23, "Nine in a row below the mean", false);
    chart->has_limits = true;
    chart->is_axis_free = true;
    chart->variation = BP_VARIATION_IMPROVING_LOW;
    chart->variation_word = "Special cause: improvement, low";
    chart->assurance = BP_ASSURANCE_FAIL;
    chart->assurance_word = "Will consistently miss the target";
    chart_add_table (pack, chart, "Median weeks", 0);
    return chart;
}

/* ---- oddities ---- */

static inline BpChart *chart_add_plain (BpPack *pack, BpNode *section, const char *title, int count, const double *values, int decimals)
{
    BpChart *chart = chart_start (pack, section, title, "An invented measure, Westbrook");
    chart_set_values (pack, chart, "Westbrook", count, values);
    if (count <= 24)
        chart_set_quarters (pack, chart);
    else
        chart_set_months (pack, chart);
    chart->axis_decimals = decimals;
    chart->is_axis_free = true;
    if (count > 0)
        chart_add_table (pack, chart, "Value", decimals);
    return chart;
}

/* Deterministic noise, for long series. */
static inline double chart_noise (unsigned *state)
{
    *state = *state * 1103515245u + 12345u;
    return (double)(*state >> 16 & 0x7fff) / 32768.0;
}

static inline void chart_add_long (BpPack *pack, BpNode *section, bool has_limits)
{
    double values[120];
    unsigned state = 7;
    char meanings[121] = { 0 };
    for (int i = 0; i < 120; i++)
    {
        values[i] = i == 70 || i == 71 ? NAN : 40.0 + 12.0 * chart_noise (&state) + (i > 100 ? 9.0 : 0.0) + (i == 33 ? 22.0 : 0.0);
        meanings[i] = i == 33 ? 'c' : i > 100 ? 'i' : 'u';
    }
    BpChart *chart = chart_add_plain (pack, section, has_limits ? "120 months with limits" : "120 months", 120, values, 1);
    if (!has_limits)
        return;
    chart->has_limits = true;
    chart_set_meanings (pack, chart, meanings);
    chart_add_reference (pack, chart, BP_REFERENCE_MEAN, 46.0, NULL, 0, 99);
    chart_add_reference (pack, chart, BP_REFERENCE_LIMIT, 57.0, NULL, 0, 99);
    chart_add_reference (pack, chart, BP_REFERENCE_LIMIT, 35.0, NULL, 0, 99);
    chart_add_reference (pack, chart, BP_REFERENCE_MEAN, 55.0, "Mean 55.0", 100, 119);
    chart_add_reference (pack, chart, BP_REFERENCE_LIMIT, 66.0, "Upper limit 66.0", 100, 119);
    chart_add_reference (pack, chart, BP_REFERENCE_LIMIT, 44.0, "Lower limit 44.0", 100, 119);
    chart_add_event (pack, chart, 100, "Limits set again", false);
    chart_add_remark (pack, chart, 33, "Above the limit", false);
    chart->variation = BP_VARIATION_NEUTRAL_HIGH;
    chart->variation_word = "Special cause: neither better nor worse, high";
    chart->assurance = BP_ASSURANCE_HIT_OR_MISS;
    chart->assurance_word = "May meet or miss the target by chance";
}

static inline void chart_add_wordy (BpPack *pack, BpNode *section)
{
    static const double values[] = { 60, 61, 64, 61, 60, 62, 63, 61 }, other[] = { 58, 59, 60, 60, 61, 61, 62, 62 },
                        third[] = { 66, 66, 65, 65, 64, 64, 63, 62 };
    static const char long_words[]
        = "A label that goes on and on about the measure, its definition, who counts it and why it must be read with care";
    BpChart *chart = chart_start (pack, section, "Very long words everywhere, and lines that lie close together", long_words);
    chart_set_values (pack, chart, "The London Borough of Westbrook and its partners", 8, values);
    chart_set_labels (pack, chart, "Autumn term of the academic year no. # (provisional figures)");
    chart_add_series (pack, chart, "Statistical neighbours, median", false, other);
    chart_add_series (pack, chart, "Inner London boroughs together", false, third);
    chart_add_level (pack, chart, BP_REFERENCE_TARGET, 62, long_words);
    chart_add_level (pack, chart, BP_REFERENCE_BENCHMARK, 61.8, long_words);
    chart_add_level (pack, chart, BP_REFERENCE_BENCHMARK, 61.5, "England 61.5% (2024)");
    chart_add_level (pack, chart, BP_REFERENCE_BENCHMARK, 61.9, "Statistical neighbours 61.9% (2024, provisional)");
    for (int i = 0; i < 4; i++)
        chart_add_remark (pack, chart, 2 * i, long_words, i % 2 == 0);
    chart_add_event (pack, chart, 3, "Series break: the definition changed", true);
    chart_add_event (pack, chart, 4, long_words, false);
    chart->axis_unit = "%";
    chart->is_axis_free = true;
    chart->source = long_words;
}

static inline void chart_add_icons (BpPack *pack, BpNode *section)
{
    static const struct
    {
        BpVariationIcon variation;
        BpAssuranceIcon assurance;
        const char *words[2], *meanings;
    } cases[] = { { BP_VARIATION_USUAL, BP_ASSURANCE_PASS, { "Usual variation", "Will consistently meet the target" }, "uuuuuuuuuuuu" },
                  { BP_VARIATION_CONCERNING_HIGH,
                    BP_ASSURANCE_HIT_OR_MISS,
                    { "Special cause: concern, high", "May meet or miss the target" },
                    "uuuuuccccccc" },
                  { BP_VARIATION_NEUTRAL_LOW, BP_ASSURANCE_NONE, { "Special cause: neither better nor worse, low", NULL }, "uuuuuunnnnnn" },
                  { BP_VARIATION_IMPROVING_HIGH,
                    BP_ASSURANCE_FAIL,
                    { "Special cause: improvement, high", "Will consistently miss the target" },
                    "uuuuuuiiiiii" } };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        double values[12];
        unsigned state = (unsigned)i + 3;
        for (int j = 0; j < 12; j++)
            values[j] = 50.0 + 8.0 * chart_noise (&state) + (cases[i].meanings[j] != 'u' ? (i == 2 ? -9.0 : 9.0) : 0.0);
        BpChart *chart = chart_add_plain (pack, section, cases[i].words[0], 12, values, 1);
        chart->has_limits = true;
        chart_set_meanings (pack, chart, cases[i].meanings);
        chart_add_level (pack, chart, BP_REFERENCE_MEAN, 54, "Mean 54.0");
        chart_add_level (pack, chart, BP_REFERENCE_LIMIT, 63, "Upper limit 63.0");
        chart_add_level (pack, chart, BP_REFERENCE_LIMIT, 45, "Lower limit 45.0");
        chart->variation = cases[i].variation;
        chart->variation_word = cases[i].words[0];
        chart->assurance = cases[i].assurance;
        chart->assurance_word = cases[i].words[1];
    }
}

static inline void chart_add_uneven (BpPack *pack, BpNode *section)
{
    static const double values[] = { 12, 14, NAN, 13, 17, 16 };
    static double positions[] = { 2019, 2020, 2021, 2022, 2022.5, 2025 };
    static const char *const labels[] = { "2019", "2020", "2021", "2022", "mid 2022", "2025" };
    BpChart *chart = chart_add_plain (pack, section, "Unequal gaps are drawn unequal, a break parts two lines", 6, values, 0);
    chart->categories = labels;
    chart->category_groups = NULL;
    chart->category_positions = positions;
    static const char *notes[] = { NULL, NULL, "[c]", NULL, NULL, NULL };
    chart->series[0].value_notes = notes;
    chart_add_event (pack, chart, 4, "Series break: counted anew", true);
    chart->is_axis_free = false;
}

static inline BpPack *chart_pack_new (void)
{
    static const double one[] = { 46 }, two[] = { 41, 46 }, level[] = { 38, 38, 38, 38, 38, 38 }, full[] = { 100, 100, 100, 100 },
                        negative[] = { -12, -3, 4, -8, -15, 2, 7 }, below[] = { -120, -118, -123, -119 },
                        huge[] = { 1.1e12, 1.25e12, 0.9e12, 1.4e12 }, tiny[] = { 1e-9, 3e-9, 2.5e-9, 4e-9 }, none[] = { NAN, NAN, NAN },
                        zeros[] = { 0, 0, 0, 0 }, lone[] = { 5, NAN, 7, NAN, 6, NAN, NAN, 9 },
                        thousands[] = { 2906, 3012, 3100, 3250, 3310 };
    BpPack *pack = demo_pack_start ();
    BpNode *section = chart_section (pack, "usual", "Timeliness is improving, with far to go");
    chart_add_run (pack, section);
    chart_add_limits (pack, section);
    section = chart_section (pack, "icons", "Icons");
    chart_add_icons (pack, section);
    section = chart_section (pack, "few", "Few points");
    chart_add_plain (pack, section, "One point", 1, one, 0)->axis_unit = "%";
    chart_add_plain (pack, section, "Two points", 2, two, 0)->axis_unit = "%";
    section = chart_section (pack, "many", "Many points");
    chart_add_long (pack, section, false);
    chart_add_long (pack, section, true);
    section = chart_section (pack, "level", "Level lines");
    chart_add_plain (pack, section, "All equal", 6, level, 0);
    chart_add_plain (pack, section, "All at the most there can be", 4, full, 0)->axis_unit = "%";
    chart_add_plain (pack, section, "All nought", 4, zeros, 0)->axis_unit = "%";
    section = chart_section (pack, "below", "Below nought");
    chart_add_plain (pack, section, "Above and below nought", 7, negative, 0);
    chart_add_plain (pack, section, "All below nought", 4, below, 0);
    section = chart_section (pack, "sizes", "Sizes");
    chart_add_plain (pack, section, "A million millions", 4, huge, 0)->table = NULL;
    chart_add_plain (pack, section, "A thousand-millionth", 4, tiny, 10)->table = NULL;
    chart_add_plain (pack, section, "Thousands", 5, thousands, 0);
    section = chart_section (pack, "gaps", "Gaps");
    chart_add_plain (pack, section, "Points alone between gaps", 8, lone, 0);
    chart_add_plain (pack, section, "No value at all", 3, none, 0);
    chart_add_uneven (pack, section);
    section = chart_section (pack, "wordy", "Many words");
    chart_add_wordy (pack, section);
    return pack;
}

#endif
