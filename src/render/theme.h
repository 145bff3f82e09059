#ifndef BP_RENDER_THEME_H
#define BP_RENDER_THEME_H

#include "base/settings.h"
#include "pack/value.h"

typedef struct
{
    unsigned char red, green, blue;
} BpColour;

typedef enum
{
    BP_COLOUR_INK,
    BP_COLOUR_SECONDARY,
    BP_COLOUR_NAVY,
    BP_COLOUR_LINE,
    BP_COLOUR_HAIRLINE,
    BP_COLOUR_SURFACE,
    BP_COLOUR_TINT,
    BP_COLOUR_OUTLINE,
    BP_COLOUR_CONCERN, /* special cause for the worse, in charts */
    BP_COLOUR_NEUTRAL, /* special cause that is neither better nor worse, in charts */
    BP_COLOUR_WHITE,
    BP_COLOUR_COUNT
} BpColourRole;

/* Fonts, colours and sizes of config/theme.ini, with the built-in tokens for what it leaves out. */
typedef struct
{
    char *font_regular, *font_bold; /* files */
    char *colour_profile;           /* file: an ICC profile of sRGB, for archived PDFs; need not be there unless theme.ini names it */
    BpColour colours[BP_COLOUR_COUNT];
    BpColour tones[6]; /* by BpTone: fill of a status mark */
    double body_pt, table_pt, caption_pt, h1_pt, h2_pt, h3_pt, cover_title_pt, cover_subtitle_pt;
} BpTheme;

/* Strict: unknown sections, keys, colours that are not "#RRGGBB", sizes under 9 pt (body under 12, tables under 10), fonts that are no
 * readable file, a colour profile that is named and no file, and colours whose contrast fails WCAG (4.5:1 for text, 3:1 for marks) are
 * refused with file and line. */
BpTheme *bp_theme_new (const BpSettings *settings, GError **error);
void bp_theme_free (BpTheme *theme);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpTheme, bp_theme_free)
/* Contrast ratio of WCAG 2.2 (relative luminance), 1 to 21. */
double bp_colour_contrast (BpColour a, BpColour b);
/* Ink or white: what is legible on a fill. */
BpColour bp_theme_text_on (const BpTheme *theme, BpColour fill);

#endif
