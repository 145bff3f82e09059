#include "domain/reference.h"
#include "domain/row_reader.h"

#include "base/text.h"

#include <float.h>
#include <string.h>

/* ---- plans ---- */

void bp_snapshot_builder_read_plans (BpSnapshotBuilder *builder)
{
    enum
    {
        PLAN,
        TITLE,
        APPROVED,
        CLOSES,
        NOTE
    };
    static const char *const names[] = { "plan", "title", "approved", "closes", "note", NULL };
    BpRowReader reader;
    bp_row_reader_init (&reader, builder, BP_TABLE_PLANS, names);
    BpPlan *block = bp_snapshot_builder_take_block (builder, bp_row_reader_count (&reader), sizeof *block);
    for (guint i = 0; bp_row_reader_next (&reader); i++)
    {
        BpPlan *plan = &block[i];
        plan->id = bp_row_reader_word (&reader, PLAN);
        plan->title = bp_row_reader_text_or (&reader, TITLE, plan->id);
        plan->approved_text = bp_row_reader_word (&reader, APPROVED);
        plan->note = bp_row_reader_text (&reader, NOTE);
        plan->approved_date = bp_row_reader_date (&reader, APPROVED);
        plan->closes_date = bp_row_reader_date (&reader, CLOSES);
        plan->source = bp_row_reader_source (&reader, -1);
        if (!g_hash_table_insert (builder->plan_index, (gpointer)plan->id, plan))
            continue;
        g_ptr_array_add (builder->snapshot->plans, plan);
        g_hash_table_insert (builder->plan_order, plan, GUINT_TO_POINTER (builder->snapshot->plans->len));
    }
}

/* ---- leads ---- */

void bp_snapshot_builder_read_leads (BpSnapshotBuilder *builder)
{
    enum
    {
        LEAD,
        SHORT,
        ORGANISATION,
        ADDRESS
    };
    static const char *const names[] = { "lead", "short", "organisation", "address", NULL };
    BpRowReader reader;
    bp_row_reader_init (&reader, builder, BP_TABLE_LEADS, names);
    BpLead *block = bp_snapshot_builder_take_block (builder, bp_row_reader_count (&reader), sizeof *block);
    for (guint i = 0; bp_row_reader_next (&reader); i++)
    {
        BpLead *lead = &block[i];
        lead->lead = bp_row_reader_text (&reader, LEAD);
        lead->short_name = bp_row_reader_text (&reader, SHORT);
        lead->organisation = bp_row_reader_text (&reader, ORGANISATION);
        lead->address = bp_row_reader_word (&reader, ADDRESS);
        lead->source = bp_row_reader_source (&reader, -1);
        g_ptr_array_add (builder->snapshot->leads, lead);
        char *folded = bp_text_dup_folded (lead->lead);
        if (g_hash_table_contains (builder->lead_index, folded))
            g_free (folded);
        else
            g_hash_table_insert (builder->lead_index, folded, lead);
    }
}

/* ---- projects ---- */

void bp_snapshot_builder_read_projects (BpSnapshotBuilder *builder)
{
    enum
    {
        PROJECT,
        TITLE,
        LEAD
    };
    static const char *const names[] = { "project", "title", "lead", NULL };
    BpRowReader reader;
    bp_row_reader_init (&reader, builder, BP_TABLE_PROJECTS, names);
    BpProject *block = bp_snapshot_builder_take_block (builder, bp_row_reader_count (&reader), sizeof *block);
    for (guint i = 0; bp_row_reader_next (&reader); i++)
    {
        BpProject *project = &block[i];
        project->id = bp_row_reader_word (&reader, PROJECT);
        project->title = bp_row_reader_text_or (&reader, TITLE, project->id);
        project->lead = bp_reference_lead (builder, bp_row_reader_word (&reader, LEAD), bp_row_reader_source (&reader, LEAD));
        project->actions = bp_snapshot_builder_new_array (builder);
        project->source = bp_row_reader_source (&reader, -1);
        g_ptr_array_add (builder->snapshot->projects, project);
        /* found by id, or by title where a file spells it out; ids come first */
        g_hash_table_replace (builder->project_index, g_strdup (project->id), project);
        char *folded_id = bp_text_dup_folded (project->id);
        char *folded_title = bp_text_dup_folded (project->title);
        if (!g_hash_table_contains (builder->project_index, folded_id))
            g_hash_table_insert (builder->project_index, g_strdup (folded_id), project);
        if (!g_hash_table_contains (builder->project_index, folded_title))
            g_hash_table_insert (builder->project_index, g_strdup (folded_title), project);
        g_free (folded_id);
        g_free (folded_title);
    }
}

/* ---- areas ---- */

static guint plan_order (const BpSnapshotBuilder *builder, const BpPlan *plan)
{
    return GPOINTER_TO_UINT (g_hash_table_lookup (builder->plan_order, plan));
}

static int compare_areas (gconstpointer a, gconstpointer b, gpointer data)
{
    const BpArea *first = *(BpArea *const *)a, *second = *(BpArea *const *)b;
    guint first_plan = plan_order (data, first->plan), second_plan = plan_order (data, second->plan);
    if (first_plan != second_plan)
        return first_plan < second_plan ? -1 : 1;
    if (first->position < second->position || first->position > second->position)
        return first->position < second->position ? -1 : 1;
    return bp_ref_compare (first->ref, second->ref);
}

static bool is_in_ring (const BpArea *area, guint area_count)
{
    const BpArea *above = area->parent;
    for (guint steps = 0; above != NULL && steps <= area_count; steps++)
    {
        if (above == area)
            return true;
        above = above->parent;
    }
    return false;
}

/* A ring of parents: the parents of all its members are ignored. */
static void break_rings (BpSnapshotBuilder *builder)
{
    g_autoptr (GPtrArray) ring = g_ptr_array_new ();
    for (guint i = 0; i < builder->area_count; i++)
        if (is_in_ring (&builder->area_block[i], builder->area_count))
            g_ptr_array_add (ring, &builder->area_block[i]);
    for (guint i = 0; i < ring->len; i++)
    {
        BpArea *area = ring->pdata[i];
        BpSource source = area->source;
        source.column = "parent";
        bp_finding_list_add (builder->findings, BP_FINDING_AREA_RING, source, area->parent != NULL ? area->parent->ref : "",
                             "Area %s stands, through its parents, under itself. It is shown as an area with no parent.", area->ref);
    }
    for (guint i = 0; i < ring->len; i++)
        ((BpArea *)ring->pdata[i])->parent = NULL;
}

static void rank_areas (BpSnapshotBuilder *builder, const GPtrArray *areas, guint *rank)
{
    for (guint i = 0; i < areas->len; i++)
    {
        const BpArea *area = areas->pdata[i];
        builder->area_ranks[area - builder->area_block] = (*rank)++;
        rank_areas (builder, area->sub_areas, rank);
    }
}

static void build_area_tree (BpSnapshotBuilder *builder)
{
    for (guint i = 0; i < builder->area_count; i++)
    {
        BpArea *area = &builder->area_block[i];
        g_ptr_array_add (area->parent != NULL ? area->parent->sub_areas : builder->snapshot->areas, area);
    }
    g_ptr_array_sort_with_data (builder->snapshot->areas, compare_areas, builder);
    for (guint i = 0; i < builder->area_count; i++)
        g_ptr_array_sort_with_data (builder->area_block[i].sub_areas, compare_areas, builder);
    guint rank = 0;
    rank_areas (builder, builder->snapshot->areas, &rank);
}

/* The node under which actions of no known area stand. */
static void make_no_area (BpSnapshotBuilder *builder)
{
    static const BpPlan no_plan
        = { .id = "", .title = "", .approved_text = "", .note = "", .approved_date = BP_DATE_NONE, .closes_date = BP_DATE_NONE };
    BpArea *area = bp_snapshot_builder_take_block (builder, 1, sizeof *area);
    area->plan = builder->snapshot->plans->len > 0 ? builder->snapshot->plans->pdata[0] : &no_plan;
    area->ref = area->key = area->lead = "";
    area->title = area->short_title = "No area";
    area->sub_areas = bp_snapshot_builder_new_array (builder);
    area->actions = bp_snapshot_builder_new_array (builder);
    area->position = DBL_MAX;
    builder->snapshot->no_area = area;
}

void bp_snapshot_builder_read_areas (BpSnapshotBuilder *builder)
{
    enum
    {
        PLAN,
        REF,
        TITLE,
        SHORT,
        PARENT,
        LEAD,
        POSITION
    };
    static const char *const names[] = { "plan", "ref", "title", "short", "parent", "lead", "position", NULL };
    BpRowReader reader;
    bp_row_reader_init (&reader, builder, BP_TABLE_AREAS, names);
    guint count = bp_row_reader_count (&reader);
    builder->area_block = bp_snapshot_builder_take_block (builder, count, sizeof (BpArea));
    builder->area_ranks = g_new0 (guint, count + 1);
    while (bp_row_reader_next (&reader))
    {
        BpArea *area = &builder->area_block[builder->area_count++];
        area->plan = bp_reference_plan (builder, bp_row_reader_word (&reader, PLAN), bp_row_reader_source (&reader, PLAN));
        area->ref = bp_row_reader_word (&reader, REF);
        g_autofree char *key = g_strdup_printf ("%s:%s", area->plan->id, area->ref);
        area->key = bp_snapshot_builder_intern (builder, key);
        area->title = bp_row_reader_text_or (&reader, TITLE, area->ref);
        area->short_title = bp_row_reader_text_or (&reader, SHORT, area->title);
        area->lead = bp_reference_lead (builder, bp_row_reader_word (&reader, LEAD), bp_row_reader_source (&reader, LEAD));
        area->sub_areas = bp_snapshot_builder_new_array (builder);
        area->actions = bp_snapshot_builder_new_array (builder);
        BpNumber position;
        area->position = bp_row_reader_number (&reader, POSITION, &position) ? position.value : DBL_MAX;
        area->source = bp_row_reader_source (&reader, -1);
        g_hash_table_insert (builder->snapshot->area_index, (gpointer)area->key, area);
    }
    /* parents once all areas are known */
    bp_row_reader_init (&reader, builder, BP_TABLE_AREAS, names);
    for (guint i = 0; bp_row_reader_next (&reader); i++)
    {
        BpArea *area = &builder->area_block[i];
        const char *parent = bp_row_reader_word (&reader, PARENT);
        area->parent = bp_reference_area (builder, area->plan, parent, bp_row_reader_source (&reader, PARENT));
    }
    break_rings (builder);
    build_area_tree (builder);
    make_no_area (builder);
}
