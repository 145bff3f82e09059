#include "render/pdf/layout_parts.h"

#include <math.h>

#define TILES_PER_ROW 3
#define COUNTERS_PER_ROW 6
#define GUTTER_PT 12.0
#define ROW_GAP_PT 8.0
#define CLOSE_ROW_GAP_PT 4.0 /* on a full page */
#define RULE_PT 1.5
#define SPARK_WIDTH_PT 62.0
#define SPARK_HEIGHT_PT 22.0
#define DISC_SIZE_PT 12.6

static const char *copy_value (BpFlow *flow, const BpValue *value)
{
    g_autofree char *text = bp_value_dup_text (value);
    return bp_page_plan_copy (flow->plan, text);
}

/* Sizes that a figure too wide for its place is set in, one after the other; the last one may break over lines. */
static const BpTypeRole figure_types[] = { BP_TYPE_FIGURE, BP_TYPE_COUNTER, BP_TYPE_TABLE_BOLD };

static BpTypeRole choose_figure_type (BpFlow *flow, const char *text, guint first, double width)
{
    for (guint i = first; i + 1 < G_N_ELEMENTS (figure_types); i++)
    {
        const BpType *type = bp_flow_type (flow, figure_types[i]);
        if (bp_fonts_measure (flow->fonts, type->face, type->size_pt, 0.0, text) <= width)
            return figure_types[i];
    }
    return figure_types[G_N_ELEMENTS (figure_types) - 1];
}

/* A text that may take several lines; returns the y below it. */
static double add_wrapped (BpFlow *flow, BpBlock *block, int element, BpTypeRole role, const char *text, double x, double y, double width)
{
    const BpType *type = bp_flow_type (flow, role);
    const BpSpan span = bp_type_span (type, text);
    g_autoptr (BpBrokenText) broken = bp_line_break (flow->fonts, flow->plan->strings, &span, 1, width, BP_BREAK_TIDY);
    return bp_block_add_lines (block, element, broken, &span, 0, broken->lines->len, x, y, width, 0, type);
}

static void add_top_rule (BpFlow *flow, BpBlock *block, double x, double width)
{
    bp_block_add_line (block, BP_ARTIFACT_LAYOUT, x, RULE_PT / 2.0, x + width, RULE_PT / 2.0, RULE_PT,
                       bp_flow_colour (flow, BP_COLOUR_NAVY));
}

/* Heights of the parts of all tiles in a row, so that they stand level. */
typedef struct
{
    double title, figure, movement, lines[2];
} TileHeights;

/* Width that the sparkline leaves for the figure. */
static double figure_width (const BpTile *tile, double width)
{
    return tile->spark.kind == BP_VALUE_SPARK ? width - SPARK_WIDTH_PT - 6.0 : width;
}

static const char *tile_movement (BpFlow *flow, const BpTile *tile)
{
    if (tile->movement_text != NULL)
        return tile->movement_text;
    return tile->movement.kind != BP_VALUE_NONE ? copy_value (flow, &tile->movement) : NULL;
}

static double movement_indent (const BpTile *tile)
{
    return tile->movement.kind == BP_VALUE_MOVEMENT ? DISC_SIZE_PT + 2.5 : 0.0;
}

static double measure_wrapped (BpFlow *flow, BpTypeRole role, const char *text, double width)
{
    if (text == NULL)
        return 0.0;
    g_autoptr (BpBrokenText) broken = bp_flow_break_text (flow, role, text, width, BP_BREAK_TIDY);
    return broken->lines->len * bp_flow_type (flow, role)->leading_pt;
}

/* Where no line can be drawn: its words at the right of the figure. */
static void add_spark_words (BpFlow *flow, BpBlock *block, int element, const BpTile *tile, double right, double baseline)
{
    const char *words = tile->spark.text != NULL ? bp_page_plan_copy (flow->plan, tile->spark.text) : NULL;
    const BpSpan span = bp_type_span (bp_flow_type (flow, BP_TYPE_CAPTION), words != NULL ? words : "");
    if (words != NULL && bp_fonts_measure (flow->fonts, span.face, span.size_pt, 0.0, words) <= SPARK_WIDTH_PT)
        bp_flow_add_text (flow, block, element, BP_TYPE_CAPTION, words, right, baseline, 1);
}

static double add_tile (BpFlow *flow, BpBlock *block, int list, const BpTile *tile, double x, double width, const TileHeights *heights)
{
    const int entry = bp_page_plan_add_element (flow->plan, list, BP_ROLE_LI);
    const int label = bp_page_plan_add_element (flow->plan, entry, BP_ROLE_LBL);
    const int body = bp_page_plan_add_element (flow->plan, entry, BP_ROLE_LBODY);
    const BpType *caption = bp_flow_type (flow, BP_TYPE_CAPTION_INK);
    add_top_rule (flow, block, x, width);
    double y = RULE_PT + 4.0;
    add_wrapped (flow, block, label, BP_TYPE_TABLE_BOLD, tile->title, x, y, width);
    y += heights->title;
    const bool has_spark = tile->spark.kind == BP_VALUE_SPARK, is_drawn = has_spark && bp_marks_can_draw_spark (&tile->spark);
    if (is_drawn)
    {
        const int chart = bp_page_plan_add_element (flow->plan, body, BP_ROLE_FIGURE);
        bp_page_plan_get_element (flow->plan, chart)->alternative = bp_page_plan_copy (flow->plan, tile->spark.text);
        bp_marks_add_spark (flow, block, chart, &tile->spark, x + width - SPARK_WIDTH_PT, y + 1.0, SPARK_WIDTH_PT, SPARK_HEIGHT_PT);
    }
    const char *figure = copy_value (flow, &tile->figure);
    const double room = figure_width (tile, width);
    const BpType *type = bp_flow_type (flow, choose_figure_type (flow, figure, 0, room));
    add_wrapped (flow, block, body, choose_figure_type (flow, figure, 0, room), figure, x,
                 y + bp_flow_type (flow, BP_TYPE_FIGURE)->baseline_pt - type->baseline_pt, room);
    bp_block_add_figure (block, &tile->figure);
    if (has_spark && !is_drawn)
        add_spark_words (flow, block, body, tile, x + width, y + bp_flow_type (flow, BP_TYPE_FIGURE)->baseline_pt);
    y += heights->figure;
    const char *movement = tile_movement (flow, tile);
    if (tile->movement.kind == BP_VALUE_MOVEMENT)
        bp_marks_add_movement_sized (flow, block, tile->movement.direction, tile->movement.judgement, x - 0.8,
                                     y + caption->baseline_pt - 9.5, DISC_SIZE_PT);
    if (movement != NULL)
        add_wrapped (flow, block, body, BP_TYPE_CAPTION_INK, movement, x + movement_indent (tile), y, width - movement_indent (tile));
    y += heights->movement + 2.0;
    for (int i = 0; i < 2; i++)
    {
        if (tile->lines[i] != NULL)
            add_wrapped (flow, block, body, BP_TYPE_CAPTION, tile->lines[i], x, y, width);
        y += heights->lines[i];
    }
    return y;
}

static void lay_tile_row (BpFlow *flow, int list, const BpTile *tiles, guint count, double gap)
{
    const double width = (flow->width - GUTTER_PT * (TILES_PER_ROW - 1)) / TILES_PER_ROW;
    const double caption = bp_flow_type (flow, BP_TYPE_CAPTION)->leading_pt;
    TileHeights heights = { .title = bp_flow_type (flow, BP_TYPE_TABLE_BOLD)->leading_pt,
                            .figure = bp_flow_type (flow, BP_TYPE_FIGURE)->leading_pt,
                            .movement = caption,
                            .lines = { caption, caption } };
    for (guint i = 0; i < count; i++)
    {
        heights.title = fmax (heights.title, measure_wrapped (flow, BP_TYPE_TABLE_BOLD, tiles[i].title, width));
        const char *figure = copy_value (flow, &tiles[i].figure);
        const double room = figure_width (&tiles[i], width);
        const BpTypeRole role = choose_figure_type (flow, figure, 0, room);
        const double down = bp_flow_type (flow, BP_TYPE_FIGURE)->baseline_pt - bp_flow_type (flow, role)->baseline_pt;
        heights.figure = fmax (heights.figure, down + measure_wrapped (flow, role, figure, room));
        heights.movement = fmax (heights.movement, measure_wrapped (flow, BP_TYPE_CAPTION_INK, tile_movement (flow, &tiles[i]),
                                                                    width - movement_indent (&tiles[i])));
        for (int j = 0; j < 2; j++)
            heights.lines[j] = fmax (heights.lines[j], measure_wrapped (flow, BP_TYPE_CAPTION, tiles[i].lines[j], width));
    }
    BpBlock *block = bp_block_new ();
    for (guint i = 0; i < count; i++)
        block->height
            = fmax (block->height, add_tile (flow, block, list, &tiles[i], flow->left + i * (width + GUTTER_PT), width, &heights));
    block->gap_before = gap;
    bp_flow_add (flow, block);
}

/* ---- counters ---- */

static guint counters_per_row (BpFlow *flow, const GArray *tiles)
{
    const BpType *type = bp_flow_type (flow, BP_TYPE_COUNTER);
    guint columns = CLAMP (tiles->len, 3, COUNTERS_PER_ROW);
    for (guint i = 0; i < tiles->len; i++)
    {
        const char *text = copy_value (flow, &g_array_index (tiles, BpTile, i).figure);
        const double width = bp_fonts_measure (flow->fonts, type->face, type->size_pt, 0.0, text);
        while (columns > 2 && width > (flow->width - GUTTER_PT * (columns - 1)) / columns)
            columns--;
    }
    return columns;
}

static void lay_counter_row (BpFlow *flow, int list, const BpTile *tiles, guint count, guint columns, double gap)
{
    const double width = (flow->width - GUTTER_PT * (columns - 1)) / columns;
    const BpType *type = bp_flow_type (flow, BP_TYPE_COUNTER);
    BpBlock *block = bp_block_new ();
    for (guint i = 0; i < count; i++)
    {
        const double x = flow->left + i * (width + GUTTER_PT);
        const int entry = bp_page_plan_add_element (flow->plan, list, BP_ROLE_LI);
        const int body = bp_page_plan_add_element (flow->plan, entry, BP_ROLE_LBODY);
        add_top_rule (flow, block, x, width);
        double y = RULE_PT + 4.0;
        const char *figure = copy_value (flow, &tiles[i].figure);
        const BpTypeRole role = choose_figure_type (flow, figure, 1, width);
        const double shift = type->baseline_pt - bp_flow_type (flow, role)->baseline_pt;
        const double end = add_wrapped (flow, block, body, role, figure, x, y + shift, width);
        bp_block_add_figure (block, &tiles[i].figure);
        y = add_wrapped (flow, block, body, BP_TYPE_CAPTION, tiles[i].title, x, fmax (y + type->leading_pt, end), width);
        for (int j = 0; j < 2; j++)
            if (tiles[i].lines[j] != NULL)
                y = add_wrapped (flow, block, body, BP_TYPE_CAPTION, tiles[i].lines[j], x, y, width);
        block->height = MAX (block->height, y);
    }
    block->gap_before = gap;
    bp_flow_add (flow, block);
}

void bp_layout_tiles (BpFlow *flow, const BpTiles *tiles)
{
    const bool are_counters = tiles->style == BP_TILES_COUNTERS;
    const int list = bp_flow_add_element (flow, BP_ROLE_L);
    bp_page_plan_get_element (flow->plan, list)->is_plain_list = true;
    const guint columns = are_counters ? counters_per_row (flow, tiles->tiles) : TILES_PER_ROW;
    double gap = flow->gap;
    for (guint i = 0; i < tiles->tiles->len; i += columns)
    {
        const BpTile *row = &g_array_index (tiles->tiles, BpTile, i);
        const guint count = MIN (columns, tiles->tiles->len - i);
        if (are_counters)
            lay_counter_row (flow, list, row, count, columns, gap);
        else
            lay_tile_row (flow, list, row, count, gap);
        gap = flow->density == BP_DENSITY_FULL ? CLOSE_ROW_GAP_PT : ROW_GAP_PT;
    }
}
