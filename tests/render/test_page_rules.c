#include "broken_plans.h"
#include "hostile_pack.h"
#include "page_frame_rules.h"
#include "plan_checks.h"
#include "random_pack.h"

#define SEEDS 200

/* The pages that a section takes, counted on the plan. */
static void check_counted_pages (const PlanFixture *fixture, const BpPack *pack, guint32 seed)
{
    for (guint i = 0; i < pack->sections->len; i++)
    {
        const BpSection *section = &((const BpNode *)g_ptr_array_index (pack->sections, i))->as.section;
        const BpAnchor *anchor = bp_page_plan_find_anchor (fixture->plan, section->id);
        const int counted = GPOINTER_TO_INT (g_hash_table_lookup (fixture->report.section_pages, section->id));
        if (anchor == NULL)
            g_error ("seed %u: the section %s is nowhere", seed, section->id);
        if (bp_page_plan_get_page (fixture->plan, anchor->page)->is_landscape != section->is_landscape)
            g_error ("seed %u, page %d: %s has the wrong orientation", seed, anchor->page + 1, section->id);
        if (counted < 1 || anchor->page + counted > fixture->report.page_count)
            g_error ("seed %u: %s is said to take %d pages", seed, section->id, counted);
    }
}

static void test_random_packs_keep_all_rules (void)
{
    const char *only = g_getenv ("BP_PAGE_SEED"), *many = g_getenv ("BP_PAGE_SEEDS");
    const guint32 first = only != NULL ? (guint32)g_ascii_strtoull (only, NULL, 10) : 1;
    const guint32 last = only != NULL ? first : many != NULL ? (guint32)g_ascii_strtoull (many, NULL, 10) : SEEDS;
    int broken_packs = 0;
    for (guint32 seed = first; seed <= last; seed++)
    {
        g_autoptr (BpPack) pack = random_pack_new (seed);
        PlanFixture fixture;
        plan_fixture_init (&fixture, pack);
        g_autofree char *broken = page_rules_find_broken (fixture.plan);
        if (broken != NULL)
        {
            g_autofree char *dump = only != NULL ? bp_page_plan_dup_text (fixture.plan, true) : NULL;
            g_test_message ("seed %u: %s%s%s", seed, broken, only != NULL ? "\n" : "", only != NULL ? dump : "");
            broken_packs++;
        }
        check_counted_pages (&fixture, pack, seed);
        plan_check_pages (fixture.plan);
        plan_check_structure (fixture.plan);
        plan_fixture_clear (&fixture);
    }
    g_assert_cmpint (broken_packs, ==, 0);
}

static void test_fixed_packs_keep_all_rules (void)
{
    BpPack *packs[] = { demo_pack_new (), hostile_pack_new () };
    for (gsize i = 0; i < G_N_ELEMENTS (packs); i++)
    {
        PlanFixture fixture;
        plan_fixture_init (&fixture, packs[i]);
        g_autofree char *broken = page_rules_find_broken (fixture.plan);
        g_assert_cmpstr (broken, ==, NULL);
        plan_fixture_clear (&fixture);
        bp_pack_free (packs[i]);
    }
}

static void add_lines (BpPack *pack, BpNode *section, int lines)
{
    for (int i = 0; i < lines; i++)
        bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_BODY, "A line.");
}

/* Pages of sections are counted inside others too, so that budgets can be checked. */
static void test_pages_of_sections_are_counted (void)
{
    g_autoptr (BpPack) pack = demo_pack_start ();
    BpNode *outer = bp_pack_add_section (pack, pack->sections, "outer", "Outer");
    add_lines (pack, outer, 3);
    BpNode *inner = bp_pack_add_section (pack, outer->as.section.children, "inner", "Inner");
    inner->as.section.page_budget = 1;
    add_lines (pack, inner, 40);
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (fixture.report.section_pages, "inner")), ==, 2);
    g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (fixture.report.section_pages, "outer")), ==, 3);
    plan_fixture_clear (&fixture);
}

/* A section that a condition leaves out moves those after it; one that is empty is its heading. Numbers, bookmarks and headings agree. */
static void test_contents_follow_sections_that_come_and_go (void)
{
    for (int left_out = 0; left_out < 4; left_out++)
    {
        g_autoptr (BpPack) pack = demo_pack_start ();
        RandomPack random = { .pack = pack };
        random_add_contents (&random);
        for (int i = 0; i < 3; i++)
        {
            if (i + 1 == left_out)
                continue;
            BpNode *section = bp_pack_add_section (pack, pack->sections, bp_pack_format (pack, "section/%d", i),
                                                   bp_pack_format (pack, "Section %d", i));
            add_lines (pack, section, i == 1 ? 0 : 40);
        }
        random_fill_contents (&random);
        PlanFixture fixture;
        plan_fixture_init (&fixture, pack);
        g_autofree char *broken = page_rules_find_broken (fixture.plan);
        g_assert_cmpstr (broken, ==, NULL);
        const int page = left_out == 3 ? -1 : 1 + (left_out == 1 ? 0 : 2) + (left_out == 2 ? 0 : 1);
        const BpAnchor *anchor = bp_page_plan_find_anchor (fixture.plan, "section/2");
        g_assert_cmpint (anchor == NULL ? -1 : anchor->page, ==, page);
        plan_fixture_clear (&fixture);
    }
}

/* A short last section for which the page before has nearly room saves its page: the sections on that page are set closer. */
static void test_last_page_is_saved_if_sections_fit_closer (void)
{
    int saved = 0;
    for (int lines = 8; lines < 30; lines++)
    {
        g_autoptr (BpPack) pack = demo_pack_start ();
        BpNode *first = bp_pack_add_section (pack, pack->sections, "first", "First");
        for (int i = 0; i < 8; i++)
        {
            bp_pack_add_heading (pack, first, 2, "A heading", NULL);
            add_lines (pack, first, 1);
        }
        BpNode *last = bp_pack_add_section (pack, pack->sections, "last", "Last");
        last->as.section.starts_page = false;
        BpNode *list = bp_pack_add_list (pack, last, BP_LIST_BULLETS);
        for (int i = 0; i < lines; i++)
            bp_pack_add_entry (pack, list, NULL, "An entry.");
        PlanFixture fixture;
        plan_fixture_init (&fixture, pack);
        g_autofree char *broken = page_rules_find_broken (fixture.plan);
        g_assert_cmpstr (broken, ==, NULL);
        const BpPlanPage *page = bp_page_plan_get_page (fixture.plan, 0);
        for (guint i = 0; i < page->boxes->len && fixture.report.page_count == 1; i++)
        {
            const BpBox *box = &g_array_index (page->boxes, BpBox, i);
            if (box->kind == BP_BOX_TEXT && g_str_equal (box->text, "A heading") && box->height < 13.9) /* closest: headings of 12 points */
            {
                saved++;
                break;
            }
        }
        plan_fixture_clear (&fixture);
    }
    g_assert_cmpint (saved, >, 0);
}

/* Each rule passes a plan that keeps it and speaks up for one that breaks it, and every rule is tried. */
static void test_each_rule_can_be_broken (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (page_rules); i++)
    {
        int tried = 0;
        for (gsize j = 0; j < G_N_ELEMENTS (broken_plans); j++)
        {
            if (!g_str_equal (broken_plans[j].rule, page_rules[i].name))
                continue;
            tried++;
            for (int is_broken = 0; is_broken < 2; is_broken++)
            {
                g_autoptr (BpPagePlan) plan = bp_page_plan_new ();
                broken_plans[j].make (plan, is_broken != 0);
                PlanView view;
                view_init (&view, plan);
                g_autofree char *message = page_rules[i].check (&view);
                if ((message != NULL) != (is_broken != 0))
                    g_error ("%s, plan %d of it, %s: %s", page_rules[i].name, tried, is_broken ? "broken" : "kept", message);
                g_assert_true (message == NULL || g_str_has_prefix (message, "page "));
                view_clear (&view);
            }
        }
        g_assert_cmpint (tried, >, 0);
    }
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/render/page_rules/random_packs_keep_all_rules", test_random_packs_keep_all_rules);
    g_test_add_func ("/render/page_rules/fixed_packs_keep_all_rules", test_fixed_packs_keep_all_rules);
    g_test_add_func ("/render/page_rules/pages_of_sections_are_counted", test_pages_of_sections_are_counted);
    g_test_add_func ("/render/page_rules/contents_follow_sections_that_come_and_go", test_contents_follow_sections_that_come_and_go);
    g_test_add_func ("/render/page_rules/last_page_is_saved_if_sections_fit_closer", test_last_page_is_saved_if_sections_fit_closer);
    g_test_add_func ("/render/page_rules/each_rule_can_be_broken", test_each_rule_can_be_broken);
    return g_test_run ();
}
