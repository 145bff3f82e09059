#ifndef BP_RENDER_PDF_LINKS_H
#define BP_RENDER_PDF_LINKS_H

#include "render/pdf/page_plan.h"
#include "render/pdf/pdf_document.h"
#include "render/pdf/structure.h"

/* Annotations for every link box of a plan, noted in structure (NULL: not at all); links to sections that are not in it are left out. All
 * pages must be there. */
void bp_links_add (BpPdfDocument *document, const BpPagePlan *plan, BpStructure *structure);
/* The outline that readers show beside the pages. */
void bp_bookmarks_add (BpPdfDocument *document, const BpPagePlan *plan);

#endif
