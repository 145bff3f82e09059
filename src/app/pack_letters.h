#ifndef BP_APP_PACK_LETTERS_H
#define BP_APP_PACK_LETTERS_H

#include "app/dispatch.h"

/* Adds the packs of a run: of the given forums (NULL-ended ids; NULL: all). With options->to_me, a test of each to that address. is_due:
 * a scheduler's call, which sends corrections as such, and of a pack that it has begun nothing but what it did not come to. */
bool bp_pack_letters_add (BpDispatch *dispatch, const char *run_id, const char *const *forums, bool is_due, GError **error);
/* Of a pack that has gone to all that it could: names whoever is on today's list, has not got it, and cannot until their row is mended. */
bool bp_pack_letters_name_overlooked (BpDispatch *dispatch, const char *run, const char *forum, GError **error);

#endif
