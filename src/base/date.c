#include "base/date.h"

#include <string.h>

static const char *const month_names[12]
    = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December" };

/* Days from 1970-01-01 by the civil-from-days arithmetic of the proleptic Gregorian calendar, years counted from March. */
static int days_from_civil (int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static int days_in_month (int year, int month)
{
    static const int days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && is_leap ? 29 : days[month - 1];
}

BpDate bp_date_new (int year, int month, int day)
{
    if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > days_in_month (year, month))
        return BP_DATE_NONE;
    return days_from_civil (year, month, day);
}

void bp_date_split (BpDate date, int *year_out, int *month_out, int *day_out)
{
    int z = date + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int day_of_era = z - era * 146097;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted_month = (5 * day_of_year + 2) / 153;
    int month = shifted_month + (shifted_month < 10 ? 3 : -9);
    *day_out = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    *month_out = month;
    *year_out = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
}

BpDate bp_date_month_end (int year, int month)
{
    if (month < 1 || month > 12)
        return BP_DATE_NONE;
    return bp_date_new (year, month, days_in_month (year, month));
}

BpDate bp_date_add_months (BpDate date, int months)
{
    if (date == BP_DATE_NONE)
        return BP_DATE_NONE;
    int year, month, day;
    bp_date_split (date, &year, &month, &day);
    int index = year * 12 + (month - 1) + months;
    int new_year = index / 12, new_month = index % 12 + 1;
    return bp_date_new (new_year, new_month, MIN (day, days_in_month (new_year, new_month)));
}

static bool read_digits (const char **cursor, int min_digits, int max_digits, int *number_out)
{
    int number = 0, count = 0;
    while (count < max_digits && g_ascii_isdigit (**cursor))
    {
        number = number * 10 + (**cursor - '0');
        (*cursor)++;
        count++;
    }
    if (count < min_digits || g_ascii_isdigit (**cursor))
        return false;
    *number_out = number;
    return true;
}

bool bp_date_parse_iso (const char *text, BpDate *date_out)
{
    if (text == NULL)
        return false;
    const char *cursor = text;
    int year, month, day;
    if (!read_digits (&cursor, 4, 4, &year) || *cursor++ != '-' || !read_digits (&cursor, 2, 2, &month) || *cursor++ != '-'
        || !read_digits (&cursor, 2, 2, &day) || *cursor != '\0')
        return false;
    BpDate date = bp_date_new (year, month, day);
    if (date == BP_DATE_NONE)
        return false;
    *date_out = date;
    return true;
}

int bp_month_from_name (const char *name, gsize length)
{
    if (length < 3)
        return 0;
    if (length == 4 && g_ascii_strncasecmp (name, "sept", 4) == 0)
        return 9;
    for (int month = 1; month <= 12; month++)
    {
        const char *full = month_names[month - 1];
        gsize full_length = strlen (full);
        if ((length == 3 || length == full_length) && g_ascii_strncasecmp (name, full, length) == 0)
            return month;
    }
    return 0;
}

const char *bp_month_name (int month)
{
    return month >= 1 && month <= 12 ? month_names[month - 1] : "";
}

const char *bp_month_short_name (int month)
{
    static const char *const names[12] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    return month >= 1 && month <= 12 ? names[month - 1] : "";
}

typedef struct
{
    bool is_number;
    int number, digits; /* of a number */
    const char *word;   /* of a word */
    gsize length;
} DateToken;

static bool is_ordinal_suffix (const char *word, gsize length)
{
    static const char *const suffixes[] = { "st", "nd", "rd", "th" };
    for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
        if (length == 2 && g_ascii_strncasecmp (word, suffixes[i], 2) == 0)
            return true;
    return false;
}

/* Splits into numbers and words; drops <sup> marks, ordinal suffixes, commas and dots. -1 if there is anything else, or more than three
 * tokens. */
static int read_tokens (const char *text, DateToken tokens[3])
{
    int count = 0;
    for (const char *cursor = text; *cursor != '\0';)
    {
        if (g_ascii_isspace (*cursor) || strchr ("/.,-", *cursor) != NULL)
        {
            cursor++;
            continue;
        }
        if (g_ascii_strncasecmp (cursor, "<sup>", 5) == 0 || g_ascii_strncasecmp (cursor, "</sup>", 6) == 0)
        {
            cursor = strchr (cursor, '>') + 1;
            continue;
        }
        DateToken token = { 0 };
        const char *start = cursor;
        if (g_ascii_isdigit (*cursor))
        {
            token.is_number = true;
            for (; g_ascii_isdigit (*cursor) && cursor - start < 5; cursor++)
                token.number = token.number * 10 + (*cursor - '0');
            token.digits = (int)(cursor - start);
        }
        else if (g_ascii_isalpha (*cursor))
        {
            while (g_ascii_isalpha (*cursor))
                cursor++;
            token.word = start;
            token.length = (gsize)(cursor - start);
            if (count > 0 && tokens[count - 1].is_number && is_ordinal_suffix (token.word, token.length))
                continue;
        }
        else
            return -1;
        if (count == 3)
            return -1;
        tokens[count++] = token;
    }
    return count;
}

static bool read_year (const DateToken *token, int *year_out)
{
    if (!token->is_number || (token->digits != 4 && token->digits != 2))
        return false;
    *year_out = token->digits == 2 ? 2000 + token->number : token->number;
    return true;
}

/* Steps over the name of a day of the week; weekday_out: 0 is Monday, -1: there is none. */
static const char *skip_weekday (const char *text, int *weekday_out)
{
    static const char *const names[7] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };
    text += strspn (text, " \t");
    gsize length = 0;
    while (g_ascii_isalpha (text[length]))
        length++;
    *weekday_out = -1;
    for (int i = 0; i < 7 && length >= 3; i++)
        if (length <= strlen (names[i]) && g_ascii_strncasecmp (text, names[i], length) == 0)
            *weekday_out = i;
    return *weekday_out >= 0 ? text + length : text;
}

/* How much of the text is left before a time of midnight. */
static gsize length_without_midnight (const char *text)
{
    static const char *const midnights[] = { "00:00:00.000", "00:00:00Z", "00:00:00", "00:00" };
    for (gsize i = 0; i < G_N_ELEMENTS (midnights); i++)
    {
        const gsize length = strlen (text), tail = strlen (midnights[i]);
        if (length > tail && g_str_has_suffix (text, midnights[i]) && strchr ("T ", text[length - tail - 1]) != NULL)
            return length - tail - 1;
    }
    return strlen (text);
}

static bool parse_day (const char *text, BpDate *date_out)
{
    DateToken tokens[3];
    int year, month, day;
    if (read_tokens (text, tokens) != 3)
        return false;
    if (tokens[0].is_number && tokens[0].digits == 4 && tokens[1].is_number && tokens[2].is_number && tokens[2].digits <= 2)
    {
        year = tokens[0].number;
        month = tokens[1].number;
        day = tokens[2].number;
    }
    else if (tokens[0].is_number && tokens[0].digits <= 2 && read_year (&tokens[2], &year))
    {
        day = tokens[0].number;
        month = tokens[1].is_number ? tokens[1].number : bp_month_from_name (tokens[1].word, tokens[1].length);
    }
    else if (!tokens[0].is_number && tokens[1].is_number && tokens[1].digits <= 2 && read_year (&tokens[2], &year))
    {
        month = bp_month_from_name (tokens[0].word, tokens[0].length);
        day = tokens[1].number;
    }
    else
        return false;
    BpDate date = bp_date_new (year, month, day);
    if (date == BP_DATE_NONE)
        return false;
    *date_out = date;
    return true;
}

bool bp_date_parse (const char *text, BpDate *date_out)
{
    if (text == NULL)
        return false;
    int weekday;
    BpDate date;
    const char *start = skip_weekday (text, &weekday);
    g_autofree char *day = g_strndup (start, length_without_midnight (start));
    if (!parse_day (day, &date))
        return false;
    /* the first day of 1970 was a Thursday */
    if (weekday >= 0 && ((date % 7) + 7 + 3) % 7 != weekday)
        return false;
    *date_out = date;
    return true;
}

char *bp_date_dup_text (BpDate date, BpDateStyle style)
{
    if (date == BP_DATE_NONE)
        return g_strdup ("");
    int year, month, day;
    bp_date_split (date, &year, &month, &day);
    switch (style)
    {
    case BP_DATE_LONG:
        return g_strdup_printf ("%d %s %d", day, bp_month_name (month), year);
    case BP_DATE_MEDIUM:
        return g_strdup_printf ("%d %s %d", day, bp_month_short_name (month), year);
    case BP_DATE_DAY_MONTH:
        return g_strdup_printf ("%d %s", day, bp_month_short_name (month));
    case BP_DATE_MONTH:
        return g_strdup_printf ("%s %d", bp_month_name (month), year);
    case BP_DATE_ISO:
        break;
    }
    return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}
