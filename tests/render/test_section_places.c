#include "demo_pack.h"
#include "plan_checks.h"

/* On which page a section begins, and what it shares the page with. */

static BpNode *add_lines (BpPack *pack, GPtrArray *to, const char *id, int lines)
{
    BpNode *section = bp_pack_add_section (pack, to, id, bp_pack_format (pack, "Section %s", id));
    for (int i = 0; i < lines; i++)
        bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_CAPTION, "A line.");
    return section;
}

static BpNode *add_matrix (BpPack *pack, GPtrArray *to, const char *id, int rows)
{
    BpNode *section = bp_pack_add_section (pack, to, id, "Coverage");
    const BpTableColumn columns[] = { { "Ref", BP_ALIGN_LEFT, 0, 46, true }, { "Finding", BP_ALIGN_LEFT, 1, 0, false } };
    BpNode *table = bp_pack_add_table (pack, section, BP_TABLE_FULL, "Findings", columns, 2);
    for (int i = 0; i < rows; i++)
    {
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, NULL);
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_STRONG, bp_pack_format (pack, "%d", i));
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, "A finding.");
    }
    return section;
}

static int page_of (const PlanFixture *fixture, const char *id)
{
    const BpAnchor *anchor = bp_page_plan_find_anchor (fixture->plan, id);
    g_assert_nonnull (anchor);
    return anchor->page;
}

static int pages_of (const PlanFixture *fixture, const char *id)
{
    return GPOINTER_TO_INT (g_hash_table_lookup (fixture->report.section_pages, id));
}

/* A page has about 46 of the lines. A section that a page holds is not parted to fill a lesser half of the page before it; one that fits
 * there does stand there. One with a legend fills no greater part of it either. */
static void test_section_that_a_page_holds_is_not_parted (void)
{
    static const struct
    {
        int lines, rows;
        bool has_legend;
        int page, pages;
    } cases[] = { { 28, 22, false, 1, 1 }, { 40, 22, false, 1, 1 }, { 20, 10, false, 0, 1 },
                  { 15, 24, false, 0, 2 }, { 15, 24, true, 1, 1 },  { 20, 6, true, 0, 1 } };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autoptr (BpPack) pack = demo_pack_start ();
        add_lines (pack, pack->sections, "first", cases[i].lines);
        BpNode *second = add_matrix (pack, pack->sections, "second", cases[i].rows);
        second->as.section.starts_page = false;
        if (cases[i].has_legend)
            bp_pack_add_entry (pack, bp_pack_add_list (pack, second, BP_LIST_DEFINITIONS), "1", "A measure");
        PlanFixture fixture;
        plan_fixture_init (&fixture, pack);
        plan_check_pages (fixture.plan);
        g_assert_cmpint (page_of (&fixture, "second"), ==, cases[i].page);
        g_assert_cmpint (pages_of (&fixture, "second"), ==, cases[i].pages);
        plan_fixture_clear (&fixture);
    }
}

/* The key below the contents: on their page if that has room for it, set closer if need be, else on the next page, but never on both. */
static void test_key_below_the_contents_is_not_parted (void)
{
    int places[2] = { 0, 0 };
    for (int rows = 2; rows < 30; rows++)
    {
        g_autoptr (BpPack) pack = demo_pack_start ();
        BpNode *contents = bp_pack_add_section (pack, pack->sections, "contents", "Contents");
        contents->as.section.page_budget = 1;
        BpNode *list = bp_pack_add_list (pack, contents, BP_LIST_CONTENTS);
        for (int i = 0; i < rows; i++)
            bp_pack_add_entry (pack, list, bp_pack_format (pack, "%d", i + 1), "A section")->level = 1;
        BpNode *key = add_matrix (pack, contents->as.section.children, "contents/key", 16);
        key->as.section.starts_page = key->as.section.in_contents = false;
        PlanFixture fixture;
        plan_fixture_init (&fixture, pack);
        plan_check_pages (fixture.plan);
        g_assert_cmpint (page_of (&fixture, "contents/key"), <=, 1);
        g_assert_cmpint (pages_of (&fixture, "contents/key"), ==, 1);
        places[page_of (&fixture, "contents/key")]++;
        plan_fixture_clear (&fixture);
    }
    g_assert_cmpint (places[0], >=, 12);
    g_assert_cmpint (places[1], >=, 5);
}

/* Cards that go on over pages: each page names what they are, once, and the text's end lies below no heading that is not its own. */
static void test_part_that_goes_on_is_named_again (void)
{
    g_autoptr (BpPack) pack = demo_pack_start ();
    BpNode *section = bp_pack_add_section (pack, pack->sections, "one", "The projects");
    static const char *const parts[] = { "Key next steps", "Exceptions" };
    for (gsize part = 0; part < G_N_ELEMENTS (parts); part++)
    {
        bp_pack_add_heading (pack, section, 3, parts[part], NULL);
        for (int i = 0; i < 70; i++)
            bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_BODY, "A line of it.");
    }
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    plan_check_pages (fixture.plan);
    int repeated[2] = { 0, 0 };
    for (guint i = 0; i < fixture.plan->pages->len; i++)
    {
        const BpPlanPage *page = bp_page_plan_get_page (fixture.plan, (int)i);
        int here = 0;
        for (guint j = 0; j < page->boxes->len; j++)
        {
            const BpBox *box = &g_array_index (page->boxes, BpBox, j);
            for (gsize part = 0; part < G_N_ELEMENTS (parts); part++)
                if (box->kind == BP_BOX_TEXT && box->element == BP_ARTIFACT_REPEATED && g_str_equal (box->text, parts[part]))
                {
                    repeated[part]++;
                    here++;
                }
        }
        g_assert_cmpint (here, ==, i == 0 ? 0 : 1);
    }
    g_assert_cmpint (repeated[0], >=, 1);
    g_assert_cmpint (repeated[1], >=, 1);
    plan_fixture_clear (&fixture);
}

/* The size of a text on any page. */
static double size_of (const PlanFixture *fixture, const char *text)
{
    for (guint i = 0; i < fixture->plan->pages->len; i++)
    {
        const BpPlanPage *page = bp_page_plan_get_page (fixture->plan, (int)i);
        for (guint j = 0; j < page->boxes->len; j++)
        {
            const BpBox *box = &g_array_index (page->boxes, BpBox, j);
            if (box->kind == BP_BOX_TEXT && box->element >= 0 && g_str_equal (box->text, text))
                return box->height;
        }
    }
    g_error ("\"%s\" is nowhere", text);
}

/* Sections have one form, and those below another one size, however close they are set; where there is no message, the name is set as one,
 * beside its number. */
static void test_headings_of_sections_have_one_form (void)
{
    g_autoptr (BpPack) pack = demo_pack_start ();
    static const char *const ids[] = { "first", "second", "third" };
    for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
        BpNode *section = add_lines (pack, pack->sections, ids[i], 4);
        section->as.section.starts_page = i == 0;
        section->as.section.number = bp_pack_format (pack, "%d", (int)i + 7);
        if (i < 2)
            section->as.section.headline = bp_pack_format (pack, "The message of the %s", ids[i]);
    }
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    plan_check_pages (fixture.plan);
    const double size = size_of (&fixture, "The message of the first");
    g_assert_cmpfloat (size, >, 20.0);
    g_assert_cmpfloat (size_of (&fixture, "The message of the second"), ==, size * 18.0 / 22.0);
    g_assert_cmpfloat (size_of (&fixture, "Section third"), ==, size * 18.0 / 22.0);
    g_assert_cmpfloat (size_of (&fixture, "7 Section first"), ==, size_of (&fixture, "8 Section second"));
    plan_fixture_clear (&fixture);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/render/section_places/section_that_a_page_holds_is_not_parted", test_section_that_a_page_holds_is_not_parted);
    g_test_add_func ("/render/section_places/key_below_the_contents_is_not_parted", test_key_below_the_contents_is_not_parted);
    g_test_add_func ("/render/section_places/part_that_goes_on_is_named_again", test_part_that_goes_on_is_named_again);
    g_test_add_func ("/render/section_places/headings_of_sections_have_one_form", test_headings_of_sections_have_one_form);
    return g_test_run ();
}
