#ifndef BP_RENDER_PDF_CHART_LABELS_H
#define BP_RENDER_PDF_CHART_LABELS_H

#include <glib.h>
#include <stdbool.h>

/* Where the words of a chart stand: nothing here draws. Points; y downwards. */

/* ---- at the right of the plot ---- */
typedef struct
{
    double wanted, height; /* the middle it should have; at least 13 for a line */
    double y;              /* the middle that it gets */
    bool is_moved;         /* so far that a thin line has to lead to it */
} BpChartEndLabel;
/* Places labels from the top down, each at its own height or as little below it as those above allow, none outside top and bottom.
 * False, and nothing placed, if they are too high together. */
bool bp_chart_labels_stack (BpChartEndLabel *labels, int count, double top, double bottom);

/* ---- below the plot ---- */
/* Left end of a label of such a width whose middle should be x, moved inside left and right. */
double bp_chart_labels_clamp (double x, double width, double left, double right);
/* Which labels of an axis have room: the last and, at equal steps before it, every one, every second and so on; gap apart at least. Sets
 * shown for each. */
void bp_chart_labels_thin (const double *x, const double *widths, int count, double left, double right, double gap, bool *shown);

/* ---- in the plot ---- */
typedef struct
{
    double left, top, right, bottom;
} BpChartRect;
typedef struct
{
    double x1, y1, x2, y2;
    bool is_soft; /* a label may stand on it if it must: a white patch interrupts it */
} BpChartStroke;
/* What is taken already. */
typedef struct
{
    BpChartRect area; /* no label leaves it */
    GArray *rects;    /* of BpChartRect: marks and labels */
    GArray *strokes;  /* of BpChartStroke */
} BpChartSpace;
typedef enum
{
    BP_CHART_RIGHT,
    BP_CHART_ABOVE,
    BP_CHART_BELOW,
    BP_CHART_LEFT
} BpChartSide;
#define BP_CHART_SIDES 4

void bp_chart_space_init (BpChartSpace *space, BpChartRect area);
void bp_chart_space_clear (BpChartSpace *space);
void bp_chart_space_add_rect (BpChartSpace *space, BpChartRect rect);
void bp_chart_space_add_stroke (BpChartSpace *space, double x1, double y1, double x2, double y2, bool is_soft);
bool bp_chart_rect_meets (const BpChartRect *a, const BpChartRect *b);
bool bp_chart_stroke_meets (const BpChartStroke *stroke, const BpChartRect *rect);
/* Whether a label with its patch may stand there. */
bool bp_chart_space_is_free (const BpChartSpace *space, const BpChartRect *label, bool may_cover_soft);
/* A free place for a label no further from a point than reach, the sides in that order of liking, the nearest first; it is taken then.
 * False if there is none. */
#define BP_CHART_NEAR_PT 16.0 /* no need of a line to it */
#define BP_CHART_FAR_PT 36.0
bool bp_chart_space_place (BpChartSpace *space, double x, double y, double width, double height, const BpChartSide sides[BP_CHART_SIDES],
                           double reach, BpChartRect *label_out);
/* A free place beside an upright line, as high as there is one. */
bool bp_chart_space_place_beside (BpChartSpace *space, double x, double width, double height, BpChartRect *label_out);

#endif
