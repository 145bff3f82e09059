#ifndef BP_RENDER_PDF_CONTENT_STREAM_H
#define BP_RENDER_PDF_CONTENT_STREAM_H

#include "render/pdf/page_plan.h"
#include "render/pdf/structure.h"

/* The operators that draw one page, as text (ISO 32000-1, annex A). State that stays from one operator to the next is written once. What
 * belongs to one element stands in one marked sequence as long as no box of another comes between. */
typedef struct
{
    GString *text;
    double page_height;
    const char *font_names[2];
    int face;
    double size, letter_space, weight, dash_on, dash_off;
    bool has_round_joins;
    guint32 fill, stroke;   /* 0xRRGGBB; G_MAXUINT32: none yet */
    BpStructure *structure; /* NULL: nothing is marked */
    int open;               /* what the open sequence belongs to: an element or BP_ARTIFACT_… */
    bool is_open;
} BpContentStream;

/* structure takes the sequences of the page, and may be NULL. */
void bp_content_stream_init (BpContentStream *stream, double page_height, const char *const font_names[2], BpStructure *structure);
void bp_content_stream_clear (BpContentStream *stream);
/* Draws a box; links draw nothing. next: the box that is drawn after it, or NULL. */
void bp_content_stream_add_box (BpContentStream *stream, const BpBox *box, const BpBox *next);
/* Ends the last sequence. */
void bp_content_stream_finish (BpContentStream *stream);

#endif
