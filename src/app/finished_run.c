#include "app/finished_run.h"

#include "app/run_file_check.h"
#include "app/run_folder.h"
#include "base/atomic_file.h"
#include "render/renderer.h"

#include <string.h>

#define MAX_OUTPUT_BYTES ((gsize)256 * 1024 * 1024)

void bp_finished_run_close (BpFinishedRun *run)
{
    g_clear_pointer (&run->id, g_free);
    g_clear_pointer (&run->folder, g_free);
    g_clear_pointer (&run->manifest_sha256, g_free);
    if (run->manifest != NULL)
        json_decref (run->manifest);
    run->manifest = NULL;
}

/* "2025-07-31-1": a day and a number, and nothing that could lead elsewhere. */
static bool parse_id (const char *id, char **day_out, BpDate *as_of_out)
{
    const size_t date_length = strlen ("2025-07-31");
    if (strlen (id) < date_length + 2 || id[date_length] != '-')
        return false;
    const char *number = id + date_length + 1;
    if (number[strspn (number, "0123456789")] != '\0' || number[0] == '0')
        return false;
    g_autofree char *day = g_strndup (id, date_length);
    if (!bp_date_parse_iso (day, as_of_out))
        return false;
    *day_out = g_steal_pointer (&day);
    return true;
}

/* What was read must be what is approved, and what was approved what is sent. */
static bool fail_latest (const char *output_folder, GError **error)
{
    bool is_there;
    g_autofree char *now = bp_run_folder_find_id (output_folder, BP_RUN_LATEST, &is_there, error);
    return now != NULL
           && bp_fail (error, BP_ERROR_USAGE, "'latest' can change between reading and approving or sending: name the run, now %s", now);
}

static bool read_manifest (BpFinishedRun *run, GError **error)
{
    g_autofree char *text = NULL;
    run->manifest = bp_run_folder_load_manifest (run->folder, &text, error);
    if (run->manifest == NULL)
        return false;
    run->manifest_sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
    return g_strcmp0 (json_string_value (json_object_get (run->manifest, "run")), run->id) == 0
           || bp_fail (error, BP_ERROR_FAILED, "%s/manifest.json: is not the manifest of %s", run->folder, run->id);
}

bool bp_finished_run_open (BpFinishedRun *run, const char *output_folder, const char *id, GError **error)
{
    g_autofree char *day = NULL;
    *run = (BpFinishedRun){ .id = g_strdup (id) };
    if (strcmp (id, BP_RUN_LATEST) == 0)
        return fail_latest (output_folder, error);
    if (!parse_id (id, &day, &run->as_of))
        return bp_fail (error, BP_ERROR_USAGE,
                        "'%s' is no run; the folders of output/<day>/ are called as the runs, for example 2025-07-31-1", id);
    run->folder = g_build_filename (output_folder, day, id, NULL);
    if (!g_file_test (run->folder, G_FILE_TEST_IS_DIR))
        return bp_fail (error, BP_ERROR_USAGE, "there is no run %s: %s does not stand", id, run->folder);
    return read_manifest (run, error);
}

bool bp_finished_run_find_fault (const BpFinishedRun *run, BpStore *store, char **fault_out, GError **error)
{
    g_autofree char *recorded = NULL;
    *fault_out = NULL;
    if (!bp_store_find_manifest (store, run->id, &recorded, error))
        return false;
    if (recorded == NULL)
        *fault_out = g_strdup_printf ("the store does not know %s: it was made elsewhere, or not by this program; build it again", run->id);
    else if (strcmp (recorded, run->manifest_sha256) != 0)
        *fault_out
            = g_strdup_printf ("the manifest of %s was changed since it was built; put it back from the backup, or build again (once "
                               "approved: a correction)",
                               run->id);
    return true;
}

bool bp_finished_run_check_files (const BpFinishedRun *run, GError **error)
{
    g_auto (BpRunFileCheck) files = { 0 };
    if (!bp_run_file_check (&files, run->manifest, run->folder, error))
        return false;
    const bool is_missing = files.missing->len > 0;
    const GPtrArray *faults = is_missing ? files.missing : files.changed;
    const guint count = files.missing->len + files.changed->len;
    if (count == 0)
        return true;
    g_autofree char *more = count > 1 ? g_strdup_printf (" (and %u more; 'boardpack verify %s' lists them)", count - 1, run->id) : NULL;
    return bp_fail (error, BP_ERROR_FAILED, "%s: %s %s since it was built%s, so that it could not be proven later; build it again",
                    run->folder, (const char *)faults->pdata[0], is_missing ? "is gone" : "was changed", more != NULL ? more : "");
}

bool bp_finished_run_is_draft (const BpFinishedRun *run)
{
    return !json_is_false (json_object_get (run->manifest, "draft"));
}

const char *bp_output_text (const json_t *object, const char *key)
{
    const char *text = json_string_value (json_object_get (object, key));
    return text != NULL ? text : "";
}

const char *bp_finished_run_prepared_by (const BpFinishedRun *run)
{
    return bp_output_text (run->manifest, "prepared_by");
}

const char *bp_finished_run_correction (const BpFinishedRun *run)
{
    return json_string_value (json_object_get (run->manifest, "correction"));
}

GPtrArray *bp_finished_run_list_forums (const BpFinishedRun *run)
{
    GPtrArray *forums = g_ptr_array_new ();
    size_t i;
    const json_t *output;
    json_array_foreach (json_object_get (run->manifest, "outputs"), i, output)
    {
        const char *forum = bp_output_text (output, "forum");
        if (!g_ptr_array_find_with_equal_func (forums, forum, g_str_equal, NULL))
            g_ptr_array_add (forums, (gpointer)forum);
    }
    return forums;
}

GPtrArray *bp_finished_run_list_outputs (const BpFinishedRun *run, const char *forum)
{
    GPtrArray *outputs = g_ptr_array_new ();
    size_t i;
    json_t *output;
    json_array_foreach (json_object_get (run->manifest, "outputs"), i, output) if (strcmp (bp_output_text (output, "forum"), forum) == 0)
        g_ptr_array_add (outputs, output);
    return outputs;
}

int bp_output_version (const json_t *output)
{
    const json_t *version = json_object_get (output, "version");
    return json_is_integer (version) ? (int)CLAMP (json_integer_value (version), 1, G_MAXINT) : 1;
}

/* "bbp/bbp-2025-07-31.pdf" of a PDF of bbp: its forum's own folder, and a name of its format. Nothing else of the run is a pack. */
static bool is_pack_path (const json_t *output)
{
    const char *path = bp_output_text (output, "path"), *forum = bp_output_text (output, "forum");
    const BpRenderer *renderer = bp_renderer_find (bp_output_text (output, "format"));
    const char *name = strrchr (path, '/');
    if (renderer == NULL || name == NULL || *forum == '\0' || strchr (forum, '/') != NULL || *forum == '.')
        return false;
    g_autofree char *ending = g_strconcat (".", renderer->extension, NULL);
    return (gsize)(name - path) == strlen (forum) && g_str_has_prefix (path, forum) && name[1] != '.' && g_str_has_suffix (name, ending);
}

/* "updates/update-<slug>-2025-07-31.xlsx" of a lead's update sheet. */
static bool is_sheet_path (const json_t *output)
{
    const char *path = bp_output_text (output, "path"), *slug = bp_output_text (output, "slug");
    g_autofree char *start = g_strdup_printf ("updates/update-%s-", slug);
    return *slug != '\0' && strchr (slug, '/') == NULL && g_str_has_prefix (path, start) && g_str_has_suffix (path, ".xlsx")
           && strchr (path + strlen (start), '/') == NULL;
}

/* The file of an output, if it is one of the run's own; caller frees. */
static char *dup_output_file (const BpFinishedRun *run, const json_t *output, GError **error)
{
    const char *path = bp_output_text (output, "path");
    g_autofree char *file = g_build_filename (run->folder, path, NULL);
    if (!is_pack_path (output) && !is_sheet_path (output))
        bp_fail (error, BP_ERROR_FAILED, "%s: its manifest names '%s', which is no file of the pack of %s", run->id, path,
                 bp_output_text (output, "forum"));
    else if (g_file_test (file, G_FILE_TEST_IS_SYMLINK))
        bp_fail (error, BP_ERROR_FAILED, "%s: is a link, not the file that was built; the run is not what it was", file);
    else
        return g_steal_pointer (&file);
    return NULL;
}

static bool check_sum (const json_t *output, const char *file, const char *sha256, GError **error)
{
    return strcmp (sha256, bp_output_text (output, "sha256")) == 0
           || bp_fail (error, BP_ERROR_FAILED,
                       "%s: was changed since it was built (its SHA-256 is %s, the manifest says %s); put it back from the backup, or "
                       "build again (once approved: a "
                       "correction)",
                       file, sha256, bp_output_text (output, "sha256"));
}

bool bp_finished_run_check_output (const BpFinishedRun *run, const json_t *output, GError **error)
{
    g_autofree char *file = dup_output_file (run, output, error);
    g_autofree char *sha256 = file != NULL ? bp_file_dup_sha256 (file, error) : NULL;
    return sha256 != NULL && check_sum (output, file, sha256, error);
}

GBytes *bp_finished_run_read_output (const BpFinishedRun *run, const json_t *output, GError **error)
{
    g_autofree char *file = dup_output_file (run, output, error);
    char *contents = NULL;
    gsize length = 0;
    if (file == NULL || !bp_file_read (file, MAX_OUTPUT_BYTES, &contents, &length, error))
        return NULL;
    g_autoptr (GBytes) bytes = g_bytes_new_take (contents, length);
    g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
    return check_sum (output, file, sha256, error) ? g_steal_pointer (&bytes) : NULL;
}
