#include "delivery/mail_address.h"

#include <string.h>

#define MAX_ADDRESS 254 /* RFC 5321 allows a path of 256 with its brackets */
#define MAX_LOCAL 64
#define MAX_LABEL 63

/* RFC 5322 allows more. */
static bool is_atom_letter (char letter)
{
    return g_ascii_isalnum (letter) || (letter != '\0' && strchr ("'+-=_~", letter) != NULL);
}

/* By these some mail servers send a message on elsewhere (percent and exclamation mark), into a file or to a program, so that the domain
 * would not say where it goes: "eve%example.com@example.org". A hyphen in front is an option to others. NUL: none. */
static char find_routing (const char *address)
{
    gsize length = strcspn (address, "@"), at = strcspn (address, "!#$%&*/?^`{|}");
    if (*address == '-')
        return '-';
    return at < length ? address[at] : '\0';
}

/* Atoms with single dots between them. */
static bool is_local_part (const char *local, gsize length)
{
    if (length == 0 || length > MAX_LOCAL || local[0] == '.' || local[length - 1] == '.')
        return false;
    for (gsize i = 0; i < length; i++)
        if (local[i] == '.' ? local[i + 1] == '.' : !is_atom_letter (local[i]))
            return false;
    return true;
}

static bool is_label (const char *label)
{
    gsize length = strlen (label);
    if (length == 0 || length > MAX_LABEL || label[0] == '-' || label[length - 1] == '-')
        return false;
    for (gsize i = 0; i < length; i++)
        if (!g_ascii_isalnum (label[i]) && label[i] != '-')
            return false;
    return true;
}

static bool is_domain (const char *domain)
{
    g_auto (GStrv) labels = g_strsplit (domain, ".", -1);
    guint count = g_strv_length (labels);
    if (count < 2)
        return false;
    for (guint i = 0; i < count; i++)
        if (!is_label (labels[i]))
            return false;
    return g_ascii_isalpha (labels[count - 1][0]); /* no address of digits */
}

bool bp_mail_address_check (const char *what, const char *address, GError **error)
{
    if (!g_str_is_ascii (address))
    {
        g_autofree char *shown = g_utf8_make_valid (address, -1);
        return bp_fail (error, BP_ERROR_DELIVERY,
                        "%s '%.100s' holds letters that not every mail server can deliver to; ask for an address in plain ASCII", what,
                        shown);
    }
    const char routing = find_routing (address);
    if (routing != '\0')
    {
        g_autofree char *shown = g_strescape (address, NULL);
        return bp_fail (error, BP_ERROR_DELIVERY,
                        routing == '-' ? "%s '%.100s' begins with '%c', which a mail server may take as an order; ask for another address"
                                       : "%s '%.100s' has a '%c', by which a mail server may send it on elsewhere; ask for another address",
                        what, shown, routing);
    }
    const char *at = strchr (address, '@');
    if (at != NULL && strlen (address) <= MAX_ADDRESS && is_local_part (address, (gsize)(at - address)) && is_domain (at + 1))
        return true;
    g_autofree char *shown = g_strescape (address, NULL);
    return bp_fail (error, BP_ERROR_DELIVERY, "%s '%.100s' is no e-mail address; write it as name@example.org, with nothing around it",
                    what, shown);
}

const char *bp_mail_address_domain (const char *address)
{
    const char *at = strchr (address, '@');
    return at == NULL ? "" : at + 1;
}

/* ---- masked ---- */

/* Broader than what may be sent to: others' mistakes are people's addresses, too. */
static bool is_local_byte (char byte)
{
    return (guchar)byte >= 0x80 || g_ascii_isalnum (byte) || (byte != '\0' && strchr (".\\!#$%&'*+-/=?^_`{|}~", byte) != NULL);
}

static bool is_domain_byte (char byte)
{
    return (guchar)byte >= 0x80 || byte == '.' || byte == '-' || g_ascii_isalnum (byte);
}

/* Where the word before the @ begins, not before first: a word of letters, or whatever stands in quotes. */
static const char *find_local_part (const char *first, const char *at)
{
    const char *start = at;
    if (at - first >= 2 && at[-1] == '"')
    {
        for (start = at - 2; start > first && *start != '"'; start--)
            ;
        return start;
    }
    while (start > first && is_local_byte (start[-1]))
        start--;
    while (start < at && (*start == '\'' || *start == '`')) /* what quotes it is no part of it */
        start++;
    return start;
}

char *bp_mail_address_dup_masked (const char *text)
{
    g_autofree char *valid = g_utf8_make_valid (text, -1);
    GString *masked = g_string_new (NULL);
    const char *rest = valid;
    for (const char *at = strchr (rest, '@'); at != NULL; at = strchr (rest, '@'))
    {
        const char *start = find_local_part (rest, at), *end = at + 1;
        while (is_domain_byte (*end))
            end++;
        g_string_append_len (masked, rest, start - rest);
        if (start < at)
            g_string_append_printf (masked, "%.*s***", (int)(g_utf8_next_char (start) - start), start);
        g_string_append_len (masked, at, end - at);
        rest = end;
    }
    g_string_append (masked, rest);
    return g_string_free (masked, FALSE);
}
