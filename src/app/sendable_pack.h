#ifndef BP_APP_SENDABLE_PACK_H
#define BP_APP_SENDABLE_PACK_H

#include "app/finished_run.h"
#include "store/approvals.h"

/* The pack of one forum as it may be sent: its files in memory, byte for byte those that were approved. */
typedef struct
{
    char *forum;          /* its id */
    const char *marking;  /* as the manifest has it; borrowed from the run */
    int version;          /* that it prints; 0: a draft */
    BpApproval *approval; /* NULL: none in force, or not looked for */
    GPtrArray *files;     /* of BpPackFile: the PDF first, then the workbook, if there is one */
    GPtrArray *contents;  /* of GBytes, beside files */
    bool is_faulty;       /* of a refusal: something is wrong, rather than not done yet */
    char *refusal;        /* why it may not be sent; NULL: it may */
} BpSendablePack;

/* Looks whether the pack may be sent: the manifest is the one that the store has the sum of, an approval is in force, given today or
 * before, none of a later version is, and manifest, approval and the bytes on the disk agree. is_test: drafts and packs that nobody has
 * approved may too. NULL on failure of the store alone. */
BpSendablePack *bp_sendable_pack_load (const BpFinishedRun *run, BpStore *store, const char *forum, BpDate today, bool is_test,
                                       GError **error);
void bp_sendable_pack_free (BpSendablePack *pack);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpSendablePack, bp_sendable_pack_free)

#endif
