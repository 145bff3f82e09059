#ifndef BP_RENDER_PDF_LAYOUT_H
#define BP_RENDER_PDF_LAYOUT_H

#include "render/figure_log.h"
#include "render/pdf/fonts.h"
#include "render/pdf/page_plan.h"
#include "render/renderer.h"

/* Decides every page of a pack. Pure: the pack and the fonts' widths go in, the plan comes out. figures (may be NULL) takes each figure
 * with its page; report takes page counts and warnings. */
BpPagePlan *bp_layout_pack (const BpPack *pack, const BpTheme *theme, BpFonts *fonts, BpFigureLog *figures, BpRenderReport *report);

#endif
