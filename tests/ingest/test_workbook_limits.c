#include "ingest/limits.h"
#include "ingest/workbook.h"
#include "workbook_fixture.h"

/* What a workbook may come to: small files that stand for much, in memory or in time, are refused before they cost either. */

#define MB ((gsize)1024 * 1024)

static void append_times (GString *text, const char *piece, int times)
{
    for (int i = 0; i < times; i++)
        g_string_append (text, piece);
}

static void append_filling (GString *text, char letter, gsize count)
{
    g_autofree char *filling = g_strnfill (count, letter);
    g_string_append (text, filling);
}

/* Refused, with what; and within a time that is many times what it takes, but a fraction of what it took. */
static void assert_refused (Book *book, const char *what)
{
    gint64 start = g_get_monotonic_time ();
    g_assert_false (book_read (book));
    g_assert_error (book->error, BP_ERROR, BP_ERROR_DATA);
    if (strstr (book->error->message, what) == NULL)
        g_error ("%s: %s", what, book->error->message);
    g_assert_cmpuint (strlen (book->error->message), <, 800);
    g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
}

static void assert_sheet_is_refused (const char *sheet, const char *what)
{
    Book book;
    book_open (&book);
    workbook_write (book.path, sheet, NULL);
    assert_refused (&book, what);
    book_close (&book);
}

static void test_an_endless_tag_or_comment_is_refused (void)
{
    static const struct
    {
        const char *before, *after;
    } tokens[] = { { "<!--", "-->" }, { "<row x=\"", "\"/>" }, { "<a", "/>" }, { "<?a ", "?>" } };
    for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
        for (int is_above = 0; is_above <= 1; is_above++)
        {
            g_autoptr (GString) sheet = g_string_new ("<worksheet>");
            g_string_append (sheet, is_above ? tokens[i].before : "");
            append_filling (sheet, is_above ? 'a' : ' ', is_above ? 20 * MB : 1);
            g_string_append (sheet, is_above ? tokens[i].after : "");
            g_string_append (sheet, "<sheetData>" PLANS_HEADER);
            if (!is_above)
            {
                g_string_append (sheet, tokens[i].before);
                append_filling (sheet, 'a', 20 * MB);
                g_string_append (sheet, tokens[i].after);
            }
            g_string_append (sheet, "</sheetData></worksheet>");
            assert_sheet_is_refused (sheet->str, "a tag or comment in line 1 has more than 1 MB");
        }
}

static void test_a_vocabulary_without_end_is_refused (void)
{
    g_autoptr (GString) elements = g_string_new ("<worksheet><sheetData>" PLANS_HEADER);
    g_autoptr (GString) attributes = g_string_new (elements->str);
    for (int i = 0; i < 300000; i++)
    {
        g_string_append_printf (elements, "<e%d/>", i);
        g_string_append_printf (attributes, "<e a%d=\"\"/>", i);
    }
    g_string_append (elements, "</sheetData></worksheet>");
    g_string_append (attributes, "</sheetData></worksheet>");
    assert_sheet_is_refused (elements->str, "more than 2000 different names");
    assert_sheet_is_refused (attributes->str, "more than 2000 different names");
}

/* Long texts are fine: they come to the reader piece by piece. */
static void test_a_long_text_is_no_long_tag (void)
{
    g_autoptr (GString) sheet = g_string_new ("<worksheet>");
    append_filling (sheet, '\n', 5 * MB);
    g_string_append (sheet, "<sheetData>" PLANS_HEADER PLAN ("2", "<c r=\"C2\" t=\"inlineStr\"><is><t>"));
    g_string_truncate (sheet, sheet->len - strlen ("</row>"));
    append_filling (sheet, 'n', 5 * MB);
    g_string_append (sheet, "</t></is></c></row></sheetData></worksheet>");
    Book book;
    book_open (&book);
    workbook_write (book.path, sheet->str, NULL);
    book_read (&book);
    g_assert_no_error (book.error);
    g_autofree char *findings = dup_findings (&book);
    g_assert_true (g_str_has_prefix (findings, "F08 "));
    book_close (&book);
}

static void write_rows_that_share (Book *book, int rows, gsize bytes)
{
    g_autoptr (GString) sheet = g_string_new ("<worksheet><sheetData>" PLANS_HEADER);
    g_autoptr (GString) strings = g_string_new ("<sst><si><t>");
    for (int row = 2; row < rows + 2; row++)
        g_string_append_printf (sheet,
                                "<row r=\"%d\"><c r=\"A%d\"><v>%d</v></c><c r=\"B%d\" t=\"s\"><v>0</v></c><c r=\"C%d\" t=\"s\">"
                                "<v>0</v></c></row>",
                                row, row, row, row, row);
    g_string_append (sheet, "</sheetData></worksheet>");
    append_filling (strings, 'y', bytes);
    g_string_append (strings, "</t></si></sst>");
    workbook_write (book->path, sheet->str, strings->str);
}

static void test_a_text_that_cells_share_is_kept_once (void)
{
    Book book;
    book_open (&book);
    write_rows_that_share (&book, 1000, 60000);
    g_assert_true (book_read (&book));
    const GArray *records = book.set->tables[BP_TABLE_PLANS].records;
    g_assert_cmpuint (records->len, ==, 1000);
    const char *first = g_array_index (records, BpRecord, 0).cells[1];
    g_assert_cmpuint (strlen (first), ==, 60000);
    for (guint i = 0; i < records->len; i++)
    {
        g_assert_true (g_array_index (records, BpRecord, i).cells[1] == first);
        g_assert_true (g_array_index (records, BpRecord, i).cells[4] == first);
    }
    book_close (&book);
}

static void test_the_text_of_all_cells_has_a_limit (void)
{
    Book book;
    book_open (&book);
    write_rows_that_share (&book, 4000, 60000);
    assert_refused (&book, "book.xlsx: cannot be trusted: its cells hold more than 128 MB of text");
    book_close (&book);
}

static void test_one_part_is_one_sheet (void)
{
    static const char twice[]
        = "<workbook xmlns:r=\"urn:r\"><sheets><sheet name=\"plans\" r:id=\"r1\"/><sheet name=\"plans-2\" r:id=\"r4\"/>"
          "</sheets></workbook>";
    static const char relations[] = WORKBOOK_RELATIONS_OPEN WORKBOOK_RELATION ("r1", "worksheet", "worksheets/sheet1.xml")
        WORKBOOK_RELATION ("r4", "worksheet", "/xl/./worksheets/SHEET1.xml") "</Relationships>";
    const WorkbookPart parts[] = { { "_rels/.rels", workbook_root_relations },
                                   { "xl/workbook.xml", twice },
                                   { "xl/_rels/workbook.xml.rels", relations },
                                   { "xl/worksheets/sheet1.xml", SHEET (PLANS_HEADER) },
                                   { NULL, NULL } };
    Book book;
    book_open (&book);
    workbook_write_parts (book.path, parts);
    assert_refused (&book, "the sheet plans-2 is the same part as another sheet");
    book_close (&book);
}

/* Relations and a list of sheets, each repeated; %d is the number. */
static void assert_list_is_refused (const char *relation, int relations_count, const char *sheet, int sheets_count, const char *what)
{
    g_autoptr (GString) relations = g_string_new (WORKBOOK_RELATIONS_OPEN WORKBOOK_RELATION ("r1", "worksheet", "worksheets/sheet1.xml"));
    g_autoptr (GString) sheets = g_string_new ("<workbook xmlns:r=\"urn:r\"><sheets>");
    for (int i = 0; i < relations_count; i++)
    {
        g_auto (GStrv) pieces = g_strsplit (relation, "#", -1);
        g_autofree char *number = g_strdup_printf ("%d", i), *text = g_strjoinv (number, pieces);
        g_string_append (relations, text);
    }
    g_string_append (relations, "</Relationships>");
    append_times (sheets, sheet, sheets_count);
    g_string_append (sheets, "</sheets></workbook>");
    const WorkbookPart parts[] = { { "_rels/.rels", workbook_root_relations },
                                   { "xl/workbook.xml", sheets->str },
                                   { "xl/_rels/workbook.xml.rels", relations->str },
                                   { "xl/worksheets/sheet1.xml", SHEET (PLANS_HEADER) },
                                   { NULL, NULL } };
    Book book;
    book_open (&book);
    workbook_write_parts (book.path, parts);
    assert_refused (&book, what);
    book_close (&book);
}

static void test_lists_of_a_workbook_have_limits (void)
{
    static const char chart[] = WORKBOOK_RELATION ("a#", "chartsheet", "c#.xml"), sheet[] = "<sheet name=\"x\" r:id=\"a0\"/>";
    assert_list_is_refused (chart, 100000, sheet, 1, "it points at more than 20000 parts");
    assert_list_is_refused (chart, 10000, sheet, 100000, "it has more than 1000 sheets");
    g_autoptr (GString) slashes = g_string_new ("<Relationship Id=\"b\" Type=\"x/y\" Target=\"");
    append_times (slashes, "a/", 100000);
    g_string_append (slashes, "\"/>");
    assert_list_is_refused (slashes->str, 1, sheet, 1, "it points at \"a/a/a/");
    g_autofree char *long_name = g_strnfill (5000, 'n');
    g_autofree char *named = g_strdup_printf ("<sheet name=\"%s\" r:id=\"r1\"/>", long_name);
    assert_list_is_refused (chart, 1, named, 1, "has more than 255 bytes");
}

static void test_a_part_with_an_endless_name_is_refused (void)
{
    g_autoptr (GString) name = g_string_new (NULL);
    append_times (name, "a/", 20000);
    const WorkbookPart parts[] = { { "_rels/.rels", workbook_root_relations }, { name->str, "x" }, { NULL, NULL } };
    Book book;
    book_open (&book);
    workbook_write_parts (book.path, parts);
    assert_refused (&book, "has more than 2048 bytes");
    book_close (&book);
}

/* A long code, named by very many formats, is looked at once, and shows a plain number. */
static void test_a_format_is_understood_once (void)
{
    g_autoptr (GString) styles = g_string_new ("<styleSheet><numFmts><numFmt numFmtId=\"200\" formatCode=\"");
    append_filling (styles, '0', MB / 2);
    g_string_append (styles, "yyyy\"/></numFmts><cellXfs>");
    append_times (styles, "<xf numFmtId=\"200\"/>", 200000);
    g_string_append (styles, "</cellXfs></styleSheet>");
    const WorkbookPart parts[]
        = { { "_rels/.rels", workbook_root_relations },
            { "xl/workbook.xml", workbook_one_sheet },
            { "xl/_rels/workbook.xml.rels", workbook_relations },
            { "xl/styles.xml", styles->str },
            { "xl/sharedStrings.xml", "<sst/>" },
            { "xl/worksheets/sheet1.xml", SHEET (PLANS_HEADER PLAN ("2", "<c r=\"C2\" s=\"199999\"><v>45748</v></c>")) },
            { NULL, NULL } };
    Book book;
    book_open (&book);
    workbook_write_parts (book.path, parts);
    gint64 start = g_get_monotonic_time ();
    g_assert_true (book_read (&book));
    g_autofree char *rows = dup_plans (&book);
    g_assert_cmpstr (rows, ==, "plans@2:A|a|||45748/");
    g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
    book_close (&book);
}

static void test_columns_that_are_hidden_over_and_over_are_counted_once (void)
{
    g_autoptr (GString) sheet = g_string_new ("<worksheet><cols>");
    append_times (sheet, "<col min=\"1\" max=\"16383\" hidden=\"1\"/>", 140000);
    g_string_append (sheet, "</cols><sheetData>" PLANS_HEADER PLAN ("2", "") "</sheetData></worksheet>");
    Book book;
    book_open (&book);
    workbook_write (book.path, sheet->str, NULL);
    g_assert_true (book_read (&book));
    g_assert_cmpuint (bp_finding_list_length (book.findings), ==, 1);
    g_assert_cmpstr (bp_finding_list_get (book.findings, 0)->text, ==, "16383 hidden columns, the first is A. They were read.");
    book_close (&book);
}

static void test_a_stray_value_is_named_by_its_cell (void)
{
    Book book;
    book_open (&book);
    workbook_write (book.path, SHEET (PLANS_HEADER PLAN ("2", "<c r=\"XFD2\"><v>1</v></c>")), NULL);
    g_assert_true (book_read (&book));
    g_assert_cmpstr (bp_finding_list_get (book.findings, 0)->text, ==,
                     "Row 2 has something in XFD2, and the last heading stands in column C. It was left out.");
    book_close (&book);
}

static void test_a_lock_file_says_what_it_is (void)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp ("boardpack-lock-XXXXXX", NULL), *path = g_build_filename (folder, "~$sheet.xlsx", NULL);
    g_assert_true (g_file_set_contents (path, "\x05user", 5, NULL));
    g_assert_null (bp_workbook_open (path, "~$sheet.xlsx", &error));
    g_assert_nonnull (strstr (error->message, "is a lock file, since the workbook is open in a spreadsheet program"));
    bp_folder_remove (folder, NULL);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/ingest/workbook_limits/an_endless_tag_or_comment_is_refused", test_an_endless_tag_or_comment_is_refused);
    g_test_add_func ("/ingest/workbook_limits/a_vocabulary_without_end_is_refused", test_a_vocabulary_without_end_is_refused);
    g_test_add_func ("/ingest/workbook_limits/a_long_text_is_no_long_tag", test_a_long_text_is_no_long_tag);
    g_test_add_func ("/ingest/workbook_limits/a_text_that_cells_share_is_kept_once", test_a_text_that_cells_share_is_kept_once);
    g_test_add_func ("/ingest/workbook_limits/the_text_of_all_cells_has_a_limit", test_the_text_of_all_cells_has_a_limit);
    g_test_add_func ("/ingest/workbook_limits/one_part_is_one_sheet", test_one_part_is_one_sheet);
    g_test_add_func ("/ingest/workbook_limits/lists_of_a_workbook_have_limits", test_lists_of_a_workbook_have_limits);
    g_test_add_func ("/ingest/workbook_limits/a_part_with_an_endless_name_is_refused", test_a_part_with_an_endless_name_is_refused);
    g_test_add_func ("/ingest/workbook_limits/a_format_is_understood_once", test_a_format_is_understood_once);
    g_test_add_func ("/ingest/workbook_limits/columns_that_are_hidden_over_and_over_are_counted_once",
                     test_columns_that_are_hidden_over_and_over_are_counted_once);
    g_test_add_func ("/ingest/workbook_limits/a_stray_value_is_named_by_its_cell", test_a_stray_value_is_named_by_its_cell);
    g_test_add_func ("/ingest/workbook_limits/a_lock_file_says_what_it_is", test_a_lock_file_says_what_it_is);
    return g_test_run ();
}
