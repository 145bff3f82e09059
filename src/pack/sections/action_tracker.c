#include "base/text.h"
#include "domain/snapshot.h"
#include "pack/local_column.h"
#include "pack/release.h"
#include "pack/sections/action_columns.h"
#include "pack/sections/grouping.h"
#include "pack/sections/section.h"
#include "pack/wording.h"

#include <string.h>

/* A column of the tracker: one of bp_tracker_column_names, or a local column. */
typedef struct
{
    const char *name;
    int local_index; /* -1: none */
    BpTableColumn column;
} TrackerColumn;

static const char *const default_columns[] = { "ref", "action", "lead", "due", "status", "change", "update", NULL };

static const TrackerColumn known_columns[] = {
    { "ref", -1, { .title = "Ref", .width_pt = 44.0, .is_row_header = true } },
    { "action", -1, { .title = "Action", .width_share = 1.15 } },
    { "title", -1, { .title = "Action", .width_share = 0.8 } },
    { "area", -1, { .title = "Area", .width_share = 0.7 } },
    { "project", -1, { .title = "Project", .width_share = 0.6 } },
    { "lead", -1, { .title = "Lead", .width_pt = 100.0 } },
    { "owner", -1, { .title = "Owner", .width_pt = 84.0 } },
    { "organisation", -1, { .title = "Organisation", .width_pt = 90.0 } },
    { "timeframe", -1, { .title = "Timeframe in the plan", .width_pt = 90.0 } },
    { "due", -1, { .title = "Due date", .width_pt = 106.0 } },
    { "status", -1, { .title = "Status", .width_pt = 84.0 } },
    { "change", -1, { .title = "Change", .width_pt = 62.0 } },
    { "update", -1, { .title = "Update and way back", .width_share = 1.0 } },
    { "kpis", -1, { .title = "Measures", .width_pt = 56.0 } },
    { "milestone", -1, { .title = "Milestone", .width_pt = 62.0 } },
};

static void add_column (const BpBuild *build, GArray *columns, const char *name)
{
    const BpFieldSet *fields = &build->snapshot->programme->fields;
    int local_count = bp_local_count (build, BP_TABLE_ACTIONS);

    for (gsize i = 0; i < G_N_ELEMENTS (known_columns); i++)
    {
        TrackerColumn column = known_columns[i];
        if (g_ascii_strcasecmp (column.name, name) != 0)
            continue;
        if (strcmp (column.name, "update") == 0 && bp_release_is_withholding (build->release))
            column.column.title = "Update";
        g_array_append_val (columns, column);
    }
    for (int i = 0; i < local_count; i++)
    {
        const BpLocalField *field = bp_field_set_get (fields, BP_TABLE_ACTIONS, i);
        TrackerColumn column = { field->column, i, { .title = field->title, .width_pt = 84.0 } };
        if (g_ascii_strcasecmp (field->column, name) == 0)
            g_array_append_val (columns, column);
    }
}

static GArray *read_columns (const BpSectionContext *context)
{
    const char *wanted = bp_section_layout_find (context->options, "columns");
    GArray *columns = g_array_new (FALSE, FALSE, sizeof (TrackerColumn));
    g_auto (GStrv) names = wanted != NULL ? bp_text_split_list (wanted, '|') : g_strdupv ((char **)default_columns);

    for (int i = 0; names[i] != NULL; i++)
        add_column (context->build, columns, names[i]);
    /* where this audience may read none of them, the actions still stand there */
    if (columns->len == 0)
    {
        add_column (context->build, columns, "ref");
        add_column (context->build, columns, "action");
    }
    return columns;
}

static const char *kpis_text (const BpBuild *build, const BpAction *action)
{
    g_autoptr (GPtrArray) ids = g_ptr_array_new ();

    for (guint i = 0; action->kpis != NULL && i < action->kpis->len; i++)
        g_ptr_array_add (ids, (gpointer)((const BpKpi *)g_ptr_array_index (action->kpis, i))->id);
    return ids->len > 0 ? bp_words_joined (build->pack, ids, 0) : "None";
}

static void fill_cell (const BpBuild *build, BpCell *cell, const BpAction *action, const TrackerColumn *column)
{
    BpPack *pack = build->pack;
    const char *name = column->name;

    if (column->local_index >= 0)
        bp_cell_add (pack, cell, BP_LINE_MAIN, bp_local_value (build, BP_TABLE_ACTIONS, column->local_index, action->local));
    else if (strcmp (name, "ref") == 0)
        bp_cell_add_action_ref (build, cell, action);
    else if (strcmp (name, "action") == 0)
        bp_cell_add_text (pack, cell, BP_LINE_MAIN, bp_words_is_blank (action->text) ? "No text in the plan" : action->text);
    else if (strcmp (name, "title") == 0)
        bp_cell_add_text (pack, cell, BP_LINE_MAIN, bp_words_action_title (pack, action, 90));
    else if (strcmp (name, "area") == 0)
        bp_cell_add_text (pack, cell, BP_LINE_MAIN, bp_words_area_heading (build, action->area));
    else if (strcmp (name, "project") == 0)
        bp_cell_add_text (pack, cell, BP_LINE_MAIN, action->project != NULL ? action->project->title : "None");
    else if (strcmp (name, "lead") == 0)
        bp_cell_add_lead (build, cell, action);
    else if (strcmp (name, "owner") == 0)
        bp_cell_add_text (pack, cell, BP_LINE_MAIN, bp_action_owner (build, action));
    else if (strcmp (name, "organisation") == 0)
        bp_cell_add_text (pack, cell, BP_LINE_MAIN, bp_words_is_blank (action->organisation) ? "Not known" : action->organisation);
    else if (strcmp (name, "timeframe") == 0)
        bp_cell_add_text (pack, cell, BP_LINE_MAIN, bp_action_timeframe_text (action));
    else if (strcmp (name, "due") == 0)
        bp_cell_add_due (build, cell, action);
    else if (strcmp (name, "status") == 0)
        bp_cell_add_status (build, cell, action);
    else if (strcmp (name, "change") == 0)
        bp_cell_add_change (build, cell, action);
    else if (strcmp (name, "update") == 0)
        bp_cell_add_update (build, cell, action);
    else if (strcmp (name, "kpis") == 0)
        bp_cell_add_text (pack, cell, BP_LINE_MAIN, kpis_text (build, action));
    else if (strcmp (name, "milestone") == 0)
        bp_cell_add (pack, cell, BP_LINE_MAIN, bp_value_yes_no (action->is_milestone));
}

static void set_headline (BpSectionContext *context, const GPtrArray *actions)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    BpActionCounts counts = bp_snapshot_count (build->snapshot, actions);
    const char *of_all = bp_section_is_whole (context, actions)
                             ? ""
                             : bp_pack_format (pack, "; %d of %d actions are listed", counts.total, build->snapshot->counts.total);

    if (counts.total == 0)
        bp_section_set_headline (context, NULL);
    else
        bp_section_set_headline (context, bp_words_complete (pack, counts.done, counts.total, bp_section_noun (context, actions, 1),
                                                             bp_section_noun (context, actions, counts.total)));
    if (counts.total > 0)
        bp_section_set_message (context, bp_pack_format (pack, "%d of %d complete, %d overdue", counts.done, counts.total, counts.overdue));
    if (counts.total == build->snapshot->counts.total && counts.total > 0)
    {
        bp_build_mark_figure (build, "actions.done");
        bp_build_mark_figure (build, "actions.total");
        bp_build_mark_figure (build, "actions.overdue");
    }
    if (build->snapshot->previous != BP_DATE_NONE)
        context->section->subtitle = bp_pack_format (pack, "Change: since the pack of %s%s",
                                                     bp_words_date (pack, build->snapshot->previous, BP_DATE_LONG), of_all);
    else
        context->section->subtitle = bp_pack_format (pack, "Change: no earlier report to compare with%s", of_all);
    bp_action_counts_clear (&counts);
}

static void add_groups (BpSectionContext *context, BpNode *table, const GPtrArray *actions, const GArray *columns, int limit)
{
    const BpBuild *build = context->build;
    const char *field = bp_section_layout_find (context->options, "group");
    bool is_sorted = bp_section_layout_find (context->options, "sort") != NULL;
    /* A list in an order of its own is not pulled apart into groups unless the template asks for both. */
    g_autoptr (GArray) groups = bp_actions_group (build, actions, field != NULL ? field : is_sorted ? "none" : "sub_area");
    int shown = 0;

    for (guint g = 0; g < groups->len && shown < limit; g++)
    {
        const BpActionGroup *group = &g_array_index (groups, BpActionGroup, g);
        if (group->heading != NULL)
            bp_pack_add_group_row (build->pack, table, group->heading, bp_actions_counts_text (build, group->actions));
        for (guint i = 0; i < group->actions->len && shown < limit; i++, shown++)
        {
            const BpAction *action = g_ptr_array_index (group->actions, i);
            BpTableRow *row = bp_pack_add_row (build->pack, table, BP_ROW_PLAIN, action->key);
            for (guint c = 0; c < columns->len; c++)
                fill_cell (build, &row->cells[c], action, &g_array_index (columns, TrackerColumn, c));
            bp_build_mark_printed (build, action);
        }
    }
}

void bp_section_build_action_tracker (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) actions = bp_section_dup_actions (context);
    g_autoptr (GArray) columns = read_columns (context);
    int limit = bp_section_limit (context);

    set_headline (context, actions);
    if (actions->len == 0 || columns->len == 0)
    {
        bp_section_add_standing (context, NULL);
        return;
    }
    BpTableColumn *table_columns = bp_pack_alloc (pack, sizeof (BpTableColumn) * columns->len);
    bool has_row_header = false;
    for (guint i = 0; i < columns->len; i++)
    {
        table_columns[i] = g_array_index (columns, TrackerColumn, i).column;
        has_row_header = has_row_header || table_columns[i].is_row_header;
    }
    if (!has_row_header)
        table_columns[0].is_row_header = true;
    BpNode *table = bp_pack_add_table (pack, context->node, BP_TABLE_FULL, context->section->name, table_columns, (int)columns->len);
    table->as.table.continued = context->section->name;
    add_groups (context, table, actions, columns, limit);
    bp_section_add_cut_note (context, MIN (limit, (int)actions->len), (int)actions->len, "actions", "Actions");
}
