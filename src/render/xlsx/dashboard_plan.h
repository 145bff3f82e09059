#ifndef BP_RENDER_XLSX_DASHBOARD_PLAN_H
#define BP_RENDER_XLSX_DASHBOARD_PLAN_H

#include "pack/dashboard.h"
#include "render/xlsx/sheet_plan.h"

/* Of the words in charts, which are the smallest on the sheet. */
#define BP_XLSX_CHART_TEXT_PT 10.0

typedef enum
{
    BP_XLSX_GRID_HEADING, /* the named style "Heading 2" */
    BP_XLSX_GRID_HEADER,  /* of a table */
    BP_XLSX_GRID_LABEL,
    BP_XLSX_GRID_COUNT,
    BP_XLSX_GRID_NOTE
} BpXlsxGridRole;

/* Rows and columns count from 0. Strings belong to the plan that holds the sheet. */
typedef struct
{
    int row, column;
    BpXlsxGridRole role;
    bool is_right, is_total;
    const char *text;
    const char *formula; /* COUNT */
    double number;       /* COUNT: what the formula comes to */
} BpXlsxGridCell;

/* A conditional format: cells that equal the word, or that are over nought. */
typedef struct
{
    int first_row, first_column, last_row, last_column;
    const char *word; /* NULL: over nought */
    BpTone tone;
    const char *suffix; /* over nought: shown after the number, " off track" */
} BpXlsxGridRule;

typedef struct
{
    const char *name;
    BpGraphRole role;
    const char *sheet;
    int first_row, last_row, column;
} BpXlsxChartSeries;

typedef struct
{
    BpGraphKind kind;
    const char *title, *alternative, *category_title, *value_title;
    int category_column;         /* of the sheet and the rows of each series */
    const char *value_format;    /* of the numbers on the axis */
    double first_day, step_days; /* LINES: where the axis of days begins, and its marks, as the file counts days */
    int step_count;
    BpXlsxChartSeries series[BP_GRAPH_SERIES_MAX];
    int series_count;
    const BpTally *tally; /* BARS: whose rows have the tones of the bars */
    /* where it lies: whole columns, less gaps */
    int row, first_column, last_column;
    double height_pt;
    bool is_left_gap;
} BpXlsxChart;

/* Its header cells are among the grid's. */
typedef struct
{
    const char *name;
    int header_row, last_row, column_count;
} BpXlsxGridTable;

/* Several tables of counts and charts on one grid of columns. */
struct BpXlsxDashboard
{
    GArray *cells;  /* of BpXlsxGridCell, row by row */
    GArray *tables; /* of BpXlsxGridTable, from the top */
    GArray *rules;  /* of BpXlsxGridRule */
    GArray *charts; /* of BpXlsxChart */
    GArray *breaks; /* of int: rows that begin a printed page */
};

/* Columns of the grid: labels, and the counts of the widest tally. */
int bp_xlsx_dashboard_column_count (const BpPack *pack);
/* Fills the sheet that plan holds for the pack's dashboard. All other sheets must be planned: charts point into them. Logs the counts. */
void bp_xlsx_dashboard_plan (BpXlsxSheet *sheet, const BpPack *pack, BpXlsxPlan *plan, BpFigureLog *figures);
void bp_xlsx_dashboard_free (BpXlsxDashboard *dashboard);
void bp_xlsx_dashboard_append_text (const BpXlsxDashboard *dashboard, GString *out);

#endif
