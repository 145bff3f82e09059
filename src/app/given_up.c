#include "app/given_up.h"

#include <string.h>

static bool is_held (const BpDispatch *dispatch, const BpPackMail *mail)
{
    for (guint i = 0; i < dispatch->held->len; i++)
    {
        const BpHeld *held = dispatch->held->pdata[i];
        if (held->is_faulty && strcmp (held->run, mail->run->id) == 0 && strcmp (held->whose, mail->pack->forum) == 0)
            return true;
    }
    return false;
}

/* The message is among those that go, or that have something in their way. */
static bool is_planned (const BpDispatch *dispatch, const BpPackMail *mail, const BpSend *send)
{
    g_autofree char *key = bp_send_dup_address_key (send->address);
    for (guint i = 0; i < dispatch->letters->len; i++)
    {
        const BpLetter *letter = dispatch->letters->pdata[i];
        g_autofree char *other = bp_send_dup_address_key (letter->send->address);
        if (letter->pack == mail && (letter->send->kind == BP_SEND_KIND_RECALL) == (send->kind == BP_SEND_KIND_RECALL)
            && strcmp (key, other) == 0)
            return true;
    }
    return false;
}

/* Why the row of today gets nothing, if there is one. */
static const char *find_reason (const BpDispatch *dispatch, const BpSend *send)
{
    g_autofree char *key = bp_send_dup_address_key (send->address);
    for (guint i = 0; i < dispatch->left_out->len; i++)
    {
        const BpLeftOut *left_out = dispatch->left_out->pdata[i];
        g_autofree char *other = left_out->address != NULL ? bp_send_dup_address_key (left_out->address) : NULL;
        if (g_strcmp0 (key, other) == 0 && strcmp (left_out->run, send->run) == 0 && strcmp (left_out->whose, send->forum) == 0)
            return left_out->reason;
    }
    return NULL;
}

static bool give_up (BpDispatch *dispatch, BpSend *send, bool is_rehearsal, GError **error)
{
    const char *reason = find_reason (dispatch, send);
    g_autofree char *words = g_strdup_printf ("given up: %s", reason != NULL ? reason : "the row ended");
    if (!is_rehearsal && !bp_sends_finish (dispatch->store, send, BP_SEND_STATE_FAILED, words, dispatch->folder->clock.now, error))
        return false;
    if (reason == NULL) /* else it is named already */
        bp_dispatch_leave_out (dispatch, send->run, send->forum, send->address, words);
    return true;
}

static bool add_of_pack (BpDispatch *dispatch, const BpPackMail *mail, bool is_rehearsal, GError **error)
{
    const BpSendFilter filter = { .run = mail->run->id, .forum = mail->pack->forum, .is_without_tests = true };
    g_autoptr (GPtrArray) sends = bp_sends_list (dispatch->store, &filter, error);
    for (guint i = 0; sends != NULL && i < sends->len; i++)
    {
        BpSend *send = sends->pdata[i];
        if (send->state == BP_SEND_STATE_DEFERRED && !is_planned (dispatch, mail, send) && !give_up (dispatch, send, is_rehearsal, error))
            return false;
    }
    return sends != NULL;
}

bool bp_given_up_add (BpDispatch *dispatch, bool is_rehearsal, GError **error)
{
    if (dispatch->options->to_me != NULL)
        return true;
    for (guint i = 0; i < dispatch->mails->len; i++)
        if (!is_held (dispatch, dispatch->mails->pdata[i]) && !add_of_pack (dispatch, dispatch->mails->pdata[i], is_rehearsal, error))
            return false;
    return true;
}
