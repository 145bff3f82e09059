#ifndef BP_RENDER_PDF_TIMELINE_GRID_H
#define BP_RENDER_PDF_TIMELINE_GRID_H

#include "pack/node.h"

/* Where the marks of a timeline stand, counted in columns and rows; no points. */

/* Columns of equal length in time. */
typedef struct
{
    int first_month; /* of the first column: year × 12 + month − 1 */
    int months_each; /* 1, 3 (quarters), 12, or a multiple of years */
    int count;       /* 24 at most */
} BpTimeScale;

/* The shortest columns, 24 at most, that hold all days from first to last. */
BpTimeScale bp_time_scale_new (BpDate first, BpDate last);
int bp_time_scale_get_column (const BpTimeScale *scale, BpDate date);
/* In columns from the left end: the end of that day. */
double bp_time_scale_get_place (const BpTimeScale *scale, BpDate date);
/* The first month of a column. */
void bp_time_scale_get_month (const BpTimeScale *scale, int column, int *year_out, int *month_out);

typedef struct
{
    int column; /* -1: it has no date */
    int row;    /* -1: the lane has no row left for it */
    int from;   /* the column that it moved from; -1: it has not moved, or within a column */
    bool has_repeats;
} BpPlacedMark;

/* The marks of a lane, each in the first row that is free in its column and on the way that it moved. A lane too full for its marks shows
 * no repeats. */
typedef struct
{
    BpPlacedMark *marks; /* in the lane's order */
    int mark_count;
    int *hidden;     /* for each column, how many marks have no row; after them the same of those without a date */
    int row_count;   /* rows that hold something */
    int first, last; /* columns from the earliest mark or origin to the latest; -1: there is none */
    bool has_hidden;
} BpLanePlan;

BpLanePlan *bp_lane_plan_new (const BpTimelineLane *lane, const BpTimeScale *scale, int most_rows);
void bp_lane_plan_free (BpLanePlan *plan);

#endif
