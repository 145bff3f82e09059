#include "domain/checks/check_families.h"

#include "domain/claim.h"

void bp_check_claims (const BpSnapshot *snapshot, BpFindingList *findings)
{
    for (guint i = 0; i < snapshot->claims->len; i++)
    {
        const BpClaim *claim = snapshot->claims->pdata[i];
        BpSource source = bp_check_source_at (claim->source, "stated");
        switch (claim->result)
        {
        case BP_CLAIM_AGREES:
            break;
        case BP_CLAIM_DISAGREES:
        {
            BpClaimMeasure measure = bp_claim_measure_parse (claim->measure);
            g_autofree char *stated = bp_claim_dup_figure (claim, measure, claim->stated, claim->stated_decimals);
            g_autofree char *computed = bp_claim_dup_figure (claim, measure, claim->computed, claim->stated_decimals);
            bp_finding_list_add (findings, BP_FINDING_CLAIM_DISAGREES, source, claim->stated_text,
                                 "“%s”: %s is stated; the data give %s (%s).%s%s%s", claim->text, stated, computed, claim->working,
                                 claim->reason != NULL ? " " : "", claim->reason != NULL ? claim->reason : "",
                                 claim->reason != NULL ? "." : "");
            break;
        }
        case BP_CLAIM_NOT_TESTABLE:
            bp_finding_list_add (findings, BP_FINDING_CLAIM_NOT_TESTABLE, source, claim->stated_text, "“%s” cannot be tested. %s.",
                                 claim->text, claim->reason != NULL ? claim->reason : "There is nothing to compute it from");
            break;
        }
    }
}
