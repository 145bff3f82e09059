#include "render/pdf/layout_parts.h"

#include <math.h>
#include <string.h>

#define MARKING_TOP_PT 22.0
#define ORGANISATION_TOP_PT 76.0
#define TITLE_GAP_PT 58.0
#define SUBTITLE_GAP_PT 10.0
#define SUBTITLE_WIDTH_PT 400.0
#define TITLE_WIDTH_PT 430.0
#define BAR_WIDTH_PT 72.0
#define BAR_HEIGHT_PT 5.0
#define BAR_GAP_PT 24.0
#define FACTS_GAP_PT 28.0
#define LIST_GAP_PT 36.0
#define ROW_PADDING_PT 5.0
#define CLOSE_ROW_PADDING_PT 3.5 /* where that prints all rows */
#define NUMBER_COLUMN_PT 20.0
#define MESSAGE_X_PT 257.6
#define PAGE_COLUMN_PT 28.0
#define FOOT_PT 56.0
#define HALF_GUTTER_PT 24.0
#define NOTICE_GAP_PT 16.0
#define MOST_ROWS 10
#define REST_TOP_PT 3.0
#define REST_GAP_PT 14.0  /* between two of the sections that have no row */
#define REST_PAGE_PT 20.0 /* room for a page number after its name */
#define MOST_TITLE_LINES 3
#define MOST_SUBTITLE_LINES 6
#define LONGEST_CUT 40 /* bytes: a longer last word is cut inside */

/* The parts of a cover, found among its nodes. */
typedef struct
{
    const char *organisation, *title, *subtitle;
    const BpList *facts, *contents;
    const char *contents_heading;
    const BpNote *notice;
    GPtrArray *paragraphs; /* of BpParagraph: handling and the like */
} CoverParts;

static void find_paragraph (CoverParts *parts, const BpParagraph *paragraph)
{
    switch (paragraph->role)
    {
    case BP_PARAGRAPH_ORGANISATION:
        parts->organisation = paragraph->text;
        break;
    case BP_PARAGRAPH_TITLE:
        parts->title = paragraph->text;
        break;
    case BP_PARAGRAPH_SUBTITLE:
        parts->subtitle = paragraph->text;
        break;
    case BP_PARAGRAPH_BODY:
    case BP_PARAGRAPH_CAPTION:
    case BP_PARAGRAPH_STANDING:
        g_ptr_array_add (parts->paragraphs, (gpointer)paragraph);
        break;
    }
}

static void find_parts (const BpPack *pack, const BpSection *section, CoverParts *parts)
{
    *parts = (CoverParts){
        .organisation = pack->organisation, .title = pack->cover_title, .subtitle = pack->cover_subtitle, .contents_heading = "In this pack"
    };
    parts->paragraphs = g_ptr_array_new ();
    for (guint i = 0; i < section->children->len; i++)
    {
        const BpNode *node = g_ptr_array_index (section->children, i);
        if (node->kind == BP_NODE_PARAGRAPH)
            find_paragraph (parts, &node->as.paragraph);
        else if (node->kind == BP_NODE_LIST && node->as.list.style == BP_LIST_CONTENTS)
            parts->contents = &node->as.list;
        else if (node->kind == BP_NODE_LIST && node->as.list.style == BP_LIST_FACTS)
            parts->facts = &node->as.list;
        else if (node->kind == BP_NODE_HEADING)
            parts->contents_heading = node->as.heading.text;
        else if (node->kind == BP_NODE_NOTE)
            parts->notice = &node->as.note;
    }
    if (parts->title == NULL)
        parts->title = pack->forum_name;
}

/* The text, or as many of its words as stand in so many lines, with "…". */
static const char *cut_to_lines (BpFlow *flow, BpTypeRole type, const char *text, double width, guint most)
{
    g_autoptr (BpBrokenText) whole = bp_flow_break_text (flow, type, text, width, BP_BREAK_GREEDY);
    if (whole->lines->len <= most)
        return text;
    g_autoptr (GString) kept = g_string_new (NULL);
    for (guint i = 0; i < most; i++)
    {
        const BpTextLine *line = &g_array_index (whole->lines, BpTextLine, i);
        for (guint j = 0; j < line->segment_count; j++)
            g_string_append (kept, g_array_index (whole->segments, BpSegment, line->first_segment + j).text);
        if (i + 1 < most)
            g_string_append_c (kept, ' ');
    }
    for (guint lines = most + 1; lines > most && kept->len > 0;)
    {
        const char *space = strrchr (kept->str, ' '), *last = g_utf8_find_prev_char (kept->str, kept->str + kept->len);
        g_string_truncate (kept,
                           (gsize)((space != NULL && kept->len - (gsize)(space - kept->str) < LONGEST_CUT ? space : last) - kept->str));
        g_autofree char *cut = g_strconcat (kept->str, "…", NULL);
        g_autoptr (BpBrokenText) broken = bp_flow_break_text (flow, type, cut, width, BP_BREAK_TIDY);
        lines = broken->lines->len;
    }
    g_string_append (kept, "…");
    return bp_page_plan_copy (flow->plan, kept->str);
}

static double add_text (BpFlow *flow, BpBlock *block, BpRole role, BpTypeRole type_role, const char *text, double y, double width,
                        BpBreakStyle style)
{
    if (text == NULL)
        return y;
    const BpType *type = bp_flow_type (flow, type_role);
    const BpSpan span = bp_type_span (type, text);
    g_autoptr (BpBrokenText) broken = bp_line_break (flow->fonts, flow->plan->strings, &span, 1, width, style);
    const int element = bp_flow_add_element (flow, role);
    return bp_block_add_lines (block, element, broken, &span, 0, broken->lines->len, flow->left, y, width, 0, type);
}

/* Two lines at most in the large size, else the smaller one. */
static double add_title (BpFlow *flow, BpBlock *block, const char *title, double y)
{
    g_autoptr (BpBrokenText) broken = bp_flow_break_text (flow, BP_TYPE_COVER_TITLE, title, TITLE_WIDTH_PT, BP_BREAK_BALANCED);
    const bool is_long = broken->lines->len > 2;
    flow->heading_level = 1;
    if (is_long)
        title = cut_to_lines (flow, BP_TYPE_COVER_TITLE_LONG, title, flow->width, MOST_TITLE_LINES);
    return add_text (flow, block, BP_ROLE_H1, is_long ? BP_TYPE_COVER_TITLE_LONG : BP_TYPE_COVER_TITLE, title, y,
                     is_long ? flow->width : TITLE_WIDTH_PT, BP_BREAK_BALANCED);
}

static void add_marking (BpFlow *flow, BpBlock *block)
{
    if (flow->pack->marking == NULL)
        return;
    g_autofree char *capitals = g_utf8_strup (flow->pack->marking, -1);
    BpSpan span = bp_type_span (bp_flow_type (flow, BP_TYPE_CAPTION_BOLD), capitals);
    span.letter_space_pt = 0.3;
    const char *text = bp_line_break_shorten (flow->fonts, flow->plan->strings, &span, 1e6);
    const double width = bp_fonts_measure (flow->fonts, span.face, span.size_pt, span.letter_space_pt, text);
    const int element = bp_flow_add_element (flow, BP_ROLE_P);
    bp_block_add_text (block, element, flow->left + (flow->width - width) / 2.0,
                       MARKING_TOP_PT + bp_flow_type (flow, BP_TYPE_CAPTION)->baseline_pt, width, &span, text);
}

/* ---- "In this pack" ---- */

static bool is_annex (const BpListEntry *entry)
{
    return entry->label != NULL && g_ascii_isalpha (entry->label[0]);
}

static double add_contents_row (BpFlow *flow, BpBlock *block, int list, const BpListEntry *entry, double y, double padding, bool is_last)
{
    const int element = bp_page_plan_add_element (flow->plan, list, BP_ROLE_TOCI);
    const int link = bp_layout_contents_element (flow, element, entry);
    const BpType *body = bp_flow_type (flow, BP_TYPE_BODY);
    BpType number = *body, name = *bp_flow_type (flow, BP_TYPE_BODY_BOLD);
    number.colour = bp_flow_colour (flow, BP_COLOUR_SECONDARY);
    name.colour = bp_flow_colour (flow, BP_COLOUR_NAVY);
    const double top = y + padding, right = flow->left + flow->width;
    const bool has_message = entry->aside != NULL;
    const double name_width = (has_message ? MESSAGE_X_PT - 8.0 : flow->width - PAGE_COLUMN_PT) - NUMBER_COLUMN_PT,
                 message_width = flow->width - MESSAGE_X_PT - PAGE_COLUMN_PT;
    const BpSpan spans[3] = { bp_type_span (&number, entry->label), bp_type_span (&name, entry->text), bp_type_span (body, entry->aside) };
    const double xs[3] = { flow->left, flow->left + NUMBER_COLUMN_PT, flow->left + MESSAGE_X_PT };
    const double widths[3] = { NUMBER_COLUMN_PT - 2.0, name_width, message_width };
    double end = top + body->leading_pt;
    for (int i = 0; i < 3; i++)
    {
        g_autoptr (BpBrokenText) broken = bp_line_break (flow->fonts, flow->plan->strings, &spans[i], 1, widths[i], BP_BREAK_TIDY);
        end = fmax (end, bp_block_add_lines (block, link, broken, &spans[i], 0, broken->lines->len, xs[i], top, widths[i], 0, body));
    }
    if (entry->link != NULL)
        bp_flow_add_page_number (flow, block, link, BP_TYPE_BODY, entry->link, right, top + body->baseline_pt);
    end += padding;
    if (entry->link != NULL)
        bp_block_add_link (block, link, flow->left, y, flow->width, end - y, bp_page_plan_copy (flow->plan, entry->link),
                           bp_page_plan_copy (flow->plan, entry->text));
    const double weight = is_last ? 1.0 : 0.5;
    bp_block_add_line (block, BP_ARTIFACT_LAYOUT, flow->left, end + weight / 2.0, right, end + weight / 2.0, weight,
                       bp_flow_colour (flow, is_last ? BP_COLOUR_LINE : BP_COLOUR_HAIRLINE));
    return end + weight;
}

static double measure_contents_row (BpFlow *flow, const BpListEntry *entry, double padding)
{
    const double name_width = (entry->aside != NULL ? MESSAGE_X_PT - 8.0 : flow->width - PAGE_COLUMN_PT) - NUMBER_COLUMN_PT;
    g_autoptr (BpBrokenText) name = bp_flow_break_text (flow, BP_TYPE_BODY_BOLD, entry->text, name_width, BP_BREAK_TIDY);
    g_autoptr (BpBrokenText) message
        = bp_flow_break_text (flow, BP_TYPE_BODY, entry->aside, flow->width - MESSAGE_X_PT - PAGE_COLUMN_PT, BP_BREAK_TIDY);
    const guint lines = MAX (1, MAX (name->lines->len, message->lines->len));
    return 2.0 * padding + lines * bp_flow_type (flow, BP_TYPE_BODY)->leading_pt + 0.5;
}

static double measure_rows (BpFlow *flow, const GPtrArray *rows, double padding)
{
    double height = 0.0;
    for (guint i = 0; i < rows->len; i++)
        height += measure_contents_row (flow, g_ptr_array_index (rows, i), padding);
    return height;
}

/* A section without a row: its name and page, one link. Returns where it ends. */
static double add_rest_item (BpFlow *flow, BpBlock *block, int list, const BpListEntry *entry, const char *name, double x, double end,
                             double y)
{
    const BpType *type = bp_flow_type (flow, BP_TYPE_CAPTION);
    const int link = bp_layout_contents_element (flow, bp_page_plan_add_element (flow->plan, list, BP_ROLE_TOCI), entry);
    bp_flow_add_text (flow, block, link, BP_TYPE_CAPTION, name, x, y + type->baseline_pt, 0);
    if (entry->link == NULL)
        return end;
    bp_flow_add_page_number (flow, block, link, BP_TYPE_CAPTION, entry->link, end, y + type->baseline_pt);
    bp_block_add_link (block, link, x, y, end - x, type->leading_pt, bp_page_plan_copy (flow->plan, entry->link),
                       bp_page_plan_copy (flow->plan, entry->text));
    return end;
}

/* Of every section without a row its name and page, side by side in lines of small type. Returns the end of the last line; block NULL:
 * only measures. */
static double add_rest (BpFlow *flow, BpBlock *block, int list, const BpList *contents, const GPtrArray *rows, double y)
{
    const BpType *type = bp_flow_type (flow, BP_TYPE_CAPTION);
    double x = flow->left;
    for (guint i = 0; i < contents->entries->len; i++)
    {
        const BpListEntry *entry = &g_array_index (contents->entries, BpListEntry, i);
        if (entry->level > 1 || g_ptr_array_find ((GPtrArray *)rows, entry, NULL))
            continue;
        const BpSpan span = bp_type_span (type, entry->text);
        const char *name = bp_line_break_shorten (flow->fonts, flow->plan->strings, &span, flow->width - REST_PAGE_PT);
        double end = x + bp_fonts_measure (flow->fonts, span.face, span.size_pt, 0.0, name) + REST_PAGE_PT;
        if (x > flow->left && end > flow->left + flow->width)
        {
            end -= x - flow->left;
            x = flow->left;
            y += type->leading_pt;
        }
        x = (block != NULL ? add_rest_item (flow, block, list, entry, name, x, end, y) : end) + REST_GAP_PT;
    }
    return y + type->leading_pt;
}

/* The rows that are printed: without those of annexes where they are too many, closer together before any other is left out, and no more
 * than there is room for. */
static GPtrArray *choose_rows (BpFlow *flow, const BpList *contents, double room, double *padding_out, guint *left_out)
{
    GPtrArray *rows = g_ptr_array_new ();
    for (guint i = 0; i < contents->entries->len; i++)
    {
        const BpListEntry *entry = &g_array_index (contents->entries, BpListEntry, i);
        if (entry->level <= 1)
            g_ptr_array_add (rows, (gpointer)entry);
    }
    const guint all = rows->len;
    double height = measure_rows (flow, rows, ROW_PADDING_PT);
    *padding_out = height > room ? CLOSE_ROW_PADDING_PT : ROW_PADDING_PT;
    height = measure_rows (flow, rows, *padding_out);
    for (guint i = rows->len; i-- > 0 && (rows->len > MOST_ROWS || height > room);)
        if (is_annex (g_ptr_array_index (rows, i)))
        {
            height -= measure_contents_row (flow, g_ptr_array_index (rows, i), *padding_out);
            g_ptr_array_remove_index (rows, i);
        }
    while (rows->len > 1 && height > room - (rows->len < all ? REST_TOP_PT + add_rest (flow, NULL, 0, contents, rows, 0.0) : 0.0))
    {
        height -= measure_contents_row (flow, g_ptr_array_index (rows, rows->len - 1), *padding_out);
        g_ptr_array_remove_index (rows, rows->len - 1);
    }
    *left_out = all - rows->len;
    return rows;
}

/* Returns whether there was room for a row. */
static bool add_contents (BpFlow *flow, BpBlock *block, const CoverParts *parts, double y, double limit)
{
    const BpType *type = bp_flow_type (flow, BP_TYPE_H2);
    const double list_top = y + LIST_GAP_PT + type->leading_pt + 6.0;
    guint left_out;
    double padding;
    g_autoptr (GPtrArray) rows = choose_rows (flow, parts->contents, limit - list_top - 1.0, &padding, &left_out);
    if (rows->len == 0)
        return false;
    add_text (flow, block, bp_layout_heading_role (flow, 2), BP_TYPE_H2, parts->contents_heading, y + LIST_GAP_PT, flow->width,
              BP_BREAK_TIDY);
    bp_block_add_line (block, BP_ARTIFACT_LAYOUT, flow->left, list_top, flow->left + flow->width, list_top, 1.0,
                       bp_flow_colour (flow, BP_COLOUR_LINE));
    const int list = bp_flow_add_element (flow, BP_ROLE_TOC);
    double at = list_top + 0.5;
    for (guint i = 0; i < rows->len; i++)
        at = add_contents_row (flow, block, list, g_ptr_array_index (rows, i), at, padding, i + 1 == rows->len);
    if (left_out == 0)
        return true;
    add_rest (flow, block, list, parts->contents, rows, at + REST_TOP_PT);
    return true;
}

/* Of the heading above the rows. */
static void add_bookmark (BpFlow *flow, const char *title, double y)
{
    BpBlock *block = bp_block_new ();
    block->bookmark = bp_page_plan_copy (flow->plan, title);
    block->bookmark_level = 2;
    bp_flow_place_at (flow, block, y);
}

/* ---- the foot: notice and handling side by side ---- */

static double add_led (BpFlow *flow, BpBlock *block, const char *lead_in, const char *text, double x, double y, double width)
{
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE), *bold = bp_flow_type (flow, BP_TYPE_TABLE_BOLD);
    const BpSpan spans[3] = { bp_type_span (bold, lead_in), bp_type_span (type, lead_in != NULL ? " " : NULL), bp_type_span (type, text) };
    g_autoptr (BpBrokenText) broken = bp_line_break (flow->fonts, flow->plan->strings, spans, 3, width, BP_BREAK_TIDY);
    const int element = bp_flow_add_element (flow, BP_ROLE_P);
    return bp_block_add_lines (block, element, broken, spans, 0, broken->lines->len, x, y, width, 0, type);
}

static double add_notice (BpFlow *flow, BpBlock *block, const BpNote *notice, double width)
{
    bp_box_fill (bp_block_add_rectangle (block, BP_ARTIFACT_LAYOUT, flow->left, 0.0, width, 0.0), bp_flow_colour (flow, BP_COLOUR_SURFACE));
    const guint first = block->boxes->len - 1;
    double y = 9.0;
    const double x = flow->left + 16.0, text_width = width - 28.0;
    for (guint i = 0; i < notice->rows->len; i++)
    {
        const BpNoteRow *row = &g_array_index (notice->rows, BpNoteRow, i);
        y = add_led (flow, block, i == 0 && notice->heading != NULL ? notice->heading : row->label, row->text, x, y, text_width);
    }
    if (notice->rows->len == 0)
        y = add_led (flow, block, notice->heading, NULL, x, y, text_width);
    y += 9.0;
    g_array_index (block->boxes, BpBox, first).height = y;
    bp_box_fill (bp_block_add_rectangle (block, BP_ARTIFACT_LAYOUT, flow->left, 0.0, 4.0, y), bp_flow_colour (flow, BP_COLOUR_NAVY));
    return y;
}

/* A block whose foot stands 56 above the page's; NULL if there is nothing to say. */
static BpBlock *make_foot (BpFlow *flow, const CoverParts *parts)
{
    if (parts->notice == NULL && parts->paragraphs->len == 0)
        return NULL;
    BpBlock *block = bp_block_new ();
    const bool has_both = parts->notice != NULL && parts->paragraphs->len > 0;
    const double width = has_both ? (flow->width - HALF_GUTTER_PT) / 2.0 : parts->notice != NULL ? flow->width : flow->width;
    if (parts->notice != NULL)
        block->height = add_notice (flow, block, parts->notice, width);
    double y = parts->notice != NULL ? 9.0 : 0.0;
    const double x = has_both ? flow->left + width + HALF_GUTTER_PT : flow->left;
    for (guint i = 0; i < parts->paragraphs->len; i++)
    {
        const BpParagraph *paragraph = g_ptr_array_index (parts->paragraphs, i);
        y = add_led (flow, block, paragraph->lead_in, paragraph->text, x, y + (i > 0 ? 4.0 : 0.0), width);
    }
    block->height = MAX (block->height, parts->paragraphs->len > 0 ? y : 0.0);
    return block;
}

void bp_layout_cover (BpFlow *flow, const BpSection *section)
{
    CoverParts parts;
    find_parts (flow->pack, section, &parts);
    BpBlock *block = bp_block_new ();
    block->anchor = bp_page_plan_copy (flow->plan, section->id);
    block->bookmark = bp_page_plan_copy (flow->plan, parts.title);
    block->bookmark_level = 1;
    add_marking (flow, block);
    double y = add_text (flow, block, BP_ROLE_P, BP_TYPE_ORGANISATION, parts.organisation, ORGANISATION_TOP_PT, flow->width, BP_BREAK_TIDY);
    y = add_title (flow, block, parts.title, y + TITLE_GAP_PT);
    if (parts.subtitle != NULL)
        y = add_text (flow, block, BP_ROLE_P, BP_TYPE_COVER_SUBTITLE,
                      cut_to_lines (flow, BP_TYPE_COVER_SUBTITLE, parts.subtitle, SUBTITLE_WIDTH_PT, MOST_SUBTITLE_LINES),
                      y + SUBTITLE_GAP_PT, SUBTITLE_WIDTH_PT, BP_BREAK_TIDY);
    y += BAR_GAP_PT;
    bp_box_fill (bp_block_add_rectangle (block, BP_ARTIFACT_LAYOUT, flow->left, y, BAR_WIDTH_PT, BAR_HEIGHT_PT),
                 bp_flow_colour (flow, BP_COLOUR_NAVY));
    y += BAR_HEIGHT_PT;
    if (parts.facts != NULL)
    {
        const int list = bp_flow_add_element (flow, BP_ROLE_L);
        bp_page_plan_get_element (flow->plan, list)->is_plain_list = true;
        y = bp_layout_facts (flow, block, list, parts.facts, flow->left, y + FACTS_GAP_PT, flow->width, 4, false);
    }
    const guint elements_before = flow->plan->elements->len; /* the foot is measured first, but read last */
    const double page_height = flow->is_landscape ? BP_PAGE_SHORT_PT : BP_PAGE_LONG_PT;
    BpBlock *measured = make_foot (flow, &parts);
    const double foot_height = measured != NULL ? measured->height : 0.0;
    bp_block_free (measured);
    g_array_set_size (flow->plan->elements, elements_before);
    const double foot_top = page_height - FOOT_PT - foot_height;
    const bool has_contents
        = parts.contents != NULL && add_contents (flow, block, &parts, y, foot_top - (foot_height > 0.0 ? NOTICE_GAP_PT : 0.0));
    bp_flow_place_at (flow, block, 0.0);
    if (has_contents)
        add_bookmark (flow, parts.contents_heading, y + LIST_GAP_PT);
    BpBlock *foot = make_foot (flow, &parts);
    if (foot != NULL)
        bp_flow_place_at (flow, foot, foot_top);
    flow->is_fresh = false;
    flow->y = flow->bottom;
    g_ptr_array_unref (parts.paragraphs);
}
