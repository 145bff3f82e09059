#ifndef BP_PACK_SECTIONS_RUN_CHART_H
#define BP_PACK_SECTIONS_RUN_CHART_H

#include "pack/kpi_limits.h"
#include "pack/kpi_view.h"

/* A measure's chart while it is filled: a run chart, or with enough points an XmR chart. */
typedef struct
{
    const BpBuild *build;
    BpPack *pack;
    const struct BpKpi *kpi;
    const BpKpiView *view;
    const BpKpiLimits *limits;
    BpChart *chart;
    int first; /* index of the first slot shown; category c is slot first + c, while c < shown */
    int shown; /* slots shown; the categories behind them are periods ahead, of the trajectory alone */
} BpRunChart;

/* Fills all of the chart but title, subtitle, table and source. */
BpRunChart bp_run_chart_fill (const BpBuild *build, BpChart *chart, const BpKpiView *view);
/* One sentence or more about limits and breaks, for the caption: how they were set, or that there are too few points yet; NULL. */
const char *bp_run_chart_note (const BpRunChart *run);

/* ---- run_chart_words.c: what stands at lines and points ---- */
void bp_run_chart_add_events (const BpRunChart *run);
void bp_run_chart_add_remarks (const BpRunChart *run);
/* "Waiting fell from 50 weeks to 38 weeks between August 2023 and July 2025; target 26 weeks; …": 20 to 250 characters. */
const char *bp_run_chart_alternative (const BpRunChart *run);

/* The value of that category as this audience may see it; NULL where there is none or it is hidden. */
const struct BpKpiValue *bp_run_chart_shown_value (const BpRunChart *run, int category);
/* The period of that slot in full: "August 2024". */
const char *bp_run_chart_period (const BpRunChart *run, int slot);
/* A number of the measure as a label in the chart, without the unit that the subtitle names: "50.4", "62%". */
const char *bp_run_chart_number (const BpRunChart *run, double number, int decimals);
/* Whether a limit lies where no value can: then it has no line. */
bool bp_run_chart_is_possible (const BpRunChart *run, double number);

#endif
