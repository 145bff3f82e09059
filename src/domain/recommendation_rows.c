#include "domain/reference.h"
#include "domain/row_reader.h"

#include "base/text.h"

enum
{
    REF,
    TEXT,
    SHORT,
    SOURCE,
    AREAS,
    ACTIONS,
    KPIS
};
static const char *const names[] = { "ref", "text", "short", "source", "areas", "actions", "kpis", NULL };

/* Adds thing to list unless seen has it. */
static void add_once (GPtrArray *list, GHashTable *seen, gpointer thing)
{
    if (thing != NULL && g_hash_table_add (seen, thing))
        g_ptr_array_add (list, thing);
}

/* Named actions and those under the named areas, each once, in display order. */
static void read_actions (BpSnapshotBuilder *builder, const BpRowReader *reader, BpRecommendation *recommendation)
{
    g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
    g_auto (GStrv) refs = bp_text_split_list (bp_row_reader_raw (reader, ACTIONS), ';');
    for (char **ref = refs; *ref != NULL; ref++)
        add_once (recommendation->actions, seen, bp_reference_action (builder, NULL, *ref, bp_row_reader_source (reader, ACTIONS)));
    for (guint i = 0; i < recommendation->areas->len; i++)
    {
        g_autoptr (GPtrArray) under = bp_area_dup_all_actions (recommendation->areas->pdata[i]);
        for (guint k = 0; k < under->len; k++)
            add_once (recommendation->actions, seen, under->pdata[k]);
    }
    g_ptr_array_sort_with_data (recommendation->actions, bp_snapshot_builder_compare_actions, builder);
}

static int compare_recommendations (gconstpointer a, gconstpointer b)
{
    const BpRecommendation *first = *(BpRecommendation *const *)a, *second = *(BpRecommendation *const *)b;
    return bp_ref_compare (first->ref, second->ref);
}

void bp_snapshot_builder_read_recommendations (BpSnapshotBuilder *builder)
{
    BpRowReader reader;
    bp_row_reader_init (&reader, builder, BP_TABLE_RECOMMENDATIONS, names);
    BpRecommendation *block = bp_snapshot_builder_take_block (builder, bp_row_reader_count (&reader), sizeof *block);
    for (guint i = 0; bp_row_reader_next (&reader); i++)
    {
        BpRecommendation *recommendation = &block[i];
        recommendation->ref = bp_row_reader_word (&reader, REF);
        recommendation->text = bp_row_reader_text (&reader, TEXT);
        recommendation->short_title = bp_row_reader_text_or (&reader, SHORT, recommendation->text);
        recommendation->source_text = bp_row_reader_text (&reader, SOURCE);
        recommendation->areas = bp_snapshot_builder_new_array (builder);
        recommendation->actions = bp_snapshot_builder_new_array (builder);
        recommendation->kpis = bp_snapshot_builder_new_array (builder);
        recommendation->source = bp_row_reader_source (&reader, -1);
        recommendation->local = bp_row_reader_local (&reader);
        g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
        g_auto (GStrv) areas = bp_text_split_list (bp_row_reader_raw (&reader, AREAS), ';');
        for (char **ref = areas; *ref != NULL; ref++)
            add_once (recommendation->areas, seen, bp_reference_area (builder, NULL, *ref, bp_row_reader_source (&reader, AREAS)));
        read_actions (builder, &reader, recommendation);
        g_auto (GStrv) kpis = bp_text_split_list (bp_row_reader_raw (&reader, KPIS), ';');
        for (char **id = kpis; *id != NULL; id++)
            add_once (recommendation->kpis, seen, bp_reference_kpi (builder, *id, bp_row_reader_source (&reader, KPIS)));
        g_ptr_array_add (builder->snapshot->recommendations, recommendation);
    }
    g_ptr_array_sort (builder->snapshot->recommendations, compare_recommendations);
    for (guint i = 0; i < builder->snapshot->recommendations->len; i++)
    {
        BpRecommendation *recommendation = builder->snapshot->recommendations->pdata[i];
        for (guint k = 0; k < recommendation->kpis->len; k++)
            g_ptr_array_add (((BpKpi *)recommendation->kpis->pdata[k])->recommendations, recommendation);
        for (guint k = 0; k < recommendation->actions->len; k++)
            recommendation->done_count += ((const BpAction *)recommendation->actions->pdata[k])->is_done;
    }
}
