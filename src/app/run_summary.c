#include "app/run_records.h"

#include "app/findings_report.h"
#include "base/text.h"
#include "domain/due.h"
#include "domain/marking.h"

#define DUE_WITHIN_DAYS 14
#define MAX_ERRORS 20

static void append_pack (GString *text, const BpForumPack *pack)
{
    g_string_append_printf (text, "  %s (%s)\n", pack->forum->name, pack->forum->marking);
    for (guint i = 0; i < pack->outputs->len; i++)
    {
        const BpPackOutput *output = pack->outputs->pdata[i];
        g_string_append_printf (text, "    %s", output->path);
        if (output->report.page_count > 0)
            g_string_append_printf (text, ", %d page%s", output->report.page_count, output->report.page_count == 1 ? "" : "s");
        if (pack->page_budget > 0 && output->report.page_count > pack->page_budget)
            g_string_append_printf (text, ": over its budget of %d", pack->page_budget);
        g_string_append_c (text, '\n');
    }
}

static void append_built (GString *text, const BpRun *run)
{
    g_string_append (text, "\nWhat was built\n");
    for (guint i = 0; i < run->packs->len; i++)
        append_pack (text, run->packs->pdata[i]);
    if (run->update_sheets != NULL)
        g_string_append_printf (text, "  %u update sheets for leads, in updates/\n", run->update_sheets->len);
}

static void append_findings (GString *text, const BpRun *run)
{
    g_autofree char *loaded = bp_load_counts_dup_text (run->snapshot->loaded);
    g_autofree char *counts = bp_findings_dup_counts (run->findings);
    const guint quarantined = bp_finding_list_count_quarantined (run->findings);
    g_string_append_printf (text, "\nWhat was found\n  %s\n  %s; 'boardpack check' lists them\n", loaded, counts);
    if (quarantined > 0)
        g_string_append_printf (text, "  %u row%s left out of the packs\n", quarantined, quarantined == 1 ? " was" : "s were");
    guint shown = 0, errors = bp_finding_list_count (run->findings, BP_LEVEL_ERROR);
    for (guint i = 0; i < bp_finding_list_length (run->findings) && shown < MAX_ERRORS; i++)
    {
        const BpFinding *finding = bp_finding_list_get (run->findings, i);
        if (finding->level != BP_LEVEL_ERROR)
            continue;
        g_autofree char *line = bp_finding_dup_line (finding);
        g_string_append_printf (text, "  error %s %s\n", bp_finding_kind_get (finding->code)->id, line);
        shown++;
    }
    if (shown < errors)
        g_string_append_printf (text, "  and %u more errors\n", errors - shown);
}

static void append_due (GString *text, const BpSnapshot *snapshot)
{
    g_autoptr (GArray) dues = bp_due_list (snapshot, DUE_WITHIN_DAYS);
    g_autoptr (GPtrArray) undated = bp_due_list_undated (snapshot);
    g_string_append_printf (text, "\nWhat is due within %d days, by the dates of the meetings ('boardpack due' says what of it is done)\n",
                            DUE_WITHIN_DAYS);
    for (guint i = 0; i < dues->len; i++)
    {
        const BpDue *due = &g_array_index (dues, BpDue, i);
        g_autofree char *date = bp_date_dup_text (due->date, BP_DATE_LONG);
        g_autofree char *meeting = bp_date_dup_text (due->meeting->date, BP_DATE_LONG);
        g_string_append_printf (text, "  %s%s: %s, %s of %s\n", date, due->days < 0 ? " (past)" : "", bp_due_kind_words (due->kind),
                                due->meeting->forum->name, meeting);
    }
    if (dues->len == 0)
        g_string_append (text, "  nothing\n");
    for (guint i = 0; i < undated->len; i++)
        g_string_append_printf (text, "  no date is known for the next meeting: %s\n", ((const BpForum *)undated->pdata[i])->name);
}

/* ---- what is to be done next ---- */

static bool has_pdf (const BpForumPack *pack)
{
    for (guint i = 0; i < pack->outputs->len; i++)
        if (g_str_has_suffix (((const BpPackOutput *)pack->outputs->pdata[i])->path, ".pdf"))
            return true;
    return false;
}

static bool has_every_forum (const BpRun *run)
{
    const BpForumSet *set = &run->folder.config->programme.forums;
    guint count = 0;
    for (int i = 0; i < set->count; i++)
        count += set->forums[i].template_file != NULL;
    return run->packs->len == count;
}

/* Drafts stay drafts: what makes the final packs of the same day. */
static void append_final_command (GString *text, const BpRun *run)
{
    g_autofree char *as_of = bp_date_dup_text (run->folder.as_of, BP_DATE_ISO);
    g_string_append (text, "  nothing yet: these are drafts, which cannot be approved. When they are right, make the final packs:\n");
    g_string_append_printf (text, "    boardpack run --as-of %s", as_of);
    for (guint i = 0; i < run->packs->len && !has_every_forum (run); i++)
        g_string_append_printf (text, " --forum %s", ((const BpForumPack *)run->packs->pdata[i])->forum->id);
    g_string_append_c (text, '\n');
}

static void append_commands (GString *text, const char *id, bool has_first, bool has_correction, bool has_sensitive)
{
    g_string_append_printf (text, "  To approve all of them, or one with --forum ID:\n    boardpack approve %s --by NAME --role ROLE\n",
                            id);
    if (has_sensitive)
        g_string_append (text, "  What is not marked OFFICIAL alone has to be approved by somebody else than who prepared it.\n");
    g_string_append (text, "  Then, to see who would get what; the same with --confirm sends:\n");
    if (has_first)
        g_string_append_printf (text, "    boardpack send %s\n    boardpack send %s --confirm %s\n", id, id, id);
    if (has_correction)
        g_string_append_printf (text, "    boardpack send %s --correction\n    boardpack send %s --correction --confirm %s\n", id, id, id);
}

static void append_approval (GString *text, const BpRun *run)
{
    bool has_first = false, has_correction = false, has_sensitive = false;
    if (run->packs->len == 0)
        return;
    g_string_append (text, "\nWhat needs approval\n");
    if (run->options->draft)
    {
        append_final_command (text, run);
        return;
    }
    for (guint i = 0; i < run->packs->len; i++)
    {
        const BpForumPack *pack = run->packs->pdata[i];
        g_string_append_printf (text, "  %s (%s), version %d%s\n", pack->forum->name, pack->forum->id, pack->version,
                                has_pdf (pack) ? "" : ": cannot be approved without a PDF");
        has_first = has_first || pack->version <= 1;
        has_correction = has_correction || pack->version > 1;
        has_sensitive = has_sensitive || bp_marking_is_sensitive (pack->forum->marking);
    }
    append_commands (text, bp_publication_run_id (run->publication), has_first, has_correction, has_sensitive);
}

char *bp_run_summary_dup_text (const BpRun *run)
{
    const BpProgramme *programme = &run->folder.config->programme;
    g_autofree char *as_of = bp_date_dup_text (run->folder.as_of, BP_DATE_LONG);
    g_autofree char *name = bp_text_dup_capitalised (programme->name);
    GString *text = g_string_new (NULL);
    g_string_append_printf (text, "%s\n%s of run %s, as at %s\n", name, run->options->draft ? "Draft packs" : "Packs",
                            bp_publication_run_id (run->publication), as_of);
    append_built (text, run);
    append_findings (text, run);
    append_due (text, run->snapshot);
    append_approval (text, run);
    return g_string_free (text, FALSE);
}
