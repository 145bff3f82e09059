#include "render/pdf/chart_labels.h"

#include <math.h>

#define LEADER_FROM_PT 13.0
#define PATCH_PT 2.0       /* of white round a label */
#define FROM_POINT_PT 8.0  /* from a point to the label beside it */
#define STEP_PT 4.0        /* by which a label is moved away from its point */
#define BESIDE_PT 5.0      /* from an upright line to its words */
#define BESIDE_TOP_PT 12.0 /* from the top of the area to the highest words beside it */
#define SLIDES 5
#define APART_PT 8.0
#define OVERHANG_PT 5.0 /* of a label above a point that begins or ends there */

/* ---- at the right of the plot ---- */

static int compare_wanted (const void *a, const void *b)
{
    const BpChartEndLabel *first = *(BpChartEndLabel *const *)a, *second = *(BpChartEndLabel *const *)b;
    if (first->wanted != second->wanted)
        return first->wanted < second->wanted ? -1 : 1;
    return first < second ? -1 : 1;
}

bool bp_chart_labels_stack (BpChartEndLabel *labels, int count, double top, double bottom)
{
    double sum = 0.0;
    g_autofree BpChartEndLabel **sorted = g_new0 (BpChartEndLabel *, (gsize)MAX (count, 1));
    for (int i = 0; i < count; i++)
    {
        sorted[i] = &labels[i];
        sum += labels[i].height;
    }
    if (sum > bottom - top + 0.001)
        return false;
    qsort (sorted, (gsize)count, sizeof *sorted, compare_wanted);
    double least = top;
    for (int i = 0; i < count; i++)
    {
        sorted[i]->y = fmax (sorted[i]->wanted, least + sorted[i]->height / 2.0);
        least = sorted[i]->y + sorted[i]->height / 2.0;
    }
    double most = bottom;
    for (int i = count; i-- > 0;)
    {
        sorted[i]->y = fmin (sorted[i]->y, most - sorted[i]->height / 2.0);
        most = sorted[i]->y - sorted[i]->height / 2.0;
        sorted[i]->is_moved = fabs (sorted[i]->y - sorted[i]->wanted) > LEADER_FROM_PT;
    }
    return true;
}

/* ---- below the plot ---- */

double bp_chart_labels_clamp (double x, double width, double left, double right)
{
    return fmax (fmin (x - width / 2.0, right - width), left);
}

/* Shows the last label and every so-manieth before it. False if two meet. */
static bool try_every (int every, const double *x, const double *widths, int count, double left, double right, double gap, bool *shown)
{
    double end = -INFINITY;
    for (int i = 0; i < count; i++)
    {
        shown[i] = (count - 1 - i) % every == 0;
        if (!shown[i])
            continue;
        const double start = bp_chart_labels_clamp (x[i], widths[i], left, right);
        if (start < end + gap)
            return false;
        end = start + widths[i];
    }
    return true;
}

void bp_chart_labels_thin (const double *x, const double *widths, int count, double left, double right, double gap, bool *shown)
{
    static const int steps[] = { 1, 2, 3, 4, 6, 12, 24, 36, 48, 60, 120 };
    for (gsize i = 0; i < G_N_ELEMENTS (steps) && steps[i] < count; i++)
        if (try_every (steps[i], x, widths, count, left, right, gap, shown))
            return;
    if (count > 0)
        try_every (count, x, widths, count, left, right, gap, shown); /* the last alone */
}

/* ---- in the plot ---- */

void bp_chart_space_init (BpChartSpace *space, BpChartRect area)
{
    space->area = area;
    space->rects = g_array_new (FALSE, FALSE, sizeof (BpChartRect));
    space->strokes = g_array_new (FALSE, FALSE, sizeof (BpChartStroke));
}

void bp_chart_space_clear (BpChartSpace *space)
{
    g_array_unref (space->rects);
    g_array_unref (space->strokes);
}

void bp_chart_space_add_rect (BpChartSpace *space, BpChartRect rect)
{
    g_array_append_val (space->rects, rect);
}

void bp_chart_space_add_stroke (BpChartSpace *space, double x1, double y1, double x2, double y2, bool is_soft)
{
    const BpChartStroke stroke = { x1, y1, x2, y2, is_soft };
    g_array_append_val (space->strokes, stroke);
}

bool bp_chart_rect_meets (const BpChartRect *a, const BpChartRect *b)
{
    return a->left < b->right && b->left < a->right && a->top < b->bottom && b->top < a->bottom;
}

/* Narrows the part of a stroke (from 0 to 1) that may lie inside by one side of the rectangle. */
static bool clip (double direction, double distance, double *from, double *to)
{
    if (direction == 0.0)
        return distance >= 0.0;
    const double at = distance / direction;
    if (direction < 0.0)
        *from = fmax (*from, at);
    else
        *to = fmin (*to, at);
    return *from <= *to;
}

bool bp_chart_stroke_meets (const BpChartStroke *stroke, const BpChartRect *rect)
{
    const double dx = stroke->x2 - stroke->x1, dy = stroke->y2 - stroke->y1;
    double from = 0.0, to = 1.0;
    return clip (-dx, stroke->x1 - rect->left, &from, &to) && clip (dx, rect->right - stroke->x1, &from, &to)
           && clip (-dy, stroke->y1 - rect->top, &from, &to) && clip (dy, rect->bottom - stroke->y1, &from, &to);
}

bool bp_chart_space_is_free (const BpChartSpace *space, const BpChartRect *label, bool may_cover_soft)
{
    if (label->left < space->area.left || label->right > space->area.right || label->top < space->area.top
        || label->bottom > space->area.bottom)
        return false;
    const BpChartRect patch = { label->left - PATCH_PT, label->top - PATCH_PT, label->right + PATCH_PT, label->bottom + PATCH_PT };
    for (guint i = 0; i < space->rects->len; i++)
        if (bp_chart_rect_meets (&patch, &g_array_index (space->rects, BpChartRect, i)))
            return false;
    for (guint i = 0; i < space->strokes->len; i++)
    {
        const BpChartStroke *stroke = &g_array_index (space->strokes, BpChartStroke, i);
        if (!(stroke->is_soft && may_cover_soft) && bp_chart_stroke_meets (stroke, &patch))
            return false;
    }
    return true;
}

/* The label at one side of a point; slide 0: in the middle above or below it; 1: beginning, 2: ending there; 3, 4: between. Beside it, the
 * slides from 3 on are no others. */
static BpChartRect label_at (double x, double y, double width, double height, BpChartSide side, int slide, double away)
{
    static const double before[SLIDES] = { 0.5, 0.0, 1.0, 0.25, 0.75 };
    const double share = before[slide], middle = x - OVERHANG_PT - share * (width - 2.0 * OVERHANG_PT);
    const double beside = slide == 1 ? y - height : slide == 2 ? y : y - height / 2.0;
    switch (side)
    {
    case BP_CHART_RIGHT:
        return (BpChartRect){ x + away, beside, x + away + width, beside + height };
    case BP_CHART_LEFT:
        return (BpChartRect){ x - away - width, beside, x - away, beside + height };
    case BP_CHART_ABOVE:
        return (BpChartRect){ middle, y - away - height, middle + width, y - away };
    case BP_CHART_BELOW:
        return (BpChartRect){ middle, y + away, middle + width, y + away + height };
    }
    g_assert_not_reached ();
}

/* Words side by side read as one line unless they are well apart. */
static void take_label (BpChartSpace *space, const BpChartRect *label)
{
    bp_chart_space_add_rect (space, (BpChartRect){ label->left - APART_PT, label->top, label->right + APART_PT, label->bottom });
}

bool bp_chart_space_place (BpChartSpace *space, double x, double y, double width, double height, const BpChartSide sides[BP_CHART_SIDES],
                           double reach, BpChartRect *label_out)
{
    const int steps = (int)floor ((reach - FROM_POINT_PT) / STEP_PT) + 1;
    for (int may_cover = 0; may_cover < 2; may_cover++)
        for (int step = 0; step < steps; step++)
            for (int side = 0; side < BP_CHART_SIDES; side++)
                for (int slide = 0; slide < SLIDES; slide++)
                {
                    const BpChartRect label = label_at (x, y, width, height, sides[side], slide, FROM_POINT_PT + step * STEP_PT);
                    if (!bp_chart_space_is_free (space, &label, may_cover != 0))
                        continue;
                    take_label (space, &label);
                    *label_out = label;
                    return true;
                }
    return false;
}

bool bp_chart_space_place_beside (BpChartSpace *space, double x, double width, double height, BpChartRect *label_out)
{
    const double highest = space->area.top + BESIDE_TOP_PT;
    const int rows = (int)floor ((space->area.bottom - height - highest) / STEP_PT) + 1;
    for (int may_cover = 0; may_cover < 2; may_cover++)
        for (int row = 0; row < rows; row++)
            for (int is_right = 0; is_right < 2; is_right++)
            {
                const double top = highest + row * STEP_PT;
                const double left = is_right != 0 ? x + BESIDE_PT : x - BESIDE_PT - width;
                const BpChartRect label = { left, top, left + width, top + height };
                if (!bp_chart_space_is_free (space, &label, may_cover != 0))
                    continue;
                take_label (space, &label);
                *label_out = label;
                return true;
            }
    return false;
}
