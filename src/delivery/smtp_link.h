#ifndef BP_DELIVERY_SMTP_LINK_H
#define BP_DELIVERY_SMTP_LINK_H

#include "base/mail_server.h"
#include "delivery/smtp_reply.h"

/* One connection to an SMTP server over TLS, on which the server has let us in. libcurl makes it (greeting, EHLO, STARTTLS, certificate,
 * login); what is said then is the caller's, so that every answer is known to be one to what was said last: what a server says unasked is
 * never taken for an answer. */

typedef struct BpSmtpLink BpSmtpLink;

typedef struct
{
    const BpMailServer *server;
    const char *secret;   /* password or token; NULL: none */
    const char *key_path; /* of the client certificate; NULL: none */
    /* asked some times a second; true: give up. NULL: never */
    bool (*is_stopped) (gpointer data);
    gpointer stop_data;
} BpSmtpLinkSettings;

/* Why there is no connection. */
typedef struct
{
    BpSmtpReply reply; /* what the server said last, if it did */
    const char *words; /* static */
    char *detail;      /* libcurl's; caller frees */
} BpSmtpLinkFailure;

/* NULL and *failure filled (its reply initialised by the caller) if the server cannot be reached, proves no certificate that is valid, or
 * does not let this user in: nobody was told then who writes to whom. settings and its strings outlive the link. */
BpSmtpLink *bp_smtp_link_open (const BpSmtpLinkSettings *settings, BpSmtpLinkFailure *failure);
/* Says QUIT where is_polite and the conversation is in step; waits for no answer. NULL is allowed. */
void bp_smtp_link_close (BpSmtpLink *link, bool is_polite);

/* Whether the server knows SIZE (RFC 1870). */
bool bp_smtp_link_knows_size (const BpSmtpLink *link);
/* Whether the server has said nothing since its last answer and is still there. */
bool bp_smtp_link_is_quiet (BpSmtpLink *link);

typedef enum
{
    BP_SMTP_LINK_WELL,
    BP_SMTP_LINK_LOST,    /* closed or broken */
    BP_SMTP_LINK_SPOKE,   /* the server said something while it was to listen */
    BP_SMTP_LINK_TIMEOUT, /* nothing came, or went, until the deadline */
    BP_SMTP_LINK_STOPPED, /* is_stopped said so */
    BP_SMTP_LINK_GARBAGE  /* what came is no reply */
} BpSmtpLinkState;

/* In words, for a state that is not well. */
const char *bp_smtp_link_words (BpSmtpLinkState state);

/* All of the bytes; reply_timeout_seconds is how long none of them may go. The server has to be quiet before and meanwhile; what it says is
 * put into heard. */
BpSmtpLinkState bp_smtp_link_say (BpSmtpLink *link, const char *bytes, gsize length, BpSmtpReply *heard);
/* One reply, whole, within reply_timeout_seconds; anything after it makes the link not quiet. may_stop: is_stopped is asked. */
BpSmtpLinkState bp_smtp_link_hear (BpSmtpLink *link, BpSmtpReply *reply, bool may_stop);

#endif
