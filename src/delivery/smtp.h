#ifndef BP_DELIVERY_SMTP_H
#define BP_DELIVERY_SMTP_H

#include "base/error.h"
#include "base/mail_server.h"
#include "delivery/smtp_reply.h"

/* Messages to one SMTP server, over one TLS connection that is kept between them. docs/sending.md says what is promised, and how the end of
 * DATA is told. */

typedef enum
{
    BP_SMTP_ACCEPTED, /* the server said that it has it */
    BP_SMTP_REJECTED, /* the server refused this message or recipient for good (5xx): nobody got it, another try is useless */
    BP_SMTP_LATER,    /* refused for now (4xx), or the connection was lost before the message ended: nobody got it, try again */
    BP_SMTP_DOUBTFUL, /* the message may have ended, and no answer came: somebody may have got it. Never send it again by program */
    BP_SMTP_NOT_SENT  /* no server was reached that may be trusted and lets this user in: nothing went, and nothing else would */
} BpSmtpOutcome;

typedef struct
{
    BpSmtpOutcome outcome;
    int code;                          /* of the reply that decided; 0: no reply did */
    char words[BP_SMTP_MAX_WORDS + 1]; /* the server's, or what went wrong; one line of UTF-8, no secret in it */
} BpSmtpResult;

/* "accepted", "rejected", "later", "doubtful", "not sent" */
const char *bp_smtp_outcome_name (BpSmtpOutcome outcome);

typedef struct BpSmtpSession BpSmtpSession;

/* Reads the secrets; opens no connection: the first message does. server and its strings must outlive the session. credentials_folder is
 * $CREDENTIALS_DIRECTORY, or NULL. Fails for settings that cannot work and for secrets that others can read. Not for several threads. */
BpSmtpSession *bp_smtp_session_open (const BpMailServer *server, const char *credentials_folder, GError **error);
/* Says goodbye, if there is a connection, and forgets the secrets. */
void bp_smtp_session_close (BpSmtpSession *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpSmtpSession, bp_smtp_session_close)
/* Asked about once a second while a message is on its way. If it says true before the end of the message was handed over, the message is
 * given up (later); after that the server's answer is awaited all the same. */
void bp_smtp_session_set_stop (BpSmtpSession *session, bool (*is_stopped) (gpointer data), gpointer data);
/* One try with one message, written by bp_message_write, to one recipient. Never sends anything twice by itself. */
void bp_smtp_session_send (BpSmtpSession *session, const char *from, const char *to, GBytes *message, BpSmtpResult *result_out);

#endif
