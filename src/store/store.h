#ifndef BP_STORE_STORE_H
#define BP_STORE_STORE_H

#include "base/date.h"
#include "domain/table.h"

/* The history of every table: each version of each row, with the import that brought it and the one that replaced or removed it. */
typedef struct BpStore BpStore;

/* Opens or makes the database; WAL, foreign keys on. Migrates forward from older schema versions (a backup beside it first; on failure
 * rolls back and refuses); refuses a newer one, naming both versions and what to do. Local columns of fields that the tables lack are
 * added. */
BpStore *bp_store_open (const char *path, const BpFieldSet *fields, GError **error);
/* The same, for who only reads: a store that cannot be written here (a backup on read-only media, an account without the permission) is
 * read into memory, and brought up to date there if it is older. The file must be there. */
BpStore *bp_store_open_to_read (const char *path, const BpFieldSet *fields, GError **error);
void bp_store_close (BpStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpStore, bp_store_close)

typedef struct
{
    gint64 imported_at; /* seconds since 1970, UTC */
    BpDate imported_on; /* the day in Europe/London: what --known compares */
    const char *program_version;
} BpImportStamp;

typedef struct
{
    int added, changed, removed, unchanged; /* rows */
    gint64 import_id;
} BpImportCounts;

/* Makes the store equal to set, in one transaction: new keys are added, changed rows get a new version, keys that have vanished are marked
 * removed (finding ROW_REMOVED is added to findings), and findings are kept with the import. When nothing differs from the last import
 * (rows and findings), no import is recorded and import_id is that of the last one. On failure nothing changes. */
bool bp_store_import (BpStore *store, const BpTableSet *set, BpFindingList *findings, const BpImportStamp *stamp,
                      BpImportCounts *counts_out, GError **error);

/* Loads every table as it was known at the end of the day known (BP_DATE_NONE: now), in the order of files and rows, with the findings and
 * counts of the last import by then. */
bool bp_store_load (BpStore *store, BpDate known, BpTableSet *set_out, BpFindingList *findings_out, GError **error);

/* Loads every table as that import left it; empty ones if there is no such import. findings_out: those of the import, with its counts;
 * NULL: rows alone. */
bool bp_store_load_import (BpStore *store, gint64 import_id, BpTableSet *set_out, BpFindingList *findings_out, GError **error);

typedef struct
{
    gint64 id;
    gint64 imported_at;
    BpDate imported_on;
    const char *program_version;
    BpImportCounts counts;
    int errors, checks, notes;
} BpImportEntry;

/* One version of a row. */
typedef struct
{
    gint64 known_from_import, known_to_import; /* 0: still known */
    BpDate known_from, known_to;               /* BP_DATE_NONE: still known */
    BpRecord record;
} BpRowVersion;

/* Imports, newest first; elements BpImportEntry. Free with g_array_unref. */
GArray *bp_store_list_imports (BpStore *store, GError **error);
/* Every version of every row of a table whose key starts with the given values (NULL-ended; key columns in order), oldest first. Strings
 * belong to strings. Elements BpRowVersion. */
GArray *bp_store_list_versions (BpStore *store, BpTableId table, const char *const *key_prefix, GStringChunk *strings, GError **error);

/* What became of an update sheet that came back. */
typedef struct
{
    gint64 import_id; /* with which its rows came into the store */
    gint64 imported_at;
    BpDate imported_on;
    char *sheet; /* the workbook's id */
    char *lead;
    BpDate as_of;
    gint64 base; /* the import that it was made from */
    char *file;
    int updates, kpi_values, narrative; /* rows that it stands for in the data folder */
    BpFindingList *findings;
} BpReturnEntry;

void bp_return_entry_free (BpReturnEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpReturnEntry, bp_return_entry_free)
/* Keeps what became of a sheet, unless the last that is kept of the same sheet says the same (file, rows, findings). */
bool bp_store_add_return (BpStore *store, const BpReturnEntry *entry, GError **error);
/* What is kept of sheets of that as-of date, newest first; elements BpReturnEntry. Free with g_ptr_array_unref. */
GPtrArray *bp_store_list_returns (BpStore *store, BpDate as_of, GError **error);

/* Keeps the sum of a run's manifest before the run is published, so that a change to the manifest can be told. */
bool bp_store_add_manifest (BpStore *store, const char *run, const char *sha256, const BpImportStamp *stamp, GError **error);
/* The sum that is kept of a run, or NULL if none is; caller frees. */
bool bp_store_find_manifest (BpStore *store, const char *run, char **sha256_out, GError **error);
/* The highest number of all runs of that day that the store has ever heard of, those whose folders are gone too; 0: none. */
bool bp_store_find_last_run (BpStore *store, BpDate as_of, int *number_out, GError **error);
/* The day on which the run was made, as the clock said then; BP_DATE_NONE if no sum is kept. */
bool bp_store_find_manifest_day (BpStore *store, const char *run, BpDate *recorded_on_out, GError **error);

/* Version of the SQLite that is in use, "3.40.1", for the manifest. Static. */
const char *bp_store_library_version (void);

#endif
