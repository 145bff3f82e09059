#include "app/run.h"

#include "app/console.h"
#include "app/interrupt.h"
#include "app/manifest.h"
#include "app/pack_versions.h"
#include "app/return_import.h"
#include "app/run_records.h"
#include "app/undrawn_findings.h"
#include "base/text.h"
#include "ingest/ingest.h"
#include "store/finding_rows.h"

#include <string.h>

void bp_run_clear (BpRun *run)
{
    g_clear_pointer (&run->records, g_ptr_array_unref);
    g_clear_pointer (&run->findings, bp_finding_list_free);
    bp_consistency_clear (&run->consistency);
    g_clear_pointer (&run->update_sheets, g_ptr_array_unref);
    g_clear_pointer (&run->leads, g_ptr_array_unref);
    g_clear_pointer (&run->packs, g_ptr_array_unref);
    g_clear_pointer (&run->publication, bp_publication_free);
    g_clear_pointer (&run->snapshot, bp_snapshot_free);
    g_clear_pointer (&run->import_findings, bp_finding_list_free);
    g_clear_pointer (&run->tables, bp_table_set_free);
    g_clear_pointer (&run->store, bp_store_close);
    bp_data_folder_clear (&run->data);
    g_clear_pointer (&run->data_files, g_ptr_array_unref);
    g_clear_pointer (&run->config_files, g_ptr_array_unref);
    g_clear_pointer (&run->lock, bp_lock_release);
    g_clear_pointer (&run->layouts, g_ptr_array_unref);
    g_clear_pointer (&run->forums, g_ptr_array_unref);
    g_clear_pointer (&run->versions, g_array_unref);
    g_clear_pointer (&run->prepared_by, g_free);
    g_clear_pointer (&run->account, json_decref);
    g_clear_pointer (&run->renderers, g_ptr_array_unref);
    g_clear_pointer (&run->theme, bp_theme_free);
    bp_programme_folder_close (&run->folder);
}

static bool fail_unknown_format (const char *word, GError **error)
{
    const char *names[16] = { NULL };
    gsize count = 0;
    for (; count < G_N_ELEMENTS (names) - 2 && bp_renderer_table[count].name != NULL; count++)
        names[count] = bp_renderer_table[count].name;
    names[count] = BP_UPDATE_FORMAT;
    g_autofree char *list = bp_text_dup_joined (names, 0);
    return bp_fail (error, BP_ERROR_USAGE, "there is no format '%s'; the formats are %s", word, list);
}

static bool choose_formats (BpRun *run, GError **error)
{
    static const char *const standard[] = { "pdf", "xlsx", NULL };
    const char *const *words = run->options->formats == NULL ? standard : (const char *const *)run->options->formats;
    run->renderers = g_ptr_array_new ();
    for (int i = 0; words[i] != NULL; i++)
    {
        const BpRenderer *renderer = bp_renderer_find (words[i]);
        if (strcmp (words[i], BP_UPDATE_FORMAT) == 0)
        {
            run->with_update_sheets = true;
            continue;
        }
        if (renderer == NULL)
            return fail_unknown_format (words[i], error);
        if (!g_ptr_array_find (run->renderers, renderer, NULL))
            g_ptr_array_add (run->renderers, (gpointer)renderer);
    }
    g_ptr_array_add (run->renderers, NULL);
    if (run->options->lead != NULL && !run->with_update_sheets)
        return bp_fail (error, BP_ERROR_USAGE, "--lead chooses an update sheet; add --format " BP_UPDATE_FORMAT);
    return true;
}

static bool makes_packs (const BpRun *run)
{
    return run->renderers->len > 1;
}

/* Update sheets alone need no forum. */
static bool load_layouts (BpRun *run, GError **error)
{
    if (makes_packs (run))
        return bp_programme_folder_load_layouts (&run->folder, run->options->forums, &run->layouts, &run->forums, error);
    run->layouts = g_ptr_array_new ();
    run->forums = g_ptr_array_new ();
    return true;
}

/* A folder outside the programme's was kept under its name alone. */
static void move_inside (char **folder)
{
    if (!g_path_is_absolute (*folder) && strstr (*folder, "..") == NULL)
        return;
    char *name = g_path_get_basename (*folder);
    g_free (*folder);
    *folder = name;
}

static void take_from_repeat (BpRun *run)
{
    BpProgrammeFolder *folder = &run->folder;
    move_inside (&folder->config->data_folder);
    move_inside (&folder->config->templates_folder);
    g_free (folder->output);
    folder->output = g_strdup (run->repeat->output);
    g_free (folder->store);
    folder->store = g_strdup (run->repeat->store != NULL ? run->repeat->store : "");
    run->stamp = run->repeat->stamp;
}

/* Configuration, theme and templates: all that can be refused before anything is written. */
static bool prepare (BpRun *run, GError **error)
{
    bp_console_progress (run->options, "Reading the configuration …");
    if (!choose_formats (run, error) || !bp_programme_folder_open (&run->folder, run->options, error))
        return false;
    run->stamp = run->folder.clock.is_fixed ? run->folder.clock.now : bp_clock_midnight (run->folder.as_of);
    if (run->repeat != NULL)
        take_from_repeat (run);
    run->theme = bp_theme_new (run->folder.config->theme, error);
    return run->theme != NULL && load_layouts (run, error);
}

/* The data folder as it is now. `build` can do without one: it has the store. */
static bool read_data (BpRun *run, GError **error)
{
    if (run->repeat != NULL && run->repeat->store != NULL)
        return true;
    bp_console_progress (run->options, "Reading the data …");
    if (run->repeat == NULL && !bp_returns_recover (&run->folder, run->options, error))
        return false;
    g_autoptr (GError) why = NULL;
    run->data_files = bp_input_files_list_data (run->folder.config, &why);
    bool is_read = run->data_files != NULL && bp_data_folder_read (&run->data, run->folder.config, &why);
    if (is_read || (!run->with_import && run->repeat == NULL))
        return true;
    g_propagate_error (error, g_steal_pointer (&why));
    return false;
}

static bool import_data (BpRun *run, GError **error)
{
    if (run->repeat != NULL && run->repeat->store == NULL)
        return true;
    run->store = run->repeat != NULL ? bp_programme_folder_read_store (&run->folder, error)
                                     : bp_programme_folder_open_store (&run->folder, !run->with_import, error);
    if (run->store == NULL)
        return false;
    return !run->with_import || bp_data_folder_import (&run->data, &run->folder, run->store, &run->import_counts, error);
}

/* The import that the packs show: the last one by the day known. */
static bool find_import (BpRun *run, GError **error)
{
    if (run->repeat != NULL)
    {
        run->import_id = run->repeat->import_id;
        return true;
    }
    g_autoptr (GArray) imports = bp_store_list_imports (run->store, error);
    if (imports == NULL)
        return false;
    for (guint i = 0; i < imports->len && run->import_id == 0; i++)
    {
        const BpImportEntry *entry = &g_array_index (imports, BpImportEntry, i);
        if (run->options->known == BP_DATE_NONE || entry->imported_on <= run->options->known)
            run->import_id = entry->id;
    }
    if (imports->len == 0)
        return bp_fail (error, BP_ERROR_STORE, "nothing has been imported yet; run 'boardpack import' first, or 'boardpack run' for both");
    if (run->import_id == 0)
        return bp_fail (error, BP_ERROR_USAGE, "--known %s: nothing had been imported by then; 'boardpack history' lists the imports",
                        run->options->known_text);
    return true;
}

/* Whether the data folder holds what the packs show: the same rows in the same places, and nothing else that would be found. */
static bool is_data_current (const BpRun *run)
{
    if (run->data.tables == NULL || !bp_table_sets_are_equal (run->data.tables, run->tables))
        return false;
    return run->with_import || run->repeat != NULL || bp_finding_rows_are_same (run->data.findings, run->import_findings);
}

static bool load_rows (BpRun *run, BpTableSet *tables, BpFindingList *findings, GError **error)
{
    if (run->repeat == NULL)
        return bp_store_load (run->store, run->options->known, tables, findings, error);
    if (run->repeat->store != NULL)
        return bp_store_load_import (run->store, run->repeat->import_id, tables, findings, error);
    if (!bp_ingest_read_folder (run->folder.config->root, run->folder.config->data_folder, tables, findings, error))
        return false;
    bp_table_set_admit (tables, findings);
    bp_finding_list_append_all (findings, run->repeat->lost);
    return true;
}

static bool load_snapshot (BpRun *run, GError **error)
{
    const BpProgramme *programme = &run->folder.config->programme;
    run->tables = bp_table_set_new (&programme->fields);
    run->import_findings = bp_finding_list_new ();
    if (!find_import (run, error) || !load_rows (run, run->tables, run->import_findings, error))
        return false;
    BpLoadCount loaded[BP_TABLE_COUNT];
    bp_load_counts_read (run->tables, loaded);
    BpSnapshotOptions options = { run->folder.as_of, run->options->known, BP_DATE_NONE, run->import_findings, loaded };
    run->snapshot = bp_snapshot_new (programme, run->tables, &options);
    run->findings = bp_finding_list_new ();
    bp_finding_list_append_all (run->findings, run->snapshot->findings);
    run->is_data_current = is_data_current (run);
    return true;
}

/* Which files the packs come from, and with how many rows: after that the rows are hardly ever asked for. */
static void count_inputs (BpRun *run)
{
    if (run->is_data_current)
        bp_input_files_count_rows (run->data_files, run->tables);
    else
    {
        g_clear_pointer (&run->data_files, g_ptr_array_unref);
        run->data_files = bp_input_files_list_known (run->tables);
    }
    g_clear_pointer (&run->tables, bp_table_set_free);
    bp_data_folder_clear (&run->data);
}

static bool is_stopped_by_findings (const BpRun *run)
{
    bool has_errors = bp_finding_list_count (run->findings, BP_LEVEL_ERROR) > 0;
    bool has_quarantined = bp_finding_list_count_quarantined (run->findings) > 0;
    return (run->options->strict && has_errors) || (run->folder.config->quarantine_fails && has_quarantined);
}

/* A run's id is never used again, not even when its folder is gone: approvals and what was sent go by it. */
static bool choose_number (const BpRun *run, int *number_out, GError **error)
{
    int known = 0;
    if (run->repeat == NULL && !bp_store_find_last_run (run->store, run->folder.as_of, &known, error))
        return false;
    *number_out
        = run->repeat != NULL ? run->repeat->number : 1 + MAX (known, bp_publication_find_last (run->folder.output, run->folder.as_of));
    return true;
}

/* Begins the publication with what the packs are made from: before the packs, which take most of the memory. */
static bool keep_inputs (BpRun *run, GError **error)
{
    int number;
    if (!choose_number (run, &number, error))
        return false;
    run->publication = bp_publication_begin (run->folder.output, run->folder.as_of, number, error);
    if (run->publication == NULL)
        return false;
    const char *folder = bp_publication_folder (run->publication);
    if (run->is_data_current && !bp_input_files_copy (run->data_files, run->folder.config, folder, error))
        return false;
    run->config_files = bp_input_files_list_config (run->folder.config, error);
    return run->config_files != NULL && bp_input_files_copy (run->config_files, run->folder.config, folder, error);
}

/* Before anything is written: a lead who is not known is a mistake in the command. */
static bool choose_leads (BpRun *run, GError **error)
{
    if (!run->with_update_sheets)
        return true;
    run->leads = bp_update_sheets_choose (run->snapshot, run->options->lead, error);
    return run->leads != NULL;
}

/* The versions that the first run gave its packs. */
static GArray *dup_repeated_versions (const BpRun *run)
{
    GArray *versions = g_array_new (FALSE, FALSE, sizeof (int));
    for (guint i = 0; i < run->forums->len; i++)
    {
        const BpForum *forum = run->forums->pdata[i];
        int version = GPOINTER_TO_INT (g_hash_table_lookup (run->repeat->versions, forum->id));
        version = MAX (version, 1);
        g_array_append_val (versions, version);
    }
    return versions;
}

/* Who made it: what is made again says what the first run said. */
static void name_preparer (BpRun *run)
{
    const char *given = run->options->prepared_by;
    if (run->repeat != NULL)
    {
        run->prepared_by = g_strdup (given);
        run->account = json_incref (run->repeat->account);
        return;
    }
    g_autoptr (BpAccount) account = bp_account_read ();
    const char *person = account->people->len > 0 ? account->people->pdata[0] : account->user;
    run->prepared_by = g_strdup (given != NULL ? given : person);
    run->account = bp_account_to_json (account);
}

/* What was approved is never replaced quietly. */
static bool choose_versions (BpRun *run, GError **error)
{
    name_preparer (run);
    if (run->repeat != NULL)
    {
        run->versions = dup_repeated_versions (run);
        return true;
    }
    run->versions
        = bp_pack_versions_choose (run->store, run->folder.as_of, run->forums, run->options->draft, run->options->correction, error);
    return run->versions != NULL;
}

static bool make_update_sheets (BpRun *run, GError **error)
{
    if (!run->with_update_sheets)
        return true;
    bp_console_progress (run->options, "Making the update sheets …");
    BpUpdateSheetPlan plan = { .snapshot = run->snapshot,
                               .theme = run->theme,
                               .folder = bp_publication_folder (run->publication),
                               .base = run->import_id,
                               .created_at = run->stamp };
    run->update_sheets = bp_update_sheets_make (&plan, run->leads, run->findings, error);
    return run->update_sheets != NULL;
}

/* On a terminal how far it is; in a log a line for each pack. */
static void report_pack (const BpForumPack *pack, guint done, guint total, gpointer user)
{
    const BpRun *run = user;
    g_autofree char *progress = g_strdup_printf ("Making the packs … %u of %u", done, total);
    if (run->repeat != NULL || bp_console_has_progress (run->options))
        bp_console_progress (run->options, progress);
    else
        bp_console_message (run->options, "made %s (%u of %u)", pack->forum->id, done, total);
}

static bool make_packs (BpRun *run, GError **error)
{
    bp_console_progress (run->options, "Making the packs …");
    BpPackPlan plan = { .snapshot = run->snapshot,
                        .theme = run->theme,
                        .renderers = (const BpRenderer *const *)run->renderers->pdata,
                        .folder = bp_publication_folder (run->publication),
                        .is_draft = run->options->draft,
                        .correction = run->options->correction,
                        .created_at = run->stamp,
                        .jobs = run->options->jobs,
                        .report = report_pack,
                        .report_user = run };
    run->packs = bp_forum_packs_make (&plan, run->forums, run->layouts, run->versions, error);
    return run->packs != NULL;
}

/* Where what could not be drawn was typed: rare, so the rows are read again rather than kept while the packs are made. */
static bool name_undrawn (BpRun *run, GError **error)
{
    if (!bp_undrawn_findings_are_due (run->packs))
        return true;
    g_autoptr (BpTableSet) tables = bp_table_set_new (&run->folder.config->programme.fields);
    g_autoptr (BpFindingList) known = bp_finding_list_new ();
    if (!load_rows (run, tables, known, error))
        return false;
    bp_undrawn_findings_add (run->packs, tables, run->findings);
    return true;
}

/* A figure that is not the same everywhere makes every pack of the run worthless: nothing is published. */
static bool compare_figures (BpRun *run, GError **error)
{
    bp_consistency_compare (&run->consistency, run->packs, run->findings);
    bp_forum_packs_add_findings (run->packs, run->findings);
    if (!name_undrawn (run, error))
        return false;
    bp_finding_list_remove_codes (run->findings, run->folder.config->programme.checks_off);
    bp_finding_list_sort (run->findings);
    const GPtrArray *differences = run->consistency.differences;
    if (differences->len == 0)
        return true;
    for (guint i = 0; i < differences->len; i++)
        bp_console_error ("figures differ: %s", (const char *)g_ptr_array_index (differences, i));
    return bp_fail (error, BP_ERROR_FAILED,
                    "%u figures differ between the packs, so none was published; this is a fault of the program, please report it",
                    differences->len);
}

static bool write_records (BpRun *run, GError **error)
{
    run->records = bp_run_records_write (run, error);
    return run->records != NULL;
}

/* Last of all, the manifest; and its sum into the store before anybody can see the run. */
static bool write_manifest (BpRun *run, GError **error)
{
    g_autofree char *sha256 = bp_manifest_write (run, error);
    if (sha256 == NULL || run->repeat != NULL)
        return sha256 != NULL;
    const BpImportStamp stamp = { run->folder.clock.now, run->folder.clock.today, BP_VERSION };
    return bp_store_add_manifest (run->store, bp_publication_run_id (run->publication), sha256, &stamp, error);
}

/* Two at once would write the same run; what is made again stands in a folder of its own. */
static bool take_lock (BpRun *run, GError **error)
{
    if (run->repeat == NULL)
        run->lock = bp_lock_take (&run->folder, error);
    return run->repeat != NULL || run->lock != NULL;
}

static bool make (BpRun *run, GError **error)
{
    bp_interrupt_watch ();
    if (!prepare (run, error) || !take_lock (run, error) || !read_data (run, error) || !bp_interrupt_check (error)
        || !import_data (run, error) || !bp_interrupt_check (error) || !load_snapshot (run, error))
        return false;
    run->was_stopped_by_findings = run->repeat == NULL && is_stopped_by_findings (run);
    if (run->was_stopped_by_findings)
        return true;
    count_inputs (run);
    return bp_interrupt_check (error) && choose_leads (run, error) && choose_versions (run, error) && keep_inputs (run, error)
           && make_packs (run, error) && make_update_sheets (run, error) && compare_figures (run, error) && write_records (run, error)
           && write_manifest (run, error) && bp_interrupt_check (error)
           && bp_publication_finish (run->publication, makes_packs (run), error);
}

bool bp_run_make (BpRun *run, const BpOptions *options, bool with_import, GError **error)
{
    run->options = options;
    run->with_import = with_import;
    return make (run, error);
}

bool bp_run_make_again (BpRun *run, const BpOptions *options, const BpRunRepeat *repeat, GError **error)
{
    run->options = options;
    run->repeat = repeat;
    return make (run, error);
}
