#ifndef BP_RENDER_PDF_DRAW_H
#define BP_RENDER_PDF_DRAW_H

#include "render/pdf/page_plan.h"
#include "render/pdf/pdf_document.h"

/* Draws a plan as it stands: pages, links and bookmarks. Errors are kept by the document. */
void bp_draw_plan (BpPdfDocument *document, const BpPagePlan *plan);

#endif
