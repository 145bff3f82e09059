#ifndef BP_DOMAIN_CHECKS_CHECK_FAMILIES_H
#define BP_DOMAIN_CHECKS_CHECK_FAMILIES_H

#include "domain/checks/check_table.h"

/* The functions of check_table.c, one in each file of this folder. */
void bp_check_actions (const BpSnapshot *snapshot, BpFindingList *findings);
void bp_check_updates (const BpSnapshot *snapshot, BpFindingList *findings);
void bp_check_kpis (const BpSnapshot *snapshot, BpFindingList *findings);
void bp_check_coverage (const BpSnapshot *snapshot, BpFindingList *findings);
void bp_check_claims (const BpSnapshot *snapshot, BpFindingList *findings);
void bp_check_governance (const BpSnapshot *snapshot, BpFindingList *findings);

/* The cell in that column of the row. column is static. */
BpSource bp_check_source_at (BpSource row, const char *column);

#endif
