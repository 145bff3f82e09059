#include "support/table_builder.c"

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
    table_builder_add (fixture->set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe|kpis", "SIP|1.1.1|1.1|A|March 2025|",
                       "SIP|1.1.2|1.1|B|March 2025|", "SIP|1.2.1|1.2|C|March 2025|K4", "SIP|2.1|2|D|March 2025|", NULL);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
    (void)data;
    bp_snapshot_free (fixture->snapshot);
    bp_table_set_free (fixture->set);
}

static void build (Fixture *fixture)
{
    fixture->snapshot = table_builder_snapshot (&fixture->programme, fixture->set, "2025-07-31");
}

static void test_recommendations (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_KPIS, "kpi|title|unit|polarity|area", "K1|One|count|higher|SIP:1.1", "K4|Four|count|higher|",
                       NULL);
    table_builder_add (fixture->set, BP_TABLE_UPDATES, "plan|ref|as_of|status|evidence", "SIP|1.1.2|2025-03-01|complete|Minutes", NULL);
    table_builder_add (fixture->set, BP_TABLE_RECOMMENDATIONS, "ref|text|short|areas|actions|kpis",
                       "10|Ten||SIP:1|SIP:1.2.1; SIP:2.1|K1;K4;K1", "2|Two|Short|||K1", "9|Nine||SIP:2|SIP:2.1;SIP:7.7|", NULL);
    build (fixture);
    const GPtrArray *recommendations = fixture->snapshot->recommendations;
    g_assert_cmpuint (recommendations->len, ==, 3);
    const BpRecommendation *two = recommendations->pdata[0], *nine = recommendations->pdata[1], *ten = recommendations->pdata[2];
    g_assert_cmpstr (two->ref, ==, "2");
    g_assert_cmpstr (two->short_title, ==, "Short");
    g_assert_cmpuint (two->actions->len, ==, 0);
    g_assert_cmpuint (nine->actions->len, ==, 1);
    static const char *const expected[] = { "1.1.1", "1.1.2", "1.2.1", "2.1" };
    g_assert_cmpuint (ten->actions->len, ==, G_N_ELEMENTS (expected));
    for (guint i = 0; i < ten->actions->len; i++)
        g_assert_cmpstr (((const BpAction *)ten->actions->pdata[i])->ref, ==, expected[i]);
    g_assert_cmpint (ten->done_count, ==, 1);
    g_assert_cmpuint (ten->kpis->len, ==, 2);
    g_assert_cmpuint (bp_snapshot_find_kpi (fixture->snapshot, "K1")->recommendations->len, ==, 2);
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_RECOMMENDATION_WITHOUT_ACTION), ==, 1);
    g_assert_cmpint (table_builder_finding (fixture->snapshot, BP_FINDING_RECOMMENDATION_WITHOUT_ACTION, 0)->source.row, ==, 3);
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_RECOMMENDATION_WITHOUT_KPI), ==, 1);
    g_assert_cmpint (table_builder_finding (fixture->snapshot, BP_FINDING_RECOMMENDATION_WITHOUT_KPI, 0)->source.row, ==, 4);
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_UNKNOWN_REFERENCE), ==, 1);
}

static void test_kpi_without_action (Fixture *fixture, gconstpointer data)
{
    (void)data;
    /* named by an action; by a recommendation with actions; by its area; by nothing but an area whose actions all belong to sub-areas;
     * context */
    table_builder_add (fixture->set, BP_TABLE_KPIS, "kpi|title|unit|polarity|area", "K4|Named|count|higher|", "K5|Answered|count|higher|",
                       "K6|Of an area with actions|count|higher|SIP:2", "K7|Of nothing|count|higher|SIP:1", "K8|Context|count|none|SIP:1",
                       NULL);
    table_builder_add (fixture->set, BP_TABLE_RECOMMENDATIONS, "ref|text|areas|kpis", "1|One|SIP:1.1|K5", "2|Two||K4;K6;K7", NULL);
    build (fixture);
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_KPI_WITHOUT_ACTION), ==, 1);
    const BpFinding *finding = table_builder_finding (fixture->snapshot, BP_FINDING_KPI_WITHOUT_ACTION, 0);
    g_assert_cmpstr (finding->source.file, ==, "data/kpis.csv");
    g_assert_cmpint (finding->source.row, ==, 5);
}

static void test_kpi_without_action_or_recommendations (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_AREAS, "plan|ref|title", "SIP|3|Empty area", NULL);
    table_builder_add (fixture->set, BP_TABLE_KPIS, "kpi|title|unit|polarity|area", "K4|Named|count|higher|SIP:3",
                       "K5|Of an empty area|count|higher|SIP:3", "K6|Of an area with actions below|count|higher|SIP:1",
                       "K7|Of no area|count|none|", NULL);
    build (fixture);
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_KPI_WITHOUT_ACTION), ==, 1);
    g_assert_cmpint (table_builder_finding (fixture->snapshot, BP_FINDING_KPI_WITHOUT_ACTION, 0)->source.row, ==, 3);
}

static void test_area_without_kpi (Fixture *fixture, gconstpointer data)
{
    (void)data;
    /* 1.1 has none (its parent's does not count), 1.2 by an action that names K4, 2 by its own */
    table_builder_add (fixture->set, BP_TABLE_KPIS, "kpi|title|unit|polarity|area", "K1|Of the parent|count|higher|SIP:1",
                       "K4|Four|count|higher|", "K2|Two|count|higher|SIP:2", NULL);
    build (fixture);
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_AREA_WITHOUT_KPI), ==, 1);
    const BpFinding *finding = table_builder_finding (fixture->snapshot, BP_FINDING_AREA_WITHOUT_KPI, 0);
    g_assert_cmpstr (finding->source.file, ==, "data/areas.csv");
    g_assert_cmpint (finding->source.row, ==, 3);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add ("/domain/coverage/recommendations_gather_actions_and_kpis_once", Fixture, NULL, set_up, test_recommendations, tear_down);
    g_test_add ("/domain/coverage/kpi_that_nothing_moves_is_named", Fixture, NULL, set_up, test_kpi_without_action, tear_down);
    g_test_add ("/domain/coverage/without_recommendations_areas_decide", Fixture, NULL, set_up, test_kpi_without_action_or_recommendations,
                tear_down);
    g_test_add ("/domain/coverage/area_without_kpi_is_named", Fixture, NULL, set_up, test_area_without_kpi, tear_down);
    return g_test_run ();
}
