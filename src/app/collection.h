#ifndef BP_APP_COLLECTION_H
#define BP_APP_COLLECTION_H

#include "app/dispatch.h"
#include "app/made_sheets.h"
#include "domain/snapshot.h"

/* Who has an update sheet, whether it has come back, and what is to be done about it: the only place that decides which lead gets what.
 * Making it changes nothing. */

typedef enum
{
    BP_COLLECT_SEND,       /* the sheet */
    BP_COLLECT_REMIND,     /* the sheet again, with a reminder */
    BP_COLLECT_NOTHING,    /* all is well, or it is not the day */
    BP_COLLECT_ASK,        /* nobody knows whether the last message arrived */
    BP_COLLECT_NO_ADDRESS, /* none that can be used */
    BP_COLLECT_OUTSIDE,    /* the address is not within the allow-list */
    BP_COLLECT_HELD        /* this sheet does not go */
} BpCollectStep;
const char *bp_collect_step_name (BpCollectStep step); /* "send", "no address" */

/* One lead and their sheet. Days are BP_DATE_NONE where there is none. */
typedef struct
{
    const BpMadeSheet *sheet;
    const char *address; /* of leads.csv, as imported last; "" */
    BpDate due;          /* by when it is to come back */
    bool is_returned;
    BpDate returned_on; /* is not known of every sheet that came back */
    BpDate sent_on, reminded_on;
    int reminders; /* that were sent, or may have been */
    BpCollectStep step;
    char *words;      /* why: "returned on 5 August 2025" */
    BpLetter *letter; /* the message that is to go, or else the last that went; borrowed; NULL: none */
} BpCollectRow;

typedef struct
{
    BpDispatch *dispatch;
    BpMadeSheets *made;
    BpSnapshot *leads; /* as known today */
    GPtrArray *rows;   /* of BpCollectRow, in the order of the sheets */
    GPtrArray *runs;   /* what the sheets are of; private */
} BpCollection;

/* Fills dispatch with the messages of the run that is named (NULL: of the newest day with sheets, as a scheduler does: what a server
 * refused for good is not tried again, and what was due long ago is left alone). Each lead gets their own sheet at their own address, and
 * nothing else. With options->lead that lead's alone; with options->to_me a test of each to that address. NULL on failure. */
BpCollection *bp_collection_new (BpDispatch *dispatch, const char *run, GError **error);
void bp_collection_free (BpCollection *collection);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpCollection, bp_collection_free)

#endif
