#include "domain/snapshot.h"
#include "pack/mark.h"
#include "pack/sections/action_columns.h"
#include "pack/sections/asks.h"
#include "pack/sections/exception_groups.h"
#include "pack/sections/section.h"
#include "pack/wording.h"

#include <string.h>

static const char *reason_words (const BpBuild *build, const BpAction *action)
{
    const char *reason = bp_action_exception_reason (build->snapshot, action);

    if (g_strcmp0 (reason, "overdue") == 0)
        return "Past its date and not reported as done.";
    if (g_strcmp0 (reason, "undated") == 0)
        return "It has no end date.";
    if (g_strcmp0 (reason, "unapproved-move") == 0)
        return "Its forecast is not its approved date, and nobody has approved the move.";
    if (g_strcmp0 (reason, "disagrees") == 0)
        return bp_words_is_blank (action->computed_text) ? "Dates and reported status disagree."
                                                         : bp_words_sentence (build->pack, action->computed_text);
    if (g_strcmp0 (reason, "no-update") == 0)
        return "No update received.";
    return bp_action_reason (build, action);
}

/* has_reasons: what stands under a heading that gives the one reason of all its actions does not repeat it in each row. */
static void add_table (const BpBuild *build, BpNode *section, const GPtrArray *actions, const char *caption, bool has_reasons)
{
    const BpTableColumn columns[] = {
        { .title = "Ref", .width_pt = 46.0, .is_row_header = true },
        { .title = "Action", .width_share = 1.0 },
        { .title = "Owner", .width_share = 0.7 },
        { .title = "Due date", .width_pt = 104.0 },
        { .title = "Why it is here", .width_share = 0.9 },
    };
    BpPack *pack = build->pack;
    BpNode *table = bp_pack_add_table (pack, section, BP_TABLE_FULL, caption, columns, (int)G_N_ELEMENTS (columns) - !has_reasons);

    for (guint i = 0; i < actions->len; i++)
    {
        const BpAction *action = g_ptr_array_index (actions, i);
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, action->key);
        bp_cell_add_action_ref (build, &row->cells[0], action);
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, bp_words_action_title (pack, action, 90));
        bp_cell_add_text (pack, &row->cells[2], BP_LINE_MAIN, bp_action_owner (build, action));
        bp_cell_add_due (build, &row->cells[3], action);
        if (has_reasons)
            bp_cell_add_text (pack, &row->cells[4], BP_LINE_MAIN, reason_words (build, action));
    }
}

/* "6 actions are off track, 3 have no update": the first two parts that have any. */
static const char *headline_of (const BpBuild *build, const int *counts)
{
    static const struct
    {
        BpExceptionGroup part;
        const char *one, *many, *short_words;
    } parts[] = {
        { BP_EXCEPTION_OFF_TRACK, "action is off track", "actions are off track", "off track" },
        { BP_EXCEPTION_SILENT, "action has no update", "actions have no update", "without an update" },
        { BP_EXCEPTION_PAST_DATE, "action is past its date", "actions are past their dates", "past the date" },
        { BP_EXCEPTION_AT_RISK, "action is at risk", "actions are at risk", "at risk" },
        { BP_EXCEPTION_OTHER, "action needs a look", "actions need a look", "to look at" },
    };
    BpPack *pack = build->pack;
    const char *first = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
        int count = counts[parts[i].part];
        if (count == 0)
            continue;
        if (first != NULL)
            return bp_pack_format (pack, "%s, %s %s", first, bp_words_number (pack, count, false), parts[i].short_words);
        first = bp_pack_format (pack, "%s %s", bp_words_number (pack, count, true), bp_words_pick (count, parts[i].one, parts[i].many));
    }
    return first;
}

/* "20 exceptions, 6 off track": all of them, and the gravest part; the cover has one line for it. */
static const char *message_of (const BpBuild *build, const int *counts, int total)
{
    static const char *const words[BP_EXCEPTION_GROUP_COUNT] = { "off track", "without an update", "past the date", "at risk", "other" };
    const char *all = bp_words_count (build->pack, total, "exception", "exceptions");

    for (int i = 0; i < BP_EXCEPTION_GROUP_COUNT; i++)
        if (counts[i] > 0)
            return bp_pack_format (build->pack, "%s, %d %s", all, counts[i], words[i]);
    return all;
}

/* Some of the group are asked about, so that they stand before those that are longer overdue. */
static bool is_asked_first (const GPtrArray *actions, const GPtrArray *asks)
{
    guint asked = 0;

    for (guint i = 0; i < actions->len; i++)
        asked += bp_build_ask_number (asks, g_ptr_array_index (actions, i)) > 0;
    return asked > 0 && asked < actions->len;
}

static void add_part (BpSectionContext *context, BpExceptionGroup part, const GPtrArray *actions, int total, const GPtrArray *asks)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;

    if (actions->len == 0)
        return;
    const char *heading = bp_exception_group_heading (build, part, actions);
    const char *aside = (int)actions->len < total ? bp_pack_format (pack, "%u of %d shown", actions->len, total)
                                                  : bp_words_count (pack, total, "action", "actions");
    if (is_asked_first (actions, asks))
        aside = bp_pack_format (pack, "%s, asked of this meeting first", aside);
    bp_pack_add_heading (pack, context->node, 2, heading, aside);
    if (part == BP_EXCEPTION_OFF_TRACK || part == BP_EXCEPTION_AT_RISK)
        for (guint i = 0; i < actions->len; i++)
            bp_section_add_action_card (build, context->node, g_ptr_array_index (actions, i), asks);
    else
        add_table (build, context->node, actions, heading, part == BP_EXCEPTION_OTHER);
    for (guint i = 0; i < actions->len; i++)
        bp_build_mark_printed (build, g_ptr_array_index (actions, i));
}

/* The groups above this note and those in it add up to all exceptions. */
static void add_left_out (BpSectionContext *context, const GPtrArray *exceptions, int shown)
{
    int counts[BP_EXCEPTION_GROUP_COUNT];

    if (shown >= (int)exceptions->len)
        return;
    bp_exception_group_count (context->build, exceptions, (guint)shown, counts);
    bp_pack_add_paragraph (context->build->pack, context->node, BP_PARAGRAPH_CAPTION,
                           bp_pack_format (context->build->pack,
                                           "%d of %u exceptions shown. Not shown: %s; see the workbook, sheet Actions.", shown,
                                           exceptions->len, bp_exception_group_counts (context->build, counts)));
}

typedef struct
{
    const BpBuild *build;
    const GPtrArray *asks;
} AskOrder;

static int compare_asked (gconstpointer left, gconstpointer right, gpointer data)
{
    const AskOrder *order = data;
    const BpAction *a = *(const BpAction *const *)left;
    const BpAction *b = *(const BpAction *const *)right;
    const BpExceptionGroup part_a = bp_exception_group_of (order->build, a);
    const BpExceptionGroup part_b = bp_exception_group_of (order->build, b);

    if (part_a != part_b)
        return part_a < part_b ? -1 : 1;
    return (bp_build_ask_number (order->asks, b) > 0) - (bp_build_ask_number (order->asks, a) > 0);
}

/* Within each part, what this meeting is asked about comes first: a list that is cut still shows what is decided on. The sort is stable. */
static void put_asked_first (const BpBuild *build, GPtrArray *exceptions, const GPtrArray *asks)
{
    AskOrder order = { .build = build, .asks = asks };

    g_ptr_array_sort_with_data (exceptions, compare_asked, &order);
}

void bp_section_build_exceptions (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) actions = bp_section_dup_actions (context);
    g_autoptr (GPtrArray) exceptions = bp_snapshot_exceptions (build->snapshot, actions);
    int limit = bp_section_limit (context);
    int shown = MIN (limit, (int)exceptions->len);
    int counts[BP_EXCEPTION_GROUP_COUNT] = { 0 };

    bp_section_set_headline (context, NULL);
    if (exceptions->len == 0)
    {
        bp_section_add_standing (context, NULL);
        return;
    }
    g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
    for (int p = 0; p < BP_EXCEPTION_GROUP_COUNT; p++)
        g_ptr_array_add (parts, g_ptr_array_new ());
    g_autoptr (GPtrArray) asks = bp_build_dup_open_asks (build);
    put_asked_first (build, exceptions, asks);
    for (guint i = 0; i < exceptions->len; i++)
    {
        BpAction *action = g_ptr_array_index (exceptions, i);
        BpExceptionGroup part = bp_exception_group_of (build, action);
        counts[part]++;
        if ((int)i < shown)
            g_ptr_array_add (g_ptr_array_index (parts, part), action);
    }
    bp_section_set_headline (context, headline_of (build, counts));
    bp_section_set_message (context, message_of (build, counts, (int)exceptions->len));
    context->section->subtitle = bp_pack_format (pack, "%d of %d %s %s attention", (int)exceptions->len, (int)actions->len,
                                                 bp_section_noun (context, actions, (int)actions->len),
                                                 bp_words_pick_of ((int)exceptions->len, (int)actions->len, "needs", "need"));
    for (int p = 0; p < BP_EXCEPTION_GROUP_COUNT; p++)
        add_part (context, (BpExceptionGroup)p, g_ptr_array_index (parts, (guint)p), counts[p], asks);
    add_left_out (context, exceptions, shown);
}
