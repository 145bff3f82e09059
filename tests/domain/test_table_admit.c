#include "domain/table.h"

#include <string.h>

/* Rows are written as people see them: cells separated by |, columns in the order of the table. */
static void add_row (BpTableSet *set, BpTableId table, const char *cells)
{
    g_auto (GStrv) parts = g_strsplit (cells, "|", -1);
    int rows = ++set->tables[table].row_count;
    BpRecord *record = bp_table_set_add (set, table);
    record->file = "data/x.csv";
    record->row = rows + 1;
    for (int i = 0; parts[i] != NULL; i++)
        record->cells[i] = bp_table_set_take_text (set, parts[i], -1);
}

static guint count_of (const BpFindingList *findings, BpFindingCode code)
{
    guint count = 0;
    for (guint i = 0; i < bp_finding_list_length (findings); i++)
        count += bp_finding_list_get (findings, i)->code == code;
    return count;
}

static const BpRecord *row_of (const BpTableSet *set, BpTableId table, guint index)
{
    g_assert_cmpuint (index, <, set->tables[table].records->len);
    return &g_array_index (set->tables[table].records, BpRecord, index);
}

/* Refs of actions as typed, "area:ref", separated by blanks; "_" is a blank ref. After admission: the refs kept, * where inferred. */
static void inference_needs_proof (void)
{
    static const struct
    {
        const char *typed, *admitted;
        guint inferred, left_out;
    } cases[] = {
        { "1.1:1.1.1 1.1:_ 1.1:1.1.3 1.1:1.1.4", "1.1.1 1.1.2* 1.1.3 1.1.4", 1, 0 },
        { "3.3:3.3.1 3.3:_ 3.3:3.3.3", "3.3.1 3.3.2* 3.3.3", 1, 0 },
        { "1:1.1 1:_ 1:1.3 2:2.1 2:2.2", "1.1 1.2* 1.3 2.1 2.2", 1, 0 }, /* two levels */
        { "1:1 1:_ 1:3", "1 2* 3", 1, 0 },                               /* one level */
        { "1:A-08 1:A-09 1:_ 1:A-11", "A-08 A-09 A-10* A-11", 1, 0 },
        { "1:A-01 1:_ 1:A-03", "A-01 A-02* A-03", 1, 0 }, /* as wide as its neighbours */
        { "1:1.9 1:_ 1:1.11", "1.9 1.10* 1.11", 1, 0 },
        { "4:4.1 4:4.2 4:4.2.1 4:_ 4:4.2.3 4:4.3", "4.1 4.2 4.2.1 4.2.2* 4.2.3 4.3", 1, 0 }, /* two depths in one area */
        { "4:4.1 4:4.2 4:4.2.1 4:4.2.2 4:_ 4:4.4", "4.1 4.2 4.2.1 4.2.2 4.3* 4.4", 1, 0 },
        { "1.1:1.1.1 1.2:1.2.1 1.1:_ 1.2:1.2.2 1.1:1.1.3", "1.1.1 1.2.1 1.1.2* 1.2.2 1.1.3", 1, 0 }, /* areas mixed in the file */
        /* no proof */
        { "1.1:1.1.1 1.1:1.1.2 1.1:_", "1.1.1 1.1.2", 0, 1 },       /* at the end: nothing missing */
        { "1.1:_ 1.1:1.1.2 1.1:1.1.3", "1.1.2 1.1.3", 0, 1 },       /* at the start */
        { "1.1:1.1.1 1.1:1.1.3 1.1:_", "1.1.1 1.1.3", 0, 1 },       /* one is missing, but not where the row stands */
        { "1.1:1.1.1 1.1:_ 1.1:_ 1.1:1.1.4", "1.1.1 1.1.4", 0, 2 }, /* two blanks */
        { "1.1:1.1.1 1.1:_ 1.1:1.1.3 1.1:_ 1.1:1.1.5", "1.1.1 1.1.3 1.1.5", 0, 2 },
        { "1.1:1.1.1 1.1:_ 1.1:1.1.4", "1.1.1 1.1.4", 0, 1 },                 /* two missing together */
        { "1.1:1.1.1 1.1:_ 1.1:1.1.3 1.1:1.1.5", "1.1.1 1.1.3 1.1.5", 0, 1 }, /* two missing apart */
        { "4:4.1 4:_ 4:4.3 4:4.3.1 4:4.3.3", "4.1 4.3 4.3.1 4.3.3", 0, 1 },   /* one missing at each depth */
        { "1.1:1.1.1 1.1:_ 1.1:1.1.3 1.2:1.1.2", "1.1.1 1.1.3 1.1.2", 0, 1 }, /* it stands in another area */
        { "1.1:1.1.3 1.1:_ 1.1:1.1.1", "1.1.3 1.1.1", 0, 1 },                 /* counted down */
        { "1.1:_", "", 0, 1 },
        { "1.1:1.1.1 1.1:_ 1.1:1.1.4 1.1:1.1.3", "1.1.1 1.1.4 1.1.3", 0, 1 }, /* one is missing, but the row after is not the next */
        { "1.1:1.1.1 1.1:1.1.4 1.1:_ 1.1:1.1.3", "1.1.1 1.1.4 1.1.3", 0, 1 },
        { "1.1:1.1.1 1.1:_ 1.1:1.1.3 1.1:_", "1.1.1 1.1.3", 0, 2 }, /* either of two could be the one missing */
        { "1.1:a 1.1:_ 1.1:c", "a c", 0, 1 },                       /* letters are not counted on */
        { "1.1:9999999999 1.1:_ 1.1:10000000001", "9999999999 10000000001", 0, 1 },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autoptr (BpTableSet) set = bp_table_set_new (NULL);
        g_autoptr (BpFindingList) findings = bp_finding_list_new ();
        g_auto (GStrv) rows = g_strsplit (cases[i].typed, " ", -1);
        for (int r = 0; rows[r] != NULL; r++)
        {
            g_auto (GStrv) parts = g_strsplit (rows[r], ":", 2);
            g_autofree char *cells = g_strdup_printf (
                "SIP|%s|%s|Do it %d", strcmp (parts[1], "_") == 0 ? (r % 2 == 0 ? "" : " \xe2\x80\x8b") : parts[1], parts[0], r);
            add_row (set, BP_TABLE_ACTIONS, cells);
        }
        bp_table_set_admit (set, findings);
        g_autoptr (GString) admitted = g_string_new (NULL);
        for (guint r = 0; r < set->tables[BP_TABLE_ACTIONS].records->len; r++)
        {
            const BpRecord *record = row_of (set, BP_TABLE_ACTIONS, r);
            g_string_append_printf (admitted, "%s%s%s", r > 0 ? " " : "", record->cells[1], record->is_key_inferred ? "*" : "");
        }
        g_assert_cmpstr (admitted->str, ==, cases[i].admitted);
        g_assert_cmpint (count_of (findings, BP_FINDING_REF_INFERRED), ==, cases[i].inferred);
        g_assert_cmpint (count_of (findings, BP_FINDING_REF_NOT_INFERRED), ==, cases[i].left_out);
        g_assert_cmpint (bp_finding_list_count_quarantined (findings), ==, cases[i].left_out);
        g_assert_cmpint (bp_finding_list_length (findings), ==, cases[i].inferred + cases[i].left_out);
    }
}

static void plans_do_not_prove_one_another (void)
{
    g_autoptr (BpTableSet) set = bp_table_set_new (NULL);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    add_row (set, BP_TABLE_ACTIONS, "SIP|1.1|1|a");
    add_row (set, BP_TABLE_ACTIONS, "SIP||1|b");
    add_row (set, BP_TABLE_ACTIONS, "WSOA|1.2|1|c");
    add_row (set, BP_TABLE_ACTIONS, "SIP|1.3|1|d");
    add_row (set, BP_TABLE_ACTIONS, "OLD|1.1|1|e");
    add_row (set, BP_TABLE_ACTIONS, "OLD||1|f");
    bp_table_set_admit (set, findings);
    g_assert_cmpint (set->tables[BP_TABLE_ACTIONS].records->len, ==, 5);
    g_assert_cmpstr (row_of (set, BP_TABLE_ACTIONS, 1)->cells[1], ==, "1.2");
    g_assert_cmpint (count_of (findings, BP_FINDING_REF_INFERRED), ==, 1);
    g_assert_cmpint (count_of (findings, BP_FINDING_REF_NOT_INFERRED), ==, 1);
    const BpFinding *inferred = bp_finding_list_get (findings, 0)->code == BP_FINDING_REF_INFERRED ? bp_finding_list_get (findings, 0)
                                                                                                   : bp_finding_list_get (findings, 1);
    g_assert_cmpstr (inferred->source.file, ==, "data/x.csv");
    g_assert_cmpint (inferred->source.row, ==, 3);
    g_assert_cmpstr (inferred->source.column, ==, "ref");
    g_assert_nonnull (strstr (inferred->text, "1.2*"));
}

static void rows_without_a_required_value_are_left_out (void)
{
    g_autoptr (BpTableSet) set = bp_table_set_new (NULL);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    add_row (set, BP_TABLE_ACTIONS, "SIP|1.1|1|Text|short|lead|April 2025");
    add_row (set, BP_TABLE_ACTIONS, "SIP|1.2|1|\xc2\xa0\xe2\x80\x8b\t");
    add_row (set, BP_TABLE_ACTIONS, "|1.3||Text");
    add_row (set, BP_TABLE_ACTIONS, "|||");
    add_row (set, BP_TABLE_KPIS, "K01||Title");
    add_row (set, BP_TABLE_KPI_VALUES, "K01|Q2 2024/25|||||");
    add_row (set, BP_TABLE_KPI_VALUES, "K01||||||5");
    bp_table_set_admit (set, findings);
    g_assert_cmpint (set->tables[BP_TABLE_ACTIONS].records->len, ==, 1);
    g_assert_cmpint (set->tables[BP_TABLE_ACTIONS].row_count, ==, 4);
    g_assert_cmpint (set->tables[BP_TABLE_KPIS].records->len, ==, 1);
    g_assert_cmpint (set->tables[BP_TABLE_KPI_VALUES].records->len, ==, 1);
    g_assert_cmpint (bp_finding_list_length (findings), ==, 4);
    g_assert_cmpint (count_of (findings, BP_FINDING_REQUIRED_MISSING), ==, 4);
    g_assert_cmpint (bp_finding_list_count_quarantined (findings), ==, 4);
    bp_finding_list_sort (findings);
    const BpFinding *several = NULL;
    for (guint i = 0; i < 4; i++)
        if (bp_finding_list_get (findings, i)->source.row == 4)
            several = bp_finding_list_get (findings, i);
    g_assert_nonnull (several);
    g_assert_cmpstr (several->source.column, ==, "plan");
    g_assert_nonnull (strstr (several->text, "'plan' and 'area'"));
}

static void rows_whose_day_cannot_be_read_are_left_out_and_named (void)
{
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    g_autoptr (BpTableSet) set = bp_table_set_new (NULL);
    add_row (set, BP_TABLE_UPDATES, "SIP|1.1|31 July 2025|on-track");
    add_row (set, BP_TABLE_UPDATES, "SIP|1.2|banana|off-track");
    add_row (set, BP_TABLE_MEETINGS, "bbp|TBC (Pre-Christmas)");
    bp_table_set_admit (set, findings);
    g_assert_cmpuint (set->tables[BP_TABLE_UPDATES].records->len, ==, 1);
    g_assert_cmpstr (row_of (set, BP_TABLE_UPDATES, 0)->cells[1], ==, "1.1");
    g_assert_cmpuint (set->tables[BP_TABLE_MEETINGS].records->len, ==, 1);
    g_assert_cmpuint (bp_finding_list_count_quarantined (findings), ==, 1);
    const BpFinding *finding = bp_finding_list_get (findings, 0);
    g_assert_cmpint (finding->code, ==, BP_FINDING_VALUE_UNREADABLE);
    g_assert_cmpstr (finding->value, ==, "banana");
    g_assert_cmpstr (finding->source.column, ==, "as_of");
    g_assert_cmpint (finding->source.row, ==, 3);
}

static void same_key_counts_once_or_not_at_all (void)
{
    g_autoptr (BpTableSet) set = bp_table_set_new (NULL);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    add_row (set, BP_TABLE_UPDATES, "SIP|1.1|2025-07-31|on-track||Going well");
    add_row (set, BP_TABLE_UPDATES, "SIP|1.2|2025-07-31|on-track");
    add_row (set, BP_TABLE_UPDATES, "SIP | 1.1|2025-07-31|on-track||Going well "); /* the same but for blanks */
    add_row (set, BP_TABLE_UPDATES, "SIP|1.1|31 July 2025|on-track||Going well");  /* and for the spelling of the day */
    add_row (set, BP_TABLE_UPDATES, "SIP|1.3|2025-07-31|on-track");
    add_row (set, BP_TABLE_UPDATES, "SIP|1.3|2025-07-31|off-track");
    add_row (set, BP_TABLE_UPDATES, "SIP|1.3|2025-07-31|on-track");
    add_row (set, BP_TABLE_UPDATES, "SIP|1.3|2025-04-30|on-track");
    add_row (set, BP_TABLE_UPDATES, "SIP1|.3|2025-07-31|on-track"); /* keys do not run together */
    bp_table_set_admit (set, findings);
    const GArray *records = set->tables[BP_TABLE_UPDATES].records;
    g_assert_cmpint (records->len, ==, 4);
    g_assert_cmpint (row_of (set, BP_TABLE_UPDATES, 0)->row, ==, 2);
    g_assert_cmpint (row_of (set, BP_TABLE_UPDATES, 1)->row, ==, 3);
    g_assert_cmpint (row_of (set, BP_TABLE_UPDATES, 2)->row, ==, 9);
    g_assert_cmpint (row_of (set, BP_TABLE_UPDATES, 3)->row, ==, 10);
    g_assert_cmpint (count_of (findings, BP_FINDING_DUPLICATE_SAME), ==, 2);
    g_assert_cmpint (count_of (findings, BP_FINDING_DUPLICATE_DIFFERENT), ==, 3);
    g_assert_cmpint (bp_finding_list_count_quarantined (findings), ==, 3);
    g_assert_cmpint (bp_finding_list_count (findings, BP_LEVEL_NOTE), ==, 2);
}

static void a_returned_report_stands_in_the_place_of_others_of_its_day (void)
{
    static const char *const files[]
        = { "data/updates.csv", "data/updates-return-ann-other-2025-07-31-2.csv", "data/updates-return-ann-other-2025-07-31-10.csv",
            "data/updates-late.csv", "data/updates-return-mine.csv" };
    g_autoptr (BpTableSet) set = bp_table_set_new (NULL);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    add_row (set, BP_TABLE_UPDATES, "SIP|1.1|31/07/2025|on-track||Before");
    add_row (set, BP_TABLE_UPDATES, "SIP|1.1|2025-07-31|on-track||First sheet");
    add_row (set, BP_TABLE_UPDATES, "SIP|1.1|2025-07-31|on-track||Newer sheet");
    add_row (set, BP_TABLE_UPDATES, "SIP|1.2|2025-07-31|on-track||One");
    add_row (set, BP_TABLE_UPDATES, "SIP|1.2|2025-07-31|on-track||No return's");
    for (guint i = 0; i < G_N_ELEMENTS (files); i++)
        g_array_index (set->tables[BP_TABLE_UPDATES].records, BpRecord, i).file = files[i];
    bp_table_set_admit (set, findings);
    g_assert_cmpint (set->tables[BP_TABLE_UPDATES].records->len, ==, 1);
    g_assert_cmpstr (row_of (set, BP_TABLE_UPDATES, 0)->cells[5], ==, "Newer sheet");
    g_assert_cmpint (count_of (findings, BP_FINDING_ROW_SUPERSEDED), ==, 2);
    g_assert_cmpint (count_of (findings, BP_FINDING_DUPLICATE_DIFFERENT), ==, 2);
}

static void blank_key_parts_and_local_columns_count (void)
{
    BpLocalField fields[] = { { BP_TABLE_PROJECTS, "ward", BP_FIELD_TEXT, "Ward" } };
    const BpFieldSet field_set = { .fields = fields, .count = 1 };
    g_autoptr (BpTableSet) set = bp_table_set_new (&field_set);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    add_row (set, BP_TABLE_KPI_VALUES, "K01|Q2 2024/25||actual|||5");
    add_row (set, BP_TABLE_KPI_VALUES, "K01|Q2 2024/25|England|actual|||6");
    add_row (set, BP_TABLE_KPI_VALUES, "K01|Q2 2024/25||actual|age|5 to 10|7");
    add_row (set, BP_TABLE_PROJECTS, "P1|Title||North");
    add_row (set, BP_TABLE_PROJECTS, "P1|Title||South");
    add_row (set, BP_TABLE_NARRATIVE, "2025-07-31|impact|Same words");
    add_row (set, BP_TABLE_NARRATIVE, "2025-07-31|impact|Same words");
    bp_table_set_admit (set, findings);
    g_assert_cmpint (set->tables[BP_TABLE_KPI_VALUES].records->len, ==, 3);
    g_assert_cmpint (set->tables[BP_TABLE_PROJECTS].records->len, ==, 0);  /* they differ in the local column */
    g_assert_cmpint (set->tables[BP_TABLE_NARRATIVE].records->len, ==, 2); /* a table without a key */
    g_assert_cmpint (bp_finding_list_length (findings), ==, 2);
}

static void keys_are_trimmed_and_other_cells_are_not (void)
{
    g_autoptr (BpTableSet) set = bp_table_set_new (NULL);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    add_row (set, BP_TABLE_ACTIONS,
             "\xc2\xa0SIP |\xef\xbb\xbf"
             "1.10 | 1.1 | Text ");
    bp_table_set_admit (set, findings);
    const BpRecord *record = row_of (set, BP_TABLE_ACTIONS, 0);
    g_assert_cmpstr (record->cells[0], ==, "SIP");
    g_assert_cmpstr (record->cells[1], ==, "1.10");
    g_assert_cmpstr (record->cells[2], ==, " 1.1 ");
    g_assert_cmpstr (record->cells[3], ==, " Text ");
    g_assert_cmpint (bp_finding_list_length (findings), ==, 0);
    bp_table_set_admit (set, findings);
    g_assert_cmpint (set->tables[BP_TABLE_ACTIONS].records->len, ==, 1);
}

static void hostile_cells_do_no_harm (void)
{
    g_autoptr (BpTableSet) set = bp_table_set_new (NULL);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    g_autofree char *endless = g_strnfill (200000, '9');
    g_autofree char *row = g_strdup_printf ("%s|%s|%s|%s", endless, endless, endless, endless);
    add_row (set, BP_TABLE_ACTIONS, row);
    add_row (set, BP_TABLE_ACTIONS, row);
    add_row (set, BP_TABLE_ACTIONS, "\xff|\xfe|\xc3|\x80");
    add_row (set, BP_TABLE_ACTIONS, "\xff||\xc3|\x80");
    add_row (set, BP_TABLE_ACTIONS, "%s%n|%d|%s|%s");
    add_row (set, BP_TABLE_ACTIONS, "%s%n|%d|%s|other");
    bp_table_set_admit (set, findings);
    g_assert_cmpint (set->tables[BP_TABLE_ACTIONS].records->len, ==, 2);
    for (guint i = 0; i < bp_finding_list_length (findings); i++)
        g_assert_true (g_utf8_validate (bp_finding_list_get (findings, i)->text, -1, NULL));
}

/* 40,000 rows in one area, and as many in areas of ten: time grows no faster than rows, but for a sort. */
static void large_tables_stay_quick (void)
{
    for (int per_area = 10; per_area <= 40000; per_area *= 4000)
    {
        g_autoptr (BpTableSet) set = bp_table_set_new (NULL);
        g_autoptr (BpFindingList) findings = bp_finding_list_new ();
        for (int i = 0; i < 40000; i++)
        {
            bool is_blank = i % per_area == 4;
            g_autofree char *cells = is_blank ? g_strdup_printf ("SIP||%d|Text", i / per_area)
                                              : g_strdup_printf ("SIP|%d.%d|%d|Text", i / per_area, i % per_area + 1, i / per_area);
            add_row (set, BP_TABLE_ACTIONS, cells);
        }
        gint64 start = g_get_monotonic_time ();
        bp_table_set_admit (set, findings);
        gint64 spent_ms = (g_get_monotonic_time () - start) / 1000;
        g_test_message ("%d rows an area: %" G_GINT64_FORMAT " ms", per_area, spent_ms);
        g_assert_cmpint (set->tables[BP_TABLE_ACTIONS].records->len, ==, 40000);
        g_assert_cmpint (count_of (findings, BP_FINDING_REF_INFERRED), ==, 40000 / per_area);
        g_assert_cmpint (spent_ms, <, 5000);
    }
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/domain/table_admit/inference_needs_proof", inference_needs_proof);
    g_test_add_func ("/domain/table_admit/plans_do_not_prove_one_another", plans_do_not_prove_one_another);
    g_test_add_func ("/domain/table_admit/rows_without_a_required_value_are_left_out", rows_without_a_required_value_are_left_out);
    g_test_add_func ("/domain/table_admit/rows_whose_day_cannot_be_read_are_left_out_and_named",
                     rows_whose_day_cannot_be_read_are_left_out_and_named);
    g_test_add_func ("/domain/table_admit/same_key_counts_once_or_not_at_all", same_key_counts_once_or_not_at_all);
    g_test_add_func ("/domain/table_admit/a_returned_report_stands_in_the_place_of_others_of_its_day",
                     a_returned_report_stands_in_the_place_of_others_of_its_day);
    g_test_add_func ("/domain/table_admit/blank_key_parts_and_local_columns_count", blank_key_parts_and_local_columns_count);
    g_test_add_func ("/domain/table_admit/keys_are_trimmed_and_other_cells_are_not", keys_are_trimmed_and_other_cells_are_not);
    g_test_add_func ("/domain/table_admit/hostile_cells_do_no_harm", hostile_cells_do_no_harm);
    g_test_add_func ("/domain/table_admit/large_tables_stay_quick", large_tables_stay_quick);
    return g_test_run ();
}
