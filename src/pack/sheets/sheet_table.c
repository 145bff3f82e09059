#include "pack/sheets/sheet_table.h"

#include "pack/sheets/dashboard.h"

const BpSheetType bp_sheet_table[] = {
    { "Summary", bp_sheet_build_summary },
    { "Burn_Up", bp_sheet_build_burn_up },
    { "Actions", bp_sheet_build_actions },
    { "Updates", bp_sheet_build_updates },
    { "KPIs", bp_sheet_build_kpis },
    { "KPI_Values", bp_sheet_build_kpi_values },
    { "Coverage", bp_sheet_build_coverage },
    { "Decisions", bp_sheet_build_decisions },
    { "Risks", bp_sheet_build_risks },
    { "Meetings", bp_sheet_build_meetings },
    { "Narrative", bp_sheet_build_narrative },
    { "Claims", bp_sheet_build_claims },
    { "Data_Quality", bp_sheet_build_data_quality },
    { "Plans", bp_sheet_build_plans },
    { "Areas", bp_sheet_build_areas },
    { "Projects", bp_sheet_build_projects },
    { "Leads", bp_sheet_build_leads },
    { "Forums", bp_sheet_build_forums },
    { "Members", bp_sheet_build_members },
    { "Statuses", bp_sheet_build_statuses },
    { "Glossary", bp_sheet_build_glossary },
    { NULL, NULL },
};

void bp_sheets_add (const BpBuild *build)
{
    for (const BpSheetType *type = bp_sheet_table; type->name != NULL; type++)
        type->build (build);
    if (build->pack->is_working)
        bp_dashboard_build (build);
}
