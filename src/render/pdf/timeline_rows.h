#ifndef BP_RENDER_PDF_TIMELINE_ROWS_H
#define BP_RENDER_PDF_TIMELINE_ROWS_H

#include "render/pdf/flow.h"
#include "render/pdf/timeline_grid.h"

#define BP_TIMELINE_LABEL_PT 106.0
#define BP_TIMELINE_MARK_PT 14.5
#define BP_TIMELINE_MORE_PT 12.0 /* of a line of "+37" */
#define BP_TIMELINE_GROUP_PT 17.0

/* A row of a timeline: the name of an area, or a lane. */
typedef struct
{
    int group, lane;  /* lane -1: the area's name */
    BpLanePlan *plan; /* NULL for a name */
    double height;
    int more_lines; /* of "+37" below the marks: 0, 1, or 2 where neighbours would touch */
} BpTimelineRow;

/* Lengths that hold for all pages of a timeline. */
typedef struct
{
    BpTimeScale scale;
    double left, right;   /* of the months */
    double column;        /* width of one */
    double undated_width; /* of the column at the right; 0: every mark has a date */
    double mark;          /* size of a mark's box */
    double step, padding; /* from row to row in a lane; above and below together */
    GArray *rows;         /* of BpTimelineRow */
} BpTimelineFrame;

void bp_timeline_frame_init (BpTimelineFrame *frame, BpFlow *flow, const BpTimeline *timeline);
void bp_timeline_frame_clear (BpTimelineFrame *frame);
/* A lane's name, as it is broken in the column of labels. Free with bp_broken_text_free. */
BpBrokenText *bp_timeline_break_label (BpFlow *flow, const char *name);
/* The row after the last that stands on a page with room for so much below the header: areas stay whole if fresh_room can hold them. The
 * first row itself if none fits; is_fresh: then at least an area's name and a lane. */
guint bp_timeline_find_end (const BpTimelineFrame *frame, guint first, double room, double fresh_room, bool is_fresh);
double bp_timeline_measure_rows (const BpTimelineFrame *frame, guint first, guint end);

#endif
