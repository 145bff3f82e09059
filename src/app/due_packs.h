#ifndef BP_APP_DUE_PACKS_H
#define BP_APP_DUE_PACKS_H

#include "app/dispatch.h"

/* For a scheduler: adds every pack that was approved within the last month and has not been sent yet, or not to all. A run that is not
 * there any more is a held pack. */
bool bp_due_packs_add (BpDispatch *dispatch, GError **error);

#endif
