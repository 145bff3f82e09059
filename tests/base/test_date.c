#include "base/date.h"

static void days_in_usual_spellings_are_read (void)
{
    static const struct
    {
        const char *text, *iso; /* NULL: refused */
    } cases[] = {
        { "2025-07-31", "2025-07-31" },
        { "31/07/2025", "2025-07-31" },
        { "31.7.25", "2025-07-31" },
        { "31 July 2025", "2025-07-31" },
        { "31st Jul 25", "2025-07-31" },
        { "12<sup>th</sup> Dec 24", "2024-12-12" },
        { "July 31, 2025", "2025-07-31" },
        { "1 Sept 2025", "2025-09-01" },
        { "29 February 2024", "2024-02-29" },
        { "Friday 24 October 2025", "2025-10-24" },
        { "Fri, 24/10/2025", "2025-10-24" },
        { "Thursday 24 October 2025", NULL },
        { "Friday", NULL },
        { "2025-10-24T00:00:00", "2025-10-24" },
        { "2025-10-24 00:00:00", "2025-10-24" },
        { "24/10/2025 00:00", "2025-10-24" },
        { "2025-10-24T09:30:00", NULL },
        { " 00:00", NULL },
        { "29 February 2025", NULL },
        { "31 April 2025", NULL },
        { "2025-13-01", NULL },
        { "July 2025", NULL },
        { "", NULL },
        { "31 July", NULL },
        { "31 July 2025 or so", NULL },
        { "1 2 3 4", NULL },
        { "99999-01-01", NULL },
        { "0/0/0000", NULL },
        { "31 Juli 2025", NULL },
        { "\xff\xfe", NULL },
        { "31 July 1066", NULL },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        BpDate date = BP_DATE_NONE;
        bool is_read = bp_date_parse (cases[i].text, &date);
        g_autofree char *iso = bp_date_dup_text (date, BP_DATE_ISO);
        g_test_message ("%s", cases[i].text);
        g_assert_cmpint (is_read, ==, cases[i].iso != NULL);
        g_assert_cmpstr (iso, ==, cases[i].iso != NULL ? cases[i].iso : "");
    }
}

static void every_day_of_two_centuries_survives_splitting (void)
{
    BpDate expected = bp_date_new (1950, 1, 1);
    for (int year = 1950; year < 2150; year++)
        for (int month = 1; month <= 12; month++)
        {
            int last_year, last_month, last_day;
            bp_date_split (bp_date_month_end (year, month), &last_year, &last_month, &last_day);
            for (int day = 1; day <= last_day; day++, expected++)
            {
                g_assert_cmpint (bp_date_new (year, month, day), ==, expected);
                int y, m, d;
                bp_date_split (expected, &y, &m, &d);
                g_assert_true (y == year && m == month && d == day);
            }
        }
    g_assert_cmpint (bp_date_new (1970, 1, 1), ==, 0);
}

static void months_are_added_to_the_last_day (void)
{
    g_assert_cmpint (bp_date_add_months (bp_date_new (2025, 1, 31), 1), ==, bp_date_new (2025, 2, 28));
    g_assert_cmpint (bp_date_add_months (bp_date_new (2025, 3, 31), -1), ==, bp_date_new (2025, 2, 28));
    g_assert_cmpint (bp_date_add_months (bp_date_new (2024, 12, 15), 13), ==, bp_date_new (2026, 1, 15));
    g_assert_cmpint (bp_date_add_months (BP_DATE_NONE, 1), ==, BP_DATE_NONE);
}

static void dates_are_printed_as_a_person_writes_them (void)
{
    static const struct
    {
        BpDateStyle style;
        const char *text;
    } cases[] = { { BP_DATE_LONG, "5 September 2025" },
                  { BP_DATE_MEDIUM, "5 Sep 2025" },
                  { BP_DATE_DAY_MONTH, "5 Sep" },
                  { BP_DATE_MONTH, "September 2025" },
                  { BP_DATE_ISO, "2025-09-05" } };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autofree char *text = bp_date_dup_text (bp_date_new (2025, 9, 5), cases[i].style);
        g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/base/date/days_in_usual_spellings_are_read", days_in_usual_spellings_are_read);
    g_test_add_func ("/base/date/every_day_of_two_centuries_survives_splitting", every_day_of_two_centuries_survives_splitting);
    g_test_add_func ("/base/date/months_are_added_to_the_last_day", months_are_added_to_the_last_day);
    g_test_add_func ("/base/date/dates_are_printed_as_a_person_writes_them", dates_are_printed_as_a_person_writes_them);
    return g_test_run ();
}
