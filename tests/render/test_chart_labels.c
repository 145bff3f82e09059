#include "render/pdf/chart_labels.h"

#include <math.h>

static void test_end_labels_never_overlap (void)
{
    g_autoptr (GRand) rand = g_rand_new_with_seed (5);
    int refused = 0;
    for (int run = 0; run < 5000; run++)
    {
        BpChartEndLabel labels[14] = { 0 };
        const int count = g_rand_int_range (rand, 1, 15);
        double sum = 0.0;
        for (int i = 0; i < count; i++)
        {
            labels[i].wanted = g_rand_double_range (rand, -20.0, 180.0);
            labels[i].height = g_rand_boolean (rand) ? 13.0 : 26.0;
            sum += labels[i].height;
        }
        const bool fits = bp_chart_labels_stack (labels, count, 0.0, 160.0);
        g_assert_true (fits == (sum <= 160.0));
        refused += fits ? 0 : 1;
        for (int i = 0; fits && i < count; i++)
        {
            g_assert_cmpfloat (labels[i].y - labels[i].height / 2.0, >=, -1e-6);
            g_assert_cmpfloat (labels[i].y + labels[i].height / 2.0, <=, 160.0 + 1e-6);
            g_assert_true (labels[i].is_moved == (fabs (labels[i].y - labels[i].wanted) > 13.0));
            for (int j = 0; j < i; j++)
            {
                g_assert_cmpfloat (fabs (labels[i].y - labels[j].y), >=, (labels[i].height + labels[j].height) / 2.0 - 1e-6);
                g_assert_true (labels[i].wanted == labels[j].wanted
                               || (labels[i].wanted < labels[j].wanted) == (labels[i].y < labels[j].y)); /* in the order of their lines */
            }
        }
    }
    g_assert_cmpint (refused, >, 100);
}

static void test_end_label_with_room_stands_at_its_line (void)
{
    BpChartEndLabel labels[] = { { .wanted = 30, .height = 13 }, { .wanted = 100, .height = 13 }, { .wanted = 104, .height = 13 } };
    g_assert_true (bp_chart_labels_stack (labels, 3, 0, 150));
    g_assert_cmpfloat (labels[0].y, ==, 30.0);
    g_assert_cmpfloat (labels[1].y, ==, 100.0);
    g_assert_cmpfloat (labels[2].y, ==, 113.0);
    g_assert_false (labels[2].is_moved);
}

static void test_axis_words_have_room (void)
{
    g_autoptr (GRand) rand = g_rand_new_with_seed (8);
    for (int run = 0; run < 3000; run++)
    {
        const int count = g_rand_int_range (rand, 1, 130);
        double x[130], widths[130];
        bool shown[130];
        double at = 60.0;
        for (int i = 0; i < count; i++)
        {
            at += g_rand_double_range (rand, 0.5, 2.0) * 340.0 / count / 1.25;
            x[i] = count == 1 ? 230.0 : fmin (at, 420.0);
            widths[i] = g_rand_double_range (rand, 8.0, 90.0);
        }
        bp_chart_labels_thin (x, widths, count, 48.0, 440.0, 6.0, shown);
        double end = -INFINITY;
        g_assert_true (shown[count - 1]);
        for (int i = 0; i < count; i++)
        {
            const double left = bp_chart_labels_clamp (x[i], widths[i], 48.0, 440.0);
            if (!shown[i])
                continue;
            g_assert_cmpfloat (left, >=, 48.0);
            g_assert_cmpfloat (left + widths[i], <=, 440.0 + 1e-6);
            g_assert_cmpfloat (left, >=, end + 6.0 - 1e-6);
            end = left + widths[i];
        }
    }
}

/* How many are shown; all at one step, which ends with the last. */
static int count_shown (int count, double width, double *step_out)
{
    double x[130], widths[130];
    bool shown[130];
    for (int i = 0; i < count; i++)
    {
        x[i] = 80.0 + 350.0 * i / MAX (count - 1, 1);
        widths[i] = width;
    }
    bp_chart_labels_thin (x, widths, count, 48.0, 460.0, 6.0, shown);
    g_assert_true (shown[count - 1]);
    int total = 0, before = -1, step = 0;
    for (int i = 0; i < count; i++)
    {
        if (!shown[i])
            continue;
        if (step > 0)
            g_assert_cmpint (i - before, ==, step);
        step = before >= 0 ? i - before : 0;
        before = i;
        total++;
    }
    *step_out = step;
    return total;
}

static void test_axis_words_are_thinned_evenly (void)
{
    double step;
    g_assert_cmpint (count_shown (12, 15.0, &step), ==, 12);
    g_assert_cmpint (count_shown (24, 20.0, &step), ==, 12);
    g_assert_cmpfloat (step, ==, 2.0);
    g_assert_cmpint (count_shown (120, 20.0, &step), ==, 10);
    g_assert_cmpfloat (step, ==, 12.0);
    g_assert_cmpint (count_shown (1, 20.0, &step), ==, 1);
}

/* ---- in the plot ---- */

static bool samples_meet (const BpChartStroke *stroke, const BpChartRect *rect)
{
    for (int i = 0; i <= 2000; i++)
    {
        const double share = i / 2000.0, x = stroke->x1 + share * (stroke->x2 - stroke->x1),
                     y = stroke->y1 + share * (stroke->y2 - stroke->y1);
        if (x > rect->left + 0.2 && x < rect->right - 0.2 && y > rect->top + 0.2 && y < rect->bottom - 0.2)
            return true;
    }
    return false;
}

static void test_words_in_the_plot_cover_nothing (void)
{
    g_autoptr (GRand) rand = g_rand_new_with_seed (3);
    int placed = 0, refused = 0;
    for (int run = 0; run < 300; run++)
    {
        static const BpChartSide sides[] = { BP_CHART_RIGHT, BP_CHART_ABOVE, BP_CHART_BELOW, BP_CHART_LEFT };
        BpChartSpace space;
        bp_chart_space_init (&space, (BpChartRect){ 0, 0, 360, 150 });
        const int points = g_rand_int_range (rand, 2, 40);
        double x[40], y[40];
        for (int i = 0; i < points; i++)
        {
            x[i] = 8.0 + 344.0 * i / (points - 1);
            y[i] = g_rand_double_range (rand, 5.0, 145.0);
            bp_chart_space_add_rect (&space, (BpChartRect){ x[i] - 3, y[i] - 3, x[i] + 3, y[i] + 3 });
            if (i > 0)
                bp_chart_space_add_stroke (&space, x[i - 1], y[i - 1], x[i], y[i], false);
        }
        bp_chart_space_add_stroke (&space, 0, 75, 360, 75, true);
        for (int i = 0; i < 6; i++)
        {
            const guint before = space.rects->len;
            const int at = g_rand_int_range (rand, 0, points);
            BpChartRect label;
            const bool is_found = i < 4 ? bp_chart_space_place (&space, x[at], y[at], g_rand_double_range (rand, 20, 150), 10.0, sides,
                                                                BP_CHART_FAR_PT, &label)
                                        : bp_chart_space_place_beside (&space, 180.0, g_rand_double_range (rand, 20, 120), 10.0, &label);
            g_assert_cmpuint (space.rects->len, ==, before + (is_found ? 1 : 0));
            placed += is_found ? 1 : 0;
            refused += is_found ? 0 : 1;
            if (!is_found)
                continue;
            g_assert_true (label.left >= 0 && label.top >= 0 && label.right <= 360 && label.bottom <= 150);
            for (guint j = 0; j < before; j++)
                g_assert_false (bp_chart_rect_meets (&label, &g_array_index (space.rects, BpChartRect, j)));
            for (guint j = 0; j + 1 < space.strokes->len; j++) /* all but the soft one */
                g_assert_false (samples_meet (&g_array_index (space.strokes, BpChartStroke, j), &label));
        }
        bp_chart_space_clear (&space);
    }
    g_assert_cmpint (placed, >, 200);
    g_assert_cmpint (refused, >, 50);
}

static void test_soft_line_is_covered_only_if_need_be (void)
{
    static const BpChartSide sides[] = { BP_CHART_RIGHT, BP_CHART_ABOVE, BP_CHART_BELOW, BP_CHART_LEFT };
    BpChartSpace space;
    bp_chart_space_init (&space, (BpChartRect){ 0, 0, 300, 100 });
    bp_chart_space_add_stroke (&space, 0, 50, 300, 50, true);
    BpChartRect label;
    g_assert_true (bp_chart_space_place (&space, 100, 50, 60, 10, sides, BP_CHART_FAR_PT, &label));
    g_assert_true (label.bottom < 50.0 || label.top > 50.0);
    bp_chart_space_clear (&space);
    bp_chart_space_init (&space, (BpChartRect){ 0, 44, 300, 56 });
    bp_chart_space_add_stroke (&space, 0, 50, 300, 50, true);
    g_assert_true (bp_chart_space_place (&space, 100, 50, 60, 10, sides, BP_CHART_FAR_PT, &label));
    g_assert_true (label.top < 50.0 && label.bottom > 50.0);
    bp_chart_space_clear (&space);
}

static void test_stroke_meets_what_it_crosses (void)
{
    const BpChartRect rect = { 10, 10, 20, 20 };
    static const struct
    {
        BpChartStroke stroke;
        bool meets;
    } cases[] = { { { 0, 0, 30, 30, false }, true },   { { 0, 15, 30, 15, false }, true }, { { 15, 0, 15, 30, false }, true },
                  { { 12, 12, 18, 18, false }, true }, { { 0, 0, 9, 9, false }, false },   { { 0, 25, 30, 25, false }, false },
                  { { 0, 12, 12, 0, false }, false },  { { 21, 0, 21, 30, false }, false } };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
        g_assert_true (bp_chart_stroke_meets (&cases[i].stroke, &rect) == cases[i].meets);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/render/chart_labels/end_labels_never_overlap", test_end_labels_never_overlap);
    g_test_add_func ("/render/chart_labels/end_label_with_room_stands_at_its_line", test_end_label_with_room_stands_at_its_line);
    g_test_add_func ("/render/chart_labels/axis_words_have_room", test_axis_words_have_room);
    g_test_add_func ("/render/chart_labels/axis_words_are_thinned_evenly", test_axis_words_are_thinned_evenly);
    g_test_add_func ("/render/chart_labels/words_in_the_plot_cover_nothing", test_words_in_the_plot_cover_nothing);
    g_test_add_func ("/render/chart_labels/soft_line_is_covered_only_if_need_be", test_soft_line_is_covered_only_if_need_be);
    g_test_add_func ("/render/chart_labels/stroke_meets_what_it_crosses", test_stroke_meets_what_it_crosses);
    return g_test_run ();
}
