#include "support/table_builder.c"

#include "domain/kpi_series.h"
#include "domain/kpi_state.h"

#include <math.h>

static const char KPIS[]
    = "kpi|valid_from|title|unit|polarity|period_kind|baseline_period|baseline|target_period|target|tolerance|same_within|stale_after_days";
static const char VALUES[] = "kpi|period|geography|series|category|value|numerator|denominator|published|flag";

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
    table_builder_add (fixture->set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", "SIP|1.1.1|1.1|A|March 2026", NULL);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
    (void)data;
    bp_snapshot_free (fixture->snapshot);
    bp_table_set_free (fixture->set);
}

static const BpKpi *build (Fixture *fixture, const char *as_of, const char *id)
{
    g_clear_pointer (&fixture->snapshot, bp_snapshot_free);
    fixture->snapshot = table_builder_snapshot (&fixture->programme, fixture->set, as_of);
    return bp_snapshot_find_kpi (fixture->snapshot, id);
}

static void test_comparisons (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_KPIS, KPIS, "K|2022-01-01|Satisfied|percent|higher|quarter|Q4 2022/23|33|Q1 2026/27|75||0.5|",
                       NULL);
    table_builder_add (fixture->set, BP_TABLE_KPI_VALUES, VALUES, "K|Q1 2024/25||actual||60|||2024-07-20|",
                       "K|Q2 2024/25||actual||67|41|61|2024-12-16|", "K|Q2 2024/25||projected||70||||",
                       "K|Q2 2024/25|England|actual||55|||2024-12-01|", "K|Q1 2024/25|London|actual||50|||2024-12-01|",
                       "K|Q3 2024/25||actual||90|||2025-01-31|", NULL);
    const BpKpi *kpi = build (fixture, "2024-12-31", "K");
    g_assert_cmpuint (kpi->actuals->len, ==, 2);
    g_assert_cmpfloat_with_epsilon (kpi->latest->value, 100.0 * 41 / 61, 1e-9);
    g_assert_true (kpi->latest->has_share);
    g_assert_cmpfloat_with_epsilon (kpi->previous->value, 60, 1e-9);
    g_assert_cmpint (kpi->on_baseline.movement, ==, BP_MOVEMENT_IMPROVED);
    g_assert_cmpfloat_with_epsilon (kpi->on_baseline.change, 100.0 * 41 / 61 - 33, 1e-9);
    g_assert_true (kpi->on_baseline.is_other_season);
    g_assert_cmpint (kpi->on_previous.movement, ==, BP_MOVEMENT_IMPROVED);
    g_assert_false (kpi->on_target.is_met);
    g_assert_cmpfloat_with_epsilon (kpi->on_target.change, 100.0 * 41 / 61 - 75, 1e-9);
    g_assert_cmpint (kpi->on_trajectory.movement, ==, BP_MOVEMENT_WORSE);
    g_assert_false (kpi->on_trajectory.is_met);
    g_assert_cmpuint (kpi->benchmarks->len, ==, 2);
    const BpBenchmark *england = &g_array_index (kpi->benchmarks, BpBenchmark, 0),
                      *london = &g_array_index (kpi->benchmarks, BpBenchmark, 1);
    g_assert_cmpstr (england->geography, ==, "England");
    g_assert_cmpint (england->comparison.movement, ==, BP_MOVEMENT_IMPROVED);
    g_assert_cmpint (london->comparison.movement, ==, BP_MOVEMENT_NONE);
    g_assert_cmpstr (london->comparison.reason, ==, "it is for another period");
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_OTHER_SEASON), ==, 1);
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_SHARE_NOT_SUPPLIED), ==, 1);
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_VALUE_DISAGREES), ==, 0);
}

static void test_as_of (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_KPIS, KPIS, "K||T|count|higher|month|||||||", NULL);
    table_builder_add (fixture->set, BP_TABLE_KPI_VALUES, VALUES, "K|2025-05||actual||1|||2025-07-01|",
                       "K|2025-06||actual||2|||2025-08-10|", "K|2025-07||actual||3||||", "K|2025-12||projected||9||||", NULL);
    g_assert_cmpfloat (build (fixture, "2025-07-30", "K")->latest->value, ==, 1);
    /* blank published: the period's end */
    g_assert_cmpfloat (build (fixture, "2025-07-31", "K")->latest->value, ==, 3);
    g_assert_null (build (fixture, "2025-07-31", "K")->previous);
    g_assert_cmpuint (build (fixture, "2025-07-31", "K")->trajectory->len, ==, 1);
    g_assert_cmpfloat (build (fixture, "2025-08-10", "K")->previous->value, ==, 2);
    g_assert_null (build (fixture, "2025-06-30", "K")->latest);
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_KPI_WITHOUT_VALUE), ==, 1);
}

static void test_previous_is_the_period_before (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_KPIS, KPIS, "K||T|count|higher|census|||||||", NULL);
    table_builder_add (fixture->set, BP_TABLE_KPI_VALUES, VALUES, "K|Census 2022-01||actual||2,779||||",
                       "K|Census 2024-01||actual||3,100||||", NULL);
    const BpKpi *kpi = build (fixture, "2025-07-31", "K");
    g_assert_cmpfloat (kpi->latest->value, ==, 3100);
    g_assert_null (kpi->previous);
    g_assert_cmpint (kpi->on_previous.movement, ==, BP_MOVEMENT_NONE);
    g_assert_nonnull (kpi->on_previous.reason);
}

static void test_definitions (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_KPIS, KPIS, "K|2022-01-01|Old meaning|count|higher|quarter|Q1 2022/23|1|||||",
                       "K|2024-07-01|New meaning|count|lower|quarter|Q2 2024/25|20|||||",
                       "K|2026-01-01|Future meaning|count|higher|quarter|||||||", "F|2026-01-01|Not yet|count|higher|quarter|||||||", NULL);
    table_builder_add (fixture->set, BP_TABLE_KPI_VALUES, VALUES, "K|Q1 2024/25||actual||10||||", "K|Q2 2024/25||actual||20||||",
                       "K|Q3 2024/25||actual||18||||", "F|Q3 2024/25||actual||1||||", NULL);
    const BpKpi *kpi = build (fixture, "2025-07-31", "K");
    g_assert_cmpstr (kpi->title, ==, "New meaning");
    g_assert_cmpuint (kpi->actuals->len, ==, 2);
    g_assert_cmpuint (kpi->values->len, ==, 3);
    g_assert_cmpint (kpi->on_previous.movement, ==, BP_MOVEMENT_IMPROVED);
    g_assert_null (bp_snapshot_find_kpi (fixture->snapshot, "F"));
    g_assert_cmpuint (fixture->snapshot->kpis->len, ==, 1);
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_UNKNOWN_REFERENCE), ==, 0);
    kpi = build (fixture, "2024-06-30", "K");
    g_assert_cmpstr (kpi->title, ==, "Old meaning");
    g_assert_cmpuint (kpi->actuals->len, ==, 1);
    /* a single definition does not cut off what was counted before it was written down */
    kpi = build (fixture, "2026-02-01", "F");
    g_assert_cmpuint (kpi->actuals->len, ==, 1);
}

typedef struct
{
    const char *unit, *value, *numerator, *denominator;
    bool has_value;
    double expected;
    int decimals;
    BpShorthand shorthand;
    BpFindingCode code; /* BP_FINDING_COUNT: none */
} Cell;

static const Cell cells[] = {
    { "percent", "67", "", "", true, 67, 0, BP_SHORTHAND_NONE, BP_FINDING_SHARE_NOT_SUPPLIED },
    { "percent", "67%", "41", "61", true, 100.0 * 41 / 61, 0, BP_SHORTHAND_NONE, BP_FINDING_COUNT },
    { "percent", "68%", "41", "61", true, 100.0 * 41 / 61, 0, BP_SHORTHAND_NONE, BP_FINDING_VALUE_DISAGREES },
    { "percent", "67.2", "41", "61", true, 100.0 * 41 / 61, 1, BP_SHORTHAND_NONE, BP_FINDING_COUNT },
    { "percent", "", "41", "61", true, 100.0 * 41 / 61, 1, BP_SHORTHAND_NONE, BP_FINDING_COUNT },
    { "percent", "0.67", "", "", true, 0.67, 2, BP_SHORTHAND_NONE, BP_FINDING_PERCENT_AS_FRACTION },
    { "percent", "0.67%", "1", "150", true, 100.0 / 150, 2, BP_SHORTHAND_NONE, BP_FINDING_COUNT },
    { "percent", "1", "", "", true, 1, 0, BP_SHORTHAND_NONE, BP_FINDING_SHARE_NOT_SUPPLIED },
    { "percent", "0", "0", "10", true, 0, 0, BP_SHORTHAND_NONE, BP_FINDING_COUNT },
    { "percent", "140", "", "", true, 140, 0, BP_SHORTHAND_NONE, BP_FINDING_PERCENT_OUT_OF_RANGE },
    { "percent", "", "12", "10", true, 120, 1, BP_SHORTHAND_NONE, BP_FINDING_PERCENT_OUT_OF_RANGE },
    { "percent", "5", "0", "0", false, 0, 0, BP_SHORTHAND_NOT_AVAILABLE, BP_FINDING_DENOMINATOR_ZERO },
    { "percent", "", "5", "-1", false, 0, 0, BP_SHORTHAND_NOT_AVAILABLE, BP_FINDING_DENOMINATOR_ZERO },
    { "percent", "[c]", "", "", false, 0, 0, BP_SHORTHAND_CONFIDENTIAL, BP_FINDING_COUNT },
    { "percent", "low", "", "", false, 0, 0, BP_SHORTHAND_LOW, BP_FINDING_COUNT },
    { "count", "[z]", "", "", false, 0, 0, BP_SHORTHAND_NOT_APPLICABLE, BP_FINDING_COUNT },
    { "count", "", "", "", false, 0, 0, BP_SHORTHAND_NOT_AVAILABLE, BP_FINDING_COUNT },
    { "count", "1,234", "", "", true, 1234, 0, BP_SHORTHAND_NONE, BP_FINDING_COUNT },
    { "count", "12,34", "", "", false, 0, 0, BP_SHORTHAND_NOT_AVAILABLE, BP_FINDING_VALUE_UNREADABLE },
    { "count", "about 5", "", "", false, 0, 0, BP_SHORTHAND_NOT_AVAILABLE, BP_FINDING_VALUE_UNREADABLE },
    { "count", "67%", "", "", false, 0, 0, BP_SHORTHAND_NOT_AVAILABLE, BP_FINDING_VALUE_UNREADABLE },
    { "gbp", "£92,000", "", "", true, 92000, 0, BP_SHORTHAND_NONE, BP_FINDING_COUNT },
    { "weeks", "£9", "", "", false, 0, 0, BP_SHORTHAND_NOT_AVAILABLE, BP_FINDING_VALUE_UNREADABLE },
    { "rate", "1.3", "13", "10000", true, 1.3, 1, BP_SHORTHAND_NONE, BP_FINDING_COUNT },
    { "rate", "1.4", "13", "10000", true, 1.4, 1, BP_SHORTHAND_NONE, BP_FINDING_VALUE_DISAGREES },
    { "rate", "", "13", "10000", false, 0, 0, BP_SHORTHAND_NOT_AVAILABLE, BP_FINDING_VALUE_UNREADABLE },
    { "count", "5", "five", "6", true, 5, 0, BP_SHORTHAND_NONE, BP_FINDING_VALUE_UNREADABLE },
};

static void test_cell (gconstpointer data)
{
    const Cell *cell = data;
    BpProgramme programme = table_builder_programme ();
    g_autoptr (BpTableSet) set = bp_table_set_new (&programme.fields);
    table_builder_add_plan (set);
    g_autofree char *kpi_row = g_strdup_printf ("K||T|%s|higher|quarter||||7.5|||", cell->unit);
    g_autofree char *row = g_strdup_printf ("K|Q1 2024/25||||%s|%s|%s||", cell->value, cell->numerator, cell->denominator);
    table_builder_add (set, BP_TABLE_KPIS, KPIS, kpi_row, NULL);
    table_builder_add (set, BP_TABLE_KPI_VALUES, VALUES, row, NULL);
    g_autoptr (BpSnapshot) snapshot = table_builder_snapshot (&programme, set, "2025-07-31");
    const BpKpi *kpi = bp_snapshot_find_kpi (snapshot, "K");
    const BpKpiValue *value = kpi->values->pdata[0];
    g_assert_cmpint (value->has_value, ==, cell->has_value);
    if (cell->has_value)
    {
        g_assert_cmpfloat_with_epsilon (value->value, cell->expected, 1e-9);
        g_assert_cmpint (value->decimals, ==, cell->decimals);
    }
    g_assert_cmpint (value->shorthand, ==, cell->shorthand);
    static const BpFindingCode codes[] = { BP_FINDING_SHARE_NOT_SUPPLIED,   BP_FINDING_VALUE_DISAGREES,  BP_FINDING_PERCENT_AS_FRACTION,
                                           BP_FINDING_PERCENT_OUT_OF_RANGE, BP_FINDING_DENOMINATOR_ZERO, BP_FINDING_VALUE_UNREADABLE };
    for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
        if (codes[i] == BP_FINDING_SHARE_NOT_SUPPLIED && cell->code != BP_FINDING_COUNT)
            continue; /* may come besides */
        g_assert_cmpuint (table_builder_count_findings (snapshot, codes[i]), ==, codes[i] == cell->code);
    }
    if (cell->code == BP_FINDING_COUNT)
        return;
    const BpFinding *finding = table_builder_finding (snapshot, cell->code, 0);
    g_assert_cmpstr (finding->source.file, ==, "data/kpi_values.csv");
    g_assert_cmpint (finding->source.row, ==, 2);
}

static void test_fraction_file (Fixture *fixture, gconstpointer data)
{
    (void)data;
    static const char *const files[] = { "kpi_values.csv", NULL };
    fixture->programme.fraction_files = files;
    table_builder_add (fixture->set, BP_TABLE_KPIS, KPIS, "K||T|percent|higher|quarter||0.5|||||", NULL);
    table_builder_add (fixture->set, BP_TABLE_KPI_VALUES, VALUES, "K|Q1 2024/25||||0.07||||", "K|Q2 2024/25||||67%||||", NULL);
    const BpKpi *kpi = build (fixture, "2025-07-31", "K");
    const BpKpiValue *first = kpi->actuals->pdata[0], *second = kpi->actuals->pdata[1];
    g_assert_cmpfloat (first->value, ==, 7.0);
    g_assert_cmpint (first->decimals, ==, 0);
    g_assert_cmpfloat (second->value, ==, 67);
    /* kpis.csv is not that file */
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_PERCENT_AS_FRACTION), ==, 1);
    g_assert_cmpstr (table_builder_finding (fixture->snapshot, BP_FINDING_PERCENT_AS_FRACTION, 0)->source.file, ==, "data/kpis.csv");
}

static void test_target_met_late (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_KPIS, KPIS, "L||Backlog|count|lower|quarter|||Q3 2024/25|0|||",
                       "T||In time|count|lower|quarter|||Q4 2024/25|0|||", "S||Not known then|count|lower|quarter|||Q2 2024/25|0|||", NULL);
    table_builder_add (fixture->set, BP_TABLE_KPI_VALUES, VALUES, "L|Q3 2024/25||actual||36||||", "L|Q4 2024/25||actual||0||||",
                       "T|Q3 2024/25||actual||36||||", "T|Q4 2024/25||actual||0||||", "S|Q4 2024/25||actual||0||||", NULL);
    const BpKpi *late = build (fixture, "2025-07-31", "L");
    g_assert_true (late->on_target.is_met && late->is_met_late);
    g_assert_false (bp_snapshot_find_kpi (fixture->snapshot, "T")->is_met_late);
    g_assert_false (bp_snapshot_find_kpi (fixture->snapshot, "S")->is_met_late);
}

static void test_periods (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_KPIS, KPIS, "K||T|percent|higher||2023/24|5|2027/28|50|||",
                       "C||T|percent|higher|census|Census 2022-01|28|2027/28|32|||", "Q||T|percent|higher|quarter|||July 2026|85|||", NULL);
    table_builder_add (fixture->set, BP_TABLE_KPI_VALUES, VALUES, "K|2024/25||actual||10||||", "K|2025/26||projected||20||||",
                       "K|soon||actual||20||||", "C|Census 2024-01||actual||32||||", "C|Q1 2024/25||actual||32||||", NULL);
    const BpKpi *kpi = build (fixture, "2025-07-31", "K");
    g_assert_cmpuint (kpi->values->len, ==, 3);
    g_assert_cmpuint (kpi->actuals->len, ==, 0);
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_PERIOD_AMBIGUOUS), ==, 2);
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_PERIOD_UNKNOWN), ==, 1);
    /* K's target and projection, C's target; a month is plain for a quarterly measure */
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_TRAJECTORY_AMBIGUOUS), ==, 3);
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_PERIOD_KIND_DIFFERS), ==, 1);
    const BpKpi *census = bp_snapshot_find_kpi (fixture->snapshot, "C");
    g_assert_cmpuint (census->actuals->len, ==, 1);
    g_assert_true (census->on_target.is_met);
    const BpFinding *early = table_builder_finding (fixture->snapshot, BP_FINDING_TARGET_MET_EARLY, 0);
    g_assert_cmpstr (early->source.file, ==, "data/kpis.csv");
    g_assert_cmpint (early->source.row, ==, 3);
}

static void test_repeated_periods (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_KPIS, KPIS, "K||T|count|higher|quarter|||||||", NULL);
    table_builder_add (fixture->set, BP_TABLE_KPI_VALUES, VALUES, "K|Q1 2024/25||actual||10||||", "K|Q1 24/25||actual||10||||",
                       "K|Q2 2024/25||actual||20||||", "K|Q2 of 2024/25|Hometown|actual||21||||", "K|Q3 2024/25||actual||30||||", NULL);
    const BpKpi *kpi = build (fixture, "2025-07-31", "K");
    g_assert_cmpuint (kpi->actuals->len, ==, 2);
    g_assert_null (kpi->previous);
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_DUPLICATE_SAME), ==, 1);
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_DUPLICATE_DIFFERENT), ==, 2);
}

static void test_breaks (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_KPIS, KPIS, "K||T|count|higher|census|Census 2022-01|1|||||", NULL);
    table_builder_add (fixture->set, BP_TABLE_KPI_VALUES, VALUES, "K|Census 2022-01||actual||1||||", "K|Census 2023-01||actual||2||||break",
                       "K|Census 2024-01||actual||3||||", NULL);
    const BpKpi *kpi = build (fixture, "2024-12-31", "K");
    g_assert_cmpint (kpi->on_previous.movement, ==, BP_MOVEMENT_IMPROVED);
    g_assert_cmpint (kpi->on_baseline.movement, ==, BP_MOVEMENT_NONE);
    g_assert_cmpstr (kpi->on_baseline.reason, ==, "the series breaks between them");
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_SERIES_BREAK), ==, 1);
    kpi = build (fixture, "2023-12-31", "K");
    g_assert_cmpint (kpi->on_previous.movement, ==, BP_MOVEMENT_NONE);
}

static void test_stale (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_KPIS, KPIS, "K||T|count|higher|month|||||||", "L||T|count|higher|month|||||||600", NULL);
    table_builder_add (fixture->set, BP_TABLE_KPI_VALUES, VALUES, "K|2024-12||actual||1||||", "L|2024-12||actual||1||||", NULL);
    /* 200 days after 31 December 2024 is 19 July 2025 */
    g_assert_false (build (fixture, "2025-07-19", "K")->is_stale);
    g_assert_true (build (fixture, "2025-07-20", "K")->is_stale);
    g_assert_false (bp_snapshot_find_kpi (fixture->snapshot, "L")->is_stale);
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_KPI_STALE), ==, 1);
}

static void test_targets_fill_blanks (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_KPIS, KPIS, "K||T|percent|higher|quarter|Q4 2022/23|33|||||",
                       "L||T|percent|near|quarter|||Q1 2026/27|10|2||", NULL);
    table_builder_add (fixture->set, BP_TABLE_KPI_TARGETS, "kpi|baseline_period|baseline|target_period|target|owner|tolerance",
                       "K|Q4 2022/23|40|Q1 2026/27|75|Somebody|2", "L|Q4 2022/23|5|Q2 2026/27|20|Else|9", "X|||||Nobody|", NULL);
    const BpKpi *kpi = build (fixture, "2025-07-31", "K");
    g_assert_cmpfloat (kpi->baseline, ==, 33);
    g_assert_cmpfloat (kpi->target, ==, 75);
    g_assert_cmpstr (kpi->target_period_text, ==, "Q1 2026/27");
    g_assert_cmpstr (kpi->owner, ==, "Somebody");
    g_assert_cmpfloat (kpi->tolerance, ==, 2);
    g_assert_cmpstr (kpi->target_source.file, ==, "data/kpi_targets.csv");
    const BpKpi *other = bp_snapshot_find_kpi (fixture->snapshot, "L");
    g_assert_cmpfloat (other->baseline, ==, 5);
    g_assert_cmpint (other->baseline_period.kind, ==, BP_PERIOD_QUARTER);
    g_assert_cmpfloat (other->target, ==, 10);
    g_assert_cmpstr (other->target_period_text, ==, "Q1 2026/27");
    g_assert_cmpfloat (other->tolerance, ==, 2);
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_UNKNOWN_REFERENCE), ==, 1);
}

static void test_shorthand_latest (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_KPIS, KPIS, "K||T|percent|higher|quarter|Q4 2022/23|[x]|||||", NULL);
    table_builder_add (fixture->set, BP_TABLE_KPI_VALUES, VALUES, "K|Q1 2024/25||actual||10||||", "K|Q2 2024/25||actual||[c]||||",
                       "K|CY 2023|England|actual||50.3||||", NULL);
    const BpKpi *kpi = build (fixture, "2025-07-31", "K");
    g_assert_false (kpi->latest->has_value);
    g_assert_cmpint (kpi->latest->shorthand, ==, BP_SHORTHAND_CONFIDENTIAL);
    g_assert_cmpint (kpi->baseline_shorthand, ==, BP_SHORTHAND_NOT_AVAILABLE);
    g_assert_cmpint (kpi->on_previous.movement, ==, BP_MOVEMENT_NONE);
    g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_BENCHMARK_ALONE), ==, 1);
}

static void test_breakdowns (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_KPIS, KPIS, "K||T|count|higher|quarter|||||||", NULL);
    table_builder_add (fixture->set, BP_TABLE_KPI_VALUES, "kpi|period|breakdown|category|value", "K|Q1 2024/25|Phase|Primary|4",
                       "K|Q1 2024/25|Phase|Secondary|6", "K|Q1 2024/25|||10", "K|Q2 2024/25|Phase||12", NULL);
    const BpKpi *kpi = build (fixture, "2025-07-31", "K");
    g_assert_cmpuint (kpi->values->len, ==, 4);
    g_assert_cmpuint (kpi->actuals->len, ==, 2);
    g_assert_cmpfloat (kpi->previous->value, ==, 10);
    g_assert_cmpfloat (kpi->latest->value, ==, 12);
}

/* Months from a first one on; "-" leaves a month out. */
static void add_months (BpTableSet *set, int year, int month, const char *values)
{
    g_auto (GStrv) words = g_strsplit (values, " ", -1);
    for (int i = 0; words[i] != NULL; i++)
    {
        int at = year * 12 + month - 1 + i;
        g_autofree char *row = g_strdup_printf ("K|%d-%02d||actual||%s||||%s", at / 12, at % 12 + 1, words[i] + (*words[i] == '|'),
                                                *words[i] == '|' ? "break" : "");
        if (*words[i] != '-')
            table_builder_add (set, BP_TABLE_KPI_VALUES, VALUES, row, NULL);
    }
}

static bool is_nine (const BpKpiValue *value, gconstpointer data)
{
    (void)data;
    return value->value == 9;
}

/* Stretches as "first-last base", "none" without limits. Caller frees. */
static char *dup_stretches (const BpSpc *spc)
{
    GString *text = g_string_new (NULL);
    for (int i = 0; i < spc->stretch_count; i++)
    {
        const BpSpcStretch *stretch = &spc->stretches[i];
        g_string_append_printf (text, "%s%d-%d ", i > 0 ? ", " : "", stretch->first, stretch->last);
        if (stretch->has_limits)
            g_string_append_printf (text, "%d-%d", stretch->base_first, stretch->base_last);
        else
            g_string_append (text, "none");
    }
    return g_string_free (text, FALSE);
}

#define YEAR "10 11 10 11 10 11 10 11 10 11 10 11"

static void test_limits_of_a_series (Fixture *fixture, gconstpointer data)
{
    (void)data;
    static const struct
    {
        const char *rebase, *values, *stretches;
        bool hides;
        guint waits, stopped;
    } cases[] = {
        { "", YEAR " 10", "0-12 0-11", false, 0, 0 },
        { "", "10 11 10", "0-2 none", false, 0, 0 },
        { "", "10 11 10 11 10 11 - 10 11 10 11 10 11", "0-12 none", false, 0, 1 },
        { "2024-01", YEAR " " YEAR, "0-11 0-11, 12-23 12-23", false, 0, 0 },
        /* a day, a quarter: from the month that holds its first day */
        { "2024-01-17", YEAR " " YEAR, "0-11 0-11, 12-23 12-23", false, 0, 0 },
        { "Q4 2023/24", YEAR " " YEAR, "0-11 0-11, 12-23 12-23", false, 0, 0 },
        { "2024-06; 2030-01", YEAR " " YEAR, "0-23 0-11", false, 2, 0 },
        { "2024-01; soon", YEAR " " YEAR, "0-11 0-11, 12-23 12-23", false, 0, 0 },
        { "", YEAR " |10 11", "0-11 0-11, 12-13 none", false, 0, 0 },
        /* what is hidden is a gap: the limits are set on what follows */
        { "", "10 9 " YEAR, "0-13 0-11", false, 0, 0 },
        { "", "10 9 " YEAR, "0-13 2-13", true, 0, 0 },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_test_message ("%s: %s", cases[i].rebase, cases[i].values);
        g_autofree char *row = g_strdup_printf ("K||T|count|lower|month|%s", cases[i].rebase);
        bp_table_set_free (fixture->set);
        fixture->set = bp_table_set_new (&fixture->programme.fields);
        table_builder_add (fixture->set, BP_TABLE_KPIS, "kpi|valid_from|title|unit|polarity|period_kind|rebase", row, NULL);
        add_months (fixture->set, 2023, 1, cases[i].values);
        const BpKpi *kpi = build (fixture, "2025-12-31", "K");
        g_autoptr (GArray) slots = bp_kpi_series_new (kpi, &fixture->programme.calendar);
        g_autoptr (BpSpc) spc = bp_kpi_spc_new (kpi, slots, &fixture->programme.rules.spc, cases[i].hides ? is_nine : NULL, NULL);
        g_autofree char *stretches = dup_stretches (spc);
        g_assert_cmpstr (stretches, ==, cases[i].stretches);
        g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_REBASE_WAITS), ==, cases[i].waits);
        g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_GAP_STOPS_LIMITS), ==, cases[i].stopped);
        g_assert_cmpuint (table_builder_count_findings (fixture->snapshot, BP_FINDING_PERIOD_UNKNOWN), ==,
                          strstr (cases[i].rebase, "soon") != NULL);
    }
}

/* Days are no even steps, and a value of another kind of period is none of the series. */
static void test_days_have_no_limits (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_KPIS, KPIS, "K||T|count|lower|day|||||||", NULL);
    table_builder_add (fixture->set, BP_TABLE_KPI_VALUES, VALUES, "K|2025-01-31||actual||3||||", "K|2025-05-31||actual||4||||", NULL);
    const BpKpi *kpi = build (fixture, "2025-12-31", "K");
    g_autoptr (GArray) slots = bp_kpi_series_new (kpi, &fixture->programme.calendar);
    g_assert_cmpuint (slots->len, ==, 2);
    g_assert_null (bp_kpi_spc_new (kpi, slots, &fixture->programme.rules.spc, NULL, NULL));
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    static const struct
    {
        const char *name;
        void (*run) (Fixture *, gconstpointer);
    } tests[] = {
        { "latest_is_compared_on_like_periods", test_comparisons },
        { "values_count_from_publication", test_as_of },
        { "previous_is_the_immediately_preceding_period", test_previous_is_the_period_before },
        { "no_comparison_crosses_a_definition", test_definitions },
        { "fractions_are_read_where_the_file_says_so", test_fraction_file },
        { "a_target_met_after_its_period_is_met_late", test_target_met_late },
        { "ambiguous_periods_are_named_and_not_compared", test_periods },
        { "one_period_spelt_twice_is_a_duplicate", test_repeated_periods },
        { "no_comparison_crosses_a_break", test_breaks },
        { "value_is_stale_the_day_after_its_limit", test_stale },
        { "targets_fill_blanks_alone", test_targets_fill_blanks },
        { "shorthand_stands_for_the_latest_value", test_shorthand_latest },
        { "categories_are_no_totals", test_breakdowns },
        { "limits_follow_gaps_breaks_and_new_starts", test_limits_of_a_series },
        { "days_have_no_limits", test_days_have_no_limits },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
        g_autofree char *path = g_strconcat ("/domain/kpi_state/", tests[i].name, NULL);
        g_test_add (path, Fixture, NULL, set_up, tests[i].run, tear_down);
    }
    for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    {
        g_autofree char *path = g_strdup_printf ("/domain/kpi_state/cell_is_read_by_its_unit/%s '%s' '%s' of '%s'", cells[i].unit,
                                                 cells[i].value, cells[i].numerator, cells[i].denominator);
        g_strdelimit (path + strlen ("/domain/kpi_state/cell_is_read_by_its_unit/"), "/", ' ');
        g_test_add_data_func (path, &cells[i], test_cell);
    }
    return g_test_run ();
}
