#ifndef BP_APP_OPERATOR_MAIL_H
#define BP_APP_OPERATOR_MAIL_H

#include "app/programme_folder.h"
#include "delivery/smtp.h"

/* A message of plain text to the one who looks after the scheduled runs. */
typedef struct
{
    const char *gist; /* of the subject: "run FAILED on host" */
    const char *text; /* as bp_operator_mail_dup_text makes it */
} BpOperatorMail;

/* Fails unless config/mail.ini names an operator: one address, on the allow-list, and who it comes from. */
bool bp_operator_mail_check (const BpProgrammeConfig *config, GError **error);
/* Any bytes as lines that may stand in a message: valid UTF-8 without controls and marks of direction, lines of at most 1,000 characters
 * (of the last one its end, of others their beginning). Caller frees. */
char *bp_operator_mail_dup_text (const char *bytes, gsize length);
/* "SEND programme: run FAILED on host". Caller frees. */
char *bp_operator_mail_dup_subject (const BpProgrammeConfig *config, const BpOperatorMail *mail);
/* Sends it, tried again as [server] says, over TLS or not at all. *result_out is what came of the last try. False, and nothing to be read
 * in *result_out, if there was none. */
bool bp_operator_mail_send (const BpOptions *options, const BpProgrammeFolder *folder, const BpOperatorMail *mail, BpSmtpResult *result_out,
                            GError **error);

#endif
