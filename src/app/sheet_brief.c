#include "app/sheet_brief.h"

#include "base/text.h"
#include "delivery/header_text.h"
#include "domain/lead_duties.h"

#include <string.h>

#define MOST_LINES 5
#define MAX_TITLE_CHARS 110
#define MAX_LINE_CHARS 300

/* The lead's duties, if they are those of the sheet. */
static const BpLeadDuties *find_duties (const GPtrArray *all, const json_t *made)
{
    for (guint i = 0; i < all->len; i++)
    {
        const BpLeadDuties *duties = all->pdata[i];
        if (strcmp (duties->slug, bp_output_text (made, "slug")) == 0 && strcmp (duties->lead, bp_output_text (made, "lead")) == 0
            && duties->actions->len == json_integer_value (json_object_get (made, "actions"))
            && duties->owed->len == json_integer_value (json_object_get (made, "values")))
            return duties;
    }
    return NULL;
}

/* Takes the line, if it may stand in a message: else the row stands in the sheet alone. */
static bool add_line (GStrvBuilder *lines, char *line)
{
    g_autofree char *text = bp_text_dup_collapsed (line);
    const bool is_well = bp_header_text_check ("a line", text, MAX_LINE_CHARS, NULL);
    if (is_well)
        g_strv_builder_add (lines, text);
    g_free (line);
    return is_well;
}

static char *dup_title (const char *title)
{
    g_autofree char *words = bp_text_dup_collapsed (title);
    return bp_text_dup_shortened (words, MAX_TITLE_CHARS);
}

/* "SIP 2.1.4 Publish the local offer: Off track, due 31 March 2025, 122 days late" */
static char *dup_action (const BpAction *action)
{
    g_autofree char *title = dup_title (*action->short_title != '\0' ? action->short_title : action->text);
    g_autofree char *due = bp_date_dup_text (action->due, BP_DATE_LONG);
    GString *line = g_string_new (NULL);
    g_string_append_printf (line, "%s %s %s: %s", action->plan->id, action->ref, title, action->status->label);
    if (action->due != BP_DATE_NONE)
        g_string_append_printf (line, ", due %s", due);
    if (action->is_overdue)
        g_string_append_printf (line, ", %d day%s late", action->days_overdue, action->days_overdue == 1 ? "" : "s");
    return g_string_free (line, FALSE);
}

/* How many values from there on are of one measure. */
static guint count_of_measure (const GArray *owed, guint first)
{
    guint count = 0;
    while (first + count < owed->len
           && g_array_index (owed, BpOwedValue, first + count).kpi == g_array_index (owed, BpOwedValue, first).kpi)
        count++;
    return count;
}

/* "K04 Plans in time: the values for Q3 2024/25 to Q4 2024/25 are due" */
static char *dup_values (const GArray *owed, guint first, guint count, const BpCalendar *calendar)
{
    const BpOwedValue *oldest = &g_array_index (owed, BpOwedValue, first), *newest = &g_array_index (owed, BpOwedValue, first + count - 1);
    g_autofree char *title = dup_title (oldest->kpi->title), *from = bp_period_dup_text (&oldest->period, calendar);
    g_autofree char *to = bp_period_dup_text (&newest->period, calendar);
    if (count == 1)
        return g_strdup_printf ("%s %s: the value for %s is due", oldest->kpi->id, title, from);
    return g_strdup_printf ("%s %s: %u values, for %s to %s, are due", oldest->kpi->id, title, count, from, to);
}

char **bp_sheet_brief_dup_urgent (const BpRunData *data, const json_t *made, int *more_out)
{
    if (data->snapshot == NULL)
        return NULL;
    g_autoptr (GPtrArray) all = bp_lead_duties_new (data->snapshot);
    const BpLeadDuties *duties = find_duties (all, made);
    if (duties == NULL)
        return NULL;
    g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
    g_autoptr (GPtrArray) exceptions = bp_snapshot_exceptions (data->snapshot, duties->actions);
    guint count = 0, rows = 0;
    for (guint i = 0; i < exceptions->len && count < MOST_LINES; i++)
        count += add_line (lines, dup_action (exceptions->pdata[i]));
    rows = count;
    for (guint i = 0, same = 0; i < duties->owed->len && count < MOST_LINES; i += same)
    {
        same = count_of_measure (duties->owed, i);
        if (!add_line (lines, dup_values (duties->owed, i, same, &data->config->programme.calendar)))
            continue;
        count++;
        rows += same;
    }
    *more_out = (int)(duties->actions->len + duties->owed->len - rows);
    return g_strv_builder_end (lines);
}
