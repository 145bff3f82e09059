#include "app/dispatch.h"

#include "app/console.h"
#include "app/recipient_list.h"
#include "delivery/mail_address.h"

#include <string.h>

/* ---- what it is made of ---- */

static void free_letter (gpointer pointer)
{
    BpLetter *letter = pointer;
    bp_send_free (letter->send);
    g_free (letter->name);
    g_free (letter->fault);
    g_free (letter->file);
    g_free (letter);
}

static void free_left_out (gpointer pointer)
{
    BpLeftOut *left_out = pointer;
    g_free (left_out->run);
    g_free (left_out->forum);
    g_free (left_out->address);
    g_free (left_out->reason);
    g_free (left_out);
}

static void free_held (gpointer pointer)
{
    BpHeldPack *held = pointer;
    g_free (held->run);
    g_free (held->forum);
    g_free (held->reason);
    g_free (held);
}

static void free_run (gpointer run)
{
    bp_finished_run_close (run);
    g_free (run);
}

void bp_dispatch_free (BpDispatch *dispatch)
{
    if (dispatch == NULL)
        return;
    g_clear_pointer (&dispatch->letters, g_ptr_array_unref);
    g_clear_pointer (&dispatch->left_out, g_ptr_array_unref);
    g_clear_pointer (&dispatch->held, g_ptr_array_unref);
    g_clear_pointer (&dispatch->mails, g_ptr_array_unref);
    g_clear_pointer (&dispatch->packs, g_ptr_array_unref);
    g_clear_pointer (&dispatch->runs, g_ptr_array_unref);
    g_clear_pointer (&dispatch->recipients, g_ptr_array_unref);
    g_free (dispatch);
}

BpDispatch *bp_dispatch_new (const BpOptions *options, const BpProgrammeFolder *folder, BpStore *store, GError **error)
{
    g_autoptr (BpTableSet) tables = bp_table_set_new (&folder->config->programme.fields);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    if (!bp_store_load (store, BP_DATE_NONE, tables, findings, error))
        return NULL;
    BpDispatch *dispatch = g_new0 (BpDispatch, 1);
    dispatch->options = options;
    dispatch->folder = folder;
    dispatch->store = store;
    dispatch->recipients = bp_recipients_read (tables, &folder->config->programme);
    dispatch->letters = g_ptr_array_new_with_free_func (free_letter);
    dispatch->left_out = g_ptr_array_new_with_free_func (free_left_out);
    dispatch->held = g_ptr_array_new_with_free_func (free_held);
    dispatch->runs = g_ptr_array_new_with_free_func (free_run);
    dispatch->packs = g_ptr_array_new_with_free_func ((GDestroyNotify)bp_sendable_pack_free);
    dispatch->mails = g_ptr_array_new_with_free_func ((GDestroyNotify)bp_pack_mail_free);
    return dispatch;
}

void bp_dispatch_hold (BpDispatch *dispatch, const char *run, const char *forum, bool is_faulty, const char *reason)
{
    BpHeldPack *held = g_new (BpHeldPack, 1);
    *held = (BpHeldPack){ g_strdup (run), g_strdup (forum), g_strdup (reason), is_faulty };
    g_ptr_array_add (dispatch->held, held);
}

static void leave_out (BpDispatch *dispatch, const BpPackMail *mail, const char *address, const char *reason)
{
    BpLeftOut *left_out = g_new (BpLeftOut, 1);
    *left_out = (BpLeftOut){ g_strdup (mail->run->id), g_strdup (mail->pack->forum), g_strdup (address), g_strdup (reason) };
    g_ptr_array_add (dispatch->left_out, left_out);
}

GBytes *bp_letter_write (const BpLetter *letter, GError **error)
{
    return bp_pack_mail_write (letter->mail, letter->send, letter->name, letter->is_outside, error);
}

bool bp_letter_goes (const BpLetter *letter)
{
    return letter->is_open && letter->fault == NULL;
}

/* ---- one letter ---- */

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

/* What the ledger says of it, so that a rehearsal says it too. An intent is one that a dead program left. */
static void apply_ledger (BpLetter *letter, const BpSend *there)
{
    if (there == NULL)
        return;
    letter->send->id = there->id;
    letter->send->state = there->state == BP_SEND_STATE_INTENT ? BP_SEND_STATE_DOUBTFUL : there->state;
    letter->send->attempts = there->attempts;
    letter->send->planned_at = there->planned_at;
    letter->send->ended_at = there->ended_at;
    bp_send_set_words (letter->send, there->words);
}

/* By a scheduler, a refusal for good is not asked for again each hour; a person who calls the command may. */
static bool is_open (const BpLetter *letter, bool is_due)
{
    const BpSendState state = letter->send->state;
    return bp_send_state_may_become (state, BP_SEND_STATE_INTENT) && !(is_due && state == BP_SEND_STATE_REJECTED);
}

/* Takes the send. */
static BpLetter *add_letter (BpDispatch *dispatch, const BpPackMail *mail, BpSend *send, const char *name, bool is_outside)
{
    BpLetter *letter = g_new0 (BpLetter, 1);
    letter->send = send;
    letter->mail = mail;
    letter->name = g_strdup (name);
    letter->is_outside = is_outside;
    g_ptr_array_add (dispatch->letters, letter);
    return letter;
}

/* A message that cannot be made is known before the first one goes. */
static void try_writing (BpLetter *letter)
{
    g_autoptr (GError) why = NULL;
    g_autoptr (GBytes) bytes = bp_letter_write (letter, &why);
    if (bytes != NULL)
        letter->bytes = g_bytes_get_size (bytes);
    else
        letter->fault = g_strdup (why->message);
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
            leave_out (dispatch, mail, address, addressee->refusal);
            continue;
        }
        if (is_due && is_begun && there == NULL)
            continue;
        BpSend *send = bp_pack_mail_new_send (mail, kind_for (mail, addressee), address, addressee->has_workbook);
        BpLetter *letter = add_letter (dispatch, mail, send, addressee->recipient->name, addressee->is_outside);
        apply_ledger (letter, there);
        letter->is_open = is_open (letter, is_due);
        if (letter->is_open)
            try_writing (letter);
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
        leave_out (dispatch, mail, send->address, reason);
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

static bool add_test (BpDispatch *dispatch, const BpPackMail *mail, const BpForum *forum, GError **error)
{
    const char *address = dispatch->options->to_me;
    if (!bp_recipient_list_allows (forum, &dispatch->folder->config->mail, address))
        return bp_fail (error, BP_ERROR_USAGE, "--to-me %s: its domain is not on the allow-list of %s, so nothing is sent to it", address,
                        forum->id);
    BpLetter *letter = add_letter (dispatch, mail, bp_pack_mail_new_send (mail, BP_SEND_KIND_TEST, address, true), NULL, false);
    letter->is_open = true;
    try_writing (letter);
    return true;
}

static bool add_pack (BpDispatch *dispatch, const BpFinishedRun *run, BpPackBrief *brief, const char *forum_id, GHashTable *sends,
                      bool is_due, GError **error)
{
    const BpProgrammeFolder *folder = dispatch->folder;
    const BpForum *forum = bp_forum_find (&folder->config->programme.forums, forum_id);
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
    BpPackMail *mail = bp_pack_mail_new (folder->config, run, pack, brief, forum->name, folder->clock.now);
    g_ptr_array_add (dispatch->mails, mail);
    if (is_test)
        return add_test (dispatch, mail, forum, error);
    const bool is_sensitive = bp_marking_is_sensitive (pack->marking) || bp_marking_is_sensitive (forum->marking);
    g_autoptr (GPtrArray) list
        = bp_recipient_list_new (dispatch->recipients, forum, is_sensitive, &folder->config->mail, folder->clock.today);
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

bool bp_dispatch_add_run (BpDispatch *dispatch, const char *run_id, const char *const *forums, bool is_due, GError **error)
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
