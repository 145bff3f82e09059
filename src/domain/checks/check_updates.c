#include "domain/checks/check_families.h"

#include <string.h>

static void check_silence (const BpAction *action, BpFindingList *findings)
{
    if (action->is_update_missing)
    {
        BpDate due = action->due != BP_DATE_NONE ? action->due : action->original_due;
        g_autofree char *text
            = bp_date_dup_text (MIN (due, action->timeframe.first_due != BP_DATE_NONE ? action->timeframe.first_due : due), BP_DATE_LONG);
        bp_finding_list_add (findings, BP_FINDING_NO_UPDATE, bp_check_source_at (action->source, NULL), NULL,
                             "%s was due %s, and nothing has been reported on it. It is shown as “%s”, not guessed.", action->printed_ref,
                             text, action->status->label);
    }
    else if (action->is_stale && action->latest != NULL)
    {
        g_autofree char *text = bp_date_dup_text (action->latest->as_of, BP_DATE_LONG);
        bp_finding_list_add (findings, BP_FINDING_UPDATE_STALE, bp_check_source_at (action->latest->source, "as_of"), NULL,
                             "The latest update on %s is of %s. What it says may no longer hold.", action->printed_ref, text);
    }
}

/* What a status needs is configured with it; it is looked for in the update that reports it. */
static void check_needs (const BpAction *action, BpFindingList *findings)
{
    const BpUpdate *update = action->latest_status;
    if (update == NULL)
        return;
    const BpStatus *status = update->status;
    bool has_reason = *update->reason != '\0', has_path = *update->path_to_green != '\0';
    if ((status->needs & BP_NEEDS_COMMENTARY) != 0 && !(has_reason && has_path))
    {
        const char *missing = has_reason ? "a way back" : has_path ? "a reason" : "a reason and a way back";
        bp_finding_list_add (findings, BP_FINDING_COMMENTARY_MISSING,
                             bp_check_source_at (update->source, has_reason ? "path_to_green" : "reason"), "",
                             "%s is reported as “%s” without %s.", action->printed_ref, status->label, missing);
    }
    if ((status->needs & BP_NEEDS_APPROVAL) != 0 && *update->approved_by == '\0')
        bp_finding_list_add (findings, BP_FINDING_COMMENTARY_MISSING, bp_check_source_at (update->source, "approved_by"), "",
                             "%s is reported as “%s”, which needs a forum's approval; none is named.", action->printed_ref, status->label);
}

/* Evidence given when it was first reported done still counts when the status is repeated. */
static void check_evidence (const BpAction *action, BpFindingList *findings)
{
    const BpUpdate *latest = action->latest_status;
    if (latest == NULL || !action->is_done)
        return;
    bool has_evidence = false;
    const BpUpdate *other_measure = NULL;
    for (guint i = 0; i < action->updates->len; i++)
    {
        const BpUpdate *update = action->updates->pdata[i];
        if (!bp_status_is_done (update->status))
            continue;
        has_evidence = has_evidence || *update->evidence != '\0' || *update->evidence_kpi != '\0';
        if (*update->evidence_kpi == '\0' || action->kpis->len == 0)
            continue;
        bool is_own = false;
        for (guint k = 0; k < action->kpis->len; k++)
            is_own = is_own || strcmp (((const BpKpi *)action->kpis->pdata[k])->id, update->evidence_kpi) == 0;
        if (!is_own)
            other_measure = update;
    }
    if ((latest->status->needs & BP_NEEDS_EVIDENCE) != 0 && !has_evidence)
        bp_finding_list_add (findings, BP_FINDING_EVIDENCE_MISSING, bp_check_source_at (latest->source, "evidence"), "",
                             "%s is reported as “%s” without evidence.", action->printed_ref, latest->status->label);
    if (other_measure != NULL)
        bp_finding_list_add (findings, BP_FINDING_EVIDENCE_OTHER_MEASURE, bp_check_source_at (other_measure->source, "evidence_kpi"),
                             other_measure->evidence_kpi,
                             "%s is reported as done on the evidence of %s, which is not a measure of this action.", action->printed_ref,
                             other_measure->evidence_kpi);
}

/* The update that gave the forecast, for where to mend it. */
static BpSource forecast_source (const BpAction *action)
{
    for (guint i = action->updates->len; i > 0; i--)
    {
        const BpUpdate *update = action->updates->pdata[i - 1];
        if (*update->forecast.text != '\0')
            return bp_check_source_at (update->source, "forecast");
    }
    return action->source;
}

static void check_move (const BpAction *action, BpFindingList *findings)
{
    if (action->is_done || action->forecast == BP_DATE_NONE)
        return;
    g_autofree char *forecast = bp_date_dup_text (action->forecast, BP_DATE_LONG);
    if (action->due == BP_DATE_NONE)
    {
        bp_finding_list_add (findings, BP_FINDING_MOVE_UNAPPROVED, forecast_source (action), forecast,
                             "%s is forecast for %s, and no forum has approved it. It stays without a date.", action->printed_ref,
                             forecast);
        return;
    }
    g_autofree char *due = bp_date_dup_text (action->due, BP_DATE_LONG);
    bp_finding_list_add (findings, BP_FINDING_MOVE_UNAPPROVED, forecast_source (action), forecast,
                         "%s is forecast for %s, and no forum has approved it. %s stays in force.", action->printed_ref, forecast, due);
}

/* A day that had not come when the update was written is a forecast. */
static void check_completed_in_future (const BpAction *action, BpFindingList *findings)
{
    for (guint i = 0; i < action->updates->len; i++)
    {
        const BpUpdate *update = action->updates->pdata[i];
        if (update->completed_on == BP_DATE_NONE || update->completed_on <= update->as_of)
            continue;
        g_autofree char *completed = bp_date_dup_text (update->completed_on, BP_DATE_LONG),
                        *as_of = bp_date_dup_text (update->as_of, BP_DATE_LONG);
        bp_finding_list_add (findings, BP_FINDING_COMPLETED_IN_FUTURE, bp_check_source_at (update->source, "completed_on"), completed,
                             "%s is reported as completed on %s, in an update of %s.", action->printed_ref, completed, as_of);
    }
}

static void check_went_back (const BpAction *action, BpFindingList *findings)
{
    const BpUpdate *latest = action->latest_status, *done = NULL;
    if (latest == NULL || action->is_done)
        return;
    for (guint i = 0; i < action->updates->len; i++)
    {
        const BpUpdate *update = action->updates->pdata[i];
        if (bp_status_is_done (update->status))
            done = update;
    }
    if (done == NULL)
        return;
    g_autofree char *then = bp_date_dup_text (done->as_of, BP_DATE_LONG);
    bp_finding_list_add (findings, BP_FINDING_STATUS_WENT_BACK, bp_check_source_at (latest->source, "status"), latest->status->label,
                         "%s was reported as “%s” on %s, and is now “%s”.", action->printed_ref, done->status->label, then,
                         latest->status->label);
}

void bp_check_updates (const BpSnapshot *snapshot, BpFindingList *findings)
{
    for (guint i = 0; i < snapshot->actions->len; i++)
    {
        const BpAction *action = snapshot->actions->pdata[i];
        check_silence (action, findings);
        if (action->updates->len == 0)
            continue;
        check_needs (action, findings);
        check_evidence (action, findings);
        check_move (action, findings);
        check_completed_in_future (action, findings);
        check_went_back (action, findings);
        if (action->disagrees)
            bp_finding_list_add (findings, BP_FINDING_STATUS_DISAGREES, bp_check_source_at (action->latest_status->source, "status"),
                                 action->status->label, "%s is reported as “%s”. %s. Both are shown.", action->printed_ref,
                                 action->status->label, action->computed_text);
    }
}
