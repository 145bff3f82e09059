#include "app/csv_file.h"

#include "base/atomic_file.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* How many more renames there are before the process is killed; negative: it goes on. */
static int renames_left = -1;

/* Takes the place of the C library's, for GLib too. */
int rename (const char *from, const char *to)
{
    if (renames_left == 0)
        raise (SIGKILL);
    renames_left--;
    return (int)syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

static void cells_are_quoted_where_they_must_be (void)
{
    const BpFieldSet fields = { NULL, 0 };
    g_autoptr (BpTableSet) set = bp_table_set_new (&fields);
    BpRecord *record = bp_table_set_add (set, BP_TABLE_PLANS);
    record->cells[0] = "SIP";
    record->cells[1] = "A plan, \"ours\"\nin two lines";
    record->cells[4] = "a;b";
    g_autofree char *text = bp_csv_dup_table (set, BP_TABLE_PLANS);
    g_assert_cmpstr (text, ==, "plan,title,approved,closes,note\nSIP,\"A plan, \"\"ours\"\"\nin two lines\",,,\"a;b\"\n");
}

static void assert_contents (const char *path, const char *expected)
{
    g_autofree char *contents = NULL;
    if (expected == NULL)
        g_assert_true (bp_file_is_missing (path));
    else
    {
        g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
        g_assert_cmpstr (contents, ==, expected);
    }
}

static void files_are_all_written_or_none (void)
{
    g_autofree char *folder = g_dir_make_tmp ("boardpack-test-XXXXXX", NULL);
    g_autofree char *first = g_build_filename (folder, "first.csv", NULL), *second = g_build_filename (folder, "second.csv", NULL);
    g_autofree char *third = g_build_filename (folder, "third.csv", NULL), *in_the_way = g_strconcat (third, ".partial", NULL);
    g_assert_cmpint (g_mkdir (in_the_way, 0755), ==, 0);
    g_assert_true (g_file_set_contents (first, "old", -1, NULL));
    g_autoptr (GArray) files = g_array_new (FALSE, FALSE, sizeof (BpCsvFile));
    const BpCsvFile group[] = { { first, (char *)"new" }, { second, (char *)"new" }, { third, (char *)"new" } };
    g_array_append_vals (files, group, 3);
    g_autoptr (GError) error = NULL;
    g_assert_false (bp_csv_files_write (folder, files, NULL, &error));
    g_assert_error (error, BP_ERROR, BP_ERROR_IO);
    assert_contents (first, "old");
    assert_contents (second, NULL);
    g_array_set_size (files, 2);
    g_clear_error (&error);
    g_assert_true (bp_csv_files_write (folder, files, NULL, &error));
    assert_contents (first, "new");
    assert_contents (second, "new");
    bp_folder_remove (folder, NULL);
}

static int count_names (const char *folder)
{
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    int count = 0;
    while (g_dir_read_name (dir) != NULL)
        count++;
    return count;
}

static void what_was_written_can_be_put_back (void)
{
    g_autofree char *folder = g_dir_make_tmp ("boardpack-test-XXXXXX", NULL);
    g_autofree char *first = g_build_filename (folder, "first.csv", NULL), *second = g_build_filename (folder, "second.csv", NULL);
    g_assert_true (g_file_set_contents (first, "old", -1, NULL));
    g_autoptr (GArray) files = g_array_new (FALSE, FALSE, sizeof (BpCsvFile));
    const BpCsvFile group[] = { { first, (char *)"new" }, { second, (char *)"new" } };
    g_array_append_vals (files, group, 2);
    for (int is_kept = 0; is_kept <= 1; is_kept++)
    {
        g_autoptr (BpCsvUndo) undo = NULL;
        g_assert_true (bp_csv_files_write (folder, files, &undo, NULL));
        assert_contents (first, "new");
        assert_contents (second, "new");
        if (!is_kept)
            g_assert_true (bp_csv_undo_apply (undo, NULL));
        g_clear_pointer (&undo, bp_csv_undo_free);
        assert_contents (first, is_kept ? "new" : "old");
        assert_contents (second, is_kept ? "new" : NULL);
        g_assert_cmpint (count_names (folder), ==, is_kept ? 2 : 1);
    }
    bp_folder_remove (folder, NULL);
}

static void free_path (gpointer file)
{
    g_free (((BpCsvFile *)file)->path);
}

static void append_group (GArray *files, const char *folder, const char *contents)
{
    static const char *const names[] = { "first.csv", "second.csv", "third.csv" };
    g_array_set_clear_func (files, free_path);
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
        BpCsvFile file = { g_build_filename (folder, names[i], NULL), (char *)contents };
        g_array_append_val (files, file);
    }
}

/* In a process of its own, which is killed before the rename with that number. */
static void write_and_stop (const char *folder, const GArray *files, int number)
{
    pid_t child = fork ();
    int status;
    if (child == 0)
    {
        renames_left = number;
        bp_csv_files_write (folder, files, NULL, NULL);
        _exit (EXIT_SUCCESS);
    }
    g_assert_cmpint (waitpid (child, &status, 0), ==, child);
    g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
}

/* The renames are those of the journal, of the three files, and of the journal again. */
static void a_write_that_was_stopped_is_put_back (void)
{
    for (int number = 0; number < 5; number++)
    {
        g_autofree char *folder = g_dir_make_tmp ("boardpack-test-XXXXXX", NULL);
        g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (BpCsvFile));
        g_autoptr (GArray) after = g_array_new (FALSE, FALSE, sizeof (BpCsvFile));
        bool was_stopped;
        append_group (before, folder, "old");
        append_group (after, folder, "new");
        g_array_set_size (before, 2); /* the third is new */
        g_assert_true (bp_csv_files_write (folder, before, NULL, NULL));
        write_and_stop (folder, after, number);
        g_assert_true (bp_csv_files_recover (folder, &was_stopped, NULL));
        g_assert_cmpint (was_stopped, ==, number > 0);
        for (guint i = 0; i < 3; i++)
            assert_contents (g_array_index (after, BpCsvFile, i).path, i < 2 ? "old" : NULL);
        g_assert_cmpint (count_names (folder), ==, 2);
        g_assert_true (bp_csv_files_recover (folder, &was_stopped, NULL) && !was_stopped);
        g_assert_true (bp_csv_files_write (folder, after, NULL, NULL));
        g_assert_cmpint (count_names (folder), ==, 3);
        for (guint i = 0; i < 3; i++)
            assert_contents (g_array_index (after, BpCsvFile, i).path, "new");
        bp_folder_remove (folder, NULL);
    }
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/app/csv_file/cells_are_quoted_where_they_must_be", cells_are_quoted_where_they_must_be);
    g_test_add_func ("/app/csv_file/files_are_all_written_or_none", files_are_all_written_or_none);
    g_test_add_func ("/app/csv_file/what_was_written_can_be_put_back", what_was_written_can_be_put_back);
    g_test_add_func ("/app/csv_file/a_write_that_was_stopped_is_put_back", a_write_that_was_stopped_is_put_back);
    return g_test_run ();
}
