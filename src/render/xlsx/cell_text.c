#include "render/xlsx/cell_text.h"

#include <string.h>

#define ESCAPED_LOW_LINE "_x005F_"

static bool is_fit_for_xml (gunichar c)
{
    if (c < 0x20)
        return c == '\n';
    if (c >= 0x7F && c <= 0x9F)
        return false;
    return (c & 0xFFFE) != 0xFFFE;
}

/* "_xHHHH_" is how the format writes a character by number: typed by a user it would turn into another letter. */
static bool is_escape (const char *at)
{
    if (at[0] != '_' || at[1] != 'x')
        return false;
    for (int i = 2; i < 6; i++)
        if (!g_ascii_isxdigit (at[i]))
            return false;
    return at[6] == '_';
}

/* ASCII, and well-formed characters from U+00A0 to U+CFFF, but for U+0800 to U+0FFF: what nearly all cells hold. */
bool bp_xlsx_is_cell_text (const char *text)
{
    size_t length = 0;

    for (const guchar *at = (const guchar *)text; *at != '\0'; at++, length++)
    {
        if (*at >= 0x20 && *at < 0x7F)
        {
            if (*at == '_' && at[1] == 'x')
                return false;
            continue;
        }
        if (*at == '\n')
            continue;
        bool is_two = (*at >= 0xC3 && *at <= 0xDF) || (*at == 0xC2 && at[1] >= 0xA0);
        bool is_three = *at >= 0xE1 && *at <= 0xEC;
        if (!is_two && !is_three)
            return false;
        for (int i = is_two ? 1 : 2; i > 0; i--)
            if ((*++at & 0xC0) != 0x80)
                return false;
    }
    return length <= BP_XLSX_TEXT_LIMIT;
}

char *bp_xlsx_dup_cell_text (const char *text, BpXlsxTextChange *change_out)
{
    const gunichar replacement = 0xFFFD;
    BpXlsxTextChange change = { 0 };
    if (bp_xlsx_is_cell_text (text))
    {
        if (change_out != NULL)
            *change_out = change;
        return g_strdup (text);
    }
    GString *out = g_string_sized_new (strlen (text) + 1);
    const char *end = text + strlen (text);
    glong units = 0;

    for (const char *at = text; at < end;)
    {
        gunichar c = g_utf8_get_char_validated (at, end - at);
        bool is_valid = c != (gunichar)-1 && c != (gunichar)-2;
        const char *next = is_valid ? g_utf8_next_char (at) : at + 1;
        if (is_valid && c == '\r')
        {
            if (*next == '\n')
                next++;
            c = '\n';
        }
        else if (is_valid && c == '\t')
            c = ' ';
        if (!is_valid || !is_fit_for_xml (c))
        {
            c = replacement;
            change.replaced++;
        }
        /* Room for the "…", and for the longest piece that one step adds. */
        glong step = c == '_' && is_escape (at) ? (glong)strlen (ESCAPED_LOW_LINE) : c > 0xFFFF ? 2 : 1;
        if (units + step > BP_XLSX_TEXT_LIMIT - 1 && (next < end || units + step > BP_XLSX_TEXT_LIMIT))
        {
            g_string_append (out, "…");
            change.is_cut = true;
            break;
        }
        if (step > 2)
            g_string_append (out, ESCAPED_LOW_LINE);
        else
            g_string_append_unichar (out, c);
        units += step;
        at = next;
    }
    if (change_out != NULL)
        *change_out = change;
    return g_string_free (out, FALSE);
}
