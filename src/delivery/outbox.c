#include "delivery/outbox.h"

#define MAX_WAIT_SECONDS 3600

int bp_outbox_wait_seconds (const BpMailServer *server, int attempts)
{
    gint64 wait = server->retry_wait_seconds;
    for (int i = 1; i < attempts && wait < MAX_WAIT_SECONDS; i++)
        wait *= 2;
    return (int)MIN (wait, MAX_WAIT_SECONDS);
}

char *bp_outbox_pause_dup_text (const BpOutboxPause *pause)
{
    const bool is_minutes = pause->seconds >= 60 && pause->seconds % 60 == 0;
    const int amount = is_minutes ? pause->seconds / 60 : pause->seconds;
    return g_strdup_printf ("%u message%s again in %d %s%s (try %d of %d)", pause->count, pause->count == 1 ? "" : "s", amount,
                            is_minutes ? "minute" : "second", amount == 1 ? "" : "s", pause->try, pause->tries);
}

static bool check_stop (const BpOutboxKeeper *keeper, GError **error)
{
    if (keeper->is_stopped == NULL || !keeper->is_stopped (keeper->data))
        return true;
    return bp_fail (error, BP_ERROR_INTERRUPTED, "stopped; what has not been sent can be sent by the same command");
}

/* One try. Sets *again_out if another is worth while. */
static bool try_message (BpSmtpSession *session, const char *from, gsize index, int attempt, bool is_last, const BpOutboxKeeper *keeper,
                         bool *again_out, GError **error)
{
    BpOutgoing outgoing = { 0 };
    BpSmtpResult result;
    bool is_begun = keeper->begin (index, attempt, &outgoing, keeper->data, error);
    if (is_begun)
        bp_smtp_session_send (session, from, outgoing.to, outgoing.message, &result);
    g_free (outgoing.to);
    g_clear_pointer (&outgoing.message, g_bytes_unref);
    if (!is_begun)
        return false;
    bool is_final = result.outcome != BP_SMTP_LATER || is_last;
    *again_out = !is_final;
    if (!keeper->end (index, attempt, &result, is_final, keeper->data, error))
        return false;
    return result.outcome != BP_SMTP_NOT_SENT || bp_fail (error, BP_ERROR_DELIVERY, "nothing can be sent: %s", result.words);
}

/* Leaves in waiting what is to be tried again. */
static bool run_round (BpSmtpSession *session, const char *from, GArray *waiting, int attempt, bool is_last, const BpOutboxKeeper *keeper,
                       GError **error)
{
    guint kept = 0;
    for (guint i = 0; i < waiting->len; i++)
    {
        gsize index = g_array_index (waiting, gsize, i);
        bool is_again = false;
        if (!check_stop (keeper, error) || !try_message (session, from, index, attempt, is_last, keeper, &is_again, error))
            return false;
        if (is_again)
            g_array_index (waiting, gsize, kept++) = index;
    }
    g_array_set_size (waiting, kept);
    return true;
}

bool bp_outbox_run (BpSmtpSession *session, const BpMailServer *server, const char *from, gsize count, const BpOutboxKeeper *keeper,
                    GError **error)
{
    g_autoptr (GArray) waiting = g_array_sized_new (FALSE, FALSE, sizeof (gsize), (guint)count);
    for (gsize i = 0; i < count; i++)
        g_array_append_val (waiting, i);
    bp_smtp_session_set_stop (session, keeper->is_stopped, keeper->data);
    for (int attempt = 1; waiting->len > 0; attempt++)
    {
        const BpOutboxPause pause
            = { attempt > 1 ? bp_outbox_wait_seconds (server, attempt - 1) : 0, waiting->len, attempt, server->tries };
        if (attempt > 1)
            keeper->wait (&pause, keeper->data);
        if (!run_round (session, from, waiting, attempt, attempt >= server->tries, keeper, error))
            return false;
    }
    return true;
}
