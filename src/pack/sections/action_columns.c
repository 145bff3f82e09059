#include "pack/sections/action_columns.h"

#include "base/text.h"
#include "domain/snapshot.h"
#include "pack/mark.h"
#include "pack/release.h"
#include "pack/sections/ask_lines.h"
#include "pack/wording.h"

#include <string.h>

const char *const bp_tracker_column_names[] = { "ref",       "action", "title",  "area",   "project", "lead", "owner",     "organisation",
                                                "timeframe", "due",    "status", "change", "update",  "kpis", "milestone", NULL };

void bp_cell_add_action_ref (const BpBuild *build, BpCell *cell, const BpAction *action)
{
    bp_cell_add_text (build->pack, cell, BP_LINE_STRONG, bp_words_action_ref (build, action));
}

void bp_cell_add_lead (const BpBuild *build, BpCell *cell, const BpAction *action)
{
    if (bp_words_is_blank (action->lead))
    {
        bp_cell_add_text (build->pack, cell, BP_LINE_STRONG, "No lead");
        bp_cell_add_text (build->pack, cell, BP_LINE_SECOND, "blank in the plan");
        return;
    }
    /* Which leads were inherited from the row above: the workbook and the section on data quality say it. */
    bp_cell_add_text (build->pack, cell, BP_LINE_MAIN, action->lead);
}

const char *bp_action_owner (const BpBuild *build, const BpAction *action)
{
    return bp_words_is_blank (action->lead) ? "No lead" : bp_snapshot_short_lead (build->snapshot, action->lead);
}

const char *bp_action_timeframe_text (const BpAction *action)
{
    return bp_text_is_blank (action->timeframe.text) ? "blank" : action->timeframe.text;
}

const char *bp_action_due_text (const BpBuild *build, const BpAction *action)
{
    if (action->due != BP_DATE_NONE)
        return bp_words_date (build->pack, action->due, BP_DATE_LONG);
    switch (action->timeframe.kind)
    {
    case BP_TIMEFRAME_ONGOING:
        return "On-going";
    case BP_TIMEFRAME_COMPLETE:
        return "Complete";
    case BP_TIMEFRAME_TBC:
        return "To be confirmed";
    case BP_TIMEFRAME_BLANK:
    case BP_TIMEFRAME_DATE:
    case BP_TIMEFRAME_TWO_DATES:
    case BP_TIMEFRAME_RECURRING:
    case BP_TIMEFRAME_UNKNOWN:
        return "No date";
    }
    g_assert_not_reached ();
}

/* A day without its year where that is the year of the data. */
static const char *near_date_text (const BpBuild *build, BpDate date)
{
    int year = 0;
    int month = 0;
    int day = 0;
    int data_year = 0;
    int ignored = 0;

    bp_date_split (date, &year, &month, &day);
    bp_date_split (build->snapshot->as_of, &data_year, &ignored, &ignored);
    if (year != data_year)
        return bp_words_date (build->pack, date, BP_DATE_LONG);
    return bp_pack_format (build->pack, "%d %s", day, bp_month_name (month));
}

static void add_moves (const BpBuild *build, BpCell *cell, const BpAction *action)
{
    BpPack *pack = build->pack;

    if (action->approved_moves > 0 && action->original_due != BP_DATE_NONE && action->original_due != action->due)
        bp_cell_add_text (pack, cell, BP_LINE_SECOND,
                          bp_pack_format (pack, "Was %s", bp_words_date (pack, action->original_due, BP_DATE_LONG)));
    if (action->approved_moves > 0)
    {
        BpDate last = BP_DATE_NONE;
        for (guint i = 0; i < action->moves->len; i++)
        {
            const BpDateMove *move = &g_array_index (action->moves, BpDateMove, i);
            if (!bp_words_is_blank (move->approved_by))
                last = move->moved_on;
        }
        const char *times = action->approved_moves == 1 ? "once"
                            : action->approved_moves == 2
                                ? "twice"
                                : bp_pack_format (pack, "%s times", bp_words_number (pack, action->approved_moves, false));
        const char *when = last != BP_DATE_NONE ? bp_pack_format (pack, ", %s", near_date_text (build, last)) : "";
        bp_cell_add_text (pack, cell, BP_LINE_SECOND, bp_pack_format (pack, "Moved %s%s", times, when));
    }
    if (action->forecast != BP_DATE_NONE)
    {
        bp_cell_add_text (pack, cell, BP_LINE_SECOND,
                          bp_pack_format (pack, "Forecast %s,", bp_words_date (pack, action->forecast, BP_DATE_MEDIUM)));
        bp_cell_add_text (pack, cell, BP_LINE_SECOND, "not approved");
    }
}

/* Whether the cell says already what was typed: "April 2025" is said by "30 April 2025", or by "Was 30 April 2025". */
static bool says_timeframe (const BpBuild *build, const BpAction *action, const char *main_text)
{
    const char *typed = action->timeframe.text;
    bool prints_original = action->approved_moves > 0 && action->original_due != BP_DATE_NONE;

    return strstr (main_text, typed) != NULL
           || (prints_original && strstr (bp_words_date (build->pack, action->original_due, BP_DATE_LONG), typed) != NULL);
}

/* What was typed, in one run of text: its quotation marks and its place below the date say what it is. */
static void add_quoted_timeframe (const BpBuild *build, BpCell *cell, const char *typed)
{
    bp_cell_add_text (build->pack, cell, BP_LINE_SECOND, bp_pack_format (build->pack, "Plan: \u201c%s\u201d", typed));
}

static void add_timeframe_notes (const BpBuild *build, BpCell *cell, const BpAction *action, const char *main_text)
{
    const BpTimeframe *timeframe = &action->timeframe;
    BpPack *pack = build->pack;

    if (timeframe->kind == BP_TIMEFRAME_COMPLETE)
        bp_cell_add_text (pack, cell, BP_LINE_SECOND, "in the plan; day not known");
    else if (bp_text_is_blank (timeframe->text))
        bp_cell_add_text (pack, cell, BP_LINE_SECOND, "blank in the plan");
    else if (!says_timeframe (build, action, main_text))
        add_quoted_timeframe (build, cell, timeframe->text);
    else if (timeframe->kind == BP_TIMEFRAME_RECURRING)
    {
        g_autofree char *recurrence = bp_timeframe_dup_recurrence_text (timeframe);
        bp_cell_add_text (pack, cell, BP_LINE_SECOND, bp_pack_format (pack, "repeats %s", recurrence));
    }
    if (timeframe->kind == BP_TIMEFRAME_UNKNOWN)
        bp_cell_add_text (pack, cell, BP_LINE_SECOND, "not understood");
}

void bp_cell_add_due (const BpBuild *build, BpCell *cell, const BpAction *action)
{
    const char *text = bp_action_due_text (build, action);
    BpPack *pack = build->pack;

    if (action->due != BP_DATE_NONE)
        bp_cell_add (pack, cell, BP_LINE_MAIN, bp_value_date (action->due, BP_DATE_LONG));
    else
        bp_cell_add_text (pack, cell, action->is_undated ? BP_LINE_STRONG : BP_LINE_MAIN, text);
    if (action->is_overdue)
        bp_cell_add_text (pack, cell, BP_LINE_ALARM,
                          bp_pack_format (pack, "%s overdue", bp_words_count (pack, action->days_overdue, "day", "days")));
    if (action->is_done && action->completed_on != BP_DATE_NONE)
        bp_cell_add_text (pack, cell, BP_LINE_SECOND,
                          bp_pack_format (pack, "Done %s", bp_words_date (pack, action->completed_on, BP_DATE_MEDIUM)));
    add_moves (build, cell, action);
    add_timeframe_notes (build, cell, action, text);
}

static const char *severity_words (BpSeverity severity)
{
    switch (severity)
    {
    case BP_SEVERITY_NONE:
        return "on track";
    case BP_SEVERITY_AT_RISK:
        return "at risk";
    case BP_SEVERITY_OFF_TRACK:
        return "off track";
    }
    g_assert_not_reached ();
}

const char *bp_action_dates_say (const BpBuild *build, const BpAction *action)
{
    return action->disagrees ? bp_pack_format (build->pack, "Dates say: %s", severity_words (action->computed)) : NULL;
}

void bp_cell_add_dates_say (const BpBuild *build, BpCell *cell, const BpAction *action)
{
    const char *words = bp_action_dates_say (build, action);

    if (words != NULL)
        bp_cell_add_text (build->pack, cell, BP_LINE_STRONG, words);
}

void bp_cell_add_status (const BpBuild *build, BpCell *cell, const BpAction *action)
{
    bp_cell_add (build->pack, cell, BP_LINE_MAIN, bp_value_status (bp_mark_of_status (action->status)));
    bp_cell_add_dates_say (build, cell, action);
}

bool bp_action_has_new_status (const BpAction *action)
{
    return action->previous_status != NULL && action->previous_status != action->status;
}

bool bp_action_is_newly_done (const BpAction *action)
{
    return action->is_done && bp_action_has_new_status (action) && !bp_status_is_done (action->previous_status);
}

bool bp_action_has_moved_since (const BpBuild *build, const BpAction *action, BpDate *from_out)
{
    if (build->snapshot->previous == BP_DATE_NONE)
        return false;
    for (guint i = 0; i < action->moves->len; i++)
    {
        const BpDateMove *move = &g_array_index (action->moves, BpDateMove, i);
        if (move->moved_on <= build->snapshot->previous || bp_words_is_blank (move->approved_by))
            continue;
        if (from_out != NULL)
            *from_out = move->from;
        return true;
    }
    return false;
}

void bp_cell_add_change (const BpBuild *build, BpCell *cell, const BpAction *action)
{
    if (action->previous_status == NULL)
        bp_cell_add_text (build->pack, cell, BP_LINE_SECOND, "First report");
    else if (bp_action_has_new_status (action))
        bp_cell_add (build->pack, cell, BP_LINE_MAIN,
                     bp_value_status_change (bp_mark_of_status (action->previous_status), bp_mark_of_status (action->status)));
    else
        bp_cell_add_text (build->pack, cell, BP_LINE_SECOND, "None");
}

void bp_cell_add_new_status (const BpBuild *build, BpCell *cell, const BpAction *action)
{
    if (!bp_action_has_new_status (action))
    {
        bp_cell_add_status (build, cell, action);
        return;
    }
    bp_cell_add_change (build, cell, action);
    bp_cell_add_dates_say (build, cell, action);
}

/* What stands where a reason would, for those who may not read reasons. */
static const char *published_words (const BpBuild *build, const BpAction *action)
{
    const char *progress = bp_release_progress (build->release, action->latest);

    if (!bp_words_is_blank (progress))
        return bp_words_sentence (build->pack, progress);
    return action->is_update_missing || action->latest == NULL ? "No update received" : BP_NOT_PUBLISHED;
}

const char *bp_action_reason (const BpBuild *build, const BpAction *action)
{
    const BpUpdate *update = action->latest;

    if (bp_release_is_withholding (build->release))
        return published_words (build, action);
    if (update != NULL && !bp_words_is_blank (update->reason))
        return bp_words_sentence (build->pack, update->reason);
    if (action->is_update_missing || update == NULL)
        return "No update received";
    return "No reason given";
}

const char *bp_action_way_back (const BpBuild *build, const BpAction *action)
{
    const BpUpdate *update = action->latest;

    if (bp_release_is_withholding (build->release))
        return BP_NOT_PUBLISHED;
    if (update != NULL && !bp_words_is_blank (update->path_to_green))
        return bp_words_sentence (build->pack, update->path_to_green);
    return "No way back given";
}

const char *bp_action_back_by (const BpBuild *build, const BpAction *action)
{
    if (action->forecast != BP_DATE_NONE)
        return bp_words_date (build->pack, action->forecast, BP_DATE_LONG);
    if (action->due != BP_DATE_NONE && action->due >= build->snapshot->as_of)
        return bp_words_date (build->pack, action->due, BP_DATE_LONG);
    return "No new date given";
}

/* Letters and figures alone, without case. */
static char *dup_bare (const char *text)
{
    g_autofree char *folded = bp_text_dup_folded (text);
    GString *bare = g_string_new (NULL);

    for (const char *at = folded; *at != '\0'; at++)
        if (!g_ascii_ispunct (*at))
            g_string_append_c (bare, *at);
    return g_string_free (bare, FALSE);
}

/* Whether the one says all that the other does: nothing is printed twice in one cell. */
static bool says (const char *text, const char *other)
{
    g_autofree char *whole = dup_bare (text);
    g_autofree char *part = dup_bare (other);

    return strstr (whole, g_strstrip (part)) != NULL;
}

/* progress: what was reported; NULL. */
static void add_reason_and_way_back (const BpBuild *build, BpCell *cell, const BpAction *action, const char *progress)
{
    BpPack *pack = build->pack;
    bool has_reason = !bp_words_is_blank (action->latest->reason);

    if (progress != NULL && !(has_reason && says (action->latest->reason, progress)))
        bp_cell_add_text (pack, cell, BP_LINE_MAIN, progress);
    else
        progress = NULL;
    if (!has_reason)
        bp_cell_add_text (pack, cell, BP_LINE_STRONG, "No reason given");
    else if (progress == NULL || !says (progress, action->latest->reason))
        bp_cell_add_led (pack, cell, BP_LINE_MAIN, "Reason:", bp_action_reason (build, action));
    if (bp_words_is_blank (action->latest->path_to_green))
        bp_cell_add_text (pack, cell, BP_LINE_STRONG, "No way back given");
    else
        bp_cell_add_led (pack, cell, BP_LINE_MAIN, "Way back:", bp_action_way_back (build, action));
}

void bp_cell_add_update (const BpBuild *build, BpCell *cell, const BpAction *action)
{
    const BpUpdate *update = action->latest;
    BpPack *pack = build->pack;

    if (update == NULL)
    {
        if (action->is_update_missing)
            bp_cell_add_text (pack, cell, BP_LINE_STRONG, "No update received");
        else
            bp_cell_add_text (pack, cell, BP_LINE_SECOND, action->is_done ? "As the plan says" : "Not begun yet");
        return;
    }
    const char *progress = bp_release_progress (build->release, update);
    bool is_severe = action->status->severity != BP_SEVERITY_NONE;
    bool is_withheld = bp_release_is_withholding (build->release);
    bool has_progress = !bp_words_is_blank (progress);
    if (is_severe && !is_withheld)
        add_reason_and_way_back (build, cell, action, has_progress ? bp_words_sentence (pack, progress) : NULL);
    else if (has_progress)
        bp_cell_add_text (pack, cell, BP_LINE_MAIN, bp_words_sentence (pack, progress));
    if (cell->lines->len == 0)
        bp_cell_add_text (pack, cell, BP_LINE_SECOND, is_withheld ? BP_NOT_PUBLISHED : "No comment given");
    if (action->is_stale && !action->is_done)
        bp_cell_add_text (pack, cell, BP_LINE_SECOND,
                          bp_pack_format (pack, "Stale: last update %s", bp_words_date (pack, update->as_of, BP_DATE_LONG)));
}

/* "Learner Support, forecast 31 October 2025, not approved (due 31 March, 122 days overdue)": the owner and the day by which it is put
 * right; how late it is, or the date that stands if it is another. A forecast is a date that no forum has approved. */
static const char *owner_and_date (const BpBuild *build, const BpAction *action)
{
    BpPack *pack = build->pack;
    const char *back_by = bp_words_lower_first (pack, bp_action_back_by (build, action));
    const char *rest = "";

    if (action->forecast != BP_DATE_NONE)
        back_by = bp_pack_format (pack, "forecast %s, not approved", back_by);
    if (action->is_overdue)
        rest = bp_pack_format (pack, " (due %s, %s overdue)", near_date_text (build, action->due),
                               bp_words_count (pack, action->days_overdue, "day", "days"));
    else if (action->due == BP_DATE_NONE)
        rest = " (no due date)";
    else if (action->forecast != BP_DATE_NONE)
        rest = bp_pack_format (pack, " (due %s)", bp_words_date (pack, action->due, BP_DATE_LONG));
    return bp_pack_format (pack, "%s, %s%s", bp_action_owner (build, action), back_by, rest);
}

void bp_section_add_action_card (const BpBuild *build, BpNode *section, const BpAction *action, const GPtrArray *asks)
{
    BpPack *pack = build->pack;
    BpNode *card = bp_pack_add_note (pack, section, BP_NOTE_CARD, bp_words_action_title (pack, action, 60));
    BpMark mark = bp_mark_of_status (action->status);

    g_hash_table_add (build->cards, (gpointer)action);
    mark.word = bp_pack_text (pack, mark.word);
    mark.letter = bp_pack_text (pack, mark.letter);
    card->as.note.ref = bp_pack_text (pack, bp_words_action_ref (build, action));
    card->as.note.mark = mark;
    if (action->disagrees)
        bp_pack_add_note_row (pack, card, "Dates say",
                              bp_words_sentence (pack, bp_pack_take (pack, bp_text_dup_capitalised (severity_words (action->computed)))),
                              NULL);
    bool is_withheld = bp_release_is_withholding (build->release);
    bp_pack_add_note_row (pack, card, is_withheld ? "Progress" : "Reason", bp_action_reason (build, action), NULL);
    if (!is_withheld)
        bp_pack_add_note_row (pack, card, "Way back", bp_action_way_back (build, action), NULL);
    bp_pack_add_note_row (pack, card, "Owner, date", owner_and_date (build, action), NULL);
    if (!is_withheld)
        bp_card_add_ask_rows (build, card, action, asks);
}
