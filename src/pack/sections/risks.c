#include "base/text.h"
#include "domain/snapshot.h"
#include "pack/release.h"
#include "pack/sections/section.h"
#include "pack/wording.h"

static bool is_in_areas (const BpSectionContext *context, const BpRisk *risk)
{
    const char *wanted = bp_section_layout_find (context->options, "areas");

    if (wanted == NULL)
        return true;
    g_auto (GStrv) areas = bp_text_split_list (wanted, '|');
    for (const BpArea *at = risk->area; at != NULL; at = at->parent)
        for (int i = 0; areas[i] != NULL; i++)
            if (g_ascii_strcasecmp (areas[i], at->key) == 0 || g_ascii_strcasecmp (areas[i], at->ref) == 0)
                return true;
    return false;
}

static void add_score (const BpBuild *build, BpCell *cell, const BpRisk *risk)
{
    BpPack *pack = build->pack;

    if (risk->score == 0)
    {
        bp_cell_add (pack, cell, BP_LINE_MAIN, bp_value_shorthand ("[x]"));
        return;
    }
    bp_cell_add (pack, cell, BP_LINE_STRONG, bp_value_of (risk->score, 25));
    bp_cell_add_text (pack, cell, BP_LINE_SECOND, bp_pack_format (pack, "%d × %d", risk->likelihood, risk->impact));
}

static void add_change (const BpBuild *build, BpCell *cell, const BpRisk *risk)
{
    BpPack *pack = build->pack;

    if (risk->previous_score == 0 || risk->score == 0)
        bp_cell_add_text (pack, cell, BP_LINE_SECOND, "New");
    else if (risk->score == risk->previous_score)
        bp_cell_add_text (pack, cell, BP_LINE_SECOND, "None");
    else
    {
        bp_cell_add_text (pack, cell, BP_LINE_MAIN, risk->score > risk->previous_score ? "Risen" : "Fallen");
        bp_cell_add_text (pack, cell, BP_LINE_SECOND, bp_pack_format (pack, "was %d", risk->previous_score));
    }
}

static void add_table (BpSectionContext *context, const GPtrArray *risks, int shown)
{
    const BpTableColumn columns[] = {
        { .title = "Risk", .width_share = 1.0, .is_row_header = true },
        { .title = "Score", .align = BP_ALIGN_RIGHT, .width_pt = 56.0 },
        { .title = "Change", .width_pt = 60.0 },
        { .title = "What is done about it", .width_share = 1.1 },
        { .title = "Owner", .width_share = 0.7 },
    };
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    BpNode *table
        = bp_pack_add_table (pack, context->node, BP_TABLE_FULL, "Open risks, highest score first", columns, G_N_ELEMENTS (columns));

    for (int i = 0; i < shown; i++)
    {
        const BpRisk *risk = g_ptr_array_index (risks, (guint)i);
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, risk->id);
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_MAIN, risk->title);
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_SECOND,
                          risk->area != NULL ? bp_pack_format (pack, "%s, %s", risk->id, risk->area->short_title) : risk->id);
        add_score (build, &row->cells[1], risk);
        add_change (build, &row->cells[2], risk);
        bp_cell_add_text (pack, &row->cells[3], bp_words_is_blank (risk->mitigation) ? BP_LINE_STRONG : BP_LINE_MAIN,
                          bp_words_is_blank (risk->mitigation) ? "No mitigation given" : risk->mitigation);
        bp_cell_add_text (pack, &row->cells[4], bp_words_is_blank (risk->owner) ? BP_LINE_STRONG : BP_LINE_MAIN,
                          bp_words_is_blank (risk->owner) ? "No owner" : bp_snapshot_short_lead (context->build->snapshot, risk->owner));
        bp_build_mark_printed (build, risk);
    }
    table->as.table.footnote = "Score: likelihood × impact, each from 1 to 5.";
}

/* "risks"; of one area "area 5 risks", since there are more in the programme. */
static const char *noun_of (const BpSectionContext *context, int count)
{
    const BpBuild *build = context->build;
    const char *wanted = bp_section_layout_find (context->options, "areas");
    const BpArea *area = wanted != NULL ? bp_snapshot_find_area (build->snapshot, wanted) : NULL;
    const char *noun = bp_words_pick (count, "risk", "risks");

    if (wanted == NULL)
        return noun;
    if (area == NULL)
        return bp_pack_format (build->pack, "%s of these areas", noun);
    return bp_pack_format (build->pack, "%s %s", bp_words_lower_first (build->pack, bp_words_area_label (build, area)), noun);
}

void bp_section_build_risks (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    const BpSnapshot *snapshot = build->snapshot;
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) risks = g_ptr_array_new ();
    int risen = 0;

    bp_section_set_headline (context, NULL);
    if (snapshot->risks->len > 0 && bp_release_is_withholding (build->release))
    {
        bp_section_add_withheld (context, "Risks are not published.");
        return;
    }
    for (guint i = 0; i < snapshot->risks->len; i++)
    {
        BpRisk *risk = g_ptr_array_index (snapshot->risks, i);
        if (!risk->is_open || !is_in_areas (context, risk))
            continue;
        g_ptr_array_add (risks, risk);
        risen += risk->previous_score > 0 && risk->score > risk->previous_score;
    }
    int total = (int)risks->len;
    int shown = MIN (total, bp_section_limit (context));
    if (total == 0)
    {
        bp_section_add_standing (context, snapshot->risks->len > 0 ? "No open risk here." : NULL);
        return;
    }
    if (risen > 0)
        bp_section_set_headline (context, bp_pack_format (pack, "%s of %s open %s %s risen", bp_words_number (pack, risen, true),
                                                          bp_words_number (pack, total, false), noun_of (context, total),
                                                          bp_words_pick (risen, "has", "have")));
    else
        bp_section_set_headline (
            context, bp_pack_format (pack, "%s open %s, none has risen", bp_words_number (pack, total, true), noun_of (context, total)));
    bp_section_set_message (context, bp_pack_format (pack, "%d open, %d risen", total, risen));
    add_table (context, risks, shown);
    bp_section_add_cut_note (context, shown, total, "open risks", "Risks");
}
