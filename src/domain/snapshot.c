#include "domain/snapshot.h"

#include "domain/action_state.h"
#include "domain/checks/check_table.h"
#include "domain/kpi_state.h"
#include "domain/reference.h"
#include "domain/snapshot_builder.h"

#include <string.h>

/* Updates of one reporting round come in over some days. */
#define ROUND_DAYS 14
/* Longer texts seldom repeat: looking them up would cost more than a copy. */
#define INTERN_BYTES 120

typedef struct
{
    BpPeriodReading reading;
    BpPeriod period;
} CachedPeriod;

/* ---- memory ---- */

void *bp_snapshot_builder_take_block (BpSnapshotBuilder *builder, gsize count, gsize size)
{
    void *block = g_malloc0_n (MAX (count, 1), size);
    g_ptr_array_add (builder->snapshot->owned, block);
    return block;
}

GPtrArray *bp_snapshot_builder_new_array (BpSnapshotBuilder *builder)
{
    GPtrArray *array = g_ptr_array_new ();
    g_ptr_array_add (builder->snapshot->arrays, array);
    return array;
}

const char *bp_snapshot_builder_intern (BpSnapshotBuilder *builder, const char *text)
{
    if (text == NULL || *text == '\0')
        return "";
    return strlen (text) <= INTERN_BYTES ? g_string_chunk_insert_const (builder->snapshot->strings, text)
                                         : g_string_chunk_insert (builder->snapshot->strings, text);
}

/* ---- cached words ---- */

BpTimeframe bp_snapshot_builder_timeframe (BpSnapshotBuilder *builder, const char *text)
{
    const BpTimeframe *cached = g_hash_table_lookup (builder->timeframe_cache, text);
    if (cached != NULL)
        return *cached;
    const char *own = bp_snapshot_builder_intern (builder, text);
    BpTimeframe *timeframe = g_new (BpTimeframe, 1);
    *timeframe = bp_timeframe_parse (own, &builder->programme->calendar);
    timeframe->text = own;
    g_hash_table_insert (builder->timeframe_cache, (gpointer)own, timeframe);
    return *timeframe;
}

BpPeriodReading bp_snapshot_builder_period (BpSnapshotBuilder *builder, const char *text, BpPeriodKind kind, BpPeriod *period_out)
{
    GHashTable **cache = &builder->period_cache[kind];
    if (*cache == NULL)
        *cache = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    CachedPeriod *cached = g_hash_table_lookup (*cache, text);
    if (cached == NULL)
    {
        cached = g_new0 (CachedPeriod, 1);
        cached->reading = bp_period_parse (text, kind, &builder->programme->calendar, &cached->period);
        if (cached->reading != BP_PERIOD_READ_OK)
            cached->period = (BpPeriod){ .kind = BP_PERIOD_NONE };
        g_hash_table_insert (*cache, g_strdup (text), cached);
    }
    *period_out = cached->period;
    return cached->reading;
}

/* ---- beginning and end ---- */

static BpSnapshot *new_empty (const BpProgramme *programme, const BpSnapshotOptions *options)
{
    BpSnapshot *snapshot = g_new0 (BpSnapshot, 1);
    snapshot->programme = programme;
    snapshot->as_of = options->as_of;
    snapshot->known = options->known;
    snapshot->previous = BP_DATE_NONE;
    snapshot->strings = g_string_chunk_new (64 * 1024);
    snapshot->owned = g_ptr_array_new_with_free_func (g_free);
    snapshot->arrays = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
    snapshot->rounds = g_array_new (FALSE, FALSE, sizeof (BpDate));
    GPtrArray **lists[] = { &snapshot->plans,     &snapshot->areas,  &snapshot->projects,        &snapshot->actions,  &snapshot->kpis,
                            &snapshot->narrative, &snapshot->claims, &snapshot->recommendations, &snapshot->meetings, &snapshot->decisions,
                            &snapshot->risks,     &snapshot->leads,  &snapshot->members };
    for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
        *lists[i] = g_ptr_array_new ();
    snapshot->findings = bp_finding_list_new ();
    snapshot->action_index = g_hash_table_new (g_str_hash, g_str_equal);
    snapshot->area_index = g_hash_table_new (g_str_hash, g_str_equal);
    snapshot->kpi_index = g_hash_table_new (g_str_hash, g_str_equal);
    return snapshot;
}

void bp_snapshot_free (BpSnapshot *snapshot)
{
    if (snapshot == NULL)
        return;
    for (guint i = 0; i < snapshot->actions->len; i++)
    {
        BpAction *action = snapshot->actions->pdata[i];
        g_clear_pointer (&action->moves, g_array_unref);
    }
    for (guint i = 0; i < snapshot->kpis->len; i++)
        g_clear_pointer (&((BpKpi *)snapshot->kpis->pdata[i])->benchmarks, g_array_unref);
    GPtrArray *lists[] = { snapshot->plans,     snapshot->areas,           snapshot->projects, snapshot->actions,  snapshot->kpis,
                           snapshot->narrative, snapshot->recommendations, snapshot->claims,   snapshot->meetings, snapshot->decisions,
                           snapshot->risks,     snapshot->leads,           snapshot->members };
    for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
        g_ptr_array_unref (lists[i]);
    bp_action_counts_clear (&snapshot->counts);
    bp_finding_list_free (snapshot->findings);
    g_hash_table_unref (snapshot->action_index);
    g_hash_table_unref (snapshot->area_index);
    g_hash_table_unref (snapshot->kpi_index);
    g_array_unref (snapshot->rounds);
    g_ptr_array_unref (snapshot->arrays);
    g_ptr_array_unref (snapshot->owned);
    g_string_chunk_free (snapshot->strings);
    g_free (snapshot);
}

static void init_builder (BpSnapshotBuilder *builder, BpSnapshot *snapshot, const BpTableSet *tables)
{
    *builder
        = (BpSnapshotBuilder){ .snapshot = snapshot, .programme = snapshot->programme, .tables = tables, .findings = snapshot->findings };
    builder->plan_index = g_hash_table_new (g_str_hash, g_str_equal);
    builder->plan_order = g_hash_table_new (NULL, NULL);
    builder->project_index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    builder->lead_index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    builder->lead_cache = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    builder->forum_cache = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    builder->status_cache = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    builder->timeframe_cache = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
    builder->known_kpis = g_hash_table_new (g_str_hash, g_str_equal);
    builder->kpi_definitions = g_hash_table_new (g_str_hash, g_str_equal);
}

static void clear_builder (BpSnapshotBuilder *builder)
{
    GHashTable *tables[]
        = { builder->plan_index,  builder->plan_order,   builder->project_index,   builder->lead_index, builder->lead_cache,
            builder->forum_cache, builder->status_cache, builder->timeframe_cache, builder->known_kpis, builder->kpi_definitions };
    for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
        g_hash_table_unref (tables[i]);
    for (gsize i = 0; i < G_N_ELEMENTS (builder->period_cache); i++)
        g_clear_pointer (&builder->period_cache[i], g_hash_table_unref);
    bp_reference_free_aliases (builder);
    g_free (builder->area_ranks);
    g_free (builder->action_ranks);
}

/* ---- reporting rounds ---- */

typedef struct
{
    BpDate date; /* the newest of the round */
    guint count;
} Round;

static int compare_dates_descending (gconstpointer a, gconstpointer b)
{
    BpDate first = *(const BpDate *)a, second = *(const BpDate *)b;
    return first > second ? -1 : first < second;
}

static GArray *dup_update_dates (const BpSnapshot *snapshot)
{
    GArray *dates = g_array_new (FALSE, FALSE, sizeof (BpDate));
    for (guint i = 0; i < snapshot->actions->len; i++)
    {
        const BpAction *action = snapshot->actions->pdata[i];
        for (guint k = 0; k < action->updates->len; k++)
            g_array_append_val (dates, ((const BpUpdate *)action->updates->pdata[k])->as_of);
    }
    g_array_sort (dates, compare_dates_descending);
    return dates;
}

/* Updates less than ROUND_DAYS before the newest of a round belong to it. A round with under a quarter of the updates of the largest is no
 * round: a date approved between two terms, say. */
static void find_rounds (BpSnapshot *snapshot, BpDate since)
{
    g_autoptr (GArray) dates = dup_update_dates (snapshot);
    g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (Round));
    guint largest = 0;
    for (guint i = 0; i < dates->len; i++)
    {
        BpDate date = g_array_index (dates, BpDate, i);
        Round *last = groups->len > 0 ? &g_array_index (groups, Round, groups->len - 1) : NULL;
        if (last == NULL || last->date - date >= ROUND_DAYS)
        {
            Round group = { .date = date };
            g_array_append_val (groups, group);
            last = &g_array_index (groups, Round, groups->len - 1);
        }
        last->count++;
        largest = MAX (largest, last->count);
    }
    snapshot->previous = since;
    for (guint i = 0; i < groups->len; i++)
    {
        const Round *group = &g_array_index (groups, Round, i);
        if (group->count * 4 < largest)
            continue;
        g_array_append_val (snapshot->rounds, group->date);
        if (i > 0 && snapshot->previous == BP_DATE_NONE)
            snapshot->previous = group->date;
    }
}

/* ---- building ---- */

static void carry (const char **to, const char *from)
{
    if (**to == '\0')
        *to = from;
}

/* A report that states no status goes on from the one before it: what it leaves blank still holds. Words for the public belong to the
 * progress beside which they stand. */
static void carry_words (BpSnapshotBuilder *builder, BpAction *action)
{
    if (action->latest == NULL || action->latest->status != NULL || action->updates->len < 2)
        return;
    BpUpdate *told = bp_snapshot_builder_take_block (builder, 1, sizeof *told);
    *told = *action->latest;
    for (guint i = action->updates->len - 1; i > 0; i--)
    {
        const BpUpdate *before = action->updates->pdata[i - 1];
        if (*told->progress == '\0')
            carry (&told->public_progress, before->public_progress);
        carry (&told->progress, before->progress);
        carry (&told->next_step, before->next_step);
        carry (&told->reason, before->reason);
        carry (&told->path_to_green, before->path_to_green);
        carry (&told->ask, before->ask);
        if (before->status != NULL)
            break;
    }
    action->latest = told;
}

static void apply_action_states (BpSnapshotBuilder *builder)
{
    BpSnapshot *snapshot = builder->snapshot;
    BpStatus *built_in = bp_snapshot_builder_take_block (builder, 2, sizeof *built_in);
    BpActionStateRules rules = bp_action_state_rules_new (snapshot->programme, snapshot->as_of, snapshot->previous, built_in);
    for (guint i = 0; i < snapshot->actions->len; i++)
    {
        BpAction *action = snapshot->actions->pdata[i];
        bp_action_state_apply (&rules, action);
        carry_words (builder, action);
        if (action->computed_text != NULL)
            g_ptr_array_add (snapshot->owned, (gpointer)action->computed_text);
    }
}

static void apply_kpi_states (BpSnapshotBuilder *builder)
{
    BpSnapshot *snapshot = builder->snapshot;
    for (guint i = 0; i < snapshot->kpis->len; i++)
    {
        BpKpi *kpi = snapshot->kpis->pdata[i];
        guint definitions = GPOINTER_TO_UINT (g_hash_table_lookup (builder->kpi_definitions, kpi->id));
        bp_kpi_state_apply (kpi, &snapshot->programme->calendar, snapshot->as_of, definitions);
    }
}

static void set_loaded (BpSnapshot *snapshot, const BpTableSet *tables, const BpLoadCount *loaded)
{
    for (int i = 0; i < BP_TABLE_COUNT; i++)
    {
        int records = tables->tables[i].records != NULL ? (int)tables->tables[i].records->len : 0;
        snapshot->loaded[i]
            = loaded != NULL ? loaded[i] : (BpLoadCount){ .loaded = records, .seen = MAX (records, tables->tables[i].row_count) };
    }
}

static void read_tables (BpSnapshotBuilder *builder, BpDate since)
{
    bp_snapshot_builder_read_plans (builder);
    bp_snapshot_builder_read_leads (builder);
    bp_snapshot_builder_read_projects (builder);
    bp_snapshot_builder_read_areas (builder);
    bp_snapshot_builder_read_kpis (builder);
    bp_snapshot_builder_read_kpi_values (builder);
    bp_snapshot_builder_read_actions (builder);
    bp_snapshot_builder_order_actions (builder);
    bp_snapshot_builder_read_updates (builder);
    find_rounds (builder->snapshot, since);
    apply_action_states (builder);
    apply_kpi_states (builder);
    bp_snapshot_builder_read_narrative (builder);
    bp_snapshot_builder_read_recommendations (builder);
    bp_snapshot_builder_read_claims (builder);
    bp_snapshot_builder_read_meetings (builder);
    bp_snapshot_builder_read_decisions (builder);
    bp_snapshot_builder_read_risks (builder);
    bp_snapshot_builder_read_members (builder);
    bp_snapshot_builder_check_recipients (builder);
}

BpSnapshot *bp_snapshot_new (const BpProgramme *programme, const BpTableSet *tables, const BpSnapshotOptions *options)
{
    BpSnapshot *snapshot = new_empty (programme, options);
    BpSnapshotBuilder builder;
    init_builder (&builder, snapshot, tables);
    read_tables (&builder, options->since);
    bp_reference_add_alias_findings (&builder);
    clear_builder (&builder);

    snapshot->counts = bp_snapshot_count (snapshot, snapshot->actions);
    set_loaded (snapshot, tables, options->loaded);
    if (options->import_findings != NULL)
        bp_finding_list_append_all (snapshot->findings, options->import_findings);
    for (const BpCheck *check = bp_check_table; check->name != NULL; check++)
        check->run (snapshot, snapshot->findings);
    if (programme->checks_off != NULL)
        bp_finding_list_remove_codes (snapshot->findings, programme->checks_off);
    bp_finding_list_sort (snapshot->findings);
    return snapshot;
}

/* ---- finding ---- */

static gpointer find_by_key (const BpSnapshot *snapshot, GHashTable *index, const char *key)
{
    if (key == NULL)
        return NULL;
    gpointer found = g_hash_table_lookup (index, key);
    if (found != NULL || snapshot->plans->len != 1 || strchr (key, ':') != NULL)
        return found;
    g_autofree char *full = g_strdup_printf ("%s:%s", ((const BpPlan *)snapshot->plans->pdata[0])->id, key);
    return g_hash_table_lookup (index, full);
}

BpAction *bp_snapshot_find_action (const BpSnapshot *snapshot, const char *key)
{
    return find_by_key (snapshot, snapshot->action_index, key);
}

BpArea *bp_snapshot_find_area (const BpSnapshot *snapshot, const char *key)
{
    return find_by_key (snapshot, snapshot->area_index, key);
}

BpKpi *bp_snapshot_find_kpi (const BpSnapshot *snapshot, const char *id)
{
    return id != NULL ? g_hash_table_lookup (snapshot->kpi_index, id) : NULL;
}

static void add_actions_of (const BpArea *area, GPtrArray *actions)
{
    for (guint i = 0; i < area->actions->len; i++)
        g_ptr_array_add (actions, area->actions->pdata[i]);
    for (guint i = 0; i < area->sub_areas->len; i++)
        add_actions_of (area->sub_areas->pdata[i], actions);
}

GPtrArray *bp_area_dup_all_actions (const BpArea *area)
{
    GPtrArray *actions = g_ptr_array_new ();
    add_actions_of (area, actions);
    return actions;
}

const char *bp_snapshot_short_lead (const BpSnapshot *snapshot, const char *lead)
{
    for (guint i = 0; lead != NULL && i < snapshot->leads->len; i++)
    {
        const BpLead *known = snapshot->leads->pdata[i];
        if (g_ascii_strcasecmp (known->lead, lead) == 0)
            return *known->short_name != '\0' ? known->short_name : lead;
    }
    return lead;
}

const BpMeeting *bp_snapshot_find_next_meeting (const BpSnapshot *snapshot, const char *forum_id)
{
    for (guint i = 0; i < snapshot->meetings->len; i++)
    {
        const BpMeeting *meeting = snapshot->meetings->pdata[i];
        bool is_of_forum = meeting->forum != NULL && g_ascii_strcasecmp (meeting->forum->id, forum_id) == 0;
        if (is_of_forum && meeting->date != BP_DATE_NONE && meeting->date >= snapshot->as_of)
            return meeting;
    }
    return NULL;
}

/* ---- counting ---- */

BpActionCounts bp_snapshot_count (const BpSnapshot *snapshot, const GPtrArray *actions)
{
    int status_count = bp_action_state_status_count (snapshot->programme);
    BpActionCounts counts = { .by_status = g_new0 (int, (gsize)status_count) };
    for (guint i = 0; i < actions->len; i++)
    {
        const BpAction *action = actions->pdata[i];
        bool is_as_planned = action->status->use == BP_STATUS_USE_AS_PLANNED && !action->is_reported;
        bool is_paused = action->status->counts_as == BP_COUNTS_AS_PAUSED;
        counts.total++;
        counts.done += action->is_done;
        counts.paused += is_paused;
        counts.open += !action->is_done && !is_paused;
        counts.overdue += action->is_overdue;
        counts.undated += action->is_undated;
        counts.without_update += action->status->use == BP_STATUS_USE_NO_UPDATE;
        counts.disagree += action->disagrees;
        counts.changed += action->has_changed;
        counts.dated += is_as_planned || action->original_due != BP_DATE_NONE;
        counts.planned_done += is_as_planned || (action->original_due != BP_DATE_NONE && action->original_due <= snapshot->as_of);
        if (action->status->position >= 0 && action->status->position < status_count)
            counts.by_status[action->status->position]++;
    }
    return counts;
}

void bp_action_counts_clear (BpActionCounts *counts)
{
    g_clear_pointer (&counts->by_status, g_free);
}

int bp_actions_due_by (const GPtrArray *actions, BpDate date, bool use_original)
{
    int count = 0;
    for (guint i = 0; i < actions->len; i++)
    {
        const BpAction *action = actions->pdata[i];
        BpDate due = use_original ? action->original_due : action->due;
        count += due != BP_DATE_NONE && due <= date;
    }
    return count;
}
