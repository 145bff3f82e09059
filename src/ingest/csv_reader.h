#ifndef BP_INGEST_CSV_READER_H
#define BP_INGEST_CSV_READER_H

#include <glib.h>
#include <stdbool.h>

/* RFC 4180 with the data contract's leniency: any line end (LF, CR LF, a lone CR), blank rows, byte order marks at the start of rows, and
 * quotes that are data. A quote that is never closed, or that stands where none may, costs at most its own line: reading goes on at the
 * next one. Linear in the length of the text. Cells are pieces of the text; nothing is copied. */

/* Cells beyond so many are looked at, but not kept: a row of a million commas costs no memory. */
#define BP_CSV_KEPT_CELLS 4096

typedef struct
{
    const char *text; /* within the file's text, not NUL-ended */
    gsize length;
    bool is_literal; /* text is the cell itself: it needs no bp_csv_cell_append */
} BpCsvCell;

typedef struct
{
    const BpCsvCell *cells; /* valid until the next row is read */
    int kept_count;         /* cells that can be looked at */
    int cell_count;         /* cells that there are */
    bool has_more;          /* a cell beyond the kept ones is not blank */
    bool is_broken;         /* a stray quote, and the row has not its columns: one line, to be quarantined */
    bool has_stray;         /* a quote that starts a cell does not close it rightly, and was taken as data */
    const char *text;       /* the row's bytes without its line end */
    gsize length;
    int line; /* 1-based, of its first line */
    int line_count;
} BpCsvRow;

typedef struct
{
    const char *text;
    gsize length, position;
    char separator;
    int line;            /* of position */
    int lone_cr_count;   /* rows that a CR alone has ended */
    int lone_cr_line;    /* the first of them */
    int extra_bom_count; /* byte order marks at the start of a row */
    int extra_bom_line;
    GArray *cells;        /* of BpCsvCell */
    bool ends_plain[256]; /* bytes at which a cell without quotes has to be looked at */
} BpCsvReader;

/* text is borrowed and must outlive the reader. line is that of its first byte. */
void bp_csv_reader_init (BpCsvReader *reader, const char *text, gsize length, int line, char separator);
void bp_csv_reader_clear (BpCsvReader *reader);
/* Reads the next row, blank ones too; false at the end of the text. width is the number of the header's columns, by which a stray quote is
 * judged; 0 if it is not known yet. */
bool bp_csv_reader_next (BpCsvReader *reader, int width, BpCsvRow *row_out);

/* Nothing but blanks (bp_text_is_blank). */
bool bp_csv_cell_is_blank (const BpCsvCell *cell);
/* Appends the cell's value: doubled quotes are halved, line ends within it become LF, so that the same table saved on another system is the
 * same. */
void bp_csv_cell_append (const BpCsvCell *cell, GString *text);
/* Every cell is blank. */
bool bp_csv_row_is_blank (const BpCsvRow *row);
/* A cell beyond the first width ones is not blank. */
bool bp_csv_row_is_too_wide (const BpCsvRow *row, int width);

#endif
