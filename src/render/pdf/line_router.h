#ifndef BP_RENDER_PDF_LINE_ROUTER_H
#define BP_RENDER_PDF_LINE_ROUTER_H

#include <glib.h>
#include <stdbool.h>

/* Finds ways for lines of right angles between boxes, round all boxes and without crossing another line. */

typedef struct
{
    double x, y, width, height;
} BpRouterBox;

typedef enum
{
    BP_SIDE_TOP = 1,
    BP_SIDE_RIGHT = 2,
    BP_SIDE_BOTTOM = 4,
    BP_SIDE_LEFT = 8
} BpSide;

typedef struct BpRouter BpRouter;

/* Lines side by side are so far apart. */
BpRouter *bp_router_new (double width, double height, double apart);
void bp_router_free (BpRouter *router);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpRouter, bp_router_free)
/* No line comes near the box, but one that begins or ends at it. */
void bp_router_block_box (BpRouter *router, const BpRouterBox *box);
/* No line crosses or touches the line, which is level or upright. */
void bp_router_block_line (BpRouter *router, double x1, double y1, double x2, double y2);
/* The shortest way with few bends from one of the sides (BpSide, added) of a box to one of the other's, or to a line of the same bundle
 * (over 0) that leads there already. Lines of other bundles keep clear of it from then on. Its corners, x and y, the first on the box's
 * side, the last on the other box's or on the line that it joins, as is_joined_out says; NULL if there is none. Free with g_array_unref. */
GArray *bp_router_connect (BpRouter *router, const BpRouterBox *from, int from_sides, const BpRouterBox *to, int to_sides, int bundle,
                           bool *is_joined_out);

#endif
