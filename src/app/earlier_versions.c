#include "app/earlier_versions.h"

#include "app/clock.h"

static void free_version (gpointer pointer)
{
    BpEarlierVersion *version = pointer;
    g_free (version->key);
    g_free (version->address);
    g_free (version->run);
    g_free (version);
}

void bp_earlier_versions_free (BpEarlierVersions *versions)
{
    if (versions == NULL)
        return;
    g_hash_table_unref (versions->by_key);
    g_ptr_array_unref (versions->list);
    g_free (versions);
}

const BpEarlierVersion *bp_earlier_versions_find (const BpEarlierVersions *versions, const char *address)
{
    g_autofree char *key = bp_send_dup_address_key (address);
    return g_hash_table_lookup (versions->by_key, key);
}

static bool is_done (const BpSend *send)
{
    return send->state == BP_SEND_STATE_ACCEPTED || send->state == BP_SEND_STATE_TOLD;
}

/* Whether the send changes what its address has: a pack that may have arrived does, and words that are known to have. Within one version
 * the pack counts, in whatever order the two went. */
static bool counts (const BpSend *send, const BpEarlierVersion *known)
{
    if (bp_send_kind_attaches (send->kind))
        return is_done (send) || send->state == BP_SEND_STATE_DOUBTFUL || send->state == BP_SEND_STATE_INTENT;
    return is_done (send) && (known == NULL || !known->is_attached || send->version > known->version);
}

static void take (BpEarlierVersions *versions, const BpSend *send)
{
    g_autofree char *key = bp_send_dup_address_key (send->address);
    BpEarlierVersion *known = g_hash_table_lookup (versions->by_key, key);
    if (!counts (send, known))
        return;
    if (known == NULL)
    {
        known = g_new0 (BpEarlierVersion, 1);
        known->key = g_steal_pointer (&key);
        g_ptr_array_add (versions->list, known);
        g_hash_table_insert (versions->by_key, known->key, known);
    }
    g_free (known->address);
    g_free (known->run);
    known->address = g_strdup (send->address);
    known->run = g_strdup (send->run);
    known->version = send->version;
    if (bp_send_kind_attaches (send->kind) && is_done (send))
        known->sure_version = MAX (known->sure_version, send->version);
    known->sent_on = bp_clock_london_date (send->ended_at > 0 ? send->ended_at : send->tried_at);
    known->is_attached = bp_send_kind_attaches (send->kind);
    known->is_doubtful = !is_done (send);
}

BpEarlierVersions *bp_earlier_versions_load (BpStore *store, const char *forum, BpDate as_of, int version, GError **error)
{
    const BpSendFilter filter = { .forum = forum, .as_of = as_of, .below_version = version, .is_without_tests = true };
    g_autoptr (GPtrArray) sends = bp_sends_list (store, &filter, error);
    if (sends == NULL)
        return NULL;
    BpEarlierVersions *versions = g_new (BpEarlierVersions, 1);
    *versions = (BpEarlierVersions){ g_ptr_array_new_with_free_func (free_version), g_hash_table_new (g_str_hash, g_str_equal) };
    for (guint i = 0; i < sends->len; i++)
        take (versions, sends->pdata[i]);
    return versions;
}
