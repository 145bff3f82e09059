#include "domain/snapshot.h"
#include "pack/mark.h"
#include "pack/sections/action_columns.h"
#include "pack/sections/asks.h"
#include "pack/sections/section.h"
#include "pack/wording.h"

#include <string.h>

/* The parts of the section, in the order of how much they need the forum. */
typedef enum
{
    PART_OFF_TRACK,
    PART_SILENT,
    PART_AT_RISK,
    PART_OTHER,
    PART_COUNT
} Part;

static Part part_of (const BpBuild *build, const BpAction *action)
{
    const char *reason = bp_action_exception_reason (build->snapshot, action);

    if (g_strcmp0 (reason, "off-track") == 0)
        return PART_OFF_TRACK;
    if (g_strcmp0 (reason, "at-risk") == 0)
        return PART_AT_RISK;
    return g_strcmp0 (reason, "no-update") == 0 ? PART_SILENT : PART_OTHER;
}

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
        Part part;
        const char *one, *many, *short_words;
    } parts[] = {
        { PART_OFF_TRACK, "action is off track", "actions are off track", "off track" },
        { PART_SILENT, "action has no update", "actions have no update", "without an update" },
        { PART_AT_RISK, "action is at risk", "actions are at risk", "at risk" },
        { PART_OTHER, "action needs a look", "actions need a look", "to look at" },
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
    static const char *const words[PART_COUNT] = { "off track", "without an update", "at risk", "other" };
    const char *all = bp_words_count (build->pack, total, "exception", "exceptions");

    for (int i = 0; i < PART_COUNT; i++)
        if (counts[i] > 0)
            return bp_pack_format (build->pack, "%s, %d %s", all, counts[i], words[i]);
    return all;
}

static void add_part (BpSectionContext *context, Part part, const GPtrArray *actions, int total)
{
    static const char *const headings[PART_COUNT] = { "Off track", "No update received", "At risk", "Other exceptions" };
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;

    if (actions->len == 0)
        return;
    const char *aside = (int)actions->len < total ? bp_pack_format (pack, "%u of %d shown", actions->len, total)
                                                  : bp_words_count (pack, total, "action", "actions");
    bp_pack_add_heading (pack, context->node, 2, headings[part], aside);
    if (part == PART_SILENT || part == PART_OTHER)
        add_table (build, context->node, actions, headings[part], part == PART_OTHER);
    else
        for (guint i = 0; i < actions->len; i++)
            bp_section_add_action_card (build, context->node, g_ptr_array_index (actions, i), true);
    for (guint i = 0; i < actions->len; i++)
        bp_build_mark_printed (build, g_ptr_array_index (actions, i));
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
    const Part part_a = part_of (order->build, a);
    const Part part_b = part_of (order->build, b);

    if (part_a != part_b)
        return part_a < part_b ? -1 : 1;
    return (bp_build_ask_number (order->asks, b) > 0) - (bp_build_ask_number (order->asks, a) > 0);
}

/* Within each part, what this meeting is asked about comes first: a list that is cut still shows what is decided on. The sort is stable. */
static void put_asked_first (const BpBuild *build, GPtrArray *exceptions)
{
    g_autoptr (GPtrArray) asks = bp_build_dup_open_asks (build);
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
    int counts[PART_COUNT] = { 0 };

    bp_section_set_headline (context, NULL);
    if (exceptions->len == 0)
    {
        bp_section_add_standing (context, NULL);
        return;
    }
    g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
    for (int p = 0; p < PART_COUNT; p++)
        g_ptr_array_add (parts, g_ptr_array_new ());
    put_asked_first (build, exceptions);
    for (guint i = 0; i < exceptions->len; i++)
    {
        BpAction *action = g_ptr_array_index (exceptions, i);
        Part part = part_of (build, action);
        counts[part]++;
        if ((int)i < shown)
            g_ptr_array_add (g_ptr_array_index (parts, part), action);
    }
    bp_section_set_headline (context, headline_of (build, counts));
    bp_section_set_message (context, message_of (build, counts, (int)exceptions->len));
    context->section->subtitle = bp_pack_format (pack, "%d of %d %s %s attention", (int)exceptions->len, (int)actions->len,
                                                 bp_section_noun (context, actions, (int)actions->len),
                                                 bp_words_pick_of ((int)exceptions->len, (int)actions->len, "needs", "need"));
    for (int p = 0; p < PART_COUNT; p++)
        add_part (context, (Part)p, g_ptr_array_index (parts, (guint)p), counts[p]);
    bp_section_add_cut_note (context, shown, (int)exceptions->len, "exceptions", "Actions");
}
