#include "render/pdf/chart_axis.h"

#include <math.h>

/* An axis for the values, after checking what holds for every axis: it covers them with four to six even numbers. */
static BpChartAxis check_axis (const double *values, int count, bool is_free, double ceiling)
{
    BpChartRange range;
    bp_chart_range_init (&range);
    for (int i = 0; i < count; i++)
        bp_chart_range_add (&range, values[i]);
    BpChartAxis axis;
    bp_chart_axis_init (&axis, &range, is_free, ceiling);
    g_assert_cmpint (axis.count, >=, 4);
    g_assert_cmpint (axis.count, <=, 6);
    g_assert_true (isfinite (axis.low) && isfinite (axis.high) && axis.step > 0.0);
    const double slack = axis.step * 1e-6, first = axis.step / pow (10.0, floor (log10 (axis.step) + 1e-9));
    g_assert_true (fabs (first - 1.0) < 1e-6 || fabs (first - 2.0) < 1e-6 || fabs (first - 5.0) < 1e-6);
    g_assert_cmpfloat (fabs (bp_chart_axis_tick (&axis, 0) - axis.low), <=, slack);
    g_assert_cmpfloat (fabs (bp_chart_axis_tick (&axis, axis.count - 1) - axis.high), <=, slack);
    g_assert_true (bp_chart_range_is_empty (&range) || (axis.low <= range.least + slack && axis.high >= range.greatest - slack));
    g_assert_true (is_free || (axis.low <= slack && axis.high >= -slack));
    g_assert_true (bp_chart_range_is_empty (&range) || range.least < 0.0 || axis.low >= 0.0);
    if (range.is_whole)
        g_assert_cmpfloat (axis.step, >=, 1.0);
    g_autoptr (GHashTable) labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (int i = 0; i < axis.count; i++) /* no two numbers look the same */
        g_assert_true (g_hash_table_add (labels, bp_chart_axis_dup_label (&axis, i, "%")));
    return axis;
}

static void test_axis_covers_any_values_with_even_steps (void)
{
    g_autoptr (GRand) rand = g_rand_new_with_seed (11);
    for (int run = 0; run < 20000; run++)
    {
        double values[5];
        const double size = pow (10.0, g_rand_double_range (rand, -12.0, 14.0)), offset = g_rand_double_range (rand, -3.0, 3.0) * size;
        const bool is_whole = g_rand_boolean (rand);
        for (int i = 0; i < 5; i++)
        {
            values[i] = g_rand_int_range (rand, 0, 9) == 0 ? NAN : offset + size * g_rand_double (rand);
            values[i] = is_whole && isfinite (values[i]) ? round (values[i]) : values[i];
        }
        check_axis (values, g_rand_int_range (rand, 1, 6), g_rand_boolean (rand), INFINITY);
    }
}

static void test_odd_values_have_an_axis (void)
{
    static const double cases[][2] = { { NAN, NAN },   { INFINITY, -INFINITY }, { 0, 0 },          { 38, 38 },     { -7, -7 },
                                       { 1e12, 1e12 }, { 1e-9, 4e-9 },          { 1e300, -1e300 }, { 5e-324, 0 },  { 1e12, 1e12 + 1 },
                                       { 0.1, 0.3 },   { 5.5, 14.5 },           { 1e20, 1.5e20 },  { -1e-9, 1e-9 } };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
        for (int is_free = 0; is_free < 2; is_free++)
            check_axis (cases[i], 2, is_free != 0, INFINITY);
}

static void test_share_ends_at_its_ceiling (void)
{
    static const double cases[][2] = { { 100, 100 }, { 97, 100 }, { 96.5, 99.5 }, { 20, 100 }, { 99, 99 } };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
        for (int is_free = 0; is_free < 2; is_free++)
            g_assert_cmpfloat (check_axis (cases[i], 2, is_free != 0, 100.0).high, <=, 100.0 + 1e-6);
    static const double over[] = { 90, 104 };
    g_assert_cmpfloat (check_axis (over, 2, true, 100.0).high, >=, 104.0);
}

static void assert_labels (const double *values, int count, bool is_free, const char *unit, const char *wanted)
{
    const BpChartAxis axis = check_axis (values, count, is_free, INFINITY);
    g_autoptr (GString) all = g_string_new (NULL);
    for (int i = 0; i < axis.count; i++)
    {
        g_autofree char *label = bp_chart_axis_dup_label (&axis, i, unit);
        g_string_append_printf (all, "%s%s", i > 0 ? " " : "", label);
    }
    g_assert_cmpstr (all->str, ==, wanted);
}

static void test_numbers_are_in_plain_words (void)
{
    assert_labels ((const double[]){ 21, 75 }, 2, false, "%", "0% 20% 40% 60% 80%");
    assert_labels ((const double[]){ 26, 61 }, 2, true, NULL, "20 30 40 50 60 70");
    assert_labels ((const double[]){ -15, 7 }, 2, true, NULL, "−15 −10 −5 0 5 10");
    assert_labels ((const double[]){ 0.15, 0.4 }, 2, false, NULL, "0.0 0.1 0.2 0.3 0.4");
    assert_labels ((const double[]){ 2906, 3310 }, 2, true, NULL, "2,900 3,000 3,100 3,200 3,300 3,400");
    assert_labels ((const double[]){ 0.5e6, 1.9e6 }, 2, false, NULL, "0 0.5m 1.0m 1.5m 2.0m");
    assert_labels ((const double[]){ 3e12 }, 1, false, NULL, "0 1tn 2tn 3tn");
    assert_labels ((const double[]){ 1e-9, 6e-9 }, 2, true, NULL, "1E−9 2E−9 3E−9 4E−9 5E−9 6E−9");
    assert_labels ((const double[]){ 1, 1 }, 2, false, NULL, "0 1 2 3");
}

static void test_share_of_the_axis_stays_on_it (void)
{
    const BpChartAxis axis = check_axis ((const double[]){ 20, 60 }, 2, false, INFINITY);
    g_assert_cmpfloat_with_epsilon (bp_chart_axis_share (&axis, 30.0), 0.5, 1e-9);
    g_assert_cmpfloat (bp_chart_axis_share (&axis, -5.0), ==, 0.0);
    g_assert_cmpfloat (bp_chart_axis_share (&axis, 1e9), ==, 1.0);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/render/chart_axis/axis_covers_any_values_with_even_steps", test_axis_covers_any_values_with_even_steps);
    g_test_add_func ("/render/chart_axis/odd_values_have_an_axis", test_odd_values_have_an_axis);
    g_test_add_func ("/render/chart_axis/share_ends_at_its_ceiling", test_share_ends_at_its_ceiling);
    g_test_add_func ("/render/chart_axis/numbers_are_in_plain_words", test_numbers_are_in_plain_words);
    g_test_add_func ("/render/chart_axis/share_of_the_axis_stays_on_it", test_share_of_the_axis_stays_on_it);
    return g_test_run ();
}
