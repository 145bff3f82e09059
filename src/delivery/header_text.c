#include "delivery/header_text.h"

/* What is not seen, and makes a text read as another: marks of direction, tags, blanks of no width. Not the two joiners (U+200C, U+200D),
 * which the names of some languages are written with. */
static bool is_hidden (gunichar letter)
{
    return g_unichar_type (letter) == G_UNICODE_FORMAT && letter != 0x200C && letter != 0x200D;
}

static bool is_line_end (gunichar letter)
{
    return letter == 0x2028 || letter == 0x2029;
}

bool bp_header_text_check (const char *what, const char *text, int max_chars, GError **error)
{
    if (!g_utf8_validate (text, -1, NULL))
        return bp_fail (error, BP_ERROR_DELIVERY, "%s is no valid UTF-8; type it again", what);
    int count = 0;
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at), count++)
    {
        gunichar letter = g_utf8_get_char (at);
        if (g_unichar_iscntrl (letter) || is_line_end (letter) || is_hidden (letter))
            return bp_fail (error, BP_ERROR_DELIVERY,
                            "%s holds a line end or control character, or one that is not seen (U+%04X), after %d characters; take it out",
                            what, letter, count);
    }
    if (count > max_chars)
        return bp_fail (error, BP_ERROR_DELIVERY, "%s has %d characters, more than %d; shorten it", what, count, max_chars);
    return true;
}
