/* Whatever a returned update sheet holds: no crash, no leak; it is refused, or what was typed becomes rows that the data folder takes as
 * they are, and the same sheet again says the same.
 *
 * Input that starts with "PK" is the file. Input that starts with "<" is the text of its parts, with a line of "----" between them: shared
 * strings, then one sheet after the other. Any other is what stands in the sheets: a line for each row, "|" between cells, "----" between
 * sheets. */
#include "fuzz_archive.h"
#include "support/table_builder.c"

#include "app/csv_file.h"
#include "domain/lead_return.h"
#include "ingest/return_reader.h"
#include "ingest/table_reader.h"

#define MAX_SHEETS 8

static const BpTableId written[] = { BP_TABLE_UPDATES, BP_TABLE_KPI_VALUES, BP_TABLE_NARRATIVE };

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* ---- the file ---- */

/* A sheet's XML; what cannot stand in XML is left to its reader to refuse. */
static char *dup_sheet (const char *rows)
{
    g_auto (GStrv) lines = g_strsplit (rows, "\n", -1);
    GString *xml = g_string_new ("<worksheet><sheetData>");
    for (int i = 0; lines[i] != NULL; i++)
    {
        g_auto (GStrv) cells = g_strsplit (lines[i], "|", -1);
        g_string_append_printf (xml, "<row r=\"%d\">", i + 1);
        for (int j = 0; cells[j] != NULL && j < 26; j++)
        {
            g_autofree char *text = g_markup_escape_text (cells[j], -1);
            g_string_append_printf (xml, "<c r=\"%c%d\" t=\"inlineStr\"><is><t>%s</t></is></c>", 'A' + j, i + 1, text);
        }
        g_string_append (xml, "</row>");
    }
    g_string_append (xml, "</sheetData></worksheet>");
    return g_string_free (xml, FALSE);
}

static void write_workbook (const char *path, const char *strings, char *const *sheets, int count)
{
    zip_t *archive = zip_open (path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    g_assert_nonnull (archive);
    g_autoptr (GString) workbook = g_string_new ("<workbook xmlns:r=\"u\"><sheets>");
    g_autoptr (GString) relations = g_string_new ("<Relationships>");
    for (int i = 0; i < count; i++)
    {
        g_autofree char *part = g_strdup_printf ("xl/worksheets/sheet%d.xml", i);
        add_part (archive, part, sheets[i], strlen (sheets[i]));
        g_string_append_printf (workbook, "<sheet name=\"Sheet %d\" r:id=\"s%d\"/>", i, i);
        g_string_append_printf (relations, "<Relationship Id=\"s%d\" Type=\"t/worksheet\" Target=\"worksheets/sheet%d.xml\"/>", i, i);
    }
    g_string_append (workbook, "</sheets></workbook>");
    g_string_append (relations, "<Relationship Id=\"t\" Type=\"t/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>");
    add_part (archive, "_rels/.rels", root_relations, strlen (root_relations));
    add_part (archive, "xl/workbook.xml", workbook->str, workbook->len);
    add_part (archive, "xl/_rels/workbook.xml.rels", relations->str, relations->len);
    add_part (archive, "xl/sharedStrings.xml", strings, strlen (strings));
    g_assert_cmpint (zip_close (archive), ==, 0);
}

static void write_file (const char *path, const uint8_t *data, size_t size)
{
    if (is_archive (data, size))
    {
        g_assert_true (g_file_set_contents (path, (const char *)data, (gssize)size, NULL));
        return;
    }
    g_autofree char *text = g_strndup ((const char *)data, size);
    g_auto (GStrv) parts = g_strsplit (text, SEPARATOR, MAX_SHEETS + 1);
    const int count = (int)g_strv_length (parts);
    const bool is_xml = text[0] == '<';
    for (int i = 0; i < count && !is_xml; i++)
    {
        char *sheet = dup_sheet (parts[i]);
        g_free (parts[i]);
        parts[i] = sheet;
    }
    if (is_xml)
        write_workbook (path, parts[0], parts + 1, count - 1);
    else
        write_workbook (path, "<sst/>", parts, count);
}

/* ---- the programme that it comes back to ---- */

/* As it was when the sheet was made: the actions and measures of the seeds. */
static BpTableSet *new_base (const BpProgramme *programme)
{
    BpTableSet *set = bp_table_set_new (&programme->fields);
    table_builder_add (set, BP_TABLE_PLANS, "plan|title|approved", "SIP|A plan|2025-01-01", NULL);
    table_builder_add (set, BP_TABLE_AREAS, "plan|ref|title|parent|position", "SIP|2|Second area||1", "SIP|2.1|Part one|2|2",
                       "SIP|2.2|Part two|2|3", NULL);
    table_builder_add (set, BP_TABLE_ACTIONS, "plan|ref|area|action|lead|timeframe", "SIP|2.1.4|2.1|One|Learner Support|May 2025",
                       "SIP|2.2.3|2.2|Two|Learner Support|May 2025", "SIP|2.2.4|2.2|Three|Learner Support|On-going",
                       "SIP|3.1.4|2|Four|Ben Other|Complete", NULL);
    table_builder_add (set, BP_TABLE_UPDATES, "plan|ref|as_of|status|progress|reason", "SIP|2.1.4|2025-07-31|at-risk|Half|Staff",
                       "SIP|2.2.3|2025-06-30|on-track|Well|", NULL);
    table_builder_add (set, BP_TABLE_KPIS, "kpi|title|unit|polarity|period_kind|owner|valid_from",
                       "K04|First|percent|higher|quarter|Learner Support|2020-01-01", "K2|Second|count|higher|month|Ben Other|2020-01-01",
                       NULL);
    table_builder_add (set, BP_TABLE_KPI_VALUES, "kpi|period|value", "K04|Q2 2024/25|40%", "K2|2025-07|5", NULL);
    return set;
}

/* As it is now: somebody has reported since, and there is a value more. */
static BpTableSet *new_now (const BpProgramme *programme)
{
    BpTableSet *set = new_base (programme);
    table_builder_add (set, BP_TABLE_UPDATES, "plan|ref|as_of|status|progress|next_step",
                       "SIP|2.2.3|2025-08-01|complete|All letters are out.|", "SIP|2.2.4|2025-08-04|off-track||Ask again", NULL);
    table_builder_add (set, BP_TABLE_KPI_VALUES, "kpi|period|value", "K04|Q3 2024/25|41%", NULL);
    return set;
}

/* ---- from the file to the data folder ---- */

static BpTableSet *judge (const BpLeadReturn *back, const BpProgramme *programme, const BpTableSet *now, const BpTableSet *base)
{
    BpSnapshotOptions options = { .as_of = back->as_of, .known = BP_DATE_NONE, .since = BP_DATE_NONE };
    g_autoptr (BpSnapshot) snapshot = bp_snapshot_new (programme, now, &options);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    BpReturnContext context = { snapshot, now, base, table_builder_date ("2025-08-31") };
    BpTableSet *rows = bp_table_set_new (&programme->fields);
    bp_lead_return_judge (back, &context, rows, findings);
    for (guint i = 0; i < bp_finding_list_length (findings); i++)
        g_assert_true (g_utf8_validate (bp_finding_list_get (findings, i)->text, -1, NULL));
    return rows;
}

/* The return's rows, as import writes them, read back into the data: each is kept. */
static void read_back (const BpLeadReturn *back, const BpTableSet *rows, BpTableSet *now)
{
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    for (gsize i = 0; i < G_N_ELEMENTS (written); i++)
    {
        g_autofree char *name = bp_lead_return_dup_file_name (written[i], back->id);
        g_autofree char *file = g_build_filename ("data", name, NULL), *bytes = bp_csv_dup_table (rows, written[i]);
        g_autoptr (GError) error = NULL;
        const guint before = now->tables[written[i]].records->len;
        bp_table_read_csv (file, bp_table_get (written[i]), &bytes, strlen (bytes), now, findings, &error);
        g_assert_no_error (error);
        g_assert_cmpuint (now->tables[written[i]].records->len, ==, before + rows->tables[written[i]].records->len);
    }
    bp_table_set_admit (now, findings);
    g_assert_cmpuint (bp_finding_list_count_quarantined (findings), ==, 0);
}

static void take (const BpLeadReturn *back)
{
    BpProgramme programme = table_builder_programme ();
    g_autoptr (BpTableSet) base = new_base (&programme), now = new_now (&programme);
    g_autoptr (BpTableSet) rows = judge (back, &programme, now, base);
    read_back (back, rows, now);
    g_autoptr (BpTableSet) again = judge (back, &programme, now, base);
    for (gsize i = 0; i < G_N_ELEMENTS (written); i++)
    {
        g_autofree char *first = bp_csv_dup_table (rows, written[i]), *second = bp_csv_dup_table (again, written[i]);
        g_assert_cmpstr (first, ==, second);
    }
    table_builder_clear_programme (&programme);
}

/* What import takes is not read as tables where it lies in the data folder. */
static void find_in_data (const char *path)
{
    g_autoptr (BpWorkbook) workbook = bp_workbook_open (path, "back.xlsx", NULL);
    g_assert_nonnull (workbook);
    g_autofree char *cover = bp_lead_return_dup_cover (workbook);
    g_assert_nonnull (cover);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    g_autofree char *path = g_build_filename (work_folder (), "fuzz.xlsx", NULL);
    write_file (path, data, size);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    g_autoptr (GError) error = NULL;
    g_autoptr (BpLeadReturn) back = bp_lead_return_read (path, "back.xlsx", findings, &error);
    if (back != NULL)
    {
        find_in_data (path);
        take (back);
    }
    else
        g_assert_nonnull (error);
    g_unlink (path);
    return 0;
}
