#include "support/table_builder.c"

#include "domain/rules/rule_table.h"

static BpTableSet *new_set (const BpProgramme *programme)
{
    BpTableSet *set = bp_table_set_new (&programme->fields);
    table_builder_add_plan (set);
    table_builder_add (set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", "SIP|1.1.1|1.1|Silent, little overdue|June 2025",
                       "SIP|1.1.2|1.1|Silent, long overdue|January 2025", "SIP|1.1.3|1.1|On track and overdue|May 2025",
                       "SIP|1.1.4|1.1|At risk|December 2025", "SIP|1.1.5|1.1|Off track|March 2025", "SIP|1.1.6|1.1|Undated|TBC",
                       "SIP|1.1.7|1.1|Moved|December 2025", "SIP|1.1.8|1.1|Well|December 2025", "SIP|1.1.9|1.1|Done|March 2025",
                       "SIP|1.2.1|1.2|Done in future|March 2025", "SIP|1.2.2|1.2|On-going|On-going",
                       "SIP|1.2.3|1.2|Off track, later date|December 2025", NULL);
    table_builder_add (set, BP_TABLE_UPDATES, "plan|ref|as_of|status|completed_on|forecast", "SIP|1.1.3|2025-07-30|on-track||",
                       "SIP|1.1.4|2025-07-30|at-risk||", "SIP|1.1.5|2025-04-01|off-track||", "SIP|1.1.5|2025-07-31|off-track||",
                       "SIP|1.1.7|2025-07-31|on-track||January 2026", "SIP|1.1.8|2025-07-31|on-track||", "SIP|1.1.9|2025-04-01|complete||",
                       "SIP|1.2.1|2025-04-01|complete|2025-09-01|", "SIP|1.2.3|2025-04-01|on-track||", "SIP|1.2.3|2025-07-31|off-track||",
                       "SIP|1.1.6|2025-04-01|on-track||", "SIP|1.1.4|2025-04-01|on-track||", NULL);
    return set;
}

static void test_exceptions (void)
{
    BpProgramme programme = table_builder_programme ();
    g_autoptr (BpTableSet) set = new_set (&programme);
    g_autoptr (BpSnapshot) snapshot = table_builder_snapshot (&programme, set, "2025-07-31");
    static const struct
    {
        const char *ref, *reason;
    } expected[] = {
        { "1.1.5", "off-track" }, { "1.2.3", "off-track" },       { "1.1.2", "no-update" },
        { "1.1.1", "no-update" }, { "1.1.4", "at-risk" },         { "1.1.3", "overdue" },
        { "1.1.6", "undated" },   { "1.1.7", "unapproved-move" }, { "1.2.1", "disagrees" },
    };
    g_autoptr (GPtrArray) exceptions = bp_snapshot_exceptions (snapshot, snapshot->actions);
    g_assert_cmpuint (exceptions->len, ==, G_N_ELEMENTS (expected));
    for (guint i = 0; i < exceptions->len; i++)
    {
        const BpAction *action = exceptions->pdata[i];
        g_assert_cmpstr (action->ref, ==, expected[i].ref);
        g_assert_cmpstr (bp_action_exception_reason (snapshot, action), ==, expected[i].reason);
    }
    g_assert_null (bp_action_exception_reason (snapshot, bp_snapshot_find_action (snapshot, "1.1.8")));
    g_assert_null (bp_action_exception_reason (snapshot, bp_snapshot_find_action (snapshot, "1.1.9")));
    g_assert_null (bp_action_exception_reason (snapshot, bp_snapshot_find_action (snapshot, "1.2.2")));
}

static void test_exceptions_are_configured (void)
{
    BpProgramme programme = table_builder_programme ();
    static const char *const wanted[] = { "overdue", "disagrees", NULL };
    programme.rules.exception_reasons = wanted;
    g_autoptr (BpTableSet) set = new_set (&programme);
    g_autoptr (BpSnapshot) snapshot = table_builder_snapshot (&programme, set, "2025-07-31");
    g_autoptr (GPtrArray) exceptions = bp_snapshot_exceptions (snapshot, snapshot->actions);
    /* overdue ones by days, then those that disagree; the forecast move does too */
    static const char *const refs[] = { "1.1.2", "1.1.5", "1.1.3", "1.1.1", "1.1.7", "1.2.1" };
    g_assert_cmpuint (exceptions->len, ==, G_N_ELEMENTS (refs));
    for (guint i = 0; i < exceptions->len; i++)
        g_assert_cmpstr (((const BpAction *)exceptions->pdata[i])->ref, ==, refs[i]);
}

static void test_escalations (void)
{
    BpProgramme programme = table_builder_programme ();
    g_autoptr (BpTableSet) set = new_set (&programme);
    g_autoptr (BpSnapshot) snapshot = table_builder_snapshot (&programme, set, "2025-07-31");
    g_assert_cmpuint (snapshot->rounds->len, ==, 2);
    static const struct
    {
        const char *ref, *rule, *reason;
    } expected[] = {
        { "1.1.1", "overdue-days", "31 days past its approved date, 30 June 2025" },
        { "1.1.2", "overdue-days", "181 days past its approved date, 31 January 2025" },
        { "1.1.3", "overdue-days", "61 days past its approved date, 31 May 2025" },
        { "1.1.5", "red-periods", "Off track in two reporting periods running" },
    };
    g_autoptr (GArray) escalations = bp_snapshot_escalations (snapshot);
    g_assert_cmpuint (escalations->len, ==, G_N_ELEMENTS (expected));
    for (guint i = 0; i < escalations->len; i++)
    {
        const BpEscalation *escalation = &g_array_index (escalations, BpEscalation, i);
        g_assert_cmpstr (escalation->action->ref, ==, expected[i].ref);
        g_assert_cmpstr (escalation->rule, ==, expected[i].rule);
        g_assert_cmpstr (escalation->reason, ==, expected[i].reason);
    }
}

/* "Past" so many days: the day after them. */
static void test_overdue_limit (void)
{
    BpProgramme programme = table_builder_programme ();
    g_autoptr (BpTableSet) set = bp_table_set_new (&programme.fields);
    table_builder_add_plan (set);
    table_builder_add (set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", "SIP|1.1.1|1.1|A|2025-07-01", NULL);
    g_autoptr (BpSnapshot) at = table_builder_snapshot (&programme, set, "2025-07-31"),
                           after = table_builder_snapshot (&programme, set, "2025-08-01");
    g_autoptr (GArray) none = bp_snapshot_escalations (at), one = bp_snapshot_escalations (after);
    g_assert_cmpuint (none->len, ==, 0);
    g_assert_cmpuint (one->len, ==, 1);
}

static void test_no_update_periods (void)
{
    BpProgramme programme = table_builder_programme ();
    programme.rules.escalate_overdue_days = 10000;
    g_autoptr (BpTableSet) set = new_set (&programme);
    table_builder_add (set, BP_TABLE_UPDATES, "plan|ref|as_of|status", "SIP|1.1.1|2024-12-01|on-track", "SIP|1.1.2|2024-12-01|on-track",
                       "SIP|1.1.3|2024-12-01|on-track", "SIP|1.2.2|2024-12-01|on-track", NULL);
    g_autoptr (BpSnapshot) snapshot = table_builder_snapshot (&programme, set, "2025-07-31");
    g_autoptr (GArray) escalations = bp_snapshot_escalations (snapshot);
    /* reported in December, silent in April and July */
    static const char *const refs[] = { "1.1.1", "1.1.2", "1.1.5", "1.2.2" };
    g_assert_cmpuint (escalations->len, ==, G_N_ELEMENTS (refs));
    for (guint i = 0; i < escalations->len; i++)
    {
        const BpEscalation *escalation = &g_array_index (escalations, BpEscalation, i);
        g_assert_cmpstr (escalation->action->ref, ==, refs[i]);
        g_assert_cmpstr (escalation->rule, ==, i == 2 ? "red-periods" : "no-update-periods");
    }
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/domain/rules/exceptions_stand_by_reason_then_days_overdue", test_exceptions);
    g_test_add_func ("/domain/rules/only_configured_reasons_make_exceptions", test_exceptions_are_configured);
    g_test_add_func ("/domain/rules/escalations_give_rule_and_reason", test_escalations);
    g_test_add_func ("/domain/rules/overdue_escalates_past_the_limit_not_at_it", test_overdue_limit);
    g_test_add_func ("/domain/rules/silence_in_two_rounds_escalates", test_no_update_periods);
    return g_test_run ();
}
