#include "app/lock.h"

#include "base/atomic_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

struct BpLock
{
    int output, store; /* descriptors */
};

/* Leaves our process number in the file, for the message of whoever comes next. Only a courtesy: failing to does no harm. */
static void leave_number (int descriptor)
{
    char text[32];
    int length = g_snprintf (text, sizeof text, "%d\n", (int)getpid ());
    if (ftruncate (descriptor, 0) == 0 && pwrite (descriptor, text, (size_t)length, 0) < 0)
        errno = 0;
}

static bool fail_held (int descriptor, const char *path, GError **error)
{
    char text[32] = "";
    ssize_t length = pread (descriptor, text, sizeof text - 1, 0);
    text[length > 0 ? length : 0] = '\0';
    g_strchomp (text);
    return bp_fail (error, BP_ERROR_LOCKED, "another run%s%s is at work here (it holds %s); wait until it has ended, then run again",
                    *text == '\0' ? "" : ", process ", text, path);
}

/* The descriptor that holds it; -1 on failure. */
static int take_file (const char *path, GError **error)
{
    int descriptor = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor < 0)
    {
        bp_file_fail (error, path, "the file cannot be opened", errno);
        return -1;
    }
    if (flock (descriptor, LOCK_EX | LOCK_NB) == 0)
    {
        leave_number (descriptor);
        return descriptor;
    }
    if (errno == EWOULDBLOCK)
        fail_held (descriptor, path, error);
    else
        bp_file_fail (error, path, "the file cannot be locked", errno);
    close (descriptor);
    return -1;
}

static bool make_folder (const char *folder, GError **error)
{
    return g_mkdir_with_parents (folder, 0777) == 0 || bp_file_fail (error, folder, "the folder cannot be made", errno);
}

/* Beside the store itself, by whatever link it is reached. */
static char *dup_store_lock (const char *store)
{
    g_autofree char *real = realpath (store, NULL); /* NULL: there is none yet */
    const char *path = real != NULL ? real : store;
    g_autofree char *folder = g_path_get_dirname (path), *base = g_path_get_basename (path), *name = g_strdup_printf (".%s.lock", base);
    return g_build_filename (folder, name, NULL);
}

BpLock *bp_lock_take (const BpProgrammeFolder *folder, GError **error)
{
    g_autofree char *output_lock = g_build_filename (folder->output, ".lock", NULL), *store_lock = dup_store_lock (folder->store);
    g_autofree char *store_folder = g_path_get_dirname (store_lock);
    if (!make_folder (folder->output, error) || !make_folder (store_folder, error))
        return NULL;
    int output = take_file (output_lock, error);
    int store = output >= 0 ? take_file (store_lock, error) : -1;
    if (store < 0)
    {
        if (output >= 0)
            close (output);
        return NULL;
    }
    BpLock *lock = g_new (BpLock, 1);
    *lock = (BpLock){ output, store };
    return lock;
}

void bp_lock_release (BpLock *lock)
{
    if (lock == NULL)
        return;
    close (lock->store);
    close (lock->output);
    g_free (lock);
}
