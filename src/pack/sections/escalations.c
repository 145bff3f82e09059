#include "base/text.h"
#include "domain/rules/rule_table.h"
#include "domain/snapshot.h"
#include "pack/mark.h"
#include "pack/release.h"
#include "pack/sections/action_columns.h"
#include "pack/sections/ask_lines.h"
#include "pack/sections/asks.h"
#include "pack/sections/section.h"
#include "pack/wording.h"

#include <string.h>

static bool is_parent (const BpForum *forum, const BpForum *other)
{
    for (int i = 0; other != NULL && forum->parents != NULL && forum->parents[i] != NULL; i++)
        if (strcmp (forum->parents[i], other->id) == 0)
            return true;
    return false;
}

static const char *parents_text (const BpBuild *build)
{
    g_autoptr (GPtrArray) names = g_ptr_array_new ();

    for (int i = 0; build->forum->parents != NULL && build->forum->parents[i] != NULL; i++)
    {
        const BpForum *parent = bp_forum_find (&build->snapshot->programme->forums, build->forum->parents[i]);
        if (parent != NULL)
            g_ptr_array_add (names, (gpointer)parent->name);
    }
    return bp_words_joined (build->pack, names, 0);
}

/* What is asked of whom; what this meeting itself decides on does not go up. */
static void add_what_is_asked (const BpBuild *build, BpCell *cell, const BpAction *action, const GPtrArray *asks)
{
    BpPack *pack = build->pack;
    g_autoptr (GArray) lines = bp_build_dup_ask_lines (build, action, asks);
    bool goes_up = false;

    for (guint i = 0; i < lines->len; i++)
    {
        const BpAskLine *line = &g_array_index (lines, BpAskLine, i);
        if (line->kind == BP_ASK_OF_OTHER_FORUM || line->kind == BP_ASK_NOT_RAISED)
            bp_cell_add_led (pack, cell, BP_LINE_MAIN,
                             line->kind == BP_ASK_NOT_RAISED ? "Ask, not yet raised:" : bp_pack_format (pack, "Asked of %s:", line->forum),
                             bp_words_sentence (pack, line->text));
        goes_up = goes_up || line->kind == BP_ASK_OF_OTHER_FORUM;
    }
    for (guint i = 0; i < lines->len; i++)
    {
        const BpAskLine *line = &g_array_index (lines, BpAskLine, i);
        if (line->kind == BP_ASK_OF_THIS_MEETING)
            bp_cell_add_text (pack, cell, BP_LINE_MAIN,
                              bp_pack_format (pack, "%s %d here", goes_up ? "Ask" : "Nothing asked above; ask", line->number));
    }
    if (cell->lines->len == 0)
        bp_cell_add_text (pack, cell, BP_LINE_MAIN, "Nothing asked yet");
}

/* A line for every rule that sends the action up; how long it is overdue first. */
static void add_reasons (const BpBuild *build, BpCell *cell, const BpAction *action)
{
    static const char *const first_rule = "overdue-days";

    for (int pass = 0; pass < 2; pass++)
        for (const BpEscalationRule *rule = bp_escalation_rule_table; rule->name != NULL; rule++)
        {
            if ((strcmp (rule->name, first_rule) == 0) != (pass == 0))
                continue;
            g_autofree char *reason = rule->dup_reason (build->snapshot, action);
            if (reason != NULL)
                bp_cell_add_text (build->pack, cell, BP_LINE_MAIN, bp_words_sentence (build->pack, bp_pack_text (build->pack, reason)));
        }
}

static void add_rule_table (BpSectionContext *context, const GArray *escalations, const GPtrArray *asks, int shown)
{
    const BpTableColumn columns[] = {
        { .title = "Ref, status", .width_pt = 84.0, .is_row_header = true },
        { .title = "Action, owner", .width_share = 1.0 },
        { .title = "Why it goes up", .width_share = 1.3 },
        { .title = "What is asked", .width_share = 1.3 },
    };
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    bool is_withheld = bp_release_is_withholding (build->release);
    int count = (int)G_N_ELEMENTS (columns) - is_withheld;
    BpNode *table = bp_pack_add_table (pack, context->node, BP_TABLE_FULL, "Actions that meet the escalation rules", columns, count);

    for (int i = 0; i < shown; i++)
    {
        const BpAction *action = g_array_index (escalations, BpEscalation, i).action;
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, action->key);
        bp_cell_add_action_ref (build, &row->cells[0], action);
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, bp_words_action_title (pack, action, 70));
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_SECOND, bp_action_owner (build, action));
        bp_cell_add (pack, &row->cells[0], BP_LINE_MAIN, bp_value_status (bp_mark_of_status (action->status)));
        bp_cell_add_dates_say (build, &row->cells[1], action);
        add_reasons (build, &row->cells[2], action);
        if (!is_withheld)
            add_what_is_asked (build, &row->cells[3], action, asks);
        bp_build_mark_printed (build, action);
    }
}

typedef enum
{
    RAISED,
    ANSWERED
} AskState;

static bool is_answered_since (const BpBuild *build, const BpDecision *decision)
{
    if (decision->is_open || decision->decided_on == BP_DATE_NONE)
        return false;
    return build->snapshot->previous == BP_DATE_NONE || decision->decided_on > build->snapshot->previous;
}

/* Asks of the forums above this one: still open, or answered since the last pack. */
static int add_asks_above (BpSectionContext *context, AskState state)
{
    const BpTableColumn columns[] = {
        { .title = "Forum", .width_pt = 120.0, .is_row_header = true },
        { .title = "What was asked", .width_share = 1.2 },
        { .title = state == RAISED ? "Needed by" : "Answer", .width_share = 0.8 },
        { .title = state == RAISED ? "Raised on" : "Decided on", .width_pt = 104.0 },
    };
    const BpBuild *build = context->build;
    const BpSnapshot *snapshot = build->snapshot;
    BpPack *pack = build->pack;
    BpNode *table = NULL;
    int count = 0;

    for (guint i = 0; i < snapshot->decisions->len; i++)
    {
        const BpDecision *decision = g_ptr_array_index (snapshot->decisions, i);
        bool is_wanted = state == RAISED ? decision->is_open : is_answered_since (build, decision);
        if (!is_wanted || !is_parent (build->forum, decision->forum)
            || !bp_release_may_see_decision (build->release, build->forum, decision))
            continue;
        if (table == NULL)
        {
            bp_pack_add_heading (pack, context->node, 2, state == RAISED ? "Asked of the forums above" : "Answers since the last pack",
                                 NULL);
            table = bp_pack_add_table (pack, context->node, BP_TABLE_PANEL,
                                       state == RAISED ? "Asked of the forums above" : "Answers since the last pack", columns,
                                       G_N_ELEMENTS (columns));
        }
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, decision->ref);
        BpDate date = state == RAISED ? decision->raised_on : decision->decided_on;
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_MAIN, decision->forum->short_name);
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, bp_build_ask_text (build, decision));
        if (state == ANSWERED)
            bp_cell_add_text (pack, &row->cells[2], BP_LINE_MAIN,
                              bp_words_is_blank (decision->outcome) ? "No outcome recorded" : decision->outcome);
        else
            bp_cell_add_text (pack, &row->cells[2], BP_LINE_MAIN,
                              decision->needed_by != BP_DATE_NONE ? bp_words_date (pack, decision->needed_by, BP_DATE_LONG)
                                                                  : "No date given");
        bp_cell_add_text (pack, &row->cells[3], BP_LINE_MAIN,
                          date != BP_DATE_NONE ? bp_words_date (pack, date, BP_DATE_LONG) : "Not given");
        bp_build_mark_printed (build, decision);
        count++;
    }
    return count;
}

/* What this meeting is asked about first, then the gravest, then the longest overdue: a list that is cut keeps what is decided on and what
 * cannot wait. */
static int compare_escalations (gconstpointer left, gconstpointer right, gpointer asks)
{
    const BpAction *a = ((const BpEscalation *)left)->action, *b = ((const BpEscalation *)right)->action;
    const int severity = (int)b->status->severity - (int)a->status->severity;
    const int asked = (bp_build_ask_number (asks, b) > 0) - (bp_build_ask_number (asks, a) > 0);

    if (asked != 0)
        return asked;
    if (severity != 0)
        return severity;
    return a->days_overdue != b->days_overdue ? (b->days_overdue > a->days_overdue) - (b->days_overdue < a->days_overdue)
                                              : bp_ref_compare (a->ref, b->ref);
}

void bp_section_build_escalations (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    g_autoptr (GArray) escalations = bp_snapshot_escalations (build->snapshot);
    g_autoptr (GPtrArray) asks = bp_build_dup_open_asks (build);
    g_array_sort_with_data (escalations, compare_escalations, asks);
    int count = (int)escalations->len;
    int shown = MIN (count, bp_section_limit (context));
    const char *parents = parents_text (build);

    bp_section_set_headline (context, NULL);
    if (count > 0)
    {
        const int total = build->snapshot->counts.total;
        const char *of_all = count < total ? bp_pack_format (pack, " of %d", total) : "";
        bp_section_set_headline (context, bp_pack_format (pack, "%s%s %s the escalation rules", bp_words_number (pack, count, true), of_all,
                                                          count == total ? bp_words_pick (count, "action meets", "actions meet")
                                                                         : bp_words_pick (count, "actions meets", "actions meet")));
        if (parents != NULL)
            context->section->subtitle = bp_pack_format (pack, "This forum reports to: %s", parents);
        add_rule_table (context, escalations, asks, shown);
        bp_section_add_cut_note (context, shown, count, "escalations", "Actions");
    }
    int raised = add_asks_above (context, RAISED);
    int answered = add_asks_above (context, ANSWERED);
    if (count + raised + answered == 0)
        bp_section_add_standing (context, NULL);
    else
    {
        g_autoptr (GPtrArray) parts = g_ptr_array_new ();
        if (count > 0)
            g_ptr_array_add (parts, (gpointer)bp_pack_format (pack, "%s the escalation rules",
                                                              bp_words_count (pack, count, "action meets", "actions meet")));
        if (raised > 0)
            g_ptr_array_add (parts, (gpointer)bp_pack_format (pack, "%d asked of the forums above", raised));
        if (answered > 0)
            g_ptr_array_add (parts, (gpointer)bp_pack_format (pack, "%d answered", answered));
        bp_section_set_message (context, bp_words_joined (pack, parts, 0));
    }
}
