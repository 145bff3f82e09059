#include "app/pack_brief.h"

#include "app/run_data.h"
#include "base/text.h"
#include "delivery/header_text.h"

#define MOST_ASKS 10
#define MAX_ASK_CHARS 300

struct BpPackBrief
{
    BpRunData *data;
};

void bp_pack_brief_free (BpPackBrief *brief)
{
    if (brief == NULL)
        return;
    bp_run_data_free (brief->data);
    g_free (brief);
}

const char *bp_pack_brief_gap (const BpPackBrief *brief)
{
    return brief->data->gap;
}

BpPackBrief *bp_pack_brief_load (const char *root, const BpFinishedRun *run, BpStore *store, GError **error)
{
    BpRunData *data = bp_run_data_load (root, run, store, error);
    if (data == NULL)
        return NULL;
    BpPackBrief *brief = g_new (BpPackBrief, 1);
    *brief = (BpPackBrief){ data };
    return brief;
}

const BpForum *bp_pack_brief_forum (const BpPackBrief *brief, const char *id)
{
    return brief->data->snapshot != NULL ? bp_forum_find_id (&brief->data->config->programme.forums, id) : NULL;
}

BpDate bp_pack_brief_meeting (const BpPackBrief *brief, const char *forum)
{
    const BpMeeting *meeting = brief->data->snapshot != NULL ? bp_snapshot_find_next_meeting (brief->data->snapshot, forum) : NULL;
    return meeting != NULL ? meeting->date : BP_DATE_NONE;
}

/* ---- the words of one pack ---- */

/* Cells may have line ends. */
static char *dup_line (const char *text)
{
    g_autofree char *words = bp_text_dup_collapsed (text);
    return bp_text_dup_shortened (words, MAX_ASK_CHARS);
}

static bool may_stand (const char *text)
{
    return bp_header_text_check ("an ask", text, MAX_ASK_CHARS, NULL);
}

/* One that may not stand in a message is counted with those that there is no room for. */
static void add_ask (BpPackWords *words, const BpAskWords *ask, int number)
{
    g_autofree char *kind = dup_line (ask->kind), *text = dup_line (ask->text), *owner = dup_line (ask->owner);
    g_autofree char *below = g_strdup_printf ("%s. %s", ask->needed_by, owner);
    if (!may_stand (kind) || !may_stand (text) || !may_stand (below))
        return;
    char *const texts[] = { g_steal_pointer (&kind), g_steal_pointer (&text), g_steal_pointer (&below) };
    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
        g_ptr_array_add (words->texts, texts[i]);
    const BpPackMessageAsk line = { number, texts[0], texts[1], texts[2] };
    g_array_append_val (words->asks, line);
}

/* "And 12 more, in the pack.": a pack that lists not all of them says that the rest is in the workbook. */
static char *dup_note (const BpPackWords *words)
{
    const BpPackDigest *digest = words->digest;
    const int more = digest->ask_count - (int)words->asks->len;
    const char *where = (int)digest->asks->len == digest->ask_count ? "in the pack" : "in the workbook";
    if (more == 0)
        return g_strdup (digest->no_asks);
    return words->asks->len == 0 ? g_strdup_printf ("See them %s.", where) : g_strdup_printf ("And %d more, %s.", more, where);
}

static void add_asks (BpPackWords *words)
{
    const BpPackDigest *digest = words->digest;
    for (guint i = 0; i < digest->asks->len && i < MOST_ASKS; i++)
        add_ask (words, &g_array_index (digest->asks, BpAskWords, i), (int)i + 1);
    words->asks_heading = digest->asks_heading;
    words->asks_note = dup_note (words);
}

BpPackWords *bp_pack_brief_new_words (const BpPackBrief *brief, const char *forum)
{
    const BpForum *found = bp_pack_brief_forum (brief, forum);
    g_autoptr (BpReportLayout) layout
        = found != NULL && found->template_file != NULL ? bp_report_layout_load (brief->data->config, found, NULL) : NULL;
    BpPackWords *words = g_new0 (BpPackWords, 1);
    words->asks = g_array_new (FALSE, FALSE, sizeof (BpPackMessageAsk));
    words->texts = g_ptr_array_new_with_free_func (g_free);
    if (layout == NULL)
        return words;
    words->digest = bp_pack_digest_new (brief->data->snapshot, found, layout, " (ref inferred)");
    add_asks (words);
    return words;
}

void bp_pack_words_free (BpPackWords *words)
{
    if (words == NULL)
        return;
    bp_pack_digest_free (words->digest);
    g_array_unref (words->asks);
    g_ptr_array_unref (words->texts);
    g_free (words->asks_note);
    g_free (words);
}
