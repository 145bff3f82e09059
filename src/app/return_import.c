#include "app/return_import.h"

#include "app/console.h"
#include "app/csv_file.h"
#include "app/interrupt.h"
#include "app/return_changes.h"
#include "base/atomic_file.h"
#include "base/text.h"
#include "ingest/return_reader.h"

#include <string.h>

void bp_return_import_clear (BpReturnImport *taken)
{
    g_free (taken->file);
    g_free (taken->lead);
    g_free (taken->id);
    g_clear_pointer (&taken->findings, bp_finding_list_free);
    *taken = (BpReturnImport){ .as_of = BP_DATE_NONE };
}

static void clear_file (gpointer pointer)
{
    BpCsvFile *file = pointer;
    g_free (file->path);
    g_free (file->contents);
}

/* The data as they were when the sheet was made. base_out is NULL if they are what the data folder holds still, or if the store does not
 * know that import, which is a finding. */
static bool load_base (const BpLeadReturn *back, const BpProgrammeFolder *folder, BpFindingList *findings, BpTableSet **base_out,
                       GError **error)
{
    g_autoptr (BpStore) store = bp_programme_folder_open_store (folder, false, error);
    g_autoptr (GArray) imports = store != NULL ? bp_store_list_imports (store, error) : NULL;
    if (imports == NULL)
        return false;
    bool is_known = false;
    for (guint i = 0; i < imports->len && !is_known; i++)
        is_known = g_array_index (imports, BpImportEntry, i).id == back->base;
    if (!is_known)
    {
        g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, back->base);
        bp_finding_list_add (
            findings, BP_FINDING_RETURN_BASE_UNKNOWN, (BpSource){ .file = back->file }, number,
            "The sheet was made from import %s, which the store does not have, so it cannot be told what has changed since, "
            "nor whether anything was typed where nothing is read. All cells count.",
            number);
        return true;
    }
    *base_out = bp_table_set_new (&folder->config->programme.fields);
    return bp_store_load_import (store, back->base, *base_out, NULL, error);
}

static bool add_file (GArray *files, const char *data, const BpTableSet *rows, BpTableId table, const char *id)
{
    g_autofree char *name = bp_lead_return_dup_file_name (table, id);
    g_autofree char *path = g_build_filename (data, name, NULL);
    /* the updates, even if there are none, say that the sheet has come back */
    if (table != BP_TABLE_UPDATES && rows->tables[table].records->len == 0 && bp_file_is_missing (path))
        return false;
    BpCsvFile file = { .path = g_steal_pointer (&path), .contents = bp_csv_dup_table (rows, table) };
    g_array_append_val (files, file);
    return true;
}

/* Of each sheet what stands in the end: a later copy has the rows of the earlier ones. */
static bool write_rows (const GPtrArray *backs, const GPtrArray *rows, const BpProgrammeFolder *folder, BpCsvUndo **undo_out,
                        GError **error)
{
    g_autofree char *data = bp_programme_folder_dup_path (folder->config, folder->config->data_folder);
    g_autoptr (GArray) files = g_array_new (FALSE, FALSE, sizeof (BpCsvFile));
    g_autoptr (GHashTable) written = g_hash_table_new (g_str_hash, g_str_equal);
    g_array_set_clear_func (files, clear_file);
    for (guint i = backs->len; i > 0; i--)
    {
        const char *id = ((const BpLeadReturn *)backs->pdata[i - 1])->id;
        if (!g_hash_table_add (written, (gpointer)id))
            continue;
        add_file (files, data, rows->pdata[i - 1], BP_TABLE_KPI_VALUES, id);
        add_file (files, data, rows->pdata[i - 1], BP_TABLE_NARRATIVE, id);
        add_file (files, data, rows->pdata[i - 1], BP_TABLE_UPDATES, id); /* last: where it stands, the sheet has come back whole */
    }
    return bp_csv_files_write (data, files, undo_out, error);
}

static void note_taken (BpReturnImport *taken, const BpLeadReturn *back, const BpTableSet *rows)
{
    taken->file = g_strdup (back->file);
    taken->lead = g_strdup (back->lead);
    taken->id = g_strdup (back->id);
    taken->as_of = back->as_of;
    taken->base = back->base;
    taken->updates = (int)rows->tables[BP_TABLE_UPDATES].records->len;
    taken->values = (int)rows->tables[BP_TABLE_KPI_VALUES].records->len;
    taken->narrative = (int)rows->tables[BP_TABLE_NARRATIVE].records->len;
    bp_finding_list_sort (taken->findings);
}

/* What the sheet says, held against data and store. NULL on failure. */
static BpTableSet *judge (const BpLeadReturn *back, const BpProgrammeFolder *folder, const BpTableSet *data, BpFindingList *findings,
                          GError **error)
{
    g_autoptr (BpTableSet) base = NULL;
    if (!load_base (back, folder, findings, &base, error))
        return NULL;
    BpSnapshotOptions options = { .as_of = back->as_of, .known = BP_DATE_NONE, .since = BP_DATE_NONE };
    g_autoptr (BpSnapshot) snapshot = bp_snapshot_new (&folder->config->programme, data, &options);
    if (base != NULL)
    {
        g_autoptr (BpSnapshot) made = bp_snapshot_new (&folder->config->programme, base, &options);
        bp_return_changes_note (back, made, findings);
    }
    BpReturnContext context = { snapshot, data, base, folder->clock.today };
    BpTableSet *rows = bp_table_set_new (&folder->config->programme.fields);
    bp_lead_return_judge (back, &context, rows, findings);
    return rows;
}

/* A sheet of another programme may have leads and refs of the same names. */
static bool check_programme (const BpLeadReturn *back, const BpProgramme *programme, GError **error)
{
    g_autofree char *ours = bp_text_dup_folded (programme->name != NULL ? programme->name : "");
    g_autofree char *theirs = bp_text_dup_folded (back->programme != NULL ? back->programme : "");
    if (strcmp (ours, theirs) == 0)
        return true;
    if (*theirs == '\0')
        return bp_fail (error, BP_ERROR_DATA, "%s: the line Programme is not on its cover, so it cannot be told whether it is one of “%s”",
                        back->file, programme->name);
    return bp_fail (error, BP_ERROR_DATA, "%s: is an update sheet of the programme “%s”; this one is %s%s%s", back->file, back->programme,
                    *ours != '\0' ? "“" : "", *ours != '\0' ? programme->name : "without a name", *ours != '\0' ? "”" : "");
}

static bool read_all (GArray *returns, const char *const *paths, const BpProgramme *programme, GPtrArray *backs, GError **error)
{
    for (guint i = 0; i < returns->len; i++)
    {
        BpReturnImport *taken = &g_array_index (returns, BpReturnImport, i);
        g_autofree char *shown = bp_source_dup_shown (paths[i]);
        taken->findings = bp_finding_list_new ();
        BpLeadReturn *back = bp_interrupt_check (error) ? bp_lead_return_read (paths[i], shown, taken->findings, error) : NULL;
        if (back == NULL)
            return false;
        g_ptr_array_add (backs, back);
        if (!check_programme (back, programme, error))
            return false;
    }
    return true;
}

/* One after the other, each held against the data with the rows of those before it. */
static bool judge_all (GArray *returns, const GPtrArray *backs, const BpProgrammeFolder *folder, GPtrArray *rows, GError **error)
{
    g_auto (BpDataFolder) data = { 0 };
    if (!bp_data_folder_read (&data, folder->config, error))
        return false;
    for (guint i = 0; i < returns->len; i++)
    {
        BpReturnImport *taken = &g_array_index (returns, BpReturnImport, i);
        BpTableSet *judged = bp_interrupt_check (error) ? judge (backs->pdata[i], folder, data.tables, taken->findings, error) : NULL;
        if (judged == NULL)
            return false;
        g_ptr_array_add (rows, judged);
        bp_lead_return_apply (backs->pdata[i], judged, data.tables);
        note_taken (taken, backs->pdata[i], judged);
    }
    return true;
}

bool bp_returns_recover (const BpProgrammeFolder *folder, const BpOptions *options, GError **error)
{
    g_autofree char *data = bp_programme_folder_dup_path (folder->config, folder->config->data_folder);
    bool was_stopped;
    if (!bp_csv_files_recover (data, &was_stopped, error))
    {
        g_prefix_error (error, "an import of returned sheets was stopped half way, and must be undone first: ");
        return false;
    }
    if (was_stopped)
        bp_console_message (options, "an import of returned sheets was stopped half way: %s is as it was before it; import them again",
                            folder->config->data_folder);
    return true;
}

bool bp_returns_import (GArray *returns, const BpProgrammeFolder *folder, const char *const *paths, BpCsvUndo **undo_out, GError **error)
{
    g_autoptr (GPtrArray) backs = g_ptr_array_new_with_free_func ((GDestroyNotify)bp_lead_return_free);
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)bp_table_set_free);
    g_array_set_size (returns, g_strv_length ((char **)paths));
    if (returns->len == 0)
        return true;
    if (read_all (returns, paths, &folder->config->programme, backs, error) && judge_all (returns, backs, folder, rows, error)
        && write_rows (backs, rows, folder, undo_out, error))
        return true;
    if (returns->len > 1)
        g_prefix_error (error, "nothing was imported: ");
    return false;
}
