#include "render/pdf/catalog.h"
#include "render/pdf/conformance.h"
#include "render/pdf/draw.h"
#include "render/pdf/layout.h"
#include "render/pdf/structure_writer.h"
#include "render/renderer.h"

#define USUAL_LANGUAGE "en-GB"

static void add_unmarked (BpRenderReport *report, const char *standard, const char *reason)
{
    if (report != NULL)
        g_ptr_array_add (report->unmarked, g_strdup_printf ("it does not say that it is %s: %s", standard, reason));
}

/* The file says that it keeps the standards only if it does: what is missing goes into the report. */
static void set_marks (BpPdfDocument *document, BpConformance *conformance, const BpStructure *structure, const BpTheme *theme,
                       BpMetadata *metadata, BpRenderReport *report)
{
    g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
    bp_conformance_check (conformance, structure, bp_pdf_document_has_all_fonts (document), metadata, faults);
    for (guint i = 0; i < faults->len; i++)
        add_unmarked (report, "accessible (PDF/UA-1)", g_ptr_array_index (faults, i));
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) profile = bp_colour_profile_load (theme->colour_profile, &error);
    if (profile != NULL)
        bp_catalog_set_colour_profile (document, profile);
    else
        add_unmarked (report, "fit to be kept (PDF/A-2a)", error->message);
    metadata->is_pdfua = faults->len == 0;
    metadata->is_pdfa = metadata->is_pdfua && profile != NULL;
}

bool bp_pdf_render (const BpPack *pack, const BpTheme *theme, const BpRenderOptions *options, const char *path, BpFigureLog *figures,
                    BpRenderReport *report, GError **error)
{
    g_autoptr (BpPdfDocument) document = bp_pdf_document_new (theme, error);
    if (document == NULL)
        return false;
    g_autoptr (BpFonts) fonts = bp_fonts_new (bp_pdf_document_glyph_width, document, report != NULL ? report->undrawn : NULL);
    g_autoptr (BpPagePlan) plan = bp_layout_pack (pack, theme, fonts, figures, report);
    g_autoptr (BpConformance) conformance = bp_conformance_new (plan, fonts);
    g_autoptr (BpStructure) structure = bp_structure_new (plan);
    bp_draw_plan (document, plan, structure);
    if (!bp_pdf_document_check (document, path, error))
        return false;
    bp_structure_close (structure);
    g_autoptr (BpStructureWriter) writer = bp_structure_writer_new (document, structure);
    bp_catalog_set_structure (document, bp_structure_writer_get_root (writer));
    bp_catalog_set_page_labels (document);
    BpMetadata metadata = { .title = pack->title,
                            .organisation = pack->organisation,
                            .description = pack->cover_subtitle,
                            .producer = options->producer,
                            .language = pack->language != NULL ? pack->language : USUAL_LANGUAGE,
                            .created_at = options->created_at };
    set_marks (document, conformance, structure, theme, &metadata, report);
    bp_catalog_set_metadata (document, &metadata);
    return bp_pdf_document_check (document, path, error) && bp_pdf_document_save (document, path, error);
}
