#include "render/pdf/links.h"

#define DEEPEST_LEVEL 6

/* The nearest bookmark above that is of a higher level. */
static HPDF_Outline find_parent (const HPDF_Outline *last_of_level, int level)
{
    for (int above = level - 1; above > 0; above--)
        if (last_of_level[above] != NULL)
            return last_of_level[above];
    return NULL;
}

void bp_bookmarks_add (BpPdfDocument *document, const BpPagePlan *plan)
{
    HPDF_Outline last_of_level[DEEPEST_LEVEL + 1] = { NULL };
    for (guint i = 0; i < plan->bookmarks->len; i++)
    {
        const BpBookmark *bookmark = &g_array_index (plan->bookmarks, BpBookmark, i);
        const int level = CLAMP (bookmark->level, 1, DEEPEST_LEVEL);
        HPDF_Outline outline = HPDF_CreateOutline (bp_pdf_document_get_handle (document), find_parent (last_of_level, level), "-", NULL);
        if (outline == NULL)
            return;
        HPDF_Dict_Add (outline, "Title", bp_pdf_document_new_text (document, bookmark->title));
        HPDF_Dict_Add (outline, "Dest",
                       bp_pdf_document_new_destination (document, bookmark->page, bp_page_plan_get_page (plan, bookmark->page)->height_pt,
                                                        bookmark->y));
        HPDF_Outline_SetOpened (outline, HPDF_FALSE);
        last_of_level[level] = outline;
        for (int below = level + 1; below <= DEEPEST_LEVEL; below++)
            last_of_level[below] = NULL;
    }
}
