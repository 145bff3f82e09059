#ifndef BP_INGEST_CELL_FORMATS_H
#define BP_INGEST_CELL_FORMATS_H

#include "ingest/office_package.h"

/* What a number in a cell stands for: a spreadsheet keeps a date as a number of days, 67% as 0.67 and tells them apart by how the cell is
 * shown alone (ECMA-376, part 1, 18.8.30). */
typedef enum
{
    BP_CELL_NUMBER,
    BP_CELL_PERCENT,
    BP_CELL_DAY,
    BP_CELL_MONTH, /* shown without a day: what a spreadsheet makes of a typed "April 2025" */
    BP_CELL_YEAR,
    BP_CELL_TIME
} BpCellKind;

typedef struct
{
    BpCellKind kind;
    int decimals; /* that are always shown, for a number */
} BpCellFormat;

/* The formats of a workbook, in the order in which its cells name them. */
typedef struct
{
    GArray *formats; /* of BpCellFormat */
    bool is_1904;    /* days are counted from 1 January 1904 */
} BpCellFormats;

/* NULL for part: there is none, and every number is a number. */
bool bp_cell_formats_read (BpCellFormats *formats, const BpOfficePackage *package, const char *part, GError **error);
void bp_cell_formats_clear (BpCellFormats *formats);

/* How a number format code ("dd/mm/yyyy", "0.0%") shows a number. One that is longer than a spreadsheet program allows shows a plain
 * number.
 */
BpCellFormat bp_cell_format_from_code (const char *code);
/* Appends the number as a person would type it: "31/03/2025" is 2025-03-31, "Apr-25" April 2025, 0.67 shown as 67% is 67%. The time of day
 * beside a date is left out. False if the number is no date that there is; it is then appended as a number. style is 0 if the cell names
 * none, and must be below the count of formats if there are any. */
bool bp_cell_formats_append (const BpCellFormats *formats, guint style, double number, GString *text);

#endif
