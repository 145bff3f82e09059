#ifndef BP_APP_LIST_SENDS_H
#define BP_APP_LIST_SENDS_H

#include "app/options.h"
#include "store/sends.h"

#include <jansson.h>

/* `list sends`: who was sent what (run: of that run, by its id or as latest; NULL: of all; --forum, --to; --file: that file), and what came
 * of it. */
bool bp_list_sends (const BpOptions *options, const char *run, GError **error);
/* The ledger's word for a state, as people read it: DOUBTFUL must not be overlooked, and an intent that is found is one. */
const char *bp_send_state_words (BpSendState state);
/* How many are in each state: "4 accepted, 1 DOUBTFUL". counts: BP_SEND_STATE_COUNT of them. Caller frees. */
char *bp_send_counts_dup_text (const int *counts);
json_t *bp_send_to_json (const BpSend *send);

#endif
