#include "render/pdf/block.h"

#include <math.h>

#define SAME_LINE_PT 2.0
#define TALL_PT 40.0 /* a figure so high is as good as two lines */

BpBlock *bp_block_new (void)
{
    BpBlock *block = g_new0 (BpBlock, 1);
    block->boxes = g_array_new (FALSE, TRUE, sizeof (BpBox));
    return block;
}

void bp_block_free (BpBlock *block)
{
    if (block == NULL)
        return;
    g_array_unref (block->boxes);
    if (block->figures != NULL)
        g_array_unref (block->figures);
    g_free (block);
}

static BpBox *add_box (BpBlock *block, BpBoxKind kind, int element, double x, double y, double width, double height)
{
    g_assert (isfinite (x) && isfinite (y) && isfinite (width) && isfinite (height));
    const BpBox box = { .kind = kind, .element = element, .x = x, .y = y, .width = width, .height = height };
    g_array_append_val (block->boxes, box);
    return &g_array_index (block->boxes, BpBox, block->boxes->len - 1);
}

void bp_block_add_text (BpBlock *block, int element, double x, double baseline, double width, const BpSpan *span, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    BpBox *box = add_box (block, BP_BOX_TEXT, element, x, baseline, width, span->size_pt);
    box->text = text;
    box->face = (unsigned char)span->face;
    box->fill = span->colour;
    box->is_filled = true;
    box->letter_space = (float)span->letter_space_pt;
}

void bp_block_add_segment (BpBlock *block, int element, double x, double baseline, const BpSpan *span, const BpSegment *segment)
{
    bp_block_add_text (block, element, x + segment->x, baseline, segment->width, span, segment->text);
}

double bp_block_add_lines (BpBlock *block, int element, const BpBrokenText *broken, const BpSpan *spans, guint first, guint count, double x,
                           double y, double width, int align, const BpType *type)
{
    for (guint i = first; i < first + count && i < broken->lines->len; i++)
    {
        const BpTextLine *line = &g_array_index (broken->lines, BpTextLine, i);
        const double offset = align == 1 ? width - line->width : align == 2 ? (width - line->width) / 2.0 : 0.0;
        for (guint j = 0; j < line->segment_count; j++)
        {
            const BpSegment *segment = &g_array_index (broken->segments, BpSegment, line->first_segment + j);
            bp_block_add_segment (block, element, x + offset, y + type->baseline_pt, &spans[segment->span], segment);
            if (line->is_word_cut && j + 1 == line->segment_count && *segment->text != '\0')
                g_array_index (block->boxes, BpBox, block->boxes->len - 1).is_word_cut = true;
        }
        y += type->leading_pt;
    }
    return y;
}

BpBox *bp_block_add_rectangle (BpBlock *block, int element, double x, double y, double width, double height)
{
    return add_box (block, BP_BOX_RECTANGLE, element, x, y, width, height);
}

BpBox *bp_block_add_ellipse (BpBlock *block, int element, double centre_x, double centre_y, double radius)
{
    return add_box (block, BP_BOX_ELLIPSE, element, centre_x - radius, centre_y - radius, 2.0 * radius, 2.0 * radius);
}

BpBox *bp_block_add_line (BpBlock *block, int element, double x1, double y1, double x2, double y2, double weight, BpColour colour)
{
    BpBox *box = add_box (block, BP_BOX_LINE, element, x1, y1, x2 - x1, y2 - y1);
    bp_box_stroke (box, colour, weight);
    return box;
}

BpBox *bp_block_add_path (BpBlock *block, int element, double x, double y, const double *points, int count, bool is_closed)
{
    double right = 0.0, bottom = 0.0;
    for (int i = 0; i < count; i++)
    {
        g_assert (isfinite (points[2 * i]) && isfinite (points[2 * i + 1]));
        right = MAX (right, points[2 * i]);
        bottom = MAX (bottom, points[2 * i + 1]);
    }
    BpBox *box = add_box (block, BP_BOX_PATH, element, x, y, right, bottom);
    box->points = points;
    box->point_count = count;
    box->is_closed = is_closed;
    return box;
}

void bp_block_add_link (BpBlock *block, int element, double x, double y, double width, double height, const char *target,
                        const char *description)
{
    BpBox *box = add_box (block, BP_BOX_LINK, element, x, y, width, height);
    box->text = target;
    box->description = description;
}

void bp_block_add_figure (BpBlock *block, const BpValue *value)
{
    if (value->figure == NULL)
        return;
    if (block->figures == NULL)
        block->figures = g_array_new (FALSE, FALSE, sizeof (const BpValue *));
    g_array_append_val (block->figures, value);
}

void bp_box_fill (BpBox *box, BpColour colour)
{
    box->is_filled = true;
    box->fill = colour;
}

void bp_box_stroke (BpBox *box, BpColour colour, double weight)
{
    box->is_stroked = true;
    box->stroke = colour;
    box->weight = (float)weight;
}

void bp_box_dash (BpBox *box, double on, double off)
{
    box->dash_on = (float)on;
    box->dash_off = (float)off;
}

void bp_block_shift (BpBlock *block, guint first, double dx, double dy)
{
    for (guint i = first; i < block->boxes->len; i++)
    {
        BpBox *box = &g_array_index (block->boxes, BpBox, i);
        box->x += dx;
        box->y += dy;
    }
}

void bp_block_absorb (BpBlock *block, BpBlock *other, double y)
{
    bp_block_shift (other, 0, 0.0, y);
    g_array_append_vals (block->boxes, other->boxes->data, other->boxes->len);
    for (guint i = 0; other->figures != NULL && i < other->figures->len; i++)
        bp_block_add_figure (block, g_array_index (other->figures, const BpValue *, i));
    block->height = MAX (block->height, y + other->height);
    bp_block_free (other);
}

guint bp_block_count_lines (const BpBlock *block)
{
    double first = -1.0;
    bool has_drawing = false;
    for (guint i = 0; i < block->boxes->len; i++)
    {
        const BpBox *box = &g_array_index (block->boxes, BpBox, i);
        if (box->kind != BP_BOX_TEXT)
        {
            has_drawing = has_drawing || (box->kind != BP_BOX_LINK && box->element >= 0); /* not the ground behind a line */
            continue;
        }
        if (first >= 0.0 && fabs (box->y - first) > SAME_LINE_PT)
            return 2;
        first = first < 0.0 ? box->y : first;
    }
    return first < 0.0 && block->boxes->len == 0 ? 0 : has_drawing && block->height > TALL_PT ? 2 : 1;
}

void bp_box_get_extent (const BpBox *box, double *top_out, double *bottom_out)
{
    if (box->kind == BP_BOX_TEXT)
    {
        *top_out = box->y - 0.905 * box->height;
        *bottom_out = box->y + 0.212 * box->height;
        return;
    }
    *top_out = MIN (box->y, box->y + box->height);
    *bottom_out = MAX (box->y, box->y + box->height);
}

/* ---- splitting ---- */

static bool is_stretched (const BpBox *box, double cut)
{
    double top, bottom;
    bp_box_get_extent (box, &top, &bottom);
    return (box->kind == BP_BOX_RECTANGLE || box->kind == BP_BOX_LINE || box->kind == BP_BOX_LINK) && top < cut && bottom > cut
           && box->height > 24.0;
}

/* A line of text: of which element, where its baseline and its end are. */
typedef struct
{
    int element;
    double baseline, bottom;
} SplitLine;

static int compare_lines (const void *a, const void *b)
{
    const SplitLine *one = a, *other = b;
    if (one->element != other->element)
        return one->element < other->element ? -1 : 1;
    return one->baseline < other->baseline ? -1 : one->baseline > other->baseline ? 1 : 0;
}

/* The lines of text, those of one element together and downwards; several boxes at one height are one line. */
static GArray *collect_lines (const BpBlock *block)
{
    g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (SplitLine));
    for (guint i = 0; i < block->boxes->len; i++)
    {
        const BpBox *box = &g_array_index (block->boxes, BpBox, i);
        double top, bottom;
        bp_box_get_extent (box, &top, &bottom);
        const SplitLine line = { box->element, box->y, bottom };
        if (box->kind == BP_BOX_TEXT)
            g_array_append_val (all, line);
    }
    g_array_sort (all, compare_lines);
    GArray *lines = g_array_new (FALSE, FALSE, sizeof (SplitLine));
    for (guint i = 0; i < all->len; i++)
    {
        const SplitLine *line = &g_array_index (all, SplitLine, i);
        SplitLine *last = lines->len > 0 ? &g_array_index (lines, SplitLine, lines->len - 1) : NULL;
        if (last != NULL && last->element == line->element && line->baseline - last->baseline < 0.5)
            last->bottom = MAX (last->bottom, line->bottom);
        else
            g_array_append_val (lines, *line);
    }
    return lines;
}

/* Heights of lines, whatever their element, on each side of the cut. */
static void count_heights (const GArray *lines, double cut, guint *above_out, guint *below_out)
{
    g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (double));
    *above_out = *below_out = 0;
    for (guint i = 0; i < lines->len; i++)
    {
        const SplitLine *line = &g_array_index (lines, SplitLine, i);
        bool is_new = true;
        for (guint j = 0; j < seen->len && is_new; j++)
            is_new = fabs (g_array_index (seen, double, j) - line->baseline) >= 0.5;
        if (!is_new)
            continue;
        g_array_append_val (seen, line->baseline);
        *(line->bottom <= cut ? above_out : below_out) += 1;
    }
}

/* Whether no text has a line alone at the cut. One of two or three lines cannot be parted so. */
static bool leaves_two_lines (const GArray *lines, double cut)
{
    for (guint i = 0; i < lines->len;)
    {
        const int element = g_array_index (lines, SplitLine, i).element;
        guint above = 0, below = 0;
        for (; i < lines->len && g_array_index (lines, SplitLine, i).element == element; i++)
            *(g_array_index (lines, SplitLine, i).bottom <= cut ? &above : &below) += 1;
        if (above > 0 && below > 0 && (above < 2 || below < 2))
            return false;
    }
    return true;
}

/* The lowest cut within the limit that leaves no line alone, if it does not waste more than a quarter of the height; else the lowest. 0 if
 * fewer than two lines would stand on a side. */
static double choose_cut (const GArray *lines, double limit)
{
    double lowest = 0.0;
    for (double cut = limit; cut > 0.0;)
    {
        double next = 0.0;
        guint above, below;
        count_heights (lines, cut, &above, &below);
        if (above < 2)
            break;
        for (guint i = 0; i < lines->len; i++)
        {
            const double bottom = g_array_index (lines, SplitLine, i).bottom;
            next = bottom <= cut ? MAX (next, bottom - 0.1) : next;
        }
        if (below >= 2 && lowest <= 0.0)
            lowest = cut;
        if (below >= 2 && leaves_two_lines (lines, cut))
            return cut;
        if (cut < limit * 0.75 && lowest > 0.0)
            break;
        cut = next;
    }
    return lowest;
}

/* Small shapes go with the text at their middle. */
static bool stays_above (const BpBox *box, double cut)
{
    double top, bottom;
    bp_box_get_extent (box, &top, &bottom);
    return (box->kind == BP_BOX_TEXT ? bottom : (top + bottom) / 2.0 + 5.3) <= cut;
}

static void move_box (BpBlock *rest, const BpBox *box, double *first_top)
{
    double top, bottom;
    bp_box_get_extent (box, &top, &bottom);
    *first_top = MIN (*first_top, top);
    g_array_append_val (rest->boxes, *box);
}

BpBlock *bp_block_split (BpBlock *block, double height, double padding)
{
    g_autoptr (GArray) lines = collect_lines (block);
    const double cut = choose_cut (lines, height - padding);
    if (cut <= 0.0)
        return NULL;
    height = MIN (height, cut + padding);
    BpBlock *rest = bp_block_new ();
    g_autoptr (GArray) kept = g_array_new (FALSE, TRUE, sizeof (BpBox));
    g_autoptr (GArray) stretched = g_array_new (FALSE, TRUE, sizeof (BpBox));
    double first_top = G_MAXDOUBLE;
    for (guint i = 0; i < block->boxes->len; i++)
    {
        BpBox box = g_array_index (block->boxes, BpBox, i);
        if (is_stretched (&box, cut))
        {
            g_array_append_val (stretched, box);
            box.height = height - box.y;
            g_array_append_val (kept, box);
        }
        else if (stays_above (&box, cut))
            g_array_append_val (kept, box);
        else
            move_box (rest, &box, &first_top);
    }
    const double shift = padding - first_top;
    bp_block_shift (rest, 0, 0.0, shift);
    for (guint i = 0; i < stretched->len; i++)
    {
        BpBox box = g_array_index (stretched, BpBox, i);
        box.height = box.y + box.height + shift;
        box.y = 0.0;
        g_array_insert_val (rest->boxes, i, box);
    }
    rest->height = block->height + shift;
    rest->row = block->row;
    rest->group = block->group;
    rest->is_last_row = block->is_last_row;
    rest->split_name = block->split_name;
    rest->split_name_x = block->split_name_x;
    rest->split_name_width = block->split_name_width;
    rest->keeps_next = block->keeps_next;
    rest->keeps_if_fits = block->keeps_if_fits;
    g_array_set_size (block->boxes, 0);
    g_array_append_vals (block->boxes, kept->data, kept->len);
    block->height = height;
    block->keeps_next = false;
    block->is_last_row = false;
    return rest;
}
