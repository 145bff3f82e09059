#ifndef BP_APP_RUN_CIRCULATION_H
#define BP_APP_RUN_CIRCULATION_H

#include "store/approvals.h"
#include "store/sends.h"

#include <jansson.h>

/* Who approved the packs of a run, and how many messages of them went: what the store says of it. */
typedef struct
{
    GPtrArray *approvals;                                         /* of BpApproval: in force, oldest first */
    GPtrArray *other;                                             /* of BpApproval, borrowed: those of another manifest of that name */
    GPtrArray *unapproved;                                        /* of char *: forums whose pack nobody has approved */
    int packs[BP_SEND_STATE_COUNT], notices[BP_SEND_STATE_COUNT]; /* messages with a pack, and those that only tell of it */
} BpRunCirculation;

bool bp_run_circulation_load (BpRunCirculation *circulation, BpStore *store, const json_t *manifest, const char *manifest_sha256,
                              GError **error);
void bp_run_circulation_clear (BpRunCirculation *circulation);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BpRunCirculation, bp_run_circulation_clear)
/* Two lines: "approved  …" and "sent      …". */
void bp_run_circulation_print (const BpRunCirculation *circulation);
/* {"approvals": […], "not_approved": […], "sent": {"packs": {"accepted": 4, …}, "notices": {…}}} */
json_t *bp_run_circulation_to_json (const BpRunCirculation *circulation);

#endif
