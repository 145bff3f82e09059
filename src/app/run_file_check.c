#include "app/run_file_check.h"

#include "app/manifest_shape.h"
#include "app/run_folder.h"
#include "base/atomic_file.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

bool bp_run_file_is_inside (const char *name)
{
    g_auto (GStrv) parts = g_strsplit (name, "/", -1);
    for (int i = 0; parts[i] != NULL; i++)
        if (*parts[i] == '\0' || strcmp (parts[i], ".") == 0 || strcmp (parts[i], "..") == 0)
            return false;
    return *name != '\0';
}

/* What a link leads to can be changed where nobody looks. */
static bool is_in_linked_folder (const char *folder, const char *name)
{
    bool is_link = false;
    for (const char *slash = strchr (name, '/'); slash != NULL && !is_link; slash = strchr (slash + 1, '/'))
    {
        g_autofree char *part = g_strndup (name, (gsize)(slash - name));
        g_autofree char *path = g_build_filename (folder, part, NULL);
        is_link = g_file_test (path, G_FILE_TEST_IS_SYMLINK);
    }
    return is_link;
}

static void check_file (BpRunFileCheck *check, const char *folder, const char *name, const char *sha256)
{
    g_autofree char *path = g_build_filename (folder, name, NULL);
    struct stat status;
    check->named++;
    if (lstat (path, &status) != 0)
    {
        g_ptr_array_add (check->missing, g_strdup (name));
        return;
    }
    g_autofree char *sum = S_ISREG (status.st_mode) && !is_in_linked_folder (folder, name) ? bp_file_dup_sha256 (path, NULL) : NULL;
    if (g_strcmp0 (sum, sha256) != 0)
        g_ptr_array_add (check->changed, g_strdup (name));
}

/* A file, and the folders on the way to it ("evidence/"). */
static void add_known (GHashTable *known, const char *name)
{
    for (const char *slash = strchr (name, '/'); slash != NULL; slash = strchr (slash + 1, '/'))
        g_hash_table_add (known, g_strndup (name, (gsize)(slash + 1 - name)));
    g_hash_table_add (known, g_strdup (name));
}

static void check_named (BpRunFileCheck *check, const json_t *manifest, const char *folder, GHashTable *known)
{
    for (int i = 0; i < BP_MANIFEST_LIST_COUNT; i++)
    {
        const BpManifestList *list = &bp_manifest_lists[i];
        const json_t *entry;
        size_t index;
        json_array_foreach (json_object_get (manifest, list->list), index, entry)
        {
            const char *name = bp_manifest_text (entry, list->key);
            if (json_is_null (json_object_get (entry, list->key)))
                continue; /* data that were not kept */
            add_known (known, name);
            if (bp_run_file_is_inside (name))
                check_file (check, folder, name, bp_manifest_text (entry, "sha256"));
            else
                g_ptr_array_add (check->missing, g_strdup_printf ("'%s', which leads out of the folder", name));
        }
    }
}

/* Whose sum it is to have is another's question; but a link leads to what may change. */
static void check_manifest (BpRunFileCheck *check, const char *folder)
{
    g_autofree char *path = g_build_filename (folder, "manifest.json", NULL);
    struct stat status;
    if (lstat (path, &status) != 0 || !S_ISREG (status.st_mode))
        g_ptr_array_add (check->changed, g_strdup ("manifest.json"));
}

/* A folder is extra by what is in it, or by itself ("more/") if that is nothing. under: relative to folder, "" for itself. */
static bool list_extra (BpRunFileCheck *check, const char *folder, const char *under, GHashTable *known, GError **error)
{
    g_autofree char *path = g_build_filename (folder, under, NULL);
    g_autoptr (GDir) dir = g_dir_open (path, 0, error);
    if (dir == NULL)
        return false;
    const char *entry = g_dir_read_name (dir);
    g_autofree char *self = g_strconcat (under, "/", NULL);
    if (entry == NULL && !g_hash_table_contains (known, self))
        g_ptr_array_add (check->extra, g_steal_pointer (&self));
    for (; entry != NULL; entry = g_dir_read_name (dir))
    {
        g_autofree char *name = *under == '\0' ? g_strdup (entry) : g_build_filename (under, entry, NULL);
        g_autofree char *full = g_build_filename (folder, name, NULL);
        struct stat status;
        if (lstat (full, &status) != 0)
            return bp_file_fail (error, full, "cannot be read", errno);
        if (S_ISDIR (status.st_mode) ? !list_extra (check, folder, name, known, error) : false)
            return false;
        if (!S_ISDIR (status.st_mode) && !g_hash_table_contains (known, name))
            g_ptr_array_add (check->extra, g_strdup (name));
    }
    return true;
}

static gint compare_names (gconstpointer left, gconstpointer right)
{
    return strcmp (*(const char *const *)left, *(const char *const *)right);
}

bool bp_run_file_check (BpRunFileCheck *check, const json_t *manifest, const char *folder, GError **error)
{
    g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    add_known (known, "manifest.json");
    GPtrArray **const lists[] = { &check->missing, &check->changed, &check->extra };
    for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
        *lists[i] = g_ptr_array_new_with_free_func (g_free);
    check_manifest (check, folder);
    check_named (check, manifest, folder, known);
    if (!list_extra (check, folder, "", known, error))
        return false;
    g_ptr_array_sort (check->extra, compare_names);
    return true;
}

void bp_run_file_check_clear (BpRunFileCheck *check)
{
    g_clear_pointer (&check->missing, g_ptr_array_unref);
    g_clear_pointer (&check->changed, g_ptr_array_unref);
    g_clear_pointer (&check->extra, g_ptr_array_unref);
}
