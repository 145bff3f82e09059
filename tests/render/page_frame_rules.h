#ifndef BP_TESTS_RENDER_PAGE_FRAME_RULES_H
#define BP_TESTS_RENDER_PAGE_FRAME_RULES_H

#include "page_rules.h"

/* The rules of docs/page-breaking.md about numbers of pages, their frame and the sections on them. */

/* ---- PB-11: contents ---- */

static inline const BpBookmark *rule_find_bookmark (const BpPagePlan *plan, const BpAnchor *anchor)
{
    for (guint i = 0; i < plan->bookmarks->len; i++)
    {
        const BpBookmark *bookmark = &g_array_index (plan->bookmarks, BpBookmark, i);
        if (bookmark->page == anchor->page && fabs (bookmark->y - anchor->y) < 0.5)
            return bookmark;
    }
    return NULL;
}

static inline bool rule_has_heading_at (const PlanView *view, const BpAnchor *anchor)
{
    for (int i = 0; i < view_count (view); i++)
    {
        double top, bottom;
        if (view_is_heading (view, i) && view_get_extent (view, i, anchor->page, &top, &bottom) && top > anchor->y - 3.0
            && top < anchor->y + 60.0)
            return true;
    }
    return false;
}

static inline char *rule_printed_number_of (const PlanView *view, const BpPlanPage *page, int number, const BpBox *link)
{
    const BpAnchor *anchor = bp_page_plan_find_anchor (view->plan, link->text);
    g_autofree char *wanted = anchor == NULL ? g_strdup ("–") : g_strdup_printf ("%d", anchor->page + 1);
    for (guint i = 0; i < page->boxes->len; i++)
    {
        const BpBox *text = &g_array_index (page->boxes, BpBox, i);
        if (text->kind == BP_BOX_TEXT && text->element == link->element && text->x + text->width > link->x + link->width - 1.0)
            return g_str_equal (text->text, wanted) ? NULL : rule_broken (number, text->text, "is not the page of the section it names");
    }
    return rule_broken (number, link->text, "is a row of the contents without a page");
}

static inline char *rule_contents_are_right (const PlanView *view)
{
    for (guint i = 0; i < view->plan->anchors->len; i++)
    {
        const BpAnchor *anchor = &g_array_index (view->plan->anchors, BpAnchor, i);
        if (rule_find_bookmark (view->plan, anchor) == NULL)
            return rule_broken (anchor->page, anchor->id, "begins without a bookmark");
        if (anchor->page > 0 && !rule_has_heading_at (view, anchor)) /* a cover has a title in its place */
            return rule_broken (anchor->page, anchor->id, "begins where no heading stands");
    }
    for (guint i = 0; i < view->plan->pages->len; i++)
    {
        const BpPlanPage *page = bp_page_plan_get_page (view->plan, (int)i);
        for (guint j = 0; j < page->boxes->len; j++)
        {
            const BpBox *box = &g_array_index (page->boxes, BpBox, j);
            char *broken = box->kind == BP_BOX_LINK && box->element >= 0 ? rule_printed_number_of (view, page, (int)i, box) : NULL;
            if (broken != NULL)
                return broken;
        }
    }
    return NULL;
}

/* ---- PB-13, PB-14: the frame ---- */

static inline char *rule_frame_of (const BpPlanPage *page, int number, int count)
{
    const double width = page->is_landscape ? 841.89 : 595.28, height = page->is_landscape ? 595.28 : 841.89;
    if (fabs (page->width_pt - width) > 0.01 || fabs (page->height_pt - height) > 0.01)
        return rule_broken (number, page->is_landscape ? "landscape" : "portrait", "is not the page's size");
    g_autofree char *wanted = g_strdup_printf ("Page %d of %d", number + 1, count);
    bool has_number = false;
    for (guint i = 0; i < page->boxes->len; i++)
    {
        const BpBox *box = &g_array_index (page->boxes, BpBox, i);
        double top, bottom;
        bp_box_get_extent (box, &top, &bottom);
        if (box->element == BP_ARTIFACT_HEADER && (top < 9.0 || bottom > 40.0))
            return rule_broken (number, box->text != NULL ? box->text : "a rule", "is not in the header's place");
        if (box->element == BP_ARTIFACT_FOOTER && (top < height - 38.0 || bottom > height - 9.0))
            return rule_broken (number, box->text != NULL ? box->text : "a rule", "is not in the footer's place");
        has_number |= box->element == BP_ARTIFACT_FOOTER && box->text != NULL && g_str_equal (box->text, wanted)
                      && fabs (box->x + box->width - (width - 48.0)) < 0.1;
    }
    return has_number ? NULL : rule_broken (number, wanted, "is not at the right of the footer");
}

static inline char *rule_frames_are_right (const PlanView *view)
{
    const int count = (int)view->plan->pages->len;
    char *broken = NULL;
    for (int i = 0; i < count && broken == NULL; i++)
        broken = rule_frame_of (bp_page_plan_get_page (view->plan, i), i, count);
    return broken;
}

static inline char *rule_body_of (const BpPlanPage *page, int number, const BpBox *box)
{
    double top, bottom, left = MIN (box->x, box->x + box->width), right = MAX (box->x, box->x + box->width);
    bp_box_get_extent (box, &top, &bottom);
    for (int i = 0; box->kind == BP_BOX_PATH && i < box->point_count; i++)
        left = i == 0 ? box->x + box->points[0] : MIN (left, box->x + box->points[2 * i]);
    const char *name = box->text != NULL ? box->text : "a shape";
    const bool is_frame = box->element == BP_ARTIFACT_HEADER || box->element == BP_ARTIFACT_FOOTER;
    const double foot = page->height_pt - (page->is_landscape ? 48.0 : 52.0);
    if (left < 48.0 - PAGE_RULE_SLACK_PT || right > page->width_pt - 48.0 + PAGE_RULE_SLACK_PT)
        return rule_broken (number, name, "is outside the margins");
    if (!is_frame && bottom > foot + PAGE_RULE_SLACK_PT)
        return rule_broken (number, name, "is below the body's foot");
    if (!is_frame && top < 49.0 && number > 0)
        return rule_broken (number, name, "is in the header");
    return NULL;
}

static inline char *rule_all_is_in_the_body (const PlanView *view)
{
    for (guint i = 0; i < view->plan->pages->len; i++)
    {
        const BpPlanPage *page = bp_page_plan_get_page (view->plan, (int)i);
        for (guint j = 0; j < page->boxes->len; j++)
        {
            char *broken = rule_body_of (page, (int)i, &g_array_index (page->boxes, BpBox, j));
            if (broken != NULL)
                return broken;
        }
    }
    return NULL;
}

/* ---- PB-15, PB-21: sections ---- */

/* Sections stand in their order, and on pages of one orientation each. */
static inline char *rule_sections_follow (const PlanView *view)
{
    for (guint i = 1; i < view->plan->anchors->len; i++)
    {
        const BpAnchor *one = &g_array_index (view->plan->anchors, BpAnchor, i - 1),
                       *next = &g_array_index (view->plan->anchors, BpAnchor, i);
        if (next->page < one->page || (next->page == one->page && next->y < one->y - 0.5))
            return rule_broken (next->page, next->id, "begins before the section before it");
    }
    for (int i = 0; i < view_count (view); i++)
    {
        if (view_element (view, i)->role != BP_ROLE_SECT || view_first_page (view, i) < 0)
            continue;
        const int first = view_first_page (view, i), last = view_last_page (view, i);
        for (int page = first; page <= last; page++)
        {
            double top, bottom;
            if (!view_get_extent (view, i, page, &top, &bottom))
                return rule_broken (page, view_first_text (view, i), "begins a section that leaves a page out");
        }
    }
    return NULL;
}

/* A section inside another that is at most half a page high stands on one page, unless one with a page of its own is inside it. */
static inline char *rule_parts_stay_whole (const PlanView *view)
{
    for (int i = 0; i < view_count (view); i++)
    {
        const int parent = view_element (view, i)->parent;
        if (view_element (view, i)->role != BP_ROLE_SECT || parent <= 0 || view_first_page (view, i) < 0)
            continue;
        bool has_inside = false;
        for (int j = i + 1; j < view->end[i]; j++)
            has_inside |= view_element (view, j)->role == BP_ROLE_SECT;
        const int first = view_first_page (view, i), last = view_last_page (view, i);
        double above = 0.0, below = 0.0, top = 0.0, bottom = 0.0;
        if (has_inside || last != first + 1)
            continue;
        if (view_get_extent (view, i, first, &top, &bottom))
            above = bottom - top;
        const bool is_page_top = top < 90.0;
        if (view_get_extent (view, i, last, &top, &bottom))
            below = bottom - top;
        const BpPlanPage *page = bp_page_plan_get_page (view->plan, last);
        if (!is_page_top && above + below < 0.5 * (page->height_pt - 102.0) - 26.0)
            return rule_broken (first, view_first_text (view, i), "begins a part of a section that is parted");
    }
    return NULL;
}

/* ---- PB-17: "Continues on page N" ---- */

/* Whether a table stands on the page and on the one after it. */
static inline bool rule_table_goes_on (const PlanView *view, int page)
{
    for (int i = 0; i < view_count (view); i++)
        if (view_element (view, i)->role == BP_ROLE_TABLE && view_first_page (view, i) >= 0 && view_first_page (view, i) <= page
            && view_last_page (view, i) > page)
            return true;
    return false;
}

static inline char *rule_continues_is_right (const PlanView *view)
{
    for (int page = 0; page < (int)view->plan->pages->len; page++)
    {
        const PlanPiece *piece = view_find_repeated (view, page, 0.0, "Continues on page ");
        g_autofree char *wanted = g_strdup_printf ("Continues on page %d", page + 2);
        if (rule_table_goes_on (view, page) && (piece == NULL || !g_str_equal (piece->box->text, wanted)))
            return rule_broken (page, wanted, "is not said below the table that goes on");
        if (piece != NULL && !rule_table_goes_on (view, page))
            return rule_broken (page, piece->box->text, "is said though no table goes on");
    }
    return NULL;
}

/* ---- all ---- */

typedef struct
{
    const char *name;
    char *(*check) (const PlanView *view);
} PageRule;

static const PageRule page_rules[] = {
    { "PB-1", rule_headings_keep_next },
    { "PB-2", rule_no_page_ends_with_heading },
    { "PB-3", rule_groups_keep_first_row },
    { "PB-4", rule_headers_repeat },
    { "PB-5", rule_rows_stay_whole },
    { "PB-6", rule_last_rows_keep_company },
    { "PB-7", rule_no_widows },
    { "PB-8", rule_lists_part_between_entries },
    { "PB-9", rule_figures_keep_their_words },
    { "PB-10", rule_short_tables_stay_whole },
    { "PB-11", rule_contents_are_right },
    { "PB-12", rule_boxes_stay_whole },
    { "PB-13", rule_tile_rows_stay_whole },
    { "PB-14", rule_frames_are_right },
    { "PB-15", rule_all_is_in_the_body },
    { "PB-16", rule_sections_follow },
    { "PB-17", rule_continues_is_right },
    { "PB-18", rule_parts_stay_whole },
    { "PB-19", rule_no_page_is_blank },
    { "PB-20", rule_no_line_is_alone },
};

/* The first rule that the plan breaks: "PB-3, page 4: …"; NULL: none. Caller frees. */
static inline char *page_rules_find_broken (const BpPagePlan *plan)
{
    PlanView view;
    view_init (&view, plan);
    char *message = NULL;
    for (gsize i = 0; i < G_N_ELEMENTS (page_rules) && message == NULL; i++)
    {
        g_autofree char *broken = page_rules[i].check (&view);
        message = broken != NULL ? g_strdup_printf ("%s, %s", page_rules[i].name, broken) : NULL;
    }
    view_clear (&view);
    return message;
}

#endif
