#ifndef BP_APP_CONSISTENCY_H
#define BP_APP_CONSISTENCY_H

#include "app/forum_pack.h"

/* Every figure that was printed, in every pack and format, against the others of the same key and against the snapshot's own. */
typedef struct
{
    guint keys;             /* different figures */
    guint printed;          /* places where one was printed */
    GPtrArray *differences; /* of char *: what differs, where */
} BpConsistency;

void bp_consistency_compare (BpConsistency *consistency, const GPtrArray *packs, BpFindingList *findings);
void bp_consistency_clear (BpConsistency *consistency);
/* Compares one printed figure with the first of its key; for tests, and used by compare. first: key → "text\nplace". */
bool bp_consistency_add (BpConsistency *consistency, GHashTable *first, const char *key, const char *text, const char *place);

#endif
