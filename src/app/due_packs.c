#include "app/due_packs.h"

#include "app/console.h"
#include "app/pack_letters.h"

#include <string.h>

/* An approval that nobody sent for so long was meant for another way: it goes by name alone. */
#define MAX_AGE_DAYS 31

/* Whether nothing of the pack was sent yet; *has_rest_out: or something of it is still to go. */
static bool is_untouched (const GPtrArray *sends, const BpApproval *approval, bool *has_rest_out)
{
    bool is_begun = false;
    *has_rest_out = false;
    for (guint i = 0; i < sends->len; i++)
    {
        const BpSend *send = sends->pdata[i];
        if (strcmp (send->run, approval->run) != 0 || strcmp (send->forum, approval->forum) != 0)
            continue;
        is_begun = true;
        *has_rest_out
            = *has_rest_out || (send->state != BP_SEND_STATE_REJECTED && bp_send_state_may_become (send->state, BP_SEND_STATE_INTENT));
    }
    return !is_begun;
}

/* Whoever lacks it is to get the later version, and is named with that. */
static bool is_replaced (const GPtrArray *approvals, const BpApproval *approval)
{
    for (guint i = 0; i < approvals->len; i++)
    {
        const BpApproval *other = approvals->pdata[i];
        if (!other->is_withdrawn && other->as_of == approval->as_of && other->version > approval->version
            && strcmp (other->forum, approval->forum) == 0)
            return true;
    }
    return false;
}

static void add_due (GHashTable *due, const BpApproval *approval)
{
    GPtrArray *forums = g_hash_table_lookup (due, approval->run);
    if (forums == NULL)
    {
        forums = g_ptr_array_new ();
        g_hash_table_insert (due, approval->run, forums);
    }
    g_ptr_array_add (forums, approval->forum);
}

/* A run that cannot be read is held alone: the others go. The store is everybody's. */
static bool add_run (BpDispatch *dispatch, const char *run, GPtrArray *forums, GError **error)
{
    g_autoptr (GError) why = NULL;
    g_ptr_array_add (forums, NULL);
    if (bp_pack_letters_add (dispatch, run, (const char *const *)forums->pdata, true, &why))
        return true;
    if (why->domain != BP_ERROR || why->code == BP_ERROR_STORE)
    {
        g_propagate_error (error, g_steal_pointer (&why));
        return false;
    }
    for (guint i = 0; forums->pdata[i] != NULL; i++)
        bp_dispatch_hold (dispatch, run, forums->pdata[i], true, why->message);
    return true;
}

bool bp_due_packs_add (BpDispatch *dispatch, GError **error)
{
    const BpSendFilter filter = { .is_without_tests = true };
    g_autoptr (GPtrArray) approvals = bp_approvals_list (dispatch->store, NULL, error);
    g_autoptr (GPtrArray) sends = approvals != NULL ? bp_sends_list (dispatch->store, &filter, error) : NULL;
    g_autoptr (GHashTable) due = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
    g_autoptr (GPtrArray) order = g_ptr_array_new (), gone = g_ptr_array_new (); /* gone: of BpApproval */
    int old = 0;
    for (guint i = sends != NULL ? approvals->len : 0; i-- > 0;) /* oldest first */
    {
        const BpApproval *approval = approvals->pdata[i];
        const bool is_old = dispatch->folder->clock.today - approval->approved_on > MAX_AGE_DAYS;
        bool has_rest;
        const bool is_new = is_untouched (sends, approval, &has_rest);
        if (approval->is_withdrawn)
            continue;
        if (!is_new && !has_rest)
        {
            if (!is_old && !is_replaced (approvals, approval))
                g_ptr_array_add (gone, (gpointer)approval);
            continue;
        }
        old += is_old;
        if (is_old)
            continue;
        if (!g_hash_table_contains (due, approval->run))
            g_ptr_array_add (order, approval->run);
        add_due (due, approval);
    }
    if (old > 0)
        bp_console_message (dispatch->options,
                            "%d pack%s approved more than %d days ago and not all sent; send by name what is still to go", old,
                            old == 1 ? " was" : "s were", MAX_AGE_DAYS);
    for (guint i = 0; i < order->len; i++)
        if (!add_run (dispatch, order->pdata[i], g_hash_table_lookup (due, order->pdata[i]), error))
            return false;
    for (guint i = 0; i < gone->len; i++)
    {
        const BpApproval *approval = gone->pdata[i];
        if (!bp_pack_letters_name_overlooked (dispatch, approval->run, approval->forum, error))
            return false;
    }
    return sends != NULL;
}
