#include "pack/sheets/dashboard.h"

#include "domain/snapshot.h"
#include "pack/wording.h"

#include <string.h>

static const BpSheet *find_sheet (const BpPack *pack, const char *name)
{
    for (guint i = 0; i < pack->sheets->len; i++)
    {
        const BpSheet *sheet = g_ptr_array_index (pack->sheets, i);
        if (strcmp (sheet->name, name) == 0)
            return sheet;
    }
    g_assert_not_reached ();
}

static void add_status_graph (const BpBuild *build)
{
    const BpActionCounts *counts = &build->snapshot->counts;
    BpPack *pack = build->pack;
    const char *title = bp_pack_format (pack, "Status of the %s", bp_words_count (pack, counts->total, "action", "actions"));
    const char *alternative
        = bp_pack_format (pack, "Bar chart of the %s by status: %s.", bp_words_count (pack, counts->total, "action", "actions"),
                          bp_words_status_counts (build, counts));
    BpGraph *graph = bp_dashboard_add_graph (pack, BP_GRAPH_BARS, title, alternative);

    graph->tally = g_ptr_array_index (pack->dashboard->tallies, 0);
    graph->category_title = "Status";
    graph->value_title = "Actions (number)";
}

/* As the page of the summary counts: up to the as-of date. */
static void add_burn_up_graph (const BpBuild *build, const BpSheet *sheet)
{
    g_autoptr (GArray) points = bp_snapshot_burn_up (build->snapshot);
    BpPack *pack = build->pack;
    guint known = 0;

    for (guint i = 0; i < points->len; i++)
        known += g_array_index (points, BpBurnUpPoint, i).completed >= 0;
    if (points->len < 2 || known == 0)
        return;
    const BpBurnUpPoint *first = &g_array_index (points, BpBurnUpPoint, 0);
    const BpBurnUpPoint *last = &g_array_index (points, BpBurnUpPoint, points->len - 1);
    const BpBurnUpPoint *now = &g_array_index (points, BpBurnUpPoint, known - 1);
    const int dated = build->snapshot->counts.dated;
    const char *alternative = bp_pack_format (
        pack, "Two lines from %s to %s. By %s, %d of the %s with an end date %s planned to be complete, and %d %s.",
        bp_words_date (pack, first->month_end, BP_DATE_LONG), bp_words_date (pack, last->month_end, BP_DATE_LONG),
        bp_words_date (pack, now->month_end, BP_DATE_LONG), now->planned, bp_words_count (pack, dated, "action", "actions"),
        bp_words_pick_of (now->planned, dated, "was", "were"), now->completed, bp_words_pick (now->completed, "is", "are"));
    BpGraph *graph = bp_dashboard_add_graph (pack, BP_GRAPH_LINES, "Completed against plan", alternative);

    graph->table = sheet;
    graph->day_column = sheet->columns[0].title;
    graph->category_title = "Month";
    graph->value_title = "Actions (number)";
    graph->series[0]
        = (BpGraphSeries){ .name = "Planned", .role = BP_GRAPH_ROLE_PLAN, .column = sheet->columns[1].title, .row_count = points->len };
    graph->series[1]
        = (BpGraphSeries){ .name = "Completed", .role = BP_GRAPH_ROLE_VALUE, .column = sheet->columns[2].title, .row_count = known };
    graph->series_count = 2;
}

void bp_dashboard_add_action_graphs (const BpBuild *build, const BpSheet *burn_up)
{
    add_status_graph (build);
    add_burn_up_graph (build, burn_up);
}

void bp_dashboard_build (const BpBuild *build)
{
    const BpSheet *actions = find_sheet (build->pack, "Actions");
    BpPack *pack = build->pack;

    if (bp_sheet_row_count (actions) == 0)
        return;
    BpDashboard *dashboard = bp_pack_add_dashboard (pack, "Dashboard", "Counts by status, area, lead and term, and charts");
    g_ptr_array_add (dashboard->notes,
                     (gpointer)bp_pack_text (pack, "Counts are formulas over the rows of the sheet Actions: they follow what "
                                                   "is changed there; overdue is by its column Days overdue. Axes of charts "
                                                   "do not all begin at nought."));
    bp_dashboard_add_tallies (build, actions);
    bp_dashboard_add_action_graphs (build, find_sheet (pack, "Burn_Up"));
    bp_dashboard_add_kpi_graphs (build);
}
