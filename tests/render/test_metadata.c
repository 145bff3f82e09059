#include "render/pdf/catalog.h"
#include "render/pdf/metadata.h"

#include <string.h>

static const BpMetadata sample = { .title = "A & B <\"pack\">",
                                   .organisation = "Westbrook\tBorough",
                                   .description = "What it is",
                                   .producer = "boardpack 0.1.0",
                                   .language = "en-GB",
                                   .created_at = 1753920000,
                                   .is_pdfua = true,
                                   .is_pdfa = true };

static void ignore_element (GMarkupParseContext *context, const char *name, const char **names, const char **values, gpointer data,
                            GError **error)
{
    (void)context;
    (void)name;
    (void)names;
    (void)values;
    (void)data;
    (void)error;
}

static void assert_well_formed (const char *xmp)
{
    static const GMarkupParser parser = { .start_element = ignore_element };
    g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, G_MARKUP_PREFIX_ERROR_POSITION, NULL, NULL);
    g_autoptr (GError) error = NULL;
    g_markup_parse_context_parse (context, xmp, -1, &error);
    g_assert_no_error (error);
    g_markup_parse_context_end_parse (context, &error);
    g_assert_no_error (error);
}

static void test_packet_says_what_the_file_is (void)
{
    static const char *const parts[] = { "<rdf:li xml:lang=\"x-default\">A &amp; B &lt;&quot;pack&quot;&gt;</rdf:li></rdf:Alt></dc:title>",
                                         "<dc:creator><rdf:Seq><rdf:li>Westbrook Borough</rdf:li>",
                                         "<rdf:li xml:lang=\"x-default\">What it is</rdf:li></rdf:Alt></dc:description>",
                                         "<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li>",
                                         "<xmp:CreateDate>2025-07-31T00:00:00Z</xmp:CreateDate>",
                                         "<xmp:ModifyDate>2025-07-31T00:00:00Z</xmp:ModifyDate>",
                                         "<xmp:CreatorTool>boardpack 0.1.0</xmp:CreatorTool>",
                                         "<pdf:Producer>boardpack 0.1.0</pdf:Producer>",
                                         "<pdfuaid:part>1</pdfuaid:part>",
                                         "<pdfaid:part>2</pdfaid:part>",
                                         "<pdfaid:conformance>A</pdfaid:conformance>",
                                         "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>" };
    g_autofree char *xmp = bp_metadata_dup_xmp (&sample);
    assert_well_formed (xmp);
    for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
        if (strstr (xmp, parts[i]) == NULL)
            g_error ("%s is not in\n%s", parts[i], xmp);
    g_assert_true (g_str_has_prefix (xmp, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"));
}

static void test_marks_stand_alone (void)
{
    BpMetadata metadata = sample;
    metadata.is_pdfa = false;
    g_autofree char *accessible = bp_metadata_dup_xmp (&metadata);
    g_assert_nonnull (strstr (accessible, "pdfuaid:part"));
    g_assert_null (strstr (accessible, "pdfaid:"));
    g_assert_null (strstr (accessible, "pdfaSchema"));
    metadata.is_pdfua = false;
    g_autofree char *plain = bp_metadata_dup_xmp (&metadata);
    g_assert_null (strstr (plain, "pdfuaid"));
    g_assert_null (strstr (plain, "pdfaid"));
}

static void test_missing_words_leave_no_empty_property (void)
{
    const BpMetadata metadata = { .title = "Pack", .language = "cy" };
    g_autofree char *xmp = bp_metadata_dup_xmp (&metadata);
    assert_well_formed (xmp);
    g_assert_nonnull (strstr (xmp, "<rdf:li>cy</rdf:li>"));
    g_assert_null (strstr (xmp, "dc:creator"));
    g_assert_null (strstr (xmp, "dc:description"));
    g_assert_null (strstr (xmp, "pdf:Producer>"));
}

static void test_odd_characters_become_blanks (void)
{
    static const struct
    {
        const char *text, *wanted;
    } cases[] = { { "a\x01\nb", "a  b" },
                  { "a\x7F", "a " },
                  { "a\xC2\x85", "a " },
                  { "a\xEF\xBF\xBE", "a " },
                  { "\xE2\x89\xA4 \xF0\x9F\x98\x80", "\xE2\x89\xA4 \xF0\x9F\x98\x80" } };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autofree char *clean = bp_metadata_dup_text (cases[i].text);
        g_assert_cmpstr (clean, ==, cases[i].wanted);
    }
    g_autofree char *broken = bp_metadata_dup_text ("a\xFF");
    g_assert_true (g_utf8_validate (broken, -1, NULL));
    g_assert_null (bp_metadata_dup_text (NULL));
}

static void test_dates_agree (void)
{
    g_autofree char *xmp = bp_metadata_dup_date (1753920061, true), *pdf = bp_metadata_dup_date (1753920061, false);
    g_assert_cmpstr (xmp, ==, "2025-07-31T00:01:01Z");
    g_assert_cmpstr (pdf, ==, "D:20250731000101Z");
}

static void test_what_is_no_profile_is_refused (void)
{
    g_autoptr (GError) missing = NULL, odd = NULL, good = NULL;
    g_assert_null (bp_colour_profile_load ("/nowhere/sRGB.icc", &missing));
    g_assert_error (missing, BP_ERROR, BP_ERROR_RENDER);
    g_assert_nonnull (strstr (missing->message, "icc-profiles-free"));
    g_assert_null (bp_colour_profile_load (BP_TEST_ROOT "/LICENSE", &odd));
    g_assert_nonnull (strstr (odd->message, "is not the ICC profile of an RGB screen"));
    g_autoptr (GBytes) profile = bp_colour_profile_load ("/usr/share/color/icc/sRGB.icc", &good);
    g_assert_no_error (good);
    g_assert_nonnull (profile);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/render/metadata/packet_says_what_the_file_is", test_packet_says_what_the_file_is);
    g_test_add_func ("/render/metadata/marks_stand_alone", test_marks_stand_alone);
    g_test_add_func ("/render/metadata/missing_words_leave_no_empty_property", test_missing_words_leave_no_empty_property);
    g_test_add_func ("/render/metadata/odd_characters_become_blanks", test_odd_characters_become_blanks);
    g_test_add_func ("/render/metadata/dates_agree", test_dates_agree);
    g_test_add_func ("/render/metadata/what_is_no_profile_is_refused", test_what_is_no_profile_is_refused);
    return g_test_run ();
}
