#include "app/pack_versions.h"

#include "base/error.h"
#include "domain/forum.h"
#include "store/approvals.h"

/* "bbp (version 1, 2025-07-31-1, approved by Ann Other)" */
static void describe (GString *text, const BpApproval *approval)
{
    g_string_append_printf (text, "%s%s (version %d in %s, approved by %s)", text->len > 0 ? ", " : "", approval->forum, approval->version,
                            approval->run, approval->approved_by);
}

static bool check (bool is_draft, const char *correction, const GString *approved, GError **error)
{
    if (approved->len > 0 && !is_draft && correction == NULL)
        return bp_fail (error, BP_ERROR_FAILED,
                        "packs of that day are approved already: %s. A final pack that replaces one must say what changed: give "
                        "--correction \"what changed\"; or build the others with --forum, or a draft with --draft",
                        approved->str);
    if (approved->len == 0 && correction != NULL)
        return bp_fail (error, BP_ERROR_FAILED,
                        "--correction: no pack of that day is approved, so there is nothing to correct; leave it out");
    return true;
}

GArray *bp_pack_versions_choose (BpStore *store, BpDate as_of, const GPtrArray *forums, bool is_draft, const char *correction,
                                 GError **error)
{
    g_autoptr (GArray) versions = g_array_new (FALSE, FALSE, sizeof (int));
    g_autoptr (GString) approved = g_string_new (NULL);
    for (guint i = 0; i < forums->len; i++)
    {
        g_autoptr (BpApproval) newest = NULL;
        if (!bp_approvals_find_newest (store, as_of, ((const BpForum *)forums->pdata[i])->id, &newest, error))
            return NULL;
        const int version = newest != NULL ? newest->version + 1 : 1;
        g_array_append_val (versions, version);
        if (newest != NULL)
            describe (approved, newest);
    }
    return check (is_draft, correction, approved, error) ? g_steal_pointer (&versions) : NULL;
}
