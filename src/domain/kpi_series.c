#include "domain/kpi_series.h"

#include <math.h>

/* Two values a century apart make no chart of 1,200 months: the older ones are left. */
#define MOST_SLOTS 1200

static bool has_even_periods (const BpKpi *kpi)
{
    return kpi->latest != NULL && kpi->latest->period.kind != BP_PERIOD_NONE && kpi->latest->period.kind != BP_PERIOD_DAY;
}

static void reverse (GArray *slots)
{
    for (guint i = 0, j = slots->len; i + 1 < j; i++)
    {
        j--;
        BpKpiSlot swap = g_array_index (slots, BpKpiSlot, i);
        g_array_index (slots, BpKpiSlot, i) = g_array_index (slots, BpKpiSlot, j);
        g_array_index (slots, BpKpiSlot, j) = swap;
    }
}

GArray *bp_kpi_series_new (const BpKpi *kpi, const BpCalendar *calendar)
{
    GArray *slots = g_array_new (FALSE, TRUE, sizeof (BpKpiSlot));
    guint left = kpi->actuals->len;

    if (!has_even_periods (kpi))
    {
        for (guint i = 0; i < left; i++)
        {
            const BpKpiValue *value = kpi->actuals->pdata[i];
            BpKpiSlot slot = { .period = value->period, .value = value };
            g_array_append_val (slots, slot);
        }
        return slots;
    }
    BpPeriod period = kpi->latest->period;
    while (left > 0 && slots->len < MOST_SLOTS && period.kind != BP_PERIOD_NONE)
    {
        BpKpiSlot slot = { .period = period, .value = NULL };
        for (; left > 0; left--)
        {
            const BpKpiValue *value = kpi->actuals->pdata[left - 1];
            if (value->period.first < period.first)
                break;
            if (slot.value == NULL && bp_period_is_same (&value->period, &period))
                slot.value = value;
        }
        g_array_append_val (slots, slot);
        period = bp_period_previous (&period, calendar);
    }
    reverse (slots);
    return slots;
}

int bp_kpi_find_slot (const GArray *slots, BpDate date)
{
    for (guint i = 0; i < slots->len; i++)
    {
        const BpKpiSlot *slot = &g_array_index (slots, BpKpiSlot, i);
        if (date >= slot->period.first && date <= slot->period.last)
            return (int)i;
    }
    return -1;
}

static BpSpcAim aim_of (const BpKpi *kpi)
{
    static const BpSpcDirection directions[] = { [BP_POLARITY_NONE] = BP_SPC_NEITHER,
                                                 [BP_POLARITY_HIGHER] = BP_SPC_HIGHER,
                                                 [BP_POLARITY_LOWER] = BP_SPC_LOWER,
                                                 [BP_POLARITY_NEAR] = BP_SPC_NEAR };
    return (BpSpcAim){ .better = directions[kpi->polarity], .target = kpi->has_target ? kpi->target : NAN, .tolerance = kpi->tolerance };
}

BpSpc *bp_kpi_spc_new (const BpKpi *kpi, const GArray *slots, const BpSpcRule *rule, BpKpiIsHidden is_hidden, gconstpointer data)
{
    if (rule->least_points <= 0 || !has_even_periods (kpi))
        return NULL;
    g_autofree double *values = g_new (double, slots->len + 1);
    g_autofree BpSpcStart *starts = g_new0 (BpSpcStart, slots->len + 1);
    for (int i = 0; i < kpi->rebase_count; i++)
    {
        int slot = bp_kpi_find_slot (slots, kpi->rebases[i]);
        if (slot >= 0)
            starts[slot] = BP_SPC_REBASE;
    }
    for (guint i = 0; i < slots->len; i++)
    {
        const BpKpiValue *value = g_array_index (slots, BpKpiSlot, i).value;
        bool is_seen = value != NULL && value->has_value && (is_hidden == NULL || !is_hidden (value, data));
        values[i] = is_seen ? value->value : NAN;
        if (value != NULL && value->flag == BP_FLAG_BREAK)
            starts[i] = BP_SPC_BREAK;
    }
    BpSpcAim aim = aim_of (kpi);
    return bp_spc_new (rule, &aim, values, starts, (int)slots->len);
}
