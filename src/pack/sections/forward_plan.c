#include "base/text.h"
#include "domain/snapshot.h"
#include "pack/release.h"
#include "pack/sections/section.h"
#include "pack/wording.h"

#include <string.h>

static bool is_own (const BpBuild *build, const BpMeeting *meeting)
{
    return meeting->forum != NULL && strcmp (meeting->forum->id, build->forum->id) == 0;
}

/* What the forum will be asked at that meeting: "Approve, decide". */
static const char *purpose_of (const BpBuild *build, const BpMeeting *meeting)
{
    const BpSnapshot *snapshot = build->snapshot;
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) kinds = g_ptr_array_new ();

    if (bp_release_is_withholding (build->release))
        return BP_NOT_PUBLISHED;
    for (guint i = 0; i < snapshot->decisions->len; i++)
    {
        const BpDecision *decision = g_ptr_array_index (snapshot->decisions, i);
        if (!decision->is_open || decision->forum == NULL || decision->forum != meeting->forum || decision->meeting != meeting->date
            || meeting->date == BP_DATE_NONE)
            continue;
        if (!bp_words_is_blank (decision->kind) && !g_ptr_array_find_with_equal_func (kinds, decision->kind, g_str_equal, NULL))
            g_ptr_array_add (kinds, (gpointer)decision->kind);
    }
    if (kinds->len == 0)
        return "To be confirmed";
    return bp_pack_take (pack, bp_text_dup_capitalised (bp_words_joined (pack, kinds, 0)));
}

static void add_day (const BpBuild *build, BpCell *cell, BpDate date)
{
    if (date != BP_DATE_NONE)
        bp_cell_add (build->pack, cell, BP_LINE_MAIN, bp_value_date (date, BP_DATE_LONG));
    else
        bp_cell_add_text (build->pack, cell, BP_LINE_MAIN, "To be confirmed");
}

static void add_meeting_row (const BpBuild *build, BpNode *table, const BpMeeting *meeting)
{
    BpPack *pack = build->pack;
    bool own = is_own (build, meeting);
    BpTableRow *row = bp_pack_add_row (pack, table, own ? BP_ROW_HIGHLIGHT : BP_ROW_PLAIN, NULL);

    add_day (build, &row->cells[0], meeting->date);
    if (meeting->date == BP_DATE_NONE && !bp_words_is_blank (meeting->date_text) && g_ascii_strcasecmp (meeting->date_text, "TBC") != 0)
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_SECOND, bp_pack_format (pack, "Typed: %s", meeting->date_text));
    bp_cell_add_text (pack, &row->cells[1], own ? BP_LINE_STRONG : BP_LINE_MAIN,
                      meeting->forum != NULL ? meeting->forum->name : meeting->forum_text);
    bp_cell_add_text (pack, &row->cells[2], BP_LINE_MAIN, bp_words_is_blank (meeting->title) ? "No title given" : meeting->title);
    bp_cell_add_text (pack, &row->cells[3], BP_LINE_MAIN, purpose_of (build, meeting));
    add_day (build, &row->cells[4], meeting->papers_due);
    bp_build_mark_printed (build, meeting);
}

/* Meetings from the one that this pack is for, or from the as-of date; those without a date last, as the snapshot has them. */
static GPtrArray *dup_coming (const BpBuild *build)
{
    const BpSnapshot *snapshot = build->snapshot;
    const BpDate start = MAX (snapshot->as_of, build->pack->meeting_date);
    GPtrArray *coming = g_ptr_array_new ();

    for (guint i = 0; i < snapshot->meetings->len; i++)
    {
        BpMeeting *meeting = g_ptr_array_index (snapshot->meetings, i);
        if (meeting->date == BP_DATE_NONE || meeting->date >= start)
            g_ptr_array_add (coming, meeting);
    }
    return coming;
}

/* The forum's first dated meeting after the one that this pack is for. */
static const BpMeeting *find_following (const BpBuild *build, const GPtrArray *coming)
{
    for (guint i = 0; i < coming->len; i++)
    {
        const BpMeeting *meeting = g_ptr_array_index (coming, i);
        if (is_own (build, meeting) && meeting->date != BP_DATE_NONE
            && (build->pack->meeting_date == BP_DATE_NONE || meeting->date > build->pack->meeting_date))
            return meeting;
    }
    return NULL;
}

/* Which rows of a list that is cut are printed: every meeting up to the forum's own next one, and on from there while there is room; if
 * that is too far off, the first ones and the own next one, with a row between them that says how many are left out. */
typedef struct
{
    guint first;  /* so many from the start */
    guint resume; /* then the one at this index; = first without a gap */
} PlanRows;

static PlanRows choose_rows (const GPtrArray *coming, const BpMeeting *following, guint limit)
{
    guint at = 0;

    if (following == NULL || limit >= coming->len || !g_ptr_array_find ((GPtrArray *)coming, following, &at) || at < limit)
        return (PlanRows){ MIN (limit, coming->len), coming->len };
    /* a row that says that one meeting is left out takes the room of that meeting */
    return at == limit ? (PlanRows){ at, at } : (PlanRows){ limit - 1, at };
}

static void add_gap_row (const BpBuild *build, BpNode *table, const GPtrArray *coming, PlanRows rows)
{
    BpPack *pack = build->pack;
    BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, NULL);
    const BpMeeting *last = g_ptr_array_index (coming, rows.resume - 1);
    int count = (int)(rows.resume - rows.first);

    bp_cell_add_text (pack, &row->cells[0], BP_LINE_SECOND, bp_pack_format (pack, "To %s", bp_words_date (pack, last->date, BP_DATE_LONG)));
    bp_cell_add_text (pack, &row->cells[1], BP_LINE_SECOND, bp_words_count (pack, count, "other meeting", "other meetings"));
    bp_cell_add_text (pack, &row->cells[2], BP_LINE_SECOND, "In the workbook, sheet Meetings");
    bp_cell_add_text (pack, &row->cells[3], BP_LINE_SECOND, "Not shown");
    bp_cell_add_text (pack, &row->cells[4], BP_LINE_SECOND, "Not shown");
}

static int add_rows (const BpBuild *build, BpNode *table, const GPtrArray *coming, PlanRows rows)
{
    int shown = 0;

    for (guint i = 0; i < rows.first; i++, shown++)
        add_meeting_row (build, table, g_ptr_array_index (coming, i));
    if (rows.resume >= coming->len)
        return shown;
    if (rows.resume > rows.first)
        add_gap_row (build, table, coming, rows);
    add_meeting_row (build, table, g_ptr_array_index (coming, rows.resume));
    return shown + 1;
}

/* A pack is read at its own meeting: what counts there is the one after. */
static void set_headline (BpSectionContext *context, const BpMeeting *following)
{
    BpPack *pack = context->build->pack;
    const bool has_meeting = pack->meeting_date != BP_DATE_NONE;

    if (following != NULL)
    {
        const char *date = bp_words_date (pack, following->date, BP_DATE_LONG);
        bp_section_set_headline (
            context, bp_pack_format (pack, "%s %s", has_meeting ? "After this meeting, the next is on" : "This forum next meets on", date));
        bp_section_set_message (context, bp_pack_format (pack, "Next meeting %s", date));
    }
    else if (has_meeting)
    {
        bp_section_set_headline (
            context, bp_pack_format (pack, "No meeting is dated after that of %s", bp_words_date (pack, pack->meeting_date, BP_DATE_LONG)));
        bp_section_set_message (context, "No later meeting dated");
    }
    else
        bp_section_set_message (context, "No date for the next meeting yet");
}

void bp_section_build_forward_plan (BpSectionContext *context)
{
    const BpTableColumn columns[] = {
        { .title = "Date", .width_pt = 100.0, .is_row_header = true },
        { .title = "Forum", .width_share = 1.0 },
        { .title = "Item", .width_share = 1.2 },
        { .title = "Purpose", .width_pt = 92.0 },
        { .title = "Papers due", .width_pt = 100.0 },
    };
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) coming = dup_coming (build);

    bp_section_set_headline (context, NULL);
    if (coming->len == 0)
    {
        bp_section_add_standing (context, NULL);
        return;
    }
    const BpMeeting *following = find_following (build, coming);
    set_headline (context, following);
    BpNode *table = bp_pack_add_table (pack, context->node, BP_TABLE_FULL, "Meetings to come", columns, G_N_ELEMENTS (columns));
    const int shown = add_rows (build, table, coming, choose_rows (coming, following, (guint)MAX (2, bp_section_limit (context))));
    bp_section_add_cut_note (context, shown, (int)coming->len, "meetings", "Meetings");
}
