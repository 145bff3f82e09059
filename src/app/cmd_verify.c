#include "app/command_table.h"

#include "app/console.h"
#include "app/data_import.h"
#include "app/interrupt.h"
#include "app/run_file_check.h"
#include "app/run_folder.h"
#include "app/run_rebuild.h"
#include "base/atomic_file.h"

#include <string.h>

#define MAX_LINES 20

/* Whether the manifest is the one that was written then. */
typedef enum
{
    MANIFEST_UNKNOWN, /* the store is not here, or does not know the run */
    MANIFEST_AS_RECORDED,
    MANIFEST_CHANGED
} ManifestState;

typedef struct
{
    char *folder; /* of the run */
    char *text;   /* of the manifest */
    json_t *manifest;
    bool has_programme;
    BpProgrammeFolder programme;
    ManifestState state;
    char *state_reason; /* if unknown */
    BpRunFileCheck files;
    bool was_rebuilt;
    BpRunRebuild rebuild;
} Verification;

static void verification_clear (Verification *verification)
{
    bp_run_rebuild_clear (&verification->rebuild);
    bp_run_file_check_clear (&verification->files);
    bp_programme_folder_close (&verification->programme);
    json_decref (verification->manifest);
    g_free (verification->state_reason);
    g_free (verification->text);
    g_free (verification->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Verification, verification_clear)

/* ---- finding out ---- */

/* A run is named by its id, or by the path of its folder, which may stand anywhere: then a programme is not needed, but for its store. */
static bool find_run (Verification *verification, const BpOptions *options, const char *run, GError **error)
{
    g_autoptr (GError) why = NULL;
    const bool is_path = strchr (run, '/') != NULL;
    verification->has_programme = bp_programme_folder_open (&verification->programme, options, &why);
    if (!verification->has_programme && !is_path)
    {
        g_propagate_error (error, g_steal_pointer (&why));
        return false;
    }
    if (!is_path)
        verification->folder = bp_run_folder_find (verification->programme.output, run, error);
    else if (g_file_test (run, G_FILE_TEST_IS_DIR))
        verification->folder = g_strdup (run);
    else
        bp_fail (error, BP_ERROR_USAGE, "there is no folder '%s'", run);
    if (verification->folder == NULL)
        return false;
    verification->manifest = bp_run_folder_load_manifest (verification->folder, &verification->text, error);
    return verification->manifest != NULL;
}

static char *find_sum (const Verification *verification, GError **error)
{
    const BpProgrammeFolder *programme = &verification->programme;
    const char *run = bp_manifest_text (verification->manifest, "run");
    g_autoptr (BpStore) store = NULL;
    char *sum = NULL;
    if (!verification->has_programme)
        bp_fail (error, BP_ERROR_STORE, "there is no programme here, and so no store; name it with -C");
    else if (bp_file_is_missing (programme->store))
        bp_fail (error, BP_ERROR_STORE, "the store is not there (%s)", programme->config->store_path);
    else if ((store = bp_programme_folder_read_store (programme, error)) != NULL && bp_store_find_manifest (store, run, &sum, error)
             && sum == NULL)
        bp_fail (error, BP_ERROR_STORE, "the store does not know the run '%s'", run);
    return sum;
}

static void check_manifest (Verification *verification)
{
    g_autoptr (GError) why = NULL;
    g_autofree char *recorded = find_sum (verification, &why);
    g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, verification->text, -1);
    if (recorded == NULL)
        verification->state_reason = g_strdup (why->message);
    else
        verification->state = strcmp (recorded, sum) == 0 ? MANIFEST_AS_RECORDED : MANIFEST_CHANGED;
}

static bool are_files_whole (const Verification *verification)
{
    return verification->files.missing->len == 0 && verification->files.changed->len == 0;
}

/* What is made again comes from the manifest and the inputs: with either changed it would prove nothing. */
static bool rebuild (Verification *verification, const BpOptions *options, GError **error)
{
    verification->was_rebuilt = are_files_whole (verification) && verification->state != MANIFEST_CHANGED;
    if (!verification->was_rebuilt)
        return true;
    bp_console_progress (options, "Making the run again …");
    const char *store
        = verification->has_programme && !bp_file_is_missing (verification->programme.store) ? verification->programme.store : NULL;
    return bp_run_rebuild (&verification->rebuild, verification->manifest, verification->folder, store, options, error);
}

/* Byte for byte, the manifest too comes out again, so it vouches for itself. By figures, only the store can. */
static bool is_proven (const Verification *verification)
{
    if (!verification->was_rebuilt || verification->files.extra->len > 0 || verification->rebuild.differences->len > 0)
        return false;
    return verification->rebuild.method == BP_REBUILD_BYTES
           || (verification->rebuild.method == BP_REBUILD_FIGURES && verification->state == MANIFEST_AS_RECORDED);
}

/* ---- telling ---- */

static void print_list (const GPtrArray *list, const char *word)
{
    for (guint i = 0; i < list->len && i < MAX_LINES; i++)
        bp_console_answer ("          %s%s\n", word, (const char *)list->pdata[i]);
    if (list->len > MAX_LINES)
        bp_console_answer ("          and %u more (--json lists all)\n", list->len - MAX_LINES);
}

static void print_files (const BpRunFileCheck *files)
{
    const guint whole = files->named - files->missing->len - files->changed->len;
    bp_console_answer ("files     %u of %u are as the manifest says\n", whole, files->named);
    print_list (files->missing, "missing: ");
    print_list (files->changed, "changed: ");
    print_list (files->extra, "not named by the manifest: ");
}

static void print_manifest (const Verification *verification)
{
    switch (verification->state)
    {
    case MANIFEST_AS_RECORDED:
        bp_console_answer ("manifest  as it was recorded in the store\n");
        break;
    case MANIFEST_CHANGED:
        bp_console_answer ("manifest  CHANGED: it is not the one that was recorded in the store\n");
        break;
    case MANIFEST_UNKNOWN:
        bp_console_answer ("manifest  not compared: %s\n", verification->state_reason);
        break;
    }
}

static void print_rebuild (const Verification *verification)
{
    const BpRunRebuild *rebuild = &verification->rebuild;
    if (!verification->was_rebuilt)
    {
        bp_console_answer ("rebuilt   no: what it would be made from has changed\n");
        return;
    }
    switch (rebuild->method)
    {
    case BP_REBUILD_NONE:
        bp_console_answer ("rebuilt   no:\n");
        break;
    case BP_REBUILD_BYTES:
        bp_console_answer ("rebuilt   byte for byte, with the same program, libraries and fonts: %u of %u files are the same\n",
                           rebuild->files - rebuild->differences->len, rebuild->files);
        break;
    case BP_REBUILD_FIGURES:
        bp_console_answer (
            "rebuilt   by figures: %u facts of the snapshot and %u printed figures compared, %u differ. Not byte for byte, because\n",
            rebuild->facts, rebuild->figures, rebuild->differences->len);
        break;
    }
    print_list (rebuild->reasons, "");
    print_list (rebuild->differences, "differs: ");
}

static json_t *list_to_json (const GPtrArray *list)
{
    json_t *array = json_array ();
    for (guint i = 0; list != NULL && i < list->len; i++)
        json_array_append_new (array, bp_json_text (list->pdata[i]));
    return array;
}

static void print_json (const Verification *verification)
{
    static const char *const states[] = { "unknown", "as recorded", "changed" };
    static const char *const methods[] = { "none", "bytes", "figures" };
    const BpRunFileCheck *files = &verification->files;
    const BpRunRebuild *rebuild = &verification->rebuild;
    json_t *answer = json_object (), *checked = json_object (), *made = json_object ();
    json_object_set_new (checked, "named", json_integer (files->named));
    json_object_set_new (checked, "missing", list_to_json (files->missing));
    json_object_set_new (checked, "changed", list_to_json (files->changed));
    json_object_set_new (checked, "extra", list_to_json (files->extra));
    json_object_set_new (made, "method", json_string (methods[rebuild->method]));
    json_object_set_new (made, "reasons", list_to_json (rebuild->reasons));
    json_object_set_new (made, "files", json_integer (rebuild->files));
    json_object_set_new (made, "facts", json_integer (rebuild->facts));
    json_object_set_new (made, "figures", json_integer (rebuild->figures));
    json_object_set_new (made, "differences", list_to_json (rebuild->differences));
    json_object_set_new (answer, "run", bp_json_text (bp_manifest_text (verification->manifest, "run")));
    json_object_set_new (answer, "proven", json_boolean (is_proven (verification)));
    json_object_set_new (answer, "manifest", json_string (states[verification->state]));
    json_object_set_new (answer, "files", checked);
    json_object_set_new (answer, "rebuild", made);
    bp_console_answer_json (answer);
}

static void print_text (const Verification *verification)
{
    print_files (&verification->files);
    print_manifest (verification);
    print_rebuild (verification);
    bp_console_answer ("%s  %s\n", is_proven (verification) ? "PROVEN  " : "NOT PROVEN", bp_manifest_text (verification->manifest, "run"));
}

BpExitCode bp_cmd_verify (const BpOptions *options, const char *const *arguments, GError **error)
{
    g_auto (Verification) verification = { 0 };
    if (arguments[0] == NULL)
    {
        bp_fail (error, BP_ERROR_USAGE, "say which run: 'boardpack verify latest', or its id or folder");
        return BP_EXIT_USAGE;
    }
    bp_interrupt_watch ();
    if (!find_run (&verification, options, arguments[0], error))
        return BP_EXIT_FAILED;
    check_manifest (&verification);
    if (!bp_run_file_check (&verification.files, verification.manifest, verification.folder, error)
        || !rebuild (&verification, options, error))
        return BP_EXIT_FAILED;
    bp_console_progress (options, NULL);
    if (options->json)
        print_json (&verification);
    else
        print_text (&verification);
    return is_proven (&verification) ? BP_EXIT_WELL : BP_EXIT_FAILED;
}
