#ifndef BP_DOMAIN_SPC_H
#define BP_DOMAIN_SPC_H

#include <glib.h>
#include <stdbool.h>

/* Statistical process control of single values and their moving ranges (XmR charts), as NHS England's Making Data Count teaches it. Pure:
 * numbers in, limits and judgements out. docs/spc.md says each rule in words. */

/* The spread of the limits: three sigma, where sigma is the average moving range over d2 = 1.128. */
#define BP_SPC_LIMIT_FACTOR 2.66
/* A moving range from this many averages up is an outlier of its own kind (D4 for two values). */
#define BP_SPC_SCREEN_FACTOR 3.267

/* config/rules.ini [spc]; a number of nought switches its rule off. */
typedef struct BpSpcRule
{
    int least_points;           /* in a row, for limits at all: 12; 0: no limits ever */
    int baseline_points;        /* limits are set on the first so many and then stay: 12; 0: on all */
    int run_points;             /* in a row on one side of the mean: 7 */
    int trend_points;           /* in a row rising or falling: 7 */
    bool screens_moving_ranges; /* outlying moving ranges are left out of their average */
} BpSpcRule;

typedef enum
{
    BP_SPC_GOES_ON,
    BP_SPC_BREAK, /* something else is counted from this point on: the limits before say nothing about it */
    BP_SPC_REBASE /* the process is known to have changed: new limits, once there are enough points for them */
} BpSpcStart;

/* Which way is better; a target to hold the limits against. */
typedef enum
{
    BP_SPC_NEITHER,
    BP_SPC_HIGHER,
    BP_SPC_LOWER,
    BP_SPC_NEAR
} BpSpcDirection;
typedef struct BpSpcAim
{
    BpSpcDirection better;
    double target;    /* NAN: none */
    double tolerance; /* NEAR: as far from the target still meets it */
} BpSpcAim;

/* Why a point is a special cause; of several the first here is told. */
typedef enum
{
    BP_SPC_CAUSE_NONE,
    BP_SPC_CAUSE_OUTSIDE, /* beyond a limit */
    BP_SPC_CAUSE_RUN,     /* one of run_points or more in a row on one side of the mean */
    BP_SPC_CAUSE_TREND,   /* one of trend_points or more in a row that rise, or fall */
    BP_SPC_CAUSE_NEAR     /* one of two among three in a row beyond two thirds of the way to the same limit */
} BpSpcCause;

typedef enum
{
    BP_SPC_PLAIN, /* a gap, or no limits: no judgement */
    BP_SPC_USUAL, /* common cause */
    BP_SPC_IMPROVEMENT,
    BP_SPC_CONCERN,
    BP_SPC_NEUTRAL /* special cause where neither way is better */
} BpSpcMeaning;

typedef struct BpSpcPoint
{
    BpSpcCause cause;
    bool is_high; /* of a special cause: above the mean, or rising */
    BpSpcMeaning meaning;
    int length; /* RUN, TREND: how many in a row */
} BpSpcPoint;

/* Points that share limits. */
typedef struct BpSpcStretch
{
    BpSpcStart start;
    int first, last; /* points, both included */
    bool has_limits;
    int base_first, base_last; /* the points on which the limits were set */
    double mean, average_range, lower, upper;
    int longest; /* most values in a row without a gap: what limits still wait for */
    bool has_gap;
} BpSpcStretch;

typedef enum
{
    BP_SPC_ASSURANCE_NONE, /* no target, no direction, no limits */
    BP_SPC_ASSURANCE_PASS, /* usual variation alone never misses the target */
    BP_SPC_ASSURANCE_FAIL, /* … never reaches it */
    BP_SPC_ASSURANCE_HIT_OR_MISS
} BpSpcAssurance;

typedef struct BpSpc
{
    int point_count;
    BpSpcPoint *points;
    int stretch_count; /* at least one, unless there is no point */
    BpSpcStretch *stretches;
    BpSpcAssurance assurance; /* of the last stretch */
} BpSpc;

/* values: one for each period, oldest first; NAN is a gap. Nothing is read across a gap: no moving range, no run, no trend; limits are set
 * on values in a row alone, and once set they go on behind it. starts: for each point, or NULL; a REBASE without least_points in a row
 * behind it is passed over, and the limits before it go on. */
BpSpc *bp_spc_new (const BpSpcRule *rule, const BpSpcAim *aim, const double *values, const BpSpcStart *starts, int count);
void bp_spc_free (BpSpc *spc);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpSpc, bp_spc_free)
/* The last stretch; NULL if there is no point. */
const BpSpcStretch *bp_spc_last_stretch (const BpSpc *spc);

#endif
