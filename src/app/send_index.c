#include "app/send_index.h"

struct BpSendIndex
{
    GHashTable *sends, *forums;
};

static char *dup_key (const char *forum, const char *address, bool is_recall)
{
    g_autofree char *key = bp_send_dup_address_key (address);
    return g_strdup_printf ("%s\n%d\n%s", forum, is_recall, key);
}

BpSendIndex *bp_send_index_new (const GPtrArray *sends)
{
    BpSendIndex *index = g_new (BpSendIndex, 1);
    *index = (BpSendIndex){ g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), g_hash_table_new (g_str_hash, g_str_equal) };
    for (guint i = 0; i < sends->len; i++)
    {
        BpSend *send = sends->pdata[i];
        g_hash_table_insert (index->sends, dup_key (send->forum, send->address, send->kind == BP_SEND_KIND_RECALL), send);
        g_hash_table_add (index->forums, send->forum);
    }
    return index;
}

void bp_send_index_free (BpSendIndex *index)
{
    if (index == NULL)
        return;
    g_hash_table_unref (index->sends);
    g_hash_table_unref (index->forums);
    g_free (index);
}

const BpSend *bp_send_index_find (const BpSendIndex *index, const char *forum, const char *address, bool is_recall)
{
    g_autofree char *key = dup_key (forum, address, is_recall);
    return g_hash_table_lookup (index->sends, key);
}

bool bp_send_index_has_forum (const BpSendIndex *index, const char *forum)
{
    return g_hash_table_contains (index->forums, forum);
}
