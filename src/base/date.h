#ifndef BP_BASE_DATE_H
#define BP_BASE_DATE_H

#include <glib.h>
#include <stdbool.h>

/* A civil date as days since 1970-01-01 (proleptic Gregorian), or BP_DATE_NONE. Plain integers compare, subtract and sort. */
typedef int BpDate;
#define BP_DATE_NONE G_MININT

typedef enum
{
    BP_DATE_LONG,      /* 31 July 2025 */
    BP_DATE_MEDIUM,    /* 31 Jul 2025 */
    BP_DATE_DAY_MONTH, /* 5 Sep */
    BP_DATE_MONTH,     /* July 2025 */
    BP_DATE_ISO        /* 2025-07-31 */
} BpDateStyle;

/* BP_DATE_NONE if the day does not exist or the year is outside 1900 to 2199. */
BpDate bp_date_new (int year, int month, int day);
void bp_date_split (BpDate date, int *year_out, int *month_out, int *day_out);
/* The last day of the month. */
BpDate bp_date_month_end (int year, int month);
/* Same day n months later, or the last day of that month. */
BpDate bp_date_add_months (BpDate date, int months);
/* "2025-07-31" and nothing else; false if it is not a date. */
bool bp_date_parse_iso (const char *text, BpDate *date_out);
/* A day in the usual British spellings: 2025-07-31, 31/07/2025, 31.7.25, 31 July 2025, 31st Jul 25, 12<sup>th</sup> Dec 24, July 31 2025.
 * Two-digit years are 2000 to 2099. The day of the week may stand before it, if it is the right one, and midnight after it, as spreadsheets
 * write it: "Thursday 31 July 2025", "2025-07-31T00:00:00". */
bool bp_date_parse (const char *text, BpDate *date_out);
/* "July", "Jul", "sept": 1 to 12; 0 if it is no month. length is in bytes. */
int bp_month_from_name (const char *name, gsize length);
const char *bp_month_name (int month);       /* "January" */
const char *bp_month_short_name (int month); /* "Jan" */
/* Caller frees. "" for BP_DATE_NONE. */
char *bp_date_dup_text (BpDate date, BpDateStyle style);

#endif
