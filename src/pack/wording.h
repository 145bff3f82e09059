#ifndef BP_PACK_WORDING_H
#define BP_PACK_WORDING_H

#include "pack/build.h"

struct BpAction;
struct BpActionCounts;
struct BpArea;
struct BpStatus;

/* The words in which a pack speaks of counts, dates and refs. All strings belong to the pack. */

/* "1 action", "4 actions", "0 actions"; plural is the whole plural word. */
const char *bp_words_count (BpPack *pack, int count, const char *singular, const char *plural);
/* "no", "one" … "twenty", "21"; "No", "One" with capital. */
const char *bp_words_number (BpPack *pack, int number, bool capital);
/* "is" or "are" and the like: singular for one, else plural. */
const char *bp_words_pick (int count, const char *singular, const char *plural);
/* "26 of 69 actions are complete", "All 5 actions are complete", "None of the 2 actions is complete", "The one action is complete": one and
 * many are the noun for one and for the total. */
const char *bp_words_complete (BpPack *pack, int done, int total, const char *one, const char *many);
/* The verb of "n of N": singular if n or N is one. */
const char *bp_words_pick_of (int count, int total, const char *singular, const char *plural);
/* "Open", "Done", "Paused": what the status counts as. */
const char *bp_words_counts_as (const struct BpStatus *status);
/* First letter lowered, but not of an abbreviation: "On track" is "on track", "EHC plans" stays. */
const char *bp_words_lower_first (BpPack *pack, const char *text);
const char *bp_words_date (BpPack *pack, BpDate date, BpDateStyle style);
/* "2.1.4, 2.2.3 and 3.3.3"; more than max (over 0): the first and "and 4 more". NULL if there are none. */
const char *bp_words_refs (const BpBuild *build, const GPtrArray *actions, int max);
/* "2 complete, 1 on track, 1 off track": statuses that have a count, in the order of the scale. */
const char *bp_words_status_counts (const BpBuild *build, const struct BpActionCounts *counts);
/* "1 reported on track is past its date", "2 reported on track are past their dates and 1 reported complete may miss its date": the actions
 * that were reported better than their dates and updates are; NULL if there are none. */
const char *bp_words_disagreeing (const BpBuild *build, const GPtrArray *actions);
/* The same by their refs: "3.1.3 is reported on track and past its date."; NULL if there are none. */
const char *bp_words_disagreeing_refs (const BpBuild *build, const GPtrArray *actions);
/* "a, b and c" of const char *; NULL if there are none. */
const char *bp_words_joined (BpPack *pack, const GPtrArray *words, int max);
/* The ref as printed: "1.1.2*"; with the plan before it where several plans have actions. */
const char *bp_words_action_ref (const BpBuild *build, const struct BpAction *action);
/* The short title, else the text cut at a word. */
const char *bp_words_action_title (BpPack *pack, const struct BpAction *action, int max_chars);
/* "Area 2", "WSOA area 2" where several plans have areas with actions. */
const char *bp_words_area_label (const BpBuild *build, const struct BpArea *area);
/* "2.2 Annual reviews"; the title alone for the area of actions without a known area. */
const char *bp_words_area_heading (const BpBuild *build, const struct BpArea *area);
/* "2 EHC planning". */
const char *bp_words_area_short_heading (const BpBuild *build, const struct BpArea *area);
/* Adds a full stop unless the text ends with a mark already. */
const char *bp_words_sentence (BpPack *pack, const char *text);
/* How many have that status. */
int bp_counts_of (const struct BpActionCounts *counts, const struct BpStatus *status);
bool bp_words_is_blank (const char *text);

#endif
