#ifndef BP_RENDER_XLSX_SHEET_NAMES_H
#define BP_RENDER_XLSX_SHEET_NAMES_H

#include "base/error.h"
#include "pack/pack.h"

/* Fixed sheets of every workbook; no sheet of a pack may have these names. */
#define BP_XLSX_COVER "Cover"
#define BP_XLSX_CONTENTS "Contents"
#define BP_XLSX_NOTES "Notes"
/* Of working workbooks alone; no sheet of any pack may have it either. */
#define BP_XLSX_DASHBOARD "Dashboard"

/* Checks what the library must never be given: sheet names (1 to 31 letters, digits and underscores; unique without regard to case; not a
 * fixed sheet's nor "History"), column titles (not blank, unique in their sheet, at most 255 characters), and the size of each sheet. */
bool bp_xlsx_check_sheets (const BpPack *pack, GError **error);
/* The name of the sheet's table: "Actions_table", which no cell reference looks like. Caller frees. */
char *bp_xlsx_dup_table_name (const char *sheet_name);

#endif
