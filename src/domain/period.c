#include "domain/period.h"

#include "base/text.h"

#include <string.h>

static const struct
{
    BpPeriodKind kind;
    const char *name;
    const char *words;
} kinds[] = {
    { BP_PERIOD_NONE, "none", "no period" },
    { BP_PERIOD_DAY, "day", "day" },
    { BP_PERIOD_MONTH, "month", "month" },
    { BP_PERIOD_QUARTER, "quarter", "quarter" },
    { BP_PERIOD_TERM, "term", "term" },
    { BP_PERIOD_ACADEMIC_YEAR, "academic_year", "academic year" },
    { BP_PERIOD_FINANCIAL_YEAR, "financial_year", "financial year" },
    { BP_PERIOD_CALENDAR_YEAR, "calendar_year", "calendar year" },
    { BP_PERIOD_CENSUS, "census", "census" },
};

BpPeriodKind bp_period_kind_parse (const char *text)
{
    g_autofree char *name = bp_text_dup_folded (text == NULL ? "" : text);
    for (char *c = name; *c != '\0'; c++)
        if (*c == ' ' || *c == '-')
            *c = '_';
    for (gsize i = 1; i < G_N_ELEMENTS (kinds); i++)
        if (strcmp (kinds[i].name, name) == 0)
            return kinds[i].kind;
    return BP_PERIOD_NONE;
}

const char *bp_period_kind_name (BpPeriodKind kind)
{
    return kinds[kind].name;
}

const char *bp_period_kind_words (BpPeriodKind kind)
{
    return kinds[kind].words;
}

/* No period if a day of it lies outside the years that dates know. */
static BpPeriod make_period (BpPeriodKind kind, BpDate first, BpDate last, int part)
{
    if (first == BP_DATE_NONE || last == BP_DATE_NONE)
        return (BpPeriod){ .kind = BP_PERIOD_NONE, .first = BP_DATE_NONE, .last = BP_DATE_NONE };
    return (BpPeriod){ .kind = kind, .first = first, .last = last, .part = part };
}

static BpDate day_before (BpDate date)
{
    return date == BP_DATE_NONE ? BP_DATE_NONE : date - 1;
}

/* The first day of the academic year that begins in a calendar year: its first term's. */
static BpDate academic_year_start (int year, const BpCalendar *calendar)
{
    BpDate first, last;
    bp_calendar_term_dates (calendar, 0, year, &first, &last);
    return first;
}

/* The year that begins in the calendar year. */
static BpPeriod academic_year (int year, const BpCalendar *calendar)
{
    return make_period (BP_PERIOD_ACADEMIC_YEAR, academic_year_start (year, calendar),
                        day_before (academic_year_start (year + 1, calendar)), 0);
}

static BpPeriod term_at (BpDate date, const BpCalendar *calendar)
{
    BpDate first, last;
    int index = bp_calendar_term_at (calendar, date, &first, &last);
    return make_period (BP_PERIOD_TERM, first, last, index);
}

BpPeriod bp_period_at (BpPeriodKind kind, BpDate date, const BpCalendar *calendar)
{
    if (date == BP_DATE_NONE)
        return make_period (BP_PERIOD_NONE, BP_DATE_NONE, BP_DATE_NONE, 0);
    int year, month, day;
    bp_date_split (date, &year, &month, &day);
    int quarter_month = (month - 1) / 3 * 3 + 1;
    int financial_year = month >= 4 ? year : year - 1;
    switch (kind)
    {
    case BP_PERIOD_NONE:
        break;
    case BP_PERIOD_DAY:
        return make_period (kind, date, date, 0);
    case BP_PERIOD_MONTH:
    case BP_PERIOD_CENSUS:
        return make_period (kind, bp_date_new (year, month, 1), bp_date_month_end (year, month), month);
    case BP_PERIOD_QUARTER:
        return make_period (kind, bp_date_new (year, quarter_month, 1), bp_date_month_end (year, quarter_month + 2),
                            quarter_month == 1 ? 4 : quarter_month / 3);
    case BP_PERIOD_TERM:
        return term_at (date, calendar);
    case BP_PERIOD_ACADEMIC_YEAR:
        return academic_year (date < academic_year_start (year, calendar) ? year - 1 : year, calendar);
    case BP_PERIOD_FINANCIAL_YEAR:
        return make_period (kind, bp_date_new (financial_year, 4, 1), bp_date_new (financial_year + 1, 3, 31), 0);
    case BP_PERIOD_CALENDAR_YEAR:
        return make_period (kind, bp_date_new (year, 1, 1), bp_date_new (year, 12, 31), 0);
    }
    return make_period (BP_PERIOD_NONE, BP_DATE_NONE, BP_DATE_NONE, 0);
}

BpPeriod bp_period_previous (const BpPeriod *period, const BpCalendar *calendar)
{
    if (period->kind == BP_PERIOD_NONE)
        return *period;
    if (period->kind == BP_PERIOD_CENSUS)
        return bp_period_at (BP_PERIOD_CENSUS, bp_date_add_months (period->first, -12), calendar);
    BpDate before = period->first - 1;
    int year, month, day;
    bp_date_split (before, &year, &month, &day);
    return bp_period_at (period->kind, bp_date_new (year, month, day), calendar);
}

BpPeriod bp_period_next (const BpPeriod *period, const BpCalendar *calendar)
{
    if (period->kind == BP_PERIOD_NONE)
        return *period;
    if (period->kind == BP_PERIOD_CENSUS)
        return bp_period_at (BP_PERIOD_CENSUS, bp_date_add_months (period->first, 12), calendar);
    int year, month, day;
    bp_date_split (period->last + 1, &year, &month, &day);
    return bp_period_at (period->kind, bp_date_new (year, month, day), calendar);
}

bool bp_period_is_like (const BpPeriod *a, const BpPeriod *b)
{
    return a->kind == b->kind && a->kind != BP_PERIOD_NONE;
}

/* Which part of the year it is; a day stands for its month, so that a figure as at 31 March is not quietly set beside one as at 30
 * September. */
static int season_of (const BpPeriod *period)
{
    if (period->kind != BP_PERIOD_DAY)
        return period->part;
    int year, month, day;
    bp_date_split (period->first, &year, &month, &day);
    return month;
}

bool bp_period_is_other_season (const BpPeriod *a, const BpPeriod *b)
{
    return bp_period_is_like (a, b) && season_of (a) != season_of (b);
}

bool bp_period_is_same (const BpPeriod *a, const BpPeriod *b)
{
    return bp_period_is_like (a, b) && a->first == b->first && a->last == b->last;
}

char *bp_period_dup_text (const BpPeriod *period, const BpCalendar *calendar)
{
    if (period->kind == BP_PERIOD_NONE)
        return g_strdup ("");
    int year, month, day;
    bp_date_split (period->first, &year, &month, &day);
    int financial_year = month >= 4 ? year : year - 1;
    switch (period->kind)
    {
    case BP_PERIOD_NONE:
        break;
    case BP_PERIOD_DAY:
        return bp_date_dup_text (period->first, BP_DATE_LONG);
    case BP_PERIOD_MONTH:
    case BP_PERIOD_CENSUS:
        return bp_date_dup_text (period->first, BP_DATE_MONTH);
    case BP_PERIOD_QUARTER:
        return g_strdup_printf ("Q%d %d/%02d", period->part, financial_year, (financial_year + 1) % 100);
    case BP_PERIOD_TERM:
    {
        const BpCalendar *used = calendar == NULL || calendar->term_count <= period->part ? bp_calendar_default () : calendar;
        const char *name = period->part >= 0 && period->part < used->term_count ? used->terms[period->part].name : "Term";
        g_autofree char *capitalised = bp_text_dup_capitalised (name);
        return g_strdup_printf ("%s %d", capitalised, year);
    }
    case BP_PERIOD_ACADEMIC_YEAR:
    case BP_PERIOD_FINANCIAL_YEAR:
        return g_strdup_printf ("%d/%02d", year, (year + 1) % 100);
    case BP_PERIOD_CALENDAR_YEAR:
        return g_strdup_printf ("%d", year);
    }
    return g_strdup ("");
}
