#ifndef BP_DOMAIN_KPI_H
#define BP_DOMAIN_KPI_H

#include "domain/area.h"
#include "domain/period.h"

typedef enum
{
    BP_UNIT_PERCENT,
    BP_UNIT_COUNT,
    BP_UNIT_DAYS,
    BP_UNIT_WEEKS,
    BP_UNIT_RATE,
    BP_UNIT_SCORE,
    BP_UNIT_GBP
} BpUnit;
typedef enum
{
    BP_POLARITY_NONE,
    BP_POLARITY_HIGHER,
    BP_POLARITY_LOWER,
    BP_POLARITY_NEAR
} BpPolarity;
typedef enum
{
    BP_SERIES_ACTUAL,
    BP_SERIES_PROJECTED,
    BP_SERIES_TARGET
} BpSeriesKind;
typedef enum
{
    BP_FLAG_NONE,
    BP_FLAG_PROVISIONAL,
    BP_FLAG_REVISED,
    BP_FLAG_ESTIMATED,
    BP_FLAG_BREAK
} BpValueFlag;

/* What stands in place of a number. */
typedef enum
{
    BP_SHORTHAND_NONE,
    BP_SHORTHAND_CONFIDENTIAL,   /* [c] */
    BP_SHORTHAND_NOT_AVAILABLE,  /* [x] */
    BP_SHORTHAND_NOT_APPLICABLE, /* [z] */
    BP_SHORTHAND_LOW             /* [low] */
} BpShorthand;

typedef struct BpKpiValue
{
    BpPeriod period;
    const char *period_text; /* as typed */
    const char *geography;   /* "" is local */
    BpSeriesKind series;
    const char *breakdown, *category; /* "" is the total */
    bool has_value;
    double value;          /* from numerator and denominator where both are given (percent: 0 to 100), before any rounding */
    int decimals;          /* as typed; computed from n and d alone: as baseline and target are typed */
    BpShorthand shorthand; /* if there is no value */
    bool has_share;
    double numerator, denominator;
    BpDate published; /* given, or the period's last day */
    BpValueFlag flag;
    const char *note;
    BpSource source;
    const char *const *local; /* values of the local columns of kpi_values; NULL if there are none */
} BpKpiValue;

typedef enum
{
    BP_MOVEMENT_NONE,
    BP_MOVEMENT_IMPROVED,
    BP_MOVEMENT_SAME,
    BP_MOVEMENT_WORSE,
    BP_MOVEMENT_CHANGED /* no polarity */
} BpMovement;

/* A comparison of the latest value with something, on like periods; BP_MOVEMENT_NONE if it cannot be made, with the reason. */
typedef struct
{
    BpMovement movement;
    double change;           /* latest minus the other, in the unit (percent: percentage points), before rounding */
    double relative_percent; /* change as per cent of the other; NAN if the other is nought */
    bool is_other_season;    /* compared with a caution */
    bool is_met;             /* against target, trajectory, benchmark: at or better than (within tolerance for near) */
    const char *reason;      /* why there is none: static text; NULL */
} BpComparison;

typedef struct
{
    const char *geography;
    const BpKpiValue *value; /* the latest actual of that geography, if of the latest local value's period; else the newest */
    BpComparison comparison; /* only on the same period */
} BpBenchmark;

typedef struct BpKpi
{
    const char *id;
    const char *title;
    const char *short_title; /* = title if none */
    BpArea *area;            /* may be NULL */
    BpUnit unit;
    BpPolarity polarity;
    BpPeriodKind period_kind;
    BpDate valid_from;
    bool has_baseline;
    double baseline;
    int baseline_decimals;
    BpShorthand baseline_shorthand;
    BpPeriod baseline_period; /* kind NONE if none or ambiguous */
    const char *baseline_period_text;
    bool has_target;
    double target;
    int target_decimals;
    BpPeriod target_period;
    const char *target_period_text;
    bool is_target_uncertain; /* by which of its periods the target is to be met is not certain: it is never called met */
    BpSource target_source;   /* where the target stands: kpis or kpi_targets */
    double tolerance, same_within;
    bool is_headline;
    bool is_people;
    const char *owner, *source_text, *definition;
    int stale_after_days;
    const BpDate *rebases; /* days from whose period on the process is known to be another one: new limits (spc.h) */
    int rebase_count;
    BpSource rebase_source;
    BpSource source;
    const char *const *local;

    /* as at the as-of date */
    GPtrArray *unpublished;     /* of BpKpiValue: local totals, actual, that are published after the as-of date; they count for nothing */
    GPtrArray *values;          /* all of BpKpiValue that count then, by series, geography, period; owned by the snapshot */
    GPtrArray *actuals;         /* local totals, actual, oldest first, of the present definition */
    GPtrArray *trajectory;      /* local totals, projected, oldest first */
    const BpKpiValue *latest;   /* the newest of actuals (may be shorthand); NULL */
    const BpKpiValue *previous; /* of the immediately preceding period; NULL */
    const BpKpiValue *expected; /* of the trajectory for the latest's period; NULL */
    BpComparison on_baseline, on_previous, on_target, on_trajectory;
    GArray *benchmarks; /* of BpBenchmark */
    bool is_met_late;   /* the target is met now, but was not by its period */
    bool is_stale;
    GPtrArray *actions;         /* of BpAction that name it, borrowed */
    GPtrArray *recommendations; /* of BpRecommendation that name it, borrowed */
} BpKpi;

/* What a comparison needs to know of its measure. */
typedef struct
{
    BpUnit unit;
    BpPolarity polarity;
    double same_within;
    double target; /* for BP_POLARITY_NEAR; NAN if none */
    double tolerance;
} BpComparisonRule;

/* Compares latest with other, on like periods: improved, same or worse by polarity; near: nearer the target is better. Pure. */
BpComparison bp_kpi_compare (const BpComparisonRule *rule, double latest, const BpPeriod *latest_period, double other,
                             const BpPeriod *other_period);
/* Growth in per cent from one count to another, before rounding; NAN if from is nought. */
double bp_kpi_growth_percent (double from, double to);
const char *bp_unit_name (BpUnit unit);                /* "percent" */
const char *bp_unit_words (BpUnit unit);               /* "per cent", "weeks", "pounds" */
const char *bp_polarity_words (BpPolarity polarity);   /* "Higher is better" */
const char *bp_movement_word (BpMovement movement);    /* "Improved", "Same", "Worse", "Changed", "No value" */
const char *bp_shorthand_text (BpShorthand shorthand); /* "[x]" */
/* "[c]", "c", "[LOW]" …; BP_SHORTHAND_NONE if it is none. */
BpShorthand bp_shorthand_parse (const char *text);

#endif
