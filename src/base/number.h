#ifndef BP_BASE_NUMBER_H
#define BP_BASE_NUMBER_H

#include <glib.h>
#include <stdbool.h>

typedef struct
{
    double value;
    int decimals;    /* digits after the point, as typed */
    bool is_percent; /* a "%" or "per cent" followed */
    bool is_money;   /* a "£" stood before it */
} BpNumber;

/* Strict: optional sign (also U+2212), digits with correct thousands commas or none, at most one point, optional "%"; blanks around are
 * ignored. "1,234" is 1234, "67%" is 67 with is_percent, "1,5" is refused. Never NaN or infinite; locale-free. */
bool bp_number_parse (const char *text, BpNumber *number_out);
/* An integer with nothing round it but blanks. */
bool bp_integer_parse (const char *text, gint64 *integer_out);
/* "12,345.6" with so many decimals, rounded half away from nought, minus as U+2212, never "-0". Caller frees. */
char *bp_number_dup_text (double value, int decimals);
/* A share in per cent, rounded half up to so many decimals, but never 100 unless n = d nor 0 unless n = 0: 105 of 106 is 99, 999 of 1,000
 * is 99, 1 of 500 is
 * 1. denominator must be over 0. (domain rule: docs/data-files.md, "Percentages") */
double bp_share_percent (double numerator, double denominator, int decimals);

#endif
