#ifndef BP_APP_GIVEN_UP_H
#define BP_APP_GIVEN_UP_H

#include "app/dispatch.h"

/* Messages that a server asked to try later, and that may go to their address no more: its row has ended meanwhile, or is refused. They are
 * named, and unless it is a rehearsal the ledger says that they have failed: nothing stays "to be tried again" that nobody will. */
bool bp_given_up_add (BpDispatch *dispatch, bool is_rehearsal, GError **error);

#endif
