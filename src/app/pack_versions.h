#ifndef BP_APP_PACK_VERSIONS_H
#define BP_APP_PACK_VERSIONS_H

#include "store/store.h"

/* The version that a pack of each forum (of BpForum) prints: one more than that approved for the day, 1 if none is. Elements int, in the
 * forums' order; NULL on failure. A final pack that follows an approved one needs a correction, a sentence on what changed; a correction
 * needs something to correct: BP_ERROR_FAILED otherwise, with what to do. */
GArray *bp_pack_versions_choose (BpStore *store, BpDate as_of, const GPtrArray *forums, bool is_draft, const char *correction,
                                 GError **error);

#endif
