#include "render/pdf/layout_parts.h"

#include <math.h>

#define STANDING_PADDING_PT 6.0
#define ASIDE_GAP_PT 8.0
#define NOTE_GAP_PT 4.0
#define MOST_PARAGRAPH_LINES 3 /* not parted: neither its first nor its last line may stand alone */
#define MOST_ENTRY_LINES 6     /* a list parts between its entries first */

BpRole bp_layout_heading_role (BpFlow *flow, int level)
{
    const int reached = CLAMP (level, 1, MIN (flow->heading_level + 1, 6));
    flow->heading_level = reached;
    return (BpRole)(BP_ROLE_H1 + reached - 1);
}

void bp_layout_heading (BpFlow *flow, int level, const char *text, const char *aside)
{
    const BpTypeRole role = level >= 3 ? BP_TYPE_H3 : flow->density == BP_DENSITY_FULL ? BP_TYPE_H2_SMALL : BP_TYPE_H2;
    const BpType *type = bp_flow_type (flow, role), *caption = bp_flow_type (flow, BP_TYPE_CAPTION);
    const int element = bp_flow_add_element (flow, bp_layout_heading_role (flow, flow->section_level + level - 1));
    BpBlock *block = bp_block_new ();
    double width = flow->width;
    double aside_width = 0.0;
    if (aside != NULL)
    {
        aside_width = bp_fonts_measure (flow->fonts, caption->face, caption->size_pt, 0.0, aside);
        const double text_width = bp_fonts_measure (flow->fonts, type->face, type->size_pt, 0.0, text);
        if (text_width + aside_width + ASIDE_GAP_PT <= flow->width)
            width -= aside_width + ASIDE_GAP_PT;
        else
            aside_width = 0.0; /* goes below instead */
    }
    const BpSpan span = bp_type_span (type, text);
    g_autoptr (BpBrokenText) broken = bp_line_break (flow->fonts, flow->plan->strings, &span, 1, width, BP_BREAK_TIDY);
    block->height = bp_block_add_lines (block, element, broken, &span, 0, broken->lines->len, flow->left, 0.0, width, 0, type);
    block->gap_before = flow->gap;
    block->keeps_next = true;
    block->part = "";
    if (level == 2)
    {
        block->bookmark = bp_page_plan_copy (flow->plan, text);
        block->bookmark_level = flow->section_depth + 2;
    }
    if (aside != NULL)
    {
        const int aside_element = bp_flow_add_element (flow, BP_ROLE_P);
        if (aside_width > 0.0)
            bp_flow_add_text (flow, block, aside_element, BP_TYPE_CAPTION, aside, flow->left + flow->width, type->baseline_pt, 1);
        else
        {
            g_autoptr (BpBrokenText) below = bp_flow_break_text (flow, BP_TYPE_CAPTION, aside, flow->width, BP_BREAK_TIDY);
            const BpSpan aside_span = bp_type_span (caption, aside);
            block->height = bp_block_add_lines (block, aside_element, below, &aside_span, 0, below->lines->len, flow->left, block->height,
                                                flow->width, 0, caption);
        }
    }
    bp_flow_add (flow, block);
}

void bp_layout_flow_lines (BpFlow *flow, BpBlock *first, int element, const BpBrokenText *broken, const BpSpan *spans, double x,
                           double width, const BpType *type, double gap)
{
    const guint count = broken->lines->len, most_whole = first != NULL ? MOST_ENTRY_LINES : MOST_PARAGRAPH_LINES;
    guint at = 0;
    while (at < count || first != NULL)
    {
        const guint left = count - at;
        const guint take = count <= most_whole ? left : at == 0 || left == 2 ? 2 : 1;
        BpBlock *block = first != NULL ? first : bp_block_new ();
        first = NULL;
        block->gap_before = at == 0 ? gap : 0.0;
        block->height = fmax (block->height, bp_block_add_lines (block, element, broken, spans, at, take, x, 0.0, width, 0, type));
        at += take;
        block->keeps_next = flow->keeps_text && at >= count;
        bp_flow_add (flow, block);
    }
}

void bp_layout_caption (BpFlow *flow, const char *text, double gap)
{
    const int element = bp_flow_add_element (flow, BP_ROLE_P);
    const BpType *type = bp_flow_type (flow, BP_TYPE_CAPTION);
    const BpSpan span = bp_type_span (type, text);
    g_autoptr (BpBrokenText) broken = bp_line_break (flow->fonts, flow->plan->strings, &span, 1, flow->width, BP_BREAK_TIDY);
    bp_layout_flow_lines (flow, NULL, element, broken, &span, flow->left, flow->width, type, gap);
}

void bp_layout_notes (BpFlow *flow)
{
    const int count = flow->note_count;
    flow->note_count = 0;
    for (int i = 0; i < count; i++)
    {
        flow->gap = NOTE_GAP_PT;
        flow->keeps_text = i + 1 < count;
        bp_layout_paragraph (flow, flow->notes[i]);
    }
    flow->keeps_text = false;
}

/* A sentence between two rules: what stands where there is nothing to list. */
static void lay_standing (BpFlow *flow, const BpSpan *spans, int span_count)
{
    const BpColour line = bp_flow_colour (flow, BP_COLOUR_LINE);
    const BpType *type = bp_flow_type (flow, BP_TYPE_BODY);
    const int element = bp_flow_add_element (flow, BP_ROLE_P);
    g_autoptr (BpBrokenText) broken = bp_line_break (flow->fonts, flow->plan->strings, spans, span_count, flow->width, BP_BREAK_TIDY);
    BpBlock *block = bp_block_new ();
    bp_block_add_line (block, BP_ARTIFACT_LAYOUT, flow->left, 0.5, flow->left + flow->width, 0.5, 1.0, line);
    const double end = bp_block_add_lines (block, element, broken, spans, 0, broken->lines->len, flow->left, STANDING_PADDING_PT + 0.5,
                                           flow->width, 0, type);
    block->height = end + STANDING_PADDING_PT + 0.5;
    bp_block_add_line (block, BP_ARTIFACT_LAYOUT, flow->left, block->height - 0.5, flow->left + flow->width, block->height - 0.5, 1.0,
                       line);
    block->gap_before = flow->gap;
    bp_flow_add (flow, block);
}

void bp_layout_paragraph (BpFlow *flow, const BpParagraph *paragraph)
{
    BpTypeRole role = BP_TYPE_BODY;
    switch (paragraph->role)
    {
    case BP_PARAGRAPH_BODY:
    case BP_PARAGRAPH_STANDING:
        break;
    case BP_PARAGRAPH_CAPTION:
        role = BP_TYPE_CAPTION;
        break;
    case BP_PARAGRAPH_ORGANISATION:
        role = BP_TYPE_ORGANISATION;
        break;
    case BP_PARAGRAPH_TITLE:
        role = BP_TYPE_COVER_TITLE_LONG;
        break;
    case BP_PARAGRAPH_SUBTITLE:
        role = BP_TYPE_COVER_SUBTITLE;
        break;
    }
    const BpType *type = bp_flow_type (flow, role);
    BpType bold = *type;
    bold.face = BP_FACE_BOLD;
    bold.colour = bp_flow_colour (flow, BP_COLOUR_INK);
    BpSpan spans[3];
    int count = 0;
    if (paragraph->lead_in != NULL)
    {
        spans[count++] = bp_type_span (&bold, paragraph->lead_in);
        spans[count++] = bp_type_span (type, " ");
    }
    spans[count++] = bp_type_span (type, paragraph->text);
    if (paragraph->role == BP_PARAGRAPH_STANDING)
    {
        lay_standing (flow, spans, count);
        return;
    }
    const int element = bp_flow_add_element (flow, BP_ROLE_P);
    g_autoptr (BpBrokenText) broken = bp_line_break (flow->fonts, flow->plan->strings, spans, count, flow->width, BP_BREAK_TIDY);
    if (broken->lines->len > 0)
        bp_layout_flow_lines (flow, NULL, element, broken, spans, flow->left, flow->width, type, flow->gap);
}
