#include "demo_pack.h"
#include "page_frame_rules.h"
#include "plan_checks.h"

#include "render/pdf/line_router.h"
#include "render/pdf/tree_places.h"

#include <math.h>
#include <string.h>

#define MOST_NODES 40

/* A tree from a few words: "a b>a c~b" is a, b that reports to a, c that advises b. "*" before a name: this forum. */
typedef struct
{
    BpTree tree;
    BpTreeNode nodes[MOST_NODES];
    BpTreeEdge edges[MOST_NODES];
    char **names;
} Sample;

static int find_node (const Sample *sample, const char *name)
{
    for (int i = 0; i < sample->tree.node_count; i++)
        if (g_str_equal (sample->nodes[i].name, name))
            return i;
    g_error ("no node %s", name);
}

static void add_edges (Sample *sample, const char *words, int from)
{
    for (const char *at = strpbrk (words, ">~"); at != NULL; at = strpbrk (at + 1, ">~"))
    {
        g_autofree char *to = g_strndup (at + 1, strcspn (at + 1, ">~"));
        sample->edges[sample->tree.edge_count++]
            = (BpTreeEdge){ *at == '>' ? BP_EDGE_REPORTS_TO : BP_EDGE_ADVISES, from, find_node (sample, to) };
    }
}

static int count_on (const Sample *sample, int level)
{
    int count = 0;
    for (int i = 0; i < sample->tree.node_count; i++)
        count += sample->nodes[i].level == level ? 1 : 0;
    return count;
}

/* As the pack has it: one that only advises stands below the one that it advises, beside it or further down, where there is room. */
static void lower_advisers (Sample *sample)
{
    for (int i = 0; i < sample->tree.edge_count; i++)
    {
        const BpTreeEdge *edge = &sample->edges[i];
        bool reports = false;
        for (int j = 0; j < sample->tree.edge_count; j++)
            reports = reports
                      || (sample->edges[j].kind == BP_EDGE_REPORTS_TO
                          && (sample->edges[j].from == edge->from || sample->edges[j].to == edge->from));
        if (edge->kind != BP_EDGE_ADVISES || reports)
            continue;
        sample->nodes[edge->from].level = -1;
        const int beside = sample->nodes[edge->to].level;
        int level = count_on (sample, beside + 1) >= 3 && count_on (sample, beside) == 1 ? beside : beside + 1;
        while (count_on (sample, level) >= 3)
            level++;
        sample->nodes[edge->from].level = level;
    }
}

static void sample_init (Sample *sample, const char *text)
{
    *sample = (Sample){ 0 };
    sample->tree.nodes = sample->nodes;
    sample->tree.edges = sample->edges;
    g_auto (GStrv) words = g_strsplit (text, " ", -1);
    sample->names = g_new0 (char *, MOST_NODES);
    for (int i = 0; words[i] != NULL; i++)
    {
        const bool is_this = words[i][0] == '*';
        sample->names[i] = g_strndup (words[i] + is_this, strcspn (words[i] + is_this, ">~"));
        sample->nodes[i]
            = (BpTreeNode){ .name = sample->names[i], .short_name = sample->names[i], .role = "Does its part", .is_this = is_this };
        sample->tree.node_count++;
    }
    for (int i = 0; words[i] != NULL; i++)
        add_edges (sample, words[i], i);
    for (int round = 0; round < sample->tree.node_count; round++)
        for (int i = 0; i < sample->tree.edge_count; i++)
        {
            const BpTreeEdge *edge = &sample->edges[i];
            if (edge->kind == BP_EDGE_REPORTS_TO)
                sample->nodes[edge->from].level
                    = CLAMP (sample->nodes[edge->to].level + 1, sample->nodes[edge->from].level, sample->tree.node_count);
        }
    lower_advisers (sample);
}

static void sample_clear (Sample *sample)
{
    for (int i = 0; i < MOST_NODES; i++)
        g_free (sample->names[i]);
    g_free (sample->names);
}

/* ---- places ---- */

static void test_boxes_of_a_level_do_not_meet_and_parents_stand_over_the_middle (void)
{
    static const char *const trees[] = { "a",
                                         "a b c",
                                         "a b>a c>a d>a e>c f>c g>d",
                                         "a>b b c>b d>c e>c f>c g h>g i>g",
                                         "x a y>x z>x w>a v>a u>w t>w s>w",
                                         "a b>a c>b d>c e>d f>e" };
    for (gsize t = 0; t < G_N_ELEMENTS (trees); t++)
    {
        Sample sample;
        sample_init (&sample, trees[t]);
        BpTreePlaces *places = bp_tree_places_new (&sample.tree);
        for (int i = 0; i < sample.tree.node_count; i++)
        {
            double first = G_MAXDOUBLE, last = -1.0;
            g_assert_cmpfloat (places->x[i], >=, -1e-9);
            g_assert_cmpfloat (places->x[i] + 1.0, <=, places->width + 1e-9);
            for (int j = 0; j < sample.tree.node_count; j++)
            {
                if (j != i && sample.nodes[i].level == sample.nodes[j].level)
                    g_assert_cmpfloat (fabs (places->x[i] - places->x[j]), >=, 1.0 - 1e-9);
                if (places->parents[j] != i)
                    continue;
                first = MIN (first, places->x[j]);
                last = MAX (last, places->x[j]);
            }
            if (last >= 0.0)
                g_assert_cmpfloat_with_epsilon (places->x[i], (first + last) / 2.0, 1e-9);
        }
        bp_tree_places_free (places);
        sample_clear (&sample);
    }
}

static void test_a_ring_has_no_places (void)
{
    Sample sample;
    sample_init (&sample, "a>c b>a c>b d>a");
    g_assert_null (bp_tree_places_new (&sample.tree));
    sample_clear (&sample);
}

/* ---- lines ---- */

static void test_a_line_goes_round_a_box (void)
{
    g_autoptr (BpRouter) router = bp_router_new (300.0, 120.0, 6.0);
    const BpRouterBox from = { 0, 30, 60, 60 }, to = { 240, 30, 60, 60 }, between = { 120, 20, 60, 100 };
    bool is_joined = true;
    bp_router_block_box (router, &from);
    bp_router_block_box (router, &to);
    bp_router_block_box (router, &between);
    g_autoptr (GArray) points = bp_router_connect (router, &from, BP_SIDE_RIGHT, &to, BP_SIDE_LEFT, 1, &is_joined);
    g_assert_nonnull (points);
    g_assert_false (is_joined);
    const double *at = (const double *)(void *)points->data;
    g_assert_cmpfloat (at[0], ==, 60.0);
    g_assert_cmpfloat (at[points->len - 2], ==, 240.0);
    for (guint i = 2; i + 1 < points->len; i += 2)
    {
        g_assert_true (fabs (at[i] - at[i - 2]) < 0.01 || fabs (at[i + 1] - at[i - 1]) < 0.01);
        if (MIN (at[i], at[i - 2]) < 180.0 && MAX (at[i], at[i - 2]) > 120.0)
            g_assert_cmpfloat (at[i + 1], <, 20.0);
    }
}

static void test_a_line_crosses_no_other_but_joins_its_own_kind (void)
{
    g_autoptr (BpRouter) router = bp_router_new (200.0, 200.0, 6.0);
    const BpRouterBox left = { 0, 70, 50, 60 }, right = { 150, 70, 50, 60 }, top = { 75, 0, 50, 40 }, bottom = { 75, 160, 50, 40 };
    const BpRouterBox *const boxes[] = { &left, &right, &top, &bottom };
    bool is_joined = true;
    for (gsize i = 0; i < G_N_ELEMENTS (boxes); i++)
        bp_router_block_box (router, boxes[i]);
    bp_router_block_line (router, 0.0, 66.0, 0.0, 0.0); /* no way round the outside */
    bp_router_block_line (router, 200.0, 66.0, 200.0, 0.0);
    g_autoptr (GArray) across = bp_router_connect (router, &left, BP_SIDE_RIGHT, &right, BP_SIDE_LEFT, 1, &is_joined);
    g_assert_nonnull (across);
    g_assert_false (is_joined);
    g_assert_null (bp_router_connect (router, &bottom, BP_SIDE_TOP, &top, BP_SIDE_BOTTOM, 2, &is_joined));
    g_autoptr (GArray) joining = bp_router_connect (router, &bottom, BP_SIDE_TOP, &right, BP_SIDE_LEFT, 1, &is_joined);
    g_assert_nonnull (joining);
    g_assert_true (is_joined);
}

/* ---- pages ---- */

/* What holds on every page, and the rules of page breaking. */
static void check_pages (const BpPagePlan *plan)
{
    g_autofree char *broken = page_rules_find_broken (plan);
    g_assert_cmpstr (broken, ==, NULL);
    plan_check_pages (plan);
}

static bool is_drawn (const BpPagePlan *plan)
{
    for (guint i = 0; i < plan->elements->len; i++)
        if (g_array_index (plan->elements, BpElement, i).role == BP_ROLE_FIGURE)
            return true;
    return false;
}

/* No two boxes of the drawing meet, and each holds its words. */
static void check_boxes (const BpPlanPage *page, const BpTree *tree)
{
    g_autoptr (GPtrArray) boxes = g_ptr_array_new ();
    int texts = 0;
    for (guint i = 0; i < page->boxes->len; i++)
    {
        BpBox *box = &g_array_index (page->boxes, BpBox, i);
        if (box->kind == BP_BOX_RECTANGLE && box->element >= 0)
            g_ptr_array_add (boxes, box);
    }
    g_assert_cmpuint (boxes->len, ==, (guint)tree->node_count);
    for (guint i = 0; i < boxes->len; i++)
        for (guint j = i + 1; j < boxes->len; j++)
        {
            const BpBox *a = boxes->pdata[i], *b = boxes->pdata[j];
            g_assert_true (a->x + a->width < b->x || b->x + b->width < a->x || a->y + a->height < b->y || b->y + b->height < a->y);
        }
    for (guint i = 0; i < page->boxes->len; i++)
    {
        const BpBox *text = &g_array_index (page->boxes, BpBox, i);
        if (text->kind != BP_BOX_TEXT || text->element != ((const BpBox *)boxes->pdata[0])->element)
            continue;
        bool is_held = false;
        for (guint j = 0; j < boxes->len; j++)
        {
            const BpBox *box = boxes->pdata[j];
            is_held = is_held
                      || (text->x >= box->x && text->x + text->width <= box->x + box->width && text->y > box->y
                          && text->y < box->y + box->height - 2.0);
        }
        g_assert_true (is_held);
        texts++;
    }
    g_assert_cmpint (texts, >=, tree->node_count);
}

/* A straight part of a line. */
typedef struct
{
    double x1, y1, x2, y2;
    const BpBox *line;
    bool is_dashed;
} Piece;

/* A dashed line shares no track with another line: they would read as one. */
static void check_apart (const Piece *a, const Piece *b)
{
    if (a->line == b->line || (!a->is_dashed && !b->is_dashed))
        return;
    g_assert_true (a->x2 < b->x1 - 1.0 || b->x2 < a->x1 - 1.0 || a->y2 < b->y1 - 1.0 || b->y2 < a->y1 - 1.0);
}

/* No line of the drawing passes through a box, and no upright piece of a line crosses a level one of another. */
static void check_lines (const BpPlanPage *page)
{
    g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
    for (guint i = 0; i < page->boxes->len; i++)
    {
        const BpBox *box = &g_array_index (page->boxes, BpBox, i);
        for (int p = 1; box->kind == BP_BOX_PATH && box->element >= 0 && p < box->point_count; p++)
        {
            const double *at = &box->points[2 * p];
            const Piece piece = {
                box->x + MIN (at[-2], at[0]), box->y + MIN (at[-1], at[1]), box->x + MAX (at[-2], at[0]), box->y + MAX (at[-1], at[1]), box,
                box->dash_on > 0.0f
            };
            if (piece.x2 - piece.x1 < 0.01 || piece.y2 - piece.y1 < 0.01) /* an arrow head slants */
                g_array_append_val (pieces, piece);
        }
    }
    for (guint i = 0; i < pieces->len; i++)
        for (guint j = 0; j < i; j++)
            check_apart (&g_array_index (pieces, Piece, i), &g_array_index (pieces, Piece, j));
    for (guint i = 0; i < pieces->len; i++)
    {
        const Piece *a = &g_array_index (pieces, Piece, i);
        for (guint j = 0; j < page->boxes->len; j++)
        {
            const BpBox *box = &g_array_index (page->boxes, BpBox, j);
            if (box->kind == BP_BOX_RECTANGLE && box->element >= 0)
                g_assert_true (a->x2 <= box->x + 0.6 || a->x1 >= box->x + box->width - 0.6 || a->y2 <= box->y + 0.6
                               || a->y1 >= box->y + box->height - 0.6);
        }
        for (guint j = 0; j < pieces->len; j++)
        {
            const Piece *b = &g_array_index (pieces, Piece, j);
            g_assert_false (a->x1 < b->x1 - 0.6 && a->x2 > b->x1 + 0.6 && b->y1 < a->y1 - 0.6 && b->y2 > a->y1 + 0.6);
        }
    }
}

static void lay_tree (const BpTree *tree, bool should_be_drawn, const char *what)
{
    const BpTableColumn columns[] = { { .title = "Forum", .is_row_header = true }, { .title = "Upwards" } };
    g_autoptr (BpPack) pack = demo_pack_start ();
    BpNode *section = bp_pack_add_section (pack, pack->sections, "governance", "Governance");
    BpNode *node = bp_pack_add_chart (pack, section, BP_CHART_GOVERNANCE, NULL, NULL, "Tree of forums and who reports to whom.");
    node->as.chart.tree = tree;
    node->as.chart.table = bp_pack_new_table (pack, BP_TABLE_FULL, "Forums", columns, 2);
    for (int i = 0; i < tree->node_count; i++)
    {
        BpTableRow *row = bp_pack_add_row (pack, node->as.chart.table, BP_ROW_PLAIN, NULL);
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_MAIN, tree->nodes[i].name);
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, "None");
    }
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    check_pages (fixture.plan);
    plan_check_structure (fixture.plan);
    if (is_drawn (fixture.plan) != should_be_drawn)
        g_error ("“%s” is %s", what, should_be_drawn ? "not drawn" : "drawn");
    bool is_listed = false;
    for (int page = 0; page < (int)fixture.plan->pages->len; page++)
    {
        g_autofree char *text = plan_dup_page_text (fixture.plan, page);
        is_listed = is_listed || strstr (text, "Upwards") != NULL;
    }
    g_assert_true (is_listed != should_be_drawn);
    if (should_be_drawn)
    {
        check_boxes (bp_page_plan_get_page (fixture.plan, 0), tree);
        check_lines (bp_page_plan_get_page (fixture.plan, 0));
    }
    plan_fixture_clear (&fixture);
}

static void test_trees_are_drawn_clear_or_listed (void)
{
    static const struct
    {
        const char *text;
        bool is_drawn;
    } rows[] = { { "*a", true },
                 { "a b c", true },
                 { "a *b>a c>a", true },
                 { "a *b>a c>b d>b e>a", true },
                 { "top *a>top b>a c>a d~a e~a cab f>cab~a", true },
                 { "bbp *apb>bbp og>apb pb>apb con~apb dfe~apb cab cdg>cab~apb", true }, /* three advise one */
                 { "a b *c>a>b", true },                                                 /* two parents */
                 { "a b>a c>a *d>b>c", true },                                           /* that meet again */
                 { "a b>a c>b *d>c>a", true },                                           /* two levels up as well */
                 { "a b>a c>a d>a e>a *f>a", true },
                 { "a b>a c>a d>a e>a f>a *g>a", true },
                 { "a b>a c>a d>a e>a f>a g>a *h>a", false }, /* seven side by side */
                 { "a b>a c>a d>a e>a f>a g>a h>a i>a j>a k>a *l>a", false },
                 { "a>c b>a *c>b", false }, /* a ring */
                 { "a b c d e>a>b>c>d f>a>b>c>d g>a>b>c>d *h>a>b>c>d", false } };
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
        Sample sample;
        sample_init (&sample, rows[i].text);
        lay_tree (&sample.tree, rows[i].is_drawn, rows[i].text);
        sample_clear (&sample);
    }
}

static void test_long_names_stay_in_their_boxes (void)
{
    static const char *const names[]
        = { "The Joint Strategic Commissioning, Procurement, Contracts and Oversight Sub-Group of the Integrated Care "
            "Partnership for Children, Young People and Their Families",
            "Donaudampfschifffahrtsgesellschaftskapitänsmützenverordnungsausschuss" };
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
        Sample sample;
        sample_init (&sample, "top *a>top b>a c>a d>a e~a");
        sample.nodes[1].name = sample.nodes[2].name = sample.nodes[2].role = sample.nodes[0].name = names[i];
        lay_tree (&sample.tree, true, names[i]);
        sample_clear (&sample);
    }
}

/* A name that no page holds: the list, whose rows may break. */
static void test_name_without_end_leaves_the_list (void)
{
    Sample sample;
    GString *name = g_string_new ("Board");
    for (int i = 0; i < 600; i++)
        g_string_append_printf (name, " of members of group %d", i);
    sample_init (&sample, "top *a>top b>a c>a");
    sample.nodes[0].name = name->str;
    lay_tree (&sample.tree, false, "a name without end");
    g_string_free (name, TRUE);
    sample_clear (&sample);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/render/tree/" #name, test_##name)
    ADD (boxes_of_a_level_do_not_meet_and_parents_stand_over_the_middle);
    ADD (a_ring_has_no_places);
    ADD (a_line_goes_round_a_box);
    ADD (a_line_crosses_no_other_but_joins_its_own_kind);
    ADD (trees_are_drawn_clear_or_listed);
    ADD (long_names_stay_in_their_boxes);
    ADD (name_without_end_leaves_the_list);
    return g_test_run ();
}
