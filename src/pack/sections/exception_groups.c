#include "pack/sections/exception_groups.h"

#include "domain/snapshot.h"
#include "pack/wording.h"

#include <string.h>

BpExceptionGroup bp_exception_group_of (const BpBuild *build, const BpAction *action)
{
    const char *reason = bp_action_exception_reason (build->snapshot, action);

    if (g_strcmp0 (reason, "off-track") == 0)
        return BP_EXCEPTION_OFF_TRACK;
    if (g_strcmp0 (reason, "no-update") == 0)
        return BP_EXCEPTION_SILENT;
    if (g_strcmp0 (reason, "at-risk") == 0)
        return BP_EXCEPTION_AT_RISK;
    return action->is_overdue ? BP_EXCEPTION_PAST_DATE : BP_EXCEPTION_OTHER;
}

const char *bp_exception_group_heading (const BpBuild *build, BpExceptionGroup group, const GPtrArray *actions)
{
    static const char *const headings[BP_EXCEPTION_GROUP_COUNT]
        = { "Off track", "No update received", "Past its date", "At risk", "Other exceptions" };
    const BpStatus *status = actions->len > 0 ? ((const BpAction *)g_ptr_array_index (actions, 0))->status : NULL;

    if (group != BP_EXCEPTION_PAST_DATE)
        return headings[group];
    for (guint i = 1; i < actions->len; i++)
        if (((const BpAction *)g_ptr_array_index (actions, i))->status != status)
            return "Past their dates, not reported off track";
    if (status == NULL || status->use == BP_STATUS_USE_NO_UPDATE)
        return headings[group];
    return bp_pack_format (build->pack, "Reported %s, past %s", bp_words_lower_first (build->pack, status->label),
                           bp_words_pick ((int)actions->len, "its date", "their dates"));
}

const char *bp_exception_group_counts (const BpBuild *build, const int *counts)
{
    static const char *const words[BP_EXCEPTION_GROUP_COUNT] = { "off track", "without an update", "past its date", "at risk", "other" };
    g_autoptr (GPtrArray) parts = g_ptr_array_new ();

    for (int g = 0; g < BP_EXCEPTION_GROUP_COUNT; g++)
    {
        const char *word = g == BP_EXCEPTION_PAST_DATE ? bp_words_pick (counts[g], words[g], "past their dates") : words[g];
        if (counts[g] > 0)
            g_ptr_array_add (parts, (gpointer)bp_pack_format (build->pack, "%d %s", counts[g], word));
    }
    return bp_words_joined (build->pack, parts, 0);
}

void bp_exception_group_count (const BpBuild *build, const GPtrArray *exceptions, guint first, int *counts_out)
{
    memset (counts_out, 0, sizeof (int) * BP_EXCEPTION_GROUP_COUNT);
    for (guint i = first; i < exceptions->len; i++)
        counts_out[bp_exception_group_of (build, g_ptr_array_index (exceptions, i))]++;
}
