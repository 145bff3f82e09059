#ifndef BP_DELIVERY_HEADER_TEXT_H
#define BP_DELIVERY_HEADER_TEXT_H

#include "base/error.h"

/* Fails unless text is one line of valid UTF-8 of at most max_chars characters without controls (CR, LF and NUL among them), line
 * separators, and marks of direction and other hidden characters, which make a name read as another. Nothing else may go into a header or a
 * body: refused, never mended. what names the text in the message: "the subject". */
bool bp_header_text_check (const char *what, const char *text, int max_chars, GError **error);

#endif
