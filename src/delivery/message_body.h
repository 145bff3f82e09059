#ifndef BP_DELIVERY_MESSAGE_BODY_H
#define BP_DELIVERY_MESSAGE_BODY_H

#include "base/error.h"

/* Parts of a message: the page, or what stands out of it, as its own box or below a rule. In plain text, all are one. */
typedef enum
{
    BP_MESSAGE_PAGE,
    BP_MESSAGE_ASKS,   /* what is asked of the reader */
    BP_MESSAGE_CLOSING /* what every message says at its end */
} BpMessagePart;

/* The words of a message, written twice: as plain text and as HTML that can be heard as well as seen (language, title, one h1, lists that
 * are lists, no pictures). Texts are single lines of UTF-8; whoever adds them need not escape anything. */
typedef struct BpMessageBody BpMessageBody;

/* marking stands first in both, title is the heading. language as in HTML: "en-GB". Texts are copied. */
BpMessageBody *bp_message_body_new (const char *language, const char *marking, const char *title);
/* What stands under the marking: who it is for, what to know of it. NULL or "": nothing. */
void bp_message_body_set_handling (BpMessageBody *body, const char *handling);
void bp_message_body_free (BpMessageBody *body);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpMessageBody, bp_message_body_free)
/* What is added from now on belongs to that part; BP_MESSAGE_PAGE at first. */
void bp_message_body_begin (BpMessageBody *body, BpMessagePart part);
void bp_message_body_add_heading (BpMessageBody *body, const char *text);
void bp_message_body_add_paragraph (BpMessageBody *body, const char *text);
/* Items that follow one another make one list. */
void bp_message_body_add_item (BpMessageBody *body, const char *text);
/* "2. Approve: New dates for 2.1.4", and a line below it. Those that follow one another make one numbered list. */
void bp_message_body_add_numbered (BpMessageBody *body, int number, const char *lead, const char *text, const char *below);
/* Fails at the first text that bp_header_text_check refuses. */
bool bp_message_body_check (const BpMessageBody *body, GError **error);
/* With "\n" after each line; lines of at most 78 columns, unless a word is longer. Caller frees. */
char *bp_message_body_dup_plain (const BpMessageBody *body);
char *bp_message_body_dup_html (const BpMessageBody *body);

#endif
