#ifndef BP_PACK_KPI_LIMITS_H
#define BP_PACK_KPI_LIMITS_H

#include "pack/build.h"

struct BpKpi;
struct BpSpc;
struct BpSpcPoint;
struct BpSpcStretch;

/* The whole local series of a measure, its limits and what they say, as this audience sees it: a hidden value is a gap, so that neither
 * mean nor limit tells its number. */
typedef struct BpKpiLimits
{
    GArray *slots;     /* of BpKpiSlot, domain/kpi_series.h */
    struct BpSpc *spc; /* NULL: periods of no even length, or limits are switched off */
    BpVariationIcon variation;
    const char *variation_word; /* "Special cause: improvement, low"; NULL: the latest point has no limits to be judged by */
    BpAssuranceIcon assurance;
    const char *assurance_word; /* "Will consistently miss the target"; NULL */
} BpKpiLimits;

/* Made once for each measure; belongs to the build. */
const BpKpiLimits *bp_kpi_limits (const BpBuild *build, const struct BpKpi *kpi);
void bp_kpi_limits_free (BpKpiLimits *limits);
/* The stretch of the latest point, if it has limits; NULL. */
const struct BpSpcStretch *bp_kpi_limits_latest (const BpKpiLimits *limits);
/* Why a point is a special cause: "Above the limit", "Nine in a row below the mean"; NULL for any other. */
const char *bp_kpi_cause_words (BpPack *pack, const struct BpSpcPoint *point);
/* The decimals with which mean and limits are printed: one more than the values have. */
int bp_kpi_limits_decimals (const BpKpiLimits *limits);

#endif
