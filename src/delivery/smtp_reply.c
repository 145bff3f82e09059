#include "delivery/smtp_reply.h"

#include <string.h>

#define HIDDEN "[hidden]"
#define MAX_GATHERED ((gsize)8 * 1024) /* a secret that was said back is sought before the words are cut */

void bp_smtp_reply_init (BpSmtpReply *reply)
{
    *reply = (BpSmtpReply){ .words = g_string_new (NULL) };
}

void bp_smtp_reply_clear (BpSmtpReply *reply)
{
    g_string_free (reply->words, TRUE);
}

void bp_smtp_reply_reset (BpSmtpReply *reply)
{
    reply->code = 0;
    g_string_truncate (reply->words, 0);
}

/* RFC 5321, 4.2: three digits; then '-' if more lines follow, else a blank or nothing. */
static int code_of (const char *line, gsize length)
{
    if (length < 3 || !g_ascii_isdigit (line[0]) || !g_ascii_isdigit (line[1]) || !g_ascii_isdigit (line[2]))
        return 0;
    return (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0';
}

void bp_smtp_reply_add_line (BpSmtpReply *reply, const char *line, gsize length)
{
    if (reply->code != 0)
        bp_smtp_reply_reset (reply);
    while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
        length--;
    int code = code_of (line, length);
    bool is_last = code != 0 && (length == 3 || line[3] != '-');
    if (reply->words->len > 0)
        g_string_append_c (reply->words, ' ');
    if (reply->words->len < MAX_GATHERED)
        g_string_append_len (reply->words, line, (gssize)MIN (length, MAX_GATHERED));
    if (is_last)
        reply->code = code;
}

static char *dup_without_secrets (const char *text, const char *const *secrets)
{
    GString *out = g_string_new (text);
    for (; secrets != NULL && *secrets != NULL; secrets++)
        if (**secrets != '\0')
            g_string_replace (out, *secrets, HIDDEN, 0);
    return g_string_free (out, FALSE);
}

void bp_smtp_words_copy (const char *text, const char *const *secrets, char *out, gsize room)
{
    g_autofree char *shown = dup_without_secrets (text, secrets);
    g_autofree char *valid = g_utf8_make_valid (shown, -1);
    gsize length = 0;
    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
        gunichar letter = g_utf8_get_char (at);
        bool is_blank = g_unichar_isspace (letter) || !g_unichar_isprint (letter);
        gsize bytes = is_blank ? 1 : (gsize)(g_utf8_next_char (at) - at);
        if (is_blank && (length == 0 || out[length - 1] == ' '))
            continue;
        if (length + bytes >= room)
            break;
        memcpy (out + length, is_blank ? " " : at, bytes);
        length += bytes;
    }
    while (length > 0 && out[length - 1] == ' ')
        length--;
    out[length] = '\0';
}
