#include "render/pdf/run_plot.h"

#include "base/number.h"
#include "render/pdf/chart_marks.h"

#include <math.h>

#define WORDS_PT 172.0       /* widest line of words in the plot */
#define CLOSER 0.93          /* words too long for their lines are cut to so much of what was tried before */
#define NARROW_WORDS_PT 84.0 /* where that finds no room */
#define PATCH_PT 2.0
#define INK_PT 5.0 /* a line of words takes so much above and below its middle */
#define END_ABOVE_PT 10.0
#define END_BELOW_PT 4.0
#define LEADER_FROM_PT 20.0
#define BESIDE_LINE_PT 5.0  /* words so near to a line read as its name */
#define BEFORE_WORDS_PT 2.0 /* so far from its words a thin line ends */

/* ---- lines of words ---- */

BpBrokenText *bp_run_plot_break (BpFlow *flow, const BpSpan *span, double width, guint lines)
{
    BpBrokenText *broken
        = bp_line_break (flow->fonts, flow->plan->strings, span, 1, width, lines > 1 ? BP_BREAK_BALANCED : BP_BREAK_GREEDY);
    double room = width * lines;
    while (broken->lines->len > lines)
    {
        BpSpan cut = *span;
        cut.text = bp_line_break_shorten (flow->fonts, flow->plan->strings, span, room);
        bp_broken_text_free (broken);
        broken = bp_line_break (flow->fonts, flow->plan->strings, &cut, 1, width, BP_BREAK_GREEDY);
        room *= CLOSER;
    }
    return broken;
}

double bp_run_plot_width (const BpBrokenText *broken)
{
    double width = 0.0;
    for (guint i = 0; i < broken->lines->len; i++)
        width = fmax (width, g_array_index (broken->lines, BpTextLine, i).width);
    return width;
}

/* The same, but of a name and a value the value is never cut. */
static BpBrokenText *break_named (BpFlow *flow, BpSpan *span, const char *value, double width, guint lines)
{
    if (value == NULL)
        return bp_run_plot_break (flow, span, width, lines);
    const BpSpan name = *span;
    const char *shown = name.text;
    double room = width * lines;
    while (true)
    {
        g_autofree char *text = g_strdup_printf ("%s %s", shown, value);
        span->text = bp_page_plan_copy (flow->plan, text);
        BpBrokenText *broken = bp_line_break (flow->fonts, flow->plan->strings, span, 1, width, BP_BREAK_TIDY);
        if (broken->lines->len <= lines || room < 10.0)
            return broken;
        bp_broken_text_free (broken);
        shown = bp_line_break_shorten (flow->fonts, flow->plan->strings, &name, room);
        room *= CLOSER;
    }
}

static double height_of (const BpRunLabel *label)
{
    return 2.0 * INK_PT + (label->broken->lines->len - 1.0) * label->type->leading_pt;
}

/* text, or a name and its value. */
typedef struct
{
    BpTypeRole role;
    BpColourRole colour;
    const char *text, *value;
} Words;

static BpRunLabel make_label (BpRunPlot *plot, const Words *words, double width, guint lines)
{
    BpRunLabel label = { .type = bp_flow_type (plot->flow, words->role) };
    label.span = bp_type_span (label.type, bp_page_plan_copy (plot->flow->plan, words->text));
    label.span.colour = bp_flow_colour (plot->flow, words->colour);
    label.broken = break_named (plot->flow, &label.span, words->value, width, lines);
    return label;
}

/* ---- in the plot ---- */

/* The thin line from a point to words that stand far from it, ending short of them. */
static void lead_to (BpRunLabel *label, double x, double y)
{
    const BpChartRect *rect = &label->rect;
    const double to_x = CLAMP (x, rect->left, rect->right), to_y = CLAMP (y, rect->top, rect->bottom), away = hypot (to_x - x, to_y - y);
    label->has_leader = away > LEADER_FROM_PT;
    if (!label->has_leader)
        return;
    const double share = 1.0 - BEFORE_WORDS_PT / away;
    label->leader[0] = x;
    label->leader[1] = y;
    label->leader[2] = x + (to_x - x) * share;
    label->leader[3] = y + (to_y - y) * share;
}

/* Whether the thin line to a label would run through words that have their place. */
static bool crosses_words (const BpRunPlot *plot, const BpRunLabel *label)
{
    const BpChartStroke stroke = { label->leader[0], label->leader[1], label->leader[2], label->leader[3], false };
    for (guint i = 0; label->has_leader && i < plot->labels->len; i++)
    {
        const BpChartRect *rect = &g_array_index (plot->labels, BpRunLabel, i).rect;
        const BpChartRect wider = { rect->left - PATCH_PT, rect->top - PATCH_PT, rect->right + PATCH_PT, rect->bottom + PATCH_PT };
        if (bp_chart_stroke_meets (&stroke, &wider))
            return true;
    }
    return false;
}

static void keep_in_plot (BpRunPlot *plot, BpRunLabel *label, double x)
{
    label->has_patch = true;
    label->align = label->rect.right < x ? 1 : label->rect.left > x ? 0 : 2;
    if (label->has_leader)
        bp_chart_space_add_stroke (&plot->space, label->leader[0], label->leader[1], label->leader[2], label->leader[3], false);
    g_array_append_val (plot->labels, *label);
}

static bool place_words (BpRunPlot *plot, const Words *words, double x, double y, const BpChartSide sides[BP_CHART_SIDES], double reach)
{
    static const double widths[] = { WORDS_PT, NARROW_WORDS_PT };
    for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    {
        BpRunLabel label = make_label (plot, words, widths[i], 2);
        const guint taken = plot->space.rects->len;
        if (bp_chart_space_place (&plot->space, x, y, bp_run_plot_width (label.broken), height_of (&label), sides, reach, &label.rect))
        {
            lead_to (&label, x, y);
            if (!crosses_words (plot, &label))
            {
                keep_in_plot (plot, &label, x);
                return true;
            }
            g_array_set_size (plot->space.rects, taken);
        }
        bp_broken_text_free (label.broken);
    }
    return false;
}

static const BpChartSide right_first[] = { BP_CHART_RIGHT, BP_CHART_ABOVE, BP_CHART_BELOW, BP_CHART_LEFT },
                         above_first[] = { BP_CHART_ABOVE, BP_CHART_BELOW, BP_CHART_LEFT, BP_CHART_RIGHT },
                         below_first[] = { BP_CHART_BELOW, BP_CHART_ABOVE, BP_CHART_RIGHT, BP_CHART_LEFT },
                         peak_first[] = { BP_CHART_RIGHT, BP_CHART_LEFT, BP_CHART_ABOVE, BP_CHART_BELOW };

/* Whether a point stands higher than those beside it. */
static bool is_peak (const BpRunPlot *plot, int category)
{
    const double *values = plot->chart->series[0].values;
    const bool has_before = category > 0 && isfinite (values[category - 1]),
               has_after = category + 1 < plot->chart->category_count && isfinite (values[category + 1]);
    return (has_before || has_after) && (!has_before || values[category - 1] < values[category])
           && (!has_after || values[category + 1] < values[category]);
}

/* ---- at the right ---- */

typedef struct
{
    Words words;
    double y;
} EndWords;

static void add_end (BpRunPlot *plot, GArray *ends, const Words *words, double y)
{
    EndWords end = { *words, y };
    end.words.text = bp_page_plan_copy (plot->flow->plan, words->text);
    end.words.value = words->value != NULL ? bp_page_plan_copy (plot->flow->plan, words->value) : NULL;
    g_array_append_val (ends, end);
}

/* Makes and stacks the labels in so many lines each; false, with nothing kept, if they are too high. */
static bool stack_ends (BpRunPlot *plot, const GArray *ends, guint lines)
{
    const double width = BP_RUN_RIGHT_PT - BP_RUN_END_GAP_PT, left = plot->right + BP_RUN_END_GAP_PT;
    g_autofree BpChartEndLabel *places = g_new0 (BpChartEndLabel, ends->len + 1);
    const guint before = plot->labels->len;
    for (guint i = 0; i < ends->len; i++)
    {
        const EndWords *end = &g_array_index (ends, EndWords, i);
        const BpRunLabel label = make_label (plot, &end->words, width, lines);
        places[i] = (BpChartEndLabel){ .wanted = end->y, .height = label.broken->lines->len * label.type->leading_pt };
        g_array_append_val (plot->labels, label);
    }
    const bool fits = bp_chart_labels_stack (places, (int)ends->len, plot->top - END_ABOVE_PT, plot->bottom + END_BELOW_PT);
    for (guint i = 0; i < ends->len; i++)
    {
        BpRunLabel *label = &g_array_index (plot->labels, BpRunLabel, before + i);
        if (!fits)
        {
            bp_broken_text_free (label->broken);
            continue;
        }
        const double half = height_of (label) / 2.0;
        label->rect = (BpChartRect){ left, places[i].y - half, left + width, places[i].y + half };
        label->has_leader = places[i].is_moved;
        label->leader[0] = plot->right + 1.0;
        label->leader[1] = places[i].wanted;
        label->leader[2] = left - BEFORE_WORDS_PT;
        label->leader[3] = places[i].y;
    }
    if (!fits)
        g_array_set_size (plot->labels, before);
    return fits;
}

/* In two lines each where there is room, else in one; what stands last goes below the plot if even that is too much. */
static void place_ends (BpRunPlot *plot, GArray *ends)
{
    for (guint lines = 2; !stack_ends (plot, ends, lines);)
    {
        if (lines > 1)
        {
            lines--;
            continue;
        }
        g_ptr_array_insert (plot->rest, 0, (gpointer)g_array_index (ends, EndWords, ends->len - 1).words.text);
        g_array_set_size (ends, ends->len - 1);
    }
}

/* ---- what is said ---- */

static char *dup_value (const BpChart *chart, const BpChartSeries *series, int last)
{
    if (series->last_text != NULL)
        return g_strdup (series->last_text);
    g_autofree char *number = bp_number_dup_text (series->values[last], MAX (chart->axis_decimals, 0));
    return g_strdup_printf ("%s%s", number, chart->axis_unit != NULL ? chart->axis_unit : "");
}

/* "Hounslow 46%"; in a chart with limits, whose line needs no name, "Jul 2025: 38". */
static char *dup_last_name (const BpRunPlot *plot, const BpChartSeries *series, int last)
{
    const BpChart *chart = plot->chart;
    const char *group = chart->category_groups != NULL ? chart->category_groups[last] : NULL;
    if (!chart->has_limits)
        return g_strdup (series->name);
    return g_strdup_printf ("%s%s%s:", chart->categories[last], group != NULL ? " " : "", group != NULL ? group : "");
}

static void place_last_points (BpRunPlot *plot, GArray *ends)
{
    const BpChart *chart = plot->chart;
    for (int i = 0; i < chart->series_count; i++)
    {
        const BpChartSeries *series = &chart->series[i];
        const int last = bp_run_plot_find_last (plot, i);
        if (series->is_dashed || last < 0)
            continue;
        g_autofree char *name = dup_last_name (plot, series, last), *value = dup_value (chart, series, last);
        const Words words
            = { BP_TYPE_TABLE_BOLD, i == 0 ? BP_COLOUR_NAVY : BP_COLOUR_INK, name != NULL ? name : value, name != NULL ? value : NULL };
        const double y = bp_run_plot_y (plot, series->values[last]);
        if (last + 1 == chart->category_count || !place_words (plot, &words, plot->x[last], y, right_first, BP_CHART_FAR_PT))
            add_end (plot, ends, &words, y);
    }
}

/* Lines that belong to something else are taken as well: words on or beside one would read as its name. Returns how many strokes and, in
 * rects_out, rectangles were there before. */
static guint take_other_lines (BpRunPlot *plot, guint *rects_out)
{
    const BpChart *chart = plot->chart;
    const guint strokes = plot->space.strokes->len;
    *rects_out = plot->space.rects->len;
    for (int i = 1; i < plot->axis.count; i++)
    {
        const double y = bp_run_plot_y (plot, bp_chart_axis_tick (&plot->axis, i));
        bp_chart_space_add_stroke (&plot->space, plot->left, y, plot->right, y, false);
    }
    for (int i = 0; i < chart->reference_count; i++)
    {
        const double y = bp_run_plot_y (plot, chart->references[i].value);
        if (isfinite (y))
            bp_chart_space_add_rect (&plot->space, (BpChartRect){ plot->left, y - BESIDE_LINE_PT, plot->right, y + BESIDE_LINE_PT });
    }
    return strokes;
}

/* What a quiet remark says, the baseline, stands near its point, best below it, and clear of all other lines; false if there is no such
 * place. */
static bool place_quietly (BpRunPlot *plot, const Words *words, int category)
{
    static const double reaches[] = { BP_CHART_NEAR_PT, BP_CHART_FAR_PT };
    static const BpChartSide sides[] = { BP_CHART_BELOW, BP_CHART_ABOVE, BP_CHART_RIGHT, BP_CHART_LEFT };
    const double x = plot->x[category], y = bp_run_plot_y (plot, plot->chart->series[0].values[category]);
    guint rects;
    const guint strokes = take_other_lines (plot, &rects), more_strokes = plot->space.strokes->len - strokes,
                more_rects = plot->space.rects->len - rects;
    bool is_placed = false;
    for (gsize i = 0; !is_placed && i < G_N_ELEMENTS (reaches); i++)
        is_placed = place_words (plot, words, x, y, sides, reaches[i]);
    g_array_remove_range (plot->space.strokes, strokes, more_strokes);
    g_array_remove_range (plot->space.rects, rects, more_rects);
    return is_placed;
}

/* What is said of a run of points may stand at each of them: near the one in the middle or those next to it, else further off. */
static bool place_remark (BpRunPlot *plot, const Words *words, int category, const BpChartSide sides[BP_CHART_SIDES])
{
    static const double reaches[] = { BP_CHART_NEAR_PT, BP_CHART_FAR_PT };
    const BpChartSeries *series = &plot->chart->series[0];
    int first = category, last = category;
    const BpPointMeaning meaning = series->meanings != NULL ? series->meanings[category] : BP_POINT_PLAIN;
    const bool is_run = meaning != BP_POINT_PLAIN && meaning != BP_POINT_USUAL;
    while (is_run && first > 0 && isfinite (series->values[first - 1]) && series->meanings[first - 1] == meaning)
        first--;
    while (is_run && last + 1 < plot->chart->category_count && isfinite (series->values[last + 1]) && series->meanings[last + 1] == meaning)
        last++;
    for (gsize i = first < last ? 0 : 1; i < G_N_ELEMENTS (reaches); i++)
        for (int away = 0; away <= last - first; away++)
            for (int side = away > 0 ? -1 : 1; side <= 1; side += 2)
            {
                const int at = category + side * away;
                if (at >= first && at <= last
                    && place_words (plot, words, plot->x[at], bp_run_plot_y (plot, series->values[at]), sides, reaches[i]))
                    return true;
            }
    return false;
}

static void place_remarks (BpRunPlot *plot, GArray *ends)
{
    const BpChart *chart = plot->chart;
    const BpChartSeries *series = &chart->series[0];
    for (int i = 0; i < chart->remark_count; i++)
    {
        const BpChartRemark *remark = &chart->remarks[i];
        if (remark->category < 0 || remark->category >= chart->category_count || !isfinite (series->values[remark->category]))
            continue;
        const bool is_concern = series->meanings != NULL && series->meanings[remark->category] == BP_POINT_CONCERN;
        const Words words = { BP_TYPE_TABLE, is_concern ? BP_COLOUR_INK : BP_COLOUR_NAVY, remark->text, NULL };
        const bool is_beside = !remark->is_quiet && is_peak (plot, remark->category);
        if (remark->is_quiet && place_quietly (plot, &words, remark->category))
            continue;
        if (!place_remark (plot, &words, remark->category, is_beside ? peak_first : below_first))
            add_end (plot, ends, &words, bp_run_plot_y (plot, series->values[remark->category]));
    }
}

/* The height of a line of what was planned at a category, between the values that there are; NAN before the first and after the last. */
static double plan_at (const BpRunPlot *plot, const double *values, int category)
{
    int before = category, after = category;
    while (before >= 0 && !isfinite (values[before]))
        before--;
    while (after < plot->chart->category_count && !isfinite (values[after]))
        after++;
    if (before < 0 || after >= plot->chart->category_count)
        return NAN;
    const double from = bp_run_plot_y (plot, values[before]), to = bp_run_plot_y (plot, values[after]);
    return before == after ? from : from + (to - from) * (plot->x[category] - plot->x[before]) / (plot->x[after] - plot->x[before]);
}

/* Its name stands on it, where there is room. */
static void place_plan_names (BpRunPlot *plot, GArray *ends)
{
    static const double along[] = { 0.45, 0.6, 0.3, 0.75, 0.15, 0.9 };
    const BpChart *chart = plot->chart;
    for (int i = 0; i < chart->series_count; i++)
    {
        const BpChartSeries *series = &chart->series[i];
        const int last = bp_run_plot_find_last (plot, i);
        if (!series->is_dashed || series->name == NULL || last < 0)
            continue;
        const Words words = { BP_TYPE_TABLE, BP_COLOUR_SECONDARY, series->name, NULL };
        bool is_placed = false;
        for (gsize j = 0; !is_placed && j < 2 * G_N_ELEMENTS (along); j++) /* anywhere near it, then further off */
        {
            const double reach = j < G_N_ELEMENTS (along) ? BP_CHART_NEAR_PT : BP_CHART_FAR_PT;
            const int category = (int)lround (along[j % G_N_ELEMENTS (along)] * (chart->category_count - 1));
            const double y = plan_at (plot, series->values, category);
            is_placed = isfinite (y) && place_words (plot, &words, plot->x[category], y, above_first, reach);
        }
        if (!is_placed)
            add_end (plot, ends, &words, bp_run_plot_y (plot, series->values[last]));
    }
}

static void place_references (BpRunPlot *plot, GArray *ends)
{
    const BpChart *chart = plot->chart;
    for (int i = 0; i < chart->reference_count; i++)
    {
        const BpChartReference *reference = &chart->references[i];
        const bool is_target = reference->kind == BP_REFERENCE_TARGET;
        if (reference->label == NULL || !isfinite (reference->value))
            continue;
        const Words words
            = { is_target ? BP_TYPE_TABLE_BOLD : BP_TYPE_TABLE, is_target ? BP_COLOUR_INK : BP_COLOUR_SECONDARY, reference->label, NULL };
        const double y = bp_run_plot_y (plot, reference->value);
        const bool ends_inside = reference->last + 1 < chart->category_count;
        if (!ends_inside || !place_words (plot, &words, plot->x[MAX (reference->last, 0)], y, above_first, BP_CHART_FAR_PT))
            add_end (plot, ends, &words, y);
    }
}

static void place_events (BpRunPlot *plot)
{
    const BpChart *chart = plot->chart;
    for (int i = 0; i < chart->event_count; i++)
    {
        const BpChartEvent *event = &chart->events[i];
        if (event->text == NULL || event->category < 0 || event->category >= chart->category_count)
            continue;
        const double x = bp_run_plot_edge (plot, event->category, false);
        const Words words = { BP_TYPE_TABLE, BP_COLOUR_SECONDARY, event->text, NULL };
        BpRunLabel label = make_label (plot, &words, WORDS_PT, 2);
        if (bp_chart_space_place_beside (&plot->space, x, bp_run_plot_width (label.broken), height_of (&label), &label.rect))
        {
            keep_in_plot (plot, &label, x);
            continue;
        }
        bp_broken_text_free (label.broken);
        const char *text = bp_page_plan_copy (plot->flow->plan, event->text);
        g_ptr_array_add (plot->rest, (gpointer)text);
    }
}

void bp_run_plot_place_words (BpRunPlot *plot)
{
    g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (EndWords));
    place_last_points (plot, ends);
    place_remarks (plot, ends);
    place_references (plot, ends);
    place_plan_names (plot, ends);
    place_events (plot);
    place_ends (plot, ends);
}

/* ---- drawing ---- */

void bp_run_plot_draw_patches (const BpRunPlot *plot)
{
    for (guint i = 0; i < plot->labels->len; i++)
    {
        const BpRunLabel *label = &g_array_index (plot->labels, BpRunLabel, i);
        if (!label->has_patch)
            continue;
        const BpChartRect *rect = &label->rect;
        bp_box_fill (bp_block_add_rectangle (plot->block, plot->element, rect->left - PATCH_PT, rect->top - PATCH_PT,
                                             rect->right - rect->left + 2.0 * PATCH_PT, rect->bottom - rect->top + 2.0 * PATCH_PT),
                     bp_flow_colour (plot->flow, BP_COLOUR_WHITE));
    }
}

void bp_run_plot_draw_words (const BpRunPlot *plot)
{
    for (guint i = 0; i < plot->labels->len; i++)
    {
        const BpRunLabel *label = &g_array_index (plot->labels, BpRunLabel, i);
        const BpType *type = label->type;
        const double top = label->rect.top + INK_PT + BP_RUN_MIDDLE * type->size_pt - type->baseline_pt;
        if (label->has_leader)
            bp_block_add_line (plot->block, plot->element, label->leader[0], label->leader[1], label->leader[2], label->leader[3], 0.75,
                               bp_flow_colour (plot->flow, BP_COLOUR_LINE));
        bp_block_add_lines (plot->block, plot->element, label->broken, &label->span, 0, label->broken->lines->len, label->rect.left, top,
                            label->rect.right - label->rect.left, label->align, type);
    }
}
