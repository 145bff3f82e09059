#include "delivery/smtp.h"

#include "delivery/mail_address.h"
#include "delivery/secret.h"
#include "delivery/smtp_link.h"

#include <curl/curl.h>
#include <string.h>

#define TOKEN_SECONDS (20 * 60) /* access tokens live for an hour or so; a new one is fetched well before */
#define TOKEN_TIMEOUT_SECONDS 60
#define PART_BYTES ((gsize)64 * 1024)

struct BpSmtpSession
{
    BpSmtpLinkSettings settings;
    char *secret; /* password or token */
    char *key_path;
    gint64 token_time;
    GPtrArray *hidden; /* forms of the secret, NULL-ended: bp_secret_forms */
    BpSmtpLink *link;  /* NULL: none is open */
    bool has_begun;    /* a message, on this link, that was given up: RSET first */
};

/* One try with one message. */
typedef struct
{
    BpSmtpReply reply; /* to what was said last */
    BpSmtpLinkState state;
    gint64 deadline; /* until which the message has to have ended; monotonic microseconds */
    bool has_ended;  /* from here on the server may have the whole message */
} Transaction;

const char *bp_smtp_outcome_name (BpSmtpOutcome outcome)
{
    switch (outcome)
    {
    case BP_SMTP_ACCEPTED:
        return "accepted";
    case BP_SMTP_REJECTED:
        return "rejected";
    case BP_SMTP_LATER:
        return "deferred";
    case BP_SMTP_DOUBTFUL:
        return "doubtful";
    case BP_SMTP_NOT_SENT:
        return "failed";
    }
    g_assert_not_reached ();
}

static bool needs_login (const BpMailServer *server)
{
    return server->auth == BP_MAIL_AUTH_PASSWORD || server->auth == BP_MAIL_AUTH_XOAUTH2;
}

/* ---- settings ---- */

/* Nothing that could be read as another part of a URL. */
static bool check_host (const char *what, const char *host, GError **error)
{
    gsize length = host == NULL ? 0 : strlen (host);
    bool is_host = length > 0 && length <= 253;
    for (gsize i = 0; i < length && is_host; i++)
        is_host = g_ascii_isalnum (host[i]) || (i > 0 && (host[i] == '-' || host[i] == '.'));
    return is_host
           || bp_fail (error, BP_ERROR_DELIVERY, "%s '%s' is no name of a machine; write it as mail.example.org", what,
                       host == NULL ? "" : host);
}

static bool check_server (const BpMailServer *server, GError **error)
{
    if (!check_host ("the mail server", server->host, error)
        || (server->hello_name != NULL && !check_host ("hello_name", server->hello_name, error)))
        return false;
    if (needs_login (server) && server->user == NULL)
        return bp_fail (error, BP_ERROR_DELIVERY, "the mail server needs a 'user'");
    if (server->auth == BP_MAIL_AUTH_PASSWORD && server->secret_file == NULL)
        return bp_fail (error, BP_ERROR_DELIVERY, "the mail server needs a 'secret_file' with the password");
    if (server->auth == BP_MAIL_AUTH_XOAUTH2 && server->token_command == NULL)
        return bp_fail (error, BP_ERROR_DELIVERY, "the mail server needs a 'token_command'");
    if (server->auth == BP_MAIL_AUTH_CERTIFICATE && (server->client_certificate == NULL || server->client_key == NULL))
        return bp_fail (error, BP_ERROR_DELIVERY, "the mail server needs a 'client_certificate' and its 'client_key'");
    return true;
}

static void use_secret (BpSmtpSession *session, char *secret)
{
    bp_secret_free (session->secret);
    session->secret = secret;
    session->settings.secret = secret;
    bp_secret_forms_free (session->hidden);
    session->hidden = bp_secret_forms_new (session->settings.server->user, secret);
}

static bool load_secrets (BpSmtpSession *session, const char *credentials_folder, GError **error)
{
    const BpMailServer *server = session->settings.server;
    if (server->auth == BP_MAIL_AUTH_PASSWORD) /* a token is fetched before the first message */
    {
        char *secret = bp_secret_load ("secret_file", server->secret_file, credentials_folder, error);
        if (secret == NULL)
            return false;
        use_secret (session, secret);
    }
    if (server->client_certificate == NULL)
        return true;
    const char *key = server->client_key == NULL ? server->client_certificate : server->client_key;
    session->key_path = bp_secret_dup_path ("client_key", key, credentials_folder, error);
    session->settings.key_path = session->key_path;
    return session->key_path != NULL;
}

BpSmtpSession *bp_smtp_session_open (const BpMailServer *server, const char *credentials_folder, GError **error)
{
    static gsize is_ready = 0;
    if (!check_server (server, error))
        return NULL;
    if (g_once_init_enter (&is_ready))
        g_once_init_leave (&is_ready, curl_global_init (CURL_GLOBAL_DEFAULT) == CURLE_OK ? 1 : 2);
    if (is_ready != 1)
    {
        bp_fail (error, BP_ERROR_DELIVERY, "libcurl cannot be set up");
        return NULL;
    }
    g_autoptr (BpSmtpSession) session = g_new0 (BpSmtpSession, 1);
    session->settings.server = server;
    session->token_time = -(gint64)TOKEN_SECONDS * G_USEC_PER_SEC;
    return load_secrets (session, credentials_folder, error) ? g_steal_pointer (&session) : NULL;
}

static void close_link (BpSmtpSession *session, bool is_polite)
{
    bp_smtp_link_close (session->link, is_polite);
    session->link = NULL;
    session->has_begun = false;
}

void bp_smtp_session_close (BpSmtpSession *session)
{
    if (session == NULL)
        return;
    close_link (session, true);
    bp_secret_free (session->secret);
    bp_secret_forms_free (session->hidden);
    g_free (session->key_path);
    g_free (session);
}

void bp_smtp_session_set_stop (BpSmtpSession *session, bool (*is_stopped) (gpointer data), gpointer data)
{
    session->settings.is_stopped = is_stopped;
    session->settings.stop_data = data;
}

/* ---- what became of a message ---- */

static void write_words (const BpSmtpSession *session, BpSmtpResult *result, const char *text)
{
    bp_smtp_words_copy (text, session->hidden != NULL ? (const char *const *)session->hidden->pdata : NULL, result->words,
                        sizeof result->words);
}

/* words (detail; it said: reply) */
static void write_reason (const BpSmtpSession *session, BpSmtpResult *result, const char *words, const char *detail,
                          const BpSmtpReply *reply)
{
    const bool has_said = reply->words->len > 0;
    g_autoptr (GString) text = g_string_new (words);
    if (detail != NULL || has_said)
        g_string_append_printf (text, " (%s%s%s%s)", detail != NULL ? detail : "", detail != NULL && has_said ? "; " : "",
                                has_said ? "it said: " : "", has_said ? reply->words->str : "");
    write_words (session, result, text->str);
}

/* "Authentication required", "mechanism too weak", "credentials invalid", "encryption required" (RFC 4954): said to any recipient. */
static bool is_about_login (int code)
{
    return code == 530 || code == 534 || code == 535 || code == 538;
}

/* What a refusal decides before the message has ended: nobody has it. */
static BpSmtpOutcome judge_refusal (int code)
{
    if (is_about_login (code))
        return BP_SMTP_NOT_SENT;
    return code / 100 == 5 ? BP_SMTP_REJECTED : BP_SMTP_LATER;
}

/* What the reply to the end of the message decides; without one nobody can know. */
static BpSmtpOutcome judge_end (int code)
{
    switch (code / 100)
    {
    case 2:
        return BP_SMTP_ACCEPTED;
    case 4:
        return BP_SMTP_LATER;
    case 5:
        return BP_SMTP_REJECTED;
    default:
        return BP_SMTP_DOUBTFUL;
    }
}

static void fill_result (const BpSmtpSession *session, const Transaction *transaction, BpSmtpResult *result)
{
    const int code = transaction->state == BP_SMTP_LINK_WELL ? transaction->reply.code : 0;
    static const char no_answer[]
        = "no answer came after the end of the message; ask the recipient or the mail server's log before sending it again";
    result->outcome = transaction->has_ended ? judge_end (code) : code != 0 ? judge_refusal (code) : BP_SMTP_LATER;
    /* an answer that is none of those asked for decides nothing */
    const bool has_decided = transaction->has_ended ? result->outcome != BP_SMTP_DOUBTFUL : code >= 400;
    result->code = has_decided ? code : 0;
    if (has_decided)
    {
        write_words (session, result, transaction->reply.words->str);
        return;
    }
    const char *detail = transaction->state == BP_SMTP_LINK_WELL ? "the mail server gave another answer than was asked for"
                                                                 : bp_smtp_link_words (transaction->state);
    g_autofree char *words = transaction->has_ended ? g_strdup (no_answer) : g_strdup_printf ("%s before the message had ended", detail);
    write_reason (session, result, words, transaction->has_ended ? detail : NULL, &transaction->reply);
}

/* ---- one message ---- */

/* Says a line and hears the answer; whether that is of the kind wanted (2: 2xx). */
static bool ask (BpSmtpSession *session, Transaction *transaction, int wanted, const char *format, ...) G_GNUC_PRINTF (4, 5);
static bool ask (BpSmtpSession *session, Transaction *transaction, int wanted, const char *format, ...)
{
    va_list arguments;
    va_start (arguments, format);
    g_autofree char *line = g_strdup_vprintf (format, arguments);
    va_end (arguments);
    transaction->state = bp_smtp_link_say (session->link, line, strlen (line), &transaction->reply);
    if (transaction->state == BP_SMTP_LINK_WELL)
        transaction->state = bp_smtp_link_hear (session->link, &transaction->reply, !transaction->has_ended);
    return transaction->state == BP_SMTP_LINK_WELL && transaction->reply.code / 100 == wanted;
}

/* In parts, so that the time that a message may take is looked at. */
static bool say_part (BpSmtpSession *session, Transaction *transaction, const char *bytes, gsize length)
{
    for (gsize said = 0; said < length && transaction->state == BP_SMTP_LINK_WELL;)
    {
        const gsize part = MIN (length - said, PART_BYTES);
        transaction->state = g_get_monotonic_time () < transaction->deadline
                                 ? bp_smtp_link_say (session->link, bytes + said, part, &transaction->reply)
                                 : BP_SMTP_LINK_TIMEOUT;
        said += part;
    }
    return transaction->state == BP_SMTP_LINK_WELL;
}

/* All but the line that ends it; a dot at the start of a line is doubled (RFC 5321, 4.5.2). */
static bool say_message (BpSmtpSession *session, Transaction *transaction, const char *bytes, gsize length)
{
    const char *const end = bytes + length, *dot;
    bp_smtp_reply_reset (&transaction->reply);
    if (bytes[0] == '.' && !say_part (session, transaction, ".", 1))
        return false;
    while ((dot = memmem (bytes, (gsize)(end - bytes), "\n.", 2)) != NULL)
    {
        if (!say_part (session, transaction, bytes, (gsize)(dot - bytes) + 2) || !say_part (session, transaction, ".", 1))
            return false;
        bytes = dot + 2;
    }
    return say_part (session, transaction, bytes, (gsize)(end - bytes));
}

/* The line that ends the message. Before it, no server has a whole message; from here on one may. A server that has spoken until now does
 * not get it: its words would be taken for the answer. */
static void say_end (BpSmtpSession *session, Transaction *transaction)
{
    if (!bp_smtp_link_is_quiet (session->link))
    {
        transaction->state = BP_SMTP_LINK_SPOKE;
        return;
    }
    transaction->has_ended = true;
    bp_smtp_reply_reset (&transaction->reply);
    ask (session, transaction, 2, ".\r\n");
}

static void run_transaction (BpSmtpSession *session, Transaction *transaction, const char *from, const char *to, GBytes *message)
{
    gsize length;
    const char *bytes = g_bytes_get_data (message, &length);
    g_autofree char *size = bp_smtp_link_knows_size (session->link) ? g_strdup_printf (" SIZE=%" G_GSIZE_FORMAT, length) : g_strdup ("");
    session->has_begun = true;
    if (!ask (session, transaction, 2, "MAIL FROM:<%s>%s\r\n", from, size) || !ask (session, transaction, 2, "RCPT TO:<%s>\r\n", to)
        || !ask (session, transaction, 3, "DATA\r\n") || !say_message (session, transaction, bytes, length))
        return;
    say_end (session, transaction);
    session->has_begun = false;
}

/* ---- the session ---- */

static bool fail_before (BpSmtpResult *result, BpSmtpOutcome outcome, const GError *error)
{
    *result = (BpSmtpResult){ .outcome = outcome };
    bp_smtp_words_copy (error->message, NULL, result->words, sizeof result->words);
    return false;
}

/* A token that has become old is fetched anew, and a new connection made with it. */
static bool refresh_token (BpSmtpSession *session, BpSmtpResult *result)
{
    const BpMailServer *server = session->settings.server;
    gint64 now = g_get_monotonic_time ();
    if (server->auth != BP_MAIL_AUTH_XOAUTH2
        || (session->secret != NULL && now - session->token_time < (gint64)TOKEN_SECONDS * G_USEC_PER_SEC))
        return true;
    g_autoptr (GError) error = NULL;
    char *token = bp_secret_from_command (server->token_command, TOKEN_TIMEOUT_SECONDS, &error);
    if (token == NULL)
        return fail_before (result, BP_SMTP_NOT_SENT, error);
    close_link (session, true);
    session->token_time = now;
    use_secret (session, token);
    return true;
}

static bool check_envelope (const char *from, const char *to, GBytes *message, BpSmtpResult *result)
{
    g_autoptr (GError) error = NULL;
    gsize length;
    const char *bytes = g_bytes_get_data (message, &length);
    if (!bp_mail_address_check ("the sender's address", from, &error) || !bp_mail_address_check ("the recipient's address", to, &error))
        return fail_before (result, BP_SMTP_REJECTED, error);
    if (length > 2 && memcmp (bytes + length - 2, "\r\n", 2) == 0)
        return true;
    bp_fail (&error, BP_ERROR_DELIVERY, "the message does not end with a line end");
    return fail_before (result, BP_SMTP_REJECTED, error);
}

/* The connection of the message before, if it is in step: quiet, and free of a message that was given up. */
static bool can_reuse (BpSmtpSession *session)
{
    Transaction reset = { .state = BP_SMTP_LINK_WELL };
    if (session->link == NULL || !bp_smtp_link_is_quiet (session->link))
        return false;
    if (!session->has_begun)
        return true;
    bp_smtp_reply_init (&reset.reply);
    session->has_begun = !ask (session, &reset, 2, "RSET\r\n");
    bp_smtp_reply_clear (&reset.reply);
    return !session->has_begun;
}

static bool connect_link (BpSmtpSession *session, BpSmtpResult *result)
{
    if (can_reuse (session))
        return true;
    close_link (session, false);
    BpSmtpLinkFailure failure = { 0 };
    bp_smtp_reply_init (&failure.reply);
    session->link = bp_smtp_link_open (&session->settings, &failure);
    if (session->link == NULL)
    {
        const int code = failure.reply.code;
        result->outcome = code / 100 == 4 ? BP_SMTP_LATER : BP_SMTP_NOT_SENT;
        result->code = code >= 400 ? code : 0;
        if (result->code != 0)
            write_words (session, result, failure.reply.words->str);
        else
            write_reason (session, result, failure.words, failure.detail, &failure.reply);
    }
    bp_smtp_reply_clear (&failure.reply);
    g_free (failure.detail);
    return session->link != NULL;
}

void bp_smtp_session_send (BpSmtpSession *session, const char *from, const char *to, GBytes *message, BpSmtpResult *result_out)
{
    *result_out = (BpSmtpResult){ .outcome = BP_SMTP_NOT_SENT };
    if (!check_envelope (from, to, message, result_out) || !refresh_token (session, result_out))
        return;
    if (connect_link (session, result_out))
    {
        const gint64 seconds = session->settings.server->message_timeout_seconds;
        Transaction transaction = { .deadline = g_get_monotonic_time () + seconds * G_USEC_PER_SEC };
        bp_smtp_reply_init (&transaction.reply);
        run_transaction (session, &transaction, from, to, message);
        fill_result (session, &transaction, result_out);
        /* a connection on which an answer is missing, or that the server is about to close, is not used again */
        if (result_out->code == 0 || result_out->code == 421)
            close_link (session, false);
        bp_smtp_reply_clear (&transaction.reply);
    }
    if (result_out->outcome == BP_SMTP_NOT_SENT)
        session->token_time = -(gint64)TOKEN_SECONDS * G_USEC_PER_SEC; /* it may have been the token */
}
