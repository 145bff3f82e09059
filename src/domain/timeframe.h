#ifndef BP_DOMAIN_TIMEFRAME_H
#define BP_DOMAIN_TIMEFRAME_H

#include "domain/period.h"

/* What a plan says about when: a type, not a date (data contract, "Timeframes and periods"). None is ever quietly treated as on track. */
typedef enum
{
    BP_TIMEFRAME_BLANK,
    BP_TIMEFRAME_DATE,      /* a day, month, term, quarter or year: due on its last day */
    BP_TIMEFRAME_TWO_DATES, /* first and final */
    BP_TIMEFRAME_RECURRING, /* first, then again and again */
    BP_TIMEFRAME_ONGOING,
    BP_TIMEFRAME_COMPLETE,
    BP_TIMEFRAME_TBC,
    BP_TIMEFRAME_UNKNOWN /* not understood; kept and printed as typed */
} BpTimeframeKind;

typedef enum
{
    BP_RECUR_NONE,
    BP_RECUR_WEEKS,
    BP_RECUR_MONTHS,
    BP_RECUR_TERMS,
    BP_RECUR_QUARTERS,
    BP_RECUR_YEARS
} BpRecurrence;

typedef struct
{
    BpTimeframeKind kind;
    const char *text;      /* as typed; borrowed from the record */
    BpDate first_due;      /* DATE and TWO_DATES: due date of the first; RECURRING: the first occurrence; else none */
    BpDate final_due;      /* DATE: = first_due; TWO_DATES: of the second; else none */
    BpPeriod first_period; /* what was typed, for printing and ordering */
    BpPeriod final_period;
    BpRecurrence recurrence;
    int interval; /* weeks of BP_RECUR_WEEKS ("6 weekly"), else 1 */
} BpTimeframe;

/* Never fails: what it cannot understand is BP_TIMEFRAME_UNKNOWN. */
BpTimeframe bp_timeframe_parse (const char *text, const BpCalendar *calendar);
/* The date on which it is due in the end: final date, first occurrence of a recurring one not asked for here; BP_DATE_NONE if it has none.
 */
BpDate bp_timeframe_due (const BpTimeframe *timeframe);
/* The n-th occurrence (0 is the first) of a recurring timeframe, holidays skipped if the calendar says so; BP_DATE_NONE otherwise. */
BpDate bp_timeframe_occurrence (const BpTimeframe *timeframe, int n, const BpCalendar *calendar);
/* The first occurrence on or after date. */
BpDate bp_timeframe_next_occurrence (const BpTimeframe *timeframe, BpDate date, const BpCalendar *calendar);
/* "every 6 weeks", "each term"; NULL if it does not recur. Caller frees. */
char *bp_timeframe_dup_recurrence_text (const BpTimeframe *timeframe);

#endif
