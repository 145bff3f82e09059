/* Drives the layer delivery for tests/end_to_end, as the program does: makes messages and sends them with the settings of a programme's
 * config/mail.ini.
 *
 *   send_messages FOLDER JOB.json
 *
 * JOB.json: {"save": folder or absent, "send": true or false, "stop_after_seconds": absent or number, "fail_begin", "fail_end": absent or
 * the index of a message at which the ledger cannot be written, "messages": [{"to", "to_name", "kind", "marking", "subject_trigger",
 * "forum", "meeting_date", "as_of", "version", "summary": [], "asks": [], "changes": [], "remarks": [], "replaced_on" (the day of version
 * 1), "contact", "date", "attachments": [[type, name, path]]}]} Prints one JSON object for each message made, tried, waited for, and for a
 * run that ended early. */

#include "base/atomic_file.h"
#include "config/programme_config.h"
#include "delivery/message.h"
#include "delivery/outbox.h"
#include "delivery/pack_message.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
    const BpProgrammeConfig *config;
    json_t *job, *messages;
    gint64 begun; /* monotonic microseconds */
} Driver;

static void print_object (json_t *object)
{
    json_dumpf (object, stdout, JSON_COMPACT);
    putchar ('\n');
    fflush (stdout);
    json_decref (object);
}

static const char *text_of (const json_t *object, const char *key, const char *fallback)
{
    const json_t *value = json_object_get (object, key);
    return value == NULL ? fallback : json_string_value (value);
}

static BpDate date_of (const json_t *object, const char *key)
{
    BpDate date = BP_DATE_NONE;
    const char *text = text_of (object, key, NULL);
    if (text != NULL)
        bp_date_parse_iso (text, &date);
    return date;
}

/* Borrowed texts in an array to be freed with g_free. */
static const char **dup_texts (const json_t *object, const char *key)
{
    const json_t *list = json_object_get (object, key);
    const char **texts = g_new0 (const char *, json_array_size (list) + 1);
    for (size_t i = 0; i < json_array_size (list); i++)
        texts[i] = json_string_value (json_array_get (list, i));
    return texts;
}

/* A text is an ask to approve it; or [kind, text, what stands below]. */
static GArray *dup_asks (const json_t *object)
{
    const json_t *list = json_object_get (object, "asks");
    GArray *asks = g_array_new (FALSE, FALSE, sizeof (BpPackMessageAsk));
    for (size_t i = 0; i < json_array_size (list); i++)
    {
        const json_t *ask = json_array_get (list, i);
        const bool is_text = json_is_string (ask);
        const BpPackMessageAsk line = { (int)i + 1, is_text ? "Approve" : json_string_value (json_array_get (ask, 0)),
                                        json_string_value (is_text ? ask : json_array_get (ask, 1)),
                                        is_text ? "By 12 September 2025" : json_string_value (json_array_get (ask, 2)) };
        g_array_append_val (asks, line);
    }
    return asks;
}

static void clear_attachment (gpointer attachment)
{
    g_bytes_unref (((BpAttachment *)attachment)->bytes);
}

static GArray *load_attachments (const json_t *message)
{
    const json_t *list = json_object_get (message, "attachments");
    GArray *attachments = g_array_new (FALSE, TRUE, sizeof (BpAttachment));
    g_array_set_clear_func (attachments, clear_attachment);
    for (size_t i = 0; i < json_array_size (list); i++)
    {
        const json_t *entry = json_array_get (list, i);
        char *contents = NULL;
        gsize length = 0;
        g_autoptr (GError) error = NULL;
        if (!bp_file_read (json_string_value (json_array_get (entry, 2)), G_MAXINT, &contents, &length, &error))
            g_error ("%s", error->message);
        bool is_pdf = strcmp (json_string_value (json_array_get (entry, 0)), "pdf") == 0;
        BpAttachment attachment = { is_pdf ? BP_ATTACHMENT_PDF : BP_ATTACHMENT_XLSX, json_string_value (json_array_get (entry, 1)),
                                    g_bytes_new_take (contents, length) };
        g_array_append_val (attachments, attachment);
    }
    return attachments;
}

static BpPackMessageKind kind_of (const json_t *message)
{
    const char *kind = text_of (message, "kind", "full");
    return strcmp (kind, "notice") == 0       ? BP_PACK_MESSAGE_NOTICE
           : strcmp (kind, "correction") == 0 ? BP_PACK_MESSAGE_CORRECTION
           : strcmp (kind, "recall") == 0     ? BP_PACK_MESSAGE_RECALL
                                              : BP_PACK_MESSAGE_FULL;
}

static GBytes *write_message (const Driver *driver, const json_t *message, GError **error)
{
    const BpMailSettings *mail = &driver->config->mail;
    g_autofree const char **summary = dup_texts (message, "summary"), **changes = dup_texts (message, "changes"),
                          **remarks = dup_texts (message, "remarks");
    g_autoptr (GArray) asks = dup_asks (message);
    g_autoptr (GArray) attachments = load_attachments (message);
    const BpAttachment *first = (const BpAttachment *)(gpointer)attachments->data;
    const BpReplacedPack replaced = { "1", date_of (message, "replaced_on"), false, false };
    const BpPackMessage pack = { .kind = kind_of (message),
                                 .language = "en-GB",
                                 .marking = text_of (message, "marking", "OFFICIAL-SENSITIVE"),
                                 .subject_trigger = text_of (message, "subject_trigger", mail->subject_trigger),
                                 .subject_prefix = mail->subject_prefix,
                                 .forum = text_of (message, "forum", "Partnership Board"),
                                 .meeting_date = date_of (message, "meeting_date"),
                                 .as_of = date_of (message, "as_of"),
                                 .version = text_of (message, "version", NULL),
                                 .summary = summary,
                                 .handling = text_of (message, "handling", NULL),
                                 .asks_heading = asks->len > 0 ? "Asks of this meeting" : NULL,
                                 .asks = (const BpPackMessageAsk *)(gpointer)asks->data,
                                 .ask_count = asks->len,
                                 .asks_note = text_of (message, "asks_note", NULL),
                                 .changes = changes,
                                 .replaced = replaced.sent_on != BP_DATE_NONE ? &replaced : NULL,
                                 .remarks = remarks,
                                 .contact = text_of (message, "contact", "Programme office, office@example.org") };
    g_autoptr (BpMessageBody) body = bp_pack_message_new_body (&pack, first, attachments->len, error);
    if (body == NULL)
        return NULL;
    const char *to = text_of (message, "to", "");
    const char *const parts[] = { "2025-07-31-1", pack.forum, to, NULL };
    g_autofree char *subject = bp_pack_message_dup_subject (&pack), *key = bp_message_dup_key (parts);
    const BpMessage plain = { .from = { mail->sender_name, mail->sender },
                              .to = { text_of (message, "to_name", NULL), to },
                              .subject = subject,
                              .body = body,
                              .attachments = first,
                              .attachment_count = attachments->len,
                              .key = key,
                              .date_epoch = json_integer_value (json_object_get (message, "date")),
                              .max_bytes = (gsize)mail->size_limit_mb * 1000 * 1000 };
    return bp_message_write (&plain, error);
}

static bool fails_at (const Driver *driver, const char *key, gsize index, GError **error)
{
    const json_t *at = json_object_get (driver->job, key);
    return at != NULL && (gsize)json_integer_value (at) == index && !bp_fail (error, BP_ERROR_STORE, "the ledger cannot be written");
}

static bool is_stopped (gpointer data)
{
    const Driver *driver = data;
    const json_t *seconds = json_object_get (driver->job, "stop_after_seconds");
    return seconds != NULL && (double)(g_get_monotonic_time () - driver->begun) >= json_number_value (seconds) * G_USEC_PER_SEC;
}

static bool begin (gsize index, int attempt, BpOutgoing *outgoing_out, gpointer data, GError **error)
{
    (void)attempt;
    const Driver *driver = data;
    const json_t *message = json_array_get (driver->messages, index);
    if (fails_at (driver, "fail_begin", index, error))
        return false;
    outgoing_out->message = write_message (driver, message, error);
    outgoing_out->to = g_strdup (text_of (message, "to", ""));
    return outgoing_out->message != NULL;
}

static bool end (gsize index, int attempt, const BpSmtpResult *result, bool is_final, gpointer data, GError **error)
{
    const Driver *driver = data;
    const char *to = text_of (json_array_get (driver->messages, index), "to", "");
    print_object (json_pack ("{s:s, s:i, s:s, s:i, s:s, s:b}", "to", to, "attempt", attempt, "outcome",
                             bp_smtp_outcome_name (result->outcome), "code", result->code, "words", result->words, "final", is_final));
    return !fails_at (driver, "fail_end", index, error);
}

static void note_wait (const BpOutboxPause *pause, gpointer data)
{
    (void)data;
    print_object (json_pack ("{s:i}", "waited", pause->seconds));
}

static void save_messages (const Driver *driver, const char *folder)
{
    for (size_t i = 0; i < json_array_size (driver->messages); i++)
    {
        g_autoptr (GError) error = NULL;
        g_autofree char *path = g_strdup_printf ("%s/%zu.eml", folder, i);
        g_autoptr (GBytes) bytes = write_message (driver, json_array_get (driver->messages, i), &error);
        if (bytes != NULL && bp_message_save (bytes, path, &error))
            print_object (json_pack ("{s:i, s:s}", "index", (int)i, "file", path));
        else
            print_object (json_pack ("{s:i, s:s}", "index", (int)i, "error", error->message));
    }
}

static int send_all (Driver *driver)
{
    const BpMailSettings *mail = &driver->config->mail;
    const BpOutboxKeeper keeper = { begin, end, note_wait, is_stopped, driver };
    g_autoptr (GError) error = NULL;
    g_autoptr (BpSmtpSession) session = bp_smtp_session_open (&mail->server, g_getenv ("CREDENTIALS_DIRECTORY"), &error);
    if (session != NULL && bp_outbox_run (session, &mail->server, mail->sender, json_array_size (driver->messages), &keeper, &error))
        return 0;
    print_object (json_pack ("{s:s}", "error", error->message));
    return 1;
}

int main (int argc, char **argv)
{
    g_autoptr (GError) error = NULL;
    json_error_t fault;
    if (argc != 3)
        return 2;
    g_autoptr (BpProgrammeConfig) config = bp_programme_config_load (argv[1], BP_DATE_NONE, &error);
    if (config == NULL)
    {
        fprintf (stderr, "%s\n", error->message);
        return 1;
    }
    json_t *job = json_load_file (argv[2], JSON_ALLOW_NUL, &fault);
    if (job == NULL)
    {
        fprintf (stderr, "%s\n", fault.text);
        return 1;
    }
    Driver driver = { config, job, json_object_get (job, "messages"), g_get_monotonic_time () };
    if (text_of (job, "save", NULL) != NULL)
        save_messages (&driver, text_of (job, "save", NULL));
    int status = json_is_true (json_object_get (job, "send")) ? send_all (&driver) : 0;
    json_decref (job);
    return status;
}
