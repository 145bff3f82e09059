#ifndef BP_RENDER_PDF_UNICODE_TEXT_H
#define BP_RENDER_PDF_UNICODE_TEXT_H

#include <glib.h>
#include <stdbool.h>

/* What the Unicode algorithms say of a text; the only code that knows ICU. Plain western text never comes here: see
 * bp_unicode_is_plain. */

/* Whether a character is in NFC, stands for itself as a grapheme whatever is beside it (if that is plain too), runs left to right and is
 * broken by the design's own rules: Latin letters, digits, punctuation, signs. */
static inline bool bp_unicode_is_plain (gunichar character)
{
    return (character >= 0x20 && character < 0x7F) || (character >= 0xA0 && character < 0x300 && character != 0xAD)
           || (character >= 0x1E00 && character <= 0x1EFF) || (character >= 0x2010 && character <= 0x2027)
           || (character >= 0x2030 && character <= 0x205E) || (character >= 0x20A0 && character <= 0x20C0)
           || (character >= 0x2190 && character <= 0x21FF) || (character >= 0x2200 && character <= 0x22FF)
           || (character >= 0x2500 && character <= 0x25FF);
}

#define BP_SOFT_HYPHEN 0x00AD
#define BP_ZERO_WIDTH_SPACE 0x200B

/* Soft hyphens, zero-width spaces, word joiners and marks of direction: never drawn, but kept in a text, since they say where it breaks and
 * which way it runs. */
bool bp_unicode_is_unseen (gunichar character);
/* Joiners and variation selectors: they shape what is beside them, and leave nothing once that is drawn by one glyph. */
bool bp_unicode_is_shaping (gunichar character);
/* Embeddings, overrides and isolates: they turn other letters round. */
bool bp_unicode_is_turning (gunichar character);
/* A mark that stands over, under or in the letter before it. */
bool bp_unicode_is_mark (gunichar character);
/* Whether the character belongs to the grapheme that the one before it began. */
bool bp_unicode_continues_grapheme (gunichar character);
/* Whether one glyph after another, without shaping, gives right words in the character's script. So not Arabic, nor the scripts of India.
 */
bool bp_unicode_draws_unshaped (gunichar character);

/* Valid UTF-8 into NFC; appends the characters (gunichar) and, for each grapheme, the index after its last one (guint). */
void bp_unicode_append_graphemes (const char *text, GArray *characters, GArray *ends);
/* The canonical composition of a few characters, in place. */
void bp_unicode_compose (GArray *characters);

/* Marks with true each of count characters (of the basic plane) after which a line of a script without blanks may end: between the signs of
 * Chinese and Japanese, the words of Thai, and after a zero-width space. */
void bp_unicode_find_breaks (const gunichar *characters, guint count, bool *may_break);

/* Level of each character (of the basic plane) by the bidirectional algorithm, odd from right to left; the first strong letter says which
 * way the whole runs. NULL: all from left to right. Caller frees. */
guint8 *bp_unicode_dup_levels (const gunichar *characters, guint count);
/* order_out[i]: index of the character that stands at place i, counted from the left. */
void bp_unicode_order_line (const guint8 *levels, guint count, int *order_out);
/* A bracket as it is drawn from right to left. */
gunichar bp_unicode_mirror (gunichar character);

/* "U+1F468 MAN, U+200D ZERO WIDTH JOINER, U+1F469 WOMAN and 2 more". Caller frees. */
char *bp_unicode_dup_name (const gunichar *characters, guint count);

#endif
