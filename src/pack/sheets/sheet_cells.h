#ifndef BP_PACK_SHEETS_SHEET_CELLS_H
#define BP_PACK_SHEETS_SHEET_CELLS_H

#include "pack/build.h"

/* Cells of the workbook's tables. None is ever empty: [x] not available, [z] does not apply. */

/* The text, else the shorthand: for a blank one, and for a dash, "n/a" or a spreadsheet's "#REF!", which no table may hold. Copied into
 * the pack. */
BpValue bp_sheet_text (const BpBuild *build, const char *text, const char *otherwise);
/* The same, byte for byte as it was typed. */
BpValue bp_sheet_typed (const BpBuild *build, const char *text, const char *otherwise);
/* A true date, else the shorthand. */
BpValue bp_sheet_date (BpDate date, const char *otherwise);
BpValue bp_sheet_in_pack (const BpBuild *build, gconstpointer row);
/* The same for a count, by its key. */
BpValue bp_sheet_figure_in_pack (const BpBuild *build, const char *key);
/* A figure, so that the workbook's numbers are compared with the other packs'. */
BpValue bp_sheet_figure (const BpBuild *build, BpValue value, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* Takes the columns with these titles (NULL-ended), which the audience may not read, out again, and says so above the table. Call it once
 * all rows stand. */
void bp_sheet_withhold (const BpBuild *build, BpSheet *sheet, const char *const *titles);
/* Appends the local columns of that table (a BpTableId) to a sheet that has no rows yet, or says above it that they are not published.
 * Titles of columns stay unique. */
void bp_sheet_add_local_columns (const BpBuild *build, BpSheet *sheet, int table);
/* Fills those columns of the row, the last ones of the sheet, from its local values; [c] where is_hidden, [er] for what is no number in a
 * column of numbers, or no date in one of dates. */
void bp_sheet_fill_local (const BpBuild *build, const BpSheet *sheet, BpValue *cells, int table, const char *const *local, bool is_hidden);
void bp_sheet_add_note (const BpBuild *build, BpSheet *sheet, const char *text);

#endif
