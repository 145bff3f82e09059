#ifndef BP_APP_PACK_RECALL_H
#define BP_APP_PACK_RECALL_H

#include "app/dispatch.h"
#include "app/recipient_list.h"
#include "app/send_index.h"

/* Who has an earlier version of a pack, and neither gets the new one nor was told of it, is to hear that theirs is replaced. */

/* The keys of those addressees to whom something may go. Free with g_hash_table_unref. */
GHashTable *bp_pack_recall_list_keys (const GPtrArray *list);
/* Whether the address, which is not among those keys, has an earlier version that it has to delete. */
bool bp_pack_recall_concerns (const BpPackMail *mail, const BpSendIndex *sends, const char *address);
/* Adds a recall for each: a message that carries nothing. Where none may be sent, the letter has an obstacle: somebody must tell them.
 * recipients: of BpRecipient, all rows; list: of BpAddressee, the forum's today; is_due as in bp_pack_letters_add. */
void bp_pack_recall_add (BpDispatch *dispatch, const BpPackMail *mail, const BpForum *forum, const GPtrArray *recipients,
                         const GPtrArray *list, const BpSendIndex *sends, bool is_due);

#endif
