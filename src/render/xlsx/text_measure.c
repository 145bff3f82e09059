#include "render/xlsx/text_measure.h"

#include <math.h>
#include <string.h>

/* Advance widths of Liberation Sans (and so of Arial) in 1/1000 em: U+0020 to U+007E, and U+00A0 to U+00FF. */
static const guint16 regular_ascii[]
    = { 278, 278, 355, 556, 556, 889, 667, 191, 333,  333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
        556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667,  667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556,
        556, 222, 222, 500, 222, 833, 556, 556, 556,  556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584 };
static const guint16 regular_latin[]
    = { 278, 333, 556, 556, 556, 556, 260, 556, 333, 737, 370, 556, 584, 333, 737,  552, 400, 549, 333, 333, 333, 576, 537, 278,
        333, 333, 365, 556, 834, 834, 834, 611, 667, 667, 667, 667, 667, 667, 1000, 722, 667, 667, 667, 667, 278, 278, 278, 278,
        722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667,  611, 556, 556, 556, 556, 556, 556, 889, 500,
        556, 556, 556, 556, 278, 278, 278, 278, 556, 556, 556, 556, 556, 556, 556,  549, 611, 556, 556, 556, 556, 500, 556, 500 };
static const guint16 bold_ascii[]
    = { 278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
        556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611,
        611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584 };
static const guint16 bold_latin[]
    = { 278, 333, 556, 556, 556, 556, 280, 556, 333, 737, 370, 556, 584, 333, 737,  552, 400, 549, 333, 333, 333, 576, 556, 278,
        333, 333, 365, 556, 834, 834, 834, 611, 722, 722, 722, 722, 722, 722, 1000, 722, 667, 667, 667, 667, 278, 278, 278, 278,
        722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667,  611, 556, 556, 556, 556, 556, 556, 889, 556,
        556, 556, 556, 556, 278, 278, 278, 278, 611, 611, 611, 611, 611, 611, 611,  549, 611, 611, 611, 611, 611, 556, 611, 556 };

/* Of other letters with marks, dashes, quotes and Greek or Cyrillic letters: about their mean, and a little over. */
#define OTHER_WIDTH 600
/* A column of n characters is n digits wide; the file's own rounding and the cell's padding cancel out. */
#define DIGIT_EM 0.556
/* Programs set the same text up to so much wider (hinting, rounding to pixels). */
#define SAFETY 1.03
#define WIDEST_EM_1000 1015

static guint16 width_of (gunichar c, bool is_bold)
{
    if (c >= 0x20 && c <= 0x7E)
        return is_bold ? bold_ascii[c - 0x20] : regular_ascii[c - 0x20];
    if (c >= 0xA0 && c <= 0xFF)
        return is_bold ? bold_latin[c - 0xA0] : regular_latin[c - 0xA0];
    if (c < 0x20 || g_unichar_iszerowidth (c))
        return 0;
    if (c == 0x2014 || c == 0x2026 || (c >= 0x2190 && c <= 0x21FF) || c == 0xFFFD || g_unichar_iswide (c))
        return 1000;
    return OTHER_WIDTH;
}

/* The character at *at, which moves on. Most are ASCII, and there are millions. */
static gunichar take (const char **at)
{
    guchar first = (guchar) * *at;
    gunichar c = first < 0x80 ? first : g_utf8_get_char (*at);

    *at = g_utf8_next_char (*at);
    return c;
}

/* Of 1/1000 em at the size of cells. */
static double to_pt (guint em_1000)
{
    return em_1000 / 1000.0 * BP_XLSX_FONT_PT * SAFETY;
}

double bp_xlsx_text_width_pt (const char *text, double size_pt, bool is_bold)
{
    guint em_1000 = 0;

    for (const char *at = text; *at != '\0';)
        em_1000 += width_of (take (&at), is_bold);
    return em_1000 / 1000.0 * size_pt * SAFETY;
}

/* The word at *at, and the blank or the end of line behind it; *at moves there. In 1/1000 em. */
static guint take_word (const char **at, bool is_bold)
{
    guint width = 0;

    while (**at != '\0' && **at != ' ' && **at != '\n')
        width += width_of (take (at), is_bold);
    return width;
}

/* Breaks are taken at blanks alone, as LibreOffice and Excel both do; hyphens differ between them. */
double bp_xlsx_widest_word_pt (const char *text, bool is_bold, double at_least_pt)
{
    double widest_pt = at_least_pt;
    /* A word of fewer bytes is narrower, whatever its letters. */
    size_t least_bytes = (size_t)(at_least_pt / to_pt (WIDEST_EM_1000));

    for (const char *at = text; *at != '\0';)
    {
        size_t bytes = strcspn (at, " \n");
        const char *end = at + bytes;
        double width_pt = bytes >= least_bytes ? to_pt (take_word (&at, is_bold)) : 0.0;
        widest_pt = MAX (widest_pt, width_pt);
        at = *end != '\0' ? end + 1 : end;
    }
    return widest_pt;
}

/* A word that is wider than the column goes on in the next line wherever it must. Counts these lines; returns what the last one takes. */
static guint break_word (const char *begin, const char *end, guint room, bool is_bold, int *lines)
{
    guint line = 0;

    for (const char *at = begin; at < end;)
    {
        guint width = width_of (take (&at), is_bold);
        if (line + width > room && line > 0)
        {
            (*lines)++;
            line = 0;
        }
        line += width;
    }
    return line;
}

int bp_xlsx_line_count (const char *text, double width_pt, bool is_bold)
{
    size_t length = strlen (text);

    /* Most cells are short: even of the widest letters, these fit. */
    if ((double)length * WIDEST_EM_1000 / 1000.0 * BP_XLSX_FONT_PT * SAFETY <= width_pt && memchr (text, '\n', length) == NULL)
        return 1;
    int lines = 1;
    guint line = 0; /* what stands on the line before the word, its blank included */
    const guint room = (guint)MAX (0.0, width_pt / to_pt (1)), blank = width_of (' ', is_bold);

    for (const char *at = text; *at != '\0';)
    {
        const char *begin = at;
        guint word = take_word (&at, is_bold);
        if (line + word > room && line > 0 && at > begin)
        {
            lines++;
            line = 0;
        }
        if (word > room)
            word = break_word (begin, at, room, is_bold, &lines);
        line += word;
        if (*at == ' ')
            line += blank;
        else if (*at == '\n')
        {
            lines++;
            line = 0;
        }
        if (*at != '\0')
            at++;
    }
    return lines;
}

double bp_xlsx_column_width_pt (double width_chars)
{
    return width_chars * DIGIT_EM * BP_XLSX_FONT_PT;
}

double bp_xlsx_column_width_chars (double width_pt)
{
    return ceil (width_pt / (DIGIT_EM * BP_XLSX_FONT_PT));
}
