#include "ingest/workbook.h"

#include "base/text.h"
#include "ingest/xml_part.h"

#include <string.h>

/* What a part points at. */
typedef struct
{
    char *kind, *part;
} Relation;

typedef struct
{
    const char *folder;    /* of the part that points, "xl/" */
    GHashTable *relations; /* id → Relation */
} RelationsReading;

typedef struct
{
    BpWorkbook *workbook;
    GHashTable *relations; /* id → Relation */
    GHashTable *parts;     /* of sheets met so far: a set */
    int count;             /* sheets of all kinds */
} SheetsReading;

static void free_relation (gpointer data)
{
    Relation *relation = data;
    g_free (relation->kind);
    g_free (relation->part);
    g_free (relation);
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
    if (strcmp (element, "Relationship") != 0 || id == NULL || type == NULL || target == NULL || g_strcmp0 (mode, "External") == 0
        || g_hash_table_contains (reading->relations, id))
        return;
    if (strlen (target) > BP_LIMIT_NAME_BYTES)
    {
        g_autofree char *quoted = bp_text_dup_quoted (target);
        bp_xml_part_refuse (xml, "it points at \"%s\", a name of more than %d bytes", quoted, BP_LIMIT_NAME_BYTES);
        return;
    }
    const char *slash = strrchr (type, '/');
    Relation *relation = g_new (Relation, 1);
    *relation = (Relation){ .kind = g_strdup (slash != NULL ? slash + 1 : type), .part = dup_target (reading->folder, target) };
    if (relation->part == NULL)
        bp_xml_part_refuse (xml, "it points out of the workbook");
    g_hash_table_insert (reading->relations, g_strdup (id), relation);
    if (g_hash_table_size (reading->relations) > BP_LIMIT_RELATIONS)
        bp_xml_part_refuse (xml, "it points at more than %d parts", BP_LIMIT_RELATIONS);
}

static void end_nothing (BpXmlPart *xml, const char *element, void *data)
{
    (void)xml, (void)element, (void)data;
}

/* The relations of a part, id → Relation; NULL on error. */
static GHashTable *read_relations (const BpOfficePackage *package, const char *folder, const char *part, GError **error)
{
    static const BpXmlHandlers handlers = { start_relation, end_nothing, NULL };
    g_autoptr (GHashTable) relations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_relation);
    RelationsReading reading = { .folder = folder, .relations = relations };
    if (!bp_xml_part_read (package, part, BP_LIMIT_PART_BYTES, &handlers, &reading, error))
        return NULL;
    return g_steal_pointer (&relations);
}

/* The part at which a relation of that kind points; NULL. */
static const char *find_part (GHashTable *relations, const char *kind)
{
    GHashTableIter iter;
    gpointer value;
    const char *part = NULL;
    g_hash_table_iter_init (&iter, relations);
    /* the first by name, so that of two it is always the same */
    while (g_hash_table_iter_next (&iter, NULL, &value))
    {
        const Relation *relation = value;
        if (strcmp (relation->kind, kind) == 0 && (part == NULL || strcmp (relation->part, part) < 0))
            part = relation->part;
    }
    return part;
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
    const Relation *relation = id != NULL ? g_hash_table_lookup (reading->relations, id) : NULL;
    g_autofree char *quoted = name != NULL ? bp_text_dup_quoted (name) : g_strdup ("without a name");
    if (name == NULL || relation == NULL)
        bp_xml_part_refuse (xml, "the sheet %s is not there", quoted);
    else if (reading->count++ >= BP_LIMIT_SHEETS)
        bp_xml_part_refuse (xml, "it has more than %d sheets", BP_LIMIT_SHEETS);
    else if (strlen (name) > BP_LIMIT_SHEET_NAME_BYTES)
        bp_xml_part_refuse (xml, "the name of the sheet %s has more than %d bytes", quoted, BP_LIMIT_SHEET_NAME_BYTES);
    else if (strcmp (relation->kind, "worksheet") != 0)
        return;
    else if (!g_hash_table_add (reading->parts, g_ascii_strdown (relation->part, -1)))
        bp_xml_part_refuse (xml, "the sheet %s is the same part as another sheet", quoted);
    else
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
    g_autoptr (GHashTable) relations = read_relations (workbook->package, folder, relations_part, error);
    if (relations == NULL)
        return false;
    g_autoptr (GHashTable) parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    SheetsReading reading = { .workbook = workbook, .relations = relations, .parts = parts };
    const char *strings = find_part (relations, "sharedStrings"), *styles = find_part (relations, "styles");
    return bp_xml_part_read (workbook->package, part, BP_LIMIT_PART_BYTES, &handlers, &reading, error)
           && bp_shared_strings_read (&workbook->strings, workbook->package, strings, error)
           && bp_cell_formats_read (&workbook->formats, workbook->package, styles, error);
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
    g_autoptr (GHashTable) relations = read_relations (workbook->package, "", "_rels/.rels", error);
    const char *document = relations != NULL ? find_part (relations, "officeDocument") : NULL;
    if (relations != NULL && (document == NULL || !g_str_has_suffix (document, ".xml")))
        bp_fail (error, BP_ERROR_DATA, "%s: is no workbook that can be read; save it as \"Excel Workbook (.xlsx)\"", shown);
    if (document == NULL || !g_str_has_suffix (document, ".xml") || !read_workbook_part (workbook, document, error))
        return NULL;
    return g_steal_pointer (&workbook);
}

bool bp_workbook_find_comments (const BpWorkbook *workbook, const BpWorkbookSheet *sheet, char **part_out, GError **error)
{
    const char *slash = strrchr (sheet->part, '/');
    g_autofree char *folder = g_strndup (sheet->part, slash != NULL ? (gsize)(slash + 1 - sheet->part) : 0);
    g_autofree char *relations_part = dup_relations_part (folder, sheet->part);
    *part_out = NULL;
    if (!bp_office_package_has (workbook->package, relations_part))
        return true;
    g_autoptr (GHashTable) relations = read_relations (workbook->package, folder, relations_part, error);
    if (relations == NULL)
        return false;
    const char *part = find_part (relations, "comments");
    if (part != NULL && bp_office_package_has (workbook->package, part))
        *part_out = g_strdup (part);
    return true;
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
