#ifndef BP_RENDER_XLSX_SHEET_LAYOUT_H
#define BP_RENDER_XLSX_SHEET_LAYOUT_H

#include "render/xlsx/sheet_plan.h"

/* Takes one more cell of the column into account; shown is what a NUMBER shows, else NULL. */
void bp_xlsx_column_measure (BpXlsxColumn *column, const BpXlsxCell *cell, const char *shown);
/* Sets the column widths of a sheet whose cells are filled and measured: no word is broken, and no number shows as ####. A column grows
 * where a row would be higher than the 409 points that a row can have; what still does not fit is warned of. has_filters: header cells
 * leave room for the button. */
void bp_xlsx_sheet_set_widths (BpXlsxSheet *sheet, bool has_filters, GPtrArray *warnings);
/* The next step: decides how many columns stand on paper. A sheet is printed as wide as the page, which makes the type of a wide one small:
 * as many of its first columns as are read with ease, and what lines (of char *, above the table) take. smallest_pt: of what stands there.
 */
void bp_xlsx_sheet_choose_printed (BpXlsxSheet *sheet, const GPtrArray *lines, double smallest_pt);
/* Then: lines that are wider than what is printed of the table go on in further lines, at the ends of sentences where they can: what stands
 * beyond the table is not printed. lines is of char *, as made. */
void bp_xlsx_sheet_break_lines (const BpXlsxSheet *sheet, GPtrArray *lines);
/* "On paper: columns A to J. Columns K to AE are for the screen." Caller frees. NULL where all are printed. */
char *bp_xlsx_sheet_dup_paper_line (const BpXlsxSheet *sheet);
/* The last step, when all lines stand: row heights, so that every line of a wrapped cell is seen (left automatic, LibreOffice shows one),
 * and orientation. */
void bp_xlsx_sheet_lay_out (BpXlsxSheet *sheet, bool has_filters);

#endif
