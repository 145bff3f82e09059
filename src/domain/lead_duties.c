#include "domain/lead_duties.h"

#include "base/text.h"

#include <string.h>

/* Of one KPI: who is years behind is not helped by a longer list. */
#define MAX_OWED_PERIODS 8
#define MAX_SLUG_CHARS 48

static void free_duties (gpointer pointer)
{
    BpLeadDuties *duties = pointer;
    g_free (duties->slug);
    g_ptr_array_unref (duties->actions);
    g_array_unref (duties->owed);
    g_free (duties);
}

static bool is_same_name (const char *a, const char *b)
{
    g_autofree char *left = bp_text_dup_folded (a), *right = bp_text_dup_folded (b);
    return strcmp (left, right) == 0;
}

/* By that very name. */
static const BpLead *find_lead (const BpSnapshot *snapshot, const char *name)
{
    for (guint i = 0; i < snapshot->leads->len; i++)
    {
        const BpLead *lead = snapshot->leads->pdata[i];
        if (is_same_name (lead->lead, name))
            return lead;
    }
    return NULL;
}

const char *bp_lead_canonical (const BpSnapshot *snapshot, const char *name)
{
    const BpLead *known = find_lead (snapshot, name);
    GHashTable *aliases = snapshot->programme->aliases[BP_ALIAS_LEAD];
    if (known != NULL || aliases == NULL)
        return known != NULL ? known->lead : name;
    g_autofree char *folded = bp_text_dup_folded (name);
    const char *alias = g_hash_table_lookup (aliases, folded);
    if (alias == NULL)
        return name;
    known = find_lead (snapshot, alias);
    return known != NULL ? known->lead : alias;
}

const BpLead *bp_lead_find (const BpSnapshot *snapshot, const char *name)
{
    return find_lead (snapshot, bp_lead_canonical (snapshot, name));
}

BpDate bp_lead_return_day (const BpSnapshot *snapshot)
{
    BpDate first = BP_DATE_NONE;
    for (guint i = 0; i < snapshot->meetings->len; i++)
    {
        const BpDate due = ((const BpMeeting *)snapshot->meetings->pdata[i])->updates_due;
        if (due != BP_DATE_NONE && due >= snapshot->as_of && (first == BP_DATE_NONE || due < first))
            first = due;
    }
    return first;
}

char *bp_lead_dup_slug (const char *lead)
{
    g_autofree char *ascii = g_str_to_ascii (lead, "C");
    g_autoptr (GString) slug = g_string_new (NULL);
    for (const char *at = ascii; *at != '\0'; at++)
    {
        if (g_ascii_isalnum (*at))
            g_string_append_c (slug, g_ascii_tolower (*at));
        else if (slug->len > 0 && slug->str[slug->len - 1] != '-')
            g_string_append_c (slug, '-');
    }
    if (slug->len > 0 && slug->str[slug->len - 1] == '-')
        g_string_truncate (slug, slug->len - 1);
    if (slug->len > MAX_SLUG_CHARS)
    {
        const char *dash = g_strrstr_len (slug->str, MAX_SLUG_CHARS + 1, "-");
        g_string_truncate (slug, dash != NULL ? (gsize)(dash - slug->str) : MAX_SLUG_CHARS);
    }
    return g_strdup (slug->len > 0 ? slug->str : "lead");
}

/* A second lead of the same slug is numbered: "a-2". */
static char *dup_unique_slug (const GPtrArray *all, const char *lead)
{
    g_autofree char *slug = bp_lead_dup_slug (lead);
    char *unique = g_strdup (slug);
    for (int number = 2;; number++)
    {
        bool is_taken = false;
        for (guint i = 0; i < all->len && !is_taken; i++)
            is_taken = strcmp (((const BpLeadDuties *)all->pdata[i])->slug, unique) == 0;
        if (!is_taken)
            return unique;
        g_free (unique);
        unique = g_strdup_printf ("%s-%d", slug, number);
    }
}

static BpLeadDuties *find_or_add (GPtrArray *all, GHashTable *index, const char *lead)
{
    g_autofree char *folded = bp_text_dup_folded (lead);
    BpLeadDuties *duties = g_hash_table_lookup (index, folded);
    if (duties != NULL)
        return duties;
    duties = g_new0 (BpLeadDuties, 1);
    duties->lead = lead;
    duties->slug = dup_unique_slug (all, lead);
    duties->actions = g_ptr_array_new ();
    duties->owed = g_array_new (FALSE, FALSE, sizeof (BpOwedValue));
    g_ptr_array_add (all, duties);
    g_hash_table_insert (index, g_steal_pointer (&folded), duties);
    return duties;
}

/* The first period that may be due: the one after the latest value; without a value the last one that is over. */
static BpPeriod first_due (const BpKpi *kpi, const BpCalendar *calendar, BpDate as_of)
{
    if (kpi->latest != NULL && kpi->latest->period.kind != BP_PERIOD_NONE && kpi->latest->period.kind != BP_PERIOD_DAY)
        return bp_period_next (&kpi->latest->period, calendar);
    /* a day has no period that would be over, and of a census only its past ones tell its month */
    if (kpi->period_kind == BP_PERIOD_NONE || kpi->period_kind == BP_PERIOD_DAY || kpi->period_kind == BP_PERIOD_CENSUS)
        return (BpPeriod){ .kind = BP_PERIOD_NONE };
    BpPeriod period = bp_period_at (kpi->period_kind, as_of, calendar);
    return period.last > as_of ? bp_period_previous (&period, calendar) : period;
}

/* What the data hold already is not asked for, though it is published after the as-of date. */
static bool is_supplied (const BpKpi *kpi, const BpPeriod *period)
{
    for (guint i = 0; i < kpi->unpublished->len; i++)
        if (bp_period_is_same (&((const BpKpiValue *)kpi->unpublished->pdata[i])->period, period))
            return true;
    return false;
}

static bool is_over (const BpPeriod *period, BpDate as_of)
{
    return period->kind != BP_PERIOD_NONE && period->last <= as_of;
}

static void add_owed (BpLeadDuties *duties, const BpKpi *kpi, const BpCalendar *calendar, BpDate as_of)
{
    BpOwedValue owed = { kpi, first_due (kpi, calendar, as_of) };
    guint first = duties->owed->len;
    for (; is_over (&owed.period, as_of); owed.period = bp_period_next (&owed.period, calendar))
    {
        if (is_supplied (kpi, &owed.period))
            continue;
        if (duties->owed->len - first == MAX_OWED_PERIODS)
            g_array_remove_index (duties->owed, first);
        g_array_append_val (duties->owed, owed);
    }
}

static bool is_owing (const BpKpi *kpi, const BpCalendar *calendar, BpDate as_of)
{
    BpPeriod due = first_due (kpi, calendar, as_of);
    while (is_over (&due, as_of) && is_supplied (kpi, &due))
        due = bp_period_next (&due, calendar);
    return is_over (&due, as_of);
}

GPtrArray *bp_lead_duties_new (const BpSnapshot *snapshot)
{
    const BpCalendar *calendar = &snapshot->programme->calendar;
    GPtrArray *all = g_ptr_array_new_with_free_func (free_duties);
    g_autoptr (GHashTable) index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < snapshot->actions->len; i++)
    {
        BpAction *action = snapshot->actions->pdata[i];
        if (!action->is_done && !bp_text_is_blank (action->lead))
            g_ptr_array_add (find_or_add (all, index, action->lead)->actions, action);
    }
    for (guint i = 0; i < snapshot->kpis->len; i++)
    {
        const BpKpi *kpi = snapshot->kpis->pdata[i];
        if (!bp_text_is_blank (kpi->owner) && is_owing (kpi, calendar, snapshot->as_of))
            add_owed (find_or_add (all, index, bp_lead_canonical (snapshot, kpi->owner)), kpi, calendar, snapshot->as_of);
    }
    return all;
}
