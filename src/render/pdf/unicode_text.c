#include "render/pdf/unicode_text.h"

#include <unicode/ubidi.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

#define MOST_NAMES 3
#define LONGEST_NAME 128

/* ---- one character ---- */

bool bp_unicode_is_unseen (gunichar character)
{
    return character == BP_SOFT_HYPHEN || character == BP_ZERO_WIDTH_SPACE || character == 0x200E || character == 0x200F
           || character == 0x061C || character == 0x2060;
}

bool bp_unicode_is_shaping (gunichar character)
{
    return !bp_unicode_is_unseen (character) && !bp_unicode_is_turning (character)
           && u_hasBinaryProperty ((UChar32)character, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

bool bp_unicode_is_turning (gunichar character)
{
    return (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
}

bool bp_unicode_is_mark (gunichar character)
{
    return character >= 0x300 && (U_GET_GC_MASK ((UChar32)character) & U_GC_M_MASK) != 0;
}

bool bp_unicode_continues_grapheme (gunichar character)
{
    if (character < 0x300)
        return false;
    const int kind = u_getIntPropertyValue ((UChar32)character, UCHAR_GRAPHEME_CLUSTER_BREAK);
    return kind == U_GCB_EXTEND || kind == U_GCB_SPACING_MARK || kind == U_GCB_ZWJ;
}

bool bp_unicode_draws_unshaped (gunichar character)
{
    UErrorCode status = U_ZERO_ERROR;
    if (u_charDirection ((UChar32)character) == U_RIGHT_TO_LEFT_ARABIC)
        return false; /* also what Arabic shares with its neighbours */
    switch (uscript_getScript ((UChar32)character, &status))
    {
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
    case USCRIPT_CYRILLIC:
    case USCRIPT_ARMENIAN:
    case USCRIPT_GEORGIAN:
    case USCRIPT_HEBREW:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_BOPOMOFO:
    case USCRIPT_ETHIOPIC:
    case USCRIPT_CHEROKEE:
    case USCRIPT_BRAILLE:
        return true;
    case USCRIPT_HANGUL:
        return u_getIntPropertyValue ((UChar32)character, UCHAR_HANGUL_SYLLABLE_TYPE) >= U_HST_LV_SYLLABLE; /* not its loose parts */
    default:
        return false;
    }
}

gunichar bp_unicode_mirror (gunichar character)
{
    return (gunichar)u_charMirror ((UChar32)character);
}

char *bp_unicode_dup_name (const gunichar *characters, guint count)
{
    GString *text = g_string_new (NULL);
    for (guint i = 0; i < MIN (count, MOST_NAMES); i++)
    {
        char name[LONGEST_NAME] = "";
        UErrorCode status = U_ZERO_ERROR;
        u_charName ((UChar32)characters[i], U_EXTENDED_CHAR_NAME, name, sizeof name, &status);
        g_string_append_printf (text, "%sU+%04X", i > 0 ? ", " : "", characters[i]);
        if (g_unichar_iscntrl (characters[i]))
            g_string_append (text, " (control character)");
        else if (U_SUCCESS (status) && *name != '\0' && *name != '<')
            g_string_append_printf (text, " %s", name);
    }
    if (count > MOST_NAMES)
        g_string_append_printf (text, " and %u more", count - MOST_NAMES);
    return g_string_free (text, FALSE);
}

/* ---- iterators: opening one reads its rules, so each thread keeps its own ---- */

typedef struct
{
    UBreakIterator *graphemes, *lines;
} Iterators;

static void free_iterators (gpointer pointer)
{
    Iterators *iterators = pointer;
    ubrk_close (iterators->graphemes);
    ubrk_close (iterators->lines);
    g_free (iterators);
}

static UBreakIterator *open_iterator (UBreakIteratorType type)
{
    UErrorCode status = U_ZERO_ERROR;
    UBreakIterator *iterator = ubrk_open (type, "en", NULL, 0, &status);
    if (U_FAILURE (status))
        g_error ("ICU has no data for breaking text: %s", u_errorName (status)); /* the library's own data are gone */
    return iterator;
}

static Iterators *get_iterators (void)
{
    static GPrivate kept = G_PRIVATE_INIT (free_iterators);
    Iterators *iterators = g_private_get (&kept);
    if (iterators == NULL)
    {
        iterators = g_new (Iterators, 1);
        iterators->graphemes = open_iterator (UBRK_CHARACTER);
        iterators->lines = open_iterator (UBRK_LINE);
        g_private_set (&kept, iterators);
    }
    return iterators;
}

static void set_text (UBreakIterator *iterator, const UChar *units, int count)
{
    UErrorCode status = U_ZERO_ERROR;
    ubrk_setText (iterator, units, count, &status);
    g_assert (U_SUCCESS (status));
}

/* ---- graphemes ---- */

static UChar *dup_composed (const UChar *units, int count, int *count_out)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *normalizer = unorm2_getNFCInstance (&status);
    g_assert (U_SUCCESS (status));
    const int room = count * 3 + 1; /* what NFC can grow by, at most */
    UChar *composed = g_new (UChar, (gsize)room);
    *count_out = unorm2_normalize (normalizer, units, count, composed, room, &status);
    g_assert (U_SUCCESS (status));
    return composed;
}

static void append_characters (const UChar *units, int *at, int end, GArray *characters)
{
    while (*at < end)
    {
        gunichar character = units[(*at)++];
        if (U16_IS_LEAD (character) && *at < end)
            character = 0x10000 + ((character & 0x3FF) << 10) + (units[(*at)++] & 0x3FFU);
        g_array_append_val (characters, character);
    }
}

void bp_unicode_append_graphemes (const char *text, GArray *characters, GArray *ends)
{
    glong length = 0;
    g_autofree gunichar2 *units = g_utf8_to_utf16 (text, -1, NULL, &length, NULL);
    g_return_if_fail (units != NULL);
    int count = 0;
    g_autofree UChar *composed = dup_composed (units, (int)length, &count);
    UBreakIterator *iterator = get_iterators ()->graphemes;
    set_text (iterator, composed, count);
    int at = 0;
    for (int end = ubrk_next (iterator); end != UBRK_DONE; end = ubrk_next (iterator))
    {
        append_characters (composed, &at, end, characters);
        g_array_append_val (ends, characters->len);
    }
    set_text (iterator, NULL, 0); /* it must not point into what is freed */
}

void bp_unicode_compose (GArray *characters)
{
    glong length = 0;
    g_autofree gunichar2 *units = g_ucs4_to_utf16 ((const gunichar *)(void *)characters->data, (glong)characters->len, NULL, &length, NULL);
    g_return_if_fail (units != NULL);
    int count = 0;
    g_autofree UChar *composed = dup_composed (units, (int)length, &count);
    g_array_set_size (characters, 0);
    int at = 0;
    append_characters (composed, &at, count, characters);
}

/* ---- lines ---- */

/* Characters of the basic plane are one unit each, so that indexes stay the same. */
static UChar *dup_units (const gunichar *characters, guint count)
{
    UChar *units = g_new (UChar, (gsize)count + 1);
    for (guint i = 0; i < count; i++)
        units[i] = (UChar)characters[i];
    units[count] = 0;
    return units;
}

/* Scripts that are written without blanks between words. */
static bool is_unspaced (gunichar character)
{
    if (character < 0xE00)
        return false;
    switch (u_getIntPropertyValue ((UChar32)character, UCHAR_LINE_BREAK))
    {
    case U_LB_IDEOGRAPHIC:
    case U_LB_CONDITIONAL_JAPANESE_STARTER:
    case U_LB_COMPLEX_CONTEXT:
    case U_LB_H2:
    case U_LB_H3:
        return true;
    default:
        return false;
    }
}

void bp_unicode_find_breaks (const gunichar *characters, guint count, bool *may_break)
{
    g_autofree UChar *units = dup_units (characters, count);
    UBreakIterator *iterator = get_iterators ()->lines;
    set_text (iterator, units, (int)count);
    for (int end = ubrk_next (iterator); end != UBRK_DONE && (guint)end < count; end = ubrk_next (iterator))
    {
        const gunichar before = characters[end - 1], after = characters[end];
        may_break[end - 1] = before == BP_ZERO_WIDTH_SPACE || is_unspaced (before) || is_unspaced (after);
    }
    set_text (iterator, NULL, 0);
}

/* ---- direction ---- */

static bool runs_left_to_right (const gunichar *characters, guint count)
{
    for (guint i = 0; i < count; i++)
    {
        const gunichar character = characters[i];
        if (character < 0x590 || bp_unicode_is_plain (character))
            continue;
        const UCharDirection direction = u_charDirection ((UChar32)character);
        if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC || direction == U_ARABIC_NUMBER)
            return false;
    }
    return true;
}

guint8 *bp_unicode_dup_levels (const gunichar *characters, guint count)
{
    if (runs_left_to_right (characters, count))
        return NULL;
    UErrorCode status = U_ZERO_ERROR;
    g_autofree UChar *units = dup_units (characters, count);
    UBiDi *bidi = ubidi_open ();
    ubidi_setPara (bidi, units, (int)count, UBIDI_DEFAULT_LTR, NULL, &status);
    const UBiDiLevel *levels = U_SUCCESS (status) ? ubidi_getLevels (bidi, &status) : NULL;
    guint8 *copy = levels == NULL ? NULL : g_memdup2 (levels, count);
    ubidi_close (bidi);
    return copy;
}

void bp_unicode_order_line (const guint8 *levels, guint count, int *order_out)
{
    ubidi_reorderVisual (levels, (int)count, order_out);
}
