/* Times making and sending many messages with a pack attached, over one TLS connection to bench/smtp_sink.py.
 *
 * bench_send CERTIFICATE PORT [MESSAGES [KILOBYTES]]      default: 1000 messages, 300 KB
 *
 * Prints messages, bytes (of one), make_ms and send_ms (CPU of this process for each message, making and sending apart), cpu_ms (both),
 * wall_ms (for each message), and peak kilobytes after a tenth of them and at the end: memory must not grow with their number. */

#include "delivery/message.h"
#include "delivery/pack_message.h"
#include "delivery/smtp.h"
#include "replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#define FROM "office@example.org"

static void stop (const char *what)
{
    fprintf (stderr, "bench_send: %s\n", what);
    exit (1);
}

static long peak_kilobytes (void)
{
    struct rusage usage;
    getrusage (RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

/* Bytes that do not repeat, as in a compressed file. */
static GBytes *new_pack (gsize length)
{
    guint32 *words = g_malloc (length + sizeof *words), state = 20250731;
    for (gsize i = 0; i <= length / sizeof *words; i++)
        words[i] = state = state * 1664525 + 1013904223;
    return g_bytes_new_take (words, length);
}

static GBytes *make_message (int number, const BpAttachment *attachment, const char *to)
{
    static const char *const summary[]
        = { "41 of 69 actions are on track.", "3 are off track.", "4 measures have missed their target.", NULL };
    static const char *const asks[] = { "Agree the new date of action 2.1.", "Note the risk to the autumn plan.", NULL };
    const BpPackMessage pack = { .language = "en-GB",
                                 .marking = "OFFICIAL-SENSITIVE",
                                 .forum = "Partnership Board",
                                 .meeting_date = bp_date_new (2025, 9, 12),
                                 .as_of = bp_date_new (2025, 7, 31),
                                 .summary = summary,
                                 .asks = asks,
                                 .contact = "Programme office, office@example.org" };
    g_autoptr (GError) error = NULL;
    g_autofree char *subject = bp_pack_message_dup_subject (&pack), *name = g_strdup_printf ("Member %d", number);
    const char *const parts[] = { to, NULL };
    g_autofree char *key = bp_message_dup_key (parts);
    g_autoptr (BpMessageBody) body = bp_pack_message_new_body (&pack, attachment, 1, &error);
    const BpMessage message = { .from = { "Programme office", FROM },
                                .to = { name, to },
                                .subject = subject,
                                .body = body,
                                .attachments = attachment,
                                .attachment_count = 1,
                                .key = key,
                                .date_epoch = 1757408400,
                                .max_bytes = 10000000 };
    GBytes *bytes = body == NULL ? NULL : bp_message_write (&message, &error);
    if (bytes == NULL)
        stop (error->message);
    return bytes;
}

static void send_message (BpSmtpSession *session, const char *to, GBytes *bytes)
{
    BpSmtpResult result;
    bp_smtp_session_send (session, FROM, to, bytes, &result);
    if (result.outcome != BP_SMTP_ACCEPTED)
        stop (result.words);
}

int main (int argc, char **argv)
{
    if (argc < 3)
        stop ("usage: bench_send CERTIFICATE PORT [MESSAGES [KILOBYTES]]");
    int messages = argc > 3 ? atoi (argv[3]) : 1000;
    gsize length = (gsize)(argc > 4 ? atoi (argv[4]) : 300) * 1000;
    const BpMailServer server = { .host = "localhost",
                                  .port = atoi (argv[2]),
                                  .security = BP_MAIL_TLS,
                                  .ca_file = argv[1],
                                  .connect_timeout_seconds = 10,
                                  .reply_timeout_seconds = 60,
                                  .message_timeout_seconds = 60,
                                  .tries = 1 };
    g_autoptr (GError) error = NULL;
    g_autoptr (BpSmtpSession) session = bp_smtp_session_open (&server, NULL, &error);
    if (session == NULL)
        stop (error->message);
    const BpAttachment attachment = { BP_ATTACHMENT_PDF, "bbp-2025-07-31.pdf", new_pack (length) };
    double make_ms = 0, send_ms = 0;
    gsize bytes = 0;
    long early_kilobytes = 0;
    gint64 begun = g_get_monotonic_time ();
    for (int i = 0; i < messages; i++)
    {
        g_autofree char *to = g_strdup_printf ("member%d@example.org", i);
        double start = replay_cpu_ms ();
        g_autoptr (GBytes) message = make_message (i, &attachment, to);
        double made = replay_cpu_ms ();
        send_message (session, to, message);
        make_ms += made - start;
        send_ms += replay_cpu_ms () - made;
        bytes = g_bytes_get_size (message);
        if (i == messages / 10)
            early_kilobytes = peak_kilobytes ();
    }
    double wall_ms = (double)(g_get_monotonic_time () - begun) / 1000;
    printf ("messages %d\nbytes %" G_GSIZE_FORMAT
            "\nmake_ms %.2f\nsend_ms %.2f\ncpu_ms %.2f\nwall_ms %.2f\nearly_kilobytes %ld\nlate_kilobytes "
            "%ld\n",
            messages, bytes, make_ms / messages, send_ms / messages, (make_ms + send_ms) / messages, wall_ms / messages, early_kilobytes,
            peak_kilobytes ());
    g_bytes_unref (attachment.bytes);
    return 0;
}
