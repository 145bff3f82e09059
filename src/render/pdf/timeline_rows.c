#include "render/pdf/timeline_rows.h"

#include "base/text.h"

#include <math.h>

#define MOST_ROWS 6
#define LEAST_UNDATED_PT 46.0
#define MOST_UNDATED_PT 110.0
#define UNDATED_SIDES_PT 24.0 /* a mark and the gaps around it */
#define LABEL_SIDES_PT 10.0
#define NAME_CHARS 80
#define EDGE_PT 4.0 /* from the last month to the column of what has no date, or the margin */

static double measure_undated (BpFlow *flow, const BpTimeline *timeline)
{
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE);
    double width = 0.0;
    for (int g = 0; g < timeline->group_count; g++)
        for (int l = 0; l < timeline->groups[g].lane_count; l++)
        {
            const BpTimelineLane *lane = &timeline->groups[g].lanes[l];
            for (int m = 0; m < lane->mark_count; m++)
                if (lane->marks[m].date == BP_DATE_NONE)
                    width = fmax (width, bp_fonts_measure (flow->fonts, type->face, type->size_pt, 0.0, lane->marks[m].ref) + 1.0);
        }
    return width > 0.0 ? CLAMP (width + UNDATED_SIDES_PT, LEAST_UNDATED_PT, MOST_UNDATED_PT) : 0.0;
}

BpBrokenText *bp_timeline_break_label (BpFlow *flow, const char *name)
{
    g_autofree char *shortened = bp_text_dup_shortened (name, NAME_CHARS);
    return bp_flow_break_text (flow, BP_TYPE_TABLE, shortened, BP_TIMELINE_LABEL_PT - LABEL_SIDES_PT, BP_BREAK_GREEDY);
}

/* "+37" is wider than a month: then those of neighbouring months stand on two lines. */
static int count_more_lines (BpFlow *flow, const BpTimelineFrame *frame, const BpLanePlan *plan)
{
    const BpType *type = bp_flow_type (flow, BP_TYPE_CAPTION_INK);
    int lines = plan->has_hidden ? 1 : 0;
    for (int column = 0; column < frame->scale.count; column++)
    {
        g_autofree char *text = g_strdup_printf ("+%d", plan->hidden[column]);
        if (plan->hidden[column] > 0 && bp_fonts_measure (flow->fonts, type->face, type->size_pt, 0.0, text) > frame->column - 1.0)
            lines = 2;
    }
    return lines;
}

static void add_lane_row (BpTimelineFrame *frame, BpFlow *flow, const BpTimelineLane *lane, int group, int index)
{
    BpTimelineRow row = { .group = group, .lane = index, .plan = bp_lane_plan_new (lane, &frame->scale, MOST_ROWS) };
    g_autoptr (BpBrokenText) label = bp_timeline_break_label (flow, lane->name);
    row.more_lines = count_more_lines (flow, frame, row.plan);
    const double marks = row.plan->row_count * frame->step + row.more_lines * BP_TIMELINE_MORE_PT;
    const double words = label->lines->len * bp_flow_type (flow, BP_TYPE_TABLE)->leading_pt;
    row.height = fmax (marks, words) + frame->padding;
    g_array_append_val (frame->rows, row);
}

static void clear_row (gpointer data)
{
    bp_lane_plan_free (((BpTimelineRow *)data)->plan);
}

void bp_timeline_frame_init (BpTimelineFrame *frame, BpFlow *flow, const BpTimeline *timeline)
{
    *frame = (BpTimelineFrame){ .scale = bp_time_scale_new (timeline->first, timeline->last),
                                .step = flow->density == BP_DENSITY_FULL ? 14.8 : 15.2,
                                .padding = 5.0 - flow->density };
    frame->undated_width = measure_undated (flow, timeline);
    frame->left = flow->left + BP_TIMELINE_LABEL_PT;
    frame->right = flow->left + flow->width - frame->undated_width;
    frame->column = (frame->right - EDGE_PT - frame->left) / frame->scale.count;
    frame->mark = fmin (BP_TIMELINE_MARK_PT, frame->column - 0.3);
    frame->rows = g_array_new (FALSE, TRUE, sizeof (BpTimelineRow));
    g_array_set_clear_func (frame->rows, clear_row);
    for (int g = 0; g < timeline->group_count; g++)
    {
        const BpTimelineRow name = { .group = g, .lane = -1, .height = BP_TIMELINE_GROUP_PT };
        g_array_append_val (frame->rows, name);
        for (int l = 0; l < timeline->groups[g].lane_count; l++)
            add_lane_row (frame, flow, &timeline->groups[g].lanes[l], g, l);
    }
}

void bp_timeline_frame_clear (BpTimelineFrame *frame)
{
    g_array_unref (frame->rows);
}

/* ---- pages ---- */

static const BpTimelineRow *get_row (const BpTimelineFrame *frame, guint index)
{
    return &g_array_index (frame->rows, BpTimelineRow, index);
}

/* With the name that is repeated above a lane in the middle of its area. */
double bp_timeline_measure_rows (const BpTimelineFrame *frame, guint first, guint end)
{
    double height = first < end && get_row (frame, first)->lane >= 0 ? BP_TIMELINE_GROUP_PT : 0.0;
    for (guint i = first; i < end; i++)
        height += get_row (frame, i)->height;
    return height;
}

static guint find_group_end (const BpTimelineFrame *frame, guint first)
{
    guint end = first + 1;
    while (end < frame->rows->len && get_row (frame, end)->lane >= 0)
        end++;
    return end;
}

guint bp_timeline_find_end (const BpTimelineFrame *frame, guint first, double room, double fresh_room, bool is_fresh)
{
    guint end = first;
    while (end < frame->rows->len && bp_timeline_measure_rows (frame, first, find_group_end (frame, end)) <= room)
        end = find_group_end (frame, end);
    if (end > first || first >= frame->rows->len)
        return end;
    const guint group_end = find_group_end (frame, first);
    if (!is_fresh && bp_timeline_measure_rows (frame, first, group_end) <= fresh_room)
        return first;
    const guint least = MIN (get_row (frame, first)->lane < 0 ? first + 2 : first + 1, group_end);
    while (end < group_end && bp_timeline_measure_rows (frame, first, end + 1) <= room)
        end++;
    if (end < least)
        return is_fresh ? least : first;
    return end;
}
