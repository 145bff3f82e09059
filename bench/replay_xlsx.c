/* The floor for the workbook: the same cells through libxlsxwriter, nothing measured, checked or decided.
 *   replay_xlsx [--streamed] PLAN-DUMP OUT.xlsx      (the dump of bp_xlsx_plan_dup_text)
 * Streamed: tables go out row by row, as boardpack does it; else all is kept until the end, the library's own way. */
#include "replay.h"

#include <string.h>
#include <xlsxwriter.h>

/* One line of the dump. */
typedef struct
{
    char **fields; /* unescaped; the first is the kind */
    int count;
    double number;
} Record;

static void free_record (gpointer data)
{
    g_strfreev (((Record *)data)->fields);
}

static GArray *read_records (const char *path)
{
    g_autofree char *contents = replay_read (path);
    g_auto (GStrv) lines = g_strsplit (contents, "\n", -1);
    GArray *records = g_array_new (FALSE, TRUE, sizeof (Record));

    g_array_set_clear_func (records, free_record);
    for (char **line = lines; *line != NULL; line++)
    {
        if (**line == '\0')
            continue;
        Record record = { .fields = g_strsplit (*line, "\t", -1) };
        for (char **field = record.fields; *field != NULL; field++, record.count++)
        {
            char *plain = g_strcompress (*field);
            g_free (*field);
            *field = plain;
        }
        if (record.count > 1)
            record.number = g_ascii_strtod (record.fields[1], NULL);
        g_array_append_val (records, record);
    }
    return records;
}

typedef struct
{
    lxw_workbook *workbook;
    lxw_format *text, *right, *bold;
    GHashTable *numbers;
    lxw_worksheet *sheet;
    lxw_chart *chart;       /* the last */
    const Record *chart_at; /* its record, until it is placed */
    bool is_streamed;
    char *table;
    GPtrArray *columns; /* of lxw_table_column */
    GArray *heights;    /* of double */
    lxw_row_t line_row;
    guint cell;
    guint cells_written;
} Replay;

static lxw_format *find_format (Replay *replay, const char *name)
{
    lxw_format *format = g_hash_table_lookup (replay->numbers, name);

    if (format == NULL)
    {
        format = workbook_add_format (replay->workbook);
        format_set_num_format (format, name);
        g_hash_table_insert (replay->numbers, (gpointer)name, format);
    }
    return format;
}

static void end_sheet (Replay *replay)
{
    if (replay->sheet != NULL && *replay->table != '\0')
    {
        lxw_row_t rows = replay->cell / replay->columns->len;
        g_ptr_array_add (replay->columns, NULL);
        lxw_table_options options
            = { .name = replay->table, .no_autofilter = LXW_TRUE, .columns = (lxw_table_column **)replay->columns->pdata };
        replay->sheet->optimize = LXW_FALSE;
        worksheet_add_table (replay->sheet, replay->line_row, 0, replay->line_row + rows, (lxw_col_t)(replay->columns->len - 2), &options);
        replay->sheet->optimize = replay->is_streamed;
    }
    g_ptr_array_set_size (replay->columns, 0);
    g_array_set_size (replay->heights, 0);
    replay->line_row = 0;
    replay->cell = 0;
}

static void set_row (const Replay *replay, lxw_row_t row)
{
    worksheet_set_row (replay->sheet, row, g_array_index (replay->heights, double, row), NULL);
}

static void write_header (const Replay *replay)
{
    set_row (replay, replay->line_row);
    for (guint i = 0; i < replay->columns->len; i++)
        worksheet_write_string (replay->sheet, replay->line_row, (lxw_col_t)i,
                                ((const lxw_table_column *)g_ptr_array_index (replay->columns, i))->header, replay->bold);
}

static void write_cell (Replay *replay, const Record *record)
{
    lxw_row_t row = replay->line_row + 1 + replay->cell / replay->columns->len;
    lxw_col_t column = (lxw_col_t)(replay->cell % replay->columns->len);
    const char *kind = record->fields[0];

    if (replay->cell == 0)
        write_header (replay);
    if (column == 0)
        set_row (replay, row);
    if (strcmp (kind, "number") == 0)
        worksheet_write_number (replay->sheet, row, column, record->number, find_format (replay, record->fields[2]));
    else if (strcmp (kind, "link") == 0)
    {
        g_autofree char *target = g_strdup_printf ("internal:'%s'!A1", record->fields[1]);
        worksheet_write_url_opt (replay->sheet, row, column, target, NULL, record->fields[1], NULL);
    }
    else
        worksheet_write_string (replay->sheet, row, column, record->fields[1], strcmp (kind, "text") == 0 ? replay->text : replay->right);
    replay->cell++;
    replay->cells_written++;
}

static int whole (const Record *record, int field)
{
    return (int)g_ascii_strtoll (record->fields[field], NULL, 10);
}

/* The parts of a dashboard name their place: row and column, or a range. False for any other kind. */
static bool play_dashboard (Replay *replay, const Record *record)
{
    static const char *const texts[] = { "heading", "header", "label", "note", NULL };
    const char *kind = record->fields[0];

    if (g_strv_contains (texts, kind))
        worksheet_write_string (replay->sheet, (lxw_row_t)whole (record, 1), (lxw_col_t)whole (record, 2), record->fields[3], replay->text);
    else if (strcmp (kind, "count") == 0)
        worksheet_write_formula_num (replay->sheet, (lxw_row_t)whole (record, 1), (lxw_col_t)whole (record, 2), record->fields[4], NULL,
                                     g_ascii_strtod (record->fields[3], NULL));
    else if (strcmp (kind, "rule") == 0)
    {
        lxw_conditional_format rule
            = { .type = LXW_CONDITIONAL_TYPE_CELL, .criteria = LXW_CONDITIONAL_CRITERIA_GREATER_THAN, .format = replay->bold };
        worksheet_conditional_format_range (replay->sheet, (lxw_row_t)whole (record, 1), (lxw_col_t)whole (record, 2),
                                            (lxw_row_t)whole (record, 3), (lxw_col_t)whole (record, 4), &rule);
    }
    else if (strcmp (kind, "chart") == 0)
    {
        bool is_bars = strcmp (record->fields[1], "bars") == 0;
        replay->chart = workbook_add_chart (replay->workbook, is_bars ? LXW_CHART_BAR : LXW_CHART_SCATTER_STRAIGHT_WITH_MARKERS);
        chart_title_set_name (replay->chart, record->fields[5]);
        replay->chart_at = record;
    }
    else if (strcmp (kind, "series") == 0)
    {
        lxw_chart_series *series = chart_add_series (replay->chart, NULL, NULL);
        lxw_row_t first = (lxw_row_t)whole (record, 3), last = (lxw_row_t)whole (record, 4);
        chart_series_set_name (series, record->fields[1]);
        chart_series_set_categories (series, record->fields[2], first, 0, last, 0);
        chart_series_set_values (series, record->fields[2], first, (lxw_col_t)whole (record, 5), last, (lxw_col_t)whole (record, 5));
        if (replay->chart_at != NULL) /* a chart without a series is refused */
            worksheet_insert_chart (replay->sheet, (lxw_row_t)whole (replay->chart_at, 2), (lxw_col_t)whole (replay->chart_at, 3),
                                    replay->chart);
        replay->chart_at = NULL;
    }
    else
        return false;
    replay->cells_written += strcmp (kind, "count") == 0;
    return true;
}

static void play (Replay *replay, const Record *record)
{
    const char *kind = record->fields[0];

    if (strcmp (kind, "sheet") == 0)
    {
        end_sheet (replay);
        replay->table = record->fields[2];
        replay->workbook->options.constant_memory = replay->is_streamed && *replay->table != '\0';
        replay->sheet = workbook_add_worksheet (replay->workbook, record->fields[1]);
    }
    else if (g_str_has_prefix (kind, "column"))
    {
        lxw_table_column *column = g_new0 (lxw_table_column, 1);
        lxw_col_t index = (lxw_col_t)replay->columns->len;
        column->header = record->fields[2];
        g_ptr_array_add (replay->columns, column);
        worksheet_set_column (replay->sheet, index, index, record->number, NULL);
    }
    else if (strcmp (kind, "height") == 0)
    {
        g_array_append_val (replay->heights, record->number);
        if (*replay->table == '\0')
            set_row (replay, replay->heights->len - 1);
    }
    else if (strcmp (kind, "line") == 0)
    {
        set_row (replay, replay->line_row);
        worksheet_write_string (replay->sheet, replay->line_row++, 0, record->fields[1], replay->text);
    }
    else if (!play_dashboard (replay, record))
        write_cell (replay, record);
}

int main (int argc, char **argv)
{
    bool is_streamed = argc == 4 && strcmp (argv[1], "--streamed") == 0;
    if (!is_streamed && argc != 3)
        g_error ("usage: replay_xlsx [--streamed] PLAN-DUMP OUT.xlsx");
    const char *out = argv[argc - 1];
    g_autoptr (GArray) records = read_records (argv[argc - 2]);
    g_autofree char *folder = g_path_get_dirname (out);
    double began = replay_cpu_ms ();
    lxw_workbook_options options = { .tmpdir = folder };
    Replay replay = { .workbook = workbook_new_opt (out, &options), .is_streamed = is_streamed };

    replay.columns = g_ptr_array_new_with_free_func (g_free);
    replay.heights = g_array_new (FALSE, FALSE, sizeof (double));
    replay.numbers = g_hash_table_new (g_str_hash, g_str_equal);
    replay.text = workbook_add_format (replay.workbook);
    format_set_text_wrap (replay.text);
    replay.right = workbook_add_format (replay.workbook);
    format_set_align (replay.right, LXW_ALIGN_RIGHT);
    replay.bold = workbook_add_format (replay.workbook);
    format_set_bold (replay.bold);
    for (guint i = 0; i < records->len; i++)
        play (&replay, &g_array_index (records, Record, i));
    end_sheet (&replay);
    lxw_error code = workbook_close (replay.workbook);
    if (code != LXW_NO_ERROR)
        g_error ("%s: %s", out, lxw_strerror (code));
    g_autofree char *amount = g_strdup_printf ("%u cells", replay.cells_written);
    replay_report (is_streamed ? "replay_streamed" : "replay_xlsx", replay_cpu_ms () - began, amount);
    g_hash_table_unref (replay.numbers);
    g_ptr_array_unref (replay.columns);
    g_array_unref (replay.heights);
    return 0;
}
