#ifndef BP_PACK_TEXT_FORMAT_H
#define BP_PACK_TEXT_FORMAT_H

#include "pack/pack.h"

/* The whole pack as plain text, every node and cell, in reading order: for review, tests and debugging. Caller frees. */
char *bp_pack_dup_text (const BpPack *pack);

#endif
