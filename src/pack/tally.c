#include "pack/dashboard.h"

/* The cells of the columns that tests name, read once: a large programme has ten thousand rows and hundreds of leads. */
typedef struct
{
    const BpSheet *table;
    GHashTable *texts;   /* folded text → itself: equal texts are one pointer */
    GHashTable *columns; /* position + 1 → array of row_count texts */
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

static const BpValue *cell_at (const Reading *reading, guint row, int column)
{
    return &g_array_index (reading->table->rows, BpValue *, row)[column];
}

static const char **texts_of (Reading *reading, int column)
{
    const char **texts = g_hash_table_lookup (reading->columns, GINT_TO_POINTER (column + 1));

    if (texts != NULL)
        return texts;
    texts = g_new (const char *, MAX (reading->table->rows->len, 1));
    for (guint i = 0; i < reading->table->rows->len; i++)
    {
        g_autofree char *text = bp_value_dup_text (cell_at (reading, i, column));
        texts[i] = fold (reading, text);
    }
    g_hash_table_insert (reading->columns, GINT_TO_POINTER (column + 1), texts);
    return texts;
}

static bool is_number (const BpValue *value)
{
    return value->kind == BP_VALUE_COUNT || value->kind == BP_VALUE_NUMBER;
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
        const BpValue *value = cell_at (reading, row, column);
        bool is_day = value->kind == BP_VALUE_DATE && value->date != BP_DATE_NONE;
        bool is_passing = false;
        switch (test->kind)
        {
        case BP_ROW_TEST_EQUALS:
            is_passing = texts != NULL && texts[row] == wanted;
            break;
        case BP_ROW_TEST_ABOVE:
            is_passing = is_number (value) && value->number > test->number;
            break;
        case BP_ROW_TEST_FROM_DAY:
            is_passing = is_day && value->date >= test->date;
            break;
        case BP_ROW_TEST_TO_DAY:
            is_passing = is_day && value->date <= test->date;
            break;
        }
        if (is_passing)
            g_array_index (rows, guint, kept++) = row;
    }
    g_array_set_size (rows, kept);
}

static GArray *dup_passing (Reading *reading, const GArray *from, const BpRowTests *tests)
{
    GArray *rows = g_array_sized_new (FALSE, FALSE, sizeof (guint), from->len);

    if (from->len > 0)
        g_array_append_vals (rows, from->data, from->len);
    for (int i = 0; i < tests->count; i++)
        keep_passing (reading, rows, &tests->tests[i]);
    return rows;
}

static void count_row (Reading *reading, const BpTally *tally, const BpTallyRow *row, const GArray *all)
{
    g_autoptr (GArray) own = dup_passing (reading, all, &row->tests);

    for (int c = 0; c < tally->column_count; c++)
    {
        g_autoptr (GArray) passing = dup_passing (reading, own, &tally->columns[c].tests);
        row->counts[c] = bp_value_with_figure (bp_value_count (passing->len), row->counts[c].figure);
    }
}

void bp_tally_count (BpTally *tally)
{
    g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr (GHashTable) columns = g_hash_table_new_full (NULL, NULL, NULL, g_free);
    g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (guint));
    Reading reading = { .table = tally->table, .texts = texts, .columns = columns };

    for (guint i = 0; i < tally->table->rows->len; i++)
        g_array_append_val (all, i);
    for (guint i = 0; i < tally->rows->len; i++)
        count_row (&reading, tally, g_ptr_array_index (tally->rows, i), all);
}
