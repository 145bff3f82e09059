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
#define LINE_STEP_PT 13.0 /* of words below each other */
#define INK_PT 5.0        /* a line of words takes so much above and below its middle */
#define DOT_PT 3.4
#define OPEN_DOT_PT 2.4
#define MOST_WORDS 5

/* A line of words in the plot: left end and middle. */
typedef struct
{
    BpType type;
    const char *text;
    double x, y, width;
} PlotWords;

/* The plot and its scales. */
typedef struct
{
    BpFlow *flow;
    BpBlock *block;
    int element;
    double left, right, top, bottom;
    double highest; /* of the axis */
    int count;      /* categories */
    BpChartSpace space;
    PlotWords words[MOST_WORDS];
    int word_count;
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

/* ---- words ---- */

/* Lines, dots and the grid; the grid alone may pass behind words. */
static void take_lines (Plot *plot, const BpChart *chart, double step)
{
    bp_chart_space_init (&plot->space, (BpChartRect){ plot->left + 2.0, plot->top - ABOVE_PT, plot->right + END_PT, plot->bottom - 2.0 });
    for (int series = 0; series < 2; series++)
    {
        int before = -1;
        for (int i = 0; i < chart->category_count; i++)
        {
            const double *values = chart->series[series].values;
            if (!isfinite (values[i]))
                continue;
            if (before >= 0)
                bp_chart_space_add_stroke (&plot->space, plot_x (plot, before), plot_y (plot, values[before]), plot_x (plot, i),
                                           plot_y (plot, values[i]), false);
            before = i;
        }
    }
    for (int i = 1; i * step < plot->highest + 0.001; i++)
        bp_chart_space_add_stroke (&plot->space, plot->left, plot_y (plot, i * step), plot->right, plot_y (plot, i * step), true);
}

static void take_dot (Plot *plot, double x, double y, double radius)
{
    bp_chart_space_add_rect (&plot->space, (BpChartRect){ x - radius, y - radius, x + radius, y + radius });
}

static PlotWords make_words (const Plot *plot, BpTypeRole role, BpColourRole colour, const char *text)
{
    PlotWords words = { .type = *bp_flow_type (plot->flow, role), .text = bp_page_plan_copy (plot->flow->plan, text) };
    words.type.colour = bp_flow_colour (plot->flow, colour);
    words.width = bp_fonts_measure (plot->flow->fonts, words.type.face, words.type.size_pt, 0.0, text);
    return words;
}

static void keep_words (Plot *plot, PlotWords words, double x, double y)
{
    words.x = x;
    words.y = y;
    plot->words[plot->word_count++] = words;
}

/* Lines of words below each other, in the nearest free place, no line of the chart through them; false, and none kept, if there is none. */
static bool place_words (Plot *plot, const PlotWords *lines, int count, double x, double y, const BpChartSide sides[BP_CHART_SIDES])
{
    double width = 0.0;
    for (int i = 0; i < count; i++)
        width = fmax (width, lines[i].width);
    BpChartRect rect;
    if (!bp_chart_space_place (&plot->space, x, y, width, 2.0 * INK_PT + (count - 1) * LINE_STEP_PT, sides, BP_CHART_FAR_PT, &rect))
        return false;
    for (int i = 0; i < count; i++)
        keep_words (plot, lines[i], rect.right < x ? rect.right - lines[i].width : rect.left, rect.top + INK_PT + i * LINE_STEP_PT);
    return true;
}

/* Where plan and fact stand at the last month that is known, each at its dot, and how far they are apart, between the dots: right of them
 * if no line passes there, else below. */
static void place_gap (Plot *plot, const BpChart *chart)
{
    static const BpChartSide done_sides[] = { BP_CHART_RIGHT, BP_CHART_BELOW, BP_CHART_LEFT, BP_CHART_ABOVE },
                             gap_sides[] = { BP_CHART_RIGHT, BP_CHART_LEFT, BP_CHART_BELOW, BP_CHART_ABOVE },
                             plan_sides[] = { BP_CHART_LEFT, BP_CHART_ABOVE, BP_CHART_RIGHT, BP_CHART_BELOW };
    const int now = last_known (chart, 1);
    if (now < 0 || !isfinite (chart->series[0].values[now]))
        return;
    const double planned = chart->series[0].values[now], done = chart->series[1].values[now];
    const double x = plot_x (plot, now), plan_y = plot_y (plot, planned), done_y = plot_y (plot, done);
    const int behind = (int)lround (planned - done);
    g_autofree char *planned_text = g_strdup_printf ("%d planned", (int)lround (planned)),
                    *done_text = g_strdup_printf ("%d complete", (int)lround (done));
    g_autofree char *gap_text = behind > 0   ? g_strdup_printf ("%d behind", behind)
                                : behind < 0 ? g_strdup_printf ("%d ahead", -behind)
                                             : g_strdup ("On plan");
    const PlotWords done_words = make_words (plot, BP_TYPE_TABLE_BOLD, BP_COLOUR_NAVY, done_text),
                    gap_words = make_words (plot, BP_TYPE_TABLE, BP_COLOUR_INK, gap_text),
                    plan_words = make_words (plot, BP_TYPE_TABLE_SECOND, BP_COLOUR_SECONDARY, planned_text);
    take_dot (plot, x, plan_y, OPEN_DOT_PT);
    take_dot (plot, x, done_y, DOT_PT);
    bp_chart_space_add_stroke (&plot->space, x, plan_y, x, done_y, false);
    if (!place_words (plot, &done_words, 1, x, done_y, done_sides))
    {
        const double left = x + LABEL_GAP_PT;
        bp_chart_space_add_rect (&plot->space, (BpChartRect){ left, done_y - INK_PT, left + done_words.width, done_y + INK_PT });
        keep_words (plot, done_words, left, done_y);
    }
    if (behind != 0)
        place_words (plot, &plan_words, 1, x, plan_y, plan_sides);
    place_words (plot, &gap_words, 1, x, (plan_y + done_y) / 2.0, gap_sides);
}

static void draw_gap (const Plot *plot, const BpChart *chart)
{
    const BpFlow *flow = plot->flow;
    const int now = last_known (chart, 1);
    if (now < 0 || !isfinite (chart->series[0].values[now]))
        return;
    const double x = plot_x (plot, now), plan_y = plot_y (plot, chart->series[0].values[now]),
                 done_y = plot_y (plot, chart->series[1].values[now]);
    bp_block_add_line (plot->block, plot->element, x, plan_y, x, done_y, 1.0, bp_flow_colour (flow, BP_COLOUR_INK));
    BpBox *open = bp_block_add_ellipse (plot->block, plot->element, x, plan_y, OPEN_DOT_PT);
    bp_box_fill (open, bp_flow_colour (flow, BP_COLOUR_WHITE));
    bp_box_stroke (open, bp_flow_colour (flow, BP_COLOUR_SECONDARY), 1.25);
    bp_box_fill (bp_block_add_ellipse (plot->block, plot->element, x, done_y, DOT_PT), bp_flow_colour (flow, BP_COLOUR_NAVY));
}

/* The name of the line of the plan, near it. */
static void place_plan_name (Plot *plot, const BpChart *chart)
{
    static const double along[] = { 0.55, 0.65, 0.75, 0.45, 0.85, 0.35 };
    static const BpChartSide sides[] = { BP_CHART_ABOVE, BP_CHART_LEFT, BP_CHART_BELOW, BP_CHART_RIGHT };
    const char *name = chart->series[0].name;
    if (name == NULL || last_known (chart, 1) < 0)
        return;
    const PlotWords words = make_words (plot, BP_TYPE_TABLE_SECOND, BP_COLOUR_SECONDARY, name);
    for (gsize i = 0; i < G_N_ELEMENTS (along); i++)
    {
        const int category = (int)lround (along[i] * (chart->category_count - 1));
        const double value = chart->series[0].values[category];
        if (isfinite (value) && place_words (plot, &words, 1, plot_x (plot, category), plot_y (plot, value), sides))
            return;
    }
}

/* What the plan comes to, at the right of its line. */
static void place_end (Plot *plot, const BpChart *chart)
{
    const int end = last_known (chart, 0);
    if (end < 0 || end == last_known (chart, 1))
        return;
    g_autofree char *number = bp_number_dup_text (chart->series[0].values[end], 0);
    const PlotWords words = make_words (plot, BP_TYPE_TABLE_BOLD, BP_COLOUR_SECONDARY, number);
    const double x = plot_x (plot, end) + 5.0, y = plot_y (plot, chart->series[0].values[end]);
    bp_chart_space_add_rect (&plot->space, (BpChartRect){ x, y - INK_PT, x + words.width, y + INK_PT });
    keep_words (plot, words, x, y);
}

/* White that takes the grid from behind the words: it is drawn before the lines of the chart. */
static void draw_patches (const Plot *plot)
{
    for (int i = 0; i < plot->word_count; i++)
        bp_box_fill (bp_block_add_rectangle (plot->block, plot->element, plot->words[i].x - 2.0, plot->words[i].y - INK_PT - 1.0,
                                             plot->words[i].width + 4.0, 2.0 * INK_PT + 2.0),
                     bp_flow_colour (plot->flow, BP_COLOUR_WHITE));
}

static void draw_words (const Plot *plot)
{
    for (int i = 0; i < plot->word_count; i++)
    {
        const PlotWords *words = &plot->words[i];
        const BpSpan span = bp_type_span (&words->type, words->text);
        bp_block_add_text (plot->block, plot->element, words->x, words->y + 3.465, words->width, &span, words->text);
    }
}

/* Lower on a full page, but for what the page leaves. */
static double plot_height (const BpFlow *flow)
{
    return flow->density == BP_DENSITY_FULL ? fmin (LOW_PLOT_HEIGHT_PT + floor (fmax (flow->spare, 0.0)), PLOT_HEIGHT_PT) : PLOT_HEIGHT_PT;
}

void bp_layout_burn_up (BpFlow *flow, const BpChart *chart)
{
    BpBlock *block = bp_block_new ();
    Plot plot = { .flow = flow, .block = block, .left = flow->left + AXIS_PT, .right = flow->left + flow->width - END_PT, .top = ABOVE_PT };
    plot.bottom = plot.top + plot_height (flow);
    plot.element = bp_flow_add_figure (flow, chart->alternative);
    plot.count = chart->category_count;
    const double highest = highest_value (chart), step = choose_step (highest);
    plot.highest = fmax (highest, step);
    add_grid (&plot, step);
    add_category_labels (&plot, chart);
    take_lines (&plot, chart, step);
    place_end (&plot, chart);
    place_gap (&plot, chart);
    place_plan_name (&plot, chart);
    draw_patches (&plot);
    add_series (&plot, chart, 0);
    add_series (&plot, chart, 1);
    draw_gap (&plot, chart);
    draw_words (&plot);
    bp_chart_space_clear (&plot.space);
    block->height = plot.bottom + LABELS_PT;
    block->gap_before = flow->gap;
    bp_flow_add (flow, block);
}

bool bp_layout_can_draw_burn_up (const BpChart *chart)
{
    return chart->type == BP_CHART_BURN_UP && chart->category_count >= 2 && chart->series_count >= 2 && last_known (chart, 0) >= 0
           && last_known (chart, 1) >= 0;
}
