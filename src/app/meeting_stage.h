#ifndef BP_APP_MEETING_STAGE_H
#define BP_APP_MEETING_STAGE_H

#include "app/programme_folder.h"
#include "domain/due.h"
#include "store/approvals.h"
#include "store/sends.h"

#include <jansson.h>

/* How far a pack has come towards its meeting. */
typedef enum
{
    BP_STAGE_NONE,     /* no pack was made since the meeting before */
    BP_STAGE_DRAFT,    /* a draft was */
    BP_STAGE_BUILT,    /* a final pack was; nobody has approved it */
    BP_STAGE_APPROVED, /* and nothing was sent */
    BP_STAGE_SENDING,  /* some has been sent, and not all was accepted */
    BP_STAGE_SENT      /* whoever it was sent to, the server took it */
} BpStage;

/* "none", "draft", "built", "approved", "sending", "sent" */
const char *bp_stage_name (BpStage stage);

/* What is known of all runs: read once for all meetings. */
typedef struct
{
    GPtrArray *manifests; /* of json_t *, newest first */
    GPtrArray *approvals; /* of BpApproval, newest first */
    GPtrArray *sends;     /* of BpSend, no tests */
} BpProgress;

/* Reads runs and store; a programme without a store has neither approvals nor sends. */
bool bp_progress_load (BpProgress *progress, const BpProgrammeFolder *folder, GError **error);
void bp_progress_clear (BpProgress *progress);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BpProgress, bp_progress_clear)

/* One step towards a meeting, and how far that has come. */
typedef struct
{
    const BpDue *due;
    BpStage stage;
    const char *run;                         /* that made the pack; "" if there is none; borrowed from the progress */
    int version;                             /* of an approved pack */
    int sheets, returned;                    /* update sheets of leads, of the newest day since the meeting before */
    int messages, accepted, doubtful, other; /* of the pack */
    bool is_done;
} BpMeetingStage;

/* Of the runs that show a day after the meeting before, and up to this one, the pack is the newest that is approved, else the newest final
 * one, else the newest draft. A final pack settles updates and papers; issue is settled once all that was sent was accepted. */
BpMeetingStage bp_meeting_stage_find (const BpProgress *progress, const BpProgrammeFolder *folder, const BpDue *due);
/* "3 of 14 returned", "draft 2025-07-31-1", "sent to 5 of 7, 1 doubtful". Caller frees. */
char *bp_meeting_stage_dup_words (const BpMeetingStage *stage);
/* The command to give next; NULL if it is done. Caller frees. */
char *bp_meeting_stage_dup_next (const BpMeetingStage *stage);

#endif
