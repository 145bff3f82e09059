#include "ingest/text_encoding.h"

#include <string.h>

typedef struct
{
    const char *bytes;
    gsize length;
    BpEncoding encoding;
    const char *text; /* NULL: refused */
    gsize text_length;
} Case;

#define BYTES(literal) literal, sizeof (literal) - 1
static const Case cases[] = {
    { BYTES ("plain, ASCII"), BP_ENCODING_UTF8, BYTES ("plain, ASCII") },
    { BYTES (""), BP_ENCODING_UTF8, BYTES ("") },
    { BYTES ("caf\xc3\xa9 \xe2\x80\x93"), BP_ENCODING_UTF8, BYTES ("caf\xc3\xa9 \xe2\x80\x93") },
    { BYTES ("\xef\xbb\xbf"
             "a,b"),
      BP_ENCODING_UTF8_BOM, BYTES ("a,b") },
    { BYTES ("\xef\xbb\xbf\xef\xbb\xbf"
             "a"),
      BP_ENCODING_UTF8_BOM,
      BYTES ("\xef\xbb\xbf"
             "a") },
    { BYTES ("\xff\xfe"
             "a\0\xe9\0\x13\x20"),
      BP_ENCODING_UTF16_LE, BYTES ("a\xc3\xa9\xe2\x80\x93") },
    { BYTES ("\xfe\xff\0a\0\xe9\x20\x13"), BP_ENCODING_UTF16_BE, BYTES ("a\xc3\xa9\xe2\x80\x93") },
    /* a pair of surrogates, half a pair, half a unit, a NUL */
    { BYTES ("\xff\xfe\x3d\xd8\x00\xde"
             "a\0"),
      BP_ENCODING_UTF16_LE,
      BYTES ("\xf0\x9f\x98\x80"
             "a") },
    { BYTES ("\xff\xfe\x3d\xd8"
             "a\0"),
      BP_ENCODING_UTF16_LE,
      BYTES ("\xff"
             "a") },
    { BYTES ("\xff\xfe\x00\xde"
             "a\0"),
      BP_ENCODING_UTF16_LE,
      BYTES ("\xff"
             "a") },
    { BYTES ("\xff\xfe"
             "a\0\x3d\xd8"),
      BP_ENCODING_UTF16_LE, BYTES ("a\xff") },
    { BYTES ("\xff\xfe"
             "a\0b"),
      BP_ENCODING_UTF16_LE, BYTES ("a\xff") },
    { BYTES ("\xff\xfe"
             "a\0\0\0b\0"),
      BP_ENCODING_UTF16_LE, BYTES ("a\0b") },
    /* Windows-1252: pound sign, dashes and quotes; 0x81 stands for nothing */
    { BYTES ("\xa3"
             "5 \x96 \x93yes\x94 caf\xe9"),
      BP_ENCODING_WINDOWS_1252,
      BYTES ("\xc2\xa3"
             "5 \xe2\x80\x93 \xe2\x80\x9cyes\xe2\x80\x9d caf\xc3\xa9") },
    { BYTES ("\xa3"
             "5 \x81"),
      BP_ENCODING_WINDOWS_1252,
      BYTES ("\xc2\xa3"
             "5 \xff") },
    { BYTES ("\x80\x9f"), BP_ENCODING_WINDOWS_1252, BYTES ("\xe2\x82\xac\xc5\xb8") },
    /* UTF-8 with damaged bytes: nothing is guessed, the bytes stay for their row to be found */
    { BYTES ("caf\xc3\xa9, it\xe2\x80s"), BP_ENCODING_UTF8, BYTES ("caf\xc3\xa9, it\xe2\x80s") },
    { BYTES ("caf\xc3, more"), BP_ENCODING_UTF8, BYTES ("caf\xc3, more") },
    { BYTES ("a\xff"
             "b"),
      BP_ENCODING_UTF8,
      BYTES ("a\xff"
             "b") },
    { BYTES ("a\0b"), BP_ENCODING_UTF8, BYTES ("a\0b") },
    { BYTES ("a\n\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), BP_ENCODING_UTF8, BYTES ("a\n\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0") },
    /* refused */
    { BYTES ("p\0l\0a\0n\0,\0r\0e\0f\0"), BP_ENCODING_UTF16_BARE, NULL, 0 },
    { BYTES ("\0p\0l\0a\0n\0,\0r\0e\0f"), BP_ENCODING_UTF16_BARE, NULL, 0 },
    { BYTES ("\xff\xfe\0\0p\0\0\0"), BP_ENCODING_UTF32, NULL, 0 },
    { BYTES ("\0\0\xfe\xff\0\0\0p"), BP_ENCODING_UTF32, NULL, 0 },
    { BYTES ("p\0\0\0l\0\0\0a\0\0\0n\0\0\0"), BP_ENCODING_UTF32, NULL, 0 },
    { BYTES ("\0\0\0p\0\0\0l\0\0\0a\0\0\0n"), BP_ENCODING_UTF32, NULL, 0 },
    { BYTES ("PK\x03\x04zip"), BP_ENCODING_WORKBOOK, NULL, 0 },
    { BYTES ("\xd0\xcf\x11\xe0ole"), BP_ENCODING_WORKBOOK, NULL, 0 },
};

static void test_bytes_are_told_and_converted (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_test_message ("case %" G_GSIZE_FORMAT, i);
        BpEncoding encoding = bp_encoding_detect (cases[i].bytes, cases[i].length);
        g_assert_cmpstr (bp_encoding_name (encoding), ==, bp_encoding_name (cases[i].encoding));
        g_assert_true (bp_encoding_is_readable (encoding) == (cases[i].text != NULL));
        if (cases[i].text == NULL)
            continue;
        gsize length = cases[i].length;
        char *text = g_malloc (length + 1);
        memcpy (text, cases[i].bytes, length);
        text[length] = '\0';
        bp_encoding_convert (encoding, &text, &length);
        g_assert_cmpuint (length, ==, cases[i].text_length);
        g_assert_true (memcmp (text, cases[i].text, length) == 0);
        g_assert_true (text[length] == '\0');
        g_free (text);
    }
}

static void test_random_bytes_are_always_converted (void)
{
    for (int run = 0; run < 4000; run++)
    {
        gsize length = (gsize)g_test_rand_int_range (0, 64);
        char *bytes = g_malloc (length + 1);
        for (gsize i = 0; i <= length; i++)
            bytes[i] = (char)g_test_rand_int_range (0, 256);
        bytes[length] = '\0';
        if (run % 3 == 0 && length >= 2)
            memcpy (bytes, run % 2 == 0 ? "\xff\xfe" : "\xfe\xff", 2);
        BpEncoding encoding = bp_encoding_detect (bytes, length);
        if (bp_encoding_is_readable (encoding))
        {
            bp_encoding_convert (encoding, &bytes, &length);
            g_assert_true (bytes[length] == '\0');
        }
        g_free (bytes);
    }
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/ingest/text_encoding/bytes_are_told_and_converted", test_bytes_are_told_and_converted);
    g_test_add_func ("/ingest/text_encoding/random_bytes_are_always_converted", test_random_bytes_are_always_converted);
    return g_test_run ();
}
