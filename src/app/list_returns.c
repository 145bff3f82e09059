#include "app/list_returns.h"

#include "app/data_import.h"
#include "app/findings_report.h"
#include "app/run_folder.h"
#include "base/atomic_file.h"

#include <string.h>

/* Adds the sheets of a run for those leads who have none yet. */
static void add_sheets (json_t *sheets, GHashTable *slugs, const json_t *manifest)
{
    const json_t *made;
    size_t index;
    json_array_foreach (json_object_get (manifest, "update_sheets"), index, made)
    {
        const char *slug = json_string_value (json_object_get (made, "slug"));
        if (slug == NULL || !g_hash_table_add (slugs, g_strdup (slug)))
            continue;
        json_t *sheet = json_copy ((json_t *)made);
        json_object_set (sheet, "run", json_object_get (manifest, "run"));
        json_array_append_new (sheets, sheet);
    }
}

static bool is_of_day (const json_t *manifest, const json_t *newest)
{
    return newest == NULL || json_equal (json_object_get (manifest, "as_of"), json_object_get (newest, "as_of"));
}

/* The manifest of the newest run that made update sheets, with each lead's newest sheet of its day: one sheet may have been made again by
 * itself. NULL if no run made any. Caller lets go of it. */
static json_t *find_manifest (const char *output)
{
    g_autoptr (GPtrArray) folders = bp_run_folders_list (output);
    g_autoptr (GHashTable) slugs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    json_t *newest = NULL, *sheets = json_array ();
    for (guint i = 0; i < folders->len; i++)
    {
        json_t *manifest = bp_run_folder_load_manifest (folders->pdata[i], NULL, NULL);
        if (json_array_size (json_object_get (manifest, "update_sheets")) > 0 && is_of_day (manifest, newest))
        {
            add_sheets (sheets, slugs, manifest);
            if (newest == NULL)
                newest = json_incref (manifest);
        }
        json_decref (manifest);
    }
    if (newest != NULL)
        json_object_set (newest, "update_sheets", sheets);
    json_decref (sheets);
    return newest;
}

/* Whether text is what start says with a number after it, and then end. */
static bool is_numbered (const char *text, const char *start, const char *end)
{
    const char *rest = g_str_has_prefix (text, start) ? text + strlen (start) : "";
    const size_t digits = strspn (rest, "0123456789");
    return digits > 0 && strcmp (rest + digits, end) == 0;
}

/* From whichever import it was made: "updates-return-<slug>-<as-of>-<base>.csv". */
bool bp_list_returns_has (const BpProgrammeFolder *folder, const char *slug, const char *as_of)
{
    g_autofree char *data = bp_programme_folder_dup_path (folder->config, folder->config->data_folder);
    g_autofree char *start = g_strdup_printf ("updates-return-%s-%s-", slug, as_of);
    g_autoptr (GDir) dir = g_dir_open (data, 0, NULL);
    for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL; name = g_dir_read_name (dir))
        if (is_numbered (name, start, ".csv"))
            return true;
    return false;
}

/* What the store keeps of sheets of that day; empty if there is no store. */
static GPtrArray *load_entries (const BpProgrammeFolder *folder, const char *as_of, GError **error)
{
    BpDate day;
    if (as_of == NULL || !bp_date_parse_iso (as_of, &day) || bp_file_is_missing (folder->store))
        return g_ptr_array_new ();
    g_autoptr (BpStore) store = bp_programme_folder_open_store (folder, true, error);
    return store != NULL ? bp_store_list_returns (store, day, error) : NULL;
}

static json_t *entry_to_json (const BpReturnEntry *entry)
{
    g_autofree char *day = bp_date_dup_text (entry->imported_on, BP_DATE_ISO);
    json_t *object = json_object ();
    json_object_set_new (object, "imported_on", bp_json_text (day));
    json_object_set_new (object, "file", bp_json_text (entry->file));
    json_object_set_new (object, "import", json_integer (entry->import_id));
    json_object_set_new (object, "base", json_integer (entry->base));
    json_object_set_new (object, "updates", json_integer (entry->updates));
    json_object_set_new (object, "kpi_values", json_integer (entry->kpi_values));
    json_object_set_new (object, "narrative", json_integer (entry->narrative));
    json_object_set_new (object, "findings", bp_findings_to_json (entry->findings));
    return object;
}

/* A sheet that was made, and what has come back of it. */
typedef struct
{
    const char *lead;
    int actions, values;
    bool is_returned;
    const json_t *made; /* as in the manifest */
    GPtrArray *entries; /* of const BpReturnEntry, newest first */
} ListedSheet;

static void clear_listed (gpointer pointer)
{
    g_ptr_array_unref (((ListedSheet *)pointer)->entries);
}

static GArray *list_sheets (const BpProgrammeFolder *folder, const json_t *manifest, const GPtrArray *entries)
{
    const char *as_of = json_string_value (json_object_get (manifest, "as_of"));
    GArray *list = g_array_new (FALSE, FALSE, sizeof (ListedSheet));
    g_array_set_clear_func (list, clear_listed);
    const json_t *made;
    size_t index;
    json_array_foreach (json_object_get (manifest, "update_sheets"), index, made)
    {
        const char *lead = json_string_value (json_object_get (made, "lead")), *slug = json_string_value (json_object_get (made, "slug"));
        g_autofree char *start = g_strdup_printf ("%s-%s-", slug != NULL ? slug : "", as_of != NULL ? as_of : "");
        ListedSheet sheet = { .lead = lead != NULL ? lead : "",
                              .actions = (int)json_integer_value (json_object_get (made, "actions")),
                              .values = (int)json_integer_value (json_object_get (made, "values")),
                              .is_returned = slug != NULL && as_of != NULL && bp_list_returns_has (folder, slug, as_of),
                              .made = made,
                              .entries = g_ptr_array_new () };
        for (guint i = 0; i < entries->len; i++)
            if (is_numbered (((const BpReturnEntry *)entries->pdata[i])->sheet, start, ""))
                g_ptr_array_add (sheet.entries, entries->pdata[i]);
        g_array_append_val (list, sheet);
    }
    return list;
}

static json_t *sheets_to_json (const GArray *sheets)
{
    static const char *const copied[] = { "lead", "slug", "actions", "values", "run" };
    json_t *list = json_array ();
    for (guint i = 0; i < sheets->len; i++)
    {
        const ListedSheet *sheet = &g_array_index (sheets, ListedSheet, i);
        json_t *object = json_object (), *returns = json_array ();
        for (gsize j = 0; j < G_N_ELEMENTS (copied); j++)
            json_object_set (object, copied[j], json_object_get (sheet->made, copied[j]));
        for (guint j = 0; j < sheet->entries->len; j++)
            json_array_append_new (returns, entry_to_json (sheet->entries->pdata[j]));
        json_object_set_new (object, "returned", json_boolean (sheet->is_returned));
        json_object_set_new (object, "returns", returns);
        json_array_append_new (list, object);
    }
    return list;
}

/* What was taken, and each thing that was left out. */
static void print_entry (const BpReturnEntry *entry)
{
    g_autofree char *day = bp_date_dup_text (entry->imported_on, BP_DATE_LONG);
    const guint left_out = bp_finding_list_count_quarantined (entry->findings);
    bp_console_answer ("              on %s from %s: %d update%s, %d value%s, %d narrative row%s", day, entry->file, entry->updates,
                       entry->updates == 1 ? "" : "s", entry->kpi_values, entry->kpi_values == 1 ? "" : "s", entry->narrative,
                       entry->narrative == 1 ? "" : "s");
    bp_console_answer (left_out > 0 ? "; %u left out:\n" : "\n", left_out);
    for (guint i = 0; i < bp_finding_list_length (entry->findings); i++)
    {
        const BpFinding *finding = bp_finding_list_get (entry->findings, i);
        if (finding->quarantined)
            bp_console_answer ("              %s %s: %s\n", bp_finding_kind_get (finding->code)->id, finding->source.sheet, finding->text);
    }
}

static void add_left_out (GHashTable *seen, const BpReturnEntry *entry)
{
    for (guint i = 0; i < bp_finding_list_length (entry->findings); i++)
    {
        const BpFinding *finding = bp_finding_list_get (entry->findings, i);
        if (finding->quarantined)
            g_hash_table_add (seen, g_strdup_printf ("%s %s", finding->source.sheet, finding->text));
    }
}

/* What earlier returns left out may have been mended since, or not: an older copy may have come back after them. */
static void print_earlier (const GPtrArray *entries)
{
    g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    add_left_out (seen, entries->pdata[0]);
    const guint now = g_hash_table_size (seen);
    for (guint i = 1; i < entries->len; i++)
        add_left_out (seen, entries->pdata[i]);
    const guint earlier = g_hash_table_size (seen) - now;
    if (earlier > 0)
        bp_console_answer ("              earlier: %u left out, see --json\n", earlier);
}

static void print_sheets (const GArray *sheets, bool is_returned_wanted, const char *word)
{
    for (guint i = 0; i < sheets->len; i++)
    {
        const ListedSheet *sheet = &g_array_index (sheets, ListedSheet, i);
        if (sheet->is_returned != is_returned_wanted)
            continue;
        bp_console_answer ("%-13s %s (%d action%s, %d value%s)\n", word, sheet->lead, sheet->actions, sheet->actions == 1 ? "" : "s",
                           sheet->values, sheet->values == 1 ? "" : "s");
        if (sheet->is_returned && sheet->entries->len > 0)
        {
            print_entry (sheet->entries->pdata[0]);
            print_earlier (sheet->entries);
        }
    }
}

static int count_returned (const GArray *sheets)
{
    int count = 0;
    for (guint i = 0; i < sheets->len; i++)
        count += g_array_index (sheets, ListedSheet, i).is_returned ? 1 : 0;
    return count;
}

static void print_json (const json_t *manifest, const GArray *sheets)
{
    json_t *answer = json_object ();
    json_object_set (answer, "run", json_object_get (manifest, "run"));
    json_object_set (answer, "as_of", json_object_get (manifest, "as_of"));
    json_object_set_new (answer, "sheets", sheets_to_json (sheets));
    bp_console_answer_json (answer);
}

static void print_text (const json_t *manifest, const GArray *sheets)
{
    const char *as_of = json_string_value (json_object_get (manifest, "as_of"));
    const char *run = json_string_value (json_object_get (manifest, "run"));
    BpDate day;
    g_autofree char *words
        = as_of != NULL && bp_date_parse_iso (as_of, &day) ? bp_date_dup_text (day, BP_DATE_LONG) : g_strdup ("that day");
    print_sheets (sheets, true, "returned");
    print_sheets (sheets, false, "not returned");
    bp_console_answer ("%d of %u update sheets as at %s have come back; the newest were made by run %s\n", count_returned (sheets),
                       sheets->len, words, run != NULL ? run : "");
}

bool bp_list_returns (const BpOptions *options, GError **error)
{
    g_auto (BpProgrammeFolder) folder = { 0 };
    if (!bp_programme_folder_open (&folder, options, error))
        return false;
    json_t *manifest = find_manifest (folder.output);
    if (manifest == NULL)
        return bp_fail (error, BP_ERROR_FAILED, "no update sheets have been made yet; 'boardpack build --format update' makes them");
    g_autoptr (GPtrArray) entries = load_entries (&folder, json_string_value (json_object_get (manifest, "as_of")), error);
    if (entries != NULL)
    {
        g_autoptr (GArray) sheets = list_sheets (&folder, manifest, entries);
        if (options->json)
            print_json (manifest, sheets);
        else
            print_text (manifest, sheets);
    }
    json_decref (manifest);
    return entries != NULL;
}
