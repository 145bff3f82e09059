/* A sender is killed at every point: before and after each step of its own, at each row that it writes, before and after each commit; then
 * killed again at some point of its recovery. In the end everybody has one message, or is named doubtful. */

#include "support/ledger_fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define RUN "2025-01-31-1"
#define RECIPIENTS 6

static const char *const addresses[RECIPIENTS]
    = { "a@example.org", "b@example.org", "c@example.org", "d@example.org", "e@example.org", "f@example.org" };

/* ---- the sender, in a child ---- */

static int points_left; /* until this process is killed; negative: never */
static int points_seen;

static void reach_point (void)
{
    points_seen++;
    if (points_left >= 0 && points_left-- == 0)
        kill (getpid (), SIGKILL);
}

static void on_row (void *user, int operation, const char *database, const char *table, sqlite3_int64 row)
{
    (void)user, (void)operation, (void)database, (void)table, (void)row;
    reach_point ();
}

static int before_commit (void *user)
{
    (void)user;
    reach_point ();
    return 0;
}

static int after_commit (void *user, sqlite3 *handle, const char *database, int pages)
{
    (void)user, (void)handle, (void)database, (void)pages;
    reach_point ();
    return SQLITE_OK;
}

/* The server: a file with a line for each message that it took. The second recipient is refused; the third has to try twice. */
static BpSendState deliver (const char *server, const BpSend *send)
{
    reach_point (); /* before the connection */
    if (strcmp (send->address, addresses[1]) == 0)
        return BP_SEND_STATE_REJECTED;
    if (strcmp (send->address, addresses[2]) == 0 && send->attempts < 2)
        return BP_SEND_STATE_DEFERRED;
    int file = open (server, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    g_autofree char *line = g_strconcat (send->address, "\n", NULL);
    if (write (file, line, strlen (line)) != (ssize_t)strlen (line))
        _exit (9);
    close (file);
    reach_point (); /* after DATA, before its answer is known */
    return BP_SEND_STATE_ACCEPTED;
}

static bool send_one (BpStore *store, const char *server, BpSend *send, GError **error)
{
    for (int attempt = 0; attempt < 3; attempt++)
    {
        if (!bp_send_state_may_become (send->state, BP_SEND_STATE_INTENT) || (attempt > 0 && send->state != BP_SEND_STATE_DEFERRED))
            return true;
        reach_point ();
        if (!bp_sends_begin (store, send, 200, error))
            return false;
        const BpSendState result = deliver (server, send);
        if (!bp_sends_finish (store, send, result, "", 300, error))
            return false;
    }
    return true;
}

static bool send_all (const char *path, const char *server, GError **error)
{
    g_autoptr (BpStore) store = bp_store_open (path, NULL, error);
    if (store == NULL)
        return false;
    sqlite3_update_hook (store->database.handle, on_row, NULL);
    sqlite3_commit_hook (store->database.handle, before_commit, NULL);
    sqlite3_wal_hook (store->database.handle, after_commit, NULL);
    g_autoptr (GPtrArray) sends = bp_sends_new ();
    for (int i = 0; i < RECIPIENTS; i++)
        g_ptr_array_add (sends, ledger_send (BP_SEND_KIND_PACK, RUN, "bbp", 1, addresses[i]));
    reach_point ();
    if (!bp_sends_plan (store, sends, 100, error))
        return false;
    for (guint i = 0; i < sends->len; i++)
        if (!send_one (store, server, sends->pdata[i], error))
            return false;
    return true;
}

/* Runs the sender in a child that is killed at a point (negative: at none). Returns whether it was. */
static bool run_sender (const char *path, const char *server, int point)
{
    pid_t child = fork ();
    g_assert_cmpint (child, >=, 0);
    if (child == 0)
    {
        GError *error = NULL;
        points_left = point;
        if (send_all (path, server, &error))
            _exit (0);
        fprintf (stderr, "# %s\n", error->message);
        _exit (1);
    }
    int status;
    g_assert_cmpint (waitpid (child, &status, 0), ==, child);
    if (WIFSIGNALED (status))
    {
        g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
        return true;
    }
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);
    return false;
}

/* ---- what must hold ---- */

static int count_lines (const char *server, const char *address)
{
    g_autofree char *text = NULL;
    int count = 0;
    if (!g_file_get_contents (server, &text, NULL, NULL))
        return 0;
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
    for (int i = 0; lines[i] != NULL; i++)
        count += strcmp (lines[i], address) == 0 ? 1 : 0;
    return count;
}

/* Whatever stands in the ledger now is true of the server. */
static void assert_truth (StoreFolder *folder, const char *server, bool is_ended)
{
    BpStore *store = store_folder_store (folder);
    g_autoptr (GPtrArray) sends = bp_sends_list (store, &(BpSendFilter){ .run = RUN }, &folder->error);
    g_assert_no_error (folder->error);
    g_assert_true (sends->len == RECIPIENTS || (!is_ended && sends->len == 0)); /* planned whole or not at all */
    for (guint i = 0; i < sends->len; i++)
    {
        const BpSend *send = sends->pdata[i];
        const int arrived = count_lines (server, send->address);
        g_assert_cmpint (arrived, <=, 1);
        if (send->state == BP_SEND_STATE_ACCEPTED)
            g_assert_cmpint (arrived, ==, 1);
        else if (send->state != BP_SEND_STATE_INTENT && send->state != BP_SEND_STATE_DOUBTFUL)
            g_assert_cmpint (arrived, ==, 0);
        if (is_ended)
            g_assert_true (send->state == BP_SEND_STATE_DOUBTFUL
                           || send->state == (i == 1 ? BP_SEND_STATE_REJECTED : BP_SEND_STATE_ACCEPTED));
    }
    g_assert_cmpint (query_number (store, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), ==, 0);
    g_clear_pointer (&folder->store, bp_store_close);
}

static void copy_file (const char *from, const char *to)
{
    g_autofree char *contents = NULL;
    gsize length;
    g_assert_true (g_file_get_contents (from, &contents, &length, NULL));
    g_assert_true (g_file_set_contents (to, contents, (gssize)length, NULL));
}

static int count_doubtful (StoreFolder *folder)
{
    BpStore *store = store_folder_store (folder);
    const gint64 count = query_number (store, "SELECT count(*) FROM sends WHERE state = 'doubtful'");
    g_clear_pointer (&folder->store, bp_store_close);
    return (int)count;
}

/* A folder whose store is a copy of the approved one. */
static void open_copy (StoreFolder *folder, const char *approved, char **server_out)
{
    store_folder_open (folder);
    copy_file (approved, folder->path);
    *server_out = g_build_filename (folder->folder, "server", NULL);
}

static void nobody_gets_two_and_nobody_is_forgotten (void)
{
    StoreFolder approved;
    store_folder_open (&approved);
    ledger_approve (store_folder_store (&approved), RUN, "bbp", 1);
    g_clear_pointer (&approved.store, bp_store_close);
    int point = 0, kills = 0;
    for (bool was_killed = true; was_killed; point++)
    {
        StoreFolder folder;
        g_autofree char *server = NULL;
        open_copy (&folder, approved.path, &server);
        int kills_here = run_sender (folder.path, server, point) ? 1 : 0;
        was_killed = kills_here > 0;
        assert_truth (&folder, server, !was_killed);
        /* the recovery is killed too, and its recovery, somewhere else each time */
        const int later_points[] = { (point * 7) % 23, (point * 5) % 17 };
        for (gsize i = 0; was_killed && i < G_N_ELEMENTS (later_points); i++)
        {
            kills_here += run_sender (folder.path, server, later_points[i]) ? 1 : 0;
            assert_truth (&folder, server, false);
        }
        g_assert_false (run_sender (folder.path, server, -1));
        assert_truth (&folder, server, true);
        g_assert_cmpint (count_doubtful (&folder), <=, kills_here); /* one for each kill at most */
        kills += kills_here;
        store_folder_close (&folder);
    }
    g_test_message ("%d points, %d kills", point - 1, kills);
    g_assert_cmpint (point - 1, >=, 60);
    g_assert_cmpint (kills, >=, 180);
    store_folder_close (&approved);
}

/* In a child: a disk that takes nothing more from the write of an intent on. */
static int try_without_room (const char *path)
{
    GError *error = NULL;
    g_autoptr (BpStore) store = bp_store_open (path, NULL, &error);
    g_autoptr (BpSend) send = ledger_plan (store, BP_SEND_KIND_PACK, RUN, "bbp", 1, addresses[0]);
    g_autofree char *log = g_strconcat (path, "-wal", NULL);
    struct stat status;
    if (stat (log, &status) != 0)
        return 2;
    const struct rlimit limit = { (rlim_t)status.st_size, RLIM_INFINITY };
    signal (SIGXFSZ, SIG_IGN);
    if (setrlimit (RLIMIT_FSIZE, &limit) != 0)
        return 3;
    if (bp_sends_begin (store, send, 200, &error))
        return 4;
    fprintf (stderr, "# %s\n", error->message);
    if (!g_error_matches (error, BP_ERROR, BP_ERROR_STORE) || strstr (error->message, "disk is full") == NULL
        || send->state != BP_SEND_STATE_PLANNED || send->attempts != 0)
        return 5;
    return 0;
}

static void without_room_for_the_intent_nothing_goes (void)
{
    StoreFolder folder;
    int status;
    store_folder_open (&folder);
    ledger_approve (store_folder_store (&folder), RUN, "bbp", 1);
    g_clear_pointer (&folder.store, bp_store_close);
    pid_t child = fork ();
    g_assert_cmpint (child, >=, 0);
    if (child == 0)
        _exit (try_without_room (folder.path));
    g_assert_cmpint (waitpid (child, &status, 0), ==, child);
    g_assert_true (WIFEXITED (status));
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);
    /* with room again it goes */
    BpStore *store = store_folder_store (&folder);
    g_assert_cmpint (query_number (store, "SELECT count(*) FROM sends WHERE state = 'planned' AND attempts = 0"), ==, 1);
    g_autoptr (BpSend) send = ledger_plan (store, BP_SEND_KIND_PACK, RUN, "bbp", 1, addresses[0]);
    g_assert_true (bp_sends_begin (store, send, 200, &folder.error));
    store_folder_close (&folder);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/store/ledger_crash/nobody_gets_two_and_nobody_is_forgotten", nobody_gets_two_and_nobody_is_forgotten);
    g_test_add_func ("/store/ledger_crash/without_room_for_the_intent_nothing_goes", without_room_for_the_intent_nothing_goes);
    return g_test_run ();
}
