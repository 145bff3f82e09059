#ifndef BP_APP_RECIPIENT_LIST_H
#define BP_APP_RECIPIENT_LIST_H

#include "config/programme_config.h"
#include "domain/recipient.h"

/* Who gets the pack of one forum on one day, and in which form: the only place that decides it. */
typedef struct
{
    const BpRecipient *recipient;
    bool is_outside;   /* its domain is not on the allow-list: goes by a named exception */
    bool is_notice;    /* may hear that there is a pack, and not get it */
    bool has_workbook; /* gets the workbook too */
    char *refusal;     /* why nothing goes to it; NULL: something does */
    bool is_to_mend;   /* of a refusal: somebody is on the list and gets nothing until the row is mended, or ended */
} BpAddressee;

/* Elements BpAddressee, of the rows of that forum that are in force on the day, and those that cannot be read, in the order of the rows.
 * Of several rows with one address, the first that is not refused counts. Free with g_ptr_array_unref. */
GPtrArray *bp_recipient_list_new (const GPtrArray *recipients, const BpForum *forum, bool is_sensitive, const BpMailSettings *mail,
                                  BpDate day);
/* Whether the address's domain may be sent to for that forum: on the forum's own list if it has one, else on that of mail.ini. */
bool bp_recipient_list_allows (const BpForum *forum, const BpMailSettings *mail, const char *address);
/* Whether tests of what is sensitive may go to it: they need no approval, so only the sender and the named testers get them. */
bool bp_recipient_list_has_tester (const BpMailSettings *mail, const char *address);

#endif
