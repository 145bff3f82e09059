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

/* One cell as it will be written, kept small: a large programme has a million of them. */
typedef struct
{
    union
    {
        const char *text; /* TEXT, LINK (the name of a sheet of this workbook), INPUT: as shown; the plan's or the pack's */
        double number;    /* NUMBER: what is stored; a per cent is 0 to 1, a date a day number */
    };
    guint16 format;     /* NUMBER: which of the plan's number formats shows it as printed */
    guint16 line_count; /* that it takes in its column; set by the layout */
    guint8 kind;        /* a BpXlsxCellKind */
    guint8 input;       /* INPUT: a BpSheetInputKind, what is to be typed */
    bool is_right;
} BpXlsxCell;

/* What the cells of a plan share. */
typedef struct
{
    GStringChunk *strings;
    GPtrArray *formats;       /* of const char *: number formats, each once */
    GHashTable *format_index; /* format → its index */
} BpXlsxCellPool;

void bp_xlsx_cell_pool_init (BpXlsxCellPool *pool);
void bp_xlsx_cell_pool_clear (BpXlsxCellPool *pool);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BpXlsxCellPool, bp_xlsx_cell_pool_clear)

/* The typed cell for a value in a column of that type: numbers, per cents and dates stay numbers with a format that shows exactly what the
 * PDF prints; where the file's own rounding would show another figure ("100%" for 105 of 106) the printed figure is stored. Text columns
 * keep "26 of 69" as words. A value that is missing, or text that is blank, becomes [z]. The value's own text must outlive the cell.
 * shown_out is what a NUMBER shows (caller frees), else NULL; change_out tells what no cell can hold (may be NULL). False, with a message,
 * for NaN and infinite numbers. */
bool bp_xlsx_cell_init (BpXlsxCell *cell, const BpValue *value, BpSheetColumnType type, BpXlsxCellPool *pool, char **shown_out,
                        BpXlsxTextChange *change_out, GError **error);
/* A cell to be filled in. */
void bp_xlsx_cell_init_input (BpXlsxCell *cell, BpSheetInputKind input);
/* A text cell, of a copy of text; never a formula, whatever it begins with. */
void bp_xlsx_cell_init_text (BpXlsxCell *cell, const char *text, GStringChunk *strings, BpXlsxTextChange *change_out);

#endif
