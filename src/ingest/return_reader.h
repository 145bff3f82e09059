#ifndef BP_INGEST_RETURN_READER_H
#define BP_INGEST_RETURN_READER_H

#include "domain/lead_return.h"
#include "ingest/workbook.h"

/* Reads an update sheet that came back: its cover's lines, and its sheets by their headings, whatever their names, order or columns. shown
 * is what messages call the file. Fails with BP_ERROR_DATA if it is no workbook to be trusted, or no update sheet; a sheet or column that
 * is gone is a finding. Free with bp_lead_return_free. */
BpLeadReturn *bp_lead_return_read (const char *path, const char *shown, BpFindingList *findings, GError **error);
/* Whose update sheet a workbook is, by the lines of its cover, whatever stands on its other sheets: "A Lead as at 31 July 2025"; NULL if it
 * is none. Caller frees. */
char *bp_lead_return_dup_cover (const BpWorkbook *workbook);

#endif
