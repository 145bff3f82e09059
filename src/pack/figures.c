#include "pack/figures.h"

#include "domain/snapshot.h"
#include "pack/kpi_view.h"
#include "pack/wording.h"

static void add_counts (const BpBuild *build, const char *prefix, const BpActionCounts *counts)
{
    BpPack *pack = build->pack;
    const struct
    {
        const char *name;
        int count;
    } figures[] = {
        { "total", counts->total },
        { "done", counts->done },
        { "open", counts->open },
        { "paused", counts->paused },
        { "overdue", counts->overdue },
        { "undated", counts->undated },
        { "without_update", counts->without_update },
        { "disagree", counts->disagree },
        { "changed", counts->changed },
        { "planned_done", counts->planned_done },
        { "dated", counts->dated },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (figures); i++)
        bp_pack_add_figure (pack, bp_pack_format (pack, "%s.%s", prefix, figures[i].name), bp_value_count (figures[i].count));
    for (guint i = 0; i < build->statuses->len; i++)
        bp_pack_add_figure (pack,
                            bp_pack_format (pack, "%s.status.%s", prefix, ((const BpStatus *)g_ptr_array_index (build->statuses, i))->code),
                            bp_value_count (bp_counts_of (counts, g_ptr_array_index (build->statuses, i))));
    bp_pack_add_figure (pack, bp_pack_format (pack, "%s.done.of", prefix), bp_value_of (counts->done, counts->total));
}

static void add_area (const BpBuild *build, const BpArea *area)
{
    g_autoptr (GPtrArray) actions = bp_area_dup_all_actions (area);
    BpActionCounts counts = bp_snapshot_count (build->snapshot, actions);

    add_counts (build, bp_pack_format (build->pack, "actions.area.%s", area->key), &counts);
    bp_action_counts_clear (&counts);
}

static void add_kpis (const BpBuild *build)
{
    const BpSnapshot *snapshot = build->snapshot;
    BpPack *pack = build->pack;
    int improved = 0;
    int same = 0;
    int worse = 0;
    int compared = 0;

    for (guint i = 0; i < snapshot->kpis->len; i++)
    {
        const BpKpi *kpi = g_ptr_array_index (snapshot->kpis, i);
        const BpKpiView *view = bp_kpi_view (build, kpi);
        if (view->latest.figure != NULL)
            bp_pack_add_figure (pack, view->latest.figure, view->latest);
        if (view->baseline.figure != NULL)
            bp_pack_add_figure (pack, view->baseline.figure, view->baseline);
        if (view->target.figure != NULL)
            bp_pack_add_figure (pack, view->target.figure, view->target);
        improved += kpi->on_baseline.movement == BP_MOVEMENT_IMPROVED;
        same += kpi->on_baseline.movement == BP_MOVEMENT_SAME;
        worse += kpi->on_baseline.movement == BP_MOVEMENT_WORSE;
        compared += kpi->on_baseline.movement != BP_MOVEMENT_NONE;
    }
    bp_pack_add_figure (pack, "kpis.total", bp_value_count (snapshot->kpis->len));
    bp_pack_add_figure (pack, "kpis.compared", bp_value_count (compared));
    bp_pack_add_figure (pack, "kpis.improved", bp_value_count (improved));
    bp_pack_add_figure (pack, "kpis.same", bp_value_count (same));
    bp_pack_add_figure (pack, "kpis.worse", bp_value_count (worse));
}

void bp_figures_add (const BpBuild *build)
{
    const BpSnapshot *snapshot = build->snapshot;
    BpPack *pack = build->pack;

    add_counts (build, "actions", &snapshot->counts);
    for (guint i = 0; i < snapshot->areas->len; i++)
        add_area (build, g_ptr_array_index (snapshot->areas, i));
    for (guint i = 0; i < snapshot->projects->len; i++)
    {
        const BpProject *project = g_ptr_array_index (snapshot->projects, i);
        BpActionCounts counts = bp_snapshot_count (snapshot, project->actions);
        add_counts (build, bp_pack_format (pack, "actions.project.%s", project->id), &counts);
        bp_action_counts_clear (&counts);
    }
    add_kpis (build);
    bp_pack_add_figure (pack, "findings.error", bp_value_count (bp_finding_list_count (snapshot->findings, BP_LEVEL_ERROR)));
    bp_pack_add_figure (pack, "findings.check", bp_value_count (bp_finding_list_count (snapshot->findings, BP_LEVEL_CHECK)));
    bp_pack_add_figure (pack, "findings.note", bp_value_count (bp_finding_list_count (snapshot->findings, BP_LEVEL_NOTE)));
    bp_pack_add_figure (pack, "rows.left_out", bp_value_count (bp_finding_list_count_quarantined (snapshot->findings)));
    bp_pack_add_figure (pack, "actions.loaded",
                        bp_value_of (snapshot->loaded[BP_TABLE_ACTIONS].loaded, snapshot->loaded[BP_TABLE_ACTIONS].seen));
    bp_pack_add_figure (pack, "kpi_values.loaded",
                        bp_value_of (snapshot->loaded[BP_TABLE_KPI_VALUES].loaded, snapshot->loaded[BP_TABLE_KPI_VALUES].seen));
}
