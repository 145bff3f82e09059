#include "app/pack_brief.h"

#include "app/run_data.h"
#include "base/text.h"
#include "delivery/header_text.h"
#include "pack/release.h"
#include "pack/sections/ask_lines.h"

#include <string.h>

#define MOST_ASKS 10
#define MAX_ASK_CHARS 300

struct BpPackBrief
{
    const BpFinishedRun *run;
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
    *brief = (BpPackBrief){ run, data };
    return brief;
}

/* ---- lines ---- */

static const BpForum *find_forum (const BpPackBrief *brief, const char *id)
{
    return brief->data->snapshot != NULL ? bp_forum_find_id (&brief->data->config->programme.forums, id) : NULL;
}

/* Whether the forum's pack prints a section of that type; *limit_out is how many lines of it (0: all). */
static bool prints (BpPackBrief *brief, const BpForum *forum, const char *type, int *limit_out)
{
    g_autoptr (BpReportLayout) layout
        = forum != NULL && forum->template_file != NULL ? bp_report_layout_load (brief->data->config, forum, NULL) : NULL;
    for (guint i = 0; layout != NULL && i < layout->sections->len; i++)
    {
        const BpSectionLayout *section = layout->sections->pdata[i];
        if (strcmp (section->type, type) != 0)
            continue;
        *limit_out = bp_section_layout_get_int (section, "limit", 0);
        return true;
    }
    return false;
}

static int action_count (const json_t *actions, const char *key)
{
    return (int)json_integer_value (json_object_get (actions, key));
}

/* "On track 12, At risk 4": the statuses that actions have. */
static char *dup_statuses (const json_t *actions)
{
    GString *text = g_string_new (NULL);
    size_t i;
    const json_t *status;
    json_array_foreach (json_object_get (actions, "by_status"), i, status)
    {
        if (action_count (status, "count") > 0)
            g_string_append_printf (text, "%s%s %d", text->len > 0 ? ", " : "", bp_output_text (status, "label"),
                                    action_count (status, "count"));
    }
    return g_string_free (text, FALSE);
}

char **bp_pack_brief_dup_summary (BpPackBrief *brief, const char *forum)
{
    g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
    const json_t *actions = json_object_get (brief->run->manifest, "actions");
    int limit = 0;
    if (!prints (brief, find_forum (brief, forum), "summary", &limit) || action_count (actions, "total") == 0)
        return g_strv_builder_end (lines);
    g_autofree char *progress = g_strdup_printf ("Actions done: %d of %d", action_count (actions, "done"), action_count (actions, "total"));
    g_autofree char *statuses = dup_statuses (actions), *by_status = g_strdup_printf ("By status: %s", statuses);
    g_strv_builder_add (lines, progress);
    g_strv_builder_add (lines, by_status);
    return g_strv_builder_end (lines);
}

static GPtrArray *list_inferred (const BpSnapshot *snapshot)
{
    GPtrArray *inferred = g_ptr_array_new ();
    for (guint i = 0; i < snapshot->actions->len; i++)
        if (((const BpAction *)snapshot->actions->pdata[i])->is_ref_inferred)
            g_ptr_array_add (inferred, snapshot->actions->pdata[i]);
    return inferred;
}

/* A message has no key that says what the "*" of a pack means: it says it in words. */
static void add_ask (GStrvBuilder *lines, const BpDecision *decision, const GPtrArray *inferred)
{
    g_autofree char *text = bp_ask_dup_text (decision, inferred, " (ref inferred)");
    g_autofree char *words = bp_text_dup_collapsed (text), *line = bp_text_dup_shortened (words, MAX_ASK_CHARS);
    if (bp_header_text_check ("an ask", line, MAX_ASK_CHARS, NULL)) /* else it stands in the pack alone */
        g_strv_builder_add (lines, line);
}

char **bp_pack_brief_dup_asks (BpPackBrief *brief, const char *forum)
{
    g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
    const BpForum *found = find_forum (brief, forum);
    int limit = 0, count = 0;
    if (!prints (brief, found, "asks", &limit))
        return g_strv_builder_end (lines);
    g_autoptr (GPtrArray) inferred = list_inferred (brief->data->snapshot);
    g_autoptr (BpRelease) release = bp_release_new (brief->data->snapshot, (int)found->audience);
    limit = limit > 0 ? MIN (limit, MOST_ASKS) : MOST_ASKS;
    for (guint i = 0; i < brief->data->snapshot->decisions->len && count < limit; i++)
    {
        const BpDecision *decision = brief->data->snapshot->decisions->pdata[i];
        if (!decision->is_open || decision->forum != found || !bp_release_may_see_decision (release, found, decision))
            continue;
        add_ask (lines, decision, inferred);
        count++;
    }
    return g_strv_builder_end (lines);
}

BpDate bp_pack_brief_meeting (const BpPackBrief *brief, const char *forum)
{
    const BpMeeting *meeting = brief->data->snapshot != NULL ? bp_snapshot_find_next_meeting (brief->data->snapshot, forum) : NULL;
    return meeting != NULL ? meeting->date : BP_DATE_NONE;
}
