#ifndef BP_APP_REHEARSAL_H
#define BP_APP_REHEARSAL_H

#include "app/dispatch.h"

/* Writes each message that would go to <output>/rehearsals/<run>/<forum>/001.eml, in place of what an earlier rehearsal of the run left,
 * and sets the letters' file. Nothing is sent and the ledger is not written. */
bool bp_rehearsal_write (BpDispatch *dispatch, GError **error);
/* Removes what rehearsals of the dispatch's runs left: once a pack is sent, no other copy of it need lie about. */
bool bp_rehearsal_clear (const BpDispatch *dispatch, GError **error);

#endif
