#ifndef BP_RENDER_PDF_MARKS_H
#define BP_RENDER_PDF_MARKS_H

#include "render/pdf/flow.h"

/* The small drawings beside words. Each stands in a box of 16 by 16 points whose top left is x, y; a word beside it begins 21 from x, its
 * baseline 11.465 below y. */
#define BP_MARK_SIZE_PT 16.0
#define BP_MARK_WORD_X_PT 21.0
#define BP_MARK_BASELINE_PT 11.465

/* Shape and letter of a status. The shape is decoration, unless the element is a figure. */
void bp_marks_add_status (BpFlow *flow, BpBlock *block, int element, const BpMark *mark, double x, double y);
/* The same in a box of another size. */
void bp_marks_add_status_sized (BpFlow *flow, BpBlock *block, int element, const BpMark *mark, double x, double y, double size);
/* Disc with arrow or bars: the arrow is the way the number moved, the fill whether that is good. */
void bp_marks_add_movement (BpFlow *flow, BpBlock *block, BpDirection direction, BpJudgement judgement, double x, double y);
/* The same, smaller: size is that of the box; for a line of small type. */
void bp_marks_add_movement_sized (BpFlow *flow, BpBlock *block, BpDirection direction, BpJudgement judgement, double x, double y,
                                  double size);
void bp_marks_add_sign (BpFlow *flow, BpBlock *block, BpSign sign, double x, double y);
/* Open arrow to the right, from x for width points, at height y. */
void bp_marks_add_arrow (BpFlow *flow, BpBlock *block, int element, double x, double y, double width);
/* A boxed word, its baseline at baseline; returns its width. */
double bp_marks_add_tag (BpFlow *flow, BpBlock *block, int element, const char *word, double x, double baseline);
double bp_marks_measure_tag (BpFlow *flow, const char *word);
/* Whether a line joins three values or more: two, or dots alone between gaps, show no way that they go. Its words stand in its place if
 * not. */
bool bp_marks_can_draw_spark (const BpValue *spark);
/* Line of the points in a box; target as a dashed line, a dot at the end, gaps left open. Draws nothing and returns false if
 * it cannot be drawn. */
bool bp_marks_add_spark (BpFlow *flow, BpBlock *block, int element, const BpValue *spark, double x, double y, double width, double height);
/* Outline that a fill of a status needs to stand out on white: false if it is dark enough. */
bool bp_marks_needs_outline (const BpFlow *flow, BpColour fill);
/* White round a mark that is drawn next, a point wide: it parts it from a line behind it. */
void bp_marks_add_edge (BpFlow *flow, BpBlock *block, BpShape shape, double x, double y, double size);

#endif
