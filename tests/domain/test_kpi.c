#include "domain/kpi.h"

#include "base/number.h"

#include <math.h>

static BpPeriod period_of (const char *text)
{
    BpPeriod period;
    g_assert_cmpint (bp_period_parse (text, BP_PERIOD_NONE, NULL, &period), ==, BP_PERIOD_READ_OK);
    return period;
}

static BpComparison compare (BpPolarity polarity, double same_within, double target, double tolerance, double latest, double other)
{
    BpComparisonRule rule
        = { .unit = BP_UNIT_PERCENT, .polarity = polarity, .same_within = same_within, .target = target, .tolerance = tolerance };
    BpPeriod now = period_of ("Q2 2024/25"), then = period_of ("Q2 2023/24");
    return bp_kpi_compare (&rule, latest, &now, other, &then);
}

static void polarity_decides_what_is_better (void)
{
    static const struct
    {
        BpPolarity polarity;
        double same_within, target, tolerance, latest, other;
        BpMovement movement;
        bool is_met;
    } cases[] = {
        { BP_POLARITY_HIGHER, 0, NAN, 0, 67, 33, BP_MOVEMENT_IMPROVED, true },
        { BP_POLARITY_HIGHER, 0, NAN, 0, 33, 67, BP_MOVEMENT_WORSE, false },
        { BP_POLARITY_HIGHER, 0, NAN, 0, 50, 50, BP_MOVEMENT_SAME, true },
        { BP_POLARITY_LOWER, 0, NAN, 0, 20, 30, BP_MOVEMENT_IMPROVED, true },
        { BP_POLARITY_LOWER, 0, NAN, 0, 30, 20, BP_MOVEMENT_WORSE, false },
        { BP_POLARITY_LOWER, 0, NAN, 0, 0, 0, BP_MOVEMENT_SAME, true },
        /* same_within: the change, not the target */
        { BP_POLARITY_HIGHER, 0.5, NAN, 0, 50.5, 50, BP_MOVEMENT_SAME, true },
        { BP_POLARITY_HIGHER, 0.5, NAN, 0, 50.6, 50, BP_MOVEMENT_IMPROVED, true },
        { BP_POLARITY_HIGHER, 0.5, NAN, 0, 49.5, 50, BP_MOVEMENT_SAME, false },
        { BP_POLARITY_HIGHER, 0.5, NAN, 0, 49.4, 50, BP_MOVEMENT_WORSE, false },
        { BP_POLARITY_HIGHER, 0.1, NAN, 0, 1.1, 1.0, BP_MOVEMENT_SAME, true }, /* 1.1 - 1.0 is a little over 0.1 in a double */
        { BP_POLARITY_HIGHER, -3, NAN, 0, 51, 50, BP_MOVEMENT_IMPROVED, true },
        { BP_POLARITY_HIGHER, NAN, NAN, NAN, 51, 50, BP_MOVEMENT_IMPROVED, true },
        /* a floor is met or not, whatever the tolerance */
        { BP_POLARITY_HIGHER, 0, 90, 2, 89, 90, BP_MOVEMENT_WORSE, false },
        /* near: the nearer the better, from either side */
        { BP_POLARITY_NEAR, 0, 50, 0, 49, 40, BP_MOVEMENT_IMPROVED, true },
        { BP_POLARITY_NEAR, 0, 50, 0, 52, 60, BP_MOVEMENT_IMPROVED, true },
        { BP_POLARITY_NEAR, 0, 50, 0, 58, 49, BP_MOVEMENT_WORSE, false },
        { BP_POLARITY_NEAR, 0, 50, 0, 45, 55, BP_MOVEMENT_SAME, true },
        { BP_POLARITY_NEAR, 0, 50, 2, 52, 50, BP_MOVEMENT_WORSE, true }, /* against the target itself */
        { BP_POLARITY_NEAR, 0, 50, 2, 48, 50, BP_MOVEMENT_WORSE, true },
        { BP_POLARITY_NEAR, 0, 50, 2, 52.1, 50, BP_MOVEMENT_WORSE, false },
        { BP_POLARITY_NEAR, 0, NAN, 2, 52, 50, BP_MOVEMENT_NONE, false },
        /* none: it changed, and nobody says which way is better */
        { BP_POLARITY_NONE, 0, NAN, 0, 52, 50, BP_MOVEMENT_CHANGED, false },
        { BP_POLARITY_NONE, 2, NAN, 0, 52, 50, BP_MOVEMENT_SAME, false },
        { BP_POLARITY_HIGHER, 0, NAN, 0, NAN, 50, BP_MOVEMENT_NONE, false },
        { BP_POLARITY_HIGHER, 0, NAN, 0, 50, INFINITY, BP_MOVEMENT_NONE, false },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        BpComparison comparison
            = compare (cases[i].polarity, cases[i].same_within, cases[i].target, cases[i].tolerance, cases[i].latest, cases[i].other);
        if (comparison.movement != cases[i].movement || comparison.is_met != cases[i].is_met)
            g_error ("case %" G_GSIZE_FORMAT ": %s, met %d", i, bp_movement_word (comparison.movement), comparison.is_met);
        g_assert_true ((comparison.reason != NULL) == (cases[i].movement == BP_MOVEMENT_NONE));
    }
}

static void only_like_periods_are_compared (void)
{
    static const struct
    {
        const char *latest, *other;
        bool is_compared, is_other_season;
    } cases[] = {
        { "Q2 2024/25", "Q2 2023/24", true, false },         { "Q2 2024/25", "Q4 2022/23", true, true },
        { "Q2 2024/25", "CY 2023", false, false },           { "AY 2024/25", "FY 2024/25", false, false },
        { "Autumn 2024", "Spring 2024", true, true },        { "Census 2024-01", "2024-01", false, false },
        { "Census 2024-01", "Census 2023-01", true, false },
    };
    BpComparisonRule rule = { .unit = BP_UNIT_COUNT, .polarity = BP_POLARITY_HIGHER, .target = NAN };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        BpPeriod latest = period_of (cases[i].latest), other = period_of (cases[i].other);
        BpComparison comparison = bp_kpi_compare (&rule, 41, &latest, 33, &other);
        g_assert_true ((comparison.movement == BP_MOVEMENT_IMPROVED) == cases[i].is_compared);
        g_assert_true ((comparison.reason == NULL) == cases[i].is_compared);
        g_assert_true (comparison.is_other_season == cases[i].is_other_season);
    }
    BpPeriod none = { .kind = BP_PERIOD_NONE }, quarter = period_of ("Q2 2024/25");
    g_assert_cmpstr (bp_kpi_compare (&rule, 1, &none, 1, &none).reason, ==, "the period is not known");
    g_assert_cmpstr (bp_kpi_compare (&rule, 1, &quarter, 1, NULL).reason, ==, "the period is not known");
}

static void assert_rounds_to (double value, int decimals, const char *text)
{
    g_autofree char *found = bp_number_dup_text (value, decimals);
    g_assert_cmpstr (found, ==, text);
}

/* The published figures, each computed from counts and rounded last. */
static void growth_is_computed_before_rounding (void)
{
    double england_2023 = bp_kpi_growth_percent (473255, 517049), england_2024 = bp_kpi_growth_percent (517049, 575963);
    double london_2023 = bp_kpi_growth_percent (78203, 85601), london_2024 = bp_kpi_growth_percent (85601, 93487);
    double local_2023 = bp_kpi_growth_percent (2779, 2906), local_2024 = bp_kpi_growth_percent (2906, 3100);
    assert_rounds_to (england_2023, 2, "9.25");
    assert_rounds_to (england_2024, 2, "11.39");
    assert_rounds_to (england_2023, 4, "9.2538");
    assert_rounds_to (england_2024, 4, "11.3943");
    assert_rounds_to (bp_kpi_growth_percent (473255, 575963), 2, "21.70");
    assert_rounds_to (london_2023, 4, "9.4600");
    assert_rounds_to (london_2024, 4, "9.2125");
    assert_rounds_to (bp_kpi_growth_percent (78203, 93487), 2, "19.54");
    assert_rounds_to (local_2023, 4, "4.5700");
    assert_rounds_to (local_2024, 4, "6.6758");
    assert_rounds_to (bp_kpi_growth_percent (2779, 3100), 2, "11.55");
    /* 11.39 - 6.68 would be 4.71, and 9.21 - 6.68 would be 2.53 */
    assert_rounds_to (england_2024 - local_2024, 2, "4.72");
    assert_rounds_to (london_2024 - local_2024, 2, "2.54");
    assert_rounds_to (england_2023 - local_2024, 2, "2.58");
    assert_rounds_to ((england_2024 - local_2024) - (england_2023 - local_2024), 2, "2.14");
    assert_rounds_to (bp_kpi_growth_percent (18, 33), 2, "83.33");
    assert_rounds_to (bp_kpi_growth_percent (33, 45), 2, "36.36");
    assert_rounds_to (bp_kpi_growth_percent (38, 50), 1, "31.6");
    g_assert_true (isnan (bp_kpi_growth_percent (0, 5)));
    g_assert_true (isnan (bp_kpi_growth_percent (NAN, 5)));
    g_assert_true (isnan (bp_kpi_growth_percent (5e-324, 1e300)));
    assert_rounds_to (bp_kpi_growth_percent (-100, -50), 0, "50"); /* a deficit that halved grew by half of it */
}

static void shares_are_never_rounded_to_all_or_nothing (void)
{
    static const struct
    {
        double numerator, denominator;
        const char *exact;
        double printed;
    } cases[] = { { 105, 106, "99.0566", 99 },  { 54, 92, "58.6957", 59 }, { 38, 92, "41.3043", 41 },     { 41, 61, "67.2131", 67 },
                  { 2, 69, "2.8986", 3 },       { 14, 69, "20.2899", 20 }, { 106, 106, "100.0000", 100 }, { 0, 106, "0.0000", 0 },
                  { 999, 1000, "99.9000", 99 }, { 1, 1000, "0.1000", 1 } };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        assert_rounds_to (100.0 * cases[i].numerator / cases[i].denominator, 4, cases[i].exact);
        g_assert_cmpfloat (bp_share_percent (cases[i].numerator, cases[i].denominator, 0), ==, cases[i].printed);
    }
    g_assert_cmpfloat (bp_share_percent (54, 92, 0) + bp_share_percent (38, 92, 0), ==, 100);
}

static void change_of_a_percentage_is_in_points (void)
{
    BpComparison pfa = compare (BP_POLARITY_HIGHER, 0, NAN, 0, 50, 38);
    assert_rounds_to (pfa.change, 1, "12.0");
    assert_rounds_to (pfa.relative_percent, 1, "31.6");
    BpComparison satisfaction = compare (BP_POLARITY_HIGHER, 0, NAN, 0, 100.0 * 41 / 61, 33);
    assert_rounds_to (satisfaction.change, 1, "34.2");
    assert_rounds_to (1 + satisfaction.relative_percent / 100, 3, "2.037");
    BpComparison prevalence = compare (BP_POLARITY_NONE, 0, NAN, 0, 4.5, 4.9);
    assert_rounds_to (prevalence.change, 1,
                      "\xe2\x88\x92"
                      "0.4");
    assert_rounds_to (compare (BP_POLARITY_NONE, 0, NAN, 0, 4.5, 4.8).change, 1,
                      "\xe2\x88\x92"
                      "0.3");
    assert_rounds_to (compare (BP_POLARITY_NONE, 0, NAN, 0, 14.5, 12.7).change, 1, "1.8");
    assert_rounds_to (compare (BP_POLARITY_NONE, 0, NAN, 0, 14.5, 13.6).change, 1, "0.9");
    g_assert_true (isnan (compare (BP_POLARITY_HIGHER, 0, NAN, 0, 5, 0).relative_percent));
}

/* Pupils with plans in mainstream, January censuses: projected 28, 29 and actual 30, 32; the last target is 32. */
static void projected_and_actual_by_census (void)
{
    BpComparisonRule rule = { .unit = BP_UNIT_PERCENT, .polarity = BP_POLARITY_HIGHER, .target = 32 };
    BpPeriod census_2023 = period_of ("Census 2023-01"), census_2024 = period_of ("Census 2024-01"),
             census_2027 = period_of ("Census 2027-01");
    BpComparison in_2023 = bp_kpi_compare (&rule, 30, &census_2023, 28, &census_2023);
    BpComparison in_2024 = bp_kpi_compare (&rule, 32, &census_2024, 29, &census_2024);
    BpComparison target = bp_kpi_compare (&rule, 32, &census_2024, 32, &census_2027);
    assert_rounds_to (in_2023.change, 0, "2");
    assert_rounds_to (in_2024.change, 0, "3");
    g_assert_true (in_2023.is_met && in_2024.is_met && target.is_met);
    g_assert_cmpint (target.movement, ==, BP_MOVEMENT_SAME);
}

static void shorthand_is_read_bare_or_bracketed (void)
{
    static const struct
    {
        const char *text;
        BpShorthand shorthand;
    } cases[] = {
        { "[c]", BP_SHORTHAND_CONFIDENTIAL },
        { "C", BP_SHORTHAND_CONFIDENTIAL },
        { "[x]", BP_SHORTHAND_NOT_AVAILABLE },
        { " x ", BP_SHORTHAND_NOT_AVAILABLE },
        { "[Z]", BP_SHORTHAND_NOT_APPLICABLE },
        { "z", BP_SHORTHAND_NOT_APPLICABLE },
        { "[LOW]", BP_SHORTHAND_LOW },
        { "low", BP_SHORTHAND_LOW },
        { "", BP_SHORTHAND_NONE },
        { "[", BP_SHORTHAND_NONE },
        { "[]", BP_SHORTHAND_NONE },
        { "[c", BP_SHORTHAND_NONE },
        { "c]", BP_SHORTHAND_NONE },
        { "cc", BP_SHORTHAND_NONE },
        { "lo", BP_SHORTHAND_NONE },
        { "lower", BP_SHORTHAND_NONE },
        { "5", BP_SHORTHAND_NONE },
        { "\xff", BP_SHORTHAND_NONE },
        { NULL, BP_SHORTHAND_NONE },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
        g_assert_cmpint (bp_shorthand_parse (cases[i].text), ==, cases[i].shorthand);
    for (int i = BP_SHORTHAND_CONFIDENTIAL; i <= BP_SHORTHAND_LOW; i++)
        g_assert_cmpint (bp_shorthand_parse (bp_shorthand_text ((BpShorthand)i)), ==, i);
    g_assert_cmpstr (bp_shorthand_text (BP_SHORTHAND_NONE), ==, "");
    g_autofree char *endless = g_strnfill (1000000, 'c');
    g_assert_cmpint (bp_shorthand_parse (endless), ==, BP_SHORTHAND_NONE);
}

static void words_are_those_of_the_contract (void)
{
    g_assert_cmpstr (bp_unit_name (BP_UNIT_GBP), ==, "gbp");
    g_assert_cmpstr (bp_unit_name (BP_UNIT_PERCENT), ==, "percent");
    g_assert_cmpstr (bp_unit_words (BP_UNIT_PERCENT), ==, "per cent");
    g_assert_cmpstr (bp_unit_words (BP_UNIT_WEEKS), ==, "weeks");
    g_assert_cmpstr (bp_unit_words (BP_UNIT_GBP), ==, "pounds");
    g_assert_cmpstr (bp_polarity_words (BP_POLARITY_HIGHER), ==, "Higher is better");
    g_assert_cmpstr (bp_polarity_words (BP_POLARITY_LOWER), ==, "Lower is better");
    g_assert_cmpstr (bp_movement_word (BP_MOVEMENT_IMPROVED), ==, "Improved");
    g_assert_cmpstr (bp_movement_word (BP_MOVEMENT_SAME), ==, "Same");
    g_assert_cmpstr (bp_movement_word (BP_MOVEMENT_WORSE), ==, "Worse");
    g_assert_cmpstr (bp_movement_word (BP_MOVEMENT_CHANGED), ==, "Changed");
    g_assert_cmpstr (bp_movement_word (BP_MOVEMENT_NONE), ==, "No value");
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/domain/kpi/polarity_decides_what_is_better", polarity_decides_what_is_better);
    g_test_add_func ("/domain/kpi/only_like_periods_are_compared", only_like_periods_are_compared);
    g_test_add_func ("/domain/kpi/growth_is_computed_before_rounding", growth_is_computed_before_rounding);
    g_test_add_func ("/domain/kpi/shares_are_never_rounded_to_all_or_nothing", shares_are_never_rounded_to_all_or_nothing);
    g_test_add_func ("/domain/kpi/change_of_a_percentage_is_in_points", change_of_a_percentage_is_in_points);
    g_test_add_func ("/domain/kpi/projected_and_actual_by_census", projected_and_actual_by_census);
    g_test_add_func ("/domain/kpi/shorthand_is_read_bare_or_bracketed", shorthand_is_read_bare_or_bracketed);
    g_test_add_func ("/domain/kpi/words_are_those_of_the_contract", words_are_those_of_the_contract);
    return g_test_run ();
}
