#ifndef BP_DELIVERY_SHEET_MESSAGE_H
#define BP_DELIVERY_SHEET_MESSAGE_H

#include "base/date.h"
#include "delivery/message.h"

/* The words that go with a lead's update sheet: with the sheet itself, and when it has not come back. */

/* Texts are single lines and borrowed; NULL or "" leaves one out, where that is said. */
typedef struct
{
    bool is_reminder;
    const char *language;       /* "en-GB" */
    const char *marking;        /* "OFFICIAL"; first in the subject, first in the body */
    const char *handling;       /* under the marking: "Illustrative data."; may be left out */
    const char *subject_prefix; /* the programme's short name; may be left out */
    const char *lead;           /* whose sheet it is */
    BpDate as_of;
    BpDate due; /* by when it is to come back; BP_DATE_NONE: no day is known */
    BpDate day; /* of the message: how late it is on that day */
    int actions, values;
    const char *const *urgent; /* NULL-ended, or NULL: what needs the lead most, the most urgent first */
    int more;                  /* rows of the sheet that are not among them */
    bool replaces_earlier;     /* another sheet for the same day was sent before */
    const char *reply_to;      /* whom it goes back to: an address */
    const char *contact;       /* whom to ask */
    const char *other_format;  /* how to ask for another format; may be left out: the contact's */
} BpSheetMessage;

/* "OFFICIAL: SEND programme: Reminder: Update sheet: Lead for Inclusion, due 5 September 2025". Caller frees. */
char *bp_sheet_message_dup_subject (const BpSheetMessage *sheet);
/* The body: what is asked and by when, what needs most attention, how to fill it in and send it back. Fails if anything is missing that a
 * lead could not do without. */
BpMessageBody *bp_sheet_message_new_body (const BpSheetMessage *sheet, const BpAttachment *attachment, GError **error);

#endif
