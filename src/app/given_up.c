#include "app/given_up.h"

#include <string.h>

#define WORDS "given up: the row ended"

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

/* Something is still said to that address of this pack, or of why nothing goes to it. */
static bool is_told (const BpDispatch *dispatch, const BpPackMail *mail, const BpSend *send)
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

static bool give_up (BpDispatch *dispatch, BpSend *send, bool is_rehearsal, GError **error)
{
    if (!is_rehearsal && !bp_sends_finish (dispatch->store, send, BP_SEND_STATE_FAILED, WORDS, dispatch->folder->clock.now, error))
        return false;
    bp_dispatch_leave_out (dispatch, send->run, send->forum, send->address, WORDS);
    return true;
}

static bool add_of_pack (BpDispatch *dispatch, const BpPackMail *mail, bool is_rehearsal, GError **error)
{
    const BpSendFilter filter = { .run = mail->run->id, .forum = mail->pack->forum, .is_without_tests = true };
    g_autoptr (GPtrArray) sends = bp_sends_list (dispatch->store, &filter, error);
    for (guint i = 0; sends != NULL && i < sends->len; i++)
    {
        BpSend *send = sends->pdata[i];
        if (send->state == BP_SEND_STATE_DEFERRED && !is_told (dispatch, mail, send) && !give_up (dispatch, send, is_rehearsal, error))
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
