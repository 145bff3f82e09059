#ifndef BP_RENDER_PDF_COLUMN_TUNING_H
#define BP_RENDER_PDF_COLUMN_TUNING_H

#include <glib.h>

/* Finding widths at which a table is low: pure arithmetic on estimated lines. */

/* One line of one cell, as it would be without a break. */
typedef struct
{
    int row, column;
    double wish_pt, leading_pt;
} BpLineSample;

typedef struct
{
    double width_pt;          /* in and out */
    double least_pt, most_pt; /* paddings included */
    double sides_pt;          /* paddings */
} BpColumnRange;

/* Moves width between columns as long as that makes the sampled rows lower in all; their sum stays. The same input always gives the same
 * widths, and columns keep the widths they came with where nothing is won. samples: of BpLineSample, sorted by row. */
void bp_columns_tune (BpColumnRange *columns, int column_count, const GArray *samples, int row_count);

#endif
