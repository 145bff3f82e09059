#include "pack/sections/run_chart.h"

#include "domain/kpi_series.h"
#include "domain/snapshot.h"
#include "pack/release.h"
#include "pack/sections/section.h"
#include "pack/wording.h"

#include <math.h>
#include <string.h>

#define MOST_SHOWN 36 /* periods: three years of months */
#define MOST_AHEAD 12 /* periods of the trajectory after the latest value */
#define MOST_SERIES 4
#define MOST_BENCHMARKS 2

static const BpKpiSlot *slot_at (const BpRunChart *run, int slot)
{
    return &g_array_index (run->limits->slots, BpKpiSlot, slot);
}

const BpKpiValue *bp_run_chart_shown_value (const BpRunChart *run, int category)
{
    const BpKpiValue *value = category < run->shown ? slot_at (run, run->first + category)->value : NULL;
    return value != NULL && value->has_value && !bp_release_hides_value (run->build->release, value) ? value : NULL;
}

static const char *period_words (const BpRunChart *run, const BpPeriod *period)
{
    return bp_pack_take (run->pack, bp_period_dup_text (period, &run->build->snapshot->programme->calendar));
}

const char *bp_run_chart_period (const BpRunChart *run, int slot)
{
    return period_words (run, &slot_at (run, slot)->period);
}

const char *bp_run_chart_number (const BpRunChart *run, double number, int decimals)
{
    BpValue value = bp_kpi_number (run->kpi, number, decimals);
    value.unit = NULL;
    return bp_pack_take (run->pack, bp_value_dup_text (&value));
}

bool bp_run_chart_is_possible (const BpRunChart *run, double number)
{
    if (run->kpi->unit == BP_UNIT_PERCENT && number > 100.0)
        return false;
    if (number >= 0.0)
        return true;
    for (int c = 0; c < run->shown; c++)
    {
        const BpKpiValue *value = bp_run_chart_shown_value (run, c);
        if (value != NULL && value->value < 0.0)
            return true;
    }
    return false;
}

/* ---- categories ---- */

/* "Aug" over "2024", "Q1" over "2025/26", "Autumn" over "2024", "31 Dec" over "2024"; a year and a census stand alone. */
static const char *label_of (const BpRunChart *run, const BpPeriod *period, const char **group_out)
{
    const char *text = period_words (run, period);
    const char *space = strrchr (text, ' ');
    int year, month, day;

    bp_date_split (period->first, &year, &month, &day);
    *group_out = NULL;
    switch (period->kind)
    {
    case BP_PERIOD_NONE:
    case BP_PERIOD_ACADEMIC_YEAR:
    case BP_PERIOD_FINANCIAL_YEAR:
    case BP_PERIOD_CALENDAR_YEAR:
        return text;
    case BP_PERIOD_CENSUS:
        return bp_pack_format (run->pack, "%s %d", bp_month_short_name (month), year);
    case BP_PERIOD_DAY:
        *group_out = bp_pack_format (run->pack, "%d", year);
        return bp_pack_format (run->pack, "%d %s", day, bp_month_short_name (month));
    case BP_PERIOD_MONTH:
        *group_out = bp_pack_format (run->pack, "%d", year);
        return bp_month_short_name (month);
    case BP_PERIOD_QUARTER:
    case BP_PERIOD_TERM:
        if (space == NULL)
            return text;
        *group_out = bp_pack_text (run->pack, space + 1);
        return bp_pack_take (run->pack, g_strndup (text, (gsize)(space - text)));
    }
    g_assert_not_reached ();
}

/* Periods after the latest value, up to the last one of the trajectory. */
static void append_ahead (const BpRunChart *run, GArray *periods)
{
    const BpCalendar *calendar = &run->build->snapshot->programme->calendar;
    const GPtrArray *trajectory = run->kpi->trajectory;
    BpDate end = BP_DATE_NONE;

    for (guint i = 0; i < trajectory->len; i++)
    {
        const BpKpiValue *value = g_ptr_array_index (trajectory, i);
        if (value->has_value)
            end = MAX (end, value->period.last);
    }
    for (int i = 0; i < MOST_AHEAD && periods->len > 0; i++)
    {
        BpPeriod next = bp_period_next (&g_array_index (periods, BpPeriod, periods->len - 1), calendar);
        if (next.kind == BP_PERIOD_NONE || next.kind == BP_PERIOD_DAY || next.last > end)
            return;
        g_array_append_val (periods, next);
    }
}

/* Terms and months differ in length, but each follows on the one before: their points stand at equal steps, as readers count them. Where a
 * period is missing, kinds are mixed or values have days, time says how far apart they are. */
static bool follow_on (const BpRunChart *run, const GArray *periods)
{
    for (guint i = 1; i < periods->len; i++)
    {
        const BpPeriod *before = &g_array_index (periods, BpPeriod, i - 1), *period = &g_array_index (periods, BpPeriod, i);
        if (before->kind == BP_PERIOD_NONE || before->kind == BP_PERIOD_DAY || before->kind != period->kind)
            return false;
        BpPeriod next = bp_period_next (before, &run->build->snapshot->programme->calendar);
        if (!bp_period_is_same (&next, period))
            return false;
    }
    return true;
}

static void fill_categories (const BpRunChart *run, const GArray *periods)
{
    const char **labels = bp_pack_alloc (run->pack, sizeof (char *) * MAX (periods->len, 1));
    const char **groups = bp_pack_alloc (run->pack, sizeof (char *) * MAX (periods->len, 1));
    double *positions = bp_pack_alloc (run->pack, sizeof (double) * MAX (periods->len, 1));
    bool has_groups = false;

    for (guint i = 0; i < periods->len; i++)
    {
        const BpPeriod *period = &g_array_index (periods, BpPeriod, i);
        labels[i] = label_of (run, period, &groups[i]);
        positions[i] = (double)period->last;
        has_groups = has_groups || groups[i] != NULL;
    }
    run->chart->categories = labels;
    run->chart->category_groups = has_groups ? groups : NULL;
    run->chart->category_positions = follow_on (run, periods) ? NULL : positions;
    run->chart->category_count = (int)periods->len;
}

/* ---- series ---- */

static BpChartSeries *add_series (const BpRunChart *run, const char *name)
{
    BpChartSeries *series = &run->chart->series[run->chart->series_count++];
    int count = run->chart->category_count;

    series->name = bp_pack_text (run->pack, name);
    series->values = bp_pack_alloc (run->pack, sizeof (double) * (gsize)MAX (count, 1));
    for (int i = 0; i < count; i++)
        series->values[i] = NAN;
    return series;
}

static BpPointMeaning meaning_of (BpSpcMeaning meaning)
{
    static const BpPointMeaning meanings[] = { [BP_SPC_PLAIN] = BP_POINT_PLAIN,
                                               [BP_SPC_USUAL] = BP_POINT_USUAL,
                                               [BP_SPC_IMPROVEMENT] = BP_POINT_IMPROVEMENT,
                                               [BP_SPC_CONCERN] = BP_POINT_CONCERN,
                                               [BP_SPC_NEUTRAL] = BP_POINT_NEUTRAL };
    return meanings[meaning];
}

/* As in the table below the chart; the axis has the unit that is no sign. */
static const char *printed_value (const BpRunChart *run, const BpKpiValue *value)
{
    BpValue shown = bp_kpi_value (run->build, run->kpi, value);
    shown.unit = NULL;
    return bp_pack_take (run->pack, bp_value_dup_text (&shown));
}

static void add_actual (const BpRunChart *run)
{
    const char *place = run->build->snapshot->programme->geography;
    BpChartSeries *series = add_series (run, bp_words_is_blank (place) ? "Local" : place);
    gsize room = (gsize)MAX (run->chart->category_count, 1);
    const char **notes = bp_pack_alloc (run->pack, sizeof (char *) * room);
    BpPointMeaning *meanings = bp_pack_alloc (run->pack, sizeof (BpPointMeaning) * room);

    for (int c = 0; c < run->shown; c++)
    {
        const BpKpiValue *value = bp_run_chart_shown_value (run, c);
        if (value != NULL)
        {
            series->values[c] = value->value;
            series->last_text = printed_value (run, value);
            bp_build_mark_printed (run->build, value);
        }
        else
            notes[c] = bp_pack_text (run->pack, bp_kpi_value (run->build, run->kpi, slot_at (run, run->first + c)->value).text);
        if (run->limits->spc != NULL)
            meanings[c] = meaning_of (run->limits->spc->points[run->first + c].meaning);
    }
    series->value_notes = notes;
    series->meanings = run->chart->has_limits ? meanings : NULL;
}

static void add_trajectory (const BpRunChart *run, const GArray *periods)
{
    BpChartSeries *series = NULL;

    for (guint c = 0; c < periods->len; c++)
        for (guint i = 0; i < run->kpi->trajectory->len; i++)
        {
            const BpKpiValue *value = g_ptr_array_index (run->kpi->trajectory, i);
            if (!value->has_value || !bp_period_is_same (&value->period, &g_array_index (periods, BpPeriod, c)))
                continue;
            if (series == NULL)
                series = add_series (run, "Trajectory");
            series->is_dashed = true;
            series->values[c] = value->value;
            bp_build_mark_printed (run->build, value);
        }
}

/* The categories of a breakdown that have two figures or more to draw a line between. */
typedef struct
{
    const char *breakdown, *name;
    int count;
} Part;

static bool is_part_of (const BpKpiValue *value, const Part *part)
{
    return value->series == BP_SERIES_ACTUAL && *value->geography == '\0' && strcmp (value->breakdown, part->breakdown) == 0
           && strcmp (value->category, part->name) == 0;
}

static int category_of (const BpRunChart *run, const BpKpiValue *value)
{
    for (int c = 0; c < run->shown; c++)
        if (bp_period_is_same (&slot_at (run, run->first + c)->period, &value->period))
            return c;
    return -1;
}

static GArray *new_parts (const BpRunChart *run)
{
    GArray *parts = g_array_new (FALSE, TRUE, sizeof (Part));

    for (guint i = 0; i < run->kpi->values->len; i++)
    {
        const BpKpiValue *value = g_ptr_array_index (run->kpi->values, i);
        if (value->series != BP_SERIES_ACTUAL || *value->geography != '\0' || *value->category == '\0' || category_of (run, value) < 0)
            continue;
        bool is_drawn = value->has_value && !bp_release_hides_value (run->build->release, value);
        Part *part = NULL;
        for (guint j = 0; j < parts->len && part == NULL; j++)
            if (is_part_of (value, &g_array_index (parts, Part, j)))
                part = &g_array_index (parts, Part, j);
        if (part == NULL)
        {
            Part fresh = { .breakdown = value->breakdown, .name = value->category };
            g_array_append_val (parts, fresh);
            part = &g_array_index (parts, Part, parts->len - 1);
        }
        part->count += is_drawn;
    }
    for (guint j = parts->len; j > 0; j--)
        if (g_array_index (parts, Part, j - 1).count < 2)
            g_array_remove_index (parts, j - 1);
    return parts;
}

/* All parts of one breakdown, or none: four lines at most, and never some parts without the others. */
static void add_parts (const BpRunChart *run)
{
    g_autoptr (GArray) parts = new_parts (run);

    if (parts->len == 0 || run->chart->has_limits || run->chart->series_count + (int)parts->len > MOST_SERIES)
        return;
    for (guint j = 1; j < parts->len; j++)
        if (strcmp (g_array_index (parts, Part, j).breakdown, g_array_index (parts, Part, 0).breakdown) != 0)
            return;
    for (guint j = 0; j < parts->len; j++)
    {
        const Part *part = &g_array_index (parts, Part, j);
        BpChartSeries *series = add_series (run, part->name);
        const char **notes = bp_pack_alloc (run->pack, sizeof (char *) * (gsize)MAX (run->chart->category_count, 1));
        for (guint i = 0; i < run->kpi->values->len; i++)
        {
            const BpKpiValue *value = g_ptr_array_index (run->kpi->values, i);
            int c = is_part_of (value, part) ? category_of (run, value) : -1;
            if (c < 0)
                continue;
            BpValue shown = bp_kpi_value (run->build, run->kpi, value);
            if (shown.kind == BP_VALUE_SHORTHAND)
                notes[c] = bp_pack_text (run->pack, shown.text);
            else
            {
                series->values[c] = value->value;
                series->last_text = printed_value (run, value);
                bp_build_mark_printed (run->build, value);
            }
        }
        series->value_notes = notes;
    }
}

/* ---- level lines ---- */

static void add_reference (const BpRunChart *run, GArray *references, BpReferenceKind kind, double value, const char *label)
{
    BpChartReference reference = { .kind = kind, .value = value, .label = label, .first = 0, .last = run->chart->category_count - 1 };
    g_array_append_val (references, reference);
}

/* "Jul 2026" for a month, as on the axis. */
static const char *short_period (const BpRunChart *run, const BpPeriod *period)
{
    int year, month, day;

    bp_date_split (period->first, &year, &month, &day);
    if (period->kind == BP_PERIOD_MONTH || period->kind == BP_PERIOD_CENSUS)
        return bp_pack_format (run->pack, "%s %d", bp_month_short_name (month), year);
    if (period->kind == BP_PERIOD_DAY)
        return bp_pack_format (run->pack, "%d %s %d", day, bp_month_short_name (month), year);
    return period_words (run, period);
}

static void add_target (const BpRunChart *run, GArray *references)
{
    const BpKpi *kpi = run->kpi;

    if (!kpi->has_target)
        return;
    const char *number = bp_run_chart_number (run, kpi->target, kpi->target_decimals);
    const char *by = kpi->is_target_uncertain                       ? "period not certain"
                     : kpi->target_period.kind != BP_PERIOD_NONE    ? short_period (run, &kpi->target_period)
                     : !bp_words_is_blank (kpi->target_period_text) ? kpi->target_period_text
                                                                    : NULL;
    add_reference (run, references, BP_REFERENCE_TARGET, kpi->target,
                   by != NULL ? bp_pack_format (run->pack, "Target %s, %s", number, by) : bp_pack_format (run->pack, "Target %s", number));
}

static void add_benchmarks (const BpRunChart *run, GArray *references)
{
    int count = 0;

    for (guint i = 0; i < run->kpi->benchmarks->len && count < MOST_BENCHMARKS; i++)
    {
        const BpBenchmark *benchmark = &g_array_index (run->kpi->benchmarks, BpBenchmark, i);
        const BpKpiValue *value = benchmark->value;
        if (value == NULL || !value->has_value || bp_release_hides_value (run->build->release, value))
            continue;
        add_reference (run, references, BP_REFERENCE_BENCHMARK, value->value,
                       bp_pack_format (run->pack, "%s %s, %s", benchmark->geography,
                                       bp_run_chart_number (run, value->value, value->decimals), short_period (run, &value->period)));
        count++;
    }
}

/* Limits go on over the periods ahead: they say what to expect. Only lines that reach the right edge have their words there. */
static void add_limits (const BpRunChart *run, GArray *references)
{
    const BpSpc *spc = run->limits->spc;
    int decimals = bp_kpi_limits_decimals (run->limits);

    for (int i = 0; run->chart->has_limits && i < spc->stretch_count; i++)
    {
        const BpSpcStretch *stretch = &spc->stretches[i];
        if (!stretch->has_limits || stretch->last < run->first)
            continue;
        const struct
        {
            BpReferenceKind kind;
            double value;
            const char *words;
        } lines[] = { { BP_REFERENCE_LIMIT, stretch->upper, "Upper limit" },
                      { BP_REFERENCE_MEAN, stretch->mean, "Mean" },
                      { BP_REFERENCE_LIMIT, stretch->lower, "Lower limit" } };
        bool is_last = i + 1 == spc->stretch_count;
        for (gsize l = 0; l < G_N_ELEMENTS (lines); l++)
        {
            if (!bp_run_chart_is_possible (run, lines[l].value))
                continue;
            BpChartReference reference = { .kind = lines[l].kind, .value = lines[l].value };
            reference.first = MAX (stretch->first - run->first, 0);
            reference.last = is_last ? run->chart->category_count - 1 : stretch->last - run->first;
            if (is_last)
                reference.label = bp_pack_format (run->pack, "%s %s", lines[l].words, bp_run_chart_number (run, lines[l].value, decimals));
            g_array_append_val (references, reference);
        }
    }
}

static void fill_references (const BpRunChart *run)
{
    g_autoptr (GArray) references = g_array_new (FALSE, TRUE, sizeof (BpChartReference));
    gsize size;

    add_target (run, references);
    add_benchmarks (run, references);
    add_limits (run, references);
    size = sizeof (BpChartReference) * references->len;
    run->chart->references = bp_pack_alloc (run->pack, MAX (size, 1));
    run->chart->reference_count = (int)references->len;
    if (size > 0)
        memcpy (run->chart->references, references->data, size);
}

/* ---- axis ---- */

static void widen (double value, double *low, double *high)
{
    if (!isfinite (value))
        return;
    *low = fmin (*low, value);
    *high = fmax (*high, value);
}

/* A line may start above nought where its ups and downs would be lost: with limits, and where a count only moves in its upper half. */
static void fill_axis (const BpRunChart *run)
{
    BpChart *chart = run->chart;
    double low = INFINITY, high = -INFINITY;

    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; c < chart->category_count; c++)
            widen (chart->series[s].values[c], &low, &high);
    for (int r = 0; r < chart->reference_count; r++)
        widen (chart->references[r].value, &low, &high);
    chart->axis_unit = run->kpi->unit == BP_UNIT_PERCENT ? "%" : NULL;
    if (!isfinite (low))
        return;
    chart->is_axis_free = chart->has_limits || (run->kpi->unit != BP_UNIT_PERCENT && low > 0.5 * high);
    double spread = chart->is_axis_free ? high - low : fmax (high, 0.0) - fmin (low, 0.0);
    chart->axis_decimals = spread >= 5.0 ? 0 : spread >= 0.5 ? 1 : 2;
}

/* Limits speak of the months that they were set on, which the latest values may have left: "the limits of Aug 2023 to Jul 2024 do not reach
 * the target of 26". */
static const char *assurance_words (const BpRunChart *run)
{
    static const char *const verbs[] = { [BP_ASSURANCE_PASS] = "lie wholly on the good side of",
                                         [BP_ASSURANCE_FAIL] = "do not reach",
                                         [BP_ASSURANCE_HIT_OR_MISS] = "lie on both sides of" };
    const BpSpcStretch *stretch = bp_kpi_limits_latest (run->limits);

    if (run->limits->assurance == BP_ASSURANCE_NONE || stretch == NULL)
        return run->limits->assurance_word;
    return bp_pack_format (run->pack, "the limits of %s to %s %s the target of %s",
                           short_period (run, &slot_at (run, stretch->base_first)->period),
                           short_period (run, &slot_at (run, stretch->base_last)->period), verbs[run->limits->assurance],
                           bp_run_chart_number (run, run->kpi->target, run->kpi->target_decimals));
}

/* What the icon of variation says, without words of the trade. */
static const char *variation_words (const BpRunChart *run)
{
    static const char *const words[] = { [BP_VARIATION_USUAL] = "usual, the latest value is up or down by chance",
                                         [BP_VARIATION_IMPROVING_HIGH] = "better, the latest values are high by more than chance",
                                         [BP_VARIATION_IMPROVING_LOW] = "better, the latest values are low by more than chance",
                                         [BP_VARIATION_CONCERNING_HIGH] = "worse, the latest values are high by more than chance",
                                         [BP_VARIATION_CONCERNING_LOW] = "worse, the latest values are low by more than chance",
                                         [BP_VARIATION_NEUTRAL_HIGH] = "the latest values are high by more than chance",
                                         [BP_VARIATION_NEUTRAL_LOW] = "the latest values are low by more than chance" };

    return run->limits->variation == BP_VARIATION_NONE ? run->limits->variation_word : words[run->limits->variation];
}

BpRunChart bp_run_chart_fill (const BpBuild *build, BpChart *chart, const BpKpiView *view)
{
    const BpKpiLimits *limits = bp_kpi_limits (build, view->kpi);
    int count = (int)limits->slots->len;
    BpRunChart run = { .build = build, .pack = build->pack, .kpi = view->kpi, .view = view, .limits = limits, .chart = chart };
    g_autoptr (GArray) periods = g_array_new (FALSE, TRUE, sizeof (BpPeriod));

    run.shown = MIN (count, MOST_SHOWN);
    run.first = count - run.shown;
    for (int i = run.first; i < count; i++)
        g_array_append_val (periods, slot_at (&run, i)->period);
    append_ahead (&run, periods);
    for (int i = 0; limits->spc != NULL && i < limits->spc->stretch_count; i++)
        chart->has_limits = chart->has_limits || (limits->spc->stretches[i].has_limits && limits->spc->stretches[i].last >= run.first);
    chart->series = bp_pack_alloc (build->pack, sizeof (BpChartSeries) * MOST_SERIES);
    fill_categories (&run, periods);
    add_actual (&run);
    add_trajectory (&run, periods);
    add_parts (&run);
    fill_references (&run);
    fill_axis (&run);
    chart->variation = limits->variation;
    chart->variation_word = variation_words (&run);
    chart->assurance = limits->assurance;
    chart->assurance_word = assurance_words (&run);
    bp_run_chart_add_events (&run);
    bp_run_chart_add_remarks (&run);
    chart->alternative = bp_run_chart_alternative (&run);
    return run;
}
