#include "pack/kpi_view.h"

#include "base/number.h"
#include "base/text.h"
#include "domain/kpi_series.h"
#include "domain/snapshot.h"
#include "pack/kpi_limits.h"
#include "pack/release.h"
#include "pack/wording.h"

#include <math.h>
#include <string.h>

#define SPARK_POINTS 24
#define LEAST_DRAWN 3

BpValue bp_kpi_number (const BpKpi *kpi, double number, int decimals)
{
    switch (kpi->unit)
    {
    case BP_UNIT_PERCENT:
        return bp_value_percent (number, decimals);
    case BP_UNIT_COUNT:
        return decimals == 0 ? bp_value_count ((gint64)llround (number)) : bp_value_number (number, decimals, NULL);
    case BP_UNIT_DAYS:
        return bp_value_number (number, decimals, "days");
    case BP_UNIT_WEEKS:
        return bp_value_number (number, decimals, "weeks");
    case BP_UNIT_RATE:
    case BP_UNIT_SCORE:
        return bp_value_number (number, decimals, NULL);
    case BP_UNIT_GBP:
        break;
    }
    BpValue money = bp_value_number (number, decimals, NULL);
    money.kind = BP_VALUE_MONEY;
    return money;
}

BpValue bp_kpi_change (const BpKpi *kpi, double change, int decimals)
{
    BpValue value = bp_value_number (change, decimals, NULL);

    value.kind = BP_VALUE_CHANGE;
    switch (kpi->unit)
    {
    case BP_UNIT_PERCENT:
        value.kind = BP_VALUE_POINTS;
        break;
    case BP_UNIT_DAYS:
        value.unit = "days";
        break;
    case BP_UNIT_WEEKS:
        value.unit = "weeks";
        break;
    case BP_UNIT_GBP:
        value.unit = "pounds";
        break;
    case BP_UNIT_COUNT:
    case BP_UNIT_RATE:
    case BP_UNIT_SCORE:
        break;
    }
    return value;
}

BpValue bp_kpi_value (const BpBuild *build, const BpKpi *kpi, const BpKpiValue *value)
{
    if (value == NULL)
        return bp_value_shorthand ("[x]");
    if (bp_release_hides_value (build->release, value))
        return bp_value_shorthand ("[c]");
    if (!value->has_value)
        return bp_value_shorthand (value->shorthand != BP_SHORTHAND_NONE ? bp_shorthand_text (value->shorthand) : "[x]");
    if (kpi->unit == BP_UNIT_PERCENT && value->has_share && value->denominator > 0.0)
        return bp_value_percent_of (value->numerator, value->denominator, value->decimals);
    return bp_kpi_number (kpi, value->value, value->decimals);
}

const char *bp_kpi_share (const BpBuild *build, const BpKpi *kpi, const BpKpiValue *value)
{
    if (value == NULL || (kpi->unit != BP_UNIT_PERCENT && kpi->unit != BP_UNIT_RATE && !value->has_share))
        return NULL;
    if (bp_release_hides_value (build->release, value))
        return "[c]";
    if (!value->has_share)
        return value->has_value ? "n not supplied" : NULL;
    g_autofree char *numerator = bp_number_dup_text (value->numerator, 0);
    g_autofree char *denominator = bp_number_dup_text (value->denominator, 0);
    return bp_pack_format (build->pack, "%s of %s", numerator, denominator);
}

const char *bp_kpi_flag (const BpKpiValue *value)
{
    switch (value->flag)
    {
    case BP_FLAG_NONE:
        return NULL;
    case BP_FLAG_PROVISIONAL:
        return "[p]";
    case BP_FLAG_REVISED:
        return "[r]";
    case BP_FLAG_ESTIMATED:
        return "[e]";
    case BP_FLAG_BREAK:
        return "[b]";
    }
    g_assert_not_reached ();
}

const char *bp_kpi_view_flag (const BpKpiView *view)
{
    return view->kpi->latest != NULL && !view->is_hidden ? bp_kpi_flag (view->kpi->latest) : NULL;
}

static const char *period_text (const BpBuild *build, const BpPeriod *period)
{
    return bp_pack_take (build->pack, bp_period_dup_text (period, &build->snapshot->programme->calendar));
}

const char *bp_kpi_period (const BpBuild *build, const BpKpiValue *value)
{
    if (value->period.kind == BP_PERIOD_NONE)
        return bp_words_is_blank (value->period_text) ? "period not given" : value->period_text;
    return period_text (build, &value->period);
}

GArray *bp_kpi_points (const BpBuild *build, const BpKpi *kpi, int max)
{
    const GArray *slots = bp_kpi_limits (build, kpi)->slots;
    GArray *points = g_array_new (FALSE, TRUE, sizeof (BpKpiPoint));

    for (guint i = slots->len > (guint)max ? slots->len - (guint)max : 0; i < slots->len; i++)
    {
        const BpKpiSlot *slot = &g_array_index (slots, BpKpiSlot, i);
        BpKpiPoint point = { .value = slot->value };
        point.period = slot->value != NULL ? bp_kpi_period (build, slot->value) : period_text (build, &slot->period);
        g_array_append_val (points, point);
    }
    return points;
}

static bool is_shown (const BpBuild *build, const BpKpiValue *value)
{
    return value != NULL && value->has_value && !bp_release_hides_value (build->release, value);
}

static BpDirection direction_of (double change)
{
    if (change > 0.0)
        return BP_DIRECTION_UP;
    return change < 0.0 ? BP_DIRECTION_DOWN : BP_DIRECTION_LEVEL;
}

static const char *dup_value_text (BpPack *pack, BpValue value)
{
    return bp_pack_take (pack, bp_value_dup_text (&value));
}

/* "rose from 38% to 50%". */
static const char *travel_text (const BpBuild *build, const BpKpi *kpi, const BpKpiValue *first, const BpKpiValue *last)
{
    const char *from = dup_value_text (build->pack, bp_kpi_value (build, kpi, first));
    const char *to = dup_value_text (build->pack, bp_kpi_value (build, kpi, last));

    if (strcmp (from, to) == 0)
        return bp_pack_format (build->pack, "stayed at %s", to);
    return bp_pack_format (build->pack, "%s from %s to %s", last->value > first->value ? "rose" : "fell", from, to);
}

static const char *bare_value_text (const BpBuild *build, const BpKpi *kpi, const BpKpiValue *value)
{
    BpValue bare = bp_kpi_value (build, kpi, value);

    bare.unit = NULL;
    return dup_value_text (build->pack, bare);
}

/* The values that have a neighbour to draw a line to. */
static int count_joined (const double *points, int count)
{
    int joined = 0;

    for (int i = 0; i < count; i++)
        joined += isfinite (points[i]) && ((i > 0 && isfinite (points[i - 1])) || (i + 1 < count && isfinite (points[i + 1])));
    return joined;
}

static BpValue make_trend (const BpBuild *build, const BpKpi *kpi, BpKpiView *view)
{
    if (kpi->latest == NULL)
        return bp_value_text ("No value yet");
    g_autoptr (GArray) series = bp_kpi_points (build, kpi, SPARK_POINTS);
    double *points = bp_pack_alloc (build->pack, sizeof (double) * MAX (series->len, 1));
    const BpKpiValue *first = NULL;
    const BpKpiValue *last = NULL;
    int shown = 0;
    for (guint i = 0; i < series->len; i++)
    {
        const BpKpiValue *value = g_array_index (series, BpKpiPoint, i).value;
        points[i] = NAN;
        if (!is_shown (build, value))
            continue;
        points[i] = value->value;
        first = first != NULL ? first : value;
        last = value;
        shown++;
    }
    view->value_count = shown;
    if (shown < 2)
    {
        if (view->is_hidden)
            return bp_value_text ("Hidden");
        return bp_value_text (shown == 0 ? "No value yet" : "One value");
    }
    view->first = dup_value_text (build->pack, bp_kpi_value (build, kpi, first));
    /* Two values make no line, nor do loose ones among gaps: it may have gone anywhere in between. */
    if (count_joined (points, (int)series->len) < LEAST_DRAWN)
        return bp_value_text (bp_pack_format (build->pack, "%s to %s", bare_value_text (build, kpi, first),
                                              dup_value_text (build->pack, bp_kpi_value (build, kpi, last))));
    BpValue spark = bp_value_text (travel_text (build, kpi, first, last));
    spark.kind = BP_VALUE_SPARK;
    spark.points = points;
    spark.point_count = (int)series->len;
    spark.target = kpi->has_target ? kpi->target : NAN;
    return spark;
}

static void fill_movement (const BpBuild *build, const BpKpi *kpi, BpKpiView *view)
{
    const BpComparison *on = &kpi->on_baseline;
    const char *word = bp_movement_word (on->movement);
    int decimals = kpi->latest != NULL ? MAX (kpi->latest->decimals, kpi->baseline_decimals) : 0;

    view->change = bp_value_none ();
    if (view->is_hidden || (kpi->latest != NULL && kpi->latest->has_value && bp_release_hides_baseline (build->release, kpi)))
    {
        view->movement = bp_value_movement (BP_DIRECTION_NONE, BP_JUDGEMENT_NONE, "Hidden");
        view->change_text = "Hidden: small numbers";
        return;
    }
    if (on->movement == BP_MOVEMENT_NONE)
    {
        word = !is_shown (build, kpi->latest) ? "No value" : kpi->has_baseline ? "Not compared" : "No baseline";
        view->movement = bp_value_movement (BP_DIRECTION_NONE, BP_JUDGEMENT_NONE, word);
        view->change_text = word;
        return;
    }
    BpJudgement judgement = on->movement == BP_MOVEMENT_IMPROVED ? BP_JUDGEMENT_GOOD
                            : on->movement == BP_MOVEMENT_WORSE  ? BP_JUDGEMENT_BAD
                                                                 : BP_JUDGEMENT_NEUTRAL;
    BpDirection direction = on->movement == BP_MOVEMENT_SAME ? BP_DIRECTION_LEVEL : direction_of (on->change);
    view->movement = bp_value_movement (direction, judgement, word);
    view->change = bp_pack_value (build->pack, bp_kpi_change (kpi, on->change, decimals));
    view->has_other_season = on->is_other_season;
    view->is_compared = true;
    BpValue amount = bp_kpi_change (kpi, fabs (on->change), decimals);
    const char *amount_text = dup_value_text (build->pack, amount);
    view->change_text = on->movement == BP_MOVEMENT_SAME
                            ? "Same"
                            : bp_pack_format (build->pack, "%s %s", word, *amount_text == '+' ? amount_text + 1 : amount_text);
}

static void fill_baseline (const BpBuild *build, const BpKpi *kpi, BpKpiView *view)
{
    if (bp_release_hides_baseline (build->release, kpi))
        view->baseline = bp_value_shorthand ("[c]");
    else if (kpi->has_baseline)
        view->baseline = bp_value_with_figure (bp_kpi_number (kpi, kpi->baseline, kpi->baseline_decimals),
                                               bp_pack_format (build->pack, "kpi.%s.baseline", kpi->id));
    else
        view->baseline
            = bp_value_shorthand (kpi->baseline_shorthand != BP_SHORTHAND_NONE ? bp_shorthand_text (kpi->baseline_shorthand) : "[x]");
    view->baseline = bp_pack_value (build->pack, view->baseline);
    if (kpi->baseline_period.kind != BP_PERIOD_NONE)
        view->baseline_period = period_text (build, &kpi->baseline_period);
    else
        view->baseline_period = bp_words_is_blank (kpi->baseline_period_text) ? kpi->has_baseline ? "period not given" : "not given"
                                                                              : kpi->baseline_period_text;
}

BpTargetState bp_kpi_target_state (const BpBuild *build, const BpKpi *kpi)
{
    if (!kpi->has_target)
        return BP_TARGET_NONE;
    if (kpi->is_target_uncertain || !is_shown (build, kpi->latest))
        return BP_TARGET_UNTESTED;
    return kpi->on_target.is_met ? BP_TARGET_MET : BP_TARGET_MISSED;
}

bool bp_kpi_is_comparable_elsewhere (const BpKpi *kpi)
{
    return kpi->unit != BP_UNIT_COUNT && kpi->unit != BP_UNIT_GBP;
}

static void fill_target (const BpBuild *build, const BpKpi *kpi, BpKpiView *view)
{
    view->target = bp_value_shorthand ("[x]");
    view->target_period = "not set";
    if (!kpi->has_target)
        return;
    view->target = bp_pack_value (build->pack, bp_value_with_figure (bp_kpi_number (kpi, kpi->target, kpi->target_decimals),
                                                                     bp_pack_format (build->pack, "kpi.%s.target", kpi->id)));
    if (kpi->target_period.kind != BP_PERIOD_NONE)
        view->target_period = period_text (build, &kpi->target_period);
    else
        view->target_period = bp_words_is_blank (kpi->target_period_text) ? "no date" : kpi->target_period_text;
    if (kpi->is_target_uncertain)
        view->target_period = bp_pack_format (build->pack, "for %s: period not certain", view->target_period);
    else if (bp_kpi_target_state (build, kpi) == BP_TARGET_MET)
        view->target_period = bp_pack_format (build->pack, "%s, %s", view->target_period, kpi->is_met_late ? "met late" : "met");
}

const BpKpiView *bp_kpi_view (const BpBuild *build, const BpKpi *kpi)
{
    BpPack *pack = build->pack;
    BpKpiView *view = g_hash_table_lookup (build->views, kpi);

    if (view != NULL)
        return view;
    view = bp_pack_alloc (pack, sizeof (BpKpiView));
    g_hash_table_insert (build->views, (gpointer)kpi, view);
    view->kpi = kpi;
    /* Hidden here, or hidden already by whoever supplied it. */
    view->is_hidden = bp_release_hides_value (build->release, kpi->latest)
                      || (kpi->latest != NULL && !kpi->latest->has_value && kpi->latest->shorthand == BP_SHORTHAND_CONFIDENTIAL);
    view->latest = bp_kpi_value (build, kpi, kpi->latest);
    if (is_shown (build, kpi->latest))
        view->latest.figure = bp_pack_format (pack, "kpi.%s.latest", kpi->id);
    view->latest = bp_pack_value (pack, view->latest);
    view->latest_share = bp_kpi_share (build, kpi, kpi->latest);
    view->latest_period = kpi->latest != NULL ? bp_kpi_period (build, kpi->latest) : NULL;
    fill_baseline (build, kpi, view);
    fill_target (build, kpi, view);
    fill_movement (build, kpi, view);
    view->trend = make_trend (build, kpi, view);
    view->direction = bp_polarity_words (kpi->polarity);
    return view;
}
