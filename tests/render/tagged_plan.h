#ifndef BP_TESTS_RENDER_TAGGED_PLAN_H
#define BP_TESTS_RENDER_TAGGED_PLAN_H

#include "render/pdf/conformance.h"
#include "render/pdf/content_stream.h"

#include <string.h>

/* A page plan of one of each: heading, paragraph, table, figure, list, contents, on two pages. Nothing is wrong with it. */
typedef struct
{
    BpPagePlan *plan;
    BpFonts *fonts;
    BpStructure *structure; /* after tagged_plan_draw */
    GString *contents[2];   /* of the pages, without the noughts in their text */
    int section, title, heading, paragraph, table, rows[2], cells[2][2], figure, list, entry, label, body, toc, row, reference, link;
    guint text_box; /* of the paragraph, on the first page */
    BpMetadata metadata;
    bool has_all_fonts, has_link, has_link_words;
} TaggedPlan;

/* A font of ASCII alone. */
static inline int tagged_plan_glyph_width (void *font, BpFace face, gunichar character)
{
    (void)font;
    (void)face;
    return character < 0x80 ? 500 : -1;
}

static inline BpBox *tagged_plan_add_box (TaggedPlan *tagged, int page, BpBoxKind kind, int element, const char *text, double x, double y)
{
    const BpBox box = { .kind = kind,
                        .element = element,
                        .text = text,
                        .x = x,
                        .y = y,
                        .width = text != NULL ? 6.0 * (double)strlen (text) : 50.0,
                        .height = 12.0,
                        .is_filled = true };
    GArray *boxes = bp_page_plan_get_page (tagged->plan, page)->boxes;
    g_array_append_val (boxes, box);
    return &g_array_index (boxes, BpBox, boxes->len - 1);
}

static inline int tagged_plan_add (TaggedPlan *tagged, int parent, BpRole role, int page, const char *text, double y)
{
    const int element = bp_page_plan_add_element (tagged->plan, parent, role);
    if (text != NULL)
        tagged_plan_add_box (tagged, page, BP_BOX_TEXT, element, text, 50.0, y);
    return element;
}

static inline void tagged_plan_add_table (TaggedPlan *tagged)
{
    tagged->table = tagged_plan_add (tagged, tagged->section, BP_ROLE_TABLE, 0, NULL, 0.0);
    bp_page_plan_get_element (tagged->plan, tagged->table)->alternative = "What is due";
    for (int i = 0; i < 2; i++) /* its second row stands on the second page */
    {
        tagged->rows[i] = tagged_plan_add (tagged, tagged->table, BP_ROLE_TR, i, NULL, 0.0);
        for (int j = 0; j < 2; j++)
        {
            const bool is_header = i == 0 || j == 0;
            tagged->cells[i][j] = tagged_plan_add (tagged, tagged->rows[i], is_header ? BP_ROLE_TH : BP_ROLE_TD, i, "cell", 140.0);
            if (is_header)
                bp_page_plan_get_element (tagged->plan, tagged->cells[i][j])->scope = i == 0 ? BP_SCOPE_COLUMN : BP_SCOPE_ROW;
        }
    }
}

static inline void tagged_plan_init (TaggedPlan *tagged)
{
    *tagged = (TaggedPlan){ .plan = bp_page_plan_new (), .has_all_fonts = true, .has_link = true, .has_link_words = true };
    tagged->metadata = (BpMetadata){ .title = "A pack", .language = "en-GB" };
    tagged->fonts = bp_fonts_new (tagged_plan_glyph_width, NULL, NULL);
    bp_page_plan_add_page (tagged->plan, false);
    bp_page_plan_add_page (tagged->plan, false);
    const int document = bp_page_plan_add_element (tagged->plan, -1, BP_ROLE_DOCUMENT);
    tagged->section = bp_page_plan_add_element (tagged->plan, document, BP_ROLE_SECT);
    tagged->title = tagged_plan_add (tagged, tagged->section, BP_ROLE_H1, 0, "Pack", 60.0);
    tagged_plan_add_box (tagged, 0, BP_BOX_RECTANGLE, BP_ARTIFACT_LAYOUT, NULL, 50.0, 70.0);
    tagged->heading = tagged_plan_add (tagged, tagged->section, BP_ROLE_H2, 0, "Part", 80.0);
    tagged->paragraph = tagged_plan_add (tagged, tagged->section, BP_ROLE_P, 0, "Two", 100.0);
    tagged->text_box = bp_page_plan_get_page (tagged->plan, 0)->boxes->len - 1;
    tagged_plan_add_box (tagged, 0, BP_BOX_TEXT, tagged->paragraph, "lines", 50.0, 116.0);
    tagged_plan_add_table (tagged);
    tagged->figure = tagged_plan_add (tagged, tagged->section, BP_ROLE_FIGURE, 1, NULL, 0.0);
    *bp_page_plan_get_element (tagged->plan, tagged->figure) = (BpElement){
        .role = BP_ROLE_FIGURE, .parent = tagged->section, .alternative = "A bar (long)", .page = 1, .right = 50.0, .bottom = 12.0
    };
    tagged_plan_add_box (tagged, 1, BP_BOX_RECTANGLE, tagged->figure, NULL, 0.0, 0.0);
    tagged->list = tagged_plan_add (tagged, tagged->section, BP_ROLE_L, 1, NULL, 0.0);
    tagged->entry = tagged_plan_add (tagged, tagged->list, BP_ROLE_LI, 1, NULL, 0.0);
    tagged->label = tagged_plan_add (tagged, tagged->entry, BP_ROLE_LBL, 1, "-", 200.0);
    tagged->body = tagged_plan_add (tagged, tagged->entry, BP_ROLE_LBODY, 1, "entry", 200.0);
    tagged->toc = tagged_plan_add (tagged, tagged->section, BP_ROLE_TOC, 1, NULL, 0.0);
    tagged->row = tagged_plan_add (tagged, tagged->toc, BP_ROLE_TOCI, 1, NULL, 0.0);
    tagged->reference = tagged_plan_add (tagged, tagged->row, BP_ROLE_REFERENCE, 1, NULL, 0.0);
    tagged->link = tagged_plan_add (tagged, tagged->reference, BP_ROLE_LINK, 1, "Part 1", 220.0);
    tagged_plan_add_box (tagged, 1, BP_BOX_TEXT, BP_ARTIFACT_FOOTER, "Page 2", 50.0, 800.0);
}

/* Writes the pages and closes the structure. The link's annotation is object 90. */
static inline void tagged_plan_draw (TaggedPlan *tagged)
{
    static const char *const names[2] = { "F1", "F2" };
    tagged->structure = bp_structure_new (tagged->plan);
    for (int i = 0; i < 2; i++)
    {
        const GArray *boxes = bp_page_plan_get_page (tagged->plan, i)->boxes;
        BpContentStream stream;
        bp_structure_begin_page (tagged->structure);
        bp_content_stream_init (&stream, 841.89, names, tagged->structure);
        for (guint j = 0; j < boxes->len; j++)
            bp_content_stream_add_box (&stream, &g_array_index (boxes, BpBox, j),
                                       j + 1 < boxes->len ? &g_array_index (boxes, BpBox, j + 1) : NULL);
        bp_content_stream_finish (&stream);
        tagged->contents[i] = g_string_new (NULL);
        for (gsize j = 0; j < stream.text->len; j++) /* codes have two bytes; the first of these is nought */
            if (stream.text->str[j] != '\0')
                g_string_append_c (tagged->contents[i], stream.text->str[j]);
        bp_content_stream_clear (&stream);
    }
    if (tagged->has_link)
        bp_structure_add_link (tagged->structure, tagged->link, 1, 90, tagged->has_link_words);
    bp_structure_close (tagged->structure);
}

static inline void tagged_plan_clear (TaggedPlan *tagged)
{
    for (int i = 0; i < 2; i++)
        if (tagged->contents[i] != NULL)
            g_string_free (tagged->contents[i], TRUE);
    bp_structure_free (tagged->structure);
    bp_fonts_free (tagged->fonts);
    bp_page_plan_free (tagged->plan);
}

#endif
