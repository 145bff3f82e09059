#include "render/theme.h"

#include "base/number.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define TEXT_CONTRAST 4.5 /* WCAG 2.2, 1.4.3 */
#define MARK_CONTRAST 3.0 /* WCAG 2.2, 1.4.11 */
#define COLOUR_PROFILE "/usr/share/color/icc/sRGB.icc"
#define FONT_FOLDER "/usr/share/fonts/truetype/liberation/"

/* ---- keys and built-in values ---- */

static const char *const sections[] = { "fonts", "colours", "status", "sizes", "pdf", NULL };
static const char *const font_keys[] = { "regular", "bold", NULL };
static const char *const colour_keys[] = { "ink",  "secondary", "navy",    "line",    "hairline", "surface",
                                           "tint", "outline",   "concern", "neutral", NULL };            /* in the order of BpColourRole */
static const char *const tone_keys[] = { "none", "red", "amber", "green", "complete", "no-data", NULL }; /* in the order of BpTone */
static const char *const size_keys[] = { "body", "table", "caption", "h1", "h2", "h3", "cover_title", "cover_subtitle", NULL };

static const BpColour default_colours[BP_COLOUR_COUNT] = {
    { 0x0B, 0x0C, 0x0C }, { 0x50, 0x5A, 0x5F }, { 0x12, 0x43, 0x6D }, { 0x76, 0x76, 0x76 }, { 0xD9, 0xD9, 0xD9 }, { 0xF2, 0xF2, 0xF2 },
    { 0xD6, 0xE4, 0xF0 }, { 0x3D, 0x3D, 0x3D }, { 0xF4, 0x6A, 0x25 }, { 0x80, 0x16, 0x50 }, { 0xFF, 0xFF, 0xFF },
};
static const BpColour default_tones[6] = {
    { 0xFF, 0xFF, 0xFF }, { 0xA2, 0x08, 0x1B }, { 0xFF, 0xCC, 0x4D }, { 0x2E, 0x9E, 0x7F }, { 0x12, 0x43, 0x6D }, { 0xE6, 0xE6, 0xE6 },
};

static const char *const pdf_keys[] = { "colour_profile", NULL };

/* In the order of size_keys: smallest, usual and largest size in points. Over the largest the page does not hold together. */
static const struct
{
    double least, usual, most;
} sizes[] = {
    { 12, 12, 16 }, { 10, 10, 13 }, { 9, 9, 12 }, { 14, 22, 32 }, { 12, 14, 20 }, { 12, 12, 18 }, { 20, 34, 48 }, { 12, 16, 24 },
};

static double *size_of (BpTheme *theme, int index)
{
    double *const places[] = { &theme->body_pt, &theme->table_pt, &theme->caption_pt,     &theme->h1_pt,
                               &theme->h2_pt,   &theme->h3_pt,    &theme->cover_title_pt, &theme->cover_subtitle_pt };
    return places[index];
}

static int index_of (const char *const *list, const char *name)
{
    for (int i = 0; list[i] != NULL; i++)
        if (g_ascii_strcasecmp (list[i], name) == 0)
            return i;
    return -1;
}

/* ---- contrast ---- */

static double linear (unsigned char channel)
{
    const double share = channel / 255.0;
    return share <= 0.04045 ? share / 12.92 : pow ((share + 0.055) / 1.055, 2.4);
}

static double luminance (BpColour colour)
{
    return 0.2126 * linear (colour.red) + 0.7152 * linear (colour.green) + 0.0722 * linear (colour.blue);
}

double bp_colour_contrast (BpColour a, BpColour b)
{
    const double first = luminance (a), second = luminance (b);
    return (MAX (first, second) + 0.05) / (MIN (first, second) + 0.05);
}

BpColour bp_theme_text_on (const BpTheme *theme, BpColour fill)
{
    const BpColour ink = theme->colours[BP_COLOUR_INK], white = theme->colours[BP_COLOUR_WHITE];
    return bp_colour_contrast (ink, fill) >= bp_colour_contrast (white, fill) ? ink : white;
}

/* ---- reading ---- */

static bool read_colour (const BpSettings *settings, const BpSetting *setting, BpColour *colour_out, GError **error)
{
    const char *text = setting->value;
    unsigned channels[3] = { 0, 0, 0 };
    bool is_good = strlen (text) == 7 && text[0] == '#';
    for (int i = 1; is_good && i < 7; i++)
    {
        is_good = g_ascii_isxdigit (text[i]);
        channels[(i - 1) / 2] = channels[(i - 1) / 2] * 16u + (unsigned)(is_good ? g_ascii_xdigit_value (text[i]) : 0);
    }
    if (!is_good)
        return bp_settings_fail_value (settings, setting, error, "'%s' is not a colour; write it as \"#12436D\", in double quotes", text);
    *colour_out = (BpColour){ (unsigned char)channels[0], (unsigned char)channels[1], (unsigned char)channels[2] };
    return true;
}

static bool read_size (const BpSettings *settings, const BpSetting *setting, BpTheme *theme, int index, GError **error)
{
    BpNumber number;
    if (!bp_number_parse (setting->value, &number) || number.is_percent || number.is_money)
        return bp_settings_fail_value (settings, setting, error, "'%s' is not a size in points", setting->value);
    if (number.value < sizes[index].least || number.value > sizes[index].most)
        return bp_settings_fail_value (settings, setting, error, "%s points is outside %g to %g", setting->value, sizes[index].least,
                                       sizes[index].most);
    *size_of (theme, index) = number.value;
    return true;
}

/* What can be said of a file without reading it through: that it is there, may be read, and begins as TrueType does. NULL: nothing is
 * wrong. */
static char *dup_font_fault (const char *path)
{
    if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_strdup_printf ("%s is not a file; install the package fonts-liberation or name another TrueType font", path);
    if (access (path, R_OK) != 0)
        return g_strdup_printf ("%s cannot be read: %s", path, g_strerror (errno));
    FILE *file = fopen (path, "rb");
    unsigned char start[4] = { 0 };
    const size_t length = file == NULL ? 0 : fread (start, 1, sizeof start, file);
    if (file != NULL)
        fclose (file);
    if (length != sizeof start || (memcmp (start, "\0\1\0\0", 4) != 0 && memcmp (start, "true", 4) != 0))
        return g_strdup_printf ("%s is not a TrueType font (.ttf)", path);
    return NULL;
}

static bool check_font (const BpSettings *settings, const char *key, const char *path, GError **error)
{
    g_autofree char *fault = dup_font_fault (path);
    if (fault == NULL)
        return true;
    const BpSetting *setting = bp_settings_find (settings, "fonts", key);
    if (setting != NULL)
        return bp_settings_fail_value (settings, setting, error, "%s", fault);
    return bp_fail (error, BP_ERROR_CONFIG, "%s: [fonts] %s: %s", settings->file, key, fault);
}

static bool read_setting (const BpSettings *settings, const BpSetting *setting, BpTheme *theme, GError **error)
{
    const char *const *const keys[] = { font_keys, colour_keys, tone_keys, size_keys, pdf_keys };
    const int section = index_of (sections, setting->section);
    if (section < 0)
    {
        BpSetting header = *setting;
        header.key = NULL;
        return bp_settings_fail_unknown (settings, &header, sections, error);
    }
    if (setting->key == NULL)
        return true;
    const int key = index_of (keys[section], setting->key);
    if (key < 0)
        return bp_settings_fail_unknown (settings, setting, keys[section], error);
    if (section == 1)
        return read_colour (settings, setting, &theme->colours[key], error);
    if (section == 2)
        return read_colour (settings, setting, &theme->tones[key], error);
    if (section == 3)
        return read_size (settings, setting, theme, key, error);
    char **path = section == 4 ? &theme->colour_profile : key == 0 ? &theme->font_regular : &theme->font_bold;
    if (section == 4 && !g_file_test (setting->value, G_FILE_TEST_IS_REGULAR))
        return bp_settings_fail_value (settings, setting, error,
                                       "%s is not a file; install the package icc-profiles-free or name another ICC profile of sRGB",
                                       setting->value);
    g_free (*path);
    *path = g_strdup (setting->value);
    return true;
}

/* ---- the palette as a whole ---- */

/* Fails at the line of the first of the two colours that the file sets. */
static bool require_contrast (const BpSettings *settings, const char *section, const char *key, BpColour front, const char *back_name,
                              BpColour back, double least, GError **error)
{
    const double contrast = bp_colour_contrast (front, back);
    if (contrast >= least)
        return true;
    const BpSetting *setting = bp_settings_find (settings, section, key);
    if (setting == NULL)
        setting = bp_settings_find (settings, "colours", back_name);
    const char *use = least >= TEXT_CONTRAST ? "text needs" : "marks and lines need";
    if (setting == NULL)
        return bp_fail (error, BP_ERROR_CONFIG, "%s: '%s' on '%s' has a contrast of %.2f to 1, %s %.1f", settings->file, key, back_name,
                        contrast, use, least);
    return bp_settings_fail_value (settings, setting, error, "'%s' on '%s' has a contrast of %.2f to 1; %s %.1f to 1 (WCAG 2.2)", key,
                                   back_name, contrast, use, least);
}

/* What is printed on what: WCAG 2.2, 1.4.3 for text (at any size: headings too) and 1.4.11 for what carries meaning. Hairlines, and rules
 * that only part one row from the next, may be fainter. */
static const struct
{
    BpColourRole front, back;
    double least;
} pairs[] = {
    { BP_COLOUR_INK, BP_COLOUR_WHITE, TEXT_CONTRAST },
    { BP_COLOUR_INK, BP_COLOUR_SURFACE, TEXT_CONTRAST },
    { BP_COLOUR_INK, BP_COLOUR_TINT, TEXT_CONTRAST },
    { BP_COLOUR_SECONDARY, BP_COLOUR_WHITE, TEXT_CONTRAST },
    { BP_COLOUR_SECONDARY, BP_COLOUR_SURFACE, TEXT_CONTRAST },
    { BP_COLOUR_SECONDARY, BP_COLOUR_TINT, TEXT_CONTRAST },
    { BP_COLOUR_NAVY, BP_COLOUR_WHITE, TEXT_CONTRAST }, /* and white in header rows */
    { BP_COLOUR_NAVY, BP_COLOUR_SURFACE, TEXT_CONTRAST },
    { BP_COLOUR_NAVY, BP_COLOUR_TINT, TEXT_CONTRAST },
    { BP_COLOUR_LINE, BP_COLOUR_WHITE, MARK_CONTRAST },
    { BP_COLOUR_LINE, BP_COLOUR_SURFACE, MARK_CONTRAST },
    { BP_COLOUR_OUTLINE, BP_COLOUR_WHITE, MARK_CONTRAST }, /* tags and marks, in highlighted rows too */
    { BP_COLOUR_OUTLINE, BP_COLOUR_SURFACE, MARK_CONTRAST },
    { BP_COLOUR_CONCERN, BP_COLOUR_WHITE, MARK_CONTRAST }, /* charts have no tint behind them */
    { BP_COLOUR_NEUTRAL, BP_COLOUR_WHITE, MARK_CONTRAST },
};

static const char *colour_name (BpColourRole role)
{
    return role == BP_COLOUR_WHITE ? "white" : colour_keys[role];
}

static bool check_tone (const BpSettings *settings, const BpTheme *theme, int tone, GError **error)
{
    const double contrast = bp_colour_contrast (bp_theme_text_on (theme, theme->tones[tone]), theme->tones[tone]);
    if (contrast >= TEXT_CONTRAST)
        return true;
    const BpSetting *setting = bp_settings_find (settings, "status", tone_keys[tone]);
    if (setting != NULL)
        return bp_settings_fail_value (settings, setting, error,
                                       "neither ink nor white can be read on it (contrast %.2f to 1; text needs 4.5 to 1, WCAG 2.2)",
                                       contrast);
    return require_contrast (settings, "colours", "ink", theme->colours[BP_COLOUR_INK], tone_keys[tone], theme->tones[tone], TEXT_CONTRAST,
                             error);
}

static bool check_contrasts (const BpSettings *settings, const BpTheme *theme, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
        if (!require_contrast (settings, "colours", colour_name (pairs[i].front), theme->colours[pairs[i].front],
                               colour_name (pairs[i].back), theme->colours[pairs[i].back], pairs[i].least, error))
            return false;
    for (int tone = 0; tone < 6; tone++)
        if (!check_tone (settings, theme, tone, error))
            return false;
    /* "92 days overdue" is printed in it. */
    const BpColour red = theme->tones[BP_TONE_RED];
    return require_contrast (settings, "status", "red", red, "white", theme->colours[BP_COLOUR_WHITE], TEXT_CONTRAST, error)
           && require_contrast (settings, "status", "red", red, "surface", theme->colours[BP_COLOUR_SURFACE], TEXT_CONTRAST, error);
}

BpTheme *bp_theme_new (const BpSettings *settings, GError **error)
{
    g_autoptr (BpTheme) theme = g_new0 (BpTheme, 1);
    theme->font_regular = g_strdup (FONT_FOLDER "LiberationSans-Regular.ttf");
    theme->font_bold = g_strdup (FONT_FOLDER "LiberationSans-Bold.ttf");
    theme->colour_profile = g_strdup (COLOUR_PROFILE);
    memcpy (theme->colours, default_colours, sizeof default_colours);
    memcpy (theme->tones, default_tones, sizeof default_tones);
    for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
        *size_of (theme, (int)i) = sizes[i].usual;
    for (guint i = 0; i < settings->settings->len; i++)
        if (!read_setting (settings, g_ptr_array_index (settings->settings, i), theme, error))
            return NULL;
    if (!check_font (settings, "regular", theme->font_regular, error) || !check_font (settings, "bold", theme->font_bold, error)
        || !check_contrasts (settings, theme, error))
        return NULL;
    return g_steal_pointer (&theme);
}

void bp_theme_free (BpTheme *theme)
{
    if (theme == NULL)
        return;
    g_free (theme->font_regular);
    g_free (theme->font_bold);
    g_free (theme->colour_profile);
    g_free (theme);
}
