#include "support/table_builder.c"

#include "base/number.h"
#include "config/programme_config.h"
#include "domain/action_state.h"
#include "ingest/ingest.h"

/* The repository's own programme and the fixtures, read from their files. */
typedef struct
{
    BpProgrammeConfig *config;
    BpTableSet *set;
    BpSnapshot *snapshot;
} Loaded;

static Loaded load (const char *root, const char *as_of)
{
    Loaded loaded = { 0 };
    g_autoptr (GError) error = NULL;
    g_autofree char *path = g_build_filename (BP_TEST_ROOT, root, NULL);
    BpDate date = table_builder_date (as_of);
    loaded.config = bp_programme_config_load (path, date, &error);
    g_assert_no_error (error);
    loaded.set = bp_table_set_new (&loaded.config->programme.fields);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    bp_ingest_read_folder (path, loaded.config->data_folder, loaded.set, findings, &error);
    g_assert_no_error (error);
    bp_table_set_admit (loaded.set, findings);
    BpSnapshotOptions options = { .as_of = date, .known = BP_DATE_NONE, .since = BP_DATE_NONE, .import_findings = findings };
    loaded.snapshot = bp_snapshot_new (&loaded.config->programme, loaded.set, &options);
    return loaded;
}

static void unload (Loaded *loaded)
{
    bp_snapshot_free (loaded->snapshot);
    bp_table_set_free (loaded->set);
    bp_programme_config_free (loaded->config);
}

/* ---- golden figures: facts of the published plan, so the same in the sample and in the facts alone ---- */

static const char *const roots[] = { ".", "tests/fixtures/facts-only" };

static void test_plan (gconstpointer root)
{
    static const struct
    {
        const char *area;
        guint count;
    } areas[] = { { "SIP:1", 10 },  { "SIP:2", 11 },  { "SIP:3", 21 },  { "SIP:4", 16 },  { "SIP:5", 11 },  { "SIP:1.1", 4 },
                  { "SIP:1.2", 6 }, { "SIP:2.1", 4 }, { "SIP:2.2", 4 }, { "SIP:2.3", 3 }, { "SIP:3.1", 6 }, { "SIP:3.2", 4 },
                  { "SIP:3.3", 6 }, { "SIP:3.4", 5 }, { "SIP:5.1", 3 }, { "SIP:5.2", 5 }, { "SIP:5.3", 3 } };
    static const struct
    {
        const char *lead;
        int count;
    } leads[] = { { "Professional Lead for Wellbeing and Learner Voice", 4 },
                  { "Designated SEND Officer", 6 },
                  { "Service Manager for Learner Support", 11 },
                  { "Service Manager – Education, Inclusion and Participation", 10 },
                  { "Team Lead for Alternative Provision and Pathways", 6 },
                  { "Service Manager – Careers, Enterprise and Employment", 5 },
                  { "Head of Service – Access, Inclusion and Participation", 16 },
                  { "NWL ICB Programme Delivery Manager - Learning Disabilities and Autism", 3 },
                  { "NWL ICB / LA Children's Joint Commissioning Team", 5 },
                  { "LA Children's Joint Commissioning", 3 } };
    Loaded loaded = load (root, "2025-07-31");
    const GPtrArray *actions = loaded.snapshot->actions;
    g_assert_cmpuint (actions->len, ==, 69);
    g_assert_cmpint (loaded.snapshot->loaded[BP_TABLE_ACTIONS].loaded, ==, 69);
    g_assert_cmpint (loaded.snapshot->loaded[BP_TABLE_ACTIONS].seen, ==, 69);
    for (gsize i = 0; i < G_N_ELEMENTS (areas); i++)
    {
        g_autoptr (GPtrArray) under = bp_area_dup_all_actions (bp_snapshot_find_area (loaded.snapshot, areas[i].area));
        g_assert_cmpuint (under->len, ==, areas[i].count);
    }
    int inherited = 0, inferred = 0, kinds[BP_TIMEFRAME_UNKNOWN + 1] = { 0 };
    for (guint i = 0; i < actions->len; i++)
    {
        const BpAction *action = actions->pdata[i];
        inherited += action->is_lead_inherited;
        inferred += action->is_ref_inferred;
        kinds[action->timeframe.kind]++;
    }
    g_assert_cmpint (inherited, ==, 58);
    g_assert_cmpint (inferred, ==, 2);
    for (gsize k = 0; k < G_N_ELEMENTS (leads); k++)
    {
        int count = 0;
        for (guint i = 0; i < actions->len; i++)
            count += strcmp (((const BpAction *)actions->pdata[i])->lead, leads[k].lead) == 0;
        g_assert_cmpint (count, ==, leads[k].count);
    }
    g_assert_cmpint (kinds[BP_TIMEFRAME_DATE], ==, 61);
    g_assert_cmpint (kinds[BP_TIMEFRAME_RECURRING], ==, 3);
    g_assert_cmpint (kinds[BP_TIMEFRAME_TWO_DATES], ==, 1);
    g_assert_cmpint (kinds[BP_TIMEFRAME_ONGOING], ==, 1);
    g_assert_cmpint (kinds[BP_TIMEFRAME_BLANK], ==, 1);
    g_assert_cmpint (kinds[BP_TIMEFRAME_COMPLETE], ==, 2);
    g_assert_cmpstr (bp_snapshot_find_action (loaded.snapshot, "SIP:1.1.2")->printed_ref, ==, "1.1.2*");
    g_assert_cmpstr (bp_snapshot_find_action (loaded.snapshot, "SIP:3.3.2")->printed_ref, ==, "3.3.2*");
    unload (&loaded);
}

/* Natural order: 4.2.9 before 4.2.10, and 4.2 before what stands under it. */
static void test_order (gconstpointer root)
{
    static const char *const refs[] = { "4.1",   "4.2",   "4.2.1", "4.2.2",  "4.2.3",  "4.2.4", "4.2.5", "4.2.6",
                                        "4.2.7", "4.2.8", "4.2.9", "4.2.10", "4.2.11", "4.3",   "4.4",   "4.5" };
    Loaded loaded = load (root, "2025-07-31");
    const BpArea *area = bp_snapshot_find_area (loaded.snapshot, "SIP:4");
    g_assert_cmpuint (area->actions->len, ==, G_N_ELEMENTS (refs));
    for (guint i = 0; i < area->actions->len; i++)
        g_assert_cmpstr (((const BpAction *)area->actions->pdata[i])->ref, ==, refs[i]);
    g_assert_cmpstr (((const BpArea *)loaded.snapshot->areas->pdata[0])->key, ==, "SIP:1");
    unload (&loaded);
}

static void test_due_by (gconstpointer root)
{
    static const struct
    {
        const char *date;
        int single, with_first, with_last;
        int by_area[5]; /* single dates */
    } rows[] = {
        { "2024-12-31", 1, 1, 1, { 0, 0, 0, 1, 0 } },        { "2025-03-31", 15, 16, 15, { 0, 8, 2, 5, 0 } },
        { "2025-04-30", 29, 31, 31, { 3, 9, 7, 9, 1 } },     { "2025-07-31", 36, 38, 38, { 5, 9, 11, 9, 2 } },
        { "2025-08-31", 36, 38, 38, { 5, 9, 11, 9, 2 } },    { "2025-09-30", 48, 52, 52, { 8, 9, 18, 10, 3 } },
        { "2025-12-31", 52, 56, 56, { 8, 9, 19, 11, 5 } },   { "2026-03-31", 56, 60, 60, { 10, 9, 20, 11, 6 } },
        { "2026-04-30", 58, 62, 62, { 10, 9, 20, 11, 8 } },  { "2026-08-31", 58, 62, 62, { 10, 9, 20, 11, 8 } },
        { "2026-09-30", 61, 65, 65, { 10, 10, 20, 13, 8 } },
    };
    Loaded loaded = load (root, "2025-02-28");
    for (gsize r = 0; r < G_N_ELEMENTS (rows); r++)
    {
        BpDate date = table_builder_date (rows[r].date);
        int single = 0, with_first = 0, by_area[5] = { 0 };
        for (guint i = 0; i < loaded.snapshot->actions->len; i++)
        {
            const BpAction *action = loaded.snapshot->actions->pdata[i];
            BpDate first = bp_action_first_expected (action);
            with_first += first != BP_DATE_NONE && first <= date;
            bool is_due = action->timeframe.kind == BP_TIMEFRAME_DATE && action->original_due <= date;
            single += is_due;
            by_area[action->top_area->ref[0] - '1'] += is_due;
        }
        g_assert_cmpint (single, ==, rows[r].single);
        g_assert_cmpint (with_first, ==, rows[r].with_first);
        g_assert_cmpint (bp_actions_due_by (loaded.snapshot->actions, date, true), ==, rows[r].with_last);
        for (int area = 0; area < 5; area++)
            g_assert_cmpint (by_area[area], ==, rows[r].by_area[area]);
    }
    unload (&loaded);
}

static void test_findings (gconstpointer root)
{
    static const struct
    {
        BpFindingCode code;
        const char *file;
        int row;
    } expected[] = {
        { BP_FINDING_CLAIM_DISAGREES, "data/claims.csv", 2 },
        { BP_FINDING_RECOMMENDATION_WITHOUT_ACTION, "data/recommendations.csv", 11 },
        { BP_FINDING_KPI_WITHOUT_ACTION, "data/kpis.csv", 8 },
        { BP_FINDING_TRAJECTORY_AMBIGUOUS, "data/kpis.csv", 20 },
        { BP_FINDING_TIMEFRAME_BLANK, "data/actions.csv", 38 },
        { BP_FINDING_TIMEFRAME_TWO_DATES, "data/actions.csv", 60 },
        { BP_FINDING_TIMEFRAME_ONGOING, "data/actions.csv", 19 },
        { BP_FINDING_SAME_ACTION_TEXT, "data/actions.csv", 16 },
        { BP_FINDING_ACTION_IS_PARENT, "data/actions.csv", 45 },
        { BP_FINDING_LEAD_INHERITED, "data/actions.csv", 3 },
        { BP_FINDING_CLAIM_NOT_TESTABLE, "data/claims.csv", 14 },
    };
    Loaded loaded = load (root, "2025-07-31");
    for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
        g_assert_cmpuint (table_builder_count_findings (loaded.snapshot, expected[i].code), ==, 1);
        const BpFinding *finding = table_builder_finding (loaded.snapshot, expected[i].code, 0);
        g_assert_cmpstr (finding->source.file, ==, expected[i].file);
        g_assert_cmpint (finding->source.row, ==, expected[i].row);
    }
    const char *claim = table_builder_finding (loaded.snapshot, BP_FINDING_CLAIM_DISAGREES, 0)->text;
    g_assert_nonnull (strstr (claim, "9.25% is stated; the data give 11.39% (517,049 to 575,963"));
    g_assert_nonnull (strstr (claim, "9.25% is the growth to January 2023."));
    g_assert_cmpuint (table_builder_count_findings (loaded.snapshot, BP_FINDING_SAME_AREA_TITLE), ==, 2);
    g_assert_cmpstr (table_builder_finding (loaded.snapshot, BP_FINDING_SAME_AREA_TITLE, 0)->source.file, ==, "data/areas.csv");
    g_assert_cmpuint (table_builder_count_findings (loaded.snapshot, BP_FINDING_RECOMMENDATION_WITHOUT_KPI), ==, 5);
    g_assert_cmpuint (table_builder_count_findings (loaded.snapshot, BP_FINDING_DUE_BEFORE_PLAN), ==, 2);
    g_assert_cmpuint (table_builder_count_findings (loaded.snapshot, BP_FINDING_TIMEFRAME_RECURRING), ==, 3);
    g_assert_cmpuint (table_builder_count_findings (loaded.snapshot, BP_FINDING_TIMEFRAME_COMPLETE), ==, 2);
    g_assert_cmpuint (table_builder_count_findings (loaded.snapshot, BP_FINDING_REF_INFERRED), ==, 2);
    g_assert_cmpuint (table_builder_count_findings (loaded.snapshot, BP_FINDING_UNKNOWN_REFERENCE), ==, 0);
    g_assert_cmpuint (table_builder_count_findings (loaded.snapshot, BP_FINDING_VALUE_UNREADABLE), ==, 0);
    g_assert_cmpuint (bp_finding_list_count_quarantined (loaded.snapshot->findings), ==, 0);
    unload (&loaded);
}

static const BpClaim *find_claim (const BpSnapshot *snapshot, const char *id)
{
    for (guint i = 0; i < snapshot->claims->len; i++)
        if (strcmp (((const BpClaim *)snapshot->claims->pdata[i])->id, id) == 0)
            return snapshot->claims->pdata[i];
    g_error ("there is no claim %s", id);
}

/* Growth is computed before rounding: the gaps differ from those of rounded figures. */
static void test_claims (gconstpointer root)
{
    Loaded loaded = load (root, "2025-07-31");
    int results[3] = { 0 };
    for (guint i = 0; i < loaded.snapshot->claims->len; i++)
        results[((const BpClaim *)loaded.snapshot->claims->pdata[i])->result]++;
    g_assert_cmpint (results[BP_CLAIM_DISAGREES], ==, 1);
    g_assert_cmpint (results[BP_CLAIM_NOT_TESTABLE], ==, 1);
    double england = find_claim (loaded.snapshot, "growth-england")->computed,
           london = find_claim (loaded.snapshot, "growth-london")->computed;
    double hounslow = find_claim (loaded.snapshot, "growth-hounslow")->computed;
    g_assert_cmpfloat_with_epsilon (england, 11.3943, 5e-5);
    g_assert_cmpfloat_with_epsilon (london, 9.2125, 5e-5);
    g_assert_cmpfloat_with_epsilon (hounslow, 6.6758, 5e-5);
    g_autofree char *to_england = bp_number_dup_text (england - hounslow, 2), *to_london = bp_number_dup_text (london - hounslow, 2);
    g_assert_cmpstr (to_england, ==, "4.72");
    g_assert_cmpstr (to_london, ==, "2.54");
    g_assert_cmpfloat_with_epsilon (find_claim (loaded.snapshot, "wsoa-milestones")->computed, 99.0566, 5e-5);
    g_assert_cmpint (find_claim (loaded.snapshot, "wsoa-milestones")->result, ==, BP_CLAIM_AGREES);
    g_assert_cmpfloat_with_epsilon (find_claim (loaded.snapshot, "events-parents")->computed, 83.3333, 5e-5);
    g_assert_cmpfloat_with_epsilon (find_claim (loaded.snapshot, "events-professionals")->computed, 36.3636, 5e-5);
    unload (&loaded);
}

/* Without any report nothing is shown as on track, on whatever day. */
static void test_facts_only (void)
{
    static const char *const days[] = { "2024-12-31", "2025-02-28", "2025-07-31", "2026-12-31" };
    for (gsize d = 0; d < G_N_ELEMENTS (days); d++)
    {
        Loaded loaded = load ("tests/fixtures/facts-only", days[d]);
        int silent = 0, planned = 0;
        for (guint i = 0; i < loaded.snapshot->actions->len; i++)
        {
            const BpAction *action = loaded.snapshot->actions->pdata[i];
            silent += strcmp (action->status->label, "No update received") == 0;
            planned += strcmp (action->status->label, "Complete (as planned)") == 0;
        }
        g_assert_cmpint (silent, ==, 67);
        g_assert_cmpint (planned, ==, 2);
        g_assert_cmpint (loaded.snapshot->counts.without_update, ==, 67);
        g_assert_cmpint (loaded.snapshot->counts.done, ==, 2);
        unload (&loaded);
    }
}

/* The sums of the sample: by status, by area, and of the parts. */
static void test_sums (void)
{
    static const char *const days[] = { "2025-04-30", "2025-07-31", "2025-12-19" };
    for (gsize d = 0; d < G_N_ELEMENTS (days); d++)
    {
        Loaded loaded = load (".", days[d]);
        const BpActionCounts *counts = &loaded.snapshot->counts;
        int by_status = 0, by_area = 0, done_by_area = 0;
        for (int i = 0; i < loaded.config->programme.statuses.count; i++)
            by_status += counts->by_status[i];
        for (guint i = 0; i < loaded.snapshot->areas->len; i++)
        {
            g_autoptr (GPtrArray) under = bp_area_dup_all_actions (loaded.snapshot->areas->pdata[i]);
            BpActionCounts part = bp_snapshot_count (loaded.snapshot, under);
            by_area += part.total;
            done_by_area += part.done;
            bp_action_counts_clear (&part);
        }
        g_assert_cmpint (by_status, ==, 69);
        g_assert_cmpint (by_area, ==, 69);
        g_assert_cmpint (done_by_area, ==, counts->done);
        g_assert_cmpint (counts->done + counts->open + counts->paused, ==, 69);
        g_assert_cmpint (counts->dated, ==, 67);
        g_autoptr (GArray) points = bp_snapshot_burn_up (loaded.snapshot);
        BpBurnUpPoint last = g_array_index (points, BpBurnUpPoint, points->len - 1);
        g_assert_cmpint (last.planned, ==, 67);
        g_assert_cmpint (last.month_end, ==, table_builder_date ("2026-09-30"));
        unload (&loaded);
    }
}

static void test_second_borough (void)
{
    Loaded loaded = load ("tests/fixtures/second-borough", "2025-07-31");
    g_assert_cmpuint (loaded.snapshot->actions->len, >, 0);
    g_assert_cmpuint (table_builder_count_findings (loaded.snapshot, BP_FINDING_UNKNOWN_REFERENCE), ==, 0);
    g_assert_cmpuint (table_builder_count_findings (loaded.snapshot, BP_FINDING_STATUS_UNKNOWN), ==, 0);
    g_assert_cmpuint (table_builder_count_findings (loaded.snapshot, BP_FINDING_VALUE_UNREADABLE), ==, 0);
    g_assert_nonnull (((const BpAction *)loaded.snapshot->actions->pdata[0])->local);
    unload (&loaded);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    static const struct
    {
        const char *name;
        void (*run) (gconstpointer);
    } tests[] = { { "counts_of_the_plan", test_plan },
                  { "refs_stand_in_natural_order", test_order },
                  { "due_by_month", test_due_by },
                  { "oddities_are_named_with_file_and_row", test_findings },
                  { "claims_are_computed_again", test_claims } };
    for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
        for (gsize r = 0; r < G_N_ELEMENTS (roots); r++)
        {
            g_autofree char *path = g_strconcat ("/domain/sample/", tests[i].name, r == 0 ? "/sample" : "/facts_only", NULL);
            g_test_add_data_func (path, roots[r], tests[i].run);
        }
    g_test_add_func ("/domain/sample/facts_alone_show_nothing_on_track", test_facts_only);
    g_test_add_func ("/domain/sample/totals_add_up", test_sums);
    g_test_add_func ("/domain/sample/second_borough_reads_cleanly", test_second_borough);
    return g_test_run ();
}
