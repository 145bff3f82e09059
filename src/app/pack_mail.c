#include "app/pack_mail.h"

#include "base/text.h"
#include "delivery/pack_message.h"

#include <string.h>

#define MOST_FILES 2
#define TEST_WORDS "This is a test. It went to you alone."
#define DRAFT_WORDS "Draft: not approved."

/* "bbp/bbp-2025-07-31.pdf" as "bbp-2025-07-31-v2.pdf": the versions of a pack have one name in their runs, and would have one in somebody's
 * folder of downloads. */
static char *dup_file_name (const char *path, int version)
{
    const char *slash = strrchr (path, '/'), *name = slash != NULL ? slash + 1 : path, *dot = strrchr (name, '.');
    return version > 1 && dot != NULL ? g_strdup_printf ("%.*s-v%d%s", (int)(dot - name), name, version, dot) : g_strdup (name);
}

static char **dup_file_names (const BpSendablePack *pack)
{
    g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
    for (guint i = 0; i < pack->files->len; i++)
    {
        g_autofree char *name = dup_file_name (((const BpPackFile *)pack->files->pdata[i])->path, pack->version);
        g_strv_builder_add (names, name);
    }
    return g_strv_builder_end (names);
}

BpPackMail *bp_pack_mail_new (const BpProgrammeConfig *config, const BpFinishedRun *run, const BpSendablePack *pack,
                              const BpPackBrief *brief, const BpForum *forum, gint64 now)
{
    const BpForum *then = bp_pack_brief_forum (brief, pack->forum);
    BpPackMail *mail = g_new0 (BpPackMail, 1);
    mail->config = config;
    mail->run = run;
    mail->pack = pack;
    mail->forum_name = forum->name;
    mail->handling = g_strdup (then != NULL ? then->handling : forum->handling);
    mail->notice = bp_programme_dup_short_notice (&config->programme);
    mail->words = bp_pack_brief_new_words (brief, pack->forum);
    mail->gap = g_strdup (bp_pack_brief_gap (brief));
    mail->meeting = bp_pack_brief_meeting (brief, pack->forum);
    mail->now = now;
    mail->file_names = dup_file_names (pack);
    return mail;
}

void bp_pack_mail_free (BpPackMail *mail)
{
    if (mail == NULL)
        return;
    g_free (mail->handling);
    g_free (mail->notice);
    g_free (mail->gap);
    bp_pack_words_free (mail->words);
    g_strfreev (mail->file_names);
    bp_earlier_versions_free (mail->earlier);
    bp_version_changes_free (mail->changes);
    g_free (mail);
}

/* A second try of the same message has the same key; a test is another message each time. */
static char *dup_key (const BpPackMail *mail, const BpSend *send)
{
    g_autoptr (GPtrArray) parts = g_ptr_array_new ();
    g_autofree char *moment = g_strdup_printf ("%" G_GINT64_FORMAT, mail->now);
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
    for (guint i = 0; bp_send_kind_attaches (send->kind) && i < send->files->len; i++)
    {
        const BpPackFile *wanted = send->files->pdata[i];
        guint at = 0;
        while (at < pack->files->len && strcmp (((const BpPackFile *)pack->files->pdata[at])->sha256, wanted->sha256) != 0)
            at++;
        if (at == pack->files->len || *count_out == MOST_FILES)
            return bp_fail (error, BP_ERROR_FAILED, "%s is no file of the pack", wanted->path);
        attachments[(*count_out)++] = (BpAttachment){ .type = at == 0 ? BP_ATTACHMENT_PDF : BP_ATTACHMENT_XLSX,
                                                      .file_name = mail->file_names[at],
                                                      .bytes = pack->contents->pdata[at] };
    }
    return true;
}

/* A test says what the others will be told. */
static BpPackMessageKind kind_of (const BpPackMail *mail, const BpSend *send)
{
    switch (send->kind)
    {
    case BP_SEND_KIND_NOTICE:
        return BP_PACK_MESSAGE_NOTICE;
    case BP_SEND_KIND_CORRECTION:
        return BP_PACK_MESSAGE_CORRECTION;
    case BP_SEND_KIND_RECALL:
        return BP_PACK_MESSAGE_RECALL;
    case BP_SEND_KIND_PACK:
        return BP_PACK_MESSAGE_FULL;
    case BP_SEND_KIND_TEST:
        return bp_finished_run_correction (mail->run) != NULL ? BP_PACK_MESSAGE_CORRECTION : BP_PACK_MESSAGE_FULL;
    case BP_SEND_KIND_SHEET:
    case BP_SEND_KIND_REMINDER:
        break; /* go with no pack */
    }
    g_assert_not_reached ();
}

/* What the reader has already, if that is to be said; *version_out is its text. A test cannot know it, but for the number. */
static bool describe_replaced (const BpPackMail *mail, const BpSend *send, const BpEarlierVersion *earlier, BpReplacedPack *replaced_out,
                               char **version_out)
{
    const bool is_test = kind_of (mail, send) == BP_PACK_MESSAGE_CORRECTION && send->kind == BP_SEND_KIND_TEST;
    if (earlier == NULL && !is_test)
        return false;
    const int version = earlier != NULL ? earlier->version : send->version - 1;
    *version_out = version > 0 ? g_strdup_printf ("%d", version) : NULL;
    *replaced_out = (BpReplacedPack){ .version = *version_out,
                                      .sent_on = earlier != NULL ? earlier->sent_on : BP_DATE_NONE,
                                      .is_notice = earlier != NULL && !earlier->is_attached,
                                      .is_doubtful = earlier != NULL && earlier->is_doubtful };
    return true;
}

char *bp_mail_dup_prefix (const BpMailSettings *settings, const BpSend *send)
{
    const char *prefix = settings->subject_prefix;
    if (send->kind != BP_SEND_KIND_TEST)
        return g_strdup (prefix);
    return prefix != NULL ? g_strdup_printf ("[TEST] %s", prefix) : g_strdup ("[TEST]");
}

char *bp_mail_dup_handling (const char *handling, const char *notice)
{
    g_autofree char *words = handling != NULL ? bp_text_dup_collapsed (handling) : g_strdup ("");
    const bool is_open = *words != '\0' && strchr (".!?", words[strlen (words) - 1]) == NULL;
    g_autofree char *line = g_strdup_printf ("%s%s %s", words, is_open ? "." : "", notice != NULL ? notice : "");
    g_strstrip (line);
    return *line != '\0' ? g_steal_pointer (&line) : NULL;
}

char *bp_mail_dup_contact (const BpMailSettings *settings)
{
    return settings->sender_name != NULL ? g_strdup_printf ("%s, %s", settings->sender_name, settings->sender)
                                         : g_strdup (settings->sender);
}

/* All that changed since what the reader surely has; a test cannot know that, and tells of its own version. NULL: the message says nothing
 * of it. */
static char **dup_changes (const BpPackMail *mail, const BpSend *send, const BpEarlierVersion *earlier)
{
    if (kind_of (mail, send) != BP_PACK_MESSAGE_CORRECTION)
        return NULL;
    return bp_version_changes_dup_since (mail->changes, earlier != NULL ? earlier->sure_version : send->version - 1);
}

/* Whom the pack is for is not said to somebody who is not to have it. */
static char *dup_handling (const BpPackMail *mail, const BpSend *send)
{
    return bp_mail_dup_handling (send->kind != BP_SEND_KIND_RECALL ? mail->handling : NULL, mail->notice);
}

/* The pack's own words, where it is with the message. */
static void add_words (BpPackMessage *message, const BpPackWords *words)
{
    if (words->digest == NULL)
        return;
    message->summary = words->digest->summary;
    message->asks_heading = words->asks_heading;
    message->asks = (const BpPackMessageAsk *)(gpointer)words->asks->data;
    message->ask_count = words->asks->len;
    message->asks_note = words->asks_note;
}

GBytes *bp_pack_mail_write (const BpPackMail *mail, const BpSend *send, const BpPackMailReader *to, GError **error)
{
    const BpMailSettings *settings = &mail->config->mail;
    g_auto (GStrv) changes = dup_changes (mail, send, to->earlier);
    const char *const remarks[] = { TEST_WORDS, send->version == 0 ? DRAFT_WORDS : NULL, NULL };
    g_autofree char *prefix = bp_mail_dup_prefix (settings, send), *contact = bp_mail_dup_contact (settings), *key = dup_key (mail, send);
    g_autofree char *version = send->version > 0 ? g_strdup_printf ("%d", send->version) : NULL, *replaced_version = NULL;
    g_autofree char *handling = dup_handling (mail, send);
    BpReplacedPack replaced;
    const bool is_replacing = describe_replaced (mail, send, to->earlier, &replaced, &replaced_version);
    BpAttachment attachments[MOST_FILES];
    gsize count = 0;
    BpPackMessage words = { .kind = kind_of (mail, send),
                            .language = mail->config->programme.language,
                            .marking = mail->pack->marking,
                            .handling = handling,
                            .subject_trigger = to->is_outside ? settings->subject_trigger : NULL,
                            .subject_prefix = prefix,
                            .forum = mail->forum_name,
                            .meeting_date = mail->meeting,
                            .as_of = mail->run->as_of,
                            .version = version,
                            .changes = (const char *const *)changes,
                            .replaced = is_replacing ? &replaced : NULL,
                            .remarks = send->kind == BP_SEND_KIND_TEST ? remarks : NULL,
                            .contact = contact,
                            .other_format = mail->config->programme.contact };
    add_words (&words, mail->words);
    if (!find_attachments (mail, send, attachments, &count, error))
        return NULL;
    g_autoptr (BpMessageBody) body = bp_pack_message_new_body (&words, attachments, count, error);
    if (body == NULL)
        return NULL;
    g_autofree char *subject = bp_pack_message_dup_subject (&words);
    const BpMessage message = { .from = { settings->sender_name, settings->sender },
                                .to = { to->name, send->address },
                                .subject = subject,
                                .body = body,
                                .attachments = attachments,
                                .attachment_count = count,
                                .key = key,
                                .date_epoch = send->planned_at > 0 ? send->planned_at : mail->now,
                                .max_bytes = (gsize)settings->size_limit_mb * BP_BYTES_IN_MB };
    return bp_message_write (&message, error);
}
