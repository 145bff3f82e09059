#ifndef BP_DOMAIN_KPI_SERIES_H
#define BP_DOMAIN_KPI_SERIES_H

#include "domain/kpi.h"
#include "domain/spc.h"

/* A period of a measure's local series, with its value. */
typedef struct
{
    BpPeriod period;
    const BpKpiValue *value; /* NULL: none was supplied */
} BpKpiSlot;

/* Every period from the first actual value to the latest, oldest first, also those for which nothing was supplied. Days have no period
 * before them to be missing: their values are the series. Free with g_array_unref. */
GArray *bp_kpi_series_new (const BpKpi *kpi, const BpCalendar *calendar);

/* Whether a value is not to be seen. */
typedef bool (*BpKpiIsHidden) (const BpKpiValue *value, gconstpointer data);

/* The limits of a series of slots and what its points say. A value without a number or hidden is a gap, so that limits never tell a hidden
 * number. NULL where the periods are of no even length (days), or where the rule makes no limits. Free with bp_spc_free. */
BpSpc *bp_kpi_spc_new (const BpKpi *kpi, const GArray *slots, const BpSpcRule *rule, BpKpiIsHidden is_hidden, gconstpointer data);
/* The index of the slot that holds that day; -1. */
int bp_kpi_find_slot (const GArray *slots, BpDate date);

#endif
