#include "render/pdf/block.h"

#include <math.h>

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

/* The baselines of text on each side of a cut: counted as lines at different heights. */
static void count_lines (const BpBlock *block, double cut, guint *above_out, guint *below_out, double *last_above_out)
{
    double last_above = -1.0, last_below = -1.0;
    *above_out = *below_out = 0;
    for (guint i = 0; i < block->boxes->len; i++)
    {
        const BpBox *box = &g_array_index (block->boxes, BpBox, i);
        if (box->kind != BP_BOX_TEXT)
            continue;
        double top, bottom;
        bp_box_get_extent (box, &top, &bottom);
        if (bottom <= cut)
        {
            *above_out += box->y > last_above + 0.5 ? 1 : 0;
            last_above = MAX (last_above, box->y);
        }
        else
        {
            *below_out += box->y > last_below + 0.5 ? 1 : 0;
            last_below = MAX (last_below, box->y);
        }
    }
    *last_above_out = last_above;
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
    guint above, below;
    double cut = height - padding, last_above;
    count_lines (block, cut, &above, &below, &last_above);
    if (below == 1 && above > 3) /* pull one line over, so that two stand there */
    {
        cut = last_above - 0.1;
        count_lines (block, cut, &above, &below, &last_above);
    }
    if (above == 0 || below == 0)
        return NULL;
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
    rest->row_name = block->row_name;
    rest->row_name_x = block->row_name_x;
    rest->keeps_next = block->keeps_next;
    g_array_set_size (block->boxes, 0);
    g_array_append_vals (block->boxes, kept->data, kept->len);
    block->height = height;
    block->keeps_next = false;
    block->is_last_row = false;
    return rest;
}
