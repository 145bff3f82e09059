#include "app/run_folder.h"

#include "app/manifest_shape.h"
#include "base/atomic_file.h"
#include "base/date.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static gint compare_newest_first (gconstpointer left, gconstpointer right)
{
    return bp_ref_compare (*(const char *const *)right, *(const char *const *)left);
}

/* The names in a folder that begin with a digit, newest first; none if it cannot be read. */
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

GPtrArray *bp_run_folders_list (const char *output)
{
    GPtrArray *folders = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GPtrArray) days = list_dated (output);
    for (guint i = 0; i < days->len; i++)
    {
        g_autofree char *day = g_build_filename (output, days->pdata[i], NULL);
        g_autoptr (GPtrArray) runs = list_dated (day);
        for (guint j = 0; j < runs->len; j++)
            g_ptr_array_add (folders, g_build_filename (day, runs->pdata[j], NULL));
    }
    return folders;
}

/* "2025-07-31-1": a date, a dash, a number. Nothing else can lead out of the output folder. */
static char *dup_day (const char *run)
{
    const size_t date_length = strlen ("2025-07-31");
    g_autofree char *day = g_strndup (run, date_length);
    BpDate date;
    if (!bp_date_parse_iso (day, &date) || run[date_length] != '-')
        return NULL;
    const char *number = run + date_length + 1;
    const size_t digits = strspn (number, "0123456789");
    return digits > 0 && number[digits] == '\0' ? g_steal_pointer (&day) : NULL;
}

static bool fail_no_run (const char *output, const char *run, GError **error)
{
    g_autoptr (GPtrArray) folders = bp_run_folders_list (output);
    if (folders->len == 0)
        return bp_fail (error, BP_ERROR_USAGE, "there is no run '%s': nothing has been built yet; 'boardpack run' does", run);
    g_autofree char *newest = g_path_get_basename (folders->pdata[0]);
    return bp_fail (error, BP_ERROR_USAGE, "there is no run '%s'; there are %u, the newest of them %s", run, folders->len, newest);
}

char *bp_run_folder_find (const char *output, const char *run, GError **error)
{
    g_autofree char *day = dup_day (run);
    g_autofree char *folder = NULL;
    if (strcmp (run, BP_RUN_LATEST) == 0)
        folder = g_build_filename (output, run, NULL);
    else if (day != NULL)
        folder = g_build_filename (output, day, run, NULL);
    if (folder != NULL && g_file_test (folder, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&folder);
    fail_no_run (output, run, error);
    return NULL;
}

char *bp_run_folder_dup_id (const char *folder)
{
    char *target = realpath (folder, NULL);
    char *id = g_path_get_basename (target != NULL ? target : folder);
    free (target);
    return id;
}

char *bp_run_folder_find_id (const char *output, const char *run, bool *is_there_out, GError **error)
{
    g_autoptr (GError) why = NULL;
    g_autofree char *folder = bp_run_folder_find (output, run, &why);
    *is_there_out = folder != NULL;
    if (strcmp (run, BP_RUN_LATEST) != 0)
        return g_strdup (run);
    if (folder == NULL)
        g_propagate_error (error, g_steal_pointer (&why));
    return folder != NULL ? bp_run_folder_dup_id (folder) : NULL;
}

json_t *bp_run_folder_load_manifest (const char *folder, char **text_out, GError **error)
{
    g_autofree char *path = g_build_filename (folder, "manifest.json", NULL);
    g_autofree char *text = NULL;
    gsize length;
    json_error_t why;
    if (!bp_file_read (path, BP_MANIFEST_MAX_BYTES, &text, &length, error))
        return NULL;
    json_t *manifest = json_loadb (text, length, 0, &why);
    if (!json_is_object (manifest))
    {
        json_decref (manifest);
        bp_fail (error, BP_ERROR_FAILED, "%s: is no manifest: line %d: %s", path, why.line, why.text);
        return NULL;
    }
    if (!bp_manifest_check_shape (manifest, path, error))
    {
        json_decref (manifest);
        return NULL;
    }
    if (text_out != NULL)
        *text_out = g_steal_pointer (&text);
    return manifest;
}

const char *bp_manifest_text (const json_t *object, const char *key)
{
    const char *text = json_string_value (json_object_get (object, key));
    return text != NULL ? text : "";
}
