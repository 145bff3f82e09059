#ifndef BP_APP_DISPATCH_H
#define BP_APP_DISPATCH_H

#include "app/pack_mail.h"
#include "app/programme_folder.h"

/* What `send` is about to do: a letter for each address, and what does not go with the reason why. Making it changes nothing. */

typedef struct
{
    BpSend *send; /* as planned; once it is in the ledger, as the ledger has it */
    const BpPackMail *mail;
    char *name;      /* of the recipient */
    bool is_outside; /* off the allow-list, by an exception */
    bool is_open;    /* the ledger lets it go */
    char *fault;     /* why the message cannot be made; NULL */
    gsize bytes;     /* of the message */
    char *file;      /* of a rehearsal; NULL */
} BpLetter;

typedef struct
{
    char *run, *forum, *address, *reason;
} BpLeftOut;

/* A pack of which nothing goes. */
typedef struct
{
    char *run, *forum, *reason;
    bool is_faulty; /* something is wrong, rather than not done yet */
} BpHeldPack;

typedef struct
{
    const BpOptions *options;
    const BpProgrammeFolder *folder;
    BpStore *store;
    GPtrArray *recipients;           /* of BpRecipient: the store's, as known now */
    GPtrArray *letters;              /* of BpLetter, by run and forum */
    GPtrArray *left_out;             /* of BpLeftOut */
    GPtrArray *held;                 /* of BpHeldPack */
    GPtrArray *runs, *packs, *mails; /* what the letters are made of */
} BpDispatch;

/* folder and store must outlive it; NULL on failure. */
BpDispatch *bp_dispatch_new (const BpOptions *options, const BpProgrammeFolder *folder, BpStore *store, GError **error);
void bp_dispatch_free (BpDispatch *dispatch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpDispatch, bp_dispatch_free)
/* Adds the packs of a run: of the given forums (NULL-ended ids; NULL: all). With options->to_me, a test of each to that address. is_due:
 * a scheduler's call, which sends corrections as such, and of a pack that it has begun nothing but what it did not come to. */
bool bp_dispatch_add_run (BpDispatch *dispatch, const char *run_id, const char *const *forums, bool is_due, GError **error);
/* A pack that does not go. */
void bp_dispatch_hold (BpDispatch *dispatch, const char *run, const char *forum, bool is_faulty, const char *reason);
/* The message of a letter. */
GBytes *bp_letter_write (const BpLetter *letter, GError **error);
/* Whether it is to go now. */
bool bp_letter_goes (const BpLetter *letter);

#endif
