#include "base/text.h"
#include "domain/rules/rule_table.h"
#include "domain/snapshot.h"
#include "pack/mark.h"
#include "pack/release.h"
#include "pack/sections/action_columns.h"
#include "pack/sections/asks.h"
#include "pack/sections/exception_groups.h"
#include "pack/sections/kpi_columns.h"
#include "pack/sections/section.h"
#include "pack/sections/summary_words.h"
#include "pack/wording.h"

#include <math.h>
#include <string.h>

#define MOST_TILES 6
#define MOST_REFS 5

/* The top exceptions: how many lines the page has for each row that is asked for, and what stands in a line of their narrowest column. */
#define ROW_LINES 3
#define LINE_CHARS 24
#define USUAL_ASKS 2

/* A month's end by its month; the as-of date within a month by its day. */
static const char *point_label (const BpBuild *build, BpDate date)
{
    int year, month, day;

    bp_date_split (date, &year, &month, &day);
    if (date != bp_date_month_end (year, month))
        return bp_words_date (build->pack, date, BP_DATE_MEDIUM);
    return bp_pack_format (build->pack, "%s %d", bp_month_short_name (month), year);
}

static void set_headline (BpSectionContext *context, const GArray *points)
{
    const BpActionCounts *counts = &context->build->snapshot->counts;
    BpPack *pack = context->build->pack;

    if (counts->total == 0)
    {
        bp_section_set_headline (context, NULL);
        return;
    }
    const char *against = bp_summary_against_plan (context->build, points);
    bp_section_set_headline (context, bp_summary_headline (context->build, points));
    bp_section_set_message (context, bp_pack_format (pack, "%d of %d complete, %s", counts->done, counts->total, against));
    bp_build_mark_figure (context->build, "actions.done");
    bp_build_mark_figure (context->build, "actions.total");
}

static void add_status (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    const BpActionCounts *counts = &build->snapshot->counts;
    const char *title = bp_pack_format (build->pack, "Status of the %s", bp_words_count (build->pack, counts->total, "action", "actions"));

    BpNode *bar = bp_section_add_status_bar (build, context->node, counts, title, NULL, "actions");
    /* Below a bar as wide as the page stands the whole scale, with what has no action too. */
    for (guint i = 0; counts->total > 0 && i < build->statuses->len; i++)
        bp_build_mark_figure (build, "actions.status.%s", ((const BpStatus *)g_ptr_array_index (build->statuses, i))->code);
    const char *disagreeing = bp_words_disagreeing (build, build->snapshot->actions);
    /* "1 reported on track is past its date": of one kind alone the words give the whole count. */
    if (disagreeing != NULL && g_ascii_strtoll (disagreeing, NULL, 10) == counts->disagree)
        bp_build_mark_figure (build, "actions.disagree");
    /* Beside the title: a line below the bar would push the exceptions off the page. */
    bar->as.chart.aside = bp_summary_status_aside (build);
    if (counts->total == 0)
        bp_section_add_standing (context, NULL);
}

/* ---- completed against plan ---- */

/* "40 of the 67 actions with an end date were planned to be complete and 26 are". */
static const char *progress_text (const BpBuild *build, int planned, int done, int dated)
{
    BpPack *pack = build->pack;
    const char *are = done == 0 ? "none is" : bp_pack_format (pack, "%d %s", done, bp_words_pick (done, "is", "are"));

    if (dated == 1)
        return bp_pack_format (pack, "the one action with an end date was %splanned to be complete and is %s", planned == 1 ? "" : "not ",
                               done == 1 ? "complete" : "not");
    if (planned == 0)
        return bp_pack_format (pack, "none of the %d actions with an end date was planned to be complete and %s", dated, are);
    return bp_pack_format (pack, "%d of the %d actions with an end date %s planned to be complete and %s", planned, dated,
                           bp_words_pick (planned, "was", "were"), are);
}

static void fill_burn_up (const BpBuild *build, BpChart *chart, const GArray *points)
{
    BpPack *pack = build->pack;
    const char **labels = bp_pack_alloc (pack, sizeof (char *) * points->len);

    double *positions = bp_pack_alloc (pack, sizeof (double) * points->len);

    chart->category_count = (int)points->len;
    chart->series_count = 2;
    chart->series = bp_pack_alloc (pack, sizeof (BpChartSeries) * 2);
    chart->series[0]
        = (BpChartSeries){ .name = "Planned", .is_dashed = true, .values = bp_pack_alloc (pack, sizeof (double) * points->len) };
    chart->series[1] = (BpChartSeries){ .name = "Completed", .values = bp_pack_alloc (pack, sizeof (double) * points->len) };
    for (guint i = 0; i < points->len; i++)
    {
        const BpBurnUpPoint *point = &g_array_index (points, BpBurnUpPoint, i);
        labels[i] = point_label (build, point->month_end);
        positions[i] = (double)point->month_end;
        chart->series[0].values[i] = point->planned;
        chart->series[1].values[i] = point->completed >= 0 ? (double)point->completed : (double)NAN;
    }
    chart->categories = labels;
    chart->category_positions = positions;
}

/* "By original dates: 67 of 69 have one, 2 were complete": what the two lines count, in one line. */
static const char *drawn_words (const BpBuild *build)
{
    const BpActionCounts *counts = &build->snapshot->counts;
    BpPack *pack = build->pack;
    int from_start = 0;

    for (guint i = 0; i < build->snapshot->actions->len; i++)
        from_start += ((const BpAction *)g_ptr_array_index (build->snapshot->actions, i))->original_due == BP_DATE_NONE
                      && ((const BpAction *)g_ptr_array_index (build->snapshot->actions, i))->timeframe.kind == BP_TIMEFRAME_COMPLETE;
    const int dated = counts->dated - from_start;
    const char *words = bp_pack_format (pack, "By original dates: %d of %d %s one", dated, counts->total,
                                        bp_words_pick_of (dated, counts->total, "has", "have"));
    return from_start == 0 ? words
                           : bp_pack_format (pack, "%s, %d %s complete", words, from_start, bp_words_pick (from_start, "was", "were"));
}

static void add_burn_up (BpSectionContext *context, const GArray *points)
{
    const BpBuild *build = context->build;
    const BpActionCounts *counts = &build->snapshot->counts;
    BpPack *pack = build->pack;

    if (points->len == 0)
    {
        bp_pack_add_heading (pack, context->node, 2, "Completed against plan", NULL);
        bp_pack_add_paragraph (pack, context->node, BP_PARAGRAPH_STANDING, "No action has an end date yet.");
        return;
    }
    int planned, done;
    bp_summary_read_progress (build, points, &planned, &done);
    const char *alternative = bp_pack_format (pack, "By %s, %s: %s.", bp_words_date (pack, build->snapshot->as_of, BP_DATE_LONG),
                                              progress_text (build, planned, done, counts->dated), bp_summary_against_plan (build, points));
    BpNode *node = bp_pack_add_chart (pack, context->node, BP_CHART_BURN_UP, "Completed against plan", drawn_words (build), alternative);
    /* Its numbers stand in the workbook, sheet Burn_Up: a table of every month would push the exceptions off the page. */
    fill_burn_up (build, &node->as.chart, points);
    bp_build_mark_printed (build, &build->snapshot->counts); /* row by row, as the sheet Burn_Up has them */
    if (planned == counts->planned_done)
        bp_build_mark_figure (build, "actions.planned_done");
}

/* ---- since the last pack ---- */

static void add_since_entry (const BpBuild *build, BpNode *list, const GPtrArray *actions, const char *singular, const char *plural,
                             bool with_refs)
{
    BpPack *pack = build->pack;
    int count = (int)actions->len;

    if (count == 0)
        return;
    const char *what = bp_words_pick (count, singular, plural);
    const char *text = with_refs ? bp_pack_format (pack, "%s: %s", what, bp_words_refs (build, actions, MOST_REFS)) : what;
    BpListEntry *entry = bp_pack_add_entry (pack, list, bp_pack_format (pack, "%d", count), text);
    entry->value = bp_value_count (count);
}

static void add_since (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    const BpSnapshot *snapshot = build->snapshot;
    BpPack *pack = build->pack;
    const char *since = bp_build_since_text (build);
    g_autoptr (GPtrArray) done = g_ptr_array_new ();
    g_autoptr (GPtrArray) off_track = g_ptr_array_new ();
    g_autoptr (GPtrArray) moved = g_ptr_array_new ();
    g_autoptr (GPtrArray) silent = g_ptr_array_new ();

    bp_pack_add_heading (pack, context->node, 2, since != NULL ? since : "Since the last pack", NULL);
    for (guint i = 0; i < snapshot->actions->len; i++)
    {
        BpAction *action = g_ptr_array_index (snapshot->actions, i);
        bool is_new = bp_action_has_new_status (action);
        if (bp_action_is_newly_done (action))
            g_ptr_array_add (done, action);
        if (is_new && action->status->severity == BP_SEVERITY_OFF_TRACK)
            g_ptr_array_add (off_track, action);
        if (bp_action_has_moved_since (build, action, NULL))
            g_ptr_array_add (moved, action);
        if (action->is_update_missing)
            g_ptr_array_add (silent, action);
    }
    g_autoptr (GArray) escalations = bp_snapshot_escalations (snapshot);
    BpNode *list = bp_pack_add_list (pack, context->node, BP_LIST_COUNTED);
    add_since_entry (build, list, done, "action completed", "actions completed", false);
    add_since_entry (build, list, off_track, "now off track", "now off track", true);
    add_since_entry (build, list, moved, "date moved", "dates moved", true);
    add_since_entry (build, list, silent, "without an update", "without an update", true);
    if (silent->len > 0 && (int)silent->len == snapshot->counts.without_update)
        bp_build_mark_figure (build, "actions.without_update");
    if (escalations->len > 0)
    {
        BpListEntry *entry = bp_pack_add_entry (
            pack, list, bp_pack_format (pack, "%u", escalations->len),
            bp_words_pick ((int)escalations->len, "action meets the escalation rules", "actions meet the escalation rules"));
        entry->value = bp_value_count (escalations->len);
    }
    if (list->as.list.entries->len == 0)
        bp_pack_add_entry (pack, list, NULL, since != NULL ? "No changes this period." : "No earlier report to compare with.");
}

/* ---- headline measures ---- */

/* A line that goes up from no baseline says where it starts. */
static const char *movement_words (const BpBuild *build, const BpKpiView *view)
{
    if (view->has_other_season)
        return bp_pack_format (build->pack, "%s\u2020", view->change_text);
    if (!view->kpi->has_baseline && !view->is_hidden && view->trend.kind == BP_VALUE_SPARK)
        return bp_pack_format (build->pack, "%s; first %s", view->change_text, view->first);
    return view->change_text;
}

/* "Changes are from the baseline; [p] provisional; † another time of the year": the marks that stand on the tiles, and only those. */
static const char *tiles_note (const BpBuild *build, const GPtrArray *shown)
{
    g_autoptr (GString) text = g_string_new ("Changes are from the baseline");
    bool has_other_season = false;

    for (guint i = 0; i < shown->len; i++)
    {
        const BpKpiView *view = bp_kpi_view (build, g_ptr_array_index (shown, i));
        const char *flag = bp_kpi_view_flag (view);
        const char *words = flag != NULL ? bp_shorthand_words (flag) : NULL;
        if (words != NULL && strstr (text->str, words) == NULL)
            g_string_append_printf (text, "; %s", words);
        has_other_season = has_other_season || view->has_other_season;
    }
    if (has_other_season)
        g_string_append (text, "; \u2020\u00a0from another time of the year");
    return bp_pack_text (build->pack, text->str);
}

static void add_tile (const BpBuild *build, BpNode *tiles, const BpKpi *kpi)
{
    BpPack *pack = build->pack;
    const BpKpiView *view = bp_kpi_view (build, kpi);
    BpTile *tile = bp_pack_add_tile (pack, tiles, kpi->short_title);

    tile->figure = view->latest;
    if (view->trend.kind == BP_VALUE_SPARK)
        tile->spark = view->trend;
    tile->movement = view->movement;
    tile->movement_text = movement_words (build, view);
    const char *flag = bp_kpi_view_flag (view);
    if (view->latest_period == NULL)
        tile->lines[0] = "No value yet";
    else
        tile->lines[0] = bp_pack_format (pack, "%s%s%s%s%s%s", view->latest_share != NULL && !view->is_hidden ? view->latest_share : "",
                                         view->latest_share != NULL && !view->is_hidden ? ", " : "", view->latest_period,
                                         flag != NULL ? " " : "", flag != NULL ? flag : "", kpi->is_stale ? ", stale" : "");
    g_autofree char *target = bp_value_dup_text (&view->target);
    /* one line of a tile: the scorecard has the period that is not certain */
    tile->lines[1] = !kpi->has_target ? "No target set"
                                      : bp_pack_format (pack, "Target %s, %s", target,
                                                        kpi->is_target_uncertain ? "period not certain" : view->target_period);
    bp_build_mark_printed (build, kpi);
}

static void add_measures (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    bool is_chosen = bp_section_layout_find (context->options, "kpis") != NULL;
    g_autoptr (GPtrArray) kpis = bp_section_dup_kpis (context);
    g_autoptr (GPtrArray) shown = g_ptr_array_new ();

    for (guint i = 0; i < kpis->len && shown->len < MOST_TILES; i++)
        if (is_chosen || ((const BpKpi *)g_ptr_array_index (kpis, i))->is_headline)
            g_ptr_array_add (shown, g_ptr_array_index (kpis, i));
    bp_pack_add_heading (pack, context->node, 2, "Headline measures", tiles_note (build, shown));
    if (shown->len == 0)
    {
        bp_pack_add_paragraph (pack, context->node, BP_PARAGRAPH_STANDING, "No headline measure has been chosen.");
        return;
    }
    BpNode *tiles = bp_pack_add_tiles (pack, context->node, BP_TILES_KPI);
    for (guint i = 0; i < shown->len; i++)
        add_tile (build, tiles, g_ptr_array_index (shown, i));
}

/* ---- top exceptions ---- */

/* A mark stands without its word where the column's heading has the word. */
static void add_exception_row (const BpBuild *build, BpNode *table, const BpAction *action, int ask_number, bool has_status_word)
{
    BpPack *pack = build->pack;
    BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, action->key);
    const char *back_by = bp_action_back_by (build, action);

    bp_cell_add_action_ref (build, &row->cells[0], action);
    BpMark mark = bp_mark_of_status (action->status);
    if (!has_status_word)
        mark.word = "";
    bp_cell_add (pack, &row->cells[0], BP_LINE_MAIN, bp_value_status (mark));
    bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, bp_words_action_title (pack, action, 60));
    bp_cell_add_dates_say (build, &row->cells[1], action);
    if (ask_number > 0)
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_SECOND, bp_pack_format (pack, "Ask %d", ask_number));
    bp_cell_add_text (pack, &row->cells[2], BP_LINE_MAIN, bp_action_reason (build, action));
    int last = table->as.table.column_count - 1;
    if (last > 3)
        bp_cell_add_text (pack, &row->cells[3], BP_LINE_MAIN, bp_action_way_back (build, action));
    bp_cell_add_text (pack, &row->cells[last], BP_LINE_MAIN, back_by);
    bp_cell_add_text (pack, &row->cells[last], BP_LINE_SECOND, bp_action_owner (build, action));
    bp_build_mark_printed (build, action);
}

typedef struct
{
    const BpBuild *build;
    const GPtrArray *asks;
    GHashTable *own; /* actions of the forum's own areas */
} TopOrder;

/* What this meeting is asked about, in the order of the asks; then what is off track; then the rest. An action without an update has
 * neither reason nor way back to show here, and stays with the rest though an ask be about it. */
static int rank_of (const TopOrder *order, const BpAction *action)
{
    const BpExceptionGroup group = bp_exception_group_of (order->build, action);
    const int ask = bp_build_ask_number (order->asks, action);

    if (ask > 0 && group != BP_EXCEPTION_SILENT)
        return ask;
    return group == BP_EXCEPTION_OFF_TRACK ? (int)order->asks->len + 1 : (int)order->asks->len + 2;
}

/* Within each rank the areas of the forum come first, then the order of the exceptions. The sort is stable. */
static int compare_top (gconstpointer left, gconstpointer right, gpointer data)
{
    const TopOrder *order = data;
    const BpAction *a = *(const BpAction *const *)left;
    const BpAction *b = *(const BpAction *const *)right;
    const int rank_a = rank_of (order, a);
    const int rank_b = rank_of (order, b);

    if (rank_a != rank_b)
        return rank_a - rank_b;
    return (int)g_hash_table_contains (order->own, b) - (int)g_hash_table_contains (order->own, a);
}

/* "3 of 19 shown, asked of this meeting first, then own areas": what breaks the order of the days overdue. */
static const char *top_aside (const TopOrder *order, const GPtrArray *exceptions, int shown)
{
    const int total = (int)exceptions->len;
    bool has_asked = false;
    bool has_own = false;

    for (int i = 0; i < shown; i++)
    {
        const BpAction *action = g_ptr_array_index (exceptions, (guint)i);
        bool is_asked = rank_of (order, action) <= (int)order->asks->len;
        has_asked = has_asked || is_asked;
        has_own = has_own || (!is_asked && g_hash_table_contains (order->own, action));
    }
    return bp_pack_format (order->build->pack, "%d of %d shown%s%s", shown, total,
                           has_asked && shown < total ? ", asked of this meeting first" : "",
                           !has_own || shown >= total ? ""
                           : has_asked                ? ", then own areas"
                                                      : ", own areas first");
}

static int lines_of (const char *text)
{
    return (int)(g_utf8_strlen (text, -1) + LINE_CHARS - 1) / LINE_CHARS;
}

/* How many rows the page has room for. It is to be read alone, so it must stay one page, and no text of it is cut: long reasons and each
 * ask beyond the second take the room of an exception. */
static int rows_that_fit (const BpBuild *build, const GPtrArray *exceptions, int ask_count)
{
    const int top = build->snapshot->programme->rules.top_exceptions > 0 ? build->snapshot->programme->rules.top_exceptions : 3;
    int room = ROW_LINES * (top - MAX (0, MIN (ask_count, BP_MOST_ASKS_IN_SHORT) - USUAL_ASKS));
    int shown = 0;

    while (shown < top && shown < (int)exceptions->len)
    {
        const BpAction *action = g_ptr_array_index (exceptions, (guint)shown);
        room -= MAX (2, MAX (lines_of (bp_action_reason (build, action)), lines_of (bp_action_way_back (build, action))));
        if (room < 0 && shown > 0)
            break;
        shown++;
    }
    return shown;
}

static void add_exceptions (BpSectionContext *context, const GPtrArray *asks)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) exceptions = bp_snapshot_exceptions (build->snapshot, build->snapshot->actions);
    g_autoptr (GHashTable) own = bp_build_dup_own_actions (build);
    TopOrder order = { .build = build, .asks = asks, .own = own };
    g_ptr_array_sort_with_data (exceptions, compare_top, &order);
    const int shown = rows_that_fit (build, exceptions, (int)asks->len);

    if (exceptions->len == 0)
    {
        bp_pack_add_heading (pack, context->node, 2, "Top exceptions", NULL);
        bp_pack_add_paragraph (pack, context->node, BP_PARAGRAPH_STANDING, "No exceptions this period.");
        return;
    }
    const BpStatus *status = ((const BpAction *)g_ptr_array_index (exceptions, 0))->status;
    bool is_same = true;
    for (int i = 1; i < shown; i++)
        is_same = is_same && ((const BpAction *)g_ptr_array_index (exceptions, i))->status == status;
    bool is_withheld = bp_release_is_withholding (build->release);
    BpTableColumn columns[] = {
        { .title = is_same ? "Ref" : "Ref, status", .width_pt = is_same ? 46.0 : 80.0, .is_row_header = true },
        { .title = is_same ? bp_pack_format (pack, "%s: action", status->label) : "Action", .width_share = 1.0 },
        { .title = is_withheld ? "Progress" : "Reason", .width_share = 1.1 },
        { .title = "Way back", .width_share = 1.1 },
        { .title = "Back by, owner", .width_share = 1.0 },
    };
    int count = (int)G_N_ELEMENTS (columns);
    if (is_withheld)
    {
        columns[3] = columns[4];
        count--;
    }
    bp_pack_add_heading (pack, context->node, 2, "Top exceptions", top_aside (&order, exceptions, shown));
    BpNode *table = bp_pack_add_table (pack, context->node, BP_TABLE_PANEL, "The most pressing exceptions", columns, count);
    for (int i = 0; i < shown; i++)
    {
        const BpAction *action = g_ptr_array_index (exceptions, (guint)i);
        add_exception_row (build, table, action, bp_build_ask_number (asks, action), !is_same);
    }
}

void bp_section_build_summary (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    g_autoptr (GPtrArray) asks = bp_build_dup_open_asks (build);

    g_autoptr (GArray) points = bp_snapshot_burn_up (build->snapshot);

    set_headline (context, points);
    bp_section_add_asks_box (build, context->node, asks, BP_ASKS_IN_SHORT, BP_MOST_ASKS_IN_SHORT);
    add_status (context);
    add_burn_up (context, points);
    add_since (context);
    add_measures (context);
    add_exceptions (context, asks);
}
