#include "base/text.h"
#include "domain/snapshot.h"
#include "pack/mark.h"
#include "pack/release.h"
#include "pack/sections/action_columns.h"
#include "pack/sections/asks.h"
#include "pack/sections/changes.h"
#include "pack/sections/grouping.h"
#include "pack/sections/kpi_columns.h"
#include "pack/sections/section.h"
#include "pack/wording.h"

#include <string.h>

#define MOST_CHANGES 3
#define MOST_MILESTONES 3
#define MOST_EXCEPTIONS 2

/* What is next to do in a project: open actions by date; of those due on one day, the milestones first. */
static int compare_next (gconstpointer left, gconstpointer right)
{
    const BpAction *a = *(const BpAction *const *)left;
    const BpAction *b = *(const BpAction *const *)right;

    if (a->next_due != b->next_due)
        return a->next_due < b->next_due ? -1 : 1;
    if (a->is_milestone != b->is_milestone)
        return a->is_milestone ? -1 : 1;
    return bp_ref_compare (a->ref, b->ref);
}

static GPtrArray *dup_next_actions (const BpProject *project)
{
    GPtrArray *next = g_ptr_array_new ();

    for (guint i = 0; i < project->actions->len; i++)
    {
        BpAction *action = g_ptr_array_index (project->actions, i);
        if (!action->is_done && action->next_due != BP_DATE_NONE)
            g_ptr_array_add (next, action);
    }
    g_ptr_array_sort (next, compare_next);
    return next;
}

static BpValue done_value (const BpActionCounts *counts)
{
    return counts->total > 0 ? bp_value_of (counts->done, counts->total) : bp_value_shorthand ("[z]");
}

/* What the table of projects says of one. */
static void mark_figures (const BpBuild *build, const BpProject *project, const BpActionCounts *counts)
{
    if (counts->total == 0)
        return;
    bp_build_mark_figure (build, "actions.project.%s.done", project->id);
    bp_build_mark_figure (build, "actions.project.%s.total", project->id);
    bp_build_mark_status_figures (build, counts, bp_pack_format (build->pack, "actions.project.%s", project->id));
}

static const char *next_text (const BpBuild *build, const BpProject *project)
{
    g_autoptr (GPtrArray) next = dup_next_actions (project);

    if (next->len == 0)
        return "None dated";
    const BpAction *action = g_ptr_array_index (next, 0);
    return bp_pack_format (build->pack, "%s %s", bp_words_action_ref (build, action), bp_words_action_title (build->pack, action, 50));
}

static const char *project_lead (const BpProject *project)
{
    return bp_words_is_blank (project->lead) ? "No lead named" : project->lead;
}

static void add_next_due (const BpBuild *build, BpCell *cell, const BpAction *action)
{
    bp_cell_add (build->pack, cell, BP_LINE_MAIN, bp_value_date (action->next_due, BP_DATE_LONG));
    if (action->is_overdue)
        bp_cell_add_text (build->pack, cell, BP_LINE_ALARM,
                          bp_pack_format (build->pack, "%s overdue", bp_words_count (build->pack, action->days_overdue, "day", "days")));
}

/* ---- a line each ---- */

static void add_lines (BpSectionContext *context, const GPtrArray *projects, int count, bool has_leads)
{
    const BpTableColumn columns[] = {
        { .title = "Project", .width_share = 1.0, .is_row_header = true },
        { .title = "Done", .align = BP_ALIGN_RIGHT, .width_pt = 58.0 },
        { .title = "Status of its actions", .width_share = 1.2 },
        { .title = "Next", .width_share = 1.2 },
        { .title = "Due date", .width_pt = 104.0 },
    };
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    BpNode *table = bp_pack_add_table (pack, context->node, BP_TABLE_FULL, "Projects, a line each", columns, G_N_ELEMENTS (columns));

    for (int i = 0; i < count; i++)
    {
        const BpProject *project = g_ptr_array_index (projects, (guint)i);
        BpActionCounts counts = bp_snapshot_count (build->snapshot, project->actions);
        g_autoptr (GPtrArray) next = dup_next_actions (project);
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, project->id);
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_MAIN, project->title);
        if (has_leads)
            bp_cell_add_text (pack, &row->cells[0], BP_LINE_SECOND, project_lead (project));
        bp_cell_add (pack, &row->cells[1], BP_LINE_MAIN,
                     bp_value_with_figure (done_value (&counts),
                                           counts.total > 0 ? bp_pack_format (pack, "actions.project.%s.done.of", project->id) : NULL));
        bp_cell_add_text (pack, &row->cells[2], BP_LINE_MAIN,
                          counts.total > 0 ? bp_words_status_counts (build, &counts) : "No action is mapped to it");
        mark_figures (build, project, &counts);
        bp_cell_add_text (pack, &row->cells[3], BP_LINE_MAIN, next_text (build, project));
        if (next->len > 0)
            add_next_due (build, &row->cells[4], g_ptr_array_index (next, 0));
        else
            bp_cell_add (pack, &row->cells[4], BP_LINE_MAIN, bp_value_shorthand ("[z]"));
        bp_build_mark_printed (build, project);
        bp_action_counts_clear (&counts);
    }
    table->as.table.footnote = bp_table_shorthand_note (build, table);
}

/* ---- half a page each ---- */

static void add_milestones (const BpBuild *build, BpNode *section, const BpProject *project)
{
    const BpTableColumn columns[] = {
        { .title = "Ref", .width_pt = 46.0, .is_row_header = true },
        { .title = "Next actions", .width_share = 1.0 },
        { .title = "Due date", .width_pt = 106.0 },
        { .title = "Status", .width_pt = 90.0 },
    };
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) next = dup_next_actions (project);

    if (next->len == 0)
    {
        bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_STANDING, "No open action of this project has a date.");
        return;
    }
    BpNode *table = bp_pack_add_table (pack, section, BP_TABLE_PANEL, "Next actions", columns, G_N_ELEMENTS (columns));
    for (guint i = 0; i < next->len && i < MOST_MILESTONES; i++)
    {
        const BpAction *action = g_ptr_array_index (next, i);
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, action->key);
        bp_cell_add_action_ref (build, &row->cells[0], action);
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, bp_words_action_title (pack, action, 70));
        add_next_due (build, &row->cells[2], action);
        bp_cell_add_status (build, &row->cells[3], action);
        bp_build_mark_printed (build, action);
    }
    if (next->len > MOST_MILESTONES)
        table->as.table.footnote = bp_pack_format (pack, "%d of %u open actions with a date shown.", MOST_MILESTONES, next->len);
}

/* "2.2.3 is now off track: two posts vacant", "2.3.2: due 30 September 2025, was 31 March 2025": "now" only of a status that is new. */
static const char *change_sentence (const BpBuild *build, const BpAction *action)
{
    BpPack *pack = build->pack;
    const char *ref = bp_words_action_ref (build, action);
    const char *happened = bp_changes_text (build, action);
    const char *status = bp_words_lower_first (pack, action->status->label);

    if (action->status->use == BP_STATUS_USE_NO_UPDATE)
        return bp_pack_format (pack, "%s: no update received.", ref);
    if (!bp_action_has_new_status (action))
        return bp_pack_format (pack, "%s, %s: %s", ref, status, happened);
    if (strcmp (happened, BP_NOT_PUBLISHED) == 0)
        return bp_pack_format (pack, "%s is now %s.", ref, status);
    return bp_pack_format (pack, "%s is now %s: %s", ref, status, happened);
}

static void add_changes (const BpBuild *build, BpNode *section, const BpProject *project)
{
    BpPack *pack = build->pack;
    BpNode *list = NULL;
    int count = 0;

    for (guint i = 0; i < project->actions->len; i++)
    {
        const BpAction *action = g_ptr_array_index (project->actions, i);
        if (!action->has_changed && !bp_action_has_new_status (action))
            continue;
        if (++count > MOST_CHANGES)
            continue;
        if (list == NULL)
            list = bp_pack_add_list (pack, section, BP_LIST_BULLETS);
        bp_pack_add_entry (pack, list, NULL, change_sentence (build, action));
        bp_build_mark_printed (build, action);
    }
    if (count > MOST_CHANGES)
        bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_CAPTION, bp_pack_format (pack, "%d of %d changes shown.", MOST_CHANGES, count));
    if (list == NULL)
        bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_STANDING, bp_changes_standing (build, project->actions));
}

/* Beside the bar: who leads the project; how much is done where nobody is named for any project, which is said above them all. */
static void add_facts (const BpBuild *build, BpNode *section, const BpProject *project, const BpActionCounts *counts, bool has_leads)
{
    BpPack *pack = build->pack;
    const char *done = bp_pack_format (pack, "%d of %d", counts->done, counts->total);
    const char *value = has_leads ? project_lead (project) : done;
    BpNode *facts = bp_pack_add_list (pack, section, BP_LIST_FACTS);
    BpListEntry *entry = bp_pack_add_entry (pack, facts, has_leads ? "Lead" : "Actions complete", value);

    entry->value = bp_pack_value (pack, has_leads ? bp_value_text (value) : bp_value_of (counts->done, counts->total));
    if (!has_leads)
        bp_build_mark_figure (build, "actions.project.%s.done", project->id);
}

/* Cards; of an action whose card stands in the pack already, a line that leads to it. */
static void add_exceptions (const BpBuild *build, BpNode *section, const GPtrArray *exceptions)
{
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) asks = bp_build_dup_open_asks (build);
    g_autoptr (GPtrArray) fresh = g_ptr_array_new ();
    BpNode *list = NULL;

    if (exceptions->len == 0)
        bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_STANDING, "No exceptions this period.");
    for (guint i = 0; i < exceptions->len; i++)
    {
        BpAction *action = g_ptr_array_index (exceptions, i);
        if (!g_hash_table_contains (build->cards, action))
        {
            g_ptr_array_add (fresh, action);
            continue;
        }
        if (list == NULL)
            list = bp_pack_add_list (pack, section, BP_LIST_BULLETS);
        bp_pack_add_entry (pack, list, NULL,
                           bp_pack_format (pack, "%s %s, %s: see its card above.", bp_words_action_ref (build, action),
                                           bp_words_action_title (pack, action, 60), bp_words_lower_first (pack, action->status->label)));
        bp_build_mark_printed (build, action);
    }
    const guint told = exceptions->len - fresh->len;
    const guint cards = MIN (fresh->len, told < MOST_EXCEPTIONS ? MOST_EXCEPTIONS - told : 0);
    for (guint i = 0; i < cards; i++)
        bp_section_add_action_card (build, section, g_ptr_array_index (fresh, i), asks);
    if (told + cards < exceptions->len)
        bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_CAPTION,
                               bp_pack_format (pack, "%u of %u exceptions shown.", told + cards, exceptions->len));
}

static void add_project (BpSectionContext *context, const BpProject *project, bool has_leads)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    BpNode *node = bp_pack_add_section (pack, context->section->children, bp_pack_format (pack, "%s/%s", context->section->id, project->id),
                                        project->title);
    BpActionCounts counts = bp_snapshot_count (build->snapshot, project->actions);
    g_autoptr (GPtrArray) exceptions = bp_snapshot_exceptions (build->snapshot, project->actions);

    node->as.section.starts_page = false;
    node->as.section.message = bp_pack_text (pack, project->title);
    node->as.section.is_landscape = context->section->is_landscape;
    if (counts.total > 0)
    {
        bp_section_add_status_bar (build, node, &counts, NULL,
                                   bp_pack_format (pack, "%d of %s: %s", counts.total,
                                                   bp_words_count (build->pack, build->snapshot->counts.total, "action", "actions"),
                                                   bp_words_status_counts (build, &counts)),
                                   bp_pack_format (pack, "actions.project.%s", project->id));
        add_facts (build, node, project, &counts, has_leads);
        bp_pack_add_heading (pack, node, 3, "Changes within the last reporting period", NULL);
        add_changes (build, node, project);
        bp_pack_add_heading (pack, node, 3, "Key next steps", NULL);
        add_milestones (build, node, project);
        bp_pack_add_heading (pack, node, 3, "Exceptions",
                             exceptions->len > 0 ? bp_words_count (pack, (int)exceptions->len, "exception", "exceptions") : NULL);
        add_exceptions (build, node, exceptions);
    }
    else
        bp_pack_add_paragraph (pack, node, BP_PARAGRAPH_STANDING,
                               has_leads ? bp_pack_format (pack, "No action is mapped to this project. Lead: %s.",
                                                           bp_words_lower_first (pack, project_lead (project)))
                                         : "No action is mapped to this project.");
    bp_build_mark_printed (build, project);
    bp_action_counts_clear (&counts);
}

static void set_headline (BpSectionContext *context, const GPtrArray *projects)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    int with_exceptions = 0;
    int total = (int)projects->len;

    for (guint i = 0; i < projects->len; i++)
    {
        const BpProject *project = g_ptr_array_index (projects, i);
        g_autoptr (GPtrArray) exceptions = bp_snapshot_exceptions (build->snapshot, project->actions);
        with_exceptions += exceptions->len > 0;
    }
    if (total > 1)
        bp_section_set_headline (
            context, with_exceptions == 0
                         ? bp_pack_format (pack, "None of the %s projects has an exception", bp_words_number (pack, total, false))
                         : bp_pack_format (pack, "%s of %s projects %s exceptions", bp_words_number (pack, with_exceptions, true),
                                           bp_words_number (pack, total, false), bp_words_pick (with_exceptions, "has", "have")));
    else
        bp_section_set_headline (context, NULL);
    bp_section_set_message (context, total == 1 ? ((const BpProject *)g_ptr_array_index (projects, 0))->title
                                                : bp_pack_format (pack, "%d of %d projects %s exceptions", with_exceptions, total,
                                                                  bp_words_pick_of (with_exceptions, total, "has", "have")));
}

/* That nobody is named for any of them is said once, not beside each. */
static bool say_leads (BpSectionContext *context, const GPtrArray *projects)
{
    BpPack *pack = context->build->pack;

    for (guint i = 0; i < projects->len; i++)
        if (!bp_words_is_blank (((const BpProject *)g_ptr_array_index (projects, i))->lead))
            return true;
    context->section->subtitle = projects->len == 1 ? "The project has no named lead"
                                                    : bp_pack_format (pack, "None of the %s projects has a named lead",
                                                                      bp_words_number (pack, (int)projects->len, false));
    return false;
}

void bp_section_build_project_pages (BpSectionContext *context)
{
    g_autoptr (GPtrArray) projects = bp_section_dup_projects (context);
    int count = MIN ((int)projects->len, bp_section_limit (context));

    bp_section_set_headline (context, NULL);
    if (count == 0)
    {
        bp_section_add_standing (context, NULL);
        return;
    }
    set_headline (context, projects);
    const bool has_leads = say_leads (context, projects);
    if (g_strcmp0 (bp_section_layout_find (context->options, "detail"), "lines") == 0)
        add_lines (context, projects, count, has_leads);
    else
        for (int i = 0; i < count; i++)
            add_project (context, g_ptr_array_index (projects, (guint)i), has_leads);
    bp_section_add_cut_note (context, count, (int)projects->len, "projects", "Actions");
}
