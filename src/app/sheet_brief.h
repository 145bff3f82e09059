#ifndef BP_APP_SHEET_BRIEF_H
#define BP_APP_SHEET_BRIEF_H

#include "app/run_data.h"

/* What of a lead's sheet needs them most, in lines for a message: exceptions first, worst and latest first, then values that are due; at
 * most five. *more_out is how many rows of the sheet are not among them. NULL if it cannot be told for certain: the run's data cannot be
 * had, or do not come to the sheet that made (of the manifest) says. Free with g_strfreev. */
char **bp_sheet_brief_dup_urgent (const BpRunData *data, const json_t *made, int *more_out);

#endif
