#include "app/postman.h"

#include "app/console.h"
#include "app/interrupt.h"
#include "app/send_report.h"
#include "delivery/outbox.h"

#define CHANGED_WORDS "what may be sent to this address has changed since the server asked to try later"

typedef struct
{
    BpDispatch *dispatch;
    GPtrArray *going; /* of BpLetter, borrowed */
} Postman;

static bool read_now (gint64 *now_out, GError **error)
{
    BpClock clock;
    if (!bp_clock_read (&clock, error))
        return false;
    *now_out = clock.now;
    return true;
}

/* ---- the ledger before the first message ---- */

static GPtrArray *list_sends (const BpDispatch *dispatch)
{
    GPtrArray *sends = g_ptr_array_new ();
    for (guint i = 0; i < dispatch->letters->len; i++)
    {
        const BpLetter *letter = dispatch->letters->pdata[i];
        if (letter->fault == NULL)
            g_ptr_array_add (sends, letter->send);
    }
    return sends;
}

/* A deferred message stays what it was in the ledger. If it may be that no more, it is given up and planned anew as wanted says. */
static bool replan_changed (BpDispatch *dispatch, BpSend *send, BpSend *wanted, gint64 now, GError **error)
{
    if (send->state != BP_SEND_STATE_DEFERRED || bp_send_is_same_message (send, wanted))
        return true;
    g_autoptr (GPtrArray) one = g_ptr_array_new ();
    g_ptr_array_add (one, wanted);
    if (!bp_sends_finish (dispatch->store, send, BP_SEND_STATE_FAILED, CHANGED_WORDS, now, error)
        || !bp_sends_plan (dispatch->store, one, now, error))
        return false;
    bp_send_exchange (send, wanted);
    return true;
}

/* A store that was restored from an older copy learns what went since. */
static bool enter_remembered (BpDispatch *dispatch, BpLetter *letter, BpSendState state, gint64 now, GError **error)
{
    if (state == BP_SEND_STATE_TOLD)
        return bp_sends_tell (dispatch->store, letter->send, "boardpack", BP_LETTER_REMEMBERED, now, error);
    return bp_sends_begin (dispatch->store, letter->send, now, error)
           && bp_sends_finish (dispatch->store, letter->send, state, BP_LETTER_REMEMBERED, now, error);
}

static bool teach_ledger (BpDispatch *dispatch, gint64 now, GError **error)
{
    for (guint i = 0; i < dispatch->letters->len; i++)
    {
        BpLetter *letter = dispatch->letters->pdata[i];
        BpSendState state;
        gint64 at;
        if (letter->is_remembered && letter->fault == NULL && bp_send_journal_remembers (dispatch->journal, letter->send, &state, &at)
            && !enter_remembered (dispatch, letter, state, now, error))
            return false;
    }
    return true;
}

static bool plan (BpDispatch *dispatch, GError **error)
{
    g_autoptr (GPtrArray) sends = list_sends (dispatch), wanted = bp_sends_new ();
    gint64 now;
    for (guint i = 0; i < sends->len; i++)
        g_ptr_array_add (wanted, bp_send_dup_planned (sends->pdata[i]));
    if (!read_now (&now, error) || !bp_sends_plan (dispatch->store, sends, now, error))
        return false;
    for (guint i = 0; i < sends->len; i++)
        if (!replan_changed (dispatch, sends->pdata[i], wanted->pdata[i], now, error))
            return false;
    return teach_ledger (dispatch, now, error);
}

/* ---- one message ---- */

static bool begin (gsize index, int attempt G_GNUC_UNUSED, BpOutgoing *outgoing_out, gpointer data, GError **error)
{
    Postman *postman = data;
    BpLetter *letter = postman->going->pdata[index];
    gint64 now;
    outgoing_out->message = bp_letter_write (letter, error);
    outgoing_out->to = g_strdup (letter->send->address);
    if (outgoing_out->message == NULL || !read_now (&now, error) || !bp_sends_begin (postman->dispatch->store, letter->send, now, error))
        return false;
    if (bp_send_journal_add (postman->dispatch->journal, letter->send, now, error))
        return true;
    /* what cannot be remembered does not go; if the ledger cannot be told so either, it is doubtful */
    bp_sends_finish (postman->dispatch->store, letter->send, BP_SEND_STATE_FAILED, "it could not be entered beside the store", now, NULL);
    return false;
}

static BpSendState state_of (BpSmtpOutcome outcome)
{
    switch (outcome)
    {
    case BP_SMTP_ACCEPTED:
        return BP_SEND_STATE_ACCEPTED;
    case BP_SMTP_REJECTED:
        return BP_SEND_STATE_REJECTED;
    case BP_SMTP_LATER:
        return BP_SEND_STATE_DEFERRED;
    case BP_SMTP_DOUBTFUL:
        return BP_SEND_STATE_DOUBTFUL;
    case BP_SMTP_NOT_SENT:
        return BP_SEND_STATE_FAILED;
    }
    g_assert_not_reached ();
}

static bool end (gsize index, int attempt G_GNUC_UNUSED, const BpSmtpResult *result, bool is_final G_GNUC_UNUSED, gpointer data,
                 GError **error)
{
    Postman *postman = data;
    BpLetter *letter = postman->going->pdata[index];
    gint64 now;
    if (!read_now (&now, error)
        || !bp_sends_finish (postman->dispatch->store, letter->send, state_of (result->outcome), result->words, now, error)
        || !bp_send_journal_add (postman->dispatch->journal, letter->send, now, error))
        return false;
    bp_send_report_progress (postman->dispatch, letter);
    return true;
}

static bool is_stopped (gpointer data G_GNUC_UNUSED)
{
    return !bp_interrupt_check (NULL);
}

static void wait_for_next (const BpOutboxPause *pause, gpointer data)
{
    const Postman *postman = data;
    g_autofree char *words = bp_outbox_pause_dup_text (pause);
    bp_console_message (postman->dispatch->options, "%s", words);
    for (int i = 0; i < pause->seconds && !is_stopped (data); i++)
        g_usleep (G_USEC_PER_SEC);
}

/* ---- all of them ---- */

/* The ledger has the last word: an intent that a dead program left is doubtful by now. */
static void choose (Postman *postman)
{
    const GPtrArray *letters = postman->dispatch->letters;
    for (guint i = 0; i < letters->len; i++)
    {
        BpLetter *letter = letters->pdata[i];
        letter->is_open = letter->is_open && bp_send_state_may_become (letter->send->state, BP_SEND_STATE_INTENT);
        if (bp_letter_goes (letter))
            g_ptr_array_add (postman->going, letter);
    }
}

bool bp_postman_deliver (BpDispatch *dispatch, GError **error)
{
    g_autoptr (GPtrArray) going = g_ptr_array_new ();
    Postman postman = { dispatch, going };
    const BpMailSettings *mail = &dispatch->folder->config->mail;
    const BpOutboxKeeper keeper = { begin, end, wait_for_next, is_stopped, &postman };
    if (!plan (dispatch, error))
        return false;
    choose (&postman);
    if (going->len == 0)
        return true;
    g_autoptr (BpSmtpSession) session = bp_smtp_session_open (&mail->server, g_getenv ("CREDENTIALS_DIRECTORY"), error);
    return session != NULL && bp_outbox_run (session, &mail->server, mail->sender, going->len, &keeper, error);
}
