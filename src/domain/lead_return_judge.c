#include "domain/lead_duties.h"
#include "domain/return_entry.h"
#include "domain/return_judge.h"

#include "base/text.h"

#include <string.h>

#define SHOWN_CHARS 60

/* ---- places and findings ---- */

static const BpUpdateSheetColumn *column_of (BpReturnPlace place, int column)
{
    return &bp_update_sheet_get (place.sheet)->columns[column];
}

char *bp_return_dup_cell (const BpReturnJudge *judge, BpReturnPlace place, int column)
{
    const char *letters = judge->back->sheets[place.sheet].letters[column];
    return g_strdup_printf ("%s%d", letters != NULL ? letters : "row ", place.row->row);
}

BpSource bp_return_source (const BpReturnJudge *judge, BpReturnPlace place, int column)
{
    return (BpSource){ .file = judge->back->file,
                       .sheet = judge->back->sheets[place.sheet].name,
                       .row = place.row->row,
                       .column = column_of (place, column)->column };
}

char *bp_return_dup_shown (const char *text)
{
    return bp_text_is_blank (text) ? g_strdup ("nothing") : bp_text_dup_shortened (text, SHOWN_CHARS);
}

void bp_return_refuse_cell (BpReturnJudge *judge, BpReturnPlace place, int column, const char *reason, const char *what_out)
{
    g_autofree char *cell = bp_return_dup_cell (judge, place, column);
    g_autofree char *shown = bp_text_dup_shortened (place.row->cells[column], SHOWN_CHARS);
    bp_finding_list_add_quarantined (judge->findings, BP_FINDING_RETURN_ENTRY_IMPOSSIBLE, bp_return_source (judge, place, column),
                                     place.row->cells[column], "%s: “%s” %s. %s", cell, shown, reason, what_out);
}

void bp_return_refuse_row (BpReturnJudge *judge, BpReturnPlace place, int column, const char *what)
{
    const char *typed = place.row->cells[column];
    g_autofree char *cell = bp_return_dup_cell (judge, place, column);
    g_autofree char *shown = bp_text_dup_shortened (typed, SHOWN_CHARS);
    if (bp_text_is_blank (typed))
        bp_finding_list_add_quarantined (judge->findings, BP_FINDING_RETURN_ROW_UNKNOWN, bp_return_source (judge, place, column), typed,
                                         "%s is blank, so nobody knows what the row is about. " BP_RETURN_ROW_OUT, cell);
    else
        bp_finding_list_add_quarantined (judge->findings, BP_FINDING_RETURN_ROW_UNKNOWN, bp_return_source (judge, place, column), typed,
                                         "%s: “%s” %s. " BP_RETURN_ROW_OUT, cell, shown, what);
}

bool bp_return_is_first (BpReturnJudge *judge, BpReturnPlace place, int column, const char *key)
{
    if (g_hash_table_add (judge->seen, g_strdup (key)))
        return true;
    g_autofree char *cell = bp_return_dup_cell (judge, place, column);
    bp_finding_list_add_quarantined (judge->findings, BP_FINDING_RETURN_ROW_REPEATED, bp_return_source (judge, place, column),
                                     place.row->cells[column], "%s: an earlier row is about %s too. This one was left out.", cell, key);
    return false;
}

void bp_return_note_other_lead (BpReturnJudge *judge, BpReturnPlace place, int column, const char *key, const char *lead)
{
    g_autofree char *theirs = bp_text_dup_folded (lead), *ours = bp_text_dup_folded (judge->lead);
    if (strcmp (theirs, ours) == 0)
        return;
    g_autofree char *cell = bp_return_dup_cell (judge, place, column);
    bp_finding_list_add (judge->findings, BP_FINDING_RETURN_OTHER_LEAD, bp_return_source (judge, place, column), key,
                         "%s: the lead of %s is %s, and the sheet is that of %s. The row counts.", cell, key,
                         bp_text_is_blank (lead) ? "nobody" : lead, judge->lead);
}

/* ---- cells ---- */

/* "[z]" is what stands in a table without rows. */
bool bp_return_is_typed (const char *cell)
{
    return *cell != '\0' && strcmp (cell, "[z]") != 0;
}

bool bp_return_has_entries (BpReturnPlace place)
{
    const BpUpdateSheetDef *def = bp_update_sheet_get (place.sheet);
    for (int i = 0; i < def->column_count; i++)
        if (bp_update_sheet_is_typed (&def->columns[i]) && bp_return_is_typed (place.row->cells[i]))
            return true;
    return false;
}

void bp_return_read_entries (BpReturnJudge *judge, BpReturnPlace place, char **entries)
{
    const BpUpdateSheetDef *def = bp_update_sheet_get (place.sheet);
    for (int i = 0; i < def->column_count; i++)
    {
        g_autofree char *reason = NULL;
        entries[i] = NULL;
        if (!bp_update_sheet_is_typed (&def->columns[i]) || !bp_return_is_typed (place.row->cells[i]))
            continue;
        entries[i]
            = bp_return_entry_dup (def->columns[i].kind, place.row->cells[i], judge->context->snapshot, judge->context->today, &reason);
        if (entries[i] == NULL)
            bp_return_refuse_cell (judge, place, i, reason, def->columns[i].kind == BP_ENTRY_AREA ? BP_RETURN_ROW_OUT : BP_RETURN_CELL_OUT);
    }
}

void bp_return_clear_entries (char **entries)
{
    for (int i = 0; i < BP_RETURN_MAX_COLUMNS; i++)
        g_clear_pointer (&entries[i], g_free);
}

bool bp_return_is_any (char *const *entries)
{
    for (int i = 0; i < BP_RETURN_MAX_COLUMNS; i++)
        if (entries[i] != NULL)
            return true;
    return false;
}

void bp_return_set_cell (BpReturnJudge *judge, BpTableId table, BpRecord *record, const char *column, const char *text)
{
    record->cells[bp_table_find_column (bp_table_get (table), column)] = bp_table_set_take_text (judge->out, text, -1);
}

void bp_return_set_day (BpReturnJudge *judge, BpTableId table, BpRecord *record, const char *column, BpDate day)
{
    g_autofree char *text = bp_date_dup_text (day, BP_DATE_ISO);
    bp_return_set_cell (judge, table, record, column, text);
}

BpRecord *bp_return_find_kept (const BpReturnJudge *judge, BpTableId table, const char *key)
{
    const guint place = GPOINTER_TO_UINT (g_hash_table_lookup (judge->kept, key));
    return place == 0 ? NULL : &g_array_index (judge->out->tables[table].records, BpRecord, place - 1);
}

static void note_replaced (BpReturnJudge *judge, BpReturnPlace place, int column, const char *before)
{
    g_autofree char *cell = bp_return_dup_cell (judge, place, column);
    g_autofree char *shown = bp_text_dup_shortened (place.row->cells[column], SHOWN_CHARS), *old = bp_return_dup_shown (before);
    bp_finding_list_add (judge->findings, BP_FINDING_RETURN_ANSWER_REPLACED, bp_return_source (judge, place, column), before,
                         "%s: “%s” takes the place of “%s”, which an earlier return of this sheet said.", cell, shown, old);
}

void bp_return_set_entries (BpReturnJudge *judge, BpReturnPlace place, char *const *entries, BpRecord *record, BpStoodBefore stood_before)
{
    const BpUpdateSheetDef *def = bp_update_sheet_get (place.sheet);
    for (int i = 0; i < def->column_count; i++)
    {
        const BpUpdateSheetColumn *column = &def->columns[i];
        if (entries[i] == NULL)
            continue;
        const char *old = bp_stored_rows_cell (def->table, record, column->column);
        if (stood_before != NULL && !bp_text_is_blank (old)
            && !bp_return_entry_is_same (column->kind, old, entries[i], judge->context->snapshot)
            && !bp_return_entry_is_same (column->kind, old, stood_before (judge, record, column->column), judge->context->snapshot))
            note_replaced (judge, place, i, old);
        bp_return_set_cell (judge, def->table, record, column->column, entries[i]);
    }
}

/* ---- what earlier copies of the same sheet said ---- */

/* What the row of the return's own file is about, as its judge calls it; NULL for narrative, which is about nothing in particular. Caller
 * frees. */
static char *dup_key_of (const BpReturnJudge *judge, BpTableId table, const BpRecord *record)
{
    const BpProgramme *programme = judge->context->snapshot->programme;
    if (table == BP_TABLE_NARRATIVE)
        return NULL;
    if (table == BP_TABLE_UPDATES)
        return g_strdup_printf ("%s:%s", bp_stored_rows_cell (table, record, "plan"), bp_stored_rows_cell (table, record, "ref"));
    BpPeriod period;
    const char *id = bp_stored_rows_cell (table, record, "kpi"), *typed = bp_stored_rows_cell (table, record, "period");
    const BpKpi *kpi = bp_snapshot_find_kpi (judge->context->snapshot, id);
    if (kpi == NULL || bp_period_parse (typed, kpi->period_kind, &programme->calendar, &period) != BP_PERIOD_READ_OK)
        return g_strdup (id);
    g_autofree char *words = bp_period_dup_text (&period, &programme->calendar);
    return g_strdup_printf ("%s for %s", id, words);
}

/* Copies of one sheet are merged: what an earlier one said stays until a later one says something else. */
static void keep_earlier_rows (BpReturnJudge *judge, BpTableId table)
{
    const GArray *records = judge->context->now->tables[table].records;
    const int width = bp_table_set_width (judge->out, table);
    for (guint i = 0; i < records->len; i++)
    {
        const BpRecord *record = &g_array_index (records, BpRecord, i);
        if (!bp_record_is_of_return (record, table, judge->back->id))
            continue;
        BpRecord *kept = bp_table_set_add (judge->out, table);
        for (int j = 0; j < width; j++)
            kept->cells[j] = bp_table_set_take_text (judge->out, record->cells[j], -1);
        char *key = dup_key_of (judge, table, kept);
        if (key != NULL)
            g_hash_table_insert (judge->kept, key, GUINT_TO_POINTER (judge->out->tables[table].records->len));
    }
}

void bp_lead_return_judge (const BpLeadReturn *back, const BpReturnContext *context, BpTableSet *out, BpFindingList *findings)
{
    static void (*const judges[BP_UPDATE_SHEET_COUNT]) (BpReturnJudge * judge, BpReturnPlace place)
        = { bp_return_judge_action, bp_return_judge_measure, bp_return_judge_narrative };
    const BpCalendar *calendar = &context->snapshot->programme->calendar;
    g_autoptr (BpStoredRows) now = bp_stored_rows_new (context->now, calendar, back->id);
    g_autoptr (BpStoredRows) base = context->base != NULL ? bp_stored_rows_new (context->base, calendar, back->id) : NULL;
    BpReturnJudge judge = { .back = back,
                            .context = context,
                            .now = now,
                            .base = base != NULL ? base : now,
                            .out = out,
                            .findings = findings,
                            .lead = bp_lead_canonical (context->snapshot, back->lead) };
    for (int sheet = 0; sheet < BP_UPDATE_SHEET_COUNT; sheet++)
    {
        const GArray *rows = back->sheets[sheet].rows;
        g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
        g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
        judge.seen = seen;
        judge.kept = kept;
        keep_earlier_rows (&judge, bp_update_sheet_get ((BpUpdateSheetId)sheet)->table);
        for (guint i = 0; i < rows->len; i++)
            judges[sheet](&judge, (BpReturnPlace){ (BpUpdateSheetId)sheet, &g_array_index (rows, BpReturnRow, i) });
    }
}
