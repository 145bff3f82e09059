#ifndef BP_PACK_DASHBOARD_H
#define BP_PACK_DASHBOARD_H

#include "pack/pack.h"

/* The dashboard of a working workbook, in no format's words: what is counted of which table, and what is drawn from which columns. A
 * renderer writes the counting as it can (a workbook as live formulas) and the counts beside it. */

/* A test of one column. Texts are compared without regard to case; what is no number or no day never passes the other kinds. */
typedef enum
{
    BP_ROW_TEST_EQUALS,
    BP_ROW_TEST_ABOVE,
    BP_ROW_TEST_FROM_DAY, /* that day or later */
    BP_ROW_TEST_TO_DAY    /* that day or earlier */
} BpRowTestKind;
typedef struct
{
    BpRowTestKind kind;
    const char *column; /* title of a column of the counted table */
    const char *text;   /* EQUALS */
    double number;      /* ABOVE */
    BpDate date;        /* FROM_DAY, TO_DAY */
} BpRowTest;
#define BP_ROW_TESTS_MAX 2
typedef struct
{
    BpRowTest tests[BP_ROW_TESTS_MAX];
    int count; /* 0: every row passes */
} BpRowTests;

/* A table of counts: each cell counts the rows that pass the tests of its column and those of its row. */
typedef struct
{
    const char *title;
    BpMark mark;            /* the status that it counts; word NULL: none */
    const char *alarm_word; /* "off track": said with every count over nought; NULL: none */
    BpRowTests tests;
    bool is_sum; /* it is the sum of the columns that are in it, instead of having tests */
    bool is_in_sum;
} BpTallyColumn;
typedef struct
{
    const char *label;
    BpMark mark; /* the status that it counts; word NULL: none */
    bool is_total;
    BpRowTests tests;
    BpValue *counts; /* one COUNT for each column, filled by bp_dashboard_count */
} BpTallyRow;
typedef struct
{
    const char *name;        /* "Counts_by_area": of letters, digits and underscores, its own */
    const char *heading;     /* "Actions by area" */
    const char *label_title; /* "Area" */
    const BpSheet *table;    /* whose rows are counted */
    const BpTallyColumn *columns;
    int column_count;
    GPtrArray *rows; /* of BpTallyRow, the total last */
} BpTally;

/* ---- charts ---- */
typedef enum
{
    BP_GRAPH_BARS, /* the first column of a tally, one bar for each row but the total */
    BP_GRAPH_LINES /* columns of a table over a column of days */
} BpGraphKind;
typedef enum
{
    BP_GRAPH_ROLE_VALUE,
    BP_GRAPH_ROLE_PLAN,
    BP_GRAPH_ROLE_TARGET,
    BP_GRAPH_ROLE_BENCHMARK
} BpGraphRole;
typedef struct
{
    const char *name; /* "Target 75%, Q1 2026/27" */
    BpGraphRole role;
    const char *column;         /* title of a column of the table */
    guint first_row, row_count; /* of the table's rows; each holds a number */
} BpGraphSeries;
#define BP_GRAPH_SERIES_MAX 3
typedef struct
{
    BpGraphKind kind;
    const char *title;
    const char *alternative; /* what the figures do, in words */
    const char *category_title, *value_title;
    const BpTally *tally;   /* BARS */
    const BpSheet *table;   /* LINES */
    const char *day_column; /* LINES */
    BpGraphSeries series[BP_GRAPH_SERIES_MAX];
    int series_count;
} BpGraph;

typedef struct BpDashboard
{
    const char *title;
    const char *description; /* for the contents sheet */
    GPtrArray *notes;        /* of const char *: below the title */
    GPtrArray *tallies;      /* of BpTally; the first has the bars beside it */
    GPtrArray *graphs;       /* of BpGraph, in order */
    const char *graphs_note; /* measures that have no chart, and why; NULL */
} BpDashboard;

/* Gives the pack an empty dashboard, which it frees. At most one. */
BpDashboard *bp_pack_add_dashboard (BpPack *pack, const char *title, const char *description);
BpTally *bp_dashboard_add_tally (BpPack *pack, const char *name, const char *heading, const char *label_title, const BpSheet *table,
                                 const BpTallyColumn *columns, int column_count);
/* The label is copied byte for byte: it may be what stands in the cells that are counted. */
BpTallyRow *bp_tally_add_row (BpPack *pack, BpTally *tally, const char *label);
BpGraph *bp_dashboard_add_graph (BpPack *pack, BpGraphKind kind, const char *title, const char *alternative);
void bp_row_tests_add (BpRowTests *tests, BpRowTest test);
/* Counts every cell of every tally from the rows of its table, as a spreadsheet would: by what stands in the cells. Keeps figure keys that
 * the counts have. */
void bp_dashboard_count (BpDashboard *dashboard);
/* The position of the column with that title; it must be there. */
int bp_sheet_column_index (const BpSheet *sheet, const char *title);
/* For the plain-text dump of a pack. */
void bp_dashboard_append_text (const BpDashboard *dashboard, GString *out);
/* What bp_pack_free calls. */
void bp_dashboard_free (BpDashboard *dashboard);

#endif
