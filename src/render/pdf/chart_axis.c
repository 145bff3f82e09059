#include "render/pdf/chart_axis.h"

#include "base/number.h"

#include <math.h>

#define LEAST_STEPS 3
#define MOST_STEPS 5
#define SLACK 1e-9
#define LARGEST 1e290 /* sums and differences of such values are finite */
#define LEAST 1e-290
#define MOST_DECIMALS 6
#define MOST_SCALED_DECIMALS 3
#define LARGEST_PLAIN 1e15

void bp_chart_range_init (BpChartRange *range)
{
    *range = (BpChartRange){ .least = INFINITY, .greatest = -INFINITY, .is_whole = true };
}

void bp_chart_range_add (BpChartRange *range, double value)
{
    if (!isfinite (value))
        return;
    const double held = fabs (value) < LEAST ? 0.0 : CLAMP (value, -LARGEST, LARGEST);
    range->least = fmin (range->least, held);
    range->greatest = fmax (range->greatest, held);
    range->is_whole = range->is_whole && floor (held) == held;
}

bool bp_chart_range_is_empty (const BpChartRange *range)
{
    return range->least > range->greatest;
}

/* ---- steps ---- */

/* Steps of such a size from the one at or below low to the one at or above high. */
static int count_steps (double low, double high, double step)
{
    return (int)fmin (ceil (high / step - SLACK) - floor (low / step + SLACK), 1000.0);
}

static double choose_step (double low, double high, bool is_whole)
{
    static const double factors[] = { 1.0, 2.0, 5.0 };
    double power = pow (10.0, floor (log10 (high - low)) - 1.0);
    if (is_whole && power < 1.0)
        power = 1.0;
    gsize i = 0;
    while (count_steps (low, high, power * factors[i]) > MOST_STEPS)
    {
        i = (i + 1) % G_N_ELEMENTS (factors);
        power *= i == 0 ? 10.0 : 1.0;
    }
    return power * factors[i];
}

/* A level line needs room above and below it. */
static void widen_level (double *low, double *high, bool is_whole)
{
    const double size = fmax (fabs (*low), fabs (*high));
    if (*high - *low > size * SLACK)
        return;
    const double room = size > 0.0 ? fmax (0.1 * size, is_whole ? 1.0 : 0.0) : 1.0;
    *low = *low >= 0.0 ? fmax (*low - room, 0.0) : *low - room;
    *high += room;
}

/* Adds steps until there are enough, at the side where a value is nearer to the end. */
static void add_steps (BpChartAxis *axis, double least, double greatest, double ceiling)
{
    double first = floor (axis->low / axis->step + SLACK), last = ceil (axis->high / axis->step - SLACK);
    const double slack = axis->step * SLACK;
    while (last - first < LEAST_STEPS)
    {
        const bool can_fall = least < 0.0 || first >= 1.0, can_rise = greatest > ceiling || (last + 1.0) * axis->step <= ceiling + slack;
        const bool is_low_nearer = least - first * axis->step < last * axis->step - greatest;
        if (can_fall && (is_low_nearer || !can_rise))
            first--;
        else
            last++;
    }
    axis->low = first * axis->step;
    axis->high = last * axis->step;
    axis->count = (int)(last - first) + 1;
}

void bp_chart_axis_init (BpChartAxis *axis, const BpChartRange *range, bool is_free, double ceiling)
{
    const bool is_empty = bp_chart_range_is_empty (range);
    double low = is_empty ? 0.0 : range->least, high = is_empty ? 1.0 : range->greatest;
    if (!is_free)
    {
        low = fmin (low, 0.0);
        high = fmax (high, 0.0);
    }
    const double least = low, greatest = high;
    widen_level (&low, &high, range->is_whole);
    if (greatest <= ceiling && high > ceiling)
        high = ceiling;
    *axis = (BpChartAxis){ .low = low, .high = high, .step = choose_step (low, high, range->is_whole) };
    add_steps (axis, least, greatest, ceiling);
}

double bp_chart_axis_tick (const BpChartAxis *axis, int index)
{
    const double tick = (round (axis->low / axis->step) + index) * axis->step;
    return fabs (tick) < axis->step * SLACK ? 0.0 : tick;
}

double bp_chart_axis_share (const BpChartAxis *axis, double value)
{
    return CLAMP ((value - axis->low) / (axis->high - axis->low), 0.0, 1.0);
}

/* ---- words ---- */

/* Digits after the point that a step needs. */
static int count_decimals (double step)
{
    return (int)fmax (0.0, -floor (log10 (step) + SLACK));
}

/* As spreadsheets write what is too large or too small for digits: "1.5E20". */
static char *dup_power_text (double value, double size, double step)
{
    if (value == 0.0)
        return g_strdup ("0");
    const int exponent = (int)floor (log10 (size) + SLACK);
    const double power = pow (10.0, exponent);
    g_autofree char *factor = bp_number_dup_text (value / power, MIN (count_decimals (step / power), MOST_DECIMALS)),
                    *digits = bp_number_dup_text (exponent, 0);
    return g_strdup_printf ("%sE%s", factor, digits);
}

char *bp_chart_axis_dup_label (const BpChartAxis *axis, int index, const char *unit)
{
    static const struct
    {
        double size;
        const char *word;
    } scales[] = { { 1e12, "tn" }, { 1e9, "bn" }, { 1e6, "m" } };
    const double value = bp_chart_axis_tick (axis, index), size = fmax (fabs (axis->low), fabs (axis->high));
    const char *after = unit != NULL ? unit : "";
    g_autofree char *number = NULL;
    const char *word = "";
    for (gsize i = 0; number == NULL && i < G_N_ELEMENTS (scales) && size < LARGEST_PLAIN; i++)
        if (size >= scales[i].size && count_decimals (axis->step / scales[i].size) <= MOST_SCALED_DECIMALS)
        {
            number = bp_number_dup_text (value / scales[i].size, count_decimals (axis->step / scales[i].size));
            word = value == 0.0 ? "" : scales[i].word;
            if (value == 0.0)
            {
                g_free (number);
                number = g_strdup ("0");
            }
        }
    if (number == NULL && size < LARGEST_PLAIN && count_decimals (axis->step) <= MOST_DECIMALS)
        number = bp_number_dup_text (value, count_decimals (axis->step));
    if (number == NULL)
        number = dup_power_text (value, size, axis->step);
    return g_strdup_printf ("%s%s%s", number, word, after);
}
