#include "support/table_builder.c"

#include "domain/action_state.h"

/* One action of area 1.1, its updates and what is expected on one day. */
typedef struct
{
    const char *name;
    const char *timeframe;
    const char *updates[6]; /* as_of|status|completed_on|forecast|approved_by */
    const char *as_of;
    const char *status;
    bool is_reported, is_done, is_overdue, is_undated, is_stale, is_update_missing, disagrees, has_changed;
    BpSeverity computed;
    const char *original, *due, *forecast, *next_due, *completed_on;
    int days_overdue;
    guint moves;
    int approved_moves;
} Case;

#define NONE BP_SEVERITY_NONE
#define RISK BP_SEVERITY_AT_RISK
#define OFF BP_SEVERITY_OFF_TRACK

static const Case cases[] = {
    { .name = "nothing_reported_before_its_date",
      .timeframe = "September 2025",
      .as_of = "2025-04-30",
      .status = "no-update",
      .original = "2025-09-30",
      .due = "2025-09-30",
      .next_due = "2025-09-30" },
    { .name = "due_day_itself_is_not_overdue",
      .timeframe = "April 2025",
      .as_of = "2025-04-30",
      .status = "no-update",
      .is_stale = true,
      .is_update_missing = true,
      .computed = RISK,
      .original = "2025-04-30",
      .due = "2025-04-30",
      .next_due = "2025-04-30" },
    { .name = "day_after_is_overdue",
      .timeframe = "April 2025",
      .as_of = "2025-05-01",
      .status = "no-update",
      .is_overdue = true,
      .is_stale = true,
      .is_update_missing = true,
      .computed = OFF,
      .original = "2025-04-30",
      .due = "2025-04-30",
      .next_due = "2025-04-30",
      .days_overdue = 1 },
    { .name = "on_track_but_overdue_disagrees",
      .timeframe = "March 2025",
      .updates = { "2025-04-04|on-track|||" },
      .as_of = "2025-04-30",
      .status = "on-track",
      .is_reported = true,
      .is_overdue = true,
      .disagrees = true,
      .computed = OFF,
      .original = "2025-03-31",
      .due = "2025-03-31",
      .next_due = "2025-03-31",
      .days_overdue = 30 },
    { .name = "off_track_and_overdue_agree",
      .timeframe = "March 2025",
      .updates = { "2025-04-04|off-track|||" },
      .as_of = "2025-04-30",
      .status = "off-track",
      .is_reported = true,
      .is_overdue = true,
      .computed = OFF,
      .original = "2025-03-31",
      .due = "2025-03-31",
      .next_due = "2025-03-31",
      .days_overdue = 30 },
    { .name = "at_risk_but_overdue_disagrees",
      .timeframe = "March 2025",
      .updates = { "2025-04-04|at-risk|||" },
      .as_of = "2025-04-30",
      .status = "at-risk",
      .is_reported = true,
      .is_overdue = true,
      .disagrees = true,
      .computed = OFF,
      .original = "2025-03-31",
      .due = "2025-03-31",
      .next_due = "2025-03-31",
      .days_overdue = 30 },
    { .name = "paused_has_leave_to_be_late",
      .timeframe = "March 2025",
      .updates = { "2025-04-04|paused|||board" },
      .as_of = "2025-04-30",
      .status = "paused",
      .is_reported = true,
      .is_overdue = true,
      .computed = OFF,
      .original = "2025-03-31",
      .due = "2025-03-31",
      .next_due = "2025-03-31",
      .days_overdue = 30 },
    { .name = "due_soon_and_recent_update_is_well",
      .timeframe = "May 2025",
      .updates = { "2025-04-30|on-track|||" },
      .as_of = "2025-05-10",
      .status = "on-track",
      .is_reported = true,
      .original = "2025-05-31",
      .due = "2025-05-31",
      .next_due = "2025-05-31" },
    { .name = "due_soon_and_stale_update_is_at_risk",
      .timeframe = "May 2025",
      .updates = { "2025-01-01|on-track|||" },
      .as_of = "2025-05-10",
      .status = "on-track",
      .is_reported = true,
      .is_stale = true,
      .disagrees = true,
      .computed = RISK,
      .original = "2025-05-31",
      .due = "2025-05-31",
      .next_due = "2025-05-31" },
    { .name = "due_soon_and_silent_is_at_risk",
      .timeframe = "May 2025",
      .as_of = "2025-05-10",
      .status = "no-update",
      .computed = RISK,
      .original = "2025-05-31",
      .due = "2025-05-31",
      .next_due = "2025-05-31" },
    { .name = "stale_exactly_at_the_limit_is_not",
      .timeframe = "December 2025",
      .updates = { "2025-01-01|on-track|||" },
      .as_of = "2025-05-01",
      .status = "on-track",
      .is_reported = true,
      .original = "2025-12-31",
      .due = "2025-12-31",
      .next_due = "2025-12-31" },
    { .name = "stale_one_day_after_the_limit",
      .timeframe = "December 2025",
      .updates = { "2025-01-01|on-track|||" },
      .as_of = "2025-05-02",
      .status = "on-track",
      .is_reported = true,
      .is_stale = true,
      .original = "2025-12-31",
      .due = "2025-12-31",
      .next_due = "2025-12-31" },

    { .name = "done_has_no_next_date",
      .timeframe = "March 2025",
      .updates = { "2025-04-04|complete|2025-04-01||" },
      .as_of = "2025-07-31",
      .status = "complete",
      .is_reported = true,
      .is_done = true,
      .original = "2025-03-31",
      .due = "2025-03-31",
      .completed_on = "2025-04-01" },
    { .name = "done_without_a_day_has_none",
      .timeframe = "March 2025",
      .updates = { "2025-04-04|complete|||" },
      .as_of = "2025-07-31",
      .status = "complete",
      .is_reported = true,
      .is_done = true,
      .original = "2025-03-31",
      .due = "2025-03-31" },
    { .name = "newest_day_of_completion_counts",
      .timeframe = "March 2025",
      .updates = { "2025-04-04|complete|2025-04-01||", "2025-06-04||2025-03-28||" },
      .as_of = "2025-07-31",
      .status = "complete",
      .is_reported = true,
      .is_done = true,
      .has_changed = true,
      .original = "2025-03-31",
      .due = "2025-03-31",
      .completed_on = "2025-03-28" },
    { .name = "reopened_is_open_again",
      .timeframe = "March 2025",
      .updates = { "2025-04-04|complete|2025-04-01||", "2025-06-04|off-track|||" },
      .as_of = "2025-06-30",
      .status = "off-track",
      .is_reported = true,
      .is_overdue = true,
      .has_changed = true,
      .computed = OFF,
      .original = "2025-03-31",
      .due = "2025-03-31",
      .next_due = "2025-03-31",
      .days_overdue = 91 },
    { .name = "done_on_a_day_to_come_disagrees",
      .timeframe = "September 2025",
      .updates = { "2025-04-04|complete|2025-09-30||" },
      .as_of = "2025-07-31",
      .status = "complete",
      .is_reported = true,
      .is_done = true,
      .disagrees = true,
      .computed = RISK,
      .original = "2025-09-30",
      .due = "2025-09-30",
      .completed_on = "2025-09-30" },
    { .name = "later_update_does_not_count_yet",
      .timeframe = "December 2025",
      .updates = { "2025-04-04|on-track|||", "2025-09-04|off-track|||" },
      .as_of = "2025-07-31",
      .status = "on-track",
      .is_reported = true,
      .original = "2025-12-31",
      .due = "2025-12-31",
      .next_due = "2025-12-31" },
    { .name = "update_without_status_keeps_the_last_one",
      .timeframe = "December 2025",
      .updates = { "2025-04-04|at-risk|||", "2025-06-04||||" },
      .as_of = "2025-07-31",
      .status = "at-risk",
      .is_reported = true,
      .original = "2025-12-31",
      .due = "2025-12-31",
      .next_due = "2025-12-31" },
    { .name = "typed_no_update_reports_nothing",
      .timeframe = "December 2025",
      .updates = { "2025-06-04|no-update|||" },
      .as_of = "2025-07-31",
      .status = "no-update",
      .original = "2025-12-31",
      .due = "2025-12-31",
      .next_due = "2025-12-31" },

    { .name = "unapproved_move_clears_nothing",
      .timeframe = "March 2025",
      .updates = { "2025-04-04|off-track||July 2025|" },
      .as_of = "2025-04-30",
      .status = "off-track",
      .is_reported = true,
      .is_overdue = true,
      .computed = OFF,
      .original = "2025-03-31",
      .due = "2025-03-31",
      .forecast = "2025-07-31",
      .next_due = "2025-03-31",
      .days_overdue = 30,
      .moves = 1 },
    { .name = "approved_move_is_in_force",
      .timeframe = "March 2025",
      .updates = { "2025-04-04|off-track||July 2025|", "2025-05-12|||July 2025|board" },
      .as_of = "2025-06-30",
      .status = "off-track",
      .is_reported = true,
      .has_changed = true,
      .original = "2025-03-31",
      .due = "2025-07-31",
      .next_due = "2025-07-31",
      .moves = 2,
      .approved_moves = 1 },
    { .name = "move_by_an_unknown_forum_is_not_approved",
      .timeframe = "March 2025",
      .updates = { "2025-04-04|on-track||July 2025|nobody" },
      .as_of = "2025-04-30",
      .status = "on-track",
      .is_reported = true,
      .is_overdue = true,
      .disagrees = true,
      .computed = OFF,
      .original = "2025-03-31",
      .due = "2025-03-31",
      .forecast = "2025-07-31",
      .next_due = "2025-03-31",
      .days_overdue = 30,
      .moves = 1 },
    { .name = "forecast_after_the_approved_date_is_at_risk",
      .timeframe = "September 2025",
      .updates = { "2025-07-01|on-track||December 2025|" },
      .as_of = "2025-07-31",
      .status = "on-track",
      .is_reported = true,
      .disagrees = true,
      .computed = RISK,
      .original = "2025-09-30",
      .due = "2025-09-30",
      .forecast = "2025-12-31",
      .next_due = "2025-09-30",
      .moves = 1 },
    { .name = "forecast_of_the_same_date_is_no_move",
      .timeframe = "September 2025",
      .updates = { "2025-07-01|on-track||September 2025|" },
      .as_of = "2025-07-31",
      .status = "on-track",
      .is_reported = true,
      .original = "2025-09-30",
      .due = "2025-09-30",
      .next_due = "2025-09-30" },
    { .name = "same_forecast_twice_is_one_move",
      .timeframe = "September 2025",
      .updates = { "2025-04-01|at-risk||October 2025|", "2025-07-01|at-risk||October 2025|" },
      .as_of = "2025-07-31",
      .status = "at-risk",
      .is_reported = true,
      .computed = RISK,
      .original = "2025-09-30",
      .due = "2025-09-30",
      .forecast = "2025-10-31",
      .next_due = "2025-09-30",
      .moves = 1 },
    { .name = "two_approved_moves_are_counted",
      .timeframe = "March 2025",
      .updates = { "2025-03-12|||May 2025|group", "2025-05-12|on-track||September 2025|board" },
      .as_of = "2025-05-20",
      .status = "on-track",
      .is_reported = true,
      .has_changed = true,
      .original = "2025-03-31",
      .due = "2025-09-30",
      .next_due = "2025-09-30",
      .moves = 2,
      .approved_moves = 2 },
    { .name = "unreadable_forecast_moves_nothing",
      .timeframe = "September 2025",
      .updates = { "2025-07-01|on-track||when we can|" },
      .as_of = "2025-07-31",
      .status = "on-track",
      .is_reported = true,
      .original = "2025-09-30",
      .due = "2025-09-30",
      .next_due = "2025-09-30" },

    { .name = "two_dates_before_the_first",
      .timeframe = "February 2025 April 2025",
      .as_of = "2025-01-31",
      .status = "no-update",
      .computed = RISK,
      .original = "2025-04-30",
      .due = "2025-04-30",
      .next_due = "2025-02-28" },
    { .name = "two_dates_between_them",
      .timeframe = "February 2025 April 2025",
      .updates = { "2025-03-01|on-track|||" },
      .as_of = "2025-03-31",
      .status = "on-track",
      .is_reported = true,
      .original = "2025-04-30",
      .due = "2025-04-30",
      .next_due = "2025-04-30" },
    { .name = "two_dates_silent_after_the_first",
      .timeframe = "February 2025 April 2025",
      .as_of = "2025-03-15",
      .status = "no-update",
      .is_stale = true,
      .is_update_missing = true,
      .original = "2025-04-30",
      .due = "2025-04-30",
      .next_due = "2025-04-30" },
    { .name = "two_dates_after_the_final",
      .timeframe = "February 2025 April 2025",
      .as_of = "2025-05-31",
      .status = "no-update",
      .is_overdue = true,
      .is_stale = true,
      .is_update_missing = true,
      .computed = OFF,
      .original = "2025-04-30",
      .due = "2025-04-30",
      .next_due = "2025-04-30",
      .days_overdue = 31 },

    { .name = "termly_before_the_first",
      .timeframe = "April 2025 and then Termly",
      .as_of = "2025-02-28",
      .status = "no-update",
      .original = "2025-04-30",
      .due = "2025-04-30",
      .next_due = "2025-04-30" },
    { .name = "termly_in_its_first_window",
      .timeframe = "April 2025 and then Termly",
      .as_of = "2025-06-30",
      .status = "no-update",
      .is_stale = true,
      .is_update_missing = true,
      .original = "2025-04-30",
      .due = "2025-04-30",
      .next_due = "2025-08-31" },
    { .name = "termly_first_done_in_its_window",
      .timeframe = "April 2025 and then Termly",
      .updates = { "2025-07-20|on-track|||" },
      .as_of = "2025-07-31",
      .status = "on-track",
      .is_reported = true,
      .original = "2025-04-30",
      .due = "2025-08-31",
      .next_due = "2025-08-31" },
    { .name = "termly_update_before_the_first_does_none",
      .timeframe = "April 2025 and then Termly",
      .updates = { "2025-04-04|on-track|||" },
      .as_of = "2025-09-15",
      .status = "on-track",
      .is_reported = true,
      .is_overdue = true,
      .is_stale = true,
      .disagrees = true,
      .computed = OFF,
      .original = "2025-04-30",
      .due = "2025-04-30",
      .next_due = "2025-12-31",
      .days_overdue = 138 },
    { .name = "six_weekly_misses_its_second",
      .timeframe = "6 weekly from September 2025",
      .updates = { "2025-09-20|on-track|||", "2025-12-01|on-track|||" },
      .as_of = "2025-12-10",
      .status = "on-track",
      .is_reported = true,
      .is_overdue = true,
      .disagrees = true,
      .computed = OFF,
      .original = "2025-09-01",
      .due = "2025-10-13",
      .next_due = "2026-01-05",
      .days_overdue = 58 },
    { .name = "six_weekly_all_done",
      .timeframe = "6 weekly from September 2025",
      .updates = { "2025-09-20|on-track|||", "2025-10-13|on-track|||", "2025-11-24|on-track|||" },
      .as_of = "2025-12-10",
      .status = "on-track",
      .is_reported = true,
      .original = "2025-09-01",
      .due = "2026-01-05",
      .next_due = "2026-01-05" },
    { .name = "occurrence_is_overdue_on_the_day_of_the_next",
      .timeframe = "6 weekly from September 2025",
      .as_of = "2025-10-13",
      .status = "no-update",
      .is_overdue = true,
      .is_stale = true,
      .is_update_missing = true,
      .computed = OFF,
      .original = "2025-09-01",
      .due = "2025-09-01",
      .next_due = "2025-10-13",
      .days_overdue = 42 },
    { .name = "occurrence_is_not_overdue_the_day_before",
      .timeframe = "6 weekly from September 2025",
      .as_of = "2025-10-12",
      .status = "no-update",
      .is_stale = true,
      .is_update_missing = true,
      .computed = RISK,
      .original = "2025-09-01",
      .due = "2025-09-01",
      .next_due = "2025-10-13" },
    { .name = "update_on_the_day_of_the_next_does_the_next",
      .timeframe = "6 weekly from September 2025",
      .updates = { "2025-10-13|on-track|||" },
      .as_of = "2025-10-20",
      .status = "on-track",
      .is_reported = true,
      .is_overdue = true,
      .disagrees = true,
      .computed = OFF,
      .original = "2025-09-01",
      .due = "2025-09-01",
      .next_due = "2025-11-24",
      .days_overdue = 49 },
    { .name = "recurring_reported_complete_is_over",
      .timeframe = "6 weekly from September 2025",
      .updates = { "2025-09-20|complete|||" },
      .as_of = "2025-12-10",
      .status = "complete",
      .is_reported = true,
      .is_done = true,
      .original = "2025-09-01",
      .due = "2025-09-01" },
    { .name = "approved_date_restarts_the_series",
      .timeframe = "6 weekly from September 2025",
      .updates = { "2025-09-05|on-track||13 October 2025|board" },
      .as_of = "2025-10-31",
      .status = "on-track",
      .is_reported = true,
      .original = "2025-09-01",
      .due = "2025-10-13",
      .next_due = "2025-11-24",
      .moves = 1,
      .approved_moves = 1 },

    { .name = "ongoing_is_never_overdue", .timeframe = "On-going", .as_of = "2030-01-01", .status = "no-update" },
    { .name = "ongoing_grows_stale",
      .timeframe = "On-going",
      .updates = { "2025-01-01|on-track|||" },
      .as_of = "2025-07-31",
      .status = "on-track",
      .is_reported = true,
      .is_stale = true },
    { .name = "complete_in_the_plan_is_done", .timeframe = "Complete", .as_of = "2025-01-01", .status = "as-planned", .is_done = true },
    { .name = "complete_in_the_plan_can_be_reopened",
      .timeframe = "Complete",
      .updates = { "2025-01-01|at-risk|||" },
      .as_of = "2025-02-01",
      .status = "at-risk",
      .is_reported = true,
      .is_undated = true },
    { .name = "blank_is_undated", .timeframe = "", .as_of = "2025-07-31", .status = "no-update", .is_undated = true },
    { .name = "tbc_is_undated", .timeframe = "TBC", .as_of = "2025-07-31", .status = "no-update", .is_undated = true },
    { .name = "not_understood_is_undated",
      .timeframe = "when funds allow",
      .as_of = "2025-07-31",
      .status = "no-update",
      .is_undated = true },
    { .name = "undated_with_a_forecast_stays_undated",
      .timeframe = "",
      .updates = { "2025-07-01|on-track||October 2025|" },
      .as_of = "2025-07-31",
      .status = "on-track",
      .is_reported = true,
      .is_undated = true,
      .forecast = "2025-10-31" },
    { .name = "undated_with_an_approved_date_has_one",
      .timeframe = "",
      .updates = { "2025-07-01|on-track||October 2025|board" },
      .as_of = "2025-07-31",
      .status = "on-track",
      .is_reported = true,
      .due = "2025-10-31",
      .next_due = "2025-10-31" },
};

static BpDate date_of (const char *iso)
{
    return table_builder_date (iso != NULL ? iso : "");
}

static BpTableSet *new_set (const BpProgramme *programme, const Case *c)
{
    BpTableSet *set = bp_table_set_new (&programme->fields);
    table_builder_add_plan (set);
    g_autofree char *action = g_strdup_printf ("SIP|1.1.1|1.1|An action|%s", c->timeframe);
    table_builder_add (set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", action, NULL);
    for (int i = 0; i < 6 && c->updates[i] != NULL; i++)
    {
        g_autofree char *row = g_strconcat ("SIP|1.1.1|", c->updates[i], NULL);
        table_builder_add (set, BP_TABLE_UPDATES, "plan|ref|as_of|status|completed_on|forecast|approved_by", row, NULL);
    }
    return set;
}

static void test_case (gconstpointer data)
{
    const Case *c = data;
    BpProgramme programme = table_builder_programme ();
    g_autoptr (BpTableSet) set = new_set (&programme, c);
    g_autoptr (BpSnapshot) snapshot = table_builder_snapshot (&programme, set, c->as_of);
    const BpAction *action = snapshot->actions->pdata[0];
    g_assert_cmpstr (action->status->code, ==, c->status);
    g_assert_cmpint (action->is_reported, ==, c->is_reported);
    g_assert_cmpint (action->is_done, ==, c->is_done);
    g_assert_cmpint (action->is_overdue, ==, c->is_overdue);
    g_assert_cmpint (action->days_overdue, ==, c->days_overdue);
    g_assert_cmpint (action->is_undated, ==, c->is_undated);
    g_assert_cmpint (action->is_stale, ==, c->is_stale);
    g_assert_cmpint (action->is_update_missing, ==, c->is_update_missing);
    g_assert_cmpint (action->computed, ==, c->computed);
    g_assert_cmpint (action->computed_text != NULL, ==, c->computed != NONE);
    g_assert_cmpint (action->disagrees, ==, c->disagrees);
    g_assert_cmpint (action->has_changed, ==, c->has_changed);
    g_assert_cmpint (action->original_due, ==, date_of (c->original));
    g_assert_cmpint (action->due, ==, date_of (c->due));
    g_assert_cmpint (action->forecast, ==, date_of (c->forecast));
    g_assert_cmpint (action->next_due, ==, date_of (c->next_due));
    g_assert_cmpint (action->completed_on, ==, date_of (c->completed_on));
    g_assert_cmpuint (action->moves->len, ==, c->moves);
    g_assert_cmpint (action->approved_moves, ==, c->approved_moves);
    /* never both, and a done action is never late */
    g_assert_false (action->is_done && (action->is_overdue || action->is_undated || action->is_stale));
    g_assert_cmpint (action->is_overdue, ==, action->days_overdue > 0);
}

static void test_computed_text (void)
{
    BpProgramme programme = table_builder_programme ();
    static const struct
    {
        const char *timeframe, *update, *as_of, *text;
    } texts[] = {
        { "March 2025", "2025-04-04|on-track|||", "2025-04-30", "Due 31 March 2025 and not reported complete" },
        { "May 2025", NULL, "2025-05-10", "Due 31 May 2025 and nothing reported yet" },
        { "May 2025", "2025-01-01|on-track|||", "2025-05-10", "Due 31 May 2025 and no update since 1 January 2025" },
        { "September 2025", "2025-07-01|on-track||December 2025|", "2025-07-31",
          "Forecast 31 December 2025 is after the approved date, 30 September 2025" },
        { "September 2025", "2025-07-01|complete|2025-09-30||", "2025-07-31",
          "Reported complete, but its completion date, 30 September 2025, is still ahead" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
        Case c = { .timeframe = texts[i].timeframe, .updates = { texts[i].update } };
        g_autoptr (BpTableSet) set = new_set (&programme, &c);
        g_autoptr (BpSnapshot) snapshot = table_builder_snapshot (&programme, set, texts[i].as_of);
        g_assert_cmpstr (((const BpAction *)snapshot->actions->pdata[0])->computed_text, ==, texts[i].text);
    }
}

/* With a not-due status, silence before the first date is that; silence without a date never is. */
static void test_not_due (void)
{
    BpProgramme programme = table_builder_programme ();
    BpStatus statuses[9];
    memcpy (statuses, programme.statuses.statuses, sizeof (BpStatus) * (gsize)programme.statuses.count);
    statuses[programme.statuses.count] = (BpStatus){ .code = "not-started",
                                                     .label = "Not started",
                                                     .counts_as = BP_COUNTS_AS_OPEN,
                                                     .use = BP_STATUS_USE_NOT_DUE,
                                                     .position = programme.statuses.count };
    programme.statuses = (BpStatusScale){ .statuses = statuses, .count = programme.statuses.count + 1 };
    static const struct
    {
        const char *timeframe, *as_of, *status;
    } rows[] = {
        { "September 2025", "2025-04-30", "not-started" },
        { "September 2025", "2025-09-29", "not-started" },
        { "September 2025", "2025-09-30", "no-update" },
        { "February 2025 April 2025", "2025-03-15", "no-update" },
        { "6 weekly from September 2025", "2025-08-31", "not-started" },
        { "On-going", "2025-04-30", "no-update" },
        { "", "2025-04-30", "no-update" },
        { "TBC", "2025-04-30", "no-update" },
        { "Complete", "2025-04-30", "as-planned" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
        Case c = { .timeframe = rows[i].timeframe };
        g_autoptr (BpTableSet) set = new_set (&programme, &c);
        g_autoptr (BpSnapshot) snapshot = table_builder_snapshot (&programme, set, rows[i].as_of);
        g_assert_cmpstr (((const BpAction *)snapshot->actions->pdata[0])->status->code, ==, rows[i].status);
    }
}

/* A scale without the statuses of silence still never shows silence as on track. */
static void test_poor_scale (void)
{
    BpProgramme programme = table_builder_programme ();
    BpStatus on_track = programme.statuses.statuses[2];
    on_track.position = 0;
    programme.statuses = (BpStatusScale){ .statuses = &on_track, .count = 1 };
    static const char *const timeframes[] = { "March 2025", "Complete" }, *const labels[] = { "No update received", "Done before" };
    for (int i = 0; i < 2; i++)
    {
        Case c = { .timeframe = timeframes[i] };
        g_autoptr (BpTableSet) set = new_set (&programme, &c);
        g_autoptr (BpSnapshot) snapshot = table_builder_snapshot (&programme, set, "2025-07-31");
        const BpAction *action = snapshot->actions->pdata[0];
        g_assert_cmpstr (action->status->label, ==, labels[i]);
        g_assert_cmpint (snapshot->counts.by_status[0], ==, 0);
        g_assert_cmpint (snapshot->counts.by_status[action->status->position], ==, 1);
    }
}

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
        g_assert_cmpint (snapshot->previous, ==, date_of (days[i].previous));
        g_assert_cmpuint (snapshot->rounds->len, ==, days[i].rounds);
        g_assert_cmpint (snapshot->counts.changed, ==, days[i].changed);
    }
    BpSnapshotOptions options = { .as_of = date_of ("2025-09-30"), .known = BP_DATE_NONE, .since = date_of ("2025-06-01") };
    g_autoptr (BpSnapshot) since = bp_snapshot_new (&programme, set, &options);
    g_assert_cmpint (since->previous, ==, date_of ("2025-06-01"));
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
    g_assert_cmpint (bp_actions_due_by (snapshot->actions, date_of ("2025-04-30"), true), ==, 2);
    g_assert_cmpint (bp_actions_due_by (snapshot->actions, date_of ("2025-04-29"), true), ==, 1);
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
        g_assert_cmpint (point.month_end, ==, date_of (expected[i].date));
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
    g_assert_cmpint (g_array_index (points, BpBurnUpPoint, 0).month_end, ==, date_of ("2000-05-31"));
    g_assert_cmpint (g_array_index (points, BpBurnUpPoint, 0).planned, ==, 1);
    BpBurnUpPoint as_of = g_array_index (points, BpBurnUpPoint, 300), june = g_array_index (points, BpBurnUpPoint, 302);
    g_assert_cmpint (as_of.month_end, ==, date_of ("2025-05-15"));
    g_assert_cmpint (as_of.planned, ==, 2);
    g_assert_cmpint (june.month_end, ==, date_of ("2025-06-30"));
    g_assert_cmpint (june.planned, ==, 3);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autofree char *path = g_strconcat ("/domain/action_state/", cases[i].name, NULL);
        g_test_add_data_func (path, &cases[i], test_case);
    }
    g_test_add_func ("/domain/action_state/computed_text_says_why", test_computed_text);
    g_test_add_func ("/domain/action_state/not_due_status_needs_a_date_ahead", test_not_due);
    g_test_add_func ("/domain/action_state/scale_without_silence_uses_built_in_statuses", test_poor_scale);
    g_test_add_func ("/domain/action_state/changes_count_from_the_round_before", test_rounds);
    g_test_add_func ("/domain/action_state/counts_add_up", test_counts);
    g_test_add_func ("/domain/action_state/burn_up_uses_original_dates", test_burn_up);
    g_test_add_func ("/domain/action_state/burn_up_holds_the_as_of_date_whatever_the_centuries", test_burn_up_of_odd_centuries);
    return g_test_run ();
}
