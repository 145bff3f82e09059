#ifndef BP_DOMAIN_RULES_RULE_TABLE_H
#define BP_DOMAIN_RULES_RULE_TABLE_H

#include "domain/snapshot.h"

/* An escalation: an action that a rule sends up. */
typedef struct
{
    const BpAction *action;
    const char *rule;   /* id of the rule: "red-periods", "overdue-days", "no-update-periods" */
    const char *reason; /* one sentence; owned by the list */
} BpEscalation;

typedef struct
{
    const char *name;
    const char *description;
    /* NULL if the rule does not apply; else a newly made sentence (caller frees). */
    char *(*dup_reason) (const BpSnapshot *snapshot, const BpAction *action);
} BpEscalationRule;

extern const BpEscalationRule bp_escalation_rule_table[]; /* ended by a NULL name */
/* Every action that a rule sends up, with the first rule that does. Free with g_array_unref (its clear function frees the reasons). */
GArray *bp_snapshot_escalations (const BpSnapshot *snapshot);

#endif
