#include "support/store_folder.h"

#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_a_new_store_has_every_table (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    BpStore *store = store_folder_store (&folder);
    g_assert_cmpint (query_number (store, "PRAGMA user_version"), ==, 7);
    g_assert_cmpint (query_number (store, "PRAGMA application_id"), ==, BP_SCHEMA_APPLICATION_ID);
    g_assert_cmpint (query_number (store, "PRAGMA foreign_keys"), ==, 1);
    g_assert_cmpint (query_number (store, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), ==, 1);
    for (int id = 0; id < BP_TABLE_COUNT; id++)
    {
        const BpTableDef *table = bp_table_get ((BpTableId)id);
        g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM pragma_table_info('%s')", table->name);
        g_assert_cmpint (query_number (store, sql), ==, bp_table_column_count (table) + 7);
    }
    /* and opening it again changes nothing */
    gint64 cookie = query_number (store, "PRAGMA schema_version");
    store = store_folder_store (&folder);
    g_assert_cmpint (query_number (store, "PRAGMA schema_version"), ==, cookie);
    store_folder_close (&folder);
}

static void test_the_folder_of_a_new_store_is_made (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    g_autofree char *path = g_build_filename (folder.folder, "output", "deep", "boardpack.sqlite", NULL);
    g_autoptr (BpStore) store = bp_store_open (path, NULL, &folder.error);
    g_assert_no_error (folder.error);
    g_assert_nonnull (store);
    store_folder_close (&folder);
}

static void assert_refused (StoreFolder *folder, const BpFieldSet *fields, const char *message)
{
    g_clear_error (&folder->error);
    g_assert_null (bp_store_open (folder->path, fields, &folder->error));
    g_assert_error (folder->error, BP_ERROR, BP_ERROR_STORE);
    g_test_message ("%s", folder->error->message);
    g_assert_nonnull (strstr (folder->error->message, folder->path));
    g_assert_nonnull (strstr (folder->error->message, message));
    g_clear_error (&folder->error);
}

static void test_a_file_that_is_no_store_is_left_alone (void)
{
    static const char *const texts[] = { "plan,title\nSIP,Plan\n", "x", "SQLite format 3", NULL };
    for (int i = 0; texts[i] != NULL; i++)
    {
        StoreFolder folder;
        store_folder_open (&folder);
        g_autofree char *padded = g_strnfill (5000, 'p');
        g_autofree char *text = i == 0 ? g_strconcat (texts[i], padded, NULL) : g_strdup (texts[i]);
        g_assert_true (g_file_set_contents (folder.path, text, -1, NULL));
        assert_refused (&folder, NULL, "move it away");
        g_autofree char *after = NULL;
        g_assert_true (g_file_get_contents (folder.path, &after, NULL, NULL));
        g_assert_cmpstr (after, ==, text);
        store_folder_close (&folder);
    }
}

static void make_database (const char *path, const char *sql)
{
    sqlite3 *database;
    g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
    g_assert_cmpint (sqlite3_exec (database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
    sqlite3_close (database);
}

static char *dup_file_digest (const char *path)
{
    char *digest = bp_file_dup_sha256 (path, NULL);
    g_assert_nonnull (digest);
    return digest;
}

static void test_a_database_of_another_program_is_left_alone (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    make_database (folder.path, "CREATE TABLE actions (ref); PRAGMA user_version = 1;");
    g_autofree char *before = dup_file_digest (folder.path);
    assert_refused (&folder, NULL, "another program");
    g_autofree char *after = dup_file_digest (folder.path);
    g_assert_cmpstr (after, ==, before);
    store_folder_close (&folder);
}

static void test_a_newer_store_is_left_alone (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    store_folder_store (&folder);
    g_clear_pointer (&folder.store, bp_store_close);
    make_database (folder.path, "PRAGMA user_version = 99; CREATE TABLE later (a);");
    int newest = 0;
    while (bp_schema_versions[newest].version != 0)
        newest++;
    g_autofree char *message = g_strdup_printf ("has schema version 99, this boardpack knows versions up to %d", newest);
    g_autofree char *before = dup_file_digest (folder.path);
    assert_refused (&folder, NULL, message);
    g_autofree char *after = dup_file_digest (folder.path);
    g_assert_cmpstr (after, ==, before);
    store_folder_close (&folder);
}

static void test_a_folder_in_place_of_the_store_is_refused (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    g_assert_cmpint (g_mkdir (folder.path, 0700), ==, 0);
    assert_refused (&folder, NULL, "is a folder");
    store_folder_close (&folder);
}

static void test_a_damaged_store_is_named (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    store_folder_store (&folder);
    g_autoptr (BpTableSet) set = bp_table_set_new (NULL);
    for (int i = 0; i < 3000; i++)
    {
        g_autofree char *cells = g_strdup_printf ("P%d|Plan number %d|2025-01-01||a note of some length", i, i);
        set_add (set, BP_TABLE_PLANS, "data/plans.csv", i + 2, cells);
    }
    g_assert_true (store_import (&folder, set, NULL, 1, NULL));
    g_clear_pointer (&folder.store, bp_store_close);
    g_autofree char *contents = NULL;
    gsize length;
    g_assert_true (g_file_get_contents (folder.path, &contents, &length, NULL));
    /* the pages of the rows, not those of the schema */
    memset (contents + length / 2, 0xa5, length / 4);
    g_assert_true (g_file_set_contents (folder.path, contents, (gssize)length, NULL));
    store_folder_store (&folder);
    g_assert_null (dup_known (&folder, 0));
    g_assert_error (folder.error, BP_ERROR, BP_ERROR_STORE);
    g_assert_nonnull (strstr (folder.error->message, "damaged"));
    store_folder_close (&folder);
}

/* As another user, because the super-user may write anything. */
static void test_a_store_that_cannot_be_written_is_refused (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    store_folder_store (&folder);
    g_clear_pointer (&folder.store, bp_store_close);
    g_assert_cmpint (g_chmod (folder.path, 0444), ==, 0);
    g_assert_cmpint (g_chmod (folder.folder, 0555), ==, 0);
    pid_t child = fork ();
    g_assert_cmpint (child, >=, 0);
    if (child == 0)
    {
        if (geteuid () == 0 && setuid (65534) != 0)
            _exit (2);
        GError *error = NULL;
        BpStore *store = bp_store_open (folder.path, NULL, &error);
        bool is_right = store == NULL && strstr (error->message, "make the file and its folder writable") != NULL;
        g_autofree char *fresh = g_build_filename (folder.folder, "new.sqlite", NULL);
        GError *fresh_error = NULL;
        BpStore *fresh_store = bp_store_open (fresh, NULL, &fresh_error);
        is_right &= fresh_store == NULL && strstr (fresh_error->message, "make the file and its folder writable") != NULL;
        _exit (is_right ? 0 : 1);
    }
    int status;
    g_assert_cmpint (waitpid (child, &status, 0), ==, child);
    g_assert_true (WIFEXITED (status));
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);
    g_assert_cmpint (g_chmod (folder.folder, 0755), ==, 0);
    store_folder_close (&folder);
}

static void test_local_columns_are_added_and_kept (void)
{
    BpLocalField fields[]
        = { { BP_TABLE_PLANS, "colour", BP_FIELD_TEXT, "Colour" }, { BP_TABLE_PLANS, "the \"size\"", BP_FIELD_TEXT, "Size" } };
    const BpFieldSet one = { fields, 1 }, two = { fields, 2 };
    const BpFieldSet *const sets[] = { NULL, &one, &two, &two };
    StoreFolder folder;
    store_folder_open (&folder);
    for (gsize i = 0; i < G_N_ELEMENTS (sets); i++)
    {
        folder.store = bp_store_open (folder.path, sets[i], &folder.error);
        g_assert_no_error (folder.error);
        g_autoptr (BpTableSet) set = bp_table_set_new (sets[i]);
        static const char *const cells[] = { "SIP|Plan|||", "SIP|Plan||||red", "SIP|Plan||||red|12", "SIP|Plan||||blue|12" };
        set_add (set, BP_TABLE_PLANS, "data/plans.csv", 2, cells[i]);
        BpImportCounts counts;
        g_assert_true (store_import (&folder, set, NULL, (int)i + 1, &counts));
        g_assert_cmpint (counts.added + counts.changed, ==, 1);
        g_autoptr (BpTableSet) loaded = bp_table_set_new (sets[i]);
        g_autoptr (BpFindingList) findings = bp_finding_list_new ();
        g_assert_true (bp_store_load (folder.store, BP_DATE_NONE, loaded, findings, NULL));
        g_autofree char *before = dup_set (set), *after = dup_set (loaded);
        g_assert_cmpstr (after, ==, before);
        g_clear_pointer (&folder.store, bp_store_close);
    }
    store_folder_close (&folder);
}

/* A column that is not there must never be read as its own name. */
static void test_a_column_that_the_store_lacks_is_an_error (void)
{
    BpLocalField field = { BP_TABLE_PLANS, "colour", BP_FIELD_TEXT, "Colour" };
    const BpFieldSet fields = { &field, 1 };
    StoreFolder folder;
    store_folder_open (&folder);
    store_folder_store (&folder);
    store_import_rows (&folder, ROWS ("plans:2:SIP|Plan"), 1);
    g_autoptr (BpTableSet) set = bp_table_set_new (&fields);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    g_assert_false (bp_store_load (folder.store, BP_DATE_NONE, set, findings, &folder.error));
    g_assert_error (folder.error, BP_ERROR, BP_ERROR_STORE);
    g_assert_nonnull (strstr (folder.error->message, "colour"));
    store_folder_close (&folder);
}

static void test_local_columns_must_have_names_of_their_own (void)
{
    static const char *const names[] = { "title", "TITLE", "row_id", "Known_From_Import", "source_file" };
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
        BpLocalField field = { BP_TABLE_PLANS, names[i], BP_FIELD_TEXT, "Local" };
        const BpFieldSet fields = { &field, 1 };
        StoreFolder folder;
        store_folder_open (&folder);
        assert_refused (&folder, &fields, "config/fields.ini");
        store_folder_close (&folder);
    }
}

static void test_a_waiting_writer_is_told_of_the_other_one (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    store_folder_store (&folder);
    store_import_rows (&folder, ROWS ("plans:2:SIP|Plan"), 1);
    g_autoptr (BpStore) other = bp_store_open (folder.path, NULL, NULL);
    g_assert_nonnull (other);
    g_assert_true (bp_database_run (&other->database, "BEGIN IMMEDIATE", "test", NULL));
    sqlite3_busy_timeout (folder.store->database.handle, 20);
    g_autoptr (BpTableSet) set = set_new (ROWS ("plans:2:SIP|Other"));
    g_assert_false (store_import (&folder, set, NULL, 2, NULL));
    g_assert_error (folder.error, BP_ERROR, BP_ERROR_LOCKED);
    g_assert_nonnull (strstr (folder.error->message, "another program"));
    g_clear_error (&folder.error);
    /* reading and opening go on meanwhile */
    assert_known (&folder, 0, "plans:data/plans.csv:2:SIP|Plan|||\n");
    g_autoptr (BpStore) third = bp_store_open (folder.path, NULL, &folder.error);
    g_assert_no_error (folder.error);
    bp_database_roll_back (&other->database);
    g_assert_true (store_import (&folder, set, NULL, 2, NULL));
    store_folder_close (&folder);
}

static void test_two_programs_may_make_the_store_at_once (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    pid_t children[8];
    for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    {
        children[i] = fork ();
        if (children[i] == 0)
        {
            GError *error = NULL;
            BpStore *store = bp_store_open (folder.path, NULL, &error);
            bool is_right = store != NULL;
            if (error != NULL)
                fprintf (stderr, "# %s\n", error->message);
            bp_store_close (store);
            _exit (is_right ? 0 : 1);
        }
    }
    for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    {
        int status;
        g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
        g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
    }
    g_assert_cmpint (query_number (store_folder_store (&folder), "PRAGMA user_version"), ==, 7);
    store_folder_close (&folder);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/store/store/a_new_store_has_every_table", test_a_new_store_has_every_table);
    g_test_add_func ("/store/store/the_folder_of_a_new_store_is_made", test_the_folder_of_a_new_store_is_made);
    g_test_add_func ("/store/store/a_file_that_is_no_store_is_left_alone", test_a_file_that_is_no_store_is_left_alone);
    g_test_add_func ("/store/store/a_database_of_another_program_is_left_alone", test_a_database_of_another_program_is_left_alone);
    g_test_add_func ("/store/store/a_newer_store_is_left_alone", test_a_newer_store_is_left_alone);
    g_test_add_func ("/store/store/a_folder_in_place_of_the_store_is_refused", test_a_folder_in_place_of_the_store_is_refused);
    g_test_add_func ("/store/store/a_damaged_store_is_named", test_a_damaged_store_is_named);
    g_test_add_func ("/store/store/a_store_that_cannot_be_written_is_refused", test_a_store_that_cannot_be_written_is_refused);
    g_test_add_func ("/store/store/local_columns_are_added_and_kept", test_local_columns_are_added_and_kept);
    g_test_add_func ("/store/store/a_column_that_the_store_lacks_is_an_error", test_a_column_that_the_store_lacks_is_an_error);
    g_test_add_func ("/store/store/local_columns_must_have_names_of_their_own", test_local_columns_must_have_names_of_their_own);
    g_test_add_func ("/store/store/a_waiting_writer_is_told_of_the_other_one", test_a_waiting_writer_is_told_of_the_other_one);
    g_test_add_func ("/store/store/two_programs_may_make_the_store_at_once", test_two_programs_may_make_the_store_at_once);
    return g_test_run ();
}
