#include "render/xlsx/dashboard_plan.h"

#include "render/xlsx/cell_text.h"
#include "render/xlsx/fixed_sheets.h"
#include "render/xlsx/sheet_layout.h"
#include "render/xlsx/sheet_names.h"
#include "render/xlsx/tally_formula.h"
#include "render/xlsx/text_measure.h"

#include <math.h>
#include <string.h>

#define DAYS_FROM_1899_12_30_TO_1970 25569
#define DAYS_OF_A_MONTH (365.25 / 12.0)
#define LINE_PT 15.0
#define ROW_PADDING_PT 3.0
#define TITLE_PT 24.0
/* With the gap above it: no row is blank. */
#define HEADING_PT 36.0
#define GAP_PT 12.0
/* Of the sheet, in the contents: its tables are 1a, 1b… */
#define SHEET_NUMBER 1
#define CHARTS_IN_A_ROW 2
/* Marks of a day axis that stand apart: of a chart as wide as the sheet, and of half. */
#define MOST_STEPS_WIDE 9
#define MOST_STEPS_HALF 5
/* A chart lies on one row, so that no page ends within it; three rows of charts fill a page. */
#define CHART_ROWS_ON_A_PAGE 3.0
#define LEAST_CHART_PT 170.0
#define MOST_CHART_PT 300.0
/* What A4 lying across leaves between its margins. */
#define PAGE_WIDTH_PT 755.0
#define PAGE_HEIGHT_PT 508.0
/* What a column has beside its characters. */
#define COLUMN_PADDING_PT 4.0
#define INDENT_PT 9.0
#define LEAST_LABEL_CHARS 24.0
#define MOST_LABEL_CHARS 50.0
#define LEAST_COUNT_CHARS 8.0

typedef struct
{
    BpXlsxSheet *sheet;
    BpXlsxDashboard *dashboard;
    const BpPack *pack;
    BpXlsxPlan *plan;
    BpFigureLog *figures;
    GHashTable *labels; /* label of a tally's row → its row */
    int row;            /* the next free one */
    double page_pt;     /* what a printed page holds */
    double used_pt;     /* of the page that row stands on */
} Layout;

void bp_xlsx_dashboard_free (BpXlsxDashboard *dashboard)
{
    if (dashboard == NULL)
        return;
    g_array_unref (dashboard->cells);
    g_array_unref (dashboard->tables);
    g_array_unref (dashboard->rules);
    g_array_unref (dashboard->charts);
    g_array_unref (dashboard->breaks);
    g_free (dashboard);
}

static const char *keep (const Layout *layout, const char *text)
{
    g_autofree char *fit = bp_xlsx_dup_cell_text (text, NULL);

    return g_string_chunk_insert_const (layout->plan->pool.strings, fit);
}

static double height_of (int lines)
{
    return lines * LINE_PT + ROW_PADDING_PT;
}

static int add_row (Layout *layout, double height_pt)
{
    g_array_append_val (layout->sheet->heights_pt, height_pt);
    layout->used_pt = layout->used_pt + height_pt > layout->page_pt ? height_pt : layout->used_pt + height_pt;
    return layout->row++;
}

/* Begins a page unless so much fits on this one, or on none. (Excel breaks pages by itself where a sheet is fitted to their width.) */
static void keep_together (Layout *layout, double height_pt)
{
    if (layout->used_pt + height_pt <= layout->page_pt || height_pt > layout->page_pt)
        return;
    g_array_append_val (layout->dashboard->breaks, layout->row);
    layout->used_pt = 0.0;
}

static void add_text (Layout *layout, int row, int column, BpXlsxGridRole role, const char *text, bool is_total)
{
    bool is_right = role == BP_XLSX_GRID_HEADER && column > 0;
    const BpXlsxGridCell cell
        = { .row = row, .column = column, .role = role, .text = keep (layout, text), .is_right = is_right, .is_total = is_total };

    g_array_append_val (layout->dashboard->cells, cell);
}

/* ---- widths ---- */

/* What the widest count of a column takes, with the word that goes with it. */
static double count_width_pt (const BpTally *tally, int column)
{
    double widest = 0.0;

    for (guint i = 0; i < tally->rows->len; i++)
    {
        const BpTallyRow *row = g_ptr_array_index (tally->rows, i);
        g_autofree char *number = bp_value_dup_text (&row->counts[column]);
        const char *word = tally->columns[column].alarm_word;
        g_autofree char *text = word != NULL ? g_strdup_printf ("%s %s", number, word) : g_strdup (number);
        widest = MAX (widest, bp_xlsx_text_width_pt (text, BP_XLSX_FONT_PT, true));
    }
    return widest;
}

static void set_widths (Layout *layout)
{
    BpXlsxColumn *columns = layout->sheet->columns;
    const GPtrArray *tallies = layout->pack->dashboard->tallies;

    columns[0].width_chars = LEAST_LABEL_CHARS;
    for (int c = 1; c < layout->sheet->column_count; c++)
        columns[c].width_chars = LEAST_COUNT_CHARS;
    for (guint t = 0; t < tallies->len; t++)
    {
        const BpTally *tally = g_ptr_array_index (tallies, t);
        for (guint i = 0; i < tally->rows->len; i++)
        {
            const char *label = ((const BpTallyRow *)g_ptr_array_index (tally->rows, i))->label;
            double width = bp_xlsx_column_width_chars (bp_xlsx_text_width_pt (label, BP_XLSX_FONT_PT, true) + INDENT_PT);
            columns[0].width_chars = MAX (columns[0].width_chars, MIN (width, MOST_LABEL_CHARS));
        }
        for (int c = 0; c < tally->column_count; c++)
        {
            double title_pt = bp_xlsx_widest_word_pt (tally->columns[c].title, true, 0.0);
            double width = bp_xlsx_column_width_chars (MAX (title_pt, count_width_pt (tally, c)) + INDENT_PT);
            columns[c + 1].width_chars = MAX (columns[c + 1].width_chars, width);
        }
    }
}

/* ---- tallies ---- */

static void add_rule (Layout *layout, BpXlsxGridRule rule)
{
    g_array_append_val (layout->dashboard->rules, rule);
}

/* The cell has the colour as long as it says text, which has the word in it. */
static void add_word_rule (Layout *layout, int row, int column, const char *text, const BpMark *mark)
{
    if (mark->word != NULL)
        add_rule (layout, (BpXlsxGridRule){ .first_row = row,
                                            .last_row = row,
                                            .first_column = column,
                                            .last_column = column,
                                            .word = keep (layout, text),
                                            .tone = mark->tone });
}

static double header_height (const Layout *layout, const BpTally *tally)
{
    int lines = 1;

    for (int c = 0; c < tally->column_count; c++)
        lines = MAX (lines, bp_xlsx_line_count (tally->columns[c].title,
                                                bp_xlsx_column_width_pt (layout->sheet->columns[c + 1].width_chars) - INDENT_PT, true));
    return height_of (lines);
}

static double label_height (const Layout *layout, const BpTallyRow *row)
{
    double width_pt = bp_xlsx_column_width_pt (layout->sheet->columns[0].width_chars) - INDENT_PT;

    return height_of (bp_xlsx_line_count (row->label, width_pt, false));
}

static double tally_height (const Layout *layout, const BpTally *tally)
{
    double height = HEADING_PT + header_height (layout, tally);

    for (guint i = 0; i < tally->rows->len; i++)
        height += label_height (layout, g_ptr_array_index (tally->rows, i));
    return height;
}

static int add_header (Layout *layout, const BpTally *tally)
{
    int row = add_row (layout, header_height (layout, tally));

    add_text (layout, row, 0, BP_XLSX_GRID_HEADER, tally->label_title, false);
    for (int c = 0; c < tally->column_count; c++)
    {
        add_text (layout, row, c + 1, BP_XLSX_GRID_HEADER, tally->columns[c].title, false);
        add_word_rule (layout, row, c + 1, tally->columns[c].title, &tally->columns[c].mark);
    }
    return row;
}

static void add_count (Layout *layout, const BpTally *tally, const BpTallyRow *row, int column, int at)
{
    const BpValue *count = &row->counts[column];
    g_autofree char *formula = bp_xlsx_dup_tally_formula (tally, row, &tally->columns[column], at, layout->labels);
    g_autofree char *text = bp_value_dup_text (count);
    BpXlsxGridCell cell = { .row = at, .column = column + 1, .role = BP_XLSX_GRID_COUNT, .is_right = true, .is_total = row->is_total };

    cell.text = keep (layout, text);
    cell.formula = g_string_chunk_insert_const (layout->plan->pool.strings, formula);
    cell.number = count->number;
    g_array_append_val (layout->dashboard->cells, cell);
    g_autofree char *letters = bp_xlsx_dup_column_letters (column + 1);
    g_autofree char *where = g_strdup_printf ("%s!%s%d", layout->sheet->name, letters, at + 1);
    bp_figure_log_add (layout->figures, count, where);
}

/* Returns the row of its heading. */
static int add_tally (Layout *layout, const BpTally *tally)
{
    keep_together (layout, tally_height (layout, tally));
    int heading_row = add_row (layout, HEADING_PT);

    g_autofree char *heading = g_strdup_printf ("Table %d%c: %s", SHEET_NUMBER, 'a' + (int)layout->dashboard->tables->len, tally->heading);
    add_text (layout, heading_row, 0, BP_XLSX_GRID_HEADING, heading, false);
    int header_row = add_header (layout, tally);
    for (guint i = 0; i < tally->rows->len; i++)
    {
        const BpTallyRow *row = g_ptr_array_index (tally->rows, i);
        int at = add_row (layout, label_height (layout, row));
        add_text (layout, at, 0, BP_XLSX_GRID_LABEL, row->label, row->is_total);
        if (!g_hash_table_contains (layout->labels, row->label))
            g_hash_table_insert (layout->labels, (gpointer)row->label, GINT_TO_POINTER (at));
        add_word_rule (layout, at, 0, row->label, &row->mark);
        for (int c = 0; c < tally->column_count; c++)
            add_count (layout, tally, row, c, at);
    }
    for (int c = 0; c < tally->column_count; c++)
    {
        const char *word = tally->columns[c].alarm_word;
        g_autofree char *suffix = word != NULL ? g_strconcat (" ", word, NULL) : NULL;
        if (word != NULL)
            add_rule (layout, (BpXlsxGridRule){ .first_row = header_row + 1,
                                                .last_row = layout->row - 1,
                                                .first_column = c + 1,
                                                .last_column = c + 1,
                                                .tone = BP_TONE_RED,
                                                .suffix = keep (layout, suffix) });
    }
    const BpXlsxGridTable table = {
        .name = keep (layout, tally->name), .header_row = header_row, .last_row = layout->row - 1, .column_count = tally->column_count + 1
    };
    g_array_append_val (layout->dashboard->tables, table);
    return heading_row;
}

/* ---- charts ---- */

static const BpXlsxSheet *find_sheet (const BpXlsxPlan *plan, const char *name)
{
    for (guint i = 0; i < plan->sheets->len; i++)
    {
        const BpXlsxSheet *sheet = g_ptr_array_index (plan->sheets, i);
        if (strcmp (sheet->name, name) == 0)
            return sheet;
    }
    g_assert_not_reached ();
}

static BpXlsxChart chart_of (const Layout *layout, const BpGraph *graph)
{
    return (BpXlsxChart){ .kind = graph->kind,
                          .title = keep (layout, graph->title),
                          .alternative = keep (layout, graph->alternative),
                          .category_title = keep (layout, graph->category_title),
                          .value_title = keep (layout, graph->value_title),
                          .value_format = "0" };
}

static const BpXlsxCell *cell_of (const BpXlsxSheet *sheet, int row, int column)
{
    guint position = (guint)((row - bp_xlsx_sheet_header_row (sheet) - 1) * sheet->column_count + column);

    return &g_array_index (sheet->cells, BpXlsxCell, position);
}

/* The middle of a month on which, or after which, the day lies: marks some days off a month's length still stand in their month. */
static double middle_of_month (double day)
{
    int year, month, unused;
    BpDate date = (BpDate)day - DAYS_FROM_1899_12_30_TO_1970;

    bp_date_split (date, &year, &month, &unused);
    BpDate middle = bp_date_new (year, month, 15);
    if (middle > date)
        middle = bp_date_add_months (middle, -1);
    return middle + DAYS_FROM_1899_12_30_TO_1970;
}

/* Whole steps of months from before the first point to after the last. */
static void set_day_axis (BpXlsxChart *chart, const BpXlsxSheet *from, int most_steps)
{
    static const int steps[] = { 1, 2, 3, 6, 12, 24, 60, 120 };
    double first = G_MAXDOUBLE, last = 0.0;
    gsize i = 0;

    for (int s = 0; s < chart->series_count; s++)
    {
        first = fmin (first, cell_of (from, chart->series[s].first_row, chart->category_column)->number);
        last = fmax (last, cell_of (from, chart->series[s].last_row, chart->category_column)->number);
    }
    chart->first_day = middle_of_month (first);
    double months = (last - chart->first_day) / DAYS_OF_A_MONTH;
    while (i + 1 < G_N_ELEMENTS (steps) && months / steps[i] > most_steps)
        i++;
    chart->step_days = steps[i] * DAYS_OF_A_MONTH;
    chart->step_count = MAX (1, (int)ceil (months / steps[i]));
}

static double height_between (const Layout *layout, int first_row, int last_row)
{
    double height = 0.0;

    for (int row = first_row; row <= last_row; row++)
        height += g_array_index (layout->sheet->heights_pt, double, row);
    return height;
}

/* Charts stand on paper whole: tables may be wider, of a long scale of statuses. */
static int paper_columns (const BpXlsxSheet *sheet)
{
    return sheet->printed_count > 0 ? sheet->printed_count : sheet->column_count;
}

/* The tally, and its first column as bars at its right. */
static void add_bars (Layout *layout, const BpGraph *graph)
{
    BpXlsxChart chart = chart_of (layout, graph);
    int last_row = 0; /* the total's */

    chart.row = add_tally (layout, graph->tally);
    last_row = layout->row - 1;
    chart.tally = graph->tally;
    chart.first_column = graph->tally->column_count + 1;
    chart.last_column = paper_columns (layout->sheet) - 1;
    chart.is_left_gap = true;
    chart.height_pt = height_between (layout, chart.row, last_row);
    chart.series[0] = (BpXlsxChartSeries){ .name = chart.value_title,
                                           .role = BP_GRAPH_ROLE_VALUE,
                                           .sheet = layout->sheet->name,
                                           .first_row = last_row - (int)graph->tally->rows->len + 1,
                                           .last_row = last_row - 1,
                                           .column = 1 };
    chart.series_count = 1;
    g_array_append_val (layout->dashboard->charts, chart);
}

/* Half of the paper's width, in whole columns: the last column of the left chart. */
static int middle_column (const BpXlsxSheet *sheet)
{
    double total = 0.0, left = 0.0;

    for (int c = 0; c < paper_columns (sheet); c++)
        total += sheet->columns[c].width_chars;
    for (int c = 0; c < paper_columns (sheet) - 1; c++)
    {
        left += sheet->columns[c].width_chars;
        if (left + sheet->columns[c + 1].width_chars / 2.0 >= total / 2.0)
            return c;
    }
    return paper_columns (sheet) - 1;
}

static BpXlsxChart *add_lines (Layout *layout, const BpGraph *graph, int row, bool is_left)
{
    const BpXlsxSheet *from = find_sheet (layout->plan, graph->table->name);
    BpXlsxChart chart = chart_of (layout, graph);
    int first = bp_xlsx_sheet_header_row (from) + 1;
    int middle = middle_column (layout->sheet);

    chart.category_column = bp_sheet_column_index (graph->table, graph->day_column);
    for (int i = 0; i < graph->series_count; i++)
    {
        const BpGraphSeries *series = &graph->series[i];
        int row_from = first + (int)series->first_row;
        chart.series[i] = (BpXlsxChartSeries){ .name = keep (layout, series->name),
                                               .role = series->role,
                                               .sheet = from->name,
                                               .first_row = row_from,
                                               .last_row = row_from + (int)series->row_count - 1,
                                               .column = bp_sheet_column_index (graph->table, series->column) };
    }
    chart.series_count = graph->series_count;
    const BpXlsxCell *cell = cell_of (from, chart.series[0].first_row, chart.series[0].column);
    const char *format = g_ptr_array_index (layout->plan->pool.formats, cell->format);
    chart.value_format = strchr (format, '%') != NULL ? "0%" : format;
    chart.row = row;
    chart.first_column = is_left ? 0 : middle + 1;
    chart.last_column = is_left ? middle : paper_columns (layout->sheet) - 1;
    chart.is_left_gap = !is_left;
    g_array_append_val (layout->dashboard->charts, chart);
    return &g_array_index (layout->dashboard->charts, BpXlsxChart, layout->dashboard->charts->len - 1);
}

static guint count_lines (const BpDashboard *dashboard)
{
    guint count = 0;

    for (guint i = 0; i < dashboard->graphs->len; i++)
        count += ((const BpGraph *)g_ptr_array_index (dashboard->graphs, i))->kind == BP_GRAPH_LINES;
    return count;
}

/* Two to a row; of an odd number the first has a row for itself. */
static void add_line_charts (Layout *layout)
{
    const BpDashboard *from = layout->pack->dashboard;
    const double usual = CLAMP (floor (layout->page_pt / CHART_ROWS_ON_A_PAGE) - GAP_PT, LEAST_CHART_PT, MOST_CHART_PT);
    guint place = 0;
    bool is_alone = count_lines (from) % CHARTS_IN_A_ROW > 0;
    double height = 0.0;
    int row = 0;

    add_text (layout, add_row (layout, HEADING_PT), 0, BP_XLSX_GRID_HEADING, "Progress and headline measures", false);
    if (from->graphs_note != NULL)
        add_text (layout, add_row (layout, height_of (1)), 0, BP_XLSX_GRID_NOTE, from->graphs_note, false);
    for (guint i = 0; i < from->graphs->len; i++)
    {
        const BpGraph *graph = g_ptr_array_index (from->graphs, i);
        if (graph->kind != BP_GRAPH_LINES)
            continue;
        bool is_left = place % CHARTS_IN_A_ROW == 0;
        /* The first may fill the page that the tally of statuses has begun. */
        if (is_alone)
            height = CLAMP (floor (layout->page_pt - layout->used_pt) - GAP_PT, usual, MOST_CHART_PT);
        else
            height = usual;
        keep_together (layout, is_left ? height + GAP_PT : 0.0);
        if (is_left)
            row = add_row (layout, height + GAP_PT);
        BpXlsxChart *chart = add_lines (layout, graph, row, is_left);
        chart->height_pt = height;
        if (is_alone)
            chart->last_column = paper_columns (layout->sheet) - 1;
        set_day_axis (chart, find_sheet (layout->plan, graph->table->name), is_alone ? MOST_STEPS_WIDE : MOST_STEPS_HALF);
        place += is_alone ? CHARTS_IN_A_ROW : 1;
        is_alone = false;
    }
}

static const BpGraph *bars_of (const BpDashboard *dashboard, const BpTally *tally)
{
    for (guint i = 0; i < dashboard->graphs->len; i++)
    {
        const BpGraph *graph = g_ptr_array_index (dashboard->graphs, i);
        if (graph->kind == BP_GRAPH_BARS && graph->tally == tally)
            return graph;
    }
    return NULL;
}

static int widest_tally (const BpDashboard *dashboard)
{
    int widest = 0;

    for (guint i = 0; i < dashboard->tallies->len; i++)
        widest = MAX (widest, ((const BpTally *)g_ptr_array_index (dashboard->tallies, i))->column_count);
    return widest;
}

/* The sheet is printed as wide as the page: what is wider is made smaller, and the page then holds more. */
static double page_height_pt (const BpXlsxSheet *sheet)
{
    double width = 0.0;

    for (int c = 0; c < paper_columns (sheet); c++)
        width += bp_xlsx_column_width_pt (sheet->columns[c].width_chars) + COLUMN_PADDING_PT;
    return PAGE_HEIGHT_PT * fmax (width / PAGE_WIDTH_PT, 1.0);
}

/* Decides first which of the columns stand on paper. */
static void add_lines_of_text (Layout *layout)
{
    g_autoptr (GPtrArray) lines = bp_xlsx_dup_dashboard_lines (layout->pack);

    bp_xlsx_sheet_choose_printed (layout->sheet, lines, BP_XLSX_CHART_TEXT_PT);
    char *paper_line = bp_xlsx_sheet_dup_paper_line (layout->sheet);
    if (paper_line != NULL)
        g_ptr_array_add (lines, paper_line);
    layout->page_pt = page_height_pt (layout->sheet);
    for (guint i = 0; i < lines->len; i++)
    {
        g_ptr_array_add (layout->sheet->lines, (gpointer)keep (layout, g_ptr_array_index (lines, i)));
        add_row (layout, i == 0 ? TITLE_PT : height_of (1));
    }
}

int bp_xlsx_dashboard_column_count (const BpPack *pack)
{
    return widest_tally (pack->dashboard) + 1;
}

void bp_xlsx_dashboard_plan (BpXlsxSheet *sheet, const BpPack *pack, BpXlsxPlan *plan, BpFigureLog *figures)
{
    BpXlsxDashboard *dashboard = g_new0 (BpXlsxDashboard, 1);
    g_autoptr (GHashTable) labels = g_hash_table_new (g_str_hash, g_str_equal);
    Layout layout = { .sheet = sheet, .dashboard = dashboard, .pack = pack, .plan = plan, .figures = figures, .labels = labels };

    dashboard->cells = g_array_new (FALSE, TRUE, sizeof (BpXlsxGridCell));
    dashboard->tables = g_array_new (FALSE, TRUE, sizeof (BpXlsxGridTable));
    dashboard->rules = g_array_new (FALSE, TRUE, sizeof (BpXlsxGridRule));
    dashboard->charts = g_array_new (FALSE, TRUE, sizeof (BpXlsxChart));
    dashboard->breaks = g_array_new (FALSE, FALSE, sizeof (int));
    sheet->dashboard = dashboard;
    sheet->is_landscape = true;
    set_widths (&layout);
    add_lines_of_text (&layout);
    for (guint i = 0; i < pack->dashboard->tallies->len; i++)
    {
        const BpTally *tally = g_ptr_array_index (pack->dashboard->tallies, i);
        const BpGraph *bars = bars_of (pack->dashboard, tally);
        if (bars != NULL)
            add_bars (&layout, bars);
        else
            add_tally (&layout, tally);
        if (i == 0)
            add_line_charts (&layout);
    }
}

/* ---- as text ---- */

static const char *role_name (BpXlsxGridRole role)
{
    switch (role)
    {
    case BP_XLSX_GRID_HEADING:
        return "heading";
    case BP_XLSX_GRID_HEADER:
        return "header";
    case BP_XLSX_GRID_LABEL:
        return "label";
    case BP_XLSX_GRID_COUNT:
        return "count";
    case BP_XLSX_GRID_NOTE:
        return "note";
    }
    g_assert_not_reached ();
}

void bp_xlsx_dashboard_append_text (const BpXlsxDashboard *dashboard, GString *out)
{
    for (guint i = 0; i < dashboard->cells->len; i++)
    {
        const BpXlsxGridCell *cell = &g_array_index (dashboard->cells, BpXlsxGridCell, i);
        g_autofree char *text = g_strescape (cell->text, "");
        g_autofree char *formula = g_strescape (cell->formula != NULL ? cell->formula : "", "");
        g_string_append_printf (out, "%s\t%d\t%d\t%s\t%s\n", role_name (cell->role), cell->row, cell->column, text, formula);
    }
    for (guint i = 0; i < dashboard->tables->len; i++)
    {
        const BpXlsxGridTable *table = &g_array_index (dashboard->tables, BpXlsxGridTable, i);
        g_string_append_printf (out, "table\t%s\t%d\t%d\t%d\n", table->name, table->header_row, table->last_row, table->column_count);
    }
    for (guint i = 0; i < dashboard->rules->len; i++)
    {
        const BpXlsxGridRule *rule = &g_array_index (dashboard->rules, BpXlsxGridRule, i);
        g_autofree char *word = g_strescape (rule->word != NULL ? rule->word : rule->suffix, "");
        g_string_append_printf (out, "rule\t%d\t%d\t%d\t%d\t%s\t%s\n", rule->first_row, rule->first_column, rule->last_row,
                                rule->last_column, rule->word != NULL ? "equals" : "over nought", word);
    }
    for (guint i = 0; i < dashboard->charts->len; i++)
    {
        const BpXlsxChart *chart = &g_array_index (dashboard->charts, BpXlsxChart, i);
        g_autofree char *title = g_strescape (chart->title, "");
        g_autofree char *alternative = g_strescape (chart->alternative, "");
        g_string_append_printf (out, "chart\t%s\t%d\t%d\t%d\t%s\t%s\n", chart->kind == BP_GRAPH_BARS ? "bars" : "lines", chart->row,
                                chart->first_column, chart->last_column, title, alternative);
        for (int s = 0; s < chart->series_count; s++)
        {
            g_autofree char *name = g_strescape (chart->series[s].name, "");
            g_string_append_printf (out, "series\t%s\t%s\t%d\t%d\t%d\n", name, chart->series[s].sheet, chart->series[s].first_row,
                                    chart->series[s].last_row, chart->series[s].column);
        }
    }
}
