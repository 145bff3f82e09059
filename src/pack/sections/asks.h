#ifndef BP_PACK_SECTIONS_ASKS_H
#define BP_PACK_SECTIONS_ASKS_H

#include "pack/build.h"

struct BpAction;
struct BpDecision;

#define BP_MOST_ASKS_IN_SHORT 3

/* The open decisions of this forum that the audience may see, in the order of the snapshot. Free with g_ptr_array_unref. */
GPtrArray *bp_build_dup_open_asks (const BpBuild *build);
/* The number of the first ask that names the action by its ref ("Approve new dates for 2.1.4 and 2.2.3"), from 1; 0 if none does. */
int bp_build_ask_number (const GPtrArray *asks, const struct BpAction *action);
/* The whole asks, or three of them in few words for a summary (their owners stand on the asks page, where there is one). */
typedef enum
{
    BP_ASKS_WHOLE,
    BP_ASKS_IN_SHORT
} BpAsksForm;
void bp_section_add_asks_box (const BpBuild *build, BpNode *section, const GPtrArray *asks, BpAsksForm form, int limit);
/* "Two asks of this meeting". */
const char *bp_build_asks_heading (const BpBuild *build, int count);
/* "No asks of this meeting.", or that they are not published. */
const char *bp_build_no_asks_text (const BpBuild *build);
/* How many asks the sections of this pack list at most; 0 if none lists any. */
int bp_build_most_asks (const BpBuild *build);

/* What a pack says of one ask, and a message that goes with it. */
typedef struct
{
    const char *kind;      /* "Approve" */
    const char *text;      /* without that verb: "New dates for 2.1.4" */
    const char *owner;     /* "Owner: Learner Support", "No owner" */
    const char *needed_by; /* "By 18 September 2025", "Was needed by …", "No date given" */
} BpAskWords;
BpAskWords bp_build_ask_words (const BpBuild *build, const struct BpDecision *decision);

#endif
