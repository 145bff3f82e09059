#ifndef BP_DOMAIN_RECIPIENT_H
#define BP_DOMAIN_RECIPIENT_H

#include "domain/programme.h"

/* A row of recipients: who is to get the pack of a forum, and from when to when. */
typedef struct
{
    const BpForum *forum; /* NULL: unknown, or not in force on the day of the programme's forums */
    char *forum_text, *address, *name, *organisation;
    char *exception_approved_by; /* "" if nobody has */
    char *exception_fault;       /* why that is no approval: "'no' is no name"; NULL: it is one, or blank */
    BpDate from, to;             /* BP_DATE_NONE: open */
    bool wants_workbook;         /* only if the row says so plainly */
    char *fault;                 /* why the row cannot be trusted; NULL */
    char *file;
    int row;
} BpRecipient;

/* Every row, in the order of files and rows; a date that cannot be read is a fault, never an open end. Elements BpRecipient. Free with
 * g_ptr_array_unref. */
GPtrArray *bp_recipients_read (const BpTableSet *tables, const BpProgramme *programme);
/* Somebody else, by name, has approved that the pack goes outside the allow-list. */
bool bp_recipient_has_exception (const BpRecipient *recipient);
/* Without a fault, and day is not before its first day or after its last. */
bool bp_recipient_is_in_force (const BpRecipient *recipient, BpDate day);

#endif
