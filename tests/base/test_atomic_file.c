#include "base/atomic_file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static void a_file_is_replaced_whole (void)
{
    g_autofree char *folder = g_dir_make_tmp ("bp-XXXXXX", NULL);
    g_autofree char *path = g_build_filename (folder, "a.txt", NULL);
    g_autoptr (GError) error = NULL;
    g_assert_true (bp_atomic_file_write (path, "old", 3, &error));
    g_assert_true (bp_atomic_file_write (path, "newer", 5, &error));
    g_autofree char *contents = NULL;
    gsize length;
    g_assert_true (bp_file_read (path, 100, &contents, &length, &error));
    g_assert_cmpstr (contents, ==, "newer");
    g_autofree char *sum = bp_file_dup_sha256 (path, &error);
    g_autofree char *expected = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "newer", -1);
    g_assert_cmpstr (sum, ==, expected);
    g_assert_true (bp_folder_sync (folder, &error));
    g_assert_true (bp_folder_remove (folder, &error));
    g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
    g_assert_no_error (error);
}

static void a_failed_write_leaves_nothing_behind_and_says_where (void)
{
    g_autoptr (GError) error = NULL;
    g_assert_false (bp_atomic_file_write ("/nowhere-at-all/a.txt", "x", 1, &error));
    g_assert_error (error, BP_ERROR, BP_ERROR_IO);
    g_assert_nonnull (strstr (error->message, "/nowhere-at-all/a.txt"));
}

static void what_stands_in_the_place_of_the_partial_file_is_not_written_to (void)
{
    g_autofree char *folder = g_dir_make_tmp ("bp-XXXXXX", NULL);
    g_autofree char *path = g_build_filename (folder, "a.txt", NULL), *partial = g_strconcat (path, ".partial", NULL);
    g_autofree char *elsewhere = g_build_filename (folder, "elsewhere", NULL), *contents = NULL;
    g_autoptr (GError) error = NULL;
    gsize length;
    g_assert_true (bp_atomic_file_write (elsewhere, "theirs", 6, NULL));
    g_assert_cmpint (symlink (elsewhere, partial), ==, 0);
    g_assert_true (bp_atomic_file_write (path, "ours", 4, &error));
    g_assert_true (bp_file_read (elsewhere, 100, &contents, &length, NULL));
    g_assert_cmpstr (contents, ==, "theirs");
    g_assert_true (bp_file_is_missing (partial));
    g_assert_cmpint (g_mkdir (partial, 0700), ==, 0);
    g_assert_false (bp_atomic_file_write (path, "more", 4, &error));
    g_assert_nonnull (strstr (error->message, "move away the folder that stands where a file must be"));
    g_assert_true (bp_folder_remove (folder, NULL));
}

static void folders_and_devices_are_not_read_as_files (void)
{
    static const char *const paths[] = { "/tmp", "/dev/null", "/dev/zero", "/nowhere-at-all" };
    for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
        g_autoptr (GError) error = NULL;
        g_autofree char *contents = NULL;
        gsize length;
        g_assert_false (bp_file_read (paths[i], 1000, &contents, &length, &error));
        g_assert_nonnull (strstr (error->message, paths[i]));
    }
}

static void a_file_over_the_limit_is_refused (void)
{
    g_autofree char *folder = g_dir_make_tmp ("bp-XXXXXX", NULL);
    g_autofree char *path = g_build_filename (folder, "a.txt", NULL);
    g_autoptr (GError) error = NULL;
    g_assert_true (bp_atomic_file_write (path, "0123456789", 10, &error));
    g_autofree char *contents = NULL;
    gsize length;
    g_assert_false (bp_file_read (path, 9, &contents, &length, &error));
    g_assert_nonnull (strstr (error->message, "more than"));
    g_assert_true (bp_folder_remove (folder, NULL));
}

static void a_refusal_says_what_to_do (void)
{
    static const struct
    {
        int code;
        const char *advice;
    } cases[] = { { ENOSPC, "free some space, then run again" },
                  { EDQUOT, "free some space" },
                  { EACCES, "check the permissions" },
                  { EFBIG, "raise the limit" },
                  { EROFS, "the file system is read-only: make" },
                  { ENOENT, "check that" },
                  { ELOOP, "instead of the link" },
                  { ENOTDIR, "move away the file" } };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autoptr (GError) error = NULL;
        g_assert_false (bp_file_fail (&error, "a/b.txt", "cannot be made", cases[i].code));
        g_assert_error (error, BP_ERROR, BP_ERROR_IO);
        g_assert_true (g_str_has_prefix (error->message, "a/b.txt: cannot be made: "));
        g_assert_nonnull (strstr (error->message, cases[i].advice));
    }
}

static void only_what_is_nowhere_is_missing (void)
{
    g_autofree char *folder = g_dir_make_tmp ("bp-XXXXXX", NULL);
    g_autofree char *file = g_build_filename (folder, "file", NULL), *link = g_build_filename (folder, "link", NULL);
    g_autofree char *ring = g_build_filename (folder, "ring", NULL), *nothing = g_build_filename (folder, "nothing", NULL);
    g_autofree char *below = g_build_filename (file, "below", NULL);
    g_assert_true (bp_atomic_file_write (file, "x", 1, NULL));
    g_assert_cmpint (symlink ("/nowhere-at-all", link), ==, 0);
    g_assert_cmpint (symlink ("ring", ring), ==, 0);
    g_assert_false (bp_file_is_missing (folder));
    g_assert_false (bp_file_is_missing (file));
    g_assert_false (bp_file_is_missing (link));
    g_assert_false (bp_file_is_missing (ring));
    g_assert_true (bp_file_is_missing (nothing));
    g_assert_true (bp_file_is_missing (below));
    g_assert_true (bp_folder_remove (folder, NULL));
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/base/atomic_file/a_file_is_replaced_whole", a_file_is_replaced_whole);
    g_test_add_func ("/base/atomic_file/a_failed_write_leaves_nothing_behind_and_says_where",
                     a_failed_write_leaves_nothing_behind_and_says_where);
    g_test_add_func ("/base/atomic_file/what_stands_in_the_place_of_the_partial_file_is_not_written_to",
                     what_stands_in_the_place_of_the_partial_file_is_not_written_to);
    g_test_add_func ("/base/atomic_file/folders_and_devices_are_not_read_as_files", folders_and_devices_are_not_read_as_files);
    g_test_add_func ("/base/atomic_file/a_file_over_the_limit_is_refused", a_file_over_the_limit_is_refused);
    g_test_add_func ("/base/atomic_file/a_refusal_says_what_to_do", a_refusal_says_what_to_do);
    g_test_add_func ("/base/atomic_file/only_what_is_nowhere_is_missing", only_what_is_nowhere_is_missing);
    return g_test_run ();
}
