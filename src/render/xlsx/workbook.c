#include "base/atomic_file.h"
#include "render/renderer.h"
#include "render/xlsx/dashboard_plan.h"
#include "render/xlsx/package.h"
#include "render/xlsx/sheet_names.h"
#include "render/xlsx/sheet_plan.h"
#include "render/xlsx/sheet_writer.h"
#include "render/xlsx/styles.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Of Excel's properties: longer texts are refused. */
#define MAX_PROPERTY_CHARS 255

static bool check (lxw_error code, const char *what, GError **error)
{
    if (code == LXW_NO_ERROR)
        return true;
    return bp_fail (error, BP_ERROR_RENDER, "the workbook's library refused %s: %s", what, lxw_strerror (code));
}

/* Properties are attributes of the file: one line, fit for XML, of limited length. */
static char *dup_property (const char *text)
{
    g_autofree char *fit = bp_xlsx_dup_cell_text (text != NULL ? text : "", NULL);

    g_strdelimit (fit, "\n", ' ');
    return g_utf8_substring (fit, 0, MIN (g_utf8_strlen (fit, -1), MAX_PROPERTY_CHARS));
}

static bool set_properties (lxw_workbook *workbook, const BpPack *pack, const BpRenderOptions *options, GError **error)
{
    g_autofree char *title = dup_property (pack->title != NULL ? pack->title : pack->cover_title);
    g_autofree char *subject = dup_property (pack->cover_subtitle != NULL ? pack->cover_subtitle : pack->programme_name);
    g_autofree char *author = dup_property (pack->organisation);
    g_autofree char *as_of = bp_date_dup_text (pack->as_of, BP_DATE_LONG);
    g_autofree char *words = g_strdup_printf ("board pack, %s, %s, %s", pack->forum_name != NULL ? pack->forum_name : "forum",
                                              pack->period_text != NULL ? pack->period_text : "reporting period", as_of);
    g_autofree char *keywords = dup_property (words);
    g_autofree char *marking = dup_property (pack->marking);
    lxw_doc_properties properties = { .title = title,
                                      .subject = subject,
                                      .author = author,
                                      .company = author,
                                      .keywords = keywords,
                                      .comments = marking,
                                      .status = pack->is_draft ? "Draft" : "",
                                      /* 0 would mean the clock. */
                                      .created = (time_t)MAX (options->created_at, 1) };

    if (!check (workbook_set_properties (workbook, &properties), "the properties", error))
        return false;
    const char *kind = pack->cover_lines != NULL ? "Update sheet" : pack->is_working ? "Working copy" : "Published";
    if (!check (workbook_set_custom_property_string (workbook, "Kind of workbook", kind), "the kind of workbook", error))
        return false;
    return *marking == '\0' || check (workbook_set_custom_property_string (workbook, "Classification", marking), "the marking", error);
}

static bool fill_workbook (lxw_workbook *workbook, const BpXlsxPlan *plan, BpXlsxStyles *styles, const BpPack *pack,
                           const BpRenderOptions *options, GError **error)
{
    if (!set_properties (workbook, pack, options, error))
        return false;
    for (guint i = 0; i < plan->sheets->len; i++)
        if (!bp_xlsx_sheet_write (workbook, g_ptr_array_index (plan->sheets, i), styles, pack->is_working, error))
            return false;
    return true;
}

/* Writes the planned workbook to path, with the library's temporary parts in the folder parts. */
static bool write_with_parts (const char *path, char *parts, const BpXlsxPlan *plan, const BpPack *pack, const BpTheme *theme,
                              const BpRenderOptions *options, GError **error)
{
    lxw_workbook_options library_options = { .tmpdir = parts };
    lxw_workbook *workbook = workbook_new_opt (path, &library_options);
    g_auto (BpXlsxStyles) styles = { 0 };

    if (workbook == NULL)
        return bp_fail (error, BP_ERROR_RENDER, "%s: the workbook's library would not start", path);
    bp_xlsx_styles_init (&styles, workbook, theme, plan->pool.formats, pack->dashboard != NULL);
    if (!fill_workbook (workbook, plan, &styles, pack, options, error))
    {
        lxw_workbook_free (workbook);
        return false;
    }
    lxw_error code = workbook_close (workbook);
    if (code != LXW_NO_ERROR)
        return bp_fail (error, BP_ERROR_IO,
                        "%s: the workbook cannot be written; free some space on its disk, or make it writable if it is read-only, then run "
                        "again (the library says: %s)",
                        path, lxw_strerror (code));
    return true;
}

/* The library's temporary parts go beside the workbook: where there is room for the file there is for them, and where there is none the
 * verification finds out. In a folder of their own, since the library does not look whether they could be removed. */
static bool write_workbook (const char *path, const BpXlsxPlan *plan, const BpPack *pack, const BpTheme *theme,
                            const BpRenderOptions *options, GError **error)
{
    g_autofree char *parts = g_strconcat (path, ".parts", NULL);
    if (!bp_folder_remove (parts, error))
        return false;
    if (g_mkdir (parts, 0700) != 0)
        return bp_file_fail (error, parts, "the folder cannot be made", errno);
    const bool is_written = write_with_parts (path, parts, plan, pack, theme, options, error);
    return bp_folder_remove (parts, is_written ? error : NULL) && is_written;
}

/* Rows into which words are typed. */
static bool let_rows_grow (const char *path, const BpXlsxPlan *plan, GError **error)
{
    g_autoptr (GArray) first_rows = g_array_new (FALSE, TRUE, sizeof (guint));
    bool is_any = false;
    for (guint i = 0; i < plan->sheets->len; i++)
    {
        const BpXlsxSheet *sheet = g_ptr_array_index (plan->sheets, i);
        const guint first_row = sheet->rows_grow ? sheet->lines->len + 2 : 0;
        g_array_append_val (first_rows, first_row);
        is_any = is_any || first_row > 0;
    }
    return !is_any || bp_xlsx_package_let_rows_grow (path, (const guint *)(gpointer)first_rows->data, first_rows->len, error);
}

static bool verify_workbook (const char *path, const BpXlsxPlan *plan, GError **error)
{
    g_autofree BpXlsxSheetProof *proofs = g_new0 (BpXlsxSheetProof, plan->sheets->len);

    for (guint i = 0; i < plan->sheets->len; i++)
    {
        const BpXlsxSheet *sheet = g_ptr_array_index (plan->sheets, i);
        proofs[i].row_count = sheet->heights_pt->len;
        proofs[i].cell_count = sheet->cells->len;
        proofs[i].table_count = sheet->dashboard != NULL ? sheet->dashboard->tables->len : sheet->table_name != NULL;
    }
    return bp_xlsx_package_verify (path, proofs, plan->sheets->len, error);
}

static bool sync_file (const char *path, GError **error)
{
    int file = g_open (path, O_RDONLY | O_CLOEXEC, 0);
    bool is_synced = file >= 0 && fsync (file) == 0;
    int reason = errno;

    if (file >= 0)
        close (file);
    return is_synced || bp_file_fail (error, path, "cannot be brought to the disk", reason);
}

bool bp_xlsx_render (const BpPack *pack, const BpTheme *theme, const BpRenderOptions *options, const char *path, BpFigureLog *figures,
                     BpRenderReport *report, GError **error)
{
    g_autoptr (GPtrArray) unheard = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (BpXlsxPlan) plan = bp_xlsx_plan_new (pack, figures, report != NULL ? report->warnings : unheard, error);
    /* Whole or not at all: the name appears when the file has been read back. */
    g_autofree char *partial = g_strconcat (path, ".partial", NULL);

    if (plan == NULL)
    {
        g_prefix_error (error, "%s: ", path);
        return false;
    }
    if (!write_workbook (partial, plan, pack, theme, options, error) || !bp_xlsx_package_add_heading_styles (partial, error)
        || !let_rows_grow (partial, plan, error) || !verify_workbook (partial, plan, error) || !sync_file (partial, error))
    {
        g_unlink (partial);
        return false;
    }
    if (g_rename (partial, path) != 0)
    {
        int reason = errno;
        g_unlink (partial);
        return bp_file_fail (error, path, "cannot be written", reason);
    }
    return true;
}
