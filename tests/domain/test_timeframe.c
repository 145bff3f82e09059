#include "domain/timeframe.h"

#include <string.h>

typedef struct
{
    const char *text;
    BpTimeframeKind kind;
    const char *first, *final; /* due dates; "" for none */
    BpRecurrence recurrence;
    int interval;
} Case;

#define DATE(text, due)                                                                                                                    \
    {                                                                                                                                      \
        text, BP_TIMEFRAME_DATE, due, due, BP_RECUR_NONE, 0                                                                                \
    }
#define TWO(text, first, final)                                                                                                            \
    {                                                                                                                                      \
        text, BP_TIMEFRAME_TWO_DATES, first, final, BP_RECUR_NONE, 0                                                                       \
    }
#define AGAIN(text, first, recurrence, interval)                                                                                           \
    {                                                                                                                                      \
        text, BP_TIMEFRAME_RECURRING, first, "", recurrence, interval                                                                      \
    }
#define WORD(text, kind)                                                                                                                   \
    {                                                                                                                                      \
        text, kind, "", "", BP_RECUR_NONE, 0                                                                                               \
    }

static const Case cases[] = {
    DATE ("April 2025", "2025-04-30"),
    DATE ("Feb 25", "2025-02-28"),
    DATE ("12<sup>th</sup> December 2024", "2024-12-12"),
    DATE ("2025-07-31", "2025-07-31"),
    DATE ("31/7/25", "2025-07-31"),
    DATE ("Q2 2024/25", "2024-09-30"),
    DATE ("Summer 2025", "2025-08-31"),
    DATE ("by Summer 2025", "2025-08-31"),
    DATE ("Autumn term 2024", "2024-12-31"),
    DATE ("AY 2024/25", "2025-08-31"),
    DATE ("academic year 2024/25", "2025-08-31"),
    DATE ("FY 2024/25", "2025-03-31"),
    DATE ("CY 2025", "2025-12-31"),
    TWO ("February 2025 April 2025", "2025-02-28", "2025-04-30"),
    TWO ("February 2025\nApril 2025", "2025-02-28", "2025-04-30"),
    TWO ("February 2025, April 2025", "2025-02-28", "2025-04-30"),
    TWO ("February 2025 and April 2025", "2025-02-28", "2025-04-30"),
    TWO ("February 2025 & April 2025", "2025-02-28", "2025-04-30"),
    TWO ("February 2025; April 2025", "2025-02-28", "2025-04-30"),
    TWO ("February 2025/April 2025", "2025-02-28", "2025-04-30"),
    TWO ("<li>February 2025</li><li>April 2025</li>", "2025-02-28", "2025-04-30"),
    TWO ("April 2025 February 2025", "2025-02-28", "2025-04-30"),
    TWO ("Feb 25 Apr 25", "2025-02-28", "2025-04-30"),
    TWO ("1 Feb 2025 and 1 Apr 2025", "2025-02-01", "2025-04-01"),
    TWO ("01/02/2025 01/04/2025", "2025-02-01", "2025-04-01"),
    TWO ("Summer 2025 and Autumn 2025", "2025-08-31", "2025-12-31"),
    TWO ("Q1 2025/26 / Q3 2025/26", "2025-06-30", "2025-12-31"),
    TWO ("May 2025 12 June 2025", "2025-05-31", "2025-06-12"),
    AGAIN ("6 weekly from September 2025", "2025-09-01", BP_RECUR_WEEKS, 6),
    AGAIN ("6-Weekly from Sept. 2025", "2025-09-01", BP_RECUR_WEEKS, 6),
    AGAIN ("six\xe2\x80\x91weekly from September 2025", "2025-09-01", BP_RECUR_WEEKS, 6),
    AGAIN ("every 6 weeks from 15 September 2025", "2025-09-15", BP_RECUR_WEEKS, 6),
    AGAIN ("Weekly from 15/9/2025", "2025-09-15", BP_RECUR_WEEKS, 1),
    AGAIN ("fortnightly starting September 2025", "2025-09-01", BP_RECUR_WEEKS, 2),
    AGAIN ("monthly from September 2025", "2025-09-01", BP_RECUR_MONTHS, 1),
    AGAIN ("termly from September 2025", "2025-09-01", BP_RECUR_TERMS, 1),
    AGAIN ("quarterly from Q1 2025/26", "2025-04-01", BP_RECUR_QUARTERS, 1),
    AGAIN ("annually from September 2025", "2025-09-01", BP_RECUR_YEARS, 1),
    AGAIN ("April 2025 and then Termly", "2025-04-30", BP_RECUR_TERMS, 1),
    AGAIN ("April 2025, then monthly", "2025-04-30", BP_RECUR_MONTHS, 1),
    AGAIN ("April 2025 & then quarterly", "2025-04-30", BP_RECUR_QUARTERS, 1),
    AGAIN ("Summer 2025 and then annually", "2025-08-31", BP_RECUR_YEARS, 1),
    AGAIN ("April 2025 and then 6 weekly", "2025-04-30", BP_RECUR_WEEKS, 6),
    AGAIN ("April 2025 and termly thereafter", "2025-04-30", BP_RECUR_TERMS, 1),
    WORD ("Complete", BP_TIMEFRAME_COMPLETE),
    WORD ("completed.", BP_TIMEFRAME_COMPLETE),
    WORD ("On-going", BP_TIMEFRAME_ONGOING),
    WORD ("ONGOING", BP_TIMEFRAME_ONGOING),
    WORD ("on going", BP_TIMEFRAME_ONGOING),
    WORD ("On \xe2\x80\x93 going", BP_TIMEFRAME_ONGOING),
    WORD ("TBC", BP_TIMEFRAME_TBC),
    WORD ("t.b.c.", BP_TIMEFRAME_TBC),
    WORD ("To be confirmed", BP_TIMEFRAME_TBC),
    WORD ("", BP_TIMEFRAME_BLANK),
    WORD (" \xc2\xa0\n\xef\xbb\xbf", BP_TIMEFRAME_BLANK),
    /* nothing is guessed */
    WORD ("TBC (Pre-Christmas)", BP_TIMEFRAME_UNKNOWN),
    WORD ("2024/25", BP_TIMEFRAME_UNKNOWN),
    WORD ("2025", BP_TIMEFRAME_UNKNOWN),
    WORD ("Census 2025-01", BP_TIMEFRAME_UNKNOWN),
    WORD ("31 February 2025", BP_TIMEFRAME_UNKNOWN),
    WORD ("July 31", BP_TIMEFRAME_UNKNOWN),
    WORD ("Termly", BP_TIMEFRAME_UNKNOWN),
    WORD ("6 weekly", BP_TIMEFRAME_UNKNOWN),
    WORD ("0 weekly from September 2025", BP_TIMEFRAME_UNKNOWN),
    WORD ("999 weekly from September 2025", BP_TIMEFRAME_UNKNOWN),
    WORD ("-6 weekly from September 2025", BP_TIMEFRAME_UNKNOWN),
    WORD ("6 weekly from TBC", BP_TIMEFRAME_UNKNOWN),
    WORD ("6 weekly from September", BP_TIMEFRAME_UNKNOWN),
    WORD ("On-going and then termly", BP_TIMEFRAME_UNKNOWN),
    WORD ("April 2025 termly", BP_TIMEFRAME_UNKNOWN),
    WORD ("February and April 2025", BP_TIMEFRAME_UNKNOWN),
    WORD ("February 2025 April 2025 June 2025", BP_TIMEFRAME_UNKNOWN),
    WORD ("February 2025 to April 2025", BP_TIMEFRAME_UNKNOWN),
    WORD ("April 2025 (subject to funding)", BP_TIMEFRAME_UNKNOWN),
    WORD ("Complete April 2025", BP_TIMEFRAME_UNKNOWN),
    WORD ("not complete", BP_TIMEFRAME_UNKNOWN),
    WORD ("soon", BP_TIMEFRAME_UNKNOWN),
    WORD ("Spring/Summer 2025", BP_TIMEFRAME_UNKNOWN),
};

static void reads_every_form_or_none (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        BpTimeframe timeframe = bp_timeframe_parse (cases[i].text, bp_calendar_default ());
        g_autofree char *first = bp_date_dup_text (timeframe.first_due, BP_DATE_ISO);
        g_autofree char *final = bp_date_dup_text (timeframe.final_due, BP_DATE_ISO);
        if (timeframe.kind != cases[i].kind || strcmp (first, cases[i].first) != 0 || strcmp (final, cases[i].final) != 0
            || timeframe.recurrence != cases[i].recurrence || timeframe.interval != cases[i].interval)
            g_error ("\"%s\": kind %d, %s and %s, recurrence %d of %d", cases[i].text, (int)timeframe.kind, first, final,
                     (int)timeframe.recurrence, timeframe.interval);
        g_assert_true (timeframe.text == cases[i].text);
        g_assert_cmpint (bp_timeframe_due (&timeframe), ==, timeframe.final_due);
    }
    g_assert_cmpint (bp_timeframe_parse (NULL, NULL).kind, ==, BP_TIMEFRAME_BLANK);
}

/* The timeframes of the published plan, as typed, with how many actions of each area have them. */
static const struct
{
    const char *text;
    int actions[5]; /* areas 1 to 5 */
} plan[] = {
    { "November 2024", { 0, 0, 0, 1, 0 } },
    { "January 2025", { 0, 0, 0, 1, 0 } },
    { "February 2025", { 0, 3, 2, 2, 0 } },
    { "March 2025", { 0, 5, 0, 1, 0 } },
    { "April 2025", { 3, 1, 5, 4, 1 } },
    { "May 2025", { 1, 0, 1, 0, 0 } },
    { "June 2025", { 1, 0, 1, 0, 1 } },
    { "July 2025", { 0, 0, 2, 0, 0 } },
    { "September 2025", { 3, 0, 7, 1, 1 } },
    { "October 2025", { 0, 0, 0, 1, 1 } },
    { "November 2025", { 0, 0, 1, 0, 0 } },
    { "December 2025", { 0, 0, 0, 0, 1 } },
    { "January 2026", { 2, 0, 0, 0, 0 } },
    { "March 2026", { 0, 0, 1, 0, 1 } },
    { "April 2026", { 0, 0, 0, 0, 2 } },
    { "September 2026", { 0, 1, 0, 2, 0 } },
    { "April 2025 and then Termly", { 0, 0, 0, 1, 0 } },
    { "February 2025 April 2025", { 0, 0, 0, 0, 1 } },
    { "6 weekly from September 2025", { 0, 0, 0, 0, 2 } },
    { "On-going", { 0, 1, 0, 0, 0 } },
    { "", { 0, 0, 1, 0, 0 } },
    { "Complete", { 0, 0, 0, 2, 0 } },
};

static void plan_counts_by_kind (void)
{
    int by_kind[BP_TIMEFRAME_UNKNOWN + 1] = { 0 };
    int by_area[5] = { 0 };
    int total = 0;
    for (gsize i = 0; i < G_N_ELEMENTS (plan); i++)
        for (int area = 0; area < 5; area++)
        {
            by_kind[bp_timeframe_parse (plan[i].text, NULL).kind] += plan[i].actions[area];
            by_area[area] += plan[i].actions[area];
            total += plan[i].actions[area];
        }
    static const int expected_areas[5] = { 10, 11, 21, 16, 11 };
    for (int area = 0; area < 5; area++)
        g_assert_cmpint (by_area[area], ==, expected_areas[area]);
    g_assert_cmpint (total, ==, 69);
    g_assert_cmpint (G_N_ELEMENTS (plan), ==, 22);
    g_assert_cmpint (by_kind[BP_TIMEFRAME_DATE], ==, 61);
    g_assert_cmpint (by_kind[BP_TIMEFRAME_TWO_DATES], ==, 1);
    g_assert_cmpint (by_kind[BP_TIMEFRAME_RECURRING], ==, 3);
    g_assert_cmpint (by_kind[BP_TIMEFRAME_ONGOING], ==, 1);
    g_assert_cmpint (by_kind[BP_TIMEFRAME_BLANK], ==, 1);
    g_assert_cmpint (by_kind[BP_TIMEFRAME_COMPLETE], ==, 2);
    g_assert_cmpint (by_kind[BP_TIMEFRAME_UNKNOWN], ==, 0);
}

static void plan_counts_by_month (void)
{
    static const struct
    {
        int year, month, count;
    } months[] = { { 2024, 11, 1 }, { 2025, 1, 1 }, { 2025, 2, 7 },  { 2025, 3, 6 },  { 2025, 4, 14 }, { 2025, 5, 2 },
                   { 2025, 6, 3 },  { 2025, 7, 2 }, { 2025, 9, 12 }, { 2025, 10, 2 }, { 2025, 11, 1 }, { 2025, 12, 1 },
                   { 2026, 1, 2 },  { 2026, 3, 2 }, { 2026, 4, 2 },  { 2026, 9, 3 } };
    for (gsize m = 0; m < G_N_ELEMENTS (months); m++)
    {
        int count = 0;
        for (gsize i = 0; i < G_N_ELEMENTS (plan); i++)
        {
            BpTimeframe timeframe = bp_timeframe_parse (plan[i].text, NULL);
            bool is_in_month
                = timeframe.kind == BP_TIMEFRAME_DATE && timeframe.final_due == bp_date_month_end (months[m].year, months[m].month);
            for (int area = 0; is_in_month && area < 5; area++)
                count += plan[i].actions[area];
        }
        g_assert_cmpint (count, ==, months[m].count);
    }
}

static void plan_due_by_date (void)
{
    static const struct
    {
        int year, month;
        int single[5];  /* single dates, by area */
        int with_first; /* and the first date of the others */
        int with_last;  /* and the last */
    } rows[] = {
        { 2024, 12, { 0, 0, 0, 1, 0 }, 1, 1 },     { 2025, 3, { 0, 8, 2, 5, 0 }, 16, 15 },     { 2025, 4, { 3, 9, 7, 9, 1 }, 31, 31 },
        { 2025, 7, { 5, 9, 11, 9, 2 }, 38, 38 },   { 2025, 8, { 5, 9, 11, 9, 2 }, 38, 38 },    { 2025, 9, { 8, 9, 18, 10, 3 }, 52, 52 },
        { 2025, 12, { 8, 9, 19, 11, 5 }, 56, 56 }, { 2026, 3, { 10, 9, 20, 11, 6 }, 60, 60 },  { 2026, 4, { 10, 9, 20, 11, 8 }, 62, 62 },
        { 2026, 8, { 10, 9, 20, 11, 8 }, 62, 62 }, { 2026, 9, { 10, 10, 20, 13, 8 }, 65, 65 },
    };
    for (gsize r = 0; r < G_N_ELEMENTS (rows); r++)
    {
        BpDate as_of = bp_date_month_end (rows[r].year, rows[r].month);
        int single[5] = { 0 }, with_first = 0, with_last = 0;
        for (gsize i = 0; i < G_N_ELEMENTS (plan); i++)
        {
            BpTimeframe timeframe = bp_timeframe_parse (plan[i].text, NULL);
            BpDate last = timeframe.kind == BP_TIMEFRAME_RECURRING ? timeframe.first_due : bp_timeframe_due (&timeframe);
            for (int area = 0; area < 5; area++)
            {
                bool is_first_due = timeframe.first_due != BP_DATE_NONE && timeframe.first_due <= as_of;
                single[area] += timeframe.kind == BP_TIMEFRAME_DATE && is_first_due ? plan[i].actions[area] : 0;
                with_first += is_first_due ? plan[i].actions[area] : 0;
                with_last += last != BP_DATE_NONE && last <= as_of ? plan[i].actions[area] : 0;
            }
        }
        for (int area = 0; area < 5; area++)
            g_assert_cmpint (single[area], ==, rows[r].single[area]);
        g_assert_cmpint (with_first, ==, rows[r].with_first);
        g_assert_cmpint (with_last, ==, rows[r].with_last);
    }
}

static void plan_first_dates_by_term (void)
{
    static const struct
    {
        const char *term;
        int count;
    } rows[] = { { "Autumn 2024", 1 }, { "Spring 2025", 15 }, { "Summer 2025", 22 }, { "Autumn 2025", 18 },
                 { "Spring 2026", 4 }, { "Summer 2026", 2 },  { "Autumn 2026", 3 } };
    for (gsize r = 0; r < G_N_ELEMENTS (rows); r++)
    {
        int count = 0;
        for (gsize i = 0; i < G_N_ELEMENTS (plan); i++)
        {
            BpTimeframe timeframe = bp_timeframe_parse (plan[i].text, NULL);
            BpPeriod term = bp_period_at (BP_PERIOD_TERM, timeframe.first_due, NULL);
            g_autofree char *name = bp_period_dup_text (&term, NULL);
            for (int area = 0; area < 5 && strcmp (name, rows[r].term) == 0; area++)
                count += plan[i].actions[area];
        }
        g_assert_cmpint (count, ==, rows[r].count);
    }
}

static void assert_occurrences (const char *text, const BpCalendar *calendar, const char *const *expected)
{
    BpTimeframe timeframe = bp_timeframe_parse (text, calendar);
    for (int n = 0; expected[n] != NULL; n++)
    {
        BpDate date = bp_timeframe_occurrence (&timeframe, n, calendar);
        g_autofree char *found = bp_date_dup_text (date, BP_DATE_ISO);
        if (strcmp (found, expected[n]) != 0)
            g_error ("\"%s\": occurrence %d is %s, not %s", text, n, found, expected[n]);
        g_assert_cmpint (bp_timeframe_next_occurrence (&timeframe, date, calendar), ==, date);
        BpDate next = bp_timeframe_next_occurrence (&timeframe, date + 1, calendar);
        if (expected[n + 1] != NULL && strcmp (expected[n + 1], expected[n]) != 0)
            g_assert_cmpint (next, ==, bp_timeframe_occurrence (&timeframe, n + 1, calendar));
    }
}

#define DATES(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void recurs_on_the_right_days (void)
{
    assert_occurrences ("6 weekly from September 2025", NULL,
                        DATES ("2025-09-01", "2025-10-13", "2025-11-24", "2026-01-05", "2026-02-16", "2026-03-30", "2026-05-11",
                               "2026-06-22", "2026-08-03"));
    assert_occurrences ("April 2025 and then Termly", NULL, DATES ("2025-04-30", "2025-08-31", "2025-12-31", "2026-03-31", "2026-08-31"));
    assert_occurrences ("Summer 2025 and then termly", NULL, DATES ("2025-08-31", "2025-12-31", "2026-03-31"));
    assert_occurrences ("termly from September 2025", NULL, DATES ("2025-09-01", "2026-01-01", "2026-04-01", "2026-09-01"));
    assert_occurrences ("January 2025 and then monthly", NULL, DATES ("2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30"));
    assert_occurrences ("February 2025 and then monthly", NULL, DATES ("2025-02-28", "2025-03-31", "2025-04-30"));
    assert_occurrences ("28 February 2025 and then monthly", NULL, DATES ("2025-02-28", "2025-03-28", "2025-04-28"));
    assert_occurrences ("31 January 2025 and then monthly", NULL, DATES ("2025-01-31", "2025-02-28", "2025-03-31"));
    assert_occurrences ("monthly from September 2025", NULL, DATES ("2025-09-01", "2025-10-01", "2025-11-01"));
    assert_occurrences ("April 2025 and then quarterly", NULL, DATES ("2025-04-30", "2025-06-30", "2025-09-30", "2025-12-31"));
    assert_occurrences ("quarterly from September 2025", NULL, DATES ("2025-09-01", "2025-12-01", "2026-03-01"));
    assert_occurrences ("February 2024 and then annually", NULL,
                        DATES ("2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"));
    assert_occurrences ("annually from 15 September 2025", NULL, DATES ("2025-09-15", "2026-09-15"));
    assert_occurrences ("weekly from 1 September 2025", NULL, DATES ("2025-09-01", "2025-09-08", "2025-09-15"));
}

static void holidays_are_skipped_only_if_asked (void)
{
    BpHoliday holidays[]
        = { { bp_date_new (2026, 2, 16), bp_date_new (2026, 2, 20) }, { bp_date_new (2026, 7, 22), bp_date_new (2026, 8, 31) } };
    BpCalendar calendar = *bp_calendar_default ();
    calendar.holidays = holidays;
    calendar.holiday_count = 2;
    const char *text = "6 weekly from September 2025";
    assert_occurrences (text, &calendar,
                        DATES ("2025-09-01", "2025-10-13", "2025-11-24", "2026-01-05", "2026-02-16", "2026-03-30", "2026-05-11",
                               "2026-06-22", "2026-08-03"));
    calendar.skip_holidays = true;
    /* only the occurrence in the holiday moves: the next ones keep their rhythm */
    assert_occurrences (text, &calendar,
                        DATES ("2025-09-01", "2025-10-13", "2025-11-24", "2026-01-05", "2026-02-21", "2026-03-30", "2026-05-11",
                               "2026-06-22", "2026-09-01", "2026-09-14"));
    BpTimeframe timeframe = bp_timeframe_parse (text, &calendar);
    g_assert_cmpint (bp_timeframe_next_occurrence (&timeframe, bp_date_new (2026, 2, 17), &calendar), ==, bp_date_new (2026, 2, 21));
}

static void only_what_recurs_has_occurrences (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        BpTimeframe timeframe = bp_timeframe_parse (cases[i].text, NULL);
        bool recurs = cases[i].kind == BP_TIMEFRAME_RECURRING;
        g_autofree char *text = bp_timeframe_dup_recurrence_text (&timeframe);
        g_assert_true ((text != NULL) == recurs);
        g_assert_true ((bp_timeframe_occurrence (&timeframe, 0, NULL) != BP_DATE_NONE) == recurs);
        g_assert_cmpint (bp_timeframe_occurrence (&timeframe, -1, NULL), ==, BP_DATE_NONE);
        g_assert_true ((bp_timeframe_next_occurrence (&timeframe, bp_date_new (2025, 1, 1), NULL) != BP_DATE_NONE) == recurs);
        g_assert_cmpint (bp_timeframe_next_occurrence (&timeframe, BP_DATE_NONE, NULL), ==, BP_DATE_NONE);
    }
    BpTimeframe weekly = bp_timeframe_parse ("weekly from September 2025", NULL);
    BpTimeframe six_weekly = bp_timeframe_parse ("6 weekly from September 2025", NULL);
    BpTimeframe termly = bp_timeframe_parse ("April 2025 and then termly", NULL);
    g_autofree char *weekly_text = bp_timeframe_dup_recurrence_text (&weekly);
    g_autofree char *six_weekly_text = bp_timeframe_dup_recurrence_text (&six_weekly);
    g_autofree char *termly_text = bp_timeframe_dup_recurrence_text (&termly);
    g_assert_cmpstr (weekly_text, ==, "every week");
    g_assert_cmpstr (six_weekly_text, ==, "every 6 weeks");
    g_assert_cmpstr (termly_text, ==, "each term");
    /* and they end with the years that dates know */
    g_assert_cmpint (bp_timeframe_occurrence (&six_weekly, G_MAXINT, NULL), ==, BP_DATE_NONE);
    g_assert_cmpint (bp_timeframe_next_occurrence (&termly, bp_date_new (2199, 12, 31), NULL), ==, BP_DATE_NONE);
}

static void terms_of_the_calendar_count (void)
{
    BpTermDef terms[] = { { "Autumn 1", 9, 1 },  { "Autumn 2", 11, 3 }, { "Spring 1", 1, 5 },
                          { "Spring 2", 2, 23 }, { "Summer 1", 4, 13 }, { "Summer 2", 6, 1 } };
    const BpCalendar calendar = { .terms = terms, .term_count = 6 };
    assert_occurrences ("April 2025 and then termly", &calendar,
                        DATES ("2025-04-30", "2025-05-31", "2025-08-31", "2025-11-02", "2026-01-04"));
    BpTimeframe timeframe = bp_timeframe_parse ("Autumn 1 2025 and Spring 2 2026", &calendar);
    g_assert_cmpint (timeframe.kind, ==, BP_TIMEFRAME_TWO_DATES);
    g_assert_cmpint (timeframe.first_due, ==, bp_date_new (2025, 11, 2));
    g_assert_cmpint (timeframe.final_due, ==, bp_date_new (2026, 4, 12));
}

static void hostile_text_is_unknown (void)
{
    static const char *const hostile[]
        = { "\xff",        "September \xc3 2025", "April\x01 2025",       "and and and", ";;;;",  "from",    "6 weekly from",
            "then termly", "and then termly",     "weekly weekly weekly", "\xe2\x80",    "every", "every 6", "/ / / /",
            "<<<<>>>>" };
    for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
        g_assert_cmpint (bp_timeframe_parse (hostile[i], NULL).kind, ==, BP_TIMEFRAME_UNKNOWN);
    g_autofree char *endless = g_strnfill (10000000, 'a');
    g_assert_cmpint (bp_timeframe_parse (endless, NULL).kind, ==, BP_TIMEFRAME_UNKNOWN);
    static const char *const pieces[]
        = { "April 2025", " and ", " then ", "termly", "6 weekly", " from ", "February 2025", " ",
            ",",          "\n",    "every ", "12 ",    "2025",     "/",      "TBC",           "\xe2\x80\x99" };
    g_autoptr (GRand) random = g_rand_new_with_seed (42);
    for (int i = 0; i < 50000; i++)
    {
        char text[200] = "";
        for (int n = g_rand_int_range (random, 1, 10); n > 0; n--)
            g_strlcat (text, pieces[g_rand_int_range (random, 0, (gint32)G_N_ELEMENTS (pieces))], sizeof text);
        BpTimeframe timeframe = bp_timeframe_parse (text, NULL);
        bool has_date
            = timeframe.kind == BP_TIMEFRAME_DATE || timeframe.kind == BP_TIMEFRAME_TWO_DATES || timeframe.kind == BP_TIMEFRAME_RECURRING;
        g_assert_true (has_date == (timeframe.first_due != BP_DATE_NONE));
    }
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/domain/timeframe/reads_every_form_or_none", reads_every_form_or_none);
    g_test_add_func ("/domain/timeframe/plan_counts_by_kind", plan_counts_by_kind);
    g_test_add_func ("/domain/timeframe/plan_counts_by_month", plan_counts_by_month);
    g_test_add_func ("/domain/timeframe/plan_due_by_date", plan_due_by_date);
    g_test_add_func ("/domain/timeframe/plan_first_dates_by_term", plan_first_dates_by_term);
    g_test_add_func ("/domain/timeframe/recurs_on_the_right_days", recurs_on_the_right_days);
    g_test_add_func ("/domain/timeframe/holidays_are_skipped_only_if_asked", holidays_are_skipped_only_if_asked);
    g_test_add_func ("/domain/timeframe/only_what_recurs_has_occurrences", only_what_recurs_has_occurrences);
    g_test_add_func ("/domain/timeframe/terms_of_the_calendar_count", terms_of_the_calendar_count);
    g_test_add_func ("/domain/timeframe/hostile_text_is_unknown", hostile_text_is_unknown);
    return g_test_run ();
}
