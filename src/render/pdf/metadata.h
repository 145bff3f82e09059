#ifndef BP_RENDER_PDF_METADATA_H
#define BP_RENDER_PDF_METADATA_H

#include <glib.h>
#include <stdbool.h>

/* What a file says of itself: in its information dictionary and, in the same words, in its XMP packet. Texts may be NULL. */
typedef struct
{
    const char *title, *organisation, *description, *producer, *language;
    gint64 created_at; /* seconds since 1970 */
    bool is_pdfua;     /* PDF/UA-1 (ISO 14289-1) */
    bool is_pdfa;      /* PDF/A-2a (ISO 19005-2) */
} BpMetadata;

/* The text with every control character a blank: what may stand in both places. NULL stays NULL. */
char *bp_metadata_dup_text (const char *text);
/* "2025-07-31T00:00:00Z", or "D:20250731000000Z". */
char *bp_metadata_dup_date (gint64 seconds, bool is_xmp);
/* The packet (ISO 16684-1), with the description of the PDF/UA mark that PDF/A asks for. */
char *bp_metadata_dup_xmp (const BpMetadata *metadata);

#endif
