#include "domain/action_state.h"
#include "domain/snapshot.h"

/* Longer than any plan: a mistyped century must not make a chart of a thousand years, nor one that ends before the as-of date. */
#define MAX_MONTHS 600
#define MAX_MONTHS_BEFORE 300

static int compare_dates (gconstpointer a, gconstpointer b)
{
    BpDate first = *(const BpDate *)a, second = *(const BpDate *)b;
    return first < second ? -1 : first > second;
}

static int count_until (const GArray *dates, BpDate day)
{
    guint low = 0, high = dates->len;
    while (low < high)
    {
        guint middle = low + (high - low) / 2;
        if (g_array_index (dates, BpDate, middle) <= day)
            low = middle + 1;
        else
            high = middle;
    }
    return (int)low;
}

static void add_point (GArray *points, const GArray *planned, const GArray *completed, int as_planned, BpDate day, BpDate as_of)
{
    BpBurnUpPoint point = { .month_end = day,
                            .planned = as_planned + count_until (planned, day),
                            .completed = day <= as_of ? as_planned + count_until (completed, day) : -1 };
    g_array_append_val (points, point);
}

GArray *bp_snapshot_burn_up (const BpSnapshot *snapshot)
{
    GArray *points = g_array_new (FALSE, FALSE, sizeof (BpBurnUpPoint));
    g_autoptr (GArray) planned = g_array_new (FALSE, FALSE, sizeof (BpDate)), completed = g_array_new (FALSE, FALSE, sizeof (BpDate));
    int as_planned = 0; /* complete when the plan was made: both planned and completed from the first month on */
    for (guint i = 0; i < snapshot->actions->len; i++)
    {
        const BpAction *action = snapshot->actions->pdata[i];
        bool was_planned = action->timeframe.kind == BP_TIMEFRAME_COMPLETE;
        as_planned += was_planned && action->is_done;
        if (action->original_due == BP_DATE_NONE)
            continue;
        g_array_append_val (planned, action->original_due);
        BpDate done_on = bp_action_done_on (action, snapshot->as_of);
        if (done_on != BP_DATE_NONE)
            g_array_append_val (completed, done_on);
    }
    if (planned->len == 0)
        return points;
    g_array_sort (planned, compare_dates);
    g_array_sort (completed, compare_dates);
    BpDate first = MIN (g_array_index (planned, BpDate, 0), snapshot->as_of);
    if (completed->len > 0)
        first = MIN (first, g_array_index (completed, BpDate, 0));
    BpDate last = MAX (g_array_index (planned, BpDate, planned->len - 1), snapshot->as_of);
    int year, month, day, as_of_year, as_of_month;
    bp_date_split (snapshot->as_of, &as_of_year, &as_of_month, &day);
    bp_date_split (first, &year, &month, &day);
    int months_before = (as_of_year - year) * 12 + as_of_month - month;
    if (months_before > MAX_MONTHS_BEFORE)
    {
        year += (month - 1 + months_before - MAX_MONTHS_BEFORE) / 12;
        month = (month - 1 + months_before - MAX_MONTHS_BEFORE) % 12 + 1;
    }
    BpDate before = BP_DATE_NONE;
    for (int i = 0; i < MAX_MONTHS; i++)
    {
        BpDate end = bp_date_month_end (year + (month - 1 + i) / 12, (month - 1 + i) % 12 + 1);
        if (end == BP_DATE_NONE)
            break;
        bool is_as_of_between = snapshot->as_of < end && (before == BP_DATE_NONE || snapshot->as_of > before);
        if (is_as_of_between)
            add_point (points, planned, completed, as_planned, snapshot->as_of, snapshot->as_of);
        add_point (points, planned, completed, as_planned, end, snapshot->as_of);
        before = end;
        if (end >= last)
            break;
    }
    return points;
}
