#include "support/table_builder.c"

#include "domain/action_state.h"

/* Rounds: stray updates between two terms make none, and changes count from the round before the newest updates. */
static void test_rounds (void)
{
    BpProgramme programme = table_builder_programme ();
    g_autoptr (BpTableSet) set = bp_table_set_new (&programme.fields);
    table_builder_add_plan (set);
    for (int i = 1; i <= 12; i++)
    {
        g_autofree char *action = g_strdup_printf ("SIP|1.1.%d|1.1|Action %d|December 2026", i, i);
        g_autofree char *spring = g_strdup_printf ("SIP|1.1.%d|2025-04-0%d|on-track||", i, i % 9 + 1);
        g_autofree char *summer = g_strdup_printf ("SIP|1.1.%d|2025-07-31|%s||", i, i <= 3 ? "at-risk" : "on-track");
        table_builder_add (set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", action, NULL);
        table_builder_add (set, BP_TABLE_UPDATES, "plan|ref|as_of|status|forecast|approved_by", spring, summer, NULL);
    }
    table_builder_add (set, BP_TABLE_UPDATES, "plan|ref|as_of|status|forecast|approved_by", "SIP|1.1.12|2025-05-12||March 2027|board",
                       "SIP|1.1.11|2025-09-18||March 2027|board", NULL);
    static const struct
    {
        const char *as_of, *previous;
        guint rounds;
        int changed;
    } days[] = {
        { "2025-04-30", "", 1, 0 },
        { "2025-05-31", "2025-04-09", 1, 1 },
        { "2025-07-31", "2025-04-09", 2, 4 },
        { "2025-09-30", "2025-07-31", 2, 1 },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
        g_autoptr (BpSnapshot) snapshot = table_builder_snapshot (&programme, set, days[i].as_of);
        g_assert_cmpint (snapshot->previous, ==, table_builder_date (days[i].previous));
        g_assert_cmpuint (snapshot->rounds->len, ==, days[i].rounds);
        g_assert_cmpint (snapshot->counts.changed, ==, days[i].changed);
    }
    BpSnapshotOptions options
        = { .as_of = table_builder_date ("2025-09-30"), .known = BP_DATE_NONE, .since = table_builder_date ("2025-06-01") };
    g_autoptr (BpSnapshot) since = bp_snapshot_new (&programme, set, &options);
    g_assert_cmpint (since->previous, ==, table_builder_date ("2025-06-01"));
    g_assert_cmpint (since->counts.changed, ==, 4);
    const BpAction *first = since->actions->pdata[0];
    g_assert_cmpstr (first->previous_status->code, ==, "on-track");
    g_assert_cmpstr (first->status->code, ==, "at-risk");
}

static void test_counts (void)
{
    BpProgramme programme = table_builder_programme ();
    g_autoptr (BpTableSet) set = bp_table_set_new (&programme.fields);
    table_builder_add_plan (set);
    table_builder_add (set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", "SIP|1.1.1|1.1|A|March 2025", "SIP|1.1.2|1.1|B|Complete",
                       "SIP|1.1.3|1.1|C|", "SIP|1.2.1|1.2|D|On-going", "SIP|1.2.2|1.2|E|December 2025", "SIP|1.2.3|1.2|F|April 2025", NULL);
    table_builder_add (set, BP_TABLE_UPDATES, "plan|ref|as_of|status|approved_by", "SIP|1.1.1|2025-04-01|complete|",
                       "SIP|1.2.2|2025-04-01|paused|board", "SIP|1.2.3|2025-04-01|on-track|", NULL);
    g_autoptr (BpSnapshot) snapshot = table_builder_snapshot (&programme, set, "2025-07-31");
    const BpActionCounts *counts = &snapshot->counts;
    g_assert_cmpint (counts->total, ==, 6);
    g_assert_cmpint (counts->done, ==, 2);
    g_assert_cmpint (counts->paused, ==, 1);
    g_assert_cmpint (counts->open, ==, 3);
    g_assert_cmpint (counts->overdue, ==, 1);
    g_assert_cmpint (counts->undated, ==, 1);
    g_assert_cmpint (counts->without_update, ==, 2);
    g_assert_cmpint (counts->disagree, ==, 1);
    g_assert_cmpint (counts->dated, ==, 4);
    g_assert_cmpint (counts->planned_done, ==, 3);
    int sum = 0;
    for (int i = 0; i < bp_action_state_status_count (&programme); i++)
        sum += counts->by_status[i];
    g_assert_cmpint (sum, ==, counts->total);
    g_assert_cmpint (counts->done + counts->open + counts->paused, ==, counts->total);
    g_assert_cmpint (bp_actions_due_by (snapshot->actions, table_builder_date ("2025-04-30"), true), ==, 2);
    g_assert_cmpint (bp_actions_due_by (snapshot->actions, table_builder_date ("2025-04-29"), true), ==, 1);
    const BpArea *area = bp_snapshot_find_area (snapshot, "1.2");
    BpActionCounts part = bp_snapshot_count (snapshot, area->actions);
    g_assert_cmpint (part.total, ==, 3);
    bp_action_counts_clear (&part);
}

static void test_burn_up (void)
{
    BpProgramme programme = table_builder_programme ();
    g_autoptr (BpTableSet) set = bp_table_set_new (&programme.fields);
    table_builder_add_plan (set);
    table_builder_add (set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", "SIP|1.1.1|1.1|A|March 2025", "SIP|1.1.2|1.1|B|Complete",
                       "SIP|1.1.3|1.1|C|", "SIP|1.2.1|1.2|D|April 2025", "SIP|1.2.2|1.2|E|June 2025", NULL);
    table_builder_add (set, BP_TABLE_UPDATES, "plan|ref|as_of|status|completed_on|forecast|approved_by",
                       "SIP|1.1.1|2025-05-01|complete|2025-04-10||", "SIP|1.1.3|2025-05-01|complete|||",
                       "SIP|1.2.1|2025-05-01|on-track||August 2025|board", NULL);
    g_autoptr (BpSnapshot) snapshot = table_builder_snapshot (&programme, set, "2025-05-15");
    g_autoptr (GArray) points = bp_snapshot_burn_up (snapshot);
    static const struct
    {
        const char *date;
        int planned, completed;
    } expected[]
        = { { "2025-03-31", 2, 1 }, { "2025-04-30", 3, 2 }, { "2025-05-15", 3, 2 }, { "2025-05-31", 3, -1 }, { "2025-06-30", 4, -1 } };
    g_assert_cmpuint (points->len, ==, G_N_ELEMENTS (expected));
    for (guint i = 0; i < points->len; i++)
    {
        BpBurnUpPoint point = g_array_index (points, BpBurnUpPoint, i);
        g_assert_cmpint (point.month_end, ==, table_builder_date (expected[i].date));
        g_assert_cmpint (point.planned, ==, expected[i].planned);
        g_assert_cmpint (point.completed, ==, expected[i].completed);
    }
    g_autoptr (BpSnapshot) at_end = table_builder_snapshot (&programme, set, "2025-06-30");
    g_autoptr (GArray) whole = bp_snapshot_burn_up (at_end);
    g_assert_cmpuint (whole->len, ==, 4);
    BpBurnUpPoint last = g_array_index (whole, BpBurnUpPoint, 3);
    g_assert_cmpint (last.planned, ==, at_end->counts.planned_done);
    g_assert_cmpint (last.completed, ==, 2);
}

/* A date in the wrong century must neither make an endless chart nor push the as-of date, and what follows it, out of the chart. */
static void test_burn_up_of_odd_centuries (void)
{
    BpProgramme programme = table_builder_programme ();
    g_autoptr (BpTableSet) set = bp_table_set_new (&programme.fields);
    table_builder_add_plan (set);
    table_builder_add (set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", "SIP|1.1.1|1.1|A|March 1905", "SIP|1.1.2|1.1|B|April 2025",
                       "SIP|1.1.3|1.1|C|June 2025", "SIP|1.2.1|1.2|D|December 2199", NULL);
    g_autoptr (BpSnapshot) snapshot = table_builder_snapshot (&programme, set, "2025-05-15");
    g_autoptr (GArray) points = bp_snapshot_burn_up (snapshot);
    g_assert_cmpuint (points->len, ==, 601);
    g_assert_cmpint (g_array_index (points, BpBurnUpPoint, 0).month_end, ==, table_builder_date ("2000-05-31"));
    g_assert_cmpint (g_array_index (points, BpBurnUpPoint, 0).planned, ==, 1);
    BpBurnUpPoint as_of = g_array_index (points, BpBurnUpPoint, 300), june = g_array_index (points, BpBurnUpPoint, 302);
    g_assert_cmpint (as_of.month_end, ==, table_builder_date ("2025-05-15"));
    g_assert_cmpint (as_of.planned, ==, 2);
    g_assert_cmpint (june.month_end, ==, table_builder_date ("2025-06-30"));
    g_assert_cmpint (june.planned, ==, 3);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/domain/action_counts/changes_count_from_the_round_before", test_rounds);
    g_test_add_func ("/domain/action_counts/counts_add_up", test_counts);
    g_test_add_func ("/domain/action_counts/burn_up_uses_original_dates", test_burn_up);
    g_test_add_func ("/domain/action_counts/burn_up_holds_the_as_of_date_whatever_the_centuries", test_burn_up_of_odd_centuries);
    return g_test_run ();
}
