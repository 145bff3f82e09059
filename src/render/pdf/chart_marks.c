#include "render/pdf/chart_marks.h"

#include "render/pdf/marks.h"

#include <math.h>

#define DOT_PT 2.9
#define CIRCLE_PT 2.7
#define DIAMOND_PT 4.6
#define TRIANGLE_PT 5.0
#define SQUARE_PT 3.7
#define KEY_MARK_PT 10.0 /* width of a mark in the key */
#define KEY_WORD_GAP_PT 5.0
#define KEY_GAP_PT 20.0
#define KEY_ROW_PT 16.0
#define KEY_ROW_GAP_PT 2.0
#define MOST_ITEMS 6

/* ---- points ---- */

static BpBox *add_shape (BpFlow *flow, BpBlock *block, int element, double x, double y, const double *unit, int count, double size)
{
    double points[8];
    for (int i = 0; i < 2 * count; i++)
        points[i] = (unit[i] + 1.0) * size;
    return bp_block_add_path (block, element, x - size, y - size, bp_page_plan_copy_points (flow->plan, points, count), count, true);
}

double bp_chart_marks_get_reach (BpPointMeaning meaning)
{
    static const double reach[] = { [BP_POINT_PLAIN] = DOT_PT,
                                    [BP_POINT_USUAL] = CIRCLE_PT + 0.6,
                                    [BP_POINT_IMPROVEMENT] = DIAMOND_PT,
                                    [BP_POINT_CONCERN] = TRIANGLE_PT,
                                    [BP_POINT_NEUTRAL] = SQUARE_PT };
    return reach[meaning];
}

void bp_chart_marks_add_point (BpFlow *flow, BpBlock *block, int element, BpPointMeaning meaning, double x, double y, double scale)
{
    static const double diamond[] = { 0, -1, 1, 0, 0, 1, -1, 0 }, triangle[] = { 0, -0.95, 1, 0.8, -1, 0.8 };
    BpBox *box = NULL;
    switch (meaning)
    {
    case BP_POINT_PLAIN:
        bp_box_fill (bp_block_add_ellipse (block, element, x, y, DOT_PT * scale), bp_flow_colour (flow, BP_COLOUR_NAVY));
        return;
    case BP_POINT_USUAL:
        box = bp_block_add_ellipse (block, element, x, y, CIRCLE_PT * scale);
        bp_box_fill (box, bp_flow_colour (flow, BP_COLOUR_WHITE));
        bp_box_stroke (box, bp_flow_colour (flow, BP_COLOUR_SECONDARY), 1.25 * scale);
        return;
    case BP_POINT_IMPROVEMENT:
        bp_box_fill (add_shape (flow, block, element, x, y, diamond, 4, DIAMOND_PT * scale), bp_flow_colour (flow, BP_COLOUR_NAVY));
        return;
    case BP_POINT_CONCERN:
        box = add_shape (flow, block, element, x, y, triangle, 3, TRIANGLE_PT * scale);
        bp_box_fill (box, bp_flow_colour (flow, BP_COLOUR_CONCERN));
        bp_box_stroke (box, bp_flow_colour (flow, BP_COLOUR_OUTLINE), 0.75);
        return;
    case BP_POINT_NEUTRAL:
        bp_box_fill (bp_block_add_rectangle (block, element, x - SQUARE_PT * scale, y - SQUARE_PT * scale, 2.0 * SQUARE_PT * scale,
                                             2.0 * SQUARE_PT * scale),
                     bp_flow_colour (flow, BP_COLOUR_NEUTRAL));
        return;
    }
}

/* ---- the key ---- */

typedef enum
{
    KEY_POINT,
    KEY_WORDS /* what the points come to: no mark, which would look like one of the plot */
} KeyKind;
typedef struct
{
    KeyKind kind;
    BpPointMeaning meaning;
    const char *lead; /* of words: what they speak of */
    const char *word;
} KeyItem;

static bool has_meaning (const BpChart *chart, BpPointMeaning meaning)
{
    for (int i = 0; i < chart->series_count; i++)
        for (int j = 0; chart->series[i].meanings != NULL && j < chart->category_count; j++)
            if (isfinite (chart->series[i].values[j]) && chart->series[i].meanings[j] == meaning)
                return true;
    return false;
}

static int list_items (const BpChart *chart, KeyItem *items)
{
    static const char *const words[] = { [BP_POINT_USUAL] = "Usual variation",
                                         [BP_POINT_IMPROVEMENT] = "Special cause: improvement",
                                         [BP_POINT_CONCERN] = "Special cause: concern",
                                         [BP_POINT_NEUTRAL] = "Special cause: neither better nor worse" };
    int count = 0;
    for (BpPointMeaning i = BP_POINT_USUAL; i <= BP_POINT_NEUTRAL; i++)
        if (has_meaning (chart, i))
            items[count++] = (KeyItem){ KEY_POINT, i, NULL, words[i] };
    if (chart->variation != BP_VARIATION_NONE && chart->variation_word != NULL)
        items[count++] = (KeyItem){ KEY_WORDS, BP_POINT_PLAIN, "Variation", chart->variation_word };
    if (chart->assurance != BP_ASSURANCE_NONE && chart->assurance_word != NULL)
        items[count++] = (KeyItem){ KEY_WORDS, BP_POINT_PLAIN, "Assurance", chart->assurance_word };
    return count;
}

/* A mark and its distance from the word. */
static double mark_width (const KeyItem *item)
{
    return item->kind == KEY_POINT ? KEY_MARK_PT + KEY_WORD_GAP_PT : 0.0;
}

/* One item, its middle at y. */
static void add_item (BpFlow *flow, BpBlock *block, int list, const KeyItem *item, const char *word, double x, double y)
{
    const int entry = bp_page_plan_add_element (flow->plan, list, BP_ROLE_LI);
    const int body = bp_page_plan_add_element (flow->plan, entry, BP_ROLE_LBODY);
    if (item->kind == KEY_POINT)
        bp_chart_marks_add_point (flow, block, BP_ARTIFACT_LAYOUT, item->meaning, x + KEY_MARK_PT / 2.0, y, 1.0);
    bp_flow_add_text (flow, block, body, BP_TYPE_TABLE, word, x + mark_width (item), y + 3.465, 0);
}

/* The words of an item, cut to the line, and its width. */
static const char *fit_item (BpFlow *flow, const KeyItem *item, double *width_out)
{
    const double side = mark_width (item);
    g_autofree char *led = item->lead != NULL ? g_strdup_printf ("%s: %s", item->lead, item->word) : NULL;
    const char *text = led != NULL ? bp_page_plan_copy (flow->plan, led) : item->word;
    const BpSpan span = bp_type_span (bp_flow_type (flow, BP_TYPE_TABLE), text);
    const char *word = bp_line_break_shorten (flow->fonts, flow->plan->strings, &span, flow->width - side);
    *width_out = side + bp_fonts_measure (flow->fonts, span.face, span.size_pt, 0.0, word);
    return word;
}

/* What the points come to begins a line of its own below the marks. */
void bp_chart_marks_lay_key (BpFlow *flow, const BpChart *chart, double gap)
{
    KeyItem items[MOST_ITEMS];
    const char *words[MOST_ITEMS];
    double widths[MOST_ITEMS];
    const int count = list_items (chart, items);
    if (count == 0)
        return;
    for (int i = 0; i < count; i++)
        words[i] = fit_item (flow, &items[i], &widths[i]);
    const int list = bp_flow_add_element (flow, BP_ROLE_L);
    bp_page_plan_get_element (flow->plan, list)->is_plain_list = true;
    BpBlock *block = bp_block_new ();
    double y = 0.0;
    for (int first = 0, next; first < count; first = next)
    {
        double x = flow->left, height = 0.0;
        for (next = first; next < count; next++)
        {
            const bool begins_words = items[next].kind != KEY_POINT && items[first].kind == KEY_POINT;
            if (next > first && (begins_words || x + widths[next] > flow->left + flow->width))
                break;
            x += widths[next] + KEY_GAP_PT;
            height = KEY_ROW_PT;
        }
        x = flow->left;
        y += first > 0 ? KEY_ROW_GAP_PT : 0.0;
        for (int i = first; i < next; i++)
        {
            add_item (flow, block, list, &items[i], words[i], x, y + height / 2.0);
            x += widths[i] + KEY_GAP_PT;
        }
        y += height;
    }
    block->height = y;
    block->gap_before = gap;
    block->keeps_next = chart->table != NULL || flow->note_count > 0;
    bp_flow_add (flow, block);
}
