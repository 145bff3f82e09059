#ifndef BP_RENDER_PDF_PDF_SAVE_H
#define BP_RENDER_PDF_PDF_SAVE_H

#include "base/error.h"

#include <glib.h>
#include <hpdf.h>

/* zlib's. 6 would make a large file a fifteenth smaller and take a fifth more time for all of it. */
#define BP_PDF_DEFLATE_LEVEL 4

/* Object numbers that are not libharu's: the bodies of these objects come from a function while the file is written. */
typedef struct
{
    unsigned first, count;
} BpPdfRun;

typedef struct
{
    GArray *runs; /* of BpPdfRun */
    /* Appends the body of an object; index counts through all runs. */
    void (*append_object) (void *data, unsigned index, GString *out);
    void *data;
} BpPdfOwnObjects;

/* Takes count object numbers that libharu will not give to its own objects, and returns the first. */
unsigned bp_pdf_skip_numbers (HPDF_Doc document, unsigned count);
/* The number of an object that libharu keeps in its cross-reference table. */
unsigned bp_pdf_number_of (const void *object);

/* Writes the file: streams as they are, everything else packed into object streams, and a cross-reference stream with an identifier that is
 * a digest of all bytes before it. libharu's own saving writes neither kind of stream, and reports success on a full disk. status_out takes
 * libharu's error; false with no error set if there was one. */
bool bp_pdf_save (HPDF_Doc document, const BpPdfOwnObjects *own, const char *path, HPDF_STATUS *status_out, GError **error);

#endif
