#include "support/table_builder.c"

#include "support/pack_builder_fixture.h"

#include <math.h>

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

/* ---- measures ---- */

static void add_kpis (PackFixture *fixture)
{
    table_builder_add_plan (fixture->set);
    table_builder_add (
        fixture->set, BP_TABLE_KPIS,
        "kpi|valid_from|title|short|area|unit|polarity|period_kind|baseline_period|baseline|target_period|target|headline|definition",
        "K1|2022-01-01|Reviews on time|On time|SIP:1|percent|higher|quarter|Q4 2022/23|52|Q4 2025/26|80|yes|Reviews done in time.",
        "K2|2022-01-01|Weeks to wait|Wait|SIP:1|weeks|lower|month|July 2023|50|July 2026|26|yes|",
        "K3|2022-01-01|Trainers|Trainers|SIP:2|count|higher|term||||||",
        "K4|2022-01-01|Exclusions|Exclusions|SIP:2|rate|lower|term|Spring 2023|1.0|Spring 2026|0.8||", NULL);
    table_builder_add (fixture->set, BP_TABLE_KPI_VALUES, "kpi|period|geography|value|numerator|denominator|published",
                       "K1|Q3 2024/25||[x]|||", "K1|Q4 2024/25|||115|184|2025-04-20", "K1|Q1 2025/26|||118|184|2025-07-20",
                       "K1|Q1 2025/26|London|62|||", "K2|June 2025||39|||2025-07-10", "K2|July 2025||38|||2025-07-31",
                       "K4|Spring 2025||1.2|||2025-05-01", NULL);
}

static void the_scorecard_prints_value_share_period_and_movement (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    add_kpis (&fixture);
    pack_fixture_add_section (&fixture, "scorecard", "kpi-scorecard", NULL);
    const BpSection *section = pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "scorecard");
    const BpNode *table = pack_fixture_node (section, BP_NODE_TABLE, 0);
    g_assert_cmpstr (section->headline, ==, "Two of three comparable measures have improved");
    g_assert_cmpstr (section->subtitle, ==, "Each is compared with its own baseline. One is worse and one has nothing to compare.");
    pack_fixture_assert_cell (table, "K1", 0, "On time / Higher is better");
    pack_fixture_assert_cell (table, "K1", 1, "52% / Q4 2022/23");
    pack_fixture_assert_cell (table, "K1", 2, "64% / 118 of 184 / Q1 2025/26");
    pack_fixture_assert_cell (table, "K1", 3, "80% / Q4 2025/26 / London 62%, Q1 2025/26");
    pack_fixture_assert_cell (table, "K1", 4, "Improved / +12 points\u2020");
    pack_fixture_assert_cell (table, "K2", 2, "38 weeks / July 2025");
    pack_fixture_assert_cell (table, "K2", 4, "Improved / \u221212 weeks");
    pack_fixture_assert_cell (table, "K3", 1, "[x] / not given");
    pack_fixture_assert_cell (table, "K3", 2, "[x] / no value yet");
    pack_fixture_assert_cell (table, "K3", 3, "[x] / not set");
    pack_fixture_assert_cell (table, "K3", 4, "No value");
    pack_fixture_assert_cell (table, "K3", 5, "No value yet");
    pack_fixture_assert_cell (table, "K4", 4, "Worse / +0.2");
    g_assert_nonnull (strstr (table->as.table.footnote, "[x] not available"));
    g_assert_null (strstr (table->as.table.footnote, "[c]"));
    pack_fixture_clear (&fixture);
}

/* One row of four has no column for its benchmark; where at least a third have one, the column stands. */
static void benchmarks_have_a_column_where_a_third_of_the_rows_have_one (void)
{
    static const struct
    {
        const char *option;
        int columns;
        const char *target;
    } cases[] = { { "kpis = K1|K2|K4|K3", 6, "80% / Q4 2025/26 / London 62%, Q1 2025/26" }, { "kpis = K1|K2", 7, "80% / Q4 2025/26" } };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        PackFixture fixture;
        pack_fixture_init (&fixture);
        add_kpis (&fixture);
        pack_fixture_add_section (&fixture, "scorecard", "kpi-scorecard", cases[i].option, NULL);
        const BpSection *section = pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "scorecard");
        const BpNode *table = pack_fixture_node (section, BP_NODE_TABLE, 0);
        g_assert_cmpint (table->as.table.column_count, ==, cases[i].columns);
        pack_fixture_assert_cell (table, "K1", 3, cases[i].target);
        pack_fixture_clear (&fixture);
    }
}

static void a_run_chart_has_every_period_and_a_gap_where_none_was_supplied (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    add_kpis (&fixture);
    table_builder_add (fixture.set, BP_TABLE_KPI_VALUES, "kpi|period|value", "K2|April 2025|41", NULL);
    pack_fixture_add_section (&fixture, "details", "kpi-details", "kpis = K2|K3", NULL);
    const BpSection *section = pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "details");
    const BpChart *chart = &pack_fixture_node (section, BP_NODE_CHART, 0)->as.chart;
    g_assert_cmpstr (chart->title, ==, "Wait: better, down 12 weeks to 38, target 26");
    g_assert_cmpint (chart->category_count, ==, 4);
    g_assert_cmpstr (chart->categories[0], ==, "Apr");
    g_assert_cmpstr (chart->category_groups[0], ==, "2025");
    g_assert_null (chart->category_positions); /* months that follow on each other: at equal steps */
    g_assert_true (isnan (chart->series[0].values[1]));
    g_assert_cmpstr (chart->series[0].value_notes[1], ==, "[x]");
    g_assert_cmpfloat (chart->series[0].values[3], ==, 38.0);
    g_assert_cmpint (chart->reference_count, ==, 1);
    g_assert_cmpint (chart->references[0].kind, ==, BP_REFERENCE_TARGET);
    g_assert_cmpfloat (chart->references[0].value, ==, 26.0);
    g_assert_cmpstr (chart->references[0].label, ==, "Target 26, Jul 2026");
    g_assert_false (chart->has_limits);
    g_assert_null (chart->series[0].meanings);
    g_assert_null (chart->variation_word);
    g_assert_cmpstr (chart->alternative, ==,
                     "Wait fell from 41 weeks to 38 weeks between April 2025 and July 2025; target 26 weeks; no value for May 2025.");
    pack_fixture_assert_cell (chart->table, "K2", 2, "[x]");
    /* K3 has no figure: a line in the table of those. */
    pack_fixture_assert_cell (pack_fixture_node (section, BP_NODE_TABLE, 0), "K3", 3, "No definition given / No source given");
    pack_fixture_clear (&fixture);
}

/* ---- coverage, timeline, plan ---- */

static void coverage_names_its_gaps (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    add_kpis (&fixture);
    table_builder_add (fixture.set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", "SIP|1.1.1|1.1|A|Complete",
                       "SIP|1.1.2|1.1|B|May 2026", NULL);
    table_builder_add (fixture.set, BP_TABLE_RECOMMENDATIONS, "ref|text|short|areas|actions|kpis",
                       "1a|First|Answered and tested|SIP:1.1||K1", "1b|Second|Not tested||SIP:1.1.1|", "2a|Third|Not answered|||K4", NULL);
    pack_fixture_add_section (&fixture, "coverage", "coverage", NULL);
    const BpSection *section = pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "coverage");
    const BpNode *table = pack_fixture_node (section, BP_NODE_TABLE, 0);
    g_assert_cmpstr (section->headline, ==, "One finding has no action, one no measure");
    pack_fixture_assert_cell (table, "1a", 0, "1a Answered and tested");
    pack_fixture_assert_cell (table, "1a", 1, "1.1");
    pack_fixture_assert_cell (table, "1a", 2, "1 of 2");
    pack_fixture_assert_cell (table, "1a", 3, "tested by measure 1");
    pack_fixture_assert_cell (table, "1a", 5, "–");
    pack_fixture_assert_cell (table, "1b", 1, "1.1.1");
    pack_fixture_assert_cell (table, "1b", 2, "1 of 1");
    pack_fixture_assert_cell (table, "1b", 5, "No measure");
    pack_fixture_assert_cell (table, "2a", 1, "None");
    pack_fixture_assert_cell (table, "2a", 2, "0");
    pack_fixture_assert_cell (table, "2a", 5, "No action");
    g_assert_cmpint (pack_fixture_row (table, "2a")->kind, ==, BP_ROW_HIGHLIGHT);
    g_assert_cmpint (pack_fixture_row (table, "1a")->kind, ==, BP_ROW_PLAIN);
    pack_fixture_clear (&fixture);
}

/* Those that share their actions are named together, once. */
static void coverage_names_findings_that_share_actions_together (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    add_kpis (&fixture);
    table_builder_add (fixture.set, BP_TABLE_ACTIONS, "plan|ref|area|action", "SIP|1.1.1|1.1|A", "SIP|1.1.2|1.1|B", NULL);
    table_builder_add (fixture.set, BP_TABLE_RECOMMENDATIONS, "ref|text|short|areas|actions|kpis", "1a|First|First|SIP:1.1||K1",
                       "1b|Second|Second|SIP:1.1||", "1c|Third|Third|SIP:1.1||", NULL);
    pack_fixture_add_section (&fixture, "coverage", "coverage", NULL);
    const BpSection *section = pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "coverage");
    const BpNode *also = g_ptr_array_index (section->children, section->children->len - 1);
    g_assert_nonnull (strstr (also->as.paragraph.text, "1a, 1b and 1c share the 2 actions of 1.1."));
    g_auto (GStrv) parts = g_strsplit (also->as.paragraph.text, " share ", -1);
    g_assert_cmpuint (g_strv_length (parts), ==, 2);
    pack_fixture_clear (&fixture);
}

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

/* ---- measures ---- */

/* A census value at the level of a target set for a financial year: nobody knows which census must reach it. */
static void a_target_of_no_certain_period_is_never_met (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add_plan (fixture.set);
    table_builder_add (fixture.set, BP_TABLE_KPIS, "kpi|title|area|unit|polarity|period_kind|baseline_period|baseline|target_period|target",
                       "U|Uncertain|SIP:1|percent|higher|census|Census 2022-01|28|2027/28|32",
                       "M|Met|SIP:1|percent|higher|census|Census 2022-01|28|Census 2026-01|32", NULL);
    table_builder_add (fixture.set, BP_TABLE_KPI_VALUES, "kpi|period|value", "U|Census 2023-01|30", "U|Census 2024-01|32",
                       "M|Census 2023-01|30", "M|Census 2024-01|32", NULL);
    pack_fixture_add_section (&fixture, "scorecard", "kpi-scorecard", NULL);
    pack_fixture_add_section (&fixture, "details", "kpi-details", "kpis = U", NULL);
    pack_fixture_add_section (&fixture, "all", "kpi-details", NULL);
    const BpPack *pack = pack_fixture_build (&fixture, "2025-07-31");
    const BpNode *table = pack_fixture_node (pack_fixture_section (pack, "scorecard"), BP_NODE_TABLE, 0);
    pack_fixture_assert_cell (table, "U", 3, "32% / for 2027/28: period not certain");
    pack_fixture_assert_cell (table, "M", 3, "32% / January 2026, met");
    const BpNode *chart = pack_fixture_node (pack_fixture_section (pack, "details"), BP_NODE_CHART, 0);
    g_assert_cmpstr (chart->as.chart.title, ==,
                     "Uncertain: better, up 4 points to 32% (stale). Target 32%, for 2027/28: period not certain");
    g_assert_null (pack_fixture_section (pack, "details")->headline);
    g_assert_cmpstr (pack_fixture_section (pack, "all")->headline, ==, "One of two measures is known to have met its target");
    pack_fixture_clear (&fixture);
}

/* 575,963 plans of a country are no benchmark of one place's 3,100; its rate is. */
static void a_number_of_another_place_is_no_benchmark (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add_plan (fixture.set);
    table_builder_add (fixture.set, BP_TABLE_KPIS, "kpi|title|area|unit|polarity|period_kind", "N|Number|SIP:1|count|higher|quarter",
                       "R|Rate|SIP:1|rate|higher|quarter", NULL);
    table_builder_add (fixture.set, BP_TABLE_KPI_VALUES, "kpi|period|geography|value", "N|Q4 2024/25||3100", "N|Q4 2024/25|England|575963",
                       "R|Q4 2024/25||5.3", "R|Q4 2024/25|England|5.6", NULL);
    pack_fixture_add_section (&fixture, "scorecard", "kpi-scorecard", NULL);
    const BpNode *table
        = pack_fixture_node (pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "scorecard"), BP_NODE_TABLE, 0);
    pack_fixture_assert_cell (table, "N", 4, "[x]");
    pack_fixture_assert_cell (table, "R", 4, "England 5.6, Q4 2024/25");
    pack_fixture_clear (&fixture);
}

/* ---- decisions ---- */

/* The chip is the reported status; what the dates say stands in bold wherever it does. */
static void what_the_dates_say_stands_by_the_reported_status (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add_plan (fixture.set);
    table_builder_add (fixture.set, BP_TABLE_ACTIONS, "plan|ref|area|action|short|timeframe", "SIP|1.1.1|1.1|Late||June 2025",
                       "SIP|1.1.2|1.1|In time||September 2025", NULL);
    table_builder_add (fixture.set, BP_TABLE_UPDATES, "plan|ref|as_of|status|progress", "SIP|1.1.1|2025-04-04|at-risk|Begun",
                       "SIP|1.1.1|2025-07-25|on-track|Half done", "SIP|1.1.2|2025-07-25|on-track|Half done", NULL);
    pack_fixture_add_section (&fixture, "tracker", "action-tracker", NULL);
    pack_fixture_add_section (&fixture, "changes", "changes", NULL);
    pack_fixture_add_section (&fixture, "summary", "summary", NULL);
    pack_fixture_add_section (&fixture, "timeline", "timeline", NULL);
    const BpPack *pack = pack_fixture_build (&fixture, "2025-07-31");
    const BpNode *tracker = pack_fixture_node (pack_fixture_section (pack, "tracker"), BP_NODE_TABLE, 0);
    pack_fixture_assert_cell (tracker, "SIP:1.1.1", 4, "On track / Dates say: off track");
    pack_fixture_assert_cell (tracker, "SIP:1.1.2", 4, "On track");
    pack_fixture_assert_cell (pack_fixture_node (pack_fixture_section (pack, "changes"), BP_NODE_TABLE, 0), "SIP:1.1.1", 2,
                              "At risk \u2192 On track / Dates say: off track");
    const BpNode *bar = pack_fixture_node (pack_fixture_section (pack, "summary"), BP_NODE_CHART, 0);
    g_assert_cmpstr (bar->as.chart.aside, ==, "1 reported on track is past its date");
    const BpNode *timeline = pack_fixture_node (pack_fixture_section (pack, "timeline"), BP_NODE_CHART, 0);
    g_assert_nonnull (strstr (timeline->as.chart.timeline->caption, "1.1.1 is reported on track and past its date."));
    pack_fixture_clear (&fixture);
}

/* 1.1.2 has waited longest; 1.1.3 is what the meeting is asked about; "1.1" and "11.1.3" are not it. */
static void lists_that_are_cut_keep_what_the_meeting_is_asked_about (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add_plan (fixture.set);
    table_builder_add (fixture.set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", "SIP|1.1.1|1.1|A|March 2025",
                       "SIP|1.1.2|1.1|B|January 2025", "SIP|1.1.3|1.1|C|May 2025", NULL);
    table_builder_add (fixture.set, BP_TABLE_UPDATES, "plan|ref|as_of|status|reason", "SIP|1.1.1|2025-07-25|off-track|Why",
                       "SIP|1.1.2|2025-07-25|off-track|Why", "SIP|1.1.3|2025-07-25|off-track|Why", NULL);
    table_builder_add (fixture.set, BP_TABLE_DECISIONS, "forum|ref|ask|kind|raised_on",
                       "board|D1|Fund area 1.1, as 11.1.3 did|decide|2025-07-01",
                       "board|D2|Approve a new date for 1.1.3.|approve|2025-07-01", "group|D3|Discuss 1.1.1|discuss|2025-07-01", NULL);
    pack_fixture_add_section (&fixture, "exceptions", "exceptions", "limit = 1", NULL);
    pack_fixture_add_section (&fixture, "escalations", "escalations", "limit = 1", NULL);
    pack_fixture_add_section (&fixture, "summary", "summary", NULL);
    const BpPack *pack = pack_fixture_build (&fixture, "2025-07-31");
    g_assert_cmpstr (pack_fixture_node (pack_fixture_section (pack, "exceptions"), BP_NODE_NOTE, 0)->as.note.ref, ==, "1.1.3");
    const BpNode *table = pack_fixture_node (pack_fixture_section (pack, "escalations"), BP_NODE_TABLE, 0);
    g_autofree char *ref = pack_fixture_dup_cell (&g_array_index (table->as.table.rows, BpTableRow, 0).cells[0]);
    g_assert_true (g_str_has_prefix (ref, "1.1.3"));
    g_autofree char *asked = pack_fixture_dup_cell (&g_array_index (table->as.table.rows, BpTableRow, 0).cells[3]);
    g_assert_cmpstr (asked, ==, "Nothing asked above; ask 2 here");
    const BpNode *top = pack_fixture_node (pack_fixture_section (pack, "summary"), BP_NODE_TABLE, 0);
    g_autofree char *first = pack_fixture_dup_cell (&g_array_index (top->as.table.rows, BpTableRow, 0).cells[0]);
    g_assert_true (g_str_has_prefix (first, "1.1.3"));
    pack_fixture_assert_cell (top, "SIP:1.1.3", 1, "C / Ask 2");
    pack_fixture_assert_cell (top, "SIP:1.1.3", 3, "No way back given");
    pack_fixture_clear (&fixture);
}

/* Text of the row of a card with that label; NULL if it has none. */
static const char *card_row (const BpSection *section, int card, const char *label)
{
    const GArray *rows = pack_fixture_node (section, BP_NODE_NOTE, card)->as.note.rows;

    for (guint i = 0; i < rows->len; i++)
        if (g_strcmp0 (g_array_index (rows, BpNoteRow, i).label, label) == 0)
            return g_array_index (rows, BpNoteRow, i).text;
    return NULL;
}

/* 1.1.1 is asked of this meeting and of another forum, 1.1.2 of another alone; what the lead of 1.1.3 asks for is in no list yet. */
static void an_ask_stands_under_the_forum_that_it_is_put_to (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add_plan (fixture.set);
    table_builder_add (fixture.set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", "SIP|1.1.1|1.1|A|January 2025",
                       "SIP|1.1.2|1.1|B|February 2025", "SIP|1.1.3|1.1|C|March 2025", "SIP|1.1.4|1.1|D|April 2025", NULL);
    table_builder_add (fixture.set, BP_TABLE_UPDATES, "plan|ref|as_of|status|reason|ask",
                       "SIP|1.1.1|2025-07-25|off-track|Why|Fund two posts", "SIP|1.1.2|2025-07-25|off-track|Why|Sign a contract",
                       "SIP|1.1.3|2025-07-25|off-track|Why|Move the date", "SIP|1.1.4|2025-07-25|off-track|Why|", NULL);
    table_builder_add (fixture.set, BP_TABLE_DECISIONS, "forum|ref|ask|kind|raised_on",
                       "board|D1|Approve a new date for 1.1.1|approve|2025-07-01", "group|D2|Fund the posts of 1.1.1|decide|2025-07-01",
                       "group|D3|Sign the contract of 1.1.2|decide|2025-07-01", NULL);
    pack_fixture_add_section (&fixture, "exceptions", "exceptions", NULL);
    pack_fixture_add_section (&fixture, "escalations", "escalations", NULL);
    const BpPack *pack = pack_fixture_build (&fixture, "2025-07-31");
    const BpSection *section = pack_fixture_section (pack, "exceptions");
    g_assert_cmpstr (card_row (section, 0, "Ask 1"), ==, "Approve a new date for 1.1.1.");
    g_assert_true (g_str_has_suffix (card_row (section, 0, "Asked of"), ": Fund the posts of 1.1.1."));
    g_assert_null (card_row (section, 1, "Ask 1"));
    g_assert_true (g_str_has_suffix (card_row (section, 1, "Asked of"), ": Sign the contract of 1.1.2."));
    g_assert_cmpstr (card_row (section, 2, "Ask"), ==, "Not yet raised: move the date.");
    g_assert_cmpstr (card_row (section, 3, "Ask"), ==, "None.");
    const BpNode *table = pack_fixture_node (pack_fixture_section (pack, "escalations"), BP_NODE_TABLE, 0);
    pack_fixture_assert_cell (table, "SIP:1.1.3", 3, "Ask, not yet raised: Move the date.");
    pack_fixture_assert_cell (table, "SIP:1.1.4", 3, "Nothing asked yet");
    pack_fixture_clear (&fixture);
}

/* One of them is an exception only because its date has passed. What is shown and what is not add up to all of them. */
static void the_groups_of_exceptions_add_up (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add_plan (fixture.set);
    table_builder_add (fixture.set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", "SIP|1.1.1|1.1|A|March 2025",
                       "SIP|1.1.2|1.1|B|June 2025", "SIP|1.1.3|1.1|C|December 2025", "SIP|1.1.4|1.1|D|December 2025", NULL);
    table_builder_add (fixture.set, BP_TABLE_UPDATES, "plan|ref|as_of|status|reason", "SIP|1.1.1|2025-07-25|off-track|Why",
                       "SIP|1.1.2|2025-07-25|on-track|", "SIP|1.1.3|2025-07-25|at-risk|Why", "SIP|1.1.4|2025-07-25|at-risk|Why", NULL);
    pack_fixture_add_section (&fixture, "all", "exceptions", NULL);
    pack_fixture_add_section (&fixture, "cut", "exceptions", "limit = 2", NULL);
    const BpPack *pack = pack_fixture_build (&fixture, "2025-07-31");
    const BpSection *all = pack_fixture_section (pack, "all");
    g_assert_cmpstr (all->subtitle, ==, "4 of 4 actions need attention");
    static const char *const headings[] = { "Off track", "Reported on track, past its date", "At risk" };
    static const char *const asides[] = { "1 action", "1 action", "2 actions" };
    for (int i = 0; i < (int)G_N_ELEMENTS (headings); i++)
    {
        g_assert_cmpstr (pack_fixture_node (all, BP_NODE_HEADING, i)->as.heading.text, ==, headings[i]);
        g_assert_cmpstr (pack_fixture_node (all, BP_NODE_HEADING, i)->as.heading.aside, ==, asides[i]);
    }
    g_assert_cmpstr (pack_fixture_node (pack_fixture_section (pack, "cut"), BP_NODE_PARAGRAPH, 0)->as.paragraph.text, ==,
                     "2 of 4 exceptions shown. Not shown: 2 at risk; see the workbook, sheet Actions.");
    pack_fixture_clear (&fixture);
}

/* The action without an update has waited longest and is what the meeting is asked about, but has nothing to show. */
static void the_top_exceptions_have_reasons_before_silence (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add_plan (fixture.set);
    table_builder_add (fixture.set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", "SIP|1.1.1|1.1|A|January 2025",
                       "SIP|1.1.2|1.1|B|March 2025", "SIP|2.1|2|C|May 2025", NULL);
    table_builder_add (fixture.set, BP_TABLE_UPDATES, "plan|ref|as_of|status|reason", "SIP|1.1.2|2025-07-25|off-track|Why",
                       "SIP|2.1|2025-07-25|off-track|Why", NULL);
    table_builder_add (fixture.set, BP_TABLE_DECISIONS, "forum|ref|ask|kind|raised_on",
                       "board|D1|Name who reports on 1.1.1|decide|2025-07-01", NULL);
    pack_fixture_add_section (&fixture, "summary", "summary", NULL);
    pack_fixture_add_section (&fixture, "own", "action-tracker", "areas = SIP:2", NULL);
    const BpPack *pack = pack_fixture_build (&fixture, "2025-07-31");
    const BpNode *top = pack_fixture_node (pack_fixture_section (pack, "summary"), BP_NODE_TABLE, 0);
    static const char *const refs[] = { "2.1", "1.1.2", "1.1.1" };
    for (guint i = 0; i < G_N_ELEMENTS (refs); i++)
    {
        g_autofree char *ref = pack_fixture_dup_cell (&g_array_index (top->as.table.rows, BpTableRow, i).cells[0]);
        g_assert_true (g_str_has_prefix (ref, refs[i]));
    }
    pack_fixture_clear (&fixture);
}

static void asks_are_the_forums_own_and_open (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add (fixture.set, BP_TABLE_DECISIONS, "forum|ref|ask|kind|raised_on|owner|needed_by|outcome|decided_on|recommendation",
                       "board|D1|Fund two officers|decide|2025-07-01|Lead A|2025-09-30|||Fund both",
                       "board|D2|Endorse the case|endorse|2025-07-01||2025-07-15||| ", "group|D3|Not ours|decide|2025-07-01||||| ",
                       "board|D4|Done with|approve|2025-06-01|||Approved|2025-07-02|", NULL);
    pack_fixture_add_section (&fixture, "asks", "asks", NULL);
    const BpSection *section = pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "asks");
    const GArray *rows = pack_fixture_node (section, BP_NODE_NOTE, 0)->as.note.rows;
    g_assert_cmpstr (section->headline, ==, "Two asks of this meeting");
    g_assert_cmpstr (section->message, ==, "2 asks: endorse 1, decide 1");
    g_assert_cmpuint (rows->len, ==, 2);
    g_assert_cmpstr (g_array_index (rows, BpNoteRow, 0).label, ==, "1. Decide");
    g_assert_cmpstr (g_array_index (rows, BpNoteRow, 0).text, ==, "Fund two officers");
    g_assert_cmpstr (g_array_index (rows, BpNoteRow, 1).text, ==, "The case");
    g_assert_cmpstr (g_array_index (rows, BpNoteRow, 0).aside, ==, "Owner: Lead A\nBy 30 September 2025");
    g_assert_cmpstr (g_array_index (rows, BpNoteRow, 1).aside, ==, "No owner\nWas needed by 15 July 2025");
    pack_fixture_assert_cell (pack_fixture_node (section, BP_NODE_TABLE, 0), "D1", 1, "Fund both");
    pack_fixture_assert_cell (pack_fixture_node (section, BP_NODE_TABLE, 1), "D4", 2, "Approved");
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
    ADD (the_scorecard_prints_value_share_period_and_movement);
    ADD (benchmarks_have_a_column_where_a_third_of_the_rows_have_one);
    ADD (a_run_chart_has_every_period_and_a_gap_where_none_was_supplied);
    ADD (coverage_names_its_gaps);
    ADD (coverage_names_findings_that_share_actions_together);
    ADD (the_timeline_names_the_busiest_month_to_come);
    ADD (the_forward_plan_starts_today_and_ends_with_the_undated);
    ADD (the_forward_plan_names_the_meeting_after_this_one);
    ADD (a_forward_plan_that_is_cut_says_what_it_leaves_out);
    ADD (a_target_of_no_certain_period_is_never_met);
    ADD (a_number_of_another_place_is_no_benchmark);
    ADD (what_the_dates_say_stands_by_the_reported_status);
    ADD (lists_that_are_cut_keep_what_the_meeting_is_asked_about);
    ADD (an_ask_stands_under_the_forum_that_it_is_put_to);
    ADD (the_groups_of_exceptions_add_up);
    ADD (the_top_exceptions_have_reasons_before_silence);
    ADD (asks_are_the_forums_own_and_open);
    return g_test_run ();
}
