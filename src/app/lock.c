#include "app/lock.h"

#include "base/atomic_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

struct BpLock
{
    int descriptor;
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

BpLock *bp_lock_take (const char *output_folder, GError **error)
{
    if (g_mkdir_with_parents (output_folder, 0777) != 0)
    {
        bp_file_fail (error, output_folder, "the folder cannot be made", errno);
        return NULL;
    }
    g_autofree char *path = g_build_filename (output_folder, ".lock", NULL);
    int descriptor = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor < 0)
    {
        bp_file_fail (error, path, "the file cannot be opened", errno);
        return NULL;
    }
    if (flock (descriptor, LOCK_EX | LOCK_NB) != 0)
    {
        if (errno == EWOULDBLOCK)
            fail_held (descriptor, path, error);
        else
            bp_file_fail (error, path, "the file cannot be locked", errno);
        close (descriptor);
        return NULL;
    }
    leave_number (descriptor);
    BpLock *lock = g_new0 (BpLock, 1);
    lock->descriptor = descriptor;
    return lock;
}

void bp_lock_release (BpLock *lock)
{
    if (lock == NULL)
        return;
    close (lock->descriptor);
    g_free (lock);
}
