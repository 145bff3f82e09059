#ifndef BP_PACK_KPI_VIEW_H
#define BP_PACK_KPI_VIEW_H

#include "pack/build.h"

struct BpKpi;
struct BpKpiValue;

/* A measure as this audience sees it: every section and sheet takes its figures from here, so that the same measure never differs between
 * pages. Strings and points belong to the pack. */
typedef struct
{
    const struct BpKpi *kpi;
    BpValue baseline;            /* or [x], [c] */
    const char *baseline_period; /* "Q4 2022/23"; "not given", "period not given" */
    BpValue latest;              /* with the figure key "kpi.<id>.latest" where nothing is hidden */
    const char *latest_share;    /* "58 of 126", "n not supplied"; NULL where the unit has none */
    const char *latest_period;   /* "Q1 2025/26"; NULL: no value yet */
    BpValue target;
    const char *target_period; /* "Q2 2026/27", "not set" */
    BpValue movement;          /* on the baseline: disc and word; "Hidden", "No value", "No baseline" */
    BpValue change;            /* on the baseline; NONE if it cannot be told */
    const char *change_text;   /* "Improved 12 points", "Same", "No baseline" */
    bool has_other_season;     /* compared with another quarter, term or month of the year */
    BpValue trend;         /* a spark where a line joins three values or more; else a text: "100% to 98%", "One value", "No value yet" */
    int value_count;       /* of the values that the trend speaks of */
    const char *first;     /* the first of them, where there are two or more; NULL */
    const char *direction; /* "Higher is better" */
    bool is_hidden;        /* the latest value is hidden */
    bool is_compared;      /* the movement on the baseline counts in "8 of 10 have improved" */
} BpKpiView;

/* One period of a series. */
typedef struct
{
    const char *period;
    const struct BpKpiValue *value; /* NULL: none was supplied */
} BpKpiPoint;

const BpKpiView *bp_kpi_view (const BpBuild *build, const struct BpKpi *kpi);
/* How the latest value stands to the target, as this audience may know it. */
typedef enum
{
    BP_TARGET_NONE,
    BP_TARGET_UNTESTED, /* no value, a hidden value, or a target whose period is not certain */
    BP_TARGET_MISSED,
    BP_TARGET_MET
} BpTargetState;
BpTargetState bp_kpi_target_state (const BpBuild *build, const struct BpKpi *kpi);
/* Whether the figure of another place says anything beside ours: a number of people or of pounds grows with the place. */
bool bp_kpi_is_comparable_elsewhere (const struct BpKpi *kpi);
/* A number in the measure's unit. decimals as typed. */
BpValue bp_kpi_number (const struct BpKpi *kpi, double number, int decimals);
/* A difference in the measure's unit: points for percentages. */
BpValue bp_kpi_change (const struct BpKpi *kpi, double change, int decimals);
/* One value as this audience sees it: the figure, or [c], [x], [z], [low]. */
BpValue bp_kpi_value (const BpBuild *build, const struct BpKpi *kpi, const struct BpKpiValue *value);
/* "58 of 126", "[c]", "n not supplied"; NULL where the unit has no share. */
const char *bp_kpi_share (const BpBuild *build, const struct BpKpi *kpi, const struct BpKpiValue *value);
/* "[p]", "[r]", "[e]", "[b]"; NULL. */
const char *bp_kpi_flag (const struct BpKpiValue *value);
/* The mark of the latest value; NULL where it has none or is hidden. */
const char *bp_kpi_view_flag (const BpKpiView *view);
/* "Q1 2025/26". */
const char *bp_kpi_period (const BpBuild *build, const struct BpKpiValue *value);
/* The local series, oldest first, a period for each place even where no value was supplied, at most max of them (the last). Free with
 * g_array_unref. */
GArray *bp_kpi_points (const BpBuild *build, const struct BpKpi *kpi, int max);

#endif
