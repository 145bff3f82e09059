#include "pack/sections/changes.h"

#include "domain/snapshot.h"
#include "pack/mark.h"
#include "pack/release.h"
#include "pack/sections/action_columns.h"
#include "pack/sections/grouping.h"
#include "pack/sections/section.h"
#include "pack/wording.h"

#include <string.h>

/* The day of the last update that changed a status or moved a date. */
static BpDate last_change_of (const BpAction *action)
{
    BpDate last = BP_DATE_NONE;
    const BpStatus *status = NULL;

    for (guint i = 0; i < action->updates->len; i++)
    {
        const BpUpdate *update = g_ptr_array_index (action->updates, i);
        if (update->status != NULL && update->status != status)
        {
            status = update->status;
            last = update->as_of;
        }
    }
    for (guint i = 0; i < action->moves->len; i++)
        last = MAX (last, g_array_index (action->moves, BpDateMove, i).moved_on);
    return last;
}

const char *bp_changes_standing (const BpBuild *build, const GPtrArray *actions)
{
    BpDate last = BP_DATE_NONE;

    if (build->snapshot->previous == BP_DATE_NONE)
        return "No earlier report to compare with.";
    for (guint i = 0; i < actions->len; i++)
        last = MAX (last, last_change_of (g_ptr_array_index (actions, i)));
    if (last == BP_DATE_NONE)
        return "No changes this period.";
    return bp_pack_format (build->pack, "No changes this period. The last change was on %s.",
                           bp_words_date (build->pack, last, BP_DATE_LONG));
}

const char *bp_changes_text (const BpBuild *build, const BpAction *action)
{
    BpPack *pack = build->pack;
    BpDate from = BP_DATE_NONE;
    const char *progress = bp_release_progress (build->release, action->latest);

    if (bp_action_has_moved_since (build, action, &from))
        return bp_pack_format (pack, "Due %s, was %s.%s%s", bp_words_date (pack, action->due, BP_DATE_LONG),
                               bp_words_date (pack, from, BP_DATE_LONG), bp_words_is_blank (progress) ? "" : " ",
                               bp_words_is_blank (progress) ? "" : bp_words_sentence (pack, progress));
    if (action->status->severity != BP_SEVERITY_NONE)
        return bp_action_reason (build, action);
    if (!bp_words_is_blank (progress))
        return bp_words_sentence (pack, progress);
    if (action->is_done && action->completed_on != BP_DATE_NONE)
        return bp_pack_format (pack, "Completed %s.", bp_words_date (pack, action->completed_on, BP_DATE_LONG));
    if (action->is_update_missing)
        return "No update received";
    return bp_release_is_withholding (build->release) ? BP_NOT_PUBLISHED : "No comment given";
}

static bool is_under (const BpArea *area, const BpArea *top)
{
    for (const BpArea *at = area; at != NULL; at = at->parent)
        if (at == top)
            return true;
    return false;
}

GPtrArray *bp_build_dup_narrative (const BpBuild *build, int kind, const BpArea *area)
{
    const BpSnapshot *snapshot = build->snapshot;
    GPtrArray *chosen = g_ptr_array_new ();

    for (guint i = 0; i < snapshot->narrative->len; i++)
    {
        const BpNarrative *narrative = g_ptr_array_index (snapshot->narrative, i);
        if ((int)narrative->kind != kind || narrative->as_of > snapshot->as_of)
            continue;
        if (snapshot->previous != BP_DATE_NONE && narrative->as_of <= snapshot->previous)
            continue;
        if (area != NULL ? !is_under (narrative->area, area) : narrative->area != NULL)
            continue;
        if (bp_release_may_read (build->release, narrative))
            g_ptr_array_add (chosen, (gpointer)narrative);
    }
    return chosen;
}

void bp_section_add_narrative (const BpBuild *build, BpNode *section, const char *heading, int kind, const BpArea *area,
                               const char *standing)
{
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) narrative = bp_build_dup_narrative (build, kind, area);

    bp_pack_add_heading (pack, section, 2, heading, NULL);
    if (narrative->len == 0)
    {
        bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_STANDING, standing);
        return;
    }
    BpNode *list = bp_pack_add_list (pack, section, BP_LIST_BULLETS);
    for (guint i = 0; i < narrative->len; i++)
    {
        const BpNarrative *line = g_ptr_array_index (narrative, i);
        bp_pack_add_entry (pack, list, NULL, bp_words_sentence (pack, line->text));
        bp_build_mark_printed (build, line);
    }
}

/* How so many actions came to have the status: "12 became complete", "11 moved to on track", "5 to at risk", "3 have no update". has_moved:
 * whether "moved" has been said. */
static const char *moved_words (const BpBuild *build, const BpStatus *status, int count, bool is_first, bool *has_moved)
{
    BpPack *pack = build->pack;
    const char *label = bp_words_lower_first (pack, status->label);
    const char *number = is_first ? bp_words_number (pack, count, true) : bp_pack_format (pack, "%d", count);

    if (status->use == BP_STATUS_USE_NO_UPDATE)
    {
        *has_moved = false;
        return bp_pack_format (pack, "%s %s no update", number, bp_words_pick (count, "has", "have"));
    }
    if (bp_status_is_done (status))
        return bp_pack_format (pack, "%s became %s", number, label);
    const char *verb = *has_moved ? "" : "moved ";
    *has_moved = true;
    return bp_pack_format (pack, "%s %sto %s", number, verb, label);
}

/* "12 became complete, 11 moved to on track and 4 to off track" of some actions. starts: at the start of a sentence,
 * where no figure stands. */
static const char *statuses_text (const BpBuild *build, const GPtrArray *changed, bool starts)
{
    g_autoptr (GPtrArray) words = g_ptr_array_new ();
    bool has_moved = false;

    for (guint s = 0; s < build->statuses->len; s++)
    {
        const BpStatus *status = g_ptr_array_index (build->statuses, s);
        int count = 0;
        for (guint i = 0; i < changed->len; i++)
        {
            const BpAction *action = g_ptr_array_index (changed, i);
            count += bp_action_has_new_status (action) && action->status == status;
        }
        if (count > 0)
            g_ptr_array_add (words, (gpointer)moved_words (build, status, count, starts && words->len == 0, &has_moved));
    }
    return words->len > 0 ? bp_words_joined (build->pack, words, 0) : NULL;
}

/* "Twelve became complete, 11 moved to on track and 4 to off track. Three dates have moved." */
static void add_counts (BpSectionContext *context, const GPtrArray *changed)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    int moved = 0;

    for (guint i = 0; i < changed->len; i++)
        moved += bp_action_has_moved_since (build, g_ptr_array_index (changed, i), NULL);
    const char *words = statuses_text (build, changed, true);
    const char *statuses = words != NULL ? bp_pack_format (pack, "%s.", words) : "";
    const char *dates = moved > 0 ? bp_pack_format (pack, "%s %s.", bp_words_number (pack, moved, true),
                                                    bp_words_pick (moved, "date has moved", "dates have moved"))
                                  : "";
    if (words != NULL || moved > 0)
        bp_pack_add_paragraph (pack, context->node, BP_PARAGRAPH_BODY,
                               bp_pack_format (pack, "%s%s%s", statuses, words != NULL && moved > 0 ? " " : "", dates));
}

/* What a short list names first: what went wrong, then dates that moved, then what was done. */
static int weight_of (const BpBuild *build, const BpAction *action)
{
    bool is_new = bp_action_has_new_status (action);

    if (is_new && action->status->severity == BP_SEVERITY_OFF_TRACK)
        return 0;
    if (is_new && action->status->use == BP_STATUS_USE_NO_UPDATE)
        return 1;
    if (bp_action_has_moved_since (build, action, NULL))
        return 2;
    if (is_new && action->status->severity == BP_SEVERITY_AT_RISK)
        return 3;
    return bp_action_is_newly_done (action) ? 4 : 5;
}

static int compare_weight (gconstpointer left, gconstpointer right, gpointer build)
{
    return weight_of (build, *(const BpAction *const *)left) - weight_of (build, *(const BpAction *const *)right);
}

void bp_changes_sort (const BpBuild *build, GPtrArray *actions)
{
    g_ptr_array_sort_with_data (actions, compare_weight, (gpointer)build);
}

static void add_table (BpSectionContext *context, const GPtrArray *changed, int limit)
{
    const BpTableColumn columns[] = {
        { .title = "Ref", .width_pt = 46.0, .is_row_header = true },
        { .title = "Action", .width_share = 1.0 },
        { .title = "Change", .width_pt = 122.0 },
        { .title = "What happened", .width_share = 1.3 },
    };
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    const char *group = bp_section_layout_find (context->options, "group");
    bool is_cut = changed->len > (guint)limit;
    g_autoptr (GPtrArray) shown = g_ptr_array_new ();
    BpNode *table = bp_pack_add_table (pack, context->node, BP_TABLE_FULL, "Actions that have changed", columns, G_N_ELEMENTS (columns));

    for (guint i = 0; i < changed->len && i < (guint)limit; i++)
        g_ptr_array_add (shown, g_ptr_array_index (changed, i));
    g_autoptr (GArray) groups = bp_actions_group (build, shown, group != NULL ? group : is_cut ? "none" : "area");
    for (guint g = 0; g < groups->len; g++)
    {
        const BpActionGroup *one = &g_array_index (groups, BpActionGroup, g);
        if (one->heading != NULL)
            bp_pack_add_group_row (pack, table, one->heading, bp_pack_format (pack, "%u changed", one->actions->len));
        for (guint i = 0; i < one->actions->len; i++)
        {
            const BpAction *action = g_ptr_array_index (one->actions, i);
            BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, action->key);
            bp_cell_add_action_ref (build, &row->cells[0], action);
            bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, bp_words_action_title (pack, action, 90));
            bp_cell_add_new_status (build, &row->cells[2], action);
            bp_cell_add_text (pack, &row->cells[3], BP_LINE_MAIN, bp_changes_text (build, action));
            bp_build_mark_printed (build, action);
        }
    }
}

/* "the other 11 moved to on track": what is neither in the table nor named below it; NULL if there is none. */
static const char *others_words (const BpBuild *build, const GPtrArray *others)
{
    BpPack *pack = build->pack;
    const BpStatus *status = others->len > 0 ? ((const BpAction *)g_ptr_array_index (others, 0))->status : NULL;
    bool is_same = true;

    if (others->len == 0)
        return NULL;
    for (guint i = 0; i < others->len; i++)
    {
        const BpAction *action = g_ptr_array_index (others, i);
        is_same = is_same && action->status == status && bp_action_has_new_status (action);
    }
    const char *start = others->len == 1 ? "the other one" : bp_pack_format (pack, "the other %u", others->len);
    if (is_same && status->use != BP_STATUS_USE_NO_UPDATE)
        return bp_pack_format (pack, "%s moved to %s", start, bp_words_lower_first (pack, status->label));
    const char *words = statuses_text (build, others, false);
    return words != NULL ? bp_pack_format (pack, "%s: %s", start, words) : start;
}

/* A list that is cut keeps what went wrong. What was completed, which the heading counts, is named below it, and the rest is counted, so
 * that all changes are accounted for. */
static void add_left_out (BpSectionContext *context, const GPtrArray *changed, guint shown)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) done = g_ptr_array_new ();
    g_autoptr (GPtrArray) others = g_ptr_array_new ();

    if (shown >= changed->len)
        return;
    for (guint i = shown; i < changed->len; i++)
    {
        BpAction *action = g_ptr_array_index (changed, i);
        g_ptr_array_add (bp_action_is_newly_done (action) ? done : others, action);
    }
    const char *named = done->len > 0 ? bp_pack_format (pack, ", %u named below", done->len) : "";
    const char *rest = others_words (build, others);
    bp_pack_add_paragraph (pack, context->node, BP_PARAGRAPH_CAPTION,
                           bp_pack_format (pack, "%u of %u changes in the table%s%s%s. The full list is in the workbook, sheet Actions.",
                                           shown, changed->len, named, rest != NULL ? "; " : "", rest != NULL ? rest : ""));
    if (done->len > 0)
        bp_pack_add_paragraph (
            pack, context->node, BP_PARAGRAPH_BODY,
            bp_pack_format (pack, "%s: %s.", shown > 0 ? "Also completed" : "Completed", bp_words_refs (build, done, 0)));
}

/* Measures whose latest value came since the last pack. */
static bool has_new_value (const BpSnapshot *snapshot, const BpKpi *kpi)
{
    return kpi->latest != NULL && kpi->latest->published != BP_DATE_NONE && kpi->latest->published > snapshot->previous;
}

/* In a short list of changes the measures are a sentence: the workbook has all their values. */
static void add_measures_sentence (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    g_autoptr (GPtrArray) kpis = bp_section_dup_kpis (context);
    int count = 0;

    for (guint i = 0; build->snapshot->previous != BP_DATE_NONE && i < kpis->len; i++)
        count += has_new_value (build->snapshot, g_ptr_array_index (kpis, i));
    if (count > 0)
        bp_pack_add_paragraph (build->pack, context->node, BP_PARAGRAPH_CAPTION,
                               bp_pack_format (build->pack, "%s a new value: see the workbook, sheet KPIs.",
                                               bp_words_count (build->pack, count, "measure has", "measures have")));
}

static void add_measures (BpSectionContext *context)
{
    const BpTableColumn columns[] = {
        { .title = "Measure", .width_share = 1.0, .is_row_header = true },
        { .title = "Before", .align = BP_ALIGN_RIGHT, .width_pt = 110.0 },
        { .title = "Latest", .align = BP_ALIGN_RIGHT, .width_pt = 60.0 },
        { .title = "Period", .width_pt = 86.0 },
        { .title = "On baseline", .width_pt = 130.0 },
    };
    const BpBuild *build = context->build;
    const BpSnapshot *snapshot = build->snapshot;
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) kpis = bp_section_dup_kpis (context);
    BpNode *table = NULL;

    if (snapshot->previous == BP_DATE_NONE)
        return;
    for (guint i = 0; i < kpis->len; i++)
    {
        const BpKpi *kpi = g_ptr_array_index (kpis, i);
        if (!has_new_value (snapshot, kpi))
            continue;
        if (table == NULL)
        {
            bp_pack_add_heading (pack, context->node, 2, "Measures with a new value", NULL);
            table = bp_pack_add_table (pack, context->node, BP_TABLE_PANEL, "Measures with a new value", columns, G_N_ELEMENTS (columns));
        }
        const BpKpiView *view = bp_kpi_view (build, kpi);
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, kpi->id);
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_MAIN, kpi->short_title);
        /* A line each: the value before with its period, the latest, and how it moved. */
        BpValue before = bp_kpi_value (build, kpi, kpi->previous);
        g_autofree char *before_text = bp_value_dup_text (&before);
        if (kpi->previous != NULL)
            bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN,
                              bp_pack_format (pack, "%s, %s", before_text, bp_kpi_period (build, kpi->previous)));
        else
            bp_cell_add (pack, &row->cells[1], BP_LINE_MAIN, before);
        bp_cell_add (pack, &row->cells[2], BP_LINE_STRONG, view->latest);
        bp_cell_add_text (pack, &row->cells[3], BP_LINE_MAIN, view->latest_period);
        BpValue movement = view->movement;
        movement.text = view->change_text;
        bp_cell_add (pack, &row->cells[4], BP_LINE_MAIN, movement);
        bp_build_mark_printed (build, kpi);
    }
}

static void set_headline (BpSectionContext *context, const GPtrArray *changed, const GPtrArray *actions)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    int done = 0;
    int worse = 0;

    for (guint i = 0; i < changed->len; i++)
    {
        const BpAction *action = g_ptr_array_index (changed, i);
        done += bp_action_is_newly_done (action);
        worse += bp_action_has_new_status (action) && action->status->severity == BP_SEVERITY_OFF_TRACK;
    }
    /* What went wrong is never left to the small print. */
    const char *and_worse = worse > 0 ? bp_pack_format (pack, ", %s now off track", bp_words_number (pack, worse, false)) : "";
    if (changed->len == 0)
        bp_section_set_headline (context, NULL);
    else if (done > 0)
        bp_section_set_headline (context, bp_pack_format (pack, "%s %s %s been completed since %s%s", bp_words_number (pack, done, true),
                                                          bp_section_noun (context, actions, done), bp_words_pick (done, "has", "have"),
                                                          bp_words_date (pack, build->snapshot->previous, BP_DATE_MONTH), and_worse));
    else
        bp_section_set_headline (context, bp_pack_format (pack, "%s %s %s changed, none completed%s",
                                                          bp_words_number (pack, (int)changed->len, true),
                                                          bp_section_noun (context, actions, (int)changed->len),
                                                          bp_words_pick ((int)changed->len, "has", "have"), and_worse));
    if (changed->len > 0)
        bp_section_set_message (context, bp_pack_format (pack, "%d of %s changed, %d completed", (int)changed->len,
                                                         bp_words_count (pack, (int)actions->len, "action", "actions"), done));
}

void bp_section_build_changes (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) actions = bp_section_dup_actions (context);
    g_autoptr (GPtrArray) changed = g_ptr_array_new ();
    int limit = bp_section_limit (context);
    const char *since = bp_build_since_text (build);

    for (guint i = 0; i < actions->len; i++)
    {
        BpAction *action = g_ptr_array_index (actions, i);
        if (action->has_changed || bp_action_has_new_status (action) || bp_action_has_moved_since (build, action, NULL))
            g_ptr_array_add (changed, action);
    }
    set_headline (context, changed, actions);
    if (since != NULL)
        context->section->subtitle = bp_pack_format (pack, "%s: %d of %d %s %s changed", since, (int)changed->len, (int)actions->len,
                                                     bp_section_noun (context, actions, (int)actions->len),
                                                     bp_words_pick_of ((int)changed->len, (int)actions->len, "has", "have"));
    if (changed->len == 0)
        bp_section_add_standing (context, bp_changes_standing (build, actions));
    else
    {
        add_counts (context, changed);
        /* A list that is cut, and is in no order of its own, keeps what the forum most needs to know. The sort is stable. */
        if (changed->len > (guint)limit && bp_section_layout_find (context->options, "sort") == NULL)
            bp_changes_sort (build, changed);
        add_table (context, changed, limit);
        add_left_out (context, changed, MIN ((guint)limit, changed->len));
    }
    if (bp_section_layout_find (context->options, "limit") != NULL)
        add_measures_sentence (context);
    else
        add_measures (context);
    if (!bp_section_is_whole (context, actions))
        return;
    bp_section_add_narrative (build, context->node, "Overall achievements", BP_NARRATIVE_ACHIEVEMENT, NULL,
                              "No overall achievements were reported this period.");
    bp_section_add_narrative (build, context->node, "Overall challenges", BP_NARRATIVE_CHALLENGE, NULL,
                              "No overall challenges were reported this period.");
}
