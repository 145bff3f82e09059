#ifndef BP_DOMAIN_DUE_H
#define BP_DOMAIN_DUE_H

#include "domain/snapshot.h"

typedef enum
{
    BP_DUE_UPDATES, /* leads send their updates */
    BP_DUE_PAPERS,  /* the pack is final */
    BP_DUE_ISSUE    /* the pack goes out */
} BpDueKind;

/* One step towards a meeting that has not been yet. */
typedef struct
{
    const BpMeeting *meeting;
    const BpMeeting *before; /* the forum's meeting before it; NULL: none known */
    BpDueKind kind;
    BpDate date;
    int days; /* from the as-of date; under 0: overdue */
} BpDue;

/* Steps whose day is at most within_days after the as-of date, those that are past included, towards meetings on or after it: by day, then
 * meeting, then step. Meetings of forums that are not known are left out, as a finding names them. Free with g_array_unref. */
GArray *bp_due_list (const BpSnapshot *snapshot, int within_days);
/* Forums that get a pack and have no dated meeting on or after the as-of date, in their order: elements const BpForum, borrowed. Free with
 * g_ptr_array_unref. */
GPtrArray *bp_due_list_undated (const BpSnapshot *snapshot);
const char *bp_due_kind_name (BpDueKind kind);  /* "updates" */
const char *bp_due_kind_words (BpDueKind kind); /* "updates from leads" */

#endif
