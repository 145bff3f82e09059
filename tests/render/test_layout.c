#include "hostile_pack.h"
#include "plan_checks.h"

#include <string.h>

#define GOLDEN BP_TEST_ROOT "/tests/golden/demo-pack.plan.txt"

static BpPack *new_tracker_pack (int groups, int rows_each, BpNode **table_out)
{
    BpPack *pack = demo_pack_start ();
    BpNode *section = bp_pack_add_section (pack, pack->sections, "tracker", "Action tracker");
    section->as.section.is_landscape = true;
    BpNode *table = demo_add_tracker (pack, section, groups, rows_each);
    if (table_out != NULL)
        *table_out = table;
    return pack;
}

static void test_demo_pack_keeps_the_page_rules (void)
{
    g_autoptr (BpPack) pack = demo_pack_new ();
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    plan_check_pages (fixture.plan);
    plan_check_structure (fixture.plan);
    g_assert_cmpuint (fixture.report.undrawn->len, ==, 0);
    plan_fixture_clear (&fixture);
}

static void test_hostile_pack_keeps_the_page_rules (void)
{
    g_autoptr (BpPack) pack = hostile_pack_new ();
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    plan_check_pages (fixture.plan);
    plan_check_structure (fixture.plan);
    g_assert_cmpuint (fixture.report.undrawn->len, >, 0);
    plan_fixture_clear (&fixture);
}

/* What no glyph can show is named before anything is drawn: each grapheme with its section. */
static void test_what_cannot_be_drawn_is_named (void)
{
    g_autoptr (BpPack) pack = hostile_pack_new ();
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    static const char *const names[] = { "U+1F468 MAN, U+200D ZERO WIDTH JOINER, U+1F469 WOMAN and 2 more",
                                         "U+0078 LATIN SMALL LETTER X, U+030C COMBINING CARON",
                                         "U+0633 ARABIC LETTER SEEN",
                                         "U+05E9 HEBREW LETTER SHIN",
                                         "U+202E RIGHT-TO-LEFT OVERRIDE",
                                         "bytes that are no UTF-8 text (ED A0 80)" };
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
        bool is_named = false;
        for (guint j = 0; j < fixture.report.undrawn->len; j++)
        {
            const BpUndrawnText *text = g_ptr_array_index (fixture.report.undrawn, j);
            for (guint k = 0; k < text->parts->len; k++)
                is_named = is_named
                           || (g_str_equal (((const BpUndrawnPart *)g_ptr_array_index (text->parts, k))->name, names[i])
                               && g_str_has_prefix (text->place, "A section name"));
        }
        if (!is_named)
            g_error ("%s is not named", names[i]);
    }
    plan_fixture_clear (&fixture);
}

/* No row, one and ten thousand. */
static void test_tables_of_any_length_keep_the_page_rules (void)
{
    static const int lengths[] = { 0, 1, 10000 };
    for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
        g_autoptr (BpPack) pack = demo_pack_start ();
        BpNode *section = bp_pack_add_section (pack, pack->sections, "tracker", "Action tracker");
        section->as.section.is_landscape = true;
        const BpTableColumn columns[] = { { "Ref", BP_ALIGN_LEFT, 0, 46, true }, { "Action", BP_ALIGN_LEFT, 1, 0, false } };
        BpNode *table = bp_pack_add_table (pack, section, BP_TABLE_FULL, "Actions", columns, 2);
        for (int j = 0; j < lengths[i]; j++)
        {
            BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, NULL);
            bp_cell_add_text (pack, &row->cells[0], BP_LINE_STRONG, bp_pack_format (pack, "%d", j + 1));
            bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, j % 7 == 0 ? HOSTILE_SCRIPTS : "Telling families in time.");
        }
        PlanFixture fixture;
        plan_fixture_init (&fixture, pack);
        plan_check_pages (fixture.plan);
        plan_check_structure (fixture.plan);
        if (lengths[i] > 0)
        {
            g_autofree char *last = plan_dup_page_text (fixture.plan, (int)fixture.plan->pages->len - 1);
            g_autofree char *ref = g_strdup_printf ("%d\n", lengths[i]);
            g_assert_nonnull (strstr (last, ref));
        }
        plan_fixture_clear (&fixture);
    }
}

/* Every word of the text stands on some page, in order. */
static void test_nothing_of_a_long_text_is_lost (void)
{
    g_autoptr (BpPack) pack = hostile_pack_new ();
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    GString *all = g_string_new (NULL);
    for (guint i = 0; i < fixture.plan->pages->len; i++)
    {
        g_autofree char *text = plan_dup_page_text (fixture.plan, (int)i);
        g_string_append (all, text);
    }
    g_strdelimit (all->str, "\n", ' ');
    static const struct
    {
        const char *word;
        int count;
    } runs[] = { { "word", 2500 }, { "part", 1200 }, { "reason", 900 } };
    for (gsize i = 0; i < G_N_ELEMENTS (runs); i++)
        for (int j = 0; j < runs[i].count; j++)
        {
            g_autofree char *word = g_strdup_printf (" %s%d ", runs[i].word, j);
            if (strstr (all->str, word) == NULL)
                g_error ("%s is on no page", word);
        }
    g_string_free (all, TRUE);
    plan_fixture_clear (&fixture);
}

static bool has_text (const BpPagePlan *plan, int page, const char *text)
{
    g_autofree char *words = plan_dup_page_text (plan, page);
    return strstr (words, text) != NULL;
}

static void test_table_header_repeats_on_every_page (void)
{
    g_autoptr (BpPack) pack = new_tracker_pack (125, 4, NULL);
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    plan_check_pages (fixture.plan);
    plan_check_structure (fixture.plan);
    const int pages = (int)fixture.plan->pages->len;
    g_assert_cmpint (pages, >, 40);
    for (int i = 0; i < pages; i++)
    {
        g_assert_true (has_text (fixture.plan, i, "Due date"));
        g_assert_true (has_text (fixture.plan, i, i == 0 ? "Action tracker" : "(continued)"));
        g_autofree char *goes_on = g_strdup_printf ("Continues on page %d\n", i + 2),
                        *number = g_strdup_printf ("Page %d of %d\n", i + 1, pages);
        g_assert_true (has_text (fixture.plan, i, goes_on) == (i + 1 < pages));
        g_assert_true (has_text (fixture.plan, i, number));
    }
    plan_fixture_clear (&fixture);
}

/* The page of each element that has a text box. */
static int *find_pages (const BpPagePlan *plan, int **last_out)
{
    int *first = g_new (int, plan->elements->len), *last = g_new (int, plan->elements->len);
    for (guint i = 0; i < plan->elements->len; i++)
        first[i] = last[i] = -1;
    for (guint i = 0; i < plan->pages->len; i++)
    {
        const BpPlanPage *page = bp_page_plan_get_page (plan, (int)i);
        for (guint j = 0; j < page->boxes->len; j++)
            for (int element = g_array_index (page->boxes, BpBox, j).element; element >= 0;
                 element = g_array_index (plan->elements, BpElement, (guint)element).parent)
            {
                first[element] = first[element] < 0 ? (int)i : first[element];
                last[element] = (int)i;
            }
    }
    *last_out = last;
    return first;
}

static void test_rows_stay_whole_and_with_their_group (void)
{
    for (int rows_each = 1; rows_each <= 5; rows_each++)
    {
        g_autoptr (BpPack) pack = new_tracker_pack (40, rows_each, NULL);
        PlanFixture fixture;
        plan_fixture_init (&fixture, pack);
        g_autofree int *last = NULL;
        g_autofree int *first = find_pages (fixture.plan, &last);
        int tables = 0, rows = 0, since_group = 0, page_before = -1;
        bool group_before = false;
        for (guint i = 0; i < fixture.plan->elements->len; i++)
        {
            const BpElement *element = &g_array_index (fixture.plan->elements, BpElement, i);
            tables += element->role == BP_ROLE_TABLE ? 1 : 0;
            if (element->role != BP_ROLE_TR)
                continue;
            rows++;
            g_assert_cmpint (first[i], ==, last[i]); /* no row is split */
            const BpElement *cell = &g_array_index (fixture.plan->elements, BpElement, i + 1);
            const bool is_group = cell->column_span > 1;
            if (group_before)
                g_assert_cmpint (first[i], ==, page_before); /* a group's name stands with its first row */
            since_group = is_group ? 0 : since_group + 1;
            if (!is_group && since_group == rows_each && rows_each >= 3)
                g_assert_cmpint (first[i], ==, page_before); /* nor does its last row stand alone */
            group_before = is_group;
            page_before = first[i];
        }
        g_assert_cmpint (tables, ==, 1);
        g_assert_cmpint (rows, ==, 1 + 40 + 40 * rows_each); /* the header once, repeats being artefacts */
        plan_fixture_clear (&fixture);
    }
}

static void test_row_higher_than_a_page_is_split_and_named_again (void)
{
    g_autoptr (BpPack) pack = hostile_pack_new ();
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    int pages_with_row = 0, named_again = 0;
    for (guint i = 0; i < fixture.plan->pages->len; i++)
    {
        g_autofree char *text = plan_dup_page_text (fixture.plan, (int)i);
        if (strstr (text, "9.9.2\n") != NULL)
        {
            pages_with_row++;
            named_again += strstr (text, "(cont.)") != NULL ? 1 : 0;
        }
    }
    g_assert_cmpint (pages_with_row, >=, 2);
    g_assert_cmpint (named_again, ==, pages_with_row - 1);
    plan_fixture_clear (&fixture);
}

static void test_contents_rows_have_the_right_pages (void)
{
    g_autoptr (BpPack) pack = demo_pack_new ();
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    static const char *const ids[]
        = { "summary", "areas", "areas/1", "areas/2", "tracker", "scorecard", "coverage", "governance", "quality" };
    static const char *const texts[]
        = { "26 of 69 actions", "Children are heard", "Children are heard", "EHC planning is faster", "Six actions are",
            "Eight of ten",     "One finding has",    "Where this board",   "Everything was loaded;" };
    for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
        const BpAnchor *anchor = bp_page_plan_find_anchor (fixture.plan, ids[i]);
        g_assert_nonnull (anchor);
        g_assert_true (has_text (fixture.plan, anchor->page, texts[i]));
    }
    int links = 0;
    const BpPlanPage *contents = bp_page_plan_get_page (fixture.plan, 1);
    for (guint i = 0; i < contents->boxes->len; i++)
    {
        const BpBox *link = &g_array_index (contents->boxes, BpBox, i);
        if (link->kind != BP_BOX_LINK)
            continue;
        links++;
        const BpAnchor *anchor = bp_page_plan_find_anchor (fixture.plan, link->text);
        g_autofree char *number = anchor == NULL ? g_strdup ("–") : g_strdup_printf ("%d", anchor->page + 1);
        bool is_printed = false;
        for (guint j = 0; j < contents->boxes->len; j++)
        {
            const BpBox *text = &g_array_index (contents->boxes, BpBox, j);
            if (text->kind == BP_BOX_TEXT && text->element == link->element && text->x > 500.0)
            {
                g_assert_cmpstr (text->text, ==, number);
                g_assert_cmpfloat_with_epsilon (text->x + text->width, 595.28 - 48.0, 0.05);
                is_printed = true;
            }
        }
        g_assert_true (is_printed);
    }
    g_assert_cmpint (links, ==, 10);
    plan_fixture_clear (&fixture);
}

static void test_heading_stands_with_what_follows (void)
{
    for (int filler = 20; filler < 60; filler++)
    {
        g_autoptr (BpPack) pack = demo_pack_start ();
        BpNode *section = bp_pack_add_section (pack, pack->sections, "one", "One");
        BpNode *list = bp_pack_add_list (pack, section, BP_LIST_BULLETS);
        for (int i = 0; i < filler; i++)
            bp_pack_add_entry (pack, list, NULL, "Short.");
        bp_pack_add_heading (pack, section, 2, "The heading", NULL);
        g_autofree char *words = hostile_dup_words ("word", 120);
        bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_BODY, words);
        PlanFixture fixture;
        plan_fixture_init (&fixture, pack);
        for (guint i = 0; i < fixture.plan->pages->len; i++)
        {
            g_autofree char *text = plan_dup_page_text (fixture.plan, (int)i);
            const char *heading = strstr (text, "The heading\n");
            if (heading == NULL)
                continue;
            int lines = 0;
            for (const char *at = heading; (at = strstr (at, "\nword")) != NULL; at++)
                lines++;
            g_assert_cmpint (lines, >=, 2);
        }
        int last_page_lines = 0;
        g_autofree char *last = plan_dup_page_text (fixture.plan, (int)fixture.plan->pages->len - 1);
        for (const char *at = last; (at = strstr (at, "word")) != NULL && last_page_lines < 9; at = strchr (at, '\n'))
            last_page_lines++;
        g_assert_cmpint (last_page_lines, !=, 1); /* no last line alone */
        plan_fixture_clear (&fixture);
    }
}

/* A section that was tried below the one before and then began a page leaves nothing of the trial behind. */
static void test_section_that_moves_to_a_new_page_stands_once (void)
{
    for (int lines = 20; lines < 44; lines++)
    {
        g_autoptr (BpPack) pack = demo_pack_start ();
        BpNode *first = bp_pack_add_section (pack, pack->sections, "first", "First");
        for (int i = 0; i < lines; i++)
            bp_pack_add_paragraph (pack, first, BP_PARAGRAPH_CAPTION, "A line above.");
        BpNode *second = bp_pack_add_section (pack, pack->sections, "second", "Wanderer");
        second->as.section.starts_page = false;
        BpNode *tiles = bp_pack_add_tiles (pack, second, BP_TILES_COUNTERS);
        bp_pack_add_tile (pack, tiles, "counted")->figure = bp_value_count (7);
        for (int i = 0; i < 12; i++)
            bp_pack_add_paragraph (pack, second, BP_PARAGRAPH_BODY, "A line below.");
        PlanFixture fixture;
        plan_fixture_init (&fixture, pack);
        int times = 0;
        for (guint page = 0; page < fixture.plan->pages->len; page++)
        {
            g_autofree char *words = plan_dup_page_text (fixture.plan, (int)page);
            for (const char *at = strstr (words, "counted"); at != NULL; at = strstr (at + 1, "counted"))
                times++;
        }
        g_assert_cmpint (times, ==, 1);
        plan_fixture_clear (&fixture);
    }
}

static void test_section_is_set_closer_to_keep_its_budget (void)
{
    int pages[2];
    for (int budget = 0; budget < 2; budget++)
    {
        g_autoptr (BpPack) pack = demo_pack_start ();
        BpNode *section = bp_pack_add_section (pack, pack->sections, "one", "One");
        section->as.section.page_budget = budget == 0 ? 2 : 1;
        for (int i = 0; i < 15; i++)
        {
            bp_pack_add_heading (pack, section, 2, "A heading", NULL);
            bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_BODY, "One line.");
        }
        PlanFixture fixture;
        plan_fixture_init (&fixture, pack);
        plan_check_pages (fixture.plan);
        pages[budget] = fixture.report.page_count;
        g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (fixture.report.section_pages, "one")), ==, pages[budget]);
        plan_fixture_clear (&fixture);
    }
    g_assert_cmpint (pages[0], ==, 2);
    g_assert_cmpint (pages[1], ==, 1);
}

static void test_cards_do_not_break (void)
{
    g_autoptr (BpPack) pack = demo_pack_start ();
    BpNode *section = bp_pack_add_section (pack, pack->sections, "one", "One");
    for (int i = 0; i < 30; i++)
    {
        BpNode *card = bp_pack_add_note (pack, section, BP_NOTE_CARD, "Timely answers to families");
        card->as.note.ref = bp_pack_format (pack, "card-%d", i);
        card->as.note.mark = demo_off_track;
        bp_pack_add_note_row (pack, card, "Reason", "Two posts vacant.", NULL);
        bp_pack_add_note_row (pack, card, "Owner, date", bp_pack_format (pack, "end-%d", i), NULL);
    }
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    g_assert_cmpuint (fixture.plan->pages->len, >, 2);
    for (int i = 0; i < 30; i++)
        for (guint page = 0; page < fixture.plan->pages->len; page++)
        {
            g_autofree char *start = g_strdup_printf ("card-%d\n", i), *end = g_strdup_printf ("end-%d\n", i);
            g_assert_true (has_text (fixture.plan, (int)page, start) == has_text (fixture.plan, (int)page, end));
        }
    plan_fixture_clear (&fixture);
}

static void test_figures_are_logged_with_their_page (void)
{
    g_autoptr (BpPack) pack = demo_pack_new ();
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    g_assert_cmpuint (bp_figure_log_length (fixture.figures), ==, 2);
    g_assert_cmpstr (bp_figure_log_get (fixture.figures, 0)->key, ==, "actions.done");
    g_assert_cmpstr (bp_figure_log_get (fixture.figures, 0)->place, ==, "page 3");
    g_assert_cmpstr (bp_figure_log_get (fixture.figures, 1)->text, ==, "69 of 69");
    plan_fixture_clear (&fixture);
}

static void test_statuses_have_their_word_beside_them (void)
{
    g_autoptr (BpPack) pack = new_tracker_pack (2, 6, NULL);
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    static const char *const words[] = { "Complete", "On track", "At risk", "Off track", "No update", "Not started" };
    for (int i = 0; i < 6; i++)
        g_assert_true (has_text (fixture.plan, 0, words[i]) || has_text (fixture.plan, 1, words[i]));
    plan_fixture_clear (&fixture);
}

static void test_empty_pack_has_a_page (void)
{
    g_autoptr (BpPack) pack = demo_pack_start ();
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    g_assert_cmpint (fixture.report.page_count, ==, 1);
    g_assert_true (has_text (fixture.plan, 0, "Page 1 of 1"));
    plan_fixture_clear (&fixture);
}

/* Set BP_UPDATE_GOLDEN=1 to accept a change that was looked at. */
static void test_plan_is_the_one_that_was_looked_at (void)
{
    g_autoptr (BpPack) pack = demo_pack_new ();
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    g_autofree char *text = bp_page_plan_dup_text (fixture.plan, true);
    plan_fixture_clear (&fixture);
    g_autoptr (GError) error = NULL;
    if (g_strcmp0 (g_getenv ("BP_UPDATE_GOLDEN"), "1") == 0)
    {
        g_file_set_contents (GOLDEN, text, -1, &error);
        g_assert_no_error (error);
        return;
    }
    g_autofree char *golden = NULL;
    g_file_get_contents (GOLDEN, &golden, NULL, &error);
    g_assert_no_error (error);
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1), wanted = g_strsplit (golden, "\n", -1);
    for (int i = 0; lines[i] != NULL && wanted[i] != NULL; i++)
        if (!g_str_equal (lines[i], wanted[i]))
        {
            g_test_message ("line %d of the plan", i + 1);
            g_assert_cmpstr (lines[i], ==, wanted[i]);
        }
    g_assert_cmpstr (text, ==, golden);
}

/* Thirteen columns on an upright page: words may break, but no mark and no text stands on another. */
static void test_marks_stand_clear_in_too_many_columns (void)
{
    g_autoptr (BpPack) pack = demo_pack_start ();
    BpNode *section = bp_pack_add_section (pack, pack->sections, "tracker", "Action tracker");
    BpTableColumn columns[13];
    for (int i = 0; i < 13; i++)
        columns[i]
            = (BpTableColumn){ i % 2 == 0 ? "Organisation" : "Project", BP_ALIGN_LEFT, i % 3 == 0 ? 1 : 0, i % 3 == 0 ? 0 : 80, false };
    columns[0] = (BpTableColumn){ "Ref", BP_ALIGN_LEFT, 0, 46, true };
    columns[7] = (BpTableColumn){ "Status", BP_ALIGN_LEFT, 0, 84, false };
    columns[8] = (BpTableColumn){ "Change", BP_ALIGN_LEFT, 0, 62, false };
    BpNode *table = bp_pack_add_table (pack, section, BP_TABLE_FULL, "All actions", columns, 13);
    for (int i = 0; i < 6; i++)
    {
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, NULL);
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_STRONG, bp_pack_format (pack, "1.1.%d", i + 1));
        for (int j = 1; j < 13; j++)
            if (j != 7 && j != 8)
                bp_cell_add_text (pack, &row->cells[j], BP_LINE_MAIN, "Service manager");
        bp_cell_add (pack, &row->cells[7], BP_LINE_MAIN, bp_value_status (*demo_mark (i)));
        bp_cell_add (pack, &row->cells[8], BP_LINE_MAIN, bp_value_status_change (*demo_mark (i), *demo_mark (i + 1)));
    }
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    plan_check_pages (fixture.plan);
    g_assert_true (has_text (fixture.plan, 0, "1.1.1\n")); /* a ref does not break */
    int changes = 0;
    for (guint i = 0; i < fixture.plan->elements->len; i++)
    {
        const BpElement *element = bp_page_plan_get_element (fixture.plan, (int)i);
        if (element->role != BP_ROLE_FIGURE || element->right - element->left < 20.0)
            continue;
        changes++;
        const BpPlanPage *page = bp_page_plan_get_page (fixture.plan, element->page);
        for (guint j = 0; j < page->boxes->len; j++)
        {
            const BpBox *box = &g_array_index (page->boxes, BpBox, j);
            if (box->kind == BP_BOX_TEXT && box->element != (int)i && box->y - 7.0 < element->bottom && box->y > element->top)
                g_assert_true (box->x + box->width <= element->left + 0.1 || box->x >= element->right - 0.1);
        }
    }
    g_assert_cmpint (changes, ==, 6);
    plan_fixture_clear (&fixture);
}

static void test_cover_cuts_a_title_without_end (void)
{
    g_autoptr (GString) words = g_string_new (NULL), word = g_string_new (NULL);
    for (int i = 0; i < 180; i++)
        g_string_append (words, i > 0 ? " programme" : "Programme");
    for (int i = 0; i < 900; i++)
        g_string_append_c (word, 'm');
    const char *const titles[] = { words->str, word->str };
    for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    {
        g_autoptr (BpPack) pack = demo_pack_start ();
        BpNode *cover = bp_pack_add_section (pack, pack->sections, "cover", "Cover");
        cover->as.section.style = BP_SECTION_COVER;
        bp_pack_add_paragraph (pack, cover, BP_PARAGRAPH_TITLE, titles[i]);
        bp_pack_add_paragraph (pack, cover, BP_PARAGRAPH_SUBTITLE, titles[i]);
        PlanFixture fixture;
        plan_fixture_init (&fixture, pack);
        plan_check_pages (fixture.plan);
        g_assert_cmpint (fixture.report.page_count, ==, 1);
        int lines[2] = { 0, 0 }, cuts = 0;
        const BpPlanPage *page = bp_page_plan_get_page (fixture.plan, 0);
        for (guint j = 0; j < page->boxes->len; j++)
        {
            const BpBox *box = &g_array_index (page->boxes, BpBox, j);
            if (box->kind != BP_BOX_TEXT)
                continue;
            lines[0] += box->height == 28.0 ? 1 : 0;
            lines[1] += box->height == 16.0 ? 1 : 0;
            cuts += g_str_has_suffix (box->text, "…") ? 1 : 0;
        }
        g_assert_cmpint (lines[0], ==, 3);
        g_assert_cmpint (lines[1], ==, 6);
        g_assert_cmpint (cuts, ==, 2);
        plan_fixture_clear (&fixture);
    }
}

/* However much room a page has left, a table's captions stand with its last row. */
static void test_captions_stand_with_their_table (void)
{
    const BpTableColumn columns[] = { { "Period", BP_ALIGN_LEFT, 1, 0, true }, { "Value", BP_ALIGN_RIGHT, 0, 60, false } };
    for (int lines = 20; lines < 36; lines++)
    {
        g_autoptr (BpPack) pack = demo_pack_start ();
        BpNode *section = bp_pack_add_section (pack, pack->sections, "one", "One");
        for (int i = 0; i < lines; i++)
            bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_BODY, "One line.");
        BpNode *table = bp_pack_add_table (pack, section, BP_TABLE_PANEL, "Values", columns, 2);
        for (int i = 0; i < 3; i++)
        {
            BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, NULL);
            bp_cell_add_text (pack, &row->cells[0], BP_LINE_MAIN, i == 2 ? "The last row" : "A row");
            bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, "12");
        }
        bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_CAPTION, "Source: the plan.");
        bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_CAPTION, "Definition: what is counted.");
        PlanFixture fixture;
        plan_fixture_init (&fixture, pack);
        plan_check_pages (fixture.plan);
        for (int page = 0; page < fixture.report.page_count; page++)
        {
            g_assert_cmpint (has_text (fixture.plan, page, "The last row"), ==, has_text (fixture.plan, page, "Source: the plan."));
            g_assert_cmpint (has_text (fixture.plan, page, "The last row"), ==,
                             has_text (fixture.plan, page, "Definition: what is counted."));
        }
        plan_fixture_clear (&fixture);
    }
}

/* Twelve months above narrow columns are shortened; a few months above wide ones are not, and no date breaks in a column of text. */
static void test_months_and_dates_do_not_break (void)
{
    static const int counts[] = { 3, 13 };
    for (gsize k = 0; k < G_N_ELEMENTS (counts); k++)
    {
        g_autoptr (BpPack) pack = demo_pack_start ();
        BpNode *section = bp_pack_add_section (pack, pack->sections, "one", "One");
        BpTableColumn columns[13] = { { "Period", BP_ALIGN_LEFT, 1, 0, true } };
        for (int i = 1; i < counts[k]; i++)
            columns[i] = (BpTableColumn){ bp_pack_format (pack, "%s 2024", bp_month_name (i + 8 > 12 ? i - 4 : i + 8)), BP_ALIGN_RIGHT, 0,
                                          34, false };
        BpNode *table = bp_pack_add_table (pack, section, BP_TABLE_PANEL, "Values", columns, counts[k]);
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, NULL);
        for (int i = 0; i < counts[k]; i++)
            bp_cell_add_text (pack, &row->cells[i], BP_LINE_MAIN, "38");
        const BpTableColumn dated[] = { { "Forum", BP_ALIGN_LEFT, 0, 120, true },
                                        { "What was asked", BP_ALIGN_LEFT, 1.2, 0, false },
                                        { "Needed by", BP_ALIGN_LEFT, 0.8, 0, false },
                                        { "Raised on", BP_ALIGN_LEFT, 0, 104, false } };
        BpNode *asked = bp_pack_add_table (pack, section, BP_TABLE_PANEL, "Asked", dated, 4);
        BpTableRow *second = bp_pack_add_row (pack, asked, BP_ROW_PLAIN, NULL);
        for (int i = 0; i < 4; i++)
            bp_cell_add_text (pack, &second->cells[i], BP_LINE_MAIN,
                              i >= 2 ? "30 September 2025"
                                     : "Approve new dates for four actions, which are late, and say who pays for them");
        PlanFixture fixture;
        plan_fixture_init (&fixture, pack);
        plan_check_pages (fixture.plan);
        g_assert_true (has_text (fixture.plan, 0, "30 September 2025\n30 September 2025\n"));
        g_assert_true (has_text (fixture.plan, 0, counts[k] == 3 ? "September 2024\n" : "Sep\n"));
        g_assert_false (has_text (fixture.plan, 0, "Septe\n"));
        plan_fixture_clear (&fixture);
    }
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/render/layout/demo_pack_keeps_the_page_rules", test_demo_pack_keeps_the_page_rules);
    g_test_add_func ("/render/layout/hostile_pack_keeps_the_page_rules", test_hostile_pack_keeps_the_page_rules);
    g_test_add_func ("/render/layout/what_cannot_be_drawn_is_named", test_what_cannot_be_drawn_is_named);
    g_test_add_func ("/render/layout/tables_of_any_length_keep_the_page_rules", test_tables_of_any_length_keep_the_page_rules);
    g_test_add_func ("/render/layout/nothing_of_a_long_text_is_lost", test_nothing_of_a_long_text_is_lost);
    g_test_add_func ("/render/layout/table_header_repeats_on_every_page", test_table_header_repeats_on_every_page);
    g_test_add_func ("/render/layout/rows_stay_whole_and_with_their_group", test_rows_stay_whole_and_with_their_group);
    g_test_add_func ("/render/layout/row_higher_than_a_page_is_split_and_named_again",
                     test_row_higher_than_a_page_is_split_and_named_again);
    g_test_add_func ("/render/layout/contents_rows_have_the_right_pages", test_contents_rows_have_the_right_pages);
    g_test_add_func ("/render/layout/heading_stands_with_what_follows", test_heading_stands_with_what_follows);
    g_test_add_func ("/render/layout/section_is_set_closer_to_keep_its_budget", test_section_is_set_closer_to_keep_its_budget);
    g_test_add_func ("/render/layout/section_that_moves_to_a_new_page_stands_once", test_section_that_moves_to_a_new_page_stands_once);
    g_test_add_func ("/render/layout/marks_stand_clear_in_too_many_columns", test_marks_stand_clear_in_too_many_columns);
    g_test_add_func ("/render/layout/cover_cuts_a_title_without_end", test_cover_cuts_a_title_without_end);
    g_test_add_func ("/render/layout/captions_stand_with_their_table", test_captions_stand_with_their_table);
    g_test_add_func ("/render/layout/months_and_dates_do_not_break", test_months_and_dates_do_not_break);
    g_test_add_func ("/render/layout/cards_do_not_break", test_cards_do_not_break);
    g_test_add_func ("/render/layout/figures_are_logged_with_their_page", test_figures_are_logged_with_their_page);
    g_test_add_func ("/render/layout/statuses_have_their_word_beside_them", test_statuses_have_their_word_beside_them);
    g_test_add_func ("/render/layout/empty_pack_has_a_page", test_empty_pack_has_a_page);
    g_test_add_func ("/render/layout/plan_is_the_one_that_was_looked_at", test_plan_is_the_one_that_was_looked_at);
    return g_test_run ();
}
