#include "app/command_table.h"

#include "app/console.h"
#include "app/data_import.h"
#include "app/run_folder.h"
#include "domain/due.h"

#include <string.h>

/* The pack of a forum that was made for a meeting. */
typedef struct
{
    const json_t *manifest; /* NULL: none was made */
    bool is_draft;
} MadePack;

typedef struct
{
    const BpDue *due;
    MadePack pack;
    bool is_done;
} DueRow;

/* Manifests of all runs, newest first: elements json_t *. */
static GPtrArray *load_manifests (const char *output)
{
    GPtrArray *manifests = g_ptr_array_new_with_free_func ((GDestroyNotify)json_decref);
    g_autoptr (GPtrArray) folders = bp_run_folders_list (output);
    for (guint i = 0; i < folders->len; i++)
    {
        json_t *manifest = bp_run_folder_load_manifest (folders->pdata[i], NULL, NULL);
        if (manifest != NULL)
            g_ptr_array_add (manifests, manifest);
    }
    return manifests;
}

static bool has_pack (const json_t *manifest, const char *forum)
{
    const json_t *output;
    size_t index;
    json_array_foreach (json_object_get (manifest, "outputs"), index,
                        output) if (strcmp (bp_manifest_text (output, "forum"), forum) == 0) return true;
    return false;
}

/* Of the runs that show a day after the meeting before, and up to this one: the newest final pack, else the newest draft. */
static MadePack find_pack (const GPtrArray *manifests, const BpDue *due)
{
    MadePack found = { NULL, false };
    for (guint i = 0; i < manifests->len; i++)
    {
        const json_t *manifest = manifests->pdata[i];
        const bool is_draft = json_is_true (json_object_get (manifest, "draft"));
        BpDate as_of;
        if (!bp_date_parse_iso (bp_manifest_text (manifest, "as_of"), &as_of) || as_of > due->meeting->date
            || (due->before != NULL && as_of <= due->before->date) || !has_pack (manifest, due->meeting->forum->id))
            continue;
        if (!is_draft)
            return (MadePack){ manifest, false };
        if (found.manifest == NULL)
            found = (MadePack){ manifest, true };
    }
    return found;
}

static GArray *list_rows (const GArray *dues, const GPtrArray *manifests)
{
    GArray *rows = g_array_new (FALSE, FALSE, sizeof (DueRow));
    for (guint i = 0; i < dues->len; i++)
    {
        const BpDue *due = &g_array_index (dues, BpDue, i);
        const MadePack pack = find_pack (manifests, due);
        const bool is_done = due->kind != BP_DUE_ISSUE && pack.manifest != NULL && !pack.is_draft;
        const DueRow row = { due, pack, is_done };
        g_array_append_val (rows, row);
    }
    return rows;
}

static char *dup_when (int days)
{
    if (days == 0)
        return g_strdup ("today");
    return g_strdup_printf (days < 0 ? "%d day%s late" : "in %d day%s", ABS (days), ABS (days) == 1 ? "" : "s");
}

static char *dup_pack (const MadePack *pack)
{
    if (pack->manifest == NULL)
        return g_strdup ("no pack yet");
    return g_strdup_printf ("%s %s", pack->is_draft ? "draft" : "pack", bp_manifest_text (pack->manifest, "run"));
}

static void print_row (const BpOptions *options, const DueRow *row)
{
    const BpMeeting *meeting = row->due->meeting;
    g_autofree char *date = bp_date_dup_text (row->due->date, BP_DATE_MEDIUM);
    g_autofree char *when = dup_when (row->due->days);
    g_autofree char *on = bp_date_dup_text (meeting->date, BP_DATE_MEDIUM);
    g_autofree char *pack = dup_pack (&row->pack);
    g_autofree char *first = g_strdup_printf ("%-11s  %-12s", date, when);
    bp_console_answer_ink (options, row->due->days < 0 ? BP_INK_RED : BP_INK_PLAIN, first);
    bp_console_answer ("  %-18s  %-26s  %-11s  %s\n", bp_due_kind_words (row->due->kind), meeting->forum->id, on, pack);
}

static void print_text (const BpOptions *options, const GArray *rows, const GPtrArray *undated)
{
    guint shown = 0;
    for (guint i = 0; i < rows->len; i++)
    {
        const DueRow *row = &g_array_index (rows, DueRow, i);
        if (row->is_done)
            continue;
        if (shown++ == 0)
            bp_console_answer ("%-11s  %-12s  %-18s  %-26s  %-11s  %s\n", "Due", "", "What", "Forum", "Meeting", "Built");
        print_row (options, row);
    }
    if (shown == 0)
        bp_console_answer ("Nothing is due within %d days.\n", options->within_days);
    for (guint i = 0; i < undated->len; i++)
        bp_console_answer ("No date is known for the next meeting of %s.\n", ((const BpForum *)undated->pdata[i])->id);
}

static void set_date (json_t *object, const char *key, BpDate date)
{
    g_autofree char *text = bp_date_dup_text (date, BP_DATE_ISO);
    json_object_set_new (object, key, bp_json_text (text));
}

static json_t *row_to_json (const DueRow *row)
{
    json_t *object = json_object ();
    set_date (object, "due", row->due->date);
    json_object_set_new (object, "days", json_integer (row->due->days));
    json_object_set_new (object, "overdue", json_boolean (row->due->days < 0 && !row->is_done));
    json_object_set_new (object, "done", json_boolean (row->is_done));
    json_object_set_new (object, "what", json_string (bp_due_kind_name (row->due->kind)));
    json_object_set_new (object, "forum", bp_json_text (row->due->meeting->forum->id));
    set_date (object, "meeting", row->due->meeting->date);
    json_object_set_new (object, "title", bp_json_text (row->due->meeting->title));
    json_object_set_new (object, "run",
                         row->pack.manifest != NULL ? bp_json_text (bp_manifest_text (row->pack.manifest, "run")) : json_null ());
    json_object_set_new (object, "draft", row->pack.manifest != NULL ? json_boolean (row->pack.is_draft) : json_null ());
    return object;
}

static void print_json (const BpOptions *options, BpDate as_of, const GArray *rows, const GPtrArray *undated)
{
    json_t *answer = json_object (), *list = json_array (), *forums = json_array ();
    for (guint i = 0; i < rows->len; i++)
        json_array_append_new (list, row_to_json (&g_array_index (rows, DueRow, i)));
    for (guint i = 0; i < undated->len; i++)
        json_array_append_new (forums, bp_json_text (((const BpForum *)undated->pdata[i])->id));
    set_date (answer, "as_of", as_of);
    json_object_set_new (answer, "within_days", json_integer (options->within_days));
    json_object_set_new (answer, "due", list);
    json_object_set_new (answer, "undated", forums);
    bp_console_answer_json (answer);
}

BpExitCode bp_cmd_due (const BpOptions *options, const char *const *arguments G_GNUC_UNUSED, GError **error)
{
    g_auto (BpProgrammeFolder) folder = { 0 };
    g_auto (BpDataFolder) data = { 0 };
    if (!bp_programme_folder_open (&folder, options, error) || !bp_data_folder_read (&data, folder.config, error))
        return BP_EXIT_FAILED;
    const BpSnapshotOptions snapshot_options = { folder.as_of, BP_DATE_NONE, BP_DATE_NONE, data.findings, NULL };
    g_autoptr (BpSnapshot) snapshot = bp_snapshot_new (&folder.config->programme, data.tables, &snapshot_options);
    g_autoptr (GArray) dues = bp_due_list (snapshot, options->within_days);
    g_autoptr (GPtrArray) undated = bp_due_list_undated (snapshot);
    g_autoptr (GPtrArray) manifests = load_manifests (folder.output);
    g_autoptr (GArray) rows = list_rows (dues, manifests);
    if (options->json)
        print_json (options, folder.as_of, rows, undated);
    else
        print_text (options, rows, undated);
    return BP_EXIT_WELL;
}
