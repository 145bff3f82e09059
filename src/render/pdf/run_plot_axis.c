#include "render/pdf/run_plot.h"

#include <math.h>

#define LEAST_NUMBERS_PT 26.0
#define NUMBER_GAP_PT 5.0
#define NEAR_LINE_PT 3.0 /* a grid line so near to a line that says something is left out */
#define WIDEST_CATEGORY_PT 90.0
#define CATEGORY_GAP_PT 6.0
#define CATEGORIES_BELOW_PT 5.0
#define TICK_PT 3.0
#define OVERHANG_PT 24.0 /* of words below the plot, at its right */
#define GAP_NOTE_ABOVE_PT 8.0
#define GAP_NOTE_ROWS 4

/* ---- numbers and grid ---- */

double bp_run_plot_measure_numbers (BpFlow *flow, const BpChartAxis *axis, const char *unit)
{
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE_SECOND);
    double widest = 0.0;
    for (int i = 0; i < axis->count; i++)
    {
        g_autofree char *label = bp_chart_axis_dup_label (axis, i, unit);
        widest = fmax (widest, bp_fonts_measure (flow->fonts, type->face, type->size_pt, 0.0, label));
    }
    return fmax (LEAST_NUMBERS_PT, ceil (widest + NUMBER_GAP_PT));
}

static bool is_near_line (const BpRunPlot *plot, double y)
{
    const BpChart *chart = plot->chart;
    for (int i = 0; i < chart->reference_count; i++)
        if (fabs (bp_run_plot_y (plot, chart->references[i].value) - y) < NEAR_LINE_PT)
            return true;
    return false;
}

void bp_run_plot_draw_grid (BpRunPlot *plot)
{
    BpFlow *flow = plot->flow;
    const BpColour hairline = bp_flow_colour (flow, BP_COLOUR_HAIRLINE), line = bp_flow_colour (flow, BP_COLOUR_LINE);
    for (int i = 1; i < plot->axis.count; i++)
    {
        const double y = bp_run_plot_y (plot, bp_chart_axis_tick (&plot->axis, i));
        if (!is_near_line (plot, y))
            bp_block_add_line (plot->block, BP_ARTIFACT_LAYOUT, plot->left, y, plot->right, y, 0.5, hairline);
    }
    bp_block_add_line (plot->block, plot->element, plot->left, plot->bottom, plot->right, plot->bottom, 0.75, line);
    if (plot->axis.low < 0.0 && plot->axis.high > 0.0) /* nought is an axis too */
    {
        const double y = bp_run_plot_y (plot, 0.0);
        bp_block_add_line (plot->block, plot->element, plot->left, y, plot->right, y, 0.75, line);
    }
    for (int i = 0; i < plot->axis.count; i++)
    {
        g_autofree char *label = bp_chart_axis_dup_label (&plot->axis, i, plot->chart->axis_unit);
        const double y = bp_run_plot_y (plot, bp_chart_axis_tick (&plot->axis, i));
        bp_flow_add_text (flow, plot->block, plot->element, BP_TYPE_TABLE_SECOND, label, plot->left - NUMBER_GAP_PT, y + 3.465, 1);
    }
}

/* ---- places without a value ---- */

static const char *note_of (const BpChart *chart, int category)
{
    const BpChartSeries *series = &chart->series[0];
    return series->value_notes != NULL && !isfinite (series->values[category]) ? series->value_notes[category] : NULL;
}

static void draw_gap_note (BpRunPlot *plot, const char *note, double x)
{
    BpFlow *flow = plot->flow;
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE);
    const double width = bp_fonts_measure (flow->fonts, type->face, type->size_pt, 0.0, note);
    for (int row = 0; row < GAP_NOTE_ROWS; row++)
    {
        const double middle = plot->bottom - GAP_NOTE_ABOVE_PT - row * type->leading_pt;
        const BpChartRect rect = { x - width / 2.0, middle - 5.0, x + width / 2.0, middle + 5.0 };
        if (!bp_chart_space_is_free (&plot->space, &rect, true))
            continue;
        bp_chart_space_add_rect (&plot->space, rect);
        bp_box_fill (bp_block_add_rectangle (plot->block, plot->element, rect.left - 2.0, rect.top, width + 4.0, 10.0),
                     bp_flow_colour (flow, BP_COLOUR_WHITE));
        bp_flow_add_text (flow, plot->block, plot->element, BP_TYPE_TABLE, note, rect.left, middle + 3.465, 0);
        return;
    }
}

/* Each missing value has its note; where they stand too close, one note stands for its neighbours too. */
void bp_run_plot_draw_gaps (BpRunPlot *plot)
{
    const BpChart *chart = plot->chart;
    const BpType *type = bp_flow_type (plot->flow, BP_TYPE_TABLE);
    for (int first = 0, next; chart->series_count > 0 && first < chart->category_count; first = next)
    {
        const char *note = note_of (chart, first);
        for (next = first + 1; note != NULL && next < chart->category_count && g_strcmp0 (note_of (chart, next), note) == 0;)
            next++;
        if (note == NULL)
            continue;
        const double width = bp_fonts_measure (plot->flow->fonts, type->face, type->size_pt, 0.0, note);
        if (plot->x[next - 1] - plot->x[first] >= (next - first - 1) * (width + 5.0))
            for (int i = first; i < next; i++)
                draw_gap_note (plot, note, plot->x[i]);
        else
            draw_gap_note (plot, note, (plot->x[first] + plot->x[next - 1]) / 2.0);
    }
}

/* ---- words below the plot ---- */

typedef struct
{
    BpBrokenText **words;
    double *widths;
    bool *shown;
    double left, right; /* none stands outside */
    guint most_lines;
    bool is_all;
} Categories;

static double left_of (const BpRunPlot *plot, const Categories *set, int category)
{
    return bp_chart_labels_clamp (plot->x[category], set->widths[category], set->left, set->right);
}

static void measure_categories (BpRunPlot *plot, Categories *set)
{
    BpFlow *flow = plot->flow;
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE_SECOND);
    const int count = plot->chart->category_count;
    set->words = g_new0 (BpBrokenText *, (gsize)count);
    set->widths = g_new0 (double, (gsize)count);
    set->shown = g_new0 (bool, (gsize)count);
    for (int i = 0; i < count; i++)
    {
        const BpSpan span = bp_type_span (type, plot->chart->categories[i]);
        set->words[i] = bp_run_plot_break (flow, &span, WIDEST_CATEGORY_PT, 2);
        set->widths[i] = bp_run_plot_width (set->words[i]);
    }
    bp_chart_labels_thin (plot->x, set->widths, count, set->left, set->right, CATEGORY_GAP_PT, set->shown);
    set->is_all = true;
    for (int i = 0; i < count; i++)
    {
        set->is_all = set->is_all && set->shown[i];
        if (set->shown[i])
            set->most_lines = MAX (set->most_lines, set->words[i]->lines->len);
    }
}

static void clear_categories (Categories *set, int count)
{
    for (int i = 0; i < count; i++)
        bp_broken_text_free (set->words[i]);
    g_free (set->words);
    g_free (set->widths);
    g_free (set->shown);
}

/* A group's name below its first category, parted from the group before by a thin line; the first one, if it is too narrow for its name,
 * has it end at the line. */
static void draw_groups_apart (BpRunPlot *plot, const Categories *set, double top)
{
    BpFlow *flow = plot->flow;
    const BpChart *chart = plot->chart;
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE_SECOND);
    double taken = set->left;
    for (int first = 0, next; first < chart->category_count; first = next)
    {
        const char *group = chart->category_groups[first];
        for (next = first + 1; next < chart->category_count && g_strcmp0 (chart->category_groups[next], group) == 0;)
            next++;
        if (first > 0)
        {
            const double x = bp_run_plot_edge (plot, first, false);
            bp_block_add_line (plot->block, plot->element, x, plot->bottom, x, top + type->leading_pt, 0.5,
                               bp_flow_colour (flow, BP_COLOUR_HAIRLINE));
        }
        if (group == NULL)
            continue;
        const double width = bp_fonts_measure (flow->fonts, type->face, type->size_pt, 0.0, group);
        const bool is_last = next == chart->category_count;
        const double end = is_last ? flow->left + flow->width : bp_run_plot_edge (plot, next, false) - 2.0;
        double x = left_of (plot, set, first);
        if (x + width > end)
            x = is_last ? end - width : fmax (end - 2.0 - width, set->left);
        if (x < taken || x + width > end)
            continue;
        bp_flow_add_text (flow, plot->block, plot->element, BP_TYPE_TABLE_SECOND, group, x, top + type->baseline_pt, 0);
        taken = x + width + CATEGORY_GAP_PT;
    }
}

/* A group's name in the middle below the first of its categories that has its words. */
static void draw_groups_thinned (BpRunPlot *plot, const Categories *set, double top)
{
    BpFlow *flow = plot->flow;
    const BpChart *chart = plot->chart;
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE_SECOND);
    const char *before = NULL;
    double taken = set->left;
    for (int i = 0; i < chart->category_count; i++)
    {
        const char *group = chart->category_groups[i];
        if (!set->shown[i] || group == NULL || g_strcmp0 (group, before) == 0)
            continue;
        const double width = bp_fonts_measure (flow->fonts, type->face, type->size_pt, 0.0, group);
        const double x = bp_chart_labels_clamp (plot->x[i], width, set->left, set->right);
        if (x < taken)
            continue;
        bp_flow_add_text (flow, plot->block, plot->element, BP_TYPE_TABLE_SECOND, group, x, top + type->baseline_pt, 0);
        taken = x + width + CATEGORY_GAP_PT;
        before = group;
    }
}

void bp_run_plot_draw_categories (BpRunPlot *plot)
{
    BpFlow *flow = plot->flow;
    const BpChart *chart = plot->chart;
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE_SECOND);
    const bool has_groups = chart->category_groups != NULL;
    Categories set = { .left = flow->left, .right = plot->right + OVERHANG_PT };
    measure_categories (plot, &set);
    const double top = plot->bottom + CATEGORIES_BELOW_PT;
    for (int i = 0; i < chart->category_count; i++)
    {
        if (!set.shown[i])
            continue;
        if (!set.is_all || !has_groups)
            bp_block_add_line (plot->block, plot->element, plot->x[i], plot->bottom, plot->x[i], plot->bottom + TICK_PT, 0.75,
                               bp_flow_colour (flow, BP_COLOUR_LINE));
        const BpSpan span = bp_type_span (type, chart->categories[i]);
        bp_block_add_lines (plot->block, plot->element, set.words[i], &span, 0, set.words[i]->lines->len, left_of (plot, &set, i), top,
                            set.widths[i], 2, type);
    }
    double end = top + set.most_lines * type->leading_pt;
    if (has_groups)
    {
        if (set.is_all)
            draw_groups_apart (plot, &set, end);
        else
            draw_groups_thinned (plot, &set, end);
        end += type->leading_pt;
    }
    clear_categories (&set, chart->category_count);
    plot->end = end;
}
