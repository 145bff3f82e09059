#include "domain/claim.h"

#include "base/number.h"
#include "domain/kpi_state.h"

#include <math.h>
#include <string.h>

static const char *const measure_words[] = { "", "growth", "change", "share", "value" };

BpClaimMeasure bp_claim_measure_parse (const char *measure)
{
    for (int i = BP_CLAIM_MEASURE_GROWTH; i <= BP_CLAIM_MEASURE_VALUE; i++)
        if (g_ascii_strcasecmp (measure_words[i], measure) == 0)
            return (BpClaimMeasure)i;
    return BP_CLAIM_MEASURE_NONE;
}

char *bp_claim_dup_figure (const BpClaim *claim, BpClaimMeasure measure, double figure, int decimals)
{
    BpUnit unit = claim->kpi != NULL ? claim->kpi->unit : BP_UNIT_COUNT;
    if (measure == BP_CLAIM_MEASURE_GROWTH || measure == BP_CLAIM_MEASURE_SHARE)
        return bp_kpi_dup_figure (BP_UNIT_PERCENT, figure, decimals);
    if (measure == BP_CLAIM_MEASURE_CHANGE && unit == BP_UNIT_PERCENT)
    {
        g_autofree char *number = bp_number_dup_text (figure, decimals);
        return g_strconcat (number, " points", NULL);
    }
    return bp_kpi_dup_figure (unit, figure, decimals);
}

/* "Census January 2023"; the kind is named where the printed form does not show it. */
static char *dup_period (const BpPeriod *period, const BpCalendar *calendar, bool with_kind)
{
    char *text = bp_period_dup_text (period, calendar);
    if (!with_kind || period->kind != BP_PERIOD_CENSUS)
        return text;
    char *full = g_strconcat ("Census ", text, NULL);
    g_free (text);
    return full;
}

static bool is_same_figure (double computed, double stated, int decimals)
{
    return fabs (computed - stated) <= 0.5 * pow (10, -decimals) + 1e-9;
}

/* ---- finding the figures ---- */

static double figure_between (BpClaimMeasure measure, const BpKpiValue *from, const BpKpiValue *to)
{
    return measure == BP_CLAIM_MEASURE_GROWTH ? bp_kpi_growth_percent (from->value, to->value) : to->value - from->value;
}

static char *dup_missing_value (const BpClaim *claim, const BpPeriod *period, const BpCalendar *calendar)
{
    const char *place = *claim->geography != '\0' ? claim->geography : NULL;
    if (period->kind == BP_PERIOD_NONE)
        return g_strdup ("A period is missing or not understood");
    g_autofree char *text = dup_period (period, calendar, true);
    return g_strdup_printf ("%s has no value for %s%s%s", claim->kpi->id, text, place != NULL ? ", " : "", place != NULL ? place : "");
}

static const BpKpiValue *find_value (const BpClaim *claim, const BpPeriod *period)
{
    const BpKpiValue *value = period->kind != BP_PERIOD_NONE ? bp_kpi_find_value (claim->kpi, claim->geography, period) : NULL;
    return value != NULL && value->has_value ? value : NULL;
}

static void set_computed (BpClaim *claim, double computed)
{
    claim->has_computed = isfinite (computed);
    claim->computed = computed;
}

static void test_between (BpClaim *claim, const BpClaimTerms *terms, const BpCalendar *calendar, char **working_out, char **reason_out)
{
    const BpKpiValue *from = find_value (claim, &terms->from), *to = find_value (claim, &terms->to);
    if (from == NULL || to == NULL)
    {
        *reason_out = dup_missing_value (claim, from == NULL ? &terms->from : &terms->to, calendar);
        return;
    }
    if (!bp_period_is_like (&from->period, &to->period))
    {
        *reason_out = g_strdup ("Its two periods are not of the same kind");
        return;
    }
    set_computed (claim, figure_between (terms->measure, from, to));
    if (!claim->has_computed)
    {
        *reason_out = g_strdup ("There is no growth from nought");
        return;
    }
    g_autofree char *from_figure = bp_kpi_dup_figure (claim->kpi->unit, from->value, from->decimals);
    g_autofree char *to_figure = bp_kpi_dup_figure (claim->kpi->unit, to->value, to->decimals);
    g_autofree char *from_text = dup_period (&from->period, calendar, true), *to_text = dup_period (&to->period, calendar, false);
    *working_out = g_strdup_printf ("%s to %s, %s to %s", from_figure, to_figure, from_text, to_text);
}

static char *dup_share_working (double numerator, double denominator)
{
    g_autofree char *n = bp_number_dup_text (numerator, 0), *d = bp_number_dup_text (denominator, 0);
    return g_strdup_printf ("%s of %s", n, d);
}

/* Its own numerator and denominator, else those of the measure. */
static void test_share (BpClaim *claim, const BpClaimTerms *terms, const BpCalendar *calendar, double *numerator_out,
                        double *denominator_out, char **working_out, char **reason_out)
{
    if (terms->has_numerator && terms->has_denominator)
    {
        *numerator_out = terms->numerator;
        *denominator_out = terms->denominator;
    }
    else
    {
        const BpKpiValue *value = claim->kpi != NULL ? find_value (claim, &terms->to) : NULL;
        if (value == NULL || !value->has_share)
        {
            *reason_out = claim->kpi != NULL && value == NULL ? dup_missing_value (claim, &terms->to, calendar)
                                                              : g_strdup ("Numerator and denominator are not given");
            return;
        }
        *numerator_out = value->numerator;
        *denominator_out = value->denominator;
    }
    if (*denominator_out <= 0)
    {
        *reason_out = g_strdup ("Its denominator is not over nought");
        return;
    }
    set_computed (claim, 100 * *numerator_out / *denominator_out);
    *working_out = dup_share_working (*numerator_out, *denominator_out);
}

static void test_value (BpClaim *claim, const BpClaimTerms *terms, const BpCalendar *calendar, char **working_out, char **reason_out)
{
    const BpKpiValue *value = find_value (claim, &terms->to);
    if (value == NULL)
    {
        *reason_out = dup_missing_value (claim, &terms->to, calendar);
        return;
    }
    set_computed (claim, value->value);
    g_autofree char *figure = bp_kpi_dup_figure (claim->kpi->unit, value->value, value->decimals);
    g_autofree char *period = dup_period (&value->period, calendar, true);
    *working_out = g_strdup_printf ("%s, %s", figure, period);
}

/* ---- what the stated figure is instead ---- */

/* The plain totals of the claim's place, oldest first (values are sorted so). */
static GPtrArray *dup_series (const BpClaim *claim)
{
    GPtrArray *series = g_ptr_array_new ();
    for (guint i = 0; i < claim->kpi->values->len; i++)
    {
        BpKpiValue *value = claim->kpi->values->pdata[i];
        bool fits = value->series == BP_SERIES_ACTUAL && value->has_value && value->period.kind != BP_PERIOD_NONE
                    && *value->category == '\0' && *value->breakdown == '\0' && strcmp (value->geography, claim->geography) == 0;
        if (fits)
            g_ptr_array_add (series, value);
    }
    return series;
}

/* "9.25% is the growth to January 2023": a neighbouring period whose figure is the stated one; NULL. */
static char *dup_what_it_is (const BpClaim *claim, const BpClaimTerms *terms, const BpCalendar *calendar)
{
    if (claim->kpi == NULL)
        return NULL;
    g_autoptr (GPtrArray) series = dup_series (claim);
    bool is_between = terms->measure == BP_CLAIM_MEASURE_GROWTH || terms->measure == BP_CLAIM_MEASURE_CHANGE;
    for (guint i = series->len; i > (is_between ? 1u : 0u); i--)
    {
        const BpKpiValue *to = series->pdata[i - 1];
        const BpKpiValue *from = is_between ? series->pdata[i - 2] : to;
        if (bp_period_is_same (&to->period, &terms->to) && (!is_between || bp_period_is_same (&from->period, &terms->from)))
            continue;
        if (!bp_period_is_like (&from->period, &to->period))
            continue;
        double figure = is_between ? figure_between (terms->measure, from, to) : to->value;
        if (!isfinite (figure) || !is_same_figure (figure, claim->stated, claim->stated_decimals))
            continue;
        g_autofree char *stated = bp_claim_dup_figure (claim, terms->measure, claim->stated, claim->stated_decimals);
        g_autofree char *period = dup_period (&to->period, calendar, false);
        return g_strdup_printf ("%s is the %s %s %s", stated, measure_words[terms->measure], is_between ? "to" : "for", period);
    }
    if (is_between && is_same_figure (-claim->computed, claim->stated, claim->stated_decimals))
        return g_strdup ("The amount is right, but the figure went the other way");
    return NULL;
}

/* ---- the test ---- */

static char *find_reason_against (const BpClaim *claim, const BpClaimTerms *terms)
{
    if (!terms->has_stated)
        return g_strdup ("The stated figure cannot be read");
    if (terms->measure == BP_CLAIM_MEASURE_NONE)
        return g_strdup ("It does not say what is to be computed");
    if (claim->kpi == NULL && terms->measure != BP_CLAIM_MEASURE_SHARE)
        return g_strdup ("It names no KPI that is known");
    return NULL;
}

void bp_claim_test (BpClaim *claim, const BpClaimTerms *terms, const BpCalendar *calendar, char **working_out, char **reason_out)
{
    double numerator = 0, denominator = 0;
    *working_out = NULL;
    *reason_out = find_reason_against (claim, terms);
    claim->result = BP_CLAIM_NOT_TESTABLE;
    claim->has_computed = false;
    if (*reason_out != NULL)
        return;
    switch (terms->measure)
    {
    case BP_CLAIM_MEASURE_NONE:
        break;
    case BP_CLAIM_MEASURE_GROWTH:
    case BP_CLAIM_MEASURE_CHANGE:
        test_between (claim, terms, calendar, working_out, reason_out);
        break;
    case BP_CLAIM_MEASURE_SHARE:
        test_share (claim, terms, calendar, &numerator, &denominator, working_out, reason_out);
        break;
    case BP_CLAIM_MEASURE_VALUE:
        test_value (claim, terms, calendar, working_out, reason_out);
        break;
    }
    if (!claim->has_computed)
        return;
    bool agrees = terms->measure == BP_CLAIM_MEASURE_SHARE
                      ? fabs (bp_share_percent (numerator, denominator, claim->stated_decimals) - claim->stated) < 1e-9
                      : is_same_figure (claim->computed, claim->stated, claim->stated_decimals);
    claim->result = agrees ? BP_CLAIM_AGREES : BP_CLAIM_DISAGREES;
    if (!agrees)
        *reason_out = dup_what_it_is (claim, terms, calendar);
}
