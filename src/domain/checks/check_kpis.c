#include "domain/checks/check_families.h"

#include "domain/kpi_series.h"
#include "domain/kpi_state.h"

static bool has_value (const BpKpi *kpi)
{
    for (guint i = 0; i < kpi->actuals->len; i++)
        if (((const BpKpiValue *)kpi->actuals->pdata[i])->has_value)
            return true;
    return false;
}

static void check_latest (const BpSnapshot *snapshot, const BpKpi *kpi, BpFindingList *findings)
{
    if (!has_value (kpi))
        bp_finding_list_add (findings, BP_FINDING_KPI_WITHOUT_VALUE, kpi->source, NULL,
                             "%s has no value up to the as-of date. It is shown as [x].", kpi->id);
    if (!kpi->has_target && kpi->polarity != BP_POLARITY_NONE)
        bp_finding_list_add (findings, BP_FINDING_KPI_WITHOUT_TARGET, bp_check_source_at (kpi->source, "target"), "",
                             "%s has no target, so nothing says how good its value is.", kpi->id);
    if (kpi->latest == NULL)
        return;
    g_autofree char *period = bp_period_dup_text (&kpi->latest->period, &snapshot->programme->calendar);
    if (kpi->is_stale)
        bp_finding_list_add (findings, BP_FINDING_KPI_STALE, bp_check_source_at (kpi->latest->source, "period"), kpi->latest->period_text,
                             "The latest value of %s is for %s, which ended over %d days ago. It is marked stale.", kpi->id, period,
                             kpi->stale_after_days);
    if (kpi->on_baseline.is_other_season)
    {
        g_autofree char *baseline = bp_period_dup_text (&kpi->baseline_period, &snapshot->programme->calendar);
        bp_finding_list_add (findings, BP_FINDING_OTHER_SEASON, bp_check_source_at (kpi->latest->source, "period"),
                             kpi->latest->period_text, "%s is compared for %s with its baseline of %s, another time of the year.", kpi->id,
                             period, baseline);
    }
}

/* The end of the time for the target; where the year's kind is not certain, the earliest that it can mean. */
static BpDate target_end (const BpSnapshot *snapshot, const BpKpi *kpi)
{
    static const BpPeriodKind kinds[] = { BP_PERIOD_CALENDAR_YEAR, BP_PERIOD_FINANCIAL_YEAR, BP_PERIOD_ACADEMIC_YEAR };
    if (kpi->target_period.kind != BP_PERIOD_NONE)
        return kpi->target_period.last;
    BpDate earliest = BP_DATE_NONE;
    for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
        BpPeriod period;
        if (bp_period_parse (kpi->target_period_text, kinds[i], &snapshot->programme->calendar, &period) == BP_PERIOD_READ_OK
            && (earliest == BP_DATE_NONE || period.last < earliest))
            earliest = period.last;
    }
    return earliest;
}

static void check_met_early (const BpSnapshot *snapshot, const BpKpi *kpi, BpFindingList *findings)
{
    if (!kpi->has_target || kpi->latest == NULL || !kpi->on_target.is_met)
        return;
    BpDate end = target_end (snapshot, kpi);
    if (end == BP_DATE_NONE || end <= snapshot->as_of || end <= kpi->latest->period.last)
        return;
    g_autofree char *figure = bp_kpi_dup_figure (kpi->unit, kpi->latest->value, kpi->latest->decimals);
    g_autofree char *target = bp_kpi_dup_figure (kpi->unit, kpi->target, kpi->target_decimals);
    bp_finding_list_add (findings, BP_FINDING_TARGET_MET_EARLY, kpi->target_source, target,
                         "%s is at %s and meets its target of %s before the time for it (%s).", kpi->id, figure, target,
                         kpi->target_period_text);
}

static void check_breaks (const BpSnapshot *snapshot, const BpKpi *kpi, BpFindingList *findings)
{
    for (guint i = 0; i < kpi->values->len; i++)
    {
        const BpKpiValue *value = kpi->values->pdata[i];
        if (value->flag != BP_FLAG_BREAK || value->period.kind == BP_PERIOD_NONE)
            continue;
        g_autofree char *period = bp_period_dup_text (&value->period, &snapshot->programme->calendar);
        bp_finding_list_add (findings, BP_FINDING_SERIES_BREAK, bp_check_source_at (value->source, "flag"), "break",
                             "The series of %s breaks at %s. No improvement or fall is read across it.", kpi->id, period);
    }
}

static void check_benchmarks (const BpSnapshot *snapshot, const BpKpi *kpi, BpFindingList *findings)
{
    for (guint i = 0; i < kpi->benchmarks->len; i++)
    {
        const BpBenchmark *benchmark = &g_array_index (kpi->benchmarks, BpBenchmark, i);
        if (!benchmark->value->has_value)
            continue;
        const BpKpiValue *local = bp_kpi_find_value (kpi, "", &benchmark->value->period);
        if (local != NULL && local->has_value)
            continue;
        g_autofree char *period = bp_period_dup_text (&benchmark->value->period, &snapshot->programme->calendar);
        bp_finding_list_add (findings, BP_FINDING_BENCHMARK_ALONE, benchmark->value->source, NULL,
                             "%s has a figure for %s, %s, but no local one for that period. They are not compared.", kpi->id,
                             benchmark->geography, period);
    }
}

static bool is_rebased_at (const BpSpc *spc, int slot)
{
    for (int i = 0; i < spc->stretch_count; i++)
        if (spc->stretches[i].first == slot && spc->stretches[i].start != BP_SPC_GOES_ON)
            return true;
    return false;
}

static void check_limits (const BpSnapshot *snapshot, const BpKpi *kpi, BpFindingList *findings)
{
    const BpCalendar *calendar = &snapshot->programme->calendar;
    const BpSpcRule *rule = &snapshot->programme->rules.spc;
    g_autoptr (GArray) slots = bp_kpi_series_new (kpi, calendar);
    g_autoptr (BpSpc) spc = bp_kpi_spc_new (kpi, slots, rule, NULL, NULL);
    if (spc == NULL)
        return;
    for (int i = 0; i < kpi->rebase_count; i++)
    {
        if (is_rebased_at (spc, bp_kpi_find_slot (slots, kpi->rebases[i])))
            continue;
        g_autofree char *day = bp_date_dup_text (kpi->rebases[i], BP_DATE_LONG);
        bp_finding_list_add (findings, BP_FINDING_REBASE_WAITS, kpi->rebase_source, NULL,
                             "The limits of %s are to be set anew from %s, but there are not yet %d values in a row from then on.", kpi->id,
                             day, rule->least_points);
    }
    const BpSpcStretch *last = bp_spc_last_stretch (spc);
    int count = 0;
    for (int i = last->first; i <= last->last; i++)
    {
        const BpKpiValue *value = g_array_index (slots, BpKpiSlot, i).value;
        count += value != NULL && value->has_value;
    }
    if (!last->has_limits && count >= rule->least_points)
        bp_finding_list_add (findings, BP_FINDING_GAP_STOPS_LIMITS, kpi->latest->source, NULL,
                             "%s has %d values, but no more than %d in a row, and limits need %d. It is shown without limits.", kpi->id,
                             count, last->longest, rule->least_points);
}

void bp_check_kpis (const BpSnapshot *snapshot, BpFindingList *findings)
{
    for (guint i = 0; i < snapshot->kpis->len; i++)
    {
        const BpKpi *kpi = snapshot->kpis->pdata[i];
        check_latest (snapshot, kpi, findings);
        check_met_early (snapshot, kpi, findings);
        check_breaks (snapshot, kpi, findings);
        check_benchmarks (snapshot, kpi, findings);
        check_limits (snapshot, kpi, findings);
    }
}
