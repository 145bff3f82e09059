#include "base/atomic_file.h"
#include "ingest/ingest.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A programme folder with nothing but data/. */
typedef struct
{
    char *root;
    BpTableSet *set;
    BpFindingList *findings;
    GError *error;
} Folder;

static void folder_open (Folder *folder, const BpFieldSet *fields)
{
    folder->root = g_dir_make_tmp ("boardpack-ingest-XXXXXX", NULL);
    g_assert_nonnull (folder->root);
    g_autofree char *data = g_build_filename (folder->root, "data", NULL);
    g_assert_cmpint (g_mkdir (data, 0700), ==, 0);
    folder->set = bp_table_set_new (fields);
    folder->findings = bp_finding_list_new ();
    folder->error = NULL;
}

static void folder_close (Folder *folder)
{
    g_assert_true (bp_folder_remove (folder->root, NULL));
    bp_table_set_free (folder->set);
    bp_finding_list_free (folder->findings);
    g_clear_error (&folder->error);
    g_free (folder->root);
}

static void folder_write (const Folder *folder, const char *name, const char *bytes, gsize length)
{
    g_autofree char *path = g_build_filename (folder->root, "data", name, NULL);
    g_assert_true (g_file_set_contents (path, bytes, (gssize)length, NULL));
}

static bool folder_read (Folder *folder)
{
    return bp_ingest_read_folder (folder->root, "data", folder->set, folder->findings, &folder->error);
}

/* "plans@2:SIP|Title|…/": every record of every table. */
static char *dup_records (const BpTableSet *set)
{
    GString *text = g_string_new (NULL);
    for (int table = 0; table < BP_TABLE_COUNT; table++)
        for (guint i = 0; i < set->tables[table].records->len; i++)
        {
            const BpRecord *record = &g_array_index (set->tables[table].records, BpRecord, i);
            g_string_append_printf (text, "%s@%d", set->tables[table].def->name, record->row);
            for (int cell = 0; cell < bp_table_set_width (set, (BpTableId)table); cell++)
                g_string_append_printf (text, "%c%s", cell == 0 ? ':' : '|', record->cells[cell]);
            g_string_append_c (text, '/');
        }
    return g_string_free (text, FALSE);
}

/* "F02 note 3/": code, level or "quarantined", row, column. */
static char *dup_findings (const BpFindingList *findings)
{
    GString *text = g_string_new (NULL);
    for (guint i = 0; i < bp_finding_list_length (findings); i++)
    {
        const BpFinding *finding = bp_finding_list_get (findings, i);
        g_assert_true (g_utf8_validate (finding->text, -1, NULL) && finding->text[0] != '\0' && finding->advice[0] != '\0');
        g_assert_nonnull (finding->source.file);
        g_string_append_printf (text, "%s %s", bp_finding_kind_get (finding->code)->id,
                                finding->quarantined ? "quarantined" : bp_level_name (finding->level));
        if (finding->source.row > 0)
            g_string_append_printf (text, " %d", finding->source.row);
        if (finding->source.column != NULL)
            g_string_append_printf (text, " %s", finding->source.column);
        g_string_append_c (text, '/');
    }
    return g_string_free (text, FALSE);
}

typedef struct
{
    const char *situation;
    const char *bytes;
    gsize length;
    int row_count;
    const char *records;
    const char *findings;
} Case;

#define BYTES(literal) literal, sizeof (literal) - 1
#define HEAD "plan,title,approved,closes,note\n"
static const Case cases[] = {
    { "plain", BYTES (HEAD "SIP,Plan,2025-02-28,,n\n"), 1, "plans@2:SIP|Plan|2025-02-28||n/", "" },
    { "no rows", BYTES (HEAD), 0, "", "" },
    { "CR LF and a byte order mark", BYTES ("\xef\xbb\xbfplan,title\r\nSIP,Plan\r\n"), 1, "plans@2:SIP|Plan|||/", "F01 note/" },
    { "columns in any order, any case, blanks around", BYTES ("Title , PLAN,\xc2\xa0note\nPlan,SIP,n\n"), 1, "plans@2:SIP|Plan|||n/", "" },
    { "cells as typed", BYTES (HEAD " SIP , a  b ,,,\xc2\xa0\n"), 1, "plans@2: SIP | a  b |||\xc2\xa0/", "" },
    { "semicolons", BYTES ("plan;title\nSIP;\"a;b, c\"\n"), 1, "plans@2:SIP|a;b, c|||/", "" },
    { "tabs", BYTES ("plan\ttitle\nSIP\ta, b\n"), 1, "plans@2:SIP|a, b|||/", "" },
    { "sep= line", BYTES ("sep=;\r\nplan;title\r\nSIP;a\r\n"), 1, "plans@3:SIP|a|||/", "" },
    { "quoted sep= line after a byte order mark", BYTES ("\xef\xbb\xbf\"SEP=\t\"\nplan\ttitle\nSIP\ta\n"), 1, "plans@3:SIP|a|||/",
      "F01 note/" },
    { "UTF-16", BYTES ("\xff\xfep\0l\0a\0n\0,\0t\0i\0t\0l\0e\0\n\0S\0,\0\x13\x20\n\0"), 1, "plans@2:S|\xe2\x80\x93|||/", "F01 check/" },
    { "Windows-1252",
      BYTES ("plan,title\nSIP,\xa3"
             "5 \x96 caf\xe9\n"),
      1,
      "plans@2:SIP|\xc2\xa3"
      "5 \xe2\x80\x93 caf\xc3\xa9|||/",
      "F01 check/" },
    { "rows above the header", BYTES ("Our plans,,\n\n\"as of\nMay\"\nplan,title\nSIP,Plan\n"), 1, "plans@6:SIP|Plan|||/", "F02 note 5/" },
    { "header in the tenth row", BYTES ("1\n2\n3\n4\n5\n6\n7\n8\n9\nplan,title\nSIP,Plan\n"), 1, "plans@11:SIP|Plan|||/", "F02 note 10/" },
    { "unknown columns", BYTES ("plan,titel,,title,colour\nSIP,x,y,Plan,z\n"), 1, "plans@2:SIP|Plan|||/",
      "F04 check 1 titel/F04 check 1/F04 check 1 colour/" },
    { "separators after the header", BYTES ("plan,title,,,\nSIP,Plan,,,\n"), 1, "plans@2:SIP|Plan|||/", "" },
    { "blank rows", BYTES (HEAD "\n,,,,\n  , ,\xc2\xa0,,\n\"\",\"\"\nSIP,Plan,,,\n\n\n"), 1, "plans@6:SIP|Plan|||/", "" },
    { "header again", BYTES (HEAD "A,a,,,\nPlan, TITLE,approved,closes,note\nB,b,,,\n" HEAD), 2, "plans@2:A|a|||/plans@4:B|b|||/",
      "F03 note 3/" },
    { "lone CR", BYTES ("plan,title\rA,a\rB,b"), 2, "plans@2:A|a|||/plans@3:B|b|||/", "F10 note 1/" },
    { "second byte order mark",
      BYTES ("plan,title\nA,a\n\xef\xbb\xbf"
             "B,b\n"),
      2, "plans@2:A|a|||/plans@3:B|b|||/", "F10 note 3/" },
    { "files put together", BYTES ("plan,title\nA,a\n\xef\xbb\xbfplan,title\nB,b\n"), 2, "plans@2:A|a|||/plans@4:B|b|||/",
      "F03 note 3/F10 note 3/" },
    { "row too wide", BYTES (HEAD "A,a,,,,extra\nB,b,,,,,,\n"), 2, "plans@3:B|b|||/", "F06 quarantined 2/" },
    { "row too narrow", BYTES (HEAD "A,a\nB,b,,,\n"), 2, "plans@2:A|a|||/plans@3:B|b|||/", "F11 check 2/" },
    { "undecodable row", BYTES (HEAD "A,caf\xc3\xa9,,,\nB,b\xff,,,\nC,it\xe2\x80,,,\n"), 3, "plans@2:A|caf\xc3\xa9|||/",
      "F07 quarantined 3/F07 quarantined 4/" },
    { "one bad byte in ASCII", BYTES (HEAD "A,a\xff,,,\nB,b,,,\n"), 2, "plans@3:B|b|||/", "F07 quarantined 2/" },
    { "NUL", BYTES (HEAD "A,a\0b,,,\nB,b,,,\n"), 2, "plans@3:B|b|||/", "F07 quarantined 2/" },
    { "half a surrogate pair", BYTES ("\xff\xfep\0l\0a\0n\0,\0t\0i\0t\0l\0e\0\n\0S\0,\0\x3d\xd8\n\0T\0,\0t\0"), 2, "plans@3:T|t|||/",
      "F01 check/F07 quarantined 2/" },
    { "a hole in Windows-1252", BYTES ("plan,title\nA,\xa3\nB,\x81\n"), 2, "plans@2:A|\xc2\xa3|||/", "F01 check/F07 quarantined 3/" },
    { "stray quote as data", BYTES ("plan,title\nA,5\" pipe\nB,\"never closed\nC,c\n"), 3,
      "plans@2:A|5\" pipe|||/plans@3:B|\"never closed|||/plans@4:C|c|||/", "F09 check 3/" },
    { "stray quote, wrong columns", BYTES ("plan,title\nA,\"never, closed\nB,\"b\"\nC,c\n"), 3, "plans@3:B|b|||/plans@4:C|c|||/",
      "F09 quarantined 2/" },
    { "line ends in cells", BYTES ("plan,title\r\nA,\"one\r\ntwo\"\r\nB,b\r\n"), 2, "plans@2:A|one\ntwo|||/plans@4:B|b|||/", "" },
};

static void test_situations_are_read_and_named (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_test_message ("%s", cases[i].situation);
        Folder folder;
        folder_open (&folder, NULL);
        folder_write (&folder, "plans.csv", cases[i].bytes, cases[i].length);
        folder_read (&folder);
        g_assert_no_error (folder.error);
        g_autofree char *records = dup_records (folder.set), *findings = dup_findings (folder.findings);
        g_assert_cmpstr (records, ==, cases[i].records);
        g_assert_cmpstr (findings, ==, cases[i].findings);
        g_assert_cmpint (folder.set->tables[BP_TABLE_PLANS].row_count, ==, cases[i].row_count);
        g_assert_cmpint (folder.set->tables[BP_TABLE_PLANS].file_count, ==, 1);
        folder_close (&folder);
    }
}

typedef struct
{
    const char *situation;
    const char *bytes;
    gsize length;
    const char *message; /* a part of it */
} Refusal;

static const Refusal refusals[] = {
    { "empty", BYTES (""), "data/plans.csv: is empty" },
    { "a byte order mark alone", BYTES ("\xef\xbb\xbf"), "data/plans.csv: is empty" },
    { "no header", BYTES ("a,b\n1,2\n"), "needed: plan and title" },
    { "header lacks a column", BYTES ("\nplan,note\nSIP,n\n"), "data/plans.csv, line 2: the header lacks title" },
    { "header in the eleventh row", BYTES ("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\nplan,title\nSIP,Plan\n"),
      "none of its first 10 rows is a header" },
    { "another separator", BYTES ("plan|title\nSIP|Plan\n"), "separated by \"|\"" },
    { "sep= another separator", BYTES ("sep=|\nplan|title\nSIP|Plan\n"), "line 1: \"sep=\"" },
    { "sep= nothing", BYTES ("sep=\nplan,title\n"), "line 1: \"sep=\"" },
    { "sep= is obeyed", BYTES ("sep=;\nplan,title\nSIP,Plan\n"), "none of its first 10 rows is a header" },
    { "a column twice", BYTES ("plan,title,Title\nSIP,a,b\n"), "line 1: the header names the column Title twice" },
    { "UTF-16 without a byte order mark", BYTES ("p\0l\0a\0n\0,\0t\0i\0t\0l\0e\0\n\0"), "UTF-16 without a byte order mark" },
    { "UTF-32", BYTES ("\xff\xfe\0\0p\0\0\0l\0\0\0"), "UTF-32" },
    { "a workbook", BYTES ("PK\x03\x04xxxxxxxxxxxx"), "Excel workbook" },
};

static void test_files_that_are_no_table_refuse_the_whole (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
        g_test_message ("%s", refusals[i].situation);
        Folder folder;
        folder_open (&folder, NULL);
        folder_write (&folder, "plans.csv", refusals[i].bytes, refusals[i].length);
        g_assert_false (folder_read (&folder));
        g_assert_error (folder.error, BP_ERROR, BP_ERROR_DATA);
        g_test_message ("%s", folder.error->message);
        g_assert_nonnull (strstr (folder.error->message, "data/plans.csv"));
        g_assert_nonnull (strstr (folder.error->message, refusals[i].message));
        folder_close (&folder);
    }
}

static char *dup_columns (int count)
{
    GString *text = g_string_new ("plan,title");
    for (int i = 2; i < count; i++)
        g_string_append_printf (text, ",c%d", i);
    g_string_append (text, "\nSIP,Plan");
    for (int i = 2; i < count; i++)
        g_string_append_c (text, ',');
    g_string_append_c (text, '\n');
    return g_string_free (text, FALSE);
}

static void test_more_than_1000_columns_are_refused (void)
{
    static const int counts[] = { 1000, 1001, 20000 };
    for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
        Folder folder;
        folder_open (&folder, NULL);
        g_autofree char *text = dup_columns (counts[i]);
        folder_write (&folder, "plans.csv", text, strlen (text));
        g_assert_true (folder_read (&folder) == (counts[i] <= 1000));
        if (folder.error != NULL)
            g_assert_nonnull (strstr (folder.error->message, "more than the 1000"));
        folder_close (&folder);
    }
}

/* Cells of exactly 64 KiB and one byte more; with halved quotes; of several lines. */
static void test_a_cell_over_64_kib_is_quarantined_with_its_row (void)
{
    Folder folder;
    folder_open (&folder, NULL);
    g_autofree char *most = g_strnfill (64 * 1024, 'x');
    g_autofree char *quotes = g_strnfill (64 * 1024 * 2, '"');
    g_autofree char *lines = g_strnfill (64 * 1024, '\n');
    g_autofree char *text
        = g_strconcat ("plan,title\nA,", most, "\nB,", most, "y\nC,\"", quotes, "\"\nD,\"", quotes, "y\"\nE,\"", lines, "y\"\nF,f\n", NULL);
    folder_write (&folder, "plans.csv", text, strlen (text));
    folder_read (&folder);
    g_assert_no_error (folder.error);
    const GArray *records = folder.set->tables[BP_TABLE_PLANS].records;
    g_assert_cmpuint (records->len, ==, 3);
    g_assert_cmpuint (strlen (g_array_index (records, BpRecord, 0).cells[1]), ==, 64 * 1024);
    g_assert_cmpuint (strlen (g_array_index (records, BpRecord, 1).cells[1]), ==, 64 * 1024);
    g_assert_cmpstr (g_array_index (records, BpRecord, 2).cells[0], ==, "F");
    g_assert_cmpint (g_array_index (records, BpRecord, 2).row, ==, 7 + 64 * 1024);
    g_autofree char *findings = dup_findings (folder.findings);
    g_assert_cmpstr (findings, ==, "F08 quarantined 3 title/F08 quarantined 5 title/F08 quarantined 6 title/");
    g_assert_cmpint (folder.set->tables[BP_TABLE_PLANS].row_count, ==, 6);
    folder_close (&folder);
}

static void test_local_columns_are_read (void)
{
    BpLocalField fields[] = { { BP_TABLE_PLANS, "colour", BP_FIELD_TEXT, "Colour" },
                              { BP_TABLE_AREAS, "size", BP_FIELD_NUMBER, "Size" },
                              { BP_TABLE_PLANS, "budget", BP_FIELD_NUMBER, "Budget" } };
    const BpFieldSet set = { fields, G_N_ELEMENTS (fields) };
    Folder folder;
    folder_open (&folder, &set);
    folder_write (&folder, "plans.csv", BYTES ("BUDGET,plan,title,Colour,size\n12,SIP,Plan,red,9\n"));
    folder_read (&folder);
    g_assert_no_error (folder.error);
    g_autofree char *records = dup_records (folder.set), *findings = dup_findings (folder.findings);
    g_assert_cmpstr (records, ==, "plans@2:SIP|Plan||||red|12/");
    g_assert_cmpstr (findings, ==, "F04 check 1 size/");
    folder_close (&folder);
}

static void test_files_are_told_by_their_names_and_read_in_natural_order (void)
{
    Folder folder;
    folder_open (&folder, NULL);
    folder_write (&folder, "plans-10.csv", BYTES ("plan,title\nD,d\n"));
    folder_write (&folder, "plans-2.csv", BYTES ("plan,title\nC,c\n"));
    folder_write (&folder, "plans.csv", BYTES ("plan,title\nB,b\n"));
    folder_write (&folder, "kpi_values-x-y.CSV", BYTES ("kpi,period,value\nK,P,1\n"));
    folder_write (&folder, "kpis.csv", BYTES ("kpi,title\nK,k\n"));
    folder_write (&folder, "action_links-illustrative.csv", BYTES ("plan,ref,project\nSIP,1,p\n"));
    folder_read (&folder);
    g_assert_no_error (folder.error);
    g_autofree char *records = dup_records (folder.set);
    g_assert_cmpstr (records, ==,
                     "plans@2:B|b|||/plans@2:C|c|||/plans@2:D|d|||/action_links@2:SIP|1|p||/"
                     "kpis@2:K||k||||||||||||||||||/kpi_values@2:K|P|||||1|||||/");
    g_assert_cmpint (folder.set->tables[BP_TABLE_PLANS].file_count, ==, 3);
    g_assert_cmpint (folder.set->tables[BP_TABLE_PLANS].row_count, ==, 3);
    g_assert_cmpstr (g_array_index (folder.set->tables[BP_TABLE_PLANS].records, BpRecord, 1).file, ==, "data/plans-2.csv");
    g_auto (GStrv) files = bp_ingest_list_files (folder.root, "data", NULL);
    g_autofree char *joined = g_strjoinv (" ", files);
    g_assert_cmpstr (
        joined, ==,
        "data/action_links-illustrative.csv data/kpi_values-x-y.CSV data/kpis.csv data/plans.csv data/plans-2.csv data/plans-10.csv");
    folder_close (&folder);
}

static void test_what_is_no_table_is_named_or_known_to_be_nothing (void)
{
    Folder folder;
    folder_open (&folder, NULL);
    static const char *const silent[] = { ".gitkeep", ".~lock.plans.csv#", "~$plans.xlsx", "plans.csv~" };
    for (gsize i = 0; i < G_N_ELEMENTS (silent); i++)
        folder_write (&folder, silent[i], BYTES ("x"));
    static const char *const named[] = { "README.md", "action.csv", "plans.xls", "plans.csv.bak", "plans_old.csv", "kpi_values" };
    for (gsize i = 0; i < G_N_ELEMENTS (named); i++)
        folder_write (&folder, named[i], BYTES ("x"));
    g_autofree char *archive = g_build_filename (folder.root, "data", "archive", NULL);
    g_assert_cmpint (g_mkdir (archive, 0700), ==, 0);
    folder_read (&folder);
    g_assert_no_error (folder.error);
    g_assert_cmpuint (bp_finding_list_length (folder.findings), ==, G_N_ELEMENTS (named) + 1);
    for (guint i = 0; i < bp_finding_list_length (folder.findings); i++)
    {
        const BpFinding *finding = bp_finding_list_get (folder.findings, i);
        g_assert_cmpint (finding->code, ==, BP_FINDING_UNKNOWN_FILE);
        g_assert_cmpint (finding->level, ==, BP_LEVEL_CHECK);
        if (g_str_has_suffix (finding->source.file, ".xls"))
            g_assert_nonnull (strstr (finding->advice, ".xlsx"));
        if (g_str_has_suffix (finding->source.file, "/action.csv"))
            g_assert_nonnull (strstr (finding->text, "\"actions\""));
    }
    folder_close (&folder);
}

static void test_a_folder_in_place_of_a_file_is_refused (void)
{
    Folder folder;
    folder_open (&folder, NULL);
    g_autofree char *path = g_build_filename (folder.root, "data", "plans.csv", NULL);
    g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
    g_assert_false (folder_read (&folder));
    g_assert_nonnull (strstr (folder.error->message, "data/plans.csv"));
    folder_close (&folder);
}

static void test_a_pipe_in_place_of_a_file_does_not_hang (void)
{
    Folder folder;
    folder_open (&folder, NULL);
    g_autofree char *path = g_build_filename (folder.root, "data", "plans.csv", NULL);
    g_assert_cmpint (mkfifo (path, 0600), ==, 0);
    g_assert_false (folder_read (&folder));
    g_assert_nonnull (strstr (folder.error->message, "data/plans.csv"));
    folder_close (&folder);
}

static void test_a_link_to_nothing_is_refused (void)
{
    Folder folder;
    folder_open (&folder, NULL);
    g_autofree char *path = g_build_filename (folder.root, "data", "plans.csv", NULL);
    g_assert_cmpint (symlink ("nowhere", path), ==, 0);
    g_assert_false (folder_read (&folder));
    g_assert_nonnull (strstr (folder.error->message, "data/plans.csv"));
    folder_close (&folder);
}

static void test_a_missing_data_folder_is_refused (void)
{
    Folder folder;
    folder_open (&folder, NULL);
    g_assert_false (bp_ingest_read_folder (folder.root, "tables", folder.set, folder.findings, &folder.error));
    g_assert_error (folder.error, BP_ERROR, BP_ERROR_IO);
    g_assert_nonnull (strstr (folder.error->message, "tables: there is no such folder"));
    g_clear_error (&folder.error);
    g_assert_null (bp_ingest_list_files (folder.root, "tables", &folder.error));
    g_assert_error (folder.error, BP_ERROR, BP_ERROR_IO);
    folder_close (&folder);
}

static void test_one_file_is_read_by_any_path (void)
{
    Folder folder;
    folder_open (&folder, NULL);
    folder_write (&folder, "plans-a.csv", BYTES ("plan,title\nA,a\n"));
    g_autofree char *full = g_build_filename (folder.root, "data", "plans-a.csv", NULL);
    g_assert_true (bp_ingest_read_file (folder.root, full, folder.set, folder.findings, NULL));
    g_assert_true (bp_ingest_read_file (folder.root, "./data/plans-a.csv", folder.set, folder.findings, NULL));
    for (guint i = 0; i < 2; i++)
        g_assert_cmpstr (g_array_index (folder.set->tables[BP_TABLE_PLANS].records, BpRecord, i).file, ==, "data/plans-a.csv");
    g_assert_false (bp_ingest_read_file (folder.root, "data/other.csv", folder.set, folder.findings, &folder.error));
    g_assert_error (folder.error, BP_ERROR, BP_ERROR_DATA);
    folder_close (&folder);
}

/* Whatever the bytes: no crash, and each row that was seen is a record or a quarantined finding. */
static void test_random_tables_account_for_every_row (void)
{
    static const char *const pieces[]
        = { "a", ",", "\n", "\"", "\"\"", "\r\n", "\r", ";", "\xc3\xa9", "\xff", " ", "plan,title\n", "\xef\xbb\xbf", ",b\n" };
    for (int run = 0; run < 2000; run++)
    {
        g_autoptr (GString) text = g_string_new (run % 5 == 0 ? "" : "plan,title,note\n");
        int length = g_test_rand_int_range (0, 120);
        for (int i = 0; i < length; i++)
            g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
        if (run % 7 == 0)
            g_string_append_c (text, '\0');
        Folder folder = { .set = bp_table_set_new (NULL), .findings = bp_finding_list_new () };
        folder.root = g_dir_make_tmp ("boardpack-ingest-XXXXXX", NULL);
        g_autofree char *path = g_build_filename (folder.root, "plans.csv", NULL);
        g_assert_true (g_file_set_contents (path, text->str, (gssize)text->len, NULL));
        if (bp_ingest_read_file (folder.root, "plans.csv", folder.set, folder.findings, &folder.error))
        {
            const BpTable *table = &folder.set->tables[BP_TABLE_PLANS];
            g_assert_cmpint (table->row_count, ==, (int)table->records->len + (int)bp_finding_list_count_quarantined (folder.findings));
        }
        else
            g_assert_error (folder.error, BP_ERROR, BP_ERROR_DATA);
        folder_close (&folder);
    }
}

/* Linear time and modest memory; the figures are printed, and only a gross slowness fails. */
static void test_100_000_rows_are_read_in_a_moment (void)
{
    Folder folder;
    folder_open (&folder, NULL);
    g_autoptr (GString) text = g_string_new ("kpi,period,geography,series,value,numerator,denominator,published,note\n");
    for (int i = 0; i < 100000; i++)
        g_string_append_printf (
            text, "K%d,2024-%02d,England,actual,\"%d,%03d\",12,34,2025-01-31,\"a note, of some length, that says \"\"so\"\"\"\n", i,
            i % 12 + 1, i % 900 + 100, i % 1000);
    folder_write (&folder, "kpi_values.csv", text->str, text->len);
    gint64 start = g_get_monotonic_time ();
    folder_read (&folder);
    double seconds = (double)(g_get_monotonic_time () - start) / 1e6;
    g_assert_no_error (folder.error);
    g_assert_cmpuint (folder.set->tables[BP_TABLE_KPI_VALUES].records->len, ==, 100000);
    g_test_message ("100,000 rows, %.1f MB: %.3f s, %.0f MB/s", (double)text->len / 1e6, seconds, (double)text->len / 1e6 / seconds);
    g_assert_cmpfloat (seconds, <, 20);
    folder_close (&folder);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/ingest/folder/situations_are_read_and_named", test_situations_are_read_and_named);
    g_test_add_func ("/ingest/folder/files_that_are_no_table_refuse_the_whole", test_files_that_are_no_table_refuse_the_whole);
    g_test_add_func ("/ingest/folder/more_than_1000_columns_are_refused", test_more_than_1000_columns_are_refused);
    g_test_add_func ("/ingest/folder/a_cell_over_64_kib_is_quarantined_with_its_row", test_a_cell_over_64_kib_is_quarantined_with_its_row);
    g_test_add_func ("/ingest/folder/local_columns_are_read", test_local_columns_are_read);
    g_test_add_func ("/ingest/folder/files_are_told_by_their_names_and_read_in_natural_order",
                     test_files_are_told_by_their_names_and_read_in_natural_order);
    g_test_add_func ("/ingest/folder/what_is_no_table_is_named_or_known_to_be_nothing",
                     test_what_is_no_table_is_named_or_known_to_be_nothing);
    g_test_add_func ("/ingest/folder/a_folder_in_place_of_a_file_is_refused", test_a_folder_in_place_of_a_file_is_refused);
    g_test_add_func ("/ingest/folder/a_pipe_in_place_of_a_file_does_not_hang", test_a_pipe_in_place_of_a_file_does_not_hang);
    g_test_add_func ("/ingest/folder/a_link_to_nothing_is_refused", test_a_link_to_nothing_is_refused);
    g_test_add_func ("/ingest/folder/a_missing_data_folder_is_refused", test_a_missing_data_folder_is_refused);
    g_test_add_func ("/ingest/folder/one_file_is_read_by_any_path", test_one_file_is_read_by_any_path);
    g_test_add_func ("/ingest/folder/random_tables_account_for_every_row", test_random_tables_account_for_every_row);
    g_test_add_func ("/ingest/folder/100_000_rows_are_read_in_a_moment", test_100_000_rows_are_read_in_a_moment);
    return g_test_run ();
}
