#include "app/forum_pack.h"

#include "app/interrupt.h"
#include "base/atomic_file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

static void free_output (gpointer pointer)
{
    BpPackOutput *output = pointer;
    g_free (output->path);
    g_free (output->sha256);
    bp_figure_log_free (output->figures);
    bp_render_report_clear (&output->report);
    g_free (output);
}

static void free_pack (gpointer pointer)
{
    BpForumPack *pack = pointer;
    g_ptr_array_unref (pack->outputs);
    bp_figure_log_free (pack->figures);
    bp_finding_list_free (pack->findings);
    g_clear_error (&pack->error);
    g_free (pack);
}

static bool measure_output (BpPackOutput *output, const char *path, GError **error)
{
    GStatBuf status;
    if (g_stat (path, &status) != 0)
        return bp_fail (error, BP_ERROR_RENDER, "%s: the file was not written: %s", path, g_strerror (errno));
    output->bytes = status.st_size;
    output->sha256 = bp_file_dup_sha256 (path, error);
    return output->sha256 != NULL;
}

static bool render (const BpPackPlan *plan, BpForumPack *pack, const BpPack *content, const BpRenderer *renderer, GError **error)
{
    g_autofree char *date = bp_date_dup_text (plan->snapshot->as_of, BP_DATE_ISO);
    BpPackOutput *output = g_new0 (BpPackOutput, 1);
    output->renderer = renderer;
    output->path = g_strdup_printf ("%s/%s-%s.%s", pack->forum->id, pack->forum->id, date, renderer->extension);
    output->figures = bp_figure_log_new ();
    bp_render_report_init (&output->report);
    g_ptr_array_add (pack->outputs, output);
    g_autofree char *path = g_build_filename (plan->folder, output->path, NULL);
    BpRenderOptions options = { plan->created_at, "boardpack " BP_VERSION };
    if (!renderer->render (content, plan->theme, &options, path, output->figures, &output->report, error))
    {
        g_prefix_error (error, "%s: ", output->path);
        return false;
    }
    return measure_output (output, path, error);
}

/* ---- findings ---- */

/* A section over its budget, and those inside it. */
static void add_section_budget_findings (BpForumPack *pack, const BpPackOutput *output, const char *name, const GPtrArray *nodes,
                                         BpSource source)
{
    for (guint i = 0; i < nodes->len; i++)
    {
        const BpNode *node = g_ptr_array_index (nodes, i);
        if (node->kind != BP_NODE_SECTION)
            continue;
        const BpSection *section = &node->as.section;
        const int pages = GPOINTER_TO_INT (g_hash_table_lookup (output->report.section_pages, section->id));
        g_autofree char *text = g_strdup_printf ("%d", pages);
        if (section->page_budget > 0 && pages > section->page_budget)
            bp_finding_list_add (pack->findings, BP_FINDING_PAGE_BUDGET, source, text,
                                 "%s: the section '%s' takes %d pages; its budget is %d.", name, section->name, pages,
                                 section->page_budget);
        add_section_budget_findings (pack, output, name, section->children, source);
    }
}

static void add_budget_findings (BpForumPack *pack, const BpPack *content, const BpPackOutput *output)
{
    const BpSource source = { .file = g_intern_string (pack->layout->file), .column = "page_budget" };
    g_autofree char *name = g_path_get_basename (output->path);
    if (pack->page_budget > 0 && output->report.page_count > pack->page_budget)
    {
        g_autofree char *pages = g_strdup_printf ("%d", output->report.page_count);
        bp_finding_list_add (pack->findings, BP_FINDING_PAGE_BUDGET, source, pages, "%s has %d pages; its budget is %d.", name,
                             output->report.page_count, pack->page_budget);
    }
    if (output->report.section_pages != NULL)
        add_section_budget_findings (pack, output, name, content->sections, source);
}

/* What is still asked of a pack when it is gone. */
static void keep_results (BpForumPack *pack, const BpPack *content)
{
    g_autofree char *place = g_strdup_printf ("the snapshot (%s)", pack->forum->id);
    pack->page_budget = content->page_budget;
    for (guint i = 0; i < content->figures->len; i++)
        bp_figure_log_add (pack->figures, &g_array_index (content->figures, BpPackFigure, i).value, place);
    for (guint i = 0; i < pack->outputs->len; i++)
    {
        const BpPackOutput *output = g_ptr_array_index (pack->outputs, i);
        g_autofree char *name = g_path_get_basename (output->path);
        for (guint j = 0; j < output->report.warnings->len; j++)
            bp_finding_list_add (pack->findings, BP_FINDING_SHEET_TEXT_CHANGED, (BpSource){ .file = NULL }, NULL, "%s: %s", name,
                                 (const char *)g_ptr_array_index (output->report.warnings, j));
        for (guint j = 0; j < output->report.unmarked->len; j++)
            bp_finding_list_add (pack->findings, BP_FINDING_PDF_UNMARKED, (BpSource){ .file = NULL }, NULL, "%s: %s", name,
                                 (const char *)g_ptr_array_index (output->report.unmarked, j));
        add_budget_findings (pack, content, output);
    }
}

void bp_forum_packs_add_findings (const GPtrArray *packs, BpFindingList *findings)
{
    for (guint i = 0; i < packs->len; i++)
        bp_finding_list_append_all (findings, ((const BpForumPack *)g_ptr_array_index (packs, i))->findings);
}

/* ---- making ---- */

static bool reads_sheets (const BpRenderer *const *renderers)
{
    for (int i = 0; renderers[i] != NULL; i++)
        if (renderers[i]->reads_sheets)
            return true;
    return false;
}

/* One job of the pool: everything for one forum. */
static void make_pack (gpointer pointer, gpointer user)
{
    BpForumPack *pack = pointer;
    const BpPackPlan *plan = user;
    g_autofree char *folder = g_build_filename (plan->folder, pack->forum->id, NULL);
    if (!bp_interrupt_check (&pack->error))
        return;
    if (g_mkdir (folder, 0777) != 0)
    {
        bp_file_fail (&pack->error, folder, "the folder cannot be made", errno);
        return;
    }
    BpPackOptions options = { .is_draft = plan->is_draft,
                              .version = pack->version,
                              .change_note = pack->version > 1 ? plan->correction : NULL,
                              .is_without_sheets = !reads_sheets (plan->renderers) };
    g_autoptr (BpPack) content = bp_pack_build (plan->snapshot, pack->forum, pack->layout, &options);
    for (int i = 0; plan->renderers[i] != NULL; i++)
        if (!bp_interrupt_check (&pack->error) || !render (plan, pack, content, plan->renderers[i], &pack->error))
            return;
    keep_results (pack, content);
}

/* Packs share nothing but what they only read. One thing below us does: libxlsxwriter spells its creation time with gmtime, whose buffer is
 * the process's own. That is harmless as long as all packs of a run are stamped with the same created_at, which the plan sees to. */
static bool run_jobs (const BpPackPlan *plan, const GPtrArray *packs, GError **error)
{
    int jobs = MIN (plan->jobs, (int)packs->len);
    if (jobs <= 1)
    {
        for (guint i = 0; i < packs->len; i++)
            make_pack (g_ptr_array_index (packs, i), (gpointer)plan);
        return true;
    }
    GThreadPool *pool = g_thread_pool_new (make_pack, (gpointer)plan, jobs, TRUE, error);
    if (pool == NULL)
        return false;
    for (guint i = 0; i < packs->len; i++)
        g_thread_pool_push (pool, g_ptr_array_index (packs, i), NULL);
    g_thread_pool_free (pool, FALSE, TRUE);
    return true;
}

GPtrArray *bp_forum_packs_make (const BpPackPlan *plan, const GPtrArray *forums, const GPtrArray *layouts, const GArray *versions,
                                GError **error)
{
    g_autoptr (GPtrArray) packs = g_ptr_array_new_with_free_func (free_pack);
    for (guint i = 0; i < forums->len; i++)
    {
        BpForumPack *pack = g_new0 (BpForumPack, 1);
        pack->forum = g_ptr_array_index (forums, i);
        pack->layout = g_ptr_array_index (layouts, i);
        pack->version = g_array_index (versions, int, i);
        pack->outputs = g_ptr_array_new_with_free_func (free_output);
        pack->figures = bp_figure_log_new ();
        pack->findings = bp_finding_list_new ();
        g_ptr_array_add (packs, pack);
    }
    if (!run_jobs (plan, packs, error))
        return NULL;
    for (guint i = 0; i < packs->len; i++)
    {
        BpForumPack *pack = g_ptr_array_index (packs, i);
        if (pack->error != NULL)
        {
            g_propagate_error (error, g_steal_pointer (&pack->error));
            return NULL;
        }
    }
    return g_steal_pointer (&packs);
}
