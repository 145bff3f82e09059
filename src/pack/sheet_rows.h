#ifndef BP_PACK_SHEET_ROWS_H
#define BP_PACK_SHEET_ROWS_H

#include "pack/pack.h"

/* The cells of one table of the workbook, kept small: a large programme has a million of them. Rows are added by bp_sheet_add_row. */
typedef struct BpSheetRows BpSheetRows;

BpSheetRows *bp_sheet_rows_new (void);
void bp_sheet_rows_free (BpSheetRows *cells);

#endif
