#include "domain/action_state.h"

/* Occurrences looked at: over thirty years of weeks; a guard against a calendar that never gets anywhere. */
#define MAX_OCCURRENCES 2000

/* ---- the statuses of silence ---- */

BpActionStateRules bp_action_state_rules_new (const BpProgramme *programme, BpDate as_of, BpDate previous, BpStatus built_in[2])
{
    BpStatus *no_update = &built_in[0], *as_planned = &built_in[1];
    *no_update = (BpStatus){ .code = "no-update",
                             .label = "No update received",
                             .letter = "U",
                             .shape = "dashed-square",
                             .colour = "no-data",
                             .meaning = "Nothing has been reported.",
                             .counts_as = BP_COUNTS_AS_OPEN,
                             .use = BP_STATUS_USE_NO_UPDATE,
                             .position = programme->statuses.count };
    *as_planned = (BpStatus){ .code = "as-planned",
                              .label = "Done before",
                              .letter = "P",
                              .shape = "pentagon",
                              .colour = "complete",
                              .meaning = "The plan itself calls it complete.",
                              .counts_as = BP_COUNTS_AS_DONE,
                              .use = BP_STATUS_USE_AS_PLANNED,
                              .position = programme->statuses.count + 1 };
    BpActionStateRules rules = { .programme = programme,
                                 .no_update = bp_status_find_use (&programme->statuses, BP_STATUS_USE_NO_UPDATE),
                                 .as_planned = bp_status_find_use (&programme->statuses, BP_STATUS_USE_AS_PLANNED),
                                 .not_due = bp_status_find_use (&programme->statuses, BP_STATUS_USE_NOT_DUE),
                                 .as_of = as_of,
                                 .previous = previous };
    if (rules.no_update == NULL)
        rules.no_update = no_update;
    if (rules.as_planned == NULL)
        rules.as_planned = as_planned;
    return rules;
}

int bp_action_state_status_count (const BpProgramme *programme)
{
    return programme->statuses.count + 2;
}

/* ---- the state on one day ---- */

typedef struct
{
    BpDate at;
    const BpUpdate *latest, *latest_status;
    const BpStatus *status;
    bool is_reported, is_done;
    BpDate completed_on;
    BpDate approved;     /* the date in force: the plan's, or the last approved one; recurring: where the series begins */
    BpDate forecast;     /* unapproved and different; BP_DATE_NONE */
    bool is_rescheduled; /* an approved date replaced the plan's */
} State;

/* Original due date: the final of two, the first occurrence of a recurring one. */
static BpDate original_due (const BpTimeframe *timeframe)
{
    return timeframe->kind == BP_TIMEFRAME_RECURRING ? timeframe->first_due : bp_timeframe_due (timeframe);
}

static BpDate forecast_due (const BpTimeframe *forecast)
{
    return forecast->kind == BP_TIMEFRAME_RECURRING ? forecast->first_due : bp_timeframe_due (forecast);
}

/* A date given where there was none has not moved. */
static void add_move (GArray *moves, const BpUpdate *update, BpDate from, BpDate to)
{
    if (moves == NULL || from == BP_DATE_NONE)
        return;
    BpDateMove move = { .moved_on = update->as_of, .from = from, .to = to, .approved_by = update->approved_by };
    g_array_append_val (moves, move);
}

/* An unapproved move clears nothing: it is a forecast beside the date in force until a forum approves it. */
static void follow_dates (const BpAction *action, State *state, GArray *moves)
{
    state->approved = original_due (&action->timeframe);
    state->forecast = BP_DATE_NONE;
    for (guint i = 0; i < action->updates->len; i++)
    {
        const BpUpdate *update = action->updates->pdata[i];
        if (update->as_of > state->at)
            break;
        BpDate date = forecast_due (&update->forecast);
        if (date == BP_DATE_NONE)
            continue;
        if (*update->approved_by != '\0')
        {
            if (date != state->approved)
            {
                add_move (moves, update, state->approved, date);
                state->is_rescheduled = true;
            }
            state->approved = date;
            state->forecast = BP_DATE_NONE;
            continue;
        }
        BpDate expected = state->forecast != BP_DATE_NONE ? state->forecast : state->approved;
        if (date != expected)
            add_move (moves, update, expected, date);
        state->forecast = date != state->approved ? date : BP_DATE_NONE;
    }
}

BpDate bp_action_first_expected (const BpAction *action)
{
    return action->timeframe.first_due != BP_DATE_NONE ? action->timeframe.first_due : bp_timeframe_due (&action->timeframe);
}

static const BpStatus *silent_status (const BpActionStateRules *rules, const BpAction *action, const State *state)
{
    if (action->timeframe.kind == BP_TIMEFRAME_COMPLETE)
        return rules->as_planned;
    BpDate expected = state->is_rescheduled ? state->approved : bp_action_first_expected (action);
    /* undated, on-going and unreadable ones are never quietly "not due" */
    bool is_ahead = expected != BP_DATE_NONE && expected > state->at;
    return is_ahead && rules->not_due != NULL ? rules->not_due : rules->no_update;
}

static State state_at (const BpActionStateRules *rules, const BpAction *action, BpDate at, GArray *moves)
{
    State state = { .at = at, .completed_on = BP_DATE_NONE };
    for (guint i = 0; i < action->updates->len; i++)
    {
        const BpUpdate *update = action->updates->pdata[i];
        if (update->as_of > at)
            break;
        state.latest = update;
        if (update->status != NULL)
            state.latest_status = update;
    }
    follow_dates (action, &state, moves);
    state.is_reported = state.latest_status != NULL;
    state.status = state.is_reported ? state.latest_status->status : silent_status (rules, action, &state);
    state.is_done = bp_status_is_done (state.status);
    for (guint i = 0; state.is_done && i < action->updates->len; i++)
    {
        const BpUpdate *update = action->updates->pdata[i];
        if (update->as_of > at)
            break;
        bool is_taken_back = update->status != NULL && !bp_status_is_done (update->status);
        if (is_taken_back || update->completed_on != BP_DATE_NONE)
            state.completed_on = is_taken_back ? BP_DATE_NONE : update->completed_on;
    }
    return state;
}

BpDate bp_action_done_on (const BpAction *action, BpDate as_of)
{
    if (!action->is_done || !action->is_reported)
        return BP_DATE_NONE;
    BpDate reported = BP_DATE_NONE;
    for (guint i = 0; i < action->updates->len; i++)
    {
        const BpUpdate *update = action->updates->pdata[i];
        if (update->status == NULL)
            continue;
        if (!bp_status_is_done (update->status))
            reported = BP_DATE_NONE;
        else if (reported == BP_DATE_NONE)
            reported = update->as_of;
    }
    bool is_given = action->completed_on != BP_DATE_NONE && action->completed_on <= as_of;
    return is_given ? action->completed_on : reported;
}

/* ---- occurrences ---- */

/* The occurrences of a recurring action, one after another. An approved date takes the place of the first; those before it fall away. */
typedef struct
{
    const BpTimeframe *timeframe;
    const BpCalendar *calendar;
    BpDate start; /* BP_DATE_NONE: as the plan says */
    int next;
    bool is_started;
} Occurrences;

static BpDate next_occurrence (Occurrences *occurrences)
{
    if (occurrences->start != BP_DATE_NONE && !occurrences->is_started)
    {
        occurrences->is_started = true;
        return occurrences->start;
    }
    while (occurrences->next < MAX_OCCURRENCES)
    {
        BpDate date = bp_timeframe_occurrence (occurrences->timeframe, occurrences->next++, occurrences->calendar);
        if (date == BP_DATE_NONE)
            return BP_DATE_NONE;
        if (occurrences->start == BP_DATE_NONE || date > occurrences->start)
            return date;
    }
    return BP_DATE_NONE;
}

static bool has_update_between (const BpAction *action, BpDate first, BpDate before, BpDate at)
{
    for (guint i = 0; i < action->updates->len; i++)
    {
        const BpUpdate *update = action->updates->pdata[i];
        if (update->as_of >= first && update->as_of <= at && (before == BP_DATE_NONE || update->as_of < before))
            return true;
    }
    return false;
}

/* due: the earliest occurrence not done. It is overdue once the next one has come without an update in between; next_due: the first on or
 * after the day. An occurrence is done by an update dated from its day until the day before the next. */
static void follow_occurrences (const BpActionStateRules *rules, BpAction *action, const State *state)
{
    Occurrences occurrences = { .timeframe = &action->timeframe,
                                .calendar = &rules->programme->calendar,
                                .start = state->is_rescheduled ? state->approved : BP_DATE_NONE };
    BpDate date = next_occurrence (&occurrences);
    action->due = BP_DATE_NONE;
    action->next_due = BP_DATE_NONE;
    while (date != BP_DATE_NONE)
    {
        BpDate after = next_occurrence (&occurrences);
        if (after != BP_DATE_NONE && after <= date)
            after = BP_DATE_NONE;
        bool is_past = after != BP_DATE_NONE && after <= state->at;
        bool is_done = date <= state->at && has_update_between (action, date, after, state->at);
        if (action->due == BP_DATE_NONE && !is_done)
        {
            action->due = date;
            action->is_overdue = is_past && date < state->at;
        }
        if (date >= state->at)
            action->next_due = date;
        if (action->next_due != BP_DATE_NONE && action->due != BP_DATE_NONE)
            return;
        date = after;
    }
}

/* ---- dates ---- */

static void apply_dates (const BpActionStateRules *rules, BpAction *action, const State *state)
{
    action->original_due = original_due (&action->timeframe);
    action->forecast = state->forecast;
    action->due = state->approved;
    action->next_due = BP_DATE_NONE;
    if (action->timeframe.kind == BP_TIMEFRAME_RECURRING && !state->is_done)
        follow_occurrences (rules, action, state);
    else if (!state->is_done)
    {
        action->is_overdue = action->due != BP_DATE_NONE && action->due < rules->as_of;
        action->next_due = action->due;
        bool has_first = action->timeframe.kind == BP_TIMEFRAME_TWO_DATES && action->timeframe.first_due >= rules->as_of;
        if (has_first && action->timeframe.first_due < action->due)
            action->next_due = action->timeframe.first_due;
    }
    action->days_overdue = action->is_overdue ? rules->as_of - action->due : 0;
    bool is_ongoing = action->timeframe.kind == BP_TIMEFRAME_ONGOING;
    action->is_undated = !state->is_done && action->due == BP_DATE_NONE && !is_ongoing;
    for (guint i = 0; i < action->moves->len; i++)
        action->approved_moves += *g_array_index (action->moves, BpDateMove, i).approved_by != '\0';
}

/* ---- the computed status: a flag beside the reported one, never in its place ---- */

static char *dup_date (BpDate date)
{
    return bp_date_dup_text (date, BP_DATE_LONG);
}

static char *dup_overdue (const BpActionStateRules *rules, const BpAction *action)
{
    (void)rules;
    if (action->is_done || !action->is_overdue)
        return NULL;
    g_autofree char *due = dup_date (action->due);
    return action->timeframe.kind == BP_TIMEFRAME_RECURRING ? g_strdup_printf ("Due %s and not reported on by the next date", due)
                                                            : g_strdup_printf ("Due %s and not reported complete", due);
}

static char *dup_forecast_late (const BpActionStateRules *rules, const BpAction *action)
{
    (void)rules;
    if (action->is_done || action->forecast == BP_DATE_NONE || action->due == BP_DATE_NONE || action->forecast <= action->due)
        return NULL;
    g_autofree char *due = dup_date (action->due), *forecast = dup_date (action->forecast);
    return g_strdup_printf ("Forecast %s is after the approved date, %s", forecast, due);
}

static char *dup_due_soon (const BpActionStateRules *rules, const BpAction *action)
{
    if (action->is_done || action->next_due == BP_DATE_NONE || action->next_due < rules->as_of
        || action->next_due - rules->as_of > rules->programme->rules.amber_within_days)
        return NULL;
    g_autofree char *due = dup_date (action->next_due);
    if (action->latest == NULL)
        return g_strdup_printf ("Due %s and nothing reported yet", due);
    if (rules->as_of - action->latest->as_of <= rules->programme->rules.stale_update_days)
        return NULL;
    g_autofree char *since = dup_date (action->latest->as_of);
    return g_strdup_printf ("Due %s and no update since %s", due, since);
}

static char *dup_done_in_future (const BpActionStateRules *rules, const BpAction *action)
{
    if (!action->is_done || action->completed_on == BP_DATE_NONE || action->completed_on <= rules->as_of)
        return NULL;
    g_autofree char *date = dup_date (action->completed_on);
    return g_strdup_printf ("Reported complete, but its completion date, %s, is still ahead", date);
}

/* The rules in order; the first that applies gives severity and reason. Undated actions get none: nothing can be computed, and they are an
 * exception of their own. */
static const struct
{
    BpSeverity severity;
    char *(*dup_reason) (const BpActionStateRules *rules, const BpAction *action);
} computed_rules[] = {
    { BP_SEVERITY_OFF_TRACK, dup_overdue },      /* due before the as-of date and not done */
    { BP_SEVERITY_AT_RISK, dup_forecast_late },  /* the lead forecasts a later date that nobody approved */
    { BP_SEVERITY_AT_RISK, dup_due_soon },       /* due within amber_within_days, and no update or a stale one */
    { BP_SEVERITY_AT_RISK, dup_done_in_future }, /* complete, on a day that has not come */
};

static void apply_computed (const BpActionStateRules *rules, BpAction *action)
{
    action->computed = BP_SEVERITY_NONE;
    action->computed_text = NULL;
    for (gsize i = 0; i < G_N_ELEMENTS (computed_rules) && action->computed_text == NULL; i++)
    {
        action->computed_text = computed_rules[i].dup_reason (rules, action);
        if (action->computed_text != NULL)
            action->computed = computed_rules[i].severity;
    }
    /* paused work has a forum's leave to be late */
    bool can_disagree = action->is_reported && action->status->counts_as != BP_COUNTS_AS_PAUSED;
    action->disagrees = can_disagree && action->status->severity < action->computed;
}

/* The next occurrence coming round is no change of plan; a date approved for the series is. */
static bool differs (const State *now, const State *before)
{
    return now->status != before->status || now->completed_on != before->completed_on || now->approved != before->approved;
}

void bp_action_state_apply (const BpActionStateRules *rules, BpAction *action)
{
    action->moves = g_array_new (FALSE, FALSE, sizeof (BpDateMove));
    State now = state_at (rules, action, rules->as_of, action->moves);
    action->latest = now.latest;
    action->latest_status = now.latest_status;
    action->status = now.status;
    action->is_reported = now.is_reported;
    action->is_done = now.is_done;
    action->completed_on = now.completed_on;
    apply_dates (rules, action, &now);

    BpDate expected = bp_action_first_expected (action);
    if (now.is_rescheduled)
        expected = now.approved;
    bool was_expected = expected != BP_DATE_NONE && expected <= rules->as_of;
    bool is_silent = now.latest == NULL;
    bool is_old = !is_silent && rules->as_of - now.latest->as_of > rules->programme->rules.stale_update_days;
    action->is_update_missing = !now.is_done && is_silent && was_expected;
    action->is_stale = !now.is_done && (is_silent ? was_expected : is_old);
    apply_computed (rules, action);

    action->previous_status = NULL;
    action->has_changed = false;
    if (rules->previous == BP_DATE_NONE)
        return;
    State before = state_at (rules, action, rules->previous, NULL);
    action->previous_status = before.status;
    action->has_changed = differs (&now, &before);
}
