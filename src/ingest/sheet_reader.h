#ifndef BP_INGEST_SHEET_READER_H
#define BP_INGEST_SHEET_READER_H

#include "ingest/text_row.h"
#include "ingest/workbook.h"

/* Reads a sheet row by row, never holding more than one. Formulas count with the value that was saved with them. */
typedef struct BpSheetReader BpSheetReader;

/* Something odd that occurs any number of times. */
typedef struct
{
    int count;
    int row;        /* of the first */
    char place[32]; /* of the first: "D7", "D7:E9" */
} BpSheetRemark;

typedef struct
{
    BpSheetRemark hidden_rows; /* that hold something */
    BpSheetRemark hidden_columns;
    BpSheetRemark merged;
    BpSheetRemark errors;           /* #N/A and the like */
    BpSheetRemark unsaved_formulas; /* without a value */
    BpSheetRemark unreadable_dates; /* shown as a date, but none that there is */
} BpSheetRemarks;

/* workbook must outlive the reader. NULL on error. */
BpSheetReader *bp_sheet_reader_open (const BpWorkbook *workbook, const BpWorkbookSheet *sheet, GError **error);
void bp_sheet_reader_free (BpSheetReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpSheetReader, bp_sheet_reader_free)

/* Reads the next row that holds anything; false at the end, and on error. A row is as wide as width at least: a spreadsheet does not save
 * blank cells. row_out->line is the number of the row. */
bool bp_sheet_reader_next (BpSheetReader *reader, int width, BpTextRow *row_out, GError **error);
/* What was odd; complete when all rows have been read. */
const BpSheetRemarks *bp_sheet_reader_remarks (const BpSheetReader *reader);

#endif
