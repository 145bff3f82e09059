#include "support/table_builder.c"

#include <math.h>

typedef struct
{
    const char *name;
    const char *row; /* claim|text|stated|measure|kpi|geography|from_period|period|numerator|denominator */
    BpClaimResult result;
    double computed;              /* NAN: none */
    const char *working, *reason; /* NULL: none */
} Case;

static const Case cases[] = {
    { "growth_of_another_year_disagrees", "c|England's plans grew 9.25%|9.25|growth|C01|England|Census 2023-01|Census 2024-01||",
      BP_CLAIM_DISAGREES, 11.394277, "517,049 to 575,963, Census January 2023 to January 2024", "9.25% is the growth to January 2023" },
    { "growth_agrees", "c|London|9.21|growth|C01|London|Census 2023-01|Census 2024-01||", BP_CLAIM_AGREES, 9.212509,
      "85,601 to 93,487, Census January 2023 to January 2024", NULL },
    { "local_growth_by_blank_geography", "c|Here|6.68%|growth|C01||Census 2023-01|Census 2024-01||", BP_CLAIM_AGREES, 6.675843,
      "2,906 to 3,100, Census January 2023 to January 2024", NULL },
    { "local_growth_by_own_name", "c|Here|6.68%|growth|C01|Hometown|Census 2023-01|Census 2024-01||", BP_CLAIM_AGREES, 6.675843,
      "2,906 to 3,100, Census January 2023 to January 2024", NULL },
    { "growth_to_the_nearest_whole", "c|Events|83|growth|E||Q4 2022/23|Q2 2024/25||", BP_CLAIM_AGREES, 83.333333,
      "18 to 33, Q4 2022/23 to Q2 2024/25", NULL },
    { "change_in_points", "c|Rose|12|change|P||Q4 2022/23|Q2 2024/25||", BP_CLAIM_AGREES, 12, "38% to 50%, Q4 2022/23 to Q2 2024/25",
      NULL },
    { "change_the_other_way", "c|Fell|-12|change|P||Q4 2022/23|Q2 2024/25||", BP_CLAIM_DISAGREES, 12,
      "38% to 50%, Q4 2022/23 to Q2 2024/25", "The amount is right, but the figure went the other way" },
    { "share_rounds_by_the_rule", "c|Milestones|99|share|||||105|106", BP_CLAIM_AGREES, 99.056604, "105 of 106", NULL },
    { "share_is_never_100_unless_all", "c|All|100|share|||||999|1000", BP_CLAIM_DISAGREES, 99.9, "999 of 1,000", NULL },
    { "share_with_decimals", "c|Share|99.9|share|||||999|1000", BP_CLAIM_AGREES, 99.9, "999 of 1,000", NULL },
    { "share_of_the_measure", "c|Satisfied|67|share|S|||Q2 2024/25||", BP_CLAIM_AGREES, 67.213115, "41 of 61", NULL },
    { "share_without_counts", "c|Improved|71|share||||||", BP_CLAIM_NOT_TESTABLE, NAN, NULL, "Numerator and denominator are not given" },
    { "share_with_denominator_nought", "c|Improved|71|share|||||1|0", BP_CLAIM_NOT_TESTABLE, NAN, NULL,
      "Its denominator is not over nought" },
    { "share_of_a_measure_without_counts", "c|P|50|share|P|||Q2 2024/25||", BP_CLAIM_NOT_TESTABLE, NAN, NULL,
      "Numerator and denominator are not given" },
    { "value_agrees", "c|Value|50%|value|P|||Q2 2024/25||", BP_CLAIM_AGREES, 50, "50%, Q2 2024/25", NULL },
    { "value_of_another_period", "c|Value|38%|value|P|||Q2 2024/25||", BP_CLAIM_DISAGREES, 50, "50%, Q2 2024/25",
      "38% is the value for Q4 2022/23" },
    { "missing_period_is_not_testable", "c|Value|38%|value|P|||Q3 2024/25||", BP_CLAIM_NOT_TESTABLE, NAN, NULL,
      "P has no value for Q3 2024/25" },
    { "missing_place_is_not_testable", "c|Growth|9|growth|C01|Wales|Census 2023-01|Census 2024-01||", BP_CLAIM_NOT_TESTABLE, NAN, NULL,
      "C01 has no value for Census January 2023, Wales" },
    { "growth_from_nought_is_not_testable", "c|Growth|9|growth|Z||Q1 2024/25|Q2 2024/25||", BP_CLAIM_NOT_TESTABLE, NAN, NULL,
      "There is no growth from nought" },
    { "unknown_measure_is_not_testable", "c|What|9|doubling|P|||Q2 2024/25||", BP_CLAIM_NOT_TESTABLE, NAN, NULL,
      "It does not say what is to be computed" },
    { "no_kpi_is_not_testable", "c|What|9|growth||||||", BP_CLAIM_NOT_TESTABLE, NAN, NULL, "It names no KPI that is known" },
    { "unreadable_figure_is_not_testable", "c|What|most|value|P|||Q2 2024/25||", BP_CLAIM_NOT_TESTABLE, NAN, NULL,
      "The stated figure cannot be read" },
};

static void test_case (gconstpointer data)
{
    const Case *c = data;
    BpProgramme programme = table_builder_programme ();
    g_autoptr (BpTableSet) set = bp_table_set_new (&programme.fields);
    table_builder_add_plan (set);
    table_builder_add (set, BP_TABLE_KPIS, "kpi|title|unit|polarity|period_kind", "C01|Plans|count|none|census",
                       "E|Events|count|higher|quarter", "P|Plans in line|percent|higher|quarter", "S|Satisfied|percent|higher|quarter",
                       "Z|From nought|count|higher|quarter", NULL);
    table_builder_add (set, BP_TABLE_KPI_VALUES, "kpi|period|geography|value|numerator|denominator", "C01|Census 2022-01|England|473,255||",
                       "C01|Census 2023-01|England|517,049||", "C01|Census 2024-01|England|575,963||", "C01|Census 2023-01|London|85,601||",
                       "C01|Census 2024-01|London|93,487||", "C01|Census 2023-01||2,906||", "C01|Census 2024-01||3,100||",
                       "E|Q4 2022/23||18||", "E|Q2 2024/25||33||", "P|Q4 2022/23||38%||", "P|Q2 2024/25||50%||", "S|Q2 2024/25||67%|41|61",
                       "Z|Q1 2024/25||0||", "Z|Q2 2024/25||5||", NULL);
    table_builder_add (set, BP_TABLE_CLAIMS, "claim|text|stated|measure|kpi|geography|from_period|period|numerator|denominator", c->row,
                       NULL);
    g_autoptr (BpSnapshot) snapshot = table_builder_snapshot (&programme, set, "2025-07-31");
    g_assert_cmpuint (snapshot->claims->len, ==, 1);
    const BpClaim *claim = snapshot->claims->pdata[0];
    g_assert_cmpint (claim->result, ==, c->result);
    g_assert_cmpint (claim->has_computed, ==, !isnan (c->computed));
    if (claim->has_computed)
        g_assert_cmpfloat_with_epsilon (claim->computed, c->computed, 1e-5);
    g_assert_cmpstr (claim->working, ==, c->working);
    g_assert_cmpstr (claim->reason, ==, c->reason);
    g_assert_cmpuint (table_builder_count_findings (snapshot, BP_FINDING_CLAIM_DISAGREES), ==, c->result == BP_CLAIM_DISAGREES);
    g_assert_cmpuint (table_builder_count_findings (snapshot, BP_FINDING_CLAIM_NOT_TESTABLE), ==, c->result == BP_CLAIM_NOT_TESTABLE);
    if (c->result == BP_CLAIM_AGREES)
        return;
    const BpFinding *finding
        = table_builder_finding (snapshot, c->result == BP_CLAIM_DISAGREES ? BP_FINDING_CLAIM_DISAGREES : BP_FINDING_CLAIM_NOT_TESTABLE, 0);
    g_assert_cmpstr (finding->source.file, ==, "data/claims.csv");
    g_assert_cmpint (finding->source.row, ==, 2);
    g_assert_cmpstr (finding->source.column, ==, "stated");
}

static void test_text (void)
{
    BpProgramme programme = table_builder_programme ();
    g_autoptr (BpTableSet) set = bp_table_set_new (&programme.fields);
    table_builder_add (set, BP_TABLE_KPIS, "kpi|title|unit|polarity|period_kind", "C01|Plans|count|none|census", NULL);
    table_builder_add (set, BP_TABLE_KPI_VALUES, "kpi|period|geography|value", "C01|Census 2022-01|England|473,255",
                       "C01|Census 2023-01|England|517,049", "C01|Census 2024-01|England|575,963", NULL);
    table_builder_add (set, BP_TABLE_CLAIMS, "claim|text|stated|measure|kpi|geography|from_period|period",
                       "c|England's plans grew 9.25%|9.25|growth|C01|England|Census 2023-01|Census 2024-01", NULL);
    g_autoptr (BpSnapshot) snapshot = table_builder_snapshot (&programme, set, "2025-07-31");
    g_assert_cmpstr (
        table_builder_finding (snapshot, BP_FINDING_CLAIM_DISAGREES, 0)->text, ==,
        "“England's plans grew 9.25%”: 9.25% is stated; the data give 11.39% (517,049 to 575,963, Census January 2023 to January 2024). "
        "9.25% is the growth to January 2023.");
    /* before the second figure was published there was nothing to test */
    g_autoptr (BpSnapshot) earlier = table_builder_snapshot (&programme, set, "2023-06-30");
    g_assert_cmpint (((const BpClaim *)earlier->claims->pdata[0])->result, ==, BP_CLAIM_NOT_TESTABLE);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autofree char *path = g_strconcat ("/domain/claim/", cases[i].name, NULL);
        g_test_add_data_func (path, &cases[i], test_case);
    }
    g_test_add_func ("/domain/claim/finding_gives_both_figures", test_text);
    return g_test_run ();
}
