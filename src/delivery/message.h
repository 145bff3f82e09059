#ifndef BP_DELIVERY_MESSAGE_H
#define BP_DELIVERY_MESSAGE_H

#include "delivery/message_body.h"

/* One e-mail to one person, from plain data, and its bytes. The same data give the same bytes. Strings are borrowed. */

typedef struct
{
    const char *name; /* NULL or "": the address alone */
    const char *address;
} BpMailbox;

typedef enum
{
    BP_ATTACHMENT_PDF,
    BP_ATTACHMENT_XLSX
} BpAttachmentType;

typedef struct
{
    BpAttachmentType type;
    const char *file_name; /* as the recipient sees it; no folder */
    GBytes *bytes;
} BpAttachment;

typedef struct
{
    BpMailbox from, to;
    const char *reply_to;      /* an address; NULL: answers go to from */
    const char *in_reply_to;   /* the Message-ID, without brackets, of the message that this one follows; NULL: none */
    const char *subject;       /* whole, the marking first */
    const BpMessageBody *body; /* NULL: text alone */
    const char *text;          /* lines of plain text, each with "\n"; not looked at beside a body */
    const BpAttachment *attachments;
    gsize attachment_count;
    const char *key;   /* 16 to 64 letters and digits: bp_message_dup_key. Message-ID and boundaries are made of it */
    gint64 date_epoch; /* of the header Date, in UTC */
    gsize max_bytes;   /* of the whole message as sent; 0: what fits into memory (1 GB) */
} BpMessage;

/* A key out of what makes a message the one it is: 40 hexadecimal digits of a digest over the parts and their lengths, up to NULL. A second
 * try of the same message has the same key, so that servers and mail programs can tell it for the same. Caller frees. */
char *bp_message_dup_key (const char *const *parts);
/* "<key>@<domain of from>", without brackets. Caller frees. */
char *bp_message_dup_id (const char *key, const char *from_address);
/* The message as it is sent and kept: 7-bit, lines of at most 998 bytes that end in CRLF. Fails, saying what and where, for a text that may
 * not stand in a header or body, an address that is none, or more than max_bytes. */
GBytes *bp_message_write (const BpMessage *message, GError **error);
/* Writes bytes to path (".eml"), whole or not at all, for owner and group alone. */
bool bp_message_save (GBytes *bytes, const char *path, GError **error);

#endif
