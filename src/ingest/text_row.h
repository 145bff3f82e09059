#ifndef BP_INGEST_TEXT_ROW_H
#define BP_INGEST_TEXT_ROW_H

#include <glib.h>
#include <stdbool.h>

/* A row of cells as text, whichever kind of file it stands in. */

/* Cells beyond so many are looked at, but not kept: a row of a million commas costs no memory. */
#define BP_TEXT_ROW_KEPT_CELLS 4096

typedef struct
{
    const char *text; /* within the file's text, not NUL-ended */
    gsize length;
    bool is_literal; /* text is the cell itself: it needs no bp_text_cell_append */
    guint shared;    /* of a workbook: the number of its shared texts that this is, from 1; 0: it is none */
} BpTextCell;

typedef struct
{
    const BpTextCell *cells; /* valid until the next row is read */
    int kept_count;          /* cells that can be looked at */
    int cell_count;          /* cells that there are */
    bool has_more;           /* a cell beyond the kept ones is not blank */
    int more_column;         /* of a sheet: where the first such cell stands, from 1 */
    bool is_broken;          /* a stray quote, and the row has not its columns: one line, to be quarantined */
    bool has_stray;          /* a quote that starts a cell does not close it rightly, and was taken as data */
    const char *text;        /* the row's bytes without its line end */
    gsize length;
    int line; /* 1-based, of its first line */
    int line_count;
} BpTextRow;

/* Nothing but blanks (bp_text_is_blank). */
bool bp_text_cell_is_blank (const BpTextCell *cell);
/* Appends the cell's value: doubled quotes are halved, line ends within it become LF, so that the same table saved on another system is the
 * same. */
void bp_text_cell_append (const BpTextCell *cell, GString *text);
/* Every cell is blank. */
bool bp_text_row_is_blank (const BpTextRow *row);
/* "AB" for column 28, counted from 1; name holds eight bytes. */
void bp_column_name (int column, char *name);
/* A cell beyond the first width ones is not blank. */
bool bp_text_row_is_too_wide (const BpTextRow *row, int width);

#endif
