#ifndef BP_RENDER_XLSX_TALLY_FORMULA_H
#define BP_RENDER_XLSX_TALLY_FORMULA_H

#include "pack/dashboard.h"

/* The formula that counts again what one cell of a tally says: COUNTIFS over columns of the table ("Actions_table[Status]"), a text taken
 * from the label in column A where that says the same ("$A12"), or from the label that labels (text → row on the sheet, from 0) finds
 * ("$A$9"); at is the row on the sheet, from 0. Texts that COUNTIFS would read otherwise (wildcards, numbers, comparisons, over 255
 * characters) are compared one by one with SUMPRODUCT. A column that is a sum adds up cells of its row. Caller frees. */
char *bp_xlsx_dup_tally_formula (const BpTally *tally, const BpTallyRow *row, const BpTallyColumn *column, int at, GHashTable *labels);
/* "AB"; column from 0. Caller frees. */
char *bp_xlsx_dup_column_letters (int column);

#endif
