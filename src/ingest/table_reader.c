#include "ingest/table_reader.h"

#include "base/formula_guard.h"
#include "base/text.h"
#include "ingest/header_finder.h"
#include "ingest/sheet_remarks.h"
#include "ingest/text_encoding.h"

/* As much of a quarantined row as a finding shows. */
#define SHOWN_CHARACTERS 120

/* One file or sheet being read. */
typedef struct
{
    const char *file, *sheet; /* owned by the set; sheet is NULL in a CSV file */
    const char *row_word;     /* "line" of a CSV file, "row" of a sheet */
    const BpTableDef *table;
    BpTableSet *set;
    BpFindingList *findings;
    BpHeader header;
    BpCsvReader *csv;            /* rows come from it, or */
    BpSheetReader *sheet_reader; /* from this */
    GString *scratch;            /* a cell whose quotes are undone */
    bool is_utf8;                /* the whole text is; otherwise each row is looked at */
    bool is_guarded;             /* cells that look like formulas have an apostrophe before them */
    GArray *repeats;             /* of int: lines on which the header stands again */
    const char **shared;         /* of each shared text of the workbook the set's copy; NULL: not yet copied. NULL in a CSV file */
} TableReading;

static BpSource source_of (const TableReading *reading, int line, const char *column)
{
    return (BpSource){ .file = reading->file, .sheet = reading->sheet, .row = line, .column = column };
}

static void note_encoding (TableReading *reading, BpEncoding encoding)
{
    if (encoding == BP_ENCODING_UTF8)
        return;
    if (encoding != BP_ENCODING_UTF8_BOM)
    {
        bp_finding_list_add (reading->findings, BP_FINDING_FILE_ENCODING, source_of (reading, 0, NULL), bp_encoding_name (encoding),
                             "The file is in %s, not in UTF-8. It was converted.", bp_encoding_name (encoding));
        return;
    }
    /* the usual form of "CSV UTF-8": worth naming, not worth a look */
    BpFinding finding = { .code = BP_FINDING_FILE_ENCODING,
                          .level = BP_LEVEL_NOTE,
                          .source = source_of (reading, 0, NULL),
                          .value = bp_encoding_name (encoding),
                          .text = "The file starts with a byte order mark. It was skipped.",
                          .advice = "Nothing needs doing: spreadsheets write it into \"CSV UTF-8\"." };
    bp_finding_list_append (reading->findings, &finding);
}

static void note_rows_above (TableReading *reading)
{
    const BpHeader *header = &reading->header;
    if (header->rows_above > 0)
        bp_finding_list_add (reading->findings, BP_FINDING_ROWS_ABOVE_HEADER, source_of (reading, header->line, NULL), NULL,
                             "The header stands in %s %d. The %s above it %s not read.", reading->row_word, header->line,
                             header->rows_above == 1 ? "row" : "rows", header->rows_above == 1 ? "was" : "were");
}

static void note_unknown_columns (TableReading *reading)
{
    const BpHeader *header = &reading->header;
    g_autoptr (GPtrArray) known = g_ptr_array_new ();
    for (int i = 0; reading->table->columns[i].name != NULL; i++)
        g_ptr_array_add (known, (gpointer)reading->table->columns[i].name);
    g_ptr_array_add (known, NULL);
    for (int i = 0; i < header->width; i++)
    {
        if (header->cell_of[i] >= 0)
            continue;
        g_autofree char *name = bp_text_dup_quoted (header->names[i]);
        BpSource source = source_of (reading, header->line, name);
        const char *nearest = bp_text_find_nearest (header->names[i], (const char *const *)known->pdata);
        if (header->names[i][0] == '\0')
            bp_finding_list_add (reading->findings, BP_FINDING_UNKNOWN_COLUMN, source_of (reading, header->line, NULL), "",
                                 "Column %d has no name. It was not read.", i + 1);
        else if (nearest != NULL)
            bp_finding_list_add (reading->findings, BP_FINDING_UNKNOWN_COLUMN, source, name,
                                 "The table %s has no column \"%s\". It was not read; is \"%s\" meant?", reading->table->name, name,
                                 nearest);
        else
            bp_finding_list_add (reading->findings, BP_FINDING_UNKNOWN_COLUMN, source, name,
                                 "The table %s has no column \"%s\". It was not read.", reading->table->name, name);
    }
}

static bool has_column (const BpHeader *header, int column)
{
    for (int i = 0; i < header->width; i++)
        if (header->cell_of[i] == column)
            return true;
    return false;
}

/* A misspelt "to" would take the end from every row, and somebody who has left would be sent to. A table without days at all is none of
 * that, if every column of it is known. */
static void note_lost_days (TableReading *reading)
{
    static const char *const days[] = { "from", "to" };
    const BpHeader *header = &reading->header;
    const char *missing = NULL;
    for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
        if (!has_column (header, bp_table_find_column (reading->table, days[i])))
            missing = days[i];
    for (int i = 0; missing != NULL && i < header->width; i++)
    {
        if (header->cell_of[i] >= 0)
            continue;
        g_autofree char *name = bp_text_dup_quoted (header->names[i]);
        g_autofree char *text
            = g_strdup_printf ("The table has no column \"%s\", and one that is not known, \"%s\": days that are not read "
                               "may stand in it, so nothing is sent to anybody in the table.",
                               missing, name);
        const BpFinding finding = { .code = BP_FINDING_UNKNOWN_COLUMN,
                                    .level = BP_LEVEL_ERROR,
                                    .source = source_of (reading, header->line, NULL),
                                    .text = text,
                                    .advice = "Correct the column's name, or give the table both columns, \"from\" and \"to\"." };
        bp_finding_list_append (reading->findings, &finding);
        return;
    }
}

static void note_repeats (TableReading *reading)
{
    guint count = reading->repeats->len;
    if (count == 0)
        return;
    int first = g_array_index (reading->repeats, int, 0), last = g_array_index (reading->repeats, int, count - 1);
    if (count == 1)
        bp_finding_list_add (reading->findings, BP_FINDING_REPEATED_HEADER, source_of (reading, first, NULL), NULL,
                             "The header stands again in %s %d. It was skipped.", reading->row_word, first);
    else
        bp_finding_list_add (reading->findings, BP_FINDING_REPEATED_HEADER, source_of (reading, first, NULL), NULL,
                             "The header stands again %u times, in %ss %d to %d. It was skipped.", count, reading->row_word, first, last);
}

static void note_line_ends (TableReading *reading)
{
    const BpCsvReader *reader = reading->csv;
    if (reader->lone_cr_count > 0)
        bp_finding_list_add (reading->findings, BP_FINDING_LINE_ENDS, source_of (reading, reader->lone_cr_line, NULL), NULL,
                             "%d %s in a carriage return alone, the first in line %d. It was read as a line end.", reader->lone_cr_count,
                             reader->lone_cr_count == 1 ? "row ends" : "rows end", reader->lone_cr_line);
    if (reader->extra_bom_count > 0)
        bp_finding_list_add (reading->findings, BP_FINDING_LINE_ENDS, source_of (reading, reader->extra_bom_line, NULL), NULL,
                             "A further byte order mark stands in line %d. It was skipped.", reader->extra_bom_line);
}

/* The start of the row, for a finding. */
static char *dup_shown (const TableReading *reading, const BpTextRow *row)
{
    g_autoptr (GString) start = g_string_new (NULL);
    if (reading->csv != NULL)
        g_string_append_len (start, row->text, (gssize)MIN (row->length, 4 * SHOWN_CHARACTERS));
    for (int i = 0; reading->csv == NULL && i < row->kept_count && start->len < 4 * SHOWN_CHARACTERS; i++)
    {
        g_string_append (start, i > 0 ? ", " : "");
        g_string_append_len (start, row->cells[i].text, (gssize)MIN (row->cells[i].length, 4 * SHOWN_CHARACTERS));
    }
    g_autofree char *valid = g_utf8_make_valid (start->str, (gssize)start->len);
    g_autofree char *collapsed = bp_text_dup_collapsed (valid);
    return bp_text_dup_shortened (collapsed, SHOWN_CHARACTERS);
}

/* "row 7", or "rows 7 to 9" where quoted cells hold line ends: nothing that is left out goes unnamed. */
static char *dup_lines (const TableReading *reading, const BpTextRow *row)
{
    if (row->line_count == 1)
        return reading->csv != NULL ? g_strdup_printf ("The row in line %d", row->line) : g_strdup_printf ("Row %d", row->line);
    return g_strdup_printf ("The row in lines %d to %d", row->line, row->line + row->line_count - 1);
}

static gsize cell_bytes (const BpTextCell *cell, GString *scratch)
{
    if (cell->is_literal || cell->length <= BP_TABLE_MAX_CELL_BYTES)
        return cell->length;
    g_string_truncate (scratch, 0);
    bp_text_cell_append (cell, scratch);
    return scratch->len;
}

/* The index of a cell that is too large; -1: none is. */
static int find_large_cell (const TableReading *reading, const BpTextRow *row)
{
    if (row->length <= BP_TABLE_MAX_CELL_BYTES)
        return -1;
    for (int i = 0; i < row->kept_count; i++)
        if (cell_bytes (&row->cells[i], reading->scratch) > BP_TABLE_MAX_CELL_BYTES)
            return i;
    return -1;
}

/* A value that stands to the right of the last heading of a sheet. */
static void note_stray_cell (TableReading *reading, const BpTextRow *row, BpSource source, const char *shown)
{
    char name[8], heading[8];
    int column = reading->header.width;
    while (column < row->kept_count && bp_text_cell_is_blank (&row->cells[column]))
        column++;
    bp_column_name (column < row->kept_count ? column + 1 : row->more_column, name);
    bp_column_name (reading->header.width, heading);
    g_autofree char *text = g_strdup_printf ("Row %d has something in %s%d, and the last heading stands in column %s. It was left out.",
                                             row->line, name, row->line, heading);
    const BpFinding finding = { .code = BP_FINDING_ROW_TOO_WIDE,
                                .level = BP_LEVEL_ERROR,
                                .quarantined = true,
                                .source = source,
                                .value = shown,
                                .text = text,
                                .advice = "Put a heading above it, or clear the cell." };
    bp_finding_list_append (reading->findings, &finding);
}

/* Quarantines a row that cannot be kept; false if there is nothing wrong with it. */
static bool quarantine_row (TableReading *reading, const BpTextRow *row)
{
    const BpHeader *header = &reading->header;
    bool is_undecodable = !reading->is_utf8 && !g_utf8_validate_len (row->text, row->length, NULL);
    bool is_too_wide = bp_text_row_is_too_wide (row, header->width);
    int large = find_large_cell (reading, row);
    if (!is_undecodable && !row->is_broken && !is_too_wide && large < 0)
        return false;
    g_autofree char *shown = dup_shown (reading, row), *lines = dup_lines (reading, row);
    BpSource source = source_of (reading, row->line, NULL);
    if (is_undecodable)
        bp_finding_list_add_quarantined (reading->findings, BP_FINDING_ROW_UNDECODABLE, source, shown,
                                         "%s has bytes that are no text. It was left out.", lines);
    else if (row->is_broken)
        bp_finding_list_add_quarantined (
            reading->findings, BP_FINDING_STRAY_QUOTE, source, shown,
            "%s has a stray quotation mark, and so %d cells instead of %d. It was left out; reading went on at "
            "the next line.",
            lines, row->cell_count, header->width);
    else if (is_too_wide && reading->csv == NULL)
        note_stray_cell (reading, row, source, shown);
    else if (is_too_wide)
        bp_finding_list_add_quarantined (reading->findings, BP_FINDING_ROW_TOO_WIDE, source, shown,
                                         "%s has %d cells, the header %d. It was left out.", lines, row->cell_count, header->width);
    else
    {
        source.column = large < header->width ? header->names[large] : NULL;
        bp_finding_list_add_quarantined (reading->findings, BP_FINDING_CELL_TOO_LARGE, source, shown,
                                         "%s has a cell of %" G_GSIZE_FORMAT " bytes; %d are read at most. It was left out.", lines,
                                         cell_bytes (&row->cells[large], reading->scratch), (int)BP_TABLE_MAX_CELL_BYTES);
    }
    return true;
}

static const char *take_cell (TableReading *reading, const BpTextCell *cell)
{
    const char **kept = reading->shared != NULL && cell->shared > 0 ? &reading->shared[cell->shared - 1] : NULL;
    if (kept != NULL)
    {
        if (*kept == NULL)
            *kept = bp_table_set_take_text (reading->set, cell->text, (gssize)cell->length);
        return *kept;
    }
    const char *text = cell->text;
    gsize length = cell->length;
    if (!cell->is_literal)
    {
        g_string_truncate (reading->scratch, 0);
        bp_text_cell_append (cell, reading->scratch);
        text = reading->scratch->str;
        length = reading->scratch->len;
    }
    const gsize guard = reading->is_guarded && bp_formula_has_guard (text, length) ? 1 : 0;
    return bp_table_set_take_text (reading->set, text + guard, (gssize)(length - guard));
}

static void keep_row (TableReading *reading, const BpTextRow *row)
{
    const BpHeader *header = &reading->header;
    BpRecord *record = bp_table_set_add (reading->set, reading->table->id);
    record->file = reading->file;
    record->sheet = reading->sheet;
    record->row = row->line;
    int count = MIN (row->kept_count, header->width);
    for (int i = 0; i < count; i++)
        if (header->cell_of[i] >= 0 && row->cells[i].length > 0)
            record->cells[header->cell_of[i]] = take_cell (reading, &row->cells[i]);
    if (row->cell_count < header->width)
        bp_finding_list_add (reading->findings, BP_FINDING_ROW_TOO_NARROW, source_of (reading, row->line, NULL), NULL,
                             "The row in line %d has %d cells, the header %d. The missing ones were read as blank.", row->line,
                             row->cell_count, header->width);
    if (row->has_stray)
    {
        g_autofree char *shown = dup_shown (reading, row);
        bp_finding_list_add (
            reading->findings, BP_FINDING_STRAY_QUOTE, source_of (reading, row->line, NULL), shown,
            "The row in line %d has a stray quotation mark. It was read as part of the text, since the row has its columns.", row->line);
    }
}

static bool next_row (TableReading *reading, BpTextRow *row_out, GError **error)
{
    if (reading->csv != NULL)
        return bp_csv_reader_next (reading->csv, reading->header.width, row_out);
    return bp_sheet_reader_next (reading->sheet_reader, reading->header.width, row_out, error);
}

static bool read_rows (TableReading *reading, GError **error)
{
    BpTextRow row;
    g_autoptr (GError) why = NULL;
    BpTable *table = &reading->set->tables[reading->table->id];
    while (next_row (reading, &row, &why))
    {
        if (bp_text_row_is_blank (&row))
            continue;
        if (bp_header_is_repeated (&reading->header, &row))
        {
            g_array_append_val (reading->repeats, row.line);
            continue;
        }
        table->row_count++;
        if (!quarantine_row (reading, &row))
            keep_row (reading, &row);
    }
    if (why == NULL)
        return true;
    g_propagate_error (error, g_steal_pointer (&why));
    return false;
}

/* Reads what stands below the header. */
static bool read_table (TableReading *reading, GError **error)
{
    reading->scratch = g_string_new (NULL);
    reading->repeats = g_array_new (FALSE, FALSE, sizeof (int));
    reading->set->tables[reading->table->id].file_count++;
    note_rows_above (reading);
    note_unknown_columns (reading);
    if (reading->table->id == BP_TABLE_RECIPIENTS)
        note_lost_days (reading);
    bool is_read = read_rows (reading, error);
    note_repeats (reading);
    g_array_unref (reading->repeats);
    g_string_free (reading->scratch, TRUE);
    return is_read;
}

/* The files that boardpack writes of what leads typed. */
static bool is_of_return (const char *file, const BpTableDef *table)
{
    g_autofree char *name = g_path_get_basename (file), *start = g_strdup_printf ("%s-return-", table->name);
    return g_str_has_prefix (name, start);
}

static bool fail_encoding (const char *file, BpEncoding encoding, GError **error)
{
    if (encoding == BP_ENCODING_WORKBOOK)
        return bp_fail (error, BP_ERROR_DATA,
                        "%s: is an Excel workbook under the name of a CSV file; name it .xlsx, or save its sheet as \"CSV UTF-8\"", file);
    return bp_fail (error, BP_ERROR_DATA, "%s: is in %s, which is not read; save it as \"CSV UTF-8\"", file, bp_encoding_name (encoding));
}

bool bp_table_read_csv (const char *file, const BpTableDef *table, char **bytes, gsize length, BpTableSet *set, BpFindingList *findings,
                        GError **error)
{
    BpEncoding encoding = bp_encoding_detect (*bytes, length);
    if (!bp_encoding_is_readable (encoding))
        return fail_encoding (file, encoding, error);
    bp_encoding_convert (encoding, bytes, &length);
    if (length == 0)
        return bp_fail (error, BP_ERROR_DATA, "%s: is empty; give it a header, or delete it if there is no such table", file);
    BpCsvReader reader;
    TableReading reading = {
        .file = bp_table_set_take_text (set, file, -1), .row_word = "line", .table = table, .set = set, .findings = findings, .csv = &reader
    };
    bool is_read = bp_header_find (file, table, set->fields, *bytes, length, &reader, &reading.header, error);
    if (is_read)
    {
        reading.is_utf8 = g_utf8_validate_len (*bytes, length, NULL);
        reading.is_guarded = is_of_return (file, table);
        note_encoding (&reading, encoding);
        is_read = read_table (&reading, error);
        note_line_ends (&reading);
    }
    bp_header_clear (&reading.header);
    bp_csv_reader_clear (&reader);
    return is_read;
}

bool bp_table_read_sheet (const char *file, const BpTableDef *table, const BpWorkbook *workbook, const BpWorkbookSheet *sheet,
                          BpTableSet *set, BpFindingList *findings, GError **error)
{
    g_autoptr (BpSheetReader) reader = bp_sheet_reader_open (workbook, sheet, error);
    if (reader == NULL)
        return false;
    g_autofree char *place = g_strdup_printf ("%s, sheet %s", file, sheet->name);
    TableReading reading = { .file = bp_table_set_take_text (set, file, -1),
                             .sheet = bp_table_set_take_text (set, sheet->name, -1),
                             .row_word = "row",
                             .table = table,
                             .set = set,
                             .findings = findings,
                             .sheet_reader = reader,
                             .is_utf8 = true };
    g_autofree const char **shared = g_new0 (const char *, bp_shared_strings_count (&workbook->strings) + 1);
    reading.shared = shared;
    bool is_read = bp_header_find_in_sheet (place, table, set->fields, reader, &reading.header, error) && read_table (&reading, error);
    if (is_read)
        bp_sheet_remarks_note (bp_sheet_reader_remarks (reader), sheet, source_of (&reading, 0, NULL), false, findings);
    bp_header_clear (&reading.header);
    return is_read;
}
