#include "base/text.h"

#include <string.h>

#define QUOTED_CHARS 200

/* White space of all kinds, and characters that print nothing: zero-width ones, the byte-order mark, the soft hyphen's cousins. */
static bool is_blank_character (gunichar character)
{
    return g_unichar_isspace (character) || (character >= 0x200b && character <= 0x200f) || character == 0x2060 || character == 0xfeff
           || character == 0x00a0 || character == 0x202f;
}

/* Next character of text that may not be valid UTF-8: a bad byte counts as one character of its own. */
static gunichar next_character (const char **cursor)
{
    gunichar character = g_utf8_get_char_validated (*cursor, -1);
    if (character == (gunichar)-1 || character == (gunichar)-2)
    {
        character = (unsigned char)**cursor;
        (*cursor)++;
        return character;
    }
    *cursor = g_utf8_next_char (*cursor);
    return character;
}

char *bp_text_dup_trimmed (const char *text)
{
    if (text == NULL)
        return g_strdup ("");
    const char *first = NULL, *after = text;
    for (const char *cursor = text; *cursor != '\0';)
    {
        const char *start = cursor;
        if (is_blank_character (next_character (&cursor)))
            continue;
        if (first == NULL)
            first = start;
        after = cursor;
    }
    return first != NULL ? g_strndup (first, (gsize)(after - first)) : g_strdup ("");
}

/* Copies a text with its blanks in order: none at the ends, and between words what append_gap makes of them. */
static char *dup_spaced (const char *text, void (*append_gap) (GString *out, const char *gap, gsize length))
{
    GString *out = g_string_new (NULL);
    const char *gap = NULL;
    for (const char *cursor = text != NULL ? text : ""; *cursor != '\0';)
    {
        const char *start = cursor;
        if (is_blank_character (next_character (&cursor)))
        {
            gap = gap == NULL && out->len > 0 ? start : gap;
            continue;
        }
        if (gap != NULL)
            append_gap (out, gap, (gsize)(start - gap));
        gap = NULL;
        g_string_append_len (out, start, cursor - start);
    }
    return g_string_free (out, FALSE);
}

static void append_one_blank (GString *out, const char *gap G_GNUC_UNUSED, gsize length G_GNUC_UNUSED)
{
    g_string_append_c (out, ' ');
}

/* One blank for all blanks; but no-break spaces alone stay one no-break space, and what prints nothing stays as it is: it joins emoji, says
 * where a word may be parted, and which way a text runs. */
static void append_meant_gap (GString *out, const char *gap, gsize length)
{
    bool has_blank = false, has_no_break = false;
    for (const char *cursor = gap; cursor < gap + length;)
    {
        const gunichar character = next_character (&cursor);
        const bool is_no_break = character == 0x00a0 || character == 0x202f;
        has_no_break = has_no_break || is_no_break;
        has_blank = has_blank || (g_unichar_isspace (character) && !is_no_break);
    }
    if (has_blank)
        g_string_append_c (out, ' ');
    else if (has_no_break)
        g_string_append (out, "\xc2\xa0");
    else
        g_string_append_len (out, gap, (gssize)length);
}

char *bp_text_dup_collapsed (const char *text)
{
    return dup_spaced (text, append_one_blank);
}

bool bp_text_is_sha256 (const char *text)
{
    const size_t digits = 64;
    return strlen (text) == digits && strspn (text, "0123456789abcdefABCDEF") == digits;
}

bool bp_text_is_blank (const char *text)
{
    for (const char *cursor = text != NULL ? text : ""; *cursor != '\0';)
        if (!is_blank_character (next_character (&cursor)))
            return false;
    return true;
}

static gunichar fold_character (gunichar character)
{
    if (character == 0x2018 || character == 0x2019 || character == 0x02bc)
        return '\'';
    if (character == 0x201c || character == 0x201d)
        return '"';
    if ((character >= 0x2010 && character <= 0x2015) || character == 0x2212)
        return '-';
    return character;
}

char *bp_text_dup_folded (const char *text)
{
    g_autofree char *collapsed = bp_text_dup_collapsed (text);
    g_autofree char *valid = g_utf8_make_valid (collapsed, -1);
    g_autofree char *normal = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
    g_autoptr (GString) plain = g_string_new (NULL);
    for (const char *cursor = normal; *cursor != '\0'; cursor = g_utf8_next_char (cursor))
    {
        gunichar character = fold_character (g_utf8_get_char (cursor));
        /* "Service -Access" and "Service – Access" name the same post: a dash swallows the blanks round it */
        bool is_after_dash = plain->len > 0 && plain->str[plain->len - 1] == '-';
        if (character == ' ' && is_after_dash)
            continue;
        if (character == '-' && plain->len > 0 && plain->str[plain->len - 1] == ' ')
            g_string_truncate (plain, plain->len - 1);
        g_string_append_unichar (plain, character);
    }
    return g_utf8_casefold (plain->str, -1);
}

/* Appends text without markup: a tag becomes a blank, <li> a separator. */
static void append_without_tags (GString *out, const char *text)
{
    for (const char *cursor = text; *cursor != '\0';)
    {
        const char *end = *cursor == '<' && (g_ascii_isalpha (cursor[1]) || cursor[1] == '/') ? strchr (cursor, '>') : NULL;
        if (end == NULL || end - cursor > 40)
        {
            g_string_append_c (out, *cursor++);
            continue;
        }
        bool is_inline = g_ascii_strncasecmp (cursor, "<b", 2) == 0 || g_ascii_strncasecmp (cursor, "</b", 3) == 0
                         || g_ascii_strncasecmp (cursor, "<sup", 4) == 0 || g_ascii_strncasecmp (cursor, "</sup", 5) == 0
                         || g_ascii_strncasecmp (cursor, "<i>", 3) == 0 || g_ascii_strncasecmp (cursor, "</i>", 4) == 0;
        if (!is_inline || g_ascii_strncasecmp (cursor, "<br", 3) == 0)
            g_string_append_c (out, ' ');
        cursor = end + 1;
    }
}

char *bp_text_dup_cleaned (const char *text)
{
    g_autoptr (GString) plain = g_string_new (NULL);
    append_without_tags (plain, text != NULL ? text : "");
    g_autofree char *collapsed = dup_spaced (plain->str, append_meant_gap);
    /* bullets and arrows that a copied list leaves at the start */
    static const char *const marks[] = { "\xe2\x86\x92", "\xe2\x80\xa2", "\xc2\xb7", "- ", "* " };
    const char *start = collapsed;
    for (bool is_found = true; is_found;)
    {
        is_found = false;
        for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
            if (g_str_has_prefix (start, marks[i]))
            {
                start += strlen (marks[i]);
                while (*start == ' ')
                    start++;
                is_found = true;
            }
    }
    return g_strdup (start);
}

int bp_ref_compare (const char *a, const char *b)
{
    const char *left = a, *right = b;
    while (*left != '\0' && *right != '\0')
    {
        if (g_ascii_isdigit (*left) && g_ascii_isdigit (*right))
        {
            while (*left == '0' && g_ascii_isdigit (left[1]))
                left++;
            while (*right == '0' && g_ascii_isdigit (right[1]))
                right++;
            gsize left_digits = strspn (left, "0123456789"), right_digits = strspn (right, "0123456789");
            if (left_digits != right_digits)
                return left_digits < right_digits ? -1 : 1;
            int order = strncmp (left, right, left_digits);
            if (order != 0)
                return order;
            left += left_digits;
            right += right_digits;
            continue;
        }
        unsigned char left_letter = (unsigned char)g_ascii_tolower (*left), right_letter = (unsigned char)g_ascii_tolower (*right);
        if (left_letter != right_letter)
            return left_letter < right_letter ? -1 : 1;
        left++;
        right++;
    }
    if (*left != *right)
        return *left == '\0' ? -1 : 1;
    return strcmp (a, b);
}

/* Levenshtein's distance, ASCII case ignored. */
static gsize edit_distance (const char *a, const char *b)
{
    gsize width = strlen (b) + 1;
    g_autofree gsize *row = g_new (gsize, width);
    for (gsize j = 0; j < width; j++)
        row[j] = j;
    for (gsize i = 1; a[i - 1] != '\0'; i++)
    {
        gsize diagonal = row[0];
        row[0] = i;
        for (gsize j = 1; j < width; j++)
        {
            gsize substituted = diagonal + (g_ascii_tolower (a[i - 1]) == g_ascii_tolower (b[j - 1]) ? 0 : 1);
            diagonal = row[j];
            row[j] = MIN (substituted, MIN (row[j], row[j - 1]) + 1);
        }
    }
    return row[width - 1];
}

const char *bp_text_find_nearest (const char *word, const char *const *candidates)
{
    const char *nearest = NULL;
    gsize best = G_MAXSIZE, length = strlen (word);
    if (length > 200)
        return NULL;
    for (; *candidates != NULL; candidates++)
    {
        gsize distance = edit_distance (word, *candidates);
        if (distance < best)
        {
            best = distance;
            nearest = *candidates;
        }
    }
    return nearest != NULL && best <= MAX (length < 4 ? 1 : 2, MAX (length, strlen (nearest)) / 3) ? nearest : NULL;
}

char *bp_text_dup_capitalised (const char *text)
{
    if (text == NULL || *text == '\0')
        return g_strdup ("");
    char first[8] = { 0 };
    const char *cursor = text;
    g_unichar_to_utf8 (g_unichar_toupper (next_character (&cursor)), first);
    return g_strconcat (first, cursor, NULL);
}

char *bp_text_dup_number_word (int number, bool capital)
{
    static const char *const words[]
        = { "nought", "one",    "two",      "three",    "four",    "five",    "six",       "seven",    "eight",    "nine",  "ten",
            "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty" };
    if (number < 0 || number >= (int)G_N_ELEMENTS (words))
        return g_strdup_printf ("%d", number);
    return capital ? bp_text_dup_capitalised (words[number]) : g_strdup (words[number]);
}

char *bp_text_dup_joined (const char *const *words, int max)
{
    int count = 0;
    while (words[count] != NULL)
        count++;
    int shown = max > 0 && count > max ? max : count;
    GString *out = g_string_new (NULL);
    for (int i = 0; i < shown; i++)
    {
        if (i > 0)
            g_string_append (out, i == count - 1 ? " and " : ", ");
        g_string_append (out, words[i]);
    }
    if (shown < count)
        g_string_append_printf (out, " and %d more", count - shown);
    return g_string_free (out, FALSE);
}

char **bp_text_split_list (const char *text, char separator)
{
    const char separators[2] = { separator, '\0' };
    g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", separators, -1);
    GPtrArray *kept = g_ptr_array_new ();
    for (char **part = parts; *part != NULL; part++)
    {
        char *trimmed = bp_text_dup_trimmed (*part);
        if (*trimmed != '\0')
            g_ptr_array_add (kept, trimmed);
        else
            g_free (trimmed);
    }
    g_ptr_array_add (kept, NULL);
    return (char **)g_ptr_array_free (kept, FALSE);
}

char *bp_text_dup_shortened (const char *text, int max_chars)
{
    g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
    if (g_utf8_strlen (valid, -1) <= max_chars)
        return g_steal_pointer (&valid);
    const char *limit = g_utf8_offset_to_pointer (valid, MAX (1, max_chars) - 1);
    const char *cut = limit;
    while (cut > valid && *cut != ' ')
        cut--;
    if (cut == valid)
        cut = limit;
    while (cut > valid && strchr (" ,;:.-", cut[-1]) != NULL)
        cut--;
    return g_strdup_printf ("%.*s\xe2\x80\xa6", (int)(cut - valid), valid);
}

char *bp_text_dup_quoted (const char *text)
{
    /* four bytes a character at most: no more need be looked at, however long the text is */
    g_autofree char *start = g_strndup (text != NULL ? text : "", 4 * (QUOTED_CHARS + 1));
    g_autofree char *valid = g_utf8_make_valid (start, -1);
    g_autoptr (GString) visible = g_string_new (NULL);
    bp_text_append_visible (visible, valid, false);
    if (g_utf8_strlen (visible->str, -1) <= QUOTED_CHARS)
        return g_strdup (visible->str);
    g_string_truncate (visible, (gsize)(g_utf8_offset_to_pointer (visible->str, QUOTED_CHARS - 1) - visible->str));
    g_string_append (visible, "\xe2\x80\xa6");
    return g_strdup (visible->str);
}

/* Marks, embeddings, overrides and isolates of direction, and the line ends that are none of ASCII. */
static bool is_obeyed (gunichar character)
{
    return character < 0x20 || (character >= 0x7f && character < 0xa0) || character == 0x061c || character == 0x200e || character == 0x200f
           || (character >= 0x2028 && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069);
}

void bp_text_append_visible (GString *out, const char *text, bool keeps_lines)
{
    for (const char *cursor = text; *cursor != '\0';)
    {
        const char *start = cursor;
        while (*cursor >= ' ' && *cursor < 0x7f)
            cursor++;
        g_string_append_len (out, start, cursor - start);
        if (*cursor == '\0')
            break;
        start = cursor;
        const gunichar character = next_character (&cursor);
        const bool is_bad_byte = cursor == start + 1 && (*start & 0x80) != 0;
        if (!is_bad_byte && (!is_obeyed (character) || (keeps_lines && (character == '\n' || character == '\t'))))
            g_string_append_len (out, start, cursor - start);
        else if (character == '\n')
            g_string_append (out, "\\n");
        else
            g_string_append_printf (out, character < 0x100 ? "\\x%02x" : "\\u%04x", character);
    }
}

int bp_text_parse_yes_no (const char *text)
{
    static const char *const words[] = { "no", "n", "false", "0", "yes", "y", "true", "1" };
    g_autofree char *word = bp_text_dup_trimmed (text);
    for (int i = 0; i < (int)G_N_ELEMENTS (words); i++)
        if (g_ascii_strcasecmp (word, words[i]) == 0)
            return i >= 4;
    return -1;
}

static bool opens_quote (gunichar before, char after)
{
    if (before == 0 || g_unichar_isspace (before))
        return !g_ascii_isspace (after) && after != '\0';
    return before == '(' || before == '[' || before == '/' || before == 0x2013 || before == 0x2014 || before == 0x201c || before == 0x2018;
}

char *bp_text_dup_with_curly_quotes (const char *text)
{
    GString *curly = g_string_sized_new (strlen (text) + 8);
    gunichar before = 0;

    for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
        gunichar character = g_utf8_get_char (at);
        /* "'24" leaves out a century: an apostrophe */
        if (character == '\'')
            character = opens_quote (before, at[1]) && !g_ascii_isdigit (at[1]) ? 0x2018 : 0x2019;
        else if (character == '"')
            character = opens_quote (before, at[1]) ? 0x201c : 0x201d;
        g_string_append_unichar (curly, character);
        before = character;
    }
    return g_string_free (curly, FALSE);
}
