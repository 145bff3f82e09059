#include "app/sheet_mail.h"

#include "app/clock.h"
#include "app/pack_mail.h"
#include "base/text.h"
#include "delivery/sheet_message.h"

#include <string.h>

#define MAX_LEAD_CHARS 100  /* in a subject */
#define UNMARKED "OFFICIAL" /* what a programme without an internal forum writes is marked by nobody */

BpSheetMail *bp_sheet_mail_new (const BpProgrammeConfig *config, const BpFinishedRun *run, const json_t *made, gint64 now, GError **error)
{
    GBytes *bytes = bp_finished_run_read_output (run, made, error);
    if (bytes == NULL)
        return NULL;
    BpSheetMail *mail = g_new0 (BpSheetMail, 1);
    mail->config = config;
    mail->run = run;
    mail->made = made;
    mail->bytes = bytes;
    mail->now = now;
    return mail;
}

void bp_sheet_mail_free (BpSheetMail *mail)
{
    if (mail == NULL)
        return;
    g_bytes_unref (mail->bytes);
    g_strfreev (mail->urgent);
    g_free (mail->first_id);
    g_free (mail);
}

/* A second try of the same message has the same key; a test is another message each time. */
static char *dup_key (const BpSheetMail *mail, const BpSend *send)
{
    g_autofree char *round = g_strdup_printf ("%d", send->round), *moment = g_strdup_printf ("%" G_GINT64_FORMAT, mail->now);
    const char *const parts[] = { send->run,
                                  send->lead,
                                  send->address,
                                  bp_send_kind_name (send->kind),
                                  round,
                                  ((const BpPackFile *)send->files->pdata[0])->sha256,
                                  send->kind == BP_SEND_KIND_TEST ? moment : NULL,
                                  NULL };
    return bp_message_dup_key (parts);
}

BpSend *bp_sheet_mail_new_send (const BpSheetMail *mail, BpSendKind kind, int round, const char *address)
{
    g_autoptr (GPtrArray) files = bp_pack_files_new ();
    bp_pack_files_add (files, bp_output_text (mail->made, "path"), bp_output_text (mail->made, "sha256"));
    BpSend *send
        = bp_send_new_for_lead (kind, mail->run->id, bp_output_text (mail->made, "lead"), mail->run->as_of, round, address, "", files);
    g_autofree char *key = dup_key (mail, send);
    g_free (send->message_id);
    send->message_id = bp_message_dup_id (key, mail->config->mail.sender);
    return send;
}

static BpDate due_day (const json_t *made)
{
    BpDate due = BP_DATE_NONE;
    return bp_date_parse_iso (bp_output_text (made, "due"), &due) ? due : BP_DATE_NONE;
}

static BpSheetMessage words_of (const BpSheetMail *mail, const BpSend *send, BpDate day)
{
    const BpMailSettings *settings = &mail->config->mail;
    const char *marking = bp_output_text (mail->made, "marking");
    return (BpSheetMessage){ .is_reminder = send->round > 0,
                             .language = mail->config->programme.language,
                             .marking = *marking != '\0' ? marking : UNMARKED,
                             .as_of = mail->run->as_of,
                             .due = due_day (mail->made),
                             .day = day,
                             .actions = (int)json_integer_value (json_object_get (mail->made, "actions")),
                             .values = (int)json_integer_value (json_object_get (mail->made, "values")),
                             .urgent = (const char *const *)mail->urgent,
                             .more = mail->more,
                             .replaces_earlier = mail->replaces_earlier,
                             .reply_to = settings->reply_to != NULL ? settings->reply_to : settings->sender,
                             .other_format = mail->config->programme.contact };
}

GBytes *bp_sheet_mail_write (const BpSheetMail *mail, const BpSend *send, const char *name, GError **error)
{
    const BpMailSettings *settings = &mail->config->mail;
    const gint64 date = send->planned_at > 0 ? send->planned_at : mail->now;
    g_autofree char *prefix = bp_mail_dup_prefix (settings, send), *contact = bp_mail_dup_contact (settings), *key = dup_key (mail, send);
    g_autofree char *lead = bp_text_dup_shortened (send->lead, MAX_LEAD_CHARS),
                    *file_name = g_path_get_basename (bp_output_text (mail->made, "path"));
    g_autofree char *notice = bp_programme_dup_short_notice (&mail->config->programme);
    BpSheetMessage words = words_of (mail, send, bp_clock_london_date (date));
    words.subject_prefix = prefix;
    words.lead = lead;
    words.contact = contact;
    words.handling = notice;
    const BpAttachment attachment = { BP_ATTACHMENT_XLSX, file_name, mail->bytes };
    g_autoptr (BpMessageBody) body = bp_sheet_message_new_body (&words, &attachment, error);
    if (body == NULL)
        return NULL;
    g_autofree char *subject = bp_sheet_message_dup_subject (&words);
    const BpMessage message = { .from = { settings->sender_name, settings->sender },
                                .to = { name, send->address },
                                .reply_to = settings->reply_to,
                                .in_reply_to = send->round > 0 ? mail->first_id : NULL,
                                .subject = subject,
                                .body = body,
                                .attachments = &attachment,
                                .attachment_count = 1,
                                .key = key,
                                .date_epoch = date,
                                .max_bytes = (gsize)settings->size_limit_mb * BP_BYTES_IN_MB };
    return bp_message_write (&message, error);
}
