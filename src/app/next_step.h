#ifndef BP_APP_NEXT_STEP_H
#define BP_APP_NEXT_STEP_H

#include "app/dispatch.h"
#include "app/exit_code.h"

/* The commands to give next, each complete, on stderr as "next: …"; none with --quiet. NAME, ROLE and TEXT are for a person to fill in. */

/* After a rehearsal of `send` or `collect`. confirmation: what is to be typed with --confirm. */
void bp_next_step_after_rehearsal (const BpDispatch *dispatch, const char *confirmation);
/* After what went, or did not. */
void bp_next_step_after_delivery (const BpDispatch *dispatch, const char *confirmation);
/* Of one message; nothing if it is not doubtful. */
void bp_next_step_for_doubtful (const BpOptions *options, const BpSend *send);
/* "approve RUN --forum bbp --by NAME --role ROLE", of the given forums (NULL-ended); caller frees. */
char *bp_next_step_dup_approve (const char *run, const char *const *forums);
/* " --forum 'A B'" for each; quoted for a shell where that is needed. */
void bp_next_step_append_forums (GString *text, const char *const *forums);

#endif
