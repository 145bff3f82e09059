#include "domain/period_tokens.h"

#include "base/text.h"

#include <string.h>

/* The grammar of periods, over tokens. Each reader either understands all of them or says that it does not (BP_PERIOD_READ_UNKNOWN), so
 * that the next may try; they exclude one another. */

static bool is_number (const BpPeriodToken *token, int min_digits, int max_digits)
{
    return token->kind == BP_TOKEN_NUMBER && token->digits >= min_digits && token->digits <= max_digits;
}

static int month_of (const BpPeriodToken *token)
{
    return token->kind == BP_TOKEN_WORD ? bp_month_from_name (token->word, strlen (token->word)) : 0;
}

/* A year as typed: "2024", "'24", "24", or the pair "2024/25" of which year is the first. */
typedef struct
{
    bool is_pair;
    bool is_marked; /* an apostrophe stood before it */
    int year;
    int digits;
} TypedYear;

/* The length in tokens of a pair's second half, 0 if there is none, -1 if there is one and it is not the next year. */
static int read_second_year (const BpPeriodToken *tokens, int count, int year, int digits)
{
    if (count < 2
        || !(bp_period_token_is_mark (&tokens[0], '/') || bp_period_token_is_mark (&tokens[0], '-')
             || bp_period_token_is_word (&tokens[0], "to")))
        return 0;
    int used = 1 + (bp_period_token_is_mark (&tokens[1], '\'') && count > 2);
    const BpPeriodToken *second = &tokens[used];
    if (second->kind != BP_TOKEN_NUMBER)
        return 0;
    if (second->is_ordinal || (second->digits != 2 && !(second->digits == 4 && digits == 4)))
        return -1;
    /* "99/00" could be of this century or the last */
    if (digits == 2 && year == 2099)
        return -1;
    int expected = second->digits == 4 ? year + 1 : (year + 1) % 100;
    return second->number == expected ? used + 1 : -1;
}

/* The length in tokens of the year that stands first, or 0. */
static int read_year (const BpPeriodToken *tokens, int count, TypedYear *year_out)
{
    int used = count > 1 && bp_period_token_is_mark (&tokens[0], '\'');
    if (count <= used)
        return 0;
    const BpPeriodToken *first = &tokens[used];
    if (first->kind != BP_TOKEN_NUMBER || first->is_ordinal || (first->digits != 2 && (first->digits != 4 || used > 0)))
        return 0;
    *year_out
        = (TypedYear){ .is_marked = used > 0, .digits = first->digits, .year = first->digits == 2 ? 2000 + first->number : first->number };
    used++;
    int second = read_second_year (tokens + used, count - used, year_out->year, year_out->digits);
    year_out->is_pair = second > 0;
    return second < 0 ? 0 : used + second;
}

/* Does all of the tokens make one year? */
static bool is_year_alone (const BpPeriodToken *tokens, int count, TypedYear *year_out)
{
    return count > 0 && read_year (tokens, count, year_out) == count;
}

static BpPeriodReading give (BpPeriodKind kind, BpDate date, const BpCalendar *calendar, BpPeriod *period_out)
{
    BpPeriod period = bp_period_at (kind, date, calendar);
    if (period.kind == BP_PERIOD_NONE)
        return BP_PERIOD_READ_UNKNOWN;
    *period_out = period;
    return BP_PERIOD_READ_OK;
}

static BpPeriodReading give_day (int year, int month, int day, const BpCalendar *calendar, BpPeriod *period_out)
{
    return give (BP_PERIOD_DAY, bp_date_new (year, month, day), calendar, period_out);
}

/* "2024-09-30", "30/09/2024", "30.9.24": one kind of mark. */
static BpPeriodReading read_numeric_day (const BpPeriodToken *tokens, int count, const BpCalendar *calendar, BpPeriod *period_out)
{
    if (count != 5 || tokens[1].kind != BP_TOKEN_MARK || tokens[3].kind != BP_TOKEN_MARK || tokens[1].mark != tokens[3].mark
        || strchr ("-/.", tokens[1].mark) == NULL || tokens[0].is_ordinal || tokens[2].is_ordinal || tokens[4].is_ordinal
        || !is_number (&tokens[2], 1, 2))
        return BP_PERIOD_READ_UNKNOWN;
    if (is_number (&tokens[0], 4, 4) && is_number (&tokens[4], 1, 2))
        return give_day (tokens[0].number, tokens[2].number, tokens[4].number, calendar, period_out);
    if (is_number (&tokens[0], 1, 2) && (is_number (&tokens[4], 4, 4) || is_number (&tokens[4], 2, 2)))
        return give_day (tokens[4].digits == 2 ? 2000 + tokens[4].number : tokens[4].number, tokens[2].number, tokens[0].number, calendar,
                         period_out);
    return BP_PERIOD_READ_UNKNOWN;
}

/* A comma, dash, slash or "of" between the words of a date: 1 if there is one. */
static int skip_joint (const BpPeriodToken *tokens, int count)
{
    return count > 0
           && (bp_period_token_is_mark (&tokens[0], ',') || bp_period_token_is_mark (&tokens[0], '-')
               || bp_period_token_is_mark (&tokens[0], '/') || bp_period_token_is_word (&tokens[0], "of"));
}

/* "30 September 2024", "12th of Dec '24", "30-Sep-24"; "September 30th, 2024". */
static BpPeriodReading read_named_day (const BpPeriodToken *tokens, int count, const BpCalendar *calendar, BpPeriod *period_out)
{
    TypedYear year;
    if (count >= 3 && is_number (&tokens[0], 1, 2))
    {
        int used = 1 + skip_joint (tokens + 1, count - 1);
        int month = used < count ? month_of (&tokens[used]) : 0;
        used++;
        if (month == 0 || used >= count)
            return BP_PERIOD_READ_UNKNOWN;
        used += skip_joint (tokens + used, count - used);
        if (!is_year_alone (tokens + used, count - used, &year) || year.is_pair)
            return BP_PERIOD_READ_UNKNOWN;
        return give_day (year.year, month, tokens[0].number, calendar, period_out);
    }
    if (count >= 3 && month_of (&tokens[0]) > 0 && is_number (&tokens[1], 1, 2))
    {
        int used = 2 + bp_period_token_is_mark (&tokens[2], ',');
        if (used + 1 == count && is_number (&tokens[used], 4, 4))
            return give_day (tokens[used].number, month_of (&tokens[0]), tokens[1].number, calendar, period_out);
    }
    return BP_PERIOD_READ_UNKNOWN;
}

/* 0 Monday to 6 Sunday, or -1. */
static int weekday_of (const BpPeriodToken *token)
{
    static const char *const names[7][4]
        = { { "monday", "mon" }, { "tuesday", "tue", "tues" }, { "wednesday", "wed" }, { "thursday", "thu", "thur", "thurs" },
            { "friday", "fri" }, { "saturday", "sat" },        { "sunday", "sun" } };
    for (int day = 0; day < 7; day++)
        for (int i = 0; i < 4 && names[day][i] != NULL; i++)
            if (bp_period_token_is_word (token, names[day][i]))
                return day;
    return -1;
}

/* A day; a weekday before it must be that day's, else one of the two is wrong and nobody can tell which. */
static BpPeriodReading read_day (const BpPeriodToken *tokens, int count, const BpCalendar *calendar, BpPeriod *period_out)
{
    int weekday = count > 1 ? weekday_of (&tokens[0]) : -1;
    int used = weekday >= 0 ? 1 + bp_period_token_is_mark (&tokens[1], ',') : 0;
    BpPeriod day;
    BpPeriodReading reading = read_numeric_day (tokens + used, count - used, calendar, &day);
    if (reading != BP_PERIOD_READ_OK)
        reading = read_named_day (tokens + used, count - used, calendar, &day);
    if (reading != BP_PERIOD_READ_OK)
        return reading;
    int own_weekday = ((day.first + 3) % 7 + 7) % 7; /* 1 January 1970 was a Thursday */
    if (weekday >= 0 && weekday != own_weekday)
        return BP_PERIOD_READ_UNKNOWN;
    *period_out = day;
    return BP_PERIOD_READ_OK;
}

/* "Jan 24" is a spelling of January 2024 in the source documents; "July 31" or "Sep 16" may as well be a day whose year was left out. Where
 * nothing says that a period is meant, a bare number after a month is a year only if it is of this decade or can be no day. */
static bool is_year_after_month (const TypedYear *year, bool has_joint, BpPeriodKind kind)
{
    if (year->digits == 4 || year->is_marked || has_joint || kind != BP_PERIOD_NONE)
        return true;
    int number = year->year - 2000;
    return (number >= 20 && number <= 29) || number > 31;
}

static BpPeriodReading give_month (int year, int month, BpPeriodKind kind, const BpCalendar *calendar, BpPeriod *period_out)
{
    return give (kind == BP_PERIOD_CENSUS ? BP_PERIOD_CENSUS : BP_PERIOD_MONTH, bp_date_new (year, month, 1), calendar, period_out);
}

/* "2024-09". "2011-12" is a month and a year pair alike: only the kind can tell. */
static BpPeriodReading read_iso_month (const BpPeriodToken *tokens, BpPeriodKind kind, const BpCalendar *calendar, BpPeriod *period_out)
{
    bool is_pair = tokens[2].digits == 2 && tokens[2].number == (tokens[0].number + 1) % 100;
    bool is_year = kind == BP_PERIOD_ACADEMIC_YEAR || kind == BP_PERIOD_FINANCIAL_YEAR;
    if (is_pair && is_year)
        return BP_PERIOD_READ_UNKNOWN;
    if (is_pair && tokens[2].number >= 1 && tokens[2].number <= 12 && kind != BP_PERIOD_MONTH && kind != BP_PERIOD_CENSUS)
        return BP_PERIOD_READ_AMBIGUOUS;
    return give_month (tokens[0].number, tokens[2].number, kind, calendar, period_out);
}

/* "2024-09", "09/2024", "September 2024", "Sep-24", "2024 September". */
static BpPeriodReading read_month (const BpPeriodToken *tokens, int count, BpPeriodKind kind, const BpCalendar *calendar,
                                   BpPeriod *period_out)
{
    if (count == 3 && is_number (&tokens[0], 4, 4) && bp_period_token_is_mark (&tokens[1], '-') && is_number (&tokens[2], 1, 2)
        && !tokens[2].is_ordinal)
        return read_iso_month (tokens, kind, calendar, period_out);
    if (count == 3 && is_number (&tokens[0], 1, 2)
        && (bp_period_token_is_mark (&tokens[1], '/') || bp_period_token_is_mark (&tokens[1], '-')) && is_number (&tokens[2], 4, 4)
        && !tokens[0].is_ordinal && !tokens[2].is_ordinal)
        return give_month (tokens[2].number, tokens[0].number, kind, calendar, period_out);
    if (count == 2 && is_number (&tokens[0], 4, 4) && month_of (&tokens[1]) > 0)
        return give_month (tokens[0].number, month_of (&tokens[1]), kind, calendar, period_out);
    if (count < 2 || month_of (&tokens[0]) == 0)
        return BP_PERIOD_READ_UNKNOWN;
    int joint = skip_joint (tokens + 1, count - 1);
    TypedYear year;
    if (!is_year_alone (tokens + 1 + joint, count - 1 - joint, &year) || year.is_pair)
        return BP_PERIOD_READ_UNKNOWN;
    if (!is_year_after_month (&year, joint > 0 && !bp_period_token_is_mark (&tokens[1], ','), kind))
        return BP_PERIOD_READ_UNKNOWN;
    return give_month (year.year, month_of (&tokens[0]), kind, calendar, period_out);
}

/* The number of a quarter, "Q4" or "quarter 4", in the first two tokens; 0 if it is none. */
static int quarter_of (const BpPeriodToken *tokens, int count)
{
    if (count < 2 || !(bp_period_token_is_word (&tokens[0], "q") || bp_period_token_is_word (&tokens[0], "quarter")))
        return 0;
    const BpPeriodToken *number = &tokens[1];
    return is_number (number, 1, 1) && !number->is_ordinal && number->number >= 1 && number->number <= 4 ? number->number : 0;
}

/* "Q2 2024/25", "Q4 of 22/23", "quarter 2 FY 2024/25", "2024/25 Q2". A quarter of a bare 2024 could be of two financial years or of the
 * calendar year. */
static BpPeriodReading read_quarter (const BpPeriodToken *tokens, int count, const BpCalendar *calendar, BpPeriod *period_out)
{
    int quarter = quarter_of (tokens, count);
    const BpPeriodToken *rest = tokens;
    int length = count - 2;
    if (quarter > 0)
    {
        rest = tokens + 2;
        int skipped = length > 0 && (bp_period_token_is_word (rest, "of") || bp_period_token_is_mark (rest, ','));
        skipped += bp_period_tokens_match (rest + skipped, length - skipped, "fy");
        skipped += bp_period_tokens_match (rest + skipped, length - skipped, "financial year");
        rest += skipped;
        length -= skipped;
    }
    else if (count > 2)
        quarter = quarter_of (tokens + count - 2, 2);
    TypedYear year;
    if (quarter == 0 || !is_year_alone (rest, length, &year))
        return BP_PERIOD_READ_UNKNOWN;
    if (!year.is_pair)
        return BP_PERIOD_READ_AMBIGUOUS;
    BpDate first = quarter == 4 ? bp_date_new (year.year + 1, 1, 1) : bp_date_new (year.year, 1 + 3 * quarter, 1);
    return give (BP_PERIOD_QUARTER, first, calendar, period_out);
}

/* The length in tokens of a term's name where it stands first, with or without the word "term"; 0 if it does not. */
static int match_term_name (const BpPeriodToken *tokens, int count, const BpPeriodTokens *name)
{
    int used = 0, matched = 0;
    while (matched < name->count)
    {
        const BpPeriodToken *wanted = &name->tokens[matched];
        const BpPeriodToken *token = used < count ? &tokens[used] : NULL;
        bool is_equal = token != NULL && token->kind == wanted->kind && strcmp (token->word, wanted->word) == 0
                        && token->number == wanted->number && token->mark == wanted->mark && token->digits == wanted->digits;
        bool is_last_word_term = matched > 0 && matched == name->count - 1 && bp_period_token_is_word (wanted, "term");
        if (!is_equal && used > 0 && token != NULL && bp_period_token_is_word (token, "term"))
            used++;
        else if (is_equal || is_last_word_term)
        {
            used += is_equal;
            matched++;
        }
        else
            return 0;
    }
    return used + (used < count && bp_period_token_is_word (&tokens[used], "term"));
}

/* The term of an academic year that is written as a pair: the calendar year in which it begins. */
static int term_year (const BpCalendar *calendar, int term_index, int academic_year)
{
    BpDate first, own, last;
    bp_calendar_term_dates (calendar, 0, academic_year, &first, &last);
    bp_calendar_term_dates (calendar, term_index, academic_year, &own, &last);
    return own < first ? academic_year + 1 : academic_year;
}

/* "Summer 2025", "Summer term 2025", "Autumn 1 2024", "Spring term 2024/25", "2025 Summer": the term that begins in the calendar year. */
static BpPeriodReading read_named_term (const BpPeriodToken *tokens, int count, int term_index, const BpCalendar *calendar,
                                        BpPeriod *period_out)
{
    BpPeriodTokens name;
    if (!bp_period_tokens_read (calendar->terms[term_index].name, &name) || name.count == 0)
        return BP_PERIOD_READ_UNKNOWN;
    TypedYear year;
    int used = match_term_name (tokens, count, &name);
    if (used > 0)
    {
        used += used < count && (bp_period_token_is_word (&tokens[used], "of") || bp_period_token_is_mark (&tokens[used], ','));
        if (!is_year_alone (tokens + used, count - used, &year))
            return BP_PERIOD_READ_UNKNOWN;
    }
    else
    {
        used = read_year (tokens, count, &year);
        if (used == 0 || used == count || match_term_name (tokens + used, count - used, &name) != count - used)
            return BP_PERIOD_READ_UNKNOWN;
    }
    int begins = year.is_pair ? term_year (calendar, term_index, year.year) : year.year;
    BpDate first, last;
    bp_calendar_term_dates (calendar, term_index, begins, &first, &last);
    return give (BP_PERIOD_TERM, first, calendar, period_out);
}

static BpPeriodReading read_term (const BpPeriodToken *tokens, int count, const BpCalendar *calendar, BpPeriod *period_out)
{
    const BpCalendar *used = calendar == NULL || calendar->term_count < 1 ? bp_calendar_default () : calendar;
    for (int i = 0; i < used->term_count; i++)
        if (read_named_term (tokens, count, i, used, period_out) == BP_PERIOD_READ_OK)
            return BP_PERIOD_READ_OK;
    return BP_PERIOD_READ_UNKNOWN;
}

/* A year by itself, of the kind that is stated or that its KPI has. */
static BpPeriodReading read_year_of_kind (const BpPeriodToken *tokens, int count, BpPeriodKind kind, const BpCalendar *calendar,
                                          BpPeriod *period_out)
{
    TypedYear year;
    if (!is_year_alone (tokens, count, &year))
        return BP_PERIOD_READ_UNKNOWN;
    bool is_single = !year.is_pair;
    if (is_single && year.digits == 2 && !year.is_marked && kind != BP_PERIOD_CALENDAR_YEAR)
        return BP_PERIOD_READ_UNKNOWN; /* a bare "24" is no year */
    BpPeriod found = { .kind = BP_PERIOD_NONE };
    BpDate inside; /* a day of the year that is meant */
    if (year.is_pair && kind == BP_PERIOD_ACADEMIC_YEAR)
    {
        BpDate last;
        bp_calendar_term_dates (calendar, 0, year.year, &inside, &last);
    }
    else if (year.is_pair && kind == BP_PERIOD_FINANCIAL_YEAR)
        inside = bp_date_new (year.year, 4, 1);
    else if (is_single && (kind == BP_PERIOD_CALENDAR_YEAR || kind == BP_PERIOD_CENSUS))
        inside = bp_date_new (year.year, 1, 1); /* a census without a month is January's, the one that counts SEND */
    else
        return bp_date_new (year.year, 1, 1) == BP_DATE_NONE ? BP_PERIOD_READ_UNKNOWN : BP_PERIOD_READ_AMBIGUOUS;
    if (give (kind, inside, calendar, &found) != BP_PERIOD_READ_OK)
        return BP_PERIOD_READ_UNKNOWN;
    *period_out = found;
    return BP_PERIOD_READ_OK;
}

static const struct
{
    const char *words;
    BpPeriodKind kind;
} stated_kinds[] = {
    { "ay", BP_PERIOD_ACADEMIC_YEAR },
    { "academic year", BP_PERIOD_ACADEMIC_YEAR },
    { "school year", BP_PERIOD_ACADEMIC_YEAR },
    { "fy", BP_PERIOD_FINANCIAL_YEAR },
    { "financial year", BP_PERIOD_FINANCIAL_YEAR },
    { "cy", BP_PERIOD_CALENDAR_YEAR },
    { "calendar year", BP_PERIOD_CALENDAR_YEAR },
    { "census", BP_PERIOD_CENSUS },
};

/* The kind that is stated before or after the year, and the tokens without it; BP_PERIOD_NONE if none is. */
static BpPeriodKind take_stated_kind (const BpPeriodToken **tokens, int *count)
{
    for (gsize i = 0; i < G_N_ELEMENTS (stated_kinds); i++)
    {
        int words = strchr (stated_kinds[i].words, ' ') == NULL ? 1 : 2;
        if (*count <= words)
            continue;
        if (bp_period_tokens_match (*tokens, *count, stated_kinds[i].words) > 0)
            *tokens += words;
        else if (bp_period_tokens_match (*tokens + *count - words, words, stated_kinds[i].words) == 0)
            continue;
        *count -= words;
        return stated_kinds[i].kind;
    }
    return BP_PERIOD_NONE;
}

/* Words that say nothing about which period it is: "by Summer 2025", "by the end of September 2025", "as at 31 March 2025". */
static int count_lead_in (const BpPeriodToken *tokens, int count)
{
    int used = 0;
    if (count > 0 && (bp_period_token_is_word (&tokens[0], "by") || bp_period_token_is_word (&tokens[0], "in")))
        used = 1;
    else
        used = bp_period_tokens_match (tokens, count, "as at") + bp_period_tokens_match (tokens, count, "as of");
    used += bp_period_tokens_match (tokens + used, count - used, "the");
    if (bp_period_tokens_match (tokens + used, count - used, "end") > 0)
    {
        used++;
        used += bp_period_tokens_match (tokens + used, count - used, "of");
        used += bp_period_tokens_match (tokens + used, count - used, "the");
    }
    return used;
}

static bool is_year_kind (BpPeriodKind kind)
{
    return kind == BP_PERIOD_ACADEMIC_YEAR || kind == BP_PERIOD_FINANCIAL_YEAR || kind == BP_PERIOD_CALENDAR_YEAR;
}

BpPeriodReading bp_period_tokens_parse (const BpPeriodToken *tokens, int count, BpPeriodKind kind, const BpCalendar *calendar,
                                        BpPeriod *period_out)
{
    *period_out = (BpPeriod){ .kind = BP_PERIOD_NONE, .first = BP_DATE_NONE, .last = BP_DATE_NONE };
    if (count == 0)
        return BP_PERIOD_READ_BLANK;
    int lead_in = count_lead_in (tokens, count);
    const BpPeriodToken *rest = tokens + lead_in;
    int length = count - lead_in;
    if (length == 0)
        return BP_PERIOD_READ_UNKNOWN;

    BpPeriodReading reading = read_quarter (rest, length, calendar, period_out);
    if (reading != BP_PERIOD_READ_UNKNOWN)
        return reading;
    BpPeriodKind stated = take_stated_kind (&rest, &length);
    BpPeriodKind settled = stated != BP_PERIOD_NONE ? stated : kind;
    if (!is_year_kind (stated))
    {
        reading = read_month (rest, length, settled, calendar, period_out);
        if (reading == BP_PERIOD_READ_UNKNOWN && stated == BP_PERIOD_NONE)
            reading = read_day (rest, length, calendar, period_out);
        if (reading == BP_PERIOD_READ_UNKNOWN && stated == BP_PERIOD_NONE)
            reading = read_term (rest, length, calendar, period_out);
        if (reading != BP_PERIOD_READ_UNKNOWN)
            return reading;
    }
    return read_year_of_kind (rest, length, settled, calendar, period_out);
}

BpPeriodReading bp_period_parse (const char *text, BpPeriodKind kind, const BpCalendar *calendar, BpPeriod *period_out)
{
    *period_out = (BpPeriod){ .kind = BP_PERIOD_NONE, .first = BP_DATE_NONE, .last = BP_DATE_NONE };
    if (text == NULL || bp_text_is_blank (text))
        return BP_PERIOD_READ_BLANK;
    BpPeriodTokens tokens;
    if (!bp_period_tokens_read (text, &tokens) || tokens.count == 0)
        return BP_PERIOD_READ_UNKNOWN;
    return bp_period_tokens_parse (tokens.tokens, tokens.count, kind, calendar, period_out);
}
