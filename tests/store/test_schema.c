#include "store/sends.h"
#include "support/store_folder.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* bp_schema_versions up to the first one: a store as version 1 made it. */
static const BpSchemaVersion *first_version_alone (void)
{
    static BpSchemaVersion versions[2];
    versions[0] = bp_schema_versions[0];
    versions[1] = (BpSchemaVersion){ 0 };
    return versions;
}

/* A store of version 1 with an import, a finding and rows, written as version 1 did. */
static void make_first_version (StoreFolder *folder)
{
    store_folder_open (folder);
    g_autoptr (BpStore) store = bp_store_open_versions (folder->path, NULL, first_version_alone (), &folder->error);
    g_assert_no_error (folder->error);
    g_assert_true (
        bp_database_run (&store->database,
                         "INSERT INTO imports VALUES (1, 1735689600, '2025-01-01', '0.0.1', 1, 0, 0, 0, 0, 1, 0);"
                         "INSERT INTO import_findings (import_id, position, code, level, quarantined, file, \"row\", value, text)"
                         " VALUES (1, 0, 'F05', 'check', 0, 'data/README', 0, NULL, 'It holds no table.');"
                         "INSERT INTO import_loads (import_id, \"table\", seen, loaded) VALUES (1, 'plans', 2, 1);"
                         "INSERT INTO plans (plan, title, source_file, source_row, key_inferred, known_from_import) VALUES ('SIP', 'Plan', "
                         "'data/plans.csv', 2, 0, 1);",
                         "test", &folder->error));
    g_assert_no_error (folder->error);
    g_assert_cmpint (query_number (store, "PRAGMA user_version"), ==, 1);
}

static char *dup_schema (const char *path)
{
    sqlite3 *database;
    g_assert_cmpint (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
    sqlite3_stmt *rows;
    g_assert_cmpint (sqlite3_prepare_v2 (database,
                                         "SELECT name || ': ' || coalesce (sql, '') AS line FROM sqlite_schema UNION ALL SELECT 'version ' "
                                         "|| user_version FROM pragma_user_version ORDER BY line",
                                         -1, &rows, NULL),
                     ==, SQLITE_OK);
    GString *text = g_string_new (NULL);
    while (sqlite3_step (rows) == SQLITE_ROW)
        g_string_append_printf (text, "%s\n", (const char *)sqlite3_column_text (rows, 0));
    sqlite3_finalize (rows);
    sqlite3_close (database);
    return g_string_free (text, FALSE);
}

static void test_an_old_store_is_brought_up_to_date (void)
{
    StoreFolder folder;
    make_first_version (&folder);
    g_autofree char *backup = g_strconcat (folder.path, ".backup-v1", NULL), *old_schema = dup_schema (folder.path);
    BpStore *store = store_folder_store (&folder);
    g_assert_cmpint (query_number (store, "PRAGMA user_version"), ==, 7);
    g_assert_cmpint (query_number (store, "PRAGMA application_id"), ==, BP_SCHEMA_APPLICATION_ID);
    /* what it held is all there, and what is new is filled in */
    g_autoptr (BpTableSet) set = bp_table_set_new (NULL);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    g_assert_true (bp_store_load (store, BP_DATE_NONE, set, findings, &folder.error));
    g_autofree char *rows = dup_set (set);
    g_assert_cmpstr (rows, ==, "plans:data/plans.csv:2:SIP|Plan|||\n");
    g_assert_cmpint (set->tables[BP_TABLE_PLANS].row_count, ==, 2);
    g_assert_cmpint (set->tables[BP_TABLE_PLANS].file_count, ==, 1);
    g_assert_cmpuint (bp_finding_list_length (findings), ==, 1);
    g_assert_cmpstr (bp_finding_list_get (findings, 0)->advice, ==, bp_finding_kind_get (BP_FINDING_UNKNOWN_FILE)->advice);
    g_autoptr (GPtrArray) returns = bp_store_list_returns (store, bp_date_new (2025, 1, 1), &folder.error);
    g_assert_no_error (folder.error);
    g_assert_cmpuint (returns->len, ==, 0);
    /* the same schema as a new store's, but for the order of columns in SQL text */
    g_assert_cmpint (query_number (store, "SELECT count(*) FROM pragma_table_info('import_findings') WHERE name = 'advice'"), ==, 1);
    /* and the copy is the old store */
    g_autofree char *backup_schema = dup_schema (backup);
    g_assert_cmpstr (backup_schema, ==, old_schema);
    g_autoptr (BpStore) old = bp_store_open_versions (backup, NULL, first_version_alone (), &folder.error);
    g_assert_no_error (folder.error);
    g_assert_cmpint (query_number (old, "SELECT count(*) FROM plans WHERE title = 'Plan'"), ==, 1);
    store_folder_close (&folder);
}

static void test_a_new_store_and_an_old_one_come_to_the_same_schema (void)
{
    StoreFolder old_folder, new_folder;
    make_first_version (&old_folder);
    store_folder_store (&old_folder);
    store_folder_open (&new_folder);
    store_folder_store (&new_folder);
    g_autofree char *migrated = dup_schema (old_folder.path), *fresh = dup_schema (new_folder.path);
    g_assert_cmpstr (migrated, ==, fresh);
    store_folder_close (&old_folder);
    store_folder_close (&new_folder);
}

static void test_no_copy_is_written_over (void)
{
    StoreFolder folder;
    make_first_version (&folder);
    g_autofree char *first = g_strconcat (folder.path, ".backup-v1", NULL), *second = g_strconcat (first, "-2", NULL);
    g_assert_true (g_file_set_contents (first, "precious", -1, NULL));
    store_folder_store (&folder);
    g_autofree char *contents = NULL;
    g_assert_true (g_file_get_contents (first, &contents, NULL, NULL));
    g_assert_cmpstr (contents, ==, "precious");
    g_assert_true (g_file_test (second, G_FILE_TEST_IS_REGULAR));
    store_folder_close (&folder);
}

static bool fail_on_purpose (BpDatabase *database, GError **error)
{
    (void)database;
    return bp_fail (error, BP_ERROR_STORE, "on purpose");
}

static void test_a_migration_that_fails_leaves_the_store_as_it_was (void)
{
    const BpSchemaVersion by_function[] = { bp_schema_versions[0],
                                            bp_schema_versions[1],
                                            bp_schema_versions[2],
                                            { 4, "breaks", "CREATE TABLE another (a); DELETE FROM plans;", fail_on_purpose },
                                            { 0 } };
    const BpSchemaVersion by_sql[] = { bp_schema_versions[0],
                                       bp_schema_versions[1],
                                       bp_schema_versions[2],
                                       { 4, "breaks", "DROP TABLE plans; CREATE nonsense;", NULL },
                                       { 0 } };
    const BpSchemaVersion *const lists[] = { by_function, by_sql };
    for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
        StoreFolder folder;
        make_first_version (&folder);
        g_autofree char *before = dup_schema (folder.path), *backup = g_strconcat (folder.path, ".backup-v1", NULL);
        g_assert_null (bp_store_open_versions (folder.path, NULL, lists[i], &folder.error));
        g_assert_error (folder.error, BP_ERROR, BP_ERROR_STORE);
        g_test_message ("%s", folder.error->message);
        g_assert_nonnull (strstr (folder.error->message, "could not be brought from schema version 1 to 4 and was left as it is"));
        g_assert_nonnull (strstr (folder.error->message, "schema version 4 (breaks)"));
        g_clear_error (&folder.error);
        g_autofree char *after = dup_schema (folder.path);
        g_assert_cmpstr (after, ==, before);
        g_assert_true (g_file_test (backup, G_FILE_TEST_IS_REGULAR));
        /* the right versions then work, with every row */
        store_folder_store (&folder);
        assert_known (&folder, 0, "plans:data/plans.csv:2:SIP|Plan|||\n");
        store_folder_close (&folder);
    }
}

/* A child that has no room for the copy: its files may not grow so far. */
static void test_without_a_copy_there_is_no_migration (void)
{
    StoreFolder folder;
    make_first_version (&folder);
    g_autofree char *before = dup_schema (folder.path), *backup = g_strconcat (folder.path, ".backup-v1", NULL);
    pid_t child = fork ();
    g_assert_cmpint (child, >=, 0);
    if (child == 0)
    {
        const struct rlimit limit = { 64 * 1024, 64 * 1024 };
        signal (SIGXFSZ, SIG_IGN);
        if (setrlimit (RLIMIT_FSIZE, &limit) != 0)
            _exit (2);
        GError *error = NULL;
        if (bp_store_open (folder.path, NULL, &error) != NULL)
            _exit (3);
        fprintf (stderr, "# %s\n", error->message);
        _exit (strstr (error->message, "must be copied before it is brought up to date") != NULL ? 0 : 4);
    }
    int status;
    g_assert_cmpint (waitpid (child, &status, 0), ==, child);
    g_assert_true (WIFEXITED (status));
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);
    g_autofree char *after = dup_schema (folder.path);
    g_assert_cmpstr (after, ==, before);
    g_assert_false (g_file_test (backup, G_FILE_TEST_EXISTS));
    store_folder_close (&folder);
}

/* What a store may have lost, and what the message must say. Packs from it would be wrong, and its history would be gone unseen. */
static void test_a_store_that_has_lost_something_is_refused_and_left (void)
{
    static const struct
    {
        const char *damage, *message;
    } cases[] = { { "PRAGMA user_version = 0", "has lost its schema version (0)" },
                  { "PRAGMA user_version = -3", "has lost its schema version (-3)" },
                  { "DROP TABLE plans", "its table plans is gone, which imports have filled" } };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        StoreFolder folder;
        make_first_version (&folder);
        store_folder_store (&folder); /* brings it up to date */
        g_clear_pointer (&folder.store, bp_store_close);
        BpDatabase database;
        g_assert_true (bp_database_open (&database, folder.path, NULL));
        g_assert_true (bp_database_run (&database, cases[i].damage, "test", NULL));
        bp_database_close (&database);
        g_autofree char *before = dup_schema (folder.path);
        g_assert_null (bp_store_open (folder.path, NULL, &folder.error));
        g_assert_error (folder.error, BP_ERROR, BP_ERROR_STORE);
        g_assert_nonnull (strstr (folder.error->message, cases[i].message));
        g_assert_nonnull (strstr (folder.error->message, "put back a copy, or move it away"));
        g_clear_error (&folder.error);
        g_autofree char *after = dup_schema (folder.path);
        g_assert_cmpstr (after, ==, before);
        store_folder_close (&folder);
    }
}

/* A ledger of version 5: what was sent stays sent, and the copy is made. */
static void test_what_was_sent_is_there_after_leads_came_into_the_ledger (void)
{
    BpSchemaVersion versions[6] = { { 0 } };
    memcpy (versions, bp_schema_versions, 5 * sizeof (BpSchemaVersion));
    StoreFolder folder;
    store_folder_open (&folder);
    BpStore *old = bp_store_open_versions (folder.path, NULL, versions, &folder.error);
    g_assert_no_error (folder.error);
    g_assert_true (
        bp_database_run (&old->database,
                         "INSERT INTO sends (kind, state, run, forum, as_of, version, address, address_key, message_id, attempts,"
                         " planned_at, words) VALUES ('pack', 'accepted', '2025-01-31-1', 'bbp', '2025-01-31', 1,"
                         " 'a@example.org', 'a@example.org', 'k@example.org', 1, 100, '250')",
                         "test", &folder.error));
    bp_store_close (old);
    BpStore *store = store_folder_store (&folder);
    g_autoptr (GPtrArray) sends = bp_sends_list (store, &(BpSendFilter){ .run = "2025-01-31-1" }, &folder.error);
    g_assert_no_error (folder.error);
    g_assert_cmpuint (sends->len, ==, 1);
    const BpSend *send = sends->pdata[0];
    g_assert_cmpint (send->state, ==, BP_SEND_STATE_ACCEPTED);
    g_assert_cmpstr (send->lead, ==, "");
    g_assert_cmpint (send->round, ==, 0);
    g_autofree char *backup = g_strconcat (folder.path, ".backup-v5", NULL);
    g_assert_true (g_file_test (backup, G_FILE_TEST_IS_REGULAR));
    store_folder_close (&folder);
}

static void test_versions_rise_by_one (void)
{
    for (int i = 0; bp_schema_versions[i].version != 0; i++)
    {
        g_assert_cmpint (bp_schema_versions[i].version, ==, i + 1);
        g_assert_nonnull (bp_schema_versions[i].description);
    }
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/store/schema/an_old_store_is_brought_up_to_date", test_an_old_store_is_brought_up_to_date);
    g_test_add_func ("/store/schema/a_new_store_and_an_old_one_come_to_the_same_schema",
                     test_a_new_store_and_an_old_one_come_to_the_same_schema);
    g_test_add_func ("/store/schema/no_copy_is_written_over", test_no_copy_is_written_over);
    g_test_add_func ("/store/schema/a_migration_that_fails_leaves_the_store_as_it_was",
                     test_a_migration_that_fails_leaves_the_store_as_it_was);
    g_test_add_func ("/store/schema/without_a_copy_there_is_no_migration", test_without_a_copy_there_is_no_migration);
    g_test_add_func ("/store/schema/a_store_that_has_lost_something_is_refused_and_left",
                     test_a_store_that_has_lost_something_is_refused_and_left);
    g_test_add_func ("/store/schema/what_was_sent_is_there_after_leads_came_into_the_ledger",
                     test_what_was_sent_is_there_after_leads_came_into_the_ledger);
    g_test_add_func ("/store/schema/versions_rise_by_one", test_versions_rise_by_one);
    return g_test_run ();
}
