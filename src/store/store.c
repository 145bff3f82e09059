#include "store/database_copy.h"
#include "store/store_state.h"

#include <unistd.h>

/* Durable enough with a log: after a power cut the last import may be missing, whole, and the next run makes it again. */
static const char settings[] = "PRAGMA synchronous = NORMAL;"
                               "PRAGMA foreign_keys = ON;"
                               "PRAGMA trusted_schema = OFF;"
                               "PRAGMA cache_size = -16000;";

/* The log is a property of the file. While another program reads the file for the first time it cannot be switched on; then the next
 * opening does it. */
static bool switch_log_on (BpDatabase *database, GError **error)
{
    int code = sqlite3_exec (database->handle, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    return code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY || bp_database_fail (database, "open the store", error);
}

BpStore *bp_store_open_versions (const char *path, const BpFieldSet *fields, const BpSchemaVersion *versions, GError **error)
{
    g_autoptr (BpStore) store = g_new0 (BpStore, 1);
    store->fields = fields;
    /* the schema first: a file that is not ours must not be changed, not even by the settings */
    if (!bp_database_open (&store->database, path, error) || !bp_schema_update (&store->database, versions, fields, error)
        || !switch_log_on (&store->database, error) || !bp_database_run (&store->database, settings, "open the store", error))
        return NULL;
    return g_steal_pointer (&store);
}

BpStore *bp_store_open (const char *path, const BpFieldSet *fields, GError **error)
{
    return bp_store_open_versions (path, fields, bp_schema_versions, error);
}

BpStore *bp_store_open_copy_versions (const char *path, const BpFieldSet *fields, const BpSchemaVersion *versions, GError **error)
{
    g_autoptr (BpStore) store = g_new0 (BpStore, 1);
    store->fields = fields;
    /* the last setting: what would be lost with the copy must not be written */
    if (!bp_database_open_copy (&store->database, path, error) || !bp_schema_update (&store->database, versions, fields, error)
        || !bp_database_run (&store->database, settings, "open the store", error)
        || !bp_database_run (&store->database, "PRAGMA query_only = ON", "open the store", error))
        return NULL;
    return g_steal_pointer (&store);
}

static bool may_be_written (const char *path)
{
    g_autofree char *folder = g_path_get_dirname (path);
    return access (path, W_OK) == 0 && access (folder, W_OK) == 0;
}

BpStore *bp_store_open_to_read (const char *path, const BpFieldSet *fields, GError **error)
{
    return may_be_written (path) ? bp_store_open (path, fields, error)
                                 : bp_store_open_copy_versions (path, fields, bp_schema_versions, error);
}

void bp_store_close (BpStore *store)
{
    if (store == NULL)
        return;
    bp_database_close (&store->database);
    g_free (store);
}

bool bp_store_find_import (BpStore *store, BpDate day, gint64 *import_id_out, GError **error)
{
    g_autofree char *text = day == BP_DATE_NONE ? g_strdup ("9999-12-31") : bp_date_dup_text (day, BP_DATE_ISO);
    g_autoptr (sqlite3_stmt) statement
        = bp_database_prepare (&store->database, "SELECT import_id FROM imports WHERE imported_on <= ? ORDER BY import_id DESC LIMIT 1",
                               "read the imports", error);
    if (statement == NULL)
        return false;
    sqlite3_bind_text (statement, 1, text, -1, SQLITE_STATIC);
    bool has_row;
    if (!bp_database_step (&store->database, statement, &has_row, "read the imports", error))
        return false;
    *import_id_out = has_row ? sqlite3_column_int64 (statement, 0) : 0;
    return true;
}
