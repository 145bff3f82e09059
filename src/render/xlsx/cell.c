#include "render/xlsx/cell.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

#define MINUS "\u2212"
/* Day 1 is 1 January 1900 and, by an old mistake, 29 February 1900 is counted: day numbers are right from 1 March 1900 (day 61). */
#define DAYS_FROM_1899_12_30_TO_1970 25569
#define FIRST_RIGHT_DAY 61
/* The library cuts a longer number format without a word. */
#define MAX_FORMAT_BYTES 120
/* A figure that would need one more is written as text: spreadsheet programs hold a few thousand. */
#define MAX_FORMATS 2000

/* A figure as printed, in parts: "+12.5 points" is sign +, digits "12.5", one decimal, suffix " points". */
typedef struct
{
    char *prefix; /* before the digits, sign apart: "£" */
    char *suffix;
    bool is_plus, is_minus;
    double magnitude;
    int decimals;
} Printed;

static void printed_clear (Printed *printed)
{
    g_free (printed->prefix);
    g_free (printed->suffix);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Printed, printed_clear)

/* False if there is no number in it. */
static bool printed_init (Printed *printed, const char *text)
{
    const char *digits = text + strcspn (text, "0123456789");
    const char *end = digits + strspn (digits, "0123456789,.");
    g_autofree char *before = g_strndup (text, (gsize)(digits - text));
    g_autoptr (GString) number = g_string_new (NULL);

    memset (printed, 0, sizeof *printed);
    if (*digits == '\0')
        return false;
    for (const char *at = digits; at < end; at++)
        if (*at != ',')
            g_string_append_c (number, *at);
    const char *point = strchr (number->str, '.');
    printed->decimals = point != NULL ? (int)strlen (point + 1) : 0;
    printed->magnitude = g_ascii_strtod (number->str, NULL);
    printed->is_plus = strchr (before, '+') != NULL;
    printed->is_minus = strstr (before, MINUS) != NULL;
    const char *bare = before;
    if (printed->is_plus)
        bare += 1;
    else if (g_str_has_prefix (before, MINUS))
        bare += strlen (MINUS);
    printed->prefix = g_strdup (bare);
    printed->suffix = g_strdup (end);
    return true;
}

/* Literal words of a number format stand in quotes, which have no escape: a quote is left out. */
static void append_literal (GString *format, const char *text)
{
    if (*text == '\0')
        return;
    g_string_append_c (format, '"');
    for (const char *at = text; *at != '\0'; at++)
        if (*at != '"')
            g_string_append_c (format, *at);
    g_string_append_c (format, '"');
}

static void append_section (GString *format, const Printed *printed, const char *sign, bool is_percent)
{
    g_autofree char *before = g_strconcat (sign, printed->prefix, NULL);

    append_literal (format, before);
    g_string_append (format, is_percent && printed->magnitude < 1000.0 ? "0" : "#,##0");
    if (printed->decimals > 0)
        g_string_append_c (format, '.');
    for (int i = 0; i < printed->decimals; i++)
        g_string_append_c (format, '0');
    if (is_percent)
        g_string_append_c (format, '%');
    append_literal (format, is_percent ? printed->suffix + 1 : printed->suffix);
}

static char *dup_number_format (const Printed *printed, bool is_percent)
{
    GString *format = g_string_new (NULL);

    append_section (format, printed, printed->is_plus ? "+" : "", is_percent);
    if (printed->is_plus || printed->is_minus)
    {
        g_string_append_c (format, ';');
        append_section (format, printed, MINUS, is_percent);
    }
    return g_string_free (format, FALSE);
}

/* What the file stores: the exact figure if it shows as printed, else the printed one. */
static double figure_to_store (double exact, const Printed *printed)
{
    double shown = printed->is_minus ? -printed->magnitude : printed->magnitude;
    double scale = pow (10.0, printed->decimals);
    /* Spreadsheets round half away from nought, on 15 significant digits. */
    double rounded = floor (fabs (exact) * scale * (1.0 + 1e-15) + 0.5) / scale;
    bool is_same = fabs (rounded - printed->magnitude) < 0.5 / scale && signbit (exact) == signbit (shown);

    return is_same ? exact : shown;
}

void bp_xlsx_cell_pool_init (BpXlsxCellPool *pool)
{
    pool->strings = g_string_chunk_new (65536);
    pool->formats = g_ptr_array_new ();
    pool->format_index = g_hash_table_new (g_str_hash, g_str_equal);
}

void bp_xlsx_cell_pool_clear (BpXlsxCellPool *pool)
{
    g_clear_pointer (&pool->format_index, g_hash_table_unref);
    g_clear_pointer (&pool->formats, g_ptr_array_unref);
    g_clear_pointer (&pool->strings, g_string_chunk_free);
}

/* False if there are too many. */
static bool find_format (BpXlsxCellPool *pool, const char *format, guint16 *index_out)
{
    gpointer known = NULL;

    if (g_hash_table_lookup_extended (pool->format_index, format, NULL, &known))
    {
        *index_out = (guint16)GPOINTER_TO_UINT (known);
        return true;
    }
    if (pool->formats->len == MAX_FORMATS)
        return false;
    char *own = g_string_chunk_insert (pool->strings, format);
    *index_out = (guint16)pool->formats->len;
    g_hash_table_insert (pool->format_index, own, GUINT_TO_POINTER (pool->formats->len));
    g_ptr_array_add (pool->formats, own);
    return true;
}

static bool init_number (BpXlsxCell *cell, const BpValue *value, double exact, BpXlsxCellPool *pool, char **shown_out,
                         BpXlsxTextChange *change_out, GError **error)
{
    g_autofree char *raw = bp_value_dup_text (value);
    g_autofree char *text = bp_xlsx_dup_cell_text (raw, change_out);
    g_auto (Printed) printed = { 0 };

    if (!isfinite (exact))
        return bp_fail (error, BP_ERROR_RENDER, "a figure is not a finite number");
    bool has_number = printed_init (&printed, text);
    bool is_percent = has_number && printed.suffix[0] == '%';
    g_autofree char *format = has_number ? dup_number_format (&printed, is_percent) : NULL;
    if (format == NULL || strlen (format) > MAX_FORMAT_BYTES || !find_format (pool, format, &cell->format))
    {
        bp_xlsx_cell_init_text (cell, text, pool->strings, change_out);
        return true;
    }
    double figure = figure_to_store (exact, &printed);
    cell->kind = BP_XLSX_CELL_NUMBER;
    cell->number = is_percent ? figure / 100.0 : figure;
    cell->is_right = true;
    *shown_out = g_steal_pointer (&text);
    return true;
}

static const char *date_format (BpDateStyle style)
{
    switch (style)
    {
    case BP_DATE_MONTH:
        return "mmmm yyyy";
    case BP_DATE_LONG:
    case BP_DATE_MEDIUM:
    case BP_DATE_DAY_MONTH:
    case BP_DATE_ISO:
        return "d mmmm yyyy";
    }
    g_assert_not_reached ();
}

/* Whatever its style on paper, a day in the workbook shows day, month and year: it is sorted and filtered. */
static void init_date (BpXlsxCell *cell, const BpValue *value, BpXlsxCellPool *pool, char **shown_out)
{
    if (value->date == BP_DATE_NONE)
    {
        bp_xlsx_cell_init_text (cell, "", pool->strings, NULL);
        return;
    }
    g_autofree char *text = bp_date_dup_text (value->date, value->date_style == BP_DATE_MONTH ? BP_DATE_MONTH : BP_DATE_LONG);
    int day = value->date + DAYS_FROM_1899_12_30_TO_1970;
    if (day < FIRST_RIGHT_DAY || !find_format (pool, date_format (value->date_style), &cell->format))
    {
        bp_xlsx_cell_init_text (cell, text, pool->strings, NULL);
        return;
    }
    cell->kind = BP_XLSX_CELL_NUMBER;
    cell->number = day;
    *shown_out = g_steal_pointer (&text);
}

void bp_xlsx_cell_init_text (BpXlsxCell *cell, const char *text, GStringChunk *strings, BpXlsxTextChange *change_out)
{
    g_autofree char *fit = bp_xlsx_dup_cell_text (text != NULL ? text : "", change_out);

    memset (cell, 0, sizeof *cell);
    cell->kind = BP_XLSX_CELL_TEXT;
    cell->text = bp_text_is_blank (fit) ? BP_XLSX_NOT_APPLICABLE : g_string_chunk_insert_const (strings, fit);
}

void bp_xlsx_cell_init_input (BpXlsxCell *cell, BpSheetInputKind input)
{
    *cell = (BpXlsxCell){ .kind = BP_XLSX_CELL_INPUT, .text = "", .input = (guint8)input };
}

static double exact_percent (const BpValue *value)
{
    return value->has_share && value->denominator > 0.0 ? value->numerator / value->denominator * 100.0 : value->number;
}

/* The words of the value itself, which outlive the cell; copied only where no cell can hold them as they are. */
static void init_words (BpXlsxCell *cell, const char *words, BpXlsxCellPool *pool, BpXlsxTextChange *change_out)
{
    if (words == NULL || !bp_xlsx_is_cell_text (words))
        bp_xlsx_cell_init_text (cell, words, pool->strings, change_out);
    else
        *cell = (BpXlsxCell){ .kind = BP_XLSX_CELL_TEXT, .text = bp_text_is_blank (words) ? BP_XLSX_NOT_APPLICABLE : words };
}

bool bp_xlsx_cell_init (BpXlsxCell *cell, const BpValue *value, BpSheetColumnType type, BpXlsxCellPool *pool, char **shown_out,
                        BpXlsxTextChange *change_out, GError **error)
{
    bool is_right = type == BP_SHEET_NUMBER || type == BP_SHEET_PERCENT || type == BP_SHEET_COUNT;

    memset (cell, 0, sizeof *cell);
    *shown_out = NULL;
    if (change_out != NULL)
        memset (change_out, 0, sizeof *change_out);
    switch (value->kind)
    {
    case BP_VALUE_COUNT:
    case BP_VALUE_NUMBER:
    case BP_VALUE_POINTS:
    case BP_VALUE_CHANGE:
    case BP_VALUE_MONEY:
        return init_number (cell, value, value->number, pool, shown_out, change_out, error);
    case BP_VALUE_PERCENT:
        return init_number (cell, value, exact_percent (value), pool, shown_out, change_out, error);
    case BP_VALUE_OF:
    case BP_VALUE_OF_PERCENT:
        if (type != BP_SHEET_TEXT)
            return init_number (cell, value, value->numerator, pool, shown_out, change_out, error);
        break;
    case BP_VALUE_DATE:
        init_date (cell, value, pool, shown_out);
        return true;
    case BP_VALUE_TEXT:
    case BP_VALUE_SHORTHAND:
        init_words (cell, value->text, pool, change_out);
        cell->is_right = is_right;
        return true;
    case BP_VALUE_NONE:
    case BP_VALUE_STATUS:
    case BP_VALUE_STATUS_CHANGE:
    case BP_VALUE_MOVEMENT:
    case BP_VALUE_SIGN:
    case BP_VALUE_TAG:
    case BP_VALUE_DOT:
    case BP_VALUE_SPARK:
    case BP_VALUE_YES_NO:
        break;
    }
    g_autofree char *text = bp_value_dup_text (value);
    bp_xlsx_cell_init_text (cell, text, pool->strings, change_out);
    cell->is_right = is_right;
    return true;
}
