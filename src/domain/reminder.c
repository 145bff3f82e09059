#include "domain/reminder.h"

static BpDate begins_on (const BpReminderRules *rules, const BpReminderState *state)
{
    return state->due != BP_DATE_NONE ? state->due - rules->days_before : state->last_on;
}

BpReminderAnswer bp_reminder_judge (const BpReminderRules *rules, const BpReminderState *state, BpDate today)
{
    if (state->reminders >= rules->most)
        return BP_REMINDER_ENOUGH;
    if (today < begins_on (rules, state))
        return BP_REMINDER_NOT_BEGUN;
    return today < state->last_on + rules->days_between ? BP_REMINDER_TOO_SOON : BP_REMINDER_DUE;
}

BpDate bp_reminder_next (const BpReminderRules *rules, const BpReminderState *state)
{
    if (state->reminders >= rules->most)
        return BP_DATE_NONE;
    return MAX (begins_on (rules, state), state->last_on + rules->days_between);
}
