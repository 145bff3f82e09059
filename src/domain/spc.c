#include "domain/spc.h"

#include <math.h>

/* What a double loses on the way is no difference: a series that never changes has a mean that is its value. */
static double slack_of (double level)
{
    return 1e-9 * fmax (1.0, fabs (level));
}

/* ---- limits ---- */

/* Each value's share is added, so that a sum of huge values does not overflow. */
static double mean_of (const double *values, int first, int last)
{
    double mean = 0.0;
    for (int i = first; i <= last; i++)
        mean += values[i] / (last - first + 1);
    return mean;
}

/* The average of the moving ranges under a bound; INFINITY: of all. */
static double average_range_of (const double *values, int first, int last, double bound)
{
    double average = 0.0;
    int count = 0;
    for (int i = first + 1; i <= last; i++)
    {
        double range = fabs (values[i] - values[i - 1]);
        if (isfinite (bound) && range >= bound)
            continue;
        count++;
        average += (range - average) / count;
    }
    return average;
}

static void set_limits (const BpSpcRule *rule, const double *values, BpSpcStretch *stretch)
{
    stretch->mean = mean_of (values, stretch->base_first, stretch->base_last);
    stretch->average_range = average_range_of (values, stretch->base_first, stretch->base_last, INFINITY);
    if (rule->screens_moving_ranges && stretch->average_range > 0.0)
        stretch->average_range
            = average_range_of (values, stretch->base_first, stretch->base_last, BP_SPC_SCREEN_FACTOR * stretch->average_range);
    stretch->lower = stretch->mean - BP_SPC_LIMIT_FACTOR * stretch->average_range;
    stretch->upper = stretch->mean + BP_SPC_LIMIT_FACTOR * stretch->average_range;
    stretch->has_limits = isfinite (stretch->mean) && isfinite (stretch->lower) && isfinite (stretch->upper);
}

/* The last of the values in a row that begin at first. */
static int row_end (const double *values, int first, int last)
{
    int end = first;
    while (end < last && isfinite (values[end + 1]))
        end++;
    return end;
}

/* Limits are set on the first row of values that is long enough. */
static void find_base (const BpSpcRule *rule, const double *values, BpSpcStretch *stretch)
{
    bool is_found = false;
    for (int i = stretch->first; i <= stretch->last; i++)
    {
        if (!isfinite (values[i]))
        {
            stretch->has_gap = true;
            continue;
        }
        int end = row_end (values, i, stretch->last);
        int length = end - i + 1;
        stretch->longest = MAX (stretch->longest, length);
        if (!is_found && rule->least_points > 0 && length >= rule->least_points)
        {
            is_found = true;
            stretch->base_first = i;
            stretch->base_last = rule->baseline_points > 0 ? MIN (end, i + MAX (rule->baseline_points, rule->least_points) - 1) : end;
        }
        i = end;
    }
    if (is_found)
        set_limits (rule, values, stretch);
}

/* ---- stretches ---- */

static bool has_enough_behind (const BpSpcRule *rule, const double *values, const BpSpcStart *starts, int from, int count)
{
    for (int i = from, length = 0; i < count && (i == from || starts[i] == BP_SPC_GOES_ON); i++)
    {
        length = isfinite (values[i]) ? length + 1 : 0;
        if (rule->least_points > 0 && length >= rule->least_points)
            return true;
    }
    return false;
}

static void cut_stretches (const BpSpcRule *rule, const double *values, const BpSpcStart *starts, BpSpc *spc)
{
    for (int i = 0; i < spc->point_count; i++)
    {
        BpSpcStart start = starts != NULL ? starts[i] : BP_SPC_GOES_ON;
        if (start == BP_SPC_REBASE && i > 0 && !has_enough_behind (rule, values, starts, i, spc->point_count))
            start = BP_SPC_GOES_ON;
        if (i == 0 || start != BP_SPC_GOES_ON)
            spc->stretches[spc->stretch_count++] = (BpSpcStretch){ .start = start, .first = i };
        spc->stretches[spc->stretch_count - 1].last = i;
    }
}

/* ---- special causes ---- */

/* 1 above the mean, -1 below, 0 on it or a gap. */
static int side_of (const BpSpcStretch *stretch, double value)
{
    double away = value - stretch->mean;
    if (!isfinite (value) || fabs (away) <= slack_of (stretch->mean))
        return 0;
    return away > 0.0 ? 1 : -1;
}

/* Whether it lies beyond that share of the way from the mean to a limit. */
static bool is_beyond (const BpSpcStretch *stretch, double value, double share)
{
    return isfinite (value) && fabs (value - stretch->mean) > share * (stretch->upper - stretch->mean) + slack_of (stretch->mean);
}

/* The strongest reason is told; it is marked last. */
static void mark (BpSpcPoint *point, BpSpcCause cause, bool is_high, int length)
{
    *point = (BpSpcPoint){ .cause = cause, .is_high = is_high, .length = length };
}

static void mark_near (const BpSpcStretch *stretch, const double *values, BpSpcPoint *points)
{
    for (int i = stretch->first; i + 2 <= stretch->last; i++)
    {
        if (!isfinite (values[i]) || !isfinite (values[i + 1]) || !isfinite (values[i + 2]))
            continue;
        for (int side = -1; side <= 1; side += 2)
        {
            int count = 0;
            for (int j = i; j < i + 3; j++)
                count += side_of (stretch, values[j]) == side && is_beyond (stretch, values[j], 2.0 / 3.0);
            for (int j = i; j < i + 3 && count >= 2; j++)
                if (side_of (stretch, values[j]) == side && is_beyond (stretch, values[j], 2.0 / 3.0))
                    mark (&points[j], BP_SPC_CAUSE_NEAR, side > 0, 0);
        }
    }
}

/* 1 if the value has risen on the one before it, -1 if it has fallen, else 0. */
static int step_of (const double *values, int i)
{
    double step = values[i] - values[i - 1];
    if (!(fabs (step) > slack_of (values[i])))
        return 0;
    return step > 0.0 ? 1 : -1;
}

static void mark_trends (const BpSpcRule *rule, const BpSpcStretch *stretch, const double *values, BpSpcPoint *points)
{
    for (int i = stretch->first; i < stretch->last;)
    {
        int way = step_of (values, i + 1);
        int end = i + 1;
        while (way != 0 && end < stretch->last && step_of (values, end + 1) == way)
            end++;
        int length = end - i + 1;
        for (int j = i; j <= end && way != 0 && rule->trend_points > 0 && length >= rule->trend_points; j++)
            mark (&points[j], BP_SPC_CAUSE_TREND, way > 0, length);
        i = end;
    }
}

static void mark_runs (const BpSpcRule *rule, const BpSpcStretch *stretch, const double *values, BpSpcPoint *points)
{
    for (int i = stretch->first; i <= stretch->last;)
    {
        int side = side_of (stretch, values[i]);
        int end = i;
        while (end < stretch->last && side_of (stretch, values[end + 1]) == side)
            end++;
        int length = end - i + 1;
        for (int j = i; j <= end && side != 0 && rule->run_points > 0 && length >= rule->run_points; j++)
            mark (&points[j], BP_SPC_CAUSE_RUN, side > 0, length);
        i = end + 1;
    }
}

static void mark_outside (const BpSpcStretch *stretch, const double *values, BpSpcPoint *points)
{
    for (int i = stretch->first; i <= stretch->last; i++)
        if (is_beyond (stretch, values[i], 1.0))
            mark (&points[i], BP_SPC_CAUSE_OUTSIDE, side_of (stretch, values[i]) > 0, points[i].length);
}

/* ---- judgement ---- */

static BpSpcMeaning meaning_of (const BpSpcAim *aim, const BpSpcStretch *stretch, const BpSpcPoint *point)
{
    if (point->cause == BP_SPC_CAUSE_NONE)
        return BP_SPC_USUAL;
    bool is_better_high = false;
    switch (aim->better)
    {
    case BP_SPC_NEITHER:
        return BP_SPC_NEUTRAL;
    case BP_SPC_HIGHER:
        is_better_high = true;
        break;
    case BP_SPC_LOWER:
        break;
    case BP_SPC_NEAR:
        /* towards the target is better; away from a mean that is on it is a concern either way */
        if (!isfinite (aim->target))
            return BP_SPC_NEUTRAL;
        if (fabs (stretch->mean - aim->target) <= fmax (aim->tolerance, slack_of (aim->target)))
            return BP_SPC_CONCERN;
        is_better_high = stretch->mean < aim->target;
        break;
    }
    return point->is_high == is_better_high ? BP_SPC_IMPROVEMENT : BP_SPC_CONCERN;
}

static BpSpcAssurance assurance_between (double lowest, double highest, double lower, double upper)
{
    double slack = fmax (slack_of (lower), slack_of (upper));
    if (lower >= lowest - slack && upper <= highest + slack)
        return BP_SPC_ASSURANCE_PASS;
    if (upper < lowest - slack || lower > highest + slack)
        return BP_SPC_ASSURANCE_FAIL;
    return BP_SPC_ASSURANCE_HIT_OR_MISS;
}

static BpSpcAssurance assurance_of (const BpSpcAim *aim, const BpSpcStretch *stretch)
{
    if (!stretch->has_limits || !isfinite (aim->target))
        return BP_SPC_ASSURANCE_NONE;
    switch (aim->better)
    {
    case BP_SPC_NEITHER:
        break;
    case BP_SPC_HIGHER:
        return assurance_between (aim->target, INFINITY, stretch->lower, stretch->upper);
    case BP_SPC_LOWER:
        return assurance_between (-INFINITY, aim->target, stretch->lower, stretch->upper);
    case BP_SPC_NEAR:
        return assurance_between (aim->target - aim->tolerance, aim->target + aim->tolerance, stretch->lower, stretch->upper);
    }
    return BP_SPC_ASSURANCE_NONE;
}

static void judge (const BpSpcRule *rule, const BpSpcAim *aim, const double *values, const BpSpcStretch *stretch, BpSpcPoint *points)
{
    mark_near (stretch, values, points);
    mark_trends (rule, stretch, values, points);
    mark_runs (rule, stretch, values, points);
    mark_outside (stretch, values, points);
    for (int i = stretch->first; i <= stretch->last; i++)
        points[i].meaning = isfinite (values[i]) ? meaning_of (aim, stretch, &points[i]) : BP_SPC_PLAIN;
}

BpSpc *bp_spc_new (const BpSpcRule *rule, const BpSpcAim *aim, const double *values, const BpSpcStart *starts, int count)
{
    BpSpc *spc = g_new0 (BpSpc, 1);
    gsize room = count > 0 ? (gsize)count : 1;

    spc->point_count = MAX (count, 0);
    spc->points = g_new0 (BpSpcPoint, room);
    spc->stretches = g_new0 (BpSpcStretch, room);
    cut_stretches (rule, values, starts, spc);
    for (int i = 0; i < spc->stretch_count; i++)
    {
        BpSpcStretch *stretch = &spc->stretches[i];
        find_base (rule, values, stretch);
        if (stretch->has_limits)
            judge (rule, aim, values, stretch, spc->points);
        spc->assurance = assurance_of (aim, stretch);
    }
    return spc;
}

void bp_spc_free (BpSpc *spc)
{
    if (spc == NULL)
        return;
    g_free (spc->points);
    g_free (spc->stretches);
    g_free (spc);
}

const BpSpcStretch *bp_spc_last_stretch (const BpSpc *spc)
{
    return spc->stretch_count > 0 ? &spc->stretches[spc->stretch_count - 1] : NULL;
}
