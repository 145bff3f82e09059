#include "render/pdf/catalog.h"

#include <string.h>

#define PROFILE_HEADER 128 /* bytes (ICC.1, 7.2) */

/* ---- metadata ---- */

static void set_info (BpPdfDocument *document, const char *key, const char *text)
{
    HPDF_Dict info = bp_pdf_document_get_handle (document)->info;
    g_autofree char *clean = bp_metadata_dup_text (text);
    if (info != NULL && clean != NULL && *clean != '\0')
        HPDF_Dict_Add (info, key, bp_pdf_document_new_text (document, clean));
}

static void set_info_date (BpPdfDocument *document, const char *key, gint64 seconds)
{
    HPDF_Doc handle = bp_pdf_document_get_handle (document);
    g_autofree char *date = bp_metadata_dup_date (seconds, false);
    if (handle->info != NULL && date != NULL)
        HPDF_Dict_Add (handle->info, key, HPDF_String_New (handle->mmgr, date, NULL));
}

static void set_information (BpPdfDocument *document, const BpMetadata *metadata)
{
    HPDF_SetInfoAttr (bp_pdf_document_get_handle (document), HPDF_INFO_PRODUCER, "-"); /* makes the dictionary */
    set_info (document, "Title", metadata->title);
    set_info (document, "Author", metadata->organisation);
    set_info (document, "Subject", metadata->description);
    set_info (document, "Creator", metadata->producer);
    set_info (document, "Producer", metadata->producer);
    set_info_date (document, "CreationDate", metadata->created_at);
    set_info_date (document, "ModDate", metadata->created_at);
}

/* A stream with a dictionary of its own, in full: what reads metadata need not know how to unpack it. */
static HPDF_Dict add_stream (BpPdfDocument *document, const void *bytes, gsize length)
{
    HPDF_Doc handle = bp_pdf_document_get_handle (document);
    HPDF_Dict stream = HPDF_DictStream_New (handle->mmgr, handle->xref);
    if (stream != NULL)
        HPDF_Stream_Write (stream->stream, bytes, (HPDF_UINT)length);
    return stream;
}

void bp_catalog_set_metadata (BpPdfDocument *document, const BpMetadata *metadata)
{
    HPDF_Doc handle = bp_pdf_document_get_handle (document);
    set_information (document, metadata);
    g_autofree char *xmp = bp_metadata_dup_xmp (metadata);
    HPDF_Dict stream = add_stream (document, xmp, strlen (xmp)), preferences = HPDF_Dict_New (handle->mmgr);
    if (stream == NULL || preferences == NULL)
        return;
    HPDF_Dict_AddName (stream, "Type", "Metadata");
    HPDF_Dict_AddName (stream, "Subtype", "XML");
    HPDF_Dict_Add (handle->catalog, "Metadata", stream);
    HPDF_Dict_AddBoolean (preferences, "DisplayDocTitle", HPDF_TRUE);
    HPDF_Dict_Add (handle->catalog, "ViewerPreferences", preferences);
    HPDF_Dict_Add (handle->catalog, "Lang", HPDF_String_New (handle->mmgr, metadata->language, NULL));
}

/* ---- structure and pages ---- */

void bp_catalog_set_structure (BpPdfDocument *document, unsigned root)
{
    HPDF_Doc handle = bp_pdf_document_get_handle (document);
    HPDF_Dict mark = HPDF_Dict_New (handle->mmgr);
    if (mark == NULL)
        return;
    HPDF_Dict_AddBoolean (mark, "Marked", HPDF_TRUE);
    HPDF_Dict_Add (handle->catalog, "MarkInfo", mark);
    HPDF_Dict_Add (handle->catalog, "StructTreeRoot", bp_pdf_document_new_reference (document, root));
}

void bp_catalog_set_page_labels (BpPdfDocument *document)
{
    HPDF_AddPageLabel (bp_pdf_document_get_handle (document), 0, HPDF_PAGE_NUM_STYLE_DECIMAL, 1, NULL);
}

/* ---- colours ---- */

GBytes *bp_colour_profile_load (const char *path, GError **error)
{
    g_autofree char *bytes = NULL;
    gsize length = 0;
    if (!g_file_get_contents (path, &bytes, &length, NULL))
    {
        bp_fail (error, BP_ERROR_RENDER, "%s cannot be read; install the package icc-profiles-free", path);
        return NULL;
    }
    if (length < PROFILE_HEADER || memcmp (bytes + 36, "acsp", 4) != 0 || memcmp (bytes + 12, "mntr", 4) != 0
        || memcmp (bytes + 16, "RGB ", 4) != 0)
    {
        bp_fail (error, BP_ERROR_RENDER, "%s is not the ICC profile of an RGB screen", path);
        return NULL;
    }
    return g_bytes_new_take (g_steal_pointer (&bytes), length);
}

void bp_catalog_set_colour_profile (BpPdfDocument *document, GBytes *profile)
{
    HPDF_Doc handle = bp_pdf_document_get_handle (document);
    gsize length = 0;
    const void *bytes = g_bytes_get_data (profile, &length);
    HPDF_Dict stream = add_stream (document, bytes, length), intent = bp_pdf_document_new_object (document);
    HPDF_Array intents = HPDF_Array_New (handle->mmgr);
    if (stream == NULL || intent == NULL || intents == NULL)
        return;
    stream->filter = HPDF_STREAM_FILTER_FLATE_DECODE;
    HPDF_Dict_AddNumber (stream, "N", 3);
    HPDF_Dict_AddName (intent, "Type", "OutputIntent");
    HPDF_Dict_AddName (intent, "S", "GTS_PDFA1");
    HPDF_Dict_Add (intent, "OutputConditionIdentifier", HPDF_String_New (handle->mmgr, "sRGB", NULL));
    HPDF_Dict_Add (intent, "Info", HPDF_String_New (handle->mmgr, "sRGB IEC61966-2.1", NULL));
    HPDF_Dict_Add (intent, "RegistryName", HPDF_String_New (handle->mmgr, "http://www.color.org", NULL));
    HPDF_Dict_Add (intent, "DestOutputProfile", stream);
    HPDF_Array_Add (intents, intent);
    HPDF_Dict_Add (handle->catalog, "OutputIntents", intents);
}
