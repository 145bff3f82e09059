#include "pack/sections/summary_words.h"

#include "domain/snapshot.h"
#include "pack/wording.h"

void bp_summary_read_progress (const BpBuild *build, const GArray *points, int *planned_out, int *done_out)
{
    *planned_out = build->snapshot->counts.planned_done;
    *done_out = build->snapshot->counts.done;
    for (guint i = 0; i < points->len; i++)
    {
        const BpBurnUpPoint *point = &g_array_index (points, BpBurnUpPoint, i);
        if (point->month_end != build->snapshot->as_of || point->completed < 0)
            continue;
        *planned_out = point->planned;
        *done_out = point->completed;
    }
}

const char *bp_summary_against_plan (const BpBuild *build, const GArray *points)
{
    int planned, done;

    bp_summary_read_progress (build, points, &planned, &done);
    if (done < planned)
        return bp_pack_format (build->pack, "%d behind plan", planned - done);
    return done > planned ? bp_pack_format (build->pack, "%d ahead of plan", done - planned) : "as planned";
}

const char *bp_summary_headline (const BpBuild *build, const GArray *points)
{
    const BpActionCounts *counts = &build->snapshot->counts;
    const char *complete = bp_words_complete (build->pack, counts->done, counts->total, "action", "actions");

    return counts->done == counts->total ? complete
                                         : bp_pack_format (build->pack, "%s, %s", complete, bp_summary_against_plan (build, points));
}

/* "26 done: 24 complete, 2 done before", where more than one status counts as done: the bar gives each its own part. */
static const char *done_words (const BpBuild *build)
{
    const BpActionCounts *counts = &build->snapshot->counts;
    g_autoptr (GPtrArray) words = g_ptr_array_new ();

    for (guint i = 0; i < build->statuses->len; i++)
    {
        const BpStatus *status = g_ptr_array_index (build->statuses, i);
        const int count = bp_counts_of (counts, status);
        if (status->counts_as == BP_COUNTS_AS_DONE && count > 0)
            g_ptr_array_add (words,
                             (gpointer)bp_pack_format (build->pack, "%d %s", count, bp_words_lower_first (build->pack, status->label)));
    }
    if (words->len < 2)
        return NULL;
    g_ptr_array_add (words, NULL);
    g_autofree char *joined = g_strjoinv (", ", (char **)words->pdata);
    return bp_pack_format (build->pack, "%d done: %s", counts->done, joined);
}

const char *bp_summary_status_aside (const BpBuild *build)
{
    const char *done = done_words (build);
    const char *disagreeing = bp_words_disagreeing (build, build->snapshot->actions);

    if (done == NULL || disagreeing == NULL)
        return done != NULL ? done : disagreeing;
    return bp_pack_format (build->pack, "%s. %s", done, disagreeing);
}
