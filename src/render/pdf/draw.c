#include "render/pdf/draw.h"

#include "render/pdf/content_stream.h"
#include "render/pdf/links.h"

static void draw_page (BpPdfDocument *document, const BpPlanPage *plan_page, BpStructure *structure)
{
    const char *font_names[2] = { NULL, NULL };
    HPDF_Page page = bp_pdf_document_add_page (document, plan_page->width_pt, plan_page->height_pt, font_names);
    if (page == NULL || font_names[0] == NULL || font_names[1] == NULL)
        return;
    BpContentStream stream;
    bp_content_stream_init (&stream, plan_page->height_pt, font_names, structure);
    if (structure != NULL)
        bp_structure_begin_page (structure);
    const BpBox *boxes = (const BpBox *)(void *)plan_page->boxes->data;
    for (guint i = 0; i < plan_page->boxes->len; i++)
        bp_content_stream_add_box (&stream, &boxes[i], i + 1 < plan_page->boxes->len ? &boxes[i + 1] : NULL);
    bp_content_stream_finish (&stream);
    if (structure != NULL)
        HPDF_Dict_AddNumber (page, "StructParents", (HPDF_INT32)(structure->page_starts->len - 1));
    bp_pdf_document_set_contents (document, page, stream.text);
    bp_content_stream_clear (&stream);
}

static void keep_links_alone (BpPlanPage *page)
{
    GArray *links = g_array_new (FALSE, TRUE, sizeof (BpBox));
    for (guint i = 0; i < page->boxes->len; i++)
    {
        const BpBox *box = &g_array_index (page->boxes, BpBox, i);
        if (box->kind == BP_BOX_LINK)
            g_array_append_vals (links, box, 1);
    }
    g_array_unref (page->boxes);
    page->boxes = links;
}

void bp_draw_plan (BpPdfDocument *document, BpPagePlan *plan, BpStructure *structure)
{
    for (guint i = 0; i < plan->pages->len; i++)
    {
        BpPlanPage *page = g_ptr_array_index (plan->pages, i);
        draw_page (document, page, structure);
        keep_links_alone (page);
        if (HPDF_GetError (bp_pdf_document_get_handle (document)) != HPDF_OK)
            return;
    }
    bp_links_add (document, plan, structure);
    bp_bookmarks_add (document, plan);
}
