#include "pack/release.h"

#include "domain/snapshot.h"

#include <string.h>

struct BpRelease
{
    const BpSnapshot *snapshot;
    BpAudience audience;
    GHashTable *values; /* set of BpKpiValue hidden */
    GHashTable *kpis;   /* set of BpKpi that have one */
    GHashTable *rows;   /* set of "file:sheet:row" of hidden values, and of claims computed from them */
    GHashTable *people; /* set of "file:sheet:row" of all values of measures of people */
    GHashTable *aims;   /* set of "file:sheet:row" where targets of measures with hidden values stand */
};

static bool is_small (double count)
{
    return count > 0.0 && count < BP_SMALL_NUMBER_THRESHOLD;
}

/* SDC-4, SDC-7 and SDC-8: a small count; a percentage of which a part is small; an average or rate over few people. */
static bool needs_hiding (const BpKpi *kpi, const BpKpiValue *value)
{
    if (!kpi->is_people || value->series != BP_SERIES_ACTUAL)
        return false;
    if (value->has_share && (is_small (value->numerator) || is_small (value->denominator)))
        return true;
    if (value->has_share && kpi->unit == BP_UNIT_PERCENT && is_small (value->denominator - value->numerator))
        return true;
    return kpi->unit == BP_UNIT_COUNT && value->has_value && is_small (value->value);
}

static char *dup_row_name (const BpSource *source)
{
    return g_strdup_printf ("%s:%s:%d", source->file != NULL ? source->file : "", source->sheet != NULL ? source->sheet : "", source->row);
}

static void hide (BpRelease *release, const BpKpi *kpi, const BpKpiValue *value)
{
    g_hash_table_add (release->values, (gpointer)value);
    g_hash_table_add (release->kpis, (gpointer)kpi);
    g_hash_table_add (release->rows, dup_row_name (&value->source));
}

/* Values of one breakdown that a reader could subtract from its total: all but the category. */
static char *dup_breakdown_name (const BpKpiValue *value)
{
    return g_strdup_printf ("%s|%d|%d|%s", value->geography, (int)value->period.kind, value->period.first, value->breakdown);
}

static double size_of (const BpKpiValue *value)
{
    return value->has_share ? value->numerator : value->value;
}

/* SDC-5 in its simplest form: one hidden category alone could be had by subtraction, so that the smallest other goes with it. */
static void hide_second_categories (BpRelease *release, const BpKpi *kpi)
{
    g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);

    for (guint i = 0; i < kpi->values->len; i++)
    {
        const BpKpiValue *value = g_ptr_array_index (kpi->values, i);
        if (value->series != BP_SERIES_ACTUAL || *value->category == '\0')
            continue;
        char *name = dup_breakdown_name (value);
        GPtrArray *group = g_hash_table_lookup (groups, name);
        if (group == NULL)
        {
            group = g_ptr_array_new ();
            g_hash_table_insert (groups, name, group);
        }
        else
            g_free (name);
        g_ptr_array_add (group, (gpointer)value);
    }
    GHashTableIter iter;
    gpointer group_pointer;
    g_hash_table_iter_init (&iter, groups);
    while (g_hash_table_iter_next (&iter, NULL, &group_pointer))
    {
        const GPtrArray *group = group_pointer;
        const BpKpiValue *smallest = NULL;
        int hidden = 0;
        for (guint i = 0; i < group->len; i++)
        {
            const BpKpiValue *value = g_ptr_array_index (group, i);
            if (g_hash_table_contains (release->values, value))
                hidden++;
            else if (value->has_value && size_of (value) > 0.0 && (smallest == NULL || size_of (value) < size_of (smallest)))
                smallest = value;
        }
        if (hidden == 1 && smallest != NULL)
            hide (release, kpi, smallest);
    }
}

/* Findings of other rows than those hidden may quote what was hidden: a claim computed again, a target met early. */
static void hide_quotes (BpRelease *release)
{
    const BpSnapshot *snapshot = release->snapshot;

    for (guint i = 0; i < snapshot->claims->len; i++)
    {
        const BpClaim *claim = g_ptr_array_index (snapshot->claims, i);
        if (bp_release_hides_claim (release, claim))
            g_hash_table_add (release->rows, dup_row_name (&claim->source));
    }
    for (guint i = 0; i < snapshot->kpis->len; i++)
    {
        const BpKpi *kpi = g_ptr_array_index (snapshot->kpis, i);
        if (g_hash_table_contains (release->kpis, kpi))
            g_hash_table_add (release->aims, dup_row_name (&kpi->target_source));
    }
}

BpRelease *bp_release_new (const BpSnapshot *snapshot, int audience)
{
    BpRelease *release = g_new0 (BpRelease, 1);

    release->snapshot = snapshot;
    release->audience = (BpAudience)audience;
    release->values = g_hash_table_new (NULL, NULL);
    release->kpis = g_hash_table_new (NULL, NULL);
    release->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    release->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    release->aims = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    if (!bp_release_is_suppressing (release))
        return release;
    for (guint k = 0; k < snapshot->kpis->len; k++)
    {
        const BpKpi *kpi = g_ptr_array_index (snapshot->kpis, k);
        for (guint i = 0; i < kpi->values->len; i++)
        {
            const BpKpiValue *value = g_ptr_array_index (kpi->values, i);
            if (needs_hiding (kpi, value))
                hide (release, kpi, value);
            if (kpi->is_people)
                g_hash_table_add (release->people, dup_row_name (&value->source));
        }
        if (g_hash_table_contains (release->kpis, kpi))
            hide_second_categories (release, kpi);
    }
    hide_quotes (release);
    return release;
}

void bp_release_free (BpRelease *release)
{
    if (release == NULL)
        return;
    g_hash_table_unref (release->values);
    g_hash_table_unref (release->kpis);
    g_hash_table_unref (release->rows);
    g_hash_table_unref (release->people);
    g_hash_table_unref (release->aims);
    g_free (release);
}

bool bp_release_is_suppressing (const BpRelease *release)
{
    return release->audience != BP_AUDIENCE_INTERNAL;
}

bool bp_release_is_withholding (const BpRelease *release)
{
    return release->audience == BP_AUDIENCE_PUBLIC;
}

int bp_release_hidden_count (const BpRelease *release)
{
    return (int)g_hash_table_size (release->values);
}

bool bp_release_hides_value (const BpRelease *release, const BpKpiValue *value)
{
    return value != NULL && g_hash_table_contains (release->values, value);
}

bool bp_release_hides_baseline (const BpRelease *release, const BpKpi *kpi)
{
    if (!bp_release_is_suppressing (release) || !kpi->has_baseline || !kpi->is_people)
        return false;
    if (kpi->unit == BP_UNIT_COUNT && is_small (kpi->baseline))
        return true;
    for (guint i = 0; i < kpi->actuals->len; i++)
    {
        const BpKpiValue *value = g_ptr_array_index (kpi->actuals, i);
        if (bp_release_hides_value (release, value) && bp_period_is_same (&value->period, &kpi->baseline_period))
            return true;
    }
    return false;
}

bool bp_release_hides_claim (const BpRelease *release, const BpClaim *claim)
{
    return claim->kpi != NULL && g_hash_table_contains (release->kpis, claim->kpi);
}

bool bp_release_hides_finding (const BpRelease *release, const BpFinding *finding)
{
    if (!bp_release_is_suppressing (release) || finding->source.file == NULL)
        return false;
    g_autofree char *name = dup_row_name (&finding->source);
    /* What was typed for people but cannot be read ("3 children") is a figure all the same. */
    if (finding->code == BP_FINDING_VALUE_UNREADABLE && g_hash_table_contains (release->people, name))
        return true;
    if (finding->code == BP_FINDING_TARGET_MET_EARLY && g_hash_table_contains (release->aims, name))
        return true;
    return g_hash_table_contains (release->rows, name);
}

bool bp_release_may_read (const BpRelease *release, const BpNarrative *narrative)
{
    return release->audience <= narrative->audience;
}

bool bp_release_hides_asks (const BpRelease *release)
{
    return release->audience != BP_AUDIENCE_INTERNAL;
}

bool bp_release_may_see_decision (const BpRelease *release, const BpForum *forum, const BpDecision *decision)
{
    if (decision->forum == NULL)
        return release->audience == BP_AUDIENCE_INTERNAL;
    if (strcmp (decision->forum->id, forum->id) == 0)
        return !bp_release_is_withholding (release) || !decision->is_open;
    return release->audience == BP_AUDIENCE_INTERNAL
           && (decision->forum->marking == NULL || g_strcmp0 (decision->forum->marking, forum->marking) == 0);
}

const char *bp_release_progress (const BpRelease *release, const BpUpdate *update)
{
    if (update == NULL)
        return "";
    switch (release->audience)
    {
    case BP_AUDIENCE_INTERNAL:
        return update->progress;
    case BP_AUDIENCE_PARTNER:
        return *update->public_progress != '\0' ? update->public_progress : update->progress;
    case BP_AUDIENCE_PUBLIC:
        return update->public_progress;
    }
    g_assert_not_reached ();
}

void bp_release_add_notes (const BpRelease *release, BpPack *pack)
{
    if (!bp_release_is_suppressing (release))
        return;
    g_ptr_array_add (pack->notes, (gpointer)bp_pack_format (pack,
                                                            "Small numbers: a count of people from 1 to %d is shown as [c], and so is each "
                                                            "percentage, rate or change that would reveal it. "
                                                            "%d %s hidden in this pack. Nought is shown.",
                                                            BP_SMALL_NUMBER_THRESHOLD - 1, bp_release_hidden_count (release),
                                                            bp_release_hidden_count (release) == 1 ? "value is" : "values are"));
    g_ptr_array_add (pack->notes, (gpointer)bp_pack_text (pack, "Narrative that is marked internal is left out of this pack."));
    if (bp_release_is_withholding (release))
        g_ptr_array_add (pack->notes,
                         (gpointer)bp_pack_text (pack, "Not published: reasons, ways back, next steps, asks and evidence of actions; "
                                                       "risks; decisions not yet taken; cells that findings quote."));
}
