#include "render/pdf/fonts.h"
#include "render/pdf/line_break.h"
#include "render/undrawn_text.h"

#include <string.h>
#include <unicode/ubrk.h>

/* A font with glyphs for everything in the basic plane but surrogates, half an em wide; marks of U+0300 to U+036F have a width of their own
 * (so they cannot be set over a letter), the Hebrew points and Thai marks have none. Nothing has a glyph from U+E000 on but U+FB01. */
static int half_em (void *font, BpFace face, gunichar character)
{
    (void)font;
    (void)face;
    if (character >= 0xD800 && character != 0xFB01)
        return -1;
    const bool is_zero = (character >= 0x591 && character <= 0x5BD) || character == 0xE31 || (character >= 0xE34 && character <= 0xE3A)
                         || (character >= 0xE47 && character <= 0xE4E);
    return is_zero ? 0 : 500;
}

/* As half_em, but with nothing beyond Latin, Greek and Cyrillic: like the face that packs use. */
static int western (void *font, BpFace face, gunichar character)
{
    return character < 0x300 || (character >= 0x370 && character < 0x460) || (character >= 0x2010 && character < 0x2600)
               ? half_em (font, face, character)
               : -1;
}

static char *dup_drawable (BpFonts *fonts, const char *text)
{
    g_autoptr (GArray) characters = g_array_new (FALSE, FALSE, sizeof (gunichar));
    bp_fonts_append_drawable (fonts, BP_FACE_REGULAR, text, characters);
    return g_ucs4_to_utf8 ((const gunichar *)(void *)characters->data, (glong)characters->len, NULL, NULL, NULL);
}

#define BOX "\xE2\x96\xA1"

/* Names, in order, of the graphemes that are reported, joined by "|"; "" if none. */
static char *dup_reported (const GPtrArray *undrawn)
{
    GString *names = g_string_new (NULL);
    for (guint i = 0; i < undrawn->len; i++)
    {
        const BpUndrawnText *text = g_ptr_array_index (undrawn, i);
        for (guint j = 0; j < text->parts->len; j++)
            g_string_append_printf (names, "%s%s", names->len > 0 ? "|" : "",
                                    ((const BpUndrawnPart *)g_ptr_array_index (text->parts, j))->name);
    }
    return g_string_free (names, FALSE);
}

static void test_drawable_text (void)
{
    static const struct
    {
        const char *text, *drawn, *reported;
    } cases[] = {
        { "plain", "plain", "" },
        { "tab\tnew\nline\r\n", "tab new line ", "" },
        { "line\xE2\x80\xA8sep\xC2\x85next", "line sep next", "" },
        { "bell\a and escape\033[1m", "bell" BOX " and escape" BOX "[1m", "U+0007 (control character)|U+001B (control character)" },
        { "del\x7F", "del" BOX, "U+007F (control character)" },
        /* composing, and what does not compose */
        { "e\xCC\x81t\xC3\xA9", "\xC3\xA9t\xC3\xA9", "" },
        { "o\xCC\x82\xCC\x81", "\xE1\xBB\x91", "" }, /* o, circumflex, acute */
        { "x\xCC\x8Cy", BOX "y", "U+0078 LATIN SMALL LETTER X, U+030C COMBINING CARON" },
        { "\xE1\xBB\x8C\xCC\x80l\xC3\xA1", BOX "l\xC3\xA1", "U+1ECC LATIN CAPITAL LETTER O WITH DOT BELOW, U+0300 COMBINING GRAVE ACCENT" },
        { "\xCC\x81"
          "a",
          BOX "a", "U+0301 COMBINING ACUTE ACCENT" },
        { "a \xCC\x81", "a " BOX, "U+0301 COMBINING ACUTE ACCENT" },
        { "\xE2\x84\xAB", "\xC3\x85", "" },                 /* the sign for angstrom is a letter in NFC */
        { "\xE1\x84\x80\xE1\x85\xA1", "\xEA\xB0\x80", "" }, /* Hangul from its parts */
        { "\xE1\x84\x80 alone", BOX " alone", "U+1100 HANGUL CHOSEONG KIYEOK" },
        /* emoji: a box for each that a reader sees */
        { "grin \xF0\x9F\x98\x80.", "grin " BOX ".", "U+1F600 GRINNING FACE" },
        { "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7", BOX,
          "U+1F468 MAN, U+200D ZERO WIDTH JOINER, U+1F469 WOMAN and 2 more" },
        { "\xF0\x9F\x87\xAC\xF0\x9F\x87\xA7\xF0\x9F\x87\xAB\xF0\x9F\x87\xB7", BOX BOX,
          "U+1F1EC REGIONAL INDICATOR SYMBOL LETTER G, U+1F1E7 REGIONAL INDICATOR SYMBOL LETTER B|"
          "U+1F1EB REGIONAL INDICATOR SYMBOL LETTER F, U+1F1F7 REGIONAL INDICATOR SYMBOL LETTER R" },
        { "\xF0\x9F\x91\x8B\xF0\x9F\x8F\xBD\xEF\xB8\x8F", BOX,
          "U+1F44B WAVING HAND SIGN, U+1F3FD EMOJI MODIFIER FITZPATRICK TYPE-4, U+FE0F VARIATION SELECTOR-16" },
        { "\xE2\x9D\xA4\xEF\xB8\x8F", "\xE2\x9D\xA4", "" }, /* a heart that the font has; the selector leaves nothing */
        { "1\xEF\xB8\x8F\xE2\x83\xA3", BOX, "U+0031 DIGIT ONE, U+FE0F VARIATION SELECTOR-16, U+20E3 COMBINING ENCLOSING KEYCAP" },
        /* scripts */
        { "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", "" },
        { "\xD7\xA9\xD6\xB8\xD7\x9D", "\xD7\xA9\xD6\xB8\xD7\x9D", "" },
        { "\xD8\xB3\xD9\x84", BOX BOX, "U+0633 ARABIC LETTER SEEN|U+0644 ARABIC LETTER LAM" },
        { "\xE0\xA4\x95\xE0\xA4\xBF", BOX, "U+0915 DEVANAGARI LETTER KA, U+093F DEVANAGARI VOWEL SIGN I" },
        { "\xE0\xB8\x97\xE0\xB8\xB5\xE0\xB9\x88", "\xE0\xB8\x97\xE0\xB8\xB5\xE0\xB9\x88", "" },
        { "\xE6\x97\xA5\xE6\x9C\xAC", "\xE6\x97\xA5\xE6\x9C\xAC", "" },
        /* blanks and hyphens */
        { "a\xC2\xA0"
          "b\xE2\x80\xAF"
          "c\xE2\x80\x87"
          "d",
          "a\xC2\xA0"
          "b\xC2\xA0"
          "c\xC2\xA0"
          "d",
          "" },
        { "em\xE2\x80\x83 space\xE3\x80\x80wide", "em space wide", "" },
        { "no\xE2\x80\x91"
          "break",
          "no\xE2\x80\x91"
          "break",
          "" },
        { "zero\xE2\x80\x8Bwidth\xEF\xBB\xBF", "zero\xE2\x80\x8Bwidth", "" },
        { "soft\xC2\xADhyphen", "soft\xC2\xADhyphen", "" },
        /* direction: marks stay for the algorithm, what turns text round is left out and said */
        { "a\xE2\x80\x8E"
          "b",
          "a\xE2\x80\x8E"
          "b",
          "" },
        { "user\xE2\x80\xAEgpj", "usergpj", "U+202E RIGHT-TO-LEFT OVERRIDE" },
        { "\xE2\x81\xA7x\xE2\x81\xA9", "x", "U+2067 RIGHT-TO-LEFT ISOLATE|U+2069 POP DIRECTIONAL ISOLATE" },
        { "private \xEE\x80\x80", "private " BOX, "U+E000" },
        /* bytes that are no UTF-8 */
        { "bad \xFF\xFE bytes", "bad " BOX " bytes", "bytes that are no UTF-8 text (FF FE)" },
        { "lead \xC3(bracket", "lead " BOX "(bracket", "bytes that are no UTF-8 text (C3)" },
        { "cut \xE2\x82", "cut " BOX, "bytes that are no UTF-8 text (E2 82)" },
        { "overlong \xC0\xAF.", "overlong " BOX ".", "bytes that are no UTF-8 text (C0 AF)" },
        { "surrogate \xED\xA0\x80.", "surrogate " BOX ".", "bytes that are no UTF-8 text (ED A0 80)" },
        { "two \xFF and \xC0.", "two " BOX " and " BOX ".", "bytes that are no UTF-8 text (FF)|bytes that are no UTF-8 text (C0)" },
        { "damaged before \xEF\xBF\xBD", "damaged before " BOX, "U+FFFD REPLACEMENT CHARACTER" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autoptr (GPtrArray) undrawn = bp_undrawn_texts_new ();
        g_autoptr (BpFonts) fonts = bp_fonts_new (half_em, NULL, undrawn);
        g_autofree char *drawn = dup_drawable (fonts, cases[i].text), *reported = dup_reported (undrawn);
        if (strcmp (drawn, cases[i].drawn) != 0 || strcmp (reported, cases[i].reported) != 0)
            g_test_message ("case %zu", i);
        g_assert_cmpstr (drawn, ==, cases[i].drawn);
        g_assert_cmpstr (reported, ==, cases[i].reported);
    }
}

static void test_missing_glyphs_are_boxes (void)
{
    g_autoptr (GPtrArray) undrawn = bp_undrawn_texts_new ();
    g_autoptr (BpFonts) fonts = bp_fonts_new (western, NULL, undrawn);
    g_autofree char *drawn = dup_drawable (fonts, "\xD7\xA9\xD7\x9C \xE6\x97\xA5, \xE1\xBB\x8C");
    g_assert_cmpstr (drawn, ==, BOX BOX " " BOX ", " BOX);
    g_autofree char *reported = dup_reported (undrawn);
    g_assert_cmpstr (reported, ==,
                     "U+05E9 HEBREW LETTER SHIN|U+05DC HEBREW LETTER LAMED|U+65E5 CJK UNIFIED IDEOGRAPH-65E5|"
                     "U+1ECC LATIN CAPITAL LETTER O WITH DOT BELOW");
}

/* A text is measured and broken many times; it is named once, with its section, and what stands in it. */
static void test_each_text_is_named_once (void)
{
    g_autoptr (GPtrArray) undrawn = bp_undrawn_texts_new ();
    g_autoptr (BpFonts) fonts = bp_fonts_new (western, NULL, undrawn);
    bp_fonts_set_place (fonts, "Summary");
    for (int i = 0; i < 3; i++)
    {
        bp_fonts_measure (fonts, BP_FACE_BOLD, 10.0, 0.0, "grin \xF0\x9F\x98\x80 and \xF0\x9F\x98\x80");
        bp_fonts_measure (fonts, BP_FACE_REGULAR, 10.0, 0.0, "bad \xFF");
    }
    bp_fonts_set_place (fonts, NULL);
    bp_fonts_measure (fonts, BP_FACE_REGULAR, 10.0, 0.0, "other \xF0\x9F\x98\x80");
    g_assert_cmpuint (undrawn->len, ==, 3);
    const BpUndrawnText *first = g_ptr_array_index (undrawn, 0), *second = g_ptr_array_index (undrawn, 1),
                        *third = g_ptr_array_index (undrawn, 2);
    g_assert_cmpstr (first->text, ==, "grin \xF0\x9F\x98\x80 and \xF0\x9F\x98\x80");
    g_assert_cmpstr (first->place, ==, "Summary");
    g_assert_cmpuint (first->parts->len, ==, 1);
    const BpUndrawnPart *part = g_ptr_array_index (first->parts, 0);
    g_assert_cmpstr (part->characters, ==, "\xF0\x9F\x98\x80");
    g_assert_cmpstr (part->fate, ==, "drawn as \"" BOX "\"");
    g_assert_cmpstr (second->text, ==, "bad \xEF\xBF\xBD");
    g_assert_null (third->place);
}

/* ---- any text at all ---- */

/* Letters of many scripts, marks, joiners, controls: more of what is odd than chance would give. */
static gunichar pick_character (GRand *random)
{
    static const struct
    {
        gint32 first, last;
    } ranges[]
        = { { 'a', 'z' },         { 'a', 'z' },         { ' ', '~' },         { 1, 31 },           { 0x7F, 0x24F },    { 0x300, 0x36F },
            { 0x5D0, 0x5EA },     { 0x591, 0x5BD },     { 0x621, 0x64A },     { 0x900, 0x94D },    { 0xE01, 0xE3A },   { 0xE40, 0xE4E },
            { 0x1100, 0x11FF },   { 0x1E00, 0x1EFF },   { 0x2000, 0x206F },   { 0x3040, 0x30FF },  { 0x4E00, 0x4FFF }, { 0xAC00, 0xACFF },
            { 0xE000, 0xE0FF },   { 0xFE00, 0xFE0F },   { 0xFFF0, 0xFFFD },   { 0x200B, 0x200F },  { 0xAD, 0xAD },     { '-', '/' },
            { 0x1F1E6, 0x1F1FF }, { 0x1F600, 0x1F64F }, { 0x1F3FB, 0x1F3FF }, { 0x1D15E, 0x1D164 } };
    const guint range = (guint)g_rand_int_range (random, 0, G_N_ELEMENTS (ranges));
    return (gunichar)g_rand_int_range (random, ranges[range].first, ranges[range].last + 1);
}

static char *dup_random_text (GRand *random)
{
    GString *text = g_string_new (NULL);
    const int length = g_rand_int_range (random, 0, 60);
    for (int i = 0; i < length; i++)
    {
        if (g_rand_int_range (random, 0, 40) == 0)
            g_string_append_c (text, (char)g_rand_int_range (random, 0x80, 0x100)); /* a byte that is astray */
        g_string_append_unichar (text, pick_character (random));
    }
    return g_string_free (text, FALSE);
}

static bool is_never_drawn (gunichar character)
{
    return character == ' ' || character == 0xAD || character == 0x200B || character == 0x200E || character == 0x200F || character == 0x61C
           || character == 0x2060;
}

/* The drawn characters of a text in their own order, without blanks and what is never drawn. */
static char *dup_ink (const char *text)
{
    GString *ink = g_string_new (NULL);
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
        if (!is_never_drawn (g_utf8_get_char (at)))
            g_string_append_unichar (ink, g_utf8_get_char (at));
    return g_string_free (ink, FALSE);
}

static guint count_graphemes (const char *text)
{
    UErrorCode status = U_ZERO_ERROR;
    g_autofree gunichar2 *units = g_utf8_to_utf16 (text, -1, NULL, NULL, NULL);
    UBreakIterator *iterator = ubrk_open (UBRK_CHARACTER, "en", units, -1, &status);
    guint count = 0;
    while (ubrk_next (iterator) != UBRK_DONE)
        count++;
    ubrk_close (iterator);
    return count;
}

/* For each drawn character of a drawable text, whether a grapheme begins with it; caller frees. */
static bool *dup_starts (const char *drawable)
{
    UErrorCode status = U_ZERO_ERROR;
    glong length = 0;
    g_autofree gunichar2 *units = g_utf8_to_utf16 (drawable, -1, NULL, &length, NULL);
    UBreakIterator *iterator = ubrk_open (UBRK_CHARACTER, "en", units, (int)length, &status);
    bool *starts = g_new0 (bool, (gsize)length + 1);
    for (int i = 0, drawn = 0; i < length; i++)
        if (!is_never_drawn (units[i]))
            starts[drawn++] = ubrk_isBoundary (iterator, i);
    ubrk_close (iterator);
    return starts;
}

/* The line, with the hyphen of a word that is parted; runs in the order in which they are read. */
static char *dup_line (const BpBrokenText *broken, guint index)
{
    const BpTextLine *line = &g_array_index (broken->lines, BpTextLine, index);
    GString *text = g_string_new (NULL);
    for (guint i = 0; i < line->segment_count; i++)
    {
        const BpSegment *segment = &g_array_index (broken->segments, BpSegment, line->first_segment + i);
        g_string_append (text, segment->text);
        g_assert_cmpfloat (segment->x, >=, -0.001);
        g_assert_cmpfloat (segment->x + segment->width, <=, line->width + 0.001);
    }
    return g_string_free (text, FALSE);
}

static bool runs_right_to_left (const char *text)
{
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
        const gunichar character = g_utf8_get_char (at);
        if ((character >= 0x590 && character < 0x620) || character == 0x200F)
            return true;
    }
    return false;
}

static gint compare_characters (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
    return (*(const gunichar *)a > *(const gunichar *)b) - (*(const gunichar *)a < *(const gunichar *)b);
}

/* The characters of a text without their order, hyphens left out, and which way a bracket looks left open. */
static char *dup_sorted (const char *text)
{
    glong length = 0;
    g_autofree gunichar *characters = g_utf8_to_ucs4_fast (text, -1, &length);
    glong kept = 0;
    for (glong i = 0; i < length; i++)
    {
        gunichar mirror;
        if (characters[i] != '-')
            characters[kept++] = g_unichar_get_mirror_char (characters[i], &mirror) ? MIN (characters[i], mirror) : characters[i];
    }
    g_qsort_with_data (characters, (gint)kept, sizeof (gunichar), compare_characters, NULL);
    return g_ucs4_to_utf8 (characters, kept, NULL, NULL, NULL);
}

static void check_lines (BpFonts *fonts, const char *text, double width)
{
    g_autofree char *drawable = dup_drawable (fonts, text), *wanted = dup_ink (drawable);
    GStringChunk *strings = g_string_chunk_new (256);
    const BpSpan span = { .text = text, .size_pt = 10.0 };
    g_autoptr (BpBrokenText) broken = bp_line_break (fonts, strings, &span, 1, width, BP_BREAK_TIDY);
    GString *joined = g_string_new (NULL);
    g_autofree bool *starts = dup_starts (drawable);
    const bool is_turned = runs_right_to_left (drawable);
    for (guint i = 0; i < broken->lines->len; i++)
    {
        g_autofree char *line = dup_line (broken, i);
        g_autofree char *ink = dup_ink (line);
        g_assert_true (g_utf8_validate (line, -1, NULL));
        g_autofree char *composed = g_utf8_normalize (line, -1, G_NORMALIZE_NFC);
        g_assert_cmpstr (line, ==, composed);
        if (g_array_index (broken->lines, BpTextLine, i).width > width + 0.02)
            g_assert_cmpuint (count_graphemes (ink), ==, 1);
        if (!is_turned && g_str_has_suffix (ink, "-") && !g_str_has_prefix (wanted + joined->len, ink))
            ink[strlen (ink) - 1] = '\0';                                                     /* of a soft hyphen */
        g_assert_true (is_turned || *ink == '\0' || starts[g_utf8_strlen (joined->str, -1)]); /* no grapheme is parted */
        g_string_append (joined, ink);
    }
    g_autofree char *drawn = is_turned ? dup_sorted (joined->str) : g_strdup (joined->str);
    g_autofree char *all = is_turned ? dup_sorted (wanted) : g_strdup (wanted);
    g_assert_cmpstr (drawn, ==, all); /* nothing is lost, or, from left to right, out of order */
    g_string_free (joined, TRUE);
    g_string_chunk_free (strings);
}

static void test_any_text (void)
{
    GRand *random = g_rand_new_with_seed (20250731);
    g_autoptr (GPtrArray) undrawn = bp_undrawn_texts_new ();
    g_autoptr (BpFonts) fonts = bp_fonts_new (half_em, NULL, undrawn);
    for (int i = 0; i < 4000; i++)
    {
        g_autofree char *text = dup_random_text (random);
        g_autofree char *drawable = dup_drawable (fonts, text);
        g_assert_true (g_utf8_validate (drawable, -1, NULL));
        g_autofree char *composed = g_utf8_normalize (drawable, -1, G_NORMALIZE_NFC);
        g_assert_cmpstr (drawable, ==, composed);
        for (const char *at = drawable; *at != '\0'; at = g_utf8_next_char (at))
            g_assert_true (is_never_drawn (g_utf8_get_char (at)) || half_em (NULL, BP_FACE_REGULAR, g_utf8_get_char (at)) >= 0);
        check_lines (fonts, text, g_rand_double_range (random, 4.0, 120.0));
    }
    g_rand_free (random);
}

/* What stays plain costs no look at Unicode tables, and must come out as if it had. */
static void test_plain_text_is_what_the_long_way_gives (void)
{
    g_autoptr (BpFonts) fonts = bp_fonts_new (half_em, NULL, NULL);
    for (gunichar character = 0x20; character < 0x2600; character++)
    {
        char text[8] = { 0 }, forced[16];
        text[g_unichar_to_utf8 (character, text)] = '\0';
        g_snprintf (forced, sizeof forced, "%s\xE2\x80\x8Bx", text); /* a zero-width space: not plain */
        g_autofree char *plain = dup_drawable (fonts, text), *whole = dup_drawable (fonts, forced);
        g_assert_true (g_str_has_prefix (whole, plain));
    }
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/render/fonts/only_drawable_text_is_drawn", test_drawable_text);
    g_test_add_func ("/render/fonts/missing_glyphs_are_boxes", test_missing_glyphs_are_boxes);
    g_test_add_func ("/render/fonts/each_text_is_named_once", test_each_text_is_named_once);
    g_test_add_func ("/render/fonts/any_text_keeps_its_letters_and_graphemes", test_any_text);
    g_test_add_func ("/render/fonts/plain_text_is_what_the_long_way_gives", test_plain_text_is_what_the_long_way_gives);
    return g_test_run ();
}
