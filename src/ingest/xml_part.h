#ifndef BP_INGEST_XML_PART_H
#define BP_INGEST_XML_PART_H

#include "ingest/office_package.h"

#include <expat.h>

/* Reads a part of a workbook as XML, in pieces. Element and attribute names come without their prefix, so that the transitional and the
 * strict form of the standard read alike. A document type is refused: no workbook has one, and entities are declared there. */
typedef struct BpXmlPart BpXmlPart;

typedef struct
{
    /* attributes: name, value, …, NULL */
    void (*start) (BpXmlPart *xml, const char *element, const char **attributes, void *data);
    void (*end) (BpXmlPart *xml, const char *element, void *data);
    /* May come in any number of pieces; may be NULL. */
    void (*text) (BpXmlPart *xml, const char *text, int length, void *data);
} BpXmlHandlers;

/* Takes over part. data is handed to the handlers. */
BpXmlPart *bp_xml_part_new (BpOfficePart *part, const BpXmlHandlers *handlers, void *data);
void bp_xml_part_free (BpXmlPart *xml);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpXmlPart, bp_xml_part_free)

typedef enum
{
    BP_XML_FAILED,
    BP_XML_PAUSED, /* bp_xml_part_pause was called; parse again to go on */
    BP_XML_ENDED
} BpXmlResult;

BpXmlResult bp_xml_part_parse (BpXmlPart *xml, GError **error);
/* For handlers: parsing stops after this element's end. */
void bp_xml_part_pause (BpXmlPart *xml);
/* For handlers: the part cannot be read; the first reason given counts. */
void bp_xml_part_refuse (BpXmlPart *xml, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* The value of an attribute; NULL if there is none. */
const char *bp_xml_attribute (const char **attributes, const char *name);
/* "1" or "true". */
bool bp_xml_attribute_is_true (const char **attributes, const char *name);
/* Opens and reads a whole part. */
bool bp_xml_part_read (const BpOfficePackage *package, const char *part, guint64 max_bytes, const BpXmlHandlers *handlers, void *data,
                       GError **error);

#endif
