#ifndef BP_DOMAIN_RULES_ESCALATION_H
#define BP_DOMAIN_RULES_ESCALATION_H

#include "domain/rules/rule_table.h"

/* The rules of rule_table.c; each returns a newly made sentence, or NULL if it does not apply. */
char *bp_escalation_dup_red_periods (const BpSnapshot *snapshot, const BpAction *action);
char *bp_escalation_dup_overdue_days (const BpSnapshot *snapshot, const BpAction *action);
char *bp_escalation_dup_no_update_periods (const BpSnapshot *snapshot, const BpAction *action);

#endif
