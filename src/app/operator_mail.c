#include "app/operator_mail.h"

#include "app/console.h"
#include "app/interrupt.h"
#include "app/recipient_list.h"
#include "delivery/header_text.h"
#include "delivery/mail_address.h"
#include "delivery/message.h"
#include "delivery/outbox.h"

#include <string.h>

#define MAX_LINE_CHARS 1000
#define CONFIG "config/mail.ini: "

bool bp_operator_mail_check (const BpProgrammeConfig *config, GError **error)
{
    const BpMailSettings *mail = &config->mail;
    if (mail->operator_address == NULL)
        return bp_fail (error, BP_ERROR_CONFIG, CONFIG "[operator] has no 'address', so there is nobody to be told");
    if (!bp_mail_address_check (CONFIG "[operator] address", mail->operator_address, error))
    {
        (*error)->code = BP_ERROR_CONFIG;
        return false;
    }
    if (!bp_recipient_list_allows (NULL, mail, mail->operator_address))
        return bp_fail (error, BP_ERROR_CONFIG,
                        CONFIG "[operator] address: its domain is not in [allow] domains, so nothing is sent to it");
    if (mail->sender == NULL)
        return bp_fail (error, BP_ERROR_CONFIG, CONFIG "[mail] has no 'sender', whom messages come from");
    return mail->server.host != NULL || bp_fail (error, BP_ERROR_CONFIG, CONFIG "[server] has no 'host', so nothing can be sent");
}

/* ---- words ---- */

/* Of a line that is too long, its beginning; of the last one, where a log says what went wrong, its end. */
static void append_line (GString *out, const char *line, bool is_last)
{
    int count = 0;
    const glong surplus = is_last ? g_utf8_strlen (line, -1) - MAX_LINE_CHARS : 0;
    if (surplus > 0)
    {
        line = g_utf8_offset_to_pointer (line, surplus);
        g_string_append (out, "…");
    }
    for (; *line != '\0' && count < MAX_LINE_CHARS; line = g_utf8_next_char (line), count++)
    {
        const gunichar letter = *line == '\t' ? ' ' : g_utf8_get_char (line);
        char one[7] = "";
        one[g_unichar_to_utf8 (letter, one)] = '\0';
        if (bp_header_text_check ("a letter", one, 1, NULL)) /* the rule of what a message may hold */
            g_string_append (out, one);
    }
    g_string_append (out, *line != '\0' ? "…\n" : "\n");
}

char *bp_operator_mail_dup_text (const char *bytes, gsize length)
{
    g_autofree char *valid = g_utf8_make_valid (bytes, (gssize)length); /* makes a NUL a replacement, too */
    g_auto (GStrv) lines = g_strsplit (g_strchomp (valid), "\n", -1);
    GString *out = g_string_sized_new (length + 1);
    for (int i = 0; lines[i] != NULL; i++)
        append_line (out, lines[i], lines[i + 1] == NULL);
    return g_string_free (out, FALSE);
}

char *bp_operator_mail_dup_subject (const BpProgrammeConfig *config, const BpOperatorMail *mail)
{
    const char *prefix = config->mail.subject_prefix != NULL ? config->mail.subject_prefix : config->programme.short_name;
    return g_strdup_printf ("%s: %s", prefix, mail->gist);
}

static GBytes *write_message (const BpProgrammeFolder *folder, const BpOperatorMail *mail, GError **error)
{
    const BpMailSettings *settings = &folder->config->mail;
    g_autofree char *subject = bp_operator_mail_dup_subject (folder->config, mail);
    g_autofree char *moment = g_strdup_printf ("%" G_GINT64_FORMAT, folder->clock.now);
    const char *const parts[] = { "operator", moment, subject, mail->text, NULL };
    g_autofree char *key = bp_message_dup_key (parts);
    const BpMessage message = { .from = { settings->sender_name, settings->sender },
                                .to = { NULL, settings->operator_address },
                                .subject = subject,
                                .text = mail->text,
                                .key = key,
                                .date_epoch = folder->clock.now,
                                .max_bytes = 0 };
    return bp_message_write (&message, error);
}

/* ---- on its way ---- */

typedef struct
{
    const BpOptions *options;
    const char *to;
    GBytes *message;
    BpSmtpResult *result;
    bool has_result;
} Errand;

static bool begin (gsize index G_GNUC_UNUSED, int attempt G_GNUC_UNUSED, BpOutgoing *outgoing_out, gpointer data,
                   GError **error G_GNUC_UNUSED)
{
    const Errand *errand = data;
    outgoing_out->message = g_bytes_ref (errand->message);
    outgoing_out->to = g_strdup (errand->to);
    return true;
}

static bool end (gsize index G_GNUC_UNUSED, int attempt G_GNUC_UNUSED, const BpSmtpResult *result, bool is_final G_GNUC_UNUSED,
                 gpointer data, GError **error G_GNUC_UNUSED)
{
    Errand *errand = data;
    *errand->result = *result;
    errand->has_result = true;
    return true;
}

static bool is_stopped (gpointer data G_GNUC_UNUSED)
{
    return !bp_interrupt_check (NULL);
}

static void wait_for_next (const BpOutboxPause *pause, gpointer data)
{
    const Errand *errand = data;
    g_autofree char *words = bp_outbox_pause_dup_text (pause);
    bp_console_message (errand->options, "%s", words);
    for (int i = 0; i < pause->seconds && !is_stopped (data); i++)
        g_usleep (G_USEC_PER_SEC);
}

bool bp_operator_mail_send (const BpOptions *options, const BpProgrammeFolder *folder, const BpOperatorMail *mail, BpSmtpResult *result_out,
                            GError **error)
{
    const BpMailSettings *settings = &folder->config->mail;
    g_autoptr (GBytes) message = write_message (folder, mail, error);
    if (message == NULL)
        return false;
    g_autoptr (BpSmtpSession) session = bp_smtp_session_open (&settings->server, g_getenv ("CREDENTIALS_DIRECTORY"), error);
    Errand errand = { options, settings->operator_address, message, result_out, false };
    const BpOutboxKeeper keeper = { begin, end, wait_for_next, is_stopped, &errand };
    g_autoptr (GError) why = NULL;
    if (session == NULL)
        return false;
    if (bp_outbox_run (session, &settings->server, settings->sender, 1, &keeper, &why)
        || (errand.has_result && g_error_matches (why, BP_ERROR, BP_ERROR_DELIVERY)))
        return true;
    g_propagate_error (error, g_steal_pointer (&why));
    return false;
}
