#include "demo_pack.h"
#include "plan_checks.h"
#include "render/pdf/conformance.h"
#include "render/pdf/content_stream.h"

#include <string.h>

/* What the pack says, in its order, against what a reader of the structure hears. Texts that the layout leaves out (a contents row without
 * room) are allowed to be missing, but hardly any are; none may come too early or too late. */

#define NEAR 400         /* characters within which a short text is the one that is meant */
#define FAR 3000         /* the same for a long one */
#define LONG_TEXT 15     /* characters */
#define LEAST_SHARE 0.95 /* of the texts are heard */

typedef struct
{
    const char *heard, *at; /* all words; where the last text ended */
    guint expected, found;
} Walk;

/* ---- what is heard ---- */

typedef struct
{
    const BpStructure *structure;
    GPtrArray *texts; /* of GString: of each sequence */
    GString *heard;
} Hearing;

/* The texts of the marked sequences, as the content stream divides the boxes. */
static GPtrArray *gather_texts (const BpPagePlan *plan)
{
    GPtrArray *texts = g_ptr_array_new ();
    for (guint i = 0; i < plan->pages->len; i++)
    {
        const GArray *boxes = bp_page_plan_get_page (plan, (int)i)->boxes;
        int open = -100;
        for (guint j = 0; j < boxes->len; j++)
        {
            const BpBox *box = &g_array_index (boxes, BpBox, j);
            if (box->kind == BP_BOX_LINK || (box->kind != BP_BOX_TEXT && !box->is_filled && !box->is_stroked))
                continue;
            if (box->element != open && box->element >= 0)
                g_ptr_array_add (texts, g_string_new (NULL));
            open = box->element;
            if (box->kind == BP_BOX_TEXT && open >= 0)
                g_string_append_printf (g_ptr_array_index (texts, texts->len - 1), "%s%s", box->text, box->is_word_cut ? "" : " ");
        }
    }
    return texts;
}

static void hear_sequence (void *data, guint sequence)
{
    const Hearing *hearing = data;
    g_string_append (hearing->heard, ((const GString *)g_ptr_array_index (hearing->texts, sequence))->str);
}

static void hear_element (void *data, int element)
{
    const Hearing *hearing = data;
    const BpElement *of = bp_structure_get_element (hearing->structure, element);
    if (of->role == BP_ROLE_FIGURE)
        g_string_append_printf (hearing->heard, "%s ", of->alternative); /* it stands in place of what is drawn */
    else
        bp_structure_visit (hearing->structure, element, hear_sequence, hear_element, data);
    g_string_append_c (hearing->heard, ' ');
}

/* One blank between words, and none where two runs of a line are drawn apart. */
static char *squeeze (const char *text)
{
    GString *squeezed = g_string_new (NULL);
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
        if (!g_unichar_isspace (g_utf8_get_char (at)) && g_utf8_get_char (at) != 0xAD)
            g_string_append_unichar (squeezed, g_utf8_get_char (at));
    return g_string_free (squeezed, FALSE);
}

static char *dup_heard (const BpPagePlan *plan)
{
    static const char *const names[2] = { "F1", "F2" };
    g_autoptr (BpStructure) structure = bp_structure_new (plan);
    for (guint i = 0; i < plan->pages->len; i++)
    {
        const BpPlanPage *page = bp_page_plan_get_page (plan, (int)i);
        BpContentStream stream;
        bp_structure_begin_page (structure);
        bp_content_stream_init (&stream, page->height_pt, names, structure);
        for (guint j = 0; j < page->boxes->len; j++)
            bp_content_stream_add_box (&stream, &g_array_index (page->boxes, BpBox, j), NULL);
        bp_content_stream_finish (&stream);
        bp_content_stream_clear (&stream);
    }
    bp_structure_close (structure);
    Hearing hearing = { structure, gather_texts (plan), g_string_new (NULL) };
    g_assert_cmpuint (hearing.texts->len, ==, structure->owners->len);
    hear_element (&hearing, 0);
    char *heard = squeeze (hearing.heard->str);
    for (guint i = 0; i < hearing.texts->len; i++)
        g_string_free (g_ptr_array_index (hearing.texts, i), TRUE);
    g_ptr_array_unref (hearing.texts);
    g_string_free (hearing.heard, TRUE);
    return heard;
}

/* ---- what the pack says ---- */

static void expect (Walk *walk, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    g_autofree char *squeezed = squeeze (text);
    const gsize length = strlen (squeezed);
    const bool is_long = length >= LONG_TEXT;
    const char *found = strstr (walk->at, squeezed);
    walk->expected++;
    if (found != NULL && found - walk->at <= (is_long ? FAR : NEAR))
    {
        walk->at = found + length;
        walk->found++;
    }
    else if (is_long && strstr (walk->heard, squeezed) != NULL)
        g_error ("\"%s\" is read out of order, after \"%.60s\"", text, walk->at - MIN (60, walk->at - walk->heard));
}

static void expect_mark (Walk *walk, const BpMark *mark)
{
    if (mark->word == NULL)
        return;
    g_autofree char *both = g_strdup_printf ("%s %s", mark->letter, mark->word);
    const guint before = walk->found;
    expect (walk, both);
    if (walk->found == before) /* no status is left out, and none is away from its word */
        g_error ("\"%s\" does not stand beside its mark, after \"%.60s\"", mark->word, walk->at - MIN (60, walk->at - walk->heard));
}

static void expect_value (Walk *walk, const BpValue *value)
{
    g_autofree char *text = NULL;
    if (value->kind == BP_VALUE_NONE)
        return;
    if (value->kind == BP_VALUE_STATUS)
    {
        expect_mark (walk, &value->mark);
        return;
    }
    const bool has_words = value->kind == BP_VALUE_MOVEMENT || value->kind == BP_VALUE_SIGN || value->kind == BP_VALUE_TAG
                           || value->kind == BP_VALUE_DOT || value->kind == BP_VALUE_SPARK;
    text = has_words ? g_strdup (value->text) : bp_value_dup_text (value);
    expect (walk, text);
}

static void walk_table (Walk *walk, const BpTableNode *table)
{
    for (int i = 0; table->style != BP_TABLE_ROWS && i < table->column_count; i++)
        expect (walk, table->columns[i].title);
    for (guint i = 0; i < table->rows->len; i++)
    {
        const BpTableRow *row = &g_array_index (table->rows, BpTableRow, i);
        for (int j = 0; j < (row->kind == BP_ROW_GROUP ? 1 : table->column_count); j++)
            for (guint k = 0; row->cells[j].lines != NULL && k < row->cells[j].lines->len; k++)
            {
                const BpCellLine *line = &g_array_index (row->cells[j].lines, BpCellLine, k);
                expect (walk, line->lead_in);
                expect_value (walk, &line->value);
                expect_value (walk, &line->beside);
            }
        expect (walk, row->aside);
    }
    expect (walk, table->footnote);
}

static void walk_list (Walk *walk, const BpList *list)
{
    for (guint i = 0; i < list->entries->len; i++)
    {
        const BpListEntry *entry = &g_array_index (list->entries, BpListEntry, i);
        if (list->style == BP_LIST_COUNTED)
        {
            expect_value (walk, &entry->value);
            expect (walk, entry->text);
            continue;
        }
        expect (walk, entry->label);
        expect (walk, entry->text);
        expect_value (walk, &entry->value);
        expect (walk, entry->aside);
    }
}

static void walk_note (Walk *walk, const BpNote *note)
{
    expect (walk, note->ref);
    expect (walk, note->heading);
    expect_mark (walk, &note->mark);
    for (guint i = 0; i < note->rows->len; i++)
    {
        const BpNoteRow *row = &g_array_index (note->rows, BpNoteRow, i);
        g_auto (GStrv) lines = g_strsplit (row->aside != NULL ? row->aside : "", "\n", -1);
        expect (walk, row->label);
        expect (walk, row->text);
        for (char **line = lines; *line != NULL; line++)
            expect (walk, *line);
    }
}

static void walk_tiles (Walk *walk, const BpTiles *tiles)
{
    for (guint i = 0; i < tiles->tiles->len; i++)
    {
        const BpTile *tile = &g_array_index (tiles->tiles, BpTile, i);
        if (tiles->style == BP_TILES_COUNTERS)
            expect_value (walk, &tile->figure);
        expect (walk, tile->title);
        if (tiles->style == BP_TILES_KPI)
            expect_value (walk, &tile->figure);
        expect (walk, tile->movement_text);
        expect (walk, tile->lines[0]);
        expect (walk, tile->lines[1]);
    }
}

static void walk_nodes (Walk *walk, const GPtrArray *nodes)
{
    for (guint i = 0; i < nodes->len; i++)
    {
        const BpNode *node = g_ptr_array_index (nodes, i);
        switch (node->kind)
        {
        case BP_NODE_SECTION:
            if (node->as.section.style != BP_SECTION_COVER)
            {
                expect (walk, node->as.section.name);
                expect (walk, node->as.section.headline);
                expect (walk, node->as.section.subtitle);
            }
            walk_nodes (walk, node->as.section.children);
            break;
        case BP_NODE_HEADING:
            expect (walk, node->as.heading.text);
            expect (walk, node->as.heading.aside);
            break;
        case BP_NODE_PARAGRAPH:
            expect (walk, node->as.paragraph.lead_in);
            expect (walk, node->as.paragraph.text);
            break;
        case BP_NODE_LIST:
            walk_list (walk, &node->as.list);
            break;
        case BP_NODE_TABLE:
            walk_table (walk, &node->as.table);
            break;
        case BP_NODE_TILES:
            walk_tiles (walk, &node->as.tiles);
            break;
        case BP_NODE_CHART:
            expect (walk, node->as.chart.title);
            break;
        case BP_NODE_NOTE:
            walk_note (walk, &node->as.note);
            break;
        case BP_NODE_PAGE_BREAK:
            break;
        }
    }
}

static void check_order (const BpPack *pack, guint least)
{
    PlanFixture fixture;
    plan_fixture_init (&fixture, pack);
    g_autofree char *heard = dup_heard (fixture.plan);
    Walk walk = { .heard = heard, .at = heard };
    walk_nodes (&walk, pack->sections);
    g_test_message ("%u of %u texts heard in order", walk.found, walk.expected);
    g_assert_cmpuint (walk.expected, >=, least);
    g_assert_cmpfloat ((double)walk.found, >=, LEAST_SHARE * (double)walk.expected);
    plan_fixture_clear (&fixture);
}

static void test_pack_is_read_in_its_order (void)
{
    g_autoptr (BpPack) pack = demo_pack_new ();
    check_order (pack, 600);
}

static void test_long_table_is_read_in_its_order (void)
{
    g_autoptr (BpPack) pack = demo_pack_start ();
    BpNode *section = bp_pack_add_section (pack, pack->sections, "tracker", "Action tracker");
    section->as.section.is_landscape = true;
    demo_add_tracker (pack, section, 40, 4);
    check_order (pack, 1000);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/render/reading_order/pack_is_read_in_its_order", test_pack_is_read_in_its_order);
    g_test_add_func ("/render/reading_order/long_table_is_read_in_its_order", test_long_table_is_read_in_its_order);
    return g_test_run ();
}
