#ifndef BP_STORE_APPROVALS_H
#define BP_STORE_APPROVALS_H

#include "store/pack_file.h"
#include "store/store.h"

/* That a named person approved the files of one forum's pack: an attestation. It is never changed or deleted, but can be withdrawn until
 * something was sent; a withdrawn one is kept. Every change is on the disk when its call returns. */
typedef struct BpApproval
{
    gint64 id;
    char *run, *forum;
    BpDate as_of;
    int version; /* that the pack prints: 1, 2, … */
    char *approved_by, *role;
    char *account;     /* the user of the system who typed it */
    char *prepared_by; /* who made the run, as its manifest says */
    char *note;
    gint64 approved_at; /* seconds since 1970, UTC */
    BpDate approved_on;
    char *manifest_sha256;
    GPtrArray *files;  /* of BpPackFile: what was approved */
    bool is_withdrawn; /* what follows is set then */
    gint64 withdrawn_at;
    BpDate withdrawn_on;
    char *withdrawn_by, *withdrawal_note;
} BpApproval;

void bp_approval_free (BpApproval *approval);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpApproval, bp_approval_free)
/* The file of that path, or of that SHA-256; NULL if it is none of those approved. */
const BpPackFile *bp_approval_find_file (const BpApproval *approval, const char *path);
bool bp_approval_has_hash (const BpApproval *approval, const char *sha256);

/* Keeps approvals (elements BpApproval; id and all that concerns a withdrawal are not read), all or none. BP_ERROR_FAILED, saying which
 * run, if a forum's pack of that run is approved already, or one of the same day with this version or a later one. */
bool bp_approvals_add (BpStore *store, const GPtrArray *approvals, GError **error);

typedef struct
{
    const char *by, *note;
    gint64 at;
    BpDate on;
} BpWithdrawal;

/* Withdraws the approvals of the run's forums (NULL-ended; NULL: all that are in force), all or none. BP_ERROR_FAILED if there is none in
 * force, or if a message of one of them was accepted, is doubtful, or is being sent. *count_out is how many were withdrawn. */
bool bp_approvals_withdraw (BpStore *store, const char *run, const char *const *forums, const BpWithdrawal *withdrawal, int *count_out,
                            GError **error);

/* Approvals of a run (NULL: of all), withdrawn ones too, newest first. Elements BpApproval; NULL on failure. Free with
 * g_ptr_array_unref. */
GPtrArray *bp_approvals_list (BpStore *store, const char *run, GError **error);
/* *approval_out is that in force for the forum's pack of that run, NULL if there is none; the caller frees it. */
bool bp_approvals_find (BpStore *store, const char *run, const char *forum, BpApproval **approval_out, GError **error);
/* *approval_out is that in force with the highest version of the forum's packs of a day, NULL if none is approved; the caller frees it. A
 * final pack made now is one version more. */
bool bp_approvals_find_newest (BpStore *store, BpDate as_of, const char *forum, BpApproval **approval_out, GError **error);

#endif
