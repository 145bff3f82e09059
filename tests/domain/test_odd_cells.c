#include "support/table_builder.c"

#include "domain/action_state.h"
#include "domain/rules/rule_table.h"

/* Tables filled at random with cells that have broken programs before: whatever stands in them, the snapshot builds and its sums hold. */

static const char *const odd_cells[] = {
    "",
    " ",
    "\xc2\xa0",
    "SIP",
    "SIP",
    "SIP",
    "SIP:1.1",
    "1",
    "1.1",
    "1.1.1",
    "1.2",
    "2",
    "2.1*",
    ":",
    "::1",
    "SIP:",
    "*",
    "K1",
    "K2",
    "K1;K2;;K1",
    ";",
    "board",
    "The Big Board",
    "nobody",
    "2025-04-30",
    "2025-07-31",
    "31/02/2025",
    "2199-12-31",
    "1900-01-01",
    "April 2025",
    "April 2025 and then Termly",
    "6 weekly from September 2025",
    "February 2025 April 2025",
    "On-going",
    "Complete",
    "TBC",
    "2024/25",
    "AY 2024/25",
    "Q2 2024/25",
    "Census 2024-01",
    "Autumn 2024",
    "complete",
    "on-track",
    "off-track",
    "at-risk",
    "paused",
    "no-update",
    "as-planned",
    "purple",
    "yes",
    "no",
    "perhaps",
    "0",
    "-0",
    "1",
    "0.5",
    "67%",
    "100",
    "1e308",
    "1e-308",
    "99999999999999999999",
    "-5",
    "1,234",
    "1,23",
    "NaN",
    "inf",
    "[c]",
    "x",
    "[low]",
    "percent",
    "count",
    "rate",
    "gbp",
    "higher",
    "lower",
    "near",
    "none",
    "month",
    "quarter",
    "census",
    "academic_year",
    "actual",
    "projected",
    "target",
    "break",
    "growth",
    "change",
    "share",
    "value",
    "achievement",
    "public",
    "decide",
    "England",
    "hometown",
    "<b>bold</b> text",
    "\xe2\x86\x92 arrow",
    "\xff\xfe bad bytes",
    "a\nb",
    "%s%n%d",
    "Lead A",
    "lead a",
    "May 2025",
    "\xef\xbb\xbf"
    "BOM",
    "\xf0\x9f\x98\x80",
};

static const char *random_cell (void)
{
    return odd_cells[g_test_rand_int_range (0, (gint32)G_N_ELEMENTS (odd_cells))];
}

static void fill (BpTableSet *set, BpTableId table, int rows)
{
    int width = bp_table_set_width (set, table);
    for (int i = 0; i < rows; i++)
    {
        BpRecord *record = bp_table_set_add (set, table);
        record->file = "data/odd.csv";
        record->row = i + 2;
        for (int column = 0; column < width; column++)
            record->cells[column] = random_cell ();
        /* mostly valid keys, so that rows find one another */
        if (g_test_rand_int_range (0, 4) != 0 && bp_table_find_column (bp_table_get (table), "plan") == 0)
        {
            static const char *const refs[] = { "1", "1.1", "1.2", "1.1.1", "2", "2.1", "7" };
            record->cells[0] = "SIP";
            record->cells[1] = refs[g_test_rand_int_range (0, G_N_ELEMENTS (refs))];
        }
        if (g_test_rand_int_range (0, 4) != 0 && bp_table_find_column (bp_table_get (table), "kpi") == 0)
            record->cells[0] = g_test_rand_bit () ? "K1" : "K2";
    }
    set->tables[table].row_count += rows;
}

static void check_invariants (const BpProgramme *programme, const BpSnapshot *snapshot)
{
    const BpActionCounts *counts = &snapshot->counts;
    int by_status = 0, in_areas = 0;
    for (int i = 0; i < bp_action_state_status_count (programme); i++)
        by_status += counts->by_status[i];
    for (guint i = 0; i < snapshot->areas->len; i++)
    {
        g_autoptr (GPtrArray) under = bp_area_dup_all_actions (snapshot->areas->pdata[i]);
        in_areas += (int)under->len;
    }
    g_assert_cmpint (by_status, ==, counts->total);
    g_assert_cmpint (in_areas, ==, counts->total);
    g_assert_cmpint (counts->total, ==, (int)snapshot->actions->len);
    g_assert_cmpint (counts->done + counts->open + counts->paused, ==, counts->total);
    for (guint i = 0; i < snapshot->actions->len; i++)
    {
        const BpAction *action = snapshot->actions->pdata[i];
        g_assert_nonnull (action->status);
        g_assert_false (action->is_done && (action->is_overdue || action->is_undated));
        g_assert_true (!action->is_overdue || action->due < snapshot->as_of);
        g_assert_true (g_utf8_validate (action->text, -1, NULL) || strstr (action->text, "bad bytes") != NULL);
    }
    for (guint i = 0; i < bp_finding_list_length (snapshot->findings); i++)
    {
        const BpFinding *finding = bp_finding_list_get (snapshot->findings, i);
        g_assert_nonnull (finding->text);
        g_assert_nonnull (finding->advice);
    }
    g_autoptr (GPtrArray) exceptions = bp_snapshot_exceptions (snapshot, snapshot->actions);
    g_autoptr (GArray) escalations = bp_snapshot_escalations (snapshot);
    g_autoptr (GArray) points = bp_snapshot_burn_up (snapshot);
    g_assert_cmpuint (exceptions->len, <=, snapshot->actions->len);
    g_assert_cmpuint (escalations->len, <=, snapshot->actions->len);
    int last_completed = 0, last_planned = 0;
    for (guint i = 0; i < points->len; i++)
    {
        const BpBurnUpPoint *point = &g_array_index (points, BpBurnUpPoint, i);
        g_assert_cmpint (point->planned, >=, last_planned);
        g_assert_true (point->completed == -1 || point->completed >= last_completed);
        last_planned = point->planned;
        last_completed = MAX (point->completed, last_completed);
    }
}

static void test_odd_cells (gconstpointer admitted)
{
    static const char *const days[] = { "2025-07-31", "1900-01-02", "2199-12-31", "2025-04-30" };
    for (int round = 0; round < 150; round++)
    {
        BpProgramme programme = table_builder_programme ();
        programme.fill_down_leads = g_test_rand_bit ();
        g_autoptr (BpTableSet) set = bp_table_set_new (&programme.fields);
        if (g_test_rand_int_range (0, 3) != 0)
            table_builder_add_plan (set);
        for (int table = 0; table < BP_TABLE_COUNT; table++)
            fill (set, (BpTableId)table, g_test_rand_int_range (0, 12));
        g_autoptr (BpFindingList) findings = bp_finding_list_new ();
        if (GPOINTER_TO_INT (admitted))
            bp_table_set_admit (set, findings);
        BpSnapshotOptions options
            = { .as_of = table_builder_date (days[round % 4]), .known = BP_DATE_NONE, .since = BP_DATE_NONE, .import_findings = findings };
        g_autoptr (BpSnapshot) snapshot = bp_snapshot_new (&programme, set, &options);
        check_invariants (&programme, snapshot);
    }
}

/* The order of the files does not matter (data contract, "Rules"). */
static void test_order_of_rows (void)
{
    BpProgramme programme = table_builder_programme ();
    g_autoptr (BpTableSet) forth = bp_table_set_new (&programme.fields), back = bp_table_set_new (&programme.fields);
    table_builder_add_plan (forth);
    table_builder_add_plan (back);
    for (int i = 0; i < 30; i++)
        for (int direction = 0; direction < 2; direction++)
        {
            int n = direction == 0 ? i : 29 - i;
            BpTableSet *set = direction == 0 ? forth : back;
            g_autofree char *action
                = g_strdup_printf ("SIP|1.%d|1.%d|Action %d|%s", n, n % 2 + 1, n, n % 3 == 0 ? "April 2025" : "September 2025");
            g_autofree char *update = g_strdup_printf ("SIP|1.%d|2025-0%d-01|%s|", n, n % 6 + 1, n % 4 == 0 ? "off-track" : "on-track");
            table_builder_add (set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", action, NULL);
            table_builder_add (set, BP_TABLE_UPDATES, "plan|ref|as_of|status|forecast", update, NULL);
        }
    g_autoptr (BpSnapshot) first = table_builder_snapshot (&programme, forth, "2025-07-31");
    g_autoptr (BpSnapshot) second = table_builder_snapshot (&programme, back, "2025-07-31");
    g_assert_cmpuint (first->actions->len, ==, second->actions->len);
    for (guint i = 0; i < first->actions->len; i++)
    {
        const BpAction *a = first->actions->pdata[i], *b = second->actions->pdata[i];
        g_assert_cmpstr (a->key, ==, b->key);
        g_assert_true (a->status == b->status);
        g_assert_cmpint (a->due, ==, b->due);
    }
    g_assert_cmpint (first->counts.overdue, ==, second->counts.overdue);
    g_assert_cmpint (first->previous, ==, second->previous);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_data_func ("/domain/odd_cells/whatever_is_typed_the_snapshot_builds", GINT_TO_POINTER (1), test_odd_cells);
    g_test_add_data_func ("/domain/odd_cells/even_rows_not_admitted_do_no_harm", GINT_TO_POINTER (0), test_odd_cells);
    g_test_add_func ("/domain/odd_cells/order_of_rows_does_not_matter", test_order_of_rows);
    return g_test_run ();
}
