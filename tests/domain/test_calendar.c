#include "domain/calendar.h"

static BpTermDef terms[]
    = { { "Term 1", 9, 2 }, { "Term 2", 10, 28 }, { "Term 3", 1, 6 }, { "Term 4", 2, 24 }, { "Term 5", 4, 22 }, { "Term 6", 6, 2 } };
static BpHoliday holidays[] = { { 20386, 20390 } /* 2025-10-25 to 29 */, { 20445, 20445 } };

static void term_at_gives_first_and_last_day (void)
{
    static const struct
    {
        int year, month, day, index;
        const char *first, *last;
    } cases[] = {
        { 2024, 9, 1, 0, "2024-09-01", "2024-12-31" },  { 2024, 12, 31, 0, "2024-09-01", "2024-12-31" },
        { 2025, 1, 1, 1, "2025-01-01", "2025-03-31" },  { 2025, 4, 1, 2, "2025-04-01", "2025-08-31" },
        { 2025, 8, 31, 2, "2025-04-01", "2025-08-31" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        BpDate first, last;
        BpDate date = bp_date_new (cases[i].year, cases[i].month, cases[i].day);
        g_assert_cmpint (bp_calendar_term_at (bp_calendar_default (), date, &first, &last), ==, cases[i].index);
        g_autofree char *first_text = bp_date_dup_text (first, BP_DATE_ISO);
        g_autofree char *last_text = bp_date_dup_text (last, BP_DATE_ISO);
        g_assert_cmpstr (first_text, ==, cases[i].first);
        g_assert_cmpstr (last_text, ==, cases[i].last);
    }
}

static void a_term_may_cross_the_new_year (void)
{
    const BpCalendar calendar = { .terms = terms, .term_count = 6 };
    BpDate first, last;
    g_assert_cmpint (bp_calendar_term_at (&calendar, bp_date_new (2025, 1, 3), &first, &last), ==, 1);
    g_assert_cmpint (first, ==, bp_date_new (2024, 10, 28));
    g_assert_cmpint (last, ==, bp_date_new (2025, 1, 5));
    bp_calendar_term_dates (&calendar, 1, 2024, &first, &last);
    g_assert_cmpint (last, ==, bp_date_new (2025, 1, 5));
    bp_calendar_term_dates (&calendar, 5, 2025, &first, &last);
    g_assert_cmpint (first, ==, bp_date_new (2025, 6, 2));
    g_assert_cmpint (last, ==, bp_date_new (2025, 9, 1));
}

static void finds_terms_by_name (void)
{
    const BpCalendar calendar = { .terms = terms, .term_count = 6 };
    g_assert_cmpint (bp_calendar_find_term (bp_calendar_default (), "AUTUMN"), ==, 0);
    g_assert_cmpint (bp_calendar_find_term (bp_calendar_default (), "Summer  term"), ==, 2);
    g_assert_cmpint (bp_calendar_find_term (bp_calendar_default (), "Winter"), ==, -1);
    g_assert_cmpint (bp_calendar_find_term (bp_calendar_default (), "term"), ==, -1);
    g_assert_cmpint (bp_calendar_find_term (bp_calendar_default (), ""), ==, -1);
    g_assert_cmpint (bp_calendar_find_term (bp_calendar_default (), NULL), ==, -1);
    g_assert_cmpint (bp_calendar_find_term (&calendar, "term 3"), ==, 2);
    g_assert_cmpint (bp_calendar_find_term (&calendar, "Autumn"), ==, -1);
}

static void one_term_is_the_whole_year (void)
{
    BpTermDef year[] = { { "Year", 2, 29 } };
    const BpCalendar calendar = { .terms = year, .term_count = 1 };
    BpDate first, last;
    g_assert_cmpint (bp_calendar_term_at (&calendar, bp_date_new (2025, 2, 27), &first, &last), ==, 0);
    g_assert_cmpint (first, ==, bp_date_new (2024, 2, 29));
    g_assert_cmpint (last, ==, bp_date_new (2025, 2, 27));
}

static void without_terms_the_usual_three_hold (void)
{
    const BpCalendar empty = { 0 };
    BpDate first, last;
    g_assert_cmpint (bp_calendar_term_at (&empty, bp_date_new (2025, 5, 1), &first, &last), ==, 2);
    g_assert_cmpint (bp_calendar_term_at (NULL, bp_date_new (2025, 5, 1), &first, &last), ==, 2);
    g_assert_cmpint (bp_calendar_term_at (NULL, BP_DATE_NONE, &first, &last), ==, -1);
    g_assert_cmpint (first, ==, BP_DATE_NONE);
}

static void days_outside_the_known_years_have_no_term (void)
{
    BpDate first, last;
    g_assert_cmpint (bp_calendar_term_at (NULL, bp_date_new (1900, 1, 1), &first, &last), ==, 1);
    g_assert_cmpint (bp_calendar_term_at (NULL, bp_date_new (2199, 12, 31), &first, &last), ==, -1);
    g_assert_cmpint (last, ==, BP_DATE_NONE);
}

static void holidays_include_both_ends (void)
{
    const BpCalendar calendar = { .holidays = holidays, .holiday_count = 2 };
    g_assert_false (bp_calendar_is_holiday (&calendar, 20385));
    g_assert_true (bp_calendar_is_holiday (&calendar, 20386));
    g_assert_true (bp_calendar_is_holiday (&calendar, 20390));
    g_assert_false (bp_calendar_is_holiday (&calendar, 20391));
    g_assert_true (bp_calendar_is_holiday (&calendar, 20445));
    g_assert_false (bp_calendar_is_holiday (&calendar, BP_DATE_NONE));
    g_assert_false (bp_calendar_is_holiday (NULL, 20386));
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/domain/calendar/term_at_gives_first_and_last_day", term_at_gives_first_and_last_day);
    g_test_add_func ("/domain/calendar/a_term_may_cross_the_new_year", a_term_may_cross_the_new_year);
    g_test_add_func ("/domain/calendar/finds_terms_by_name", finds_terms_by_name);
    g_test_add_func ("/domain/calendar/one_term_is_the_whole_year", one_term_is_the_whole_year);
    g_test_add_func ("/domain/calendar/without_terms_the_usual_three_hold", without_terms_the_usual_three_hold);
    g_test_add_func ("/domain/calendar/days_outside_the_known_years_have_no_term", days_outside_the_known_years_have_no_term);
    g_test_add_func ("/domain/calendar/holidays_include_both_ends", holidays_include_both_ends);
    return g_test_run ();
}
