#include "tagged_plan.h"

typedef struct
{
    const char *name, *sentence;
    void (*spoil) (TaggedPlan *tagged);
} Case;

static BpElement *element_of (TaggedPlan *tagged, int element)
{
    return bp_page_plan_get_element (tagged->plan, element);
}

static BpBox *text_of (TaggedPlan *tagged)
{
    return &g_array_index (bp_page_plan_get_page (tagged->plan, 0)->boxes, BpBox, tagged->text_box);
}

static void spoil_mark (TaggedPlan *tagged)
{
    text_of (tagged)->element = -99;
}

static void spoil_nesting (TaggedPlan *tagged)
{
    element_of (tagged, tagged->entry)->parent = tagged->section; /* an entry without its list */
}

static void spoil_root (TaggedPlan *tagged)
{
    element_of (tagged, tagged->paragraph)->parent = -1;
}

static void spoil_content (TaggedPlan *tagged)
{
    text_of (tagged)->element = tagged->section; /* words that no paragraph holds */
}

static void spoil_header (TaggedPlan *tagged)
{
    GArray *boxes = bp_page_plan_get_page (tagged->plan, 0)->boxes;
    for (guint i = 0; i < boxes->len; i++)
        if (g_array_index (boxes, BpBox, i).element == tagged->cells[0][1])
            g_array_index (boxes, BpBox, i).element = BP_ARTIFACT_REPEATED;
}

static void spoil_first_heading (TaggedPlan *tagged)
{
    element_of (tagged, tagged->title)->role = BP_ROLE_H2;
}

static void spoil_second_heading (TaggedPlan *tagged)
{
    element_of (tagged, tagged->heading)->role = BP_ROLE_H1;
}

static void spoil_heading_level (TaggedPlan *tagged)
{
    element_of (tagged, tagged->heading)->role = BP_ROLE_H3;
}

static void spoil_row (TaggedPlan *tagged)
{
    element_of (tagged, tagged->cells[1][1])->column_span = 2;
}

static void spoil_table_headers (TaggedPlan *tagged)
{
    for (int i = 0; i < 4; i++)
        element_of (tagged, tagged->cells[i / 2][i % 2])->role = BP_ROLE_TD;
}

static void spoil_scope (TaggedPlan *tagged)
{
    element_of (tagged, tagged->cells[0][1])->scope = BP_SCOPE_NONE;
}

static void spoil_figure_words (TaggedPlan *tagged)
{
    element_of (tagged, tagged->figure)->alternative = "";
}

static void spoil_figure_place (TaggedPlan *tagged)
{
    element_of (tagged, tagged->figure)->page = -1;
}

static void spoil_shape (TaggedPlan *tagged)
{
    tagged_plan_add_box (tagged, 1, BP_BOX_ELLIPSE, tagged->label, NULL, 50.0, 200.0);
}

static void spoil_link (TaggedPlan *tagged)
{
    element_of (tagged, tagged->link)->role = BP_ROLE_P; /* its annotation is still there */
}

static void spoil_link_words (TaggedPlan *tagged)
{
    tagged->has_link_words = false;
}

static void spoil_glyph (TaggedPlan *tagged)
{
    text_of (tagged)->text = "Tw\u00F6";
}

static void spoil_font (TaggedPlan *tagged)
{
    tagged->has_all_fonts = false;
}

static void spoil_title (TaggedPlan *tagged)
{
    tagged->metadata.title = "";
}

static void spoil_language (TaggedPlan *tagged)
{
    tagged->metadata.language = NULL;
}

static const Case cases[] = {
    { "unmarked", "something is drawn that is neither content nor decoration", spoil_mark },
    { "nesting", "an element stands where it may not, first on page 2", spoil_nesting },
    { "root", "an element stands where it may not, first on page 1", spoil_root },
    { "content", "an element stands where it may not, first on page 1", spoil_content },
    { "empty_header", "an element has no content", spoil_header },
    { "first_heading", "the first heading is not of level 1, first on page 1", spoil_first_heading },
    { "second_h1", "there is more than one heading of level 1", spoil_second_heading },
    { "skipped_level", "a heading skips a level", spoil_heading_level },
    { "ragged_row", "a row of a table has more or fewer cells than the one before, first on page 2", spoil_row },
    { "no_header", "a table has no header cell", spoil_table_headers },
    { "scope", "a header cell does not say what it heads", spoil_scope },
    { "figure_words", "a figure has no description, first on page 2", spoil_figure_words },
    { "figure_place", "a figure's place is not known", spoil_figure_place },
    { "shape", "a shape stands among words without being a figure", spoil_shape },
    { "link", "a link belongs to no text", spoil_link },
    { "link_words", "a link does not say where it leads", spoil_link_words },
    { "glyph", "a character has no glyph, first on page 1", spoil_glyph },
    { "font", "a font is not in the file", spoil_font },
    { "title", "the file has no title", spoil_title },
    { "language", "the file does not say its language", spoil_language },
};

static GPtrArray *check (TaggedPlan *tagged)
{
    GPtrArray *faults = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (BpConformance) conformance = bp_conformance_new (tagged->plan, tagged->fonts);
    tagged_plan_draw (tagged);
    bp_conformance_check (conformance, tagged->structure, tagged->has_all_fonts, &tagged->metadata, faults);
    return faults;
}

static void test_sound_plan_has_no_faults (void)
{
    TaggedPlan tagged;
    tagged_plan_init (&tagged);
    g_autoptr (GPtrArray) faults = check (&tagged);
    g_assert_cmpuint (faults->len, ==, 0);
    tagged_plan_clear (&tagged);
}

static void test_fault_is_found (gconstpointer data)
{
    const Case *one = data;
    TaggedPlan tagged;
    tagged_plan_init (&tagged);
    one->spoil (&tagged);
    g_autoptr (GPtrArray) faults = check (&tagged);
    bool is_found = false;
    for (guint i = 0; i < faults->len; i++)
        is_found = is_found || g_str_has_prefix (g_ptr_array_index (faults, i), one->sentence);
    if (!is_found)
        g_error ("not found: %s; %u others", one->sentence, faults->len);
    tagged_plan_clear (&tagged);
}

static void test_same_fault_is_told_once (void)
{
    TaggedPlan tagged;
    tagged_plan_init (&tagged);
    element_of (&tagged, tagged.cells[0][0])->scope = BP_SCOPE_NONE;
    spoil_scope (&tagged);
    g_autoptr (GPtrArray) faults = check (&tagged);
    g_assert_cmpuint (faults->len, ==, 1);
    g_assert_cmpstr (g_ptr_array_index (faults, 0), ==, "a header cell does not say what it heads, first on page 1 (2 of these)");
    tagged_plan_clear (&tagged);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/render/conformance/sound_plan_has_no_faults", test_sound_plan_has_no_faults);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autofree char *path = g_strdup_printf ("/render/conformance/%s_is_found", cases[i].name);
        g_test_add_data_func (path, &cases[i], test_fault_is_found);
    }
    g_test_add_func ("/render/conformance/same_fault_is_told_once", test_same_fault_is_told_once);
    return g_test_run ();
}
