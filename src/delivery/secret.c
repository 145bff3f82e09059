#include "delivery/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_SECRET 16384 /* bytes: access tokens run to a few thousand */

void bp_secret_free (char *secret)
{
    if (secret != NULL)
        explicit_bzero (secret, strlen (secret));
    g_free (secret);
}

/* base64 of before, secret and after. */
static char *encode (const char *before, gsize before_length, const char *secret, const char *after)
{
    g_autoptr (GByteArray) bytes = g_byte_array_new ();
    g_byte_array_append (bytes, (const guint8 *)before, (guint)before_length);
    g_byte_array_append (bytes, (const guint8 *)secret, (guint)strlen (secret));
    g_byte_array_append (bytes, (const guint8 *)after, (guint)strlen (after));
    char *text = g_base64_encode (bytes->data, bytes->len);
    explicit_bzero (bytes->data, bytes->len);
    return text;
}

GPtrArray *bp_secret_forms_new (const char *user, const char *secret)
{
    GPtrArray *forms = g_ptr_array_new ();
    g_ptr_array_add (forms, g_strdup (secret));
    if (user != NULL)
    {
        const gsize length = strlen (user) + 2;
        g_autofree char *plain = g_strdup_printf ("-%s-", user);
        plain[0] = plain[length - 1] = '\0';                                         /* PLAIN, RFC 4616 */
        g_autofree char *bearer = g_strdup_printf ("user=%s\001auth=Bearer ", user); /* XOAUTH2 */
        g_ptr_array_add (forms, encode (plain, length, secret, ""));
        g_ptr_array_add (forms, encode (bearer, strlen (bearer), secret, "\001\001"));
    }
    /* after any other words: all but the letters at its edges are these */
    g_ptr_array_add (forms, encode ("", 0, secret, ""));
    g_ptr_array_add (forms, encode ("-", 1, secret, ""));
    g_ptr_array_add (forms, encode ("--", 2, secret, ""));
    g_ptr_array_add (forms, NULL);
    return forms;
}

void bp_secret_forms_free (GPtrArray *forms)
{
    for (guint i = 0; forms != NULL && i + 1 < forms->len; i++)
        bp_secret_free (forms->pdata[i]);
    if (forms != NULL)
        g_ptr_array_unref (forms);
}

static bool is_credential (const char *path)
{
    return strchr (path, '/') == NULL;
}

static char *dup_path (const char *what, const char *path, const char *credentials_folder, GError **error)
{
    if (!is_credential (path))
        return g_strdup (path);
    if (credentials_folder != NULL && credentials_folder[0] != '\0')
        return g_build_filename (credentials_folder, path, NULL);
    bp_fail (error, BP_ERROR_DELIVERY,
             "%s '%s' is the name of a systemd credential, and this is no service that was given any; name a file with its folder, or add "
             "LoadCredential=%s:… to the service",
             what, path, path);
    return NULL;
}

/* systemd lets a service's user in by an access list, whose mask shows as the group's right to read; the folder is that service's alone. */
static bool check_mode (const char *what, const char *path, bool is_systemd, const struct stat *status, GError **error)
{
    mode_t forbidden = is_systemd ? 0037 : 0077;
    if (!S_ISREG (status->st_mode))
        return bp_fail (error, BP_ERROR_DELIVERY, "%s %s is no ordinary file", what, path);
    if (status->st_uid != geteuid () && status->st_uid != 0)
        return bp_fail (error, BP_ERROR_DELIVERY, "%s %s belongs to another user; it has to be this user's own, or root's", what, path);
    if ((status->st_mode & forbidden) != 0)
        return bp_fail (error, BP_ERROR_DELIVERY, "%s %s can be read or changed by others; run: chmod 600 %s", what, path, path);
    return true;
}

/* The descriptor of a file that may hold a secret, or -1. */
static int open_secret (const char *what, const char *path, bool is_systemd, GError **error)
{
    int descriptor = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status;
    if (descriptor < 0 || fstat (descriptor, &status) != 0)
    {
        bp_fail (error, BP_ERROR_DELIVERY, "%s %s cannot be read: %s", what, path, g_strerror (errno));
        if (descriptor >= 0)
            close (descriptor);
        return -1;
    }
    if (check_mode (what, path, is_systemd, &status, error))
        return descriptor;
    close (descriptor);
    return -1;
}

char *bp_secret_dup_path (const char *what, const char *path, const char *credentials_folder, GError **error)
{
    g_autofree char *full = dup_path (what, path, credentials_folder, error);
    if (full == NULL)
        return NULL;
    int descriptor = open_secret (what, full, is_credential (path), error);
    if (descriptor < 0)
        return NULL;
    close (descriptor);
    return g_steal_pointer (&full);
}

/* Reads to the end, waiting until deadline (monotonic microseconds; 0: for ever). Returns the bytes, or -1 with errno. */
static gssize read_to_end (int descriptor, char *bytes, gsize room, gint64 deadline)
{
    gsize got = 0;
    while (got < room)
    {
        struct pollfd wait = { .fd = descriptor, .events = POLLIN };
        gint64 left = deadline == 0 ? -1 : MAX (0, (deadline - g_get_monotonic_time ()) / 1000);
        int ready = poll (&wait, 1, (int)left);
        if (ready == 0)
            errno = ETIMEDOUT;
        if (ready == 0 || (ready < 0 && errno != EINTR))
            return -1;
        gssize part = ready < 0 ? -1 : read (descriptor, bytes + got, room - got);
        if (part == 0)
            break;
        if (part < 0 && errno != EINTR && errno != EAGAIN)
            return -1;
        got += part > 0 ? (gsize)part : 0;
    }
    return (gssize)got;
}

/* Cuts the line end; false if more than one line, a control character, or nothing is left. */
static bool is_one_line (char *text, gsize length)
{
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
        text[--length] = '\0';
    for (gsize i = 0; i < length; i++)
        if (g_ascii_iscntrl (text[i]))
            return false;
    return length > 0 && strlen (text) == length;
}

char *bp_secret_load (const char *what, const char *path, const char *credentials_folder, GError **error)
{
    g_autofree char *full = dup_path (what, path, credentials_folder, error);
    int descriptor = full == NULL ? -1 : open_secret (what, full, is_credential (path), error);
    if (descriptor < 0)
        return NULL;
    char *secret = g_malloc0 (MAX_SECRET + 1);
    gssize length = read_to_end (descriptor, secret, MAX_SECRET, 0);
    close (descriptor);
    if (length >= 0 && length < MAX_SECRET && is_one_line (secret, (gsize)length))
        return secret;
    explicit_bzero (secret, MAX_SECRET);
    g_free (secret);
    bp_fail (error, BP_ERROR_DELIVERY, "%s %s has to hold the secret alone, in one line", what, full);
    return NULL;
}

/* Waits for a child that has closed its output, or kills it at the deadline; its status. */
static int await_child (GPid child, gint64 deadline)
{
    int status = 0;
    pid_t ended;
    while ((ended = waitpid (child, &status, WNOHANG)) == 0 && g_get_monotonic_time () < deadline)
        g_usleep (5000);
    if (ended == 0)
    {
        kill (child, SIGKILL);
        waitpid (child, &status, 0);
    }
    return status;
}

char *bp_secret_from_command (const char *command, int timeout_seconds, GError **error)
{
    g_auto (GStrv) words = NULL;
    g_autoptr (GError) failure = NULL;
    GPid child;
    int output = -1;
    /* what it says on the side could be the token, and would go to the log */
    const GSpawnFlags flags = G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL;
    if (!g_shell_parse_argv (command, NULL, &words, &failure)
        || !g_spawn_async_with_pipes (NULL, words, NULL, flags, NULL, NULL, &child, NULL, &output, NULL, &failure))
    {
        bp_fail (error, BP_ERROR_DELIVERY, "token_command cannot be run: %s", failure->message);
        return NULL;
    }
    gint64 deadline = g_get_monotonic_time () + (gint64)timeout_seconds * G_USEC_PER_SEC;
    char *secret = g_malloc0 (MAX_SECRET + 1);
    gssize length = read_to_end (output, secret, MAX_SECRET, deadline);
    int code = errno;
    close (output);
    if (length < 0)
        deadline = 0;
    int status = await_child (child, deadline);
    g_spawn_close_pid (child);
    if (length >= 0 && length < MAX_SECRET && WIFEXITED (status) && WEXITSTATUS (status) == 0 && is_one_line (secret, (gsize)length))
        return secret;
    explicit_bzero (secret, MAX_SECRET);
    g_free (secret);
    /* never what it printed */
    if (length < 0 && code == ETIMEDOUT)
        bp_fail (error, BP_ERROR_DELIVERY, "token_command did not answer within %d seconds", timeout_seconds);
    else
        bp_fail (error, BP_ERROR_DELIVERY,
                 "token_command has to print the token alone, in one line, and end with status 0 (it ended %d); run it by hand to see why",
                 WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status));
    return NULL;
}
