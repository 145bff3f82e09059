#include "app/clock.h"

#include <stdlib.h>

static void test_london_days_follow_summer_time (void)
{
    static const struct
    {
        gint64 seconds;
        int year, month, day;
    } cases[] = {
        { 0, 1970, 1, 1 },
        { 1753916400, 2025, 7, 31 },  /* 2025-07-30 23:00 UTC: midnight in London */
        { 1753916399, 2025, 7, 30 },  /* a second before */
        { 1735689599, 2024, 12, 31 }, /* 2024-12-31 23:59:59 UTC, in winter */
        { 1735689600, 2025, 1, 1 },
        { 1743292800 + 82800, 2025, 3, 31 }, /* 2025-03-30, the day the clocks go forward, 23:00 UTC: already the 31st */
        { 1743292800, 2025, 3, 30 },         /* 2025-03-30 00:00 UTC, still GMT */
        { 1743292800 - 1, 2025, 3, 29 },
        { 1761436800 - 3600, 2025, 10, 26 },  /* 2025-10-25 23:00 UTC, summer time: the 26th */
        { 1761436800 + 82800, 2025, 10, 26 }, /* 2025-10-26 23:00 UTC, after the clocks went back */
        { -1, 1969, 12, 31 },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        BpDate expected = bp_date_new (cases[i].year, cases[i].month, cases[i].day);
        if (bp_clock_london_date (cases[i].seconds) != expected)
            g_error ("case %zu: day %d, expected %d", i, bp_clock_london_date (cases[i].seconds), expected);
    }
}

static void test_times_are_told_as_clocks_in_london_show_them (void)
{
    static const struct
    {
        gint64 seconds;
        const char *text;
    } cases[] = { { 1754042400, "1 August 2025, 11:00" },
                  { 1753916399, "30 July 2025, 23:59" },
                  { 1753916400, "31 July 2025, 00:00" },
                  { 1735689599, "31 December 2024, 23:59" },
                  { -1, "31 December 1969, 23:59" },
                  { 0, "" },
                  { 1743292800 + 3599, "30 March 2025, 00:59" },
                  { 1743292800 + 3600, "30 March 2025, 02:00" },
                  { 1761436800 + 3599, "26 October 2025, 01:59" },
                  { 1761436800 + 3600, "26 October 2025, 01:00" } };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autofree char *text = bp_clock_dup_london_text (cases[i].seconds);
        g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void test_source_date_epoch_takes_the_place_of_the_clock (void)
{
    BpClock clock;
    g_autoptr (GError) error = NULL;
    g_assert_true (g_setenv ("SOURCE_DATE_EPOCH", "1753916400", TRUE));
    g_assert_true (bp_clock_read (&clock, &error));
    g_assert_true (clock.is_fixed);
    g_assert_cmpint (clock.now, ==, 1753916400);
    g_assert_cmpint (clock.today, ==, bp_date_new (2025, 7, 31));
    static const char *const bad[] = { "today", "1e9", "12 x", "99999999999999999999", "-9999999999999" };
    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
        g_assert_true (g_setenv ("SOURCE_DATE_EPOCH", bad[i], TRUE));
        g_assert_false (bp_clock_read (&clock, &error));
        g_assert_error (error, BP_ERROR, BP_ERROR_USAGE);
        g_clear_error (&error);
    }
    g_unsetenv ("SOURCE_DATE_EPOCH");
    g_assert_true (bp_clock_read (&clock, &error));
    g_assert_false (clock.is_fixed);
    g_assert_cmpint (clock.today, >, bp_date_new (2025, 1, 1));
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/app/clock/london_days_follow_summer_time", test_london_days_follow_summer_time);
    g_test_add_func ("/app/clock/times_are_told_as_clocks_in_london_show_them", test_times_are_told_as_clocks_in_london_show_them);
    g_test_add_func ("/app/clock/source_date_epoch_takes_the_place_of_the_clock", test_source_date_epoch_takes_the_place_of_the_clock);
    return g_test_run ();
}
