#ifndef BP_TESTS_RENDER_BROKEN_PLANS_H
#define BP_TESTS_RENDER_BROKEN_PLANS_H

#include "render/pdf/block.h"

/* Small plans made by hand, each in two forms: one that keeps a rule, and one that breaks it. */

static inline void broken_put (BpPagePlan *plan, int page, int element, const char *text, double x, double y, double size)
{
    const BpBox box
        = { .kind = BP_BOX_TEXT, .element = element, .text = text, .x = x, .y = y, .width = 60.0, .height = size, .is_filled = true };
    g_array_append_val (((BpPlanPage *)g_ptr_array_index (plan->pages, (guint)page))->boxes, box);
}

static inline void broken_put_shape (BpPagePlan *plan, int page, int element, double x, double y, double width, double height)
{
    const BpBox box = { .kind = BP_BOX_RECTANGLE, .element = element, .x = x, .y = y, .width = width, .height = height, .is_filled = true };
    g_array_append_val (((BpPlanPage *)g_ptr_array_index (plan->pages, (guint)page))->boxes, box);
}

/* So many lines of 12 points from y on. */
static inline void broken_put_lines (BpPagePlan *plan, int page, int element, double y, int count)
{
    for (int i = 0; i < count; i++)
        broken_put (plan, page, element, "words", 48.0, y + 16.0 * i, 12.0);
}

/* A document of two upright pages with a section; returns the section. */
static inline int broken_start (BpPagePlan *plan)
{
    bp_page_plan_add_page (plan, false);
    bp_page_plan_add_page (plan, false);
    return bp_page_plan_add_element (plan, bp_page_plan_add_element (plan, -1, BP_ROLE_DOCUMENT), BP_ROLE_SECT);
}

static inline int broken_paragraph (BpPagePlan *plan, int section, int page, double y, int lines)
{
    const int element = bp_page_plan_add_element (plan, section, BP_ROLE_P);
    broken_put_lines (plan, page, element, y, lines);
    return element;
}

static inline void broken_heading (BpPagePlan *plan, bool is_broken)
{
    const int section = broken_start (plan), heading = bp_page_plan_add_element (plan, section, BP_ROLE_H2);
    broken_put (plan, 0, heading, "Heading", 48.0, 700.0, 14.0);
    const int text = broken_paragraph (plan, section, 0, 720.0, is_broken ? 1 : 2);
    broken_put_lines (plan, 1, text, 70.0, 3);
}

static inline void broken_end_of_page (BpPagePlan *plan, bool is_broken)
{
    const int section = broken_start (plan);
    broken_paragraph (plan, section, 0, 100.0, 5);
    broken_put (plan, is_broken ? 0 : 1, bp_page_plan_add_element (plan, section, BP_ROLE_H2), "Heading", 48.0, is_broken ? 700.0 : 70.0,
                14.0);
    broken_paragraph (plan, section, 1, 100.0, 5);
}

/* ---- tables ---- */

static inline int broken_row (BpPagePlan *plan, int table, int page, const char *text, double y, BpRole role)
{
    const int row = bp_page_plan_add_element (plan, table, BP_ROLE_TR), cell = bp_page_plan_add_element (plan, row, role);
    broken_put (plan, page, cell, text, 54.0, y, 10.0);
    return cell;
}

static inline void broken_group_row (BpPagePlan *plan, int table, int page, double y)
{
    bp_page_plan_get_element (plan, broken_row (plan, table, page, "Group one", y, BP_ROLE_TH))->column_span = 3;
}

/* A table with its header on page 1 at y. */
static inline int broken_table (BpPagePlan *plan, int section, double y)
{
    const int table = bp_page_plan_add_element (plan, section, BP_ROLE_TABLE);
    bp_page_plan_get_element (plan, table)->alternative = "A table";
    bp_page_plan_get_element (plan, broken_row (plan, table, 0, "Header", y, BP_ROLE_TH))->scope = BP_SCOPE_COLUMN;
    return table;
}

static inline void broken_repeat (BpPagePlan *plan, bool with_header, bool with_group)
{
    if (with_header)
        broken_put (plan, 1, BP_ARTIFACT_REPEATED, "Header", 54.0, 80.0, 10.0);
    if (with_group)
        broken_put (plan, 1, BP_ARTIFACT_REPEATED, "Group one (continued)", 54.0, 95.0, 10.0);
}

static inline void broken_group (BpPagePlan *plan, bool is_broken)
{
    const int table = broken_table (plan, broken_start (plan), 680.0);
    broken_group_row (plan, table, 0, 700.0);
    for (int i = 0; i < 3; i++)
        broken_row (plan, table, is_broken || i > 1 ? 1 : 0, "Row", is_broken || i > 1 ? 120.0 + 20.0 * i : 720.0 + 20.0 * i, BP_ROLE_TD);
}

static inline void broken_header (BpPagePlan *plan, bool is_broken)
{
    const int table = broken_table (plan, broken_start (plan), 100.0);
    broken_row (plan, table, 0, "Row", 120.0, BP_ROLE_TD);
    broken_row (plan, table, 1, "Row", 120.0, BP_ROLE_TD);
    broken_repeat (plan, !is_broken, false);
}

static inline void broken_group_repeat (BpPagePlan *plan, bool is_broken)
{
    const int table = broken_table (plan, broken_start (plan), 100.0);
    broken_group_row (plan, table, 0, 115.0);
    for (int i = 0; i < 4; i++)
        broken_row (plan, table, i / 2, "Row", 130.0 + 20.0 * i, BP_ROLE_TD);
    broken_repeat (plan, true, !is_broken);
}

/* A row of the second place, parted: on page 1 it ends there, on page 2 it goes on. */
static inline void broken_put_parted_row (BpPagePlan *plan, int lines_above, int lines_below, bool is_named)
{
    const int table = broken_table (plan, broken_start (plan), 60.0);
    broken_row (plan, table, 0, "First", 75.0, BP_ROLE_TD);
    const int ref = broken_row (plan, table, 0, "1.1", 100.0, BP_ROLE_TH), row = bp_page_plan_get_element (plan, ref)->parent;
    const int cell = bp_page_plan_add_element (plan, row, BP_ROLE_TD);
    broken_put_lines (plan, 0, cell, 100.0, lines_above);
    broken_put_lines (plan, 1, cell, 110.0, lines_below);
    broken_repeat (plan, true, false);
    if (is_named)
        broken_put (plan, 1, BP_ARTIFACT_REPEATED, "(continued)", 54.0, 110.0, 9.0);
}

static inline void broken_split_row (BpPagePlan *plan, bool is_broken)
{
    broken_put_parted_row (plan, is_broken ? 4 : 41, 12, true);
}

static inline void broken_split_line (BpPagePlan *plan, bool is_broken)
{
    broken_put_parted_row (plan, 41, is_broken ? 1 : 12, true);
}

static inline void broken_split_name (BpPagePlan *plan, bool is_broken)
{
    broken_put_parted_row (plan, 41, 12, !is_broken);
}

static inline void broken_last_row (BpPagePlan *plan, bool is_broken)
{
    const int table = broken_table (plan, broken_start (plan), 100.0);
    for (int i = 0; i < 6; i++)
        broken_row (plan, table, i >= (is_broken ? 5 : 4) ? 1 : 0, "Row", 120.0 + 20.0 * i, BP_ROLE_TD);
}

static inline void broken_note_below (BpPagePlan *plan, bool is_broken)
{
    const int section = broken_start (plan), table = broken_table (plan, section, 100.0);
    broken_row (plan, table, 0, "Row", 120.0, BP_ROLE_TD);
    broken_put (plan, is_broken ? 1 : 0, bp_page_plan_add_element (plan, section, BP_ROLE_P), "Source", 48.0, 140.0, 9.0);
}

static inline void broken_short_table (BpPagePlan *plan, bool is_broken)
{
    const int table = broken_table (plan, broken_start (plan), 100.0);
    for (int i = 0; i < 6; i++)
        broken_row (plan, table, is_broken && i > 3 ? 1 : 0, "Row", 120.0 + 20.0 * i, BP_ROLE_TD);
}

/* ---- texts and boxes ---- */

static inline void broken_widow (BpPagePlan *plan, bool is_broken)
{
    const int text = broken_paragraph (plan, broken_start (plan), 0, 600.0, 5);
    broken_put_lines (plan, 1, text, 70.0, is_broken ? 1 : 2);
}

static inline void broken_entry (BpPagePlan *plan, bool is_broken)
{
    const int list = bp_page_plan_add_element (plan, broken_start (plan), BP_ROLE_L);
    const int body = bp_page_plan_add_element (plan, bp_page_plan_add_element (plan, list, BP_ROLE_LI), BP_ROLE_LBODY);
    broken_put_lines (plan, 0, body, 700.0, is_broken ? 2 : 5);
    broken_put_lines (plan, 1, body, 70.0, 2);
}

static inline void broken_box (BpPagePlan *plan, bool is_broken)
{
    const int section = broken_start (plan), list = bp_page_plan_add_element (plan, section, BP_ROLE_L);
    bp_page_plan_get_element (plan, list)->is_plain_list = true;
    for (int i = 0; i < 2; i++)
    {
        const int page = is_broken ? i : 0;
        const double y = is_broken ? 100.0 : 100.0 + 60.0 * i;
        broken_put_lines (plan, page, bp_page_plan_add_element (plan, bp_page_plan_add_element (plan, list, BP_ROLE_LI), BP_ROLE_LBODY), y,
                          2);
        broken_put_shape (plan, page, BP_ARTIFACT_LAYOUT, 48.0, y - 20.0, 4.0, 60.0);
    }
}

/* Higher than a page: the entry that goes on has its name again, or not. */
static inline void broken_box_name (BpPagePlan *plan, bool is_broken)
{
    const int list = bp_page_plan_add_element (plan, broken_start (plan), BP_ROLE_L);
    const int body = bp_page_plan_add_element (plan, bp_page_plan_add_element (plan, list, BP_ROLE_LI), BP_ROLE_LBODY);
    for (int page = 0; page < 2; page++)
    {
        broken_put_lines (plan, page, body, 100.0, 40);
        broken_put_shape (plan, page, BP_ARTIFACT_LAYOUT, 48.0, 80.0, 4.0, 680.0);
    }
    if (!is_broken)
        broken_put (plan, 1, BP_ARTIFACT_REPEATED, "(continued)", 62.0, 100.0, 9.0);
}

static inline void broken_tiles (BpPagePlan *plan, bool is_broken)
{
    const int list = bp_page_plan_add_element (plan, broken_start (plan), BP_ROLE_L);
    bp_page_plan_get_element (plan, list)->is_plain_list = true;
    for (int i = 0; i < 3; i++)
        broken_put (plan, is_broken && i == 2 ? 1 : 0, bp_page_plan_add_element (plan, list, BP_ROLE_LI), "Tile", 48.0 + 170.0 * i,
                    is_broken && i == 2 ? 70.0 : 700.0, 10.0);
}

static inline void broken_figure (BpPagePlan *plan, bool is_broken)
{
    const int section = broken_start (plan), figure = bp_page_plan_add_element (plan, section, BP_ROLE_FIGURE);
    bp_page_plan_get_element (plan, figure)->alternative = "A chart";
    broken_put_shape (plan, 0, figure, 48.0, 500.0, 200.0, 150.0);
    broken_put (plan, is_broken ? 1 : 0, bp_page_plan_add_element (plan, section, BP_ROLE_P), "Source", 48.0, is_broken ? 70.0 : 665.0,
                9.0);
}

static inline void broken_numbers (BpPagePlan *plan, bool is_broken)
{
    const int section = broken_start (plan), figure = bp_page_plan_add_element (plan, section, BP_ROLE_FIGURE);
    bp_page_plan_get_element (plan, figure)->alternative = "A chart";
    broken_put_shape (plan, 0, figure, 48.0, 500.0, 200.0, 150.0);
    const int table = bp_page_plan_add_element (plan, section, BP_ROLE_TABLE);
    bp_page_plan_get_element (plan, broken_row (plan, table, is_broken ? 1 : 0, "Period", 680.0, BP_ROLE_TH))->scope = BP_SCOPE_COLUMN;
    broken_row (plan, table, is_broken ? 1 : 0, "Value", 700.0, BP_ROLE_TD);
}

/* ---- pages ---- */

static inline void broken_add_anchor (BpPagePlan *plan, const char *id, int page, double y)
{
    const BpAnchor anchor = { id, page, y };
    const BpBookmark bookmark = { id, 1, page, y };
    g_array_append_val (plan->anchors, anchor);
    g_array_append_val (plan->bookmarks, bookmark);
}

static inline void broken_contents (BpPagePlan *plan, bool is_broken)
{
    const int section = broken_start (plan), link = bp_page_plan_add_element (plan, section, BP_ROLE_LINK);
    const BpBox box = { .kind = BP_BOX_LINK, .element = link, .text = "one", .x = 48.0, .y = 80.0, .width = 499.28, .height = 16.0 };
    g_array_append_val (((BpPlanPage *)g_ptr_array_index (plan->pages, 0))->boxes, box);
    broken_put (plan, 0, link, is_broken ? "1" : "2", 487.28, 90.0, 12.0);
    broken_put (plan, 1, bp_page_plan_add_element (plan, section, BP_ROLE_H1), "One", 48.0, 70.0, 22.0);
    broken_add_anchor (plan, "one", 1, 50.0);
}

static inline void broken_bookmark (BpPagePlan *plan, bool is_broken)
{
    broken_contents (plan, false);
    g_array_index (plan->bookmarks, BpBookmark, 0).page = is_broken ? 0 : 1;
}

static inline void broken_frame (BpPagePlan *plan, bool is_broken)
{
    broken_start (plan);
    for (int i = 0; i < 2; i++)
    {
        broken_put (plan, i, BP_ARTIFACT_HEADER, "Board", 48.0, is_broken ? 60.0 : 31.0, 9.0);
        broken_put (plan, i, BP_ARTIFACT_FOOTER, i == 0 ? "Page 1 of 2" : "Page 2 of 2", 487.28, 819.0, 9.0);
    }
}

static inline void broken_page_number (BpPagePlan *plan, bool is_broken)
{
    broken_start (plan);
    for (int i = 0; i < 2; i++)
        broken_put (plan, i, BP_ARTIFACT_FOOTER, i == 0 || is_broken ? "Page 1 of 2" : "Page 2 of 2", 487.28, 819.0, 9.0);
}

static inline void broken_size (BpPagePlan *plan, bool is_broken)
{
    broken_page_number (plan, false);
    ((BpPlanPage *)g_ptr_array_index (plan->pages, 1))->width_pt += is_broken ? 20.0 : 0.0;
}

static inline void broken_foot (BpPagePlan *plan, bool is_broken)
{
    broken_put_lines (plan, 0, bp_page_plan_add_element (plan, broken_start (plan), BP_ROLE_P), is_broken ? 795.0 : 780.0, 1);
}

static inline void broken_margin (BpPagePlan *plan, bool is_broken)
{
    broken_put (plan, 0, bp_page_plan_add_element (plan, broken_start (plan), BP_ROLE_P), "words", is_broken ? 500.0 : 480.0, 100.0, 12.0);
}

static inline void broken_order (BpPagePlan *plan, bool is_broken)
{
    broken_start (plan);
    broken_add_anchor (plan, "one", is_broken ? 1 : 0, 50.0);
    broken_add_anchor (plan, "two", is_broken ? 0 : 1, 50.0);
}

static inline void broken_continues (BpPagePlan *plan, bool is_broken)
{
    broken_header (plan, false);
    broken_put (plan, 0, BP_ARTIFACT_REPEATED, is_broken ? "Continues on page 3" : "Continues on page 2", 480.0, 700.0, 9.0);
}

static inline void broken_part (BpPagePlan *plan, bool is_broken)
{
    const int part = bp_page_plan_add_element (plan, broken_start (plan), BP_ROLE_SECT);
    broken_paragraph (plan, part, is_broken ? 0 : 1, 600.0, 5);
    broken_paragraph (plan, part, 1, 100.0, 5);
}

static inline void broken_blank (BpPagePlan *plan, bool is_broken)
{
    const int section = broken_start (plan);
    broken_paragraph (plan, section, 0, 100.0, 5);
    broken_put_lines (plan, 1, is_broken ? BP_ARTIFACT_REPEATED : section, 70.0, 1);
}

static inline void broken_lone_line (BpPagePlan *plan, bool is_broken)
{
    const int section = broken_start (plan);
    for (int i = 0; i < 6; i++)
        broken_paragraph (plan, section, 0, 100.0 + 30.0 * i, 1);
    broken_paragraph (plan, section, 1, 70.0, is_broken ? 1 : 2);
}

typedef struct
{
    const char *rule;
    void (*make) (BpPagePlan *plan, bool is_broken);
} BrokenPlan;

static const BrokenPlan broken_plans[] = {
    { "PB-1", broken_heading },      { "PB-2", broken_end_of_page },  { "PB-3", broken_group },        { "PB-4", broken_header },
    { "PB-4", broken_group_repeat }, { "PB-5", broken_split_row },    { "PB-5", broken_split_line },   { "PB-5", broken_split_name },
    { "PB-6", broken_last_row },     { "PB-6", broken_note_below },   { "PB-7", broken_widow },        { "PB-8", broken_entry },
    { "PB-9", broken_figure },       { "PB-9", broken_numbers },      { "PB-10", broken_short_table }, { "PB-11", broken_contents },
    { "PB-11", broken_bookmark },    { "PB-12", broken_box },         { "PB-12", broken_box_name },    { "PB-13", broken_tiles },
    { "PB-14", broken_frame },       { "PB-14", broken_page_number }, { "PB-14", broken_size },        { "PB-15", broken_foot },
    { "PB-15", broken_margin },      { "PB-16", broken_order },       { "PB-17", broken_continues },   { "PB-18", broken_part },
    { "PB-19", broken_blank },       { "PB-20", broken_lone_line },
};

#endif
