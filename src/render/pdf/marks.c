#include "render/pdf/marks.h"

#include <math.h>

#define LETTER_SIZE_PT 9.0
#define LETTER_BASELINE_PT 11.25
#define TRIANGLE_BASELINE_PT 13.2
#define DOWN_TRIANGLE_BASELINE_PT 9.6
#define TAG_PADDING_PT 4.0
#define SPARK_DOT_PT 2.6
#define SPARK_LONE_PT 1.8 /* a value between two gaps */

static const double diamond[] = { 8, 0.2, 15.8, 8, 8, 15.8, 0.2, 8 };
static const double triangle[] = { 8, 1, 15.4, 14.5, 0.6, 14.5 };
static const double down_triangle[] = { 0.6, 1.5, 15.4, 1.5, 8, 15 };
static const double pentagon[] = { 8, 0.6, 15.4, 6, 12.6, 14.7, 3.4, 14.7, 0.6, 6 };
static const double octagon[] = { 4.9, 0.6, 11.1, 0.6, 15.4, 4.9, 15.4, 11.1, 11.1, 15.4, 4.9, 15.4, 0.6, 11.1, 0.6, 4.9 };
static const double sign_triangle[] = { 8, 1.2, 15.3, 14.4, 0.7, 14.4 };
static const double tick[] = { 4.8, 8.2, 7.2, 10.7, 11.4, 5.6 };
static const double arrow_up[] = { 4.9, 7.6, 8, 4.5, 11.1, 7.6 };
static const double arrow_down[] = { 4.9, 8.4, 8, 11.5, 11.1, 8.4 };

bool bp_marks_needs_outline (const BpFlow *flow, BpColour fill)
{
    return bp_colour_contrast (fill, bp_flow_colour (flow, BP_COLOUR_WHITE)) < 4.5;
}

/* A shape beside its word is decoration; in a figure, which has words of its own, it is a part of that. */
static int shape_owner (BpFlow *flow, int element)
{
    return element >= 0 && bp_page_plan_get_element (flow->plan, element)->role == BP_ROLE_FIGURE ? element : BP_ARTIFACT_LAYOUT;
}

/* A shape of so many points in a box of size. */
static BpBox *add_polygon (BpFlow *flow, BpBlock *block, int element, const double *points, int count, double x, double y, double size)
{
    double scaled[12];
    g_assert (2 * count <= (int)G_N_ELEMENTS (scaled));
    for (int i = 0; i < 2 * count; i++)
        scaled[i] = points[i] * size / BP_MARK_SIZE_PT;
    const double *own = size == BP_MARK_SIZE_PT ? points : bp_page_plan_copy_points (flow->plan, scaled, count);
    return bp_block_add_path (block, element, x, y, own, count, true);
}

static BpBox *add_square (BpBlock *block, int element, double x, double y, double inset, double size)
{
    return bp_block_add_rectangle (block, element, x + inset, y + inset, size - 2.0 * inset, size - 2.0 * inset);
}

static BpBox *add_shape (BpFlow *flow, BpBlock *block, int element, BpShape shape, double x, double y, double size)
{
    const double scale = size / BP_MARK_SIZE_PT, half = size / 2.0;
    switch (shape)
    {
    case BP_SHAPE_DIAMOND:
        return add_polygon (flow, block, element, diamond, 4, x, y, size);
    case BP_SHAPE_TRIANGLE:
        return add_polygon (flow, block, element, triangle, 3, x, y, size);
    case BP_SHAPE_DOWN_TRIANGLE:
        return add_polygon (flow, block, element, down_triangle, 3, x, y, size);
    case BP_SHAPE_PENTAGON:
        return add_polygon (flow, block, element, pentagon, 5, x, y, size);
    case BP_SHAPE_CIRCLE:
        return bp_block_add_ellipse (block, element, x + half, y + half, 6.8 * scale);
    case BP_SHAPE_OPEN_CIRCLE:
        return bp_block_add_ellipse (block, element, x + half, y + half, 6.6 * scale);
    case BP_SHAPE_SQUARE:
        return add_square (block, element, x, y, 1.5 * scale, size);
    case BP_SHAPE_DASHED_SQUARE:
        return add_square (block, element, x, y, 1.75 * scale, size);
    }
    g_assert_not_reached ();
}

static void outline_shape (const BpFlow *flow, BpBox *box, BpShape shape, BpColour fill)
{
    const BpColour outline = bp_flow_colour (flow, BP_COLOUR_OUTLINE);
    if (shape == BP_SHAPE_DASHED_SQUARE)
    {
        bp_box_stroke (box, outline, 1.0);
        bp_box_dash (box, 2.0, 1.4);
    }
    else if (shape == BP_SHAPE_OPEN_CIRCLE)
        bp_box_stroke (box, bp_flow_colour (flow, BP_COLOUR_SECONDARY), 1.0);
    else if (bp_marks_needs_outline (flow, fill))
        bp_box_stroke (box, outline, shape == BP_SHAPE_CIRCLE ? 0.75 : 1.0);
}

/* The letter keeps its size in a smaller mark. */
static void add_letter (BpFlow *flow, BpBlock *block, int element, const BpMark *mark, double x, double y, double size)
{
    if (mark->letter == NULL || *mark->letter == '\0')
        return;
    const double scale = size / BP_MARK_SIZE_PT, half = size / 2.0;
    const double baseline = mark->shape == BP_SHAPE_TRIANGLE        ? TRIANGLE_BASELINE_PT * scale
                            : mark->shape == BP_SHAPE_DOWN_TRIANGLE ? DOWN_TRIANGLE_BASELINE_PT * scale
                                                                    : half + LETTER_BASELINE_PT - BP_MARK_SIZE_PT / 2.0;
    const BpColour fill = flow->theme->tones[mark->tone];
    const BpSpan span
        = { .text = mark->letter, .face = BP_FACE_BOLD, .size_pt = LETTER_SIZE_PT, .colour = bp_theme_text_on (flow->theme, fill) };
    const char *letter = bp_line_break_shorten (flow->fonts, flow->plan->strings, &span, 100.0);
    const double width = bp_fonts_measure (flow->fonts, span.face, span.size_pt, 0.0, letter);
    bp_block_add_text (block, element, x + half - width / 2.0, y + baseline, width, &span, letter);
}

void bp_marks_add_status_sized (BpFlow *flow, BpBlock *block, int element, const BpMark *mark, double x, double y, double size)
{
    const BpColour fill = flow->theme->tones[mark->tone];
    BpBox *box = add_shape (flow, block, shape_owner (flow, element), mark->shape, x, y, size);
    box->has_round_joins = true;
    bp_box_fill (box, fill);
    outline_shape (flow, box, mark->shape, fill);
    add_letter (flow, block, element, mark, x, y, size);
}

void bp_marks_add_edge (BpFlow *flow, BpBlock *block, BpShape shape, double x, double y, double size)
{
    const BpColour white = bp_flow_colour (flow, BP_COLOUR_WHITE);
    BpBox *box = add_shape (flow, block, BP_ARTIFACT_LAYOUT, shape, x, y, size);
    box->has_round_joins = true;
    bp_box_fill (box, white);
    bp_box_stroke (box, white, 3.0);
}

void bp_marks_add_status (BpFlow *flow, BpBlock *block, int element, const BpMark *mark, double x, double y)
{
    bp_marks_add_status_sized (flow, block, element, mark, x, y, BP_MARK_SIZE_PT);
}

static void add_stroke (BpBlock *block, int element, const double *points, int count, double x, double y, double weight, BpColour colour)
{
    BpBox *box = bp_block_add_path (block, element, x, y, points, count, false);
    box->has_round_joins = true;
    bp_box_stroke (box, colour, weight);
}

/* Three points of an arrow head, scaled. */
static void add_arrow_head (BpFlow *flow, BpBlock *block, const double *head, double scale, double x, double y, double weight,
                            BpColour colour)
{
    double scaled[6];
    for (int i = 0; i < 6; i++)
        scaled[i] = head[i] * scale;
    add_stroke (block, BP_ARTIFACT_LAYOUT, scale == 1.0 ? head : bp_page_plan_copy_points (flow->plan, scaled, 3), 3, x, y, weight, colour);
}

void bp_marks_add_movement_sized (BpFlow *flow, BpBlock *block, BpDirection direction, BpJudgement judgement, double x, double y,
                                  double size)
{
    const double scale = size / BP_MARK_SIZE_PT;
    const BpColour white = bp_flow_colour (flow, BP_COLOUR_WHITE), navy = bp_flow_colour (flow, BP_COLOUR_NAVY),
                   ink = bp_flow_colour (flow, BP_COLOUR_INK);
    const BpColour second = bp_flow_colour (flow, BP_COLOUR_SECONDARY);
    const bool is_good = judgement == BP_JUDGEMENT_GOOD, is_bad = judgement == BP_JUDGEMENT_BAD;
    const BpColour line = is_good ? white : is_bad ? ink : second;
    const double middle_x = x + 8.0 * scale, middle_y = y + 8.0 * scale;
    BpBox *disc = bp_block_add_ellipse (block, BP_ARTIFACT_LAYOUT, middle_x, middle_y, (is_good ? 7.0 : 6.4) * scale);
    bp_box_fill (disc, is_good ? navy : white);
    if (!is_good)
        bp_box_stroke (disc, line, (is_bad ? 1.4 : 1.0) * scale);
    const double reach = 3.4 * scale, half = 3.0 * scale, apart = 1.5 * scale;
    switch (direction)
    {
    case BP_DIRECTION_UP:
    case BP_DIRECTION_DOWN:
        bp_block_add_line (block, BP_ARTIFACT_LAYOUT, middle_x, middle_y - reach, middle_x, middle_y + reach, 1.6 * scale, line);
        add_arrow_head (flow, block, direction == BP_DIRECTION_UP ? arrow_up : arrow_down, scale, x, y, 1.6 * scale, line);
        break;
    case BP_DIRECTION_LEVEL:
        bp_block_add_line (block, BP_ARTIFACT_LAYOUT, middle_x - half, middle_y - apart, middle_x + half, middle_y - apart, 1.2 * scale,
                           line);
        bp_block_add_line (block, BP_ARTIFACT_LAYOUT, middle_x - half, middle_y + apart, middle_x + half, middle_y + apart, 1.2 * scale,
                           line);
        break;
    case BP_DIRECTION_NONE:
        bp_block_add_line (block, BP_ARTIFACT_LAYOUT, middle_x - half, middle_y, middle_x + half, middle_y, 1.2 * scale, line);
        break;
    }
}

void bp_marks_add_movement (BpFlow *flow, BpBlock *block, BpDirection direction, BpJudgement judgement, double x, double y)
{
    bp_marks_add_movement_sized (flow, block, direction, judgement, x, y, BP_MARK_SIZE_PT);
}

/* "!" or, upside down, "i". */
static void add_exclamation (BpBlock *block, double x, double top, double bottom, double dot_y, double weight, BpColour colour)
{
    bp_block_add_line (block, BP_ARTIFACT_LAYOUT, x, top, x, bottom, weight, colour);
    bp_box_fill (bp_block_add_ellipse (block, BP_ARTIFACT_LAYOUT, x, dot_y, weight * 0.6), colour);
}

void bp_marks_add_sign (BpFlow *flow, BpBlock *block, BpSign sign, double x, double y)
{
    const BpColour ink = bp_flow_colour (flow, BP_COLOUR_INK), outline = bp_flow_colour (flow, BP_COLOUR_OUTLINE),
                   white = bp_flow_colour (flow, BP_COLOUR_WHITE);
    switch (sign)
    {
    case BP_SIGN_ERROR:
        bp_box_fill (bp_block_add_path (block, BP_ARTIFACT_LAYOUT, x, y, octagon, 8, true), ink);
        add_exclamation (block, x + 8, y + 4, y + 9, y + 11.6, 1.8, white);
        return;
    case BP_SIGN_CHECK:
    {
        BpBox *box = bp_block_add_path (block, BP_ARTIFACT_LAYOUT, x, y, sign_triangle, 3, true);
        box->has_round_joins = true;
        bp_box_stroke (box, outline, 1.3);
        add_exclamation (block, x + 8, y + 5.8, y + 10, y + 12.2, 1.5, ink);
        return;
    }
    case BP_SIGN_NOTE:
        bp_box_stroke (bp_block_add_ellipse (block, BP_ARTIFACT_LAYOUT, x + 8, y + 8, 6.8), outline, 1.1);
        add_exclamation (block, x + 8, y + 7.2, y + 11.4, y + 5.1, 1.4, ink);
        return;
    case BP_SIGN_AGREES:
        bp_box_stroke (bp_block_add_ellipse (block, BP_ARTIFACT_LAYOUT, x + 8, y + 8, 6.8), outline, 1.1);
        add_stroke (block, BP_ARTIFACT_LAYOUT, tick, 3, x, y, 1.8, ink);
        return;
    }
}

void bp_marks_add_arrow (BpFlow *flow, BpBlock *block, int element, double x, double y, double width)
{
    static const double head[] = { 0, 0, 3.6, 3.6, 0, 7.2 };
    const BpColour ink = bp_flow_colour (flow, BP_COLOUR_INK);
    bp_block_add_line (block, element, x, y, x + width - 0.6, y, 1.4, ink);
    add_stroke (block, element, head, 3, x + width - 4.2, y - 3.6, 1.4, ink);
}

double bp_marks_measure_tag (BpFlow *flow, const char *word)
{
    const BpType *type = bp_flow_type (flow, BP_TYPE_TAG);
    return bp_fonts_measure (flow->fonts, type->face, type->size_pt, 0.0, word) + 2.0 * TAG_PADDING_PT;
}

double bp_marks_add_tag (BpFlow *flow, BpBlock *block, int element, const char *word, double x, double baseline)
{
    const double width = bp_marks_measure_tag (flow, word);
    const BpType *type = bp_flow_type (flow, BP_TYPE_TAG);
    BpBox *box
        = bp_block_add_rectangle (block, BP_ARTIFACT_LAYOUT, x + 0.5, baseline - type->size_pt - 0.3, width - 1.0, type->size_pt + 3.3);
    bp_box_fill (box, bp_flow_colour (flow, BP_COLOUR_WHITE));
    bp_box_stroke (box, bp_flow_colour (flow, BP_COLOUR_OUTLINE), 1.0);
    bp_flow_add_text (flow, block, element, BP_TYPE_TAG, word, x + TAG_PADDING_PT, baseline, 0);
    return width;
}

/* ---- sparkline ---- */

#define LEAST_JOINED 3 /* values: fewer make no line */

static double spark_y (double value, double low, double high, double y, double height)
{
    const double inner = height - 2.0 * SPARK_DOT_PT;
    return high > low ? y + SPARK_DOT_PT + inner * (high - value) / (high - low) : y + height / 2.0;
}

/* The points since the last gap, relative to x and y. */
static void add_spark_run (BpFlow *flow, BpBlock *block, int element, GArray *run, double x, double y)
{
    const int count = (int)run->len / 2;
    const double *points = (const double *)(void *)run->data;
    const BpColour navy = bp_flow_colour (flow, BP_COLOUR_NAVY);
    if (count == 1)
        bp_box_fill (bp_block_add_ellipse (block, element, x + points[0], y + points[1], SPARK_LONE_PT), navy);
    else if (count > 1)
    {
        BpBox *box = bp_block_add_path (block, element, x, y, bp_page_plan_copy_points (flow->plan, points, count), count, false);
        box->has_round_joins = true;
        bp_box_stroke (box, navy, 1.4);
    }
    g_array_set_size (run, 0);
}

bool bp_marks_can_draw_spark (const BpValue *spark)
{
    int joined = 0;
    for (int i = 0; i < spark->point_count; i++)
    {
        const bool has_before = i > 0 && isfinite (spark->points[i - 1]),
                   has_after = i + 1 < spark->point_count && isfinite (spark->points[i + 1]);
        joined += isfinite (spark->points[i]) && (has_before || has_after) ? 1 : 0;
    }
    return joined >= LEAST_JOINED;
}

bool bp_marks_add_spark (BpFlow *flow, BpBlock *block, int element, const BpValue *spark, double x, double y, double width, double height)
{
    double low = G_MAXDOUBLE, high = -G_MAXDOUBLE;
    int last = -1;
    if (!bp_marks_can_draw_spark (spark))
        return false;
    for (int i = 0; i < spark->point_count; i++)
    {
        if (!isfinite (spark->points[i]))
            continue;
        low = MIN (low, spark->points[i]);
        high = MAX (high, spark->points[i]);
        last = i;
    }
    if (isfinite (spark->target))
    {
        low = MIN (low, spark->target);
        high = MAX (high, spark->target);
        const double target_y = spark_y (spark->target, low, high, y, height);
        bp_box_dash (bp_block_add_line (block, element, x, target_y, x + width, target_y, 0.8, bp_flow_colour (flow, BP_COLOUR_SECONDARY)),
                     2.5, 2.0);
    }
    g_autoptr (GArray) run = g_array_new (FALSE, FALSE, sizeof (double));
    const double left = x + 2.0, step = (width - 2.0 - SPARK_DOT_PT) / MAX (spark->point_count - 1, 1);
    for (int i = 0; i < spark->point_count; i++)
    {
        if (!isfinite (spark->points[i]))
        {
            add_spark_run (flow, block, element, run, x, y);
            continue;
        }
        const double at[2] = { left - x + step * i, spark_y (spark->points[i], low, high, 0.0, height) };
        g_array_append_vals (run, at, 2);
    }
    add_spark_run (flow, block, element, run, x, y);
    bp_box_fill (
        bp_block_add_ellipse (block, element, left + step * last, spark_y (spark->points[last], low, high, y, height), SPARK_DOT_PT),
        bp_flow_colour (flow, BP_COLOUR_NAVY));
    return true;
}
