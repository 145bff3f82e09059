#ifndef BP_DOMAIN_CALENDAR_H
#define BP_DOMAIN_CALENDAR_H

#include "base/date.h"

/* Terms of the academic year (contiguous, any number) and holidays. */
typedef struct
{
    const char *name; /* "Autumn" */
    int month, day;   /* its first day, each academic year */
} BpTermDef;

typedef struct
{
    BpDate first, last;
} BpHoliday;

typedef struct
{
    BpTermDef *terms; /* in the order of the academic year, the first begins it */
    int term_count;
    BpHoliday *holidays;
    int holiday_count;
    bool skip_holidays;
} BpCalendar;

/* The default: Autumn 1 September, Spring 1 January, Summer 1 April. Static. */
const BpCalendar *bp_calendar_default (void);
/* The term that holds date: its index, first and last day. */
int bp_calendar_term_at (const BpCalendar *calendar, BpDate date, BpDate *first_out, BpDate *last_out);
/* Index of the term with that name without regard to case, also "Autumn term"; -1 if none. */
int bp_calendar_find_term (const BpCalendar *calendar, const char *name);
/* First and last day of term index in the calendar year in which it begins. */
void bp_calendar_term_dates (const BpCalendar *calendar, int term_index, int year, BpDate *first_out, BpDate *last_out);
bool bp_calendar_is_holiday (const BpCalendar *calendar, BpDate date);

#endif
