#include "render/pdf/fonts.h"

#include <string.h>

#define CACHED_CHARACTERS 0x10000
#define NOT_LOOKED_UP G_MININT16
#define SOFT_HYPHEN 0x00AD

struct BpFonts
{
    BpGlyphWidth glyph_width;
    void *font;
    GPtrArray *warnings;
    gint16 *widths[2];  /* by face and code point; NOT_LOOKED_UP, -1: no glyph */
    GHashTable *warned; /* code points already named */
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

BpFonts *bp_fonts_new (BpGlyphWidth glyph_width, void *font, GPtrArray *warnings)
{
    BpFonts *fonts = g_new0 (BpFonts, 1);
    fonts->glyph_width = glyph_width;
    fonts->font = font;
    fonts->warnings = warnings;
    for (int face = 0; face < 2; face++)
    {
        fonts->widths[face] = g_new (gint16, CACHED_CHARACTERS);
        for (int i = 0; i < CACHED_CHARACTERS; i++)
            fonts->widths[face][i] = NOT_LOOKED_UP;
        find_width (fonts, (BpFace)face, ' '); /* it ends lines, whatever they say */
    }
    fonts->warned = g_hash_table_new (NULL, NULL);
    return fonts;
}

void bp_fonts_free (BpFonts *fonts)
{
    if (fonts == NULL)
        return;
    g_free (fonts->widths[0]);
    g_free (fonts->widths[1]);
    g_hash_table_unref (fonts->warned);
    g_free (fonts);
}

int bp_fonts_get_width (BpFonts *fonts, BpFace face, gunichar character)
{
    const int width = character == SOFT_HYPHEN ? 0 : find_width (fonts, face, character);
    return MAX (width, 0);
}

bool bp_fonts_has_glyph (BpFonts *fonts, BpFace face, gunichar character)
{
    return find_width (fonts, face, character) >= 0;
}

static gunichar substitute (BpFonts *fonts, BpFace face, gunichar character)
{
    const gunichar box = find_width (fonts, face, 0x25A1) >= 0 ? 0x25A1 : '?';
    if (fonts->warnings != NULL && g_hash_table_add (fonts->warned, GUINT_TO_POINTER (character)))
        g_ptr_array_add (fonts->warnings,
                         g_strdup_printf ("the font has no glyph for U+%04X; drawn as \"%s\"", character, box == '?' ? "?" : "\u25A1"));
    return box;
}

/* Joiners, marks of direction, variation selectors and the like: they have no look of their own here. */
static bool is_invisible (gunichar character)
{
    return (character >= 0x200B && character <= 0x200F) || (character >= 0x202A && character <= 0x202E)
           || (character >= 0x2060 && character <= 0x206F) || (character >= 0xFE00 && character <= 0xFE0F) || character == 0xFEFF
           || (character >= 0xE0000 && character <= 0xE01EF);
}

static bool is_blank (gunichar character)
{
    return character <= 0x20 || (character >= 0x7F && character <= 0x9F) || character == 0x2028 || character == 0x2029
           || (character != 0xA0 && character != 0x202F && character != 0x2007 && character > 0x9F && g_unichar_isspace (character));
}

static void append_character (BpFonts *fonts, BpFace face, gunichar character, GArray *characters)
{
    if (is_blank (character))
    {
        const gunichar blank = ' ';
        if (characters->len > 0 && g_array_index (characters, gunichar, characters->len - 1) != ' ')
            g_array_append_val (characters, blank);
        return;
    }
    if (is_invisible (character))
        return;
    if (character == 0x202F || character == 0x2007)
        character = 0xA0; /* narrow and figure spaces: what matters is that they do not break */
    if (character != SOFT_HYPHEN && find_width (fonts, face, character) < 0)
        character = substitute (fonts, face, character);
    g_array_append_val (characters, character);
}

void bp_fonts_append_drawable (BpFonts *fonts, BpFace face, const char *text, GArray *characters)
{
    if (text == NULL)
        return;
    if (g_str_is_ascii (text))
    {
        for (const char *at = text; *at != '\0'; at++)
            append_character (fonts, face, (gunichar)(unsigned char)*at, characters);
        return;
    }
    g_autofree char *valid = g_utf8_make_valid (text, -1);
    g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
    for (const char *at = composed; *at != '\0'; at = g_utf8_next_char (at))
        append_character (fonts, face, g_utf8_get_char (at), characters);
}

double bp_fonts_measure (BpFonts *fonts, BpFace face, double size_pt, double letter_space_pt, const char *text)
{
    g_autoptr (GArray) characters = g_array_new (FALSE, FALSE, sizeof (gunichar));
    bp_fonts_append_drawable (fonts, face, text, characters);
    int thousandths = 0;
    for (guint i = 0; i < characters->len; i++)
        thousandths += bp_fonts_get_width (fonts, face, g_array_index (characters, gunichar, i));
    return thousandths * size_pt / 1000.0 + letter_space_pt * characters->len;
}

double bp_type_baseline (double size_pt, double leading_pt)
{
    return leading_pt / 2.0 + 0.3465 * size_pt; /* Liberation Sans: ascent 0.905, descent 0.212 */
}
