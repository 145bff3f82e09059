#ifndef BP_INGEST_SHEET_REMARKS_H
#define BP_INGEST_SHEET_REMARKS_H

#include "domain/finding.h"
#include "ingest/sheet_reader.h"

/* Findings about what stands in a sheet, but not in a table: hidden, merged, without a value. source: file and sheet.
 * is_return: what a formula without a value was to say is a lead's answer that is left out. */
void bp_sheet_remarks_note (const BpSheetRemarks *remarks, const BpWorkbookSheet *sheet, BpSource source, bool is_return,
                            BpFindingList *findings);

#endif
