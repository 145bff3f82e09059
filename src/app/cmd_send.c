#include "app/command_table.h"

#include "app/console.h"
#include "app/data_import.h"
#include "app/due_packs.h"
#include "app/interrupt.h"
#include "app/lock.h"
#include "app/postman.h"
#include "app/recipient_list.h"
#include "app/rehearsal.h"
#include "app/send_report.h"
#include "delivery/mail_address.h"

#include <string.h>

#define CONFIRM_APPROVED "approved" /* what is typed again with --approved, which names no run */

static bool check_resolution (const BpOptions *options, const char *run, GError **error)
{
    if (run == NULL || options->to == NULL)
        return bp_fail (error, BP_ERROR_USAGE, "say which message: send --resolve RUN --to ADDRESS");
    if (options->arrived == options->not_arrived)
        return bp_fail (error, BP_ERROR_USAGE, "say what was found out: either --arrived or --not-arrived");
    return (options->by != NULL && options->note != NULL)
           || bp_fail (error, BP_ERROR_USAGE, "say who found it out and how: --by NAME --note TEXT");
}

static bool check_usage (const BpOptions *options, const char *run, GError **error)
{
    const char *expected = options->approved ? CONFIRM_APPROVED : run;
    if (options->resolve)
        return check_resolution (options, run, error);
    if (options->to != NULL || options->arrived || options->not_arrived || options->by != NULL || options->note != NULL)
        return bp_fail (error, BP_ERROR_USAGE, "--to, --arrived, --not-arrived, --by and --note go with --resolve");
    if (options->approved == (run != NULL))
        return bp_fail (error, BP_ERROR_USAGE,
                        run != NULL ? "give a run or --approved, not both" : "say which run, for example 2025-07-31-1, or --approved");
    if (options->approved && (options->to_me != NULL || options->is_correction || options->forums != NULL))
        return bp_fail (error, BP_ERROR_USAGE, "--approved sends all that is due: it does not go with --to-me, --correction or --forum");
    if (options->to_me != NULL && !bp_mail_address_check ("--to-me", options->to_me, error))
    {
        (*error)->code = BP_ERROR_USAGE;
        return false;
    }
    return options->confirm == NULL || strcmp (options->confirm, expected) == 0
           || bp_fail (error, BP_ERROR_USAGE, "--confirm %s is not %s: nothing was sent", options->confirm, expected);
}

/* What a message cannot do without; a rehearsal is to find it out. */
static bool check_mail (const BpProgrammeConfig *config, bool is_rehearsal, GError **error)
{
    if (config->mail.sender == NULL)
        return bp_fail (error, BP_ERROR_CONFIG, "config/mail.ini: [mail] has no 'sender', whom messages come from");
    return is_rehearsal || config->mail.server.host != NULL
           || bp_fail (error, BP_ERROR_CONFIG, "config/mail.ini: [server] has no 'host', so nothing can be sent");
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

/* Whoever has been taken out of the file meanwhile would still be sent to. */
static void note_stale_data (const BpDispatch *dispatch)
{
    g_auto (BpDataFolder) data = { 0 };
    g_autoptr (BpTableSet) known = bp_table_set_new (&dispatch->folder->config->programme.fields);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    if (!bp_data_folder_read (&data, dispatch->folder->config, NULL)
        || !bp_store_load (dispatch->store, BP_DATE_NONE, known, findings, NULL) || !bp_table_sets_are_equal (data.tables, known))
        bp_console_message (dispatch->options,
                            "note: the data folder is not what was imported last; recipients are those of the last import");
}

static bool fill (BpDispatch *dispatch, const char *run, GError **error)
{
    g_autofree const char **forums = NULL;
    if (dispatch->options->approved)
        return bp_due_packs_add (dispatch, error);
    return choose_forums (dispatch->folder, dispatch->options, &forums, error) && bp_dispatch_add_run (dispatch, run, forums, false, error);
}

static void advise (const BpDispatch *dispatch, const char *run)
{
    bool has_any = false;
    for (guint i = 0; i < dispatch->letters->len; i++)
        has_any = has_any || bp_letter_goes (dispatch->letters->pdata[i]);
    if (has_any)
        bp_console_message (dispatch->options, "to send: give the same command with --confirm %s", run != NULL ? run : CONFIRM_APPROVED);
}

static BpExitCode rehearse (BpDispatch *dispatch, const char *run, GError **error)
{
    if (!bp_rehearsal_write (dispatch, error))
        return BP_EXIT_FAILED;
    const BpExitCode code = bp_send_report_exit_code (dispatch, true);
    if (dispatch->options->json)
        bp_send_report_json (dispatch, true, code);
    else
        bp_send_report_rehearsal (dispatch);
    advise (dispatch, run);
    return code;
}

/* What was sent is told whatever ended it. */
static BpExitCode deliver (BpDispatch *dispatch, GError **error)
{
    g_autoptr (GError) why = NULL;
    const bool is_well = bp_postman_deliver (dispatch, &why);
    /* when the server is what ended it, the code says whether anything went before */
    const bool is_by_server = g_error_matches (why, BP_ERROR, BP_ERROR_DELIVERY);
    const BpExitCode code = is_well || is_by_server ? bp_send_report_exit_code (dispatch, false) : bp_exit_code_of_error (why);
    if (dispatch->options->json)
        bp_send_report_json (dispatch, false, code);
    else
        bp_send_report_delivery (dispatch);
    if (is_by_server)
        bp_console_error ("%s", why->message);
    else if (!is_well)
        g_propagate_error (error, g_steal_pointer (&why));
    return code;
}

/* ---- a doubtful one that somebody has asked about ---- */

static bool is_asked_about (const BpOptions *options, const BpSend *send, const char *wanted)
{
    g_autofree char *key = bp_recipient_list_dup_key (send->address);
    return send->state == BP_SEND_STATE_DOUBTFUL && strcmp (key, wanted) == 0
           && (options->forums == NULL || g_strv_contains ((const char *const *)options->forums, send->forum));
}

static void answer_resolved (const BpOptions *options, const BpSend *send, json_t *list)
{
    g_autofree char *address = bp_send_report_dup_address (options, send->address);
    if (!options->json)
    {
        bp_console_answer ("%s  %s: %s\n", send->forum, address,
                           options->arrived ? "has arrived" : "has not arrived and may be sent again");
        return;
    }
    json_t *object = json_object ();
    json_object_set_new (object, "forum", bp_json_text (send->forum));
    json_object_set_new (object, "address", bp_json_text (address));
    json_object_set_new (object, "state", bp_json_text (bp_send_state_name (send->state)));
    json_object_set_new (object, "message_id", bp_json_text (send->message_id));
    json_array_append_new (list, object);
}

/* Resolves those asked about and says so, each as it is on the disk; list gets them. */
static bool resolve_all (const BpOptions *options, const BpProgrammeFolder *folder, BpStore *store, const GPtrArray *sends, json_t *list,
                         int *count_out, GError **error)
{
    g_autofree char *wanted = bp_recipient_list_dup_key (options->to);
    *count_out = 0;
    for (guint i = 0; i < sends->len; i++)
    {
        BpSend *send = sends->pdata[i];
        if (!is_asked_about (options, send, wanted))
            continue;
        if (!bp_sends_resolve (store, send, options->arrived, options->by, options->note, folder->clock.now, error))
            return false;
        answer_resolved (options, send, list);
        (*count_out)++;
    }
    return true;
}

static BpExitCode resolve (const BpOptions *options, const BpProgrammeFolder *folder, BpStore *store, const char *run, GError **error)
{
    const BpSendFilter filter = { .run = run, .is_without_tests = true };
    int count = 0;
    if (!bp_sends_settle_stopped (store, folder->clock.now, &count, error))
        return BP_EXIT_FAILED;
    g_autoptr (GPtrArray) sends = bp_sends_list (store, &filter, error);
    if (sends == NULL)
        return BP_EXIT_FAILED;
    json_t *answer = json_object (), *list = json_array ();
    const bool is_well = resolve_all (options, folder, store, sends, list, &count, error);
    if (is_well && count == 0)
        bp_fail (error, BP_ERROR_FAILED, "no message of %s to that address is doubtful; 'boardpack list sends %s' shows them", run, run);
    const BpExitCode code = is_well && count > 0 ? BP_EXIT_WELL : BP_EXIT_FAILED;
    json_object_set_new (answer, "exit_code", json_integer ((json_int_t)code));
    json_object_set_new (answer, "run", bp_json_text (run));
    json_object_set_new (answer, "resolved", list);
    if (options->json)
        bp_console_answer_json (answer);
    else
        json_decref (answer);
    return code;
}

/* ---- the command ---- */

BpExitCode bp_cmd_send (const BpOptions *options, const char *const *arguments, GError **error)
{
    g_auto (BpProgrammeFolder) folder = { 0 };
    const bool is_rehearsal = options->confirm == NULL;
    if (!check_usage (options, arguments[0], error) || !bp_programme_folder_open (&folder, options, error)
        || (!options->resolve && !check_mail (folder.config, is_rehearsal, error)))
        return BP_EXIT_FAILED;
    bp_interrupt_watch ();
    g_autoptr (BpLock) lock = bp_lock_take (folder.output, error);
    g_autoptr (BpStore) store = lock != NULL ? bp_programme_folder_open_store (&folder, true, error) : NULL;
    if (store == NULL)
        return BP_EXIT_FAILED;
    if (options->resolve)
        return resolve (options, &folder, store, arguments[0], error);
    g_autoptr (BpDispatch) dispatch = bp_dispatch_new (options, &folder, store, error);
    if (dispatch == NULL || !fill (dispatch, arguments[0], error))
        return BP_EXIT_FAILED;
    note_stale_data (dispatch);
    if (is_rehearsal)
        return rehearse (dispatch, arguments[0], error);
    g_autoptr (GError) why = NULL;
    const BpExitCode code = deliver (dispatch, error);
    if (code == BP_EXIT_WELL && options->to_me == NULL && !bp_rehearsal_clear (dispatch, &why))
        bp_console_message (options, "note: %s", why->message);
    return code;
}
