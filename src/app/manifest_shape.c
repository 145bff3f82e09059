#include "app/manifest_shape.h"

#include "app/clock.h"

#define MAX_FILES 10000

const BpManifestList bp_manifest_lists[BP_MANIFEST_LIST_COUNT]
    = { { "outputs", "path" }, { "update_sheets", "path" }, { "records", "path" }, { "inputs", "copy" }, { "config", "copy" } };

static bool check_list (const json_t *list, const char *key, GHashTable *names, const char *path, GError **error)
{
    const json_t *entry;
    size_t index;
    json_array_foreach (list, index, entry)
    {
        const char *name = json_string_value (json_object_get (entry, key));
        if (name != NULL && !g_hash_table_add (names, (gpointer)name))
            return bp_fail (error, BP_ERROR_FAILED, "%s: is no manifest: it names '%s' twice", path, name);
    }
    return true;
}

static bool check_files (const json_t *manifest, const char *path, GError **error)
{
    g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
    size_t count = 0;
    for (int i = 0; i < BP_MANIFEST_LIST_COUNT; i++)
        count += json_array_size (json_object_get (manifest, bp_manifest_lists[i].list));
    if (count > MAX_FILES)
        return bp_fail (error, BP_ERROR_FAILED, "%s: is no manifest: it names %zu files; no run has more than %d", path, count, MAX_FILES);
    for (int i = 0; i < BP_MANIFEST_LIST_COUNT; i++)
        if (!check_list (json_object_get (manifest, bp_manifest_lists[i].list), bp_manifest_lists[i].key, names, path, error))
            return false;
    return true;
}

/* Before version 2 a manifest had none. */
static bool check_stamp (const json_t *manifest, const char *path, GError **error)
{
    const json_t *options = json_object_get (manifest, "options"), *stamp = json_object_get (options, "stamp");
    return options == NULL || (json_is_integer (stamp) && bp_clock_can_be (json_integer_value (stamp)))
           || bp_fail (error, BP_ERROR_FAILED, "%s: is no manifest: its stamp is no moment of the years 1900 to 2199", path);
}

bool bp_manifest_check_shape (const json_t *manifest, const char *path, GError **error)
{
    return check_files (manifest, path, error) && check_stamp (manifest, path, error);
}
