#ifndef BP_INGEST_CSV_READER_H
#define BP_INGEST_CSV_READER_H

#include "ingest/text_row.h"

/* RFC 4180 with the data contract's leniency: any line end (LF, CR LF, a lone CR), blank rows, byte order marks at the start of rows, and
 * quotes that are data. A quote that is never closed, or that stands where none may, costs at most its own line: reading goes on at the
 * next one. Linear in the length of the text. Cells are pieces of the text; nothing is copied. */

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
    GArray *cells;        /* of BpTextCell */
    bool ends_plain[256]; /* bytes at which a cell without quotes has to be looked at */
} BpCsvReader;

/* text is borrowed and must outlive the reader. line is that of its first byte. */
void bp_csv_reader_init (BpCsvReader *reader, const char *text, gsize length, int line, char separator);
void bp_csv_reader_clear (BpCsvReader *reader);
/* Reads the next row, blank ones too; false at the end of the text. width is the number of the header's columns, by which a stray quote is
 * judged; 0 if it is not known yet. */
bool bp_csv_reader_next (BpCsvReader *reader, int width, BpTextRow *row_out);

#endif
