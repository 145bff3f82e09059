#include "app/command_table.h"

#include "app/console.h"
#include "app/data_import.h"
#include "app/meeting_stage.h"

static char *dup_when (int days)
{
    if (days == 0)
        return g_strdup ("today");
    return g_strdup_printf (days < 0 ? "%d day%s late" : "in %d day%s", ABS (days), ABS (days) == 1 ? "" : "s");
}

static void print_row (const BpOptions *options, const BpMeetingStage *stage)
{
    const BpDue *due = stage->due;
    g_autofree char *date = bp_date_dup_text (due->date, BP_DATE_MEDIUM);
    g_autofree char *when = dup_when (due->days);
    g_autofree char *on = bp_date_dup_text (due->meeting->date, BP_DATE_MEDIUM);
    g_autofree char *words = bp_meeting_stage_dup_words (stage), *next = bp_meeting_stage_dup_next (stage);
    g_autofree char *first = g_strdup_printf ("%-11s  %-12s", date, when);
    bp_console_answer_ink (options, due->days < 0 ? BP_INK_RED : BP_INK_PLAIN, first);
    bp_console_answer ("  %-18s  %-26s  %-11s  %-34s  %s\n", bp_due_kind_words (due->kind), due->meeting->forum->id, on, words, next);
}

static void print_text (const BpOptions *options, const GArray *stages, const GPtrArray *undated)
{
    guint shown = 0;
    for (guint i = 0; i < stages->len; i++)
    {
        const BpMeetingStage *stage = &g_array_index (stages, BpMeetingStage, i);
        if (stage->is_done)
            continue;
        if (shown++ == 0)
            bp_console_answer ("%-11s  %-12s  %-18s  %-26s  %-11s  %-34s  %s\n", "Due", "", "What", "Forum", "Meeting", "Stage", "Next");
        print_row (options, stage);
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

static json_t *counts_to_json (const BpMeetingStage *stage)
{
    json_t *object = json_object ();
    json_object_set_new (object, "messages", json_integer (stage->messages));
    json_object_set_new (object, "accepted", json_integer (stage->accepted));
    json_object_set_new (object, "doubtful", json_integer (stage->doubtful));
    json_object_set_new (object, "not_sent", json_integer (stage->other));
    return object;
}

static json_t *stage_to_json (const BpMeetingStage *stage)
{
    const BpDue *due = stage->due;
    const bool has_pack = stage->stage > BP_STAGE_NONE;
    g_autofree char *next = bp_meeting_stage_dup_next (stage);
    json_t *object = json_object ();
    set_date (object, "due", due->date);
    json_object_set_new (object, "days", json_integer (due->days));
    json_object_set_new (object, "overdue", json_boolean (due->days < 0 && !stage->is_done));
    json_object_set_new (object, "done", json_boolean (stage->is_done));
    json_object_set_new (object, "what", json_string (bp_due_kind_name (due->kind)));
    json_object_set_new (object, "forum", bp_json_text (due->meeting->forum->id));
    set_date (object, "meeting", due->meeting->date);
    json_object_set_new (object, "title", bp_json_text (due->meeting->title));
    json_object_set_new (object, "run", has_pack ? bp_json_text (stage->run) : json_null ());
    json_object_set_new (object, "draft", has_pack ? json_boolean (stage->stage == BP_STAGE_DRAFT) : json_null ());
    json_object_set_new (object, "stage", json_string (bp_stage_name (stage->stage)));
    if (due->kind == BP_DUE_UPDATES)
    {
        json_object_set_new (object, "sheets", json_integer (stage->sheets));
        json_object_set_new (object, "returned", json_integer (stage->returned));
    }
    if (due->kind == BP_DUE_ISSUE)
        json_object_set_new (object, "sent", counts_to_json (stage));
    json_object_set_new (object, "next", bp_json_text (next));
    return object;
}

static void print_json (const BpOptions *options, BpDate as_of, const GArray *stages, const GPtrArray *undated)
{
    json_t *answer = json_object (), *list = json_array (), *forums = json_array ();
    for (guint i = 0; i < stages->len; i++)
        json_array_append_new (list, stage_to_json (&g_array_index (stages, BpMeetingStage, i)));
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
    g_auto (BpProgress) progress = { 0 };
    if (!bp_programme_folder_open (&folder, options, error) || !bp_data_folder_read (&data, folder.config, error)
        || !bp_progress_load (&progress, &folder, error))
        return BP_EXIT_FAILED;
    const BpSnapshotOptions snapshot_options = { folder.as_of, BP_DATE_NONE, BP_DATE_NONE, data.findings, NULL };
    g_autoptr (BpSnapshot) snapshot = bp_snapshot_new (&folder.config->programme, data.tables, &snapshot_options);
    g_autoptr (GArray) dues = bp_due_list (snapshot, options->within_days);
    g_autoptr (GPtrArray) undated = bp_due_list_undated (snapshot);
    g_autoptr (GArray) stages = g_array_new (FALSE, FALSE, sizeof (BpMeetingStage));
    for (guint i = 0; i < dues->len; i++)
    {
        const BpMeetingStage stage = bp_meeting_stage_find (&progress, &folder, &g_array_index (dues, BpDue, i));
        g_array_append_val (stages, stage);
    }
    if (options->json)
        print_json (options, folder.as_of, stages, undated);
    else
        print_text (options, stages, undated);
    return BP_EXIT_WELL;
}
