#include "support/table_builder.c"

#include "domain/checks/check_table.h"

/* Which findings a few rows give: how many of each code, and where the first stands. */
typedef struct
{
    const char *name;
    const char *actions[4]; /* plan|ref|area|action|lead|timeframe|kpis */
    const char *updates[4]; /* plan|ref|as_of|status|completed_on|forecast|reason|path_to_green|evidence|evidence_kpi|approved_by */
    BpFindingCode code;
    guint count;
    const char *table;
    int row;
    const char *column; /* NULL: the row */
    const char *text;   /* NULL: not looked at */
} Case;

static const Case cases[] = {
    { "timeframe_blank",
      { "SIP|1.1.1|1.1|A|L||" },
      { NULL },
      BP_FINDING_TIMEFRAME_BLANK,
      1,
      "actions",
      2,
      "timeframe",
      "1.1.1 has no timeframe. It is shown as “No date”, never as on track." },
    { "timeframe_unknown",
      { "SIP|1.1.1|1.1|A|L|when funds allow|" },
      { NULL },
      BP_FINDING_TIMEFRAME_UNKNOWN,
      1,
      "actions",
      2,
      "timeframe",
      NULL },
    { "timeframe_two_dates",
      { "SIP|1.1.1|1.1|A|L|February 2025 April 2025|" },
      { NULL },
      BP_FINDING_TIMEFRAME_TWO_DATES,
      1,
      "actions",
      2,
      "timeframe",
      "Two dates stand in the cell of 1.1.1: read as first (28 February 2025) and final (30 April 2025). Overdue counts from the final "
      "one." },
    { "timeframe_recurring",
      { "SIP|1.1.1|1.1|A|L|April 2025 and then Termly|" },
      { NULL },
      BP_FINDING_TIMEFRAME_RECURRING,
      1,
      "actions",
      2,
      "timeframe",
      "1.1.1 is read as first due 30 April 2025, then each term." },
    { "timeframe_ongoing", { "SIP|1.1.1|1.1|A|L|On-going|" }, { NULL }, BP_FINDING_TIMEFRAME_ONGOING, 1, "actions", 2, "timeframe", NULL },
    { "timeframe_complete",
      { "SIP|1.1.1|1.1|A|L|Complete|" },
      { NULL },
      BP_FINDING_TIMEFRAME_COMPLETE,
      1,
      "actions",
      2,
      "timeframe",
      NULL },
    { "timeframe_tbc", { "SIP|1.1.1|1.1|A|L|TBC|" }, { NULL }, BP_FINDING_TIMEFRAME_TBC, 1, "actions", 2, "timeframe", NULL },
    { "plain_date_gives_none", { "SIP|1.1.1|1.1|A|L|March 2026|" }, { NULL }, BP_FINDING_TIMEFRAME_UNKNOWN, 0, NULL, 0, NULL, NULL },
    { "due_before_the_plan",
      { "SIP|1.1.1|1.1|A|L|November 2024|", "SIP|1.1.2|1.1|B|L|1 January 2025|" },
      { NULL },
      BP_FINDING_DUE_BEFORE_PLAN,
      1,
      "actions",
      2,
      "timeframe",
      "1.1.1 was due 30 November 2024, before its plan was approved on 1 January 2025." },
    { "same_text",
      { "SIP|1.1.1|1.1|Check  the work – weekly.|L|March 2026|", "SIP|1.1.2|1.1|Other|L|March 2026|",
        "SIP|1.2.1|1.2|check the work - weekly.|L|March 2026|" },
      { NULL },
      BP_FINDING_SAME_ACTION_TEXT,
      1,
      "actions",
      4,
      "action",
      "1.2.1 has the same text as 1.1.1. Both are kept; refs tell them apart." },
    { "same_letters_are_not_the_same_text",
      { "SIP|1.1.1|1.1|Re-sign the plan|L|March 2026|", "SIP|1.1.2|1.1|Resign the plan|L|March 2026|" },
      { NULL },
      BP_FINDING_SAME_ACTION_TEXT,
      0,
      NULL,
      0,
      NULL,
      NULL },
    { "same_text_in_another_plan_is_well",
      { "SIP|1.1.1|1.1|Same|L|March 2026|", "OLD|1.1.1|1.1|Same|L|March 2026|" },
      { NULL },
      BP_FINDING_SAME_ACTION_TEXT,
      0,
      NULL,
      0,
      NULL,
      NULL },

    { "due_and_silent",
      { "SIP|1.1.1|1.1|A|L|March 2025|" },
      { NULL },
      BP_FINDING_NO_UPDATE,
      1,
      "actions",
      2,
      NULL,
      "1.1.1 was due 31 March 2025, and nothing has been reported on it. It is shown as “No update received”, not guessed." },
    { "ahead_and_silent_is_well", { "SIP|1.1.1|1.1|A|L|March 2026|" }, { NULL }, BP_FINDING_NO_UPDATE, 0, NULL, 0, NULL, NULL },
    { "stale_update",
      { "SIP|1.1.1|1.1|A|L|March 2026|" },
      { "SIP|1.1.1|2025-02-01|on-track|||||||" },
      BP_FINDING_UPDATE_STALE,
      1,
      "updates",
      2,
      "as_of",
      NULL },
    { "no_reason",
      { "SIP|1.1.1|1.1|A|L|March 2026|" },
      { "SIP|1.1.1|2025-07-01|at-risk||||Hire|||" },
      BP_FINDING_COMMENTARY_MISSING,
      1,
      "updates",
      2,
      "reason",
      "1.1.1 is reported as “At risk” without a reason." },
    { "no_way_back",
      { "SIP|1.1.1|1.1|A|L|March 2026|" },
      { "SIP|1.1.1|2025-07-01|off-track|||Vacancy||||" },
      BP_FINDING_COMMENTARY_MISSING,
      1,
      "updates",
      2,
      "path_to_green",
      "1.1.1 is reported as “Off track” without a way back." },
    { "neither",
      { "SIP|1.1.1|1.1|A|L|March 2026|" },
      { "SIP|1.1.1|2025-07-01|off-track|||||||" },
      BP_FINDING_COMMENTARY_MISSING,
      1,
      "updates",
      2,
      "reason",
      "1.1.1 is reported as “Off track” without a reason and a way back." },
    { "both",
      { "SIP|1.1.1|1.1|A|L|March 2026|" },
      { "SIP|1.1.1|2025-07-01|off-track|||Vacancy|Hire|||" },
      BP_FINDING_COMMENTARY_MISSING,
      0,
      NULL,
      0,
      NULL,
      NULL },
    { "paused_without_approval",
      { "SIP|1.1.1|1.1|A|L|March 2026|" },
      { "SIP|1.1.1|2025-07-01|paused|||||||" },
      BP_FINDING_COMMENTARY_MISSING,
      1,
      "updates",
      2,
      "approved_by",
      NULL },
    { "paused_with_approval",
      { "SIP|1.1.1|1.1|A|L|March 2026|" },
      { "SIP|1.1.1|2025-07-01|paused|||||||board" },
      BP_FINDING_COMMENTARY_MISSING,
      0,
      NULL,
      0,
      NULL,
      NULL },
    { "done_without_evidence",
      { "SIP|1.1.1|1.1|A|L|March 2026|" },
      { "SIP|1.1.1|2025-07-01|complete|||||||" },
      BP_FINDING_EVIDENCE_MISSING,
      1,
      "updates",
      2,
      "evidence",
      NULL },
    { "evidence_given_before_still_counts",
      { "SIP|1.1.1|1.1|A|L|March 2026|" },
      { "SIP|1.1.1|2025-03-01|complete|||||Minutes||", "SIP|1.1.1|2025-07-01|complete|||||||" },
      BP_FINDING_EVIDENCE_MISSING,
      0,
      NULL,
      0,
      NULL,
      NULL },
    { "evidence_of_another_measure",
      { "SIP|1.1.1|1.1|A|L|March 2026|K1" },
      { "SIP|1.1.1|2025-07-01|complete||||||K2|" },
      BP_FINDING_EVIDENCE_OTHER_MEASURE,
      1,
      "updates",
      2,
      "evidence_kpi",
      "1.1.1 is reported as done on the evidence of K2, which is not a measure of this action." },
    { "evidence_of_its_own_measure",
      { "SIP|1.1.1|1.1|A|L|March 2026|K1;K2" },
      { "SIP|1.1.1|2025-07-01|complete||||||K2|" },
      BP_FINDING_EVIDENCE_OTHER_MEASURE,
      0,
      NULL,
      0,
      NULL,
      NULL },
    { "status_disagrees",
      { "SIP|1.1.1|1.1|A|L|March 2025|" },
      { "SIP|1.1.1|2025-07-01|on-track|||||||" },
      BP_FINDING_STATUS_DISAGREES,
      1,
      "updates",
      2,
      "status",
      "1.1.1 is reported as “On track”. Due 31 March 2025 and not reported complete. Both are shown." },
    { "unapproved_move",
      { "SIP|1.1.1|1.1|A|L|March 2025|" },
      { "SIP|1.1.1|2025-06-01|off-track||September 2025|R|W|||", "SIP|1.1.1|2025-07-01|off-track|||R|W|||" },
      BP_FINDING_MOVE_UNAPPROVED,
      1,
      "updates",
      2,
      "forecast",
      "1.1.1 is forecast for 30 September 2025, and no forum has approved it. 31 March 2025 stays in force." },
    { "approved_move_is_well",
      { "SIP|1.1.1|1.1|A|L|March 2025|" },
      { "SIP|1.1.1|2025-06-01|off-track||September 2025|R|W|||board" },
      BP_FINDING_MOVE_UNAPPROVED,
      0,
      NULL,
      0,
      NULL,
      NULL },
    { "completed_in_the_future",
      { "SIP|1.1.1|1.1|A|L|March 2025|" },
      { "SIP|1.1.1|2025-06-01|complete|2025-06-02||||E||" },
      BP_FINDING_COMPLETED_IN_FUTURE,
      1,
      "updates",
      2,
      "completed_on",
      NULL },
    { "completed_that_day_is_well",
      { "SIP|1.1.1|1.1|A|L|March 2025|" },
      { "SIP|1.1.1|2025-06-01|complete|2025-06-01||||E||" },
      BP_FINDING_COMPLETED_IN_FUTURE,
      0,
      NULL,
      0,
      NULL,
      NULL },
    { "status_went_back",
      { "SIP|1.1.1|1.1|A|L|March 2026|" },
      { "SIP|1.1.1|2025-03-01|complete|||||E||", "SIP|1.1.1|2025-07-01|on-track|||||||" },
      BP_FINDING_STATUS_WENT_BACK,
      1,
      "updates",
      3,
      "status",
      "1.1.1 was reported as “Complete” on 1 March 2025, and is now “On track”." },
    { "unknown_status",
      { "SIP|1.1.1|1.1|A|L|March 2026|" },
      { "SIP|1.1.1|2025-07-01|purple|||||||" },
      BP_FINDING_STATUS_UNKNOWN,
      1,
      "updates",
      2,
      "status",
      NULL },
    { "unreadable_date",
      { "SIP|1.1.1|1.1|A|L|March 2026|" },
      { "SIP|1.1.1|2025-07-01|complete|last week||||E||" },
      BP_FINDING_VALUE_UNREADABLE,
      1,
      "updates",
      2,
      "completed_on",
      NULL },
};

static void test_case (gconstpointer data)
{
    const Case *c = data;
    BpProgramme programme = table_builder_programme ();
    g_autoptr (BpTableSet) set = bp_table_set_new (&programme.fields);
    table_builder_add_plan (set);
    table_builder_add (set, BP_TABLE_KPIS, "kpi|title|unit|polarity", "K1|One|count|higher", "K2|Two|count|higher", NULL);
    for (int i = 0; i < 4 && c->actions[i] != NULL; i++)
        table_builder_add (set, BP_TABLE_ACTIONS, "plan|ref|area|action|lead|timeframe|kpis", c->actions[i], NULL);
    for (int i = 0; i < 4 && c->updates[i] != NULL; i++)
        table_builder_add (set, BP_TABLE_UPDATES,
                           "plan|ref|as_of|status|completed_on|forecast|reason|path_to_green|evidence|evidence_kpi|approved_by",
                           c->updates[i], NULL);
    g_autoptr (BpSnapshot) snapshot = table_builder_snapshot (&programme, set, "2025-07-31");
    g_assert_cmpuint (table_builder_count_findings (snapshot, c->code), ==, c->count);
    if (c->count == 0)
        return;
    const BpFinding *finding = table_builder_finding (snapshot, c->code, 0);
    g_autofree char *file = g_strdup_printf ("data/%s.csv", c->table);
    g_assert_cmpstr (finding->source.file, ==, file);
    g_assert_cmpint (finding->source.row, ==, c->row);
    g_assert_cmpstr (finding->source.column, ==, c->column);
    if (c->text != NULL)
        g_assert_cmpstr (finding->text, ==, c->text);
    g_assert_nonnull (finding->advice);
}

static void test_area_titles (void)
{
    BpProgramme programme = table_builder_programme ();
    g_autoptr (BpTableSet) set = bp_table_set_new (&programme.fields);
    table_builder_add_plan (set);
    table_builder_add (set, BP_TABLE_AREAS, "plan|ref|title", "SIP|3|Equipping practitioners", "SIP|4|equipping   practitioners",
                       "OLD|3|Equipping practitioners", NULL);
    table_builder_add (set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", "SIP|3.1|3|A|March 2026", NULL);
    g_autoptr (BpSnapshot) snapshot = table_builder_snapshot (&programme, set, "2025-07-31");
    g_assert_cmpuint (table_builder_count_findings (snapshot, BP_FINDING_SAME_AREA_TITLE), ==, 2);
    const BpFinding *finding = table_builder_finding (snapshot, BP_FINDING_SAME_AREA_TITLE, 0);
    g_assert_cmpint (finding->source.row, ==, 6);
    g_assert_true (g_str_has_prefix (finding->text, "Area 3 has the same title as area 4."));
}

static void test_projects (void)
{
    BpProgramme programme = table_builder_programme ();
    for (int mapped = 0; mapped < 2; mapped++)
    {
        g_autoptr (BpTableSet) set = bp_table_set_new (&programme.fields);
        table_builder_add_plan (set);
        table_builder_add (set, BP_TABLE_PROJECTS, "project|title", "p|A project", NULL);
        table_builder_add (set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe|project", "SIP|1.1.1|1.1|A|March 2026|",
                           "SIP|1.1.2|1.1|B|March 2026|", mapped ? "SIP|1.1.3|1.1|C|March 2026|p" : "SIP|1.1.3|1.1|C|March 2026|", NULL);
        g_autoptr (BpSnapshot) snapshot = table_builder_snapshot (&programme, set, "2025-07-31");
        /* nothing mapped at all is one finding, not one for each row */
        g_assert_cmpuint (table_builder_count_findings (snapshot, BP_FINDING_ACTION_WITHOUT_PROJECT), ==, mapped ? 2 : 1);
    }
}

static void test_table (void)
{
    int count = 0;
    for (const BpCheck *check = bp_check_table; check->name != NULL; check++, count++)
    {
        g_assert_nonnull (check->description);
        g_assert_nonnull (check->run);
    }
    g_assert_cmpint (count, ==, 6);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autofree char *path = g_strconcat ("/domain/checks/", cases[i].name, NULL);
        g_test_add_data_func (path, &cases[i], test_case);
    }
    g_test_add_func ("/domain/checks/areas_with_the_same_title_are_both_named", test_area_titles);
    g_test_add_func ("/domain/checks/actions_without_project_are_named", test_projects);
    g_test_add_func ("/domain/checks/every_family_has_a_name_and_a_function", test_table);
    return g_test_run ();
}
