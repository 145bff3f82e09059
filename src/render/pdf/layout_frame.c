#include "render/pdf/layout_parts.h"

#include <string.h>

#define HEADER_TOP_PT 22.0
#define HEADER_RULE_PT 39.5
#define FOOTER_RULE_FROM_FOOT_PT 37.5
#define FOOTER_TOP_FROM_FOOT_PT 32.0
#define MARKING_SPACE_PT 0.3
#define SIDE_GAP_PT 12.0
#define SECOND_LINE_RISE_PT 11.0 /* of two lines in the header the first stands so much higher */
#define FOOTER_RISE_PT 2.0       /* of two lines in the footer */

static double add_marking (BpFlow *flow, BpBlock *block, int element, double middle, double baseline)
{
    if (flow->pack->marking == NULL)
        return 0.0;
    g_autofree char *capitals = g_utf8_strup (flow->pack->marking, -1);
    BpSpan span = bp_type_span (bp_flow_type (flow, BP_TYPE_CAPTION_BOLD), capitals);
    span.letter_space_pt = MARKING_SPACE_PT;
    const char *text = bp_line_break_shorten (flow->fonts, flow->plan->strings, &span, 1e6);
    const double width = bp_fonts_measure (flow->fonts, span.face, span.size_pt, span.letter_space_pt, text);
    bp_block_add_text (block, element, middle - width / 2.0, baseline, width, &span, text);
    return width;
}

/* Left and right share what the marking leaves. A text too long for its side takes two lines, the
 * second where one alone would stand; what is too long even for these is cut at a word. */
static void add_side (BpFlow *flow, BpBlock *block, int element, const char *text, double x, double width, double baseline, int align)
{
    if (text == NULL || width <= 0.0)
        return;
    const BpType *type = bp_flow_type (flow, BP_TYPE_CAPTION);
    const BpSpan span = bp_type_span (type, text);
    g_autoptr (BpBrokenText) broken = bp_line_break (flow->fonts, flow->plan->strings, &span, 1, width, BP_BREAK_GREEDY);
    if (broken->lines->len == 2)
    {
        bp_block_add_lines (block, element, broken, &span, 0, 2, x, baseline - type->baseline_pt - SECOND_LINE_RISE_PT, width, align, type);
        return;
    }
    const char *shown = bp_line_break_shorten (flow->fonts, flow->plan->strings, &span, width);
    bp_flow_add_text (flow, block, element, BP_TYPE_CAPTION, shown, x, baseline, align);
}

/* Version, and whether it is a draft. NULL: none. */
static char *dup_version (const BpPack *pack)
{
    const bool adds_draft = pack->is_draft && (pack->version_text == NULL || strstr (pack->version_text, "raft") == NULL);
    return pack->version_text == NULL ? g_strdup (adds_draft ? "Draft" : NULL)
                                      : g_strconcat (pack->version_text, adds_draft ? ", draft" : NULL, NULL);
}

/* Version and notice: side by side, or where they are too long for that the notice below the version. */
static void add_footer_text (BpFlow *flow, BpBlock *block, double left, double side, double baseline)
{
    const BpPack *pack = flow->pack;
    const BpType *type = bp_flow_type (flow, BP_TYPE_CAPTION);
    g_autofree char *version = dup_version (pack);
    const bool has_notice = pack->notice_short != NULL && *pack->notice_short != '\0';
    if (!has_notice || version == NULL)
    {
        add_side (flow, block, BP_ARTIFACT_FOOTER, has_notice ? pack->notice_short : version, left, side, baseline, 0);
        return;
    }
    const char *end = g_str_has_suffix (pack->notice_short, ".") ? "" : ".";
    g_autofree char *notice = g_strconcat (pack->notice_short, end, NULL);
    g_autofree char *whole = g_strconcat (version, g_str_has_suffix (version, ".") ? " " : ". ", notice, NULL);
    if (bp_fonts_measure (flow->fonts, type->face, type->size_pt, 0.0, whole) <= side)
    {
        add_side (flow, block, BP_ARTIFACT_FOOTER, whole, left, side, baseline, 0);
        return;
    }
    const char *lines[2] = { version, notice };
    for (int i = 0; i < 2; i++)
    {
        const BpSpan span = bp_type_span (type, lines[i]);
        const char *shown = bp_line_break_shorten (flow->fonts, flow->plan->strings, &span, side);
        bp_flow_add_text (flow, block, BP_ARTIFACT_FOOTER, BP_TYPE_CAPTION, shown, left, baseline - FOOTER_RISE_PT + i * type->leading_pt,
                          0);
    }
}

static void place_on (BpPlanPage *page, BpBlock *block)
{
    g_array_append_vals (page->boxes, block->boxes->data, block->boxes->len);
    bp_block_free (block);
}

static void add_header (BpFlow *flow, BpPlanPage *page, bool is_cover)
{
    const double left = BP_MARGIN_PT, right = page->width_pt - BP_MARGIN_PT, middle = page->width_pt / 2.0;
    const double baseline = HEADER_TOP_PT + bp_flow_type (flow, BP_TYPE_CAPTION)->baseline_pt;
    BpBlock *block = bp_block_new ();
    if (!is_cover) /* the cover's marking is content, placed with the cover */
    {
        const double marking = add_marking (flow, block, BP_ARTIFACT_HEADER, middle, baseline);
        const double side = (right - left - marking) / 2.0 - SIDE_GAP_PT;
        add_side (flow, block, BP_ARTIFACT_HEADER, flow->pack->forum_name, left, side, baseline, 0);
        g_autofree char *date = bp_date_dup_text (flow->pack->as_of, BP_DATE_LONG);
        g_autofree char *as_of = *date != '\0' ? g_strdup_printf ("Data as at %s", date) : NULL;
        add_side (flow, block, BP_ARTIFACT_HEADER, as_of, right, side, baseline, 1);
        bp_block_add_line (block, BP_ARTIFACT_HEADER, left, HEADER_RULE_PT, right, HEADER_RULE_PT, 0.5,
                           bp_flow_colour (flow, BP_COLOUR_HAIRLINE));
    }
    place_on (page, block);
}

static void add_footer (BpFlow *flow, BpPlanPage *page, guint number, guint count)
{
    const double left = BP_MARGIN_PT, right = page->width_pt - BP_MARGIN_PT, middle = page->width_pt / 2.0;
    const double baseline = page->height_pt - FOOTER_TOP_FROM_FOOT_PT + bp_flow_type (flow, BP_TYPE_CAPTION)->baseline_pt;
    const double rule = page->height_pt - FOOTER_RULE_FROM_FOOT_PT;
    BpBlock *block = bp_block_new ();
    bp_block_add_line (block, BP_ARTIFACT_FOOTER, left, rule, right, rule, 0.5, bp_flow_colour (flow, BP_COLOUR_HAIRLINE));
    const double marking = add_marking (flow, block, BP_ARTIFACT_FOOTER, middle, baseline);
    const double side = (right - left - marking) / 2.0 - SIDE_GAP_PT;
    add_footer_text (flow, block, left, side, baseline);
    g_autofree char *page_text = g_strdup_printf ("Page %u of %u", number, count);
    add_side (flow, block, BP_ARTIFACT_FOOTER, page_text, right, side, baseline, 1);
    place_on (page, block);
}

static void print_page_numbers (BpFlow *flow)
{
    for (guint i = 0; i < flow->references->len; i++)
    {
        const BpPageReference *reference = &g_array_index (flow->references, BpPageReference, i);
        if (reference->page < 0)
            continue;
        BpPlanPage *page = g_ptr_array_index (flow->plan->pages, (guint)reference->page);
        BpBox *box = &g_array_index (page->boxes, BpBox, reference->box);
        const BpAnchor *anchor = bp_page_plan_find_anchor (flow->plan, reference->target);
        g_autofree char *number = anchor == NULL ? g_strdup ("–") : g_strdup_printf ("%d", anchor->page + 1);
        box->text = bp_page_plan_copy (flow->plan, number);
        box->width = bp_fonts_measure (flow->fonts, box->face, box->height, 0.0, number);
        box->x = reference->right_x - box->width;
    }
}

static bool is_cover_page (const BpFlow *flow, guint page)
{
    const BpNode *first = flow->pack->sections->len > 0 ? g_ptr_array_index (flow->pack->sections, 0) : NULL;
    return page == 0 && first != NULL && first->as.section.style == BP_SECTION_COVER;
}

void bp_layout_page_frames (BpFlow *flow)
{
    print_page_numbers (flow);
    const guint count = flow->plan->pages->len;
    for (guint i = 0; i < count; i++)
    {
        BpPlanPage *page = g_ptr_array_index (flow->plan->pages, i);
        add_header (flow, page, is_cover_page (flow, i));
        add_footer (flow, page, i + 1, count);
    }
}
