#ifndef BP_PACK_SECTIONS_KPI_COLUMNS_H
#define BP_PACK_SECTIONS_KPI_COLUMNS_H

#include "pack/kpi_view.h"

struct BpArea;

/* What explains a mark, wherever it stands. */
#define BP_STALE_NOTE "Stale: a newer value is overdue."
#define BP_OTHER_SEASON_NOTE "\u2020\u00a0compared with another time of the year, so with caution."

/* The cells in which measures are printed wherever they stand in a table. */

/* Short title, and below it which way is better. */
void bp_cell_add_measure (const BpBuild *build, BpCell *cell, const BpKpiView *view);
/* What the limits of its chart say of the latest value; nothing where it has none. */
void bp_cell_add_variation (const BpBuild *build, BpCell *cell, const struct BpKpi *kpi);
void bp_cell_add_baseline (const BpBuild *build, BpCell *cell, const BpKpiView *view);
/* Value (with a tag if stale); n of d and period below it, each in a line or both in one. */
typedef enum
{
    BP_LATEST_IN_LINES,
    BP_LATEST_IN_ONE_LINE
} BpLatestForm;
void bp_cell_add_latest (const BpBuild *build, BpCell *cell, const BpKpiView *view, BpLatestForm form);
void bp_cell_add_target (const BpBuild *build, BpCell *cell, const BpKpiView *view);
/* Whether there is a figure of another place that may stand beside this measure. */
bool bp_kpi_has_benchmark (const struct BpKpi *kpi);
/* At most two, each with its period; [x] if there is none. */
void bp_cell_add_benchmarks (const BpBuild *build, BpCell *cell, const BpKpiView *view);
/* A dagger after the change: compared with another time of the year. */
void bp_cell_add_movement (const BpBuild *build, BpCell *cell, const BpKpiView *view);
void bp_cell_add_trend (const BpBuild *build, BpCell *cell, const BpKpiView *view);

/* A panel table of measures: baseline, latest, target, on baseline, trend. */
void bp_section_add_measure_panel (const BpBuild *build, BpNode *section, const GPtrArray *kpis, const char *caption);
/* Measures of an area and its sub-areas. Free with g_ptr_array_unref. */
GPtrArray *bp_build_dup_area_kpis (const BpBuild *build, const struct BpArea *area);
/* "[x] not available"; NULL if it is no shorthand. */
const char *bp_shorthand_words (const char *mark);
/* Explains the shorthand that stands in a table, and only that; NULL if there is none. */
const char *bp_table_shorthand_note (const BpBuild *build, const BpNode *table);

/* Explains the marks and words that stand in a table of measures, and only those; NULL if it has none. says_variation: the table says what
 * kind of variation the latest values are. */
const char *bp_table_measures_note (const BpBuild *build, const BpNode *table, const GPtrArray *kpis, int count, bool says_variation);

#endif
