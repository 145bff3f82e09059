#include "render/xlsx/native_chart.h"

#include "render/xlsx/text_measure.h"

/* The library's size of a chart, which it scales. */
#define DEFAULT_WIDTH_PX 480.0
#define DEFAULT_HEIGHT_PX 288.0
#define PX_PER_PT (96.0 / 72.0)
/* Between neighbours, in the library's pixels. */
#define GAP_PX 10.0
/* A frame on the edge of the page is cut off in print. */
#define EDGE_PX 2.0
/* Below the edge of the row: or the frame would show at the foot of the page before. */
#define TOP_PX 3.0
#define TITLE_PT 13.0
#define BAR_GAP_PERCENT 45

static lxw_chart_font font_of (const BpXlsxStyles *styles, double size_pt, bool is_bold)
{
    return (lxw_chart_font){ .name = BP_XLSX_FONT_NAME,
                             .size = size_pt,
                             .bold = is_bold ? LXW_TRUE : LXW_EXPLICIT_FALSE,
                             .color = bp_xlsx_colour (styles->theme->colours[BP_COLOUR_INK]) };
}

/* The library takes a text that begins so for a formula. */
static const char *literal (const char *text)
{
    while (*text == '=' || *text == ' ')
        text++;
    return *text != '\0' ? text : "Chart";
}

static void set_axis (const BpXlsxStyles *styles, lxw_chart_axis *axis, const char *title)
{
    lxw_chart_font text = font_of (styles, BP_XLSX_CHART_TEXT_PT, false);
    lxw_chart_line line = { .color = bp_xlsx_colour (styles->theme->colours[BP_COLOUR_LINE]), .width = 0.75F };

    chart_axis_set_name (axis, literal (title));
    chart_axis_set_name_font (axis, &text);
    chart_axis_set_num_font (axis, &text);
    chart_axis_set_line (axis, &line);
}

static void set_line (const BpXlsxStyles *styles, lxw_chart_series *series, BpGraphRole role)
{
    const BpColour *colours = styles->theme->colours;
    lxw_chart_line line = { .color = bp_xlsx_colour (colours[BP_COLOUR_SECONDARY]), .width = 1.75F };

    switch (role)
    {
    case BP_GRAPH_ROLE_VALUE:
        line.color = bp_xlsx_colour (colours[BP_COLOUR_NAVY]);
        line.width = 2.5F;
        break;
    case BP_GRAPH_ROLE_PLAN:
        line.dash_type = LXW_CHART_LINE_DASH_DASH;
        break;
    case BP_GRAPH_ROLE_TARGET:
        line.color = bp_xlsx_colour (colours[BP_COLOUR_INK]);
        line.dash_type = LXW_CHART_LINE_DASH_LONG_DASH;
        break;
    case BP_GRAPH_ROLE_BENCHMARK:
        line.dash_type = LXW_CHART_LINE_DASH_SQUARE_DOT;
        break;
    }
    lxw_chart_fill fill = { .color = line.color };
    lxw_chart_line edge = { .color = line.color };
    chart_series_set_line (series, &line);
    chart_series_set_marker_type (series, role == BP_GRAPH_ROLE_VALUE ? LXW_CHART_MARKER_CIRCLE : LXW_CHART_MARKER_NONE);
    if (role != BP_GRAPH_ROLE_VALUE)
        return;
    chart_series_set_marker_size (series, 5);
    chart_series_set_marker_fill (series, &fill);
    chart_series_set_marker_line (series, &edge);
}

/* Each bar in the tone of its status, whose word stands beside it. */
static bool set_bars (const BpXlsxStyles *styles, lxw_chart_series *series, const BpTally *tally)
{
    guint count = tally->rows->len - 1;
    g_autofree lxw_chart_point *points = g_new0 (lxw_chart_point, count);
    g_autofree lxw_chart_point **list = g_new0 (lxw_chart_point *, count + 1);
    g_autofree lxw_chart_fill *fills = g_new0 (lxw_chart_fill, count);
    lxw_chart_line edge = { .color = bp_xlsx_colour (styles->theme->colours[BP_COLOUR_OUTLINE]), .width = 0.75F };
    lxw_chart_font text = font_of (styles, BP_XLSX_CHART_TEXT_PT, true);

    for (guint i = 0; i < count; i++)
    {
        const BpTallyRow *row = g_ptr_array_index (tally->rows, i);
        fills[i].color = bp_xlsx_colour (styles->theme->tones[row->mark.tone]);
        points[i] = (lxw_chart_point){ .fill = &fills[i], .line = &edge };
        list[i] = &points[i];
    }
    chart_series_set_labels (series);
    chart_series_set_labels_font (series, &text);
    return chart_series_set_points (series, list) == LXW_NO_ERROR;
}

static bool add_series (lxw_chart *native, const BpXlsxChart *chart, const BpXlsxStyles *styles)
{
    for (int i = 0; i < chart->series_count; i++)
    {
        const BpXlsxChartSeries *from = &chart->series[i];
        lxw_chart_series *series = chart_add_series (native, NULL, NULL);
        if (series == NULL)
            return false;
        chart_series_set_name (series, literal (from->name));
        chart_series_set_categories (series, from->sheet, (lxw_row_t)from->first_row, (lxw_col_t)chart->category_column,
                                     (lxw_row_t)from->last_row, (lxw_col_t)chart->category_column);
        chart_series_set_values (series, from->sheet, (lxw_row_t)from->first_row, (lxw_col_t)from->column, (lxw_row_t)from->last_row,
                                 (lxw_col_t)from->column);
        if (chart->kind == BP_GRAPH_LINES)
            set_line (styles, series, from->role);
        else if (!set_bars (styles, series, chart->tally))
            return false;
    }
    return true;
}

/* The library turns the axes of bars: its y axis has the words. */
static void set_bar_axes (lxw_chart *native)
{
    /* Bars in the order of the table, the first on top, and the numbers below. */
    chart_axis_set_reverse (native->y_axis);
    chart_axis_set_crossing_max (native->y_axis);
    chart_axis_set_interval_unit (native->y_axis, 1);
    chart_axis_set_major_tick_mark (native->y_axis, LXW_CHART_AXIS_TICK_MARK_NONE);
    chart_axis_set_min (native->x_axis, 0.0);
    chart_axis_major_gridlines_set_visible (native->x_axis, LXW_FALSE);
    chart_set_series_gap (native, BAR_GAP_PERCENT);
    chart_legend_set_position (native, LXW_CHART_LEGEND_NONE);
}

/* Days to scale: the library's line charts know none, those of pairs of numbers do. */
static void set_line_axes (lxw_chart *native, const BpXlsxChart *chart, const BpXlsxStyles *styles)
{
    lxw_chart_line grid = { .color = bp_xlsx_colour (styles->theme->colours[BP_COLOUR_HAIRLINE]), .width = 0.75F };
    lxw_chart_font text = font_of (styles, BP_XLSX_CHART_TEXT_PT, false);

    chart_axis_set_num_format (native->x_axis, "mmm yyyy");
    chart_axis_set_min (native->x_axis, chart->first_day);
    chart_axis_set_max (native->x_axis, chart->first_day + chart->step_days * chart->step_count);
    chart_axis_set_major_unit (native->x_axis, chart->step_days);
    chart_axis_major_gridlines_set_visible (native->x_axis, LXW_FALSE);
    chart_axis_set_label_position (native->x_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    chart_axis_set_num_format (native->y_axis, chart->value_format);
    chart_axis_major_gridlines_set_line (native->y_axis, &grid);
    chart_legend_set_position (native, LXW_CHART_LEGEND_TOP);
    chart_legend_set_font (native, &text);
}

/* As the library counts a column's pixels: it places charts by them, and the columns bound the chart whatever their true width. */
static double width_px (const BpXlsxSheet *sheet, const BpXlsxChart *chart)
{
    double width = 0.0;

    for (int c = chart->first_column; c <= chart->last_column; c++)
        width += (double)(int)(sheet->columns[c].width_chars * 7.0 + 0.5) + 5.0;
    return width;
}

bool bp_xlsx_native_chart_add (lxw_worksheet *page, const BpXlsxSheet *sheet, const BpXlsxChart *chart, const BpXlsxStyles *styles,
                               GError **error)
{
    lxw_chart *native
        = workbook_add_chart (styles->workbook, chart->kind == BP_GRAPH_BARS ? LXW_CHART_BAR : LXW_CHART_SCATTER_STRAIGHT_WITH_MARKERS);
    lxw_chart_font title = font_of (styles, TITLE_PT, true);
    double gap_px = chart->is_left_gap ? GAP_PX : 0.0;
    lxw_chart_options options = { .x_offset = (int32_t)gap_px,
                                  .y_offset = (int32_t)TOP_PX,
                                  .x_scale = (width_px (sheet, chart) - gap_px - EDGE_PX) / DEFAULT_WIDTH_PX,
                                  .y_scale = (chart->height_pt * PX_PER_PT - TOP_PX) / DEFAULT_HEIGHT_PX,
                                  .object_position = LXW_OBJECT_MOVE_AND_SIZE,
                                  .description = (char *)chart->alternative };

    if (native == NULL || !add_series (native, chart, styles))
        return bp_fail (error, BP_ERROR_RENDER, "the workbook's library refused the chart \"%s\"", chart->title);
    chart_title_set_name (native, literal (chart->title));
    chart_title_set_name_font (native, &title);
    bool is_turned = chart->kind == BP_GRAPH_BARS;
    set_axis (styles, is_turned ? native->y_axis : native->x_axis, chart->category_title);
    set_axis (styles, is_turned ? native->x_axis : native->y_axis, chart->value_title);
    if (chart->kind == BP_GRAPH_BARS)
        set_bar_axes (native);
    else
        set_line_axes (native, chart, styles);
    lxw_error code = worksheet_insert_chart_opt (page, (lxw_row_t)chart->row, (lxw_col_t)chart->first_column, native, &options);
    return code == LXW_NO_ERROR
           || bp_fail (error, BP_ERROR_RENDER, "the workbook's library refused the chart \"%s\": %s", chart->title, lxw_strerror (code));
}
