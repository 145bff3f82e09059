#ifndef BP_RENDER_PDF_CHART_AXIS_H
#define BP_RENDER_PDF_CHART_AXIS_H

#include <glib.h>
#include <stdbool.h>

/* The values that an axis has to hold. */
typedef struct
{
    double least, greatest; /* least is over greatest where there is no value */
    bool is_whole;          /* no value has a fraction: no number of the axis has one */
} BpChartRange;

void bp_chart_range_init (BpChartRange *range);
/* Ignores what is no finite number. */
void bp_chart_range_add (BpChartRange *range, double value);
bool bp_chart_range_is_empty (const BpChartRange *range);

/* Four to six numbers at equal steps of 1, 2 or 5 times a power of ten, from low to high. */
typedef struct
{
    double low, high, step;
    int count;
} BpChartAxis;

/* is_free: the axis may begin above nought, as lines may; else nought is on it. It never goes below nought where no value does, nor above
 * ceiling where no value does (100 for shares; INFINITY for none), as far as that leaves four numbers. */
void bp_chart_axis_init (BpChartAxis *axis, const BpChartRange *range, bool is_free, double ceiling);
/* The number at a tick, 0 for the lowest. */
double bp_chart_axis_tick (const BpChartAxis *axis, int index);
/* Where a value stands: 0 at the low end, 1 at the high end, never outside. */
double bp_chart_axis_share (const BpChartAxis *axis, double value);
/* The words at a tick, all of an axis with the same decimals: "20%", "1.5m", "2E−9". unit may be NULL. Caller frees. */
char *bp_chart_axis_dup_label (const BpChartAxis *axis, int index, const char *unit);

#endif
