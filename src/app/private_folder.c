#include "app/private_folder.h"

#include "app/console.h"
#include "base/atomic_file.h"

#include <errno.h>
#include <glib-unix.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

struct BpPrivateFolder
{
    char *path;
    int line; /* to the sweeper: it ends when the program does, or before */
    pid_t sweeper;
};

/* In the child. What stops the program by the keyboard or by its unit must not stop this. */
static void sweep (const char *path, const int ends[2])
{
    char byte;
    (void)setsid ();
    signal (SIGINT, SIG_IGN);
    signal (SIGTERM, SIG_IGN);
    signal (SIGHUP, SIG_IGN);
    close (ends[1]);
    while (read (ends[0], &byte, 1) < 0 && errno == EINTR)
        continue;
    _exit (bp_folder_remove (path, NULL) ? 0 : 1);
}

static bool start_sweeper (BpPrivateFolder *folder, GError **error)
{
    int ends[2];
    if (!g_unix_open_pipe (ends, FD_CLOEXEC, NULL))
        return bp_file_fail (error, folder->path, "no pipe can be made to whoever removes it", errno);
    folder->sweeper = fork ();
    if (folder->sweeper == 0)
        sweep (folder->path, ends);
    const int code = errno;
    close (ends[0]);
    folder->line = ends[1];
    return folder->sweeper > 0 || bp_file_fail (error, folder->path, "no process can be started that removes it", code);
}

BpPrivateFolder *bp_private_folder_make (const char *pattern, GError **error)
{
    char *path = g_dir_make_tmp (pattern, error);
    if (path == NULL)
        return NULL;
    g_autoptr (BpPrivateFolder) folder = g_new (BpPrivateFolder, 1);
    *folder = (BpPrivateFolder){ path, -1, -1 };
    return start_sweeper (folder, error) ? g_steal_pointer (&folder) : NULL;
}

const char *bp_private_folder_path (const BpPrivateFolder *folder)
{
    return folder->path;
}

void bp_private_folder_free (BpPrivateFolder *folder)
{
    g_autoptr (GError) why = NULL;
    if (folder == NULL)
        return;
    if (folder->line >= 0)
        close (folder->line);
    while (folder->sweeper > 0 && waitpid (folder->sweeper, NULL, 0) < 0 && errno == EINTR)
        continue;
    if (!bp_file_is_missing (folder->path) && !bp_folder_remove (folder->path, &why)) /* the sweeper was killed, or could not */
        bp_console_error ("%s", why->message);
    g_free (folder->path);
    g_free (folder);
}
