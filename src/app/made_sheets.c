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

/* The day of a run of the list that has sheets; false if it has none, or if it is not of the day that is looked for. */
static bool is_wanted (const json_t *manifest, BpDate wanted, BpDate *day_out)
{
    return json_array_size (json_object_get (manifest, "update_sheets")) > 0
           && bp_date_parse_iso (bp_manifest_text (manifest, "as_of"), day_out) && (wanted == BP_DATE_NONE || *day_out == wanted);
}

/* Fills run, as_of and list. */
static bool find_sheets (BpMadeSheets *made, const char *output, GError **error)
{
    g_autoptr (GPtrArray) folders = bp_run_folders_list (output);
    g_autoptr (GHashTable) slugs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    made->list = json_array ();
    for (guint i = 0; i < folders->len; i++)
    {
        BpDate day;
        json_t *manifest = bp_run_folder_load_manifest (folders->pdata[i], NULL, NULL);
        if (is_wanted (manifest, made->as_of, &day))
        {
            made->as_of = day;
            add_run (made->list, slugs, manifest);
            if (made->run == NULL)
                made->run = g_strdup (bp_manifest_text (manifest, "run"));
        }
        json_decref (manifest);
    }
    return made->run != NULL
           || bp_fail (error, BP_ERROR_FAILED, "no update sheets have been made yet; 'boardpack build --format update' makes them");
}

/* The day of that run, which must have sheets. */
static bool read_day (BpMadeSheets *made, const char *run_folder, GError **error)
{
    json_t *manifest = bp_run_folder_load_manifest (run_folder, NULL, error);
    if (manifest == NULL)
        return false;
    const bool is_well = is_wanted (manifest, BP_DATE_NONE, &made->as_of);
    json_decref (manifest);
    g_autofree char *name = g_path_get_basename (run_folder);
    return is_well || bp_fail (error, BP_ERROR_FAILED, "%s made no update sheets; 'boardpack build --format update' makes them", name);
}

/* Whether text is what start says with a number after it, and then end. */
static bool is_numbered (const char *text, const char *start, const char *end)
{
    const char *rest = g_str_has_prefix (text, start) ? text + strlen (start) : "";
    const size_t digits = strspn (rest, "0123456789");
    return digits > 0 && strcmp (rest + digits, end) == 0;
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
    if (made->list != NULL)
        json_decref (made->list);
    g_free (made);
}
