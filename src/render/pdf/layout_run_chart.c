#include "render/pdf/layout_parts.h"

#include "render/pdf/chart_marks.h"
#include "render/pdf/run_plot.h"

#include <math.h>

#define PLOT_ABOVE_PT 10.0
#define PLOT_PT 150.0
#define PLOT_WITH_KEY_PT 144.0
#define CLOSE_PLOT_PT 130.0
#define FULL_PLOT_PT 110.0
#define LEAST_PLOT_PT 100.0
#define ON_FOOT 0.03 /* of the axis */
#define INSET_PT 8.0
#define BELOW_SUBTITLE_PT 5.0
#define KEY_GAP_PT 4.0
#define TABLE_GAP_PT 6.0
#define CLOSE_POINTS_PT 8.0 /* points nearer than this are drawn smaller */
#define LEAST_SCALE 0.45
#define CONTINUED_PT 26.0 /* heading of a page on which a section goes on */
#define MOST_OF_PAGE 0.6
#define EMPTY_BOX_PT 60.0
#define LEAST_POINTS 3 /* a line of two says less than their numbers */

/* ---- places ---- */

double bp_run_plot_y (const BpRunPlot *plot, double value)
{
    return plot->bottom - (plot->bottom - plot->top) * bp_chart_axis_share (&plot->axis, value);
}

int bp_run_plot_find_last (const BpRunPlot *plot, int series)
{
    int last = -1;
    for (int i = 0; i < plot->chart->category_count; i++)
        last = isfinite (plot->chart->series[series].values[i]) ? i : last;
    return last;
}

double bp_run_plot_edge (const BpRunPlot *plot, int category, bool is_after)
{
    const int other = is_after ? category + 1 : category - 1;
    if (other < 0)
        return plot->left;
    if (other >= plot->chart->category_count)
        return plot->right;
    return (plot->x[category] + plot->x[other]) / 2.0;
}

/* As the categories lie in time where that is known and runs forward, else at equal steps. */
static void place_categories (BpRunPlot *plot)
{
    const BpChart *chart = plot->chart;
    const int count = chart->category_count;
    const double *positions = chart->category_positions;
    bool is_forward = positions != NULL && count > 1;
    for (int i = 0; is_forward && i < count; i++)
        is_forward = isfinite (positions[i]) && (i == 0 || positions[i] > positions[i - 1]);
    const double left = plot->left + INSET_PT, width = plot->right - plot->left - 2.0 * INSET_PT;
    double nearest = width;
    plot->x = g_new0 (double, (gsize)MAX (count, 1));
    for (int i = 0; i < count; i++)
    {
        const double share = is_forward  ? (positions[i] - positions[0]) / (positions[count - 1] - positions[0])
                             : count > 1 ? (double)i / (count - 1)
                                         : 0.5;
        plot->x[i] = left + width * share;
        nearest = i > 0 ? fmin (nearest, plot->x[i] - plot->x[i - 1]) : nearest;
    }
    plot->mark_scale = CLAMP (nearest / CLOSE_POINTS_PT, LEAST_SCALE, 1.0);
}

static void find_range (const BpChart *chart, BpChartRange *range)
{
    bp_chart_range_init (range);
    for (int i = 0; i < chart->series_count; i++)
        for (int j = 0; j < chart->category_count; j++)
            bp_chart_range_add (range, chart->series[i].values[j]);
    const bool is_whole = range->is_whole;
    for (int i = 0; i < chart->reference_count; i++)
        bp_chart_range_add (range, chart->references[i].value);
    range->is_whole = is_whole; /* a mean between whole numbers makes no fractions on the axis */
}

/* A limit that lies on the foot of a free axis would not be seen there. */
static void free_foot (BpChartAxis *axis, BpChartRange range, const BpChart *chart, double ceiling)
{
    bool is_on_foot = false;
    for (int i = 0; i < chart->reference_count; i++)
        is_on_foot = is_on_foot || bp_chart_axis_share (axis, chart->references[i].value) < ON_FOOT;
    if (!is_on_foot || axis->low <= 0.0)
        return;
    bp_chart_range_add (&range, axis->low - axis->step / 2.0);
    bp_chart_axis_init (axis, &range, true, ceiling);
}

static void choose_axis (const BpChart *chart, const BpChartRange *range, BpChartAxis *axis_out)
{
    const double ceiling = g_strcmp0 (chart->axis_unit, "%") == 0 ? 100.0 : INFINITY;
    bp_chart_axis_init (axis_out, range, chart->is_axis_free, ceiling);
    if (chart->is_axis_free)
        free_foot (axis_out, *range, chart, ceiling);
}

static int count_values (const BpChart *chart, int series)
{
    int count = 0;
    for (int i = 0; series < chart->series_count && i < chart->category_count; i++)
        count += isfinite (chart->series[series].values[i]) ? 1 : 0;
    return count;
}

static bool has_values (const BpChart *chart)
{
    return count_values (chart, 0) > 0;
}

bool bp_layout_run_chart_has_too_few (const BpChart *chart)
{
    int most = 0;
    for (int i = 0; i < chart->series_count; i++)
        most = MAX (most, count_values (chart, i));
    return has_values (chart) && most < LEAST_POINTS;
}

char *bp_layout_run_chart_dup_undrawn (const BpChart *chart)
{
    GString *text = g_string_new (count_values (chart, 0) == 1 ? "One value: too few for a chart." : "Two values: too few for a chart.");
    for (int i = 0; i < chart->reference_count; i++)
        if (chart->references[i].label != NULL)
            g_string_append_printf (text, " %s.", chart->references[i].label);
    return g_string_free (text, FALSE);
}

char *bp_layout_run_chart_dup_subtitle (const BpChart *chart)
{
    if (!has_values (chart) || bp_layout_run_chart_has_too_few (chart))
        return g_strdup (chart->subtitle);
    BpChartRange range;
    BpChartAxis axis;
    find_range (chart, &range);
    choose_axis (chart, &range, &axis);
    if (axis.low <= 0.0)
        return g_strdup (chart->subtitle);
    g_autofree char *start = bp_chart_axis_dup_label (&axis, 0, chart->axis_unit);
    return chart->subtitle != NULL ? g_strdup_printf ("%s; axis starts at %s", chart->subtitle, start)
                                   : g_strdup_printf ("Axis starts at %s", start);
}

static double preferred_height (const BpFlow *flow, const BpChart *chart)
{
    switch (flow->density)
    {
    case BP_DENSITY_NORMAL:
        return chart->has_limits ? PLOT_WITH_KEY_PT : PLOT_PT;
    case BP_DENSITY_CLOSE:
        return CLOSE_PLOT_PT;
    case BP_DENSITY_FULL:
    case BP_DENSITY_COUNT:
        return FULL_PLOT_PT;
    }
    g_assert_not_reached ();
}

static void init_plot (BpRunPlot *plot, BpFlow *flow, const BpChart *chart, const BpChartRange *range, double height)
{
    *plot = (BpRunPlot){ .flow = flow, .chart = chart, .block = bp_block_new (), .top = PLOT_ABOVE_PT };
    choose_axis (chart, range, &plot->axis);
    plot->left = flow->left + bp_run_plot_measure_numbers (flow, &plot->axis, chart->axis_unit);
    plot->right = flow->left + flow->width - BP_RUN_RIGHT_PT;
    plot->bottom = plot->top + height;
    plot->element = bp_flow_add_figure (flow, chart->alternative != NULL ? chart->alternative : chart->title);
    place_categories (plot);
    bp_chart_space_init (&plot->space, (BpChartRect){ plot->left + 2.0, plot->top - 8.0, plot->right - 2.0, plot->bottom - 3.0 });
    plot->labels = g_array_new (FALSE, TRUE, sizeof (BpRunLabel));
    plot->rest = g_ptr_array_new ();
}

static void clear_plot (BpRunPlot *plot)
{
    for (guint i = 0; i < plot->labels->len; i++)
        bp_broken_text_free (g_array_index (plot->labels, BpRunLabel, i).broken);
    g_array_unref (plot->labels);
    g_ptr_array_unref (plot->rest);
    bp_chart_space_clear (&plot->space);
    g_free (plot->x);
}

/* ---- level and upright lines ---- */

static void find_span (const BpRunPlot *plot, const BpChartReference *reference, double *from_out, double *to_out)
{
    const int count = plot->chart->category_count;
    *from_out = bp_run_plot_edge (plot, CLAMP (reference->first, 0, count - 1), false);
    *to_out = bp_run_plot_edge (plot, CLAMP (reference->last, 0, count - 1), true);
}

static void draw_level (const BpRunPlot *plot, BpReferenceKind kind, double value, double from, double to)
{
    const BpFlow *flow = plot->flow;
    const double y = bp_run_plot_y (plot, value);
    const bool is_target = kind == BP_REFERENCE_TARGET, is_thick = is_target || kind == BP_REFERENCE_MEAN;
    BpBox *line = bp_block_add_line (plot->block, plot->element, from, y, to, y, is_thick ? 1.25 : 1.0,
                                     bp_flow_colour (flow, is_target ? BP_COLOUR_INK : BP_COLOUR_SECONDARY));
    if (is_target)
        bp_box_dash (line, 6.0, 3.0);
    else if (!is_thick)
        bp_box_dash (line, 1.5, 2.0);
}

static void draw_levels (BpRunPlot *plot)
{
    const BpChart *chart = plot->chart;
    for (int i = 0; i < chart->reference_count; i++)
    {
        double from, to;
        if (!isfinite (chart->references[i].value))
            continue;
        find_span (plot, &chart->references[i], &from, &to);
        draw_level (plot, chart->references[i].kind, chart->references[i].value, from, to);
    }
    for (int i = 0; i < chart->event_count; i++)
    {
        if (chart->events[i].category < 0 || chart->events[i].category >= chart->category_count)
            continue;
        const double x = bp_run_plot_edge (plot, chart->events[i].category, false);
        bp_box_dash (bp_block_add_line (plot->block, plot->element, x, plot->top, x, plot->bottom, 1.0,
                                        bp_flow_colour (plot->flow, BP_COLOUR_SECONDARY)),
                     3.0, 2.0);
    }
}

/* ---- series ---- */

static bool breaks_before (const BpChart *chart, int category)
{
    for (int i = 0; i < chart->event_count; i++)
        if (chart->events[i].is_break && chart->events[i].category == category)
            return true;
    return false;
}

/* Which of the lines of what happened a series is: the first one has the colour of the measure. */
static int rank_of (const BpRunPlot *plot, int index)
{
    int rank = 0;
    for (int i = 0; i < index; i++)
        rank += plot->chart->series[i].is_dashed ? 0 : 1;
    return rank;
}

static BpColour series_colour (const BpRunPlot *plot, int index)
{
    static const BpColourRole roles[] = { BP_COLOUR_NAVY, BP_COLOUR_CONCERN, BP_COLOUR_OUTLINE, BP_COLOUR_NEUTRAL };
    return bp_flow_colour (plot->flow, roles[MIN (rank_of (plot, index), (int)G_N_ELEMENTS (roles) - 1)]);
}

/* A line of what happened ends at each missing value and each break; one of what was planned joins the values that there are. */
static void draw_line (BpRunPlot *plot, int index, GArray *run)
{
    const int count = (int)run->len / 2;
    if (count > 1)
    {
        const double *points = (const double *)(const void *)run->data;
        const BpFlow *flow = plot->flow;
        BpBox *line = bp_block_add_path (plot->block, plot->element, plot->left, plot->top,
                                         bp_page_plan_copy_points (flow->plan, points, count), count, false);
        line->has_round_joins = true;
        const bool is_thin = plot->chart->series[index].is_dashed || plot->chart->has_limits;
        if (is_thin)
            bp_box_stroke (line, bp_flow_colour (flow, BP_COLOUR_LINE), 1.25);
        else
            bp_box_stroke (line, series_colour (plot, index), 2.25 * fmax (plot->mark_scale, 0.6));
        if (!is_thin && rank_of (plot, index) > 1)
        {
            line->has_round_joins = false;
            bp_box_dash (line, rank_of (plot, index) == 2 ? 4.0 : 1.5, 2.5);
        }
    }
    g_array_set_size (run, 0);
}

static void draw_series (BpRunPlot *plot, int index)
{
    const BpChartSeries *series = &plot->chart->series[index];
    g_autoptr (GArray) run = g_array_new (FALSE, FALSE, sizeof (double));
    for (int i = 0; i < plot->chart->category_count; i++)
    {
        if (!series->is_dashed && (!isfinite (series->values[i]) || breaks_before (plot->chart, i)))
            draw_line (plot, index, run);
        if (!isfinite (series->values[i]))
            continue;
        const double at[2] = { plot->x[i] - plot->left, bp_run_plot_y (plot, series->values[i]) - plot->top };
        g_array_append_vals (run, at, 2);
    }
    draw_line (plot, index, run);
}

static void draw_points (BpRunPlot *plot, int index)
{
    const BpChartSeries *series = &plot->chart->series[index];
    for (int i = 0; !series->is_dashed && i < plot->chart->category_count; i++)
    {
        if (!isfinite (series->values[i]))
            continue;
        const double y = bp_run_plot_y (plot, series->values[i]);
        const BpPointMeaning meaning = series->meanings != NULL ? series->meanings[i] : BP_POINT_PLAIN;
        if (index == 0)
        {
            const double scale = meaning == BP_POINT_PLAIN || meaning == BP_POINT_USUAL ? plot->mark_scale : fmax (plot->mark_scale, 0.65);
            bp_chart_marks_add_point (plot->flow, plot->block, plot->element, meaning, plot->x[i], y, scale);
            continue;
        }
        const double half = 2.5 * plot->mark_scale;
        bp_box_fill (bp_block_add_rectangle (plot->block, plot->element, plot->x[i] - half, y - half, 2.0 * half, 2.0 * half),
                     series_colour (plot, index));
    }
}

/* ---- what words must not cover ---- */

static void take_series (BpRunPlot *plot, int index)
{
    const BpChartSeries *series = &plot->chart->series[index];
    int before = -1;
    for (int i = 0; i < plot->chart->category_count; i++)
    {
        if (!isfinite (series->values[i]))
        {
            before = series->is_dashed ? before : -1;
            continue;
        }
        const double x = plot->x[i], y = bp_run_plot_y (plot, series->values[i]);
        const BpPointMeaning meaning = series->meanings != NULL ? series->meanings[i] : BP_POINT_PLAIN;
        const double reach = bp_chart_marks_get_reach (meaning) * fmax (plot->mark_scale, 0.65);
        if (!series->is_dashed)
            bp_chart_space_add_rect (&plot->space, (BpChartRect){ x - reach, y - reach, x + reach, y + reach });
        if (before >= 0 && (series->is_dashed || !breaks_before (plot->chart, i)))
            bp_chart_space_add_stroke (&plot->space, plot->x[before], bp_run_plot_y (plot, series->values[before]), x, y, false);
        before = i;
    }
}

static void take_lines (BpRunPlot *plot)
{
    const BpChart *chart = plot->chart;
    for (int i = 0; i < chart->reference_count; i++)
    {
        double from, to;
        if (!isfinite (chart->references[i].value))
            continue;
        find_span (plot, &chart->references[i], &from, &to);
        const double y = bp_run_plot_y (plot, chart->references[i].value);
        bp_chart_space_add_stroke (&plot->space, from, y, to, y, true);
    }
    for (int i = 0; i < chart->event_count; i++)
        if (chart->events[i].category >= 0 && chart->events[i].category < chart->category_count)
        {
            const double x = bp_run_plot_edge (plot, chart->events[i].category, false);
            bp_chart_space_add_stroke (&plot->space, x, plot->top, x, plot->bottom, false);
        }
}

/* ---- the parts in their order ---- */

/* Words that found no place in the plot stand below it. */
static void add_rest (BpRunPlot *plot)
{
    BpFlow *flow = plot->flow;
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE_SECOND);
    if (plot->rest->len == 0)
        return;
    g_autoptr (GString) text = g_string_new (NULL);
    for (guint i = 0; i < plot->rest->len; i++)
        g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", (const char *)g_ptr_array_index (plot->rest, i));
    const BpSpan span = bp_type_span (type, bp_page_plan_copy (flow->plan, text->str));
    g_autoptr (BpBrokenText) broken = bp_run_plot_break (flow, &span, flow->width, 3);
    plot->end = bp_block_add_lines (plot->block, plot->element, broken, &span, 0, broken->lines->len, flow->left, plot->end + 4.0,
                                    flow->width, 0, type);
}

static void lay_plot (BpFlow *flow, const BpChart *chart, const BpChartRange *range, double height)
{
    BpRunPlot plot;
    init_plot (&plot, flow, chart, range, height);
    for (int i = 0; i < chart->series_count; i++)
        take_series (&plot, i);
    take_lines (&plot);
    bp_run_plot_draw_grid (&plot);
    draw_levels (&plot);
    bp_run_plot_draw_gaps (&plot);
    bp_run_plot_place_words (&plot);
    bp_run_plot_draw_patches (&plot);
    for (int i = chart->series_count; i-- > 0;)
        draw_series (&plot, i);
    for (int i = chart->series_count; i-- > 0;)
        draw_points (&plot, i);
    bp_run_plot_draw_words (&plot);
    bp_run_plot_draw_categories (&plot);
    add_rest (&plot);
    BpBlock *block = plot.block;
    block->height = plot.end;
    block->gap_before = chart->subtitle != NULL ? BELOW_SUBTITLE_PT : flow->gap;
    block->keeps_next = chart->table != NULL || chart->has_limits || flow->note_count > 0;
    clear_plot (&plot);
    bp_flow_add (flow, block);
}

/* In the plot's place, and as whole as a plot, what is the case: no axes without a value. */
static void lay_empty (BpFlow *flow, const BpChart *chart)
{
    bool is_hidden = false, is_other = false;
    for (int i = 0; i < chart->category_count; i++)
    {
        const char *note = chart->series_count > 0 && chart->series[0].value_notes != NULL ? chart->series[0].value_notes[i] : NULL;
        is_hidden = is_hidden || g_strcmp0 (note, "[c]") == 0;
        is_other = is_other || g_strcmp0 (note, "[c]") != 0;
    }
    const char *sentence = is_hidden && !is_other ? "All values are hidden, since they count few people." : "No value yet.";
    const BpType *type = bp_flow_type (flow, BP_TYPE_BODY);
    const int element = bp_flow_add_figure (flow, chart->alternative != NULL ? chart->alternative : sentence);
    BpBlock *block = bp_block_new ();
    bp_box_fill (bp_block_add_rectangle (block, element, flow->left, 0.0, flow->width, EMPTY_BOX_PT),
                 bp_flow_colour (flow, BP_COLOUR_SURFACE));
    bp_flow_add_text (flow, block, element, BP_TYPE_BODY, sentence, flow->left + 12.0,
                      (EMPTY_BOX_PT - type->leading_pt) / 2.0 + type->baseline_pt, 0);
    block->height = EMPTY_BOX_PT;
    block->gap_before = chart->subtitle != NULL ? BELOW_SUBTITLE_PT : flow->gap;
    block->keeps_next = chart->table != NULL || flow->note_count > 0;
    bp_flow_add (flow, block);
}

double bp_layout_run_chart_height (const BpFlow *flow, const BpChart *chart, double others)
{
    const double preferred = preferred_height (flow, chart), whole = others + preferred;
    double y = flow->y;
    for (guint i = 0; i < flow->pending->len; i++)
    {
        const BpBlock *block = g_ptr_array_index (flow->pending, i);
        y += block->gap_before + block->height;
    }
    double room = flow->bottom - y - flow->gap, page = flow->bottom - BP_BODY_TOP_PT;
    if (room < others + LEAST_PLOT_PT)
        room = page - CONTINUED_PT;
    if (flow->has_chart_next && room > MOST_OF_PAGE * page) /* the first of two */
        room = (room - flow->gap) / 2.0;
    return whole > room && others + LEAST_PLOT_PT <= room ? floor (room - others) : preferred;
}

void bp_layout_run_chart (BpFlow *flow, const BpChart *chart, double height)
{
    BpChartRange range;
    find_range (chart, &range);
    if (!has_values (chart))
        lay_empty (flow, chart);
    else
    {
        lay_plot (flow, chart, &range, height);
        if (chart->has_limits)
            bp_chart_marks_lay_key (flow, chart, KEY_GAP_PT);
    }
    flow->gap = TABLE_GAP_PT;
}
