#ifndef BP_RENDER_PDF_FONTS_H
#define BP_RENDER_PDF_FONTS_H

#include "render/pdf/page_plan.h"

/* Widths of the two faces, each looked up once and kept, for one render. Asking for a width also puts the glyph into the file's subset
 * (libharu 2.3.0 embeds what was measured). */
typedef struct BpFonts BpFonts;

/* Looks up one code point: its advance in 1/1000 em, or -1 if the face has no glyph for it. */
typedef int (*BpGlyphWidth) (void *font, BpFace face, gunichar character);

/* font is handed to glyph_width and must outlive the result. undrawn (of BpUndrawnText, owned by the array) may be NULL. */
BpFonts *bp_fonts_new (BpGlyphWidth glyph_width, void *font, GPtrArray *undrawn);
void bp_fonts_free (BpFonts *fonts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpFonts, bp_fonts_free)

/* The section that is set from now on: said of texts that cannot be drawn. Borrowed; NULL: none. */
void bp_fonts_set_place (BpFonts *fonts, const char *section_name);
/* Advance of a drawable character in 1/1000 em. What is never drawn (see bp_unicode_is_unseen) has none; a soft hyphen is drawn only at the
 * end of a line. */
int bp_fonts_get_width (BpFonts *fonts, BpFace face, gunichar character);
bool bp_fonts_has_glyph (BpFonts *fonts, BpFace face, gunichar character);
/* Appends the drawable form of text to characters (of gunichar): valid, in NFC, of the basic plane, every run of blanks, tabs and newlines
 * one blank. Each grapheme that cannot be drawn rightly becomes one box (or "?"): one without a glyph, a mark that does not compose with
 * its letter (unless the font's mark has no width, and so is made to be drawn over it), a script that needs shaping, a control character,
 * bytes that are no UTF-8. Embeddings and overrides of direction are left out. All of these are named in undrawn; a text is named once. */
void bp_fonts_append_drawable (BpFonts *fonts, BpFace face, const char *text, GArray *characters);
/* Width of a text in points when set in one line. */
double bp_fonts_measure (BpFonts *fonts, BpFace face, double size_pt, double letter_space_pt, const char *text);

/* Where the baseline stands in a line of type, from the line's top: the face's ascent and descent are centred in the leading. */
double bp_type_baseline (double size_pt, double leading_pt);

#endif
