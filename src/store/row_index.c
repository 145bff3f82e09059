#include "store/row_index.h"

#include <string.h>

static const BpRecord *record_at (const BpRowIndex *index, guint record)
{
    return &g_array_index (index->records, BpRecord, record);
}

/* FNV-1a, 64 bits, over the key cells with their ends. */
static guint64 hash_key (const int *key, const char *const *cells)
{
    guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);
    for (; *key >= 0; key++)
        for (const unsigned char *byte = (const unsigned char *)cells[*key];; byte++)
        {
            hash = (hash ^ *byte) * G_GUINT64_CONSTANT (1099511628211);
            if (*byte == '\0')
                break;
        }
    return hash ^ hash >> 32;
}

static bool has_key (const int *key, const char *const *a, const char *const *b)
{
    for (; *key >= 0; key++)
        if (strcmp (a[*key], b[*key]) != 0)
            return false;
    return true;
}

/* The slot of the rows with that key, or the free one where it would stand. */
static gsize find_slot (const BpRowIndex *index, const char *const *cells)
{
    gsize slot = (gsize)hash_key (index->key, cells) & index->mask;
    while (index->slots[slot] != 0 && !has_key (index->key, record_at (index, index->slots[slot] - 1)->cells, cells))
        slot = (slot + 1) & index->mask;
    return slot;
}

void bp_row_index_init (BpRowIndex *index, const GArray *records, const int *key)
{
    gsize size = 16;
    while (size < (gsize)records->len * 2)
        size *= 2;
    *index = (BpRowIndex){ .records = records, .key = key, .mask = size - 1 };
    index->slots = g_new0 (guint, size);
    index->next = g_new0 (guint, (gsize)records->len + 1);
    index->is_taken = g_new0 (bool, (gsize)records->len + 1);
    /* from the last to the first, so that the first of equal rows comes to stand in the slot, before the others */
    for (guint record = records->len; record-- > 0;)
    {
        gsize slot = find_slot (index, record_at (index, record)->cells);
        index->next[record] = index->slots[slot];
        index->slots[slot] = record + 1;
    }
}

void bp_row_index_clear (BpRowIndex *index)
{
    g_clear_pointer (&index->slots, g_free);
    g_clear_pointer (&index->next, g_free);
    g_clear_pointer (&index->is_taken, g_free);
}

bool bp_row_index_take (BpRowIndex *index, const char *const *cells, guint *record_out)
{
    gsize slot = find_slot (index, cells);
    if (index->slots[slot] == 0)
        return false;
    guint record = index->slots[slot] - 1;
    if (index->is_taken[record])
        return false;
    index->is_taken[record] = true;
    /* the last one stays in its slot, so that the keys behind it are still found */
    if (index->next[record] != 0)
        index->slots[slot] = index->next[record];
    *record_out = record;
    return true;
}

bool bp_row_index_find_double (const BpRowIndex *index, guint *first_out, guint *second_out)
{
    for (guint record = 0; record < index->records->len; record++)
        if (index->next[record] != 0)
        {
            *first_out = record;
            *second_out = index->next[record] - 1;
            return true;
        }
    return false;
}
