#include "render/pdf/draw.h"

#include "render/pdf/content_stream.h"
#include "render/pdf/links.h"

static void draw_page (BpPdfDocument *document, const BpPlanPage *plan_page)
{
    const char *font_names[2] = { NULL, NULL };
    HPDF_Page page = bp_pdf_document_add_page (document, plan_page->width_pt, plan_page->height_pt, font_names);
    if (page == NULL || font_names[0] == NULL || font_names[1] == NULL)
        return;
    BpContentStream stream;
    bp_content_stream_init (&stream, plan_page->height_pt, font_names);
    for (guint i = 0; i < plan_page->boxes->len; i++)
        bp_content_stream_add_box (&stream, &g_array_index (plan_page->boxes, BpBox, i));
    bp_pdf_document_set_contents (document, page, stream.text);
    bp_content_stream_clear (&stream);
}

void bp_draw_plan (BpPdfDocument *document, const BpPagePlan *plan)
{
    for (guint i = 0; i < plan->pages->len; i++)
    {
        draw_page (document, g_ptr_array_index (plan->pages, i));
        if (HPDF_GetError (bp_pdf_document_get_handle (document)) != HPDF_OK)
            return;
    }
    bp_links_add (document, plan);
    bp_bookmarks_add (document, plan);
}
