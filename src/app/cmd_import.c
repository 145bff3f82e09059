#include "app/command_table.h"

#include "app/console.h"
#include "app/data_import.h"
#include "app/findings_report.h"
#include "app/interrupt.h"
#include "app/lock.h"
#include "app/return_import.h"
#include "base/atomic_file.h"

#define MAX_FINDINGS_PRINTED 50

/* Everything that the command has done. */
typedef struct
{
    BpDataFolder data;
    BpImportCounts counts;
    GArray *returns;    /* of BpReturnImport, one for each file named */
    BpCsvUndo *written; /* by them, in the data folder; NULL: nothing */
} Import;

static void clear_return (gpointer pointer)
{
    bp_return_import_clear (pointer);
}

static void import_clear (Import *import)
{
    bp_data_folder_clear (&import->data);
    g_clear_pointer (&import->returns, g_array_unref);
    g_clear_pointer (&import->written, bp_csv_undo_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

static json_t *returns_to_json (const GArray *returns)
{
    json_t *list = json_array ();
    for (guint i = 0; i < returns->len; i++)
    {
        const BpReturnImport *taken = &g_array_index (returns, BpReturnImport, i);
        g_autofree char *day = bp_date_dup_text (taken->as_of, BP_DATE_ISO);
        json_t *object = json_object ();
        json_object_set_new (object, "file", bp_json_text (taken->file));
        json_object_set_new (object, "lead", bp_json_text (taken->lead));
        json_object_set_new (object, "id", bp_json_text (taken->id));
        json_object_set_new (object, "as_of", bp_json_text (day));
        json_object_set_new (object, "base", json_integer (taken->base));
        json_object_set_new (object, "updates", json_integer (taken->updates));
        json_object_set_new (object, "kpi_values", json_integer (taken->values));
        json_object_set_new (object, "narrative", json_integer (taken->narrative));
        json_object_set_new (object, "findings", bp_findings_to_json (taken->findings));
        json_array_append_new (list, object);
    }
    return list;
}

static json_t *counts_to_json (const BpImportCounts *counts, const BpLoadCount *loaded, const BpFindingList *findings)
{
    json_t *answer = json_object ();
    json_object_set_new (answer, "import", json_integer (counts->import_id));
    json_object_set_new (answer, "added", json_integer (counts->added));
    json_object_set_new (answer, "changed", json_integer (counts->changed));
    json_object_set_new (answer, "removed", json_integer (counts->removed));
    json_object_set_new (answer, "unchanged", json_integer (counts->unchanged));
    json_t *tables = json_array ();
    for (int i = 0; i < BP_TABLE_COUNT; i++)
    {
        json_t *table = json_object ();
        json_object_set_new (table, "table", bp_json_text (bp_table_get ((BpTableId)i)->name));
        json_object_set_new (table, "loaded", json_integer (loaded[i].loaded));
        json_object_set_new (table, "seen", json_integer (loaded[i].seen));
        json_array_append_new (tables, table);
    }
    json_object_set_new (answer, "tables", tables);
    json_object_set_new (answer, "findings", bp_findings_to_json (findings));
    return answer;
}

static bool take_returns (Import *import, const BpProgrammeFolder *folder, const char *const *files, GError **error)
{
    import->returns = g_array_new (FALSE, TRUE, sizeof (BpReturnImport));
    g_array_set_clear_func (import->returns, clear_return);
    return bp_returns_import (import->returns, folder, files, &import->written, error);
}

static bool keep_returns (const Import *import, const BpProgrammeFolder *folder, BpStore *store, GError **error)
{
    for (guint i = 0; i < import->returns->len; i++)
    {
        const BpReturnImport *taken = &g_array_index (import->returns, BpReturnImport, i);
        const BpReturnEntry entry = { .import_id = import->counts.import_id,
                                      .imported_at = folder->clock.now,
                                      .imported_on = folder->clock.today,
                                      .sheet = taken->id,
                                      .lead = taken->lead,
                                      .as_of = taken->as_of,
                                      .base = taken->base,
                                      .file = taken->file,
                                      .updates = taken->updates,
                                      .kpi_values = taken->values,
                                      .narrative = taken->narrative,
                                      .findings = taken->findings };
        if (!bp_store_add_return (store, &entry, error))
        {
            g_prefix_error (error, "the returned sheets were imported, but not that they came back: import them again: ");
            return false;
        }
    }
    return true;
}

/* Returned sheets are in the data folder and in the store, or in neither: a later import would bring them in without a word. */
static bool put_back (Import *import, GError **error)
{
    g_autoptr (GError) why = NULL;
    if (import->written == NULL)
        return false;
    if (bp_csv_undo_apply (import->written, &why))
        g_prefix_error (error, "the returned sheets were not imported, and the data folder is as it was: ");
    else
        g_prefix_error (error,
                        "the returned sheets were not imported, but something of them stays in the data folder (%s): ", why->message);
    return false;
}

static bool store_data (Import *import, const BpProgrammeFolder *folder, BpStore **store_out, GError **error)
{
    if (!bp_data_folder_read (&import->data, folder->config, error) || !bp_interrupt_check (error))
        return false;
    *store_out = bp_programme_folder_open_store (folder, false, error);
    return *store_out != NULL && bp_data_folder_import (&import->data, folder, *store_out, &import->counts, error);
}

static bool read_and_store (Import *import, const BpProgrammeFolder *folder, const BpOptions *options, const char *const *files,
                            GError **error)
{
    g_autoptr (BpLock) lock = bp_lock_take (folder, error);
    g_autoptr (BpStore) store = NULL;
    if (lock == NULL || !bp_returns_recover (folder, options, error) || !take_returns (import, folder, files, error))
        return false;
    if (!store_data (import, folder, &store, error))
        return put_back (import, error);
    return keep_returns (import, folder, store, error);
}

/* What of the returned sheets was left out or needs a look, and must be asked of the lead. */
static void print_returns (const BpOptions *options, const GArray *returns)
{
    for (guint i = 0; i < returns->len; i++)
    {
        const BpReturnImport *taken = &g_array_index (returns, BpReturnImport, i);
        bp_findings_print_messages (options, taken->findings, MAX_FINDINGS_PRINTED);
        if (options->json)
            continue;
        const guint left_out = bp_finding_list_count_quarantined (taken->findings);
        bp_console_answer ("%s, from %s: %d update%s, %d value%s and %d narrative row%s%s\n", taken->file, taken->lead, taken->updates,
                           taken->updates == 1 ? "" : "s", taken->values, taken->values == 1 ? "" : "s", taken->narrative,
                           taken->narrative == 1 ? "" : "s", left_out > 0 ? "; some of it was left out: see above" : "");
    }
}

static BpExitCode exit_code_of (const Import *import, const BpOptions *options)
{
    guint errors = bp_finding_list_count (import->data.findings, BP_LEVEL_ERROR), left_out = 0;
    for (guint i = 0; i < import->returns->len; i++)
    {
        const BpFindingList *findings = g_array_index (import->returns, BpReturnImport, i).findings;
        errors += bp_finding_list_count (findings, BP_LEVEL_ERROR);
        left_out += bp_finding_list_count_quarantined (findings);
    }
    if (options->strict && errors > 0)
        return BP_EXIT_FINDINGS;
    return left_out > 0 ? BP_EXIT_QUARANTINED : BP_EXIT_WELL;
}

static void print_counts (const BpImportCounts *counts, const BpLoadCount *loaded, const BpFindingList *findings)
{
    g_autofree char *loaded_text = bp_load_counts_dup_text (loaded);
    g_autofree char *found = bp_findings_dup_counts (findings);
    bp_console_answer ("%s\n", loaded_text);
    bp_console_answer ("import %" G_GINT64_FORMAT ": %d row%s added, %d changed, %d removed, %d unchanged; %s while reading\n",
                       counts->import_id, counts->added, counts->added == 1 ? "" : "s", counts->changed, counts->removed, counts->unchanged,
                       found);
}

/* A name mistyped on the command line, told before anything is made. */
static bool check_files (const char *const *files, GError **error)
{
    for (int i = 0; files[i] != NULL; i++)
    {
        g_autofree char *shown = bp_source_dup_shown (files[i]);
        if (bp_file_is_missing (files[i]))
            return bp_fail (error, BP_ERROR_USAGE, "there is no file '%s'; name an update sheet that came back", shown);
    }
    return true;
}

BpExitCode bp_cmd_import (const BpOptions *options, const char *const *arguments, GError **error)
{
    g_auto (BpProgrammeFolder) folder = { 0 };
    g_auto (Import) import = { 0 };
    bp_interrupt_watch ();
    bp_console_progress (options, "Reading the data …");
    if (!check_files (arguments, error) || !bp_programme_folder_open (&folder, options, error)
        || !read_and_store (&import, &folder, options, arguments, error))
        return BP_EXIT_FAILED;
    BpLoadCount loaded[BP_TABLE_COUNT];
    bp_load_counts_read (import.data.tables, loaded);
    bp_finding_list_remove_codes (import.data.findings, folder.config->programme.checks_off);
    bp_finding_list_sort (import.data.findings);
    print_returns (options, import.returns);
    bp_findings_print_errors (options, import.data.findings, MAX_FINDINGS_PRINTED);
    if (options->json)
    {
        json_t *answer = counts_to_json (&import.counts, loaded, import.data.findings);
        json_object_set_new (answer, "returns", returns_to_json (import.returns));
        bp_console_answer_json (answer);
    }
    else
        print_counts (&import.counts, loaded, import.data.findings);
    return exit_code_of (&import, options);
}
