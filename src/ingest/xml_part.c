#include "ingest/xml_part.h"

#include <string.h>

#define CHUNK_BYTES 65536
#define RECENT_NAMES 64

struct BpXmlPart
{
    BpOfficePart *part;
    XML_Parser parser;
    const BpXmlHandlers *handlers;
    void *data;
    int depth;
    gint64 fed;                       /* bytes handed to the parser */
    GHashTable *names;                /* of elements and attributes: a set */
    const char *recent[RECENT_NAMES]; /* of them, so that nearly every name is known at a glance */
    bool is_last;                     /* the last piece has been handed to the parser */
    bool is_paused;                   /* the parser has more of the piece it was given */
    char *refusal;                    /* why the part cannot be read; NULL: it can */
};

static const char *local_name (const char *name)
{
    const char *colon = strchr (name, ':');
    return colon != NULL ? colon + 1 : name;
}

static void note_name (BpXmlPart *xml, const char *name)
{
    const char **recent = &xml->recent[((guint)(guchar)name[0] * 7 + (guint)strlen (name)) % RECENT_NAMES];
    if (*recent != NULL && strcmp (*recent, name) == 0)
        return;
    gpointer known = g_hash_table_lookup (xml->names, name);
    if (known == NULL)
    {
        known = g_strdup (name);
        g_hash_table_add (xml->names, known);
    }
    *recent = known;
}

static void XMLCALL start_element (void *data, const XML_Char *name, const XML_Char **attributes)
{
    BpXmlPart *xml = data;
    note_name (xml, name);
    for (int i = 0; attributes[i] != NULL; i += 2)
        note_name (xml, attributes[i]);
    if (++xml->depth > BP_LIMIT_DEPTH)
        bp_xml_part_refuse (xml, "its elements stand more than %d deep", BP_LIMIT_DEPTH);
    else if (g_hash_table_size (xml->names) > BP_LIMIT_XML_NAMES)
        bp_xml_part_refuse (xml, "it has more than %d different names of elements and attributes", BP_LIMIT_XML_NAMES);
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
    xml->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
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
    g_hash_table_unref (xml->names);
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
    xml->fed += length;
    *status_out = XML_ParseBuffer (xml->parser, (int)length, xml->is_last);
    return true;
}

/* What the parser has been given and waits to see the end of. */
static void check_token (BpXmlPart *xml)
{
    const gint64 at = (gint64)XML_GetCurrentByteIndex (xml->parser);
    if (at >= 0 && xml->fed - at > (gint64)BP_LIMIT_TOKEN_BYTES)
        bp_xml_part_refuse (xml, "a tag or comment in line %lu has more than %d MB", (unsigned long)XML_GetCurrentLineNumber (xml->parser),
                            (int)(BP_LIMIT_TOKEN_BYTES / BP_LIMIT_MB));
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
        if (status == XML_STATUS_OK && !xml->is_last)
            check_token (xml);
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
