#ifndef BP_RENDER_XLSX_FIXED_SHEETS_H
#define BP_RENDER_XLSX_FIXED_SHEETS_H

#include "pack/pack.h"

/* The words of the sheets that every workbook has. All return arrays of char * with a free function; the caller unrefs them. */

/* Column A of the cover: title first; what the pack does not say is left out, so that no row is blank. */
GPtrArray *bp_xlsx_dup_cover_lines (const BpPack *pack);
/* The lines above the table of a sheet: title, how many tables, marking, date of the data, notice, then the sheet's own notes. */
GPtrArray *bp_xlsx_dup_sheet_lines (const BpPack *pack, const char *title, const GPtrArray *notes, bool has_shorthand);
/* The lines at the top of the dashboard: title, what is on it, marking, date of the data, notice, then its own notes. */
GPtrArray *bp_xlsx_dup_dashboard_lines (const BpPack *pack);
/* The pack's notes, and an explanation of each shorthand used (a set of "[x]") that they leave out. Never empty. */
GPtrArray *bp_xlsx_dup_notes (const BpPack *pack, GHashTable *shorthand_used);
/* Whether a cell's whole text is shorthand: "[x]", "[low]". */
bool bp_xlsx_is_shorthand (const char *text);

#endif
