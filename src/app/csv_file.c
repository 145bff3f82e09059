#include "app/csv_file.h"

#include "base/atomic_file.h"
#include "base/formula_guard.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

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

/* ---- what was there before ---- */

/* A file that was written: where its old self is kept meanwhile. */
typedef struct
{
    char *path;
    char *kept; /* NULL: there was no such file */
} OldFile;

struct BpCsvUndo
{
    GArray *files; /* of OldFile */
};

static void clear_old_file (gpointer pointer)
{
    OldFile *old = pointer;
    if (old->kept != NULL)
        g_unlink (old->kept);
    g_free (old->kept);
    g_free (old->path);
}

static BpCsvUndo *undo_new (void)
{
    BpCsvUndo *undo = g_new (BpCsvUndo, 1);
    undo->files = g_array_new (FALSE, FALSE, sizeof (OldFile));
    g_array_set_clear_func (undo->files, clear_old_file);
    return undo;
}

void bp_csv_undo_free (BpCsvUndo *undo)
{
    if (undo == NULL)
        return;
    g_array_unref (undo->files);
    g_free (undo);
}

/* Beside the file, under a name that is read as no table. */
static char *dup_kept_path (const char *path)
{
    g_autofree char *folder = g_path_get_dirname (path), *name = g_path_get_basename (path);
    g_autofree char *hidden = g_strdup_printf (".%s.before", name);
    return g_build_filename (folder, hidden, NULL);
}

/* Keeps what stands at path before it is written over: a second name for it, so that putting it back is a rename, which needs no room on
 * the disk; a copy where the file system has no second names. contents: NULL if nothing stands there. */
static bool keep_old (BpCsvUndo *undo, const char *path, const char *contents, GError **error)
{
    g_autofree char *kept = dup_kept_path (path);
    if (contents != NULL && link (path, kept) != 0 && !bp_atomic_file_write (kept, contents, strlen (contents), error))
        return false;
    const OldFile old = { g_strdup (path), contents != NULL ? g_steal_pointer (&kept) : NULL };
    g_array_append_val (undo->files, old);
    return true;
}

bool bp_csv_undo_apply (BpCsvUndo *undo, GError **error)
{
    bool is_done = true;
    for (guint i = undo->files->len; i > 0; i--)
    {
        OldFile *old = &g_array_index (undo->files, OldFile, i - 1);
        const bool is_back = old->kept != NULL ? g_rename (old->kept, old->path) == 0 : g_unlink (old->path) == 0 || errno == ENOENT;
        if (is_back)
            g_clear_pointer (&old->kept, g_free);
        else if (is_done)
            is_done = bp_file_fail (error, old->path, "cannot be put back as it was", errno);
    }
    return is_done;
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

/* What a run that was stopped has kept. */
static void drop_kept (const GArray *files)
{
    for (guint i = 0; i < files->len; i++)
    {
        g_autofree char *kept = dup_kept_path (g_array_index (files, BpCsvFile, i).path);
        g_unlink (kept);
    }
}

/* Puts the files that are ready in their places. */
static bool put_in_place (const GArray *files, const GPtrArray *old, GPtrArray *ready, BpCsvUndo *undo, GError **error)
{
    for (guint i = 0; i < files->len; i++)
        if (ready->pdata[i] != NULL
            && (!keep_old (undo, g_array_index (files, BpCsvFile, i).path, old->pdata[i], error)
                || !bp_atomic_file_commit (ready->pdata[i], error)))
            return false;
    return sync_folders (files, error);
}

bool bp_csv_files_write (const GArray *files, BpCsvUndo **undo_out, GError **error)
{
    g_autoptr (GPtrArray) old = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GPtrArray) ready = g_ptr_array_new_with_free_func ((GDestroyNotify)bp_atomic_file_free);
    g_autoptr (BpCsvUndo) undo = undo_new ();
    if (!read_old (files, old, error) || !prepare (files, old, ready, error))
        return false;
    drop_kept (files);
    if (!put_in_place (files, old, ready, undo, error))
    {
        (void)bp_csv_undo_apply (undo, NULL); /* what went wrong first is what is told */
        return false;
    }
    if (undo_out != NULL)
        *undo_out = g_steal_pointer (&undo);
    return true;
}
