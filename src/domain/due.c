#include "domain/due.h"

/* Newest of the forum's meetings before that one. Meetings are sorted by date. */
static const BpMeeting *find_before (const BpSnapshot *snapshot, const BpMeeting *meeting)
{
    const BpMeeting *before = NULL;
    for (guint i = 0; i < snapshot->meetings->len; i++)
    {
        const BpMeeting *other = snapshot->meetings->pdata[i];
        if (other->forum == meeting->forum && other->date != BP_DATE_NONE && other->date < meeting->date)
            before = other;
    }
    return before;
}

static gint compare_dues (gconstpointer left, gconstpointer right)
{
    const BpDue *a = left, *b = right;
    if (a->date != b->date)
        return a->date < b->date ? -1 : 1;
    if (a->meeting->date != b->meeting->date)
        return a->meeting->date < b->meeting->date ? -1 : 1;
    if (a->meeting != b->meeting) /* forums stand in one array, in their order */
        return a->meeting->forum != b->meeting->forum ? (a->meeting->forum < b->meeting->forum ? -1 : 1) : 0;
    return (int)a->kind - (int)b->kind;
}

GArray *bp_due_list (const BpSnapshot *snapshot, int within_days)
{
    GArray *list = g_array_new (FALSE, FALSE, sizeof (BpDue));
    for (guint i = 0; i < snapshot->meetings->len; i++)
    {
        const BpMeeting *meeting = snapshot->meetings->pdata[i];
        if (meeting->forum == NULL || meeting->date == BP_DATE_NONE || meeting->date < snapshot->as_of)
            continue;
        const BpDate dates[] = { meeting->updates_due, meeting->papers_due, meeting->issue_date };
        for (int kind = BP_DUE_UPDATES; kind <= BP_DUE_ISSUE; kind++)
        {
            if (dates[kind] == BP_DATE_NONE || dates[kind] - snapshot->as_of > within_days)
                continue;
            const BpDue due = { .meeting = meeting,
                                .before = find_before (snapshot, meeting),
                                .kind = (BpDueKind)kind,
                                .date = dates[kind],
                                .days = dates[kind] - snapshot->as_of };
            g_array_append_val (list, due);
        }
    }
    g_array_sort (list, compare_dues);
    return list;
}

GPtrArray *bp_due_list_undated (const BpSnapshot *snapshot)
{
    GPtrArray *list = g_ptr_array_new ();
    const BpForumSet *set = &snapshot->programme->forums;
    for (int i = 0; i < set->count; i++)
        if (set->forums[i].template_file != NULL && bp_snapshot_find_next_meeting (snapshot, set->forums[i].id) == NULL)
            g_ptr_array_add (list, &set->forums[i]);
    return list;
}

const char *bp_due_kind_name (BpDueKind kind)
{
    static const char *const names[] = { "updates", "papers", "issue" };
    return names[kind];
}

const char *bp_due_kind_words (BpDueKind kind)
{
    static const char *const words[] = { "updates from leads", "final papers", "issue of the pack" };
    return words[kind];
}
