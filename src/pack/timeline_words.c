#include "pack/timeline_words.h"

#include "base/text.h"

#define NAME_CHARS 36

typedef struct
{
    int total, undated, moved;
    int most, most_year, most_month; /* the month to come in which most open ones fall due */
} Tally;

static int month_number (BpDate date)
{
    int year, month, day;

    bp_date_split (date, &year, &month, &day);
    return year * 12 + month - 1;
}

static void count_mark (const BpTimelineMark *mark, Tally *tally, int *months, int first, int today)
{
    tally->total++;
    tally->moved += mark->original != BP_DATE_NONE;
    if (mark->date == BP_DATE_NONE)
    {
        tally->undated++;
        return;
    }
    int number = month_number (mark->date);
    if (!mark->is_open || number <= today)
        return;
    int count = ++months[number - first];
    /* Of months alike the earlier one. */
    if (count < tally->most || (count == tally->most && number >= tally->most_year * 12 + tally->most_month - 1))
        return;
    tally->most = count;
    tally->most_year = number / 12;
    tally->most_month = number % 12 + 1;
}

static Tally count_marks (const BpTimeline *timeline)
{
    Tally tally = { 0 };
    int start = month_number (timeline->first);
    int today = month_number (timeline->today);
    g_autofree int *months = g_new0 (int, (gsize)(month_number (timeline->last) - start + 1));

    for (int g = 0; g < timeline->group_count; g++)
        for (int l = 0; l < timeline->groups[g].lane_count; l++)
        {
            const BpTimelineLane *lane = &timeline->groups[g].lanes[l];
            for (int m = 0; m < lane->mark_count; m++)
                count_mark (&lane->marks[m], &tally, months, start, today);
        }
    return tally;
}

char *bp_timeline_dup_alternative (const BpTimeline *timeline, bool is_part)
{
    Tally tally = count_marks (timeline);
    g_autofree char *from = bp_date_dup_text (timeline->first, BP_DATE_MONTH);
    g_autofree char *to = bp_date_dup_text (timeline->last, BP_DATE_MONTH);
    GString *text = g_string_new (NULL);

    if (is_part && timeline->group_count > 0)
    {
        g_autofree char *name = bp_text_dup_shortened (timeline->groups[0].name, NAME_CHARS);
        g_autofree char *end = bp_text_dup_shortened (timeline->groups[timeline->group_count - 1].name, NAME_CHARS);
        g_string_append (text, name);
        if (timeline->group_count > 1)
            g_string_append_printf (text, " to %s", end);
        g_string_append (text, ": ");
    }
    g_string_append_printf (text, "%d %s by month of approved date, %s to %s. ", tally.total, tally.total == 1 ? "action" : "actions", from,
                            to);
    if (tally.most > 0)
        g_string_append_printf (text, "Most still to come: %d in %s %d. ", tally.most, bp_month_name (tally.most_month), tally.most_year);
    else
        g_string_append (text, "None falls due after this month. ");
    g_string_append_printf (text, "%d moved, %d without a date.", tally.moved, tally.undated);
    return g_string_free (text, FALSE);
}
