#ifndef BP_RENDER_XLSX_CELL_H
#define BP_RENDER_XLSX_CELL_H

#include "base/error.h"
#include "pack/pack.h"
#include "render/xlsx/cell_text.h"

/* What stands in a cell without a value of its own: "not applicable" in the government's list of shorthand. */
#define BP_XLSX_NOT_APPLICABLE "[z]"

typedef enum
{
    BP_XLSX_CELL_TEXT,
    BP_XLSX_CELL_NUMBER,
    BP_XLSX_CELL_LINK,
    BP_XLSX_CELL_INPUT /* blank, to be filled in */
} BpXlsxCellKind;

/* One cell as it will be written. Strings belong to the plan that holds it. */
typedef struct
{
    BpXlsxCellKind kind;
    const char *text;       /* as shown: the same as bp_value_dup_text, so PDF and workbook read alike */
    double number;          /* NUMBER: what is stored; a per cent is 0 to 1, a date a day number */
    const char *format;     /* NUMBER: number format that shows it as text */
    const char *link;       /* LINK: name of a sheet of this workbook */
    BpSheetInputKind input; /* INPUT: what is to be typed */
    bool is_right;
    int line_count; /* that it takes in its column; set by the layout */
} BpXlsxCell;

/* The typed cell for a value in a column of that type: numbers, per cents and dates stay numbers with a format that shows exactly what the
 * PDF prints; where the file's own rounding would show another figure ("100%" for 105 of 106) the printed figure is stored. Text columns
 * keep "26 of 69" as words. A value that is missing, or text that is blank, becomes [z]. Strings are put into strings. change_out tells
 * what no cell can hold (may be NULL). False, with a message, for NaN and infinite numbers. */
bool bp_xlsx_cell_init (BpXlsxCell *cell, const BpValue *value, BpSheetColumnType type, GStringChunk *strings, BpXlsxTextChange *change_out,
                        GError **error);
/* A cell to be filled in. */
void bp_xlsx_cell_init_input (BpXlsxCell *cell, BpSheetInputKind input);
/* A text cell; never a formula, whatever it begins with. */
void bp_xlsx_cell_init_text (BpXlsxCell *cell, const char *text, GStringChunk *strings, BpXlsxTextChange *change_out);

#endif
