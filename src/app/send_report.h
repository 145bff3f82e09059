#ifndef BP_APP_SEND_REPORT_H
#define BP_APP_SEND_REPORT_H

#include "app/dispatch.h"
#include "app/exit_code.h"

#include <jansson.h>

/* What `send` prints, and `collect` where it is the same. With --mask no address is printed whole. */

/* What came of one message just now. */
void bp_send_report_progress (const BpDispatch *dispatch, const BpLetter *letter);
/* What is not accepted, by name, and the counts. */
void bp_send_report_delivery (const BpDispatch *dispatch);
/* All of it as JSON. */
void bp_send_report_json (const BpDispatch *dispatch, bool is_rehearsal, BpExitCode code);
/* 0: all that may go has been accepted; 5: some has not; 1: nothing has, or nothing may. */
BpExitCode bp_send_report_exit_code (const BpDispatch *dispatch, bool is_rehearsal);
/* The packs of which nothing goes, and why. */
void bp_send_report_held (const BpDispatch *dispatch);
/* "pack and workbook", "recall; has version 1": what a message is; caller frees. */
char *bp_send_report_dup_form (const BpLetter *letter);
/* What became of it, or what is in its way, in the words of the ledger where it has some. */
const char *bp_send_report_state_words (const BpLetter *letter);
/* "a***@example.org" with --mask; caller frees. */
char *bp_send_report_dup_address (const BpOptions *options, const char *address);
/* Words about an address, a server's or an error's: with --mask no address in them is whole; caller frees. */
char *bp_send_report_dup_words (const BpOptions *options, const char *words, const char *address);
json_t *bp_send_report_letter_to_json (const BpDispatch *dispatch, const BpLetter *letter);

#endif
