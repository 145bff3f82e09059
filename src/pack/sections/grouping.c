#include "pack/sections/grouping.h"

#include "domain/snapshot.h"
#include "pack/wording.h"

#include <string.h>

typedef enum
{
    GROUP_NONE,
    GROUP_AREA,
    GROUP_SUB_AREA,
    GROUP_LEAD,
    GROUP_PROJECT,
    GROUP_STATUS,
    GROUP_ORGANISATION
} GroupField;

typedef struct
{
    gconstpointer key; /* area, project or status; an interned name for the rest */
    const char *heading;
    int order; /* groups of the same order keep the order in which they were met */
    GPtrArray *actions;
} Group;

static GroupField read_field (const char *field)
{
    static const char *const names[] = { "none", "area", "sub_area", "lead", "project", "status", "organisation" };

    for (int i = 0; i < (int)G_N_ELEMENTS (names); i++)
        if (g_ascii_strcasecmp (field, names[i]) == 0)
            return (GroupField)i;
    return GROUP_NONE;
}

static const char *key_of_text (GHashTable *texts, const char *text)
{
    const char *known = g_hash_table_lookup (texts, text);

    if (known != NULL)
        return known;
    g_hash_table_add (texts, (gpointer)text);
    return text;
}

static Group describe (const BpBuild *build, GHashTable *texts, const BpAction *action, GroupField field)
{
    switch (field)
    {
    case GROUP_AREA:
        return (Group){ .key = action->top_area,
                        .heading = bp_words_area_short_heading (build, action->top_area),
                        .order = action->top_area == build->snapshot->no_area };
    case GROUP_SUB_AREA:
        return (Group){ .key = action->area,
                        .heading = bp_words_area_heading (build, action->area),
                        .order = action->area == build->snapshot->no_area };
    case GROUP_PROJECT:
        return (Group){ .key = action->project,
                        .heading = action->project != NULL ? action->project->title : "No project",
                        .order = action->project == NULL };
    case GROUP_STATUS:
        return (Group){ .key = action->status, .heading = action->status->label, .order = action->status->position };
    case GROUP_LEAD:
        return (Group){ .key = key_of_text (texts, action->lead),
                        .heading = *action->lead != '\0' ? action->lead : "No lead",
                        .order = *action->lead == '\0' };
    case GROUP_ORGANISATION:
        return (Group){ .key = key_of_text (texts, action->organisation),
                        .heading = *action->organisation != '\0' ? action->organisation : "No organisation known",
                        .order = *action->organisation == '\0' };
    case GROUP_NONE:
        return (Group){ .key = NULL, .heading = NULL, .order = 0 };
    }
    g_assert_not_reached ();
}

static int compare_groups (gconstpointer left, gconstpointer right, gpointer unused)
{
    const Group *a = left;
    const Group *b = right;

    (void)unused;
    return (a->order > b->order) - (a->order < b->order);
}

static void clear_group (gpointer data)
{
    g_ptr_array_unref (((BpActionGroup *)data)->actions);
}

GArray *bp_actions_group (const BpBuild *build, const GPtrArray *actions, const char *field)
{
    GroupField by = read_field (field);
    g_autoptr (GHashTable) texts = g_hash_table_new (g_str_hash, g_str_equal);
    g_autoptr (GHashTable) index = g_hash_table_new (NULL, NULL);
    g_autoptr (GArray) groups = g_array_new (FALSE, TRUE, sizeof (Group));
    GArray *result = g_array_new (FALSE, TRUE, sizeof (BpActionGroup));

    g_array_set_clear_func (result, clear_group);
    for (guint i = 0; i < actions->len; i++)
    {
        BpAction *action = g_ptr_array_index (actions, i);
        Group group = describe (build, texts, action, by);
        gpointer place = NULL;
        if (!g_hash_table_lookup_extended (index, group.key, NULL, &place))
        {
            group.actions = g_ptr_array_new ();
            place = group.actions;
            g_array_append_val (groups, group);
            g_hash_table_insert (index, (gpointer)group.key, place);
        }
        g_ptr_array_add (place, action);
    }
    /* Stable: g_array_sort_with_data is a merge sort. */
    g_array_sort_with_data (groups, compare_groups, NULL);
    for (guint i = 0; i < groups->len; i++)
    {
        const Group *group = &g_array_index (groups, Group, i);
        BpActionGroup out = { .heading = bp_pack_text (build->pack, group->heading), .actions = group->actions };
        g_array_append_val (result, out);
    }
    return result;
}

const char *bp_actions_counts_text (const BpBuild *build, const GPtrArray *actions)
{
    BpActionCounts counts = bp_snapshot_count (build->snapshot, actions);
    const char *text = bp_pack_format (build->pack, "%s: %s", bp_words_count (build->pack, counts.total, "action", "actions"),
                                       bp_words_status_counts (build, &counts));

    bp_action_counts_clear (&counts);
    return text;
}
