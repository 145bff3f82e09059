#ifndef BP_APP_SEND_REPORT_H
#define BP_APP_SEND_REPORT_H

#include "app/dispatch.h"
#include "app/exit_code.h"

#include <jansson.h>

/* What `send` prints, and `collect` where it is the same. With --mask no address is printed whole. */

/* What came of one message just now. */
void bp_send_report_progress (const BpDispatch *dispatch, const BpLetter *letter);
/* Who would get what. */
void bp_send_report_rehearsal (const BpDispatch *dispatch);
/* What is not accepted, by name, and the counts. */
void bp_send_report_delivery (const BpDispatch *dispatch);
/* All of it as JSON. */
void bp_send_report_json (const BpDispatch *dispatch, bool is_rehearsal, BpExitCode code);
/* 0: all that may go has been accepted; 5: some has not; 1: nothing has, or nothing may. */
BpExitCode bp_send_report_exit_code (const BpDispatch *dispatch, bool is_rehearsal);
/* "a***@example.org" with --mask; caller frees. */
char *bp_send_report_dup_address (const BpOptions *options, const char *address);
/* Words of a server about an address, masked as that; caller frees. */
char *bp_send_report_dup_words (const BpOptions *options, const char *words, const char *address);
json_t *bp_send_report_letter_to_json (const BpDispatch *dispatch, const BpLetter *letter);

#endif
