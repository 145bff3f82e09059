#include "pack/sections/section.h"

#include "base/text.h"
#include "domain/snapshot.h"
#include "pack/mark.h"
#include "pack/release.h"
#include "pack/row_filter.h"
#include "pack/wording.h"

#include <math.h>
#include <string.h>

/* ---- what the options confine a section to ---- */

static GStrv dup_list_option (const BpSectionContext *context, const char *key)
{
    const char *value = bp_section_layout_find (context->options, key);

    return value != NULL ? bp_text_split_list (value, '|') : NULL;
}

static bool area_is_listed (const BpArea *area, char **areas)
{
    for (const BpArea *at = area; at != NULL; at = at->parent)
        for (int i = 0; areas[i] != NULL; i++)
            if (g_ascii_strcasecmp (areas[i], at->key) == 0 || g_ascii_strcasecmp (areas[i], at->ref) == 0)
                return true;
    return false;
}

static bool project_is_listed (const BpProject *project, char **projects)
{
    for (int i = 0; project != NULL && projects[i] != NULL; i++)
        if (g_ascii_strcasecmp (projects[i], project->id) == 0)
            return true;
    return false;
}

static bool kpi_is_listed (const BpKpi *kpi, char **kpis)
{
    for (int i = 0; kpis[i] != NULL; i++)
        if (g_ascii_strcasecmp (kpis[i], kpi->id) == 0)
            return true;
    return false;
}

static bool any_kpi_is_listed (const GPtrArray *kpis, char **ids)
{
    for (guint i = 0; kpis != NULL && i < kpis->len; i++)
        if (kpi_is_listed (g_ptr_array_index (kpis, i), ids))
            return true;
    return false;
}

static BpRowFilter *new_filter (const BpSectionContext *context, BpRowSubject subject)
{
    const char *text = bp_section_layout_find (context->options, "filter");
    const BpFieldSet *fields = &context->build->snapshot->programme->fields;
    BpTableId table = subject == BP_ROWS_ACTIONS ? BP_TABLE_ACTIONS : BP_TABLE_KPIS;

    if (text == NULL)
        return NULL;
    int count = bp_field_set_count (fields, table);
    g_autofree const char **local = g_new0 (const char *, (gsize)count + 1);
    for (int i = 0; i < count; i++)
        local[i] = bp_field_set_get (fields, table, i)->column;
    return bp_row_filter_new (subject, text, local, NULL);
}

GPtrArray *bp_section_dup_actions (const BpSectionContext *context)
{
    const BpSnapshot *snapshot = context->build->snapshot;
    g_auto (GStrv) areas = dup_list_option (context, "areas");
    g_auto (GStrv) projects = dup_list_option (context, "projects");
    g_auto (GStrv) kpis = dup_list_option (context, "kpis");
    g_autoptr (BpRowFilter) filter = new_filter (context, BP_ROWS_ACTIONS);
    GPtrArray *chosen = g_ptr_array_sized_new (snapshot->actions->len);
    const char *sort = bp_section_layout_find (context->options, "sort");

    for (guint i = 0; i < snapshot->actions->len; i++)
    {
        BpAction *action = g_ptr_array_index (snapshot->actions, i);
        if (areas != NULL && !area_is_listed (action->area, areas))
            continue;
        if (projects != NULL && !project_is_listed (action->project, projects))
            continue;
        if (kpis != NULL && !any_kpi_is_listed (action->kpis, kpis))
            continue;
        if (filter != NULL && !bp_row_filter_has_action (filter, snapshot, action))
            continue;
        g_ptr_array_add (chosen, action);
    }
    if (sort != NULL)
        bp_rows_sort (chosen, BP_ROWS_ACTIONS, sort, snapshot);
    return chosen;
}

GPtrArray *bp_section_dup_kpis (const BpSectionContext *context)
{
    const BpSnapshot *snapshot = context->build->snapshot;
    g_auto (GStrv) areas = dup_list_option (context, "areas");
    g_auto (GStrv) kpis = dup_list_option (context, "kpis");
    const char *filter_subject = context->type->info.subject;
    g_autoptr (BpRowFilter) filter = g_strcmp0 (filter_subject, "kpi") == 0 ? new_filter (context, BP_ROWS_KPIS) : NULL;
    GPtrArray *chosen = g_ptr_array_new ();
    const char *sort = g_strcmp0 (filter_subject, "kpi") == 0 ? bp_section_layout_find (context->options, "sort") : NULL;

    for (guint i = 0; i < snapshot->kpis->len; i++)
    {
        BpKpi *kpi = g_ptr_array_index (snapshot->kpis, i);
        if (areas != NULL && !area_is_listed (kpi->area, areas))
            continue;
        if (kpis != NULL && !kpi_is_listed (kpi, kpis))
            continue;
        if (filter != NULL && !bp_row_filter_has_kpi (filter, snapshot, kpi))
            continue;
        g_ptr_array_add (chosen, kpi);
    }
    if (sort != NULL)
        bp_rows_sort (chosen, BP_ROWS_KPIS, sort, snapshot);
    return chosen;
}

static bool area_has_actions (const BpArea *area)
{
    if (area->actions->len > 0)
        return true;
    for (guint i = 0; i < area->sub_areas->len; i++)
        if (area_has_actions (g_ptr_array_index (area->sub_areas, i)))
            return true;
    return false;
}

GPtrArray *bp_section_dup_areas (const BpSectionContext *context)
{
    const BpSnapshot *snapshot = context->build->snapshot;
    g_auto (GStrv) areas = dup_list_option (context, "areas");
    GPtrArray *chosen = g_ptr_array_new ();

    for (guint i = 0; i < snapshot->areas->len; i++)
    {
        BpArea *area = g_ptr_array_index (snapshot->areas, i);
        if (areas != NULL ? area_is_listed (area, areas) : area_has_actions (area))
            g_ptr_array_add (chosen, area);
    }
    return chosen;
}

GPtrArray *bp_section_dup_projects (const BpSectionContext *context)
{
    const BpSnapshot *snapshot = context->build->snapshot;
    g_auto (GStrv) projects = dup_list_option (context, "projects");
    GPtrArray *chosen = g_ptr_array_new ();

    for (guint i = 0; i < snapshot->projects->len; i++)
    {
        BpProject *project = g_ptr_array_index (snapshot->projects, i);
        if (projects == NULL || project_is_listed (project, projects))
            g_ptr_array_add (chosen, project);
    }
    return chosen;
}

/* "in area 5", "in areas 1, 2 and 3"; NULL if they cannot be named. */
static const char *areas_scope (const BpSectionContext *context, char **areas)
{
    const BpBuild *build = context->build;
    g_autoptr (GPtrArray) labels = g_ptr_array_new ();

    if (g_strv_length (areas) == 1)
    {
        const BpArea *area = bp_snapshot_find_area (build->snapshot, areas[0]);
        return area != NULL ? bp_pack_format (build->pack, "in %s", bp_words_lower_first (build->pack, bp_words_area_label (build, area)))
                            : NULL;
    }
    for (int i = 0; areas[i] != NULL; i++)
    {
        const BpArea *area = bp_snapshot_find_area (build->snapshot, areas[i]);
        if (area == NULL || area->plan != build->main_plan)
            return NULL;
        g_ptr_array_add (labels, (gpointer)area->ref);
    }
    return bp_pack_format (build->pack, "in areas %s", bp_words_joined (build->pack, labels, 0));
}

static const char *project_scope (const BpSectionContext *context, char **projects)
{
    const BpBuild *build = context->build;

    for (guint i = 0; g_strv_length (projects) == 1 && i < build->snapshot->projects->len; i++)
    {
        const BpProject *project = g_ptr_array_index (build->snapshot->projects, i);
        if (g_ascii_strcasecmp (project->id, projects[0]) == 0)
            return bp_pack_format (build->pack, "of %s", project->title);
    }
    return NULL;
}

static bool is_milestone_filter (const char *filter)
{
    g_autofree char *folded = bp_text_dup_folded (filter);

    return strcmp (folded, "milestone = yes") == 0;
}

bool bp_section_is_whole (const BpSectionContext *context, const GPtrArray *actions)
{
    return actions->len == context->build->snapshot->actions->len;
}

const char *bp_section_noun (const BpSectionContext *context, const GPtrArray *actions, int count)
{
    const BpBuild *build = context->build;
    const char *filter = bp_section_layout_find (context->options, "filter");
    g_auto (GStrv) areas = dup_list_option (context, "areas");
    g_auto (GStrv) projects = dup_list_option (context, "projects");
    bool has_kpis = bp_section_layout_find (context->options, "kpis") != NULL;
    const char *plain = bp_words_pick (count, "action", "actions");
    const char *scope = NULL;

    if (bp_section_is_whole (context, actions))
        return plain;
    if (filter != NULL && areas == NULL && projects == NULL && !has_kpis && is_milestone_filter (filter))
        return bp_words_pick (count, "milestone", "milestones");
    if (areas != NULL && projects == NULL && filter == NULL && !has_kpis)
        scope = areas_scope (context, areas);
    else if (projects != NULL && areas == NULL && filter == NULL && !has_kpis)
        scope = project_scope (context, projects);
    return bp_pack_format (build->pack, "%s %s", plain, scope != NULL ? scope : "chosen for this section");
}

int bp_section_limit (const BpSectionContext *context)
{
    return bp_section_layout_get_int (context->options, "limit", G_MAXINT);
}

bool bp_section_is_in_lines (const BpSectionContext *context)
{
    return g_strcmp0 (bp_section_layout_find (context->options, "detail"), "lines") == 0;
}

bool bp_build_has_section (const BpBuild *build, const char *type)
{
    for (guint i = 0; i < build->layout->sections->len; i++)
    {
        const BpSectionLayout *section = g_ptr_array_index (build->layout->sections, i);
        if (g_ascii_strcasecmp (section->type, type) == 0)
            return true;
    }
    return false;
}

GHashTable *bp_build_dup_own_actions (const BpBuild *build)
{
    const GPtrArray *actions = build->snapshot->actions;
    GHashTable *own = g_hash_table_new (NULL, NULL);

    for (guint s = 0; s < build->layout->sections->len; s++)
    {
        const char *value = bp_section_layout_find (g_ptr_array_index (build->layout->sections, s), "areas");
        g_auto (GStrv) areas = value != NULL ? bp_text_split_list (value, '|') : NULL;
        for (guint i = 0; areas != NULL && i < actions->len; i++)
        {
            BpAction *action = g_ptr_array_index (actions, i);
            if (area_is_listed (action->area, areas))
                g_hash_table_add (own, action);
        }
    }
    if (g_hash_table_size (own) == actions->len)
        g_hash_table_remove_all (own);
    return own;
}

/* ---- parts that many sections have ---- */

void bp_section_set_headline (BpSectionContext *context, const char *headline)
{
    const char *given = bp_section_layout_find (context->options, "headline");

    context->section->headline = bp_pack_text (context->build->pack, given != NULL ? given : headline);
}

void bp_section_set_message (BpSectionContext *context, const char *message)
{
    context->section->message = bp_pack_text (context->build->pack, message);
}

void bp_section_add_standing (BpSectionContext *context, const char *text)
{
    const char *given = bp_section_layout_find (context->options, "message");
    const char *standing = given != NULL ? given : text != NULL ? text : context->type->standing;

    bp_pack_add_paragraph (context->build->pack, context->node, BP_PARAGRAPH_STANDING, standing);
    if (context->section->message == NULL)
    {
        g_autofree char *bare = g_strdup (standing);
        gsize length = strlen (bare);
        if (length > 0 && bare[length - 1] == '.' && strstr (bare, ". ") == NULL)
            bare[length - 1] = '\0';
        bp_section_set_message (context, bare);
    }
}

void bp_section_add_withheld (BpSectionContext *context, const char *sentence)
{
    bp_pack_add_paragraph (context->build->pack, context->node, BP_PARAGRAPH_STANDING, sentence);
    if (context->section->message == NULL)
        bp_section_set_message (context, BP_NOT_PUBLISHED);
}

static bool list_knows (const BpSnapshot *snapshot, const char *key, const char *name)
{
    char *one[] = { (char *)name, NULL };

    if (strcmp (key, "areas") == 0)
        return bp_snapshot_find_area (snapshot, name) != NULL;
    for (guint i = 0; strcmp (key, "projects") == 0 && i < snapshot->projects->len; i++)
        if (project_is_listed (g_ptr_array_index (snapshot->projects, i), one))
            return true;
    for (guint i = 0; strcmp (key, "kpis") == 0 && i < snapshot->kpis->len; i++)
        if (kpi_is_listed (g_ptr_array_index (snapshot->kpis, i), one))
            return true;
    return false;
}

void bp_section_add_unknown_note (BpSectionContext *context)
{
    static const struct
    {
        const char *key, *one, *many;
    } lists[] = { { "areas", "area", "areas" }, { "projects", "project", "projects" }, { "kpis", "measure", "measures" } };
    const BpBuild *build = context->build;

    for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
        g_auto (GStrv) names = dup_list_option (context, lists[i].key);
        g_autoptr (GPtrArray) unknown = g_ptr_array_new ();
        for (int n = 0; names != NULL && names[n] != NULL; n++)
            if (!list_knows (build->snapshot, lists[i].key, names[n]))
                g_ptr_array_add (unknown, names[n]);
        if (unknown->len > 0)
            bp_pack_add_paragraph (build->pack, context->node, BP_PARAGRAPH_CAPTION,
                                   bp_pack_format (build->pack, "This section's template names %s that the data do not have: %s.",
                                                   unknown->len == 1 ? bp_pack_format (build->pack, "one %s", lists[i].one) : lists[i].many,
                                                   bp_words_joined (build->pack, unknown, 0)));
    }
}

void bp_section_add_cut_note (BpSectionContext *context, int shown, int total, const char *noun_plural, const char *sheet)
{
    BpPack *pack = context->build->pack;

    if (shown >= total)
        return;
    bp_pack_add_paragraph (
        pack, context->node, BP_PARAGRAPH_CAPTION,
        bp_pack_format (pack, "%d of %d %s shown. The full list is in the workbook, sheet %s.", shown, total, noun_plural, sheet));
}

void bp_build_mark_printed (const BpBuild *build, gconstpointer row)
{
    g_hash_table_add (build->printed, (gpointer)row);
}

void bp_build_mark_figure (const BpBuild *build, const char *format, ...)
{
    va_list arguments;

    va_start (arguments, format);
    g_hash_table_add (build->figures, (gpointer)bp_pack_take (build->pack, g_strdup_vprintf (format, arguments)));
    va_end (arguments);
}

void bp_build_mark_status_figures (const BpBuild *build, const BpActionCounts *counts, const char *prefix)
{
    for (guint i = 0; i < build->statuses->len; i++)
    {
        const BpStatus *status = g_ptr_array_index (build->statuses, i);
        if (bp_counts_of (counts, status) > 0)
            bp_build_mark_figure (build, "%s.status.%s", prefix, status->code);
    }
}

const char *bp_build_since_text (const BpBuild *build)
{
    if (build->snapshot->previous == BP_DATE_NONE)
        return NULL;
    return bp_pack_format (build->pack, "Since the last pack (%s)", bp_words_date (build->pack, build->snapshot->previous, BP_DATE_LONG));
}

static void add_status_table (const BpBuild *build, BpNode *chart_node, const BpActionCounts *counts, const char *figure_prefix)
{
    const BpTableColumn columns[] = {
        { .title = "Status", .align = BP_ALIGN_LEFT, .width_share = 1.0, .is_row_header = true },
        { .title = "Actions", .align = BP_ALIGN_RIGHT, .width_pt = 60.0 },
        { .title = "Share", .align = BP_ALIGN_RIGHT, .width_pt = 60.0 },
    };
    BpPack *pack = build->pack;
    BpNode *table = bp_pack_new_table (pack, BP_TABLE_PANEL,
                                       bp_pack_format (pack, "Status of %s", bp_words_count (pack, counts->total, "action", "actions")),
                                       columns, G_N_ELEMENTS (columns));

    for (guint i = 0; i < build->statuses->len; i++)
    {
        const BpStatus *status = g_ptr_array_index (build->statuses, i);
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, NULL);
        bp_cell_add (pack, &row->cells[0], BP_LINE_MAIN, bp_value_status (bp_mark_of_status (status)));
        BpValue count = bp_value_count (bp_counts_of (counts, g_ptr_array_index (build->statuses, i)));
        bp_cell_add (pack, &row->cells[1], BP_LINE_MAIN,
                     bp_value_with_figure (count, bp_pack_format (pack, "%s.status.%s", figure_prefix, status->code)));
        if (counts->total > 0)
            bp_cell_add (pack, &row->cells[2], BP_LINE_MAIN,
                         bp_value_percent_of (bp_counts_of (counts, g_ptr_array_index (build->statuses, i)), counts->total, 0));
        else
            bp_cell_add (pack, &row->cells[2], BP_LINE_MAIN, bp_value_shorthand ("[z]"));
    }
    chart_node->as.chart.table = table;
    bp_build_mark_figure (build, "%s.total", figure_prefix);
    bp_build_mark_status_figures (build, counts, figure_prefix);
}

BpNode *bp_section_add_status_bar (const BpBuild *build, BpNode *section, const BpActionCounts *counts, const char *title,
                                   const char *source, const char *figure_prefix)
{
    BpPack *pack = build->pack;
    const char *parts = bp_words_status_counts (build, counts);
    const char *alternative = counts->total > 0 ? bp_pack_format (pack, "Bar of %s by status: %s.",
                                                                  bp_words_count (pack, counts->total, "action", "actions"), parts)
                                                : "Empty bar: no actions.";
    BpNode *node = bp_pack_add_chart (pack, section, BP_CHART_STATUS_BAR, title, NULL, alternative);
    BpChart *chart = &node->as.chart;
    const char **categories = bp_pack_alloc (pack, sizeof (char *));

    chart->source = bp_pack_text (pack, source);
    categories[0] = "Actions";
    chart->categories = categories;
    chart->category_count = 1;
    chart->series_count = (int)build->statuses->len;
    chart->series = bp_pack_alloc (pack, sizeof (BpChartSeries) * MAX (build->statuses->len, 1));
    for (guint i = 0; i < build->statuses->len; i++)
    {
        BpChartSeries *series = &chart->series[i];
        const BpStatus *status = g_ptr_array_index (build->statuses, i);
        BpMark mark = bp_mark_of_status (status);
        series->name = bp_pack_text (pack, status->label);
        series->values = bp_pack_alloc (pack, sizeof (double));
        series->values[0] = bp_counts_of (counts, g_ptr_array_index (build->statuses, i));
        mark.word = series->name;
        mark.letter = bp_pack_text (pack, mark.letter);
        series->mark = mark;
    }
    add_status_table (build, node, counts, figure_prefix);
    return node;
}
