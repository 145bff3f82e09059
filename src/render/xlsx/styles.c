#include "render/xlsx/styles.h"

#include "render/xlsx/text_measure.h"

#define TITLE_PT 16.0
#define HEADING_PT 14.0
/* In the file's list of named styles: 0 is Normal, the others are what bp_xlsx_package_add_heading_styles adds. */
#define HEADING_1_STYLE 1
#define HEADING_2_STYLE 2

lxw_color_t bp_xlsx_colour (BpColour colour)
{
    return ((lxw_color_t)colour.red << 16) | ((lxw_color_t)colour.green << 8) | colour.blue;
}

static lxw_format *new_format (lxw_workbook *workbook, enum lxw_format_alignments align, bool is_wrapped)
{
    lxw_format *format = workbook_add_format (workbook);

    format_set_font_name (format, BP_XLSX_FONT_NAME);
    format_set_font_size (format, BP_XLSX_FONT_PT);
    format_set_align (format, (uint8_t)align);
    format_set_align (format, LXW_ALIGN_VERTICAL_TOP);
    if (is_wrapped)
        format_set_text_wrap (format);
    return format;
}

static lxw_format *new_cell_format (const BpXlsxStyles *styles, enum lxw_format_alignments align, bool is_wrapped)
{
    lxw_format *format = new_format (styles->workbook, align, is_wrapped);

    /* or what stands in neighbouring columns would touch */
    format_set_indent (format, 1);
    format_set_bottom (format, LXW_BORDER_HAIR);
    format_set_bottom_color (format, styles->rule_colour);
    return format;
}

static lxw_format *new_header_format (lxw_workbook *workbook, enum lxw_format_alignments align, lxw_color_t colour)
{
    lxw_format *format = new_format (workbook, align, true);

    format_set_indent (format, 1);
    format_set_align (format, LXW_ALIGN_VERTICAL_BOTTOM);
    format_set_bold (format);
    format_set_bottom (format, LXW_BORDER_MEDIUM);
    format_set_bottom_color (format, colour);
    return format;
}

static lxw_format *new_title_format (lxw_workbook *workbook, bool is_wrapped)
{
    lxw_format *format = new_format (workbook, LXW_ALIGN_LEFT, is_wrapped);

    format_set_bold (format);
    format_set_font_size (format, TITLE_PT);
    format->xf_id = HEADING_1_STYLE;
    return format;
}

static lxw_format *new_input_format (const BpXlsxStyles *styles, enum lxw_format_alignments align, const char *number_format)
{
    lxw_format *format = new_format (styles->workbook, align, true);

    format_set_border (format, LXW_BORDER_THIN);
    format_set_num_format (format, number_format);
    return format;
}

/* With an indent of its own instead of the cell's, which LibreOffice forgets beside a conditional format that does not hold. */
static lxw_format *new_count_format (const BpXlsxStyles *styles)
{
    lxw_format *format = new_cell_format (styles, LXW_ALIGN_RIGHT, false);

    format_set_indent (format, 0);
    format_set_num_format (format, "#,##0" BP_XLSX_NUMBER_INDENT);
    return format;
}

/* Not in bold, which in a table is for its header. */
static void set_total (lxw_format *format, lxw_color_t colour)
{
    format_set_top (format, LXW_BORDER_MEDIUM);
    format_set_top_color (format, colour);
}

/* Only what a working workbook needs: a file without a cell of a style has no such style. */
static void init_dashboard (BpXlsxStyles *styles, lxw_color_t navy)
{
    styles->heading = new_format (styles->workbook, LXW_ALIGN_LEFT, false);
    format_set_align (styles->heading, LXW_ALIGN_VERTICAL_BOTTOM);
    format_set_bold (styles->heading);
    format_set_font_size (styles->heading, HEADING_PT);
    format_set_font_color (styles->heading, navy);
    styles->heading->xf_id = HEADING_2_STYLE;
    styles->count = new_count_format (styles);
    styles->total = new_cell_format (styles, LXW_ALIGN_LEFT, true);
    styles->total_count = new_count_format (styles);
    set_total (styles->total, navy);
    set_total (styles->total_count, navy);
}

void bp_xlsx_styles_init (BpXlsxStyles *styles, lxw_workbook *workbook, const BpTheme *theme, const GPtrArray *formats, bool has_dashboard)
{
    lxw_color_t navy = bp_xlsx_colour (theme->colours[BP_COLOUR_NAVY]);
    /* The library has no call for the default format, which is the workbook's first: Calibri 11 otherwise. */
    lxw_format *standard = STAILQ_FIRST (workbook->formats);

    format_set_font_name (standard, BP_XLSX_FONT_NAME);
    format_set_font_size (standard, BP_XLSX_FONT_PT);
    styles->workbook = workbook;
    styles->theme = theme;
    styles->rule_colour = bp_xlsx_colour (theme->colours[BP_COLOUR_LINE]);
    styles->title = new_title_format (workbook, false);
    styles->cover_title = new_title_format (workbook, true);
    styles->line = new_format (workbook, LXW_ALIGN_LEFT, false);
    styles->wrapped_line = new_format (workbook, LXW_ALIGN_LEFT, true);
    styles->header = new_header_format (workbook, LXW_ALIGN_LEFT, navy);
    styles->header_right = new_header_format (workbook, LXW_ALIGN_RIGHT, navy);
    styles->text = new_cell_format (styles, LXW_ALIGN_LEFT, true);
    styles->text_right = new_cell_format (styles, LXW_ALIGN_RIGHT, true);
    styles->link = new_cell_format (styles, LXW_ALIGN_LEFT, true);
    format_set_font_color (styles->link, navy);
    format_set_underline (styles->link, LXW_UNDERLINE_SINGLE);
    /* As text, so that "October 2025" and "-" stay what was typed. */
    styles->input_text = new_input_format (styles, LXW_ALIGN_LEFT, "@");
    styles->input_date = new_input_format (styles, LXW_ALIGN_LEFT, "d mmmm yyyy");
    styles->input_number = new_input_format (styles, LXW_ALIGN_RIGHT, "General");
    if (has_dashboard)
        init_dashboard (styles, navy);
    styles->formats = formats;
    styles->numbers = g_new0 (lxw_format *, 2 * formats->len + 1);
}

void bp_xlsx_styles_clear (BpXlsxStyles *styles)
{
    g_clear_pointer (&styles->numbers, g_free);
}

static lxw_format *input_format (const BpXlsxStyles *styles, guint8 kind)
{
    switch ((BpSheetInputKind)kind)
    {
    case BP_SHEET_INPUT_PAST_DATE:
        return styles->input_date;
    case BP_SHEET_INPUT_NUMBER:
        return styles->input_number;
    case BP_SHEET_INPUT_NONE:
    case BP_SHEET_INPUT_TEXT:
    case BP_SHEET_INPUT_CHOICE:
        break;
    }
    return styles->input_text;
}

lxw_format *bp_xlsx_styles_get (BpXlsxStyles *styles, const BpXlsxCell *cell)
{
    switch ((BpXlsxCellKind)cell->kind)
    {
    case BP_XLSX_CELL_TEXT:
        return cell->is_right ? styles->text_right : styles->text;
    case BP_XLSX_CELL_LINK:
        return styles->link;
    case BP_XLSX_CELL_INPUT:
        return input_format (styles, cell->input);
    case BP_XLSX_CELL_NUMBER:
        break;
    }
    lxw_format **format = &styles->numbers[2 * cell->format + cell->is_right];
    if (*format == NULL)
    {
        *format = new_cell_format (styles, cell->is_right ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT, false);
        format_set_num_format (*format, g_ptr_array_index (styles->formats, cell->format));
    }
    return *format;
}
