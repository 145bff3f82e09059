#include "delivery/smtp_reply.h"

#include <string.h>

#define HIDDEN "[hidden]"
#define SECRET_BYTES ((gsize)8)        /* of a secret, that tell it */
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
    reply->is_garbage = false;
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
    reply->is_garbage |= code == 0;
    if (reply->words->len > 0)
        g_string_append_c (reply->words, ' ');
    if (reply->words->len < MAX_GATHERED)
        g_string_append_len (reply->words, line, (gssize)MIN (length, MAX_GATHERED));
    if (is_last)
        reply->code = code;
}

/* The bytes at text that are part of one of the secrets: at least SECRET_BYTES of them, or all of a shorter one. */
static gsize match_secret (const char *text, gsize length, const char *const *secrets)
{
    gsize longest = 0;
    for (; secrets != NULL && *secrets != NULL; secrets++)
    {
        const gsize size = strlen (*secrets), least = MIN (size, SECRET_BYTES);
        const char *at = *secrets;
        while (least > 0 && length >= least && (at = memmem (at, size - (gsize)(at - *secrets), text, least)) != NULL)
        {
            gsize same = least;
            while (same < length && at[same] != '\0' && at[same] == text[same])
                same++;
            longest = MAX (longest, same);
            at++;
        }
    }
    return longest;
}

/* A server may say a secret back in pieces, or in its own line ends. */
static char *dup_without_secrets (const char *text, const char *const *secrets)
{
    GString *out = g_string_new (NULL);
    for (gsize left = strlen (text); left > 0;)
    {
        const gsize hidden = match_secret (text, left, secrets), step = MAX (hidden, (gsize)1);
        if (hidden == 0)
            g_string_append_c (out, *text);
        else if (!g_str_has_suffix (out->str, HIDDEN))
            g_string_append (out, HIDDEN);
        text += step;
        left -= step;
    }
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
