#include "app/clock.h"

#include "base/number.h"

#define DAY_SECONDS ((gint64)86400)
/* 1900 to 2199, the range of BpDate */
#define MIN_SECONDS (-2208988800LL)
#define MAX_SECONDS 7258118399LL

/* Days since 1970 of the last Sunday of a month with 31 days; day 0 was a Thursday. */
static BpDate last_sunday (int year, int month)
{
    BpDate last = bp_date_month_end (year, month);
    int weekday = ((last + 4) % 7 + 7) % 7; /* 0: Sunday */
    return last - weekday;
}

static gint64 floor_days (gint64 seconds)
{
    return seconds >= 0 ? seconds / DAY_SECONDS : -((-seconds + DAY_SECONDS - 1) / DAY_SECONDS);
}

gint64 bp_clock_midnight (BpDate date)
{
    return date * DAY_SECONDS;
}

bool bp_clock_can_be (gint64 seconds)
{
    return seconds >= MIN_SECONDS && seconds <= MAX_SECONDS;
}

/* Seconds as a clock in London counts them. */
static gint64 london_seconds (gint64 seconds)
{
    int year;
    int month;
    int day;
    bp_date_split ((BpDate)floor_days (seconds), &year, &month, &day);
    gint64 summer_from = bp_clock_midnight (last_sunday (year, 3)) + 3600;
    gint64 summer_to = bp_clock_midnight (last_sunday (year, 10)) + 3600;
    bool is_summer = seconds >= summer_from && seconds < summer_to;
    return seconds + (is_summer ? 3600 : 0);
}

BpDate bp_clock_london_date (gint64 seconds)
{
    return (BpDate)floor_days (london_seconds (seconds));
}

char *bp_clock_dup_london_text (gint64 seconds)
{
    if (seconds == 0)
        return g_strdup ("");
    const gint64 local = london_seconds (seconds);
    const gint64 minutes = (local - floor_days (local) * DAY_SECONDS) / 60;
    g_autofree char *day = bp_date_dup_text ((BpDate)floor_days (local), BP_DATE_LONG);
    return g_strdup_printf ("%s, %02d:%02d", day, (int)(minutes / 60), (int)(minutes % 60));
}

bool bp_clock_read (BpClock *clock_out, GError **error)
{
    const char *fixed = g_getenv ("SOURCE_DATE_EPOCH");
    clock_out->is_fixed = fixed != NULL && *fixed != '\0';
    clock_out->now = g_get_real_time () / G_USEC_PER_SEC;
    if (clock_out->is_fixed && (!bp_integer_parse (fixed, &clock_out->now) || !bp_clock_can_be (clock_out->now)))
        return bp_fail (error, BP_ERROR_USAGE, "SOURCE_DATE_EPOCH is '%s'; it must be a whole number of seconds since 1970, or not be set",
                        fixed);
    clock_out->today = bp_clock_london_date (clock_out->now);
    return true;
}
