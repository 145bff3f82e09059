#include "delivery/message.h"

#include "base/atomic_file.h"
#include "delivery/header_text.h"
#include "delivery/mail_address.h"

#include <gmime/gmime.h>
#include <string.h>

#define MAX_NAME_CHARS 100
#define MAX_SUBJECT_CHARS 250
#define MAX_FILE_NAME_CHARS 120
#define MAX_LINE_CHARS 2000
#define KEY_DIGITS 40
#define MIN_KEY 16
#define MAX_KEY 64
#define HARD_MAX_BYTES ((gsize)1 << 30) /* a message is held in memory */

static const char *const attachment_types[] = { "pdf", "vnd.openxmlformats-officedocument.spreadsheetml.sheet" }; /* of BpAttachmentType */

char *bp_message_dup_key (const char *const *parts)
{
    g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
    for (; *parts != NULL; parts++)
    {
        /* with its length, so that no two lists of parts run together into the same text */
        g_autofree char *length = g_strdup_printf ("%" G_GSIZE_FORMAT ":", strlen (*parts));
        g_checksum_update (digest, (const guchar *)length, -1);
        g_checksum_update (digest, (const guchar *)*parts, -1);
    }
    return g_strndup (g_checksum_get_string (digest), KEY_DIGITS);
}

char *bp_message_dup_id (const char *key, const char *from_address)
{
    return g_strdup_printf ("%s@%s", key, bp_mail_address_domain (from_address));
}

static bool check_key (const char *key, GError **error)
{
    gsize length = strlen (key);
    for (gsize i = 0; i < length; i++)
        if (!g_ascii_isalnum (key[i]))
            length = 0;
    if (length < MIN_KEY || length > MAX_KEY)
        return bp_fail (error, BP_ERROR_DELIVERY, "a message's key has to be %d to %d letters and digits", MIN_KEY, MAX_KEY);
    return true;
}

/* What a header may hold. "=?" would be decoded by whoever reads it, into anything at all. */
static bool check_header (const char *what, const char *text, int max_chars, GError **error)
{
    if (!bp_header_text_check (what, text, max_chars, error))
        return false;
    return strstr (text, "=?") == NULL
           || bp_fail (error, BP_ERROR_DELIVERY, "%s holds '=?', which mail programs take for a code; take it out", what);
}

static bool check_mailbox (const char *who, const BpMailbox *mailbox, GError **error)
{
    g_autofree char *name = g_strdup_printf ("the %s's name", who), *address = g_strdup_printf ("the %s's address", who);
    return (mailbox->name == NULL || check_header (name, mailbox->name, MAX_NAME_CHARS, error))
           && bp_mail_address_check (address, mailbox->address, error);
}

static bool check_attachment (const BpAttachment *attachment, GError **error)
{
    const char *name = attachment->file_name;
    if (!check_header ("the name of an attachment", name, MAX_FILE_NAME_CHARS, error))
        return false;
    if (name[0] == '\0' || name[0] == '.' || strpbrk (name, "/\\") != NULL)
        return bp_fail (error, BP_ERROR_DELIVERY, "'%s' is no name for an attachment; give a file name without a folder", name);
    return true;
}

/* Each line of a text may hold what a line of a body may. */
static bool check_text (const char *text, GError **error)
{
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
    for (int i = 0; lines[i] != NULL; i++)
        if (!bp_header_text_check ("a line of the message", lines[i], MAX_LINE_CHARS, error))
            return false;
    return true;
}

static bool check_message (const BpMessage *message, GError **error)
{
    if (!check_mailbox ("sender", &message->from, error) || !check_mailbox ("recipient", &message->to, error)
        || !check_header ("the subject", message->subject, MAX_SUBJECT_CHARS, error)
        || !(message->body != NULL ? bp_message_body_check (message->body, error) : check_text (message->text, error))
        || !check_key (message->key, error))
        return false;
    if ((message->reply_to != NULL && !bp_mail_address_check ("the address for answers", message->reply_to, error))
        || (message->in_reply_to != NULL && !bp_mail_address_check ("the message before", message->in_reply_to, error)))
        return false; /* a Message-ID of ours has the form of an address */
    for (gsize i = 0; i < message->attachment_count; i++)
        if (!check_attachment (&message->attachments[i], error))
            return false;
    return true;
}

static void set_boundary (GMimeMultipart *multipart, const char *kind, const char *key)
{
    /* "_" and "=" stand in no line of base64, and not side by side in quoted-printable: no part can hold the boundary */
    g_autofree char *boundary = g_strdup_printf ("=_%s_%s", kind, key);
    g_mime_multipart_set_boundary (multipart, boundary);
}

/* Takes text over. Quoted-printable, whatever the text: no server need pass eight bits or long lines. */
static GMimeObject *new_text_part (const char *subtype, char *text)
{
    GMimeTextPart *part = g_mime_text_part_new_with_subtype (subtype);
    g_mime_text_part_set_charset (part, "utf-8");
    g_mime_text_part_set_text (part, text);
    g_mime_part_set_content_encoding (GMIME_PART (part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    g_free (text);
    return GMIME_OBJECT (part);
}

static void add_and_release (GMimeMultipart *multipart, GMimeObject *part)
{
    g_mime_multipart_add (multipart, part);
    g_object_unref (part);
}

/* Mail programs show the last form that they can. */
static GMimeObject *new_body (const BpMessage *message)
{
    if (message->body == NULL)
        return new_text_part ("plain", g_strdup (message->text));
    GMimeMultipart *both = g_mime_multipart_new_with_subtype ("alternative");
    set_boundary (both, "body", message->key);
    add_and_release (both, new_text_part ("plain", bp_message_body_dup_plain (message->body)));
    add_and_release (both, new_text_part ("html", bp_message_body_dup_html (message->body)));
    return GMIME_OBJECT (both);
}

static GMimeObject *new_attachment (const BpAttachment *attachment)
{
    gsize length;
    const char *bytes = g_bytes_get_data (attachment->bytes, &length);
    GMimePart *part = g_mime_part_new_with_type ("application", attachment_types[attachment->type]);
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer (bytes, length);
    GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream (stream, GMIME_CONTENT_ENCODING_DEFAULT);
    g_mime_part_set_content (part, content);
    g_mime_part_set_content_encoding (part, GMIME_CONTENT_ENCODING_BASE64);
    g_mime_object_set_disposition (GMIME_OBJECT (part), GMIME_DISPOSITION_ATTACHMENT);
    g_mime_part_set_filename (part, attachment->file_name);
    g_object_unref (content);
    g_object_unref (stream);
    return GMIME_OBJECT (part);
}

static void add_mailbox (GMimeMessage *mime, GMimeAddressType type, const BpMailbox *mailbox)
{
    bool has_name = mailbox->name != NULL && mailbox->name[0] != '\0';
    g_mime_message_add_mailbox (mime, type, has_name ? mailbox->name : NULL, mailbox->address);
}

/* Mail programs show it under the message that it follows. */
static void set_thread (GMimeMessage *mime, const char *id)
{
    g_autofree char *bracketed = g_strdup_printf ("<%s>", id);
    g_mime_object_set_header (GMIME_OBJECT (mime), "In-Reply-To", bracketed, NULL);
    g_mime_object_set_header (GMIME_OBJECT (mime), "References", bracketed, NULL);
}

static GMimeMessage *new_mime (const BpMessage *message)
{
    GMimeMessage *mime = g_mime_message_new (FALSE);
    g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (message->date_epoch);
    g_autofree char *id = bp_message_dup_id (message->key, message->from.address);
    g_mime_message_set_date (mime, date);
    add_mailbox (mime, GMIME_ADDRESS_TYPE_FROM, &message->from);
    add_mailbox (mime, GMIME_ADDRESS_TYPE_TO, &message->to);
    if (message->reply_to != NULL)
        g_mime_message_add_mailbox (mime, GMIME_ADDRESS_TYPE_REPLY_TO, NULL, message->reply_to);
    g_mime_message_set_subject (mime, message->subject, "utf-8");
    g_mime_message_set_message_id (mime, id);
    if (message->in_reply_to != NULL)
        set_thread (mime, message->in_reply_to);
    /* out-of-office answers leave it alone (RFC 3834) */
    g_mime_object_set_header (GMIME_OBJECT (mime), "Auto-Submitted", "auto-generated", NULL);
    g_mime_object_set_header (GMIME_OBJECT (mime), "MIME-Version", "1.0", NULL);
    GMimeObject *body = new_body (message);
    if (message->attachment_count > 0)
    {
        GMimeMultipart *mixed = g_mime_multipart_new_with_subtype ("mixed");
        set_boundary (mixed, "pack", message->key);
        add_and_release (mixed, body);
        for (gsize i = 0; i < message->attachment_count; i++)
            add_and_release (mixed, new_attachment (&message->attachments[i]));
        body = GMIME_OBJECT (mixed);
    }
    g_mime_message_set_mime_part (mime, body);
    g_object_unref (body);
    return mime;
}

static gsize attached_bytes (const BpMessage *message)
{
    gsize bytes = 0;
    for (gsize i = 0; i < message->attachment_count; i++)
        bytes += g_bytes_get_size (message->attachments[i].bytes);
    return bytes;
}

static bool check_size (const BpMessage *message, gsize bytes, GError **error)
{
    gsize max_bytes = message->max_bytes == 0 ? HARD_MAX_BYTES : MIN (message->max_bytes, HARD_MAX_BYTES);
    if (bytes <= max_bytes)
        return true;
    return bp_fail (error, BP_ERROR_DELIVERY,
                    "the message would have %.1f MB, more than the %.1f MB that may be sent (attachments grow by a third on the way); send "
                    "fewer files, or a notice without them",
                    (double)bytes / 1e6, (double)max_bytes / 1e6);
}

GBytes *bp_message_write (const BpMessage *message, GError **error)
{
    if (!check_message (message, error) || !check_size (message, attached_bytes (message), error))
        return NULL;
    g_mime_init ();
    GMimeFormatOptions *options = g_mime_format_options_new ();
    g_mime_format_options_set_newline_format (options, GMIME_NEWLINE_FORMAT_DOS);
    g_mime_format_options_set_param_encoding_method (options, GMIME_PARAM_ENCODING_METHOD_RFC2231);
    GMimeMessage *mime = new_mime (message);
    GByteArray *bytes = g_byte_array_sized_new ((guint)(attached_bytes (message) / 5 * 7 + 16384)); /* base64 in lines, and the rest */
    GMimeStream *stream = g_mime_stream_mem_new_with_byte_array (bytes);
    g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (stream), FALSE);
    gssize written = g_mime_object_write_to_stream (GMIME_OBJECT (mime), options, stream);
    g_object_unref (stream);
    g_object_unref (mime);
    g_mime_format_options_free (options);
    g_autoptr (GBytes) result = g_byte_array_free_to_bytes (bytes);
    if (written <= 0)
    {
        bp_fail (error, BP_ERROR_DELIVERY, "the message to %s could not be put together", message->to.address);
        return NULL;
    }
    return check_size (message, g_bytes_get_size (result), error) ? g_steal_pointer (&result) : NULL;
}

bool bp_message_save (GBytes *bytes, const char *path, GError **error)
{
    gsize length;
    const void *contents = g_bytes_get_data (bytes, &length);
    return bp_atomic_file_write_private (path, contents, length, error);
}
