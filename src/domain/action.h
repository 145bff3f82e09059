#ifndef BP_DOMAIN_ACTION_H
#define BP_DOMAIN_ACTION_H

#include "domain/area.h"
#include "domain/status.h"
#include "domain/timeframe.h"

/* One dated report on an action. */
typedef struct BpUpdate
{
    BpDate as_of;
    const BpStatus *status; /* NULL: none given */
    BpDate completed_on;    /* or BP_DATE_NONE */
    BpTimeframe forecast;
    const char *approved_by; /* forum id; "" if the move is not approved */
    const char *progress, *public_progress, *next_step, *reason, *path_to_green, *ask, *evidence, *evidence_kpi; /* "" if blank */
    BpSource source;
    const char *const *local; /* values of the local columns of updates, in the field set's order; NULL if there are none */
} BpUpdate;

/* A date that moved. */
typedef struct
{
    BpDate moved_on; /* as_of of the update */
    BpDate from, to;
    const char *approved_by; /* "" if not */
} BpDateMove;

typedef struct BpAction
{
    const BpPlan *plan;
    const char *ref;         /* as text, without the asterisk */
    const char *key;         /* "SIP:1.1.2" */
    const char *printed_ref; /* "1.1.2*" if inferred */
    bool is_ref_inferred;
    BpArea *area;            /* where it stands: area or sub-area; the "No area" node of the snapshot if unknown */
    BpArea *top_area;        /* its area for improvement (area or its topmost parent) */
    BpProject *project;      /* NULL: none */
    const char *text;        /* cleaned of markup debris */
    const char *short_title; /* "" if none */
    const char *lead;        /* canonical; "" if there is none */
    bool is_lead_inherited;
    const char *organisation; /* of the lead; "" if unknown */
    BpTimeframe timeframe;    /* the plan's */
    GPtrArray *kpis;          /* of BpKpi, borrowed */
    bool is_milestone;
    bool is_parent; /* other refs of the plan stand under it (4.2 over 4.2.1) */
    BpSource source;
    const char *const *local; /* values of the local columns of actions, in the field set's order */

    /* as at the as-of date */
    GPtrArray *updates;              /* of BpUpdate up to the as-of date, oldest first; owned by the snapshot */
    const BpUpdate *latest;          /* the newest, with the words that still hold of those before where it states no status; NULL */
    const BpUpdate *latest_status;   /* the newest that states a status; NULL */
    const BpStatus *status;          /* the reported one; else the scale's no-update, as-planned or not-due status. Never NULL */
    bool is_reported;                /* status was reported by a lead */
    const BpStatus *previous_status; /* as it was at the snapshot's previous date (since); NULL if there is no such date */
    BpSeverity computed;             /* from dates, updates and rules.ini; a flag, never a total */
    const char *computed_text;       /* why, a short sentence; NULL if none */
    bool disagrees;                  /* reported and computed differ (reported better than computed) */
    BpDate completed_on;             /* BP_DATE_NONE if unknown */

    BpDate original_due; /* the plan's final date (recurring: first occurrence); BP_DATE_NONE */
    BpDate due;          /* current approved; recurring: the earliest occurrence not done */
    BpDate forecast;     /* the latest forecast if it differs from due and is not approved; BP_DATE_NONE */
    BpDate next_due;     /* the next milestone: first date of two, next occurrence, or due; BP_DATE_NONE if done */
    GArray *moves;       /* of BpDateMove, oldest first, unapproved ones too */
    int approved_moves;
    bool is_done;
    bool is_overdue;        /* due before the as-of date and not done */
    int days_overdue;       /* 0 if not */
    bool is_undated;        /* not done, and neither due date nor on-going */
    bool is_stale;          /* its latest update is older than stale_update_days, or there is none and something was due */
    bool is_update_missing; /* open, due on or before the as-of date, and nothing was ever reported */
    bool has_changed;       /* status, approved date or completion changed since the previous date */
} BpAction;

#endif
