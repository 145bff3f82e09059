#include "pack/value.h"

#include <math.h>

typedef struct
{
    BpValue value;
    const char *text;
} Row;

static BpValue with_kind (BpValue value, BpValueKind kind)
{
    value.kind = kind;
    return value;
}

static void check (const Row *rows, gsize count)
{
    for (gsize i = 0; i < count; i++)
    {
        g_autofree char *text = bp_value_dup_text (&rows[i].value);
        g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void percentages_are_never_100_nor_0_unless_they_are (void)
{
    const Row rows[] = {
        { bp_value_percent_of (105, 106, 0), "99%" },
        { bp_value_percent_of (106, 106, 0), "100%" },
        { bp_value_percent_of (1, 500, 0), "1%" },
        { bp_value_percent_of (0, 500, 0), "0%" },
        { bp_value_percent_of (41, 61, 0), "67%" },
        { bp_value_percent_of (2, 69, 0), "3%" },
        { bp_value_percent (99.7, 0), "99%" },
        { bp_value_percent (100.0, 0), "100%" },
        { bp_value_percent (0.2, 0), "1%" },
        { bp_value_percent (0.0, 0), "0%" },
        { bp_value_percent (11.3943, 2), "11.39%" },
        { bp_value_percent (83.33, 0), "83%" },
        { bp_value_percent (120.4, 0), "120%" },
        { bp_value_of_percent (68, 69), "68 (99%)" },
        { bp_value_of_percent (0, 0), "0" },
        { bp_value_of_percent (26, 69), "26 (38%)" },
        { bp_value_of (26, 69), "26 of 69" },
        { bp_value_of (1200, 3100), "1,200 of 3,100" },
        { bp_value_percent_of (0, 0, 0), "0%" },
        { bp_value_percent_of (1, 3, 1), "33.3%" },
        { bp_value_percent_of (9999, 10000, 1), "99.9%" },
        { bp_value_percent (99.99, 1), "99.9%" },
        { bp_value_percent (0.01, 1), "0.1%" },
        { bp_value_percent (66.5, 0), "67%" },
        { bp_value_percent (-5, 0), "\u22125%" },
        { bp_value_of_percent (1, 1000), "1 (1%)" },
        { bp_value_of_percent (0, 69), "0 (0%)" },
        { bp_value_of_percent (69, 69), "69 (100%)" },
        { bp_value_of (0, 0), "0 of 0" },
    };
    check (rows, G_N_ELEMENTS (rows));
}

static void changes_carry_their_sign_and_unit (void)
{
    const Row rows[] = {
        { with_kind (bp_value_number (12.0, 0, NULL), BP_VALUE_POINTS), "+12 points" },
        { with_kind (bp_value_number (-12.0, 0, NULL), BP_VALUE_POINTS), "\u221212 points" },
        { with_kind (bp_value_number (1.0, 0, NULL), BP_VALUE_POINTS), "+1 point" },
        { with_kind (bp_value_number (-1.0, 0, NULL), BP_VALUE_POINTS), "\u22121 point" },
        { with_kind (bp_value_number (0.0, 0, NULL), BP_VALUE_POINTS), "0 points" },
        { with_kind (bp_value_number (0.46, 0, NULL), BP_VALUE_POINTS), "+0.5 points" },
        { with_kind (bp_value_number (-0.03, 1, NULL), BP_VALUE_POINTS), "\u22120.03 points" },
        { with_kind (bp_value_number (8.0, 0, "trainers"), BP_VALUE_CHANGE), "+8 trainers" },
        { with_kind (bp_value_number (-12.0, 0, "weeks"), BP_VALUE_CHANGE), "\u221212 weeks" },
        { with_kind (bp_value_number (-1.0, 0, "weeks"), BP_VALUE_CHANGE), "\u22121 week" },
        { with_kind (bp_value_number (0.0001, 0, NULL), BP_VALUE_POINTS), "0.00 points" },
        { with_kind (bp_value_number (4.72, 2, NULL), BP_VALUE_POINTS), "+4.72 points" },
        { with_kind (bp_value_number (-58914, 0, NULL), BP_VALUE_CHANGE), "\u221258,914" },
        { with_kind (bp_value_number (0, 0, "days"), BP_VALUE_CHANGE), "0 days" },
    };
    check (rows, G_N_ELEMENTS (rows));
}

static void numbers_dates_and_words_are_printed_in_full (void)
{
    const BpDate date = bp_date_new (2025, 7, 31);
    const BpMark on_track = { .word = "On track", .letter = "G" };
    const BpMark complete = { .word = "Complete", .letter = "C" };
    const BpMark none = { .word = NULL };
    const Row rows[] = {
        { bp_value_none (), "" },
        { bp_value_text (NULL), "" },
        { bp_value_count (3100), "3,100" },
        { bp_value_number (38.0, 0, "weeks"), "38 weeks" },
        { bp_value_number (1.0, 0, "weeks"), "1 week" },
        { bp_value_number (1.0, 1, "weeks"), "1.0 weeks" },
        { with_kind (bp_value_number (1250000, 0, NULL), BP_VALUE_MONEY), "£1,250,000" },
        { with_kind (bp_value_number (-5, 0, NULL), BP_VALUE_MONEY), "\u2212£5" },
        { with_kind (bp_value_number (-0.2, 0, NULL), BP_VALUE_MONEY), "£0" },
        { bp_value_date (date, BP_DATE_LONG), "31 July 2025" },
        { bp_value_date (BP_DATE_NONE, BP_DATE_LONG), "" },
        { bp_value_status (on_track), "On track" },
        { bp_value_status_change (on_track, complete), "On track → Complete" },
        { bp_value_status_change (none, complete), "None" },
        { bp_value_movement (BP_DIRECTION_UP, BP_JUDGEMENT_GOOD, "Improved"), "Improved" },
        { bp_value_shorthand ("[c]"), "[c]" },
        { bp_value_shorthand ("[x]"), "[x]" },
        { bp_value_shorthand ("[z]"), "[z]" },
        { bp_value_shorthand ("[low]"), "[low]" },
        { bp_value_status (none), "" },
        { with_kind (bp_value_text ("tested by measure 5"), BP_VALUE_DOT), "tested by measure 5" },
        { with_kind (bp_value_text ("rose from 38% to 50%"), BP_VALUE_SPARK), "rose from 38% to 50%" },
        { bp_value_date (date, BP_DATE_MEDIUM), "31 Jul 2025" },
        { bp_value_date (date, BP_DATE_DAY_MONTH), "31 Jul" },
        { bp_value_date (date, BP_DATE_MONTH), "July 2025" },
        { bp_value_date (date, BP_DATE_ISO), "2025-07-31" },
        { bp_value_date (bp_date_new (2024, 2, 29), BP_DATE_LONG), "29 February 2024" },
        { bp_value_count (0), "0" },
        { bp_value_count (-12), "\u221212" },
        { bp_value_count (1000000), "1,000,000" },
        { bp_value_number (-1, 0, "weeks"), "\u22121 week" },
        { bp_value_number (1, 0, "pass"), "1 pass" },
        { bp_value_number (2, 2, NULL), "2.00" },
        { bp_value_number (2.5, 0, NULL), "3" },
        { bp_value_number (-2.5, 0, NULL), "\u22123" },
        { bp_value_number (-0.2, 0, NULL), "0" },
        { bp_value_number (5, 0, ""), "5" },
        { with_kind (bp_value_number (12.5, 2, NULL), BP_VALUE_MONEY), "£12.50" },
        { bp_value_sign (BP_SIGN_ERROR, "Error"), "Error" },
        { bp_value_tag ("Stale"), "Stale" },
        { bp_value_yes_no (true), "Yes" },
        { bp_value_yes_no (false), "No" },
    };
    check (rows, G_N_ELEMENTS (rows));
}

static void a_figure_key_changes_nothing_printed (void)
{
    const BpValue value = bp_value_with_figure (bp_value_count (26), "actions.done");
    g_autofree char *text = bp_value_dup_text (&value);
    g_assert_cmpstr (text, ==, "26");
    g_assert_cmpstr (value.figure, ==, "actions.done");
}

/* No kind is left without a text of its own, and a figure's key never changes what is printed. */
static void every_kind_has_a_text (void)
{
    for (int kind = BP_VALUE_NONE; kind <= BP_VALUE_YES_NO; kind++)
    {
        BpValue value = { .kind = (BpValueKind)kind };
        g_autofree char *bare = bp_value_dup_text (&value);
        g_assert_nonnull (bare);
        g_assert_true (g_utf8_validate (bare, -1, NULL));
        value = bp_value_with_figure (value, "a.key");
        g_autofree char *keyed = bp_value_dup_text (&value);
        g_assert_cmpstr (bare, ==, keyed);
    }
}

/* Whatever the counts, the printed share is 0 or 100 only where it is so, and never a point or more away. */
static void the_share_rule_holds_for_all_small_counts (void)
{
    for (int d = 1; d <= 210; d++)
        for (int n = 0; n <= d; n++)
        {
            BpValue value = bp_value_percent_of (n, d, 0);
            g_autofree char *text = bp_value_dup_text (&value);
            g_assert_cmpint (g_strcmp0 (text, "100%") == 0, ==, n == d);
            g_assert_cmpint (g_strcmp0 (text, "0%") == 0, ==, n == 0);
            g_assert_cmpfloat (fabs (g_ascii_strtod (text, NULL) - 100.0 * n / d), <, 1.0);
        }
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/pack/value/percentages_are_never_100_nor_0_unless_they_are", percentages_are_never_100_nor_0_unless_they_are);
    g_test_add_func ("/pack/value/changes_carry_their_sign_and_unit", changes_carry_their_sign_and_unit);
    g_test_add_func ("/pack/value/numbers_dates_and_words_are_printed_in_full", numbers_dates_and_words_are_printed_in_full);
    g_test_add_func ("/pack/value/a_figure_key_changes_nothing_printed", a_figure_key_changes_nothing_printed);
    g_test_add_func ("/pack/value/every_kind_has_a_text", every_kind_has_a_text);
    g_test_add_func ("/pack/value/the_share_rule_holds_for_all_small_counts", the_share_rule_holds_for_all_small_counts);
    return g_test_run ();
}
