#ifndef BP_DOMAIN_ACTION_STATE_H
#define BP_DOMAIN_ACTION_STATE_H

#include "domain/action.h"
#include "domain/programme.h"

/* What status and dates of an action need to know besides the action itself. */
typedef struct
{
    const BpProgramme *programme;
    const BpStatus *no_update, *as_planned; /* never NULL */
    const BpStatus *not_due;                /* NULL: the scale has none */
    BpDate as_of;
    BpDate previous; /* BP_DATE_NONE: there is none */
} BpActionStateRules;

/* The scale's statuses for what nobody reported. Where a scale lacks "no-update" or "as-planned", built-in ones stand in, with the
 * positions count and count + 1, so that nothing is ever shown as on track for want of a status; built_in holds them and must live as long
 * as the actions. */
BpActionStateRules bp_action_state_rules_new (const BpProgramme *programme, BpDate as_of, BpDate previous, BpStatus built_in[2]);
/* Statuses that counts by position must have room for. */
int bp_action_state_status_count (const BpProgramme *programme);

/* Fills the fields of action that stand under "as at the as-of date", from its timeframe and its updates. moves must be NULL; it is made.
 * computed_text is newly made (caller frees or takes it over). */
void bp_action_state_apply (const BpActionStateRules *rules, BpAction *action);

/* The day on which it was done, as far as is known: given, else the first update that reported it done without a later one that took it
 * back. BP_DATE_NONE if it is not done, or complete as planned. */
BpDate bp_action_done_on (const BpAction *action, BpDate as_of);
/* The first day on which something is expected: first of two dates, first occurrence, or the original date. BP_DATE_NONE. */
BpDate bp_action_first_expected (const BpAction *action);

#endif
