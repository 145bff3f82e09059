#include "base/text.h"
#include "domain/snapshot.h"
#include "pack/mark.h"
#include "pack/release.h"
#include "pack/sections/action_columns.h"
#include "pack/sections/ask_lines.h"
#include "pack/sections/asks.h"
#include "pack/sections/changes.h"
#include "pack/sections/exception_groups.h"
#include "pack/sections/grouping.h"
#include "pack/sections/kpi_columns.h"
#include "pack/sections/section.h"
#include "pack/wording.h"

#include <string.h>

/* What one page holds if its headings stand closer, in tenths of a line of body text, and what its parts take. Where there is more than
 * fits, each part gives way down to its least; the rest is counted beside the heading and stands in the tracker or the workbook. */
#define PAGE_TENTHS 500
#define FIXED_TENTHS 205 /* title, bar, five headings, header of the measures */
#define LONG_TITLE_TENTHS 16
#define LONG_TITLE_CHARS 42
#define CHANGE_TENTHS 24 /* what the action is, and below it what happened to it */
#define BULLET_TENTHS 13
#define MEASURE_TENTHS 22
#define STEP_TENTHS 17
#define CARD_TENTHS 40
#define ASK_TENTHS 10 /* each ask of a card */
#define MOST_BULLETS 2
#define MOST_CARDS 3
#define CHANGE_CHARS 72 /* one second line beside ref and change */

typedef struct
{
    int changes, measures, steps, cards;
} PartSizes;

/* What the area has to show. */
typedef struct
{
    GPtrArray *actions, *changed, *steps, *exceptions, *kpis; /* sorted */
    GPtrArray *change_texts, *impact_texts, *step_texts;      /* of BpNarrative */
    GPtrArray *asks;                                          /* of this meeting */
    int ask_rows[MOST_CARDS];                                 /* of each card */
    bool has_steps_in_cards;                                  /* with the ways back */
    bool has_long_title;
    PartSizes sizes;
} AreaParts;

/* What the actions themselves changed, and take as the next step with an owner and a date, tells more than the sentences about them: these
 * stand where there are none. */
static int change_bullets (const AreaParts *parts)
{
    return parts->changed->len > 0 ? 0 : MIN ((int)parts->change_texts->len, MOST_BULLETS);
}

static int step_bullets (const AreaParts *parts)
{
    return parts->steps->len > 0 ? 0 : MIN ((int)parts->step_texts->len, MOST_BULLETS);
}

static int tenths_of (const AreaParts *parts)
{
    int bullets = change_bullets (parts) + (int)parts->impact_texts->len + step_bullets (parts);
    const PartSizes *sizes = &parts->sizes;
    int ask_rows = 0;

    for (int i = 0; i < sizes->cards; i++)
        ask_rows += parts->ask_rows[i];

    return FIXED_TENTHS + (parts->has_long_title ? LONG_TITLE_TENTHS : 0) + sizes->changes * CHANGE_TENTHS + bullets * BULLET_TENTHS
           + sizes->measures * MEASURE_TENTHS + sizes->steps * STEP_TENTHS + sizes->cards * CARD_TENTHS + ask_rows * ASK_TENTHS;
}

static void fit_page (AreaParts *parts)
{
    const PartSizes least = { .changes = 3, .measures = 2, .steps = 1, .cards = 2 };
    PartSizes *sizes = &parts->sizes;

    sizes->changes = MIN ((int)parts->changed->len, 5);
    sizes->measures = MIN ((int)parts->kpis->len, 4);
    sizes->steps = MIN ((int)parts->steps->len, 4);
    sizes->cards = MIN ((int)parts->exceptions->len, MOST_CARDS);
    while (tenths_of (parts) > PAGE_TENTHS)
    {
        if (sizes->steps > least.steps)
            sizes->steps--;
        else if (sizes->changes > least.changes)
            sizes->changes--;
        else if (sizes->cards > least.cards)
            sizes->cards--;
        else if (sizes->measures > least.measures)
            sizes->measures--;
        else
            return;
    }
}

/* "3 of 7 shown; all in the workbook" for the right end of a heading; NULL if all are shown. section_type: where this pack itself has them
 * all, if it has such a section. */
static const char *shown_of (const BpBuild *build, int shown, int total, const char *section_type)
{
    if (shown >= total)
        return NULL;
    return bp_pack_format (build->pack, "%d of %d shown%s", shown, total,
                           bp_build_has_section (build, section_type) ? "" : "; all in the workbook");
}

/* What the table of areas says of one. */
static void mark_figures (const BpBuild *build, const BpArea *area, const BpActionCounts *counts)
{
    bp_build_mark_figure (build, "actions.area.%s.done", area->key);
    bp_build_mark_figure (build, "actions.area.%s.total", area->key);
    if (counts->changed > 0)
        bp_build_mark_figure (build, "actions.area.%s.changed", area->key);
    bp_build_mark_status_figures (build, counts, bp_pack_format (build->pack, "actions.area.%s", area->key));
}

/* "6 of 11 actions are complete, two off track". */
static const char *area_headline (const BpBuild *build, const BpActionCounts *counts)
{
    BpPack *pack = build->pack;
    int off_track = 0;
    int at_risk = 0;
    int silent = counts->without_update;

    if (counts->total == 0)
        return NULL;
    for (guint i = 0; i < build->statuses->len; i++)
    {
        const BpStatus *status = g_ptr_array_index (build->statuses, i);
        off_track += status->severity == BP_SEVERITY_OFF_TRACK ? bp_counts_of (counts, status) : 0;
        at_risk += status->severity == BP_SEVERITY_AT_RISK ? bp_counts_of (counts, status) : 0;
    }
    const char *start = bp_words_complete (pack, counts->done, counts->total, "action", "actions");
    if (counts->done == counts->total || counts->total == 1)
        return start;
    if (off_track > 0)
        return bp_pack_format (pack, "%s, %s off track", start, bp_words_number (pack, off_track, false));
    if (silent > 0)
        return bp_pack_format (pack, "%s, %s without an update", start, bp_words_number (pack, silent, false));
    if (at_risk > 0)
        return bp_pack_format (pack, "%s, %s at risk", start, bp_words_number (pack, at_risk, false));
    return bp_pack_format (pack, "%s, none off track", start);
}

static void add_status (const BpBuild *build, BpNode *section, const BpArea *area, const BpActionCounts *counts)
{
    BpPack *pack = build->pack;
    const char *source = bp_pack_format (pack, "%d of %s: %s", counts->total,
                                         bp_words_count (build->pack, build->snapshot->counts.total, "action", "actions"),
                                         counts->total > 0 ? bp_words_status_counts (build, counts) : "none");

    bp_section_add_status_bar (build, section, counts, NULL, source, bp_pack_format (pack, "actions.area.%s", area->key));
    bp_build_mark_figure (build, "actions.area.%s.done", area->key); /* the headline's */
    BpNode *facts = bp_pack_add_list (pack, section, BP_LIST_FACTS);
    const char *lead = bp_words_is_blank (area->lead) ? "No lead named for the area" : area->lead;
    BpListEntry *entry = bp_pack_add_entry (pack, facts, "Lead", lead);
    entry->value = bp_pack_value (pack, bp_value_text (lead));
}

/* Headline measures first, then those that test a finding, then the rest. */
static int compare_weight (gconstpointer left, gconstpointer right, gpointer unused)
{
    const BpKpi *a = *(const BpKpi *const *)left;
    const BpKpi *b = *(const BpKpi *const *)right;
    int weight_a = a->is_headline * 2 + (a->recommendations != NULL && a->recommendations->len > 0) * 2 + (a->latest != NULL);
    int weight_b = b->is_headline * 2 + (b->recommendations != NULL && b->recommendations->len > 0) * 2 + (b->latest != NULL);

    (void)unused;
    return weight_b - weight_a;
}

/* The date that is printed beside a step. */
static BpDate step_date (const BpBuild *build, const BpAction *action)
{
    if (action->forecast != BP_DATE_NONE)
        return action->forecast;
    return action->due != BP_DATE_NONE && action->due >= build->snapshot->as_of ? action->due : G_MAXINT;
}

static int compare_step (gconstpointer left, gconstpointer right, gpointer build)
{
    const BpAction *a = *(const BpAction *const *)left;
    const BpAction *b = *(const BpAction *const *)right;
    const BpDate date_a = step_date (build, a);
    const BpDate date_b = step_date (build, b);

    if (date_a != date_b)
        return date_a < date_b ? -1 : 1;
    return bp_ref_compare (a->ref, b->ref);
}

static bool is_among (const GPtrArray *actions, guint count, const BpAction *action)
{
    for (guint i = 0; i < actions->len && i < count; i++)
        if (g_ptr_array_index (actions, i) == action)
            return true;
    return false;
}

/* By date. What a card below says, which has the way back of its action, is not said twice. None where next steps are withheld. */
static GPtrArray *dup_steps (const BpBuild *build, const GPtrArray *actions, const GPtrArray *exceptions, bool *in_cards_out)
{
    GPtrArray *steps = g_ptr_array_new ();

    if (bp_release_is_withholding (build->release))
        return steps;
    for (guint i = 0; i < actions->len; i++)
    {
        BpAction *action = g_ptr_array_index (actions, i);
        if (action->is_done || action->latest == NULL || bp_words_is_blank (action->latest->next_step))
            continue;
        if (is_among (exceptions, MOST_CARDS, action))
            *in_cards_out = true;
        else
            g_ptr_array_add (steps, action);
    }
    g_ptr_array_sort_with_data (steps, compare_step, (gpointer)build);
    return steps;
}

static GPtrArray *dup_changed (const BpBuild *build, const GPtrArray *actions)
{
    GPtrArray *changed = g_ptr_array_new ();

    for (guint i = 0; i < actions->len; i++)
    {
        BpAction *action = g_ptr_array_index (actions, i);
        if (action->has_changed || bp_action_has_new_status (action) || bp_action_has_moved_since (build, action, NULL))
            g_ptr_array_add (changed, action);
    }
    return changed;
}

static void gather_parts (const BpBuild *build, const BpArea *area, AreaParts *parts)
{
    parts->actions = bp_area_dup_all_actions (area);
    parts->changed = dup_changed (build, parts->actions);
    parts->exceptions = bp_snapshot_exceptions (build->snapshot, parts->actions);
    parts->steps = dup_steps (build, parts->actions, parts->exceptions, &parts->has_steps_in_cards);
    parts->asks = bp_build_dup_open_asks (build);
    for (guint i = 0; i < parts->exceptions->len && i < MOST_CARDS; i++)
        parts->ask_rows[i] = bp_build_ask_row_count (build, g_ptr_array_index (parts->exceptions, i), parts->asks);
    parts->kpis = bp_build_dup_area_kpis (build, area);
    /* Stable, as GLib documents of this sort. */
    g_ptr_array_sort_with_data (parts->kpis, compare_weight, NULL);
    parts->change_texts = bp_build_dup_narrative (build, BP_NARRATIVE_CHANGE, area);
    parts->impact_texts = bp_build_dup_narrative (build, BP_NARRATIVE_IMPACT, area);
    parts->step_texts = bp_build_dup_narrative (build, BP_NARRATIVE_NEXT_STEP, area);
}

static void clear_parts (AreaParts *parts)
{
    g_ptr_array_unref (parts->actions);
    g_ptr_array_unref (parts->changed);
    g_ptr_array_unref (parts->steps);
    g_ptr_array_unref (parts->exceptions);
    g_ptr_array_unref (parts->asks);
    g_ptr_array_unref (parts->kpis);
    g_ptr_array_unref (parts->change_texts);
    g_ptr_array_unref (parts->impact_texts);
    g_ptr_array_unref (parts->step_texts);
}

static void add_bullets (const BpBuild *build, BpNode *section, const GPtrArray *narrative, int count)
{
    BpPack *pack = build->pack;

    if (count == 0)
        return;
    BpNode *list = bp_pack_add_list (pack, section, BP_LIST_BULLETS);
    for (int i = 0; i < count; i++)
    {
        const BpNarrative *line = g_ptr_array_index (narrative, (guint)i);
        bp_pack_add_entry (pack, list, NULL, bp_words_sentence (pack, line->text));
        bp_build_mark_printed (build, line);
    }
}

/* What the action is, and below it what happened to it: a date that moved is told in words, since its status need not have changed. */
static void add_change_lines (const BpBuild *build, BpCell *cell, const BpAction *action)
{
    BpPack *pack = build->pack;
    BpDate from = BP_DATE_NONE;
    const char *happened = bp_changes_text (build, action);

    bp_cell_add_text (pack, cell, BP_LINE_MAIN, bp_words_action_title (pack, action, 60));
    if (bp_action_has_moved_since (build, action, &from))
        happened = bp_pack_format (pack, "Due %s, was %s", bp_words_date (pack, action->due, BP_DATE_LONG),
                                   bp_words_date (pack, from, BP_DATE_LONG));
    if (strcmp (happened, BP_NOT_PUBLISHED) != 0)
        bp_cell_add_text (pack, cell, BP_LINE_SECOND, bp_pack_take (pack, bp_text_dup_shortened (happened, CHANGE_CHARS)));
}

static void add_changes (const BpBuild *build, BpNode *section, const AreaParts *parts)
{
    const BpTableColumn columns[] = {
        { .title = "Ref", .width_pt = 48.0, .is_row_header = true },
        { .title = "What changed", .width_share = 1.0 },
        { .title = "Change", .width_pt = 150.0 },
    };
    BpPack *pack = build->pack;
    int shown = parts->sizes.changes;
    const char *aside = shown_of (build, shown, (int)parts->changed->len, "action-tracker");

    bp_pack_add_heading (pack, section, 2, "Changes within the last reporting period", aside);
    if (parts->changed->len + parts->change_texts->len == 0)
        bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_STANDING, bp_changes_standing (build, parts->actions));
    add_bullets (build, section, parts->change_texts, change_bullets (parts));
    if (shown == 0)
        return;
    BpNode *table
        = bp_pack_add_table (pack, section, BP_TABLE_ROWS, "Changes within the last reporting period", columns, G_N_ELEMENTS (columns));
    for (int i = 0; i < shown; i++)
    {
        const BpAction *action = g_ptr_array_index (parts->changed, (guint)i);
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, action->key);
        bp_cell_add_action_ref (build, &row->cells[0], action);
        add_change_lines (build, &row->cells[1], action);
        bp_cell_add_new_status (build, &row->cells[2], action);
        bp_build_mark_printed (build, action);
    }
}

static void add_impact (const BpBuild *build, BpNode *section, const AreaParts *parts)
{
    bp_pack_add_heading (build->pack, section, 2, "Impact", NULL);
    add_bullets (build, section, parts->impact_texts, (int)parts->impact_texts->len);
    if (parts->impact_texts->len == 0)
        bp_pack_add_paragraph (build->pack, section, BP_PARAGRAPH_STANDING, "No impact was reported this period.");
}

static void add_measures (const BpBuild *build, BpNode *section, AreaParts *parts)
{
    BpPack *pack = build->pack;
    int total = (int)parts->kpis->len;

    bp_pack_add_heading (pack, section, 2, "Measures", shown_of (build, parts->sizes.measures, total, "kpi-scorecard"));
    if (total == 0)
    {
        bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_STANDING, "No measure belongs to this area.");
        return;
    }
    g_ptr_array_set_size (parts->kpis, parts->sizes.measures);
    bp_section_add_measure_panel (build, section, parts->kpis, "Measures of the area");
}

static void add_next_steps (const BpBuild *build, BpNode *section, const AreaParts *parts)
{
    const BpTableColumn columns[] = {
        { .title = "Ref", .width_pt = 48.0, .is_row_header = true },
        { .title = "Step", .width_share = 1.0 },
        { .title = "Owner", .width_pt = 150.0 },
        { .title = "Date", .align = BP_ALIGN_RIGHT, .width_pt = 106.0 },
    };
    BpPack *pack = build->pack;
    int shown = parts->sizes.steps;
    int total = parts->steps->len > 0 ? (int)parts->steps->len : (int)parts->step_texts->len;

    bp_pack_add_heading (pack, section, 2, "Key next steps", shown_of (build, shown + step_bullets (parts), total, "action-tracker"));
    if (total == 0)
        bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_STANDING,
                               bp_release_is_withholding (build->release) ? "Next steps of actions are not published."
                               : parts->has_steps_in_cards                ? "The next steps are the ways back of the exceptions below."
                                                                          : "No next step has been reported.");
    add_bullets (build, section, parts->step_texts, step_bullets (parts));
    if (shown == 0)
        return;
    BpNode *table = bp_pack_add_table (pack, section, BP_TABLE_ROWS, "Key next steps", columns, G_N_ELEMENTS (columns));
    for (int i = 0; i < shown; i++)
    {
        const BpAction *action = g_ptr_array_index (parts->steps, (guint)i);
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, action->key);
        bp_cell_add_action_ref (build, &row->cells[0], action);
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, bp_words_sentence (pack, action->latest->next_step));
        bp_cell_add_text (pack, &row->cells[2], BP_LINE_SECOND, bp_action_owner (build, action));
        bp_cell_add_text (pack, &row->cells[3], BP_LINE_SECOND, bp_action_back_by (build, action));
    }
}

static void add_exceptions (const BpBuild *build, BpNode *section, const AreaParts *parts)
{
    BpPack *pack = build->pack;
    int shown = parts->sizes.cards;

    int counts[BP_EXCEPTION_GROUP_COUNT];

    bp_exception_group_count (build, parts->exceptions, 0, counts);
    /* The groups tell why there are more exceptions than the bar has red and amber. */
    bp_pack_add_heading (pack, section, 2, "Exceptions",
                         parts->exceptions->len == 0 ? NULL
                                                     : bp_pack_format (pack, "%d of %u shown: %s", shown, parts->exceptions->len,
                                                                       bp_exception_group_counts (build, counts)));
    if (parts->exceptions->len == 0)
        bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_STANDING, "No exceptions this period.");
    for (int i = 0; i < shown; i++)
    {
        bp_section_add_action_card (build, section, g_ptr_array_index (parts->exceptions, (guint)i), parts->asks);
        bp_build_mark_printed (build, g_ptr_array_index (parts->exceptions, (guint)i));
    }
}

/* The title, or the short one where the plan gave two areas the same title. */
static const char *page_title (const BpBuild *build, const BpArea *area)
{
    for (guint i = 0; i < build->snapshot->areas->len; i++)
    {
        const BpArea *other = g_ptr_array_index (build->snapshot->areas, i);
        if (other != area && other->plan == area->plan && g_strcmp0 (other->title, area->title) == 0)
            return area->short_title;
    }
    return area->title;
}

static void add_area_page (BpSectionContext *context, const BpArea *area)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    const char *label = bp_words_area_label (build, area);
    BpNode *node = bp_pack_add_section (pack, context->section->children, bp_pack_format (pack, "%s/%s", context->section->id, area->key),
                                        page_title (build, area));
    AreaParts parts = { 0 };

    gather_parts (build, area, &parts);
    BpActionCounts counts = bp_snapshot_count (build->snapshot, parts.actions);
    node->as.section.label = bp_pack_text (pack, label);
    node->as.section.message = bp_pack_text (pack, area->short_title);
    node->as.section.headline = area_headline (build, &counts);
    parts.has_long_title = node->as.section.headline != NULL && strlen (node->as.section.headline) > LONG_TITLE_CHARS;
    fit_page (&parts);
    if (parts.sizes.changes < (int)parts.changed->len)
        bp_changes_sort (build, parts.changed);
    node->as.section.is_landscape = context->section->is_landscape;
    node->as.section.page_budget = 1;
    add_status (build, node, area, &counts);
    add_changes (build, node, &parts);
    add_impact (build, node, &parts);
    add_measures (build, node, &parts);
    add_next_steps (build, node, &parts);
    add_exceptions (build, node, &parts);
    bp_action_counts_clear (&counts);
    clear_parts (&parts);
}

/* ---- a line each ---- */

/* "All five areas have exceptions"; count is two or more. */
static const char *exceptions_headline (BpPack *pack, int with_exceptions, int count)
{
    const char *all = bp_words_number (pack, count, false);

    if (with_exceptions == 0)
        return count == 2 ? "Neither of the two areas has an exception"
                          : bp_pack_format (pack, "None of the %s areas has an exception", all);
    if (with_exceptions == count)
        return count == 2 ? "Both areas have exceptions" : bp_pack_format (pack, "All %s areas have exceptions", all);
    return bp_pack_format (pack, "%s of %s areas %s exceptions", bp_words_number (pack, with_exceptions, true), all,
                           bp_words_pick (with_exceptions, "has", "have"));
}

static void add_lines (BpSectionContext *context, const GPtrArray *areas, int count)
{
    const BpTableColumn columns[] = {
        { .title = "Area", .width_share = 1.0, .is_row_header = true },
        { .title = "Done", .align = BP_ALIGN_RIGHT, .width_pt = 58.0 },
        { .title = "Status of its actions", .width_share = 1.2 },
        { .title = "Exceptions", .align = BP_ALIGN_RIGHT, .width_pt = 64.0 },
        { .title = "Since the last pack", .width_share = 0.8 },
    };
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    BpNode *table = bp_pack_add_table (pack, context->node, BP_TABLE_FULL, "Areas, a line each", columns, G_N_ELEMENTS (columns));
    int with_exceptions = 0;

    for (int i = 0; i < count; i++)
    {
        const BpArea *area = g_ptr_array_index (areas, (guint)i);
        g_autoptr (GPtrArray) actions = bp_area_dup_all_actions (area);
        g_autoptr (GPtrArray) exceptions = bp_snapshot_exceptions (build->snapshot, actions);
        BpActionCounts counts = bp_snapshot_count (build->snapshot, actions);
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, area->key);
        with_exceptions += exceptions->len > 0;
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_MAIN, bp_words_area_short_heading (build, area));
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_SECOND,
                          bp_words_is_blank (area->lead) ? "No lead named" : bp_snapshot_short_lead (build->snapshot, area->lead));
        bp_cell_add (
            pack, &row->cells[1], BP_LINE_MAIN,
            bp_value_with_figure (bp_value_of (counts.done, counts.total), bp_pack_format (pack, "actions.area.%s.done.of", area->key)));
        bp_cell_add_text (pack, &row->cells[2], BP_LINE_MAIN, counts.total > 0 ? bp_words_status_counts (build, &counts) : "No action");
        mark_figures (build, area, &counts);
        if (exceptions->len > 0)
            bp_cell_add (pack, &row->cells[3], BP_LINE_MAIN, bp_value_count ((int)exceptions->len));
        else
            bp_cell_add_text (pack, &row->cells[3], BP_LINE_MAIN, "None");
        bp_cell_add_text (pack, &row->cells[4], BP_LINE_MAIN,
                          counts.changed > 0 ? bp_words_count (pack, counts.changed, "action changed", "actions changed") : "No change");
        bp_action_counts_clear (&counts);
    }
    if (count > 1)
        bp_section_set_headline (context, exceptions_headline (pack, with_exceptions, count));
    bp_section_set_message (context, bp_pack_format (pack, "%d of %d areas %s exceptions", with_exceptions, count,
                                                     bp_words_pick_of (with_exceptions, count, "has", "have")));
}

/* The programme's own reports begin with these two; a pack without a page of changes has them here, if there is anything to say. */
static void add_overall (BpSectionContext *context, int area_count)
{
    const BpBuild *build = context->build;
    g_autoptr (GPtrArray) achievements = bp_build_dup_narrative (build, BP_NARRATIVE_ACHIEVEMENT, NULL);
    g_autoptr (GPtrArray) challenges = bp_build_dup_narrative (build, BP_NARRATIVE_CHALLENGE, NULL);

    if (area_count < 2 || achievements->len + challenges->len == 0 || bp_build_has_section (build, "changes"))
        return;
    bp_section_add_narrative (build, context->node, "Overall achievements", BP_NARRATIVE_ACHIEVEMENT, NULL,
                              "No overall achievements were reported this period.");
    bp_section_add_narrative (build, context->node, "Overall challenges", BP_NARRATIVE_CHALLENGE, NULL,
                              "No overall challenges were reported this period.");
}

void bp_section_build_area_pages (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) areas = bp_section_dup_areas (context);
    int count = MIN ((int)areas->len, bp_section_limit (context));

    bp_section_set_headline (context, NULL);
    if (count == 0)
    {
        bp_section_add_standing (context, NULL);
        return;
    }
    if (g_strcmp0 (bp_section_layout_find (context->options, "detail"), "lines") == 0)
    {
        add_lines (context, areas, count);
        bp_section_add_cut_note (context, count, (int)areas->len, "areas", "Actions");
        return;
    }
    bp_section_set_message (context, count == 1
                                         ? bp_pack_format (pack, "%s", ((const BpArea *)g_ptr_array_index (areas, 0))->short_title)
                                         : bp_pack_format (pack, "One page for each of %s areas", bp_words_number (pack, count, false)));
    add_overall (context, count);
    for (int i = 0; i < count; i++)
        add_area_page (context, g_ptr_array_index (areas, (guint)i));
    bp_section_add_cut_note (context, count, (int)areas->len, "areas", "Actions");
}
