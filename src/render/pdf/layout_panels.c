#include "render/pdf/layout_parts.h"

#define LEFT_PANEL_PT 246.0
#define PANEL_GUTTER_PT 24.0

/* Catches what layout functions hand to the flow in one block, set in a column of the page. */
static BpBlock *start_panel (BpFlow *flow, double x, double width)
{
    flow->left = x;
    flow->width = width;
    flow->capture = bp_block_new ();
    return flow->capture;
}

/* Bookmarks of the headings in a panel: empty blocks that stand on its page. */
static void add_bookmark (BpFlow *flow, const char *title, double gap)
{
    BpBlock *block = bp_block_new ();
    block->bookmark = bp_page_plan_copy (flow->plan, title);
    block->bookmark_level = flow->section_depth + 2;
    block->gap_before = gap;
    block->keeps_next = true;
    bp_flow_add (flow, block);
}

bool bp_layout_panels (BpFlow *flow, const BpChart *chart, const BpHeading *heading, const BpList *list)
{
    if (!bp_layout_can_draw_burn_up (chart) || chart->title == NULL || heading->level != 2 || list->style != BP_LIST_COUNTED)
        return false;
    const double left = flow->left, width = flow->width, gap = flow->gap;
    add_bookmark (flow, chart->title, gap);
    add_bookmark (flow, heading->text, 0.0);
    BpBlock *both = start_panel (flow, left, LEFT_PANEL_PT);
    flow->gap = 0.0;
    bp_layout_heading (flow, 2, chart->title, chart->subtitle);
    flow->gap = 2.0;
    bp_layout_burn_up (flow, chart);
    BpBlock *right = start_panel (flow, left + LEFT_PANEL_PT + PANEL_GUTTER_PT, width - LEFT_PANEL_PT - PANEL_GUTTER_PT);
    flow->gap = 0.0;
    bp_layout_heading (flow, 2, heading->text, heading->aside);
    flow->gap = 4.0;
    bp_layout_list (flow, list);
    flow->capture = NULL;
    flow->left = left;
    flow->width = width;
    const double height = MAX (both->height, right->height);
    bp_block_absorb (both, right, 0.0);
    both->height = height;
    bp_flow_add (flow, both);
    return true;
}
