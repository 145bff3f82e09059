#include "domain/snapshot.h"
#include "pack/local_column.h"
#include "pack/release.h"
#include "pack/sections/kpi_columns.h"
#include "pack/sections/section.h"
#include "pack/wording.h"

#include <math.h>
#include <string.h>

#define MOST_PERIODS 12

/* "Improved 12 points, 20 points from the target": the message of one measure. */
static const char *message_of (const BpBuild *build, const BpKpiView *view)
{
    const BpKpi *kpi = view->kpi;
    BpPack *pack = build->pack;
    const char *title = kpi->short_title;

    if (kpi->latest == NULL || (!kpi->latest->has_value && !view->is_hidden))
        return bp_pack_format (pack, "%s: no value yet", title);
    if (view->is_hidden)
        return bp_pack_format (pack, "%s: hidden, since it counts few people", title);
    g_autofree char *latest = bp_value_dup_text (&view->latest);
    const char *movement = view->is_compared ? bp_pack_format (pack, ", %s", bp_words_lower_first (pack, view->change_text)) : "";
    if (!kpi->has_target)
        return bp_pack_format (pack, "%s: %s%s", title, latest, movement);
    if (kpi->on_target.is_met)
        return bp_pack_format (pack, "%s: %s%s, target met", title, latest, movement);
    BpValue gap = bp_kpi_change (kpi, fabs (kpi->target - kpi->latest->value), MAX (kpi->latest->decimals, kpi->target_decimals));
    g_autofree char *gap_text = bp_value_dup_text (&gap);
    return bp_pack_format (pack, "%s: %s%s, %s from target", title, latest, movement, *gap_text == '+' ? gap_text + 1 : gap_text);
}

static const char *subtitle_of (const BpBuild *build, const BpKpi *kpi)
{
    const char *place = build->snapshot->programme->geography;
    const char *unit = bp_unit_words (kpi->unit);

    return bp_pack_format (build->pack, "%s (%s), %s%s%s", kpi->title, unit, bp_words_is_blank (place) ? "local figures" : place,
                           kpi->period_kind != BP_PERIOD_NONE ? ", by " : "",
                           kpi->period_kind != BP_PERIOD_NONE ? bp_period_kind_words (kpi->period_kind) : "");
}

static BpChartSeries *new_series (BpPack *pack, BpChartSeries *series, const char *name, guint count)
{
    series->name = bp_pack_text (pack, name);
    series->values = bp_pack_alloc (pack, sizeof (double) * MAX (count, 1));
    for (guint i = 0; i < count; i++)
        series->values[i] = NAN;
    return series;
}

static const BpKpiValue *find_in_period (const GPtrArray *values, const BpKpiValue *like)
{
    for (guint i = 0; values != NULL && like != NULL && i < values->len; i++)
    {
        const BpKpiValue *value = g_ptr_array_index (values, i);
        if (bp_period_is_same (&value->period, &like->period))
            return value;
    }
    return NULL;
}

static void fill_chart (const BpBuild *build, BpChart *chart, const BpKpiView *view, const GArray *points)
{
    const BpKpi *kpi = view->kpi;
    BpPack *pack = build->pack;
    const char **labels = bp_pack_alloc (pack, sizeof (char *) * MAX (points->len, 1));
    const char **notes = bp_pack_alloc (pack, sizeof (char *) * MAX (points->len, 1));
    bool has_trajectory = false;

    chart->category_count = (int)points->len;
    chart->series = bp_pack_alloc (pack, sizeof (BpChartSeries) * 2);
    const char *place = build->snapshot->programme->geography;
    BpChartSeries *actual = new_series (pack, &chart->series[0], bp_words_is_blank (place) ? "Local" : place, points->len);
    BpChartSeries *expected = new_series (pack, &chart->series[1], "Trajectory", points->len);
    expected->is_dashed = true;
    for (guint i = 0; i < points->len; i++)
    {
        const BpKpiPoint *point = &g_array_index (points, BpKpiPoint, i);
        BpValue shown = bp_kpi_value (build, kpi, point->value);
        labels[i] = point->period;
        if (shown.kind == BP_VALUE_SHORTHAND)
            notes[i] = bp_pack_text (pack, shown.text);
        else
        {
            actual->values[i] = point->value->value;
            shown.unit = NULL;
            actual->last_text = bp_pack_take (pack, bp_value_dup_text (&shown));
        }
        const BpKpiValue *planned = find_in_period (kpi->trajectory, point->value);
        if (planned != NULL && planned->has_value)
        {
            expected->values[i] = planned->value;
            has_trajectory = true;
        }
    }
    actual->value_notes = notes;
    chart->categories = labels;
    chart->series_count = has_trajectory ? 2 : 1;
    if (kpi->has_target)
    {
        g_autofree char *target = bp_value_dup_text (&view->target);
        chart->target = kpi->target;
        chart->target_label = bp_pack_format (pack, "Target %s, %s", target, view->target_period);
    }
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
    }
    /* n and d stand below each percentage, in the same row: half the height, and no number looked up in another row. */
    for (int part = 0; has_share && part < 2; part++)
    {
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_SECOND, part == 0 ? "counted (n)" : "out of (d)");
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
        if (benchmark->value == NULL || !benchmark->value->has_value)
            continue;
        BpValue value = bp_kpi_value (build, kpi, benchmark->value);
        g_autofree char *text = bp_value_dup_text (&value);
        g_ptr_array_add (
            words, (gpointer)bp_pack_format (pack, "%s %s (%s)", benchmark->geography, text, bp_kpi_period (build, benchmark->value)));
    }
    return bp_words_joined (pack, words, 0);
}

/* One caption for all that stands behind the numbers: what is counted, where from, what it compares with, what is not shown. */
static const char *source_of (const BpBuild *build, const BpKpi *kpi, const BpNode *table, int shown)
{
    BpPack *pack = build->pack;
    const char *shorthand = bp_table_shorthand_note (build, table);
    const char *benchmarks = benchmarks_of (build, kpi);
    g_autoptr (GString) text = g_string_new (NULL);

    if (!bp_words_is_blank (kpi->definition))
        g_string_append_printf (text, "Definition: %s ", bp_words_sentence (pack, kpi->definition));
    g_string_append_printf (text, "Source: %s.", bp_words_is_blank (kpi->source_text) ? "not given" : kpi->source_text);
    const char *local = bp_local_sentences (build, BP_TABLE_KPIS, kpi->local);
    if (*local != '\0')
        g_string_append_printf (text, " %s", local);
    if (benchmarks != NULL)
        g_string_append_printf (text, " Benchmarks: %s.", benchmarks);
    if (shorthand != NULL)
        g_string_append_printf (text, " %s", shorthand);
    if ((int)kpi->actuals->len > shown)
        g_string_append_printf (text, " The last %d periods are shown; all %u values are in the workbook.", shown, kpi->actuals->len);
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
    BpNode *node = bp_pack_add_chart (pack, context->node, BP_CHART_RUN, title, subtitle_of (build, kpi), bp_kpi_alternative (build, view));
    fill_chart (build, &node->as.chart, view, points);
    node->as.chart.table = new_table (build, kpi, points);
    node->as.chart.source = source_of (build, kpi, node->as.chart.table, (int)points->len);
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

void bp_section_build_kpi_details (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) kpis = bp_section_dup_kpis (context);
    int count = MIN ((int)kpis->len, bp_section_limit (context));
    int with_target = 0;
    int met = 0;

    bp_section_set_headline (context, NULL);
    if (count == 0)
    {
        bp_section_add_standing (context, NULL);
        return;
    }
    for (int i = 0; i < count; i++)
    {
        const BpKpi *kpi = g_ptr_array_index (kpis, (guint)i);
        bool is_known
            = kpi->has_target && kpi->latest != NULL && kpi->latest->has_value && !bp_release_hides_value (build->release, kpi->latest);
        with_target += is_known;
        met += is_known && kpi->on_target.is_met;
    }
    if (with_target > 1 && met == 0)
        bp_section_set_headline (
            context, bp_pack_format (pack, "None of the %s measures with a target has met it", bp_words_number (pack, with_target, false)));
    else if (with_target > 1 && met == with_target)
        bp_section_set_headline (context, with_target == 2 ? "Both measures with a target have met it"
                                                           : bp_pack_format (pack, "All %s measures with a target have met it",
                                                                             bp_words_number (pack, with_target, false)));
    else if (with_target > 1)
        bp_section_set_headline (context,
                                 bp_pack_format (pack, "%s of %s measures with a target %s met it", bp_words_number (pack, met, true),
                                                 bp_words_number (pack, with_target, false), bp_words_pick (met, "has", "have")));
    context->section->subtitle
        = bp_pack_format (pack, "%sImproved, same and worse are against the baseline of each measure.",
                          kpis->len < build->snapshot->kpis->len
                              ? bp_pack_format (pack, "%u of %u measures; all are in the workbook. ", kpis->len, build->snapshot->kpis->len)
                              : "");
    bp_section_set_message (context, bp_words_count (pack, count, "measure, with its numbers", "measures, with their numbers"));
    g_autoptr (GPtrArray) few = g_ptr_array_new ();
    for (int i = 0; i < count; i++)
    {
        BpKpi *kpi = g_ptr_array_index (kpis, (guint)i);
        if (bp_kpi_view (build, kpi)->trend.kind == BP_VALUE_SPARK)
            add_kpi (context, kpi);
        else
            g_ptr_array_add (few, kpi);
    }
    add_few (context, few);
    bp_section_add_cut_note (context, count, (int)kpis->len, "measures", "KPIs");
}
