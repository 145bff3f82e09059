#ifndef BP_APP_SHEET_MAIL_H
#define BP_APP_SHEET_MAIL_H

#include "app/finished_run.h"
#include "config/programme_config.h"
#include "store/sends.h"

/* The messages that go to one lead with an update sheet: the sheet first, then reminders. */
typedef struct
{
    const BpProgrammeConfig *config; /* of the day of sending */
    const BpFinishedRun *run;
    const json_t *made; /* the sheet, as the run's manifest has it */
    GBytes *bytes;      /* the workbook: those that the manifest says */
    char **urgent;      /* lines; NULL: not known */
    int more;           /* rows that are not among them */
    char *first_id;     /* the Message-ID that reminders follow; NULL: none */
    bool replaces_earlier;
    gint64 now; /* of what is not in the ledger yet */
} BpSheetMail;

/* Reads the workbook. NULL if it is not, byte for byte, the one that was made. */
BpSheetMail *bp_sheet_mail_new (const BpProgrammeConfig *config, const BpFinishedRun *run, const json_t *made, gint64 now, GError **error);
void bp_sheet_mail_free (BpSheetMail *mail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpSheetMail, bp_sheet_mail_free)
/* What is to be sent, as the ledger knows it. round: 0 for the sheet, 1 for the first reminder, … */
BpSend *bp_sheet_mail_new_send (const BpSheetMail *mail, BpSendKind kind, int round, const char *address);
/* The message. Its Date is when it was planned, so that a second try is the same message. name: of the recipient; NULL: none. */
GBytes *bp_sheet_mail_write (const BpSheetMail *mail, const BpSend *send, const char *name, GError **error);

#endif
