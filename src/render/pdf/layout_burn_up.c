#include "render/pdf/layout_parts.h"

#include "base/date.h"
#include "base/number.h"
#include "render/pdf/chart_labels.h"

#include <math.h>

#define PLOT_HEIGHT_PT 92.0
#define LOW_PLOT_HEIGHT_PT 62.0 /* on a full page */
#define ABOVE_PT 10.0
#define LABELS_PT 18.0 /* below the axis */
#define AXIS_PT 24.0   /* at the left, for the numbers */
#define END_PT 24.0    /* at the right, for the last number */
#define CATEGORY_GAP_PT 14.0
#define LABEL_GAP_PT 8.0
#define GAP_WORDS_PT 84.0 /* widest words at the dots */
#define LEAST_LABEL_ROOM_PT 70.0
#define LEAST_DISTANCE_PT 13.0

/* The plot and its scales. */
typedef struct
{
    BpFlow *flow;
    BpBlock *block;
    int element;
    double left, right, top, bottom;
    double highest; /* of the axis */
    int count;      /* categories */
    bool is_behind; /* white behind the words is drawn now, and the words when the lines are */
} Plot;

static double plot_x (const Plot *plot, int category)
{
    return plot->left + (plot->right - plot->left) * category / MAX (plot->count - 1, 1);
}

static double plot_y (const Plot *plot, double value)
{
    return plot->bottom - (plot->bottom - plot->top) * value / plot->highest;
}

static double highest_value (const BpChart *chart)
{
    double highest = 1.0;
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < chart->category_count; j++)
            if (isfinite (chart->series[i].values[j]))
                highest = fmax (highest, chart->series[i].values[j]);
    return highest;
}

/* Distance of the grid lines: 1, 2 or 5 times a power of ten, three or four of them. */
static double choose_step (double highest)
{
    static const double factors[] = { 1.0, 2.0, 5.0 };
    double power = 1.0;
    gsize i = 0;
    while (highest / (power * factors[i]) > 4.0)
    {
        i = (i + 1) % G_N_ELEMENTS (factors);
        power *= i == 0 ? 10.0 : 1.0;
    }
    return power * factors[i];
}

static void add_grid (Plot *plot, double step)
{
    BpFlow *flow = plot->flow;
    const int lines = (int)floor (plot->highest / step + 0.001);
    for (int i = 0; i <= lines; i++)
    {
        const double value = i * step;
        const double y = plot_y (plot, value);
        const bool is_axis = i == 0;
        bp_block_add_line (plot->block, plot->element, plot->left, y, plot->right, y, is_axis ? 0.75 : 0.5,
                           bp_flow_colour (flow, is_axis ? BP_COLOUR_LINE : BP_COLOUR_HAIRLINE));
        g_autofree char *number = bp_number_dup_text (value, 0);
        bp_flow_add_text (flow, plot->block, plot->element, BP_TYPE_TABLE_SECOND, number, plot->left - 5.0, y + 3.465, 1);
    }
}

/* Shows January and July, or where they are too close January alone; false if the months are not known or fewer than two would be shown. */
static bool choose_months (const BpChart *chart, const double *x, const double *widths, double left, double right, bool *shown)
{
    for (int every = 6; chart->category_positions != NULL && every <= 12; every += 6)
    {
        double end = -INFINITY;
        int count = 0;
        bool fits = true;
        for (int i = 0; i < chart->category_count; i++)
        {
            int year, month, day;
            bp_date_split ((BpDate)chart->category_positions[i], &year, &month, &day);
            shown[i] = month % every == 1;
            if (!shown[i])
                continue;
            const double start = bp_chart_labels_clamp (x[i], widths[i], left, right);
            fits = fits && start >= end + CATEGORY_GAP_PT;
            end = start + widths[i];
            count++;
        }
        if (fits && count > 1)
            return true;
    }
    return false;
}

/* The months in which readers count years; else as many of the categories as have room, at equal steps, and the last. */
static void add_category_labels (Plot *plot, const BpChart *chart)
{
    BpFlow *flow = plot->flow;
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE_SECOND);
    g_autofree double *x = g_new0 (double, (gsize)plot->count), *widths = g_new0 (double, (gsize)plot->count);
    g_autofree bool *shown = g_new0 (bool, (gsize)plot->count);
    const double left = plot->left - AXIS_PT, right = plot->right + END_PT;
    for (int i = 0; i < plot->count; i++)
    {
        x[i] = plot_x (plot, i);
        widths[i] = bp_fonts_measure (flow->fonts, type->face, type->size_pt, 0.0, chart->categories[i]);
    }
    if (!choose_months (chart, x, widths, left, right, shown))
        bp_chart_labels_thin (x, widths, plot->count, left, right, CATEGORY_GAP_PT, shown);
    for (int i = 0; i < plot->count; i++)
    {
        if (!shown[i])
            continue;
        bp_block_add_line (plot->block, plot->element, x[i], plot->bottom, x[i], plot->bottom + 3.0, 0.75,
                           bp_flow_colour (flow, BP_COLOUR_LINE));
        bp_flow_add_text (flow, plot->block, plot->element, BP_TYPE_TABLE_SECOND, chart->categories[i],
                          bp_chart_labels_clamp (x[i], widths[i], left, right), plot->bottom + 5.0 + type->baseline_pt, 0);
    }
}

static int last_known (const BpChart *chart, int series)
{
    int last = -1;
    for (int i = 0; i < chart->category_count; i++)
        last = isfinite (chart->series[series].values[i]) ? i : last;
    return last;
}

static void add_series (Plot *plot, const BpChart *chart, int series)
{
    g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (double));
    for (int i = 0; i < chart->category_count; i++)
    {
        if (!isfinite (chart->series[series].values[i]))
            continue;
        const double at[2] = { plot_x (plot, i) - plot->left, plot_y (plot, chart->series[series].values[i]) - plot->top };
        g_array_append_vals (points, at, 2);
    }
    const int count = (int)points->len / 2;
    if (count < 2)
        return;
    BpBox *line
        = bp_block_add_path (plot->block, plot->element, plot->left, plot->top,
                             bp_page_plan_copy_points (plot->flow->plan, (const double *)(void *)points->data, count), count, false);
    const bool is_plan = series == 0;
    bp_box_stroke (line, bp_flow_colour (plot->flow, is_plan ? BP_COLOUR_SECONDARY : BP_COLOUR_NAVY), is_plan ? 1.25 : 2.25);
    if (is_plan)
        bp_box_dash (line, 4.0, 2.5);
    else
        line->has_round_joins = true;
}

/* A label on a white patch that takes the grid from behind it, but no line of the plan. align 1: it ends at x. */
static void add_label (Plot *plot, BpTypeRole role, bool is_navy, const char *text, double x, double y, int align)
{
    BpFlow *flow = plot->flow;
    BpType type = *bp_flow_type (flow, role);
    if (is_navy)
        type.colour = bp_flow_colour (flow, BP_COLOUR_NAVY);
    const BpSpan span = bp_type_span (&type, text);
    const double width = bp_fonts_measure (flow->fonts, type.face, type.size_pt, 0.0, text), left = align == 1 ? x - width : x;
    if (plot->is_behind)
    {
        bp_box_fill (bp_block_add_rectangle (plot->block, plot->element, left - 2.0, y - 6.0, width + 4.0, 12.0),
                     bp_flow_colour (flow, BP_COLOUR_WHITE));
        return;
    }
    bp_block_add_text (plot->block, plot->element, left, y + 3.465, width, &span,
                       bp_line_break_shorten (flow->fonts, flow->plan->strings, &span, 1e6));
}

/* Where plan and fact stand at the last month that is known, and how far they are apart. */
static void add_gap (Plot *plot, const BpChart *chart)
{
    const int now = last_known (chart, 1);
    if (now < 0 || !isfinite (chart->series[0].values[now]))
        return;
    BpFlow *flow = plot->flow;
    const double planned = chart->series[0].values[now], done = chart->series[1].values[now];
    const double x = plot_x (plot, now), plan_y = plot_y (plot, planned), done_y = plot_y (plot, done);
    const int behind = (int)lround (planned - done);
    g_autofree char *planned_text = g_strdup_printf ("%d planned", (int)lround (planned)),
                    *done_text = g_strdup_printf ("%d complete", (int)lround (done));
    g_autofree char *gap_text = behind > 0   ? g_strdup_printf ("%d behind", behind)
                                : behind < 0 ? g_strdup_printf ("%d ahead", -behind)
                                             : g_strdup ("On plan");
    const bool has_right = plot->right + END_PT - x >= LEAST_LABEL_ROOM_PT, has_left = x - plot->left >= LEAST_LABEL_ROOM_PT;
    const double side_x = has_right ? x + LABEL_GAP_PT : x - LABEL_GAP_PT;
    const int side = has_right ? 0 : 1;
    /* The plan only rises: below what is done nothing passes, and above it where that is ahead. */
    const double done_label_y = behind >= 0 ? fmin (fmax (done_y, plan_y + LEAST_DISTANCE_PT), plot->bottom - 6.0 - LEAST_DISTANCE_PT)
                                            : fmax (done_y, plot->top - 4.0 + LEAST_DISTANCE_PT);
    const double gap_y = behind == 0 ? done_label_y : done_label_y + (behind > 0 ? LEAST_DISTANCE_PT : -LEAST_DISTANCE_PT);
    if (!plot->is_behind)
        bp_block_add_line (plot->block, plot->element, x, plan_y, x, done_y, 1.0, bp_flow_colour (flow, BP_COLOUR_INK));
    if (behind != 0)
        add_label (plot, BP_TYPE_TABLE, false, gap_text, side_x, gap_y, side);
    add_label (plot, BP_TYPE_TABLE_BOLD, true, done_text, side_x, done_label_y, side);
    if (has_left || behind == 0)
        add_label (plot, BP_TYPE_TABLE_SECOND, false, behind == 0 ? gap_text : planned_text, has_left ? x - LABEL_GAP_PT : x + LABEL_GAP_PT,
                   fmax (plan_y - 7.0, plot->top - 4.0), has_left ? 1 : 0);
    if (plot->is_behind)
        return;
    BpBox *open = bp_block_add_ellipse (plot->block, plot->element, x, plan_y, 2.4);
    bp_box_fill (open, bp_flow_colour (flow, BP_COLOUR_WHITE));
    bp_box_stroke (open, bp_flow_colour (flow, BP_COLOUR_SECONDARY), 1.25);
    bp_box_fill (bp_block_add_ellipse (plot->block, plot->element, x, done_y, 3.4), bp_flow_colour (flow, BP_COLOUR_NAVY));
}

/* The name of the line of the plan, on it, clear of both lines and of the words at the dots. */
static void add_plan_name (Plot *plot, const BpChart *chart)
{
    static const double along[] = { 0.55, 0.65, 0.75, 0.45, 0.85, 0.35 };
    static const BpChartSide sides[] = { BP_CHART_ABOVE, BP_CHART_LEFT, BP_CHART_BELOW, BP_CHART_RIGHT };
    const BpFlow *flow = plot->flow;
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE_SECOND);
    const char *name = chart->series[0].name;
    const int now = last_known (chart, 1);
    if (name == NULL || now < 0)
        return;
    BpChartSpace space;
    bp_chart_space_init (&space, (BpChartRect){ plot->left + 2.0, plot->top - 10.0, plot->right - 2.0, plot->bottom - 2.0 });
    for (int series = 0; series < 2; series++)
        for (int i = 1; i < chart->category_count; i++)
            if (isfinite (chart->series[series].values[i - 1]) && isfinite (chart->series[series].values[i]))
                bp_chart_space_add_stroke (&space, plot_x (plot, i - 1), plot_y (plot, chart->series[series].values[i - 1]),
                                           plot_x (plot, i), plot_y (plot, chart->series[series].values[i]), false);
    const double x = plot_x (plot, now);
    bp_chart_space_add_rect (&space, (BpChartRect){ x - GAP_WORDS_PT, plot->top - 10.0, x + GAP_WORDS_PT, plot->bottom });
    const double width = bp_fonts_measure (plot->flow->fonts, type->face, type->size_pt, 0.0, name);
    for (gsize i = 0; i < G_N_ELEMENTS (along); i++)
    {
        const int category = (int)lround (along[i] * (chart->category_count - 1));
        const double value = chart->series[0].values[category];
        BpChartRect rect;
        if (!isfinite (value)
            || !bp_chart_space_place (&space, plot_x (plot, category), plot_y (plot, value), width, 10.0, sides, BP_CHART_FAR_PT, &rect))
            continue;
        add_label (plot, BP_TYPE_TABLE_SECOND, false, name, rect.left, (rect.top + rect.bottom) / 2.0, 0);
        break;
    }
    bp_chart_space_clear (&space);
}

void bp_layout_burn_up (BpFlow *flow, const BpChart *chart)
{
    BpBlock *block = bp_block_new ();
    Plot plot = { .flow = flow, .block = block, .left = flow->left + AXIS_PT, .right = flow->left + flow->width - END_PT, .top = ABOVE_PT };
    plot.bottom = plot.top + (flow->density == BP_DENSITY_FULL ? LOW_PLOT_HEIGHT_PT : PLOT_HEIGHT_PT);
    plot.element = bp_flow_add_figure (flow, chart->alternative);
    plot.count = chart->category_count;
    const double highest = highest_value (chart), step = choose_step (highest);
    plot.highest = fmax (highest, step);
    add_grid (&plot, step);
    add_category_labels (&plot, chart);
    plot.is_behind = true;
    add_plan_name (&plot, chart);
    add_gap (&plot, chart);
    plot.is_behind = false;
    add_series (&plot, chart, 0);
    add_series (&plot, chart, 1);
    add_plan_name (&plot, chart);
    const int end = last_known (chart, 0);
    if (end >= 0 && end != last_known (chart, 1))
    {
        g_autofree char *number = bp_number_dup_text (chart->series[0].values[end], 0);
        BpType type = *bp_flow_type (flow, BP_TYPE_TABLE_BOLD);
        type.colour = bp_flow_colour (flow, BP_COLOUR_SECONDARY);
        const BpSpan span = bp_type_span (&type, number);
        const char *text = bp_line_break_shorten (flow->fonts, flow->plan->strings, &span, 1e6);
        bp_block_add_text (block, plot.element, plot_x (&plot, end) + 5.0, plot_y (&plot, chart->series[0].values[end]) + 3.465,
                           bp_fonts_measure (flow->fonts, type.face, type.size_pt, 0.0, text), &span, text);
    }
    add_gap (&plot, chart);
    block->height = plot.bottom + LABELS_PT;
    block->gap_before = flow->gap;
    bp_flow_add (flow, block);
}

bool bp_layout_can_draw_burn_up (const BpChart *chart)
{
    return chart->type == BP_CHART_BURN_UP && chart->category_count >= 2 && chart->series_count >= 2 && last_known (chart, 0) >= 0
           && last_known (chart, 1) >= 0;
}
