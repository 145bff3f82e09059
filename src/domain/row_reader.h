#ifndef BP_DOMAIN_ROW_READER_H
#define BP_DOMAIN_ROW_READER_H

#include "base/number.h"
#include "domain/snapshot_builder.h"

#define BP_ROW_READER_MAX_COLUMNS 24

/* Reads the rows of one table cell by cell into types. What cannot be read is a finding that names file, row and column, and reads as
 * blank. Columns are numbered by the caller's own list of names, so that a cell is found without comparing names in each row. */
typedef struct
{
    BpSnapshotBuilder *builder;
    BpTableId table;
    const BpTable *rows;
    const char *const *names;
    int columns[BP_ROW_READER_MAX_COLUMNS]; /* index of names[i] in the record; -1 if the table has no such column */
    guint next;
    const BpRecord *record;           /* the current row */
    const char *file, *sheet;         /* of the current row, owned by the snapshot */
    const char *raw_file, *raw_sheet; /* the record's own pointers for them */
} BpRowReader;

/* names: NULL-ended, static; at most BP_ROW_READER_MAX_COLUMNS. */
void bp_row_reader_init (BpRowReader *reader, BpSnapshotBuilder *builder, BpTableId table, const char *const *names);
/* Number of rows of the table. */
guint bp_row_reader_count (const BpRowReader *reader);
/* The next row; false after the last. */
bool bp_row_reader_next (BpRowReader *reader);
/* Where the cell stands; column -1 is the whole row. Strings belong to the snapshot or are static. */
BpSource bp_row_reader_source (const BpRowReader *reader, int column);
/* As typed; never NULL. Borrowed from the record. */
const char *bp_row_reader_raw (const BpRowReader *reader, int column);
bool bp_row_reader_is_blank (const BpRowReader *reader, int column);

/* The strings belong to the snapshot; "" if blank. */
const char *bp_row_reader_word (const BpRowReader *reader, int column); /* blanks trimmed and collapsed */
const char *bp_row_reader_text (const BpRowReader *reader, int column); /* cleaned of markup debris besides */
/* The text, or fallback if it is blank. */
const char *bp_row_reader_text_or (const BpRowReader *reader, int column, const char *fallback);

/* BP_DATE_NONE if blank, or unreadable (finding R05). */
BpDate bp_row_reader_date (const BpRowReader *reader, int column);
/* fallback if blank or unreadable (finding R05). Understands yes, no, y, n, true, false, 1 and 0. */
bool bp_row_reader_yes_no (const BpRowReader *reader, int column, bool fallback);
/* False if blank, or unreadable (finding R05). */
bool bp_row_reader_number (const BpRowReader *reader, int column, BpNumber *number_out);
/* A whole number from min to max; fallback if blank or unreadable (finding R05). */
int bp_row_reader_integer (const BpRowReader *reader, int column, int min, int max, int fallback);
/* The index of the word in choices (NULL-ended, without regard to case, '-' and '_' and blanks alike); fallback if blank; -1 and finding
 * R05 if it is none. */
int bp_row_reader_choice (const BpRowReader *reader, int column, const char *const *choices, int fallback);
/* The local columns of the row, in the field set's order, checked against their types (finding R05); NULL if the table has none. */
const char *const *bp_row_reader_local (const BpRowReader *reader);

/* A figure of a measure: percentages are 0 to 100. */
typedef struct
{
    bool has_value;
    double value;
    int decimals;
    BpShorthand shorthand; /* if there is no value but a shorthand was typed */
} BpRowFigure;

/* Reads a figure in the unit of its measure: shorthand, scale of the file, per cent signs. Findings R05, K08 and K16. */
BpRowFigure bp_row_reader_figure (const BpRowReader *reader, int column, BpUnit unit);

#endif
