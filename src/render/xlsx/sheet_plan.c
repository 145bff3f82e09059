#include "render/xlsx/sheet_plan.h"

#include "render/xlsx/dashboard_plan.h"
#include "render/xlsx/fixed_sheets.h"
#include "render/xlsx/sheet_layout.h"
#include "render/xlsx/sheet_names.h"
#include "render/xlsx/tally_formula.h"
#include "render/xlsx/text_measure.h"

#include <string.h>

/* What stands on an upright A4 page at 12 pt. */
#define COVER_WIDTH_CHARS 72.0

/* What the making of a plan carries along. */
typedef struct
{
    const BpPack *pack;
    BpXlsxPlan *plan;
    BpFigureLog *figures;
    GPtrArray *warnings;
    GHashTable *shorthand_used; /* set of texts, over all sheets */
    GPtrArray *tables;          /* of TablePlan, one for each BpSheet */
    GPtrArray *notes;           /* of char *: the sheet Notes; NULL until the tables are planned */
} Planner;

/* A table between its cells and its lines: only when all cells are known have the notes their numbers. */
typedef struct
{
    const BpSheet *from;
    BpXlsxSheet *sheet;
    GArray *changes;            /* of CellChange */
    GArray *figures;            /* of FigureCell */
    GHashTable *shorthand_used; /* set of texts */
} TablePlan;

static void table_plan_free (gpointer data)
{
    TablePlan *table = data;

    g_array_unref (table->changes);
    g_array_unref (table->figures);
    g_hash_table_unref (table->shorthand_used);
    g_free (table);
}

static void sheet_free (gpointer data)
{
    BpXlsxSheet *sheet = data;

    g_ptr_array_unref (sheet->lines);
    g_free (sheet->columns);
    g_array_unref (sheet->cells);
    g_array_unref (sheet->heights_pt);
    bp_xlsx_dashboard_free (sheet->dashboard);
    g_free (sheet);
}

void bp_xlsx_plan_free (BpXlsxPlan *plan)
{
    if (plan == NULL)
        return;
    g_ptr_array_unref (plan->sheets);
    bp_xlsx_cell_pool_clear (&plan->pool);
    g_free (plan);
}

int bp_xlsx_sheet_header_row (const BpXlsxSheet *sheet)
{
    return (int)sheet->lines->len;
}

guint bp_xlsx_sheet_row_count (const BpXlsxSheet *sheet)
{
    return sheet->cells->len / (guint)sheet->column_count;
}

/* "Actions!B9"; row and column from 0. Caller frees. */
static char *dup_place (const char *sheet, int row, int column)
{
    g_autofree char *letters = bp_xlsx_dup_column_letters (column);

    return g_strdup_printf ("%s!%s%d", sheet, letters, row + 1);
}

static char *dup_cell_place (const BpXlsxSheet *sheet, guint position)
{
    guint columns = (guint)sheet->column_count;

    return dup_place (sheet->name, bp_xlsx_sheet_header_row (sheet) + 1 + (int)(position / columns), (int)(position % columns));
}

static void warn_of_change (Planner *planner, const char *place, const BpXlsxTextChange *change)
{
    if (change->replaced > 0)
        g_ptr_array_add (planner->warnings,
                         g_strdup_printf ("%s: %u characters that no workbook can hold are shown as \uFFFD; mend them in the data", place,
                                          change->replaced));
    if (change->is_cut)
        g_ptr_array_add (planner->warnings, g_strdup_printf ("%s: the text is over %d characters and was cut; shorten it in the data",
                                                             place, BP_XLSX_TEXT_LIMIT));
}

static BpXlsxSheet *add_sheet (Planner *planner, const char *name, int column_count)
{
    BpXlsxSheet *sheet = g_new0 (BpXlsxSheet, 1);

    sheet->name = g_string_chunk_insert_const (planner->plan->pool.strings, name);
    sheet->lines = g_ptr_array_new ();
    sheet->columns = g_new0 (BpXlsxColumn, (gsize)column_count);
    sheet->column_count = column_count;
    sheet->cells = g_array_new (FALSE, TRUE, sizeof (BpXlsxCell));
    sheet->heights_pt = g_array_new (FALSE, TRUE, sizeof (double));
    g_ptr_array_add (planner->plan->sheets, sheet);
    return sheet;
}

static void name_table (Planner *planner, BpXlsxSheet *sheet)
{
    g_autofree char *name = bp_xlsx_dup_table_name (sheet->name);

    sheet->table_name = g_string_chunk_insert_const (planner->plan->pool.strings, name);
}

static const char *put_text (Planner *planner, const char *text, const char *place)
{
    BpXlsxTextChange change;
    g_autofree char *fit = bp_xlsx_dup_cell_text (text, &change);

    warn_of_change (planner, place, &change);
    return g_string_chunk_insert_const (planner->plan->pool.strings, fit);
}

/* Takes the array. */
static void set_lines (Planner *planner, BpXlsxSheet *sheet, GPtrArray *lines)
{
    for (guint i = 0; i < lines->len; i++)
    {
        g_autofree char *place = dup_place (sheet->name, (int)i, 0);
        char *line = g_ptr_array_index (lines, i);
        g_ptr_array_add (sheet->lines, (gpointer)put_text (planner, g_strdelimit (line, "\r\n", ' '), place));
    }
    g_ptr_array_unref (lines);
}

static void set_column (Planner *planner, BpXlsxSheet *sheet, int column, const char *header, double width_chars, bool is_right)
{
    sheet->columns[column].header = put_text (planner, header, sheet->name);
    sheet->columns[column].width_chars = width_chars;
    sheet->columns[column].is_right = is_right;
}

/* shown: what a number shows; NULL for any other cell. */
static void add_cell (BpXlsxSheet *sheet, const BpXlsxCell *cell, const char *shown)
{
    bp_xlsx_column_measure (&sheet->columns[sheet->cells->len % (guint)sheet->column_count], cell, shown);
    g_array_append_vals (sheet->cells, cell, 1);
}

static void add_text_cell (Planner *planner, BpXlsxSheet *sheet, const char *text)
{
    g_autofree char *place = dup_cell_place (sheet, sheet->cells->len);
    BpXlsxTextChange change = { 0 };
    BpXlsxCell cell;

    bp_xlsx_cell_init_text (&cell, text, planner->plan->pool.strings, &change);
    warn_of_change (planner, place, &change);
    add_cell (sheet, &cell, NULL);
}

static void add_number_cell (Planner *planner, BpXlsxSheet *sheet, int number)
{
    BpValue value = bp_value_count (number);
    g_autofree char *shown = NULL;
    BpXlsxCell cell;

    if (bp_xlsx_cell_init (&cell, &value, BP_SHEET_COUNT, &planner->plan->pool, &shown, NULL, NULL))
        add_cell (sheet, &cell, shown);
}

/* As the notes, worded last: it names those that hold for the whole workbook. */
static void plan_cover (Planner *planner, BpXlsxSheet *sheet)
{
    guint count = g_hash_table_size (planner->shorthand_used) == 0 ? planner->notes->len : planner->pack->notes->len;

    sheet->columns[0].width_chars = COVER_WIDTH_CHARS;
    set_lines (planner, sheet, bp_xlsx_dup_cover_lines (planner->pack, count));
}

static void add_contents_row (Planner *planner, BpXlsxSheet *sheet, const char *name, const char *description)
{
    add_number_cell (planner, sheet, (int)bp_xlsx_sheet_row_count (sheet) + 1);
    add_text_cell (planner, sheet, name);
    g_array_index (sheet->cells, BpXlsxCell, sheet->cells->len - 1).kind = BP_XLSX_CELL_LINK;
    add_text_cell (planner, sheet, description);
}

static void plan_contents (Planner *planner)
{
    const BpPack *pack = planner->pack;
    BpXlsxSheet *sheet = add_sheet (planner, BP_XLSX_CONTENTS, 3);

    name_table (planner, sheet);
    set_lines (planner, sheet, bp_xlsx_dup_sheet_lines (pack, "Contents", NULL, NULL));
    set_column (planner, sheet, 0, "Sheet number", 11.0, true);
    set_column (planner, sheet, 1, "Sheet", 19.0, false);
    set_column (planner, sheet, 2, "Description", 45.0, false);
    if (pack->dashboard != NULL)
        add_contents_row (planner, sheet, BP_XLSX_DASHBOARD, pack->dashboard->description);
    add_contents_row (planner, sheet, BP_XLSX_NOTES, "Shorthand, and the rules behind the figures");
    for (guint i = 0; i < pack->sheets->len; i++)
    {
        const BpSheet *to = g_ptr_array_index (pack->sheets, i);
        add_contents_row (planner, sheet, to->name, to->description != NULL ? to->description : to->title);
    }
    bp_xlsx_sheet_set_widths (sheet, pack->is_working, planner->warnings);
}

/* Comes after the contents and the dashboard, but is worded last: only then is it known which shorthand the tables use. */
static void plan_notes (Planner *planner, BpXlsxSheet *sheet)
{
    const GPtrArray *notes = planner->notes;

    name_table (planner, sheet);
    set_lines (planner, sheet, bp_xlsx_dup_sheet_lines (planner->pack, "Notes", NULL, NULL));
    set_column (planner, sheet, 0, "Note number", 11.0, true);
    set_column (planner, sheet, 1, "Note text", 64.0, false);
    for (guint i = 0; i < notes->len; i++)
    {
        add_number_cell (planner, sheet, (int)i + 1);
        add_text_cell (planner, sheet, g_ptr_array_index (notes, i));
    }
    bp_xlsx_sheet_set_widths (sheet, planner->pack->is_working, planner->warnings);
}

/* A change of one cell's text, kept until the lines above the table, and so the cell's place, are known. */
typedef struct
{
    guint position;
    BpXlsxTextChange change;
} CellChange;

/* And a figure that is logged. */
typedef struct
{
    guint position;
    BpValue value;
} FigureCell;

static bool fill_cells (Planner *planner, const BpSheet *from, BpXlsxSheet *sheet, GArray *changes, GArray *figures, GError **error)
{
    for (guint i = 0; i < bp_sheet_row_count (from); i++)
        for (int j = 0; j < from->column_count; j++)
        {
            const BpValue value = bp_sheet_cell (from, i, j);
            g_autofree char *shown = NULL;
            BpXlsxCell cell;
            CellChange changed = { .position = sheet->cells->len };
            if (value.kind == BP_VALUE_NONE && sheet->columns[j].input != NULL)
                bp_xlsx_cell_init_input (&cell, sheet->columns[j].input->kind);
            else if (!bp_xlsx_cell_init (&cell, &value, from->columns[j].type, &planner->plan->pool, &shown, &changed.change, error))
            {
                g_prefix_error (error, "sheet %s, row %u of the table, column \"%s\": ", from->name, i + 1, from->columns[j].title);
                return false;
            }
            if (value.figure != NULL)
            {
                FigureCell figure = { .position = sheet->cells->len, .value = value };
                g_array_append_val (figures, figure);
            }
            add_cell (sheet, &cell, shown);
            if (changed.change.replaced > 0 || changed.change.is_cut)
                g_array_append_val (changes, changed);
        }
    return true;
}

static void log_cells (Planner *planner, const BpXlsxSheet *sheet, const GArray *changes, const GArray *figures)
{
    for (guint i = 0; i < changes->len; i++)
    {
        const CellChange *changed = &g_array_index (changes, CellChange, i);
        g_autofree char *place = dup_cell_place (sheet, changed->position);
        warn_of_change (planner, place, &changed->change);
    }
    for (guint i = 0; i < figures->len; i++)
    {
        const FigureCell *figure = &g_array_index (figures, FigureCell, i);
        g_autofree char *place = dup_cell_place (sheet, figure->position);
        bp_figure_log_add (planner->figures, &figure->value, place);
    }
}

static void note_shorthand (Planner *planner, const BpXlsxSheet *sheet, GHashTable *on_sheet)
{
    for (guint i = 0; i < sheet->cells->len; i++)
    {
        const BpXlsxCell *cell = &g_array_index (sheet->cells, BpXlsxCell, i);
        const char *text = cell->text;
        if (cell->kind != BP_XLSX_CELL_TEXT || !bp_xlsx_is_shorthand (text))
            continue;
        g_hash_table_add (on_sheet, (gpointer)text);
        if (!g_hash_table_contains (planner->shorthand_used, text))
            g_hash_table_add (planner->shorthand_used, g_strdup (text));
    }
}

/* A table cannot be without rows, nor a cell be blank. */
static void add_standing_row (Planner *planner, BpXlsxSheet *sheet)
{
    add_text_cell (planner, sheet, "None");
    for (int j = 1; j < sheet->column_count; j++)
        add_text_cell (planner, sheet, BP_XLSX_NOT_APPLICABLE);
}

static bool plan_table (Planner *planner, const BpSheet *from, GError **error)
{
    BpXlsxSheet *sheet = add_sheet (planner, from->name, from->column_count);
    TablePlan *table = g_new0 (TablePlan, 1);

    table->from = from;
    table->sheet = sheet;
    table->changes = g_array_new (FALSE, FALSE, sizeof (CellChange));
    table->figures = g_array_new (FALSE, FALSE, sizeof (FigureCell));
    table->shorthand_used = g_hash_table_new (g_str_hash, g_str_equal);
    g_ptr_array_add (planner->tables, table);
    name_table (planner, sheet);
    for (int j = 0; j < from->column_count; j++)
    {
        const BpSheetColumn *column = &from->columns[j];
        bool is_right = column->type == BP_SHEET_NUMBER || column->type == BP_SHEET_PERCENT || column->type == BP_SHEET_COUNT;
        set_column (planner, sheet, j, column->title, column->width_chars, is_right);
        if (from->inputs != NULL && from->inputs[j].kind != BP_SHEET_INPUT_NONE)
            sheet->columns[j].input = &from->inputs[j];
    }
    if (!fill_cells (planner, from, sheet, table->changes, table->figures, error))
        return false;
    if (bp_sheet_row_count (from) == 0)
        add_standing_row (planner, sheet);
    note_shorthand (planner, sheet, table->shorthand_used);
    bp_xlsx_sheet_set_widths (sheet, planner->pack->is_working, planner->warnings);
    return true;
}

/* The lines above a table, and with them the places of its cells. */
static void finish_table (Planner *planner, const TablePlan *table)
{
    const BpSheet *from = table->from;
    g_autofree char *shorthand_line = bp_xlsx_dup_shorthand_line (planner->notes, table->shorthand_used);
    GPtrArray *lines = bp_xlsx_dup_sheet_lines (planner->pack, from->title, from->notes, shorthand_line);

    bp_xlsx_sheet_choose_printed (table->sheet, lines, BP_XLSX_FONT_PT);
    char *paper_line = bp_xlsx_sheet_dup_paper_line (table->sheet);
    if (paper_line != NULL)
        g_ptr_array_add (lines, paper_line);
    bp_xlsx_sheet_break_lines (table->sheet, lines);
    set_lines (planner, table->sheet, lines);
    log_cells (planner, table->sheet, table->changes, table->figures);
}

BpXlsxPlan *bp_xlsx_plan_new (const BpPack *pack, BpFigureLog *figures, GPtrArray *warnings, GError **error)
{
    g_autoptr (BpXlsxPlan) plan = g_new0 (BpXlsxPlan, 1);
    g_autoptr (GHashTable) shorthand_used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (table_plan_free);
    Planner planner = { pack, plan, figures, warnings, shorthand_used, tables, NULL };

    plan->sheets = g_ptr_array_new_with_free_func (sheet_free);
    bp_xlsx_cell_pool_init (&plan->pool);
    if (!bp_xlsx_check_sheets (pack, error))
        return NULL;
    BpXlsxSheet *cover = add_sheet (&planner, BP_XLSX_COVER, 1);
    plan_contents (&planner);
    BpXlsxSheet *dashboard
        = pack->dashboard != NULL ? add_sheet (&planner, BP_XLSX_DASHBOARD, bp_xlsx_dashboard_column_count (pack)) : NULL;
    BpXlsxSheet *notes = add_sheet (&planner, BP_XLSX_NOTES, 2);
    for (guint i = 0; i < pack->sheets->len; i++)
        if (!plan_table (&planner, g_ptr_array_index (pack->sheets, i), error))
            return NULL;
    g_autoptr (GPtrArray) note_texts = bp_xlsx_dup_notes (pack, shorthand_used);
    planner.notes = note_texts;
    for (guint i = 0; i < tables->len; i++)
        finish_table (&planner, g_ptr_array_index (tables, i));
    plan_notes (&planner, notes);
    plan_cover (&planner, cover);
    for (guint i = 0; i < plan->sheets->len; i++)
        if (g_ptr_array_index (plan->sheets, i) != dashboard)
            bp_xlsx_sheet_lay_out (g_ptr_array_index (plan->sheets, i), pack->is_working);
    if (dashboard != NULL)
        bp_xlsx_dashboard_plan (dashboard, pack, plan, figures);
    return g_steal_pointer (&plan);
}

static void append_field (GString *out, const char *text)
{
    g_autofree char *escaped = g_strescape (text, "");

    g_string_append_c (out, '\t');
    g_string_append (out, escaped);
}

static void append_number (GString *out, double number)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];

    g_string_append_c (out, '\t');
    g_string_append (out, g_ascii_dtostr (buffer, sizeof buffer, number));
}

static void append_cell (GString *out, const BpXlsxCell *cell, const GPtrArray *formats)
{
    switch ((BpXlsxCellKind)cell->kind)
    {
    case BP_XLSX_CELL_TEXT:
        g_string_append (out, cell->is_right ? "text-right" : "text");
        append_field (out, cell->text);
        break;
    case BP_XLSX_CELL_NUMBER:
        g_string_append (out, "number");
        append_number (out, cell->number);
        append_field (out, g_ptr_array_index (formats, cell->format));
        break;
    case BP_XLSX_CELL_LINK:
        g_string_append (out, "link");
        append_field (out, cell->text);
        break;
    case BP_XLSX_CELL_INPUT:
        g_string_append (out, "input");
        break;
    }
    g_string_append_c (out, '\n');
}

char *bp_xlsx_plan_dup_text (const BpXlsxPlan *plan)
{
    GString *out = g_string_new (NULL);

    for (guint i = 0; i < plan->sheets->len; i++)
    {
        const BpXlsxSheet *sheet = g_ptr_array_index (plan->sheets, i);
        g_string_append (out, "sheet");
        append_field (out, sheet->name);
        append_field (out, sheet->table_name != NULL ? sheet->table_name : "");
        append_field (out, sheet->is_landscape ? "landscape" : "portrait");
        if (sheet->printed_count > 0)
            g_string_append_printf (out, "\tprinted %d", sheet->printed_count);
        g_string_append_c (out, '\n');
        for (int j = 0; j < sheet->column_count; j++)
        {
            g_string_append (out, sheet->columns[j].is_right ? "column-right" : "column");
            append_number (out, sheet->columns[j].width_chars);
            append_field (out, sheet->columns[j].header != NULL ? sheet->columns[j].header : "");
            g_string_append_c (out, '\n');
        }
        for (guint j = 0; j < sheet->heights_pt->len; j++)
        {
            g_string_append (out, "height");
            append_number (out, g_array_index (sheet->heights_pt, double, j));
            g_string_append_c (out, '\n');
        }
        for (guint j = 0; j < sheet->lines->len; j++)
        {
            g_string_append (out, "line");
            append_field (out, g_ptr_array_index (sheet->lines, j));
            g_string_append_c (out, '\n');
        }
        for (guint j = 0; j < sheet->cells->len; j++)
            append_cell (out, &g_array_index (sheet->cells, BpXlsxCell, j), plan->pool.formats);
        if (sheet->dashboard != NULL)
            bp_xlsx_dashboard_append_text (sheet->dashboard, out);
    }
    return g_string_free (out, FALSE);
}
