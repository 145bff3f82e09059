#include "app/pack_letters.h"

#include "app/console.h"
#include "app/recipient_list.h"
#include "domain/marking.h"

#include <string.h>

static char *dup_send_key (const char *forum, const char *address)
{
    g_autofree char *key = bp_recipient_list_dup_key (address);
    return g_strdup_printf ("%s\n%s", forum, key);
}

/* By forum and address; the sends stay the list's. */
static GHashTable *index_sends (const GPtrArray *sends)
{
    GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < sends->len; i++)
    {
        BpSend *send = sends->pdata[i];
        g_hash_table_insert (index, dup_send_key (send->forum, send->address), send);
        g_hash_table_insert (index, g_strdup (send->forum), send); /* that it was begun */
    }
    return index;
}

static const BpSend *find_send (GHashTable *sends, const char *forum, const char *address)
{
    g_autofree char *key = dup_send_key (forum, address);
    return g_hash_table_lookup (sends, key);
}

/* ---- one pack ---- */

static BpSendKind kind_for (const BpPackMail *mail, const BpAddressee *addressee)
{
    if (addressee->is_notice)
        return BP_SEND_KIND_NOTICE;
    return mail->pack->version > 1 ? BP_SEND_KIND_CORRECTION : BP_SEND_KIND_PACK;
}

static void add_addressees (BpDispatch *dispatch, const BpPackMail *mail, const GPtrArray *list, GHashTable *sends, bool is_due)
{
    const bool is_begun = g_hash_table_contains (sends, mail->pack->forum);
    for (guint i = 0; i < list->len; i++)
    {
        const BpAddressee *addressee = list->pdata[i];
        const char *address = addressee->recipient->address;
        const BpSend *there = find_send (sends, mail->pack->forum, address);
        if (addressee->refusal != NULL)
        {
            bp_dispatch_leave_out (dispatch, mail->run->id, mail->pack->forum, address, addressee->refusal);
            continue;
        }
        if (is_due && is_begun && there == NULL)
            continue;
        BpSend *send = bp_pack_mail_new_send (mail, kind_for (mail, addressee), address, addressee->has_workbook);
        BpLetter *letter = bp_dispatch_add_letter (dispatch, send, there, is_due);
        letter->pack = mail;
        letter->name = g_strdup (addressee->recipient->name);
        letter->is_outside = addressee->is_outside;
        bp_letter_try_writing (letter);
    }
}

/* The keys of those to whom something may go. */
static GHashTable *list_keys (const GPtrArray *list)
{
    GHashTable *keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < list->len; i++)
    {
        const BpAddressee *addressee = list->pdata[i];
        if (addressee->refusal == NULL)
            g_hash_table_add (keys, bp_recipient_list_dup_key (addressee->recipient->address));
    }
    return keys;
}

static bool may_have_it (const BpSend *send)
{
    return send->state == BP_SEND_STATE_ACCEPTED || send->state == BP_SEND_STATE_DOUBTFUL || send->state == BP_SEND_STATE_INTENT;
}

/* Whoever had an earlier version and may not be sent this one must be told by somebody: they are named. */
static bool name_former (BpDispatch *dispatch, const BpPackMail *mail, const GPtrArray *list, GError **error)
{
    const BpSendFilter filter
        = { .forum = mail->pack->forum, .as_of = mail->run->as_of, .below_version = mail->pack->version, .is_without_tests = true };
    g_autoptr (GPtrArray) earlier = bp_sends_list (dispatch->store, &filter, error);
    g_autoptr (GHashTable) known = list_keys (list);
    for (guint i = 0; earlier != NULL && i < earlier->len; i++)
    {
        const BpSend *send = earlier->pdata[i];
        if (!may_have_it (send) || !g_hash_table_add (known, bp_recipient_list_dup_key (send->address)))
            continue;
        g_autofree char *reason
            = g_strdup_printf ("was sent version %d (%s) and may not be sent this one: ask them to delete it", send->version, send->run);
        bp_dispatch_leave_out (dispatch, mail->run->id, mail->pack->forum, send->address, reason);
    }
    return earlier != NULL;
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

static bool is_listed (const char *const *addresses, const char *key)
{
    for (int i = 0; addresses[i] != NULL; i++)
    {
        g_autofree char *listed = bp_recipient_list_dup_key (addresses[i]);
        if (strcmp (listed, key) == 0)
            return true;
    }
    return false;
}

/* A test needs no approval, so what is sensitive goes only to those whom the configuration names for it. */
static bool is_tester (const BpMailSettings *mail, const char *address)
{
    const char *const sender[] = { mail->sender, NULL };
    g_autofree char *key = bp_recipient_list_dup_key (address);
    return is_listed (sender, key) || is_listed (mail->testers, key);
}

static bool add_test (BpDispatch *dispatch, const BpPackMail *mail, const BpForum *forum, bool is_sensitive, GError **error)
{
    const char *address = dispatch->options->to_me;
    const BpMailSettings *settings = &dispatch->folder->config->mail;
    if (!bp_recipient_list_allows (forum, settings, address))
        return bp_fail (error, BP_ERROR_USAGE, "--to-me %s: its domain is not on the allow-list of %s, so nothing is sent to it", address,
                        forum->id);
    if (is_sensitive && !is_tester (settings, address))
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

static bool add_pack (BpDispatch *dispatch, const BpFinishedRun *run, BpPackBrief *brief, const char *forum_id, GHashTable *sends,
                      bool is_due, GError **error)
{
    const BpProgrammeFolder *folder = dispatch->folder;
    const BpForum *forum = bp_forum_find (&folder->config->programme.forums, forum_id);
    const bool is_test = dispatch->options->to_me != NULL;
    BpSendablePack *pack = bp_sendable_pack_load (run, dispatch->store, forum_id, is_test, error);
    if (pack == NULL)
        return false;
    g_ptr_array_add (dispatch->packs, pack);
    const char *objection = pack->refusal != NULL ? pack->refusal : find_objection (dispatch, pack, forum, is_due);
    if (objection != NULL)
    {
        bp_dispatch_hold (dispatch, run->id, forum_id, pack->is_faulty, objection);
        return true;
    }
    BpPackMail *mail = bp_pack_mail_new (folder->config, run, pack, brief, forum->name, folder->clock.now);
    g_ptr_array_add (dispatch->mails, mail);
    const bool is_sensitive = bp_marking_is_sensitive (pack->marking) || bp_marking_is_sensitive (forum->marking);
    if (is_test)
        return add_test (dispatch, mail, forum, is_sensitive, error);
    g_autoptr (GPtrArray) recipients = bp_recipients_read (dispatch->tables, &folder->config->programme);
    g_autoptr (GPtrArray) list = bp_recipient_list_new (recipients, forum, is_sensitive, &folder->config->mail, folder->clock.today);
    if (list->len == 0)
        bp_dispatch_hold (dispatch, run->id, forum_id, false, "nobody is to get it today");
    add_addressees (dispatch, mail, list, sends, is_due);
    return pack->version <= 1 || name_former (dispatch, mail, list, error);
}

/* ---- one run ---- */

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
    if (bp_pack_brief_gap (brief) != NULL)
        bp_console_message (dispatch->options, "note: messages are without summary and asks: %s", bp_pack_brief_gap (brief));
    g_autoptr (GPtrArray) ids = bp_finished_run_list_forums (run);
    g_autoptr (GHashTable) index = index_sends (sends);
    for (int i = 0; forums != NULL && forums[i] != NULL; i++)
        if (!g_ptr_array_find_with_equal_func (ids, forums[i], g_str_equal, NULL))
            return bp_fail (error, BP_ERROR_USAGE, "%s has no pack of '%s'", run_id, forums[i]);
    for (guint i = 0; i < ids->len; i++)
        if (is_chosen (forums, ids->pdata[i]) && !add_pack (dispatch, run, brief, ids->pdata[i], index, is_due, error))
            return false;
    return true;
}
