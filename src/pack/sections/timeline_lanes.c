#include "pack/sections/timeline_lanes.h"

#include "base/text.h"
#include "domain/snapshot.h"
#include "pack/mark.h"
#include "pack/sections/grouping.h"
#include "pack/wording.h"

#include <string.h>

#define NAME_CHARS 60
#define LEAST_MONTHS 12
#define MOST_REPEATS 120

BpDate bp_action_timeline_date (const BpAction *action)
{
    if (action->due != BP_DATE_NONE)
        return action->due;
    return action->is_done ? action->original_due : BP_DATE_NONE;
}

/* ---- the range ---- */

static void widen (BpTimeline *timeline, BpDate date)
{
    if (date == BP_DATE_NONE)
        return;
    timeline->first = MIN (timeline->first, date);
    timeline->last = MAX (timeline->last, date);
}

/* Where it stood before it was moved. A repeating action goes on to its next date without having moved. */
static BpDate original_date (const BpAction *action)
{
    bool has_moved = action->approved_moves > 0 && action->due != BP_DATE_NONE && action->original_due != action->due;

    return has_moved && action->timeframe.kind != BP_TIMEFRAME_RECURRING ? action->original_due : BP_DATE_NONE;
}

static void set_range (const BpBuild *build, BpTimeline *timeline, const GPtrArray *actions)
{
    int year;
    int month;
    int day;

    timeline->today = timeline->first = timeline->last = build->snapshot->as_of;
    for (guint i = 0; i < actions->len; i++)
    {
        const BpAction *action = g_ptr_array_index (actions, i);
        widen (timeline, bp_action_timeline_date (action));
        widen (timeline, original_date (action));
    }
    bp_date_split (timeline->first, &year, &month, &day);
    timeline->first = bp_date_new (year, month, 1);
    widen (timeline, bp_date_add_months (timeline->first, LEAST_MONTHS - 1));
    bp_date_split (timeline->last, &year, &month, &day);
    timeline->last = bp_date_month_end (year, month);
}

/* ---- marks ---- */

static void add_repeats (const BpBuild *build, const BpTimeline *timeline, BpTimelineMark *mark, const BpAction *action)
{
    BpDate dates[MOST_REPEATS];
    int count = 0;
    BpDate date = mark->date;

    if (action->timeframe.kind != BP_TIMEFRAME_RECURRING || date == BP_DATE_NONE || action->is_done)
        return;
    while (count < MOST_REPEATS)
    {
        date = bp_timeframe_next_occurrence (&action->timeframe, date + 1, &build->snapshot->programme->calendar);
        if (date == BP_DATE_NONE || date > timeline->last)
            break;
        dates[count++] = date;
    }
    BpDate *copy = bp_pack_alloc (build->pack, sizeof (BpDate) * (gsize)MAX (count, 1));
    memcpy (copy, dates, sizeof (BpDate) * (gsize)count);
    mark->repeats = copy;
    mark->repeat_count = count;
}

static void fill_lane (const BpBuild *build, const BpTimeline *timeline, BpTimelineLane *lane, const GPtrArray *actions)
{
    lane->mark_count = (int)actions->len;
    lane->marks = bp_pack_alloc (build->pack, sizeof (BpTimelineMark) * MAX (actions->len, 1));
    for (guint i = 0; i < actions->len; i++)
    {
        const BpAction *action = g_ptr_array_index (actions, i);
        lane->marks[i] = (BpTimelineMark){ .ref = bp_pack_text (build->pack, bp_words_action_ref (build, action)),
                                           .mark = bp_mark_of_status (action->status),
                                           .is_open = !action->is_done,
                                           .date = bp_action_timeline_date (action),
                                           .original = original_date (action) };
        add_repeats (build, timeline, &lane->marks[i], action);
    }
}

/* ---- lanes ---- */

/* What a ref stands under: "4.2" of "4.2.11"; "" if it stands under none. Caller frees. */
static char *dup_parent_ref (const char *ref)
{
    const char *dot = strrchr (ref, '.');

    return dot != NULL ? g_strndup (ref, (gsize)(dot - ref)) : g_strdup ("");
}

static bool is_under_same_ref (const BpAction *a, const BpAction *b)
{
    g_autofree char *first = dup_parent_ref (a->ref);
    g_autofree char *second = dup_parent_ref (b->ref);

    return strcmp (first, second) == 0;
}

/* Actions of an area without sub-areas: those whose refs stand under one ref share a lane. */
static GPtrArray *dup_lanes_by_ref (const GPtrArray *actions)
{
    GPtrArray *lanes = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);

    for (guint i = 0; i < actions->len; i++)
    {
        BpAction *action = g_ptr_array_index (actions, i);
        GPtrArray *lane = NULL;
        for (guint l = 0; l < lanes->len && lane == NULL; l++)
        {
            GPtrArray *other = g_ptr_array_index (lanes, l);
            if (is_under_same_ref (action, g_ptr_array_index (other, 0)))
                lane = other;
        }
        if (lane == NULL)
        {
            lane = g_ptr_array_new ();
            g_ptr_array_add (lanes, lane);
        }
        g_ptr_array_add (lane, action);
    }
    return lanes;
}

static int compare_refs (gconstpointer a, gconstpointer b)
{
    const BpAction *left = *(const BpAction *const *)a;
    const BpAction *right = *(const BpAction *const *)b;

    return bp_ref_compare (left->ref, right->ref);
}

/* "4.2.1 to 4.2.11". */
static const char *refs_name (const BpBuild *build, const GPtrArray *actions)
{
    g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

    for (guint i = 0; i < actions->len; i++)
        g_ptr_array_add (sorted, g_ptr_array_index (actions, i));
    g_ptr_array_sort (sorted, compare_refs);
    const char *first = bp_words_action_ref (build, g_ptr_array_index (sorted, 0));
    const char *last = bp_words_action_ref (build, g_ptr_array_index (sorted, sorted->len - 1));
    return sorted->len == 1 ? first : bp_pack_format (build->pack, "%s to %s", first, last);
}

static const char *short_name (const BpBuild *build, const char *name)
{
    return bp_pack_take (build->pack, bp_text_dup_shortened (name, NAME_CHARS));
}

static void add_lane (const BpBuild *build, const BpTimeline *timeline, GArray *lanes, const char *name, const GPtrArray *actions)
{
    BpTimelineLane lane = { .name = short_name (build, name) };

    fill_lane (build, timeline, &lane, actions);
    g_array_append_val (lanes, lane);
}

static void fill_group (const BpBuild *build, const BpTimeline *timeline, BpTimelineGroup *group, const BpActionGroup *of)
{
    g_autoptr (GArray) subs = bp_actions_group (build, of->actions, "sub_area");
    g_autoptr (GArray) lanes = g_array_new (FALSE, FALSE, sizeof (BpTimelineLane));

    group->name = short_name (build, of->heading);
    for (guint i = 0; i < subs->len; i++)
    {
        const BpActionGroup *sub = &g_array_index (subs, BpActionGroup, i);
        const BpAction *first = g_ptr_array_index (sub->actions, 0);
        if (first->area != first->top_area)
        {
            add_lane (build, timeline, lanes, bp_words_area_short_heading (build, first->area), sub->actions);
            continue;
        }
        g_autoptr (GPtrArray) by_ref = dup_lanes_by_ref (sub->actions);
        for (guint l = 0; l < by_ref->len; l++)
            add_lane (build, timeline, lanes, refs_name (build, g_ptr_array_index (by_ref, l)), g_ptr_array_index (by_ref, l));
    }
    group->lane_count = (int)lanes->len;
    group->lanes = bp_pack_alloc (build->pack, sizeof (BpTimelineLane) * MAX (lanes->len, 1));
    if (lanes->len > 0)
        memcpy (group->lanes, lanes->data, sizeof (BpTimelineLane) * lanes->len);
}

BpTimeline *bp_timeline_new (const BpBuild *build, const GPtrArray *actions)
{
    BpTimeline *timeline = bp_pack_alloc (build->pack, sizeof (BpTimeline));
    g_autoptr (GArray) groups = bp_actions_group (build, actions, "area");

    set_range (build, timeline, actions);
    timeline->group_count = (int)groups->len;
    timeline->groups = bp_pack_alloc (build->pack, sizeof (BpTimelineGroup) * MAX (groups->len, 1));
    for (guint i = 0; i < groups->len; i++)
        fill_group (build, timeline, &timeline->groups[i], &g_array_index (groups, BpActionGroup, i));
    return timeline;
}
