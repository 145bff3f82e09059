#include "ingest/csv_reader.h"

#include <string.h>

/* After a stray quote a quoted cell may run on over so many lines and no further: without a bound, a file of such rows would be read once
 * for each. */
#define MAX_LINES_AFTER_STRAY 20

typedef enum
{
    READ_ROW,         /* quoted cells may hold line ends */
    READ_LINE,        /* one line; a quote within a quoted cell is data, the cell goes on to the quote before a separator */
    READ_LINE_LITERAL /* one line; a cell whose quotes are not in order is taken as it stands, to the next separator */
} ReadMode;

/* Where the reading of one row stands. */
typedef struct
{
    ReadMode mode;
    gsize position, end;
    int line_ends;      /* within cells */
    bool has_stray;     /* a quote stands where none may: before a cell's end, or within a plain cell */
    bool is_disordered; /* a cell that starts with a quote is not in order */
    bool has_no_close;  /* no quote further on in the line closes a cell */
    int cell_count;
    bool has_more;
} RowScan;

typedef enum
{
    CELL_CLOSED,
    CELL_NOT_QUOTED,
    CELL_FAILED
} QuotedResult;

void bp_csv_reader_init (BpCsvReader *reader, const char *text, gsize length, int line, char separator)
{
    *reader = (BpCsvReader){ .text = text, .length = length, .line = line, .separator = separator };
    reader->cells = g_array_sized_new (FALSE, FALSE, sizeof (BpTextCell), 32);
    reader->ends_plain[(unsigned char)separator] = true;
    reader->ends_plain['"'] = reader->ends_plain['\n'] = reader->ends_plain['\r'] = true;
}

void bp_csv_reader_clear (BpCsvReader *reader)
{
    g_clear_pointer (&reader->cells, g_array_unref);
}

static bool ends_cell (const BpCsvReader *reader, const RowScan *scan, gsize position)
{
    return position >= scan->end || reader->text[position] == reader->separator || reader->text[position] == '\n'
           || reader->text[position] == '\r';
}

/* Counts the line ends of a stretch; has_cr_out is left alone unless it holds a CR. */
static int count_line_ends (const char *text, gsize length, bool *has_cr_out)
{
    int count = 0;
    for (gsize i = 0; i < length; i++)
    {
        if (text[i] == '\r')
        {
            *has_cr_out = true;
            count += i + 1 >= length || text[i + 1] != '\n';
        }
        else
            count += text[i] == '\n';
    }
    return count;
}

static void keep_cell (BpCsvReader *reader, RowScan *scan, const BpTextCell *cell)
{
    scan->cell_count++;
    if (reader->cells->len < BP_TEXT_ROW_KEPT_CELLS)
        g_array_append_vals (reader->cells, cell, 1);
    else if (!scan->has_more)
        scan->has_more = !bp_text_cell_is_blank (cell);
}

/* In a line of which it is known that no later quote closes a cell, only the quotes at the cell's own start can: "" or """" before a
 * separator. */
static bool closes_at_once (const BpCsvReader *reader, const RowScan *scan, gsize *close_out)
{
    gsize after = scan->position;
    while (after < scan->end && reader->text[after] == '"')
        after++;
    *close_out = after - 1;
    return (after - scan->position) % 2 == 0 && ends_cell (reader, scan, after);
}

/* A quote that neither closes its cell nor is doubled. */
static QuotedResult meet_stray (RowScan *scan)
{
    if (scan->mode == READ_LINE_LITERAL)
        return CELL_NOT_QUOTED;
    if (scan->mode == READ_ROW && scan->line_ends > 0)
        return CELL_FAILED;
    scan->has_stray = scan->is_disordered = true;
    return CELL_CLOSED;
}

static void close_cell (BpCsvReader *reader, RowScan *scan, gsize close, bool is_literal)
{
    gsize start = scan->position + 1;
    BpTextCell cell = { .text = reader->text + start, .length = close - start, .is_literal = is_literal };
    keep_cell (reader, scan, &cell);
    scan->position = close + 1;
}

/* Reads a cell that starts with a quote; position is on it. */
static QuotedResult read_quoted (BpCsvReader *reader, RowScan *scan)
{
    gsize position = scan->position + 1;
    bool has_double = false;
    if (scan->has_no_close)
    {
        gsize close;
        if (!closes_at_once (reader, scan, &close))
            return CELL_NOT_QUOTED;
        close_cell (reader, scan, close, false);
        return CELL_CLOSED;
    }
    for (;;)
    {
        const char *quote = position < scan->end ? memchr (reader->text + position, '"', scan->end - position) : NULL;
        if (quote == NULL)
        {
            scan->has_no_close = scan->mode == READ_LINE;
            return scan->mode == READ_ROW ? CELL_FAILED : CELL_NOT_QUOTED;
        }
        gsize found = (gsize)(quote - reader->text);
        if (scan->mode == READ_ROW)
            scan->line_ends += count_line_ends (reader->text + position, found - position, &has_double);
        if (scan->has_stray && scan->line_ends > MAX_LINES_AFTER_STRAY)
            return CELL_FAILED;
        if (found + 1 < scan->end && reader->text[found + 1] == '"')
        {
            has_double = true;
            position = found + 2;
            continue;
        }
        if (ends_cell (reader, scan, found + 1))
        {
            close_cell (reader, scan, found, !has_double);
            return CELL_CLOSED;
        }
        QuotedResult result = meet_stray (scan);
        if (result != CELL_CLOSED)
            return result;
        position = found + 1;
    }
}

static void read_plain (BpCsvReader *reader, RowScan *scan)
{
    gsize position = scan->position;
    for (; position < scan->end; position++)
        if (reader->ends_plain[(unsigned char)reader->text[position]])
        {
            if (reader->text[position] != '"')
                break;
            scan->has_stray = true;
        }
    BpTextCell cell = { .text = reader->text + scan->position, .length = position - scan->position, .is_literal = true };
    keep_cell (reader, scan, &cell);
    scan->position = position;
}

/* Reads the cells from the reader's position up to the row's line end, on which scan->position then stands. False if a quoted cell is not
 * closed, or not believably. */
static bool read_cells (BpCsvReader *reader, ReadMode mode, gsize end, RowScan *scan)
{
    *scan = (RowScan){ .mode = mode, .position = reader->position, .end = end };
    g_array_set_size (reader->cells, 0);
    for (;;)
    {
        QuotedResult result = CELL_NOT_QUOTED;
        if (scan->position < scan->end && reader->text[scan->position] == '"')
        {
            result = read_quoted (reader, scan);
            if (result == CELL_FAILED)
                return false;
            scan->is_disordered |= result == CELL_NOT_QUOTED;
        }
        if (result == CELL_NOT_QUOTED)
            read_plain (reader, scan);
        if (scan->position >= scan->end || reader->text[scan->position] != reader->separator)
            return true;
        scan->position++;
    }
}

static void take_row (const BpCsvReader *reader, const RowScan *scan, BpTextRow *row)
{
    row->cells = (const BpTextCell *)(void *)reader->cells->data;
    row->kept_count = (int)reader->cells->len;
    row->cell_count = scan->cell_count;
    row->has_more = scan->has_more;
    row->has_stray = scan->is_disordered;
    row->length = scan->position - reader->position;
    row->line_count = scan->line_ends + 1;
}

/* The row has the header's columns: cells beyond them may be there if they are blank. */
static bool fits (const BpTextRow *row, int width)
{
    return width == 0 || (row->cell_count >= width && !bp_text_row_is_too_wide (row, width));
}

static gsize find_line_end (const BpCsvReader *reader)
{
    gsize end = reader->position;
    while (end < reader->length && reader->text[end] != '\n' && reader->text[end] != '\r')
        end++;
    return end;
}

/* Reads one row. A row whose quotes are in order is believed, and so is any reading that has the header's columns. The exception is a row
 * of several lines that is too narrow: two stray quotes look just like that, so it is first tried whether its first line has the columns by
 * itself. */
static void read_row (BpCsvReader *reader, int width, BpTextRow *row)
{
    RowScan scan;
    bool is_read = read_cells (reader, READ_ROW, reader->length, &scan), is_clean = is_read && !scan.has_stray;
    if (is_read)
    {
        take_row (reader, &scan, row);
        if (fits (row, width) || (is_clean && (scan.line_ends == 0 || row->cell_count >= width)))
            return;
    }
    gsize line_end = find_line_end (reader);
    for (int mode = READ_LINE; mode <= READ_LINE_LITERAL; mode++)
    {
        read_cells (reader, (ReadMode)mode, line_end, &scan);
        take_row (reader, &scan, row);
        if (fits (row, width))
            return;
    }
    row->is_broken = !is_clean;
    if (is_clean)
    {
        read_cells (reader, READ_ROW, reader->length, &scan);
        take_row (reader, &scan, row);
    }
}

static void skip_line_end (BpCsvReader *reader)
{
    if (reader->position >= reader->length)
        return;
    bool is_cr = reader->text[reader->position++] == '\r';
    if (is_cr && reader->position < reader->length && reader->text[reader->position] == '\n')
        reader->position++;
    else if (is_cr && reader->lone_cr_count++ == 0)
        reader->lone_cr_line = reader->line;
    reader->line++;
}

static void skip_byte_order_marks (BpCsvReader *reader)
{
    while (reader->length - reader->position >= 3 && memcmp (reader->text + reader->position, "\xef\xbb\xbf", 3) == 0)
    {
        reader->position += 3;
        if (reader->extra_bom_count++ == 0)
            reader->extra_bom_line = reader->line;
    }
}

bool bp_csv_reader_next (BpCsvReader *reader, int width, BpTextRow *row_out)
{
    skip_byte_order_marks (reader);
    if (reader->position >= reader->length)
        return false;
    *row_out = (BpTextRow){ .text = reader->text + reader->position, .line = reader->line };
    read_row (reader, width, row_out);
    reader->position += row_out->length;
    reader->line += row_out->line_count - 1;
    skip_line_end (reader);
    return true;
}
