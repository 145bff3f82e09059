#include "app/pack_brief.h"

#include "app/input_files.h"
#include "base/text.h"
#include "delivery/header_text.h"
#include "domain/snapshot.h"
#include "pack/release.h"
#include "pack/sections/ask_lines.h"

#include <string.h>

#define MOST_ASKS 10
#define MAX_ASK_CHARS 300
#define MAIL_INI "config/mail.ini" /* says nothing of what a pack prints */

struct BpPackBrief
{
    const BpFinishedRun *run;
    BpProgrammeConfig *config; /* as on the run's day */
    BpTableSet *tables;
    BpSnapshot *snapshot; /* NULL: there is a gap */
    char *gap;
};

void bp_pack_brief_free (BpPackBrief *brief)
{
    if (brief == NULL)
        return;
    g_clear_pointer (&brief->snapshot, bp_snapshot_free);
    g_clear_pointer (&brief->tables, bp_table_set_free);
    g_clear_pointer (&brief->config, bp_programme_config_free);
    g_free (brief->gap);
    g_free (brief);
}

const char *bp_pack_brief_gap (const BpPackBrief *brief)
{
    return brief->gap;
}

static const char *sum_at_run (const BpFinishedRun *run, const char *path)
{
    size_t i;
    const json_t *file;
    json_array_foreach (json_object_get (run->manifest, "config"), i,
                        file) if (strcmp (bp_output_text (file, "path"), path) == 0) return bp_output_text (file, "sha256");
    return NULL;
}

/* Who may read what is configured: rules that are not those of the pack could let out what it held back. */
static bool is_same_config (const BpFinishedRun *run, const GPtrArray *files, const char **changed_out)
{
    for (guint i = 0; i < files->len; i++)
    {
        const BpInputFile *file = files->pdata[i];
        if (strcmp (file->shown, MAIL_INI) == 0)
            continue;
        *changed_out = file->shown;
        if (g_strcmp0 (file->sha256, sum_at_run (run, file->shown)) != 0)
            return false;
    }
    return true;
}

/* The templates of the run's packs as well: they are listed once they are read. */
static bool load_layouts (BpProgrammeConfig *config, const BpFinishedRun *run, GError **error)
{
    g_autoptr (GPtrArray) ids = bp_finished_run_list_forums (run);
    for (guint i = 0; i < ids->len; i++)
    {
        const BpForum *forum = bp_forum_find (&config->programme.forums, ids->pdata[i]);
        if (forum == NULL || forum->template_file == NULL)
            return bp_fail (error, BP_ERROR_CONFIG, "%s has no template now", (const char *)ids->pdata[i]);
        g_autoptr (BpReportLayout) layout = bp_report_layout_load (config, forum, error);
        if (layout == NULL)
            return false;
    }
    return true;
}

static bool load_snapshot (BpPackBrief *brief, BpStore *store, GError **error)
{
    const json_t *manifest = brief->run->manifest;
    const gint64 import = json_integer_value (json_object_get (manifest, "import"));
    BpSnapshotOptions options = { .as_of = brief->run->as_of, .known = BP_DATE_NONE, .since = BP_DATE_NONE };
    brief->tables = bp_table_set_new (&brief->config->programme.fields);
    if (!bp_store_load_import (store, import, brief->tables, NULL, error))
        return false;
    brief->snapshot = bp_snapshot_new (&brief->config->programme, brief->tables, &options);
    return true;
}

BpPackBrief *bp_pack_brief_load (const char *root, const BpFinishedRun *run, BpStore *store, GError **error)
{
    g_autoptr (BpPackBrief) brief = g_new0 (BpPackBrief, 1);
    g_autoptr (GError) why = NULL;
    const char *changed = NULL;
    brief->run = run;
    brief->config = bp_programme_config_load (root, run->as_of, error);
    if (brief->config == NULL)
        return NULL;
    if (!load_layouts (brief->config, run, &why))
    {
        brief->gap = g_strdup (why->message);
        return g_steal_pointer (&brief);
    }
    g_autoptr (GPtrArray) files = bp_input_files_list_config (brief->config, error);
    if (files == NULL)
        return NULL;
    if (!is_same_config (run, files, &changed))
        brief->gap = g_strdup_printf ("%s is not what %s was made with", changed, run->id);
    else if (!load_snapshot (brief, store, error))
        return NULL;
    return g_steal_pointer (&brief);
}

/* ---- lines ---- */

static const BpForum *find_forum (const BpPackBrief *brief, const char *id)
{
    return brief->snapshot != NULL ? bp_forum_find (&brief->config->programme.forums, id) : NULL;
}

/* Whether the forum's pack prints a section of that type; *limit_out is how many lines of it (0: all). */
static bool prints (BpPackBrief *brief, const BpForum *forum, const char *type, int *limit_out)
{
    g_autoptr (BpReportLayout) layout
        = forum != NULL && forum->template_file != NULL ? bp_report_layout_load (brief->config, forum, NULL) : NULL;
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
    g_autoptr (GPtrArray) inferred = list_inferred (brief->snapshot);
    g_autoptr (BpRelease) release = bp_release_new (brief->snapshot, (int)found->audience);
    limit = limit > 0 ? MIN (limit, MOST_ASKS) : MOST_ASKS;
    for (guint i = 0; i < brief->snapshot->decisions->len && count < limit; i++)
    {
        const BpDecision *decision = brief->snapshot->decisions->pdata[i];
        if (!decision->is_open || decision->forum != found || !bp_release_may_see_decision (release, found, decision))
            continue;
        add_ask (lines, decision, inferred);
        count++;
    }
    return g_strv_builder_end (lines);
}

BpDate bp_pack_brief_meeting (const BpPackBrief *brief, const char *forum)
{
    const BpMeeting *meeting = brief->snapshot != NULL ? bp_snapshot_find_next_meeting (brief->snapshot, forum) : NULL;
    return meeting != NULL ? meeting->date : BP_DATE_NONE;
}
