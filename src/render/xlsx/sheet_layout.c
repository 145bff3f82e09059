#include "render/xlsx/sheet_layout.h"

#include "render/xlsx/tally_formula.h"
#include "render/xlsx/text_measure.h"

#include <math.h>
#include <string.h>

#define LINE_PT 15.0
#define ROW_PADDING_PT 3.0
#define TITLE_HEIGHT_PT 24.0
#define MAX_ROW_PT 409.0
#define FILTER_BUTTON_PT 16.0
/* One step of indent: before text, after figures. */
#define INDENT_PT 9.0
#define MIN_WIDTH_CHARS 6.0
#define DEFAULT_MAX_WIDTH_CHARS 40.0
/* A word longer than this (an address of a web page) is broken. */
#define MAX_WORD_WIDTH_CHARS 60.0
#define MAX_WIDTH_CHARS 150.0
#define GROWTH_CHARS 10.0
/* What a cell to be filled in with words has room for from the start. */
#define INPUT_CHARS 70.0
#define LEAST_INPUT_LINES 3
#define MOST_INPUT_LINES 6
/* What A4 holds at 12 pt, upright; a wider sheet lies across and is made smaller to fit. */
#define PORTRAIT_WIDTH_CHARS 75.0
/* Of A4 lying across, between its margins, and the smallest type that may come out of it. */
#define PAGE_WIDTH_PT 755.0
#define LEAST_PRINTED_PT 6.0
/* What a column has beside its characters, as programs draw it, and by how much they draw it wider. */
#define COLUMN_PADDING_PT 5.0
#define DRAWN_WIDER 1.012

static double height_of (int lines)
{
    return lines * LINE_PT + ROW_PADDING_PT;
}

static BpXlsxCell *cell_at (const BpXlsxSheet *sheet, guint row, int column)
{
    return &g_array_index (sheet->cells, BpXlsxCell, row * (guint)sheet->column_count + (guint)column);
}

void bp_xlsx_column_measure (BpXlsxColumn *column, const BpXlsxCell *cell, const char *shown)
{
    bool has_words = shown == NULL;
    const char *text = has_words ? cell->text : shown;

    if (has_words)
        column->word_pt = bp_xlsx_widest_word_pt (text, false, column->word_pt);
    else
        column->figure_pt = MAX (column->figure_pt, bp_xlsx_text_width_pt (text, BP_XLSX_FONT_PT, false));
    if (column->width_chars <= 0.0)
        column->text_pt = MAX (column->text_pt, bp_xlsx_text_width_pt (text, BP_XLSX_FONT_PT, false));
}

/* The narrowest that the contents allow; at least what was asked for. */
static double least_width_chars (const BpXlsxColumn *column, bool has_filters)
{
    double header_pt = bp_xlsx_widest_word_pt (column->header, true, 0.0) + INDENT_PT + (has_filters ? FILTER_BUTTON_PT : 0.0);
    double width = MAX (column->width_chars, bp_xlsx_column_width_chars (header_pt));

    if (column->word_pt > 0.0)
        width = MAX (width, MIN (bp_xlsx_column_width_chars (column->word_pt + INDENT_PT), MAX_WORD_WIDTH_CHARS));
    if (column->figure_pt > 0.0)
        width = MAX (width, bp_xlsx_column_width_chars (column->figure_pt + INDENT_PT));
    if (column->width_chars <= 0.0)
        width = MAX (width, MIN (bp_xlsx_column_width_chars (column->text_pt + INDENT_PT), DEFAULT_MAX_WIDTH_CHARS));
    return MAX (width, MIN_WIDTH_CHARS);
}

/* What a column of that width leaves for wrapped text. */
static double text_width_pt (double width_chars)
{
    return bp_xlsx_column_width_pt (width_chars) - INDENT_PT;
}

/* A figure stands on one line. */
static int lines_of (const BpXlsxCell *cell, double width_pt)
{
    if (cell->kind == BP_XLSX_CELL_NUMBER || (cell->kind == BP_XLSX_CELL_INPUT && cell->input != BP_SHEET_INPUT_TEXT))
        return 1;
    if (cell->kind == BP_XLSX_CELL_INPUT)
        return (int)CLAMP (ceil (INPUT_CHARS / bp_xlsx_column_width_chars (width_pt)), LEAST_INPUT_LINES, MOST_INPUT_LINES);
    return bp_xlsx_line_count (cell->text, width_pt, false);
}

static bool has_words_to_type (const BpXlsxSheet *sheet)
{
    for (int column = 0; column < sheet->column_count; column++)
        if (sheet->columns[column].input != NULL && sheet->columns[column].input->kind == BP_SHEET_INPUT_TEXT)
            return true;
    return false;
}

/* Counts the lines of every cell of a column at that width; returns the most. */
static int count_lines (BpXlsxSheet *sheet, int column, double width_chars)
{
    double width_pt = text_width_pt (width_chars);
    int most = bp_xlsx_line_count (sheet->columns[column].header, width_pt, true);

    for (guint row = 0; row < bp_xlsx_sheet_row_count (sheet); row++)
    {
        BpXlsxCell *cell = cell_at (sheet, row, column);
        cell->line_count = (guint16)lines_of (cell, width_pt); /* of 32,767 characters at most */
        most = MAX (most, cell->line_count);
    }
    return most;
}

static void set_width (BpXlsxSheet *sheet, int column, bool has_filters, GPtrArray *warnings)
{
    double width = least_width_chars (&sheet->columns[column], has_filters);
    double widest = MAX (width, MAX_WIDTH_CHARS);
    int lines = count_lines (sheet, column, width);

    while (height_of (lines) > MAX_ROW_PT && width < widest)
    {
        width = MIN (width + GROWTH_CHARS, widest);
        lines = count_lines (sheet, column, width);
    }
    sheet->columns[column].width_chars = width;
    if (height_of (lines) > MAX_ROW_PT)
        g_ptr_array_add (
            warnings,
            g_strdup_printf ("%s, column \"%s\": a text is too long to be seen whole in its cell (it is all there); shorten it in the data",
                             sheet->name, sheet->columns[column].header));
}

static void add_height (BpXlsxSheet *sheet, double height)
{
    g_array_append_val (sheet->heights_pt, height);
}

static void set_table_heights (BpXlsxSheet *sheet, bool has_filters)
{
    int header_lines = 1;

    for (int column = 0; column < sheet->column_count; column++)
    {
        double width_pt = text_width_pt (sheet->columns[column].width_chars) - (has_filters ? FILTER_BUTTON_PT : 0.0);
        header_lines = MAX (header_lines, bp_xlsx_line_count (sheet->columns[column].header, width_pt, true));
    }
    add_height (sheet, height_of (header_lines));
    for (guint row = 0; row < bp_xlsx_sheet_row_count (sheet); row++)
    {
        int lines = 1;
        for (int column = 0; column < sheet->column_count; column++)
            lines = MAX (lines, cell_at (sheet, row, column)->line_count);
        add_height (sheet, MIN (height_of (lines), MAX_ROW_PT));
    }
}

void bp_xlsx_sheet_set_widths (BpXlsxSheet *sheet, bool has_filters, GPtrArray *warnings)
{
    for (int column = 0; column < sheet->column_count; column++)
        set_width (sheet, column, has_filters, warnings);
}

static double drawn_width_pt (const BpXlsxColumn *column)
{
    return bp_xlsx_column_width_pt (column->width_chars) * DRAWN_WIDER + COLUMN_PADDING_PT;
}

void bp_xlsx_sheet_choose_printed (BpXlsxSheet *sheet, const GPtrArray *lines, double smallest_pt)
{
    double width = 0.0, most = PAGE_WIDTH_PT * smallest_pt / LEAST_PRINTED_PT;

    for (guint i = 0; i < lines->len; i++)
        most = fmax (most, bp_xlsx_text_width_pt (g_ptr_array_index (lines, i), BP_XLSX_FONT_PT, i == 0));
    sheet->printed_count = 0;
    for (int i = 0; i < sheet->column_count; i++)
    {
        width += drawn_width_pt (&sheet->columns[i]);
        if (width <= most || i == 0)
            continue;
        sheet->printed_count = i;
        return;
    }
}

static double width_of_text (const char *text, const char *end)
{
    g_autofree char *part = g_strndup (text, (gsize)(end - text));

    return bp_xlsx_text_width_pt (part, BP_XLSX_FONT_PT, false);
}

/* Bytes of the first line of text, at most room_pt wide: up to the end of a sentence, else of a word; at least one word. */
static gsize first_line_length (const char *text, double room_pt)
{
    gsize sentence = 0, word = 0;

    for (const char *at = strchr (text, ' '); at != NULL && width_of_text (text, at) <= room_pt; at = strchr (at + 1, ' '))
    {
        word = (gsize)(at - text);
        if (word > 0 && at[-1] == '.')
            sentence = word;
    }
    if (width_of_text (text, text + strlen (text)) <= room_pt)
        return strlen (text);
    return sentence > 0 ? sentence : word > 0 ? word : strcspn (text, " ");
}

void bp_xlsx_sheet_break_lines (const BpXlsxSheet *sheet, GPtrArray *lines)
{
    int count = sheet->printed_count > 0 ? sheet->printed_count : sheet->column_count;
    double room_pt = 0.0;

    for (int i = 0; i < count; i++)
        room_pt += drawn_width_pt (&sheet->columns[i]);
    for (guint i = 1; i < lines->len; i++)
    {
        char *line = g_ptr_array_index (lines, i);
        gsize length = first_line_length (line, room_pt);
        if (line[length] == '\0')
            continue;
        line[length] = '\0';
        g_ptr_array_insert (lines, (int)i + 1, g_strdup (line + length + 1));
    }
}

char *bp_xlsx_sheet_dup_paper_line (const BpXlsxSheet *sheet)
{
    if (sheet->printed_count == 0)
        return NULL;
    g_autofree char *last_printed = bp_xlsx_dup_column_letters (sheet->printed_count - 1);
    g_autofree char *first_other = bp_xlsx_dup_column_letters (sheet->printed_count);
    g_autofree char *last = bp_xlsx_dup_column_letters (sheet->column_count - 1);
    g_autofree char *screen = sheet->printed_count + 1 == sheet->column_count
                                  ? g_strdup_printf ("Column %s is for the screen.", last)
                                  : g_strdup_printf ("Columns %s to %s are for the screen.", first_other, last);

    return sheet->printed_count == 1 ? g_strdup_printf ("On paper: column A. %s", screen)
                                     : g_strdup_printf ("On paper: columns A to %s. %s", last_printed, screen);
}

void bp_xlsx_sheet_lay_out (BpXlsxSheet *sheet, bool has_filters)
{
    double total_chars = 0.0;
    bool has_table = sheet->table_name != NULL;

    for (int column = 0; column < sheet->column_count; column++)
        total_chars += sheet->columns[column].width_chars;
    for (guint i = 0; i < sheet->lines->len; i++)
    {
        const char *line = g_ptr_array_index (sheet->lines, i);
        /* Above a table lines run on over the empty cells at their right; the cover's wrap. */
        int lines = has_table ? 1 : bp_xlsx_line_count (line, bp_xlsx_column_width_pt (sheet->columns[0].width_chars), i == 0);
        add_height (sheet,
                    i == 0 ? MAX (TITLE_HEIGHT_PT, height_of (lines) * (has_table ? 1.0 : 1.5)) : MIN (height_of (lines), MAX_ROW_PT));
    }
    if (has_table)
        set_table_heights (sheet, has_filters);
    sheet->rows_grow = has_table && has_words_to_type (sheet);
    sheet->is_landscape = has_table && total_chars > PORTRAIT_WIDTH_CHARS;
}
