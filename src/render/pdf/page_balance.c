#include "render/pdf/page_balance.h"

#include "render/pdf/block.h"

#include <math.h>

#define SAME_LINE_PT 6.0 /* texts of different size in one row */

static bool begins_section (const BpPagePlan *plan, int page)
{
    for (guint i = 0; i < plan->anchors->len; i++)
        if (g_array_index (plan->anchors, BpAnchor, i).page == page)
            return true;
    return false;
}

static bool has_single_line (const BpPlanPage *page)
{
    double line = -1.0;
    for (guint i = 0; i < page->boxes->len; i++)
    {
        const BpBox *box = &g_array_index (page->boxes, BpBox, i);
        if (box->element < 0 || box->kind == BP_BOX_LINK)
            continue;
        if (box->kind != BP_BOX_TEXT && fabs (box->height) > 24.0)
            return false;
        if (box->kind == BP_BOX_TEXT && line >= 0.0 && fabs (box->y - line) > SAME_LINE_PT)
            return false;
        line = box->kind == BP_BOX_TEXT ? box->y : line;
    }
    return line >= 0.0;
}

int bp_page_balance_find_lonely (const BpPagePlan *plan, int first)
{
    for (int i = MAX (first, 0); i < (int)plan->pages->len; i++)
        if (has_single_line (bp_page_plan_get_page (plan, i)) && !begins_section (plan, i))
            return i;
    return -1;
}

double bp_page_balance_get_end (const BpPagePlan *plan, int page)
{
    const BpPlanPage *of = bp_page_plan_get_page (plan, page);
    double end = 0.0;
    for (guint i = 0; i < of->boxes->len; i++)
    {
        const BpBox *box = &g_array_index (of->boxes, BpBox, i);
        double top, bottom;
        bp_box_get_extent (box, &top, &bottom);
        if (box->element >= 0)
            end = MAX (end, bottom);
    }
    return end;
}
