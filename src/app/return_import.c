#include "app/return_import.h"

#include "app/csv_file.h"
#include "base/atomic_file.h"
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
            "The sheet was made from import %s, which the store does not have, so it cannot be told what has changed since. "
            "All cells count.",
            number);
        return true;
    }
    *base_out = bp_table_set_new (&folder->config->programme.fields);
    return bp_store_load_import (store, back->base, *base_out, error);
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

static bool write_rows (const BpLeadReturn *back, const BpProgrammeFolder *folder, const BpTableSet *rows, GError **error)
{
    g_autofree char *data = bp_programme_folder_dup_path (folder->config, folder->config->data_folder);
    g_autoptr (GArray) files = g_array_new (FALSE, FALSE, sizeof (BpCsvFile));
    g_array_set_clear_func (files, clear_file);
    add_file (files, data, rows, BP_TABLE_KPI_VALUES, back->id);
    add_file (files, data, rows, BP_TABLE_NARRATIVE, back->id);
    add_file (files, data, rows, BP_TABLE_UPDATES, back->id); /* last: where it stands, the sheet has come back whole */
    return bp_csv_files_write (files, error);
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
}

/* What the sheet says, held against data and store. NULL on failure. */
static BpTableSet *judge (const BpLeadReturn *back, const BpProgrammeFolder *folder, BpFindingList *findings, GError **error)
{
    g_auto (BpDataFolder) data = { 0 };
    g_autoptr (BpTableSet) base = NULL;
    if (!bp_data_folder_read (&data, folder->config, error) || !load_base (back, folder, findings, &base, error))
        return NULL;
    BpSnapshotOptions options = { .as_of = back->as_of, .known = BP_DATE_NONE, .since = BP_DATE_NONE };
    g_autoptr (BpSnapshot) snapshot = bp_snapshot_new (&folder->config->programme, data.tables, &options);
    BpReturnContext context = { snapshot, data.tables, base, folder->clock.today };
    BpTableSet *rows = bp_table_set_new (&folder->config->programme.fields);
    bp_lead_return_judge (back, &context, rows, findings);
    return rows;
}

bool bp_return_import (BpReturnImport *taken, const BpProgrammeFolder *folder, const char *path, GError **error)
{
    g_autofree char *shown = g_filename_display_name (path);
    taken->findings = bp_finding_list_new ();
    g_autoptr (BpLeadReturn) back = bp_lead_return_read (path, shown, taken->findings, error);
    g_autoptr (BpTableSet) rows = back != NULL ? judge (back, folder, taken->findings, error) : NULL;
    if (rows == NULL || !write_rows (back, folder, rows, error))
        return false;
    note_taken (taken, back, rows);
    bp_finding_list_sort (taken->findings);
    return true;
}
