#include "base/atomic_file.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define WAITING_BYTES ((gsize)64 * 1024) /* gathered before they are written */

static const char *advice_of (int code)
{
    switch (code)
    {
    case ENOSPC:
    case EDQUOT:
        return "; free some space, then run again";
    case EFBIG:
        return "; it is larger than files may be here: raise the limit (ulimit -f), then run again";
    case EISDIR:
        return "; move away the folder that stands where a file must be";
    case EACCES:
    case EPERM:
        return "; check the permissions of the file and its folder";
    case EROFS:
        return "; the file system is read-only: make it writable, or name another folder in [paths] of config/programme.ini";
    case ENOENT:
        return "; check that its folder is there, and that it is no link to something that is gone";
    case ELOOP:
        return "; put the file itself there instead of the link";
    case ENOTDIR:
    case EEXIST:
        return "; move away the file that stands where a folder must be";
    default:
        return "";
    }
}

bool bp_file_fail (GError **error, const char *path, const char *what, int code)
{
    return bp_fail (error, BP_ERROR_IO, "%s: %s: %s%s", path, what, g_strerror (code), advice_of (code));
}

bool bp_file_is_missing (const char *path)
{
    struct stat status;
    return lstat (path, &status) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

bool bp_file_write_all (int descriptor, const char *bytes, gsize length)
{
    while (length > 0)
    {
        ssize_t written = write (descriptor, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written == 0)
            errno = EIO; /* nothing was written and no reason given */
        if (written <= 0)
            return false;
        bytes += written;
        length -= (gsize)written;
    }
    return true;
}

struct BpAtomicFile
{
    char *path, *partial; /* partial is NULL once there is none */
    int descriptor;       /* -1: closed */
    int code;             /* errno of the first write that failed; 0: none */
    GByteArray *waiting;
};

static BpAtomicFile *open_with_mode (const char *path, mode_t mode, GError **error)
{
    g_autofree char *partial = g_strconcat (path, ".partial", NULL);
    /* what a stopped run has left goes first; the new file is then made here and nowhere else: a link of that name would lead elsewhere */
    int descriptor = -1;
    if (g_unlink (partial) == 0 || errno == ENOENT)
        descriptor = open (partial, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    if (descriptor < 0)
    {
        bp_file_fail (error, partial, "cannot be written", errno);
        return NULL;
    }
    BpAtomicFile *file = g_new0 (BpAtomicFile, 1);
    file->path = g_strdup (path);
    file->partial = g_steal_pointer (&partial);
    file->descriptor = descriptor;
    file->waiting = g_byte_array_sized_new (WAITING_BYTES);
    return file;
}

BpAtomicFile *bp_atomic_file_open (const char *path, GError **error)
{
    return open_with_mode (path, 0644, error);
}

static bool write_waiting (BpAtomicFile *file)
{
    if (file->code == 0 && !bp_file_write_all (file->descriptor, (const char *)file->waiting->data, file->waiting->len))
        file->code = errno;
    g_byte_array_set_size (file->waiting, 0);
    return file->code == 0;
}

bool bp_atomic_file_append (BpAtomicFile *file, const void *bytes, gsize length)
{
    if (length > WAITING_BYTES - file->waiting->len && !write_waiting (file))
        return false;
    if (length <= WAITING_BYTES)
        g_byte_array_append (file->waiting, bytes, (guint)length);
    else if (!bp_file_write_all (file->descriptor, bytes, length))
        file->code = errno;
    return file->code == 0;
}

static void remove_partial (BpAtomicFile *file)
{
    if (file->partial != NULL)
        g_unlink (file->partial);
    g_clear_pointer (&file->partial, g_free);
}

static bool fail_write (BpAtomicFile *file, GError **error)
{
    remove_partial (file);
    return bp_file_fail (error, file->path, "cannot be written", file->code);
}

bool bp_atomic_file_finish (BpAtomicFile *file, GError **error)
{
    if (write_waiting (file) && fsync (file->descriptor) != 0)
        file->code = errno;
    /* close can report what write did not: a full disk on some network file systems */
    if (close (file->descriptor) != 0 && file->code == 0)
        file->code = errno;
    file->descriptor = -1;
    return file->code == 0 || fail_write (file, error);
}

bool bp_atomic_file_commit (BpAtomicFile *file, GError **error)
{
    if (file->descriptor >= 0 && !bp_atomic_file_finish (file, error))
        return false;
    if (g_rename (file->partial, file->path) != 0)
    {
        file->code = errno;
        return fail_write (file, error);
    }
    g_clear_pointer (&file->partial, g_free);
    return true;
}

void bp_atomic_file_free (BpAtomicFile *file)
{
    if (file == NULL)
        return;
    if (file->descriptor >= 0)
        close (file->descriptor);
    remove_partial (file);
    g_byte_array_unref (file->waiting);
    g_free (file->path);
    g_free (file);
}

static bool write_whole (const char *path, mode_t mode, const void *contents, gsize length, GError **error)
{
    g_autoptr (BpAtomicFile) file = open_with_mode (path, mode, error);
    if (file == NULL)
        return false;
    (void)bp_atomic_file_append (file, contents, length); /* commit says what went wrong */
    return bp_atomic_file_commit (file, error);
}

bool bp_atomic_file_write (const char *path, const void *contents, gsize length, GError **error)
{
    return write_whole (path, 0644, contents, length, error);
}

bool bp_atomic_file_write_private (const char *path, const void *contents, gsize length, GError **error)
{
    return write_whole (path, 0640, contents, length, error);
}

bool bp_file_read (const char *path, gsize max_bytes, char **contents_out, gsize *length_out, GError **error)
{
    int descriptor = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return bp_file_fail (error, path, "cannot be read", errno);
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
        return bp_file_fail (error, path, "cannot be read", code);
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
        return bp_file_fail (error, path, "cannot be opened", errno);
    int code = fsync (descriptor) == 0 ? 0 : errno;
    close (descriptor);
    /* some file systems cannot sync a folder and say so; that is no failure of ours */
    if (code != 0 && code != EINVAL && code != EROFS)
        return bp_file_fail (error, path, "cannot be synced", code);
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
        return bp_file_fail (error, path, "cannot be removed", code > 0 ? code : errno);
    return true;
}
