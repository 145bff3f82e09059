#include "domain/period.h"

#include <string.h>

static BpTermDef six_terms[] = { { "Autumn 1", 9, 1 },  { "Autumn 2", 11, 3 }, { "Spring 1", 1, 5 },
                                 { "Spring 2", 2, 23 }, { "Summer 1", 4, 13 }, { "Summer 2", 6, 1 } };
static const BpCalendar six_term_calendar = { .terms = six_terms, .term_count = 6 };
static BpTermDef numbered_terms[]
    = { { "Term 1", 9, 1 }, { "Term 2", 11, 1 }, { "Term 3", 1, 1 }, { "Term 4", 2, 20 }, { "Term 5", 4, 15 }, { "Term 6", 6, 1 } };
static const BpCalendar numbered_calendar = { .terms = numbered_terms, .term_count = 6 };

typedef struct
{
    const char *text;
    BpPeriodKind kind; /* the KPI's */
    BpPeriodReading reading;
    BpPeriodKind found;
    const char *first, *last;
    int part;
} Case;

#define OK BP_PERIOD_READ_OK
#define NO_PERIOD BP_PERIOD_NONE, NULL, NULL, 0

static const Case cases[] = {
    /* the canonical forms */
    { "2024-09", BP_PERIOD_NONE, OK, BP_PERIOD_MONTH, "2024-09-01", "2024-09-30", 9 },
    { "Q2 2024/25", BP_PERIOD_NONE, OK, BP_PERIOD_QUARTER, "2024-07-01", "2024-09-30", 2 },
    { "Q4 2022/23", BP_PERIOD_NONE, OK, BP_PERIOD_QUARTER, "2023-01-01", "2023-03-31", 4 },
    { "Q1 2024/25", BP_PERIOD_NONE, OK, BP_PERIOD_QUARTER, "2024-04-01", "2024-06-30", 1 },
    { "Q3 2024/25", BP_PERIOD_NONE, OK, BP_PERIOD_QUARTER, "2024-10-01", "2024-12-31", 3 },
    { "Autumn 2024", BP_PERIOD_NONE, OK, BP_PERIOD_TERM, "2024-09-01", "2024-12-31", 0 },
    { "Spring 2025", BP_PERIOD_NONE, OK, BP_PERIOD_TERM, "2025-01-01", "2025-03-31", 1 },
    { "Summer 2025", BP_PERIOD_NONE, OK, BP_PERIOD_TERM, "2025-04-01", "2025-08-31", 2 },
    { "AY 2024/25", BP_PERIOD_NONE, OK, BP_PERIOD_ACADEMIC_YEAR, "2024-09-01", "2025-08-31", 0 },
    { "FY 2024/25", BP_PERIOD_NONE, OK, BP_PERIOD_FINANCIAL_YEAR, "2024-04-01", "2025-03-31", 0 },
    { "CY 2024", BP_PERIOD_NONE, OK, BP_PERIOD_CALENDAR_YEAR, "2024-01-01", "2024-12-31", 0 },
    { "Census 2024-01", BP_PERIOD_NONE, OK, BP_PERIOD_CENSUS, "2024-01-01", "2024-01-31", 1 },
    { "Census January 2024", BP_PERIOD_NONE, OK, BP_PERIOD_CENSUS, "2024-01-01", "2024-01-31", 1 },
    { "2024-09-30", BP_PERIOD_NONE, OK, BP_PERIOD_DAY, "2024-09-30", "2024-09-30", 0 },
    /* the spellings of the source documents */
    { "Q4 of 2022/23", BP_PERIOD_QUARTER, OK, BP_PERIOD_QUARTER, "2023-01-01", "2023-03-31", 4 },
    { "Q4 22/23", BP_PERIOD_NONE, OK, BP_PERIOD_QUARTER, "2023-01-01", "2023-03-31", 4 },
    { "q2 2024-25", BP_PERIOD_NONE, OK, BP_PERIOD_QUARTER, "2024-07-01", "2024-09-30", 2 },
    { "Quarter 2 of 2011-12", BP_PERIOD_NONE, OK, BP_PERIOD_QUARTER, "2011-07-01", "2011-09-30", 2 },
    { "Q2 FY 2024/25", BP_PERIOD_NONE, OK, BP_PERIOD_QUARTER, "2024-07-01", "2024-09-30", 2 },
    { "2024/25 Q2", BP_PERIOD_NONE, OK, BP_PERIOD_QUARTER, "2024-07-01", "2024-09-30", 2 },
    { "Q2 2024 to 2025", BP_PERIOD_NONE, OK, BP_PERIOD_QUARTER, "2024-07-01", "2024-09-30", 2 },
    { "Jan 24", BP_PERIOD_NONE, OK, BP_PERIOD_MONTH, "2024-01-01", "2024-01-31", 1 },
    { "Feb 25", BP_PERIOD_NONE, OK, BP_PERIOD_MONTH, "2025-02-01", "2025-02-28", 2 },
    { "Feb '24", BP_PERIOD_NONE, OK, BP_PERIOD_MONTH, "2024-02-01", "2024-02-29", 2 },
    { "January 2024", BP_PERIOD_NONE, OK, BP_PERIOD_MONTH, "2024-01-01", "2024-01-31", 1 },
    { "  JANUARY\xc2\xa0 2024 ", BP_PERIOD_NONE, OK, BP_PERIOD_MONTH, "2024-01-01", "2024-01-31", 1 },
    { "Sept. 2024", BP_PERIOD_NONE, OK, BP_PERIOD_MONTH, "2024-09-01", "2024-09-30", 9 },
    { "Sep-16", BP_PERIOD_NONE, OK, BP_PERIOD_MONTH, "2016-09-01", "2016-09-30", 9 },
    { "Sep 16", BP_PERIOD_MONTH, OK, BP_PERIOD_MONTH, "2016-09-01", "2016-09-30", 9 },
    { "09/2024", BP_PERIOD_NONE, OK, BP_PERIOD_MONTH, "2024-09-01", "2024-09-30", 9 },
    { "end of September 2025", BP_PERIOD_NONE, OK, BP_PERIOD_MONTH, "2025-09-01", "2025-09-30", 9 },
    { "12th Dec 24", BP_PERIOD_NONE, OK, BP_PERIOD_DAY, "2024-12-12", "2024-12-12", 0 },
    { "12<sup>th</sup> Dec 24", BP_PERIOD_NONE, OK, BP_PERIOD_DAY, "2024-12-12", "2024-12-12", 0 },
    { "12 th December 2024", BP_PERIOD_NONE, OK, BP_PERIOD_DAY, "2024-12-12", "2024-12-12", 0 },
    { "Thursday 12 December 2024", BP_PERIOD_NONE, OK, BP_PERIOD_DAY, "2024-12-12", "2024-12-12", 0 },
    { "December 12th, 2024", BP_PERIOD_NONE, OK, BP_PERIOD_DAY, "2024-12-12", "2024-12-12", 0 },
    { "12/12/24", BP_PERIOD_NONE, OK, BP_PERIOD_DAY, "2024-12-12", "2024-12-12", 0 },
    { "01.02.2025", BP_PERIOD_NONE, OK, BP_PERIOD_DAY, "2025-02-01", "2025-02-01", 0 },
    { "01-Feb-25", BP_PERIOD_NONE, OK, BP_PERIOD_DAY, "2025-02-01", "2025-02-01", 0 },
    { "as at 31 March 2025", BP_PERIOD_NONE, OK, BP_PERIOD_DAY, "2025-03-31", "2025-03-31", 0 },
    { "29 February 2024", BP_PERIOD_NONE, OK, BP_PERIOD_DAY, "2024-02-29", "2024-02-29", 0 },
    { "by Summer 2025", BP_PERIOD_NONE, OK, BP_PERIOD_TERM, "2025-04-01", "2025-08-31", 2 },
    { "Summer term 2025", BP_PERIOD_NONE, OK, BP_PERIOD_TERM, "2025-04-01", "2025-08-31", 2 },
    { "by the end of the Summer Term 2025", BP_PERIOD_NONE, OK, BP_PERIOD_TERM, "2025-04-01", "2025-08-31", 2 },
    { "Spring term 2024/25", BP_PERIOD_NONE, OK, BP_PERIOD_TERM, "2025-01-01", "2025-03-31", 1 },
    { "Autumn term 2024/25", BP_PERIOD_NONE, OK, BP_PERIOD_TERM, "2024-09-01", "2024-12-31", 0 },
    { "Autumn 24", BP_PERIOD_TERM, OK, BP_PERIOD_TERM, "2024-09-01", "2024-12-31", 0 },
    { "2025 Summer term", BP_PERIOD_NONE, OK, BP_PERIOD_TERM, "2025-04-01", "2025-08-31", 2 },
    { "academic year 2024/25", BP_PERIOD_NONE, OK, BP_PERIOD_ACADEMIC_YEAR, "2024-09-01", "2025-08-31", 0 },
    { "2024/25 academic year", BP_PERIOD_NONE, OK, BP_PERIOD_ACADEMIC_YEAR, "2024-09-01", "2025-08-31", 0 },
    { "AY24/25", BP_PERIOD_NONE, OK, BP_PERIOD_ACADEMIC_YEAR, "2024-09-01", "2025-08-31", 0 },
    { "FY 2011-12", BP_PERIOD_NONE, OK, BP_PERIOD_FINANCIAL_YEAR, "2011-04-01", "2012-03-31", 0 },
    { "AY 1999/00", BP_PERIOD_NONE, OK, BP_PERIOD_ACADEMIC_YEAR, "1999-09-01", "2000-08-31", 0 },
    { "calendar year 2024", BP_PERIOD_NONE, OK, BP_PERIOD_CALENDAR_YEAR, "2024-01-01", "2024-12-31", 0 },
    { "January 2024 census", BP_PERIOD_NONE, OK, BP_PERIOD_CENSUS, "2024-01-01", "2024-01-31", 1 },
    /* a bare year is settled by the KPI's kind alone */
    { "2024/25", BP_PERIOD_ACADEMIC_YEAR, OK, BP_PERIOD_ACADEMIC_YEAR, "2024-09-01", "2025-08-31", 0 },
    { "2024/25", BP_PERIOD_FINANCIAL_YEAR, OK, BP_PERIOD_FINANCIAL_YEAR, "2024-04-01", "2025-03-31", 0 },
    { "2024-25", BP_PERIOD_FINANCIAL_YEAR, OK, BP_PERIOD_FINANCIAL_YEAR, "2024-04-01", "2025-03-31", 0 },
    { "2024\xe2\x80\x93"
      "25",
      BP_PERIOD_FINANCIAL_YEAR, OK, BP_PERIOD_FINANCIAL_YEAR, "2024-04-01", "2025-03-31", 0 },
    { "2024 to 2025", BP_PERIOD_ACADEMIC_YEAR, OK, BP_PERIOD_ACADEMIC_YEAR, "2024-09-01", "2025-08-31", 0 },
    { "2024/2025", BP_PERIOD_ACADEMIC_YEAR, OK, BP_PERIOD_ACADEMIC_YEAR, "2024-09-01", "2025-08-31", 0 },
    { "2011-12", BP_PERIOD_FINANCIAL_YEAR, OK, BP_PERIOD_FINANCIAL_YEAR, "2011-04-01", "2012-03-31", 0 },
    { "2011-12", BP_PERIOD_MONTH, OK, BP_PERIOD_MONTH, "2011-12-01", "2011-12-31", 12 },
    { "2024", BP_PERIOD_CALENDAR_YEAR, OK, BP_PERIOD_CALENDAR_YEAR, "2024-01-01", "2024-12-31", 0 },
    { "2024", BP_PERIOD_CENSUS, OK, BP_PERIOD_CENSUS, "2024-01-01", "2024-01-31", 1 },
    { "January 2024", BP_PERIOD_CENSUS, OK, BP_PERIOD_CENSUS, "2024-01-01", "2024-01-31", 1 },
    { "2024-05", BP_PERIOD_CENSUS, OK, BP_PERIOD_CENSUS, "2024-05-01", "2024-05-31", 5 },
    { "2024/25", BP_PERIOD_NONE, BP_PERIOD_READ_AMBIGUOUS, NO_PERIOD },
    { "2024/25", BP_PERIOD_CALENDAR_YEAR, BP_PERIOD_READ_AMBIGUOUS, NO_PERIOD },
    { "2024/25", BP_PERIOD_CENSUS, BP_PERIOD_READ_AMBIGUOUS, NO_PERIOD },
    { "2024/25", BP_PERIOD_QUARTER, BP_PERIOD_READ_AMBIGUOUS, NO_PERIOD },
    { "2024", BP_PERIOD_NONE, BP_PERIOD_READ_AMBIGUOUS, NO_PERIOD },
    { "2024", BP_PERIOD_ACADEMIC_YEAR, BP_PERIOD_READ_AMBIGUOUS, NO_PERIOD },
    { "2024", BP_PERIOD_FINANCIAL_YEAR, BP_PERIOD_READ_AMBIGUOUS, NO_PERIOD },
    { "2024", BP_PERIOD_MONTH, BP_PERIOD_READ_AMBIGUOUS, NO_PERIOD },
    { "FY 2024", BP_PERIOD_NONE, BP_PERIOD_READ_AMBIGUOUS, NO_PERIOD },
    { "CY 2024/25", BP_PERIOD_NONE, BP_PERIOD_READ_AMBIGUOUS, NO_PERIOD },
    { "Q2 2024", BP_PERIOD_QUARTER, BP_PERIOD_READ_AMBIGUOUS, NO_PERIOD },
    { "2011-12", BP_PERIOD_NONE, BP_PERIOD_READ_AMBIGUOUS, NO_PERIOD },
    /* nothing is guessed */
    { "TBC (Pre-Christmas)", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "TBC", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "31 February 2025", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "31 February", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "February 31", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "29 February 2025", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "12 Dec", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "July 31", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "Sep 16", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "July 31st", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "May 5", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "Jan 24/25", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "Friday 12 December 2024", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "13/13/2024", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "2024-13", BP_PERIOD_MONTH, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "2024-00", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "2024/26", BP_PERIOD_ACADEMIC_YEAR, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "2024 to 2026", BP_PERIOD_ACADEMIC_YEAR, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "99/00", BP_PERIOD_ACADEMIC_YEAR, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "24", BP_PERIOD_CENSUS, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "Q5 2024/25", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "Q0 2024/25", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "Q2", BP_PERIOD_QUARTER, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "Q2 2024/26", BP_PERIOD_QUARTER, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "Q2 AY 2024/25", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "Winter 2024", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "Autumn 1 2024", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "Autumn", BP_PERIOD_TERM, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "early Autumn 2024", BP_PERIOD_TERM, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "before Summer 2025", BP_PERIOD_TERM, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "mid September 2025", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "1776", BP_PERIOD_CALENDAR_YEAR, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "AY 2199/00", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "September 20245", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "by", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "?", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    { "", BP_PERIOD_MONTH, BP_PERIOD_READ_BLANK, NO_PERIOD },
    { " \xc2\xa0\xe2\x80\x8b\t\n", BP_PERIOD_MONTH, BP_PERIOD_READ_BLANK, NO_PERIOD },
};

static void assert_period (const Case *expected, const BpCalendar *calendar)
{
    BpPeriod period;
    BpPeriodReading reading = bp_period_parse (expected->text, expected->kind, calendar, &period);
    g_autofree char *first = bp_date_dup_text (period.first, BP_DATE_ISO);
    g_autofree char *last = bp_date_dup_text (period.last, BP_DATE_ISO);
    if (reading != expected->reading || period.kind != expected->found
        || strcmp (first, expected->first == NULL ? "" : expected->first) != 0
        || strcmp (last, expected->last == NULL ? "" : expected->last) != 0 || (reading == OK && period.part != expected->part))
        g_error ("\"%s\" as %s: reading %d, %s, %s to %s, part %d", expected->text, bp_period_kind_name (expected->kind), (int)reading,
                 bp_period_kind_name (period.kind), first, last, period.part);
}

static void reads_every_spelling_or_none (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
        assert_period (&cases[i], bp_calendar_default ());
}

static void reads_the_terms_of_the_calendar (void)
{
    static const Case named[] = {
        { "Autumn 1 2024", BP_PERIOD_NONE, OK, BP_PERIOD_TERM, "2024-09-01", "2024-11-02", 0 },
        { "Autumn 2 2024", BP_PERIOD_NONE, OK, BP_PERIOD_TERM, "2024-11-03", "2025-01-04", 1 },
        { "Autumn term 2 2024", BP_PERIOD_NONE, OK, BP_PERIOD_TERM, "2024-11-03", "2025-01-04", 1 },
        { "autumn 2 term of 24", BP_PERIOD_NONE, OK, BP_PERIOD_TERM, "2024-11-03", "2025-01-04", 1 },
        { "Summer 2 2024/25", BP_PERIOD_NONE, OK, BP_PERIOD_TERM, "2025-06-01", "2025-08-31", 5 },
        { "Autumn 2024", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
        { "Autumn 3 2024", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    };
    static const Case numbered[] = {
        { "Term 3 2025", BP_PERIOD_NONE, OK, BP_PERIOD_TERM, "2025-01-01", "2025-02-19", 2 },
        { "Term 3 2024/25", BP_PERIOD_NONE, OK, BP_PERIOD_TERM, "2025-01-01", "2025-02-19", 2 },
        { "Term 2 2024", BP_PERIOD_NONE, OK, BP_PERIOD_TERM, "2024-11-01", "2024-12-31", 1 },
        { "3 2025", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
        { "Term 7 2025", BP_PERIOD_NONE, BP_PERIOD_READ_UNKNOWN, NO_PERIOD },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (named); i++)
        assert_period (&named[i], &six_term_calendar);
    for (gsize i = 0; i < G_N_ELEMENTS (numbered); i++)
        assert_period (&numbered[i], &numbered_calendar);
}

static BpPeriod period_of (const char *text, BpPeriodKind kind)
{
    BpPeriod period;
    g_assert_cmpint (bp_period_parse (text, kind, NULL, &period), ==, OK);
    return period;
}

static void prints_what_it_read (void)
{
    static const struct
    {
        const char *text;
        BpPeriodKind kind;
        const char *printed;
        const char *previous;
    } printed[] = {
        { "2024-09-30", BP_PERIOD_NONE, "30 September 2024", "29 September 2024" },
        { "Jul 25", BP_PERIOD_NONE, "July 2025", "June 2025" },
        { "2025-01", BP_PERIOD_NONE, "January 2025", "December 2024" },
        { "Q4 of 22/23", BP_PERIOD_NONE, "Q4 2022/23", "Q3 2022/23" },
        { "Q1 2024/25", BP_PERIOD_NONE, "Q1 2024/25", "Q4 2023/24" },
        { "by Summer 2025", BP_PERIOD_NONE, "Summer 2025", "Spring 2025" },
        { "Autumn 2024", BP_PERIOD_NONE, "Autumn 2024", "Summer 2024" },
        { "Spring 2025", BP_PERIOD_NONE, "Spring 2025", "Autumn 2024" },
        { "AY 2024/25", BP_PERIOD_NONE, "2024/25", "2023/24" },
        { "FY 1999/00", BP_PERIOD_NONE, "1999/00", "1998/99" },
        { "2024", BP_PERIOD_CALENDAR_YEAR, "2024", "2023" },
        { "Census 2024-01", BP_PERIOD_NONE, "January 2024", "January 2023" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (printed); i++)
    {
        BpPeriod period = period_of (printed[i].text, printed[i].kind);
        g_autofree char *text = bp_period_dup_text (&period, NULL);
        g_assert_cmpstr (text, ==, printed[i].printed);
        BpPeriod previous = bp_period_previous (&period, NULL);
        g_autofree char *previous_text = bp_period_dup_text (&previous, NULL);
        g_assert_cmpstr (previous_text, ==, printed[i].previous);
        g_assert_true (bp_period_is_like (&period, &previous));
        BpPeriod next = bp_period_next (&previous, NULL);
        g_assert_true (bp_period_is_same (&next, &period));
        /* what is printed reads back as the same period of that kind */
        BpPeriod again;
        g_assert_cmpint (bp_period_parse (text, period.kind, NULL, &again), ==, OK);
        g_assert_true (bp_period_is_same (&period, &again));
    }
}

static void previous_stops_at_the_first_year (void)
{
    BpPeriod first = period_of ("CY 1900", BP_PERIOD_NONE);
    BpPeriod before = bp_period_previous (&first, NULL);
    g_assert_cmpint (before.kind, ==, BP_PERIOD_NONE);
    BpPeriod none = bp_period_previous (&before, NULL);
    g_assert_cmpint (none.kind, ==, BP_PERIOD_NONE);
    BpPeriod last = period_of ("CY 2199", BP_PERIOD_NONE);
    g_assert_cmpint (bp_period_next (&last, NULL).kind, ==, BP_PERIOD_NONE);
    g_assert_cmpint (bp_period_next (&none, NULL).kind, ==, BP_PERIOD_NONE);
    g_autofree char *text = bp_period_dup_text (&none, NULL);
    g_assert_cmpstr (text, ==, "");
}

static void only_like_periods_compare (void)
{
    BpPeriod q4 = period_of ("Q4 2022/23", BP_PERIOD_NONE), q2 = period_of ("Q2 2024/25", BP_PERIOD_NONE);
    BpPeriod q4_later = period_of ("Q4 2023/24", BP_PERIOD_NONE), calendar_year = period_of ("CY 2023", BP_PERIOD_NONE);
    BpPeriod month = period_of ("January 2024", BP_PERIOD_NONE), census = period_of ("Census 2024-01", BP_PERIOD_NONE);
    BpPeriod may_census = period_of ("Census 2024-05", BP_PERIOD_NONE), none = { .kind = BP_PERIOD_NONE };
    BpPeriod march_day = period_of ("2025-03-31", BP_PERIOD_NONE), september_day = period_of ("2025-09-30", BP_PERIOD_NONE);
    BpPeriod march_day_before = period_of ("2024-03-31", BP_PERIOD_NONE);
    g_assert_true (bp_period_is_like (&q4, &q2));
    g_assert_true (bp_period_is_other_season (&q4, &q2));
    g_assert_false (bp_period_is_other_season (&q4, &q4_later));
    g_assert_false (bp_period_is_same (&q4, &q4_later));
    g_assert_false (bp_period_is_like (&q2, &calendar_year));
    g_assert_false (bp_period_is_other_season (&q2, &calendar_year));
    g_assert_false (bp_period_is_like (&month, &census));
    g_assert_false (bp_period_is_same (&month, &census));
    g_assert_true (bp_period_is_other_season (&census, &may_census));
    g_assert_true (bp_period_is_other_season (&march_day, &september_day));
    g_assert_false (bp_period_is_other_season (&march_day, &march_day_before));
    g_assert_false (bp_period_is_like (&none, &none));
}

static void kinds_have_names (void)
{
    for (int kind = BP_PERIOD_DAY; kind <= BP_PERIOD_CENSUS; kind++)
        g_assert_cmpint (bp_period_kind_parse (bp_period_kind_name ((BpPeriodKind)kind)), ==, kind);
    g_assert_cmpint (bp_period_kind_parse (" Academic Year "), ==, BP_PERIOD_ACADEMIC_YEAR);
    g_assert_cmpint (bp_period_kind_parse ("none"), ==, BP_PERIOD_NONE);
    g_assert_cmpint (bp_period_kind_parse ("fortnight"), ==, BP_PERIOD_NONE);
    g_assert_cmpint (bp_period_kind_parse (NULL), ==, BP_PERIOD_NONE);
    g_assert_cmpstr (bp_period_kind_words (BP_PERIOD_FINANCIAL_YEAR), ==, "financial year");
}

static void every_day_has_one_period_of_each_kind (void)
{
    const BpCalendar *const calendars[] = { bp_calendar_default (), &six_term_calendar, &numbered_calendar };
    for (gsize c = 0; c < G_N_ELEMENTS (calendars); c++)
        for (int kind = BP_PERIOD_DAY; kind <= BP_PERIOD_CALENDAR_YEAR; kind++)
        {
            BpDate day = bp_date_new (2023, 8, 1), end = bp_date_new (2026, 9, 30);
            BpPeriod now = bp_period_at ((BpPeriodKind)kind, day, calendars[c]);
            for (; day <= end; day++)
            {
                BpPeriod period = bp_period_at ((BpPeriodKind)kind, day, calendars[c]);
                g_assert_true (period.kind == (BpPeriodKind)kind && period.first <= day && day <= period.last);
                if (bp_period_is_same (&now, &period))
                    continue;
                g_assert_cmpint (period.first, ==, now.last + 1);
                BpPeriod previous = bp_period_previous (&period, calendars[c]);
                g_assert_true (bp_period_is_same (&previous, &now));
                now = period;
            }
        }
}

/* Whatever is typed, there is an answer and no crash. The seed is fixed, so that a failure can be found again. */
static void hostile_text_is_not_understood (void)
{
    static const char *const hostile[] = {
        "\xff\xfe",
        "Q2 \xc3",
        "\x01\x02\x03",
        "September\x07 2025",
        "2024/25/26/27/28/29/30",
        "<",
        "<b",
        "<b>",
        "</sup></sup></sup>",
        "''''''24",
        "Q2 Q2 Q2",
        "2024--25",
        "99999999999999999999999999",
        "-2024",
        "\xf0\x9f\x98\x80 2024",
        "12th12th12th",
        "of of of",
        "by the end of the",
        "1/1",
        "1/1/",
        "/",
        "-",
        "Q",
        "Qq2",
    };
    BpPeriod period;
    for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
        g_assert_cmpint (bp_period_parse (hostile[i], BP_PERIOD_NONE, NULL, &period), ==, BP_PERIOD_READ_UNKNOWN);
        g_assert_cmpint (period.kind, ==, BP_PERIOD_NONE);
    }
    g_autofree char *endless = g_strnfill (1000000, '2');
    g_assert_cmpint (bp_period_parse (endless, BP_PERIOD_NONE, NULL, &period), ==, BP_PERIOD_READ_UNKNOWN);
    static const char *const pieces[] = { "2024", "/",  "25", "-",      "Q", "2",        "Sep",          " ",     "term", "Autumn", "12th",
                                          "of",   "by", "AY", "census", "'", "\xc3\xa9", "\xe2\x80\x93", "<sup>", ".",    "31",     "to" };
    g_autoptr (GRand) random = g_rand_new_with_seed (20250731);
    for (int i = 0; i < 200000; i++)
    {
        char text[128] = "";
        for (int n = g_rand_int_range (random, 1, 9); n > 0; n--)
            g_strlcat (text, pieces[g_rand_int_range (random, 0, (gint32)G_N_ELEMENTS (pieces))], sizeof text);
        BpPeriodReading reading
            = bp_period_parse (text, (BpPeriodKind)g_rand_int_range (random, 0, BP_PERIOD_CENSUS + 1), &six_term_calendar, &period);
        g_assert_true ((reading == OK) == (period.kind != BP_PERIOD_NONE));
        g_assert_true (reading != OK || period.first <= period.last);
    }
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/domain/period/reads_every_spelling_or_none", reads_every_spelling_or_none);
    g_test_add_func ("/domain/period/reads_the_terms_of_the_calendar", reads_the_terms_of_the_calendar);
    g_test_add_func ("/domain/period/prints_what_it_read", prints_what_it_read);
    g_test_add_func ("/domain/period/previous_stops_at_the_first_year", previous_stops_at_the_first_year);
    g_test_add_func ("/domain/period/only_like_periods_compare", only_like_periods_compare);
    g_test_add_func ("/domain/period/kinds_have_names", kinds_have_names);
    g_test_add_func ("/domain/period/every_day_has_one_period_of_each_kind", every_day_has_one_period_of_each_kind);
    g_test_add_func ("/domain/period/hostile_text_is_not_understood", hostile_text_is_not_understood);
    return g_test_run ();
}
