#include "app/csv_file.h"

#include "base/atomic_file.h"

#include <glib/gstdio.h>

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
    g_autofree char *third = g_build_filename (folder, "missing", "third.csv", NULL);
    g_assert_true (g_file_set_contents (first, "old", -1, NULL));
    g_autoptr (GArray) files = g_array_new (FALSE, FALSE, sizeof (BpCsvFile));
    const BpCsvFile group[] = { { first, (char *)"new" }, { second, (char *)"new" }, { third, (char *)"new" } };
    g_array_append_vals (files, group, 3);
    g_autoptr (GError) error = NULL;
    g_assert_false (bp_csv_files_write (files, &error));
    g_assert_error (error, BP_ERROR, BP_ERROR_IO);
    assert_contents (first, "old");
    assert_contents (second, NULL);
    g_array_set_size (files, 2);
    g_clear_error (&error);
    g_assert_true (bp_csv_files_write (files, &error));
    assert_contents (first, "new");
    assert_contents (second, "new");
    bp_folder_remove (folder, NULL);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/app/csv_file/cells_are_quoted_where_they_must_be", cells_are_quoted_where_they_must_be);
    g_test_add_func ("/app/csv_file/files_are_all_written_or_none", files_are_all_written_or_none);
    return g_test_run ();
}
