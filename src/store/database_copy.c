#include "store/database_copy.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define DEED "copy the store"

bool bp_database_copy_pages (BpDatabase *from, BpDatabase *to, GError **error)
{
    sqlite3_backup *backup = sqlite3_backup_init (to->handle, "main", from->handle, "main");
    if (backup == NULL)
        return bp_database_fail (to, DEED, error);
    sqlite3_backup_step (backup, -1);
    /* the copy's error; what went wrong with the original is told by it */
    if (sqlite3_backup_finish (backup) == SQLITE_OK)
        return true;
    return bp_database_fail (sqlite3_errcode (from->handle) != SQLITE_OK ? from : to, DEED, error);
}

/* Whether changes stand beside the file that are not in it yet. */
static bool has_log (const char *path)
{
    static const char *const ends[] = { "-wal", "-journal" };
    bool is_found = false;
    for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
        g_autofree char *log = g_strconcat (path, ends[i], NULL);
        GStatBuf status;
        is_found = is_found || (g_stat (log, &status) == 0 && status.st_size > 0);
    }
    return is_found;
}

/* SQLite opens a name as a URI only then with what stands after the question mark. */
static char *dup_uri (const char *path, bool is_whole)
{
    g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);
    return g_strdup_printf ("file:%s%s?mode=ro%s", g_path_is_absolute (path) ? "//" : "", escaped, is_whole ? "&immutable=1" : "");
}

/* A file without a log is taken as one that nobody writes: SQLite would want to make a log beside it, where it may make nothing. */
static bool open_original (BpDatabase *original, const char *path, bool is_whole, GError **error)
{
    g_autofree char *uri = dup_uri (path, is_whole);
    *original = (BpDatabase){ .path = g_strdup (path), .is_read_only = true };
    return sqlite3_open_v2 (uri, &original->handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_EXRESCODE, NULL) == SQLITE_OK
           || bp_database_fail (original, "open the store", error);
}

static bool copy_original (BpDatabase *copy, const char *path, bool is_whole, GError **error)
{
    BpDatabase original = { 0 };
    bool is_copied = open_original (&original, path, is_whole, error);
    if (is_copied && sqlite3_open_v2 (":memory:", &copy->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, NULL) != SQLITE_OK)
        is_copied = bp_database_fail (copy, DEED, error);
    is_copied = is_copied && bp_database_copy_pages (&original, copy, error);
    bp_database_close (&original);
    return is_copied;
}

static bool is_same_file (const GStatBuf *before, const GStatBuf *after)
{
    return before->st_ino == after->st_ino && before->st_size == after->st_size && before->st_mtim.tv_sec == after->st_mtim.tv_sec
           && before->st_mtim.tv_nsec == after->st_mtim.tv_nsec;
}

bool bp_database_open_copy (BpDatabase *database, const char *path, GError **error)
{
    GStatBuf before, after;
    *database = (BpDatabase){ .path = g_strdup (path), .is_read_only = true };
    if (access (path, R_OK) != 0 || g_stat (path, &before) != 0)
        return bp_fail (error, BP_ERROR_STORE, "%s: the store cannot be read: %s; ask for permission to read it", path, g_strerror (errno));
    if (!bp_database_check_file (path, error))
        return false;
    const bool is_whole = !has_log (path);
    if (!copy_original (database, path, is_whole, error))
        return false;
    if (is_whole && (g_stat (path, &after) != 0 || !is_same_file (&before, &after) || has_log (path)))
        return bp_fail (error, BP_ERROR_LOCKED, "%s: another program wrote to the store meanwhile; run again", path);
    bp_database_set_up (database);
    return true;
}
