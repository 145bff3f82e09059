#ifndef BP_RENDER_PDF_PAGE_BALANCE_H
#define BP_RENDER_PDF_PAGE_BALANCE_H

#include "render/pdf/page_plan.h"

/* The first page from first on that holds a single line of content below what is repeated on every page; -1: none. A page that shows a
 * figure or on which a section begins is not one. */
int bp_page_balance_find_lonely (const BpPagePlan *plan, int first);
/* Where the lowest line of content of a page ends. 0 if it has none. */
double bp_page_balance_get_end (const BpPagePlan *plan, int page);

#endif
