#include "app/run_circulation.h"

#include "app/clock.h"
#include "app/console.h"
#include "app/list_approvals.h"
#include "app/list_sends.h"
#include "app/run_folder.h"
#include "base/text.h"

#include <string.h>

static bool load_approvals (BpRunCirculation *circulation, BpStore *store, const char *run, const char *manifest_sha256, GError **error)
{
    g_autoptr (GPtrArray) all = bp_approvals_list (store, run, error);
    circulation->approvals = g_ptr_array_new_with_free_func ((GDestroyNotify)bp_approval_free);
    circulation->other = g_ptr_array_new ();
    circulation->unapproved = g_ptr_array_new_with_free_func (g_free);
    while (all != NULL && all->len > 0) /* from the last, the oldest */
    {
        BpApproval *approval = g_ptr_array_steal_index (all, all->len - 1);
        if (approval->is_withdrawn)
        {
            bp_approval_free (approval);
            continue;
        }
        g_ptr_array_add (circulation->approvals, approval);
        if (strcmp (approval->manifest_sha256, manifest_sha256) != 0)
            g_ptr_array_add (circulation->other, approval);
    }
    return all != NULL;
}

static bool is_approved (const BpRunCirculation *circulation, const char *forum)
{
    bool is_found = false;
    for (guint i = 0; i < circulation->approvals->len; i++)
        is_found = is_found || strcmp (((const BpApproval *)circulation->approvals->pdata[i])->forum, forum) == 0;
    return is_found;
}

static void list_unapproved (BpRunCirculation *circulation, const json_t *manifest)
{
    const json_t *output;
    size_t index;
    json_array_foreach (json_object_get (manifest, "outputs"), index, output)
    {
        const char *forum = bp_manifest_text (output, "forum");
        if (!is_approved (circulation, forum) && !g_ptr_array_find_with_equal_func (circulation->unapproved, forum, g_str_equal, NULL))
            g_ptr_array_add (circulation->unapproved, g_strdup (forum));
    }
}

static bool count_sends (BpRunCirculation *circulation, BpStore *store, const char *run, GError **error)
{
    const BpSendFilter filter = { .run = run, .is_without_tests = true };
    g_autoptr (GPtrArray) sends = bp_sends_list (store, &filter, error);
    for (guint i = 0; sends != NULL && i < sends->len; i++)
    {
        const BpSend *send = sends->pdata[i];
        if (send->kind == BP_SEND_KIND_NOTICE)
            circulation->notices[send->state]++;
        else if (send->kind == BP_SEND_KIND_PACK || send->kind == BP_SEND_KIND_CORRECTION)
            circulation->packs[send->state]++;
    }
    return sends != NULL;
}

bool bp_run_circulation_load (BpRunCirculation *circulation, BpStore *store, const json_t *manifest, const char *manifest_sha256,
                              GError **error)
{
    const char *run = bp_manifest_text (manifest, "run");
    if (!load_approvals (circulation, store, run, manifest_sha256, error))
        return false;
    list_unapproved (circulation, manifest);
    return count_sends (circulation, store, run, error);
}

void bp_run_circulation_clear (BpRunCirculation *circulation)
{
    g_clear_pointer (&circulation->other, g_ptr_array_unref);
    g_clear_pointer (&circulation->approvals, g_ptr_array_unref);
    g_clear_pointer (&circulation->unapproved, g_ptr_array_unref);
}

/* ---- telling ---- */

static bool are_one_deed (const BpApproval *left, const BpApproval *right)
{
    return left->approved_at == right->approved_at && strcmp (left->approved_by, right->approved_by) == 0
           && strcmp (left->role, right->role) == 0;
}

static void append_part (GString *text, const char *part)
{
    g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", part);
}

/* What was approved at one go: it stands side by side, as it is kept together. Returns the place after it. */
static guint append_deed (const GPtrArray *approvals, guint first, GString *text)
{
    g_autoptr (GPtrArray) forums = g_ptr_array_new ();
    const BpApproval *approval = approvals->pdata[first];
    guint i = first;
    for (; i < approvals->len && are_one_deed (approval, approvals->pdata[i]); i++)
        g_ptr_array_add (forums, ((const BpApproval *)approvals->pdata[i])->forum);
    g_ptr_array_add (forums, NULL);
    g_autofree char *list = bp_text_dup_joined ((const char *const *)forums->pdata, 0);
    g_autofree char *at = bp_clock_dup_london_text (approval->approved_at);
    g_autofree char *part = g_strdup_printf ("%s by %s, %s, on %s", list, approval->approved_by, approval->role, at);
    append_part (text, part);
    return i;
}

static void print_approvals (const BpRunCirculation *circulation)
{
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (GPtrArray) names = g_ptr_array_new ();
    for (guint i = 0; i < circulation->approvals->len;)
        i = append_deed (circulation->approvals, i, text);
    for (guint i = 0; i < circulation->unapproved->len; i++)
        g_ptr_array_add (names, circulation->unapproved->pdata[i]);
    g_ptr_array_add (names, NULL);
    g_autofree char *list = bp_text_dup_joined ((const char *const *)names->pdata, 0);
    g_autofree char *nobody = names->len > 1 ? g_strdup_printf ("nobody has approved %s", list) : NULL;
    if (circulation->approvals->len > 0 && nobody != NULL)
        append_part (text, nobody);
    else if (circulation->approvals->len == 0)
        g_string_assign (text, nobody != NULL ? "no: nobody has approved any pack of it" : "no: there is no pack in it");
    bp_console_answer ("approved  %s\n", text->str);
    for (guint i = 0; i < circulation->other->len; i++)
    {
        const BpApproval *approval = circulation->other->pdata[i];
        bp_console_answer ("          CHANGED: the pack of %s that %s approved was of another run of that name (manifest SHA-256 %s)\n",
                           approval->forum, approval->approved_by, approval->manifest_sha256);
    }
}

static int sum_of (const int *counts)
{
    int sum = 0;
    for (int state = 0; state < BP_SEND_STATE_COUNT; state++)
        sum += counts[state];
    return sum;
}

static void print_sends (const BpRunCirculation *circulation)
{
    const int packs = sum_of (circulation->packs), notices = sum_of (circulation->notices);
    g_autoptr (GString) text = g_string_new (NULL);
    if (packs > 0)
    {
        g_autofree char *states = bp_send_counts_dup_text (circulation->packs);
        g_string_append_printf (text, "%d message%s with a pack: %s", packs, packs == 1 ? "" : "s", states);
    }
    if (notices > 0)
    {
        g_autofree char *states = bp_send_counts_dup_text (circulation->notices);
        g_autofree char *part = g_strdup_printf ("%d notice%s without one: %s", notices, notices == 1 ? "" : "s", states);
        append_part (text, part);
    }
    bp_console_answer ("sent      %s\n", text->len > 0 ? text->str : "no: nothing of it was sent");
}

void bp_run_circulation_print (const BpRunCirculation *circulation)
{
    print_approvals (circulation);
    print_sends (circulation);
}

static json_t *counts_to_json (const int *counts)
{
    json_t *object = json_object ();
    for (int state = 0; state < BP_SEND_STATE_COUNT; state++)
        if (counts[state] > 0)
            json_object_set_new (object, bp_send_state_name ((BpSendState)state), json_integer (counts[state]));
    return object;
}

json_t *bp_run_circulation_to_json (const BpRunCirculation *circulation)
{
    json_t *answer = json_object (), *approvals = json_array (), *unapproved = json_array (), *sent = json_object ();
    for (guint i = 0; i < circulation->approvals->len; i++)
        json_array_append_new (approvals, bp_approval_to_json (circulation->approvals->pdata[i]));
    for (guint i = 0; i < circulation->unapproved->len; i++)
        json_array_append_new (unapproved, bp_json_text (circulation->unapproved->pdata[i]));
    json_object_set_new (sent, "packs", counts_to_json (circulation->packs));
    json_object_set_new (sent, "notices", counts_to_json (circulation->notices));
    json_object_set_new (answer, "approvals", approvals);
    json_object_set_new (answer, "not_approved", unapproved);
    json_object_set_new (answer, "sent", sent);
    return answer;
}
