#ifndef BP_RENDER_PDF_CONTENT_STREAM_H
#define BP_RENDER_PDF_CONTENT_STREAM_H

#include "render/pdf/page_plan.h"

/* The operators that draw one page, as text (ISO 32000-1, annex A). State that stays from one operator to the next is written once. */
typedef struct
{
    GString *text;
    double page_height;
    const char *font_names[2];
    int face;
    double size, letter_space, weight, dash_on, dash_off;
    bool has_round_joins;
    guint32 fill, stroke; /* 0xRRGGBB; G_MAXUINT32: none yet */
} BpContentStream;

void bp_content_stream_init (BpContentStream *stream, double page_height, const char *const font_names[2]);
void bp_content_stream_clear (BpContentStream *stream);
/* Draws a box; links draw nothing. */
void bp_content_stream_add_box (BpContentStream *stream, const BpBox *box);

#endif
