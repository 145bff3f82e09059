#include "base/atomic_file.h"
#include "delivery/outbox.h"
#include "delivery/secret.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
    char *folder, *path;
} Folder;

static void open_folder (Folder *folder, const char *contents, guint mode)
{
    folder->folder = g_dir_make_tmp ("boardpack-secret-XXXXXX", NULL);
    folder->path = g_build_filename (folder->folder, "secret", NULL);
    g_assert_true (g_file_set_contents (folder->path, contents, -1, NULL));
    g_assert_cmpint (g_chmod (folder->path, mode), ==, 0);
}

static void close_folder (Folder *folder)
{
    g_assert_true (bp_folder_remove (folder->folder, NULL));
    g_free (folder->folder);
    g_free (folder->path);
}

static void assert_refused (const char *path, const char *credentials, const char *words)
{
    g_autoptr (GError) error = NULL;
    char *secret = bp_secret_load ("secret_file", path, credentials, &error);
    g_assert_null (secret);
    g_test_message ("%s", error->message);
    g_assert_nonnull (strstr (error->message, words));
    g_assert_null (strstr (error->message, "hunter"));
}

static void private_file_is_read_without_its_line_end (void)
{
    Folder folder;
    open_folder (&folder, "hunter 2 \xc3\xa9\r\n", 0600);
    g_autoptr (GError) error = NULL;
    char *secret = bp_secret_load ("secret_file", folder.path, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (secret, ==, "hunter 2 \xc3\xa9");
    bp_secret_free (secret);
    close_folder (&folder);
}

static void file_that_others_can_read_is_refused (void)
{
    static const guint modes[] = { 0644, 0640, 0604, 0620, 0601, 0666 };
    for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
        Folder folder;
        open_folder (&folder, "hunter2\n", modes[i]);
        assert_refused (folder.path, NULL, "chmod 600");
        close_folder (&folder);
    }
}

static void what_is_no_single_line_is_refused (void)
{
    static const char *const bad[] = { "", "\n", "hunter\n2\n", "hunter\t2\n" };
    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
        Folder folder;
        open_folder (&folder, bad[i], 0600);
        assert_refused (folder.path, NULL, "in one line");
        close_folder (&folder);
    }
    assert_refused ("/dev/null", NULL, "no ordinary file");
    assert_refused ("/nowhere/secret", NULL, "cannot be read");
}

/* systemd's access lists show as a group that may read. */
static void bare_name_is_a_credential (void)
{
    Folder folder;
    open_folder (&folder, "hunter2", 0440);
    g_autoptr (GError) error = NULL;
    char *secret = bp_secret_load ("secret_file", "secret", folder.folder, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (secret, ==, "hunter2");
    bp_secret_free (secret);
    assert_refused ("secret", NULL, "LoadCredential=secret:");
    assert_refused (folder.path, folder.folder, "chmod 600");
    g_assert_cmpint (g_chmod (folder.path, 0444), ==, 0);
    assert_refused ("secret", folder.folder, "chmod 600");
    close_folder (&folder);
}

static void assert_command (const char *command, const char *token, const char *words)
{
    g_autoptr (GError) error = NULL;
    char *secret = bp_secret_from_command (command, 1, &error);
    g_assert_cmpstr (secret, ==, token);
    if (token == NULL)
    {
        g_test_message ("%s", error->message);
        g_assert_nonnull (strstr (error->message, words));
        g_assert_null (strstr (error->message, "hunter"));
    }
    bp_secret_free (secret);
}

static void command_prints_the_token_or_is_refused (void)
{
    assert_command ("printf 'ab%s\\n' c", "abc", NULL);
    assert_command ("sh -c 'echo hunter2; exit 3'", NULL, "it ended 3");
    assert_command ("sh -c 'echo hunter2; kill -9 $$'", NULL, "it ended 137");
    assert_command ("true", NULL, "in one line");
    assert_command ("printf 'hunter\\n2\\n'", NULL, "in one line");
    assert_command ("/nowhere/token", NULL, "cannot be run");
    assert_command ("echo 'a", NULL, "cannot be run");
    gint64 start = g_get_monotonic_time ();
    assert_command ("sleep 30", NULL, "within 1 seconds");
    g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
}

static void assert_words (const char *text, const char *expected)
{
    static const char *const secrets[] = { "aHVudGVyMg==", "hunter2", NULL };
    char out[41];
    bp_smtp_words_copy (text, secrets, out, sizeof out);
    g_assert_cmpstr (out, ==, expected);
}

static void words_of_a_server_are_cleaned_and_bounded (void)
{
    assert_words ("550 5.1.1 no\r\n\tsuch \x1b[31muser\x07", "550 5.1.1 no such [31muser");
    assert_words ("535 no: AUTH PLAIN aHVudGVyMg== hunter2", "535 no: AUTH PLAIN [hidden] [hidden]");
    assert_words ("\xff\xfe", "\xef\xbf\xbd\xef\xbf\xbd");
    assert_words ("", "");
    assert_words ("0123456789012345678901234567890123456789abc", "0123456789012345678901234567890123456789");
    assert_words ("012345678901234567890123456789012345678\xc3\xa9", "012345678901234567890123456789012345678");
}

static void reply_of_many_lines_ends_with_the_last (void)
{
    BpSmtpReply reply;
    bp_smtp_reply_init (&reply);
    bp_smtp_reply_add_line (&reply, "550-no\r\n", 8);
    g_assert_cmpint (reply.code, ==, 0);
    bp_smtp_reply_add_line (&reply, "550 never\r\n", 11);
    g_assert_cmpint (reply.code, ==, 550);
    g_assert_cmpstr (reply.words->str, ==, "550-no 550 never");
    bp_smtp_reply_add_line (&reply, "250\r\n", 5);
    g_assert_cmpint (reply.code, ==, 250);
    bp_smtp_reply_reset (&reply);
    bp_smtp_reply_add_line (&reply, "HTTP/1.1 200 OK\r\n", 17);
    g_assert_cmpint (reply.code, ==, 0);
    bp_smtp_reply_clear (&reply);
}

static void waits_double_up_to_an_hour (void)
{
    const BpMailServer server = { .retry_wait_seconds = 120 };
    static const int waits[] = { 120, 240, 480, 960, 1920, 3600, 3600 };
    for (int i = 0; i < (int)G_N_ELEMENTS (waits); i++)
        g_assert_cmpint (bp_outbox_wait_seconds (&server, i + 1), ==, waits[i]);
    g_assert_cmpint (bp_outbox_wait_seconds (&server, 1000), ==, 3600);
}

static void assert_pause (BpOutboxPause pause, const char *expected)
{
    g_autofree char *text = bp_outbox_pause_dup_text (&pause);
    g_assert_cmpstr (text, ==, expected);
}

static void a_pause_is_told_in_words (void)
{
    assert_pause ((BpOutboxPause){ .seconds = 120, .count = 1, .try = 2, .tries = 4 }, "1 message again in 2 minutes (try 2 of 4)");
    assert_pause ((BpOutboxPause){ .seconds = 60, .count = 2, .try = 3, .tries = 4 }, "2 messages again in 1 minute (try 3 of 4)");
    assert_pause ((BpOutboxPause){ .seconds = 90, .count = 2, .try = 4, .tries = 4 }, "2 messages again in 90 seconds (try 4 of 4)");
    assert_pause ((BpOutboxPause){ .seconds = 1, .count = 3, .try = 2, .tries = 3 }, "3 messages again in 1 second (try 2 of 3)");
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/secret/private_file_is_read_without_its_line_end", private_file_is_read_without_its_line_end);
    g_test_add_func ("/secret/file_that_others_can_read_is_refused", file_that_others_can_read_is_refused);
    g_test_add_func ("/secret/what_is_no_single_line_is_refused", what_is_no_single_line_is_refused);
    g_test_add_func ("/secret/bare_name_is_a_credential", bare_name_is_a_credential);
    g_test_add_func ("/secret/command_prints_the_token_or_is_refused", command_prints_the_token_or_is_refused);
    g_test_add_func ("/smtp_reply/words_of_a_server_are_cleaned_and_bounded", words_of_a_server_are_cleaned_and_bounded);
    g_test_add_func ("/smtp_reply/reply_of_many_lines_ends_with_the_last", reply_of_many_lines_ends_with_the_last);
    g_test_add_func ("/outbox/waits_double_up_to_an_hour", waits_double_up_to_an_hour);
    g_test_add_func ("/outbox/a_pause_is_told_in_words", a_pause_is_told_in_words);
    return g_test_run ();
}
