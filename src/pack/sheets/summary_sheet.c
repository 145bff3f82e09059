#include "domain/snapshot.h"
#include "pack/kpi_view.h"
#include "pack/sheets/sheet_cells.h"
#include "pack/sheets/sheet_table.h"
#include "pack/wording.h"

static const BpSheetColumn columns[] = {
    { "Scope", BP_SHEET_TEXT, 46 },       { "Measure", BP_SHEET_TEXT, 38 },     { "Number (n)", BP_SHEET_COUNT, 12 },
    { "Out of (N)", BP_SHEET_COUNT, 12 }, { "Per cent", BP_SHEET_PERCENT, 10 }, { "In this pack's PDF", BP_SHEET_TEXT, 10 },
};

static void add_row (const BpBuild *build, BpSheet *sheet, const char *scope, const char *measure, const char *figure, int count, int total)
{
    BpValue *cells = bp_sheet_add_row (build->pack, sheet);

    cells[0] = bp_value_text (scope);
    cells[1] = bp_value_text (bp_pack_text (build->pack, measure));
    cells[2] = bp_sheet_figure (build, bp_value_count (count), "%s", figure);
    cells[3] = total > 0 ? bp_value_count (total) : bp_value_shorthand ("[z]");
    cells[4] = total > 0 ? bp_value_percent_of (count, total, 0) : bp_value_shorthand ("[z]");
    cells[5] = bp_sheet_figure_in_pack (build, figure);
}

static void add_counts (const BpBuild *build, BpSheet *sheet, const char *scope, const char *prefix, const BpActionCounts *counts)
{
    BpPack *pack = build->pack;
    const struct
    {
        const char *measure, *name;
        int count;
    } figures[] = {
        { "All complete", "done", counts->done },
        { "Open", "open", counts->open },
        { "Paused", "paused", counts->paused },
        { "Overdue", "overdue", counts->overdue },
        { "Without an end date", "undated", counts->undated },
        { "Without an update where one was due", "without_update", counts->without_update },
        { "Reported better than the dates say", "disagree", counts->disagree },
        { "Changed since the last pack", "changed", counts->changed },
        { "Planned to be complete by the as-at date", "planned_done", counts->planned_done },
        { "With an original end date", "dated", counts->dated },
    };

    add_row (build, sheet, scope, "All actions", bp_pack_format (pack, "%s.total", prefix), counts->total, build->snapshot->counts.total);
    for (gsize i = 0; i < G_N_ELEMENTS (figures); i++)
        add_row (build, sheet, scope, figures[i].measure, bp_pack_format (pack, "%s.%s", prefix, figures[i].name), figures[i].count,
                 counts->total);
    for (guint i = 0; i < build->statuses->len; i++)
    {
        const BpStatus *status = g_ptr_array_index (build->statuses, i);
        add_row (build, sheet, scope, bp_pack_format (pack, "Status: %s", status->label),
                 bp_pack_format (pack, "%s.status.%s", prefix, status->code), bp_counts_of (counts, status), counts->total);
    }
}

static void add_scope (const BpBuild *build, BpSheet *sheet, const char *scope, const char *prefix, const GPtrArray *actions)
{
    BpActionCounts counts = bp_snapshot_count (build->snapshot, actions);

    if (counts.total > 0)
        add_counts (build, sheet, scope, prefix, &counts);
    bp_action_counts_clear (&counts);
}

static void add_kpis (const BpBuild *build, BpSheet *sheet)
{
    const GPtrArray *kpis = build->snapshot->kpis;
    int improved = 0;
    int same = 0;
    int worse = 0;
    int compared = 0;

    for (guint i = 0; i < kpis->len; i++)
    {
        const BpKpi *kpi = g_ptr_array_index (kpis, i);
        improved += kpi->on_baseline.movement == BP_MOVEMENT_IMPROVED;
        same += kpi->on_baseline.movement == BP_MOVEMENT_SAME;
        worse += kpi->on_baseline.movement == BP_MOVEMENT_WORSE;
        compared += kpi->on_baseline.movement != BP_MOVEMENT_NONE;
    }
    add_row (build, sheet, "All measures", "Compared with their baseline", "kpis.compared", compared, (int)kpis->len);
    add_row (build, sheet, "All measures", "Improved on the baseline", "kpis.improved", improved, compared);
    add_row (build, sheet, "All measures", "Same as the baseline", "kpis.same", same, compared);
    add_row (build, sheet, "All measures", "Worse than the baseline", "kpis.worse", worse, compared);
}

void bp_sheet_build_summary (const BpBuild *build)
{
    const BpSnapshot *snapshot = build->snapshot;
    BpPack *pack = build->pack;
    BpSheet *sheet = bp_pack_add_sheet (pack, "Summary", "Summary of actions and measures", "Counts by scope: n, out of N, per cent",
                                        columns, G_N_ELEMENTS (columns));

    bp_sheet_add_note (build, sheet, "Each row is one count. Per cent is n out of N, never 100 unless n is N, nor 0 unless n is 0.");
    bp_sheet_add_note (build, sheet,
                       "What was done before the plan has no date in the sheet Actions; it counts as dated, planned and complete.");
    add_counts (build, sheet, "All actions", "actions", &snapshot->counts);
    for (guint i = 0; i < snapshot->areas->len; i++)
    {
        const BpArea *area = g_ptr_array_index (snapshot->areas, i);
        g_autoptr (GPtrArray) actions = bp_area_dup_all_actions (area);
        add_scope (build, sheet, bp_pack_format (pack, "%s: %s", bp_words_area_label (build, area), area->short_title),
                   bp_pack_format (pack, "actions.area.%s", area->key), actions);
    }
    for (guint i = 0; i < snapshot->projects->len; i++)
    {
        const BpProject *project = g_ptr_array_index (snapshot->projects, i);
        add_scope (build, sheet, bp_pack_format (pack, "Project: %s", project->title),
                   bp_pack_format (pack, "actions.project.%s", project->id), project->actions);
    }
    add_kpis (build, sheet);
}

/* ---- Burn_Up ---- */

static const BpSheetColumn burn_up_columns[] = {
    { "Date", BP_SHEET_DATE, 20 },
    { "Planned to be complete (number)", BP_SHEET_COUNT, 16 },
    { "Complete (number)", BP_SHEET_COUNT, 14 },
    { "In this pack's PDF", BP_SHEET_TEXT, 10 },
};

void bp_sheet_build_burn_up (const BpBuild *build)
{
    g_autoptr (GArray) points = bp_snapshot_burn_up (build->snapshot);
    BpSheet *sheet = bp_pack_add_sheet (build->pack, "Burn_Up", "Completed against plan",
                                        "Actions planned to be complete, and complete, at each month's end", burn_up_columns,
                                        G_N_ELEMENTS (burn_up_columns));

    bp_sheet_add_note (build, sheet,
                       "Planned is by original dates. Only actions with an end date count; what was done before the plan counts as dated. "
                       "[z] is still to come.");
    for (guint i = 0; i < points->len; i++)
    {
        const BpBurnUpPoint *point = &g_array_index (points, BpBurnUpPoint, i);
        BpValue *cells = bp_sheet_add_row (build->pack, sheet);
        cells[0] = bp_value_date (point->month_end, BP_DATE_LONG);
        cells[1] = bp_value_count (point->planned);
        cells[2] = point->completed >= 0 ? bp_value_count (point->completed) : bp_value_shorthand ("[z]");
        cells[3] = bp_sheet_in_pack (build, &build->snapshot->counts);
    }
}
