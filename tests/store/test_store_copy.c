#include "support/store_folder.h"

#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

static void add_manifest (BpStore *store, const char *run)
{
    const BpImportStamp stamp = { 1738368000, bp_date_new (2025, 2, 1), "0.1.0" };
    g_autoptr (GError) error = NULL;
    g_assert_true (bp_store_add_manifest (store, run, "aa", &stamp, &error));
    g_assert_no_error (error);
}

static bool knows_manifest (BpStore *store, const char *run)
{
    g_autofree char *sha256 = NULL;
    g_autoptr (GError) error = NULL;
    g_assert_true (bp_store_find_manifest (store, run, &sha256, &error));
    g_assert_no_error (error);
    return sha256 != NULL;
}

/* A closed store that knows one run. */
static void make_store (StoreFolder *folder)
{
    store_folder_open (folder);
    add_manifest (store_folder_store (folder), "2025-01-31-1");
    g_clear_pointer (&folder->store, bp_store_close);
}

static guint count_files (const char *folder)
{
    guint count = 0;
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    g_assert_nonnull (dir);
    while (g_dir_read_name (dir) != NULL)
        count++;
    return count;
}

/* As somebody who may write neither the file nor its folder (the super-user may anything); the message, or NULL if the store was read. */
static char *dup_reading_elsewhere (const StoreFolder *folder)
{
    int ends[2];
    char message[2000] = "";
    g_assert_cmpint (pipe (ends), ==, 0);
    g_assert_cmpint (g_chmod (folder->path, 0444), ==, 0);
    g_assert_cmpint (g_chmod (folder->folder, 0555), ==, 0);
    pid_t child = fork ();
    g_assert_cmpint (child, >=, 0);
    if (child == 0)
    {
        if (geteuid () == 0 && setuid (65534) != 0)
            _exit (2);
        GError *error = NULL;
        BpStore *store = bp_store_open_to_read (folder->path, NULL, &error);
        const char *text = error != NULL ? error->message : "";
        const bool is_read = store == NULL || knows_manifest (store, "2025-01-31-1");
        const bool is_told = write (ends[1], text, strlen (text)) == (gssize)strlen (text);
        _exit (is_read && is_told ? 0 : 1);
    }
    close (ends[1]);
    int status;
    g_assert_cmpint (waitpid (child, &status, 0), ==, child);
    g_assert_true (WIFEXITED (status));
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);
    g_assert_cmpint (read (ends[0], message, sizeof message - 1), >=, 0);
    close (ends[0]);
    g_assert_cmpint (g_chmod (folder->folder, 0755), ==, 0);
    g_assert_cmpint (g_chmod (folder->path, 0644), ==, 0);
    return *message != '\0' ? g_strdup (message) : NULL;
}

static void test_a_store_that_cannot_be_written_can_be_read (void)
{
    StoreFolder folder;
    make_store (&folder);
    g_autofree char *before = bp_file_dup_sha256 (folder.path, NULL);
    g_autofree char *message = dup_reading_elsewhere (&folder);
    g_assert_cmpstr (message, ==, NULL);
    g_autofree char *after = bp_file_dup_sha256 (folder.path, NULL);
    g_assert_cmpstr (after, ==, before);
    g_assert_cmpuint (count_files (folder.folder), ==, 1);
    store_folder_close (&folder);
}

static void test_names_that_look_like_addresses_are_files (void)
{
    StoreFolder folder;
    make_store (&folder);
    static const char *const names[] = { "a?mode=memory", "a%20b #c", "ä b", "file:x" };
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
        g_autofree char *path = g_build_filename (folder.folder, names[i], NULL);
        g_assert_cmpint (g_rename (folder.path, path), ==, 0);
        g_autoptr (BpStore) store = bp_store_open_copy_versions (path, NULL, bp_schema_versions, &folder.error);
        g_assert_no_error (folder.error);
        g_assert_true (knows_manifest (store, "2025-01-31-1"));
        g_assert_cmpint (g_rename (path, folder.path), ==, 0);
    }
    store_folder_close (&folder);
}

static void test_what_another_program_has_just_written_is_read (void)
{
    StoreFolder folder;
    make_store (&folder);
    add_manifest (store_folder_store (&folder), "2025-01-31-2"); /* in the log: the store is open */
    g_autofree char *log = g_strconcat (folder.path, "-wal", NULL);
    g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS));
    g_autoptr (BpStore) copy = bp_store_open_copy_versions (folder.path, NULL, bp_schema_versions, &folder.error);
    g_assert_no_error (folder.error);
    g_assert_true (knows_manifest (copy, "2025-01-31-2"));
    g_clear_pointer (&copy, bp_store_close);
    g_assert_true (knows_manifest (folder.store, "2025-01-31-2"));
    store_folder_close (&folder);
}

/* Without what is in the log the store would say less than is true. */
static void test_a_log_that_cannot_be_taken_in_is_told (void)
{
    StoreFolder folder, other;
    make_store (&folder);
    store_folder_open (&other);
    add_manifest (store_folder_store (&folder), "2025-01-31-2");
    static const char *const ends[] = { "", "-wal" };
    for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
        g_autofree char *from = g_strconcat (folder.path, ends[i], NULL), *to = g_strconcat (other.path, ends[i], NULL), *bytes = NULL;
        gsize length;
        g_assert_true (g_file_get_contents (from, &bytes, &length, NULL) && g_file_set_contents (to, bytes, (gssize)length, NULL));
        g_assert_cmpint (g_chmod (to, 0644), ==, 0);
    }
    g_autofree char *message = dup_reading_elsewhere (&other);
    g_assert_nonnull (message);
    g_test_message ("%s", message);
    g_assert_nonnull (strstr (message, "copy them all to another folder and read them there"));
    g_autoptr (BpStore) store = bp_store_open_to_read (other.path, NULL, &folder.error); /* here they can be */
    g_assert_no_error (folder.error);
    g_assert_true (knows_manifest (store, "2025-01-31-2"));
    g_clear_pointer (&store, bp_store_close);
    store_folder_close (&other);
    store_folder_close (&folder);
}

static void test_an_older_store_is_read_as_it_would_be_now (void)
{
    StoreFolder folder;
    BpSchemaVersion first[] = { bp_schema_versions[0], { 0 } };
    store_folder_open (&folder);
    g_clear_pointer (&folder.store, bp_store_close);
    bp_store_close (bp_store_open_versions (folder.path, NULL, first, &folder.error));
    g_assert_no_error (folder.error);
    g_autofree char *before = bp_file_dup_sha256 (folder.path, NULL);
    BpLocalField field = { BP_TABLE_PLANS, "colour", BP_FIELD_TEXT, "Colour" };
    const BpFieldSet fields = { .fields = &field, .count = 1 };
    g_autoptr (BpStore) store = bp_store_open_copy_versions (folder.path, &fields, bp_schema_versions, &folder.error);
    g_assert_no_error (folder.error);
    g_assert_false (knows_manifest (store, "2025-01-31-1"));
    g_assert_cmpint (query_number (store, "SELECT count(*) FROM pragma_table_info('plans') WHERE name = 'colour'"), ==, 1);
    g_autofree char *after = bp_file_dup_sha256 (folder.path, NULL);
    g_assert_cmpstr (after, ==, before);
    g_assert_cmpuint (count_files (folder.folder), ==, 1);
    store_folder_close (&folder);
}

static void test_nothing_is_written_to_a_copy (void)
{
    StoreFolder folder;
    make_store (&folder);
    const BpImportStamp stamp = { 1738368000, bp_date_new (2025, 2, 1), "0.1.0" };
    g_autoptr (BpStore) store = bp_store_open_copy_versions (folder.path, NULL, bp_schema_versions, &folder.error);
    g_assert_no_error (folder.error);
    g_assert_false (bp_store_add_manifest (store, "2025-01-31-2", "bb", &stamp, &folder.error));
    g_assert_error (folder.error, BP_ERROR, BP_ERROR_STORE);
    store_folder_close (&folder);
}

static void test_what_is_no_store_is_not_read (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    g_assert_true (g_file_set_contents (folder.path, "plan,title\nSIP,Plan\n", -1, NULL));
    g_assert_null (bp_store_open_copy_versions (folder.path, NULL, bp_schema_versions, &folder.error));
    g_assert_error (folder.error, BP_ERROR, BP_ERROR_STORE);
    g_assert_nonnull (strstr (folder.error->message, "is no store of boardpack"));
    store_folder_close (&folder);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/store/copy/a_store_that_cannot_be_written_can_be_read", test_a_store_that_cannot_be_written_can_be_read);
    g_test_add_func ("/store/copy/names_that_look_like_addresses_are_files", test_names_that_look_like_addresses_are_files);
    g_test_add_func ("/store/copy/what_another_program_has_just_written_is_read", test_what_another_program_has_just_written_is_read);
    g_test_add_func ("/store/copy/a_log_that_cannot_be_taken_in_is_told", test_a_log_that_cannot_be_taken_in_is_told);
    g_test_add_func ("/store/copy/an_older_store_is_read_as_it_would_be_now", test_an_older_store_is_read_as_it_would_be_now);
    g_test_add_func ("/store/copy/nothing_is_written_to_a_copy", test_nothing_is_written_to_a_copy);
    g_test_add_func ("/store/copy/what_is_no_store_is_not_read", test_what_is_no_store_is_not_read);
    return g_test_run ();
}
