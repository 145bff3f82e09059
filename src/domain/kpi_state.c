#include "domain/kpi_state.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

BpComparisonRule bp_kpi_comparison_rule (const BpKpi *kpi)
{
    return (BpComparisonRule){ .unit = kpi->unit,
                               .polarity = kpi->polarity,
                               .same_within = kpi->same_within,
                               .target = kpi->has_target ? kpi->target : NAN,
                               .tolerance = kpi->tolerance };
}

char *bp_kpi_dup_figure (BpUnit unit, double value, int decimals)
{
    g_autofree char *number = bp_number_dup_text (value, decimals);
    return g_strconcat (unit == BP_UNIT_GBP ? "£" : "", number, unit == BP_UNIT_PERCENT ? "%" : "", NULL);
}

static bool is_total (const BpKpiValue *value)
{
    return *value->category == '\0';
}

const BpKpiValue *bp_kpi_find_value (const BpKpi *kpi, const char *geography, const BpPeriod *period)
{
    const BpKpiValue *found = NULL;
    for (guint i = 0; i < kpi->values->len; i++)
    {
        const BpKpiValue *value = kpi->values->pdata[i];
        bool fits = value->series == BP_SERIES_ACTUAL && is_total (value) && value->period.kind != BP_PERIOD_NONE
                    && bp_period_is_same (&value->period, period) && strcmp (value->geography, geography) == 0;
        /* the total of a breakdown stands in only where there is no plain total */
        if (fits && (found == NULL || *value->breakdown == '\0'))
            found = value;
    }
    return found;
}

const BpKpiValue *bp_kpi_find_break (const BpKpi *kpi, const BpPeriod *from, const BpPeriod *to)
{
    for (guint i = 0; i < kpi->actuals->len; i++)
    {
        const BpKpiValue *value = kpi->actuals->pdata[i];
        if (value->flag == BP_FLAG_BREAK && value->period.first > from->first && value->period.first <= to->first)
            return value;
    }
    return NULL;
}

/* ---- choosing the values ---- */

/* The kind of the measure's periods: declared, else that of its newest local total. */
static BpPeriodKind period_kind_of (const BpKpi *kpi)
{
    if (kpi->period_kind != BP_PERIOD_NONE)
        return kpi->period_kind;
    const BpKpiValue *newest = NULL;
    for (guint i = 0; i < kpi->values->len; i++)
    {
        const BpKpiValue *value = kpi->values->pdata[i];
        bool fits
            = value->series == BP_SERIES_ACTUAL && *value->geography == '\0' && is_total (value) && value->period.kind != BP_PERIOD_NONE;
        if (fits && (newest == NULL || value->period.last >= newest->period.last))
            newest = value;
    }
    return newest != NULL ? newest->period.kind : BP_PERIOD_NONE;
}

/* The values are sorted by period, so the series come out oldest first. */
static void add_to_series (GPtrArray *series, BpKpiValue *value)
{
    const BpKpiValue *last = series->len > 0 ? series->pdata[series->len - 1] : NULL;
    if (last == NULL || !bp_period_is_same (&last->period, &value->period))
        g_ptr_array_add (series, value);
    else if (*last->breakdown != '\0' && *value->breakdown == '\0')
        series->pdata[series->len - 1] = value;
}

static void choose_series (BpKpi *kpi, guint definition_count)
{
    BpPeriodKind kind = period_kind_of (kpi);
    for (guint i = 0; i < kpi->values->len; i++)
    {
        BpKpiValue *value = kpi->values->pdata[i];
        if (*value->geography != '\0' || !is_total (value) || value->period.kind == BP_PERIOD_NONE || value->period.kind != kind)
            continue;
        if (value->series == BP_SERIES_PROJECTED)
            add_to_series (kpi->trajectory, value);
        bool is_present_definition = definition_count < 2 || kpi->valid_from == BP_DATE_NONE || value->period.last >= kpi->valid_from;
        if (value->series == BP_SERIES_ACTUAL && is_present_definition)
            add_to_series (kpi->actuals, value);
    }
}

static const BpKpiValue *find_in_series (const GPtrArray *series, const BpPeriod *period)
{
    for (guint i = series->len; i > 0; i--)
    {
        const BpKpiValue *value = series->pdata[i - 1];
        if (bp_period_is_same (&value->period, period))
            return value;
    }
    return NULL;
}

/* ---- comparing ---- */

static BpComparison none_because (const char *reason)
{
    return (BpComparison){ .movement = BP_MOVEMENT_NONE, .relative_percent = NAN, .reason = reason };
}

static BpComparison compare_with_baseline (const BpKpi *kpi, const BpComparisonRule *rule)
{
    if (!kpi->has_baseline)
        return none_because ("there is no baseline");
    if (kpi->baseline_period.kind == BP_PERIOD_NONE)
        return none_because ("the baseline has no certain period");
    if (bp_kpi_find_break (kpi, &kpi->baseline_period, &kpi->latest->period) != NULL)
        return none_because ("the series breaks between them");
    return bp_kpi_compare (rule, kpi->latest->value, &kpi->latest->period, kpi->baseline, &kpi->baseline_period);
}

static BpComparison compare_with_previous (const BpKpi *kpi, const BpComparisonRule *rule)
{
    if (kpi->previous == NULL)
        return none_because ("there is no value for the period before");
    if (!kpi->previous->has_value)
        return none_because ("the value for the period before is not given");
    if (bp_kpi_find_break (kpi, &kpi->previous->period, &kpi->latest->period) != NULL)
        return none_because ("the series breaks between them");
    return bp_kpi_compare (rule, kpi->latest->value, &kpi->latest->period, kpi->previous->value, &kpi->previous->period);
}

static BpComparison compare_with_trajectory (const BpKpi *kpi, const BpComparisonRule *rule)
{
    if (kpi->expected == NULL || !kpi->expected->has_value)
        return none_because ("the trajectory has no value for this period");
    return bp_kpi_compare (rule, kpi->latest->value, &kpi->latest->period, kpi->expected->value, &kpi->expected->period);
}

/* A target is a level to reach, whatever the period: is it met now? */
static BpComparison compare_with_target (const BpKpi *kpi, const BpComparisonRule *rule)
{
    if (!kpi->has_target)
        return none_because ("there is no target");
    return bp_kpi_compare (rule, kpi->latest->value, &kpi->latest->period, kpi->target, &kpi->latest->period);
}

/* Whether the value of the target's own period is known and did not meet it. */
static bool was_missed (const BpKpi *kpi, const BpComparisonRule *rule)
{
    const BpKpiValue *then = kpi->target_period.kind != BP_PERIOD_NONE ? find_in_series (kpi->actuals, &kpi->target_period) : NULL;

    return then != NULL && then->has_value && !bp_kpi_compare (rule, then->value, &then->period, kpi->target, &then->period).is_met;
}

static void compare (BpKpi *kpi)
{
    const char *reason = kpi->latest == NULL ? "there is no value yet" : kpi->latest->has_value ? NULL : "the latest value is not given";
    if (reason != NULL)
    {
        kpi->on_baseline = kpi->on_previous = kpi->on_target = kpi->on_trajectory = none_because (reason);
        return;
    }
    BpComparisonRule rule = bp_kpi_comparison_rule (kpi);
    kpi->on_baseline = compare_with_baseline (kpi, &rule);
    kpi->on_previous = compare_with_previous (kpi, &rule);
    kpi->on_target = compare_with_target (kpi, &rule);
    kpi->on_trajectory = compare_with_trajectory (kpi, &rule);
    kpi->is_met_late = kpi->on_target.is_met && was_missed (kpi, &rule);
}

/* ---- benchmarks: other places, on the same period alone ---- */

static BpBenchmark *benchmark_of (GArray *benchmarks, const char *geography)
{
    for (guint i = 0; i < benchmarks->len; i++)
        if (strcmp (g_array_index (benchmarks, BpBenchmark, i).geography, geography) == 0)
            return &g_array_index (benchmarks, BpBenchmark, i);
    BpBenchmark benchmark = { .geography = geography };
    g_array_append_val (benchmarks, benchmark);
    return &g_array_index (benchmarks, BpBenchmark, benchmarks->len - 1);
}

/* Of two values of one place: that of the latest local period, else the newer, else the plain total. */
static bool is_better_benchmark (const BpKpi *kpi, const BpKpiValue *value, const BpKpiValue *present)
{
    if (present == NULL)
        return true;
    bool is_same = kpi->latest != NULL && bp_period_is_same (&value->period, &kpi->latest->period);
    bool was_same = kpi->latest != NULL && bp_period_is_same (&present->period, &kpi->latest->period);
    if (is_same != was_same)
        return is_same;
    if (value->period.last != present->period.last)
        return value->period.last > present->period.last;
    return *value->breakdown == '\0';
}

static BpComparison compare_with_benchmark (const BpKpi *kpi, const BpKpiValue *value)
{
    if (kpi->latest == NULL || !kpi->latest->has_value)
        return none_because ("there is no local value");
    if (!value->has_value)
        return none_because ("its value is not given");
    if (!bp_period_is_same (&kpi->latest->period, &value->period))
        return none_because ("it is for another period");
    BpComparisonRule rule = bp_kpi_comparison_rule (kpi);
    return bp_kpi_compare (&rule, kpi->latest->value, &kpi->latest->period, value->value, &value->period);
}

static void choose_benchmarks (BpKpi *kpi)
{
    for (guint i = 0; i < kpi->values->len; i++)
    {
        const BpKpiValue *value = kpi->values->pdata[i];
        if (value->series != BP_SERIES_ACTUAL || *value->geography == '\0' || !is_total (value) || value->period.kind == BP_PERIOD_NONE)
            continue;
        BpBenchmark *benchmark = benchmark_of (kpi->benchmarks, value->geography);
        if (is_better_benchmark (kpi, value, benchmark->value))
            benchmark->value = value;
    }
    for (guint i = 0; i < kpi->benchmarks->len; i++)
    {
        BpBenchmark *benchmark = &g_array_index (kpi->benchmarks, BpBenchmark, i);
        benchmark->comparison = compare_with_benchmark (kpi, benchmark->value);
    }
}

void bp_kpi_state_apply (BpKpi *kpi, const BpCalendar *calendar, BpDate as_of, guint definition_count)
{
    choose_series (kpi, definition_count);
    if (kpi->actuals->len > 0)
    {
        kpi->latest = kpi->actuals->pdata[kpi->actuals->len - 1];
        BpPeriod before = bp_period_previous (&kpi->latest->period, calendar);
        kpi->previous = find_in_series (kpi->actuals, &before);
        kpi->expected = find_in_series (kpi->trajectory, &kpi->latest->period);
        kpi->is_stale = as_of - kpi->latest->period.last > kpi->stale_after_days;
    }
    compare (kpi);
    choose_benchmarks (kpi);
}
