#ifndef BP_INGEST_TEXT_ENCODING_H
#define BP_INGEST_TEXT_ENCODING_H

#include <glib.h>
#include <stdbool.h>

/* What the bytes of a file are. Those from BP_ENCODING_UTF16_BARE on are refused. */
typedef enum
{
    BP_ENCODING_UTF8,
    BP_ENCODING_UTF8_BOM,
    BP_ENCODING_UTF16_LE,
    BP_ENCODING_UTF16_BE,
    BP_ENCODING_WINDOWS_1252,
    BP_ENCODING_UTF16_BARE, /* UTF-16 without a byte order mark: only guessed */
    BP_ENCODING_UTF32,
    BP_ENCODING_WORKBOOK /* an Excel workbook under the name of a CSV file */
} BpEncoding;

/* Tells from the byte order mark, else from the bytes. Never fails: what cannot be told is UTF-8 (whose bad rows are quarantined). */
BpEncoding bp_encoding_detect (const char *bytes, gsize length);
/* "Windows-1252"; for messages. */
const char *bp_encoding_name (BpEncoding encoding);
/* False: a file so encoded is refused. */
bool bp_encoding_is_readable (BpEncoding encoding);
/* Rewrites the text in *bytes (made with g_malloc) as UTF-8 without its byte order mark, NUL-ended, and sets *length. A unit that stands
 * for no character becomes the byte 0xFF, which is no UTF-8, so that its row, and no other, is found undecodable. encoding must be
 * readable. */
void bp_encoding_convert (BpEncoding encoding, char **bytes, gsize *length);

#endif
