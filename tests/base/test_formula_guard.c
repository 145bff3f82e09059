#include "base/formula_guard.h"

#include <string.h>

static void what_a_spreadsheet_would_work_out_is_guarded (void)
{
    static const char *const live[] = { "=1+1", "+cmd|' /C calc'!A0", "@SUM(1)", "-1+1", "-evil()",   "\t=1",        "\r=1", "\n=1", "=",
                                        "@",    "- a list",           "'=1",     "''=1", "\uff1d1+1", "\uff20SUM(1)" };
    static const char *const plain[] = { "", "-", "-5", "+1,200.5", "-3%", "text", "'text", "''", "1=1", " =1", "a@example.org" };
    for (gsize i = 0; i < G_N_ELEMENTS (live); i++)
        g_assert_true (bp_formula_needs_guard (live[i], strlen (live[i])));
    for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
        g_assert_false (bp_formula_needs_guard (plain[i], strlen (plain[i])));
    g_assert_false (bp_formula_has_guard ("=1", 2));
    g_assert_false (bp_formula_has_guard ("'tis", 4));
}

/* Whatever is typed comes back: what is written is guarded exactly where what is read is taken off. */
static void a_guarded_cell_comes_back_as_it_was (void)
{
    static const char letters[] = "'=+-@\t5a,";
    for (int number = 0; number < 9 * 9 * 9 * 9; number++)
    {
        const char typed[] = { letters[number % 9], letters[number / 9 % 9], letters[number / 81 % 9], letters[number / 729], '\0' };
        g_autofree char *written = g_strconcat (bp_formula_needs_guard (typed, 4) ? "'" : "", typed, NULL);
        const char *read = written + (bp_formula_has_guard (written, strlen (written)) ? 1 : 0);
        g_assert_cmpstr (read, ==, typed);
    }
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/base/formula_guard/what_a_spreadsheet_would_work_out_is_guarded", what_a_spreadsheet_would_work_out_is_guarded);
    g_test_add_func ("/base/formula_guard/a_guarded_cell_comes_back_as_it_was", a_guarded_cell_comes_back_as_it_was);
    return g_test_run ();
}
