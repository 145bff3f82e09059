#include "base/number.h"

#include <math.h>

static void numbers_are_read_strictly (void)
{
    static const struct
    {
        const char *text;
        bool is_read;
        double value;
        int decimals;
        bool is_percent;
    } cases[] = {
        { "1,234", true, 1234, 0, false },
        { "67%", true, 67, 0, true },
        { "67.25 per cent", true, 67.25, 2, true },
        { "-3", true, -3, 0, false },
        { "\xe2\x88\x92 3", false, 0, 0, false },
        { "\xe2\x88\x92"
          "3.5",
          true, -3.5, 1, false },
        { "473,255", true, 473255, 0, false },
        { "1,23", false, 0, 0, false },
        { "12,34,567", false, 0, 0, false },
        { "1,5", false, 0, 0, false },
        { "1.5.2", false, 0, 0, false },
        { "12abc", false, 0, 0, false },
        { "", false, 0, 0, false },
        { ".5", false, 0, 0, false },
        { "5.", false, 0, 0, false },
        { "nan", false, 0, 0, false },
        { "1e5", false, 0, 0, false },
        { "0x10", false, 0, 0, false },
        { " 42 ", true, 42, 0, false },
        { "\xc2\xa3"
          "1,200.50",
          true, 1200.5, 2, false },
        { "007", true, 7, 0, false },
        { "1234,567", false, 0, 0, false },
        { ",123", false, 0, 0, false },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        BpNumber number = { 0 };
        g_test_message ("%s", cases[i].text);
        g_assert_cmpint (bp_number_parse (cases[i].text, &number), ==, cases[i].is_read);
        if (!cases[i].is_read)
            continue;
        g_assert_cmpfloat (number.value, ==, cases[i].value);
        g_assert_cmpint (number.decimals, ==, cases[i].decimals);
        g_assert_cmpint (number.is_percent, ==, cases[i].is_percent);
    }
}

static void numbers_are_printed_with_commas_and_a_true_minus (void)
{
    static const struct
    {
        double value;
        int decimals;
        const char *text;
    } cases[] = { { 1234567, 0, "1,234,567" },
                  { 999, 0, "999" },
                  { -12, 0,
                    "\xe2\x88\x92"
                    "12" },
                  { -0.2, 0, "0" },
                  { 0.5, 0, "1" },
                  { 2.5, 0, "3" },
                  { -2.5, 0,
                    "\xe2\x88\x92"
                    "3" },
                  { 0.285, 2, "0.29" },
                  { 0, 1, "0.0" },
                  { 1e15, 0, "1,000,000,000,000,000" },
                  { 0.05, 2, "0.05" },
                  { 11.3943, 2, "11.39" },
                  { NAN, 0, "[x]" } };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autofree char *text = bp_number_dup_text (cases[i].value, cases[i].decimals);
        g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void a_share_is_never_all_or_nothing_unless_it_is (void)
{
    static const struct
    {
        double n, d;
        int decimals;
        double percent;
    } cases[] = { { 105, 106, 0, 99 }, { 106, 106, 0, 100 },     { 0, 106, 0, 0 },      { 999, 1000, 0, 99 },
                  { 1, 1000, 0, 1 },   { 54, 92, 0, 59 },        { 38, 92, 0, 41 },     { 41, 61, 0, 67 },
                  { 2, 69, 0, 3 },     { 9999, 10000, 1, 99.9 }, { 1, 100000, 1, 0.1 }, { 14, 69, 1, 20.3 } };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
        g_assert_cmpfloat_with_epsilon (bp_share_percent (cases[i].n, cases[i].d, cases[i].decimals), cases[i].percent, 1e-9);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/base/number/numbers_are_read_strictly", numbers_are_read_strictly);
    g_test_add_func ("/base/number/numbers_are_printed_with_commas_and_a_true_minus", numbers_are_printed_with_commas_and_a_true_minus);
    g_test_add_func ("/base/number/a_share_is_never_all_or_nothing_unless_it_is", a_share_is_never_all_or_nothing_unless_it_is);
    return g_test_run ();
}
