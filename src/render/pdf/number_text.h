#ifndef BP_RENDER_PDF_NUMBER_TEXT_H
#define BP_RENDER_PDF_NUMBER_TEXT_H

#include <glib.h>

/* A file of thousands of pages holds millions of numbers: these spell them without the C library, whose formatting takes longer than all
 * the rest of writing a number does. */

void bp_append_unsigned (GString *out, guint64 number);
/* "12 0 R". */
void bp_append_reference (GString *out, unsigned object);

#endif
