#include "render/pdf/pdf_document.h"

#include "render/pdf/pdf_font.h"
#include "render/pdf/pdf_save.h"

#include <string.h>
#include <zlib.h>

#define KIDS_PER_NODE 64 /* a flat page tree ends at 32,767 pages */
#define MAX_NUMBER HPDF_LIMIT_MAX_XREF_ELEMENT

struct BpPdfDocument
{
    HPDF_Doc handle;
    HPDF_Font fonts[2];
    HPDF_FontDef definitions[2];
    guint8 used[2][BP_FONT_CODES]; /* flags: codes whose width was asked */
    HPDF_Dict resources;           /* of all pages; NULL before the first */
    GPtrArray *pages;              /* of HPDF_Page */
    HPDF_STATUS first_error, first_detail;
    BpPdfOwnObjects own;
};

/* ---- errors ---- */

/* Does not jump: later calls fail quietly, and the first error is what is reported. */
static void note_error (HPDF_STATUS error, HPDF_STATUS detail, void *data)
{
    BpPdfDocument *document = data;
    if (document->first_error != HPDF_OK)
        return;
    document->first_error = error;
    document->first_detail = detail;
}

static const char *explain (HPDF_STATUS error)
{
    switch (error)
    {
    case HPDF_FAILD_TO_ALLOC_MEM:
        return "out of memory";
    case HPDF_FILE_IO_ERROR:
    case HPDF_FILE_OPEN_ERROR:
        return "a file could not be read";
    case HPDF_INVALID_TTC_FILE:
    case HPDF_TTF_INVALID_CMAP:
    case HPDF_TTF_INVALID_FOMAT:
    case HPDF_TTF_MISSING_TABLE:
    case HPDF_TTF_CANNOT_EMBEDDING_FONT:
        return "the font cannot be used";
    case HPDF_ARRAY_COUNT_ERR:
    case HPDF_DICT_COUNT_ERR:
    case HPDF_XREF_COUNT_ERR:
        return "the document is too large";
    default:
        return "internal error of the PDF library";
    }
}

bool bp_pdf_document_check (BpPdfDocument *document, const char *path, GError **error)
{
    if (document->first_error == HPDF_OK && HPDF_GetError (document->handle) != HPDF_OK)
        note_error (HPDF_GetError (document->handle), HPDF_GetErrorDetail (document->handle), document); /* some paths call no handler */
    if (document->first_error == HPDF_OK)
        return true;
    return bp_fail (error, BP_ERROR_RENDER, "%s: %s (libharu error 0x%04lX, detail %lu)", path, explain (document->first_error),
                    (unsigned long)document->first_error, (unsigned long)document->first_detail);
}

/* ---- set-up ---- */

static bool load_font (BpPdfDocument *document, BpFace face, const char *path, GError **error)
{
    const char *name = HPDF_LoadTTFontFromFile (document->handle, path, HPDF_TRUE);
    HPDF_Font font = name == NULL ? NULL : HPDF_GetFont (document->handle, name, "UTF-8");
    if (font == NULL)
    {
        bp_pdf_document_check (document, path, error);
        if (error != NULL && *error == NULL)
            bp_fail (error, BP_ERROR_RENDER, "%s: the font cannot be loaded", path);
        return false;
    }
    document->fonts[face] = font;
    document->definitions[face] = ((HPDF_FontAttr)font->attr)->fontdef;
    return true;
}

BpPdfDocument *bp_pdf_document_new (const BpTheme *theme, GError **error)
{
    if (strcmp (HPDF_GetVersion (), HPDF_VERSION_TEXT) != 0)
    {
        bp_fail (error, BP_ERROR_RENDER, "libharu %s is installed, but this program was built for %s; build it again", HPDF_GetVersion (),
                 HPDF_VERSION_TEXT);
        return NULL;
    }
    g_autoptr (BpPdfDocument) document = g_new0 (BpPdfDocument, 1);
    document->pages = g_ptr_array_new ();
    document->own.runs = g_array_new (FALSE, FALSE, sizeof (BpPdfRun));
    document->handle = HPDF_New (note_error, document);
    if (document->handle == NULL)
    {
        bp_fail (error, BP_ERROR_RENDER, "the PDF library could not be started: out of memory");
        return NULL;
    }
    document->handle->pdf_version = HPDF_VER_17;
    HPDF_UseUTFEncodings (document->handle);
    HPDF_SetCompressionMode (document->handle, HPDF_COMP_ALL);
    HPDF_SetPagesConfiguration (document->handle, KIDS_PER_NODE);
    HPDF_SetPageMode (document->handle, HPDF_PAGE_MODE_USE_OUTLINE);
    if (!load_font (document, BP_FACE_REGULAR, theme->font_regular, error) || !load_font (document, BP_FACE_BOLD, theme->font_bold, error))
        return NULL;
    return g_steal_pointer (&document);
}

void bp_pdf_document_free (BpPdfDocument *document)
{
    if (document == NULL)
        return;
    if (document->handle != NULL)
        HPDF_Free (document->handle);
    g_ptr_array_unref (document->pages);
    g_array_unref (document->own.runs);
    g_free (document);
}

HPDF_Doc bp_pdf_document_get_handle (BpPdfDocument *document)
{
    return document->handle;
}

int bp_pdf_document_glyph_width (void *data, BpFace face, gunichar character)
{
    BpPdfDocument *document = data;
    if (HPDF_TTFontDef_GetGlyphid (document->definitions[face], (HPDF_UINT16)character) == 0)
        return -1;
    document->used[face][(guint16)character] = 1;
    return HPDF_TTFontDef_GetCharWidth (document->definitions[face], (HPDF_UINT16)character); /* also marks the glyph for the subset */
}

/* ---- objects ---- */

HPDF_Dict bp_pdf_document_new_object (BpPdfDocument *document)
{
    HPDF_Dict dict = HPDF_Dict_New (document->handle->mmgr);
    if (dict != NULL)
        HPDF_Xref_Add (document->handle->xref, dict);
    return dict;
}

unsigned bp_pdf_document_object_number (const void *object)
{
    return bp_pdf_number_of (object);
}

unsigned bp_pdf_document_reserve_objects (BpPdfDocument *document, unsigned count)
{
    HPDF_Xref xref = document->handle->xref;
    if (count > MAX_NUMBER - MIN (xref->start_offset + xref->entries->count, MAX_NUMBER))
    {
        note_error (HPDF_XREF_COUNT_ERR, 0, document);
        return 0;
    }
    const BpPdfRun run = { bp_pdf_skip_numbers (document->handle, count), count };
    g_array_append_val (document->own.runs, run);
    return run.first;
}

void bp_pdf_document_set_object_writer (BpPdfDocument *document, BpPdfObjectWriter append_object, void *data)
{
    document->own.append_object = append_object;
    document->own.data = data;
}

/* What libharu writes as a reference, and the number it refers to: one block, so that freeing the first frees both. */
typedef struct
{
    HPDF_Proxy_Rec proxy;
    HPDF_Obj_Header target;
} Reference;

void *bp_pdf_document_new_reference (BpPdfDocument *document, unsigned number)
{
    Reference *reference = HPDF_GetMem (document->handle->mmgr, sizeof *reference);
    if (reference == NULL)
        return NULL;
    *reference = (Reference){ .proxy = { .header = { .obj_class = HPDF_OCLASS_PROXY }, .obj = &reference->target },
                              .target = { .obj_id = number | HPDF_OTYPE_INDIRECT } };
    return reference;
}

void *bp_pdf_document_new_text (BpPdfDocument *document, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid (text, -1);
    glong length = 0;
    g_autofree gunichar2 *units = g_utf8_to_utf16 (valid, -1, NULL, &length, NULL);
    g_autoptr (GByteArray) bytes = g_byte_array_new ();
    const guint8 mark[2] = { 0xFE, 0xFF };
    g_byte_array_append (bytes, mark, 2);
    for (glong i = 0; i < length; i++)
    {
        const guint8 unit[2] = { (guint8)(units[i] >> 8), (guint8)(units[i] & 0xFF) };
        g_byte_array_append (bytes, unit, 2);
    }
    return HPDF_Binary_New (document->handle->mmgr, bytes->data, bytes->len);
}

HPDF_Page bp_pdf_document_get_page (BpPdfDocument *document, int page)
{
    return g_ptr_array_index (document->pages, (guint)page);
}

HPDF_Array bp_pdf_document_new_destination (BpPdfDocument *document, int page, double page_height_pt, double y)
{
    HPDF_Array array = HPDF_Array_New (document->handle->mmgr);
    if (array == NULL)
        return NULL;
    HPDF_Array_Add (array, bp_pdf_document_get_page (document, page));
    HPDF_Array_AddName (array, "XYZ");
    HPDF_Array_AddReal (array, 0);
    HPDF_Array_AddReal (array, (HPDF_REAL)MAX (page_height_pt - MAX (y - 12.0, 0.0), 0.0));
    HPDF_Array_Add (array, HPDF_Null_New (document->handle->mmgr));
    return array;
}

/* ---- pages ---- */

static const char *const font_names[2] = { "F1", "F2" };

/* One for all pages. */
static HPDF_Dict get_resources (BpPdfDocument *document)
{
    if (document->resources != NULL)
        return document->resources;
    document->resources = bp_pdf_document_new_object (document);
    HPDF_Dict fonts = HPDF_Dict_New (document->handle->mmgr);
    if (document->resources == NULL || HPDF_Dict_Add (document->resources, "Font", fonts) != HPDF_OK)
        return NULL;
    for (int face = 0; face < 2; face++)
        HPDF_Dict_Add (fonts, font_names[face], document->fonts[face]);
    return document->resources;
}

HPDF_Page bp_pdf_document_add_page (BpPdfDocument *document, double width_pt, double height_pt, const char *font_names_out[2])
{
    HPDF_Page page = HPDF_AddPage (document->handle);
    if (page == NULL)
        return NULL;
    g_ptr_array_add (document->pages, page);
    HPDF_Page_SetWidth (page, (HPDF_REAL)width_pt);
    HPDF_Page_SetHeight (page, (HPDF_REAL)height_pt);
    for (int face = 0; face < 2; face++)
        font_names_out[face] = font_names[face];
    HPDF_Dict_Add (page, "Resources", get_resources (document)); /* in place of an own one, with names of a hundred bytes */
    HPDF_Dict_AddName (page, "Tabs", "S");
    return page;
}

static HPDF_STATUS write_flate_filter (HPDF_Dict contents, HPDF_Stream stream)
{
    (void)contents;
    return HPDF_Stream_WriteStr (stream, "/Filter /FlateDecode\012");
}

void bp_pdf_document_set_contents (BpPdfDocument *document, HPDF_Page page, const GString *operators)
{
    HPDF_PageAttr attributes = (HPDF_PageAttr)page->attr;
    uLongf length = compressBound ((uLong)operators->len);
    g_autofree Bytef *packed = g_malloc (length);
    if (compress2 (packed, &length, (const Bytef *)operators->str, (uLong)operators->len, BP_PDF_DEFLATE_LEVEL) != Z_OK)
    {
        note_error (HPDF_FAILD_TO_ALLOC_MEM, 0, document);
        return;
    }
    /* kept until the file is written, so no larger than it must be: libharu's own has room for four kilobytes */
    HPDF_Stream exact = HPDF_MemStream_New (document->handle->mmgr, (HPDF_UINT)length);
    if (exact == NULL)
        return; /* which libharu has noted */
    HPDF_Stream_Free (attributes->stream);
    attributes->stream = attributes->contents->stream = exact;
    attributes->contents->filter = HPDF_STREAM_FILTER_NONE; /* compressed already: it is only copied */
    attributes->contents->write_fn = write_flate_filter;
    HPDF_Stream_Write (exact, packed, (HPDF_UINT)length);
}

bool bp_pdf_document_has_all_fonts (const BpPdfDocument *document)
{
    for (int face = 0; face < 2; face++)
        if (!((HPDF_TTFontDefAttr)document->definitions[face]->attr)->embedding)
            return false;
    return true;
}

/* ---- saving ---- */

bool bp_pdf_document_save (BpPdfDocument *document, const char *path, GError **error)
{
    HPDF_STATUS status = HPDF_OK;
    for (int face = 0; face < 2 && status == HPDF_OK; face++)
        status = bp_pdf_font_trim (document->fonts[face], document->used[face]);
    if (status != HPDF_OK)
        note_error (status, 0, document);
    if (!bp_pdf_document_check (document, path, error))
        return false;
    g_autoptr (GError) failure = NULL;
    if (bp_pdf_save (document->handle, &document->own, path, &status, &failure))
        return true;
    if (failure != NULL)
    {
        g_propagate_error (error, g_steal_pointer (&failure));
        return false;
    }
    note_error (status, 0, document);
    return bp_pdf_document_check (document, path, error);
}
