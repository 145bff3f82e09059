#include "ingest/ingest.h"
#include "support/store_folder.h"

#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_rows_are_added_changed_removed_and_kept (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    store_folder_store (&folder);
    BpImportCounts counts = store_import_rows (
        &folder, ROWS ("plans:2:SIP|Plan", "actions:2:SIP|1.1|1|One", "actions:3:SIP|1.2|1|Two", "actions:4:SIP|1.3|1|Three"), 1);
    assert_counts (counts, 4, 0, 0, 0);
    g_assert_cmpint (counts.import_id, ==, 1);
    counts = store_import_rows (
        &folder, ROWS ("plans:2:SIP|Plan", "actions:2:SIP|1.1|1|One", "actions:3:SIP|1.2|1|Zwei", "actions:4:SIP|1.4|1|Four"), 2);
    assert_counts (counts, 1, 1, 1, 2);
    g_assert_cmpint (counts.import_id, ==, 2);
    assert_known (&folder, 0,
                  "plans:data/plans.csv:2:SIP|Plan|||\n"
                  "actions:data/actions.csv:2:SIP|1.1|1|One||||||\nactions:data/actions.csv:3:SIP|1.2|1|Zwei||||||\n"
                  "actions:data/actions.csv:4:SIP|1.4|1|Four||||||\n");
    /* a removed row may come back */
    counts = store_import_rows (&folder, ROWS ("plans:2:SIP|Plan", "actions:4:SIP|1.3|1|Three"), 3);
    assert_counts (counts, 1, 0, 3, 1);
    store_folder_close (&folder);
}

static void test_the_same_again_changes_nothing (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    store_folder_store (&folder);
    const char *const *rows = ROWS ("plans:2:SIP|Plan", "narrative:2:2025-01-01|change|Text", "narrative:3:2025-01-01|change|Text");
    for (int day = 1; day <= 3; day++)
    {
        g_autoptr (BpTableSet) set = set_new (rows);
        g_autoptr (BpFindingList) findings = bp_finding_list_new ();
        /* the same findings in another order */
        for (int i = 0; i < 2; i++)
            bp_finding_list_add (findings, BP_FINDING_ROWS_ABOVE_HEADER, (BpSource){ .file = "data/plans.csv", .row = 1 + (i + day) % 2 },
                                 NULL, "text");
        gint64 pages = query_number (folder.store, "PRAGMA data_version");
        int changes = sqlite3_total_changes (folder.store->database.handle);
        BpImportCounts counts;
        g_assert_true (store_import (&folder, set, findings, day, &counts));
        g_assert_cmpint (counts.import_id, ==, 1);
        assert_counts (counts, day == 1 ? 3 : 0, 0, 0, day == 1 ? 0 : 3);
        if (day > 1)
            g_assert_cmpint (sqlite3_total_changes (folder.store->database.handle), ==, changes);
        g_assert_cmpint (query_number (folder.store, "PRAGMA data_version"), ==, pages);
        g_assert_cmpuint (bp_finding_list_length (findings), ==, 2);
    }
    g_assert_cmpint (query_number (folder.store, "SELECT count(*) FROM imports"), ==, 1);
    store_folder_close (&folder);
}

static void test_a_removal_is_named_once (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    store_folder_store (&folder);
    store_import_rows (&folder, ROWS ("actions:2:SIP|1.1|1|One", "actions:3:SIP|1.2|1|Two"), 1);
    for (int day = 2; day <= 3; day++)
    {
        g_autoptr (BpTableSet) set = set_new (ROWS ("actions:2:SIP|1.1|1|One"));
        g_autoptr (BpFindingList) findings = bp_finding_list_new ();
        BpImportCounts counts;
        g_assert_true (store_import (&folder, set, findings, day, &counts));
        g_assert_cmpint (counts.import_id, ==, 2);
        g_assert_cmpuint (bp_finding_list_length (findings), ==, day == 2 ? 1 : 0);
        if (day > 2)
            continue;
        const BpFinding *finding = bp_finding_list_get (findings, 0);
        g_assert_cmpint (finding->code, ==, BP_FINDING_ROW_REMOVED);
        g_assert_cmpstr (finding->source.file, ==, "data/actions.csv");
        g_assert_cmpint (finding->source.row, ==, 3);
        g_assert_cmpstr (finding->value, ==, "SIP 1.2");
    }
    /* and kept with its import */
    g_autoptr (BpTableSet) loaded = bp_table_set_new (NULL);
    g_autoptr (BpFindingList) kept = bp_finding_list_new ();
    g_assert_true (bp_store_load (folder.store, BP_DATE_NONE, loaded, kept, NULL));
    g_assert_cmpuint (bp_finding_list_length (kept), ==, 1);
    g_assert_cmpint (query_number (folder.store, "SELECT checks + notes FROM imports WHERE import_id = 2"), ==, 1);
    store_folder_close (&folder);
}

static void test_a_row_that_moves_is_the_same_row (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    store_folder_store (&folder);
    store_import_rows (&folder, ROWS ("plans:2:A|a", "plans:3:B|b"), 1);
    g_autoptr (BpTableSet) set = bp_table_set_new (NULL);
    set_add (set, BP_TABLE_PLANS, "data/plans-2.csv", 2, "B|b");
    set_add (set, BP_TABLE_PLANS, "data/plans-10.csv", 2, "A|a");
    BpImportCounts counts;
    g_assert_true (store_import (&folder, set, NULL, 2, &counts));
    assert_counts (counts, 0, 0, 0, 2);
    g_assert_cmpint (counts.import_id, ==, 1);
    assert_known (&folder, 0, "plans:data/plans-2.csv:2:B|b|||\nplans:data/plans-10.csv:2:A|a|||\n");
    store_folder_close (&folder);
}

static void test_rows_without_a_key_are_told_by_all_their_cells (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    store_folder_store (&folder);
    store_import_rows (&folder,
                       ROWS ("narrative:2:2025-01-01|change|A", "narrative:3:2025-01-01|change|B", "narrative:4:2025-01-01|change|B"), 1);
    /* one of two equal rows goes */
    BpImportCounts counts = store_import_rows (&folder, ROWS ("narrative:2:2025-01-01|change|A", "narrative:3:2025-01-01|change|B"), 2);
    assert_counts (counts, 0, 0, 1, 2);
    /* a row is edited in its place, another comes */
    counts = store_import_rows (
        &folder, ROWS ("narrative:2:2025-01-01|change|Aa", "narrative:3:2025-01-01|change|B", "narrative:4:2025-01-01|change|C"), 3);
    assert_counts (counts, 1, 1, 0, 1);
    /* a row comes in above the others */
    counts = store_import_rows (&folder,
                                ROWS ("narrative:2:2025-01-01|change|0", "narrative:3:2025-01-01|change|Aa",
                                      "narrative:4:2025-01-01|change|B", "narrative:5:2025-01-01|change|C"),
                                4);
    assert_counts (counts, 1, 0, 0, 3);
    assert_known (&folder, 0,
                  "narrative:data/narrative.csv:2:2025-01-01|change|0||||\nnarrative:data/narrative.csv:3:2025-01-01|change|Aa||||\n"
                  "narrative:data/narrative.csv:4:2025-01-01|change|B||||\nnarrative:data/narrative.csv:5:2025-01-01|change|C||||\n");
    store_folder_close (&folder);
}

static void test_keys_do_not_run_together (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    store_folder_store (&folder);
    BpImportCounts counts = store_import_rows (&folder, ROWS ("actions:2:A|B1|x|x", "actions:3:AB|1|x|x", "actions:4:A|b1|x|x"), 1);
    assert_counts (counts, 3, 0, 0, 0);
    counts = store_import_rows (&folder, ROWS ("actions:2:A|B1|x|x", "actions:3:AB|1|x|y", "actions:4:A|b1|x|x"), 2);
    assert_counts (counts, 0, 1, 0, 2);
    store_folder_close (&folder);
}

static void test_two_rows_of_one_key_are_refused (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    store_folder_store (&folder);
    g_autoptr (BpTableSet) set = set_new (ROWS ("plans:2:A|a", "plans:3:B|b", "plans:4:A|c"));
    g_assert_false (store_import (&folder, set, NULL, 1, NULL));
    g_assert_error (folder.error, BP_ERROR, BP_ERROR_STORE);
    g_assert_nonnull (strstr (folder.error->message, "data/plans.csv, line 2, and data/plans.csv, line 4: have the same key"));
    g_assert_cmpint (query_number (folder.store, "SELECT count(*) FROM imports"), ==, 0);
    g_clear_error (&folder.error);
    /* the store is as ready as before */
    BpImportCounts counts = store_import_rows (&folder, ROWS ("plans:2:A|a"), 1);
    assert_counts (counts, 1, 0, 0, 0);
    store_folder_close (&folder);
}

static void test_the_order_of_files_does_not_matter (void)
{
    g_autoptr (GPtrArray) known = g_ptr_array_new_with_free_func (g_free);
    for (int order = 0; order < 2; order++)
    {
        StoreFolder folder;
        store_folder_open (&folder);
        store_folder_store (&folder);
        g_autoptr (BpTableSet) set = bp_table_set_new (NULL);
        for (int i = 0; i < 2; i++)
        {
            bool is_first = (i == 0) == (order == 0);
            set_add (set, BP_TABLE_PLANS, is_first ? "data/plans.csv" : "data/plans-wsoa.csv", 2, is_first ? "A|a" : "B|b");
        }
        g_assert_true (store_import (&folder, set, NULL, 1, NULL));
        g_ptr_array_add (known, dup_known (&folder, 0));
        /* the other order is no difference either */
        g_autoptr (BpTableSet) turned = bp_table_set_new (NULL);
        set_add (turned, BP_TABLE_PLANS, order == 0 ? "data/plans-wsoa.csv" : "data/plans.csv", 2, order == 0 ? "B|b" : "A|a");
        set_add (turned, BP_TABLE_PLANS, order == 0 ? "data/plans.csv" : "data/plans-wsoa.csv", 2, order == 0 ? "A|a" : "B|b");
        BpImportCounts counts;
        g_assert_true (store_import (&folder, turned, NULL, 2, &counts));
        assert_counts (counts, 0, 0, 0, 2);
        store_folder_close (&folder);
    }
    g_assert_cmpstr (known->pdata[0], ==, known->pdata[1]);
    g_assert_cmpstr (known->pdata[0], ==, "plans:data/plans.csv:2:A|a|||\nplans:data/plans-wsoa.csv:2:B|b|||\n");
}

static void test_findings_and_counts_are_kept_whole (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    store_folder_store (&folder);
    g_autoptr (BpTableSet) set = set_new (ROWS ("plans:2:A|a"));
    set->tables[BP_TABLE_PLANS].row_count = 3;
    set->tables[BP_TABLE_PLANS].file_count = 2;
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    bp_finding_list_add_quarantined (findings, BP_FINDING_ROW_TOO_WIDE, (BpSource){ "data/plans.csv", NULL, 3, NULL }, "x,y", "Too wide.");
    bp_finding_list_add (findings, BP_FINDING_UNKNOWN_COLUMN, (BpSource){ "data/plans.csv", "Sheet 1", 1, "colour" }, "",
                         "No such column.");
    const BpFinding own
        = { BP_FINDING_UNKNOWN_FILE, BP_LEVEL_NOTE, false, { .file = "data/x.xlsx" }, NULL, "Not read.", "Advice of its own." };
    bp_finding_list_append (findings, &own);
    g_assert_true (store_import (&folder, set, findings, 1, NULL));
    g_autoptr (BpTableSet) loaded = bp_table_set_new (NULL);
    g_autoptr (BpFindingList) kept = bp_finding_list_new ();
    g_assert_true (bp_store_load (folder.store, BP_DATE_NONE, loaded, kept, NULL));
    g_assert_cmpint (loaded->tables[BP_TABLE_PLANS].row_count, ==, 3);
    g_assert_cmpint (loaded->tables[BP_TABLE_PLANS].file_count, ==, 2);
    g_assert_cmpuint (bp_finding_list_length (kept), ==, 3);
    for (guint i = 0; i < 3; i++)
    {
        const BpFinding *before = bp_finding_list_get (findings, i), *after = bp_finding_list_get (kept, i);
        g_assert_cmpint (after->code, ==, before->code);
        g_assert_cmpint (after->level, ==, before->level);
        g_assert_true (after->quarantined == before->quarantined);
        g_assert_cmpstr (after->source.file, ==, before->source.file);
        g_assert_cmpstr (after->source.sheet, ==, before->source.sheet);
        g_assert_cmpint (after->source.row, ==, before->source.row);
        g_assert_cmpstr (after->source.column, ==, before->source.column);
        g_assert_cmpstr (after->value, ==, before->value);
        g_assert_cmpstr (after->text, ==, before->text);
        g_assert_cmpstr (after->advice, ==, before->advice);
    }
    /* another finding is another import, though no row differs */
    bp_finding_list_add (findings, BP_FINDING_LINE_ENDS, (BpSource){ .file = "data/plans.csv" }, NULL, "text");
    BpImportCounts counts;
    g_assert_true (store_import (&folder, set, findings, 2, &counts));
    g_assert_cmpint (counts.import_id, ==, 2);
    assert_counts (counts, 0, 0, 0, 1);
    store_folder_close (&folder);
}

static BpTableSet *many_new (int count, const char *text)
{
    BpTableSet *set = bp_table_set_new (NULL);
    for (int i = 0; i < count; i++)
    {
        g_autofree char *cells = g_strdup_printf ("K%d|2024-%02d|England|actual|||%d,%03d|12|34|2025-01-31||%s %d", i, i % 12 + 1,
                                                  i % 900 + 100, i % 1000, text, i);
        set_add (set, BP_TABLE_KPI_VALUES, "data/kpi_values.csv", i + 2, cells);
    }
    return set;
}

/* The import fails part of the way through and must leave the store as it was, and usable. */
static void test_a_full_store_file_changes_nothing (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    store_folder_store (&folder);
    store_import_rows (&folder, ROWS ("plans:2:SIP|Plan"), 1);
    g_autofree char *limit
        = g_strdup_printf ("PRAGMA max_page_count = %" G_GINT64_FORMAT, query_number (folder.store, "PRAGMA page_count") + 20);
    query_number (folder.store, limit);
    g_autoptr (BpTableSet) set = many_new (5000, "a note");
    set_add (set, BP_TABLE_PLANS, "data/plans.csv", 2, "SIP|Changed");
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    g_assert_false (store_import (&folder, set, findings, 2, NULL));
    g_assert_error (folder.error, BP_ERROR, BP_ERROR_STORE);
    g_test_message ("%s", folder.error->message);
    g_assert_nonnull (strstr (folder.error->message, "free some space, then run again"));
    g_assert_cmpuint (bp_finding_list_length (findings), ==, 0);
    g_clear_error (&folder.error);
    assert_known (&folder, 0, "plans:data/plans.csv:2:SIP|Plan|||\n");
    g_assert_cmpint (query_number (folder.store, "SELECT count(*) FROM imports"), ==, 1);
    query_number (folder.store, "PRAGMA max_page_count = 1000000");
    BpImportCounts counts;
    g_assert_true (store_import (&folder, set, findings, 2, &counts));
    assert_counts (counts, 5000, 1, 0, 0);
    store_folder_close (&folder);
}

/* A child whose files may not grow beyond a limit: what a full disk does to the log. */
static void test_a_full_disk_changes_nothing (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    store_folder_store (&folder);
    store_import_rows (&folder, ROWS ("plans:2:SIP|Plan"), 1);
    g_clear_pointer (&folder.store, bp_store_close);
    pid_t child = fork ();
    g_assert_cmpint (child, >=, 0);
    if (child == 0)
    {
        const struct rlimit limit = { 600 * 1024, 600 * 1024 };
        signal (SIGXFSZ, SIG_IGN);
        if (setrlimit (RLIMIT_FSIZE, &limit) != 0)
            _exit (2);
        GError *error = NULL;
        folder.store = bp_store_open (folder.path, NULL, &error);
        if (folder.store == NULL)
            _exit (3);
        BpTableSet *set = many_new (20000, "a note");
        if (store_import (&folder, set, NULL, 2, NULL))
            _exit (4);
        fprintf (stderr, "# %s\n", folder.error->message);
        _exit (strstr (folder.error->message, folder.path) != NULL && strstr (folder.error->message, "disk") != NULL ? 0 : 5);
    }
    int status;
    g_assert_cmpint (waitpid (child, &status, 0), ==, child);
    g_assert_true (WIFEXITED (status));
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);
    store_folder_store (&folder);
    assert_known (&folder, 0, "plans:data/plans.csv:2:SIP|Plan|||\n");
    g_assert_cmpint (query_number (folder.store, "SELECT integrity_check = 'ok' FROM pragma_integrity_check"), ==, 1);
    store_folder_close (&folder);
}

/* A run that is killed in the middle of an import leaves the last one. */
static void test_a_killed_import_changes_nothing (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    store_folder_store (&folder);
    store_import_rows (&folder, ROWS ("plans:2:SIP|Plan"), 1);
    g_clear_pointer (&folder.store, bp_store_close);
    pid_t child = fork ();
    g_assert_cmpint (child, >=, 0);
    if (child == 0)
    {
        folder.store = bp_store_open (folder.path, NULL, NULL);
        /* all but the commit, with pages spilt into the log */
        bp_database_run (&folder.store->database,
                         "PRAGMA cache_size = 10; BEGIN IMMEDIATE; DELETE FROM plans;"
                         "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
                         "INSERT INTO plans (plan, source_file, source_row, key_inferred, known_from_import)"
                         " SELECT 'P' || i, 'x', i, 0, 1 FROM n",
                         "test", NULL);
        kill (getpid (), SIGKILL);
    }
    int status;
    g_assert_cmpint (waitpid (child, &status, 0), ==, child);
    g_assert_true (WIFSIGNALED (status));
    store_folder_store (&folder);
    assert_known (&folder, 0, "plans:data/plans.csv:2:SIP|Plan|||\n");
    store_folder_close (&folder);
}

/* Random changes, again and again: the store always gives back what was imported, and every earlier state as it was. */
static void test_random_imports_are_given_back_whole (void)
{
    for (int run = 0; run < 20; run++)
    {
        StoreFolder folder;
        store_folder_open (&folder);
        store_folder_store (&folder);
        g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);
        for (int day = 1; day <= 8; day++)
        {
            g_autoptr (BpTableSet) set = bp_table_set_new (NULL);
            for (int i = 0; i < 12; i++)
            {
                g_autofree char *cells = g_strdup_printf ("P%d|text %d", i, g_test_rand_int_range (0, 2));
                if (g_test_rand_bit ())
                    set_add (set, BP_TABLE_PLANS, "data/plans.csv", i + 2, cells);
                g_autofree char *free_cells = g_strdup_printf ("2025-01-01|change|text %d", g_test_rand_int_range (0, 4));
                set_add (set, BP_TABLE_NARRATIVE, "data/narrative.csv", i + 2, free_cells);
            }
            g_assert_true (store_import (&folder, set, NULL, day, NULL));
            g_ptr_array_add (states, dup_set (set));
            assert_known (&folder, 0, states->pdata[day - 1]);
        }
        /* rows of tables with a key, exactly; the others too, but for places, which are always those of now */
        for (int day = 1; day <= 8; day++)
        {
            g_autofree char *known = dup_known (&folder, day);
            g_auto (GStrv) before = g_strsplit (states->pdata[day - 1], "\n", -1), after = g_strsplit (known, "\n", -1);
            g_assert_cmpuint (g_strv_length (after), ==, g_strv_length (before));
            for (int i = 0; before[i] != NULL && g_str_has_prefix (before[i], "plans"); i++)
                g_assert_cmpstr (after[i], ==, before[i]);
        }
        store_folder_close (&folder);
    }
}

/* The programme of the repository, from its files to the store and back. */
static void test_the_sample_programme_is_given_back_whole (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    store_folder_store (&folder);
    g_autoptr (BpTableSet) set = bp_table_set_new (NULL), loaded = bp_table_set_new (NULL);
    g_autoptr (BpFindingList) findings = bp_finding_list_new (), kept = bp_finding_list_new ();
    g_assert_true (bp_ingest_read_folder (BP_TEST_ROOT, "data", set, findings, &folder.error));
    g_assert_no_error (folder.error);
    bp_table_set_admit (set, findings);
    g_assert_cmpuint (set->tables[BP_TABLE_ACTIONS].records->len, ==, 69);
    g_assert_cmpuint (bp_finding_list_count_quarantined (findings), ==, 0);
    BpImportCounts counts;
    g_assert_true (store_import (&folder, set, findings, 1, &counts));
    g_assert_true (bp_store_load (folder.store, BP_DATE_NONE, loaded, kept, &folder.error));
    g_autofree char *before = dup_set (set), *after = dup_set (loaded);
    g_assert_cmpstr (after, ==, before);
    g_assert_cmpuint (bp_finding_list_length (kept), ==, bp_finding_list_length (findings));
    for (int i = 0; i < BP_TABLE_COUNT; i++)
    {
        g_assert_cmpint (loaded->tables[i].row_count, ==, set->tables[i].row_count);
        g_assert_cmpint (loaded->tables[i].file_count, ==, set->tables[i].file_count);
        for (guint row = 0; row < set->tables[i].records->len; row++)
            g_assert_true (g_array_index (set->tables[i].records, BpRecord, row).is_key_inferred
                           == g_array_index (loaded->tables[i].records, BpRecord, row).is_key_inferred);
    }
    g_assert_true (store_import (&folder, set, findings, 2, &counts));
    g_assert_cmpint (counts.import_id, ==, 1);
    store_folder_close (&folder);
}

static double seconds_since (gint64 start)
{
    return (double)(g_get_monotonic_time () - start) / 1e6;
}

/* The figures are printed; only a gross slowness fails. */
static void test_100_000_rows_are_imported_in_a_moment (void)
{
    StoreFolder folder;
    store_folder_open (&folder);
    store_folder_store (&folder);
    g_autoptr (BpTableSet) set = many_new (100000, "a note"), changed = many_new (100000, "another note"), loaded = bp_table_set_new (NULL);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    gint64 start = g_get_monotonic_time ();
    g_assert_true (store_import (&folder, set, NULL, 1, NULL));
    double first = seconds_since (start);
    start = g_get_monotonic_time ();
    g_assert_true (store_import (&folder, set, NULL, 2, NULL));
    double again = seconds_since (start);
    start = g_get_monotonic_time ();
    g_assert_true (store_import (&folder, changed, NULL, 3, NULL));
    double all_changed = seconds_since (start);
    start = g_get_monotonic_time ();
    g_assert_true (bp_store_load (folder.store, BP_DATE_NONE, loaded, findings, NULL));
    double load = seconds_since (start);
    g_assert_cmpuint (loaded->tables[BP_TABLE_KPI_VALUES].records->len, ==, 100000);
    g_test_message ("100,000 rows: import %.2f s, again %.2f s, all changed %.2f s, load %.2f s", first, again, all_changed, load);
    g_assert_cmpfloat (first + again + all_changed + load, <, 60);
    store_folder_close (&folder);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/store/import/rows_are_added_changed_removed_and_kept", test_rows_are_added_changed_removed_and_kept);
    g_test_add_func ("/store/import/the_same_again_changes_nothing", test_the_same_again_changes_nothing);
    g_test_add_func ("/store/import/a_removal_is_named_once", test_a_removal_is_named_once);
    g_test_add_func ("/store/import/a_row_that_moves_is_the_same_row", test_a_row_that_moves_is_the_same_row);
    g_test_add_func ("/store/import/rows_without_a_key_are_told_by_all_their_cells", test_rows_without_a_key_are_told_by_all_their_cells);
    g_test_add_func ("/store/import/keys_do_not_run_together", test_keys_do_not_run_together);
    g_test_add_func ("/store/import/two_rows_of_one_key_are_refused", test_two_rows_of_one_key_are_refused);
    g_test_add_func ("/store/import/the_order_of_files_does_not_matter", test_the_order_of_files_does_not_matter);
    g_test_add_func ("/store/import/findings_and_counts_are_kept_whole", test_findings_and_counts_are_kept_whole);
    g_test_add_func ("/store/import/a_full_store_file_changes_nothing", test_a_full_store_file_changes_nothing);
    g_test_add_func ("/store/import/a_full_disk_changes_nothing", test_a_full_disk_changes_nothing);
    g_test_add_func ("/store/import/a_killed_import_changes_nothing", test_a_killed_import_changes_nothing);
    g_test_add_func ("/store/import/random_imports_are_given_back_whole", test_random_imports_are_given_back_whole);
    g_test_add_func ("/store/import/the_sample_programme_is_given_back_whole", test_the_sample_programme_is_given_back_whole);
    g_test_add_func ("/store/import/100_000_rows_are_imported_in_a_moment", test_100_000_rows_are_imported_in_a_moment);
    return g_test_run ();
}
