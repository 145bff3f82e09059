#include "render/pdf/marks.h"

#include <math.h>

#define GAP NAN

/* A sparkline is drawn where a line joins three values or more, of whatever series. */
static void test_three_make_a_line (void)
{
    static const struct
    {
        int count;
        double points[10];
        bool is_drawn;
    } rows[] = { { 0, { 0 }, false },
                 { 1, { 5 }, false },
                 { 2, { 5, 6 }, false },
                 { 3, { 5, 6, 7 }, true },
                 { 4, { 5, GAP, 6, 7 }, false },
                 { 3, { 5, GAP, 6 }, false },
                 { 5, { 5, GAP, 6, GAP, 7 }, false },
                 { 10, { 18, GAP, GAP, GAP, GAP, GAP, 33, GAP, 31, 36 }, false },
                 { 10, { 21, 24, 22, 27, 31, 30, 35, GAP, 41, 46 }, true },
                 { 5, { 5, 6, 7, GAP, 8 }, true } };
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
        double points[10];
        for (int p = 0; p < 10; p++)
            points[p] = rows[i].points[p];
        const BpValue spark = { .kind = BP_VALUE_SPARK, .text = "5 to 6", .points = points, .point_count = rows[i].count };
        g_assert_cmpint (bp_marks_can_draw_spark (&spark), ==, rows[i].is_drawn);
    }
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/render/spark/three_make_a_line", test_three_make_a_line);
    return g_test_run ();
}
