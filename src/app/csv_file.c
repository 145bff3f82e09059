#include "app/csv_file.h"

#include "base/atomic_file.h"
#include "base/formula_guard.h"

#include <glib/gstdio.h>
#include <string.h>

#define MAX_OLD_BYTES ((gsize)256 * 1024 * 1024)

static void append_cell (GString *text, const char *cell)
{
    const char *guard = bp_formula_needs_guard (cell, strlen (cell)) ? "'" : "";
    if (cell[strcspn (cell, ",\"\r\n;\t")] == '\0')
    {
        g_string_append (text, guard);
        g_string_append (text, cell);
        return;
    }
    g_string_append_c (text, '"');
    g_string_append (text, guard);
    for (const char *at = cell; *at != '\0'; at++)
    {
        if (*at == '"')
            g_string_append_c (text, '"');
        g_string_append_c (text, *at);
    }
    g_string_append_c (text, '"');
}

static bool has_local_cells (const BpTableSet *set, BpTableId table)
{
    const GArray *records = set->tables[table].records;
    const int own = bp_table_column_count (bp_table_get (table)), width = bp_table_set_width (set, table);
    for (guint i = 0; i < records->len; i++)
        for (int j = own; j < width; j++)
            if (*g_array_index (records, BpRecord, i).cells[j] != '\0')
                return true;
    return false;
}

char *bp_csv_dup_table (const BpTableSet *set, BpTableId table)
{
    const BpTableDef *def = bp_table_get (table);
    const GArray *records = set->tables[table].records;
    const int own = bp_table_column_count (def), width = has_local_cells (set, table) ? bp_table_set_width (set, table) : own;
    GString *text = g_string_new (NULL);
    for (int i = 0; i < width; i++)
        g_string_append_printf (text, "%s%s", i > 0 ? "," : "",
                                i < own ? def->columns[i].name : bp_field_set_get (set->fields, table, i - own)->column);
    g_string_append_c (text, '\n');
    for (guint i = 0; i < records->len; i++)
    {
        for (int j = 0; j < width; j++)
        {
            g_string_append (text, j > 0 ? "," : "");
            append_cell (text, g_array_index (records, BpRecord, i).cells[j]);
        }
        g_string_append_c (text, '\n');
    }
    return g_string_free (text, FALSE);
}

/* What stood in each file; NULL: there was none. */
static bool read_old (const GArray *files, GPtrArray *old, GError **error)
{
    for (guint i = 0; i < files->len; i++)
    {
        char *contents = NULL;
        gsize length = 0;
        const char *path = g_array_index (files, BpCsvFile, i).path;
        if (!bp_file_is_missing (path) && !bp_file_read (path, MAX_OLD_BYTES, &contents, &length, error))
            return false;
        g_ptr_array_add (old, contents);
    }
    return true;
}

/* Writes beside each file what is to stand in it (element NULL: it stands there already), so that renaming alone remains to be done, which
 * needs no room on the disk. */
static bool prepare (const GArray *files, const GPtrArray *old, GPtrArray *ready, GError **error)
{
    for (guint i = 0; i < files->len; i++)
    {
        const BpCsvFile *file = &g_array_index (files, BpCsvFile, i);
        const bool is_same = g_strcmp0 (file->contents, old->pdata[i]) == 0;
        g_autoptr (BpAtomicFile) next = is_same ? NULL : bp_atomic_file_open (file->path, error);
        if (!is_same && next == NULL)
            return false;
        if (next != NULL)
            (void)bp_atomic_file_append (next, file->contents, strlen (file->contents)); /* finish says what went wrong */
        if (next != NULL && !bp_atomic_file_finish (next, error))
            return false;
        g_ptr_array_add (ready, g_steal_pointer (&next));
    }
    return true;
}

/* As far as it can be done: the disk has failed once already. */
static void put_back (const GArray *files, const GPtrArray *old, guint count)
{
    for (guint i = 0; i < count; i++)
    {
        const char *path = g_array_index (files, BpCsvFile, i).path, *contents = old->pdata[i];
        if (contents == NULL)
            g_unlink (path);
        else
            (void)bp_atomic_file_write (path, contents, strlen (contents), NULL);
    }
}

static bool sync_folders (const GArray *files, GError **error)
{
    for (guint i = 0; i < files->len; i++)
    {
        g_autofree char *folder = g_path_get_dirname (g_array_index (files, BpCsvFile, i).path);
        if (!bp_folder_sync (folder, error))
            return false;
    }
    return true;
}

bool bp_csv_files_write (const GArray *files, GError **error)
{
    g_autoptr (GPtrArray) old = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GPtrArray) ready = g_ptr_array_new_with_free_func ((GDestroyNotify)bp_atomic_file_free);
    if (!read_old (files, old, error) || !prepare (files, old, ready, error))
        return false;
    for (guint i = 0; i < files->len; i++)
        if (ready->pdata[i] != NULL && !bp_atomic_file_commit (ready->pdata[i], error))
        {
            put_back (files, old, i);
            return false;
        }
    return sync_folders (files, error);
}
