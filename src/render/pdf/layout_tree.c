#include "render/pdf/layout_parts.h"

#include "render/pdf/line_router.h"
#include "render/pdf/tree_places.h"

#include <math.h>

#define MOST_WIDE_BOXES 4.0 /* side by side; more: names alone */
#define MOST_BOXES 6.0      /* more: a list */
#define WIDEST_BOX_PT 196.0
#define BESIDE_PT 28.0 /* between boxes of a level: room for three lines */
#define LEAST_BOX_PT 55.0
#define LEAST_NAME_BOX_PT 30.0
#define BOX_SIDES_PT 8.0
#define BOX_ABOVE_PT 7.0
#define LEAST_BELOW_PT 30.0 /* between levels; more where lines need it */
#define BELOW_STEP_PT 10.0
#define BELOW_STEPS 5
#define BUS_PT 14.0 /* below a box: the line that joins those that report to it */
#define LINE_PT 1.25
#define HEAD_PT 3.5
#define DASH_PT 4.0
#define DASH_GAP_PT 2.5
#define LINES_APART_PT 12.0
#define LEAST_LINES_APART_PT 6.0 /* where no drawing has room for more */

/* A line with its corners, x and y. */
typedef struct
{
    GArray *points;
    bool is_dashed, has_head;
} TreeLine;

typedef struct
{
    BpFlow *flow;
    const BpTree *tree;
    const BpTreePlaces *places;
    BpRouterBox *boxes; /* for each node; x from the left margin, y from the drawing's top */
    double *heights;    /* for each level */
    double width;       /* of a box */
    double height;      /* of the drawing */
    bool is_names;      /* short names alone */
    GPtrArray *lines;   /* of TreeLine */
} TreeDrawing;

static void free_line (gpointer data)
{
    TreeLine *line = data;
    g_array_unref (line->points);
    g_free (line);
}

/* ---- boxes ---- */

static const char *box_name (const TreeDrawing *drawing, const BpTreeNode *node)
{
    return drawing->is_names ? node->short_name : node->name;
}

/* Of several boxes in a row this one alone says more than its name. */
static const char *box_role (const TreeDrawing *drawing, const BpTreeNode *node)
{
    return !drawing->is_names ? node->role : node->is_this ? "This forum" : NULL;
}

static BpBrokenText *break_box (const TreeDrawing *drawing, BpTypeRole type, const char *text)
{
    return bp_flow_break_text (drawing->flow, type, text, drawing->width - 2.0 * BOX_SIDES_PT, BP_BREAK_GREEDY);
}

static double measure_box (const TreeDrawing *drawing, const BpTreeNode *node)
{
    g_autoptr (BpBrokenText) name = break_box (drawing, BP_TYPE_TABLE_BOLD, box_name (drawing, node));
    const char *role = box_role (drawing, node);
    double height = 2.0 * BOX_ABOVE_PT + name->lines->len * bp_flow_type (drawing->flow, BP_TYPE_TABLE_BOLD)->leading_pt;
    if (role != NULL)
    {
        g_autoptr (BpBrokenText) words = break_box (drawing, BP_TYPE_CAPTION, role);
        height += words->lines->len * bp_flow_type (drawing->flow, BP_TYPE_CAPTION)->leading_pt;
    }
    return fmax (height, drawing->is_names ? LEAST_NAME_BOX_PT : LEAST_BOX_PT);
}

static void measure_levels (TreeDrawing *drawing)
{
    for (int i = 0; i < drawing->tree->node_count; i++)
    {
        double *height = &drawing->heights[drawing->tree->nodes[i].level];
        *height = fmax (*height, measure_box (drawing, &drawing->tree->nodes[i]));
    }
}

static void place_boxes (TreeDrawing *drawing, double below)
{
    for (int i = 0; i < drawing->tree->node_count; i++)
    {
        const int level = drawing->tree->nodes[i].level;
        double y = 0.0;
        for (int above = 0; above < level; above++)
            y += drawing->heights[above] + below;
        drawing->boxes[i]
            = (BpRouterBox){ drawing->places->x[i] * (drawing->width + BESIDE_PT), y, drawing->width, drawing->heights[level] };
        drawing->height = fmax (drawing->height, y + drawing->heights[level]);
    }
}

/* ---- lines ---- */

static void add_line (TreeDrawing *drawing, BpRouter *router, const double *points, int count, bool has_head)
{
    TreeLine *line = g_new0 (TreeLine, 1);
    line->points = g_array_new (FALSE, FALSE, sizeof (double));
    g_array_append_vals (line->points, points, (guint)(2 * count));
    line->has_head = has_head;
    g_ptr_array_add (drawing->lines, line);
    for (int i = 1; i < count; i++)
        bp_router_block_line (router, points[2 * i - 2], points[2 * i - 1], points[2 * i], points[2 * i + 1]);
}

static double box_middle (const BpRouterBox *box)
{
    return box->x + box->width / 2.0;
}

/* Those that report to a box meet on a level line below it, from which one line goes up to it. */
static void add_branches (TreeDrawing *drawing, BpRouter *router, int parent)
{
    const BpRouterBox *box = &drawing->boxes[parent];
    const double x = box_middle (box), bottom = box->y + box->height, bus = bottom + BUS_PT;
    double left = x, right = x, foot = bus; /* of the line that goes up to the box */
    bool has_any = false;
    for (int i = 0; i < drawing->tree->node_count; i++)
    {
        if (drawing->places->parents[i] != parent)
            continue;
        const double middle = box_middle (&drawing->boxes[i]), top = drawing->boxes[i].y;
        has_any = true;
        left = fmin (left, middle);
        right = fmax (right, middle);
        if (fabs (middle - x) > 0.5)
            add_line (drawing, router, (const double[]){ middle, top, middle, bus }, 2, false);
        else
            foot = top;
    }
    if (right - left > 0.5)
    {
        add_line (drawing, router, (const double[]){ left, bus, right, bus }, 2, false);
        if (foot > bus)
            add_line (drawing, router, (const double[]){ x, foot, x, bus }, 2, false);
        foot = bus;
    }
    if (has_any)
        add_line (drawing, router, (const double[]){ x, foot, x, bottom }, 2, true);
}

static double edge_length (const TreeDrawing *drawing, const BpTreeEdge *edge)
{
    const BpRouterBox *from = &drawing->boxes[edge->from], *to = &drawing->boxes[edge->to];
    return fabs (from->x - to->x) + fabs (from->y - to->y);
}

static int compare_edges (gconstpointer a, gconstpointer b, gpointer data)
{
    const TreeDrawing *drawing = data;
    const int left = *(const int *)a, right = *(const int *)b;
    const double difference = edge_length (drawing, &drawing->tree->edges[left]) - edge_length (drawing, &drawing->tree->edges[right]);
    return difference < 0.0 ? -1 : difference > 0.0 ? 1 : left - right;
}

/* The edges that are no branches, short ones first, or long ones. */
static GArray *find_routed (TreeDrawing *drawing, bool is_longest_first)
{
    GArray *routed = g_array_new (FALSE, FALSE, sizeof (int));
    for (int i = 0; i < drawing->tree->edge_count; i++)
    {
        const BpTreeEdge *edge = &drawing->tree->edges[i];
        if (edge->kind != BP_EDGE_REPORTS_TO || drawing->places->parents[edge->from] != edge->to)
            g_array_append_val (routed, i);
    }
    g_array_sort_with_data (routed, compare_edges, drawing);
    for (guint i = 0; is_longest_first && i < routed->len / 2; i++)
    {
        const int other = g_array_index (routed, int, routed->len - 1 - i);
        g_array_index (routed, int, routed->len - 1 - i) = g_array_index (routed, int, i);
        g_array_index (routed, int, i) = other;
    }
    return routed;
}

/* Lines of reporting that lead to one box may join. Each dashed line runs alone from end to end: joined, it would read as a relation of the
 * boxes that it starts from. */
static bool route_edge (TreeDrawing *drawing, BpRouter *router, int index)
{
    const BpTreeEdge *edge = &drawing->tree->edges[index];
    const bool is_report = edge->kind == BP_EDGE_REPORTS_TO;
    const int all = BP_SIDE_TOP | BP_SIDE_RIGHT | BP_SIDE_BOTTOM | BP_SIDE_LEFT;
    const bool is_upward = drawing->tree->nodes[edge->to].level < drawing->tree->nodes[edge->from].level;
    bool is_joined = false;
    const int bundle = 1 + (is_report ? edge->to : drawing->tree->node_count + index);
    const BpRouterBox *from = &drawing->boxes[edge->from], *to = &drawing->boxes[edge->to];
    GArray *points = bp_router_connect (router, from,
                                        !is_upward  ? all
                                        : is_report ? BP_SIDE_TOP
                                                    : all & ~BP_SIDE_BOTTOM,
                                        to, is_report ? BP_SIDE_BOTTOM : all, bundle, &is_joined);
    if (points == NULL && !is_report)
        points = bp_router_connect (router, from, all, to, all, bundle, &is_joined);
    if (points == NULL)
        return false;
    TreeLine *line = g_new0 (TreeLine, 1);
    *line = (TreeLine){ .points = points, .is_dashed = !is_report, .has_head = is_report && !is_joined };
    g_ptr_array_add (drawing->lines, line);
    return true;
}

/* True if every line found its way. */
static bool add_lines (TreeDrawing *drawing, double apart, bool is_longest_first)
{
    g_autoptr (BpRouter) router = bp_router_new (drawing->flow->width, drawing->height, apart);
    g_autoptr (GArray) routed = find_routed (drawing, is_longest_first);
    g_ptr_array_set_size (drawing->lines, 0);
    for (int i = 0; i < drawing->tree->node_count; i++)
        bp_router_block_box (router, &drawing->boxes[i]);
    for (int i = 0; i < drawing->tree->node_count; i++)
        add_branches (drawing, router, i);
    for (guint i = 0; i < routed->len; i++)
        if (!route_edge (drawing, router, g_array_index (routed, int, i)))
            return false;
    return true;
}

/* The levels stand as close as the lines between them let them; false if the lines cannot be drawn, or not on a page. */
static bool plan_drawing (TreeDrawing *drawing, double most_height)
{
    static const double aparts[] = { LINES_APART_PT, LEAST_LINES_APART_PT };
    for (gsize i = 0; i < G_N_ELEMENTS (aparts); i++)
        for (int step = 0; step < BELOW_STEPS; step++)
        {
            drawing->height = 0.0;
            place_boxes (drawing, LEAST_BELOW_PT + step * BELOW_STEP_PT);
            if (drawing->height > most_height)
                break;
            if (add_lines (drawing, aparts[i], false) || add_lines (drawing, aparts[i], true))
                return true;
        }
    return false;
}

/* ---- drawing ---- */

static void draw_box (const TreeDrawing *drawing, BpBlock *block, int element, int index)
{
    BpFlow *flow = drawing->flow;
    const BpTreeNode *node = &drawing->tree->nodes[index];
    const BpRouterBox *at = &drawing->boxes[index];
    const double weight = node->is_this ? 0.0 : 1.0, x = flow->left + at->x;
    BpBox *box = bp_block_add_rectangle (block, element, x + weight / 2.0, at->y + weight / 2.0, at->width - weight, at->height - weight);
    bp_box_fill (box, bp_flow_colour (flow, node->is_this ? BP_COLOUR_NAVY : BP_COLOUR_WHITE));
    if (!node->is_this)
        bp_box_stroke (box, bp_flow_colour (flow, BP_COLOUR_LINE), weight);
    BpType name_type = *bp_flow_type (flow, BP_TYPE_TABLE_BOLD), role_type = *bp_flow_type (flow, BP_TYPE_CAPTION);
    if (node->is_this)
        name_type.colour = role_type.colour = bp_flow_colour (flow, BP_COLOUR_WHITE);
    const double text_x = x + BOX_SIDES_PT, text_width = at->width - 2.0 * BOX_SIDES_PT;
    g_autoptr (BpBrokenText) name = break_box (drawing, BP_TYPE_TABLE_BOLD, box_name (drawing, node));
    const BpSpan name_span = bp_type_span (&name_type, box_name (drawing, node));
    const double y = bp_block_add_lines (block, element, name, &name_span, 0, name->lines->len, text_x, at->y + BOX_ABOVE_PT, text_width, 0,
                                         &name_type);
    const char *role = box_role (drawing, node);
    if (role == NULL)
        return;
    g_autoptr (BpBrokenText) words = break_box (drawing, BP_TYPE_CAPTION, role);
    const BpSpan role_span = bp_type_span (&role_type, role);
    bp_block_add_lines (block, element, words, &role_span, 0, words->lines->len, text_x, y, text_width, 0, &role_type);
}

/* An open arrow head that points up to the end of the line. */
static void draw_head (const TreeDrawing *drawing, BpBlock *block, int element, double x, double y)
{
    const double head[] = { 0.0, HEAD_PT + 1.5, HEAD_PT, 0.0, 2.0 * HEAD_PT, HEAD_PT + 1.5 };
    bp_box_stroke (
        bp_block_add_path (block, element, x - HEAD_PT, y + 0.8, bp_page_plan_copy_points (drawing->flow->plan, head, 3), 3, false),
        bp_flow_colour (drawing->flow, BP_COLOUR_SECONDARY), LINE_PT);
}

/* The gaps are such that the line begins and ends with a dash: with a gap at its end it would not reach its box. */
static void dash_whole (BpBox *box, const double *points, int count)
{
    double length = 0.0;
    for (int i = 1; i < count; i++)
        length += fabs (points[2 * i] - points[2 * i - 2]) + fabs (points[2 * i + 1] - points[2 * i - 1]);
    const double gaps = fmax (round ((length - DASH_PT) / (DASH_PT + DASH_GAP_PT)), 1.0);
    bp_box_dash (box, DASH_PT, fmax ((length - DASH_PT) / gaps - DASH_PT, 1.0));
}

static void draw_line (const TreeDrawing *drawing, BpBlock *block, int element, const TreeLine *line)
{
    BpFlow *flow = drawing->flow;
    const double *points = (const double *)(void *)line->points->data;
    const int count = (int)line->points->len / 2;
    double left = points[0], top = points[1];
    for (int i = 1; i < count; i++)
    {
        left = fmin (left, points[2 * i]);
        top = fmin (top, points[2 * i + 1]);
    }
    g_autofree double *relative = g_new (double, 2 * (gsize)count);
    for (int i = 0; i < count; i++)
    {
        relative[2 * i] = points[2 * i] - left;
        relative[2 * i + 1] = points[2 * i + 1] - top;
    }
    BpBox *box
        = bp_block_add_path (block, element, flow->left + left, top, bp_page_plan_copy_points (flow->plan, relative, count), count, false);
    bp_box_stroke (box, bp_flow_colour (flow, BP_COLOUR_SECONDARY), LINE_PT);
    if (line->is_dashed)
        dash_whole (box, points, count);
    if (line->has_head)
        draw_head (drawing, block, element, flow->left + points[2 * count - 2], points[2 * count - 1]);
}

static void draw (const TreeDrawing *drawing, const BpChart *chart)
{
    BpFlow *flow = drawing->flow;
    BpBlock *block = bp_block_new ();
    const int element = bp_flow_add_element (flow, BP_ROLE_FIGURE);
    bp_page_plan_get_element (flow->plan, element)->alternative = bp_page_plan_copy (flow->plan, chart->alternative);
    for (guint i = 0; i < drawing->lines->len; i++)
        draw_line (drawing, block, element, g_ptr_array_index (drawing->lines, i));
    for (int i = 0; i < drawing->tree->node_count; i++)
        draw_box (drawing, block, element, i);
    block->height = drawing->height;
    block->gap_before = flow->gap;
    block->keeps_next = chart->tree->caption != NULL;
    block->is_drawing = true;
    bp_flow_add (flow, block);
}

bool bp_layout_tree (BpFlow *flow, const BpChart *chart)
{
    const BpTree *tree = chart->tree;
    BpTreePlaces *places = tree == NULL || tree->node_count == 0 ? NULL : bp_tree_places_new (tree);
    if (places == NULL)
        return false;
    TreeDrawing drawing = { .flow = flow, .tree = tree, .places = places, .is_names = places->width > MOST_WIDE_BOXES + 0.01 };
    drawing.width = fmin (WIDEST_BOX_PT, (flow->width + BESIDE_PT) / places->width - BESIDE_PT);
    g_autofree BpRouterBox *boxes = g_new0 (BpRouterBox, (gsize)tree->node_count);
    g_autofree double *heights = g_new0 (double, (gsize)places->level_count);
    drawing.boxes = boxes;
    drawing.heights = heights;
    drawing.lines = g_ptr_array_new_with_free_func (free_line);
    bool is_drawn = false;
    if (places->width <= MOST_BOXES + 0.01)
    {
        measure_levels (&drawing);
        is_drawn = plan_drawing (&drawing, bp_flow_get_fresh_room (flow) - 60.0); /* with its caption and a heading */
    }
    if (is_drawn)
    {
        bp_layout_chart_heading (flow, chart);
        draw (&drawing, chart);
        flow->keeps_text = flow->note_count > 0;
        if (tree->caption != NULL)
            bp_layout_caption (flow, tree->caption, 4.0);
        bp_layout_notes (flow);
    }
    g_ptr_array_unref (drawing.lines);
    bp_tree_places_free (places);
    return is_drawn;
}
