#include "render/pdf/line_router.h"

#include <math.h>

#define PITCH_PT 6.0
#define CLEARANCE_PT 5.0 /* of lines and boxes */
#define CORNER_PT 8.0    /* no line meets a box nearer to its corner */
#define BEND_COST 4
#define OFF_MIDDLE 0.5 /* cost of each step away from the middle of a side */
#define COST_UNIT 4    /* a step */

/* Points of a grid, on which lines run. */
struct BpRouter
{
    int columns, rows;
    double apart; /* lines and lines */
    bool *blocked;
    int *bundles; /* for each point, the bundle of the line that runs through it; 0: none */
};

enum
{
    UP,
    RIGHT,
    DOWN,
    LEFT,
    DIRECTIONS
};
static const int step_x[] = { 0, 1, 0, -1 }, step_y[] = { -1, 0, 1, 0 };

BpRouter *bp_router_new (double width, double height, double apart)
{
    BpRouter *router = g_new0 (BpRouter, 1);
    router->apart = apart;
    router->columns = (int)floor (width / PITCH_PT) + 1;
    router->rows = (int)floor (height / PITCH_PT) + 1;
    router->blocked = g_new0 (bool, (gsize)router->columns *(gsize)router->rows);
    router->bundles = g_new0 (int, (gsize)router->columns *(gsize)router->rows);
    return router;
}

void bp_router_free (BpRouter *router)
{
    if (router == NULL)
        return;
    g_free (router->blocked);
    g_free (router->bundles);
    g_free (router);
}

static void block_around (BpRouter *router, double left, double top, double right, double bottom, double clearance)
{
    for (int row = 0; row < router->rows; row++)
        for (int column = 0; column < router->columns; column++)
        {
            const double x = column * PITCH_PT, y = row * PITCH_PT;
            if (x > left - clearance && x < right + clearance && y > top - clearance && y < bottom + clearance)
                router->blocked[row * router->columns + column] = true;
        }
}

void bp_router_block_box (BpRouter *router, const BpRouterBox *box)
{
    block_around (router, box->x, box->y, box->x + box->width, box->y + box->height, CLEARANCE_PT);
}

void bp_router_block_line (BpRouter *router, double x1, double y1, double x2, double y2)
{
    block_around (router, fmin (x1, x2), fmin (y1, y2), fmax (x1, x2), fmax (y1, y2), router->apart - 0.5);
}

static double point_x (const BpRouter *router, int point)
{
    return point % router->columns * PITCH_PT;
}

static double point_y (const BpRouter *router, int point)
{
    const int row = point / router->columns;
    return row * PITCH_PT;
}

/* ---- where a box is met ---- */

/* The side of the box that a point stands just outside of, as the direction away from the box; -1: none of the sides. */
static int find_side (const BpRouterBox *box, int sides, double x, double y)
{
    const double right = box->x + box->width, bottom = box->y + box->height, reach = CLEARANCE_PT + PITCH_PT;
    const bool is_beside = y >= box->y + CORNER_PT && y <= bottom - CORNER_PT;
    const bool is_below = x >= box->x + CORNER_PT && x <= right - CORNER_PT;
    if ((sides & BP_SIDE_TOP) != 0 && is_below && y <= box->y && y > box->y - reach)
        return UP;
    if ((sides & BP_SIDE_BOTTOM) != 0 && is_below && y >= bottom && y < bottom + reach)
        return DOWN;
    if ((sides & BP_SIDE_RIGHT) != 0 && is_beside && x >= right && x < right + reach)
        return RIGHT;
    if ((sides & BP_SIDE_LEFT) != 0 && is_beside && x <= box->x && x > box->x - reach)
        return LEFT;
    return -1;
}

/* What it costs to meet the side away from its middle. */
static int off_middle (const BpRouterBox *box, int side, double x, double y)
{
    const double off = side == UP || side == DOWN ? x - box->x - box->width / 2.0 : y - box->y - box->height / 2.0;
    return (int)lround (fabs (off) / PITCH_PT * OFF_MIDDLE * COST_UNIT);
}

static void add_foot (GArray *points, const BpRouterBox *box, int side, double x, double y)
{
    const double foot[2] = { side == RIGHT  ? box->x + box->width
                             : side == LEFT ? box->x
                                            : x,
                             side == DOWN ? box->y + box->height
                             : side == UP ? box->y
                                          : y };
    g_array_append_vals (points, foot, 2);
}

/* ---- the way ---- */

typedef struct
{
    BpRouter *router;
    int bundle;
    int *costs;  /* for each point and direction of arrival; G_MAXINT: not reached */
    int *before; /* the state it was reached from; -1: a start */
    GQueue queue;
} Search;

static void reach (Search *search, int state, int cost, int before)
{
    if (cost >= search->costs[state])
        return;
    search->costs[state] = cost;
    search->before[state] = before;
    g_queue_push_tail (&search->queue, GINT_TO_POINTER (state));
}

static void start (Search *search, const BpRouterBox *from, int sides)
{
    for (int point = 0; point < search->router->columns * search->router->rows; point++)
    {
        const double x = point_x (search->router, point), y = point_y (search->router, point);
        const int side = search->router->blocked[point] ? -1 : find_side (from, sides, x, y);
        if (side >= 0)
            reach (search, point * DIRECTIONS + side, off_middle (from, side, x, y), -1);
    }
}

/* Every state is looked at again whenever a cheaper way to it is found: the grid is small. */
static void spread (Search *search)
{
    const BpRouter *router = search->router;
    while (!g_queue_is_empty (&search->queue))
    {
        const int state = GPOINTER_TO_INT (g_queue_pop_head (&search->queue));
        const int point = state / DIRECTIONS, arrived = state % DIRECTIONS;
        if (router->blocked[point]) /* it has joined a line */
            continue;
        for (int direction = 0; direction < DIRECTIONS; direction++)
        {
            const int column = point % router->columns + step_x[direction], row = point / router->columns + step_y[direction];
            const bool is_back = (direction + 2) % DIRECTIONS == arrived;
            if (is_back || column < 0 || row < 0 || column >= router->columns || row >= router->rows)
                continue;
            const int next = row * router->columns + column;
            if (router->blocked[next] && router->bundles[next] != search->bundle)
                continue;
            const int cost = search->costs[state] + COST_UNIT + (direction == arrived ? 0 : BEND_COST * COST_UNIT);
            reach (search, next * DIRECTIONS + direction, cost, state);
        }
    }
}

/* What the end of a way costs in this state, and the side of the box that it meets there, -1 for a line that it joins; -1: it does not end
 * here. */
static int end_cost (const Search *search, int state, const BpRouterBox *to, int sides, int *side_out)
{
    const BpRouter *router = search->router;
    const int point = state / DIRECTIONS, arrived = state % DIRECTIONS;
    *side_out = -1;
    if (router->blocked[point])
        return BEND_COST * COST_UNIT;
    const double x = point_x (router, point), y = point_y (router, point);
    const int side = find_side (to, sides, x, y);
    if (side < 0 || side == arrived)
        return -1;
    *side_out = side;
    return off_middle (to, side, x, y) + ((side + 2) % DIRECTIONS == arrived ? 0 : BEND_COST * COST_UNIT);
}

/* The cheapest state in which the way can end, and the side of the box there; -1: none. */
static int find_goal (const Search *search, const BpRouterBox *to, int sides, int *side_out)
{
    const BpRouter *router = search->router;
    int goal = -1, least = G_MAXINT;
    for (int state = 0; state < router->columns * router->rows * DIRECTIONS; state++)
    {
        int side;
        const int end = search->costs[state] == G_MAXINT ? -1 : end_cost (search, state, to, sides, &side);
        if (end < 0 || search->costs[state] + end >= least)
            continue;
        least = search->costs[state] + end;
        goal = state;
        *side_out = side;
    }
    return goal;
}

/* Drops the points in the middle of a straight line. */
static void drop_straight (GArray *points)
{
    for (guint i = 1; i + 1 < points->len / 2;)
    {
        const double *at = &g_array_index (points, double, 2 * i);
        const bool is_level = fabs (at[-1] - at[1]) < 0.01 && fabs (at[3] - at[1]) < 0.01;
        const bool is_upright = fabs (at[-2] - at[0]) < 0.01 && fabs (at[2] - at[0]) < 0.01;
        if (is_level || is_upright)
            g_array_remove_range (points, 2 * i, 2);
        else
            i++;
    }
}

static GArray *trace (const Search *search, int goal, const BpRouterBox *from, const BpRouterBox *to, int to_side)
{
    g_autoptr (GArray) states = g_array_new (FALSE, FALSE, sizeof (int));
    for (int state = goal; state >= 0; state = search->before[state])
        g_array_append_val (states, state);
    GArray *points = g_array_new (FALSE, FALSE, sizeof (double));
    for (guint i = states->len; i-- > 0;)
    {
        const int state = g_array_index (states, int, i), point = state / DIRECTIONS;
        const double at[2] = { point_x (search->router, point), point_y (search->router, point) };
        if (i + 1 == states->len)
            add_foot (points, from, state % DIRECTIONS, at[0], at[1]);
        g_array_append_vals (points, at, 2);
        search->router->bundles[point] = search->bundle;
        if (i == 0 && to_side >= 0)
            add_foot (points, to, to_side, at[0], at[1]);
    }
    drop_straight (points);
    return points;
}

GArray *bp_router_connect (BpRouter *router, const BpRouterBox *from, int from_sides, const BpRouterBox *to, int to_sides, int bundle,
                           bool *is_joined_out)
{
    const gsize states = (gsize)router->columns * (gsize)router->rows * DIRECTIONS;
    g_autofree int *costs = g_new (int, states), *before = g_new (int, states);
    for (gsize i = 0; i < states; i++)
        costs[i] = G_MAXINT;
    Search search = { .router = router, .bundle = bundle, .costs = costs, .before = before, .queue = G_QUEUE_INIT };
    start (&search, from, from_sides);
    spread (&search);
    int side = -1;
    const int goal = find_goal (&search, to, to_sides, &side);
    if (goal < 0)
        return NULL;
    *is_joined_out = side < 0;
    GArray *points = trace (&search, goal, from, to, side);
    for (guint i = 2; i + 1 < points->len; i += 2)
    {
        const double *at = &g_array_index (points, double, i);
        bp_router_block_line (router, at[-2], at[-1], at[0], at[1]);
    }
    return points;
}
