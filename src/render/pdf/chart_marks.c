#include "render/pdf/chart_marks.h"

#include "render/pdf/marks.h"

#include <math.h>

#define DOT_PT 2.9
#define CIRCLE_PT 2.7
#define DIAMOND_PT 4.6
#define TRIANGLE_PT 5.0
#define SQUARE_PT 3.7
#define KEY_MARK_PT 10.0 /* width of a mark and of an icon in the key, and what parts it from its word */
#define ICON_PT 22.0     /* a letter of 9 points and its dots do not touch */
#define ICON_RING_PT 1.75
#define KEY_WORD_GAP_PT 5.0
#define KEY_GAP_PT 20.0
#define KEY_ROW_PT 16.0
#define KEY_ROW_GAP_PT 2.0
#define MOST_ITEMS 6
#define ICON_LETTER_PT 9.0 /* no letter is smaller */
#define ICON_DOT_PT 1.2
#define CAP_HEIGHT 0.729 /* of the type's size */

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

/* ---- icons ---- */

/* A white disc in a ring of the colour of what it says: no mark of a plot looks like it. */
typedef struct
{
    BpColour ring, ink;
} IconLook;

static IconLook look_of (const BpFlow *flow, BpPointMeaning meaning)
{
    switch (meaning)
    {
    case BP_POINT_PLAIN:
    case BP_POINT_USUAL:
        return (IconLook){ bp_flow_colour (flow, BP_COLOUR_LINE), bp_flow_colour (flow, BP_COLOUR_SECONDARY) };
    case BP_POINT_IMPROVEMENT:
        return (IconLook){ bp_flow_colour (flow, BP_COLOUR_NAVY), bp_flow_colour (flow, BP_COLOUR_NAVY) };
    case BP_POINT_CONCERN:
        return (IconLook){ bp_flow_colour (flow, BP_COLOUR_CONCERN), bp_flow_colour (flow, BP_COLOUR_INK) };
    case BP_POINT_NEUTRAL:
        return (IconLook){ bp_flow_colour (flow, BP_COLOUR_NEUTRAL), bp_flow_colour (flow, BP_COLOUR_NEUTRAL) };
    }
    g_assert_not_reached ();
}

static void add_disc (const BpFlow *flow, BpBlock *block, const IconLook *look, double x, double y)
{
    BpBox *disc = bp_block_add_ellipse (block, BP_ARTIFACT_LAYOUT, x + ICON_PT / 2.0, y + ICON_PT / 2.0, (ICON_PT - ICON_RING_PT) / 2.0);
    bp_box_fill (disc, bp_flow_colour (flow, BP_COLOUR_WHITE));
    bp_box_stroke (disc, look->ring, ICON_RING_PT);
}

/* The letter is a drawing here: the words beside it say all. */
static void add_letter (BpFlow *flow, BpBlock *block, const IconLook *look, const char *letter, double x, double y, double size)
{
    const BpSpan span = { .text = letter, .face = BP_FACE_BOLD, .size_pt = size, .colour = look->ink };
    const double width = bp_fonts_measure (flow->fonts, span.face, size, 0.0, letter);
    bp_block_add_text (block, BP_ARTIFACT_LAYOUT, x - width / 2.0, y + CAP_HEIGHT * size / 2.0, width, &span, letter);
}

/* A disc with dots that wander, rise or fall, and H or L for the way they go. */
static void add_variation (BpFlow *flow, BpBlock *block, BpVariationIcon icon, double x, double y)
{
    static const double wander[] = { 4.6, 12.6, 7.8, 8.8, 11, 13, 14.2, 9, 17.4, 12.4 },
                        rise[] = { 4.8, 13.6, 7.2, 10.8, 9.8, 8, 12.6, 5.4 }, fall[] = { 4.8, 8.4, 7.2, 11.2, 9.8, 14, 12.6, 16.6 };
    const bool is_high = icon == BP_VARIATION_IMPROVING_HIGH || icon == BP_VARIATION_CONCERNING_HIGH || icon == BP_VARIATION_NEUTRAL_HIGH;
    BpPointMeaning meaning = BP_POINT_USUAL;
    if (icon == BP_VARIATION_IMPROVING_HIGH || icon == BP_VARIATION_IMPROVING_LOW)
        meaning = BP_POINT_IMPROVEMENT;
    else if (icon == BP_VARIATION_CONCERNING_HIGH || icon == BP_VARIATION_CONCERNING_LOW)
        meaning = BP_POINT_CONCERN;
    else if (icon == BP_VARIATION_NEUTRAL_HIGH || icon == BP_VARIATION_NEUTRAL_LOW)
        meaning = BP_POINT_NEUTRAL;
    const IconLook look = look_of (flow, meaning);
    const double *dots = meaning == BP_POINT_USUAL ? wander : is_high ? rise : fall;
    const int count = meaning == BP_POINT_USUAL ? 5 : 4;
    add_disc (flow, block, &look, x, y);
    for (int i = 0; i < count; i++)
        bp_box_fill (bp_block_add_ellipse (block, BP_ARTIFACT_LAYOUT, x + dots[2 * i], y + dots[2 * i + 1], ICON_DOT_PT), look.ink);
    if (meaning != BP_POINT_USUAL)
        add_letter (flow, block, &look, is_high ? "H" : "L", x + 13.8, y + (is_high ? 13.4 : 8.6), ICON_LETTER_PT);
}

/* A disc with the target as a dashed line below P, above F and through the middle of what is between. */
static void add_assurance (BpFlow *flow, BpBlock *block, BpAssuranceIcon icon, double x, double y)
{
    static const char *const letters[] = { [BP_ASSURANCE_PASS] = "P", [BP_ASSURANCE_FAIL] = "F", [BP_ASSURANCE_HIT_OR_MISS] = "?" };
    static const BpPointMeaning meanings[] = {
        [BP_ASSURANCE_PASS] = BP_POINT_IMPROVEMENT, [BP_ASSURANCE_FAIL] = BP_POINT_CONCERN, [BP_ASSURANCE_HIT_OR_MISS] = BP_POINT_USUAL
    };
    const IconLook look = look_of (flow, meanings[icon]);
    add_disc (flow, block, &look, x, y);
    const double middle = ICON_PT / 2.0;
    if (icon == BP_ASSURANCE_HIT_OR_MISS)
        for (int side = 0; side < 2; side++)
        {
            const double start = x + (side == 0 ? 3.2 : 15.2);
            bp_box_dash (bp_block_add_line (block, BP_ARTIFACT_LAYOUT, start, y + middle, start + 3.6, y + middle, 1.0, look.ink), 1.5,
                         0.6);
        }
    else
    {
        const double line = y + (icon == BP_ASSURANCE_PASS ? 17.0 : 5.0);
        bp_box_dash (bp_block_add_line (block, BP_ARTIFACT_LAYOUT, x + 5.5, line, x + 16.5, line, 1.0, look.ink), 2.5, 1.75);
    }
    const double letter_y = icon == BP_ASSURANCE_PASS ? middle - 1.2 : icon == BP_ASSURANCE_FAIL ? middle + 1.6 : middle;
    add_letter (flow, block, &look, letters[icon], x + middle, y + letter_y, ICON_LETTER_PT);
}

/* ---- the key ---- */

typedef enum
{
    KEY_POINT,
    KEY_VARIATION,
    KEY_ASSURANCE
} KeyKind;
typedef struct
{
    KeyKind kind;
    BpPointMeaning meaning;
    const char *lead; /* of an icon: what it speaks of */
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
        items[count++] = (KeyItem){ KEY_VARIATION, BP_POINT_PLAIN, "Variation", chart->variation_word };
    if (chart->assurance != BP_ASSURANCE_NONE && chart->assurance_word != NULL)
        items[count++] = (KeyItem){ KEY_ASSURANCE, BP_POINT_PLAIN, "Assurance", chart->assurance_word };
    return count;
}

static double mark_width (const KeyItem *item)
{
    return item->kind == KEY_POINT ? KEY_MARK_PT : ICON_PT;
}

static double row_height (const KeyItem *item)
{
    return item->kind == KEY_POINT ? KEY_ROW_PT : ICON_PT;
}

/* One item, its middle at y. */
static void add_item (BpFlow *flow, BpBlock *block, const BpChart *chart, int list, const KeyItem *item, const char *word, double x,
                      double y)
{
    const int entry = bp_page_plan_add_element (flow->plan, list, BP_ROLE_LI);
    const int body = bp_page_plan_add_element (flow->plan, entry, BP_ROLE_LBODY);
    switch (item->kind)
    {
    case KEY_POINT:
        bp_chart_marks_add_point (flow, block, BP_ARTIFACT_LAYOUT, item->meaning, x + KEY_MARK_PT / 2.0, y, 1.0);
        break;
    case KEY_VARIATION:
        add_variation (flow, block, chart->variation, x, y - ICON_PT / 2.0);
        break;
    case KEY_ASSURANCE:
        add_assurance (flow, block, chart->assurance, x, y - ICON_PT / 2.0);
        break;
    }
    bp_flow_add_text (flow, block, body, BP_TYPE_TABLE, word, x + mark_width (item) + KEY_WORD_GAP_PT, y + 3.465, 0);
}

/* The words of an item, cut to the line, and its width. */
static const char *fit_item (BpFlow *flow, const KeyItem *item, double *width_out)
{
    const double side = mark_width (item) + KEY_WORD_GAP_PT;
    g_autofree char *led = item->lead != NULL ? g_strdup_printf ("%s: %s", item->lead, item->word) : NULL;
    const char *text = led != NULL ? bp_page_plan_copy (flow->plan, led) : item->word;
    const BpSpan span = bp_type_span (bp_flow_type (flow, BP_TYPE_TABLE), text);
    const char *word = bp_line_break_shorten (flow->fonts, flow->plan->strings, &span, flow->width - side);
    *width_out = side + bp_fonts_measure (flow->fonts, span.face, span.size_pt, 0.0, word);
    return word;
}

/* The icons are no marks of the plot: they begin a line of their own below those that are. */
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
            const bool begins_icons = items[next].kind != KEY_POINT && items[first].kind == KEY_POINT;
            if (next > first && (begins_icons || x + widths[next] > flow->left + flow->width))
                break;
            x += widths[next] + KEY_GAP_PT;
            height = fmax (height, row_height (&items[next]));
        }
        x = flow->left;
        y += first > 0 ? KEY_ROW_GAP_PT : 0.0;
        for (int i = first; i < next; i++)
        {
            add_item (flow, block, chart, list, &items[i], words[i], x, y + height / 2.0);
            x += widths[i] + KEY_GAP_PT;
        }
        y += height;
    }
    block->height = y;
    block->gap_before = gap;
    block->keeps_next = chart->table != NULL || flow->note_count > 0;
    bp_flow_add (flow, block);
}
