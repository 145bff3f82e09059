#include "ingest/xml_part.h"

#include <string.h>

#define CHUNK_BYTES 65536
/* A workbook's elements stand a dozen deep. */
#define MAX_DEPTH 256

struct BpXmlPart
{
    BpOfficePart *part;
    XML_Parser parser;
    const BpXmlHandlers *handlers;
    void *data;
    int depth;
    bool is_last;   /* the last piece has been handed to the parser */
    bool is_paused; /* the parser has more of the piece it was given */
    char *refusal;  /* why the part cannot be read; NULL: it can */
};

static const char *local_name (const char *name)
{
    const char *colon = strchr (name, ':');
    return colon != NULL ? colon + 1 : name;
}

static void XMLCALL start_element (void *data, const XML_Char *name, const XML_Char **attributes)
{
    BpXmlPart *xml = data;
    if (++xml->depth > MAX_DEPTH)
        bp_xml_part_refuse (xml, "its elements stand more than %d deep", MAX_DEPTH);
    else if (xml->refusal == NULL)
        xml->handlers->start (xml, local_name (name), attributes, xml->data);
}

static void XMLCALL end_element (void *data, const XML_Char *name)
{
    BpXmlPart *xml = data;
    xml->depth--;
    if (xml->refusal == NULL)
        xml->handlers->end (xml, local_name (name), xml->data);
}

static void XMLCALL character_data (void *data, const XML_Char *text, int length)
{
    BpXmlPart *xml = data;
    if (xml->refusal == NULL)
        xml->handlers->text (xml, text, length, xml->data);
}

static void XMLCALL start_doctype (void *data, const XML_Char *name, const XML_Char *system, const XML_Char *public_id, int has_internal)
{
    (void)name, (void)system, (void)public_id, (void)has_internal;
    bp_xml_part_refuse (data, "it declares a document type, which no workbook has");
}

BpXmlPart *bp_xml_part_new (BpOfficePart *part, const BpXmlHandlers *handlers, void *data)
{
    BpXmlPart *xml = g_new0 (BpXmlPart, 1);
    xml->part = part;
    xml->handlers = handlers;
    xml->data = data;
    xml->parser = XML_ParserCreate (NULL);
    XML_SetUserData (xml->parser, xml);
    XML_SetElementHandler (xml->parser, start_element, end_element);
    if (handlers->text != NULL)
        XML_SetCharacterDataHandler (xml->parser, character_data);
    XML_SetStartDoctypeDeclHandler (xml->parser, start_doctype);
    return xml;
}

void bp_xml_part_free (BpXmlPart *xml)
{
    if (xml == NULL)
        return;
    XML_ParserFree (xml->parser);
    bp_office_part_free (xml->part);
    g_free (xml->refusal);
    g_free (xml);
}

void bp_xml_part_pause (BpXmlPart *xml)
{
    XML_StopParser (xml->parser, XML_TRUE);
}

void bp_xml_part_refuse (BpXmlPart *xml, const char *format, ...)
{
    if (xml->refusal != NULL)
        return;
    va_list arguments;
    va_start (arguments, format);
    xml->refusal = g_strdup_vprintf (format, arguments);
    va_end (arguments);
    XML_StopParser (xml->parser, XML_FALSE);
}

static BpXmlResult fail_parsing (BpXmlPart *xml, GError **error)
{
    const BpOfficePackage *package = bp_office_part_package (xml->part);
    g_autofree char *reason = xml->refusal != NULL ? g_strdup (xml->refusal)
                                                   : g_strdup_printf ("%s in line %lu", XML_ErrorString (XML_GetErrorCode (xml->parser)),
                                                                      (unsigned long)XML_GetCurrentLineNumber (xml->parser));
    bp_office_package_fail (package, bp_office_part_name (xml->part), reason, error);
    return BP_XML_FAILED;
}

/* Hands the next piece of the part to the parser. */
static bool feed (BpXmlPart *xml, enum XML_Status *status_out, GError **error)
{
    void *buffer = XML_GetBuffer (xml->parser, CHUNK_BYTES);
    if (buffer == NULL)
        return bp_fail (error, BP_ERROR_FAILED, "there is not enough memory to read a workbook");
    gssize length = bp_office_part_read (xml->part, buffer, CHUNK_BYTES, error);
    if (length < 0)
        return false;
    xml->is_last = length == 0;
    *status_out = XML_ParseBuffer (xml->parser, (int)length, xml->is_last);
    return true;
}

BpXmlResult bp_xml_part_parse (BpXmlPart *xml, GError **error)
{
    for (;;)
    {
        enum XML_Status status = XML_STATUS_OK;
        if (xml->is_paused)
            status = XML_ResumeParser (xml->parser);
        else if (xml->is_last)
            return BP_XML_ENDED;
        else if (!feed (xml, &status, error))
            return BP_XML_FAILED;
        xml->is_paused = status == XML_STATUS_SUSPENDED;
        if (status == XML_STATUS_ERROR || xml->refusal != NULL)
            return fail_parsing (xml, error);
        if (xml->is_paused)
            return BP_XML_PAUSED;
    }
}

const char *bp_xml_attribute (const char **attributes, const char *name)
{
    for (int i = 0; attributes[i] != NULL; i += 2)
        if (strcmp (local_name (attributes[i]), name) == 0)
            return attributes[i + 1];
    return NULL;
}

bool bp_xml_attribute_is_true (const char **attributes, const char *name)
{
    const char *value = bp_xml_attribute (attributes, name);
    return value != NULL && (strcmp (value, "1") == 0 || strcmp (value, "true") == 0);
}

bool bp_xml_part_read (const BpOfficePackage *package, const char *part, guint64 max_bytes, const BpXmlHandlers *handlers, void *data,
                       GError **error)
{
    BpOfficePart *opened = bp_office_part_open (package, part, max_bytes, error);
    if (opened == NULL)
        return false;
    g_autoptr (BpXmlPart) xml = bp_xml_part_new (opened, handlers, data);
    return bp_xml_part_parse (xml, error) == BP_XML_ENDED;
}
