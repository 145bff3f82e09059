#ifndef BP_RENDER_XLSX_SHEET_WRITER_H
#define BP_RENDER_XLSX_SHEET_WRITER_H

#include "render/xlsx/sheet_plan.h"
#include "render/xlsx/styles.h"

/* Adds the planned sheet to the workbook. A table's rows go straight to a temporary file of the library's, so that only one of them is in
 * memory. is_working: with filters and frozen headers. */
bool bp_xlsx_sheet_write (lxw_workbook *workbook, const BpXlsxSheet *sheet, BpXlsxStyles *styles, bool is_working, GError **error);

#endif
