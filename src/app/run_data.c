#include "app/run_data.h"

#include "app/input_files.h"

#include <string.h>

#define MAIL_INI "config/mail.ini" /* says nothing of what is printed */

void bp_run_data_free (BpRunData *data)
{
    if (data == NULL)
        return;
    g_clear_pointer (&data->snapshot, bp_snapshot_free);
    g_clear_pointer (&data->tables, bp_table_set_free);
    g_clear_pointer (&data->config, bp_programme_config_free);
    g_free (data->gap);
    g_free (data);
}

static const char *sum_at_run (const BpFinishedRun *run, const char *path)
{
    size_t i;
    const json_t *file;
    json_array_foreach (json_object_get (run->manifest, "config"), i,
                        file) if (strcmp (bp_output_text (file, "path"), path) == 0) return bp_output_text (file, "sha256");
    return NULL;
}

static bool has_file (const GPtrArray *files, const char *path)
{
    for (guint i = 0; i < files->len; i++)
        if (strcmp (((const BpInputFile *)files->pdata[i])->shown, path) == 0)
            return true;
    return false;
}

/* A file that the run was made with and that is not read now; NULL. */
static const char *find_gone (const BpFinishedRun *run, const GPtrArray *files)
{
    size_t i;
    const json_t *file;
    json_array_foreach (json_object_get (run->manifest, "config"), i, file)
    {
        const char *path = bp_output_text (file, "path");
        if (strcmp (path, MAIL_INI) != 0 && !has_file (files, path))
            return path;
    }
    return NULL;
}

/* Who may read what is configured: rules that are not those of the pack could let out what it held back. A file that is gone is such a
 * change, too. */
static bool is_same_config (const BpFinishedRun *run, const GPtrArray *files, const char **changed_out)
{
    for (guint i = 0; i < files->len; i++)
    {
        const BpInputFile *file = files->pdata[i];
        if (strcmp (file->shown, MAIL_INI) == 0)
            continue;
        *changed_out = file->shown;
        if (g_strcmp0 (file->sha256, sum_at_run (run, file->shown)) != 0)
            return false;
    }
    *changed_out = find_gone (run, files);
    return *changed_out == NULL;
}

/* The templates of the run's packs as well: they are listed once they are read. */
static bool load_layouts (BpProgrammeConfig *config, const BpFinishedRun *run, GError **error)
{
    g_autoptr (GPtrArray) ids = bp_finished_run_list_forums (run);
    for (guint i = 0; i < ids->len; i++)
    {
        const BpForum *forum = bp_forum_find_id (&config->programme.forums, ids->pdata[i]);
        if (forum == NULL || forum->template_file == NULL)
            return bp_fail (error, BP_ERROR_CONFIG, "%s has no template now", (const char *)ids->pdata[i]);
        g_autoptr (BpReportLayout) layout = bp_report_layout_load (config, forum, error);
        if (layout == NULL)
            return false;
    }
    return true;
}

static bool load_snapshot (BpRunData *data, const BpFinishedRun *run, BpStore *store, GError **error)
{
    const gint64 import = json_integer_value (json_object_get (run->manifest, "import"));
    BpSnapshotOptions options = { .as_of = run->as_of, .known = BP_DATE_NONE, .since = BP_DATE_NONE };
    data->tables = bp_table_set_new (&data->config->programme.fields);
    if (!bp_store_load_import (store, import, data->tables, NULL, error))
        return false;
    data->snapshot = bp_snapshot_new (&data->config->programme, data->tables, &options);
    return true;
}

BpRunData *bp_run_data_load (const char *root, const BpFinishedRun *run, BpStore *store, GError **error)
{
    g_autoptr (BpRunData) data = g_new0 (BpRunData, 1);
    g_autoptr (GError) why = NULL;
    const char *changed = NULL;
    data->config = bp_programme_config_load (root, run->as_of, error);
    if (data->config == NULL)
        return NULL;
    if (!load_layouts (data->config, run, &why))
    {
        data->gap = g_strdup (why->message);
        return g_steal_pointer (&data);
    }
    g_autoptr (GPtrArray) files = bp_input_files_list_config (data->config, error);
    if (files == NULL)
        return NULL;
    if (!is_same_config (run, files, &changed))
        data->gap = g_strdup_printf ("%s is not what %s was made with", changed, run->id);
    else if (!load_snapshot (data, run, store, error))
        return NULL;
    return g_steal_pointer (&data);
}
