#ifndef BP_APP_CLOCK_H
#define BP_APP_CLOCK_H

#include "base/date.h"
#include "base/error.h"

/* The only place that looks at the clock. */
typedef struct
{
    gint64 now;    /* seconds since 1970: SOURCE_DATE_EPOCH if it is set, else the clock */
    bool is_fixed; /* by SOURCE_DATE_EPOCH */
    BpDate today;  /* in Europe/London */
} BpClock;

/* Fails with BP_ERROR_USAGE if SOURCE_DATE_EPOCH is not a whole number of seconds. */
bool bp_clock_read (BpClock *clock_out, GError **error);
/* The civil date in Europe/London: GMT, or an hour more from the last Sunday of March to the last of October, each at 01:00 UTC (the rule
 * since 1996). Computed here, so that it holds on a system without time zone files. */
BpDate bp_clock_london_date (gint64 seconds);
/* "1 August 2025, 11:00" in Europe/London, for a reader; "" for 0, which stands for never. Caller frees. */
char *bp_clock_dup_london_text (gint64 seconds);
/* Seconds since 1970 at 00:00 UTC. */
gint64 bp_clock_midnight (BpDate date);
/* Whether these seconds since 1970 are in the years that the program knows, 1900 to 2199. */
bool bp_clock_can_be (gint64 seconds);

#endif
