#include "app/list_approvals.h"

#include "app/clock.h"
#include "app/console.h"
#include "app/data_import.h"
#include "app/list_choice.h"
#include "app/store_json.h"
#include "base/atomic_file.h"

static json_t *withdrawal_to_json (const BpApproval *approval)
{
    if (!approval->is_withdrawn)
        return json_null ();
    g_autofree char *at = bp_instant_dup_text (approval->withdrawn_at);
    json_t *object = json_object ();
    json_object_set_new (object, "by", bp_json_text (approval->withdrawn_by));
    json_object_set_new (object, "at", bp_json_text (at));
    json_object_set_new (object, "note", bp_json_text (approval->withdrawal_note));
    return object;
}

json_t *bp_approval_to_json (const BpApproval *approval)
{
    g_autofree char *as_of = bp_date_dup_text (approval->as_of, BP_DATE_ISO), *at = bp_instant_dup_text (approval->approved_at);
    json_t *object = json_object ();
    json_object_set_new (object, "run", bp_json_text (approval->run));
    json_object_set_new (object, "forum", bp_json_text (approval->forum));
    json_object_set_new (object, "as_of", bp_json_text (as_of));
    json_object_set_new (object, "version", json_integer (approval->version));
    json_object_set_new (object, "approved_by", bp_json_text (approval->approved_by));
    json_object_set_new (object, "role", bp_json_text (approval->role));
    json_object_set_new (object, "account", bp_json_text (approval->account));
    json_object_set_new (object, "prepared_by", bp_json_text (approval->prepared_by));
    json_object_set_new (object, "note", bp_json_text (approval->note));
    json_object_set_new (object, "approved_at", bp_json_text (at));
    json_object_set_new (object, "manifest_sha256", bp_json_text (approval->manifest_sha256));
    json_object_set_new (object, "files", bp_pack_files_to_json (approval->files));
    json_object_set_new (object, "withdrawn", withdrawal_to_json (approval));
    return object;
}

static void print_approval (const BpApproval *approval)
{
    g_autofree char *at = bp_clock_dup_london_text (approval->approved_at);
    const bool has_preparer = *approval->prepared_by != '\0';
    bp_console_answer ("%s  %s, version %d: approved by %s, %s, on %s\n", approval->run, approval->forum, approval->version,
                       approval->approved_by, approval->role, at);
    bp_console_answer ("    from the account %s; prepared by %s\n", approval->account,
                       has_preparer ? approval->prepared_by : "somebody whom the run does not name");
    if (*approval->note != '\0')
        bp_console_answer ("    %s\n", approval->note);
    for (guint i = 0; i < approval->files->len; i++)
    {
        const BpPackFile *file = approval->files->pdata[i];
        bp_console_answer ("    %s  %s\n", file->sha256, file->path);
    }
    bp_console_answer ("    %s  manifest.json\n", approval->manifest_sha256);
    if (!approval->is_withdrawn)
        return;
    g_autofree char *withdrawn_at = bp_clock_dup_london_text (approval->withdrawn_at);
    bp_console_answer ("    withdrawn by %s on %s: %s\n", approval->withdrawn_by, withdrawn_at, approval->withdrawal_note);
}

/* Oldest first, as things happened. */
static GPtrArray *load (const BpProgrammeFolder *folder, const BpListChoice *choice, GError **error)
{
    g_autoptr (GPtrArray) chosen = g_ptr_array_new_with_free_func ((GDestroyNotify)bp_approval_free);
    if (bp_file_is_missing (folder->store))
        return g_steal_pointer (&chosen);
    g_autoptr (BpStore) store = bp_programme_folder_read_store (folder, error);
    g_autoptr (GPtrArray) all = store != NULL ? bp_approvals_list (store, choice->run, error) : NULL;
    if (all == NULL)
        return NULL;
    for (guint i = all->len; i-- > 0;) /* from the last, the oldest */
        if (bp_list_choice_has_forum (choice, ((const BpApproval *)all->pdata[i])->forum))
            g_ptr_array_add (chosen, g_ptr_array_steal_index (all, i));
    return g_steal_pointer (&chosen);
}

bool bp_list_approvals (const BpOptions *options, const char *run, GError **error)
{
    g_auto (BpProgrammeFolder) folder = { 0 };
    g_auto (BpListChoice) choice = { 0 };
    if (!bp_programme_folder_open (&folder, options, error) || !bp_list_choice_read (&choice, &folder, options, run, error))
        return false;
    g_autoptr (GPtrArray) approvals = load (&folder, &choice, error);
    if (approvals == NULL || (approvals->len == 0 && !bp_list_choice_check_empty (&choice, &folder, error)))
        return false;
    json_t *list = json_array ();
    for (guint i = 0; i < approvals->len; i++)
    {
        json_array_append_new (list, bp_approval_to_json (approvals->pdata[i]));
        if (!options->json)
            print_approval (approvals->pdata[i]);
    }
    if (options->json)
        bp_console_answer_json (list);
    else
        json_decref (list);
    g_autofree char *scope = bp_list_choice_dup_words (&choice);
    if (approvals->len == 0)
        bp_console_message (options, "nothing%s has been approved%s", scope, *scope == '\0' ? " yet" : "");
    return true;
}
