#include "app/lock.h"
#include "app/publication.h"
#include "support/programme_fixture.h"

#include <unistd.h>

static char *dup_link (const char *output)
{
    g_autofree char *path = g_build_filename (output, "latest", NULL);
    return g_file_read_link (path, NULL);
}

static void write_in (const BpPublication *publication, const char *name, const char *contents)
{
    g_autofree char *path = g_build_filename (bp_publication_folder (publication), name, NULL);
    g_autoptr (GError) error = NULL;
    g_file_set_contents (path, contents, -1, &error);
    g_assert_no_error (error);
}

static char *dup_output (ProgrammeFixture *fixture)
{
    fixture_set_up (fixture);
    char *output = g_build_filename (fixture->root, "output", NULL);
    g_assert_cmpint (g_mkdir (output, 0755), ==, 0);
    return output;
}

static void test_a_finished_run_stands_in_its_place_and_is_the_latest (void)
{
    ProgrammeFixture fixture = { 0 };
    g_autofree char *output = dup_output (&fixture);
    for (int i = 1; i <= 2; i++)
    {
        g_autoptr (GError) error = NULL;
        g_autoptr (BpPublication) publication = bp_publication_begin (output, bp_date_new (2025, 7, 31), 0, &error);
        g_assert_no_error (error);
        g_autofree char *id = g_strdup_printf ("2025-07-31-%d", i);
        g_assert_cmpstr (bp_publication_run_id (publication), ==, id);
        write_in (publication, "pack.txt", id);
        g_assert_true (bp_publication_finish (publication, true, &error));
        g_assert_no_error (error);
        g_autofree char *link = dup_link (output);
        g_autofree char *expected = g_strdup_printf ("2025-07-31/%s", id);
        g_assert_cmpstr (link, ==, expected);
        g_autofree char *path = g_build_filename (output, "latest", "pack.txt", NULL);
        g_autofree char *contents = NULL;
        g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
        g_assert_cmpstr (contents, ==, id);
    }
    fixture_tear_down (&fixture);
}

static void test_a_run_without_packs_stands_in_its_place_and_is_not_the_latest (void)
{
    ProgrammeFixture fixture = { 0 };
    g_autofree char *output = dup_output (&fixture);
    for (int i = 1; i <= 2; i++)
    {
        g_autoptr (GError) error = NULL;
        g_autoptr (BpPublication) publication = bp_publication_begin (output, bp_date_new (2025, 7, 31), 0, &error);
        g_assert_no_error (error);
        write_in (publication, "made.txt", "made");
        g_assert_true (bp_publication_finish (publication, i == 1, &error));
        g_assert_no_error (error);
        g_autofree char *path = g_build_filename (output, bp_publication_name (publication), "made.txt", NULL);
        g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
        g_autofree char *link = dup_link (output);
        g_assert_cmpstr (link, ==, "2025-07-31/2025-07-31-1");
    }
    fixture_tear_down (&fixture);
}

static void test_a_run_that_is_given_up_leaves_nothing (void)
{
    ProgrammeFixture fixture = { 0 };
    g_autofree char *output = dup_output (&fixture);
    g_autoptr (GError) error = NULL;
    BpPublication *publication = bp_publication_begin (output, bp_date_new (2025, 7, 31), 0, &error);
    g_assert_no_error (error);
    write_in (publication, "pack.txt", "half");
    bp_publication_free (publication);
    g_autoptr (GDir) dir = g_dir_open (output, 0, NULL);
    g_assert_null (g_dir_read_name (dir));
    fixture_tear_down (&fixture);
}

static void test_what_a_dead_run_left_is_removed_and_finished_runs_are_kept (void)
{
    ProgrammeFixture fixture = { 0 };
    g_autofree char *output = dup_output (&fixture);
    fixture_write (&fixture, "output/.partial-999999/bbp/bbp.pdf", "half", -1);
    fixture_write (&fixture, "output/2025-07-31/2025-07-31-7/manifest.json", "{}", -1);
    fixture_write (&fixture, "output/boardpack.sqlite", "x", -1);
    g_autoptr (GError) error = NULL;
    g_autoptr (BpPublication) publication = bp_publication_begin (output, bp_date_new (2025, 7, 31), 0, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (bp_publication_run_id (publication), ==, "2025-07-31-8");
    g_autofree char *left = g_build_filename (output, ".partial-999999", NULL);
    g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
    g_autofree char *kept = g_build_filename (output, "2025-07-31", "2025-07-31-7", "manifest.json", NULL);
    g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
    fixture_tear_down (&fixture);
}

static void test_a_folder_called_latest_is_not_overwritten (void)
{
    ProgrammeFixture fixture = { 0 };
    g_autofree char *output = dup_output (&fixture);
    fixture_write (&fixture, "output/latest/mine.txt", "mine", -1);
    g_autoptr (GError) error = NULL;
    g_assert_null (bp_publication_begin (output, bp_date_new (2025, 7, 31), 0, &error));
    g_assert_error (error, BP_ERROR, BP_ERROR_IO);
    g_assert_nonnull (strstr (error->message, "something other than a link"));
    fixture_tear_down (&fixture);
}

static void test_a_second_run_is_locked_out_until_the_first_ends (void)
{
    ProgrammeFixture fixture = { 0 };
    g_autofree char *output = dup_output (&fixture), *store = g_build_filename (output, "store.sqlite", NULL);
    const BpProgrammeFolder folder = { .output = output, .store = store };
    g_autoptr (GError) error = NULL;
    BpLock *lock = bp_lock_take (&folder, &error);
    g_assert_no_error (error);
    g_assert_null (bp_lock_take (&folder, &error));
    g_assert_error (error, BP_ERROR, BP_ERROR_LOCKED);
    g_autofree char *number = g_strdup_printf ("process %d", (int)getpid ());
    g_assert_nonnull (strstr (error->message, number));
    g_clear_error (&error);
    bp_lock_release (lock);
    g_autoptr (BpLock) again = bp_lock_take (&folder, &error);
    g_assert_no_error (error);
    g_assert_nonnull (again);
    fixture_tear_down (&fixture);
}

static void test_a_store_is_locked_whichever_folder_it_is_reached_from (void)
{
    ProgrammeFixture fixture = { 0 };
    g_autofree char *output = dup_output (&fixture), *store = g_build_filename (output, "store.sqlite", NULL),
                    *other = g_build_filename (output, "other", NULL), *link = g_build_filename (other, "linked.sqlite", NULL),
                    *mine = g_build_filename (other, "mine.sqlite", NULL);
    g_autoptr (GError) error = NULL;
    fixture_write (&fixture, "output/store.sqlite", "", -1);
    g_assert_cmpint (g_mkdir_with_parents (other, 0755), ==, 0);
    g_assert_cmpint (symlink (store, link), ==, 0);
    const BpProgrammeFolder first = { .output = output, .store = store }, second = { .output = other, .store = link },
                            apart = { .output = other, .store = mine };
    g_autoptr (BpLock) lock = bp_lock_take (&first, &error);
    g_assert_no_error (error);
    g_assert_null (bp_lock_take (&second, &error));
    g_assert_error (error, BP_ERROR, BP_ERROR_LOCKED);
    g_clear_error (&error);
    g_autoptr (BpLock) another = bp_lock_take (&apart, &error); /* what did not get the store holds no folder either */
    g_assert_no_error (error);
    g_assert_nonnull (another);
    fixture_tear_down (&fixture);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/app/publication/a_finished_run_stands_in_its_place_and_is_the_latest",
                     test_a_finished_run_stands_in_its_place_and_is_the_latest);
    g_test_add_func ("/app/publication/a_run_without_packs_stands_in_its_place_and_is_not_the_latest",
                     test_a_run_without_packs_stands_in_its_place_and_is_not_the_latest);
    g_test_add_func ("/app/publication/a_run_that_is_given_up_leaves_nothing", test_a_run_that_is_given_up_leaves_nothing);
    g_test_add_func ("/app/publication/what_a_dead_run_left_is_removed_and_finished_runs_are_kept",
                     test_what_a_dead_run_left_is_removed_and_finished_runs_are_kept);
    g_test_add_func ("/app/publication/a_folder_called_latest_is_not_overwritten", test_a_folder_called_latest_is_not_overwritten);
    g_test_add_func ("/app/lock/a_second_run_is_locked_out_until_the_first_ends", test_a_second_run_is_locked_out_until_the_first_ends);
    g_test_add_func ("/app/publication/a_store_is_locked_whichever_folder_it_is_reached_from",
                     test_a_store_is_locked_whichever_folder_it_is_reached_from);
    return g_test_run ();
}
