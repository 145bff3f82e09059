#include "support/store_folder.h"

/* Imports on days 1, 3 (twice), 5. */
static void make_history (StoreFolder *folder)
{
    store_folder_open (folder);
    store_folder_store (folder);
    store_import_rows (folder, ROWS ("plans:2:A|first", "plans:3:B|b"), 1);
    store_import_rows (folder, ROWS ("plans:2:A|second", "plans:3:B|b"), 3);
    store_import_rows (folder, ROWS ("plans:2:A|third", "plans:3:B|b"), 3);
    store_import_rows (folder, ROWS ("plans:2:A|third", "plans:4:C|c"), 5);
}

static void test_each_day_is_known_as_it_was_at_its_end (void)
{
    static const char *const known[] = { "plans:data/plans.csv:2:A|first|||\nplans:data/plans.csv:3:B|b|||\n",
                                         "plans:data/plans.csv:2:A|third|||\nplans:data/plans.csv:3:B|b|||\n",
                                         "plans:data/plans.csv:2:A|third|||\nplans:data/plans.csv:4:C|c|||\n" };
    static const int known_on[] = { 0, 0, 1, 1, 2, 2 };
    StoreFolder folder;
    make_history (&folder);
    for (int day = 1; day <= 6; day++)
        assert_known (&folder, day, known[known_on[day - 1]]);
    assert_known (&folder, 0, known[2]);
    store_folder_close (&folder);
}

static void test_before_the_first_import_nothing_is_known (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    store_folder_store (&folder);
    g_assert_null (dup_known (&folder, 0));
    g_assert_error (folder.error, BP_ERROR, BP_ERROR_STORE);
    g_assert_nonnull (strstr (folder.error->message, "nothing has been imported yet"));
    g_clear_error (&folder.error);
    store_import_rows (&folder, ROWS ("plans:2:A|a"), 10);
    g_assert_null (dup_known (&folder, 9));
    g_assert_error (folder.error, BP_ERROR, BP_ERROR_STORE);
    g_assert_nonnull (strstr (folder.error->message, "nothing had been imported by 9 January 2025"));
    g_clear_error (&folder.error);
    assert_known (&folder, 10, "plans:data/plans.csv:2:A|a|||\n");
    store_folder_close (&folder);
}

/* A clock that was wrong: the later import counts for the day that it names, and is the newest. */
static void test_an_import_dated_before_the_last_one_is_still_the_newest (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    store_folder_store (&folder);
    store_import_rows (&folder, ROWS ("plans:2:A|wrong clock"), 20);
    store_import_rows (&folder, ROWS ("plans:2:A|right clock"), 5);
    assert_known (&folder, 0, "plans:data/plans.csv:2:A|right clock|||\n");
    assert_known (&folder, 5, "plans:data/plans.csv:2:A|right clock|||\n");
    assert_known (&folder, 20, "plans:data/plans.csv:2:A|right clock|||\n");
    store_folder_close (&folder);
}

static void test_an_empty_table_is_known_too (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    store_folder_store (&folder);
    BpImportCounts counts = store_import_rows (&folder, ROWS (), 1);
    g_assert_cmpint (counts.import_id, ==, 1);
    assert_known (&folder, 0, "");
    store_folder_close (&folder);
}

static void test_imports_are_listed_newest_first (void)
{
    StoreFolder folder;
    make_history (&folder);
    g_autoptr (GArray) imports = bp_store_list_imports (folder.store, &folder.error);
    g_assert_no_error (folder.error);
    g_assert_cmpuint (imports->len, ==, 4);
    const BpImportEntry *newest = &g_array_index (imports, BpImportEntry, 0), *oldest = &g_array_index (imports, BpImportEntry, 3);
    g_assert_cmpint (newest->id, ==, 4);
    g_assert_cmpint (newest->imported_on, ==, bp_date_new (2025, 1, 5));
    g_assert_cmpint (newest->imported_at, ==, 1735689600 + 4 * 86400);
    g_assert_cmpstr (newest->program_version, ==, "0.1.0");
    assert_counts (newest->counts, 1, 0, 1, 1);
    g_assert_cmpint (newest->checks + newest->notes, ==, 1);
    assert_counts (oldest->counts, 2, 0, 0, 0);
    g_assert_cmpint (oldest->id, ==, 1);
    store_folder_close (&folder);
}

static void test_versions_of_a_row_are_listed_oldest_first (void)
{
    StoreFolder folder;
    make_history (&folder);
    g_autoptr (GStringChunk) strings = g_string_chunk_new (1024);
    g_autoptr (GArray) versions = bp_store_list_versions (folder.store, BP_TABLE_PLANS, ROWS ("A"), strings, &folder.error);
    g_assert_no_error (folder.error);
    g_assert_cmpuint (versions->len, ==, 3);
    static const char *const titles[] = { "first", "second", "third" };
    static const int from_day[] = { 1, 3, 3 }, to_day[] = { 3, 3, 0 };
    for (guint i = 0; i < 3; i++)
    {
        const BpRowVersion *version = &g_array_index (versions, BpRowVersion, i);
        g_assert_cmpstr (version->record.cells[0], ==, "A");
        g_assert_cmpstr (version->record.cells[1], ==, titles[i]);
        g_assert_cmpstr (version->record.file, ==, "data/plans.csv");
        g_assert_cmpint (version->record.row, ==, 2);
        g_assert_cmpint (version->known_from_import, ==, i + 1);
        g_assert_cmpint (version->known_to_import, ==, i < 2 ? i + 2 : 0);
        g_assert_cmpint (version->known_from, ==, bp_date_new (2025, 1, from_day[i]));
        g_assert_cmpint (version->known_to, ==, to_day[i] == 0 ? BP_DATE_NONE : bp_date_new (2025, 1, to_day[i]));
    }
    g_autoptr (GArray) all = bp_store_list_versions (folder.store, BP_TABLE_PLANS, NULL, strings, &folder.error);
    g_assert_cmpuint (all->len, ==, 5);
    g_autoptr (GArray) none = bp_store_list_versions (folder.store, BP_TABLE_PLANS, ROWS ("Z"), strings, &folder.error);
    g_assert_cmpuint (none->len, ==, 0);
    g_assert_null (bp_store_list_versions (folder.store, BP_TABLE_PLANS, ROWS ("A", "b"), strings, &folder.error));
    g_assert_error (folder.error, BP_ERROR, BP_ERROR_STORE);
    store_folder_close (&folder);
}

static void test_a_prefix_of_the_key_is_enough (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    store_folder_store (&folder);
    store_import_rows (
        &folder, ROWS ("updates:2:SIP|1.1|2025-01-01|done", "updates:3:SIP|1.1|2025-04-01|open", "updates:4:SIP|1.2|2025-01-01|done"), 1);
    g_autoptr (GStringChunk) strings = g_string_chunk_new (1024);
    static const char *const prefixes[][4]
        = { { "SIP", NULL }, { "SIP", "1.1", NULL }, { "SIP", "1.1", "2025-04-01", NULL }, { "1.1", NULL } };
    static const guint counts[] = { 3, 2, 1, 0 };
    for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
        g_autoptr (GArray) versions = bp_store_list_versions (folder.store, BP_TABLE_UPDATES, prefixes[i], strings, &folder.error);
        g_assert_no_error (folder.error);
        g_assert_cmpuint (versions->len, ==, counts[i]);
    }
    store_folder_close (&folder);
}

/* Columns of local fields may be called as those of the store's own tables. */
static void test_local_columns_do_not_confuse_the_history (void)
{
    BpLocalField fields[] = { { BP_TABLE_PLANS, "imported_on", BP_FIELD_TEXT, "" }, { BP_TABLE_PLANS, "import_id", BP_FIELD_TEXT, "" } };
    const BpFieldSet local = { fields, 2 };
    StoreFolder folder;
    store_folder_open (&folder);
    folder.store = bp_store_open (folder.path, &local, &folder.error);
    g_assert_no_error (folder.error);
    g_autoptr (BpTableSet) set = bp_table_set_new (&local);
    set_add (set, BP_TABLE_PLANS, "data/plans.csv", 2, "SIP|Plan||||never|99");
    g_assert_true (store_import (&folder, set, NULL, 7, NULL));
    g_autoptr (GStringChunk) strings = g_string_chunk_new (1024);
    g_autoptr (GArray) versions = bp_store_list_versions (folder.store, BP_TABLE_PLANS, ROWS ("SIP"), strings, &folder.error);
    g_assert_no_error (folder.error);
    const BpRowVersion *version = &g_array_index (versions, BpRowVersion, 0);
    g_assert_cmpint (version->known_from, ==, bp_date_new (2025, 1, 7));
    g_assert_cmpstr (version->record.cells[5], ==, "never");
    g_assert_cmpstr (version->record.cells[6], ==, "99");
    store_folder_close (&folder);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/store/history/each_day_is_known_as_it_was_at_its_end", test_each_day_is_known_as_it_was_at_its_end);
    g_test_add_func ("/store/history/before_the_first_import_nothing_is_known", test_before_the_first_import_nothing_is_known);
    g_test_add_func ("/store/history/an_import_dated_before_the_last_one_is_still_the_newest",
                     test_an_import_dated_before_the_last_one_is_still_the_newest);
    g_test_add_func ("/store/history/an_empty_table_is_known_too", test_an_empty_table_is_known_too);
    g_test_add_func ("/store/history/imports_are_listed_newest_first", test_imports_are_listed_newest_first);
    g_test_add_func ("/store/history/versions_of_a_row_are_listed_oldest_first", test_versions_of_a_row_are_listed_oldest_first);
    g_test_add_func ("/store/history/a_prefix_of_the_key_is_enough", test_a_prefix_of_the_key_is_enough);
    g_test_add_func ("/store/history/local_columns_do_not_confuse_the_history", test_local_columns_do_not_confuse_the_history);
    return g_test_run ();
}
