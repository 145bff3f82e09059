#include "render/pdf/timeline_grid.h"

#define MOST_COLUMNS 24

/* ---- columns ---- */

static int month_number (BpDate date)
{
    int year, month, day;
    bp_date_split (date, &year, &month, &day);
    return year * 12 + month - 1;
}

BpTimeScale bp_time_scale_new (BpDate first, BpDate last)
{
    static const int lengths[] = { 1, 3, 12, 24, 60, 120, 240 };
    const int start = month_number (first), end = month_number (last);
    BpTimeScale scale = { 0 };
    for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
        scale.months_each = lengths[i];
        scale.first_month = start - start % lengths[i];
        scale.count = (end - scale.first_month) / lengths[i] + 1;
        if (scale.count <= MOST_COLUMNS)
            break;
    }
    return scale;
}

int bp_time_scale_get_column (const BpTimeScale *scale, BpDate date)
{
    return CLAMP ((month_number (date) - scale->first_month) / scale->months_each, 0, scale->count - 1);
}

double bp_time_scale_get_place (const BpTimeScale *scale, BpDate date)
{
    int year, month, day, ignored, length;
    bp_date_split (date, &year, &month, &day);
    bp_date_split (bp_date_month_end (year, month), &ignored, &ignored, &length);
    const double months = year * 12 + month - 1 - scale->first_month + (double)day / length;
    return CLAMP (months / scale->months_each, 0.0, (double)scale->count);
}

void bp_time_scale_get_month (const BpTimeScale *scale, int column, int *year_out, int *month_out)
{
    const int number = scale->first_month + column * scale->months_each;
    *year_out = number / 12;
    *month_out = number % 12 + 1;
}

/* ---- rows ---- */

/* Which cells of a lane are taken, row by row. */
typedef struct
{
    bool *taken;
    int rows, columns;
} Cells;

static bool is_free (const Cells *cells, int row, int first, int last)
{
    for (int column = first; column <= last; column++)
        if (cells->taken[row * cells->columns + column])
            return false;
    return true;
}

static bool are_repeats_free (const Cells *cells, int row, const BpTimelineMark *mark, const BpTimeScale *scale)
{
    for (int i = 0; i < mark->repeat_count; i++)
    {
        const int column = bp_time_scale_get_column (scale, mark->repeats[i]);
        if (!is_free (cells, row, column, column))
            return false;
    }
    return true;
}

static void take (Cells *cells, int row, int first, int last)
{
    for (int column = first; column <= last; column++)
        cells->taken[row * cells->columns + column] = true;
}

/* The first row with room for the mark, its way and its repeats; else for the mark and its way; else for the mark alone. */
static void place (Cells *cells, const BpTimelineMark *mark, BpPlacedMark *placed, const BpTimeScale *scale)
{
    const int from = placed->from;
    for (int pass = 0; pass < 3; pass++)
    {
        placed->from = pass < 2 ? from : -1;
        placed->has_repeats = pass == 0 && mark->repeat_count > 0;
        const int other = placed->from >= 0 ? placed->from : placed->column;
        const int first = MIN (placed->column, other), last = MAX (placed->column, other);
        for (int row = 0; row < cells->rows; row++)
        {
            if (!is_free (cells, row, first, last) || (placed->has_repeats && !are_repeats_free (cells, row, mark, scale)))
                continue;
            placed->row = row;
            take (cells, row, first, last);
            for (int i = 0; placed->has_repeats && i < mark->repeat_count; i++)
            {
                const int column = bp_time_scale_get_column (scale, mark->repeats[i]);
                take (cells, row, column, column);
            }
            return;
        }
    }
    placed->row = -1;
    placed->from = -1;
    placed->has_repeats = false;
}

static void span (BpLanePlan *plan, int column)
{
    plan->first = plan->first < 0 ? column : MIN (plan->first, column);
    plan->last = MAX (plan->last, column);
}

static void place_all (BpLanePlan *plan, const BpTimelineLane *lane, const BpTimeScale *scale, int most_rows, bool with_repeats)
{
    g_autofree bool *taken = g_new0 (bool, (gsize)most_rows *(gsize)(scale->count + 1));
    Cells cells = { taken, most_rows, scale->count + 1 };
    for (int i = 0; i < lane->mark_count; i++)
    {
        BpTimelineMark mark = lane->marks[i];
        const bool is_dated = mark.date != BP_DATE_NONE;
        BpPlacedMark *placed = &plan->marks[i];
        *placed = (BpPlacedMark){ .column = is_dated ? bp_time_scale_get_column (scale, mark.date) : scale->count, .from = -1 };
        if (is_dated)
            span (plan, placed->column);
        if (is_dated && mark.original != BP_DATE_NONE)
        {
            const int from = bp_time_scale_get_column (scale, mark.original);
            placed->from = from == placed->column ? -1 : from;
            span (plan, from);
        }
        mark.repeat_count = with_repeats ? mark.repeat_count : 0;
        place (&cells, &mark, placed, scale);
        if (placed->row < 0)
        {
            plan->hidden[placed->column]++;
            plan->has_hidden = true;
        }
        plan->row_count = MAX (plan->row_count, placed->row + 1);
        if (!is_dated)
            placed->column = -1;
    }
}

static BpLanePlan *new_plan (const BpTimelineLane *lane, const BpTimeScale *scale, int most_rows, bool with_repeats)
{
    BpLanePlan *plan = g_new0 (BpLanePlan, 1);
    plan->marks = g_new0 (BpPlacedMark, (gsize)MAX (lane->mark_count, 1));
    plan->mark_count = lane->mark_count;
    plan->hidden = g_new0 (int, (gsize)scale->count + 1);
    plan->first = plan->last = -1;
    place_all (plan, lane, scale, most_rows, with_repeats);
    return plan;
}

BpLanePlan *bp_lane_plan_new (const BpTimelineLane *lane, const BpTimeScale *scale, int most_rows)
{
    BpLanePlan *plan = new_plan (lane, scale, most_rows, true);
    if (!plan->has_hidden)
        return plan;
    bp_lane_plan_free (plan); /* repeats take no room from marks */
    return new_plan (lane, scale, most_rows, false);
}

void bp_lane_plan_free (BpLanePlan *plan)
{
    if (plan == NULL)
        return;
    g_free (plan->marks);
    g_free (plan->hidden);
    g_free (plan);
}
