#include "domain/snapshot.h"
#include "pack/release.h"
#include "pack/sections/action_columns.h"
#include "pack/sheets/sheet_cells.h"
#include "pack/sheets/sheet_table.h"
#include "pack/wording.h"

/* ---- Actions ---- */

/* In the order in which they are read: what stands first is printed. */
enum
{
    ACTION_PLAN,
    ACTION_REF,
    ACTION_TEXT,
    ACTION_AREA,
    ACTION_LEAD,
    ACTION_DUE,
    ACTION_STATUS,
    ACTION_DAYS_OVERDUE,
    ACTION_PROGRESS,
    ACTION_IN_PACK,
    ACTION_NEXT_STEP,
    ACTION_REASON,
    ACTION_WAY_BACK,
    ACTION_ASK,
    ACTION_UPDATED_ON,
    ACTION_PREVIOUS_STATUS,
    ACTION_CHANGED,
    ACTION_IS_REPORTED,
    ACTION_DATES_SAY,
    ACTION_COUNTS_AS,
    ACTION_NEXT_DUE,
    ACTION_ORIGINAL_DUE,
    ACTION_MOVES,
    ACTION_FORECAST,
    ACTION_TIMEFRAME,
    ACTION_COMPLETED_ON,
    ACTION_MILESTONE,
    ACTION_SUB_AREA,
    ACTION_PROJECT,
    ACTION_MEASURES,
    ACTION_ORGANISATION,
    ACTION_SHORT_TITLE,
    ACTION_LEAD_INHERITED,
    ACTION_REF_INFERRED
};
static const BpSheetColumn action_columns[] = {
    [ACTION_PLAN] = { "Plan", BP_SHEET_TEXT, 6 },
    [ACTION_REF] = { "Ref", BP_SHEET_TEXT, 8 },
    [ACTION_TEXT] = { "Action", BP_SHEET_TEXT, 42 },
    [ACTION_AREA] = { "Area", BP_SHEET_TEXT, 22 },
    [ACTION_LEAD] = { "Lead", BP_SHEET_TEXT, 22 },
    [ACTION_DUE] = { "Due date", BP_SHEET_DATE, 15 },
    [ACTION_STATUS] = { "Status", BP_SHEET_TEXT, 12 },
    [ACTION_DAYS_OVERDUE] = { "Days overdue", BP_SHEET_COUNT, 9 },
    [ACTION_PROGRESS] = { "Progress", BP_SHEET_TEXT, 38 },
    [ACTION_IN_PACK] = { "In this pack's PDF", BP_SHEET_TEXT, 10 },
    [ACTION_NEXT_STEP] = { "Next step", BP_SHEET_TEXT, 36 },
    [ACTION_REASON] = { "Reason", BP_SHEET_TEXT, 36 },
    [ACTION_WAY_BACK] = { "Way back", BP_SHEET_TEXT, 36 },
    [ACTION_ASK] = { "Ask", BP_SHEET_TEXT, 30 },
    [ACTION_UPDATED_ON] = { "Updated on", BP_SHEET_DATE, 15 },
    [ACTION_PREVIOUS_STATUS] = { "Status at the last pack", BP_SHEET_TEXT, 14 },
    [ACTION_CHANGED] = { "Changed since the last pack", BP_SHEET_TEXT, 12 },
    [ACTION_IS_REPORTED] = { "Status reported by the lead", BP_SHEET_TEXT, 12 },
    [ACTION_DATES_SAY] = { "What the dates say", BP_SHEET_TEXT, 30 },
    [ACTION_COUNTS_AS] = { "Counts as", BP_SHEET_TEXT, 10 },
    [ACTION_NEXT_DUE] = { "Next due date", BP_SHEET_DATE, 15 },
    [ACTION_ORIGINAL_DUE] = { "Original due date", BP_SHEET_DATE, 15 },
    [ACTION_MOVES] = { "Approved moves (number)", BP_SHEET_COUNT, 12 },
    [ACTION_FORECAST] = { "Forecast, not approved", BP_SHEET_DATE, 15 },
    [ACTION_TIMEFRAME] = { "Timeframe as typed", BP_SHEET_TEXT, 22 },
    [ACTION_COMPLETED_ON] = { "Completed on", BP_SHEET_DATE, 15 },
    [ACTION_MILESTONE] = { "Milestone", BP_SHEET_TEXT, 11 },
    [ACTION_SUB_AREA] = { "Sub-area", BP_SHEET_TEXT, 24 },
    [ACTION_PROJECT] = { "Project", BP_SHEET_TEXT, 20 },
    [ACTION_MEASURES] = { "Measures", BP_SHEET_TEXT, 14 },
    [ACTION_ORGANISATION] = { "Organisation", BP_SHEET_TEXT, 22 },
    [ACTION_SHORT_TITLE] = { "Short title", BP_SHEET_TEXT, 26 },
    [ACTION_LEAD_INHERITED] = { "Lead inherited", BP_SHEET_TEXT, 11 },
    [ACTION_REF_INFERRED] = { "Ref inferred", BP_SHEET_TEXT, 10 },
};

/* Which of its columns, and of those of the sheet Updates, are internal. */
static const char *const internal_columns[]
    = { "Next step", "Forecast as typed", "Approved by", "Reason", "Way back", "Ask", "Evidence", "Measure in evidence", NULL };
/* And which say what leads ask of one forum or another. */
static const char *const ask_columns[] = { "Ask", NULL };

static void withhold (const BpBuild *build, BpSheet *sheet)
{
    if (bp_release_is_withholding (build->release))
        bp_sheet_withhold (build, sheet, internal_columns);
    else if (bp_release_hides_asks (build->release))
        bp_sheet_withhold (build, sheet, ask_columns);
}

static BpValue kpis_cell (const BpBuild *build, const BpAction *action)
{
    g_autoptr (GPtrArray) ids = g_ptr_array_new ();

    for (guint i = 0; action->kpis != NULL && i < action->kpis->len; i++)
        g_ptr_array_add (ids, (gpointer)((const BpKpi *)g_ptr_array_index (action->kpis, i))->id);
    return bp_sheet_text (build, bp_words_joined (build->pack, ids, 0), "[z]");
}

static void fill_plan_cells (const BpBuild *build, BpValue *cells, const BpAction *action)
{
    bool has_sub_area = action->area != action->top_area;

    cells[ACTION_PLAN] = bp_sheet_text (build, action->plan->id, "[x]");
    cells[ACTION_REF] = bp_sheet_text (build, action->ref, "[x]");
    cells[ACTION_REF_INFERRED] = bp_value_yes_no (action->is_ref_inferred);
    cells[ACTION_AREA] = bp_value_text (bp_words_area_heading (build, action->top_area));
    cells[ACTION_SUB_AREA] = has_sub_area ? bp_value_text (bp_words_area_heading (build, action->area)) : bp_value_shorthand ("[z]");
    cells[ACTION_TEXT] = bp_sheet_text (build, action->text, "[x]");
    cells[ACTION_SHORT_TITLE] = bp_sheet_text (build, action->short_title, "[x]");
    cells[ACTION_LEAD] = bp_sheet_text (build, action->lead, "[x]");
    cells[ACTION_LEAD_INHERITED] = bp_value_yes_no (action->is_lead_inherited);
    cells[ACTION_ORGANISATION] = bp_sheet_text (build, action->organisation, "[x]");
    cells[ACTION_PROJECT] = bp_sheet_text (build, action->project != NULL ? action->project->title : NULL, "[z]");
    cells[ACTION_MEASURES] = kpis_cell (build, action);
    cells[ACTION_MILESTONE] = bp_value_yes_no (action->is_milestone);
    cells[ACTION_TIMEFRAME] = bp_sheet_typed (build, action->timeframe.text, "[x]");
}

static void fill_state_cells (const BpBuild *build, BpValue *cells, const BpAction *action)
{
    bool has_previous = build->snapshot->previous != BP_DATE_NONE;

    cells[ACTION_ORIGINAL_DUE] = bp_sheet_date (action->original_due, "[z]");
    cells[ACTION_DUE] = bp_sheet_date (action->due, action->is_undated ? "[x]" : "[z]");
    cells[ACTION_NEXT_DUE] = bp_sheet_date (action->next_due, action->is_done ? "[z]" : "[x]");
    cells[ACTION_FORECAST] = bp_sheet_date (action->forecast, "[z]");
    cells[ACTION_MOVES] = bp_value_count (action->approved_moves);
    cells[ACTION_COMPLETED_ON] = bp_sheet_date (action->completed_on, action->is_done ? "[x]" : "[z]");
    cells[ACTION_STATUS] = bp_sheet_text (build, action->status->label, "[x]");
    cells[ACTION_COUNTS_AS] = bp_value_text (bp_words_counts_as (action->status));
    cells[ACTION_IS_REPORTED] = bp_value_yes_no (action->is_reported);
    cells[ACTION_PREVIOUS_STATUS]
        = action->previous_status != NULL ? bp_sheet_text (build, action->previous_status->label, "[x]") : bp_value_shorthand ("[z]");
    cells[ACTION_CHANGED] = has_previous ? bp_value_yes_no (action->has_changed) : bp_value_shorthand ("[z]");
    cells[ACTION_DAYS_OVERDUE] = action->is_overdue ? bp_value_count (action->days_overdue) : bp_value_shorthand ("[z]");
    /* where the status was reported better than the dates are, in the words of the pages */
    const char *dates_say = bp_action_dates_say (build, action);
    cells[ACTION_DATES_SAY] = bp_sheet_text (
        build, dates_say != NULL ? bp_pack_format (build->pack, "%s. %s", dates_say, action->computed_text) : action->computed_text, "[z]");
}

/* An update without public words says so to the public; none tells whether it has internal ones. */
static BpValue progress_cell (const BpBuild *build, const BpUpdate *update, const char *none)
{
    const char *progress = bp_release_progress (build->release, update);

    if (update != NULL && bp_words_is_blank (progress) && bp_release_is_withholding (build->release))
        return bp_value_text (BP_NOT_PUBLISHED);
    return bp_sheet_text (build, progress, none);
}

static void fill_update_cells (const BpBuild *build, BpValue *cells, const BpAction *action)
{
    const BpUpdate *update = action->latest;
    const char *none = action->is_update_missing ? "[x]" : "[z]";

    cells[ACTION_UPDATED_ON] = bp_sheet_date (update != NULL ? update->as_of : BP_DATE_NONE, none);
    cells[ACTION_PROGRESS] = progress_cell (build, update, none);
    cells[ACTION_NEXT_STEP] = bp_sheet_text (build, update != NULL ? update->next_step : NULL, none);
    /* of a status that asks for them, where they are missing */
    const char *no_words = update != NULL && (action->status->needs & BP_NEEDS_COMMENTARY) != 0 ? "[x]" : none;
    cells[ACTION_REASON] = bp_sheet_text (build, update != NULL ? update->reason : NULL, no_words);
    cells[ACTION_WAY_BACK] = bp_sheet_text (build, update != NULL ? update->path_to_green : NULL, no_words);
    cells[ACTION_ASK] = bp_sheet_text (build, update != NULL ? update->ask : NULL, none);
    cells[ACTION_IN_PACK] = bp_sheet_in_pack (build, action);
}

void bp_sheet_build_actions (const BpBuild *build)
{
    const BpSnapshot *snapshot = build->snapshot;
    BpSheet *sheet = bp_pack_add_sheet (build->pack, "Actions", "Actions", "Every action, line by line", action_columns,
                                        G_N_ELEMENTS (action_columns));

    bp_sheet_add_local_columns (build, sheet, BP_TABLE_ACTIONS);
    bp_sheet_add_note (build, sheet,
                       "A ref that was missing in the plan has been inferred; the PDF prints it with an asterisk. Due date is the approved "
                       "one, next due date "
                       "the next of an action that comes again.");
    bp_sheet_add_note (
        build, sheet,
        "Status reported by the lead: No where nothing was reported and the dates decide. Counts as: done, open or paused, by "
        "the status. Lead inherited: named for the area, not for the action.");
    for (guint i = 0; i < snapshot->actions->len; i++)
    {
        const BpAction *action = g_ptr_array_index (snapshot->actions, i);
        BpValue *cells = bp_sheet_add_row (build->pack, sheet);
        fill_plan_cells (build, cells, action);
        fill_state_cells (build, cells, action);
        fill_update_cells (build, cells, action);
        bp_sheet_fill_local (build, sheet, cells, BP_TABLE_ACTIONS, action->local, false);
    }
    withhold (build, sheet);
}

/* ---- Updates ---- */

/* In the order in which they are read: what stands first is printed. */
enum
{
    UPDATE_PLAN,
    UPDATE_REF,
    UPDATE_AS_AT,
    UPDATE_STATUS,
    UPDATE_PROGRESS,
    UPDATE_NEXT_STEP,
    UPDATE_REASON,
    UPDATE_WAY_BACK,
    UPDATE_IN_PACK,
    UPDATE_ASK,
    UPDATE_COMPLETED_ON,
    UPDATE_FORECAST,
    UPDATE_APPROVED_BY,
    UPDATE_EVIDENCE,
    UPDATE_EVIDENCE_KPI,
    UPDATE_LATEST
};
static const BpSheetColumn update_columns[] = {
    [UPDATE_PLAN] = { "Plan", BP_SHEET_TEXT, 6 },
    [UPDATE_REF] = { "Ref", BP_SHEET_TEXT, 8 },
    [UPDATE_AS_AT] = { "As at", BP_SHEET_DATE, 15 },
    [UPDATE_STATUS] = { "Status", BP_SHEET_TEXT, 12 },
    [UPDATE_PROGRESS] = { "Progress", BP_SHEET_TEXT, 42 },
    [UPDATE_NEXT_STEP] = { "Next step", BP_SHEET_TEXT, 32 },
    [UPDATE_REASON] = { "Reason", BP_SHEET_TEXT, 32 },
    [UPDATE_WAY_BACK] = { "Way back", BP_SHEET_TEXT, 32 },
    [UPDATE_IN_PACK] = { "In this pack's PDF", BP_SHEET_TEXT, 10 },
    [UPDATE_ASK] = { "Ask", BP_SHEET_TEXT, 30 },
    [UPDATE_COMPLETED_ON] = { "Completed on", BP_SHEET_DATE, 15 },
    [UPDATE_FORECAST] = { "Forecast as typed", BP_SHEET_TEXT, 20 },
    [UPDATE_APPROVED_BY] = { "Approved by", BP_SHEET_TEXT, 18 },
    [UPDATE_EVIDENCE] = { "Evidence", BP_SHEET_TEXT, 36 },
    [UPDATE_EVIDENCE_KPI] = { "Measure in evidence", BP_SHEET_TEXT, 12 },
    [UPDATE_LATEST] = { "Latest", BP_SHEET_TEXT, 8 },
};

void bp_sheet_build_updates (const BpBuild *build)
{
    const BpSnapshot *snapshot = build->snapshot;
    BpSheet *sheet = bp_pack_add_sheet (build->pack, "Updates", "Updates", "What leads reported, oldest first for each action",
                                        update_columns, G_N_ELEMENTS (update_columns));

    bp_sheet_add_local_columns (build, sheet, BP_TABLE_UPDATES);
    for (guint i = 0; i < snapshot->actions->len; i++)
    {
        const BpAction *action = g_ptr_array_index (snapshot->actions, i);
        for (guint j = 0; j < action->updates->len; j++)
        {
            const BpUpdate *update = g_ptr_array_index (action->updates, j);
            BpValue *cells = bp_sheet_add_row (build->pack, sheet);
            cells[UPDATE_PLAN] = bp_sheet_text (build, action->plan->id, "[x]");
            cells[UPDATE_REF] = bp_sheet_text (build, action->ref, "[x]");
            cells[UPDATE_AS_AT] = bp_sheet_date (update->as_of, "[x]");
            cells[UPDATE_STATUS] = bp_sheet_text (build, update->status != NULL ? update->status->label : NULL, "[x]");
            cells[UPDATE_COMPLETED_ON] = bp_sheet_date (update->completed_on, "[z]");
            cells[UPDATE_PROGRESS] = progress_cell (build, update, "[x]");
            cells[UPDATE_NEXT_STEP] = bp_sheet_text (build, update->next_step, "[z]");
            cells[UPDATE_FORECAST] = bp_sheet_typed (build, update->forecast.text, "[z]");
            cells[UPDATE_APPROVED_BY] = bp_sheet_text (build, update->approved_by, "[z]");
            cells[UPDATE_REASON] = bp_sheet_text (build, update->reason, "[z]");
            cells[UPDATE_WAY_BACK] = bp_sheet_text (build, update->path_to_green, "[z]");
            cells[UPDATE_ASK] = bp_sheet_text (build, update->ask, "[z]");
            cells[UPDATE_EVIDENCE] = bp_sheet_typed (build, update->evidence, "[z]");
            cells[UPDATE_EVIDENCE_KPI] = bp_sheet_text (build, update->evidence_kpi, "[z]");
            bool is_latest = j + 1 == action->updates->len;
            cells[UPDATE_LATEST] = bp_value_yes_no (is_latest);
            /* of the updates on an action, the PDF prints the latest */
            cells[UPDATE_IN_PACK] = is_latest ? bp_sheet_in_pack (build, action) : bp_value_yes_no (false);
            bp_sheet_fill_local (build, sheet, cells, BP_TABLE_UPDATES, update->local, false);
        }
    }
    withhold (build, sheet);
}
