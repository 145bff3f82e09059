#ifndef BP_PACK_SECTIONS_SUMMARY_WORDS_H
#define BP_PACK_SECTIONS_SUMMARY_WORDS_H

#include "pack/build.h"

/* How the summary says where the programme stands. points: bp_snapshot_burn_up. Strings belong to the pack. */

/* Planned and completed among the actions that have an end date, on the as-of date: only these can be behind plan. */
void bp_summary_read_progress (const BpBuild *build, const GArray *points, int *planned_out, int *done_out);
/* "14 behind plan". */
const char *bp_summary_against_plan (const BpBuild *build, const GArray *points);
/* "26 of 69 actions are complete, 14 behind plan"; of a plan that has actions. */
const char *bp_summary_headline (const BpBuild *build, const GArray *points);
/* "26 done: 24 complete, 2 done before. 1 reported on track is past its date": what the counts by status need said beside them; NULL if
 * there is nothing. */
const char *bp_summary_status_aside (const BpBuild *build);

#endif
