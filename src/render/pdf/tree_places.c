#include "render/pdf/tree_places.h"

typedef struct
{
    const BpTree *tree;
    BpTreePlaces *places;
    double *free_from; /* for each level, where the next box may stand */
    int *roots;        /* for each node, the top of its tree */
} Placing;

static bool is_branch (const BpTree *tree, const BpTreeEdge *edge)
{
    return edge->kind == BP_EDGE_REPORTS_TO && tree->nodes[edge->to].level + 1 == tree->nodes[edge->from].level;
}

static bool has_ring (const BpTree *tree)
{
    for (int i = 0; i < tree->edge_count; i++)
    {
        const BpTreeEdge *edge = &tree->edges[i];
        if (edge->kind == BP_EDGE_REPORTS_TO && tree->nodes[edge->from].level <= tree->nodes[edge->to].level)
            return true;
    }
    return false;
}

static void find_parents (const BpTree *tree, BpTreePlaces *places)
{
    for (int i = 0; i < tree->node_count; i++)
    {
        places->parents[i] = -1;
        places->level_count = MAX (places->level_count, tree->nodes[i].level + 1);
    }
    for (int i = tree->edge_count - 1; i >= 0; i--) /* the first one counts */
        if (is_branch (tree, &tree->edges[i]))
            places->parents[tree->edges[i].from] = tree->edges[i].to;
}

static bool is_under (const BpTreePlaces *places, int node, int top)
{
    while (node >= 0 && node != top)
        node = places->parents[node];
    return node == top;
}

static void shift (Placing *placing, int top, double by)
{
    for (int i = 0; i < placing->tree->node_count; i++)
    {
        if (!is_under (placing->places, i, top))
            continue;
        placing->places->x[i] += by;
        double *free_from = &placing->free_from[placing->tree->nodes[i].level];
        *free_from = MAX (*free_from, placing->places->x[i] + 1.0);
    }
}

static void place (Placing *placing, int node, int root)
{
    BpTreePlaces *places = placing->places;
    double *free_from = &placing->free_from[placing->tree->nodes[node].level];
    double first = 0.0, last = 0.0;
    bool has_children = false;
    placing->roots[node] = root;
    for (int i = 0; i < placing->tree->node_count; i++)
    {
        if (places->parents[i] != node)
            continue;
        place (placing, i, root);
        first = has_children ? first : places->x[i];
        last = places->x[i];
        has_children = true;
    }
    places->x[node] = has_children ? (first + last) / 2.0 : *free_from;
    if (places->x[node] < *free_from)
        shift (placing, node, *free_from - places->x[node]);
    *free_from = places->x[node] + 1.0;
}

/* How far a tree can go to the right: up to the trees already there, or the end. */
static double find_slack (const Placing *placing, int root)
{
    const BpTreePlaces *places = placing->places;
    double slack = places->width;
    for (int i = 0; i < placing->tree->node_count; i++)
    {
        if (placing->roots[i] != root)
            continue;
        slack = MIN (slack, places->width - 1.0 - places->x[i]);
        for (int j = 0; j < placing->tree->node_count; j++)
            if (placing->roots[j] != root && placing->tree->nodes[j].level == placing->tree->nodes[i].level && places->x[j] > places->x[i])
                slack = MIN (slack, places->x[j] - 1.0 - places->x[i]);
    }
    return MAX (slack, 0.0);
}

static void push_right (Placing *placing, const GArray *order)
{
    for (guint i = order->len; i-- > 1;)
    {
        const int root = g_array_index (order, int, i);
        shift (placing, root, find_slack (placing, root));
    }
}

/* By the right end of the trees on the levels where they meet: the order in which they were placed. */
BpTreePlaces *bp_tree_places_new (const BpTree *tree)
{
    if (has_ring (tree))
        return NULL;
    BpTreePlaces *places = g_new0 (BpTreePlaces, 1);
    const gsize count = (gsize)tree->node_count;
    places->x = g_new0 (double, count + 1);
    places->parents = g_new0 (int, count + 1);
    find_parents (tree, places);
    g_autofree double *free_from = g_new0 (double, (gsize)places->level_count + 1);
    g_autofree int *roots = g_new0 (int, count + 1);
    g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (int));
    Placing placing = { tree, places, free_from, roots };
    /* Those with others below them first: the lone ones find a place at their side. */
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < tree->node_count; i++)
        {
            bool is_lone = true;
            for (int j = 0; j < tree->node_count; j++)
                is_lone = is_lone && places->parents[j] != i;
            if (places->parents[i] >= 0 || is_lone != (pass == 1))
                continue;
            place (&placing, i, i);
            g_array_append_val (order, i);
        }
    for (int i = 0; i < places->level_count; i++)
        places->width = MAX (places->width, free_from[i]);
    push_right (&placing, order);
    return places;
}

void bp_tree_places_free (BpTreePlaces *places)
{
    if (places == NULL)
        return;
    g_free (places->x);
    g_free (places->parents);
    g_free (places);
}
