#ifndef BP_BASE_FORMULA_GUARD_H
#define BP_BASE_FORMULA_GUARD_H

#include <glib.h>
#include <stdbool.h>

/* A spreadsheet program that opens a CSV file takes a cell such as =HYPERLINK(…), +cmd|… or @SUM(1) as a formula and works it out, though
 * somebody else typed it as text. In files that hold what others typed, an apostrophe stands before such a cell: it is then shown as text.
 * It is taken off when boardpack reads the file, so that exactly what was typed comes back. */

/* Whether an apostrophe must be put before the cell. Numbers with a sign are left alone. */
bool bp_formula_needs_guard (const char *text, gsize length);
/* Whether the cell starts with an apostrophe that has been put there. */
bool bp_formula_has_guard (const char *text, gsize length);

#endif
