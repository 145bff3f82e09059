#ifndef BP_INGEST_SHEET_COMMENTS_H
#define BP_INGEST_SHEET_COMMENTS_H

#include "ingest/workbook.h"

/* The comments (notes) on the cells of one sheet. */
typedef struct
{
    int count;  /* that say anything */
    char *cell; /* of the first in the file: "F9" */
    char *text; /* of the first, trimmed */
} BpSheetComments;

/* Counts the comments of a sheet; none if it has no part for them. */
bool bp_sheet_comments_read (BpSheetComments *comments, const BpWorkbook *workbook, const BpWorkbookSheet *sheet, GError **error);
void bp_sheet_comments_clear (BpSheetComments *comments);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BpSheetComments, bp_sheet_comments_clear)

#endif
