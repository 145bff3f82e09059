#include "domain/snapshot.h"

#include <string.h>

static bool is_off_track (const BpAction *action)
{
    return action->is_reported && !action->is_done && action->status->severity == BP_SEVERITY_OFF_TRACK;
}

static bool is_without_update (const BpAction *action)
{
    return action->is_update_missing;
}

static bool is_at_risk (const BpAction *action)
{
    return action->is_reported && !action->is_done && action->status->severity == BP_SEVERITY_AT_RISK;
}

static bool is_overdue (const BpAction *action)
{
    return action->is_overdue;
}

static bool is_undated (const BpAction *action)
{
    return action->is_undated;
}

static bool has_unapproved_move (const BpAction *action)
{
    return !action->is_done && action->forecast != BP_DATE_NONE;
}

static bool disagrees (const BpAction *action)
{
    return action->disagrees;
}

/* In the order in which exceptions are printed; rules.ini says which of them make one. */
static const struct
{
    const char *name;
    bool (*applies) (const BpAction *action);
} reasons[] = {
    { "off-track", is_off_track }, { "no-update", is_without_update },         { "at-risk", is_at_risk },  { "overdue", is_overdue },
    { "undated", is_undated },     { "unapproved-move", has_unapproved_move }, { "disagrees", disagrees },
};

static bool is_wanted (const BpSnapshot *snapshot, const char *name)
{
    const char *const *wanted = snapshot->programme->rules.exception_reasons;
    if (wanted == NULL)
        return true;
    for (; *wanted != NULL; wanted++)
        if (g_ascii_strcasecmp (*wanted, name) == 0)
            return true;
    return false;
}

/* Index of the first reason that applies and is wanted; -1. */
static int find_reason (const BpSnapshot *snapshot, const BpAction *action)
{
    for (int i = 0; i < (int)G_N_ELEMENTS (reasons); i++)
        if (reasons[i].applies (action) && is_wanted (snapshot, reasons[i].name))
            return i;
    return -1;
}

const char *bp_action_exception_reason (const BpSnapshot *snapshot, const BpAction *action)
{
    int reason = find_reason (snapshot, action);
    return reason >= 0 ? reasons[reason].name : NULL;
}

typedef struct
{
    BpAction *action;
    int reason;
    guint order;
} Exception;

static int compare_exceptions (gconstpointer a, gconstpointer b)
{
    const Exception *first = a, *second = b;
    if (first->reason != second->reason)
        return first->reason < second->reason ? -1 : 1;
    if (first->action->days_overdue != second->action->days_overdue)
        return first->action->days_overdue > second->action->days_overdue ? -1 : 1;
    return first->order < second->order ? -1 : first->order > second->order;
}

GPtrArray *bp_snapshot_exceptions (const BpSnapshot *snapshot, const GPtrArray *actions)
{
    g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Exception));
    for (guint i = 0; i < actions->len; i++)
    {
        Exception exception = { .action = actions->pdata[i], .order = i };
        exception.reason = find_reason (snapshot, exception.action);
        if (exception.reason >= 0)
            g_array_append_val (found, exception);
    }
    g_array_sort (found, compare_exceptions);
    GPtrArray *exceptions = g_ptr_array_sized_new (found->len);
    for (guint i = 0; i < found->len; i++)
        g_ptr_array_add (exceptions, g_array_index (found, Exception, i).action);
    return exceptions;
}
