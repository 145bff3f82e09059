#include "ingest/workbook.h"

#include "ingest/xml_part.h"

#include <string.h>

#define MAX_SHEETS 1000

/* What a part points at. */
typedef struct
{
    char *id, *kind, *part;
} Relation;

typedef struct
{
    const char *folder; /* of the part that points, "xl/" */
    GArray *relations;  /* of Relation */
} RelationsReading;

typedef struct
{
    BpWorkbook *workbook;
    const GArray *relations;
} SheetsReading;

static void clear_relation (gpointer data)
{
    Relation *relation = data;
    g_free (relation->id);
    g_free (relation->kind);
    g_free (relation->part);
}

static void clear_sheet (gpointer data)
{
    BpWorkbookSheet *sheet = data;
    g_free (sheet->name);
    g_free (sheet->part);
}

/* The name of the part that a target stands for, seen from folder; NULL if it points out of the workbook. */
static char *dup_target (const char *folder, const char *target)
{
    g_autofree char *whole = target[0] == '/' ? g_strdup (target + 1) : g_strconcat (folder, target, NULL);
    g_auto (GStrv) steps = g_strsplit (whole, "/", -1);
    g_autoptr (GPtrArray) kept = g_ptr_array_new ();
    for (int i = 0; steps[i] != NULL; i++)
    {
        if (strcmp (steps[i], "..") == 0)
        {
            if (kept->len == 0)
                return NULL;
            g_ptr_array_set_size (kept, (int)kept->len - 1);
        }
        else if (steps[i][0] != '\0' && strcmp (steps[i], ".") != 0)
            g_ptr_array_add (kept, steps[i]);
    }
    g_ptr_array_add (kept, NULL);
    return g_strjoinv ("/", (char **)kept->pdata);
}

static void start_relation (BpXmlPart *xml, const char *element, const char **attributes, void *data)
{
    RelationsReading *reading = data;
    const char *id = bp_xml_attribute (attributes, "Id"), *type = bp_xml_attribute (attributes, "Type");
    const char *target = bp_xml_attribute (attributes, "Target"), *mode = bp_xml_attribute (attributes, "TargetMode");
    if (strcmp (element, "Relationship") != 0 || id == NULL || type == NULL || target == NULL || g_strcmp0 (mode, "External") == 0)
        return;
    const char *slash = strrchr (type, '/');
    Relation relation
        = { .id = g_strdup (id), .kind = g_strdup (slash != NULL ? slash + 1 : type), .part = dup_target (reading->folder, target) };
    g_array_append_val (reading->relations, relation);
    if (relation.part == NULL)
        bp_xml_part_refuse (xml, "it points out of the workbook");
}

static void end_nothing (BpXmlPart *xml, const char *element, void *data)
{
    (void)xml, (void)element, (void)data;
}

/* The relations of a part; NULL on error. */
static GArray *read_relations (const BpOfficePackage *package, const char *folder, const char *part, GError **error)
{
    static const BpXmlHandlers handlers = { start_relation, end_nothing, NULL };
    g_autoptr (GArray) relations = g_array_new (FALSE, FALSE, sizeof (Relation));
    g_array_set_clear_func (relations, clear_relation);
    RelationsReading reading = { .folder = folder, .relations = relations };
    if (!bp_xml_part_read (package, part, BP_OFFICE_MAX_PART_BYTES, &handlers, &reading, error))
        return NULL;
    return g_steal_pointer (&relations);
}

/* The first of that kind, or the one with that id; NULL: any. */
static const Relation *find_relation (const GArray *relations, const char *kind, const char *id)
{
    for (guint i = 0; i < relations->len; i++)
    {
        const Relation *relation = &g_array_index (relations, Relation, i);
        if ((kind == NULL || strcmp (relation->kind, kind) == 0) && (id == NULL || strcmp (relation->id, id) == 0))
            return relation;
    }
    return NULL;
}

static void start_sheet (BpXmlPart *xml, const char *element, const char **attributes, void *data)
{
    SheetsReading *reading = data;
    BpWorkbook *workbook = reading->workbook;
    if (strcmp (element, "workbookPr") == 0)
        workbook->formats.is_1904 = bp_xml_attribute_is_true (attributes, "date1904");
    if (strcmp (element, "sheet") != 0)
        return;
    const char *name = bp_xml_attribute (attributes, "name"), *id = bp_xml_attribute (attributes, "id");
    const char *state = bp_xml_attribute (attributes, "state");
    const Relation *relation = id != NULL ? find_relation (reading->relations, NULL, id) : NULL;
    if (name == NULL || relation == NULL)
        bp_xml_part_refuse (xml, "the sheet %s is not there", name != NULL ? name : "without a name");
    else if (workbook->sheets->len >= MAX_SHEETS)
        bp_xml_part_refuse (xml, "it has more than %d sheets", MAX_SHEETS);
    else if (strcmp (relation->kind, "worksheet") == 0)
    {
        BpWorkbookSheet sheet = { .name = g_strdup (name), .part = g_strdup (relation->part) };
        sheet.is_hidden = state != NULL && strcmp (state, "visible") != 0;
        g_array_append_val (workbook->sheets, sheet);
    }
}

/* "xl/_rels/workbook.xml.rels" for "xl/workbook.xml". */
static char *dup_relations_part (const char *folder, const char *part)
{
    return g_strdup_printf ("%s_rels/%s.rels", folder, part + strlen (folder));
}

static bool read_workbook_part (BpWorkbook *workbook, const char *part, GError **error)
{
    static const BpXmlHandlers handlers = { start_sheet, end_nothing, NULL };
    const char *slash = strrchr (part, '/');
    g_autofree char *folder = g_strndup (part, slash != NULL ? (gsize)(slash + 1 - part) : 0);
    g_autofree char *relations_part = dup_relations_part (folder, part);
    g_autoptr (GArray) relations = read_relations (workbook->package, folder, relations_part, error);
    if (relations == NULL)
        return false;
    SheetsReading reading = { .workbook = workbook, .relations = relations };
    const Relation *strings = find_relation (relations, "sharedStrings", NULL), *styles = find_relation (relations, "styles", NULL);
    return bp_xml_part_read (workbook->package, part, BP_OFFICE_MAX_PART_BYTES, &handlers, &reading, error)
           && bp_shared_strings_read (&workbook->strings, workbook->package, strings != NULL ? strings->part : NULL, error)
           && bp_cell_formats_read (&workbook->formats, workbook->package, styles != NULL ? styles->part : NULL, error);
}

BpWorkbook *bp_workbook_open (const char *path, const char *shown, GError **error)
{
    g_autoptr (BpWorkbook) workbook = g_new0 (BpWorkbook, 1);
    workbook->sheets = g_array_new (FALSE, FALSE, sizeof (BpWorkbookSheet));
    g_array_set_clear_func (workbook->sheets, clear_sheet);
    workbook->package = bp_office_package_open (path, shown, error);
    if (workbook->package == NULL)
        return NULL;
    if (!bp_office_package_has (workbook->package, "_rels/.rels"))
    {
        const bool is_open_document = bp_office_package_has (workbook->package, "content.xml");
        bp_fail (error, BP_ERROR_DATA, "%s: is %s; save it as \"Excel Workbook (.xlsx)\"", shown,
                 is_open_document ? "an OpenDocument file (.ods)" : "a zip archive, but no workbook");
        return NULL;
    }
    g_autoptr (GArray) relations = read_relations (workbook->package, "", "_rels/.rels", error);
    const Relation *document = relations != NULL ? find_relation (relations, "officeDocument", NULL) : NULL;
    if (relations != NULL && (document == NULL || !g_str_has_suffix (document->part, ".xml")))
        bp_fail (error, BP_ERROR_DATA, "%s: is no workbook that can be read; save it as \"Excel Workbook (.xlsx)\"", shown);
    if (document == NULL || !g_str_has_suffix (document->part, ".xml") || !read_workbook_part (workbook, document->part, error))
        return NULL;
    return g_steal_pointer (&workbook);
}

void bp_workbook_free (BpWorkbook *workbook)
{
    if (workbook == NULL)
        return;
    bp_shared_strings_clear (&workbook->strings);
    bp_cell_formats_clear (&workbook->formats);
    g_array_unref (workbook->sheets);
    bp_office_package_free (workbook->package);
    g_free (workbook);
}
