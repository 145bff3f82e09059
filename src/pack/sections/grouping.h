#ifndef BP_PACK_SECTIONS_GROUPING_H
#define BP_PACK_SECTIONS_GROUPING_H

#include "pack/build.h"

/* Actions under one heading of a table. */
typedef struct
{
    const char *heading; /* "2.2 Annual reviews"; belongs to the pack */
    GPtrArray *actions;  /* in the order they were given */
} BpActionGroup;

/* Groups actions by a field of bp_row_group_fields: groups in the order of their first action, but areas and statuses in their own order
 * and "No …" last. One group without a heading for "none". Free with g_array_unref. */
GArray *bp_actions_group (const BpBuild *build, const GPtrArray *actions, const char *field);
/* "4 actions: 2 complete, 1 on track, 1 off track". */
const char *bp_actions_counts_text (const BpBuild *build, const GPtrArray *actions);

#endif
