#include "domain/rules/rule_table.h"

#include "domain/rules/escalation.h"

const BpEscalationRule bp_escalation_rule_table[] = {
    { "red-periods", "off track in so many reporting periods running (rules.ini, red_periods)", bp_escalation_dup_red_periods },
    { "overdue-days", "more than so many days past the approved date (rules.ini, overdue_days)", bp_escalation_dup_overdue_days },
    { "no-update-periods", "no update in so many reporting periods running (rules.ini, no_update_periods)",
      bp_escalation_dup_no_update_periods },
    { NULL, NULL, NULL },
};

static void clear_escalation (gpointer data)
{
    g_free ((char *)((BpEscalation *)data)->reason);
}

GArray *bp_snapshot_escalations (const BpSnapshot *snapshot)
{
    GArray *escalations = g_array_new (FALSE, FALSE, sizeof (BpEscalation));
    g_array_set_clear_func (escalations, clear_escalation);
    for (guint i = 0; i < snapshot->actions->len; i++)
    {
        const BpAction *action = snapshot->actions->pdata[i];
        for (const BpEscalationRule *rule = bp_escalation_rule_table; rule->name != NULL; rule++)
        {
            char *reason = rule->dup_reason (snapshot, action);
            if (reason == NULL)
                continue;
            BpEscalation escalation = { .action = action, .rule = rule->name, .reason = reason };
            g_array_append_val (escalations, escalation);
            break;
        }
    }
    return escalations;
}
