#ifndef BP_DELIVERY_OUTBOX_H
#define BP_DELIVERY_OUTBOX_H

#include "delivery/smtp.h"

/* Many messages, each to one recipient, with those that are to be tried later tried again. The caller keeps the ledger: it is told before
 * each try and after it, and nothing goes unless it has written down that it will. */

typedef struct
{
    char *to;
    GBytes *message;
} BpOutgoing;

/* Before a further round. */
typedef struct
{
    int seconds;
    guint count;    /* messages of that round */
    int try, tries; /* which one it is: 2, …; of how many at most */
} BpOutboxPause;

typedef struct
{
    /* Before a try (1, 2, …) with message index: makes it and writes down the intent. False: the run ends with the error. */
    bool (*begin) (gsize index, int attempt, BpOutgoing *outgoing_out, gpointer data, GError **error);
    /* After it: writes down the result. is_final is false if the message will be tried again. False: the run ends with the error. */
    bool (*end) (gsize index, int attempt, const BpSmtpResult *result, bool is_final, gpointer data, GError **error);
    /* Waits before the next round. Tests need not. */
    void (*wait) (const BpOutboxPause *pause, gpointer data);
    /* NULL: never. Looked at before each message and each second of a message on its way. */
    bool (*is_stopped) (gpointer data);
    gpointer data;
} BpOutboxKeeper;

/* Seconds before the next try after so many (1 or more): retry_wait_seconds, doubled each time, at most an hour. */
int bp_outbox_wait_seconds (const BpMailServer *server, int attempts);
/* "1 message again in 2 minutes (try 2 of 4)"; caller frees. */
char *bp_outbox_pause_dup_text (const BpOutboxPause *pause);
/* Sends messages 0 to count - 1 in rounds: the first round has all, each further one those that were to be tried later, up to server->tries
 * rounds. Ends early, with an error, when nothing can be sent at all (after the result of that one was written down), when the keeper
 * fails, and, with BP_ERROR_INTERRUPTED, when stopped. Messages not begun by then have not been sent. */
bool bp_outbox_run (BpSmtpSession *session, const BpMailServer *server, const char *from, gsize count, const BpOutboxKeeper *keeper,
                    GError **error);

#endif
