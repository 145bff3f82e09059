#ifndef BP_PACK_LOCAL_COLUMN_H
#define BP_PACK_LOCAL_COLUMN_H

#include "pack/build.h"

/* Local columns of config/fields.ini. None reaches the public: nobody has said which of them it may read. */

/* How many local columns of that table (a BpTableId) this audience may read. */
int bp_local_count (const BpBuild *build, int table);
/* Of the index-th local column of that table. */
const char *bp_local_title (const BpBuild *build, int table, int index);
/* The value of that column among the local values of a row (NULL: it has none): a true number, date, yes or no; text, and whatever cannot
 * be read as its type says, as typed; [z] if blank. Copied into the pack. */
BpValue bp_local_value (const BpBuild *build, int table, int index, const char *const *local);
/* "Ward: North. Budget code: E100.": what is not blank of the local values of a row; "" if nothing is. Belongs to the pack. */
const char *bp_local_sentences (const BpBuild *build, int table, const char *const *local);
/* The same as a line of a table's cell; none if there is nothing to say. */
void bp_local_add_line (const BpBuild *build, BpCell *cell, int table, const char *const *local);

#endif
