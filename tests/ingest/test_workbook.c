#include "workbook_fixture.h"

/* columns of plans: plan, title, approved, closes, note */
static const struct
{
    const char *what, *sheet, *rows, *findings;
} sheets[] = {
    { "text", SHEET (PLANS_HEADER PLAN ("2", TEXT ("C2", "n"))), "plans@2:A|a|||n/", "" },
    { "no references",
      "<worksheet><sheetData><row><c t=\"str\"><v>plan</v></c><c t=\"str\"><v>title</v></c></row><row><c><v>7</v></c><c t=\"str\">"
      "<v>a</v></c></row></sheetData></worksheet>",
      "plans@2:7|a|||/", "" },
    { "prefixes",
      "<x:worksheet xmlns:x=\"urn:x\"><x:sheetData><x:row><x:c t=\"str\"><x:v>plan</x:v></x:c><x:c t=\"str\"><x:v>title</x:v></x:c>"
      "</x:row><x:row><x:c t=\"str\"><x:v>A</x:v></x:c><x:c t=\"str\"><x:v>a</x:v></x:c></x:row></x:sheetData></x:worksheet>",
      "plans@2:A|a|||/", "" },
    { "shared, with runs and reading aids",
      SHEET (PLANS_HEADER ROW ("2", "<c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" t=\"s\"><v>1</v></c>")), "plans@2:one|two runs|||/", "" },
    { "rows and cells left out", SHEET (PLANS_HEADER PLAN ("900", "") "<row r=\"901\"/>" PLAN ("1048576", "<c r=\"XFD1048576\" s=\"1\"/>")),
      "plans@900:A|a|||/plans@1048576:A|a|||/", "" },
    { "a day", SHEET (PLANS_HEADER PLAN ("2", "<c r=\"C2\" s=\"1\"><v>45869</v></c>")), "plans@2:A|a|||2025-07-31/", "" },
    { "a day and its time", SHEET (PLANS_HEADER PLAN ("2", "<c r=\"C2\" s=\"7\"><v>45869.75</v></c>")), "plans@2:A|a|||2025-07-31/", "" },
    { "the first days",
      SHEET (PLANS_HEADER PLAN ("2", "<c r=\"C2\" s=\"1\"><v>1</v></c>") PLAN ("3", "<c r=\"C3\" s=\"1\"><v>59</v></c>")
                 PLAN ("4", "<c r=\"C4\" s=\"1\"><v>61</v></c>")),
      "plans@2:A|a|||1900-01-01/plans@3:A|a|||1900-02-28/plans@4:A|a|||1900-03-01/", "" },
    { "days that are none",
      SHEET (PLANS_HEADER PLAN ("2", "<c r=\"C2\" s=\"1\"><v>60</v></c>") PLAN ("3", "<c r=\"C3\" s=\"1\"><v>-3</v></c>")),
      "plans@2:A|a|||60/plans@3:A|a|||-3/", "F15 C2 2/" },
    { "a month", SHEET (PLANS_HEADER PLAN ("2", "<c r=\"C2\" s=\"2\"><v>45748</v></c>")), "plans@2:A|a|||April 2025/", "" },
    { "a year", SHEET (PLANS_HEADER PLAN ("2", "<c r=\"C2\" s=\"5\"><v>45748</v></c>")), "plans@2:A|a|||2025/", "" },
    { "a time", SHEET (PLANS_HEADER PLAN ("2", "<c r=\"C2\" s=\"6\"><v>0.59375</v></c>")), "plans@2:A|a|||14:15/", "" },
    { "an ISO date", SHEET (PLANS_HEADER PLAN ("2", "<c r=\"C2\" t=\"d\"><v>2025-07-31T00:00:00</v></c>")), "plans@2:A|a|||2025-07-31/",
      "" },
    { "percentages",
      SHEET (PLANS_HEADER PLAN ("2", "<c r=\"C2\" s=\"3\"><v>0.67</v></c>")
                 PLAN ("3", "<c r=\"C3\" s=\"3\"><v>0.070000000000000007</v></c>")),
      "plans@2:A|a|||67%/plans@3:A|a|||7%/", "" },
    { "numbers",
      SHEET (PLANS_HEADER PLAN ("2", "<c r=\"C2\"><v>0.30000000000000004</v></c>") PLAN ("3", "<c r=\"C3\"><v>1E-05</v></c>") PLAN (
          "4", "<c r=\"C4\"><v>1.5E+15</v></c>") PLAN ("5", "<c r=\"C5\" s=\"4\"><v>1.1</v></c>") PLAN ("6", "<c r=\"C6\"><v>nan</v></c>")),
      "plans@2:A|a|||0.3/plans@3:A|a|||0.00001/plans@4:A|a|||1500000000000000/plans@5:A|a|||1.10/plans@6:A|a|||nan/", "" },
    { "true and false", SHEET (PLANS_HEADER PLAN ("2", "<c r=\"C2\" t=\"b\"><v>1</v></c>") PLAN ("3", "<c r=\"C3\" t=\"b\"><v>0</v></c>")),
      "plans@2:A|a|||TRUE/plans@3:A|a|||FALSE/", "" },
    { "a formula's value",
      SHEET (PLANS_HEADER PLAN ("2", "<c r=\"C2\"><f>1+1</f><v>2</v></c>") PLAN ("3", "<c r=\"C3\" t=\"str\"><f>X()</f><v></v></c>")),
      "plans@2:A|a|||2/plans@3:A|a|||/", "" },
    { "a formula without one", SHEET (PLANS_HEADER PLAN ("2", "<c r=\"C2\"><f>1+1</f></c>")), "plans@2:A|a|||/", "F15 C2 2/" },
    { "errors", SHEET (PLANS_HEADER PLAN ("2", "<c r=\"C2\" t=\"e\"><v>#N/A</v></c>") PLAN ("3", "<c r=\"C3\" t=\"e\"><v>#REF!</v></c>")),
      "plans@2:A|a|||#N/A/plans@3:A|a|||#REF!/", "F15 C2 2/" },
    { "escapes", SHEET (PLANS_HEADER PLAN ("2", TEXT ("C2", "a_x000D_\nb_x005F_x0041_c_xD800_d_x0000_e&#13;f &amp; =1"))),
      "plans@2:A|a|||a\nb_x0041_c_xD800_d_x0000_e\nf & =1/", "" },
    { "a title above, a repeated header",
      SHEET (ROW ("1", TEXT ("A1", "Our plans")) ROW ("3", TEXT ("A3", "Plan") TEXT ("B3", " TITLE ")) PLAN ("4", "")
                 ROW ("5", TEXT ("A5", "plan") TEXT ("B5", "title"))),
      "plans@4:A|a|||/", "F02 3/F03 5/" },
    { "merged and hidden",
      "<worksheet><cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"9\" max=\"16384\" hidden=\"1\"/></cols><sheetData>" PLANS_HEADER
      "<row r=\"2\" hidden=\"1\">" TEXT ("A2", "A")
          TEXT ("B2", "a") "</row></sheetData>"
                           "<mergeCells><mergeCell ref=\"A4:B5\"/><mergeCell ref=\"A6:B7\"/></mergeCells></worksheet>",
      "plans@2:A|a|||/", "F13 2/F13 0/F14 A4:B5 0/" },
    { "a cell beyond the header", SHEET (PLANS_HEADER PLAN ("2", TEXT ("Z2", "stray")) PLAN ("3", TEXT ("Z3", " "))), "plans@3:A|a|||/",
      "F06 A, a, , , , , , , , , , , , , , , , , , , , , , , , stray 2/" },
    { "a column hidden twice",
      "<worksheet><cols><col min=\"1\" max=\"3\" hidden=\"1\"/><col min=\"2\" max=\"4\" hidden=\"1\"/></cols><sheetData>" PLANS_HEADER
          PLAN ("2", "") "</sheetData></worksheet>",
      "plans@2:A|a|||/", "F13 0/" },
    { "an unknown column", SHEET (ROW ("1", TEXT ("A1", "plan") TEXT ("B1", "title") TEXT ("C1", "colour")) PLAN ("2", "")),
      "plans@2:A|a|||/", "F04 colour 1/" },
};

static void test_cells_are_read_as_a_person_would_type_them (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (sheets); i++)
    {
        Book book;
        book_open (&book);
        workbook_write (book.path, sheets[i].sheet,
                        "<sst><si><t>one</t></si><si><r><t xml:space=\"preserve\">two </t></r><r><t>runs</t></r><rPh "
                        "sb=\"0\"><t>x</t></rPh></si></sst>");
        book_read (&book);
        g_assert_no_error (book.error);
        g_autofree char *rows = dup_plans (&book), *findings = dup_findings (&book);
        if (strcmp (rows, sheets[i].rows) != 0 || strcmp (findings, sheets[i].findings) != 0)
            g_error ("%s: \"%s\", findings \"%s\"", sheets[i].what, rows, findings);
        book_close (&book);
    }
}

static const struct
{
    const char *what, *sheet, *message;
} damaged_sheets[] = {
    { "no XML", "plan,title", "sheet1.xml\" is damaged" },
    { "cut short", "<worksheet><sheetData><row r=\"1\">", "sheet1.xml\" is damaged" },
    { "bytes that are no text", SHEET (PLANS_HEADER PLAN ("2", TEXT ("C2", "\xff"))), "sheet1.xml\" is damaged" },
    { "a lone surrogate", SHEET (PLANS_HEADER PLAN ("2", TEXT ("C2", "&#xD800;"))), "sheet1.xml\" is damaged" },
    { "entities that grow", "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><worksheet>&b;</worksheet>",
      "document type" },
    { "an entity of another file", "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><worksheet/>", "document type" },
    { "a text that there is not", SHEET (PLANS_HEADER PLAN ("2", "<c r=\"C2\" t=\"s\"><v>1</v></c>")),
      "sheet plans, cell C2: it names text 1 of 1" },
    { "a negative text", SHEET (PLANS_HEADER PLAN ("2", "<c r=\"C2\" t=\"s\"><v>-1</v></c>")),
      "sheet plans, cell C2: it names text -1 of 1" },
    { "a format that there is not", SHEET (PLANS_HEADER PLAN ("2", "<c r=\"C2\" s=\"8\"><v>1</v></c>")),
      "sheet plans, cell C2: it names a format" },
    { "a row that goes back", SHEET (PLANS_HEADER PLAN ("2", "") PLAN ("2", "")), "sheet plans: row \"2\" after row 2" },
    { "a row too far", SHEET (PLANS_HEADER ROW ("1048577", "")), "sheet plans: row \"1048577\" after row 1" },
    { "a column too far", SHEET (PLANS_HEADER PLAN ("2", "<c r=\"XFE2\"><v>1</v></c>")), "the cell \"XFE2\" is out of place" },
    { "a cell of another row", SHEET (PLANS_HEADER PLAN ("2", "<c r=\"C3\"><v>1</v></c>")), "the cell \"C3\" is out of place" },
    { "a cell twice", SHEET (PLANS_HEADER PLAN ("2", "<c r=\"B2\"><v>1</v></c>")), "the cell \"B2\" is out of place" },
    { "a cell outside rows", "<worksheet><sheetData><c r=\"A1\"><v>1</v></c></sheetData></worksheet>", "the cell \"A1\" is out of place" },
    { "no header", SHEET (PLAN ("1", "")), "book.xlsx, sheet plans: none of its first 10 rows is a header" },
    { "half a header", SHEET (ROW ("4", TEXT ("A4", "plan"))), "book.xlsx, sheet plans, row 4: the header lacks title" },
    { "a column twice", SHEET (ROW ("1", TEXT ("A1", "plan") TEXT ("B1", "title") TEXT ("C1", "Plan"))),
      "row 1: the header names the column Plan twice" },
    { "a format far beyond", SHEET (PLANS_HEADER PLAN ("2", "<c r=\"C2\" s=\"4294967297\"><v>1</v></c>")),
      "sheet plans, cell C2: it names a format" },
    { "an empty sheet", SHEET (""),
      "book.xlsx, sheet plans: is empty; put the column names of the table plans in its first row (needed: plan and title)" },
    { "more columns than are read", SHEET (ROW ("1", TEXT ("A1", "plan") TEXT ("B1", "title") "<c r=\"XFD1\"><v>1</v></c>")),
      "the header has 16384 columns, more than the 1000" },
};

static void test_a_damaged_sheet_is_refused_by_sheet_and_cell (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (damaged_sheets); i++)
    {
        Book book;
        book_open (&book);
        workbook_write (book.path, damaged_sheets[i].sheet, "<sst><si><t>one</t></si></sst>");
        if (book_read (&book))
            g_error ("%s: was read", damaged_sheets[i].what);
        g_assert_error (book.error, BP_ERROR, BP_ERROR_DATA);
        if (strstr (book.error->message, damaged_sheets[i].message) == NULL || !g_str_has_prefix (book.error->message, "book.xlsx"))
            g_error ("%s: %s", damaged_sheets[i].what, book.error->message);
        book_close (&book);
    }
}

/* Bytes that are no workbook at all. */
static void test_a_file_that_is_no_workbook_is_refused_with_advice (void)
{
    static const struct
    {
        const char *bytes;
        gsize length;
        const char *message;
    } files[] = {
        { "", 0, "is empty" },
        { "plan,title\nA,a\n", 15, "is text under the name of a workbook" },
        { "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0", 12, "is encrypted, or a workbook of the old kind" },
        { "\x01\x02\x03\x04", 4, "is no workbook" },
        { "PK\3\4\x14\0\0\0\0\0", 10, "is cut short or damaged" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
        Book book;
        book_open (&book);
        g_assert_true (g_file_set_contents (book.path, files[i].bytes, (gssize)files[i].length, NULL));
        g_assert_false (book_read (&book));
        g_assert_error (book.error, BP_ERROR, BP_ERROR_DATA);
        g_assert_nonnull (strstr (book.error->message, files[i].message));
        book_close (&book);
    }
}

static void test_a_package_that_cannot_be_trusted_is_refused (void)
{
    static const char sheets_only[] = "<workbook><sheets/></workbook>";
    static const char lost[] = "<workbook xmlns:r=\"urn:r\"><sheets><sheet name=\"plans\" r:id=\"r99\"/></sheets></workbook>";
    static const char upwards[] = WORKBOOK_RELATIONS_OPEN WORKBOOK_RELATION ("r1", "worksheet", "../../sheet1.xml") "</Relationships>";
    const struct
    {
        const char *message;
        WorkbookPart parts[6];
    } packages[] = {
        { "is a zip archive, but no workbook", { { "hello.txt", "hello" } } },
        { "is no workbook that can be read", { { "_rels/.rels", "<Relationships/>" } } },
        { "workbook.xml.rels\" is damaged (it is missing)",
          { { "_rels/.rels", workbook_root_relations }, { "xl/workbook.xml", sheets_only } } },
        { "sharedStrings.xml\" is damaged (it is missing)",
          { { "_rels/.rels", workbook_root_relations },
            { "xl/workbook.xml", sheets_only },
            { "xl/_rels/workbook.xml.rels", workbook_relations } } },
        { "the sheet plans is not there",
          { { "_rels/.rels", workbook_root_relations },
            { "xl/workbook.xml", lost },
            { "xl/_rels/workbook.xml.rels", workbook_relations } } },
        { "sheet1.xml\" is damaged (it is missing)",
          { { "_rels/.rels", workbook_root_relations },
            { "xl/workbook.xml", workbook_one_sheet },
            { "xl/_rels/workbook.xml.rels", workbook_relations },
            { "xl/styles.xml", workbook_styles },
            { "xl/sharedStrings.xml", "<sst/>" } } },
        { "it points out of the workbook",
          { { "_rels/.rels", workbook_root_relations },
            { "xl/workbook.xml", workbook_one_sheet },
            { "xl/_rels/workbook.xml.rels", upwards } } },
        { "which points out of the workbook", { { "_rels/.rels", workbook_root_relations }, { "../../etc/passwd", "x" } } },
        { "which points out of the workbook", { { "_rels/.rels", workbook_root_relations }, { "/etc/passwd", "x" } } },
        { "which points out of the workbook", { { "_rels/.rels", workbook_root_relations }, { "xl\\..\\..\\a", "x" } } },
        { "two parts named", { { "_rels/.rels", workbook_root_relations }, { "xl/a.xml", "x" }, { "xl/A.xml", "x" } } },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (packages); i++)
    {
        Book book;
        book_open (&book);
        workbook_write_parts (book.path, packages[i].parts);
        g_assert_false (book_read (&book));
        g_assert_error (book.error, BP_ERROR, BP_ERROR_DATA);
        if (strstr (book.error->message, packages[i].message) == NULL)
            g_error ("%s: %s", packages[i].message, book.error->message);
        book_close (&book);
    }
}

static void test_every_sheet_is_a_table_or_named (void)
{
    static const char both[]
        = "<workbook xmlns:r=\"urn:r\"><workbookPr date1904=\"1\"/><sheets><sheet name=\"Plans-2025\" r:id=\"r1\" state=\"hidden\"/>"
          "<sheet name=\"Chart\" r:id=\"r5\"/><sheet name=\"Scratch\" r:id=\"r4\"/></sheets></workbook>";
    static const char dates[] = SHEET (PLANS_HEADER PLAN ("2", "<c r=\"C2\" s=\"1\"><v>44407</v></c>"));
    const WorkbookPart parts[] = { { "_rels/.rels", workbook_root_relations },
                                   { "xl/workbook.xml", both },
                                   { "xl/_rels/workbook.xml.rels", workbook_relations },
                                   { "xl/styles.xml", workbook_styles },
                                   { "xl/sharedStrings.xml", "<sst/>" },
                                   { "xl/worksheets/sheet1.xml", dates },
                                   { NULL, NULL } };
    Book book;
    book_open (&book);
    workbook_write_parts (book.path, parts);
    book_read (&book);
    g_assert_no_error (book.error);
    g_autofree char *rows = dup_plans (&book), *findings = dup_findings (&book);
    g_assert_cmpstr (rows, ==, "Plans-2025@2:A|a|||2025-07-31/");
    g_assert_cmpstr (findings, ==, "F13 0/F12 0/");
    book_close (&book);
}

/* A workbook cut at any byte, or with any byte changed, is read whole or refused: never in part, and never with a crash. */
static void test_a_damaged_file_is_never_read_in_part (void)
{
    Book whole;
    book_open (&whole);
    workbook_write (whole.path, SHEET (PLANS_HEADER PLAN ("2", TEXT ("C2", "note")) PLAN ("3", TEXT ("C3", "note"))), NULL);
    g_autofree char *bytes = NULL;
    gsize length;
    g_assert_true (g_file_get_contents (whole.path, &bytes, &length, NULL));
    for (gsize i = 0; i < length; i++)
        for (int is_cut = 0; is_cut <= 1; is_cut++)
        {
            Book book;
            book_open (&book);
            g_autofree char *copy = g_memdup2 (bytes, length);
            copy[i] = (char)(copy[i] ^ (1 << g_test_rand_int_range (0, 8)));
            g_assert_true (g_file_set_contents (book.path, copy, (gssize)(is_cut ? i : length), NULL));
            if (book_read (&book))
                g_assert_cmpint (book.set->tables[BP_TABLE_PLANS].row_count, ==, 2);
            else
                g_assert_error (book.error, BP_ERROR, BP_ERROR_DATA);
            book_close (&book);
        }
    book_close (&whole);
}

/* Ten million blanks in rows without a value: read in a moment, and in no memory. */
static void test_a_million_empty_rows_cost_nothing (void)
{
    g_autoptr (GString) sheet = g_string_new ("<worksheet><sheetData>" PLANS_HEADER);
    for (int row = 2; row < 1000002; row++)
        g_string_append_printf (sheet, "<row r=\"%d\"><c r=\"A%d\" s=\"1\"/></row>", row, row);
    g_string_append (sheet,
                     "<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c><c r=\"B1048576\"><v>2</v></c></row></sheetData></worksheet>");
    Book book;
    book_open (&book);
    workbook_write (book.path, sheet->str, NULL);
    g_assert_true (book_read (&book));
    g_autofree char *rows = dup_plans (&book);
    g_assert_cmpstr (rows, ==, "plans@1048576:1|2|||/");
    book_close (&book);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/ingest/workbook/cells_are_read_as_a_person_would_type_them", test_cells_are_read_as_a_person_would_type_them);
    g_test_add_func ("/ingest/workbook/a_damaged_sheet_is_refused_by_sheet_and_cell", test_a_damaged_sheet_is_refused_by_sheet_and_cell);
    g_test_add_func ("/ingest/workbook/a_file_that_is_no_workbook_is_refused_with_advice",
                     test_a_file_that_is_no_workbook_is_refused_with_advice);
    g_test_add_func ("/ingest/workbook/a_package_that_cannot_be_trusted_is_refused", test_a_package_that_cannot_be_trusted_is_refused);
    g_test_add_func ("/ingest/workbook/every_sheet_is_a_table_or_named", test_every_sheet_is_a_table_or_named);
    g_test_add_func ("/ingest/workbook/a_damaged_file_is_never_read_in_part", test_a_damaged_file_is_never_read_in_part);
    g_test_add_func ("/ingest/workbook/a_million_empty_rows_cost_nothing", test_a_million_empty_rows_cost_nothing);
    return g_test_run ();
}
