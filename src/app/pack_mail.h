#ifndef BP_APP_PACK_MAIL_H
#define BP_APP_PACK_MAIL_H

#include "app/earlier_versions.h"
#include "app/pack_brief.h"
#include "app/sendable_pack.h"
#include "app/version_changes.h"
#include "store/sends.h"

/* The messages that go with one forum's pack: what they say is the same for all, whom they go to is not. */
typedef struct
{
    const BpProgrammeConfig *config; /* of the day of sending */
    const BpFinishedRun *run;
    const BpSendablePack *pack;
    const char *forum_name;
    char *handling, *notice; /* whom the pack is for, and that its data are illustrative; NULL: not said */
    BpPackWords *words;
    char *gap; /* why there are no words, nor a meeting; NULL */
    BpDate meeting;
    gint64 now;        /* of the header Date, until the ledger knows when the message was planned */
    char **file_names; /* of attachments, beside the pack's files */
    /* what follows is the caller's to set */
    BpEarlierVersions *earlier; /* taken; NULL: not looked for */
    BpVersionChanges *changes;  /* taken */
} BpPackMail;

/* Whom a message goes to; borrowed. */
typedef struct
{
    const char *name; /* NULL: none */
    bool is_outside;  /* off the allow-list: with the gateway's trigger */
    const BpEarlierVersion *earlier;
} BpPackMailReader;

/* forum: as today. */
BpPackMail *bp_pack_mail_new (const BpProgrammeConfig *config, const BpFinishedRun *run, const BpSendablePack *pack,
                              const BpPackBrief *brief, const BpForum *forum, gint64 now);
void bp_pack_mail_free (BpPackMail *mail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpPackMail, bp_pack_mail_free)
/* What is to be sent, as the ledger knows it: files are the PDF, and the workbook with has_workbook. */
BpSend *bp_pack_mail_new_send (const BpPackMail *mail, BpSendKind kind, const char *address, bool has_workbook);
/* The message. The send's kind and files say what it is. */
GBytes *bp_pack_mail_write (const BpPackMail *mail, const BpSend *send, const BpPackMailReader *to, GError **error);
/* What all messages share. Callers free. */
char *bp_mail_dup_handling (const char *handling, const char *notice); /* "For members. Illustrative data."; NULL: none */
#define BP_BYTES_IN_MB 1000000
char *bp_mail_dup_prefix (const BpMailSettings *settings, const BpSend *send); /* "[TEST] SEND programme"; NULL: none */
char *bp_mail_dup_contact (const BpMailSettings *settings);                    /* "Programme office, office@example.org" */

#endif
