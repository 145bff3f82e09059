#ifndef BP_PACK_PACK_DIGEST_H
#define BP_PACK_PACK_DIGEST_H

#include "pack/pack.h"
#include "pack/report_layout.h"
#include "pack/sections/asks.h"

struct BpForum;
struct BpSnapshot;

/* What a forum's pack says first, in the pack's own words, for a message that goes with it: the same functions write both. */
typedef struct
{
    BpPack *pack;             /* owns the texts */
    const char *asks_heading; /* "Two asks of this meeting"; NULL: the pack lists none */
    const char *no_asks;      /* "No asks of this meeting."; NULL: there are some, or the pack has no place for them */
    int ask_count;            /* those in the heading */
    GArray *asks;             /* of BpAskWords: those that the pack lists */
    const char *summary[4];   /* how many are complete, counts by status, what is to be said beside them; NULL-ended */
} BpPackDigest;

/* inferred_mark: what stands after a ref that was inferred, since a message has no key to explain the "*" of packs. */
BpPackDigest *bp_pack_digest_new (const struct BpSnapshot *snapshot, const struct BpForum *forum, const BpReportLayout *layout,
                                  const char *inferred_mark);
void bp_pack_digest_free (BpPackDigest *digest);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpPackDigest, bp_pack_digest_free)

#endif
