#include "domain/checks/check_table.h"

#include "domain/checks/check_families.h"

const BpCheck bp_check_table[] = {
    { "actions", "areas, refs, leads, timeframes and projects of actions", bp_check_actions },
    { "updates", "status, commentary, evidence and dates that leads report", bp_check_updates },
    { "kpis", "values, targets, periods and benchmarks of KPIs", bp_check_kpis },
    { "coverage", "recommendations, areas and KPIs that nothing answers or measures", bp_check_coverage },
    { "claims", "sentences with figures, computed again", bp_check_claims },
    { "governance", "meetings and decisions", bp_check_governance },
    { NULL, NULL, NULL },
};

BpSource bp_check_source_at (BpSource row, const char *column)
{
    row.column = column;
    return row;
}
