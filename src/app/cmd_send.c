#include "app/command_table.h"

#include "app/data_import.h"
#include "app/due_packs.h"
#include "app/interrupt.h"
#include "app/lock.h"
#include "app/mailing.h"
#include "app/pack_letters.h"
#include "app/rehearsal_report.h"
#include "app/send_report.h"

#include <string.h>

#define CONFIRM_APPROVED "approved" /* what is typed again with --approved, which names no run */

static bool check_usage (const BpOptions *options, const char *run, GError **error)
{
    const char *expected = options->approved ? CONFIRM_APPROVED : run;
    if (options->resolve)
        return bp_mailing_check_usage (options, "send", run, expected, error);
    if (options->approved == (run != NULL))
        return bp_fail (error, BP_ERROR_USAGE,
                        run != NULL ? "give a run or --approved, not both" : "say which run, for example 2025-07-31-1, or --approved");
    if (options->approved && (options->to_me != NULL || options->is_correction || options->forums != NULL))
        return bp_fail (error, BP_ERROR_USAGE, "--approved sends all that is due: it does not go with --to-me, --correction or --forum");
    return bp_mailing_check_usage (options, "send", run, expected, error);
}

/* The ids of --forum, by id or name; NULL-ended, NULL for all. Free the array alone. */
static bool choose_forums (const BpProgrammeFolder *folder, const BpOptions *options, const char ***ids_out, GError **error)
{
    *ids_out = NULL;
    if (options->forums == NULL)
        return true;
    g_autofree const char **ids = g_new0 (const char *, g_strv_length (options->forums) + 1);
    for (int i = 0; options->forums[i] != NULL; i++)
    {
        const BpForum *forum
            = g_utf8_validate (options->forums[i], -1, NULL) ? bp_forum_find (&folder->config->programme.forums, options->forums[i]) : NULL;
        if (forum == NULL)
            return bp_fail (error, BP_ERROR_USAGE, "there is no forum '%s' today; 'boardpack list forums' names them", options->forums[i]);
        ids[i] = forum->id;
    }
    *ids_out = g_steal_pointer (&ids);
    return true;
}

static bool fill (BpDispatch *dispatch, const char *run, GError **error)
{
    g_autofree const char **forums = NULL;
    if (dispatch->options->approved)
        return bp_due_packs_add (dispatch, error);
    return choose_forums (dispatch->folder, dispatch->options, &forums, error) && bp_pack_letters_add (dispatch, run, forums, false, error);
}

/* ---- the command ---- */

static void print_rehearsal (const BpDispatch *dispatch, gpointer data G_GNUC_UNUSED)
{
    bp_rehearsal_report_print (dispatch);
}

static void print_delivery (const BpDispatch *dispatch, gpointer data G_GNUC_UNUSED)
{
    bp_send_report_delivery (dispatch);
}

static void print_json (const BpDispatch *dispatch, bool is_rehearsal, BpExitCode code, gpointer data G_GNUC_UNUSED)
{
    bp_send_report_json (dispatch, is_rehearsal, code);
}

static const BpMailingReport report = { print_rehearsal, print_delivery, print_json, NULL };

BpExitCode bp_cmd_send (const BpOptions *options, const char *const *arguments, GError **error)
{
    g_auto (BpProgrammeFolder) folder = { 0 };
    if (!check_usage (options, arguments[0], error) || !bp_programme_folder_open (&folder, options, error)
        || !bp_mailing_check_clock (&folder, options, error)
        || (!options->resolve && !bp_mailing_check_settings (folder.config, options->confirm == NULL, error)))
        return BP_EXIT_FAILED;
    bp_interrupt_watch ();
    g_autoptr (BpLock) lock = bp_lock_take (&folder, error);
    g_autoptr (BpStore) store = lock != NULL ? bp_programme_folder_open_store (&folder, true, error) : NULL;
    if (store == NULL)
        return BP_EXIT_FAILED;
    if (options->resolve)
        return bp_mailing_resolve (options, &folder, store, arguments[0], false, error);
    g_autoptr (BpDispatch) dispatch = bp_dispatch_new (options, &folder, store, error);
    if (dispatch == NULL || !fill (dispatch, arguments[0], error))
        return BP_EXIT_FAILED;
    bp_mailing_note_stale_data (dispatch, "recipients");
    return bp_mailing_run (dispatch, &report, arguments[0] != NULL ? arguments[0] : CONFIRM_APPROVED, error);
}
