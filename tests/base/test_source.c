#include "base/source.h"

#include <glib.h>

static void test_files_are_in_natural_order_without_their_extension (void)
{
    static const char *const files[]
        = { NULL, "data/actions.csv", "data/actions-2.csv", "data/actions-10.csv", "data/actions-b.csv", "data/areas.csv", "data.d/x" };
    for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
        for (gsize j = 0; j < G_N_ELEMENTS (files); j++)
        {
            if (i == 6 || j == 6)
                continue; /* its own order is of no matter, but a dot in a folder's name must not cut it */
            int order = bp_source_compare_files (files[i], files[j]);
            g_assert_cmpint ((order > 0) - (order < 0), ==, (i > j) - (i < j));
        }
    g_assert_cmpint (bp_source_compare_files (files[6], "data.d/y"), <, 0);
    /* a total order: files that differ in the extension or in case alone are not equal */
    g_assert_cmpint (bp_source_compare_files ("data/plans.csv", "data/plans.CSV"), !=, 0);
    g_assert_cmpint (bp_source_compare_files ("data/Plans.csv", "data/plans.csv"), ==,
                     -bp_source_compare_files ("data/plans.csv", "data/Plans.csv"));
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/base/source/files_are_in_natural_order_without_their_extension",
                     test_files_are_in_natural_order_without_their_extension);
    return g_test_run ();
}
