#include "domain/snapshot.h"
#include "pack/kpi_view.h"
#include "pack/release.h"
#include "pack/sheets/dashboard.h"
#include "pack/sheets/sheet_cells.h"
#include "pack/wording.h"

#define LEAST_VALUES 2

enum
{
    COLUMN_KPI,
    COLUMN_TITLE,
    COLUMN_PERIOD,
    COLUMN_DAY,
    COLUMN_UNIT,
    COLUMN_VALUE,
    COLUMN_TARGET,
    COLUMN_BENCHMARK,
    COLUMN_PLACE,
    COLUMN_IN_PACK
};
static const BpSheetColumn columns[] = {
    { "KPI", BP_SHEET_TEXT, 10 },          { "Short title", BP_SHEET_TEXT, 34 },
    { "Period", BP_SHEET_TEXT, 18 },       { "Period ends", BP_SHEET_DATE, 20 },
    { "Unit", BP_SHEET_TEXT, 12 },         { "Value", BP_SHEET_NUMBER, 12 },
    { "Target", BP_SHEET_NUMBER, 12 },     { "Benchmark", BP_SHEET_NUMBER, 12 },
    { "Benchmark of", BP_SHEET_TEXT, 30 }, { "In this pack's PDF", BP_SHEET_TEXT, 10 },
};

/* What one chart is made from. */
typedef struct
{
    const BpBuild *build;
    const BpKpi *kpi;
    BpSheet *sheet;
    const BpBenchmark *benchmark; /* NULL: none that may be shown */
    guint first_row, row_count;
} KpiGraph;

static bool has_number (const BpBuild *build, const BpKpi *kpi, const BpKpiValue *value)
{
    return value->has_value && value->period.kind != BP_PERIOD_NONE && bp_kpi_value (build, kpi, value).kind != BP_VALUE_SHORTHAND;
}

static int count_numbers (const BpBuild *build, const BpKpi *kpi)
{
    int count = 0;

    for (guint i = 0; kpi->actuals != NULL && i < kpi->actuals->len; i++)
        count += has_number (build, kpi, g_ptr_array_index (kpi->actuals, i));
    return count;
}

static const BpBenchmark *find_benchmark (const BpBuild *build, const BpKpi *kpi)
{
    for (guint i = 0; kpi->benchmarks != NULL && i < kpi->benchmarks->len; i++)
    {
        const BpBenchmark *benchmark = &g_array_index (kpi->benchmarks, BpBenchmark, i);
        if (benchmark->value != NULL && has_number (build, kpi, benchmark->value) && bp_kpi_is_comparable_elsewhere (kpi))
            return benchmark;
    }
    return NULL;
}

/* The number without its unit, which has a column of its own. */
static BpValue bare (BpValue value)
{
    value.unit = NULL;
    value.figure = NULL;
    return value;
}

static const char *benchmark_place (const KpiGraph *graph)
{
    return bp_pack_format (graph->build->pack, "%s, %s", graph->benchmark->geography,
                           bp_kpi_period (graph->build, graph->benchmark->value));
}

static void add_rows (KpiGraph *graph)
{
    const BpBuild *build = graph->build;
    const BpKpi *kpi = graph->kpi;

    graph->first_row = bp_sheet_row_count (graph->sheet);
    for (guint i = 0; i < kpi->actuals->len; i++)
    {
        const BpKpiValue *value = g_ptr_array_index (kpi->actuals, i);
        if (!has_number (build, kpi, value))
            continue;
        BpValue *cells = bp_sheet_add_row (build->pack, graph->sheet);
        cells[COLUMN_KPI] = bp_sheet_text (build, kpi->id, "[x]");
        cells[COLUMN_TITLE] = bp_sheet_text (build, kpi->short_title, "[x]");
        cells[COLUMN_PERIOD] = bp_sheet_text (build, bp_kpi_period (build, value), "[x]");
        cells[COLUMN_DAY] = bp_sheet_date (value->period.last, "[x]");
        cells[COLUMN_UNIT] = bp_value_text (bp_unit_words (kpi->unit));
        cells[COLUMN_VALUE] = bp_pack_value (build->pack, bare (bp_kpi_value (build, kpi, value)));
        cells[COLUMN_TARGET] = kpi->has_target ? bare (bp_kpi_number (kpi, kpi->target, kpi->target_decimals)) : bp_value_shorthand ("[z]");
        cells[COLUMN_BENCHMARK] = graph->benchmark != NULL
                                      ? bp_pack_value (build->pack, bare (bp_kpi_value (build, kpi, graph->benchmark->value)))
                                      : bp_value_shorthand ("[z]");
        cells[COLUMN_PLACE] = graph->benchmark != NULL ? bp_value_text (benchmark_place (graph)) : bp_value_shorthand ("[z]");
        /* wherever a measure is printed, its latest value is */
        cells[COLUMN_IN_PACK] = bp_sheet_in_pack (build, value == kpi->latest ? (gconstpointer)kpi : value);
        graph->row_count++;
    }
}

static const char *printed (const BpBuild *build, BpValue value)
{
    return bp_pack_take (build->pack, bp_value_dup_text (&value));
}

/* "Target 75%, Q1 2026/27" */
static const char *target_words (const BpBuild *build, const BpKpi *kpi)
{
    const BpKpiView *view = bp_kpi_view (build, kpi);

    return bp_pack_format (build->pack, "Target %s, %s", printed (build, bp_kpi_number (kpi, kpi->target, kpi->target_decimals)),
                           view->target_period);
}

static const char *benchmark_words (const KpiGraph *graph)
{
    return bp_pack_format (graph->build->pack, "%s %s, %s", graph->benchmark->geography,
                           printed (graph->build, bp_kpi_value (graph->build, graph->kpi, graph->benchmark->value)),
                           bp_kpi_period (graph->build, graph->benchmark->value));
}

static const BpKpiValue *nth_number (const KpiGraph *graph, guint wanted)
{
    guint seen = 0;

    for (guint i = 0; i < graph->kpi->actuals->len; i++)
    {
        const BpKpiValue *value = g_ptr_array_index (graph->kpi->actuals, i);
        if (has_number (graph->build, graph->kpi, value) && seen++ == wanted)
            return value;
    }
    g_assert_not_reached ();
}

static const char *alternative (const KpiGraph *graph)
{
    const BpBuild *build = graph->build;
    const BpKpiValue *first = nth_number (graph, 0), *last = nth_number (graph, graph->row_count - 1);
    const BpKpi *kpi = graph->kpi;
    BpPack *pack = build->pack;
    const char *level = kpi->has_target ? bp_pack_format (pack, " %s.", target_words (build, kpi)) : " No target is set.";

    return bp_pack_format (pack, "Line of %u values of \u201C%s\u201D: %s in %s, %s in %s.%s%s", graph->row_count, kpi->short_title,
                           printed (build, bp_kpi_value (build, kpi, first)), bp_kpi_period (build, first),
                           printed (build, bp_kpi_value (build, kpi, last)), bp_kpi_period (build, last), level,
                           graph->benchmark != NULL ? bp_pack_format (pack, " %s.", benchmark_words (graph)) : "");
}

static void add_series (const KpiGraph *from, BpGraph *graph, BpGraphRole role, int column, const char *name)
{
    graph->series[graph->series_count++] = (BpGraphSeries){
        .name = name, .role = role, .column = columns[column].title, .first_row = from->first_row, .row_count = from->row_count
    };
}

static void add_graph (KpiGraph *from)
{
    const BpBuild *build = from->build;
    const BpKpi *kpi = from->kpi;

    from->benchmark = find_benchmark (build, kpi);
    add_rows (from);
    BpGraph *graph = bp_dashboard_add_graph (build->pack, BP_GRAPH_LINES, kpi->short_title, alternative (from));
    graph->table = from->sheet;
    graph->day_column = columns[COLUMN_DAY].title;
    graph->category_title = "Period ends";
    graph->value_title
        = bp_pack_format (build->pack, "%c%s", g_ascii_toupper (bp_unit_words (kpi->unit)[0]), bp_unit_words (kpi->unit) + 1);
    const char *geography = build->snapshot->programme->geography;
    add_series (from, graph, BP_GRAPH_ROLE_VALUE, COLUMN_VALUE,
                bp_words_is_blank (geography) ? "Value" : bp_pack_text (build->pack, geography));
    if (kpi->has_target)
        add_series (from, graph, BP_GRAPH_ROLE_TARGET, COLUMN_TARGET, target_words (build, kpi));
    if (from->benchmark != NULL)
        add_series (from, graph, BP_GRAPH_ROLE_BENCHMARK, COLUMN_BENCHMARK, benchmark_words (from));
}

static const char *note_of_undrawn (const BpBuild *build, const GPtrArray *titles)
{
    if (titles->len == 0)
        return NULL;
    return bp_pack_format (build->pack, "No chart, for want of two values: %s.", bp_words_joined (build->pack, titles, 0));
}

void bp_dashboard_add_kpi_graphs (const BpBuild *build)
{
    g_autoptr (GPtrArray) undrawn = g_ptr_array_new ();
    const GPtrArray *kpis = build->snapshot->kpis;
    BpSheet *sheet = NULL;

    for (guint i = 0; i < kpis->len; i++)
    {
        const BpKpi *kpi = g_ptr_array_index (kpis, i);
        if (!kpi->is_headline)
            continue;
        if (count_numbers (build, kpi) < LEAST_VALUES)
        {
            g_ptr_array_add (undrawn, (gpointer)kpi->short_title);
            continue;
        }
        if (sheet == NULL)
        {
            sheet = bp_pack_add_sheet (build->pack, "Chart_Data", "Numbers of the dashboard\u2019s charts",
                                       "What the charts of headline measures are drawn from", columns, G_N_ELEMENTS (columns));
            bp_sheet_add_note (build, sheet,
                               "Values that were supplied, oldest first. Target and benchmark stand beside each: they are level lines.");
        }
        KpiGraph graph = { .build = build, .kpi = kpi, .sheet = sheet };
        add_graph (&graph);
    }
    build->pack->dashboard->graphs_note = note_of_undrawn (build, undrawn);
}
