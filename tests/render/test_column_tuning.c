#include "render/pdf/column_tuning.h"

#include <math.h>
#include <stdbool.h>

static void add_line (GArray *samples, int row, int column, double wish)
{
    const BpLineSample sample = { row, column, wish, 13.0 };
    g_array_append_val (samples, sample);
}

/* Height of a row set in these widths, as the tuning estimates it. */
static double row_height (const GArray *samples, int row, const BpColumnRange *columns, int count)
{
    double highest = 0.0;
    for (int column = 0; column < count; column++)
    {
        double height = 0.0;
        for (guint i = 0; i < samples->len; i++)
        {
            const BpLineSample *line = &g_array_index (samples, BpLineSample, i);
            const double inner = columns[column].width_pt - columns[column].sides_pt;
            if (line->row == row && line->column == column)
                height += line->wish_pt <= inner ? 13.0 : 13.0 * ceil (line->wish_pt / inner);
        }
        highest = MAX (highest, height);
    }
    return highest;
}

static void test_long_text_gets_the_room (void)
{
    BpColumnRange columns[3] = { { 100, 40, G_MAXDOUBLE, 12 }, { 200, 72, G_MAXDOUBLE, 12 }, { 200, 72, G_MAXDOUBLE, 12 } };
    g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (BpLineSample));
    for (int row = 0; row < 20; row++)
    {
        add_line (samples, row, 0, 30);
        add_line (samples, row, 1, 900);
        add_line (samples, row, 2, 80);
    }
    const double before = row_height (samples, 0, columns, 3);
    bp_columns_tune (columns, 3, samples, 20);
    g_assert_cmpfloat_with_epsilon (columns[0].width_pt + columns[1].width_pt + columns[2].width_pt, 500.0, 0.001);
    g_assert_cmpfloat (columns[1].width_pt, >, 300.0);
    g_assert_cmpfloat (columns[0].width_pt, >=, 40.0);
    g_assert_cmpfloat (columns[2].width_pt, >=, 72.0);
    g_assert_cmpfloat (row_height (samples, 0, columns, 3), <, before);
}

static void test_widths_stay_where_nothing_is_won (void)
{
    BpColumnRange columns[2] = { { 123, 20, G_MAXDOUBLE, 0 }, { 77, 20, G_MAXDOUBLE, 0 } };
    g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (BpLineSample));
    add_line (samples, 0, 0, 50);
    add_line (samples, 0, 1, 50);
    bp_columns_tune (columns, 2, samples, 1);
    g_assert_cmpfloat (columns[0].width_pt, ==, 123.0);
    g_assert_cmpfloat (columns[1].width_pt, ==, 77.0);
}

static void test_bounds_hold (void)
{
    BpColumnRange columns[2] = { { 100, 90, 110, 0 }, { 100, 50, G_MAXDOUBLE, 0 } };
    g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (BpLineSample));
    for (int row = 0; row < 10; row++)
        add_line (samples, row, 0, 2000);
    bp_columns_tune (columns, 2, samples, 10);
    g_assert_cmpfloat (columns[0].width_pt, <=, 110.0);
    g_assert_cmpfloat (columns[1].width_pt, >=, 50.0);
    bp_columns_tune (columns, 2, samples, 0);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/render/column_tuning/long_text_gets_the_room", test_long_text_gets_the_room);
    g_test_add_func ("/render/column_tuning/widths_stay_where_nothing_is_won", test_widths_stay_where_nothing_is_won);
    g_test_add_func ("/render/column_tuning/bounds_hold", test_bounds_hold);
    return g_test_run ();
}
