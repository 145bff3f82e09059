#include "app/command_table.h"

#include "app/console.h"
#include "app/data_import.h"
#include "app/findings_report.h"
#include "app/interrupt.h"
#include "app/lock.h"

#define MAX_ERRORS_PRINTED 50

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

static bool read_and_store (BpDataFolder *data, const BpProgrammeFolder *folder, BpImportCounts *counts, GError **error)
{
    g_autoptr (BpLock) lock = bp_lock_take (folder->output, error);
    if (lock == NULL || !bp_data_folder_read (data, folder->config, error) || !bp_interrupt_check (error))
        return false;
    g_autoptr (BpStore) store = bp_programme_folder_open_store (folder, false, error);
    return store != NULL && bp_data_folder_import (data, folder, store, counts, error);
}

BpExitCode bp_cmd_import (const BpOptions *options, const char *const *arguments, GError **error)
{
    if (arguments[0] != NULL)
    {
        bp_fail (error, BP_ERROR_USAGE,
                 "returned update sheets are not read yet; put '%s' in the data folder and run 'boardpack import' without a file",
                 arguments[0]);
        return BP_EXIT_USAGE;
    }
    g_auto (BpProgrammeFolder) folder = { 0 };
    g_auto (BpDataFolder) data = { 0 };
    BpImportCounts counts = { 0 };
    bp_interrupt_watch ();
    bp_console_progress (options, "Reading the data …");
    if (!bp_programme_folder_open (&folder, options, error) || !read_and_store (&data, &folder, &counts, error))
        return BP_EXIT_FAILED;
    BpLoadCount loaded[BP_TABLE_COUNT];
    bp_load_counts_read (data.tables, loaded);
    bp_finding_list_remove_codes (data.findings, folder.config->programme.checks_off);
    bp_finding_list_sort (data.findings);
    bp_findings_print_errors (options, data.findings, MAX_ERRORS_PRINTED);
    if (options->json)
        bp_console_answer_json (counts_to_json (&counts, loaded, data.findings));
    else
    {
        g_autofree char *loaded_text = bp_load_counts_dup_text (loaded);
        g_autofree char *found = bp_findings_dup_counts (data.findings);
        bp_console_answer ("%s\n", loaded_text);
        bp_console_answer ("import %" G_GINT64_FORMAT ": %d row%s added, %d changed, %d removed, %d unchanged; %s while reading\n",
                           counts.import_id, counts.added, counts.added == 1 ? "" : "s", counts.changed, counts.removed, counts.unchanged,
                           found);
    }
    bool has_errors = bp_finding_list_count (data.findings, BP_LEVEL_ERROR) > 0;
    return options->strict && has_errors ? BP_EXIT_FINDINGS : BP_EXIT_WELL;
}
