#include "delivery/smtp_link.h"

#include <curl/curl.h>
#include <poll.h>
#include <string.h>

#define SLICE_MILLISECONDS 250       /* how often is_stopped is asked */
#define MAX_HEARD ((gsize)16 * 1024) /* of one reply: RFC 5321 has lines of 512 bytes, and nobody needs 32 of them */

struct BpSmtpLink
{
    const BpSmtpLinkSettings *settings;
    CURL *curl;
    char error_text[CURL_ERROR_SIZE];
    curl_socket_t socket;
    GString *heard; /* bytes that came and were not taken yet */
    /* while libcurl connects */
    BpSmtpReply reply;
    bool has_tried_login, is_authenticated, knows_size;
};

static bool needs_login (const BpMailServer *server)
{
    return server->auth == BP_MAIL_AUTH_PASSWORD || server->auth == BP_MAIL_AUTH_XOAUTH2;
}

/* ---- connecting ---- */

static size_t take_reply_line (char *line, size_t size, size_t count, void *user)
{
    BpSmtpLink *link = user;
    const gsize length = size * count;
    bp_smtp_reply_add_line (&link->reply, line, length);
    link->is_authenticated |= link->has_tried_login && link->reply.code == 235;
    /* "250-SIZE 1000", "250 SIZE" */
    if (length >= 8 && strncmp (line, "250", 3) == 0 && g_ascii_strncasecmp (line + 4, "SIZE", 4) == 0
        && (length == 8 || g_ascii_isspace (line[8])))
        link->knows_size = true;
    return length;
}

/* Nothing of what goes by here is kept or shown: secrets do. */
static int take_trace (CURL *curl, curl_infotype type, char *text, size_t length, void *user)
{
    (void)curl;
    BpSmtpLink *link = user;
    if (type != CURLINFO_HEADER_OUT)
        return 0;
    link->has_tried_login |= length >= 4 && strncmp (text, "AUTH", 4) == 0;
    if (length >= 4 && strncmp (text, "EHLO", 4) == 0)
        link->knows_size = false; /* what was said before TLS does not count */
    bp_smtp_reply_reset (&link->reply);
    return 0;
}

static int look_for_stop (void *user, curl_off_t down, curl_off_t down_done, curl_off_t up, curl_off_t up_done)
{
    (void)down;
    (void)down_done;
    (void)up;
    (void)up_done;
    const BpSmtpLinkSettings *settings = ((const BpSmtpLink *)user)->settings;
    return settings->is_stopped != NULL && settings->is_stopped (settings->stop_data);
}

/* TLS 1.2 or later with a certificate that is valid for this name, or nothing. */
static void set_transport (CURL *curl, const BpMailServer *server)
{
    const bool is_tls = server->security == BP_MAIL_TLS;
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
    curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, (long)server->connect_timeout_seconds);
    curl_easy_setopt (curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)server->reply_timeout_seconds);
    curl_easy_setopt (curl, CURLOPT_CONNECT_ONLY, 1L);
}

static void set_login (CURL *curl, const BpSmtpLinkSettings *settings)
{
    const BpMailServer *server = settings->server;
    if (needs_login (server))
    {
        const bool is_token = server->auth == BP_MAIL_AUTH_XOAUTH2;
        curl_easy_setopt (curl, CURLOPT_USERNAME, server->user);
        curl_easy_setopt (curl, CURLOPT_LOGIN_OPTIONS, is_token ? "AUTH=XOAUTH2" : "AUTH=PLAIN;AUTH=LOGIN");
        curl_easy_setopt (curl, is_token ? CURLOPT_XOAUTH2_BEARER : CURLOPT_PASSWORD, settings->secret);
    }
    if (server->client_certificate != NULL)
    {
        curl_easy_setopt (curl, CURLOPT_SSLCERT, server->client_certificate);
        curl_easy_setopt (curl, CURLOPT_SSLKEY, settings->key_path);
        curl_easy_setopt (curl, CURLOPT_KEYPASSWD, ""); /* an encrypted key is refused; without this, OpenSSL asks at the terminal */
    }
}

static void set_callbacks (BpSmtpLink *link)
{
    CURL *curl = link->curl;
    curl_easy_setopt (curl, CURLOPT_ERRORBUFFER, link->error_text);
    curl_easy_setopt (curl, CURLOPT_HEADERFUNCTION, take_reply_line);
    curl_easy_setopt (curl, CURLOPT_HEADERDATA, link);
    curl_easy_setopt (curl, CURLOPT_VERBOSE, 1L); /* for the commands; nothing is printed */
    curl_easy_setopt (curl, CURLOPT_DEBUGFUNCTION, take_trace);
    curl_easy_setopt (curl, CURLOPT_DEBUGDATA, link);
    curl_easy_setopt (curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt (curl, CURLOPT_XFERINFOFUNCTION, look_for_stop);
    curl_easy_setopt (curl, CURLOPT_XFERINFODATA, link);
}

static const char *words_of_code (CURLcode code)
{
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
        return "client_certificate or client_key cannot be used (a key with a pass phrase cannot)";
    case CURLE_LOGIN_DENIED:
        return "the mail server refuses the user or the secret";
    case CURLE_OPERATION_TIMEDOUT:
        return "the mail server did not answer in time";
    case CURLE_ABORTED_BY_CALLBACK:
        return "stopped before the message had begun";
    default:
        return "the mail server did not let the message begin";
    }
}

BpSmtpLink *bp_smtp_link_open (const BpSmtpLinkSettings *settings, BpSmtpLinkFailure *failure)
{
    BpSmtpLink *link = g_new0 (BpSmtpLink, 1);
    link->settings = settings;
    link->heard = g_string_new (NULL);
    bp_smtp_reply_init (&link->reply);
    link->curl = curl_easy_init ();
    CURLcode code = CURLE_FAILED_INIT;
    if (link->curl != NULL)
    {
        set_transport (link->curl, settings->server);
        set_login (link->curl, settings);
        set_callbacks (link);
        code = curl_easy_perform (link->curl);
    }
    if (code == CURLE_OK)
        code = curl_easy_getinfo (link->curl, CURLINFO_ACTIVESOCKET, &link->socket);
    /* libcurl goes on without a login where the server offers none */
    const bool lacks_login = code == CURLE_OK && needs_login (settings->server) && !link->is_authenticated;
    if (code == CURLE_OK && !lacks_login)
        return link;
    failure->words = lacks_login ? "the mail server offers no way to log in that is known here" : words_of_code (code);
    failure->detail = lacks_login ? NULL : g_strdup (link->error_text[0] != '\0' ? link->error_text : curl_easy_strerror (code));
    failure->reply.code = lacks_login ? 0 : link->reply.code;
    g_string_assign (failure->reply.words, lacks_login ? "" : link->reply.words->str);
    bp_smtp_link_close (link, false);
    return NULL;
}

void bp_smtp_link_close (BpSmtpLink *link, bool is_polite)
{
    if (link == NULL)
        return;
    size_t said = 0;
    if (is_polite && bp_smtp_link_is_quiet (link))
        curl_easy_send (link->curl, "QUIT\r\n", 6, &said); /* whether it goes or not, and what the answer is, changes nothing */
    if (link->curl != NULL)
        curl_easy_cleanup (link->curl);
    g_string_free (link->heard, TRUE);
    bp_smtp_reply_clear (&link->reply);
    g_free (link);
}

bool bp_smtp_link_knows_size (const BpSmtpLink *link)
{
    return link->knows_size;
}

/* ---- the conversation ---- */

const char *bp_smtp_link_words (BpSmtpLinkState state)
{
    switch (state)
    {
    case BP_SMTP_LINK_WELL:
        return "";
    case BP_SMTP_LINK_LOST:
        return "the connection was lost";
    case BP_SMTP_LINK_SPOKE:
        return "the mail server spoke while it was to listen";
    case BP_SMTP_LINK_TIMEOUT:
        return "the mail server did not answer in time";
    case BP_SMTP_LINK_STOPPED:
        return "stopped";
    case BP_SMTP_LINK_GARBAGE:
        return "the mail server gave no answer that is one";
    }
    g_assert_not_reached ();
}

/* Takes what is there without waiting: what TLS holds, too. */
static BpSmtpLinkState take_bytes (BpSmtpLink *link)
{
    char bytes[4096];
    size_t count = 0;
    const CURLcode code = curl_easy_recv (link->curl, bytes, sizeof bytes, &count);
    if (code == CURLE_AGAIN)
        return BP_SMTP_LINK_WELL;
    if (code != CURLE_OK || count == 0)
        return BP_SMTP_LINK_LOST;
    g_string_append_len (link->heard, bytes, (gssize)count);
    return BP_SMTP_LINK_WELL;
}

bool bp_smtp_link_is_quiet (BpSmtpLink *link)
{
    return link->heard->len == 0 && take_bytes (link) == BP_SMTP_LINK_WELL && link->heard->len == 0;
}

/* Waits until the socket can be read or (wants_room) written, in slices. */
static BpSmtpLinkState await (BpSmtpLink *link, bool wants_room, gint64 deadline, bool may_stop)
{
    const BpSmtpLinkSettings *settings = link->settings;
    for (;;)
    {
        const gint64 left = (deadline - g_get_monotonic_time ()) / 1000;
        if (may_stop && settings->is_stopped != NULL && settings->is_stopped (settings->stop_data))
            return BP_SMTP_LINK_STOPPED;
        if (left <= 0)
            return BP_SMTP_LINK_TIMEOUT;
        struct pollfd look = { .fd = link->socket, .events = (short)(POLLIN | (wants_room ? POLLOUT : 0)) };
        if (poll (&look, 1, (int)MIN (left, SLICE_MILLISECONDS)) > 0)
            return BP_SMTP_LINK_WELL;
    }
}

/* The server talks while it should listen: what it says is kept, so that it can be told. */
static BpSmtpLinkState look_while_saying (BpSmtpLink *link, BpSmtpReply *heard)
{
    const BpSmtpLinkState state = link->heard->len == 0 ? take_bytes (link) : BP_SMTP_LINK_WELL;
    if (state != BP_SMTP_LINK_WELL)
        return state;
    if (link->heard->len == 0)
        return BP_SMTP_LINK_WELL;
    bp_smtp_reply_reset (heard);
    bp_smtp_reply_add_line (heard, link->heard->str, link->heard->len);
    return BP_SMTP_LINK_SPOKE;
}

static gint64 deadline_of (const BpSmtpLink *link)
{
    return g_get_monotonic_time () + (gint64)link->settings->server->reply_timeout_seconds * G_USEC_PER_SEC;
}

BpSmtpLinkState bp_smtp_link_say (BpSmtpLink *link, const char *bytes, gsize length, BpSmtpReply *heard)
{
    BpSmtpLinkState state = look_while_saying (link, heard);
    for (gsize said = 0; said < length && state == BP_SMTP_LINK_WELL;)
    {
        size_t part = 0;
        const CURLcode code = curl_easy_send (link->curl, bytes + said, length - said, &part);
        said += part;
        if (code != CURLE_OK && code != CURLE_AGAIN)
            return BP_SMTP_LINK_LOST;
        if (code == CURLE_AGAIN && (state = await (link, true, deadline_of (link), true)) == BP_SMTP_LINK_WELL)
            state = look_while_saying (link, heard);
    }
    return state;
}

/* Moves one line out of what was heard; false: there is no whole one. */
static bool take_line (BpSmtpLink *link, BpSmtpReply *reply)
{
    const char *end = memchr (link->heard->str, '\n', link->heard->len);
    if (end == NULL)
        return false;
    const gsize length = (gsize)(end - link->heard->str) + 1;
    bp_smtp_reply_add_line (reply, link->heard->str, length);
    g_string_erase (link->heard, 0, (gssize)length);
    return true;
}

BpSmtpLinkState bp_smtp_link_hear (BpSmtpLink *link, BpSmtpReply *reply, bool may_stop)
{
    const gint64 deadline = deadline_of (link);
    bp_smtp_reply_reset (reply);
    for (gsize total = 0;;)
    {
        while (reply->code == 0 && !reply->is_garbage && take_line (link, reply))
            ;
        if (reply->is_garbage)
            return BP_SMTP_LINK_GARBAGE;
        if (reply->code != 0)
            return BP_SMTP_LINK_WELL;
        const gsize before = link->heard->len;
        BpSmtpLinkState state = take_bytes (link);
        total += link->heard->len - before;
        if (total > MAX_HEARD)
            return BP_SMTP_LINK_GARBAGE;
        if (state == BP_SMTP_LINK_WELL && link->heard->len == before)
            state = await (link, false, deadline, may_stop);
        if (state != BP_SMTP_LINK_WELL)
            return state;
    }
}
