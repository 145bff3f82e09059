#include "base/formula_guard.h"

#include <string.h>

/* What starts a formula, or is passed over before one; those of full width start one where East Asian languages are written. */
static bool starts_formula (const char *text, gsize length)
{
    static const char *const wide[] = { "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0" };
    if (length > 0 && text[0] != '\0' && strchr ("=+-@\t\r\n", text[0]) != NULL)
        return true;
    for (gsize i = 0; i < G_N_ELEMENTS (wide); i++)
        if (length >= 3 && memcmp (text, wide[i], 3) == 0)
            return true;
    return false;
}

/* "-5", "+1,200.5", "-3%": the sign of a number. */
static bool is_signed_number (const char *text, gsize length)
{
    if (text[0] != '-' && text[0] != '+')
        return false;
    for (gsize i = 1; i < length; i++)
        if (!g_ascii_isdigit (text[i]) && text[i] != '.' && text[i] != ',' && text[i] != '%')
            return false;
    return true;
}

/* Apostrophes that were typed before it make no difference: one more goes before them, and one is taken off. */
bool bp_formula_needs_guard (const char *text, gsize length)
{
    gsize start = 0;
    while (start < length && text[start] == '\'')
        start++;
    return starts_formula (text + start, length - start) && !is_signed_number (text + start, length - start);
}

bool bp_formula_has_guard (const char *text, gsize length)
{
    return length > 0 && text[0] == '\'' && bp_formula_needs_guard (text, length);
}
