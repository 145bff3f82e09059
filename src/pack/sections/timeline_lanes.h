#ifndef BP_PACK_SECTIONS_TIMELINE_LANES_H
#define BP_PACK_SECTIONS_TIMELINE_LANES_H

#include "pack/build.h"
#include "pack/node.h"

struct BpAction;

/* The date under which an action stands: the approved one; for one that is done and has none, that of the plan. BP_DATE_NONE if there is
 * neither. */
BpDate bp_action_timeline_date (const struct BpAction *action);
/* The actions by area and sub-area, each with its mark at its date: what the timeline draws. Its range holds every date and the day of the
 * data, and is a year at least. Belongs to the pack. */
BpTimeline *bp_timeline_new (const BpBuild *build, const GPtrArray *actions);

#endif
