#ifndef BP_RENDER_PDF_CATALOG_H
#define BP_RENDER_PDF_CATALOG_H

#include "render/pdf/metadata.h"
#include "render/pdf/pdf_document.h"

/* What the catalog of a file holds beside its pages. Inside libharu. Errors are kept by the document. */

/* Title, language and the like, in the information dictionary and in the metadata stream; viewers show the title. */
void bp_catalog_set_metadata (BpPdfDocument *document, const BpMetadata *metadata);
/* The root of the structure tree; the file counts as tagged. */
void bp_catalog_set_structure (BpPdfDocument *document, unsigned root);
/* Page labels: the numbers that are printed, from 1. */
void bp_catalog_set_page_labels (BpPdfDocument *document);
/* Reads an ICC profile of an RGB screen: what the colours of the pages mean. NULL if there is none. */
GBytes *bp_colour_profile_load (const char *path, GError **error);
void bp_catalog_set_colour_profile (BpPdfDocument *document, GBytes *profile);

#endif
