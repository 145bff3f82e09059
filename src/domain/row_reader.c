#include "domain/row_reader.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

void bp_row_reader_init (BpRowReader *reader, BpSnapshotBuilder *builder, BpTableId table, const char *const *names)
{
    *reader = (BpRowReader){ .builder = builder, .table = table, .rows = &builder->tables->tables[table], .names = names };
    const BpTableDef *def = bp_table_get (table);
    for (int i = 0; names[i] != NULL; i++)
    {
        g_assert (i < BP_ROW_READER_MAX_COLUMNS);
        reader->columns[i] = bp_table_find_column (def, names[i]);
    }
}

guint bp_row_reader_count (const BpRowReader *reader)
{
    return reader->rows->records != NULL ? reader->rows->records->len : 0;
}

bool bp_row_reader_next (BpRowReader *reader)
{
    if (reader->next >= bp_row_reader_count (reader))
        return false;
    reader->record = &g_array_index (reader->rows->records, BpRecord, reader->next++);
    if (reader->file == NULL || reader->raw_file != reader->record->file)
    {
        reader->raw_file = reader->record->file;
        reader->file = bp_snapshot_builder_intern (reader->builder, reader->record->file);
    }
    if (reader->raw_sheet != reader->record->sheet)
    {
        reader->raw_sheet = reader->record->sheet;
        reader->sheet = reader->raw_sheet != NULL ? bp_snapshot_builder_intern (reader->builder, reader->raw_sheet) : NULL;
    }
    return true;
}

BpSource bp_row_reader_source (const BpRowReader *reader, int column)
{
    return (BpSource){
        .file = reader->file, .sheet = reader->sheet, .row = reader->record->row, .column = column >= 0 ? reader->names[column] : NULL
    };
}

const char *bp_row_reader_raw (const BpRowReader *reader, int column)
{
    int index = reader->columns[column];
    const char *cell = index >= 0 ? reader->record->cells[index] : NULL;
    return cell != NULL ? cell : "";
}

bool bp_row_reader_is_blank (const BpRowReader *reader, int column)
{
    const char *raw = bp_row_reader_raw (reader, column);
    return *raw == '\0' || bp_text_is_blank (raw);
}

/* Letters, digits, stops and single blanks: what most cells hold, and nothing that collapsing or cleaning would change. Telling so is
 * several times quicker than doing it. */
static bool is_tidy (const char *text)
{
    bool is_after_blank = true; /* a blank at the start is not tidy */
    for (const char *cursor = text; *cursor != '\0'; cursor++)
    {
        char letter = *cursor;
        if (letter == ' ')
        {
            if (is_after_blank)
                return false;
            is_after_blank = true;
            continue;
        }
        bool is_inside = !is_after_blank && cursor > text && g_ascii_isalnum (cursor[-1]) && g_ascii_isalnum (cursor[1]);
        bool is_plain
            = g_ascii_isalnum (letter) || strchr (".,;:/()%_", letter) != NULL || ((letter == '-' || letter == '\'') && is_inside);
        if (!is_plain)
            return false;
        is_after_blank = false;
    }
    return !is_after_blank;
}

const char *bp_row_reader_word (const BpRowReader *reader, int column)
{
    const char *raw = bp_row_reader_raw (reader, column);
    if (*raw == '\0' || is_tidy (raw))
        return bp_snapshot_builder_intern (reader->builder, raw);
    g_autofree char *word = bp_text_dup_collapsed (raw);
    return bp_snapshot_builder_intern (reader->builder, word);
}

const char *bp_row_reader_text (const BpRowReader *reader, int column)
{
    const char *raw = bp_row_reader_raw (reader, column);
    if (*raw == '\0' || is_tidy (raw))
        return bp_snapshot_builder_intern (reader->builder, raw);
    g_autofree char *text = bp_text_dup_cleaned (raw);
    return bp_snapshot_builder_intern (reader->builder, text);
}

const char *bp_row_reader_text_or (const BpRowReader *reader, int column, const char *fallback)
{
    const char *text = bp_row_reader_text (reader, column);
    return *text != '\0' ? text : fallback;
}

static void add_unreadable (const BpRowReader *reader, int column, const char *wanted)
{
    const char *raw = bp_row_reader_raw (reader, column);
    bp_finding_list_add (reader->builder->findings, BP_FINDING_VALUE_UNREADABLE, bp_row_reader_source (reader, column), raw,
                         "“%s” is not %s. The cell counts as blank.", raw, wanted);
}

BpDate bp_row_reader_date (const BpRowReader *reader, int column)
{
    if (bp_row_reader_is_blank (reader, column))
        return BP_DATE_NONE;
    BpDate date = BP_DATE_NONE;
    if (bp_date_parse (bp_row_reader_raw (reader, column), &date))
        return date;
    add_unreadable (reader, column, "a date");
    return BP_DATE_NONE;
}

bool bp_row_reader_yes_no (const BpRowReader *reader, int column, bool fallback)
{
    if (bp_row_reader_is_blank (reader, column))
        return fallback;
    int answer = bp_text_parse_yes_no (bp_row_reader_raw (reader, column));
    if (answer >= 0)
        return answer == 1;
    add_unreadable (reader, column, "yes or no");
    return fallback;
}

bool bp_row_reader_number (const BpRowReader *reader, int column, BpNumber *number_out)
{
    if (bp_row_reader_is_blank (reader, column))
        return false;
    if (bp_number_parse (bp_row_reader_raw (reader, column), number_out))
        return true;
    add_unreadable (reader, column, "a number");
    return false;
}

int bp_row_reader_integer (const BpRowReader *reader, int column, int min, int max, int fallback)
{
    if (bp_row_reader_is_blank (reader, column))
        return fallback;
    gint64 integer = 0;
    if (bp_integer_parse (bp_row_reader_raw (reader, column), &integer) && integer >= min && integer <= max)
        return (int)integer;
    g_autofree char *wanted = g_strdup_printf ("a whole number from %d to %d", min, max);
    add_unreadable (reader, column, wanted);
    return fallback;
}

int bp_row_reader_choice (const BpRowReader *reader, int column, const char *const *choices, int fallback)
{
    if (bp_row_reader_is_blank (reader, column))
        return fallback;
    g_autofree char *word = bp_text_dup_collapsed (bp_row_reader_raw (reader, column));
    g_strdelimit (word, "- ", '_');
    for (int i = 0; choices[i] != NULL; i++)
        if (g_ascii_strcasecmp (word, choices[i]) == 0)
            return i;
    g_autofree char *joined = g_strjoinv (", ", (char **)choices);
    g_autofree char *wanted = g_strdup_printf ("one of %s", joined);
    add_unreadable (reader, column, wanted);
    return -1;
}

static void check_local (const BpRowReader *reader, const BpLocalField *field, const char *cell)
{
    if (bp_text_is_blank (cell))
        return;
    BpNumber number;
    BpDate date;
    const char *wanted = NULL;
    switch (field->type)
    {
    case BP_FIELD_TEXT:
        break;
    case BP_FIELD_NUMBER:
        wanted = bp_number_parse (cell, &number) ? NULL : "a number";
        break;
    case BP_FIELD_DATE:
        wanted = bp_date_parse (cell, &date) ? NULL : "a date";
        break;
    case BP_FIELD_YES_NO:
        wanted = bp_text_parse_yes_no (cell) >= 0 ? NULL : "yes or no";
        break;
    }
    if (wanted == NULL)
        return;
    BpSource source = bp_row_reader_source (reader, -1);
    source.column = bp_snapshot_builder_intern (reader->builder, field->column);
    bp_finding_list_add (reader->builder->findings, BP_FINDING_VALUE_UNREADABLE, source, cell, "“%s” is not %s. It is printed as typed.",
                         cell, wanted);
}

const char *const *bp_row_reader_local (const BpRowReader *reader)
{
    const BpFieldSet *fields = reader->builder->tables->fields;
    int count = fields != NULL ? bp_field_set_count (fields, reader->table) : 0;
    if (count == 0)
        return NULL;
    const char **local = bp_snapshot_builder_take_block (reader->builder, (gsize)count + 1, sizeof *local);
    int first = bp_table_column_count (bp_table_get (reader->table));
    for (int i = 0; i < count; i++)
    {
        const char *cell = reader->record->cells[first + i];
        g_autofree char *text = bp_text_dup_cleaned (cell != NULL ? cell : "");
        local[i] = bp_snapshot_builder_intern (reader->builder, text);
        check_local (reader, bp_field_set_get (fields, reader->table, i), text);
    }
    return local;
}

/* Files are named in programme.ini without their folder. */
static bool is_fraction_file (const BpRowReader *reader)
{
    const char *const *files = reader->builder->programme->fraction_files;
    if (files == NULL || reader->file == NULL)
        return false;
    const char *slash = strrchr (reader->file, '/');
    const char *name = slash != NULL ? slash + 1 : reader->file;
    for (; *files != NULL; files++)
        if (g_ascii_strcasecmp (*files, name) == 0 || g_ascii_strcasecmp (*files, reader->file) == 0)
            return true;
    return false;
}

/* Percentages: the scale of the file, and what cannot be a percentage. */
static void scale_percent (const BpRowReader *reader, int column, const BpNumber *number, BpRowFigure *figure)
{
    const char *raw = bp_row_reader_raw (reader, column);
    BpSource source = bp_row_reader_source (reader, column);
    if (is_fraction_file (reader) && !number->is_percent)
    {
        /* rounded far below any typed digit, so that 0.07 is 7 and not 7.000000000000001 */
        figure->value = round (number->value * 1e12) / 1e10;
        figure->decimals = MAX (number->decimals - 2, 0);
    }
    else if (!number->is_percent && number->value > 0 && number->value <= 1 && number->decimals > 0)
        bp_finding_list_add (reader->builder->findings, BP_FINDING_PERCENT_AS_FRACTION, source, raw,
                             "“%s” looks like a fraction, but a percentage is wanted. It is read as typed: %s%%.", raw, raw);
    if (figure->value < 0 || figure->value > 100)
        bp_finding_list_add (reader->builder->findings, BP_FINDING_PERCENT_OUT_OF_RANGE, source, raw,
                             "“%s” is outside 0 to 100 per cent. It is printed as it stands.", raw);
}

BpRowFigure bp_row_reader_figure (const BpRowReader *reader, int column, BpUnit unit)
{
    BpRowFigure figure = { 0 };
    if (bp_row_reader_is_blank (reader, column))
        return figure;
    const char *raw = bp_row_reader_raw (reader, column);
    figure.shorthand = bp_shorthand_parse (raw);
    if (figure.shorthand != BP_SHORTHAND_NONE)
        return figure;
    BpNumber number;
    if (!bp_number_parse (raw, &number))
    {
        add_unreadable (reader, column, "a number");
        return figure;
    }
    if (number.is_percent && unit != BP_UNIT_PERCENT)
    {
        g_autofree char *wanted = g_strdup_printf ("in the measure's unit, %s", bp_unit_words (unit));
        add_unreadable (reader, column, wanted);
        return figure;
    }
    if (number.is_money && unit != BP_UNIT_GBP)
    {
        add_unreadable (reader, column, "in the measure's unit, which is not pounds");
        return figure;
    }
    figure.has_value = true;
    figure.value = number.value;
    figure.decimals = number.decimals;
    if (unit == BP_UNIT_PERCENT)
        scale_percent (reader, column, &number, &figure);
    return figure;
}
