#include "render/pdf/line_break.h"

#include "render/pdf/unicode_text.h"
#include "render/pdf/word_binding.h"

#include <math.h>
#include <string.h>

#define SLACK_PT 0.01 /* sums of rounded widths: never break because of it */
#define SHORT_LAST_LINE_CHARS 12

typedef enum
{
    WITHIN, /* inside a grapheme: never */
    JOINED, /* only where nothing else is left */
    SEAM,
    BOUND_BLANK,
    OPPORTUNITY
} BreakKind;

/* A text laid flat: one entry for each drawable character. */
typedef struct
{
    GArray *characters; /* of gunichar */
    guint8 *spans;
    guint8 *breaks; /* BreakKind: of a break after this character */
    guint8 *levels; /* of direction; NULL: all from left to right */
    double *ends;   /* width up to and with this character */
    guint count;
    bool is_plain; /* the design's own rules are enough */
    BpFonts *fonts;
    const BpSpan *span_list;
} FlatText;

typedef struct
{
    guint start, end; /* characters; end without the blanks that follow */
    guint next;
} LineRange;

static gunichar character_at (const FlatText *flat, guint index)
{
    return g_array_index (flat->characters, gunichar, index);
}

/* Whether a line that ends before this character shows a soft hyphen: it parts a word. Hebrew is not hyphenated. */
static bool ends_with_hyphen (const FlatText *flat, guint end)
{
    return !flat->is_plain && character_at (flat, end - 1) == BP_SOFT_HYPHEN && flat->breaks[end - 1] == OPPORTUNITY
           && (flat->levels == NULL || flat->levels[end - 1] % 2 == 0);
}

static double hyphen_width (const FlatText *flat, guint index)
{
    const BpSpan *span = &flat->span_list[flat->spans[index]];
    return bp_fonts_get_width (flat->fonts, span->face, '-') * span->size_pt / 1000.0 + span->letter_space_pt;
}

/* Of the characters themselves. */
static double advance_between (const FlatText *flat, guint start, guint end)
{
    return end <= start ? 0.0 : flat->ends[end - 1] - (start > 0 ? flat->ends[start - 1] : 0.0);
}

/* Of a line: with the hyphen that its end shows. */
static double width_between (const FlatText *flat, guint start, guint end)
{
    const double width = advance_between (flat, start, end);
    return end > start && ends_with_hyphen (flat, end) ? width + hyphen_width (flat, end - 1) : width;
}

static void clear_flat (FlatText *flat)
{
    g_array_unref (flat->characters);
    g_free (flat->spans);
    g_free (flat->breaks);
    g_free (flat->levels);
    g_free (flat->ends);
}

/* Places where a word that must be broken is best broken: "kpi_values.csv", "name@example.org". */
static bool is_seam (const FlatText *flat, guint index, guint word_start, guint word_end)
{
    const gunichar character = character_at (flat, index);
    return (character == '.' || character == '_' || character == '@' || character == ':' || character == '=' || character == ','
            || character == '/' || character == '-')
           && index > word_start + 1 && index + 2 < word_end;
}

static bool breaks_inside_word (const FlatText *flat, guint index, guint word_start, guint word_end)
{
    const gunichar character = character_at (flat, index);
    if (character == BP_SOFT_HYPHEN)
        return index > word_start && index + 1 < word_end && g_unichar_isalnum (character_at (flat, index + 1))
               && (g_unichar_isalnum (character_at (flat, index - 1)) || bp_unicode_is_mark (character_at (flat, index - 1)));
    if (character != '-' && character != 0x2010 && character != '/')
        return false;
    if (index < word_start + 2 || index + 2 >= word_end)
        return false;
    return g_unichar_isalnum (character_at (flat, index - 1)) && g_unichar_isalpha (character_at (flat, index + 1));
}

/* The kind of a break after a character inside a word. */
static BreakKind kind_inside_word (const FlatText *flat, const bool *may_break, guint index, guint word_start, guint word_end)
{
    if (may_break != NULL && index + 1 < word_end)
    {
        if (bp_unicode_continues_grapheme (character_at (flat, index + 1)))
            return WITHIN;
        if (may_break[index] && character_at (flat, index) != BP_SOFT_HYPHEN)
            return OPPORTUNITY;
    }
    if (breaks_inside_word (flat, index, word_start, word_end))
        return OPPORTUNITY;
    return is_seam (flat, index, word_start, word_end) ? SEAM : JOINED;
}

static void find_breaks (FlatText *flat)
{
    g_autofree bool *may_break = flat->is_plain ? NULL : g_new0 (bool, (gsize)flat->count + 1);
    if (may_break != NULL)
        bp_unicode_find_breaks ((const gunichar *)(void *)flat->characters->data, flat->count, may_break);
    g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (BpWord));
    for (guint i = 0; i < flat->count;)
    {
        if (character_at (flat, i) == ' ')
        {
            i++;
            continue;
        }
        BpWord word = { i, i };
        while (word.end < flat->count && character_at (flat, word.end) != ' ')
            word.end++;
        for (guint j = word.start; j < word.end; j++)
            flat->breaks[j] = (guint8)kind_inside_word (flat, may_break, j, word.start, word.end);
        g_array_append_val (words, word);
        i = word.end;
    }
    const BpWord *list = (const BpWord *)(void *)words->data;
    const gunichar *characters = (const gunichar *)(void *)flat->characters->data;
    for (guint k = 0; k + 1 < words->len; k++)
        flat->breaks[list[k].end] = bp_words_are_bound (characters, list, words->len, k) ? BOUND_BLANK : OPPORTUNITY;
}

static void lay_flat (BpFonts *fonts, const BpSpan *spans, int span_count, FlatText *flat)
{
    *flat = (FlatText){ .characters = g_array_new (FALSE, FALSE, sizeof (gunichar)), .is_plain = true, .fonts = fonts, .span_list = spans };
    g_autofree guint *ends = g_new (guint, (gsize)MAX (span_count, 1));
    for (int i = 0; i < span_count; i++)
    {
        bp_fonts_append_drawable (fonts, spans[i].face, spans[i].text, flat->characters);
        ends[i] = flat->characters->len;
    }
    flat->count = flat->characters->len;
    while (flat->count > 0 && character_at (flat, flat->count - 1) == ' ')
        flat->count--;
    flat->spans = g_new0 (guint8, flat->count + 1);
    flat->breaks = g_new0 (guint8, flat->count + 1);
    flat->ends = g_new0 (double, flat->count + 1);
    double width = 0.0;
    int span = 0;
    for (guint i = 0; i < flat->count; i++)
    {
        while (i >= ends[span])
            span++;
        const BpSpan *of = &spans[span];
        const gunichar character = character_at (flat, i);
        flat->is_plain = flat->is_plain && bp_unicode_is_plain (character);
        width += bp_fonts_get_width (fonts, of->face, character) * of->size_pt / 1000.0;
        if (flat->is_plain || !bp_unicode_is_unseen (character))
            width += of->letter_space_pt;
        flat->spans[i] = (guint8)span;
        flat->ends[i] = width;
    }
    find_breaks (flat);
    if (!flat->is_plain)
        flat->levels = bp_unicode_dup_levels ((const gunichar *)(void *)flat->characters->data, flat->count);
}

/* ---- lines ---- */

static LineRange end_line (const FlatText *flat, guint start, guint after)
{
    LineRange line = { start, after, after };
    while (line.end > start && character_at (flat, line.end - 1) == ' ')
        line.end--;
    while (line.next < flat->count && character_at (flat, line.next) == ' ')
        line.next++;
    return line;
}

/* The furthest place where a line that starts at start may end. */
static LineRange find_line (const FlatText *flat, guint start, double width)
{
    const double base = start > 0 ? flat->ends[start - 1] : 0.0;
    guint best[OPPORTUNITY + 1] = { 0 }; /* by BreakKind: the character after the break */
    guint i;
    for (i = start; i < flat->count; i++)
    {
        const bool is_blank = character_at (flat, i) == ' ';
        if (!is_blank && flat->ends[i] - base > width + SLACK_PT)
            break;
        if (!is_blank && flat->breaks[i] != WITHIN && (flat->is_plain || width_between (flat, start, i + 1) <= width + SLACK_PT))
            best[JOINED] = i + 1;
        if (flat->breaks[i] > JOINED && width_between (flat, start, is_blank ? i : i + 1) <= width + SLACK_PT)
            best[flat->breaks[i]] = i + 1;
    }
    if (i == flat->count)
        return end_line (flat, start, flat->count);
    for (int kind = OPPORTUNITY; kind >= JOINED; kind--)
        if (best[kind] > start)
            return end_line (flat, start, best[kind]);
    for (i = start; i + 1 < flat->count && flat->breaks[i] == WITHIN; i++)
        ;
    return end_line (flat, start, i + 1); /* not even one character fits: it stands alone */
}

static void find_lines (const FlatText *flat, double width, GArray *lines)
{
    for (guint start = 0; start < flat->count;)
    {
        const LineRange line = find_line (flat, start, width);
        g_array_append_val (lines, line);
        start = MAX (line.next, start + 1);
    }
}

static bool is_short_line (const FlatText *flat, const LineRange *line)
{
    if (line->end - line->start >= SHORT_LAST_LINE_CHARS)
        return false;
    for (guint i = line->start; i < line->end; i++)
        if (character_at (flat, i) == ' ')
            return false;
    return true;
}

/* Pulls a word down to a last line of one short word. */
static void tidy_last_line (const FlatText *flat, double width, GArray *lines)
{
    if (lines->len < 2)
        return;
    LineRange *last = &g_array_index (lines, LineRange, lines->len - 1);
    LineRange *before = &g_array_index (lines, LineRange, lines->len - 2);
    if (!is_short_line (flat, last))
        return;
    for (guint i = before->end; i-- > before->start + 1;)
    {
        if (flat->breaks[i] != OPPORTUNITY || i + 1 >= before->end)
            continue;
        const LineRange shorter = end_line (flat, before->start, i + 1);
        if (shorter.end > before->start && width_between (flat, shorter.next, last->end) <= width + SLACK_PT
            && width_between (flat, before->start, shorter.end) >= width * 0.4)
        {
            *before = shorter;
            last->start = shorter.next;
        }
        return;
    }
}

static void balance_two_lines (const FlatText *flat, double width, GArray *lines)
{
    LineRange *first = &g_array_index (lines, LineRange, 0), *second = &g_array_index (lines, LineRange, 1);
    double best_difference = G_MAXDOUBLE;
    LineRange best = *first;
    for (guint i = 0; i + 1 < second->end; i++)
    {
        if (flat->breaks[i] != OPPORTUNITY)
            continue;
        const LineRange candidate = end_line (flat, 0, i + 1);
        const double first_width = width_between (flat, 0, candidate.end), second_width = width_between (flat, candidate.next, second->end);
        if (first_width > width + SLACK_PT || second_width > width + SLACK_PT)
            continue;
        const double difference
            = fabs (second_width - first_width) * (first_width > second_width ? 1.5 : 1.0); /* the first is the shorter */
        if (difference < best_difference)
        {
            best_difference = difference;
            best = candidate;
        }
    }
    *first = best;
    second->start = best.next;
}

/* ---- segments ---- */

/* Characters of one span and one direction; right to left, the last one comes first, but marks stay behind their letters. */
static const char *dup_drawn (const FlatText *flat, GStringChunk *strings, GString *buffer, guint start, guint end, bool is_reversed)
{
    g_string_truncate (buffer, 0);
    for (guint i = start; i < end && !is_reversed; i++)
        if (flat->is_plain || !bp_unicode_is_unseen (character_at (flat, i)))
            g_string_append_unichar (buffer, character_at (flat, i));
    for (guint after = end; is_reversed && after > start;)
    {
        guint first = after - 1;
        while (first > start && flat->breaks[first - 1] == WITHIN)
            first--;
        for (guint i = first; i < after; i++)
            if (!bp_unicode_is_unseen (character_at (flat, i)))
                g_string_append_unichar (buffer, bp_unicode_mirror (character_at (flat, i)));
        after = first;
    }
    return g_string_chunk_insert (strings, buffer->str);
}

/* Where each character of a line begins, from the line's start; caller frees. NULL: one after another. */
static double *dup_places (const FlatText *flat, const LineRange *range)
{
    if (flat->levels == NULL)
        return NULL;
    const guint count = range->end - range->start;
    g_autofree int *order = g_new (int, count);
    bp_unicode_order_line (flat->levels + range->start, count, order);
    double *places = g_new (double, count), x = 0.0;
    for (guint i = 0; i < count; i++)
    {
        const guint at = range->start + (guint)order[i];
        places[order[i]] = x;
        x += advance_between (flat, at, at + 1);
    }
    return places;
}

static bool is_one_run (const FlatText *flat, guint a, guint b)
{
    return flat->spans[a] == flat->spans[b] && (flat->levels == NULL || flat->levels[a] == flat->levels[b]);
}

/* Segments stand in reading order, wherever they are drawn. */
static void add_line (const FlatText *flat, GStringChunk *strings, GString *buffer, const LineRange *range, BpBrokenText *broken)
{
    g_autofree double *places = dup_places (flat, range);
    BpTextLine line = { .width = width_between (flat, range->start, range->end), .first_segment = broken->segments->len };
    for (guint start = range->start; start < range->end;)
    {
        guint end = start + 1;
        while (end < range->end && is_one_run (flat, start, end))
            end++;
        const bool is_reversed = flat->levels != NULL && flat->levels[start] % 2 == 1;
        BpSegment segment = { .span = flat->spans[start], .width = advance_between (flat, start, end) };
        segment.x = places == NULL ? advance_between (flat, range->start, start) : places[(is_reversed ? end - 1 : start) - range->start];
        segment.text = dup_drawn (flat, strings, buffer, start, end, is_reversed);
        if (end == range->end && ends_with_hyphen (flat, end))
        {
            segment.text = g_string_chunk_insert (strings, g_string_append_c (g_string_assign (buffer, segment.text), '-')->str);
            segment.width += hyphen_width (flat, end - 1);
        }
        if (*segment.text != '\0')
            g_array_append_val (broken->segments, segment);
        start = end;
    }
    line.segment_count = broken->segments->len - line.first_segment;
    line.is_word_cut = range->end < flat->count && range->next == range->end && character_at (flat, range->end) != ' ';
    g_array_append_val (broken->lines, line);
}

BpBrokenText *bp_line_break (BpFonts *fonts, GStringChunk *strings, const BpSpan *spans, int span_count, double width_pt,
                             BpBreakStyle style)
{
    g_assert (span_count >= 0 && span_count < 256);
    BpBrokenText *broken = g_new0 (BpBrokenText, 1);
    broken->lines = g_array_new (FALSE, FALSE, sizeof (BpTextLine));
    broken->segments = g_array_new (FALSE, FALSE, sizeof (BpSegment));
    FlatText flat;
    lay_flat (fonts, spans, span_count, &flat);
    g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (LineRange));
    find_lines (&flat, width_pt, ranges);
    if (style == BP_BREAK_BALANCED && ranges->len == 2)
        balance_two_lines (&flat, width_pt, ranges);
    else if (style != BP_BREAK_GREEDY)
        tidy_last_line (&flat, width_pt, ranges);
    g_autoptr (GString) buffer = g_string_new (NULL);
    for (guint i = 0; i < ranges->len; i++)
        add_line (&flat, strings, buffer, &g_array_index (ranges, LineRange, i), broken);
    clear_flat (&flat);
    return broken;
}

void bp_broken_text_free (BpBrokenText *broken)
{
    if (broken == NULL)
        return;
    g_array_unref (broken->lines);
    g_array_unref (broken->segments);
    g_free (broken);
}

/* Width of the widest piece between breaks of at least this kind. */
static double widest_piece (const FlatText *flat, BreakKind kind)
{
    double widest = 0.0;
    for (guint start = 0; start < flat->count;)
    {
        guint after = start;
        while (after < flat->count && flat->breaks[after] < kind)
            after++;
        const LineRange piece = end_line (flat, start, MIN (after + 1, flat->count));
        const double width = width_between (flat, piece.start, piece.end);
        widest = MAX (widest, width);
        start = MAX (piece.next, start + 1);
    }
    return widest;
}

void bp_line_break_measure (BpFonts *fonts, const BpSpan *spans, int span_count, double *widest_piece_out, double *whole_out)
{
    FlatText flat;
    lay_flat (fonts, spans, span_count, &flat);
    *widest_piece_out = widest_piece (&flat, OPPORTUNITY);
    *whole_out = width_between (&flat, 0, flat.count);
    clear_flat (&flat);
}

void bp_line_break_measure_word (BpFonts *fonts, const BpSpan *spans, int span_count, double *widest_word_out)
{
    FlatText flat;
    lay_flat (fonts, spans, span_count, &flat);
    *widest_word_out = widest_piece (&flat, BOUND_BLANK);
    clear_flat (&flat);
}

static gint compare_places (gconstpointer a, gconstpointer b)
{
    const double first = ((const BpSegment *)a)->x, second = ((const BpSegment *)b)->x;
    return (first > second) - (first < second);
}

/* As it is drawn, from left to right. */
static const char *join_first_line (const BpBrokenText *broken, GStringChunk *strings)
{
    const guint count = g_array_index (broken->lines, BpTextLine, 0).segment_count;
    if (count == 0)
        return "";
    if (count == 1)
        return g_array_index (broken->segments, BpSegment, 0).text;
    g_autoptr (GArray) segments = g_array_new (FALSE, FALSE, sizeof (BpSegment));
    g_array_append_vals (segments, broken->segments->data, count);
    g_array_sort (segments, compare_places);
    g_autoptr (GString) text = g_string_new (NULL);
    for (guint i = 0; i < count; i++)
        g_string_append (text, g_array_index (segments, BpSegment, i).text);
    return g_string_chunk_insert (strings, text->str);
}

const char *bp_line_break_shorten (BpFonts *fonts, GStringChunk *strings, const BpSpan *span, double width_pt)
{
    double piece, whole;
    bp_line_break_measure (fonts, span, 1, &piece, &whole);
    const double dots = bp_fonts_measure (fonts, span->face, span->size_pt, span->letter_space_pt, "…");
    g_autoptr (BpBrokenText) broken
        = bp_line_break (fonts, strings, span, 1, whole <= width_pt + SLACK_PT ? whole + 1.0 : width_pt - dots, BP_BREAK_GREEDY);
    if (broken->lines->len == 0)
        return "";
    const char *first = join_first_line (broken, strings);
    if (broken->lines->len == 1)
        return first;
    gsize length = strlen (first);
    while (length > 0 && strchr (",;: ", first[length - 1]) != NULL)
        length--;
    g_autofree char *shortened = g_strdup_printf ("%.*s…", (int)length, first);
    return g_string_chunk_insert (strings, shortened);
}
