#include "app/command_table.h"

#include "app/console.h"
#include "app/data_import.h"
#include "app/findings_report.h"
#include "app/mailing.h"
#include "render/theme.h"

/* Theme and templates: what a build would refuse, refused now. */
static bool check_layouts (const BpProgrammeFolder *folder, GError **error)
{
    g_autoptr (BpTheme) theme = bp_theme_new (folder->config->theme, error);
    g_autoptr (GPtrArray) layouts = NULL;
    g_autoptr (GPtrArray) forums = NULL;
    return theme != NULL && bp_programme_folder_load_layouts (folder, NULL, &layouts, &forums, error);
}

static void print_answer (const BpOptions *options, const BpSnapshot *snapshot)
{
    const BpFindingList *findings = snapshot->findings;
    if (options->json)
    {
        g_autofree char *as_of = bp_date_dup_text (snapshot->as_of, BP_DATE_ISO);
        json_t *answer = json_object ();
        json_object_set_new (answer, "as_of", bp_json_text (as_of));
        json_t *tables = json_array ();
        for (int i = 0; i < BP_TABLE_COUNT; i++)
            json_array_append_new (tables, json_pack ("{s:s, s:i, s:i}", "table", bp_table_get ((BpTableId)i)->name, "loaded",
                                                      snapshot->loaded[i].loaded, "seen", snapshot->loaded[i].seen));
        json_object_set_new (answer, "tables", tables);
        json_object_set_new (answer, "findings", bp_findings_to_json (findings));
        bp_console_answer_json (answer);
        return;
    }
    g_autofree char *loaded = bp_load_counts_dup_text (snapshot->loaded);
    g_autofree char *counts = bp_findings_dup_counts (findings);
    bp_findings_print (options, findings);
    bp_console_answer ("%s; %s\n", loaded, counts);
}

/* What sending would refuse, while there is time to mend it. A programme that names neither server nor domains does not mail. */
static void note_mail (const BpOptions *options, const BpProgrammeConfig *config)
{
    g_autoptr (GError) why = NULL;
    const bool is_mailing = config->mail.server.host != NULL || config->mail.domains[0] != NULL;
    if (is_mailing && !bp_mailing_check_settings (config, false, &why))
        bp_console_message (options, "note: nothing can be sent: %s", why->message);
}

BpExitCode bp_cmd_check (const BpOptions *options, const char *const *arguments G_GNUC_UNUSED, GError **error)
{
    g_auto (BpProgrammeFolder) folder = { 0 };
    g_auto (BpDataFolder) data = { 0 };
    bp_console_progress (options, "Checking …");
    if (!bp_programme_folder_open (&folder, options, error) || !check_layouts (&folder, error)
        || !bp_data_folder_read (&data, folder.config, error))
        return BP_EXIT_FAILED;
    BpLoadCount loaded[BP_TABLE_COUNT];
    bp_load_counts_read (data.tables, loaded);
    BpSnapshotOptions snapshot_options = { folder.as_of, BP_DATE_NONE, BP_DATE_NONE, data.findings, loaded };
    g_autoptr (BpSnapshot) snapshot = bp_snapshot_new (&folder.config->programme, data.tables, &snapshot_options);
    bp_console_progress (options, NULL);
    print_answer (options, snapshot);
    note_mail (options, folder.config);
    return bp_finding_list_count (snapshot->findings, BP_LEVEL_ERROR) > 0 ? BP_EXIT_FINDINGS : BP_EXIT_WELL;
}
