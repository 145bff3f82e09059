#include "pack/sections/ask_lines.h"

#include "domain/snapshot.h"
#include "pack/pack_builder.h"
#include "pack/release.h"
#include "pack/wording.h"

#include <string.h>

/* Where a ref stands in text, not as a part of another one: "1.1" is not in "1.1.2" or "4.1.1". NULL if it does not. */
static const char *find_ref (const char *text, const char *ref)
{
    const gsize length = strlen (ref);

    for (const char *at = strstr (text, ref); at != NULL && length > 0; at = strstr (at + 1, ref))
    {
        bool goes_back = at > text && (g_ascii_isalnum (at[-1]) || (at[-1] == '.' && at - 1 > text && g_ascii_isalnum (at[-2])));
        bool goes_on = g_ascii_isalnum (at[length]) || (at[length] == '.' && g_ascii_isalnum (at[length + 1]));
        if (!goes_back && !goes_on)
            return at;
    }
    return NULL;
}

bool bp_ask_names (const BpDecision *decision, const BpAction *action)
{
    return find_ref (decision->ask, action->ref) != NULL;
}

/* Every place of the ref gets the mark, whether somebody typed the "*" already or not. */
static char *dup_marked (const char *text, const char *ref, const char *mark)
{
    GString *out = g_string_new (NULL);
    const char *at;

    while ((at = find_ref (text, ref)) != NULL)
    {
        const char *end = at + strlen (ref);
        g_string_append_len (out, text, end - text);
        g_string_append (out, mark);
        text = *end == '*' ? end + 1 : end;
    }
    g_string_append (out, text);
    return g_string_free (out, FALSE);
}

char *bp_ask_dup_text (const BpDecision *decision, const GPtrArray *inferred, const char *mark)
{
    char *text = g_strdup (decision->ask);

    for (guint i = 0; i < inferred->len; i++)
    {
        g_autofree char *before = text;
        text = dup_marked (before, ((const BpAction *)g_ptr_array_index (inferred, i))->ref, mark);
    }
    return text;
}

const char *bp_build_ask_text (const BpBuild *build, const BpDecision *decision)
{
    return bp_pack_take (build->pack, bp_ask_dup_text (decision, build->inferred, build->inferred_mark));
}

static bool is_of_this_forum (const BpBuild *build, const BpDecision *decision)
{
    return decision->forum != NULL && strcmp (decision->forum->id, build->forum->id) == 0;
}

/* Open asks of other forums about the action. hidden_out: whether there are some that this audience may not see. */
static void add_lines_of_others (const BpBuild *build, GArray *lines, const BpAction *action, bool *hidden_out)
{
    const GPtrArray *decisions = build->snapshot->decisions;

    for (guint i = 0; i < decisions->len; i++)
    {
        const BpDecision *decision = g_ptr_array_index (decisions, i);
        if (!decision->is_open || is_of_this_forum (build, decision) || !bp_ask_names (decision, action))
            continue;
        if (!bp_release_may_see_decision (build->release, build->forum, decision))
        {
            *hidden_out = true;
            continue;
        }
        const BpAskLine line = { .kind = BP_ASK_OF_OTHER_FORUM,
                                 .forum = decision->forum != NULL ? decision->forum->short_name : decision->forum_text,
                                 .text = bp_build_ask_text (build, decision) };
        g_array_append_val (lines, line);
    }
}

GArray *bp_build_dup_ask_lines (const BpBuild *build, const BpAction *action, const GPtrArray *asks)
{
    GArray *lines = g_array_new (FALSE, FALSE, sizeof (BpAskLine));
    bool has_hidden = false;

    for (guint i = 0; i < asks->len; i++)
    {
        const BpDecision *decision = g_ptr_array_index (asks, i);
        const BpAskLine line = { .kind = BP_ASK_OF_THIS_MEETING, .number = (int)i + 1, .text = bp_build_ask_text (build, decision) };
        if (bp_ask_names (decision, action))
            g_array_append_val (lines, line);
    }
    add_lines_of_others (build, lines, action, &has_hidden);
    if (lines->len > 0)
        return lines;
    /* What a decision holds that this audience may not see has been raised all the same; nor does it hear what leads ask of others. */
    has_hidden = has_hidden || bp_release_hides_asks (build->release);
    BpAskLine line = { .kind = BP_ASK_NONE, .text = has_hidden ? "None of this meeting" : "None" };
    if (!has_hidden && action->latest != NULL && !bp_words_is_blank (action->latest->ask))
        line = (BpAskLine){ .kind = BP_ASK_NOT_RAISED, .text = action->latest->ask };
    g_array_append_val (lines, line);
    return lines;
}

void bp_card_add_ask_rows (const BpBuild *build, BpNode *card, const BpAction *action, const GPtrArray *asks)
{
    BpPack *pack = build->pack;
    g_autoptr (GArray) lines = bp_build_dup_ask_lines (build, action, asks);

    for (guint i = 0; i < lines->len; i++)
    {
        const BpAskLine *line = &g_array_index (lines, BpAskLine, i);
        const char *label = "Ask";
        const char *text = line->text;
        if (line->kind == BP_ASK_OF_THIS_MEETING)
            label = bp_pack_format (pack, "Ask %d", line->number);
        else if (line->kind == BP_ASK_OF_OTHER_FORUM)
        {
            label = "Asked of";
            text = bp_pack_format (pack, "%s: %s", line->forum, line->text);
        }
        else if (line->kind == BP_ASK_NOT_RAISED)
            text = bp_pack_format (pack, "Not yet raised: %s", bp_words_lower_first (pack, line->text));
        bp_pack_add_note_row (pack, card, label, bp_words_sentence (pack, text), NULL);
    }
}

int bp_build_ask_row_count (const BpBuild *build, const BpAction *action, const GPtrArray *asks)
{
    g_autoptr (GArray) lines = bp_build_dup_ask_lines (build, action, asks);

    return (int)lines->len;
}
