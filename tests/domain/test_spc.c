#include "domain/spc.h"

#include <math.h>
#include <string.h>

/* A series as text, one word a value, "-" a gap, "|" before a break, "^" before a re-basing. */
typedef struct
{
    double values[64];
    BpSpcStart starts[64];
    int count;
} Series;

static Series series_of (const char *text)
{
    Series series = { .count = 0 };
    g_auto (GStrv) words = g_strsplit (text, " ", -1);
    for (int i = 0; words[i] != NULL; i++)
    {
        g_assert_cmpint (series.count, <, 64);
        const char *word = words[i];
        series.starts[series.count] = *word == '|' ? BP_SPC_BREAK : *word == '^' ? BP_SPC_REBASE : BP_SPC_GOES_ON;
        word += *word == '|' || *word == '^';
        series.values[series.count++] = strcmp (word, "-") == 0 ? NAN : g_ascii_strtod (word, NULL);
    }
    return series;
}

static const BpSpcRule standard = { .least_points = 12, .baseline_points = 12, .run_points = 7, .trend_points = 7 };
static const BpSpcAim lower_is_better = { .better = BP_SPC_LOWER, .target = NAN };

static BpSpc *spc_of (const BpSpcRule *rule, const BpSpcAim *aim, const char *text)
{
    Series series = series_of (text);
    return bp_spc_new (rule, aim, series.values, series.starts, series.count);
}

/* A letter a point: . usual, O outside, R run, T trend, N near, - no judgement; small where low. Caller frees. */
static char *dup_causes (const BpSpc *spc)
{
    static const char letters[] = { '.', 'O', 'R', 'T', 'N' };
    GString *text = g_string_new (NULL);
    for (int i = 0; i < spc->point_count; i++)
    {
        const BpSpcPoint *point = &spc->points[i];
        char letter = point->meaning == BP_SPC_PLAIN ? '-' : letters[point->cause];
        g_string_append_c (text, point->is_high ? letter : g_ascii_tolower (letter));
    }
    return g_string_free (text, FALSE);
}

/* The series of the public NHSRplotthedots documentation; figures by hand. */
static void limits_are_those_of_the_known_series (void)
{
    static const char text[] = "1 2 1 2 10 1 2 1 2 1 2 1 2 1 2 1 2 1";
    static const struct
    {
        bool screens;
        double range, lower, upper;
    } cases[] = { { false, 32.0 / 17, -3.0626, 6.9515 }, { true, 1.0, -0.7156, 4.6044 } };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        BpSpcRule rule = standard;
        rule.baseline_points = 0;
        rule.screens_moving_ranges = cases[i].screens;
        g_autoptr (BpSpc) spc = spc_of (&rule, &lower_is_better, text);
        const BpSpcStretch *stretch = bp_spc_last_stretch (spc);
        g_assert_true (stretch->has_limits);
        g_assert_cmpint (stretch->base_last, ==, 17);
        g_assert_cmpfloat_with_epsilon (stretch->mean, 35.0 / 18, 1e-12);
        g_assert_cmpfloat_with_epsilon (stretch->average_range, cases[i].range, 1e-12);
        g_assert_cmpfloat_with_epsilon (stretch->lower, cases[i].lower, 5e-5);
        g_assert_cmpfloat_with_epsilon (stretch->upper, cases[i].upper, 5e-5);
        g_autofree char *causes = dup_causes (spc);
        g_assert_cmpstr (causes, ==, "....O.............");
        g_assert_cmpint (spc->points[4].meaning, ==, BP_SPC_CONCERN);
    }
}

/* Twelve values that make a mean of 10 and, at one apart, limits of 7.34 and 12.66; the outer third from 11.77 and to 8.23. */
#define BASE "9.5 10.5 9.5 10.5 9.5 10.5 9.5 10.5 9.5 10.5 9.5 10.5"
#define QUIET "............"

static void each_rule_marks_its_points (void)
{
    static const struct
    {
        const char *text, *causes;
    } cases[] = {
        { BASE, QUIET },
        /* outside: beyond the limit, not on it */
        { BASE " 12.66 12.67", QUIET "NO" },
        { BASE " 12.65 10.5 9.5", QUIET "..." },
        { BASE " 7.33", QUIET "o" },
        /* a run is seven; the last 10.5 of the base is above the mean too */
        { BASE " 9.9 9.9 9.9 9.9 9.9 9.9", QUIET "......" },
        { BASE " 9.9 9.8 9.9 9.8 9.9 9.8 9.9", QUIET "rrrrrrr" },
        { BASE " 10.1 10.2 10.1 10.2 10.1 10.2", "...........RRRRRRR" },
        /* on the mean is on neither side */
        { BASE " 9.9 9.9 9.9 10 9.9 9.9 9.9", QUIET "......." },
        /* a trend is seven values, six steps; equal values end it */
        { BASE " 9.2 9.4 9.6 9.8 10.2 10.4 10.6", QUIET "TTTTTTT" },
        { BASE " 9.2 9.4 9.6 9.8 9.8 10.2 10.4", QUIET "......." },
        { BASE " 10.9 10.7 10.5 10.3 9.8 9.6 9.4", "............ttttttt" },
        /* two of three near the same limit; the third may be anywhere, and is not marked */
        { BASE " 12 10 12", QUIET "N.N" },
        { BASE " 12 12", QUIET "NN" },
        { BASE " 12 10 10 12", QUIET "...." },
        { BASE " 12 8 10", QUIET "..." },
        { BASE " 8 9 8", QUIET "n.n" },
        /* the first of several reasons is told */
        { BASE " 9 9 9 9 9 9 7", QUIET "rrrrrro" },
        /* nothing is read across a gap, and it is judged itself as nothing */
        { BASE " 9.9 9.9 9.9 9.9 - 9.9 9.9 9.9", QUIET "....-..." },
        { BASE " 9.2 9.4 9.6 - 9.8 10.2 10.4 10.6", QUIET "...-...." },
        { BASE " 12 - 12", QUIET ".-." },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autoptr (BpSpc) spc = spc_of (&standard, &lower_is_better, cases[i].text);
        g_autofree char *causes = dup_causes (spc);
        g_test_message ("%s", cases[i].text);
        g_assert_cmpstr (causes, ==, cases[i].causes);
    }
}

static void rules_are_settings (void)
{
    BpSpcRule rule = standard;
    rule.run_points = 6;
    g_autoptr (BpSpc) shorter = spc_of (&rule, &lower_is_better, BASE " 9.9 9.9 9.9 9.9 9.9 9.9");
    g_assert_cmpint (shorter->points[17].cause, ==, BP_SPC_CAUSE_RUN);
    g_assert_cmpint (shorter->points[17].length, ==, 6);
    rule.run_points = rule.trend_points = 0;
    g_autoptr (BpSpc) none = spc_of (&rule, &lower_is_better, BASE " 9.9 9.8 9.7 9.6 9.5 9.4 9.3 9.2");
    g_assert_cmpint (none->points[19].cause, ==, BP_SPC_CAUSE_NONE);
    rule.least_points = 0;
    g_autoptr (BpSpc) off = spc_of (&rule, &lower_is_better, BASE);
    g_assert_false (off->stretches[0].has_limits);
}

static void limits_lock_on_the_first_points (void)
{
    g_autoptr (BpSpc) locked = spc_of (&standard, &lower_is_better, BASE " 20 30 40");
    g_assert_cmpint (locked->stretches[0].base_last, ==, 11);
    g_assert_cmpfloat_with_epsilon (locked->stretches[0].mean, 10, 1e-9);
    BpSpcRule rule = standard;
    rule.baseline_points = 14;
    g_autoptr (BpSpc) later = spc_of (&rule, &lower_is_better, BASE " 20 30 40");
    g_assert_cmpint (later->stretches[0].base_last, ==, 13);
    /* a baseline never has fewer points than limits need */
    rule.baseline_points = 3;
    g_autoptr (BpSpc) short_base = spc_of (&rule, &lower_is_better, BASE " 20 30 40");
    g_assert_cmpint (short_base->stretches[0].base_last, ==, 11);
}

static void gaps_and_breaks_decide_where_limits_stand (void)
{
    /* for each stretch: start, first, last, base; longest row of values */
    static const struct
    {
        const char *text, *stretches;
    } cases[] = {
        { "1 2 3 4 5 6 7", "g0-6 none 7" },
        { "1 2 3 4 5 6 - 1 2 3 4 5 6", "g0-12 none 6 gap" },
        { "1 2 3 - " BASE " 9 - 9", "g0-18 4-15 13 gap" },
        /* a break counts at once */
        { BASE " |5 5 5", "g0-11 0-11 12, b12-14 none 3" },
        /* a re-basing waits for its twelve points */
        { BASE " ^5 5 5", "g0-14 0-11 15" },
        { BASE " ^" BASE, "g0-11 0-11 12, r12-23 12-23 12" },
        { BASE " ^5 5 - 5 5 5 5 5 5 5 5 5 5", "g0-24 0-11 14 gap" },
        { "^" BASE, "r0-11 0-11 12" },
        { "|- - -", "b0-2 none 0 gap" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autoptr (BpSpc) spc = spc_of (&standard, &lower_is_better, cases[i].text);
        g_autoptr (GString) text = g_string_new (NULL);
        for (int s = 0; s < spc->stretch_count; s++)
        {
            const BpSpcStretch *stretch = &spc->stretches[s];
            g_string_append_printf (text, "%s%c%d-%d ", s > 0 ? ", " : "", "gbr"[stretch->start], stretch -> first, stretch -> last);
            if (stretch->has_limits)
                g_string_append_printf (text, "%d-%d", stretch->base_first, stretch->base_last);
            else
                g_string_append (text, "none");
            g_string_append_printf (text, " %d%s", stretch->longest, stretch->has_gap ? " gap" : "");
        }
        g_test_message ("%s", cases[i].text);
        g_assert_cmpstr (text->str, ==, cases[i].stretches);
    }
}

static void polarity_gives_a_special_cause_its_meaning (void)
{
    static const struct
    {
        BpSpcAim aim;
        BpSpcMeaning high, low;
    } cases[] = {
        { { BP_SPC_HIGHER, NAN, 0 }, BP_SPC_IMPROVEMENT, BP_SPC_CONCERN }, { { BP_SPC_LOWER, NAN, 0 }, BP_SPC_CONCERN, BP_SPC_IMPROVEMENT },
        { { BP_SPC_NEITHER, 50, 0 }, BP_SPC_NEUTRAL, BP_SPC_NEUTRAL },     { { BP_SPC_NEAR, NAN, 0 }, BP_SPC_NEUTRAL, BP_SPC_NEUTRAL },
        { { BP_SPC_NEAR, 15, 1 }, BP_SPC_IMPROVEMENT, BP_SPC_CONCERN },    { { BP_SPC_NEAR, 5, 1 }, BP_SPC_CONCERN, BP_SPC_IMPROVEMENT },
        { { BP_SPC_NEAR, 10.5, 1 }, BP_SPC_CONCERN, BP_SPC_CONCERN },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autoptr (BpSpc) spc = spc_of (&standard, &cases[i].aim, BASE " 13 7 10 -");
        g_assert_cmpint (spc->points[12].meaning, ==, cases[i].high);
        g_assert_cmpint (spc->points[13].meaning, ==, cases[i].low);
        g_assert_cmpint (spc->points[14].meaning, ==, BP_SPC_USUAL);
        g_assert_cmpint (spc->points[15].meaning, ==, BP_SPC_PLAIN);
    }
}

static void the_target_is_held_against_the_limits (void)
{
    /* limits 7.34 and 12.66 */
    static const struct
    {
        BpSpcAim aim;
        BpSpcAssurance assurance;
    } cases[] = {
        { { BP_SPC_HIGHER, 7, 0 }, BP_SPC_ASSURANCE_PASS },         { { BP_SPC_HIGHER, 7.34, 0 }, BP_SPC_ASSURANCE_PASS },
        { { BP_SPC_HIGHER, 10, 0 }, BP_SPC_ASSURANCE_HIT_OR_MISS }, { { BP_SPC_HIGHER, 12.66, 0 }, BP_SPC_ASSURANCE_HIT_OR_MISS },
        { { BP_SPC_HIGHER, 13, 0 }, BP_SPC_ASSURANCE_FAIL },        { { BP_SPC_LOWER, 13, 0 }, BP_SPC_ASSURANCE_PASS },
        { { BP_SPC_LOWER, 8, 0 }, BP_SPC_ASSURANCE_HIT_OR_MISS },   { { BP_SPC_LOWER, 7, 0 }, BP_SPC_ASSURANCE_FAIL },
        { { BP_SPC_NEAR, 10, 3 }, BP_SPC_ASSURANCE_PASS },          { { BP_SPC_NEAR, 10, 1 }, BP_SPC_ASSURANCE_HIT_OR_MISS },
        { { BP_SPC_NEAR, 20, 1 }, BP_SPC_ASSURANCE_FAIL },          { { BP_SPC_NEITHER, 10, 1 }, BP_SPC_ASSURANCE_NONE },
        { { BP_SPC_HIGHER, NAN, 0 }, BP_SPC_ASSURANCE_NONE },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autoptr (BpSpc) spc = spc_of (&standard, &cases[i].aim, BASE);
        g_assert_cmpint (spc->assurance, ==, cases[i].assurance);
    }
    const BpSpcAim aim = { BP_SPC_HIGHER, 7, 0 };
    g_autoptr (BpSpc) few = spc_of (&standard, &aim, "9 9 9");
    g_assert_cmpint (few->assurance, ==, BP_SPC_ASSURANCE_NONE);
    g_autoptr (BpSpc) broken = spc_of (&standard, &aim, BASE " |9 9");
    g_assert_cmpint (broken->assurance, ==, BP_SPC_ASSURANCE_NONE);
}

/* What never changes varies in no way, though a mean of tenths is not quite a tenth. */
static void a_constant_series_has_no_special_cause (void)
{
    static const char *const words[] = { "0.1", "0", "-7.3", "1e15" };
    for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
        g_autoptr (GString) text = g_string_new (words[i]);
        for (int j = 1; j < 30; j++)
            g_string_append_printf (text, " %s", words[i]);
        g_autoptr (BpSpc) spc = spc_of (&standard, &lower_is_better, text->str);
        g_assert_true (spc->stretches[0].has_limits);
        g_assert_cmpfloat_with_epsilon (spc->stretches[0].upper, spc->stretches[0].lower, 1e-9);
        for (int j = 0; j < 30; j++)
            g_assert_cmpint (spc->points[j].meaning, ==, BP_SPC_USUAL);
    }
    g_autoptr (BpSpc) moved = spc_of (&standard, &lower_is_better, "1 1 1 1 1 1 1 1 1 1 1 1 2 1");
    g_assert_cmpint (moved->points[12].cause, ==, BP_SPC_CAUSE_OUTSIDE);
    g_assert_cmpint (moved->points[13].cause, ==, BP_SPC_CAUSE_NONE);
}

static void odd_numbers_give_finite_limits_or_none (void)
{
    g_autoptr (BpSpc) negative = spc_of (&standard, &lower_is_better, "-1 -2 -1 -2 -1 -2 -1 -2 -1 -2 -1 -2 -9");
    g_assert_cmpfloat_with_epsilon (negative->stretches[0].mean, -1.5, 1e-9);
    g_assert_cmpint (negative->points[12].cause, ==, BP_SPC_CAUSE_OUTSIDE);
    g_assert_false (negative->points[12].is_high);
    g_autoptr (BpSpc) huge
        = spc_of (&standard, &lower_is_better, "1e300 2e300 1e300 2e300 1e300 2e300 1e300 2e300 1e300 2e300 1e300 2e300");
    g_assert_true (huge->stretches[0].has_limits);
    g_assert_true (isfinite (huge->stretches[0].upper));
    g_autoptr (BpSpc) over
        = spc_of (&standard, &lower_is_better, "1e308 -1e308 1e308 -1e308 1e308 -1e308 1e308 -1e308 1e308 -1e308 1e308 -1e308");
    g_assert_false (over->stretches[0].has_limits);
    g_assert_cmpint (over->points[0].meaning, ==, BP_SPC_PLAIN);
    g_autoptr (BpSpc) infinite = spc_of (&standard, &lower_is_better, "inf " BASE);
    g_assert_cmpint (infinite->stretches[0].base_first, ==, 1);
    g_autoptr (BpSpc) empty = bp_spc_new (&standard, &lower_is_better, NULL, NULL, 0);
    g_assert_null (bp_spc_last_stretch (empty));
    g_assert_cmpint (empty->assurance, ==, BP_SPC_ASSURANCE_NONE);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/spc/known-series", limits_are_those_of_the_known_series);
    g_test_add_func ("/spc/rules", each_rule_marks_its_points);
    g_test_add_func ("/spc/settings", rules_are_settings);
    g_test_add_func ("/spc/lock", limits_lock_on_the_first_points);
    g_test_add_func ("/spc/stretches", gaps_and_breaks_decide_where_limits_stand);
    g_test_add_func ("/spc/meaning", polarity_gives_a_special_cause_its_meaning);
    g_test_add_func ("/spc/assurance", the_target_is_held_against_the_limits);
    g_test_add_func ("/spc/constant", a_constant_series_has_no_special_cause);
    g_test_add_func ("/spc/odd-numbers", odd_numbers_give_finite_limits_or_none);
    return g_test_run ();
}
