#include "domain/snapshot.h"
#include "pack/pack_words.h"
#include "pack/release.h"
#include "pack/sheets/sheet_cells.h"
#include "pack/sheets/sheet_table.h"
#include "pack/wording.h"

#include <string.h>

/* What the programme is made of: plans, areas, projects, leads, the members of this forum, the scale of statuses. */

/* ---- what the pages name ---- */

static void append_line (const char *text, gpointer words)
{
    g_string_append (words, text);
    g_string_append_c (words, '\n');
}

/* Every text of the pages, a line each. Free with g_string_free. */
static GString *new_page_words (const BpBuild *build)
{
    GString *words = g_string_new (NULL);

    bp_pack_visit_texts (build->pack, append_line, words);
    return words;
}

static bool is_named (const BpBuild *build, const GString *words, const char *name)
{
    return !bp_words_is_blank (name) && strstr (words->str, bp_pack_text (build->pack, name)) != NULL;
}

/* ---- Plans ---- */

static const BpSheetColumn plan_columns[] = {
    { "Plan", BP_SHEET_TEXT, 10 },
    { "Title", BP_SHEET_TEXT, 40 },
    { "Approved", BP_SHEET_DATE, 15 },
    { "Closes", BP_SHEET_DATE, 15 },
    { "Actions (number)", BP_SHEET_COUNT, 9 },
    { "Note", BP_SHEET_TEXT, 60 },
    { "In this pack's PDF", BP_SHEET_TEXT, 10 },
};

void bp_sheet_build_plans (const BpBuild *build)
{
    static const char *const internal_columns[] = { "Note", NULL };
    const BpSnapshot *snapshot = build->snapshot;
    BpSheet *sheet
        = bp_pack_add_sheet (build->pack, "Plans", "Plans", "The plans that actions stand in", plan_columns, G_N_ELEMENTS (plan_columns));
    g_autoptr (GString) words = new_page_words (build);

    for (guint i = 0; i < snapshot->plans->len; i++)
    {
        const BpPlan *plan = g_ptr_array_index (snapshot->plans, i);
        BpValue *cells = bp_sheet_add_row (build->pack, sheet);
        int count = 0;
        for (guint a = 0; a < snapshot->actions->len; a++)
            count += ((const BpAction *)g_ptr_array_index (snapshot->actions, a))->plan == plan;
        cells[0] = bp_sheet_text (build, plan->id, "[x]");
        cells[1] = bp_sheet_text (build, plan->title, "[x]");
        cells[2] = bp_sheet_date (plan->approved_date, "[x]");
        cells[3] = bp_sheet_date (plan->closes_date, "[z]");
        cells[4] = bp_value_count (count);
        cells[5] = bp_sheet_text (build, plan->note, "[z]");
        cells[6] = bp_value_yes_no (is_named (build, words, plan->title));
    }
    if (bp_release_is_withholding (build->release))
        bp_sheet_withhold (build, sheet, internal_columns);
}

/* ---- Areas ---- */

static const BpSheetColumn area_columns[] = {
    { "Plan", BP_SHEET_TEXT, 8 },
    { "Ref", BP_SHEET_TEXT, 8 },
    { "Title", BP_SHEET_TEXT, 60 },
    { "Short title", BP_SHEET_TEXT, 34 },
    { "Part of", BP_SHEET_TEXT, 8 },
    { "Lead", BP_SHEET_TEXT, 30 },
    { "Actions (number)", BP_SHEET_COUNT, 9 },
    { "In this pack's PDF", BP_SHEET_TEXT, 10 },
};

/* With those under it. */
static void add_area (const BpBuild *build, BpSheet *sheet, const BpArea *area, const GString *words)
{
    g_autoptr (GPtrArray) actions = bp_area_dup_all_actions (area);
    BpValue *cells = bp_sheet_add_row (build->pack, sheet);

    cells[0] = bp_sheet_text (build, area->plan->id, "[x]");
    cells[1] = bp_sheet_text (build, area->ref, "[x]");
    cells[2] = bp_sheet_text (build, area->title, "[x]");
    cells[3] = bp_sheet_text (build, area->short_title, "[x]");
    cells[4] = bp_sheet_text (build, area->parent != NULL ? area->parent->ref : NULL, "[z]");
    cells[5] = bp_sheet_text (build, area->lead, "[x]");
    cells[6] = bp_value_count (actions->len);
    cells[7] = bp_value_yes_no (is_named (build, words, area->title) || is_named (build, words, area->short_title));
    for (guint i = 0; i < area->sub_areas->len; i++)
        add_area (build, sheet, g_ptr_array_index (area->sub_areas, i), words);
}

void bp_sheet_build_areas (const BpBuild *build)
{
    const GPtrArray *areas = build->snapshot->areas;
    BpSheet *sheet = bp_pack_add_sheet (build->pack, "Areas", "Areas", "Areas and the sub-areas under them", area_columns,
                                        G_N_ELEMENTS (area_columns));
    g_autoptr (GString) words = new_page_words (build);

    for (guint i = 0; i < areas->len; i++)
        if (g_ptr_array_index (areas, i) != build->snapshot->no_area)
            add_area (build, sheet, g_ptr_array_index (areas, i), words);
}

/* ---- Projects ---- */

static const BpSheetColumn project_columns[] = {
    { "Project", BP_SHEET_TEXT, 18 },
    { "Title", BP_SHEET_TEXT, 44 },
    { "Lead", BP_SHEET_TEXT, 34 },
    { "Actions (number)", BP_SHEET_COUNT, 9 },
    { "In this pack's PDF", BP_SHEET_TEXT, 10 },
};

void bp_sheet_build_projects (const BpBuild *build)
{
    const GPtrArray *projects = build->snapshot->projects;

    if (projects->len == 0)
        return;
    BpSheet *sheet = bp_pack_add_sheet (build->pack, "Projects", "Projects", "The projects that actions belong to", project_columns,
                                        G_N_ELEMENTS (project_columns));
    g_autoptr (GString) words = new_page_words (build);
    for (guint i = 0; i < projects->len; i++)
    {
        const BpProject *project = g_ptr_array_index (projects, i);
        BpValue *cells = bp_sheet_add_row (build->pack, sheet);
        cells[0] = bp_sheet_text (build, project->id, "[x]");
        cells[1] = bp_sheet_text (build, project->title, "[x]");
        cells[2] = bp_sheet_text (build, project->lead, "[x]");
        cells[3] = bp_value_count (project->actions != NULL ? project->actions->len : 0);
        cells[4] = bp_value_yes_no (g_hash_table_contains (build->printed, project) || is_named (build, words, project->title));
    }
}

/* ---- Leads ---- */

static const BpSheetColumn lead_columns[] = {
    { "Lead", BP_SHEET_TEXT, 44 },
    { "Short name", BP_SHEET_TEXT, 26 },
    { "Organisation", BP_SHEET_TEXT, 36 },
    { "Actions (number)", BP_SHEET_COUNT, 9 },
    { "In this pack's PDF", BP_SHEET_TEXT, 10 },
};

static int count_actions (const BpSnapshot *snapshot, const char *lead)
{
    int count = 0;

    for (guint i = 0; i < snapshot->actions->len; i++)
        count += g_strcmp0 (((const BpAction *)g_ptr_array_index (snapshot->actions, i))->lead, lead) == 0;
    return count;
}

void bp_sheet_build_leads (const BpBuild *build)
{
    const BpSnapshot *snapshot = build->snapshot;

    if (snapshot->leads->len == 0)
        return;
    BpSheet *sheet = bp_pack_add_sheet (build->pack, "Leads", "Leads", "Who leads actions, and for which organisation", lead_columns,
                                        G_N_ELEMENTS (lead_columns));
    g_autoptr (GString) words = new_page_words (build);
    bp_sheet_add_note (build, sheet, "Leads of actions alone, as the sheet Actions names them. Addresses are not in this workbook.");
    for (guint i = 0; i < snapshot->leads->len; i++)
    {
        const BpLead *lead = g_ptr_array_index (snapshot->leads, i);
        int count = count_actions (snapshot, lead->lead);
        if (count == 0)
            continue;
        BpValue *cells = bp_sheet_add_row (build->pack, sheet);
        cells[0] = bp_sheet_text (build, lead->lead, "[x]");
        cells[1] = bp_sheet_text (build, lead->short_name, "[z]");
        cells[2] = bp_sheet_text (build, lead->organisation, "[x]");
        cells[3] = bp_value_count (count);
        cells[4] = bp_value_yes_no (is_named (build, words, lead->lead) || is_named (build, words, lead->short_name));
    }
}

/* ---- Members ---- */

static const BpSheetColumn member_columns[] = {
    { "Member", BP_SHEET_TEXT, 36 }, { "Organisation", BP_SHEET_TEXT, 36 }, { "Role", BP_SHEET_TEXT, 20 },
    { "From", BP_SHEET_DATE, 15 },   { "To", BP_SHEET_DATE, 15 },           { "In this pack's PDF", BP_SHEET_TEXT, 10 },
};

void bp_sheet_build_members (const BpBuild *build)
{
    const GPtrArray *members = build->snapshot->members;
    BpSheet *sheet = NULL;

    for (guint i = 0; i < members->len; i++)
    {
        const BpMember *member = g_ptr_array_index (members, i);
        if (!g_hash_table_contains (build->printed, member))
            continue;
        if (sheet == NULL)
        {
            sheet = bp_pack_add_sheet (build->pack, "Members", "Members of this forum", "Who sits on this forum", member_columns,
                                       G_N_ELEMENTS (member_columns));
            bp_sheet_add_local_columns (build, sheet, BP_TABLE_MEMBERS);
        }
        BpValue *cells = bp_sheet_add_row (build->pack, sheet);
        cells[0] = bp_sheet_text (build, member->member, "[x]");
        cells[1] = bp_sheet_text (build, member->organisation, "[x]");
        cells[2] = bp_sheet_text (build, member->role, "[x]");
        cells[3] = bp_sheet_date (member->from, "[x]");
        cells[4] = bp_sheet_date (member->to, "[z]");
        cells[5] = bp_sheet_in_pack (build, member);
        bp_sheet_fill_local (build, sheet, cells, BP_TABLE_MEMBERS, member->local, false);
    }
}

/* ---- Statuses ---- */

static const BpSheetColumn status_columns[] = {
    { "Status", BP_SHEET_TEXT, 22 },
    { "Letter", BP_SHEET_TEXT, 8 },
    { "Meaning", BP_SHEET_TEXT, 70 },
    { "Counts as", BP_SHEET_TEXT, 11 },
    { "In this pack's PDF", BP_SHEET_TEXT, 10 },
};

void bp_sheet_build_statuses (const BpBuild *build)
{
    BpSheet *sheet = bp_pack_add_sheet (build->pack, "Statuses", "What each status means", "The scale of statuses", status_columns,
                                        G_N_ELEMENTS (status_columns));

    for (guint i = 0; i < build->statuses->len; i++)
    {
        const BpStatus *status = g_ptr_array_index (build->statuses, i);
        BpValue *cells = bp_sheet_add_row (build->pack, sheet);
        cells[0] = bp_sheet_text (build, status->label, "[x]");
        cells[1] = bp_sheet_text (build, status->letter, "[x]");
        cells[2] = bp_sheet_text (build, status->meaning, "[x]");
        cells[3] = bp_value_text (bp_words_counts_as (status));
        cells[4] = bp_sheet_in_pack (build, status);
    }
}
