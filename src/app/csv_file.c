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

/* ---- the journal ---- */

/* The journal of a group stands in its folder from before anything is changed until all files are in their places, with a line for each:
 * "=name", or "+name" where nothing stood before. As long as it is there, the folder can be put back as it was, by whoever comes next. */
#define JOURNAL ".returned"
/* The same for a group that is in its places: it may still be put back by this process. */
#define DONE_JOURNAL ".returned-done"

struct BpCsvUndo
{
    char *folder;
};

static bool write_journal (const char *folder, const GArray *files, const GPtrArray *old, GError **error)
{
    g_autofree char *path = g_build_filename (folder, JOURNAL, NULL);
    g_autoptr (GString) text = g_string_new (NULL);
    for (guint i = 0; i < files->len; i++)
    {
        g_autofree char *name = g_path_get_basename (g_array_index (files, BpCsvFile, i).path);
        g_string_append_printf (text, "%c%s\n", old->pdata[i] != NULL ? '=' : '+', name);
    }
    return bp_atomic_file_write (path, text->str, text->len, error) && bp_folder_sync (folder, error);
}

/* The lines of the journal of that name, NULL-ended; *lines_out is NULL if there is none. */
static bool read_journal (const char *folder, const char *name, char ***lines_out, GError **error)
{
    g_autofree char *path = g_build_filename (folder, name, NULL), *text = NULL;
    gsize length;
    *lines_out = NULL;
    if (bp_file_is_missing (path))
        return true;
    if (!bp_file_read (path, MAX_OLD_BYTES, &text, &length, error))
        return false;
    *lines_out = g_strsplit (text, "\n", -1);
    return true;
}

static bool remove_if_there (const char *path)
{
    return g_unlink (path) == 0 || errno == ENOENT;
}

static bool remove_journal (const char *folder, const char *name, GError **error)
{
    g_autofree char *path = g_build_filename (folder, name, NULL);
    return (remove_if_there (path) || bp_file_fail (error, path, "cannot be removed", errno)) && bp_folder_sync (folder, error);
}

/* ---- what was there before ---- */

/* Beside the file, under a name that is read as no table. */
static char *dup_kept_path (const char *path)
{
    g_autofree char *folder = g_path_get_dirname (path), *name = g_path_get_basename (path);
    g_autofree char *hidden = g_strdup_printf (".%s.before", name);
    return g_build_filename (folder, hidden, NULL);
}

/* Keeps what stands at path before it is written over: a second name for it, so that putting it back is a rename, which needs no room on
 * the disk; a copy where the file system has no second names. contents: NULL if nothing stands there. */
static bool keep_old (const char *path, const char *contents, GError **error)
{
    g_autofree char *kept = dup_kept_path (path);
    return contents == NULL || link (path, kept) == 0 || bp_atomic_file_write (kept, contents, strlen (contents), error);
}

/* One line of the journal: makes the file what it was, and removes what was to be put in its place. */
static bool put_back (const char *folder, const char *line, GError **error)
{
    g_autofree char *path = g_build_filename (folder, line + 1, NULL), *kept = dup_kept_path (path);
    g_autofree char *partial = g_strconcat (path, ".partial", NULL), *kept_partial = g_strconcat (kept, ".partial", NULL);
    g_unlink (partial); /* of no harm if it stays */
    g_unlink (kept_partial);
    bool is_back = *line == '+' ? remove_if_there (path) : g_rename (kept, path) == 0 || errno == ENOENT;
    is_back = is_back && remove_if_there (kept); /* of two names of one file, a rename leaves both */
    return is_back || bp_file_fail (error, path, "cannot be put back as it was", errno);
}

/* All lines, whatever becomes of one; the journal stays as long as there is something to be done. */
static bool put_all_back (const char *folder, GError **error)
{
    g_auto (GStrv) lines = NULL;
    if (!read_journal (folder, JOURNAL, &lines, error))
        return false;
    if (lines == NULL)
        return true; /* and nothing is touched: the folder may be read-only */
    bool is_done = true;
    for (guint i = g_strv_length (lines); i > 0; i--)
        if (*lines[i - 1] != '\0')
            is_done = put_back (folder, lines[i - 1], is_done ? error : NULL) && is_done;
    return is_done && remove_journal (folder, JOURNAL, error);
}

/* What was kept of a group that is to stay. */
static bool forget (const char *folder, GError **error)
{
    g_auto (GStrv) lines = NULL;
    if (!read_journal (folder, DONE_JOURNAL, &lines, error))
        return false;
    for (int i = 0; lines != NULL && lines[i] != NULL; i++)
    {
        g_autofree char *path = *lines[i] != '\0' ? g_build_filename (folder, lines[i] + 1, NULL) : NULL;
        g_autofree char *kept = path != NULL ? dup_kept_path (path) : NULL;
        if (kept != NULL && !remove_if_there (kept))
            return bp_file_fail (error, kept, "cannot be removed", errno);
    }
    return lines == NULL || remove_journal (folder, DONE_JOURNAL, error);
}

static bool rename_journal (const char *folder, const char *from, const char *to, GError **error)
{
    g_autofree char *old = g_build_filename (folder, from, NULL), *path = g_build_filename (folder, to, NULL);
    return (g_rename (old, path) == 0 || bp_file_fail (error, path, "cannot be written", errno)) && bp_folder_sync (folder, error);
}

bool bp_csv_files_recover (const char *folder, bool *was_stopped_out, GError **error)
{
    g_autofree char *journal = g_build_filename (folder, JOURNAL, NULL), *partial = g_strconcat (journal, ".partial", NULL);
    *was_stopped_out = false;
    if (g_access (folder, R_OK | X_OK) != 0)
        return true; /* whoever reads it says so */
    *was_stopped_out = !bp_file_is_missing (journal);
    if (!bp_file_is_missing (partial) && !remove_if_there (partial))
        return bp_file_fail (error, partial, "cannot be removed", errno);
    return put_all_back (folder, error) && forget (folder, error);
}

bool bp_csv_undo_apply (BpCsvUndo *undo, GError **error)
{
    return rename_journal (undo->folder, DONE_JOURNAL, JOURNAL, error) && put_all_back (undo->folder, error);
}

void bp_csv_undo_free (BpCsvUndo *undo)
{
    if (undo == NULL)
        return;
    (void)forget (undo->folder, NULL); /* else the next does */
    g_free (undo->folder);
    g_free (undo);
}

/* Puts the files that are ready in their places. */
static bool put_in_place (const GArray *files, const GPtrArray *old, GPtrArray *ready, GError **error)
{
    for (guint i = 0; i < files->len; i++)
        if (ready->pdata[i] != NULL
            && (!keep_old (g_array_index (files, BpCsvFile, i).path, old->pdata[i], error)
                || !bp_atomic_file_commit (ready->pdata[i], error)))
            return false;
    return true;
}

bool bp_csv_files_write (const char *folder, const GArray *files, BpCsvUndo **undo_out, GError **error)
{
    g_autoptr (GPtrArray) old = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GPtrArray) ready = g_ptr_array_new_with_free_func ((GDestroyNotify)bp_atomic_file_free);
    bool was_stopped;
    if (!bp_csv_files_recover (folder, &was_stopped, error) || !read_old (files, old, error) || !write_journal (folder, files, old, error))
        return false;
    if (!prepare (files, old, ready, error) || !put_in_place (files, old, ready, error) || !bp_folder_sync (folder, error)
        || !rename_journal (folder, JOURNAL, DONE_JOURNAL, error))
    {
        /* what went wrong first is what is told; a journal may have its other name, and that not be on the disk */
        g_autofree char *done = g_build_filename (folder, DONE_JOURNAL, NULL);
        if (!bp_file_is_missing (done))
            (void)rename_journal (folder, DONE_JOURNAL, JOURNAL, NULL);
        (void)put_all_back (folder, NULL);
        return false;
    }
    g_autoptr (BpCsvUndo) undo = g_new (BpCsvUndo, 1);
    undo->folder = g_strdup (folder);
    if (undo_out != NULL)
        *undo_out = g_steal_pointer (&undo);
    return true;
}
