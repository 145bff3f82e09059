#ifndef BP_RENDER_PDF_LINE_BREAK_H
#define BP_RENDER_PDF_LINE_BREAK_H

#include "render/pdf/fonts.h"

/* A run of text in one face, size and colour. */
typedef struct
{
    const char *text;
    BpFace face;
    double size_pt;
    BpColour colour;
    double letter_space_pt;
} BpSpan;

/* The part of a span that stands on one line. */
typedef struct
{
    int span;
    double x, width;  /* from the line's start */
    const char *text; /* drawable, as it stands from left to right */
} BpSegment;

typedef struct
{
    double width;
    guint first_segment, segment_count; /* in reading order */
    bool is_word_cut;                   /* the next line goes on with the same word */
} BpTextLine;

typedef struct
{
    GArray *lines;    /* of BpTextLine */
    GArray *segments; /* of BpSegment */
} BpBrokenText;

typedef enum
{
    BP_BREAK_GREEDY,  /* fill each line */
    BP_BREAK_TIDY,    /* a last line of one short word takes a word from the line before */
    BP_BREAK_BALANCED /* two lines are made alike, the first the shorter; else as TIDY */
} BpBreakStyle;

/* Breaks spans to lines of at most width points. Lines break at spaces, after hyphens and slashes between letters, at soft hyphens and
 * zero-width spaces, and in scripts without blanks between words (Chinese, Japanese, Thai) where the Unicode algorithm says; not inside a
 * date, a period ("Q4 2022/23"), "58 of 126", a number and its unit, "page 3", and not before a dash. Where that leaves a piece wider than
 * the line, it breaks at its spaces after all, a word wider than the line (a file's name, an address) after a point, underscore or the
 * like, and else at the last grapheme that fits. An empty text has no lines. Words from right to left stand as they are read. Texts go to
 * strings. */
BpBrokenText *bp_line_break (BpFonts *fonts, GStringChunk *strings, const BpSpan *spans, int span_count, double width_pt,
                             BpBreakStyle style);
void bp_broken_text_free (BpBrokenText *broken);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpBrokenText, bp_broken_text_free)

/* Width of the widest piece that should not be broken, and of the whole text in one line. */
void bp_line_break_measure (BpFonts *fonts, const BpSpan *spans, int span_count, double *widest_piece_out, double *whole_out);
/* Width of the widest word, dates and the like broken at their spaces. */
void bp_line_break_measure_word (BpFonts *fonts, const BpSpan *spans, int span_count, double *widest_word_out);

/* The text, or its first words with "…" so that it fits; in strings. */
const char *bp_line_break_shorten (BpFonts *fonts, GStringChunk *strings, const BpSpan *span, double width_pt);

#endif
