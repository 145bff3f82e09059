#include "base/number.h"
#include "base/text.h"
#include "domain/snapshot.h"
#include "pack/release.h"
#include "pack/sections/kpi_columns.h"
#include "pack/sections/section.h"
#include "pack/wording.h"

#include <string.h>

/* Of a long cell as much as tells which it is; the workbook has all of it. */
#define MOST_TYPED 40

static BpSign sign_of (BpLevel level)
{
    switch (level)
    {
    case BP_LEVEL_NOTE:
        return BP_SIGN_NOTE;
    case BP_LEVEL_CHECK:
        return BP_SIGN_CHECK;
    case BP_LEVEL_ERROR:
        return BP_SIGN_ERROR;
    }
    g_assert_not_reached ();
}

static const char *level_word (BpLevel level)
{
    switch (level)
    {
    case BP_LEVEL_NOTE:
        return "Note";
    case BP_LEVEL_CHECK:
        return "Check";
    case BP_LEVEL_ERROR:
        return "Error";
    }
    g_assert_not_reached ();
}

static void add_counter (const BpBuild *build, BpNode *tiles, const char *title, BpValue value, const char *figure)
{
    BpTile *tile = bp_pack_add_tile (build->pack, tiles, title);

    tile->figure = bp_pack_value (build->pack, bp_value_with_figure (value, figure));
}

static void add_counters (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    const BpSnapshot *snapshot = build->snapshot;
    const BpLoadCount *actions = &snapshot->loaded[BP_TABLE_ACTIONS];
    const BpLoadCount *values = &snapshot->loaded[BP_TABLE_KPI_VALUES];
    int errors = (int)bp_finding_list_count (snapshot->findings, BP_LEVEL_ERROR);
    int checks = (int)bp_finding_list_count (snapshot->findings, BP_LEVEL_CHECK);
    int notes = (int)bp_finding_list_count (snapshot->findings, BP_LEVEL_NOTE);
    int left_out = (int)bp_finding_list_count_quarantined (snapshot->findings);
    BpNode *tiles = bp_pack_add_tiles (build->pack, context->node, BP_TILES_COUNTERS);

    add_counter (build, tiles, "actions loaded", bp_value_of (actions->loaded, actions->seen), "actions.loaded");
    add_counter (build, tiles, "KPI values loaded", bp_value_of (values->loaded, values->seen), "kpi_values.loaded");
    add_counter (build, tiles, bp_words_pick (left_out, "row left out", "rows left out"), bp_value_count (left_out), "rows.left_out");
    add_counter (build, tiles, bp_words_pick (errors, "error", "errors"), bp_value_count (errors), "findings.error");
    add_counter (build, tiles, "to check", bp_value_count (checks), "findings.check");
    add_counter (build, tiles, bp_words_pick (notes, "note", "notes"), bp_value_count (notes), "findings.note");
}

/* "actions.csv" of "data/actions.csv"; the sheet beside it. */
static const char *place_of (const BpBuild *build, const BpSource *source)
{
    if (bp_words_is_blank (source->file))
        return "The programme";
    const char *slash = strrchr (source->file, '/');
    const char *file = slash != NULL ? slash + 1 : source->file;
    const char *row = source->row > 0 ? bp_pack_format (build->pack, ", row %d", source->row) : "";

    if (!bp_words_is_blank (source->sheet))
        return bp_pack_format (build->pack, "%s, sheet %s%s", file, source->sheet, row);
    return bp_pack_format (build->pack, "%s%s", file, row);
}

static void add_finding_row (const BpBuild *build, BpNode *table, const BpFinding *finding)
{
    const BpFindingKind *kind = bp_finding_kind_get (finding->code);
    BpPack *pack = build->pack;
    bool is_hidden = bp_release_hides_finding (build->release, finding);
    BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, NULL);

    bp_cell_add (pack, &row->cells[0], BP_LINE_MAIN, bp_value_sign (sign_of (finding->level), level_word (finding->level)));
    bp_cell_add_text (pack, &row->cells[0], BP_LINE_SECOND, kind->id);
    bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, place_of (build, &finding->source));
    if (!bp_words_is_blank (finding->source.column))
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_SECOND, finding->source.column);
    if (is_hidden)
        bp_cell_add (pack, &row->cells[2], BP_LINE_MAIN, bp_value_shorthand ("[c]"));
    else if (finding->value == NULL)
        bp_cell_add (pack, &row->cells[2], BP_LINE_MAIN, bp_value_shorthand ("[z]"));
    else
        bp_cell_add_text (pack, &row->cells[2], BP_LINE_MAIN,
                          *finding->value == '\0' ? "(blank)" : bp_pack_take (pack, bp_text_dup_shortened (finding->value, MOST_TYPED)));
    bp_cell_add_text (pack, &row->cells[3], BP_LINE_MAIN, is_hidden ? kind->title : finding->text);
    bp_cell_add_text (pack, &row->cells[4], BP_LINE_MAIN, bp_words_is_blank (finding->advice) ? "None" : finding->advice);
    bp_build_mark_printed (build, finding);
}

/* How many findings of one code stand one by one; more of them share a row. Errors never share one. */
static guint most_alone (BpLevel level)
{
    switch (level)
    {
    case BP_LEVEL_NOTE:
    case BP_LEVEL_CHECK:
        return 1;
    case BP_LEVEL_ERROR:
        return G_MAXUINT;
    }
    g_assert_not_reached ();
}

/* "kpi_values.csv, rows 11, 12, 13 and 14 more"; "book.xlsx, sheet kpis, rows 3 and 4". */
static const char *places_of (const BpBuild *build, const BpFindingList *findings, guint first, guint count)
{
    BpPack *pack = build->pack;
    const char *file = bp_finding_list_get (findings, first)->source.file, *sheet = bp_finding_list_get (findings, first)->source.sheet;
    g_autoptr (GPtrArray) rows = g_ptr_array_new ();
    bool is_one_file = file != NULL;

    for (guint i = first; i < first + count; i++)
    {
        const BpSource *source = &bp_finding_list_get (findings, i)->source;
        is_one_file = is_one_file && source->row > 0 && g_strcmp0 (source->file, file) == 0 && g_strcmp0 (source->sheet, sheet) == 0;
        g_ptr_array_add (rows, (gpointer)(rows->len < 4 ? bp_pack_format (pack, "%d", source->row) : ""));
    }
    if (!is_one_file)
        return bp_pack_format (pack, "%u places", count);
    const char *slash = strrchr (file, '/');
    const char *name = slash != NULL ? slash + 1 : file, *of_sheet = sheet != NULL ? bp_pack_format (pack, ", sheet %s", sheet) : "";
    return bp_pack_format (pack, "%s%s, rows %s", name, of_sheet, bp_words_joined (pack, rows, 3));
}

static void add_shared_row (const BpBuild *build, BpNode *table, guint first, guint count)
{
    const BpFindingList *findings = build->snapshot->findings;
    const BpFinding *example = bp_finding_list_get (findings, first);
    const BpFindingKind *kind = bp_finding_kind_get (example->code);
    BpPack *pack = build->pack;
    BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, NULL);
    bool is_hidden = false;

    for (guint i = first; i < first + count; i++)
    {
        is_hidden = is_hidden || bp_release_hides_finding (build->release, bp_finding_list_get (findings, i));
        bp_build_mark_printed (build, bp_finding_list_get (findings, i));
    }
    bp_cell_add (pack, &row->cells[0], BP_LINE_MAIN, bp_value_sign (sign_of (example->level), level_word (example->level)));
    bp_cell_add_text (pack, &row->cells[0], BP_LINE_SECOND, bp_pack_format (pack, "%s, %u times", kind->id, count));
    bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, places_of (build, findings, first, count));
    if (!bp_words_is_blank (example->source.column))
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_SECOND, example->source.column);
    bp_cell_add_text (pack, &row->cells[2], BP_LINE_SECOND, "several");
    bp_cell_add_text (pack, &row->cells[3], BP_LINE_MAIN, bp_words_sentence (pack, kind->title));
    if (!is_hidden)
        bp_cell_add_text (pack, &row->cells[3], BP_LINE_SECOND, bp_pack_format (pack, "For example: %s", example->text));
    bp_cell_add_text (pack, &row->cells[4], BP_LINE_MAIN, bp_words_is_blank (example->advice) ? "None" : example->advice);
}

/* Findings come sorted by level and code, so that those of one code stand together. Returns how many the rows speak of. */
static guint add_finding_rows (const BpBuild *build, BpNode *table, int limit)
{
    const BpFindingList *findings = build->snapshot->findings;
    guint total = bp_finding_list_length (findings);
    guint at = 0;

    for (int rows = 0; at < total && rows < limit; rows++)
    {
        const BpFinding *finding = bp_finding_list_get (findings, at);
        guint same = bp_finding_list_count_alike (findings, at);
        if (same > most_alone (finding->level))
            add_shared_row (build, table, at, same);
        for (guint i = 0; same <= most_alone (finding->level) && i < same && rows + (int)i < limit; i++)
            add_finding_row (build, table, bp_finding_list_get (findings, at + i));
        if (same <= most_alone (finding->level))
        {
            same = MIN (same, (guint)(limit - rows));
            rows += (int)same - 1;
        }
        at += same;
    }
    return at;
}

/* A row for each kind of finding, without the places and cells that findings quote: for those who may not read them. */
static void add_finding_counts (BpSectionContext *context)
{
    const BpTableColumn columns[] = {
        { .title = "Finding", .width_pt = 66.0, .is_row_header = true },
        { .title = "Times", .align = BP_ALIGN_RIGHT, .width_pt = 46.0 },
        { .title = "What it is", .width_share = 1.0 },
        { .title = "What to do", .width_share = 1.1 },
    };
    const BpBuild *build = context->build;
    const BpFindingList *findings = build->snapshot->findings;
    BpPack *pack = build->pack;
    guint total = bp_finding_list_length (findings);
    int limit = bp_section_limit (context);
    guint at = 0;
    BpNode *table = bp_pack_add_table (pack, context->node, BP_TABLE_FULL, "Findings in the data", columns, G_N_ELEMENTS (columns));

    for (int rows = 0; at < total && rows < limit; rows++)
    {
        const BpFinding *finding = bp_finding_list_get (findings, at);
        const BpFindingKind *kind = bp_finding_kind_get (finding->code);
        guint same = bp_finding_list_count_alike (findings, at);
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, NULL);
        bp_cell_add (pack, &row->cells[0], BP_LINE_MAIN, bp_value_sign (sign_of (finding->level), level_word (finding->level)));
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_SECOND, kind->id);
        bp_cell_add (pack, &row->cells[1], BP_LINE_MAIN, bp_value_count (same));
        bp_cell_add_text (pack, &row->cells[2], BP_LINE_MAIN, bp_words_sentence (pack, kind->title));
        bp_cell_add_text (pack, &row->cells[3], BP_LINE_MAIN, bp_words_is_blank (kind->advice) ? "None" : kind->advice);
        at += same;
    }
    table->as.table.footnote
        = bp_pack_format (pack,
                          "%u of %s shown. The workbook, sheet Data_Quality, counts all of them. Where each stands, and "
                          "its cell as typed, are not published.",
                          at, bp_words_count (pack, (int)total, "finding", "findings"));
}

/* What the findings after the first so many are: "34 to check and 46 notes"; NULL if there are none. */
static const char *rest_words (const BpBuild *build, guint shown)
{
    const BpFindingList *findings = build->snapshot->findings;
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) words = g_ptr_array_new ();
    int errors = 0, checks = 0, notes = 0;

    for (guint i = shown; i < bp_finding_list_length (findings); i++)
    {
        const BpLevel level = bp_finding_list_get (findings, i)->level;
        errors += level == BP_LEVEL_ERROR;
        checks += level == BP_LEVEL_CHECK;
        notes += level == BP_LEVEL_NOTE;
    }
    if (errors > 0)
        g_ptr_array_add (words, (gpointer)bp_words_count (pack, errors, "error", "errors"));
    if (checks > 0)
        g_ptr_array_add (words, (gpointer)bp_pack_format (pack, "%d to check", checks));
    if (notes > 0)
        g_ptr_array_add (words, (gpointer)bp_words_count (pack, notes, "note", "notes"));
    return words->len > 0 ? bp_words_joined (pack, words, 0) : NULL;
}

static void add_findings (BpSectionContext *context)
{
    const BpTableColumn columns[] = {
        { .title = "Finding", .width_pt = 66.0, .is_row_header = true },
        { .title = "Where", .width_pt = 92.0 },
        { .title = "As typed", .width_share = 0.55 },
        { .title = "What this pack does", .width_share = 1.4 },
        { .title = "What to do", .width_share = 1.1 },
    };
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    guint total = bp_finding_list_length (build->snapshot->findings);

    if (total == 0)
    {
        bp_pack_add_heading (pack, context->node, 2, "Findings", NULL);
        bp_section_add_standing (context, NULL);
        return;
    }
    bool is_cut = bp_section_layout_find (context->options, "limit") != NULL;
    bp_pack_add_heading (pack, context->node, 2, is_cut ? "Main findings" : "Findings", NULL);
    if (bp_release_is_withholding (build->release))
    {
        add_finding_counts (context);
        return;
    }
    BpNode *table = bp_pack_add_table (pack, context->node, BP_TABLE_FULL, "Findings in the data", columns, G_N_ELEMENTS (columns));
    guint shown = add_finding_rows (build, table, bp_section_limit (context));
    const char *rest = rest_words (build, shown);
    const char *shorthand = bp_table_shorthand_note (build, table);
    table->as.table.footnote
        = bp_pack_format (pack, "%u of %s shown%s%s. Each has a row of its own in the workbook, sheet Data_Quality.%s%s", shown,
                          bp_words_count (pack, (int)total, "finding", "findings"), rest != NULL ? "; the rest: " : "",
                          rest != NULL ? rest : "", shorthand != NULL ? " " : "", shorthand != NULL ? shorthand : "");
}

/* ---- claims ---- */

static BpValue stated_value (const BpClaim *claim)
{
    if (g_strcmp0 (claim->unit, "percent") == 0)
    {
        BpValue value = bp_value_percent (claim->stated, claim->stated_decimals);
        return value;
    }
    return bp_value_number (claim->stated, claim->stated_decimals, NULL);
}

static const char *computed_text (const BpBuild *build, const BpClaim *claim)
{
    BpPack *pack = build->pack;

    if (bp_release_hides_claim (build->release, claim))
        return "[c], small numbers";
    if (!claim->has_computed)
        return bp_words_is_blank (claim->reason) ? "[x]" : bp_pack_format (pack, "[x], %s", bp_words_lower_first (pack, claim->reason));
    g_autofree char *number = bp_number_dup_text (claim->computed, claim->stated_decimals);
    bool is_percent = g_strcmp0 (claim->unit, "percent") == 0;
    return bp_pack_format (pack, "%s%s%s%s", number, is_percent ? "%" : "", bp_words_is_blank (claim->working) ? "" : ", ",
                           bp_words_is_blank (claim->working) ? "" : claim->working);
}

static BpValue result_value (const BpClaim *claim)
{
    switch (claim->result)
    {
    case BP_CLAIM_AGREES:
        return bp_value_sign (BP_SIGN_AGREES, "Agrees");
    case BP_CLAIM_DISAGREES:
        return bp_value_sign (BP_SIGN_ERROR, "Disagrees");
    case BP_CLAIM_NOT_TESTABLE:
        return bp_value_sign (BP_SIGN_CHECK, "Not tested");
    }
    g_assert_not_reached ();
}

static void add_claims (BpSectionContext *context)
{
    const BpTableColumn columns[] = {
        { .title = "Claim", .width_share = 1.2, .is_row_header = true },
        { .title = "As stated", .align = BP_ALIGN_RIGHT, .width_pt = 72.0 },
        { .title = "From the data", .width_share = 1.2 },
        { .title = "Result", .width_pt = 86.0 },
    };
    const BpBuild *build = context->build;
    const GPtrArray *claims = build->snapshot->claims;
    BpPack *pack = build->pack;
    int counts[3] = { 0 };
    bool is_cut = bp_section_layout_find (context->options, "limit") != NULL;

    if (claims->len == 0)
        return;
    for (guint i = 0; i < claims->len; i++)
        counts[((const BpClaim *)g_ptr_array_index (claims, i))->result]++;
    bp_pack_add_heading (pack, context->node, 2, "Figures in the text, computed again",
                         bp_pack_format (pack, "%d of %u agree, %d %s, %d not tested", counts[BP_CLAIM_AGREES], claims->len,
                                         counts[BP_CLAIM_DISAGREES], bp_words_pick (counts[BP_CLAIM_DISAGREES], "disagrees", "disagree"),
                                         counts[BP_CLAIM_NOT_TESTABLE]));
    /* A short section names those that need a look; a full one names all. */
    if (is_cut && counts[BP_CLAIM_AGREES] == (int)claims->len)
    {
        bp_pack_add_paragraph (pack, context->node, BP_PARAGRAPH_STANDING, "Every figure in the text agrees with the data.");
        return;
    }
    BpNode *table
        = bp_pack_add_table (pack, context->node, BP_TABLE_FULL, "Claims computed again from the data", columns, G_N_ELEMENTS (columns));
    for (guint i = 0; i < claims->len; i++)
    {
        const BpClaim *claim = g_ptr_array_index (claims, i);
        if (is_cut && claim->result == BP_CLAIM_AGREES)
            continue;
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, claim->id);
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_MAIN, claim->text);
        bp_cell_add (pack, &row->cells[1], BP_LINE_MAIN, stated_value (claim));
        bp_cell_add_text (pack, &row->cells[2], BP_LINE_MAIN, computed_text (build, claim));
        if (claim->has_computed && !bp_words_is_blank (claim->reason) && !bp_release_hides_claim (build->release, claim))
            bp_cell_add_text (pack, &row->cells[2], BP_LINE_SECOND, claim->reason);
        bp_cell_add (pack, &row->cells[3], BP_LINE_MAIN, result_value (claim));
        bp_build_mark_printed (build, claim);
    }
    table->as.table.footnote
        = is_cut && counts[BP_CLAIM_AGREES] > 0 ? bp_pack_format (
              pack, "Computed before rounding, on periods of the same kind. The %d that agree are in the workbook, sheet Claims.",
              counts[BP_CLAIM_AGREES])
                                                : "Computed before rounding, on periods of the same kind.";
}

/* The short form: what was loaded, how many findings, and the figures in the text that the data do not bear out. */
static void add_lines (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    const BpSnapshot *snapshot = build->snapshot;
    BpPack *pack = build->pack;
    const BpLoadCount *actions = &snapshot->loaded[BP_TABLE_ACTIONS];
    const BpLoadCount *values = &snapshot->loaded[BP_TABLE_KPI_VALUES];
    int errors = (int)bp_finding_list_count (snapshot->findings, BP_LEVEL_ERROR);
    int checks = (int)bp_finding_list_count (snapshot->findings, BP_LEVEL_CHECK);
    int notes = (int)bp_finding_list_count (snapshot->findings, BP_LEVEL_NOTE);
    BpNode *list = bp_pack_add_list (pack, context->node, BP_LIST_BULLETS);
    int agree = 0;
    bool is_withheld = bp_release_is_withholding (build->release);

    bp_pack_add_entry (pack, list, NULL,
                       bp_pack_format (pack, "%d of %s and %d of %s were loaded.", actions->loaded,
                                       bp_words_count (pack, actions->seen, "action", "actions"), values->loaded,
                                       bp_words_count (pack, values->seen, "KPI value", "KPI values")));
    bp_pack_add_entry (pack, list, NULL,
                       bp_pack_format (pack,
                                       is_withheld ? "%s, %d to check, %s: each kind is counted in the workbook, sheet Data_Quality."
                                                   : "%s, %d to check, %s: each has a row in the workbook, sheet Data_Quality.",
                                       bp_words_count (pack, errors, "error", "errors"), checks,
                                       bp_words_count (pack, notes, "note", "notes")));
    for (guint i = 0; !is_withheld && i < bp_finding_list_length (snapshot->findings); i++)
    {
        const BpFinding *finding = bp_finding_list_get (snapshot->findings, i);
        if (finding->level != BP_LEVEL_ERROR || bp_release_hides_finding (build->release, finding))
            continue;
        bp_pack_add_entry (pack, list, NULL, bp_pack_format (pack, "Error: %s", finding->text));
        bp_build_mark_printed (build, finding);
    }
    for (guint i = 0; i < snapshot->claims->len; i++)
        agree += ((const BpClaim *)g_ptr_array_index (snapshot->claims, i))->result == BP_CLAIM_AGREES;
    if (snapshot->claims->len > 0)
        bp_pack_add_entry (pack, list, NULL,
                           bp_pack_format (pack, "%d of %s in the programme's texts %s with the data: sheet Claims.", agree,
                                           bp_words_count (pack, (int)snapshot->claims->len, "figure", "figures"),
                                           bp_words_pick_of (agree, (int)snapshot->claims->len, "agrees", "agree")));
}

void bp_section_build_data_quality (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    const BpSnapshot *snapshot = build->snapshot;
    BpPack *pack = build->pack;
    int left_out = (int)bp_finding_list_count_quarantined (snapshot->findings);
    int attention
        = (int)(bp_finding_list_count (snapshot->findings, BP_LEVEL_ERROR) + bp_finding_list_count (snapshot->findings, BP_LEVEL_CHECK));
    const BpLoadCount *actions = &snapshot->loaded[BP_TABLE_ACTIONS];
    const char *loaded = left_out == 0 ? "Everything was loaded"
                                       : bp_pack_format (pack, "%s %s left out", bp_words_number (pack, left_out, true),
                                                         bp_words_pick (left_out, "row was", "rows were"));

    if (attention == 0)
        bp_section_set_headline (context, bp_pack_format (pack, "%s; nothing needs attention", loaded));
    else
        bp_section_set_headline (context, bp_pack_format (pack, "%s; %s %s attention", loaded, bp_words_number (pack, attention, false),
                                                          bp_words_pick (attention, "item needs", "items need")));
    bp_section_set_message (context, bp_pack_format (pack, "%d of %d %s loaded, %d %s attention", actions->loaded, actions->seen,
                                                     bp_words_pick (actions->seen, "action", "actions"), attention,
                                                     bp_words_pick (attention, "needs", "need")));
    if (bp_section_is_in_lines (context))
    {
        add_lines (context);
        return;
    }
    add_counters (context);
    add_findings (context);
    add_claims (context);
}
