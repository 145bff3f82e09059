#include "support/table_builder.c"

#include "support/pack_fixture.h"

#include <math.h>

/* The text dump of a whole pack, every section type and sheet: a change to any word shows here. Set BP_UPDATE_GOLDEN=1
 * to accept a change that was looked at. */
static void test_golden (gconstpointer data)
{
    int forum = GPOINTER_TO_INT (data);
    PackFixture fixture;
    pack_fixture_open (&fixture, pack_fill_small, "2025-07-31");
    g_autoptr (BpReportLayout) layout = pack_layout_new_of_all ();
    g_autoptr (BpPack) pack = pack_build (&fixture, forum, layout);
    g_autofree char *text = bp_pack_dup_text (pack);
    g_autofree char *name = g_strdup_printf ("small-%s.txt", pack_forums[forum].id);
    g_autofree char *path = g_build_filename (BP_TEST_ROOT, "tests", "golden", "pack", name, NULL);
    g_autofree char *golden = NULL;
    g_autoptr (GError) error = NULL;

    if (g_strcmp0 (g_getenv ("BP_UPDATE_GOLDEN"), "1") == 0)
    {
        g_file_set_contents (path, text, -1, &error);
        g_assert_no_error (error);
    }
    g_file_get_contents (path, &golden, NULL, &error);
    g_assert_no_error (error);
    g_auto (GStrv) got = g_strsplit (text, "\n", -1);
    g_auto (GStrv) expected = g_strsplit (golden, "\n", -1);
    for (int i = 0; got[i] != NULL || expected[i] != NULL; i++)
        if (g_strcmp0 (got[i], expected[i]) != 0)
            g_error ("%s, line %d:\n  is  %s\n  was %s\nBP_UPDATE_GOLDEN=1 accepts it", name, i + 1, got[i] != NULL ? got[i] : "(end)",
                     expected[i] != NULL ? expected[i] : "(end)");
    pack_fixture_close (&fixture);
}

/* One line for each thing, and nothing of a pack twice: the dump of the same pack is the same, whoever made it. */
static void test_same_pack_same_text (void)
{
    g_autofree char *first = NULL;
    for (int i = 0; i < 2; i++)
    {
        PackFixture fixture;
        pack_fixture_open (&fixture, pack_fill_small, "2025-07-31");
        g_autoptr (BpReportLayout) layout = pack_layout_new_of_all ();
        g_autoptr (BpPack) pack = pack_build (&fixture, PACK_GROUP, layout);
        g_autofree char *text = bp_pack_dup_text (pack);
        g_assert_true (g_utf8_validate (text, -1, NULL));
        assert_lacks (text, "(null)");
        if (first == NULL)
            first = g_steal_pointer (&text);
        else
            g_assert_cmpstr (first, ==, text);
        pack_fixture_close (&fixture);
    }
}

/* The marks of the dump, on nodes made by hand. */
static void test_every_node_has_its_line (void)
{
    g_autoptr (BpPack) pack = bp_pack_new ();
    const BpMark green = { "On track", "G", BP_SHAPE_CIRCLE, BP_TONE_GREEN };
    const BpMark red = { "Off track", "R", BP_SHAPE_SQUARE, BP_TONE_RED };
    pack->forum_id = "hand";
    pack->title = "Made by hand";
    pack->as_of = bp_date_new (2025, 7, 31);
    pack->meeting_date = BP_DATE_NONE;
    BpNode *section = bp_pack_add_section (pack, pack->sections, "one", "First");
    section->as.section.number = "1";
    section->as.section.headline = "What it says";
    bp_pack_add_heading (pack, section, 2, "Heading", "aside");
    bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_STANDING, "Two\nlines.");
    BpNode *list = bp_pack_add_list (pack, section, BP_LIST_CONTENTS);
    BpListEntry *entry = bp_pack_add_entry (pack, list, "1", "First");
    entry->link = "one";
    entry->aside = "message";
    const BpTableColumn columns[] = { { .title = "Ref", .is_row_header = true }, { .title = "Figure", .align = BP_ALIGN_RIGHT } };
    BpNode *table = bp_pack_add_table (pack, section, BP_TABLE_FULL, "Caption", columns, 2);
    bp_pack_add_group_row (pack, table, "Group", "2 rows");
    BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_HIGHLIGHT, "k");
    bp_cell_add_led (pack, &row->cells[0], BP_LINE_STRONG, "Lead:", "text");
    bp_cell_add_text (pack, &row->cells[0], BP_LINE_ALARM, "late");
    bp_cell_add (pack, &row->cells[1], BP_LINE_MAIN, bp_value_with_figure (bp_value_of (1, 2), "actions.done.of"));
    bp_cell_set_beside (pack, &row->cells[1], bp_value_tag ("Stale"));
    row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, NULL);
    bp_cell_add (pack, &row->cells[0], BP_LINE_MAIN, bp_value_status_change (green, red));
    bp_pack_add_page_break (pack, section);
    g_autofree char *text = bp_pack_dup_text (pack);
    static const char *const lines[] = { "pack hand: Made by hand\n",
                                         "  as at: 31 July 2025\n",
                                         "  meeting: to be confirmed\n",
                                         "section 1 one: First",
                                         "  headline: What it says\n",
                                         "  heading 2: Heading >> aside\n",
                                         "  paragraph (standing): Two/lines.\n",
                                         "    - 1: First >> message -> one\n",
                                         "  table (full): Caption\n",
                                         "    # Ref | Figure >\n",
                                         "    = *Group >> 2 rows\n",
                                         "    + *[Lead:] text / !late | 1 of 2 {actions.done.of} + <tag Stale>\n",
                                         "    - <status On track → Off track> | (empty)\n",
                                         "  page break\n" };
    for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
        assert_has (text, lines[i]);
}

/* A run chart with all that one may have. */
static void test_every_part_of_a_chart_has_its_line (void)
{
    static const char *const labels[] = { "Aug", "Sep" }, *const groups[] = { "2024", "2024" }, *const notes[] = { NULL, "[x]" };
    static const double positions[] = { 10.0, 40.5 };
    static double values[] = { 5.25, NAN };
    static const BpPointMeaning meanings[] = { BP_POINT_CONCERN, BP_POINT_PLAIN };
    static BpChartSeries series = { .name = "Here", .values = values, .value_notes = notes, .meanings = meanings, .last_text = "5.3" };
    static BpChartReference references[] = { { BP_REFERENCE_MEAN, 4.5, "Mean 4.5", 0, 1 }, { BP_REFERENCE_LIMIT, 6.0, NULL, 0, 0 } };
    static BpChartEvent event = { 1, "Series break", true };
    static BpChartRemark remarks[] = { { 0, "Above the limit", false }, { 1, "Baseline 5", true } };
    g_autoptr (BpPack) pack = bp_pack_new ();
    pack->forum_id = "hand";
    pack->title = "Made by hand";
    pack->as_of = bp_date_new (2025, 7, 31);
    pack->meeting_date = BP_DATE_NONE;
    BpNode *section = bp_pack_add_section (pack, pack->sections, "one", "First");
    BpChart *chart = &bp_pack_add_chart (pack, section, BP_CHART_RUN, "Title", "Subtitle", "What it does")->as.chart;
    chart->categories = labels;
    chart->category_groups = groups;
    chart->category_positions = positions;
    chart->category_count = 2;
    chart->series = &series;
    chart->series_count = 1;
    chart->references = references;
    chart->reference_count = 2;
    chart->events = &event;
    chart->event_count = 1;
    chart->remarks = remarks;
    chart->remark_count = 2;
    chart->axis_decimals = 1;
    chart->axis_unit = "%";
    chart->is_axis_free = chart->has_limits = true;
    chart->variation_word = "Special cause: concern, high";
    chart->assurance_word = "May meet or miss the target";
    g_autofree char *text = bp_pack_dup_text (pack);
    assert_has (text, "  chart (run): Title\n"
                      "    subtitle: Subtitle\n"
                      "    alternative: What it does\n"
                      "    categories: Aug 2024 @10, Sep 2024 @40.5\n"
                      "    series Here: 5.25, [x]\n"
                      "    last value: 5.3\n"
                      "    meanings: c-\n"
                      "    axis: 1 decimals, %, free, limits\n"
                      "    reference mean 4.5 from 0 to 1: Mean 4.5\n"
                      "    reference limit 6 from 0 to 0: -\n"
                      "    break before 1: Series break\n"
                      "    remark at 0: Above the limit\n"
                      "    remark at 1 (quiet): Baseline 5\n"
                      "    variation: Special cause: concern, high\n"
                      "    assurance: May meet or miss the target\n");
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    /* An internal pack and the one that shows least. */
    static const int forums[] = { PACK_GROUP, PACK_WORLD };
    for (gsize i = 0; i < G_N_ELEMENTS (forums); i++)
    {
        g_autofree char *path = g_strdup_printf ("/pack/text_format/small_programme_is_as_it_was/%s", pack_forums[forums[i]].id);
        g_test_add_data_func (path, GINT_TO_POINTER (forums[i]), test_golden);
    }
    g_test_add_func ("/pack/text_format/same_pack_gives_same_text", test_same_pack_same_text);
    g_test_add_func ("/pack/text_format/every_node_has_its_line", test_every_node_has_its_line);
    g_test_add_func ("/pack/text_format/every_part_of_a_chart_has_its_line", test_every_part_of_a_chart_has_its_line);
    return g_test_run ();
}
