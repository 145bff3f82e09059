#ifndef BP_RENDER_PDF_PDF_FONT_H
#define BP_RENDER_PDF_PDF_FONT_H

#include <glib.h>
#include <hpdf.h>

#define BP_FONT_CODES 65536 /* codes are UTF-16 units */

/* Cuts what is written of an embedded face down to the codes in use (a flag for each): libharu itself cuts the outlines alone, and
 * describes all codes. Call once, when no more text is measured, before the document is saved. */
HPDF_STATUS bp_pdf_font_trim (HPDF_Font font, const guint8 used[BP_FONT_CODES]);

#endif
