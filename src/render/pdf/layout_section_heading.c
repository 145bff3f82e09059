#include "render/pdf/layout_parts.h"

#define NAME_GAP_PT 2.0
#define SUBTITLE_GAP_PT 2.0

const char *bp_layout_section_name (BpFlow *flow, const BpSection *section)
{
    const bool has_label = section->label != NULL && !g_str_has_prefix (section->name, section->label);
    g_autofree char *name = section->number != NULL ? g_strdup_printf ("%s %s", section->number, section->name)
                            : has_label             ? g_strdup_printf ("%s: %s", section->label, section->name)
                                                    : g_strdup (section->name);
    return bp_page_plan_copy (flow->plan, name);
}

static double add_heading_text (BpFlow *flow, BpBlock *block, int element, BpTypeRole role, const char *text, double y, double width,
                                BpBreakStyle style)
{
    const BpType *type = bp_flow_type (flow, role);
    const BpSpan span = bp_type_span (type, text);
    g_autoptr (BpBrokenText) broken = bp_line_break (flow->fonts, flow->plan->strings, &span, 1, width, style);
    return bp_block_add_lines (block, element, broken, &span, 0, broken->lines->len, flow->left, y, width, 0, type);
}

/* A name that is the heading itself: its number as in the contents, so that it is not read as a part of it. */
static double add_numbered_name (BpFlow *flow, BpBlock *block, int element, BpTypeRole role, const BpSection *section, double width)
{
    const BpType *type = bp_flow_type (flow, role);
    BpType grey = *type;
    grey.face = BP_FACE_REGULAR;
    grey.colour = bp_flow_colour (flow, BP_COLOUR_SECONDARY);
    g_autofree char *number = g_strdup_printf ("%s ", section->number);
    const BpSpan spans[2] = { bp_type_span (&grey, bp_page_plan_copy (flow->plan, number)), bp_type_span (type, section->name) };
    g_autoptr (BpBrokenText) broken = bp_line_break (flow->fonts, flow->plan->strings, spans, 2, width, BP_BREAK_BALANCED);
    return bp_block_add_lines (block, element, broken, spans, 0, broken->lines->len, flow->left, 0.0, width, 0, type);
}

/* At the right end of the first line, the section that this page belongs to and that has no page for its own name: a heading on the first
 * of its pages. Returns the width that is left. */
static double add_container_name (BpFlow *flow, BpBlock *block, bool is_page_top, double baseline)
{
    if (flow->container == NULL || !is_page_top)
        return flow->width;
    const char *name = bp_layout_section_name (flow, flow->container);
    const double width
        = bp_flow_add_text (flow, block, flow->container_heading, BP_TYPE_CAPTION, name, flow->left + flow->width, baseline, 1);
    flow->container_heading = BP_ARTIFACT_REPEATED;
    return flow->width - width - 12.0;
}

/* The message, unless it takes more than two lines: then the name stands in its place. */
static const char *choose_headline (BpFlow *flow, const BpSection *section, BpTypeRole role)
{
    if (section->headline == NULL || *section->headline == '\0')
        return NULL;
    g_autoptr (BpBrokenText) broken = bp_flow_break_text (flow, role, section->headline, flow->width, BP_BREAK_BALANCED);
    return broken->lines->len <= 2 ? section->headline : NULL;
}

/* Sections of a pack have one form and two sizes, one at the top of a page and one below another section, however close they are set. */
static BpTypeRole choose_heading_type (const BpFlow *flow, int depth, bool is_page_top)
{
    if (is_page_top)
        return BP_TYPE_H1;
    if (depth == 0)
        return BP_TYPE_H1_BELOW;
    return flow->density == BP_DENSITY_FULL ? BP_TYPE_H2_SMALL : BP_TYPE_H2;
}

void bp_layout_section_heading (BpFlow *flow, const BpSection *section, int depth, bool is_page_top)
{
    const BpTypeRole role = choose_heading_type (flow, depth, is_page_top);
    const char *headline = choose_headline (flow, section, role);
    const char *name = bp_layout_section_name (flow, section);
    BpBlock *block = bp_block_new ();
    block->anchor = bp_page_plan_copy (flow->plan, section->id);
    block->bookmark = name;
    block->bookmark_level = depth + 1;
    block->gap_before = flow->gap;
    block->keeps_next = true;
    const BpTypeRole name_role = headline != NULL ? BP_TYPE_SECTION_NAME : role;
    const double name_width = add_container_name (flow, block, is_page_top, bp_flow_type (flow, name_role)->baseline_pt);
    const int heading = bp_flow_add_element (flow, bp_layout_heading_role (flow, depth + 2 - flow->level_lift));
    flow->section_level = flow->heading_level;
    double y = headline == NULL && section->number != NULL ? add_numbered_name (flow, block, heading, role, section, name_width)
                                                           : add_heading_text (flow, block, heading, name_role, name, 0.0, name_width,
                                                                               headline != NULL ? BP_BREAK_TIDY : BP_BREAK_BALANCED);
    if (headline != NULL)
        y = add_heading_text (flow, block, bp_flow_add_element (flow, BP_ROLE_P), role, headline, y + NAME_GAP_PT, flow->width,
                              BP_BREAK_BALANCED);
    if (section->subtitle != NULL)
        y = add_heading_text (flow, block, bp_flow_add_element (flow, BP_ROLE_P), BP_TYPE_TABLE_SECOND, section->subtitle,
                              y + (is_page_top ? SUBTITLE_GAP_PT : 0.0), flow->width, BP_BREAK_TIDY);
    block->height = y;
    bp_flow_add (flow, block);
}
