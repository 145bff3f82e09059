#ifndef BP_DOMAIN_CLAIM_H
#define BP_DOMAIN_CLAIM_H

#include "domain/snapshot.h"

typedef enum
{
    BP_CLAIM_MEASURE_NONE,
    BP_CLAIM_MEASURE_GROWTH, /* per cent from one period to another */
    BP_CLAIM_MEASURE_CHANGE, /* in the unit of the measure: percentage points for percentages */
    BP_CLAIM_MEASURE_SHARE,  /* numerator of denominator, per cent */
    BP_CLAIM_MEASURE_VALUE   /* the measure's value */
} BpClaimMeasure;

/* What a claim says besides its figure, read into types. */
typedef struct
{
    BpClaimMeasure measure;
    bool has_stated;
    BpPeriod from, to; /* kind NONE: blank or not understood */
    bool has_numerator, has_denominator;
    double numerator, denominator;
} BpClaimTerms;

/* Computes the claim again: fills has_computed, computed and result. It agrees if the computed figure, rounded as the stated one is, is the
 * same (shares by the rule "never 100 unless n = d, nor 0 unless n = 0"). working_out and reason_out are newly made; NULL if there is
 * nothing to say. */
void bp_claim_test (BpClaim *claim, const BpClaimTerms *terms, const BpCalendar *calendar, char **working_out, char **reason_out);
/* "11.39%", "+12 points", "1,234": a figure of the claim with so many decimals. Caller frees. */
char *bp_claim_dup_figure (const BpClaim *claim, BpClaimMeasure measure, double figure, int decimals);
BpClaimMeasure bp_claim_measure_parse (const char *measure);

#endif
