#include "render/pdf/word_binding.h"

#include <string.h>

#define LONGEST_KEYWORD 16

/* A word in small ASCII letters without the punctuation round it; "" if it is too long to be a keyword or has other letters. */
typedef struct
{
    char text[LONGEST_KEYWORD + 1];
    bool starts_number; /* a digit, or a sign or pound and a digit */
    bool is_number;     /* digits, commas, points, a sign before, "%" after */
    bool has_tail;      /* punctuation follows: a list or sentence goes on, so it binds nothing to its right */
    bool is_dash;
} Keyword;

static bool is_opening (gunichar character)
{
    return character == '(' || character == '[' || character == '"' || character == 0x201C || character == 0x2018;
}

static bool is_closing (gunichar character)
{
    return character == ')' || character == ']' || character == '"' || character == ',' || character == '.' || character == ';'
           || character == ':' || character == '!' || character == '?' || character == 0x201D || character == 0x2019;
}

static bool is_digit (gunichar character)
{
    return character >= '0' && character <= '9';
}

static Keyword read_keyword (const gunichar *characters, const BpWord *word)
{
    Keyword keyword = { .is_number = true };
    guint start = word->start, end = word->end, length = 0;
    keyword.is_dash = end - start == 1 && (characters[start] == 0x2013 || characters[start] == 0x2014 || characters[start] == '-');
    while (start < end && is_opening (characters[start]))
        start++;
    while (end > start && is_closing (characters[end - 1]))
    {
        end--;
        keyword.has_tail = true;
    }
    for (guint i = start; i < end; i++)
    {
        const gunichar character = characters[i];
        const bool is_sign = i == start && (character == '+' || character == '-' || character == 0x2212 || character == 0xA3);
        if (!is_digit (character) && !is_sign && character != ',' && character != '.' && !(character == '%' && i == end - 1))
            keyword.is_number = false;
        if (character < 0x80 && end - start <= LONGEST_KEYWORD)
            keyword.text[length++] = (char)g_ascii_tolower ((char)character);
        if ((i == start && is_digit (character)) || (i == start + 1 && !keyword.starts_number && is_digit (character) && keyword.is_number))
            keyword.starts_number = true;
    }
    keyword.is_number = keyword.is_number && keyword.starts_number;
    return keyword;
}

static bool is_one_of (const Keyword *keyword, const char *const *list)
{
    return keyword->text[0] != '\0' && g_strv_contains (list, keyword->text);
}

static bool is_month (const Keyword *keyword)
{
    static const char *const months[]
        = { "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan",
            "feb",     "mar",      "apr",   "jun",   "jul", "aug",  "sep",  "sept",   "oct",       "nov",     "dec",      NULL };
    return is_one_of (keyword, months);
}

static bool is_period_head (const Keyword *keyword)
{
    static const char *const heads[] = { "q1", "q2", "q3", "q4", "autumn", "spring", "summer", "term", "ay", "fy", "cy", "census", NULL };
    return is_one_of (keyword, heads);
}

static bool is_season (const Keyword *keyword)
{
    static const char *const seasons[] = { "autumn", "spring", "summer", NULL };
    return is_one_of (keyword, seasons);
}

static bool is_numbered_noun (const Keyword *keyword)
{
    static const char *const nouns[] = { "page", "pages", "area", "areas", "year", "row", "rows", "version", "section", "annex", NULL };
    return is_one_of (keyword, nouns);
}

static bool is_unit (const Keyword *keyword)
{
    static const char *const units[]
        = { "point",    "points", "day",   "days",   "week",    "weeks",  "month",   "months",  "year",    "years", "term",
            "terms",    "hour",   "hours", "minute", "minutes", "pages",  "percent", "million", "billion", "pt",    "x",
            "quarters", "date",   "dates", "time",   "times",   "action", "actions", "value",   "values",  "asks",  NULL };
    return is_one_of (keyword, units);
}

/* What a count of actions is followed by in a list: "2 at risk", "1 not started", "2 on track". */
static bool is_status_start (const Keyword *keyword)
{
    static const char *const starts[] = { "at", "on", "off", "not", "no", "complete", "overdue", NULL };
    return is_one_of (keyword, starts);
}

static bool is_status_end (const Keyword *keyword)
{
    static const char *const ends[] = { "risk", "track", "started", "update", NULL };
    return is_one_of (keyword, ends);
}

static bool is_place (const Keyword *keyword)
{
    static const char *const places[] = { "england", "london", NULL };
    return is_one_of (keyword, places);
}

static bool is_status_end_at (const gunichar *characters, const BpWord *words, guint index)
{
    const Keyword keyword = read_keyword (characters, &words[index]);
    return is_status_end (&keyword);
}

/* The ref of a rule and how often it was met: "A01, 2 times". */
static bool is_rule_ref (const Keyword *keyword)
{
    const char *text = keyword->text;
    return strlen (text) == 3 && g_ascii_isalpha (text[0]) && g_ascii_isdigit (text[1]) && g_ascii_isdigit (text[2]);
}

/* "(38%)" */
static bool is_bracketed_share (const gunichar *characters, const BpWord *word)
{
    const guint length = word->end - word->start;
    return length >= 4 && length <= 6 && characters[word->start] == '('
           && (is_digit (characters[word->start + 1]) || characters[word->start + 1] == '<')
           && (characters[word->end - 1] == ')' || characters[word->end - 2] == ')');
}

static bool has_digit (const gunichar *characters, const BpWord *word)
{
    for (guint i = word->start; i < word->end; i++)
        if (is_digit (characters[i]))
            return true;
    return false;
}

/* Whether the two are worth reading: nearly all pairs of words are told apart by a look. What binds has a number on one side, or is a dash,
 * or ends in "term", "cent" or the second word of a status. */
static bool may_be_bound (const gunichar *characters, const BpWord *left, const BpWord *right)
{
    guint first = right->start;
    while (first + 1 < right->end && is_opening (characters[first]))
        first++;
    const bool may_end = strchr ("TtCcRrSsUu", (int)MIN (characters[first], 0x7F)) != NULL;
    return right->end - right->start == 1 || may_end || has_digit (characters, left) || has_digit (characters, right);
}

bool bp_words_are_bound (const gunichar *characters, const BpWord *words, guint word_count, guint index)
{
    if (index + 1 >= word_count)
        return false;
    if (!may_be_bound (characters, &words[index], &words[index + 1]))
        return false;
    const Keyword left = read_keyword (characters, &words[index]);
    const Keyword right = read_keyword (characters, &words[index + 1]);
    if (right.is_dash)
        return true;
    if (is_rule_ref (&left) && right.is_number && index + 2 < word_count)
        return g_str_equal (read_keyword (characters, &words[index + 2]).text, "times");
    if (left.has_tail)
        return false;
    /* of "February 2025 April 2025" the year binds nothing to its right */
    if (left.is_number
        && ((is_month (&right) && strlen (left.text) <= 2) || is_unit (&right) || is_bracketed_share (characters, &words[index + 1])))
        return true;
    if ((is_month (&left) || is_period_head (&left)) && right.starts_number)
        return true;
    if (left.is_number && is_status_start (&right))
    {
        const bool is_alone = g_str_equal (right.text, "complete") || g_str_equal (right.text, "overdue");
        return is_alone || (index + 2 < word_count && is_status_end_at (characters, words, index + 2));
    }
    if (index > 0 && is_status_start (&left) && is_status_end (&right))
    {
        const Keyword count = read_keyword (characters, &words[index - 1]);
        return count.is_number && !count.has_tail;
    }
    if (is_place (&left) && right.is_number && right.starts_number)
        return true;
    if (is_season (&left) && g_str_equal (right.text, "term"))
        return true;
    if (is_numbered_noun (&left) && right.starts_number && strlen (right.text) <= 6)
        return true;
    if (left.is_number && g_str_equal (right.text, "of") && index + 2 < word_count)
        return read_keyword (characters, &words[index + 2]).is_number;
    if (left.is_number && g_str_equal (right.text, "per") && index + 2 < word_count)
        return g_str_equal (read_keyword (characters, &words[index + 2]).text, "cent");
    if (g_str_equal (left.text, "of") && right.is_number && index > 0)
        return read_keyword (characters, &words[index - 1]).is_number;
    if (g_str_equal (left.text, "per") && g_str_equal (right.text, "cent") && index > 0)
        return read_keyword (characters, &words[index - 1]).is_number;
    return false;
}
