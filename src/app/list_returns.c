#include "app/list_returns.h"

#include "app/console.h"
#include "app/programme_folder.h"
#include "base/text.h"

#include <string.h>

static gint compare_newest_first (gconstpointer left, gconstpointer right)
{
    return bp_ref_compare (*(const char *const *)right, *(const char *const *)left);
}

/* The names in a folder that begin with a date, newest first; none if it cannot be read. */
static GPtrArray *list_dated (const char *folder)
{
    GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL; name = g_dir_read_name (dir))
        if (g_ascii_isdigit (name[0]))
            g_ptr_array_add (names, g_strdup (name));
    g_ptr_array_sort (names, compare_newest_first);
    return names;
}

/* The manifest of a run if it made update sheets; NULL. Caller lets go of it. */
static json_t *read_manifest (const char *run_folder)
{
    g_autofree char *path = g_build_filename (run_folder, "manifest.json", NULL);
    json_t *manifest = json_load_file (path, 0, NULL);
    if (json_array_size (json_object_get (manifest, "update_sheets")) > 0)
        return manifest;
    json_decref (manifest);
    return NULL;
}

static json_t *find_manifest (const char *output)
{
    g_autoptr (GPtrArray) days = list_dated (output);
    for (guint i = 0; i < days->len; i++)
    {
        g_autofree char *day = g_build_filename (output, days->pdata[i], NULL);
        g_autoptr (GPtrArray) runs = list_dated (day);
        for (guint j = 0; j < runs->len; j++)
        {
            g_autofree char *run = g_build_filename (day, runs->pdata[j], NULL);
            json_t *manifest = read_manifest (run);
            if (manifest != NULL)
                return manifest;
        }
    }
    return NULL;
}

/* Whether a sheet of that lead and day has come back, from whichever import it was made: "updates-return-<slug>-<as-of>-<base>.csv". */
static bool has_returned (const BpProgrammeFolder *folder, const char *slug, const char *as_of)
{
    g_autofree char *data = bp_programme_folder_dup_path (folder->config, folder->config->data_folder);
    g_autofree char *start = g_strdup_printf ("updates-return-%s-%s-", slug, as_of);
    g_autoptr (GDir) dir = g_dir_open (data, 0, NULL);
    for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL; name = g_dir_read_name (dir))
    {
        const char *rest = g_str_has_prefix (name, start) ? name + strlen (start) : "";
        size_t digits = strspn (rest, "0123456789");
        if (digits > 0 && strcmp (rest + digits, ".csv") == 0)
            return true;
    }
    return false;
}

static json_t *sheets_to_json (const BpProgrammeFolder *folder, const json_t *manifest)
{
    const char *as_of = json_string_value (json_object_get (manifest, "as_of"));
    json_t *list = json_array (), *sheet;
    size_t index;
    json_array_foreach (json_object_get (manifest, "update_sheets"), index, sheet)
    {
        const char *slug = json_string_value (json_object_get (sheet, "slug"));
        json_t *object = json_object ();
        json_object_set (object, "lead", json_object_get (sheet, "lead"));
        json_object_set (object, "slug", json_object_get (sheet, "slug"));
        json_object_set (object, "actions", json_object_get (sheet, "actions"));
        json_object_set (object, "values", json_object_get (sheet, "values"));
        json_object_set_new (object, "returned", json_boolean (slug != NULL && as_of != NULL && has_returned (folder, slug, as_of)));
        json_array_append_new (list, object);
    }
    return list;
}

static void print_sheets (const json_t *sheets, bool has_returned_wanted, const char *word)
{
    const json_t *sheet;
    size_t index;
    json_array_foreach (sheets, index, sheet)
    {
        if (json_is_true (json_object_get (sheet, "returned")) != has_returned_wanted)
            continue;
        int actions = (int)json_integer_value (json_object_get (sheet, "actions"));
        int values = (int)json_integer_value (json_object_get (sheet, "values"));
        const char *lead = json_string_value (json_object_get (sheet, "lead"));
        bp_console_answer ("%-13s %s (%d action%s, %d value%s)\n", word, lead != NULL ? lead : "", actions, actions == 1 ? "" : "s", values,
                           values == 1 ? "" : "s");
    }
}

static int count_returned (const json_t *sheets)
{
    const json_t *sheet;
    size_t index;
    int count = 0;
    json_array_foreach (sheets, index, sheet) count += json_is_true (json_object_get (sheet, "returned")) ? 1 : 0;
    return count;
}

bool bp_list_returns (const BpOptions *options, GError **error)
{
    g_auto (BpProgrammeFolder) folder = { 0 };
    if (!bp_programme_folder_open (&folder, options, error))
        return false;
    json_t *manifest = find_manifest (folder.output);
    if (manifest == NULL)
        return bp_fail (error, BP_ERROR_FAILED, "no update sheets have been made yet; 'boardpack build --format update' makes them");
    json_t *answer = json_object ();
    json_t *sheets = sheets_to_json (&folder, manifest);
    json_object_set (answer, "run", json_object_get (manifest, "run"));
    json_object_set (answer, "as_of", json_object_get (manifest, "as_of"));
    json_object_set_new (answer, "sheets", sheets);
    if (!options->json)
    {
        const char *run = json_string_value (json_object_get (manifest, "run"));
        print_sheets (sheets, true, "returned");
        print_sheets (sheets, false, "not returned");
        bp_console_answer ("%d of %d update sheets of %s have come back\n", count_returned (sheets), (int)json_array_size (sheets),
                           run != NULL ? run : "the run");
        json_decref (answer);
    }
    else
        bp_console_answer_json (answer);
    json_decref (manifest);
    return true;
}
