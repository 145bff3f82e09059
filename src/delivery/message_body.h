#ifndef BP_DELIVERY_MESSAGE_BODY_H
#define BP_DELIVERY_MESSAGE_BODY_H

#include "base/error.h"

/* The words of a message, written twice: as plain text and as HTML that can be heard as well as seen (language, title, one h1, lists that
 * are lists, no pictures). Texts are single lines of UTF-8; whoever adds them need not escape anything. */
typedef struct BpMessageBody BpMessageBody;

/* marking stands first in both, title is the heading. language as in HTML: "en-GB". Texts are copied. */
BpMessageBody *bp_message_body_new (const char *language, const char *marking, const char *title);
void bp_message_body_free (BpMessageBody *body);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpMessageBody, bp_message_body_free)
void bp_message_body_add_heading (BpMessageBody *body, const char *text);
void bp_message_body_add_paragraph (BpMessageBody *body, const char *text);
/* Items that follow one another make one list. */
void bp_message_body_add_item (BpMessageBody *body, const char *text);
/* Fails at the first text that bp_header_text_check refuses. */
bool bp_message_body_check (const BpMessageBody *body, GError **error);
/* With "\n" after each line. Caller frees. */
char *bp_message_body_dup_plain (const BpMessageBody *body);
char *bp_message_body_dup_html (const BpMessageBody *body);

#endif
