#include "app/data_import.h"

#include "base/atomic_file.h"
#include "base/text.h"
#include "ingest/ingest.h"

#include <errno.h>
#include <string.h>

bool bp_data_folder_read (BpDataFolder *data, const BpProgrammeConfig *config, GError **error)
{
    data->tables = bp_table_set_new (&config->programme.fields);
    data->findings = bp_finding_list_new ();
    if (!bp_ingest_read_folder (config->root, config->data_folder, data->tables, data->findings, error))
        return false;
    bp_table_set_admit (data->tables, data->findings);
    return true;
}

void bp_data_folder_clear (BpDataFolder *data)
{
    g_clear_pointer (&data->tables, bp_table_set_free);
    g_clear_pointer (&data->findings, bp_finding_list_free);
}

static bool check_is_there (const BpProgrammeFolder *folder, GError **error)
{
    return !bp_file_is_missing (folder->store)
           || bp_fail (error, BP_ERROR_STORE,
                       "nothing has been imported yet (there is no %s); run 'boardpack import' first, or 'boardpack run' for both",
                       folder->config->store_path);
}

BpStore *bp_programme_folder_read_store (const BpProgrammeFolder *folder, GError **error)
{
    return check_is_there (folder, error) ? bp_store_open_to_read (folder->store, &folder->config->programme.fields, error) : NULL;
}

BpStore *bp_programme_folder_open_store (const BpProgrammeFolder *folder, bool must_exist, GError **error)
{
    if (must_exist && !check_is_there (folder, error))
        return NULL;
    g_autofree char *parent = g_path_get_dirname (folder->store);
    if (g_mkdir_with_parents (parent, 0777) != 0)
    {
        bp_file_fail (error, parent, "the folder of the store cannot be made", errno);
        return NULL;
    }
    return bp_store_open (folder->store, &folder->config->programme.fields, error);
}

bool bp_data_folder_import (const BpDataFolder *data, const BpProgrammeFolder *folder, BpStore *store, BpImportCounts *counts_out,
                            GError **error)
{
    BpImportStamp stamp = { folder->clock.now, folder->clock.today, BP_VERSION };
    return bp_store_import (store, data->tables, data->findings, &stamp, counts_out, error);
}

void bp_load_counts_read (const BpTableSet *tables, BpLoadCount *counts_out)
{
    for (int i = 0; i < BP_TABLE_COUNT; i++)
    {
        const BpTable *table = &tables->tables[i];
        int loaded = (int)table->records->len;
        counts_out[i] = (BpLoadCount){ loaded, MAX (table->row_count, loaded) };
    }
}

char *bp_load_counts_dup_text (const BpLoadCount *counts)
{
    g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
    /* the actions first: they are what a reader looks for */
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < BP_TABLE_COUNT; i++)
        {
            if ((i == BP_TABLE_ACTIONS) != (pass == 0) || (counts[i].seen == 0 && i != BP_TABLE_ACTIONS))
                continue;
            g_autofree char *name = g_strdelimit (g_strdup (bp_table_get ((BpTableId)i)->name), "_", ' ');
            g_ptr_array_add (parts, g_strdup_printf ("%d of %d %s", counts[i].loaded, counts[i].seen, name));
        }
    g_ptr_array_add (parts, NULL);
    g_autofree char *list = bp_text_dup_joined ((const char *const *)parts->pdata, 0);
    return g_strdup_printf ("%s loaded", list);
}

static bool are_tables_equal (const BpTable *a, const BpTable *b, int width)
{
    if (a->records->len != b->records->len)
        return false;
    for (guint i = 0; i < a->records->len; i++)
    {
        const BpRecord *left = &g_array_index (a->records, BpRecord, i);
        const BpRecord *right = &g_array_index (b->records, BpRecord, i);
        for (int j = 0; j < width; j++)
            if (strcmp (left->cells[j], right->cells[j]) != 0)
                return false;
    }
    return true;
}

bool bp_table_sets_are_equal (const BpTableSet *a, const BpTableSet *b)
{
    for (int i = 0; i < BP_TABLE_COUNT; i++)
        if (!are_tables_equal (&a->tables[i], &b->tables[i], bp_table_set_width (a, (BpTableId)i)))
            return false;
    return true;
}
