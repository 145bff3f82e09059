#ifndef BP_RENDER_XLSX_STYLES_H
#define BP_RENDER_XLSX_STYLES_H

#include "render/theme.h"
#include "render/xlsx/cell.h"

#include <xlsxwriter.h>

/* In a number format: blanks at the right as wide as one step of indent. */
#define BP_XLSX_NUMBER_INDENT "_)_)"

/* The formats of one workbook; they belong to it. */
typedef struct
{
    lxw_workbook *workbook;
    const BpTheme *theme;
    lxw_format *title;        /* A1: the named style "Heading 1" */
    lxw_format *cover_title;  /* the same, wrapped */
    lxw_format *heading;      /* of a part of the dashboard: the named style "Heading 2" */
    lxw_format *line;         /* lines above a table: run on to the right */
    lxw_format *wrapped_line; /* the cover's */
    lxw_format *header, *header_right;
    lxw_format *text, *text_right;
    lxw_format *count, *total, *total_count; /* of the dashboard */
    lxw_format *link;
    lxw_format *input_text, *input_date, *input_number; /* cells to be filled in: framed */
    lxw_color_t rule_colour;
    const GPtrArray *formats; /* the plan's number formats */
    lxw_format **numbers;     /* two of each: left, right; made when first asked for */
} BpXlsxStyles;

lxw_color_t bp_xlsx_colour (BpColour colour);
/* Makes every cell of the workbook 12 pt Arial, those without a format too. formats are the plan's. Theme and plan must outlive the styles.
 */
void bp_xlsx_styles_init (BpXlsxStyles *styles, lxw_workbook *workbook, const BpTheme *theme, const GPtrArray *formats, bool has_dashboard);
void bp_xlsx_styles_clear (BpXlsxStyles *styles);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BpXlsxStyles, bp_xlsx_styles_clear)
/* The format of a cell. Borrowed. */
lxw_format *bp_xlsx_styles_get (BpXlsxStyles *styles, const BpXlsxCell *cell);

#endif
