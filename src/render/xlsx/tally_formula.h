#ifndef BP_RENDER_XLSX_TALLY_FORMULA_H
#define BP_RENDER_XLSX_TALLY_FORMULA_H

#include "pack/dashboard.h"

/* Where a count stands: rows and columns from 0. */
typedef struct
{
    int row, column;
    int header_row;   /* of its tally: titles of columns */
    int label_column; /* of its tally: labels of rows */
} BpXlsxTallyPlace;

/* The formula that counts again what one cell of a tally says: COUNTIFS over columns of the table ("Actions_table[Status]"), its texts
 * taken from the label and the title where they say the same ("$A12", "D$10"). Texts that COUNTIFS would read otherwise (wildcards,
 * numbers, comparisons, over 255 characters) are compared one by one with SUMPRODUCT. Caller frees. */
char *bp_xlsx_dup_tally_formula (const BpTally *tally, const BpTallyRow *row, const BpTallyColumn *column, const BpXlsxTallyPlace *place);
/* "AB"; column from 0. Caller frees. */
char *bp_xlsx_dup_column_letters (int column);

#endif
