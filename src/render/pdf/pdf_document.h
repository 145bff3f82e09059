#ifndef BP_RENDER_PDF_PDF_DOCUMENT_H
#define BP_RENDER_PDF_PDF_DOCUMENT_H

#include "base/error.h"
#include "render/pdf/page_plan.h"
#include "render/theme.h"

#include <hpdf.h>

/* The only code that knows the inside of libharu: objects, strings, fonts and saving. Compiled against the headers that are installed, and
 * refused if the library in use is another one. */
typedef struct BpPdfDocument BpPdfDocument;

/* Loads the two faces of the theme. */
BpPdfDocument *bp_pdf_document_new (const BpTheme *theme, GError **error);
void bp_pdf_document_free (BpPdfDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpPdfDocument, bp_pdf_document_free)

/* Whether both faces will be in the file. */
bool bp_pdf_document_has_all_fonts (const BpPdfDocument *document);
/* A BpGlyphWidth; font is the document. */
int bp_pdf_document_glyph_width (void *document, BpFace face, gunichar character);

/* A page of so many points, with both fonts ready under the names that are returned. */
HPDF_Page bp_pdf_document_add_page (BpPdfDocument *document, double width_pt, double height_pt, const char *font_names_out[2]);
HPDF_Page bp_pdf_document_get_page (BpPdfDocument *document, int page);
/* Takes the operators of a page, compressed. */
void bp_pdf_document_set_contents (BpPdfDocument *document, HPDF_Page page, const GString *operators);

/* A destination that keeps the reader's zoom: y from the page's top. */
HPDF_Array bp_pdf_document_new_destination (BpPdfDocument *document, int page, double page_height_pt, double y);
/* A text string: UTF-16BE with its mark, whatever characters it has. */
void *bp_pdf_document_new_text (BpPdfDocument *document, const char *text);
HPDF_Dict bp_pdf_document_new_object (BpPdfDocument *document); /* indirect */
unsigned bp_pdf_document_object_number (const void *object);    /* of a page or another indirect object */
HPDF_Doc bp_pdf_document_get_handle (BpPdfDocument *document);

/* Objects that are ours and cost libharu nothing: a run of count numbers, kept for them, of which the first is returned. Objects of libharu
 * may be made before and after. Runs follow each other as one list: the writer's index counts through all of them. */
unsigned bp_pdf_document_reserve_objects (BpPdfDocument *document, unsigned count);
/* A reference "number 0 R", to be added to one of libharu's dictionaries or arrays, which then owns it. NULL without memory, which
 * HPDF_Dict_Add and HPDF_Array_Add then report. */
void *bp_pdf_document_new_reference (BpPdfDocument *document, unsigned number);
/* Appends the body of object number index, as it stands between "obj" and "endobj": a dictionary, an array, anything but a stream. Called
 * in order, once for each, by bp_pdf_document_save. Without a writer the numbers stay free. */
typedef void (*BpPdfObjectWriter) (void *data, unsigned index, GString *out);
void bp_pdf_document_set_object_writer (BpPdfDocument *document, BpPdfObjectWriter append_object, void *data);

/* Fails if any call before it did, with the first of the library's errors. */
bool bp_pdf_document_check (BpPdfDocument *document, const char *path, GError **error);
/* Writes the finished file; its identifier is a digest of its bytes. Every write is checked. */
bool bp_pdf_document_save (BpPdfDocument *document, const char *path, GError **error);

#endif
