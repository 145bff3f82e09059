#ifndef BP_RENDER_XLSX_NATIVE_CHART_H
#define BP_RENDER_XLSX_NATIVE_CHART_H

#include "render/xlsx/dashboard_plan.h"
#include "render/xlsx/styles.h"

/* Draws the chart on the page with its description; the rows and columns of the page have their sizes already. sheet is the dashboard's. */
bool bp_xlsx_native_chart_add (lxw_worksheet *page, const BpXlsxSheet *sheet, const BpXlsxChart *chart, const BpXlsxStyles *styles,
                               GError **error);

#endif
