#include "domain/snapshot_facts.h"

#include "base/number.h"

#include <math.h>

#define FACT_DECIMALS 6

static void append_escaped (GString *facts, const char *text)
{
    for (; *text != '\0'; text++)
        switch (*text)
        {
        case '\t':
            g_string_append (facts, "\\t");
            break;
        case '\n':
            g_string_append (facts, "\\n");
            break;
        case '\r':
            g_string_append (facts, "\\r");
            break;
        case '\\':
            g_string_append (facts, "\\\\");
            break;
        default:
            g_string_append_c (facts, *text);
        }
}

void bp_fact_append (GString *facts, const char *key, const char *value)
{
    append_escaped (facts, key);
    g_string_append_c (facts, '\t');
    append_escaped (facts, value != NULL ? value : "");
    g_string_append_c (facts, '\n');
}

/* Of one row: "action", "SIP:1.1.2". */
typedef struct
{
    GString *facts;
    const char *kind, *id;
} Subject;

static void add_text (const Subject *subject, const char *name, const char *value)
{
    g_autofree char *key = g_strdup_printf ("%s %s %s", subject->kind, subject->id, name);
    bp_fact_append (subject->facts, key, value);
}

static void add_date (const Subject *subject, const char *name, BpDate date)
{
    g_autofree char *text = bp_date_dup_text (date, BP_DATE_ISO);
    add_text (subject, name, text);
}

static void add_count (const Subject *subject, const char *name, int count)
{
    g_autofree char *text = g_strdup_printf ("%d", count);
    add_text (subject, name, text);
}

static void add_flag (const Subject *subject, const char *name, bool flag)
{
    add_text (subject, name, flag ? "yes" : "no");
}

static void add_number (const Subject *subject, const char *name, double value)
{
    g_autofree char *text = isfinite (value) ? bp_number_dup_text (value, FACT_DECIMALS) : g_strdup ("none");
    add_text (subject, name, text);
}

/* ---- the programme ---- */

static void add_programme (const BpSnapshot *snapshot, GString *facts)
{
    const Subject subject = { facts, "snapshot", "all" };
    const BpActionCounts *counts = &snapshot->counts;
    add_date (&subject, "as_of", snapshot->as_of);
    add_date (&subject, "previous", snapshot->previous);
    add_count (&subject, "actions", counts->total);
    add_count (&subject, "done", counts->done);
    add_count (&subject, "open", counts->open);
    add_count (&subject, "paused", counts->paused);
    add_count (&subject, "overdue", counts->overdue);
    add_count (&subject, "undated", counts->undated);
    add_count (&subject, "without update", counts->without_update);
    add_count (&subject, "disagree", counts->disagree);
    add_count (&subject, "changed", counts->changed);
    for (int i = 0; i < snapshot->programme->statuses.count; i++)
    {
        const BpStatus *status = &snapshot->programme->statuses.statuses[i];
        const Subject each = { facts, "status", status->code };
        add_count (&each, "actions", counts->by_status[status->position]);
    }
    for (int i = 0; i < BP_TABLE_COUNT; i++)
    {
        const Subject table = { facts, "table", bp_table_get ((BpTableId)i)->name };
        add_count (&table, "loaded", snapshot->loaded[i].loaded);
        add_count (&table, "seen", snapshot->loaded[i].seen);
    }
}

/* ---- rows ---- */

static void add_action (const BpSnapshot *snapshot, GString *facts, const BpAction *action)
{
    const Subject subject = { facts, "action", action->key };
    add_text (&subject, "area", action->area->key);
    add_text (&subject, "lead", action->lead);
    add_text (&subject, "status", action->status->code);
    add_flag (&subject, "reported", action->is_reported);
    add_text (&subject, "previous status", action->previous_status != NULL ? action->previous_status->code : "");
    add_text (&subject, "computed", action->computed_text);
    add_text (&subject, "exception", bp_action_exception_reason (snapshot, action));
    add_date (&subject, "original due", action->original_due);
    add_date (&subject, "due", action->due);
    add_date (&subject, "forecast", action->forecast);
    add_date (&subject, "next due", action->next_due);
    add_date (&subject, "completed on", action->completed_on);
    add_count (&subject, "days overdue", action->days_overdue);
    add_count (&subject, "updates", (int)action->updates->len);
    add_count (&subject, "moves", action->moves != NULL ? (int)action->moves->len : 0);
    add_flag (&subject, "changed", action->has_changed);
}

static void add_comparison (const Subject *subject, const char *name, const BpComparison *comparison)
{
    add_text (subject, name, bp_movement_word (comparison->movement));
    if (comparison->movement == BP_MOVEMENT_NONE)
        return;
    g_autofree char *change = g_strconcat (name, " change", NULL);
    add_number (subject, change, comparison->change);
}

static void add_kpi (const BpSnapshot *snapshot, GString *facts, const BpKpi *kpi)
{
    const Subject subject = { facts, "kpi", kpi->id };
    add_count (&subject, "values", (int)kpi->values->len);
    if (kpi->latest != NULL)
    {
        g_autofree char *period = bp_period_dup_text (&kpi->latest->period, &snapshot->programme->calendar);
        add_text (&subject, "latest period", period);
        add_number (&subject, "latest", kpi->latest->has_value ? kpi->latest->value : NAN);
    }
    add_number (&subject, "baseline", kpi->has_baseline ? kpi->baseline : NAN);
    add_number (&subject, "target", kpi->has_target ? kpi->target : NAN);
    add_comparison (&subject, "on baseline", &kpi->on_baseline);
    add_comparison (&subject, "on previous", &kpi->on_previous);
    add_comparison (&subject, "on target", &kpi->on_target);
    add_comparison (&subject, "on trajectory", &kpi->on_trajectory);
    add_flag (&subject, "stale", kpi->is_stale);
}

static void add_claim (GString *facts, const BpClaim *claim)
{
    static const char *const results[] = { "agrees", "disagrees", "not testable" };
    const Subject subject = { facts, "claim", claim->id };
    add_text (&subject, "result", results[claim->result]);
    add_number (&subject, "computed", claim->has_computed ? claim->computed : NAN);
}

static void add_recommendation (GString *facts, const BpRecommendation *recommendation)
{
    const Subject subject = { facts, "recommendation", recommendation->ref };
    add_count (&subject, "actions", (int)recommendation->actions->len);
    add_count (&subject, "done", recommendation->done_count);
    add_count (&subject, "kpis", (int)recommendation->kpis->len);
}

static void add_risk (GString *facts, const BpRisk *risk)
{
    const Subject subject = { facts, "risk", risk->id };
    add_count (&subject, "score", risk->score);
    add_count (&subject, "previous score", risk->previous_score);
    add_flag (&subject, "open", risk->is_open);
}

static void add_decision (GString *facts, const BpDecision *decision)
{
    g_autofree char *id = g_strdup_printf ("%s %s", decision->forum_text, decision->ref);
    const Subject subject = { facts, "decision", id };
    add_text (&subject, "kind", decision->kind);
    add_flag (&subject, "open", decision->is_open);
}

void bp_snapshot_facts_append (const BpSnapshot *snapshot, GString *facts)
{
    add_programme (snapshot, facts);
    for (guint i = 0; i < snapshot->actions->len; i++)
        add_action (snapshot, facts, snapshot->actions->pdata[i]);
    for (guint i = 0; i < snapshot->kpis->len; i++)
        add_kpi (snapshot, facts, snapshot->kpis->pdata[i]);
    for (guint i = 0; i < snapshot->claims->len; i++)
        add_claim (facts, snapshot->claims->pdata[i]);
    for (guint i = 0; i < snapshot->recommendations->len; i++)
        add_recommendation (facts, snapshot->recommendations->pdata[i]);
    for (guint i = 0; i < snapshot->risks->len; i++)
        add_risk (facts, snapshot->risks->pdata[i]);
    for (guint i = 0; i < snapshot->decisions->len; i++)
        add_decision (facts, snapshot->decisions->pdata[i]);
}
