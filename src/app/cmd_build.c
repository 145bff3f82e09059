#include "app/command_table.h"

#include "app/console.h"
#include "app/findings_report.h"
#include "app/manifest.h"
#include "app/run.h"

#include <string.h>

#define MAX_ERRORS_PRINTED 20
#define MAX_LOOKS_PRINTED 20

/* "output/2025-07-31/2025-07-31-1/…" as a reader of the terminal can open it. */
static char *dup_shown_path (const BpRun *run, const char *path)
{
    g_autofree char *folder = g_build_filename (run->folder.output, bp_publication_name (run->publication), path, NULL);
    return g_strdup (g_str_has_prefix (folder, "./") ? folder + 2 : folder);
}

static void print_packs (const BpRun *run)
{
    for (guint i = 0; i < run->packs->len; i++)
    {
        const BpForumPack *pack = g_ptr_array_index (run->packs, i);
        for (guint j = 0; j < pack->outputs->len; j++)
        {
            const BpPackOutput *output = g_ptr_array_index (pack->outputs, j);
            g_autofree char *path = dup_shown_path (run, output->path);
            if (output->report.page_count > 0)
                bp_console_answer ("%s (%d page%s)\n", path, output->report.page_count, output->report.page_count == 1 ? "" : "s");
            else
                bp_console_answer ("%s\n", path);
        }
    }
}

/* With their folder, which latest does not lead to. */
static void print_update_sheets (const BpRun *run)
{
    for (guint i = 0; i < run->update_sheets->len; i++)
    {
        const BpUpdateSheetFile *file = g_ptr_array_index (run->update_sheets, i);
        g_autofree char *path = dup_shown_path (run, file->path);
        bp_console_answer ("%s (%d action%s, %d value%s)\n", path, file->actions, file->actions == 1 ? "" : "s", file->values,
                           file->values == 1 ? "" : "s");
    }
    g_autofree char *folder = dup_shown_path (run, BP_UPDATE_FOLDER);
    if (run->update_sheets->len > 0)
        bp_console_answer ("%s/ (%u update sheet%s)\n", folder, run->update_sheets->len, run->update_sheets->len == 1 ? "" : "s");
}

static void print_outputs (const BpRun *run)
{
    print_packs (run);
    if (run->update_sheets != NULL)
        print_update_sheets (run);
    g_autofree char *manifest = dup_shown_path (run, "manifest.json");
    bp_console_answer ("%s\n", manifest);
}

static void print_json (const BpRun *run, BpExitCode code)
{
    json_t *answer = json_object ();
    json_object_set_new (answer, "exit_code", json_integer ((json_int_t)code));
    json_object_set_new (answer, "built", json_boolean (!run->was_stopped_by_findings));
    if (!run->was_stopped_by_findings)
    {
        g_autofree char *folder = dup_shown_path (run, NULL);
        g_autofree char *manifest = dup_shown_path (run, "manifest.json");
        json_object_set_new (answer, "run", bp_json_text (bp_publication_run_id (run->publication)));
        json_object_set_new (answer, "folder", bp_json_text (folder));
        json_object_set_new (answer, "manifest", bp_json_text (manifest));
        json_object_set_new (answer, "outputs", bp_manifest_outputs_to_json (run));
        json_object_set_new (answer, "update_sheets", bp_manifest_update_sheets_to_json (run));
    }
    json_t *findings = bp_findings_to_json (run->findings);
    json_object_del (findings, "list");
    json_object_set_new (answer, "findings", findings);
    bp_console_answer_json (answer);
}

/* What came up while drawing, and no check could have found. The manifest has them all. */
static void print_looks (const BpRun *run)
{
    int count = 0;
    for (guint i = 0; i < bp_finding_list_length (run->findings); i++)
    {
        const BpFinding *finding = bp_finding_list_get (run->findings, i);
        if (finding->code != BP_FINDING_PAGE_BUDGET && finding->code != BP_FINDING_GLYPH_MISSING && finding->code != BP_FINDING_PDF_UNMARKED
            && finding->code != BP_FINDING_SHEET_TEXT_CHANGED)
            continue;
        if (++count > MAX_LOOKS_PRINTED)
            continue;
        g_autofree char *line = bp_finding_dup_line (finding);
        bp_console_message (run->options, "%s %s %s", bp_level_name (finding->level), bp_finding_kind_get (finding->code)->id, line);
    }
    if (count > MAX_LOOKS_PRINTED)
        bp_console_message (run->options, "and %d more of these in the manifest", count - MAX_LOOKS_PRINTED);
}

static void print_made (const BpRun *run, double seconds)
{
    guint packs = run->packs->len, sheets = run->update_sheets != NULL ? run->update_sheets->len : 0;
    g_autofree char *made_packs = g_strdup_printf ("%u pack%s", packs, packs == 1 ? "" : "s");
    g_autofree char *made_sheets = g_strdup_printf ("%u update sheet%s", sheets, sheets == 1 ? "" : "s");
    const bool has_both = packs > 0 && run->with_update_sheets;
    bp_console_message (run->options, "%s%s%s of %s in %.1f seconds", packs > 0 || !run->with_update_sheets ? made_packs : "",
                        has_both ? " and " : "", run->with_update_sheets ? made_sheets : "", bp_publication_run_id (run->publication),
                        seconds);
}

static void print_messages (const BpRun *run, double seconds)
{
    const BpOptions *options = run->options;
    g_autofree char *loaded = bp_load_counts_dup_text (run->snapshot->loaded);
    g_autofree char *counts = bp_findings_dup_counts (run->findings);
    bp_findings_print_errors (options, run->findings, MAX_ERRORS_PRINTED);
    bp_console_message (options, "%s; %s ('boardpack check' lists them)", loaded, counts);
    print_looks (run);
    if (options->correction != NULL && run->packs->len > 1)
        bp_console_message (options, "note: %u packs say the same of what changed; for a sentence each, build with --forum",
                            run->packs->len);
    if (!run->with_import && !run->is_data_current && options->known == BP_DATE_NONE)
        bp_console_message (
            options, "note: the data folder is not what was imported last; the packs show the last import ('boardpack run' imports first)");
    guint quarantined = bp_finding_list_count_quarantined (run->findings);
    if (quarantined > 0)
        bp_console_message (options, "%u row%s left out: see the errors above", quarantined, quarantined == 1 ? " was" : "s were");
    if (run->was_stopped_by_findings)
        bp_console_error ("stopped before building: %s", run->options->strict ? "--strict, and there are findings of level error"
                                                                              : "rows were left out, and quarantine_fails is set");
    else
        print_made (run, seconds);
}

static BpExitCode make (const BpOptions *options, bool with_import, GError **error)
{
    gint64 start = g_get_monotonic_time ();
    g_auto (BpRun) run = { 0 };
    if (!bp_run_make (&run, options, with_import, error))
        return BP_EXIT_FAILED;
    BpExitCode code = BP_EXIT_WELL;
    if (run.was_stopped_by_findings)
        code = BP_EXIT_FINDINGS;
    else if (bp_finding_list_count_quarantined (run.findings) > 0)
        code = BP_EXIT_QUARANTINED;
    bp_console_progress (options, NULL);
    print_messages (&run, (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC);
    if (options->json)
        print_json (&run, code);
    else if (!run.was_stopped_by_findings)
        print_outputs (&run);
    return code;
}

BpExitCode bp_cmd_build (const BpOptions *options, const char *const *arguments G_GNUC_UNUSED, GError **error)
{
    return make (options, false, error);
}

BpExitCode bp_cmd_run (const BpOptions *options, const char *const *arguments G_GNUC_UNUSED, GError **error)
{
    return make (options, true, error);
}
