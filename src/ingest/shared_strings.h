#ifndef BP_INGEST_SHARED_STRINGS_H
#define BP_INGEST_SHARED_STRINGS_H

#include "ingest/office_package.h"

/* The texts that the cells of a workbook name by number, one after the other in one piece of memory. */
typedef struct
{
    GString *text;
    GArray *starts; /* of gsize: where each begins in text; one more at the end */
} BpSharedStrings;

/* Reads the part; NULL for part: there is none, as in a workbook of numbers alone. */
bool bp_shared_strings_read (BpSharedStrings *strings, const BpOfficePackage *package, const char *part, GError **error);
void bp_shared_strings_clear (BpSharedStrings *strings);
guint bp_shared_strings_count (const BpSharedStrings *strings);
/* Not NUL-ended; index must be below the count. */
const char *bp_shared_strings_get (const BpSharedStrings *strings, guint index, gsize *length_out);

/* Undoes what a workbook does to text, from position start to the end: `_x0041_` becomes the character of that number, a carriage return or
 * one with a line feed a line feed. A number that stands for no character of a text stays as typed. */
void bp_office_text_decode (GString *text, gsize start);

#endif
