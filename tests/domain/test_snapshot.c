#include "support/table_builder.c"

#include <math.h>

static const char ACTIONS[] = "plan|ref|area|action|lead|timeframe";

typedef struct
{
    BpProgramme programme;
    BpTableSet *set;
    BpSnapshot *snapshot;
} Fixture;

static void set_up (Fixture *fixture, gconstpointer data)
{
    (void)data;
    fixture->programme = table_builder_programme ();
    fixture->set = bp_table_set_new (&fixture->programme.fields);
    table_builder_add_plan (fixture->set);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
    (void)data;
    bp_snapshot_free (fixture->snapshot);
    bp_table_set_free (fixture->set);
    table_builder_clear_programme (&fixture->programme);
}

static void build (Fixture *fixture, const char *as_of)
{
    fixture->snapshot = table_builder_snapshot (&fixture->programme, fixture->set, as_of);
}

static const BpAction *action_at (const Fixture *fixture, guint index)
{
    g_assert_cmpuint (index, <, fixture->snapshot->actions->len);
    return fixture->snapshot->actions->pdata[index];
}

static void test_order (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_ACTIONS, ACTIONS, "SIP|2.10|2|Tenth||", "SIP|2.9|2|Ninth||", "SIP|1.2.1|1.2|C||",
                       "SIP|1.1.2|1.1|B||", "SIP|1.1.1|1.1|A||", "SIP|1.0|1|Own||", NULL);
    build (fixture, "2025-07-31");
    static const char *const expected[] = { "1.0", "1.1.1", "1.1.2", "1.2.1", "2.9", "2.10" };
    g_assert_cmpuint (fixture->snapshot->actions->len, ==, G_N_ELEMENTS (expected));
    for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
        g_assert_cmpstr (action_at (fixture, i)->ref, ==, expected[i]);
    const BpArea *first = fixture->snapshot->areas->pdata[0];
    g_assert_cmpstr (first->ref, ==, "1");
    g_assert_cmpuint (first->sub_areas->len, ==, 2);
    g_autoptr (GPtrArray) under = bp_area_dup_all_actions (first);
    g_assert_cmpuint (under->len, ==, 4);
    g_assert_true (action_at (fixture, 1)->top_area == first);
    g_assert_cmpstr (action_at (fixture, 1)->area->key, ==, "SIP:1.1");
    g_assert_true (bp_snapshot_find_action (fixture->snapshot, "SIP:2.9") == action_at (fixture, 4));
    g_assert_true (bp_snapshot_find_action (fixture->snapshot, "2.9") == action_at (fixture, 4));
    g_assert_null (bp_snapshot_find_action (fixture->snapshot, "2.90"));
}

static void test_unknown_references (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_LEADS, "lead|organisation", "Head of Service – Access|The council", NULL);
    table_builder_add (fixture->set, BP_TABLE_PROJECTS, "project|title", "p1|Project one", NULL);
    table_builder_add (fixture->set, BP_TABLE_ACTIONS, "plan|ref|area|action|lead|timeframe|project|kpis",
                       "SIP|9|9|Elsewhere|Nobody known|March 2025|p9|K99", "OTHER|1|1|Of no plan||March 2025||", NULL);
    table_builder_add (fixture->set, BP_TABLE_UPDATES, "plan|ref|as_of|status", "SIP|77|2025-02-01|on-track", NULL);
    table_builder_add (fixture->set, BP_TABLE_KPI_VALUES, "kpi|period|value", "K98|2025-01|1", NULL);
    table_builder_add (fixture->set, BP_TABLE_MEETINGS, "forum|date|title", "nowhere|2025-09-01|M", NULL);
    build (fixture, "2025-07-31");
    /* area 9, lead, project, KPI, plan OTHER, its area 1, action 77, KPI 98, forum */
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_UNKNOWN_REFERENCE), ==, 9);
    g_assert_cmpuint (fixture->snapshot->actions->len, ==, 2);
    const BpArea *last = fixture->snapshot->areas->pdata[fixture->snapshot->areas->len - 1];
    g_assert_true (last == fixture->snapshot->no_area);
    g_assert_cmpuint (last->actions->len, ==, 2);
    const BpAction *action = bp_snapshot_find_action (fixture->snapshot, "SIP:9");
    g_assert_cmpstr (action->lead, ==, "Nobody known");
    g_assert_true (action->area == fixture->snapshot->no_area);
    g_assert_null (action->project);
    const BpFinding *finding = table_builder_finding (fixture->snapshot, BP_FINDING_UNKNOWN_REFERENCE, 0);
    g_assert_cmpstr (finding->source.file, ==, "data/actions.csv");
    g_assert_cmpint (finding->source.row, ==, 2);
    g_assert_cmpint (finding->level, ==, BP_LEVEL_ERROR);
    const BpMeeting *meeting = fixture->snapshot->meetings->pdata[0];
    g_assert_null (meeting->forum);
    g_assert_cmpstr (meeting->forum_text, ==, "nowhere");
}

static void test_no_area_only_if_needed (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_ACTIONS, ACTIONS, "SIP|1.1.1|1.1|A||", NULL);
    build (fixture, "2025-07-31");
    g_assert_cmpuint (fixture->snapshot->areas->len, ==, 2);
}

static void test_leads_without_table_are_free (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_ACTIONS, ACTIONS, "SIP|1.1.1|1.1|A|Somebody|March 2026", NULL);
    build (fixture, "2025-07-31");
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_UNKNOWN_REFERENCE), ==, 0);
    g_assert_cmpstr (action_at (fixture, 0)->lead, ==, "Somebody");
}

static void test_fill_down (Fixture *fixture, gconstpointer data)
{
    (void)data;
    fixture->programme.fill_down_leads = true;
    table_builder_add (fixture->set, BP_TABLE_LEADS, "lead|organisation", "Lead A|Council", "Lead B|Health", NULL);
    table_builder_add (fixture->set, BP_TABLE_ACTIONS, ACTIONS, "SIP|1.1.1|1.1|A|Lead A|", "SIP|1.1.2|1.1|B|May 2025|", "SIP|1.1.3|1.1|C||",
                       "SIP|1.2.1|1.2|D|lead b|", "SIP|1.2.2|1.2|E||", "WSOA|1|1|F||", NULL);
    build (fixture, "2025-07-31");
    const BpAction *second = bp_snapshot_find_action (fixture->snapshot, "SIP:1.1.2");
    g_assert_cmpstr (second->lead, ==, "Lead A");
    g_assert_true (second->is_lead_inherited);
    g_assert_cmpint (second->timeframe.kind, ==, BP_TIMEFRAME_DATE);
    g_assert_cmpint (second->due, ==, table_builder_date ("2025-05-31"));
    g_assert_cmpstr (bp_snapshot_find_action (fixture->snapshot, "SIP:1.1.3")->lead, ==, "Lead A");
    const BpAction *fourth = bp_snapshot_find_action (fixture->snapshot, "SIP:1.2.1");
    g_assert_cmpstr (fourth->lead, ==, "Lead B");
    g_assert_cmpstr (fourth->organisation, ==, "Health");
    g_assert_false (fourth->is_lead_inherited);
    g_assert_cmpstr (bp_snapshot_find_action (fixture->snapshot, "SIP:1.2.2")->lead, ==, "Lead B");
    /* another plan inherits nothing */
    g_assert_cmpstr (bp_snapshot_find_action (fixture->snapshot, "WSOA:1")->lead, ==, "");
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_LEAD_INHERITED), ==, 1);
    const BpFinding *finding = table_builder_finding (fixture->snapshot, BP_FINDING_LEAD_INHERITED, 0);
    g_assert_cmpstr (finding->text, ==, "Lead inherited from the row above in 3 of 6 rows.");
    g_assert_cmpint (finding->source.row, ==, 3);
    g_assert_cmpstr (finding->source.column, ==, "lead");
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_LEAD_IS_DATE), ==, 1);
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_ACTION_WITHOUT_LEAD), ==, 1);
}

static void test_no_fill_down_unless_asked (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_ACTIONS, ACTIONS, "SIP|1.1.1|1.1|A|Lead A|", "SIP|1.1.2|1.1|B||", NULL);
    build (fixture, "2025-07-31");
    g_assert_cmpstr (action_at (fixture, 1)->lead, ==, "");
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_ACTION_WITHOUT_LEAD), ==, 1);
}

static void test_aliases (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add_alias (&fixture->programme, BP_ALIAS_LEAD, "Learner Support", "Service Manager for Learner Support");
    table_builder_add_alias (&fixture->programme, BP_ALIAS_AREA, "Planning", "SIP:1.2");
    table_builder_add_alias (&fixture->programme, BP_ALIAS_STATUS, "green", "on-track");
    table_builder_add_alias (&fixture->programme, BP_ALIAS_FORUM, "The old board", "board");
    table_builder_add (fixture->set, BP_TABLE_LEADS, "lead|organisation", "Service Manager for Learner Support|Council", NULL);
    table_builder_add (fixture->set, BP_TABLE_ACTIONS, ACTIONS, "SIP|1.2.1|Planning|A|LEARNER support|March 2025", NULL);
    table_builder_add (fixture->set, BP_TABLE_UPDATES, "plan|ref|as_of|status|forecast|approved_by",
                       "SIP|1.2.1|2025-02-01|Green|May 2025|the old board", NULL);
    build (fixture, "2025-07-31");
    const BpAction *action = action_at (fixture, 0);
    g_assert_cmpstr (action->area->key, ==, "SIP:1.2");
    g_assert_cmpstr (action->lead, ==, "Service Manager for Learner Support");
    g_assert_cmpstr (action->status->code, ==, "on-track");
    g_assert_cmpstr (action->latest->approved_by, ==, "board");
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_ALIAS_USED), ==, 4);
    g_assert_cmpuint (bp_finding_list_count (fixture->snapshot->findings, BP_LEVEL_ERROR), ==, 0);
}

static void test_area_ring (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_AREAS, "plan|ref|title|parent", "SIP|7|Seven|8", "SIP|8|Eight|9", "SIP|9|Nine|7",
                       "SIP|10|Under the ring|9", "SIP|11|Own parent|11", NULL);
    table_builder_add (fixture->set, BP_TABLE_ACTIONS, ACTIONS, "SIP|7.1|7|A||", "SIP|10.1|10|B||", NULL);
    build (fixture, "2025-07-31");
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_AREA_RING), ==, 4);
    g_assert_cmpuint (fixture->snapshot->actions->len, ==, 2);
    g_assert_null (bp_snapshot_find_area (fixture->snapshot, "SIP:7")->parent);
    g_assert_true (bp_snapshot_find_area (fixture->snapshot, "SIP:10")->parent == bp_snapshot_find_area (fixture->snapshot, "SIP:9"));
}

static void test_empty (Fixture *fixture, gconstpointer data)
{
    (void)data;
    g_autoptr (BpTableSet) empty = bp_table_set_new (&fixture->programme.fields);
    fixture->snapshot = table_builder_snapshot (&fixture->programme, empty, "2025-07-31");
    g_assert_cmpuint (fixture->snapshot->actions->len, ==, 0);
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_NO_ACTIONS), ==, 1);
    g_assert_cmpint (fixture->snapshot->counts.total, ==, 0);
    g_autoptr (GArray) points = bp_snapshot_burn_up (fixture->snapshot);
    g_assert_cmpuint (points->len, ==, 0);
    g_assert_cmpint (fixture->snapshot->previous, ==, BP_DATE_NONE);
}

static void test_links (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_PROJECTS, "project|title", "p1|Project one", "p2|Project two", NULL);
    table_builder_add (fixture->set, BP_TABLE_KPIS, "kpi|title|unit|polarity", "K1|One|count|higher", "K2|Two|count|higher", NULL);
    table_builder_add (fixture->set, BP_TABLE_ACTIONS, "plan|ref|area|action|project|kpis|milestone", "SIP|1.1.1|1.1|A|||",
                       "SIP|1.1.2|1.1|B|p2||no", "SIP|1.1.3|1.1|C||K1|", NULL);
    table_builder_add (fixture->set, BP_TABLE_ACTION_LINKS, "plan|ref|project|kpis|milestone", "SIP|1.1.1|p1|K1; K2|yes",
                       "SIP|1.1.2|p1|K2|yes", "SIP|5.5|p1||", "SIP|1.1.3||K2|", NULL);
    build (fixture, "2025-07-31");
    const BpAction *first = action_at (fixture, 0), *second = action_at (fixture, 1);
    g_assert_cmpstr (first->project->id, ==, "p1");
    g_assert_cmpuint (first->kpis->len, ==, 2);
    g_assert_true (first->is_milestone);
    g_assert_cmpstr (second->project->id, ==, "p2");
    g_assert_cmpuint (second->kpis->len, ==, 1);
    g_assert_false (second->is_milestone);
    g_assert_cmpuint (bp_snapshot_find_kpi (fixture->snapshot, "K2")->actions->len, ==, 2);
    const BpAction *third = action_at (fixture, 2);
    g_assert_cmpuint (third->kpis->len, ==, 1);
    g_assert_cmpstr (((const BpKpi *)third->kpis->pdata[0])->id, ==, "K1");
    const BpProject *project = fixture->snapshot->projects->pdata[0];
    g_assert_cmpuint (project->actions->len, ==, 1);
    const BpFinding *finding = table_builder_finding (fixture->snapshot, BP_FINDING_UNKNOWN_REFERENCE, 0);
    g_assert_cmpstr (finding->source.file, ==, "data/action_links.csv");
    g_assert_cmpint (finding->source.row, ==, 4);
}

static void test_inferred_refs (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_ACTIONS, ACTIONS, "SIP|1.1.1|1.1|A||", "SIP||1.1|B||", "SIP|1.1.3|1.1|C||", "SIP|4.2|2|D||",
                       "SIP|4.2.1|2|E||", NULL);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    bp_table_set_admit (fixture->set, findings);
    BpSnapshotOptions options
        = { .as_of = table_builder_date ("2025-07-31"), .known = BP_DATE_NONE, .since = BP_DATE_NONE, .import_findings = findings };
    fixture->snapshot = bp_snapshot_new (&fixture->programme, fixture->set, &options);
    const BpAction *inferred = bp_snapshot_find_action (fixture->snapshot, "SIP:1.1.2*");
    g_assert_null (inferred);
    inferred = bp_snapshot_find_action (fixture->snapshot, "SIP:1.1.2");
    g_assert_cmpstr (inferred->ref, ==, "1.1.2");
    g_assert_cmpstr (inferred->printed_ref, ==, "1.1.2*");
    g_assert_true (inferred->is_ref_inferred);
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_REF_INFERRED), ==, 1);
    g_assert_true (bp_snapshot_find_action (fixture->snapshot, "4.2")->is_parent);
    g_assert_false (bp_snapshot_find_action (fixture->snapshot, "4.2.1")->is_parent);
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_ACTION_IS_PARENT), ==, 1);
    g_assert_cmpint (fixture->snapshot->loaded[BP_TABLE_ACTIONS].loaded, ==, 5);
}

static void test_tables_may_go (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_ACTIONS, ACTIONS, "SIP|1.1.1|1.1|A <b>text</b>|Lead|6 weekly from September 2025", NULL);
    table_builder_add (fixture->set, BP_TABLE_UPDATES, "plan|ref|as_of|status|progress", "SIP|1.1.1|2025-02-01|on-track|Well", NULL);
    build (fixture, "2025-07-31");
    bp_table_set_free (fixture->set);
    fixture->set = bp_table_set_new (&fixture->programme.fields);
    const BpAction *action = action_at (fixture, 0);
    g_assert_cmpstr (action->text, ==, "A text");
    g_assert_cmpstr (action->timeframe.text, ==, "6 weekly from September 2025");
    g_assert_cmpstr (action->latest->progress, ==, "Well");
    g_assert_cmpstr (action->source.file, ==, "data/actions.csv");
}

static void test_governance (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_MEETINGS, "forum|date|title", "board|TBC (Pre-Christmas)|Undated", "group|Feb 25|Month alone",
                       "The Big Board|12th Sep 25|Next", "board|2025-07-01|Past", NULL);
    table_builder_add (fixture->set, BP_TABLE_DECISIONS, "forum|ref|ask|kind|raised_on|needed_by|outcome|decided_on",
                       "board|B-10|Ten|decide|2025-07-01|2025-07-15||", "board|B-2|Two|approve|2025-07-01|2025-09-30|Agreed|2025-09-25",
                       "group|G-1|Done||2025-06-01||Agreed|2025-07-01", "board|B-3|Later|note|2025-08-01|||", NULL);
    table_builder_add (fixture->set, BP_TABLE_RISKS, "risk|as_of|title|likelihood|impact|status", "R1|2025-04-01|One|4|4|open",
                       "R1|2025-07-31|One|5|4|open", "R2|2025-07-31|Two|5|5|Closed", "R1|2025-12-01|One|1|1|open",
                       "R3|2025-07-31|Three|9|2|open", NULL);
    table_builder_add (fixture->set, BP_TABLE_MEMBERS, "forum|member|from|to", "board|Old|2024-01-01|2025-06-30",
                       "board|Present|2024-01-01|", "board|New|2025-09-01|", NULL);
    build (fixture, "2025-07-31");
    const GPtrArray *meetings = fixture->snapshot->meetings;
    g_assert_cmpuint (meetings->len, ==, 4);
    g_assert_cmpstr (((const BpMeeting *)meetings->pdata[0])->title, ==, "Past");
    g_assert_cmpstr (((const BpMeeting *)meetings->pdata[1])->title, ==, "Next");
    g_assert_cmpstr (((const BpMeeting *)meetings->pdata[1])->forum->id, ==, "board");
    const BpMeeting *month = meetings->pdata[2];
    g_assert_cmpint (month->date, ==, BP_DATE_NONE);
    g_assert_cmpint (month->latest_date, ==, table_builder_date ("2025-02-28"));
    g_assert_cmpstr (month->date_text, ==, "Feb 25");
    g_assert_cmpstr (bp_snapshot_find_next_meeting (fixture->snapshot, "board")->title, ==, "Next");
    g_assert_null (bp_snapshot_find_next_meeting (fixture->snapshot, "group"));
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_MEETING_UNDATED), ==, 1);

    const GPtrArray *decisions = fixture->snapshot->decisions;
    g_assert_cmpuint (decisions->len, ==, 3);
    const BpDecision *two = decisions->pdata[0], *ten = decisions->pdata[1], *done = decisions->pdata[2];
    g_assert_cmpstr (two->ref, ==, "B-2");
    g_assert_true (two->is_open);
    g_assert_cmpstr (two->outcome, ==, "");
    g_assert_cmpstr (ten->ref, ==, "B-10");
    g_assert_false (done->is_open);
    g_assert_cmpstr (done->kind, ==, "decide");
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_DECISION_OVERDUE), ==, 1);

    const GPtrArray *risks = fixture->snapshot->risks;
    g_assert_cmpuint (risks->len, ==, 3);
    const BpRisk *closed = risks->pdata[0], *one = risks->pdata[1], *three = risks->pdata[2];
    g_assert_cmpstr (closed->id, ==, "R2");
    g_assert_false (closed->is_open);
    g_assert_cmpint (one->score, ==, 20);
    g_assert_cmpint (three->score, ==, 0);
    g_assert_cmpuint (fixture->snapshot->members->len, ==, 1);
    g_assert_cmpstr (((const BpMember *)fixture->snapshot->members->pdata[0])->member, ==, "Present");
}

static void test_narrative (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_NARRATIVE, "as_of|kind|text|plan|area|audience|position",
                       "2025-04-01|achievement|Old|SIP|||1", "2025-07-31|next_step|Second|SIP|1|public|2",
                       "2025-07-31|Next step|First||SIP:2|partner|1", "2025-12-01|impact|Later|||internal|1",
                       "2025-07-31|gossip|No such kind||||", NULL);
    build (fixture, "2025-07-31");
    g_assert_cmpuint (fixture->snapshot->narrative->len, ==, 3);
    const BpNarrative *first = fixture->snapshot->narrative->pdata[0], *old = fixture->snapshot->narrative->pdata[2];
    g_assert_cmpstr (first->text, ==, "First");
    g_assert_cmpstr (first->area->ref, ==, "2");
    g_assert_cmpstr (first->plan->id, ==, "SIP");
    g_assert_cmpint (first->kind, ==, BP_NARRATIVE_NEXT_STEP);
    g_assert_cmpint (first->audience, ==, BP_AUDIENCE_PARTNER);
    g_assert_cmpint (old->audience, ==, BP_AUDIENCE_INTERNAL);
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_VALUE_UNREADABLE), ==, 1);
}

static void test_local_columns (Fixture *fixture, gconstpointer data)
{
    (void)data;
    static BpLocalField fields[]
        = { { BP_TABLE_ACTIONS, "budget", BP_FIELD_NUMBER, "Budget" }, { BP_TABLE_KPIS, "note", BP_FIELD_TEXT, "Note" } };
    BpFieldSet local = { .fields = fields, .count = 2 };
    bp_table_set_free (fixture->set);
    fixture->programme.fields = local;
    fixture->set = bp_table_set_new (&local);
    table_builder_add_plan (fixture->set);
    table_builder_add (fixture->set, BP_TABLE_ACTIONS, "plan|ref|area|action|budget", "SIP|1.1.1|1.1|A|1,200", "SIP|1.1.2|1.1|B|lots",
                       NULL);
    build (fixture, "2025-07-31");
    g_assert_cmpstr (action_at (fixture, 0)->local[0], ==, "1,200");
    g_assert_cmpstr (action_at (fixture, 1)->local[0], ==, "lots");
    const BpFinding *finding = table_builder_finding (fixture->snapshot, BP_FINDING_VALUE_UNREADABLE, 0);
    g_assert_cmpstr (finding->source.column, ==, "budget");
    g_assert_cmpint (finding->source.row, ==, 3);
    bp_table_set_free (fixture->set);
    fixture->set = bp_table_set_new (NULL);
}

static void test_checks_off (Fixture *fixture, gconstpointer data)
{
    (void)data;
    static const char *const off[] = { "A03", NULL };
    fixture->programme.checks_off = off;
    table_builder_add (fixture->set, BP_TABLE_ACTIONS, ACTIONS, "SIP|1.1.1|1.1|A||", NULL);
    build (fixture, "2025-07-31");
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_ACTION_WITHOUT_LEAD), ==, 0);
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_TIMEFRAME_BLANK), ==, 1);
}

static void a_report_without_a_status_goes_on_from_the_one_before (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_ACTIONS, ACTIONS, "SIP|1.1.1|1.1|Do it|Lead|May 2025", "SIP|1.1.2|1.1|Do more|Lead|May 2025",
                       NULL);
    table_builder_add (fixture->set, BP_TABLE_UPDATES,
                       "plan|ref|as_of|status|progress|public_progress|next_step|reason|path_to_green|ask", /* */
                       "SIP|1.1.1|2025-03-01|off-track|Old|Old, for all|Old step|Old reason|Old way|Old ask",
                       "SIP|1.1.1|2025-04-01|at-risk|Half|Half, for all|Step|Reason|Way|",                                      /* */
                       "SIP|1.1.1|2025-05-01|||||New reason||",                                                                 /* */
                       "SIP|1.1.1|2025-06-01||Three quarters||||| Help", "SIP|1.1.2|2025-04-01|at-risk|Half||Step|Reason|Way|", /* */
                       "SIP|1.1.2|2025-05-01|on-track|All well|||||", NULL);
    build (fixture, "2025-06-30");
    const BpAction *action = action_at (fixture, 0);
    g_assert_cmpint (action->latest->as_of, ==, table_builder_date ("2025-06-01"));
    g_assert_cmpstr (action->status->code, ==, "at-risk");
    g_assert_cmpstr (action->latest->progress, ==, "Three quarters");
    g_assert_cmpstr (action->latest->public_progress, ==, "");
    g_assert_cmpstr (action->latest->next_step, ==, "Step");
    g_assert_cmpstr (action->latest->reason, ==, "New reason");
    g_assert_cmpstr (action->latest->path_to_green, ==, "Way");
    g_assert_cmpstr (action->latest->ask, ==, "Help");
    /* what was reported stays as it was reported */
    g_assert_cmpuint (action->updates->len, ==, 4);
    g_assert_cmpstr (((const BpUpdate *)action->updates->pdata[3])->reason, ==, "");
    /* a new status is a new report */
    g_assert_cmpstr (action_at (fixture, 1)->latest->reason, ==, "");
    g_assert_cmpstr (action_at (fixture, 1)->latest->next_step, ==, "");
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    static const struct
    {
        const char *name;
        void (*run) (Fixture *, gconstpointer);
    } tests[] = {
        { "actions_stand_in_area_order_then_natural_ref_order", test_order },
        { "unknown_references_are_kept_and_named", test_unknown_references },
        { "no_area_is_listed_only_if_it_has_actions", test_no_area_only_if_needed },
        { "leads_are_free_text_without_a_leads_table", test_leads_without_table_are_free },
        { "blank_lead_inherits_the_one_above_when_asked", test_fill_down },
        { "blank_lead_stays_blank_unless_asked", test_no_fill_down_unless_asked },
        { "aliases_are_applied_to_leads_areas_status_and_forums", test_aliases },
        { "ring_of_areas_is_broken_and_named", test_area_ring },
        { "empty_programme_still_builds", test_empty },
        { "action_links_fill_blanks_alone", test_links },
        { "inferred_refs_print_an_asterisk", test_inferred_refs },
        { "snapshot_outlives_its_tables", test_tables_may_go },
        { "governance_rows_are_as_of", test_governance },
        { "narrative_is_newest_first_and_as_of", test_narrative },
        { "local_columns_are_carried_and_checked", test_local_columns },
        { "checks_can_be_switched_off", test_checks_off },
        { "a_report_without_a_status_goes_on_from_the_one_before", a_report_without_a_status_goes_on_from_the_one_before },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
        g_autofree char *path = g_strconcat ("/domain/snapshot/", tests[i].name, NULL);
        g_test_add (path, Fixture, NULL, set_up, tests[i].run, tear_down);
    }
    return g_test_run ();
}
