#ifndef BP_RENDER_XLSX_DASHBOARD_WRITER_H
#define BP_RENDER_XLSX_DASHBOARD_WRITER_H

#include "render/xlsx/dashboard_plan.h"
#include "render/xlsx/styles.h"

/* Writes headings, counts (formulas with what they come to), conditional formats and charts. The lines above them, the heights of the rows
 * and the widths of the columns are written already. */
bool bp_xlsx_dashboard_write (lxw_worksheet *page, const BpXlsxSheet *sheet, BpXlsxStyles *styles, GError **error);

#endif
