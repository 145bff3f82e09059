#include "app/update_sheets.h"

#include "app/interrupt.h"
#include "base/atomic_file.h"
#include "base/text.h"
#include "pack/update_sheet.h"
#include "render/renderer.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

static void free_file (gpointer pointer)
{
    BpUpdateSheetFile *file = pointer;
    g_free (file->lead);
    g_free (file->slug);
    g_free (file->path);
    g_free (file->sha256);
    g_free (file);
}

/* ---- whom for ---- */

static bool fail_unknown_lead (const GPtrArray *all, const char *name, GError **error)
{
    g_autoptr (GPtrArray) names = g_ptr_array_new ();
    for (guint i = 0; i < all->len; i++)
        g_ptr_array_add (names, (gpointer)((const BpLeadDuties *)all->pdata[i])->lead);
    g_ptr_array_add (names, NULL);
    const char *nearest = bp_text_find_nearest (name, (const char *const *)names->pdata);
    if (nearest != NULL)
        return bp_fail (error, BP_ERROR_USAGE, "--lead %s: no lead of that name has an open action or owes a value; did you mean '%s'?",
                        name, nearest);
    g_autofree char *list = bp_text_dup_joined ((const char *const *)names->pdata, 6);
    return bp_fail (error, BP_ERROR_USAGE, "--lead %s: no lead of that name has an open action or owes a value; those who have: %s", name,
                    list);
}

GPtrArray *bp_update_sheets_choose (const BpSnapshot *snapshot, const char *lead, GError **error)
{
    g_autoptr (GPtrArray) all = bp_lead_duties_new (snapshot);
    if (lead == NULL)
        return g_steal_pointer (&all);
    g_autofree char *name = g_utf8_make_valid (lead, -1);
    g_autofree char *wanted = bp_text_dup_folded (bp_lead_canonical (snapshot, name));
    for (guint i = all->len; i > 0; i--)
    {
        const BpLeadDuties *duties = all->pdata[i - 1];
        g_autofree char *folded = bp_text_dup_folded (duties->lead);
        if (strcmp (folded, wanted) == 0 || strcmp (duties->slug, name) == 0)
        {
            g_ptr_array_set_size (all, (int)i);
            if (i > 1)
                g_ptr_array_remove_range (all, 0, i - 1);
            return g_steal_pointer (&all);
        }
    }
    fail_unknown_lead (all, name, error);
    return NULL;
}

/* ---- making ---- */

static void add_warnings (const BpUpdateSheetFile *file, const BpRenderReport *report, BpFindingList *findings)
{
    g_autofree char *name = g_path_get_basename (file->path);
    for (guint i = 0; i < report->warnings->len; i++)
        bp_finding_list_add (findings, BP_FINDING_SHEET_TEXT_CHANGED, (BpSource){ .file = NULL }, NULL, "%s: %s", name,
                             (const char *)report->warnings->pdata[i]);
}

static bool write_file (const BpUpdateSheetPlan *plan, const BpLeadDuties *duties, BpUpdateSheetFile *file, BpFindingList *findings,
                        GError **error)
{
    g_autofree char *path = g_build_filename (plan->folder, file->path, NULL);
    g_autoptr (BpPack) pack = bp_update_sheet_build (plan->snapshot, duties, plan->base);
    BpFigureLog *figures = bp_figure_log_new (); /* none of its figures stands in a pack */
    BpRenderOptions options = { plan->created_at, "boardpack " BP_VERSION };
    BpRenderReport report;
    bp_render_report_init (&report);
    bool is_written = bp_xlsx_render (pack, plan->theme, &options, path, figures, &report, error);
    if (is_written)
        add_warnings (file, &report, findings);
    bp_render_report_clear (&report);
    bp_figure_log_free (figures);
    GStatBuf status;
    if (!is_written)
        return false;
    if (g_stat (path, &status) != 0)
        return bp_file_fail (error, path, "the update sheet was not written", errno);
    file->bytes = status.st_size;
    file->sha256 = bp_file_dup_sha256 (path, error);
    return file->sha256 != NULL;
}

static BpUpdateSheetFile *add_file (GPtrArray *files, const BpLeadDuties *duties, BpDate as_of)
{
    g_autofree char *day = bp_date_dup_text (as_of, BP_DATE_ISO);
    BpUpdateSheetFile *file = g_new0 (BpUpdateSheetFile, 1);
    file->lead = g_strdup (duties->lead);
    file->slug = g_strdup (duties->slug);
    file->path = g_strdup_printf (BP_UPDATE_FOLDER "/update-%s-%s.xlsx", duties->slug, day);
    file->actions = (int)duties->actions->len;
    file->values = (int)duties->owed->len;
    g_ptr_array_add (files, file);
    return file;
}

GPtrArray *bp_update_sheets_make (const BpUpdateSheetPlan *plan, const GPtrArray *leads, BpFindingList *findings, GError **error)
{
    g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (free_file);
    g_autofree char *folder = g_build_filename (plan->folder, BP_UPDATE_FOLDER, NULL);
    if (leads->len > 0 && g_mkdir (folder, 0777) != 0)
    {
        bp_file_fail (error, folder, "the folder cannot be made", errno);
        return NULL;
    }
    for (guint i = 0; i < leads->len; i++)
    {
        const BpLeadDuties *duties = leads->pdata[i];
        if (!bp_interrupt_check (error) || !write_file (plan, duties, add_file (files, duties, plan->snapshot->as_of), findings, error))
            return NULL;
    }
    return g_steal_pointer (&files);
}
