#include "app/command_table.h"

#include "app/collect_report.h"
#include "app/data_import.h"
#include "app/interrupt.h"
#include "app/lock.h"
#include "app/mailing.h"

#include <string.h>

#define LATEST "latest" /* the newest day with update sheets, as `list returns` has it */

static void print_rehearsal (const BpDispatch *dispatch G_GNUC_UNUSED, gpointer collection)
{
    bp_collect_report_rehearsal (collection);
}

static void print_delivery (const BpDispatch *dispatch G_GNUC_UNUSED, gpointer collection)
{
    bp_collect_report_delivery (collection);
}

static void print_json (const BpDispatch *dispatch G_GNUC_UNUSED, bool is_rehearsal, BpExitCode code, gpointer collection)
{
    bp_collect_report_json (collection, is_rehearsal, code);
}

static BpExitCode collect (BpDispatch *dispatch, const char *run, GError **error)
{
    const bool is_latest = strcmp (run, LATEST) == 0;
    g_autoptr (BpCollection) collection = bp_collection_new (dispatch, is_latest ? NULL : run, error);
    if (collection == NULL)
        return BP_EXIT_FAILED;
    const BpMailingReport report = { print_rehearsal, print_delivery, print_json, collection };
    bp_mailing_note_stale_data (dispatch, "the leads' addresses");
    return bp_mailing_run (dispatch, &report, run, error);
}

BpExitCode bp_cmd_collect (const BpOptions *options, const char *const *arguments, GError **error)
{
    g_auto (BpProgrammeFolder) folder = { 0 };
    const char *run = arguments[0] != NULL || options->resolve ? arguments[0] : LATEST;
    if (!bp_mailing_check_usage (options, "collect", run, run, error) || !bp_programme_folder_open (&folder, options, error)
        || !bp_mailing_check_clock (&folder, options, error)
        || (!options->resolve && !bp_mailing_check_settings (folder.config, options->confirm == NULL, error)))
        return BP_EXIT_FAILED;
    bp_interrupt_watch ();
    g_autoptr (BpLock) lock = bp_lock_take (&folder, error);
    g_autoptr (BpStore) store = lock != NULL ? bp_programme_folder_open_store (&folder, true, error) : NULL;
    if (store == NULL)
        return BP_EXIT_FAILED;
    if (options->resolve)
        return bp_mailing_resolve (options, &folder, store, run, true, error);
    g_autoptr (BpDispatch) dispatch = bp_dispatch_new (options, &folder, store, error);
    return dispatch != NULL ? collect (dispatch, run, error) : BP_EXIT_FAILED;
}
