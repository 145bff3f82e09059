#include "app/manifest.h"

#include "app/findings_report.h"
#include "base/atomic_file.h"

#include <string.h>

#define MANIFEST_VERSION 1

static json_t *date_to_json (BpDate date)
{
    if (date == BP_DATE_NONE)
        return json_null ();
    g_autofree char *text = bp_date_dup_text (date, BP_DATE_ISO);
    return bp_json_text (text);
}

/* ---- what made it ---- */

static json_t *program_to_json (void)
{
    json_t *program = json_object ();
    json_object_set_new (program, "name", json_string ("boardpack"));
    json_object_set_new (program, "version", json_string (BP_VERSION));
    json_t *libraries = json_object ();
    g_autofree char *glib = g_strdup_printf ("%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);
    json_object_set_new (libraries, "glib", bp_json_text (glib));
    json_object_set_new (libraries, "icu", bp_json_text (bp_unicode_library_version ()));
    json_object_set_new (libraries, "jansson", bp_json_text (jansson_version_str ()));
    json_object_set_new (libraries, "libharu", bp_json_text (bp_pdf_library_version ()));
    json_object_set_new (libraries, "libxlsxwriter", bp_json_text (bp_xlsx_library_version ()));
    json_object_set_new (libraries, "sqlite", bp_json_text (bp_store_library_version ()));
    json_object_set_new (program, "libraries", libraries);
    return program;
}

static bool add_font (json_t *fonts, const char *path, GError **error)
{
    g_autofree char *sha256 = bp_file_dup_sha256 (path, error);
    if (sha256 == NULL)
        return false;
    json_t *font = json_object ();
    json_object_set_new (font, "path", bp_json_text (path));
    json_object_set_new (font, "sha256", bp_json_text (sha256));
    json_array_append_new (fonts, font);
    return true;
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

/* ---- what it made ---- */

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
    json_t *fonts = json_array ();
    if (!add_font (fonts, run->theme->font_regular, error) || !add_font (fonts, run->theme->font_bold, error))
    {
        json_decref (fonts);
        return NULL;
    }
    json_t *manifest = json_object ();
    json_object_set_new (manifest, "manifest_version", json_integer (MANIFEST_VERSION));
    json_object_set_new (manifest, "run", bp_json_text (bp_publication_run_id (run->publication)));
    json_object_set_new (manifest, "as_of", date_to_json (run->folder.as_of));
    json_object_set_new (manifest, "known", date_to_json (run->options->known));
    json_object_set_new (manifest, "draft", json_boolean (run->options->draft));
    json_object_set_new (manifest, "prepared_by", bp_json_text (run->prepared_by));
    json_object_set_new (manifest, "correction", bp_json_text (run->options->correction));
    json_object_set_new (manifest, "program", program_to_json ());
    json_object_set_new (manifest, "fonts", fonts);
    json_object_set_new (manifest, "programme", programme_to_json (&run->folder.config->programme));
    json_object_set_new (manifest, "import", json_integer (run->import_id));
    json_object_set_new (manifest, "inputs_copied", json_boolean (run->is_data_current));
    json_object_set_new (manifest, "inputs", inputs_to_json (run->data_files, true));
    json_object_set_new (manifest, "config", inputs_to_json (run->config_files, false));
    json_object_set_new (manifest, "tables", tables_to_json (run->snapshot));
    json_object_set_new (manifest, "actions", actions_to_json (run->snapshot));
    json_object_set_new (manifest, "outputs", bp_manifest_outputs_to_json (run));
    json_object_set_new (manifest, "update_sheets", bp_manifest_update_sheets_to_json (run));
    json_object_set_new (manifest, "consistency", consistency_to_json (&run->consistency));
    json_object_set_new (manifest, "findings", bp_findings_to_json (run->findings));
    return manifest;
}

static int append_to_file (const char *text, size_t length, void *file)
{
    (void)bp_atomic_file_append (file, text, length); /* commit says what went wrong */
    return 0;
}

bool bp_manifest_write (const BpRun *run, GError **error)
{
    json_t *manifest = bp_manifest_to_json (run, error);
    if (manifest == NULL)
        return false;
    g_autofree char *path = g_build_filename (bp_publication_folder (run->publication), "manifest.json", NULL);
    g_autoptr (BpAtomicFile) file = bp_atomic_file_open (path, error);
    if (file != NULL)
    {
        json_dump_callback (manifest, append_to_file, file, JSON_INDENT (2));
        append_to_file ("\n", 1, file);
    }
    json_decref (manifest);
    return file != NULL && bp_atomic_file_commit (file, error);
}
