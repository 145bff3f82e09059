#include "render/figure_log.h"
#include "render/renderer.h"
#include "render/theme.h"

static BpTheme *new_theme (const char *section, const char *key, const char *value, GError **error)
{
    g_autoptr (BpSettings) settings = bp_settings_new ("config/theme.ini");
    if (section != NULL)
        bp_settings_add (settings, section, key, value, 7);
    return bp_theme_new (settings, error);
}

static void test_defaults (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (BpTheme) theme = new_theme (NULL, NULL, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpfloat (theme->body_pt, ==, 12.0);
    g_assert_cmpfloat (theme->table_pt, ==, 10.0);
    g_assert_cmpfloat (theme->caption_pt, ==, 9.0);
    g_assert_cmpfloat (theme->h1_pt, ==, 22.0);
    g_assert_cmphex (theme->colours[BP_COLOUR_NAVY].blue, ==, 0x6D);
    g_assert_cmphex (theme->tones[BP_TONE_AMBER].red, ==, 0xFF);
}

static void test_values_are_read (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (BpTheme) colour = new_theme ("colours", "navy", "#4A1050", &error);
    g_assert_no_error (error);
    g_assert_cmphex (colour->colours[BP_COLOUR_NAVY].red, ==, 0x4A);
    g_autoptr (BpTheme) size = new_theme ("Sizes", "H1", "24.5", &error);
    g_assert_no_error (error);
    g_assert_cmpfloat (size->h1_pt, ==, 24.5);
}

static void test_refusals (void)
{
    static const struct
    {
        const char *section, *key, *value, *says;
    } cases[] = {
        { "colors", NULL, NULL, "config/theme.ini, line 7: unknown section [colors]; did you mean 'colours'?" },
        { "colours", "inc", "#000000", "unknown key 'inc' in [colours]; did you mean 'ink'?" },
        { "colours", "ink", "black", "'black' is not a colour" },
        { "colours", "ink", "#12345", "is not a colour" },
        { "colours", "ink", "#12345G", "is not a colour" },
        { "colours", "ink", "", "is not a colour" },
        { "colours", "ink", "#999999", "line 7: [colours] ink: 'ink' on 'white' has a contrast of 2.85 to 1; text needs 4.5 to 1" },
        { "colours", "secondary", "#8A8A8A", "'secondary' on 'white'" },
        { "colours", "navy", "#6F9FCF", "'navy' on 'white'" },
        { "colours", "line", "#CCCCCC", "'line' on 'white'" },
        { "colours", "concern", "#FFCC4D", "'concern' on 'white' has a contrast of 1.50 to 1; marks and lines need 3.0" },
        { "colours", "neutral", "#D9A0C0", "'neutral' on 'white'" },
        { "colours", "tint", "#12436D", "line 7: [colours] tint: 'ink' on 'tint'" },
        { "colours", "tint", "#CECECE", "line 7: [colours] tint: 'secondary' on 'tint'" },
        { "colours", "surface", "#000000", "'ink' on 'surface'" },
        { "colours", "surface", "#CECECE", "'secondary' on 'surface'" },
        { "colours", "navy", "#767676", "'navy' on 'surface'" },
        { "colours", "navy", "#6E6E6E", "'navy' on 'tint'" },
        { "colours", "line", "#949494", "'line' on 'surface'" },
        { "colours", "outline", "#CCCCCC", "'outline' on 'white'" },
        { "colours", "outline", "#949494", "'outline' on 'surface'" },
        { "colours", "ink", "#5A5A5A", "line 7: [colours] ink: 'ink' on 'green'" }, /* nor can white be read there */
        { "status", "red", "#767676", "'red' on 'surface'" },
        { "status", "green", "#787878", "neither ink nor white" },
        { "status", "red", "#FF6060", "'red' on 'white'" },
        { "status", "purple", "#FF6060", "unknown key 'purple'" },
        { "sizes", "body", "11", "11 points is outside 12 to 16" },
        { "sizes", "table", "9.9", "outside 10 to 13" },
        { "sizes", "caption", "8", "outside 9 to 12" },
        { "sizes", "h1", "big", "'big' is not a size" },
        { "sizes", "h1", "22%", "is not a size" },
        { "sizes", "h1", "1000", "outside" },
        { "fonts", "regular", "/nowhere/font.ttf", "line 7: [fonts] regular: /nowhere/font.ttf is not a file" },
        { "fonts", "bold", "/", "/ is not a file" },
        { "pdf", "colour_profile", "/nowhere/sRGB.icc", "line 7: [pdf] colour_profile: /nowhere/sRGB.icc is not a file" },
        { "fonts", "bold", "/etc/passwd", "/etc/passwd is not a TrueType font" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autoptr (GError) error = NULL;
        g_autoptr (BpTheme) theme = new_theme (cases[i].section, cases[i].key, cases[i].value, &error);
        g_assert_null (theme);
        g_assert_error (error, BP_ERROR, BP_ERROR_CONFIG);
        if (strstr (error->message, cases[i].says) == NULL)
            g_error ("\"%s\" does not say \"%s\"", error->message, cases[i].says);
    }
}

static void test_contrast (void)
{
    const BpColour white = { 255, 255, 255 }, black = { 0, 0, 0 }, grey = { 0x76, 0x76, 0x76 }, red = { 0xA2, 0x08, 0x1B };
    g_assert_cmpfloat_with_epsilon (bp_colour_contrast (white, black), 21.0, 0.001);
    g_assert_cmpfloat_with_epsilon (bp_colour_contrast (white, white), 1.0, 0.001);
    g_assert_cmpfloat_with_epsilon (bp_colour_contrast (grey, white), 4.54, 0.005);
    g_assert_cmpfloat_with_epsilon (bp_colour_contrast (white, red), 8.12, 0.01);
}

static void test_text_on_fills_is_legible (void)
{
    g_autoptr (BpTheme) theme = new_theme (NULL, NULL, NULL, NULL);
    for (int tone = 0; tone < 6; tone++)
        g_assert_cmpfloat (bp_colour_contrast (bp_theme_text_on (theme, theme->tones[tone]), theme->tones[tone]), >=, 4.5);
    g_assert_cmphex (bp_theme_text_on (theme, theme->tones[BP_TONE_RED]).red, ==, 0xFF);
    g_assert_cmphex (bp_theme_text_on (theme, theme->tones[BP_TONE_GREEN]).red, ==, 0x0B);
}

static void test_figures_are_logged_as_printed (void)
{
    g_autoptr (BpFigureLog) log = bp_figure_log_new ();
    const BpValue plain = bp_value_of (1, 2), figure = bp_value_with_figure (bp_value_of (26, 69), "actions.done");
    bp_figure_log_add (log, &plain, "page 1");
    bp_figure_log_add (log, &figure, "page 3");
    bp_figure_log_add (NULL, &figure, "page 3");
    g_assert_cmpuint (bp_figure_log_length (log), ==, 1);
    g_assert_cmpstr (bp_figure_log_get (log, 0)->key, ==, "actions.done");
    g_assert_cmpstr (bp_figure_log_get (log, 0)->text, ==, "26 of 69");
    g_assert_cmpstr (bp_figure_log_get (log, 0)->place, ==, "page 3");
}

static void test_formats_are_found_by_name (void)
{
    g_assert_cmpstr (bp_renderer_find ("pdf")->extension, ==, "pdf");
    g_assert_cmpstr (bp_renderer_find ("XLSX")->name, ==, "xlsx");
    g_assert_cmpstr (bp_renderer_find ("text")->extension, ==, "txt");
    g_assert_null (bp_renderer_find ("docx"));
    g_assert_null (bp_renderer_find (NULL));
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/render/theme/built_in_tokens_stand_for_what_is_left_out", test_defaults);
    g_test_add_func ("/render/theme/values_are_read", test_values_are_read);
    g_test_add_func ("/render/theme/bad_values_are_refused_with_file_and_line", test_refusals);
    g_test_add_func ("/render/theme/contrast_is_that_of_wcag", test_contrast);
    g_test_add_func ("/render/theme/text_on_every_fill_is_legible", test_text_on_fills_is_legible);
    g_test_add_func ("/render/figure_log/figures_are_logged_as_printed", test_figures_are_logged_as_printed);
    g_test_add_func ("/render/renderer/formats_are_found_by_name", test_formats_are_found_by_name);
    return g_test_run ();
}
