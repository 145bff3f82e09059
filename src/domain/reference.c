#include "domain/reference.h"

#include "base/text.h"

#include <string.h>

typedef struct
{
    char *typed;
    const char *canonical;
    BpSource first;
} AliasUse;

static void alias_use_free (gpointer data)
{
    AliasUse *use = data;
    g_free (use->typed);
    g_free (use);
}

/* What the programme calls it: the canonical spelling, or text itself. */
static const char *apply_alias (BpSnapshotBuilder *builder, BpAliasKind kind, const char *text, BpSource source)
{
    GHashTable *aliases = builder->programme->aliases[kind];
    if (aliases == NULL || g_hash_table_size (aliases) == 0)
        return text;
    if (builder->alias_index[kind] == NULL)
        builder->alias_index[kind] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    gpointer found = NULL;
    if (!g_hash_table_lookup_extended (builder->alias_index[kind], text, NULL, &found))
    {
        g_autofree char *folded = bp_text_dup_folded (text);
        const char *canonical = g_hash_table_lookup (aliases, folded);
        if (canonical != NULL && strcmp (canonical, text) != 0)
        {
            if (builder->alias_uses == NULL)
                builder->alias_uses = g_ptr_array_new_with_free_func (alias_use_free);
            AliasUse *use = g_new0 (AliasUse, 1);
            use->typed = g_strdup (text);
            use->canonical = bp_snapshot_builder_intern (builder, canonical);
            use->first = source;
            g_ptr_array_add (builder->alias_uses, use);
            found = use;
        }
        g_hash_table_insert (builder->alias_index[kind], g_strdup (text), found);
    }
    if (found == NULL)
        return text;
    return ((const AliasUse *)found)->canonical;
}

void bp_reference_add_alias_findings (BpSnapshotBuilder *builder)
{
    for (guint i = 0; builder->alias_uses != NULL && i < builder->alias_uses->len; i++)
    {
        const AliasUse *use = builder->alias_uses->pdata[i];
        bp_finding_list_add (builder->findings, BP_FINDING_ALIAS_USED, use->first, use->typed,
                             "“%s” is read as “%s”, here and wherever else it stands.", use->typed, use->canonical);
    }
}

void bp_reference_free_aliases (BpSnapshotBuilder *builder)
{
    for (int kind = 0; kind < BP_ALIAS_KINDS; kind++)
        g_clear_pointer (&builder->alias_index[kind], g_hash_table_unref);
    g_clear_pointer (&builder->alias_uses, g_ptr_array_unref);
}

const BpPlan *bp_reference_plan (BpSnapshotBuilder *builder, const char *id, BpSource source)
{
    BpPlan *plan = g_hash_table_lookup (builder->plan_index, id);
    if (plan != NULL)
        return plan;
    plan = bp_snapshot_builder_take_block (builder, 1, sizeof *plan);
    *plan = (BpPlan){ .id = bp_snapshot_builder_intern (builder, id),
                      .title = bp_snapshot_builder_intern (builder, id),
                      .approved_text = "",
                      .note = "",
                      .approved_date = BP_DATE_NONE,
                      .closes_date = BP_DATE_NONE,
                      .source = source };
    g_hash_table_insert (builder->plan_index, (gpointer)plan->id, plan);
    g_ptr_array_add (builder->snapshot->plans, plan);
    g_hash_table_insert (builder->plan_order, plan, GUINT_TO_POINTER (builder->snapshot->plans->len));
    bp_finding_list_add (builder->findings, BP_FINDING_UNKNOWN_REFERENCE, source, id,
                         "There is no plan “%s” in the table plans. Its rows are kept, under a plan of that name.", id);
    return plan;
}

/* "SIP:1.1.2" → plan and bare ref without asterisk. False if it names no plan and none can be meant. */
static bool split_ref (BpSnapshotBuilder *builder, const BpPlan *plan, const char *text, const char **plan_id_out, char **ref_out,
                       char **owned_plan_out)
{
    const char *colon = strchr (text, ':');
    const char *ref = text;
    *owned_plan_out = NULL;
    if (colon != NULL)
    {
        *owned_plan_out = g_strstrip (g_strndup (text, (gsize)(colon - text)));
        *plan_id_out = *owned_plan_out;
        ref = colon + 1;
    }
    else if (plan != NULL)
        *plan_id_out = plan->id;
    else if (builder->snapshot->plans->len == 1)
        *plan_id_out = ((const BpPlan *)builder->snapshot->plans->pdata[0])->id;
    else
        return false;
    *ref_out = bp_text_dup_trimmed (ref);
    gsize length = strlen (*ref_out);
    if (length > 0 && (*ref_out)[length - 1] == '*')
        (*ref_out)[length - 1] = '\0';
    return **ref_out != '\0';
}

/* Looks key up in index; NULL if it is not there. has_plan_out says whether a plan could be told. */
static gpointer find_by_ref (BpSnapshotBuilder *builder, GHashTable *index, const BpPlan *plan, const char *text, bool *has_plan_out)
{
    const char *plan_id = NULL;
    g_autofree char *ref = NULL, *owned_plan = NULL;
    *has_plan_out = split_ref (builder, plan, text, &plan_id, &ref, &owned_plan);
    if (!*has_plan_out)
        return NULL;
    char stack_key[128];
    if (g_snprintf (stack_key, sizeof stack_key, "%s:%s", plan_id, ref) < (int)sizeof stack_key)
        return g_hash_table_lookup (index, stack_key);
    g_autofree char *key = g_strdup_printf ("%s:%s", plan_id, ref);
    return g_hash_table_lookup (index, key);
}

static void add_unknown (BpSnapshotBuilder *builder, const char *noun, const char *text, BpSource source, bool has_plan)
{
    if (has_plan)
        bp_finding_list_add (builder->findings, BP_FINDING_UNKNOWN_REFERENCE, source, text,
                             "There is no %s “%s”. The row is kept without it.", noun, text);
    else
        bp_finding_list_add (builder->findings, BP_FINDING_UNKNOWN_REFERENCE, source, text,
                             "“%s” does not say which plan's %s is meant; there is more than one plan. The row is kept without it.", text,
                             noun);
}

BpArea *bp_reference_area (BpSnapshotBuilder *builder, const BpPlan *plan, const char *text, BpSource source)
{
    if (bp_text_is_blank (text))
        return NULL;
    bool has_plan = false;
    BpArea *area = find_by_ref (builder, builder->snapshot->area_index, plan, text, &has_plan);
    if (area != NULL)
        return area;
    const char *canonical = apply_alias (builder, BP_ALIAS_AREA, text, source);
    if (canonical != text)
        area = find_by_ref (builder, builder->snapshot->area_index, plan, canonical, &has_plan);
    if (area == NULL)
        add_unknown (builder, "area", text, source, has_plan);
    return area;
}

BpAction *bp_reference_action (BpSnapshotBuilder *builder, const BpPlan *plan, const char *text, BpSource source)
{
    if (bp_text_is_blank (text))
        return NULL;
    bool has_plan = false;
    BpAction *action = find_by_ref (builder, builder->snapshot->action_index, plan, text, &has_plan);
    if (action == NULL)
        add_unknown (builder, "action", text, source, has_plan);
    return action;
}

BpProject *bp_reference_project (BpSnapshotBuilder *builder, const char *text, BpSource source)
{
    if (bp_text_is_blank (text))
        return NULL;
    BpProject *project = g_hash_table_lookup (builder->project_index, text);
    if (project != NULL)
        return project;
    g_autofree char *folded = bp_text_dup_folded (text);
    project = g_hash_table_lookup (builder->project_index, folded);
    if (project == NULL)
        add_unknown (builder, "project", text, source, true);
    return project;
}

BpKpi *bp_reference_kpi (BpSnapshotBuilder *builder, const char *text, BpSource source)
{
    if (bp_text_is_blank (text))
        return NULL;
    BpKpi *kpi = g_hash_table_lookup (builder->snapshot->kpi_index, text);
    if (kpi != NULL || g_hash_table_contains (builder->known_kpis, text))
        return kpi;
    g_autofree char *word = bp_text_dup_trimmed (text);
    kpi = g_hash_table_lookup (builder->snapshot->kpi_index, word);
    if (kpi == NULL && !g_hash_table_contains (builder->known_kpis, word))
        add_unknown (builder, "KPI", text, source, true);
    return kpi;
}

const BpForum *bp_reference_forum (BpSnapshotBuilder *builder, const char *text, BpSource source)
{
    if (bp_text_is_blank (text))
        return NULL;
    gpointer found = NULL;
    if (!g_hash_table_lookup_extended (builder->forum_cache, text, NULL, &found))
    {
        const BpForum *forum = bp_forum_find (&builder->programme->forums, text);
        if (forum == NULL)
        {
            const char *canonical = apply_alias (builder, BP_ALIAS_FORUM, text, source);
            forum = canonical != text ? bp_forum_find (&builder->programme->forums, canonical) : NULL;
        }
        found = (gpointer)forum;
        g_hash_table_insert (builder->forum_cache, g_strdup (text), found);
    }
    if (found == NULL)
    {
        g_autofree char *as_of = bp_date_dup_text (builder->snapshot->as_of, BP_DATE_LONG);
        bp_finding_list_add (builder->findings, BP_FINDING_UNKNOWN_REFERENCE, source, text,
                             "There is no forum “%s” on %s. The row is kept, and stands under no forum.", text, as_of);
    }
    return found;
}

const BpStatus *bp_reference_status (BpSnapshotBuilder *builder, const char *text, BpSource source)
{
    if (bp_text_is_blank (text))
        return NULL;
    gpointer found = NULL;
    if (!g_hash_table_lookup_extended (builder->status_cache, text, NULL, &found))
    {
        g_autofree char *word = bp_text_dup_collapsed (text);
        const BpStatus *status = bp_status_find (&builder->programme->statuses, word);
        if (status == NULL)
        {
            const char *canonical = apply_alias (builder, BP_ALIAS_STATUS, text, source);
            status = canonical != text ? bp_status_find (&builder->programme->statuses, canonical) : NULL;
        }
        found = (gpointer)status;
        g_hash_table_insert (builder->status_cache, g_strdup (text), found);
    }
    if (found == NULL)
        bp_finding_list_add (builder->findings, BP_FINDING_STATUS_UNKNOWN, source, text,
                             "“%s” is not a status of this programme. The update counts, but not as a status.", text);
    return found;
}

const BpLead *bp_reference_find_lead (const BpSnapshotBuilder *builder, const char *lead)
{
    const BpLead *cached = g_hash_table_lookup (builder->lead_cache, lead);
    if (cached != NULL || g_hash_table_size (builder->lead_index) == 0)
        return cached;
    g_autofree char *folded = bp_text_dup_folded (lead);
    return g_hash_table_lookup (builder->lead_index, folded);
}

const char *bp_reference_lead (BpSnapshotBuilder *builder, const char *text, BpSource source)
{
    if (bp_text_is_blank (text))
        return "";
    const BpLead *lead = bp_reference_find_lead (builder, text);
    const char *canonical = text;
    if (lead == NULL)
    {
        canonical = apply_alias (builder, BP_ALIAS_LEAD, text, source);
        lead = bp_reference_find_lead (builder, canonical);
    }
    if (lead != NULL)
    {
        g_hash_table_insert (builder->lead_cache, g_strdup (text), (gpointer)lead);
        g_hash_table_insert (builder->lead_cache, g_strdup (lead->lead), (gpointer)lead);
        return lead->lead;
    }
    if (g_hash_table_size (builder->lead_index) > 0)
        add_unknown (builder, "lead", text, source, true);
    g_autofree char *cleaned = bp_text_dup_cleaned (canonical);
    return bp_snapshot_builder_intern (builder, cleaned);
}
