#include "config/ini_reader.h"

#include "base/number.h"
#include "base/text.h"

#include <string.h>

static const char *const recurrence_keys[] = { "skip_holidays", NULL };

/* "1 September" */
static bool parse_day_month (const char *text, int *day_out, int *month_out)
{
    g_auto (GStrv) words = bp_text_split_list (text, ' ');
    gint64 day = 0;
    if (g_strv_length (words) != 2 || !bp_integer_parse (words[0], &day) || day < 1 || day > 31)
        return false;
    int month = bp_month_from_name (words[1], strlen (words[1]));
    /* 2023 is no leap year: a term that begins on 29 February would begin in one year of four */
    if (month == 0 || bp_date_new (2023, month, (int)day) == BP_DATE_NONE)
        return false;
    *day_out = (int)day;
    *month_out = month;
    return true;
}

/* Days after the first term's beginning, on a calendar whose months all have 31 days: enough to order. */
static int days_into_year (const BpTermDef *term, const BpTermDef *first)
{
    int days = (term->month - first->month) * 31 + term->day - first->day;
    return days < 0 ? days + 12 * 31 : days;
}

static bool add_term (BpProgrammeConfig *config, const BpSettings *settings, const BpSetting *setting, GArray *terms, GError **error)
{
    g_autofree char *name = bp_text_dup_capitalised (setting->key);
    BpTermDef term = { .name = bp_ini_take (config, name) };
    if (!parse_day_month (setting->value, &term.day, &term.month))
        return bp_settings_fail_value (settings, setting, error, "'%s' is no first day of a term; write it as '1 September'",
                                       setting->value);
    if (terms->len > 0)
    {
        const BpTermDef *first = &g_array_index (terms, BpTermDef, 0);
        const BpTermDef *last = &g_array_index (terms, BpTermDef, terms->len - 1);
        if (days_into_year (&term, first) <= days_into_year (last, first))
            return bp_settings_fail_value (
                settings, setting, error,
                "the terms are not in the order of the academic year; begin with its first term, and give each day once");
    }
    g_array_append_val (terms, term);
    return true;
}

/* "2025-10-27 to 2025-10-31", or one day */
static bool add_holiday (const BpSettings *settings, const BpSetting *setting, GArray *holidays, GError **error)
{
    g_auto (GStrv) days = g_strsplit (setting->value, " to ", 2);
    BpHoliday holiday = { BP_DATE_NONE, BP_DATE_NONE };
    bool is_read = days[0] != NULL && bp_date_parse_iso (g_strstrip (days[0]), &holiday.first);
    holiday.last = holiday.first;
    if (is_read && days[1] != NULL)
        is_read = bp_date_parse_iso (g_strstrip (days[1]), &holiday.last);
    if (!is_read)
        return bp_settings_fail_value (settings, setting, error, "'%s' is no holiday; write it as '2025-10-27 to 2025-10-31'",
                                       setting->value);
    if (holiday.last < holiday.first)
        return bp_settings_fail_value (settings, setting, error, "the holiday ends before it begins");
    g_array_append_val (holidays, holiday);
    return true;
}

static gint compare_holidays (gconstpointer a, gconstpointer b)
{
    const BpHoliday *first = a;
    const BpHoliday *second = b;
    return first->first != second->first ? (first->first < second->first ? -1 : 1)
                                         : (first->last > second->last) - (first->last < second->last);
}

static void *take_array (BpProgrammeConfig *config, const GArray *array, gsize size)
{
    void *copy = bp_ini_alloc (config, array->len * size);
    if (array->len > 0)
        memcpy (copy, array->data, array->len * size);
    return copy;
}

bool bp_calendar_ini_read (BpProgrammeConfig *config, const BpSettings *settings, GError **error)
{
    const BpIniSection known[] = { { "terms", NULL }, { "holidays", NULL }, { "recurrence", recurrence_keys }, { NULL, NULL } };
    if (!bp_ini_check_names (settings, known, error))
        return false;
    g_autoptr (GArray) terms = g_array_new (FALSE, TRUE, sizeof (BpTermDef));
    g_autoptr (GArray) holidays = g_array_new (FALSE, TRUE, sizeof (BpHoliday));
    for (guint i = 0; i < settings->settings->len; i++)
    {
        const BpSetting *setting = g_ptr_array_index (settings->settings, i);
        if (setting->key == NULL)
            continue;
        if (g_ascii_strcasecmp (setting->section, "terms") == 0 && !add_term (config, settings, setting, terms, error))
            return false;
        if (g_ascii_strcasecmp (setting->section, "holidays") == 0 && !add_holiday (settings, setting, holidays, error))
            return false;
    }
    g_array_sort (holidays, compare_holidays);
    BpCalendar *calendar = &config->programme.calendar;
    *calendar = *bp_calendar_default ();
    if (terms->len > 0)
    {
        calendar->terms = take_array (config, terms, sizeof (BpTermDef));
        calendar->term_count = (int)terms->len;
    }
    calendar->holidays = take_array (config, holidays, sizeof (BpHoliday));
    calendar->holiday_count = (int)holidays->len;
    return bp_settings_get_bool (settings, "recurrence", "skip_holidays", &calendar->skip_holidays, error);
}
