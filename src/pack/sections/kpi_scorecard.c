#include "domain/snapshot.h"
#include "pack/sections/kpi_columns.h"
#include "pack/sections/section.h"
#include "pack/wording.h"

/* Fewer rows than one in so many have a benchmark: they stand below the target, and every title has the room of their column. */
#define ROWS_PER_BENCHMARK 3

typedef enum
{
    MEASURE,
    BASELINE,
    LATEST,
    TARGET,
    ON_BASELINE,
    TREND,
    BENCHMARK, /* the last, though not on the page, since not every scorecard has it */
    COLUMNS
} Column;

static BpNode *add_table (BpSectionContext *context, bool has_benchmarks, int *places)
{
    static const BpTableColumn all[COLUMNS] = {
        [MEASURE] = { .title = "Measure", .width_share = 1.0, .is_row_header = true },
        [BASELINE] = { .title = "Baseline", .align = BP_ALIGN_RIGHT, .width_pt = 58.0 },
        [LATEST] = { .title = "Latest", .align = BP_ALIGN_RIGHT, .width_pt = 67.0 },
        [TARGET] = { .title = "Target", .align = BP_ALIGN_RIGHT, .width_pt = 60.0 },
        [BENCHMARK] = { .title = "Benchmark", .width_pt = 66.0 },
        [ON_BASELINE] = { .title = "On baseline", .width_pt = 84.0 },
        [TREND] = { .title = "Trend", .width_pt = 50.0 },
    };
    static const Column order[] = { MEASURE, BASELINE, LATEST, TARGET, BENCHMARK, ON_BASELINE, TREND };
    BpTableColumn columns[COLUMNS];
    int count = 0;

    for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
        places[order[i]] = count;
        if (order[i] == BENCHMARK && !has_benchmarks)
            continue;
        columns[count++] = all[order[i]];
    }
    if (!has_benchmarks)
    {
        places[BENCHMARK] = places[TARGET];
        columns[places[TARGET]].width_pt = 84.0;
    }
    return bp_pack_add_table (context->build->pack, context->node, BP_TABLE_FULL, context->section->name, columns, count);
}

typedef struct
{
    int improved, same, worse, changed, without; /* without: nothing to compare */
} Tally;

/* A hidden measure counts as in every other pack: totals are the same for all audiences, and a word tells no number. */
static Tally tally_of (const GPtrArray *kpis)
{
    Tally tally = { 0 };

    for (guint i = 0; i < kpis->len; i++)
    {
        const BpKpi *kpi = g_ptr_array_index (kpis, i);
        switch (kpi->on_baseline.movement)
        {
        case BP_MOVEMENT_IMPROVED:
            tally.improved++;
            break;
        case BP_MOVEMENT_SAME:
            tally.same++;
            break;
        case BP_MOVEMENT_WORSE:
            tally.worse++;
            break;
        case BP_MOVEMENT_CHANGED:
            tally.changed++;
            break;
        case BP_MOVEMENT_NONE:
            tally.without++;
            break;
        }
    }
    return tally;
}

static void append_count (const BpBuild *build, GPtrArray *words, int count, const char *one, const char *many)
{
    if (count == 0)
        return;
    bool is_first = words->len == 0;
    g_ptr_array_add (words, (gpointer)bp_pack_format (build->pack, "%s %s", bp_words_number (build->pack, count, is_first),
                                                      bp_words_pick (count, one, many)));
}

/* A few measures say nothing of the rest: "5 of 33 measures. Of all 18 that can be compared, 14 have improved and 1 is worse. ". Where
 * those shown are all that can be compared, the title has said it. */
static const char *part_words (const BpBuild *build, const GPtrArray *kpis, int compared_here)
{
    const Tally all = tally_of (build->snapshot->kpis);
    const int compared = all.improved + all.same + all.worse + all.changed;
    BpPack *pack = build->pack;
    const char *shown = bp_pack_format (pack, "%u of %u measures; all are in the workbook. ", kpis->len, build->snapshot->kpis->len);

    if (compared < 2 || compared == compared_here)
        return shown;
    bp_build_mark_figure (build, "kpis.compared");
    bp_build_mark_figure (build, "kpis.improved");
    bp_build_mark_figure (build, "kpis.worse");
    return bp_pack_format (pack, "%sOf all %d that can be compared, %d %s improved and %d %s worse. ", shown, compared, all.improved,
                           bp_words_pick (all.improved, "has", "have"), all.worse, bp_words_pick (all.worse, "is", "are"));
}

/* Of what the cover counts: "14 of 18 comparable measures have improved"; of a part "2 of 6 shown have improved, 4 not compared". */
static const char *cover_words (const BpBuild *build, const Tally *tally, int compared, int shown, bool is_part)
{
    BpPack *pack = build->pack;

    if (compared == 0)
        return "No measure can be compared yet";
    if (!is_part || (tally->without == 0 && shown > 1))
        return bp_pack_format (pack, "%d of %d %s%s %s improved", tally->improved, compared, tally->without > 0 ? "comparable " : "",
                               is_part ? "shown" : bp_words_pick (compared, "measure", "measures"),
                               bp_words_pick_of (tally->improved, compared, "has", "have"));
    return bp_pack_format (pack, "%d of %d shown %s improved, %d not compared", tally->improved, shown,
                           bp_words_pick_of (tally->improved, shown, "has", "have"), tally->without);
}

/* Of all measures: title and subtitle count them, but for what is nought. */
static void mark_figures (const BpBuild *build, const GPtrArray *kpis, const Tally *tally, int compared)
{
    if (kpis->len < build->snapshot->kpis->len || compared == 0)
        return;
    bp_build_mark_figure (build, "kpis.compared");
    bp_build_mark_figure (build, "kpis.improved");
    if (tally->same > 0)
        bp_build_mark_figure (build, "kpis.same");
    if (tally->worse > 0)
        bp_build_mark_figure (build, "kpis.worse");
}

static void set_headline (BpSectionContext *context, const GPtrArray *kpis)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    Tally tally = tally_of (kpis);
    int compared = tally.improved + tally.same + tally.worse + tally.changed;
    g_autoptr (GPtrArray) rest = g_ptr_array_new ();

    append_count (build, rest, tally.worse, "is worse", "are worse");
    append_count (build, rest, tally.same, "is the same", "are the same");
    append_count (build, rest, tally.changed, "has changed, where neither way is better", "have changed, where neither way is better");
    append_count (build, rest, tally.without, "has nothing to compare", "have nothing to compare");
    const char *others = bp_words_joined (pack, rest, 0);
    mark_figures (build, kpis, &tally, compared);
    const bool is_part = kpis->len < build->snapshot->kpis->len;
    const char *which
        = tally.without > 0 ? (is_part ? " shown here that can be compared" : " that can be compared") : (is_part ? " shown here" : "");
    if (compared == 0)
        bp_section_set_headline (context, NULL);
    else if (compared == 1)
        bp_section_set_headline (context,
                                 bp_pack_format (pack, "The one measure%s has %simproved", which, tally.improved == 1 ? "" : "not "));
    else if (compared == 2 && tally.improved == 2)
        bp_section_set_headline (context, bp_pack_format (pack, "Both measures%s have improved", which));
    else if (tally.improved == compared)
        bp_section_set_headline (context,
                                 bp_pack_format (pack, "All %s measures%s have improved", bp_words_number (pack, compared, false), which));
    else if (tally.improved == 0)
        bp_section_set_headline (
            context, bp_pack_format (pack, "None of the %s measures%s has improved", bp_words_number (pack, compared, false), which));
    else
        bp_section_set_headline (context,
                                 bp_pack_format (pack, "%s of %s%s measures%s %s improved", bp_words_number (pack, tally.improved, true),
                                                 bp_words_number (pack, compared, false), tally.without > 0 ? " comparable" : "",
                                                 is_part ? " shown here" : "", bp_words_pick (tally.improved, "has", "have")));
    context->section->subtitle
        = bp_pack_format (pack, "%sEach is compared with its own baseline.%s%s%s", is_part ? part_words (build, kpis, compared) : "",
                          others != NULL ? " " : "", others != NULL ? others : "", others != NULL ? "." : "");
    bp_section_set_message (context, cover_words (build, &tally, compared, (int)kpis->len, is_part));
}

static const char *area_of (const BpBuild *build, const BpKpi *kpi)
{
    const BpArea *area = kpi->area;

    if (area == NULL)
        return "Programme-wide and context";
    while (area->parent != NULL)
        area = area->parent;
    return bp_pack_format (build->pack, "%s: %s", bp_words_area_label (build, area), bp_words_lower_first (build->pack, area->short_title));
}

static const BpArea *top_area_of (const BpKpi *kpi)
{
    const BpArea *area = kpi->area;

    while (area != NULL && area->parent != NULL)
        area = area->parent;
    return area;
}

static void add_rows (BpSectionContext *context, BpNode *table, const GPtrArray *kpis, int count, const int *places)
{
    const BpBuild *build = context->build;
    const BpArea *last = NULL;
    bool is_sorted = bp_section_layout_find (context->options, "sort") != NULL;

    for (int i = 0; i < count; i++)
    {
        const BpKpi *kpi = g_ptr_array_index (kpis, (guint)i);
        const BpArea *area = top_area_of (kpi);
        if (!is_sorted && (i == 0 || area != last))
            bp_pack_add_group_row (build->pack, table, area_of (build, kpi), NULL);
        last = area;
        const BpKpiView *view = bp_kpi_view (build, kpi);
        BpTableRow *row = bp_pack_add_row (build->pack, table, BP_ROW_PLAIN, kpi->id);
        bp_cell_add_measure (build, &row->cells[places[MEASURE]], view);
        bp_cell_add_baseline (build, &row->cells[places[BASELINE]], view);
        bp_cell_add_latest (build, &row->cells[places[LATEST]], view, BP_LATEST_IN_LINES);
        bp_cell_add_target (build, &row->cells[places[TARGET]], view);
        if (places[BENCHMARK] != places[TARGET] || bp_kpi_has_benchmark (kpi))
            bp_cell_add_benchmarks (build, &row->cells[places[BENCHMARK]], view);
        bp_cell_add_movement (build, &row->cells[places[ON_BASELINE]], view);
        bp_cell_add_variation (build, &row->cells[places[ON_BASELINE]], kpi);
        bp_cell_add_trend (build, &row->cells[places[TREND]], view);
        bp_build_mark_printed (build, kpi);
    }
}

/* Measures of one area stand together, in the order in which the areas are first met; measures without an area come last. */
static void gather_by_area (GPtrArray *kpis)
{
    g_autoptr (GPtrArray) order = g_ptr_array_new ();
    g_autoptr (GPtrArray) gathered = g_ptr_array_sized_new (kpis->len);

    for (guint i = 0; i < kpis->len; i++)
    {
        gpointer area = (gpointer)top_area_of (g_ptr_array_index (kpis, i));
        if (area != NULL && !g_ptr_array_find (order, area, NULL))
            g_ptr_array_add (order, area);
    }
    g_ptr_array_add (order, NULL);
    for (guint a = 0; a < order->len; a++)
        for (guint i = 0; i < kpis->len; i++)
            if (top_area_of (g_ptr_array_index (kpis, i)) == g_ptr_array_index (order, a))
                g_ptr_array_add (gathered, g_ptr_array_index (kpis, i));
    for (guint i = 0; i < kpis->len; i++)
        g_ptr_array_index (kpis, i) = g_ptr_array_index (gathered, i);
}

void bp_section_build_kpi_scorecard (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    g_autoptr (GPtrArray) kpis = bp_section_dup_kpis (context);
    int count = MIN ((int)kpis->len, bp_section_limit (context));

    bp_section_set_headline (context, NULL);
    if (count == 0)
    {
        bp_section_add_standing (context, NULL);
        return;
    }
    if (bp_section_layout_find (context->options, "sort") == NULL)
        gather_by_area (kpis);
    set_headline (context, kpis);
    int benchmarked = 0;
    for (int i = 0; i < count; i++)
        benchmarked += bp_kpi_has_benchmark (g_ptr_array_index (kpis, (guint)i));
    int places[COLUMNS];
    BpNode *table = add_table (context, ROWS_PER_BENCHMARK * benchmarked >= count, places);
    add_rows (context, table, kpis, count, places);
    table->as.table.footnote = bp_table_measures_note (build, table, kpis, count, true);
    bp_section_add_cut_note (context, count, (int)kpis->len, "measures", "KPIs");
}
