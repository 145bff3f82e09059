#include "delivery/header_text.h"

/* Marks that turn the direction of what follows: U+202A to U+202E and U+2066 to U+2069. */
static bool is_direction (gunichar letter)
{
    return (letter >= 0x202A && letter <= 0x202E) || (letter >= 0x2066 && letter <= 0x2069);
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
        if (g_unichar_iscntrl (letter) || is_line_end (letter) || is_direction (letter))
            return bp_fail (error, BP_ERROR_DELIVERY, "%s holds a line end or control character (U+%04X) after %d characters; take it out",
                            what, letter, count);
    }
    if (count > max_chars)
        return bp_fail (error, BP_ERROR_DELIVERY, "%s has %d characters, more than %d; shorten it", what, count, max_chars);
    return true;
}
