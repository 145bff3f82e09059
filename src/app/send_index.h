#ifndef BP_APP_SEND_INDEX_H
#define BP_APP_SEND_INDEX_H

#include "store/sends.h"

/* What the ledger has of one run, by forum and address. */
typedef struct BpSendIndex BpSendIndex;

/* The sends stay the list's, which must outlive the index. */
BpSendIndex *bp_send_index_new (const GPtrArray *sends);
void bp_send_index_free (BpSendIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpSendIndex, bp_send_index_free)
/* What the address was sent, or is to be, of the forum's pack; is_recall: the recall of an earlier one. NULL: nothing. */
const BpSend *bp_send_index_find (const BpSendIndex *index, const char *forum, const char *address, bool is_recall);
/* Whether there is anything of that forum. */
bool bp_send_index_has_forum (const BpSendIndex *index, const char *forum);

#endif
