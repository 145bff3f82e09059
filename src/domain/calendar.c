#include "domain/calendar.h"

#include "base/text.h"

#include <string.h>

static BpTermDef default_terms[] = { { "Autumn", 9, 1 }, { "Spring", 1, 1 }, { "Summer", 4, 1 } };

static const BpCalendar default_calendar = { .terms = default_terms, .term_count = 3 };

const BpCalendar *bp_calendar_default (void)
{
    return &default_calendar;
}

/* A programme without terms of its own has the usual three. */
static const BpCalendar *calendar_with_terms (const BpCalendar *calendar)
{
    return calendar == NULL || calendar->term_count < 1 ? &default_calendar : calendar;
}

/* First day of a term in a calendar year. Terms may be asked for just outside the years that dates know (1900 to 2199): BP_DATE_NONE. A
 * term that begins on 29 February begins on the 28th in other years. */
static BpDate term_start (const BpTermDef *term, int year)
{
    BpDate start = bp_date_new (year, term->month, term->day);
    return start == BP_DATE_NONE ? bp_date_month_end (year, term->month) : start;
}

void bp_calendar_term_dates (const BpCalendar *calendar, int term_index, int year, BpDate *first_out, BpDate *last_out)
{
    const BpCalendar *used = calendar_with_terms (calendar);
    g_assert (term_index >= 0 && term_index < used->term_count);
    const BpTermDef *term = &used->terms[term_index];
    const BpTermDef *next = &used->terms[(term_index + 1) % used->term_count];
    bool is_next_year = next->month < term->month || (next->month == term->month && next->day <= term->day);
    BpDate end = term_start (next, is_next_year ? year + 1 : year);
    *first_out = term_start (term, year);
    *last_out = end == BP_DATE_NONE ? BP_DATE_NONE : end - 1;
}

int bp_calendar_term_at (const BpCalendar *calendar, BpDate date, BpDate *first_out, BpDate *last_out)
{
    const BpCalendar *used = calendar_with_terms (calendar);
    *first_out = BP_DATE_NONE;
    *last_out = BP_DATE_NONE;
    if (date == BP_DATE_NONE)
        return -1;
    int year, month, day;
    bp_date_split (date, &year, &month, &day);
    for (int back = 0; back <= 1; back++)
        for (int i = 0; i < used->term_count; i++)
        {
            BpDate first, last;
            bp_calendar_term_dates (used, i, year - back, &first, &last);
            if (first != BP_DATE_NONE && last != BP_DATE_NONE && first <= date && date <= last)
            {
                *first_out = first;
                *last_out = last;
                return i;
            }
        }
    return -1;
}

/* Drops a last word "term". */
static void drop_term_word (char *folded)
{
    gsize length = strlen (folded);
    if (length > 5 && strcmp (folded + length - 5, " term") == 0)
        folded[length - 5] = '\0';
}

int bp_calendar_find_term (const BpCalendar *calendar, const char *name)
{
    const BpCalendar *used = calendar_with_terms (calendar);
    if (name == NULL || bp_text_is_blank (name))
        return -1;
    g_autofree char *wanted = bp_text_dup_folded (name);
    for (int pass = 0; pass < 2; pass++)
    {
        for (int i = 0; i < used->term_count; i++)
        {
            g_autofree char *own = bp_text_dup_folded (used->terms[i].name);
            if (pass > 0)
                drop_term_word (own);
            if (strcmp (own, wanted) == 0)
                return i;
        }
        drop_term_word (wanted);
    }
    return -1;
}

bool bp_calendar_is_holiday (const BpCalendar *calendar, BpDate date)
{
    if (calendar == NULL || date == BP_DATE_NONE)
        return false;
    for (int i = 0; i < calendar->holiday_count; i++)
        if (calendar->holidays[i].first <= date && date <= calendar->holidays[i].last)
            return true;
    return false;
}
