#ifndef BP_APP_MAILING_H
#define BP_APP_MAILING_H

#include "app/dispatch.h"
#include "app/exit_code.h"

/* What `send` and `collect` have in common: they rehearse unless they are told to send, and say what came of it. */

/* How a command prints what it does; data is its own. */
typedef struct
{
    void (*rehearsal) (const BpDispatch *dispatch, gpointer data);
    void (*delivery) (const BpDispatch *dispatch, gpointer data);
    void (*json) (const BpDispatch *dispatch, bool is_rehearsal, BpExitCode code, gpointer data);
    gpointer data;
} BpMailingReport;

/* Fails with BP_ERROR_USAGE: options that go with --resolve alone, or --resolve without what it needs; --to-me that is no address;
 * --confirm that is not confirmation. verb is the command's word. */
bool bp_mailing_check_usage (const BpOptions *options, const char *verb, const char *run, const char *confirmation, GError **error);
/* Fails with BP_ERROR_USAGE if SOURCE_DATE_EPOCH stands in for the clock, and something is to be sent or entered in the ledger: who gets a
 * pack, and what the ledger says of it, goes by the real day. */
bool bp_mailing_check_clock (const BpProgrammeFolder *folder, const BpOptions *options, GError **error);
/* What a message cannot do without; a rehearsal is to find it out. */
bool bp_mailing_check_settings (const BpProgrammeConfig *config, bool is_rehearsal, GError **error);
/* Says so if the data folder is not what was imported last. what: whose addresses are those of the last import. */
void bp_mailing_note_stale_data (const BpDispatch *dispatch, const char *what);
/* Rehearses, or delivers if --confirm was given, and prints what became of it. confirmation: what is to be typed with --confirm. */
BpExitCode bp_mailing_run (BpDispatch *dispatch, const BpMailingReport *report, const char *confirmation, GError **error);
/* --resolve: somebody has found out about a doubtful message of that run, to a forum's recipient or (is_for_lead) a lead. */
BpExitCode bp_mailing_resolve (const BpOptions *options, const BpProgrammeFolder *folder, BpStore *store, const char *run, bool is_for_lead,
                               GError **error);

#endif
