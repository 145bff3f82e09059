#ifndef BP_APP_POSTMAN_H
#define BP_APP_POSTMAN_H

#include "app/dispatch.h"

/* Enters the letters of a dispatch into the ledger and sends those that may go, one after the other, with the intent on the disk before and
 * the result after each. The caller holds the lock. A signal stops it between two messages (BP_ERROR_INTERRUPTED). False on failure; what
 * was sent until then is in the ledger and in the letters. */
bool bp_postman_deliver (BpDispatch *dispatch, GError **error);

#endif
