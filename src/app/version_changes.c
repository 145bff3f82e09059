#include "app/version_changes.h"

#include "store/approvals.h"

#include <string.h>

/* To a reader, of a version whose run cannot be read any more. */
#define UNKNOWN "what changed is not on record here; the contact below can say"

typedef struct
{
    int version;
    char *text;
} Change;

struct BpVersionChanges
{
    GPtrArray *list; /* of Change, oldest first */
};

static void free_change (gpointer pointer)
{
    Change *change = pointer;
    g_free (change->text);
    g_free (change);
}

void bp_version_changes_free (BpVersionChanges *changes)
{
    if (changes == NULL)
        return;
    g_ptr_array_unref (changes->list);
    g_free (changes);
}

static void add (BpVersionChanges *changes, int version, const char *text)
{
    Change *change = g_new (Change, 1);
    *change = (Change){ version, g_strdup (text != NULL ? text : UNKNOWN) };
    g_ptr_array_add (changes->list, change);
}

/* Nothing is told that nobody approved: the manifest has to be the one that was. */
static bool add_approved (BpVersionChanges *changes, const char *output, BpStore *store, const BpApproval *approval, char **gap_out,
                          GError **error)
{
    g_auto (BpFinishedRun) run = { 0 };
    g_autoptr (GError) why = NULL;
    g_autofree char *fault = NULL;
    if (!bp_finished_run_open (&run, output, approval->run, &why))
        fault = g_strdup (why->message);
    else if (!bp_finished_run_find_fault (&run, store, &fault, error))
        return false;
    else if (fault == NULL && strcmp (run.manifest_sha256, approval->manifest_sha256) != 0)
        fault = g_strdup_printf ("the manifest of %s was changed since the approval", approval->run);
    else if (fault == NULL && bp_finished_run_correction (&run) == NULL)
        fault = g_strdup_printf ("the manifest of %s does not say it", approval->run);
    add (changes, approval->version, fault == NULL ? bp_finished_run_correction (&run) : NULL);
    if (fault != NULL && *gap_out == NULL)
        *gap_out = g_strdup_printf ("what version %d of %s changed cannot be told: %s", approval->version, approval->forum, fault);
    return true;
}

static int compare (gconstpointer left, gconstpointer right)
{
    return (*(const Change *const *)left)->version - (*(const Change *const *)right)->version;
}

BpVersionChanges *bp_version_changes_load (const BpFinishedRun *run, BpStore *store, const char *forum, int version, char **gap_out,
                                           GError **error)
{
    g_autofree char *day = g_path_get_dirname (run->folder), *output = g_path_get_dirname (day);
    g_autoptr (GPtrArray) approvals = bp_approvals_list (store, NULL, error);
    *gap_out = NULL;
    if (approvals == NULL)
        return NULL;
    g_autoptr (BpVersionChanges) changes = g_new (BpVersionChanges, 1);
    changes->list = g_ptr_array_new_with_free_func (free_change);
    for (guint i = 0; i < approvals->len; i++)
    {
        const BpApproval *approval = approvals->pdata[i];
        const bool is_between = approval->version > 1 && approval->version < version;
        if (!approval->is_withdrawn && is_between && approval->as_of == run->as_of && strcmp (approval->forum, forum) == 0
            && !add_approved (changes, output, store, approval, gap_out, error))
            return NULL;
    }
    if (bp_finished_run_correction (run) != NULL)
        add (changes, version, bp_finished_run_correction (run));
    g_ptr_array_sort (changes->list, compare);
    return g_steal_pointer (&changes);
}

char **bp_version_changes_dup_since (const BpVersionChanges *changes, int version)
{
    g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
    guint first = 0;
    while (first < changes->list->len && ((const Change *)changes->list->pdata[first])->version <= version)
        first++;
    const bool has_several = changes->list->len > first + 1;
    for (guint i = first; i < changes->list->len; i++)
    {
        const Change *change = changes->list->pdata[i];
        g_autofree char *line = has_several ? g_strdup_printf ("Version %d: %s", change->version, change->text) : g_strdup (change->text);
        g_strv_builder_add (lines, line);
    }
    return g_strv_builder_end (lines);
}
