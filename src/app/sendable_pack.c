#include "app/sendable_pack.h"

#include <string.h>

void bp_sendable_pack_free (BpSendablePack *pack)
{
    if (pack == NULL)
        return;
    g_free (pack->forum);
    g_free (pack->refusal);
    bp_approval_free (pack->approval);
    g_clear_pointer (&pack->files, g_ptr_array_unref);
    g_clear_pointer (&pack->contents, g_ptr_array_unref);
    g_free (pack);
}

static void refuse (BpSendablePack *pack, bool is_faulty, char *refusal)
{
    pack->is_faulty = is_faulty;
    pack->refusal = refusal;
}

/* With a clock that was set back nobody can say who is to get it today. */
static void refuse_early (BpSendablePack *pack, BpDate today)
{
    g_autofree char *approved = bp_date_dup_text (pack->approval->approved_on, BP_DATE_LONG);
    g_autofree char *now = bp_date_dup_text (today, BP_DATE_LONG);
    refuse (
        pack, true,
        g_strdup_printf ("it was approved on %s, and the clock says that today is %s: set the clock right; if it was wrong when the pack "
                         "was approved, withdraw the approval and approve it again",
                         approved, now));
}

/* Nothing of the manifest may have changed since somebody approved it: marking and correction are read there. */
static void check_approval (BpSendablePack *pack, const BpFinishedRun *run, const BpApproval *newest, BpDate today)
{
    const BpApproval *approval = pack->approval;
    if (approval == NULL)
        refuse (pack, false,
                g_strdup_printf ("nobody has approved it; to approve it: boardpack approve %s --forum %s --by NAME --role ROLE", run->id,
                                 pack->forum));
    else if (bp_finished_run_is_draft (run))
        refuse (pack, true, g_strdup ("it is a draft"));
    else if (newest != NULL && newest->version > approval->version)
        refuse (pack, false, g_strdup_printf ("version %d (%s) has replaced it", newest->version, newest->run));
    else if (strcmp (approval->manifest_sha256, run->manifest_sha256) != 0 || approval->version != pack->version)
        refuse (pack, true,
                g_strdup_printf ("the manifest of %s was changed since the approval: put it back from the backup, or build a correction",
                                 run->id));
    else if (today < approval->approved_on)
        refuse_early (pack, today);
}

/* Takes the output's file, if its bytes are those that the manifest says and somebody approved. */
static void take_file (BpSendablePack *pack, const BpFinishedRun *run, const json_t *output)
{
    const char *path = bp_output_text (output, "path"), *sha256 = bp_output_text (output, "sha256");
    g_autoptr (GError) why = NULL;
    const BpPackFile *approved = pack->approval != NULL ? bp_approval_find_file (pack->approval, path) : NULL;
    if (pack->approval != NULL && (approved == NULL || strcmp (approved->sha256, sha256) != 0))
    {
        refuse (pack, true,
                g_strdup_printf ("%s is not the file that was approved: put it back from the backup, or build a correction", path));
        return;
    }
    GBytes *bytes = bp_finished_run_read_output (run, output, &why);
    if (bytes == NULL)
    {
        refuse (pack, true, g_strdup (why->message));
        return;
    }
    bp_pack_files_add (pack->files, path, sha256);
    g_ptr_array_add (pack->contents, bytes);
}

static void take_files (BpSendablePack *pack, const BpFinishedRun *run, const GPtrArray *outputs)
{
    static const char *const formats[] = { "pdf", "xlsx" };
    for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
        for (guint j = 0; j < outputs->len && pack->refusal == NULL; j++)
            if (strcmp (bp_output_text (outputs->pdata[j], "format"), formats[i]) == 0)
                take_file (pack, run, outputs->pdata[j]);
        if (i == 0 && pack->files->len == 0 && pack->refusal == NULL)
            refuse (pack, true, g_strdup ("it has no PDF"));
    }
}

BpSendablePack *bp_sendable_pack_load (const BpFinishedRun *run, BpStore *store, const char *forum, BpDate today, bool is_test,
                                       GError **error)
{
    g_autoptr (GPtrArray) outputs = bp_finished_run_list_outputs (run, forum);
    g_autoptr (BpApproval) newest = NULL;
    g_autoptr (BpSendablePack) pack = g_new0 (BpSendablePack, 1);
    pack->forum = g_strdup (forum);
    pack->files = bp_pack_files_new ();
    pack->contents = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
    pack->marking = bp_output_text (outputs->pdata[0], "marking");
    pack->version = bp_finished_run_is_draft (run) ? 0 : bp_output_version (outputs->pdata[0]);
    if (!is_test
        && (!bp_approvals_find (store, run->id, forum, &pack->approval, error)
            || !bp_approvals_find_newest (store, run->as_of, forum, &newest, error)))
        return NULL;
    char *fault = NULL;
    if (!bp_finished_run_find_fault (run, store, &fault, error))
        return NULL;
    if (fault != NULL)
        refuse (pack, true, fault);
    else if (!is_test)
        check_approval (pack, run, newest, today);
    if (pack->refusal == NULL)
        take_files (pack, run, outputs);
    return g_steal_pointer (&pack);
}
