#include "domain/checks/check_families.h"

static void check_recommendations (const BpSnapshot *snapshot, BpFindingList *findings)
{
    for (guint i = 0; i < snapshot->recommendations->len; i++)
    {
        const BpRecommendation *recommendation = snapshot->recommendations->pdata[i];
        if (recommendation->actions->len == 0)
            bp_finding_list_add (findings, BP_FINDING_RECOMMENDATION_WITHOUT_ACTION, bp_check_source_at (recommendation->source, "areas"),
                                 "", "No action answers recommendation %s, “%s”.", recommendation->ref, recommendation->short_title);
        if (recommendation->kpis->len == 0)
            bp_finding_list_add (findings, BP_FINDING_RECOMMENDATION_WITHOUT_KPI, bp_check_source_at (recommendation->source, "kpis"), "",
                                 "No KPI measures recommendation %s, “%s”.", recommendation->ref, recommendation->short_title);
    }
}

/* The area, one under it, or one of its actions is measured. A measure of the area above is none of this one's. */
static bool is_area_measured (const BpArea *area, GHashTable *measured)
{
    if (g_hash_table_contains (measured, area))
        return true;
    for (guint i = 0; i < area->actions->len; i++)
        if (((const BpAction *)area->actions->pdata[i])->kpis->len > 0)
            return true;
    for (guint i = 0; i < area->sub_areas->len; i++)
        if (is_area_measured (area->sub_areas->pdata[i], measured))
            return true;
    return false;
}

/* Areas that hold actions themselves: what is only a heading over others is judged by those. */
static void check_areas (const GPtrArray *areas, GHashTable *measured, BpFindingList *findings)
{
    for (guint i = 0; i < areas->len; i++)
    {
        const BpArea *area = areas->pdata[i];
        bool is_known = *area->ref != '\0';
        if (is_known && area->actions->len > 0 && !is_area_measured (area, measured))
            bp_finding_list_add (findings, BP_FINDING_AREA_WITHOUT_KPI, area->source, NULL, "Area %s, “%s”, has %u %s and no KPI.",
                                 area->ref, area->short_title, area->actions->len, area->actions->len == 1 ? "action" : "actions");
        check_areas (area->sub_areas, measured, findings);
    }
}

static bool has_answered_recommendation (const BpKpi *kpi)
{
    for (guint i = 0; i < kpi->recommendations->len; i++)
        if (((const BpRecommendation *)kpi->recommendations->pdata[i])->actions->len > 0)
            return true;
    return false;
}

/* A KPI that no action is there to move. It is connected by an action that names it, by a recommendation that has actions, or by its area,
 * if that holds actions itself (a KPI of a whole area whose actions all belong to its sub-areas is not). Measures that no recommendation
 * names give context and need no action; where a programme has no recommendations at all, only those whose area has no action anywhere
 * under it are named. */
static bool is_without_action (const BpSnapshot *snapshot, const BpKpi *kpi)
{
    if (kpi->actions->len > 0)
        return false;
    if (snapshot->recommendations->len == 0)
    {
        if (kpi->area == NULL)
            return false;
        g_autoptr (GPtrArray) actions = bp_area_dup_all_actions (kpi->area);
        return actions->len == 0;
    }
    bool is_of_area = kpi->area != NULL && kpi->area->actions->len > 0;
    return kpi->recommendations->len > 0 && !has_answered_recommendation (kpi) && !is_of_area;
}

void bp_check_coverage (const BpSnapshot *snapshot, BpFindingList *findings)
{
    check_recommendations (snapshot, findings);
    g_autoptr (GHashTable) measured = g_hash_table_new (NULL, NULL);
    for (guint i = 0; i < snapshot->kpis->len; i++)
    {
        const BpKpi *kpi = snapshot->kpis->pdata[i];
        if (kpi->area != NULL)
            g_hash_table_add (measured, kpi->area);
        if (is_without_action (snapshot, kpi))
            bp_finding_list_add (findings, BP_FINDING_KPI_WITHOUT_ACTION, kpi->source, NULL, "No action is there to move %s, “%s”.",
                                 kpi->id, kpi->short_title);
    }
    check_areas (snapshot->areas, measured, findings);
}
