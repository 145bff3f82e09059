#ifndef BP_APP_DISPATCH_H
#define BP_APP_DISPATCH_H

#include "app/folder_recipients.h"
#include "app/pack_mail.h"
#include "app/programme_folder.h"
#include "app/send_journal.h"
#include "app/sheet_mail.h"

#define BP_LETTER_REMEMBERED "the file beside the store says so; the store, an older copy, had forgotten it"

/* What `send` or `collect` is about to do: a letter for each address, and what does not go with the reason why. Making it changes
 * nothing. */

typedef struct
{
    BpSend *send;           /* as planned; once it is in the ledger, as the ledger has it */
    const BpPackMail *pack; /* it is of one of them; of what will not go, of neither */
    const BpSheetMail *sheet;
    const BpEarlierVersion *earlier; /* what its address has, or was told of, of an earlier version; NULL */
    char *name;                      /* of the recipient */
    bool is_outside;                 /* off the allow-list, by an exception */
    char *exception_by;              /* who approved that, as the row says; NULL */
    bool is_open;                    /* the ledger lets it go */
    bool is_remembered;              /* by the journal alone: the ledger is to learn the state that the send has */
    char *fault;                     /* why the message cannot be made; NULL */
    char *obstacle;                  /* of a recall: why no mail may go to its address, so that somebody has to tell them; NULL */
    gsize bytes;                     /* of the message */
    char *file;                      /* of a rehearsal; NULL */
} BpLetter;

typedef struct
{
    char *run, *whose /* forum or lead; of a row that nobody can read, where it stands */, *address /* NULL: of such a row */, *reason;
    bool is_to_mend; /* somebody is to get it and cannot, until a row is mended */
} BpLeftOut;

/* A pack of which nothing goes, or a lead's sheet. */
typedef struct
{
    char *run, *whose, *reason;
    bool is_faulty; /* something is wrong, rather than not done yet */
} BpHeld;

typedef struct
{
    const BpOptions *options;
    const BpProgrammeFolder *folder;
    BpStore *store;
    bool is_for_leads;   /* by `collect` */
    BpTableSet *tables;  /* the store's, as known now */
    GPtrArray *letters;  /* of BpLetter, by run and forum */
    GPtrArray *left_out; /* of BpLeftOut */
    GPtrArray *held;     /* of BpHeld */
    BpSendJournal *journal;
    BpFolderRecipients *now;                  /* NULL: not read yet */
    guint earlier_packs;                      /* that went by calls before, of which somebody is left out */
    guint settled;                            /* leads who have returned their sheet: there is nothing to send */
    GPtrArray *runs, *packs, *mails, *sheets; /* what the letters are made of */
} BpDispatch;

/* folder and store must outlive it; NULL on failure. */
BpDispatch *bp_dispatch_new (const BpOptions *options, const BpProgrammeFolder *folder, BpStore *store, GError **error);
void bp_dispatch_free (BpDispatch *dispatch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpDispatch, bp_dispatch_free)
/* Something of which nothing goes. */
void bp_dispatch_hold (BpDispatch *dispatch, const char *run, const char *whose, bool is_faulty, const char *reason);
/* An address that gets nothing; NULL: a row, named by whose, that cannot be read. The caller sets what else is known of it. */
BpLeftOut *bp_dispatch_leave_out (BpDispatch *dispatch, const char *run, const char *whose, const char *address, const char *reason);
/* Takes send. there: what the ledger has of it; NULL. is_due: a scheduler's call, which asks no server again that refused for good. The
 * caller says what the letter is made of. */
BpLetter *bp_dispatch_add_letter (BpDispatch *dispatch, BpSend *send, const BpSend *there, bool is_due);
/* If it is open: a message that cannot be made is known before the first one goes. */
void bp_letter_try_writing (BpLetter *letter);
/* The message of a letter. */
GBytes *bp_letter_write (const BpLetter *letter, GError **error);
/* Whether it is to go now. */
bool bp_letter_goes (const BpLetter *letter);

#endif
