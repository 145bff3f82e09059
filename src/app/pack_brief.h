#ifndef BP_APP_PACK_BRIEF_H
#define BP_APP_PACK_BRIEF_H

#include "app/finished_run.h"
#include "config/programme_config.h"
#include "delivery/pack_message.h"
#include "pack/pack_digest.h"
#include "store/store.h"

/* What a message says of a run's packs besides what it carries. Everything comes from what the run was made from, and nothing is said that
 * the forum's own pack does not print. */
typedef struct BpPackBrief BpPackBrief;

/* root: the programme's folder. A brief that cannot be had, because configuration or templates are not those of the run, is one without
 * words: bp_pack_brief_gap says why. NULL on failure. */
BpPackBrief *bp_pack_brief_load (const char *root, const BpFinishedRun *run, BpStore *store, GError **error);
void bp_pack_brief_free (BpPackBrief *brief);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpPackBrief, bp_pack_brief_free)
/* NULL: none. */
const char *bp_pack_brief_gap (const BpPackBrief *brief);
/* The forum as on the run's day; NULL if there is a gap, or it had no pack. Borrowed. */
const BpForum *bp_pack_brief_forum (const BpPackBrief *brief, const char *id);
/* The next meeting from the run's day on; BP_DATE_NONE if none has a date. */
BpDate bp_pack_brief_meeting (const BpPackBrief *brief, const char *forum);

/* Of one forum's pack; it outlives the brief. */
typedef struct
{
    BpPackDigest *digest;     /* summary and heading are its; NULL: nothing can be said */
    const char *asks_heading; /* NULL: nothing is asked, or it cannot be said */
    GArray *asks;             /* of BpPackMessageAsk: those that a message has room for */
    char *asks_note;          /* "And 12 more, in the pack."; "No asks of this meeting."; NULL */
    GPtrArray *texts;         /* of char *: what the asks are made of */
} BpPackWords;

BpPackWords *bp_pack_brief_new_words (const BpPackBrief *brief, const char *forum);
void bp_pack_words_free (BpPackWords *words);

#endif
