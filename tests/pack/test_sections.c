#include "support/table_builder.c"

#include "support/pack_builder_fixture.h"

/* ---- nothing to say ---- */

static void every_section_type_speaks_when_there_is_no_data (void)
{
    for (int i = 0; i < bp_section_type_count (); i++)
    {
        const char *type = bp_section_type_info (i)->name;
        PackFixture fixture;
        pack_fixture_init (&fixture);
        pack_fixture_add_section (&fixture, "it", type, NULL);
        const BpSection *section = pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "it");
        if (section->style == BP_SECTION_PLAIN)
        {
            g_assert_cmpuint (section->children->len, >, 0);
            g_assert_cmpstr (section->number, ==, "1");
        }
        pack_fixture_clear (&fixture);
    }
}

static void the_templates_message_replaces_the_standing_sentence (void)
{
    static const struct
    {
        const char *type, *own;
    } rows[] = { { "asks", "No asks of this meeting." },
                 { "risks", "No risk has been recorded." },
                 { "escalations", "Nothing to escalate this period." },
                 { "forward-plan", "No meeting is planned." },
                 { "action-tracker", "No action belongs here." },
                 { "kpi-scorecard", "No measure belongs here." } };
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
        PackFixture fixture;
        pack_fixture_init (&fixture);
        pack_fixture_add_section (&fixture, "own", rows[i].type, NULL);
        pack_fixture_add_section (&fixture, "given", rows[i].type, "message = Nothing at all.", NULL);
        const BpPack *pack = pack_fixture_build (&fixture, "2025-07-31");
        g_assert_cmpstr (pack_fixture_node (pack_fixture_section (pack, "own"), BP_NODE_PARAGRAPH, 0)->as.paragraph.text, ==, rows[i].own);
        const BpParagraph *given = &pack_fixture_node (pack_fixture_section (pack, "given"), BP_NODE_PARAGRAPH, 0)->as.paragraph;
        g_assert_cmpstr (given->text, ==, "Nothing at all.");
        g_assert_cmpint (given->role, ==, BP_PARAGRAPH_STANDING);
        g_assert_cmpstr (pack_fixture_section (pack, "given")->message, ==, "Nothing at all");
        pack_fixture_clear (&fixture);
    }
}

static void an_area_that_is_not_there_leaves_the_standing_sentence (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add_plan (fixture.set);
    table_builder_add (fixture.set, BP_TABLE_ACTIONS, "plan|ref|area|action", "SIP|1.1.1|1.1|A", NULL);
    pack_fixture_add_section (&fixture, "tracker", "action-tracker", "areas = SIP:9", NULL);
    const BpSection *section = pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "tracker");
    g_assert_cmpuint (pack_fixture_count (section, BP_NODE_TABLE), ==, 0);
    g_assert_cmpstr (pack_fixture_node (section, BP_NODE_PARAGRAPH, 0)->as.paragraph.text, ==, "No action belongs here.");
    pack_fixture_clear (&fixture);
}

/* ---- the tracker's cells ---- */

static void add_tracker_rows (PackFixture *fixture)
{
    table_builder_add_plan (fixture->set);
    table_builder_add (fixture->set, BP_TABLE_LEADS, "lead|organisation", "Lead A|Org", NULL);
    table_builder_add (fixture->set, BP_TABLE_ACTIONS, "plan|ref|area|action|short|lead|timeframe|milestone",
                       "SIP|1.1.1|1.1|Overdue|Late one|Lead A|April 2025|yes", "SIP|1.1.2|1.1|Moved|Moved one|Lead A|March 2025|no",
                       "SIP|1.1.3|1.1|No date|||| ", "SIP|1.2.1|1.2|Two dates||Lead A|February 2025 April 2025|no",
                       "SIP|1.2.2|1.2|Repeats||Lead A|6 weekly from September 2025|no", "SIP|1.2.3|1.2|Goes on||Lead A|On-going|no",
                       "SIP|1.2.4|1.2|Planned as done||Lead A|Complete|no", "SIP|2.1|2|Odd words||Lead A|when funds allow|no",
                       "SIP|2.2|2|Silent||Lead A|May 2025|no", NULL);
    table_builder_add (fixture->set, BP_TABLE_UPDATES,
                       "plan|ref|as_of|status|completed_on|progress|forecast|approved_by|reason|path_to_green",
                       "SIP|1.1.1|2025-04-04|on-track||||||", "SIP|1.1.2|2025-04-04|at-risk||||||",
                       "SIP|1.1.1|2025-07-25|off-track|||30 November 2025||Two posts vacant|Fund them",
                       "SIP|1.1.2|2025-07-25|at-risk||Half done|30 September 2025|board||",
                       "SIP|1.2.1|2025-07-25|complete|2025-04-22|All done||||", "SIP|1.2.3|2025-07-25|on-track||Stays open||||", NULL);
}

static void the_due_cell_says_only_what_is_so (void)
{
    static const struct
    {
        const char *key, *due;
    } rows[] = {
        { "SIP:1.1.1", "30 April 2025 / 92 days overdue / Forecast 30 Nov 2025, / not approved" },
        { "SIP:1.1.2", "30 September 2025 / Was 31 March 2025 / Moved once, 25 July" },
        { "SIP:1.1.3", "No date / blank in the plan" },
        { "SIP:1.2.1", "30 April 2025 / Done 22 Apr 2025 / Plan: \u201cFebruary 2025 April 2025\u201d" },
        { "SIP:1.2.2", "1 September 2025 / Plan: \u201c6 weekly from September 2025\u201d" },
        { "SIP:1.2.3", "On-going" },
        { "SIP:1.2.4", "Complete / in the plan; day not known" },
        { "SIP:2.1", "No date / Plan: \u201cwhen funds allow\u201d / not understood" },
    };
    PackFixture fixture;
    pack_fixture_init (&fixture);
    add_tracker_rows (&fixture);
    pack_fixture_add_section (&fixture, "tracker", "action-tracker", NULL);
    const BpSection *section = pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "tracker");
    const BpNode *table = pack_fixture_node (section, BP_NODE_TABLE, 0);
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
        pack_fixture_assert_cell (table, rows[i].key, 3, rows[i].due);
    pack_fixture_clear (&fixture);
}

static void red_and_amber_have_a_reason_and_a_way_back_or_say_that_they_lack_them (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    add_tracker_rows (&fixture);
    pack_fixture_add_section (&fixture, "tracker", "action-tracker", NULL);
    const BpSection *section = pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "tracker");
    const BpNode *table = pack_fixture_node (section, BP_NODE_TABLE, 0);
    pack_fixture_assert_cell (table, "SIP:1.1.1", 5, "On track → Off track");
    pack_fixture_assert_cell (table, "SIP:1.1.1", 6, "Reason: Two posts vacant. / Way back: Fund them.");
    pack_fixture_assert_cell (table, "SIP:1.1.2", 5, "None");
    pack_fixture_assert_cell (table, "SIP:1.1.2", 6, "Half done. / No reason given / No way back given");
    pack_fixture_assert_cell (table, "SIP:2.2", 6, "No update received");
    pack_fixture_assert_cell (table, "SIP:1.1.3", 2, "No lead / blank in the plan");
    pack_fixture_assert_cell (table, "SIP:1.2.1", 6, "All done.");
    pack_fixture_clear (&fixture);
}

static void groups_carry_their_counts_and_a_filter_names_its_scope (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    add_tracker_rows (&fixture);
    pack_fixture_add_section (&fixture, "all", "action-tracker", NULL);
    pack_fixture_add_section (&fixture, "area", "action-tracker", "areas = SIP:2", "group = none", NULL);
    pack_fixture_add_section (&fixture, "milestones", "action-tracker", "filter = milestone = yes", NULL);
    pack_fixture_add_section (&fixture, "cut", "action-tracker", "limit = 2", "columns = action|status", NULL);
    const BpPack *pack = pack_fixture_build (&fixture, "2025-07-31");
    const BpNode *all = pack_fixture_node (pack_fixture_section (pack, "all"), BP_NODE_TABLE, 0);
    const BpTableRow *group = &g_array_index (all->as.table.rows, BpTableRow, 0);
    g_autofree char *heading = pack_fixture_dup_cell (&group->cells[0]);
    g_assert_cmpint (group->kind, ==, BP_ROW_GROUP);
    g_assert_true (g_str_has_prefix (heading, "1.1 "));
    g_assert_cmpstr (group->aside, ==, "3 actions: 1 at risk, 1 off track, 1 no update received");
    g_assert_cmpstr (pack_fixture_section (pack, "all")->headline, ==, "2 of 9 actions are complete");
    const BpSection *area = pack_fixture_section (pack, "area");
    g_assert_cmpstr (area->headline, ==, "None of the 2 actions in area 2 is complete");
    g_assert_cmpstr (area->subtitle, ==, "Change: since the pack of 4 April 2025; 2 of 9 actions are listed");
    g_assert_cmpuint (pack_fixture_node (area, BP_NODE_TABLE, 0)->as.table.rows->len, ==, 2);
    g_assert_cmpstr (pack_fixture_section (pack, "milestones")->headline, ==, "The one milestone is not complete");
    const BpSection *cut = pack_fixture_section (pack, "cut");
    g_assert_cmpint (pack_fixture_node (cut, BP_NODE_TABLE, 0)->as.table.column_count, ==, 2);
    g_assert_cmpstr (pack_fixture_node (cut, BP_NODE_PARAGRAPH, 0)->as.paragraph.text, ==,
                     "2 of 9 actions shown. The full list is in the workbook, sheet Actions.");
    pack_fixture_clear (&fixture);
}

/* ---- headlines ---- */

static void the_summary_counts_all_actions_whatever_a_forum_sees (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    add_tracker_rows (&fixture);
    pack_fixture_add_section (&fixture, "summary", "summary", NULL);
    const BpSection *section = pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "summary");
    /* Dated and due by 31 July: 1.1.1, 1.1.2, 1.2.1, 2.2 and the one that the plan calls complete; two of these five are done. */
    g_assert_cmpstr (section->headline, ==, "2 of 9 actions are complete, 3 behind plan");
    const BpChart *bar = &pack_fixture_node (section, BP_NODE_CHART, 0)->as.chart;
    g_assert_cmpint (bar->type, ==, BP_CHART_STATUS_BAR);
    double total = 0;
    for (int i = 0; i < bar->series_count; i++)
        total += bar->series[i].values[0];
    g_assert_cmpfloat (total, ==, 9.0);
    const BpNode *top = pack_fixture_node (section, BP_NODE_TABLE, 0);
    pack_fixture_assert_cell (top, "SIP:1.1.1", 2, "Two posts vacant.");
    pack_fixture_assert_cell (top, "SIP:1.1.1", 4, "30 November 2025 / Lead A");
    pack_fixture_clear (&fixture);
}

static void exceptions_stand_in_the_order_off_track_silent_at_risk_other (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    add_tracker_rows (&fixture);
    pack_fixture_add_section (&fixture, "exceptions", "exceptions", NULL);
    const BpSection *section = pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "exceptions");
    static const char *const headings[] = { "Off track", "No update received", "At risk", "Other exceptions" };
    for (int i = 0; i < 4; i++)
        g_assert_cmpstr (pack_fixture_node (section, BP_NODE_HEADING, i)->as.heading.text, ==, headings[i]);
    g_assert_cmpstr (section->headline, ==, "One action is off track, one without an update");
    const BpNote *card = &pack_fixture_node (section, BP_NODE_NOTE, 0)->as.note;
    g_assert_cmpstr (card->ref, ==, "1.1.1");
    g_assert_cmpstr (card->mark.word, ==, "Off track");
    static const char *const rows[]
        = { "Two posts vacant.", "Fund them.", "Lead A, forecast 30 November 2025, not approved (due 30 April, 92 days overdue)", "None." };
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
        g_assert_cmpstr (g_array_index (card->rows, BpNoteRow, i).text, ==, rows[i]);
    const BpNote *amber = &pack_fixture_node (section, BP_NODE_NOTE, 1)->as.note;
    g_assert_cmpstr (g_array_index (amber->rows, BpNoteRow, 0).text, ==, "No reason given");
    pack_fixture_clear (&fixture);
}

static void changes_name_the_last_change_when_there_is_none_since (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add_plan (fixture.set);
    table_builder_add (fixture.set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", "SIP|1.1.1|1.1|A|December 2025", NULL);
    table_builder_add (fixture.set, BP_TABLE_UPDATES, "plan|ref|as_of|status|progress", "SIP|1.1.1|2025-04-04|on-track|Begun",
                       "SIP|1.1.1|2025-07-25|on-track|Goes on", NULL);
    pack_fixture_add_section (&fixture, "changes", "changes", NULL);
    const BpSection *section = pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "changes");
    g_assert_null (section->headline);
    g_assert_cmpstr (section->subtitle, ==, "Since the last pack (4 April 2025): 0 of 1 action has changed");
    g_assert_cmpstr (pack_fixture_node (section, BP_NODE_PARAGRAPH, 0)->as.paragraph.text, ==,
                     "No changes this period. The last change was on 4 April 2025.");
    pack_fixture_clear (&fixture);
}

static void the_first_report_compares_with_nothing (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add_plan (fixture.set);
    table_builder_add (fixture.set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", "SIP|1.1.1|1.1|A|December 2025", NULL);
    pack_fixture_add_section (&fixture, "changes", "changes", NULL);
    pack_fixture_add_section (&fixture, "tracker", "action-tracker", NULL);
    const BpPack *pack = pack_fixture_build (&fixture, "2025-07-31");
    g_assert_cmpstr (pack_fixture_node (pack_fixture_section (pack, "changes"), BP_NODE_PARAGRAPH, 0)->as.paragraph.text, ==,
                     "No earlier report to compare with.");
    g_assert_cmpstr (pack_fixture_section (pack, "tracker")->subtitle, ==, "Change: no earlier report to compare with");
    pack_fixture_assert_cell (pack_fixture_node (pack_fixture_section (pack, "tracker"), BP_NODE_TABLE, 0), "SIP:1.1.1", 5, "First report");
    pack_fixture_clear (&fixture);
}

/* ---- timeline, plan ---- */

static void the_timeline_names_the_busiest_month_to_come (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    add_tracker_rows (&fixture);
    pack_fixture_add_section (&fixture, "timeline", "timeline", NULL);
    const BpSection *section = pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "timeline");
    g_assert_cmpstr (section->headline, ==, "Two actions fall due in September 2025");
    g_assert_cmpstr (section->subtitle, ==, "9 actions: 2 without a date, 1 on-going and 1 complete in the plan");
    pack_fixture_clear (&fixture);
}

static void the_forward_plan_starts_today_and_ends_with_the_undated (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add (fixture.set, BP_TABLE_MEETINGS, "forum|date|title|papers_due", "board|TBC (Pre-Christmas)|Undated|",
                       "board|2025-07-30|Yesterday|", "board|2025-07-31|Today|2025-07-20", "group|2025-08-10|Other|", NULL);
    pack_fixture_add_section (&fixture, "plan", "forward-plan", NULL);
    const BpSection *section = pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "plan");
    const GArray *rows = pack_fixture_node (section, BP_NODE_TABLE, 0)->as.table.rows;
    static const char *const expected[][3] = { { "31 July 2025", "The Board", "Today" },
                                               { "10 August 2025", "The Group", "Other" },
                                               { "To be confirmed / Typed: TBC (Pre-Christmas)", "The Board", "Undated" } };
    g_assert_cmpstr (section->headline, ==, "No meeting is dated after that of 31 July 2025");
    g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (expected));
    for (guint i = 0; i < rows->len; i++)
        for (int c = 0; c < 3; c++)
        {
            g_autofree char *cell = pack_fixture_dup_cell (&g_array_index (rows, BpTableRow, i).cells[c]);
            g_assert_cmpstr (cell, ==, expected[i][c]);
        }
    g_assert_cmpint (g_array_index (rows, BpTableRow, 0).kind, ==, BP_ROW_HIGHLIGHT);
    pack_fixture_clear (&fixture);
}

static void the_forward_plan_names_the_meeting_after_this_one (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add (fixture.set, BP_TABLE_MEETINGS, "forum|date|title", "board|2025-09-18|This one", "board|2025-12-11|The next",
                       "group|2025-10-10|Other", NULL);
    pack_fixture_add_section (&fixture, "plan", "forward-plan", NULL);
    const BpSection *section = pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "plan");
    g_assert_cmpstr (section->headline, ==, "After this meeting, the next is on 11 December 2025");
    pack_fixture_clear (&fixture);
}

/* A list in the order of dates has no silent gap: all meetings up to the own next one, or a row for those that are left out. */
static void a_forward_plan_that_is_cut_says_what_it_leaves_out (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add (fixture.set, BP_TABLE_MEETINGS, "forum|date|title", "group|2025-09-01|Before this one", "board|2025-09-18|This one",
                       "group|2025-10-10|First", "group|2025-10-20|Second", "group|2025-10-30|Third", "board|2025-12-11|The next",
                       "board|2026-02-11|Later", NULL);
    pack_fixture_add_section (&fixture, "plan", "forward-plan", "limit = 3", NULL);
    pack_fixture_add_section (&fixture, "roomy", "forward-plan", "limit = 5", NULL);
    const BpPack *pack = pack_fixture_build (&fixture, "2025-07-31");
    const BpSection *section = pack_fixture_section (pack, "plan");
    const GArray *rows = pack_fixture_node (section, BP_NODE_TABLE, 0)->as.table.rows;
    static const char *const expected[] = { "18 September 2025", "10 October 2025", "To 30 October 2025", "11 December 2025" };
    g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (expected));
    for (guint i = 0; i < rows->len; i++)
    {
        g_autofree char *cell = pack_fixture_dup_cell (&g_array_index (rows, BpTableRow, i).cells[0]);
        g_assert_cmpstr (cell, ==, expected[i]);
    }
    g_autofree char *left_out = pack_fixture_dup_cell (&g_array_index (rows, BpTableRow, 2).cells[1]);
    g_assert_cmpstr (left_out, ==, "2 other meetings");
    g_assert_cmpstr (pack_fixture_node (section, BP_NODE_PARAGRAPH, 0)->as.paragraph.text, ==,
                     "3 of 6 meetings shown. The full list is in the workbook, sheet Meetings.");
    const GArray *whole = pack_fixture_node (pack_fixture_section (pack, "roomy"), BP_NODE_TABLE, 0)->as.table.rows;
    g_autofree char *last = pack_fixture_dup_cell (&g_array_index (whole, BpTableRow, 4).cells[0]);
    g_assert_cmpuint (whole->len, ==, 5);
    g_assert_cmpstr (last, ==, "11 December 2025");
    pack_fixture_clear (&fixture);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(test) g_test_add_func ("/pack/sections/" #test, test)
    ADD (every_section_type_speaks_when_there_is_no_data);
    ADD (the_templates_message_replaces_the_standing_sentence);
    ADD (an_area_that_is_not_there_leaves_the_standing_sentence);
    ADD (the_due_cell_says_only_what_is_so);
    ADD (red_and_amber_have_a_reason_and_a_way_back_or_say_that_they_lack_them);
    ADD (groups_carry_their_counts_and_a_filter_names_its_scope);
    ADD (the_summary_counts_all_actions_whatever_a_forum_sees);
    ADD (exceptions_stand_in_the_order_off_track_silent_at_risk_other);
    ADD (changes_name_the_last_change_when_there_is_none_since);
    ADD (the_first_report_compares_with_nothing);
    ADD (the_timeline_names_the_busiest_month_to_come);
    ADD (the_forward_plan_starts_today_and_ends_with_the_undated);
    ADD (the_forward_plan_names_the_meeting_after_this_one);
    ADD (a_forward_plan_that_is_cut_says_what_it_leaves_out);
    return g_test_run ();
}
