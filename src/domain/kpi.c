#include "domain/kpi.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

/* Two figures that differ by less than what a double loses on the way are the same figure: 1.1 - 1.0 against a same_within of 0.1. */
static double rounding_slack (double a, double b)
{
    return 1e-9 * fmax (1.0, fmax (fabs (a), fabs (b)));
}

/* How much better latest is than other, in the unit; more is better whatever the polarity. NAN if better has no meaning. */
static double betterment (const BpComparisonRule *rule, double latest, double other)
{
    switch (rule->polarity)
    {
    case BP_POLARITY_HIGHER:
        return latest - other;
    case BP_POLARITY_LOWER:
        return other - latest;
    case BP_POLARITY_NEAR:
        return fabs (other - rule->target) - fabs (latest - rule->target);
    case BP_POLARITY_NONE:
        return NAN;
    }
    return NAN;
}

static const char *find_reason_against (const BpComparisonRule *rule, double latest, const BpPeriod *latest_period, double other,
                                        const BpPeriod *other_period)
{
    if (!isfinite (latest) || !isfinite (other))
        return "there is no figure to compare";
    if (latest_period == NULL || other_period == NULL || latest_period->kind == BP_PERIOD_NONE || other_period->kind == BP_PERIOD_NONE)
        return "the period is not known";
    if (!bp_period_is_like (latest_period, other_period))
        return "the periods are not of the same kind";
    if (rule->polarity == BP_POLARITY_NEAR && !isfinite (rule->target))
        return "there is no target to be near to";
    return NULL;
}

BpComparison bp_kpi_compare (const BpComparisonRule *rule, double latest, const BpPeriod *latest_period, double other,
                             const BpPeriod *other_period)
{
    BpComparison comparison = { .movement = BP_MOVEMENT_NONE, .relative_percent = NAN };
    comparison.reason = find_reason_against (rule, latest, latest_period, other, other_period);
    if (comparison.reason != NULL)
        return comparison;

    double slack = rounding_slack (latest, other);
    double within = isfinite (rule->same_within) && rule->same_within > 0 ? rule->same_within : 0;
    double tolerance = isfinite (rule->tolerance) && rule->tolerance > 0 ? rule->tolerance : 0;
    comparison.change = latest - other;
    comparison.relative_percent = bp_kpi_growth_percent (other, latest);
    comparison.is_other_season = bp_period_is_other_season (latest_period, other_period);
    if (rule->polarity == BP_POLARITY_NONE)
    {
        comparison.movement = fabs (comparison.change) <= within + slack ? BP_MOVEMENT_SAME : BP_MOVEMENT_CHANGED;
        return comparison;
    }
    double gain = betterment (rule, latest, other);
    if (fabs (gain) <= within + slack)
        comparison.movement = BP_MOVEMENT_SAME;
    else
        comparison.movement = gain > 0 ? BP_MOVEMENT_IMPROVED : BP_MOVEMENT_WORSE;
    /* A tolerance is a band round a target to be near to; a floor or ceiling is met or it is not. */
    comparison.is_met = gain >= -slack - (rule->polarity == BP_POLARITY_NEAR ? tolerance : 0);
    return comparison;
}

double bp_kpi_growth_percent (double from, double to)
{
    if (!isfinite (from) || !isfinite (to) || from == 0)
        return NAN;
    double growth = 100.0 * (to - from) / fabs (from);
    return isfinite (growth) ? growth : NAN;
}

const char *bp_unit_name (BpUnit unit)
{
    switch (unit)
    {
    case BP_UNIT_PERCENT:
        return "percent";
    case BP_UNIT_COUNT:
        return "count";
    case BP_UNIT_DAYS:
        return "days";
    case BP_UNIT_WEEKS:
        return "weeks";
    case BP_UNIT_RATE:
        return "rate";
    case BP_UNIT_SCORE:
        return "score";
    case BP_UNIT_GBP:
        return "gbp";
    }
    return "";
}

const char *bp_unit_words (BpUnit unit)
{
    switch (unit)
    {
    case BP_UNIT_PERCENT:
        return "per cent";
    case BP_UNIT_COUNT:
        return "number";
    case BP_UNIT_DAYS:
        return "days";
    case BP_UNIT_WEEKS:
        return "weeks";
    case BP_UNIT_RATE:
        return "rate";
    case BP_UNIT_SCORE:
        return "score";
    case BP_UNIT_GBP:
        return "pounds";
    }
    return "";
}

const char *bp_polarity_words (BpPolarity polarity)
{
    switch (polarity)
    {
    case BP_POLARITY_NONE:
        return "No direction is better";
    case BP_POLARITY_HIGHER:
        return "Higher is better";
    case BP_POLARITY_LOWER:
        return "Lower is better";
    case BP_POLARITY_NEAR:
        return "Nearer the target is better";
    }
    return "";
}

const char *bp_movement_word (BpMovement movement)
{
    switch (movement)
    {
    case BP_MOVEMENT_NONE:
        return "No value";
    case BP_MOVEMENT_IMPROVED:
        return "Improved";
    case BP_MOVEMENT_SAME:
        return "Same";
    case BP_MOVEMENT_WORSE:
        return "Worse";
    case BP_MOVEMENT_CHANGED:
        return "Changed";
    }
    return "";
}

const char *bp_shorthand_text (BpShorthand shorthand)
{
    switch (shorthand)
    {
    case BP_SHORTHAND_NONE:
        return "";
    case BP_SHORTHAND_CONFIDENTIAL:
        return "[c]";
    case BP_SHORTHAND_NOT_AVAILABLE:
        return "[x]";
    case BP_SHORTHAND_NOT_APPLICABLE:
        return "[z]";
    case BP_SHORTHAND_LOW:
        return "[low]";
    }
    return "";
}

BpShorthand bp_shorthand_parse (const char *text)
{
    if (text == NULL || strlen (text) > 64)
        return BP_SHORTHAND_NONE;
    g_autofree char *trimmed = bp_text_dup_trimmed (text);
    gsize length = strlen (trimmed);
    for (int i = BP_SHORTHAND_CONFIDENTIAL; i <= BP_SHORTHAND_LOW; i++)
    {
        const char *bracketed = bp_shorthand_text ((BpShorthand)i);
        gsize word_length = strlen (bracketed) - 2;
        bool is_bare = length == word_length && g_ascii_strncasecmp (trimmed, bracketed + 1, word_length) == 0;
        if (is_bare || g_ascii_strcasecmp (trimmed, bracketed) == 0)
            return (BpShorthand)i;
    }
    return BP_SHORTHAND_NONE;
}
