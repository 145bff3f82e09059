#include "domain/reference.h"
#include "domain/row_reader.h"

#include <float.h>

enum
{
    AS_OF,
    KIND,
    TEXT,
    PLAN,
    AREA,
    AUDIENCE,
    POSITION
};
static const char *const names[] = { "as_of", "kind", "text", "plan", "area", "audience", "position", NULL };

/* Newest first; then by position, as given. */
static int compare_narrative (gconstpointer a, gconstpointer b)
{
    const BpNarrative *first = *(BpNarrative *const *)a, *second = *(BpNarrative *const *)b;
    if (first->as_of != second->as_of)
        return first->as_of > second->as_of ? -1 : 1;
    if (first->position < second->position || first->position > second->position)
        return first->position < second->position ? -1 : 1;
    return first < second ? -1 : first > second; /* one block, in the order of the rows */
}

void bp_snapshot_builder_read_narrative (BpSnapshotBuilder *builder)
{
    static const char *const kinds[] = { "achievement", "challenge", "change", "impact", "next_step", "you_said", "we_did", NULL };
    static const char *const audiences[] = { "internal", "partner", "public", NULL };
    BpRowReader reader;
    bp_row_reader_init (&reader, builder, BP_TABLE_NARRATIVE, names);
    BpNarrative *block = bp_snapshot_builder_take_block (builder, bp_row_reader_count (&reader), sizeof *block);
    guint count = 0;
    while (bp_row_reader_next (&reader))
    {
        BpDate as_of = bp_row_reader_date (&reader, AS_OF);
        int kind = bp_row_reader_choice (&reader, KIND, kinds, -1);
        if (as_of == BP_DATE_NONE || as_of > builder->snapshot->as_of || kind < 0)
            continue;
        BpNarrative *narrative = &block[count++];
        narrative->as_of = as_of;
        narrative->kind = (BpNarrativeKind)kind;
        narrative->text = bp_row_reader_text (&reader, TEXT);
        if (!bp_row_reader_is_blank (&reader, PLAN))
            narrative->plan = bp_reference_plan (builder, bp_row_reader_word (&reader, PLAN), bp_row_reader_source (&reader, PLAN));
        narrative->area
            = bp_reference_area (builder, narrative->plan, bp_row_reader_word (&reader, AREA), bp_row_reader_source (&reader, AREA));
        if (narrative->plan == NULL && narrative->area != NULL)
            narrative->plan = narrative->area->plan;
        /* what does not say who may read it stays inside */
        int audience = bp_row_reader_choice (&reader, AUDIENCE, audiences, BP_AUDIENCE_INTERNAL);
        narrative->audience = audience >= 0 ? (BpAudience)audience : BP_AUDIENCE_INTERNAL;
        BpNumber position;
        narrative->position = bp_row_reader_number (&reader, POSITION, &position) ? position.value : DBL_MAX;
        narrative->source = bp_row_reader_source (&reader, -1);
        narrative->local = bp_row_reader_local (&reader);
        g_ptr_array_add (builder->snapshot->narrative, narrative);
    }
    g_ptr_array_sort (builder->snapshot->narrative, compare_narrative);
}
