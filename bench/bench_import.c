/* Times the import of a programme's data against a floor: a bare loop of prepared inserts of the same rows into the same tables, which
 * reads nothing, compares nothing and checks nothing.
 *
 * bench_import PROGRAMME        prints the medians of five runs, each into fresh files: rows, ingest_ms, admit_ms, store_ms, import_ms (the
 * sum of the three), floor_ms, again_ms (the same import once more), load_ms, ratio (import_ms / floor_ms) bench_import PROGRAMME FILE
 * makes FILE by the bare loop alone and prints one line for bench/run: bare_import, milliseconds, peak kilobytes, rows */

#include "base/atomic_file.h"
#include "ingest/ingest.h"
#include "replay.h"
#include "store/store.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#define RUNS 5

typedef enum
{
    TIME_INGEST,
    TIME_ADMIT,
    TIME_STORE,
    TIME_IMPORT,
    TIME_FLOOR,
    TIME_AGAIN,
    TIME_LOAD,
    TIME_COUNT
} Time;

static const char *const time_names[TIME_COUNT] = { "ingest_ms", "admit_ms", "store_ms", "import_ms", "floor_ms", "again_ms", "load_ms" };

static void stop (const char *what)
{
    fprintf (stderr, "bench_import: %s\n", what);
    exit (1);
}

static double milliseconds_since (double start)
{
    return replay_cpu_ms () - start;
}

static void run_sql (sqlite3 *database, const char *sql)
{
    if (sqlite3_exec (database, sql, NULL, NULL, NULL) != SQLITE_OK)
        stop (sqlite3_errmsg (database));
}

static sqlite3_stmt *prepare_insert (sqlite3 *database, const BpTableDef *table)
{
    g_autoptr (GString) sql = g_string_new (NULL);
    g_string_printf (sql, "INSERT INTO \"%s\" (source_file, source_row, key_inferred, known_from_import", table->name);
    for (int i = 0; table->columns[i].name != NULL; i++)
        g_string_append_printf (sql, ", \"%s\"", table->columns[i].name);
    g_string_append (sql, ") VALUES (?, ?, 0, 1");
    for (int i = 0; table->columns[i].name != NULL; i++)
        g_string_append (sql, ", ?");
    g_string_append (sql, ")");
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2 (database, sql->str, -1, &statement, NULL) != SQLITE_OK)
        stop (sqlite3_errmsg (database));
    return statement;
}

static void insert_rows (sqlite3 *database, const BpTable *table)
{
    sqlite3_stmt *statement = prepare_insert (database, table->def);
    int width = bp_table_column_count (table->def);
    for (guint row = 0; row < table->records->len; row++)
    {
        const BpRecord *record = &g_array_index (table->records, BpRecord, row);
        sqlite3_bind_text (statement, 1, record->file, -1, SQLITE_STATIC);
        sqlite3_bind_int (statement, 2, record->row);
        for (int i = 0; i < width; i++)
            sqlite3_bind_text (statement, 3 + i, record->cells[i], -1, SQLITE_STATIC);
        if (sqlite3_step (statement) != SQLITE_DONE)
            stop (sqlite3_errmsg (database));
        sqlite3_reset (statement);
    }
    sqlite3_finalize (statement);
}

/* The floor: an empty store's schema, and its settings. */
static double time_floor (const char *path, const BpTableSet *set)
{
    bp_store_close (bp_store_open (path, NULL, NULL));
    sqlite3 *database;
    if (sqlite3_open (path, &database) != SQLITE_OK)
        stop ("cannot open the floor's file");
    run_sql (database, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000");
    double start = replay_cpu_ms ();
    run_sql (database, "BEGIN IMMEDIATE; INSERT INTO imports VALUES (1, 0, '2025-01-01', '', 0, 0, 0, 0, 0, 0, 0)");
    for (int i = 0; i < BP_TABLE_COUNT; i++)
        insert_rows (database, &set->tables[i]);
    run_sql (database, "COMMIT");
    double time = milliseconds_since (start);
    sqlite3_close (database);
    return time;
}

static double time_import (BpStore *store, const BpTableSet *set, BpFindingList *findings)
{
    const BpImportStamp stamp = { 1735689600, bp_date_new (2025, 1, 1), "bench" };
    g_autoptr (GError) error = NULL;
    double start = replay_cpu_ms ();
    if (!bp_store_import (store, set, findings, &stamp, NULL, &error))
        stop (error->message);
    return milliseconds_since (start);
}

static double time_load (BpStore *store)
{
    g_autoptr (BpTableSet) set = bp_table_set_new (NULL);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    g_autoptr (GError) error = NULL;
    double start = replay_cpu_ms ();
    if (!bp_store_load (store, BP_DATE_NONE, set, findings, &error))
        stop (error->message);
    return milliseconds_since (start);
}

static guint count_rows (const BpTableSet *set)
{
    guint rows = 0;
    for (int i = 0; i < BP_TABLE_COUNT; i++)
        rows += set->tables[i].records->len;
    return rows;
}

/* Reads the programme's data; returns the milliseconds. */
static double time_ingest (const char *programme, BpTableSet *set, BpFindingList *findings)
{
    g_autoptr (GError) error = NULL;
    double start = replay_cpu_ms ();
    if (!bp_ingest_read_folder (programme, "data", set, findings, &error))
        stop (error->message);
    return milliseconds_since (start);
}

/* One run; returns the number of rows. */
static guint run_once (const char *programme, const char *folder, double times[TIME_COUNT])
{
    g_autofree char *path = g_build_filename (folder, "import.sqlite", NULL), *floor_path = g_build_filename (folder, "floor.sqlite", NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (BpTableSet) set = bp_table_set_new (NULL);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    g_autoptr (BpStore) store = bp_store_open (path, NULL, &error);
    if (store == NULL)
        stop (error->message);
    times[TIME_INGEST] = time_ingest (programme, set, findings);
    double start = replay_cpu_ms ();
    bp_table_set_admit (set, findings);
    times[TIME_ADMIT] = milliseconds_since (start);
    times[TIME_STORE] = time_import (store, set, findings);
    times[TIME_IMPORT] = times[TIME_INGEST] + times[TIME_ADMIT] + times[TIME_STORE];
    times[TIME_FLOOR] = time_floor (floor_path, set);
    times[TIME_AGAIN] = time_import (store, set, findings);
    times[TIME_LOAD] = time_load (store);
    return count_rows (set);
}

static int compare_doubles (const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static void print_medians (const char *programme)
{
    double times[TIME_COUNT][RUNS], medians[TIME_COUNT];
    guint rows = 0;
    for (int run = 0; run < RUNS; run++)
    {
        double own[TIME_COUNT];
        g_autofree char *folder = g_dir_make_tmp ("boardpack-bench-XXXXXX", NULL);
        if (folder == NULL)
            stop ("cannot make a temporary folder");
        rows = run_once (programme, folder, own);
        bp_folder_remove (folder, NULL);
        for (int i = 0; i < TIME_COUNT; i++)
            times[i][run] = own[i];
    }
    printf ("rows %u\n", rows);
    for (int i = 0; i < TIME_COUNT; i++)
    {
        qsort (times[i], RUNS, sizeof times[i][0], compare_doubles);
        medians[i] = times[i][RUNS / 2];
        printf ("%s %.2f\n", time_names[i], medians[i]);
    }
    printf ("ratio %.2f\n", medians[TIME_IMPORT] / medians[TIME_FLOOR]);
}

static void print_floor (const char *programme, const char *path)
{
    g_autoptr (BpTableSet) set = bp_table_set_new (NULL);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    struct rusage usage;
    time_ingest (programme, set, findings);
    bp_table_set_admit (set, findings);
    double time = time_floor (path, set);
    getrusage (RUSAGE_SELF, &usage);
    printf ("bare_import %.1f %ld %u rows\n", time, usage.ru_maxrss, count_rows (set));
}

int main (int argc, char **argv)
{
    if (argc == 2)
        print_medians (argv[1]);
    else if (argc == 3)
        print_floor (argv[1], argv[2]);
    else
        stop ("usage: bench_import PROGRAMME [FILE]");
    return 0;
}
