#ifndef BP_PACK_FIGURES_H
#define BP_PACK_FIGURES_H

#include "pack/build.h"

/* Fills pack->figures from the snapshot: the same keys in every pack of a run, to compare with what renderers log. A key always stands for
 * one form of the value: "actions.done" a count, "actions.done.of" n of N, "actions.done.share" n with its per cent. */
void bp_figures_add (const BpBuild *build);

#endif
