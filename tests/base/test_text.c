#include "base/text.h"

static void refs_sort_in_natural_order (void)
{
    static const char *const ordered[]
        = { "1", "1.1", "1.2", "1.10", "2", "4.2", "4.2.1", "4.2.9", "4.2.10", "4.2.11", "4.3", "4a", "4b", "10", "10a", "10b", "A1" };
    for (gsize i = 0; i < G_N_ELEMENTS (ordered); i++)
        for (gsize j = 0; j < G_N_ELEMENTS (ordered); j++)
        {
            int order = bp_ref_compare (ordered[i], ordered[j]);
            g_assert_cmpint ((order > 0) - (order < 0), ==, (i > j) - (i < j));
        }
}

static void names_that_differ_in_dashes_quotes_and_blanks_fold_together (void)
{
    static const struct
    {
        const char *a, *b;
        bool is_same;
    } cases[] = {
        { "Head of Service -Access, Inclusion", "Head of Service \xe2\x80\x93 Access, Inclusion", true },
        { "Service Manager  \xe2\x80\x93 Education", "service manager - education", true },
        { "Children\xe2\x80\x99s Delivery Group", "Children's Delivery Group", true },
        { " Learner\xc2\xa0Support ", "learner support", true },
        { "Learner Support", "Learners Support", false },
        { "caf\xc3\xa9", "cafe\xcc\x81", true },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autofree char *a = bp_text_dup_folded (cases[i].a);
        g_autofree char *b = bp_text_dup_folded (cases[i].b);
        g_test_message ("'%s' '%s'", a, b);
        g_assert_cmpint (g_str_equal (a, b), ==, cases[i].is_same);
    }
}

static void markup_debris_is_stripped_and_words_stay (void)
{
    static const struct
    {
        const char *raw, *clean;
    } cases[] = {
        { "<b>1.1</b> Developing", "1.1 Developing" },
        { "<ul><li>Deliver</li><li>Train</li></ul>", "Deliver Train" },
        { "12<sup>th</sup> Dec", "12th Dec" },
        { "\xe2\x86\x92  \xe2\x80\xa2 Arrow", "Arrow" },
        { "a < b and c > d", "a < b and c > d" },
        { "line<br>break", "line break" },
        { "  two \xc2\xa0 blanks\n here\xe2\x80\x8b ", "two blanks here" },
        { "12\xc2\xa0weeks, 5\xe2\x80\xaf%", "12\xc2\xa0weeks, 5\xc2\xa0%" }, /* no-break spaces stay */
        { "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7 so\xe2\x80\x8b"
          "ft",
          "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7 so\xe2\x80\x8b"
          "ft" }, /* and joiners */
        { "", "" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autofree char *clean = bp_text_dup_cleaned (cases[i].raw);
        g_assert_cmpstr (clean, ==, cases[i].clean);
    }
}

static void the_nearest_name_is_only_offered_when_it_is_near (void)
{
    static const char *const names[] = { "label", "letter", "shape", "colour", NULL };
    g_assert_cmpstr (bp_text_find_nearest ("lable", names), ==, "label");
    g_assert_cmpstr (bp_text_find_nearest ("color", names), ==, "colour");
    g_assert_null (bp_text_find_nearest ("zzzzzzzz", names));
}

static void lists_are_joined_as_in_a_sentence (void)
{
    static const char *const words[] = { "a", "b", "c", "d", "e", NULL };
    g_autofree char *all = bp_text_dup_joined (words, 0);
    g_autofree char *some = bp_text_dup_joined (words, 2);
    g_assert_cmpstr (all, ==, "a, b, c, d and e");
    g_assert_cmpstr (some, ==, "a, b and 3 more");
    g_auto (GStrv) parts = bp_text_split_list (" x ;; y; ", ';');
    g_assert_cmpuint (g_strv_length (parts), ==, 2);
    g_assert_cmpstr (parts[1], ==, "y");
}

static void text_is_cut_at_a_word (void)
{
    g_autofree char *cut = bp_text_dup_shortened ("Review of existing pathways for young people", 25);
    g_assert_cmpstr (cut, ==, "Review of existing\xe2\x80\xa6");
    g_autofree char *whole = bp_text_dup_shortened ("Short", 25);
    g_assert_cmpstr (whole, ==, "Short");
}

static void what_a_terminal_would_obey_is_spelt_out (void)
{
    static const struct
    {
        const char *typed, *line, *lines;
    } rows[] = {
        { "a\tb\nc", "a\\x09b\\nc", "a\tb\nc" },
        { "\x1b[31mred\x7f", "\\x1b[31mred\\x7f", "\\x1b[31mred\\x7f" },
        { "\xc2\x9b"
          "2J",
          "\\x9b2J", "\\x9b2J" },
        { "\u202egnp.exe\u2066\u200f", "\\u202egnp.exe\\u2066\\u200f", "\\u202egnp.exe\\u2066\\u200f" },
        { "a\u2028b", "a\\u2028b", "a\\u2028b" },
        { "\xff\x41\xc3", "\\xffA\\xc3", "\\xffA\\xc3" },
        { "Zo\u00eb \u2192 \U0001f600 \\n", "Zo\u00eb \u2192 \U0001f600 \\n", "Zo\u00eb \u2192 \U0001f600 \\n" },
        { "", "", "" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
        g_autoptr (GString) line = g_string_new (NULL);
        g_autoptr (GString) lines = g_string_new (NULL);
        bp_text_append_visible (line, rows[i].typed, false);
        bp_text_append_visible (lines, rows[i].typed, true);
        g_assert_cmpstr (line->str, ==, rows[i].line);
        g_assert_cmpstr (lines->str, ==, rows[i].lines);
    }
}

static void a_quotation_is_one_short_line (void)
{
    g_autofree char *many = g_strnfill (1000000, 'x'), *cut = bp_text_dup_quoted (many);
    g_assert_cmpint (g_utf8_strlen (cut, -1), ==, 200);
    g_assert_true (g_str_has_suffix (cut, "xx\xe2\x80\xa6"));
    g_autofree char *whole = g_strnfill (200, 'y'), *kept = bp_text_dup_quoted (whole);
    g_assert_cmpstr (kept, ==, whole);
    g_autofree char *lines = bp_text_dup_quoted ("a\nb"), *nothing = bp_text_dup_quoted (NULL);
    g_assert_cmpstr (lines, ==, "a\\nb");
    g_assert_cmpstr (nothing, ==, "");
}

static void straight_quotes_are_printed_as_curly_ones (void)
{
    static const struct
    {
        const char *typed, *printed;
    } rows[] = {
        { "the programme's \"Local Offer Live\"", "the programme\u2019s \u201cLocal Offer Live\u201d" },
        { "'best' (\"good\")", "\u2018best\u2019 (\u201cgood\u201d)" },
        { "families' views of '24", "families\u2019 views of \u201924" },
        { "\u201calready\u201d", "\u201calready\u201d" },
        { "", "" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
        g_autofree char *printed = bp_text_dup_with_curly_quotes (rows[i].typed);
        g_assert_cmpstr (printed, ==, rows[i].printed);
    }
}

static void invalid_utf8_never_breaks_anything (void)
{
    static const char *const texts[] = { "\xff\xfe\x41", "abc\xc3", "\xed\xa0\x80", "\xf0\x9f\x98\x80", "\xe2\x80\x8b\xef\xbb\xbf" };
    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
        g_free (bp_text_dup_collapsed (texts[i]));
        g_free (bp_text_dup_folded (texts[i]));
        g_free (bp_text_dup_cleaned (texts[i]));
        g_free (bp_text_dup_shortened (texts[i], 1));
        g_free (bp_text_dup_capitalised (texts[i]));
        bp_text_is_blank (texts[i]);
    }
    g_assert_true (bp_text_is_blank ("\xe2\x80\x8b\xef\xbb\xbf \xc2\xa0"));
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/base/text/refs_sort_in_natural_order", refs_sort_in_natural_order);
    g_test_add_func ("/base/text/names_that_differ_in_dashes_quotes_and_blanks_fold_together",
                     names_that_differ_in_dashes_quotes_and_blanks_fold_together);
    g_test_add_func ("/base/text/markup_debris_is_stripped_and_words_stay", markup_debris_is_stripped_and_words_stay);
    g_test_add_func ("/base/text/the_nearest_name_is_only_offered_when_it_is_near", the_nearest_name_is_only_offered_when_it_is_near);
    g_test_add_func ("/base/text/lists_are_joined_as_in_a_sentence", lists_are_joined_as_in_a_sentence);
    g_test_add_func ("/base/text/text_is_cut_at_a_word", text_is_cut_at_a_word);
    g_test_add_func ("/base/text/what_a_terminal_would_obey_is_spelt_out", what_a_terminal_would_obey_is_spelt_out);
    g_test_add_func ("/base/text/a_quotation_is_one_short_line", a_quotation_is_one_short_line);
    g_test_add_func ("/base/text/straight_quotes_are_printed_as_curly_ones", straight_quotes_are_printed_as_curly_ones);
    g_test_add_func ("/base/text/invalid_utf8_never_breaks_anything", invalid_utf8_never_breaks_anything);
    return g_test_run ();
}
