#include "delivery/smtp.h"

#include "delivery/mail_address.h"
#include "delivery/secret.h"

#include <curl/curl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define TOKEN_SECONDS (20 * 60) /* access tokens live for an hour or so; a new one is fetched well before */
#define TOKEN_TIMEOUT_SECONDS 60
#define LEAST_BYTES_PER_SECOND 1
#define TAIL_BYTES ((gsize)2) /* the last line end */

/* The last command that the client has sent. */
typedef enum
{
    PHASE_CONNECT, /* none: name, connection, TLS, greeting */
    PHASE_HELLO,
    PHASE_STARTTLS,
    PHASE_AUTH,
    PHASE_MAIL,
    PHASE_RCPT,
    PHASE_DATA
} Phase;

struct BpSmtpSession
{
    const BpMailServer *server;
    CURL *curl;
    char error_text[CURL_ERROR_SIZE];
    char *secret; /* password or token */
    gint64 token_time;
    GPtrArray *hidden; /* the forms in which the secret goes over the wire, NULL-ended */
    GArray *sockets;   /* int: those that libcurl has open, the newest last */
    bool is_authenticated;
    bool (*is_stopped) (gpointer data);
    gpointer stop_data;
    /* of the message on its way */
    Phase phase;
    BpSmtpReply reply;
    const char *bytes;
    gsize length, given;
    bool has_ended;  /* from here on the server may have the whole message */
    bool has_spoken; /* before the end, when it was to listen */
    bool is_over;    /* QUIT was said: what follows is about no message */
};

const char *bp_smtp_outcome_name (BpSmtpOutcome outcome)
{
    switch (outcome)
    {
    case BP_SMTP_ACCEPTED:
        return "accepted";
    case BP_SMTP_REJECTED:
        return "rejected";
    case BP_SMTP_LATER:
        return "later";
    case BP_SMTP_DOUBTFUL:
        return "doubtful";
    case BP_SMTP_NOT_SENT:
        return "not sent";
    }
    g_assert_not_reached ();
}

static bool needs_login (const BpMailServer *server)
{
    return server->auth == BP_MAIL_AUTH_PASSWORD || server->auth == BP_MAIL_AUTH_XOAUTH2;
}

/* ---- what libcurl tells and asks ---- */

/* libcurl tells only of the connection of the last message, so the sockets are noted as they open and close. */
static curl_socket_t open_socket (void *user, curlsocktype purpose, struct curl_sockaddr *address)
{
    (void)purpose;
    BpSmtpSession *session = user;
    int descriptor = socket (address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    if (descriptor < 0)
        return CURL_SOCKET_BAD;
    g_array_append_val (session->sockets, descriptor);
    return descriptor;
}

static int close_socket (void *user, curl_socket_t descriptor)
{
    BpSmtpSession *session = user;
    for (guint i = session->sockets->len; i > 0; i--)
        if (g_array_index (session->sockets, int, i - 1) == descriptor)
            g_array_remove_index (session->sockets, i - 1);
    return close (descriptor);
}

/* The connection that the message goes over, or -1. */
static int current_socket (const BpSmtpSession *session)
{
    return session->sockets->len == 0 ? -1 : g_array_index (session->sockets, int, session->sockets->len - 1);
}

/* Whether the server has said anything or gone away while it should be listening. An answer that it gave too early would be taken for that
 * to the end of the message. */
static bool has_spoken_early (const BpSmtpSession *session)
{
    struct pollfd look = { .fd = current_socket (session), .events = POLLIN | POLLRDHUP };
    return look.fd < 0 || poll (&look, 1, 0) > 0;
}

/* The end of the message is handed over by itself, after everything before it was asked for. libcurl can send the final dot only when it
 * knows that the message ended, and so only after that call: if it was never made, no server has a whole message. */
static size_t give_bytes (char *out, size_t size, size_t count, void *user)
{
    BpSmtpSession *session = user;
    gsize left = session->length - session->given, room = size * count;
    /* libcurl goes on without a login where the server offers none */
    if (needs_login (session->server) && !session->is_authenticated)
        return CURL_READFUNC_ABORT;
    session->has_spoken = left <= TAIL_BYTES && !session->has_ended && has_spoken_early (session);
    if (session->has_spoken)
        return CURL_READFUNC_ABORT;
    gsize part = left > TAIL_BYTES ? MIN (room, left - TAIL_BYTES) : MIN (room, left);
    if (left <= TAIL_BYTES)
    {
        if (!session->has_ended)
            bp_smtp_reply_reset (&session->reply); /* from here on: the answer to the message */
        session->has_ended = true;
    }
    memcpy (out, session->bytes + session->given, part);
    session->given += part;
    return part;
}

static size_t take_reply_line (char *line, size_t size, size_t count, void *user)
{
    BpSmtpSession *session = user;
    if (session->is_over)
        return size * count;
    bp_smtp_reply_add_line (&session->reply, line, size * count);
    if (session->phase == PHASE_AUTH && session->reply.code == 235)
        session->is_authenticated = true;
    return size * count;
}

static void note_command (BpSmtpSession *session, const char *line, gsize length)
{
    static const struct
    {
        const char *word;
        Phase phase;
    } commands[] = { { "EHLO", PHASE_HELLO }, { "HELO", PHASE_HELLO }, { "STARTTLS", PHASE_STARTTLS }, { "AUTH", PHASE_AUTH },
                     { "MAIL", PHASE_MAIL },  { "RCPT", PHASE_RCPT },  { "DATA", PHASE_DATA } };
    bool is_answer = session->phase == PHASE_AUTH && session->reply.code / 100 == 3; /* base64 that could spell a command */
    for (gsize i = 0; i < G_N_ELEMENTS (commands) && !is_answer; i++)
        if (length >= strlen (commands[i].word) && strncmp (line, commands[i].word, strlen (commands[i].word)) == 0)
            session->phase = commands[i].phase;
    session->is_over = session->phase != PHASE_CONNECT && strncmp (line, "QUIT", MIN (length, 4)) == 0;
    if (session->is_over)
        return;
    if (session->phase == PHASE_HELLO)
        session->is_authenticated = false; /* a new connection */
    bp_smtp_reply_reset (&session->reply);
}

/* Nothing of what goes by here is kept or shown: secrets do. */
static int take_trace (CURL *curl, curl_infotype type, char *text, size_t length, void *user)
{
    (void)curl;
    if (type == CURLINFO_HEADER_OUT)
        note_command (user, text, length);
    return 0;
}

static int look_for_stop (void *user, curl_off_t down, curl_off_t down_done, curl_off_t up, curl_off_t up_done)
{
    (void)down;
    (void)down_done;
    (void)up;
    (void)up_done;
    const BpSmtpSession *session = user;
    return !session->has_ended && session->is_stopped != NULL && session->is_stopped (session->stop_data);
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

static void hide_secret (BpSmtpSession *session)
{
    g_ptr_array_set_size (session->hidden, 0);
    const char *user = session->server->user;
    g_autoptr (GByteArray) plain = g_byte_array_new ();
    g_byte_array_append (plain, (const guint8 *)"\0", 1);
    g_byte_array_append (plain, (const guint8 *)user, (guint)strlen (user) + 1);
    g_byte_array_append (plain, (const guint8 *)session->secret, (guint)strlen (session->secret));
    g_ptr_array_add (session->hidden, g_base64_encode (plain->data, plain->len));
    g_ptr_array_add (session->hidden, g_base64_encode ((const guchar *)session->secret, strlen (session->secret)));
    g_ptr_array_add (session->hidden, g_strdup (session->secret));
    g_ptr_array_add (session->hidden, NULL);
    explicit_bzero (plain->data, plain->len);
}

static void use_secret (BpSmtpSession *session, char *secret)
{
    bp_secret_free (session->secret);
    session->secret = secret;
    hide_secret (session);
    bool is_token = session->server->auth == BP_MAIL_AUTH_XOAUTH2;
    curl_easy_setopt (session->curl, is_token ? CURLOPT_XOAUTH2_BEARER : CURLOPT_PASSWORD, secret);
}

static bool set_login (BpSmtpSession *session, const char *credentials_folder, GError **error)
{
    const BpMailServer *server = session->server;
    if (!needs_login (server))
        return true;
    curl_easy_setopt (session->curl, CURLOPT_USERNAME, server->user);
    bool is_token = server->auth == BP_MAIL_AUTH_XOAUTH2;
    curl_easy_setopt (session->curl, CURLOPT_LOGIN_OPTIONS, is_token ? "AUTH=XOAUTH2" : "AUTH=PLAIN;AUTH=LOGIN");
    if (is_token)
        return true; /* fetched before the first message */
    char *secret = bp_secret_load ("secret_file", server->secret_file, credentials_folder, error);
    if (secret != NULL)
        use_secret (session, secret);
    return secret != NULL;
}

static bool set_certificate (BpSmtpSession *session, const char *credentials_folder, GError **error)
{
    const BpMailServer *server = session->server;
    if (server->client_certificate == NULL)
        return true;
    const char *key = server->client_key == NULL ? server->client_certificate : server->client_key;
    g_autofree char *path = bp_secret_dup_path ("client_key", key, credentials_folder, error);
    if (path == NULL)
        return false;
    curl_easy_setopt (session->curl, CURLOPT_SSLCERT, server->client_certificate);
    curl_easy_setopt (session->curl, CURLOPT_SSLKEY, path);
    return true;
}

/* TLS 1.2 or later with a certificate that is valid for this name, or nothing. */
static void set_transport (BpSmtpSession *session)
{
    const BpMailServer *server = session->server;
    CURL *curl = session->curl;
    bool is_tls = server->security == BP_MAIL_TLS;
    g_autofree char *url = g_strdup_printf ("%s://%s:%d/%s", is_tls ? "smtps" : "smtp", server->host, server->port,
                                            server->hello_name == NULL ? "" : server->hello_name);
    curl_easy_setopt (curl, CURLOPT_URL, url);
    curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, is_tls ? "smtps" : "smtp");
    curl_easy_setopt (curl, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
    curl_easy_setopt (curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt (curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt (curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (server->ca_file != NULL)
    {
        curl_easy_setopt (curl, CURLOPT_CAINFO, server->ca_file);
        curl_easy_setopt (curl, CURLOPT_CAPATH, NULL); /* these authorities, and no others besides */
    }
    curl_easy_setopt (curl, CURLOPT_PROXY, ""); /* whatever the environment says */
    curl_easy_setopt (curl, CURLOPT_TCP_KEEPALIVE, 1L);
}

static void set_times (BpSmtpSession *session)
{
    const BpMailServer *server = session->server;
    CURL *curl = session->curl;
    curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, (long)server->connect_timeout_seconds);
    curl_easy_setopt (curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)server->reply_timeout_seconds);
    curl_easy_setopt (curl, CURLOPT_LOW_SPEED_LIMIT, (long)LEAST_BYTES_PER_SECOND);
    curl_easy_setopt (curl, CURLOPT_LOW_SPEED_TIME, (long)server->reply_timeout_seconds);
    curl_easy_setopt (curl, CURLOPT_TIMEOUT, (long)server->message_timeout_seconds);
}

static void set_callbacks (BpSmtpSession *session)
{
    CURL *curl = session->curl;
    curl_easy_setopt (curl, CURLOPT_ERRORBUFFER, session->error_text);
    curl_easy_setopt (curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt (curl, CURLOPT_MAXCONNECTS, 1L);
    curl_easy_setopt (curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt (curl, CURLOPT_OPENSOCKETDATA, session);
    curl_easy_setopt (curl, CURLOPT_CLOSESOCKETFUNCTION, close_socket);
    curl_easy_setopt (curl, CURLOPT_CLOSESOCKETDATA, session);
    curl_easy_setopt (curl, CURLOPT_READFUNCTION, give_bytes);
    curl_easy_setopt (curl, CURLOPT_READDATA, session);
    curl_easy_setopt (curl, CURLOPT_HEADERFUNCTION, take_reply_line);
    curl_easy_setopt (curl, CURLOPT_HEADERDATA, session);
    curl_easy_setopt (curl, CURLOPT_VERBOSE, 1L); /* for the commands; nothing is printed */
    curl_easy_setopt (curl, CURLOPT_DEBUGFUNCTION, take_trace);
    curl_easy_setopt (curl, CURLOPT_DEBUGDATA, session);
    curl_easy_setopt (curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt (curl, CURLOPT_XFERINFOFUNCTION, look_for_stop);
    curl_easy_setopt (curl, CURLOPT_XFERINFODATA, session);
}

BpSmtpSession *bp_smtp_session_open (const BpMailServer *server, const char *credentials_folder, GError **error)
{
    static gsize is_ready = 0;
    if (!check_server (server, error))
        return NULL;
    if (g_once_init_enter (&is_ready))
        g_once_init_leave (&is_ready, curl_global_init (CURL_GLOBAL_DEFAULT) == CURLE_OK ? 1 : 2);
    g_autoptr (BpSmtpSession) session = g_new0 (BpSmtpSession, 1);
    session->server = server;
    session->hidden = g_ptr_array_new_with_free_func (g_free);
    g_ptr_array_add (session->hidden, NULL);
    session->sockets = g_array_new (FALSE, FALSE, sizeof (int));
    bp_smtp_reply_init (&session->reply);
    session->curl = is_ready == 1 ? curl_easy_init () : NULL;
    if (session->curl == NULL)
    {
        bp_fail (error, BP_ERROR_DELIVERY, "libcurl cannot be set up");
        return NULL;
    }
    set_callbacks (session);
    set_transport (session);
    set_times (session);
    if (!set_login (session, credentials_folder, error) || !set_certificate (session, credentials_folder, error))
        return NULL;
    return g_steal_pointer (&session);
}

void bp_smtp_session_close (BpSmtpSession *session)
{
    if (session == NULL)
        return;
    /* QUIT is said but not listened to: libcurl would wait for an answer as long as for one that matters */
    if (current_socket (session) >= 0)
        shutdown (current_socket (session), SHUT_RD);
    if (session->curl != NULL)
        curl_easy_cleanup (session->curl);
    bp_secret_free (session->secret);
    for (guint i = 0; i < session->hidden->len; i++)
        if (g_ptr_array_index (session->hidden, i) != NULL)
            explicit_bzero (g_ptr_array_index (session->hidden, i), strlen (g_ptr_array_index (session->hidden, i)));
    g_ptr_array_unref (session->hidden);
    g_array_unref (session->sockets);
    bp_smtp_reply_clear (&session->reply);
    g_free (session);
}

void bp_smtp_session_set_stop (BpSmtpSession *session, bool (*is_stopped) (gpointer data), gpointer data)
{
    session->is_stopped = is_stopped;
    session->stop_data = data;
}

/* ---- what became of a message ---- */

/* In words of ours, where no reply of the server's says it. */
static const char *words_of_failure (const BpSmtpSession *session, CURLcode code)
{
    if (session->has_ended)
        return "no answer came after the end of the message; ask the recipient or the mail server's log before sending it again";
    switch ((int)code)
    {
    case CURLE_COULDNT_RESOLVE_HOST:
        return "the mail server's name is not known";
    case CURLE_COULDNT_CONNECT:
        return "the mail server cannot be reached";
    case CURLE_USE_SSL_FAILED:
        return "the mail server offers no TLS (STARTTLS), and nothing is sent without it";
    case CURLE_PEER_FAILED_VERIFICATION:
        return "the mail server's certificate is not valid for its name and this day, or its authority is not known";
    case CURLE_SSL_CONNECT_ERROR:
        return "no TLS 1.2 or later could be agreed with the mail server";
    case CURLE_SSL_CACERT_BADFILE:
        return "ca_file cannot be read";
    case CURLE_SSL_CERTPROBLEM:
        return "client_certificate or client_key cannot be used";
    case CURLE_LOGIN_DENIED:
        return "the mail server refuses the user or the secret";
    case CURLE_OPERATION_TIMEDOUT:
        return "the mail server did not answer in time";
    case CURLE_ABORTED_BY_CALLBACK:
        if (session->has_spoken)
            return "the mail server spoke or went away before the message had ended";
        return "stopped before the message had ended";
    default:
        return session->phase < PHASE_MAIL ? "the mail server did not let the message begin"
                                           : "the connection was lost before the message had ended";
    }
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

/* "Authentication required", "mechanism too weak", "credentials invalid", "encryption required" (RFC 4954): said to any recipient. */
static bool is_about_login (int code)
{
    return code == 530 || code == 534 || code == 535 || code == 538;
}

static BpSmtpOutcome judge (const BpSmtpSession *session, CURLcode curl_code)
{
    int code = session->reply.code;
    if (session->has_ended)
        return judge_end (code);
    if (curl_code == CURLE_OK) /* cannot be; and if it is, something of libcurl's is not as we know it */
        return BP_SMTP_DOUBTFUL;
    if (code / 100 == 4)
        return BP_SMTP_LATER;
    if (session->phase < PHASE_MAIL || is_about_login (code))
        return BP_SMTP_NOT_SENT;
    if (needs_login (session->server) && !session->is_authenticated)
        return BP_SMTP_NOT_SENT;
    return code / 100 == 5 ? BP_SMTP_REJECTED : BP_SMTP_LATER;
}

static void fill_result (BpSmtpSession *session, CURLcode curl_code, BpSmtpResult *result)
{
    const char *const *hidden = (const char *const *)session->hidden->pdata;
    int code = session->reply.code;
    result->outcome = judge (session, curl_code);
    /* a reply that went well and was followed by a failure decided nothing */
    bool has_decided = session->has_ended ? judge_end (code) != BP_SMTP_DOUBTFUL : code >= 400;
    result->code = has_decided ? code : 0;
    if (has_decided)
    {
        bp_smtp_words_copy (session->reply.words->str, hidden, result->words, sizeof result->words);
        return;
    }
    bool lacks_login = curl_code == CURLE_ABORTED_BY_CALLBACK && needs_login (session->server) && !session->is_authenticated;
    const char *words = lacks_login ? "the mail server offers no way to log in that is known here" : words_of_failure (session, curl_code);
    const char *detail = session->error_text[0] != '\0' ? session->error_text : curl_easy_strerror (curl_code);
    bool has_said = session->reply.words->len > 0 && (code == 0 || session->has_ended);
    g_autofree char *text
        = g_strdup_printf ("%s (%s%s%s)", words, detail, has_said ? "; it said: " : "", has_said ? session->reply.words->str : "");
    bp_smtp_words_copy (text, hidden, result->words, sizeof result->words);
}

/* A connection on which an answer is missing is not used again: if it came after all, it would be taken for one to the next message. */
static void drop_connection (const BpSmtpSession *session)
{
    if (current_socket (session) >= 0)
        shutdown (current_socket (session), SHUT_RDWR);
}

static bool fail_before (BpSmtpResult *result, BpSmtpOutcome outcome, const GError *error)
{
    *result = (BpSmtpResult){ .outcome = outcome };
    bp_smtp_words_copy (error->message, NULL, result->words, sizeof result->words);
    return false;
}

/* A token that has become old is fetched anew; libcurl then opens a new connection with it. */
static bool refresh_token (BpSmtpSession *session, BpSmtpResult *result)
{
    gint64 now = g_get_monotonic_time ();
    if (session->server->auth != BP_MAIL_AUTH_XOAUTH2
        || (session->secret != NULL && now - session->token_time < (gint64)TOKEN_SECONDS * G_USEC_PER_SEC))
        return true;
    g_autoptr (GError) error = NULL;
    char *token = bp_secret_from_command (session->server->token_command, TOKEN_TIMEOUT_SECONDS, &error);
    if (token == NULL)
        return fail_before (result, BP_SMTP_NOT_SENT, error);
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
    if (length > TAIL_BYTES && memcmp (bytes + length - TAIL_BYTES, "\r\n", TAIL_BYTES) == 0)
        return true;
    bp_fail (&error, BP_ERROR_DELIVERY, "the message does not end with a line end");
    return fail_before (result, BP_SMTP_REJECTED, error);
}

/* For SIZE, where the server knows it, with the dots that are doubled on the way. libcurl takes a message for ended as soon as it has sent
 * so many bytes, doubled dots included: without them, a message in which two lines begin with a dot would end before its end was handed
 * over, and be called doubtful although it arrived. */
static curl_off_t size_on_the_way (const char *bytes, gsize length)
{
    curl_off_t size = (curl_off_t)length + (length > 0 && bytes[0] == '.');
    for (const char *at = bytes, *end = bytes + length; (at = memmem (at, (gsize)(end - at), "\r\n.", 3)) != NULL; at += 3)
        size++;
    return size;
}

void bp_smtp_session_send (BpSmtpSession *session, const char *from, const char *to, GBytes *message, BpSmtpResult *result_out)
{
    if (!check_envelope (from, to, message, result_out) || !refresh_token (session, result_out))
        return;
    *result_out = (BpSmtpResult){ .outcome = BP_SMTP_NOT_SENT };
    session->bytes = g_bytes_get_data (message, &session->length);
    session->given = 0;
    session->has_ended = session->has_spoken = session->is_over = false;
    session->phase = PHASE_CONNECT;
    session->error_text[0] = '\0';
    bp_smtp_reply_reset (&session->reply);
    g_autofree char *sender = g_strdup_printf ("<%s>", from), *recipient = g_strdup_printf ("<%s>", to);
    struct curl_slist *recipients = curl_slist_append (NULL, recipient);
    curl_easy_setopt (session->curl, CURLOPT_MAIL_FROM, sender);
    curl_easy_setopt (session->curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt (session->curl, CURLOPT_INFILESIZE_LARGE, size_on_the_way (session->bytes, session->length));
    CURLcode code = curl_easy_perform (session->curl);
    curl_easy_setopt (session->curl, CURLOPT_MAIL_RCPT, NULL);
    curl_slist_free_all (recipients);
    fill_result (session, code, result_out);
    if (result_out->code == 0)
        drop_connection (session);
    if (result_out->outcome == BP_SMTP_NOT_SENT)
        session->token_time = -(gint64)TOKEN_SECONDS * G_USEC_PER_SEC; /* it may have been the token */
}
