#include "domain/snapshot.h"
#include "pack/local_column.h"
#include "pack/release.h"
#include "pack/sections/kpi_columns.h"
#include "pack/sections/run_chart.h"
#include "pack/sections/section.h"
#include "pack/wording.h"

#include <math.h>
#include <string.h>

#define MOST_PERIODS 12

/* The figure without its unit, which the words before it have said. */
static const char *bare_text (BpPack *pack, BpValue value)
{
    value.unit = NULL;
    return bp_pack_take (pack, bp_value_dup_text (&value));
}

/* "38 [p]", "67% (stale)": the figure with the marks that it has in the tables. */
static const char *marked (const BpBuild *build, const BpKpiView *view, const char *figure)
{
    const char *flag = bp_kpi_view_flag (view);

    return bp_pack_format (build->pack, "%s%s%s%s", figure, flag != NULL ? " " : "", flag != NULL ? flag : "",
                           view->kpi->is_stale ? " (stale)" : "");
}

/* "better, up 24.9 points to 46.0%", "worse, up 0.5 to 5.3", "still 48%"; the figure alone where it is compared with nothing. */
static const char *travel_of (const BpBuild *build, const BpKpiView *view)
{
    const BpComparison *on = &view->kpi->on_baseline;
    BpPack *pack = build->pack;
    const char *judgement = on->movement == BP_MOVEMENT_IMPROVED ? "better, " : on->movement == BP_MOVEMENT_WORSE ? "worse, " : "";

    if (!view->is_compared)
        return marked (build, view, bp_pack_take (pack, bp_value_dup_text (&view->latest)));
    if (on->movement == BP_MOVEMENT_SAME)
        return bp_pack_format (pack, "still %s", marked (build, view, bp_pack_take (pack, bp_value_dup_text (&view->latest))));
    const BpValue amount = bp_kpi_change (view->kpi, fabs (on->change), MAX (view->kpi->latest->decimals, view->kpi->baseline_decimals));
    g_autofree char *text = bp_value_dup_text (&amount);
    return bp_pack_format (pack, "%s%s %s%s to %s", judgement, on->change > 0 ? "up" : "down", *text == '+' ? text + 1 : text,
                           view->has_other_season ? "\u2020" : "", marked (build, view, bare_text (pack, view->latest)));
}

/* "Wait for ND assessment: better, down 12 weeks† to 38 [p], target 26": the message of one measure. */
static const char *message_of (const BpBuild *build, const BpKpiView *view)
{
    const BpKpi *kpi = view->kpi;
    BpPack *pack = build->pack;
    const char *title = kpi->short_title;

    if (kpi->latest == NULL || (!kpi->latest->has_value && !view->is_hidden))
        return bp_pack_format (pack, "%s: no value yet", title);
    if (view->is_hidden)
        return bp_pack_format (pack, "%s: hidden, since it counts few people", title);
    const char *travel = travel_of (build, view);
    if (!kpi->has_target)
        return bp_pack_format (pack, "%s: %s", title, travel);
    const char *target = bare_text (pack, view->target);
    if (kpi->is_target_uncertain)
        return bp_pack_format (pack, "%s: %s. Target %s, %s", title, travel, target, view->target_period);
    return bp_pack_format (pack, "%s: %s, target %s%s", title, travel, target,
                           bp_kpi_target_state (build, kpi) == BP_TARGET_MET ? " met" : "");
}

static const char *subtitle_of (const BpBuild *build, const BpKpi *kpi)
{
    const char *place = build->snapshot->programme->geography;
    const char *unit = bp_unit_words (kpi->unit);

    return bp_pack_format (build->pack, "%s (%s), %s%s%s", kpi->title, unit, bp_words_is_blank (place) ? "local figures" : place,
                           kpi->period_kind != BP_PERIOD_NONE ? ", by " : "",
                           kpi->period_kind != BP_PERIOD_NONE ? bp_period_kind_words (kpi->period_kind) : "");
}

/* A number of people, or its shorthand where it is hidden or was not supplied. */
static BpValue part_value (const BpBuild *build, const BpKpiValue *value, bool is_numerator)
{
    if (bp_release_hides_value (build->release, value))
        return bp_value_shorthand ("[c]");
    if (value == NULL || !value->has_share)
        return bp_value_shorthand ("[x]");
    return bp_value_number (is_numerator ? value->numerator : value->denominator, 0, NULL);
}

static const char *row_title (const BpKpi *kpi, const char *geography)
{
    if (!bp_words_is_blank (geography))
        return geography;
    switch (kpi->unit)
    {
    case BP_UNIT_PERCENT:
        return "Per cent";
    case BP_UNIT_COUNT:
        return "Number";
    case BP_UNIT_DAYS:
        return "Days";
    case BP_UNIT_WEEKS:
        return "Weeks";
    case BP_UNIT_RATE:
        return "Rate";
    case BP_UNIT_SCORE:
        return "Score";
    case BP_UNIT_GBP:
        return "Pounds";
    }
    g_assert_not_reached ();
}

/* "Aug 2024" for a month: the table has a narrow column for each period. */
static const char *short_period (const BpBuild *build, const BpKpiPoint *point)
{
    for (int month = 1; month <= 12; month++)
    {
        const char *name = bp_month_name (month);
        if (g_str_has_prefix (point->period, name) && point->period[strlen (name)] == ' ')
            return bp_pack_format (build->pack, "%s%s", bp_month_short_name (month), point->period + strlen (name));
    }
    return point->period;
}

static bool is_figure (BpValue value)
{
    return value.kind != BP_VALUE_SHORTHAND;
}

/* A share whose counts nobody supplied: said once, where the rows of the counts would stand. */
static bool lacks_counts (const BpKpi *kpi, const GArray *points)
{
    bool has_value = false;

    if (kpi->unit != BP_UNIT_PERCENT && kpi->unit != BP_UNIT_RATE)
        return false;
    for (guint i = 0; i < points->len; i++)
    {
        const BpKpiValue *value = g_array_index (points, BpKpiPoint, i).value;
        if (value != NULL && value->has_share)
            return false;
        has_value = has_value || (value != NULL && value->has_value);
    }
    return has_value;
}

static BpNode *new_table (const BpBuild *build, const BpKpi *kpi, const GArray *points)
{
    BpPack *pack = build->pack;
    BpTableColumn columns[MOST_PERIODS + 1] = { { .title = "Period", .width_share = 1.0, .is_row_header = true } };
    bool has_share = false;

    for (guint i = 0; i < points->len; i++)
    {
        const BpKpiPoint *point = &g_array_index (points, BpKpiPoint, i);
        columns[i + 1]
            = (BpTableColumn){ .title = short_period (build, point), .align = BP_ALIGN_RIGHT, .width_pt = points->len > 8 ? 34.0 : 50.0 };
        has_share = has_share || (point->value != NULL && point->value->has_share);
    }
    BpNode *table
        = bp_pack_new_table (pack, BP_TABLE_PANEL, bp_pack_format (pack, "Values of %s", kpi->short_title), columns, (int)points->len + 1);
    BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, kpi->id);
    bp_cell_add_text (pack, &row->cells[0], BP_LINE_MAIN, row_title (kpi, NULL));
    for (guint i = 0; i < points->len; i++)
    {
        BpValue value = bp_kpi_value (build, kpi, g_array_index (points, BpKpiPoint, i).value);
        value.unit = NULL; /* the row's title names it */
        bp_cell_add (pack, &row->cells[i + 1], i + 1 == points->len ? BP_LINE_STRONG : BP_LINE_MAIN, value);
        const char *flag = is_figure (value) ? bp_kpi_flag (g_array_index (points, BpKpiPoint, i).value) : NULL;
        if (flag != NULL)
            bp_cell_set_beside (pack, &row->cells[i + 1], bp_value_shorthand (flag));
    }
    /* n and d stand below each percentage, in the same row: half the height, and no number looked up in another row. */
    for (int part = 0; has_share && part < 2; part++)
    {
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_SECOND, part == 0 ? "Number" : "Out of");
        for (guint i = 0; i < points->len; i++)
            bp_cell_add (pack, &row->cells[i + 1], BP_LINE_SECOND,
                         part_value (build, g_array_index (points, BpKpiPoint, i).value, part == 0));
    }
    return table;
}

static const char *benchmarks_of (const BpBuild *build, const BpKpi *kpi)
{
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) words = g_ptr_array_new ();

    for (guint i = 0; kpi->benchmarks != NULL && i < kpi->benchmarks->len; i++)
    {
        const BpBenchmark *benchmark = &g_array_index (kpi->benchmarks, BpBenchmark, i);
        if (benchmark->value == NULL || !benchmark->value->has_value || !bp_kpi_is_comparable_elsewhere (kpi))
            continue;
        BpValue value = bp_kpi_value (build, kpi, benchmark->value);
        g_autofree char *text = bp_value_dup_text (&value);
        g_ptr_array_add (
            words, (gpointer)bp_pack_format (pack, "%s %s (%s)", benchmark->geography, text, bp_kpi_period (build, benchmark->value)));
    }
    return bp_words_joined (pack, words, 0);
}

/* The chart reaches further back than its table: what is a gap there alone is explained too. */
static void append_marks (const BpChart *chart, GString *text)
{
    for (int c = 0; c < chart->category_count; c++)
    {
        const char *mark = chart->series[0].value_notes[c];
        const char *words = mark != NULL ? bp_shorthand_words (mark) : NULL;
        if (words != NULL && strstr (text->str, words) == NULL)
            g_string_append_printf (text, " %s.", words);
    }
}

/* One caption for all that stands behind the numbers: what is counted, where from, what it compares with, what is not shown. */
static const char *source_of (const BpRunChart *run, const BpNode *table, const GArray *points)
{
    const BpBuild *build = run->build;
    const BpKpi *kpi = run->kpi;
    BpPack *pack = build->pack;
    const char *note = bp_run_chart_note (run);
    const char *shorthand = bp_table_shorthand_note (build, table);
    const char *benchmarks = benchmarks_of (build, kpi);
    g_autoptr (GString) text = g_string_new (NULL);

    if (!bp_words_is_blank (kpi->definition))
        g_string_append_printf (text, "Definition: %s ", bp_words_sentence (pack, kpi->definition));
    g_string_append_printf (text, "Source: %s.", bp_words_is_blank (kpi->source_text) ? "not given" : kpi->source_text);
    /* The source is the measure's; its later values came later. */
    if (kpi->latest != NULL && kpi->latest->published != BP_DATE_NONE)
        g_string_append_printf (text, " Latest value published %s.", bp_words_date (pack, kpi->latest->published, BP_DATE_LONG));
    if (lacks_counts (kpi, points))
        g_string_append (text, " Number and out of: n not supplied.");
    const char *local = bp_local_sentences (build, BP_TABLE_KPIS, kpi->local);
    if (*local != '\0')
        g_string_append_printf (text, " %s", local);
    if (benchmarks != NULL)
        g_string_append_printf (text, " Benchmarks: %s.", benchmarks);
    if (note != NULL)
        g_string_append_printf (text, " %s", note);
    if (shorthand != NULL)
        g_string_append_printf (text, " %s", shorthand);
    append_marks (run->chart, text);
    if (run->view->has_other_season)
        g_string_append (text, " " BP_OTHER_SEASON_NOTE);
    if (kpi->is_stale)
        g_string_append (text, " " BP_STALE_NOTE);
    if (kpi->actuals->len > points->len)
        g_string_append_printf (text, " The table has the last %u periods; all %u values are in the workbook.", points->len,
                                kpi->actuals->len);
    return bp_pack_text (pack, text->str);
}

static void add_kpi (BpSectionContext *context, const BpKpi *kpi)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    const BpKpiView *view = bp_kpi_view (build, kpi);
    g_autoptr (GArray) points = bp_kpi_points (build, kpi, MOST_PERIODS);
    const char *title = message_of (build, view);

    bp_build_mark_printed (build, kpi);
    BpNode *node = bp_pack_add_chart (pack, context->node, BP_CHART_RUN, title, subtitle_of (build, kpi), NULL);
    BpRunChart run = bp_run_chart_fill (build, &node->as.chart, view);
    node->as.chart.table = new_table (build, kpi, points);
    node->as.chart.source = source_of (&run, node->as.chart.table, points);
}

/* Measures with fewer than two figures make no chart: a line each. */
static void add_few (BpSectionContext *context, const GPtrArray *kpis)
{
    const BpTableColumn columns[] = {
        { .title = "Measure", .width_share = 1.0, .is_row_header = true },
        { .title = "Latest", .align = BP_ALIGN_RIGHT, .width_pt = 90.0 },
        { .title = "Target", .align = BP_ALIGN_RIGHT, .width_pt = 70.0 },
        { .title = "Definition and source", .width_share = 1.3 },
    };
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;

    if (kpis->len == 0)
        return;
    bp_pack_add_heading (pack, context->node, 2, "Measures with one figure or none",
                         bp_words_count (pack, (int)kpis->len, "measure", "measures"));
    BpNode *table
        = bp_pack_add_table (pack, context->node, BP_TABLE_FULL, "Measures with one figure or none", columns, G_N_ELEMENTS (columns));
    for (guint i = 0; i < kpis->len; i++)
    {
        const BpKpi *kpi = g_ptr_array_index (kpis, i);
        const BpKpiView *view = bp_kpi_view (build, kpi);
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, kpi->id);
        bp_cell_add_measure (build, &row->cells[0], view);
        bp_cell_add_latest (build, &row->cells[1], view, BP_LATEST_IN_LINES);
        bp_cell_add_target (build, &row->cells[2], view);
        bp_cell_add_text (pack, &row->cells[3], BP_LINE_MAIN,
                          bp_words_is_blank (kpi->definition) ? "No definition given" : bp_words_sentence (pack, kpi->definition));
        bp_cell_add_text (pack, &row->cells[3], BP_LINE_SECOND,
                          bp_words_is_blank (kpi->source_text) ? "No source given" : kpi->source_text);
        bp_local_add_line (build, &row->cells[3], BP_TABLE_KPIS, kpi->local);
        bp_build_mark_printed (build, kpi);
    }
    table->as.table.footnote = bp_table_shorthand_note (build, table);
}

/* Of the measures that the section shows, and it says so where they are not all. "Known to": some of them cannot be tested. */
static const char *headline_of (const BpSectionContext *context, const GPtrArray *kpis)
{
    BpPack *pack = context->build->pack;
    int counts[BP_TARGET_MET + 1] = { 0 };

    for (guint i = 0; i < kpis->len; i++)
        counts[bp_kpi_target_state (context->build, g_ptr_array_index (kpis, i))]++;
    const int met = counts[BP_TARGET_MET];
    const int total = met + counts[BP_TARGET_MISSED] + counts[BP_TARGET_UNTESTED];
    if (total < 2 || total == counts[BP_TARGET_UNTESTED])
        return NULL;
    const char *here = kpis->len < context->build->snapshot->kpis->len ? " shown" : "";
    const char *with = counts[BP_TARGET_NONE] > 0 ? " with a target" : "";
    const char *it = counts[BP_TARGET_NONE] > 0 ? "it" : "its target";
    const char *their = counts[BP_TARGET_NONE] > 0 ? "it" : "their target";
    const char *has = counts[BP_TARGET_UNTESTED] > 0 ? "is known to have" : "has";
    const char *have = counts[BP_TARGET_UNTESTED] > 0 ? "are known to have" : "have";
    if (met == total)
        return total == 2
                   ? bp_pack_format (pack, "Both measures%s%s have met %s", here, with, their)
                   : bp_pack_format (pack, "All %s measures%s%s have met %s", bp_words_number (pack, total, false), here, with, their);
    return bp_pack_format (pack, "%s of %s%s measures%s%s %s met %s", met == 0 ? "None" : bp_words_number (pack, met, true),
                           met == 0 ? "the " : "", bp_words_number (pack, total, false), here, with, met < 2 ? has : have,
                           met < 2 ? it : their);
}

void bp_section_build_kpi_details (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) kpis = bp_section_dup_kpis (context);
    int count = MIN ((int)kpis->len, bp_section_limit (context));

    bp_section_set_headline (context, NULL);
    if (count == 0)
    {
        bp_section_add_standing (context, NULL);
        return;
    }
    bp_section_set_headline (context, headline_of (context, kpis));
    context->section->subtitle
        = bp_pack_format (pack, "%sBetter, worse and still are against the baseline of each measure.",
                          kpis->len < build->snapshot->kpis->len
                              ? bp_pack_format (pack, "%u of %u measures; all are in the workbook. ", kpis->len, build->snapshot->kpis->len)
                              : "");
    bp_section_set_message (context, bp_words_count (pack, count, "measure, with its numbers", "measures, with their numbers"));
    g_autoptr (GPtrArray) few = g_ptr_array_new ();
    for (int i = 0; i < count; i++)
    {
        BpKpi *kpi = g_ptr_array_index (kpis, (guint)i);
        if (bp_kpi_view (build, kpi)->value_count >= 2)
            add_kpi (context, kpi);
        else
            g_ptr_array_add (few, kpi);
    }
    add_few (context, few);
    bp_section_add_cut_note (context, count, (int)kpis->len, "measures", "KPIs");
}
