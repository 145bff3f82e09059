#include "pack/sections/governance_tree.h"

#include "base/text.h"
#include "domain/snapshot.h"
#include "pack/wording.h"

#include <string.h>

#define ROLE_CHARS 60
#define MOST_IN_ROW 3 /* boxes side by side that are wide enough for their words */

/* "This forum: oversees this plan"; of the others their role alone. */
static const char *role_text (const BpBuild *build, const BpForum *forum, bool is_this)
{
    BpPack *pack = build->pack;
    const char *role = !bp_words_is_blank (forum->role_short) ? forum->role_short
                       : !bp_words_is_blank (forum->role)     ? bp_pack_take (pack, bp_text_dup_shortened (forum->role, ROLE_CHARS))
                                                              : NULL;

    if (!is_this)
        return role != NULL ? bp_pack_text (pack, role) : "No role given";
    return role != NULL ? bp_pack_format (pack, "This forum: %s", bp_words_lower_first (pack, role)) : "This forum";
}

static void add_edges (const BpForumSet *set, GArray *edges, int from, const char *const *ids, BpEdgeKind kind)
{
    for (int i = 0; ids != NULL && ids[i] != NULL; i++)
        for (int to = 0; to < set->count; to++)
        {
            const BpTreeEdge edge = { .kind = kind, .from = from, .to = to };
            if (to != from && strcmp (set->forums[to].id, ids[i]) == 0)
                g_array_append_val (edges, edge);
        }
}

/* Each node one below the lowest that it reports to. Rings end with the rounds. */
static void set_levels (BpTree *tree)
{
    for (int round = 0; round < tree->node_count; round++)
        for (int i = 0; i < tree->edge_count; i++)
        {
            const BpTreeEdge *edge = &tree->edges[i];
            int *level = &tree->nodes[edge->from].level;
            if (edge->kind == BP_EDGE_REPORTS_TO)
                *level = CLAMP (tree->nodes[edge->to].level + 1, *level, tree->node_count);
        }
}

static bool reports (const BpTree *tree, int node)
{
    for (int i = 0; i < tree->edge_count; i++)
        if (tree->edges[i].kind == BP_EDGE_REPORTS_TO && (tree->edges[i].from == node || tree->edges[i].to == node))
            return true;
    return false;
}

static int count_others_on (const BpTree *tree, int node, int level)
{
    int count = 0;
    for (int i = 0; i < tree->node_count; i++)
        count += i != node && tree->nodes[i].level == level;
    return count;
}

/* One that no line of reporting touches stands in the row below the one that it advises; if that is full beside it, where it is alone, else
 * in the first row further down that has room. */
static void set_levels_of_advisers (BpTree *tree)
{
    for (int i = 0; i < tree->edge_count; i++)
    {
        const BpTreeEdge *edge = &tree->edges[i];
        if (edge->kind != BP_EDGE_ADVISES || reports (tree, edge->from))
            continue;
        const int beside = tree->nodes[edge->to].level;
        int level = beside + 1;
        if (count_others_on (tree, edge->from, level) >= MOST_IN_ROW && count_others_on (tree, edge->from, beside) == 1)
            level = beside;
        while (count_others_on (tree, edge->from, level) >= MOST_IN_ROW)
            level++;
        tree->nodes[edge->from].level = level;
    }
}

static bool has_edge (const GArray *edges, int node)
{
    for (guint i = 0; i < edges->len; i++)
        if (g_array_index (edges, BpTreeEdge, i).from == node || g_array_index (edges, BpTreeEdge, i).to == node)
            return true;
    return false;
}

/* Forums that no line would touch have no box, but for this one: they are named below the drawing. Returns their names. */
static const char *drop_loose_nodes (BpPack *pack, BpTree *tree, GArray *edges)
{
    g_autofree int *places = g_new0 (int, (gsize)tree->node_count + 1);
    g_autoptr (GPtrArray) names = g_ptr_array_new ();
    int kept = 0;
    for (int i = 0; edges->len > 0 && i < tree->node_count; i++)
    {
        places[i] = kept;
        if (tree->nodes[i].is_this || has_edge (edges, i))
            tree->nodes[kept++] = tree->nodes[i];
        else
            g_ptr_array_add (names, (gpointer)tree->nodes[i].name);
    }
    if (names->len == 0)
        return NULL;
    tree->node_count = kept;
    for (guint i = 0; i < edges->len; i++)
    {
        BpTreeEdge *edge = &g_array_index (edges, BpTreeEdge, i);
        edge->from = places[edge->from];
        edge->to = places[edge->to];
    }
    return bp_words_joined (pack, names, 0);
}

static const char *caption_text (BpPack *pack, const BpTree *tree, const char *loose)
{
    bool has[2] = { false, false };
    const char *lines = NULL;

    for (int i = 0; i < tree->edge_count; i++)
        has[tree->edges[i].kind] = true;
    if (has[BP_EDGE_REPORTS_TO] && has[BP_EDGE_ADVISES])
        lines = "Solid lines: reports to. Dashed lines: advises, funds or follows.";
    else if (has[BP_EDGE_REPORTS_TO])
        lines = "Lines: reports to.";
    else if (has[BP_EDGE_ADVISES])
        lines = "Dashed lines: advises, funds or follows.";
    return loose != NULL && lines != NULL ? bp_pack_format (pack, "%s Not linked to a forum: %s.", lines, loose) : lines;
}

BpTree *bp_tree_new (const BpBuild *build)
{
    const BpForumSet *set = &build->snapshot->programme->forums;
    BpPack *pack = build->pack;
    BpTree *tree = bp_pack_alloc (pack, sizeof (BpTree));
    g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (BpTreeEdge));

    tree->node_count = set->count;
    tree->nodes = bp_pack_alloc (pack, sizeof (BpTreeNode) * (gsize)MAX (set->count, 1));
    for (int i = 0; i < set->count; i++)
    {
        const BpForum *forum = &set->forums[i];
        bool is_this = strcmp (forum->id, build->forum->id) == 0;
        tree->nodes[i] = (BpTreeNode){ .name = bp_pack_text (pack, forum->name),
                                       .short_name = bp_pack_text (pack, forum->short_name),
                                       .role = role_text (build, forum, is_this),
                                       .is_this = is_this };
        add_edges (set, edges, i, forum->parents, BP_EDGE_REPORTS_TO);
        add_edges (set, edges, i, forum->advises, BP_EDGE_ADVISES);
    }
    const char *loose = drop_loose_nodes (pack, tree, edges);
    tree->edge_count = (int)edges->len;
    tree->edges = bp_pack_alloc (pack, sizeof (BpTreeEdge) * MAX (edges->len, 1));
    if (edges->len > 0)
        memcpy (tree->edges, edges->data, sizeof (BpTreeEdge) * edges->len);
    set_levels (tree);
    set_levels_of_advisers (tree);
    tree->caption = caption_text (pack, tree, loose);
    return tree;
}
