#include "render/pdf/links.h"

static void add_annotation (BpPdfDocument *document, HPDF_Page page, HPDF_Dict annotation)
{
    HPDF_Array list = HPDF_Dict_GetItem (page, "Annots", HPDF_OCLASS_ARRAY);
    if (list == NULL)
    {
        list = HPDF_Array_New (bp_pdf_document_get_handle (document)->mmgr);
        HPDF_Dict_Add (page, "Annots", list);
    }
    HPDF_Array_Add (list, annotation);
}

static void add_link (BpPdfDocument *document, const BpPagePlan *plan, BpStructure *structure, int number, const BpBox *box)
{
    const BpAnchor *anchor = bp_page_plan_find_anchor (plan, box->text);
    if (anchor == NULL)
        return;
    const double height = bp_page_plan_get_page (plan, number)->height_pt;
    HPDF_Dict annotation = bp_pdf_document_new_object (document);
    HPDF_Array rectangle = HPDF_Array_New (bp_pdf_document_get_handle (document)->mmgr);
    HPDF_Array border = HPDF_Array_New (bp_pdf_document_get_handle (document)->mmgr);
    if (annotation == NULL || rectangle == NULL || border == NULL)
        return;
    const double corners[4] = { box->x, height - box->y - box->height, box->x + box->width, height - box->y };
    for (int i = 0; i < 4; i++)
        HPDF_Array_AddReal (rectangle, (HPDF_REAL)corners[i]);
    for (int i = 0; i < 3; i++)
        HPDF_Array_AddNumber (border, 0);
    HPDF_Dict_AddName (annotation, "Type", "Annot");
    HPDF_Dict_AddName (annotation, "Subtype", "Link");
    HPDF_Dict_AddNumber (annotation, "F", 4); /* printed with the page */
    HPDF_Dict_Add (annotation, "Rect", rectangle);
    HPDF_Dict_Add (annotation, "Border", border);
    const char *contents = box->description != NULL ? box->description : box->text;
    HPDF_Dict_Add (annotation, "Contents", bp_pdf_document_new_text (document, contents));
    HPDF_Dict_Add (
        annotation, "Dest",
        bp_pdf_document_new_destination (document, anchor->page, bp_page_plan_get_page (plan, anchor->page)->height_pt, anchor->y));
    if (structure != NULL)
        HPDF_Dict_AddNumber (
            annotation, "StructParent",
            bp_structure_add_link (structure, box->element, number, bp_pdf_document_object_number (annotation), *contents != '\0'));
    add_annotation (document, bp_pdf_document_get_page (document, number), annotation);
}

void bp_links_add (BpPdfDocument *document, const BpPagePlan *plan, BpStructure *structure)
{
    for (guint i = 0; i < plan->pages->len; i++)
    {
        const BpPlanPage *page = g_ptr_array_index (plan->pages, i);
        for (guint j = 0; j < page->boxes->len; j++)
        {
            const BpBox *box = &g_array_index (page->boxes, BpBox, j);
            if (box->kind == BP_BOX_LINK)
                add_link (document, plan, structure, (int)i, box);
        }
    }
}
