#include "pack/sections/kpi_columns.h"

#include "domain/snapshot.h"
#include "pack/kpi_limits.h"
#include "pack/release.h"
#include "pack/sections/section.h"
#include "pack/wording.h"

#include <string.h>

void bp_cell_add_measure (const BpBuild *build, BpCell *cell, const BpKpiView *view)
{
    bp_cell_add_text (build->pack, cell, BP_LINE_MAIN, view->kpi->short_title);
    bp_cell_add_text (build->pack, cell, BP_LINE_SECOND, view->direction);
}

/* In two short lines, so that no other column has to make room. */
void bp_cell_add_variation (const BpBuild *build, BpCell *cell, const BpKpi *kpi)
{
    const char *meaning = NULL;

    switch (bp_kpi_limits (build, kpi)->variation)
    {
    case BP_VARIATION_NONE:
        return;
    case BP_VARIATION_USUAL:
        bp_cell_add_text (build->pack, cell, BP_LINE_SECOND, "Usual variation");
        return;
    case BP_VARIATION_IMPROVING_HIGH:
    case BP_VARIATION_IMPROVING_LOW:
        meaning = "improvement";
        break;
    case BP_VARIATION_CONCERNING_HIGH:
    case BP_VARIATION_CONCERNING_LOW:
        meaning = "concern";
        break;
    case BP_VARIATION_NEUTRAL_HIGH:
        meaning = "high";
        break;
    case BP_VARIATION_NEUTRAL_LOW:
        meaning = "low";
        break;
    }
    bp_cell_add_text (build->pack, cell, BP_LINE_SECOND, "Special cause:");
    bp_cell_add_text (build->pack, cell, BP_LINE_SECOND, meaning);
}

void bp_cell_add_baseline (const BpBuild *build, BpCell *cell, const BpKpiView *view)
{
    bp_cell_add (build->pack, cell, BP_LINE_MAIN, view->baseline);
    bp_cell_add_text (build->pack, cell, BP_LINE_SECOND, view->baseline_period);
}

void bp_cell_add_latest (const BpBuild *build, BpCell *cell, const BpKpiView *view, BpLatestForm form)
{
    BpPack *pack = build->pack;
    const char *share = view->is_hidden ? NULL : view->latest_share;
    const char *period = view->latest_period != NULL ? view->latest_period : "no value yet";

    if (view->kpi->is_stale && view->latest_period != NULL)
    {
        bp_cell_add (pack, cell, BP_LINE_STRONG, bp_value_tag ("Stale"));
        bp_cell_set_beside (pack, cell, view->latest);
    }
    else
        bp_cell_add (pack, cell, BP_LINE_STRONG, view->latest);
    if (share != NULL && form == BP_LATEST_IN_ONE_LINE)
        bp_cell_add_text (pack, cell, BP_LINE_SECOND, bp_pack_format (pack, "%s, %s", share, period));
    else
    {
        if (share != NULL)
            bp_cell_add_text (pack, cell, BP_LINE_SECOND, share);
        bp_cell_add_text (pack, cell, BP_LINE_SECOND, period);
    }
    const char *flag = bp_kpi_view_flag (view);
    if (flag != NULL)
        bp_cell_set_beside (pack, cell, bp_value_shorthand (flag));
}

void bp_cell_add_target (const BpBuild *build, BpCell *cell, const BpKpiView *view)
{
    bp_cell_add (build->pack, cell, BP_LINE_MAIN, view->target);
    bp_cell_add_text (build->pack, cell, BP_LINE_SECOND, view->target_period);
}

static bool is_benchmark_shown (const BpKpi *kpi, const BpBenchmark *benchmark)
{
    return benchmark->value != NULL && benchmark->value->has_value && bp_kpi_is_comparable_elsewhere (kpi);
}

bool bp_kpi_has_benchmark (const BpKpi *kpi)
{
    for (guint i = 0; kpi->benchmarks != NULL && i < kpi->benchmarks->len; i++)
        if (is_benchmark_shown (kpi, &g_array_index (kpi->benchmarks, BpBenchmark, i)))
            return true;
    return false;
}

void bp_cell_add_benchmarks (const BpBuild *build, BpCell *cell, const BpKpiView *view)
{
    const BpKpi *kpi = view->kpi;
    int shown = 0;

    for (guint i = 0; kpi->benchmarks != NULL && i < kpi->benchmarks->len && shown < 2; i++)
    {
        const BpBenchmark *benchmark = &g_array_index (kpi->benchmarks, BpBenchmark, i);
        if (!is_benchmark_shown (kpi, benchmark))
            continue;
        BpValue value = bp_kpi_value (build, kpi, benchmark->value);
        g_autofree char *text = bp_value_dup_text (&value);
        /* Every number has its period: one of another period compares with nothing here. */
        bp_cell_add_text (build->pack, cell, BP_LINE_SECOND,
                          bp_pack_format (build->pack, "%s %s, %s", benchmark->geography, text, bp_kpi_period (build, benchmark->value)));
        bp_build_mark_printed (build, benchmark->value);
        shown++;
    }
    if (shown == 0)
        bp_cell_add (build->pack, cell, BP_LINE_MAIN, bp_value_shorthand ("[x]"));
}

void bp_cell_add_movement (const BpBuild *build, BpCell *cell, const BpKpiView *view)
{
    bp_cell_add (build->pack, cell, BP_LINE_MAIN, view->movement);
    if (view->change.kind != BP_VALUE_NONE && view->has_other_season)
    {
        g_autofree char *change = bp_value_dup_text (&view->change);
        bp_cell_add_text (build->pack, cell, BP_LINE_SECOND, bp_pack_format (build->pack, "%s\u2020", change));
    }
    else if (view->change.kind != BP_VALUE_NONE)
        bp_cell_add (build->pack, cell, BP_LINE_SECOND, view->change);
}

void bp_cell_add_trend (const BpBuild *build, BpCell *cell, const BpKpiView *view)
{
    bp_cell_add (build->pack, cell, view->trend.kind == BP_VALUE_SPARK ? BP_LINE_MAIN : BP_LINE_SECOND, view->trend);
}

void bp_section_add_measure_panel (const BpBuild *build, BpNode *section, const GPtrArray *kpis, const char *caption)
{
    const BpTableColumn columns[] = {
        { .title = "Measure", .width_share = 1.0, .is_row_header = true },
        { .title = "Baseline", .align = BP_ALIGN_RIGHT, .width_pt = 60.0 },
        { .title = "Latest", .align = BP_ALIGN_RIGHT, .width_pt = 112.0 },
        { .title = "Target", .align = BP_ALIGN_RIGHT, .width_pt = 62.0 },
        { .title = "On baseline", .width_pt = 80.0 },
        { .title = "Trend", .width_pt = 62.0 },
    };
    BpPack *pack = build->pack;
    BpNode *table = bp_pack_add_table (pack, section, BP_TABLE_PANEL, caption, columns, G_N_ELEMENTS (columns));

    for (guint i = 0; i < kpis->len; i++)
    {
        const BpKpi *kpi = g_ptr_array_index (kpis, i);
        const BpKpiView *view = bp_kpi_view (build, kpi);
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, kpi->id);
        bp_cell_add_measure (build, &row->cells[0], view);
        bp_cell_add_baseline (build, &row->cells[1], view);
        bp_cell_add_latest (build, &row->cells[2], view, BP_LATEST_IN_ONE_LINE);
        bp_cell_add_target (build, &row->cells[3], view);
        bp_cell_add_movement (build, &row->cells[4], view);
        bp_cell_add_trend (build, &row->cells[5], view);
        bp_build_mark_printed (build, kpi);
    }
    table->as.table.footnote = bp_table_measures_note (build, table, kpis, (int)kpis->len, false);
}

GPtrArray *bp_build_dup_area_kpis (const BpBuild *build, const BpArea *area)
{
    GPtrArray *kpis = g_ptr_array_new ();

    for (guint i = 0; i < build->snapshot->kpis->len; i++)
    {
        BpKpi *kpi = g_ptr_array_index (build->snapshot->kpis, i);
        for (const BpArea *at = kpi->area; at != NULL; at = at->parent)
            if (at == area)
                g_ptr_array_add (kpis, kpi);
    }
    return kpis;
}

static const struct
{
    const char *mark, *meaning;
} marks[] = {
    { "[c]", "[c] hidden to protect people" },
    { "[x]", "[x] not available" },
    { "[z]", "[z] does not apply" },
    { "[low]", "[low] not nought but rounds to nought" },
    { "[p]", "[p] provisional" },
    { "[r]", "[r] revised" },
    { "[e]", "[e] estimated" },
    { "[b]", "[b] break in the series" },
};

const char *bp_shorthand_words (const char *mark)
{
    for (gsize m = 0; m < G_N_ELEMENTS (marks); m++)
        if (strcmp (marks[m].mark, mark) == 0)
            return marks[m].meaning;
    return NULL;
}

const char *bp_table_shorthand_note (const BpBuild *build, const BpNode *node)
{
    const BpTableNode *table = &node->as.table;
    bool is_used[G_N_ELEMENTS (marks)] = { false };
    g_autoptr (GPtrArray) words = g_ptr_array_new ();

    for (guint r = 0; r < table->rows->len; r++)
    {
        const BpTableRow *row = &g_array_index (table->rows, BpTableRow, r);
        int cell_count = row->kind == BP_ROW_GROUP ? 1 : table->column_count;
        for (int c = 0; c < cell_count; c++)
            for (guint l = 0; l < row->cells[c].lines->len; l++)
            {
                const BpCellLine *line = &g_array_index (row->cells[c].lines, BpCellLine, l);
                for (gsize m = 0; m < G_N_ELEMENTS (marks); m++)
                    is_used[m] = is_used[m] || (line->value.kind == BP_VALUE_SHORTHAND && g_strcmp0 (line->value.text, marks[m].mark) == 0)
                                 || (line->beside.kind == BP_VALUE_SHORTHAND && g_strcmp0 (line->beside.text, marks[m].mark) == 0);
            }
    }
    for (gsize m = 0; m < G_N_ELEMENTS (marks); m++)
        if (is_used[m])
            g_ptr_array_add (words, (gpointer)marks[m].meaning);
    if (words->len == 0)
        return NULL;
    g_ptr_array_add (words, NULL);
    g_autofree char *joined = g_strjoinv ("; ", (char **)words->pdata);
    return bp_pack_format (build->pack, "%s.", joined);
}

const char *bp_table_measures_note (const BpBuild *build, const BpNode *table, const GPtrArray *kpis, int count, bool says_variation)
{
    const char *shorthand = bp_table_shorthand_note (build, table);
    bool has_target = false;
    bool has_stale = false;
    bool has_dagger = false;
    bool has_special = false;
    bool has_usual = false;
    g_autoptr (GPtrArray) reasons = g_ptr_array_new ();

    for (int i = 0; i < count; i++)
    {
        const BpKpiView *view = bp_kpi_view (build, g_ptr_array_index (kpis, (guint)i));
        has_target = has_target || (view->trend.kind == BP_VALUE_SPARK && view->kpi->has_target);
        has_stale = has_stale || view->kpi->is_stale;
        has_dagger = has_dagger || view->has_other_season;
        const BpVariationIcon variation = says_variation ? bp_kpi_limits (build, view->kpi)->variation : BP_VARIATION_NONE;
        has_usual = has_usual || variation == BP_VARIATION_USUAL;
        has_special = has_special || (variation != BP_VARIATION_NONE && variation != BP_VARIATION_USUAL);
        if (!view->is_compared && !view->is_hidden && view->kpi->latest != NULL && view->kpi->has_baseline
            && view->kpi->on_baseline.reason != NULL)
            g_ptr_array_add (reasons, (gpointer)bp_pack_format (build->pack, "%s is not compared: %s.", view->kpi->short_title,
                                                                view->kpi->on_baseline.reason));
    }
    g_autoptr (GPtrArray) words = g_ptr_array_new ();
    if (shorthand != NULL)
        g_ptr_array_add (words, (gpointer)shorthand);
    if (has_target)
        g_ptr_array_add (words, (gpointer) "Dashed line: target.");
    if (has_stale)
        g_ptr_array_add (words, (gpointer)BP_STALE_NOTE);
    if (has_dagger)
        g_ptr_array_add (words, (gpointer)BP_OTHER_SEASON_NOTE);
    if (has_special)
        g_ptr_array_add (words, (gpointer) "Special cause: more than the usual ups and downs of the measure.");
    if (has_usual)
        g_ptr_array_add (words, (gpointer) "Usual variation: within the usual ups and downs of the measure.");
    for (guint i = 0; i < reasons->len; i++)
        g_ptr_array_add (words, g_ptr_array_index (reasons, i));
    if (words->len == 0)
        return NULL;
    g_ptr_array_add (words, NULL);
    return bp_pack_take (build->pack, g_strjoinv (" ", (char **)words->pdata));
}
