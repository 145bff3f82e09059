#ifndef BP_STORE_DATABASE_H
#define BP_STORE_DATABASE_H

#include "base/date.h"
#include "base/error.h"

#include <sqlite3.h>

/* The one place that speaks of SQLite's errors to users. */
typedef struct
{
    sqlite3 *handle;
    char *path;
    bool is_read_only; /* the file must not be written: what is at hand is read from it, or a copy in memory */
} BpDatabase;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

/* Opens or makes the file; nothing is read from it yet, nothing written. */
bool bp_database_open (BpDatabase *database, const char *path, GError **error);
/* What an open connection needs. */
void bp_database_set_up (BpDatabase *database);
/* Fails if something else than a database stands at path. */
bool bp_database_check_file (const char *path, GError **error);
void bp_database_close (BpDatabase *database);
/* Fails with what SQLite says of the last call: "<path>: cannot <deed>: <reason>; <what to do>". BP_ERROR_LOCKED if another program holds
 * the file, else BP_ERROR_STORE. Always false. */
bool bp_database_fail (BpDatabase *database, const char *deed, GError **error);
/* Runs statements that give no rows. */
bool bp_database_run (BpDatabase *database, const char *sql, const char *deed, GError **error);
/* NULL if it fails. */
sqlite3_stmt *bp_database_prepare (BpDatabase *database, const char *sql, const char *deed, GError **error);
/* Runs a bound statement that gives no rows, and resets it. */
bool bp_database_execute (BpDatabase *database, sqlite3_stmt *statement, const char *deed, GError **error);
/* Steps: *has_row_out tells whether there is a row. */
bool bp_database_step (BpDatabase *database, sqlite3_stmt *statement, bool *has_row_out, const char *deed, GError **error);
/* The one number that the statement gives; 0 if it gives none. */
bool bp_database_query_number (BpDatabase *database, const char *sql, const char *deed, gint64 *number_out, GError **error);
/* Undoes an open transaction, if there is one; keeps quiet. */
void bp_database_roll_back (BpDatabase *database);
/* Begins a transaction whose commit is on the disk when it returns, a power cut notwithstanding: for what must never be forgotten. */
bool bp_database_begin_durable (BpDatabase *database, const char *deed, GError **error);
/* Commits if is_done, else undoes the transaction. Returns whether it was committed. */
bool bp_database_end (BpDatabase *database, bool is_done, const char *deed, GError **error);
/* Appends "name" with its quotes doubled. */
void bp_database_append_name (GString *sql, const char *name);
/* The text of a column; "" if it is NULL. Valid until the next step. */
const char *bp_database_column_text (sqlite3_stmt *statement, int column);
/* A day kept as 2025-07-31; BP_DATE_NONE if it is none. */
BpDate bp_database_column_date (sqlite3_stmt *statement, int column);
/* Binds a copy of the text ("" for NULL), and a day as 2025-07-31 (NULL for BP_DATE_NONE). */
void bp_database_bind_text (sqlite3_stmt *statement, int parameter, const char *text);
void bp_database_bind_date (sqlite3_stmt *statement, int parameter, BpDate date);

#endif
