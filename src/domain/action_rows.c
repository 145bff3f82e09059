#include "domain/reference.h"
#include "domain/row_reader.h"

#include "base/text.h"

#include <string.h>

/* A row of action_links: what a plan does not say, kept apart from it. */
typedef struct
{
    const char *project, *kpis, *milestone;
    BpSource source;
    bool is_used;
} ActionLink;

/* Counting leads taken from the row above, for one note. */
typedef struct
{
    int count;
    BpSource first;
    const char *file; /* of the row above */
    const BpPlan *plan;
    const char *lead;
} FillDown;

/* "plan:ref" without an asterisk; caller frees. is_starred_out: it had one. */
static char *dup_key (const char *plan, const char *ref, bool *is_starred_out)
{
    gsize length = strlen (ref);
    *is_starred_out = length > 1 && ref[length - 1] == '*';
    return g_strdup_printf ("%s:%.*s", plan, (int)(*is_starred_out ? length - 1 : length), ref);
}

enum
{
    LINK_PLAN,
    LINK_REF,
    LINK_PROJECT,
    LINK_KPIS,
    LINK_MILESTONE
};
static const char *const link_names[] = { "plan", "ref", "project", "kpis", "milestone", NULL };

static GHashTable *read_links (BpSnapshotBuilder *builder)
{
    GHashTable *links = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    BpRowReader reader;
    bp_row_reader_init (&reader, builder, BP_TABLE_ACTION_LINKS, link_names);
    while (bp_row_reader_next (&reader))
    {
        bool is_starred;
        char *key = dup_key (bp_row_reader_word (&reader, LINK_PLAN), bp_row_reader_word (&reader, LINK_REF), &is_starred);
        ActionLink *link = g_new0 (ActionLink, 1);
        link->project = bp_row_reader_word (&reader, LINK_PROJECT);
        link->kpis = bp_row_reader_word (&reader, LINK_KPIS);
        link->milestone = bp_row_reader_yes_no (&reader, LINK_MILESTONE, false) ? "yes" : "";
        link->source = bp_row_reader_source (&reader, -1);
        g_hash_table_replace (links, key, link);
    }
    return links;
}

enum
{
    PLAN,
    REF,
    AREA,
    ACTION,
    SHORT,
    LEAD,
    TIMEFRAME,
    PROJECT,
    KPIS,
    MILESTONE
};
static const char *const action_names[]
    = { "plan", "ref", "area", "action", "short", "lead", "timeframe", "project", "kpis", "milestone", NULL };

static void read_lead (BpSnapshotBuilder *builder, const BpRowReader *reader, BpAction *action, FillDown *fill)
{
    const char *typed = bp_row_reader_word (reader, LEAD);
    BpSource source = bp_row_reader_source (reader, LEAD);
    bool is_date = false;
    if (*typed != '\0')
    {
        BpTimeframeKind kind = bp_snapshot_builder_timeframe (builder, typed).kind;
        is_date = kind == BP_TIMEFRAME_DATE || kind == BP_TIMEFRAME_TWO_DATES || kind == BP_TIMEFRAME_RECURRING;
    }
    if (is_date)
    {
        bool is_moved = bp_row_reader_is_blank (reader, TIMEFRAME);
        bp_finding_list_add (builder->findings, BP_FINDING_LEAD_IS_DATE, source, typed,
                             "A date stands where the lead of %s belongs. It is %s.", action->printed_ref,
                             is_moved ? "read as the timeframe, which is blank" : "left out");
        if (is_moved)
            action->timeframe = bp_snapshot_builder_timeframe (builder, typed);
        typed = "";
    }
    action->lead = bp_reference_lead (builder, typed, source);
    bool can_fill = builder->programme->fill_down_leads && fill->file == reader->file && fill->plan == action->plan;
    if (*action->lead == '\0' && can_fill && *fill->lead != '\0')
    {
        action->lead = fill->lead;
        action->is_lead_inherited = true;
        if (fill->count++ == 0)
            fill->first = source;
    }
    fill->file = reader->file;
    fill->plan = action->plan;
    fill->lead = action->lead;
    const BpLead *lead = *action->lead != '\0' ? bp_reference_find_lead (builder, action->lead) : NULL;
    action->organisation = lead != NULL ? lead->organisation : "";
}

static void read_kpis (BpSnapshotBuilder *builder, BpAction *action, const char *text, BpSource source)
{
    if (*text == '\0')
        return;
    g_auto (GStrv) ids = bp_text_split_list (text, ';');
    for (char **id = ids; *id != NULL; id++)
    {
        BpKpi *kpi = bp_reference_kpi (builder, *id, source);
        if (kpi == NULL || g_ptr_array_find (action->kpis, kpi, NULL))
            continue;
        g_ptr_array_add (action->kpis, kpi);
    }
}

/* Project, KPIs and milestone: the plan's own, else those of action_links. */
static void read_links_of_action (BpSnapshotBuilder *builder, const BpRowReader *reader, BpAction *action, ActionLink *link)
{
    const char *project = bp_row_reader_word (reader, PROJECT), *kpis = bp_row_reader_word (reader, KPIS);
    BpSource project_source = bp_row_reader_source (reader, PROJECT), kpis_source = bp_row_reader_source (reader, KPIS);
    action->is_milestone = bp_row_reader_yes_no (reader, MILESTONE, false);
    if (link != NULL)
    {
        link->is_used = true;
        if (*project == '\0')
        {
            project = link->project;
            project_source = link->source;
            project_source.column = "project";
        }
        if (*kpis == '\0')
        {
            kpis = link->kpis;
            kpis_source = link->source;
            kpis_source.column = "kpis";
        }
        if (bp_row_reader_is_blank (reader, MILESTONE))
            action->is_milestone = *link->milestone != '\0';
    }
    action->project = bp_reference_project (builder, project, project_source);
    read_kpis (builder, action, kpis, kpis_source);
}

static BpArea *top_of (BpArea *area)
{
    while (area->parent != NULL)
        area = area->parent;
    return area;
}

static void read_action (BpSnapshotBuilder *builder, const BpRowReader *reader, BpAction *action, GHashTable *links, FillDown *fill)
{
    action->source = bp_row_reader_source (reader, -1);
    action->plan = bp_reference_plan (builder, bp_row_reader_word (reader, PLAN), bp_row_reader_source (reader, PLAN));
    bool is_starred;
    g_autofree char *key = dup_key (action->plan->id, bp_row_reader_word (reader, REF), &is_starred);
    action->key = bp_snapshot_builder_intern (builder, key);
    action->ref = action->key + strlen (action->plan->id) + 1;
    action->is_ref_inferred = is_starred || reader->record->is_key_inferred;
    action->printed_ref = action->ref;
    if (action->is_ref_inferred)
    {
        g_autofree char *printed = g_strconcat (action->ref, "*", NULL);
        action->printed_ref = bp_snapshot_builder_intern (builder, printed);
    }
    BpArea *area = bp_reference_area (builder, action->plan, bp_row_reader_word (reader, AREA), bp_row_reader_source (reader, AREA));
    action->area = area != NULL ? area : builder->snapshot->no_area;
    action->top_area = top_of (action->area);
    action->text = bp_row_reader_text (reader, ACTION);
    action->short_title = bp_row_reader_text (reader, SHORT);
    action->kpis = bp_snapshot_builder_new_array (builder);
    action->updates = bp_snapshot_builder_new_array (builder);
    action->timeframe = bp_snapshot_builder_timeframe (builder, bp_row_reader_word (reader, TIMEFRAME));
    read_lead (builder, reader, action, fill);
    read_links_of_action (builder, reader, action, g_hash_table_lookup (links, action->key));
    action->local = bp_row_reader_local (reader);
}

static void name_unused_links (BpSnapshotBuilder *builder, GHashTable *links)
{
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init (&iter, links);
    while (g_hash_table_iter_next (&iter, &key, &value))
    {
        const ActionLink *link = value;
        if (!link->is_used)
            bp_finding_list_add (builder->findings, BP_FINDING_UNKNOWN_REFERENCE, link->source, key,
                                 "There is no action “%s”. What the row says of it is not used.", (const char *)key);
    }
}

/* An action is a parent if refs of its plan stand under it: 4.2 over 4.2.1. */
static void mark_parents (BpSnapshotBuilder *builder)
{
    for (guint i = 0; i < builder->action_count; i++)
    {
        const BpAction *action = &builder->action_block[i];
        if (strchr (action->ref, '.') == NULL)
            continue;
        g_autofree char *key = g_strdup (action->key);
        gsize plan_length = strlen (action->plan->id) + 1;
        for (char *dot = strrchr (key + plan_length, '.'); dot != NULL; dot = strrchr (key + plan_length, '.'))
        {
            *dot = '\0';
            BpAction *parent = g_hash_table_lookup (builder->snapshot->action_index, key);
            if (parent != NULL)
                parent->is_parent = true;
        }
    }
}

void bp_snapshot_builder_read_actions (BpSnapshotBuilder *builder)
{
    g_autoptr (GHashTable) links = read_links (builder);
    BpRowReader reader;
    bp_row_reader_init (&reader, builder, BP_TABLE_ACTIONS, action_names);
    builder->action_block = bp_snapshot_builder_take_block (builder, bp_row_reader_count (&reader), sizeof (BpAction));
    FillDown fill = { .lead = "" };
    while (bp_row_reader_next (&reader))
    {
        BpAction *action = &builder->action_block[builder->action_count];
        read_action (builder, &reader, action, links, &fill);
        builder->action_count++;
        g_hash_table_insert (builder->snapshot->action_index, (gpointer)action->key, action);
        g_ptr_array_add (action->area->actions, action);
    }
    if (fill.count > 0)
        bp_finding_list_add (builder->findings, BP_FINDING_LEAD_INHERITED, fill.first, "",
                             "Lead inherited from the row above in %d of %u rows.", fill.count, builder->action_count);
    name_unused_links (builder, links);
    mark_parents (builder);
}

/* ---- display order ---- */

static int compare_refs (gconstpointer a, gconstpointer b)
{
    const BpAction *first = *(BpAction *const *)a, *second = *(BpAction *const *)b;
    int order = bp_ref_compare (first->ref, second->ref);
    return order != 0 ? order : strcmp (first->key, second->key);
}

static void order_area (BpSnapshotBuilder *builder, BpArea *area)
{
    g_ptr_array_sort (area->actions, compare_refs);
    for (guint i = 0; i < area->actions->len; i++)
    {
        BpAction *action = area->actions->pdata[i];
        builder->action_ranks[action - builder->action_block] = builder->snapshot->actions->len;
        g_ptr_array_add (builder->snapshot->actions, action);
    }
    for (guint i = 0; i < area->sub_areas->len; i++)
        order_area (builder, area->sub_areas->pdata[i]);
}

int bp_snapshot_builder_compare_actions (gconstpointer a, gconstpointer b, gpointer data)
{
    const BpSnapshotBuilder *builder = data;
    const BpAction *first = *(BpAction *const *)a, *second = *(BpAction *const *)b;
    guint first_rank = builder->action_ranks[first - builder->action_block];
    guint second_rank = builder->action_ranks[second - builder->action_block];
    return first_rank < second_rank ? -1 : first_rank > second_rank;
}

void bp_snapshot_builder_order_actions (BpSnapshotBuilder *builder)
{
    BpSnapshot *snapshot = builder->snapshot;
    builder->action_ranks = g_new0 (guint, builder->action_count + 1);
    if (snapshot->no_area->actions->len > 0)
        g_ptr_array_add (snapshot->areas, snapshot->no_area);
    for (guint i = 0; i < snapshot->areas->len; i++)
        order_area (builder, snapshot->areas->pdata[i]);
    for (guint i = 0; i < snapshot->actions->len; i++)
    {
        BpAction *action = snapshot->actions->pdata[i];
        if (action->project != NULL)
            g_ptr_array_add (action->project->actions, action);
        for (guint k = 0; k < action->kpis->len; k++)
            g_ptr_array_add (((BpKpi *)action->kpis->pdata[k])->actions, action);
    }
}
