#ifndef BP_APP_RUN_VERIFICATION_H
#define BP_APP_RUN_VERIFICATION_H

#include "app/programme_folder.h"
#include "app/run_circulation.h"
#include "app/run_file_check.h"
#include "app/run_rebuild.h"

/* Whether the manifest is the one that was written then, by the word of something outside the run's folder. */
typedef enum
{
    BP_WITNESS_NONE, /* it is not here, or does not know the run */
    BP_WITNESS_AGREES,
    BP_WITNESS_DISAGREES
} BpWitness;

typedef enum
{
    BP_VERDICT_PROVEN,
    BP_VERDICT_CONSISTENT, /* the run agrees with itself, but nothing outside its folder vouches for it: anybody can make such a folder */
    BP_VERDICT_NOT_PROVEN
} BpVerdict;

typedef struct
{
    char *folder;    /* of the run */
    char *folder_id; /* the run that it is called as */
    json_t *manifest;
    char *manifest_sha256;
    bool has_programme;
    BpProgrammeFolder programme;
    BpWitness store, given;       /* the sum in the store; that of --manifest-sum */
    char *store_reason;           /* why the store says nothing */
    bool has_circulation;         /* the store was read */
    BpRunCirculation circulation; /* if so */
    BpRunFileCheck files;
    bool was_rebuilt;
    BpRunRebuild rebuild; /* if so */
} BpRunVerification;

/* run: an id, "latest", or the path of a run's folder. The programme of -C or of the current folder is used if there is one, and its store
 * if that is there: what then cannot be read is an error, and never taken for absent. */
bool bp_run_verification_make (BpRunVerification *verification, const BpOptions *options, const char *run, GError **error);
void bp_run_verification_clear (BpRunVerification *verification);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BpRunVerification, bp_run_verification_clear)
/* Whether something says that the manifest is not the one that was written then. */
bool bp_run_verification_is_changed (const BpRunVerification *verification);
/* Whether the folder is not called as the run whose manifest it has. */
bool bp_run_verification_is_misnamed (const BpRunVerification *verification);
BpVerdict bp_run_verification_verdict (const BpRunVerification *verification);

#endif
