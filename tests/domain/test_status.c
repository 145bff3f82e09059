#include "domain/status.h"

static BpStatus statuses[] = {
    { .code = "complete", .label = "Complete", .counts_as = BP_COUNTS_AS_DONE },
    { .code = "as-planned", .label = "Complete (as planned)", .counts_as = BP_COUNTS_AS_DONE, .use = BP_STATUS_USE_AS_PLANNED },
    { .code = "on-track", .label = "On track" },
    { .code = "green", .label = "Off track" }, /* a label that is another status's code */
    { .code = "off track", .label = "Red" },
    { .code = "none", .label = "No update received", .use = BP_STATUS_USE_NO_UPDATE },
    { .code = "paused", .label = "Paused", .counts_as = BP_COUNTS_AS_PAUSED },
};
static const BpStatusScale scale = { .statuses = statuses, .count = 7 };

static void finds_by_code_then_label (void)
{
    g_assert_true (bp_status_find (&scale, "complete") == &statuses[0]);
    g_assert_true (bp_status_find (&scale, " COMPLETE ") == &statuses[0]);
    g_assert_true (bp_status_find (&scale, "complete (As Planned)") == &statuses[1]);
    g_assert_true (bp_status_find (&scale, "On  track") == &statuses[2]);
    g_assert_true (bp_status_find (&scale, "on\xe2\x80\x91track") == &statuses[2]);
    g_assert_true (bp_status_find (&scale, "Off track") == &statuses[4]);
    g_assert_null (bp_status_find (&scale, "amber"));
    g_assert_null (bp_status_find (&scale, "comp"));
    g_assert_null (bp_status_find (&scale, ""));
    g_assert_null (bp_status_find (&scale, " \xc2\xa0"));
    g_assert_null (bp_status_find (&scale, NULL));
    g_assert_null (bp_status_find (&scale, "\xff\xff"));
    const BpStatusScale empty = { 0 };
    g_assert_null (bp_status_find (&empty, "complete"));
}

static void finds_the_first_of_a_use (void)
{
    g_assert_true (bp_status_find_use (&scale, BP_STATUS_USE_NO_UPDATE) == &statuses[5]);
    g_assert_true (bp_status_find_use (&scale, BP_STATUS_USE_REPORTED) == &statuses[0]);
    g_assert_null (bp_status_find_use (&scale, BP_STATUS_USE_NOT_DUE));
}

static void done_open_and_paused_exclude_one_another (void)
{
    g_assert_true (bp_status_is_done (&statuses[1]));
    g_assert_false (bp_status_is_open (&statuses[1]));
    g_assert_true (bp_status_is_open (&statuses[2]));
    g_assert_false (bp_status_is_done (&statuses[2]));
    g_assert_false (bp_status_is_open (&statuses[6]));
    g_assert_false (bp_status_is_done (&statuses[6]));
    g_assert_false (bp_status_is_done (NULL));
    g_assert_false (bp_status_is_open (NULL));
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/domain/status/finds_by_code_then_label", finds_by_code_then_label);
    g_test_add_func ("/domain/status/finds_the_first_of_a_use", finds_the_first_of_a_use);
    g_test_add_func ("/domain/status/done_open_and_paused_exclude_one_another", done_open_and_paused_exclude_one_another);
    return g_test_run ();
}
