#include "domain/reference.h"
#include "domain/row_reader.h"

#include "base/text.h"

enum
{
    PLAN,
    REF,
    AS_OF,
    STATUS,
    COMPLETED_ON,
    PROGRESS,
    PUBLIC_PROGRESS,
    NEXT_STEP,
    FORECAST,
    REASON,
    PATH_TO_GREEN,
    ASK,
    EVIDENCE,
    EVIDENCE_KPI,
    APPROVED_BY
};
static const char *const names[]
    = { "plan",     "ref",    "as_of",         "status", "completed_on", "progress",     "public_progress", "next_step",
        "forecast", "reason", "path_to_green", "ask",    "evidence",     "evidence_kpi", "approved_by",     NULL };

static const char *read_approver (BpSnapshotBuilder *builder, const BpRowReader *reader)
{
    const char *typed = bp_row_reader_word (reader, APPROVED_BY);
    const BpForum *forum = bp_reference_forum (builder, typed, bp_row_reader_source (reader, APPROVED_BY));
    return forum != NULL ? forum->id : "";
}

static void read_forecast (BpSnapshotBuilder *builder, const BpRowReader *reader, BpUpdate *update)
{
    const char *typed = bp_row_reader_word (reader, FORECAST);
    update->forecast = bp_snapshot_builder_timeframe (builder, typed);
    if (update->forecast.kind == BP_TIMEFRAME_UNKNOWN)
        bp_finding_list_add (builder->findings, BP_FINDING_VALUE_UNREADABLE, bp_row_reader_source (reader, FORECAST), typed,
                             "The forecast “%s” is not understood. It is printed as typed and moves no date.", typed);
}

/* Nothing is known of a KPI named as evidence but its id; only that it exists is checked. */
static const char *read_evidence_kpi (BpSnapshotBuilder *builder, const BpRowReader *reader)
{
    const char *typed = bp_row_reader_word (reader, EVIDENCE_KPI);
    bp_reference_kpi (builder, typed, bp_row_reader_source (reader, EVIDENCE_KPI));
    return typed;
}

/* A lead who types "no update" has reported nothing. */
static const BpStatus *read_status (BpSnapshotBuilder *builder, const BpRowReader *reader)
{
    const char *typed = bp_row_reader_word (reader, STATUS);
    const BpStatus *status = bp_reference_status (builder, typed, bp_row_reader_source (reader, STATUS));
    return status != NULL && status->use == BP_STATUS_USE_NO_UPDATE ? NULL : status;
}

static int compare_updates (gconstpointer a, gconstpointer b)
{
    const BpUpdate *first = *(BpUpdate *const *)a, *second = *(BpUpdate *const *)b;
    if (first->as_of != second->as_of)
        return first->as_of < second->as_of ? -1 : 1;
    /* the updates stand in one block, in the order of the rows */
    return first < second ? -1 : first > second;
}

void bp_snapshot_builder_read_updates (BpSnapshotBuilder *builder)
{
    BpRowReader reader;
    bp_row_reader_init (&reader, builder, BP_TABLE_UPDATES, names);
    BpUpdate *block = bp_snapshot_builder_take_block (builder, bp_row_reader_count (&reader), sizeof *block);
    guint count = 0;
    while (bp_row_reader_next (&reader))
    {
        BpDate as_of = bp_row_reader_date (&reader, AS_OF);
        if (as_of == BP_DATE_NONE || as_of > builder->snapshot->as_of)
            continue;
        const BpPlan *plan = bp_reference_plan (builder, bp_row_reader_word (&reader, PLAN), bp_row_reader_source (&reader, PLAN));
        BpAction *action = bp_reference_action (builder, plan, bp_row_reader_word (&reader, REF), bp_row_reader_source (&reader, REF));
        if (action == NULL)
            continue;
        BpUpdate *update = &block[count++];
        update->as_of = as_of;
        update->status = read_status (builder, &reader);
        update->completed_on = bp_row_reader_date (&reader, COMPLETED_ON);
        read_forecast (builder, &reader, update);
        update->approved_by = read_approver (builder, &reader);
        update->progress = bp_row_reader_text (&reader, PROGRESS);
        update->public_progress = bp_row_reader_text (&reader, PUBLIC_PROGRESS);
        update->next_step = bp_row_reader_text (&reader, NEXT_STEP);
        update->reason = bp_row_reader_text (&reader, REASON);
        update->path_to_green = bp_row_reader_text (&reader, PATH_TO_GREEN);
        update->ask = bp_row_reader_text (&reader, ASK);
        update->evidence = bp_row_reader_text (&reader, EVIDENCE);
        update->evidence_kpi = read_evidence_kpi (builder, &reader);
        update->source = bp_row_reader_source (&reader, -1);
        update->local = bp_row_reader_local (&reader);
        g_ptr_array_add (action->updates, update);
    }
    for (guint i = 0; i < builder->action_count; i++)
        g_ptr_array_sort (builder->action_block[i].updates, compare_updates);
}
