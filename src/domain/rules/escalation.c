#include "domain/rules/escalation.h"

#include "base/text.h"
#include "domain/action_state.h"

/* Off track in each of the last so many reports that give a status. */
char *bp_escalation_dup_red_periods (const BpSnapshot *snapshot, const BpAction *action)
{
    int wanted = snapshot->programme->rules.red_periods, red = 0;
    BpDate last = BP_DATE_NONE;
    for (guint i = action->updates->len; i > 0 && red < wanted; i--)
    {
        const BpUpdate *update = action->updates->pdata[i - 1];
        if (update->status == NULL || update->as_of == last)
            continue;
        if (update->status->severity != BP_SEVERITY_OFF_TRACK)
            return NULL;
        last = update->as_of;
        red++;
    }
    if (wanted <= 0 || red < wanted || action->is_done)
        return NULL;
    g_autofree char *word = bp_text_dup_number_word (wanted, false);
    return g_strdup_printf ("Off track in %s reporting %s running", word, wanted == 1 ? "period" : "periods");
}

char *bp_escalation_dup_overdue_days (const BpSnapshot *snapshot, const BpAction *action)
{
    if (!action->is_overdue || action->days_overdue <= snapshot->programme->rules.escalate_overdue_days)
        return NULL;
    g_autofree char *due = bp_date_dup_text (action->due, BP_DATE_LONG);
    return g_strdup_printf ("%d days past its approved date, %s", action->days_overdue, due);
}

/* Nothing reported in the last so many rounds in which others reported, though it was due by the earliest of them or had been reported on
 * before. */
char *bp_escalation_dup_no_update_periods (const BpSnapshot *snapshot, const BpAction *action)
{
    int wanted = snapshot->programme->rules.no_update_periods;
    if (wanted <= 0 || (guint)wanted > snapshot->rounds->len || action->is_done)
        return NULL;
    /* the round before those: what came after it came in one of them */
    bool has_before = (guint)wanted < snapshot->rounds->len;
    BpDate before = has_before ? g_array_index (snapshot->rounds, BpDate, wanted) : BP_DATE_NONE;
    BpDate earliest = g_array_index (snapshot->rounds, BpDate, wanted - 1);
    if (action->latest != NULL && (!has_before || action->latest->as_of > before))
        return NULL;
    BpDate expected = bp_action_first_expected (action);
    bool was_due = expected != BP_DATE_NONE && expected <= earliest;
    if (action->latest == NULL && !was_due)
        return NULL;
    g_autofree char *word = bp_text_dup_number_word (wanted, false);
    return g_strdup_printf ("No update in %s reporting %s running", word, wanted == 1 ? "period" : "periods");
}
