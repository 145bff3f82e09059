#include "pack/wording.h"

#include "base/text.h"
#include "domain/snapshot.h"

#include <string.h>

const char *bp_words_count (BpPack *pack, int count, const char *singular, const char *plural)
{
    return bp_pack_format (pack, "%d %s", count, count == 1 ? singular : plural);
}

const char *bp_words_number (BpPack *pack, int number, bool capital)
{
    if (number == 0)
        return capital ? "No" : "no";
    return bp_pack_take (pack, bp_text_dup_number_word (number, capital));
}

const char *bp_words_pick (int count, const char *singular, const char *plural)
{
    return count == 1 ? singular : plural;
}

const char *bp_words_pick_of (int count, int total, const char *singular, const char *plural)
{
    return count == 1 || total == 1 ? singular : plural;
}

const char *bp_words_complete (BpPack *pack, int done, int total, const char *one, const char *many)
{
    if (total == 1)
        return bp_pack_format (pack, "The one %s is %scomplete", one, done == 1 ? "" : "not ");
    if (done == total)
        return bp_pack_format (pack, "All %d %s are complete", total, many);
    if (done == 0)
        return bp_pack_format (pack, "None of the %d %s is complete", total, many);
    return bp_pack_format (pack, "%d of %d %s %s complete", done, total, many, bp_words_pick (done, "is", "are"));
}

const char *bp_words_lower_first (BpPack *pack, const char *text)
{
    if (text == NULL || !g_ascii_isupper (text[0]))
        return text;
    /* Two capitals at the start, or one alone as in "Y9", are an abbreviation. */
    if (g_ascii_isupper (text[1]) || g_ascii_isdigit (text[1]))
        return text;
    char *lowered = g_strdup (text);
    lowered[0] = g_ascii_tolower (lowered[0]);
    return bp_pack_take (pack, lowered);
}

const char *bp_words_date (BpPack *pack, BpDate date, BpDateStyle style)
{
    return bp_pack_take (pack, bp_date_dup_text (date, style));
}

const char *bp_words_joined (BpPack *pack, const GPtrArray *words, int max)
{
    if (words->len == 0)
        return NULL;
    g_autofree const char **list = g_new0 (const char *, words->len + 1);
    for (guint i = 0; i < words->len; i++)
        list[i] = g_ptr_array_index (words, i);
    return bp_pack_take (pack, bp_text_dup_joined (list, max));
}

const char *bp_words_refs (const BpBuild *build, const GPtrArray *actions, int max)
{
    /* The joiner has to know how many there are, but only the first few refs are ever made into words. */
    g_autoptr (GPtrArray) refs = g_ptr_array_new ();

    for (guint i = 0; i < actions->len; i++)
    {
        bool is_read = max <= 0 || i <= (guint)max;
        g_ptr_array_add (refs, is_read ? (gpointer)bp_words_action_ref (build, g_ptr_array_index (actions, i)) : (gpointer) "");
    }
    return bp_words_joined (build->pack, refs, max);
}

const char *bp_words_status_counts (const BpBuild *build, const BpActionCounts *counts)
{
    g_autoptr (GString) text = g_string_new (NULL);

    for (guint i = 0; i < build->statuses->len; i++)
    {
        const BpStatus *status = g_ptr_array_index (build->statuses, i);
        int count = bp_counts_of (counts, status);
        if (count == 0)
            continue;
        if (text->len > 0)
            g_string_append (text, ", ");
        g_string_append_printf (text, "%d %s", count, bp_words_lower_first (build->pack, status->label));
    }
    return bp_pack_text (build->pack, text->str);
}

/* Those of one reported status of which the dates say the same. Free with g_ptr_array_unref. */
static GPtrArray *dup_disagreeing (const GPtrArray *actions, const BpStatus *status, BpSeverity computed)
{
    GPtrArray *found = g_ptr_array_new ();

    for (guint i = 0; i < actions->len; i++)
    {
        BpAction *action = g_ptr_array_index (actions, i);
        if (action->disagrees && action->status == status && action->computed == computed)
            g_ptr_array_add (found, action);
    }
    return found;
}

/* In the order of the scale; what has passed its date before what may miss it. */
static const char *disagreeing_words (const BpBuild *build, const GPtrArray *actions, bool by_ref)
{
    static const BpSeverity severities[] = { BP_SEVERITY_OFF_TRACK, BP_SEVERITY_AT_RISK };
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) words = g_ptr_array_new ();

    for (guint s = 0; s < build->statuses->len; s++)
        for (gsize c = 0; c < G_N_ELEMENTS (severities); c++)
        {
            const BpStatus *status = g_ptr_array_index (build->statuses, s);
            g_autoptr (GPtrArray) found = dup_disagreeing (actions, status, severities[c]);
            const int count = (int)found->len;
            if (count == 0)
                continue;
            const char *label = bp_words_lower_first (pack, status->label);
            const char *so = severities[c] == BP_SEVERITY_OFF_TRACK ? bp_words_pick (count, "past its date", "past their dates")
                                                                    : "at risk by the dates";
            const char *are = bp_words_pick (count, "is", "are");
            g_ptr_array_add (words, (gpointer)(by_ref ? bp_pack_format (pack, "%s %s reported %s and %s", bp_words_refs (build, found, 6),
                                                                        are, label, so)
                                                      : bp_pack_format (pack, "%d reported %s %s %s", count, label, are, so)));
        }
    return bp_words_joined (pack, words, 0);
}

const char *bp_words_counts_as (const BpStatus *status)
{
    switch (status->counts_as)
    {
    case BP_COUNTS_AS_OPEN:
        return "Open";
    case BP_COUNTS_AS_DONE:
        return "Done";
    case BP_COUNTS_AS_PAUSED:
        return "Paused";
    }
    g_assert_not_reached ();
}

const char *bp_words_disagreeing (const BpBuild *build, const GPtrArray *actions)
{
    return disagreeing_words (build, actions, false);
}

const char *bp_words_disagreeing_refs (const BpBuild *build, const GPtrArray *actions)
{
    const char *words = disagreeing_words (build, actions, true);

    return words != NULL ? bp_words_sentence (build->pack, words) : NULL;
}

const char *bp_words_action_ref (const BpBuild *build, const BpAction *action)
{
    if (build->main_plan == action->plan)
        return action->printed_ref;
    return bp_pack_format (build->pack, "%s %s", action->plan->id, action->printed_ref);
}

const char *bp_words_action_title (BpPack *pack, const BpAction *action, int max_chars)
{
    if (!bp_words_is_blank (action->short_title))
        return action->short_title;
    return bp_pack_take (pack, bp_text_dup_shortened (action->text, max_chars));
}

const char *bp_words_area_label (const BpBuild *build, const BpArea *area)
{
    if (area == build->snapshot->no_area || bp_words_is_blank (area->ref))
        return area->title;
    if (build->main_plan == area->plan)
        return bp_pack_format (build->pack, "%s %s", area->parent == NULL ? "Area" : "Sub-area", area->ref);
    return bp_pack_format (build->pack, "%s %s %s", area->plan->id, area->parent == NULL ? "area" : "sub-area", area->ref);
}

static const char *heading_of (const BpBuild *build, const BpArea *area, const char *title)
{
    if (area == build->snapshot->no_area || bp_words_is_blank (area->ref))
        return title;
    if (build->main_plan == area->plan)
        return bp_pack_format (build->pack, "%s %s", area->ref, title);
    return bp_pack_format (build->pack, "%s %s %s", area->plan->id, area->ref, title);
}

const char *bp_words_area_heading (const BpBuild *build, const BpArea *area)
{
    /* Asked for with every action: made once for each area. */
    const char *heading = g_hash_table_lookup (build->headings, area);

    if (heading == NULL)
    {
        heading = heading_of (build, area, area->title);
        g_hash_table_insert (build->headings, (gpointer)area, (gpointer)heading);
    }
    return heading;
}

const char *bp_words_area_short_heading (const BpBuild *build, const BpArea *area)
{
    return heading_of (build, area, area->short_title);
}

const char *bp_words_sentence (BpPack *pack, const char *text)
{
    gsize length = text != NULL ? strlen (text) : 0;

    if (length == 0 || strchr (".!?:", text[length - 1]) != NULL)
        return text;
    return bp_pack_format (pack, "%s.", text);
}

int bp_counts_of (const BpActionCounts *counts, const BpStatus *status)
{
    return counts->by_status[status->position];
}

bool bp_words_is_blank (const char *text)
{
    return text == NULL || *text == '\0';
}
