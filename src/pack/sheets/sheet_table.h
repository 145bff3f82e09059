#ifndef BP_PACK_SHEETS_SHEET_TABLE_H
#define BP_PACK_SHEETS_SHEET_TABLE_H

#include "pack/build.h"

/* One table of the workbook: a line in sheet_table.c. */
typedef struct
{
    const char *name;
    void (*build) (const BpBuild *build);
} BpSheetType;

extern const BpSheetType bp_sheet_table[]; /* ended by a NULL name */

/* Adds every sheet. Sections must have been built: they say which rows the PDF shows. */
void bp_sheets_add (const BpBuild *build);

void bp_sheet_build_summary (const BpBuild *build);
void bp_sheet_build_burn_up (const BpBuild *build);
void bp_sheet_build_actions (const BpBuild *build);
void bp_sheet_build_updates (const BpBuild *build);
void bp_sheet_build_kpis (const BpBuild *build);
void bp_sheet_build_kpi_values (const BpBuild *build);
void bp_sheet_build_coverage (const BpBuild *build);
void bp_sheet_build_decisions (const BpBuild *build);
void bp_sheet_build_risks (const BpBuild *build);
void bp_sheet_build_meetings (const BpBuild *build);
void bp_sheet_build_narrative (const BpBuild *build);
void bp_sheet_build_claims (const BpBuild *build);
void bp_sheet_build_data_quality (const BpBuild *build);
void bp_sheet_build_plans (const BpBuild *build);
void bp_sheet_build_areas (const BpBuild *build);
void bp_sheet_build_projects (const BpBuild *build);
void bp_sheet_build_leads (const BpBuild *build);
/* Nothing unless the pages name members: the workbook names no person whom they do not. */
void bp_sheet_build_members (const BpBuild *build);
void bp_sheet_build_statuses (const BpBuild *build);
void bp_sheet_build_forums (const BpBuild *build);
void bp_sheet_build_glossary (const BpBuild *build);

#endif
