#include "demo_pack.h"
#include "plan_checks.h"
#include "render/pdf/chart_labels.h"

#include <math.h>
#include <string.h>

#define MONTHS 23

/* A page with a burn-up whose plan and fact only rise, each to its own end. */
static BpPack *new_pack (GRand *rand, int now)
{
    BpPack *pack = demo_pack_start ();
    BpNode *section = bp_pack_add_section (pack, pack->sections, "summary", "Summary on one page");
    demo_add_burn_up (pack, section);
    bp_pack_add_heading (pack, section, 2, "Since the last pack", NULL);
    bp_pack_add_entry (pack, bp_pack_add_list (pack, section, BP_LIST_COUNTED), NULL, "actions completed")->value
        = bp_value_number (12, 0, NULL);
    for (guint i = 0; i < section->as.section.children->len; i++)
    {
        BpNode *node = g_ptr_array_index (section->as.section.children, i);
        if (node->kind != BP_NODE_CHART)
            continue;
        for (int s = 0; s < 2; s++)
        {
            double *values = node->as.chart.series[s].values, value = g_rand_int_range (rand, 0, 5);
            for (int month = 0; month < MONTHS; month++)
            {
                value += g_rand_int_range (rand, 0, 3) == 0 ? g_rand_int_range (rand, 0, 16) : 0;
                values[month] = s == 1 && month > now ? NAN : value;
            }
        }
    }
    return pack;
}

/* The lines of plan and fact, and that between them. */
static bool is_line_of (const BpBox *box, int figure)
{
    return box->element == figure && (box->kind == BP_BOX_PATH || (box->kind == BP_BOX_LINE && box->weight == 1.0f));
}

static void check_piece (const BpBox *text, double x1, double y1, double x2, double y2, int run)
{
    const BpChartRect ink = { text->x, text->y - 7.2, text->x + text->width, text->y };
    const BpChartStroke stroke = { x1, y1, x2, y2, false };
    if (bp_chart_stroke_meets (&stroke, &ink))
        g_error ("burn-up %d: \"%s\" lies on a line", run, text->text);
}

static void check_words (const BpPagePlan *plan, int figure, int run)
{
    const BpPlanPage *page = bp_page_plan_get_page (plan, 0);
    int words = 0;
    for (guint i = 0; i < page->boxes->len; i++)
    {
        const BpBox *text = &g_array_index (page->boxes, BpBox, i);
        if (text->kind != BP_BOX_TEXT || text->element != figure)
            continue;
        words += strstr (text->text, " complete") != NULL ? 1 : 0;
        for (guint j = 0; j < page->boxes->len; j++)
        {
            const BpBox *line = &g_array_index (page->boxes, BpBox, j);
            if (is_line_of (line, figure) && line->kind == BP_BOX_LINE)
                check_piece (text, line->x, line->y, line->x + line->width, line->y + line->height, run);
            for (int p = 1; is_line_of (line, figure) && line->kind == BP_BOX_PATH && p < line->point_count; p++)
            {
                const double *at = &line->points[2 * p];
                check_piece (text, line->x + at[-2], line->y + at[-1], line->x + at[0], line->y + at[1], run);
            }
        }
    }
    g_assert_cmpint (words, ==, 1);
}

/* White that takes the grid from behind the words is drawn before every line: it rubs out none. */
static void check_patches (const BpPagePlan *plan, int figure)
{
    const BpPlanPage *page = bp_page_plan_get_page (plan, 0);
    bool has_path = false;
    for (guint i = 0; i < page->boxes->len; i++)
    {
        const BpBox *box = &g_array_index (page->boxes, BpBox, i);
        if (box->element != figure)
            continue;
        has_path = has_path || box->kind == BP_BOX_PATH;
        g_assert_false (has_path && box->kind == BP_BOX_RECTANGLE);
    }
    g_assert_true (has_path);
}

static void test_words_keep_clear_of_plan_and_fact (void)
{
    g_autoptr (GRand) rand = g_rand_new_with_seed (7);
    for (int run = 0; run < 120; run++)
    {
        g_autoptr (BpPack) pack = new_pack (rand, g_rand_int_range (rand, 1, MONTHS));
        PlanFixture fixture;
        plan_fixture_init (&fixture, pack);
        plan_check_pages (fixture.plan);
        int figure = -1;
        for (guint i = 0; i < fixture.plan->elements->len; i++)
            figure = g_array_index (fixture.plan->elements, BpElement, i).role == BP_ROLE_FIGURE ? (int)i : figure;
        g_assert_cmpint (figure, >=, 0);
        check_words (fixture.plan, figure, run);
        check_patches (fixture.plan, figure);
        plan_fixture_clear (&fixture);
    }
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/render/burn_up/words_keep_clear_of_plan_and_fact", test_words_keep_clear_of_plan_and_fact);
    return g_test_run ();
}
