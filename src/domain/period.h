#ifndef BP_DOMAIN_PERIOD_H
#define BP_DOMAIN_PERIOD_H

#include "domain/calendar.h"

typedef enum
{
    BP_PERIOD_NONE,
    BP_PERIOD_DAY,
    BP_PERIOD_MONTH,
    BP_PERIOD_QUARTER, /* of the financial year: Q1 is April to June */
    BP_PERIOD_TERM,
    BP_PERIOD_ACADEMIC_YEAR,
    BP_PERIOD_FINANCIAL_YEAR,
    BP_PERIOD_CALENDAR_YEAR,
    BP_PERIOD_CENSUS /* a count on a census day, named by its month */
} BpPeriodKind;

/* A period of a stated kind. Two periods of one kind are compared and ordered by their first day. */
typedef struct
{
    BpPeriodKind kind;
    BpDate first, last; /* census: the first and last day of the month */
    int part;           /* quarter 1 to 4, term index, month 1 to 12; else 0 */
} BpPeriod;

typedef enum
{
    BP_PERIOD_READ_OK,
    BP_PERIOD_READ_BLANK,
    BP_PERIOD_READ_AMBIGUOUS, /* "2024/25" or "2024" and no kind to tell which year is meant, or a year of another shape than the kind has
                               */
    BP_PERIOD_READ_UNKNOWN
} BpPeriodReading;

/* Reads the canonical forms of the data contract and the spellings of real documents ("Q4 of 2022/23", "Jan 24", "by Summer 2025"). kind is
 * the KPI's period_kind (BP_PERIOD_NONE if it has none): it settles a bare "2024/25" or "2024". Strict otherwise: never guesses. */
BpPeriodReading bp_period_parse (const char *text, BpPeriodKind kind, const BpCalendar *calendar, BpPeriod *period_out);
/* "month", "academic_year" …; BP_PERIOD_NONE if it is none of them. */
BpPeriodKind bp_period_kind_parse (const char *text);
const char *bp_period_kind_name (BpPeriodKind kind);  /* "academic_year" */
const char *bp_period_kind_words (BpPeriodKind kind); /* "academic year" */
/* As printed: "Q4 2022/23", "July 2025", "Summer 2025", "2024/25", "January 2024" (census), "2024". Caller frees. */
char *bp_period_dup_text (const BpPeriod *period, const BpCalendar *calendar);
/* The immediately preceding period of the same kind (a census: a year earlier). */
BpPeriod bp_period_previous (const BpPeriod *period, const BpCalendar *calendar);
/* The one after it (a census: a year later). */
BpPeriod bp_period_next (const BpPeriod *period, const BpCalendar *calendar);
/* The period of that kind holding date. */
BpPeriod bp_period_at (BpPeriodKind kind, BpDate date, const BpCalendar *calendar);
/* Same kind (and so the same length): may be compared at all. */
bool bp_period_is_like (const BpPeriod *a, const BpPeriod *b);
/* Like, but another quarter, term or month of the year: compared with a caution. */
bool bp_period_is_other_season (const BpPeriod *a, const BpPeriod *b);
bool bp_period_is_same (const BpPeriod *a, const BpPeriod *b);

#endif
