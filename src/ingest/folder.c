#include "ingest/ingest.h"

#include "base/atomic_file.h"
#include "base/source.h"
#include "base/text.h"
#include "ingest/return_reader.h"
#include "ingest/table_reader.h"

#include <errno.h>
#include <string.h>

/* What a name in the data folder stands for. */
typedef enum
{
    ENTRY_TABLE,
    ENTRY_WORKBOOK,       /* .xlsx: its sheets may be tables */
    ENTRY_IGNORED,        /* hidden, a backup, an editor's lock */
    ENTRY_OTHER_WORKBOOK, /* of a kind that is not read */
    ENTRY_FOREIGN
} EntryKind;

static bool has_extension (const char *name, const char *extension)
{
    gsize length = strlen (name), tail = strlen (extension);
    return length > tail && g_ascii_strcasecmp (name + length - tail, extension) == 0;
}

/* `<table>` or `<table>-…`: no table has a dash in its name, so what stands before the first one is the table. NULL if it is no such name.
 */
static const BpTableDef *find_table (const char *name, gsize length)
{
    g_autofree char *whole = g_strndup (name, MIN (strcspn (name, "-"), length)), *table = bp_text_dup_trimmed (whole);
    return bp_table_find (table);
}

static const BpTableDef *find_table_of_file (const char *name)
{
    return has_extension (name, ".csv") ? find_table (name, strlen (name) - 4) : NULL;
}

const BpTableDef *bp_ingest_find_table (const char *file, const char *sheet)
{
    g_autofree char *name = g_path_get_basename (file != NULL ? file : "");
    return sheet != NULL ? find_table (sheet, strlen (sheet)) : find_table_of_file (name);
}

static EntryKind entry_kind (const char *name)
{
    if (name[0] == '.' || g_str_has_prefix (name, "~$") || g_str_has_suffix (name, "~"))
        return ENTRY_IGNORED;
    if (find_table_of_file (name) != NULL)
        return ENTRY_TABLE;
    if (has_extension (name, ".xlsx"))
        return ENTRY_WORKBOOK;
    static const char *const others[] = { ".xlsm", ".xlsb", ".xls", ".ods" };
    for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
        if (has_extension (name, others[i]))
            return ENTRY_OTHER_WORKBOOK;
    return ENTRY_FOREIGN;
}

static gint compare_names (gconstpointer left, gconstpointer right)
{
    return bp_source_compare_files (*(const char *const *)left, *(const char *const *)right);
}

/* The names in the folder in natural order; NULL if it cannot be read. */
static GPtrArray *list_names (const char *root, const char *data, GError **error)
{
    g_autofree char *path = g_build_filename (root, data, NULL);
    if (g_path_is_absolute (data))
    {
        g_free (path);
        path = g_strdup (data);
    }
    g_autoptr (GError) why = NULL;
    g_autoptr (GDir) folder = g_dir_open (path, 0, &why);
    if (folder == NULL)
    {
        bool is_missing = g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_NOENT);
        bool is_file = g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);
        bp_fail (error, BP_ERROR_IO,
                 "%s: %s; put the programme's tables there, or name their folder as data in [paths] of config/programme.ini", path,
                 is_missing ? "there is no such folder"
                 : is_file  ? "is no folder"
                            : "cannot be read");
        return NULL;
    }
    g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
    for (const char *name = g_dir_read_name (folder); name != NULL; name = g_dir_read_name (folder))
        g_ptr_array_add (names, g_strdup (name));
    g_ptr_array_sort (names, compare_names);
    return g_steal_pointer (&names);
}

char *bp_ingest_dup_shown_path (const char *root, const char *path)
{
    const char *shown = path;
    gsize length = strlen (root);
    while (length > 1 && root[length - 1] == G_DIR_SEPARATOR)
        length--;
    if (g_path_is_absolute (path) && strncmp (path, root, length) == 0 && path[length] == G_DIR_SEPARATOR)
        shown = path + length + 1;
    while (shown[0] == '.' && shown[1] == G_DIR_SEPARATOR)
        shown += 2;
    return bp_source_dup_shown (shown);
}

static void add_foreign (BpFindingList *findings, const char *shown, const char *name)
{
    g_autoptr (GPtrArray) tables = g_ptr_array_new ();
    for (int i = 0; i < BP_TABLE_COUNT; i++)
        g_ptr_array_add (tables, (gpointer)bp_table_get ((BpTableId)i)->name);
    g_ptr_array_add (tables, NULL);
    g_autofree char *stem = g_strndup (name, strcspn (name, "-."));
    const char *nearest = g_str_has_suffix (name, ".csv") ? bp_text_find_nearest (stem, (const char *const *)tables->pdata) : NULL;
    BpSource source = { .file = shown };
    if (nearest != NULL)
        bp_finding_list_add (findings, BP_FINDING_UNKNOWN_FILE, source, NULL,
                             "There is no table of this name, so it was not read; is \"%s\" meant?", nearest);
    else
        bp_finding_list_add (findings, BP_FINDING_UNKNOWN_FILE, source, NULL, "It holds no table by its name, so it was not read.");
}

static void add_other_workbook (BpFindingList *findings, const char *shown)
{
    BpFinding finding
        = { .code = BP_FINDING_UNKNOWN_FILE,
            .level = bp_finding_kind_get (BP_FINDING_UNKNOWN_FILE)->level,
            .source = { .file = shown },
            .text = "Workbooks of this kind are not read, so none of its sheets was.",
            .advice = "Save it as \"Excel Workbook (.xlsx)\" in this folder, each table on a sheet named after it (actions)." };
    bp_finding_list_append (findings, &finding);
}

/* Its sheet Actions is named like a table and is none. */
static bool is_return (const BpWorkbook *workbook, const char *shown, BpFindingList *findings)
{
    g_autofree char *cover = bp_lead_return_dup_cover (workbook);
    if (cover != NULL)
        bp_finding_list_add (findings, BP_FINDING_RETURN_IN_DATA, (BpSource){ .file = shown }, NULL,
                             "It is an update sheet that came back (%s) and no table, so nothing of it was read.", cover);
    return cover != NULL;
}

static bool read_workbook (const char *path, const char *shown, BpTableSet *set, BpFindingList *findings, GError **error)
{
    g_autoptr (BpWorkbook) workbook = bp_workbook_open (path, shown, error);
    if (workbook == NULL)
        return false;
    if (is_return (workbook, shown, findings))
        return true;
    bool has_table = false;
    for (guint i = 0; i < workbook->sheets->len; i++)
    {
        const BpWorkbookSheet *sheet = &g_array_index (workbook->sheets, BpWorkbookSheet, i);
        const BpTableDef *table = find_table (sheet->name, strlen (sheet->name));
        has_table |= table != NULL;
        if (table == NULL)
            bp_finding_list_add (findings, BP_FINDING_UNKNOWN_SHEET, (BpSource){ .file = shown, .sheet = sheet->name }, NULL,
                                 "The %ssheet is no table by its name, so it was not read.", sheet->is_hidden ? "hidden " : "");
        else if (!bp_table_read_sheet (shown, table, workbook, sheet, set, findings, error))
            return false;
    }
    if (!has_table)
        bp_finding_list_add (findings, BP_FINDING_UNKNOWN_FILE, (BpSource){ .file = shown }, NULL,
                             "None of its sheets is named after a table, so nothing of it was read.");
    return true;
}

static bool read_csv (const char *path, const char *shown, const BpTableDef *table, BpTableSet *set, BpFindingList *findings,
                      GError **error)
{
    g_autofree char *bytes = NULL;
    gsize length;
    return bp_file_read (path, BP_TABLE_MAX_BYTES, &bytes, &length, error)
           && bp_table_read_csv (shown, table, &bytes, length, set, findings, error);
}

bool bp_ingest_read_file (const char *root, const char *path, BpTableSet *set, BpFindingList *findings, GError **error)
{
    g_autofree char *shown = bp_ingest_dup_shown_path (root, path), *name = g_path_get_basename (path);
    g_autofree char *full = g_path_is_absolute (path) ? g_strdup (path) : g_build_filename (root, path, NULL);
    if (has_extension (name, ".xlsx"))
        return read_workbook (full, shown, set, findings, error);
    const BpTableDef *table = find_table_of_file (name);
    if (table == NULL)
        return bp_fail (error, BP_ERROR_DATA, "%s: its name is that of no table; name it after its table (actions.csv, updates-2025.csv)",
                        shown);
    return read_csv (full, shown, table, set, findings, error);
}

bool bp_ingest_read_folder (const char *root, const char *data, BpTableSet *set, BpFindingList *findings, GError **error)
{
    g_autoptr (GPtrArray) names = list_names (root, data, error);
    if (names == NULL)
        return false;
    for (guint i = 0; i < names->len; i++)
    {
        const char *name = names->pdata[i];
        g_autofree char *path = g_build_filename (data, name, NULL), *shown = bp_ingest_dup_shown_path (root, path);
        switch (entry_kind (name))
        {
        case ENTRY_TABLE:
        case ENTRY_WORKBOOK:
            if (!bp_ingest_read_file (root, path, set, findings, error))
                return false;
            break;
        case ENTRY_OTHER_WORKBOOK:
            add_other_workbook (findings, shown);
            break;
        case ENTRY_FOREIGN:
            add_foreign (findings, shown, name);
            break;
        case ENTRY_IGNORED:
            break;
        }
    }
    return true;
}

char **bp_ingest_list_files (const char *root, const char *data, GError **error)
{
    g_autoptr (GPtrArray) names = list_names (root, data, error);
    if (names == NULL)
        return NULL;
    GPtrArray *paths = g_ptr_array_new ();
    for (guint i = 0; i < names->len; i++)
        if (entry_kind (names->pdata[i]) <= ENTRY_WORKBOOK)
            g_ptr_array_add (paths, g_build_filename (data, names->pdata[i], NULL));
    g_ptr_array_add (paths, NULL);
    return (char **)g_ptr_array_free (paths, FALSE);
}
