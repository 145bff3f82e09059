#include "render/pdf/layout_parts.h"

#include "base/text.h"
#include "pack/timeline_words.h"
#include "render/pdf/timeline_rows.h"

#include <math.h>

#define HEADER_PT 34.0
#define HEADER_LINE_PT 16.0 /* of years, or of the date of today */
#define TODAY_PT 15.0
#define TODAY_SIDES_PT 5.0
#define LABEL_INSET_PT 6.0
#define UNDATED_MARK_PT 3.0 /* from the column's left */
#define UNDATED_REF_PT 21.0
#define ORIGIN_RADIUS_PT 3.4
#define REPEAT_RADIUS_PT 2.4
#define REPEAT_APART_PT 6.0
#define HEAD_PT 3.0
#define NEAR_TODAY_PT 2.5
#define END_PT 0.5     /* of the last rule, below the rows */
#define LEAST_PART 0.4 /* of a page: with less room a timeline that breaks begins on the next */

/* One page of the drawing. */
typedef struct
{
    BpFlow *flow;
    const BpTimeline *timeline;
    const BpTimelineFrame *frame;
    BpBlock *block;
    int element;
    guint first, end;     /* rows */
    double top;           /* of the header */
    double header_height; /* with the line for today's date, if it has one of its own */
    double body, bottom;  /* of the rows */
} Page;

static const BpTimelineRow *get_row (const Page *page, guint index)
{
    return &g_array_index (page->frame->rows, BpTimelineRow, index);
}

static double column_middle (const Page *page, int column)
{
    return page->frame->left + (column + 0.5) * page->frame->column;
}

static BpColour colour (const Page *page, BpColourRole role)
{
    return bp_flow_colour (page->flow, role);
}

/* ---- header ---- */

typedef struct
{
    double x, width;
    int year;
} YearLabel;

/* A year stands where it begins; one with no room before the next is left out. */
static GArray *find_years (BpFlow *flow, const BpTimelineFrame *frame)
{
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE_BOLD);
    GArray *labels = g_array_new (FALSE, FALSE, sizeof (YearLabel));
    const double width = bp_fonts_measure (flow->fonts, type->face, type->size_pt, 0.0, "2000");
    int before = -1;
    for (int column = 0; column < frame->scale.count; column++)
    {
        int year, month;
        bp_time_scale_get_month (&frame->scale, column, &year, &month);
        const bool begins = year != before && (frame->scale.months_each < 12 || column == 0 || year % 10 == 0);
        before = year;
        if (!begins)
            continue;
        const YearLabel label = { fmin (frame->left + column * frame->column + 1.5, frame->right - width), width, year };
        const YearLabel *last = labels->len > 0 ? &g_array_index (labels, YearLabel, labels->len - 1) : NULL;
        if (last != NULL && last->x + width + 3.0 > label.x)
            g_array_set_size (labels, labels->len - 1);
        g_array_append_val (labels, label);
    }
    return labels;
}

/* Left end of today's date: over its line or beside it, clear of the years. NAN: it has no room in their line. */
static double place_today (BpFlow *flow, const BpTimelineFrame *frame, double x, double width)
{
    g_autoptr (GArray) years = find_years (flow, frame);
    const double starts[] = { x - width / 2.0, x - width + 0.75, x - 0.75 };
    for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    {
        bool is_clear = starts[i] >= flow->left && starts[i] + width <= flow->left + flow->width;
        for (guint j = 0; is_clear && j < years->len; j++)
        {
            const YearLabel *year = &g_array_index (years, YearLabel, j);
            is_clear = starts[i] + width + 2.0 <= year->x || starts[i] >= year->x + year->width + 2.0;
        }
        if (is_clear)
            return starts[i];
    }
    return NAN;
}

static double today_x (const BpTimelineFrame *frame, const BpTimeline *timeline)
{
    return frame->left + bp_time_scale_get_place (&frame->scale, timeline->today) * frame->column;
}

static double measure_today (BpFlow *flow, const char *date)
{
    return bp_fonts_measure (flow->fonts, BP_FACE_BOLD, flow->theme->caption_pt, 0.0, date) + 2.0 * TODAY_SIDES_PT;
}

static double measure_header (BpFlow *flow, const BpTimelineFrame *frame, const BpTimeline *timeline)
{
    g_autofree char *date = bp_date_dup_text (timeline->today, BP_DATE_LONG);
    return isnan (place_today (flow, frame, today_x (frame, timeline), measure_today (flow, date))) ? HEADER_PT + HEADER_LINE_PT
                                                                                                    : HEADER_PT;
}

static void add_column_letters (const Page *page, double baseline)
{
    static const char *const letters[] = { "J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D" };
    const BpTimeScale *scale = &page->frame->scale;
    for (int column = 0; column < scale->count; column++)
    {
        int year, month;
        bp_time_scale_get_month (scale, column, &year, &month);
        g_autofree char *text = scale->months_each == 1   ? g_strdup (letters[month - 1])
                                : scale->months_each == 3 ? g_strdup_printf ("%d", (month + 2) / 3)
                                                          : g_strdup_printf ("%02d", year % 100);
        bp_flow_add_text (page->flow, page->block, page->element, BP_TYPE_TABLE_SECOND, text, column_middle (page, column), baseline, 2);
    }
    if (scale->months_each > 1)
        bp_flow_add_text (page->flow, page->block, page->element, BP_TYPE_TABLE_SECOND, scale->months_each == 3 ? "Quarter" : "Year",
                          page->frame->left - 6.0, baseline, 1);
}

static void add_header_words (const Page *page)
{
    const double base = page->body - HEADER_PT;
    const BpType *type = bp_flow_type (page->flow, BP_TYPE_TABLE_BOLD);
    g_autoptr (GArray) years = find_years (page->flow, page->frame);
    for (guint i = 0; i < years->len; i++)
    {
        const YearLabel *label = &g_array_index (years, YearLabel, i);
        g_autofree char *text = g_strdup_printf ("%d", label->year);
        bp_flow_add_text (page->flow, page->block, page->element, BP_TYPE_TABLE_BOLD, text, label->x, base + 1.0 + type->baseline_pt, 0);
    }
    const double baseline = base + HEADER_LINE_PT + 0.5 + type->baseline_pt;
    add_column_letters (page, baseline);
    if (page->frame->undated_width > 0.0)
        bp_flow_add_text (page->flow, page->block, page->element, BP_TYPE_TABLE_SECOND, "No date", page->frame->right + UNDATED_MARK_PT,
                          baseline, 0);
}

static void add_today (const Page *page)
{
    BpFlow *flow = page->flow;
    g_autofree char *date = bp_date_dup_text (page->timeline->today, BP_DATE_LONG);
    const double x = today_x (page->frame, page->timeline), width = measure_today (flow, date);
    const bool is_raised = page->header_height > HEADER_PT;
    const double left
        = is_raised ? CLAMP (x - width / 2.0, flow->left, flow->left + flow->width - width) : place_today (flow, page->frame, x, width);
    bp_block_add_line (page->block, page->element, x, page->top + TODAY_PT, x, page->bottom, 1.5, colour (page, BP_COLOUR_INK));
    bp_box_fill (bp_block_add_rectangle (page->block, page->element, left, page->top, width, TODAY_PT), colour (page, BP_COLOUR_INK));
    BpType type = *bp_flow_type (flow, BP_TYPE_CAPTION_BOLD);
    type.colour = colour (page, BP_COLOUR_WHITE);
    const BpSpan span = bp_type_span (&type, date);
    bp_block_add_text (page->block, page->element, left + TODAY_SIDES_PT, page->top + TODAY_PT / 2.0 + 0.3465 * type.size_pt,
                       width - 2.0 * TODAY_SIDES_PT, &span, bp_line_break_shorten (flow->fonts, flow->plan->strings, &span, 1e6));
}

/* ---- behind the marks ---- */

static void add_grid_lines (const Page *page)
{
    const BpTimelineFrame *frame = page->frame;
    for (int column = 1; column < frame->scale.count; column++)
    {
        int year, month;
        bp_time_scale_get_month (&frame->scale, column, &year, &month);
        const bool is_year = month == 1 && (frame->scale.months_each < 12 || year % 10 == 0);
        if (!is_year && (month % 3 != 1 || frame->scale.months_each > 1))
            continue;
        const double x = frame->left + column * frame->column;
        bp_block_add_line (page->block, BP_ARTIFACT_LAYOUT, x, is_year ? page->body - HEADER_PT + 2.0 : page->body, x, page->bottom,
                           is_year ? 0.75 : 0.5, colour (page, is_year ? BP_COLOUR_LINE : BP_COLOUR_HAIRLINE));
    }
    if (frame->undated_width > 0.0)
        bp_block_add_line (page->block, BP_ARTIFACT_LAYOUT, frame->right, page->body, frame->right, page->bottom, 0.75,
                           colour (page, BP_COLOUR_LINE));
}

static void add_span (const Page *page, const BpTimelineRow *row, double y)
{
    const BpTimelineFrame *frame = page->frame;
    if (row->plan->first < 0)
        return;
    bp_box_fill (bp_block_add_rectangle (page->block, BP_ARTIFACT_LAYOUT, frame->left + row->plan->first * frame->column, y + 1.5,
                                         (row->plan->last - row->plan->first + 1) * frame->column, row->height - 3.0),
                 colour (page, BP_COLOUR_SURFACE));
}

static void add_tint (const Page *page, double y)
{
    bp_box_fill (bp_block_add_rectangle (page->block, BP_ARTIFACT_LAYOUT, page->flow->left, y, page->flow->width, BP_TIMELINE_GROUP_PT),
                 colour (page, BP_COLOUR_TINT));
}

static double repeated_name_height (const Page *page)
{
    return get_row (page, page->first)->lane >= 0 ? BP_TIMELINE_GROUP_PT : 0.0;
}

static void add_background (const Page *page)
{
    double y = page->body + repeated_name_height (page);
    for (guint i = page->first; i < page->end; i++)
    {
        if (get_row (page, i)->lane >= 0)
            add_span (page, get_row (page, i), y);
        y += get_row (page, i)->height;
    }
    add_grid_lines (page);
    if (repeated_name_height (page) > 0.0)
        add_tint (page, page->body);
    y = page->body + repeated_name_height (page);
    const double right = page->flow->left + page->flow->width;
    for (guint i = page->first; i < page->end; i++)
    {
        const bool is_last = i + 1 == page->end;
        const double below = y + get_row (page, i)->height;
        if (get_row (page, i)->lane < 0)
            add_tint (page, y);
        else if (is_last || get_row (page, i + 1)->lane >= 0)
        {
            bp_block_add_line (page->block, BP_ARTIFACT_LAYOUT, page->flow->left, below, right, below, is_last ? 1.0 : 0.5,
                               colour (page, is_last ? BP_COLOUR_LINE : BP_COLOUR_HAIRLINE));
        }
        y = below;
    }
    bp_block_add_line (page->block, BP_ARTIFACT_LAYOUT, page->flow->left, page->body - 0.75, right, page->body - 0.75, 1.5,
                       colour (page, BP_COLOUR_NAVY));
}

/* ---- marks ---- */

/* An open dot where it stood, and an open arrow to where it stands. */
static void add_way (const Page *page, const BpPlacedMark *placed, double y)
{
    const double from = column_middle (page, placed->from), to = column_middle (page, placed->column);
    const double way = to > from ? 1.0 : -1.0, end = to - way * (page->frame->mark / 2.0 + 0.6);
    const BpColour ink = colour (page, BP_COLOUR_INK);
    BpBox *origin = bp_block_add_ellipse (page->block, page->element, from, y, ORIGIN_RADIUS_PT);
    bp_box_fill (origin, colour (page, BP_COLOUR_WHITE));
    bp_box_stroke (origin, ink, 1.25);
    bp_block_add_line (page->block, page->element, from + way * ORIGIN_RADIUS_PT, y, end, y, 1.0, ink);
    const double head[] = { way > 0 ? 0.0 : HEAD_PT, 0.0, way > 0 ? HEAD_PT : 0.0, HEAD_PT, way > 0 ? 0.0 : HEAD_PT, 2.0 * HEAD_PT };
    bp_box_stroke (bp_block_add_path (page->block, page->element, way > 0 ? end - HEAD_PT : end, y - HEAD_PT,
                                      bp_page_plan_copy_points (page->flow->plan, head, 3), 3, false),
                   ink, 1.0);
}

/* Open dots in the middle of their months, as the marks; those that would touch the one before are left out. */
static void add_repeats (const Page *page, const BpTimelineMark *mark, double y)
{
    const BpTimelineFrame *frame = page->frame;
    double before = -G_MAXDOUBLE;
    for (int i = 0; i < mark->repeat_count; i++)
    {
        const int column = bp_time_scale_get_column (&frame->scale, mark->repeats[i]);
        const double x = column_middle (page, column);
        if (x - before < REPEAT_APART_PT || column == bp_time_scale_get_column (&frame->scale, mark->date))
            continue;
        before = x;
        BpBox *dot = bp_block_add_ellipse (page->block, page->element, x, y, REPEAT_RADIUS_PT);
        bp_box_fill (dot, colour (page, BP_COLOUR_WHITE));
        bp_box_stroke (dot, colour (page, BP_COLOUR_INK), 1.25);
    }
}

static void add_undated (const Page *page, const BpTimelineMark *mark, double top)
{
    BpFlow *flow = page->flow;
    const double size = page->frame->mark, x = page->frame->right;
    bp_marks_add_status_sized (flow, page->block, page->element, &mark->mark, x + UNDATED_MARK_PT, top, size);
    const BpSpan span = bp_type_span (bp_flow_type (flow, BP_TYPE_TABLE), mark->ref);
    const char *ref = bp_line_break_shorten (flow->fonts, flow->plan->strings, &span, page->frame->undated_width - UNDATED_REF_PT);
    bp_flow_add_text (flow, page->block, page->element, BP_TYPE_TABLE, ref, x + UNDATED_REF_PT, top + size / 2.0 + 3.465, 0);
}

static bool is_near_today (const Page *page, double x, double size)
{
    const double today = today_x (page->frame, page->timeline);
    return x < today + NEAR_TODAY_PT && x + size > today - NEAR_TODAY_PT;
}

static void add_mark (const Page *page, const BpTimelineMark *mark, const BpPlacedMark *placed, double top)
{
    if (placed->row < 0)
        return;
    const double size = page->frame->mark, y = top + placed->row * page->frame->step, middle = y + size / 2.0;
    if (placed->column < 0)
    {
        add_undated (page, mark, y);
        return;
    }
    if (placed->from >= 0)
        add_way (page, placed, middle);
    if (placed->has_repeats)
        add_repeats (page, mark, middle);
    const double x = column_middle (page, placed->column) - size / 2.0;
    if (is_near_today (page, x, size)) /* touching the line it would look cut */
        bp_marks_add_edge (page->flow, page->block, mark->mark.shape, x, y, size);
    bp_marks_add_status_sized (page->flow, page->block, page->element, &mark->mark, x, y, size);
}

/* "+37" below the marks of a month that has more than the lane has rows. */
static void add_more (const Page *page, const BpTimelineRow *row, double y)
{
    const BpTimelineFrame *frame = page->frame;
    const BpType *type = bp_flow_type (page->flow, BP_TYPE_CAPTION_INK);
    for (int column = 0; row->plan->has_hidden && column <= frame->scale.count; column++)
    {
        if (row->plan->hidden[column] == 0)
            continue;
        g_autofree char *text = g_strdup_printf ("+%d", row->plan->hidden[column]);
        const bool is_undated = column == frame->scale.count;
        const double line = row->more_lines > 1 && column % 2 != 0 && !is_undated ? BP_TIMELINE_MORE_PT : 0.0;
        const double width = bp_fonts_measure (page->flow->fonts, type->face, type->size_pt, 0.0, text);
        const double limit = frame->undated_width > 0.0 ? page->frame->right : page->flow->left + page->flow->width;
        const double x = is_undated ? frame->right + UNDATED_REF_PT : fmin (column_middle (page, column) - width / 2.0, limit - width);
        if (!is_undated) /* the line of today does not cross it */
            bp_box_fill (bp_block_add_rectangle (page->block, BP_ARTIFACT_LAYOUT, x - 0.5, y + line + 1.0, width + 1.0, 10.0),
                         colour (page, BP_COLOUR_SURFACE));
        bp_flow_add_text (page->flow, page->block, page->element, BP_TYPE_CAPTION_INK, text, x, y + line + type->baseline_pt, 0);
    }
}

static void add_lane (const Page *page, const BpTimelineRow *row, double y)
{
    const BpTimelineLane *lane = &page->timeline->groups[row->group].lanes[row->lane];
    const BpType *type = bp_flow_type (page->flow, BP_TYPE_TABLE);
    g_autoptr (BpBrokenText) label = bp_timeline_break_label (page->flow, lane->name);
    const BpSpan span = bp_type_span (type, lane->name);
    const double words = label->lines->len * type->leading_pt;
    bp_block_add_lines (page->block, page->element, label, &span, 0, label->lines->len, page->flow->left + LABEL_INSET_PT,
                        y + (row->height - words) / 2.0, BP_TIMELINE_LABEL_PT, 0, type);
    const double marks = row->plan->row_count * page->frame->step + row->more_lines * BP_TIMELINE_MORE_PT;
    const double top = y + (row->height - marks) / 2.0 + (page->frame->step - page->frame->mark) / 2.0;
    for (int i = 0; i < lane->mark_count; i++)
        add_mark (page, &lane->marks[i], &row->plan->marks[i], top);
    add_more (page, row, top + row->plan->row_count * page->frame->step);
}

static void add_group_name (const Page *page, const BpTimelineRow *row, bool is_repeated, double y)
{
    BpFlow *flow = page->flow;
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE_BOLD);
    const char *name = page->timeline->groups[row->group].name;
    g_autofree char *text = is_repeated ? g_strdup_printf ("%s (continued)", name) : g_strdup (name);
    const BpSpan span = bp_type_span (type, text);
    const char *fitting = bp_line_break_shorten (flow->fonts, flow->plan->strings, &span, flow->width - 2.0 * LABEL_INSET_PT);
    bp_flow_add_text (flow, page->block, page->element, BP_TYPE_TABLE_BOLD, fitting, flow->left + LABEL_INSET_PT,
                      y + BP_TIMELINE_GROUP_PT / 2.0 + 0.3465 * type->size_pt, 0);
}

static void add_rows (const Page *page)
{
    double y = page->body;
    if (repeated_name_height (page) > 0.0)
    {
        add_group_name (page, get_row (page, page->first), true, y);
        y += BP_TIMELINE_GROUP_PT;
    }
    for (guint i = page->first; i < page->end; i++)
    {
        if (get_row (page, i)->lane < 0)
            add_group_name (page, get_row (page, i), false, y);
        else
            add_lane (page, get_row (page, i), y);
        y += get_row (page, i)->height;
    }
}

/* ---- key ---- */

static bool has_sign (const BpTimelineFrame *frame, bool is_repeat)
{
    for (guint i = 0; i < frame->rows->len; i++)
    {
        const BpTimelineRow *row = &g_array_index (frame->rows, BpTimelineRow, i);
        const BpLanePlan *plan = row->plan;
        for (int m = 0; plan != NULL && m < plan->mark_count; m++)
            if (is_repeat ? plan->marks[m].has_repeats : plan->marks[m].from >= 0)
                return true;
    }
    return false;
}

static double add_sign_word (const Page *page, int list, const char *word, double x, double y)
{
    const int entry = bp_page_plan_add_element (page->flow->plan, list, BP_ROLE_LI);
    const int body = bp_page_plan_add_element (page->flow->plan, entry, BP_ROLE_LBODY);
    return bp_flow_add_text (page->flow, page->block, body, BP_TYPE_TABLE, word, x, y + BP_MARK_BASELINE_PT, 0);
}

/* The two signs beside those of the statuses. */
static double add_signs (const Page *page, double y)
{
    const bool has_ways = has_sign (page->frame, false), has_repeats = has_sign (page->frame, true);
    if (!has_ways && !has_repeats)
        return y;
    const int list = bp_flow_add_element (page->flow, BP_ROLE_L);
    bp_page_plan_get_element (page->flow->plan, list)->is_plain_list = true;
    const double middle = y + 8.0;
    double x = page->flow->left;
    if (has_ways)
    {
        bp_box_stroke (bp_block_add_ellipse (page->block, BP_ARTIFACT_LAYOUT, x + 4.5, middle, ORIGIN_RADIUS_PT),
                       colour (page, BP_COLOUR_INK), 1.25);
        bp_marks_add_arrow (page->flow, page->block, BP_ARTIFACT_LAYOUT, x + 4.5 + ORIGIN_RADIUS_PT, middle, 20.0);
        x += 35.0 + add_sign_word (page, list, "Original date to approved date", x + 35.0, y) + 28.0;
    }
    if (has_repeats)
    {
        bp_box_stroke (bp_block_add_ellipse (page->block, BP_ARTIFACT_LAYOUT, x + 4.5, middle, REPEAT_RADIUS_PT),
                       colour (page, BP_COLOUR_INK), 1.25);
        add_sign_word (page, list, "Repeats", x + 12.0, y);
    }
    return y + BP_MARK_SIZE_PT;
}

static double add_key (const Page *page, const BpChart *chart)
{
    double y = bp_layout_status_key (page->flow, page->block, chart, page->flow->left, 0.0, page->flow->width, false);
    return add_signs (page, y + 2.0) + 8.0;
}

/* ---- pages ---- */

/* The groups that stand on a page, cut to its lanes, for the words in their place. */
static const char *copy_alternative (const Page *page)
{
    const BpTimelineRow *first = get_row (page, page->first), *last = get_row (page, page->end - 1);
    if (page->first == 0 && page->end == page->frame->rows->len)
        return NULL;
    const int count = last->group - first->group + 1;
    g_autofree BpTimelineGroup *groups = g_memdup2 (&page->timeline->groups[first->group], sizeof (BpTimelineGroup) * (gsize)count);
    groups[count - 1].lane_count = last->lane + 1;
    if (first->lane > 0)
    {
        groups[0].lanes += first->lane;
        groups[0].lane_count -= first->lane;
    }
    BpTimeline part = *page->timeline;
    part.groups = groups;
    part.group_count = count;
    g_autofree char *text = bp_timeline_dup_alternative (&part, true);
    return bp_page_plan_copy (page->flow->plan, text);
}

static void add_page (Page *page, const BpChart *chart)
{
    BpFlow *flow = page->flow;
    page->element = bp_flow_add_element (flow, BP_ROLE_FIGURE);
    const char *part = copy_alternative (page);
    bp_page_plan_get_element (flow->plan, page->element)->alternative
        = part != NULL ? part : bp_page_plan_copy (flow->plan, chart->alternative);
    page->body = page->top + page->header_height;
    page->bottom = page->body + bp_timeline_measure_rows (page->frame, page->first, page->end);
    add_background (page);
    add_today (page);
    add_header_words (page);
    add_rows (page);
    page->block->height = page->bottom + END_PT;
}

static double measure_caption (BpFlow *flow, const char *text)
{
    if (text == NULL)
        return 0.0;
    g_autoptr (BpBrokenText) broken = bp_flow_break_text (flow, BP_TYPE_CAPTION, text, flow->width, BP_BREAK_TIDY);
    return broken->lines->len * bp_flow_type (flow, BP_TYPE_CAPTION)->leading_pt + 4.0;
}

/* What stands below the drawing on its last page. */
static double measure_captions (BpFlow *flow, const char *caption)
{
    double height = measure_caption (flow, caption);
    for (int i = 0; i < flow->note_count; i++)
        height += measure_caption (flow, flow->notes[i]->text) + (flow->notes[i]->lead_in != NULL ? 12.0 : 0.0);
    return height;
}

/* Where the page ends: with all the rest and its captions, else with the last area that fits. */
static guint choose_end (const Page *page, double captions)
{
    BpFlow *flow = page->flow;
    const guint count = page->frame->rows->len;
    if (flow->capture != NULL)
        return count;
    const bool has_gap = page->first == 0 && (flow->pending->len > 0 || !flow->is_fresh);
    const double above = page->top + page->header_height + END_PT + (has_gap ? flow->gap : 0.0);
    const double fresh = bp_flow_get_fresh_room (flow) - above, rest = bp_timeline_measure_rows (page->frame, page->first, count);
    double room = bp_flow_get_next_room (flow) - above;
    if (rest + captions <= room)
        return count;
    const bool turns = !flow->is_fresh && (rest + captions <= fresh || room < LEAST_PART * (flow->bottom - BP_BODY_TOP_PT));
    room = turns ? fresh : room;
    if (turns && rest + captions <= room)
        return count;
    guint end = bp_timeline_find_end (page->frame, page->first, room, fresh, flow->is_fresh || turns);
    if (end == page->first) /* the area that does not fit here does on the next page */
        end = bp_timeline_find_end (page->frame, page->first, fresh, fresh, true);
    if (end < count)
        return end;
    const guint shorter = bp_timeline_find_end (page->frame, page->first, room - captions, fresh, false);
    return shorter > page->first ? shorter : end;
}

static bool has_hidden (const BpTimelineFrame *frame)
{
    for (guint i = 0; i < frame->rows->len; i++)
    {
        const BpLanePlan *plan = g_array_index (frame->rows, BpTimelineRow, i).plan;
        if (plan != NULL && plan->has_hidden)
            return true;
    }
    return false;
}

static bool has_dates (const BpTimeline *timeline)
{
    for (int g = 0; g < timeline->group_count; g++)
        for (int l = 0; l < timeline->groups[g].lane_count; l++)
            for (int m = 0; m < timeline->groups[g].lanes[l].mark_count; m++)
                if (timeline->groups[g].lanes[l].marks[m].date != BP_DATE_NONE)
                    return true;
    return false;
}

static void add_pages (BpFlow *flow, const BpChart *chart, const BpTimelineFrame *frame, const char *caption)
{
    const double captions = measure_captions (flow, caption);
    Page page = { .flow = flow, .timeline = chart->timeline, .frame = frame, .block = bp_block_new () };
    page.header_height = measure_header (flow, frame, chart->timeline);
    page.top = add_key (&page, chart);
    page.block->gap_before = flow->gap;
    while (true)
    {
        page.end = choose_end (&page, captions);
        const bool is_last = page.end == frame->rows->len;
        add_page (&page, chart);
        page.block->keeps_next = is_last && caption != NULL;
        page.block->is_drawing = true;
        bp_flow_add (flow, page.block);
        if (is_last)
            return;
        bp_flow_break_page (flow);
        page.block = bp_block_new ();
        page.top = 0.0;
        page.first = page.end;
    }
}

bool bp_layout_timeline (BpFlow *flow, const BpChart *chart)
{
    if (chart->timeline == NULL || !has_dates (chart->timeline))
        return false;
    bp_layout_chart_heading (flow, chart);
    BpTimelineFrame frame;
    bp_timeline_frame_init (&frame, flow, chart->timeline);
    g_autofree char *caption = g_strconcat (chart->timeline->caption != NULL ? chart->timeline->caption : "",
                                            has_hidden (&frame) ? " A figure such as “+4” says how many more." : "", NULL);
    const char *text = *caption != '\0' ? bp_page_plan_copy (flow->plan, g_strchug (caption)) : NULL;
    add_pages (flow, chart, &frame, text);
    bp_timeline_frame_clear (&frame);
    flow->keeps_text = flow->note_count > 0;
    if (text != NULL)
        bp_layout_caption (flow, text, 4.0);
    bp_layout_notes (flow);
    return true;
}
