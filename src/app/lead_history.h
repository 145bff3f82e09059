#ifndef BP_APP_LEAD_HISTORY_H
#define BP_APP_LEAD_HISTORY_H

#include "app/made_sheets.h"
#include "domain/snapshot.h"
#include "store/sends.h"

/* What the ledger has of one lead, at one address, about one as-of date. Everything is borrowed from the list of sends; NULL: none. */
typedef struct
{
    const BpSend *first;              /* of the sheet that counts now: the accepted one, else a doubtful one, else what is in the ledger */
    const BpSend *thread;             /* the newest sheet that was accepted: what reminders follow */
    bool has_other;                   /* another sheet of that day was accepted */
    const BpSend *last_reminder;      /* of the highest round */
    const BpSend *open_reminder;      /* the last one, if nobody can have it and it may still go */
    const BpSend *last_sent_reminder; /* that arrived, or may have */
    int reminders;                    /* that arrived, or may have */
    int rounds;                       /* of the last one; 0: none yet */
    BpDate last_on;                   /* the day of the last message that arrived or may have; BP_DATE_NONE */
} BpLeadHistory;

/* sends: those of the sheet's day, oldest first. leads says who is who. */
void bp_lead_history_read (BpLeadHistory *history_out, const GPtrArray *sends, const BpSnapshot *leads, const BpMadeSheet *sheet,
                           const char *address);
/* Whether it may have arrived and nobody knows; false for NULL. An intent is one that a dead program left. */
bool bp_lead_history_is_doubtful (const BpSend *send);
/* The day in London on which it ended; BP_DATE_NONE for NULL. */
BpDate bp_lead_history_day (const BpSend *send);

#endif
