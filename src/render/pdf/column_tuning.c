#include "render/pdf/column_tuning.h"

#include <math.h>
#include <stdbool.h>

#define RAGGED 0.93 /* share of a line that ragged text fills */
#define SMOOTH 0.4  /* of a part of a line: so that a step towards a line less counts, though it wins none yet */
#define MOST_PASSES 12
#define SECOND_WEIGHT 0.04 /* of all cells' heights beside the rows': gives a direction where one cell sets a row's height */

typedef struct
{
    const GArray *samples;
    int columns, rows;
    double *heights; /* by row and column, at the present widths */
    double *trial[2];
} Tuning;

static double line_height (const BpLineSample *line, double inner)
{
    if (line->wish_pt <= inner + 0.01)
        return line->leading_pt;
    const double lines = line->wish_pt / (inner * RAGGED);
    return line->leading_pt * MAX (1.5, (1.0 - SMOOTH) * ceil (lines) + SMOOTH * lines);
}

static void measure_column (const Tuning *tuning, int column, double inner, double *heights_out, int stride)
{
    for (int row = 0; row < tuning->rows; row++)
        heights_out[row * stride] = 0.0;
    for (guint i = 0; i < tuning->samples->len; i++)
    {
        const BpLineSample *line = &g_array_index (tuning->samples, BpLineSample, i);
        if (line->column == column)
            heights_out[line->row * stride] += line_height (line, inner);
    }
}

/* Height of all rows if columns a and b had the trial heights. */
static double weigh (const Tuning *tuning, int a, int b)
{
    double total = 0.0;
    for (int row = 0; row < tuning->rows; row++)
    {
        double highest = 0.0, sum = 0.0;
        for (int column = 0; column < tuning->columns; column++)
        {
            const double height = column == a   ? tuning->trial[0][row]
                                  : column == b ? tuning->trial[1][row]
                                                : tuning->heights[row * tuning->columns + column];
            highest = MAX (highest, height);
            sum += height;
        }
        total += highest + SECOND_WEIGHT * sum;
    }
    return total;
}

static bool try_move (Tuning *tuning, BpColumnRange *columns, int from, int to, double step, double *best)
{
    if (columns[from].width_pt - step < columns[from].least_pt || columns[to].width_pt + step > columns[to].most_pt)
        return false;
    measure_column (tuning, from, columns[from].width_pt - step - columns[from].sides_pt, tuning->trial[0], 1);
    measure_column (tuning, to, columns[to].width_pt + step - columns[to].sides_pt, tuning->trial[1], 1);
    const double weight = weigh (tuning, from, to);
    if (weight >= *best - 0.5)
        return false;
    *best = weight;
    columns[from].width_pt -= step;
    columns[to].width_pt += step;
    for (int row = 0; row < tuning->rows; row++)
    {
        tuning->heights[row * tuning->columns + from] = tuning->trial[0][row];
        tuning->heights[row * tuning->columns + to] = tuning->trial[1][row];
    }
    return true;
}

void bp_columns_tune (BpColumnRange *columns, int column_count, const GArray *samples, int row_count)
{
    if (row_count == 0 || column_count < 2)
        return;
    static const double steps[] = { 32.0, 16.0, 8.0, 4.0 };
    Tuning tuning = { .samples = samples, .columns = column_count, .rows = row_count };
    tuning.heights = g_new0 (double, (gsize)row_count *(gsize)column_count);
    tuning.trial[0] = g_new0 (double, (gsize)row_count);
    tuning.trial[1] = g_new0 (double, (gsize)row_count);
    for (int column = 0; column < column_count; column++)
        measure_column (&tuning, column, columns[column].width_pt - columns[column].sides_pt, tuning.heights + column, column_count);
    double best = weigh (&tuning, -1, -1);
    for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
        bool has_moved = true;
        for (int pass = 0; pass < MOST_PASSES && has_moved; pass++)
        {
            has_moved = false;
            for (int from = 0; from < column_count; from++)
                for (int to = 0; to < column_count; to++)
                    has_moved = (from != to && try_move (&tuning, columns, from, to, steps[i], &best)) || has_moved;
        }
    }
    g_free (tuning.heights);
    g_free (tuning.trial[0]);
    g_free (tuning.trial[1]);
}
