#ifndef BP_PACK_MARK_H
#define BP_PACK_MARK_H

#include "pack/value.h"

struct BpStatus;

/* A status as it is drawn and spelt; the empty mark (word NULL) for NULL. Its strings are the status's own. */
BpMark bp_mark_of_status (const struct BpStatus *status);

#endif
