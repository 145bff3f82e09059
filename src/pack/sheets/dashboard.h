#ifndef BP_PACK_SHEETS_DASHBOARD_H
#define BP_PACK_SHEETS_DASHBOARD_H

#include "pack/build.h"
#include "pack/dashboard.h"

/* Adds the dashboard of a working workbook, and the sheet Chart_Data that its charts need. The other sheets must stand. Nothing where there
 * is no action to count. */
void bp_dashboard_build (const BpBuild *build);

/* ---- its parts ---- */

/* By status (first), by area, by lead, by term due. actions is the sheet of that name. */
void bp_dashboard_add_tallies (const BpBuild *build, const BpSheet *actions);
/* The status bars and the two lines of progress. burn_up is the sheet of that name. */
void bp_dashboard_add_action_graphs (const BpBuild *build, const BpSheet *burn_up);
/* One chart for each headline measure with two values or more, and the sheet Chart_Data with their numbers. */
void bp_dashboard_add_kpi_graphs (const BpBuild *build);

#endif
