#ifndef BP_RENDER_PDF_TREE_PLACES_H
#define BP_RENDER_PDF_TREE_PLACES_H

#include "pack/node.h"

/* Where the boxes of a tree stand from left to right, in widths of a box. */
typedef struct
{
    double *x;    /* for each node, its left end; boxes of a level are one apart at least */
    int *parents; /* for each node, the one just above it whose line is a branch of the tree; -1: none */
    double width; /* of all */
    int level_count;
} BpTreePlaces;

/* Parents stand over the middle of those that report to them; trees stand beside each other as close as their levels allow, all but the
 * first as far to the right. NULL if a node does not stand below one that it reports to: a ring. Free with bp_tree_places_free. */
BpTreePlaces *bp_tree_places_new (const BpTree *tree);
void bp_tree_places_free (BpTreePlaces *places);

#endif
