#include "app/meeting_stage.h"

#include "app/data_import.h"
#include "app/list_returns.h"
#include "app/run_folder.h"
#include "base/atomic_file.h"

#include <string.h>

const char *bp_stage_name (BpStage stage)
{
    static const char *const names[] = { "none", "draft", "built", "approved", "sending", "sent" };
    return names[stage];
}

/* ---- what is known ---- */

static GPtrArray *load_manifests (const char *output)
{
    GPtrArray *manifests = g_ptr_array_new_with_free_func ((GDestroyNotify)json_decref);
    g_autoptr (GPtrArray) folders = bp_run_folders_list (output);
    for (guint i = 0; i < folders->len; i++)
    {
        json_t *manifest = bp_run_folder_load_manifest (folders->pdata[i], NULL, NULL);
        if (manifest != NULL)
            g_ptr_array_add (manifests, manifest);
    }
    return manifests;
}

bool bp_progress_load (BpProgress *progress, const BpProgrammeFolder *folder, GError **error)
{
    const BpSendFilter filter = { .is_without_tests = true };
    *progress = (BpProgress){ load_manifests (folder->output), NULL, NULL };
    if (bp_file_is_missing (folder->store))
    {
        progress->approvals = g_ptr_array_new ();
        progress->sends = g_ptr_array_new ();
        return true;
    }
    g_autoptr (BpStore) store = bp_programme_folder_open_store (folder, true, error);
    progress->approvals = store != NULL ? bp_approvals_list (store, NULL, error) : NULL;
    progress->sends = progress->approvals != NULL ? bp_sends_list (store, &filter, error) : NULL;
    return progress->sends != NULL;
}

void bp_progress_clear (BpProgress *progress)
{
    g_clear_pointer (&progress->manifests, g_ptr_array_unref);
    g_clear_pointer (&progress->approvals, g_ptr_array_unref);
    g_clear_pointer (&progress->sends, g_ptr_array_unref);
}

/* ---- the pack ---- */

/* Whether the run shows a day after the meeting before, and up to this one. */
static bool is_towards (const json_t *manifest, const BpDue *due)
{
    BpDate as_of;
    return bp_date_parse_iso (bp_manifest_text (manifest, "as_of"), &as_of) && as_of <= due->meeting->date
           && (due->before == NULL || as_of > due->before->date);
}

static bool has_pack (const json_t *manifest, const char *forum)
{
    const json_t *output;
    size_t index;
    json_array_foreach (json_object_get (manifest, "outputs"), index,
                        output) if (strcmp (bp_manifest_text (output, "forum"), forum) == 0) return true;
    return false;
}

static const BpApproval *find_approval (const BpProgress *progress, const char *run, const char *forum)
{
    for (guint i = 0; i < progress->approvals->len; i++)
    {
        const BpApproval *approval = progress->approvals->pdata[i];
        if (!approval->is_withdrawn && strcmp (approval->run, run) == 0 && strcmp (approval->forum, forum) == 0)
            return approval;
    }
    return NULL;
}

static void count_sends (BpMeetingStage *stage, const BpProgress *progress, const char *forum)
{
    for (guint i = 0; i < progress->sends->len; i++)
    {
        const BpSend *send = progress->sends->pdata[i];
        if (strcmp (send->run, stage->run) != 0 || strcmp (send->forum, forum) != 0)
            continue;
        stage->messages++;
        stage->accepted += send->state == BP_SEND_STATE_ACCEPTED;
        stage->doubtful += send->state == BP_SEND_STATE_DOUBTFUL || send->state == BP_SEND_STATE_INTENT;
    }
    stage->other = stage->messages - stage->accepted - stage->doubtful;
    if (stage->messages > 0)
        stage->stage = stage->accepted == stage->messages ? BP_STAGE_SENT : BP_STAGE_SENDING;
}

static void find_pack (BpMeetingStage *stage, const BpProgress *progress)
{
    const char *forum = stage->due->meeting->forum->id;
    for (guint i = 0; i < progress->manifests->len && stage->stage != BP_STAGE_APPROVED; i++)
    {
        const json_t *manifest = progress->manifests->pdata[i];
        const char *run = bp_manifest_text (manifest, "run");
        if (!is_towards (manifest, stage->due) || !has_pack (manifest, forum))
            continue;
        const BpApproval *approval = find_approval (progress, run, forum);
        const BpStage found = approval != NULL                                     ? BP_STAGE_APPROVED
                              : json_is_true (json_object_get (manifest, "draft")) ? BP_STAGE_DRAFT
                                                                                   : BP_STAGE_BUILT;
        if (found <= stage->stage)
            continue;
        stage->stage = found;
        stage->run = run;
        stage->version = approval != NULL ? approval->version : 0;
    }
    if (stage->stage == BP_STAGE_APPROVED)
        count_sends (stage, progress, forum);
}

/* ---- updates of leads ---- */

/* A sheet made again counts once. */
static void count_sheets (BpMeetingStage *stage, const BpProgress *progress, const BpProgrammeFolder *folder)
{
    g_autoptr (GHashTable) slugs = g_hash_table_new (g_str_hash, g_str_equal);
    const char *day = NULL;
    for (guint i = 0; i < progress->manifests->len; i++)
    {
        const json_t *manifest = progress->manifests->pdata[i], *sheet;
        const char *as_of = bp_manifest_text (manifest, "as_of");
        size_t index;
        if (!is_towards (manifest, stage->due) || (day != NULL && strcmp (day, as_of) != 0))
            continue;
        json_array_foreach (json_object_get (manifest, "update_sheets"), index, sheet)
        {
            const char *slug = bp_manifest_text (sheet, "slug");
            day = as_of;
            if (!g_hash_table_add (slugs, (gpointer)slug))
                continue;
            stage->sheets++;
            stage->returned += bp_list_returns_has (folder, slug, as_of);
        }
    }
}

/* ---- all of it ---- */

BpMeetingStage bp_meeting_stage_find (const BpProgress *progress, const BpProgrammeFolder *folder, const BpDue *due)
{
    BpMeetingStage stage = { .due = due, .run = "" };
    find_pack (&stage, progress);
    if (due->kind == BP_DUE_UPDATES)
        count_sheets (&stage, progress, folder);
    switch (due->kind)
    {
    case BP_DUE_UPDATES:
        stage.is_done = stage.stage >= BP_STAGE_BUILT || (stage.sheets > 0 && stage.returned == stage.sheets);
        break;
    case BP_DUE_PAPERS:
        stage.is_done = stage.stage >= BP_STAGE_BUILT;
        break;
    case BP_DUE_ISSUE:
        stage.is_done = stage.stage == BP_STAGE_SENT;
        break;
    }
    return stage;
}

/* "sent to 5 of 7, 1 doubtful, 1 not" */
static char *dup_sent (const BpMeetingStage *stage)
{
    GString *text = g_string_new (NULL);
    g_string_append_printf (text, "%s: sent to %d of %d", stage->run, stage->accepted, stage->messages);
    if (stage->doubtful > 0)
        g_string_append_printf (text, ", %d doubtful", stage->doubtful);
    if (stage->other > 0)
        g_string_append_printf (text, ", %d not", stage->other);
    return g_string_free (text, FALSE);
}

char *bp_meeting_stage_dup_words (const BpMeetingStage *stage)
{
    if (stage->due->kind == BP_DUE_UPDATES && stage->stage < BP_STAGE_BUILT)
        return stage->sheets > 0 ? g_strdup_printf ("%d of %d returned", stage->returned, stage->sheets) : g_strdup ("no sheets made");
    switch (stage->stage)
    {
    case BP_STAGE_NONE:
        return g_strdup ("no pack yet");
    case BP_STAGE_DRAFT:
        return g_strdup_printf ("draft %s", stage->run);
    case BP_STAGE_BUILT:
        return g_strdup_printf ("%s: not approved", stage->run);
    case BP_STAGE_APPROVED:
        return g_strdup_printf ("%s: approved, not sent", stage->run);
    case BP_STAGE_SENDING:
    case BP_STAGE_SENT:
        return dup_sent (stage);
    }
    g_assert_not_reached ();
}

char *bp_meeting_stage_dup_next (const BpMeetingStage *stage)
{
    const char *forum = stage->due->meeting->forum->id;
    if (stage->is_done)
        return NULL;
    if (stage->due->kind == BP_DUE_UPDATES)
        return g_strdup (stage->sheets > 0 ? "boardpack list returns" : "boardpack build --format update");
    if (stage->stage < BP_STAGE_BUILT)
        return g_strdup ("boardpack run");
    if (stage->stage == BP_STAGE_BUILT)
        return g_strdup_printf ("boardpack approve %s --forum %s --by NAME --role ROLE", stage->run, forum);
    if (stage->stage == BP_STAGE_SENDING && stage->other == 0)
        return g_strdup_printf ("boardpack list sends %s", stage->run); /* doubtful ones are asked about, not sent again */
    return g_strdup_printf ("boardpack send %s --forum %s%s", stage->run, forum, stage->version > 1 ? " --correction" : "");
}
