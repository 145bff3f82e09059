#include "support/table_builder.c"

#include "action_cases.h"

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
    return g_test_run ();
}
