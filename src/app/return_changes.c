#include "app/return_changes.h"

#include "base/text.h"
#include "domain/lead_duties.h"
#include "pack/pack.h"
#include "pack/update_sheet.h"
#include "render/xlsx/fixed_sheets.h"

#include <string.h>

#define SHOWN_CHARS 60

/* A sheet as it came back beside the same as it was made. */
typedef struct
{
    const BpLeadReturn *back;
    const BpUpdateSheetDef *def;
    const BpReturnSheet *sheet;
    const BpSheet *made;
    GHashTable *words[BP_RETURN_MAX_COLUMNS]; /* what was shown in each column, bare */
    GHashTable *row_of;                       /* bare key → number of the made row + 1 */
    BpFindingList *findings;
} Comparison;

/* Letters and digits alone, in one case: what programs do to quotes, blanks and line ends is nobody's change. A day is spelt in one way.
 * Caller frees. */
static char *dup_bare (const char *text)
{
    BpDate day;
    if (bp_date_parse (text, &day))
        return bp_date_dup_text (day, BP_DATE_ISO);
    g_autofree char *folded = bp_text_dup_folded (text);
    g_autoptr (GString) bare = g_string_new (NULL);
    for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
        if (g_unichar_isalnum (g_utf8_get_char (at)))
            g_string_append_unichar (bare, g_utf8_get_char (at));
    return g_string_free (g_steal_pointer (&bare), FALSE);
}

static char *dup_shown (const Comparison *comparison, guint row, int column)
{
    const BpValue value = bp_sheet_cell (comparison->made, row, column);
    return bp_value_dup_text (&value);
}

/* ---- rows ---- */

static bool is_key (const Comparison *comparison, int column)
{
    return comparison->def->columns[column].kind == BP_ENTRY_KEY;
}

/* "1.1.1" is another ref than "11.1". */
static void append_key (GString *key, const char *text)
{
    g_autofree char *folded = bp_text_dup_folded (text);
    g_string_append (key, folded);
    g_string_append_c (key, '\n');
}

static void index_made (Comparison *comparison)
{
    comparison->row_of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (int i = 0; i < comparison->def->column_count; i++)
        comparison->words[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (guint row = 0; row < bp_sheet_row_count (comparison->made); row++)
    {
        g_autoptr (GString) key = g_string_new (NULL);
        for (int i = 0; i < comparison->def->column_count; i++)
        {
            g_autofree char *text = dup_shown (comparison, row, i);
            if (is_key (comparison, i))
                append_key (key, text);
            g_hash_table_add (comparison->words[i], dup_bare (text));
        }
        g_hash_table_insert (comparison->row_of, g_strdup (key->str), GUINT_TO_POINTER (row + 1));
    }
}

static void clear_index (Comparison *comparison)
{
    g_hash_table_unref (comparison->row_of);
    for (int i = 0; i < comparison->def->column_count; i++)
        g_hash_table_unref (comparison->words[i]);
}

/* From 1; 0 for a row that was not on the sheet. */
static guint find_made_row (const Comparison *comparison, const BpReturnRow *row)
{
    g_autoptr (GString) key = g_string_new (NULL);
    for (int i = 0; i < comparison->def->column_count; i++)
        if (is_key (comparison, i))
            append_key (key, row->cells[i]);
    return GPOINTER_TO_UINT (g_hash_table_lookup (comparison->row_of, key->str));
}

/* Where what was typed into a column that is not read belongs. */
static const char *home_of (const Comparison *comparison, int column)
{
    const bool is_action = comparison->def->table == BP_TABLE_UPDATES;
    if (is_action && column == BP_ACTIONS_DUE)
        return "Forecast";
    if (is_action && column == BP_ACTIONS_PRESENT_STATUS)
        return "New status";
    if (!is_action)
        return column == BP_MEASURES_LATEST ? "Value" : "Note";
    return "Progress";
}

static void add_finding (const Comparison *comparison, const BpReturnRow *row, int column, const char *rest)
{
    const BpUpdateSheetColumn *def = &comparison->def->columns[column];
    const char *letters = comparison->sheet->letters[column];
    g_autofree char *shown = bp_text_dup_shortened (row->cells[column], SHOWN_CHARS);
    const BpSource source = { .file = comparison->back->file, .sheet = comparison->sheet->name, .row = row->row, .column = def->title };
    bp_finding_list_add_quarantined (comparison->findings, BP_FINDING_RETURN_INCOMPLETE, source, row->cells[column], "%s%d: “%s” %s",
                                     letters != NULL ? letters : "row ", row->row, shown, rest);
}

/* What stands in any row of the column as it went out is no answer: a row may have been copied to add another. */
static bool is_changed (const Comparison *comparison, const BpReturnRow *row, int column, guint made_row)
{
    g_autofree char *bare = dup_bare (row->cells[column]);
    if (*bare == '\0')
        return false;
    if (made_row == 0)
        return !g_hash_table_contains (comparison->words[column], bare);
    g_autofree char *shown = dup_shown (comparison, made_row - 1, column);
    g_autofree char *made = dup_bare (shown);
    return strcmp (made, bare) != 0;
}

static bool is_filled_in (const Comparison *comparison, const BpReturnRow *row)
{
    for (int i = 0; i < comparison->def->column_count; i++)
        if (bp_update_sheet_is_typed (&comparison->def->columns[i]) && *row->cells[i] != '\0' && strcmp (row->cells[i], "[z]") != 0)
            return true;
    return false;
}

/* A line of words below the table, in whichever column. A row that somebody began, with no more than what it is to be about, says nothing
 * yet. */
static void note_line (const Comparison *comparison, const BpReturnRow *row)
{
    for (int i = 0; i < comparison->def->column_count; i++)
    {
        const bool is_bare_key = is_key (comparison, i) && i > 0 && strpbrk (row->cells[i], " \n\u00a0") == NULL;
        if (is_bare_key || !is_changed (comparison, row, i, 0))
            continue;
        g_autofree char *rest
            = g_strdup_printf ("stands in a row that is about nothing on the sheet. It was left out; type it under %s, in the "
                               "row of what it is about, or on the sheet Narrative.",
                               home_of (comparison, i));
        add_finding (comparison, row, i, rest);
        return;
    }
}

static void note_row (const Comparison *comparison, const BpReturnRow *row)
{
    const guint made_row = find_made_row (comparison, row);
    if (bp_sheet_row_count (comparison->made) == 0 && strcmp (row->cells[0], "None") == 0) /* what stands in a table without rows */
        return;
    if (made_row == 0 && !is_filled_in (comparison, row))
    {
        note_line (comparison, row);
        return;
    }
    for (int i = 0; i < comparison->def->column_count; i++)
    {
        const BpUpdateSheetColumn *column = &comparison->def->columns[i];
        const bool is_name = i == (comparison->def->table == BP_TABLE_UPDATES ? BP_ACTIONS_ACTION : BP_MEASURES_TITLE);
        if (column->kind != BP_ENTRY_SHOWN || (made_row == 0 && is_name) || !is_changed (comparison, row, i, made_row))
            continue;
        g_autofree char *rest = g_strdup_printf ("was typed into the column %s, which is not read. It was left out; type it under %s.",
                                                 column->title, home_of (comparison, i));
        add_finding (comparison, row, i, rest);
    }
}

static void note_sheet (const BpLeadReturn *back, BpUpdateSheetId id, const BpSheet *made, BpFindingList *findings)
{
    Comparison comparison
        = { .back = back, .def = bp_update_sheet_get (id), .sheet = &back->sheets[id], .made = made, .findings = findings };
    index_made (&comparison);
    for (guint i = 0; i < comparison.sheet->rows->len; i++)
        note_row (&comparison, &g_array_index (comparison.sheet->rows, BpReturnRow, i));
    clear_index (&comparison);
}

/* ---- cover, notes and what stands above the tables ---- */

static void add_words (GHashTable *words, const GPtrArray *lines)
{
    for (guint i = 0; i < lines->len; i++)
        g_hash_table_add (words, dup_bare (lines->pdata[i]));
}

static GHashTable *list_front_words (const BpPack *pack)
{
    static const char *const headings[] = { "Notes", "Note number", "Note text" };
    GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr (GPtrArray) cover = bp_xlsx_dup_cover_lines (pack, 0);
    add_words (words, cover);
    add_words (words, pack->notes);
    for (gsize i = 0; i < G_N_ELEMENTS (headings); i++)
        g_hash_table_add (words, dup_bare (headings[i]));
    for (guint i = 0; i < pack->sheets->len; i++)
    {
        const BpSheet *sheet = pack->sheets->pdata[i];
        g_autoptr (GPtrArray) lines = bp_xlsx_dup_sheet_lines (pack, sheet->title, sheet->notes, NULL);
        add_words (words, lines);
    }
    return words;
}

/* The number of a note, what explains shorthand, or how the sheet is printed. */
static bool is_reading_aid (const char *text)
{
    return text[0] == '[' || g_str_has_prefix (text, "Shorthand: ") || g_str_has_prefix (text, "On paper: ")
           || text[strspn (text, "0123456789.")] == '\0';
}

static void note_front (const BpLeadReturn *back, const BpPack *pack, BpFindingList *findings)
{
    g_autoptr (GHashTable) words = list_front_words (pack);
    for (guint i = 0; i < back->front->len; i++)
    {
        const BpReturnLine *line = &g_array_index (back->front, BpReturnLine, i);
        g_autofree char *bare = dup_bare (line->text), *shown = bp_text_dup_shortened (line->text, SHOWN_CHARS);
        if (*bare == '\0' || is_reading_aid (line->text) || g_hash_table_contains (words, bare))
            continue;
        const BpSource source = { .file = back->file, .sheet = line->sheet, .row = line->row };
        bp_finding_list_add_quarantined (
            findings, BP_FINDING_RETURN_INCOMPLETE, source, line->text,
            "%s%d: “%s” is no line of the sheet as it is made, and stands where nothing is read. It was left out; "
            "type it in the table of the sheet Actions, Measures or Narrative.",
            line->column, line->row, shown);
    }
}

static const BpLeadDuties *find_duties (const GPtrArray *all, const BpLeadReturn *back)
{
    for (guint i = 0; i < all->len; i++)
    {
        const BpLeadDuties *duties = all->pdata[i];
        g_autofree char *id = bp_update_sheet_dup_id (duties->slug, back->as_of, back->base);
        if (strcmp (id, back->id) == 0)
            return duties;
    }
    return NULL;
}

void bp_return_changes_note (const BpLeadReturn *back, const BpSnapshot *made, BpFindingList *findings)
{
    g_autoptr (GPtrArray) all = bp_lead_duties_new (made);
    const BpLeadDuties *duties = find_duties (all, back);
    if (duties == NULL)
        return;
    g_autoptr (BpPack) pack = bp_update_sheet_build (made, duties, back->base);
    note_sheet (back, BP_UPDATE_SHEET_ACTIONS, pack->sheets->pdata[BP_UPDATE_SHEET_ACTIONS], findings);
    note_sheet (back, BP_UPDATE_SHEET_MEASURES, pack->sheets->pdata[BP_UPDATE_SHEET_MEASURES], findings);
    note_front (back, pack, findings);
}
