#include "domain/snapshot.h"
#include "pack/release.h"
#include "pack/sheets/sheet_cells.h"
#include "pack/sheets/sheet_table.h"
#include "pack/wording.h"

/* ---- Decisions ---- */

/* In the order in which they are read: what stands first is printed. */
enum
{
    DECISION_REF,
    DECISION_FORUM,
    DECISION_KIND,
    DECISION_ASK,
    DECISION_RECOMMENDATION,
    DECISION_OWNER,
    DECISION_NEEDED_BY,
    DECISION_STATE,
    DECISION_DECIDED_ON,
    DECISION_OUTCOME,
    DECISION_IN_PACK,
    DECISION_OPTIONS,
    DECISION_IMPLICATIONS,
    DECISION_RAISED_ON,
    DECISION_MEETING
};
static const BpSheetColumn decision_columns[] = {
    [DECISION_REF] = { "Ref", BP_SHEET_TEXT, 7 },
    [DECISION_FORUM] = { "Forum", BP_SHEET_TEXT, 20 },
    [DECISION_KIND] = { "Kind", BP_SHEET_TEXT, 9 },
    [DECISION_ASK] = { "Ask", BP_SHEET_TEXT, 38 },
    [DECISION_RECOMMENDATION] = { "Recommendation", BP_SHEET_TEXT, 32 },
    [DECISION_OWNER] = { "Owner", BP_SHEET_TEXT, 18 },
    [DECISION_NEEDED_BY] = { "Needed by", BP_SHEET_DATE, 15 },
    [DECISION_STATE] = { "State", BP_SHEET_TEXT, 8 },
    [DECISION_DECIDED_ON] = { "Decided on", BP_SHEET_DATE, 15 },
    [DECISION_OUTCOME] = { "Outcome", BP_SHEET_TEXT, 28 },
    [DECISION_IN_PACK] = { "In this pack's PDF", BP_SHEET_TEXT, 10 },
    [DECISION_OPTIONS] = { "Options", BP_SHEET_TEXT, 36 },
    [DECISION_IMPLICATIONS] = { "Implications", BP_SHEET_TEXT, 36 },
    [DECISION_RAISED_ON] = { "Raised on", BP_SHEET_DATE, 15 },
    [DECISION_MEETING] = { "Meeting", BP_SHEET_DATE, 15 },
};

static bool has_decision_to_show (const BpBuild *build)
{
    const BpSnapshot *snapshot = build->snapshot;

    for (guint i = 0; i < snapshot->decisions->len; i++)
        if (bp_release_may_see_decision (build->release, build->forum, g_ptr_array_index (snapshot->decisions, i)))
            return true;
    return false;
}

void bp_sheet_build_decisions (const BpBuild *build)
{
    static const char *const internal_columns[] = { "Recommendation", "Options", "Implications", NULL };
    const BpSnapshot *snapshot = build->snapshot;

    if (bp_release_is_withholding (build->release) && !has_decision_to_show (build))
        return;
    BpSheet *sheet = bp_pack_add_sheet (build->pack, "Decisions", "Decisions", "What forums were asked, and what they decided",
                                        decision_columns, G_N_ELEMENTS (decision_columns));

    bp_sheet_add_local_columns (build, sheet, BP_TABLE_DECISIONS);
    for (guint i = 0; i < snapshot->decisions->len; i++)
    {
        const BpDecision *decision = g_ptr_array_index (snapshot->decisions, i);
        if (!bp_release_may_see_decision (build->release, build->forum, decision))
            continue;
        BpValue *cells = bp_sheet_add_row (build->pack, sheet);
        const char *later = decision->is_open ? "[z]" : "[x]";
        cells[DECISION_FORUM] = bp_sheet_text (build, decision->forum != NULL ? decision->forum->name : decision->forum_text, "[x]");
        cells[DECISION_REF] = bp_sheet_text (build, decision->ref, "[x]");
        cells[DECISION_KIND] = bp_sheet_text (build, decision->kind, "[x]");
        cells[DECISION_ASK] = bp_sheet_text (build, decision->ask, "[x]");
        cells[DECISION_RECOMMENDATION] = bp_sheet_text (build, decision->recommendation, "[x]");
        cells[DECISION_OPTIONS] = bp_sheet_text (build, decision->options, "[x]");
        cells[DECISION_IMPLICATIONS] = bp_sheet_text (build, decision->implications, "[x]");
        cells[DECISION_OWNER] = bp_sheet_text (build, decision->owner, "[x]");
        cells[DECISION_RAISED_ON] = bp_sheet_date (decision->raised_on, "[x]");
        cells[DECISION_MEETING] = bp_sheet_date (decision->meeting, "[x]");
        cells[DECISION_NEEDED_BY] = bp_sheet_date (decision->needed_by, "[x]");
        cells[DECISION_STATE] = bp_value_text (decision->is_open ? "Open" : "Decided");
        cells[DECISION_DECIDED_ON] = bp_sheet_date (decision->decided_on, later);
        cells[DECISION_OUTCOME] = bp_sheet_text (build, decision->outcome, later);
        cells[DECISION_IN_PACK] = bp_sheet_in_pack (build, decision);
        bp_sheet_fill_local (build, sheet, cells, BP_TABLE_DECISIONS, decision->local, false);
    }
    if (bp_release_is_withholding (build->release))
        bp_sheet_withhold (build, sheet, internal_columns);
}

/* ---- Risks ---- */

static const BpSheetColumn risk_columns[] = {
    { "Risk", BP_SHEET_TEXT, 6 },
    { "Title", BP_SHEET_TEXT, 36 },
    { "Area", BP_SHEET_TEXT, 22 },
    { "Likelihood (1 to 5)", BP_SHEET_COUNT, 10 },
    { "Impact (1 to 5)", BP_SHEET_COUNT, 9 },
    { "Score (of 25)", BP_SHEET_COUNT, 8 },
    { "Score at the last pack (of 25)", BP_SHEET_COUNT, 10 },
    { "Owner", BP_SHEET_TEXT, 20 },
    { "Mitigation", BP_SHEET_TEXT, 40 },
    { "Status", BP_SHEET_TEXT, 9 },
    { "As at", BP_SHEET_DATE, 15 },
    { "In this pack's PDF", BP_SHEET_TEXT, 10 },
};

static BpValue score_cell (int score, const char *otherwise)
{
    return score > 0 ? bp_value_count (score) : bp_value_shorthand (otherwise);
}

void bp_sheet_build_risks (const BpBuild *build)
{
    const BpSnapshot *snapshot = build->snapshot;

    if (bp_release_is_withholding (build->release))
        return;
    BpSheet *sheet = bp_pack_add_sheet (build->pack, "Risks", "Risks", "Every risk as last recorded, highest score first", risk_columns,
                                        G_N_ELEMENTS (risk_columns));

    bp_sheet_add_local_columns (build, sheet, BP_TABLE_RISKS);
    for (guint i = 0; i < snapshot->risks->len; i++)
    {
        const BpRisk *risk = g_ptr_array_index (snapshot->risks, i);
        BpValue *cells = bp_sheet_add_row (build->pack, sheet);
        cells[0] = bp_sheet_text (build, risk->id, "[x]");
        cells[1] = bp_sheet_text (build, risk->title, "[x]");
        cells[2] = bp_sheet_text (build, risk->area != NULL ? bp_words_area_heading (build, risk->area) : NULL, "[z]");
        cells[3] = score_cell (risk->likelihood, "[x]");
        cells[4] = score_cell (risk->impact, "[x]");
        cells[5] = score_cell (risk->score, "[x]");
        cells[6] = score_cell (risk->previous_score, "[z]");
        cells[7] = bp_sheet_text (build, risk->owner, "[x]");
        cells[8] = bp_sheet_text (build, risk->mitigation, "[x]");
        cells[9] = bp_sheet_text (build, risk->status, risk->is_open ? "[x]" : "[z]");
        cells[10] = bp_sheet_date (risk->as_of, "[x]");
        cells[11] = bp_sheet_in_pack (build, risk);
        bp_sheet_fill_local (build, sheet, cells, BP_TABLE_RISKS, risk->local, false);
    }
}

/* ---- Meetings ---- */

static const BpSheetColumn meeting_columns[] = {
    { "Forum", BP_SHEET_TEXT, 24 },         { "Date", BP_SHEET_DATE, 15 },
    { "Title", BP_SHEET_TEXT, 36 },         { "Updates due", BP_SHEET_DATE, 15 },
    { "Papers due", BP_SHEET_DATE, 15 },    { "Issue date", BP_SHEET_DATE, 15 },
    { "Date as typed", BP_SHEET_TEXT, 15 }, { "In this pack's PDF", BP_SHEET_TEXT, 10 },
};

void bp_sheet_build_meetings (const BpBuild *build)
{
    const BpSnapshot *snapshot = build->snapshot;
    BpSheet *sheet = bp_pack_add_sheet (build->pack, "Meetings", "Meetings", "Meetings of all forums by date; those without a date last",
                                        meeting_columns, G_N_ELEMENTS (meeting_columns));

    bp_sheet_add_local_columns (build, sheet, BP_TABLE_MEETINGS);
    for (guint i = 0; i < snapshot->meetings->len; i++)
    {
        const BpMeeting *meeting = g_ptr_array_index (snapshot->meetings, i);
        BpValue *cells = bp_sheet_add_row (build->pack, sheet);
        cells[0] = bp_sheet_text (build, meeting->forum != NULL ? meeting->forum->name : meeting->forum_text, "[x]");
        cells[1] = bp_sheet_date (meeting->date, "[x]");
        cells[6] = bp_sheet_typed (build, meeting->date_text, "[x]");
        cells[2] = bp_sheet_text (build, meeting->title, "[x]");
        cells[3] = bp_sheet_date (meeting->updates_due, "[x]");
        cells[4] = bp_sheet_date (meeting->papers_due, "[x]");
        cells[5] = bp_sheet_date (meeting->issue_date, "[x]");
        cells[7] = bp_sheet_in_pack (build, meeting);
        bp_sheet_fill_local (build, sheet, cells, BP_TABLE_MEETINGS, meeting->local, false);
    }
}

/* ---- Forums ---- */

static const BpSheetColumn forum_columns[] = {
    { "Forum", BP_SHEET_TEXT, 26 },
    { "Role", BP_SHEET_TEXT, 50 },
    { "Membership", BP_SHEET_TEXT, 50 },
    { "Reports to", BP_SHEET_TEXT, 26 },
    { "Advises or funds", BP_SHEET_TEXT, 24 },
    { "This forum", BP_SHEET_TEXT, 8 },
    { "In this pack's PDF", BP_SHEET_TEXT, 10 },
};

static const char *names_of (const BpBuild *build, const char *const *ids)
{
    g_autoptr (GPtrArray) names = g_ptr_array_new ();

    for (int i = 0; ids != NULL && ids[i] != NULL; i++)
    {
        const BpForum *forum = bp_forum_find (&build->snapshot->programme->forums, ids[i]);
        g_ptr_array_add (names, (gpointer)(forum != NULL ? forum->name : ids[i]));
    }
    return bp_words_joined (build->pack, names, 0);
}

void bp_sheet_build_forums (const BpBuild *build)
{
    const BpForumSet *set = &build->snapshot->programme->forums;
    BpSheet *sheet = bp_pack_add_sheet (build->pack, "Forums", "Forums", "The forums, what they do and to whom they report", forum_columns,
                                        G_N_ELEMENTS (forum_columns));

    for (int i = 0; i < set->count; i++)
    {
        const BpForum *forum = &set->forums[i];
        BpValue *cells = bp_sheet_add_row (build->pack, sheet);
        cells[0] = bp_sheet_text (build, forum->name, "[x]");
        cells[3] = bp_sheet_text (build, names_of (build, forum->parents), "[z]");
        cells[4] = bp_sheet_text (build, names_of (build, forum->advises), "[z]");
        cells[1] = bp_sheet_text (build, forum->role, "[x]");
        cells[2] = bp_sheet_text (build, forum->membership, "[x]");
        cells[5] = bp_value_yes_no (g_strcmp0 (forum->id, build->forum->id) == 0);
        cells[6] = bp_sheet_in_pack (build, forum);
    }
}

/* ---- Glossary ---- */

static const BpSheetColumn glossary_columns[] = {
    { "Abbreviation", BP_SHEET_TEXT, 16 },
    { "Meaning", BP_SHEET_TEXT, 60 },
    { "In this pack's PDF", BP_SHEET_TEXT, 12 },
};

void bp_sheet_build_glossary (const BpBuild *build)
{
    const BpProgramme *programme = build->snapshot->programme;
    BpSheet *sheet
        = bp_pack_add_sheet (build->pack, "Glossary", "Glossary", "Abbreviations", glossary_columns, G_N_ELEMENTS (glossary_columns));

    for (int i = 0; i < programme->glossary_count; i++)
    {
        BpValue *cells = bp_sheet_add_row (build->pack, sheet);
        cells[0] = bp_sheet_text (build, programme->glossary[i].abbreviation, "[x]");
        cells[1] = bp_sheet_text (build, programme->glossary[i].meaning, "[x]");
        cells[2] = bp_sheet_in_pack (build, &programme->glossary[i]);
    }
}
