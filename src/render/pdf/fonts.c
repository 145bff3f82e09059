#include "render/pdf/fonts.h"

#include "render/pdf/unicode_text.h"
#include "render/undrawn_text.h"

#include <string.h>

#define CACHED_CHARACTERS 0x10000
#define NOT_LOOKED_UP G_MININT16
#define BOX 0x25A1
#define REPLACEMENT_CHARACTER 0xFFFD
#define NO_BREAK_SPACE 0x00A0

struct BpFonts
{
    BpGlyphWidth glyph_width;
    void *font;
    GPtrArray *undrawn;
    const char *place;
    gint16 *widths[2];       /* by face and code point; NOT_LOOKED_UP, -1: no glyph */
    GHashTable *named_texts; /* that stand in undrawn already */
};

/* -1: no glyph. */
static int find_width (BpFonts *fonts, BpFace face, gunichar character)
{
    if (character >= CACHED_CHARACTERS)
        return -1; /* libharu reads the glyph table of the basic plane alone */
    gint16 *width = &fonts->widths[face][character];
    if (*width == NOT_LOOKED_UP)
        *width = (gint16)fonts->glyph_width (fonts->font, face, character);
    return *width;
}

/* One text on its way to drawable characters. */
typedef struct
{
    BpFonts *fonts;
    BpFace face;
    const char *text;
    GArray *characters;
    BpUndrawnText *entry; /* made with the first grapheme that cannot be drawn */
    bool is_named;        /* the text has been named before */
    bool has_bad_bytes;   /* named already: replacement characters stand for them */
} Passage;

BpFonts *bp_fonts_new (BpGlyphWidth glyph_width, void *font, GPtrArray *undrawn)
{
    BpFonts *fonts = g_new0 (BpFonts, 1);
    fonts->glyph_width = glyph_width;
    fonts->font = font;
    fonts->undrawn = undrawn;
    for (int face = 0; face < 2; face++)
    {
        fonts->widths[face] = g_new (gint16, CACHED_CHARACTERS);
        for (int i = 0; i < CACHED_CHARACTERS; i++)
            fonts->widths[face][i] = NOT_LOOKED_UP;
        find_width (fonts, (BpFace)face, ' '); /* it ends lines, whatever they say */
    }
    fonts->named_texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    return fonts;
}

void bp_fonts_free (BpFonts *fonts)
{
    if (fonts == NULL)
        return;
    g_free (fonts->widths[0]);
    g_free (fonts->widths[1]);
    g_hash_table_unref (fonts->named_texts);
    g_free (fonts);
}

void bp_fonts_set_place (BpFonts *fonts, const char *section_name)
{
    fonts->place = section_name;
}

int bp_fonts_get_width (BpFonts *fonts, BpFace face, gunichar character)
{
    if (character >= 0x80 && !bp_unicode_is_plain (character) && bp_unicode_is_unseen (character))
        return 0;
    const int width = find_width (fonts, face, character);
    return MAX (width, 0);
}

bool bp_fonts_has_glyph (BpFonts *fonts, BpFace face, gunichar character)
{
    return find_width (fonts, face, character) >= 0;
}

/* ---- what cannot be drawn ---- */

/* Takes characters and name. */
static void name_part (Passage *passage, char *characters, char *name, const char *fate)
{
    if (passage->entry == NULL && !passage->is_named && passage->fonts->undrawn != NULL)
    {
        passage->is_named = !g_hash_table_add (passage->fonts->named_texts, g_strdup (passage->text));
        if (!passage->is_named)
            passage->entry = bp_undrawn_texts_add (passage->fonts->undrawn, passage->text, passage->fonts->place);
    }
    if (passage->entry != NULL)
    {
        bp_undrawn_text_take_part (passage->entry, characters, name, fate);
        return;
    }
    g_free (characters);
    g_free (name);
}

static gunichar substitute_of (BpFonts *fonts, BpFace face)
{
    return find_width (fonts, face, BOX) >= 0 ? BOX : '?';
}

static const char *fate_of (gunichar substitute)
{
    return substitute == BOX ? "drawn as \"\u25A1\"" : "drawn as \"?\"";
}

static void append_substitute (Passage *passage, const gunichar *grapheme, guint length)
{
    const gunichar box = substitute_of (passage->fonts, passage->face);
    g_array_append_val (passage->characters, box);
    if (passage->fonts->undrawn == NULL || (passage->has_bad_bytes && grapheme[0] == REPLACEMENT_CHARACTER))
        return;
    name_part (passage, g_ucs4_to_utf8 (grapheme, (glong)length, NULL, NULL, NULL), bp_unicode_dup_name (grapheme, length), fate_of (box));
}

/* ---- plain text ---- */

static void append_blank (GArray *characters)
{
    const gunichar blank = ' ';
    if (characters->len > 0 && g_array_index (characters, gunichar, characters->len - 1) != ' ')
        g_array_append_val (characters, blank);
}

/* Most texts, and of the largest packs millions of characters. */
static void append_plain (Passage *passage)
{
    GArray *characters = passage->characters;
    for (const char *at = passage->text; *at != '\0'; at = g_utf8_next_char (at))
    {
        const gunichar character = (guchar)*at < 0x80 ? (gunichar)*at : g_utf8_get_char (at);
        if (character == ' ')
            append_blank (characters);
        else if (find_width (passage->fonts, passage->face, character) < 0)
            append_substitute (passage, &character, 1);
        else
            g_array_append_val (characters, character);
    }
}

/* Whether the whole text is valid and plain: then nothing in it needs the Unicode algorithms. */
static bool is_plain_text (const char *text)
{
    const char *at = text;
    while (*at >= 0x20 && *at < 0x7F)
        at++;
    if (*at == '\0')
        return true;
    if (!g_utf8_validate (at, -1, NULL))
        return false;
    for (; *at != '\0'; at = g_utf8_next_char (at))
        if (!bp_unicode_is_plain (g_utf8_get_char (at)))
            return false;
    return true;
}

/* ---- any text ---- */

static bool is_blank (gunichar character)
{
    return character == ' ' || (character >= 0x09 && character <= 0x0D) || character == 0x85 || character == 0x2028 || character == 0x2029
           || (character != NO_BREAK_SPACE && character != 0x202F && character != 0x2007 && character >= 0x1680
               && g_unichar_isspace (character));
}

/* Whether glyph after glyph gives what the grapheme looks like. */
static bool is_drawable (const Passage *passage, const GArray *grapheme)
{
    for (guint i = 0; i < grapheme->len; i++)
    {
        const gunichar character = g_array_index (grapheme, gunichar, i);
        const int width = g_unichar_iscntrl (character) ? -1 : find_width (passage->fonts, passage->face, character);
        const bool is_mark = bp_unicode_is_mark (character);
        if (width < 0 || character == REPLACEMENT_CHARACTER || !bp_unicode_draws_unshaped (character) || (is_mark && (i == 0 || width > 0)))
            return false;
    }
    return true;
}

static void append_grapheme (Passage *passage, const gunichar *grapheme, guint length, GArray *seen)
{
    const gunichar first = grapheme[0];
    if (is_blank (first))
    {
        append_blank (passage->characters);
        if (length > 1 && !is_blank (grapheme[1])) /* a mark that has no letter */
            append_grapheme (passage, grapheme + 1, length - 1, seen);
        return;
    }
    if (length == 1 && bp_unicode_is_unseen (first))
    {
        g_array_append_val (passage->characters, first);
        return;
    }
    if (bp_unicode_is_turning (first))
    {
        if (passage->fonts->undrawn != NULL)
            name_part (passage, g_ucs4_to_utf8 (grapheme, (glong)length, NULL, NULL, NULL), bp_unicode_dup_name (grapheme, length),
                       "left out");
        return;
    }
    g_array_set_size (seen, 0);
    for (guint i = 0; i < length; i++)
    {
        const gunichar space = NO_BREAK_SPACE; /* narrow and figure spaces: what matters is that they do not break */
        if (grapheme[i] == 0x202F || grapheme[i] == 0x2007)
            g_array_append_val (seen, space);
        else if (!bp_unicode_is_shaping (grapheme[i]) || g_unichar_iscntrl (grapheme[i]))
            g_array_append_val (seen, grapheme[i]);
    }
    if (seen->len == 0)
        return; /* a joiner or the like that stands alone */
    if (seen->len > 1 && seen->len < length)
        bp_unicode_compose (seen);
    if (is_drawable (passage, seen))
        g_array_append_vals (passage->characters, seen->data, seen->len);
    else
        append_substitute (passage, grapheme, length);
}

/* The text with one replacement character for each run of bytes that are no UTF-8, which are named. */
static char *dup_valid (Passage *passage, const char *text)
{
    GString *valid = g_string_new (NULL);
    g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
    for (const char *at = text; *at != '\0';)
    {
        const char *end = NULL;
        g_utf8_validate (at, -1, &end);
        g_string_append_len (valid, at, end - at);
        const char *start = end;
        at = end;
        if (*start == '\0')
            break;
        do
            at++;
        while (*at != '\0' && g_utf8_get_char_validated (at, -1) >= (gunichar)-2);
        g_string_append (valid, "\uFFFD");
        g_ptr_array_add (faults, g_strndup (start, (gsize)(at - start)));
    }
    passage->text = valid->str;
    passage->has_bad_bytes = true;
    for (guint i = 0; i < faults->len && passage->fonts->undrawn != NULL; i++)
    {
        const char *bytes = g_ptr_array_index (faults, i);
        GString *name = g_string_new ("bytes that are no UTF-8 text (");
        for (const char *byte = bytes; *byte != '\0'; byte++)
            g_string_append_printf (name, "%s%02X", byte > bytes ? " " : "", (unsigned)(unsigned char)*byte);
        g_string_append_c (name, ')');
        name_part (passage, g_strdup (bytes), g_string_free (name, FALSE), fate_of (substitute_of (passage->fonts, passage->face)));
    }
    return g_string_free (valid, FALSE);
}

static void append_any (Passage *passage, const char *valid)
{
    g_autoptr (GArray) characters = g_array_new (FALSE, FALSE, sizeof (gunichar));
    g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint));
    g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (gunichar));
    bp_unicode_append_graphemes (valid, characters, ends);
    guint start = 0;
    for (guint i = 0; i < ends->len; i++)
    {
        const guint end = g_array_index (ends, guint, i);
        append_grapheme (passage, &g_array_index (characters, gunichar, start), end - start, seen);
        start = end;
    }
}

void bp_fonts_append_drawable (BpFonts *fonts, BpFace face, const char *text, GArray *characters)
{
    if (text == NULL)
        return;
    Passage passage = { .fonts = fonts, .face = face, .text = text, .characters = characters };
    if (is_plain_text (text))
    {
        append_plain (&passage);
        return;
    }
    if (g_utf8_validate (text, -1, NULL))
    {
        append_any (&passage, text);
        return;
    }
    g_autofree char *valid = dup_valid (&passage, text);
    passage.text = valid;
    append_any (&passage, valid);
}

double bp_fonts_measure (BpFonts *fonts, BpFace face, double size_pt, double letter_space_pt, const char *text)
{
    g_autoptr (GArray) characters = g_array_new (FALSE, FALSE, sizeof (gunichar));
    bp_fonts_append_drawable (fonts, face, text, characters);
    int thousandths = 0;
    guint drawn = 0;
    for (guint i = 0; i < characters->len; i++)
    {
        const gunichar character = g_array_index (characters, gunichar, i);
        thousandths += bp_fonts_get_width (fonts, face, character);
        drawn += bp_unicode_is_plain (character) || !bp_unicode_is_unseen (character) ? 1 : 0;
    }
    return thousandths * size_pt / 1000.0 + letter_space_pt * drawn;
}

double bp_type_baseline (double size_pt, double leading_pt)
{
    return leading_pt / 2.0 + 0.3465 * size_pt; /* Liberation Sans: ascent 0.905, descent 0.212 */
}
