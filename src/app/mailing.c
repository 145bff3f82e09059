#include "app/mailing.h"

#include "app/console.h"
#include "app/data_import.h"
#include "app/given_up.h"
#include "app/next_step.h"
#include "app/postman.h"
#include "app/rehearsal.h"
#include "app/send_report.h"
#include "delivery/mail_address.h"

#include <string.h>

static bool check_resolution (const BpOptions *options, const char *verb, const char *run, GError **error)
{
    if (run == NULL || options->to == NULL)
        return bp_fail (error, BP_ERROR_USAGE, "say which message: %s --resolve RUN --to ADDRESS", verb);
    if (options->arrived + options->not_arrived + options->told != 1)
        return bp_fail (error, BP_ERROR_USAGE, "say what was found out: either --arrived or --not-arrived, or of a recall --told");
    return (options->by != NULL && options->note != NULL)
           || bp_fail (error, BP_ERROR_USAGE, "say who found it out and how: --by NAME --note TEXT");
}

bool bp_mailing_check_usage (const BpOptions *options, const char *verb, const char *run, const char *confirmation, GError **error)
{
    if (options->resolve)
        return check_resolution (options, verb, run, error);
    if (options->to != NULL || options->arrived || options->not_arrived || options->told || options->by != NULL || options->note != NULL)
        return bp_fail (error, BP_ERROR_USAGE, "--to, --arrived, --not-arrived, --told, --by and --note go with --resolve");
    if (options->to_me != NULL && !bp_mail_address_check ("--to-me", options->to_me, error))
    {
        (*error)->code = BP_ERROR_USAGE;
        return false;
    }
    return options->confirm == NULL || strcmp (options->confirm, confirmation) == 0
           || bp_fail (error, BP_ERROR_USAGE, "--confirm %s is not %s: nothing was sent", options->confirm, confirmation);
}

bool bp_mailing_check_clock (const BpProgrammeFolder *folder, const BpOptions *options, GError **error)
{
    return !folder->clock.is_fixed || (options->confirm == NULL && !options->resolve)
           || bp_fail (
               error, BP_ERROR_USAGE,
               "SOURCE_DATE_EPOCH is set and stands in for the clock; who gets what goes by the real day, so nothing is sent: unset it");
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

/* What the messages that go are without, once for each run. */
static void note_gaps (const BpDispatch *dispatch)
{
    const BpFinishedRun *last = NULL;
    for (guint i = 0; i < dispatch->letters->len; i++)
    {
        const BpLetter *letter = dispatch->letters->pdata[i];
        if (letter->pack == NULL || letter->pack->gap == NULL || !bp_letter_goes (letter) || letter->pack->run == last)
            continue;
        last = letter->pack->run;
        bp_console_message (dispatch->options,
                            "note: messages are without summary, asks and the meeting's date: %s; put it back from %s/inputs, or build a "
                            "correction",
                            letter->pack->gap, last->folder);
    }
}

static BpExitCode rehearse (BpDispatch *dispatch, const BpMailingReport *report, const char *confirmation, GError **error)
{
    if (!bp_given_up_add (dispatch, true, error) || !bp_rehearsal_write (dispatch, error))
        return BP_EXIT_FAILED;
    note_gaps (dispatch);
    const BpExitCode code = bp_send_report_exit_code (dispatch, true);
    if (dispatch->options->json)
        report->json (dispatch, true, code, report->data);
    else
        report->rehearsal (dispatch, report->data);
    (void)bp_console_flush (); /* looked at again at the end */
    bp_next_step_after_rehearsal (dispatch, confirmation);
    return code;
}

/* What a rehearsal left is no more use once everything went; a test is not that. */
static void clear_rehearsal (const BpDispatch *dispatch, BpExitCode code)
{
    g_autoptr (GError) why = NULL;
    if (code == BP_EXIT_WELL && dispatch->options->to_me == NULL && !bp_rehearsal_clear (dispatch, &why))
        bp_console_message (dispatch->options, "note: %s", why->message);
}

/* What was sent is told whatever ended it. */
static BpExitCode deliver (BpDispatch *dispatch, const BpMailingReport *report, const char *confirmation, GError **error)
{
    g_autoptr (GError) why = NULL;
    note_gaps (dispatch);
    const bool is_well = bp_given_up_add (dispatch, false, &why) && bp_postman_deliver (dispatch, &why);
    /* when the server is what ended it, the code says whether anything went before */
    const bool is_by_server = g_error_matches (why, BP_ERROR, BP_ERROR_DELIVERY);
    const BpExitCode code = is_well || is_by_server ? bp_send_report_exit_code (dispatch, false) : bp_exit_code_of_error (why);
    if (dispatch->options->json)
        report->json (dispatch, false, code, report->data);
    else
        report->delivery (dispatch, report->data);
    (void)bp_console_flush (); /* looked at again at the end */
    if (is_by_server)
    {
        g_autofree char *words = bp_send_report_dup_words (dispatch->options, why->message, "");
        bp_console_error ("%s", words);
    }
    else if (!is_well)
        g_propagate_error (error, g_steal_pointer (&why));
    if (is_well || is_by_server || g_error_matches (why, BP_ERROR, BP_ERROR_INTERRUPTED))
        bp_next_step_after_delivery (dispatch, confirmation);
    clear_rehearsal (dispatch, code);
    return code;
}

BpExitCode bp_mailing_run (BpDispatch *dispatch, const BpMailingReport *report, const char *confirmation, GError **error)
{
    return dispatch->options->confirm == NULL ? rehearse (dispatch, report, confirmation, error)
                                              : deliver (dispatch, report, confirmation, error);
}

/* ---- what somebody has found out, or told ---- */

typedef struct
{
    const BpOptions *options;
    const BpProgrammeFolder *folder;
    BpStore *store;
    const char *run;
    bool is_for_lead;
} Finding;

/* Forums by id, of today or of then, or by today's name. */
static bool is_chosen (const Finding *finding, const BpSend *send)
{
    const BpOptions *options = finding->options;
    if (finding->is_for_lead)
        return options->lead == NULL || g_ascii_strcasecmp (options->lead, send->lead) == 0;
    for (int i = 0; options->forums != NULL && options->forums[i] != NULL; i++)
    {
        const char *typed = options->forums[i];
        const BpForum *forum = g_utf8_validate (typed, -1, NULL) ? bp_forum_find (&finding->folder->config->programme.forums, typed) : NULL;
        if (strcmp (typed, send->forum) == 0 || (forum != NULL && strcmp (forum->id, send->forum) == 0))
            return true;
    }
    return options->forums == NULL;
}

static bool is_open (const Finding *finding, const BpSend *send)
{
    return finding->options->told ? send->kind == BP_SEND_KIND_RECALL && bp_send_state_may_become (send->state, BP_SEND_STATE_TOLD)
                                  : send->state == BP_SEND_STATE_DOUBTFUL;
}

/* The sends that are meant, borrowed from sends. */
static GPtrArray *list_meant (const Finding *finding, const GPtrArray *sends)
{
    g_autofree char *wanted = bp_send_dup_address_key (finding->options->to);
    GPtrArray *meant = g_ptr_array_new ();
    for (guint i = 0; i < sends->len; i++)
    {
        BpSend *send = sends->pdata[i];
        g_autofree char *key = bp_send_dup_address_key (send->address);
        if (bp_send_is_for_lead (send) == finding->is_for_lead && strcmp (key, wanted) == 0 && is_open (finding, send)
            && is_chosen (finding, send))
            g_ptr_array_add (meant, send);
    }
    return meant;
}

/* What goes again by the command, once it is known not to have arrived. */
static void say_next (const Finding *finding)
{
    const char *verb = finding->is_for_lead ? "collect" : "send";
    (void)bp_console_flush (); /* looked at again at the end */
    if (finding->options->not_arrived)
        bp_console_message (finding->options, "next, to see it rehearsed again: boardpack %s %s", verb, finding->run);
}

static bool fail_none (const Finding *finding, GError **error)
{
    return bp_fail (error, BP_ERROR_FAILED, "no %s of %s to that address is %s; 'boardpack list sends %s' shows them",
                    finding->options->told ? "recall" : "message", finding->run, finding->options->told ? "still to be told" : "doubtful",
                    finding->run);
}

/* What was found out of one message is not true of another: of several forums, or leads, one has to be named. */
static bool check_meant (const Finding *finding, const GPtrArray *meant, GError **error)
{
    const BpOptions *options = finding->options;
    const bool is_named = finding->is_for_lead ? options->lead != NULL : options->forums != NULL;
    g_autofree char *address = bp_send_report_dup_address (options, options->to);
    g_autoptr (GPtrArray) names = g_ptr_array_new ();
    for (guint i = 0; i < meant->len; i++)
        if (!g_ptr_array_find_with_equal_func (names, bp_send_whose (meant->pdata[i]), g_str_equal, NULL))
            g_ptr_array_add (names, (gpointer)bp_send_whose (meant->pdata[i]));
    if (names->len == 0)
        return fail_none (finding, error);
    if (names->len == 1 || is_named)
        return true;
    g_ptr_array_add (names, NULL);
    g_autofree char *list = g_strjoinv (" and ", (char **)names->pdata);
    return bp_fail (error, BP_ERROR_USAGE, "%s has %s of %s: say which with %s", address, options->told ? "recalls" : "doubtful messages",
                    list, finding->is_for_lead ? "--lead" : "--forum");
}

static void answer_resolved (const BpOptions *options, const BpSend *send, json_t *list)
{
    const char *found = options->arrived ? "has arrived" : "has not arrived and may be sent again";
    g_autofree char *address = bp_send_report_dup_address (options, send->address);
    if (!options->json)
    {
        bp_console_answer ("%s  %s: %s\n", bp_send_whose (send), address, options->told ? "was told" : found);
        return;
    }
    json_t *object = json_object ();
    json_object_set_new (object, bp_send_is_for_lead (send) ? "lead" : "forum", bp_json_text (bp_send_whose (send)));
    json_object_set_new (object, "address", bp_json_text (address));
    json_object_set_new (object, "state", bp_json_text (bp_send_state_name (send->state)));
    json_object_set_new (object, "message_id", bp_json_text (send->message_id));
    json_array_append_new (list, object);
}

/* Says so as soon as it is on the disk; list gets it. */
static bool resolve_one (const Finding *finding, BpSend *send, json_t *list, GError **error)
{
    const BpOptions *options = finding->options;
    const gint64 now = finding->folder->clock.now;
    g_autoptr (BpSendJournal) journal = bp_send_journal_open (finding->folder->store, error);
    if (journal == NULL)
        return false;
    const bool is_done = options->told ? bp_sends_tell (finding->store, send, options->by, options->note, now, error)
                                       : bp_sends_resolve (finding->store, send, options->arrived, options->by, options->note, now, error);
    if (is_done)
        answer_resolved (options, send, list);
    return is_done && bp_send_journal_add (journal, send, now, error);
}

BpExitCode bp_mailing_resolve (const BpOptions *options, const BpProgrammeFolder *folder, BpStore *store, const char *run, bool is_for_lead,
                               GError **error)
{
    const Finding finding = { options, folder, store, run, is_for_lead };
    const BpSendFilter filter = { .run = run, .is_without_tests = true };
    int stopped = 0;
    if (!bp_sends_settle_stopped (store, folder->clock.now, &stopped, error))
        return BP_EXIT_FAILED;
    g_autoptr (GPtrArray) sends = bp_sends_list (store, &filter, error);
    g_autoptr (GPtrArray) meant = sends != NULL ? list_meant (&finding, sends) : NULL;
    if (meant == NULL)
        return BP_EXIT_FAILED;
    json_t *answer = json_object (), *list = json_array ();
    bool is_well = check_meant (&finding, meant, error);
    for (guint i = 0; i < meant->len && is_well; i++)
        is_well = resolve_one (&finding, meant->pdata[i], list, error);
    const BpExitCode code = is_well ? BP_EXIT_WELL : bp_exit_code_of_error (*error);
    json_object_set_new (answer, "exit_code", json_integer ((json_int_t)code));
    json_object_set_new (answer, "run", bp_json_text (run));
    json_object_set_new (answer, "resolved", list);
    if (options->json)
        bp_console_answer_json (answer);
    else
        json_decref (answer);
    if (is_well)
        say_next (&finding);
    return code;
}
