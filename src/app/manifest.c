#include "app/manifest.h"

#include "app/findings_report.h"
#include "app/manifest_shape.h"
#include "app/program.h"
#include "app/run_records.h"
#include "base/atomic_file.h"

#include <string.h>

#define MANIFEST_VERSION 2

static json_t *date_to_json (BpDate date)
{
    if (date == BP_DATE_NONE)
        return json_null ();
    g_autofree char *text = bp_date_dup_text (date, BP_DATE_ISO);
    return bp_json_text (text);
}

/* ---- what made it ---- */

/* {"path": …, "sha256": …} of a file of the system that stands in every PDF. NULL on failure. */
static json_t *part_to_json (const char *path, GError **error)
{
    g_autofree char *sha256 = bp_file_dup_sha256 (path, error);
    if (sha256 == NULL)
        return NULL;
    json_t *part = json_object ();
    json_object_set_new (part, "path", bp_json_text (path));
    json_object_set_new (part, "sha256", bp_json_text (sha256));
    return part;
}

static json_t *fonts_to_json (const BpTheme *theme, GError **error)
{
    const char *const paths[] = { theme->font_regular, theme->font_bold };
    json_t *fonts = json_array ();
    for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
        json_t *font = part_to_json (paths[i], error);
        if (font == NULL)
        {
            json_decref (fonts);
            return NULL;
        }
        json_array_append_new (fonts, font);
    }
    return fonts;
}

static json_t *programme_to_json (const BpProgramme *programme)
{
    json_t *object = json_object ();
    json_object_set_new (object, "name", bp_json_text (programme->name));
    json_object_set_new (object, "organisation", bp_json_text (programme->organisation));
    json_object_set_new (object, "version", bp_json_text (programme->version));
    return object;
}

/* ---- what it was made from ---- */

static json_t *input_to_json (const BpInputFile *file, bool with_rows)
{
    json_t *object = json_object ();
    json_object_set_new (object, "path", bp_json_text (file->shown));
    json_object_set_new (object, "copy", bp_json_text (file->copy));
    json_object_set_new (object, "sha256", bp_json_text (file->sha256));
    json_object_set_new (object, "bytes", file->sha256 == NULL ? json_null () : json_integer (file->bytes));
    if (with_rows)
        json_object_set_new (object, "rows", json_integer (file->rows));
    return object;
}

static json_t *inputs_to_json (const GPtrArray *files, bool with_rows)
{
    json_t *list = json_array ();
    for (guint i = 0; i < files->len; i++)
        json_array_append_new (list, input_to_json (g_ptr_array_index (files, i), with_rows));
    return list;
}

static json_t *tables_to_json (const BpSnapshot *snapshot)
{
    json_t *list = json_array ();
    for (int i = 0; i < BP_TABLE_COUNT; i++)
    {
        json_t *table = json_object ();
        json_object_set_new (table, "table", bp_json_text (bp_table_get ((BpTableId)i)->name));
        json_object_set_new (table, "loaded", json_integer (snapshot->loaded[i].loaded));
        json_object_set_new (table, "seen", json_integer (snapshot->loaded[i].seen));
        json_array_append_new (list, table);
    }
    return list;
}

static json_t *actions_to_json (const BpSnapshot *snapshot)
{
    const BpActionCounts *counts = &snapshot->counts;
    const BpStatusScale *scale = &snapshot->programme->statuses;
    json_t *object = json_object ();
    json_object_set_new (object, "total", json_integer (counts->total));
    json_object_set_new (object, "done", json_integer (counts->done));
    json_object_set_new (object, "open", json_integer (counts->open));
    json_object_set_new (object, "paused", json_integer (counts->paused));
    json_object_set_new (object, "overdue", json_integer (counts->overdue));
    json_object_set_new (object, "undated", json_integer (counts->undated));
    json_t *list = json_array ();
    for (int i = 0; i < scale->count; i++)
    {
        json_t *status = json_object ();
        json_object_set_new (status, "code", bp_json_text (scale->statuses[i].code));
        json_object_set_new (status, "label", bp_json_text (scale->statuses[i].label));
        json_object_set_new (status, "count", json_integer (counts->by_status[scale->statuses[i].position]));
        json_array_append_new (list, status);
    }
    json_object_set_new (object, "by_status", list);
    return object;
}

/* What was asked for, as far as it shows in the files: enough to make them again. */
static json_t *options_to_json (const BpRun *run)
{
    json_t *object = json_object (), *forums = json_array (), *formats = json_array ();
    for (guint i = 0; i < run->forums->len; i++)
        json_array_append_new (forums, bp_json_text (((const BpForum *)run->forums->pdata[i])->id));
    for (guint i = 0; run->renderers->pdata[i] != NULL; i++)
        json_array_append_new (formats, bp_json_text (((const BpRenderer *)run->renderers->pdata[i])->name));
    if (run->with_update_sheets)
        json_array_append_new (formats, json_string (BP_UPDATE_FORMAT));
    json_object_set_new (object, "forums", forums);
    json_object_set_new (object, "formats", formats);
    json_object_set_new (object, "lead", bp_json_text (run->options->lead));
    json_object_set_new (object, "stamp", json_integer (run->stamp));
    return object;
}

/* ---- what it made ---- */

static json_t *records_to_json (const GPtrArray *records)
{
    json_t *list = json_array ();
    for (guint i = 0; i < records->len; i++)
    {
        const BpRunRecord *record = records->pdata[i];
        json_t *object = json_object ();
        json_object_set_new (object, "path", bp_json_text (record->path));
        json_object_set_new (object, "sha256", bp_json_text (record->sha256));
        json_object_set_new (object, "bytes", json_integer (record->bytes));
        json_array_append_new (list, object);
    }
    return list;
}

json_t *bp_manifest_outputs_to_json (const BpRun *run)
{
    json_t *list = json_array ();
    for (guint i = 0; i < run->packs->len; i++)
    {
        const BpForumPack *pack = g_ptr_array_index (run->packs, i);
        for (guint j = 0; j < pack->outputs->len; j++)
        {
            const BpPackOutput *output = g_ptr_array_index (pack->outputs, j);
            json_t *object = json_object ();
            json_object_set_new (object, "path", bp_json_text (output->path));
            json_object_set_new (object, "forum", bp_json_text (pack->forum->id));
            json_object_set_new (object, "format", bp_json_text (output->renderer->name));
            json_object_set_new (object, "version", json_integer (pack->version));
            json_object_set_new (object, "marking", bp_json_text (pack->forum->marking));
            json_object_set_new (object, "sha256", bp_json_text (output->sha256));
            json_object_set_new (object, "bytes", json_integer (output->bytes));
            json_object_set_new (object, "pages", output->report.page_count > 0 ? json_integer (output->report.page_count) : json_null ());
            json_object_set_new (object, "page_budget", pack->page_budget > 0 ? json_integer (pack->page_budget) : json_null ());
            json_array_append_new (list, object);
        }
    }
    return list;
}

json_t *bp_manifest_update_sheets_to_json (const BpRun *run)
{
    json_t *list = json_array ();
    for (guint i = 0; run->update_sheets != NULL && i < run->update_sheets->len; i++)
    {
        const BpUpdateSheetFile *file = g_ptr_array_index (run->update_sheets, i);
        json_t *object = json_object ();
        json_object_set_new (object, "path", bp_json_text (file->path));
        json_object_set_new (object, "lead", bp_json_text (file->lead));
        json_object_set_new (object, "slug", bp_json_text (file->slug));
        json_object_set_new (object, "actions", json_integer (file->actions));
        json_object_set_new (object, "values", json_integer (file->values));
        json_object_set_new (object, "marking", bp_json_text (bp_forums_internal_marking (&run->folder.config->programme.forums)));
        json_object_set_new (object, "due", date_to_json (bp_lead_return_day (run->snapshot)));
        json_object_set_new (object, "sha256", bp_json_text (file->sha256));
        json_object_set_new (object, "bytes", json_integer (file->bytes));
        json_array_append_new (list, object);
    }
    return list;
}

static json_t *consistency_to_json (const BpConsistency *consistency)
{
    json_t *object = json_object ();
    json_object_set_new (object, "figures", json_integer (consistency->keys));
    json_object_set_new (object, "printed", json_integer (consistency->printed));
    json_t *differing = json_array ();
    for (guint i = 0; i < consistency->differences->len; i++)
        json_array_append_new (differing, bp_json_text (g_ptr_array_index (consistency->differences, i)));
    json_object_set_new (object, "differing", differing);
    return object;
}

json_t *bp_manifest_to_json (const BpRun *run, GError **error)
{
    json_t *fonts = fonts_to_json (run->theme, error);
    if (fonts == NULL)
        return NULL;
    json_t *profile = part_to_json (run->theme->colour_profile, NULL); /* a run without PDFs can do without */
    json_t *manifest = json_object ();
    json_object_set_new (manifest, "manifest_version", json_integer (MANIFEST_VERSION));
    json_object_set_new (manifest, "run", bp_json_text (bp_publication_run_id (run->publication)));
    json_object_set_new (manifest, "as_of", date_to_json (run->folder.as_of));
    json_object_set_new (manifest, "known", date_to_json (run->options->known));
    json_object_set_new (manifest, "draft", json_boolean (run->options->draft));
    json_object_set_new (manifest, "prepared_by", bp_json_text (run->prepared_by));
    if (run->account != NULL)
        json_object_set (manifest, "account", run->account);
    json_object_set_new (manifest, "correction", bp_json_text (run->options->correction));
    json_object_set_new (manifest, "options", options_to_json (run));
    json_object_set_new (manifest, "program", bp_program_to_json ());
    json_object_set_new (manifest, "fonts", fonts);
    json_object_set_new (manifest, "colour_profile", profile != NULL ? profile : json_null ());
    json_object_set_new (manifest, "programme", programme_to_json (&run->folder.config->programme));
    json_object_set_new (manifest, "import", json_integer (run->import_id));
    json_object_set_new (manifest, "inputs_copied", json_boolean (run->is_data_current));
    json_object_set_new (manifest, "inputs", inputs_to_json (run->data_files, true));
    json_object_set_new (manifest, "config", inputs_to_json (run->config_files, false));
    json_object_set_new (manifest, "tables", tables_to_json (run->snapshot));
    json_object_set_new (manifest, "actions", actions_to_json (run->snapshot));
    json_object_set_new (manifest, "outputs", bp_manifest_outputs_to_json (run));
    json_object_set_new (manifest, "update_sheets", bp_manifest_update_sheets_to_json (run));
    json_object_set_new (manifest, "records", records_to_json (run->records));
    json_object_set_new (manifest, "consistency", consistency_to_json (&run->consistency));
    json_object_set_new (manifest, "findings", bp_findings_to_json (run->findings));
    return manifest;
}

char *bp_manifest_write (const BpRun *run, GError **error)
{
    json_t *manifest = bp_manifest_to_json (run, error);
    if (manifest == NULL)
        return NULL;
    char *text = json_dumps (manifest, JSON_INDENT (2));
    json_decref (manifest);
    g_autofree char *contents = g_strconcat (text != NULL ? text : "", "\n", NULL);
    g_autofree char *path = g_build_filename (bp_publication_folder (run->publication), "manifest.json", NULL);
    free (text);
    if (strlen (contents) > BP_MANIFEST_MAX_BYTES)
    {
        bp_fail (error, BP_ERROR_FAILED, "%s: would have %zu bytes, with %u findings; it can have %zu: mend what most findings are about",
                 path, strlen (contents), bp_finding_list_length (run->findings), BP_MANIFEST_MAX_BYTES);
        return NULL;
    }
    if (!bp_atomic_file_write (path, contents, strlen (contents), error))
        return NULL;
    return g_compute_checksum_for_string (G_CHECKSUM_SHA256, contents, -1);
}
