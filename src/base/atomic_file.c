#include "base/atomic_file.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail_errno (GError **error, const char *what, const char *path, int code)
{
    const char *advice = code == ENOSPC   ? "; free some space, then run again"
                         : code == EACCES ? "; check the permissions of the file and its folder"
                         : code == EROFS  ? "; the file system is read-only"
                                          : "";
    return bp_fail (error, BP_ERROR_IO, "%s: %s: %s%s", path, what, g_strerror (code), advice);
}

static bool write_all (int descriptor, const char *bytes, gsize length)
{
    while (length > 0)
    {
        ssize_t written = write (descriptor, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        length -= (gsize)written;
    }
    return true;
}

bool bp_atomic_file_write (const char *path, const void *contents, gsize length, GError **error)
{
    g_autofree char *partial = g_strconcat (path, ".partial", NULL);
    int descriptor = open (partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (descriptor < 0)
        return fail_errno (error, "cannot be written", partial, errno);
    bool is_written = write_all (descriptor, contents, length) && fsync (descriptor) == 0;
    int code = errno;
    /* close can report what write did not: a full disk on some network file systems */
    if (close (descriptor) != 0 && is_written)
    {
        is_written = false;
        code = errno;
    }
    if (is_written && g_rename (partial, path) != 0)
    {
        is_written = false;
        code = errno;
    }
    if (!is_written)
    {
        g_unlink (partial);
        return fail_errno (error, "cannot be written", path, code);
    }
    return true;
}

bool bp_file_read (const char *path, gsize max_bytes, char **contents_out, gsize *length_out, GError **error)
{
    int descriptor = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return fail_errno (error, "cannot be read", path, errno);
    struct stat status;
    bool is_regular = fstat (descriptor, &status) == 0 && S_ISREG (status.st_mode);
    if (!is_regular || (gsize)status.st_size > max_bytes)
    {
        close (descriptor);
        if (!is_regular)
            return bp_fail (error, BP_ERROR_IO, "%s: is no ordinary file (%s); put the file itself there", path,
                            S_ISDIR (status.st_mode) ? "a folder" : "a device or pipe");
        return bp_fail (error, BP_ERROR_IO,
                        "%s: has %" G_GINT64_FORMAT " bytes, more than the %" G_GSIZE_FORMAT " that can be read; split it", path,
                        (gint64)status.st_size, max_bytes);
    }
    gsize length = (gsize)status.st_size, got = 0;
    g_autofree char *contents = g_malloc (length + 1);
    int code = 0;
    while (got < length && code == 0)
    {
        ssize_t part = read (descriptor, contents + got, length - got);
        if (part > 0)
            got += (gsize)part;
        else if (part == 0)
            break; /* it was cut short meanwhile */
        else if (errno != EINTR)
            code = errno;
    }
    close (descriptor);
    if (code != 0)
        return fail_errno (error, "cannot be read", path, code);
    contents[got] = '\0';
    *contents_out = g_steal_pointer (&contents);
    *length_out = got;
    return true;
}

char *bp_file_dup_sha256 (const char *path, GError **error)
{
    g_autofree char *contents = NULL;
    gsize length;
    if (!bp_file_read (path, G_MAXINT, &contents, &length, error))
        return NULL;
    return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)contents, length);
}

bool bp_folder_sync (const char *path, GError **error)
{
    int descriptor = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return fail_errno (error, "cannot be opened", path, errno);
    int code = fsync (descriptor) == 0 ? 0 : errno;
    close (descriptor);
    /* some file systems cannot sync a folder and say so; that is no failure of ours */
    if (code != 0 && code != EINVAL && code != EROFS)
        return fail_errno (error, "cannot be synced", path, code);
    return true;
}

static int remove_entry (const char *path, const struct stat *status, int type, struct FTW *where)
{
    (void)status;
    (void)where;
    return (type == FTW_DP ? rmdir (path) : unlink (path)) == 0 ? 0 : errno;
}

bool bp_folder_remove (const char *path, GError **error)
{
    if (g_access (path, F_OK) != 0)
        return true;
    int code = nftw (path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    if (code != 0)
        return fail_errno (error, "cannot be removed", path, code > 0 ? code : errno);
    return true;
}
