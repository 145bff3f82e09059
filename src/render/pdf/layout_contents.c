#include "render/pdf/layout_parts.h"

#include <string.h>

#define MOST_ROWS 24
#define NUMBER_COLUMN_PT 24.0
#define LABEL_COLUMN_PT 48.0
#define PAGE_COLUMN_PT 36.0

typedef struct
{
    const BpListEntry *entry;
    bool is_left_out;
} ContentsRow;

/* Over 24 rows the sub-rows of the section that has most of them are left out, until it fits. */
static void leave_out_rows (ContentsRow *rows, guint count)
{
    guint shown = count;
    while (shown > MOST_ROWS)
    {
        guint longest = 0, longest_at = 0;
        for (guint i = 0; i < count;)
        {
            guint length = 0;
            guint next = i + 1;
            while (next < count && rows[next].entry->level > 1)
                length += rows[next++].is_left_out ? 0 : 1;
            if (length > longest)
            {
                longest = length;
                longest_at = i;
            }
            i = next;
        }
        if (longest == 0)
            return;
        for (guint i = longest_at + 1; i < count && rows[i].entry->level > 1; i++)
            rows[i].is_left_out = true;
        shown -= longest;
    }
}

static double widest_sub_label (BpFlow *flow, const ContentsRow *rows, guint count)
{
    const BpType *type = bp_flow_type (flow, BP_TYPE_BODY);
    double widest = LABEL_COLUMN_PT;
    for (guint i = 0; i < count; i++)
        if (rows[i].entry->level > 1 && rows[i].entry->label != NULL)
            widest = MAX (widest, bp_fonts_measure (flow->fonts, type->face, type->size_pt, 0.0, rows[i].entry->label) + 10.0);
    return MIN (widest, flow->width * 0.3);
}

int bp_layout_contents_element (BpFlow *flow, int row_element, const BpListEntry *entry)
{
    if (entry->link == NULL)
        return bp_page_plan_add_element (flow->plan, row_element, BP_ROLE_P);
    return bp_page_plan_add_element (flow->plan, bp_page_plan_add_element (flow->plan, row_element, BP_ROLE_REFERENCE), BP_ROLE_LINK);
}

/* Above and below a row's words: closer where the key stands on the page as well. */
static double choose_padding (const BpFlow *flow, bool is_sub)
{
    const double close = flow->density == BP_DENSITY_FULL ? 2.4 : flow->density == BP_DENSITY_CLOSE ? 1.2 : 0.0;
    return (is_sub ? 2.6 : 3.6) - close;
}

static void lay_row (BpFlow *flow, int list, const BpListEntry *entry, double label_width, bool is_first, bool is_last)
{
    const bool is_sub = entry->level > 1;
    const int element = bp_page_plan_add_element (flow->plan, list, BP_ROLE_TOCI);
    const int link = bp_layout_contents_element (flow, element, entry);
    const BpTypeRole role = is_sub ? BP_TYPE_BODY : BP_TYPE_BODY_BOLD;
    BpType label_type = *bp_flow_type (flow, role);
    label_type.colour = bp_flow_colour (flow, BP_COLOUR_SECONDARY);
    const double padding = choose_padding (flow, is_sub), top = padding + (is_first ? 1.0 : 0.0);
    const double label_x = flow->left + (is_sub ? NUMBER_COLUMN_PT : 0.0);
    const double text_x = entry->label == NULL ? label_x : is_sub ? label_x + label_width : flow->left + NUMBER_COLUMN_PT;
    const double width = flow->left + flow->width - PAGE_COLUMN_PT - text_x;
    BpBlock *block = bp_block_new ();
    const BpType *type = bp_flow_type (flow, role);
    const BpSpan label = bp_type_span (&label_type, entry->label), text = bp_type_span (type, entry->text);
    const BpSpan fitted = { .text = bp_line_break_shorten (flow->fonts, flow->plan->strings, &label, MAX (text_x - label_x, 1.0)),
                            .face = label.face,
                            .size_pt = label.size_pt,
                            .colour = label.colour };
    bp_block_add_text (block, link, label_x, top + type->baseline_pt,
                       bp_fonts_measure (flow->fonts, label.face, label.size_pt, 0.0, fitted.text), &fitted, fitted.text);
    g_autoptr (BpBrokenText) broken = bp_line_break (flow->fonts, flow->plan->strings, &text, 1, width, BP_BREAK_TIDY);
    const double end = bp_block_add_lines (block, link, broken, &text, 0, broken->lines->len, text_x, top, width, 0, type);
    if (entry->link != NULL)
        bp_flow_add_page_number (flow, block, link, BP_TYPE_BODY, entry->link, flow->left + flow->width, top + type->baseline_pt);
    block->height = MAX (end, top + type->leading_pt) + padding + (is_last ? 1.0 : 0.5);
    if (entry->link != NULL)
        bp_block_add_link (block, link, flow->left, 0.0, flow->width, block->height, bp_page_plan_copy (flow->plan, entry->link),
                           bp_page_plan_copy (flow->plan, entry->text));
    if (is_first)
        bp_block_add_line (block, BP_ARTIFACT_LAYOUT, flow->left, 0.5, flow->left + flow->width, 0.5, 1.0,
                           bp_flow_colour (flow, BP_COLOUR_LINE));
    const double weight = is_last ? 1.0 : 0.5;
    bp_block_add_line (block, BP_ARTIFACT_LAYOUT, flow->left, block->height - weight / 2.0, flow->left + flow->width,
                       block->height - weight / 2.0, weight, bp_flow_colour (flow, is_last ? BP_COLOUR_LINE : BP_COLOUR_HAIRLINE));
    block->gap_before = is_first ? flow->gap : 0.0;
    bp_flow_add (flow, block);
}

void bp_layout_contents (BpFlow *flow, const BpList *list)
{
    const guint count = list->entries->len;
    g_autofree ContentsRow *rows = g_new0 (ContentsRow, (gsize)count + 1);
    for (guint i = 0; i < count; i++)
        rows[i].entry = &g_array_index (list->entries, BpListEntry, i);
    leave_out_rows (rows, count);
    const double label_width = widest_sub_label (flow, rows, count);
    guint last = 0;
    for (guint i = 0; i < count; i++)
        last = rows[i].is_left_out ? last : i;
    const int element = bp_flow_add_element (flow, BP_ROLE_TOC);
    for (guint i = 0; i < count; i++)
        if (!rows[i].is_left_out)
            lay_row (flow, element, rows[i].entry, label_width, i == 0, i == last);
}
