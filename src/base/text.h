#ifndef BP_BASE_TEXT_H
#define BP_BASE_TEXT_H

#include <glib.h>
#include <stdbool.h>

/* Trims blanks at both ends, the no-break and invisible ones (U+00A0, U+200B, U+FEFF …) too, and collapses inner runs to one blank. Caller
 * frees. */
char *bp_text_dup_collapsed (const char *text);
/* Trims only. Caller frees. */
char *bp_text_dup_trimmed (const char *text);
bool bp_text_is_blank (const char *text);
/* Whether it is written as a SHA-256: 64 digits of 0 to 9 and a to f, in either case. */
bool bp_text_is_sha256 (const char *text);
/* 1 for yes, y, true and 1, 0 for no, n, false and 0, in any case and with blanks around; -1 for anything else. */
int bp_text_parse_yes_no (const char *text);
/* Straight quotes and apostrophes as the curly ones that are printed: the opening one where nothing, a blank or a bracket stands before it.
 * Caller frees. */
char *bp_text_dup_with_curly_quotes (const char *text);
/* Caseless, blanks and dashes folded, curly quotes straightened: for comparing names and titles. Caller frees. */
char *bp_text_dup_folded (const char *text);
/* Strips markup debris (<b>, <ul><li>, <sup>), list bullets and arrows at the start, and puts blanks in order: one between words, or one
 * no-break space; joiners, soft hyphens and marks of direction inside the text stay. Caller frees. */
char *bp_text_dup_cleaned (const char *text);
/* Natural order of refs: "4.2.9" before "4.2.10", "2" before "10a" before "10b". Like strcmp; byte order breaks ties. */
int bp_ref_compare (const char *a, const char *b);
/* The candidate with the smallest edit distance to word, if near enough to be meant (two letters, or a third of its length); else NULL.
 * Borrowed. */
const char *bp_text_find_nearest (const char *word, const char *const *candidates);
/* Small numbers in words for headings: 0 to 20 ("No" is the caller's); over that, digits. Caller frees. */
char *bp_text_dup_number_word (int number, bool capital);
/* "a, b and c" of a NULL-ended list; more than max (if over 0): "a, b and 4 more". Caller frees. */
char *bp_text_dup_joined (const char *const *words, int max);
/* Splits at the separator, trims each part and drops empty ones. Free with g_strfreev. */
char **bp_text_split_list (const char *text, char separator);
/* Cut at a word so that it has at most max_chars characters, "…" included. Caller frees. */
char *bp_text_dup_shortened (const char *text, int max_chars);
/* For quoting what stands in a file in a message: on one line, with at most 200 characters, "…" included. Caller frees. */
char *bp_text_dup_quoted (const char *text);
/* Appends text with every character that a terminal or a line of a log would obey instead of showing it, as "\\x1b" or "\\u202e": controls,
 * marks that turn the direction of writing, bytes that are no UTF-8. keeps_lines: line ends and tabs stay. */
void bp_text_append_visible (GString *out, const char *text, bool keeps_lines);
/* First letter raised. Caller frees. */
char *bp_text_dup_capitalised (const char *text);

#endif
