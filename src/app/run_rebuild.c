#include "app/run_rebuild.h"

#include "app/finished_run.h"
#include "app/private_folder.h"
#include "app/run_comparison.h"
#include "app/run_file_check.h"
#include "app/run_folder.h"
#include "app/run_records.h"
#include "base/atomic_file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define INPUTS "inputs/"
#define MAX_INPUT_BYTES ((gsize)1024 * 1024 * 1024)

static void add_reason (BpRunRebuild *rebuild, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void add_reason (BpRunRebuild *rebuild, const char *format, ...)
{
    va_list arguments;
    va_start (arguments, format);
    g_ptr_array_add (rebuild->reasons, g_strdup_vprintf (format, arguments));
    va_end (arguments);
}

/* ---- a programme folder of the kept inputs ---- */

static bool copy_input (const char *folder, const char *copy, const char *root, GError **error)
{
    if (!g_str_has_prefix (copy, INPUTS) || !bp_run_file_is_inside (copy))
        return bp_fail (error, BP_ERROR_FAILED, "the manifest names a copy '%s', which is not in " INPUTS, copy);
    g_autofree char *from = g_build_filename (folder, copy, NULL);
    g_autofree char *to = g_build_filename (root, copy + strlen (INPUTS), NULL);
    g_autofree char *parent = g_path_get_dirname (to);
    g_autofree char *contents = NULL;
    gsize length;
    if (!bp_file_read (from, MAX_INPUT_BYTES, &contents, &length, error))
        return false;
    if (g_mkdir_with_parents (parent, 0700) != 0)
        return bp_file_fail (error, parent, "the folder cannot be made", errno);
    return bp_atomic_file_write (to, contents, length, error);
}

/* Copies what was kept. A file that stood outside the programme's folder is called otherwise now: reason enough for other bytes. */
static bool copy_inputs (BpRunRebuild *rebuild, const json_t *manifest, const char *folder, const char *root, GError **error)
{
    static const char *const lists[] = { "config", "inputs" };
    bool has_moved = false;
    for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
        const json_t *entry;
        size_t index;
        json_array_foreach (json_object_get (manifest, lists[i]), index, entry)
        {
            const char *copy = bp_manifest_text (entry, "copy");
            if (*copy == '\0')
                continue;
            has_moved = has_moved || strcmp (copy + MIN (strlen (copy), strlen (INPUTS)), bp_manifest_text (entry, "path")) != 0;
            if (!copy_input (folder, copy, root, error))
                return false;
        }
    }
    if (has_moved)
        add_reason (rebuild, "some of its files stood outside the programme's folder");
    return true;
}

/* ---- what was asked for ---- */

static char **dup_texts (const json_t *list)
{
    GPtrArray *texts = g_ptr_array_new ();
    const json_t *text;
    size_t index;
    json_array_foreach (list, index, text) if (json_is_string (text)) g_ptr_array_add (texts, g_strdup (json_string_value (text)));
    g_ptr_array_add (texts, NULL);
    return (char **)g_ptr_array_free (texts, FALSE);
}

/* Before version 2 a manifest did not hold the options, but its files tell them. */
static char **dup_output_words (const json_t *manifest, const char *key)
{
    GPtrArray *words = g_ptr_array_new ();
    const json_t *output;
    size_t index;
    json_array_foreach (json_object_get (manifest, "outputs"), index, output)
    {
        const char *word = bp_manifest_text (output, key);
        if (!g_ptr_array_find_with_equal_func (words, word, g_str_equal, NULL))
            g_ptr_array_add (words, (gpointer)word);
    }
    if (strcmp (key, "format") == 0 && json_array_size (json_object_get (manifest, "update_sheets")) > 0)
        g_ptr_array_add (words, (gpointer)BP_UPDATE_FORMAT);
    char **copies = g_new0 (char *, words->len + 1);
    for (guint i = 0; i < words->len; i++)
        copies[i] = g_strdup (words->pdata[i]);
    g_ptr_array_unref (words);
    return copies;
}

static bool read_options (const json_t *manifest, const char *root, BpOptions *options, gint64 *stamp_out, GError **error)
{
    const json_t *asked = json_object_get (manifest, "options");
    const char *known = json_string_value (json_object_get (manifest, "known"));
    options->folder = g_strdup (root);
    options->draft = json_is_true (json_object_get (manifest, "draft"));
    options->known_text = g_strdup (known);
    options->known = BP_DATE_NONE;
    if (!bp_date_parse_iso (bp_manifest_text (manifest, "as_of"), &options->as_of)
        || (known != NULL && !bp_date_parse_iso (known, &options->known)))
        return bp_fail (error, BP_ERROR_FAILED, "the manifest's dates cannot be read");
    options->forums = asked != NULL ? dup_texts (json_object_get (asked, "forums")) : dup_output_words (manifest, "forum");
    options->formats = asked != NULL ? dup_texts (json_object_get (asked, "formats")) : dup_output_words (manifest, "format");
    options->lead = g_strdup (json_string_value (json_object_get (asked, "lead")));
    options->prepared_by = g_strdup (json_string_value (json_object_get (manifest, "prepared_by")));
    options->correction = g_strdup (json_string_value (json_object_get (manifest, "correction")));
    *stamp_out = asked != NULL ? json_integer_value (json_object_get (asked, "stamp")) : bp_clock_midnight (options->as_of);
    if (options->forums[0] == NULL)
        g_clear_pointer (&options->forums, g_strfreev); /* update sheets alone */
    return true;
}

/* Forum id → version of its packs. */
static GHashTable *list_versions (const json_t *manifest)
{
    GHashTable *versions = g_hash_table_new (g_str_hash, g_str_equal);
    const json_t *output;
    size_t index;
    json_array_foreach (json_object_get (manifest, "outputs"), index, output)
        g_hash_table_insert (versions, (gpointer)bp_manifest_text (output, "forum"), GINT_TO_POINTER (bp_output_version (output)));
    return versions;
}

static BpLevel level_of (const json_t *entry)
{
    for (BpLevel level = BP_LEVEL_CHECK; level <= BP_LEVEL_ERROR; level++)
        if (strcmp (bp_manifest_text (entry, "level"), bp_level_name (level)) == 0)
            return level;
    return BP_LEVEL_NOTE;
}

/* The names of all files that were kept. */
static GHashTable *list_kept (const json_t *manifest)
{
    static const char *const lists[] = { "inputs", "config" };
    GHashTable *names = g_hash_table_new (g_str_hash, g_str_equal);
    for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
        const json_t *entry;
        size_t index;
        json_array_foreach (json_object_get (manifest, lists[i]), index, entry)
            g_hash_table_add (names, (gpointer)bp_manifest_text (entry, "path"));
    }
    return names;
}

/* Rows that were gone at that import are gone from its inputs too, and a file that is no table was not kept: only the manifest can still
 * name them. */
static BpFindingList *list_lost (const json_t *manifest)
{
    BpFindingList *lost = bp_finding_list_new ();
    g_autoptr (GHashTable) kept = list_kept (manifest);
    const json_t *entry;
    size_t index;
    json_array_foreach (json_object_get (json_object_get (manifest, "findings"), "list"), index, entry)
    {
        const BpFindingKind *kind = bp_finding_kind_find (bp_manifest_text (entry, "code"));
        const char *file = json_string_value (json_object_get (entry, "file"));
        if (kind == NULL || file == NULL || (kind->code != BP_FINDING_ROW_REMOVED && g_hash_table_contains (kept, file)))
            continue;
        const BpFinding finding = { .code = kind->code,
                                    .level = level_of (entry),
                                    .quarantined = json_is_true (json_object_get (entry, "quarantined")),
                                    .source = { .file = file,
                                                .sheet = json_string_value (json_object_get (entry, "sheet")),
                                                .row = (int)json_integer_value (json_object_get (entry, "row")),
                                                .column = json_string_value (json_object_get (entry, "column")) },
                                    .value = json_string_value (json_object_get (entry, "value")),
                                    .text = bp_manifest_text (entry, "text"),
                                    .advice = bp_manifest_text (entry, "advice") };
        bp_finding_list_append (lost, &finding);
    }
    return lost;
}

/* ---- making and comparing ---- */

static int number_of (const json_t *manifest)
{
    const char *number = strrchr (bp_manifest_text (manifest, "run"), '-');
    return number != NULL ? (int)CLAMP (g_ascii_strtoll (number + 1, NULL, 10), 1, G_MAXINT) : 1;
}

static bool find_rows (BpRunRebuild *rebuild, const json_t *manifest, const char *store, BpRunRepeat *repeat, GError **error)
{
    if (json_is_true (json_object_get (manifest, "inputs_copied")))
        return true;
    if (store == NULL)
        return bp_fail (error, BP_ERROR_FAILED, "its data were not kept with it, and the store that has them is not here");
    repeat->store = store;
    add_reason (rebuild, "its data were not kept with it; the rows are those of import %" G_GINT64_FORMAT " in the store",
                repeat->import_id);
    return true;
}

/* folder: the run's; place: private, empty. */
static bool make_and_compare (BpRunRebuild *rebuild, const json_t *manifest, const char *folder, const char *store, const BpOptions *asked,
                              const char *place, GError **error)
{
    g_autofree char *root = g_build_filename (place, "programme", NULL);
    g_autofree char *output = g_build_filename (place, "output", NULL);
    g_autoptr (BpFindingList) lost = list_lost (manifest);
    g_autoptr (GHashTable) versions = list_versions (manifest);
    g_auto (BpOptions) options = { .jobs = asked->jobs, .quiet = asked->quiet };
    BpRunRepeat repeat = { .output = output,
                           .number = number_of (manifest),
                           .import_id = json_integer_value (json_object_get (manifest, "import")),
                           .lost = lost,
                           .account = json_object_get (manifest, "account"),
                           .versions = versions };
    if (g_mkdir (root, 0700) != 0 || g_mkdir (output, 0700) != 0)
        return bp_file_fail (error, place, "the folder cannot be made", errno);
    if (!copy_inputs (rebuild, manifest, folder, root, error) || !find_rows (rebuild, manifest, store, &repeat, error)
        || !read_options (manifest, root, &options, &repeat.stamp, error))
        return false;
    g_auto (BpRun) run = { 0 };
    if (!bp_run_make_again (&run, &options, &repeat, error))
        return false;
    g_autofree char *again = g_build_filename (output, bp_publication_name (run.publication), NULL);
    json_auto_t *made = bp_run_folder_load_manifest (again, NULL, error);
    if (made == NULL)
        return false;
    bp_run_comparison_list_reasons (manifest, made, rebuild->reasons);
    rebuild->method = rebuild->reasons->len == 0 ? BP_REBUILD_BYTES : BP_REBUILD_FIGURES;
    const BpRunComparison comparison = { manifest, made, folder, again, rebuild->differences };
    return rebuild->method == BP_REBUILD_BYTES ? bp_run_compare_files (&comparison, &rebuild->files, error)
                                               : bp_run_compare_figures (&comparison, &rebuild->facts, &rebuild->figures, error);
}

bool bp_run_rebuild (BpRunRebuild *rebuild, const json_t *manifest, const char *folder, const char *store, const BpOptions *options,
                     GError **error)
{
    g_autoptr (GError) why = NULL;
    rebuild->reasons = g_ptr_array_new_with_free_func (g_free);
    rebuild->differences = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (BpPrivateFolder) place = bp_private_folder_make ("boardpack-verify-XXXXXX", &why); /* it holds the data */
    if (place != NULL)
        (void)make_and_compare (rebuild, manifest, folder, store, options, bp_private_folder_path (place), &why); /* why says it */
    if (why == NULL)
        return true;
    if (g_error_matches (why, BP_ERROR, BP_ERROR_INTERRUPTED))
    {
        g_propagate_error (error, g_steal_pointer (&why));
        return false;
    }
    rebuild->method = BP_REBUILD_NONE;
    add_reason (rebuild, "%s", why->message);
    return true;
}

void bp_run_rebuild_clear (BpRunRebuild *rebuild)
{
    g_clear_pointer (&rebuild->reasons, g_ptr_array_unref);
    g_clear_pointer (&rebuild->differences, g_ptr_array_unref);
}
