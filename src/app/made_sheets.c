#include "app/made_sheets.h"

#include "app/data_import.h"
#include "app/run_folder.h"
#include "base/atomic_file.h"

#include <string.h>

/* Adds the sheets of a run for those leads who have none yet. */
static void add_run (json_t *sheets, GHashTable *slugs, const json_t *manifest)
{
    const json_t *made;
    size_t index;
    json_array_foreach (json_object_get (manifest, "update_sheets"), index, made)
    {
        const char *slug = json_string_value (json_object_get (made, "slug"));
        if (slug == NULL || !g_hash_table_add (slugs, g_strdup (slug)))
            continue;
        json_t *sheet = json_copy ((json_t *)made);
        json_object_set (sheet, "run", json_object_get (manifest, "run"));
        json_array_append_new (sheets, sheet);
    }
}

/* Whether text is what start says with a number after it, and then end. */
static bool is_numbered (const char *text, const char *start, const char *end)
{
    const char *rest = g_str_has_prefix (text, start) ? text + strlen (start) : "";
    const size_t digits = strspn (rest, "0123456789");
    return digits > 0 && strcmp (rest + digits, end) == 0;
}

/* The day of a run, by its folder: the manifest may not be there to say it. False for a folder that is no run's. */
static bool parse_day (const char *run_folder, BpDate *day_out)
{
    g_autofree char *parent = g_path_get_dirname (run_folder), *day = g_path_get_basename (parent),
                    *name = g_path_get_basename (run_folder);
    g_autofree char *start = g_strdup_printf ("%s-", day);
    return is_numbered (name, start, "") && bp_date_parse_iso (day, day_out);
}

/* A run of which nobody can tell whether it made newer sheets lets none of its day go, nor an older day's in their place. */
static json_t *load_manifest (const char *run_folder, GError **error)
{
    g_autoptr (GError) why = NULL;
    g_autofree char *name = g_path_get_basename (run_folder);
    json_t *manifest = bp_run_folder_load_manifest (run_folder, NULL, &why);
    if (manifest != NULL && strcmp (bp_manifest_text (manifest, "run"), name) == 0)
        return manifest;
    if (manifest != NULL)
        bp_fail (&why, BP_ERROR_FAILED, "%s/manifest.json: is not the manifest of %s", run_folder, name);
    json_decref (manifest);
    bp_fail (error, BP_ERROR_FAILED,
             "%s; nobody can tell which update sheets %s made, so none of that day counts, nor an older one's: restore its manifest.json "
             "from a backup, or move the folder of the run out of the output folder",
             why->message, name);
    return NULL;
}

static bool has_sheets (const json_t *manifest)
{
    return json_array_size (json_object_get (manifest, "update_sheets")) > 0;
}

/* Fills run, as_of and list: of the day that is wanted, or else of the newest that has any. */
static bool find_sheets (BpMadeSheets *made, const char *output, GError **error)
{
    g_autoptr (GPtrArray) folders = bp_run_folders_list (output);
    g_autoptr (GHashTable) slugs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    made->list = json_array ();
    for (guint i = 0; i < folders->len; i++)
    {
        BpDate day;
        if (!parse_day (folders->pdata[i], &day) || (made->as_of != BP_DATE_NONE && day != made->as_of))
            continue;
        json_t *manifest = load_manifest (folders->pdata[i], error);
        if (manifest == NULL)
            return false;
        if (has_sheets (manifest))
        {
            made->as_of = day;
            add_run (made->list, slugs, manifest);
            if (made->run == NULL)
                made->run = g_strdup (bp_manifest_text (manifest, "run"));
        }
        else
            g_ptr_array_add (made->without, g_path_get_basename (folders->pdata[i]));
        json_decref (manifest);
    }
    return made->run != NULL
           || bp_fail (error, BP_ERROR_FAILED, "no update sheets have been made yet; 'boardpack build --format update' makes them");
}

/* The day of that run, which must have sheets. */
static bool read_day (BpMadeSheets *made, const char *run_folder, GError **error)
{
    json_t *manifest = load_manifest (run_folder, error);
    if (manifest == NULL)
        return false;
    const bool is_well = has_sheets (manifest) && parse_day (run_folder, &made->as_of);
    json_decref (manifest);
    g_autofree char *name = g_path_get_basename (run_folder);
    return is_well || bp_fail (error, BP_ERROR_FAILED, "%s made no update sheets; 'boardpack build --format update' makes them", name);
}

/* From whichever import it was made: "updates-return-<slug>-<as-of>-<base>.csv". */
bool bp_made_sheet_has_returned (const BpProgrammeFolder *folder, const char *slug, const char *as_of)
{
    g_autofree char *data = bp_programme_folder_dup_path (folder->config, folder->config->data_folder);
    g_autofree char *start = g_strdup_printf ("updates-return-%s-%s-", slug, as_of);
    g_autoptr (GDir) dir = g_dir_open (data, 0, NULL);
    for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL; name = g_dir_read_name (dir))
        if (is_numbered (name, start, ".csv"))
            return true;
    return false;
}

/* What the store keeps of sheets of that day; empty if there is no store. */
static GPtrArray *load_entries (const BpProgrammeFolder *folder, BpDate day, GError **error)
{
    if (bp_file_is_missing (folder->store))
        return g_ptr_array_new ();
    g_autoptr (BpStore) store = bp_programme_folder_read_store (folder, error);
    return store != NULL ? bp_store_list_returns (store, day, error) : NULL;
}

static void clear_sheet (gpointer pointer)
{
    g_ptr_array_unref (((BpMadeSheet *)pointer)->entries);
}

static void fill_sheets (BpMadeSheets *made, const BpProgrammeFolder *folder)
{
    g_autofree char *as_of = bp_date_dup_text (made->as_of, BP_DATE_ISO);
    const json_t *entry;
    size_t index;
    made->sheets = g_array_new (FALSE, FALSE, sizeof (BpMadeSheet));
    g_array_set_clear_func (made->sheets, clear_sheet);
    json_array_foreach (made->list, index, entry)
    {
        const char *slug = bp_manifest_text (entry, "slug");
        g_autofree char *start = g_strdup_printf ("%s-%s-", slug, as_of);
        BpMadeSheet sheet = { .run = bp_manifest_text (entry, "run"),
                              .lead = bp_manifest_text (entry, "lead"),
                              .slug = slug,
                              .actions = (int)json_integer_value (json_object_get (entry, "actions")),
                              .values = (int)json_integer_value (json_object_get (entry, "values")),
                              .is_returned = bp_made_sheet_has_returned (folder, slug, as_of),
                              .made = entry,
                              .entries = g_ptr_array_new () };
        for (guint i = 0; i < made->entries->len; i++)
            if (is_numbered (((const BpReturnEntry *)made->entries->pdata[i])->sheet, start, ""))
                g_ptr_array_add (sheet.entries, made->entries->pdata[i]);
        g_array_append_val (made->sheets, sheet);
    }
}

BpMadeSheets *bp_made_sheets_load (const BpProgrammeFolder *folder, const char *run_folder, GError **error)
{
    g_autoptr (BpMadeSheets) made = g_new0 (BpMadeSheets, 1);
    made->as_of = BP_DATE_NONE;
    made->without = g_ptr_array_new_with_free_func (g_free);
    if ((run_folder != NULL && !read_day (made, run_folder, error)) || !find_sheets (made, folder->output, error))
        return NULL;
    made->entries = load_entries (folder, made->as_of, error);
    if (made->entries == NULL)
        return NULL;
    fill_sheets (made, folder);
    return g_steal_pointer (&made);
}

void bp_made_sheets_free (BpMadeSheets *made)
{
    if (made == NULL)
        return;
    g_free (made->run);
    g_clear_pointer (&made->sheets, g_array_unref);
    g_clear_pointer (&made->entries, g_ptr_array_unref);
    g_clear_pointer (&made->without, g_ptr_array_unref);
    if (made->list != NULL)
        json_decref (made->list);
    g_free (made);
}
