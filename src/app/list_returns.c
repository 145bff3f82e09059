#include "app/list_returns.h"

#include "app/findings_report.h"
#include "app/made_sheets.h"

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

static json_t *sheets_to_json (const GArray *sheets)
{
    static const char *const copied[] = { "lead", "slug", "actions", "values", "run" };
    json_t *list = json_array ();
    for (guint i = 0; i < sheets->len; i++)
    {
        const BpMadeSheet *sheet = &g_array_index (sheets, BpMadeSheet, i);
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
        const BpMadeSheet *sheet = &g_array_index (sheets, BpMadeSheet, i);
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
        count += g_array_index (sheets, BpMadeSheet, i).is_returned ? 1 : 0;
    return count;
}

static void print_json (const BpMadeSheets *made)
{
    g_autofree char *as_of = bp_date_dup_text (made->as_of, BP_DATE_ISO);
    json_t *answer = json_object ();
    json_object_set_new (answer, "run", bp_json_text (made->run));
    json_object_set_new (answer, "as_of", bp_json_text (as_of));
    json_object_set_new (answer, "sheets", sheets_to_json (made->sheets));
    bp_console_answer_json (answer);
}

static void print_text (const BpMadeSheets *made)
{
    g_autofree char *as_of = bp_date_dup_text (made->as_of, BP_DATE_LONG);
    print_sheets (made->sheets, true, "returned");
    print_sheets (made->sheets, false, "not returned");
    bp_console_answer ("%d of %u update sheets as at %s have come back; the newest were made by run %s\n", count_returned (made->sheets),
                       made->sheets->len, as_of, made->run);
}

bool bp_list_returns (const BpOptions *options, GError **error)
{
    g_auto (BpProgrammeFolder) folder = { 0 };
    if (!bp_programme_folder_open (&folder, options, error))
        return false;
    g_autoptr (BpMadeSheets) made = bp_made_sheets_load (&folder, NULL, error);
    if (made == NULL)
        return false;
    if (options->json)
        print_json (made);
    else
        print_text (made);
    return true;
}
