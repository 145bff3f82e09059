#include "pack/dashboard.h"

/* The cells of the columns that tests name, read once for all tallies: a large programme has ten thousand rows and hundreds of leads. */
typedef struct
{
    const BpSheet *table;
    GHashTable *texts;   /* folded text → itself: equal texts are one pointer */
    GHashTable *columns; /* position + 1 → array of texts, one for each row */
} Reading;

static const char *fold (Reading *reading, const char *text)
{
    g_autofree char *folded = g_utf8_casefold (text, -1);
    const char *known = g_hash_table_lookup (reading->texts, folded);

    if (known != NULL)
        return known;
    char *own = g_steal_pointer (&folded);
    g_hash_table_add (reading->texts, own);
    return own;
}

static const char **texts_of (Reading *reading, int column)
{
    const char **texts = g_hash_table_lookup (reading->columns, GINT_TO_POINTER (column + 1));
    guint count = bp_sheet_row_count (reading->table);

    if (texts != NULL)
        return texts;
    texts = g_new (const char *, MAX (count, 1));
    for (guint i = 0; i < count; i++)
    {
        const BpValue value = bp_sheet_cell (reading->table, i, column);
        g_autofree char *text = bp_value_dup_text (&value);
        texts[i] = fold (reading, text);
    }
    g_hash_table_insert (reading->columns, GINT_TO_POINTER (column + 1), texts);
    return texts;
}

static bool is_number (const BpValue *value)
{
    return value->kind == BP_VALUE_COUNT || value->kind == BP_VALUE_NUMBER;
}

static bool passes (const BpValue *value, const BpRowTest *test)
{
    bool is_day = value->kind == BP_VALUE_DATE && value->date != BP_DATE_NONE;

    switch (test->kind)
    {
    case BP_ROW_TEST_EQUALS:
        break;
    case BP_ROW_TEST_ABOVE:
        return is_number (value) && value->number > test->number;
    case BP_ROW_TEST_FROM_DAY:
        return is_day && value->date >= test->date;
    case BP_ROW_TEST_TO_DAY:
        return is_day && value->date <= test->date;
    }
    g_assert_not_reached ();
}

/* Keeps those of rows (of guint) that pass. */
static void keep_passing (Reading *reading, GArray *rows, const BpRowTest *test)
{
    int column = bp_sheet_column_index (reading->table, test->column);
    const char **texts = test->kind == BP_ROW_TEST_EQUALS ? texts_of (reading, column) : NULL;
    const char *wanted = texts != NULL ? fold (reading, test->text) : NULL;
    guint kept = 0;

    for (guint i = 0; i < rows->len; i++)
    {
        guint row = g_array_index (rows, guint, i);
        bool is_kept = false;
        if (texts != NULL)
            is_kept = texts[row] == wanted;
        else
        {
            const BpValue value = bp_sheet_cell (reading->table, row, column);
            is_kept = passes (&value, test);
        }
        if (is_kept)
            g_array_index (rows, guint, kept++) = row;
    }
    g_array_set_size (rows, kept);
}

/* The rows of the table that pass. Free with g_array_unref. */
static GArray *dup_passing (Reading *reading, const BpRowTests *tests)
{
    guint count = bp_sheet_row_count (reading->table);
    GArray *rows = g_array_sized_new (FALSE, FALSE, sizeof (guint), count);

    for (guint i = 0; i < count; i++)
        g_array_append_val (rows, i);
    for (int i = 0; i < tests->count; i++)
        keep_passing (reading, rows, &tests->tests[i]);
    return rows;
}

/* Whether each row of the table passes. Caller frees. */
static bool *dup_is_passing (Reading *reading, const BpRowTests *tests)
{
    bool *is_passing = g_new0 (bool, MAX (bp_sheet_row_count (reading->table), 1));
    g_autoptr (GArray) rows = dup_passing (reading, tests);

    for (guint i = 0; i < rows->len; i++)
        is_passing[g_array_index (rows, guint, i)] = true;
    return is_passing;
}

static double sum_of (const BpTally *tally, const BpTallyRow *row)
{
    double sum = 0.0;

    for (int c = 0; c < tally->column_count; c++)
        sum += tally->columns[c].is_in_sum ? row->counts[c].number : 0.0;
    return sum;
}

static void count_row (Reading *reading, const BpTally *tally, const BpTallyRow *row, const GPtrArray *columns)
{
    g_autoptr (GArray) own = dup_passing (reading, &row->tests);

    for (int c = 0; c < tally->column_count; c++)
    {
        const bool *is_passing = g_ptr_array_index (columns, c);
        int count = 0;
        for (guint i = 0; i < own->len; i++)
            count += is_passing[g_array_index (own, guint, i)];
        row->counts[c] = bp_value_with_figure (bp_value_count (count), row->counts[c].figure);
    }
    for (int c = 0; c < tally->column_count; c++)
        if (tally->columns[c].is_sum)
            row->counts[c].number = sum_of (tally, row);
}

static void count_tally (Reading *reading, const BpTally *tally)
{
    g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);

    for (int c = 0; c < tally->column_count; c++)
        g_ptr_array_add (columns, dup_is_passing (reading, &tally->columns[c].tests));
    for (guint i = 0; i < tally->rows->len; i++)
        count_row (reading, tally, g_ptr_array_index (tally->rows, i), columns);
}

void bp_dashboard_count (BpDashboard *dashboard)
{
    g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr (GHashTable) columns = g_hash_table_new_full (NULL, NULL, NULL, g_free);
    Reading reading = { .texts = texts, .columns = columns };

    for (guint i = 0; i < dashboard->tallies->len; i++)
    {
        const BpTally *tally = g_ptr_array_index (dashboard->tallies, i);
        if (tally->table != reading.table)
            g_hash_table_remove_all (columns);
        reading.table = tally->table;
        count_tally (&reading, tally);
    }
}
