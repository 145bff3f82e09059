#include "pack/build.h"

#include "domain/snapshot.h"

static int compare_positions (gconstpointer left, gconstpointer right)
{
    const BpStatus *a = *(const BpStatus *const *)left;
    const BpStatus *b = *(const BpStatus *const *)right;

    return (a->position > b->position) - (a->position < b->position);
}

/* The configured scale, and the statuses of silence that it lacks where an action has them. */
GPtrArray *bp_build_dup_statuses (const BpSnapshot *snapshot)
{
    const BpStatusScale *scale = &snapshot->programme->statuses;
    GPtrArray *statuses = g_ptr_array_new ();
    guint known = 0;

    for (int i = 0; i < scale->count; i++)
        g_ptr_array_add (statuses, &scale->statuses[i]);
    known = statuses->len;
    for (guint i = 0; i < snapshot->actions->len; i++)
    {
        const BpStatus *status = ((const BpAction *)g_ptr_array_index (snapshot->actions, i))->status;
        bool is_new = status->position >= scale->count;
        for (guint j = known; j < statuses->len && is_new; j++)
            is_new = g_ptr_array_index (statuses, j) != (gconstpointer)status;
        if (is_new)
            g_ptr_array_add (statuses, (gpointer)status);
    }
    g_ptr_array_sort (statuses, compare_positions);
    return statuses;
}

GPtrArray *bp_build_dup_inferred (const BpSnapshot *snapshot)
{
    GPtrArray *inferred = g_ptr_array_new ();

    for (guint i = 0; i < snapshot->actions->len; i++)
    {
        const BpAction *action = g_ptr_array_index (snapshot->actions, i);
        if (action->is_ref_inferred)
            g_ptr_array_add (inferred, (gpointer)action);
    }
    return inferred;
}
