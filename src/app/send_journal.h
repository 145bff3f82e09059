#ifndef BP_APP_SEND_JOURNAL_H
#define BP_APP_SEND_JOURNAL_H

#include "store/sends.h"

/* What may have gone to somebody, kept beside the store in <store>.sent: a store that is restored from an older copy does not know what
 * went since, and would send it again. A line of JSON for each state, appended and synced; tests are not in it. The ledger comes first:
 * this only remembers what it has forgotten. */
typedef struct BpSendJournal BpSendJournal;

/* Reads what is there; a last line that was not finished is none. NULL on failure. */
BpSendJournal *bp_send_journal_open (const char *store_path, GError **error);
void bp_send_journal_free (BpSendJournal *journal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpSendJournal, bp_send_journal_free)
/* Adds the state in which the send is now. It is on the disk when this returns true. */
bool bp_send_journal_add (BpSendJournal *journal, const BpSend *send, gint64 at, GError **error);
/* Whether the message, or one in its place, may be with its receiver: doubtful, accepted or told. */
bool bp_send_journal_remembers (const BpSendJournal *journal, const BpSend *send, BpSendState *state_out, gint64 *at_out);

#endif
