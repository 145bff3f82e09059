#ifndef BP_DELIVERY_PACK_MESSAGE_H
#define BP_DELIVERY_PACK_MESSAGE_H

#include "base/date.h"
#include "delivery/message.h"

/* The words that go with a board pack, in the forms in which somebody hears of one. */

typedef enum
{
    BP_PACK_MESSAGE_FULL,       /* the pack is attached */
    BP_PACK_MESSAGE_NOTICE,     /* the pack is ready, and may not travel to this address: nothing attached, no summary, no asks */
    BP_PACK_MESSAGE_CORRECTION, /* a new version, with what changed; the earlier one is to be deleted */
    BP_PACK_MESSAGE_RECALL      /* the earlier one is to be deleted; the new one is not for this address: nothing attached */
} BpPackMessageKind;

/* The version that somebody has already. */
typedef struct
{
    const char *version; /* "1"; NULL: not known, as in a test of a draft */
    BpDate sent_on;      /* BP_DATE_NONE: not said */
    bool is_notice;      /* it was told of, not attached */
    bool is_doubtful;    /* nobody knows whether it arrived */
} BpReplacedPack;

/* Something that the meeting is asked for, as its pack words it. */
typedef struct
{
    int number;
    const char *kind;  /* "Approve" */
    const char *text;  /* "New dates for 2.1.4 and 2.2.3" */
    const char *below; /* "By 18 September 2025. Owner: Learner Support" */
} BpPackMessageAsk;

/* Texts are single lines and borrowed; NULL or "" leaves one out, where that is said. */
typedef struct
{
    BpPackMessageKind kind;
    const char *language;        /* "en-GB" */
    const char *marking;         /* "OFFICIAL-SENSITIVE"; first in the subject, first in the body */
    const char *handling;        /* under the marking: "For board members. Illustrative data."; may be left out */
    const char *subject_trigger; /* what a gateway acts on, "[secure]"; before the marking; may be left out */
    const char *subject_prefix;  /* the programme's short name; may be left out */
    const char *forum;           /* its name */
    BpDate meeting_date;         /* BP_DATE_NONE: no date known, and none named */
    BpDate as_of;
    const char *version;        /* "2"; may be left out */
    const char *const *summary; /* NULL-ended, or NULL: the pack's own first lines */
    const char *asks_heading;   /* "Two asks of this meeting"; may be left out, and so is what is asked */
    const BpPackMessageAsk *asks;
    gsize ask_count;
    const char *asks_note;          /* after them, or in their place: "And 12 more, in the pack."; may be left out */
    const char *const *changes;     /* NULL-ended: of a correction, and of nothing else */
    const BpReplacedPack *replaced; /* what the receiver has already; may be left out, but of a recall */
    const char *const *remarks;     /* NULL-ended, or NULL: said first, "This is a test." */
    const char *contact;            /* whom to ask: "Programme office, send.programme@example.org" */
    const char *other_format;       /* how to ask for another format; may be left out: the contact's */
} BpPackMessage;

/* "OFFICIAL-SENSITIVE: SEND programme: Partnership Board, 12 September 2025". Caller frees. */
char *bp_pack_message_dup_subject (const BpPackMessage *pack);
/* The body that says what is attached and its marking, the as-at date, summary and asks, whom to ask, another format, and what to do if it
 * came to the wrong person. attachments as in the message. Fails if a notice or recall has attachments, or another kind has none, or a
 * correction does not say what changed. */
BpMessageBody *bp_pack_message_new_body (const BpPackMessage *pack, const BpAttachment *attachments, gsize attachment_count,
                                         GError **error);

#endif
