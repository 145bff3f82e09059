#include "store/schema.h"

#include "store/database_copy.h"
#include "store/row_columns.h"

#include <glib/gstdio.h>

#define DEED "prepare the store"

static const char version_1[]
    = "CREATE TABLE imports ("
      " import_id INTEGER PRIMARY KEY,"
      " imported_at INTEGER NOT NULL," /* seconds since 1970, UTC */
      " imported_on TEXT NOT NULL,"    /* the day in Europe/London, 2025-07-31 */
      " program_version TEXT NOT NULL,"
      " added INTEGER NOT NULL, changed INTEGER NOT NULL, removed INTEGER NOT NULL, unchanged INTEGER NOT NULL," /* rows */
      " errors INTEGER NOT NULL, checks INTEGER NOT NULL, notes INTEGER NOT NULL"                                /* findings */
      ") STRICT;"
      "CREATE TABLE import_findings ("
      " import_id INTEGER NOT NULL REFERENCES imports (import_id),"
      " position INTEGER NOT NULL,"
      " code TEXT NOT NULL, level TEXT NOT NULL, quarantined INTEGER NOT NULL,"
      " file TEXT, sheet TEXT, \"row\" INTEGER NOT NULL, \"column\" TEXT,"
      " value TEXT, text TEXT NOT NULL,"
      " PRIMARY KEY (import_id, position)"
      ") STRICT, WITHOUT ROWID;"
      "CREATE TABLE import_loads ("
      " import_id INTEGER NOT NULL REFERENCES imports (import_id),"
      " \"table\" TEXT NOT NULL,"
      " seen INTEGER NOT NULL, loaded INTEGER NOT NULL," /* rows: those of the files, and those kept */
      " PRIMARY KEY (import_id, \"table\")"
      ") STRICT, WITHOUT ROWID;";

static const char version_2[] = "ALTER TABLE import_findings ADD COLUMN advice TEXT NOT NULL DEFAULT '';"
                                "ALTER TABLE import_loads ADD COLUMN files INTEGER NOT NULL DEFAULT 0;"
                                "UPDATE import_loads SET files = 1 WHERE seen > 0;";

static const char version_3[] = "CREATE TABLE returns ("
                                " return_id INTEGER PRIMARY KEY,"
                                " import_id INTEGER NOT NULL REFERENCES imports (import_id)," /* with which its rows came into the store */
                                " imported_at INTEGER NOT NULL, imported_on TEXT NOT NULL,"   /* as in imports */
                                " sheet TEXT NOT NULL,"                                       /* the workbook's id */
                                " lead TEXT NOT NULL, as_of TEXT NOT NULL,"
                                " base INTEGER NOT NULL," /* the import it was made from; a store made anew does not know it */
                                " file TEXT NOT NULL,"
                                " updates INTEGER NOT NULL, kpi_values INTEGER NOT NULL, narrative INTEGER NOT NULL" /* rows */
                                ") STRICT;"
                                "CREATE TABLE return_findings ("
                                " return_id INTEGER NOT NULL REFERENCES returns (return_id),"
                                " position INTEGER NOT NULL,"
                                " code TEXT NOT NULL, level TEXT NOT NULL, quarantined INTEGER NOT NULL,"
                                " file TEXT, sheet TEXT, \"row\" INTEGER NOT NULL, \"column\" TEXT,"
                                " value TEXT, text TEXT NOT NULL, advice TEXT NOT NULL,"
                                " PRIMARY KEY (return_id, position)"
                                ") STRICT, WITHOUT ROWID;";

static const char version_4[] = "CREATE TABLE manifests ("
                                " manifest_id INTEGER PRIMARY KEY,"
                                " run TEXT NOT NULL,"    /* a run whose folder was deleted may be made anew: the newest row counts */
                                " sha256 TEXT NOT NULL," /* of manifest.json */
                                " recorded_at INTEGER NOT NULL, recorded_on TEXT NOT NULL," /* as in imports */
                                " program_version TEXT NOT NULL"
                                ") STRICT;"
                                "CREATE INDEX manifests_by_run ON manifests (run);";

static const char version_5[] = "CREATE TABLE approvals ("
                                " approval_id INTEGER PRIMARY KEY,"
                                " run TEXT NOT NULL, forum TEXT NOT NULL, as_of TEXT NOT NULL, version INTEGER NOT NULL,"
                                " approved_by TEXT NOT NULL, role TEXT NOT NULL, account TEXT NOT NULL, prepared_by TEXT NOT NULL,"
                                " note TEXT NOT NULL, approved_at INTEGER NOT NULL, approved_on TEXT NOT NULL,"
                                " manifest_sha256 TEXT NOT NULL,"
                                " withdrawn_at INTEGER, withdrawn_on TEXT, withdrawn_by TEXT, withdrawal_note TEXT" /* NULL: in force */
                                ") STRICT;"
                                "CREATE UNIQUE INDEX approvals_run ON approvals (run, forum) WHERE withdrawn_at IS NULL;"
                                "CREATE UNIQUE INDEX approvals_version ON approvals (as_of, forum, version) WHERE withdrawn_at IS NULL;"
                                "CREATE TABLE approval_files ("
                                " approval_id INTEGER NOT NULL REFERENCES approvals (approval_id),"
                                " position INTEGER NOT NULL,"
                                " path TEXT NOT NULL, sha256 TEXT NOT NULL,"
                                " PRIMARY KEY (approval_id, position)"
                                ") STRICT, WITHOUT ROWID;"
                                "CREATE TABLE sends ("
                                " send_id INTEGER PRIMARY KEY,"
                                " kind TEXT NOT NULL, state TEXT NOT NULL,"
                                " run TEXT NOT NULL, forum TEXT NOT NULL, as_of TEXT NOT NULL, version INTEGER NOT NULL,"
                                " address TEXT NOT NULL, address_key TEXT NOT NULL," /* the key is the address folded */
                                " message_id TEXT NOT NULL, attempts INTEGER NOT NULL,"
                                " planned_at INTEGER NOT NULL, tried_at INTEGER, ended_at INTEGER,"
                                " words TEXT NOT NULL"
                                ") STRICT;"
                                /* the last guard against a second message to anybody */
                                "CREATE UNIQUE INDEX sends_once ON sends (run, forum, address_key) WHERE kind <> 'test';"
                                "CREATE TABLE send_files ("
                                " send_id INTEGER NOT NULL REFERENCES sends (send_id),"
                                " position INTEGER NOT NULL,"
                                " path TEXT NOT NULL, sha256 TEXT NOT NULL,"
                                " PRIMARY KEY (send_id, position)"
                                ") STRICT, WITHOUT ROWID;"
                                "CREATE INDEX send_files_sha256 ON send_files (sha256);"
                                "CREATE TABLE send_events (" /* every state that a send was ever in */
                                " send_id INTEGER NOT NULL REFERENCES sends (send_id),"
                                " position INTEGER NOT NULL,"
                                " state TEXT NOT NULL, at INTEGER NOT NULL, words TEXT NOT NULL,"
                                " PRIMARY KEY (send_id, position)"
                                ") STRICT, WITHOUT ROWID;";

/* What is sent to leads has no forum, and a lead may hear several times of one sheet. Two leads may share an address. */
static const char version_6[] = "ALTER TABLE sends ADD COLUMN lead TEXT NOT NULL DEFAULT '';"
                                "ALTER TABLE sends ADD COLUMN round INTEGER NOT NULL DEFAULT 0;" /* of a reminder: 1, 2, … */
                                "DROP INDEX sends_once;"
                                "CREATE UNIQUE INDEX sends_once ON sends (run, forum, lead, round, address_key) WHERE kind <> 'test';";

/* Somebody who has got the recall of a pack may come back to the list, and then gets the pack. */
static const char version_7[] = "DROP INDEX sends_once;"
                                "CREATE UNIQUE INDEX sends_once ON sends (run, forum, lead, round, address_key, kind = 'recall')"
                                " WHERE kind <> 'test';";

/* Gives the findings of old imports the advice that their kind has now. */
static bool fill_advice (BpDatabase *database, GError **error)
{
    g_autoptr (sqlite3_stmt) statement
        = bp_database_prepare (database, "UPDATE import_findings SET advice = ?2 WHERE code = ?1 AND advice = ''", DEED, error);
    for (int code = 0; statement != NULL && code < BP_FINDING_COUNT; code++)
    {
        const BpFindingKind *kind = bp_finding_kind_get ((BpFindingCode)code);
        sqlite3_bind_text (statement, 1, kind->id, -1, SQLITE_STATIC);
        sqlite3_bind_text (statement, 2, kind->advice, -1, SQLITE_STATIC);
        if (!bp_database_execute (database, statement, DEED, error))
            return false;
    }
    return statement != NULL;
}

const BpSchemaVersion bp_schema_versions[] = {
    { 1, "imports with their findings and counts", version_1, NULL },
    { 2, "findings keep their advice, counts the number of files", version_2, fill_advice },
    { 3, "returned update sheets with their findings", version_3, NULL },
    { 4, "sums of the manifests of finished runs", version_4, NULL },
    { 5, "approvals, and the ledger of what was sent", version_5, NULL },
    { 6, "update sheets and reminders in the ledger of what was sent", version_6, NULL },
    { 7, "recalls in the ledger of what was sent", version_7, NULL },
    { 0, NULL, NULL, NULL },
};

static int newest_version (const BpSchemaVersion *versions)
{
    int newest = 0;
    for (; versions->version != 0; versions++)
        newest = versions->version;
    return newest;
}

/* Where a store stands; 0 for a new file. */
static bool read_version (BpDatabase *database, const BpSchemaVersion *versions, int *version_out, GError **error)
{
    gint64 application, version, objects;
    if (!bp_database_query_number (database, "PRAGMA application_id", "read the store", &application, error)
        || !bp_database_query_number (database, "PRAGMA user_version", "read the store", &version, error)
        || !bp_database_query_number (database, "SELECT count(*) FROM sqlite_schema", "read the store", &objects, error))
        return false;
    bool is_new = application == 0 && version == 0 && objects == 0;
    if (!is_new && application != BP_SCHEMA_APPLICATION_ID)
        return bp_fail (
            error, BP_ERROR_STORE,
            "%s: is a database of another program; move it away, or name another file as store in [paths] of config/programme.ini",
            database->path);
    if (version > newest_version (versions))
        return bp_fail (error, BP_ERROR_STORE,
                        "%s: has schema version %" G_GINT64_FORMAT
                        ", this boardpack knows versions up to %d only; run the newer boardpack that made it, or "
                        "put back its copy %s.backup-v%d if there is one",
                        database->path, version, newest_version (versions), database->path, newest_version (versions));
    if (!is_new && version < 1)
        return bp_fail (error, BP_ERROR_STORE,
                        "%s: has lost its schema version (%" G_GINT64_FORMAT "); the file is damaged: put back a copy, or move it away and "
                        "import again (its history is lost then)",
                        database->path, version);
    *version_out = (int)version;
    return true;
}

/* A name that is not taken: no copy is ever written over. */
static char *dup_backup_path (const char *path, int version)
{
    char *backup = g_strdup_printf ("%s.backup-v%d", path, version);
    for (int number = 2; g_file_test (backup, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK); number++)
    {
        g_free (backup);
        backup = g_strdup_printf ("%s.backup-v%d-%d", path, version, number);
    }
    return backup;
}

/* Copies the store beside itself. It is read through a connection of its own: the store's one is in a transaction that has changed nothing
 * yet. */
static bool back_up (BpDatabase *database, int version, GError **error)
{
    g_autofree char *path = dup_backup_path (database->path, version);
    BpDatabase from = { 0 }, to = { 0 };
    bool is_copied = bp_database_open (&from, database->path, error) && bp_database_open (&to, path, error)
                     && bp_database_copy_pages (&from, &to, error);
    bp_database_close (&from);
    bp_database_close (&to);
    if (!is_copied)
    {
        g_unlink (path); /* half a copy, which this call has made */
        g_prefix_error (error, "the store has schema version %d and must be copied before it is brought up to date: ", version);
    }
    return is_copied;
}

static bool migrate (BpDatabase *database, const BpSchemaVersion *versions, int version, GError **error)
{
    for (; versions->version != 0; versions++)
    {
        if (versions->version <= version)
            continue;
        if ((versions->sql != NULL && !bp_database_run (database, versions->sql, DEED, error))
            || (versions->run != NULL && !versions->run (database, error)))
        {
            g_prefix_error (error, "schema version %d (%s): ", versions->version, versions->description);
            return false;
        }
        g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %d", versions->version);
        if (!bp_database_run (database, mark, DEED, error))
            return false;
    }
    g_autofree char *mark = g_strdup_printf ("PRAGMA application_id = %d", BP_SCHEMA_APPLICATION_ID);
    return bp_database_run (database, mark, DEED, error);
}

static char *dup_create_table (const BpTableDef *table)
{
    GString *sql = g_string_new ("CREATE TABLE ");
    bp_database_append_name (sql, table->name);
    g_string_append (sql, " (row_id INTEGER PRIMARY KEY");
    for (int i = 0; table->columns[i].name != NULL; i++)
    {
        g_string_append (sql, ", ");
        bp_database_append_name (sql, table->columns[i].name);
        g_string_append (sql, " TEXT NOT NULL DEFAULT ''");
    }
    g_string_append (sql, ", source_file TEXT NOT NULL, source_sheet TEXT, source_row INTEGER NOT NULL, key_inferred INTEGER NOT NULL"
                          ", known_from_import INTEGER NOT NULL REFERENCES imports (import_id)"
                          ", known_to_import INTEGER REFERENCES imports (import_id)) STRICT;");
    if (!bp_row_columns_has_key (table))
        return g_string_free (sql, FALSE);
    /* what is known now has each key once: the last guard against a fault of ours */
    g_string_append (sql, "CREATE UNIQUE INDEX ");
    g_autofree char *name = g_strconcat (table->name, "_key", NULL);
    bp_database_append_name (sql, name);
    g_string_append (sql, " ON ");
    bp_database_append_name (sql, table->name);
    const char *separator = " (";
    for (int i = 0; table->columns[i].name != NULL; i++)
        if (table->columns[i].is_key)
        {
            g_string_append (sql, separator);
            bp_database_append_name (sql, table->columns[i].name);
            separator = ", ";
        }
    g_string_append (sql, ") WHERE known_to_import IS NULL;");
    return g_string_free (sql, FALSE);
}

/* The names of the columns that the table has, in lower case; empty if there is no such table. */
static GHashTable *list_columns (BpDatabase *database, const BpTableDef *table, GError **error)
{
    g_autoptr (sqlite3_stmt) statement = bp_database_prepare (database, "SELECT lower(name) FROM pragma_table_info(?)", DEED, error);
    if (statement == NULL)
        return NULL;
    sqlite3_bind_text (statement, 1, table->name, -1, SQLITE_STATIC);
    g_autoptr (GHashTable) columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (;;)
    {
        bool has_row;
        if (!bp_database_step (database, statement, &has_row, DEED, error))
            return NULL;
        if (!has_row)
            return g_steal_pointer (&columns);
        g_hash_table_add (columns, g_strdup (bp_database_column_text (statement, 0)));
    }
}

/* A table that is not there is a table of a newer contract, unless some import had put rows into it: then it was lost, and packs without
 * its rows would be wrong. */
static bool check_never_held (BpDatabase *database, const BpTableDef *table, GError **error)
{
    gint64 count;
    g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM import_loads WHERE \"table\" = '%s' AND loaded > 0", table->name);
    if (!bp_database_query_number (database, sql, DEED, &count, error))
        return false;
    return count == 0
           || bp_fail (error, BP_ERROR_STORE,
                       "%s: its table %s is gone, which imports have filled; the file is damaged: put back a copy, or move it away and "
                       "import again (its history is lost then)",
                       database->path, table->name);
}

/* What is missing for the tables to hold the contract's columns and the local ones, as SQL; appended to sql. */
static bool append_missing (BpDatabase *database, const BpFieldSet *fields, GString *sql, GError **error)
{
    for (int id = 0; id < BP_TABLE_COUNT; id++)
    {
        const BpTableDef *table = bp_table_get ((BpTableId)id);
        g_autoptr (GHashTable) columns = list_columns (database, table, error);
        if (columns == NULL)
            return false;
        bool is_new = g_hash_table_size (columns) == 0;
        if (is_new)
        {
            if (!check_never_held (database, table, error))
                return false;
            g_autofree char *create = dup_create_table (table);
            g_string_append (sql, create);
        }
        int contract_count = bp_table_column_count (table), width = bp_row_columns_width (table, fields);
        for (int cell = is_new ? contract_count : 0; cell < width; cell++)
        {
            const char *name = bp_row_columns_name (table, fields, cell);
            g_autofree char *lower = g_ascii_strdown (name, -1);
            if (g_hash_table_contains (columns, lower))
                continue;
            g_string_append (sql, "ALTER TABLE ");
            bp_database_append_name (sql, table->name);
            g_string_append (sql, " ADD COLUMN ");
            bp_database_append_name (sql, name);
            g_string_append (sql, " TEXT NOT NULL DEFAULT '';");
        }
    }
    return true;
}

/* A local column must not be called as one that is there already: the two would be one. */
static bool check_fields (BpDatabase *database, const BpFieldSet *fields, GError **error)
{
    for (guint i = 0; fields != NULL && i < fields->count; i++)
    {
        const BpTableDef *table = bp_table_get (fields->fields[i].table);
        const char *column = fields->fields[i].column;
        bool is_taken = bp_table_find_column (table, column) >= 0;
        for (int own = 0; bp_row_columns_own[own] != NULL; own++)
            is_taken |= g_ascii_strcasecmp (bp_row_columns_own[own], column) == 0;
        for (guint before = 0; before < i; before++)
            is_taken |= fields->fields[before].table == fields->fields[i].table
                        && g_ascii_strcasecmp (fields->fields[before].column, column) == 0;
        if (is_taken || column[0] == '\0')
            return bp_fail (
                error, BP_ERROR_STORE,
                "%s: the local column [%s.%s] of config/fields.ini cannot be stored, because the table has a column of that name; "
                "give it another name",
                database->path, table->name, column);
    }
    return true;
}

/* In a transaction: another program may have changed the store while this one waited for it, so all is looked at again. */
static bool update_in_transaction (BpDatabase *database, const BpSchemaVersion *versions, const BpFieldSet *fields, GError **error)
{
    int version;
    if (!read_version (database, versions, &version, error))
        return false;
    if (version > 0 && version < newest_version (versions) && !database->is_read_only && !back_up (database, version, error))
        return false;
    if (version < newest_version (versions) && !migrate (database, versions, version, error))
        return false;
    g_autoptr (GString) missing = g_string_new (NULL);
    return append_missing (database, fields, missing, error) && bp_database_run (database, missing->str, DEED, error)
           && bp_database_run (database, "COMMIT", DEED, error);
}

/* Whether anything is to be done, seen in one piece: another program may be making the store at this moment. */
static bool look (BpDatabase *database, const BpSchemaVersion *versions, const BpFieldSet *fields, int *version_out, bool *is_complete_out,
                  GError **error)
{
    g_autoptr (GString) missing = g_string_new (NULL);
    if (!bp_database_run (database, "BEGIN", "read the store", error))
        return false;
    bool is_read = read_version (database, versions, version_out, error)
                   && (*version_out != newest_version (versions) || append_missing (database, fields, missing, error));
    bp_database_roll_back (database);
    *is_complete_out = is_read && *version_out == newest_version (versions) && missing->len == 0;
    return is_read;
}

bool bp_schema_update (BpDatabase *database, const BpSchemaVersion *versions, const BpFieldSet *fields, GError **error)
{
    int version;
    bool is_complete;
    if (!check_fields (database, fields, error) || !look (database, versions, fields, &version, &is_complete, error))
        return false;
    if (is_complete)
        return true; /* the usual case needs no lock */
    if (!bp_database_run (database, "BEGIN IMMEDIATE", DEED, error))
        return false;
    if (update_in_transaction (database, versions, fields, error))
        return true;
    bp_database_roll_back (database);
    if (version > 0 && version < newest_version (versions))
        g_prefix_error (error, "%s: could not be brought from schema version %d to %d and was left as it is: ", database->path, version,
                        newest_version (versions));
    return false;
}
