#include "ingest/header_finder.h"

#include "base/text.h"

#include <string.h>

static const char separators[] = { ',', ';', '\t' };
/* Looked for only to say what is wrong with the file. */
static const char foreign_separators[] = { '|', ':', '^', '~', ' ' };

/* A row of the top ten as a header: how much of the table it holds. */
typedef struct
{
    int required;         /* required columns that it holds */
    int known;            /* columns of the contract that it holds */
    guint64 missing_mask; /* required columns that it lacks, by index */
} HeaderMatch;

static char *dup_cell_name (const BpTextCell *cell)
{
    g_autoptr (GString) text = g_string_new (NULL);
    bp_text_cell_append (cell, text);
    /* a name with a NUL or bad bytes in it is no name of ours, and must still be printable */
    g_autofree char *valid = g_utf8_make_valid (text->str, (gssize)text->len);
    return bp_text_dup_trimmed (valid);
}

static HeaderMatch match_header (const BpTableDef *table, const BpTextRow *row)
{
    HeaderMatch match = { 0 };
    guint64 found = 0;
    for (int i = 0; i < row->kept_count; i++)
    {
        if (row->cells[i].length > 256)
            continue;
        g_autofree char *name = dup_cell_name (&row->cells[i]);
        int column = bp_table_find_column (table, name);
        if (column >= 0)
            found |= G_GUINT64_CONSTANT (1) << column;
    }
    for (int column = 0; table->columns[column].name != NULL; column++)
    {
        guint64 bit = G_GUINT64_CONSTANT (1) << column;
        match.known += (found & bit) != 0;
        if (table->columns[column].is_required && (found & bit) != 0)
            match.required++;
        else if (table->columns[column].is_required)
            match.missing_mask |= bit;
    }
    return match;
}

/* One search with one separator. */
typedef struct
{
    int row_index;     /* of the header among the rows; -1: not found */
    HeaderMatch match; /* of the header, or of the row that comes nearest to one */
    int match_line;
} HeaderSearch;

/* Looks at the index-th row. */
static void consider_row (HeaderSearch *search, const BpTableDef *table, int index, const BpTextRow *row)
{
    HeaderMatch match = match_header (table, row);
    if (match.missing_mask == 0)
        search->row_index = index;
    if (match.missing_mask == 0 || match.known > search->match.known || search->match_line == 0)
    {
        search->match = match;
        search->match_line = row->line;
    }
}

static HeaderSearch search_header (const BpTableDef *table, const char *text, gsize length, int line, char separator)
{
    HeaderSearch search = { .row_index = -1 };
    BpCsvReader reader;
    bp_csv_reader_init (&reader, text, length, line, separator);
    BpTextRow row;
    for (int i = 0; i < BP_HEADER_SEARCH_ROWS && search.row_index < 0 && bp_csv_reader_next (&reader, 0, &row); i++)
        consider_row (&search, table, i, &row);
    bp_csv_reader_clear (&reader);
    return search;
}

/* A first line `sep=;`, quoted or not, as Excel writes and reads it. Returns its length with its line end; 0 if there is none. */
static gsize find_separator_line (const char *text, gsize length, char *separator_out)
{
    gsize start = length > 0 && text[0] == '"';
    if (length < start + 4 || g_ascii_strncasecmp (text + start, "sep=", 4) != 0)
        return 0;
    gsize end = start + 4;
    *separator_out = end < length && text[end] != '\r' && text[end] != '\n' ? text[end] : '\0';
    while (end < length && text[end] != '\n' && text[end] != '\r')
        end++;
    if (end < length && text[end] == '\r' && end + 1 < length && text[end + 1] == '\n')
        end++;
    return MIN (end + 1, length);
}

static bool is_known_separator (char separator)
{
    return separator != '\0' && memchr (separators, separator, sizeof separators) != NULL;
}

static char *dup_missing_names (const BpTableDef *table, guint64 missing_mask)
{
    g_autoptr (GPtrArray) names = g_ptr_array_new ();
    for (int column = 0; table->columns[column].name != NULL; column++)
        if ((missing_mask & G_GUINT64_CONSTANT (1) << column) != 0)
            g_ptr_array_add (names, (gpointer)table->columns[column].name);
    g_ptr_array_add (names, NULL);
    return bp_text_dup_joined ((const char *const *)names->pdata, 0);
}

/* row_word: "line" or "row". */
static bool fail_naming_missing (const char *place, const char *row_word, const BpTableDef *table, const HeaderSearch *nearest,
                                 GError **error)
{
    static const BpTextRow nothing = { 0 };
    const bool is_empty = nearest->match_line == 0;
    g_autofree char *missing
        = dup_missing_names (table, is_empty ? match_header (table, &nothing).missing_mask : nearest->match.missing_mask);
    if (is_empty)
        return bp_fail (error, BP_ERROR_DATA,
                        "%s: is empty; put the column names of the table %s in its first row (needed: %s), or delete it", place,
                        table->name, missing);
    if (nearest->match.known == 0)
        return bp_fail (error, BP_ERROR_DATA,
                        "%s: none of its first %d rows is a header of the table %s; put the column names in the first row (needed: %s)",
                        place, BP_HEADER_SEARCH_ROWS, table->name, missing);
    return bp_fail (error, BP_ERROR_DATA, "%s, %s %d: the header lacks %s, which the table %s needs; add the missing column name", place,
                    row_word, nearest->match_line, missing, table->name);
}

static bool fail_without_header (const char *file, const BpTableDef *table, const char *text, gsize length, int line,
                                 const HeaderSearch *nearest, GError **error)
{
    for (gsize i = 0; i < sizeof foreign_separators; i++)
        if (search_header (table, text, length, line, foreign_separators[i]).row_index >= 0)
            return bp_fail (error, BP_ERROR_DATA,
                            "%s: its columns are separated by \"%c\", which is not read; save it as CSV with commas, semicolons or tabs",
                            file, foreign_separators[i]);
    return fail_naming_missing (file, "line", table, nearest, error);
}

/* The separator whose header comes first; of two in the same row the one that finds more columns; of those the comma. */
static bool choose_separator (const char *file, const BpTableDef *table, const char *text, gsize length, int line, const char *candidates,
                              gsize candidate_count, char *separator_out, GError **error)
{
    HeaderSearch best = { .row_index = -1 };
    for (gsize i = 0; i < candidate_count; i++)
    {
        HeaderSearch search = search_header (table, text, length, line, candidates[i]);
        bool is_found = search.row_index >= 0, is_better = search.match.known > best.match.known;
        if (i == 0 || (is_found && best.row_index < 0) || (is_found && search.row_index < best.row_index)
            || (is_better && search.row_index == best.row_index))
        {
            best = search;
            *separator_out = candidates[i];
        }
    }
    return best.row_index >= 0 || fail_without_header (file, table, text, length, line, &best, error);
}

/* The cell of a record that a column of this name fills; -1. */
static int find_cell (const BpTableDef *table, const BpFieldSet *fields, const char *name)
{
    int column = bp_table_find_column (table, name);
    if (column >= 0)
        return column;
    int contract_count = bp_table_column_count (table), field_count = fields != NULL ? bp_field_set_count (fields, table->id) : 0;
    for (int i = 0; i < field_count; i++)
        if (g_ascii_strcasecmp (bp_field_set_get (fields, table->id, i)->column, name) == 0)
            return contract_count + i;
    return -1;
}

static bool take_header (const char *file, const char *row_word, const BpTableDef *table, const BpFieldSet *fields, const BpTextRow *row,
                         BpHeader *header, GError **error)
{
    header->line = row->line;
    header->width = row->kept_count;
    while (header->width > 0 && bp_text_cell_is_blank (&row->cells[header->width - 1]))
        header->width--;
    if (header->width > BP_HEADER_MAX_COLUMNS || row->has_more)
        return bp_fail (error, BP_ERROR_DATA,
                        "%s, %s %d: the header has %d columns, more than the %d that are read; delete those not needed", file, row_word,
                        row->line, row->has_more ? row->cell_count : header->width, BP_HEADER_MAX_COLUMNS);
    header->cell_of = g_new (int, (gsize)header->width + 1);
    header->names = g_new0 (char *, (gsize)header->width + 1);
    for (int i = 0; i < header->width; i++)
    {
        header->names[i] = dup_cell_name (&row->cells[i]);
        header->cell_of[i] = find_cell (table, fields, header->names[i]);
        for (int before = 0; before < i; before++)
            if (header->cell_of[i] >= 0 && header->cell_of[before] == header->cell_of[i])
                return bp_fail (error, BP_ERROR_DATA, "%s, %s %d: the header names the column %s twice; rename or delete one of the two",
                                file, row_word, row->line, header->names[i]);
    }
    return true;
}

bool bp_header_find (const char *file, const BpTableDef *table, const BpFieldSet *fields, const char *text, gsize length,
                     BpCsvReader *reader_out, BpHeader *header_out, GError **error)
{
    *header_out = (BpHeader){ 0 };
    *reader_out = (BpCsvReader){ 0 };
    char separator = '\0', typed = '\0';
    gsize start = find_separator_line (text, length, &typed);
    if (start > 0 && !is_known_separator (typed))
        return bp_fail (error, BP_ERROR_DATA,
                        "%s, line 1: \"sep=\" names a separator that is not read; save it as CSV with commas, semicolons or tabs", file);
    int line = start > 0 ? 2 : 1;
    if (!choose_separator (file, table, text + start, length - start, line, start > 0 ? &typed : separators,
                           start > 0 ? 1 : sizeof separators, &separator, error))
        return false;
    bp_csv_reader_init (reader_out, text + start, length - start, line, separator);
    BpTextRow row;
    while (bp_csv_reader_next (reader_out, 0, &row))
    {
        if (match_header (table, &row).missing_mask == 0)
            return take_header (file, "line", table, fields, &row, header_out, error);
        header_out->rows_above += !bp_text_row_is_blank (&row);
    }
    g_assert_not_reached (); /* choose_separator has read the same rows */
}

bool bp_header_find_in_sheet (const char *place, const BpTableDef *table, const BpFieldSet *fields, BpSheetReader *reader,
                              BpHeader *header_out, GError **error)
{
    *header_out = (BpHeader){ 0 };
    HeaderSearch search = { .row_index = -1 };
    g_autoptr (GError) why = NULL;
    BpTextRow row;
    while (header_out->rows_above < BP_HEADER_SEARCH_ROWS && bp_sheet_reader_next (reader, 0, &row, &why))
    {
        if (bp_text_row_is_blank (&row))
            continue;
        consider_row (&search, table, header_out->rows_above, &row);
        if (search.row_index >= 0)
            return take_header (place, "row", table, fields, &row, header_out, error);
        header_out->rows_above++;
    }
    if (why != NULL)
    {
        g_propagate_error (error, g_steal_pointer (&why));
        return false;
    }
    return fail_naming_missing (place, "row", table, &search, error);
}

void bp_header_clear (BpHeader *header)
{
    g_clear_pointer (&header->cell_of, g_free);
    g_clear_pointer (&header->names, g_strfreev);
}

bool bp_header_is_repeated (const BpHeader *header, const BpTextRow *row)
{
    if (row->is_broken || row->kept_count < header->width || bp_text_row_is_too_wide (row, header->width))
        return false;
    for (int i = 0; i < header->width; i++)
    {
        /* nearly every row is told from the header by its first letter */
        if (row->cells[i].length > 0 && header->names[i][0] != '\0' && g_ascii_isalnum (row->cells[i].text[0])
            && g_ascii_tolower (row->cells[i].text[0]) != g_ascii_tolower (header->names[i][0]))
            return false;
        g_autofree char *name = dup_cell_name (&row->cells[i]);
        if (g_ascii_strcasecmp (name, header->names[i]) != 0)
            return false;
    }
    return true;
}
