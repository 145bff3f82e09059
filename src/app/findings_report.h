#ifndef BP_APP_FINDINGS_REPORT_H
#define BP_APP_FINDINGS_REPORT_H

#include "app/console.h"
#include "domain/finding.h"

/* "data/areas.csv:4", "data/plan.xlsx, sheet areas:4"; "" without a file. Caller frees. */
char *bp_finding_dup_place (const BpFinding *finding);
/* "data/areas.csv:4 title: text → advice". Caller frees. */
char *bp_finding_dup_line (const BpFinding *finding);
/* Prints the findings as an answer, grouped by level, worst first. */
void bp_findings_print (const BpOptions *options, const BpFindingList *findings);
/* Prints those of level error as messages, at most max. */
void bp_findings_print_errors (const BpOptions *options, const BpFindingList *findings, guint max);
/* Prints a sorted list as messages: of those that share level and code at most max_alike, and how many more there are. */
void bp_findings_print_messages (const BpOptions *options, const BpFindingList *findings, guint max_alike);
/* "2 errors, 1 check, 30 notes". Caller frees. */
char *bp_findings_dup_counts (const BpFindingList *findings);
/* {"error": 2, "check": 1, "note": 30, "quarantined": 1, "list": [...]} */
json_t *bp_findings_to_json (const BpFindingList *findings);

#endif
