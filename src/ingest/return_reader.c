#include "ingest/return_reader.h"

#include "base/number.h"
#include "base/text.h"
#include "domain/lead_duties.h"
#include "ingest/sheet_comments.h"
#include "ingest/sheet_reader.h"
#include "ingest/sheet_remarks.h"

#include <string.h>

/* Rows of a sheet among which its header is looked for: somebody may have put a few above it. */
#define HEADER_ROWS 40
#define MAX_ID_CHARS 120
/* A longer cell is no heading. */
#define MAX_HEADING_BYTES 256
/* As much of a comment as a finding shows. */
#define MAX_COMMENT_CHARS 60
/* Of one sheet, where nothing is read. */
#define MAX_FRONT_CELLS 400

typedef struct
{
    BpLeadReturn *back;
    BpFindingList *findings;
    const char *base_text, *as_of_text; /* as the cover says them; NULL: not yet found */
    GPtrArray *unread;                  /* of const char *: names of sheets that hold something else */
    gsize text_bytes;                   /* of the rows that have been kept */
    int row_count;
    GString *scratch;
} Reading;

/* A column, or a whole sheet, whose cells go nowhere. */
typedef struct
{
    int column, row; /* of the first cell that holds something */
    int count;
} Stray;

/* The sheet that is being read. */
typedef struct
{
    const BpWorkbookSheet *sheet;
    int id;                               /* BpUpdateSheetId; -1: its header has not been found */
    bool is_repeated;                     /* another sheet has been read for that id */
    bool has_lost;                        /* a column that leads fill in is gone */
    int column_of[BP_RETURN_MAX_COLUMNS]; /* of each column of the definition, from 0; -1: it is gone */
    int width;
    guint front_start;   /* of its cells among those that stand where nothing is read */
    int row_count;       /* that hold something */
    GPtrArray *headings; /* of char *, by columns */
    GArray *strays;      /* of Stray, by columns where the sheet is read */
    GArray *stray_of;    /* of guint, by columns: the number of its stray, from 1; 0: it has none */
} SheetReading;

/* The cell, trimmed; "" beyond the row's end. Valid until the next call. */
static const char *cell_text (Reading *reading, const BpTextRow *row, int column)
{
    g_string_truncate (reading->scratch, 0);
    if (column >= 0 && column < row->kept_count)
        bp_text_cell_append (&row->cells[column], reading->scratch);
    g_autofree char *trimmed = bp_text_dup_trimmed (reading->scratch->str);
    g_string_assign (reading->scratch, trimmed);
    return reading->scratch->str;
}

/* "AB" for 27. */
static const char *own_letters (BpLeadReturn *back, int column)
{
    char letters[8];
    int at = (int)sizeof letters - 1;
    letters[at] = '\0';
    for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        letters[--at] = (char)('A' + (rest - 1) % 26);
    return g_string_chunk_insert_const (back->strings, letters + at);
}

/* ---- cover ---- */

static void take_line (Reading *reading, const char *text, const char *label, const char **to)
{
    if (*to == NULL && g_str_has_prefix (text, label))
        *to = g_string_chunk_insert (reading->back->strings, text + strlen (label));
}

static void read_cover_lines (Reading *reading, const BpTextRow *row)
{
    const char *text = cell_text (reading, row, 0);
    take_line (reading, text, BP_UPDATE_COVER_LEAD, &reading->back->lead);
    take_line (reading, text, BP_UPDATE_COVER_PROGRAMME, &reading->back->programme);
    take_line (reading, text, BP_UPDATE_COVER_AS_OF, &reading->as_of_text);
    take_line (reading, text, BP_UPDATE_COVER_BASE, &reading->base_text);
    take_line (reading, text, BP_UPDATE_COVER_SHEET, &reading->back->id);
}

static bool fail_cover (const Reading *reading, const char *what, GError **error)
{
    return bp_fail (error, BP_ERROR_DATA,
                    "%s: %s; import reads update sheets as 'boardpack build --format update' makes them, with their first page as it was "
                    "(other workbooks go into the data folder)",
                    reading->back->file, what);
}

/* The id becomes the name of a file, so that nothing but letters, digits and dashes may stand in it. */
static bool is_id (const BpLeadReturn *back)
{
    g_autofree char *day = bp_date_dup_text (back->as_of, BP_DATE_ISO);
    g_autofree char *end = g_strdup_printf ("-%s-%" G_GINT64_FORMAT, day, back->base);
    size_t length = strlen (back->id);
    return length <= MAX_ID_CHARS && strspn (back->id, "abcdefghijklmnopqrstuvwxyz0123456789-") == length && back->id[0] != '-'
           && length > strlen (end) && g_str_has_suffix (back->id, end);
}

/* "ann-other-2025-07-31-1" or, where two leads share a name for files, "ann-other-2-2025-07-31-1". */
static bool is_of_lead (const BpLeadReturn *back)
{
    g_autofree char *slug = bp_lead_dup_slug (back->lead), *day = bp_date_dup_text (back->as_of, BP_DATE_ISO);
    g_autofree char *end = g_strdup_printf ("-%s-%" G_GINT64_FORMAT, day, back->base);
    g_autofree char *own = g_strndup (back->id, strlen (back->id) - strlen (end));
    if (!g_str_has_prefix (own, slug))
        return false;
    const char *number = own + strlen (slug);
    return *number == '\0' || (number[0] == '-' && number[1] != '\0' && strspn (number + 1, "0123456789") == strlen (number + 1));
}

static bool has_cover (const Reading *reading)
{
    return reading->back->lead != NULL && reading->back->id != NULL && reading->base_text != NULL && reading->as_of_text != NULL;
}

static bool check_cover (Reading *reading, GError **error)
{
    BpLeadReturn *back = reading->back;
    if (!has_cover (reading))
        return fail_cover (reading, "is no update sheet: the lines Lead, As at, Base and Sheet are not all on its cover", error);
    if (!bp_date_parse (reading->as_of_text, &back->as_of))
        return fail_cover (reading, "its cover's line As at has no date", error);
    if (!bp_integer_parse (reading->base_text, &back->base) || back->base < 1)
        return fail_cover (reading, "its cover's line Base has no number of an import", error);
    if (!is_id (back))
        return fail_cover (reading, "its cover's line Sheet does not agree with As at and Base", error);
    return is_of_lead (back) || fail_cover (reading, "its cover's lines Lead and Sheet do not agree about whose it is", error);
}

/* ---- headers ---- */

/* The columns of a definition in a row: how many of them are there. */
static int match_columns (Reading *reading, const BpTextRow *row, const BpUpdateSheetDef *def, SheetReading *sheet)
{
    int found = 0;
    for (int i = 0; i < BP_RETURN_MAX_COLUMNS; i++)
        sheet->column_of[i] = -1;
    for (int at = 0; at < MIN (row->kept_count, BP_LIMIT_RETURN_COLUMNS); at++)
    {
        if (row->cells[at].length > MAX_HEADING_BYTES)
            continue;
        const char *header = cell_text (reading, row, at);
        int column = *header != '\0' ? bp_update_sheet_find_column (def, header) : -1;
        if (column < 0 || sheet->column_of[column] >= 0)
            continue;
        sheet->column_of[column] = at;
        sheet->width = at + 1;
        found++;
    }
    return found;
}

/* Without these nothing can be made of a row. */
static bool has_needed (const SheetReading *sheet, BpUpdateSheetId id)
{
    switch (id)
    {
    case BP_UPDATE_SHEET_ACTIONS:
        return sheet->column_of[BP_ACTIONS_REF] >= 0;
    case BP_UPDATE_SHEET_MEASURES:
        return sheet->column_of[BP_MEASURES_KPI] >= 0 && sheet->column_of[BP_MEASURES_PERIOD] >= 0;
    case BP_UPDATE_SHEET_NARRATIVE:
        return sheet->column_of[BP_NARRATIVE_COLUMN_KIND] >= 0 && sheet->column_of[BP_NARRATIVE_COLUMN_TEXT] >= 0;
    case BP_UPDATE_SHEET_COUNT:
        break;
    }
    return false;
}

static void add_incomplete (Reading *reading, const char *sheet, const char *value, bool is_left_out, const char *text)
{
    const BpSource source = { .file = reading->back->file, .sheet = sheet };
    if (is_left_out)
        bp_finding_list_add_quarantined (reading->findings, BP_FINDING_RETURN_INCOMPLETE, source, value, "%s", text);
    else
        bp_finding_list_add (reading->findings, BP_FINDING_RETURN_INCOMPLETE, source, value, "%s", text);
}

/* Typed columns that are gone, in one finding. */
static void note_lost_columns (Reading *reading, SheetReading *sheet, const BpUpdateSheetDef *def)
{
    g_autoptr (GPtrArray) lost = g_ptr_array_new ();
    for (int i = 0; i < def->column_count; i++)
        if (sheet->column_of[i] < 0 && bp_update_sheet_is_typed (&def->columns[i]))
            g_ptr_array_add (lost, (gpointer)def->columns[i].title);
    if (lost->len == 0)
        return;
    sheet->has_lost = true;
    g_ptr_array_add (lost, NULL);
    g_autofree char *list = bp_text_dup_joined ((const char *const *)lost->pdata, 0);
    g_autofree char *text = g_strdup_printf ("The sheet has no column headed %s, so nothing was read for it.", list);
    add_incomplete (reading, sheet->sheet->name, list, false, text);
}

static void keep_headings (Reading *reading, const BpTextRow *row, SheetReading *sheet)
{
    g_ptr_array_set_size (sheet->headings, 0);
    for (int at = 0; at < row->kept_count; at++)
        g_ptr_array_add (sheet->headings, bp_text_dup_quoted (cell_text (reading, row, at)));
}

/* Looks whether the row is the header of one of the sheets that leads fill in. */
static void take_header (Reading *reading, const BpTextRow *row, SheetReading *sheet)
{
    for (int id = 0; id < BP_UPDATE_SHEET_COUNT; id++)
    {
        const BpUpdateSheetDef *def = bp_update_sheet_get ((BpUpdateSheetId)id);
        if (match_columns (reading, row, def, sheet) < 3 || !has_needed (sheet, (BpUpdateSheetId)id))
            continue;
        BpReturnSheet *to = &reading->back->sheets[id];
        sheet->id = id;
        sheet->is_repeated = to->name != NULL;
        keep_headings (reading, row, sheet);
        if (sheet->is_repeated)
            return;
        to->name = g_string_chunk_insert (reading->back->strings, sheet->sheet->name);
        for (int i = 0; i < def->column_count; i++)
            to->letters[i] = sheet->column_of[i] >= 0 ? own_letters (reading->back, sheet->column_of[i]) : NULL;
        note_lost_columns (reading, sheet, def);
        return;
    }
}

/* ---- rows ---- */

static bool is_read (const SheetReading *sheet, int column)
{
    for (int i = 0; i < BP_RETURN_MAX_COLUMNS; i++)
        if (sheet->column_of[i] == column)
            return true;
    return false;
}

static void add_stray (SheetReading *sheet, int column, int row)
{
    const guint at = sheet->is_repeated ? 0 : (guint)column;
    if (at >= sheet->stray_of->len)
        g_array_set_size (sheet->stray_of, at + 1);
    guint *number = &g_array_index (sheet->stray_of, guint, at);
    if (*number > 0)
    {
        g_array_index (sheet->strays, Stray, *number - 1).count++;
        return;
    }
    const Stray stray = { column, row, 1 };
    g_array_append_val (sheet->strays, stray);
    *number = sheet->strays->len;
}

/* Nothing that was typed is dropped in silence. */
static void note_unread_cells (Reading *reading, const BpTextRow *row, SheetReading *sheet)
{
    for (int at = 0; at < row->kept_count; at++)
        if (!is_read (sheet, at) && *cell_text (reading, row, at) != '\0')
            add_stray (sheet, at, row->line);
}

static void keep_row (Reading *reading, const BpTextRow *row, SheetReading *sheet)
{
    const BpUpdateSheetDef *def = bp_update_sheet_get ((BpUpdateSheetId)sheet->id);
    BpReturnRow *kept = NULL;
    for (int i = 0; i < def->column_count; i++)
    {
        const char *text = cell_text (reading, row, sheet->column_of[i]);
        if (*text == '\0')
            continue;
        if (sheet->is_repeated)
        {
            if (bp_update_sheet_is_typed (&def->columns[i]) && strcmp (text, "[z]") != 0)
                add_stray (sheet, sheet->column_of[i], row->line);
            continue;
        }
        if (kept == NULL)
        {
            kept = bp_lead_return_add_row (reading->back, (BpUpdateSheetId)sheet->id, row->line);
            reading->row_count++;
        }
        reading->text_bytes += strlen (text);
        kept->cells[i] = g_string_chunk_insert (reading->back->strings, text);
    }
    if (!sheet->is_repeated)
        note_unread_cells (reading, row, sheet);
}

/* "3 cells, the first P9". Caller frees. */
static char *dup_cells (BpLeadReturn *back, const Stray *stray)
{
    const char *letters = own_letters (back, stray->column);
    return stray->count == 1 ? g_strdup_printf ("cell %s%d", letters, stray->row)
                             : g_strdup_printf ("%d cells, the first %s%d", stray->count, letters, stray->row);
}

static void note_stray_column (Reading *reading, const SheetReading *sheet, const Stray *stray)
{
    const BpUpdateSheetDef *def = bp_update_sheet_get ((BpUpdateSheetId)sheet->id);
    const char *heading = stray->column < (int)sheet->headings->len ? sheet->headings->pdata[stray->column] : "";
    const char *letters = own_letters (reading->back, stray->column);
    const int twin = *heading != '\0' ? bp_update_sheet_find_column (def, heading) : -1;
    const bool is_answer = twin >= 0 ? bp_update_sheet_is_typed (&def->columns[twin]) : sheet->has_lost;
    g_autofree char *cells = dup_cells (reading->back, stray), *text = NULL;
    if (twin >= 0)
        text = g_strdup_printf ("Column %s is headed %s too, and only column %s was read. What stands in the second (%s) was left out.",
                                letters, def->columns[twin].title, own_letters (reading->back, sheet->column_of[twin]), cells);
    else if (*heading == '\0')
        text = g_strdup_printf ("Column %s has no heading. What stands in it (%s) was left out.", letters, cells);
    else
        text = g_strdup_printf ("Column %s, headed “%s”, is none of the sheet's. What stands in it (%s) was left out.", letters, heading,
                                cells);
    add_incomplete (reading, sheet->sheet->name, heading, is_answer, text);
}

static void note_repeated_sheet (Reading *reading, const SheetReading *sheet)
{
    const char *first = reading->back->sheets[sheet->id].name;
    const bool has_answers = sheet->strays->len > 0;
    g_autofree char *cells = has_answers ? dup_cells (reading->back, &g_array_index (sheet->strays, Stray, 0)) : NULL;
    g_autofree char *text
        = has_answers
              ? g_strdup_printf ("The sheet is headed like the sheet %s before it, and only that was read. What was typed in this one "
                                 "(%s) was left out.",
                                 first, cells)
              : g_strdup_printf ("The sheet is headed like the sheet %s before it, and only that was read. Nothing is typed in this one.",
                                 first);
    add_incomplete (reading, sheet->sheet->name, NULL, has_answers, text);
}

static void note_sheet (Reading *reading, const SheetReading *sheet, const BpSheetRemarks *remarks)
{
    static const char *const own[] = { "Cover", "Contents", "Notes" };
    const BpSource source = { .file = reading->back->file, .sheet = sheet->sheet->name };
    if (sheet->id >= 0)
        bp_sheet_remarks_note (remarks, sheet->sheet, source, true, reading->findings);
    if (sheet->id >= 0 && sheet->is_repeated)
        note_repeated_sheet (reading, sheet);
    for (guint i = 0; sheet->id >= 0 && !sheet->is_repeated && i < sheet->strays->len; i++)
        note_stray_column (reading, sheet, &g_array_index (sheet->strays, Stray, i));
    bool is_own = sheet->id >= 0 || sheet->row_count == 0;
    for (gsize i = 0; i < G_N_ELEMENTS (own); i++)
        is_own = is_own || g_ascii_strcasecmp (sheet->sheet->name, own[i]) == 0;
    if (!is_own)
        g_ptr_array_add (reading->unread, sheet->sheet->name);
}

/* What is kept goes into the data folder, and is read with every import from then on: too much of it is refused before any is written. */
static bool check_size (const Reading *reading, GError **error)
{
    if (reading->row_count > BP_LIMIT_RETURN_ROWS)
        return bp_fail (error, BP_ERROR_DATA, "%s: has more than %d rows that are filled in; delete those that are not needed",
                        reading->back->file, BP_LIMIT_RETURN_ROWS);
    if (reading->text_bytes > BP_LIMIT_RETURN_TEXT_BYTES)
        return bp_fail (error, BP_ERROR_DATA, "%s: holds more than %d MB of text, which no lead types; ask for the sheet again",
                        reading->back->file, (int)(BP_LIMIT_RETURN_TEXT_BYTES / BP_LIMIT_MB));
    return true;
}

/* What stands where nothing is read: a lead may have typed an answer there. */
static void keep_front (Reading *reading, const BpTextRow *row, const SheetReading *sheet)
{
    GArray *front = reading->back->front;
    for (int at = 0; at < row->kept_count && front->len - sheet->front_start < MAX_FRONT_CELLS; at++)
    {
        const char *text = cell_text (reading, row, at);
        if (*text == '\0')
            continue;
        const BpReturnLine line = { .sheet = g_string_chunk_insert_const (reading->back->strings, sheet->sheet->name),
                                    .column = own_letters (reading->back, at),
                                    .row = row->line,
                                    .text = g_strdup (text) };
        g_array_append_val (front, line);
    }
}

static bool read_rows (Reading *reading, BpSheetReader *reader, SheetReading *sheet, GError **error)
{
    g_autoptr (GError) why = NULL;
    BpTextRow row;
    while (bp_sheet_reader_next (reader, sheet->width, &row, &why) && check_size (reading, &why))
    {
        if (sheet->id >= 0)
            keep_row (reading, &row, sheet);
        else
        {
            if (sheet->row_count++ < HEADER_ROWS)
            {
                read_cover_lines (reading, &row);
                take_header (reading, &row, sheet);
            }
            if (sheet->id < 0)
                keep_front (reading, &row, sheet);
        }
    }
    if (why == NULL)
        return true;
    g_propagate_error (error, g_steal_pointer (&why));
    return false;
}

/* A comment is no answer, but it may be meant as one. */
static bool note_comments (Reading *reading, const BpWorkbook *workbook, const BpWorkbookSheet *sheet, GError **error)
{
    g_auto (BpSheetComments) comments = { 0 };
    if (!bp_sheet_comments_read (&comments, workbook, sheet, error))
        return false;
    if (comments.count == 0)
        return true;
    g_autofree char *shown = bp_text_dup_shortened (comments.text, MAX_COMMENT_CHARS);
    g_autofree char *text
        = comments.count == 1
              ? g_strdup_printf ("%s: the comment “%s” was left out: comments are not read. Type it into a cell.", comments.cell, shown)
              : g_strdup_printf (
                  "%s: the comment “%s” and %d more of the sheet were left out: comments are not read. Type them into cells.",
                  comments.cell, shown, comments.count - 1);
    add_incomplete (reading, sheet->name, comments.text, true, text);
    return true;
}

static bool read_sheet (Reading *reading, const BpWorkbook *workbook, const BpWorkbookSheet *from, GError **error)
{
    g_autoptr (BpSheetReader) reader = bp_sheet_reader_open (workbook, from, error);
    if (reader == NULL)
        return false;
    g_autoptr (GPtrArray) headings = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GArray) strays = g_array_new (FALSE, FALSE, sizeof (Stray));
    g_autoptr (GArray) stray_of = g_array_new (FALSE, TRUE, sizeof (guint));
    SheetReading sheet = {
        .sheet = from, .id = -1, .front_start = reading->back->front->len, .headings = headings, .strays = strays, .stray_of = stray_of
    };
    const char *const lead = reading->back->lead;
    if (!read_rows (reading, reader, &sheet, error) || !note_comments (reading, workbook, from, error))
        return false;
    if (reading->back->lead != lead) /* it is the cover */
        return true;
    if ((sheet.id < 0 || sheet.is_repeated) && g_ascii_strcasecmp (from->name, "Notes") != 0)
        g_array_set_size (reading->back->front, sheet.front_start);
    note_sheet (reading, &sheet, bp_sheet_reader_remarks (reader));
    return true;
}

static void note_lost_sheets (Reading *reading)
{
    bool has_lost = false;
    for (int i = 0; i < BP_UPDATE_SHEET_COUNT; i++)
    {
        const char *name = bp_update_sheet_get ((BpUpdateSheetId)i)->name;
        g_autofree char *text = g_strdup_printf ("No sheet has the headings of the sheet %s, so nothing was read for it.", name);
        if (reading->back->sheets[i].name != NULL)
            continue;
        add_incomplete (reading, NULL, name, false, text);
        has_lost = true;
    }
    for (guint i = 0; i < reading->unread->len; i++)
        add_incomplete (reading, reading->unread->pdata[i], NULL, has_lost,
                        "The sheet has the headings of none that is filled in. What stands in it was left out.");
}

static bool read_workbook (Reading *reading, const BpWorkbook *workbook, GError **error)
{
    if (workbook->sheets->len > BP_LIMIT_RETURN_SHEETS)
        return bp_fail (error, BP_ERROR_DATA,
                        "%s: has %u sheets, more than the %d that are looked through; delete those that are not needed",
                        reading->back->file, workbook->sheets->len, BP_LIMIT_RETURN_SHEETS);
    for (guint i = 0; i < workbook->sheets->len; i++)
        if (!read_sheet (reading, workbook, &g_array_index (workbook->sheets, BpWorkbookSheet, i), error))
            return false;
    if (!check_size (reading, error) || !check_cover (reading, error))
        return false;
    note_lost_sheets (reading);
    return true;
}

/* Reads on to the next sheet where one is damaged: whoever reads the tables of the workbook says so. */
static void look_for_cover (Reading *reading, const BpWorkbook *workbook, const BpWorkbookSheet *sheet)
{
    g_autoptr (BpSheetReader) reader = bp_sheet_reader_open (workbook, sheet, NULL);
    BpTextRow row;
    for (int rows = 0; reader != NULL && rows < HEADER_ROWS && bp_sheet_reader_next (reader, 1, &row, NULL); rows++)
        read_cover_lines (reading, &row);
}

char *bp_lead_return_dup_cover (const BpWorkbook *workbook)
{
    g_autoptr (BpLeadReturn) back = bp_lead_return_new ("");
    Reading reading = { .back = back, .scratch = g_string_new (NULL) };
    for (guint i = 0; i < MIN (workbook->sheets->len, BP_LIMIT_RETURN_SHEETS) && !has_cover (&reading); i++)
        look_for_cover (&reading, workbook, &g_array_index (workbook->sheets, BpWorkbookSheet, i));
    g_string_free (reading.scratch, TRUE);
    return has_cover (&reading) ? g_strdup_printf ("%s as at %s", back->lead, reading.as_of_text) : NULL;
}

BpLeadReturn *bp_lead_return_read (const char *path, const char *shown, BpFindingList *findings, GError **error)
{
    g_autoptr (BpWorkbook) workbook = bp_workbook_open (path, shown, error);
    if (workbook == NULL)
        return NULL;
    g_autoptr (BpLeadReturn) back = bp_lead_return_new (shown);
    g_autoptr (GPtrArray) unread = g_ptr_array_new ();
    Reading reading = { .back = back, .findings = findings, .unread = unread, .scratch = g_string_new (NULL) };
    bool has_read = read_workbook (&reading, workbook, error);
    g_string_free (reading.scratch, TRUE);
    return has_read ? g_steal_pointer (&back) : NULL;
}
