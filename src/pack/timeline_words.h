#ifndef BP_PACK_TIMELINE_WORDS_H
#define BP_PACK_TIMELINE_WORDS_H

#include "pack/node.h"

/* What a timeline shows, in words, for those who do not see it: so many of its groups from first on, as they stand on one page; all of
 * them without their names. 20 to 250 characters. Caller frees. */
char *bp_timeline_dup_alternative (const BpTimeline *timeline, int first, int count);

#endif
