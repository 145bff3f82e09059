#ifndef BP_RENDER_PDF_CHART_MARKS_H
#define BP_RENDER_PDF_CHART_MARKS_H

#include "render/pdf/flow.h"

/* What a point of a chart says, by shape and then by colour: dot, open circle, diamond, triangle, square. scale 1 is the size for a line
 * of few points. */
void bp_chart_marks_add_point (BpFlow *flow, BpBlock *block, int element, BpPointMeaning meaning, double x, double y, double scale);
/* Half the side of the square that holds such a mark. */
double bp_chart_marks_get_reach (BpPointMeaning meaning);
/* The key of the marks that occur, and what they come to in words, in lines below the plot. */
void bp_chart_marks_lay_key (BpFlow *flow, const BpChart *chart, double gap);

#endif
