#include "app/pack_mail.h"

#include "delivery/pack_message.h"

#include <string.h>

#define MOST_FILES 2

BpPackMail *bp_pack_mail_new (const BpProgrammeConfig *config, const BpFinishedRun *run, const BpSendablePack *pack, BpPackBrief *brief,
                              const char *forum_name, gint64 now)
{
    BpPackMail *mail = g_new0 (BpPackMail, 1);
    mail->config = config;
    mail->run = run;
    mail->pack = pack;
    mail->forum_name = forum_name;
    mail->summary = bp_pack_brief_dup_summary (brief, pack->forum);
    mail->asks = bp_pack_brief_dup_asks (brief, pack->forum);
    mail->meeting = bp_pack_brief_meeting (brief, pack->forum);
    mail->date_epoch = pack->approval != NULL ? pack->approval->approved_at : now;
    return mail;
}

void bp_pack_mail_free (BpPackMail *mail)
{
    if (mail == NULL)
        return;
    g_strfreev (mail->summary);
    g_strfreev (mail->asks);
    g_free (mail);
}

/* A second try of the same message has the same key; a test is another message each time. */
static char *dup_key (const BpPackMail *mail, const BpSend *send)
{
    g_autoptr (GPtrArray) parts = g_ptr_array_new ();
    g_autofree char *moment = g_strdup_printf ("%" G_GINT64_FORMAT, mail->date_epoch);
    g_ptr_array_add (parts, send->run);
    g_ptr_array_add (parts, send->forum);
    g_ptr_array_add (parts, send->address);
    g_ptr_array_add (parts, (gpointer)bp_send_kind_name (send->kind));
    for (guint i = 0; i < send->files->len; i++)
        g_ptr_array_add (parts, ((const BpPackFile *)send->files->pdata[i])->sha256);
    if (send->kind == BP_SEND_KIND_TEST)
        g_ptr_array_add (parts, moment);
    g_ptr_array_add (parts, NULL);
    return bp_message_dup_key ((const char *const *)parts->pdata);
}

BpSend *bp_pack_mail_new_send (const BpPackMail *mail, BpSendKind kind, const char *address, bool has_workbook)
{
    const BpSendablePack *pack = mail->pack;
    g_autoptr (GPtrArray) files = bp_pack_files_new ();
    for (guint i = 0; i < pack->files->len && (i == 0 || has_workbook); i++)
    {
        const BpPackFile *file = pack->files->pdata[i];
        bp_pack_files_add (files, file->path, file->sha256);
    }
    BpSend *send = bp_send_new (kind, mail->run->id, pack->forum, mail->run->as_of, pack->version, address, "", files);
    g_autofree char *key = dup_key (mail, send);
    g_free (send->message_id);
    send->message_id = bp_message_dup_id (key, mail->config->mail.sender);
    return send;
}

/* The bytes of the send's files, borrowed; false if the pack has not got them. */
static bool find_attachments (const BpPackMail *mail, const BpSend *send, BpAttachment *attachments, gsize *count_out, GError **error)
{
    const BpSendablePack *pack = mail->pack;
    *count_out = 0;
    for (guint i = 0; send->kind != BP_SEND_KIND_NOTICE && i < send->files->len; i++)
    {
        const BpPackFile *wanted = send->files->pdata[i];
        guint at = 0;
        while (at < pack->files->len && strcmp (((const BpPackFile *)pack->files->pdata[at])->sha256, wanted->sha256) != 0)
            at++;
        if (at == pack->files->len || *count_out == MOST_FILES)
            return bp_fail (error, BP_ERROR_FAILED, "%s is no file of the pack", wanted->path);
        const char *slash = strrchr (wanted->path, '/');
        attachments[(*count_out)++] = (BpAttachment){ .type = at == 0 ? BP_ATTACHMENT_PDF : BP_ATTACHMENT_XLSX,
                                                      .file_name = slash != NULL ? slash + 1 : wanted->path,
                                                      .bytes = pack->contents->pdata[at] };
    }
    return true;
}

static BpPackMessageKind kind_of (const BpSend *send)
{
    switch (send->kind)
    {
    case BP_SEND_KIND_NOTICE:
        return BP_PACK_MESSAGE_NOTICE;
    case BP_SEND_KIND_CORRECTION:
        return BP_PACK_MESSAGE_CORRECTION;
    case BP_SEND_KIND_PACK:
    case BP_SEND_KIND_TEST:
        return BP_PACK_MESSAGE_FULL;
    case BP_SEND_KIND_SHEET:
    case BP_SEND_KIND_REMINDER:
        break; /* go with no pack */
    }
    g_assert_not_reached ();
}

char *bp_mail_dup_prefix (const BpMailSettings *settings, const BpSend *send)
{
    const char *prefix = settings->subject_prefix;
    if (send->kind != BP_SEND_KIND_TEST)
        return g_strdup (prefix);
    return prefix != NULL ? g_strdup_printf ("[TEST] %s", prefix) : g_strdup ("[TEST]");
}

char *bp_mail_dup_contact (const BpMailSettings *settings)
{
    return settings->sender_name != NULL ? g_strdup_printf ("%s, %s", settings->sender_name, settings->sender)
                                         : g_strdup (settings->sender);
}

GBytes *bp_pack_mail_write (const BpPackMail *mail, const BpSend *send, const char *name, bool is_outside, GError **error)
{
    const BpMailSettings *settings = &mail->config->mail;
    const char *const changes[] = { bp_finished_run_correction (mail->run), NULL };
    g_autofree char *prefix = bp_mail_dup_prefix (settings, send), *contact = bp_mail_dup_contact (settings), *key = dup_key (mail, send);
    g_autofree char *version = send->version > 0 ? g_strdup_printf ("%d", send->version) : NULL;
    BpAttachment attachments[MOST_FILES];
    gsize count = 0;
    const BpPackMessage words = { .kind = kind_of (send),
                                  .language = mail->config->programme.language,
                                  .marking = mail->pack->marking,
                                  .subject_trigger = is_outside ? settings->subject_trigger : NULL,
                                  .subject_prefix = prefix,
                                  .forum = mail->forum_name,
                                  .meeting_date = mail->meeting,
                                  .as_of = mail->run->as_of,
                                  .version = version,
                                  .summary = (const char *const *)mail->summary,
                                  .asks = (const char *const *)mail->asks,
                                  .changes = changes,
                                  .contact = contact,
                                  .other_format = mail->config->programme.contact };
    if (!find_attachments (mail, send, attachments, &count, error))
        return NULL;
    g_autoptr (BpMessageBody) body = bp_pack_message_new_body (&words, attachments, count, error);
    if (body == NULL)
        return NULL;
    g_autofree char *subject = bp_pack_message_dup_subject (&words);
    const BpMessage message = { .from = { settings->sender_name, settings->sender },
                                .to = { name, send->address },
                                .subject = subject,
                                .body = body,
                                .attachments = attachments,
                                .attachment_count = count,
                                .key = key,
                                .date_epoch = mail->date_epoch,
                                .max_bytes = (gsize)settings->size_limit_mb * BP_BYTES_IN_MB };
    return bp_message_write (&message, error);
}
