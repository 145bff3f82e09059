#include "store/file_rows.h"

#include <string.h>

#define DEED "keep the files of a pack"

static const struct
{
    const char *remove, *insert, *select;
} statements[] = {
    [BP_APPROVAL_FILES] = { "DELETE FROM approval_files WHERE approval_id = ?",
                            "INSERT INTO approval_files (approval_id, position, path, sha256) VALUES (?, ?, ?, ?)",
                            "SELECT path, sha256 FROM approval_files WHERE approval_id = ? ORDER BY position" },
    [BP_SEND_FILES]
    = { "DELETE FROM send_files WHERE send_id = ?", "INSERT INTO send_files (send_id, position, path, sha256) VALUES (?, ?, ?, ?)",
        "SELECT path, sha256 FROM send_files WHERE send_id = ? ORDER BY position" },
};

static void free_file (gpointer pointer)
{
    BpPackFile *file = pointer;
    g_free (file->path);
    g_free (file->sha256);
    g_free (file);
}

GPtrArray *bp_pack_files_new (void)
{
    return g_ptr_array_new_with_free_func (free_file);
}

void bp_pack_files_add (GPtrArray *files, const char *path, const char *sha256)
{
    BpPackFile *file = g_new (BpPackFile, 1);
    *file = (BpPackFile){ g_strdup (path), g_strdup (sha256) };
    g_ptr_array_add (files, file);
}

GPtrArray *bp_pack_files_dup (const GPtrArray *files)
{
    GPtrArray *copy = bp_pack_files_new ();
    for (guint i = 0; i < files->len; i++)
    {
        const BpPackFile *file = files->pdata[i];
        bp_pack_files_add (copy, file->path, file->sha256);
    }
    return copy;
}

bool bp_pack_files_are_same (const GPtrArray *left, const GPtrArray *right)
{
    if (left->len != right->len)
        return false;
    for (guint i = 0; i < left->len; i++)
    {
        const BpPackFile *one = left->pdata[i], *other = right->pdata[i];
        if (strcmp (one->path, other->path) != 0 || strcmp (one->sha256, other->sha256) != 0)
            return false;
    }
    return true;
}

bool bp_file_rows_replace (BpDatabase *database, BpFileTable table, gint64 owner, const GPtrArray *files, GError **error)
{
    g_autoptr (sqlite3_stmt) remove = bp_database_prepare (database, statements[table].remove, DEED, error);
    if (remove == NULL)
        return false;
    sqlite3_bind_int64 (remove, 1, owner);
    g_autoptr (sqlite3_stmt) insert = bp_database_prepare (database, statements[table].insert, DEED, error);
    if (insert == NULL || !bp_database_execute (database, remove, DEED, error))
        return false;
    for (guint i = 0; i < files->len; i++)
    {
        const BpPackFile *file = files->pdata[i];
        sqlite3_bind_int64 (insert, 1, owner);
        sqlite3_bind_int64 (insert, 2, i);
        bp_database_bind_text (insert, 3, file->path);
        bp_database_bind_text (insert, 4, file->sha256);
        if (!bp_database_execute (database, insert, DEED, error))
            return false;
    }
    return true;
}

GPtrArray *bp_file_rows_load (BpDatabase *database, BpFileTable table, gint64 owner, GError **error)
{
    g_autoptr (GPtrArray) files = bp_pack_files_new ();
    g_autoptr (sqlite3_stmt) rows = bp_database_prepare (database, statements[table].select, "read the files of a pack", error);
    if (rows == NULL)
        return NULL;
    sqlite3_bind_int64 (rows, 1, owner);
    for (;;)
    {
        bool has_row;
        if (!bp_database_step (database, rows, &has_row, "read the files of a pack", error))
            return NULL;
        if (!has_row)
            return g_steal_pointer (&files);
        bp_pack_files_add (files, bp_database_column_text (rows, 0), bp_database_column_text (rows, 1));
    }
}
