#include "domain/snapshot_facts.h"

#include "support/table_builder.c"

static bool has_line (const GString *facts, const char *line)
{
    g_autofree char *whole = g_strdup_printf ("\n%s\n", line);
    return strstr (facts->str, whole) != NULL;
}

static void test_states_and_counts_are_told_by_key (void)
{
    BpProgramme programme = table_builder_programme ();
    g_autoptr (BpTableSet) set = bp_table_set_new (&programme.fields);
    table_builder_add_plan (set);
    table_builder_add (set, BP_TABLE_ACTIONS, "plan|ref|area|action|lead|timeframe", "SIP|1.1.1|1.1|Do it.|Ann Other|June 2025", NULL);
    table_builder_add (set, BP_TABLE_UPDATES, "plan|ref|as_of|status", "SIP|1.1.1|2025-07-01|at-risk", NULL);
    g_autoptr (BpSnapshot) snapshot = table_builder_snapshot (&programme, set, "2025-07-31");
    g_autoptr (GString) facts = g_string_new ("\n");
    bp_snapshot_facts_append (snapshot, facts);
    g_assert_true (has_line (facts, "snapshot all as_of\t2025-07-31"));
    g_assert_true (has_line (facts, "snapshot all overdue\t1"));
    g_assert_true (has_line (facts, "status at-risk actions\t1"));
    g_assert_true (has_line (facts, "action SIP:1.1.1 status\tat-risk"));
    g_assert_true (has_line (facts, "action SIP:1.1.1 due\t2025-06-30"));
    g_assert_true (has_line (facts, "action SIP:1.1.1 days overdue\t31"));
    g_assert_true (has_line (facts, "table actions loaded\t1"));
    table_builder_clear_programme (&programme);
}

static void test_a_value_never_breaks_a_line (void)
{
    g_autoptr (GString) facts = g_string_new (NULL);
    bp_fact_append (facts, "a\tb", "one\ntwo\\three\r");
    bp_fact_append (facts, "c", NULL);
    g_assert_cmpstr (facts->str, ==, "a\\tb\tone\\ntwo\\\\three\\r\nc\t\n");
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/domain/snapshot_facts/states_and_counts_are_told_by_key", test_states_and_counts_are_told_by_key);
    g_test_add_func ("/domain/snapshot_facts/a_value_never_breaks_a_line", test_a_value_never_breaks_a_line);
    return g_test_run ();
}
