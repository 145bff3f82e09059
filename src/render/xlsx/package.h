#ifndef BP_RENDER_XLSX_PACKAGE_H
#define BP_RENDER_XLSX_PACKAGE_H

#include "base/error.h"

/* What the written file must hold, sheet by sheet in their order. */
typedef struct
{
    guint row_count;  /* rows with cells */
    guint cell_count; /* at least */
    guint table_count;
} BpXlsxSheetProof;

/* Adds the named styles "Heading 1" and, where a cell has it, "Heading 2" to the written file (the library knows no named styles; readers
 * of the structure find titles by them).
 */
bool bp_xlsx_package_add_heading_styles (const char *path, GError **error);
/* Takes the mark off rows by which a spreadsheet keeps their heights when more is typed into them (the library sets it with every height):
 * first_rows names the first such row of each sheet, from 1; 0: none. */
bool bp_xlsx_package_let_rows_grow (const char *path, const guint *first_rows, guint sheet_count, GError **error);
/* Reads the whole file back: every part is there, unpacks with a right checksum and is well-formed, every sheet has its rows,
 * cells and table.
 * The library reports success for a file cut short by a full temporary folder. */
bool bp_xlsx_package_verify (const char *path, const BpXlsxSheetProof *sheets, guint sheet_count, GError **error);

#endif
