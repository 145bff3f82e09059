#include "app/input_files.h"

#include "base/atomic_file.h"
#include "ingest/ingest.h"

#include <errno.h>
#include <string.h>

#define MAX_INPUT_BYTES ((gsize)1024 * 1024 * 1024)

static void free_file (gpointer pointer)
{
    BpInputFile *file = pointer;
    g_free (file->path);
    g_free (file->shown);
    g_free (file->copy);
    g_free (file->sha256);
    g_free (file);
}

static BpInputFile *add_file (GPtrArray *files, const char *root, const char *path)
{
    BpInputFile *file = g_new0 (BpInputFile, 1);
    file->path = g_strdup (path);
    file->shown = bp_ingest_dup_shown_path (root, path);
    file->rows = -1;
    g_ptr_array_add (files, file);
    return file;
}

static bool measure (BpInputFile *file, const BpProgrammeConfig *config, GError **error)
{
    g_autofree char *path = bp_programme_folder_dup_path (config, file->path);
    g_autofree char *contents = NULL;
    gsize length = 0;
    if (!bp_file_read (path, MAX_INPUT_BYTES, &contents, &length, error))
        return false;
    file->bytes = (gint64)length;
    file->sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)contents, length);
    return true;
}

GPtrArray *bp_input_files_list_data (const BpProgrammeConfig *config, GError **error)
{
    g_auto (GStrv) paths = bp_ingest_list_files (config->root, config->data_folder, error);
    if (paths == NULL)
        return NULL;
    g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (free_file);
    for (int i = 0; paths[i] != NULL; i++)
        if (!measure (add_file (files, config->root, paths[i]), config, error))
            return NULL;
    return g_steal_pointer (&files);
}

static BpInputFile *find_file (const GPtrArray *files, const char *shown)
{
    for (guint i = 0; i < files->len; i++)
    {
        BpInputFile *file = g_ptr_array_index (files, i);
        if (strcmp (file->shown, shown) == 0)
            return file;
    }
    return NULL;
}

void bp_input_files_count_rows (GPtrArray *files, const BpTableSet *tables)
{
    for (guint i = 0; i < files->len; i++)
        ((BpInputFile *)g_ptr_array_index (files, i))->rows = 0;
    BpInputFile *file = NULL;
    for (int i = 0; i < BP_TABLE_COUNT; i++)
        for (guint j = 0; j < tables->tables[i].records->len; j++)
        {
            const BpRecord *record = &g_array_index (tables->tables[i].records, BpRecord, j);
            /* rows of one file follow one another */
            if (file == NULL || strcmp (file->shown, record->file) != 0)
                file = find_file (files, record->file);
            if (file != NULL)
                file->rows++;
        }
}

GPtrArray *bp_input_files_list_known (const BpTableSet *tables)
{
    GPtrArray *files = g_ptr_array_new_with_free_func (free_file);
    for (int i = 0; i < BP_TABLE_COUNT; i++)
        for (guint j = 0; j < tables->tables[i].records->len; j++)
        {
            const BpRecord *record = &g_array_index (tables->tables[i].records, BpRecord, j);
            if (record->file != NULL && find_file (files, record->file) == NULL)
                add_file (files, "", record->file);
        }
    bp_input_files_count_rows (files, tables);
    return files;
}

GPtrArray *bp_input_files_list_config (const BpProgrammeConfig *config, GError **error)
{
    g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (free_file);
    for (guint i = 0; i < config->files->len; i++)
        if (!measure (add_file (files, config->root, g_ptr_array_index (config->files, i)), config, error))
            return NULL;
    return g_steal_pointer (&files);
}

/* A name that the manifest can hold: a byte that is no UTF-8 becomes "%FF", so that two such names stay two. */
static char *dup_valid_name (const char *name)
{
    GString *valid = g_string_new (NULL);
    const char *bad;
    for (; !g_utf8_validate (name, -1, &bad); name = bad + 1)
    {
        g_string_append_len (valid, name, bad - name);
        g_string_append_printf (valid, "%%%02X", (unsigned)(guchar)*bad);
    }
    g_string_append (valid, name);
    return g_string_free (valid, FALSE);
}

/* "inputs/data/actions.csv"; a folder outside the programme gives its files' names alone. */
static char *dup_copy_path (const char *file_path)
{
    g_autofree char *path = dup_valid_name (file_path);
    if (!g_path_is_absolute (path) && strstr (path, "..") == NULL)
        return g_build_filename ("inputs", path, NULL);
    g_autofree char *folder = g_path_get_dirname (path);
    g_autofree char *folder_name = g_path_get_basename (folder);
    g_autofree char *name = g_path_get_basename (path);
    return g_build_filename ("inputs", folder_name, name, NULL);
}

static bool copy_file (BpInputFile *file, const BpProgrammeConfig *config, const char *folder, GError **error)
{
    g_autofree char *path = bp_programme_folder_dup_path (config, file->path);
    g_autofree char *copy = dup_copy_path (file->path);
    g_autofree char *to = g_build_filename (folder, copy, NULL);
    g_autofree char *parent = g_path_get_dirname (to);
    g_autofree char *contents = NULL;
    gsize length = 0;
    if (!bp_file_read (path, MAX_INPUT_BYTES, &contents, &length, error))
        return false;
    g_autofree char *sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)contents, length);
    if (strcmp (sha256, file->sha256) != 0)
        return bp_fail (error, BP_ERROR_DATA, "%s: the file was changed while it was being read; run again", file->path);
    if (g_mkdir_with_parents (parent, 0777) != 0)
        return bp_file_fail (error, parent, "the folder cannot be made", errno);
    if (!bp_atomic_file_write (to, contents, length, error))
        return false;
    file->copy = g_steal_pointer (&copy);
    return true;
}

bool bp_input_files_copy (GPtrArray *files, const BpProgrammeConfig *config, const char *folder, GError **error)
{
    for (guint i = 0; i < files->len; i++)
    {
        BpInputFile *file = g_ptr_array_index (files, i);
        if (file->sha256 != NULL && !copy_file (file, config, folder, error))
            return false;
    }
    return true;
}
