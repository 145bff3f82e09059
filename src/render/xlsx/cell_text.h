#ifndef BP_RENDER_XLSX_CELL_TEXT_H
#define BP_RENDER_XLSX_CELL_TEXT_H

#include <glib.h>
#include <stdbool.h>

/* The most that a cell holds, in UTF-16 units (Excel's limit). */
#define BP_XLSX_TEXT_LIMIT 32767

typedef struct
{
    guint replaced; /* characters that no workbook can hold, now U+FFFD */
    bool is_cut;    /* longer than BP_XLSX_TEXT_LIMIT: cut, with "…" at its end */
} BpXlsxTextChange;

/* Whether a cell can hold the text as it is. Quick; false of some rare texts that it could. */
bool bp_xlsx_is_cell_text (const char *text);
/* The text as a cell can hold it: valid UTF-8 without control characters, lone surrogates or U+FFFE/U+FFFF (each becomes a visible U+FFFD),
 * line ends as \n, tabs as blanks, "_x0041_" protected from being read as an escape, cut to the limit. The library checks none of this and
 * writes a broken file. change_out may be NULL. Caller frees. */
char *bp_xlsx_dup_cell_text (const char *text, BpXlsxTextChange *change_out);

#endif
