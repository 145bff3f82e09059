#ifndef BP_RENDER_XLSX_FIXED_SHEETS_H
#define BP_RENDER_XLSX_FIXED_SHEETS_H

#include "pack/pack.h"

/* The words of the sheets that every workbook has. All return arrays of char * with a free function; the caller unrefs them. */

/* Column A of the cover: title first; what the pack does not say is left out, so that no row is blank. It names the notes that hold for
 * the whole workbook: the first general_note_count of the sheet Notes. */
GPtrArray *bp_xlsx_dup_cover_lines (const BpPack *pack, guint general_note_count);
/* The lines above the table of a sheet: title, how many tables, marking, date of the data, notice, then the sheet's own notes, and
 * shorthand_line (NULL: none). */
GPtrArray *bp_xlsx_dup_sheet_lines (const BpPack *pack, const char *title, const GPtrArray *notes, const char *shorthand_line);
/* The lines at the top of the dashboard: title, what is on it, marking, date of the data, notice, then its own notes. */
GPtrArray *bp_xlsx_dup_dashboard_lines (const BpPack *pack);
/* "Shorthand: [x] is explained in [note 2]." for the shorthand used on one sheet (a set), by the place of each in the notes of
 * bp_xlsx_dup_notes; NULL if there is none to explain. Caller frees. */
char *bp_xlsx_dup_shorthand_line (const GPtrArray *notes, GHashTable *shorthand_used);
/* The pack's notes, and an explanation of each shorthand used (a set of "[x]") that they leave out. Never empty. */
GPtrArray *bp_xlsx_dup_notes (const BpPack *pack, GHashTable *shorthand_used);
/* Whether a cell's whole text is shorthand: "[x]", "[low]". */
bool bp_xlsx_is_shorthand (const char *text);

#endif
