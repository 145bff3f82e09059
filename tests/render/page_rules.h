#ifndef BP_TESTS_RENDER_PAGE_RULES_H
#define BP_TESTS_RENDER_PAGE_RULES_H

#include "pack/pack.h"
#include "plan_view.h"

/* The rules of docs/page-breaking.md, each as a function that looks at a plan and says what breaks it: NULL, or rule, page and text. */

#define PAGE_RULE_SLACK_PT 0.6
#define PAGE_RULE_ROW_LINES 2
#define PAGE_RULE_SHORT_PANEL 12
#define PAGE_RULE_SHORT_TABLE 3
#define PAGE_RULE_WHOLE_ENTRY 6
#define PAGE_RULE_RESERVE_PT 15.0

static inline char *rule_broken (int page, const char *text, const char *what)
{
    return g_strdup_printf ("page %d: \"%s\" %s", page + 1, text, what);
}

/* ---- PB-1, PB-2: headings ---- */

/* A section's message, in navy just below its name: the name is the heading, but both are read as one. */
static inline bool rule_is_headline (const PlanView *view, int element)
{
    const int parent = view_element (view, element)->parent;
    if (parent < 0 || view_element (view, parent)->role != BP_ROLE_SECT || view_element (view, element)->role != BP_ROLE_P
        || view->own[element]->len == 0 || !view_is_heading (view, parent + 1) || view->end[parent + 1] != element)
        return false;
    const BpBox *box = g_array_index (view->own[element], PlanPiece, 0).box;
    return box->face == BP_FACE_BOLD && box->fill.red == 0x12 && box->fill.green == 0x43;
}

static inline bool rule_is_heading_part (const PlanView *view, int element)
{
    return view_is_heading (view, element) || rule_is_headline (view, element);
}

/* The section around an element, the document for what is in none. */
static inline int rule_section_of (const PlanView *view, int element)
{
    while (element > 0 && view_element (view, element)->role != BP_ROLE_SECT)
        element = view_element (view, element)->parent;
    return MAX (element, 0);
}

/* Lines between a heading and the next one, at most two: on its page below it, and on all. A figure is as good as two. */
static inline void rule_count_following (const PlanView *view, int heading, int end, int *here_out, int *all_out)
{
    const int page = view_last_page (view, heading);
    double top = 0.0, bottom = 0.0;
    view_get_extent (view, heading, page, &top, &bottom);
    *here_out = *all_out = 0;
    for (int i = view->end[heading]; i < end; i++)
    {
        if (view_is_heading (view, i))
            return;
        if (rule_is_headline (view, i) || view->own[i]->len == 0)
            continue;
        const bool is_figure = view_element (view, i)->role == BP_ROLE_FIGURE;
        const int own_end = view->end[i];
        view->end[i] = i + 1; /* its own lines alone: those inside come in their turn */
        const int here = view_count_lines (view, i, page, top), all = view_count_lines (view, i, -1, -1.0);
        view->end[i] = own_end;
        *here_out += is_figure && view_first_page (view, i) == page ? 2 : here;
        *all_out += is_figure ? 2 : all;
    }
}

static inline char *rule_headings_keep_next (const PlanView *view)
{
    for (int i = 0; i < view_count (view); i++)
    {
        if (!view_is_heading (view, i) || view_first_page (view, i) < 0)
            continue;
        if (view_first_page (view, i) != view_last_page (view, i))
            return rule_broken (view_first_page (view, i), view_first_text (view, i), "is a heading on two pages");
        int here, all;
        rule_count_following (view, i, view->end[rule_section_of (view, i)], &here, &all);
        if (here < MIN (all, 2))
            return rule_broken (view_first_page (view, i), view_first_text (view, i), "is a heading without two lines of what follows it");
    }
    return NULL;
}

static inline char *rule_no_page_ends_with_heading (const PlanView *view)
{
    for (int page = 0; page + 1 < (int)view->plan->pages->len; page++)
    {
        int lowest = -1, last = -1;
        double at = -1.0;
        for (int i = 0; i < view_count (view); i++)
            for (guint j = 0; j < view->own[i]->len; j++)
            {
                const PlanPiece *piece = &g_array_index (view->own[i], PlanPiece, j);
                last = piece->page > page ? i : last;
                if (piece->page == page && piece->bottom > at)
                {
                    at = piece->bottom;
                    lowest = i;
                }
            }
        /* a section may be its heading alone */
        const int section = lowest >= 0 ? rule_section_of (view, lowest) : 0;
        if (lowest >= 0 && rule_is_heading_part (view, lowest) && last >= 0 && view_last_page (view, section) > page)
            return rule_broken (page, view_first_text (view, lowest), "is a heading at the page's end");
    }
    return NULL;
}

/* Height of the headings straight above an element, with single lines that they cannot leave: they stand on its page. */
static inline double rule_heads_above (const PlanView *view, int element)
{
    double height = 16.0;
    for (int i = element - 1; i > 0; i--)
    {
        const int end = view->end[i];
        view->end[i] = i + 1;
        const int lines = view_count_lines (view, i, -1, -1.0);
        const double own = view->own[i]->len > 0 ? view_get_height (view, i) + 24.0 : 0.0;
        view->end[i] = end;
        const bool is_subtitle = view_element (view, i)->role == BP_ROLE_P && view_type_size (view, i) < 10.5;
        if (lines > 1 && !rule_is_heading_part (view, i) && !is_subtitle)
            break;
        height += own;
    }
    return height;
}

/* ---- PB-3 to PB-6, PB-10: tables ---- */

static inline bool rule_is_group (const PlanView *view, int row)
{
    return row >= 0 && row + 1 < view->end[row] && view_element (view, row + 1)->column_span > 1;
}

/* Rows of a table, the first one its header: -1 if it prints none. */
static inline GArray *rule_list_rows (const PlanView *view, int table)
{
    GArray *rows = g_array_new (FALSE, FALSE, sizeof (int));
    const int none = -1, first = table + 2;
    if (first >= view->end[table] || view_element (view, first)->scope != BP_SCOPE_COLUMN)
        g_array_append_val (rows, none);
    for (int i = table + 1; i < view->end[table]; i++)
        if (view_element (view, i)->role == BP_ROLE_TR && view_element (view, i)->parent == table)
            g_array_append_val (rows, i);
    return rows;
}

static inline int rule_row (const GArray *rows, guint index)
{
    return g_array_index (rows, int, index);
}

typedef char *(*RuleOfTable) (const PlanView *view, int table, const GArray *rows);

static inline char *rule_for_tables (const PlanView *view, RuleOfTable rule)
{
    for (int i = 0; i < view_count (view); i++)
    {
        if (view_element (view, i)->role != BP_ROLE_TABLE)
            continue;
        g_autoptr (GArray) rows = rule_list_rows (view, i);
        char *broken = rows->len > 1 && view_first_page (view, i) >= 0 ? rule (view, i, rows) : NULL;
        if (broken != NULL)
            return broken;
    }
    return NULL;
}

static inline char *rule_group_of (const PlanView *view, int table, const GArray *rows)
{
    (void)table;
    for (guint i = rule_row (rows, 0) < 0 ? 1 : 0; i + 1 < rows->len; i++)
    {
        const int row = rule_row (rows, i), page = view_last_page (view, row);
        if (rule_is_group (view, row) && view_first_page (view, rule_row (rows, i + 1)) != page)
            return rule_broken (page, view_first_text (view, row), "is a group's name without the group's first row");
        if (i == 0 && page >= 0 && view_first_page (view, rule_row (rows, 1)) != page)
            return rule_broken (page, view_first_text (view, row), "is a header without the first row");
    }
    return NULL;
}

static inline char *rule_groups_keep_first_row (const PlanView *view)
{
    return rule_for_tables (view, rule_group_of);
}

/* What stands at the top of a page on which rows go on: the header, and the group unless a group begins there. */
static inline char *rule_repeat_on (const PlanView *view, const GArray *rows, int page, int group, bool is_group_first)
{
    const int header = rule_row (rows, 0);
    VIEW_FOR_EACH_PIECE (view, header, piece)
    if (view_find_repeated (view, page, 0.0, piece->box->text) == NULL)
        return rule_broken (page, piece->box->text, "is a header that is not repeated");
    if (group < 0 || is_group_first)
        return NULL;
    const char *name = view_first_text (view, group);
    g_autofree char *word = g_strndup (name, strcspn (name, " "));
    const PlanPiece *repeated = view_find_repeated (view, page, 70.0, word);
    if (repeated == NULL || view_find_repeated (view, page, repeated->baseline - 1.0, "(continued)") == NULL)
        return rule_broken (page, name, "is a group that goes on without its name and (continued)");
    return NULL;
}

static inline char *rule_repeats_of (const PlanView *view, int table, const GArray *rows)
{
    (void)table;
    int group = -1, page = view_first_page (view, rule_row (rows, 1));
    for (guint i = 1; i < rows->len; i++)
    {
        const int row = rule_row (rows, i), last = view_last_page (view, row);
        const bool is_group = rule_is_group (view, row);
        for (int on = page + 1; on <= last; on++)
        {
            char *broken = rule_repeat_on (view, rows, on, group, is_group);
            if (broken != NULL)
                return broken;
        }
        group = is_group ? row : group;
        page = MAX (page, last);
    }
    return NULL;
}

static inline char *rule_headers_repeat (const PlanView *view)
{
    return rule_for_tables (view, rule_repeats_of);
}

/* Each text of the element and of those inside: not parted, or two lines on each side. */
static inline char *rule_two_lines_each (const PlanView *view, int outer)
{
    for (int i = outer; i < view->end[outer]; i++)
    {
        const int end = view->end[i];
        view->end[i] = i + 1;
        const int first = view_first_page (view, i), last = view_last_page (view, i);
        const int above = view_count_lines (view, i, first, -1.0), below = view_count_lines (view, i, last, -1.0);
        const char *text = view_first_text (view, i);
        view->end[i] = end;
        if (first != last && view_element (view, i)->role != BP_ROLE_FIGURE && (above < PAGE_RULE_ROW_LINES || below < PAGE_RULE_ROW_LINES))
            return rule_broken (first, text, "is parted with less than two lines on a side");
    }
    return NULL;
}

static inline char *rule_split_of (const PlanView *view, int table, const GArray *rows)
{
    (void)table;
    for (guint i = 1; i < rows->len; i++)
    {
        const int row = rule_row (rows, i), first = view_first_page (view, row), last = view_last_page (view, row);
        double top = 0.0, bottom = 0.0;
        if (first == last)
            continue;
        view_get_extent (view, row, first + 1, &top, &bottom);
        const double room = view_body_bottom (view, first + 1) - PAGE_RULE_RESERVE_PT - top;
        if (view_get_height (view, row) < room - 12.0 && i != 1 && !rule_is_group (view, rule_row (rows, i - 1)))
            return rule_broken (first, view_first_text (view, row), "is a row that is parted though a page would hold it");
        char *broken = rule_two_lines_each (view, row);
        if (broken != NULL)
            return broken;
        for (int page = first + 1; page <= last && view_element (view, row + 1)->role == BP_ROLE_TH; page++)
            if (view_get_extent (view, row, page, &top, &bottom) && view_find_repeated (view, page, top - 30.0, "(cont") == NULL)
                return rule_broken (page, view_first_text (view, row), "is a row that goes on without its name and (continued)");
    }
    return NULL;
}

static inline char *rule_rows_stay_whole (const PlanView *view)
{
    return rule_for_tables (view, rule_split_of);
}

static inline char *rule_last_row_of (const PlanView *view, int table, const GArray *rows)
{
    guint length = 0;
    for (guint i = 1; i < rows->len; i++)
    {
        const int row = rule_row (rows, i), before = rule_row (rows, i - 1);
        length = rule_is_group (view, row) ? 0 : length + 1;
        const bool is_last = i + 1 == rows->len || rule_is_group (view, rule_row (rows, i + 1));
        const bool is_parted
            = view_first_page (view, row) != view_last_page (view, row) || view_first_page (view, before) != view_last_page (view, before);
        const double both = view_get_height (view, row) + view_get_height (view, before) + 120.0;
        if (is_last && length >= 3 && !is_parted && view_first_page (view, row) != view_last_page (view, before)
            && both < view_page_room (view, view_first_page (view, row)))
            return rule_broken (view_first_page (view, row), view_first_text (view, row), "is the last row of its group, alone");
    }
    const int next = view_next_sibling (view, table), page = view_last_page (view, rule_row (rows, rows->len - 1));
    if (next >= 0 && view_is_caption (view, next) && view_first_page (view, next) != page
        && view_get_height (view, rule_row (rows, rows->len - 1)) + 200.0 < view_page_room (view, page))
        return rule_broken (view_first_page (view, next), view_first_text (view, next), "is a caption without the table's last row");
    return NULL;
}

static inline char *rule_last_rows_keep_company (const PlanView *view)
{
    return rule_for_tables (view, rule_last_row_of);
}

/* A header that is drawn on a dark ground is that of a table that may go on. */
static inline bool rule_is_panel (const PlanView *view, int header)
{
    VIEW_FOR_EACH_PIECE (view, header, piece)
    if (piece->box->kind == BP_BOX_TEXT)
        return piece->box->fill.red < 128;
    return false;
}

static inline char *rule_short_of (const PlanView *view, int table, const GArray *rows)
{
    const guint most = rule_is_panel (view, rule_row (rows, 0)) ? PAGE_RULE_SHORT_PANEL : PAGE_RULE_SHORT_TABLE;
    const int first = view_first_page (view, table), last = view_last_page (view, table);
    const double paddings = 12.0 * rows->len + rule_heads_above (view, table);
    if (rows->len - 1 <= most && first != last && view_get_height (view, table) + paddings < view_page_room (view, last))
        return rule_broken (first, view_first_text (view, table), "is in a short table that is parted");
    return NULL;
}

static inline char *rule_short_tables_stay_whole (const PlanView *view)
{
    return rule_for_tables (view, rule_short_of);
}

/* ---- PB-7, PB-8, PB-18, PB-19: texts, lists, boxes ---- */

static inline char *rule_no_widows (const PlanView *view)
{
    for (int i = 0; i < view_count (view); i++)
    {
        const BpRole role = view_element (view, i)->role;
        if (role != BP_ROLE_P && role != BP_ROLE_LBODY)
            continue;
        char *broken = rule_two_lines_each (view, i);
        if (broken != NULL)
            return broken;
    }
    return NULL;
}

/* The bar at the left of a box of asks or of a card: where it is on each page; height over all pages. */
static inline double rule_bar_height (const PlanView *view, int list)
{
    double height = 0.0, top = 0.0, bottom = 0.0;
    for (int i = 0; i < (int)view->plan->pages->len; i++)
    {
        if (!view_get_extent (view, list, i, &top, &bottom))
            continue;
        const BpPlanPage *page = bp_page_plan_get_page (view->plan, i);
        for (guint j = 0; j < page->boxes->len; j++)
        {
            const BpBox *box = &g_array_index (page->boxes, BpBox, j);
            const bool is_bar = box->kind == BP_BOX_RECTANGLE && box->element == BP_ARTIFACT_LAYOUT && fabs (box->x - 48.2) < 0.4
                                && box->width > 3.0 && box->width < 4.5;
            if (is_bar && box->y < bottom && box->y + box->height > top)
                height += box->height;
        }
    }
    return height;
}

static inline char *rule_lists_part_between_entries (const PlanView *view)
{
    for (int i = 0; i < view_count (view); i++)
    {
        if (view_element (view, i)->role != BP_ROLE_LI)
            continue;
        const int first = view_first_page (view, i), last = view_last_page (view, i);
        const bool is_plain = view_element (view, view_element (view, i)->parent)->is_plain_list;
        const bool may_part = is_plain ? view_get_height (view, i) > view_page_room (view, last) - 80.0
                                       : view_count_lines (view, i, -1, -1.0) > PAGE_RULE_WHOLE_ENTRY;
        if (first != last && !may_part && rule_bar_height (view, view_element (view, i)->parent) <= 0.0)
            return rule_broken (first, view_first_text (view, i), "is an entry of a list that is parted");
    }
    return NULL;
}

static inline char *rule_boxes_stay_whole (const PlanView *view)
{
    for (int i = 0; i < view_count (view); i++)
    {
        if (view_element (view, i)->role != BP_ROLE_L)
            continue;
        const int first = view_first_page (view, i), last = view_last_page (view, i);
        const double height = first != last ? rule_bar_height (view, i) : 0.0;
        if (height > 0.0 && height < view_page_room (view, last) - 60.0 - rule_heads_above (view, i))
            return rule_broken (first, view_first_text (view, i), "is in a box that is parted though a page would hold it");
        for (int j = i; height > 0.0 && j < view->end[i]; j++)
        {
            double top, bottom;
            if (view_element (view, j)->role != BP_ROLE_LI)
                continue;
            for (int page = view_first_page (view, j) + 1; page <= view_last_page (view, j); page++)
                if (view_get_extent (view, j, page, &top, &bottom) && view_find_repeated (view, page, top - 30.0, "(cont") == NULL)
                    return rule_broken (page, view_first_text (view, j), "goes on in a box without its name and (continued)");
        }
    }
    return NULL;
}

/* An entry that begins a page is the first of its row: tiles and counters stand in rows. */
static inline char *rule_tile_rows_stay_whole (const PlanView *view)
{
    for (int i = 0; i < view_count (view); i++)
    {
        if (view_element (view, i)->role != BP_ROLE_LI)
            continue;
        const int next = view_next_sibling (view, i), page = next >= 0 ? view_first_page (view, next) : -1;
        double left = 1e6, top = 1e6, before = 0.0, bottom;
        if (page < 0 || view_last_page (view, i) == page)
            continue;
        VIEW_FOR_EACH_PIECE (view, next, piece)
        left = piece->page == page ? MIN (left, piece->x) : left;
        view_get_extent (view, next, page, &top, &bottom);
        view_get_extent (view, i, view_last_page (view, i), &before, &bottom);
        if (left > 48.0 + 120.0 && top < before)
            return rule_broken (page, view_first_text (view, next), "is parted from the tiles beside it");
    }
    return NULL;
}

/* ---- PB-9: figures ---- */

static inline char *rule_figures_keep_their_words (const PlanView *view)
{
    for (int i = 0; i < view_count (view); i++)
    {
        const int parent = view_element (view, i)->parent;
        if (view_element (view, i)->role != BP_ROLE_FIGURE || view_element (view, parent)->role != BP_ROLE_SECT)
            continue;
        const int page = view_last_page (view, i);
        if (view_first_page (view, i) != page)
            return rule_broken (page, view_element (view, i)->alternative, "is a figure on two pages");
        int next = view_next_sibling (view, i);
        double height = view_get_height (view, i);
        for (; next >= 0 && view_is_caption (view, next); next = view_next_sibling (view, next))
        {
            height += view_get_height (view, next);
            if (view_first_page (view, next) != page && height + 80.0 < view_page_room (view, page))
                return rule_broken (view_first_page (view, next), view_first_text (view, next), "is a caption without its figure");
        }
        if (next < 0 || view_element (view, next)->role != BP_ROLE_TABLE)
            continue;
        g_autoptr (GArray) rows = rule_list_rows (view, next);
        height += view_get_height (view, next) + 12.0 * rows->len + 80.0;
        if (rows->len - 1 <= PAGE_RULE_SHORT_PANEL && view_last_page (view, next) != page && height < view_page_room (view, page))
            return rule_broken (page, view_element (view, i)->alternative, "is a figure without its numbers");
    }
    return NULL;
}

/* ---- PB-16, PB-20: pages ---- */

static inline char *rule_no_page_is_blank (const PlanView *view)
{
    g_autofree int *pieces = g_new0 (int, view->plan->pages->len + 1);
    for (int i = 0; i < view_count (view); i++)
        for (guint j = 0; j < view->own[i]->len; j++)
            pieces[g_array_index (view->own[i], PlanPiece, j).page]++;
    for (guint i = 0; view_count (view) > 1 && i < view->plan->pages->len; i++)
        if (pieces[i] == 0)
            return rule_broken ((int)i, "nothing", "stands on the page");
    return NULL;
}

static inline bool rule_begins_section (const PlanView *view, int page)
{
    for (guint i = 0; i < view->plan->anchors->len; i++)
        if (g_array_index (view->plan->anchors, BpAnchor, i).page == page)
            return true;
    return false;
}

/* Whether the page holds one thing that cannot be parted, headings apart: it has no line to give to the page after it. */
static inline bool rule_is_one_thing (const PlanView *view, int page)
{
    int things = 0, lines = 0, rows = 0;
    for (int i = 0; i < view_count (view); i++)
    {
        const BpRole role = view_element (view, i)->role;
        const bool is_thing = role == BP_ROLE_FIGURE || role == BP_ROLE_P || role == BP_ROLE_LI || role == BP_ROLE_TR;
        double top, bottom;
        if (!is_thing || rule_is_heading_part (view, i) || !view_get_extent (view, i, page, &top, &bottom))
            continue;
        if (view_is_caption (view, i))
            continue;
        rows += role == BP_ROLE_TR ? 1 : 0;
        things += role != BP_ROLE_TR || rows == 1 || rows > PAGE_RULE_SHORT_TABLE + 1 ? 1 : 0;
        lines
            += role == BP_ROLE_P || (role == BP_ROLE_LI && view_get_height (view, i) < 400.0) ? view_count_lines (view, i, page, -1.0) : 0;
    }
    return things <= 1 && lines <= 3;
}

static inline char *rule_no_line_is_alone (const PlanView *view)
{
    for (int page = 1; page < (int)view->plan->pages->len; page++)
    {
        int lines = 0;
        bool has_shape = false;
        double line = -1e6;
        const char *text = NULL;
        for (int i = 0; i < view_count (view) && lines < 2; i++)
            for (guint j = 0; j < view->own[i]->len; j++)
            {
                const PlanPiece *piece = &g_array_index (view->own[i], PlanPiece, j);
                has_shape |= piece->page == page && piece->box->kind != BP_BOX_TEXT && piece->bottom - piece->top > 24.0;
                if (piece->page != page || piece->box->kind != BP_BOX_TEXT || fabs (piece->baseline - line) <= 6.0)
                    continue;
                lines++;
                line = piece->baseline;
                text = piece->box->text;
            }
        if (lines == 1 && !has_shape && !rule_begins_section (view, page) && !rule_is_one_thing (view, page - 1))
            return rule_broken (page, text, "is the only line of its page");
    }
    return NULL;
}

#endif
