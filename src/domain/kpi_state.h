#ifndef BP_DOMAIN_KPI_STATE_H
#define BP_DOMAIN_KPI_STATE_H

#include "domain/kpi.h"

/* Fills the fields of kpi that stand under "as at the as-of date" from kpi->values, which are sorted by series, geography and period.
 * definition_count: how many definitions of it have been in force; with more than one, periods that ended before valid_from are of another
 * definition and are not compared. */
void bp_kpi_state_apply (BpKpi *kpi, const BpCalendar *calendar, BpDate as_of, guint definition_count);
/* What comparisons need to know of kpi. */
BpComparisonRule bp_kpi_comparison_rule (const BpKpi *kpi);
/* The actual total of that geography ("" is local) for that period; NULL. */
const BpKpiValue *bp_kpi_find_value (const BpKpi *kpi, const char *geography, const BpPeriod *period);
/* A break in the series after the period from and up to the period to, by the flag of a local actual total; NULL. */
const BpKpiValue *bp_kpi_find_break (const BpKpi *kpi, const BpPeriod *from, const BpPeriod *to);
/* A figure in the measure's unit, "67%" or "1,234"; caller frees. */
char *bp_kpi_dup_figure (BpUnit unit, double value, int decimals);

#endif
