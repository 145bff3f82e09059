#include "app/command_table.h"

#include "app/console.h"
#include "app/data_import.h"
#include "base/text.h"

#include <string.h>

/* ---- imports ---- */

static json_t *import_to_json (const BpImportEntry *entry, const char *date)
{
    json_t *object = json_object ();
    json_object_set_new (object, "import", json_integer (entry->id));
    json_object_set_new (object, "imported_at", json_integer (entry->imported_at));
    json_object_set_new (object, "imported_on", bp_json_text (date));
    json_object_set_new (object, "program_version", bp_json_text (entry->program_version));
    json_object_set_new (object, "added", json_integer (entry->counts.added));
    json_object_set_new (object, "changed", json_integer (entry->counts.changed));
    json_object_set_new (object, "removed", json_integer (entry->counts.removed));
    json_object_set_new (object, "unchanged", json_integer (entry->counts.unchanged));
    json_object_set_new (object, "errors", json_integer (entry->errors));
    json_object_set_new (object, "checks", json_integer (entry->checks));
    json_object_set_new (object, "notes", json_integer (entry->notes));
    return object;
}

static bool print_imports (const BpOptions *options, BpStore *store, GError **error)
{
    g_autoptr (GArray) imports = bp_store_list_imports (store, error);
    if (imports == NULL)
        return false;
    json_t *list = json_array ();
    for (guint i = 0; i < imports->len; i++)
    {
        const BpImportEntry *entry = &g_array_index (imports, BpImportEntry, i);
        g_autofree char *date = bp_date_dup_text (entry->imported_on, BP_DATE_ISO);
        json_array_append_new (list, import_to_json (entry, date));
        if (!options->json)
            bp_console_answer (
                "import %" G_GINT64_FORMAT "  %s  %d added, %d changed, %d removed, %d unchanged; %d error%s, %d check%s, %d note%s\n",
                entry->id, date, entry->counts.added, entry->counts.changed, entry->counts.removed, entry->counts.unchanged, entry->errors,
                entry->errors == 1 ? "" : "s", entry->checks, entry->checks == 1 ? "" : "s", entry->notes, entry->notes == 1 ? "" : "s");
    }
    if (options->json)
        bp_console_answer_json (list);
    else
        json_decref (list);
    return true;
}

/* ---- versions of rows ---- */

static const char *column_name (const BpFieldSet *fields, const BpTableDef *table, int index)
{
    int own = bp_table_column_count (table);
    return index < own ? table->columns[index].name : bp_field_set_get (fields, table->id, index - own)->column;
}

static void print_version (const BpFieldSet *fields, const BpTableDef *table, const BpRowVersion *version, const char *from, const char *to)
{
    if (version->known_to_import == 0)
        bp_console_answer ("known from %s (import %" G_GINT64_FORMAT "), still known", from, version->known_from_import);
    else
        bp_console_answer ("known from %s (import %" G_GINT64_FORMAT ") to %s (import %" G_GINT64_FORMAT ")", from,
                           version->known_from_import, to, version->known_to_import);
    bp_console_answer ("  %s:%d\n", version->record.file, version->record.row);
    int width = bp_table_column_count (table) + bp_field_set_count (fields, table->id);
    for (int i = 0; i < width; i++)
        if (*version->record.cells[i] != '\0')
            bp_console_answer ("    %s: %s\n", column_name (fields, table, i), version->record.cells[i]);
}

static json_t *version_to_json (const BpFieldSet *fields, const BpTableDef *table, const BpRowVersion *version, const char *from,
                                const char *to)
{
    json_t *object = json_object ();
    json_object_set_new (object, "known_from", bp_json_text (from));
    json_object_set_new (object, "known_from_import", json_integer (version->known_from_import));
    json_object_set_new (object, "known_to", version->known_to_import == 0 ? json_null () : bp_json_text (to));
    json_object_set_new (object, "known_to_import", version->known_to_import == 0 ? json_null () : json_integer (version->known_to_import));
    json_object_set_new (object, "file", bp_json_text (version->record.file));
    json_object_set_new (object, "row", json_integer (version->record.row));
    json_t *cells = json_object ();
    int width = bp_table_column_count (table) + bp_field_set_count (fields, table->id);
    for (int i = 0; i < width; i++)
        json_object_set_new (cells, column_name (fields, table, i), bp_json_text (version->record.cells[i]));
    json_object_set_new (object, "cells", cells);
    return object;
}

static bool fail_unknown_table (const char *word, GError **error)
{
    const char *names[BP_TABLE_COUNT + 1] = { NULL };
    for (int i = 0; i < BP_TABLE_COUNT; i++)
        names[i] = bp_table_get ((BpTableId)i)->name;
    const char *nearest = bp_text_find_nearest (word, names);
    if (nearest != NULL)
        return bp_fail (error, BP_ERROR_USAGE, "there is no table '%s'; did you mean '%s'?", word, nearest);
    return bp_fail (error, BP_ERROR_USAGE, "there is no table '%s'; 'boardpack list tables' names them", word);
}

static int key_count (const BpTableDef *table)
{
    int count = 0;
    for (const BpColumnDef *column = table->columns; column->name != NULL; column++)
        count += column->is_key ? 1 : 0;
    return count;
}

static bool print_versions (const BpOptions *options, const BpFieldSet *fields, BpStore *store, const BpTableDef *table,
                            const char *const *key, GError **error)
{
    g_autoptr (GStringChunk) strings = g_string_chunk_new (4096);
    g_autoptr (GArray) versions = bp_store_list_versions (store, table->id, key, strings, error);
    if (versions == NULL)
        return false;
    json_t *list = json_array ();
    for (guint i = 0; i < versions->len; i++)
    {
        const BpRowVersion *version = &g_array_index (versions, BpRowVersion, i);
        g_autofree char *from = bp_date_dup_text (version->known_from, BP_DATE_ISO);
        g_autofree char *to = bp_date_dup_text (version->known_to, BP_DATE_ISO);
        if (options->json)
            json_array_append_new (list, version_to_json (fields, table, version, from, to));
        else
            print_version (fields, table, version, from, to);
    }
    if (options->json)
        bp_console_answer_json (list);
    else
        json_decref (list);
    if (versions->len == 0)
        bp_console_message (options, "no row of %s with that key was ever imported", table->name);
    return true;
}

BpExitCode bp_cmd_history (const BpOptions *options, const char *const *arguments, GError **error)
{
    const BpTableDef *table = arguments[0] == NULL ? NULL : bp_table_find (arguments[0]);
    if (arguments[0] != NULL && table == NULL && !fail_unknown_table (arguments[0], error))
        return BP_EXIT_USAGE;
    if (table != NULL && (int)g_strv_length ((char **)arguments) - 1 > key_count (table))
    {
        bp_fail (error, BP_ERROR_USAGE, "the key of %s has %d value%s; 'boardpack list tables' marks them", table->name, key_count (table),
                 key_count (table) == 1 ? "" : "s");
        return BP_EXIT_USAGE;
    }
    g_auto (BpProgrammeFolder) folder = { 0 };
    if (!bp_programme_folder_open (&folder, options, error))
        return BP_EXIT_FAILED;
    g_autoptr (BpStore) store = bp_programme_folder_read_store (&folder, error);
    if (store == NULL)
        return BP_EXIT_FAILED;
    bool is_printed = table == NULL ? print_imports (options, store, error)
                                    : print_versions (options, &folder.config->programme.fields, store, table, arguments + 1, error);
    return is_printed ? BP_EXIT_WELL : BP_EXIT_FAILED;
}
