#ifndef BP_DOMAIN_SNAPSHOT_H
#define BP_DOMAIN_SNAPSHOT_H

#include "domain/action.h"
#include "domain/governance.h"
#include "domain/kpi.h"
#include "domain/programme.h"
#include "domain/table.h"

typedef enum
{
    BP_NARRATIVE_ACHIEVEMENT,
    BP_NARRATIVE_CHALLENGE,
    BP_NARRATIVE_CHANGE,
    BP_NARRATIVE_IMPACT,
    BP_NARRATIVE_NEXT_STEP,
    BP_NARRATIVE_YOU_SAID,
    BP_NARRATIVE_WE_DID
} BpNarrativeKind;

typedef struct BpNarrative
{
    BpDate as_of;
    BpNarrativeKind kind;
    const char *text;
    const BpPlan *plan;  /* may be NULL */
    BpArea *area;        /* may be NULL */
    BpAudience audience; /* the widest that may read it */
    double position;
    BpSource source;
    const char *const *local; /* values of the local columns; NULL if there are none */
} BpNarrative;

typedef struct BpRecommendation
{
    const char *ref, *text, *short_title, *source_text;
    GPtrArray *areas;   /* of BpArea named */
    GPtrArray *actions; /* of BpAction: named, and those under the named areas, without repeats */
    GPtrArray *kpis;    /* of BpKpi */
    int done_count;     /* of actions */
    BpSource source;
    const char *const *local; /* values of the local columns; NULL if there are none */
} BpRecommendation;

typedef enum
{
    BP_CLAIM_AGREES,
    BP_CLAIM_DISAGREES,
    BP_CLAIM_NOT_TESTABLE
} BpClaimResult;

/* A sentence with a figure, computed again from the data. */
typedef struct BpClaim
{
    const char *id, *text, *stated_text;
    const char *measure; /* "growth", "change", "share", "value" */
    double stated;
    int stated_decimals;
    const BpKpi *kpi; /* may be NULL */
    const char *geography;
    bool has_computed;
    double computed; /* before rounding */
    BpClaimResult result;
    const char *working; /* "517,049 to 575,963, Census January 2023 to January 2024" */
    const char *reason;  /* why it was not tested, or what the stated figure matches instead ("9.25% is the growth of 2023") */
    const char *unit;
    BpSource source;
    const char *const *local; /* values of the local columns; NULL if there are none */
} BpClaim;

typedef struct
{
    const BpStatus *status;
    int count;
} BpStatusCount;

/* Counts of one set of actions. */
typedef struct BpActionCounts
{
    int total, done, open, paused, overdue, undated, without_update, disagree, changed;
    int planned_done; /* whose original due date is on or before the as-of date, or complete as planned */
    int dated;        /* that have an original due date or are complete as planned */
    int *by_status;   /* indexed by BpStatus.position; owned by the snapshot or the caller of bp_snapshot_count */
} BpActionCounts;

/* What was loaded, for "69 of 69 loaded". */
typedef struct
{
    int loaded, seen;
} BpLoadCount;

/* The state of the programme on one day: everything printed derives from it. Owns all rows; immutable once built. */
typedef struct BpSnapshot
{
    const BpProgramme *programme; /* borrowed */
    BpDate as_of;
    BpDate known;     /* BP_DATE_NONE: all that has been imported */
    BpDate previous;  /* the date changes are counted from: options.since, else the newest reporting round before the newest updates;
                         BP_DATE_NONE */
    GArray *rounds;   /* of BpDate, newest first: the dates on which leads reported (updates less than 14 days apart are one round, by its
                       * newest   date; a few stray updates between rounds make none) */
    GPtrArray *plans; /* of BpPlan */
    GPtrArray *areas; /* of BpArea: top areas in display order (each with its sub-areas) */
    BpArea *no_area;  /* for actions without a known area; not in areas unless it has actions */
    GPtrArray *projects;
    GPtrArray *actions; /* of BpAction, in display order (area position, then natural order of refs) */
    GPtrArray *kpis;    /* of BpKpi, in order of area then file */
    GPtrArray *narrative;
    GPtrArray *recommendations;
    GPtrArray *claims;
    GPtrArray *meetings;  /* by date, undated last */
    GPtrArray *decisions; /* by forum, ref */
    GPtrArray *risks;     /* the latest row of each, highest score first */
    GPtrArray *leads, *members;
    BpActionCounts counts; /* of all actions */
    BpLoadCount loaded[BP_TABLE_COUNT];
    BpFindingList *findings; /* import findings and those of the checks, sorted */
    GStringChunk *strings;
    GPtrArray *arrays;                                 /* of GPtrArray, unreffed with the snapshot; private */
    GPtrArray *owned;                                  /* blocks freed with the snapshot */
    GHashTable *action_index, *area_index, *kpi_index; /* by key, by id; private */
} BpSnapshot;

typedef struct
{
    BpDate as_of;
    BpDate known;
    BpDate
        since; /* the previous pack's date for changes; BP_DATE_NONE: the as_of of the newest updates before the current reporting round */
    const BpFindingList *import_findings; /* copied in; may be NULL */
    const BpLoadCount *loaded;            /* BP_TABLE_COUNT of them; NULL: as many as there are records */
} BpSnapshotOptions;

/* Builds the snapshot from admitted rows: reads every cell, resolves references, applies as-of, computes status, dates, KPI comparisons,
 * coverage and claims, and runs all checks. Never fails: what is wrong is a finding. tables may be freed afterwards. */
BpSnapshot *bp_snapshot_new (const BpProgramme *programme, const BpTableSet *tables, const BpSnapshotOptions *options);
void bp_snapshot_free (BpSnapshot *snapshot);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpSnapshot, bp_snapshot_free)

/* NULL if there is none. key: "SIP:1.1.2", or bare where there is one plan. */
BpAction *bp_snapshot_find_action (const BpSnapshot *snapshot, const char *key);
BpArea *bp_snapshot_find_area (const BpSnapshot *snapshot, const char *key);
BpKpi *bp_snapshot_find_kpi (const BpSnapshot *snapshot, const char *id);
/* All actions under an area, its sub-areas included, in display order. Free with g_ptr_array_unref. */
GPtrArray *bp_area_dup_all_actions (const BpArea *area);
/* Counts any set of actions. Clear with bp_action_counts_clear. */
BpActionCounts bp_snapshot_count (const BpSnapshot *snapshot, const GPtrArray *actions);
void bp_action_counts_clear (BpActionCounts *counts);
/* Number of actions whose approved due date is on or before date (data contract: "due by" includes the day). which: original dates if
 * original is true. */
int bp_actions_due_by (const GPtrArray *actions, BpDate date, bool use_original);
/* The short name of a lead where a table has little room; the name itself if it has none or is no known lead. Borrowed. */
const char *bp_snapshot_short_lead (const BpSnapshot *snapshot, const char *lead);
/* The next meeting of the forum on or after the as-of date; NULL. */
const BpMeeting *bp_snapshot_find_next_meeting (const BpSnapshot *snapshot, const char *forum_id);

/* A planned or completed count at a month's end, for burn-up charts. Planned by original dates; only actions that have one, or are complete
 * as planned, are counted. The as-of date has a point of its own if it is no month's end. */
typedef struct
{
    BpDate month_end;
    int planned;
    int completed; /* -1 after the as-of date */
} BpBurnUpPoint;
/* Free with g_array_unref. */
GArray *bp_snapshot_burn_up (const BpSnapshot *snapshot);

/* The exceptions of a set of actions by rules.ini: off track first, then no update, then at risk; by days overdue within each. Free with
 * g_ptr_array_unref. */
GPtrArray *bp_snapshot_exceptions (const BpSnapshot *snapshot, const GPtrArray *actions);
/* "off-track", "no-update", "at-risk", "overdue", "undated", "unapproved-move", "disagrees": the first that applies; NULL if it is no
 * exception. */
const char *bp_action_exception_reason (const BpSnapshot *snapshot, const BpAction *action);

#endif
