#include "app/command_table.h"

#include "app/console.h"
#include "app/data_import.h"
#include "app/finished_run.h"
#include "app/list_approvals.h"
#include "app/lock.h"
#include "app/next_step.h"
#include "app/two_people.h"
#include "base/text.h"

#include <string.h>

static bool check_usage (const BpOptions *options, const char *id, GError **error)
{
    if (id == NULL)
        return bp_fail (error, BP_ERROR_USAGE,
                        "say which run; the folders of output/<day>/ are called as the runs, for example 2025-07-31-1");
    if (options->by == NULL)
        return bp_fail (error, BP_ERROR_USAGE, "say who %s: --by NAME", options->withdraw ? "withdraws the approval" : "approves");
    if (options->withdraw && options->note == NULL)
        return bp_fail (error, BP_ERROR_USAGE, "say why the approval is withdrawn: --note TEXT");
    if (!options->withdraw && options->role == NULL)
        return bp_fail (error, BP_ERROR_USAGE, "say in which role %s approves: --role ROLE", options->by);
    return true;
}

/* ---- which packs ---- */

static bool fail_unknown_forum (const BpFinishedRun *run, const char *word, GPtrArray *forums, GError **error)
{
    g_ptr_array_add (forums, NULL);
    g_autofree char *list = bp_text_dup_joined ((const char *const *)forums->pdata, 0);
    return bp_fail (error, BP_ERROR_USAGE, "%s has no pack of '%s'; it has packs of: %s", run->id, word, list);
}

/* The forums asked for by id or name, or all; NULL-ended ids. */
static GPtrArray *choose_forums (const BpProgrammeFolder *folder, const BpFinishedRun *run, const BpOptions *options, GError **error)
{
    g_autoptr (GPtrArray) all = bp_finished_run_list_forums (run), chosen = g_ptr_array_new ();
    if (all->len == 0)
    {
        bp_fail (error, BP_ERROR_FAILED, "%s has no packs", run->id);
        return NULL;
    }
    for (int i = 0; options->forums != NULL && options->forums[i] != NULL; i++)
    {
        g_autofree char *word = g_utf8_make_valid (options->forums[i], -1);
        const BpForum *forum = bp_forum_find (&folder->config->programme.forums, word);
        guint at;
        if (!g_ptr_array_find_with_equal_func (all, word, g_str_equal, &at)
            && (forum == NULL || !g_ptr_array_find_with_equal_func (all, forum->id, g_str_equal, &at)))
        {
            fail_unknown_forum (run, word, all, error);
            return NULL;
        }
        if (!g_ptr_array_find (chosen, all->pdata[at], NULL))
            g_ptr_array_add (chosen, all->pdata[at]);
    }
    if (options->forums == NULL)
        g_ptr_array_extend (chosen, all, NULL, NULL);
    g_ptr_array_add (chosen, NULL);
    return g_steal_pointer (&chosen);
}

/* ---- may it be approved ---- */

static bool has_pdf (const GPtrArray *outputs)
{
    for (guint i = 0; i < outputs->len; i++)
        if (strcmp (bp_output_text (outputs->pdata[i], "format"), "pdf") == 0)
            return true;
    return false;
}

/* Files are those of the manifest, each looked at. */
static bool take_files (const BpFinishedRun *run, const GPtrArray *outputs, BpApproval *approval, GError **error)
{
    if (!has_pdf (outputs))
        return bp_fail (error, BP_ERROR_FAILED, "the pack of %s in %s has no PDF; build it with one", approval->forum, run->id);
    for (guint i = 0; i < outputs->len; i++)
    {
        const json_t *output = outputs->pdata[i];
        if (!bp_finished_run_check_output (run, output, error))
            return false;
        bp_pack_files_add (approval->files, bp_output_text (output, "path"), bp_output_text (output, "sha256"));
    }
    return true;
}

static BpApproval *make_approval (const BpProgrammeFolder *folder, const BpFinishedRun *run, const char *forum, const BpOptions *options,
                                  GError **error)
{
    g_autoptr (BpAccount) account = bp_account_read ();
    g_autoptr (GPtrArray) outputs = bp_finished_run_list_outputs (run, forum);
    g_autoptr (BpApproval) approval = g_new (BpApproval, 1);
    *approval = (BpApproval){ .run = g_strdup (run->id),
                              .forum = g_strdup (forum),
                              .as_of = run->as_of,
                              .version = bp_output_version (outputs->pdata[0]),
                              .approved_by = g_strdup (options->by),
                              .role = g_strdup (options->role),
                              .account = bp_account_dup_text (account),
                              .prepared_by = g_strdup (bp_finished_run_prepared_by (run)),
                              .note = g_strdup (options->note != NULL ? options->note : ""),
                              .approved_at = folder->clock.now,
                              .approved_on = folder->clock.today,
                              .manifest_sha256 = g_strdup (run->manifest_sha256),
                              .files = bp_pack_files_new () };
    if (!take_files (run, outputs, approval, error)
        || !bp_two_people_check (run, forum, bp_output_text (outputs->pdata[0], "marking"), options->by, account, error))
        return NULL;
    return g_steal_pointer (&approval);
}

/* ---- what is being approved ---- */

static int finding_count (const BpFinishedRun *run, const char *level)
{
    return (int)json_integer_value (json_object_get (json_object_get (run->manifest, "findings"), level));
}

static void print_run (const BpFinishedRun *run)
{
    const json_t *figures = json_object_get (run->manifest, "consistency");
    const char *prepared_by = bp_finished_run_prepared_by (run), *correction = bp_finished_run_correction (run);
    g_autofree char *as_of = bp_date_dup_text (run->as_of, BP_DATE_LONG);
    bp_console_answer ("%s: data as at %s%s%s\n", run->id, as_of, *prepared_by != '\0' ? ", prepared by " : "", prepared_by);
    bp_console_answer ("    manifest SHA-256 %s\n", run->manifest_sha256);
    if (correction != NULL)
        bp_console_answer ("    changed: %s\n", correction);
    bp_console_answer ("    %d findings of level error, %d to check, %d notes; %d rows left out\n", finding_count (run, "error"),
                       finding_count (run, "check"), finding_count (run, "note"), finding_count (run, "quarantined"));
    bp_console_answer ("    %d figures, the same in all %d places where they are printed\n",
                       (int)json_integer_value (json_object_get (figures, "figures")),
                       (int)json_integer_value (json_object_get (figures, "printed")));
}

static void print_pack (const BpFinishedRun *run, const BpApproval *approval)
{
    g_autoptr (GPtrArray) outputs = bp_finished_run_list_outputs (run, approval->forum);
    bp_console_answer ("%s, version %d, %s\n", approval->forum, approval->version, bp_output_text (outputs->pdata[0], "marking"));
    for (guint i = 0; i < outputs->len; i++)
    {
        const json_t *output = outputs->pdata[i];
        const int pages = (int)json_integer_value (json_object_get (output, "pages"));
        bp_console_answer ("    %s  %s", bp_output_text (output, "sha256"), bp_output_text (output, "path"));
        bp_console_answer (pages > 0 ? " (%d page%s)\n" : "\n", pages, pages == 1 ? "" : "s");
    }
}

static void print_approved (const BpFinishedRun *run, const GPtrArray *approvals, const BpOptions *options)
{
    json_t *answer = json_object (), *list = json_array ();
    if (!options->json)
        print_run (run);
    for (guint i = 0; i < approvals->len; i++)
    {
        json_array_append_new (list, bp_approval_to_json (approvals->pdata[i]));
        if (!options->json)
            print_pack (run, approvals->pdata[i]);
    }
    json_object_set_new (answer, "run", bp_json_text (run->id));
    json_object_set_new (answer, "approvals", list);
    if (options->json)
        bp_console_answer_json (answer);
    else
    {
        bp_console_answer ("%u pack%s approved by %s, %s\n", approvals->len, approvals->len == 1 ? "" : "s", options->by, options->role);
        json_decref (answer);
    }
}

/* ---- what is to be done next ---- */

/* The forums among ids that have no approval in force; NULL-ended, borrowed. NULL on failure. */
static GPtrArray *list_unapproved (const BpFinishedRun *run, const GPtrArray *ids, BpStore *store, GError **error)
{
    g_autoptr (GPtrArray) rest = g_ptr_array_new ();
    for (guint i = 0; i < ids->len && ids->pdata[i] != NULL; i++)
    {
        g_autoptr (BpApproval) approval = NULL;
        if (!bp_approvals_find (store, run->id, ids->pdata[i], &approval, error))
            return NULL;
        if (approval == NULL)
            g_ptr_array_add (rest, ids->pdata[i]);
    }
    g_ptr_array_add (rest, NULL);
    return g_steal_pointer (&rest);
}

/* It is all or none: who meets one that is approved already wants the others named. */
static void name_rest (const BpFinishedRun *run, const GPtrArray *forums, BpStore *store, GError **error)
{
    g_autoptr (GPtrArray) rest = list_unapproved (run, forums, store, NULL);
    if (error == NULL || *error == NULL || rest == NULL || rest->len == 1 || rest->len == forums->len)
        return;
    g_autofree char *command = bp_next_step_dup_approve (run->id, (const char *const *)rest->pdata), *why = (*error)->message;
    (*error)->message = g_strdup_printf ("%s; to approve the rest: %s", why, command);
}

static void say_send (const BpFinishedRun *run, const GPtrArray *approvals, bool is_all, bool is_correction, const BpOptions *options)
{
    g_autoptr (GPtrArray) ids = g_ptr_array_new ();
    g_autoptr (GString) names = g_string_new (NULL);
    for (guint i = 0; i < approvals->len; i++)
    {
        const BpApproval *approval = approvals->pdata[i];
        if ((approval->version > 1) == is_correction)
            g_ptr_array_add (ids, approval->forum);
    }
    if (ids->len == 0)
        return;
    is_all = is_all && ids->len == approvals->len;
    g_ptr_array_add (ids, NULL);
    if (!is_all)
        bp_next_step_append_forums (names, (const char *const *)ids->pdata);
    bp_console_message (options, "next, a rehearsal: boardpack send %s%s%s", run->id, names->str, is_correction ? " --correction" : "");
}

/* The packs are approved, whatever becomes of this. */
static void say_next (const BpFinishedRun *run, const GPtrArray *approvals, BpStore *store, const BpOptions *options)
{
    g_autoptr (GPtrArray) all = bp_finished_run_list_forums (run), rest = list_unapproved (run, all, store, NULL);
    (void)bp_console_flush (); /* looked at again at the end */
    say_send (run, approvals, approvals->len == all->len, false, options);
    say_send (run, approvals, approvals->len == all->len, true, options);
    if (rest == NULL || rest->len == 1)
        return;
    g_autofree char *command = bp_next_step_dup_approve (run->id, (const char *const *)rest->pdata);
    bp_console_message (options, "not approved yet: %u of %u; to approve the rest: %s", rest->len - 1, all->len, command);
}

/* ---- the command ---- */

/* What is approved is what the program built, and no draft. */
static bool check_run (const BpFinishedRun *run, BpStore *store, GError **error)
{
    g_autofree char *fault = NULL;
    if (!bp_finished_run_find_fault (run, store, &fault, error))
        return false;
    if (fault != NULL)
        return bp_fail (error, BP_ERROR_FAILED, "%s", fault);
    return !bp_finished_run_is_draft (run)
           || bp_fail (error, BP_ERROR_FAILED, "%s is a draft; build the final packs without --draft, then approve them", run->id);
}

/* With a clock that was set back, the record would say that a pack was approved before it was made. */
static bool check_day (const BpFinishedRun *run, BpDate today, BpStore *store, GError **error)
{
    BpDate made;
    if (!bp_store_find_manifest_day (store, run->id, &made, error))
        return false;
    if (made == BP_DATE_NONE || today >= made)
        return true;
    g_autofree char *made_text = bp_date_dup_text (made, BP_DATE_LONG), *today_text = bp_date_dup_text (today, BP_DATE_LONG);
    return bp_fail (
        error, BP_ERROR_FAILED,
        "%s was made on %s, and the clock says that today is %s: set the clock right; if it was wrong when the run was made, build "
        "it again",
        run->id, made_text, today_text);
}

static bool approve (const BpProgrammeFolder *folder, const BpFinishedRun *run, const GPtrArray *forums, BpStore *store,
                     const BpOptions *options, GError **error)
{
    g_autoptr (GPtrArray) approvals = g_ptr_array_new_with_free_func ((GDestroyNotify)bp_approval_free);
    if (!check_run (run, store, error) || !check_day (run, folder->clock.today, store, error))
        return false;
    for (guint i = 0; forums->pdata[i] != NULL; i++)
    {
        BpApproval *approval = make_approval (folder, run, forums->pdata[i], options, error);
        if (approval == NULL)
            return false;
        g_ptr_array_add (approvals, approval);
    }
    if (!bp_finished_run_check_files (run, error))
        return false;
    if (!bp_approvals_add (store, approvals, error))
    {
        name_rest (run, forums, store, error);
        return false;
    }
    print_approved (run, approvals, options);
    say_next (run, approvals, store, options);
    return true;
}

static bool withdraw (const BpProgrammeFolder *folder, const BpFinishedRun *run, const GPtrArray *forums, BpStore *store,
                      const BpOptions *options, GError **error)
{
    const BpWithdrawal withdrawal = { options->by, options->note, folder->clock.now, folder->clock.today };
    int count;
    if (!bp_approvals_withdraw (store, run->id, options->forums == NULL ? NULL : (const char *const *)forums->pdata, &withdrawal, &count,
                                error))
        return false;
    if (!options->json)
    {
        bp_console_answer ("%d approval%s of %s withdrawn by %s\n", count, count == 1 ? "" : "s", run->id, options->by);
        return true;
    }
    json_t *answer = json_object ();
    json_object_set_new (answer, "run", bp_json_text (run->id));
    json_object_set_new (answer, "withdrawn", json_integer (count));
    bp_console_answer_json (answer);
    return true;
}

BpExitCode bp_cmd_approve (const BpOptions *options, const char *const *arguments, GError **error)
{
    g_auto (BpProgrammeFolder) folder = { 0 };
    g_auto (BpFinishedRun) run = { 0 };
    if (!check_usage (options, arguments[0], error) || !bp_programme_folder_open (&folder, options, error)
        || !bp_finished_run_open (&run, folder.output, arguments[0], error))
        return BP_EXIT_FAILED;
    /* no build meanwhile: it would not know of this approval and make the same version again */
    g_autoptr (BpLock) lock = bp_lock_take (&folder, error);
    g_autoptr (GPtrArray) forums = lock != NULL ? choose_forums (&folder, &run, options, error) : NULL;
    g_autoptr (BpStore) store = forums != NULL ? bp_programme_folder_open_store (&folder, true, error) : NULL;
    if (store == NULL)
        return BP_EXIT_FAILED;
    if (options->strict && !options->withdraw && finding_count (&run, "error") > 0)
    {
        bp_console_error ("not approved: --strict, and %s has findings of level error", run.id);
        return BP_EXIT_FINDINGS;
    }
    bool is_done = (options->withdraw ? withdraw : approve) (&folder, &run, forums, store, options, error);
    return is_done ? BP_EXIT_WELL : BP_EXIT_FAILED;
}
