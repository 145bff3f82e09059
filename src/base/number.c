#include "base/number.h"

#include <float.h>
#include <math.h>
#include <string.h>

static const char *skip_blanks (const char *cursor)
{
    while (g_ascii_isspace (*cursor) || strncmp (cursor, "\xc2\xa0", 2) == 0)
        cursor += (unsigned char)*cursor == 0xc2 ? 2 : 1;
    return cursor;
}

/* The digits before the point into buffer: plain, or with a comma before every third. NULL if the commas are wrong. */
static const char *read_whole_part (const char *cursor, GString *digits)
{
    int run = 0, groups = 0;
    for (;; cursor++)
    {
        if (g_ascii_isdigit (*cursor))
        {
            g_string_append_c (digits, *cursor);
            run++;
        }
        else if (*cursor == ',' && g_ascii_isdigit (cursor[1]) && (groups == 0 ? run >= 1 && run <= 3 : run == 3))
        {
            groups++;
            run = 0;
        }
        else
            break;
    }
    return groups > 0 && run != 3 ? NULL : cursor;
}

static const char *read_sign (const char *cursor, GString *digits)
{
    static const char minus[] = "\xe2\x88\x92"; /* U+2212 */
    if (strncmp (cursor, minus, 3) == 0)
    {
        g_string_append_c (digits, '-');
        return cursor + 3;
    }
    if (*cursor == '-' || *cursor == '+')
    {
        if (*cursor == '-')
            g_string_append_c (digits, '-');
        return cursor + 1;
    }
    return cursor;
}

bool bp_number_parse (const char *text, BpNumber *number_out)
{
    if (text == NULL || strlen (text) > 200)
        return false;
    g_autoptr (GString) digits = g_string_new (NULL);
    BpNumber number = { 0 };
    const char *cursor = read_sign (skip_blanks (text), digits);
    if (strncmp (cursor, "\xc2\xa3", 2) == 0)
    {
        number.is_money = true;
        cursor += 2;
    }
    gsize sign_length = digits->len;
    cursor = read_whole_part (cursor, digits);
    if (cursor == NULL || digits->len == sign_length)
        return false;
    if (*cursor == '.')
    {
        if (!g_ascii_isdigit (cursor[1]))
            return false;
        g_string_append_c (digits, '.');
        for (cursor++; g_ascii_isdigit (*cursor); cursor++, number.decimals++)
            g_string_append_c (digits, *cursor);
    }
    cursor = skip_blanks (cursor);
    if (*cursor == '%')
    {
        number.is_percent = true;
        cursor++;
    }
    else if (g_ascii_strncasecmp (cursor, "per cent", 8) == 0)
    {
        number.is_percent = true;
        cursor += 8;
    }
    if (*skip_blanks (cursor) != '\0')
        return false;
    number.value = g_ascii_strtod (digits->str, NULL);
    if (!isfinite (number.value))
        return false;
    *number_out = number;
    return true;
}

bool bp_integer_parse (const char *text, gint64 *integer_out)
{
    BpNumber number;
    if (!bp_number_parse (text, &number) || number.decimals > 0 || number.is_percent || number.is_money || fabs (number.value) > 9e15)
        return false;
    *integer_out = (gint64)number.value;
    return true;
}

char *bp_number_dup_text (double value, int decimals)
{
    if (!isfinite (value))
        return g_strdup ("[x]");
    decimals = CLAMP (decimals, 0, 12);
    double scale = pow (10, decimals);
    /* Half away from nought, with a hair's breadth for what binary fractions lose (0.285 is stored below 0.285). */
    double scaled = fabs (value) * scale;
    double rounded = floor (scaled + 0.5 + MIN (scaled * 4 * DBL_EPSILON, 1e-3));
    char digits[G_ASCII_DTOSTR_BUF_SIZE + 400];
    g_ascii_formatd (digits, (gint)sizeof digits, "%.0f", rounded);
    g_autoptr (GString) text = g_string_new (digits);
    while (text->len < (gsize)decimals + 1)
        g_string_prepend_c (text, '0');
    gsize whole = text->len - (gsize)decimals;
    if (decimals > 0)
        g_string_insert_c (text, (gssize)whole, '.');
    for (gsize at = whole; at > 3;)
    {
        at -= 3;
        g_string_insert_c (text, (gssize)at, ',');
    }
    if (value < 0 && rounded > 0)
        g_string_prepend (text, "\xe2\x88\x92");
    return g_strdup (text->str);
}

double bp_share_percent (double numerator, double denominator, int decimals)
{
    double exact = 100.0 * numerator / denominator;
    double step = pow (10, -decimals);
    double rounded = floor (exact / step + 0.5 + 1e-9) * step;
    if (rounded >= 100 && numerator < denominator)
        return 100 - step;
    if (rounded <= 0 && numerator > 0)
        return step;
    return rounded;
}
