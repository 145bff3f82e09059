#ifndef BP_TESTS_SUPPORT_STORE_FOLDER_H
#define BP_TESTS_SUPPORT_STORE_FOLDER_H

/* A folder with a store in it, and sets of rows made by hand; for the tests of the store. Everything is static inline: tests are single
 * files. */

#include "base/atomic_file.h"
#include "store/store_state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
    char *folder, *path;
    BpStore *store;
    GError *error;
} StoreFolder;

static inline void store_folder_open (StoreFolder *folder)
{
    *folder = (StoreFolder){ .folder = g_dir_make_tmp ("boardpack-store-XXXXXX", NULL) };
    g_assert_nonnull (folder->folder);
    folder->path = g_build_filename (folder->folder, "boardpack.sqlite", NULL);
}

/* Opens the store, anew if it is open. */
static inline BpStore *store_folder_store (StoreFolder *folder)
{
    g_clear_pointer (&folder->store, bp_store_close);
    folder->store = bp_store_open (folder->path, NULL, &folder->error);
    g_assert_no_error (folder->error);
    return folder->store;
}

static inline void store_folder_close (StoreFolder *folder)
{
    g_clear_pointer (&folder->store, bp_store_close);
    g_assert_true (bp_folder_remove (folder->folder, NULL));
    g_clear_error (&folder->error);
    g_free (folder->path);
    g_free (folder->folder);
}

/* Adds a row; cells is "SIP|1.1.1|1.1|…", the rest blank. */
static inline void set_add (BpTableSet *set, BpTableId table, const char *file, int row, const char *cells)
{
    g_auto (GStrv) parts = g_strsplit (cells, "|", -1);
    BpRecord *record = bp_table_set_add (set, table);
    record->file = bp_table_set_take_text (set, file, -1);
    record->row = row;
    for (int i = 0; parts[i] != NULL; i++)
    {
        g_assert_cmpint (i, <, bp_table_set_width (set, table));
        record->cells[i] = bp_table_set_take_text (set, parts[i], -1);
    }
    set->tables[table].row_count++;
    set->tables[table].file_count = 1;
}

/* A set of rows "plans:1:SIP|Title", "narrative:2:…", in data/<table>.csv; NULL-ended. */
static inline BpTableSet *set_new (const char *const *rows)
{
    BpTableSet *set = bp_table_set_new (NULL);
    for (; *rows != NULL; rows++)
    {
        g_auto (GStrv) parts = g_strsplit (*rows, ":", 3);
        const BpTableDef *table = bp_table_find (parts[0]);
        g_assert_nonnull (table);
        g_autofree char *file = g_strdup_printf ("data/%s.csv", parts[0]);
        set_add (set, table->id, file, atoi (parts[1]), parts[2]);
    }
    return set;
}

#define ROWS(...) ((const char *const[]){ __VA_ARGS__ __VA_OPT__ (, ) NULL })

/* Imports on 2025-01-<day>. findings may be NULL. */
static inline bool store_import (StoreFolder *folder, const BpTableSet *set, BpFindingList *findings, int day, BpImportCounts *counts_out)
{
    g_autoptr (BpFindingList) own = bp_finding_list_new ();
    const BpImportStamp stamp = { 1735689600 + (day - 1) * 86400, bp_date_new (2025, 1, day), "0.1.0" };
    return bp_store_import (folder->store, set, findings != NULL ? findings : own, &stamp, counts_out, &folder->error);
}

/* The same for rows; must succeed. */
static inline BpImportCounts store_import_rows (StoreFolder *folder, const char *const *rows, int day)
{
    g_autoptr (BpTableSet) set = set_new (rows);
    BpImportCounts counts;
    g_assert_true (store_import (folder, set, NULL, day, &counts));
    return counts;
}

#define assert_counts(counts, added_, changed_, removed_, unchanged_)                                                                      \
    G_STMT_START                                                                                                                           \
    {                                                                                                                                      \
        g_assert_cmpint ((counts).added, ==, (added_));                                                                                    \
        g_assert_cmpint ((counts).changed, ==, (changed_));                                                                                \
        g_assert_cmpint ((counts).removed, ==, (removed_));                                                                                \
        g_assert_cmpint ((counts).unchanged, ==, (unchanged_));                                                                            \
    }                                                                                                                                      \
    G_STMT_END

/* What a set holds, as "plans:1:SIP|Title|||" lines; "file" instead of the row's line if it is not data/<table>.csv. */
static inline char *dup_set (const BpTableSet *set)
{
    GString *text = g_string_new (NULL);
    for (int table = 0; table < BP_TABLE_COUNT; table++)
        for (guint i = 0; i < set->tables[table].records->len; i++)
        {
            const BpRecord *record = &g_array_index (set->tables[table].records, BpRecord, i);
            g_string_append_printf (text, "%s:%s:%d:", set->tables[table].def->name, record->file, record->row);
            for (int cell = 0; cell < bp_table_set_width (set, (BpTableId)table); cell++)
                g_string_append_printf (text, "%s%s", cell > 0 ? "|" : "", record->cells[cell]);
            g_string_append_printf (text, "%s%s\n", record->sheet != NULL ? "@" : "", record->sheet != NULL ? record->sheet : "");
        }
    return g_string_free (text, FALSE);
}

/* What the store holds as known at the end of 2025-01-<day>; 0: now. */
static inline char *dup_known (StoreFolder *folder, int day)
{
    g_autoptr (BpTableSet) set = bp_table_set_new (NULL);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    if (!bp_store_load (folder->store, day == 0 ? BP_DATE_NONE : bp_date_new (2025, 1, day), set, findings, &folder->error))
        return NULL;
    return dup_set (set);
}

static inline void assert_known (StoreFolder *folder, int day, const char *expected)
{
    g_autofree char *known = dup_known (folder, day);
    g_assert_no_error (folder->error);
    g_assert_cmpstr (known, ==, expected);
}

static inline gint64 query_number (BpStore *store, const char *sql)
{
    gint64 number;
    GError *error = NULL;
    g_assert_true (bp_database_query_number (&store->database, sql, "test", &number, &error));
    g_assert_no_error (error);
    return number;
}

#endif
