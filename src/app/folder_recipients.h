#ifndef BP_APP_FOLDER_RECIPIENTS_H
#define BP_APP_FOLDER_RECIPIENTS_H

#include "app/data_import.h"
#include "app/recipient_list.h"

/* What the data folder says of recipients at this moment. Who is new in it waits for the next import; who was taken out of it gets nothing
 * from now on. */
typedef struct
{
    BpDataFolder data;
    GPtrArray *recipients; /* of BpRecipient; NULL with a fault */
    char *fault;           /* why nothing can be sent by it: it cannot be read, or may have days that are not read; NULL */
} BpFolderRecipients;

/* Never NULL: what is wrong is its fault. */
BpFolderRecipients *bp_folder_recipients_read (const BpProgrammeConfig *config);
void bp_folder_recipients_free (BpFolderRecipients *now);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpFolderRecipients, bp_folder_recipients_free)
/* Rows of the table that were left out, so that somebody gets nothing: elements BpFinding, borrowed. Free with g_ptr_array_unref. */
GPtrArray *bp_folder_recipients_list_left_out (const BpFolderRecipients *now);
/* Refuses of list (elements BpAddressee, made from what was imported) whoever would get nothing by the folder, and takes the workbook from
 * whoever would get none. Not with a fault. */
void bp_folder_recipients_restrict (const BpFolderRecipients *now, const BpForum *forum, bool is_sensitive, const BpMailSettings *mail,
                                    BpDate day, GPtrArray *list);

#endif
