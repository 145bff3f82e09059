#include "domain/return_entry.h"
#include "domain/return_judge.h"

#include "base/text.h"

#include <string.h>

static const char *cell_of (const BpRecord *record, const char *column)
{
    return bp_stored_rows_cell (BP_TABLE_UPDATES, record, column);
}

static void set (BpReturnJudge *judge, BpRecord *record, const char *column, const char *text)
{
    bp_return_set_cell (judge, BP_TABLE_UPDATES, record, column, text);
}

/* ---- which action ---- */

/* The plan's id as the data have it; NULL if there is no such plan. A blank one means the only plan that there is. */
static const char *find_plan (const BpSnapshot *snapshot, const char *typed)
{
    if (*typed == '\0' && snapshot->plans->len == 1)
        return ((const BpPlan *)snapshot->plans->pdata[0])->id;
    for (guint i = 0; i < snapshot->plans->len; i++)
    {
        const BpPlan *plan = snapshot->plans->pdata[i];
        if (g_ascii_strcasecmp (plan->id, typed) == 0)
            return plan->id;
    }
    return NULL;
}

/* NULL, with finding S02 if the row says anything. */
static const BpAction *find_action (BpReturnJudge *judge, BpReturnPlace place)
{
    const BpSnapshot *snapshot = judge->context->snapshot;
    const char *plan = find_plan (snapshot, place.row->cells[BP_ACTIONS_PLAN]);
    g_autofree char *ref = g_strdup (place.row->cells[BP_ACTIONS_REF]);
    if (g_str_has_suffix (ref, "*"))
        ref[strlen (ref) - 1] = '\0';
    g_autofree char *key = plan != NULL ? g_strdup_printf ("%s:%s", plan, ref) : g_strdup (ref);
    const BpAction *action = *ref != '\0' ? bp_snapshot_find_action (snapshot, key) : NULL;
    const bool is_plan_wrong = plan == NULL && (*place.row->cells[BP_ACTIONS_PLAN] != '\0' || action == NULL);
    if (action != NULL && !is_plan_wrong)
        return action;
    if (!bp_return_has_entries (place))
        return NULL;
    if (is_plan_wrong && *ref != '\0')
        bp_return_refuse_row (judge, place, BP_ACTIONS_PLAN, "is no plan of the programme");
    else
        bp_return_refuse_row (judge, place, BP_ACTIONS_REF, "is no action of the plan");
    return NULL;
}

/* ---- what cannot be ---- */

/* The status that the row ends with: typed, of an earlier copy of the sheet, or as it stands. */
static const BpStatus *status_after (const BpReturnJudge *judge, const BpAction *action, const char *typed, const BpRecord *kept)
{
    const char *code = typed != NULL ? typed : cell_of (kept, "status");
    const BpStatus *status = *code != '\0' ? bp_status_find (&judge->context->snapshot->programme->statuses, code) : NULL;
    return status != NULL ? status : action->status;
}

/* Takes out a day of completion of what is not complete, and a forecast that lies before the sheet's day. */
static void drop_contradictions (BpReturnJudge *judge, BpReturnPlace place, const BpStatus *status, char **entries)
{
    const char *completed = entries[BP_ACTIONS_COMPLETED_ON], *forecast = entries[BP_ACTIONS_FORECAST];
    if (bp_status_is_done (status))
        return;
    if (completed != NULL)
    {
        g_autofree char *reason = g_strdup_printf ("is a day of completion, but the status is “%s”", status->label);
        bp_return_refuse_cell (judge, place, BP_ACTIONS_COMPLETED_ON, reason, BP_RETURN_CELL_OUT);
        g_clear_pointer (&entries[BP_ACTIONS_COMPLETED_ON], g_free);
    }
    if (forecast == NULL)
        return;
    const BpTimeframe timeframe = bp_timeframe_parse (forecast, &judge->context->snapshot->programme->calendar);
    const BpDate due = bp_timeframe_due (&timeframe);
    if (due != BP_DATE_NONE && due < judge->back->as_of)
    {
        g_autofree char *day = bp_date_dup_text (judge->back->as_of, BP_DATE_LONG);
        g_autofree char *reason = g_strdup_printf ("is over before the day of the sheet, %s, and the status is “%s”", day, status->label);
        bp_return_refuse_cell (judge, place, BP_ACTIONS_FORECAST, reason, BP_RETURN_CELL_OUT);
        g_clear_pointer (&entries[BP_ACTIONS_FORECAST], g_free);
    }
}

/* ---- what has been reported since ---- */

/* now: the stored row that speaks against the cell. */
static void add_conflict (BpReturnJudge *judge, BpReturnPlace place, int column, const char *before, const BpRecord *now)
{
    const char *name = bp_update_sheet_get (place.sheet)->columns[column].column;
    g_autofree char *cell = bp_return_dup_cell (judge, place, column);
    g_autofree char *typed = bp_return_dup_shown (place.row->cells[column]);
    g_autofree char *was = bp_return_dup_shown (before), *is = bp_return_dup_shown (cell_of (now, name));
    bp_finding_list_add_quarantined (judge->findings, BP_FINDING_RETURN_CONFLICT, bp_return_source (judge, place, column),
                                     place.row->cells[column],
                                     "%s says “%s”. When the sheet was made (import %" G_GINT64_FORMAT
                                     ") the data said “%s”; now %s, row %d, says “%s”. " BP_RETURN_ROW_OUT,
                                     cell, typed, judge->back->base, was, now->file, now->row, is);
}

/* Whether the data say of any cell, since the sheet was made, something that is neither what it showed nor what was typed. Then none of the
 * row counts: half a report beside another's words would be nobody's. */
static bool is_conflict (BpReturnJudge *judge, BpReturnPlace place, const BpAction *action, char *const *entries)
{
    const BpUpdateSheetDef *def = bp_update_sheet_get (place.sheet);
    bool is_found = false;
    for (int i = 0; i < def->column_count; i++)
    {
        const BpUpdateSheetColumn *column = &def->columns[i];
        if (entries[i] == NULL)
            continue;
        const BpStoredCell cell = { action->plan->id, action->ref, column->column };
        const BpRecord *before = bp_stored_rows_find_update (judge->base, &cell, judge->back->as_of);
        const BpRecord *now = bp_stored_rows_find_new_update (judge->now, judge->base, &cell, before);
        const char *is = cell_of (now, column->column), *was = cell_of (before, column->column);
        if (now == NULL || bp_return_entry_is_same (column->kind, is, was, judge->context->snapshot)
            || bp_return_entry_is_same (column->kind, is, entries[i], judge->context->snapshot))
            continue;
        add_conflict (judge, place, i, was, now);
        is_found = true;
    }
    return is_found;
}

/* What the data said of a cell when the sheet was made. */
static const char *stood_before (const BpReturnJudge *judge, const BpRecord *record, const char *column)
{
    const BpStoredCell cell = { cell_of (record, "plan"), cell_of (record, "ref"), column };
    return cell_of (bp_stored_rows_find_update (judge->base, &cell, judge->back->as_of), column);
}

/* ---- the day ---- */

/* Whether the row for the return may take the place of another of the same day. A date that a forum approved that day cannot be joined with
 * another forecast in one row. */
static bool can_replace (const BpReturnJudge *judge, const BpRecord *same, char *const *entries)
{
    const char *forecast = entries[BP_ACTIONS_FORECAST], *stored = cell_of (same, "forecast");
    const bool is_approved = !bp_text_is_blank (cell_of (same, "approved_by"));
    return bp_record_return_base (same) < judge->back->base
           && (!is_approved || forecast == NULL
               || bp_return_entry_is_same (BP_ENTRY_TIMEFRAME, forecast, stored, judge->context->snapshot));
}

static void note_later_day (BpReturnJudge *judge, BpReturnPlace place, BpDate day, const char *why)
{
    g_autofree char *cell = bp_return_dup_cell (judge, place, BP_ACTIONS_REF);
    g_autofree char *later = bp_date_dup_text (day, BP_DATE_LONG), *as_of = bp_date_dup_text (judge->back->as_of, BP_DATE_LONG);
    bp_finding_list_add (judge->findings, BP_FINDING_RETURN_COUNTS_LATER, bp_return_source (judge, place, BP_ACTIONS_REF), later,
                         "%s: the report on %s counts from %s, %s. Packs as at %s do not have it.", cell, place.row->cells[BP_ACTIONS_REF],
                         later, why, as_of);
}

/* The sheet's day, or that of the completion if it is later. same_out: the stored row of that day whose place the new one takes; NULL.
 * Where it cannot, the first day after on which nothing is reported. */
static BpDate report_day (BpReturnJudge *judge, BpReturnPlace place, const BpAction *action, char *const *entries,
                          const BpRecord **same_out)
{
    const char *plan = action->plan->id, *completed_on = entries[BP_ACTIONS_COMPLETED_ON];
    BpDate day = judge->back->as_of, completed;
    const bool is_later = completed_on != NULL && bp_date_parse (completed_on, &completed) && completed > day;
    if (is_later)
        day = completed;
    const BpRecord *same = bp_stored_rows_find_update_on (judge->now, plan, action->ref, day);
    *same_out = same != NULL && can_replace (judge, same, entries) ? same : NULL;
    if (same == NULL || *same_out != NULL)
    {
        if (is_later)
            note_later_day (judge, place, day, "the day of completion");
        return day;
    }
    while (bp_stored_rows_find_update_on (judge->now, plan, action->ref, day) != NULL)
        day++;
    g_autofree char *why = g_strdup_printf ("because %s, row %d, is of the day before and must stand", same->file, same->row);
    note_later_day (judge, place, day, why);
    return day;
}

/* ---- the row ---- */

static void carry (BpReturnJudge *judge, BpRecord *record, const char *column, const char *text)
{
    if (bp_text_is_blank (cell_of (record, column)))
        set (judge, record, column, text);
}

static const char *latest_forecast (const BpAction *action)
{
    for (guint i = action->updates->len; i > 0; i--)
    {
        const BpUpdate *update = action->updates->pdata[i - 1];
        if (*update->forecast.text != '\0')
            return update->forecast.text;
    }
    return "";
}

/* The words that were published last. */
static const char *latest_public_progress (const BpAction *action)
{
    for (guint i = action->updates->len; i > 0; i--)
    {
        const BpUpdate *update = action->updates->pdata[i - 1];
        if (*update->public_progress != '\0')
            return update->public_progress;
    }
    return "";
}

static bool is_same_status (const BpAction *action, const BpStatus *status)
{
    return action->is_reported && action->status == status;
}

/* A row with a status stands alone in the data, and a blank cell of a sheet means that nothing has changed: what was reported before is
 * written out. The reason of another status is not that of this one; what is complete has no next step. A row without a status goes on from
 * the one before it by itself, but for what is published: beside new progress the words before would be dropped, and partners would read
 * the progress itself. */
static void carry_words (BpReturnJudge *judge, const BpAction *action, BpRecord *record)
{
    const BpUpdate *told = action->latest;
    const BpStatus *status = bp_status_find (&judge->context->snapshot->programme->statuses, cell_of (record, "status"));
    carry (judge, record, "public_progress", latest_public_progress (action));
    if (status == NULL || told == NULL)
        return;
    carry (judge, record, "progress", told->progress);
    if (!bp_status_is_done (status))
    {
        carry (judge, record, "next_step", told->next_step);
        carry (judge, record, "forecast", latest_forecast (action));
        carry (judge, record, "ask", told->ask);
    }
    if (!is_same_status (action, status))
        return;
    carry (judge, record, "reason", told->reason);
    carry (judge, record, "path_to_green", told->path_to_green);
    carry (judge, record, "evidence", told->evidence);
    if (bp_status_is_done (status) && action->completed_on != BP_DATE_NONE)
    {
        g_autofree char *day = bp_date_dup_text (action->completed_on, BP_DATE_ISO);
        carry (judge, record, "completed_on", day);
    }
}

static void drop (BpReturnJudge *judge, BpRecord *record, const char *column, char *const *entries)
{
    const int at = bp_update_sheet_find_column (bp_update_sheet_get (BP_UPDATE_SHEET_ACTIONS), column);
    if (entries[at] == NULL)
        set (judge, record, column, "");
}

/* What belongs to another status than the one that the row has now, and is not typed anew. */
static void drop_outdated (BpReturnJudge *judge, const BpStatus *status, char *const *entries, BpRecord *record)
{
    drop (judge, record, "reason", entries);
    drop (judge, record, "path_to_green", entries);
    drop (judge, record, bp_status_is_done (status) ? "next_step" : "completed_on", entries);
    if (bp_status_is_done (status))
        drop (judge, record, "ask", entries);
    if (bp_status_is_done (status) && bp_text_is_blank (cell_of (record, "approved_by")))
        drop (judge, record, "forecast", entries);
}

/* A row that takes the place of another of the same day has its words, as far as they still hold. */
static void take_over (BpReturnJudge *judge, const BpAction *action, const BpRecord *same, const BpStatus *status, char *const *entries,
                       BpRecord *record)
{
    const int width = bp_table_set_width (judge->out, BP_TABLE_UPDATES);
    for (int i = 0; i < width; i++)
        record->cells[i] = bp_table_set_take_text (judge->out, same->cells[i], -1);
    if (entries[BP_ACTIONS_STATUS] != NULL && !is_same_status (action, status))
        drop_outdated (judge, status, entries, record);
}

/* Whether the row of an earlier copy states another status. One that states none gave its words to be merged. */
static bool has_other_status (const BpReturnJudge *judge, const BpRecord *kept, const char *typed)
{
    const char *stated = cell_of (kept, "status");
    return typed != NULL && *stated != '\0' && !bp_return_entry_is_same (BP_ENTRY_STATUS, stated, typed, judge->context->snapshot);
}

/* What the row lacks of what its status needs; NULL: nothing. */
static const char *find_missing (const BpAction *action, const BpStatus *status, const BpRecord *record)
{
    const bool has_reason = !bp_text_is_blank (cell_of (record, "reason")),
               has_path = !bp_text_is_blank (cell_of (record, "path_to_green"));
    const bool is_newly_done = bp_status_is_done (status) && !action->is_done;
    const bool has_evidence = !bp_text_is_blank (cell_of (record, "evidence")) || !bp_text_is_blank (cell_of (record, "evidence_kpi"));
    const bool lacks_day = is_newly_done && bp_text_is_blank (cell_of (record, "completed_on"));
    if ((status->needs & BP_NEEDS_COMMENTARY) != 0 && !(has_reason && has_path))
        return has_reason ? "a way back" : has_path ? "a reason" : "a reason and a way back";
    if ((status->needs & BP_NEEDS_EVIDENCE) != 0 && !has_evidence && (is_newly_done || !bp_status_is_done (status)))
        return lacks_day ? "evidence, and the day on which it was completed" : "evidence";
    return lacks_day ? "the day on which it was completed" : NULL;
}

/* What a status needs is asked for at once, while the lead still knows. */
static void note_needs (BpReturnJudge *judge, BpReturnPlace place, const BpAction *action, const BpRecord *record)
{
    const BpStatus *status = bp_status_find (&judge->context->snapshot->programme->statuses, cell_of (record, "status"));
    if (status == NULL || bp_text_is_blank (place.row->cells[BP_ACTIONS_STATUS]))
        return;
    const char *missing = find_missing (action, status, record);
    if (missing == NULL)
        return;
    g_autofree char *cell = bp_return_dup_cell (judge, place, BP_ACTIONS_STATUS);
    bp_finding_list_add (judge->findings, BP_FINDING_RETURN_COMMENTARY_MISSING, bp_return_source (judge, place, BP_ACTIONS_STATUS),
                         status->label, "%s: %s is “%s” now, which needs %s; the row gives none. The packs will go without.", cell,
                         action->printed_ref, status->label, missing);
}

static void write_row (BpReturnJudge *judge, BpReturnPlace place, const BpAction *action, char *const *entries)
{
    const BpRecord *same = NULL;
    const BpStatus *status = status_after (judge, action, entries[BP_ACTIONS_STATUS], NULL);
    BpRecord *record = bp_return_find_kept (judge, BP_TABLE_UPDATES, action->key);
    const bool is_kept = record != NULL;
    BpDate day = report_day (judge, place, action, entries, &same), before;
    if (is_kept && bp_date_parse (cell_of (record, "as_of"), &before) && before >= judge->back->as_of
        && (entries[BP_ACTIONS_COMPLETED_ON] == NULL || before > day))
        day = before;
    if (!is_kept)
    {
        record = bp_table_set_add (judge->out, BP_TABLE_UPDATES);
        if (same != NULL)
            take_over (judge, action, same, status, entries, record);
    }
    else if (has_other_status (judge, record, entries[BP_ACTIONS_STATUS]))
        drop_outdated (judge, status, entries, record);
    set (judge, record, "plan", action->plan->id);
    set (judge, record, "ref", action->ref);
    bp_return_set_day (judge, BP_TABLE_UPDATES, record, "as_of", day);
    bp_return_set_entries (judge, place, entries, record, is_kept ? stood_before : NULL);
    carry_words (judge, action, record);
    note_needs (judge, place, action, record);
}

/* Whether a newer sheet of the same day has come back first and said all of it. */
static bool is_said_by_newer (const BpReturnJudge *judge, BpReturnPlace place, const BpAction *action, char *const *entries)
{
    const BpUpdateSheetDef *def = bp_update_sheet_get (place.sheet);
    const BpRecord *same = bp_stored_rows_find_update_on (judge->now, action->plan->id, action->ref, judge->back->as_of);
    if (same == NULL || bp_record_return_base (same) < judge->back->base)
        return false;
    for (int i = 0; i < def->column_count; i++)
        if (entries[i] != NULL
            && !bp_return_entry_is_same (def->columns[i].kind, entries[i], cell_of (same, def->columns[i].column),
                                         judge->context->snapshot))
            return false;
    return true;
}

void bp_return_judge_action (BpReturnJudge *judge, BpReturnPlace place)
{
    char *entries[BP_RETURN_MAX_COLUMNS] = { NULL };
    const BpAction *action = find_action (judge, place);
    if (action == NULL || !bp_return_has_entries (place) || !bp_return_is_first (judge, place, BP_ACTIONS_REF, action->key))
        return;
    bp_return_read_entries (judge, place, entries);
    const BpRecord *kept = bp_return_find_kept (judge, BP_TABLE_UPDATES, action->key);
    drop_contradictions (judge, place, status_after (judge, action, entries[BP_ACTIONS_STATUS], kept), entries);
    if (bp_return_is_any (entries) && !is_conflict (judge, place, action, entries) && !is_said_by_newer (judge, place, action, entries))
    {
        bp_return_note_other_lead (judge, place, BP_ACTIONS_REF, action->key, action->lead);
        write_row (judge, place, action, entries);
    }
    bp_return_clear_entries (entries);
}
