#ifndef BP_RENDER_PDF_TYPE_SCALE_H
#define BP_RENDER_PDF_TYPE_SCALE_H

#include "render/pdf/line_break.h"

/* The roles of type. Sizes come from the theme; line heights follow from the sizes in fixed proportions (12/16, 10/13, 9/12 …). */
typedef enum
{
    BP_TYPE_COVER_TITLE,      /* 34/40 */
    BP_TYPE_COVER_TITLE_LONG, /* 28/34: for a title of more than two lines */
    BP_TYPE_COVER_SUBTITLE,   /* 16/22 */
    BP_TYPE_ORGANISATION,     /* 14/18 bold ink */
    BP_TYPE_H1,               /* 22/26 */
    BP_TYPE_H1_CONTINUED,     /* 16/20 */
    BP_TYPE_H1_BELOW,         /* 18/22: of a section that begins below another */
    BP_TYPE_H2,               /* 14/18 */
    BP_TYPE_H2_SMALL,         /* 12/16 bold navy: full pages, asks */
    BP_TYPE_H3,               /* 12/16 bold ink */
    BP_TYPE_SECTION_NAME,     /* 10/13 bold secondary */
    BP_TYPE_BODY,             /* 12/16 */
    BP_TYPE_BODY_BOLD,
    BP_TYPE_TABLE, /* 10/13 */
    BP_TYPE_TABLE_BOLD,
    BP_TYPE_TABLE_SECOND, /* 10/13 secondary: subtitles, labels */
    BP_TYPE_CAPTION,      /* 9/12 secondary */
    BP_TYPE_CAPTION_INK,  /* 9/12 ink */
    BP_TYPE_CAPTION_BOLD, /* 9/12 bold ink: the marking */
    BP_TYPE_ALARM,        /* 9/12 bold red */
    BP_TYPE_TAG,          /* 9/11 */
    BP_TYPE_FIGURE,       /* 18/24 bold navy */
    BP_TYPE_COUNTER,      /* 14/18 bold navy */
    BP_TYPE_COUNT
} BpTypeRole;

typedef struct
{
    double size_pt, leading_pt;
    double baseline_pt; /* from the line's top */
    BpFace face;
    BpColour colour;
    double letter_space_pt;
} BpType;

typedef struct
{
    BpType types[BP_TYPE_COUNT];
} BpTypeScale;

void bp_type_scale_init (BpTypeScale *scale, const BpTheme *theme);
/* A span of text in a type. */
BpSpan bp_type_span (const BpType *type, const char *text);

#endif
