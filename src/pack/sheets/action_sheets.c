#include "domain/snapshot.h"
#include "pack/release.h"
#include "pack/sections/action_columns.h"
#include "pack/sheets/sheet_cells.h"
#include "pack/sheets/sheet_table.h"
#include "pack/wording.h"

/* ---- Actions ---- */

static const BpSheetColumn action_columns[] = {
    { "Plan", BP_SHEET_TEXT, 10 },
    { "Ref", BP_SHEET_TEXT, 10 },
    { "Ref inferred", BP_SHEET_TEXT, 10 },
    { "Area", BP_SHEET_TEXT, 30 },
    { "Sub-area", BP_SHEET_TEXT, 30 },
    { "Action", BP_SHEET_TEXT, 60 },
    { "Short title", BP_SHEET_TEXT, 30 },
    { "Lead", BP_SHEET_TEXT, 30 },
    { "Lead inherited", BP_SHEET_TEXT, 12 },
    { "Organisation", BP_SHEET_TEXT, 24 },
    { "Project", BP_SHEET_TEXT, 24 },
    { "Measures", BP_SHEET_TEXT, 16 },
    { "Milestone", BP_SHEET_TEXT, 11 },
    { "Timeframe as typed", BP_SHEET_TEXT, 26 },
    { "Original due date", BP_SHEET_DATE, 20 },
    { "Due date", BP_SHEET_DATE, 20 },
    { "Next due date", BP_SHEET_DATE, 20 },
    { "Forecast, not approved", BP_SHEET_DATE, 20 },
    { "Approved moves (number)", BP_SHEET_COUNT, 12 },
    { "Completed on", BP_SHEET_DATE, 20 },
    { "Status", BP_SHEET_TEXT, 16 },
    { "Status letter", BP_SHEET_TEXT, 9 },
    { "Counts as", BP_SHEET_TEXT, 10 },
    { "Status reported by the lead", BP_SHEET_TEXT, 14 },
    { "Status at the last pack", BP_SHEET_TEXT, 16 },
    { "Changed since the last pack", BP_SHEET_TEXT, 14 },
    { "Days overdue", BP_SHEET_COUNT, 10 },
    { "What the dates say", BP_SHEET_TEXT, 30 },
    { "Updated on", BP_SHEET_DATE, 20 },
    { "Progress", BP_SHEET_TEXT, 50 },
    { "Next step", BP_SHEET_TEXT, 40 },
    { "Reason", BP_SHEET_TEXT, 40 },
    { "Way back", BP_SHEET_TEXT, 40 },
    { "Ask", BP_SHEET_TEXT, 30 },
    { "In this pack's PDF", BP_SHEET_TEXT, 12 },
};

/* Which of its columns, and of those of the sheet Updates, are internal. */
static const char *const internal_columns[]
    = { "Next step", "Forecast as typed", "Approved by", "Reason", "Way back", "Ask", "Evidence", "Measure in evidence", NULL };

static const char *counts_as_word (BpCountsAs counts)
{
    switch (counts)
    {
    case BP_COUNTS_AS_OPEN:
        return "Open";
    case BP_COUNTS_AS_DONE:
        return "Done";
    case BP_COUNTS_AS_PAUSED:
        return "Paused";
    }
    g_assert_not_reached ();
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

    cells[0] = bp_sheet_text (build, action->plan->id, "[x]");
    cells[1] = bp_sheet_text (build, action->ref, "[x]");
    cells[2] = bp_value_yes_no (action->is_ref_inferred);
    cells[3] = bp_value_text (bp_words_area_heading (build, action->top_area));
    cells[4] = has_sub_area ? bp_value_text (bp_words_area_heading (build, action->area)) : bp_value_shorthand ("[z]");
    cells[5] = bp_sheet_text (build, action->text, "[x]");
    cells[6] = bp_sheet_text (build, action->short_title, "[x]");
    cells[7] = bp_sheet_text (build, action->lead, "[x]");
    cells[8] = bp_value_yes_no (action->is_lead_inherited);
    cells[9] = bp_sheet_text (build, action->organisation, "[x]");
    cells[10] = bp_sheet_text (build, action->project != NULL ? action->project->title : NULL, "[z]");
    cells[11] = kpis_cell (build, action);
    cells[12] = bp_value_yes_no (action->is_milestone);
    cells[13] = bp_sheet_typed (build, action->timeframe.text, "[x]");
}

static void fill_state_cells (const BpBuild *build, BpValue *cells, const BpAction *action)
{
    bool has_previous = build->snapshot->previous != BP_DATE_NONE;

    cells[14] = bp_sheet_date (action->original_due, "[z]");
    cells[15] = bp_sheet_date (action->due, action->is_undated ? "[x]" : "[z]");
    cells[16] = bp_sheet_date (action->next_due, action->is_done ? "[z]" : "[x]");
    cells[17] = bp_sheet_date (action->forecast, "[z]");
    cells[18] = bp_value_count (action->approved_moves);
    cells[19] = bp_sheet_date (action->completed_on, action->is_done ? "[x]" : "[z]");
    cells[20] = bp_sheet_text (build, action->status->label, "[x]");
    cells[21] = bp_sheet_text (build, action->status->letter, "[x]");
    cells[22] = bp_value_text (counts_as_word (action->status->counts_as));
    cells[23] = bp_value_yes_no (action->is_reported);
    cells[24] = action->previous_status != NULL ? bp_sheet_text (build, action->previous_status->label, "[x]") : bp_value_shorthand ("[z]");
    cells[25] = has_previous ? bp_value_yes_no (action->has_changed) : bp_value_shorthand ("[z]");
    cells[26] = action->is_overdue ? bp_value_count (action->days_overdue) : bp_value_shorthand ("[z]");
    /* where the status was reported better than the dates are, in the words of the pages */
    const char *dates_say = bp_action_dates_say (build, action);
    cells[27] = bp_sheet_text (
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

    cells[28] = bp_sheet_date (update != NULL ? update->as_of : BP_DATE_NONE, none);
    cells[29] = progress_cell (build, update, none);
    cells[30] = bp_sheet_text (build, update != NULL ? update->next_step : NULL, none);
    cells[31] = bp_sheet_text (build, update != NULL ? update->reason : NULL, none);
    cells[32] = bp_sheet_text (build, update != NULL ? update->path_to_green : NULL, none);
    cells[33] = bp_sheet_text (build, update != NULL ? update->ask : NULL, none);
    cells[34] = bp_sheet_in_pack (build, action);
}

void bp_sheet_build_actions (const BpBuild *build)
{
    const BpSnapshot *snapshot = build->snapshot;
    BpSheet *sheet = bp_pack_add_sheet (build->pack, "Actions", "Actions", "Every action, line by line", action_columns,
                                        G_N_ELEMENTS (action_columns));

    bp_sheet_add_local_columns (build, sheet, BP_TABLE_ACTIONS);
    bp_sheet_add_note (
        build, sheet,
        "A ref that was missing in the plan has been inferred; the PDF prints it with an asterisk. Due date is the approved one.");
    for (guint i = 0; i < snapshot->actions->len; i++)
    {
        const BpAction *action = g_ptr_array_index (snapshot->actions, i);
        BpValue *cells = bp_sheet_add_row (build->pack, sheet);
        fill_plan_cells (build, cells, action);
        fill_state_cells (build, cells, action);
        fill_update_cells (build, cells, action);
        bp_sheet_fill_local (build, sheet, cells, BP_TABLE_ACTIONS, action->local, false);
    }
    bp_sheet_withhold (build, sheet, internal_columns);
}

/* ---- Updates ---- */

static const BpSheetColumn update_columns[] = {
    { "Plan", BP_SHEET_TEXT, 10 },         { "Ref", BP_SHEET_TEXT, 10 },
    { "As at", BP_SHEET_DATE, 20 },        { "Status", BP_SHEET_TEXT, 16 },
    { "Completed on", BP_SHEET_DATE, 20 }, { "Progress", BP_SHEET_TEXT, 50 },
    { "Next step", BP_SHEET_TEXT, 40 },    { "Forecast as typed", BP_SHEET_TEXT, 24 },
    { "Approved by", BP_SHEET_TEXT, 20 },  { "Reason", BP_SHEET_TEXT, 40 },
    { "Way back", BP_SHEET_TEXT, 40 },     { "Ask", BP_SHEET_TEXT, 30 },
    { "Evidence", BP_SHEET_TEXT, 40 },     { "Measure in evidence", BP_SHEET_TEXT, 14 },
    { "Latest", BP_SHEET_TEXT, 9 },        { "In this pack's PDF", BP_SHEET_TEXT, 12 },
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
            cells[0] = bp_sheet_text (build, action->plan->id, "[x]");
            cells[1] = bp_sheet_text (build, action->ref, "[x]");
            cells[2] = bp_sheet_date (update->as_of, "[x]");
            cells[3] = bp_sheet_text (build, update->status != NULL ? update->status->label : NULL, "[x]");
            cells[4] = bp_sheet_date (update->completed_on, "[z]");
            cells[5] = progress_cell (build, update, "[x]");
            cells[6] = bp_sheet_text (build, update->next_step, "[z]");
            cells[7] = bp_sheet_typed (build, update->forecast.text, "[z]");
            cells[8] = bp_sheet_text (build, update->approved_by, "[z]");
            cells[9] = bp_sheet_text (build, update->reason, "[z]");
            cells[10] = bp_sheet_text (build, update->path_to_green, "[z]");
            cells[11] = bp_sheet_text (build, update->ask, "[z]");
            cells[12] = bp_sheet_typed (build, update->evidence, "[z]");
            cells[13] = bp_sheet_text (build, update->evidence_kpi, "[z]");
            bool is_latest = j + 1 == action->updates->len;
            cells[14] = bp_value_yes_no (is_latest);
            /* of the updates on an action, the PDF prints the latest */
            cells[15] = is_latest ? bp_sheet_in_pack (build, action) : bp_value_yes_no (false);
            bp_sheet_fill_local (build, sheet, cells, BP_TABLE_UPDATES, update->local, false);
        }
    }
    bp_sheet_withhold (build, sheet, internal_columns);
}
