/* Whatever a workbook holds: no crash, no leak, and a row that was seen is kept or named, or nothing is read at all.
 *
 * Input that starts with "PK" is the file; any other is the text of its parts, with a line of "----" between them: workbook.xml, its
 * relations, styles, shared strings, sheet. */
#include "fuzz_archive.h"
#include "ingest/ingest.h"

static const char *const part_names[]
    = { "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml" };

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void write_parts (const char *path, const char *data, size_t size)
{
    zip_t *archive = zip_open (path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    g_assert_nonnull (archive);
    add_part (archive, "_rels/.rels", root_relations, strlen (root_relations));
    for (gsize i = 0; i < G_N_ELEMENTS (part_names); i++)
    {
        const char *end = size > 0 ? memmem (data, size, SEPARATOR, strlen (SEPARATOR)) : NULL;
        size_t length = end != NULL ? (size_t)(end - data) : size;
        add_part (archive, part_names[i], data, length);
        size_t step = end != NULL ? length + strlen (SEPARATOR) : size;
        data += step;
        size -= step;
    }
    g_assert_cmpint (zip_close (archive), ==, 0);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    g_autofree char *path = g_build_filename (work_folder (), "fuzz.xlsx", NULL);
    if (is_archive (data, size))
        g_assert_true (g_file_set_contents (path, (const char *)data, (gssize)size, NULL));
    else
        write_parts (path, (const char *)data, size);
    g_autoptr (BpTableSet) set = bp_table_set_new (NULL);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    g_autoptr (GError) error = NULL;
    if (bp_ingest_read_file (work_folder (), "fuzz.xlsx", set, findings, &error))
    {
        int seen = 0, kept = 0;
        for (int table = 0; table < BP_TABLE_COUNT; table++)
        {
            seen += set->tables[table].row_count;
            kept += (int)set->tables[table].records->len;
        }
        g_assert_cmpint (seen, ==, kept + (int)bp_finding_list_count_quarantined (findings));
    }
    else
        g_assert_nonnull (error);
    g_unlink (path);
    return 0;
}
