#ifndef BP_PACK_TIMELINE_WORDS_H
#define BP_PACK_TIMELINE_WORDS_H

#include "pack/node.h"

/* What a timeline shows, in words, for those who do not see it; a part of one, as it stands on a page of several, names its first and last
 * group. 20 to 250 characters. Caller frees. */
char *bp_timeline_dup_alternative (const BpTimeline *timeline, bool is_part);

#endif
