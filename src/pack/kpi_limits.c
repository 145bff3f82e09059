#include "pack/kpi_limits.h"

#include "domain/kpi_series.h"
#include "domain/snapshot.h"
#include "pack/release.h"
#include "pack/wording.h"

#include <math.h>

#define MOST_DECIMALS 3

static bool is_hidden (const BpKpiValue *value, gconstpointer data)
{
    return bp_release_hides_value (data, value);
}

static void set_variation (BpKpiLimits *limits, const BpSpcPoint *point)
{
    switch (point->meaning)
    {
    case BP_SPC_PLAIN:
        return;
    case BP_SPC_USUAL:
        limits->variation = BP_VARIATION_USUAL;
        limits->variation_word = "Usual variation";
        return;
    case BP_SPC_IMPROVEMENT:
        limits->variation = point->is_high ? BP_VARIATION_IMPROVING_HIGH : BP_VARIATION_IMPROVING_LOW;
        limits->variation_word = point->is_high ? "Special cause: improvement, high" : "Special cause: improvement, low";
        return;
    case BP_SPC_CONCERN:
        limits->variation = point->is_high ? BP_VARIATION_CONCERNING_HIGH : BP_VARIATION_CONCERNING_LOW;
        limits->variation_word = point->is_high ? "Special cause: concern, high" : "Special cause: concern, low";
        return;
    case BP_SPC_NEUTRAL:
        limits->variation = point->is_high ? BP_VARIATION_NEUTRAL_HIGH : BP_VARIATION_NEUTRAL_LOW;
        limits->variation_word = point->is_high ? "Special cause: high" : "Special cause: low";
        return;
    }
}

static void set_assurance (BpKpiLimits *limits, BpSpcAssurance assurance)
{
    switch (assurance)
    {
    case BP_SPC_ASSURANCE_NONE:
        return;
    case BP_SPC_ASSURANCE_PASS:
        limits->assurance = BP_ASSURANCE_PASS;
        limits->assurance_word = "Will consistently meet the target";
        return;
    case BP_SPC_ASSURANCE_FAIL:
        limits->assurance = BP_ASSURANCE_FAIL;
        limits->assurance_word = "Will consistently miss the target";
        return;
    case BP_SPC_ASSURANCE_HIT_OR_MISS:
        limits->assurance = BP_ASSURANCE_HIT_OR_MISS;
        limits->assurance_word = "May meet or miss the target";
        return;
    }
}

const BpKpiLimits *bp_kpi_limits (const BpBuild *build, const BpKpi *kpi)
{
    const BpProgramme *programme = build->snapshot->programme;
    BpKpiLimits *limits = g_hash_table_lookup (build->limits, kpi);

    if (limits != NULL)
        return limits;
    limits = g_new0 (BpKpiLimits, 1);
    g_hash_table_insert (build->limits, (gpointer)kpi, limits);
    limits->slots = bp_kpi_series_new (kpi, &programme->calendar);
    limits->spc = bp_kpi_spc_new (kpi, limits->slots, &programme->rules.spc, is_hidden, build->release);
    if (limits->spc != NULL && limits->spc->point_count > 0)
    {
        set_variation (limits, &limits->spc->points[limits->spc->point_count - 1]);
        set_assurance (limits, limits->spc->assurance);
    }
    return limits;
}

void bp_kpi_limits_free (BpKpiLimits *limits)
{
    g_array_unref (limits->slots);
    bp_spc_free (limits->spc);
    g_free (limits);
}

const BpSpcStretch *bp_kpi_limits_latest (const BpKpiLimits *limits)
{
    const BpSpcStretch *stretch = limits->spc != NULL ? bp_spc_last_stretch (limits->spc) : NULL;
    return stretch != NULL && stretch->has_limits ? stretch : NULL;
}

const char *bp_kpi_cause_words (BpPack *pack, const BpSpcPoint *point)
{
    switch (point->cause)
    {
    case BP_SPC_CAUSE_NONE:
        return NULL;
    case BP_SPC_CAUSE_OUTSIDE:
        return point->is_high ? "Above the limit" : "Below the limit";
    case BP_SPC_CAUSE_RUN:
        return bp_pack_format (pack, "%s in a row %s the mean", bp_words_number (pack, point->length, true),
                               point->is_high ? "above" : "below");
    case BP_SPC_CAUSE_TREND:
        return bp_pack_format (pack, "%s in a row %s", bp_words_number (pack, point->length, true), point->is_high ? "rising" : "falling");
    case BP_SPC_CAUSE_NEAR:
        return point->is_high ? "Two of three near the upper limit" : "Two of three near the lower limit";
    }
    g_assert_not_reached ();
}

int bp_kpi_limits_decimals (const BpKpiLimits *limits)
{
    int decimals = 0;
    for (guint i = 0; i < limits->slots->len; i++)
    {
        const BpKpiValue *value = g_array_index (limits->slots, BpKpiSlot, i).value;
        if (value != NULL && value->has_value)
            decimals = MAX (decimals, value->decimals);
    }
    return MIN (decimals + 1, MOST_DECIMALS);
}
