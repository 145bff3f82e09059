#ifndef BP_RENDER_PDF_RUN_PLOT_H
#define BP_RENDER_PDF_RUN_PLOT_H

#include "render/pdf/chart_axis.h"
#include "render/pdf/chart_labels.h"
#include "render/pdf/flow.h"

#define BP_RUN_RIGHT_PT 132.0 /* at the right of the plot: a target or a benchmark with its term goes into one line */
#define BP_RUN_END_GAP_PT 6.0
#define BP_RUN_MIDDLE 0.3465 /* from a line of type's middle to its baseline, of the type's size */

/* Words that have their place: of a line, a point, an event. */
typedef struct
{
    BpBrokenText *broken;
    BpSpan span;
    const BpType *type;
    BpChartRect rect;
    int align;        /* of its lines */
    bool has_patch;   /* white behind it */
    double leader[4]; /* a thin line to it, if has_leader */
    bool has_leader;
} BpRunLabel;

/* The plot of a run chart while it is set. */
typedef struct
{
    BpFlow *flow;
    const BpChart *chart;
    BpBlock *block;
    int element;                     /* the figure */
    double left, right, top, bottom; /* of the plot */
    double end;                      /* of the whole figure, below its labels */
    BpChartAxis axis;
    double *x;         /* of each category */
    double mark_scale; /* smaller where points stand close */
    BpChartSpace space;
    GArray *labels;  /* of BpRunLabel */
    GPtrArray *rest; /* of const char *: words that found no place in the plot */
} BpRunPlot;

/* Where a value stands. */
double bp_run_plot_y (const BpRunPlot *plot, double value);
/* The last category that a series has a value for; -1 if none. */
int bp_run_plot_find_last (const BpRunPlot *plot, int series);
/* From the middle between a category and its neighbour, or the plot's side: where a line for some categories begins and ends. */
double bp_run_plot_edge (const BpRunPlot *plot, int category, bool is_after);

/* ---- run_plot_words.c ---- */
/* Breaks a text to lines of such a width; what does not go into so many lines is cut at a word, with "…". */
BpBrokenText *bp_run_plot_break (BpFlow *flow, const BpSpan *span, double width, guint lines);
double bp_run_plot_width (const BpBrokenText *broken);
/* Finds places for the words in the plot and at its right. */
void bp_run_plot_place_words (BpRunPlot *plot);
/* White behind the words; before the marks are drawn. */
void bp_run_plot_draw_patches (const BpRunPlot *plot);
void bp_run_plot_draw_words (const BpRunPlot *plot);

/* ---- run_plot_axis.c ---- */
/* How much room the numbers at the left need. */
double bp_run_plot_measure_numbers (BpFlow *flow, const BpChartAxis *axis, const char *unit);
void bp_run_plot_draw_grid (BpRunPlot *plot);
/* The two rows of words below the plot, the places without a value above its foot; sets the figure's end. */
void bp_run_plot_draw_categories (BpRunPlot *plot);
void bp_run_plot_draw_gaps (BpRunPlot *plot);

#endif
