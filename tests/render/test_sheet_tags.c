#include "render/xlsx/sheet_tags.h"

#include <string.h>

static const char *judge (const char *xml, gsize piece, BpXlsxSheetTags *tags)
{
    gsize length = strlen (xml);

    bp_xlsx_sheet_tags_init (tags);
    for (gsize at = 0; at < length; at += piece)
        bp_xlsx_sheet_tags_feed (tags, xml + at, MIN (piece, length - at));
    return bp_xlsx_sheet_tags_end (tags);
}

static const char sound[] = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                            "<worksheet xmlns=\"a\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a &gt; b \" c</t></is></c>"
                            "<c r=\"B1\" s=\"2\"/></row><row r=\"2\"><c r=\"A2\"><v>1</v></c></row></sheetData>"
                            "<dataValidation prompt=\"more > less\"/><tableParts><tablePart r:id=\"rId1\"/></tableParts></worksheet>\n";

static void a_whole_sheet_passes_however_it_is_cut_in_pieces (void)
{
    for (gsize piece = 1; piece <= sizeof sound; piece++)
    {
        g_auto (BpXlsxSheetTags) tags;
        g_assert_cmpstr (judge (sound, piece, &tags), ==, NULL);
        g_assert_cmpuint (tags.row_count, ==, 2);
        g_assert_cmpuint (tags.cell_count, ==, 3);
        g_assert_cmpuint (tags.table_count, ==, 1);
    }
}

static void a_sheet_cut_short_anywhere_is_no_sheet (void)
{
    gsize last = (gsize)(strstr (sound, "</worksheet>") - sound) + strlen ("</worksheet>");

    for (gsize kept = 0; kept < last; kept++)
        for (gsize piece = 1; piece <= 64; piece += 21)
        {
            g_auto (BpXlsxSheetTags) tags;
            g_autofree char *cut = g_strndup (sound, kept);
            g_assert_nonnull (judge (cut, piece, &tags));
        }
}

/* A hole in the middle: what a disk that is full for a while leaves. */
static void tags_that_do_not_match_are_found (void)
{
    static const char *const bad[] = {
        "<a><b></a></b>",
        "<a></a><b></b>",
        "<a></b>",
        "</a>",
        "<a></a></a>",
        "<a>< ></a>",
        "<a><bb></b></a>",
        "<bb></b>",
        "<ab><c></b></ab>",
        "text alone",
        "",
        "<a><c r=\"A1\"><is><t>cut</a>",
    };

    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
        for (gsize piece = 1; piece <= 64; piece += 21)
        {
            g_auto (BpXlsxSheetTags) tags;
            if (judge (bad[i], piece, &tags) == NULL)
                g_error ("%s passes", bad[i]);
        }
}

static void a_tag_without_an_end_is_given_up (void)
{
    g_autofree char *long_tag = g_strnfill (1000000, 'x');
    g_auto (BpXlsxSheetTags) tags;

    long_tag[0] = '<';
    g_assert_nonnull (judge (long_tag, 4096, &tags));
    g_assert_cmpuint (tags.rest->len, <, 100000);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/render/sheet_tags/whole_sheet_passes_however_it_is_cut", a_whole_sheet_passes_however_it_is_cut_in_pieces);
    g_test_add_func ("/render/sheet_tags/sheet_cut_short_anywhere_is_no_sheet", a_sheet_cut_short_anywhere_is_no_sheet);
    g_test_add_func ("/render/sheet_tags/tags_that_do_not_match_are_found", tags_that_do_not_match_are_found);
    g_test_add_func ("/render/sheet_tags/tag_without_an_end_is_given_up", a_tag_without_an_end_is_given_up);
    return g_test_run ();
}
