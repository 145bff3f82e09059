#ifndef BP_RENDER_PDF_BLOCK_H
#define BP_RENDER_PDF_BLOCK_H

#include "render/pdf/page_plan.h"
#include "render/pdf/type_scale.h"

/* A group of boxes that stands on one page, not yet on any: x is final, y counts from the block's own top. */
typedef struct
{
    GArray *boxes;   /* of BpBox */
    GArray *figures; /* of const BpValue *: figures that it prints */
    double height;
    double gap_before;    /* left out at the top of a page */
    bool keeps_next;      /* stands on the page of the block after it */
    bool is_drawing;      /* keeps_next is for its caption: it is no heading of it */
    bool keeps_if_fits;   /* but only if all that keeps together so fits on a page */
    const char *anchor;   /* section that begins here; NULL */
    const char *bookmark; /* title; NULL */
    int bookmark_level;
    const char *part; /* a heading inside a section: its text, repeated where what it heads goes on; "": it heads a drawing alone; NULL */
    /* rows of a table */
    const void *row;   /* BpTableRow; NULL */
    const void *group; /* the group row above it, or itself; NULL */
    bool is_header;
    bool is_last_row;
    /* repeated with "(continued)" where a block goes on that had to be split: a row's ref, a card's; NULL: nothing is repeated */
    const char *split_name;
    double split_name_x, split_name_width;
} BpBlock;

BpBlock *bp_block_new (void);
void bp_block_free (BpBlock *block);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpBlock, bp_block_free)

/* One run of text; text must live as long as the plan and be drawable. */
void bp_block_add_text (BpBlock *block, int element, double x, double baseline, double width, const BpSpan *span, const char *text);
/* One segment of broken text whose line starts at x. */
void bp_block_add_segment (BpBlock *block, int element, double x, double baseline, const BpSpan *span, const BpSegment *segment);
/* The lines of broken text below one another, the first line's top at y; returns the y below the last. align: as in a cell of width points.
 */
double bp_block_add_lines (BpBlock *block, int element, const BpBrokenText *broken, const BpSpan *spans, guint first, guint count, double x,
                           double y, double width, int align, const BpType *type);
BpBox *bp_block_add_rectangle (BpBlock *block, int element, double x, double y, double width, double height);
BpBox *bp_block_add_ellipse (BpBlock *block, int element, double centre_x, double centre_y, double radius);
BpBox *bp_block_add_line (BpBlock *block, int element, double x1, double y1, double x2, double y2, double weight, BpColour colour);
/* points belong to the plan, relative to x and y. */
BpBox *bp_block_add_path (BpBlock *block, int element, double x, double y, const double *points, int count, bool is_closed);
void bp_block_add_link (BpBlock *block, int element, double x, double y, double width, double height, const char *target,
                        const char *description);
void bp_block_add_figure (BpBlock *block, const BpValue *value);
/* Fill without outline; outline without or with fill. */
void bp_box_fill (BpBox *box, BpColour colour);
void bp_box_stroke (BpBox *box, BpColour colour, double weight);
void bp_box_dash (BpBox *box, double on, double off);
/* Takes all boxes and figures of other, y lower, and frees it; the height grows to hold them. */
void bp_block_absorb (BpBlock *block, BpBlock *other, double y);
/* Moves the boxes from index first on. */
void bp_block_shift (BpBlock *block, guint first, double dx, double dy);
/* Lines of text at different heights, at most two; a high figure is as good as two. */
guint bp_block_count_lines (const BpBlock *block);
/* Top and bottom of what a box paints. */
void bp_box_get_extent (const BpBox *box, double *top_out, double *bottom_out);
/* Takes from block what does not fit into height (text lines whole, rectangles and upright lines cut) and returns it as a block of its own
 * that begins at padding. Each text of it has at least two lines on each side or is not parted, where that can be. NULL if fewer than two
 * lines fit, or nothing is left to take. */
BpBlock *bp_block_split (BpBlock *block, double height, double padding);

#endif
