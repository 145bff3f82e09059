#include "render/pdf/metadata.h"

#define PDFUA_NAMESPACE "http://www.aiim.org/pdfua/ns/id/"

char *bp_metadata_dup_text (const char *text)
{
    if (text == NULL)
        return NULL;
    g_autofree char *valid = g_utf8_make_valid (text, -1);
    GString *clean = g_string_new (NULL);
    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
        const gunichar character = g_utf8_get_char (at);
        const bool is_printable = character >= 0x20 && !(character >= 0x7F && character <= 0x9F) && (character & 0xFFFE) != 0xFFFE;
        g_string_append_unichar (clean, is_printable ? character : ' ');
    }
    return g_string_free (clean, FALSE);
}

char *bp_metadata_dup_date (gint64 seconds, bool is_xmp)
{
    g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (seconds);
    return date == NULL ? NULL : g_date_time_format (date, is_xmp ? "%Y-%m-%dT%H:%M:%SZ" : "D:%Y%m%d%H%M%SZ");
}

/* A property: start and end stand around its text, which is left out whole if there is none. */
static void append_property (GString *xmp, const char *start, const char *text, const char *end)
{
    g_autofree char *clean = bp_metadata_dup_text (text);
    if (clean == NULL || *clean == '\0')
        return;
    g_autofree char *escaped = g_markup_escape_text (clean, -1);
    g_string_append_printf (xmp, "%s%s%s\n", start, escaped, end);
}

static void append_dublin_core (GString *xmp, const BpMetadata *metadata)
{
    g_string_append (xmp, "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
                          "<dc:format>application/pdf</dc:format>\n");
    append_property (xmp, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", metadata->title, "</rdf:li></rdf:Alt></dc:title>");
    append_property (xmp, "<dc:creator><rdf:Seq><rdf:li>", metadata->organisation, "</rdf:li></rdf:Seq></dc:creator>");
    append_property (xmp, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">", metadata->description,
                     "</rdf:li></rdf:Alt></dc:description>");
    append_property (xmp, "<dc:language><rdf:Bag><rdf:li>", metadata->language, "</rdf:li></rdf:Bag></dc:language>");
    g_string_append (xmp, "</rdf:Description>\n");
}

static void append_dates (GString *xmp, const BpMetadata *metadata)
{
    g_autofree char *date = bp_metadata_dup_date (metadata->created_at, true);
    g_string_append (xmp, "<rdf:Description rdf:about=\"\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n");
    append_property (xmp, "<xmp:CreateDate>", date, "</xmp:CreateDate>");
    append_property (xmp, "<xmp:ModifyDate>", date, "</xmp:ModifyDate>");
    append_property (xmp, "<xmp:CreatorTool>", metadata->producer, "</xmp:CreatorTool>");
    g_string_append (xmp, "</rdf:Description>\n"
                          "<rdf:Description rdf:about=\"\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n");
    append_property (xmp, "<pdf:Producer>", metadata->producer, "</pdf:Producer>");
    g_string_append (xmp, "</rdf:Description>\n");
}

static void append_pdfua (GString *xmp)
{
    g_string_append (xmp, "<rdf:Description rdf:about=\"\" xmlns:pdfuaid=\"" PDFUA_NAMESPACE "\">\n"
                          "<pdfuaid:part>1</pdfuaid:part>\n"
                          "</rdf:Description>\n");
}

/* PDF/A knows the properties of XMP alone: others are described in the packet (ISO 19005-2, 6.6.2.3). */
static void append_pdfa (GString *xmp, bool describes_pdfua)
{
    g_string_append (xmp, "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n"
                          "<pdfaid:part>2</pdfaid:part>\n"
                          "<pdfaid:conformance>A</pdfaid:conformance>\n"
                          "</rdf:Description>\n");
    if (!describes_pdfua)
        return;
    g_string_append (xmp, "<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
                          " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
                          " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
                          "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
                          "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\n"
                          "<pdfaSchema:namespaceURI>" PDFUA_NAMESPACE "</pdfaSchema:namespaceURI>\n"
                          "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
                          "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
                          "<pdfaProperty:name>part</pdfaProperty:name>\n"
                          "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
                          "<pdfaProperty:category>internal</pdfaProperty:category>\n"
                          "<pdfaProperty:description>The part of ISO 14289 that the file follows</pdfaProperty:description>\n"
                          "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
                          "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n"
                          "</rdf:Description>\n");
}

char *bp_metadata_dup_xmp (const BpMetadata *metadata)
{
    GString *xmp = g_string_new ("<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                                 "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                                 "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
    append_dublin_core (xmp, metadata);
    append_dates (xmp, metadata);
    if (metadata->is_pdfua)
        append_pdfua (xmp);
    if (metadata->is_pdfa)
        append_pdfa (xmp, metadata->is_pdfua);
    g_string_append (xmp, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>");
    return g_string_free (xmp, FALSE);
}
