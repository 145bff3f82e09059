#ifndef BP_DOMAIN_REFERENCE_H
#define BP_DOMAIN_REFERENCE_H

#include "domain/snapshot_builder.h"

/* Turning words of cells into the things they name. Blank names nothing, silently; what is not found is NULL and finding R06. Where
 * aliases.ini has the spelling, it is used and counted (R07, once for each spelling). source says where the word stands. */

/* Never NULL: an unknown plan is made up, with its id for a title, and named once. */
const BpPlan *bp_reference_plan (BpSnapshotBuilder *builder, const char *id, BpSource source);
/* plan: the plan of the row, for bare refs; NULL: a bare ref is understood where there is one plan. */
BpArea *bp_reference_area (BpSnapshotBuilder *builder, const BpPlan *plan, const char *text, BpSource source);
BpAction *bp_reference_action (BpSnapshotBuilder *builder, const BpPlan *plan, const char *text, BpSource source);
BpProject *bp_reference_project (BpSnapshotBuilder *builder, const char *text, BpSource source);
/* NULL without a finding for a measure whose definition is not in force yet. */
BpKpi *bp_reference_kpi (BpSnapshotBuilder *builder, const char *text, BpSource source);
const BpForum *bp_reference_forum (BpSnapshotBuilder *builder, const char *text, BpSource source);
/* Finding U01 if it is not of the scale. */
const BpStatus *bp_reference_status (BpSnapshotBuilder *builder, const char *text, BpSource source);
/* The canonical name; as typed if it is unknown, which is a finding only where leads.csv has rows. Never NULL; "" for blank. */
const char *bp_reference_lead (BpSnapshotBuilder *builder, const char *text, BpSource source);
/* NULL if leads.csv does not have it. lead is canonical. */
const BpLead *bp_reference_find_lead (const BpSnapshotBuilder *builder, const char *lead);
/* Adds the notes on the aliases that were used; called once, at the end. */
void bp_reference_add_alias_findings (BpSnapshotBuilder *builder);
void bp_reference_free_aliases (BpSnapshotBuilder *builder);

#endif
