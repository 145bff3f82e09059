#include "render/pdf/layout.h"

#include "render/pdf/layout_parts.h"
#include "render/pdf/page_balance.h"

#define LEAST_ROOM_PT 190.0 /* a section does not begin below this much */
#define MOST_PAGES_SET_AGAIN 8
#define NEARLY_EMPTY 0.45
#define MOST_ROOM_LEFT 0.36       /* of a page: so much is left empty for a section that takes no more pages if it begins one */
#define MOST_ROOM_FOR_WHOLE 0.5   /* of a page: the same for a section that then stands on it whole */
#define MOST_ROOM_FOR_LEGEND 0.75 /* of a page: the same for a table that is read with its legend */
#define MOST_SECTION_KEPT 0.6     /* of a page: a section inside another that is no higher is not parted */
#define MOST_TRIALS 8

/* ---- gaps ---- */

static double heading_gap (const BpFlow *flow, int level)
{
    if (level >= 3)
        return flow->density == BP_DENSITY_NORMAL ? 12.0 : 8.0;
    switch (flow->density)
    {
    case BP_DENSITY_NORMAL:
        return 16.0;
    case BP_DENSITY_CLOSE:
        return 11.0;
    case BP_DENSITY_FULL:
    case BP_DENSITY_COUNT:
        return 8.0;
    }
    g_assert_not_reached ();
}

static double section_gap (const BpFlow *flow)
{
    return flow->density == BP_DENSITY_NORMAL ? 24.0 : flow->density == BP_DENSITY_CLOSE ? 16.0 : 12.0;
}

static bool begins_with_heading (const BpNode *node)
{
    return node->kind == BP_NODE_HEADING || (node->kind == BP_NODE_CHART && node->as.chart.title != NULL)
           || (node->kind == BP_NODE_SECTION && !node->as.section.starts_page);
}

static bool is_small_note (const BpNode *node)
{
    return node->kind == BP_NODE_NOTE && node->as.note.style == BP_NOTE_CARD;
}

/* Space between two parts; before is NULL below the section's own heading. */
static double choose_gap (const BpFlow *flow, const BpNode *before, const BpNode *next)
{
    const double part = flow->density == BP_DENSITY_FULL ? 8.0 : 12.0;
    if (before != NULL && before->kind == BP_NODE_HEADING)
        return is_small_note (next) || next->kind == BP_NODE_TILES ? 6.0 : 4.0;
    if (begins_with_heading (next))
        return heading_gap (flow, next->kind == BP_NODE_HEADING ? next->as.heading.level : 2);
    if (before == NULL)
        return 8.0;
    if (next->kind == BP_NODE_PARAGRAPH && next->as.paragraph.role == BP_PARAGRAPH_CAPTION)
        return 4.0;
    if (before->kind == BP_NODE_PARAGRAPH && (next->kind == BP_NODE_PARAGRAPH || next->kind == BP_NODE_LIST))
        return 8.0;
    if (is_small_note (before) && is_small_note (next))
        return flow->density == BP_DENSITY_NORMAL ? 10.0 : 7.0;
    return part;
}

/* ---- nodes ---- */

static void lay_section (BpFlow *flow, const BpSection *section, int depth, BpRenderReport *report);

static void lay_node (BpFlow *flow, const BpNode *node, int depth, BpRenderReport *report)
{
    switch (node->kind)
    {
    case BP_NODE_SECTION:
        lay_section (flow, &node->as.section, depth + 1, report);
        break;
    case BP_NODE_HEADING:
        bp_layout_heading (flow, node->as.heading.level, node->as.heading.text, node->as.heading.aside);
        bp_flow_name_part (flow, node->as.heading.text);
        break;
    case BP_NODE_PARAGRAPH:
        bp_layout_paragraph (flow, &node->as.paragraph);
        break;
    case BP_NODE_LIST:
        bp_layout_list (flow, &node->as.list);
        break;
    case BP_NODE_TABLE:
        bp_layout_table (flow, &node->as.table);
        break;
    case BP_NODE_TILES:
        bp_layout_tiles (flow, &node->as.tiles);
        break;
    case BP_NODE_CHART:
        bp_layout_chart (flow, &node->as.chart);
        break;
    case BP_NODE_NOTE:
        bp_layout_note (flow, &node->as.note);
        break;
    case BP_NODE_PAGE_BREAK:
        bp_flow_break_page (flow);
        break;
    }
}

static void note_heading_above (BpFlow *flow, const BpSection *section, const BpNode *before)
{
    const bool is_heading = before != NULL && before->kind == BP_NODE_HEADING;
    flow->heading_above = before == NULL ? (section->headline != NULL ? section->headline : section->name)
                          : is_heading   ? before->as.heading.text
                                         : NULL;
    flow->heading_above_level = before == NULL ? 1 : is_heading ? before->as.heading.level : 0;
}

/* Captions that follow the part at index, which it may take below itself. */
static void gather_notes (BpFlow *flow, const BpSection *section, guint index)
{
    const BpNodeKind kind = ((const BpNode *)g_ptr_array_index (section->children, index))->kind;
    flow->note_count = 0;
    for (guint i = index + 1; i < section->children->len && flow->note_count + 1 < BP_MOST_NOTES; i++)
    {
        const BpNode *node = g_ptr_array_index (section->children, i);
        if ((kind != BP_NODE_TABLE && kind != BP_NODE_CHART) || node->kind != BP_NODE_PARAGRAPH
            || node->as.paragraph.role != BP_PARAGRAPH_CAPTION)
            return;
        flow->notes[flow->note_count++] = &node->as.paragraph;
    }
}

/* Whether a chart that is drawn follows the part at index and its captions. */
static bool has_chart_next (const BpSection *section, guint index)
{
    for (guint i = index + 1; i < section->children->len; i++)
    {
        const BpNode *node = g_ptr_array_index (section->children, i);
        if (node->kind == BP_NODE_CHART)
            return node->as.chart.type == BP_CHART_RUN && !bp_layout_run_chart_has_too_few (&node->as.chart);
        if (node->kind != BP_NODE_PARAGRAPH)
            return false;
    }
    return false;
}

static void lay_children (BpFlow *flow, const BpSection *section, int depth, BpRenderReport *report)
{
    const BpNode *before = NULL;
    for (guint i = 0; i < section->children->len; i++)
    {
        const BpNode *node = g_ptr_array_index (section->children, i);
        const BpNode *next = i + 1 < section->children->len ? g_ptr_array_index (section->children, i + 1) : NULL;
        flow->gap = choose_gap (flow, before, node);
        note_heading_above (flow, section, before);
        before = node;
        if (node->kind == BP_NODE_CHART && next != NULL && next->kind == BP_NODE_LIST
            && bp_layout_chart_beside_facts (flow, &node->as.chart, &next->as.list))
        {
            before = next;
            i++;
            continue;
        }
        const BpNode *third = i + 2 < section->children->len ? g_ptr_array_index (section->children, i + 2) : NULL;
        if (node->kind == BP_NODE_CHART && next != NULL && third != NULL && next->kind == BP_NODE_HEADING && third->kind == BP_NODE_LIST
            && bp_layout_panels (flow, &node->as.chart, &next->as.heading, &third->as.list))
        {
            before = third;
            i += 2;
            continue;
        }
        gather_notes (flow, section, i);
        flow->has_chart_next = has_chart_next (section, i);
        const int notes = flow->note_count;
        lay_node (flow, node, depth, report);
        if (notes > 0 && flow->note_count == 0) /* they were set with the part */
        {
            i += (guint)notes;
            before = g_ptr_array_index (section->children, i);
        }
        flow->note_count = 0;
    }
}

/* ---- sections ---- */

static bool has_page_starting_child (const BpSection *section)
{
    for (guint i = 0; i < section->children->len; i++)
    {
        const BpNode *node = g_ptr_array_index (section->children, i);
        if (node->kind == BP_NODE_SECTION && (node->as.section.starts_page || has_page_starting_child (&node->as.section)))
            return true;
    }
    return false;
}

/* A section that is nothing but sections with pages of their own: it begins where the first of them begins, without a page for its name. */
static bool is_container (const BpSection *section)
{
    if (section->style != BP_SECTION_PLAIN || section->children->len == 0 || section->headline != NULL)
        return false;
    for (guint i = 0; i < section->children->len; i++)
    {
        const BpNode *node = g_ptr_array_index (section->children, i);
        if (node->kind != BP_NODE_SECTION || !node->as.section.starts_page)
            return false;
    }
    return true;
}

/* Anchors and bookmarks of the sections that begin with this page. */
static void place_carried (BpFlow *flow, int depth)
{
    for (int i = 0; i < flow->carried_count; i++)
    {
        BpBlock *block = bp_block_new ();
        block->anchor = bp_page_plan_copy (flow->plan, flow->carried[i]->id);
        block->bookmark = bp_layout_section_name (flow, flow->carried[i]);
        block->bookmark_level = depth - flow->carried_count + i + 1;
        bp_flow_place_at (flow, block, flow->y);
    }
    flow->carried_count = 0;
}

static void lay_container (BpFlow *flow, const BpSection *section, int depth, BpRenderReport *report)
{
    const BpFlow around = *flow;
    const BpSection *first = &((const BpNode *)g_ptr_array_index (section->children, 0))->as.section;
    flow->container = section;
    flow->parent = bp_flow_add_element (flow, BP_ROLE_SECT);
    if (flow->carried_count < (int)G_N_ELEMENTS (flow->carried))
        flow->carried[flow->carried_count++] = section;
    if (is_container (first)) /* whose name is printed instead */
        flow->level_lift++;
    else
    {
        flow->container_heading = bp_flow_add_element (flow, bp_layout_heading_role (flow, depth + 2 - flow->level_lift));
        flow->section_level = flow->heading_level;
    }
    for (guint i = 0; i < section->children->len; i++)
        lay_section (flow, &((const BpNode *)g_ptr_array_index (section->children, i))->as.section, depth + 1, report);
    flow->level_lift = around.level_lift;
    flow->container = around.container;
    flow->container_heading = around.container_heading;
    flow->parent = around.parent;
}

static void lay_section_once (BpFlow *flow, const BpSection *section, int depth, bool is_page_top, BpRenderReport *report)
{
    if (is_page_top)
    {
        bp_flow_start_page (flow, section->is_landscape);
        place_carried (flow, depth);
    }
    const int parent = flow->parent;
    flow->parent = bp_flow_add_element (flow, BP_ROLE_SECT);
    flow->section_depth = depth;
    if (is_page_top || depth == 0) /* a sub-section that goes on below another is continued under their common name */
    {
        flow->section_name = section->name;
        flow->section_aside = section->subtitle;
    }
    flow->subsection_name = is_page_top || depth == 0 ? NULL : section->name;
    bp_fonts_set_place (flow->fonts, section->name);
    if (section->style == BP_SECTION_COVER)
        bp_layout_cover (flow, section);
    else
    {
        bp_layout_section_heading (flow, section, depth, is_page_top);
        lay_children (flow, section, depth, report);
    }
    bp_flow_flush (flow);
    flow->parent = parent;
}

/* How much of its last page a section covers. */
static double last_page_share (const BpFlow *flow)
{
    return (flow->y - BP_BODY_TOP_PT) / (flow->bottom - BP_BODY_TOP_PT);
}

/* Whether a section that took so many pages is worth setting closer: it is over its budget, or short and its last page is nearly empty. */
static bool is_worth_another (const BpFlow *flow, const BpSection *section, guint pages)
{
    if (section->page_budget > 0)
        return pages > (guint)section->page_budget;
    return pages > 1 && pages <= MOST_PAGES_SET_AGAIN && last_page_share (flow) < NEARLY_EMPTY;
}

/* Sets a section of one page again with what it leaves of the page. */
static void lay_with_spare (BpFlow *flow, const BpFlowMark *mark, const BpSection *section, int depth, BpRenderReport *report)
{
    const double spare = flow->bottom - flow->y;
    const BpDensity density = flow->density;
    bp_flow_return (flow, mark);
    flow->density = density;
    flow->spare = spare;
    lay_section_once (flow, section, depth, true, report);
    flow->spare = 0.0;
}

/* A section is set in the loosest way in which it keeps to its budget or leaves no nearly empty page, or else in the way that takes fewest
 * pages. */
static void lay_section_well (BpFlow *flow, const BpSection *section, int depth, BpRenderReport *report)
{
    BpFlowMark mark;
    bp_flow_remember (flow, &mark);
    guint fewest = G_MAXUINT;
    BpDensity best = mark.saved.density;
    for (BpDensity density = mark.saved.density; density < BP_DENSITY_COUNT; density++)
    {
        flow->density = density;
        lay_section_once (flow, section, depth, true, report);
        const guint pages = flow->plan->pages->len - mark.pages;
        if (!is_worth_another (flow, section, pages))
        {
            if (section->page_budget > 0 && pages == 1 && density != BP_DENSITY_NORMAL)
                lay_with_spare (flow, &mark, section, depth, report);
            flow->density = mark.saved.density;
            return;
        }
        if (pages < fewest)
        {
            fewest = pages;
            best = density;
        }
        bp_flow_return (flow, &mark);
    }
    flow->density = best;
    lay_section_once (flow, section, depth, true, report);
    flow->density = mark.saved.density;
}

/* A section inside another, one of its projects, begins a page if it would be parted and is no higher than a good half of one; one that
 * the contents do not name, the key, if a page holds it. */
static void lay_section_inside (BpFlow *flow, const BpSection *section, int depth, BpRenderReport *report)
{
    BpFlowMark mark;
    bp_flow_remember (flow, &mark);
    lay_section_once (flow, section, depth, false, report);
    if (flow->plan->pages->len != mark.pages + 1 || mark.saved.is_fresh)
        return;
    bp_flow_return (flow, &mark);
    bp_flow_close_page (flow);
    lay_section_once (flow, section, depth, false, report);
    if (flow->plan->pages->len == mark.pages + 1 && last_page_share (flow) <= (section->in_contents ? MOST_SECTION_KEPT : 1.0))
        return;
    bp_flow_return (flow, &mark);
    lay_section_once (flow, section, depth, false, report);
}

/* Whether it has a table and what its columns mean. */
static bool has_legend (const BpSection *section)
{
    bool has_table = false, has_words = false;
    for (guint i = 0; i < section->children->len; i++)
    {
        const BpNode *node = g_ptr_array_index (section->children, i);
        has_table = has_table || node->kind == BP_NODE_TABLE;
        has_words = has_words || (node->kind == BP_NODE_LIST && node->as.list.style == BP_LIST_DEFINITIONS);
    }
    return has_table && has_words;
}

/* A section that may begin below the one before does so if it fits there, or has room for a good part of itself; else it begins a page
 * after all, as does one that takes no more pages if it does. */
static void lay_section_below (BpFlow *flow, const BpSection *section, BpRenderReport *report)
{
    BpFlowMark mark;
    bp_flow_remember (flow, &mark);
    const double room = bp_flow_get_room (flow);
    lay_section_once (flow, section, 0, false, report);
    const guint turned = flow->plan->pages->len - mark.pages;
    const double body = flow->bottom - BP_BODY_TOP_PT;
    const double most_left = has_legend (section) ? MOST_ROOM_FOR_LEGEND : MOST_ROOM_FOR_WHOLE;
    if (turned > 0 && room < most_left * body)
    {
        bp_flow_return (flow, &mark);
        lay_section_well (flow, section, 0, report);
        const guint pages = flow->plan->pages->len - mark.pages;
        if (pages <= turned && (pages == 1 || room < MOST_ROOM_LEFT * body))
            return;
        bp_flow_return (flow, &mark);
        lay_section_once (flow, section, 0, false, report);
    }
    const BpAnchor *anchor = bp_page_plan_find_anchor (flow->plan, section->id);
    const bool begins_here = anchor != NULL && (guint)anchor->page + 1 == mark.pages;
    if (turned == 0 || (begins_here && room >= LEAST_ROOM_PT))
        return;
    bp_flow_return (flow, &mark);
    lay_section_well (flow, section, 0, report);
}

static bool needs_own_page (const BpFlow *flow, const BpSection *section)
{
    return flow->plan->pages->len == 0 || section->starts_page || section->style != BP_SECTION_PLAIN
           || section->is_landscape != flow->is_landscape;
}

static void lay_section_somewhere (BpFlow *flow, const BpSection *section, int depth, BpRenderReport *report)
{
    if (is_container (section))
        lay_container (flow, section, depth, report);
    else if (!needs_own_page (flow, section) && depth > 0)
        lay_section_inside (flow, section, depth, report);
    else if (!needs_own_page (flow, section))
        lay_section_below (flow, section, report);
    else if (section->style == BP_SECTION_COVER || has_page_starting_child (section))
        lay_section_once (flow, section, depth, true, report);
    else
        lay_section_well (flow, section, depth, report);
}

/* A section that carries a single line over to a page is set again, so that the page before lets go of its last block too. */
static void lay_section_balanced (BpFlow *flow, const BpSection *section, int depth, BpRenderReport *report)
{
    BpFlowMark mark;
    bp_flow_remember (flow, &mark);
    BpFoot feet[MOST_TRIALS];
    for (int count = 0;; count++)
    {
        lay_section_somewhere (flow, section, depth, report);
        const int lonely = bp_page_balance_find_lonely (flow->plan, (int)mark.pages);
        if (lonely < 1 || count == MOST_TRIALS)
            break;
        feet[count] = (BpFoot){ lonely - 1, bp_page_balance_get_end (flow->plan, lonely - 1) - 1.0 };
        bp_flow_return (flow, &mark);
        for (int i = 0; i <= count && count + 1 < MOST_TRIALS; i++) /* the last trial is the one without: nothing helped */
            bp_flow_add_foot (flow, feet[i].page, feet[i].y);
    }
    flow->foot_count = mark.saved.foot_count;
}

static void lay_section (BpFlow *flow, const BpSection *section, int depth, BpRenderReport *report)
{
    bp_flow_flush (flow);
    const BpFlow around = *flow; /* what the section changes and the one around it needs again */
    if (depth == 0 || needs_own_page (flow, section))
        lay_section_balanced (flow, section, depth, report);
    else
        lay_section_somewhere (flow, section, depth, report);
    const BpAnchor *anchor = bp_page_plan_find_anchor (flow->plan, section->id);
    const int pages = anchor != NULL ? bp_flow_current_page (flow) - anchor->page + 1 : 0;
    if (report != NULL && report->section_pages != NULL && section->id != NULL)
        g_hash_table_insert (report->section_pages, g_strdup (section->id), GINT_TO_POINTER (pages));
    flow->section_depth = around.section_depth;
    flow->section_level = around.section_level;
    flow->section_name = around.section_name;
    flow->section_aside = around.section_aside;
    flow->subsection_name = around.subsection_name;
    flow->part_name = NULL;
    if (depth > 0)
        flow->heading_level = around.section_level; /* the next sub-section stands beside this one */
}

/* ---- sections that share pages ---- */

static const BpSection *get_section (const BpPack *pack, guint index)
{
    const BpNode *node = g_ptr_array_index (pack->sections, index);
    g_assert (node->kind == BP_NODE_SECTION);
    return &node->as.section;
}

static guint group_length (const BpPack *pack, guint first)
{
    guint end = first + 1;
    while (end < pack->sections->len && !get_section (pack, end)->starts_page
           && get_section (pack, end)->is_landscape == get_section (pack, first)->is_landscape)
        end++;
    return end - first;
}

/* Lays sections from first on; marks: the flow before each, counted from the group's first. */
static void lay_sections (BpFlow *flow, guint first, guint count, BpFlowMark *marks, BpRenderReport *report)
{
    for (guint i = 0; i < count; i++)
    {
        const BpSection *section = get_section (flow->pack, first + i);
        bp_flow_flush (flow);
        bp_flow_remember (flow, &marks[i]);
        flow->gap = section->starts_page ? 0.0 : section_gap (flow);
        lay_section (flow, section, 0, report);
    }
}

static bool begins_page (const BpFlow *flow, const BpSection *section, const BpFlowMark *before)
{
    const BpAnchor *anchor = bp_page_plan_find_anchor (flow->plan, section->id);
    return anchor != NULL && (guint)anchor->page >= before->pages;
}

/* The last section of a group that begins a page before the last one: those from it on share what follows. -1: none. */
static int find_last_run (const BpFlow *flow, guint first, guint count, const BpFlowMark *marks)
{
    int run = -1;
    for (guint i = 0; i < count; i++)
    {
        const BpSection *section = get_section (flow->pack, first + i);
        const BpAnchor *anchor = bp_page_plan_find_anchor (flow->plan, section->id);
        if (begins_page (flow, section, &marks[i]) && anchor->page < bp_flow_current_page (flow))
            run = (int)i;
    }
    return run;
}

/* Sections that go on below one another. Where they leave a page nearly empty at the end, those from the last one on that began a page are
 * set closer, if that saves it. */
static void lay_group (BpFlow *flow, guint first, guint count, BpRenderReport *report)
{
    g_autofree BpFlowMark *marks = g_new0 (BpFlowMark, (gsize)count);
    lay_sections (flow, first, count, marks, report);
    const int run = count > 1 ? find_last_run (flow, first, count, marks) : -1;
    if (run < 0 || run + 1 == (int)count || last_page_share (flow) >= NEARLY_EMPTY)
        return;
    const guint pages = flow->plan->pages->len, from = first + (guint)run, left = count - (guint)run;
    const BpFlowMark mark = marks[run];
    for (BpDensity density = BP_DENSITY_CLOSE; density < BP_DENSITY_COUNT; density++)
    {
        bp_flow_return (flow, &mark);
        flow->density = density;
        lay_sections (flow, from, left, marks, report);
        flow->density = mark.saved.density;
        if (flow->plan->pages->len < pages)
            return;
    }
    bp_flow_return (flow, &mark);
    lay_sections (flow, from, left, marks, report);
}

BpPagePlan *bp_layout_pack (const BpPack *pack, const BpTheme *theme, BpFonts *fonts, BpFigureLog *figures, BpRenderReport *report)
{
    BpPagePlan *plan = bp_page_plan_new ();
    BpFlow flow;
    bp_flow_init (&flow, pack, theme, fonts, plan);
    flow.parent = bp_page_plan_add_element (plan, -1, BP_ROLE_DOCUMENT);
    for (guint i = 0, count; i < pack->sections->len; i += count)
    {
        count = group_length (pack, i);
        lay_group (&flow, i, count, report);
    }
    if (plan->pages->len == 0)
        bp_flow_start_page (&flow, false); /* a file needs a page */
    bp_fonts_set_place (fonts, NULL);
    bp_layout_page_frames (&flow);
    for (guint i = 0; i < flow.figures->len; i++)
    {
        const BpPlacedFigure *figure = &g_array_index (flow.figures, BpPlacedFigure, i);
        g_autofree char *place = g_strdup_printf ("page %d", figure->page + 1);
        bp_figure_log_add (figures, figure->value, place);
    }
    if (report != NULL)
        report->page_count = (int)plan->pages->len;
    bp_flow_clear (&flow);
    return plan;
}
