#include "domain/snapshot.h"
#include "pack/release.h"
#include "pack/sheets/sheet_cells.h"
#include "pack/sheets/sheet_table.h"
#include "pack/wording.h"

/* ---- Narrative ---- */

static const BpSheetColumn narrative_columns[] = {
    { "As at", BP_SHEET_DATE, 15 }, { "Kind", BP_SHEET_TEXT, 13 }, { "Plan", BP_SHEET_TEXT, 7 },
    { "Area", BP_SHEET_TEXT, 26 },  { "Text", BP_SHEET_TEXT, 80 }, { "In this pack's PDF", BP_SHEET_TEXT, 10 },
};

static const char *kind_word (BpNarrativeKind kind)
{
    switch (kind)
    {
    case BP_NARRATIVE_ACHIEVEMENT:
        return "Achievement";
    case BP_NARRATIVE_CHALLENGE:
        return "Challenge";
    case BP_NARRATIVE_CHANGE:
        return "Change";
    case BP_NARRATIVE_IMPACT:
        return "Impact";
    case BP_NARRATIVE_NEXT_STEP:
        return "Next step";
    case BP_NARRATIVE_YOU_SAID:
        return "You said";
    case BP_NARRATIVE_WE_DID:
        return "We did";
    }
    g_assert_not_reached ();
}

void bp_sheet_build_narrative (const BpBuild *build)
{
    const BpSnapshot *snapshot = build->snapshot;
    BpSheet *sheet = bp_pack_add_sheet (build->pack, "Narrative", "Narrative", "What was written about areas and the programme",
                                        narrative_columns, G_N_ELEMENTS (narrative_columns));

    bp_sheet_add_local_columns (build, sheet, BP_TABLE_NARRATIVE);
    for (guint i = 0; i < snapshot->narrative->len; i++)
    {
        const BpNarrative *narrative = g_ptr_array_index (snapshot->narrative, i);
        if (!bp_release_may_read (build->release, narrative) || narrative->as_of > snapshot->as_of)
            continue;
        BpValue *cells = bp_sheet_add_row (build->pack, sheet);
        cells[0] = bp_sheet_date (narrative->as_of, "[x]");
        cells[1] = bp_value_text (kind_word (narrative->kind));
        cells[2] = bp_sheet_text (build, narrative->plan != NULL ? narrative->plan->id : NULL, "[z]");
        cells[3] = bp_sheet_text (build, narrative->area != NULL ? bp_words_area_heading (build, narrative->area) : NULL, "[z]");
        cells[4] = bp_sheet_text (build, narrative->text, "[x]");
        cells[5] = bp_sheet_in_pack (build, narrative);
        bp_sheet_fill_local (build, sheet, cells, BP_TABLE_NARRATIVE, narrative->local, false);
    }
}

/* ---- Claims ---- */

static const BpSheetColumn claim_columns[] = {
    { "Claim", BP_SHEET_TEXT, 8 },
    { "Text", BP_SHEET_TEXT, 38 },
    { "Figure as stated", BP_SHEET_NUMBER, 9 },
    { "Figure from the data", BP_SHEET_NUMBER, 9 },
    { "Unit", BP_SHEET_TEXT, 9 },
    { "What is claimed", BP_SHEET_TEXT, 9 },
    { "KPI", BP_SHEET_TEXT, 6 },
    { "Geography", BP_SHEET_TEXT, 12 },
    { "Result", BP_SHEET_TEXT, 11 },
    { "Working", BP_SHEET_TEXT, 36 },
    { "Remark", BP_SHEET_TEXT, 36 },
    { "In this pack's PDF", BP_SHEET_TEXT, 10 },
};

static const char *result_word (BpClaimResult result)
{
    switch (result)
    {
    case BP_CLAIM_AGREES:
        return "Agrees";
    case BP_CLAIM_DISAGREES:
        return "Disagrees";
    case BP_CLAIM_NOT_TESTABLE:
        return "Not tested";
    }
    g_assert_not_reached ();
}

void bp_sheet_build_claims (const BpBuild *build)
{
    const BpSnapshot *snapshot = build->snapshot;
    BpSheet *sheet = bp_pack_add_sheet (build->pack, "Claims", "Figures in the text, computed again",
                                        "Sentences with figures, beside what the data give", claim_columns, G_N_ELEMENTS (claim_columns));

    bp_sheet_add_local_columns (build, sheet, BP_TABLE_CLAIMS);
    bp_sheet_add_note (build, sheet, "Computed before rounding, on periods of the same kind.");
    for (guint i = 0; i < snapshot->claims->len; i++)
    {
        const BpClaim *claim = g_ptr_array_index (snapshot->claims, i);
        bool is_hidden = bp_release_hides_claim (build->release, claim);
        bool is_percent = g_strcmp0 (claim->unit, "percent") == 0;
        BpValue *cells = bp_sheet_add_row (build->pack, sheet);
        cells[0] = bp_sheet_text (build, claim->id, "[x]");
        cells[1] = bp_sheet_text (build, claim->text, "[x]");
        cells[2] = is_percent ? bp_value_percent (claim->stated, claim->stated_decimals)
                              : bp_value_number (claim->stated, claim->stated_decimals, NULL);
        if (is_hidden)
            cells[3] = bp_value_shorthand ("[c]");
        else if (!claim->has_computed)
            cells[3] = bp_value_shorthand ("[x]");
        else
            cells[3] = is_percent ? bp_value_percent (claim->computed, claim->stated_decimals)
                                  : bp_value_number (claim->computed, claim->stated_decimals, NULL);
        cells[4] = bp_sheet_text (build, claim->unit, "[x]");
        cells[5] = bp_sheet_text (build, claim->measure, "[x]");
        cells[6] = bp_sheet_text (build, claim->kpi != NULL ? claim->kpi->id : NULL, "[z]");
        cells[7] = bp_sheet_text (build, bp_words_is_blank (claim->geography) ? snapshot->programme->geography : claim->geography, "[x]");
        cells[8] = bp_value_text (result_word (claim->result));
        cells[9] = is_hidden ? bp_value_shorthand ("[c]") : bp_sheet_text (build, claim->working, "[z]");
        cells[10] = is_hidden ? bp_value_shorthand ("[c]") : bp_sheet_text (build, claim->reason, "[z]");
        cells[11] = bp_sheet_in_pack (build, claim);
        bp_sheet_fill_local (build, sheet, cells, BP_TABLE_CLAIMS, claim->local, is_hidden);
    }
}

/* ---- Data_Quality ---- */

static const BpSheetColumn finding_columns[] = {
    { "Level", BP_SHEET_TEXT, 7 },        { "Code", BP_SHEET_TEXT, 7 },
    { "Looks for", BP_SHEET_TEXT, 26 },   { "What this pack does", BP_SHEET_TEXT, 36 },
    { "What to do", BP_SHEET_TEXT, 32 },  { "File", BP_SHEET_TEXT, 20 },
    { "Sheet", BP_SHEET_TEXT, 10 },       { "Row", BP_SHEET_COUNT, 6 },
    { "Column", BP_SHEET_TEXT, 12 },      { "As typed", BP_SHEET_TEXT, 16 },
    { "Row left out", BP_SHEET_TEXT, 8 }, { "In this pack's PDF", BP_SHEET_TEXT, 10 },
};

static const BpSheetColumn kind_columns[] = {
    { "Level", BP_SHEET_TEXT, 9 },
    { "Code", BP_SHEET_TEXT, 8 },
    { "Looks for", BP_SHEET_TEXT, 40 },
    { "Findings (number)", BP_SHEET_COUNT, 12 },
    { "Rows left out (number)", BP_SHEET_COUNT, 12 },
    { "What to do", BP_SHEET_TEXT, 50 },
    { "In this pack's PDF", BP_SHEET_TEXT, 12 },
};

/* A finding's place, cell and words quote what was typed: where that is withheld, each kind of finding is counted. */
static void build_finding_counts (const BpBuild *build)
{
    const BpFindingList *findings = build->snapshot->findings;
    BpSheet *sheet = bp_pack_add_sheet (build->pack, "Data_Quality", "Findings in the data",
                                        "What needs attention in the data, worst first", kind_columns, G_N_ELEMENTS (kind_columns));
    guint total = bp_finding_list_length (findings);
    guint same = 0;

    bp_sheet_add_note (build, sheet, "Not published: where each finding stands, and its cell as typed.");
    for (guint at = 0; at < total; at += same)
    {
        const BpFinding *finding = bp_finding_list_get (findings, at);
        const BpFindingKind *kind = bp_finding_kind_get (finding->code);
        int left_out = 0;
        bool is_printed = false;
        same = bp_finding_list_count_alike (findings, at);
        for (guint i = at; i < at + same; i++)
        {
            left_out += bp_finding_list_get (findings, i)->quarantined;
            is_printed = is_printed || g_hash_table_contains (build->printed, bp_finding_list_get (findings, i));
        }
        BpValue *cells = bp_sheet_add_row (build->pack, sheet);
        cells[0] = bp_value_text (bp_level_name (finding->level));
        cells[1] = bp_value_text (kind->id);
        cells[2] = bp_sheet_text (build, kind->title, "[x]");
        cells[3] = bp_value_count (same);
        cells[4] = bp_value_count (left_out);
        cells[5] = bp_sheet_text (build, kind->advice, "[z]");
        cells[6] = bp_value_yes_no (is_printed);
    }
}

void bp_sheet_build_data_quality (const BpBuild *build)
{
    if (bp_release_is_withholding (build->release))
    {
        build_finding_counts (build);
        return;
    }
    const BpFindingList *findings = build->snapshot->findings;
    BpPack *pack = build->pack;
    BpSheet *sheet = bp_pack_add_sheet (pack, "Data_Quality", "Findings in the data", "What needs attention in the data, worst first",
                                        finding_columns, G_N_ELEMENTS (finding_columns));

    for (guint i = 0; i < bp_finding_list_length (findings); i++)
    {
        const BpFinding *finding = bp_finding_list_get (findings, i);
        const BpFindingKind *kind = bp_finding_kind_get (finding->code);
        bool is_hidden = bp_release_hides_finding (build->release, finding);
        BpValue *cells = bp_sheet_add_row (pack, sheet);
        cells[0] = bp_value_text (bp_level_name (finding->level));
        cells[1] = bp_value_text (kind->id);
        cells[2] = bp_sheet_text (build, kind->title, "[x]");
        cells[5] = bp_sheet_text (build, finding->source.file, "[z]");
        cells[6] = bp_sheet_text (build, finding->source.sheet, "[z]");
        cells[7] = finding->source.row > 0 ? bp_value_count (finding->source.row) : bp_value_shorthand ("[z]");
        cells[8] = bp_sheet_text (build, finding->source.column, "[z]");
        if (is_hidden)
            cells[9] = bp_value_shorthand ("[c]");
        else
            cells[9] = finding->value == NULL ? bp_value_shorthand ("[z]") : bp_sheet_typed (build, finding->value, "[x]");
        cells[3] = is_hidden ? bp_value_shorthand ("[c]") : bp_sheet_text (build, finding->text, "[x]");
        cells[4] = bp_sheet_text (build, finding->advice, "[z]");
        cells[10] = bp_value_yes_no (finding->quarantined);
        cells[11] = bp_sheet_in_pack (build, finding);
    }
}
