#include "pack/sections/asks.h"

#include "base/text.h"
#include "domain/snapshot.h"
#include "pack/release.h"
#include "pack/sections/ask_lines.h"
#include "pack/sections/section.h"
#include "pack/wording.h"

#include <string.h>

/* Two lines of the box. */
#define SHORT_ASK_CHARS 110

static const char *const kinds[] = { "approve", "endorse", "decide", "discuss", "note" };

static bool is_open_ask (const BpBuild *build, const BpDecision *decision)
{
    return decision->is_open && decision->forum != NULL && strcmp (decision->forum->id, build->forum->id) == 0;
}

GPtrArray *bp_build_dup_open_asks (const BpBuild *build)
{
    const BpSnapshot *snapshot = build->snapshot;
    GPtrArray *asks = g_ptr_array_new ();

    for (guint i = 0; i < snapshot->decisions->len; i++)
    {
        const BpDecision *decision = g_ptr_array_index (snapshot->decisions, i);
        if (is_open_ask (build, decision) && bp_release_may_see_decision (build->release, build->forum, decision))
            g_ptr_array_add (asks, (gpointer)decision);
    }
    return asks;
}

int bp_build_ask_number (const GPtrArray *asks, const BpAction *action)
{
    for (guint i = 0; i < asks->len; i++)
        if (bp_ask_names (g_ptr_array_index (asks, i), action))
            return (int)i + 1;
    return 0;
}

/* "No asks" would be untrue of asks that are withheld. */
static bool has_withheld_ask (const BpBuild *build)
{
    const BpSnapshot *snapshot = build->snapshot;

    for (guint i = 0; i < snapshot->decisions->len; i++)
    {
        const BpDecision *decision = g_ptr_array_index (snapshot->decisions, i);
        if (is_open_ask (build, decision) && !bp_release_may_see_decision (build->release, build->forum, decision))
            return true;
    }
    return false;
}

static const char *kind_word (const BpBuild *build, const BpDecision *decision)
{
    if (bp_words_is_blank (decision->kind))
        return "Decide";
    return bp_pack_take (build->pack, bp_text_dup_capitalised (decision->kind));
}

/* The ask without the verb that stands before it: "1. Approve", "New dates for 2.1.4". */
static const char *words_after_kind (const BpBuild *build, const BpDecision *decision)
{
    const char *ask = bp_build_ask_text (build, decision);
    const gsize length = strlen (kind_word (build, decision));

    if (g_ascii_strncasecmp (ask, kind_word (build, decision), length) != 0 || ask[length] != ' ')
        return ask;
    return bp_pack_take (build->pack, bp_text_dup_capitalised (ask + length + 1));
}

const char *bp_build_asks_heading (const BpBuild *build, int count)
{
    return bp_pack_format (build->pack, "%s %s of this meeting", bp_words_number (build->pack, count, true),
                           bp_words_pick (count, "ask", "asks"));
}

static const char *needed_by (const BpBuild *build, const BpDecision *decision)
{
    if (decision->needed_by == BP_DATE_NONE)
        return "No date given";
    bool is_late = decision->needed_by < build->snapshot->as_of;
    return bp_pack_format (build->pack, "%s %s", is_late ? "Was needed by" : "By",
                           bp_words_date (build->pack, decision->needed_by, BP_DATE_LONG));
}

static const char *owner (const BpBuild *build, const BpDecision *decision)
{
    return bp_words_is_blank (decision->owner)
               ? "No owner"
               : bp_pack_format (build->pack, "Owner: %s", bp_snapshot_short_lead (build->snapshot, decision->owner));
}

BpAskWords bp_build_ask_words (const BpBuild *build, const BpDecision *decision)
{
    return (BpAskWords){ .kind = kind_word (build, decision),
                         .text = words_after_kind (build, decision),
                         .owner = owner (build, decision),
                         .needed_by = needed_by (build, decision) };
}

const char *bp_build_no_asks_text (const BpBuild *build)
{
    return has_withheld_ask (build) ? "Asks of this meeting are not published." : "No asks of this meeting.";
}

int bp_build_most_asks (const BpBuild *build)
{
    for (guint i = 0; i < build->layout->sections->len; i++)
    {
        const BpSectionLayout *section = g_ptr_array_index (build->layout->sections, i);
        const int limit = strcmp (section->type, "asks") == 0 ? bp_section_layout_get_int (section, "limit", 0) : -1;
        if (limit >= 0)
            return limit > 0 ? limit : G_MAXINT;
    }
    return bp_build_has_section (build, "summary") ? BP_MOST_ASKS_IN_SHORT : 0;
}

/* Owners stand on the asks page, where there is one. */
static const char *aside_of (const BpBuild *build, const BpAskWords *words, BpAsksForm form)
{
    if (form == BP_ASKS_IN_SHORT && bp_build_has_section (build, "asks"))
        return words->needed_by;
    return bp_pack_format (build->pack, "%s\n%s", words->owner, words->needed_by);
}

void bp_section_add_asks_box (const BpBuild *build, BpNode *section, const GPtrArray *asks, BpAsksForm form, int limit)
{
    BpPack *pack = build->pack;
    int count = (int)asks->len;
    BpNode *box = bp_pack_add_note (pack, section, BP_NOTE_ASKS, count > 0 ? bp_build_asks_heading (build, count) : NULL);

    if (count == 0)
        bp_pack_add_note_row (pack, box, NULL, bp_build_no_asks_text (build), NULL);
    for (int i = 0; i < count && i < limit; i++)
    {
        const BpDecision *decision = g_ptr_array_index (asks, i);
        const BpAskWords words = bp_build_ask_words (build, decision);
        const char *text = form == BP_ASKS_IN_SHORT ? bp_pack_take (pack, bp_text_dup_shortened (words.text, SHORT_ASK_CHARS)) : words.text;
        bp_pack_add_note_row (pack, box, bp_pack_format (pack, "%d. %s", i + 1, words.kind), text, aside_of (build, &words, form));
        bp_build_mark_printed (build, decision);
    }
    if (count > limit)
        bp_pack_add_note_row (pack, box, NULL,
                              form == BP_ASKS_IN_SHORT && bp_build_has_section (build, "asks")
                                  ? bp_pack_format (pack, "%d more on the asks page.", count - limit)
                                  : bp_pack_format (pack, "%d more in the workbook, sheet Decisions.", count - limit),
                              NULL);
}

static const char *given_or (const char *text, const char *otherwise)
{
    return bp_words_is_blank (text) ? otherwise : text;
}

/* "None.", however it is typed. */
static bool says_none (const char *text)
{
    return g_ascii_strcasecmp (text, "none") == 0 || g_ascii_strcasecmp (text, "none.") == 0;
}

/* "Approve." of an ask to approve: a recommendation that only says again what is asked. */
static bool repeats_kind (const BpDecision *decision)
{
    const gsize length = strlen (decision->kind);

    return length > 0 && g_ascii_strncasecmp (decision->recommendation, decision->kind, length) == 0
           && (decision->recommendation[length] == '\0' || strcmp (decision->recommendation + length, ".") == 0);
}

static void add_recommendation (const BpBuild *build, BpCell *cell, const BpDecision *decision)
{
    bp_cell_add_text (build->pack, cell, BP_LINE_MAIN, given_or (decision->recommendation, "None given"));
}

/* One line for each: they are typed in one cell, with semicolons between them. */
static void add_options (const BpBuild *build, BpCell *cell, const BpDecision *decision)
{
    g_auto (GStrv) options = bp_text_split_list (decision->options, ';');

    for (int i = 0; options[i] != NULL; i++)
        bp_cell_add_text (build->pack, cell, BP_LINE_MAIN, bp_words_lower_first (build->pack, bp_pack_text (build->pack, options[i])));
    if (options[0] == NULL)
        bp_cell_add_text (build->pack, cell, BP_LINE_MAIN, "None given");
}

static void add_implications (const BpBuild *build, BpCell *cell, const BpDecision *decision)
{
    const char *text = says_none (decision->implications) ? "No implications" : given_or (decision->implications, "None given");

    bp_cell_add_text (build->pack, cell, BP_LINE_MAIN, text);
}

static bool has_recommendation (const BpDecision *decision)
{
    return !bp_words_is_blank (decision->recommendation) && !repeats_kind (decision);
}

static bool has_options (const BpDecision *decision)
{
    return !bp_words_is_blank (decision->options);
}

static bool has_implications (const BpDecision *decision)
{
    return !bp_words_is_blank (decision->implications) && !says_none (decision->implications);
}

/* What an ask may rest on: a column each, if it tells anything of any ask. */
static const struct
{
    const char *title;
    bool (*has_any) (const BpDecision *decision);
    void (*add) (const BpBuild *build, BpCell *cell, const BpDecision *decision);
} grounds[] = {
    { "Recommendation", has_recommendation, add_recommendation },
    { "Options", has_options, add_options },
    { "Implications", has_implications, add_implications },
};

static void add_details (BpSectionContext *context, const GPtrArray *asks, int limit)
{
    BpTableColumn columns[G_N_ELEMENTS (grounds) + 1] = { { .title = "Ask", .width_pt = 80.0, .is_row_header = true } };
    gsize shown[G_N_ELEMENTS (grounds)];
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    int count = 0;

    for (gsize g = 0; g < G_N_ELEMENTS (grounds); g++)
    {
        bool has_any = false;
        for (int i = 0; i < (int)asks->len && i < limit; i++)
            has_any = has_any || grounds[g].has_any (g_ptr_array_index (asks, i));
        if (!has_any)
            continue;
        shown[count++] = g;
        columns[count] = (BpTableColumn){ .title = grounds[g].title, .width_share = 1.0 };
    }
    if (count == 0)
        return;
    bp_pack_add_heading (pack, context->node, 2, "What each ask rests on", NULL);
    BpNode *table = bp_pack_add_table (pack, context->node, BP_TABLE_FULL, "What each ask rests on", columns, count + 1);
    for (int i = 0; i < (int)asks->len && i < limit; i++)
    {
        const BpDecision *decision = g_ptr_array_index (asks, i);
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, decision->ref);
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_STRONG, bp_pack_format (pack, "%d. %s", i + 1, kind_word (build, decision)));
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_SECOND, decision->ref);
        for (int c = 0; c < count; c++)
            grounds[shown[c]].add (build, &row->cells[c + 1], decision);
    }
}

/* What the forum decided since the last pack. */
static void add_decided (BpSectionContext *context)
{
    const BpTableColumn columns[] = {
        { .title = "Decision", .width_pt = 70.0, .is_row_header = true },
        { .title = "What was asked", .width_share = 1.2 },
        { .title = "Outcome", .width_share = 1.0 },
        { .title = "Decided on", .width_pt = 100.0 },
    };
    const BpBuild *build = context->build;
    const BpSnapshot *snapshot = build->snapshot;
    BpPack *pack = build->pack;
    BpNode *table = NULL;

    for (guint i = 0; i < snapshot->decisions->len; i++)
    {
        const BpDecision *decision = g_ptr_array_index (snapshot->decisions, i);
        if (decision->is_open || decision->decided_on == BP_DATE_NONE || decision->forum == NULL
            || strcmp (decision->forum->id, build->forum->id) != 0)
            continue;
        if (snapshot->previous != BP_DATE_NONE && decision->decided_on <= snapshot->previous)
            continue;
        if (table == NULL)
        {
            bp_pack_add_heading (pack, context->node, 2, "Decided since the last pack", NULL);
            table = bp_pack_add_table (pack, context->node, BP_TABLE_PANEL, "Decisions of this forum since the last pack", columns,
                                       G_N_ELEMENTS (columns));
        }
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, decision->ref);
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_MAIN, decision->ref);
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, bp_build_ask_text (build, decision));
        bp_cell_add_text (pack, &row->cells[2], BP_LINE_MAIN, given_or (decision->outcome, "No outcome recorded"));
        bp_cell_add (pack, &row->cells[3], BP_LINE_MAIN, bp_value_date (decision->decided_on, BP_DATE_LONG));
        bp_build_mark_printed (build, decision);
    }
}

/* "3 asks: approve 1, decide 2": short, since the cover has one line for it. */
static const char *message_of (const BpBuild *build, const GPtrArray *asks)
{
    g_autoptr (GPtrArray) words = g_ptr_array_new ();
    int named = 0;

    for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
        int count = 0;
        for (guint i = 0; i < asks->len; i++)
            count += g_strcmp0 (((const BpDecision *)g_ptr_array_index (asks, i))->kind, kinds[k]) == 0;
        if (count > 0)
            g_ptr_array_add (words, (gpointer)bp_pack_format (build->pack, "%s %d", kinds[k], count));
        named += count;
    }
    /* What is of no known kind is asked all the same. */
    if (named < (int)asks->len)
        g_ptr_array_add (words, (gpointer)bp_pack_format (build->pack, "other %d", (int)asks->len - named));
    g_ptr_array_add (words, NULL);
    g_autofree char *joined = g_strjoinv (", ", (char **)words->pdata);
    return bp_pack_format (build->pack, "%s: %s", bp_words_count (build->pack, (int)asks->len, "ask", "asks"), joined);
}

void bp_section_build_asks (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    g_autoptr (GPtrArray) asks = bp_build_dup_open_asks (build);
    int limit = bp_section_limit (context);

    if (has_withheld_ask (build))
    {
        bp_section_set_headline (context, NULL);
        bp_section_add_withheld (context, bp_build_no_asks_text (build));
    }
    else if (asks->len == 0)
    {
        bp_section_set_headline (context, NULL);
        bp_section_add_standing (context, NULL);
    }
    else
    {
        bp_section_set_headline (context, bp_build_asks_heading (build, (int)asks->len));
        bp_section_set_message (context, message_of (build, asks));
        bp_section_add_asks_box (build, context->node, asks, BP_ASKS_WHOLE, limit);
        add_details (context, asks, limit);
        bp_section_add_cut_note (context, MIN (limit, (int)asks->len), (int)asks->len, "asks", "Decisions");
    }
    add_decided (context);
}
