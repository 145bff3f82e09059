#include "app/run_verification.h"

#include "app/console.h"
#include "app/data_import.h"
#include "app/run_folder.h"
#include "base/atomic_file.h"

#include <string.h>

void bp_run_verification_clear (BpRunVerification *verification)
{
    bp_run_rebuild_clear (&verification->rebuild);
    bp_run_file_check_clear (&verification->files);
    bp_run_circulation_clear (&verification->circulation);
    bp_programme_folder_close (&verification->programme);
    json_decref (verification->manifest);
    g_free (verification->store_reason);
    g_free (verification->manifest_sha256);
    g_free (verification->folder_id);
    g_free (verification->folder);
}

/* ---- the run ---- */

/* A run's folder may stand anywhere: then a programme is not needed, but one that is there must be readable. */
static bool open_programme (BpRunVerification *verification, const BpOptions *options, bool is_path, GError **error)
{
    g_autofree char *ini = g_build_filename (bp_options_folder (options), "config", "programme.ini", NULL);
    if (is_path && bp_file_is_missing (ini))
        return true;
    verification->has_programme = true;
    return bp_programme_folder_open (&verification->programme, options, error);
}

static bool find_folder (BpRunVerification *verification, const char *run, bool is_path, GError **error)
{
    if (!is_path)
        verification->folder = bp_run_folder_find (verification->programme.output, run, error);
    else if (g_file_test (run, G_FILE_TEST_IS_DIR))
        verification->folder = g_strdup (run);
    else
        bp_fail (error, BP_ERROR_USAGE, "there is no folder '%s'", run);
    return verification->folder != NULL;
}

static bool find_run (BpRunVerification *verification, const BpOptions *options, const char *run, GError **error)
{
    const bool is_path = strchr (run, '/') != NULL;
    g_autofree char *text = NULL;
    if (!open_programme (verification, options, is_path, error) || !find_folder (verification, run, is_path, error))
        return false;
    verification->manifest = bp_run_folder_load_manifest (verification->folder, &text, error);
    if (verification->manifest == NULL)
        return false;
    verification->manifest_sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
    const char *named = bp_manifest_text (verification->manifest, "run");
    verification->folder_id = bp_run_folder_dup_id (verification->folder);
    return is_path || strcmp (verification->folder_id, named) == 0
           || bp_fail (error, BP_ERROR_FAILED, "%s: its manifest is that of '%s': another run stands in its place", verification->folder,
                       named);
}

/* ---- what vouches for its manifest ---- */

static BpWitness witness_of (const char *sum, const BpRunVerification *verification)
{
    return strcmp (sum, verification->manifest_sha256) == 0 ? BP_WITNESS_AGREES : BP_WITNESS_DISAGREES;
}

static bool ask_store (BpRunVerification *verification, GError **error)
{
    const char *run = bp_manifest_text (verification->manifest, "run");
    g_autofree char *sum = NULL;
    g_autoptr (BpStore) store = bp_programme_folder_read_store (&verification->programme, error);
    if (store == NULL || !bp_store_find_manifest (store, run, &sum, error)
        || !bp_run_circulation_load (&verification->circulation, store, verification->manifest, verification->manifest_sha256, error))
        return false;
    verification->has_circulation = true;
    if (sum != NULL)
        verification->store = witness_of (sum, verification);
    else
        verification->store_reason = g_strdup_printf ("the store does not know the run '%s'", run);
    return true;
}

static bool ask_witnesses (BpRunVerification *verification, const BpOptions *options, GError **error)
{
    if (options->manifest_sum != NULL)
    {
        g_autofree char *sum = g_ascii_strdown (options->manifest_sum, -1);
        verification->given = witness_of (sum, verification);
    }
    if (!verification->has_programme)
        verification->store_reason = g_strdup ("there is no programme here, and so no store; name it with -C");
    else if (bp_file_is_missing (verification->programme.store))
        verification->store_reason = g_strdup_printf ("the store is not there (%s)", verification->programme.config->store_path);
    else
        return ask_store (verification, error);
    return true;
}

bool bp_run_verification_is_changed (const BpRunVerification *verification)
{
    return verification->store == BP_WITNESS_DISAGREES || verification->given == BP_WITNESS_DISAGREES;
}

/* A folder that is called as another run may be taken for that, unless somebody says which manifest they mean. */
bool bp_run_verification_is_misnamed (const BpRunVerification *verification)
{
    return strcmp (verification->folder_id, bp_manifest_text (verification->manifest, "run")) != 0;
}

/* ---- all of it ---- */

/* What is made again comes from the manifest and the inputs: with either changed it would prove nothing. */
static bool rebuild (BpRunVerification *verification, const BpOptions *options, GError **error)
{
    const BpRunFileCheck *files = &verification->files;
    verification->was_rebuilt = files->missing->len == 0 && files->changed->len == 0 && !bp_run_verification_is_changed (verification);
    if (!verification->was_rebuilt)
        return true;
    bp_console_progress (options, "Making the run again …");
    const char *store
        = verification->has_programme && !bp_file_is_missing (verification->programme.store) ? verification->programme.store : NULL;
    return bp_run_rebuild (&verification->rebuild, verification->manifest, verification->folder, store, options, error);
}

bool bp_run_verification_make (BpRunVerification *verification, const BpOptions *options, const char *run, GError **error)
{
    return find_run (verification, options, run, error) && ask_witnesses (verification, options, error)
           && bp_run_file_check (&verification->files, verification->manifest, verification->folder, error)
           && rebuild (verification, options, error);
}

BpVerdict bp_run_verification_verdict (const BpRunVerification *verification)
{
    const bool has_other_approvals = verification->has_circulation && verification->circulation.other->len > 0;
    const bool is_misplaced = bp_run_verification_is_misnamed (verification) && verification->given != BP_WITNESS_AGREES;
    if (is_misplaced || !verification->was_rebuilt || verification->files.extra->len > 0 || verification->rebuild.method == BP_REBUILD_NONE
        || verification->rebuild.differences->len > 0 || has_other_approvals)
        return BP_VERDICT_NOT_PROVEN;
    const bool has_witness = verification->store == BP_WITNESS_AGREES || verification->given == BP_WITNESS_AGREES;
    return has_witness ? BP_VERDICT_PROVEN : BP_VERDICT_CONSISTENT;
}
