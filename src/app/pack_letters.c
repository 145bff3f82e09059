#include "app/pack_letters.h"

#include "app/console.h"
#include "app/pack_recall.h"
#include "app/recipient_list.h"
#include "domain/marking.h"

/* ---- one pack ---- */

static BpSendKind kind_for (const BpPackMail *mail, const BpAddressee *addressee, const BpEarlierVersion *earlier)
{
    if (addressee->is_notice)
        return BP_SEND_KIND_NOTICE;
    return mail->pack->version > 1 && earlier != NULL && earlier->is_attached ? BP_SEND_KIND_CORRECTION : BP_SEND_KIND_PACK;
}

static void add_addressee (BpDispatch *dispatch, const BpPackMail *mail, const BpAddressee *addressee, const BpSend *there, bool is_due)
{
    const char *address = addressee->recipient->address;
    const BpEarlierVersion *earlier = bp_earlier_versions_find (mail->earlier, address);
    BpSend *send = bp_pack_mail_new_send (mail, kind_for (mail, addressee, earlier), address, addressee->has_workbook);
    BpLetter *letter = bp_dispatch_add_letter (dispatch, send, there, is_due);
    letter->pack = mail;
    letter->earlier = earlier;
    letter->name = g_strdup (addressee->recipient->name);
    letter->is_outside = addressee->is_outside;
    letter->exception_by = addressee->is_outside ? g_strdup (addressee->recipient->exception_approved_by) : NULL;
    bp_letter_try_writing (letter);
}

/* By whatever row it went. */
static bool has_pack (const BpSend *there)
{
    return there != NULL && (there->state == BP_SEND_STATE_ACCEPTED || there->state == BP_SEND_STATE_TOLD);
}

static void add_addressees (BpDispatch *dispatch, const BpPackMail *mail, const GPtrArray *list, const BpSendIndex *sends, bool is_due)
{
    g_autoptr (GHashTable) keys = bp_pack_recall_list_keys (list);
    const bool is_begun = bp_send_index_has_forum (sends, mail->pack->forum);
    for (guint i = 0; i < list->len; i++)
    {
        const BpAddressee *addressee = list->pdata[i];
        const char *address = addressee->recipient->address;
        g_autofree char *key = bp_send_dup_address_key (address);
        const BpSend *there = bp_send_index_find (sends, mail->pack->forum, address, false);
        /* who has an earlier version is named once, with what is to be done about it */
        const bool is_recalled = !g_hash_table_contains (keys, key) && bp_pack_recall_concerns (mail, sends, address);
        if (addressee->refusal != NULL && !is_recalled)
            bp_dispatch_leave_out (dispatch, mail->run->id, mail->pack->forum, address, addressee->refusal)->is_to_mend
                = addressee->is_to_mend && !has_pack (there) && !g_hash_table_contains (keys, key);
        else if (addressee->refusal == NULL && (!is_due || !is_begun || there != NULL))
            add_addressee (dispatch, mail, addressee, there, is_due);
    }
}

/* A pack that may go and that nobody gets. */
static void hold_unwanted (BpDispatch *dispatch, const BpPackMail *mail, const GPtrArray *list)
{
    guint refused = 0;
    for (guint i = 0; i < list->len; i++)
        refused += ((const BpAddressee *)list->pdata[i])->refusal != NULL;
    if (list->len == 0)
        bp_dispatch_hold (dispatch, mail->run->id, mail->pack->forum, false, "nobody is to get it today");
    else if (refused == list->len)
        bp_dispatch_hold (dispatch, mail->run->id, mail->pack->forum, true, "nobody gets it: none of its rows may be sent to");
}

/* Why a pack that may be sent does not go by this call; NULL: it goes. */
static const char *find_objection (const BpDispatch *dispatch, const BpSendablePack *pack, const BpForum *forum, bool is_due)
{
    const bool is_correction = pack->version > 1, is_wanted = dispatch->options->is_correction;
    if (forum == NULL)
        return "there is no such forum today";
    if (is_due || dispatch->options->to_me != NULL || is_correction == is_wanted)
        return NULL;
    return is_correction ? "it corrects an earlier version: send it with --correction" : "it is version 1: there is nothing to correct";
}

static bool add_test (BpDispatch *dispatch, const BpPackMail *mail, const BpForum *forum, GError **error)
{
    const char *address = dispatch->options->to_me;
    const bool is_sensitive = bp_marking_is_sensitive (mail->pack->marking) || bp_marking_is_sensitive (forum->marking);
    const BpMailSettings *settings = &dispatch->folder->config->mail;
    if (!bp_recipient_list_allows (forum, settings, address))
        return bp_fail (error, BP_ERROR_USAGE, "--to-me %s: its domain is not on the allow-list of %s, so nothing is sent to it", address,
                        forum->id);
    if (is_sensitive && !bp_recipient_list_has_tester (settings, address))
    {
        g_autofree char *reason = g_strdup_printf ("it is marked %s, so a test of it goes to the sender, or to the 'testers' of [mail] in "
                                                   "config/mail.ini, alone",
                                                   mail->pack->marking);
        bp_dispatch_hold (dispatch, mail->run->id, forum->id, false, reason);
        return true;
    }
    BpLetter *letter = bp_dispatch_add_letter (dispatch, bp_pack_mail_new_send (mail, BP_SEND_KIND_TEST, address, true), NULL, false);
    letter->pack = mail;
    bp_letter_try_writing (letter);
    return true;
}

/* What the data folder says now; rows of it that were left out are named once. */
static const BpFolderRecipients *read_folder (BpDispatch *dispatch, const char *run)
{
    if (dispatch->now != NULL)
        return dispatch->now;
    dispatch->now = bp_folder_recipients_read (dispatch->folder->config);
    g_autoptr (GPtrArray) left_out = bp_folder_recipients_list_left_out (dispatch->now);
    for (guint i = 0; i < left_out->len; i++)
    {
        const BpFinding *finding = left_out->pdata[i];
        g_autofree char *place = g_strdup_printf ("%s, row %d", finding->source.file, finding->source.row);
        g_autofree char *reason = g_strdup_printf ("%s ('boardpack check' says more)", bp_finding_kind_get (finding->code)->title);
        bp_dispatch_leave_out (dispatch, run, place, NULL, reason);
    }
    return dispatch->now;
}

/* Who gets the forum's pack today, as far as the data folder, if it can be read, lets them. Elements BpAddressee. */
static GPtrArray *list_addressees (const BpDispatch *dispatch, const GPtrArray *recipients, const BpForum *forum, bool is_sensitive)
{
    const BpMailSettings *settings = &dispatch->folder->config->mail;
    const BpDate today = dispatch->folder->clock.today;
    GPtrArray *list = bp_recipient_list_new (recipients, forum, is_sensitive, settings, today);
    if (dispatch->now->fault == NULL)
        bp_folder_recipients_restrict (dispatch->now, forum, is_sensitive, settings, today, list);
    return list;
}

static bool add_recipients (BpDispatch *dispatch, BpPackMail *mail, const BpForum *forum, const BpSendIndex *sends, bool is_due,
                            GError **error)
{
    const BpProgrammeConfig *config = dispatch->folder->config;
    const bool is_sensitive = bp_marking_is_sensitive (mail->pack->marking) || bp_marking_is_sensitive (forum->marking);
    mail->earlier = bp_earlier_versions_load (dispatch->store, forum->id, mail->run->as_of, mail->pack->version, error);
    if (mail->earlier == NULL)
        return false;
    const BpFolderRecipients *now = read_folder (dispatch, mail->run->id);
    if (now->fault != NULL)
    {
        bp_dispatch_hold (dispatch, mail->run->id, forum->id, true, now->fault);
        return true;
    }
    g_autoptr (GPtrArray) recipients = bp_recipients_read (dispatch->tables, &config->programme);
    g_autoptr (GPtrArray) list = list_addressees (dispatch, recipients, forum, is_sensitive);
    hold_unwanted (dispatch, mail, list);
    add_addressees (dispatch, mail, list, sends, is_due);
    bp_pack_recall_add (dispatch, mail, forum, recipients, list, sends, is_due);
    return true;
}

/* What a correction says; what it cannot say is known before it goes. */
static bool add_changes (const BpDispatch *dispatch, BpPackMail *mail, GError **error)
{
    g_autofree char *gap = NULL;
    mail->changes = bp_version_changes_load (mail->run, dispatch->store, mail->pack->forum, mail->pack->version, &gap, error);
    if (gap != NULL)
        bp_console_message (dispatch->options, "note: %s", gap);
    return mail->changes != NULL;
}

static bool add_pack (BpDispatch *dispatch, const BpFinishedRun *run, BpPackBrief *brief, const char *forum_id, const BpSendIndex *sends,
                      bool is_due, GError **error)
{
    const BpProgrammeFolder *folder = dispatch->folder;
    const BpForum *forum = bp_forum_find_id (&folder->config->programme.forums, forum_id);
    const bool is_test = dispatch->options->to_me != NULL;
    BpSendablePack *pack = bp_sendable_pack_load (run, dispatch->store, forum_id, folder->clock.today, is_test, error);
    if (pack == NULL)
        return false;
    g_ptr_array_add (dispatch->packs, pack);
    const char *objection = pack->refusal != NULL ? pack->refusal : find_objection (dispatch, pack, forum, is_due);
    if (objection != NULL)
    {
        bp_dispatch_hold (dispatch, run->id, forum_id, pack->is_faulty, objection);
        return true;
    }
    BpPackMail *mail = bp_pack_mail_new (folder->config, run, pack, brief, forum, folder->clock.now);
    g_ptr_array_add (dispatch->mails, mail);
    if (!add_changes (dispatch, mail, error))
        return false;
    if (is_test)
        return add_test (dispatch, mail, forum, error);
    return add_recipients (dispatch, mail, forum, sends, is_due, error);
}

/* ---- one run ---- */

/* The forums of the run that are written to now: "bbp, partners". */
static char *dup_forums_written_to (const BpDispatch *dispatch, const BpFinishedRun *run, guint *count_out)
{
    GString *names = g_string_new (NULL);
    *count_out = 0;
    for (guint i = 0; i < dispatch->mails->len; i++)
    {
        const BpPackMail *mail = dispatch->mails->pdata[i];
        bool has_any = false;
        for (guint j = 0; j < dispatch->letters->len && !has_any; j++)
        {
            const BpLetter *letter = dispatch->letters->pdata[j];
            has_any = letter->pack == mail && bp_letter_goes (letter);
        }
        if (mail->run != run || !has_any)
            continue;
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", mail->pack->forum);
        (*count_out)++;
    }
    return g_string_free (names, FALSE);
}

/* The sentence was written once; readers of one forum would hear what was asked of another. */
static void note_shared_correction (const BpDispatch *dispatch, const BpFinishedRun *run)
{
    guint count;
    g_autofree char *forums = dup_forums_written_to (dispatch, run, &count);
    if (bp_finished_run_correction (run) != NULL && count > 1)
        bp_console_message (dispatch->options,
                            "note: this text of what changed goes to %u forums (%s): \"%s\". If it is not for all of them, build again "
                            "with --forum, and a sentence for each",
                            count, forums, bp_finished_run_correction (run));
}

static bool is_chosen (const char *const *forums, const char *forum)
{
    return forums == NULL || g_strv_contains (forums, forum);
}

bool bp_pack_letters_add (BpDispatch *dispatch, const char *run_id, const char *const *forums, bool is_due, GError **error)
{
    BpFinishedRun *run = g_new0 (BpFinishedRun, 1);
    g_ptr_array_add (dispatch->runs, run);
    if (!bp_finished_run_open (run, dispatch->folder->output, run_id, error))
        return false;
    const BpSendFilter filter = { .run = run_id, .is_without_tests = true };
    g_autoptr (GPtrArray) sends = bp_sends_list (dispatch->store, &filter, error);
    g_autoptr (BpPackBrief) brief
        = sends != NULL ? bp_pack_brief_load (bp_options_folder (dispatch->options), run, dispatch->store, error) : NULL;
    if (brief == NULL)
        return false;
    g_autoptr (GPtrArray) ids = bp_finished_run_list_forums (run);
    g_autoptr (BpSendIndex) index = bp_send_index_new (sends);
    for (int i = 0; forums != NULL && forums[i] != NULL; i++)
        if (!g_ptr_array_find_with_equal_func (ids, forums[i], g_str_equal, NULL))
            return bp_fail (error, BP_ERROR_USAGE, "%s has no pack of '%s'", run_id, forums[i]);
    for (guint i = 0; i < ids->len; i++)
        if (is_chosen (forums, ids->pdata[i]) && !add_pack (dispatch, run, brief, ids->pdata[i], index, is_due, error))
            return false;
    note_shared_correction (dispatch, run);
    return true;
}

/* ---- a pack that has gone ---- */

static bool is_overlooked (const BpAddressee *addressee, const BpSendIndex *sends, const char *forum, GHashTable *keys)
{
    const char *address = addressee->recipient->address;
    g_autofree char *key = bp_send_dup_address_key (address);
    const BpSend *there = bp_send_index_find (sends, forum, address, false);
    return addressee->is_to_mend && !g_hash_table_contains (keys, key) && (there == NULL || there->state == BP_SEND_STATE_REJECTED)
           && bp_send_index_find (sends, forum, address, true) == NULL;
}

bool bp_pack_letters_name_overlooked (BpDispatch *dispatch, const char *run, const char *forum_id, GError **error)
{
    const BpSendFilter filter = { .run = run, .forum = forum_id, .is_without_tests = true };
    const BpProgrammeConfig *config = dispatch->folder->config;
    const BpForum *forum = bp_forum_find_id (&config->programme.forums, forum_id);
    g_autoptr (GPtrArray) sends = bp_sends_list (dispatch->store, &filter, error);
    if (sends == NULL || forum == NULL)
        return sends != NULL;
    (void)read_folder (dispatch, run);
    g_autoptr (BpSendIndex) index = bp_send_index_new (sends);
    g_autoptr (GPtrArray) recipients = bp_recipients_read (dispatch->tables, &config->programme);
    g_autoptr (GPtrArray) list = list_addressees (dispatch, recipients, forum, false);
    g_autoptr (GHashTable) keys = bp_pack_recall_list_keys (list);
    dispatch->earlier_packs++;
    for (guint i = 0; i < list->len; i++)
    {
        const BpAddressee *addressee = list->pdata[i];
        if (!is_overlooked (addressee, index, forum_id, keys))
            continue;
        g_autofree char *reason = g_strdup_printf ("the pack in %s has gone without them: %s", run, addressee->refusal);
        bp_dispatch_leave_out (dispatch, run, forum_id, addressee->recipient->address, reason)->is_to_mend = true;
    }
    return true;
}
