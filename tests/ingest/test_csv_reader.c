#include "ingest/csv_reader.h"

#include <string.h>

typedef struct
{
    const char *text;
    int width;
    char separator;
    /* rows as "line:cell|cell/": "!" before a broken row, "~" before one whose quote was taken as data, "+n" after the line for n more
     * lines */
    const char *rows;
} Case;

static const Case cases[] = {
    /* plain rows and line ends */
    { "a,b\n1,2\n", 2, ',', "1:a|b/2:1|2/" },
    { "a,b\r\n1,2\r\n", 2, ',', "1:a|b/2:1|2/" },
    { "a,b\r1,2\r", 2, ',', "1:a|b/2:1|2/" },
    { "a,b\n1,2", 2, ',', "1:a|b/2:1|2/" },
    { "a\r\r\nb", 1, ',', "1:a/2:/3:b/" },
    { "\n\na\n", 1, ',', "1:/2:/3:a/" },
    { ",\n", 2, ',', "1:|/" },
    { "a;b,c\n", 2, ';', "1:a|b,c/" },
    { "a\tb c\n", 2, '\t', "1:a|b c/" },
    { "", 1, ',', "" },
    /* quotes in order */
    { "\"a\",\"b\"\n", 2, ',', "1:a|b/" },
    { "\"a,b\",c\n", 2, ',', "1:a,b|c/" },
    { "\"say \"\"hi\"\"\",c\n", 2, ',', "1:say \"hi\"|c/" },
    { "\"\",\"\"\n", 2, ',', "1:|/" },
    { "\"\"\"\",x\n", 2, ',', "1:\"|x/" },
    { "\"a\nb\",c\nd,e\n", 2, ',', "1+1:a\nb|c/3:d|e/" },
    { "\"a\r\nb\rc\",d\r\ne,f", 2, ',', "1+2:a\nb\nc|d/4:e|f/" },
    { "\"a\n\n\nb\",\"c\nd\"\ne,f\n", 2, ',', "1+4:a\n\n\nb|c\nd/6:e|f/" },
    { "x,\"end\"", 2, ',', "1:x|end/" },
    /* a stray quote is data where the row still has its columns */
    { "5\" pipe,x\ny,z\n", 2, ',', "1:5\" pipe|x/2:y|z/" },
    { "\"He said \"hi\" to me\",x\n", 2, ',', "~1:He said \"hi\" to me|x/" },
    { "\"a\" b,\"c\",d\n", 3, ',', "~1:\"a\" b|c|d/" },
    { "\"a\" ,b\nc,d\n", 2, ',', "~1:\"a\" |b/2:c|d/" },
    { "x,\"never closed\ny,z\n", 2, ',', "~1:x|\"never closed/2:y|z/" },
    { "x,\"never closed\ny,\"z\"\n", 2, ',', "~1:x|\"never closed/2:y|z/" },
    { "x,\"never closed\ny,\"\"\nq,r", 2, ',', "~1:x|\"never closed/2:y|/3:q|r/" },
    { "x,\"\ny,z\n", 2, ',', "~1:x|\"/2:y|z/" },
    { "5\" pipe,\"two\nlines\",y\n", 3, ',', "1+1:5\" pipe|two\nlines|y/" },
    { "a, \"b\"\n", 2, ',', "1:a| \"b\"/" },
    /* otherwise the row is broken, and reading goes on at the next line */
    { "x,\"never, closed\ny,z\n", 2, ',', "!1:x|\"never| closed/2:y|z/" },
    { "x,\"never, closed\ny,\"z\"\nv,w\n", 2, ',', "!1:x|\"never| closed/2:y|z/3:v|w/" },
    { "\"a\nb,c\nd,e\n", 2, ',', "!1:\"a/2:b|c/3:d|e/" },
    { "a\"b\nc,d\n", 2, ',', "!1:a\"b/2:c|d/" },
    { "x,\"a\"b\",\"c\"d\",e\nf,g\n", 2, ',', "!1:x|\"a\"b\"|\"c\"d\"|e/2:f|g/" },
    /* two wrongs do not make a quoted cell where the columns say otherwise */
    { "1,\"abc,def\n2,x,y\"\n", 3, ',', "~1:1|\"abc|def/2:2|x|y\"/" },
    /* quotes in order, but too wide or too narrow: left to the caller */
    { "a,b,c\n", 2, ',', "1:a|b|c/" },
    { "a\nb,c\n", 2, ',', "1:a/2:b|c/" },
    { "a,\"b\nc\"\n", 4, ',', "1+1:a|b\nc/" },
    { "a,\"b\nc\",d\ne,f\n", 2, ',', "1+1:a|b\nc|d/3:e|f/" },
    /* blank cells beyond the columns are nothing */
    { "a,\"b\nc\",,\n", 2, ',', "1+1:a|b\nc||/" },
    /* byte order marks at the start of a row */
    { "\xef\xbb\xbf\xef\xbb\xbf"
      "a,b\n\xef\xbb\xbf\"c\",d\n",
      2, ',', "1:a|b/2:c|d/" },
    { "a,\xef\xbb\xbf"
      "b\n",
      2, ',',
      "1:a|\xef\xbb\xbf"
      "b/" },
    /* the width is not known yet */
    { "Report \"draft\" of\na,b\n", 0, ',', "1:Report \"draft\" of/2:a|b/" },
    { "\"Report of\na,b\n", 0, ',', "~1:\"Report of/2:a|b/" },
};

static char *dup_rows (const Case *test)
{
    g_autoptr (GString) text = g_string_new (NULL);
    BpCsvReader reader;
    bp_csv_reader_init (&reader, test->text, strlen (test->text), 1, test->separator);
    BpTextRow row;
    while (bp_csv_reader_next (&reader, test->width, &row))
    {
        g_string_append_printf (text, "%s%d", row.is_broken ? "!" : row.has_stray ? "~" : "", row.line);
        if (row.line_count > 1)
            g_string_append_printf (text, "+%d", row.line_count - 1);
        for (int i = 0; i < row.kept_count; i++)
        {
            g_string_append_c (text, i == 0 ? ':' : '|');
            bp_text_cell_append (&row.cells[i], text);
        }
        g_string_append_c (text, '/');
    }
    bp_csv_reader_clear (&reader);
    return g_strdup (text->str);
}

static void test_rows_are_read_as_the_contract_says (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autofree char *rows = dup_rows (&cases[i]);
        g_test_message ("case %" G_GSIZE_FORMAT ": %s", i, cases[i].text);
        g_assert_cmpstr (rows, ==, cases[i].rows);
    }
}

static void test_line_ends_and_marks_are_counted (void)
{
    const char *text = "a\rb\r\nc\n\xef\xbb\xbf"
                       "d\re";
    BpCsvReader reader;
    bp_csv_reader_init (&reader, text, strlen (text), 1, ',');
    BpTextRow row;
    while (bp_csv_reader_next (&reader, 1, &row))
        ;
    g_assert_cmpint (reader.lone_cr_count, ==, 2);
    g_assert_cmpint (reader.lone_cr_line, ==, 1);
    g_assert_cmpint (reader.extra_bom_count, ==, 1);
    g_assert_cmpint (reader.extra_bom_line, ==, 4);
    g_assert_cmpint (reader.line, ==, 5);
    bp_csv_reader_clear (&reader);
}

static void test_a_row_of_many_cells_keeps_few (void)
{
    g_autoptr (GString) text = g_string_new (NULL);
    for (int i = 0; i < 100000; i++)
        g_string_append_c (text, ',');
    g_string_append (text, "\n");
    for (int i = 0; i < 100000; i++)
        g_string_append_c (text, ',');
    g_string_append (text, "x\n");
    BpCsvReader reader;
    bp_csv_reader_init (&reader, text->str, text->len, 1, ',');
    BpTextRow row;
    g_assert_true (bp_csv_reader_next (&reader, 3, &row));
    g_assert_cmpint (row.cell_count, ==, 100001);
    g_assert_cmpint (row.kept_count, ==, BP_TEXT_ROW_KEPT_CELLS);
    g_assert_true (bp_text_row_is_blank (&row));
    g_assert_true (bp_csv_reader_next (&reader, 3, &row));
    g_assert_false (bp_text_row_is_blank (&row));
    g_assert_true (bp_text_row_is_too_wide (&row, 3));
    bp_csv_reader_clear (&reader);
}

/* Texts that would cost a careless reader the square of their length. */
static const char *const hard_lines[]
    = { "x\",\"\n", "a,\"b\n", "a,\"\"b\n", "\",\"\n", ",\"x", "a,\"\n", "\"\"\",\"\"\n", "\"a\"b,\"\n", "\"", "\"\n", "\"x\n" };

static void test_no_text_costs_the_square_of_its_length (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (hard_lines); i++)
    {
        double seconds[2];
        for (int size = 0; size < 2; size++)
        {
            g_autoptr (GString) text = g_string_new (NULL);
            while (text->len < (size == 0 ? 400000u : 1600000u))
                g_string_append (text, hard_lines[i]);
            BpCsvReader reader;
            gint64 start = g_get_monotonic_time ();
            bp_csv_reader_init (&reader, text->str, text->len, 1, ',');
            BpTextRow row;
            while (bp_csv_reader_next (&reader, 3, &row))
                ;
            bp_csv_reader_clear (&reader);
            seconds[size] = (double)(g_get_monotonic_time () - start) / 1e6;
        }
        g_test_message ("%s: %.3f s, four times as long %.3f s", hard_lines[i], seconds[0], seconds[1]);
        /* the square would be 16 times as long, and seconds; the slack is for a busy machine */
        g_assert_cmpfloat (seconds[1], <, 10 * seconds[0] + 1.0);
    }
}

static void append_random (GString *text, int kind)
{
    static const char alphabet[] = "ab,;\t\"\"\"\n\n\r \xef\xbb\xbf\xc3\xa9\xff";
    int length = g_test_rand_int_range (0, 200);
    for (int i = 0; i < length; i++)
    {
        if (kind == 0)
            g_string_append_c (text, (char)g_test_rand_int_range (0, 256));
        else
            g_string_append_c (text, alphabet[g_test_rand_int_range (0, (int)sizeof alphabet)]);
    }
}

/* Rows follow one another without gap or overlap, so that nothing in a file is passed over. */
static void test_every_byte_of_random_texts_is_accounted_for (void)
{
    for (int run = 0; run < 4000; run++)
    {
        g_autoptr (GString) text = g_string_new (NULL);
        append_random (text, run % 2);
        /* an exact copy, so that the sanitizer sees a read past the end */
        g_autofree char *exact = g_memdup2 (text->str, MAX (text->len, 1));
        BpCsvReader reader;
        bp_csv_reader_init (&reader, exact, text->len, 1, ',');
        BpTextRow row;
        const char *end = exact;
        int line = 1;
        while (bp_csv_reader_next (&reader, run % 4, &row))
        {
            for (; end < row.text; end++)
                g_assert_nonnull (strchr ("\r\n\xef\xbb\xbf", *end));
            g_assert_cmpint (row.line, ==, line);
            g_assert_true (row.cell_count >= 1 && (row.line_count == 1 || !row.is_broken));
            gsize inside = 0;
            for (int i = 0; i < row.kept_count; i++)
            {
                g_assert_true (row.cells[i].text >= row.text && row.cells[i].text + row.cells[i].length <= row.text + row.length);
                inside += row.cells[i].length;
            }
            g_assert_cmpuint (inside, <=, row.length);
            end = row.text + row.length;
            line = reader.line;
        }
        for (; end < exact + text->len; end++)
            g_assert_nonnull (strchr ("\r\n\xef\xbb\xbf", *end));
        g_assert_cmpuint (reader.position, ==, text->len);
        bp_csv_reader_clear (&reader);
    }
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/ingest/csv_reader/rows_are_read_as_the_contract_says", test_rows_are_read_as_the_contract_says);
    g_test_add_func ("/ingest/csv_reader/line_ends_and_marks_are_counted", test_line_ends_and_marks_are_counted);
    g_test_add_func ("/ingest/csv_reader/a_row_of_many_cells_keeps_few", test_a_row_of_many_cells_keeps_few);
    g_test_add_func ("/ingest/csv_reader/no_text_costs_the_square_of_its_length", test_no_text_costs_the_square_of_its_length);
    g_test_add_func ("/ingest/csv_reader/every_byte_of_random_texts_is_accounted_for", test_every_byte_of_random_texts_is_accounted_for);
    return g_test_run ();
}
