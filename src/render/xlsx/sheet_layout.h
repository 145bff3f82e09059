#ifndef BP_RENDER_XLSX_SHEET_LAYOUT_H
#define BP_RENDER_XLSX_SHEET_LAYOUT_H

#include "render/xlsx/sheet_plan.h"

/* Takes one more cell of the column into account; shown is what a NUMBER shows, else NULL. */
void bp_xlsx_column_measure (BpXlsxColumn *column, const BpXlsxCell *cell, const char *shown);
/* Sets column widths, row heights and orientation of a sheet whose cells are filled and measured: no word is broken, no number shows as
 * ####, and every line of a wrapped cell is seen (left automatic, LibreOffice shows one). A column grows where a row would be higher than
 * the 409 points that a row can have; what still does not fit is warned of. has_filters: header cells leave room for the button. */
void bp_xlsx_sheet_lay_out (BpXlsxSheet *sheet, bool has_filters, GPtrArray *warnings);

#endif
