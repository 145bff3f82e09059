#include "render/pdf/structure_writer.h"
#include "tagged_plan.h"

static const unsigned pages[2] = { 7, 8 };
#define FIRST_OBJECT 100u

/* All objects of the tree, a line each: "100 <<…>>". */
static char *dup_objects (const BpStructure *structure)
{
    GString *text = g_string_new (NULL);
    for (guint i = 0; i < bp_structure_count_objects (structure); i++)
    {
        g_string_append_printf (text, "%u ", FIRST_OBJECT + i);
        bp_structure_append_object (structure, i, FIRST_OBJECT, pages, text);
        g_string_append_c (text, '\n');
    }
    return g_string_free (text, FALSE);
}

static void assert_has (const char *text, const char *part)
{
    if (strstr (text, part) == NULL)
        g_error ("%s is not in\n%s", part, text);
}

static void test_every_box_stands_in_one_sequence (void)
{
    TaggedPlan tagged;
    tagged_plan_init (&tagged);
    tagged_plan_draw (&tagged);
    const char *first = tagged.contents[0]->str;
    assert_has (first, "/H1 <</MCID 0>> BDC\n");
    assert_has (first, "EMC\n/Artifact <</Type/Layout>> BDC\n50 ");
    assert_has (first, "f\nEMC\n/H2 <</MCID 1>> BDC\n");
    assert_has (tagged.contents[1]->str, "/Artifact <</Type/Pagination/Subtype/Footer>> BDC\n");
    g_assert_true (g_str_has_suffix (tagged.contents[1]->str, "ET\nEMC\n"));
    for (int page = 0; page < 2; page++)
    {
        int depth = 0, opened = 0, closed = 0;
        g_auto (GStrv) lines = g_strsplit (tagged.contents[page]->str, "\n", -1);
        for (char **line = lines; *line != NULL; line++)
        {
            const bool opens = g_str_has_suffix (*line, " BDC"), closes = g_str_equal (*line, "EMC");
            depth += opens ? 1 : closes ? -1 : 0;
            opened += opens ? 1 : 0;
            closed += closes ? 1 : 0;
            g_assert_cmpint (depth, >=, 0);
            g_assert_cmpint (depth, <=, 1);
            if (g_str_equal (*line, "BT") || g_str_equal (*line, "f"))
                g_assert_cmpint (depth, ==, 1);
        }
        g_assert_cmpint (opened, ==, closed);
    }
    tagged_plan_clear (&tagged);
}

/* "Two" and "lines" are one paragraph on two lines: one sequence, and the words stay apart. */
static void test_lines_share_a_sequence_and_words_stay_apart (void)
{
    static const char wanted[]
        = "/P <</MCID 2>> BDC\nBT\n50 741.89 Td\n(\0T\0w\0o\0 ) Tj\nET\nBT\n50 725.89 Td\n(\0l\0i\0n\0e\0s\0 ) Tj\nET\nEMC\n";
    TaggedPlan tagged;
    tagged_plan_init (&tagged);
    static const char *const names[2] = { "F1", "F2" };
    g_autoptr (BpStructure) structure = bp_structure_new (tagged.plan);
    bp_structure_begin_page (structure);
    bp_structure_add_content (structure, tagged.title);
    bp_structure_add_content (structure, tagged.heading);
    const BpBox *boxes = &g_array_index (bp_page_plan_get_page (tagged.plan, 0)->boxes, BpBox, tagged.text_box);
    BpContentStream stream;
    bp_content_stream_init (&stream, 841.89, names, structure);
    stream.fill = 0;
    stream.face = BP_FACE_REGULAR;
    stream.size = 12.0;
    bp_content_stream_add_box (&stream, &boxes[0], &boxes[1]);
    bp_content_stream_add_box (&stream, &boxes[1], NULL);
    bp_content_stream_finish (&stream);
    g_assert_true (stream.text->len == sizeof wanted - 1 && memcmp (stream.text->str, wanted, sizeof wanted - 1) == 0);
    bp_content_stream_clear (&stream);
    tagged_plan_clear (&tagged);
}

static void test_no_space_where_a_word_goes_on (void)
{
    TaggedPlan tagged;
    tagged_plan_init (&tagged);
    static const char *const names[2] = { "F1", "F2" };
    BpBox *cut = &g_array_index (bp_page_plan_get_page (tagged.plan, 0)->boxes, BpBox, tagged.text_box);
    for (int i = 0; i < 2; i++) /* a word cut at the end of a line; a word in two faces */
    {
        g_autoptr (BpStructure) structure = bp_structure_new (tagged.plan);
        BpContentStream stream;
        bp_structure_begin_page (structure);
        bp_content_stream_init (&stream, 841.89, names, structure);
        cut->is_word_cut = i == 0;
        BpBox next = *cut;
        next.x += i == 1 ? cut->width : 0.0;
        next.y += i == 0 ? 16.0 : 0.0;
        bp_content_stream_add_box (&stream, cut, &next);
        static const char wanted[] = "(\0T\0w\0o) Tj\nET\n";
        g_assert_cmpuint (stream.text->len, >, sizeof wanted);
        g_assert_true (memcmp (stream.text->str + stream.text->len - (sizeof wanted - 1), wanted, sizeof wanted - 1) == 0);
        bp_content_stream_clear (&stream);
    }
    tagged_plan_clear (&tagged);
}

static void test_tree_is_written (void)
{
    TaggedPlan tagged;
    tagged_plan_init (&tagged);
    tagged_plan_draw (&tagged);
    g_autofree char *objects = dup_objects (tagged.structure);
    /* root, parent tree, a leaf for each page, one for the link; then the elements in their order */
    assert_has (objects, "100 <</Type/StructTreeRoot/K[105 0 R]/ParentTree 101 0 R/ParentTreeNextKey 3>>\n");
    assert_has (objects, "101 <</Kids[102 0 R 103 0 R 104 0 R ]>>\n");
    assert_has (objects, "102 <</Limits[0 0]/Nums[0[107 0 R 108 0 R 109 0 R 112 0 R 113 0 R ]]>>\n");
    assert_has (objects, "104 <</Limits[2 2]/Nums[2 125 0 R ]>>\n");
    assert_has (objects, "105 <</S/Document/P 100 0 R/K[106 0 R]>>\n");
    assert_has (objects, "107 <</S/H1/P 106 0 R/Pg 7 0 R/K[0]>>\n");
    assert_has (objects, "110 <</S/Table/P 106 0 R/A<</O/Table/Summary(What is due)>>/K[111 0 R 114 0 R]>>\n");
    assert_has (objects, "112 <</S/TH/P 111 0 R/A<</O/Table/Scope/Column>>/Pg 7 0 R/K[3]>>\n");
    assert_has (objects, "115 <</S/TH/P 114 0 R/A<</O/Table/Scope/Row>>/Pg 8 0 R/K[0]>>\n");
    assert_has (objects,
                "117 <</S/Figure/P 106 0 R/Alt(A bar \\(long\\))/A<</O/Layout/BBox[0.00 829.89 50.00 841.89 ]>>/Pg 8 0 R/K[2]>>\n");
    assert_has (objects, "118 <</S/L/P 106 0 R/A<</O/List/ListNumbering/Disc>>/K[119 0 R]>>\n");
    assert_has (objects, "125 <</S/Link/P 124 0 R/Pg 8 0 R/K[5 <</Type/OBJR/Pg 8 0 R/Obj 90 0 R>>]>>\n");
    tagged_plan_clear (&tagged);
}

static void test_content_on_two_pages_names_both (void)
{
    TaggedPlan tagged;
    tagged_plan_init (&tagged);
    tagged_plan_add_box (&tagged, 1, BP_BOX_TEXT, tagged.paragraph, "more", 50.0, 60.0);
    tagged_plan_draw (&tagged);
    g_autofree char *objects = dup_objects (tagged.structure);
    assert_has (objects, "/S/P/P 106 0 R/Pg 7 0 R/K[2 <</Type/MCR/Pg 8 0 R/MCID 6>>]>>\n");
    tagged_plan_clear (&tagged);
}

/* A cell of words, a figure, words: read in that order. */
static void test_words_and_figures_keep_their_order (void)
{
    TaggedPlan tagged;
    tagged_plan_init (&tagged);
    const int spark = bp_page_plan_add_element (tagged.plan, tagged.cells[1][1], BP_ROLE_FIGURE);
    tagged_plan_add_box (&tagged, 1, BP_BOX_TEXT, tagged.cells[1][1], "before", 50.0, 300.0);
    tagged_plan_add_box (&tagged, 1, BP_BOX_LINE, spark, NULL, 50.0, 310.0);
    tagged_plan_add_box (&tagged, 1, BP_BOX_TEXT, tagged.cells[1][1], "after", 50.0, 320.0);
    tagged_plan_draw (&tagged);
    g_autofree char *objects = dup_objects (tagged.structure);
    assert_has (objects, "116 <</S/TD/P 114 0 R/Pg 8 0 R/K[1 6 126 0 R 8]>>\n");
    tagged_plan_clear (&tagged);
}

static void test_elements_without_content_are_left_out (void)
{
    TaggedPlan tagged;
    tagged_plan_init (&tagged);
    const int list = bp_page_plan_add_element (tagged.plan, tagged.section, BP_ROLE_L);
    const int entry = bp_page_plan_add_element (tagged.plan, list, BP_ROLE_LI);
    const int row = bp_page_plan_add_element (tagged.plan, tagged.table, BP_ROLE_TR);
    const int words = tagged_plan_add (&tagged, row, BP_ROLE_TD, 1, "words", 400.0);
    const int empty = bp_page_plan_add_element (tagged.plan, row, BP_ROLE_TH);
    bp_page_plan_get_element (tagged.plan, empty)->scope = BP_SCOPE_ROW;
    const int empty_row = bp_page_plan_add_element (tagged.plan, tagged.table, BP_ROLE_TR);
    bp_page_plan_add_element (tagged.plan, empty_row, BP_ROLE_TD);
    tagged_plan_draw (&tagged);
    g_assert_false (bp_structure_is_written (tagged.structure, list));
    g_assert_false (bp_structure_is_written (tagged.structure, entry));
    g_assert_false (bp_structure_is_written (tagged.structure, empty_row));
    g_assert_true (bp_structure_is_written (tagged.structure, words));
    g_assert_true (bp_structure_is_written (tagged.structure, empty)); /* the row keeps its cells */
    g_assert_cmpint (bp_structure_get_role (tagged.structure, empty), ==, BP_ROLE_TD);
    g_assert_cmpint (bp_structure_get_role (tagged.structure, tagged.cells[1][0]), ==, BP_ROLE_TH);
    tagged_plan_clear (&tagged);
}

static void test_link_that_leads_nowhere_is_a_paragraph (void)
{
    TaggedPlan tagged;
    tagged_plan_init (&tagged);
    tagged.has_link = false;
    tagged_plan_draw (&tagged);
    g_autofree char *objects = dup_objects (tagged.structure);
    g_assert_null (strstr (objects, "/S/Link"));
    g_assert_null (strstr (objects, "OBJR"));
    assert_has (objects, "100 <</Type/StructTreeRoot/K[104 0 R]/ParentTree 101 0 R/ParentTreeNextKey 2>>\n");
    tagged_plan_clear (&tagged);
}

static void test_words_beyond_ascii_are_utf_16 (void)
{
    TaggedPlan tagged;
    tagged_plan_init (&tagged);
    bp_page_plan_get_element (tagged.plan, tagged.figure)->alternative = "A (\u2264 \U0001F600)";
    tagged_plan_draw (&tagged);
    GString *object = g_string_new (NULL);
    bp_structure_append_object (tagged.structure, 17, FIRST_OBJECT, pages, object);
    static const char wanted[] = "/Alt(\xFE\xFF\0A\0 \0\\(\x22\x64\0 \xD8\x3D\xDE\0\0\\))";
    g_assert_nonnull (memmem (object->str, object->len, wanted, sizeof wanted - 1));
    g_string_free (object, TRUE);
    tagged_plan_clear (&tagged);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/render/structure/every_box_stands_in_one_sequence", test_every_box_stands_in_one_sequence);
    g_test_add_func ("/render/structure/lines_share_a_sequence_and_words_stay_apart", test_lines_share_a_sequence_and_words_stay_apart);
    g_test_add_func ("/render/structure/no_space_where_a_word_goes_on", test_no_space_where_a_word_goes_on);
    g_test_add_func ("/render/structure/tree_is_written", test_tree_is_written);
    g_test_add_func ("/render/structure/content_on_two_pages_names_both", test_content_on_two_pages_names_both);
    g_test_add_func ("/render/structure/words_and_figures_keep_their_order", test_words_and_figures_keep_their_order);
    g_test_add_func ("/render/structure/elements_without_content_are_left_out", test_elements_without_content_are_left_out);
    g_test_add_func ("/render/structure/link_that_leads_nowhere_is_a_paragraph", test_link_that_leads_nowhere_is_a_paragraph);
    g_test_add_func ("/render/structure/words_beyond_ascii_are_utf_16", test_words_beyond_ascii_are_utf_16);
    return g_test_run ();
}
