#ifndef BP_RENDER_XLSX_TEXT_MEASURE_H
#define BP_RENDER_XLSX_TEXT_MEASURE_H

#include <glib.h>
#include <stdbool.h>

/* Type of every cell: Arial, whose widths Liberation Sans shares. */
#define BP_XLSX_FONT_NAME "Arial"
#define BP_XLSX_FONT_PT 12.0

/* Width of one line in points at size_pt, from Arial's advance widths; wide scripts count a whole em. */
double bp_xlsx_text_width_pt (const char *text, double size_pt, bool is_bold);
/* The widest word in points at 12 pt, or at_least_pt if none is wider: no column may be narrower, or the word would be broken. */
double bp_xlsx_widest_word_pt (const char *text, bool is_bold, double at_least_pt);
/* Lines that the text takes when wrapped at blanks into width_pt at 12 pt; 1 for an empty text. */
int bp_xlsx_line_count (const char *text, double width_pt, bool is_bold);
/* What a column of so many characters leaves for text, in points; and the characters that a text of width_pt needs. */
double bp_xlsx_column_width_pt (double width_chars);
double bp_xlsx_column_width_chars (double width_pt);

#endif
