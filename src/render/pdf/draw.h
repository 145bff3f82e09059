#ifndef BP_RENDER_PDF_DRAW_H
#define BP_RENDER_PDF_DRAW_H

#include "render/pdf/page_plan.h"
#include "render/pdf/pdf_document.h"
#include "render/pdf/structure.h"

/* Draws a plan as it stands: pages, links and bookmarks. What is drawn for which element is noted in structure, which may be NULL: then
 * nothing is marked. Boxes are given up as they are drawn, but for links: beside what the document makes of them they are the largest thing
 * there is. Errors are kept by the document. */
void bp_draw_plan (BpPdfDocument *document, BpPagePlan *plan, BpStructure *structure);

#endif
