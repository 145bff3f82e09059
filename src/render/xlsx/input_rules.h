#ifndef BP_RENDER_XLSX_INPUT_RULES_H
#define BP_RENDER_XLSX_INPUT_RULES_H

#include "render/xlsx/sheet_plan.h"

#include <xlsxwriter.h>

/* Adds drop-downs, prompts and checks of what is typed to the columns of a sheet that are filled in, and to rows that are added below. */
bool bp_xlsx_add_input_rules (lxw_worksheet *page, const BpXlsxSheet *sheet, GError **error);

#endif
