#include "app/consistency.h"

#include <string.h>

/* The first print of a figure. */
typedef struct
{
    char *text;
    char *place;
} FirstPrint;

static void free_first (gpointer pointer)
{
    FirstPrint *first = pointer;
    g_free (first->text);
    g_free (first->place);
    g_free (first);
}

bool bp_consistency_add (BpConsistency *consistency, GHashTable *first, const char *key, const char *text, const char *place)
{
    consistency->printed++;
    const FirstPrint *before = g_hash_table_lookup (first, key);
    if (before == NULL)
    {
        FirstPrint *print = g_new0 (FirstPrint, 1);
        print->text = g_strdup (text);
        print->place = g_strdup (place);
        g_hash_table_insert (first, g_strdup (key), print);
        consistency->keys++;
        return true;
    }
    if (strcmp (before->text, text) == 0)
        return true;
    g_ptr_array_add (consistency->differences,
                     g_strdup_printf ("%s is '%s' in %s but '%s' in %s", key, before->text, before->place, text, place));
    return false;
}

/* name: the file, before each entry's place in it; NULL: the place says all. */
static void add_figures (BpConsistency *consistency, GHashTable *first, const BpFigureLog *figures, const char *name)
{
    for (guint i = 0; i < bp_figure_log_length (figures); i++)
    {
        const BpFigureEntry *entry = bp_figure_log_get (figures, i);
        g_autofree char *place = name != NULL ? g_strdup_printf ("%s, %s", name, entry->place) : g_strdup (entry->place);
        bp_consistency_add (consistency, first, entry->key, entry->text, place);
    }
}

void bp_consistency_compare (BpConsistency *consistency, const GPtrArray *packs, BpFindingList *findings)
{
    g_autoptr (GHashTable) first = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_first);
    consistency->differences = g_ptr_array_new_with_free_func (g_free);
    for (guint i = 0; i < packs->len; i++)
        add_figures (consistency, first, ((const BpForumPack *)g_ptr_array_index (packs, i))->figures, NULL);
    consistency->printed = 0;
    for (guint i = 0; i < packs->len; i++)
    {
        const BpForumPack *pack = g_ptr_array_index (packs, i);
        for (guint j = 0; j < pack->outputs->len; j++)
        {
            const BpPackOutput *output = g_ptr_array_index (pack->outputs, j);
            g_autofree char *name = g_path_get_basename (output->path);
            add_figures (consistency, first, output->figures, name);
        }
    }
    for (guint i = 0; i < consistency->differences->len; i++)
        bp_finding_list_add (findings, BP_FINDING_FIGURES_DIFFER, (BpSource){ .file = NULL }, NULL, "%s.",
                             (const char *)g_ptr_array_index (consistency->differences, i));
}

void bp_consistency_clear (BpConsistency *consistency)
{
    g_clear_pointer (&consistency->differences, g_ptr_array_unref);
}
