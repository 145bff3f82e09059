#ifndef BP_STORE_SENDS_H
#define BP_STORE_SENDS_H

#include "store/pack_file.h"
#include "store/store.h"

/* The ledger of what was sent: one entry for each run, forum and address, one more for a recall, and one for each run, lead, round and
 * address (tests apart), and every state that it was ever in. What is to be done is written before it is done, and is on the disk when the
 * call returns; so whoever is stopped, at whatever point, sends nothing twice and forgets nothing.
 *
 * The caller holds the lock of the programme: an intent that it finds was left by a program that died. */
typedef enum
{
    BP_SEND_STATE_PLANNED,  /* to be sent */
    BP_SEND_STATE_INTENT,   /* about to go to the server, or with it: its answer is not known */
    BP_SEND_STATE_ACCEPTED, /* the server took it */
    BP_SEND_STATE_REJECTED, /* the server refused it for good (5xx) */
    BP_SEND_STATE_DEFERRED, /* the server asked to try later (4xx) */
    BP_SEND_STATE_DOUBTFUL, /* the answer was lost: it may have arrived. Never sent again by itself */
    BP_SEND_STATE_FAILED,   /* it certainly did not go: no connection, no acceptable TLS, given up */
    BP_SEND_STATE_TOLD      /* of a recall: somebody has told them in another way */
} BpSendState;
#define BP_SEND_STATE_COUNT (BP_SEND_STATE_TOLD + 1)

/* What may become of what:
 *
 *   from       to
 *   planned    intent, failed
 *   intent     accepted, rejected, deferred, doubtful, failed
 *   accepted   –
 *   rejected   intent (a later call of the command)
 *   deferred   intent, failed
 *   doubtful   accepted, failed (a person has found out: bp_sends_resolve)
 *   failed     intent (a later call of the command)
 *   told       –
 *
 * and a recall that nobody is known to have got, told (a person says so: bp_sends_tell). */
bool bp_send_state_may_become (BpSendState from, BpSendState to);
/* Whether the message may still be another one, planned at another time: nobody can have it, and no server was asked to wait for it. */
bool bp_send_state_may_be_replaced (BpSendState state);
/* "planned", "intent", … as the store and JSON have it. */
const char *bp_send_state_name (BpSendState state);

typedef enum
{
    BP_SEND_KIND_PACK,
    BP_SEND_KIND_NOTICE,     /* says that there is a pack; nothing attached */
    BP_SEND_KIND_CORRECTION, /* a pack of version 2 or more, to somebody who has an earlier one */
    BP_SEND_KIND_TEST,       /* to the operator: needs no approval, may be repeated */
    BP_SEND_KIND_SHEET,      /* a lead's update sheet */
    BP_SEND_KIND_REMINDER,   /* the same sheet again, with a word that it has not come back */
    BP_SEND_KIND_RECALL      /* to somebody who has an earlier version and may not get this one: to be deleted; nothing attached */
} BpSendKind;
#define BP_SEND_KIND_COUNT (BP_SEND_KIND_RECALL + 1)

const char *bp_send_kind_name (BpSendKind kind);
/* Whether its files travel with it; else it only tells of them. */
bool bp_send_kind_attaches (BpSendKind kind);

typedef struct
{
    gint64 id; /* 0: not in the ledger yet */
    BpSendKind kind;
    BpSendState state;
    char *run;
    char *forum; /* whose pack it is; "" of what goes to a lead */
    char *lead;  /* whose update sheet it is; "" of what goes to a forum */
    BpDate as_of;
    int version; /* of the pack; 0: a draft (tests alone), or no pack */
    int round;   /* of a lead's message: 0 with the sheet, 1 with the first reminder, … */
    char *address;
    char *message_id;
    GPtrArray *files;  /* of BpPackFile: those attached; of a notice or recall, those that it tells of */
    int attempts;      /* intents so far */
    gint64 planned_at; /* seconds since 1970, UTC; of the plan that it was begun by */
    gint64 tried_at;   /* of the last intent; 0: none yet */
    gint64 ended_at;   /* of the last result; 0: none yet */
    char *words;       /* what the server said last, or why it is in this state; "" */
} BpSend;

/* A copy of the texts and files; state planned. */
BpSend *bp_send_new (BpSendKind kind, const char *run, const char *forum, BpDate as_of, int version, const char *address,
                     const char *message_id, const GPtrArray *files);
/* The same for a lead's update sheet (its one file) or reminder. */
BpSend *bp_send_new_for_lead (BpSendKind kind, const char *run, const char *lead, BpDate as_of, int round, const char *address,
                              const char *message_id, const GPtrArray *files);
/* The same message, to be planned: not in the ledger, whatever send is. */
BpSend *bp_send_dup_planned (const BpSend *send);
/* What two spellings of one address have in common; caller frees. */
char *bp_send_dup_address_key (const char *address);
/* Of one kind, with one id and the same files. */
bool bp_send_is_same_message (const BpSend *left, const BpSend *right);
/* Kind, id and files become those of from. */
void bp_send_take_message (BpSend *send, const BpSend *from);
void bp_send_exchange (BpSend *send, BpSend *other);
/* The forum, or the lead. Borrowed. */
const char *bp_send_whose (const BpSend *send);
bool bp_send_is_for_lead (const BpSend *send);
/* Made valid UTF-8 and one line, cut at 1,000 bytes. */
void bp_send_set_words (BpSend *send, const char *words);
void bp_send_free (BpSend *send);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpSend, bp_send_free)
/* A list that frees its BpSend. */
GPtrArray *bp_sends_new (void);

/* Enters sends (elements BpSend), all or none. One that the ledger has already (same run, forum or lead and round, address, whatever its
 * case, and both recalls or neither) is made what the ledger says of it: id, state, kind, message_id, files, attempts, words. While nothing
 * of it can have arrived and no attempt was deferred, kind, message_id, files and planned_at follow what is planned now; else the message
 * stays the one that was begun. Intents that a dead program left become doubtful first. Send, then, those that may become an intent
 * (bp_send_state_may_become): never those accepted or doubtful. */
bool bp_sends_plan (BpStore *store, const GPtrArray *sends, gint64 at, GError **error);
/* Makes every intent doubtful: the program that wrote it died before the answer was known. *count_out is how many. */
bool bp_sends_settle_stopped (BpStore *store, gint64 at, int *count_out, GError **error);
/* The message is about to go: state intent, one attempt more. Nothing may go to a server before this has returned true. BP_ERROR_FAILED,
 * and nothing changed, if its state does not allow it, or (of packs, but for tests) the pack's approval is not in force, does not hold
 * every file's SHA-256, or one of a later version is in force. */
bool bp_sends_begin (BpStore *store, BpSend *send, gint64 at, GError **error);
/* What came of it: state, and the server's words, or why it did not go. BP_ERROR_FAILED if the state may not become that. */
bool bp_sends_finish (BpStore *store, BpSend *send, BpSendState state, const char *words, gint64 at, GError **error);
/* A person has found out whether a doubtful message arrived: it becomes accepted, or failed and may be sent again. */
bool bp_sends_resolve (BpStore *store, BpSend *send, bool has_arrived, const char *by, const char *note, gint64 at, GError **error);

/* A person has told the receiver of a recall, in whatever way, what it says: it is done with. BP_ERROR_FAILED of any other kind, and of one
 * that was accepted or is told already. */
bool bp_sends_tell (BpStore *store, BpSend *send, const char *by, const char *note, gint64 at, GError **error);

/* What to list; NULL and 0 choose all, so that { .run = run } is a whole filter (no pack is of 1 January 1970). */
typedef struct
{
    const char *run, *forum, *address;
    BpDate as_of;
    const char *sha256; /* with a file of that sum: whom it was sent to */
    int below_version;  /* of an earlier version than this, no tests: who must hear of a correction */
    bool is_without_tests;
} BpSendFilter;

/* In the order in which they were planned. Elements BpSend; NULL on failure. Free with g_ptr_array_unref. */
GPtrArray *bp_sends_list (BpStore *store, const BpSendFilter *filter, GError **error);

/* One state that a send was in. */
typedef struct
{
    BpSendState state;
    gint64 at;
    char *words;
} BpSendEvent;

/* Every state of a send, oldest first. Elements BpSendEvent; NULL on failure. Free with g_ptr_array_unref. */
GPtrArray *bp_sends_list_events (BpStore *store, gint64 send_id, GError **error);

#endif
