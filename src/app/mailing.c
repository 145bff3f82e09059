#include "app/mailing.h"

#include "app/console.h"
#include "app/data_import.h"
#include "app/postman.h"
#include "app/recipient_list.h"
#include "app/rehearsal.h"
#include "app/send_report.h"
#include "delivery/mail_address.h"

#include <string.h>

static bool check_resolution (const BpOptions *options, const char *verb, const char *run, GError **error)
{
    if (run == NULL || options->to == NULL)
        return bp_fail (error, BP_ERROR_USAGE, "say which message: %s --resolve RUN --to ADDRESS", verb);
    if (options->arrived == options->not_arrived)
        return bp_fail (error, BP_ERROR_USAGE, "say what was found out: either --arrived or --not-arrived");
    return (options->by != NULL && options->note != NULL)
           || bp_fail (error, BP_ERROR_USAGE, "say who found it out and how: --by NAME --note TEXT");
}

bool bp_mailing_check_usage (const BpOptions *options, const char *verb, const char *run, const char *confirmation, GError **error)
{
    if (options->resolve)
        return check_resolution (options, verb, run, error);
    if (options->to != NULL || options->arrived || options->not_arrived || options->by != NULL || options->note != NULL)
        return bp_fail (error, BP_ERROR_USAGE, "--to, --arrived, --not-arrived, --by and --note go with --resolve");
    if (options->to_me != NULL && !bp_mail_address_check ("--to-me", options->to_me, error))
    {
        (*error)->code = BP_ERROR_USAGE;
        return false;
    }
    return options->confirm == NULL || strcmp (options->confirm, confirmation) == 0
           || bp_fail (error, BP_ERROR_USAGE, "--confirm %s is not %s: nothing was sent", options->confirm, confirmation);
}

bool bp_mailing_check_settings (const BpProgrammeConfig *config, bool is_rehearsal, GError **error)
{
    if (config->mail.sender == NULL)
        return bp_fail (error, BP_ERROR_CONFIG, "config/mail.ini: [mail] has no 'sender', whom messages come from");
    return is_rehearsal || config->mail.server.host != NULL
           || bp_fail (error, BP_ERROR_CONFIG, "config/mail.ini: [server] has no 'host', so nothing can be sent");
}

/* Whoever has been taken out of the file meanwhile would still be sent to. */
void bp_mailing_note_stale_data (const BpDispatch *dispatch, const char *what)
{
    g_auto (BpDataFolder) data = { 0 };
    g_autoptr (BpTableSet) known = bp_table_set_new (&dispatch->folder->config->programme.fields);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    if (!bp_data_folder_read (&data, dispatch->folder->config, NULL)
        || !bp_store_load (dispatch->store, BP_DATE_NONE, known, findings, NULL) || !bp_table_sets_are_equal (data.tables, known))
        bp_console_message (dispatch->options, "note: the data folder is not what was imported last; %s are those of the last import",
                            what);
}

static void advise (const BpDispatch *dispatch, const char *confirmation)
{
    bool has_any = false;
    for (guint i = 0; i < dispatch->letters->len; i++)
        has_any = has_any || bp_letter_goes (dispatch->letters->pdata[i]);
    if (has_any)
        bp_console_message (dispatch->options, "to send: give the same command with --confirm %s", confirmation);
}

static BpExitCode rehearse (BpDispatch *dispatch, const BpMailingReport *report, const char *confirmation, GError **error)
{
    if (!bp_rehearsal_write (dispatch, error))
        return BP_EXIT_FAILED;
    const BpExitCode code = bp_send_report_exit_code (dispatch, true);
    if (dispatch->options->json)
        report->json (dispatch, true, code, report->data);
    else
        report->rehearsal (dispatch, report->data);
    advise (dispatch, confirmation);
    return code;
}

/* What was sent is told whatever ended it. */
static BpExitCode deliver (BpDispatch *dispatch, const BpMailingReport *report, GError **error)
{
    g_autoptr (GError) why = NULL;
    const bool is_well = bp_postman_deliver (dispatch, &why);
    /* when the server is what ended it, the code says whether anything went before */
    const bool is_by_server = g_error_matches (why, BP_ERROR, BP_ERROR_DELIVERY);
    const BpExitCode code = is_well || is_by_server ? bp_send_report_exit_code (dispatch, false) : bp_exit_code_of_error (why);
    if (dispatch->options->json)
        report->json (dispatch, false, code, report->data);
    else
        report->delivery (dispatch, report->data);
    if (is_by_server)
        bp_console_error ("%s", why->message);
    else if (!is_well)
        g_propagate_error (error, g_steal_pointer (&why));
    return code;
}

BpExitCode bp_mailing_run (BpDispatch *dispatch, const BpMailingReport *report, const char *confirmation, GError **error)
{
    return dispatch->options->confirm == NULL ? rehearse (dispatch, report, confirmation, error) : deliver (dispatch, report, error);
}

/* ---- a doubtful one that somebody has asked about ---- */

BpExitCode bp_mailing_resolve (const BpOptions *options, const BpProgrammeFolder *folder, BpStore *store, const char *run, bool is_for_lead,
                               GError **error)
{
    const BpSendFilter filter = { .run = run, .is_without_tests = true };
    g_autofree char *wanted = bp_recipient_list_dup_key (options->to);
    g_autoptr (GPtrArray) sends = NULL;
    int count = 0;
    if (!bp_sends_settle_stopped (store, folder->clock.now, &count, error))
        return BP_EXIT_FAILED;
    sends = bp_sends_list (store, &filter, error);
    count = 0;
    for (guint i = 0; sends != NULL && i < sends->len; i++)
    {
        BpSend *send = sends->pdata[i];
        g_autofree char *key = bp_recipient_list_dup_key (send->address);
        const bool is_chosen = bp_send_is_for_lead (send) == is_for_lead
                               && (options->forums == NULL || g_strv_contains ((const char *const *)options->forums, send->forum));
        if (strcmp (key, wanted) != 0 || send->state != BP_SEND_STATE_DOUBTFUL || !is_chosen)
            continue;
        if (!bp_sends_resolve (store, send, options->arrived, options->by, options->note, folder->clock.now, error))
            return BP_EXIT_FAILED;
        g_autofree char *address = bp_send_report_dup_address (options, send->address);
        bp_console_answer ("%s  %s: %s\n", bp_send_whose (send), address,
                           options->arrived ? "has arrived" : "has not arrived and may be sent again");
        count++;
    }
    if (sends != NULL && count == 0)
        bp_fail (error, BP_ERROR_FAILED, "no message of %s to that address is doubtful; 'boardpack list sends %s' shows them", run, run);
    return count > 0 ? BP_EXIT_WELL : BP_EXIT_FAILED;
}
