#ifndef BP_PACK_SECTIONS_ASKS_H
#define BP_PACK_SECTIONS_ASKS_H

#include "pack/build.h"

/* The open decisions of this forum, in the order of the snapshot. Free with g_ptr_array_unref. */
GPtrArray *bp_build_dup_open_asks (const BpBuild *build);
/* Adds the box of asks, at most limit of them, each cut to max_chars (0: whole). */
void bp_section_add_asks_box (const BpBuild *build, BpNode *section, const GPtrArray *asks, int limit, int max_chars);
/* "Two asks of this meeting". */
const char *bp_build_asks_heading (const BpBuild *build, int count);

#endif
