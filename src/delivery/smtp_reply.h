#ifndef BP_DELIVERY_SMTP_REPLY_H
#define BP_DELIVERY_SMTP_REPLY_H

#include <glib.h>
#include <stdbool.h>

#define BP_SMTP_MAX_WORDS 300 /* bytes kept of what a server says */

/* What a server has said to one command. */
typedef struct
{
    int code;        /* 0: it has not finished, or what it said is no reply */
    bool is_garbage; /* a line of it is no line of a reply */
    GString *words;
} BpSmtpReply;

void bp_smtp_reply_init (BpSmtpReply *reply);
void bp_smtp_reply_clear (BpSmtpReply *reply);
/* Nothing said yet. */
void bp_smtp_reply_reset (BpSmtpReply *reply);
/* One line as it came. A line after a finished reply begins another one. */
void bp_smtp_reply_add_line (BpSmtpReply *reply, const char *line, gsize length);
/* Copies text into out (room bytes, ended by NUL) as one line of valid UTF-8: controls and blanks become single blanks, what is too long is
 * cut, and what is part of one of the NULL-ended secrets, should the server have said it back, is left out. */
void bp_smtp_words_copy (const char *text, const char *const *secrets, char *out, gsize room);

#endif
