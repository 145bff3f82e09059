#include "render/pdf/line_break.h"

#include <string.h>

/* Every character is half an em wide: at 10 points a line of 50 holds ten. */
static int half_em (void *font, BpFace face, gunichar character)
{
    (void)font;
    (void)face;
    const bool is_mark = g_unichar_type (character) == G_UNICODE_NON_SPACING_MARK;
    return character >= 0x10000 ? -1 : is_mark ? 0 : 500;
}

static char *dup_lines (const char *text, int chars, BpBreakStyle style)
{
    g_autoptr (BpFonts) fonts = bp_fonts_new (half_em, NULL, NULL);
    GStringChunk *strings = g_string_chunk_new (256);
    const BpSpan span = { .text = text, .size_pt = 10.0 };
    g_autoptr (BpBrokenText) broken = bp_line_break (fonts, strings, &span, 1, chars * 5.0, style);
    GString *out = g_string_new (NULL);
    for (guint i = 0; i < broken->lines->len; i++)
    {
        const BpTextLine *line = &g_array_index (broken->lines, BpTextLine, i);
        g_assert_cmpfloat (line->width, <=, chars * 5.0 + 0.02);
        for (guint j = 0; j < line->segment_count; j++)
            g_string_append_printf (out, "%s%s", i > 0 && j == 0 ? "|" : "",
                                    g_array_index (broken->segments, BpSegment, line->first_segment + j).text);
    }
    g_string_chunk_free (strings);
    return g_string_free (out, FALSE);
}

static void test_lines (void)
{
    static const struct
    {
        const char *text;
        int chars;
        BpBreakStyle style;
        const char *lines;
    } cases[] = {
        { "", 10, BP_BREAK_TIDY, "" },
        { "   ", 10, BP_BREAK_TIDY, "" },
        { "one", 10, BP_BREAK_TIDY, "one" },
        { "one two three", 8, BP_BREAK_GREEDY, "one two|three" },
        { "  one   two  ", 20, BP_BREAK_GREEDY, "one two" },
        { "one\ntwo\tthree", 20, BP_BREAK_GREEDY, "one two three" },
        /* dates, periods, counts and units */
        { "due by 30 September 2025 at last", 24, BP_BREAK_GREEDY, "due by 30 September 2025|at last" },
        { "now due by 30 September 2025 at last", 24, BP_BREAK_GREEDY, "now due by|30 September 2025 at|last" },
        { "\u201cFebruary 2025 April 2025\u201d", 22, BP_BREAK_GREEDY, "\u201cFebruary 2025|April 2025\u201d" },
        { "value for Q4 2022/23", 12, BP_BREAK_GREEDY, "value for|Q4 2022/23" },
        { "for the Summer term 2025", 18, BP_BREAK_GREEDY, "for the|Summer term 2025" },
        { "in all 58 of 126 cases", 14, BP_BREAK_GREEDY, "in all|58 of 126|cases" },
        { "better by 12 points now", 14, BP_BREAK_GREEDY, "better by|12 points now" },
        { "about 38 per cent then", 14, BP_BREAK_GREEDY, "about|38 per cent|then" },
        { "in 2025, 12 weeks", 9, BP_BREAK_GREEDY, "in 2025,|12 weeks" },
        { "goes on to page 12 below", 15, BP_BREAK_GREEDY, "goes on to|page 12 below" },
        { "Lead: 26 (38%) so far", 12, BP_BREAK_GREEDY, "Lead:|26 (38%) so|far" },
        { "update. 3 dates have moved", 9, BP_BREAK_GREEDY, "update.|3 dates|have|moved" },
        { "of these 2 at risk, 1 not started", 12, BP_BREAK_GREEDY, "of these|2 at risk,|1 not|started" },
        { "of all 1 not started now", 13, BP_BREAK_GREEDY, "of all|1 not started|now" },
        { "London 12.7% England 13.6%", 20, BP_BREAK_GREEDY, "London 12.7%|England 13.6%" },
        { "the check A01, 2 times", 15, BP_BREAK_GREEDY, "the check|A01, 2 times" },
        { "on track, 2 on the way", 12, BP_BREAK_GREEDY, "on track, 2|on the way" },
        { "Manager – Education", 9, BP_BREAK_GREEDY, "Manager –|Education" },
        /* what is bound and wider than the line breaks at its spaces, a word at its characters */
        { "30 September 2025", 10, BP_BREAK_GREEDY, "30|September|2025" },
        { "abcdefghijklmnop", 5, BP_BREAK_GREEDY, "abcde|fghij|klmno|p" },
        { "ab abcdefgh", 5, BP_BREAK_GREEDY, "ab|abcde|fgh" },
        { "x", 0, BP_BREAK_GREEDY, "x" },
        /* hyphens and slashes between letters, nowhere else */
        { "the neuro-disability way", 10, BP_BREAK_GREEDY, "the neuro-|disability|way" },
        { "notes/action/risks", 8, BP_BREAK_GREEDY, "notes/|action/|risks" },
        { "on 2025-07-31 it", 8, BP_BREAK_GREEDY, "on|2025-07-|31 it" },
        { "in 2024/25 only", 8, BP_BREAK_GREEDY, "in|2024/25|only" },
        { "soft\xC2\xADhyphen", 8, BP_BREAK_GREEDY, "soft-|hyphen" },
        { "soft\xC2\xADhyphen", 20, BP_BREAK_GREEDY, "softhyphen" },
        { "a\xC2\xA0"
          "b c",
          4, BP_BREAK_GREEDY,
          "a\xC2\xA0"
          "b|c" },
        /* last lines */
        { "three words here now", 16, BP_BREAK_TIDY, "three words|here now" },
        { "three words characteristic", 16, BP_BREAK_TIDY, "three words|characteristic" },
        { "Everything was loaded; ten items need attention", 30, BP_BREAK_BALANCED, "Everything was loaded;|ten items need attention" },
        { "Area SEND Partnership Board", 24, BP_BREAK_BALANCED, "Area SEND|Partnership Board" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        if (cases[i].chars == 0)
            continue;
        g_autofree char *lines = dup_lines (cases[i].text, cases[i].chars, cases[i].style);
        if (g_strcmp0 (lines, cases[i].lines) != 0)
            g_test_message ("case %zu: %s", i, cases[i].text);
        g_assert_cmpstr (lines, ==, cases[i].lines);
    }
}

/* Nothing is lost and nothing loops, whatever the width. */
static void test_nothing_is_lost (void)
{
    static const char text[]
        = "Monitor timeliness of communication to families on 30 September 2025, and/or neuro-disability – 58 of 126 in Q4 2022/23 (46%).";
    for (int chars = 1; chars < 140; chars++)
        for (int style = BP_BREAK_GREEDY; style <= BP_BREAK_BALANCED; style++)
        {
            g_autofree char *lines = dup_lines (text, chars, (BpBreakStyle)style);
            g_auto (GStrv) parts = g_strsplit (lines, "|", -1);
            g_autofree char *joined = g_strjoinv ("", parts);
            g_auto (GStrv) with = g_strsplit (joined, " ", -1), without = g_strsplit (text, " ", -1);
            g_autofree char *a = g_strjoinv ("", with), *b = g_strjoinv ("", without);
            g_assert_cmpstr (a, ==, b);
        }
}

static void test_spans_keep_their_face (void)
{
    g_autoptr (BpFonts) fonts = bp_fonts_new (half_em, NULL, NULL);
    GStringChunk *strings = g_string_chunk_new (256);
    const BpSpan spans[3] = { { .text = "Way back:", .face = BP_FACE_BOLD, .size_pt = 10 },
                              { .text = " ", .size_pt = 10 },
                              { .text = "ask 1, cleared", .size_pt = 10 } };
    g_autoptr (BpBrokenText) broken = bp_line_break (fonts, strings, spans, 3, 75.0, BP_BREAK_GREEDY);
    g_assert_cmpuint (broken->lines->len, ==, 2);
    const BpSegment *first = &g_array_index (broken->segments, BpSegment, 0);
    g_assert_cmpint (first->span, ==, 0);
    g_assert_cmpstr (first->text, ==, "Way back:");
    const BpSegment *third = &g_array_index (broken->segments, BpSegment, 2);
    g_assert_cmpstr (third->text, ==, "ask");
    g_assert_cmpfloat_with_epsilon (third->x, 50.0, 0.001);
    g_string_chunk_free (strings);
}

static void test_shortened_text_ends_at_a_word (void)
{
    g_autoptr (BpFonts) fonts = bp_fonts_new (half_em, NULL, NULL);
    GStringChunk *strings = g_string_chunk_new (256);
    const BpSpan span = { .text = "Borough Based Partnership", .size_pt = 10 };
    g_assert_cmpstr (bp_line_break_shorten (fonts, strings, &span, 125.0), ==, "Borough Based Partnership");
    g_assert_cmpstr (bp_line_break_shorten (fonts, strings, &span, 100.0), ==, "Borough Based…");
    g_assert_cmpstr (bp_line_break_shorten (fonts, strings, &span, 20.0), ==, "Bor…");
    g_string_chunk_free (strings);
}

static void test_widest_piece (void)
{
    g_autoptr (BpFonts) fonts = bp_fonts_new (half_em, NULL, NULL);
    const BpSpan span = { .text = "by 30 September 2025 or so", .size_pt = 10 };
    double least, whole;
    bp_line_break_measure (fonts, &span, 1, &least, &whole);
    g_assert_cmpfloat_with_epsilon (least, 17 * 5.0, 0.001);
    g_assert_cmpfloat_with_epsilon (whole, 26 * 5.0, 0.001);
}

/* Signs of Chinese and words of Thai part where the Unicode algorithm says; other scripts keep to the design's rules. */
static void test_unspaced_scripts (void)
{
    static const struct
    {
        const char *text;
        int chars;
        const char *lines;
    } cases[] = {
        { "日本語の文章", 4, "日本語の|文章" },
        { "会議は三月。", 5, "会議は三|月。" },  /* no line begins with a full stop */
        { "次回（三月）", 3, "次回|（三|月）" }, /* nor ends with an opening bracket */
        { "ฉันรักแม่", 5, "ฉันรัก|แม่" },              /* I, love, mother */
        { "SEND日本 plan", 6, "SEND日本|plan" },
        { "zero\u200Bwidth", 6, "zero|width" },
        { "zero\u200Bwidth", 12, "zerowidth" },
        { "no\u2011break", 5, "no\u2011br|eak" },
        { "join\u2060ed/words", 8, "joined/|words" },
        { "soft\u00ADhyphen\u00ADated", 12, "softhyphen-|ated" },
        { "end\u00AD next", 5, "end|next" }, /* broken at the blank, not there */
        { "caf\u00E9\u00ADs bar", 12, "caf\u00E9s bar" },
        { "5\u202Fkm or 6\u00A0km", 5, "5\u00A0km|or|6\u00A0km" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autofree char *lines = dup_lines (cases[i].text, cases[i].chars, BP_BREAK_GREEDY);
        g_assert_cmpstr (lines, ==, cases[i].lines);
    }
}

/* Hebrew stands from right to left, with its numbers from left to right. */
static void test_right_to_left (void)
{
    g_autoptr (BpFonts) fonts = bp_fonts_new (half_em, NULL, NULL);
    GStringChunk *strings = g_string_chunk_new (256);
    const BpSpan span = { .text = "Name: אב (גד 12) ok", .size_pt = 10 };
    g_autoptr (BpBrokenText) broken = bp_line_break (fonts, strings, &span, 1, 1000.0, BP_BREAK_GREEDY);
    g_assert_cmpuint (broken->lines->len, ==, 1);
    const BpSegment *first = &g_array_index (broken->segments, BpSegment, 0), *second = &g_array_index (broken->segments, BpSegment, 1);
    g_assert_cmpstr (first->text, ==, "Name: ");
    g_assert_cmpstr (second->text, ==, " דג) בא");
    g_assert_cmpfloat_with_epsilon (second->x, 45.0, 0.001); /* after "Name: " and, at its left, "(12" */
    g_assert_cmpstr (bp_line_break_shorten (fonts, strings, &span, 1000.0), ==, "Name: (12 דג) בא ok");
    g_string_chunk_free (strings);
}

static void test_long_words_and_texts (void)
{
    g_autofree char *word = g_strnfill (300, 'w');
    g_autofree char *lines = dup_lines (word, 40, BP_BREAK_TIDY);
    g_assert_cmpuint (strlen (lines), ==, 300 + 7);
    GString *action = g_string_new (NULL);
    while (action->len < 5000)
        g_string_append (action, "Agree dates (30 September 2025) with settings. ");
    g_autofree char *whole = dup_lines (action->str, 60, BP_BREAK_TIDY);
    g_assert_null (strstr (whole, "30|"));
    g_assert_null (strstr (whole, "September|"));
    g_auto (GStrv) parts = g_strsplit (whole, "|", -1);
    g_assert_cmpuint (g_strv_length (parts), <, 130);
    g_string_free (action, TRUE);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/render/line_break/lines_break_where_they_may", test_lines);
    g_test_add_func ("/render/line_break/nothing_is_lost_at_any_width", test_nothing_is_lost);
    g_test_add_func ("/render/line_break/spans_keep_their_face", test_spans_keep_their_face);
    g_test_add_func ("/render/line_break/shortened_text_ends_at_a_word", test_shortened_text_ends_at_a_word);
    g_test_add_func ("/render/line_break/widest_piece_is_what_is_not_broken", test_widest_piece);
    g_test_add_func ("/render/line_break/scripts_without_blanks_break_by_unicode", test_unspaced_scripts);
    g_test_add_func ("/render/line_break/hebrew_stands_from_right_to_left", test_right_to_left);
    g_test_add_func ("/render/line_break/long_words_and_texts", test_long_words_and_texts);
    return g_test_run ();
}
