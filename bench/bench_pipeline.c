/* Times each stage of the main job on one forum, apart: import, load, snapshot, pack, page plan, and each renderer.
 *   bench_pipeline PROGRAMME-FOLDER FORUM OUT-FOLDER
 * Prints a line a stage: "<stage> <milliseconds of CPU> <peak kilobytes> <what>". Leaves the dumps that the replays draw again in
 * OUT-FOLDER. */
#include "config/programme_config.h"
#include "content.h"
#include "domain/snapshot.h"
#include "ingest/ingest.h"
#include "pack/pack_builder.h"
#include "render/pdf/layout.h"
#include "render/pdf/pdf_document.h"
#include "render/renderer.h"
#include "render/xlsx/sheet_plan.h"
#include "replay.h"
#include "store/store.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define AS_OF "2025-07-31"

typedef struct
{
    double began_ms; /* of CPU: other work on the machine does not count */
} Stage;

static void stop_on (const GError *error)
{
    if (error != NULL)
        g_error ("%s", error->message);
}

/* Linux counts the peak since the last time that 5 was written here. */
static Stage stage_begin (void)
{
    int file = open ("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);

    if (file >= 0)
    {
        if (write (file, "5", 1) != 1)
            g_warning ("the peak of memory cannot be reset: stages show the highest so far");
        close (file);
    }
    return (Stage){ replay_cpu_ms () };
}

static guint64 peak_kilobytes (void)
{
    g_autofree char *status = NULL;

    if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
        return 0;
    const char *line = strstr (status, "VmHWM:");
    return line != NULL ? g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) : 0;
}

static void stage_end (const Stage *stage, const char *name, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void stage_end (const Stage *stage, const char *name, const char *format, ...)
{
    double ms = replay_cpu_ms () - stage->began_ms;
    va_list arguments;

    va_start (arguments, format);
    g_autofree char *amount = g_strdup_vprintf (format, arguments);
    va_end (arguments);
    g_print ("%s %.1f %" G_GUINT64_FORMAT " %s\n", name, ms, peak_kilobytes (), amount);
}

static int count_rows (const BpTableSet *tables)
{
    int rows = 0;

    for (int i = 0; i < BP_TABLE_COUNT; i++)
        rows += (int)tables->tables[i].records->len;
    return rows;
}

/* Reads, admits and stores the data folder; then loads it back, as every build does. */
static BpTableSet *import_and_load (const BpProgrammeConfig *config, BpStore *store, BpFindingList *findings)
{
    g_autoptr (GError) error = NULL;
    BpFieldSet fields = config->programme.fields;
    Stage stage = stage_begin ();
    BpTableSet *read = bp_table_set_new (&fields);

    bp_ingest_read_folder (config->root, config->data_folder, read, findings, &error);
    stop_on (error);
    bp_table_set_admit (read, findings);
    int rows = count_rows (read);
    stage_end (&stage, "read", "%d rows", rows);

    BpImportStamp stamp = { .imported_at = 1753920000, .imported_on = bp_date_new (2025, 7, 31), .program_version = BP_VERSION };
    BpImportCounts counts;
    stage = stage_begin ();
    bp_store_import (store, read, findings, &stamp, &counts, &error);
    stop_on (error);
    stage_end (&stage, "import", "%d rows", counts.added);
    stage = stage_begin ();
    bp_store_import (store, read, findings, &stamp, &counts, &error);
    stop_on (error);
    stage_end (&stage, "import-again", "%d rows unchanged", counts.unchanged);
    bp_table_set_free (read);

    BpTableSet *tables = bp_table_set_new (&fields);
    g_autoptr (BpFindingList) kept = bp_finding_list_new ();
    stage = stage_begin ();
    bp_store_load (store, BP_DATE_NONE, tables, kept, &error);
    stop_on (error);
    stage_end (&stage, "load", "%d rows", count_rows (tables));
    return tables;
}

static gint64 size_of (const char *path)
{
    GStatBuf status;

    return g_stat (path, &status) == 0 ? (gint64)status.st_size : 0;
}

static void render (const BpPack *pack, const BpTheme *theme, const char *format, const char *folder)
{
    const BpRenderer *renderer = bp_renderer_find (format);
    g_autoptr (GError) error = NULL;
    g_autoptr (BpFigureLog) figures = bp_figure_log_new ();
    g_autofree char *path = g_strdup_printf ("%s/pack.%s", folder, renderer->extension);
    BpRenderOptions options = { .created_at = 1753920000, .producer = "boardpack bench" };
    BpRenderReport report;

    bp_render_report_init (&report);
    Stage stage = stage_begin ();
    renderer->render (pack, theme, &options, path, figures, &report, &error);
    stop_on (error);
    if (report.page_count > 0)
        stage_end (&stage, format, "%d pages, %" G_GINT64_FORMAT " bytes", report.page_count, size_of (path));
    else
        stage_end (&stage, format, "%u figures", bp_figure_log_length (figures));
    bp_render_report_clear (&report);
}

static void write_dump (const char *folder, const char *name, const char *text)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_file_set_contents (path, text, -1, &error);
    stop_on (error);
}

/* Measuring and deciding alone, as each renderer does first; the dumps are what the replays draw. */
static void plan_pages_and_cells (const BpPack *pack, const BpTheme *theme, const char *folder)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
    BpRenderReport report;

    bp_render_report_init (&report);
    Stage stage = stage_begin ();
    g_autoptr (BpPdfDocument) document = bp_pdf_document_new (theme, &error);
    stop_on (error);
    g_autoptr (BpFonts) fonts = bp_fonts_new (bp_pdf_document_glyph_width, document, report.undrawn);
    g_autoptr (BpPagePlan) pages = bp_layout_pack (pack, theme, fonts, NULL, &report);
    stage_end (&stage, "pdf-plan", "%u pages, %u elements", pages->pages->len, pages->elements->len);
    stage = stage_begin ();
    g_autoptr (BpXlsxPlan) cells = bp_xlsx_plan_new (pack, NULL, warnings, &error);
    stop_on (error);
    stage_end (&stage, "xlsx-plan", "%u sheets", cells->sheets->len);
    g_autofree char *page_dump = bp_page_plan_dup_text (pages, false);
    g_autofree char *cell_dump = bp_xlsx_plan_dup_text (cells);
    write_dump (folder, "pages.txt", page_dump);
    g_autofree char *content = bench_content_dup (pack);
    write_dump (folder, "cells.txt", cell_dump);
    write_dump (folder, "content.txt", content);
    bp_render_report_clear (&report);
}

int main (int argc, char **argv)
{
    if (argc != 4)
        g_error ("usage: bench_pipeline PROGRAMME-FOLDER FORUM OUT-FOLDER");
    g_autoptr (GError) error = NULL;
    BpDate as_of = BP_DATE_NONE;
    bp_date_parse_iso (AS_OF, &as_of);
    g_autoptr (BpProgrammeConfig) config = bp_programme_config_load (argv[1], as_of, &error);
    stop_on (error);
    g_autoptr (BpTheme) theme = bp_theme_new (config->theme, &error);
    stop_on (error);
    g_autofree char *store_path = g_build_filename (argv[3], "bench.sqlite", NULL);
    g_autoptr (BpStore) store = bp_store_open (store_path, &config->programme.fields, &error);
    stop_on (error);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    BpTableSet *tables = import_and_load (config, store, findings);

    BpSnapshotOptions snapshot_options = { as_of, BP_DATE_NONE, BP_DATE_NONE, findings, NULL };
    Stage stage = stage_begin ();
    g_autoptr (BpSnapshot) snapshot = bp_snapshot_new (&config->programme, tables, &snapshot_options);
    stage_end (&stage, "snapshot", "%u actions", snapshot->actions->len);
    bp_table_set_free (tables);

    const BpForum *forum = bp_forum_find (&config->programme.forums, argv[2]);
    if (forum == NULL)
        g_error ("there is no forum %s", argv[2]);
    g_autoptr (BpReportLayout) layout = bp_report_layout_load (config, forum, &error);
    stop_on (error);
    BpPackOptions pack_options = { .is_draft = false };
    stage = stage_begin ();
    g_autoptr (BpPack) pack = bp_pack_build (snapshot, forum, layout, &pack_options);
    stage_end (&stage, "pack", "%u sections, %u sheets", pack->sections->len, pack->sheets->len);

    plan_pages_and_cells (pack, theme, argv[3]);
    render (pack, theme, "pdf", argv[3]);
    render (pack, theme, "xlsx", argv[3]);
    render (pack, theme, "text", argv[3]);
    return 0;
}
