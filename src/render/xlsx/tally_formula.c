#include "render/xlsx/tally_formula.h"

#include "render/xlsx/cell_text.h"
#include "render/xlsx/sheet_names.h"

#include <string.h>

/* Of a criterion of COUNTIFS, and of a text in a formula. */
#define MAX_CRITERION_CHARS 250

char *bp_xlsx_dup_column_letters (int column)
{
    char letters[8];
    int at = (int)sizeof letters - 1;

    letters[at] = '\0';
    for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        letters[--at] = (char)('A' + (rest - 1) % 26);
    return g_strdup (letters + at);
}

/* "Actions_table[Days overdue]": brackets, hash and apostrophe in a title stand behind an apostrophe. */
static void append_range (GString *formula, const BpTally *tally, const char *column)
{
    g_autofree char *table = bp_xlsx_dup_table_name (tally->table->name);

    g_string_append_printf (formula, "%s[", table);
    for (const char *at = column; *at != '\0'; at++)
    {
        if (strchr ("[]#'@", *at) != NULL)
            g_string_append_c (formula, '\'');
        g_string_append_c (formula, *at);
    }
    g_string_append_c (formula, ']');
}

static bool is_number (const char *text)
{
    char *end = NULL;

    g_ascii_strtod (text, &end);
    return end != text && *end == '\0';
}

/* COUNTIFS takes it for itself and nothing else. */
static bool is_plain (const char *text)
{
    return strpbrk (text, "*?~") == NULL && strchr ("=<>", text[0]) == NULL && !is_number (text)
           && g_utf8_strlen (text, -1) <= MAX_CRITERION_CHARS;
}

static bool are_plain (const BpRowTests *tests)
{
    for (int i = 0; i < tests->count; i++)
        if (tests->tests[i].kind == BP_ROW_TEST_EQUALS && !is_plain (tests->tests[i].text))
            return false;
    return true;
}

static void append_quoted (GString *formula, const char *text)
{
    g_autofree char *fit = bp_xlsx_dup_cell_text (text, NULL);

    g_string_append_c (formula, '"');
    for (const char *c = fit; *c != '\0'; c++)
    {
        if (*c == '"')
            g_string_append_c (formula, '"');
        g_string_append_c (formula, *c);
    }
    g_string_append_c (formula, '"');
}

static void append_day (GString *formula, BpDate date)
{
    int year, month, day;

    bp_date_split (date, &year, &month, &day);
    g_string_append_printf (formula, "DATE(%d,%d,%d)", year, month, day);
}

static void append_number (GString *formula, double number)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];

    g_string_append (formula, g_ascii_dtostr (buffer, sizeof buffer, number));
}

static const char *operator_of (BpRowTestKind kind)
{
    switch (kind)
    {
    case BP_ROW_TEST_EQUALS:
        return "=";
    case BP_ROW_TEST_ABOVE:
        return ">";
    case BP_ROW_TEST_FROM_DAY:
        return ">=";
    case BP_ROW_TEST_TO_DAY:
        return "<=";
    }
    g_assert_not_reached ();
}

typedef struct
{
    GString *formula;
    const BpTally *tally;
    const char *label;
    int at; /* row on the sheet */
    GHashTable *labels;
    int written; /* tests so far */
} Writer;

/* The cell of a label that says the text, else the text itself. */
static void append_text (Writer *writer, const char *text)
{
    gpointer row = NULL;

    if (strcmp (text, writer->label) == 0)
        g_string_append_printf (writer->formula, "$A%d", writer->at + 1);
    else if (g_hash_table_lookup_extended (writer->labels, text, NULL, &row))
        g_string_append_printf (writer->formula, "$A$%d", GPOINTER_TO_INT (row) + 1);
    else
        append_quoted (writer->formula, text);
}

/* =SUM(I26,J26): the columns of counts begin with B. */
static char *dup_sum (const BpTally *tally, int at)
{
    GString *formula = g_string_new ("=SUM(");
    const char *comma = "";

    for (int c = 0; c < tally->column_count; c++)
    {
        if (!tally->columns[c].is_in_sum)
            continue;
        g_autofree char *letters = bp_xlsx_dup_column_letters (c + 1);
        g_string_append_printf (formula, "%s%s%d", comma, letters, at + 1);
        comma = ",";
    }
    g_string_append (formula, *comma == '\0' ? "0)" : ")");
    return g_string_free (formula, FALSE);
}

/* Right of the operator. */
static void append_operand (Writer *writer, const BpRowTest *test)
{
    switch (test->kind)
    {
    case BP_ROW_TEST_EQUALS:
        append_text (writer, test->text);
        return;
    case BP_ROW_TEST_ABOVE:
        append_number (writer->formula, test->number);
        return;
    case BP_ROW_TEST_FROM_DAY:
    case BP_ROW_TEST_TO_DAY:
        append_day (writer->formula, test->date);
        return;
    }
}

/* Actions_table[Due date],">="&DATE(2025,4,1) */
static void append_criterion (Writer *writer, const BpRowTest *test)
{
    if (writer->written++ > 0)
        g_string_append_c (writer->formula, ',');
    append_range (writer->formula, writer->tally, test->column);
    g_string_append_c (writer->formula, ',');
    if (test->kind != BP_ROW_TEST_EQUALS)
        g_string_append_printf (writer->formula, "\"%s\"&", operator_of (test->kind));
    append_operand (writer, test);
}

/* (Actions_table[Lead]=$A12), for numbers and days with ISNUMBER, for a text is more than any number. */
static void append_factor (Writer *writer, const BpRowTest *test)
{
    if (writer->written++ > 0)
        g_string_append_c (writer->formula, '*');
    if (test->kind != BP_ROW_TEST_EQUALS)
    {
        g_string_append (writer->formula, "ISNUMBER(");
        append_range (writer->formula, writer->tally, test->column);
        g_string_append (writer->formula, ")*");
    }
    g_string_append_c (writer->formula, '(');
    append_range (writer->formula, writer->tally, test->column);
    g_string_append (writer->formula, operator_of (test->kind));
    append_operand (writer, test);
    g_string_append_c (writer->formula, ')');
}

char *bp_xlsx_dup_tally_formula (const BpTally *tally, const BpTallyRow *row, const BpTallyColumn *column, int at, GHashTable *labels)
{
    if (column->is_sum)
        return dup_sum (tally, at);
    Writer writer = { .formula = g_string_new ("="), .tally = tally, .label = row->label, .at = at, .labels = labels };
    const BpRowTests *both[] = { &row->tests, &column->tests };
    bool is_countable = are_plain (both[0]) && are_plain (both[1]);

    if (both[0]->count + both[1]->count == 0)
    {
        g_string_append (writer.formula, "ROWS(");
        append_range (writer.formula, tally, tally->table->columns[0].title);
        g_string_append_c (writer.formula, ')');
        return g_string_free (writer.formula, FALSE);
    }
    /* The second factor makes numbers of a single list of yes and no. */
    g_string_append (writer.formula, is_countable ? "COUNTIFS(" : "SUMPRODUCT(1*");
    for (gsize i = 0; i < G_N_ELEMENTS (both); i++)
        for (int t = 0; t < both[i]->count; t++)
            if (is_countable)
                append_criterion (&writer, &both[i]->tests[t]);
            else
                append_factor (&writer, &both[i]->tests[t]);
    g_string_append_c (writer.formula, ')');
    return g_string_free (writer.formula, FALSE);
}
