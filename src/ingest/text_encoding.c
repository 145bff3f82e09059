#include "ingest/text_encoding.h"

#include <string.h>

#define UNDECODABLE '\xff'
#define SAMPLE_BYTES 4096

/* Windows-1252, 0x80 to 0x9F; 0 where it has no character. */
static const guint16 windows_1252_high[32]
    = { 0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
        0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178 };

static gunichar windows_1252_character (unsigned char byte)
{
    return byte >= 0x80 && byte <= 0x9f ? windows_1252_high[byte - 0x80] : byte;
}

static bool starts_with (const char *bytes, gsize length, const char *prefix, gsize prefix_length)
{
    return length >= prefix_length && memcmp (bytes, prefix, prefix_length) == 0;
}

/* UTF-16 and UTF-32 of mostly western text have a NUL in each unit, always at the same place. */
static bool find_wide_encoding (const char *bytes, gsize length, BpEncoding *encoding_out)
{
    gsize sample = MIN (length, SAMPLE_BYTES) / 4 * 4, nul[4] = { 0 };
    if (sample < 8)
        return false;
    for (gsize i = 0; i < sample; i++)
        nul[i % 4] += bytes[i] == '\0';
    gsize units = sample / 4, most = units * 9 / 10, few = units / 10;
    if (nul[1] > most && nul[2] > most && ((nul[3] > most && nul[0] <= few) || (nul[0] > most && nul[3] <= few)))
    {
        *encoding_out = BP_ENCODING_UTF32;
        return true;
    }
    gsize even = nul[0] + nul[2], odd = nul[1] + nul[3];
    if ((odd > units * 2 / 3 && even <= units / 10) || (even > units * 2 / 3 && odd <= units / 10))
    {
        *encoding_out = BP_ENCODING_UTF16_BARE;
        return true;
    }
    return false;
}

/* A byte that a British text in Windows-1252 would hold at this place: an accented capital in the middle of a small-letter word is more
 * likely the torso of a UTF-8 character. */
static bool is_likely_windows_1252 (unsigned char byte, unsigned char before)
{
    if (windows_1252_character (byte) == 0 || byte >= 0xfe)
        return false;
    return byte < 0xc0 || byte > 0xde || !g_ascii_islower (before);
}

/* A file that is not wholly UTF-8: Windows-1252 if it has no UTF-8 character at all beyond ASCII and something that looks like
 * Windows-1252. */
static BpEncoding detect_narrow (const char *bytes, gsize length)
{
    bool is_likely = false;
    for (gsize i = 0; i < length; i++)
    {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte < 0x80)
            continue;
        gunichar character = g_utf8_get_char_validated (bytes + i, (gssize)MIN (length - i, 6));
        if (character != (gunichar)-1 && character != (gunichar)-2)
            return BP_ENCODING_UTF8;
        is_likely |= is_likely_windows_1252 (byte, i > 0 ? (unsigned char)bytes[i - 1] : 0);
    }
    return is_likely ? BP_ENCODING_WINDOWS_1252 : BP_ENCODING_UTF8;
}

BpEncoding bp_encoding_detect (const char *bytes, gsize length)
{
    BpEncoding encoding;
    if (starts_with (bytes, length, "\xef\xbb\xbf", 3))
        return BP_ENCODING_UTF8_BOM;
    if (starts_with (bytes, length, "\xff\xfe\0\0", 4) || starts_with (bytes, length, "\0\0\xfe\xff", 4))
        return BP_ENCODING_UTF32;
    if (starts_with (bytes, length, "\xff\xfe", 2))
        return BP_ENCODING_UTF16_LE;
    if (starts_with (bytes, length, "\xfe\xff", 2))
        return BP_ENCODING_UTF16_BE;
    if (starts_with (bytes, length, "PK\x03\x04", 4) || starts_with (bytes, length, "\xd0\xcf\x11\xe0", 4))
        return BP_ENCODING_WORKBOOK;
    if (find_wide_encoding (bytes, length, &encoding))
        return encoding;
    if (g_utf8_validate_len (bytes, length, NULL))
        return BP_ENCODING_UTF8;
    return detect_narrow (bytes, length);
}

const char *bp_encoding_name (BpEncoding encoding)
{
    switch (encoding)
    {
    case BP_ENCODING_UTF8:
        return "UTF-8";
    case BP_ENCODING_UTF8_BOM:
        return "UTF-8 with a byte order mark";
    case BP_ENCODING_UTF16_LE:
        return "UTF-16 (little-endian)";
    case BP_ENCODING_UTF16_BE:
        return "UTF-16 (big-endian)";
    case BP_ENCODING_WINDOWS_1252:
        return "Windows-1252";
    case BP_ENCODING_UTF16_BARE:
        return "UTF-16 without a byte order mark";
    case BP_ENCODING_UTF32:
        return "UTF-32";
    case BP_ENCODING_WORKBOOK:
        return "an Excel workbook";
    }
    g_assert_not_reached ();
}

bool bp_encoding_is_readable (BpEncoding encoding)
{
    return encoding < BP_ENCODING_UTF16_BARE;
}

static void append_character (GString *text, gunichar character)
{
    if (character < 0x80)
        g_string_append_c (text, (char)character);
    else
        g_string_append_unichar (text, character);
}

static GString *convert_windows_1252 (const char *bytes, gsize length)
{
    GString *text = g_string_sized_new (length + length / 16 + 16);
    for (gsize i = 0; i < length; i++)
    {
        gunichar character = windows_1252_character ((unsigned char)bytes[i]);
        if (character == 0 && bytes[i] != '\0')
            g_string_append_c (text, UNDECODABLE);
        else
            append_character (text, character);
    }
    return text;
}

static gunichar utf16_unit (const unsigned char *bytes, bool is_big)
{
    return is_big ? (gunichar)(bytes[0] << 8 | bytes[1]) : (gunichar)(bytes[1] << 8 | bytes[0]);
}

static GString *convert_utf16 (const char *bytes, gsize length, bool is_big)
{
    const unsigned char *units = (const unsigned char *)bytes;
    GString *text = g_string_sized_new (length / 2 + length / 16 + 16);
    gsize i = 2; /* past the byte order mark */
    for (; i + 1 < length; i += 2)
    {
        gunichar unit = utf16_unit (units + i, is_big);
        gunichar next = unit >= 0xd800 && unit <= 0xdbff && i + 3 < length ? utf16_unit (units + i + 2, is_big) : 0;
        if (next >= 0xdc00 && next <= 0xdfff)
        {
            append_character (text, 0x10000 + ((unit - 0xd800) << 10) + (next - 0xdc00));
            i += 2;
        }
        else if (unit >= 0xd800 && unit <= 0xdfff)
            g_string_append_c (text, UNDECODABLE);
        else
            append_character (text, unit);
    }
    if (i < length)
        g_string_append_c (text, UNDECODABLE); /* half a unit at the end */
    return text;
}

void bp_encoding_convert (BpEncoding encoding, char **bytes, gsize *length)
{
    g_assert (bp_encoding_is_readable (encoding));
    if (encoding == BP_ENCODING_UTF8)
        return;
    if (encoding == BP_ENCODING_UTF8_BOM)
    {
        *length -= 3;
        memmove (*bytes, *bytes + 3, *length);
        (*bytes)[*length] = '\0';
        return;
    }
    GString *text = encoding == BP_ENCODING_WINDOWS_1252 ? convert_windows_1252 (*bytes, *length)
                                                         : convert_utf16 (*bytes, *length, encoding == BP_ENCODING_UTF16_BE);
    g_free (*bytes);
    *length = text->len;
    *bytes = g_string_free (text, FALSE);
}
