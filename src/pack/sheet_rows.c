#include "pack/sheet_rows.h"

#include <string.h>

/* A value without what most cells lack. */
typedef struct
{
    union
    {
        const char *text;     /* TEXT, SHORTHAND */
        double number;        /* COUNT, NUMBER */
        BpDate date;          /* DATE */
        const BpValue *whole; /* any other, and these with a unit, a share or a figure's key: in the pack */
    };
    guint8 kind; /* a BpValueKind */
    guint8 decimals;
    guint8 date_style;
    bool yes;
    bool is_whole;
} Cell;

struct BpSheetRows
{
    GArray *cells;  /* of Cell, row by row */
    BpValue *added; /* the row that is being filled in; NULL: none */
    BpPack *pack;   /* of that row */
    int added_size;
    guint row_count; /* with the one being filled in */
};

BpSheetRows *bp_sheet_rows_new (void)
{
    BpSheetRows *rows = g_new0 (BpSheetRows, 1);

    rows->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
    return rows;
}

void bp_sheet_rows_free (BpSheetRows *rows)
{
    g_array_unref (rows->cells);
    g_free (rows->added);
    g_free (rows);
}

static bool is_plain (const BpValue *value)
{
    return value->unit == NULL && value->figure == NULL && !value->has_share;
}

/* False if only the whole value says it all. */
static bool shorten (const BpValue *value, Cell *cell)
{
    *cell = (Cell){ .kind = (guint8)value->kind };
    switch (value->kind)
    {
    case BP_VALUE_NONE:
        return true;
    case BP_VALUE_TEXT:
    case BP_VALUE_SHORTHAND:
        cell->text = value->text;
        return is_plain (value);
    case BP_VALUE_COUNT:
    case BP_VALUE_NUMBER:
        cell->number = value->number;
        cell->decimals = (guint8)value->decimals;
        return is_plain (value) && value->decimals >= 0 && value->decimals <= G_MAXUINT8;
    case BP_VALUE_DATE:
        cell->date = value->date;
        cell->date_style = (guint8)value->date_style;
        return is_plain (value);
    case BP_VALUE_YES_NO:
        cell->yes = value->yes;
        return is_plain (value);
    default:
        return false;
    }
}

static BpValue whole_value (const Cell *cell)
{
    if (cell->is_whole)
        return *cell->whole;
    BpValue value = { .kind = (BpValueKind)cell->kind, .decimals = cell->decimals, .yes = cell->yes };
    if (value.kind == BP_VALUE_TEXT || value.kind == BP_VALUE_SHORTHAND)
        value.text = cell->text;
    else if (value.kind == BP_VALUE_DATE)
    {
        value.date = cell->date;
        value.date_style = (BpDateStyle)cell->date_style;
    }
    else if (value.kind != BP_VALUE_NONE && value.kind != BP_VALUE_YES_NO)
        value.number = cell->number;
    return value;
}

static void keep_added (BpSheetRows *rows)
{
    if (rows->pack == NULL)
        return;
    for (int i = 0; i < rows->added_size; i++)
    {
        Cell cell;
        if (!shorten (&rows->added[i], &cell))
        {
            BpValue *whole = bp_pack_alloc (rows->pack, sizeof (BpValue));
            *whole = rows->added[i];
            cell.whole = whole;
            cell.is_whole = true;
        }
        g_array_append_val (rows->cells, cell);
    }
    rows->pack = NULL;
}

BpValue *bp_sheet_add_row (BpPack *pack, BpSheet *sheet)
{
    BpSheetRows *rows = sheet->rows;
    gsize size = sizeof (BpValue) * (gsize)sheet->column_count;

    keep_added (rows);
    if (rows->added_size != sheet->column_count)
    {
        rows->added = g_realloc (rows->added, size);
        rows->added_size = sheet->column_count;
    }
    /* All noughts is a value of kind NONE. */
    memset (rows->added, 0, size);
    rows->pack = pack;
    rows->row_count++;
    return rows->added;
}

guint bp_sheet_row_count (const BpSheet *sheet)
{
    return sheet->rows->row_count;
}

BpValue bp_sheet_cell (const BpSheet *sheet, guint row, int column)
{
    keep_added (sheet->rows);
    g_assert (row < sheet->rows->row_count && column >= 0 && column < sheet->column_count);
    return whole_value (&g_array_index (sheet->rows->cells, Cell, row * (guint)sheet->column_count + (guint)column));
}

void bp_sheet_remove_column (BpSheet *sheet, int column)
{
    GArray *cells = sheet->rows->cells;
    guint kept = 0;

    keep_added (sheet->rows);
    for (guint i = 0; i < cells->len; i++)
        if (i % (guint)sheet->column_count != (guint)column)
            g_array_index (cells, Cell, kept++) = g_array_index (cells, Cell, i);
    g_array_set_size (cells, kept);
    sheet->column_count--;
    memmove (&sheet->columns[column], &sheet->columns[column + 1], sizeof (BpSheetColumn) * (gsize)(sheet->column_count - column));
}
