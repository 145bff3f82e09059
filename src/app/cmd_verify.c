#include "app/command_table.h"

#include "app/console.h"
#include "app/interrupt.h"
#include "app/run_folder.h"
#include "app/run_verification.h"
#include "base/text.h"

#define MAX_LINES 20

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

static void print_manifest (const BpRunVerification *verification)
{
    bp_console_answer ("manifest  SHA-256 %s\n", verification->manifest_sha256);
    switch (verification->store)
    {
    case BP_WITNESS_AGREES:
        bp_console_answer ("          as it was recorded in the store\n");
        break;
    case BP_WITNESS_DISAGREES:
        bp_console_answer ("          CHANGED: it is not the one that was recorded in the store\n");
        break;
    case BP_WITNESS_NONE:
        bp_console_answer ("          not compared with a store: %s\n", verification->store_reason);
        break;
    }
    if (verification->given != BP_WITNESS_NONE)
        bp_console_answer (verification->given == BP_WITNESS_AGREES ? "          as --manifest-sum says\n"
                                                                    : "          CHANGED: it is not the one of --manifest-sum\n");
}

static void print_rebuild (const BpRunVerification *verification)
{
    const BpRunRebuild *rebuild = &verification->rebuild;
    if (!verification->was_rebuilt)
    {
        bp_console_answer ("rebuilt   not tried: %s\n", bp_run_verification_is_changed (verification)
                                                            ? "the manifest is not the one that was written then"
                                                            : "files differ already");
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

static void print_json (const BpRunVerification *verification)
{
    static const char *const states[] = { "unknown", "as recorded", "changed" };
    static const char *const verdicts[] = { "proven", "consistent", "not proven" };
    const BpVerdict verdict = bp_run_verification_verdict (verification);
    static const char *const given[] = { "none", "the same", "changed" };
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
    json_object_set_new (answer, "folder", bp_json_text (verification->folder_id));
    json_object_set_new (answer, "proven", json_boolean (verdict == BP_VERDICT_PROVEN));
    json_object_set_new (answer, "verdict", json_string (verdicts[verdict]));
    json_object_set_new (answer, "manifest", json_string (states[verification->store]));
    json_object_set_new (answer, "manifest_sum",
                         verification->given != BP_WITNESS_NONE ? json_string (given[verification->given]) : json_null ());
    json_object_set_new (answer, "manifest_sha256", json_string (verification->manifest_sha256));
    json_object_set_new (answer, "files", checked);
    json_object_set_new (answer, "rebuild", made);
    json_object_set_new (answer, "circulation",
                         verification->has_circulation ? bp_run_circulation_to_json (&verification->circulation) : json_null ());
    bp_console_answer_json (answer);
}

static void print_name (const BpRunVerification *verification)
{
    if (!bp_run_verification_is_misnamed (verification))
        return;
    bp_console_answer ("folder    CHANGED: it is called '%s', and its manifest is that of '%s'\n", verification->folder_id,
                       bp_manifest_text (verification->manifest, "run"));
}

static void print_text (const BpRunVerification *verification)
{
    const char *run = bp_manifest_text (verification->manifest, "run");
    print_name (verification);
    print_files (&verification->files);
    print_manifest (verification);
    print_rebuild (verification);
    if (verification->has_circulation)
        bp_run_circulation_print (&verification->circulation);
    else
        bp_console_answer ("approved  not known without the store, nor who was sent it\n");
    switch (bp_run_verification_verdict (verification))
    {
    case BP_VERDICT_PROVEN:
        bp_console_answer ("PROVEN    %s\n", run);
        break;
    case BP_VERDICT_CONSISTENT:
        bp_console_answer (
            "CONSISTENT, NOT PROVEN  %s: nothing outside this folder vouches for it (-C DIR for the store, or --manifest-sum)\n", run);
        break;
    case BP_VERDICT_NOT_PROVEN:
        bp_console_answer ("NOT PROVEN  %s\n", run);
        break;
    }
}

static bool check_usage (const BpOptions *options, const char *run, GError **error)
{
    const char *sum = options->manifest_sum;
    if (run == NULL)
        return bp_fail (error, BP_ERROR_USAGE, "say which run: 'boardpack verify latest', or its id or folder");
    return sum == NULL || bp_text_is_sha256 (sum)
           || bp_fail (error, BP_ERROR_USAGE, "--manifest-sum %s: is no SHA-256, which has 64 digits of 0 to 9 and a to f", sum);
}

BpExitCode bp_cmd_verify (const BpOptions *options, const char *const *arguments, GError **error)
{
    g_auto (BpRunVerification) verification = { 0 };
    bp_interrupt_watch ();
    if (!check_usage (options, arguments[0], error) || !bp_run_verification_make (&verification, options, arguments[0], error))
        return BP_EXIT_FAILED;
    bp_console_progress (options, NULL);
    if (options->json)
        print_json (&verification);
    else
        print_text (&verification);
    return bp_run_verification_verdict (&verification) == BP_VERDICT_PROVEN ? BP_EXIT_WELL : BP_EXIT_FAILED;
}
