#ifndef BP_PACK_SECTIONS_EXCEPTION_GROUPS_H
#define BP_PACK_SECTIONS_EXCEPTION_GROUPS_H

#include "pack/build.h"

struct BpAction;

/* The groups of exceptions, in the order of how much they need the forum. Every exception is in one of them, so they add up. */
typedef enum
{
    BP_EXCEPTION_OFF_TRACK,
    BP_EXCEPTION_SILENT,
    BP_EXCEPTION_PAST_DATE, /* its date has passed, whatever was reported */
    BP_EXCEPTION_AT_RISK,
    BP_EXCEPTION_OTHER,
    BP_EXCEPTION_GROUP_COUNT
} BpExceptionGroup;

BpExceptionGroup bp_exception_group_of (const BpBuild *build, const struct BpAction *action);
/* "Off track", "Reported on track, past its date". actions: those of the group; they say how they were reported. */
const char *bp_exception_group_heading (const BpBuild *build, BpExceptionGroup group, const GPtrArray *actions);
/* "3 off track, 1 without an update and 9 at risk"; counts: of each group. */
const char *bp_exception_group_counts (const BpBuild *build, const int *counts);
/* How many of a list, from its index `first` on, are in each group. */
void bp_exception_group_count (const BpBuild *build, const GPtrArray *exceptions, guint first, int *counts_out);

#endif
