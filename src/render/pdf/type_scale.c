#include "render/pdf/type_scale.h"

#include <math.h>

static BpType make_type (double size, double leading, BpFace face, BpColour colour)
{
    const double rounded = round (leading * 2.0) / 2.0;
    return (
        BpType){ .size_pt = size, .leading_pt = rounded, .baseline_pt = bp_type_baseline (size, rounded), .face = face, .colour = colour };
}

void bp_type_scale_init (BpTypeScale *scale, const BpTheme *theme)
{
    const BpColour ink = theme->colours[BP_COLOUR_INK], navy = theme->colours[BP_COLOUR_NAVY], second = theme->colours[BP_COLOUR_SECONDARY];
    const double body = theme->body_pt, table = theme->table_pt, caption = theme->caption_pt, h2 = theme->h2_pt;
    const double body_leading = body * 4.0 / 3.0, table_leading = table * 1.3, caption_leading = caption * 4.0 / 3.0;
    const BpFace regular = BP_FACE_REGULAR, bold = BP_FACE_BOLD;
    BpType *types = scale->types;
    types[BP_TYPE_COVER_TITLE] = make_type (theme->cover_title_pt, theme->cover_title_pt * 40.0 / 34.0, bold, navy);
    types[BP_TYPE_COVER_TITLE].letter_space_pt = -0.3;
    types[BP_TYPE_COVER_TITLE_LONG] = make_type (theme->cover_title_pt * 28.0 / 34.0, theme->cover_title_pt, bold, navy);
    types[BP_TYPE_COVER_TITLE_LONG].letter_space_pt = -0.3;
    types[BP_TYPE_COVER_SUBTITLE] = make_type (theme->cover_subtitle_pt, theme->cover_subtitle_pt * 22.0 / 16.0, regular, ink);
    types[BP_TYPE_ORGANISATION] = make_type (h2, h2 * 18.0 / 14.0, bold, ink);
    types[BP_TYPE_H1] = make_type (theme->h1_pt, theme->h1_pt * 26.0 / 22.0, bold, navy);
    types[BP_TYPE_H1_CONTINUED] = make_type (theme->h1_pt * 16.0 / 22.0, theme->h1_pt * 20.0 / 22.0, bold, navy);
    types[BP_TYPE_H1_BELOW] = make_type (theme->h1_pt * 18.0 / 22.0, theme->h1_pt, bold, navy);
    types[BP_TYPE_H2] = make_type (h2, h2 * 18.0 / 14.0, bold, navy);
    types[BP_TYPE_H2_SMALL] = make_type (body, body_leading, bold, navy);
    types[BP_TYPE_H3] = make_type (theme->h3_pt, theme->h3_pt * 4.0 / 3.0, bold, ink);
    types[BP_TYPE_SECTION_NAME] = make_type (table, table_leading, bold, second);
    types[BP_TYPE_BODY] = make_type (body, body_leading, regular, ink);
    types[BP_TYPE_BODY_BOLD] = make_type (body, body_leading, bold, ink);
    types[BP_TYPE_TABLE] = make_type (table, table_leading, regular, ink);
    types[BP_TYPE_TABLE_BOLD] = make_type (table, table_leading, bold, ink);
    types[BP_TYPE_TABLE_SECOND] = make_type (table, table_leading, regular, second);
    types[BP_TYPE_CAPTION] = make_type (caption, caption_leading, regular, second);
    types[BP_TYPE_CAPTION_INK] = make_type (caption, caption_leading, regular, ink);
    types[BP_TYPE_CAPTION_BOLD] = make_type (caption, caption_leading, bold, ink);
    types[BP_TYPE_ALARM] = make_type (caption, caption_leading, bold, theme->tones[BP_TONE_RED]);
    types[BP_TYPE_TAG] = make_type (caption, caption * 11.0 / 9.0, regular, ink);
    types[BP_TYPE_FIGURE] = make_type (table * 1.8, table * 2.4, bold, navy);
    types[BP_TYPE_COUNTER] = make_type (table * 1.4, table * 1.8, bold, navy);
}

BpSpan bp_type_span (const BpType *type, const char *text)
{
    return (BpSpan){
        .text = text, .face = type->face, .size_pt = type->size_pt, .colour = type->colour, .letter_space_pt = type->letter_space_pt
    };
}
