#include "render/pdf/flow.h"

#include <string.h>

#define FOOT_PORTRAIT_PT 52.0
#define FOOT_LANDSCAPE_PT 48.0
#define SLACK_PT 0.01
#define CONTINUED_GAP_PT 6.0
#define PART_GAP_PT 4.0
#define SPLIT_PADDING_PT 6.0

void bp_flow_init (BpFlow *flow, const BpPack *pack, const BpTheme *theme, BpFonts *fonts, BpPagePlan *plan)
{
    *flow = (BpFlow){ .pack = pack, .theme = theme, .fonts = fonts, .plan = plan, .parent = -1, .section_level = 1, .heading_level = 0 };
    bp_type_scale_init (&flow->types, theme);
    flow->references = g_array_new (FALSE, TRUE, sizeof (BpPageReference));
    flow->figures = g_array_new (FALSE, TRUE, sizeof (BpPlacedFigure));
    flow->pending = g_ptr_array_new ();
}

void bp_flow_clear (BpFlow *flow)
{
    g_array_unref (flow->references);
    g_array_unref (flow->figures);
    g_ptr_array_set_free_func (flow->pending, (GDestroyNotify)bp_block_free);
    g_ptr_array_unref (flow->pending);
}

int bp_flow_current_page (const BpFlow *flow)
{
    return (int)flow->plan->pages->len - 1;
}

double bp_flow_get_room (const BpFlow *flow)
{
    return flow->bottom - flow->y;
}

static void set_page_frame (BpFlow *flow, bool is_landscape)
{
    flow->left = BP_MARGIN_PT;
    flow->width = (is_landscape ? BP_PAGE_LONG_PT : BP_PAGE_SHORT_PT) - 2.0 * BP_MARGIN_PT;
    flow->bottom = is_landscape ? BP_PAGE_SHORT_PT - FOOT_LANDSCAPE_PT : BP_PAGE_LONG_PT - FOOT_PORTRAIT_PT;
}

static void add_page (BpFlow *flow, bool is_landscape)
{
    bp_page_plan_add_page (flow->plan, is_landscape);
    flow->is_landscape = is_landscape;
    set_page_frame (flow, is_landscape);
    flow->y = BP_BODY_TOP_PT;
    flow->is_fresh = true;
    flow->foot = flow->bottom;
    for (int i = 0; i < flow->foot_count; i++)
        if (flow->feet[i].page == bp_flow_current_page (flow))
            flow->foot = MIN (flow->foot, flow->feet[i].y);
}

void bp_flow_add_foot (BpFlow *flow, int page, double y)
{
    if (page == bp_flow_current_page (flow))
        flow->foot = MIN (flow->foot, y);
    else if (flow->foot_count < BP_MOST_FEET)
        flow->feet[flow->foot_count++] = (BpFoot){ page, y };
}

void bp_flow_close_page (BpFlow *flow)
{
    flow->foot = MIN (flow->foot, flow->y);
}

void bp_flow_start_page (BpFlow *flow, bool is_landscape)
{
    bp_flow_flush (flow);
    add_page (flow, is_landscape);
}

/* ---- placing ---- */

static void widen_element (BpFlow *flow, const BpBox *box)
{
    if (box->element < 0)
        return;
    BpElement *element = bp_page_plan_get_element (flow->plan, box->element);
    if (element->role != BP_ROLE_FIGURE && element->role != BP_ROLE_LINK)
        return;
    double top, bottom;
    bp_box_get_extent (box, &top, &bottom);
    const double left = MIN (box->x, box->x + (box->kind == BP_BOX_TEXT ? 0.0 : box->width)), right = MAX (box->x, box->x + box->width);
    if (element->page < 0)
    {
        element->page = bp_flow_current_page (flow);
        element->left = left;
        element->top = top;
        element->right = right;
        element->bottom = bottom;
        return;
    }
    if (element->page != bp_flow_current_page (flow))
        return; /* what a row that goes on over a page has left for the next one */
    element->left = MIN (element->left, left);
    element->top = MIN (element->top, top);
    element->right = MAX (element->right, right);
    element->bottom = MAX (element->bottom, bottom);
}

static void resolve_reference (BpFlow *flow, guint index)
{
    BpPageReference *reference = &g_array_index (flow->references, BpPageReference, index);
    const BpPlanPage *page = bp_page_plan_get_page (flow->plan, bp_flow_current_page (flow));
    if (reference->page >= 0)
        return;
    reference->page = bp_flow_current_page (flow);
    reference->box = page->boxes->len;
}

void bp_flow_place_at (BpFlow *flow, BpBlock *block, double y)
{
    const int number = bp_flow_current_page (flow);
    BpPlanPage *page = g_ptr_array_index (flow->plan->pages, (guint)number);
    for (guint i = 0; i < block->boxes->len; i++)
    {
        BpBox box = g_array_index (block->boxes, BpBox, i);
        box.y += y;
        if (box.kind == BP_BOX_TEXT && box.point_count < 0) /* a page number still to come */
        {
            resolve_reference (flow, (guint)(-box.point_count - 1));
            box.point_count = 0;
        }
        widen_element (flow, &box);
        g_array_append_val (page->boxes, box);
    }
    for (guint i = 0; block->figures != NULL && i < block->figures->len; i++)
    {
        const BpPlacedFigure figure = { g_array_index (block->figures, const BpValue *, i), number };
        g_array_append_val (flow->figures, figure);
    }
    if (block->anchor != NULL)
    {
        const BpAnchor anchor = { block->anchor, number, y };
        g_array_append_val (flow->plan->anchors, anchor);
    }
    if (block->bookmark != NULL)
    {
        const BpBookmark bookmark = { block->bookmark, block->bookmark_level, number, y };
        g_array_append_val (flow->plan->bookmarks, bookmark);
    }
    bp_block_free (block);
}

/* "Continues on page 4" and the table's last rule, below the rows on a page that a table leaves. */
static void close_table_page (BpFlow *flow)
{
    BpBlock *block = bp_block_new ();
    bp_block_add_line (block, BP_ARTIFACT_LAYOUT, flow->left, 0.0, flow->left + flow->width, 0.0, 1.0,
                       bp_flow_colour (flow, BP_COLOUR_LINE));
    g_autofree char *text = g_strdup_printf ("Continues on page %d", bp_flow_current_page (flow) + 2);
    bp_flow_add_text (flow, block, BP_ARTIFACT_REPEATED, BP_TYPE_CAPTION, text, flow->left + flow->width,
                      3.0 + bp_flow_type (flow, BP_TYPE_CAPTION)->baseline_pt, 1);
    bp_flow_place_at (flow, block, flow->y);
}

/* The heading of a page on which a section goes on. */
static void add_continued_heading (BpFlow *flow, bool is_new_section)
{
    const char *name = flow->continued_name != NULL ? flow->continued_name : flow->section_name;
    if (name == NULL)
        return;
    g_autofree char *both
        = flow->subsection_name != NULL && !is_new_section ? g_strdup_printf ("%s: %s", name, flow->subsection_name) : NULL;
    name = both != NULL ? both : name;
    const BpType *type = bp_flow_type (flow, BP_TYPE_H1_CONTINUED);
    BpType grey = *type;
    grey.face = BP_FACE_REGULAR;
    grey.colour = bp_flow_colour (flow, BP_COLOUR_SECONDARY);
    BpBlock *block = bp_block_new ();
    const BpSpan tail = bp_type_span (&grey, "(continued)");
    const double tail_width = bp_fonts_measure (flow->fonts, tail.face, tail.size_pt, 0.0, tail.text);
    const double space = bp_fonts_get_width (flow->fonts, tail.face, ' ') * tail.size_pt / 1000.0;
    const BpSpan head = bp_type_span (type, name);
    const char *shown = bp_line_break_shorten (flow->fonts, flow->plan->strings, &head, flow->width - tail_width - space);
    const double width = bp_fonts_measure (flow->fonts, head.face, head.size_pt, 0.0, shown);
    bp_block_add_text (block, BP_ARTIFACT_REPEATED, flow->left, type->baseline_pt, width, &head, shown);
    bp_block_add_text (block, BP_ARTIFACT_REPEATED, flow->left + width + space, type->baseline_pt, tail_width, &tail, tail.text);
    const double used = width + space + tail_width + 24.0;
    const BpType *caption = bp_flow_type (flow, BP_TYPE_CAPTION);
    if (flow->section_aside != NULL
        && bp_fonts_measure (flow->fonts, caption->face, caption->size_pt, 0.0, flow->section_aside) + used <= flow->width)
        bp_flow_add_text (flow, block, BP_ARTIFACT_REPEATED, BP_TYPE_CAPTION, flow->section_aside, flow->left + flow->width,
                          type->baseline_pt, 1);
    bp_flow_place_at (flow, block, flow->y);
    flow->y += type->leading_pt + CONTINUED_GAP_PT;
}

/* Whether a block that begins a page stands there without the heading that it belongs to. */
static bool goes_on_with_part (const BpFlow *flow, const BpBlock *first)
{
    return flow->part_name != NULL && flow->continued_name == NULL && first != NULL && first->part == NULL && first->anchor == NULL;
}

/* What stands at the top of a page that begins with a block of a section that goes on. */
static double continued_height (const BpFlow *flow, const BpBlock *first)
{
    return bp_flow_type (flow, BP_TYPE_H1_CONTINUED)->leading_pt + CONTINUED_GAP_PT
           + (goes_on_with_part (flow, first) ? bp_flow_type (flow, BP_TYPE_H3)->leading_pt + PART_GAP_PT : 0.0);
}

static void add_continued_part (BpFlow *flow)
{
    const BpType *type = bp_flow_type (flow, BP_TYPE_H3);
    BpType grey = *type;
    grey.face = BP_FACE_REGULAR;
    grey.colour = bp_flow_colour (flow, BP_COLOUR_SECONDARY);
    const BpSpan head = bp_type_span (type, flow->part_name), tail = bp_type_span (&grey, " (continued)");
    const double tail_width = bp_fonts_measure (flow->fonts, tail.face, tail.size_pt, 0.0, tail.text);
    const char *shown = bp_line_break_shorten (flow->fonts, flow->plan->strings, &head, flow->width - tail_width);
    const double width = bp_fonts_measure (flow->fonts, head.face, head.size_pt, 0.0, shown);
    BpBlock *block = bp_block_new ();
    bp_block_add_text (block, BP_ARTIFACT_REPEATED, flow->left, type->baseline_pt, width, &head, shown);
    bp_block_add_text (block, BP_ARTIFACT_REPEATED, flow->left + width, type->baseline_pt, tail_width, &tail, tail.text);
    bp_flow_place_at (flow, block, flow->y);
    flow->y += type->leading_pt + PART_GAP_PT;
}

/* Goes on to a new page in the middle of a section. first: the block that begins it; NULL if it is not known. */
static void turn_page (BpFlow *flow, const BpBlock *first)
{
    const bool goes_on = flow->repeat != NULL && flow->is_table_open && first != NULL && first->row != NULL;
    if (goes_on && !flow->is_fresh)
        close_table_page (flow);
    add_page (flow, flow->is_landscape);
    const bool is_new_section = first != NULL && first->anchor != NULL;
    if (!is_new_section || flow->section_depth > 0) /* a section that begins here has its own heading */
        add_continued_heading (flow, is_new_section);
    if (goes_on_with_part (flow, first))
        add_continued_part (flow);
    if (goes_on)
        flow->repeat (flow, first, flow->repeat_data);
}

static void place_next (BpFlow *flow, BpBlock *block)
{
    if (!flow->is_fresh)
        flow->y += block->gap_before;
    const double y = flow->y, height = block->height;
    if (block->anchor != NULL || block->part != NULL)
        flow->part_name = block->part != NULL && *block->part != '\0' ? block->part : NULL;
    if (flow->repeat != NULL && block->row != NULL)
        flow->is_table_open = true;
    bp_flow_place_at (flow, block, y);
    flow->y = y + height;
    flow->is_fresh = false;
}

static double get_reserve (const BpFlow *flow, const BpBlock *block)
{
    return block->row != NULL && !block->is_last_row ? flow->reserve : 0.0;
}

/* Where a block must end; what no page holds otherwise may use all of it. */
static double get_end (const BpFlow *flow, const BpBlock *block)
{
    return (flow->is_fresh ? flow->bottom : flow->foot) - get_reserve (flow, block) + SLACK_PT;
}

static bool fits (const BpFlow *flow, const BpBlock *block)
{
    const double gap = flow->is_fresh ? 0.0 : block->gap_before;
    return flow->y + gap + block->height <= get_end (flow, block);
}

/* ---- blocks that go on over pages ---- */

/* Name and "(continued)" at the top of what goes on: in its own column, above what that holds there. */
static void add_split_name (BpFlow *flow, BpBlock *rest, double padding)
{
    if (rest->split_name == NULL)
        return;
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE_BOLD), *second = bp_flow_type (flow, BP_TYPE_CAPTION);
    const double width = rest->split_name_width, height = type->leading_pt + second->leading_pt;
    bool is_taken = false;
    for (guint i = 0; i < rest->boxes->len; i++)
    {
        const BpBox *box = &g_array_index (rest->boxes, BpBox, i);
        is_taken |= box->kind == BP_BOX_TEXT && box->x < rest->split_name_x + width && box->x + box->width > rest->split_name_x
                    && box->y < padding + height + box->height;
    }
    for (guint i = 0; is_taken && i < rest->boxes->len; i++)
    {
        BpBox *box = &g_array_index (rest->boxes, BpBox, i);
        if (box->kind != BP_BOX_TEXT && box->y < SLACK_PT) /* a ground or an upright line from top to bottom */
            box->height += height;
        else
            box->y += height;
    }
    rest->height += is_taken ? height : 0.0;
    const BpSpan name = bp_type_span (type, rest->split_name);
    const char *shown = bp_line_break_shorten (flow->fonts, flow->plan->strings, &name, width);
    const char *word
        = bp_fonts_measure (flow->fonts, second->face, second->size_pt, 0.0, "(continued)") <= width ? "(continued)" : "(cont.)";
    bp_flow_add_text (flow, rest, BP_ARTIFACT_REPEATED, BP_TYPE_TABLE_BOLD, shown, rest->split_name_x, padding + type->baseline_pt, 0);
    bp_flow_add_text (flow, rest, BP_ARTIFACT_REPEATED, BP_TYPE_CAPTION, word, rest->split_name_x,
                      padding + type->leading_pt + second->baseline_pt, 0);
    rest->height = MAX (rest->height, padding * 2.0 + height);
}

/* A block that no page holds goes on over as many as it needs, from here on. */
static void place_too_high (BpFlow *flow, BpBlock *block)
{
    while (flow->y + (flow->is_fresh ? 0.0 : block->gap_before) + block->height > flow->bottom - get_reserve (flow, block) + SLACK_PT)
    {
        const double gap = flow->is_fresh ? 0.0 : block->gap_before;
        BpBlock *rest = bp_block_split (block, flow->bottom - flow->y - gap - (block->row != NULL ? flow->reserve : 0.0), SPLIT_PADDING_PT);
        if (rest == NULL && flow->is_fresh)
            break; /* one line that no page can hold: it is placed as it is */
        if (rest == NULL)
        {
            turn_page (flow, block);
            continue;
        }
        add_split_name (flow, rest, SPLIT_PADDING_PT);
        place_next (flow, block);
        turn_page (flow, rest);
        block = rest;
    }
    place_next (flow, block);
}

/* ---- chains: blocks that keep together ---- */

/* A run of the blocks that wait. */
typedef struct
{
    guint first, count;
} Chain;

static BpBlock *get_pending (const BpFlow *flow, guint index)
{
    return g_ptr_array_index (flow->pending, index);
}

/* A heading, a header or a group's row: never without what follows it, be that higher than a page. */
static bool is_head (const BpBlock *block)
{
    return block->keeps_next && !block->is_drawing && (block->row == NULL || block->group == block->row || block->is_header);
}

static double chain_height (const BpFlow *flow, const Chain *chain, bool is_page_top)
{
    double height = 0.0;
    for (guint i = chain->first; i < chain->first + chain->count; i++)
        height += (is_page_top && i == chain->first ? 0.0 : get_pending (flow, i)->gap_before) + get_pending (flow, i)->height;
    return height;
}

static bool chain_fits (const BpFlow *flow, const Chain *chain)
{
    const BpBlock *last = get_pending (flow, chain->first + chain->count - 1);
    return flow->y + chain_height (flow, chain, flow->is_fresh) <= get_end (flow, last);
}

/* Whether a page that has nothing but repeated headings would hold the chain. */
static bool fits_on_a_page (const BpFlow *flow, const Chain *chain)
{
    const BpBlock *first = get_pending (flow, chain->first), *last = get_pending (flow, chain->first + chain->count - 1);
    const bool has_own_heading = first->anchor != NULL && flow->section_depth == 0;
    const double top = has_own_heading ? 0.0 : continued_height (flow, first);
    return BP_BODY_TOP_PT + top + chain_height (flow, chain, true) <= flow->bottom - get_reserve (flow, last) + SLACK_PT;
}

static void place_chain (BpFlow *flow, const Chain *chain);

/* Where a chain that no page holds is cut: as much as a page holds is kept together at its end, where a table's last rows and what is noted
 * below them stand. Its first block if it is a single block with the headings above it. */
static guint find_cut (const BpFlow *flow, const Chain *chain)
{
    const guint end = chain->first + chain->count;
    guint last = chain->first, lines = 2;
    for (guint i = chain->first + 1; i < end; i++)
    {
        const Chain tail = { i, end - i };
        const BpBlock *before = get_pending (flow, i - 1);
        const bool is_text_head = is_head (before) && before->row == NULL;
        lines = is_text_head ? 0 : lines + (before->row != NULL && !is_head (before) ? 2 : bp_block_count_lines (before));
        if (is_head (before) || lines < 2) /* two lines below a heading, one row below a header */
            continue;
        last = i;
        if (fits_on_a_page (flow, &tail))
            break;
    }
    return last;
}

/* A block with its headings that no page holds is parted, not left by them. */
static void place_parted (BpFlow *flow, const Chain *chain)
{
    if (!flow->is_fresh)
        turn_page (flow, get_pending (flow, chain->first));
    for (guint i = chain->first; i < chain->first + chain->count; i++)
        if (fits (flow, get_pending (flow, i)))
            place_next (flow, get_pending (flow, i));
        else
            place_too_high (flow, get_pending (flow, i));
}

static void place_apart (BpFlow *flow, const Chain *chain)
{
    const guint cut = find_cut (flow, chain);
    if (cut == chain->first)
    {
        place_parted (flow, chain);
        return;
    }
    const Chain before = { chain->first, cut - chain->first }, after = { cut, chain->first + chain->count - cut };
    place_chain (flow, &before);
    place_chain (flow, &after);
}

static void place_chain (BpFlow *flow, const Chain *chain)
{
    if (!chain_fits (flow, chain) && !flow->is_fresh && fits_on_a_page (flow, chain))
        turn_page (flow, get_pending (flow, chain->first));
    if (!chain_fits (flow, chain))
    {
        place_apart (flow, chain);
        return;
    }
    for (guint i = chain->first; i < chain->first + chain->count; i++)
        place_next (flow, get_pending (flow, i));
}

double bp_flow_get_next_room (const BpFlow *flow)
{
    const Chain all = { 0, flow->pending->len };
    return (flow->is_fresh ? flow->bottom : flow->foot) - flow->y - chain_height (flow, &all, flow->is_fresh);
}

double bp_flow_get_fresh_room (const BpFlow *flow)
{
    const Chain all = { 0, flow->pending->len };
    const bool has_own_heading = all.count > 0 && get_pending (flow, 0)->anchor != NULL && flow->section_depth == 0;
    const double top = has_own_heading ? 0.0 : continued_height (flow, all.count > 0 ? get_pending (flow, 0) : NULL);
    return flow->bottom - BP_BODY_TOP_PT - top - chain_height (flow, &all, true);
}

void bp_flow_flush (BpFlow *flow)
{
    if (flow->pending->len == 0 || flow->capture != NULL)
        return;
    const Chain all = { 0, flow->pending->len };
    if (chain_fits (flow, &all) || fits_on_a_page (flow, &all))
        place_chain (flow, &all);
    else
        for (Chain part = { 0, 0 }; part.first < all.count; part = (Chain){ part.first + part.count, 0 })
        {
            do
                part.count++;
            while (part.first + part.count < all.count && !get_pending (flow, part.first + part.count - 1)->keeps_if_fits);
            place_chain (flow, &part);
        }
    g_ptr_array_set_size (flow->pending, 0);
}

/* Whether the last heading that waits has only one line below it so far: the next block decides whether that line may stand. */
static bool needs_second_line (const BpFlow *flow)
{
    guint lines = 0, at = flow->pending->len;
    while (at > 0 && !is_head (get_pending (flow, at - 1)))
        lines += bp_block_count_lines (get_pending (flow, --at));
    return at > 0 && lines < 2;
}

void bp_flow_add (BpFlow *flow, BpBlock *block)
{
    if (flow->capture != NULL)
    {
        bp_block_absorb (flow->capture, block, flow->capture->height + (flow->capture->height > 0.0 ? block->gap_before : 0.0));
        return;
    }
    g_ptr_array_add (flow->pending, block);
    if (!block->keeps_next && !needs_second_line (flow))
        bp_flow_flush (flow);
}

void bp_flow_name_part (BpFlow *flow, const char *name)
{
    if (flow->capture == NULL && flow->pending->len > 0)
        get_pending (flow, flow->pending->len - 1)->part = bp_page_plan_copy (flow->plan, name);
}

void bp_flow_break_page (BpFlow *flow)
{
    bp_flow_flush (flow);
    if (!flow->is_fresh)
        turn_page (flow, NULL);
}

/* ---- elements and text ---- */

int bp_flow_add_element (BpFlow *flow, BpRole role)
{
    return bp_page_plan_add_element (flow->plan, flow->parent, role);
}

int bp_flow_add_figure (BpFlow *flow, const char *alternative)
{
    const int element = bp_flow_add_element (flow, BP_ROLE_FIGURE);
    bp_page_plan_get_element (flow->plan, element)->alternative = bp_page_plan_copy (flow->plan, alternative);
    return element;
}

BpColour bp_flow_colour (const BpFlow *flow, BpColourRole role)
{
    return flow->theme->colours[role];
}

const BpType *bp_flow_type (const BpFlow *flow, BpTypeRole role)
{
    return &flow->types.types[role];
}

BpBrokenText *bp_flow_break_text (BpFlow *flow, BpTypeRole type, const char *text, double width, BpBreakStyle style)
{
    const BpSpan span = bp_type_span (bp_flow_type (flow, type), text);
    return bp_line_break (flow->fonts, flow->plan->strings, &span, 1, width, style);
}

double bp_flow_add_text (BpFlow *flow, BpBlock *block, int element, BpTypeRole type, const char *text, double x, double baseline, int align)
{
    const BpSpan span = bp_type_span (bp_flow_type (flow, type), text);
    g_autoptr (BpBrokenText) broken = bp_line_break (flow->fonts, flow->plan->strings, &span, 1, 1e6, BP_BREAK_GREEDY);
    if (broken->lines->len == 0)
        return 0.0;
    const double width = g_array_index (broken->lines, BpTextLine, 0).width;
    const double start = align == 1 ? x - width : align == 2 ? x - width / 2.0 : x;
    for (guint i = 0; i < broken->segments->len; i++)
        bp_block_add_segment (block, element, start, baseline, &span, &g_array_index (broken->segments, BpSegment, i));
    return width;
}

void bp_flow_add_page_number (BpFlow *flow, BpBlock *block, int element, BpTypeRole type, const char *target, double right_x,
                              double baseline)
{
    const BpPageReference reference = { -1, 0, bp_page_plan_copy (flow->plan, target), right_x };
    g_array_append_val (flow->references, reference);
    const BpSpan span = bp_type_span (bp_flow_type (flow, type), "0");
    bp_block_add_text (block, element, right_x, baseline, 0.0, &span, "0");
    g_array_index (block->boxes, BpBox, block->boxes->len - 1).point_count = -(int)flow->references->len;
}

/* ---- trials ---- */

void bp_flow_remember (BpFlow *flow, BpFlowMark *mark_out)
{
    g_assert (flow->pending->len == 0);
    const guint pages = flow->plan->pages->len;
    const BpPlanPage *last = pages > 0 ? g_ptr_array_index (flow->plan->pages, pages - 1) : NULL;
    *mark_out = (BpFlowMark){ pages,
                              last != NULL ? last->boxes->len : 0,
                              flow->plan->elements->len,
                              flow->plan->anchors->len,
                              flow->plan->bookmarks->len,
                              flow->references->len,
                              flow->figures->len,
                              *flow };
}

void bp_flow_return (BpFlow *flow, const BpFlowMark *mark)
{
    g_ptr_array_set_size (flow->plan->pages, (gint)mark->pages);
    if (mark->pages > 0)
        g_array_set_size (((BpPlanPage *)g_ptr_array_index (flow->plan->pages, mark->pages - 1))->boxes, mark->boxes);
    g_array_set_size (flow->plan->elements, mark->elements);
    g_array_set_size (flow->plan->anchors, mark->anchors);
    g_array_set_size (flow->plan->bookmarks, mark->bookmarks);
    g_array_set_size (flow->references, mark->references);
    g_array_set_size (flow->figures, mark->figures);
    *flow = mark->saved;
}
