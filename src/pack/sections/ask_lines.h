#ifndef BP_PACK_SECTIONS_ASK_LINES_H
#define BP_PACK_SECTIONS_ASK_LINES_H

#include "pack/build.h"

struct BpAction;
struct BpDecision;

/* What is asked about one action, and of whom: an ask stands under the name of the forum that it is put to, and of no other. */

typedef enum
{
    BP_ASK_OF_THIS_MEETING,
    BP_ASK_OF_OTHER_FORUM,
    BP_ASK_NOT_RAISED, /* its lead asks for something that no decision holds yet */
    BP_ASK_NONE
} BpAskKind;

typedef struct
{
    BpAskKind kind;
    int number;        /* in the list of this meeting, from 1; else 0 */
    const char *forum; /* of another forum's: its short name; else NULL */
    const char *text;  /* as that forum's list words it; "None" */
} BpAskLine;

/* Whether the ask names the action by its ref: "1.1" is not named by "1.1.2". */
bool bp_ask_names (const struct BpDecision *decision, const struct BpAction *action);
/* The ask with a mark after each ref that was inferred (actions: BpAction); caller frees. */
char *bp_ask_dup_text (const struct BpDecision *decision, const GPtrArray *inferred, const char *mark);
/* The same with the refs printed as they are everywhere else in the pack: "1.1.2*". */
const char *bp_build_ask_text (const BpBuild *build, const struct BpDecision *decision);
/* Of BpAskLine, never empty: this meeting's first. asks: bp_build_dup_open_asks. Free with g_array_unref. */
GArray *bp_build_dup_ask_lines (const BpBuild *build, const struct BpAction *action, const GPtrArray *asks);
/* Rows of a card: "Ask 1 | Approve …", "Asked of | BBP: fund …", "Ask | None". */
void bp_card_add_ask_rows (const BpBuild *build, BpNode *card, const struct BpAction *action, const GPtrArray *asks);
/* How many rows that are. */
int bp_build_ask_row_count (const BpBuild *build, const struct BpAction *action, const GPtrArray *asks);

#endif
