#include "pack/sections/section.h"

#include "domain/programme.h"
#include "domain/snapshot.h"
#include "pack/mark.h"
#include "pack/wording.h"

static void add_statuses (const BpBuild *build, BpNode *section)
{
    const BpTableColumn columns[] = {
        { .title = "Status", .width_pt = 150.0, .is_row_header = true },
        { .title = "What it means", .width_share = 1.0 },
        { .title = "Counts as", .width_pt = 70.0 },
    };
    BpPack *pack = build->pack;
    BpNode *table = bp_pack_add_table (pack, section, BP_TABLE_PANEL, "What each status means", columns, G_N_ELEMENTS (columns));

    for (guint i = 0; i < build->statuses->len; i++)
    {
        const BpStatus *status = g_ptr_array_index (build->statuses, i);
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, status->code);
        bp_cell_add (pack, &row->cells[0], BP_LINE_MAIN, bp_value_status (bp_mark_of_status (status)));
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN,
                          status->meaning != NULL && *status->meaning != '\0' ? status->meaning : "No meaning given");
        bp_cell_add_text (pack, &row->cells[2], BP_LINE_MAIN, bp_words_counts_as (status));
        bp_build_mark_printed (build, status);
    }
}

static void add_movements (const BpBuild *build, BpNode *section)
{
    const BpTableColumn columns[] = {
        { .title = "Movement", .width_pt = 150.0, .is_row_header = true },
        { .title = "What it means", .width_share = 1.0 },
    };
    const struct
    {
        BpDirection direction;
        BpJudgement judgement;
        const char *word, *meaning;
    } movements[] = {
        { BP_DIRECTION_UP, BP_JUDGEMENT_GOOD, "Improved", "The figure moved the way we want; the arrow shows which way it moved." },
        { BP_DIRECTION_DOWN, BP_JUDGEMENT_BAD, "Worse", "The figure moved the other way." },
        { BP_DIRECTION_LEVEL, BP_JUDGEMENT_NEUTRAL, "Same", "No change, or a change within the stated margin." },
        { BP_DIRECTION_NONE, BP_JUDGEMENT_NONE, "Nothing to compare",
          "No value, no baseline, or two values that are not of the same kind." },
    };
    BpPack *pack = build->pack;
    BpNode *table = bp_pack_add_table (pack, section, BP_TABLE_PANEL, "What each movement means", columns, G_N_ELEMENTS (columns));

    for (gsize i = 0; i < G_N_ELEMENTS (movements); i++)
    {
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, NULL);
        bp_cell_add (pack, &row->cells[0], BP_LINE_MAIN,
                     bp_value_movement (movements[i].direction, movements[i].judgement, movements[i].word));
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, movements[i].meaning);
    }
}

void bp_key_add_tables (const BpBuild *build, BpNode *section)
{
    add_statuses (build, section);
    bp_pack_add_paragraph (
        build->pack, section, BP_PARAGRAPH_CAPTION,
        "Statuses are as reported by leads, and counted so. Where dates and updates say otherwise, \u201cDates say\u201d stands "
        "beside.");
    add_movements (build, section);
    bp_pack_add_paragraph (build->pack, section, BP_PARAGRAPH_CAPTION,
                           "Shorthand in tables: [c] hidden to protect people, [x] not available, [z] does not apply, [low] not nought but "
                           "rounds to nought, [p] provisional, [r] revised, [e] estimated, [b] break in the series, \u2020 compared with "
                           "another time of the year. An asterisk after a reference means that it was missing in the plan and has been "
                           "inferred. No baseline: no earlier value was set to compare with. Not compared: the two values are not of the "
                           "same kind, or a period is not known. Hidden: left out to protect people. Stale: a newer value is overdue.");
    /* Who reads the pages alone must know what is hidden from them, and by which rule. */
    for (guint i = 0; i < build->pack->notes->len; i++)
        bp_pack_add_paragraph (build->pack, section, BP_PARAGRAPH_CAPTION, g_ptr_array_index (build->pack->notes, i));
}

void bp_section_build_key (BpSectionContext *context)
{
    bp_section_set_message (context, "Statuses, movements and shorthand");
    bp_key_add_tables (context->build, context->node);
}
