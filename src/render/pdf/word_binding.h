#ifndef BP_RENDER_PDF_WORD_BINDING_H
#define BP_RENDER_PDF_WORD_BINDING_H

#include <glib.h>
#include <stdbool.h>

/* A word of a text, as it stands between two blanks. */
typedef struct
{
    guint start, end; /* characters */
} BpWord;

/* Whether no line may end between words[index] and the next one: inside a date, a period, "58 of 126", a number and its unit, before a
 * dash. */
bool bp_words_are_bound (const gunichar *characters, const BpWord *words, guint word_count, guint index);

#endif
