#include "base/text.h"
#include "domain/snapshot.h"
#include "pack/mark.h"
#include "pack/sections/action_columns.h"
#include "pack/sections/changes.h"
#include "pack/sections/grouping.h"
#include "pack/sections/kpi_columns.h"
#include "pack/sections/section.h"
#include "pack/wording.h"

/* What fits one page; the rest is counted, and stands in the tracker or the workbook. */
#define MOST_CHANGES 5
#define MOST_MEASURES 4
#define MOST_STEPS 4
#define MOST_CARDS 3

static void
add_more_note (const BpBuild *build, BpNode *section, int more, const char *type, const char *place, const char *sheet)
{
    if (more <= 0)
        return;
    const char *where = bp_build_has_section (build, type) ? place : bp_pack_format (build->pack, "in the workbook, sheet %s", sheet);
    bp_pack_add_paragraph (build->pack, section, BP_PARAGRAPH_CAPTION, bp_pack_format (build->pack, "%d more %s.", more, where));
}

/* "6 of 11 actions are complete, two off track". */
static const char *
area_headline (const BpBuild *build, const BpActionCounts *counts)
{
    BpPack *pack = build->pack;
    int off_track = 0;
    int at_risk = 0;
    int silent = counts->without_update;

    if (counts->total == 0)
        return NULL;
    if (counts->done == counts->total)
        return counts->total == 1 ? "The one action is complete" : bp_pack_format (pack, "All %d actions are complete", counts->total);
    for (guint i = 0; i < build->statuses->len; i++)
        {
            const BpStatus *status = g_ptr_array_index (build->statuses, i);
            off_track += status->severity == BP_SEVERITY_OFF_TRACK ? bp_counts_of (counts, status) : 0;
            at_risk += status->severity == BP_SEVERITY_AT_RISK ? bp_counts_of (counts, status) : 0;
        }
    const char *start = bp_pack_format (pack, "%d of %d actions %s complete", counts->done, counts->total, bp_words_pick (counts->done, "is", "are"));
    if (off_track > 0)
        return bp_pack_format (pack, "%s, %s off track", start, bp_words_number (pack, off_track, false));
    if (silent > 0)
        return bp_pack_format (pack, "%s, %s without an update", start, bp_words_number (pack, silent, false));
    if (at_risk > 0)
        return bp_pack_format (pack, "%s, %s at risk", start, bp_words_number (pack, at_risk, false));
    return bp_pack_format (pack, "%s, none off track", start);
}

static void
add_status (const BpBuild *build, BpNode *section, const BpArea *area, const BpActionCounts *counts)
{
    BpPack *pack = build->pack;
    const char *source = bp_pack_format (pack, "%d of %d actions: %s", counts->total, build->snapshot->counts.total, counts->total > 0 ? bp_words_status_counts (build, counts) : "none");

    bp_section_add_status_bar (build, section, counts, NULL, source, bp_pack_format (pack, "actions.area.%s", area->key));
    BpNode *facts = bp_pack_add_list (pack, section, BP_LIST_FACTS);
    const char *lead = bp_words_is_blank (area->lead) ? "No lead named" : area->lead;
    BpListEntry *entry = bp_pack_add_entry (pack, facts, "Lead", lead);
    entry->value = bp_pack_value (pack, bp_value_text (lead));
}

static void
add_changes (const BpBuild *build, BpNode *section, const GPtrArray *actions, const BpArea *area)
{
    const BpTableColumn columns[] = {
        { .title = "Ref", .width_pt = 48.0, .is_row_header = true },
        { .title = "What changed", .width_share = 1.0 },
        { .title = "Change", .width_pt = 150.0 },
    };
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) narrative = bp_build_dup_narrative (build, BP_NARRATIVE_CHANGE, area);
    BpNode *table = NULL;
    int count = 0;

    bp_pack_add_heading (pack, section, 2, "Changes within the last reporting period", NULL);
    for (guint i = 0; i < actions->len; i++)
        {
            const BpAction *action = g_ptr_array_index (actions, i);
            bool has_new_status = bp_action_has_new_status (action);
            if (!action->has_changed && !has_new_status && !bp_action_has_moved_since (build, action, NULL))
                continue;
            count++;
            if (count > MOST_CHANGES)
                continue;
            if (table == NULL)
                table = bp_pack_add_table (pack, section, BP_TABLE_ROWS, "Changes within the last reporting period", columns, G_N_ELEMENTS (columns));
            BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, action->key);
            bp_cell_add_action_ref (build, &row->cells[0], action);
            bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, bp_words_sentence (pack, bp_words_action_title (pack, action, 70)));
            bp_cell_add_text (pack, &row->cells[1], BP_LINE_SECOND, bp_changes_text (build, action));
            if (has_new_status)
                bp_cell_add (pack, &row->cells[2], BP_LINE_MAIN, bp_value_status_change (bp_mark_of_status (action->previous_status), bp_mark_of_status (action->status)));
            else
                bp_cell_add (pack, &row->cells[2], BP_LINE_MAIN, bp_value_status (bp_mark_of_status (action->status)));
            bp_build_mark_printed (build, action);
        }
    add_more_note (build, section, count - MOST_CHANGES, "action-tracker", "in the action tracker", "Actions");
    if (narrative->len > 0)
        {
            BpNode *list = bp_pack_add_list (pack, section, BP_LIST_BULLETS);
            for (guint i = 0; i < narrative->len; i++)
                {
                    const BpNarrative *line = g_ptr_array_index (narrative, i);
                    bp_pack_add_entry (pack, list, NULL, bp_words_sentence (pack, line->text));
                    bp_build_mark_printed (build, line);
                }
        }
    if (count == 0 && narrative->len == 0)
        bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_STANDING, bp_changes_standing (build, actions));
}

/* Headline measures first, then those that test a finding, then the rest. */
static int
compare_weight (gconstpointer left, gconstpointer right, gpointer unused)
{
    const BpKpi *a = *(const BpKpi *const *) left;
    const BpKpi *b = *(const BpKpi *const *) right;
    int weight_a = a->is_headline * 2 + (a->recommendations != NULL && a->recommendations->len > 0) * 2 + (a->latest != NULL);
    int weight_b = b->is_headline * 2 + (b->recommendations != NULL && b->recommendations->len > 0) * 2 + (b->latest != NULL);

    (void) unused;
    return weight_b - weight_a;
}

static void
add_measures (const BpBuild *build, BpNode *section, const BpArea *area)
{
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) kpis = bp_build_dup_area_kpis (build, area);
    int more = (int) kpis->len - MOST_MEASURES;

    bp_pack_add_heading (pack, section, 2, "Measures", NULL);
    if (kpis->len == 0)
        {
            bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_STANDING, "No measure belongs to this area.");
            return;
        }
    /* Stable, as GLib documents of this sort. */
    g_ptr_array_sort_with_data (kpis, compare_weight, NULL);
    if (more > 0)
        g_ptr_array_set_size (kpis, MOST_MEASURES);
    bp_section_add_measure_panel (build, section, kpis, "Measures of the area");
    add_more_note (build, section, more, "kpi-scorecard", "in the scorecard", "KPIs");
}

static int
compare_due (gconstpointer left, gconstpointer right)
{
    const BpAction *a = *(const BpAction *const *) left;
    const BpAction *b = *(const BpAction *const *) right;
    BpDate due_a = a->next_due != BP_DATE_NONE ? a->next_due : G_MAXINT;
    BpDate due_b = b->next_due != BP_DATE_NONE ? b->next_due : G_MAXINT;

    if (due_a != due_b)
        return due_a < due_b ? -1 : 1;
    return bp_ref_compare (a->ref, b->ref);
}

static void
add_step_rows (const BpBuild *build, BpNode *section, GPtrArray *steps)
{
    const BpTableColumn columns[] = {
        { .title = "Step", .width_share = 1.0, .is_row_header = true },
        { .title = "Owner", .width_pt = 130.0 },
        { .title = "Date", .align = BP_ALIGN_RIGHT, .width_pt = 106.0 },
    };
    BpPack *pack = build->pack;
    BpNode *table = bp_pack_add_table (pack, section, BP_TABLE_ROWS, "Key next steps", columns, G_N_ELEMENTS (columns));

    for (guint i = 0; i < steps->len && i < MOST_STEPS; i++)
        {
            const BpAction *action = g_ptr_array_index (steps, i);
            BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, action->key);
            bp_cell_add_text (pack, &row->cells[0], BP_LINE_MAIN, bp_words_sentence (pack, action->latest->next_step));
            bp_cell_add_text (pack, &row->cells[0], BP_LINE_SECOND, bp_words_action_ref (build, action));
            bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, bp_action_owner (action));
            bp_cell_add_text (pack, &row->cells[2], BP_LINE_MAIN, bp_action_back_by (build, action));
        }
    add_more_note (build, section, (int) steps->len - MOST_STEPS, "none", "", "Actions");
}

static void
add_next_steps (const BpBuild *build, BpNode *section, const GPtrArray *actions, const BpArea *area)
{
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) narrative = bp_build_dup_narrative (build, BP_NARRATIVE_NEXT_STEP, area);
    g_autoptr (GPtrArray) steps = g_ptr_array_new ();

    bp_pack_add_heading (pack, section, 2, "Key next steps", NULL);
    for (guint i = 0; i < actions->len; i++)
        {
            BpAction *action = g_ptr_array_index (actions, i);
            if (!action->is_done && action->latest != NULL && !bp_words_is_blank (action->latest->next_step))
                g_ptr_array_add (steps, action);
        }
    g_ptr_array_sort (steps, compare_due);
    if (narrative->len > 0)
        {
            BpNode *list = bp_pack_add_list (pack, section, BP_LIST_BULLETS);
            for (guint i = 0; i < narrative->len; i++)
                {
                    const BpNarrative *line = g_ptr_array_index (narrative, i);
                    bp_pack_add_entry (pack, list, NULL, bp_words_sentence (pack, line->text));
                    bp_build_mark_printed (build, line);
                }
        }
    if (steps->len > 0)
        add_step_rows (build, section, steps);
    else if (narrative->len == 0)
        bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_STANDING, "No next step has been reported.");
}

static void
add_exceptions (const BpBuild *build, BpNode *section, const GPtrArray *actions)
{
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) exceptions = bp_snapshot_exceptions (build->snapshot, actions);
    int shown = MIN ((int) exceptions->len, MOST_CARDS);

    bp_pack_add_heading (pack, section, 2, "Exceptions", NULL);
    if (exceptions->len == 0)
        bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_STANDING, "No exceptions this period.");
    for (int i = 0; i < shown; i++)
        {
            bp_section_add_action_card (build, section, g_ptr_array_index (exceptions, i));
            bp_build_mark_printed (build, g_ptr_array_index (exceptions, i));
        }
    add_more_note (build, section, (int) exceptions->len - shown, "exceptions", "in the exceptions", "Actions");
}

static void
add_area_page (BpSectionContext *context, const BpArea *area)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    const char *label = bp_words_area_label (build, area);
    BpNode *node = bp_pack_add_section (pack, context->section->children, bp_pack_format (pack, "%s/%s", context->section->id, area->key),
                                        bp_pack_format (pack, "%s: %s", label, bp_words_lower_first (pack, area->title)));
    g_autoptr (GPtrArray) actions = bp_area_dup_all_actions (area);
    BpActionCounts counts = bp_snapshot_count (build->snapshot, actions);

    node->as.section.label = bp_pack_text (pack, label);
    node->as.section.message = bp_pack_text (pack, area->short_title);
    node->as.section.headline = area_headline (build, &counts);
    node->as.section.is_landscape = context->section->is_landscape;
    node->as.section.page_budget = 1;
    add_status (build, node, area, &counts);
    add_changes (build, node, actions, area);
    bp_section_add_narrative (build, node, "Impact", BP_NARRATIVE_IMPACT, area, "No impact was reported this period.");
    add_measures (build, node, area);
    add_next_steps (build, node, actions, area);
    add_exceptions (build, node, actions);
    bp_action_counts_clear (&counts);
}

void
bp_section_build_area_pages (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) areas = bp_section_dup_areas (context);
    int count = MIN ((int) areas->len, bp_section_limit (context));

    bp_section_set_headline (context, NULL);
    if (count == 0)
        {
            bp_section_add_standing (context, NULL);
            return;
        }
    bp_section_set_message (context, count == 1 ? bp_pack_format (pack, "%s", ((const BpArea *) g_ptr_array_index (areas, 0))->short_title)
                                                : bp_pack_format (pack, "One page for each of %s areas", bp_words_number (pack, count, false)));
    /* The programme's own reports begin with these two; a pack without a page of changes has them here. */
    if (count > 1 && !bp_build_has_section (build, "changes"))
        {
            bp_section_add_narrative (build, context->node, "Overall achievements", BP_NARRATIVE_ACHIEVEMENT, NULL, "No overall achievements were reported this period.");
            bp_section_add_narrative (build, context->node, "Overall challenges", BP_NARRATIVE_CHALLENGE, NULL, "No overall challenges were reported this period.");
        }
    for (int i = 0; i < count; i++)
        add_area_page (context, g_ptr_array_index (areas, (guint) i));
    bp_section_add_cut_note (context, count, (int) areas->len, "areas", "Actions");
}
