#include "render/pdf/marks.h"

#include <math.h>

#define GAP NAN

/* A sparkline is drawn where lines join most of its values; loose dots are counted instead. */
static void test_loose_dots_are_counted (void)
{
    static const struct
    {
        int count;
        double points[10];
        bool is_drawn;
        const char *words; /* in its place */
    } rows[] = { { 0, { 0 }, false, "One value" },
                 { 1, { 5 }, false, "One value" },
                 { 2, { 5, 6 }, true, NULL },
                 { 3, { 5, GAP, 6 }, false, "2 values" },
                 { 5, { 5, GAP, 6, GAP, 7 }, false, "3 values" },
                 { 10, { 18, GAP, GAP, GAP, GAP, GAP, 33, GAP, 31, 36 }, false, "4 values" },
                 { 10, { 21, 24, 22, 27, 31, 30, 35, GAP, 41, 46 }, true, NULL },
                 { 5, { 5, 6, 7, GAP, 8 }, true, NULL } };
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
        double points[10];
        for (int p = 0; p < 10; p++)
            points[p] = rows[i].points[p];
        const BpValue spark = { .kind = BP_VALUE_SPARK, .text = "One value", .points = points, .point_count = rows[i].count };
        g_assert_cmpint (bp_marks_can_draw_spark (&spark), ==, rows[i].is_drawn);
        g_autofree char *words = bp_marks_dup_spark_words (&spark);
        if (rows[i].words != NULL)
            g_assert_cmpstr (words, ==, rows[i].words);
    }
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/render/spark/loose_dots_are_counted", test_loose_dots_are_counted);
    return g_test_run ();
}
