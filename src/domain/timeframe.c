#include "domain/timeframe.h"
#include "domain/period_tokens.h"

#include "base/text.h"

#include <string.h>

/* The longest interval that is taken for one: two years of weeks. */
#define MAX_WEEKS 104

typedef struct
{
    BpRecurrence recurrence;
    int interval;
} Rhythm;

static const struct
{
    const char *words;
    Rhythm rhythm;
} rhythm_words[] = {
    { "weekly", { BP_RECUR_WEEKS, 1 } },           { "every week", { BP_RECUR_WEEKS, 1 } },      { "each week", { BP_RECUR_WEEKS, 1 } },
    { "fortnightly", { BP_RECUR_WEEKS, 2 } },      { "every fortnight", { BP_RECUR_WEEKS, 2 } }, { "monthly", { BP_RECUR_MONTHS, 1 } },
    { "every month", { BP_RECUR_MONTHS, 1 } },     { "each month", { BP_RECUR_MONTHS, 1 } },     { "termly", { BP_RECUR_TERMS, 1 } },
    { "every term", { BP_RECUR_TERMS, 1 } },       { "each term", { BP_RECUR_TERMS, 1 } },       { "quarterly", { BP_RECUR_QUARTERS, 1 } },
    { "every quarter", { BP_RECUR_QUARTERS, 1 } }, { "each quarter", { BP_RECUR_QUARTERS, 1 } }, { "annually", { BP_RECUR_YEARS, 1 } },
    { "annual", { BP_RECUR_YEARS, 1 } },           { "yearly", { BP_RECUR_YEARS, 1 } },          { "every year", { BP_RECUR_YEARS, 1 } },
    { "each year", { BP_RECUR_YEARS, 1 } },
};

/* A small number in figures or words; 0 if it is none. */
static int interval_of (const BpPeriodToken *token)
{
    static const char *const names[]
        = { "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve" };
    if (token->kind == BP_TOKEN_NUMBER)
        return token->digits <= 3 && !token->is_ordinal && token->number <= MAX_WEEKS ? token->number : 0;
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
        if (bp_period_token_is_word (token, names[i]))
            return (int)i + 1;
    return 0;
}

/* The length in tokens of the rhythm that stands first: "termly", "6 weekly", "6-weekly", "every 6 weeks"; 0 if none does. */
static int read_rhythm (const BpPeriodToken *tokens, int count, Rhythm *rhythm_out)
{
    for (gsize i = 0; i < G_N_ELEMENTS (rhythm_words); i++)
    {
        int used = bp_period_tokens_match (tokens, count, rhythm_words[i].words);
        if (used > 0)
        {
            *rhythm_out = rhythm_words[i].rhythm;
            return used;
        }
    }
    int used = bp_period_tokens_match (tokens, count, "every");
    bool is_every = used > 0;
    int interval = used < count ? interval_of (&tokens[used]) : 0;
    if (interval == 0)
        return 0;
    used++;
    used += !is_every && used < count && bp_period_token_is_mark (&tokens[used], '-');
    int unit = bp_period_tokens_match (tokens + used, count - used, is_every ? "weeks" : "weekly");
    *rhythm_out = (Rhythm){ BP_RECUR_WEEKS, interval };
    return unit == 0 ? 0 : used + unit;
}

/* One day, month, term, quarter or year of a stated kind. */
static bool read_period (const BpPeriodToken *tokens, int count, const BpCalendar *calendar, BpPeriod *period_out)
{
    return bp_period_tokens_parse (tokens, count, BP_PERIOD_NONE, calendar, period_out) == BP_PERIOD_READ_OK
           && period_out->kind != BP_PERIOD_CENSUS;
}

static void set_recurring (BpTimeframe *timeframe, const BpPeriod *period, Rhythm rhythm, BpDate first_due)
{
    timeframe->kind = BP_TIMEFRAME_RECURRING;
    timeframe->first_period = *period;
    timeframe->first_due = first_due;
    timeframe->recurrence = rhythm.recurrence;
    timeframe->interval = rhythm.interval;
}

/* "6 weekly from September 2025": begins on the first day. */
static bool read_rhythm_from (const BpPeriodToken *tokens, int count, const BpCalendar *calendar, BpTimeframe *timeframe)
{
    static const char *const from_words[] = { "from", "starting from", "starting", "beginning", "commencing" };
    Rhythm rhythm;
    int used = read_rhythm (tokens, count, &rhythm);
    if (used == 0)
        return false;
    used += used < count && bp_period_token_is_mark (&tokens[used], ',');
    int from = 0;
    for (gsize i = 0; from == 0 && i < G_N_ELEMENTS (from_words); i++)
        from = bp_period_tokens_match (tokens + used, count - used, from_words[i]);
    used += from;
    BpPeriod period;
    if (from == 0 || !read_period (tokens + used, count - used, calendar, &period))
        return false;
    set_recurring (timeframe, &period, rhythm, period.first);
    return true;
}

static bool is_separator (const BpPeriodToken *token)
{
    return bp_period_token_is_mark (token, ',') || bp_period_token_is_mark (token, ';') || bp_period_token_is_mark (token, '&')
           || bp_period_token_is_mark (token, '/') || bp_period_token_is_word (token, "and");
}

/* "April 2025 and then termly", "April 2025, then every 6 weeks", "April 2025 and termly thereafter": due on the last day first. */
static bool read_then_rhythm (const BpPeriodToken *tokens, int count, const BpCalendar *calendar, BpTimeframe *timeframe)
{
    for (int split = 1; split < count; split++)
    {
        int used = split;
        while (used < count && is_separator (&tokens[used]))
            used++;
        int then = bp_period_tokens_match (tokens + used, count - used, "then");
        Rhythm rhythm;
        int length = read_rhythm (tokens + used + then, count - used - then, &rhythm);
        if (length == 0)
            continue;
        used += then + length;
        int thereafter = bp_period_tokens_match (tokens + used, count - used, "thereafter")
                         + bp_period_tokens_match (tokens + used, count - used, "after that");
        BpPeriod period;
        if (used + thereafter == count && then + thereafter > 0 && read_period (tokens, split, calendar, &period))
        {
            set_recurring (timeframe, &period, rhythm, period.last);
            return true;
        }
    }
    return false;
}

static void set_two_dates (BpTimeframe *timeframe, const BpPeriod *a, const BpPeriod *b)
{
    bool is_in_order = a->last <= b->last;
    timeframe->kind = BP_TIMEFRAME_TWO_DATES;
    timeframe->first_period = is_in_order ? *a : *b;
    timeframe->final_period = is_in_order ? *b : *a;
    timeframe->first_due = timeframe->first_period.last;
    timeframe->final_due = timeframe->final_period.last;
}

/* "February 2025 April 2025", with a blank, new line, comma, semicolon, slash, "&" or "and" between; only if there is one way to cut it. */
static bool read_two_dates (const BpPeriodToken *tokens, int count, const BpCalendar *calendar, BpTimeframe *timeframe)
{
    int found = 0;
    BpPeriod first, final;
    for (int split = 1; split < count; split++)
    {
        if (is_separator (&tokens[split - 1]))
            continue;
        int after = split;
        while (after < count && is_separator (&tokens[after]))
            after++;
        BpPeriod left, right;
        if (after == count || !read_period (tokens, split, calendar, &left)
            || !read_period (tokens + after, count - after, calendar, &right))
            continue;
        first = left;
        final = right;
        found++;
    }
    if (found == 1)
        set_two_dates (timeframe, &first, &final);
    return found == 1;
}

static const struct
{
    const char *words;
    BpTimeframeKind kind;
} word_kinds[] = {
    { "complete", BP_TIMEFRAME_COMPLETE },
    { "completed", BP_TIMEFRAME_COMPLETE },
    { "ongoing", BP_TIMEFRAME_ONGOING },
    { "on going", BP_TIMEFRAME_ONGOING },
    { "tbc", BP_TIMEFRAME_TBC },
    { "t b c", BP_TIMEFRAME_TBC },
    { "to be confirmed", BP_TIMEFRAME_TBC },
};

static BpTimeframeKind kind_of_words (const BpPeriodToken *tokens, int count)
{
    if (count == 3 && bp_period_token_is_mark (&tokens[1], '-') && bp_period_token_is_word (&tokens[0], "on")
        && bp_period_token_is_word (&tokens[2], "going"))
        return BP_TIMEFRAME_ONGOING;
    for (gsize i = 0; i < G_N_ELEMENTS (word_kinds); i++)
        if (bp_period_tokens_match (tokens, count, word_kinds[i].words) == count)
            return word_kinds[i].kind;
    return BP_TIMEFRAME_UNKNOWN;
}

BpTimeframe bp_timeframe_parse (const char *text, const BpCalendar *calendar)
{
    const BpPeriod no_period = { .kind = BP_PERIOD_NONE, .first = BP_DATE_NONE, .last = BP_DATE_NONE };
    BpTimeframe timeframe = { .kind = BP_TIMEFRAME_UNKNOWN,
                              .text = text == NULL ? "" : text,
                              .first_due = BP_DATE_NONE,
                              .final_due = BP_DATE_NONE,
                              .first_period = no_period,
                              .final_period = no_period,
                              .recurrence = BP_RECUR_NONE,
                              .interval = 0 };
    if (bp_text_is_blank (timeframe.text))
    {
        timeframe.kind = BP_TIMEFRAME_BLANK;
        return timeframe;
    }
    BpPeriodTokens read;
    if (!bp_period_tokens_read (timeframe.text, &read) || read.count == 0)
        return timeframe;
    timeframe.kind = kind_of_words (read.tokens, read.count);
    if (timeframe.kind != BP_TIMEFRAME_UNKNOWN)
        return timeframe;
    BpPeriod period;
    if (read_period (read.tokens, read.count, calendar, &period))
    {
        timeframe.kind = BP_TIMEFRAME_DATE;
        timeframe.first_period = period;
        timeframe.final_period = period;
        timeframe.first_due = period.last;
        timeframe.final_due = period.last;
        return timeframe;
    }
    if (!read_rhythm_from (read.tokens, read.count, calendar, &timeframe)
        && !read_then_rhythm (read.tokens, read.count, calendar, &timeframe))
        read_two_dates (read.tokens, read.count, calendar, &timeframe);
    return timeframe;
}

BpDate bp_timeframe_due (const BpTimeframe *timeframe)
{
    return timeframe->kind == BP_TIMEFRAME_DATE || timeframe->kind == BP_TIMEFRAME_TWO_DATES ? timeframe->final_due : BP_DATE_NONE;
}

/* "M and then termly" falls on last days, "termly from M" on first days; of a single day both are the same, and it counts as the last. */
static bool falls_on_first_days (const BpTimeframe *timeframe)
{
    return timeframe->first_due == timeframe->first_period.first && timeframe->first_period.first != timeframe->first_period.last;
}

static BpDate month_end_of (BpDate date)
{
    if (date == BP_DATE_NONE)
        return BP_DATE_NONE;
    int year, month, day;
    bp_date_split (date, &year, &month, &day);
    return bp_date_month_end (year, month);
}

/* The same day, or the last one, so many months on. What falls on the last day of a period stays on the last day of the month. */
static BpDate months_on (const BpTimeframe *timeframe, int months)
{
    BpDate date = bp_date_add_months (timeframe->first_due, months);
    bool is_period = timeframe->first_period.first != timeframe->first_period.last;
    return is_period && !falls_on_first_days (timeframe) && month_end_of (timeframe->first_due) == timeframe->first_due
               ? month_end_of (date)
               : date;
}

/* The next term's or quarter's first day, or the first last day after date. */
static BpDate next_boundary (BpPeriodKind kind, BpDate date, bool is_first_day, const BpCalendar *calendar)
{
    BpPeriod now = bp_period_at (kind, is_first_day ? date : date + 1, calendar);
    if (now.kind == BP_PERIOD_NONE)
        return BP_DATE_NONE;
    return is_first_day ? now.last + 1 : now.last;
}

/* The n-th occurrence before holidays are looked at; previous is the one before it. */
static BpDate plain_occurrence (const BpTimeframe *timeframe, int n, BpDate previous, const BpCalendar *calendar)
{
    if (n == 0)
        return timeframe->first_due;
    BpDate date = BP_DATE_NONE;
    switch (timeframe->recurrence)
    {
    case BP_RECUR_NONE:
        break;
    case BP_RECUR_WEEKS:
        date = previous + 7 * timeframe->interval;
        break;
    case BP_RECUR_MONTHS:
        date = months_on (timeframe, n * timeframe->interval);
        break;
    case BP_RECUR_TERMS:
        date = next_boundary (BP_PERIOD_TERM, previous, falls_on_first_days (timeframe), calendar);
        break;
    case BP_RECUR_QUARTERS:
        date
            = falls_on_first_days (timeframe) ? months_on (timeframe, 3 * n) : next_boundary (BP_PERIOD_QUARTER, previous, false, calendar);
        break;
    case BP_RECUR_YEARS:
        date = months_on (timeframe, 12 * n);
        break;
    }
    return date > bp_date_new (2199, 12, 31) ? BP_DATE_NONE : date;
}

/* The first day after a holiday, if the calendar says so. */
static BpDate after_holidays (BpDate date, const BpCalendar *calendar)
{
    if (calendar == NULL || !calendar->skip_holidays)
        return date;
    BpDate moved = date;
    while (bp_calendar_is_holiday (calendar, moved))
        moved++;
    return moved;
}

BpDate bp_timeframe_occurrence (const BpTimeframe *timeframe, int n, const BpCalendar *calendar)
{
    if (timeframe->kind != BP_TIMEFRAME_RECURRING || n < 0)
        return BP_DATE_NONE;
    BpDate date = BP_DATE_NONE;
    for (int i = 0; i <= n; i++)
    {
        date = plain_occurrence (timeframe, i, date, calendar);
        if (date == BP_DATE_NONE)
            return BP_DATE_NONE;
    }
    return after_holidays (date, calendar);
}

BpDate bp_timeframe_next_occurrence (const BpTimeframe *timeframe, BpDate date, const BpCalendar *calendar)
{
    if (timeframe->kind != BP_TIMEFRAME_RECURRING || date == BP_DATE_NONE)
        return BP_DATE_NONE;
    BpDate plain = BP_DATE_NONE;
    for (int n = 0;; n++)
    {
        plain = plain_occurrence (timeframe, n, plain, calendar);
        if (plain == BP_DATE_NONE)
            return BP_DATE_NONE;
        BpDate moved = after_holidays (plain, calendar);
        if (moved >= date)
            return moved;
    }
}

char *bp_timeframe_dup_recurrence_text (const BpTimeframe *timeframe)
{
    if (timeframe->kind != BP_TIMEFRAME_RECURRING)
        return NULL;
    switch (timeframe->recurrence)
    {
    case BP_RECUR_NONE:
        return NULL;
    case BP_RECUR_WEEKS:
        return timeframe->interval == 1 ? g_strdup ("every week") : g_strdup_printf ("every %d weeks", timeframe->interval);
    case BP_RECUR_MONTHS:
        return g_strdup ("each month");
    case BP_RECUR_TERMS:
        return g_strdup ("each term");
    case BP_RECUR_QUARTERS:
        return g_strdup ("each quarter");
    case BP_RECUR_YEARS:
        return g_strdup ("each year");
    }
    return NULL;
}
