#include "render/pdf/layout_parts.h"

#include <math.h>

#define BAR_PT 4.0
#define ASKS_LABEL_PT 72.0
#define ASKS_ASIDE_PT 122.0
#define ASKS_WIDEST_ASIDE_PT 172.0
#define ASKS_GAP_PT 10.0
#define CARD_INSET_PT 14.0
#define CARD_LABEL_PT 66.0
#define CARD_CHIP_PT 84.0
#define CARD_REF_GAP_PT 8.0

static void add_bar (BpFlow *flow, BpBlock *block, BpColour colour, double height)
{
    BpBox *bar = bp_block_add_rectangle (block, BP_ARTIFACT_LAYOUT, flow->left, 0.0, BAR_PT, height);
    bp_box_fill (bar, colour);
    if (!bp_marks_needs_outline (flow, colour))
        return;
    bar->x += 0.375;
    bar->y += 0.375;
    bar->width -= 0.75;
    bar->height -= 0.75;
    bp_box_stroke (bar, bp_flow_colour (flow, BP_COLOUR_OUTLINE), 0.75);
}

/* Several lines of one type below one another; returns the y below. */
static double add_paragraph (BpFlow *flow, BpBlock *block, int element, const BpSpan *spans, int count, const BpType *type, double x,
                             double y, double width)
{
    g_autoptr (BpBrokenText) broken = bp_line_break (flow->fonts, flow->plan->strings, spans, count, width, BP_BREAK_TIDY);
    return bp_block_add_lines (block, element, broken, spans, 0, broken->lines->len, x, y, width, 0, type);
}

static double add_text (BpFlow *flow, BpBlock *block, int element, BpTypeRole role, const char *text, double x, double y, double width)
{
    const BpType *type = bp_flow_type (flow, role);
    const BpSpan span = bp_type_span (type, text);
    return text == NULL ? y : add_paragraph (flow, block, element, &span, 1, type, x, y, width);
}

static double add_aside (BpFlow *flow, BpBlock *block, int element, const char *aside, double x, double y, double width)
{
    if (aside == NULL)
        return y;
    g_auto (GStrv) lines = g_strsplit (aside, "\n", -1);
    for (int i = 0; lines[i] != NULL; i++)
        y = add_text (flow, block, element, BP_TYPE_TABLE, lines[i], x, y, width);
    return y;
}

static double widest_label (BpFlow *flow, const BpNote *note, BpTypeRole role, double least)
{
    const BpType *type = bp_flow_type (flow, role);
    double widest = least;
    for (guint i = 0; i < note->rows->len; i++)
    {
        const char *label = g_array_index (note->rows, BpNoteRow, i).label;
        if (label != NULL)
            widest = MAX (widest, bp_fonts_measure (flow->fonts, type->face, type->size_pt, 0.0, label) + 8.0);
    }
    return MIN (widest, flow->width * 0.3);
}

/* ---- asks ---- */

/* The columns of the box. */
typedef struct
{
    double x, width, label_width, aside_width; /* aside_width 0: none */
    int list;
} AskColumns;

/* Owner and date: as wide as the longest line needs, within bounds. */
static double aside_width (BpFlow *flow, const BpNote *note)
{
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE);
    double widest = 0.0;
    for (guint i = 0; i < note->rows->len; i++)
    {
        const char *aside = g_array_index (note->rows, BpNoteRow, i).aside;
        g_auto (GStrv) lines = g_strsplit (aside != NULL ? aside : "", "\n", -1);
        for (int j = 0; lines[j] != NULL; j++)
            widest = fmax (widest, bp_fonts_measure (flow->fonts, type->face, type->size_pt, 0.0, lines[j]));
    }
    return widest > 0.0 ? CLAMP (widest + 1.0, ASKS_ASIDE_PT, ASKS_WIDEST_ASIDE_PT) : 0.0;
}

static double add_ask (BpFlow *flow, BpBlock *block, const BpNoteRow *row, const AskColumns *columns, double y)
{
    const int entry = bp_page_plan_add_element (flow->plan, columns->list, BP_ROLE_LI);
    const int label = bp_page_plan_add_element (flow->plan, entry, BP_ROLE_LBL);
    const int body = bp_page_plan_add_element (flow->plan, entry, BP_ROLE_LBODY);
    const double right = columns->x + columns->width;
    const double text_x = columns->x + (row->label != NULL ? columns->label_width : 0.0);
    const double text_width = right - text_x - (columns->aside_width > 0.0 ? columns->aside_width + ASKS_GAP_PT : 0.0);
    double end = add_text (flow, block, label, BP_TYPE_TABLE_BOLD, row->label, columns->x, y, columns->label_width - 6.0);
    end = fmax (end, add_text (flow, block, body, BP_TYPE_TABLE, row->text, text_x, y, text_width));
    return fmax (end, add_aside (flow, block, body, row->aside, right - columns->aside_width, y, columns->aside_width));
}

static BpBlock *start_ask_block (BpFlow *flow)
{
    BpBlock *block = bp_block_new ();
    bp_box_fill (bp_block_add_rectangle (block, BP_ARTIFACT_LAYOUT, flow->left, 0.0, flow->width, 0.0),
                 bp_flow_colour (flow, BP_COLOUR_TINT));
    return block;
}

static void finish_ask_block (BpFlow *flow, BpBlock *block, double height, double gap, bool keeps_next)
{
    block->height = height;
    g_array_index (block->boxes, BpBox, 0).height = height;
    add_bar (flow, block, bp_flow_colour (flow, BP_COLOUR_NAVY), height);
    block->gap_before = gap;
    block->keeps_next = keeps_next;
    bp_flow_add (flow, block);
}

static double add_ask_heading (BpFlow *flow, BpBlock *block, const BpNote *note, const AskColumns *columns)
{
    if (note->heading == NULL || g_strcmp0 (note->heading, flow->heading_above) == 0)
        return 8.0;
    const int heading = bp_flow_add_element (flow, bp_layout_heading_role (flow, flow->section_level + 1));
    block->bookmark = bp_page_plan_copy (flow->plan, note->heading);
    block->bookmark_level = flow->section_depth + 2;
    const double y = add_text (flow, block, heading, BP_TYPE_H2_SMALL, note->heading, columns->x, 8.0, columns->width);
    return y + (note->rows->len > 0 ? 3.0 : 0.0);
}

/* Asks that no page can hold together: a block for each. */
static void lay_asks_apart (BpFlow *flow, const BpNote *note, AskColumns *columns)
{
    BpBlock *block = start_ask_block (flow);
    double y = add_ask_heading (flow, block, note, columns), gap = flow->gap;
    columns->list = bp_flow_add_element (flow, BP_ROLE_L);
    bp_page_plan_get_element (flow->plan, columns->list)->is_plain_list = true;
    for (guint i = 0; i < note->rows->len; i++)
    {
        if (i > 0)
        {
            block = start_ask_block (flow);
            bp_block_add_line (block, BP_ARTIFACT_LAYOUT, columns->x, 0.0, columns->x + columns->width, 0.0, 0.5,
                               bp_flow_colour (flow, BP_COLOUR_LINE));
            y = 5.0;
        }
        const BpNoteRow *row = &g_array_index (note->rows, BpNoteRow, i);
        y = add_ask (flow, block, row, columns, y);
        block->split_name = row->label;
        block->split_name_x = columns->x;
        block->split_name_width = columns->label_width - 6.0;
        finish_ask_block (flow, block, y + (i + 1 == note->rows->len ? 8.0 : 5.0), gap, false);
        gap = 0.0;
    }
}

static void lay_asks (BpFlow *flow, const BpNote *note)
{
    AskColumns columns = { .x = flow->left + BAR_PT + 12.0, .width = flow->width - BAR_PT - 24.0, .list = -1 };
    columns.aside_width = aside_width (flow, note);
    columns.label_width = widest_label (flow, note, BP_TYPE_TABLE_BOLD, ASKS_LABEL_PT);
    const guint elements_before = flow->plan->elements->len;
    const int level_before = flow->heading_level;
    BpBlock *block = start_ask_block (flow);
    double y = add_ask_heading (flow, block, note, &columns);
    if (note->rows->len > 0)
    {
        columns.list = bp_flow_add_element (flow, BP_ROLE_L);
        bp_page_plan_get_element (flow->plan, columns.list)->is_plain_list = true;
    }
    for (guint i = 0; i < note->rows->len; i++)
    {
        if (i > 0)
            bp_block_add_line (block, BP_ARTIFACT_LAYOUT, columns.x, y + 5.0, columns.x + columns.width, y + 5.0, 0.5,
                               bp_flow_colour (flow, BP_COLOUR_LINE));
        y = add_ask (flow, block, &g_array_index (note->rows, BpNoteRow, i), &columns, y + (i > 0 ? 10.0 : 0.0));
    }
    if (y + 8.0 <= flow->bottom - BP_BODY_TOP_PT - bp_flow_type (flow, BP_TYPE_H1_CONTINUED)->leading_pt - 8.0)
    {
        finish_ask_block (flow, block, y + 8.0, flow->gap, false);
        return;
    }
    bp_block_free (block);
    g_array_set_size (flow->plan->elements, elements_before);
    flow->heading_level = level_before;
    lay_asks_apart (flow, note, &columns);
}

/* ---- notice ---- */

static void lay_notice (BpFlow *flow, const BpNote *note)
{
    BpBlock *block = bp_block_new ();
    bp_box_fill (bp_block_add_rectangle (block, BP_ARTIFACT_LAYOUT, flow->left, 0.0, flow->width, 0.0),
                 bp_flow_colour (flow, BP_COLOUR_SURFACE));
    const double x = flow->left + BAR_PT + 12.0, width = flow->width - BAR_PT - 24.0;
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE), *bold = bp_flow_type (flow, BP_TYPE_TABLE_BOLD);
    double y = 9.0;
    if (note->heading != NULL)
        y = add_text (flow, block, bp_flow_add_element (flow, BP_ROLE_P), BP_TYPE_TABLE_BOLD, note->heading, x, y, width);
    for (guint i = 0; i < note->rows->len; i++)
    {
        const BpNoteRow *row = &g_array_index (note->rows, BpNoteRow, i);
        const int element = bp_flow_add_element (flow, BP_ROLE_P);
        const BpSpan spans[3]
            = { bp_type_span (bold, row->label), bp_type_span (type, row->label != NULL ? " " : NULL), bp_type_span (type, row->text) };
        y = add_paragraph (flow, block, element, spans, 3, type, x, y, width);
        y = add_aside (flow, block, element, row->aside, x, y, width);
    }
    block->height = y + 9.0;
    g_array_index (block->boxes, BpBox, 0).height = block->height;
    add_bar (flow, block, bp_flow_colour (flow, BP_COLOUR_NAVY), block->height);
    block->gap_before = flow->gap;
    bp_flow_add (flow, block);
}

/* ---- exception card ---- */

static double add_card_heading (BpFlow *flow, BpBlock *block, const BpNote *note, double x, double width)
{
    const int element = bp_flow_add_element (flow, bp_layout_heading_role (flow, flow->section_level + 2));
    const BpType *type = bp_flow_type (flow, BP_TYPE_H3);
    const bool has_chip = note->mark.word != NULL;
    double ref_width = 0.0;
    if (note->ref != NULL)
        ref_width = bp_flow_add_text (flow, block, element, BP_TYPE_H3, note->ref, x, type->baseline_pt, 0) + CARD_REF_GAP_PT;
    double end = add_text (flow, block, element, BP_TYPE_H3, note->heading, x + ref_width, 0.0,
                           width - ref_width - (has_chip ? CARD_CHIP_PT + 8.0 : 0.0));
    end = MAX (end, type->leading_pt);
    if (!has_chip)
        return end;
    const int chip = bp_flow_add_element (flow, BP_ROLE_P);
    const double chip_x = x + width - CARD_CHIP_PT, mark_top = type->baseline_pt - BP_MARK_BASELINE_PT;
    bp_marks_add_status (flow, block, chip, &note->mark, chip_x, mark_top);
    const double word_top = type->baseline_pt - bp_flow_type (flow, BP_TYPE_TABLE)->baseline_pt;
    return fmax (end, add_text (flow, block, chip, BP_TYPE_TABLE, note->mark.word, chip_x + BP_MARK_WORD_X_PT, word_top,
                                CARD_CHIP_PT - BP_MARK_WORD_X_PT));
}

static void lay_card (BpFlow *flow, const BpNote *note)
{
    BpBlock *block = bp_block_new ();
    const double x = flow->left + CARD_INSET_PT, width = flow->width - CARD_INSET_PT;
    double y = add_card_heading (flow, block, note, x, width) + 3.0;
    const double label_width = widest_label (flow, note, BP_TYPE_TABLE_SECOND, CARD_LABEL_PT);
    int list = -1;
    for (guint i = 0; i < note->rows->len; i++)
    {
        const BpNoteRow *row = &g_array_index (note->rows, BpNoteRow, i);
        if (list < 0)
        {
            list = bp_flow_add_element (flow, BP_ROLE_L);
            bp_page_plan_get_element (flow->plan, list)->is_plain_list = true;
        }
        const int entry = bp_page_plan_add_element (flow->plan, list, BP_ROLE_LI);
        const int label = bp_page_plan_add_element (flow->plan, entry, BP_ROLE_LBL);
        const int body = bp_page_plan_add_element (flow->plan, entry, BP_ROLE_LBODY);
        const double text_x = row->label != NULL ? x + label_width : x;
        double end = add_text (flow, block, label, BP_TYPE_TABLE_SECOND, row->label, x, y, label_width - 6.0);
        double text_end = add_text (flow, block, body, BP_TYPE_TABLE, row->text, text_x, y, x + width - text_x);
        text_end = add_aside (flow, block, body, row->aside, text_x, text_end, x + width - text_x);
        y = MAX (end, text_end) + 1.0;
    }
    block->height = MAX (y, bp_flow_type (flow, BP_TYPE_H3)->leading_pt);
    block->split_name = note->ref != NULL ? note->ref : note->heading;
    block->split_name_x = x;
    block->split_name_width = label_width - 6.0;
    add_bar (flow, block, note->mark.word != NULL ? flow->theme->tones[note->mark.tone] : bp_flow_colour (flow, BP_COLOUR_NAVY),
             block->height);
    block->gap_before = flow->gap;
    bp_flow_add (flow, block);
}

void bp_layout_note (BpFlow *flow, const BpNote *note)
{
    switch (note->style)
    {
    case BP_NOTE_ASKS:
        lay_asks (flow, note);
        break;
    case BP_NOTE_NOTICE:
        lay_notice (flow, note);
        break;
    case BP_NOTE_CARD:
        lay_card (flow, note);
        break;
    }
}
