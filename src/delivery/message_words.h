#ifndef BP_DELIVERY_MESSAGE_WORDS_H
#define BP_DELIVERY_MESSAGE_WORDS_H

#include "delivery/message.h"

/* What all messages have in common, whatever they carry. */

bool bp_message_has_text (const char *text);
/* "[secure] OFFICIAL: SEND programme: Partnership Board": trigger and prefix may be NULL or "". Caller frees. */
char *bp_message_dup_subject (const char *trigger, const char *marking, const char *prefix, const char *about);
void bp_message_add_sentence (BpMessageBody *body, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* A heading and a list under it; neither if there is no line. */
void bp_message_add_list (BpMessageBody *body, const char *heading, const char *const *lines);
/* Name, type, size and marking of each. */
void bp_message_add_attachments (BpMessageBody *body, const char *marking, const BpAttachment *attachments, gsize count);
/* Whom to ask, how to get another format (NULL or "": from whom to ask), and what to do with it, or with what is attached, if it came to
 * the wrong person. */
void bp_message_add_closing (BpMessageBody *body, const char *contact, const char *other_format, bool has_attachments);

#endif
