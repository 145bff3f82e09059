#include "support/store_folder.h"

static void add (StoreFolder *folder, const char *run, const char *sha256)
{
    const BpImportStamp stamp = { 1738368000, bp_date_new (2025, 2, 1), "0.1.0" };
    g_assert_true (bp_store_add_manifest (folder->store, run, sha256, &stamp, &folder->error));
    g_assert_no_error (folder->error);
}

static void assert_sum (StoreFolder *folder, const char *run, const char *expected)
{
    g_autofree char *sha256 = NULL;
    g_assert_true (bp_store_find_manifest (folder->store, run, &sha256, &folder->error));
    g_assert_no_error (folder->error);
    g_assert_cmpstr (sha256, ==, expected);
}

static void test_a_sum_is_found_by_its_run (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    store_folder_store (&folder);
    add (&folder, "2025-01-31-1", "aa");
    add (&folder, "2025-01-31-2", "bb");
    assert_sum (&folder, "2025-01-31-1", "aa");
    assert_sum (&folder, "2025-01-31-2", "bb");
    assert_sum (&folder, "2025-01-31-3", NULL);
    store_folder_close (&folder);
}

static void test_a_run_that_was_made_anew_has_its_newest_sum (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    store_folder_store (&folder);
    add (&folder, "2025-01-31-1", "aa");
    add (&folder, "2025-01-31-1", "bb");
    assert_sum (&folder, "2025-01-31-1", "bb");
    store_folder_close (&folder);
}

static void test_the_last_run_of_a_day_is_known (void)
{
    StoreFolder folder;
    int number = -1;
    store_folder_open (&folder);
    store_folder_store (&folder);
    g_assert_true (bp_store_find_last_run (folder.store, bp_date_new (2025, 1, 31), &number, &folder.error));
    g_assert_cmpint (number, ==, 0);
    add (&folder, "2025-01-31-10", "aa");
    add (&folder, "2025-01-31-9", "bb");
    add (&folder, "2025-01-30-11", "cc");
    g_assert_true (bp_store_find_last_run (folder.store, bp_date_new (2025, 1, 31), &number, &folder.error));
    g_assert_no_error (folder.error);
    g_assert_cmpint (number, ==, 10);
    store_folder_close (&folder);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/store/manifests/a_sum_is_found_by_its_run", test_a_sum_is_found_by_its_run);
    g_test_add_func ("/store/manifests/a_run_that_was_made_anew_has_its_newest_sum", test_a_run_that_was_made_anew_has_its_newest_sum);
    g_test_add_func ("/store/manifests/the_last_run_of_a_day_is_known", test_the_last_run_of_a_day_is_known);
    return g_test_run ();
}
