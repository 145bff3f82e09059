#ifndef BP_PACK_SECTIONS_GOVERNANCE_TREE_H
#define BP_PACK_SECTIONS_GOVERNANCE_TREE_H

#include "pack/build.h"
#include "pack/node.h"

/* The forums of the programme and who reports to whom, whom they advise or fund: what the governance tree draws. Belongs to the pack. */
BpTree *bp_tree_new (const BpBuild *build);

#endif
