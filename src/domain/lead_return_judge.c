#include "domain/lead_duties.h"
#include "domain/lead_return.h"
#include "domain/return_entry.h"
#include "domain/stored_rows.h"

#include "base/text.h"

#include <string.h>

/* As much of a text as a finding shows. */
#define SHOWN_CHARS 60

typedef struct
{
    const BpLeadReturn *back;
    const BpReturnContext *context;
    BpStoredRows *now, *base; /* base = now where nothing can have changed */
    BpTableSet *out;
    BpFindingList *findings;
    /* of the sheet that is being judged: sets of what its rows are about, and of those of them that say something */
    GHashTable *listed, *seen;
    const char *lead; /* canonical */
} Judge;

/* The row that is being judged. */
typedef struct
{
    BpUpdateSheetId sheet;
    const BpReturnRow *row;
} Place;

/* ---- places and findings ---- */

static const BpUpdateSheetColumn *column_of (Place place, int column)
{
    return &bp_update_sheet_get (place.sheet)->columns[column];
}

/* "F9". Caller frees. */
static char *dup_cell (const Judge *judge, Place place, int column)
{
    const char *letters = judge->back->sheets[place.sheet].letters[column];
    return g_strdup_printf ("%s%d", letters != NULL ? letters : "row ", place.row->row);
}

static BpSource source_of (const Judge *judge, Place place, int column)
{
    return (BpSource){ .file = judge->back->file,
                       .sheet = judge->back->sheets[place.sheet].name,
                       .row = place.row->row,
                       .column = column_of (place, column)->column };
}

static void add_impossible (Judge *judge, Place place, int column, const char *reason)
{
    g_autofree char *cell = dup_cell (judge, place, column);
    g_autofree char *shown = bp_text_dup_shortened (place.row->cells[column], SHOWN_CHARS);
    bp_finding_list_add_quarantined (judge->findings, BP_FINDING_RETURN_ENTRY_IMPOSSIBLE, source_of (judge, place, column),
                                     place.row->cells[column], "%s: “%s” %s. The cell was left out.", cell, shown, reason);
}

static void add_unknown_row (Judge *judge, Place place, int column, const char *what)
{
    g_autofree char *cell = dup_cell (judge, place, column);
    bp_finding_list_add_quarantined (judge->findings, BP_FINDING_RETURN_ROW_UNKNOWN, source_of (judge, place, column),
                                     place.row->cells[column], "%s: “%s” %s. The row was left out.", cell, place.row->cells[column], what);
}

static const char *shown_or_nothing (const char *text)
{
    return bp_text_is_blank (text) ? "nothing" : text;
}

/* now: the stored row that speaks against the cell. */
static void add_conflict (Judge *judge, Place place, int column, const char *before, const BpRecord *now)
{
    const BpUpdateSheetColumn *def = column_of (place, column);
    const char *stored = bp_stored_rows_cell (bp_update_sheet_get (place.sheet)->table, now, def->column);
    g_autofree char *cell = dup_cell (judge, place, column);
    g_autofree char *typed = bp_text_dup_shortened (place.row->cells[column], SHOWN_CHARS);
    g_autofree char *was = bp_text_dup_shortened (shown_or_nothing (before), SHOWN_CHARS);
    g_autofree char *is = bp_text_dup_shortened (shown_or_nothing (stored), SHOWN_CHARS);
    g_autofree char *where = now == NULL ? g_strdup ("the data") : g_strdup_printf ("%s, row %d,", now->file, now->row);
    bp_finding_list_add_quarantined (
        judge->findings, BP_FINDING_RETURN_CONFLICT, source_of (judge, place, column), place.row->cells[column],
        "%s says “%s”. When the sheet was made (import %" G_GINT64_FORMAT ") the data said “%s”; now %s says “%s”. The cell was left out.",
        cell, typed, judge->back->base, was, where, is);
}

/* False, with a finding, if an earlier row of the sheet was about the same. */
static bool is_first (Judge *judge, Place place, int column, const char *key)
{
    if (g_hash_table_add (judge->seen, g_strdup (key)))
        return true;
    g_autofree char *cell = dup_cell (judge, place, column);
    bp_finding_list_add_quarantined (judge->findings, BP_FINDING_RETURN_ROW_REPEATED, source_of (judge, place, column),
                                     place.row->cells[column], "%s: an earlier row is about %s too. This one was left out.", cell, key);
    return false;
}

static void note_other_lead (Judge *judge, Place place, int column, const char *key, const char *lead)
{
    g_autofree char *theirs = bp_text_dup_folded (lead), *ours = bp_text_dup_folded (judge->lead);
    if (strcmp (theirs, ours) == 0)
        return;
    g_autofree char *cell = dup_cell (judge, place, column);
    bp_finding_list_add (judge->findings, BP_FINDING_RETURN_OTHER_LEAD, source_of (judge, place, column), key,
                         "%s: the lead of %s is %s, and the sheet is that of %s. The row counts.", cell, key,
                         bp_text_is_blank (lead) ? "nobody" : lead, judge->lead);
}

/* ---- rows ---- */

/* "[z]" is what stands in a table without rows. */
static bool is_typed (const char *cell)
{
    return *cell != '\0' && strcmp (cell, "[z]") != 0;
}

static bool has_entries (Place place)
{
    const BpUpdateSheetDef *def = bp_update_sheet_get (place.sheet);
    for (int i = 0; i < def->column_count; i++)
        if (bp_update_sheet_is_typed (&def->columns[i]) && is_typed (place.row->cells[i]))
            return true;
    return false;
}

static void set_cell (Judge *judge, BpTableId table, BpRecord *record, const char *column, const char *text)
{
    record->cells[bp_table_find_column (bp_table_get (table), column)] = bp_table_set_take_text (judge->out, text, -1);
}

/* Reads the cells of a row into entries (one for each column, NULL: nothing to import). Caller frees with clear_entries. */
static void read_entries (Judge *judge, Place place, char **entries)
{
    const BpUpdateSheetDef *def = bp_update_sheet_get (place.sheet);
    for (int i = 0; i < def->column_count; i++)
    {
        g_autofree char *reason = NULL;
        entries[i] = NULL;
        if (!bp_update_sheet_is_typed (&def->columns[i]) || !is_typed (place.row->cells[i]))
            continue;
        entries[i]
            = bp_return_entry_dup (def->columns[i].kind, place.row->cells[i], judge->context->snapshot, judge->context->today, &reason);
        if (entries[i] == NULL)
            add_impossible (judge, place, i, reason);
    }
}

static void clear_entries (char **entries)
{
    for (int i = 0; i < BP_RETURN_MAX_COLUMNS; i++)
        g_clear_pointer (&entries[i], g_free);
}

static bool is_any (char *const *entries)
{
    for (int i = 0; i < BP_RETURN_MAX_COLUMNS; i++)
        if (entries[i] != NULL)
            return true;
    return false;
}

static void set_entries (Judge *judge, Place place, char *const *entries, BpRecord *record)
{
    const BpUpdateSheetDef *def = bp_update_sheet_get (place.sheet);
    for (int i = 0; i < def->column_count; i++)
        if (entries[i] != NULL)
            set_cell (judge, def->table, record, def->columns[i].column, entries[i]);
}

static void set_day (Judge *judge, BpTableId table, BpRecord *record, const char *column, BpDate day)
{
    g_autofree char *text = bp_date_dup_text (day, BP_DATE_ISO);
    set_cell (judge, table, record, column, text);
}

/* ---- actions ---- */

static const BpAction *find_action (Judge *judge, Place place)
{
    const char *plan = place.row->cells[BP_ACTIONS_PLAN];
    g_autofree char *ref = g_strdup (place.row->cells[BP_ACTIONS_REF]);
    if (g_str_has_suffix (ref, "*"))
        ref[strlen (ref) - 1] = '\0';
    g_autofree char *key = *plan != '\0' ? g_strdup_printf ("%s:%s", plan, ref) : g_strdup (ref);
    return bp_snapshot_find_action (judge->context->snapshot, key);
}

/* Takes out the cells for which the data say, since the sheet was made, something that is neither what it showed nor what was typed. */
static void drop_conflicts (Judge *judge, Place place, const BpAction *action, char **entries)
{
    const BpUpdateSheetDef *def = bp_update_sheet_get (place.sheet);
    for (int i = 0; i < def->column_count; i++)
    {
        const BpUpdateSheetColumn *column = &def->columns[i];
        if (entries[i] == NULL)
            continue;
        const BpStoredCell cell = { action->plan->id, action->ref, column->column };
        const BpRecord *before = bp_stored_rows_find_update (judge->base, &cell, judge->back->as_of);
        const BpRecord *now = bp_stored_rows_find_new_update (judge->now, judge->base, &cell, before);
        const char *is = bp_stored_rows_cell (BP_TABLE_UPDATES, now, column->column);
        const char *was = bp_stored_rows_cell (BP_TABLE_UPDATES, before, column->column);
        if (now == NULL || bp_return_entry_is_same (column->kind, is, was, judge->context->snapshot)
            || bp_return_entry_is_same (column->kind, is, entries[i], judge->context->snapshot))
            continue;
        add_conflict (judge, place, i, was, now);
        g_clear_pointer (&entries[i], g_free);
    }
}

/* The sheet's day, or that of the completion if it is later; the first one after on which nothing is reported yet. */
static BpDate update_day (const Judge *judge, const BpAction *action, const char *completed_on)
{
    BpDate day = judge->back->as_of, completed;
    if (completed_on != NULL && bp_date_parse (completed_on, &completed) && completed > day)
        day = completed;
    while (bp_stored_rows_has_update_on (judge->now, action->plan->id, action->ref, day))
        day++;
    return day;
}

static void judge_action (Judge *judge, Place place)
{
    char *entries[BP_RETURN_MAX_COLUMNS] = { NULL };
    const BpAction *action = find_action (judge, place);
    if (action == NULL)
    {
        if (has_entries (place))
            add_unknown_row (judge, place, BP_ACTIONS_REF, "is no action of the plan");
        return;
    }
    g_hash_table_add (judge->listed, g_strdup (action->key)); /* if emptied, what an earlier return said is taken back */
    if (!has_entries (place))
        return;
    if (!is_first (judge, place, BP_ACTIONS_REF, action->key))
        return;
    note_other_lead (judge, place, BP_ACTIONS_REF, action->key, action->lead);
    read_entries (judge, place, entries);
    drop_conflicts (judge, place, action, entries);
    if (is_any (entries))
    {
        BpRecord *record = bp_table_set_add (judge->out, BP_TABLE_UPDATES);
        set_cell (judge, BP_TABLE_UPDATES, record, "plan", action->plan->id);
        set_cell (judge, BP_TABLE_UPDATES, record, "ref", action->ref);
        set_day (judge, BP_TABLE_UPDATES, record, "as_of", update_day (judge, action, entries[BP_ACTIONS_COMPLETED_ON]));
        set_entries (judge, place, entries, record);
    }
    clear_entries (entries);
}

/* ---- measures ---- */

/* A value that stands there already is never changed by a row beside it: two rows for one period would both be left out. */
static bool is_there_already (Judge *judge, Place place, const BpKpi *kpi, const BpPeriod *period, char *const *entries)
{
    const char *local = judge->context->snapshot->programme->geography != NULL ? judge->context->snapshot->programme->geography : "";
    const BpRecord *now = bp_stored_rows_find_value (judge->now, kpi, period, local);
    const BpRecord *before = bp_stored_rows_find_value (judge->base, kpi, period, local);
    const BpUpdateSheetDef *def = bp_update_sheet_get (place.sheet);
    if (now == NULL)
        return false;
    for (int i = 0; i < def->column_count; i++)
    {
        const char *stored = entries[i] != NULL ? bp_stored_rows_cell (BP_TABLE_KPI_VALUES, now, def->columns[i].column) : NULL;
        if (stored != NULL && !bp_return_entry_is_same (def->columns[i].kind, stored, entries[i], judge->context->snapshot))
            add_conflict (judge, place, i, bp_stored_rows_cell (BP_TABLE_KPI_VALUES, before, def->columns[i].column), now);
    }
    return true;
}

/* What was typed on one row of the sheet Measures, with something in it. */
static void take_value (Judge *judge, Place place, const BpKpi *kpi, const BpPeriod *period)
{
    char *entries[BP_RETURN_MAX_COLUMNS] = { NULL };
    read_entries (judge, place, entries);
    bool has_value = entries[BP_MEASURES_VALUE] != NULL || entries[BP_MEASURES_NUMERATOR] != NULL;
    if (!has_value && entries[BP_MEASURES_NOTE] != NULL)
        add_impossible (judge, place, BP_MEASURES_NOTE, "is a note on a value that is not given");
    else if (!has_value && entries[BP_MEASURES_DENOMINATOR] != NULL)
        add_impossible (judge, place, BP_MEASURES_DENOMINATOR, "is a denominator without a numerator");
    if (has_value && !is_there_already (judge, place, kpi, period, entries))
    {
        BpRecord *record = bp_table_set_add (judge->out, BP_TABLE_KPI_VALUES);
        set_cell (judge, BP_TABLE_KPI_VALUES, record, "kpi", kpi->id);
        set_cell (judge, BP_TABLE_KPI_VALUES, record, "period", place.row->cells[BP_MEASURES_PERIOD]);
        set_cell (judge, BP_TABLE_KPI_VALUES, record, "series", "actual");
        if (period->last <= judge->back->as_of)
            set_day (judge, BP_TABLE_KPI_VALUES, record, "published", judge->back->as_of);
        set_entries (judge, place, entries, record);
    }
    clear_entries (entries);
}

static void judge_measure (Judge *judge, Place place)
{
    const BpCalendar *calendar = &judge->context->snapshot->programme->calendar;
    const BpKpi *kpi = bp_snapshot_find_kpi (judge->context->snapshot, place.row->cells[BP_MEASURES_KPI]);
    BpPeriod period;
    if (kpi == NULL)
    {
        if (has_entries (place))
            add_unknown_row (judge, place, BP_MEASURES_KPI, "is no measure");
        return;
    }
    if (bp_period_parse (place.row->cells[BP_MEASURES_PERIOD], kpi->period_kind, calendar, &period) != BP_PERIOD_READ_OK)
    {
        if (has_entries (place))
            add_unknown_row (judge, place, BP_MEASURES_PERIOD, "is no period that is understood");
        return;
    }
    g_autofree char *words = bp_period_dup_text (&period, calendar);
    g_autofree char *key = g_strdup_printf ("%s for %s", kpi->id, words);
    g_hash_table_add (judge->listed, g_strdup (key));
    if (!has_entries (place))
        return;
    if (!is_first (judge, place, BP_MEASURES_KPI, key))
        return;
    note_other_lead (judge, place, BP_MEASURES_KPI, kpi->id, bp_lead_canonical (judge->context->snapshot, kpi->owner));
    take_value (judge, place, kpi, &period);
}

/* ---- narrative ---- */

static void judge_narrative (Judge *judge, Place place)
{
    char *entries[BP_RETURN_MAX_COLUMNS] = { NULL };
    if (!has_entries (place))
        return;
    read_entries (judge, place, entries);
    const char *text = entries[BP_NARRATIVE_COLUMN_TEXT], *kind = entries[BP_NARRATIVE_COLUMN_KIND];
    if (text != NULL && kind == NULL && !is_typed (place.row->cells[BP_NARRATIVE_COLUMN_KIND]))
        add_impossible (judge, place, BP_NARRATIVE_COLUMN_TEXT, "has no kind beside it");
    else if (text == NULL && kind != NULL)
        add_impossible (judge, place, BP_NARRATIVE_COLUMN_KIND, "has no text beside it");
    if (text != NULL && kind != NULL)
    {
        g_autofree char *position = g_strdup_printf ("%d", place.row->row);
        BpRecord *record = bp_table_set_add (judge->out, BP_TABLE_NARRATIVE);
        set_day (judge, BP_TABLE_NARRATIVE, record, "as_of", judge->back->as_of);
        set_entries (judge, place, entries, record);
        const BpArea *area = entries[BP_NARRATIVE_COLUMN_AREA] != NULL
                                 ? bp_snapshot_find_area (judge->context->snapshot, entries[BP_NARRATIVE_COLUMN_AREA])
                                 : NULL;
        if (area != NULL)
        {
            set_cell (judge, BP_TABLE_NARRATIVE, record, "plan", area->plan->id);
            set_cell (judge, BP_TABLE_NARRATIVE, record, "area", area->ref);
        }
        set_cell (judge, BP_TABLE_NARRATIVE, record, "position", position);
    }
    clear_entries (entries);
}

/* ---- what an earlier import of the same sheet said ---- */

/* What the row of the return's own file is about, in the words of `listed`. Caller frees. */
static char *dup_key_of (const Judge *judge, BpTableId table, const BpRecord *record)
{
    const BpProgramme *programme = judge->context->snapshot->programme;
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

/* A deleted row is no change: what it said when the sheet was imported before stays. Narrative has no key, so that a row taken out of it is
 * taken back; a sheet that is gone altogether is not. */
static void keep_deleted_rows (Judge *judge, BpUpdateSheetId sheet)
{
    const BpTableId table = bp_update_sheet_get (sheet)->table;
    const GArray *records = judge->context->now->tables[table].records;
    const int width = bp_table_set_width (judge->out, table);
    for (guint i = 0; i < records->len; i++)
    {
        const BpRecord *record = &g_array_index (records, BpRecord, i);
        if (!bp_record_is_of_return (record, table, judge->back->id))
            continue;
        if (table == BP_TABLE_NARRATIVE && judge->back->sheets[sheet].name != NULL)
            continue;
        g_autofree char *key = table == BP_TABLE_NARRATIVE ? NULL : dup_key_of (judge, table, record);
        if (key != NULL && g_hash_table_contains (judge->listed, key))
            continue;
        BpRecord *kept = bp_table_set_add (judge->out, table);
        for (int j = 0; j < width; j++)
            kept->cells[j] = bp_table_set_take_text (judge->out, record->cells[j], -1);
    }
}

void bp_lead_return_judge (const BpLeadReturn *back, const BpReturnContext *context, BpTableSet *out, BpFindingList *findings)
{
    static void (*const judges[BP_UPDATE_SHEET_COUNT]) (Judge * judge, Place place) = { judge_action, judge_measure, judge_narrative };
    const BpCalendar *calendar = &context->snapshot->programme->calendar;
    g_autoptr (BpStoredRows) now = bp_stored_rows_new (context->now, calendar, back->id);
    g_autoptr (BpStoredRows) base = context->base != NULL ? bp_stored_rows_new (context->base, calendar, back->id) : NULL;
    Judge judge = { .back = back,
                    .context = context,
                    .now = now,
                    .base = base != NULL ? base : now,
                    .out = out,
                    .findings = findings,
                    .lead = bp_lead_canonical (context->snapshot, back->lead) };
    for (int sheet = 0; sheet < BP_UPDATE_SHEET_COUNT; sheet++)
    {
        const GArray *rows = back->sheets[sheet].rows;
        g_autoptr (GHashTable) listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
        g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
        judge.listed = listed;
        judge.seen = seen;
        for (guint i = 0; i < rows->len; i++)
            judges[sheet](&judge, (Place){ (BpUpdateSheetId)sheet, &g_array_index (rows, BpReturnRow, i) });
        keep_deleted_rows (&judge, (BpUpdateSheetId)sheet);
    }
}
