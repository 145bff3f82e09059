#include "render/pdf/draw.h"
#include "render/pdf/layout.h"
#include "render/pdf/pdf_document.h"
#include "render/renderer.h"

bool bp_pdf_render (const BpPack *pack, const BpTheme *theme, const BpRenderOptions *options, const char *path, BpFigureLog *figures,
                    BpRenderReport *report, GError **error)
{
    g_autoptr (BpPdfDocument) document = bp_pdf_document_new (theme, error);
    if (document == NULL)
        return false;
    g_autoptr (BpFonts) fonts = bp_fonts_new (bp_pdf_document_glyph_width, document, report != NULL ? report->warnings : NULL);
    g_autoptr (BpPagePlan) plan = bp_layout_pack (pack, theme, fonts, figures, report);
    bp_draw_plan (document, plan);
    bp_pdf_document_set_properties (document, pack->title, pack->organisation, pack->cover_subtitle, options->producer, pack->language,
                                    options->created_at);
    return bp_pdf_document_check (document, path, error) && bp_pdf_document_save (document, path, error);
}
