#include "store/database.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BUSY_MILLISECONDS 5000

/* SQLite takes a file of a few bytes for an empty one and would write over it. A file that cannot be opened is left to SQLite to name. */
static bool is_foreign (const char *path)
{
    static const char magic[] = "SQLite format 3";
    char start[sizeof magic];
    FILE *file = fopen (path, "rbe");
    if (file == NULL)
        return false;
    gsize length = fread (start, 1, sizeof start, file);
    fclose (file);
    return length > 0 && (length < sizeof magic || memcmp (start, magic, sizeof magic) != 0);
}

bool bp_database_check_file (const char *path, GError **error)
{
    if (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return bp_fail (error, BP_ERROR_STORE, "%s: is %s, not a file; name the store's file as store in [paths] of config/programme.ini",
                        path, g_file_test (path, G_FILE_TEST_IS_DIR) ? "a folder" : "a device or pipe");
    if (is_foreign (path))
        return bp_fail (error, BP_ERROR_STORE,
                        "%s: is no store of boardpack; move it away, or name another file as store in [paths] of config/programme.ini",
                        path);
    return true;
}

void bp_database_set_up (BpDatabase *database)
{
    sqlite3_busy_timeout (database->handle, BUSY_MILLISECONDS);
    /* a quoted name that stands for no column must be an error, not a string */
    sqlite3_db_config (database->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config (database->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
}

bool bp_database_open (BpDatabase *database, const char *path, GError **error)
{
    *database = (BpDatabase){ .path = g_strdup (path) };
    if (!bp_database_check_file (path, error))
        return false;
    g_autofree char *folder = g_path_get_dirname (path);
    if (g_mkdir_with_parents (folder, 0777) != 0)
        return bp_fail (error, BP_ERROR_STORE,
                        "%s: its folder cannot be made: %s; make it, or name another store in [paths] of config/programme.ini", path,
                        g_strerror (errno));
    /* SQLite makes its files 0644 and no more: made here, the store, its log and copies have what the umask leaves of 0666 */
    int made = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (made >= 0)
        close (made);
    /* a name that looks like a URI is still a file */
    if (sqlite3_open_v2 (path, &database->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXRESCODE, NULL) != SQLITE_OK)
        return bp_database_fail (database, "open the store", error);
    bp_database_set_up (database);
    if (sqlite3_db_readonly (database->handle, "main") == 1)
        return bp_fail (error, BP_ERROR_STORE, "%s: the store cannot be written; make the file and its folder writable", path);
    return true;
}

void bp_database_close (BpDatabase *database)
{
    sqlite3_close_v2 (database->handle);
    database->handle = NULL;
    g_clear_pointer (&database->path, g_free);
}

/* system: what the operating system said, where it is known. */
static const char *advice_of (int code, int system, bool is_read_only)
{
    if (system == ENOSPC || system == EDQUOT)
        return "free some space, then run again";
    if (system == EROFS)
        return "the file system is read-only: make it writable, or name another store in [paths] of config/programme.ini";
    if (is_read_only && ((code & 0xff) == SQLITE_READONLY || (code & 0xff) == SQLITE_CANTOPEN))
        return "a program has not finished with it, and what it left beside it (-wal, -journal) can be taken in only where files can be "
               "written: copy them all to another folder and read them there";
    switch (code & 0xff)
    {
    case SQLITE_FULL:
        return "free some space, then run again";
    case SQLITE_IOERR:
        return "look whether the disk is full, read-only or failing, then run again";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return "another program is writing to it: run again when it has finished";
    case SQLITE_CANTOPEN:
        return "look whether the disk is full or read-only, and make the file and its folder writable";
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return "make the file and its folder writable";
    case SQLITE_NOTADB:
        return "move it away, or name another file as store in [paths] of config/programme.ini";
    case SQLITE_CORRUPT:
        return "the file is damaged: put back a copy, or move it away and import again (its history is lost then)";
    default:
        return "nothing was changed; report this with the message if it comes again";
    }
}

bool bp_database_fail (BpDatabase *database, const char *deed, GError **error)
{
    int code = database->handle != NULL ? sqlite3_extended_errcode (database->handle) : SQLITE_NOMEM;
    const char *reason = database->handle != NULL ? sqlite3_errmsg (database->handle) : "out of memory";
    bool is_locked = (code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED;
    /* after any other failure it is what some call before has left; to open the log SQLite tries several, and it is of the last */
    bool has_system = database->handle != NULL && (code & 0xff) == SQLITE_IOERR;
    int system = has_system ? sqlite3_system_errno (database->handle) : 0;
    return bp_fail (error, is_locked ? BP_ERROR_LOCKED : BP_ERROR_STORE, "%s: cannot %s: %s%s%s%s; %s", database->path, deed, reason,
                    system != 0 ? " (" : "", system != 0 ? g_strerror (system) : "", system != 0 ? ")" : "",
                    advice_of (code, system, database->is_read_only));
}

bool bp_database_run (BpDatabase *database, const char *sql, const char *deed, GError **error)
{
    return sqlite3_exec (database->handle, sql, NULL, NULL, NULL) == SQLITE_OK || bp_database_fail (database, deed, error);
}

sqlite3_stmt *bp_database_prepare (BpDatabase *database, const char *sql, const char *deed, GError **error)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2 (database->handle, sql, -1, &statement, NULL) != SQLITE_OK)
        bp_database_fail (database, deed, error);
    return statement;
}

bool bp_database_execute (BpDatabase *database, sqlite3_stmt *statement, const char *deed, GError **error)
{
    bool is_done = sqlite3_step (statement) == SQLITE_DONE;
    if (!is_done)
        bp_database_fail (database, deed, error);
    sqlite3_reset (statement);
    return is_done;
}

bool bp_database_step (BpDatabase *database, sqlite3_stmt *statement, bool *has_row_out, const char *deed, GError **error)
{
    int code = sqlite3_step (statement);
    *has_row_out = code == SQLITE_ROW;
    return code == SQLITE_ROW || code == SQLITE_DONE || bp_database_fail (database, deed, error);
}

bool bp_database_query_number (BpDatabase *database, const char *sql, const char *deed, gint64 *number_out, GError **error)
{
    bool has_row;
    g_autoptr (sqlite3_stmt) statement = bp_database_prepare (database, sql, deed, error);
    if (statement == NULL || !bp_database_step (database, statement, &has_row, deed, error))
        return false;
    *number_out = has_row ? sqlite3_column_int64 (statement, 0) : 0;
    return true;
}

void bp_database_roll_back (BpDatabase *database)
{
    /* some failures have rolled back already */
    if (database->handle != NULL && sqlite3_get_autocommit (database->handle) == 0)
        sqlite3_exec (database->handle, "ROLLBACK", NULL, NULL, NULL);
}

bool bp_database_begin_durable (BpDatabase *database, const char *deed, GError **error)
{
    return bp_database_run (database, "PRAGMA synchronous = FULL; BEGIN IMMEDIATE", deed, error);
}

bool bp_database_end (BpDatabase *database, bool is_done, const char *deed, GError **error)
{
    bool is_committed = is_done && bp_database_run (database, "COMMIT", deed, error);
    if (!is_committed)
        bp_database_roll_back (database);
    return is_committed;
}

void bp_database_append_name (GString *sql, const char *name)
{
    g_string_append_c (sql, '"');
    for (; *name != '\0'; name++)
    {
        if (*name == '"')
            g_string_append_c (sql, '"');
        g_string_append_c (sql, *name);
    }
    g_string_append_c (sql, '"');
}

const char *bp_database_column_text (sqlite3_stmt *statement, int column)
{
    const unsigned char *text = sqlite3_column_text (statement, column);
    return text != NULL ? (const char *)text : "";
}

BpDate bp_database_column_date (sqlite3_stmt *statement, int column)
{
    BpDate date;
    return bp_date_parse_iso (bp_database_column_text (statement, column), &date) ? date : BP_DATE_NONE;
}

void bp_database_bind_text (sqlite3_stmt *statement, int parameter, const char *text)
{
    sqlite3_bind_text (statement, parameter, text != NULL ? text : "", -1, SQLITE_TRANSIENT);
}

void bp_database_bind_date (sqlite3_stmt *statement, int parameter, BpDate date)
{
    g_autofree char *text = date == BP_DATE_NONE ? NULL : bp_date_dup_text (date, BP_DATE_ISO);
    sqlite3_bind_text (statement, parameter, text, -1, SQLITE_TRANSIENT);
}
